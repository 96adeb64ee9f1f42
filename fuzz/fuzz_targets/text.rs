#![no_main]

use eucrasia::intake::{Lexicon, Target, read};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new([
        ("pinpoint pupils".to_owned(), Target::Observation("miosis".to_owned())),
        ("atropine".to_owned(), Target::Exposure("atropine".to_owned())),
        ("organophosphate".to_owned(), Target::Toxin("organophosphate".to_owned())),
    ])
});

libfuzzer_sys::fuzz_target!(|text: &str| {
    for m in read(&LEXICON, text).mentions {
        assert_eq!(text.get(m.start..m.end), Some(m.words.as_str()));
    }
});
