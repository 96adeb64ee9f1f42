//! From a name to its term.

use super::{Hpo, TermId, normalise};

/// A name of the ontology that a text matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matched {
    /// The term.
    pub(crate) id: TermId,
    /// The label or synonym, as HPO spells it.
    pub(crate) name: &'static str,
    /// Whether the term is a phenotypic abnormality.
    pub(crate) phenotype: bool,
}

/// Where the names with one key, or with that key and more words, begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    index: u32,
    /// Some name has exactly this key.
    pub(crate) exact: bool,
    /// Some name has this key and further words.
    pub(crate) longer: bool,
}

impl Hpo {
    /// The current term with this label or synonym; case, punctuation, plural and British or American spelling are ignored.
    ///
    /// A name that differs in none of these wins, then labels win over exact synonyms and these over other synonyms, then
    /// the lower id.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<TermId> {
        let key = normalise::key(name);
        let place = self.place(&key, None);
        if key.is_empty() || !place.exact {
            return None;
        }
        self.matched(place, &key, &normalise::normalise(name)).map(|matched| matched.id)
    }

    /// Looks a key up. With the place of a shorter key that this one extends, the search starts there.
    pub(crate) fn place(&self, key: &str, after: Option<Place>) -> Place {
        let index = self.blob.first_name(key, after.map_or(0, |place| place.index));
        let mut place = Place { index, exact: false, longer: false };
        let mut next = index;
        // Names with the same key are few; the first with another key tells whether any is longer.
        while next < self.blob.names {
            let found = self.blob.key(next);
            if found != key {
                place.longer = found.strip_prefix(key).is_some_and(|rest| rest.starts_with(' '));
                break;
            }
            place.exact = true;
            next += 1;
        }
        place
    }

    /// The best name at a place that has exactly `key`, given the name as written, normalised.
    pub(crate) fn matched(&self, place: Place, key: &str, written: &str) -> Option<Matched> {
        let same = (place.index..self.blob.names).take_while(|&i| self.blob.key(i) == key).map(|i| self.blob.name(i));
        let best = same.min_by_key(|name| (normalise::normalise(name.text) != written, name.rank, name.id))?;
        Some(Matched { id: TermId::new(best.id)?, name: best.text, phenotype: best.phenotype })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names_however_spelled() {
        let hpo = Hpo::embedded();
        for (name, id) in [
            ("Tachycardia", "HP:0001649"),
            ("seizures", "HP:0001250"),
            ("SEIZURE", "HP:0001250"),
            ("diarrhoea", "HP:0002014"),
            ("brisk reflex", "HP:0001348"),
            ("Miosis", "HP:0000616"),
            ("anaemia", "HP:0001903"),
            ("sweating", "HP:0000975"),
        ] {
            assert_eq!(hpo.by_name(name).map(|id| id.to_string()).as_deref(), Some(id), "{name}");
        }
        for name in ["", "  ", "flibbertosis", "obsolete Clitoromegaly"] {
            assert_eq!(hpo.by_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_prefix_of_a_name_is_told_apart() {
        let hpo = Hpo::embedded();
        let place = hpo.place("orthostatic", None);
        assert!(!place.exact && place.longer);
        let longer = hpo.place("orthostatic hypotension", Some(place));
        assert!(longer.exact);
    }
}
