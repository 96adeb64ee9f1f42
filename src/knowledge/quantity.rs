//! Quantities: steps of a signal's life, transmissions, ratios and functions.

use super::{CircuitIx, CompartmentIx, QuantityIx, SignalIx};

/// A step in a signal's life, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Supply of the precursor.
    Precursor,
    /// Synthesis.
    Synthesis,
    /// Storage in vesicles.
    Storage,
    /// Release.
    Release,
    /// Reuptake.
    Reuptake,
    /// Breakdown.
    Breakdown,
    /// What sits on the receptors beside the signal: blockers lower it, agonists raise it.
    ReceptorActivity,
    /// Receptors that are there and can answer.
    ReceptorNumber,
}

impl Step {
    /// The presynaptic steps by the name used in files.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("precursor", Self::Precursor),
        ("synthesis", Self::Synthesis),
        ("storage", Self::Storage),
        ("release", Self::Release),
        ("reuptake", Self::Reuptake),
        ("breakdown", Self::Breakdown),
    ];

    /// Name in labels and ids.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Precursor => "precursor",
            Self::Synthesis => "synthesis",
            Self::Storage => "storage",
            Self::Release => "release",
            Self::Reuptake => "reuptake",
            Self::Breakdown => "breakdown",
            Self::ReceptorActivity => "receptor activity",
            Self::ReceptorNumber => "receptor number",
        }
    }
}

/// Where a step is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// Everywhere.
    Body,
    /// One compartment.
    Compartment(CompartmentIx),
    /// One circuit.
    Circuit(CircuitIx),
}

/// What sort of quantity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum QuantityKind {
    /// A bodily function.
    Function,
    /// A step of a signal's life.
    Step {
        /// Whose.
        signal: SignalIx,
        /// Which.
        step: Step,
        /// The receptor family, for receptor steps of signals that have families.
        receptor: Option<String>,
        /// Where.
        region: Region,
    },
    /// What the target cells of a circuit receive.
    Transmission {
        /// Of what.
        signal: SignalIx,
        /// Where.
        circuit: CircuitIx,
        /// Through which receptor family, where told apart.
        receptor: Option<String>,
    },
    /// A minus B, held within ±2.
    Ratio {
        /// A.
        over: QuantityIx,
        /// B.
        under: QuantityIx,
    },
}

/// A quantity in five states.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// Stable id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Domain of consequences, for functions.
    pub domain: Option<String>,
    /// What sort.
    pub kind: QuantityKind,
}

impl Quantity {
    /// The signal of a transmission.
    #[must_use]
    pub fn transmission_of(&self) -> Option<SignalIx> {
        match self.kind {
            QuantityKind::Transmission { signal, .. } => Some(signal),
            _ => None,
        }
    }
}
