//! Forward reasoning: what follows from facts and from deviations set by intervention.
//!
//! Nothing else is the matter: facts that are not named are false, and no deviation is idiopathic. So a consequence is owed to what
//! was asked about, and its probability can be held against published frequencies.

use super::arrivals::state_in;
use super::credit::Path;
use super::diagnose::Chance;
use super::network::Network;
use super::plan::Plan;
use super::proof::{Derivation, derivation, origin};
use super::random::Random;
use super::support::{Evidence, Support};
use crate::graph::{Direction, Graph, Mechanism, VarIx, VarKind};
use crate::knowledge::{Knowledge, SignalIx};
use crate::written::Push;
use std::collections::{BTreeMap, HashMap};

/// A predicted deviation.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Deviated {
    /// Signal id.
    pub signal: String,
    /// deficit or excess.
    pub direction: Direction,
    /// P(some site is markedly so).
    pub marked: f64,
    /// P(some site deviates so).
    pub probability: Chance,
    /// Sites with their probabilities.
    pub sites: Vec<super::diagnose::Likely>,
}

/// A predicted consequence.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Consequence {
    /// Id of the observation or function.
    pub id: String,
    /// HPO id of an observation.
    pub hpo: Option<String>,
    /// Label.
    pub label: String,
    /// present, low or high.
    pub state: String,
    /// P; the prior is that without anything the matter.
    pub probability: Chance,
    /// The longest onset along the heaviest chain.
    pub onset: Option<String>,
    /// Heaviest chains as rule ids, from cause to consequence.
    pub derivations: Vec<Vec<String>>,
    /// The same, step by step.
    pub chains: Vec<Derivation>,
}

/// Consequences of one domain.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Domain {
    /// Domain.
    pub id: String,
    /// Consequences, most probable first.
    pub consequences: Vec<Consequence>,
}

/// The answer to a prediction.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// Deviations by P(marked), then P.
    pub deviations: Vec<Deviated>,
    /// By domain.
    pub domains: Vec<Domain>,
    /// Largest gap between bounds (0: exact).
    pub gap: f64,
}

/// A consequence is listed from this excess over its leak.
const WORTH_NAMING: f64 = 0.02;
const CELLS: usize = 20_000_000;

/// Predicts. `evidence.roots` are facts, `evidence.set` quantities set by intervention.
#[must_use]
pub fn predict(knowledge: &Knowledge, graph: &Graph, evidence: &Evidence) -> Prediction {
    Run { k: knowledge, graph, evidence, support: Support::new(graph, evidence, graph.vars().map(|(v, _)| v)) }.answer()
}

struct Run<'a> {
    k: &'a Knowledge,
    graph: &'a Graph,
    evidence: &'a Evidence,
    support: Support,
}

