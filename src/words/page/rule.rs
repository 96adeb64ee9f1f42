//! The page of a rule.

use super::document::Document;
use super::link::{Link, target};
use super::{Content, EvidenceView, Name, StrengthView, causes, phrase};
use crate::graph::{Edge, Graph, Origin};
use crate::knowledge::{Knowledge, RuleIx};
use crate::written::Standing;
use schemars::JsonSchema;
use serde::Serialize;

/// A rule with its evidence and its place in the graph.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RulePage {
    /// The claim.
    pub claim: String,
    /// The condition in words.
    pub when: String,
    /// What switches it off: any of these.
    pub unless: Vec<String>,
    /// raises, lowers, shows or prevents.
    pub does: &'static str,
    /// What it acts on.
    pub target: Name,
    /// Degrees of the push, 1 or 2; 1 for observations.
    pub degrees: u8,
    /// An overdose of what its condition says is taken pushes by two degrees.
    pub overdose_doubles: bool,
    /// Compensation, which acts once on an adapted copy.
    pub feedback: bool,
    /// How strong.
    pub strength: StrengthView,
    /// How soon: minutes, hours, days, weeks, months.
    pub onset: Option<&'static str>,
    /// By what mechanism.
    pub mechanism: Option<String>,
    /// Standing.
    pub standing: Standing,
    /// Who wrote it.
    pub author: Option<String>,
    /// Day on which it was added.
    pub added: Option<String>,
    /// File below the base's directory.
    pub file: Option<String>,
    /// Line in that file, from 1.
    pub line: Option<usize>,
    /// Edges that it has in this graph: none if it is left out, several for a rule about a class.
    pub edges: usize,
    /// Evidence, as written.
    pub evidence: Vec<EvidenceView>,
    /// What can bring about its condition.
    pub fed_by: Vec<Link>,
    /// What follows from what it does.
    pub followed_by: Vec<Link>,
}

pub(super) fn page(k: &Knowledge, graph: &Graph, ix: RuleIx) -> (Name, Content) {
    let rule = &k.rules[ix.index()];
    // A base that was made without its files has no places to show.
    let source = k.sources().iter().find(|(file, _)| *file == rule.place.file);
    let edges: Vec<&Edge> = graph.edges().map(|(_, e)| e).filter(|e| e.origin == Origin::Rule(ix)).collect();
    let page = RulePage {
        claim: rule.claim.clone(),
        when: rule.when_words.clone(),
        unless: rule.unless.iter().map(|u| phrase::condition(k, u)).collect(),
        does: phrase::push(rule.push),
        target: target(k, rule),
        degrees: if rule.marked { 2 } else { 1 },
        overdose_doubles: edges.iter().any(|e| e.doubled.is_some()),
        feedback: rule.feedback,
        strength: StrengthView::of(&rule.strength),
        onset: rule.onset,
        mechanism: rule.mechanism.clone(),
        standing: rule.standing,
        author: rule.author.clone(),
        added: rule.added.clone(),
        file: source.map(|(_, s)| s.path.clone()),
        line: source.map(|(file, _)| k.sources().line(file, rule.place.span.start)),
        edges: edges.len(),
        evidence: rule.evidence.iter().map(|e| EvidenceView::of(k, e)).collect(),
        fed_by: causes::feeding(k, graph, rule),
        followed_by: causes::following_rule(k, graph, rule),
    };
    (Name { id: rule.id.clone(), label: rule.claim.clone() }, Content::Rule(Box::new(page)))
}

impl RulePage {
    pub(super) fn write(&self, d: &mut Document) {
        d.field("When", self.when.as_str());
        d.some("Unless", &self.unless.join(" or "));
        let degrees = if self.degrees == 2 { " by two degrees" } else { "" };
        let feedback = if self.feedback { " (feedback: acts once, after the acute state)" } else { "" };
        d.field("Then", format!("{} {}{degrees}{feedback}", self.does, self.target.label));
        if self.overdose_doubles {
            d.field("Overdose", "pushes by two degrees");
        }
        d.field("Strength", self.strength.long());
        d.some("Onset", self.onset.unwrap_or_default());
        d.some("Mechanism", self.mechanism.as_deref().unwrap_or_default());
        d.field("Standing", phrase::standing(self.standing));
        if let (Some(file), Some(line)) = (&self.file, self.line) {
            d.field("Written in", format!("{file}, line {line}"));
        }
        d.some("Author", &[self.author.as_deref(), self.added.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", "));
        match self.edges {
            0 => d.field("In this graph", "left out"),
            1 => {}
            n => d.field("In this graph", format!("{n} edges, one for each exposure that it holds for")),
        }
        d.heading("Evidence");
        if self.evidence.is_empty() {
            d.paragraph("None.");
        }
        self.evidence.iter().for_each(|e| e.write(d));
        d.links("What can bring about its condition", &self.fed_by);
        d.links("What follows from it", &self.followed_by);
    }
}
