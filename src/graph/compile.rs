//! From checked knowledge to the graph.

use super::condition::{Conditions, exposure_mask};
use super::{Direction, Edge, EdgeIx, Formula, Graph, Mechanism, Options, Origin, Prior, Var, VarIx, VarKind};
use crate::hpo::{Hpo, TermId};
use crate::knowledge::{
    Condition, ExposureIx, ExposureState, Knowledge, Literal, ObservationIx, Probability, QuantityIx, QuantityKind, Rule, RuleIx, SignalIx,
    Target,
};
use crate::written::{Push, Standing};
use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, HashMap, HashSet};

/// P(a more general observation is noted | the more specific one is present).
const IS_A: f64 = 0.99;

/// P(a general term is noted | nothing that the base knows below it): a general term covers much that is not modelled. Assumed.
const GENERAL_LEAK: f64 = 0.05;

/// Builds a graph; variables are numbered in topological order only at the end.
pub(super) struct Builder<'k> {
    pub(super) knowledge: &'k Knowledge,
    options: Options,
    vars: Vec<Var>,
    edges: Vec<Edge>,
    by_kind: HashMap<VarKind, VarIx>,
}

/// The rules of a cycle, as edges in order, when the graph is not acyclic.
pub(super) struct Cycle(pub(super) Vec<Origin>);

impl Graph {
    /// Compiles a base. A checked base always compiles; a base with a cycle was refused before.
    #[must_use]
    pub fn compile(knowledge: &Knowledge, options: Options) -> Self {
        Self::compile_with(knowledge, options, &[])
    }

    /// The same with more general terms of HPO as observations of their own: each is shown by what the base knows below it.
    #[must_use]
    pub fn compile_with(knowledge: &Knowledge, options: Options, terms: &[TermId]) -> Self {
        let mut builder = Builder::new(knowledge, options);
        for term in terms {
            builder.add(VarKind::Term(*term), Mechanism::Finding { leak: GENERAL_LEAK });
        }
        builder.build().unwrap_or_else(|_| Self {
            vars: Vec::new(),
            edges: Vec::new(),
            by_kind: HashMap::new(),
            links: DiGraph::new(),
            nodes: Vec::new(),
        })
    }
}

impl<'k> Builder<'k> {
    pub(super) fn new(knowledge: &'k Knowledge, options: Options) -> Self {
        let mut this = Self { knowledge, options, vars: Vec::new(), edges: Vec::new(), by_kind: HashMap::new() };
        for i in 0..knowledge.facts.len() {
            this.add(VarKind::Fact(crate::knowledge::FactIx::new(i)), Mechanism::Sum);
        }
        for i in 0..knowledge.exposures.len() {
            this.add(VarKind::Exposure(ExposureIx::new(i)), Mechanism::Sum);
        }
        for i in 0..knowledge.quantities.len() {
            this.add(VarKind::Quantity(QuantityIx::new(i)), Mechanism::Sum);
        }
        for (i, o) in knowledge.observations.iter().enumerate() {
            this.add(VarKind::Observation(ObservationIx::new(i)), Mechanism::Finding { leak: o.leak });
        }
        this
    }

    pub(super) fn build(mut self) -> Result<Graph, Cycle> {
        self.roots();
        self.ratios();
        self.adapted_copies();
        let overdosed = self.overdose_rules();
        for i in 0..self.knowledge.rules.len() {
            self.rule(RuleIx::new(i), &overdosed);
        }
        for i in 0..self.knowledge.signals.len() {
            let signal = SignalIx::new(i);
            self.life(signal);
            self.life_extras(signal);
            self.idiopathic(signal);
        }
        self.hierarchy();
        self.sorted()
    }

    fn add(&mut self, kind: VarKind, mechanism: Mechanism) -> VarIx {
        let var = VarIx::new(self.vars.len());
        self.vars.push(Var { kind, mechanism, incoming: Vec::new() });
        self.by_kind.insert(kind, var);
        var
    }

    pub(super) fn edge(&mut self, edge: Edge) {
        self.edges.push(edge);
    }

    fn known(&self, kind: VarKind) -> VarIx {
        self.by_kind.get(&kind).copied().unwrap_or(VarIx(0))
    }

    pub(super) fn quantity(&self, q: QuantityIx) -> VarIx {
        self.known(VarKind::Quantity(q))
    }

