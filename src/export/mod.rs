//! The model for engines that were not written here: as a `ProbLog` program and as a Bayesian network in BIF.
//!
//! Both are written from the graph's mechanisms and edges alone and share nothing with the reasoner but that graph, so that an
//! answer that they confirm does not rest on the reasoner's own reading of the model. Without a [`Question`] they are the plain
//! model. With one they are conditioned as the reasoner does: known facts, findings and interventions are put in, and at most
//! one cause that the case does not name may be on.

mod bif;
mod problog;

pub use bif::{bif, node_evidence};
pub use problog::problog;

use crate::graph::{Graph, Mechanism, VarIx, VarKind};
use crate::knowledge::Knowledge;
use crate::reason::support::Evidence;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A root at least this probable, whose prior depends on nothing unknown, is a circumstance and not a cause that is counted.
const CIRCUMSTANCE: f64 = 0.2;

/// Chance of a known fact to which the base gives none.
const UNFORESEEN: f64 = 1e-6;

/// A question that the export is conditioned on.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Known facts (`roots`), observed states (`allowed`) and interventions (`set`).
    pub evidence: &'a Evidence,
    /// What is asked for. Only causes above what is asked for, observed or known are counted as unknown causes.
    pub targets: &'a [VarIx],
    /// No exposure but those known.
    pub complete: bool,
}

/// Safe and unique names of the variables, from their stable ids.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

impl Names {
    /// Names every variable: lower-case letters, digits and underscores, starting with a letter. Where two ids come out the same,
    /// later ones get a number.
    #[must_use]
    pub fn new(graph: &Graph, knowledge: &Knowledge) -> Self {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut fresh = |id: &str| {
            let base = safe(id);
            let mut name = base.clone();
            let mut number = 1_u64;
            while !taken.insert(name.clone()) {
                number += 1;
                name = format!("{base}_{number}");
            }
            name
        };
        Self(graph.vars().map(|(ix, _)| fresh(&graph.id(ix, knowledge))).collect())
    }

    /// The variable's name.
    #[must_use]
    pub fn name(&self, var: VarIx) -> &str {
        &self.0[var.index()]
    }

    /// The `ProbLog` atom that says that a variable is in a state, `v(heart_rate,-2)`: levels −2 to 2 for quantities, for all else
    /// the state's number (false 0, true 1; none 0, taking 1, overdose 2, withdrawal 3).
    #[must_use]
    pub fn atom(&self, graph: &Graph, var: VarIx, state: usize) -> String {
        match graph.get(var).kind {
            VarKind::Quantity(_) | VarKind::Adapted(_) => format!("v({},{})", self.name(var), level(state)),
            _ => format!("v({},{state})", self.name(var)),
        }
    }
}

/// An identifier that both languages take.
fn safe(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { format!("x_{name}") }
}

/// The level of a quantity's state.
fn level(state: usize) -> i8 {
    i8::try_from(state).unwrap_or(2) - 2
}

/// The state of a level, held within ±2.
fn state(level: i8) -> usize {
    usize::try_from(level.clamp(-2, 2) + 2).unwrap_or(2)
}

