//! The page of one thing: everything that the base says about a rule, finding, quantity, fact, exposure, intervention,
//! reference or signal, with where it says so.

mod causes;
mod document;
mod evidence;
mod exposure;
mod fact;
mod find;
mod finding;
mod intervention;
mod link;
mod phrase;
mod quantity;
mod rule;
mod signal;
mod source;

pub use evidence::{EvidenceView, FrequencyView, ReferenceView, StrengthView};
pub use exposure::ExposurePage;
pub use fact::{FactPage, PriorView};
pub use find::NotFound;
pub use finding::FindingPage;
pub use intervention::{BenefitView, ContraindicationView, InterventionPage};
pub use link::{Link, LinkOrigin};
pub use quantity::QuantityPage;
pub use rule::RulePage;
pub use signal::SignalPage;
pub use source::{Citation, ReferencePage};

use crate::graph::Graph;
use crate::knowledge::Knowledge;
use document::Document;
use schemars::JsonSchema;
use serde::Serialize;

/// Another thing, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Name {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// The page of one thing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Page {
    /// Permanent id.
    pub id: String,
    /// Label; a rule's claim, a reference's title.
    pub label: String,
    /// Other things of that name: ask for them by their kind, as in `intervention pyridostigmine`.
    pub also: Vec<String>,
    /// `kind` and `content`.
    #[serde(flatten)]
    pub content: Content,
}

/// What is on a page, by the kind of thing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", content = "content", rename_all = "lowercase")]
pub enum Content {
    /// A rule.
    Rule(Box<RulePage>),
    /// An observation.
    Finding(FindingPage),
    /// A step, transmission, ratio or function.
    Quantity(QuantityPage),
    /// A fact.
    Fact(FactPage),
    /// An exposure or class of exposures.
    Exposure(ExposurePage),
    /// An intervention.
    Intervention(InterventionPage),
    /// A reference.
    Reference(ReferencePage),
    /// A signal.
    Signal(SignalPage),
}

impl Page {
    /// The page of what a text names: an id, label or synonym, an HPO id or name, a PMID or DOI, or a phrase of the rules'
    /// language (its quantity, exposure or fact). A kind before the name (`exposure sertraline`) narrows the search.
    ///
    /// # Errors
    /// [`NotFound`] with the nearest names.
    pub fn find(knowledge: &Knowledge, graph: &Graph, text: &str) -> Result<Self, NotFound> {
        find::find(knowledge, graph, text)
    }

    /// The kind in one word, as in the JSON.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.content {
            Content::Rule(_) => "rule",
            Content::Finding(_) => "finding",
            Content::Quantity(_) => "quantity",
            Content::Fact(_) => "fact",
            Content::Exposure(_) => "exposure",
            Content::Intervention(_) => "intervention",
            Content::Reference(_) => "reference",
            Content::Signal(_) => "signal",
        }
    }

    /// The page for a terminal, wrapped at `width` columns (at least 40); `colour` adds terminal colours, without which
    /// nothing is lost.
    #[must_use]
    pub fn text(&self, width: usize, colour: bool) -> String {
        self.document().text(width.max(40), colour)
    }

    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.document().markdown()
    }

    fn document(&self) -> Document {
        let mut d = Document::new(&self.id, &self.label, self.kind());
        match &self.content {
            Content::Rule(p) => p.write(&mut d),
            Content::Finding(p) => p.write(&mut d),
            Content::Quantity(p) => p.write(&mut d),
            Content::Fact(p) => p.write(&mut d),
            Content::Exposure(p) => p.write(&mut d),
            Content::Intervention(p) => p.write(&mut d),
            Content::Reference(p) => p.write(&mut d),
            Content::Signal(p) => p.write(&mut d),
        }
        if !self.also.is_empty() {
            d.heading("Also of this name");
            for other in &self.also {
                d.item("", other);
            }
        }
        d
    }
}

#[cfg(test)]
mod tests;
