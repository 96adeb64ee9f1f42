//! Words of the wards that name a finding, or its absence, without being its name.

/// Adjectives, and the findings they say are present.
pub(super) const ADJECTIVES: &[(&str, &[&str])] = &[
    ("febrile", &["fever"]),
    ("pyrexial", &["fever"]),
    ("tachycardic", &["tachycardia"]),
    ("bradycardic", &["bradycardia"]),
    ("hypotensive", &["hypotension"]),
    ("hypertensive", &["hypertension"]),
    ("tachypneic", &["tachypnea"]),
    ("bradypneic", &["bradypnea"]),
    ("apneic", &["apnea"]),
    ("hypoxic", &["hypoxemia"]),
    ("hypothermic", &["hypothermia"]),
    ("hyperthermic", &["fever"]),
    ("diaphoretic", &["hyperhidrosis"]),
    ("sweaty", &["hyperhidrosis"]),
    ("sweating", &["hyperhidrosis"]),
    ("comatose", &["coma"]),
    ("delirious", &["delirium"]),
    ("agitated", &["agitation"]),
    ("confused", &["confusion"]),
    ("cyanotic", &["cyanosis"]),
    ("ataxic", &["ataxia"]),
    ("dystonic", &["dystonia"]),
    ("hyperreflexic", &["hyperreflexia"]),
    ("vomited", &["vomiting"]),
    ("rigid", &["rigidity"]),
    ("drowsy", &["drowsiness"]),
    ("somnolent", &["drowsiness"]),
    ("lethargic", &["lethargy"]),
    ("unconscious", &["loss of consciousness"]),
    ("hallucinating", &["hallucinations"]),
    ("miotic", &["miosis"]),
    ("mydriatic", &["mydriasis"]),
    ("floppy", &["hypotonia"]),
    ("anxious", &["anxiety"]),
    ("psychotic", &["psychosis"]),
    ("constipated", &["constipation"]),
    ("nauseated", &["nausea"]),
    ("nauseous", &["nausea"]),
    ("dyspneic", &["dyspnea"]),
    ("convulsions", &["seizure"]),
    ("convulsing", &["seizure"]),
    ("seizing", &["seizure"]),
];

/// Words that say that findings are absent.
pub(super) const ABSENCES: &[(&str, &[&str])] = &[
    ("afebrile", &["fever"]),
    ("apyrexial", &["fever"]),
    ("apyretic", &["fever"]),
    ("normothermic", &["fever", "hypothermia"]),
    ("normotensive", &["hypertension", "hypotension"]),
    ("normocardic", &["tachycardia", "bradycardia"]),
    ("eupneic", &["tachypnea", "bradypnea"]),
    ("anicteric", &["jaundice"]),
    ("acyanotic", &["cyanosis"]),
    ("normoglycemic", &["hypoglycemia", "hyperglycemia"]),
];

/// Verbs that link a noun to its adjective.
pub(super) const COPULAS: [&str; 14] =
    ["is", "are", "was", "were", "became", "become", "appeared", "appear", "remained", "seemed", "looked", "have", "being", "been"];

/// Words that may stand between them.
pub(super) const ADVERBS: [&str; 16] = [
    "very",
    "markedly",
    "mildly",
    "moderately",
    "severely",
    "slightly",
    "extremely",
    "quite",
    "bilaterally",
    "both",
    "all",
    "also",
    "diffusely",
    "now",
    "symmetrically",
    "equally",
];

/// Single words that HPO lists as names but that seldom mean the phenotype in free text. With an entry in the lexicon
/// they are found all the same.
#[rustfmt::skip]
pub(super) const TOO_COMMON: [&str; 49] = [
    "cutting", "ordering", "collecting", "arranging", "bouncing", "hopping", "mouthing", "twirling", "mole", "moles", "corn", "corns", "boil", "boils",
    "tear", "tears", "fall", "inheritance", "inaction", "chronic", "stationary", "cyclic", "cyclical", "intermittent", "sad", "dull", "cancer",
    "oncology", "allergy", "allergies", "stereotyped", "trance", "limp", "slowness", "imbalance", "contracture", "scarring", "vaping", "snore",
    "prostration", "hypersensitivity", "tumor", "tumors", "blister", "dependency", "blindism", "hernia", "hernias", "aneurysm",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_spelled_as_text_is_folded() {
        let tables = ADJECTIVES.iter().chain(ABSENCES).map(|(word, _)| *word);
        for word in tables.chain(COPULAS).chain(ADVERBS).chain(TOO_COMMON) {
            assert_eq!(crate::hpo::normalise::normalise(word), word);
        }
        for (_, names) in ADJECTIVES.iter().chain(ABSENCES) {
            for name in *names {
                assert!(crate::hpo::Hpo::embedded().by_name(name).is_some(), "{name}");
            }
        }
    }
}
