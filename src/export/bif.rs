//! The model as a Bayesian network in BIF (the Bayesian interchange format).
//!
//! Conditions, arrivals and counts are nodes of their own, two or three parents each, so that no table grows with the number of
//! causes of a variable.

mod write;

use super::{Names, Question, Reading, Root, Test as Choice, comment, level, state};
use crate::graph::{EdgeIx, Formula, Graph, Mechanism, VarIx, VarKind};
use crate::knowledge::Knowledge;
use crate::written::Push;
use std::collections::HashMap;

/// Node that counts the causes that the case does not name: none, one, more.
const UNKNOWN_CAUSES: &str = "unknown_causes";

/// The network in BIF; with a question, it has the node `unknown_causes` beside, and [`node_evidence`] says what to enter. Nodes of
/// the model's variables are named as by [`Names::name`], their states are in the order of the model's.
#[must_use]
pub fn bif(graph: &Graph, knowledge: &Knowledge, question: Option<&Question>) -> String {
    let mut net = Net {
        graph,
        names: Names::new(graph, knowledge),
        reading: Reading::new(graph, knowledge, question),
        nodes: Vec::new(),
        of: HashMap::new(),
    };
    for (ix, _) in graph.vars() {
        net.variable(ix);
    }
    net.unknown_causes();
    net.write(&comment(&knowledge.title))
}

/// The evidence of a question, which BIF has no place for: node, and for each of its states whether it is possible.
#[must_use]
pub fn node_evidence(graph: &Graph, knowledge: &Knowledge, question: &Question) -> Vec<(String, Vec<bool>)> {
    let (names, reading) = (Names::new(graph, knowledge), Reading::new(graph, knowledge, Some(question)));
    let states = |var: VarIx, mask: u8| (0..graph.get(var).kind.states()).map(|s| mask >> s & 1 == 1).collect();
    let known = reading.known.iter().map(|(v, s)| (names.name(*v).to_owned(), states(*v, 1 << s)));
    let observed = reading.allowed.iter().map(|(v, m)| (names.name(*v).to_owned(), states(*v, *m)));
    let limit = (UNKNOWN_CAUSES.to_owned(), vec![true, true, false]);
    known.chain(observed).chain([limit]).collect()
}

struct Node {
    name: String,
    states: Vec<String>,
    parents: Vec<usize>,
    /// One row of probabilities for each assignment of the parents, the last parent fastest.
    rows: Vec<Vec<f64>>,
}

struct Net<'a> {
    graph: &'a Graph,
    names: Names,
    reading: Reading,
    nodes: Vec<Node>,
    of: HashMap<VarIx, usize>,
}

/// A condition as a test on one node.
#[derive(Clone, Copy)]
enum Test {
    Const(bool),
    In(usize, u8),
}

impl Test {
    fn passes(self, digits: &[usize], parents: &[usize]) -> bool {
        match self {
            Self::Const(b) => b,
            Self::In(node, mask) => parents.iter().position(|p| *p == node).is_some_and(|i| mask >> digits[i] & 1 == 1),
        }
    }

    fn node(self) -> Option<usize> {
        match self {
            Self::Const(_) => None,
            Self::In(node, _) => Some(node),
        }
    }
}

const YES_NO: [&str; 2] = ["no", "yes"];
const COUNT: [&str; 3] = ["none", "one", "two"];

fn labels(kind: VarKind) -> Vec<&'static str> {
    match kind {
        VarKind::Fact(_) => vec!["false", "true"],
        VarKind::Observation(_) | VarKind::Term(_) => vec!["absent", "present"],
        VarKind::Exposure(_) => vec!["none", "taking", "overdose", "withdrawal"],
        VarKind::Idiopathic(..) => vec!["none", "deviates", "marked"],
        VarKind::Quantity(_) | VarKind::Adapted(_) => vec!["markedly_low", "low", "balanced", "high", "markedly_high"],
    }
}

/// All of the probability on one state.
fn certain(state: usize, count: usize) -> Vec<f64> {
    (0..count).map(|s| if s == state { 1.0 } else { 0.0 }).collect()
}

