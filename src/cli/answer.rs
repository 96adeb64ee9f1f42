//! `diagnose` and `predict`.

use super::args::{CaseArgs, Format, PredictArgs, SexArg};
use super::{Outcome, exit};
use crate::case::{Case, CaseError, Input};
use crate::graph::{Graph, Options, VarIx, VarKind};
use crate::knowledge::{Knowledge, Level, Literal, Phrase, Refused};
use crate::reason::support::Evidence;
use crate::reason::{diagnose as reasoner, predict as forward};
use crate::words::json::{AskedOut, SetOut};
use crate::words::{self, Style};
use std::io::Read;
use std::path::PathBuf;

/// Text longer than this is refused: no note is that long, and a pasted file is a mistake.
const MOST_TEXT: usize = 16 << 20;

/// The base in a directory, or the embedded one; problems as an outcome.
pub(super) fn load(dir: Option<&PathBuf>, colour: bool) -> Result<Knowledge, Outcome> {
    let loaded = match dir {
        Some(dir) => Knowledge::read_dir(dir).map(|(k, _)| k),
        None => Knowledge::embedded(),
    };
    loaded.map_err(|refused| Outcome::fault(refused_base(&refused, colour)))
}

/// Every problem of a base, and how many there are.
pub(super) fn refused_base(refused: &Refused, colour: bool) -> String {
    let problems: String = refused.diagnostics.iter().map(|d| crate::source::render(d, &refused.sources, colour) + "\n\n").collect();
    format!("{problems}{} problems; the knowledge base was not used", refused.diagnostics.len())
}

fn case_fault(e: &CaseError) -> Outcome {
    Outcome::fault(format!("error[{}]: {e}\nhelp: {}", e.code(), e.hint()))
}

/// Standard input where the text is `-`.
fn texts(given: &[String]) -> Result<Vec<String>, Outcome> {
    let mut all = Vec::new();
    for t in given {
        if t != "-" {
            all.push(t.clone());
            continue;
        }
        let mut bytes = Vec::new();
        let limit = u64::try_from(MOST_TEXT).unwrap_or(u64::MAX) + 1;
        if let Err(e) = std::io::stdin().take(limit).read_to_end(&mut bytes) {
            return Err(Outcome::fault(format!("error[C0008]: standard input could not be read: {e}")));
        }
        match String::from_utf8(bytes) {
            Ok(text) => all.push(text),
            Err(e) => {
                let at = e.utf8_error().valid_up_to();
                return Err(Outcome::fault(format!("error[C0005]: the text is not valid UTF-8 (byte {at})\nhelp: save it as UTF-8")));
            }
        }
    }
    if all.iter().map(String::len).sum::<usize>() > MOST_TEXT {
        return Err(Outcome::fault("error[C0009]: the text is longer than 16 MiB\nhelp: enter one patient's findings".into()));
    }
    Ok(all)
}

/// `diagnose`.
pub(super) fn diagnose(a: &CaseArgs, dir: Option<&PathBuf>, style: Style, colour: bool) -> Outcome {
    let knowledge = match load(dir, colour) {
        Ok(k) => k,
        Err(o) => return o,
    };
    let text = match texts(&a.text) {
        Ok(t) => t,
        Err(o) => return o,
    };
    let input = Input {
        text,
        present: a.present.clone(),
        absent: a.absent.clone(),
        facts: a.fact.iter().map(|f| (f.clone(), true)).chain(a.no_fact.iter().map(|f| (f.clone(), false))).collect(),
        labs: a.lab.clone(),
        drugs_complete: a.drugs_complete,
        age: a.age,
        sex: a.sex.map(|s| if matches!(s, SexArg::Female) { "female" } else { "male" }),
        pregnant: a.pregnant,
        course: a.course,
    };
    let case = match Case::resolve(&input, &knowledge) {
        Ok(c) => c,
        Err(e) => return case_fault(&e),
    };
    let answer = reasoner::diagnose(&knowledge, &case, a.contested);
    let out = words::json::diagnosis(&knowledge, &case, answer);
    let code = if out.abstained.value { exit::NO } else { exit::ANSWERED };
    let text = match a.format {
        Format::Text => words::diagnosis_text(&out, style, a.full),
        Format::Markdown => words::diagnosis_markdown(&out),
        Format::Json => json(&out),
    };
    Outcome { out: text, err: String::new(), code }
}

