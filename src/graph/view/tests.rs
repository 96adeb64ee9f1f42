use super::{GraphFormat, Stats};
use crate::graph::{Graph, Options, VarIx, VarKind};
use crate::knowledge::Knowledge;
use crate::source::{Diagnostics, Sources, render};

fn base() -> Knowledge {
    let sources = Sources::from_pairs(&[("knowledge/base.yaml", include_str!("../../../tests/pages/base.yaml"))]);
    match Knowledge::check(sources, Diagnostics::default()) {
        Ok((k, _)) => k,
        Err(r) => panic!("{}", r.diagnostics.iter().map(|d| render(d, &r.sources, false)).collect::<String>()),
    }
}

fn compiled(contested: bool) -> (Knowledge, Graph) {
    let k = base();
    let graph = Graph::compile(&k, Options { contested, course: None });
    (k, graph)
}

fn observation(k: &Knowledge, graph: &Graph, id: &str) -> VarIx {
    let ix = k.names.observations[id];
    graph.var(VarKind::Observation(ix)).unwrap()
}

#[test]
fn counts_what_is_there() {
    let (k, graph) = compiled(false);
    let Stats { knowledge: s, graph: g } = Stats::of(&k, &graph);
    assert_eq!((s.signals, s.circuits, s.transmissions, s.functions, s.ratios), (2, 2, 3, 2, 1));
    assert_eq!((s.observations, s.observations_with_hpo, s.exposures, s.exposure_classes, s.exposure_members), (3, 3, 4, 1, 2));
    assert_eq!((s.facts, s.interventions, s.alerts, s.frequencies, s.rules, s.references), (2, 1, 1, 1, 8, 3));
    let standing: Vec<(&str, usize)> = s.rules_by_standing.iter().map(|c| (c.name.as_str(), c.count)).collect();
    assert_eq!(standing, [("established", 4), ("probable", 2), ("contested", 1), ("withdrawn", 1)]);
    let study: Vec<(&str, usize)> = s.rules_by_best_study.iter().map(|c| (c.name.as_str(), c.count)).collect();
    assert_eq!(study, [("randomised-trial", 1), ("cohort", 2), ("case-series", 1), ("review", 2), ("animal", 1)]);
    assert_eq!((s.strengths_measured, s.strengths_assumed), (1, 6));
    // Seven rules in use; two of them cite two references.
    assert!((s.references_per_rule - 9.0 / 7.0).abs() < 1e-12);
    assert_eq!(s.rules_on_one_reference, ["R1", "R2", "R3", "R4", "R5", "R6", "R7"]);
    assert_eq!(g.rule_edges + g.life_edges + g.is_a_edges + g.idiopathic_edges, g.edges);
    assert_eq!((g.variables, g.edges, g.is_a_edges, g.idiopathic_edges), (graph.vars().count(), graph.edges().count(), 1, 6));
    // The class rule holds for the class and both its members.
    assert_eq!((g.rule_edges, g.class_instances), (8, 2));
    assert_eq!(g.ratios, ["acetylcholine-to-dopamine.striatum"]);
    assert_eq!(
        (g.adapted_copies.len(), g.adapted_copies[0].quantity.as_str(), g.adapted_copies[0].rules.as_slice()),
        (1, "heart-rate", &["R6".to_owned()][..])
    );
    assert_eq!(g.is_a_links, [("tachycardia".to_owned(), "arrhythmia".to_owned())]);
    assert_eq!(
        g.longest_chain,
        [
            "acetylcholine.synthesis",
            "acetylcholine.storage",
            "acetylcholine.release",
            "acetylcholine.muscarinic.heart",
            "heart-rate",
            "adapted-heart-rate",
            "tachycardia",
            "arrhythmia"
        ]
    );
    assert_eq!(g.longest_chain_links, 7);
}

#[test]
fn an_empty_graph_counts_nothing() {
    let k = base();
    let graph = Graph {
        vars: Vec::new(),
        edges: Vec::new(),
        by_kind: std::collections::HashMap::default(),
        links: petgraph::graph::DiGraph::default(),
        nodes: Vec::new(),
    };
    let stats = Stats::of(&k, &graph);
    assert_eq!((stats.graph.variables, stats.graph.longest_chain_links, stats.graph.longest_chain.len()), (0, 0, 0));
    assert_eq!(graph.draw(&k, GraphFormat::Mermaid, None, 3), "flowchart LR\n");
}

