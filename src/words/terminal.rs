//! The answers as a person reads them in a terminal.

use super::json::{CaseOut, DiagnosisOut, PredictionOut};
use super::style::{Style, percent};
use crate::reason::diagnose::{Hypothesis, Likely};
use std::fmt::Write as _;

/// A diagnosis.
#[must_use]
pub fn diagnosis(d: &DiagnosisOut, style: Style, full: bool) -> String {
    let mut o = String::new();
    for a in &d.alerts {
        let _ = writeln!(o, "{}", style.danger(&style.wrap(&format!("!! {} ({})", a.text, percent(a.probability)), 0, 3)));
    }
    if !d.alerts.is_empty() {
        o.push('\n');
    }
    understood(&mut o, &d.case, style);
    if let Some(reason) = &d.abstained.reason {
        let _ = writeln!(o, "{}\n", style.wrap(&format!("No leading hypothesis: {reason}."), 0, 2));
    }
    if !d.hypotheses.is_empty() {
        let _ = writeln!(o, "{}", style.head("Hypotheses, by the number of findings that each accounts for"));
    }
    let shown = if full { d.hypotheses.len() } else { 5 };
    for h in d.hypotheses.iter().take(shown) {
        hypothesis(&mut o, h, d.case.present.len(), style, full || h.rank <= 3);
    }
    if d.hypotheses.len() > shown {
        let _ = writeln!(o, "{}", style.faint(&format!("   and {} more (--full)", d.hypotheses.len() - shown)));
    }
    explanations(&mut o, d, style);
    interventions(&mut o, d, style, full);
    for w in &d.warnings {
        let _ = writeln!(o, "{}", style.faint(&style.wrap(&format!("note: {w}"), 0, 6)));
    }
    footer(&mut o, &d.engine, &d.knowledge, d.gap, style);
    o
}

