//! Triggers that stand after what they concern: `fever absent`, `levodopa was stopped`, `lithium toxicity`.

use super::adjectives::COPULAS;
use super::context::Walk;
use super::scope::{self, Frame};
use super::token::Break;
use super::triggers::{Cue, DOSES};
use super::{Assessment, reason};

/// How many mentions joined by "and" a trigger reaches back over.
const LONGEST_CHAIN: usize = 12;
/// How many words may lie between the last of them and the trigger.
const FARTHEST: usize = 6;

impl Walk<'_> {
    /// Applies a trigger to the last mention before it and those joined to it; whether there was one.
    pub(super) fn backward(&mut self, cue: Cue, index: usize, next_hit: usize) -> bool {
        let trigger = self.trigger_span(index);
        let Some(mut last) = next_hit.checked_sub(1) else { return false };
        let about_drugs = scope::about_drugs(cue);
        let far = if about_drugs { FARTHEST - 2 } else { FARTHEST };
        let end = self.hits[last].tokens.end;
        if trigger.start.saturating_sub(end) > LONGEST_CHAIN {
            return false;
        }
        // Words of dose and schedule do not count: "X 10 mg, given".
        let between = (end..trigger.start).filter(|&i| self.tokens.number(i).is_none() && !DOSES.contains(&self.tokens.word(i))).count();
        let same_clause = end > self.clause && self.hits[last].tokens.start >= self.clause;
        if !same_clause || between > far || about_drugs && !self.hits[last].named.is_exposure() {
            return false;
        }
        // "schizophrenia with negative features" denies nothing; "fever was negative" does.
        let linked = trigger.start.checked_sub(1).is_some_and(|i| i < end || COPULAS.contains(&self.tokens.word(i)));
        let closing = self.tokens.before(trigger.end) >= Break::Comma || COPULAS.contains(&self.tokens.word(trigger.start));
        if cue == Cue::Absent && !linked && !closing {
            return false;
        }
        let begun =
            (end..trigger.start).any(|i| matches!(self.tokens.word(i), "began" | "started" | "diagnosed" | "onset" | "since" | "noticed"));
        if cue == Cue::Ago && begun {
            return false;
        }
        let plural = matches!(self.tokens.word(trigger.start), "were" | "are" | "have");
        let plural = plural || trigger.start.checked_sub(1).is_some_and(|i| matches!(self.tokens.word(i), "were" | "are" | "all"));
        for _ in 0..LONGEST_CHAIN {
            self.apply(cue, last, &trigger);
            let Some(before) = last.checked_sub(1) else { break };
            if !self.joined(before, last, plural) || about_drugs && !self.hits[before].named.is_exposure() {
                break;
            }
            last = before;
        }
        true
    }

    /// Whether the trigger follows the last mention directly, but for a dose.
    pub(super) fn adjacent(&self, next_hit: usize, trigger: usize) -> bool {
        let Some(last) = next_hit.checked_sub(1) else { return false };
        let end = self.hits[last].tokens.end;
        let soft = (end..=trigger).all(|i| self.tokens.before(i) <= Break::Slash);
        let dose = |i: usize| self.tokens.number(i).is_some() || DOSES.contains(&self.tokens.word(i));
        end <= trigger && trigger - end <= FARTHEST && soft && (end..trigger).all(dose)
    }

    /// Whether two neighbouring mentions are joined by "and" or "or", or by a comma where the verb is in the plural.
    fn joined(&self, before: usize, after: usize, plural: bool) -> bool {
        let (from, to) = (self.hits[before].tokens.end, self.hits[after].tokens.start);
        if self.hits[before].tokens.start == self.hits[after].tokens.start {
            return true;
        }
        let comma = (from..=to).any(|i| self.tokens.before(i) == Break::Comma);
        let sentence = (from..=to).any(|i| self.tokens.before(i) == Break::Sentence);
        let slash = to == from && self.tokens.before(to) == Break::Slash;
        let words = (from..to).all(|i| matches!(self.tokens.word(i), "and" | "or" | "nor" | "the" | "a" | "any"));
        let linked = (from..to).any(|i| matches!(self.tokens.word(i), "and" | "or" | "nor")) || slash || comma;
        !sentence && to.saturating_sub(from) <= 3 && words && linked && (plural || !comma)
    }

    fn apply(&mut self, cue: Cue, hit: usize, trigger: &std::ops::Range<usize>) {
        let named = &self.hits[hit].named;
        let judged = &mut self.judged[hit];
        let trigger = Some(trigger.clone());
        match cue {
            Cue::Given | Cue::OverdoseNoun | Cue::Stopped => judged.said.after = judged.said.after.or(Some(cue)),
            _ if judged.assessment != Assessment::Present => {}
            Cue::Absent => judged.frame(Frame::Negated, named, trigger),
            Cue::Maybe => judged.frame(Frame::Unsure, named, trigger),
            Cue::Family => judged.frame(Frame::Other, named, trigger),
            Cue::Ago => judged.frame(Frame::Past, named, trigger),
            Cue::Resolved => {
                judged.frame(Frame::Past, named, trigger);
                if judged.assessment == Assessment::NotAssessed {
                    judged.reason = Some(reason::RESOLVED);
                }
            }
            _ => {}
        }
    }
}
