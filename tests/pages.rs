//! What a person sees of rules, findings and the rest, on a tiny base of its own.
#![allow(clippy::unwrap_used, missing_docs)]

use eucrasia::graph::{Graph, GraphFormat, Options, Stats};
use eucrasia::knowledge::Knowledge;
use eucrasia::source::{Diagnostics, Sources};
use eucrasia::words::page::Page;

fn base() -> (Knowledge, Graph) {
    let sources = Sources::from_pairs(&[("knowledge/base.yaml", include_str!("pages/base.yaml"))]);
    let (knowledge, _) = Knowledge::check(sources, Diagnostics::default()).unwrap();
    let graph = Graph::compile(&knowledge, Options::default());
    (knowledge, graph)
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

fn page(name: &str, text: &str) {
    let (knowledge, graph) = base();
    snapshot(&format!("page_{name}"), &Page::find(&knowledge, &graph, text).unwrap().text(80, false));
}

#[test]
fn rule() {
    page("rule", "R2");
}

#[test]
fn contested_rule() {
    page("rule_contested", "R4");
}

#[test]
fn finding() {
    page("finding", "HP:0001649");
}

#[test]
fn function() {
    page("function", "heart rate");
}

#[test]
fn transmission() {
    page("transmission", "acetylcholine transmission in striatum");
}

#[test]
fn fact() {
    page("fact", "Parkinson disease");
}

#[test]
fn exposure() {
    page("exposure", "antimuscarinic");
}

#[test]
fn intervention() {
    page("intervention", "intervention biperiden");
}

#[test]
fn reference() {
    page("reference", "PMID:22222222");
}

#[test]
fn signal() {
    page("signal", "ACh");
}

#[test]
fn rule_as_markdown() {
    let (knowledge, graph) = base();
    snapshot("page_rule_markdown", &Page::find(&knowledge, &graph, "R4").unwrap().markdown());
}

#[test]
fn finding_as_json() {
    let (knowledge, graph) = base();
    let page = Page::find(&knowledge, &graph, "tachycardia").unwrap();
    snapshot("page_finding_json", &serde_json::to_string_pretty(&page).unwrap());
}

#[test]
fn graph_drawings() {
    let (knowledge, graph) = base();
    let around = graph.vars().map(|(v, _)| v).find(|v| graph.id(*v, &knowledge) == "heart-rate");
    for (name, format) in [("dot", GraphFormat::Dot), ("mermaid", GraphFormat::Mermaid), ("json", GraphFormat::Json)] {
        snapshot(&format!("graph_{name}"), &graph.draw(&knowledge, format, around, 2));
    }
}

#[test]
fn stats() {
    let (knowledge, graph) = base();
    snapshot("stats", &serde_json::to_string_pretty(&Stats::of(&knowledge, &graph)).unwrap());
}
