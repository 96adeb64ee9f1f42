//! Who gets the credit for a finding: in each world that the evidence allows, a present finding's credit is divided equally among
//! the pushes that fired for it and traced upstream to the deviations and causes that it came through.

use super::arrivals::{World, fired, state_in};
use super::random::Random;
use crate::graph::{BALANCED, Direction, EdgeIx, Graph, Mechanism, VarIx, VarKind};
use crate::knowledge::{Knowledge, QuantityIx, SignalIx};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A hypothesis: a signal and a direction.
pub type Deviation = (SignalIx, Direction);

/// A chain of edges from the finding (first) up to the cause (last).
pub type Path = Vec<EdgeIx>;

/// What one hypothesis is owed.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Expected number of findings accounted for.
    pub total: f64,
    /// Sum of squares over worlds, for the standard error.
    squares: f64,
    /// Share of each finding (by its position in the list).
    pub findings: BTreeMap<usize, f64>,
    /// Chains that carried it, by finding.
    pub paths: HashMap<(usize, Path), f64>,
    /// Credit by cause: root and state.
    pub causes: BTreeMap<(VarIx, u8), f64>,
    /// Credit that reached it through other signals' deviations.
    pub through: BTreeMap<Deviation, f64>,
    /// Worlds in which the hypothesis holds.
    pub worlds: f64,
}

impl Account {
    /// Standard error of `total` over the drawn worlds.
    #[must_use]
    pub fn standard_error(&self, worlds: usize) -> f64 {
        // World counts are small.
        #[allow(clippy::cast_precision_loss)]
        let n = worlds.max(2) as f64;
        ((self.squares / n - self.total * self.total).max(0.0) / (n - 1.0)).sqrt()
    }
}

/// Accounts of all hypotheses over a set of worlds.
#[derive(Debug, Default)]
pub struct Accounts {
    /// By hypothesis.
    pub by_deviation: BTreeMap<Deviation, Account>,
    /// Part of each finding that nothing modelled is owed for.
    pub leak: Vec<f64>,
    /// Number of worlds.
    pub worlds: usize,
}

/// Traces the findings (variables that are present) through every world.
#[must_use]
pub fn trace(graph: &Graph, knowledge: &Knowledge, worlds: &[(usize, Vec<u8>)], findings: &[VarIx], seed: u64) -> Accounts {
    let mut accounts = Accounts { leak: vec![0.0; findings.len()], worlds: worlds.len(), ..Accounts::default() };
    let mut random = Random::new(seed);
    // World counts are small.
    #[allow(clippy::cast_precision_loss)]
    let share = 1.0 / worlds.len().max(1) as f64;
    for (_, world) in worlds {
        let mut tracer = Tracer { graph, knowledge, world, random: &mut random, fired: HashMap::new(), steps: Vec::new() };
        let mut here: BTreeMap<Deviation, f64> = BTreeMap::new();
        for (i, var) in findings.iter().enumerate() {
            tracer.steps.clear();
            tracer.follow(*var, 1.0, &mut Vec::new());
            for step in &tracer.steps {
                if step.path.is_empty() || step.cause.is_none() && step.met.is_empty() {
                    accounts.leak[i] += step.credit * share;
                    continue;
                }
                let seen: BTreeSet<Deviation> = step.met.iter().copied().collect();
                for deviation in &seen {
                    *here.entry(*deviation).or_default() += step.credit;
                    let account = accounts.by_deviation.entry(*deviation).or_default();
                    *account.findings.entry(i).or_default() += step.credit * share;
                    *account.paths.entry((i, step.path.clone())).or_default() += step.credit * share;
                    if let Some(cause) = step.cause {
                        *account.causes.entry(cause).or_default() += step.credit * share;
                    }
                    // What lies further up the chain than its own first appearance.
                    let own = step.met.iter().position(|d| d == deviation).unwrap_or(0);
                    let above: BTreeSet<Deviation> = step.met[own..].iter().copied().filter(|d| d.0 != deviation.0).collect();
                    for d in above {
                        *account.through.entry(d).or_default() += step.credit * share;
                    }
                }
            }
        }
        for (deviation, credit) in here {
            let account = accounts.by_deviation.entry(deviation).or_default();
            account.total += credit * share;
            account.squares += credit * credit;
        }
        for deviation in deviations(graph, knowledge, world) {
            accounts.by_deviation.entry(deviation).or_default().worlds += share;
        }
    }
    accounts
}

