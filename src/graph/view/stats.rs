//! What a base and its graph consist of, counted.

use crate::graph::{Graph, Mechanism, Origin, VarIx, VarKind};
use crate::knowledge::{Basis, Knowledge, QuantityKind, Rule, Target};
use crate::written::{Standing, StudyKind};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// Counts of a base and of the graph compiled from it; every number is a count unless its field says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stats {
    /// What the files say.
    pub knowledge: KnowledgeStats,
    /// What was compiled from them.
    pub graph: GraphStats,
}

/// A name with how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// What the files of a base say, counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct KnowledgeStats {
    /// Signals.
    pub signals: usize,
    /// Circuits.
    pub circuits: usize,
    /// Transmissions: a signal's sites.
    pub transmissions: usize,
    /// Steps of signals' lives, in every place that something names.
    pub steps: usize,
    /// Bodily functions.
    pub functions: usize,
    /// Ratios of two transmissions.
    pub ratios: usize,
    /// Observations.
    pub observations: usize,
    /// Observations bound to an HPO term.
    pub observations_with_hpo: usize,
    /// Exposures, classes and members together.
    pub exposures: usize,
    /// Exposures that others are members of, or whose kind is `class`.
    pub exposure_classes: usize,
    /// Exposures that belong to a class.
    pub exposure_members: usize,
    /// Facts.
    pub facts: usize,
    /// Interventions.
    pub interventions: usize,
    /// Alerts.
    pub alerts: usize,
    /// Observed frequencies.
    pub frequencies: usize,
    /// Rules, withdrawn ones included.
    pub rules: usize,
    /// Rules by standing: established, probable, contested, withdrawn.
    pub rules_by_standing: Vec<Count>,
    /// Rules not withdrawn by the best kind of study that supports them, best first.
    pub rules_by_best_study: Vec<Count>,
    /// Rules not withdrawn whose strength was measured at the link.
    pub strengths_measured: usize,
    /// Rules not withdrawn whose strength is an assumed band.
    pub strengths_assumed: usize,
    /// References declared.
    pub references: usize,
    /// Mean number of different references per rule not withdrawn, supporting or refuting; 0 without rules.
    pub references_per_rule: f64,
    /// Ids of the rules not withdrawn that rest on a single supporting reference.
    pub rules_on_one_reference: Vec<String>,
}

/// A quantity with an adapted copy, and the feedback rules that act on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AdaptedCopy {
    /// Id of the quantity.
    pub quantity: String,
    /// Ids of the rules.
    pub rules: Vec<String>,
}

/// What was compiled, counted and listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GraphStats {
    /// Variables.
    pub variables: usize,
    /// Edges: one condition, one push.
    pub edges: usize,
    /// Edges that are rules or instances of rules.
    pub rule_edges: usize,
    /// Edges of the order of signals' lives.
    pub life_edges: usize,
    /// Edges of HPO's hierarchy.
    pub is_a_edges: usize,
    /// Edges from deviations without a cause in the base.
    pub idiopathic_edges: usize,
    /// Edges that a rule about a class has beyond its own, one for each member.
    pub class_instances: usize,
    /// Links in the longest causal chain.
    pub longest_chain_links: usize,
    /// The longest causal chain as ids of variables, from root to end.
    pub longest_chain: Vec<String>,
    /// Ids of the ratios made.
    pub ratios: Vec<String>,
    /// Quantities whose loops were unrolled.
    pub adapted_copies: Vec<AdaptedCopy>,
    /// Links of HPO's hierarchy: the more specific id, the more general one.
    pub is_a_links: Vec<(String, String)>,
}

/// Kinds of study from the strongest to the weakest, in the order of the grades by which a rule's standing is judged.
const BEST_FIRST: [StudyKind; 12] = [
    StudyKind::MetaAnalysis,
    StudyKind::RandomisedTrial,
    StudyKind::Cohort,
    StudyKind::CaseControl,
    StudyKind::HumanExperiment,
    StudyKind::Guideline,
    StudyKind::Criteria,
    StudyKind::CaseSeries,
    StudyKind::Review,
    StudyKind::CaseReport,
    StudyKind::Animal,
    StudyKind::InVitro,
];

impl Stats {
    /// Counts a base and the graph compiled from it.
    #[must_use]
    pub fn of(knowledge: &Knowledge, graph: &Graph) -> Self {
        Self { knowledge: KnowledgeStats::of(knowledge), graph: GraphStats::of(knowledge, graph) }
    }
}

