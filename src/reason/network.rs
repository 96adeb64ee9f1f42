//! The part of the graph that a question touches, as a product of small factors.
//!
//! Sums of pushes and disjunctions of showing rules are chains of accumulators (0, 1, 2 or more), so that no factor grows with
//! the number of causes; a variable that can only have one state is not in the network at all.

use super::support::{Evidence, Support};
use super::table::Factor;
use crate::graph::{EdgeIx, Formula, Graph, Mechanism, VarIx};
use crate::written::Push;
use std::collections::{BTreeMap, BTreeSet};

/// A variable of the network.
#[derive(Clone, Debug)]
pub struct NetVar {
    /// Number of states.
    pub card: usize,
    /// The graph variable and the graph state of each local state; `None` for auxiliary variables.
    pub model: Option<(VarIx, Vec<usize>)>,
}

/// A product of factors over the variables that matter.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Variables.
    pub vars: Vec<NetVar>,
    /// Factors.
    pub factors: Vec<Factor>,
    /// A factor without variables.
    pub constant: f64,
    /// Network variable of a graph variable.
    pub of: BTreeMap<VarIx, usize>,
}

impl Network {
    /// Builds the network that the observed findings and the `targets` need.
    #[must_use]
    pub fn build(graph: &Graph, evidence: &Evidence, support: &Support, targets: &[VarIx]) -> Self {
        let relevant = relevant(graph, evidence, support, targets);
        let ranks = ranks(graph, evidence, support, &relevant);
        let mut builder = Builder { graph, evidence, support, ranks, net: Self { constant: 1.0, ..Self::default() } };
        for var in &relevant {
            builder.variable(*var);
        }
        builder.net
    }

    /// Number of states of a network variable.
    #[must_use]
    pub fn card(&self, v: usize) -> usize {
        self.vars[v].card
    }

    /// The open variable of the graph that stands in most factors, if any: the one whose states are worth splitting on.
    #[must_use]
    pub fn busiest(&self) -> Option<VarIx> {
        let mut count = vec![0_usize; self.vars.len()];
        for v in self.factors.iter().flat_map(|f| &f.scope) {
            count[*v] += 1;
        }
        let models = self.of.iter().filter(|(_, v)| self.vars[**v].card > 1);
        models.max_by_key(|(var, v)| (count[**v], std::cmp::Reverse(**var))).map(|(var, _)| *var)
    }

    /// The local states of a variable whose graph states are in the mask, as 0/1 weights; `None` if the variable is not in the network.
    #[must_use]
    pub fn indicator(&self, var: VarIx, mask: u8) -> Option<Factor> {
        let v = *self.of.get(&var)?;
        let (_, states) = self.vars[v].model.as_ref()?;
        Some(Factor { scope: vec![v], values: states.iter().map(|s| f64::from(mask >> s & 1)).collect() })
    }
}

/// Ancestors of what is observed and asked for, in topological order, along edges that can act.
fn relevant(graph: &Graph, evidence: &Evidence, support: &Support, targets: &[VarIx]) -> BTreeSet<VarIx> {
    let observed = evidence.allowed.keys().copied();
    let mut todo: Vec<VarIx> = observed.chain(targets.iter().copied()).collect();
    let mut seen = BTreeSet::new();
    while let Some(var) = todo.pop() {
        if !seen.insert(var) || evidence.set.contains_key(&var) {
            continue;
        }
        let fixed_quiet = support.only(var).is_some() && !evidence.allowed.contains_key(&var);
        if fixed_quiet {
            continue;
        }
        for e in &graph.get(var).incoming {
            let edge = graph.edge(*e);
            if support.may_hold(&edge.when) {
                todo.extend(edge.when.vars());
                todo.extend(edge.doubled.iter().flat_map(Formula::vars));
            }
        }
        match &graph.get(var).mechanism {
            Mechanism::Ratio(a, b) => todo.extend([*a, *b]),
            Mechanism::Adapted(a) => todo.push(*a),
            Mechanism::Prior(_) | Mechanism::Sum | Mechanism::Finding { .. } => {}
        }
    }
    seen
}

