//! From what was entered to a case.

use super::lab::{self, Reading as LabReading};
use super::labels::{Labels, Resolution};
use super::{Case, Finding};
use crate::graph::Course;
use crate::intake::{self, Assessment, Found, Lexicon, Sex, Target, vital_findings};
use crate::knowledge::{ExposureIx, ExposureState, FactIx, Knowledge, Literal, ObservationIx, normalise};
use std::collections::BTreeSet;

/// What a person entered, flag by flag.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Free text.
    pub text: Vec<String>,
    /// `--present`.
    pub present: Vec<String>,
    /// `--absent`.
    pub absent: Vec<String>,
    /// `--fact` (true) and `--no-fact` (false).
    pub facts: Vec<(String, bool)>,
    /// `--lab`.
    pub labs: Vec<String>,
    /// `--drugs-complete`.
    pub drugs_complete: bool,
    /// `--age`, years.
    pub age: Option<f64>,
    /// `--sex`.
    pub sex: Option<&'static str>,
    /// `--pregnant`.
    pub pregnant: bool,
    /// `--course`.
    pub course: Option<Course>,
}

/// Why a case cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// Nothing was entered.
    #[error("nothing was entered")]
    Empty,
    /// Nothing that was entered is known.
    #[error("nothing that was entered was recognised")]
    NothingRecognised(Vec<Entry>),
    /// A finding is said to be present and absent.
    #[error("{0} is entered both as present and as absent")]
    Contradiction(String),
    /// An age that nobody has.
    #[error("an age of {0} years is impossible")]
    Age(String),
}

/// An entry that was not recognised, with the nearest known names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was entered.
    pub text: String,
    /// Nearest known.
    pub nearest: Vec<String>,
}

impl CaseError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "C0001",
            Self::NothingRecognised(_) => "C0002",
            Self::Contradiction(_) => "C0003",
            Self::Age(_) => "C0004",
        }
    }

    /// How to mend it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => {
                "enter findings as text (\"pinpoint pupils, sweating\") or with --present; drugs and diseases with --fact".into()
            }
            Self::NothingRecognised(entries) => {
                let near: Vec<&String> = entries.iter().flat_map(|e| &e.nearest).take(4).collect();
                if near.is_empty() {
                    "enter a finding by its usual name or HPO id, a drug, or a disease".into()
                } else {
                    format!("nearest known: {}", near.into_iter().cloned().collect::<Vec<_>>().join(", "))
                }
            }
            Self::Contradiction(_) => "keep one of the two; a finding that comes and goes is present".into(),
            Self::Age(_) => "an age is from 0 to 125 years".into(),
        }
    }
}

impl Case {
    /// Resolves what was entered. What is not recognised is listed in the case and the rest is used.
    ///
    /// # Errors
    /// [`CaseError`] if nothing was entered or recognised, a finding contradicts itself, or the age is impossible.
    pub fn resolve(input: &Input, knowledge: &Knowledge) -> Result<Self, CaseError> {
        let mut work = Work { knowledge, labels: Labels::new(knowledge), case: Self::default(), entries: Vec::new() };
        work.context(input)?;
        for (texts, present) in [(&input.present, true), (&input.absent, false)] {
            for text in texts {
                work.finding(text, present);
            }
        }
        for (text, value) in &input.facts {
            work.fact(text, *value);
        }
        for text in &input.labs {
            work.lab(text);
        }
        let text = input.text.join(". ");
        if !text.trim().is_empty() {
            work.text(&text);
        }
        let (mut case, entries) = (work.case, work.entries);
        case.unrecognised.extend(entries.iter().map(|e| e.text.clone()));
        case.notices.extend(
            entries
                .iter()
                .filter(|e| !e.nearest.is_empty())
                .map(|e| format!("\"{}\" is not known; nearest: {}", e.text, e.nearest.join(", "))),
        );
        dedupe(&mut case)?;
        if !case.says_something() {
            let empty = input.text.iter().all(|t| t.trim().is_empty())
                && input.present.is_empty()
                && input.absent.is_empty()
                && input.facts.is_empty()
                && input.labs.is_empty();
            return Err(if empty { CaseError::Empty } else { CaseError::NothingRecognised(entries) });
        }
        Ok(case)
    }
}

struct Work<'k> {
    knowledge: &'k Knowledge,
    labels: Labels<'k>,
    case: Case,
    entries: Vec<Entry>,
}

