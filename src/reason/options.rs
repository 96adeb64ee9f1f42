//! Interventions that act against a hypothesis, found by letting each act alone and seeing which way it pushes the signal's sites.

use super::credit::Deviation;
use super::support::{Evidence, Support};
use crate::case::Case;
use crate::graph::{Direction, Formula, Graph, VarIx, VarKind};
use crate::knowledge::{ExposureState, Intervention, Knowledge, QuantityKind};
use std::collections::BTreeSet;

/// An intervention that would act against a hypothesis.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Remedy {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// drug, nutrient, diet, behaviour, procedure or antidote.
    pub kind: String,
    /// start or stop.
    pub action: String,
    /// The hypothesis that it acts against: signal and direction.
    pub against: String,
    /// The steps of the signal's life, or its transmissions, that it pushes.
    pub acts_on: Vec<String>,
    /// Whether it acts at a step that is itself out of balance in this case.
    pub at_failed_step: bool,
    /// Reasons not to use it in this patient; weighing it is another matter.
    pub contraindicated: Vec<String>,
    /// References for benefit (`supports`) and against.
    pub evidence: Vec<Proof>,
}

/// A reference for or against a benefit.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Proof {
    /// For what.
    pub purpose: String,
    /// Reference id.
    pub reference: String,
    /// For (true) or against.
    pub supports: bool,
}

/// How an exposure alone pushes the body: every relevant variable in topological order.
pub struct Effects {
    order: Vec<VarIx>,
}

impl Effects {
    /// Prepares for a graph.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        Self {
            order: graph
                .vars()
                .map(|(v, _)| v)
                .filter(|v| !matches!(graph.get(*v).kind, VarKind::Observation(_) | VarKind::Term(_)))
                .collect(),
        }
    }

    /// Possible states when only this exposure is there.
    fn alone(&self, graph: &Graph, x: crate::knowledge::ExposureIx, state: ExposureState) -> Option<Support> {
        let var = graph.var(VarKind::Exposure(x))?;
        let mut evidence = Evidence::default();
        evidence.roots.insert(var, state.state());
        Some(Support::new(graph, &evidence, self.order.iter().copied()))
    }

    /// Interventions against the hypotheses, in the order of the hypotheses, then failed step first, then id. `failed` are quantities
    /// that are out of balance with a probability worth naming.
    #[must_use]
    pub fn remedies(&self, graph: &Graph, k: &Knowledge, case: &Case, hypotheses: &[Deviation], failed: &BTreeSet<VarIx>) -> Vec<Remedy> {
        let acting: Vec<(&Intervention, Support)> =
            k.interventions.iter().filter_map(|i| Some((i, self.alone(graph, i.through.0, i.through.1)?))).collect();
        let mut all = Vec::new();
        for hypothesis in hypotheses {
            let mut here = Vec::new();
            for (intervention, support) in &acting {
                if case.exposures.get(&intervention.through.0) == Some(&Some(intervention.through.1)) {
                    continue;
                }
                here.extend(remedy(graph, k, case, *hypothesis, failed, intervention, support));
            }
            here.extend(self.culprits(graph, k, case, *hypothesis));
            here.sort_by(|a, b| {
                let key = |r: &Remedy| (r.action != "stop", !r.contraindicated.is_empty(), !r.at_failed_step, r.id.clone());
                key(a).cmp(&key(b))
            });
            all.extend(here);
        }
        all
    }

    /// Drugs that the patient takes and that push the way of the hypothesis.
    fn culprits(&self, graph: &Graph, k: &Knowledge, case: &Case, hypothesis: Deviation) -> Vec<Remedy> {
        let mut all = Vec::new();
        for (x, state) in &case.exposures {
            let Some(state @ (ExposureState::Taking | ExposureState::Overdose)) = state else { continue };
            let Some(support) = self.alone(graph, *x, *state) else { continue };
            let sites = pushed(graph, k, &support, hypothesis.0, hypothesis.1);
            if !sites.is_empty() {
                let info = &k.exposures[x.index()];
                all.push(Remedy {
                    id: format!("stop-{}", info.id),
                    label: info.label.clone(),
                    kind: "drug".into(),
                    action: "stop".into(),
                    against: name(k, hypothesis),
                    acts_on: sites,
                    at_failed_step: true,
                    contraindicated: Vec::new(),
                    evidence: Vec::new(),
                });
            }
        }
        all
    }
}

fn name(k: &Knowledge, d: Deviation) -> String {
    format!("{} {}", k.signals[d.0.index()].id, d.1.name())
}

fn opposite(d: Direction) -> Direction {
    match d {
        Direction::Deficit => Direction::Excess,
        Direction::Excess => Direction::Deficit,
    }
}

/// Transmissions of a signal that are pushed one way and never the other.
fn pushed(graph: &Graph, k: &Knowledge, support: &Support, signal: crate::knowledge::SignalIx, way: Direction) -> Vec<String> {
    k.sites(signal)
        .iter()
        .filter_map(|q| {
            let mask = support.get(graph.var(VarKind::Quantity(*q))?);
            (mask & way.mask() != 0 && mask & opposite(way).mask() == 0).then(|| k.quantities[q.index()].label.clone())
        })
        .collect()
}

fn remedy(
    graph: &Graph,
    k: &Knowledge,
    case: &Case,
    hypothesis: Deviation,
    failed: &BTreeSet<VarIx>,
    i: &Intervention,
    support: &Support,
) -> Option<Remedy> {
    let sites = pushed(graph, k, support, hypothesis.0, opposite(hypothesis.1));
    if sites.is_empty() || !pushed(graph, k, support, hypothesis.0, hypothesis.1).is_empty() {
        return None;
    }
    // The steps that it moves tell where it acts; a drug that moves none acts on the transmissions themselves.
    let moved = |(ix, q): (usize, &crate::knowledge::Quantity)| -> Option<(String, bool)> {
        let QuantityKind::Step { signal, .. } = q.kind else { return None };
        let var = graph.var(VarKind::Quantity(crate::knowledge::QuantityIx::new(ix)))?;
        (signal == hypothesis.0 && support.get(var) != 0b00100).then(|| (q.label.clone(), failed.contains(&var)))
    };
    let steps: Vec<(String, bool)> = k.quantities.iter().enumerate().filter_map(moved).collect();
    let at_failed_step = steps.iter().any(|s| s.1);
    let acts_on = if steps.is_empty() { sites } else { steps.into_iter().map(|s| s.0).collect() };
    Some(Remedy {
        id: i.id.clone(),
        label: i.label.clone(),
        kind: i.kind.to_owned(),
        action: "start".into(),
        against: name(k, hypothesis),
        acts_on,
        at_failed_step,
        contraindicated: i.contraindicated.iter().filter(|c| holds(graph, k, case, &c.when)).map(|c| c.reason.clone()).collect(),
        evidence: i
            .benefit
            .iter()
            .map(|b| Proof { purpose: b.purpose.clone(), reference: b.reference.clone(), supports: b.supports })
            .collect(),
    })
}

/// Whether a contraindication holds by what the case itself says (facts and findings; hypotheses are weighed by `treat`).
fn holds(graph: &Graph, k: &Knowledge, case: &Case, when: &crate::knowledge::Condition) -> bool {
    let evidence = case.evidence(graph, k);
    let formula: Formula = graph.condition(k, when);
    formula.holds(&|v: VarIx| {
        let observed = evidence.allowed.get(&v).filter(|m| m.is_power_of_two()).map(|m| m.trailing_zeros() as usize);
        observed.or_else(|| evidence.roots.get(&v).copied()).unwrap_or_else(|| graph.get(v).kind.rest())
    })
}