/// A rough elimination order of the open variables, by links between causes and targets only: fewest neighbours first.
fn ranks(graph: &Graph, evidence: &Evidence, support: &Support, relevant: &BTreeSet<VarIx>) -> BTreeMap<VarIx, usize> {
    let open = |v: &VarIx| support.get(*v).count_ones() > 1 || evidence.allowed.contains_key(v);
    let mut links: BTreeMap<VarIx, BTreeSet<VarIx>> = relevant.iter().filter(|v| open(v)).map(|v| (*v, BTreeSet::new())).collect();
    for v in relevant.iter().filter(|v| open(v)) {
        for e in &graph.get(*v).incoming {
            let edge = graph.edge(*e);
            if !support.may_hold(&edge.when) {
                continue;
            }
            for cause in edge.when.vars() {
                if cause != *v && links.contains_key(&cause) {
                    links.entry(cause).or_default().insert(*v);
                    links.entry(*v).or_default().insert(cause);
                }
            }
        }
    }
    let mut ranks = BTreeMap::new();
    let mut queue: BTreeSet<(usize, VarIx)> = links.iter().map(|(v, n)| (n.len(), *v)).collect();
    while let Some((_, v)) = queue.pop_first() {
        ranks.insert(v, ranks.len());
        let around = links.remove(&v).unwrap_or_default();
        for a in &around {
            if let Some(n) = links.get_mut(a) {
                let before = n.len();
                n.remove(&v);
                n.extend(around.iter().filter(|b| *b != a));
                let after = n.len();
                if queue.remove(&(before, *a)) {
                    queue.insert((after, *a));
                }
            }
        }
    }
    ranks
}

struct Builder<'a> {
    graph: &'a Graph,
    evidence: &'a Evidence,
    support: &'a Support,
    /// Position of each variable in a rough elimination order.
    ranks: BTreeMap<VarIx, usize>,
    net: Network,
}

/// A test on one network variable, or a constant.
#[derive(Clone)]
enum Lit {
    Const(bool),
    Test(usize, Vec<bool>),
}

/// P(0, 1, 2 degrees arrive) for each assignment of a scope.
#[derive(Clone)]
struct Arrivals {
    scope: Vec<usize>,
    rows: Vec<[f64; 3]>,
}

/// Conditions over at most this many joint states are tabulated directly; larger ones get auxiliary variables.
const DIRECT: usize = 64;