impl Run<'_> {
    /// P(at least one test passes), with bounds.
    fn any(&self, tests: &[(VarIx, u8)]) -> (f64, (f64, f64)) {
        let sure = |t: &(VarIx, u8)| self.support.get(t.0) & !t.1 == 0;
        if tests.iter().any(sure) {
            return (1.0, (1.0, 1.0));
        }
        let open: Vec<(VarIx, u8)> = tests.iter().copied().filter(|(v, m)| self.support.get(*v) & m != 0).collect();
        if open.is_empty() {
            return (0.0, (0.0, 0.0));
        }
        match self.probability(&open, &mut Vec::new()) {
            (p, 0.0) => (p, (p, p)),
            (p, gap) => (p, (p, (p + gap).min(1.0))),
        }
    }

    /// P and the part left open, split on the busiest variables where a network is too large.
    fn probability(&self, tests: &[(VarIx, u8)], splits: &mut Vec<(VarIx, u8)>) -> (f64, f64) {
        let mut evidence = self.evidence.clone();
        for (v, s) in splits.iter() {
            evidence.observe(*v, 1 << s);
        }
        let support = Support::new(self.graph, &evidence, self.graph.vars().map(|(v, _)| v));
        let targets: Vec<VarIx> = tests.iter().map(|t| t.0).collect();
        let net = Network::build(self.graph, &evidence, &support, &targets);
        if net.constant == 0.0 {
            return (0.0, 0.0);
        }
        match Plan::new(&net, CELLS) {
            Ok(plan) => {
                let total = plan.log_z(&net).exp();
                if tests.iter().any(|(v, m)| support.get(*v) & !m == 0) {
                    return (total, 0.0);
                }
                let extra: Vec<_> = tests.iter().filter_map(|(v, m)| net.indicator(*v, !m)).collect();
                let none = plan.run(&net, &extra).log_z.exp();
                ((total - none).max(0.0), 0.0)
            }
            Err(_) => match net.busiest() {
                Some(var) if splits.len() < 6 => {
                    let (mut p, mut open) = (0.0, 0.0);
                    for s in (0..8_u8).filter(|s| support.get(var) >> s & 1 == 1) {
                        splits.push((var, s));
                        let (a, b) = self.probability(tests, splits);
                        splits.pop();
                        p += a;
                        open += b;
                    }
                    (p, open)
                }
                _ => (0.0, 1.0),
            },
        }
    }

    fn answer(&self) -> Prediction {
        let worlds = self.worlds(400);
        let mut gap: f64 = 0.0;
        let mut deviations = Vec::new();
        for s in 0..self.k.signals.len() {
            for d in Direction::BOTH {
                let deviated = self.deviated(SignalIx::new(s), d);
                if deviated.probability.value >= 0.01 {
                    gap = gap.max(deviated.probability.bounds.1 - deviated.probability.bounds.0);
                    deviations.push(deviated);
                }
            }
        }
        deviations.sort_by(|a, b| {
            let key = |x: &Deviated| (x.signal.clone(), x.direction);
            b.marked.total_cmp(&a.marked).then(b.probability.value.total_cmp(&a.probability.value)).then(key(a).cmp(&key(b)))
        });
        // What chance alone shows when nothing is the matter: the leaks, and the more specific findings' leaks.
        let nothing = Evidence::default();
        let rest = Run {
            k: self.k,
            graph: self.graph,
            evidence: &nothing,
            support: Support::new(self.graph, &nothing, self.graph.vars().map(|(v, _)| v)),
        };
        let mut by_domain: BTreeMap<String, Vec<Consequence>> = BTreeMap::new();
        for (ix, var) in self.graph.vars() {
            for (domain, consequence) in self.consequence(ix, var.kind, &worlds, &rest) {
                gap = gap.max(consequence.probability.bounds.1 - consequence.probability.bounds.0);
                by_domain.entry(domain).or_default().push(consequence);
            }
        }
        let mut domains: Vec<Domain> = by_domain.into_iter().map(|(id, consequences)| Domain { id, consequences }).collect();
        let place = |d: &str| crate::knowledge::DOMAINS.iter().position(|x| *x == d).unwrap_or(99);
        domains.sort_by_key(|d| place(&d.id));
        for d in &mut domains {
            d.consequences.sort_by(|a, b| b.probability.value.total_cmp(&a.probability.value).then(a.id.cmp(&b.id)));
        }
        Prediction { deviations, domains, gap }
    }

    fn deviated(&self, s: SignalIx, d: Direction) -> Deviated {
        let vars: Vec<(VarIx, &str, &str)> = self
            .k
            .sites(s)
            .iter()
            .filter_map(|q| {
                let info = &self.k.quantities[q.index()];
                Some((self.graph.var(VarKind::Quantity(*q))?, info.id.as_str(), info.label.as_str()))
            })
            .collect();
        let tests = |mask: u8| -> Vec<(VarIx, u8)> { vars.iter().map(|v| (v.0, mask)).collect() };
        let (value, bounds) = self.any(&tests(d.mask()));
        let marked = if value > 0.0 { self.any(&tests(d.marked_mask())).0 } else { 0.0 };
        let mut sites = Vec::new();
        if value > 0.0 {
            for (v, id, label) in &vars {
                let p = self.any(&[(*v, d.mask())]).0;
                if p >= 0.01 {
                    let direction = if d == Direction::Deficit { "low" } else { "high" };
                    sites.push(super::diagnose::Likely {
                        id: (*id).into(),
                        label: (*label).into(),
                        direction: direction.into(),
                        probability: p,
                    });
                }
            }
            sites.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
        }
        let probability = Chance { value, bounds, range: None, prior: None, bayes_factor: None };
        Deviated { signal: self.k.signals[s.index()].id.clone(), direction: d, marked, probability, sites }
    }

    fn consequence(&self, ix: VarIx, kind: VarKind, worlds: &[Vec<u8>], rest: &Self) -> Vec<(String, Consequence)> {
        let mut out = Vec::new();
        match (kind, &self.graph.get(ix).mechanism) {
            (VarKind::Observation(o), Mechanism::Finding { .. }) => {
                let touched = self.graph.get(ix).incoming.iter().any(|e| self.support.may_hold(&self.graph.edge(*e).when));
                if !touched {
                    return out;
                }
                let (value, bounds) = self.any(&[(ix, 0b10)]);
                let chance = rest.any(&[(ix, 0b10)]).0;
                if (value - chance).abs() < WORTH_NAMING {
                    return out;
                }
                let info = &self.k.observations[o.index()];
                let chains = self.chains(ix, 1, worlds);
                out.push((
                    info.domain.clone(),
                    Consequence {
                        id: info.id.clone(),
                        hpo: info.hpo.clone(),
                        label: info.label.clone(),
                        state: if value >= chance { "present".into() } else { "prevented".into() },
                        probability: Chance { value, bounds, range: None, prior: Some(chance), bayes_factor: None },
                        onset: self.onset(&chains),
                        derivations: self.ids(&chains),
                        chains: self.steps(&chains),
                    },
                ));
            }
            (VarKind::Quantity(q), _) => {
                let info = &self.k.quantities[q.index()];
                let Some(domain) = &info.domain else { return out };
                for d in Direction::BOTH {
                    let (value, bounds) = self.any(&[(ix, d.mask())]);
                    if value < WORTH_NAMING {
                        continue;
                    }
                    let chains = self.chains(ix, if d == Direction::Deficit { -1 } else { 1 }, worlds);
                    out.push((
                        domain.clone(),
                        Consequence {
                            id: info.id.clone(),
                            hpo: None,
                            label: info.label.clone(),
                            state: if d == Direction::Deficit { "low".into() } else { "high".into() },
                            probability: Chance { value, bounds, range: None, prior: Some(0.0), bayes_factor: None },
                            onset: self.onset(&chains),
                            derivations: self.ids(&chains),
                            chains: self.steps(&chains),
                        },
                    ));
                }
            }
            _ => {}
        }
        out
    }

    /// Worlds drawn forward from the facts.
    fn worlds(&self, count: usize) -> Vec<Vec<u8>> {
        let mut random = Random::new(7);
        let start: Vec<u8> = self
            .graph
            .vars()
            .map(|(v, var)| {
                let state = self.evidence.set.get(&v).or_else(|| self.evidence.roots.get(&v)).copied().unwrap_or(var.kind.rest());
                u8::try_from(state).unwrap_or(0)
            })
            .collect();
        (0..count).map(|_| draw(self.graph, &start, &self.evidence.set, &mut random)).collect()
    }

    /// The heaviest chains to a variable's deviation, by how often they carried it.
    fn chains(&self, var: VarIx, sign: i32, worlds: &[Vec<u8>]) -> Vec<(Path, f64)> {
        let mut random = Random::new(11);
        let mut count: HashMap<Path, f64> = HashMap::new();
        let mut hits: f64 = 0.0;
        for world in worlds {
            let deviates = match self.graph.get(var).kind {
                VarKind::Observation(_) => world[var.index()] == 1,
                _ => (i32::from(world[var.index()]) - 2).signum() == sign,
            };
            if !deviates {
                continue;
            }
            hits += 1.0;
            if hits > 60.0 {
                break;
            }
            climb(self.graph, world, var, &self.evidence.set, &mut Vec::new(), 1.0, &mut random, &mut count);
        }
        let mut rows: Vec<(Path, f64)> = count.into_iter().map(|(p, c)| (p, c / hits.max(1.0))).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        rows.truncate(3);
        rows
    }

    fn ids(&self, chains: &[(Path, f64)]) -> Vec<Vec<String>> {
        chains.iter().map(|(p, _)| p.iter().rev().map(|e| origin(self.graph.edge(*e).origin, self.k)).collect()).collect()
    }

    fn steps(&self, chains: &[(Path, f64)]) -> Vec<Derivation> {
        chains.iter().map(|(p, c)| derivation(self.graph, self.k, p, *c)).collect()
    }

    fn onset(&self, chains: &[(Path, f64)]) -> Option<String> {
        let rank = |o: &str| ["minutes", "hours", "days", "weeks", "months"].iter().position(|x| *x == o);
        let (path, _) = chains.first()?;
        path.iter().filter_map(|e| self.graph.edge(*e).onset).max_by_key(|o| rank(o)).map(str::to_owned)
    }
}

