//! Finding a name among what the base and HPO know.

use super::{Finding, Place};
use crate::hpo::{Hpo, Resolved, TermId};
use crate::knowledge::{Knowledge, ObservationIx, normalise};
use std::collections::{BTreeMap, BTreeSet};

/// A more specific term is read as an ancestor at most this many steps up; further away it would say too little.
const FARTHEST: u32 = 4;

/// Resolves HPO ids and names against one base.
pub struct Labels<'k> {
    knowledge: &'k Knowledge,
    by_term: BTreeMap<TermId, ObservationIx>,
    above: BTreeSet<TermId>,
}

/// What a name or id came to.
pub enum Resolution {
    /// A finding, perhaps with a notice on how it was read.
    Found(Finding, Option<String>),
    /// Nothing of that name; the nearest known.
    Unknown(Vec<String>),
}

impl<'k> Labels<'k> {
    /// Prepares the tables.
    #[must_use]
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let hpo = Hpo::embedded();
        let mut by_term = BTreeMap::new();
        for (i, o) in knowledge.observations.iter().enumerate() {
            if let Some(t) = o.hpo.as_deref().and_then(|h| TermId::parse(h).ok()) {
                by_term.insert(t, ObservationIx::new(i));
            }
        }
        let above = by_term.keys().flat_map(|t| hpo.ancestors(*t)).map(|(t, _)| t).collect();
        Self { knowledge, by_term, above }
    }

    /// A finding by own id, HPO id, label or synonym.
    #[must_use]
    pub fn finding(&self, text: &str) -> Resolution {
        if let Ok(term) = TermId::parse(text) {
            return self.term(term);
        }
        if let Some(o) = self.knowledge.names.observations.get(&normalise(text)) {
            return Resolution::Found(self.observation(*o), None);
        }
        match Hpo::embedded().by_name(text) {
            Some(term) => self.term(term),
            None => Resolution::Unknown(self.nearest(text)),
        }
    }

    /// A finding of the base.
    #[must_use]
    pub fn observation(&self, o: ObservationIx) -> Finding {
        let info = &self.knowledge.observations[o.index()];
        Finding { place: Place::Observation(o), label: info.label.clone(), hpo: info.hpo.clone() }
    }

    /// A finding by HPO term; obsolete terms are followed, unknown ids are unknown.
    #[must_use]
    pub fn term(&self, term: TermId) -> Resolution {
        let hpo = Hpo::embedded();
        let (term, notice) = match hpo.resolve(term) {
            Resolved::Current(t) => (t, None),
            Resolved::Replaced { from, to } => (to, Some(format!("{from} is obsolete in HPO and was read as {to}"))),
            Resolved::Obsolete { from, consider } => match consider.first() {
                Some(t) => (*t, Some(format!("{from} is obsolete in HPO; read as {t}, the first that HPO suggests"))),
                None => return Resolution::Unknown(vec![format!("{from} is obsolete in HPO without a replacement")]),
            },
            Resolved::Unknown => return Resolution::Unknown(Vec::new()),
        };
        let label = hpo.term(term).map_or_else(|| term.to_string(), |t| t.label().to_owned());
        let named = |place| Finding { place, label: label.clone(), hpo: Some(term.to_string()) };
        if let Some(o) = self.by_term.get(&term) {
            return Resolution::Found(named(Place::Observation(*o)), notice);
        }
        if self.above.contains(&term) {
            return Resolution::Found(named(Place::General(term)), notice);
        }
        let parent = hpo.ancestors(term).into_iter().filter(|(_, d)| *d <= FARTHEST).find_map(|(t, _)| self.by_term.get(&t));
        match parent {
            Some(o) => {
                let general = &self.knowledge.observations[o.index()].label;
                let read = format!("\"{label}\" is more specific than the base and was read as \"{general}\"");
                Resolution::Found(named(Place::Observation(*o)), Some(notice.map_or(read.clone(), |n| format!("{n}; {read}"))))
            }
            None => Resolution::Found(named(Place::Unmodelled(term)), Some(format!("the base says nothing about \"{label}\""))),
        }
    }

    fn nearest(&self, text: &str) -> Vec<String> {
        let folded = normalise(text);
        let own = crate::source::nearest(&folded, self.knowledge.names.observations.keys().map(String::as_str)).map(str::to_owned);
        let hpo = Hpo::embedded();
        let terms = hpo.nearest(text, 3).into_iter().filter_map(|t| hpo.term(t)).map(|t| format!("{} ({})", t.label(), t.id()));
        own.into_iter().chain(terms).take(3).collect()
    }
}