    fn roots(&mut self) {
        for (i, f) in self.knowledge.facts.iter().enumerate() {
            let var = self.known(VarKind::Fact(crate::knowledge::FactIx::new(i)));
            let two = |p: f64| vec![1.0 - p, p];
            let given = f.prior_given.iter().filter_map(|(l, p)| self.root_literal(*l).map(|(v, m)| (v, m, two(*p)))).collect();
            self.vars[var.index()].mechanism = Mechanism::Prior(Prior { base: two(f.prior), given });
        }
        for (i, x) in self.knowledge.exposures.iter().enumerate() {
            let var = self.known(VarKind::Exposure(ExposureIx::new(i)));
            let four = |[t, o, w]: [f64; 3]| vec![1.0 - t - o - w, t, o, w];
            let given = x
                .prior_given
                .iter()
                .filter_map(|(l, p)| {
                    self.root_literal(*l).map(|(v, m)| (v, m, four([p.min(0.98 - x.priors[1] - x.priors[2]), x.priors[1], x.priors[2]])))
                })
                .collect();
            self.vars[var.index()].mechanism = Mechanism::Prior(Prior { base: four(x.priors), given });
        }
    }

    fn root_literal(&self, literal: Literal) -> Option<(VarIx, u8)> {
        match literal {
            Literal::Fact(f) => Some((self.known(VarKind::Fact(f)), 0b10)),
            Literal::Exposure(x, s) => Some((self.known(VarKind::Exposure(x)), exposure_mask(s))),
            _ => None,
        }
    }

    fn ratios(&mut self) {
        for (i, q) in self.knowledge.quantities.iter().enumerate() {
            if let QuantityKind::Ratio { over, under } = q.kind {
                let var = self.quantity(QuantityIx::new(i));
                self.vars[var.index()].mechanism = Mechanism::Ratio(self.quantity(over), self.quantity(under));
            }
        }
    }

    /// Whether a rule takes part at all.
    fn included(&self, rule: &Rule) -> bool {
        match rule.standing {
            Standing::Withdrawn => false,
            Standing::Contested if !self.options.contested => false,
            _ => self.options.course.is_none_or(|c| c.allows(rule.onset)),
        }
    }

    fn adapted_copies(&mut self) {
        for rule in &self.knowledge.rules {
            if let (true, true, Target::Quantity(q)) = (rule.feedback, self.included(rule), rule.target)
                && !self.by_kind.contains_key(&VarKind::Adapted(q))
            {
                let acute = self.quantity(q);
                self.add(VarKind::Adapted(q), Mechanism::Adapted(acute));
            }
        }
    }

    /// (exposure, target, raising or showing) for which some rule speaks of overdose itself.
    fn overdose_rules(&self) -> HashSet<(ExposureIx, Target, Push)> {
        let mut set = HashSet::new();
        for rule in self.knowledge.rules.iter().filter(|r| self.included(r)) {
            for literal in rule.when.literals() {
                if let Literal::Exposure(x, ExposureState::Overdose) = literal {
                    set.insert((x, rule.target, rule.push));
                    for m in self.knowledge.members(x) {
                        set.insert((m, rule.target, rule.push));
                    }
                }
            }
        }
        set
    }

    fn rule(&mut self, ix: RuleIx, overdosed: &HashSet<(ExposureIx, Target, Push)>) {
        let knowledge = self.knowledge;
        let rule = &knowledge.rules[ix.index()];
        if !self.included(rule) {
            return;
        }
        let target = match rule.target {
            Target::Quantity(q) if rule.feedback => self.known(VarKind::Adapted(q)),
            Target::Quantity(q) => self.quantity(q),
            Target::Observation(o) => self.known(VarKind::Observation(o)),
        };
        // Findings follow the adapted state where there is one, unless they say otherwise.
        let adapted = matches!(rule.target, Target::Observation(o) if !knowledge.observations[o.index()].acute);
        let unless: Vec<Formula> = rule.unless.iter().map(|u| Formula::Not(Box::new(self.formula(u, adapted)))).collect();
        for (mut parts, taken) in self.instances(&rule.when, adapted) {
            parts.extend(unless.iter().cloned());
            let doubles = !rule.marked && matches!(rule.target, Target::Quantity(_));
            let doubled = taken
                .filter(|x| doubles && !overdosed.contains(&(*x, rule.target, rule.push)))
                .map(|x| Formula::Is(self.known(VarKind::Exposure(x)), 0b0100));
            self.edge(Edge {
                origin: Origin::Rule(ix),
                when: Formula::all(parts),
                doubled,
                target,
                push: rule.push,
                degrees: if rule.marked { 2 } else { 1 },
                strength: rule.strength.value,
                interval: rule.strength.interval,
                onset: rule.onset,
                contested: rule.standing == Standing::Contested,
            });
        }
    }

