//! How far a trigger reaches.

use super::cues;
use super::matcher;
use super::token::{Break, Tokens};
use super::triggers::{Cue, VERBS};

/// Ways in which a statement may not be about the patient now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Other,
    Unreal,
    Allergic,
    Negated,
    Past,
    Unsure,
    /// Says how a drug was taken.
    Drug,
}

/// How far a trigger reaches across commas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The next mention only.
    Next,
    /// A list that "or" or "nor" closes.
    Or,
    /// A list that "or", "nor" or "and" closes.
    AndOr,
    /// Any list.
    List,
    /// Everything up to the sentence's end.
    Sentence,
}

/// A trigger in effect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    pub(super) frame: Frame,
    pub(super) reach: Reach,
    pub(super) cue: Cue,
    /// Position among the triggers.
    pub(super) index: usize,
    /// The end of the trigger, or of the last mention it covered.
    pub(super) last: usize,
    /// A large amount was named since the trigger.
    pub(super) many: bool,
    /// The kind of the last mention it covered: a drug or poison, or not.
    pub(super) covered: Option<bool>,
}

/// The scope that a trigger opens, as frame and reach.
pub(super) fn opens(cue: Cue) -> Option<(Frame, Reach)> {
    Some(match cue {
        Cue::No => (Frame::Negated, Reach::Or),
        Cue::Denies => (Frame::Negated, Reach::List),
        Cue::Family => (Frame::Other, Reach::AndOr),
        Cue::Maternal => (Frame::Other, Reach::Next),
        Cue::History => (Frame::Past, Reach::AndOr),
        Cue::Previous => (Frame::Past, Reach::Next),
        Cue::If => (Frame::Unreal, Reach::Sentence),
        Cue::Risk => (Frame::Unreal, Reach::AndOr),
        Cue::Maybe => (Frame::Unsure, Reach::Or),
        Cue::Allergy => (Frame::Allergic, Reach::List),
        Cue::Overdose => (Frame::Drug, Reach::AndOr),
        Cue::Take | Cue::On | Cue::Took | Cue::Ingest | Cue::Swallow | Cue::Stop => (Frame::Drug, Reach::List),
        _ => return None,
    })
}

/// Whether a trigger acts on what stands before it.
pub(super) fn backward(cue: Cue) -> bool {
    matches!(cue, Cue::Absent | Cue::Ago | Cue::Resolved) || about_drugs(cue)
}

/// Whether a trigger says of the drug or poison before it how it was taken.
pub(super) fn about_drugs(cue: Cue) -> bool {
    matches!(cue, Cue::Given | Cue::OverdoseNoun | Cue::Stopped)
}

impl Scope {
    /// How many words may lie between the trigger, or the last mention it covered, and the next.
    pub(super) fn patience(&self) -> usize {
        match (self.frame, self.cue) {
            (Frame::Unreal, _) => usize::MAX,
            (_, Cue::On) => 5,
            (Frame::Unsure, _) => 6,
            (Frame::Negated | Frame::Drug, _) => 9,
            (Frame::Other | Frame::Past | Frame::Allergic, _) => 12,
        }
    }

    /// Whether it still holds after a comma, given what comes.
    pub(super) fn crosses(&self, ahead: Ahead) -> bool {
        let agrees = match (self.covered, ahead.item) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let listed = match self.reach {
            Reach::Next => false,
            Reach::Or => ahead.or && self.covered.is_some(),
            Reach::AndOr => (ahead.or || ahead.and) && self.covered.is_some() && agrees,
            Reach::List => ahead.bare,
            Reach::Sentence => return true,
        };
        match self.frame {
            // A noun before a comma or colon, "overdose: X", reaches the first drug after it.
            Frame::Drug if self.cue == Cue::OverdoseNoun && self.covered.is_none() => ahead.item == Some(true),
            Frame::Drug => listed && ahead.item == Some(true),
            _ => listed,
        }
    }
}

/// What comes after a comma.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ahead {
    /// The first element's kind: a drug or poison (true), another mention (false), or none.
    pub(super) item: Option<bool>,
    /// The first element is short and holds no trigger, verb or measurement before its mention.
    pub(super) bare: bool,
    /// An "or" or "nor" closes the list.
    pub(super) or: bool,
    /// An "and" closes the list.
    pub(super) and: bool,
}

/// How far a list is followed, in words: enough for a long one, and a bound on the time.
const LONGEST_LIST: usize = 60;
/// The longest element of a list, in words.
const LONGEST_ELEMENT: usize = 7;

/// Looks at what follows a comma. `hit` and `cue` are the first mention and trigger at or after `from`.
pub(super) fn ahead(tokens: &Tokens, from: usize, hits: &[matcher::Hit], cues: &[cues::Hit], taken: &[bool]) -> Ahead {
    let (mut ahead, mut first, mut length) = (Ahead::default(), true, 0);
    let (mut hit, mut cue) = (0, 0);
    for at in from..from + LONGEST_LIST {
        let before = tokens.before(at);
        if at > from && before >= Break::Comma {
            if first {
                ahead.bare = true;
                first = false;
            }
            if before == Break::Sentence {
                break;
            }
            length = 0;
        }
        length += 1;
        while hits.get(hit).is_some_and(|h| h.tokens.end <= at) {
            hit += 1;
        }
        while cues.get(cue).is_some_and(|c| c.tokens.start < at) {
            cue += 1;
        }
        let triggered = cues.get(cue).filter(|c| c.tokens.start == at && !c.is(Cue::Pseudo));
        let in_hit = hits.get(hit).filter(|h| h.tokens.contains(&at));
        match tokens.word(at) {
            "or" | "nor" => ahead.or = true,
            "and" => ahead.and = true,
            word => {
                let measured = in_hit.is_none() && taken.get(at).copied().unwrap_or(true);
                if triggered.is_some() || measured || VERBS.contains(&word) || length > LONGEST_ELEMENT {
                    // What follows the first mention does not undo that the element began as one of the list.
                    ahead.bare |= first && ahead.item.is_some();
                    return ahead;
                }
            }
        }
        if first && ahead.item.is_none() {
            ahead.item = in_hit.map(|h| h.named.is_exposure());
        }
        if ahead.or || ahead.and && ahead.item.is_some() {
            ahead.bare |= first;
            if ahead.item.is_some() || !first {
                break;
            }
        }
    }
    ahead
}
