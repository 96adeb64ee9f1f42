//! Cycles, shown as the chain of rules that closes them.

use super::compile::Builder;
use super::{Options, Origin, VarIx};
use crate::knowledge::Knowledge;
use crate::source::Diagnostics;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{HashMap, VecDeque};

/// The shortest cycle through a node, as the origins of its edges.
pub(super) fn shortest(links: &DiGraph<VarIx, ()>, start: NodeIndex, by_pair: &HashMap<(usize, usize), Origin>) -> Vec<Origin> {
    let mut previous: HashMap<NodeIndex, NodeIndex> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let mut next: Vec<NodeIndex> = links.neighbors(node).collect();
        next.sort_unstable();
        for n in next {
            if n == start {
                let mut path = vec![start, node];
                while let Some(p) = path.last().and_then(|l| previous.get(l)) {
                    path.push(*p);
                }
                if node == start {
                    path.truncate(2);
                }
                path.reverse();
                return path.windows(2).filter_map(|w| by_pair.get(&(w[0].index(), w[1].index())).copied()).collect();
            }
            if !previous.contains_key(&n) && n != start {
                previous.insert(n, node);
                queue.push_back(n);
            }
        }
    }
    Vec::new()
}

/// Adds an error if the rules without feedback form a cycle.
pub(crate) fn report_cycles(knowledge: &Knowledge, diagnostics: &mut Diagnostics) {
    let options = Options { contested: true, course: None };
    let Err(cycle) = Builder::new(knowledge, options).build() else { return };
    let rules: Vec<_> = cycle
        .0
        .iter()
        .filter_map(|o| match o {
            Origin::Rule(r) => Some(&knowledge.rules[r.index()]),
            _ => None,
        })
        .collect();
    let chain = rules.iter().map(|r| r.id.as_str()).collect::<Vec<_>>().join(" → ");
    let hint = "mark the compensating rule `feedback: true`, or break the chain";
    let Some(first) = rules.first() else {
        diagnostics.global("E0601", "the priors or generated links form a cycle").hint(hint);
        return;
    };
    let d = diagnostics.error("E0601", first.place.clone(), format!("these rules form a cycle: {chain} → {}", first.id));
    d.hint(hint);
    for rule in rules.iter().skip(1) {
        d.related(rule.place.clone(), format!("{} {} → {}", rule.id, rule.when_words, rule.target_words));
    }
}
