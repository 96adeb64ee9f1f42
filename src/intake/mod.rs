//! Free clinical English → what was understood, with the place of every word.
//!
//! The stages: words (`token`), measurements (`vitals`), names (`matcher`), triggers (`cues`), and what the triggers make of
//! the names (`context`), after `NegEx` and `ConText`: no statistics, and every decision can be shown with the words that made it.
//! Time and memory grow in proportion to the text.

mod adjectives;
mod backward;
mod context;
mod cues;
mod direction;
mod exposure;
mod inflection;
mod judge_vital;
mod judged;
mod lexicon;
mod matcher;
mod person;
mod relative;
mod scope;
mod segments;
mod thresholds;
mod token;
mod triggers;
mod vitals;

use crate::hpo::TermId;
pub use lexicon::{Lexicon, Target};
use matcher::Named;
pub use person::Sex;
pub use thresholds::vital_findings;
use token::Tokens;
pub use vitals::{Vital, VitalKind};

/// Why a mention does not count as present, in fixed words.
pub mod reason {
    /// A word such as "no" or "denies", or the word itself ("afebrile").
    pub const NEGATED: &str = "negated";
    /// Said of a relative or another person.
    pub const NOT_THE_PATIENT: &str = "not the patient";
    /// Said of the past.
    pub const HISTORY: &str = "history";
    /// Over, by the text's own word.
    pub const RESOLVED: &str = "resolved";
    /// A risk, a condition or an advice.
    pub const HYPOTHETICAL: &str = "hypothetical";
    /// Possible or suspected only.
    pub const UNCERTAIN: &str = "uncertain";
    /// A drug that the patient is said not to tolerate.
    pub const ALLERGY: &str = "allergy";
}

/// Whether something was found; silence is not absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Assessment {
    /// Said to be so.
    Present,
    /// Said not to be so.
    Absent,
    /// Mentioned without saying either of this patient now.
    #[default]
    NotAssessed,
}

/// How a patient stands to a drug or poison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExposureState {
    /// Taken as a medicine.
    Taking,
    /// Too much of it, or poisoning.
    Overdose,
    /// Stopped after use.
    Withdrawal,
}

/// What a mention names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An observation of the knowledge base, by id.
    Observation(String),
    /// A phenotypic abnormality of HPO that the lexicon does not name.
    Hpo(TermId),
    /// An exposure of the knowledge base. With [`Assessment::Absent`], this state is what is denied.
    Exposure {
        /// Its id.
        id: String,
        /// Taken, overdosed or stopped.
        state: ExposureState,
    },
    /// A fact of the knowledge base, by id.
    Fact(String),
}

/// A name found in the text, and what the text says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// First byte in the text; always at a character's start.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// These bytes of the text.
    pub words: String,
    /// What they name.
    pub found: Found,
    /// Whether it is so.
    pub assessment: Assessment,
    /// Why it is not simply present: one of [`reason`].
    pub reason: Option<&'static str>,
    /// The bytes of the words that decided so.
    pub trigger: Option<(usize, usize)>,
}

/// All that was understood of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// In order of place.
    pub mentions: Vec<Mention>,
    /// In order of place.
    pub vitals: Vec<Vital>,
    /// Age in years, 0 to 125.
    pub age_years: Option<f64>,
    /// Sex, if named.
    pub sex: Option<Sex>,
    /// Whether the patient is said to be pregnant, or not to be.
    pub pregnant: Option<bool>,
    /// Pieces with content in which nothing was understood, shortened; at most 200.
    pub unrecognised: Vec<String>,
    /// How ambiguous wording was read; at most 200.
    pub notices: Vec<String>,
}