#[test]
fn draws_a_neighbourhood() {
    let (k, graph) = compiled(true);
    let var = observation(&k, &graph, "tachycardia");
    let json: serde_json::Value = serde_json::from_str(&graph.draw(&k, GraphFormat::Json, Some(var), 1)).unwrap();
    let ids: Vec<&str> = json["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap()).collect();
    // The finding follows the adapted heart rate; arrhythmia lies above it.
    assert_eq!(ids, ["adapted:adapted-heart-rate", "observation:arrhythmia", "observation:tachycardia"]);
    let dot = graph.draw(&k, GraphFormat::Dot, Some(var), 1);
    assert!(dot.contains("\"adapted:adapted-heart-rate\" -> \"observation:tachycardia\" [label=\"R3 high: +\"];"), "{dot}");
    assert!(dot.contains("[label=\"is_a: +\"]"), "{dot}");
    let alone = graph.draw(&k, GraphFormat::Dot, Some(var), 0);
    assert!(!alone.contains("->") && alone.contains("observation:tachycardia"), "{alone}");
}

#[test]
fn draws_everything_with_signs_and_gates() {
    let (k, graph) = compiled(true);
    let dot = graph.draw(&k, GraphFormat::Dot, None, 0);
    for line in [
        "\"exposure:atropine\" -> \"quantity:acetylcholine.muscarinic.receptor-activity\" [label=\"R1 taking: -\"];",
        "\"fact:heart-transplant\" -> \"quantity:heart-rate\" [label=\"R2 unless: +\", style=dashed];",
        "\"quantity:acetylcholine-to-dopamine.striatum\" -> \"quantity:muscle-tone\" [label=\"R4 high: ++\"];",
        "\"quantity:dopamine.striatum\" -> \"quantity:acetylcholine-to-dopamine.striatum\" [label=\"ratio: -\"];",
        "\"quantity:heart-rate\" -> \"adapted:adapted-heart-rate\" [label=\"adapted: =\"];",
        "\"fact:parkinsonism\" -> \"exposure:biperiden\" [label=\"prior: =\"];",
    ] {
        assert!(dot.contains(line), "{line}\n{dot}");
    }
    assert_eq!(dot, graph.draw(&k, GraphFormat::Dot, None, 9));
    let (_, without) = compiled(false);
    assert!(!without.draw(&k, GraphFormat::Dot, None, 0).contains("R4"));
}

#[test]
fn drawings_escape_labels() {
    let mut k = base();
    let label = "a \"b\" <c> \\ #1\nend";
    k.facts[0].label = label.to_owned();
    let graph = Graph::compile(&k, Options::default());
    let dot = graph.draw(&k, GraphFormat::Dot, None, 0);
    assert!(dot.contains(r#"[label="a \"b\" <c> \\ #1 end", shape=box];"#), "{dot}");
    let mermaid = graph.draw(&k, GraphFormat::Mermaid, None, 0);
    assert!(mermaid.contains(r#"fact_parkinsonism["a #quot;b#quot; #lt;c#gt; \ #35;1 end"]"#), "{mermaid}");
    let json: serde_json::Value = serde_json::from_str(&graph.draw(&k, GraphFormat::Json, None, 0)).unwrap();
    assert!(json["nodes"].as_array().unwrap().iter().any(|n| n["label"] == label));
}

#[test]
fn formulas_read_as_phrases() {
    let (k, graph) = compiled(true);
    let words: Vec<String> = graph.edges().map(|(_, e)| graph.formula_words(&e.when, &k)).collect();
    assert!(words.contains(&"muscarinic acetylcholine deficit in heart (unless heart transplant)".to_owned()), "{words:#?}");
    assert!(words.contains(&"taking atropine".to_owned()));
    assert!(words.contains(&"adapted heart rate high".to_owned()));
}
