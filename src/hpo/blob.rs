//! The table of terms as bytes, read in place.
//!
//! Little-endian words of four bytes, in this order: `HPO1`; the numbers of terms, names, alternative ids and list words;
//! where the release and the licence stand; then
//! - terms, sorted by id: id, label, start of lists, flags (bit 0 obsolete, bit 1 phenotypic abnormality);
//! - names, sorted by key: key, name, id in the low three bytes under a mark (0 label, 1 exact synonym, 2 other synonym;
//!   bit 7 set: phenotypic abnormality);
//! - alternative ids, sorted: alternative, current;
//! - lists, per term: numbers of parents, synonyms and terms to consider, the replacement or `u32::MAX`, then these;
//! - strings: a length in two bytes, then UTF-8. A string is named by its offset here.
//!
//! Every read is bounds-checked and falls back to zero or an empty string, so damaged bytes give wrong answers, not a panic.

/// The largest number of list entries that is believed, against damaged bytes.
const MOST: u32 = 10_000;

/// A view of the bytes, with its sections located.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blob {
    bytes: &'static [u8],
    pub(super) terms: u32,
    pub(super) names: u32,
    alternatives: u32,
    lists: u32,
}

/// One entry of the name index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) text: &'static str,
    pub(super) id: u32,
    /// 0 label, 1 exact synonym, 2 related, broad or narrow synonym.
    pub(super) rank: u32,
    pub(super) phenotype: bool,
}

/// One term's record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) id: u32,
    pub(super) label: &'static str,
    pub(super) obsolete: bool,
    pub(super) phenotype: bool,
    pub(super) replaced: Option<u32>,
    /// Word positions: first parent, and the numbers of parents, synonyms and terms to consider.
    lists: u64,
    parents: u32,
    synonyms: u32,
    consider: u32,
}

impl Blob {
    /// Bytes that do not begin with the mark read as an empty table.
    pub(super) fn new(bytes: &'static [u8]) -> Self {
        let mut blob = Self { bytes, terms: 0, names: 0, alternatives: 0, lists: 0 };
        if bytes.starts_with(b"HPO1") {
            blob.terms = blob.word(1);
            blob.names = blob.word(2);
            blob.alternatives = blob.word(3);
            blob.lists = blob.word(4);
        }
        blob
    }

    /// The word at this position; positions are 64 bits wide so that no sum of damaged counts overflows.
    fn word(&self, at: u64) -> u32 {
        let from = usize::try_from(at * 4).unwrap_or(usize::MAX);
        let bytes = self.bytes.get(from..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map_or(0, |b| u32::from_le_bytes(*b))
    }

    fn term_at(index: u32) -> u64 {
        7 + u64::from(index) * 4
    }

    fn name_at(&self, index: u32) -> u64 {
        Self::term_at(self.terms) + u64::from(index) * 3
    }

    fn alternative_at(&self, index: u32) -> u64 {
        self.name_at(self.names) + u64::from(index) * 2
    }

    fn list_at(&self, index: u32) -> u64 {
        self.alternative_at(self.alternatives) + u64::from(index)
    }

    fn string(&self, offset: u32) -> &'static str {
        let from = self.list_at(self.lists) * 4 + u64::from(offset);
        let rest = usize::try_from(from).ok().and_then(|from| self.bytes.get(from..));
        let text = rest
            .and_then(|rest| rest.split_first_chunk::<2>())
            .and_then(|(length, rest)| rest.get(..usize::from(u16::from_le_bytes(*length))));
        text.and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    pub(super) fn release(&self) -> &'static str {
        self.string(self.word(5))
    }

    pub(super) fn licence(&self) -> &'static str {
        self.string(self.word(6))
    }

    /// The first position in `from..to` where `before` does not hold; `before` holds for a prefix.
    fn partition(from: u32, to: u32, mut before: impl FnMut(u32) -> bool) -> u32 {
        let (mut low, mut high) = (from, to.max(from));
        while low < high {
            let middle = low + (high - low) / 2;
            if before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    pub(super) fn record_at(&self, index: u32) -> Record {
        let at = Self::term_at(index);
        let lists = self.list_at(self.word(at + 2));
        let replaced = self.word(lists + 3);
        let flags = self.word(at + 3);
        Record {
            id: self.word(at),
            label: self.string(self.word(at + 1)),
            obsolete: flags & 1 != 0,
            phenotype: flags & 2 != 0,
            replaced: (replaced != u32::MAX).then_some(replaced),
            lists: lists + 4,
            parents: self.word(lists).min(MOST),
            synonyms: self.word(lists + 1).min(MOST),
            consider: self.word(lists + 2).min(MOST),
        }
    }

    pub(super) fn record(&self, id: u32) -> Option<Record> {
        let index = Self::partition(0, self.terms, |i| self.word(Self::term_at(i)) < id);
        (index < self.terms).then(|| self.record_at(index)).filter(|record| record.id == id)
    }

    pub(super) fn alternative(&self, id: u32) -> Option<u32> {
        let index = Self::partition(0, self.alternatives, |i| self.word(self.alternative_at(i)) < id);
        let at = self.alternative_at(index);
        (index < self.alternatives && self.word(at) == id).then(|| self.word(at + 1))
    }

    pub(super) fn name(&self, index: u32) -> Name {
        let at = self.name_at(index);
        let mark = self.word(at + 2);
        Name { text: self.string(self.word(at + 1)), id: mark & 0x00ff_ffff, rank: mark >> 24 & 0x7f, phenotype: mark >> 31 != 0 }
    }

    pub(super) fn key(&self, index: u32) -> &'static str {
        self.string(self.word(self.name_at(index)))
    }

    /// The position of the first name whose key is not less than `key`, at or after `from`.
    pub(super) fn first_name(&self, key: &str, from: u32) -> u32 {
        Self::partition(from, self.names, |i| self.key(i) < key)
    }
}

impl Record {
    pub(super) fn parents(self, blob: Blob) -> impl Iterator<Item = u32> {
        (0..self.parents).map(move |i| blob.word(self.lists + u64::from(i)))
    }

    pub(super) fn synonyms(self, blob: Blob) -> impl Iterator<Item = &'static str> {
        let from = self.lists + u64::from(self.parents);
        (0..self.synonyms).map(move |i| blob.string(blob.word(from + u64::from(i))))
    }

    pub(super) fn consider(self, blob: Blob) -> impl Iterator<Item = u32> {
        let from = self.lists + u64::from(self.parents) + u64::from(self.synonyms);
        (0..self.consider).map(move |i| blob.word(from + u64::from(i)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_bytes_do_not_panic() {
        for bytes in
            [&b""[..], b"HPO", b"HPO1", b"HPO1\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"]
        {
            let blob = Blob::new(bytes);
            assert!(blob.record(1).is_none_or(|r| r.label.is_empty()));
            let _ = (blob.release(), blob.alternative(3), blob.first_name("a", 0), blob.name(u32::MAX));
        }
    }
}
