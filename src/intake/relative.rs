//! Relatives: those who have the illness, and those who tell of the patient's.

use super::context::Walk;
use super::scope::Scope;
use super::token::Break;
use super::triggers::{Cue, TELLS};

impl Walk<'_> {
    /// Whether a word for a relative is about the relative: not an informant ("mother reports"), nor the patient.
    pub(super) fn other_person(&mut self, index: usize, next_hit: usize) -> bool {
        let cue = &self.cues[index].tokens;
        let before = |back: usize| cue.start.checked_sub(back).map_or("", |i| self.tokens.word(i));
        let next = self.tokens.word(cue.end);
        let acts = matches!(next, "takes" | "taking" | "has" | "had" | "using" | "used");
        let determined = matches!(before(1), "his" | "her" | "the" | "their" | "my" | "a" | "your");
        let preposition = if determined { before(2) } else { before(1) };
        // "ingested her father's haloperidol": the patient did.
        let (start, end) = self.tokens.span(cue.start, cue.end);
        let possessive = self.tokens.text.get(start..end).is_some_and(|word| word.contains(['\'', '\u{2019}']));
        let swallowed = |scope: &Scope| matches!(scope.cue, Cue::Took | Cue::Ingest | Cue::Swallow | Cue::Overdose);
        if possessive && self.scopes.iter().any(swallowed) {
            return false;
        }
        if self.tokens.word(cue.start) == "family" || cue.len() > 1 || matches!(self.tokens.word(cue.start), "fh" | "fhx") {
            return true;
        }
        if preposition == "in" && self.tokens.before(cue.end) >= Break::Comma {
            return !self.backward(Cue::Family, index, next_hit);
        }
        !TELLS.contains(&next) && preposition != "old" && (acts || !matches!(preposition, "by" | "per" | "to" | "from" | "with"))
    }
}
