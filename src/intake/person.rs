//! Age and sex of the patient.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::token::Tokens;

/// Biological sex as far as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What a text says of the patient, with the words that say it.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) age_years: Option<f64>,
    pub(super) sex: Option<Sex>,
    /// Bytes that need no other meaning: "34-year-old man".
    pub(super) spans: Vec<Range<usize>>,
}

/// The oldest age that is believed, in years.
const OLDEST: f64 = 125.0;
const DAYS_PER_YEAR: f64 = 365.25;

const FEMALE: [&str; 8] = ["woman", "female", "girl", "lady", "females", "f", "primigravida", "housewife"];
const MALE: [&str; 6] = ["man", "male", "boy", "gentleman", "males", "m"];
#[rustfmt::skip]
const RELATIVES: [&str; 18] = ["mother", "father", "brother", "sister", "son", "daughter", "wife", "husband", "aunt", "uncle", "cousin",
    "grandmother", "grandfather", "sibling", "partner", "friend", "mom", "dad"];

static OLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?-u:\b)(?:([0-9]{1,3}(?:[.,][0-9])?|[a-z]+(?:-[a-z]+)?)[ \t\r\n-]{1,2}(year|yr|month|mo|week|wk|day)s?[ \t\r\n-]{1,2}(?:old|of age)",
        r"|([0-9]{1,3})[ \t-]?(yo|y/o|y\.o\.|y|yrs?)(?-u:\b)|aged?[ \t:]{1,2}(?:of )?([0-9]{1,3})(?:[ \t-](months?|weeks?|days?|years?))?",
        r"|([0-9]{1,3}) ?(?:(?-i:(M|F))|/(m|f))(?-u:\b))"
    ))
    .ok()
});

#[rustfmt::skip]
const WORDS: [(&str, f64); 28] = [("one", 1.0), ("two", 2.0), ("three", 3.0), ("four", 4.0), ("five", 5.0), ("six", 6.0), ("seven", 7.0), ("eight", 8.0),
    ("nine", 9.0), ("ten", 10.0), ("eleven", 11.0), ("twelve", 12.0), ("thirteen", 13.0), ("fourteen", 14.0), ("fifteen", 15.0), ("sixteen", 16.0),
    ("seventeen", 17.0), ("eighteen", 18.0), ("nineteen", 19.0), ("twenty", 20.0), ("thirty", 30.0), ("forty", 40.0), ("fifty", 50.0), ("sixty", 60.0),
    ("seventy", 70.0), ("eighty", 80.0), ("ninety", 90.0), ("hundred", 100.0)];

fn number(text: &str) -> Option<f64> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.replace(',', ".").parse().ok();
    }
    let word = |w: &str| WORDS.iter().find(|(name, _)| *name == w).map(|(_, n)| *n);
    text.to_lowercase().split('-').map(word).sum()
}

/// The first age that is the patient's, and the sex named beside it or else anywhere.
pub(super) fn find(tokens: &Tokens) -> Person {
    let text = tokens.text;
    let mut person = Person::default();
    for groups in OLD.iter().flat_map(|regex| regex.captures_iter(text)) {
        let Some(whole) = groups.get(0) else { continue };
        let value = [1, 3, 5, 7].iter().find_map(|&g| groups.get(g)).and_then(|g| number(g.as_str()));
        let unit = [2, 6].iter().find_map(|&g| groups.get(g)).map_or("year", |g| g.as_str()).to_lowercase();
        let years = value.map(|v| match unit.as_bytes().first() {
            Some(b'm') => v / 12.0,
            Some(b'w') => v * 7.0 / DAYS_PER_YEAR,
            Some(b'd') => v / DAYS_PER_YEAR,
            _ => v,
        });
        let at = tokens.list.partition_point(|t| t.end <= whole.start());
        let after = tokens.list.partition_point(|t| t.start < whole.end());
        let before = |back: usize| at.checked_sub(back).map_or("", |i| tokens.word(i));
        // "symptoms since age 2" tells no age, nor does "his 60-year-old father".
        let dated = matches!(
            before(1),
            "since" | "from" | "at" | "until" | "by" | "before" | "after" | "of" | "the" | "mean" | "median" | "average"
        ) && whole.as_str().to_lowercase().starts_with("age");
        let relative = [before(1), before(2), tokens.word(after), tokens.word(after + 1)].iter().any(|w| RELATIVES.contains(w));
        let Some(years) = years.filter(|y| (0.0..=OLDEST).contains(y)) else { continue };
        if dated || relative {
            continue;
        }
        let letter = groups.get(8).or(groups.get(9)).map(|g| g.as_str().to_lowercase());
        let beside = (after..after + 4).map(|i| tokens.word(i)).take_while(|w| !matches!(*w, "with" | "who" | "presented" | "whose"));
        person.age_years = Some(years);
        person.sex = match letter.as_deref() {
            Some("f") => Some(Sex::Female),
            Some(_) => Some(Sex::Male),
            None => beside.into_iter().find_map(sex),
        };
        person.spans.push(whole.range());
        break;
    }
    for (i, token) in tokens.list.iter().enumerate() {
        let word = tokens.word(i);
        let named = if word.len() > 1 { sex(word) } else { None };
        if named.is_some() {
            person.spans.push(token.start..token.end);
            person.sex = person.sex.or(named);
        }
    }
    person.sex = person.sex.or_else(|| pronoun(tokens));
    person.spans.sort_by_key(|span| span.start);
    person
}

fn sex(word: &str) -> Option<Sex> {
    if FEMALE.contains(&word) {
        Some(Sex::Female)
    } else if MALE.contains(&word) {
        Some(Sex::Male)
    } else {
        None
    }
}

/// The first "he" or "she", unless a relative is named before it.
fn pronoun(tokens: &Tokens) -> Option<Sex> {
    for i in 0..tokens.list.len() {
        match tokens.word(i) {
            "he" => return Some(Sex::Male),
            "she" => return Some(Sex::Female),
            word if RELATIVES.contains(&word) => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_age_and_sex() {
        for (text, age, sex) in [
            ("34-year-old man", Some(34.0), Some(Sex::Male)),
            ("3 month old girl", Some(0.25), Some(Sex::Female)),
            ("a 67 y/o F with tremor", Some(67.0), Some(Sex::Female)),
            ("45M, agitated", Some(45.0), Some(Sex::Male)),
            ("aged 12 years", Some(12.0), None),
            ("forty-two-year-old woman", Some(42.0), Some(Sex::Female)),
            ("no family history, symptoms since age 2", None, None),
            ("his 60-year-old father has tremor", None, None),
            ("Parkinson disease for eight years", None, None),
            ("she had a seizure", None, Some(Sex::Female)),
            ("400-year-old", None, None),
            ("", None, None),
        ] {
            let person = find(&Tokens::of(text));
            assert_eq!((person.age_years, person.sex), (age, sex), "{text}");
        }
    }
}
