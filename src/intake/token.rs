//! Text → words, each with what separates it from the word before.

use crate::hpo::normalise;

/// What stands between a word and the one before it, from weakest to strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A space or hyphen: a phrase may run across.
    Soft,
    /// `/`, `+` or `&`: an "and/or".
    Slash,
    /// A comma, bracket, colon or dash: the next element of a list, or an aside.
    Comma,
    /// The end of a sentence, a semicolon, or a new paragraph.
    Sentence,
}

/// A word: a run of letters and digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Bytes in the original text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) before: Break,
    /// A question mark directly before it: `?seizure`.
    pub(super) queried: bool,
    folded: (usize, usize),
    key: (usize, usize),
    deep: (usize, usize),
}

/// The words of a text. Their folded forms share one buffer, so that a long text does not cost an allocation per word.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
    buffer: String,
}

/// Units that may be written without a space after their number.
const UNITS: [&str; 16] = ["mg", "g", "ml", "mcg", "ug", "µg", "mm", "yo", "y", "h", "hr", "hrs", "min", "days", "tabs", "x"];
/// Abbreviations whose full stop ends no sentence when a small letter or digit follows.
const ABBREVIATIONS: [&str; 14] = ["dr", "mr", "mrs", "vs", "approx", "g", "e", "st", "mg", "ml", "hr", "min", "temp", "resp"];

