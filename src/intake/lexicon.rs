//! The names that the knowledge base gives to its observations, exposures and facts.

use crate::hpo::normalise;

/// What a name of the knowledge base stands for, by permanent id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A finding.
    Observation(String),
    /// A drug, nutrient or class of such, which may be taken, overdosed or withdrawn.
    Exposure(String),
    /// An exposure that nobody takes as treatment: a mention of it means poisoning unless the text says otherwise.
    Toxin(String),
    /// A disease or another state that is true or false of the patient.
    Fact(String),
}

/// Names with their targets, in the order that lookup needs.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// Words without their endings, joined by one space.
    deep: String,
    /// Words in the singular.
    key: String,
    /// Words as written, folded.
    name: String,
    order: usize,
    target: Target,
}

/// Where the entries with one key begin, and whether any has more words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    index: usize,
    pub(super) exact: bool,
    pub(super) longer: bool,
}

impl Lexicon {
    /// A lexicon of these names. Names are compared without case, punctuation, plural and (except for drugs) other endings;
    /// where two entries are equally near to a text, the one given first wins. Empty names are left out.
    pub fn new(entries: impl IntoIterator<Item = (String, Target)>) -> Self {
        let mut entries: Vec<Entry> = entries
            .into_iter()
            .enumerate()
            .map(|(order, (name, target))| {
                let (name, key) = (normalise::normalise(&name), normalise::key(&name));
                Entry { deep: deep(&key), key, name, order, target }
            })
            .filter(|entry| !entry.key.is_empty())
            .collect();
        entries.sort_by(|a, b| a.deep.cmp(&b.deep).then(a.order.cmp(&b.order)));
        Self { entries }
    }

    /// The number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What a name by itself stands for, `None` if the lexicon does not hold it.
    #[must_use]
    pub fn target(&self, name: &str) -> Option<&Target> {
        let (key, name) = (normalise::key(name), normalise::normalise(name));
        let deep = deep(&key);
        self.best(self.place(&deep, Place::default()), &deep, &key, &name)
    }

    pub(super) fn place(&self, deep: &str, after: Place) -> Place {
        let rest = self.entries.get(after.index..).unwrap_or_default();
        let index = after.index + rest.partition_point(|entry| entry.deep.as_str() < deep);
        let mut place = Place { index, exact: false, longer: false };
        for entry in self.entries.get(index..).unwrap_or_default() {
            if entry.deep == deep {
                place.exact = true;
            } else {
                place.longer = entry.deep.strip_prefix(deep).is_some_and(|rest| rest.starts_with(' '));
                break;
            }
        }
        place
    }

    /// The entry at a place that is nearest to what is written. Exposures must agree but for the plural: names of drugs
    /// are not inflected, and `sedated` is not the class of sedatives.
    pub(super) fn best(&self, place: Place, deep: &str, key: &str, name: &str) -> Option<&Target> {
        let same = self.entries.get(place.index..)?.iter().take_while(|entry| entry.deep == deep);
        let allowed = same.filter(|entry| entry.key == key || !matches!(entry.target, Target::Exposure(_) | Target::Toxin(_)));
        allowed.min_by_key(|entry| (entry.name != name, entry.key != key, entry.order)).map(|entry| &entry.target)
    }
}

fn deep(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut stem = String::new();
    for word in key.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        stem.clear();
        stem.push_str(word);
        super::inflection::strip(&mut stem);
        out.push_str(&stem);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_spelling_wins() {
        let lexicon = Lexicon::new([
            ("agitation".to_owned(), Target::Observation("agitation".to_owned())),
            ("sedation".to_owned(), Target::Exposure("sedative".to_owned())),
            ("Agitated".to_owned(), Target::Observation("other".to_owned())),
            (" - ".to_owned(), Target::Fact("nothing".to_owned())),
        ]);
        assert_eq!(lexicon.len(), 3);
        assert_eq!(lexicon.target("AGITATED"), Some(&Target::Observation("other".to_owned())));
        assert_eq!(lexicon.target("agitations"), Some(&Target::Observation("agitation".to_owned())));
        assert_eq!(lexicon.target("sedated"), None);
        assert_eq!(lexicon.target(""), None);
    }
}