impl Net<'_> {
    /// Adds a node; `row` gives its distribution for the parents' states.
    fn node(&mut self, name: String, states: &[&str], parents: Vec<usize>, row: impl Fn(&[usize]) -> Vec<f64>) -> usize {
        let cards: Vec<usize> = parents.iter().map(|p| self.nodes[*p].states.len()).collect();
        let rows = assignments(&cards).iter().map(|digits| row(digits)).collect();
        self.nodes.push(Node { name, states: states.iter().map(|s| (*s).to_owned()).collect(), parents, rows });
        self.nodes.len() - 1
    }

    fn variable(&mut self, var: VarIx) {
        let graph = self.graph;
        let kind = graph.get(var).kind;
        let name = self.names.name(var).to_owned();
        let states = labels(kind);
        let node = if let Some(set) = self.reading.set.get(&var).copied() {
            self.node(name, &states, Vec::new(), |_| certain(set, states.len()))
        } else {
            match &graph.get(var).mechanism {
                Mechanism::Prior(_) => self.root(var, name),
                Mechanism::Sum => self.quantity(var, name, None),
                Mechanism::Adapted(acute) => self.quantity(var, name, Some(self.of[acute])),
                Mechanism::Ratio(a, b) => {
                    self.node(name, &states, vec![self.of[a], self.of[b]], |d| certain(state(level(d[0]) - level(d[1])), 5))
                }
                Mechanism::Finding { leak } => self.finding(var, name, *leak),
            }
        };
        self.of.insert(var, node);
    }

    /// A root; which entry of its prior counts is found by a chain of choices (0: none so far, i: the i-th).
    fn root(&mut self, var: VarIx, name: String) -> usize {
        let states = labels(self.graph.get(var).kind);
        let (entries, base) = match self.reading.root_of(var).cloned() {
            Some(Root::Free(entries, base)) => (entries, base),
            Some(Root::Fixed(s)) => (Vec::new(), certain(s, states.len())),
            None => (Vec::new(), certain(0, states.len())),
        };
        // Each choice has the distributions tried so far, the base's first.
        let mut mixed = vec![base];
        let mut before: Option<usize> = None;
        for (i, (test, distribution)) in entries.into_iter().enumerate() {
            let choices: Vec<String> = (0..i + 2).map(|c| format!("c{c}")).collect();
            let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            let (on, mask, chance) = match test {
                Choice::On(v, mask) => (Some(self.of[&v]), mask, 0.0),
                Choice::Chance(p) => (None, 0, p),
            };
            let parents: Vec<usize> = before.into_iter().chain(on).collect();
            let (has_before, count) = (usize::from(before.is_some()), i + 2);
            before = Some(self.node(format!("{name}__choice{i}"), &choices, parents, |d| {
                let chosen = if has_before == 1 { d[0] } else { 0 };
                let p = if on.is_some() { f64::from(mask >> d[has_before] & 1) } else { chance };
                let mut row = vec![0.0; count];
                row[chosen] += 1.0 - if chosen == 0 { p } else { 0.0 };
                row[i + 1] += if chosen == 0 { p } else { 0.0 };
                row
            }));
            mixed.push(distribution);
        }
        let parents: Vec<usize> = before.into_iter().collect();
        self.node(name, &states, parents, |d| mixed[d.first().copied().unwrap_or(0)].clone())
    }

    /// A condition as a test on one node, with nodes for what joins several.
    fn test(&mut self, formula: &Formula) -> Test {
        match formula {
            Formula::True => Test::Const(true),
            Formula::Is(var, mask) => Test::In(self.of[var], *mask),
            Formula::Not(part) => match self.test(part) {
                Test::Const(b) => Test::Const(!b),
                Test::In(node, mask) => Test::In(node, !mask),
            },
            Formula::All(parts) => self.join(parts, true),
            Formula::Any(parts) => self.join(parts, false),
        }
    }

    fn join(&mut self, parts: &[Formula], all: bool) -> Test {
        let mut so_far = Test::Const(all);
        for part in parts {
            let next = self.test(part);
            so_far = match (so_far, next) {
                (Test::Const(b), other) | (other, Test::Const(b)) if b == all => other,
                (Test::Const(b), _) | (_, Test::Const(b)) => Test::Const(b),
                (Test::In(a, ma), Test::In(b, mb)) if a == b => Test::In(a, if all { ma & mb } else { ma | mb }),
                (Test::In(a, ma), Test::In(b, mb)) => {
                    let name = format!("holds__{}", self.nodes.len());
                    let node = self.node(name, &YES_NO, vec![a, b], |d| {
                        let (x, y) = (ma >> d[0] & 1 == 1, mb >> d[1] & 1 == 1);
                        certain(usize::from(if all { x && y } else { x || y }), 2)
                    });
                    Test::In(node, 0b10)
                }
            };
        }
        so_far
    }

    /// How many degrees an edge brings: 0, 1, 2.
    fn arrival(&mut self, e: EdgeIx) -> usize {
        let graph = self.graph;
        let edge = graph.edge(e);
        let when = self.test(&edge.when);
        let doubled = edge.doubled.as_ref().map_or(Test::Const(false), |d| self.test(d));
        let mut parents: Vec<usize> = when.node().into_iter().chain(doubled.node()).collect();
        parents.dedup();
        let (p, single) = (edge.strength.value(), usize::from(edge.degrees));
        let listed = parents.clone();
        self.node(format!("edge__{}", e.index()), &COUNT, parents, |d| {
            let mut row = certain(0, 3);
            if when.passes(d, &listed) {
                row[0] = 1.0 - p;
                row[if doubled.passes(d, &listed) { 2 } else { single }] += p;
            }
            row
        })
    }

    /// Adds the pushes of a kind up, held to two; none if there are none.
    fn count(&mut self, var: VarIx, push: Push, word: &str) -> Option<usize> {
        let graph = self.graph;
        let name = self.names.name(var).to_owned();
        let mut total = None;
        for (i, e) in graph.get(var).incoming.iter().filter(|e| graph.edge(**e).push == push).enumerate() {
            let arrives = self.arrival(*e);
            total = Some(match total {
                None => arrives,
                Some(before) => {
                    self.node(format!("{name}__{word}{i}"), &COUNT, vec![before, arrives], |d| certain((d[0] + d[1]).min(2), 3))
                }
            });
        }
        total
    }

    fn quantity(&mut self, var: VarIx, name: String, acute: Option<usize>) -> usize {
        let up = self.count(var, Push::Raises, "up");
        let down = self.count(var, Push::Lowers, "down");
        let parents: Vec<usize> = acute.into_iter().chain(up).chain(down).collect();
        let (at_up, at_down) = (usize::from(acute.is_some()), usize::from(acute.is_some()) + usize::from(up.is_some()));
        let count = |present: bool, at: usize, d: &[usize]| if present { i8::try_from(d[at]).unwrap_or(2) } else { 0 };
        self.node(name, &labels(self.graph.get(var).kind), parents, |d| {
            let start = if acute.is_some() { level(d[0]) } else { 0 };
            certain(state(start + count(up.is_some(), at_up, d) - count(down.is_some(), at_down, d)), 5)
        })
    }

    fn finding(&mut self, var: VarIx, name: String, leak: f64) -> usize {
        let showing = self.count(var, Push::Shows, "shown");
        let preventing = self.count(var, Push::Prevents, "prevented");
        let parents: Vec<usize> = showing.into_iter().chain(preventing).collect();
        let second = usize::from(showing.is_some());
        self.node(name, &labels(self.graph.get(var).kind), parents, |d| {
            let shown = if showing.is_some() && d[0] > 0 { 1.0 } else { leak };
            let p = if preventing.is_some() && d[second] > 0 { 0.0 } else { shown };
            vec![1.0 - p, p]
        })
    }

    /// Counts the causes that the case does not name.
    fn unknown_causes(&mut self) {
        let Some(counted) = self.reading.counted.clone() else { return };
        let mut before = self.node("unknown_causes__0".to_owned(), &["none", "one", "more"], Vec::new(), |_| certain(0, 3));
        for (i, var) in counted.iter().enumerate() {
            let root = self.of[var];
            before = self.node(format!("unknown_causes__{}", i + 1), &["none", "one", "more"], vec![before, root], |d| {
                certain((d[0] + usize::from(d[1] > 0)).min(2), 3)
            });
        }
        UNKNOWN_CAUSES.clone_into(&mut self.nodes[before].name);
    }
}

/// All assignments, the last variable fastest.
fn assignments(cards: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for card in cards {
        all = all.iter().flat_map(|a: &Vec<usize>| (0..*card).map(move |s| [a.as_slice(), &[s]].concat())).collect();
    }
    all
}