#[allow(clippy::too_many_arguments)]
fn climb(
    graph: &Graph,
    world: &[u8],
    var: VarIx,
    set: &BTreeMap<VarIx, usize>,
    path: &mut Path,
    credit: f64,
    random: &mut Random,
    into: &mut HashMap<Path, f64>,
) {
    if credit < 0.02 {
        return;
    }
    if graph.get(var).kind.is_root() || set.contains_key(&var) {
        if !path.is_empty() {
            *into.entry(path.clone()).or_default() += credit;
        }
        return;
    }
    if let Mechanism::Ratio(a, b) = graph.get(var).mechanism {
        for v in [a, b] {
            if usize::from(world[v.index()]) != 2 {
                climb(graph, world, v, set, path, credit / 2.0, random, into);
            }
        }
        return;
    }
    let fired = super::arrivals::fired(graph, var, world, random);
    // Few pushes act on one variable.
    #[allow(clippy::cast_precision_loss)]
    let each = credit / fired.len().max(1) as f64;
    for e in fired.into_iter().flatten() {
        let mut causes = Vec::new();
        graph.edge(e).when.causes(&state_in(world), &mut causes);
        causes.retain(|c| usize::from(world[c.index()]) != graph.get(*c).kind.rest());
        #[allow(clippy::cast_precision_loss)]
        let part = each / causes.len().max(1) as f64;
        path.push(e);
        for cause in causes {
            climb(graph, world, cause, set, path, part, random, into);
        }
        path.pop();
    }
}