    /// A rule about a class holds for each member with a coin of its own; a test inside `any` stays one coin.
    /// With each instance comes the exposure that it says is taken, whose overdose doubles the push.
    fn instances(&self, when: &Condition, adapted: bool) -> Vec<(Vec<Formula>, Option<ExposureIx>)> {
        let top: Vec<&Condition> = match when {
            Condition::All(parts) => parts.iter().collect(),
            other => vec![other],
        };
        let mut exposures = top.iter().filter_map(|c| match c {
            Condition::Is(Literal::Exposure(x, state)) => Some((*x, *state)),
            _ => None,
        });
        let (Some((class, state)), None) = (exposures.next(), exposures.next()) else {
            return vec![(vec![self.formula(when, adapted)], None)];
        };
        let others: Vec<Formula> =
            top.iter().filter(|c| !matches!(c, Condition::Is(Literal::Exposure(..)))).map(|c| self.formula(c, adapted)).collect();
        std::iter::once(class)
            .chain(self.knowledge.members(class))
            .map(|member| {
                let mut parts = vec![Formula::Is(self.known(VarKind::Exposure(member)), exposure_mask(state))];
                parts.extend(others.iter().cloned());
                (parts, (state == ExposureState::Taking).then_some(member))
            })
            .collect()
    }

    fn formula(&self, condition: &Condition, adapted: bool) -> Formula {
        self.conditions().formula(condition, adapted)
    }

