//! What of a text nobody understood.

use super::token::{Break, Tokens};

/// The longest piece shown, in characters.
const LONGEST: usize = 80;
/// The most pieces listed; a text with more is not clinical English.
pub(super) const MOST: usize = 200;

/// Words that carry no finding by themselves.
#[rustfmt::skip]
const STOP: &[&str] = &[
    "a", "about", "age", "aged", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "became", "been", "before", "being", "both", "but", "by", "can", "could",
    "day", "days", "daily", "did", "do", "does", "during", "each", "earlier", "exam", "examination", "few", "for", "found", "from", "further", "had", "has", "have",
    "he", "her", "him", "his", "hour", "hours", "hospital", "i", "in", "into", "is", "it", "its", "later", "minute", "minutes", "month", "months", "more", "morning",
    "my", "night", "no", "not", "now", "of", "on", "once", "or", "our", "patient", "per", "presented", "presenting", "presents", "pt", "year", "years", "ago", "she", "since",
    "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "time", "to", "today", "twice", "until", "up",
    "very", "was", "way", "we", "week", "weeks", "were", "when", "which", "while", "who", "will", "with", "within", "without", "yesterday", "old", "admitted", "admission",
    "arrival", "onset", "symptoms", "signs", "noted", "seen", "reported", "reports", "showed", "min", "l", "dl", "mmol", "mm", "mg", "g", "kg", "ml", "mmhg", "meq", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// Pieces between commas, sentence ends and "and", "or", "but" in which no word was understood. `known` marks the words that
/// mentions, measurements and the patient's particulars cover, `trigger` those of triggers, and `drug` the first words of
/// triggers after which a drug is expected: a piece begins there too, so that an unknown drug is not lost beside a known word.
pub(super) fn unrecognised(tokens: &Tokens, known: &[bool], trigger: &[bool], drug: &[bool]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut from = 0;
    for at in 1..=tokens.list.len() {
        let joint = matches!(tokens.word(at), "and" | "or" | "nor" | "but") || drug.get(at).copied().unwrap_or(false);
        if tokens.before(at) < Break::Slash && !joint {
            continue;
        }
        let piece = from..at;
        from = at;
        let content = |i: usize| !STOP.contains(&tokens.word(i)) && !trigger.get(i).copied().unwrap_or(true) && tokens.number(i).is_none();
        let mut content = piece.clone().filter(|&i| content(i));
        let (Some(first), false) = (content.next(), piece.clone().any(|i| known.get(i).copied().unwrap_or(true))) else { continue };
        let last = content.next_back().unwrap_or(first);
        let (start, end) = tokens.span(first, last + 1);
        let text = tokens.text.get(start..end).unwrap_or_default();
        let mut short: String = text.chars().take(LONGEST).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        if found.len() < MOST && seen.insert(short.to_lowercase()) {
            found.push(short);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_content_only() {
        let tokens = Tokens::of("fever, the patient was admitted, flibbertosis of the knee and gronk");
        let mut known = vec![false; tokens.list.len()];
        known[0] = true;
        let none = vec![false; tokens.list.len()];
        assert_eq!(unrecognised(&tokens, &known, &none, &none), ["flibbertosis of the knee", "gronk"]);
    }
}
