//! A patient's case: what was entered, resolved against the base, and what was not understood.

mod age;
mod lab;
mod labels;
mod resolve;

pub use age::AgeBand;
pub use labels::{Labels, Resolution};
pub use resolve::{CaseError, Entry, Input};

use crate::graph::{Course, Graph, VarIx, VarKind};
use crate::hpo::TermId;
use crate::knowledge::{ExposureIx, ExposureState, FactIx, Knowledge, ObservationIx};
use crate::reason::support::Evidence;
use std::collections::BTreeMap;

/// Where a finding stands in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// An observation of the base.
    Observation(ObservationIx),
    /// A more general HPO term, read as any of the base's observations below it.
    General(TermId),
    /// An HPO term that the base says nothing about.
    Unmodelled(TermId),
}

/// A finding of the patient.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where it stands in the model.
    pub place: Place,
    /// Label of what was entered.
    pub label: String,
    /// HPO id, if any.
    pub hpo: Option<String>,
}

/// A case, resolved.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Findings present.
    pub present: Vec<Finding>,
    /// Findings looked for and not found.
    pub absent: Vec<Finding>,
    /// Facts known true or false.
    pub facts: BTreeMap<FactIx, bool>,
    /// Exposures known: `None` is not exposed.
    pub exposures: BTreeMap<ExposureIx, Option<ExposureState>>,
    /// Whether no drug is taken but those named.
    pub drugs_complete: bool,
    /// Age in years.
    pub age: Option<f64>,
    /// Sex: `female` or `male`.
    pub sex: Option<&'static str>,
    /// Pregnant.
    pub pregnant: Option<bool>,
    /// Course of the illness.
    pub course: Option<Course>,
    /// What was entered and not understood.
    pub unrecognised: Vec<String>,
    /// How things were read, for the person to check.
    pub notices: Vec<String>,
    /// What was understood of the free text: words and what they were taken for.
    pub echo: Vec<(String, String)>,
}

impl Case {
    /// General terms that must be variables of the graph.
    #[must_use]
    pub fn terms(&self) -> Vec<TermId> {
        let mut terms: Vec<TermId> = self
            .present
            .iter()
            .chain(&self.absent)
            .filter_map(|f| match f.place {
                Place::General(t) => Some(t),
                _ => None,
            })
            .collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Whether anything was understood that an answer can start from.
    #[must_use]
    pub fn says_something(&self) -> bool {
        !self.present.is_empty() || !self.absent.is_empty() || !self.facts.is_empty() || !self.exposures.is_empty()
    }

    /// The graph variable of a finding, if it is modelled.
    #[must_use]
    pub fn var(graph: &Graph, place: Place) -> Option<VarIx> {
        match place {
            Place::Observation(o) => graph.var(VarKind::Observation(o)),
            Place::General(t) => graph.var(VarKind::Term(t)),
            Place::Unmodelled(_) => None,
        }
    }

    /// The case as evidence on a graph that has its general terms.
    #[must_use]
    pub fn evidence(&self, graph: &Graph, knowledge: &Knowledge) -> Evidence {
        let mut evidence = Evidence::default();
        for (findings, mask) in [(&self.present, 0b10), (&self.absent, 0b01)] {
            for f in findings {
                if let Some(var) = Self::var(graph, f.place) {
                    evidence.observe(var, mask);
                }
            }
        }
        for (f, value) in &self.facts {
            if let Some(var) = graph.var(VarKind::Fact(*f)) {
                evidence.roots.insert(var, usize::from(*value));
            }
        }
        for (x, state) in &self.exposures {
            if let Some(var) = graph.var(VarKind::Exposure(*x)) {
                evidence.roots.insert(var, state.map_or(0, ExposureState::state));
            }
        }
        for (id, value) in self.context() {
            if let Some(i) = knowledge.facts.iter().position(|f| f.id == id && f.kind == "context")
                && let Some(var) = graph.var(VarKind::Fact(FactIx::new(i)))
            {
                evidence.roots.insert(var, usize::from(value));
            }
        }
        evidence
    }

    /// What age, sex and pregnancy say of the base's context facts.
    fn context(&self) -> Vec<(&'static str, bool)> {
        let mut all = Vec::new();
        if let Some(age) = self.age {
            let band = AgeBand::of(age);
            all.push(("neonate", band == AgeBand::Neonate));
            all.push(("child", matches!(band, AgeBand::Neonate | AgeBand::Child)));
            all.push(("older-adult", band == AgeBand::OlderAdult));
        }
        if let Some(sex) = self.sex {
            all.push(("female", sex == "female"));
            all.push(("male", sex == "male"));
        }
        if let Some(pregnant) = self.pregnant {
            all.push(("pregnancy", pregnant));
        } else if self.sex == Some("male") {
            all.push(("pregnancy", false));
        }
        all
    }
}
