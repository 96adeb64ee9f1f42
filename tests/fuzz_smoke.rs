//! Arbitrary text through everything that reads text: it must answer or refuse, never panic.
#![allow(clippy::unwrap_used, missing_docs)]

use eucrasia::case::{Case, Input};
use eucrasia::intake::{self, Lexicon, Target};
use eucrasia::knowledge::Knowledge;
use eucrasia::source::{Diagnostics, Sources, parse, render};
use proptest::prelude::*;
use std::sync::LazyLock;

const FILES: [(&str, &str); 4] = [
    ("knowledge/base.yaml", include_str!("answers/base/knowledge/base.yaml")),
    ("knowledge/things.yaml", include_str!("answers/base/knowledge/things.yaml")),
    ("rules/causes.yaml", include_str!("answers/base/rules/causes.yaml")),
    ("rules/findings.yaml", include_str!("answers/base/rules/findings.yaml")),
];
static BASE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::check(Sources::from_pairs(&FILES), Diagnostics::default()).map(|(k, _)| k).unwrap());

/// Any text, and text of the words that mean something.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "rules:",
        "- id:",
        "when:",
        "{",
        "}",
        "[",
        "]",
        "&a",
        "*a",
        "\n",
        "  ",
        "|",
        ">",
        "\"",
        "'",
        ": ",
        "!!int",
        "shows:",
        "pupil size",
        "low",
        "markedly",
        "high",
        "ratio",
        " to ",
        " in ",
        "receptor",
        "activity",
        "excess",
        "deficit",
        "adapted",
        "acetylcholine",
        "striatum",
        "overdose of",
        "withdrawal",
        "no",
        "BP",
        "HR",
        "120/80",
        "-1",
        "1e308",
        "potassium",
        "mmol/L",
        "é",
        "İ",
        "\u{0}",
        "µ",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(any::<u8>(), 0..80).prop_map(|b| String::from_utf8_lossy(&b).into_owned()),
        prop::collection::vec(word, 0..16).prop_map(|w| w.join(" ")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn yaml(t in text()) {
        let _ = parse(&t);
    }

    #[test]
    fn base(t in text(), tail in any::<bool>()) {
        let file = if tail { format!("rules:\n- id: X\n  when: {t}\n") } else { t };
        let mut files = FILES.to_vec();
        files.push(("rules/x.yaml", &file));
        if let Err(refused) = Knowledge::check(Sources::from_pairs(&files), Diagnostics::default()) {
            for d in &refused.diagnostics {
                let _ = render(d, &refused.sources, false);
            }
        }
    }

    #[test]
    fn notes(t in text()) {
        let lexicon = Lexicon::new([
            ("pinpoint pupils".to_owned(), Target::Observation("miosis".to_owned())),
            ("atropine".to_owned(), Target::Exposure("atropine".to_owned())),
        ]);
        for m in intake::read(&lexicon, &t).mentions {
            prop_assert_eq!(t.get(m.start..m.end), Some(m.words.as_str()));
        }
    }

    #[test]
    fn phrase(t in text()) {
        let _ = BASE.resolver().condition(&t);
        let _ = BASE.resolver().fact(&t);
    }

    #[test]
    fn lab(t in text()) {
        let input = Input { labs: vec![t.clone(), format!("potassium {t}")], ..Input::default() };
        let _ = Case::resolve(&input, &BASE);
    }
}
