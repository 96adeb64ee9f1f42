//! The identifier of an HPO term.

use std::fmt;
use std::str::FromStr;

/// An HPO identifier: the number in `HP:0001649`, in `0..=9_999_999`. That the term exists is not implied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(u32);

/// Stands for a number that damaged data put beyond seven digits; no release uses it.
pub(super) const NOT_AN_ID: TermId = TermId(0);

/// A text is not an HPO identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATermId(String);

impl fmt::Display for NotATermId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is not an HPO id (such as HP:0001649)", self.0)
    }
}

impl std::error::Error for NotATermId {}

impl TermId {
    /// The largest number that seven digits can hold.
    pub const MAX: u32 = 9_999_999;

    /// The id with this number, or `None` if it has more than seven digits.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if number <= Self::MAX { Some(Self(number)) } else { None }
    }

    /// The number without its prefix.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Reads `HP:0001649`, `HP_0001649` or `hp:0001649`, with seven digits and white space around it allowed.
    ///
    /// # Errors
    /// [`NotATermId`] if the prefix, the separator or the seven digits are missing.
    pub fn parse(text: &str) -> Result<Self, NotATermId> {
        let wrong = || NotATermId(text.chars().take(40).collect());
        let bytes = text.trim().as_bytes();
        let [b'H' | b'h', b'P' | b'p', b':' | b'_', digits @ ..] = bytes else {
            return Err(wrong());
        };
        if digits.len() != 7 || !digits.iter().all(u8::is_ascii_digit) {
            return Err(wrong());
        }
        Ok(Self(digits.iter().fold(0, |sum, d| sum * 10 + u32::from(d - b'0'))))
    }
}

impl FromStr for TermId {
    type Err = NotATermId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for TermId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HP:{:07}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_spellings() {
        for text in ["HP:0001649", "HP_0001649", "hp:0001649", " HP:0001649 "] {
            assert_eq!(TermId::parse(text).map(|id| id.to_string()), Ok("HP:0001649".to_owned()));
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["", "HP", "HP:", "HP:1649", "HP:00016490", "MP:0001649", "HP:000164x", "HP:+001649", "ΗΡ:0001649"] {
            assert!(TermId::parse(text).is_err(), "{text}");
        }
        assert_eq!(TermId::new(10_000_000), None);
    }
}
