//! Derivations as values, and a checker that replays them.

use crate::graph::{Graph, Origin, VarIx};
use crate::knowledge::Knowledge;
use crate::written::Push;

/// One step of a derivation: an edge from causes to effect.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Step {
    /// Rule id, or `life`, `is_a`, `idiopathic` for what the compiler made.
    pub rule: String,
    /// What it came from, in words.
    pub from: String,
    /// What it did: raises, lowers, shows.
    pub push: String,
    /// To what, in words.
    pub to: String,
}

/// A chain from cause to finding.
#[derive(Clone, Debug, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct Derivation {
    /// Steps from the cause to the finding.
    pub steps: Vec<Step>,
    /// Expected credit that went along it, 0 to 1.
    pub share: f64,
}

/// Name of an edge's origin in derivations.
#[must_use]
pub fn origin(origin: Origin, k: &Knowledge) -> String {
    match origin {
        Origin::Rule(r) => k.rules[r.index()].id.clone(),
        Origin::Life(..) => "life".into(),
        Origin::IsA => "is_a".into(),
        Origin::Idiopathic => "idiopathic".into(),
    }
}

/// Name of a push.
#[must_use]
pub fn push(push: Push) -> &'static str {
    match push {
        Push::Raises => "raises",
        Push::Lowers => "lowers",
        Push::Shows => "shows",
        Push::Prevents => "prevents",
    }
}

/// A derivation from a path that starts at the finding.
#[must_use]
pub fn derivation(graph: &Graph, k: &Knowledge, path: &[crate::graph::EdgeIx], share: f64) -> Derivation {
    let steps = path
        .iter()
        .rev()
        .map(|e| {
            let edge = graph.edge(*e);
            let from = match edge.origin {
                Origin::Rule(r) => k.rules[r.index()].when_words.clone(),
                Origin::Life(_, why) => format!("{} ({why})", names(graph, k, &edge.when.vars())),
                Origin::IsA | Origin::Idiopathic => names(graph, k, &edge.when.vars()),
            };
            Step { rule: origin(edge.origin, k), from, push: push(edge.push).to_owned(), to: graph.label(edge.target, k) }
        })
        .collect();
    Derivation { steps, share }
}

fn names(graph: &Graph, k: &Knowledge, vars: &[VarIx]) -> String {
    vars.first().map_or_else(String::new, |v| graph.label(*v, k))
}

/// Why a derivation does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It has no steps.
    #[error("a derivation without steps")]
    Empty,
    /// A rule that the base does not have, or that is withdrawn.
    #[error("{0} is not a rule in force")]
    NoRule(String),
    /// A step's words are not the rule's.
    #[error("{0} does not say that {1}")]
    OtherClaim(String, String),
    /// Two steps do not meet: the effect of one is not in the condition of the next.
    #[error("{0} does not follow from {1}")]
    Gap(String, String),
    /// The last step does not show the finding.
    #[error("the chain ends at {0} and not at the finding")]
    WrongEnd(String),
}

/// Replays a derivation against the rules, apart from the reasoner: every rule exists and says what the step says, each step's
/// effect stands in the condition of the next, and the last one shows the finding.
///
/// # Errors
/// [`Broken`] with the first fault.
pub fn check(derivation: &Derivation, k: &Knowledge, finding: &str) -> Result<(), Broken> {
    let Some(last) = derivation.steps.last() else { return Err(Broken::Empty) };
    for step in &derivation.steps {
        if matches!(step.rule.as_str(), "life" | "is_a" | "idiopathic") {
            continue;
        }
        let rule = k.rule(&step.rule).map(|r| &k.rules[r.index()]).filter(|r| r.standing != crate::written::Standing::Withdrawn);
        let Some(rule) = rule else { return Err(Broken::NoRule(step.rule.clone())) };
        if push(rule.push) != step.push || rule.when_words != step.from {
            return Err(Broken::OtherClaim(step.rule.clone(), format!("{} {} {}", step.from, step.push, step.to)));
        }
        let target = match rule.target {
            crate::knowledge::Target::Quantity(q) => &k.quantities[q.index()].label,
            crate::knowledge::Target::Observation(o) => &k.observations[o.index()].label,
        };
        if step.to != *target && step.to != format!("adapted {target}") {
            return Err(Broken::OtherClaim(step.rule.clone(), format!("it {} {}", step.push, step.to)));
        }
    }
    for pair in derivation.steps.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        if let Some(rule) = k.rule(&after.rule) {
            let rule = &k.rules[rule.index()];
            let named = rule.when.literals().iter().any(|l| mentions(k, *l, &before.to));
            if !named {
                return Err(Broken::Gap(after.rule.clone(), before.to.clone()));
            }
        }
    }
    if last.to != finding {
        return Err(Broken::WrongEnd(last.to.clone()));
    }
    Ok(())
}

/// Whether a test speaks of the thing with that label; a narrower step's test is also met by the wider step, and a ratio's by
/// its two transmissions.
fn mentions(k: &Knowledge, literal: crate::knowledge::Literal, label: &str) -> bool {
    use crate::knowledge::{Literal, QuantityKind};
    let label = label.strip_prefix("adapted ").unwrap_or(label);
    match literal {
        Literal::Quantity { quantity, .. } => {
            let q = &k.quantities[quantity.index()];
            let wider = || {
                let QuantityKind::Step { signal, step, .. } = &q.kind else { return false };
                k.quantities.iter().any(|o| {
                    o.label == label && matches!(&o.kind, QuantityKind::Step { signal: s, step: t, .. } if s == signal && t == step)
                })
            };
            let part = || match q.kind {
                QuantityKind::Ratio { over, under } => [over, under].iter().any(|x| k.quantities[x.index()].label == label),
                _ => false,
            };
            q.label == label || wider() || part()
        }
        Literal::Observation(o) => k.observations[o.index()].label == label,
        Literal::Fact(f) => k.facts[f.index()].label == label,
        Literal::Exposure(x, _) => k.exposures[x.index()].label == label,
    }
}