fn understood(o: &mut String, c: &CaseOut, style: Style) {
    let _ = writeln!(o, "{}", style.head("Understood"));
    let list = |items: Vec<&str>| items.join(", ");
    let rows = [
        ("present", list(c.present.iter().map(|f| f.label.as_str()).collect())),
        ("absent", list(c.absent.iter().map(|f| f.label.as_str()).collect())),
        (
            "known",
            c.facts
                .iter()
                .map(|f| match (&f.state, f.value) {
                    (Some(s), _) => {
                        format!("{s} {}", f.label).replace("overdose ", "overdose of ").replace("withdrawal ", "withdrawal from ")
                    }
                    (None, true) => f.label.clone(),
                    (None, false) => format!("no {}", f.label),
                })
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (
            "not used",
            c.understood
                .iter()
                .filter(|e| e.read_as.contains("not used"))
                .map(|e| format!("\"{}\" ({})", e.words, e.read_as))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        ("not known", c.unrecognised.iter().map(|u| format!("\"{u}\"")).collect::<Vec<_>>().join(", ")),
    ];
    for (name, text) in rows.iter().filter(|r| !r.1.is_empty()) {
        let _ = writeln!(o, "{}", style.wrap(&format!("{name:<9} {text}"), 2, 12));
    }
    for n in &c.notices {
        let _ = writeln!(o, "{}", style.faint(&style.wrap(n, 4, 6)));
    }
    o.push('\n');
}

fn likely(items: &[Likely], most: usize, with_direction: bool) -> String {
    items
        .iter()
        .take(most)
        .map(|l| {
            let words = match (l.direction.as_str(), with_direction) {
                ("overdose", _) => format!("overdose of {}", l.label),
                ("withdrawal", _) => format!("withdrawal from {}", l.label),
                ("taking", _) => format!("taking {}", l.label),
                ("marked", _) => format!("{}, marked", l.label),
                ("low" | "high", true) => format!("{} {}", l.label, l.direction),
                _ => l.label.clone(),
            };
            format!("{words} {}", percent(l.probability))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

fn hypothesis(o: &mut String, h: &Hypothesis, findings: usize, style: Style, open: bool) {
    // A case has few findings.
    #[allow(clippy::cast_precision_loss)]
    let share = h.accounts_for / findings.max(1) as f64;
    let title = format!("{}. {} {}", h.rank, h.signal, h.direction.name());
    let _ = writeln!(
        o,
        " {:<34} {}  {:.1} of {findings}   P {}{}",
        style.head(&title),
        style.bar(share),
        h.accounts_for,
        percent(h.probability.value),
        if h.probability.bounds.1 - h.probability.bounds.0 > 0.01 {
            format!(" ({:.2}–{:.2})", h.probability.bounds.0, h.probability.bounds.1)
        } else {
            String::new()
        }
    );
    if !open {
        return;
    }
    let mut line = |name: &str, text: String| {
        if !text.is_empty() {
            let _ = writeln!(o, "{}", style.wrap(&format!("{name:<11} {text}"), 4, 16));
        }
    };
    let factor = h.probability.bayes_factor.map(|b| format!(", {b:.0} times the odds before the findings")).unwrap_or_default();
    line(
        "how",
        format!("{}; marked {}{}{}", h.role, percent(h.marked), factor, if h.contested { "; partly by contested rules" } else { "" }),
    );
    line("where", likely(&h.sites, 4, false));
    line("steps", likely(&h.steps, 4, true));
    line("from", likely(&h.causes, 4, false));
    line("explains", h.explained.iter().map(|e| format!("{} {:.2}", e.label, e.share)).collect::<Vec<_>>().join(", "));
    if let Some(e) = h.explained.first() {
        line("e.g.", e.chains.first().map(|c| chain(&c.steps)).unwrap_or_default());
    }
    line("not", h.unexplained.join(", "));
    line("against", h.against.join(", "));
    line("assess", h.to_assess.join(", "));
}

/// A chain as `cause → effect [rule] → …`.
fn chain(steps: &[crate::reason::proof::Step]) -> String {
    let mut out = steps.first().map(|s| s.from.clone()).unwrap_or_default();
    for s in steps {
        let sign = match s.push.as_str() {
            "raises" => " ↑",
            "lowers" => " ↓",
            _ => "",
        };
        let _ = write!(out, " → {}{sign} [{}]", s.to, s.rule);
    }
    out
}

fn explanations(o: &mut String, d: &DiagnosisOut, style: Style) {
    if d.explanations.is_empty() || d.hypotheses.is_empty() {
        return;
    }
    let _ = writeln!(o, "\n{}", style.head("Most probable explanations (at least these)"));
    for e in d.explanations.iter().take(4) {
        let text = format!("{:>5}  {}: {}", percent(e.probability), e.facts.join(" + "), e.deviations.join(", "));
        let _ = writeln!(o, "{}", style.wrap(&text, 1, 8));
    }
}

fn interventions(o: &mut String, d: &DiagnosisOut, style: Style, full: bool) {
    if d.interventions.is_empty() {
        return;
    }
    let _ = writeln!(o, "\n{}", style.head("What would act against them (not weighed in this patient)"));
    let mut against: Vec<&str> = d.interventions.iter().map(|i| i.against.as_str()).collect();
    against.dedup();
    for target in against {
        let names: Vec<String> = d
            .interventions
            .iter()
            .filter(|i| i.against == target)
            .take(if full { 99 } else { 6 })
            .map(|i| {
                let at = if i.at_failed_step && i.action == "start" { ", at the failed step" } else { "" };
                let no = if i.contraindicated.is_empty() {
                    String::new()
                } else {
                    format!(" (contraindicated: {})", i.contraindicated.join("; "))
                };
                format!("{} {} [{}{at}]{no}", i.action, i.label, i.kind)
            })
            .collect();
        let _ = writeln!(o, "{}", style.wrap(&format!("{target}: {}", names.join("; ")), 2, 6));
    }
}

fn footer(o: &mut String, engine: &str, k: &super::json::KnowledgeStamp, gap: f64, style: Style) {
    let digest = k.sha256.get(..12).unwrap_or(&k.sha256);
    let exact = if gap == 0.0 { "exact".to_owned() } else { format!("certified within {gap:.3}") };
    let text = format!("eucrasia {engine}, knowledge {} ({digest}), probabilities {exact}. {}", k.version, super::INTENDED_USE);
    let _ = writeln!(o, "\n{}", style.faint(&style.wrap(&text, 0, 0)));
}

/// A prediction.
#[must_use]
pub fn prediction(p: &PredictionOut, style: Style, full: bool) -> String {
    let mut o = String::new();
    for u in &p.asked.unrecognised {
        let _ = writeln!(o, "not known: \"{u}\"");
    }
    let _ = writeln!(o, "{}", style.head("Deviations"));
    for d in p.deviations.iter().take(if full { 99 } else { 10 }) {
        let name = format!("{} {}", d.signal, d.direction.name());
        let _ = writeln!(
            o,
            "  {name:<30} {}  P {:>5}   marked {:>5}",
            style.bar(d.probability.value),
            percent(d.probability.value),
            percent(d.marked)
        );
    }
    if p.deviations.is_empty() {
        let _ = writeln!(o, "  none");
    }
    for domain in &p.domains {
        let _ = writeln!(o, "\n{}", style.head(&domain.id));
        for c in domain.consequences.iter().take(if full { 999 } else { 6 }) {
            let state = if c.state == "present" { "" } else { c.state.as_str() };
            let name = format!("{} {state}", c.label);
            let short: String = if name.chars().count() > 40 { name.chars().take(39).chain(['…']).collect() } else { name };
            let _ = writeln!(
                o,
                "  {short:<40} {}  {:>5}  {}",
                style.bar(c.probability.value),
                percent(c.probability.value),
                c.onset.as_deref().unwrap_or("")
            );
            if full && let Some(first) = c.chains.first() {
                let _ = writeln!(o, "{}", style.faint(&style.wrap(&chain(&first.steps), 6, 8)));
            }
        }
        if !full && domain.consequences.len() > 6 {
            let _ = writeln!(o, "{}", style.faint(&format!("  and {} more (--full)", domain.consequences.len() - 6)));
        }
    }
    footer(&mut o, &p.engine, &p.knowledge, p.gap, style);
    o
}
