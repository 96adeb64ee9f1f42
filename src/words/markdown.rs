//! The answers as Markdown, for a note or a pull request.

use super::json::{DiagnosisOut, PredictionOut};
use super::style::percent;
use std::fmt::Write as _;

/// Text that Markdown leaves as it is: what a person entered must not turn into markup.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// A diagnosis.
#[must_use]
pub fn diagnosis(d: &DiagnosisOut) -> String {
    let mut o = String::from("# Diagnosis\n\n");
    for a in &d.alerts {
        let _ = writeln!(o, "> **Alert.** {} ({}, {})\n", safe(&a.text), percent(a.probability), safe(&a.reference));
    }
    let list = |items: Vec<String>| if items.is_empty() { "–".to_owned() } else { items.join(", ") };
    let _ = writeln!(o, "- present: {}", list(d.case.present.iter().map(|f| safe(&f.label)).collect()));
    let _ = writeln!(o, "- absent: {}", list(d.case.absent.iter().map(|f| safe(&f.label)).collect()));
    let _ = writeln!(
        o,
        "- known: {}",
        list(
            d.case
                .facts
                .iter()
                .map(|f| format!("{} {}", f.state.as_deref().unwrap_or(if f.value { "" } else { "no" }), safe(&f.label)).trim().to_owned())
                .collect()
        )
    );
    let _ = writeln!(o, "- not recognised: {}\n", list(d.case.unrecognised.iter().map(|u| safe(u)).collect()));
    if let Some(reason) = &d.abstained.reason {
        let _ = writeln!(o, "**No leading hypothesis:** {}\n", safe(reason));
    }
    o.push_str("| # | hypothesis | accounts for | P | marked | role |\n|---|---|---|---|---|---|\n");
    for h in &d.hypotheses {
        let _ = writeln!(
            o,
            "| {} | {} {} | {:.2} | {} | {} | {} |",
            h.rank,
            h.signal,
            h.direction.name(),
            h.accounts_for,
            percent(h.probability.value),
            percent(h.marked),
            h.role
        );
    }
    for h in d.hypotheses.iter().take(3) {
        let _ = writeln!(o, "\n## {}. {} {}\n", h.rank, h.signal, h.direction.name());
        for e in &h.explained {
            let _ = writeln!(o, "- {} ({:.2})", safe(&e.label), e.share);
            for c in &e.chains {
                let steps: Vec<String> =
                    c.steps.iter().map(|s| format!("{} {} {} `{}`", safe(&s.from), s.push, safe(&s.to), s.rule)).collect();
                let _ = writeln!(o, "  - {} ({:.2})", steps.join(" → "), c.share);
            }
        }
    }
    let _ = writeln!(o, "\neucrasia {}, knowledge {} (`{}`). {}", d.engine, d.knowledge.version, d.knowledge.sha256, d.intended_use);
    o
}

/// A prediction.
#[must_use]
pub fn prediction(p: &PredictionOut) -> String {
    let mut o = String::from("# Prediction\n\n| deviation | P | marked |\n|---|---|---|\n");
    for d in &p.deviations {
        let _ = writeln!(o, "| {} {} | {} | {} |", d.signal, d.direction.name(), percent(d.probability.value), percent(d.marked));
    }
    for domain in &p.domains {
        let _ = writeln!(o, "\n## {}\n\n| consequence | P | onset | by |\n|---|---|---|---|", domain.id);
        for c in &domain.consequences {
            let by = c.derivations.first().map(|d| d.join(" → ")).unwrap_or_default();
            let _ = writeln!(
                o,
                "| {} {} | {} | {} | {by} |",
                safe(&c.label),
                c.state,
                percent(c.probability.value),
                c.onset.as_deref().unwrap_or("")
            );
        }
    }
    let _ = writeln!(o, "\neucrasia {}, knowledge {} (`{}`). {}", p.engine, p.knowledge.version, p.knowledge.sha256, p.intended_use);
    o
}
