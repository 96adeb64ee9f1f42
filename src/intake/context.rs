//! What the words around each mention make of it: present, absent, or not known of this patient now.

use std::ops::Range;

use super::exposure;
use super::judged::Judged;
use super::matcher;
use super::scope::{self, Frame, Reach, Scope};
use super::token::{Break, Tokens};
use super::triggers::{AWAY, COUNTED, Cue, LARGE_COUNT, VERBS};
use super::{Assessment, cues, reason};

/// How far ahead of a trigger a mention is looked for, in words.
const FARTHEST_AHEAD: usize = 20;

/// Judges every mention of `hits`; the answer runs parallel to it. `measured` marks the words of measurements.
///
/// With it comes whether some "no" was held not to reach over a comma to a mention that it might have meant.
pub(super) fn judge(tokens: &Tokens, hits: &[matcher::Hit], cues: &[cues::Hit], measured: &[bool]) -> (Vec<Judged>, bool) {
    let mut walk = Walk {
        tokens,
        hits,
        cues,
        measured,
        judged: vec![Judged::default(); hits.len()],
        scopes: Vec::new(),
        clause: 0,
        sentence_hits: 0,
        missing: false,
        narrow: false,
    };
    let (mut hit, mut cue, mut at) = (0, 0, 0);
    while at < tokens.list.len() {
        walk.boundary(at, hit, cue);
        let start = at;
        while hits.get(hit).is_some_and(|h| h.tokens.start == start) {
            walk.mention(hit);
            at = at.max(hits[hit].tokens.end);
            hit += 1;
        }
        if at == start {
            if cues.get(cue).is_some_and(|c| c.tokens.start == at) {
                walk.trigger(cue, hit);
                at = cues[cue].tokens.end;
                cue += 1;
            } else {
                walk.word(at, hit);
                at += 1;
            }
        }
    }
    walk.end_sentence(hits.len());
    (walk.judged, walk.narrow)
}

pub(super) struct Walk<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) hits: &'a [matcher::Hit],
    pub(super) cues: &'a [cues::Hit],
    measured: &'a [bool],
    pub(super) judged: Vec<Judged>,
    pub(super) scopes: Vec<Scope>,
    /// The first word of this comma-delimited element.
    pub(super) clause: usize,
    /// The first mention of this sentence.
    sentence_hits: usize,
    /// Tablets are missing, or a bottle was found, in this sentence.
    missing: bool,
    /// A "no" ended at a comma before another bare mention.
    narrow: bool,
}

