//! The posterior, by cases over the unknown cause.
//!
//! An answer reckons with the known facts and at most one cause that the case does not name (a fact, an exposure, an idiopathic
//! deviation): the reading that a clinician starts from. For each cause the network that is left is small and is summed out
//! exactly; where its tables would still be too large, the case is split on the states of one more variable.

use super::network::Network;
use super::plan::{Plan, Tables};
use super::random::Random;
use super::support::{Evidence, Support};
use crate::graph::{EdgeIx, Formula, Graph, Mechanism, VarIx, VarKind};
use crate::knowledge::Knowledge;
use std::collections::{BTreeMap, BTreeSet};

/// A root in a state other than rest.
pub type Cause = (VarIx, u8);

/// A root more probable than this is reckoned with as a circumstance: it stays a variable and does not count as the unknown cause.
const CIRCUMSTANCE: f64 = 0.2;

/// Limits of the work for one answer.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Part of the posterior that need not be described (it widens the bounds).
    pub gap: f64,
    /// Most table cells at a time; larger problems are split.
    pub cells: usize,
    /// Most parts that one cause is split into before its share is left open.
    pub parts: usize,
    /// Most table cells of all parts that are described; lighter parts beyond it widen the bounds.
    pub described: usize,
    /// Most table cells of all parts that are summed out; causes beyond it are left open with their bounds. The order of work is
    /// fixed, so the answer does not depend on the machine.
    pub budget: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { gap: 0.01, cells: 8_000_000, parts: 24, described: 30_000_000, budget: 600_000_000 }
    }
}

/// One unknown cause (or none), or a part of it, with its network summed out.
pub struct Component {
    /// The unknown cause; `None`: the known facts and leaks alone.
    pub cause: Option<Cause>,
    /// Causes that change nothing here and so share the component with "none", with their part of it.
    pub inert: Vec<(Cause, f64)>,
    /// Share of the visited weight.
    pub weight: f64,
    evidence: Evidence,
    support: Support,
    network: Network,
    plan: Plan,
    tables: Tables,
    marginals: Vec<Vec<f64>>,
}

/// The posterior: components with their weights, and how much was not visited.
pub struct Posterior<'g> {
    graph: &'g Graph,
    /// Components that carry the answer, heaviest first.
    pub components: Vec<Component>,
    /// Upper bound on the part of the posterior that is in no component, 0 to 1.
    pub unvisited: f64,
    /// Natural logarithm of P(findings, at most one unknown cause | known facts), as far as visited.
    pub log_evidence: f64,
    /// Parts that were summed out.
    pub visited: usize,
    /// P(no unknown cause | findings, known facts).
    pub no_cause: Bounds,
}

/// Lower and upper bound of a probability.
pub type Bounds = (f64, f64);

/// Everything that stays the same for all sets of causes.
struct Frame<'a> {
    graph: &'a Graph,
    base: Evidence,
    order: Vec<VarIx>,
    /// Edges that ask for a root.
    asking: BTreeMap<VarIx, Vec<EdgeIx>>,
    targets: &'a [VarIx],
    roots: Vec<Root>,
    known: Vec<(VarIx, usize)>,
    effort: Effort,
}

struct Root {
    var: VarIx,
    prior: Vec<f64>,
    /// (position of another root, mask, prior then).
    given: Vec<(VarIx, u8, Vec<f64>)>,
}

