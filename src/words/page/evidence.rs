//! Evidence, references, strengths and observed frequencies as pages show them.

use super::Name;
use super::document::{Document, Tone};
use super::phrase;
use crate::knowledge::{Basis, Frequency, Knowledge, Reference, Strength};
use crate::written::{Directness, Evidence, ReadAs, StudyKind};
use schemars::JsonSchema;
use serde::Serialize;

/// A strength with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StrengthView {
    /// P(push arrives | condition), 0 to 0.99.
    pub value: f64,
    /// 95 % interval of a measurement, or the ends of the band.
    pub interval: [f64; 2],
    /// Whether it was measured at this very link; otherwise it is assumed.
    pub measured: bool,
    /// The assumed band.
    pub band: Option<String>,
    /// The counts measured: k of n.
    pub counts: Option<[u32; 2]>,
}

impl StrengthView {
    pub(super) fn of(strength: &Strength) -> Self {
        let (band, counts) = match &strength.basis {
            Basis::Assumed(band) => (Some(band.clone()), None),
            Basis::Counts(k, n) => (None, Some([*k, *n])),
            Basis::Percent => (None, None),
        };
        let interval = [strength.interval.0, strength.interval.1];
        Self { value: strength.value.value(), interval, measured: band.is_none(), band, counts }
    }

    /// The strength of a generated link, which is assumed.
    pub(super) fn generated(value: f64, interval: (f64, f64)) -> Self {
        Self { value, interval: [interval.0, interval.1], measured: false, band: None, counts: None }
    }

    /// `0.9 assumed`.
    pub(super) fn short(&self) -> String {
        format!("{} {}", phrase::number(self.value), if self.measured { "measured" } else { "assumed" })
    }

    /// In full: value, interval and basis.
    pub(super) fn long(&self) -> String {
        let (value, low, high) = (phrase::number(self.value), phrase::number(self.interval[0]), phrase::number(self.interval[1]));
        match (&self.band, self.counts) {
            (Some(band), _) => format!("{value} ({low} to {high}): the band \"{band}\", assumed"),
            (None, Some([k, n])) => format!("{value} (95 % interval {low} to {high}): measured at this link, {k} of {n}"),
            (None, None) if self.measured => format!("{value} (95 % interval {low} to {high}): a percentage measured at this link"),
            (None, None) => format!("{value} ({low} to {high}): assumed"),
        }
    }
}

/// A source, as cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReferenceView {
    /// `PMID:…`, `DOI:…` or an address.
    pub id: String,
    /// Title.
    pub title: String,
    /// First author.
    pub first_author: Option<String>,
    /// Journal.
    pub journal: Option<String>,
    /// Year.
    pub year: Option<i32>,
    /// DOI.
    pub doi: Option<String>,
    /// Address at which it can be opened.
    pub address: Option<String>,
    /// Day on which it was checked against the source, YYYY-MM-DD.
    pub checked: String,
}

impl ReferenceView {
    pub(super) fn of(r: &Reference) -> Self {
        let made = match (r.id.strip_prefix("PMID:"), r.id.strip_prefix("DOI:")) {
            (Some(n), _) => Some(format!("https://pubmed.ncbi.nlm.nih.gov/{n}/")),
            (_, Some(doi)) => Some(format!("https://doi.org/{doi}")),
            _ => r.id.starts_with("https://").then(|| r.id.clone()),
        };
        Self {
            id: r.id.clone(),
            title: r.title.clone(),
            first_author: r.first_author.clone(),
            journal: r.journal.clone(),
            year: r.year,
            doi: r.doi.clone(),
            address: r.url.clone().or(made),
            checked: r.checked.clone(),
        }
    }

    /// By id; a checked base declares every reference that it cites, and what it did not would still be shown by its id.
    pub(super) fn find(k: &Knowledge, id: &str) -> Self {
        k.reference(id).map_or_else(
            || Self {
                id: id.to_owned(),
                title: String::new(),
                first_author: None,
                journal: None,
                year: None,
                doi: None,
                address: None,
                checked: String::new(),
            },
            Self::of,
        )
    }