/// A label in one line, for comments.
fn comment(label: &str) -> String {
    label.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What decides which distribution a root has.
#[derive(Clone, Debug)]
enum Test {
    /// Another root is in one of the states.
    On(VarIx, u8),
    /// A coin of this root's own: context that the case does not state, averaged over.
    Chance(f64),
}

/// How a root gets its state: the first entry whose test passes, else the base.
#[derive(Clone, Debug)]
enum Root {
    /// Set, or not reckoned with.
    Fixed(usize),
    /// By chance.
    Free(Vec<(Test, Vec<f64>)>, Vec<f64>),
}

/// The model as a question reads it.
struct Reading {
    set: BTreeMap<VarIx, usize>,
    known: BTreeMap<VarIx, usize>,
    allowed: BTreeMap<VarIx, u8>,
    /// Roots of which at most one may be on; `None`: no such limit.
    counted: Option<Vec<VarIx>>,
    roots: HashMap<VarIx, Root>,
}

impl Reading {
    fn new(graph: &Graph, knowledge: &Knowledge, question: Option<&Question>) -> Self {
        let mut this =
            Self { set: BTreeMap::new(), known: BTreeMap::new(), allowed: BTreeMap::new(), counted: None, roots: HashMap::new() };
        if let Some(q) = question {
            this.set.clone_from(&q.evidence.set);
            this.allowed.clone_from(&q.evidence.allowed);
            this.known = q.evidence.roots.iter().filter(|(v, _)| !q.evidence.set.contains_key(v)).map(|(v, s)| (*v, *s)).collect();
        }
        for (ix, _) in graph.vars() {
            if let Some(root) = this.root(graph, knowledge, question, ix) {
                this.roots.insert(ix, root);
            }
        }
        if let Some(q) = question {
            let start = q.evidence.allowed.keys().chain(q.targets).chain(this.known.keys()).copied().collect();
            let counted = above(graph, start).into_iter().filter(|v| this.is_counted(graph, knowledge, *v)).collect();
            this.counted = Some(counted);
        }
        this
    }

    fn root(&self, graph: &Graph, knowledge: &Knowledge, question: Option<&Question>, var: VarIx) -> Option<Root> {
        let Mechanism::Prior(prior) = &graph.get(var).mechanism else { return None };
        let Some(question) = question else {
            let entries = prior.given.iter().map(|(v, m, d)| (Test::On(*v, *m), d.clone())).collect();
            return Some(Root::Free(entries, prior.base.clone()));
        };
        if let Some(state) = self.set.get(&var) {
            return Some(Root::Fixed(*state));
        }
        let known = self.known.get(&var).copied();
        if question.complete && known.is_none() && matches!(graph.get(var).kind, VarKind::Exposure(_)) {
            return Some(Root::Fixed(0));
        }
        let test = |v: VarIx, mask: u8| {
            if self.known.contains_key(&v) || !is_context(graph, knowledge, v) {
                return Test::On(v, mask);
            }
            let Mechanism::Prior(p) = &graph.get(v).mechanism else { return Test::On(v, mask) };
            Test::Chance(passing(&p.base, mask))
        };
        let mut entries: Vec<(Test, Vec<f64>)> = prior.given.iter().map(|(v, m, d)| (test(*v, *m), d.clone())).collect();
        let mut base = prior.base.clone();
        if let Some(state) = known {
            // What the base thinks impossible may still be known of a patient.
            let averaged = entries.iter().any(|(t, _)| matches!(t, Test::Chance(_)));
            let never = base[state] == 0.0 && entries.iter().all(|(_, d)| d[state] == 0.0);
            if never || !averaged {
                entries.iter_mut().map(|(_, d)| d).chain([&mut base]).filter(|d| d[state] == 0.0).for_each(|d| {
                    d[state] = UNFORESEEN;
                    d[0] -= UNFORESEEN;
                });
            }
        }
        Some(Root::Free(entries, base))
    }

    /// Whether a root may be the one unknown cause.
    fn is_counted(&self, graph: &Graph, knowledge: &Knowledge, var: VarIx) -> bool {
        let Some(Root::Free(entries, base)) = self.roots.get(&var) else { return false };
        if self.known.contains_key(&var) || is_context(graph, knowledge, var) {
            return false;
        }
        // P(on) with known and unstated context put in; what depends on another unknown root is never a circumstance.
        let (mut on, mut dependent) = (off_rest(base), false);
        for (test, d) in entries.iter().rev() {
            match test {
                Test::Chance(p) => on = on * (1.0 - p) + off_rest(d) * p,
                Test::On(v, mask) => match self.known.get(v) {
                    Some(s) if mask >> s & 1 == 1 => (on, dependent) = (off_rest(d), false),
                    Some(_) => {}
                    None => dependent = true,
                },
            }
        }
        dependent || (on > 0.0 && on < CIRCUMSTANCE)
    }

    fn root_of(&self, var: VarIx) -> Option<&Root> {
        self.roots.get(&var)
    }
}

fn is_context(graph: &Graph, knowledge: &Knowledge, var: VarIx) -> bool {
    matches!(graph.get(var).kind, VarKind::Fact(f) if knowledge.facts[f.index()].kind == "context")
}

/// P(the state is in the mask).
fn passing(distribution: &[f64], mask: u8) -> f64 {
    distribution.iter().enumerate().filter(|(s, _)| mask >> s & 1 == 1).map(|(_, p)| p).sum()
}

/// P(not at rest) of a root.
fn off_rest(distribution: &[f64]) -> f64 {
    distribution.iter().skip(1).sum()
}

/// The variables and all that they depend on.
fn above(graph: &Graph, mut todo: Vec<VarIx>) -> BTreeSet<VarIx> {
    let mut seen = BTreeSet::new();
    while let Some(v) = todo.pop() {
        if seen.insert(v) {
            todo.extend(graph.parents(v));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn ids_become_identifiers() {
        assert_eq!(safe("heart-rate"), "heart_rate");
        assert_eq!(safe("acetylcholine.storage@brain"), "acetylcholine_storage_brain");
        assert_eq!(safe("5-ht"), "x_5_ht");
    }
}