/// Reads a text of any length and content. Never fails: what is not understood is listed.
#[must_use]
pub fn read(lexicon: &Lexicon, text: &str) -> Reading {
    let tokens = Tokens::of(text);
    let mut reading = Reading { vitals: vitals::find(text), ..Reading::default() };
    let person = person::find(&tokens);
    let measured = marks(&tokens, reading.vitals.iter().map(|v| (v.start, v.end)));
    let hits = matcher::find(lexicon, &tokens, &measured);
    let mut taken = measured.clone();
    for hit in &hits {
        taken.get_mut(hit.tokens.clone()).unwrap_or_default().fill(true);
    }
    let cues = cues::find(&tokens, &taken);
    let (judged, narrow) = context::judge(&tokens, &hits, &cues, &measured);
    for (hit, judged) in hits.iter().zip(&judged) {
        mention(&mut reading, &tokens, hit, judged);
    }
    (reading.age_years, reading.sex) = (person.age_years, person.sex);

    let personal = marks(&tokens, person.spans.iter().map(|span| (span.start, span.end)));
    let known: Vec<bool> = taken.iter().zip(&personal).map(|(a, b)| *a || *b).collect();
    let (mut trigger, mut drug) = (vec![false; tokens.list.len()], vec![false; tokens.list.len()]);
    for cue in &cues {
        let opens = |c: triggers::Cue| matches!(scope::opens(c), Some((scope::Frame::Drug, _)));
        let expects = |c: &triggers::Cue| opens(*c) || scope::about_drugs(*c);
        if let Some(mark) = drug.get_mut(cue.tokens.start) {
            *mark = cue.cues.iter().any(expects);
        }
        trigger.get_mut(cue.tokens.clone()).unwrap_or_default().fill(true);
    }
    reading.unrecognised = segments::unrecognised(&tokens, &known, &trigger, &drug);
    if narrow {
        reading.notices.push("'no' is read as reaching to the next comma; for a list write 'no X, Y or Z'".to_owned());
    }
    reading.notices.truncate(segments::MOST);
    reading
}

/// Marks the words that overlap spans; the spans are sorted.
fn marks(tokens: &Tokens, spans: impl Iterator<Item = (usize, usize)>) -> Vec<bool> {
    let mut marks = vec![false; tokens.list.len()];
    for (start, end) in spans {
        let from = tokens.list.partition_point(|t| t.end <= start);
        let to = tokens.list.partition_point(|t| t.start < end);
        marks.get_mut(from..to).unwrap_or_default().fill(true);
    }
    marks
}

fn mention(reading: &mut Reading, tokens: &Tokens, hit: &matcher::Hit, judged: &judged::Judged) {
    let (start, end) = tokens.span(hit.tokens.start, hit.tokens.end);
    let words = tokens.text.get(start..end).unwrap_or_default().to_owned();
    // The lexicon may hold "pregnancy" as a fact; it tells of the patient all the same.
    if matches!(words.to_lowercase().as_str(), "pregnant" | "pregnancy" | "gravid") {
        match judged.assessment {
            Assessment::Present => reading.pregnant = Some(true),
            Assessment::Absent => reading.pregnant = reading.pregnant.or(Some(false)),
            Assessment::NotAssessed => {}
        }
    }
    let found = match &hit.named {
        Named::Pregnancy => return,
        Named::Hpo(id) => Found::Hpo(*id),
        Named::Lexicon(Target::Observation(id)) => Found::Observation(id.clone()),
        Named::Lexicon(Target::Fact(id)) => Found::Fact(id.clone()),
        Named::Lexicon(target @ (Target::Exposure(id) | Target::Toxin(id))) => {
            let (state, note) = judged.said.state(matches!(target, Target::Toxin(_)));
            if judged.assessment == Assessment::Present {
                if let Some(note) = note {
                    reading.notices.push(format!("'{words}': {}", note.text()));
                }
                if judged.unsure {
                    reading.notices.push(format!("'{words}': only suspected; read as present"));
                }
            }
            Found::Exposure { id: id.clone(), state }
        }
    };
    let trigger = judged.trigger.as_ref().map(|range| tokens.span(range.start, range.end));
    reading.mentions.push(Mention { start, end, words, found, assessment: judged.assessment, reason: judged.reason, trigger });
}
