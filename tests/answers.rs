//! What a person sees of an answer on a small base of its own, and what must hold of every answer.
#![allow(clippy::unwrap_used, missing_docs)]

use eucrasia::case::{Case, Input};
use eucrasia::graph::{Graph, Options, VarKind};
use eucrasia::knowledge::{ExposureIx, FactIx, Knowledge};
use eucrasia::reason::diagnose::{Diagnosis, diagnose};
use eucrasia::reason::predict::predict;
use eucrasia::reason::proof;
use eucrasia::reason::support::Evidence;
use eucrasia::source::{Diagnostics, Sources, render};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const CASES: [&[&str]; 5] = [
    &["miosis", "hyperhidrosis", "bradycardia"],
    &["mydriasis", "dry mouth", "tachycardia", "memory impairment"],
    &["bradykinesia", "rigidity"],
    &["bradykinesia", "dry mouth"],
    &["miosis"],
];

fn run(arguments: &[&str]) -> (i32, String, String) {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers/base");
    let o = Command::new(env!("CARGO_BIN_EXE_eucrasia"))
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .arg("--knowledge")
        .arg(base)
        .args(arguments)
        .output()
        .unwrap();
    (o.status.code().unwrap(), String::from_utf8(o.stdout).unwrap(), String::from_utf8(o.stderr).unwrap())
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

fn seen(name: &str, code: i32, arguments: &[&str]) {
    let (c, out, err) = run(arguments);
    assert_eq!(c, code, "{out}\n{err}");
    snapshot(&format!("answer_{name}"), if code == 2 { &err } else { &out });
}

fn base() -> Knowledge {
    Knowledge::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers/base")).unwrap().0
}

fn answers(k: &Knowledge) -> Vec<Diagnosis> {
    CASES
        .iter()
        .map(|present| {
            let input = Input { present: present.iter().map(|p| (*p).to_owned()).collect(), ..Input::default() };
            diagnose(k, &Case::resolve(&input, k).unwrap(), false)
        })
        .collect()
}

#[test]
fn diagnosis_as_text() {
    seen("text", 0, &["diagnose", "wide pupils, dry mouth and tachycardia, no bradykinesia"]);
}

#[test]
fn diagnosis_as_markdown() {
    seen("markdown", 0, &["diagnose", "--format", "markdown", "--present", "bradykinesia", "--present", "rigidity"]);
}

#[test]
fn diagnosis_as_json() {
    let (_, out, _) = run(&["diagnose", "--format", "json", "--present", "bradykinesia", "--present", "rigidity"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    snapshot("answer_json", &serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn prediction_as_text() {
    seen("predict", 0, &["predict", "--fact", "overdose of an organophosphate"]);
}

#[test]
fn abstention() {
    seen("abstention", 1, &["diagnose", "high potassium"]);
}

#[test]
fn alert() {
    seen("alert", 0, &["diagnose", "pinpoint pupils, sweating, bradycardia", "--fact", "overdose of an organophosphate"]);
}

#[test]
fn error_of_a_case() {
    seen("error", 2, &["diagnose", "--present", "miosis", "--absent", "miosis"]);
}

#[test]
fn error_of_a_base_with_caret() {
    let rule = "rules:\n- id: T1\n  claim: A claim.\n  when: pupil sise low\n  shows: Miosis\n  strength: frequnet\n";
    let mut files: Vec<(&str, &str)> = vec![
        ("knowledge/base.yaml", include_str!("answers/base/knowledge/base.yaml")),
        ("knowledge/things.yaml", include_str!("answers/base/knowledge/things.yaml")),
    ];
    files.push(("rules/more.yaml", rule));
    let refused = Knowledge::check(Sources::from_pairs(&files), Diagnostics::default()).unwrap_err();
    let shown: Vec<String> = refused.diagnostics.iter().map(|d| render(d, &refused.sources, false)).collect();
    snapshot("answer_error_caret", &shown.join("\n\n"));
}

#[test]
fn the_same_case_twice() {
    let ask = ["diagnose", "--format", "json", "pinpoint pupils, sweating, dry mouth"];
    assert_eq!(run(&ask), run(&ask));
}

#[test]
fn every_derivation_replays() {
    let k = base();
    let mut replayed = 0;
    for answer in answers(&k) {
        for e in answer.hypotheses.iter().flat_map(|h| &h.explained) {
            for chain in &e.chains {
                assert_eq!(proof::check(chain, &k, &e.label), Ok(()), "{chain:?}");
                replayed += 1;
            }
        }
    }
    assert!(replayed >= 10, "{replayed}");
}

#[test]
fn a_finding_is_credited_once() {
    let k = base();
    for answer in answers(&k) {
        let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
        for h in answer.hypotheses.iter().filter(|h| h.role == "initiating") {
            for e in &h.explained {
                *shares.entry(&e.finding).or_default() += e.share;
            }
        }
        assert!(shares.values().all(|s| *s <= 1.0 + 1e-6), "{shares:?}");
    }
}

#[test]
fn what_is_explained_is_predicted() {
    let k = base();
    let graph = Graph::compile(&k, Options::default());
    let mut compared = 0;
    for answer in answers(&k) {
        let Some(h) = answer.hypotheses.first() else { continue };
        let Some(cause) = h.causes.first() else { continue };
        let exposure = k.exposures.iter().position(|x| x.id == cause.id);
        let fact = k.facts.iter().position(|f| f.id == cause.id);
        let kinds = graph.vars().filter(|(_, v)| match v.kind {
            VarKind::Exposure(x) => exposure == Some(ExposureIx::index(x)) && cause.direction != "true",
            VarKind::Fact(f) => fact == Some(FactIx::index(f)) && cause.direction == "true",
            _ => false,
        });
        let state = match cause.direction.as_str() {
            "overdose" => 2,
            "withdrawal" => 3,
            _ => 1,
        };
        let mut evidence = Evidence::default();
        evidence.roots.extend(kinds.map(|(ix, _)| (ix, state)));
        if evidence.roots.is_empty() {
            continue;
        }
        let prediction = predict(&k, &graph, &evidence);
        for e in h.explained.iter().filter(|e| e.share >= 0.2) {
            let found = prediction.domains.iter().flat_map(|d| &d.consequences).find(|c| c.id == e.finding);
            assert!(found.is_some_and(|c| Some(c.probability.value) > c.probability.prior), "{} from {}", e.finding, cause.id);
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}

#[test]
fn published_schemas() {
    for (name, ask) in [
        ("diagnosis", ["diagnose", "miosis, sweating", "--format", "json"]),
        ("prediction", ["predict", "dopamine deficit in striatum", "--format", "json"]),
    ] {
        let (code, schema, _) = run(&["schema", name]);
        assert_eq!(code, 0);
        snapshot(&format!("schema_{name}"), &schema);
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let (_, out, err) = run(&ask);
        let json: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {err}"));
        let known = schema["properties"].as_object().unwrap();
        for required in schema["required"].as_array().unwrap() {
            assert!(json.get(required.as_str().unwrap()).is_some(), "no {required}");
        }
        assert!(json.as_object().unwrap().keys().all(|k| known.contains_key(k)));
        assert_eq!(json["schema"], format!("eucrasia.{name}.v1"));
    }
}