impl<'g> Posterior<'g> {
    /// Answers for what is observed in `evidence` (its `roots` are the known facts); `targets` are variables to have in the answer
    /// beside the ancestors of the findings. `complete` says that no drug is taken but those named.
    #[must_use]
    pub fn solve(graph: &'g Graph, knowledge: &Knowledge, evidence: &Evidence, targets: &[VarIx], complete: bool, effort: Effort) -> Self {
        let frame = Frame::new(graph, knowledge, evidence, targets, complete, effort);
        let (mut parts, open) = frame.search();
        let visited = parts.len();
        // Weights span hundreds of orders of magnitude; they are reckoned relative to the heaviest.
        let top = parts.iter().map(|p| p.log_weight).fold(f64::NEG_INFINITY, f64::max);
        if top == f64::NEG_INFINITY {
            return Self { graph, components: Vec::new(), unvisited: 1.0, log_evidence: top, visited, no_cause: (0.0, 1.0) };
        }
        let weight = |p: &Part| (p.log_weight - top).exp();
        let total: f64 = parts.iter().map(weight).sum();
        let open = (open - top).exp();
        let inert = |p: &Part| -> f64 { p.inert.iter().map(|i| (i.1 - top).exp()).sum() };
        let none: f64 = parts.iter().filter(|p| p.cause.is_none()).map(|p| weight(p) - inert(p)).sum();
        parts.sort_by(|a, b| b.log_weight.total_cmp(&a.log_weight).then(a.cause.cmp(&b.cause)));
        let mut kept = Vec::new();
        let mut left = total;
        let mut cells = 0;
        for part in parts {
            cells += part.cells;
            if left <= total * effort.gap || (cells > effort.described && !kept.is_empty()) {
                break;
            }
            left -= weight(&part);
            kept.push(part);
        }
        let left = left.max(0.0);
        let described = total - left;
        let mut components = parallel(&kept, |p| frame.component(p));
        for (c, p) in components.iter_mut().zip(&kept) {
            c.weight = weight(p) / described;
        }
        let unvisited = ((left + open) / (total + open)).clamp(0.0, 1.0);
        let no_cause = (none / (total + open), (none + open).min(total + open) / (total + open));
        Self { graph, components, unvisited, log_evidence: total.ln() + top, visited, no_cause }
    }

    fn bound(&self, inside: Bounds) -> Bounds {
        let keep = 1.0 - self.unvisited;
        ((inside.0 * keep).clamp(0.0, 1.0), (inside.1 * keep + self.unvisited).clamp(0.0, 1.0))
    }

    /// P(variable in one of the states).
    #[must_use]
    pub fn probability(&self, var: VarIx, mask: u8) -> Bounds {
        let p = self.inside(var, mask);
        self.bound((p, p))
    }

    /// The same within the visited components, as one number.
    #[must_use]
    pub fn inside(&self, var: VarIx, mask: u8) -> f64 {
        self.components.iter().map(|c| c.weight * c.marginal(var, mask)).sum()
    }

    /// P(at least one of the variables is in its states) with its bounds. A component whose part of the answer is known to within
    /// its share of `tolerance` without further work is not summed out again; the bounds say what that leaves open.
    #[must_use]
    pub fn any(&self, tests: &[(VarIx, u8)], tolerance: f64) -> (f64, Bounds) {
        let parts = parallel(&self.components, |c| c.any(tests, tolerance));
        let sum = |f: fn(&Bounds) -> f64| -> f64 { parts.iter().zip(&self.components).map(|(p, c)| f(p) * c.weight).sum() };
        let inside = (sum(|p| p.0), sum(|p| p.1));
        (f64::midpoint(inside.0, inside.1), self.bound(inside))
    }

    /// Worlds drawn from the posterior (its visited part): for each, the component and the state of every graph variable.
    /// The same seed gives the same worlds.
    #[must_use]
    pub fn worlds(&self, count: usize, seed: u64) -> Vec<(usize, Vec<u8>)> {
        let mut rng = Random::new(seed);
        let mut out = Vec::with_capacity(count);
        // Stratified over components: the number of draws from each is its share, so only what is inside a component is left to chance.
        let mut due = 0.0;
        let mut drawn = 0;
        for (i, c) in self.components.iter().enumerate() {
            due += c.weight * count_f(count);
            while count_f(drawn) + 0.5 < due {
                out.push((i, c.world(self.graph, &mut rng)));
                drawn += 1;
            }
        }
        out
    }
}

// Sample counts are small.
#[allow(clippy::cast_precision_loss)]
fn count_f(n: usize) -> f64 {
    n as f64
}

impl Component {
    /// P(variable in one of the states | this set of causes, findings).
    #[must_use]
    pub fn marginal(&self, var: VarIx, mask: u8) -> f64 {
        match self.network.of.get(&var) {
            Some(v) => match &self.network.vars[*v].model {
                Some((_, states)) => states.iter().zip(&self.marginals[*v]).filter(|(s, _)| mask >> **s & 1 == 1).map(|(_, p)| p).sum(),
                None => 0.0,
            },
            None if self.inert.iter().any(|i| i.0.0 == var) => {
                // A root that is on in a part of the component, and at rest in the others.
                let on = |state: u8| -> f64 { self.inert.iter().filter(|i| i.0 == (var, state)).map(|i| i.1).sum() };
                let rest = 1.0 - (1..8).map(on).sum::<f64>();
                (0..8_u8).filter(|s| mask >> s & 1 == 1).map(|s| if s == 0 { rest } else { on(s) }).sum()
            }
            None => f64::from(u8::from(self.support.only(var).is_some_and(|s| mask >> s & 1 == 1))),
        }
    }

