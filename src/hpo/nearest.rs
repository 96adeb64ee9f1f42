//! Names that look like a text that was not recognised.

use std::collections::BTreeMap;

use super::{Hpo, TermId, normalise};

/// What is compared of a long text, in characters: beyond it, similarity of names means nothing and costs much.
const LONGEST: usize = 64;
/// The least similarity (0 to 1) that is worth proposing.
const LEAST: f64 = 0.5;

impl Hpo {
    /// At most `n` current phenotypic abnormalities whose label or synonym is most like `text`: by shared words and by
    /// edit distance, best first, then by id. Only the first 64 characters are compared.
    #[must_use]
    pub fn nearest(&self, text: &str, n: usize) -> Vec<TermId> {
        let cut: String = text.chars().take(LONGEST).collect();
        let wanted: Vec<char> = normalise::key(&cut).chars().take(LONGEST).collect();
        let words = split(&wanted);
        if wanted.is_empty() || n == 0 {
            return Vec::new();
        }
        let mut best: BTreeMap<TermId, f64> = BTreeMap::new();
        let (mut name, mut rows) = (Vec::new(), (Vec::new(), Vec::new()));
        for index in 0..self.blob.names {
            name.clear();
            name.extend(self.blob.key(index).chars().take(LONGEST));
            let score = similarity(&wanted, &words, &name, &mut rows);
            if score < LEAST {
                continue;
            }
            let entry = self.blob.name(index);
            if let Some(id) = TermId::new(entry.id).filter(|_| entry.phenotype) {
                let known = best.entry(id).or_insert(score);
                *known = known.max(score);
            }
        }
        let mut found: Vec<(TermId, f64)> = best.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().take(n).map(|(id, _)| id).collect()
    }
}

fn split(text: &[char]) -> Vec<&[char]> {
    text.split(|&c| c == ' ').filter(|word| !word.is_empty()).collect()
}

/// The greater of the share of common words (Dice) and of unedited characters.
fn similarity(wanted: &[char], words: &[&[char]], name: &[char], rows: &mut (Vec<usize>, Vec<usize>)) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "at most 128")]
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let theirs = split(name);
    let common = words.iter().filter(|word| theirs.contains(word)).count();
    let tokens = share(2 * common, words.len() + theirs.len());
    let longest = wanted.len().max(name.len());
    // More edits than half the length cannot reach the least similarity.
    if wanted.len().abs_diff(name.len()) * 2 > longest {
        return tokens;
    }
    let edits = distance(wanted, name, longest / 2, rows);
    tokens.max(share(longest.saturating_sub(edits), longest))
}

/// Levenshtein distance, or `usize::MAX` as soon as it must exceed `most`.
fn distance(a: &[char], b: &[char], most: usize, rows: &mut (Vec<usize>, Vec<usize>)) -> usize {
    let (above, here) = (&mut rows.0, &mut rows.1);
    above.clear();
    above.extend(0..=b.len());
    for (i, x) in a.iter().enumerate() {
        here.clear();
        here.push(i + 1);
        let (mut left, mut least) = (i + 1, i + 1);
        for (pair, y) in above.windows(2).zip(b) {
            let &[diagonal, up] = pair else { continue };
            left = (diagonal + usize::from(x != y)).min(up + 1).min(left + 1);
            least = least.min(left);
            here.push(left);
        }
        if least > most {
            return usize::MAX;
        }
        std::mem::swap(above, here);
    }
    above.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_what_was_meant() {
        let hpo = Hpo::embedded();
        for (text, label) in [("tachycardya", "Tachycardia"), ("resting tremour of hand", "Resting tremor"), ("Seizzure", "Seizure")] {
            let found: Vec<&str> = hpo.nearest(text, 3).into_iter().filter_map(|id| hpo.term(id)).map(|t| t.label()).collect();
            assert!(found.contains(&label), "{text}: {found:?}");
        }
        assert!(hpo.nearest("", 3).is_empty() && hpo.nearest("seizure", 0).is_empty());
        assert!(hpo.nearest(&"ß🦀".repeat(100_000), 3).is_empty());
    }

    #[test]
    fn counts_edits() {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        let mut rows = (Vec::new(), Vec::new());
        assert_eq!(distance(&chars("kitten"), &chars("sitting"), 9, &mut rows), 3);
        assert_eq!(distance(&chars(""), &chars("abc"), 9, &mut rows), 3);
        assert_eq!(distance(&chars("abcdef"), &chars("uvwxyz"), 2, &mut rows), usize::MAX);
    }
}
