//! Whether a drug or poison was taken, overdosed or withdrawn.

use super::ExposureState;
use super::token::Tokens;
use super::triggers::{Cue, DOSES, LARGE_COUNT, LARGE_NUMBERS, MANY};

/// What the text says of one mention of a drug or poison.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "independent marks, each set by other words")]
pub(super) struct Said {
    /// The trigger before it.
    pub(super) before: Option<Cue>,
    /// Another drug stands between that trigger and this one.
    pub(super) carried: bool,
    /// The trigger after it.
    pub(super) after: Option<Cue>,
    /// A large amount was named.
    pub(super) many: bool,
    /// Tablets were missing, or an open or empty bottle was found.
    pub(super) missing: bool,
    /// A dose or a schedule stands beside it.
    pub(super) dosed: bool,
}

/// Something to tell the reader about how a mention was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    Plain,
    NoAmount,
    Missing,
    Swallowed,
}

impl Note {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Plain => "read as taken as a medicine; say overdose or withdrawal if that is meant",
            Self::NoAmount => "read as an overdose although no amount is given",
            Self::Missing => "read as a possible overdose, because tablets are missing or a bottle was found",
            Self::Swallowed => "read as taken as a medicine, because no large amount is given",
        }
    }
}

impl Said {
    /// The state of the exposure, and what to remark.
    pub(super) fn state(self, toxin: bool) -> (ExposureState, Option<Note>) {
        use ExposureState::{Overdose, Taking, Withdrawal};
        let after = self.after.filter(|cue| *cue != Cue::Given || self.carried || self.before.is_none());
        let (state, note) = match (after, self.before) {
            (Some(Cue::OverdoseNoun), _) | (None, Some(Cue::Overdose | Cue::OverdoseNoun)) => (Overdose, None),
            (Some(Cue::Stopped), _) | (None, Some(Cue::Stop)) => (Withdrawal, None),
            (None, Some(Cue::Ingest)) => (Overdose, (!self.many).then_some(Note::NoAmount)),
            (None, Some(Cue::Took | Cue::Swallow)) if self.many => (Overdose, None),
            (None, Some(Cue::Swallow)) => (Taking, Some(Note::Swallowed)),
            (Some(_), _) | (None, Some(_)) => (Taking, None),
            (None, None) if self.missing => (Overdose, Some(Note::Missing)),
            (None, None) => (Taking, (!self.dosed).then_some(Note::Plain)),
        };
        match (toxin, state) {
            (true, Taking | Overdose) => (Overdose, None),
            _ => (state, note),
        }
    }
}

/// Whether the words from here name a large amount: `30`, `a handful of`, `24 tablets of`, but not `30 mg`.
pub(super) fn many(tokens: &Tokens, from: usize, to: usize) -> bool {
    (from..to).any(|i| {
        let word = tokens.word(i);
        let counts = tokens.number(i).is_some_and(|n| n >= LARGE_COUNT) || LARGE_NUMBERS.contains(&word);
        MANY.contains(&word) || counts && !DOSES.contains(&tokens.word(i + 1))
    })
}

/// Whether a dose follows directly: `50 mg`.
pub(super) fn dosed(tokens: &Tokens, after: usize) -> bool {
    tokens.number(after).is_some() && DOSES.contains(&tokens.word(after + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_an_amount_unless_a_dose() {
        for (text, expected) in
            [("30", true), ("30 mg of", false), ("two", false), ("a whole bottle", true), ("twenty tablets", true), ("2 tablets", false)]
        {
            let tokens = Tokens::of(text);
            assert_eq!(many(&tokens, 0, tokens.list.len()), expected, "{text}");
        }
    }

    #[test]
    fn a_toxin_is_never_taken_as_a_medicine() {
        assert_eq!(Said::default().state(true), (ExposureState::Overdose, None));
        assert_eq!(Said::default().state(false), (ExposureState::Taking, Some(Note::Plain)));
    }
}
