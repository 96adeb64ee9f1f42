//! The Human Phenotype Ontology, offline: every id, name and parent of one release, compiled into the program.
//!
//! The table is read in place from bytes that the build made (see `build/hpo_table.rs`); nothing is parsed at start-up.
//! The text of the terms is HPO's own, under the HPO licence ([`Hpo::licence`] names it and the version).

mod blob;
mod id;
mod names;
mod nearest;
pub mod normalise;
mod term;

use std::collections::{BTreeSet, VecDeque};

use blob::Blob;
pub use id::{NotATermId, TermId};
pub(crate) use names::Matched;
pub use term::{Resolved, Term};

/// How often a replacement is followed to its own replacement, against circular data.
const MOST_REPLACEMENTS: usize = 8;

static EMBEDDED: std::sync::LazyLock<Hpo> =
    std::sync::LazyLock::new(|| Hpo { blob: Blob::new(include_bytes!(concat!(env!("OUT_DIR"), "/hpo.bin"))) });

/// One release of the ontology.
#[derive(Debug)]
pub struct Hpo {
    blob: Blob,
}

impl Hpo {
    /// The release that is compiled in.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The release, as HPO names it: `hp/releases/2025-01-16`.
    #[must_use]
    pub fn release(&self) -> &'static str {
        self.blob.release()
    }

    /// The licence and the attribution that it asks for.
    #[must_use]
    pub fn licence(&self) -> &'static str {
        self.blob.licence()
    }

    /// The number of terms, obsolete ones included; alternative ids are not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blob.terms as usize
    }

    /// Whether there is no term, which only a damaged build could bring about.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The term with exactly this id, current or obsolete; `None` for alternative ids (see [`Hpo::resolve`]).
    #[must_use]
    pub fn term(&self, id: TermId) -> Option<Term> {
        self.blob.record(id.number()).map(|record| Term { record, blob: self.blob })
    }

    /// All terms, by ascending id, obsolete ones included.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        let blob = self.blob;
        (0..blob.terms).map(move |index| Term { record: blob.record_at(index), blob })
    }

    /// What has become of an id: current, replaced (also an alternative id), withdrawn, or not in this release.
    #[must_use]
    pub fn resolve(&self, from: TermId) -> Resolved {
        let mut id = from;
        for _ in 0..MOST_REPLACEMENTS {
            let next = match self.term(id) {
                Some(term) if !term.obsolete() => {
                    return if id == from { Resolved::Current(id) } else { Resolved::Replaced { from, to: id } };
                }
                Some(term) => match term.replaced_by() {
                    Some(next) => next,
                    None => return Resolved::Obsolete { from, consider: term.consider().collect() },
                },
                None => match self.blob.alternative(id.number()).and_then(TermId::new) {
                    Some(next) => next,
                    None => return Resolved::Unknown,
                },
            };
            id = next;
        }
        Resolved::Obsolete { from, consider: Vec::new() }
    }

    /// All terms above this one with the least number of steps to each, nearest first, then by id. Without `id` itself.
    #[must_use]
    pub fn ancestors(&self, id: TermId) -> Vec<(TermId, u32)> {
        let (mut seen, mut queue, mut found) = (BTreeSet::from([id]), VecDeque::from([(id, 0)]), Vec::new());
        while let Some((id, distance)) = queue.pop_front() {
            for parent in self.term(id).into_iter().flat_map(|term| term.parents()) {
                if seen.insert(parent) {
                    found.push((parent, distance + 1));
                    queue.push_back((parent, distance + 1));
                }
            }
        }
        found.sort_by_key(|&(id, distance)| (distance, id));
        found
    }

    /// Whether `id` lies strictly below `of`.
    #[must_use]
    pub fn is_descendant(&self, id: TermId, of: TermId) -> bool {
        self.ancestors(id).iter().any(|&(ancestor, _)| ancestor == of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> TermId {
        TermId::new(number).unwrap()
    }

    #[test]
    fn reads_a_term() {
        let hpo = Hpo::embedded();
        assert_eq!(hpo.release(), "hp/releases/2025-01-16");
        assert!(hpo.licence().contains("https://hpo.jax.org/app/license"));
        assert_eq!(hpo.len(), 19_484);
        let term = hpo.term(id(1649)).unwrap();
        assert_eq!(term.label(), "Tachycardia");
        assert!(term.synonyms().any(|s| s == "Fast heart rate"), "{:?}", term.synonyms().collect::<Vec<_>>());
        assert!(term.is_phenotype() && !term.obsolete());
        assert_eq!(term.parents().map(|p| p.to_string()).collect::<Vec<_>>(), ["HP:0011675"]);
    }

    #[test]
    fn resolves_old_ids() {
        let hpo = Hpo::embedded();
        assert_eq!(hpo.resolve(id(1649)), Resolved::Current(id(1649)));
        assert_eq!(hpo.resolve(id(57)), Resolved::Replaced { from: id(57), to: id(8665) });
        assert_eq!(hpo.resolve(id(4715)), Resolved::Replaced { from: id(4715), to: id(3) });
        assert_eq!(hpo.resolve(id(489)), Resolved::Obsolete { from: id(489), consider: vec![id(100_886), id(100_887)] });
        assert_eq!(hpo.resolve(id(9_999_999)), Resolved::Unknown);
    }

    #[test]
    fn walks_up() {
        let hpo = Hpo::embedded();
        let up = hpo.ancestors(id(1649));
        assert_eq!(up.first(), Some(&(id(11_675), 1)));
        assert_eq!(up.last().map(|&(a, _)| a), Some(id(1)));
        assert!(hpo.is_descendant(id(1649), id(118)));
        assert!(!hpo.is_descendant(id(118), id(1649)) && !hpo.is_descendant(id(118), id(118)));
        assert!(hpo.ancestors(id(9_999_999)).is_empty());
    }

    #[test]
    fn every_current_term_is_found_by_its_label() {
        let hpo = Hpo::embedded();
        for term in hpo.terms().filter(|term| !term.obsolete()) {
            assert_eq!(hpo.by_name(term.label()), Some(term.id()), "{}", term.label());
            assert!(term.parents().all(|p| hpo.term(p).is_some_and(|t| !t.obsolete())));
        }
    }
}