    /// P(at least one test passes): exact, or bounds within the tolerance over the component's weight.
    fn any(&self, tests: &[(VarIx, u8)], tolerance: f64) -> Bounds {
        let mut least: f64 = 0.0;
        let mut sum: f64 = 0.0;
        let mut extra = Vec::new();
        for (var, mask) in tests {
            let p = self.marginal(*var, *mask);
            least = least.max(p);
            sum += p;
            if p > 0.0
                && let Some(f) = self.network.indicator(*var, !mask)
            {
                extra.push(f);
            }
        }
        let most = sum.min(1.0);
        // One site only, certainty, or a difference that cannot matter at this weight: nothing to compute.
        if least >= 1.0 || (most - least) * self.weight <= tolerance {
            return (least, most.max(least));
        }
        let p = 1.0 - (self.plan.log_z_with(&self.network, &extra) - self.tables.log_z).exp();
        let p = p.clamp(least, most);
        (p, p)
    }

    fn world(&self, graph: &Graph, rng: &mut Random) -> Vec<u8> {
        let local = self.plan.sample(&self.tables, || rng.uniform());
        let mut states: Vec<u8> = graph
            .vars()
            .map(|(ix, v)| narrow(self.evidence.set.get(&ix).copied().or_else(|| self.support.only(ix)).unwrap_or(v.kind.rest())))
            .collect();
        for (var, v) in &self.network.of {
            if let Some((_, list)) = &self.network.vars[*v].model {
                states[var.index()] = narrow(list[local[*v]]);
            }
        }
        // At most one of the inert causes is on.
        if !self.inert.is_empty() {
            let mut u = rng.uniform();
            for ((var, state), share) in &self.inert {
                u -= share;
                if u < 0.0 {
                    states[var.index()] = *state;
                    break;
                }
            }
        }
        states
    }
}

fn narrow(state: usize) -> u8 {
    u8::try_from(state).unwrap_or(0)
}

/// A cause, and what it was further split on, with its weight.
struct Part {
    cause: Option<Cause>,
    splits: Vec<(VarIx, u8)>,
    /// Inert causes that it stands for too, with the logarithms of their weights.
    inert: Vec<(Cause, f64)>,
    /// Logarithm of the weight, inert causes included.
    log_weight: f64,
    /// Table cells of its plan.
    cells: usize,
}

impl<'a> Frame<'a> {
    fn new(graph: &'a Graph, knowledge: &Knowledge, evidence: &Evidence, targets: &'a [VarIx], complete: bool, effort: Effort) -> Self {
        let mut base = evidence.clone();
        // A known fact speaks about those that make it more likely, and about what makes those more likely.
        let order: BTreeSet<VarIx> = ancestors(graph, evidence.allowed.keys().chain(targets).chain(evidence.roots.keys()).copied());
        let known: Vec<(VarIx, usize)> = evidence.roots.iter().map(|(v, s)| (*v, *s)).collect();
        let is_context = |v: VarIx| matches!(graph.get(v).kind, VarKind::Fact(f) if knowledge.facts[f.index()].kind == "context");
        let used: BTreeSet<VarIx> =
            order.iter().flat_map(|v| graph.get(*v).incoming.iter().flat_map(|e| graph.edge(*e).when.vars())).collect();
        let mut roots = Vec::new();
        let candidates: Vec<VarIx> = order.iter().copied().filter(|v| graph.get(*v).kind.is_root()).collect();
        for var in candidates {
            let Mechanism::Prior(prior) = &graph.get(var).mechanism else { continue };
            let context_averaged = average(graph, prior, evidence, &is_context);
            if evidence.roots.contains_key(&var) {
                roots.push(Root { var, prior: context_averaged.0, given: context_averaged.1 });
                continue;
            }
            let (distribution, given) = context_averaged;
            if is_context(var) {
                // Context that is not stated is averaged over; it is a variable only where a rule or the question asks for it.
                if used.contains(&var) || targets.contains(&var) {
                    base.free.insert(var, distribution);
                }
                continue;
            }
            let drug = matches!(graph.get(var).kind, VarKind::Exposure(_));
            let on: f64 = distribution.iter().skip(1).sum();
            let possible = on > 0.0 || given.iter().any(|(_, _, d)| d.iter().skip(1).sum::<f64>() > 0.0);
            if !possible || (drug && complete) {
                continue;
            }
            if on >= CIRCUMSTANCE && given.is_empty() {
                base.free.insert(var, distribution);
            } else {
                roots.push(Root { var, prior: distribution, given });
            }
        }
        let mut asking: BTreeMap<VarIx, Vec<EdgeIx>> = BTreeMap::new();
        for e in order.iter().flat_map(|v| &graph.get(*v).incoming) {
            let edge = graph.edge(*e);
            for v in edge.when.vars().into_iter().chain(edge.doubled.iter().flat_map(Formula::vars)) {
                if graph.get(v).kind.is_root() {
                    asking.entry(v).or_default().push(*e);
                }
            }
        }
        Self { graph, base, order: order.into_iter().collect(), asking, targets, roots, known, effort }
    }

