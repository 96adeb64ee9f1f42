//! The page of a fact.

use super::document::Document;
use super::link::Link;
use super::{Content, FrequencyView, Name, causes, phrase};
use crate::graph::{Graph, VarKind};
use crate::knowledge::{FactIx, Knowledge, Literal};
use schemars::JsonSchema;
use serde::Serialize;

/// A prior that depends on another fact; the first that holds counts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PriorView {
    /// The other fact, in words.
    pub when: String,
    /// The prior then.
    pub prior: f64,
}

/// A fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FactPage {
    /// disease, genetic, nutrition and so on.
    pub sort: &'static str,
    /// Other names.
    pub synonyms: Vec<String>,
    /// P(true) in the reference population.
    pub prior: f64,
    /// P(true) given other facts.
    pub prior_given: Vec<PriorView>,
    /// What becomes more or less probable beforehand when this fact is known.
    pub bears_on: Vec<Name>,
    /// Rules that depend on it, whatever their standing.
    pub rules: Vec<Link>,
    /// How often what was seen given this fact.
    pub frequencies: Vec<FrequencyView>,
}

pub(super) fn priors(k: &Knowledge, given: &[(Literal, f64)]) -> Vec<PriorView> {
    given.iter().map(|(l, p)| PriorView { when: phrase::literal(k, *l), prior: *p }).collect()
}

/// The facts and exposures whose prior depends on something.
pub(super) fn bears_on(k: &Knowledge, is_it: impl Fn(Literal) -> bool) -> Vec<Name> {
    let depends = |given: &[(Literal, f64)]| given.iter().any(|(l, _)| is_it(*l));
    let facts = k.facts.iter().filter(|f| depends(&f.prior_given)).map(|f| Name { id: f.id.clone(), label: f.label.clone() });
    let exposures = k.exposures.iter().filter(|x| depends(&x.prior_given)).map(|x| Name { id: x.id.clone(), label: x.label.clone() });
    facts.chain(exposures).collect()
}

pub(super) fn page(k: &Knowledge, graph: &Graph, ix: FactIx) -> (Name, Content) {
    let f = &k.facts[ix.index()];
    let page = FactPage {
        sort: f.kind,
        synonyms: f.synonyms.clone(),
        prior: f.prior,
        prior_given: priors(k, &f.prior_given),
        bears_on: bears_on(k, |l| l == Literal::Fact(ix)),
        rules: causes::rules_testing(k, graph, VarKind::Fact(ix)),
        frequencies: FrequencyView::all(k, |q| q.fact == Literal::Fact(ix)),
    };
    (phrase::fact_name(k, ix), Content::Fact(page))
}

/// Priors given other facts as fields.
pub(super) fn write_priors(d: &mut Document, given: &[PriorView]) {
    for p in given {
        d.field("Given", format!("{}: {}", p.when, phrase::number(p.prior)));
    }
}

impl FactPage {
    pub(super) fn write(&self, d: &mut Document) {
        d.field("Sort", self.sort);
        d.some("Synonyms", &self.synonyms.join(", "));
        d.field("Prior", phrase::number(self.prior));
        write_priors(d, &self.prior_given);
        d.some("Bears on", &phrase::names(&self.bears_on));
        d.links("What follows from it", &self.rules);
        FrequencyView::write_all(d, &self.frequencies);
    }
}
