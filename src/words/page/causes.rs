//! A thing's place in the graph: what acts on it, and what follows from it.

use super::Link;
use super::link::{can_reach, target_var};
use crate::graph::{Edge, Formula, Graph, Mechanism, Origin, VarIx, VarKind};
use crate::knowledge::{Knowledge, Rule, RuleIx, Target};
use crate::written::{Push, Standing};
use std::collections::BTreeSet;

/// Links in a fixed order: rules by id, then what was generated, each once (a rule about a class has many edges).
fn links<'e>(k: &Knowledge, graph: &Graph, edges: impl Iterator<Item = &'e Edge>) -> Vec<Link> {
    let mut rules: BTreeSet<RuleIx> = BTreeSet::new();
    let mut generated = Vec::new();
    for edge in edges {
        match edge.origin {
            Origin::Rule(rule) => {
                rules.insert(rule);
            }
            _ => generated.push(Link::of_edge(k, graph, edge)),
        }
    }
    let mut all: Vec<Link> = rules.into_iter().map(|r| Link::of_rule(k, &k.rules[r.index()])).collect();
    generated.sort_by(|a, b| (a.origin, &a.target, &a.when).cmp(&(b.origin, &b.target, &b.when)));
    all.extend(generated);
    all
}

/// Rules that are in use but have no edge in this graph: contested ones, or those that cannot have acted yet.
fn left_out<'k>(k: &'k Knowledge, graph: &Graph) -> Vec<&'k Rule> {
    let compiled: BTreeSet<RuleIx> =
        graph.edges().filter_map(|(_, e)| if let Origin::Rule(r) = e.origin { Some(r) } else { None }).collect();
    let out = |(i, r): &(usize, &Rule)| r.standing != Standing::Withdrawn && !compiled.contains(&RuleIx::new(*i));
    k.rules.iter().enumerate().filter(out).map(|(_, r)| r).collect()
}

/// Adds rules that are left out of the graph among those that are in it, by id.
fn with_left_out(mut links: Vec<Link>, rules: Vec<&Rule>, k: &Knowledge) -> Vec<Link> {
    links.extend(rules.into_iter().map(|r| Link::of_rule(k, r)));
    // Rules before what was generated; the sort is stable, so that generated links keep their order.
    links.sort_by(|a, b| a.rule.is_none().cmp(&b.rule.is_none()).then(a.rule.cmp(&b.rule)));
    links
}

/// The adapted copy of a quantity's variable.
fn adapted(graph: &Graph, var: VarIx) -> Option<VarIx> {
    match graph.get(var).kind {
        VarKind::Quantity(q) => graph.var(VarKind::Adapted(q)),
        _ => None,
    }
}

/// What follows from what a rule does, also through the adapted copy of its target.
pub(super) fn following_rule(k: &Knowledge, graph: &Graph, rule: &Rule) -> Vec<Link> {
    let Some(target) = target_var(graph, rule) else { return Vec::new() };
    let mut all = following(k, graph, target, Some(rule.push));
    if let Some(copy) = adapted(graph, target) {
        for link in following(k, graph, copy, Some(rule.push)) {
            // A rule that asks for both states is listed once.
            if link.rule.is_none() || all.iter().all(|l| l.rule != link.rule) {
                all.push(link);
            }
        }
    }
    with_left_out(all, Vec::new(), k)
}

/// What brings about a rule's condition: for each variable that it tests, what pushes it into the tested states.
pub(super) fn feeding(k: &Knowledge, graph: &Graph, rule: &Rule) -> Vec<Link> {
    let mut tests = graph.condition(k, &rule.when).tests();
    if matches!(rule.target, Target::Observation(o) if !k.observations[o.index()].acute) {
        // A finding follows the adapted state where there is one; what feeds the acute state reaches it through that.
        let copies: Vec<_> = tests.iter().filter_map(|(v, mask, positive)| Some((adapted(graph, *v)?, *mask, *positive))).collect();
        tests.extend(copies);
    }
    let mut edges = BTreeSet::new();
    let mut made = Vec::new();
    for (var, mask, _) in &tests {
        let info = graph.get(*var);
        edges.extend(info.incoming.iter().copied().filter(|e| can_reach(info.kind, graph.edge(*e).push, *mask)));
        made.extend(Link::made_of(k, graph, *var));
    }
    let mut all = links(k, graph, edges.into_iter().map(|e| graph.edge(e)));
    all.extend(made);
    let feeds = |r: &&Rule| {
        let target = target_var(graph, r);
        tests.iter().any(|(var, mask, _)| Some(*var) == target && can_reach(graph.get(*var).kind, r.push, *mask))
    };
    with_left_out(all, left_out(k, graph).into_iter().filter(feeds).collect(), k)
}

/// What follows from a variable being pushed so. Without a push: all that asks for it, also what it switches off.
pub(super) fn following(k: &Knowledge, graph: &Graph, var: VarIx, push: Option<Push>) -> Vec<Link> {
    let kind = graph.get(var).kind;
    let asks = |formula: &Formula| {
        let follows = |(v, mask, positive): (VarIx, u8, bool)| v == var && push.is_none_or(|p| positive && can_reach(kind, p, mask));
        formula.tests().into_iter().any(follows)
    };
    let mut all = links(k, graph, graph.edges().map(|(_, e)| e).filter(|e| asks(&e.when)));
    for (other, info) in graph.vars() {
        let made = match info.mechanism {
            Mechanism::Ratio(a, b) => a == var || b == var,
            Mechanism::Adapted(a) => a == var,
            _ => false,
        };
        if made {
            all.extend(Link::made_of(k, graph, other).into_iter().filter(|l| l.when == graph.label(var, k)));
        }
    }
    let out = left_out(k, graph).into_iter().filter(|r| asks(&graph.condition(k, &r.when))).collect();
    with_left_out(all, out, k)
}

/// The rules whose condition or `unless` tests a variable, whatever their standing.
pub(super) fn rules_testing(k: &Knowledge, graph: &Graph, kind: VarKind) -> Vec<Link> {
    let Some(var) = graph.var(kind) else { return Vec::new() };
    let tests = |rule: &Rule| std::iter::once(&rule.when).chain(&rule.unless).any(|c| graph.condition(k, c).vars().contains(&var));
    k.rules.iter().filter(|r| tests(r)).map(|r| Link::of_rule(k, r)).collect()
}

/// The generated links on a variable.
pub(super) fn generated_on(k: &Knowledge, graph: &Graph, var: VarIx) -> Vec<Link> {
    let mut all = links(k, graph, graph.get(var).incoming.iter().map(|e| graph.edge(*e)).filter(|e| !matches!(e.origin, Origin::Rule(_))));
    all.extend(Link::made_of(k, graph, var));
    all
}
