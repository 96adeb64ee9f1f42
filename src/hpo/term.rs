//! One term, and what may have become of an id.

use super::TermId;
use super::blob::{Blob, Record};

/// A term of the ontology, current or obsolete.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    pub(super) record: Record,
    pub(super) blob: Blob,
}

/// What has become of an id in the embedded release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A current term.
    Current(TermId),
    /// An obsolete or alternative id with one successor, itself current.
    Replaced {
        /// The id asked for.
        from: TermId,
        /// The current term that stands for it now.
        to: TermId,
    },
    /// Obsolete without a single successor.
    Obsolete {
        /// The id asked for.
        from: TermId,
        /// Terms that HPO proposes to consider in its place; may be empty.
        consider: Vec<TermId>,
    },
    /// Not in this release.
    Unknown,
}

impl Term {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> TermId {
        TermId::new(self.record.id).unwrap_or(super::id::NOT_AN_ID)
    }

    /// Its preferred name, as HPO spells it.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.record.label
    }

    /// Its other names: exact synonyms first, then related, broad and narrow ones.
    pub fn synonyms(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.record.synonyms(self.blob)
    }

    /// The terms it is directly a kind of, by ascending id. Empty for the root and for obsolete terms.
    pub fn parents(&self) -> impl Iterator<Item = TermId> + use<> {
        self.record.parents(self.blob).filter_map(TermId::new)
    }

    /// Whether HPO has withdrawn it.
    #[must_use]
    pub fn obsolete(&self) -> bool {
        self.record.obsolete
    }

    /// The one term that replaces this obsolete one, if there is exactly one.
    #[must_use]
    pub fn replaced_by(&self) -> Option<TermId> {
        self.record.replaced.and_then(TermId::new)
    }

    /// Terms to consider in place of this obsolete one, where HPO names no single replacement.
    pub fn consider(&self) -> impl Iterator<Item = TermId> + use<> {
        self.record.consider(self.blob).filter_map(TermId::new)
    }

    /// Whether it is a phenotypic abnormality (`HP:0000118` or below) and not a modifier, a mode of inheritance or the like.
    #[must_use]
    pub fn is_phenotype(&self) -> bool {
        self.record.phenotype
    }
}
