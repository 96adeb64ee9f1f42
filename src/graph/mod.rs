//! The causal graph: facts, quantities and observations as variables, rules as hyperedges with condition, push and strength.
//!
//! What no rule says is generated here and listed: the gates of a signal's life, ratios, HPO's hierarchy, the instances of class
//! rules for each member, idiopathic deviations, and the adapted copies that feedback rules act on.

mod compile;
mod condition;
mod cycles;
mod formula;
mod life;
mod view;

pub use formula::Formula;
pub use view::{GraphFormat, Stats};

pub(crate) use cycles::report_cycles;

use crate::hpo::{Hpo, TermId};
use crate::knowledge::{ExposureIx, FactIx, Knowledge, ObservationIx, Probability, QuantityIx, RuleIx, SignalIx};
use crate::written::Push;
use petgraph::graph::DiGraph;
use std::collections::HashMap;

/// A variable of the graph, numbered in topological order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarIx(pub(crate) u32);

impl VarIx {
    pub(crate) fn new(i: usize) -> Self {
        Self(u32::try_from(i).unwrap_or(u32::MAX))
    }
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// An edge of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeIx(pub(crate) u32);

impl EdgeIx {
    pub(crate) fn new(i: usize) -> Self {
        Self(u32::try_from(i).unwrap_or(u32::MAX))
    }
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Too low or too high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Too low.
    Deficit,
    /// Too high.
    Excess,
}

impl Direction {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Deficit, Self::Excess];

    /// `deficit` or `excess`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deficit => "deficit",
            Self::Excess => "excess",
        }
    }

    /// Bit mask over −2..+2 of the states that deviate so.
    pub(crate) fn mask(self) -> u8 {
        match self {
            Self::Deficit => 0b00011,
            Self::Excess => 0b11000,
        }
    }

    /// Bit mask of the marked state.
    pub(crate) fn marked_mask(self) -> u8 {
        match self {
            Self::Deficit => 0b00001,
            Self::Excess => 0b10000,
        }
    }
}

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VarKind {
    /// False, true.
    Fact(FactIx),
    /// None, taking, overdose, withdrawal.
    Exposure(ExposureIx),
    /// A deviation of a site without a cause in the base: none, one degree, two.
    Idiopathic(QuantityIx, Direction),
    /// −2..+2.
    Quantity(QuantityIx),
    /// −2..+2 after compensation.
    Adapted(QuantityIx),
    /// Absent, present.
    Observation(ObservationIx),
    /// A term of HPO that the base does not have itself, but more specific observations of which it has.
    Term(TermId),
}

/// Number of states of a quantity.
pub(crate) const LEVELS: usize = 5;
/// Index of the balanced state.
pub(crate) const BALANCED: usize = 2;

impl VarKind {
    /// Number of states.
    #[must_use]
    pub fn states(self) -> usize {
        match self {
            Self::Fact(_) | Self::Observation(_) | Self::Term(_) => 2,
            Self::Exposure(_) => 4,
            Self::Idiopathic(..) => 3,
            Self::Quantity(_) | Self::Adapted(_) => LEVELS,
        }
    }

    /// The state in which nothing is the matter.
    #[must_use]
    pub fn rest(self) -> usize {
        match self {
            Self::Quantity(_) | Self::Adapted(_) => BALANCED,
            _ => 0,
        }
    }

    /// Whether it has a prior instead of causes.
    #[must_use]
    pub fn is_root(self) -> bool {
        matches!(self, Self::Fact(_) | Self::Exposure(_) | Self::Idiopathic(..))
    }
}

/// Distribution of a root, which may depend on other roots: the first entry whose variable is in one of the states counts.
#[derive(Clone, Debug)]
pub struct Prior {
    /// When nothing below matches.
    pub base: Vec<f64>,
    /// (variable, mask of its states, distribution then).
    pub given: Vec<(VarIx, u8, Vec<f64>)>,
}

/// How a variable without a prior gets its state.
#[derive(Clone, Debug)]
pub enum Mechanism {
    /// A root.
    Prior(Prior),
    /// U − D from its edges, each held to 2.
    Sum,
    /// A − B of two quantities, held within ±2.
    Ratio(VarIx, VarIx),
    /// The acute state plus the feedback edges' sum, held within ±2.
    Adapted(VarIx),
    /// Present if a showing edge or the leak fires and no preventing edge does.
    Finding {
        /// P(present | no modelled cause).
        leak: f64,
    },
}

/// A variable.
#[derive(Clone, Debug)]
pub struct Var {
    /// What it stands for.
    pub kind: VarKind,
    /// How it gets its state.
    pub mechanism: Mechanism,
    /// Edges that act on it.
    pub incoming: Vec<EdgeIx>,
}

/// Where an edge comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A rule (or its instance for one member of a class).
    Rule(RuleIx),
    /// The order of a signal's life.
    Life(SignalIx, &'static str),
    /// HPO's hierarchy.
    IsA,
    /// An idiopathic deviation reaching its site.
    Idiopathic,
}