/// Prefixes that a hyphen does not part from their word.
const PREFIXES: [&str; 4] = ["hyper", "hypo", "tachy", "brady"];

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut tokens = Self { text, list: Vec::new(), buffer: String::new() };
        let (mut start, mut last, mut numeric) = (None, 0, false);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let inside = match start {
                None => c.is_alphanumeric(),
                // A point or comma within a number belongs to it.
                Some(_) if numeric && matches!(c, '.' | ',') => chars.peek().is_some_and(|(_, d)| d.is_ascii_digit()),
                Some(_) => c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c),
            };
            match (start, inside) {
                (None, true) => {
                    start = Some(at);
                    numeric = c.is_ascii_digit();
                }
                (Some(_), true) => numeric &= c.is_ascii_digit() || matches!(c, '.' | ','),
                (Some(from), false) => {
                    tokens.push(last, from, at);
                    (start, last) = (None, at);
                }
                (None, false) => {}
            }
        }
        if let Some(from) = start {
            tokens.push(last, from, text.len());
        }
        tokens
    }

    fn push(&mut self, gap_from: usize, from: usize, to: usize) {
        let text = self.text;
        let (gap, word) = (&text[gap_from..from], &text[from..to]);
        // Parkinson's: the s is part of the word before.
        if matches!(word, "s" | "S") && matches!(gap, "'" | "\u{2019}") {
            if let Some(last) = self.list.last_mut() {
                last.end = to;
            }
            return;
        }
        // "hyper-reflexic" is one word.
        let prefix = self.list.len().checked_sub(1).filter(|&i| gap == "-" && PREFIXES.contains(&self.word(i)));
        if let Some(last) = prefix.and_then(|_| self.list.pop()) {
            self.add(last.start, to, last.before, last.queried);
            return;
        }
        let marks = gap.trim_end();
        let queried = marks.ends_with('?') && (gap_from == 0 || marks.len() > 1);
        let before = self.separation(gap, word, queried);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let unit = word.get(digits..).unwrap_or_default().to_lowercase();
        if digits > 0 && UNITS.contains(&unit.as_str()) {
            self.add(from, from + digits, before, queried);
            self.add(from + digits, to, Break::Soft, false);
        } else {
            self.add(from, to, before, queried);
        }
    }

    fn add(&mut self, start: usize, end: usize, before: Break, queried: bool) {
        let a = self.buffer.len();
        let word = &self.text[start..end];
        if word.contains('-') {
            normalise::push_folded(&word.replace('-', ""), &mut self.buffer);
        } else {
            normalise::push_folded(word, &mut self.buffer);
        }
        let mut word = self.buffer[a..].to_owned();
        let b = self.buffer.len();
        normalise::singular(&mut word);
        self.buffer.push_str(&word);
        let c = self.buffer.len();
        super::inflection::strip(&mut word);
        self.buffer.push_str(&word);
        let d = self.buffer.len();
        self.list.push(Token { start, end, before, queried, folded: (a, b), key: (b, c), deep: (c, d) });
    }

    fn separation(&self, gap: &str, word: &str, queried: bool) -> Break {
        if self.list.is_empty() {
            return Break::Sentence;
        }
        let spaced = gap.contains(char::is_whitespace);
        let small = word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let abbreviated = small && self.list.len().checked_sub(1).is_some_and(|i| ABBREVIATIONS.contains(&self.word(i)));
        let marks = gap.trim_end().trim_end_matches('?');
        if marks.contains([';', '!']) || gap.contains('?') && !queried {
            return Break::Sentence;
        }
        if gap.contains(['.', '。']) && spaced && !abbreviated {
            return Break::Sentence;
        }
        if let Some(line) = gap.find('\n') {
            let rest = &gap[line + 1..];
            if rest.contains(['\n', '-', '*', '•']) || word.starts_with(char::is_uppercase) {
                return Break::Sentence;
            }
        }
        let dash = spaced && gap.contains(['-', '–', '—']) || gap.contains('—');
        if dash || gap.contains([',', '(', ')', '[', ']', '、']) || gap.contains(':') && spaced {
            Break::Comma
        } else if gap.contains(['/', '+', '&', '|']) {
            Break::Slash
        } else {
            Break::Soft
        }
    }

    /// The folded word, as the tables of triggers spell it; empty beyond the end.
    pub(super) fn word(&self, index: usize) -> &str {
        self.part(index, |t| t.folded)
    }

    /// The folded word in the singular, as the index of HPO names spells it.
    pub(super) fn key(&self, index: usize) -> &str {
        self.part(index, |t| t.key)
    }

    /// The folded word without its ending, as the lexicon spells it.
    pub(super) fn deep(&self, index: usize) -> &str {
        self.part(index, |t| t.deep)
    }

    fn part(&self, index: usize, of: impl Fn(&Token) -> (usize, usize)) -> &str {
        let range = self.list.get(index).map(of);
        range.and_then(|(a, b)| self.buffer.get(a..b)).unwrap_or_default()
    }

    /// What separates this word from the one before; a sentence's end beyond the last.
    pub(super) fn before(&self, index: usize) -> Break {
        self.list.get(index).map_or(Break::Sentence, |t| t.before)
    }

    /// The bytes that a range of words covers in the text; empty at the start for an empty range.
    pub(super) fn span(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.list.get(from).map_or(0, |t| t.start);
        (start, to.checked_sub(1).and_then(|i| self.list.get(i)).map_or(start, |t| t.end).max(start))
    }

    pub(super) fn number(&self, index: usize) -> Option<f64> {
        let word = self.word(index);
        word.starts_with(|c: char| c.is_ascii_digit()).then(|| word.replace(',', ".").parse().ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_separates() {
        let tokens = Tokens::of("Angel's trumpet 25mg, no fever/rash (39.5 C). ?Seizure");
        let words: Vec<&str> = (0..tokens.list.len()).map(|i| tokens.word(i)).collect();
        assert_eq!(words, ["angel", "trumpet", "25", "mg", "no", "fever", "rash", "39.5", "c", "seizure"]);
        let breaks: Vec<Break> = tokens.list.iter().map(|t| t.before).collect();
        assert_eq!(breaks[4], Break::Comma);
        assert_eq!(breaks[6], Break::Slash);
        assert!(tokens.list[9].queried);
        assert_eq!(tokens.span(0, 2), (0, "Angel's trumpet".len()));
    }
}