/// P(finding present | the world's states above it).
pub(super) fn finding_chance(graph: &Graph, var: VarIx, world: &[u8]) -> f64 {
    let Mechanism::Finding { leak } = graph.get(var).mechanism else { return 0.0 };
    let state = state_in(world);
    let (mut quiet, mut free) = (1.0 - leak, 1.0);
    for e in &graph.get(var).incoming {
        let edge = graph.edge(*e);
        if edge.when.holds(&state) {
            match edge.push {
                Push::Shows => quiet *= 1.0 - edge.strength.value(),
                Push::Prevents => free *= 1.0 - edge.strength.value(),
                _ => {}
            }
        }
    }
    (1.0 - quiet) * free
}

/// Draws what a world left at rest forward from what it gives; states that are out of rest are kept.
pub(super) fn forward(graph: &Graph, world: &[u8], random: &mut Random) -> Vec<u8> {
    let kept: BTreeMap<VarIx, usize> = graph
        .vars()
        .filter(|(v, var)| usize::from(world[v.index()]) != var.kind.rest() || var.kind.is_root())
        .map(|(v, _)| (v, usize::from(world[v.index()])))
        .collect();
    draw(graph, world, &kept, random)
}

/// One forward draw; roots and `fixed` variables keep their state.
fn draw(graph: &Graph, start: &[u8], fixed: &BTreeMap<VarIx, usize>, random: &mut Random) -> Vec<u8> {
    let mut world = start.to_vec();
    for (ix, var) in graph.vars() {
        if var.kind.is_root() || fixed.contains_key(&ix) {
            continue;
        }
        let state = match &var.mechanism {
            Mechanism::Finding { .. } => usize::from(random.uniform() < finding_chance(graph, ix, &world)),
            Mechanism::Ratio(a, b) => {
                let difference = i32::from(world[a.index()]) - i32::from(world[b.index()]);
                held(difference)
            }
            Mechanism::Sum => held(balance(graph, ix, &world, random)),
            Mechanism::Adapted(a) => held(i32::from(world[a.index()]) - 2 + balance(graph, ix, &world, random)),
            Mechanism::Prior(_) => continue,
        };
        world[ix.index()] = u8::try_from(state).unwrap_or(0);
    }
    world
}

fn held(level: i32) -> usize {
    usize::try_from(level.clamp(-2, 2) + 2).unwrap_or(2)
}

/// U − D of one draw.
fn balance(graph: &Graph, var: VarIx, world: &[u8], random: &mut Random) -> i32 {
    let state = state_in(world);
    let (mut up, mut down) = (0, 0);
    for e in &graph.get(var).incoming {
        let edge = graph.edge(*e);
        if !edge.when.holds(&state) || random.uniform() >= edge.strength.value() {
            continue;
        }
        let degrees = if edge.doubled.as_ref().is_some_and(|d| d.holds(&state)) { 2 } else { i32::from(edge.degrees) };
        match edge.push {
            Push::Raises => up += degrees,
            Push::Lowers => down += degrees,
            _ => {}
        }
    }
    up.min(2) - down.min(2)
}
