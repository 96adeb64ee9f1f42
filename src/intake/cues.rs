//! Finds the trigger phrases in a text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::hpo::normalise;

use super::token::{Break, Tokens};
use super::triggers::{Cue, TRIGGERS};

/// A trigger phrase in the text. A phrase such as `stopped` may act forwards or backwards: it then has two effects.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) tokens: Range<usize>,
    pub(super) cues: &'static [Cue],
}

impl Hit {
    pub(super) fn is(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }
}

/// A phrase's further words after the first, and its effects.
type Phrase = (Vec<String>, Vec<Cue>);

/// Phrases by their first word, longest first.
static BY_FIRST: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<Phrase>> = HashMap::new();
    for (cue, phrases) in TRIGGERS {
        for phrase in *phrases {
            let folded = normalise::normalise(phrase);
            let mut words = folded.split(' ').map(str::to_owned);
            let list = table.entry(words.next().unwrap_or_default()).or_default();
            let rest: Vec<String> = words.collect();
            match list.iter_mut().find(|(known, _)| *known == rest) {
                Some((_, cues)) => cues.push(*cue),
                None => list.push((rest, vec![*cue])),
            }
        }
    }
    for list in table.values_mut() {
        list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    table
});

/// The longest trigger that begins at this word and does not run into `taken` words (mentions and measurements).
fn at(tokens: &Tokens, from: usize, taken: &[bool]) -> Option<Hit> {
    let phrases = BY_FIRST.get(tokens.word(from))?;
    phrases.iter().find_map(|(rest, cues)| {
        let to = from + 1 + rest.len();
        let free = (from..to).all(|i| !taken.get(i).copied().unwrap_or(true));
        let joined = (from + 1..to).all(|i| tokens.before(i) <= Break::Slash);
        let same = rest.iter().enumerate().all(|(k, word)| tokens.word(from + 1 + k) == *word);
        (free && joined && same).then(|| Hit { tokens: from..to, cues })
    })
}

/// All triggers, left to right, without overlap.
pub(super) fn find(tokens: &Tokens, taken: &[bool]) -> Vec<Hit> {
    let (mut found, mut at_token) = (Vec::new(), 0);
    while at_token < tokens.list.len() {
        match at(tokens, at_token, taken) {
            Some(hit) => {
                at_token = hit.tokens.end;
                found.push(hit);
            }
            None => at_token += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::triggers::{AWAY, COUNTED, DOSES, LARGE_NUMBERS, MANY, TELLS, VERBS};
    use super::*;

    #[test]
    fn the_longest_phrase_shields_the_trigger_inside() {
        let tokens = Tokens::of("no increase in tremor, no history of stroke, w/o fever");
        let found = find(&tokens, &vec![false; tokens.list.len()]);
        let cues: Vec<Cue> = found.iter().map(|hit| hit.cues[0]).collect();
        assert_eq!(cues, [Cue::Pseudo, Cue::Denies, Cue::No]);
    }

    #[test]
    fn lists_are_spelled_as_text_is_folded() {
        let lists: [&[&str]; 7] = [&TELLS, &VERBS, &AWAY, &MANY, &COUNTED, &DOSES, &LARGE_NUMBERS];
        for word in lists.into_iter().flatten() {
            assert_eq!(normalise::normalise(word), *word);
        }
    }
}
