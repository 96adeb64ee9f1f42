//! What the context makes of one mention.

use std::ops::Range;

use super::exposure::Said;
use super::matcher::Named;
use super::scope::Frame;
use super::{Assessment, Target, reason};

/// What became of one mention.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    pub(super) assessment: Assessment,
    pub(super) reason: Option<&'static str>,
    /// The words of the trigger that decided.
    pub(super) trigger: Option<Range<usize>>,
    pub(super) said: Said,
    /// The text is unsure of it, though it counts as present (exposures only).
    pub(super) unsure: bool,
}

impl Judged {
    /// Applies a frame; the later call wins, except that nothing undoes an absence but another person or the unreal.
    pub(super) fn frame(&mut self, frame: Frame, named: &Named, trigger: Option<Range<usize>>) {
        let fact = matches!(named, Named::Lexicon(Target::Fact(_)));
        let (assessment, why) = match frame {
            Frame::Other => (Assessment::NotAssessed, reason::NOT_THE_PATIENT),
            Frame::Unreal => (Assessment::NotAssessed, reason::HYPOTHETICAL),
            Frame::Negated => (Assessment::Absent, reason::NEGATED),
            Frame::Allergic if named.is_exposure() => (Assessment::NotAssessed, reason::ALLERGY),
            // What lasts a lifetime is not over because it is told under "history".
            Frame::Past if !fact => (Assessment::NotAssessed, reason::HISTORY),
            Frame::Unsure if named.is_exposure() => {
                self.unsure = true;
                return;
            }
            Frame::Unsure => (Assessment::NotAssessed, reason::UNCERTAIN),
            Frame::Allergic | Frame::Past | Frame::Drug => return,
        };
        if self.assessment == Assessment::Absent && matches!(frame, Frame::Past | Frame::Unsure) {
            return;
        }
        (self.assessment, self.reason, self.trigger) = (assessment, Some(why), trigger);
    }
}