fn json(value: &impl serde::Serialize) -> String {
    // Our own types always serialise; an empty object would show a fault at once.
    serde_json::to_string(value).unwrap_or_else(|_| "{}".into()) + "\n"
}

/// `predict`.
pub(super) fn predict(a: &PredictArgs, dir: Option<&PathBuf>, style: Style, colour: bool) -> Outcome {
    let knowledge = match load(dir, colour) {
        Ok(k) => k,
        Err(o) => return o,
    };
    let graph = Graph::compile(&knowledge, Options { contested: a.contested, course: a.course });
    let mut evidence = Evidence::default();
    let mut asked = AskedOut { facts: Vec::new(), set: Vec::new(), unrecognised: Vec::new() };
    let mut hints = Vec::new();
    // Facts go through the case, so that they are read the same everywhere.
    let mut facts: Vec<(String, bool)> = a.fact.iter().map(|f| (f.clone(), true)).collect();
    for phrase in &a.phrases {
        match knowledge.resolver().condition(phrase) {
            Ok(Phrase::One(Literal::Quantity { quantity, level, .. })) => {
                set(&graph, &knowledge, &mut evidence, &mut asked, &[quantity], level);
            }
            Ok(Phrase::AnySite(signal, level)) => set(&graph, &knowledge, &mut evidence, &mut asked, knowledge.sites(signal), level),
            Ok(Phrase::One(Literal::Fact(_) | Literal::Exposure(..))) => facts.push((phrase.clone(), true)),
            Ok(Phrase::One(Literal::Observation(_))) => {
                hints.push(format!("`{phrase}` is a finding; findings go to `diagnose`"));
                asked.unrecognised.push(phrase.clone());
            }
            Err(unknown) => {
                if knowledge.resolver().fact(phrase).is_ok() {
                    facts.push((phrase.clone(), true));
                } else {
                    hints.extend(unknown.hint);
                    asked.unrecognised.push(phrase.clone());
                }
            }
        }
    }
    if !facts.is_empty() {
        match Case::resolve(&Input { facts, ..Input::default() }, &knowledge) {
            Ok(case) => {
                asked.facts = words::json::facts(&knowledge, &case);
                asked.unrecognised.extend(case.unrecognised.iter().cloned());
                evidence.roots.extend(case.evidence(&graph, &knowledge).roots);
            }
            Err(e) if evidence.set.is_empty() => return case_fault(&e),
            Err(_) => asked.unrecognised.extend(a.fact.iter().cloned()),
        }
    }
    if evidence.set.is_empty() && evidence.roots.is_empty() {
        let hint = if hints.is_empty() {
            "name a deviation (\"acetylcholine deficit in hippocampus\") or a fact (--fact \"taking sertraline\")".to_owned()
        } else {
            hints.join("; ")
        };
        let what =
            if a.phrases.is_empty() && a.fact.is_empty() { "nothing was entered" } else { "nothing that was entered was recognised" };
        let code = if a.phrases.is_empty() && a.fact.is_empty() { "C0001" } else { "C0002" };
        return Outcome::fault(format!("error[{code}]: {what}\nhelp: {hint}"));
    }
    let prediction = forward::predict(&knowledge, &graph, &evidence);
    let out = words::json::prediction(&knowledge, asked, prediction);
    Outcome::ok(match a.format {
        Format::Text => words::prediction_text(&out, style, a.full),
        Format::Markdown => words::prediction_markdown(&out),
        Format::Json => json(&out),
    })
}

fn set(
    graph: &Graph,
    k: &Knowledge,
    evidence: &mut Evidence,
    asked: &mut AskedOut,
    quantities: &[crate::knowledge::QuantityIx],
    level: Level,
) {
    let state: i8 = match level {
        Level::MarkedlyLow => -2,
        Level::Low => -1,
        Level::Balanced => 0,
        Level::High => 1,
        Level::MarkedlyHigh => 2,
    };
    for q in quantities {
        let var: Option<VarIx> = graph.var(VarKind::Quantity(*q));
        if let (Some(var), Ok(index)) = (var, usize::try_from(state + 2)) {
            evidence.set.insert(var, index);
            asked.set.push(SetOut { id: k.quantities[q.index()].id.clone(), state });
        }
    }
}
