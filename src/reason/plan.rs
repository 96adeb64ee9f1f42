//! Elimination order and bucket tree: how to sum a network out, decided once and run many times.

use super::network::Network;
use super::table::{Factor, multiply, project, strides, sum_first};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// One bucket: a variable, the variables that are still there when it is summed out, and where its message goes.
#[derive(Debug)]
struct Bucket {
    /// The variable first, then the others in elimination order.
    scope: Vec<usize>,
    cards: Vec<usize>,
    size: usize,
    parent: Option<usize>,
    /// Strides of the message (scope without the first) as seen from the parent's scope.
    up: Vec<usize>,
    /// Network factors multiplied in here, with their strides.
    factors: Vec<(usize, Vec<usize>)>,
}

/// An elimination order with its buckets.
#[derive(Debug, Default)]
pub struct Plan {
    buckets: Vec<Bucket>,
    position: Vec<usize>,
    /// Cells of all tables together.
    pub cells: usize,
}

/// Tables after the upward pass.
#[derive(Debug)]
pub struct Tables {
    cliques: Vec<Vec<f64>>,
    messages: Vec<Vec<f64>>,
    /// Natural logarithm of the sum over everything; −∞ if the evidence is impossible.
    pub log_z: f64,
}

impl Plan {
    /// Chooses an order that keeps tables small (weighted min-fill, ties by table size and number); gives up with the cell count
    /// reached when the tables together would pass `limit`.
    ///
    /// # Errors
    /// The number of cells at which it gave up.
    pub fn new(net: &Network, limit: usize) -> Result<Self, usize> {
        let order = order(net, limit)?;
        let n = net.vars.len();
        let mut position = vec![0; n];
        for (i, v) in order.iter().enumerate() {
            position[*v] = i;
        }
        // Scopes: each variable's factors and incoming messages.
        let mut scopes: Vec<BTreeSet<usize>> = (0..n).map(|i| BTreeSet::from([i])).collect();
        let mut factors: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (f, factor) in net.factors.iter().enumerate() {
            let at = factor.scope.iter().map(|v| position[*v]).min().unwrap_or(0);
            scopes[at].extend(factor.scope.iter().map(|v| position[*v]));
            factors[at].push(f);
        }
        let mut parents = vec![None; n];
        for i in 0..n {
            let rest: Vec<usize> = scopes[i].iter().copied().skip(1).collect();
            if let Some(parent) = rest.first() {
                parents[i] = Some(*parent);
                scopes[*parent].extend(rest);
            }
        }
        let card = |v: usize| net.card(v);
        let mut buckets: Vec<Bucket> = Vec::with_capacity(n);
        let mut cells = 0;
        for i in 0..n {
            let scope: Vec<usize> = scopes[i].iter().map(|p| order[*p]).collect();
            let cards: Vec<usize> = scope.iter().map(|v| net.card(*v)).collect();
            let size = cards.iter().product();
            cells += size;
            let factors = factors[i].iter().map(|f| (*f, strides(&scope, &net.factors[*f].scope, &card))).collect();
            buckets.push(Bucket { scope, cards, size, parent: parents[i], up: Vec::new(), factors });
        }
        for i in 0..n {
            if let Some(parent) = buckets[i].parent {
                buckets[i].up = strides(&buckets[parent].scope, &buckets[i].scope[1..], &card);
            }
        }
        Ok(Self { buckets, position, cells })
    }