    /// P(this unknown cause and no other, and the known facts' own dependence on it), and what that says about the circumstances on
    /// which priors depend: their distributions then. A prior that depends on several circumstances follows the first of them.
    fn weigh(&self, cause: Option<Cause>) -> (f64, BTreeMap<VarIx, Vec<f64>>) {
        let state_of = |v: VarIx| {
            cause.filter(|c| c.0 == v).map(|c| usize::from(c.1)).or_else(|| self.known.iter().find(|k| k.0 == v).map(|k| k.1)).unwrap_or(0)
        };
        let chance = |root: &Root, circumstance: Option<(VarIx, usize)>| {
            let state_of = |v: VarIx| circumstance.filter(|c| c.0 == v).map_or_else(|| state_of(v), |c| c.1);
            let distribution = root.given.iter().find(|(v, m, _)| m >> state_of(*v) & 1 == 1).map_or(&root.prior, |(_, _, d)| d);
            let known = self.base.roots.get(&root.var);
            let x = distribution.get(known.copied().unwrap_or_else(|| state_of(root.var))).copied().unwrap_or(0.0);
            // A fact to which the base gives no chance may still be known of a patient.
            if known.is_some() && x == 0.0 { UNFORESEEN } else { x }
        };
        let mut p = 1.0;
        let mut circumstances: BTreeMap<VarIx, Vec<f64>> = BTreeMap::new();
        for root in &self.roots {
            let Some((v, prior)) = root.given.iter().find_map(|(v, _, _)| Some((*v, self.base.free.get(v)?))) else {
                p *= chance(root, None);
                continue;
            };
            let weights = circumstances.entry(v).or_insert_with(|| prior.clone());
            weights.iter_mut().enumerate().for_each(|(s, w)| *w *= chance(root, Some((v, s))));
        }
        for weights in circumstances.values_mut() {
            let total: f64 = weights.iter().sum();
            p *= total;
            if total > 0.0 {
                weights.iter_mut().for_each(|w| *w /= total);
            }
        }
        (p, circumstances)
    }

    fn prior(&self, cause: Option<Cause>) -> f64 {
        self.weigh(cause).0
    }

    /// Every unknown root in every state other than rest.
    fn causes(&self) -> Vec<Cause> {
        let unknown = self.roots.iter().filter(|r| !self.base.roots.contains_key(&r.var));
        unknown.flat_map(|r| (1..r.prior.len()).map(|s| (r.var, narrow(s)))).filter(|c| self.prior(Some(*c)) > 0.0).collect()
    }

    fn evidence(&self, cause: Option<Cause>, splits: &[(VarIx, u8)]) -> Evidence {
        let mut evidence = self.base.clone();
        evidence.free.extend(self.weigh(cause).1);
        if let Some((var, state)) = cause {
            evidence.roots.insert(var, usize::from(state));
        }
        for (var, state) in splits {
            evidence.observe(*var, 1 << state);
        }
        evidence
    }

    fn network(&self, evidence: &Evidence, targets: &[VarIx]) -> (Support, Network) {
        let support = Support::new(self.graph, evidence, self.order.iter().copied());
        let network = Network::build(self.graph, evidence, &support, targets);
        (support, network)
    }

