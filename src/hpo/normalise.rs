//! Folding of names, shared by the build script (which sorts the index by it) and by lookup.
//!
//! Both sides of every comparison are folded the same way, so a fold may be crude as long as it seldom makes two names
//! meet that mean different things.

/// Lower case, accents and punctuation folded, British spelling folded to American, words joined by one space.
///
/// `"Hæmorrhage, G.I."` and `"hemorrhage g i"` fold alike. A possessive `'s` is dropped (`Parkinson's disease`).
#[must_use]
pub fn normalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in words(name) {
        if !out.is_empty() {
            out.push(' ');
        }
        push_folded(word, &mut out);
    }
    out
}

/// The key of the name index: like [`normalise`], with each word put in the singular.
#[must_use]
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut word = String::new();
    for raw in words(name) {
        if !out.is_empty() {
            out.push(' ');
        }
        word.clear();
        push_folded(raw, &mut word);
        singular(&mut word);
        out.push_str(&word);
    }
    out
}

/// Splits at everything but letters and digits; the `s` of a possessive is left out.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut after_apostrophe = false;
    name.split_inclusive(|c: char| !c.is_alphanumeric()).filter_map(move |piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let possessive = after_apostrophe && matches!(word, "s" | "S");
        after_apostrophe = !word.is_empty() && piece.ends_with(['\'', '\u{2019}']);
        (!word.is_empty() && !possessive).then_some(word)
    })
}

/// Appends `word` (letters and digits only) to `out`: lower case, accents off, American spelling.
pub fn push_folded(word: &str, out: &mut String) {
    let from = out.len();
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' => out.push('a'),
            'ç' => out.push('c'),
            'è'..='ë' | 'ē' | 'æ' | 'œ' => out.push('e'),
            'ì'..='ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò'..='ö' | 'ø' => out.push('o'),
            'ù'..='ü' => out.push('u'),
            // Combining marks of a decomposed accent, such as the dot that lower-casing a Turkish capital I leaves.
            '\u{300}'..='\u{36f}' => {}
            _ => out.push(c),
        }
    }
    let folded = american(&out[from..]);
    if let Some(folded) = folded {
        out.truncate(from);
        out.push_str(&folded);
    }
}

/// British to American spelling, `None` where nothing changes. Some short words stay.
fn american(word: &str) -> Option<String> {
    const ENDS: [(&str, &str); 12] = [
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("isation", "ization"),
        ("isations", "izations"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
        ("tre", "ter"),
        ("bre", "ber"),
        ("grey", "gray"),
    ];
    if word.len() < 4 || !word.is_ascii() {
        return None;
    }
    let mut result: Option<String> = None;
    for (from, to) in [("ae", "e"), ("oe", "e"), ("our", "or"), ("sulph", "sulf"), ("leuc", "leuk")] {
        let now = result.as_deref().unwrap_or(word);
        let stays = match from {
            "oe" => now.len() < 6,
            // Tumour and odour, but not four, hours, course.
            "our" => now.find(from).is_some_and(|at| at < 2),
            _ => false,
        };
        if !stays && now.contains(from) {
            result = Some(now.replace(from, to));
        }
    }
    for (from, to) in ENDS {
        let now = result.as_deref().unwrap_or(word);
        if let Some(stem) = now.strip_suffix(from).filter(|stem| stem.len() >= 3 || from == "grey") {
            result = Some(format!("{stem}{to}"));
            break;
        }
    }
    result
}

/// Puts a folded word in the singular, crudely: `seizures` and `seizure` both become `seizur`, `reflexes` and `reflex`
/// meet, `psychoses` becomes `psychosis`. Words such as `clonus`, `psychosis` and `loss` stay.
pub fn singular(word: &mut String) {
    if word.len() > 3 && word.is_ascii() && word.ends_with('s') {
        let sis = ["oses", "yses", "eses", "ises"].iter().any(|end| word.ends_with(end));
        if word.len() > 5 && sis {
            word.truncate(word.len() - 2);
            word.push_str("is");
            return;
        }
        if word.len() > 4 && word.ends_with("ies") {
            word.truncate(word.len() - 3);
            word.push('y');
            return;
        }
        if ["shes", "ches", "xes", "sses", "zes"].iter().any(|end| word.ends_with(end)) {
            word.truncate(word.len() - 2);
            return;
        }
        if !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
            word.truncate(word.len() - 1);
        }
    }
    // Not in short words: `bite` is not `bit`.
    if word.len() > 5 && word.is_ascii() && word.ends_with('e') {
        word.truncate(word.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_spelling_case_and_punctuation() {
        for (a, b) in [
            ("Haemorrhage, gastro-intestinal", "hemorrhage gastro intestinal"),
            ("Oedema", "edema"),
            ("Tumour", "tumor"),
            ("Generalised", "generalized"),
            ("Parkinson's disease", "parkinson disease"),
            ("Parkinson\u{2019}s", "parkinson"),
            ("Sjögren", "sjogren"),
            ("four", "four"),
            ("", ""),
            ("--", ""),
            ("İ", "i"),
        ] {
            assert_eq!(normalise(a), b, "{a}");
        }
    }

    #[test]
    fn plurals_meet_their_singular() {
        for (a, b) in [
            ("Seizures", "seizure"),
            ("brisk reflexes", "brisk reflex"),
            ("headaches", "headache"),
            ("psychoses", "psychosis"),
            ("oculogyric crises", "oculogyric crisis"),
            ("tics", "tic"),
            ("rashes", "rash"),
            ("deformities", "deformity"),
        ] {
            assert_eq!(key(a), key(b), "{a}");
        }
        assert_ne!(key("bite"), key("bit"));
        assert_eq!(key("clonus"), "clonus");
    }
}
