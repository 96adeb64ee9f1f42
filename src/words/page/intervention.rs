//! The page of an intervention.

use super::document::{Document, Tone};
use super::evidence::{tone, verdict};
use super::link::Link;
use super::{Content, Name, ReferenceView, causes, phrase};
use crate::graph::{Graph, VarKind};
use crate::knowledge::{Intervention, Knowledge};
use crate::written::StudyKind;
use schemars::JsonSchema;
use serde::Serialize;

/// Evidence that an intervention helps, or does not.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BenefitView {
    /// For what.
    pub purpose: String,
    /// Supports (true) or refutes.
    pub supports: bool,
    /// Kind of study.
    pub study: StudyKind,
    /// What was found.
    pub found: String,
    /// The source.
    pub reference: ReferenceView,
}

/// When an intervention must not be used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ContraindicationView {
    /// When, in words.
    pub when: String,
    /// Why.
    pub reason: String,
    /// The source.
    pub reference: ReferenceView,
}

/// An intervention.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InterventionPage {
    /// drug, nutrient, diet, behaviour, procedure or antidote.
    pub sort: &'static str,
    /// The exposure state that it sets, in words.
    pub through: String,
    /// That exposure.
    pub exposure: Name,
    /// First measure in danger.
    pub rescue: bool,
    /// What to watch.
    pub monitoring: Option<String>,
    /// Evidence of benefit.
    pub benefit: Vec<BenefitView>,
    /// When not to use it.
    pub contraindicated: Vec<ContraindicationView>,
    /// Rules by which it acts, those of its classes included, whatever their standing.
    pub rules: Vec<Link>,
}

pub(super) fn page(k: &Knowledge, graph: &Graph, i: &Intervention) -> (Name, Content) {
    let (exposure, state) = i.through;
    let exposure_name = phrase::exposure_name(k, exposure);
    let page = InterventionPage {
        sort: i.kind,
        through: format!("{} {}", state.words(), exposure_name.label),
        exposure: exposure_name,
        rescue: i.rescue,
        monitoring: i.monitoring.clone(),
        benefit: i
            .benefit
            .iter()
            .map(|b| BenefitView {
                purpose: b.purpose.clone(),
                supports: b.supports,
                study: b.study,
                found: b.found.clone(),
                reference: ReferenceView::find(k, &b.reference),
            })
            .collect(),
        contraindicated: i
            .contraindicated
            .iter()
            .map(|c| ContraindicationView {
                when: phrase::condition(k, &c.when),
                reason: c.reason.clone(),
                reference: ReferenceView::find(k, &c.reference),
            })
            .collect(),
        rules: causes::rules_testing(k, graph, VarKind::Exposure(exposure)),
    };
    (Name { id: i.id.clone(), label: i.label.clone() }, Content::Intervention(page))
}

impl InterventionPage {
    pub(super) fn write(&self, d: &mut Document) {
        d.field("Sort", if self.rescue { format!("{}; a first measure in danger", self.sort) } else { self.sort.to_owned() });
        d.field("Acts through", self.through.as_str());
        d.some("Monitoring", self.monitoring.as_deref().unwrap_or_default());
        d.heading("Evidence of benefit");
        if self.benefit.is_empty() {
            d.paragraph("None in the base.");
        }
        for b in &self.benefit {
            d.toned(verdict(b.supports), tone(b.supports), &format!("{}: {}. {}", b.purpose, b.study.name(), b.found), b.reference.notes());
        }
        if !self.contraindicated.is_empty() {
            d.heading("Contraindicated");
            for c in &self.contraindicated {
                d.toned(&c.when, Tone::Against, &c.reason, c.reference.notes());
            }
        }
        d.links("How it acts", &self.rules);
    }
}