/// The hypotheses that hold in a world.
fn deviations(graph: &Graph, knowledge: &Knowledge, world: &World) -> BTreeSet<Deviation> {
    let mut set = BTreeSet::new();
    for (s, signal) in knowledge.signals.iter().enumerate() {
        for q in &signal.sites {
            if let Some(d) = graph.var(VarKind::Quantity(*q)).and_then(|v| direction(world, v)) {
                set.insert((SignalIx::new(s), d));
            }
        }
    }
    set
}

fn direction(world: &World, var: VarIx) -> Option<Direction> {
    match usize::from(world[var.index()]).cmp(&BALANCED) {
        std::cmp::Ordering::Less => Some(Direction::Deficit),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Direction::Excess),
    }
}

/// One chain that carried credit to its end.
struct Chain {
    path: Path,
    /// Deviations met, from the finding upward.
    met: Vec<Deviation>,
    cause: Option<(VarIx, u8)>,
    credit: f64,
}

struct Tracer<'a> {
    graph: &'a Graph,
    knowledge: &'a Knowledge,
    world: &'a World,
    random: &'a mut Random,
    fired: HashMap<VarIx, Vec<Option<EdgeIx>>>,
    steps: Vec<Chain>,
}

/// Credit smaller than this ends where it is; chains branch, and their number must stay small.
const CRUMB: f64 = 1e-4;

impl Tracer<'_> {
    fn site(&self, var: VarIx) -> Option<Deviation> {
        let quantity = |q: QuantityIx| self.knowledge.quantities[q.index()].transmission_of();
        let signal = match self.graph.get(var).kind {
            VarKind::Quantity(q) | VarKind::Adapted(q) => quantity(q)?,
            _ => return None,
        };
        Some((signal, direction(self.world, var)?))
    }

    /// Follows a variable that is out of rest; `path` is the chain from the finding to it.
    fn follow(&mut self, var: VarIx, credit: f64, path: &mut Vec<(Option<EdgeIx>, VarIx)>) {
        let kind = self.graph.get(var).kind;
        if kind.is_root() || credit < CRUMB {
            let cause = kind.is_root().then(|| (var, self.world[var.index()]));
            self.end(path, cause, credit);
            return;
        }
        if let Mechanism::Ratio(over, under) = self.graph.get(var).mechanism {
            let high = direction(self.world, var) == Some(Direction::Excess);
            let sides: Vec<VarIx> = [(over, high), (under, !high)]
                .into_iter()
                .filter(|(v, want_high)| direction(self.world, *v) == Some(if *want_high { Direction::Excess } else { Direction::Deficit }))
                .map(|(v, _)| v)
                .collect();
            self.divide(&sides, credit, path, None);
            return;
        }
        let fired = if let Some(f) = self.fired.get(&var) {
            f.clone()
        } else {
            let f = fired(self.graph, var, self.world, self.random);
            self.fired.insert(var, f.clone());
            f
        };
        let mut sources: Vec<Option<EdgeIx>> = fired;
        // The acute state is one more source of an adapted deviation in the same direction.
        let acute = match self.graph.get(var).mechanism {
            Mechanism::Adapted(a) if direction(self.world, a) == direction(self.world, var) => Some(a),
            _ => None,
        };
        let parts = sources.len() + usize::from(acute.is_some());
        if parts == 0 {
            self.end(path, None, credit);
            return;
        }
        // Few pushes act on one variable.
        #[allow(clippy::cast_precision_loss)]
        let each = credit / parts as f64;
        if let Some(a) = acute {
            path.push((None, a));
            self.follow(a, each, path);
            path.pop();
        }
        for source in sources.drain(..) {
            match source {
                None => self.end(path, None, each),
                Some(e) => {
                    let mut causes = Vec::new();
                    self.graph.edge(e).when.causes(&state_in(self.world), &mut causes);
                    causes.retain(|c| usize::from(self.world[c.index()]) != self.graph.get(*c).kind.rest());
                    self.divide(&causes, each, path, Some(e));
                }
            }
        }
    }

    fn divide(&mut self, causes: &[VarIx], credit: f64, path: &mut Vec<(Option<EdgeIx>, VarIx)>, edge: Option<EdgeIx>) {
        if causes.is_empty() {
            self.end(path, None, credit);
            return;
        }
        #[allow(clippy::cast_precision_loss)]
        let each = credit / causes.len() as f64;
        for cause in causes {
            path.push((edge, *cause));
            self.follow(*cause, each, path);
            path.pop();
        }
    }

    fn end(&mut self, path: &[(Option<EdgeIx>, VarIx)], cause: Option<(VarIx, u8)>, credit: f64) {
        let met = path.iter().filter_map(|(_, v)| self.site(*v)).collect();
        self.steps.push(Chain { path: path.iter().filter_map(|(e, _)| *e).collect(), met, cause, credit });
    }
}
