//! Finds the names of the lexicon, and of HPO, in a text.

use std::ops::Range;

use super::Lexicon;
use super::adjectives::{ABSENCES, ADJECTIVES, ADVERBS, COPULAS, TOO_COMMON};
use super::direction;
use super::lexicon::{Place, Target};
use super::token::{Break, Tokens};
use crate::hpo::{Hpo, Resolved, TermId};

/// The longest name looked for, in words.
const LONGEST: usize = 8;

/// How often in a text another word of direction is tried, which costs many lookups: enough for any report, and a bound.
const MOST_EXCHANGES: u32 = 5_000;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Lexicon(Target),
    Hpo(TermId),
    /// The word "pregnant" or one like it, where the lexicon does not hold it.
    Pregnancy,
}

impl Named {
    pub(super) fn is_exposure(&self) -> bool {
        matches!(self, Self::Lexicon(Target::Exposure(_) | Target::Toxin(_)))
    }
}

/// A name in the text.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) tokens: Range<usize>,
    pub(super) named: Named,
    /// The word itself says that it is absent: `afebrile`.
    pub(super) absent: bool,
}

struct Matcher<'a> {
    lexicon: &'a Lexicon,
    hpo: &'static Hpo,
    tokens: &'a Tokens<'a>,
    taken: &'a [bool],
    /// How often another word of direction may still be tried.
    exchanges: u32,
    /// Buffers for the three spellings of a run of words.
    deep: String,
    key: String,
    name: String,
}

/// All names, left to right; the longest at each place, and the lexicon's before HPO's for the same words.
pub(super) fn find(lexicon: &Lexicon, tokens: &Tokens, taken: &[bool]) -> Vec<Hit> {
    let empty = String::new;
    let mut matcher =
        Matcher { lexicon, hpo: Hpo::embedded(), tokens, taken, exchanges: MOST_EXCHANGES, deep: empty(), key: empty(), name: empty() };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.list.len() {
        let before = found.len();
        matcher.at(at, &mut found);
        at = found.get(before).map_or(at + 1, |hit: &Hit| hit.tokens.end.max(at + 1));
    }
    found
}

