//! Probabilities and strengths that cannot be out of range.

/// A probability.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// A probability, if the number is one.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The number, 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

/// What a strength rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// A band, assumed.
    Assumed(String),
    /// Counts measured at the link.
    Counts(u32, u32),
    /// A percentage measured at the link, with its interval.
    Percent,
}

/// P(a push arrives | its condition holds), with its interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// The value used, at most 0.99.
    pub value: Probability,
    /// 95 % interval, or the ends of the band.
    pub interval: (f64, f64),
    /// What it rests on.
    pub basis: Basis,
}

/// The most that a strength may be: no evidence has probability zero.
pub const MAX_STRENGTH: f64 = 0.99;
/// The least that a leak may be.
pub const MIN_LEAK: f64 = 0.0001;

impl Strength {
    /// A strength held to at most 0.99.
    #[must_use]
    pub fn new(value: f64, interval: (f64, f64), basis: Basis) -> Self {
        Self { value: Probability(value.clamp(0.0, MAX_STRENGTH)), interval, basis }
    }

    /// Counts k of n read as a Beta posterior under Jeffreys' prior, Beta(½, ½): mean (k+½)/(n+1), and the central 95 % interval
    /// by a normal approximation on the log-odds scale, clipped to [0, 1].
    #[must_use]
    pub fn from_counts(k: u32, n: u32) -> Self {
        let (a, b) = (f64::from(k) + 0.5, f64::from(n - k.min(n)) + 0.5);
        let mean = a / (a + b);
        // Delta method: the variance of log(p/(1-p)) under Beta(a, b) is close to 1/a + 1/b.
        let spread = 1.96 * (1.0 / a + 1.0 / b).sqrt();
        let logit = (a / b).ln();
        let squash = |x: f64| 1.0 / (1.0 + (-x).exp());
        Self::new(mean, (squash(logit - spread), squash(logit + spread)), Basis::Counts(k, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_become_a_posterior() {
        let s = Strength::from_counts(44, 50);
        assert!((s.value.value() - 44.5 / 51.0).abs() < 1e-12);
        assert!(s.interval.0 > 0.74 && s.interval.0 < 0.80 && s.interval.1 > 0.93 && s.interval.1 < 0.97, "{:?}", s.interval);
        assert!(
            (Strength::from_counts(50, 50).value.value() - MAX_STRENGTH).abs() < 1e-12
                || Strength::from_counts(50, 50).value.value() < MAX_STRENGTH
        );
    }
}
