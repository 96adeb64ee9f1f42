//! Drawings: the whole graph or the neighbourhood of one variable, for Graphviz, Mermaid, or as JSON.

use crate::graph::{Edge, Graph, Mechanism, Origin, VarIx};
use crate::knowledge::Knowledge;
use crate::written::Push;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// In what language a drawing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum GraphFormat {
    /// Graphviz.
    Dot,
    /// Mermaid flowchart.
    Mermaid,
    /// Nodes and arrows as JSON.
    Json,
}

/// A variable as drawn.
#[derive(Serialize)]
struct Node {
    /// Kind and stable id: `observation:miosis`. An id alone may name a fact and an observation.
    id: String,
    kind: &'static str,
    label: String,
}

/// One cause of one push as drawn; a rule with two conditions has two arrows.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    source: String,
    target: String,
    /// rule, life, `is_a`, idiopathic, ratio, adapted or prior.
    origin: &'static str,
    /// Id of the rule.
    rule: Option<String>,
    /// What is asked of the source: `low`, `taking`.
    test: String,
    /// The test switches the push off.
    unless: bool,
    /// `+` raises or shows, `-` lowers or prevents, twice for two degrees; `=` passes the state on.
    sign: &'static str,
}

#[derive(Serialize)]
struct Drawing {
    nodes: Vec<Node>,
    edges: Vec<Arrow>,
}

impl Graph {
    /// Draws the graph: the variables up to `depth` links upstream and downstream of `around`, or everything. Every arrow
    /// carries its rule's id (or what generated it), the test on its source, and the sign of the push. The order is fixed.
    #[must_use]
    pub fn draw(&self, knowledge: &Knowledge, format: GraphFormat, around: Option<VarIx>, depth: usize) -> String {
        let chosen: BTreeSet<VarIx> = match around {
            None => self.vars().map(|(v, _)| v).collect(),
            Some(var) => self.neighbourhood(var, depth),
        };
        let drawing = self.drawing(knowledge, &chosen);
        match format {
            GraphFormat::Dot => dot(&drawing),
            GraphFormat::Mermaid => mermaid(&drawing),
            // Strings and lists always serialise.
            GraphFormat::Json => serde_json::to_string_pretty(&drawing).unwrap_or_default(),
        }
    }

    /// The variable, its causes and its consequences up to a depth; not the other consequences of its causes.
    fn neighbourhood(&self, var: VarIx, depth: usize) -> BTreeSet<VarIx> {
        let mut children: BTreeMap<VarIx, Vec<VarIx>> = BTreeMap::new();
        for (v, _) in self.vars() {
            for p in self.parents(v) {
                children.entry(p).or_default().push(v);
            }
        }
        let mut chosen = BTreeSet::from([var]);
        let up = |v: VarIx| self.parents(v);
        let down = |v: VarIx| children.get(&v).cloned().unwrap_or_default();
        for next in [&up as &dyn Fn(VarIx) -> Vec<VarIx>, &down] {
            let (mut ring, mut seen) = (vec![var], BTreeSet::from([var]));
            for _ in 0..depth {
                ring = ring.into_iter().flat_map(next).filter(|v| seen.insert(*v)).collect();
                if ring.is_empty() {
                    break;
                }
            }
            chosen.extend(seen);
        }
        chosen
    }