    /// `Title. Author, Journal, 2003.`
    pub(super) fn cited(&self) -> String {
        let year = self.year.map(|y| y.to_string());
        let parts: Vec<&str> = [self.first_author.as_deref(), self.journal.as_deref(), year.as_deref()].into_iter().flatten().collect();
        let title = self.title.trim_end_matches('.');
        if parts.is_empty() { format!("{title}.") } else { format!("{title}. {}.", parts.join(", ")) }
    }

    /// `PMID:… https://… (checked 2026-11-25)`.
    pub(super) fn found_at(&self) -> String {
        let address = self.address.as_ref().filter(|a| **a != self.id).map(|a| format!(" {a}")).unwrap_or_default();
        let checked = if self.checked.is_empty() { String::new() } else { format!(" (checked {})", self.checked) };
        format!("{}{address}{checked}", self.id)
    }

    pub(super) fn notes(&self) -> Vec<String> {
        vec![self.cited(), self.found_at()]
    }
}

/// One item of evidence with its source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceView {
    /// Supports (true) or refutes.
    pub supports: bool,
    /// Kind of study.
    pub study: StudyKind,
    /// Of this very link, or carried over from another.
    pub directness: Directness,
    /// What the source found.
    pub found: String,
    /// What of the source was read.
    pub read: ReadAs,
    /// The source.
    pub reference: ReferenceView,
}

impl EvidenceView {
    pub(super) fn of(k: &Knowledge, e: &Evidence) -> Self {
        Self {
            supports: e.supports,
            study: e.study,
            directness: e.directness,
            found: e.found.clone(),
            read: e.read,
            reference: ReferenceView::find(k, &e.reference.value),
        }
    }

    pub(super) fn write(&self, d: &mut Document) {
        let text = format!("{}. {}", self.weight(), self.found);
        d.toned(verdict(self.supports), tone(self.supports), &text, self.reference.notes());
    }

    /// Study kind, directness and what was read, in words.
    fn weight(&self) -> String {
        weight(self.study, self.directness, self.read)
    }
}

pub(super) fn weight(study: StudyKind, directness: Directness, read: ReadAs) -> String {
    let directness = match directness {
        Directness::Direct => "of this very link",
        Directness::Inferred => "inferred from another link",
    };
    let read = match read {
        ReadAs::Abstract => "abstract",
        ReadAs::Excerpt => "excerpt",
        ReadAs::FullText => "full text",
    };
    format!("{}, {directness}, {read} read", study.name())
}

pub(super) fn verdict(supports: bool) -> &'static str {
    if supports { "supports" } else { "refutes" }
}

pub(super) fn tone(supports: bool) -> Tone {
    if supports { Tone::For } else { Tone::Against }
}

/// An observed frequency: P(observation | fact) over all paths, as counted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FrequencyView {
    /// The fact in words.
    pub fact: String,
    /// The observation.
    pub observation: Name,
    /// How many had it.
    pub count: u32,
    /// Of how many.
    pub of: u32,
    /// Who they were.
    pub population: Option<String>,
    /// How they were selected.
    pub selection: Option<String>,
    /// The source.
    pub reference: ReferenceView,
}

impl FrequencyView {
    pub(super) fn of(k: &Knowledge, f: &Frequency) -> Self {
        Self {
            fact: phrase::literal(k, f.fact),
            observation: phrase::observation_name(k, f.observation),
            count: f.counts.0,
            of: f.counts.1,
            population: f.population.clone(),
            selection: f.selection.clone(),
            reference: ReferenceView::find(k, &f.reference),
        }
    }

    /// The frequencies that a test picks, in the order of the files.
    pub(super) fn all(k: &Knowledge, pick: impl Fn(&Frequency) -> bool) -> Vec<Self> {
        k.frequencies.iter().filter(|f| pick(f)).map(|f| Self::of(k, f)).collect()
    }

    pub(super) fn write_all(d: &mut Document, all: &[Self]) {
        if all.is_empty() {
            return;
        }
        d.heading("Observed frequencies");
        for f in all {
            let who = [f.population.as_deref(), f.selection.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("; ");
            let head = format!("{} of {}", f.count, f.of);
            let mut notes = vec![who];
            notes.extend(f.reference.notes());
            d.toned(&head, Tone::Plain, &format!("{} given {}", f.observation.label, f.fact), notes);
        }
    }
}
