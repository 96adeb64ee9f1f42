//! Age bands of the base's context facts.

/// Band of an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeBand {
    /// First 28 days.
    Neonate,
    /// Under 18 years.
    Child,
    /// 18 to 64 years.
    Adult,
    /// 65 years and older.
    OlderAdult,
}

impl AgeBand {
    /// The band of an age in years.
    #[must_use]
    pub fn of(years: f64) -> Self {
        if years < 28.0 / 365.25 {
            Self::Neonate
        } else if years < 18.0 {
            Self::Child
        } else if years < 65.0 {
            Self::Adult
        } else {
            Self::OlderAdult
        }
    }
}