    fn drawing(&self, k: &Knowledge, chosen: &BTreeSet<VarIx>) -> Drawing {
        let name = |v: VarIx| format!("{}:{}", self.kind_name(v), self.id(v, k));
        let mut nodes: Vec<Node> =
            chosen.iter().map(|v| Node { id: name(*v), kind: self.kind_name(*v), label: self.label(*v, k) }).collect();
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        let mut edges = Vec::new();
        for edge in self.edges.iter().filter(|e| chosen.contains(&e.target)) {
            for (source, mask, positive) in edge.when.tests() {
                if !chosen.contains(&source) {
                    continue;
                }
                let (origin, rule) = match edge.origin {
                    Origin::Rule(r) => ("rule", Some(k.rules[r.index()].id.clone())),
                    Origin::Life(..) => ("life", None),
                    Origin::IsA => ("is_a", None),
                    Origin::Idiopathic => ("idiopathic", None),
                };
                let test = self.state_words(source, mask);
                edges.push(Arrow {
                    source: name(source),
                    target: name(edge.target),
                    origin,
                    rule,
                    test,
                    unless: !positive,
                    sign: sign(edge),
                });
            }
        }
        for target in chosen {
            let mut passes = |source: VarIx, origin, test: String, sign| {
                if chosen.contains(&source) {
                    edges.push(Arrow { source: name(source), target: name(*target), origin, rule: None, test, unless: false, sign });
                }
            };
            match &self.get(*target).mechanism {
                Mechanism::Ratio(over, under) => {
                    passes(*over, "ratio", String::new(), "+");
                    passes(*under, "ratio", String::new(), "-");
                }
                Mechanism::Adapted(acute) => passes(*acute, "adapted", String::new(), "="),
                Mechanism::Prior(prior) => {
                    prior.given.iter().for_each(|(v, mask, _)| passes(*v, "prior", self.state_words(*v, *mask), "="));
                }
                Mechanism::Sum | Mechanism::Finding { .. } => {}
            }
        }
        edges.sort();
        edges.dedup();
        Drawing { nodes, edges }
    }
}

fn sign(edge: &Edge) -> &'static str {
    match (edge.push, edge.degrees) {
        (Push::Raises, 2) => "++",
        (Push::Lowers, 2) => "--",
        (Push::Raises | Push::Shows, _) => "+",
        (Push::Lowers | Push::Prevents, _) => "-",
    }
}

impl Arrow {
    /// `R1001 low: +`.
    fn label(&self) -> String {
        let mut label = self.rule.as_deref().unwrap_or(self.origin).to_owned();
        if self.unless {
            label.push_str(" unless");
        }
        if !self.test.is_empty() {
            let _ = write!(label, " {}", self.test);
        }
        let _ = write!(label, ": {}", self.sign);
        label
    }
}

/// A string of the DOT language.
fn dot_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn dot(drawing: &Drawing) -> String {
    let mut out = String::from("digraph eucrasia {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for node in &drawing.nodes {
        let shape = match node.kind {
            "fact" | "exposure" => "box",
            "idiopathic" => "diamond",
            "observation" | "term" => "note",
            _ => "ellipse",
        };
        let _ = writeln!(out, "  {} [label={}, shape={shape}];", dot_string(&node.id), dot_string(&node.label));
    }
    for arrow in &drawing.edges {
        let style = if arrow.unless { ", style=dashed" } else { "" };
        let _ = writeln!(
            out,
            "  {} -> {} [label={}{style}];",
            dot_string(&arrow.source),
            dot_string(&arrow.target),
            dot_string(&arrow.label())
        );
    }
    out.push_str("}\n");
    out
}

/// A quoted text of Mermaid, which knows entities by `#name;` instead of backslashes.
fn mermaid_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Names that Mermaid takes as identifiers, one for each node.
fn mermaid_names(nodes: &[Node]) -> BTreeMap<&str, String> {
    let mut used = BTreeSet::new();
    let mut names = BTreeMap::new();
    for node in nodes {
        let plain: String = node.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let mut name = plain.clone();
        let mut n = 1;
        while !used.insert(name.clone()) {
            n += 1;
            name = format!("{plain}_{n}");
        }
        names.insert(node.id.as_str(), name);
    }
    names
}

fn mermaid(drawing: &Drawing) -> String {
    let names = mermaid_names(&drawing.nodes);
    let mut out = String::from("flowchart LR\n");
    for node in &drawing.nodes {
        let (open, close) = match node.kind {
            "fact" | "exposure" => ("[", "]"),
            "idiopathic" => ("{{", "}}"),
            "observation" | "term" => ("[/", "/]"),
            _ => ("([", "])"),
        };
        let _ = writeln!(out, "  {}{open}{}{close}", names[node.id.as_str()], mermaid_string(&node.label));
    }
    for arrow in &drawing.edges {
        let line = if arrow.unless { "-.->" } else { "-->" };
        let (source, target) = (&names[arrow.source.as_str()], &names[arrow.target.as_str()]);
        let _ = writeln!(out, "  {source} {line}|{}| {target}", mermaid_string(&arrow.label()));
    }
    out
}