    /// Sums all causes out that can matter; returns their parts and the logarithm of a bound on the weight left open.
    ///
    /// P(all findings | cause) is at most P(some of them | cause), and a few findings are quickly summed out. Causes are visited in
    /// the order of that bound on their weight, and those whose bounds together stay within a part of the gap are left open.
    fn search(&self) -> (Vec<Part>, f64) {
        let (mut parts, left) = self.parts(None);
        let mut open = left.ln();
        let mut causes = self.causes();
        // A cause that leaves every variable of the network as it may be without it has the same likelihood as no cause.
        if let [one] = parts.as_mut_slice()
            && one.splits.is_empty()
            && self.base.free.is_empty()
        {
            let quiet = Support::new(self.graph, &self.evidence(None, &[]), self.order.iter().copied());
            let likelihood = one.log_weight - self.prior(None).ln();
            let inert = parallel(&causes, |c| self.is_inert(*c, &quiet));
            let mut flags = inert.into_iter();
            causes.retain(|c| {
                let is_inert = flags.next().unwrap_or(false);
                if is_inert {
                    one.inert.push((*c, self.prior(Some(*c)).ln() + likelihood));
                }
                !is_inert
            });
            one.log_weight = log_sum(std::iter::once(one.log_weight).chain(one.inert.iter().map(|i| i.1)));
        }
        let few = self.rarest();
        let bounds = parallel(&causes, |c| match &few {
            Some(few) => self.bound(Some(*c), few),
            None => self.prior(Some(*c)).ln(),
        });
        let mut bounded: Vec<(f64, Cause)> = bounds.into_iter().zip(causes).collect();
        bounded.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut at, mut cells) = (0, 0);
        while at < bounded.len() {
            let found = log_sum(parts.iter().map(|p| p.log_weight));
            let rest = log_sum(bounded[at..].iter().map(|b| b.0));
            if rest < found + (self.effort.gap * 0.3).ln() || cells > self.effort.budget {
                open = log_sum([open, rest].into_iter());
                break;
            }
            let batch = &bounded[at..(at + 16).min(bounded.len())];
            for (mut found, left) in parallel(batch, |b| self.parts(Some(b.1))) {
                cells += found.iter().map(|p| p.cells).sum::<usize>();
                parts.append(&mut found);
                open = log_sum([open, left.ln()].into_iter());
            }
            at += batch.len();
        }
        (parts, open)
    }

    /// Evidence with only the findings that are rarest by chance, where there are enough for that to save work.
    fn rarest(&self) -> Option<BTreeSet<VarIx>> {
        let leak = |v: &VarIx| match self.graph.get(*v).mechanism {
            Mechanism::Finding { leak } => leak,
            _ => 0.0,
        };
        let mut present: Vec<VarIx> = self.base.allowed.iter().filter(|(_, m)| **m == 0b10).map(|(v, _)| *v).collect();
        if present.len() <= BOUNDING_FINDINGS {
            return None;
        }
        present.sort_by(|a, b| leak(a).total_cmp(&leak(b)).then(a.cmp(b)));
        Some(present.into_iter().take(BOUNDING_FINDINGS).collect())
    }

    /// Logarithm of an upper bound on a cause's weight.
    fn bound(&self, cause: Option<Cause>, few: &BTreeSet<VarIx>) -> f64 {
        let prior = self.prior(cause).ln();
        let mut evidence = self.evidence(cause, &[]);
        evidence.allowed.retain(|v, _| few.contains(v));
        let (_, network) = self.network(&evidence, &[]);
        match Plan::new(&network, self.effort.cells / 8) {
            Ok(plan) => prior + plan.log_z(&network),
            Err(_) => prior,
        }
    }

    /// Whether a cause changes nothing that the network reckons with: no edge that asks for it can act otherwise than without it,
    /// and the states that each variable may take stay the same.
    fn is_inert(&self, cause: Cause, quiet: &Support) -> bool {
        let support = Support::new(self.graph, &self.evidence(Some(cause), &[]), self.order.iter().copied());
        let same = |f: &Formula| f.possible(&|v| support.get(v)) == f.possible(&|v| quiet.get(v));
        let asked = self.asking.get(&cause.0).map_or(&[][..], Vec::as_slice);
        asked.iter().map(|e| self.graph.edge(*e)).all(|e| same(&e.when) && e.doubled.iter().all(same))
            && self.order.iter().all(|v| self.graph.get(*v).kind.is_root() || support.get(*v) == quiet.get(*v))
    }

    /// Sums a cause out, split as far as needed; returns its parts and a bound on the weight left open.
    fn parts(&self, cause: Option<Cause>) -> (Vec<Part>, f64) {
        let prior = self.prior(cause);
        let mut parts = Vec::new();
        let mut open = 0.0;
        let mut todo: Vec<Vec<(VarIx, u8)>> = vec![Vec::new()];
        while let Some(splits) = todo.pop() {
            let evidence = self.evidence(cause, &splits);
            // The same targets as later, so that a part that is planned here can be described.
            let (support, network) = self.network(&evidence, self.targets);
            if network.constant == 0.0 {
                continue;
            }
            match Plan::new(&network, self.effort.cells) {
                Ok(plan) => {
                    let log_weight = prior.ln() + plan.log_z(&network);
                    if log_weight > f64::NEG_INFINITY {
                        parts.push(Part { cause, splits, inert: Vec::new(), log_weight, cells: plan.cells });
                    }
                }
                Err(_) if parts.len() + todo.len() >= self.effort.parts => open += prior,
                Err(_) => match network.busiest() {
                    None => open += prior,
                    Some(var) => {
                        for state in (0..8).filter(|s| support.get(var) >> s & 1 == 1) {
                            let mut deeper = splits.clone();
                            deeper.push((var, state));
                            todo.push(deeper);
                        }
                    }
                },
            }
        }
        (parts, open)
    }

    fn component(&self, part: &Part) -> Component {
        let evidence = self.evidence(part.cause, &part.splits);
        let (support, network) = self.network(&evidence, self.targets);
        let plan = Plan::new(&network, usize::MAX).unwrap_or_default();
        let tables = plan.run(&network, &[]);
        let marginals = plan.marginals(&tables);
        let inert = part.inert.iter().map(|(c, log)| (*c, (log - part.log_weight).exp())).collect();
        Component { cause: part.cause, inert, weight: 0.0, evidence, support, network, plan, tables, marginals }
    }
}