/// A hyperedge: when the condition holds, the push arrives with the strength's probability.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Origin.
    pub origin: Origin,
    /// Condition, `unless` included.
    pub when: Formula,
    /// Where this holds too, the push is of two degrees.
    pub doubled: Option<Formula>,
    /// What it acts on.
    pub target: VarIx,
    /// What it does.
    pub push: Push,
    /// Degrees, 1 or 2.
    pub degrees: u8,
    /// P(push arrives | condition).
    pub strength: Probability,
    /// Interval of the strength.
    pub interval: (f64, f64),
    /// Onset, if stated.
    pub onset: Option<&'static str>,
    /// From a contested rule.
    pub contested: bool,
}

/// The compiled graph.
#[derive(Debug)]
pub struct Graph {
    pub(crate) vars: Vec<Var>,
    pub(crate) edges: Vec<Edge>,
    by_kind: HashMap<VarKind, VarIx>,
    /// Links between variables; petgraph stays private to this module.
    links: DiGraph<VarIx, ()>,
    /// Node of each variable.
    nodes: Vec<petgraph::graph::NodeIndex>,
}

/// What is compiled in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Include rules whose standing is contested.
    pub contested: bool,
    /// Leave out rules that cannot have acted yet.
    pub course: Option<Course>,
}

/// How long the illness has lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Course {
    /// Up to an hour.
    Minutes,
    /// Up to a day.
    Hours,
    /// Up to a week.
    Days,
    /// Up to a month.
    Weeks,
    /// Longer.
    Months,
    /// Comes and goes.
    Episodic,
    /// From birth or early childhood.
    Lifelong,
}

impl Course {
    /// Whether a rule with that onset can have acted.
    #[must_use]
    pub fn allows(self, onset: Option<&str>) -> bool {
        let rank = |o: &str| ["minutes", "hours", "days", "weeks", "months"].iter().position(|x| *x == o).unwrap_or(0);
        let limit = match self {
            Self::Minutes => 0,
            Self::Hours => 1,
            Self::Days => 2,
            Self::Weeks => 3,
            Self::Months | Self::Episodic | Self::Lifelong => 4,
        };
        onset.is_none_or(|o| rank(o) <= limit)
    }
}

impl Graph {
    /// The variable of a kind, if the base has it.
    #[must_use]
    pub fn var(&self, kind: VarKind) -> Option<VarIx> {
        self.by_kind.get(&kind).copied()
    }

    /// All variables in topological order.
    pub fn vars(&self) -> impl Iterator<Item = (VarIx, &Var)> {
        self.vars.iter().enumerate().map(|(i, v)| (VarIx::new(i), v))
    }

    /// A variable.
    #[must_use]
    pub fn get(&self, var: VarIx) -> &Var {
        &self.vars[var.index()]
    }

    /// The variables that a variable listens to, in order.
    #[must_use]
    pub fn parents(&self, var: VarIx) -> Vec<VarIx> {
        let mut parents: Vec<VarIx> =
            self.links.neighbors_directed(self.nodes[var.index()], petgraph::Direction::Incoming).map(|n| self.links[n]).collect();
        parents.sort_unstable();
        parents
    }

    /// An edge.
    #[must_use]
    pub fn edge(&self, edge: EdgeIx) -> &Edge {
        &self.edges[edge.index()]
    }

    /// All edges.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeIx, &Edge)> {
        self.edges.iter().enumerate().map(|(i, e)| (EdgeIx::new(i), e))
    }

    /// Label of a variable, as a person would say it.
    #[must_use]
    pub fn label(&self, var: VarIx, k: &Knowledge) -> String {
        match self.get(var).kind {
            VarKind::Fact(f) => k.facts[f.index()].label.clone(),
            VarKind::Exposure(x) => k.exposures[x.index()].label.clone(),
            VarKind::Idiopathic(q, d) => format!("{} {} without a cause in the base", k.quantities[q.index()].label, d.name()),
            VarKind::Quantity(q) => k.quantities[q.index()].label.clone(),
            VarKind::Adapted(q) => format!("adapted {}", k.quantities[q.index()].label),
            VarKind::Observation(o) => k.observations[o.index()].label.clone(),
            VarKind::Term(t) => Hpo::embedded().term(t).map_or_else(|| t.to_string(), |t| t.label().to_owned()),
        }
    }

    /// Stable id of a variable.
    #[must_use]
    pub fn id(&self, var: VarIx, k: &Knowledge) -> String {
        match self.get(var).kind {
            VarKind::Fact(f) => k.facts[f.index()].id.clone(),
            VarKind::Exposure(x) => k.exposures[x.index()].id.clone(),
            VarKind::Idiopathic(q, d) => format!("idiopathic-{}.{}", d.name(), k.quantities[q.index()].id),
            VarKind::Quantity(q) => k.quantities[q.index()].id.clone(),
            VarKind::Adapted(q) => format!("adapted-{}", k.quantities[q.index()].id),
            VarKind::Observation(o) => k.observations[o.index()].id.clone(),
            VarKind::Term(t) => t.to_string(),
        }
    }
}
