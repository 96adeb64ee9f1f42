//! Whatever the text, reading ends, and what it points at is there.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot go on should fail

use eucrasia::hpo::{Hpo, TermId};
use eucrasia::intake::{Lexicon, Target, read, vital_findings};
use proptest::prelude::*;

fn lexicon() -> Lexicon {
    let names = ["fever", "sertraline", "pinpoint pupils", "Parkinson disease"];
    let targets = [Target::Observation, Target::Exposure, Target::Toxin, Target::Fact];
    Lexicon::new(names.iter().zip(targets).map(|(name, target)| ((*name).to_owned(), target((*name).to_owned()))))
}

fn check(text: &str) {
    let reading = read(&lexicon(), text);
    let spans = reading.mentions.iter().map(|m| (m.start, m.end)).chain(reading.vitals.iter().map(|v| (v.start, v.end)));
    for (start, end) in spans.chain(reading.mentions.iter().filter_map(|m| m.trigger)) {
        assert!(start < end && text.get(start..end).is_some(), "{start}..{end} in {text:?}");
    }
    for mention in &reading.mentions {
        assert_eq!(text.get(mention.start..mention.end), Some(mention.words.as_str()));
    }
    assert!(reading.mentions.windows(2).all(|pair| pair[0].start <= pair[1].start));
    for vital in &reading.vitals {
        assert!(vital.usable || vital_findings(vital, reading.age_years).is_empty());
        assert!(vital.usable || vital.doubt.is_some());
    }
    assert!(reading.age_years.is_none_or(|age| (0.0..=125.0).contains(&age)));
}

/// Pieces of clinical text and of Unicode that have troubled tokenisers.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "no ",
            "denies ",
            "fever",
            "sertraline",
            ", ",
            " and ",
            " or ",
            ". ",
            "\n",
            "; ",
            "mother ",
            "took 30 ",
            "stopped ",
            "HR ",
            "-3",
            "38",
            "mg ",
            "pupils ",
            "2 mm",
            "?",
            "'s ",
            "’s",
            "overdose of ",
            " overdose",
            "history of ",
            "if ",
            "hp:",
            "0001649",
            " was ",
            "İ",
            "ß",
            "🦀",
            "\u{301}",
            "µg",
            "34-year-old ",
            "man ",
            "T 39,5 °C ",
            "BP 80/",
            "−",
            "pinpoint pupils",
            "afebrile",
            "normotensive",
            "no history of ",
            "absent",
            "Parkinson",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clinical_soup_is_read(text in pieces()) {
        check(&text);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn ids_survive_a_round_trip(number in 0u32..=9_999_999) {
        let id = TermId::new(number);
        prop_assert_eq!(id.and_then(|id| TermId::parse(&id.to_string()).ok()), id);
        if let Some(id) = id {
            let _ = Hpo::embedded().resolve(id);
        }
    }

    #[test]
    fn any_name_is_looked_up(name in "\\PC{0,40}") {
        let hpo = Hpo::embedded();
        if let Some(id) = hpo.by_name(&name) {
            prop_assert!(hpo.term(id).is_some_and(|term| !term.obsolete()));
        }
    }
}
