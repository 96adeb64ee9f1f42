//! Which pushes fired in a world, drawn from their distribution given the states of cause and effect.

use super::random::Random;
use crate::graph::{BALANCED, EdgeIx, Graph, Mechanism, VarIx};
use crate::written::Push;

/// A world: the state of every variable of the graph.
pub type World = [u8];

/// State of a variable in a world.
pub fn state_in(world: &World) -> impl Fn(VarIx) -> usize + '_ {
    |v: VarIx| usize::from(world[v.index()])
}

/// A push whose condition holds: edge, probability, degrees.
type Candidate = (EdgeIx, f64, usize);

fn candidates(graph: &Graph, var: VarIx, world: &World, push: Push) -> Vec<Candidate> {
    let state = state_in(world);
    graph
        .get(var)
        .incoming
        .iter()
        .filter_map(|e| {
            let edge = graph.edge(*e);
            (edge.push == push && edge.when.holds(&state)).then(|| {
                let doubled = edge.doubled.as_ref().is_some_and(|d| d.holds(&state));
                (*e, edge.strength.value(), if doubled { 2 } else { usize::from(edge.degrees) })
            })
        })
        .collect()
}

/// The edges that fired for what a variable shows in a world: for a quantity those in the direction of its deviation, for a
/// present finding the showing ones. `None` among them is the leak.
pub fn fired(graph: &Graph, var: VarIx, world: &World, random: &mut Random) -> Vec<Option<EdgeIx>> {
    match graph.get(var).mechanism {
        Mechanism::Finding { leak } => showing(graph, var, world, leak, random),
        Mechanism::Sum => pushing(graph, var, world, i32::from(world[var.index()]) - level(BALANCED), random),
        Mechanism::Adapted(acute) => {
            let change = i32::from(world[var.index()]) - i32::from(world[acute.index()]);
            pushing(graph, var, world, change, random)
        }
        Mechanism::Ratio(..) | Mechanism::Prior(_) => Vec::new(),
    }
}

fn level(state: usize) -> i32 {
    i32::try_from(state).unwrap_or(2)
}

fn showing(graph: &Graph, var: VarIx, world: &World, leak: f64, random: &mut Random) -> Vec<Option<EdgeIx>> {
    let mut all: Vec<(Option<EdgeIx>, f64)> = vec![(None, leak)];
    all.extend(candidates(graph, var, world, Push::Shows).into_iter().map(|(e, p, _)| (Some(e), p)));
    // Coins given that at least one fires: one after another, while none has fired with the chance that a later one will.
    let mut quiet: Vec<f64> = vec![1.0; all.len() + 1];
    for i in (0..all.len()).rev() {
        quiet[i] = quiet[i + 1] * (1.0 - all[i].1);
    }
    let mut out = Vec::new();
    for (i, (edge, p)) in all.iter().enumerate() {
        let chance = if out.is_empty() { p / (1.0 - quiet[i]).max(f64::MIN_POSITIVE) } else { *p };
        if random.uniform() < chance {
            out.push(*edge);
        }
    }
    out
}

/// Arrivals given U − D = change, each held to 2; returns those in the direction of the change.
fn pushing(graph: &Graph, var: VarIx, world: &World, change: i32, random: &mut Random) -> Vec<Option<EdgeIx>> {
    if change == 0 {
        return Vec::new();
    }
    let up = candidates(graph, var, world, Push::Raises);
    let down = candidates(graph, var, world, Push::Lowers);
    let (tables_up, tables_down) = (totals(&up), totals(&down));
    let (last_up, last_down) = (tables_up[up.len()], tables_down[down.len()]);
    let joint: Vec<(usize, usize, f64)> = (0..3)
        .flat_map(|u| (0..3).map(move |d| (u, d)))
        .filter(|(u, d)| {
            let sum = level(*u) - level(*d);
            // An adapted copy is held within ±2, so a larger change than shown may have been cut off.
            sum == change
                || (sum.signum() == change.signum()
                    && matches!(graph.get(var).mechanism, Mechanism::Adapted(_))
                    && sum.abs() >= change.abs())
        })
        .map(|(u, d)| (u, d, last_up[u] * last_down[d]))
        .collect();
    let total: f64 = joint.iter().map(|j| j.2).sum();
    let mut x = random.uniform() * total;
    let Some(pick) = joint
        .iter()
        .find(|j| {
            x -= j.2;
            x < 0.0
        })
        .or(joint.last())
    else {
        return Vec::new();
    };
    if change > 0 { backward(&up, &tables_up, pick.0, random) } else { backward(&down, &tables_down, pick.1, random) }
}

/// Distribution of the truncated total after each candidate.
fn totals(list: &[Candidate]) -> Vec<[f64; 3]> {
    let mut tables = vec![[1.0, 0.0, 0.0]];
    for (_, p, degrees) in list {
        let before = tables[tables.len() - 1];
        let mut after = [0.0; 3];
        for (k, q) in before.iter().enumerate() {
            after[k] += q * (1.0 - p);
            after[(k + degrees).min(2)] += q * p;
        }
        tables.push(after);
    }
    tables
}

fn backward(list: &[Candidate], tables: &[[f64; 3]], total: usize, random: &mut Random) -> Vec<Option<EdgeIx>> {
    let mut out = Vec::new();
    let mut now = total;
    for i in (0..list.len()).rev() {
        let (edge, p, degrees) = list[i];
        let before = tables[i];
        // (total before, fired?) pairs that lead to the total now.
        let mut ways: Vec<(usize, bool, f64)> = vec![(now, false, before[now] * (1.0 - p))];
        ways.extend((0..3).filter(|k| (k + degrees).min(2) == now).map(|k| (k, true, before[k] * p)));
        let sum: f64 = ways.iter().map(|w| w.2).sum();
        let mut x = random.uniform() * sum;
        let way = ways
            .iter()
            .find(|w| {
                x -= w.2;
                x < 0.0
            })
            .copied()
            .unwrap_or(ways[0]);
        if way.1 {
            out.push(Some(edge));
        }
        now = way.0;
    }
    out.reverse();
    out
}