impl Matcher<'_> {
    fn at(&mut self, at: usize, found: &mut Vec<Hit>) {
        if self.taken.get(at).copied().unwrap_or(true) {
            return;
        }
        if let Some(hit) = self.identifier(at).or_else(|| self.longest(at)).or_else(|| self.directed(at)).or_else(|| self.turned(at)) {
            found.push(hit);
            return;
        }
        let word = self.tokens.word(at);
        let table = |list: &'static [(&str, &[&str])]| list.iter().find(|(w, _)| *w == word).map_or(&[][..], |(_, names)| *names);
        for (names, absent) in [(table(ABSENCES), true), (table(ADJECTIVES), false)] {
            for name in names {
                if let Some(named) = self.by_name(name) {
                    found.push(Hit { tokens: at..at + 1, named, absent });
                }
            }
        }
        if matches!(word, "pregnant" | "pregnancy" | "gravid") && found.last().is_none_or(|hit| hit.tokens.start != at) {
            found.push(Hit { tokens: at..at + 1, named: Named::Pregnancy, absent: false });
        }
    }

    /// An HPO id written out.
    fn identifier(&self, at: usize) -> Option<Hit> {
        if self.tokens.word(at) != "hp" || self.tokens.before(at + 1) != Break::Soft {
            return None;
        }
        let id = TermId::parse(&format!("HP:{}", self.tokens.word(at + 1))).ok()?;
        let named = match self.lexicon.target(&id.to_string()) {
            Some(target) => Named::Lexicon(target.clone()),
            None => match self.hpo.resolve(id) {
                Resolved::Current(id) | Resolved::Replaced { to: id, .. } => Named::Hpo(id),
                Resolved::Obsolete { .. } | Resolved::Unknown => return None,
            },
        };
        Some(Hit { tokens: at..at + 2, named, absent: false })
    }

    /// The longest name that begins here, at most [`LONGEST`] words.
    fn longest(&mut self, at: usize) -> Option<Hit> {
        let (mut base, mut hpo) = (Some(Place::default()), Some(None));
        let mut best: Option<(usize, Named)> = None;
        self.clear();
        for next in at..at + LONGEST {
            let joined = next == at || self.tokens.before(next) == Break::Soft;
            if !joined || self.taken.get(next).copied().unwrap_or(true) || base.is_none() && hpo.is_none() {
                break;
            }
            self.append(next);
            let mut here = None;
            if let Some(place) = hpo.map(|after| self.hpo.place(&self.key, after)) {
                if place.exact {
                    here = self
                        .hpo
                        .matched(place, &self.key, &self.name)
                        .filter(|m| self.acceptable(m, at, next + 1))
                        .map(|m| Named::Hpo(m.id));
                }
                hpo = place.longer.then_some(Some(place));
            }
            if let Some(place) = base.map(|after| self.lexicon.place(&self.deep, after)) {
                if place.exact {
                    let target = self.lexicon.best(place, &self.deep, &self.key, &self.name);
                    let target = target.filter(|_| next > at || !self.unit_or_word(at));
                    here = target.map(|t| Named::Lexicon(t.clone())).or(here);
                }
                base = place.longer.then_some(place);
            }
            best = here.map(|named| (next + 1, named)).or(best);
        }
        let (to, named) = best?;
        // "no sweating" is an HPO synonym of anhidrosis; where the rest is a finding by itself, "no" is a negation.
        let negation = matches!(self.tokens.word(at), "no" | "not" | "without" | "never");
        if negation && to > at + 1 && self.longest(at + 1).is_some_and(|rest| rest.tokens.end >= to) {
            return None;
        }
        Some(Hit { tokens: at..to, named, absent: false })
    }

    /// `pupils were dilated` and `pupils pinpoint`, looked up as `dilated pupils`, `pinpoint pupils`.
    fn turned(&mut self, at: usize) -> Option<Hit> {
        let word = |i: usize| self.tokens.word(i);
        let copula = (at + 1..=at + 2).find(|&i| COPULAS.contains(&word(i)));
        let (nouns, mut adjective) = copula.map_or((at..at + 1, at + 1), |i| (at..i, i + 1));
        while adjective < at + 6 && ADVERBS.contains(&word(adjective)) {
            adjective += 1;
        }
        let joined = (at + 1..=adjective).all(|i| self.tokens.before(i) == Break::Soft);
        let free = (at..=adjective).all(|i| self.taken.get(i) == Some(&false));
        if !joined || !free || nouns.is_empty() {
            return None;
        }
        self.clear();
        for i in std::iter::once(adjective).chain(nouns.clone()) {
            self.append(i);
        }
        let named = self.look_up(at, adjective + 1).or_else(|| {
            let direction = Some(self.tokens.word(adjective)).filter(|word| direction::is_direction(word))?;
            self.exchanges = self.exchanges.checked_sub(1)?;
            direction::names(direction, nouns.map(|i| self.tokens.word(i))).iter().find_map(|name| self.by_name(name))
        })?;
        Some(Hit { tokens: at..adjective + 1, named, absent: false })
    }

    /// `raised plasma prolactin`, looked up as `elevated prolactin` and the like.
    fn directed(&mut self, at: usize) -> Option<Hit> {
        let word = |i: usize| self.tokens.word(i);
        if !direction::is_direction(word(at)) || direction::is_direction(word(at + 1)) {
            return None;
        }
        self.exchanges = self.exchanges.checked_sub(1)?;
        let word = |i: usize| self.tokens.word(i);
        let free = |i: usize| self.tokens.before(i) == Break::Soft && self.taken.get(i) == Some(&false);
        let most = (at + 1..at + 4).take_while(|&i| free(i)).count();
        (1..=most).rev().find_map(|count| {
            let candidates = direction::names(word(at), (at + 1..=at + count).map(word));
            let named = candidates.iter().find_map(|name| self.by_name(name))?;
            Some(Hit { tokens: at..at + count + 1, named, absent: false })
        })
    }

    fn by_name(&self, name: &str) -> Option<Named> {
        let base = self.lexicon.target(name).map(|t| Named::Lexicon(t.clone()));
        let phenotype = |id: &TermId| self.hpo.term(*id).is_some_and(|term| term.is_phenotype());
        base.or_else(|| self.hpo.by_name(name).filter(phenotype).map(Named::Hpo))
    }

    /// What exactly the words in the buffers stand for.
    fn look_up(&self, from: usize, to: usize) -> Option<Named> {
        let place = self.lexicon.place(&self.deep, Place::default());
        let target = place.exact.then(|| self.lexicon.best(place, &self.deep, &self.key, &self.name)).flatten();
        target.map(|t| Named::Lexicon(t.clone())).or_else(|| {
            let place = self.hpo.place(&self.key, None);
            let matched = place.exact.then(|| self.hpo.matched(place, &self.key, &self.name)).flatten();
            matched.filter(|m| self.acceptable(m, from, to)).map(|m| Named::Hpo(m.id))
        })
    }

    /// Whether an HPO name may be meant: a phenotype, no everyday word, and abbreviations only where written as such.
    fn acceptable(&self, matched: &crate::hpo::Matched, from: usize, to: usize) -> bool {
        let (start, end) = self.tokens.span(from, to);
        let written = self.tokens.text.get(start..end).unwrap_or_default();
        let shouted = |s: &str| s.chars().any(char::is_uppercase) && !s.chars().any(char::is_lowercase);
        let abbreviation = to == from + 1 && matched.name.len() <= 6 && shouted(matched.name);
        let common = to == from + 1 && TOO_COMMON.contains(&self.tokens.word(from));
        matched.phenotype && !common && (!abbreviation || shouted(written)) && written.chars().filter(|c| c.is_alphabetic()).count() > 1
    }

    /// Whether a name of two letters is rather a unit or a word: `mg`, and `10 MG`, are not myasthenia gravis.
    fn unit_or_word(&self, at: usize) -> bool {
        let (start, end) = self.tokens.span(at, at + 1);
        let small = self.tokens.text.get(start..end).is_some_and(|word| word.chars().any(char::is_lowercase));
        let counted = at.checked_sub(1).is_some_and(|i| self.tokens.number(i).is_some() && self.tokens.before(at) == Break::Soft);
        self.tokens.word(at).len() <= 2 && (small || counted)
    }

    fn clear(&mut self) {
        self.deep.clear();
        self.key.clear();
        self.name.clear();
    }

    fn append(&mut self, index: usize) {
        let parts = [self.tokens.deep(index), self.tokens.key(index), self.tokens.word(index)];
        for (buffer, part) in [&mut self.deep, &mut self.key, &mut self.name].into_iter().zip(parts) {
            if !buffer.is_empty() {
                buffer.push(' ');
            }
            buffer.push_str(part);
        }
    }
}