    /// Upward pass with extra one-variable factors (indicators of states asked for).
    #[must_use]
    pub fn run(&self, net: &Network, extra: &[Factor]) -> Tables {
        let n = self.buckets.len();
        let mut tables: Vec<Vec<f64>> = Vec::with_capacity(n);
        let mut messages: Vec<Vec<f64>> = Vec::with_capacity(n);
        let mut incoming: Vec<Vec<usize>> = vec![Vec::new(); n];
        let mut log_z = net.constant.ln();
        for (i, bucket) in self.buckets.iter().enumerate() {
            let mut table = vec![1.0; bucket.size];
            for (f, strides) in &bucket.factors {
                multiply(&mut table, &bucket.cards, &net.factors[*f].values, strides);
            }
            for e in extra.iter().filter(|e| e.scope.first().is_some_and(|v| self.position[*v] == i)) {
                let mut strides = vec![0; bucket.scope.len()];
                strides[0] = 1;
                multiply(&mut table, &bucket.cards, &e.values, &strides);
            }
            for child in &incoming[i] {
                multiply(&mut table, &bucket.cards, &messages[*child], &self.buckets[*child].up);
            }
            let mut message = sum_first(&table, bucket.cards[0]);
            // Scaling keeps tiny joint probabilities away from underflow.
            let top = message.iter().copied().fold(0.0, f64::max);
            log_z += top.ln();
            if top > 0.0 {
                message.iter_mut().for_each(|x| *x /= top);
            }
            if let Some(parent) = bucket.parent {
                incoming[parent].push(i);
            } else if let Some(x) = message.first() {
                log_z += x.ln();
            }
            messages.push(message);
            tables.push(table);
        }
        Tables { cliques: tables, messages, log_z }
    }

    /// Logarithm of the sum only, each table freed as soon as its message is sent.
    #[must_use]
    pub fn log_z(&self, net: &Network) -> f64 {
        self.log_z_with(net, &[])
    }

    /// The same with extra one-variable factors.
    #[must_use]
    pub fn log_z_with(&self, net: &Network, extra: &[Factor]) -> f64 {
        let n = self.buckets.len();
        let mut waiting: Vec<Vec<(usize, Vec<f64>)>> = vec![Vec::new(); n];
        let mut log_z = net.constant.ln();
        let mut table: Vec<f64> = Vec::new();
        for (i, bucket) in self.buckets.iter().enumerate() {
            table.clear();
            table.resize(bucket.size, 1.0);
            for (f, strides) in &bucket.factors {
                multiply(&mut table, &bucket.cards, &net.factors[*f].values, strides);
            }
            for e in extra.iter().filter(|e| e.scope.first().is_some_and(|v| self.position[*v] == i)) {
                let mut strides = vec![0; bucket.scope.len()];
                strides[0] = 1;
                multiply(&mut table, &bucket.cards, &e.values, &strides);
            }
            for (child, message) in std::mem::take(&mut waiting[i]) {
                multiply(&mut table, &bucket.cards, &message, &self.buckets[child].up);
            }
            let mut message = sum_first(&table, bucket.cards[0]);
            let top = message.iter().copied().fold(0.0, f64::max);
            log_z += top.ln();
            if top <= 0.0 {
                return f64::NEG_INFINITY;
            }
            match bucket.parent {
                Some(parent) => {
                    message.iter_mut().for_each(|x| *x /= top);
                    waiting[parent].push((i, message));
                }
                None => log_z += (message.first().copied().unwrap_or(0.0) / top).ln(),
            }
        }
        log_z
    }

    /// Downward pass: the posterior of every network variable, by local state.
    #[must_use]
    pub fn marginals(&self, tables: &Tables) -> Vec<Vec<f64>> {
        let n = self.buckets.len();
        let mut beliefs: Vec<Vec<f64>> = tables.cliques.clone();
        let mut out = vec![Vec::new(); n];
        for i in (0..n).rev() {
            let bucket = &self.buckets[i];
            if let Some(parent) = bucket.parent {
                let above = &self.buckets[parent];
                let size = bucket.size / bucket.cards[0];
                let mut ratio = project(&beliefs[parent], &above.cards, &bucket.up, size);
                for (r, m) in ratio.iter_mut().zip(&tables.messages[i]) {
                    *r = if *m > 0.0 { *r / *m } else { 0.0 };
                }
                let own = &mut beliefs[i];
                for (chunk, r) in own.chunks_exact_mut(bucket.cards[0]).zip(&ratio) {
                    chunk.iter_mut().for_each(|x| *x *= r);
                }
            }
            let belief = &beliefs[i];
            let mut marginal = vec![0.0; bucket.cards[0]];
            for chunk in belief.chunks_exact(bucket.cards[0]) {
                marginal.iter_mut().zip(chunk).for_each(|(m, x)| *m += x);
            }
            let total: f64 = marginal.iter().sum();
            // Every belief is rescaled, so that long chains of ratios stay near one.
            if total > 0.0 {
                marginal.iter_mut().for_each(|m| *m /= total);
                beliefs[i].iter_mut().for_each(|x| *x /= total);
            }
            out[bucket.scope[0]] = marginal;
        }
        out
    }

