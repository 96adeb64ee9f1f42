//! The page of an exposure: a drug, a toxin, a nutrient, or a class of them.

use super::document::Document;
use super::fact::{PriorView, bears_on, priors, write_priors};
use super::link::Link;
use super::{Content, FrequencyView, Name, causes, phrase};
use crate::graph::{Graph, VarKind};
use crate::knowledge::{ExposureIx, Knowledge, Literal};
use schemars::JsonSchema;
use serde::Serialize;

/// An exposure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExposurePage {
    /// class, drug, toxin, nutrient, substance, behaviour or procedure.
    pub sort: &'static str,
    /// Other names.
    pub synonyms: Vec<String>,
    /// ATC code.
    pub atc: Option<String>,
    /// Classes that it belongs to.
    pub member_of: Vec<Name>,
    /// Its members, direct and indirect.
    pub members: Vec<Name>,
    /// Priors of taking, overdose and withdrawal; all 0 for a member that is reckoned with only when named.
    pub priors: [f64; 3],
    /// Prior of taking given other facts.
    pub prior_given: Vec<PriorView>,
    /// What becomes more or less probable beforehand when this exposure is known.
    pub bears_on: Vec<Name>,
    /// Interventions that act through it.
    pub interventions: Vec<Name>,
    /// Rules that depend on it, those of its classes included, whatever their standing.
    pub rules: Vec<Link>,
    /// How often what was seen given this exposure.
    pub frequencies: Vec<FrequencyView>,
}

pub(super) fn page(k: &Knowledge, graph: &Graph, ix: ExposureIx) -> (Name, Content) {
    let x = &k.exposures[ix.index()];
    let is_it = |l: Literal| matches!(l, Literal::Exposure(y, _) if y == ix);
    let page = ExposurePage {
        sort: x.kind,
        synonyms: x.synonyms.clone(),
        atc: x.atc.clone(),
        member_of: x.member_of.iter().map(|c| phrase::exposure_name(k, *c)).collect(),
        members: k.members(ix).into_iter().map(|m| phrase::exposure_name(k, m)).collect(),
        priors: x.priors,
        prior_given: priors(k, &x.prior_given),
        bears_on: bears_on(k, is_it),
        interventions: k
            .interventions
            .iter()
            .filter(|i| i.through.0 == ix)
            .map(|i| Name { id: i.id.clone(), label: i.label.clone() })
            .collect(),
        rules: causes::rules_testing(k, graph, VarKind::Exposure(ix)),
        frequencies: FrequencyView::all(k, |f| is_it(f.fact)),
    };
    (phrase::exposure_name(k, ix), Content::Exposure(page))
}

impl ExposurePage {
    pub(super) fn write(&self, d: &mut Document) {
        d.field("Sort", self.sort);
        d.some("Synonyms", &self.synonyms.join(", "));
        d.some("ATC", self.atc.as_deref().unwrap_or_default());
        d.some("Member of", &phrase::names(&self.member_of));
        d.some("Members", &phrase::names(&self.members));
        if self.priors.iter().all(|p| *p <= 0.0) && !self.member_of.is_empty() {
            d.field("Prior", "its class's; reckoned with by itself only when a case names it");
        } else {
            let [taking, overdose, withdrawal] = self.priors.map(phrase::number);
            d.field("Prior", format!("taking {taking}, overdose {overdose}, withdrawal {withdrawal}"));
        }
        write_priors(d, &self.prior_given);
        d.some("Bears on", &phrase::names(&self.bears_on));
        d.some("Interventions", &phrase::names(&self.interventions));
        d.links("What follows from it", &self.rules);
        FrequencyView::write_all(d, &self.frequencies);
    }
}