impl Work<'_> {
    fn context(&mut self, input: &Input) -> Result<(), CaseError> {
        if let Some(age) = input.age
            && !(0.0..=125.0).contains(&age)
        {
            return Err(CaseError::Age(age.to_string()));
        }
        self.case.age = input.age;
        self.case.sex = input.sex;
        self.case.pregnant = input.pregnant.then_some(true);
        self.case.course = input.course;
        self.case.drugs_complete = input.drugs_complete;
        Ok(())
    }

    fn put(&mut self, finding: Finding, present: bool) {
        if present { self.case.present.push(finding) } else { self.case.absent.push(finding) }
    }

    fn finding(&mut self, text: &str, present: bool) {
        match self.labels.finding(text) {
            Resolution::Found(f, notice) => self.found(f, notice, present),
            // Perhaps a phrase rather than a name ("marked axial stiffness").
            Resolution::Unknown(nearest) => {
                let reading = intake::read(&self.lexicon(), text);
                let mut any = false;
                for m in reading.mentions.iter().filter(|m| m.assessment == Assessment::Present) {
                    any |= self.mention(&m.found, present);
                }
                if !any {
                    self.entries.push(Entry { text: text.to_owned(), nearest });
                }
            }
        }
    }

    fn found(&mut self, finding: Finding, notice: Option<String>, present: bool) {
        // The absence of one kind of tremor does not rule out tremor.
        let narrower = notice.as_ref().is_some_and(|n| n.contains("more specific"));
        if narrower && !present {
            self.case.notices.push(format!("absence of \"{}\" is more specific than the base and was not used", finding.label));
            return;
        }
        self.case.notices.extend(notice);
        self.put(finding, present);
    }

    fn fact(&mut self, text: &str, value: bool) {
        match self.knowledge.resolver().fact(text) {
            Ok(literal) => self.literal(literal, value),
            Err(unknown) => {
                let reading = intake::read(&self.lexicon(), text);
                let mut any = false;
                for m in &reading.mentions {
                    if matches!(m.found, Found::Exposure { .. } | Found::Fact(_)) {
                        any |= self.mention(&m.found, value);
                    }
                }
                if !any {
                    self.entries.push(Entry { text: text.to_owned(), nearest: unknown.hint.into_iter().collect() });
                }
            }
        }
    }

    fn literal(&mut self, literal: Literal, value: bool) {
        match literal {
            Literal::Fact(f) => {
                self.case.facts.insert(f, value);
            }
            Literal::Exposure(x, state) => self.exposure(x, value.then_some(state)),
            _ => {}
        }
    }

    /// The graver state wins: an overdose of something that is also taken.
    fn exposure(&mut self, x: ExposureIx, state: Option<ExposureState>) {
        let rank = |s: Option<ExposureState>| match s {
            None => 0,
            Some(ExposureState::Taking) => 1,
            Some(ExposureState::Withdrawal) => 2,
            Some(ExposureState::Overdose) => 3,
        };
        let slot = self.case.exposures.entry(x).or_insert(state);
        if rank(state) > rank(*slot) {
            *slot = state;
        }
    }

    fn lab(&mut self, text: &str) {
        match lab::read(self.knowledge, text) {
            LabReading::Observations(list) => {
                for (o, present) in list {
                    let finding = self.labels.observation(o);
                    self.put(finding, present);
                }
            }
            LabReading::Named(name) => self.finding(&name, true),
            LabReading::Unknown(why) => {
                self.case.notices.push(why);
                self.case.unrecognised.push(text.to_owned());
            }
        }
    }

    fn lexicon(&self) -> Lexicon {
        let k = self.knowledge;
        let mut entries: Vec<(String, Target)> = Vec::new();
        for o in &k.observations {
            for name in std::iter::once(&o.label).chain(&o.synonyms) {
                entries.push((name.clone(), Target::Observation(o.id.clone())));
            }
        }
        for x in &k.exposures {
            let target = if matches!(x.kind, "toxin") { Target::Toxin(x.id.clone()) } else { Target::Exposure(x.id.clone()) };
            for name in std::iter::once(&x.label).chain(&x.synonyms) {
                entries.push((name.clone(), target.clone()));
            }
        }
        for f in k.facts.iter().filter(|f| f.kind != "context") {
            for name in std::iter::once(&f.label).chain(&f.synonyms) {
                entries.push((name.clone(), Target::Fact(f.id.clone())));
            }
        }
        Lexicon::new(entries)
    }

    /// Takes a mention into the case; whether anything came of it.
    fn mention(&mut self, found: &Found, present: bool) -> bool {
        match found {
            Found::Observation(id) => match self.knowledge.names.observations.get(&normalise(id)) {
                Some(o) => {
                    let f = self.labels.observation(*o);
                    self.put(f, present);
                    true
                }
                None => false,
            },
            Found::Hpo(term) => match self.labels.term(*term) {
                Resolution::Found(f, notice) => {
                    self.found(f, notice, present);
                    true
                }
                Resolution::Unknown(_) => false,
            },
            Found::Exposure { id, state } => {
                let state = match state {
                    intake::ExposureState::Taking => ExposureState::Taking,
                    intake::ExposureState::Overdose => ExposureState::Overdose,
                    intake::ExposureState::Withdrawal => ExposureState::Withdrawal,
                };
                match self.knowledge.exposures.iter().position(|x| x.id == *id) {
                    Some(i) => {
                        self.exposure(ExposureIx::new(i), present.then_some(state));
                        true
                    }
                    None => false,
                }
            }
            Found::Fact(id) => match self.knowledge.facts.iter().position(|f| f.id == *id) {
                Some(i) => {
                    self.case.facts.insert(FactIx::new(i), present);
                    true
                }
                None => false,
            },
        }
    }

    fn text(&mut self, text: &str) {
        let reading = intake::read(&self.lexicon(), text);
        for m in &reading.mentions {
            let label = self.echo_label(&m.found);
            let words = m.words.clone();
            match m.assessment {
                Assessment::Present | Assessment::Absent => {
                    let present = m.assessment == Assessment::Present;
                    if self.mention(&m.found, present) {
                        self.case.echo.push((words, if present { label } else { format!("no {label}") }));
                    }
                }
                Assessment::NotAssessed => {
                    let why = m.reason.unwrap_or("not clear");
                    self.case.echo.push((words, format!("{label}: not used ({why})")));
                }
            }
        }
        let age = self.case.age.or(reading.age_years);
        for v in &reading.vitals {
            let words = text.get(v.start..v.end).unwrap_or("").to_owned();
            self.case.notices.extend(v.doubt.iter().map(|d| format!("\"{words}\": {d}")));
            let mut read_as = Vec::new();
            for id in vital_findings(v, age) {
                if let Some(o) = self.knowledge.names.observations.get(&normalise(id)).copied() {
                    let f = self.labels.observation(o);
                    read_as.push(f.label.clone());
                    self.put(f, true);
                }
            }
            let meaning = if read_as.is_empty() { "within limits or not used".to_owned() } else { read_as.join(", ") };
            self.case.echo.push((words, meaning));
        }
        self.case.age = age;
        self.case.sex = self.case.sex.or(reading.sex.map(|s| if s == Sex::Female { "female" } else { "male" }));
        self.case.pregnant = self.case.pregnant.or(reading.pregnant);
        self.case.unrecognised.extend(reading.unrecognised);
        self.case.notices.extend(reading.notices);
    }

    fn echo_label(&self, found: &Found) -> String {
        let k = self.knowledge;
        match found {
            Found::Observation(id) => k
                .names
                .observations
                .get(&normalise(id))
                .map_or_else(|| id.clone(), |o: &ObservationIx| k.observations[o.index()].label.clone()),
            Found::Hpo(t) => crate::hpo::Hpo::embedded().term(*t).map_or_else(|| t.to_string(), |t| t.label().to_owned()),
            Found::Exposure { id, state } => {
                let words = match state {
                    intake::ExposureState::Taking => "taking",
                    intake::ExposureState::Overdose => "overdose of",
                    intake::ExposureState::Withdrawal => "withdrawal from",
                };
                let label = k.exposures.iter().find(|x| x.id == *id).map_or(id.as_str(), |x| x.label.as_str());
                format!("{words} {label}")
            }
            Found::Fact(id) => k.facts.iter().find(|f| f.id == *id).map_or_else(|| id.clone(), |f| f.label.clone()),
        }
    }
}

/// One finding once; present and absent at once is refused. A finding whose specific kind is present need not be listed as its
/// general term's absence, so only the same place contradicts.
fn dedupe(case: &mut Case) -> Result<(), CaseError> {
    let mut seen = BTreeSet::new();
    case.present.retain(|f| seen.insert(f.place));
    let mut gone = BTreeSet::new();
    case.absent.retain(|f| gone.insert(f.place));
    match case.absent.iter().find(|f| seen.contains(&f.place)) {
        Some(f) => Err(CaseError::Contradiction(f.label.clone())),
        None => Ok(()),
    }
}
