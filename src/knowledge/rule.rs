//! A rule, checked.

use super::{Condition, ObservationIx, QuantityIx, Strength};
use crate::source::Place;
use crate::written::{Evidence, Push, Standing};

/// What a rule acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A quantity.
    Quantity(QuantityIx),
    /// An observation.
    Observation(ObservationIx),
}

/// One causal claim with its evidence.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Permanent id.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The claim.
    pub claim: String,
    /// Condition.
    pub when: Condition,
    /// What switches it off: any of these.
    pub unless: Vec<Condition>,
    /// What it does.
    pub push: Push,
    /// To what.
    pub target: Target,
    /// By two degrees.
    pub marked: bool,
    /// How strong.
    pub strength: Strength,
    /// How soon, if stated: minutes, hours, days, weeks, months.
    pub onset: Option<&'static str>,
    /// Mechanism.
    pub mechanism: Option<String>,
    /// Standing.
    pub standing: Standing,
    /// Evidence.
    pub evidence: Vec<Evidence>,
    /// Author.
    pub author: Option<String>,
    /// Day added.
    pub added: Option<String>,
    /// Acts on the adapted copy.
    pub feedback: bool,
    /// The condition as a phrase, for people.
    pub when_words: String,
    /// The target as a phrase, for people.
    pub target_words: String,
}
