//! What exists, checked.

use super::{CompartmentIx, Condition, ExposureIx, ExposureState, Literal, ObservationIx, QuantityIx, Step, Strength};
use crate::written::{Push, StudyKind};

/// A circuit.
#[derive(Clone, Debug)]
pub struct Circuit {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// The compartment that it lies in.
    pub compartment: CompartmentIx,
}

/// A link of one signal's life beside the usual ones: (condition, push, step quantity, strength).
pub type LifeLink = (Literal, Push, QuantityIx, Strength);

/// A signal.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Steps that are modelled.
    pub steps: Vec<Step>,
    /// Receptor families as written.
    pub receptors: Vec<String>,
    /// Transmissions.
    pub sites: Vec<QuantityIx>,
    /// Prior of a deficit and of an excess without a cause in the base.
    pub idiopathic: [f64; 2],
    /// Links beside the usual ones.
    pub life: Vec<LifeLink>,
    /// What is in, what is left out.
    pub page: Option<String>,
}

/// An observation.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// HPO id, `HP:` and seven digits.
    pub hpo: Option<String>,
    /// P(present | no modelled cause).
    pub leak: f64,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Domain.
    pub domain: String,
    /// sign, symptom, lab, imaging or test.
    pub kind: &'static str,
    /// What it costs the patient to find out.
    pub cost: &'static str,
    /// Follows the acute state even where an adapted one exists.
    pub acute: bool,
}

/// An exposure.
#[derive(Clone, Debug)]
pub struct Exposure {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// class, drug, toxin, nutrient, substance, behaviour or procedure.
    pub kind: &'static str,
    /// Classes.
    pub member_of: Vec<ExposureIx>,
    /// Priors of taking, overdose and withdrawal; all 0 for a member that only enters when named.
    pub priors: [f64; 3],
    /// Prior of taking given other facts, first match counts.
    pub prior_given: Vec<(Literal, f64)>,
    /// ATC code.
    pub atc: Option<String>,
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Kind.
    pub kind: &'static str,
    /// P(true).
    pub prior: f64,
    /// P(true) given other facts, first match counts.
    pub prior_given: Vec<(Literal, f64)>,
}

/// How a measurement is read.
#[derive(Clone, Debug)]
pub struct Lab {
    /// Name.
    pub name: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Shown by a low value.
    pub low: Option<ObservationIx>,
    /// Shown by a high value.
    pub high: Option<ObservationIx>,
    /// Shown by a positive result.
    pub positive: Option<ObservationIx>,
    /// Unit and limits of normal.
    pub range: Option<(String, f64, f64)>,
}

/// Evidence of benefit.
#[derive(Clone, Debug)]
pub struct Benefit {
    /// For what.
    pub purpose: String,
    /// Reference id.
    pub reference: String,
    /// Supports or refutes.
    pub supports: bool,
    /// Study kind.
    pub study: StudyKind,
    /// What was found.
    pub found: String,
}

/// A contraindication.
#[derive(Clone, Debug)]
pub struct Contraindication {
    /// When.
    pub when: Condition,
    /// Why.
    pub reason: String,
    /// Reference id.
    pub reference: String,
}

/// An intervention.
#[derive(Clone, Debug)]
pub struct Intervention {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Kind.
    pub kind: &'static str,
    /// The exposure state that it sets.
    pub through: (ExposureIx, ExposureState),
    /// First measure in danger.
    pub rescue: bool,
    /// Evidence of benefit.
    pub benefit: Vec<Benefit>,
    /// Contraindications.
    pub contraindicated: Vec<Contraindication>,
    /// What to watch.
    pub monitoring: Option<String>,
}

/// An alert.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Id.
    pub id: String,
    /// When.
    pub when: Condition,
    /// P(when) from which it is raised.
    pub threshold: f64,
    /// What it says.
    pub text: String,
    /// Reference id.
    pub reference: String,
}

/// An observed frequency.
#[derive(Clone, Debug)]
pub struct Frequency {
    /// The fact.
    pub fact: Literal,
    /// The observation.
    pub observation: ObservationIx,
    /// k of n.
    pub counts: (u32, u32),
    /// Who.
    pub population: Option<String>,
    /// How selected.
    pub selection: Option<String>,
    /// Reference id.
    pub reference: String,
}

/// A reference.
#[derive(Clone, Debug)]
pub struct Reference {
    /// `PMID:…`, `DOI:…` or an address.
    pub id: String,
    /// Title.
    pub title: String,
    /// First author.
    pub first_author: Option<String>,
    /// Journal.
    pub journal: Option<String>,
    /// Year.
    pub year: Option<i32>,
    /// DOI.
    pub doi: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of the check.
    pub checked: String,
}