    fn conditions(&self) -> Conditions<'_> {
        Conditions { knowledge: self.knowledge, by_kind: &self.by_kind }
    }

    fn life_extras(&mut self, ix: SignalIx) {
        let knowledge = self.knowledge;
        for (when, push, target, strength) in &knowledge.signals[ix.index()].life {
            let edge = Edge {
                origin: Origin::Life(ix, "as the signal's page says"),
                when: self.conditions().literal(*when, false),
                doubled: None,
                target: self.quantity(*target),
                push: *push,
                degrees: 1,
                strength: strength.value,
                interval: strength.interval,
                onset: None,
                contested: false,
            };
            self.edge(edge);
        }
    }

    /// Deviations without a cause in the base, the signal's prior shared among its sites.
    fn idiopathic(&mut self, ix: SignalIx) {
        let signal = &self.knowledge.signals[ix.index()];
        let marked = self.knowledge.idiopathic_marked;
        let sites = signal.sites.clone();
        // A base has far fewer than 2^52 sites.
        #[allow(clippy::cast_precision_loss)]
        let count = sites.len() as f64;
        for site in sites {
            for direction in Direction::BOTH {
                let p = signal.idiopathic[direction as usize] / count;
                if p <= 0.0 {
                    continue;
                }
                let prior = Prior { base: vec![1.0 - p, p * (1.0 - marked), p * marked], given: Vec::new() };
                let root = self.add(VarKind::Idiopathic(site, direction), Mechanism::Prior(prior));
                let Some(strength) = Probability::new(1.0) else { continue };
                let target = self.quantity(site);
                self.edge(Edge {
                    origin: Origin::Idiopathic,
                    when: Formula::Is(root, 0b110),
                    doubled: Some(Formula::Is(root, 0b100)),
                    target,
                    push: if direction == Direction::Deficit { Push::Lowers } else { Push::Raises },
                    degrees: 1,
                    strength,
                    interval: (1.0, 1.0),
                    onset: None,
                    contested: false,
                });
            }
        }
    }

    /// A more specific observation shows the nearest more general ones that the base has.
    fn hierarchy(&mut self) {
        let hpo = Hpo::embedded();
        let mut terms: BTreeMap<TermId, VarIx> = BTreeMap::new();
        for (i, var) in self.vars.iter().enumerate() {
            let term = match var.kind {
                VarKind::Observation(o) => self.knowledge.observations[o.index()].hpo.as_deref().and_then(|h| TermId::parse(h).ok()),
                VarKind::Term(t) => Some(t),
                _ => None,
            };
            if let Some(term) = term {
                terms.entry(term).or_insert(VarIx::new(i));
            }
        }
        let Some(strength) = Probability::new(IS_A) else { return };
        for (term, specific) in &terms {
            let above: Vec<TermId> = hpo.ancestors(*term).into_iter().map(|(t, _)| t).filter(|t| terms.contains_key(t)).collect();
            for general in &above {
                // Only the nearest: not one that another ancestor in the base lies below.
                if above.iter().any(|other| other != general && hpo.is_descendant(*other, *general)) {
                    continue;
                }
                let (from, target) = (*specific, terms[general]);
                self.edge(Edge {
                    origin: Origin::IsA,
                    when: Formula::Is(from, 0b10),
                    doubled: None,
                    target,
                    push: Push::Shows,
                    degrees: 1,
                    strength,
                    interval: (IS_A, IS_A),
                    onset: None,
                    contested: false,
                });
            }
        }
    }

    /// Numbers the variables in topological order, ties by the order of definition.
    fn sorted(self) -> Result<Graph, Cycle> {
        let mut links: DiGraph<VarIx, ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = (0..self.vars.len()).map(|i| links.add_node(VarIx::new(i))).collect();
        let mut by_pair: HashMap<(usize, usize), Origin> = HashMap::new();
        for edge in &self.edges {
            for from in edge.when.vars() {
                links.update_edge(nodes[from.index()], nodes[edge.target.index()], ());
                by_pair.entry((from.index(), edge.target.index())).or_insert(edge.origin);
            }
        }
        for (i, var) in self.vars.iter().enumerate() {
            let parents: Vec<VarIx> = match &var.mechanism {
                Mechanism::Prior(p) => p.given.iter().map(|(v, _, _)| *v).collect(),
                Mechanism::Ratio(a, b) => vec![*a, *b],
                Mechanism::Adapted(a) => vec![*a],
                Mechanism::Sum | Mechanism::Finding { .. } => Vec::new(),
            };
            for p in parents {
                links.update_edge(nodes[p.index()], nodes[i], ());
            }
        }
        let order = match toposort(&links, None) {
            Ok(order) => order,
            Err(cycle) => return Err(Cycle(super::cycles::shortest(&links, cycle.node_id(), &by_pair))),
        };
        let mut number = vec![VarIx(0); self.vars.len()];
        for (position, node) in order.iter().enumerate() {
            number[node.index()] = VarIx::new(position);
        }
        let rename = |v: VarIx| number[v.index()];
        let mut slots: Vec<Option<Var>> = (0..self.vars.len()).map(|_| None).collect();
        for (i, mut var) in self.vars.into_iter().enumerate() {
            var.mechanism = match var.mechanism {
                Mechanism::Prior(p) => {
                    Mechanism::Prior(Prior { base: p.base, given: p.given.into_iter().map(|(v, m, d)| (rename(v), m, d)).collect() })
                }
                Mechanism::Ratio(a, b) => Mechanism::Ratio(rename(a), rename(b)),
                Mechanism::Adapted(a) => Mechanism::Adapted(rename(a)),
                other => other,
            };
            slots[number[i].index()] = Some(var);
        }
        let mut vars: Vec<Var> = slots.into_iter().flatten().collect();
        let mut edges = self.edges;
        for (i, edge) in edges.iter_mut().enumerate() {
            edge.when = edge.when.renamed(&rename);
            edge.doubled = edge.doubled.as_ref().map(|d| d.renamed(&rename));
            edge.target = rename(edge.target);
            vars[edge.target.index()].incoming.push(EdgeIx::new(i));
        }
        let by_kind = self.by_kind.into_iter().map(|(k, v)| (k, rename(v))).collect();
        let links = links.map(|_, v| rename(*v), |_, ()| ());
        let mut by_number = nodes.clone();
        for (i, node) in nodes.iter().enumerate() {
            by_number[number[i].index()] = *node;
        }
        Ok(Graph { vars, edges, by_kind, links, nodes: by_number })
    }
}
