//! Sentences, and what must be understood of them.
#![allow(clippy::unwrap_used, missing_docs)]

use eucrasia::hpo::Hpo;
use eucrasia::intake::{Assessment, ExposureState, Found, Lexicon, Reading, Sex, Target, VitalKind, read};

fn lexicon() -> Lexicon {
    let observations = [
        ("pinpoint pupils", "miosis"),
        ("miosis", "miosis"),
        ("dilated pupils", "mydriasis"),
        ("sweating", "hyperhidrosis"),
        ("seizure", "seizure"),
        ("fever", "fever"),
        ("nausea", "nausea"),
        ("vomiting", "vomiting"),
        ("tremor", "tremor"),
        ("agitation", "agitation"),
        ("confusion", "confusion"),
        ("rigidity", "rigidity"),
        ("clonus", "clonus"),
        ("dementia", "dementia"),
        ("rash", "rash"),
        ("hypertension", "hypertension"),
        ("hypotension", "hypotension"),
        ("hallucination", "hallucinations"),
        ("suicidal intent", "suicidal-ideation"),
        ("diarrhea", "diarrhea"),
        ("drowsiness", "drowsiness"),
    ];
    let exposures = [
        "sertraline",
        "diphenhydramine",
        "levodopa",
        "buprenorphine",
        "pramipexole",
        "rasagiline",
        "metoclopramide",
        "MDMA",
        "isoniazid",
        "haloperidol",
        "lithium",
        "baclofen",
        "phenelzine",
        "naloxone",
        "clozapine",
        "heroin",
        "opioid",
    ];
    let facts = [
        ("Parkinson disease", "parkinson-disease"),
        ("myasthenia gravis", "myasthenia-gravis"),
        ("MG", "myasthenia-gravis"),
        ("PD", "parkinson-disease"),
    ];
    let own = |s: &str| s.to_owned();
    let list = observations.iter().map(|(n, id)| (own(n), Target::Observation(own(id))));
    let list = list.chain(exposures.iter().map(|n| (own(n), Target::Exposure(n.to_lowercase()))));
    let list = list.chain([("Molly", "mdma")].iter().map(|(n, id)| (own(n), Target::Exposure(own(id)))));
    let list = list.chain(
        [("organophosphate", "organophosphate"), ("angel's trumpet", "angels-trumpet")]
            .iter()
            .map(|(n, id)| (own(n), Target::Toxin(own(id)))),
    );
    Lexicon::new(list.chain(facts.iter().map(|(n, id)| (own(n), Target::Fact(own(id))))))
}

/// `+seizure`, `-fever`, `?tremor (history)`, `+sertraline taking`: one line per mention.
fn summary(reading: &Reading) -> Vec<String> {
    let line = |m: &eucrasia::intake::Mention| {
        let sign = match m.assessment {
            Assessment::Present => "+",
            Assessment::Absent => "-",
            Assessment::NotAssessed => "?",
        };
        let id = match &m.found {
            Found::Observation(id) | Found::Fact(id) => id.clone(),
            Found::Hpo(id) => Hpo::embedded().term(*id).map_or_else(String::new, |t| t.label().to_owned()),
            Found::Exposure { id, state: ExposureState::Taking } => format!("{id} taking"),
            Found::Exposure { id, state: ExposureState::Overdose } => format!("{id} overdose"),
            Found::Exposure { id, state: ExposureState::Withdrawal } => format!("{id} withdrawal"),
        };
        let why = m.reason.filter(|_| m.assessment == Assessment::NotAssessed).map_or(String::new(), |r| format!(" ({r})"));
        format!("{sign}{id}{why}")
    };
    reading.mentions.iter().map(line).collect()
}