impl Walk<'_> {
    fn boundary(&mut self, at: usize, hit: usize, cue: usize) {
        match self.tokens.before(at) {
            Break::Sentence => {
                self.end_sentence(hit);
                self.clause = at;
            }
            Break::Comma => {
                if !self.scopes.is_empty() {
                    let (hits, cues) = (self.hits.get(hit..).unwrap_or_default(), self.cues.get(cue..).unwrap_or_default());
                    let ahead = scope::ahead(self.tokens, at, hits, cues, self.measured);
                    let bare = ahead.bare && ahead.item.is_some();
                    self.narrow |= bare && self.scopes.iter().any(|s| s.cue == Cue::No && s.covered.is_some() && !s.crosses(ahead));
                    // "his mother, who has …"
                    let who = self.tokens.word(at) == "who";
                    let relative = |scope: &Scope| who && scope.cue == Cue::Family && scope.covered.is_none();
                    self.scopes.retain(|scope| scope.crosses(ahead) || relative(scope));
                    // A list element follows a comma, not a distance.
                    self.scopes.iter_mut().for_each(|scope| scope.last = at);
                }
                self.clause = at;
            }
            Break::Soft | Break::Slash => {}
        }
    }

    fn end_sentence(&mut self, hit: usize) {
        for judged in self.judged.get_mut(self.sentence_hits..hit).unwrap_or_default() {
            judged.said.missing |= self.missing;
        }
        self.scopes.clear();
        self.sentence_hits = hit;
        self.missing = false;
    }

    pub(super) fn trigger_span(&self, index: usize) -> Range<usize> {
        self.cues.get(index).map_or(0..0, |cue| cue.tokens.clone())
    }

    fn close(&mut self, frame: Frame) {
        self.scopes.retain(|scope| scope.frame != frame);
    }

    /// Closes a scope that has covered something already.
    fn close_used(&mut self, frame: Frame) {
        self.scopes.retain(|scope| scope.frame != frame || scope.covered.is_none());
    }

    fn open(&mut self, cue: Cue, index: usize, frame: Frame, reach: Reach) {
        self.close(frame);
        self.scopes.push(Scope { frame, reach, cue, index, last: self.cues[index].tokens.end, many: false, covered: None });
    }

    /// A word that is neither mention nor trigger.
    fn word(&mut self, at: usize, next_hit: usize) {
        let word = self.tokens.word(at);
        if VERBS.contains(&word) || AWAY.contains(&word) {
            self.close_used(Frame::Negated);
            self.close_used(Frame::Unsure);
        }
        if word == "and" {
            self.close_used(Frame::Unsure);
        }
        if word == "to" {
            // "switched from X to Y"
            self.scopes.retain(|scope| scope.cue != Cue::Stop || scope.covered.is_none());
        }
        let counted = self.tokens.number(at).is_some_and(|n| n >= LARGE_COUNT) && COUNTED.contains(&self.tokens.word(at + 1));
        if counted && self.tokens.word(at + 2) != "of" {
            // "took X, 24 tablets"
            let here = self.sentence_hits..next_hit.max(self.sentence_hits);
            if let Some(last) = here.into_iter().next_back().filter(|&i| self.hits[i].named.is_exposure()) {
                self.judged[last].said.many = true;
            }
        }
    }

    fn mention(&mut self, index: usize) {
        let hit = &self.hits[index];
        let exposure = hit.named.is_exposure();
        self.scopes.retain(|scope| hit.tokens.start.saturating_sub(scope.last) <= scope.patience());
        let mut judged = Judged { assessment: Assessment::Present, ..Judged::default() };
        judged.said.dosed = exposure::dosed(self.tokens, hit.tokens.end);
        if hit.absent {
            judged = Judged { assessment: Assessment::Absent, reason: Some(reason::NEGATED), trigger: Some(hit.tokens.clone()), ..judged };
        }
        if self.tokens.list.get(hit.tokens.start).is_some_and(|t| t.queried) {
            judged.frame(Frame::Unsure, &hit.named, None);
        }
        let order = [Frame::Unsure, Frame::Past, Frame::Negated, Frame::Allergic, Frame::Unreal, Frame::Other];
        for frame in order {
            let Some(scope) = self.scopes.iter().find(|scope| scope.frame == frame) else { continue };
            // "history of vomiting for two days" is of the present.
            if frame == Frame::Past && self.ongoing(hit.tokens.end) {
                continue;
            }
            let trigger = self.cues[scope.index].tokens.clone();
            judged.frame(frame, &hit.named, Some(trigger));
        }
        for scope in &mut self.scopes {
            if scope.frame == Frame::Drug {
                if exposure {
                    judged.said.before = Some(scope.cue);
                    judged.said.carried = scope.covered.is_some();
                    let amount = scope.last..hit.tokens.start;
                    let swallowed = matches!(scope.cue, Cue::Took | Cue::Ingest | Cue::Swallow);
                    scope.many |= swallowed && exposure::many(self.tokens, amount.start, amount.end);
                    judged.said.many = scope.many;
                } else {
                    continue;
                }
            }
            scope.last = hit.tokens.end;
            scope.covered = Some(exposure);
        }
        self.scopes.retain(|scope| scope.reach != Reach::Next);
        self.judged[index] = judged;
    }

    /// Whether "since …" or "for two days" follows within a few words.
    fn ongoing(&self, from: usize) -> bool {
        let clause = (from..from + 5).take_while(|&i| self.tokens.before(i) <= Break::Slash);
        clause.into_iter().any(|i| {
            let word = self.tokens.word(i);
            let unit = (i + 1..i + 4).any(|k| {
                matches!(self.tokens.word(k), "day" | "days" | "hour" | "hours" | "week" | "weeks" | "month" | "months" | "year" | "years")
            });
            word == "since" || matches!(word, "for" | "over" | "x") && unit
        })
    }

    fn trigger(&mut self, index: usize, next_hit: usize) {
        let cue = &self.cues[index];
        let from = cue.tokens.start;
        let forward = cue.cues.iter().find(|c| scope::opens(**c).is_some()).copied();
        let back = cue.cues.iter().find(|c| scope::backward(**c)).copied();
        for plain in cue.cues {
            match plain {
                Cue::But => self.scopes.retain(|scope| matches!(scope.frame, Frame::Unreal)),
                Cue::Now => self.scopes.retain(|scope| !matches!(scope.frame, Frame::Past | Frame::Drug)),
                Cue::Patient => {
                    self.close(Frame::Other);
                    self.close_used(Frame::Negated);
                }
                Cue::Missing => self.missing = true,
                _ => {}
            }
        }
        let ahead = self.leads_on(index, next_hit);
        if let Some(back) = back
            && (forward.is_none() || self.adjacent(next_hit, from) || !ahead)
            && self.backward(back, index, next_hit)
        {
            return;
        }
        if cue.is(Cue::OverdoseNoun) {
            self.open(Cue::OverdoseNoun, index, Frame::Drug, Reach::AndOr);
        }
        let Some((cue, (frame, reach))) = forward.and_then(|c| scope::opens(c).map(|o| (c, o))) else { return };
        if cue == Cue::Family && !self.other_person(index, next_hit) {
            return;
        }
        if cue == Cue::Maybe && !ahead && self.backward(cue, index, next_hit) {
            return;
        }
        if frame == Frame::Drug {
            self.close_used(Frame::Negated);
            self.close_used(Frame::Past);
            self.close_used(Frame::Unsure);
        }
        if matches!(cue, Cue::History | Cue::If | Cue::Maybe) {
            self.close_used(Frame::Negated);
        }
        self.open(cue, index, frame, reach);
    }

    /// Whether a mention follows this trigger in the same element, with no other trigger between.
    fn leads_on(&self, index: usize, next_hit: usize) -> bool {
        let Some(hit) = self.hits.get(next_hit).map(|hit| hit.tokens.start) else { return false };
        let end = self.cues[index].tokens.end;
        let first = self.cues.get(index + 1).is_none_or(|next| hit < next.tokens.start);
        first && hit.saturating_sub(end) < FARTHEST_AHEAD && (end..=hit).all(|i| self.tokens.before(i) <= Break::Slash)
    }
}
