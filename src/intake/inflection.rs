//! Endings that are taken off words before they are compared with the lexicon's, so that `agitated` finds `agitation`.

/// An ending, what stands for it, and how many letters must be left before it.
const ENDINGS: [(&str, &str, usize); 22] = [
    ("iness", "y", 3),
    ("ability", "abl", 4),
    ("icity", "", 4),
    ("idity", "id", 2),
    ("otic", "osis", 3),
    ("oretic", "oresis", 3),
    ("aretic", "aresis", 1),
    ("pneic", "pne", 2),
    ("cardic", "card", 4),
    ("cardia", "card", 4),
    ("pnea", "pne", 2),
    ("tensiv", "tens", 4),
    ("thermic", "therm", 4),
    ("thermia", "therm", 4),
    ("flexic", "flex", 1),
    ("flexia", "flex", 1),
    ("tonic", "ton", 3),
    ("tonia", "ton", 3),
    ("emic", "em", 4),
    ("emia", "em", 4),
    ("ing", "", 4),
    ("ion", "", 4),
];

/// Takes the ending off a folded word in the singular. Both the lexicon's names and the text go through it.
pub(super) fn strip(word: &mut String) {
    if !word.is_ascii() {
        return;
    }
    for (ending, instead, least) in ENDINGS {
        if word.len() >= ending.len() + least && word.ends_with(ending) {
            word.truncate(word.len() - ending.len());
            word.push_str(instead);
            return;
        }
    }
    for ending in ["ed", "ic", "ia"] {
        // "spastic" meets "spasticity", "hypoxic" meets "hypoxia", "confused" meets "confusion".
        let least = if ending == "ed" { 4 } else { 5 };
        if word.len() >= ending.len() + least && word.ends_with(ending) {
            word.truncate(word.len() - ending.len());
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::hpo::normalise;

    fn deep(word: &str) -> String {
        let mut word = normalise::key(word);
        super::strip(&mut word);
        word
    }

    #[test]
    fn inflected_forms_meet() {
        for (a, b) in [
            ("agitated", "agitation"),
            ("confused", "confusion"),
            ("vomited", "vomiting"),
            ("hallucinating", "hallucinations"),
            ("sweats", "sweating"),
            ("drowsy", "drowsiness"),
            ("tachycardic", "tachycardia"),
            ("hypotensive", "hypotension"),
            ("tachypnoeic", "tachypnea"),
            ("hyperreflexic", "hyperreflexia"),
            ("dystonic", "dystonia"),
            ("psychotic", "psychosis"),
            ("diaphoretic", "diaphoresis"),
            ("spastic", "spasticity"),
            ("rigid", "rigidity"),
            ("irritable", "irritability"),
            ("constipated", "constipation"),
        ] {
            assert_eq!(deep(a), deep(b), "{a} {b}");
        }
        for (a, b) in [("clonic", "clonus"), ("toxic", "tox"), ("sedative", "sedation"), ("lethal", "lethargy")] {
            assert_ne!(deep(a), deep(b), "{a} {b}");
        }
    }
}
