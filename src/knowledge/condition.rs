//! Conditions with every name resolved.

use super::{ExposureIx, FactIx, ObservationIx, QuantityIx};

/// What a patient may be doing with an exposure, beside nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExposureState {
    /// Therapeutic use.
    Taking,
    /// Too much, or poisoning.
    Overdose,
    /// Stopped after regular use.
    Withdrawal,
}

impl ExposureState {
    /// The state's number as the variable has it (0 is none).
    #[must_use]
    pub fn state(self) -> usize {
        match self {
            Self::Taking => 1,
            Self::Overdose => 2,
            Self::Withdrawal => 3,
        }
    }

    /// The phrase before the exposure's name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Taking => "taking",
            Self::Overdose => "overdose of",
            Self::Withdrawal => "withdrawal from",
        }
    }
}

/// A test on the state of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// −2.
    MarkedlyLow,
    /// −1 or −2.
    Low,
    /// 0.
    Balanced,
    /// +1 or +2.
    High,
    /// +2.
    MarkedlyHigh,
}

impl Level {
    /// The states that pass, as a bit mask over −2, −1, 0, +1, +2 (bit 0 is −2).
    #[must_use]
    pub fn mask(self) -> u8 {
        match self {
            Self::MarkedlyLow => 0b00001,
            Self::Low => 0b00011,
            Self::Balanced => 0b00100,
            Self::High => 0b11000,
            Self::MarkedlyHigh => 0b10000,
        }
    }

    /// The words of the phrase.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::MarkedlyLow => "markedly low",
            Self::Low => "low",
            Self::Balanced => "balanced",
            Self::High => "high",
            Self::MarkedlyHigh => "markedly high",
        }
    }
}

/// One test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// The fact is true.
    Fact(FactIx),
    /// The exposure, or a member of the class, is in that state (an overdose counts as taking).
    Exposure(ExposureIx, ExposureState),
    /// The quantity passes the test; `adapted` asks for the state after compensation.
    Quantity {
        /// Which.
        quantity: QuantityIx,
        /// The test.
        level: Level,
        /// After compensation.
        adapted: bool,
    },
    /// The observation is present (contraindications and alerts only).
    Observation(ObservationIx),
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One test.
    Is(Literal),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
}

impl Condition {
    /// Every test in it, in order.
    #[must_use]
    pub fn literals(&self) -> Vec<Literal> {
        match self {
            Self::Is(l) => vec![*l],
            Self::All(cs) | Self::Any(cs) => cs.iter().flat_map(Self::literals).collect(),
        }
    }
}