impl KnowledgeStats {
    fn of(k: &Knowledge) -> Self {
        let kinds = |is: fn(&QuantityKind) -> bool| k.quantities.iter().filter(|q| is(&q.kind)).count();
        let used: Vec<&Rule> = k.rules.iter().filter(|r| r.standing != Standing::Withdrawn).collect();
        let classes: BTreeSet<_> = k.exposures.iter().flat_map(|x| x.member_of.iter().copied()).collect();
        let measured = used.iter().filter(|r| !matches!(r.strength.basis, Basis::Assumed(_))).count();
        let cited: usize = used.iter().map(|r| different(r, false).len()).sum();
        // Bases have far fewer than 2^52 citations.
        #[allow(clippy::cast_precision_loss)]
        let references_per_rule = if used.is_empty() { 0.0 } else { cited as f64 / used.len() as f64 };
        Self {
            signals: k.signals.len(),
            circuits: k.circuits.len(),
            transmissions: kinds(|q| matches!(q, QuantityKind::Transmission { .. })),
            steps: kinds(|q| matches!(q, QuantityKind::Step { .. })),
            functions: kinds(|q| matches!(q, QuantityKind::Function)),
            ratios: kinds(|q| matches!(q, QuantityKind::Ratio { .. })),
            observations: k.observations.len(),
            observations_with_hpo: k.observations.iter().filter(|o| o.hpo.is_some()).count(),
            exposures: k.exposures.len(),
            exposure_classes: k
                .exposures
                .iter()
                .enumerate()
                .filter(|(i, x)| x.kind == "class" || classes.iter().any(|c| c.index() == *i))
                .count(),
            exposure_members: k.exposures.iter().filter(|x| !x.member_of.is_empty()).count(),
            facts: k.facts.len(),
            interventions: k.interventions.len(),
            alerts: k.alerts.len(),
            frequencies: k.frequencies.len(),
            rules: k.rules.len(),
            rules_by_standing: by_standing(&k.rules),
            rules_by_best_study: by_best_study(&used),
            strengths_measured: measured,
            strengths_assumed: used.len() - measured,
            references: k.references.len(),
            references_per_rule,
            rules_on_one_reference: used.iter().filter(|r| different(r, true).len() == 1).map(|r| r.id.clone()).collect(),
        }
    }
}

/// The different references of a rule, or those that support it.
fn different(rule: &Rule, supporting: bool) -> BTreeSet<&str> {
    rule.evidence.iter().filter(|e| e.supports || !supporting).map(|e| e.reference.value.as_str()).collect()
}

fn by_standing(rules: &[Rule]) -> Vec<Count> {
    [
        ("established", Standing::Established),
        ("probable", Standing::Probable),
        ("contested", Standing::Contested),
        ("withdrawn", Standing::Withdrawn),
    ]
    .into_iter()
    .map(|(name, standing)| Count { name: name.to_owned(), count: rules.iter().filter(|r| r.standing == standing).count() })
    .collect()
}

fn by_best_study(rules: &[&Rule]) -> Vec<Count> {
    let rank = |s: StudyKind| BEST_FIRST.iter().position(|b| *b == s).unwrap_or(BEST_FIRST.len());
    let best: Vec<Option<usize>> = rules.iter().map(|r| r.evidence.iter().filter(|e| e.supports).map(|e| rank(e.study)).min()).collect();
    BEST_FIRST
        .into_iter()
        .enumerate()
        .map(|(i, kind)| Count { name: kind.name().to_owned(), count: best.iter().filter(|b| **b == Some(i)).count() })
        .filter(|c| c.count > 0)
        .collect()
}

impl GraphStats {
    fn of(k: &Knowledge, graph: &Graph) -> Self {
        let mut stats = Self { variables: graph.vars.len(), edges: graph.edges.len(), ..Self::default() };
        let mut rules = BTreeSet::new();
        for edge in &graph.edges {
            match edge.origin {
                Origin::Rule(rule) => {
                    stats.rule_edges += 1;
                    rules.insert(rule);
                }
                Origin::Life(..) => stats.life_edges += 1,
                Origin::IsA => {
                    stats.is_a_edges += 1;
                    let general = graph.id(edge.target, k);
                    stats.is_a_links.extend(edge.when.vars().into_iter().map(|v| (graph.id(v, k), general.clone())));
                }
                Origin::Idiopathic => stats.idiopathic_edges += 1,
            }
        }
        stats.class_instances = stats.rule_edges - rules.len();
        for (var, info) in graph.vars() {
            match (info.kind, &info.mechanism) {
                (_, Mechanism::Ratio(..)) => stats.ratios.push(graph.id(var, k)),
                (VarKind::Adapted(q), _) => stats.adapted_copies.push(AdaptedCopy {
                    quantity: k.quantities[q.index()].id.clone(),
                    rules: k.rules.iter().filter(|r| r.feedback && r.target == Target::Quantity(q)).map(|r| r.id.clone()).collect(),
                }),
                _ => {}
            }
        }
        stats.ratios.sort();
        stats.adapted_copies.sort_by(|a, b| a.quantity.cmp(&b.quantity));
        stats.is_a_links.sort();
        let chain = longest_chain(graph);
        stats.longest_chain_links = chain.len().saturating_sub(1);
        stats.longest_chain = chain.into_iter().map(|v| graph.id(v, k)).collect();
        stats
    }
}

/// The longest path; variables are numbered in topological order, so one pass suffices. Ties go to the lower number.
fn longest_chain(graph: &Graph) -> Vec<VarIx> {
    let mut best: Vec<(usize, Option<VarIx>)> = Vec::with_capacity(graph.vars.len());
    for (var, info) in graph.vars() {
        let mut here = (0, None);
        // A prior that depends on another fact (an indication) is no cause.
        let parents = if info.kind.is_root() { Vec::new() } else { graph.parents(var) };
        for parent in parents {
            let length = best[parent.index()].0 + 1;
            if length > here.0 {
                here = (length, Some(parent));
            }
        }
        best.push(here);
    }
    let longest = best.iter().map(|b| b.0).max().unwrap_or(0);
    let mut at = best.iter().position(|b| b.0 == longest).map(VarIx::new);
    let mut chain = Vec::new();
    while let Some(var) = at {
        chain.push(var);
        at = best[var.index()].1;
    }
    chain.reverse();
    chain
}
