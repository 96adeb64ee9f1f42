use super::{Content, Page};
use crate::graph::{Graph, Options};
use crate::knowledge::Knowledge;
use crate::source::{Diagnostics, Sources, render};

fn base() -> (Knowledge, Graph) {
    let sources = Sources::from_pairs(&[("knowledge/base.yaml", include_str!("../../../tests/pages/base.yaml"))]);
    match Knowledge::check(sources, Diagnostics::default()) {
        Ok((k, _)) => {
            let graph = Graph::compile(&k, Options::default());
            (k, graph)
        }
        Err(r) => panic!("{}", r.diagnostics.iter().map(|d| render(d, &r.sources, false)).collect::<String>()),
    }
}

fn found(text: &str) -> (String, String) {
    let (k, graph) = base();
    match Page::find(&k, &graph, text) {
        Ok(page) => (page.kind().to_owned(), page.id),
        Err(e) => ("none".to_owned(), e.nearest.join("|")),
    }
}

#[test]
fn finds_things_by_every_name() {
    for (text, kind, id) in [
        ("R2", "rule", "R2"),
        (" r2 ", "rule", "R2"),
        ("22222222", "reference", "PMID:22222222"),
        ("pmid: 22222222", "reference", "PMID:22222222"),
        ("https://pubmed.ncbi.nlm.nih.gov/22222222/", "reference", "PMID:22222222"),
        ("10.1000/FIFTY", "reference", "PMID:22222222"),
        ("https://doi.org/10.1000/tiny_base", "reference", "DOI:10.1000/tiny_base"),
        ("HP:0001649", "finding", "tachycardia"),
        ("fast <pulse>", "finding", "tachycardia"),
        ("rapid heart beat", "finding", "tachycardia"),
        ("ACh", "signal", "acetylcholine"),
        ("dopamine deficit", "signal", "dopamine"),
        ("pulse rate", "quantity", "heart-rate"),
        ("heart rate high", "quantity", "heart-rate"),
        ("acetylcholine transmission in heart", "quantity", "acetylcholine.muscarinic.heart"),
        ("muscarinic receptor activity", "quantity", "acetylcholine.muscarinic.receptor-activity"),
        ("acetylcholine-to-dopamine.striatum", "quantity", "acetylcholine-to-dopamine.striatum"),
        ("paralysis agitans", "fact", "parkinsonism"),
        ("overdose of atropine", "exposure", "atropine"),
        ("antimuscarinics", "exposure", "antimuscarinic"),
        ("biperiden", "exposure", "biperiden"),
        ("Intervention: biperiden", "intervention", "biperiden"),
        ("drug biperiden", "exposure", "biperiden"),
    ] {
        assert_eq!(found(text), (kind.to_owned(), id.to_owned()), "{text}");
    }
}

#[test]
fn says_what_else_has_the_name() {
    let (k, graph) = base();
    let page = Page::find(&k, &graph, "biperiden").unwrap();
    assert_eq!(page.also, ["intervention biperiden"]);
    assert!(page.text(80, false).contains("intervention biperiden"));
}

#[test]
fn proposes_near_names_for_what_it_does_not_know() {
    assert_eq!(found("tachicardia"), ("none".to_owned(), "tachycardia".to_owned()));
    assert!(found("heart rat").1.starts_with("heart rate"));
    // HPO's own term, which the base lacks, lies below one that it has.
    assert!(found("Sinus tachycardia").1.starts_with("Arrhythmia"), "{:?}", found("Sinus tachycardia"));
    for text in ["", "   ", "intervention", "🦀", &"x".repeat(100_000), "HP:9999999", "rule R1x"] {
        assert_eq!(found(text).0, "none", "{text}");
    }
}

#[test]
fn a_rule_has_its_place_in_the_graph() {
    let (k, graph) = base();
    let Content::Rule(rule) = Page::find(&k, &graph, "R2").unwrap().content else { panic!() };
    assert_eq!((rule.does, rule.target.id.as_str(), rule.edges), ("raises", "heart-rate", 1));
    assert_eq!(rule.unless, ["heart transplant"]);
    assert_eq!((rule.file.as_deref(), rule.line.is_some()), (Some("knowledge/base.yaml"), true));
    let fed: Vec<&str> = rule.fed_by.iter().map(|l| l.when.as_str()).collect();
    assert!(fed.contains(&"acetylcholine muscarinic receptor activity low"), "{fed:?}");
    assert!(!fed.iter().any(|w| w.contains("receptor activity high")), "a push the other way brings nothing about: {fed:?}");
    // The finding follows the adapted heart rate, which follows from the acute one.
    let followed: Vec<(Option<&str>, &str)> = rule.followed_by.iter().map(|l| (l.rule.as_deref(), l.target.id.as_str())).collect();
    assert_eq!(followed, [(Some("R3"), "tachycardia"), (Some("R6"), "adapted-heart-rate"), (None, "adapted-heart-rate")]);
}

#[test]
fn a_finding_is_fed_by_both_states() {
    let (k, graph) = base();
    let Content::Rule(rule) = Page::find(&k, &graph, "R3").unwrap().content else { panic!() };
    // R6 lowers the adapted rate and brings no fast heart about.
    let fed: Vec<Option<&str>> = rule.fed_by.iter().map(|l| l.rule.as_deref()).collect();
    assert_eq!(fed, [Some("R2"), None]);
    let followed: Vec<&str> = rule.followed_by.iter().map(|l| l.target.id.as_str()).collect();
    assert_eq!(followed, ["arrhythmia"]);
}

#[test]
fn contested_and_withdrawn_rules_are_shown_as_such() {
    let (k, graph) = base();
    let tone = Page::find(&k, &graph, "muscle tone").unwrap().text(80, false);
    assert!(tone.contains("R4") && tone.contains("contested"), "{tone}");
    let rate = Page::find(&k, &graph, "heart rate").unwrap().text(80, false);
    assert!(rate.contains("R8") && rate.contains("withdrawn"), "{rate}");
    let ratio = Page::find(&k, &graph, "acetylcholine to dopamine ratio in striatum").unwrap().text(80, false);
    assert!(ratio.contains("R4"), "a rule that the graph leaves out still follows: {ratio}");
    let signal = Page::find(&k, &graph, "dopamine").unwrap().text(80, false);
    assert!(signal.contains("Contested rules") && signal.contains("R4"), "{signal}");
}

#[test]
fn pages_keep_to_their_width_and_serialise() {
    let (k, graph) = base();
    for text in [
        "R1",
        "R2",
        "R4",
        "R6",
        "R8",
        "tachycardia",
        "heart rate",
        "acetylcholine",
        "atropine",
        "antimuscarinic",
        "Parkinson disease",
        "intervention biperiden",
        "PMID:22222222",
        "acetylcholine transmission in heart",
    ] {
        let page = Page::find(&k, &graph, text).unwrap();
        for width in [60, 80, 200] {
            for line in page.text(width, false).lines() {
                assert!(line.chars().count() <= width, "{text}: {line}");
                assert_eq!(line, line.trim_end());
            }
        }
        assert!(page.markdown().starts_with("# "));
        let json = serde_json::to_value(&page).unwrap();
        assert_eq!(json["kind"], page.kind());
        assert_eq!(json["id"], page.id);
        assert!(json["content"].is_object());
    }
    let schema = serde_json::to_string(&schemars::schema_for!(Page)).unwrap();
    assert!(schema.contains("fed_by"));
}
