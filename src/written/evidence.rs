//! Evidence, references, observed frequencies, benefits and contraindications, as written.

use super::When;
use crate::source::{Item, Node, Place, Reader};

/// Kinds of study, from which a rule's standing is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StudyKind {
    /// Pooled trials or cohorts.
    MetaAnalysis,
    /// Randomised trial.
    RandomisedTrial,
    /// Cohort.
    Cohort,
    /// Case-control study.
    CaseControl,
    /// Case series.
    CaseSeries,
    /// Single case.
    CaseReport,
    /// Experiment in people.
    HumanExperiment,
    /// Experiment in animals.
    Animal,
    /// Cells, tissues, molecules.
    InVitro,
    /// Guideline.
    Guideline,
    /// Diagnostic criteria.
    Criteria,
    /// Review.
    Review,
}

/// Names of the study kinds as written.
const STUDIES: &[(&str, StudyKind)] = &[
    ("meta-analysis", StudyKind::MetaAnalysis),
    ("randomised-trial", StudyKind::RandomisedTrial),
    ("cohort", StudyKind::Cohort),
    ("case-control", StudyKind::CaseControl),
    ("case-series", StudyKind::CaseSeries),
    ("case-report", StudyKind::CaseReport),
    ("human-experiment", StudyKind::HumanExperiment),
    ("animal", StudyKind::Animal),
    ("in-vitro", StudyKind::InVitro),
    ("guideline", StudyKind::Guideline),
    ("criteria", StudyKind::Criteria),
    ("review", StudyKind::Review),
];

impl StudyKind {
    /// The name as written in the files.
    #[must_use]
    pub fn name(self) -> &'static str {
        STUDIES.iter().find(|(_, k)| *k == self).map_or("", |(n, _)| n)
    }

    /// Whether people were studied (reviews, criteria and guidelines speak of people).
    #[must_use]
    pub fn is_human(self) -> bool {
        !matches!(self, Self::Animal | Self::InVitro)
    }
}

/// Whether a source speaks of this very link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Directness {
    /// Of this link.
    Direct,
    /// Carried over from another.
    Inferred,
}

/// What of the source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// The abstract.
    Abstract,
    /// An excerpt.
    Excerpt,
    /// The full text.
    FullText,
}

const READ_AS: &[(&str, ReadAs)] = &[("abstract", ReadAs::Abstract), ("excerpt", ReadAs::Excerpt), ("full-text", ReadAs::FullText)];

/// One item of evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where it stands.
    pub place: Place,
    /// The reference's id.
    pub reference: Item<String>,
    /// Supports (true) or refutes.
    pub supports: bool,
    /// Study kind.
    pub study: StudyKind,
    /// Directness.
    pub directness: Directness,
    /// What was found.
    pub found: String,
    /// What was read.
    pub read: ReadAs,
}

impl Evidence {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "evidence item")?;
        let place = f.place(r);
        let reference = f.require_text(r, "ref");
        let supports = f.flag(r, "supports").unwrap_or(true);
        let study = f.require(r, "study").is_some().then(|| f.choice(r, "study", STUDIES)).flatten();
        let directness = f.choice(r, "directness", &[("direct", Directness::Direct), ("inferred", Directness::Inferred)]);
        let found = f.require_text(r, "found");
        let read = f.choice(r, "read", READ_AS);
        f.finish(r);
        Some(Self {
            place,
            reference: reference?,
            supports,
            study: study?,
            directness: directness.unwrap_or(Directness::Inferred),
            found: found?.value,
            read: read.unwrap_or(ReadAs::Excerpt),
        })
    }
}

/// A source.
#[derive(Debug)]
pub struct Reference {
    /// `PMID:…`, `DOI:…` or a stable address.
    pub id: Item<String>,
    /// Title.
    pub title: String,
    /// First author's name.
    pub first_author: Option<String>,
    /// Journal or publisher.
    pub journal: Option<String>,
    /// Year of publication.
    pub year: Option<i32>,
    /// DOI.
    pub doi: Option<String>,
    /// Address at which it was seen.
    pub url: Option<String>,
    /// Day on which it was checked, YYYY-MM-DD.
    pub checked: Option<Item<String>>,
}