impl Builder<'_> {
    fn aux(&mut self, card: usize) -> usize {
        self.net.vars.push(NetVar { card, model: None });
        self.net.vars.len() - 1
    }

    fn add(&mut self, factor: Factor) {
        if factor.scope.is_empty() {
            self.net.constant *= factor.values[0];
        } else {
            self.net.factors.push(factor);
        }
    }

    /// Adds a factor given by a function of the local states of a scope.
    fn tabulate(&mut self, scope: Vec<usize>, f: impl Fn(&[usize]) -> f64) {
        let cards: Vec<usize> = scope.iter().map(|v| self.net.card(*v)).collect();
        let size: usize = cards.iter().product();
        let mut digits = vec![0; scope.len()];
        let mut values = Vec::with_capacity(size);
        for _ in 0..size {
            values.push(f(&digits));
            for (d, c) in digits.iter_mut().zip(&cards) {
                *d += 1;
                if *d < *c {
                    break;
                }
                *d = 0;
            }
        }
        self.add(Factor { scope, values });
    }

    fn variable(&mut self, var: VarIx) {
        let graph = self.graph;
        if let Some(state) = self.evidence.set.get(&var) {
            let _ = state;
            return;
        }
        let mechanism = &graph.get(var).mechanism;
        let mask = self.support.get(var);
        let observed = self.evidence.allowed.get(&var).copied();
        match mechanism {
            Mechanism::Prior(_) => self.root(var),
            Mechanism::Finding { leak } => match self.support.only(var) {
                Some(state) if observed.is_some() => self.observed(var, *leak, state == 1),
                _ => self.finding(var, *leak),
            },
            _ if mask == 0 => self.net.constant = 0.0,
            _ if mask.is_power_of_two() && observed.is_none() => {}
            Mechanism::Sum => self.sum(var),
            Mechanism::Ratio(a, b) => self.ratio(var, *a, *b),
            Mechanism::Adapted(acute) => self.adapted(var, *acute),
        }
    }

    /// A network variable for a graph variable over its possible states.
    fn model(&mut self, var: VarIx) -> usize {
        let mask = self.support.get(var);
        let states: Vec<usize> = (0..8).filter(|s| mask >> s & 1 == 1).collect();
        let v = self.aux(states.len());
        self.net.vars[v].model = Some((var, states));
        self.net.of.insert(var, v);
        v
    }

    fn states(&self, v: usize) -> Vec<usize> {
        self.net.vars[v].model.as_ref().map_or_else(|| (0..self.net.card(v)).collect(), |(_, s)| s.clone())
    }

    /// A root that stays open; known roots and those at rest are constants, and their priors are reckoned outside.
    fn root(&mut self, var: VarIx) {
        let Some(distribution) = self.evidence.free.get(&var) else { return };
        if self.support.get(var).count_ones() > 1 {
            let v = self.model(var);
            let values = self.states(v).iter().map(|s| distribution[*s]).collect();
            self.add(Factor { scope: vec![v], values });
        } else {
            // Narrowed to one state (by a split, say), it still has that state's probability.
            let mask = self.support.get(var);
            self.net.constant *= distribution.iter().enumerate().filter(|(s, _)| mask >> s & 1 == 1).map(|(_, p)| p).sum::<f64>();
        }
    }

    /// The condition as a test on one network variable, with auxiliary variables where it spans several.
    fn literal(&mut self, formula: &Formula) -> Lit {
        let support = self.support;
        match formula.possible(&|v| support.get(v)) {
            (true, false) => return Lit::Const(true),
            (false, _) => return Lit::Const(false),
            _ => {}
        }
        match formula {
            Formula::True => Lit::Const(true),
            Formula::Is(var, mask) => match self.net.of.get(var) {
                Some(v) => Lit::Test(*v, self.states(*v).iter().map(|s| mask >> s & 1 == 1).collect()),
                None => Lit::Const(self.support.only(*var).is_some_and(|s| mask >> s & 1 == 1)),
            },
            Formula::Not(part) => match self.literal(part) {
                Lit::Const(b) => Lit::Const(!b),
                Lit::Test(v, pass) => Lit::Test(v, pass.into_iter().map(|b| !b).collect()),
            },
            Formula::All(parts) => self.join(parts, true),
            Formula::Any(parts) => self.join(parts, false),
        }
    }

    fn join(&mut self, parts: &[Formula], all: bool) -> Lit {
        let mut so_far = Lit::Const(all);
        for part in parts {
            let next = self.literal(part);
            so_far = match (so_far, next) {
                (Lit::Const(b), other) | (other, Lit::Const(b)) => {
                    if b == all {
                        other
                    } else {
                        Lit::Const(b)
                    }
                }
                (Lit::Test(a, pa), Lit::Test(b, pb)) if a == b => {
                    Lit::Test(a, pa.iter().zip(&pb).map(|(x, y)| if all { *x && *y } else { *x || *y }).collect())
                }
                (Lit::Test(a, pa), Lit::Test(b, pb)) => {
                    let v = self.aux(2);
                    self.tabulate(vec![v, a, b], |d| {
                        let holds = if all { pa[d[1]] && pb[d[2]] } else { pa[d[1]] || pb[d[2]] };
                        f64::from(u8::from(holds == (d[0] == 1)))
                    });
                    Lit::Test(v, vec![false, true])
                }
            };
        }
        so_far
    }

    /// What an edge brings, as a function of few network variables.
    fn arrivals(&mut self, e: EdgeIx) -> Arrivals {
        let graph = self.graph;
        let edge = graph.edge(e);
        let p = edge.strength.value();
        let row = |level: usize| {
            let mut row = [0.0; 3];
            row[0] = 1.0 - p;
            row[level] += p;
            row
        };
        let mut scope: Vec<usize> = Vec::new();
        let formulas = std::iter::once(&edge.when).chain(&edge.doubled);
        for v in formulas.flat_map(Formula::vars) {
            if let Some(n) = self.net.of.get(&v)
                && !scope.contains(n)
            {
                scope.push(*n);
            }
        }
        let size: usize = scope.iter().map(|v| self.net.card(*v)).product();
        let single = usize::from(edge.degrees.min(2));
        if size <= DIRECT || scope.len() <= 1 {
            let support = self.support;
            let models: Vec<(Option<VarIx>, Vec<usize>)> =
                scope.iter().map(|v| (self.net.vars[*v].model.as_ref().map(|m| m.0), self.states(*v))).collect();
            let cards: Vec<usize> = scope.iter().map(|v| self.net.card(*v)).collect();
            let rows = assignments(&cards)
                .map(|digits| {
                    let state = |v: VarIx| {
                        models
                            .iter()
                            .zip(&digits)
                            .find(|((m, _), _)| *m == Some(v))
                            .map_or_else(|| support.only(v).unwrap_or(0), |((_, s), d)| s[*d])
                    };
                    if !edge.when.holds(&state) {
                        [1.0, 0.0, 0.0]
                    } else if edge.doubled.as_ref().is_some_and(|d| d.holds(&state)) {
                        row(2)
                    } else {
                        row(single)
                    }
                })
                .collect();
            return Arrivals { scope, rows };
        }
        let when = self.literal(&edge.when);
        let doubled = edge.doubled.as_ref().map_or(Lit::Const(false), |d| self.literal(d));
        let mut scope = Vec::new();
        for lit in [&when, &doubled] {
            if let Lit::Test(v, _) = lit
                && !scope.contains(v)
            {
                scope.push(*v);
            }
        }
        let cards: Vec<usize> = scope.iter().map(|v| self.net.card(*v)).collect();
        let passes = |lit: &Lit, digits: &[usize]| match lit {
            Lit::Const(b) => *b,
            Lit::Test(v, pass) => scope.iter().position(|s| s == v).is_some_and(|i| pass[digits[i]]),
        };
        let rows = assignments(&cards)
            .map(|digits| match (passes(&when, &digits), passes(&doubled, &digits)) {
                (false, _) => [1.0, 0.0, 0.0],
                (true, true) => row(2),
                (true, false) => row(single),
            })
            .collect();
        Arrivals { scope, rows }
    }

    /// All pushes of some kinds on a target, those with the same scope added up.
    fn groups(&mut self, var: VarIx, push: Push) -> Vec<Arrivals> {
        let graph = self.graph;
        let mut groups: Vec<Arrivals> = Vec::new();
        for e in &graph.get(var).incoming {
            let edge = graph.edge(*e);
            if edge.push != push || !self.support.may_hold(&edge.when) {
                continue;
            }
            let mut next = self.arrivals(*e);
            normalise_scope(&mut next, &self.net);
            match groups.iter_mut().find(|g| g.scope == next.scope) {
                Some(group) => group.rows.iter_mut().zip(&next.rows).for_each(|(a, b)| *a = add(*a, *b)),
                None => groups.push(next),
            }
        }
        // A cause that will be summed out early goes into the chain early, so that the accumulators do not tie late ones together.
        let rank = |g: &Arrivals| {
            let of = |v: &usize| self.net.vars[*v].model.as_ref().and_then(|m| self.ranks.get(&m.0)).copied().unwrap_or(usize::MAX);
            (g.scope.iter().map(of).max(), g.scope.clone())
        };
        groups.sort_by_cached_key(rank);
        groups
    }

    /// Chains arrivals into an accumulator of 0, 1, 2 or more; `None` if nothing can arrive.
    fn accumulate(&mut self, groups: Vec<Arrivals>, last: Option<usize>) -> Option<usize> {
        let count = groups.len();
        let mut before: Option<(usize, usize)> = None;
        for (i, g) in groups.into_iter().enumerate() {
            let most = (0..3).rev().find(|k| g.rows.iter().any(|r| r[*k] > 0.0)).unwrap_or(0);
            let reach = (before.map_or(0, |(_, m)| m) + most).min(2);
            let after = if i + 1 == count { last } else { None }.unwrap_or_else(|| self.aux(reach + 1));
            let mut scope = vec![after];
            scope.extend(before.map(|(v, _)| v));
            let own = scope.len();
            scope.extend(&g.scope);
            let cards: Vec<usize> = g.scope.iter().map(|v| self.net.card(*v)).collect();
            let has_before = before.is_some();
            self.tabulate(scope, |d| {
                let row = &g.rows[index(&d[own..], &cards)];
                let (to, from) = (d[0], if has_before { d[1] } else { 0 });
                (0..3).filter(|k| (from + k).min(2) == to).map(|k| row[k]).sum()
            });
            before = Some((after, reach));
        }
        before.map(|(v, _)| v)
    }

    fn sum(&mut self, var: VarIx) {
        let up = self.groups(var, Push::Raises);
        let down = self.groups(var, Push::Lowers);
        let v = self.model(var);
        let states = self.states(v);
        // A quantity that is only ever pushed one way is its own accumulator, unless evidence has narrowed it.
        if !self.evidence.allowed.contains_key(&var) {
            if down.is_empty() {
                self.accumulate(up, Some(v));
                return;
            }
            if up.is_empty() {
                if let Some(model) = &mut self.net.vars[v].model {
                    model.1.reverse();
                }
                self.accumulate(down, Some(v));
                return;
            }
        }
        let u = self.accumulate(up, None);
        let d = self.accumulate(down, None);
        let scope: Vec<usize> = std::iter::once(v).chain(u).chain(d).collect();
        let (has_u, has_d) = (u.is_some(), d.is_some());
        self.tabulate(scope, |digits| {
            let up = if has_u { digits[1] } else { 0 };
            let down = if has_d { digits[1 + usize::from(has_u)] } else { 0 };
            f64::from(u8::from(states[digits[0]] + down == 2 + up))
        });
    }

    fn adapted(&mut self, var: VarIx, acute: VarIx) {
        let up = self.groups(var, Push::Raises);
        let down = self.groups(var, Push::Lowers);
        let (u, d) = (self.accumulate(up, None), self.accumulate(down, None));
        let v = self.model(var);
        let states = self.states(v);
        let base = self.net.of.get(&acute).copied();
        let base_states = base.map_or_else(|| vec![self.support.only(acute).unwrap_or(2)], |b| self.states(b));
        let scope: Vec<usize> = std::iter::once(v).chain(base).chain(u).chain(d).collect();
        let (has_b, has_u, has_d) = (usize::from(base.is_some()), usize::from(u.is_some()), d.is_some());
        self.tabulate(scope, |digits| {
            let start = base_states[if has_b == 1 { digits[1] } else { 0 }];
            let up = if has_u == 1 { digits[1 + has_b] } else { 0 };
            let down = if has_d { digits[1 + has_b + has_u] } else { 0 };
            let end = (start + up).saturating_sub(down).min(4);
            f64::from(u8::from(states[digits[0]] == end))
        });
    }

    fn ratio(&mut self, var: VarIx, a: VarIx, b: VarIx) {
        let v = self.model(var);
        let states = self.states(v);
        let part = |x: VarIx, this: &Self| {
            let n = this.net.of.get(&x).copied();
            (n, n.map_or_else(|| vec![this.support.only(x).unwrap_or(2)], |n| this.states(n)))
        };
        let ((na, sa), (nb, sb)) = (part(a, self), part(b, self));
        let scope: Vec<usize> = std::iter::once(v).chain(na).chain(nb).collect();
        self.tabulate(scope, |digits| {
            let x = sa[if na.is_some() { digits[1] } else { 0 }];
            let y = sb[if nb.is_some() { digits[1 + usize::from(na.is_some())] } else { 0 }];
            let state = (x + 2).saturating_sub(y).min(4);
            f64::from(u8::from(states[digits[0]] == state))
        });
    }

    /// Chains showing rules into "shown" (0, 1), the leak first.
    fn shown(&mut self, groups: Vec<Arrivals>, leak: f64) -> (Option<usize>, f64) {
        let mut before: Option<usize> = None;
        for g in groups {
            let after = self.aux(2);
            let mut scope = vec![after];
            scope.extend(before);
            let own = scope.len();
            scope.extend(&g.scope);
            let cards: Vec<usize> = g.scope.iter().map(|v| self.net.card(*v)).collect();
            let has_before = before.is_some();
            self.tabulate(scope, |d| {
                let quiet = g.rows[index(&d[own..], &cards)][0];
                let p_off = if has_before { if d[1] == 1 { 0.0 } else { quiet } } else { (1.0 - leak) * quiet };
                if d[0] == 0 { p_off } else { 1.0 - p_off }
            });
            before = Some(after);
        }
        (before, leak)
    }

    fn finding(&mut self, var: VarIx, leak: f64) {
        let show = self.groups(var, Push::Shows);
        let prevent = self.groups(var, Push::Prevents);
        let v = self.model(var);
        let (s, leak) = self.shown(show, leak);
        let (p, _) = self.shown(prevent, 0.0);
        let scope: Vec<usize> = std::iter::once(v).chain(s).chain(p).collect();
        let (has_s, has_p) = (s.is_some(), p.is_some());
        self.tabulate(scope, |d| {
            let shown = if has_s { if d[1] == 1 { 1.0 } else { 0.0 } } else { leak };
            let prevented = has_p && d[1 + usize::from(has_s)] == 1;
            let present = if prevented { 0.0 } else { shown };
            if d[0] == 1 { present } else { 1.0 - present }
        });
    }

    fn observed(&mut self, var: VarIx, leak: f64, present: bool) {
        let show = self.groups(var, Push::Shows);
        let prevent = self.groups(var, Push::Prevents);
        if present {
            for g in &prevent {
                self.add(Factor { scope: g.scope.clone(), values: g.rows.iter().map(|r| r[0]).collect() });
            }
            self.present(show, leak);
        } else if prevent.is_empty() {
            self.net.constant *= 1.0 - leak;
            for g in show {
                self.add(Factor { values: g.rows.iter().map(|r| r[0]).collect(), scope: g.scope });
            }
        } else {
            let (s, leak) = self.shown(show, leak);
            let (p, _) = self.shown(prevent, 0.0);
            let scope: Vec<usize> = s.into_iter().chain(p).collect();
            let has_s = s.is_some();
            self.tabulate(scope, |d| {
                let shown = if has_s { if d[0] == 1 { 1.0 } else { 0.0 } } else { leak };
                let prevented = d[usize::from(has_s)] == 1;
                1.0 - if prevented { 0.0 } else { shown }
            });
        }
    }

    /// P(shown) of an observed finding: a chain whose last accumulator is known to be 1.
    fn present(&mut self, mut groups: Vec<Arrivals>, leak: f64) {
        let Some(last) = groups.pop() else {
            self.net.constant *= leak;
            return;
        };
        let (before, _) = self.shown(groups, leak);
        let mut scope: Vec<usize> = before.into_iter().collect();
        let own = scope.len();
        scope.extend(&last.scope);
        let cards: Vec<usize> = last.scope.iter().map(|v| self.net.card(*v)).collect();
        self.tabulate(scope, |d| {
            let quiet = last.rows[index(&d[own..], &cards)][0];
            match (own, own == 1 && d[0] == 1) {
                (0, _) => 1.0 - (1.0 - leak) * quiet,
                (_, true) => 1.0,
                _ => 1.0 - quiet,
            }
        });
    }
}