    /// A draw from the joint posterior; `uniform` gives numbers in [0, 1). Returns the local state of every network variable.
    #[must_use]
    pub fn sample(&self, tables: &Tables, mut uniform: impl FnMut() -> f64) -> Vec<usize> {
        let mut state = vec![0; self.buckets.len()];
        for (i, bucket) in self.buckets.iter().enumerate().rev() {
            let mut offset = 0;
            let mut stride = bucket.cards[0];
            for (v, card) in bucket.scope.iter().zip(&bucket.cards).skip(1) {
                offset += state[*v] * stride;
                stride *= card;
            }
            let row = &tables.cliques[i][offset..offset + bucket.cards[0]];
            let total: f64 = row.iter().sum();
            let mut u = uniform() * total;
            let mut pick = row.iter().rposition(|x| *x > 0.0).unwrap_or(0);
            for (s, x) in row.iter().enumerate() {
                if u < *x {
                    pick = s;
                    break;
                }
                u -= x;
            }
            state[bucket.scope[0]] = pick;
        }
        state
    }
}

/// Greedy elimination order, with lazily updated costs.
fn order(net: &Network, limit: usize) -> Result<Vec<usize>, usize> {
    let n = net.vars.len();
    let mut neighbours: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n];
    for factor in &net.factors {
        for v in &factor.scope {
            neighbours[*v].extend(factor.scope.iter().copied().filter(|w| w != v));
        }
    }
    // Table size in hundredths of a doubling: a whole number, so that ties are exact and the order deterministic.
    let weight: Vec<u64> = net.vars.iter().map(|v| milli_log(v.card)).collect();
    // Weighted min-fill: the new links that summing a variable out would make, each by the product of the (log) sizes that it ties
    // together. On this base's networks it keeps tables several times smaller than the size of the next table alone does.
    let cost = |v: usize, neighbours: &[BTreeSet<usize>]| -> (u64, u64) {
        let list: Vec<usize> = neighbours[v].iter().copied().collect();
        let mut fill = 0;
        for (i, a) in list.iter().enumerate() {
            for b in &list[i + 1..] {
                if !neighbours[*a].contains(b) {
                    fill += weight[*a] * weight[*b];
                }
            }
        }
        (fill, weight[v] + list.iter().map(|w| weight[*w]).sum::<u64>())
    };
    let mut current: Vec<(u64, u64)> = (0..n).map(|v| cost(v, &neighbours)).collect();
    let mut heap: BinaryHeap<Reverse<((u64, u64), usize)>> = (0..n).map(|v| Reverse((current[v], v))).collect();
    let mut gone = vec![false; n];
    let mut order = Vec::with_capacity(n);
    let mut cells: usize = 0;
    while let Some(Reverse((c, v))) = heap.pop() {
        if gone[v] || c != current[v] {
            continue;
        }
        gone[v] = true;
        order.push(v);
        let around: Vec<usize> = neighbours[v].iter().copied().collect();
        let size = around.iter().fold(net.card(v), |s, w| s.saturating_mul(net.card(*w)));
        cells = cells.saturating_add(size);
        if cells > limit {
            return Err(cells);
        }
        let mut touched: BTreeSet<usize> = around.iter().copied().collect();
        for (i, a) in around.iter().enumerate() {
            neighbours[*a].remove(&v);
            for b in &around[i + 1..] {
                if neighbours[*a].insert(*b) {
                    neighbours[*b].insert(*a);
                    // A new link changes the fill of those that see both ends.
                    touched.extend(neighbours[*a].intersection(&neighbours[*b]).copied());
                }
            }
        }
        neighbours[v].clear();
        for w in touched {
            let c = cost(w, &neighbours);
            if c != current[w] {
                current[w] = c;
                heap.push(Reverse((c, w)));
            }
        }
    }
    Ok(order)
}

// Cards are at most 5; the rounded logarithm fits any integer.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn milli_log(card: usize) -> u64 {
    ((card.max(1) as f64).log2() * 100.0).round() as u64
}