/// With more present findings than this, causes are first bounded by this many.
const BOUNDING_FINDINGS: usize = 5;

/// Logarithm of a sum of exponentials.
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let top = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY { top } else { top + logs.map(|l| (l - top).exp()).sum::<f64>().ln() }
}

/// Stands in for the prior of a known fact to which the base gives no chance; it cancels unless the fact depends on the unknown cause.
const UNFORESEEN: f64 = 1e-6;

/// The prior of a root with unstated context averaged out and stated context applied; what depends on other unknown roots stays.
#[allow(clippy::type_complexity)]
fn average(
    graph: &Graph,
    prior: &crate::graph::Prior,
    evidence: &Evidence,
    is_context: &impl Fn(VarIx) -> bool,
) -> (Vec<f64>, Vec<(VarIx, u8, Vec<f64>)>) {
    let mut base = prior.base.clone();
    let mut given = Vec::new();
    for (v, mask, d) in prior.given.iter().rev() {
        match evidence.roots.get(v) {
            Some(state) if mask >> state & 1 == 1 => {
                // An earlier entry wins; later ones are hidden behind this.
                base.clone_from(d);
                given.clear();
            }
            Some(_) => {}
            None if is_context(*v) => {
                let p = match &graph.get(*v).mechanism {
                    Mechanism::Prior(p) => p.base.iter().enumerate().filter(|(s, _)| mask >> s & 1 == 1).map(|(_, p)| p).sum::<f64>(),
                    _ => 0.0,
                };
                // This entry comes before those that depend on unknown roots and were collected so far, too.
                for later in given.iter_mut().map(|(_, _, d): &mut (VarIx, u8, Vec<f64>)| d).chain([&mut base]) {
                    later.iter_mut().zip(d).for_each(|(b, d)| *b = *b * (1.0 - p) + d * p);
                }
            }
            None => given.insert(0, (*v, *mask, d.clone())),
        }
    }
    (base, given)
}

/// All variables above some variables, themselves included.
fn ancestors(graph: &Graph, from: impl Iterator<Item = VarIx>) -> BTreeSet<VarIx> {
    let mut todo: Vec<VarIx> = from.collect();
    let mut seen = BTreeSet::new();
    while let Some(v) = todo.pop() {
        if seen.insert(v) {
            todo.extend(graph.parents(v));
        }
    }
    seen
}

/// Maps in order on the cores that there are.
fn parallel<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if cores == 1 || items.len() < 4 {
        return items.iter().map(f).collect();
    }
    // Interleaved shares: neighbours in the order of weight cost about the same.
    let mut slots: Vec<Option<R>> = (0..items.len()).map(|_| None).collect();
    let results: Vec<Vec<(usize, R)>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..cores)
            .map(|k| {
                let f = &f;
                scope.spawn(move || (k..items.len()).step_by(cores).map(|i| (i, f(&items[i]))).collect::<Vec<_>>())
            })
            .collect();
        handles.into_iter().filter_map(|h| h.join().ok()).collect()
    });
    for (i, r) in results.into_iter().flatten() {
        slots[i] = Some(r);
    }
    slots.into_iter().flatten().collect()
}