const SENTENCES: &[(&str, &str)] = &[
    // From the design and the brief.
    ("pinpoint pupils, sweating, HR 38, no seizures", "+miosis, +hyperhidrosis, -seizure"),
    ("on sertraline", "+sertraline taking"),
    ("took 30 diphenhydramine", "+diphenhydramine overdose"),
    ("stopped levodopa", "+levodopa withdrawal"),
    ("mother takes buprenorphine", "?buprenorphine taking (not the patient)"),
    (
        "stopped pramipexole, levodopa and rasagiline a week before admission",
        "+pramipexole withdrawal, +levodopa withdrawal, +rasagiline withdrawal",
    ),
    ("open bottle of diphenhydramine 25 mg found, 24 tablets missing", "+diphenhydramine overdose"),
    ("organophosphate pesticide ingestion with suicidal intent", "+organophosphate overdose, +suicidal-ideation"),
    ("metoclopramide 10 mg taken 30 minutes earlier", "+metoclopramide taking"),
    ("admitted taking the street drug Molly", "+mdma taking"),
    ("acute isoniazid exposure suspected", "+isoniazid overdose"),
    ("haloperidol", "+haloperidol taking"),
    ("Parkinson disease for eight years", "+parkinson-disease"),
    ("no family history, symptoms since age 2", ""),
    ("had eaten bibimbap garnished with angel's trumpet petals", "+angels-trumpet overdose"),
    ("brisk reflexes but no clonus", "+Brisk reflexes, -clonus"),
    // Negation.
    ("no fever", "-fever"),
    ("denies sweating, nausea or vomiting", "-hyperhidrosis, -nausea, -vomiting"),
    ("denies fever, nausea, tremor", "-fever, -nausea, -tremor"),
    ("without seizures", "-seizure"),
    ("fever absent", "-fever"),
    ("fever and rash were absent", "-fever, -rash"),
    ("fever, rash and diarrhea were absent", "-fever, -rash, -diarrhea"),
    ("afebrile", "-fever"),
    ("normotensive and afebrile", "-hypertension, -hypotension, -fever"),
    ("no history of seizures", "-seizure"),
    ("no seizures, agitation", "-seizure, +agitation"),
    ("no seizures, fever or rash", "-seizure, -fever, -rash"),
    ("no fever but agitated", "-fever, +agitation"),
    ("no fever; tremor", "-fever, +tremor"),
    ("no fever. Tremor.", "-fever, +tremor"),
    ("there was no tremor, however he was confused", "-tremor, +confusion"),
    ("no increase in tremor", "+tremor"),
    ("not only tremor but also rigidity", "+tremor, +rigidity"),
    ("no improvement in confusion", "+confusion"),
    ("did not have fever", "-fever"),
    ("didn't have any rash", "-rash"),
    ("negative for fever, rash", "-fever, -rash"),
    ("neither fever nor rash", "-fever, -rash"),
    ("no fever with marked agitation", "-fever, +agitation"),
    ("no nausea/vomiting", "-nausea, -vomiting"),
    ("patient was not agitated and had tremor", "-agitation, +tremor"),
    ("fever, no rash, tremor", "+fever, -rash, +tremor"),
    ("seizures were denied", "-seizure"),
    ("tremor with negative features", "+tremor"),
    ("brief seizure absent on EEG", "-seizure"),
    // Another person.
    ("two uncles with tremor", "?tremor (not the patient)"),
    ("father has tremor, rigidity and dementia", "?tremor (not the patient), ?rigidity (not the patient), ?dementia (not the patient)"),
    ("family history of Parkinson disease", "?parkinson-disease (not the patient)"),
    ("no family history of Parkinson disease", "?parkinson-disease (not the patient)"),
    ("mother reports fever", "+fever"),
    ("mother takes buprenorphine, pinpoint pupils", "?buprenorphine taking (not the patient), +miosis"),
    ("his father had tremor; he has rigidity", "?tremor (not the patient), +rigidity"),
    ("brought in by his wife with confusion", "+confusion"),
    ("tremor in his brother", "?tremor (not the patient)"),
    ("her mother, who has myasthenia gravis, brought the drowsy baby", "?myasthenia-gravis (not the patient), +drowsiness"),
    // Past, possible, unreal.
    ("history of seizures", "?seizure (history)"),
    ("history of Parkinson disease", "+parkinson-disease"),
    ("3-day history of fever and confusion", "+fever, +confusion"),
    ("history of vomiting for two days", "+vomiting"),
    ("previous seizure, now agitated", "?seizure (history), +agitation"),
    ("fever resolved", "?fever (resolved)"),
    ("fever has not resolved", "+fever"),
    ("possible seizure", "?seizure (uncertain)"),
    ("? seizure", "?seizure (uncertain)"),
    ("seizures have never occurred", "-seizure"),
    ("?seizure", "?seizure (uncertain)"),
    ("seizure suspected", "?seizure (uncertain)"),
    ("tremor likely due to lithium toxicity", "+tremor, +lithium overdose"),
    ("if fever occurs, stop clozapine", "?fever (hypothetical), ?clozapine withdrawal (hypothetical)"),
    ("at risk of seizures", "?seizure (hypothetical)"),
    ("seizures cannot be excluded", "?seizure (uncertain)"),
    // Drugs and poisons.
    ("started haloperidol 5 mg and developed rigidity", "+haloperidol taking, +rigidity"),
    ("takes sertraline and lithium", "+sertraline taking, +lithium taking"),
    ("sertraline 50 mg daily", "+sertraline taking"),
    ("overdose of diphenhydramine", "+diphenhydramine overdose"),
    ("diphenhydramine overdose", "+diphenhydramine overdose"),
    ("suspected overdose of lithium", "+lithium overdose"),
    ("lithium toxicity", "+lithium overdose"),
    ("opioid withdrawal", "+opioid withdrawal"),
    ("ran out of baclofen", "+baclofen withdrawal"),
    ("baclofen was stopped abruptly", "+baclofen withdrawal"),
    ("swallowed a handful of diphenhydramine", "+diphenhydramine overdose"),
    ("took 30 mg diphenhydramine", "+diphenhydramine taking"),
    ("snorted heroin", "+heroin overdose"),
    ("swallowed organophosphate", "+organophosphate overdose"),
    ("organophosphate", "+organophosphate overdose"),
    ("denies taking sertraline", "-sertraline taking"),
    ("not on sertraline", "-sertraline taking"),
    ("no levodopa", "-levodopa taking"),
    ("denies lithium overdose", "-lithium overdose"),
    ("naloxone was given on the way", "+naloxone taking"),
    ("agitation after metoclopramide", "+agitation, +metoclopramide taking"),
    ("stopped sertraline and started phenelzine", "+sertraline withdrawal, +phenelzine taking"),
    ("levodopa was stopped and haloperidol was given", "+levodopa withdrawal, +haloperidol taking"),
    ("stopped taking clozapine", "+clozapine withdrawal"),
    ("did not stop sertraline", "+sertraline taking"),
    ("no response to naloxone", "+naloxone taking"),
    ("haloperidol-induced rigidity", "+haloperidol taking, +rigidity"),
    ("allergic to metoclopramide", "?metoclopramide taking (allergy)"),
    ("medications: sertraline, lithium", "+sertraline taking, +lithium taking"),
    ("history of heroin use", "?heroin taking (history)"),
    ("ingested her father's haloperidol", "+haloperidol overdose"),
    ("switched from sertraline to phenelzine", "+sertraline withdrawal, +phenelzine taking"),
    ("took his usual sertraline and then 20 tablets of lithium", "+sertraline taking, +lithium overdose"),
    ("took diphenhydramine, 24 tablets", "+diphenhydramine overdose"),
    ("took 30 diphenhydramine and lithium", "+diphenhydramine overdose, +lithium overdose"),
    ("off levodopa for three days", "+levodopa withdrawal"),
    ("no h/o seizures", "-seizure"),
    ("his wife found an empty bottle of lithium", "+lithium overdose"),
    ("sertraline 50 MG, metoclopramide 10mg", "+sertraline taking, +metoclopramide taking"),
    ("opioid-naive", "-opioid taking"),
    ("clozapine weaned over two weeks", "+clozapine withdrawal"),
    // Names.
    ("known PD, no MG", "+parkinson-disease, -myasthenia-gravis"),
    ("pupils were markedly dilated", "+mydriasis"),
    ("pupils pinpoint", "+miosis"),
    ("hyper-reflexic, hyper-thermic", "+Hyperreflexia, +fever"),
    ("ammonia was slightly raised", "+Hyperammonemia"),
    ("high plasma prolactin", "+Increased circulating prolactin concentration"),
    ("CK elevated", "+Elevated circulating creatine kinase concentration"),
    ("Diarrhoea and vomited twice", "+diarrhea, +vomiting"),
    ("HP:0001649 and hp_0000616", "+Tachycardia, +Miosis"),
    ("visual hallucinations", "+Visual hallucination"),
    ("febrile, tachycardic", "+fever, +Tachycardia"),
    ("no sweating", "-hyperhidrosis"),
];