impl Reference {
    // A year is a small whole number; the reader keeps all numbers as f64.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "reference")?;
        let (id, title) = (f.require_text(r, "id"), f.require_text(r, "title"));
        let first_author = f.text(r, "first_author").map(|t| t.value);
        let journal = f.text(r, "journal").map(|t| t.value);
        let year = f.number(r, "year").map(|n| n.value as i32);
        let doi = f.text(r, "doi").map(|t| t.value);
        let url = f.text(r, "url").map(|t| t.value);
        f.text(r, "pmcid");
        let checked = f.require_text(r, "checked");
        f.finish(r);
        Some(Self { id: id?, title: title?.value, first_author, journal, year, doi, url, checked })
    }
}

/// Evidence that an intervention helps.
#[derive(Debug)]
pub struct Benefit {
    /// For what, in words or as a fact's label.
    pub purpose: String,
    /// The reference.
    pub reference: Item<String>,
    /// Supports or refutes.
    pub supports: bool,
    /// Study kind.
    pub study: StudyKind,
    /// What was found.
    pub found: String,
}

impl Benefit {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "benefit")?;
        let (purpose, reference) = (f.require_text(r, "for"), f.require_text(r, "ref"));
        let supports = f.flag(r, "supports").unwrap_or(true);
        let study = f.choice(r, "study", STUDIES).unwrap_or(StudyKind::Review);
        let found = f.require_text(r, "found");
        f.choice(r, "read", READ_AS);
        f.choice(r, "directness", &[("direct", Directness::Direct), ("inferred", Directness::Inferred)]);
        f.finish(r);
        Some(Self { purpose: purpose?.value, reference: reference?, supports, study, found: found?.value })
    }
}

/// When an intervention must not be used.
#[derive(Debug)]
pub struct Contraindication {
    /// The condition.
    pub when: When,
    /// Why.
    pub reason: String,
    /// The reference.
    pub reference: Item<String>,
}

impl Contraindication {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "contraindication")?;
        let when = f.require(r, "when").and_then(|n| When::read(r, n));
        let (reason, reference) = (f.require_text(r, "reason"), f.require_text(r, "ref"));
        f.finish(r);
        Some(Self { when: when?, reason: reason?.value, reference: reference? })
    }
}

/// An observed frequency: P(observation | fact) over all paths, as counted in a paper.
#[derive(Debug)]
pub struct Frequency {
    /// The fact phrase.
    pub fact: Item<String>,
    /// The observation.
    pub observation: Item<String>,
    /// How many had it.
    pub count: u32,
    /// Of how many.
    pub of: u32,
    /// Who they were.
    pub population: Option<String>,
    /// How they were selected.
    pub selection: Option<String>,
    /// The reference.
    pub reference: Item<String>,
}

impl Frequency {
    // Counts are checked to be whole and in range before the cast.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "frequency")?;
        let (fact, observation) = (f.require_text(r, "fact"), f.require_text(r, "observation"));
        let (count, of) = (f.number(r, "count"), f.number(r, "of"));
        let (population, selection) = (f.text(r, "population"), f.text(r, "selection"));
        let reference = f.require_text(r, "ref");
        f.finish(r);
        let (count, of) = (count?, of?);
        let whole = |x: f64| x.fract() == 0.0 && (0.0..=1e9).contains(&x);
        if !whole(count.value) || !whole(of.value) || count.value > of.value || of.value == 0.0 {
            r.diagnostics.error("E0402", count.place, format!("{} of {} is impossible", count.value, of.value));
            return None;
        }
        Some(Self {
            fact: fact?,
            observation: observation?,
            count: count.value as u32,
            of: of.value as u32,
            population: population.map(|t| t.value),
            selection: selection.map(|t| t.value),
            reference: reference?,
        })
    }
}
