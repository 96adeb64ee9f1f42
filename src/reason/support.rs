//! Which states are possible, given what is known of the roots and what is set by intervention.

use crate::graph::{Formula, Graph, Mechanism, VarIx};
use crate::written::Push;
use std::collections::BTreeMap;

/// What is known and what is set.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Allowed states of observed findings and quantities, as masks.
    pub allowed: BTreeMap<VarIx, u8>,
    /// States of known roots; a root that is neither here nor in `free` is at rest.
    pub roots: BTreeMap<VarIx, usize>,
    /// Roots that keep their prior as variables of the network, with the distribution to use.
    pub free: BTreeMap<VarIx, Vec<f64>>,
    /// States set by intervention: the variable no longer listens to its causes.
    pub set: BTreeMap<VarIx, usize>,
}

impl Evidence {
    /// Restricts a variable to a mask (in addition to what is known already).
    pub fn observe(&mut self, var: VarIx, mask: u8) {
        *self.allowed.entry(var).or_insert(u8::MAX) &= mask;
    }
}

/// Possible states of every variable, as masks; what is observed counts as known to those below.
#[derive(Clone, Debug)]
pub struct Support(Vec<u8>);

impl Support {
    /// Follows possibilities downward from the roots, over the given variables in topological order; all others are at rest.
    #[must_use]
    pub fn new(graph: &Graph, evidence: &Evidence, order: impl IntoIterator<Item = VarIx>) -> Self {
        let mut masks: Vec<u8> = graph.vars.iter().map(|v| 1 << v.kind.rest()).collect();
        for ix in order {
            masks[ix.index()] = match evidence.set.get(&ix) {
                Some(state) => 1 << state,
                // Contradicting evidence has probability zero; the empty mask says so.
                None => possible(graph, evidence, ix, &masks) & evidence.allowed.get(&ix).copied().unwrap_or(u8::MAX),
            };
        }
        Self(masks)
    }

    /// The possible states of a variable.
    #[must_use]
    pub fn get(&self, var: VarIx) -> u8 {
        self.0[var.index()]
    }

    /// The state of a variable that can only have one.
    #[must_use]
    pub fn only(&self, var: VarIx) -> Option<usize> {
        let mask = self.get(var);
        mask.is_power_of_two().then(|| mask.trailing_zeros() as usize)
    }

    /// Whether the condition can hold at all.
    #[must_use]
    pub fn may_hold(&self, formula: &Formula) -> bool {
        formula.possible(&|v| self.get(v)).0
    }
}

fn possible(graph: &Graph, evidence: &Evidence, ix: VarIx, masks: &[u8]) -> u8 {
    let var = graph.get(ix);
    let support = |v: VarIx| masks[v.index()];
    let may = |push: Push| -> u8 {
        let total: u8 = var
            .incoming
            .iter()
            .map(|e| graph.edge(*e))
            .filter(|e| e.push == push && e.when.possible(&support).0)
            .map(|e| if e.degrees == 2 || e.doubled.as_ref().is_some_and(|d| d.possible(&support).0) { 2 } else { 1 })
            .fold(0_u8, |a, b| (a + b).min(2));
        total
    };
    match &var.mechanism {
        Mechanism::Prior(_) => match (evidence.free.get(&ix), evidence.roots.get(&ix)) {
            (Some(distribution), _) => distribution.iter().enumerate().filter(|(_, p)| **p > 0.0).fold(0, |m, (s, _)| m | 1 << s),
            (None, Some(state)) => 1 << state,
            (None, None) => 1,
        },
        Mechanism::Sum => range(may(Push::Raises), may(Push::Lowers), 0b00100),
        Mechanism::Ratio(a, b) => {
            let mut mask = 0;
            for x in bits(support(*a)) {
                for y in bits(support(*b)) {
                    mask |= 1 << clamp(x - y);
                }
            }
            mask
        }
        Mechanism::Adapted(acute) => range(may(Push::Raises), may(Push::Lowers), support(*acute)),
        Mechanism::Finding { .. } => 0b11,
    }
}

/// Levels as −2..2.
fn bits(mask: u8) -> impl Iterator<Item = i8> {
    (0..5_i8).filter(move |s| mask >> s & 1 == 1).map(|s| s - 2)
}

/// A level held within ±2, as a state number.
fn clamp(level: i8) -> u8 {
    u8::try_from(level.clamp(-2, 2) + 2).unwrap_or(2)
}

fn range(up: u8, down: u8, start: u8) -> u8 {
    let (up, down) = (i8::try_from(up).unwrap_or(2), i8::try_from(down).unwrap_or(2));
    let mut mask = 0;
    for s in bits(start) {
        for u in 0..=up {
            for d in 0..=down {
                mask |= 1 << clamp(s + u - d);
            }
        }
    }
    mask
}