#[test]
fn sentences() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for (text, expected) in SENTENCES {
        let found = summary(&read(&lexicon, text)).join(", ");
        if found != *expected {
            wrong.push(format!("{text}\n   expected {expected}\n   found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), SENTENCES.len(), wrong.join("\n"));
}

#[test]
fn the_rest_of_a_reading() {
    let lexicon = lexicon();
    let reading = read(&lexicon, "34-year-old man, HR 38, flibbertosis of the knee, no seizures. Not pregnant.");
    assert_eq!((reading.age_years, reading.sex, reading.pregnant), (Some(34.0), Some(Sex::Male), Some(false)));
    assert_eq!(reading.vitals.iter().map(|v| (v.kind, v.value)).collect::<Vec<_>>(), [(VitalKind::HeartRate, 38.0)]);
    assert_eq!(reading.unrecognised, ["flibbertosis of the knee"]);
    assert_eq!(read(&lexicon, "pregnant woman").pregnant, Some(true));
    assert_eq!(read(&lexicon, "denies pregnancy").pregnant, Some(false));
    assert_eq!(read(&lexicon, "").mentions, []);
}

#[test]
fn ambiguity_is_remarked() {
    let lexicon = lexicon();
    for (text, notices) in [
        ("haloperidol", 1),
        ("on haloperidol", 0),
        ("suspected overdose of lithium", 1),
        ("snorted heroin", 1),
        ("no seizures, agitation", 1),
        ("no seizures, fever or rash", 0),
        ("open bottle of diphenhydramine 25 mg found, 24 tablets missing", 1),
    ] {
        assert_eq!(read(&lexicon, text).notices.len(), notices, "{text}: {:?}", read(&lexicon, text).notices);
    }
}

#[test]
fn triggers_are_named() {
    let text = "denies fever";
    let reading = read(&lexicon(), text);
    let (start, end) = reading.mentions[0].trigger.unwrap();
    assert_eq!(&text[start..end], "denies");
}

#[test]
fn an_unknown_drug_is_listed_beside_a_known_one() {
    let reading = read(&lexicon(), "tremor 2 hours after linezolid was added to sertraline");
    assert_eq!(reading.unrecognised, ["linezolid"]);
}