/// Sum of two independent arrivals, held to 2.
fn add(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    let zero = a[0] * b[0];
    let one = a[0] * b[1] + a[1] * b[0];
    let two = a[2] * (b[0] + b[1] + b[2]) + b[2] * (a[0] + a[1]) + a[1] * b[1];
    [zero, one, two]
}

/// Sorts the scope, so that equal scopes compare equal.
fn normalise_scope(a: &mut Arrivals, net: &Network) {
    let mut order: Vec<usize> = (0..a.scope.len()).collect();
    order.sort_by_key(|i| a.scope[*i]);
    if order.iter().enumerate().all(|(i, o)| i == *o) {
        return;
    }
    let old: Vec<usize> = a.scope.iter().map(|v| net.card(*v)).collect();
    let new: Vec<usize> = order.iter().map(|i| old[*i]).collect();
    let rows = assignments(&new)
        .map(|digits| {
            let mut original = vec![0; digits.len()];
            for (position, from) in order.iter().enumerate() {
                original[*from] = digits[position];
            }
            a.rows[index(&original, &old)]
        })
        .collect();
    a.scope.sort_unstable();
    a.rows = rows;
}

/// Position of an assignment, first variable fastest.
fn index(digits: &[usize], cards: &[usize]) -> usize {
    digits.iter().zip(cards).rev().fold(0, |at, (d, c)| at * c + d)
}

/// All assignments, first variable fastest.
fn assignments(cards: &[usize]) -> impl Iterator<Item = Vec<usize>> + use<> {
    let cards = cards.to_vec();
    let size: usize = cards.iter().product();
    (0..size).map(move |mut i| {
        cards
            .iter()
            .map(|c| {
                let d = i % c;
                i /= c;
                d
            })
            .collect()
    })
}
