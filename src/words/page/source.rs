//! The page of a reference: what is cited from it, and for what.

use super::document::Document;
use super::evidence::{tone, verdict, weight};
use super::{Content, Name, ReferenceView, phrase};
use crate::knowledge::{Knowledge, Reference};
use crate::written::Standing;
use schemars::JsonSchema;
use serde::Serialize;

/// A place where a reference is cited.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Citation {
    /// rule, frequency, benefit, contraindication or alert.
    pub by: &'static str,
    /// Id of what cites it (the observation of a frequency).
    pub id: String,
    /// Supports or refutes, where it is evidence.
    pub supports: Option<bool>,
    /// What it is cited for: a rule's claim, what a frequency counts, and so on.
    pub purpose: String,
    /// How it speaks of this: kind of study, directness, what was read.
    pub weight: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// Standing of the rule.
    pub standing: Option<Standing>,
}

/// A reference.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReferencePage {
    /// The source itself.
    pub source: ReferenceView,
    /// Where it is cited: rules by id, then the rest.
    pub cited_by: Vec<Citation>,
}

pub(super) fn page(k: &Knowledge, r: &Reference) -> (Name, Content) {
    let mut cited_by = Vec::new();
    let plain = |by, id: &str, purpose: String| Citation {
        by,
        id: id.to_owned(),
        supports: None,
        purpose,
        weight: None,
        found: None,
        standing: None,
    };
    for rule in &k.rules {
        cited_by.extend(rule.evidence.iter().filter(|e| e.reference.value == r.id).map(|e| Citation {
            by: "rule",
            id: rule.id.clone(),
            supports: Some(e.supports),
            purpose: rule.claim.clone(),
            weight: Some(weight(e.study, e.directness, e.read)),
            found: Some(e.found.clone()),
            standing: Some(rule.standing),
        }));
    }
    for f in k.frequencies.iter().filter(|f| f.reference == r.id) {
        let o = &k.observations[f.observation.index()];
        cited_by.push(plain(
            "frequency",
            &o.id,
            format!("{} of {}: {} given {}", f.counts.0, f.counts.1, o.label, phrase::literal(k, f.fact)),
        ));
    }
    for i in &k.interventions {
        cited_by.extend(i.benefit.iter().filter(|b| b.reference == r.id).map(|b| Citation {
            by: "benefit",
            id: i.id.clone(),
            supports: Some(b.supports),
            purpose: format!("{} for {}", i.label, b.purpose),
            weight: Some(b.study.name().to_owned()),
            found: Some(b.found.clone()),
            standing: None,
        }));
        for c in i.contraindicated.iter().filter(|c| c.reference == r.id) {
            cited_by.push(plain("contraindication", &i.id, format!("{} in {}: {}", i.label, phrase::condition(k, &c.when), c.reason)));
        }
    }
    for a in k.alerts.iter().filter(|a| a.reference == r.id) {
        cited_by.push(plain("alert", &a.id, a.text.clone()));
    }
    let page = ReferencePage { source: ReferenceView::of(r), cited_by };
    (Name { id: r.id.clone(), label: r.title.clone() }, Content::Reference(page))
}

impl ReferencePage {
    pub(super) fn write(&self, d: &mut Document) {
        let s = &self.source;
        d.some("First author", s.first_author.as_deref().unwrap_or_default());
        d.some("Journal", s.journal.as_deref().unwrap_or_default());
        d.some("Year", &s.year.map(|y| y.to_string()).unwrap_or_default());
        d.some("DOI", s.doi.as_deref().unwrap_or_default());
        d.some("Address", s.address.as_deref().unwrap_or_default());
        d.some("Checked", &s.checked);
        d.heading("Cited by");
        if self.cited_by.is_empty() {
            d.paragraph("Nothing in the base.");
        }
        for c in &self.cited_by {
            let verdict = c.supports.map(|s| format!(" {}", verdict(s))).unwrap_or_default();
            let head = format!("{} {}{verdict}", c.by, c.id);
            let standing = c.standing.map(|s| format!(" ({})", phrase::standing(s))).unwrap_or_default();
            let found = c.found.as_ref().map(|f| format!("{}. {f}", c.weight.as_deref().unwrap_or_default()));
            d.toned(
                &head,
                c.supports.map_or(super::document::Tone::Plain, tone),
                &format!("{}{standing}", c.purpose),
                found.into_iter().collect(),
            );
        }
    }
}
