//! Checked knowledge: every name resolved, every number within range, every rule with its evidence.
//!
//! [`Knowledge`] can only be made by [`Knowledge::check`], which reports all problems of the files at once.

mod condition;
mod entities;
mod names;
mod numbers;
mod phrase;
mod quantity;
mod resolve;
mod rule;
mod standing;

pub use condition::{Condition, ExposureState, Level, Literal};
pub use entities::{
    Alert, Benefit, Circuit, Contraindication, Exposure, Fact, Frequency, Intervention, Lab, Observation, Reference, Signal,
};
pub use names::normalise;
pub use numbers::{Basis, Probability, Strength};
pub use phrase::{Phrase, Resolver};
pub use quantity::{Quantity, QuantityKind, Region, Step};
pub(crate) use resolve::DOMAINS;
pub use rule::{Rule, Target};

use crate::source::{Diagnostic, Diagnostics, Sources};
use crate::written::Written;
use sha2::{Digest, Sha256};
use std::path::Path;

macro_rules! index_type {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);
        impl $name {
            pub(crate) fn new(i: usize) -> Self {
                Self(u32::try_from(i).unwrap_or(u32::MAX))
            }
            /// Position in the knowledge base's list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
index_type! {
    /// A signal.
    SignalIx,
    /// A circuit.
    CircuitIx,
    /// A compartment.
    CompartmentIx,
    /// A quantity: step, transmission, ratio or function.
    QuantityIx,
    /// An observation.
    ObservationIx,
    /// An exposure.
    ExposureIx,
    /// A fact.
    FactIx,
    /// A rule.
    RuleIx,
}

/// A knowledge base that holds together.
#[derive(Debug)]
pub struct Knowledge {
    /// Title.
    pub title: String,
    /// Version of the knowledge.
    pub version: String,
    /// The population that priors and leaks speak of.
    pub population: String,
    /// SHA-256 of all files with their paths, in hexadecimal.
    pub digest: String,
    /// Compartments: id and label.
    pub compartments: Vec<(String, String)>,
    /// Circuits.
    pub circuits: Vec<Circuit>,
    /// Signals.
    pub signals: Vec<Signal>,
    /// Quantities; steps exist for every place that something names.
    pub quantities: Vec<Quantity>,
    /// Observations.
    pub observations: Vec<Observation>,
    /// Exposures.
    pub exposures: Vec<Exposure>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Rules, by id; withdrawn ones stay in the list.
    pub rules: Vec<Rule>,
    /// Measurements.
    pub labs: Vec<Lab>,
    /// Interventions.
    pub interventions: Vec<Intervention>,
    /// Alerts.
    pub alerts: Vec<Alert>,
    /// Observed frequencies.
    pub frequencies: Vec<Frequency>,
    /// References.
    pub references: Vec<Reference>,
    /// The marked part of an idiopathic deviation.
    pub idiopathic_marked: f64,
    pub(crate) names: names::Names,
    pub(crate) sources: Sources,
}

/// Why a base cannot be used.
#[derive(Debug)]
pub struct Refused {
    /// All problems, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that the places point into.
    pub sources: Sources,
}

impl Knowledge {
    /// The base that was built into the program.
    ///
    /// # Errors
    /// [`Refused`] if the embedded files do not check, which the tests rule out.
    pub fn embedded() -> Result<Self, Refused> {
        Self::check(Sources::from_pairs(crate::embedded::FILES), Diagnostics::default()).map(|(k, _)| k)
    }

    /// The base in a directory that holds `knowledge/` and `rules/`, with its warnings.
    ///
    /// # Errors
    /// [`Refused`] with every problem found.
    pub fn read_dir(dir: &Path) -> Result<(Self, Vec<Diagnostic>), Refused> {
        let mut diagnostics = Diagnostics::default();
        let sources = Sources::read_dir(dir, &mut diagnostics);
        Self::check(sources, diagnostics)
    }

    /// Checks files into knowledge; returns it with the warnings.
    ///
    /// # Errors
    /// [`Refused`] with every problem found, if one of them is an error.
    pub fn check(sources: Sources, mut diagnostics: Diagnostics) -> Result<(Self, Vec<Diagnostic>), Refused> {
        let written = Written::read(&sources, &mut diagnostics);
        let digest = digest(&sources);
        let knowledge = resolve::resolve(&written, digest, &mut diagnostics);
        if !diagnostics.has_errors()
            && let Some(knowledge) = &knowledge
        {
            crate::graph::report_cycles(knowledge, &mut diagnostics);
        }
        match knowledge {
            Some(mut knowledge) if !diagnostics.has_errors() => {
                knowledge.sources = sources;
                Ok((knowledge, diagnostics.sorted()))
            }
            _ => Err(Refused { diagnostics: diagnostics.sorted(), sources }),
        }
    }

    /// The files that the base was read from, for showing places.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The transmissions of a signal.
    #[must_use]
    pub fn sites(&self, signal: SignalIx) -> &[QuantityIx] {
        &self.signals[signal.index()].sites
    }

    /// The reference with an id.
    #[must_use]
    pub fn reference(&self, id: &str) -> Option<&Reference> {
        self.references.binary_search_by(|r| r.id.as_str().cmp(id)).ok().map(|i| &self.references[i])
    }

    /// The rule with an id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<RuleIx> {
        self.rules.binary_search_by(|r| r.id.as_str().cmp(id)).ok().map(RuleIx::new)
    }

    /// Members of an exposure class, direct and indirect, without the class itself.
    #[must_use]
    pub fn members(&self, class: ExposureIx) -> Vec<ExposureIx> {
        let is_member = |x: usize| {
            let mut todo: Vec<ExposureIx> = self.exposures[x].member_of.clone();
            let mut seen = Vec::new();
            while let Some(c) = todo.pop() {
                if c == class {
                    return true;
                }
                if !seen.contains(&c) {
                    seen.push(c);
                    todo.extend(self.exposures[c.index()].member_of.iter().copied());
                }
            }
            false
        };
        (0..self.exposures.len()).filter(|x| is_member(*x)).map(ExposureIx::new).collect()
    }
}

fn digest(sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for (_, source) in sources.iter() {
        hasher.update(source.path.as_bytes());
        hasher.update([0]);
        hasher.update(source.text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().fold(String::new(), |mut text, b| {
        use std::fmt::Write as _;
        // Writing into a string cannot fail.
        let _ = write!(text, "{b:02x}");
        text
    })
}
