//! The network as text.

use super::{Net, assignments};
use std::fmt::Write as _;

impl Net<'_> {
    pub(super) fn write(&self, title: &str) -> String {
        let title: String = title.chars().filter(|c| *c != '"').collect();
        let mut out = format!("network \"{title}\" {{\n}}\n");
        for node in &self.nodes {
            let _ =
                writeln!(out, "variable {} {{\n  type discrete [ {} ] {{ {} }};\n}}", node.name, node.states.len(), node.states.join(", "));
        }
        for node in &self.nodes {
            let numbers = |row: &[f64]| row.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
            if node.parents.is_empty() {
                let _ = writeln!(out, "probability ( {} ) {{\n  table {};\n}}", node.name, numbers(&node.rows[0]));
                continue;
            }
            let parents: Vec<&str> = node.parents.iter().map(|p| self.nodes[*p].name.as_str()).collect();
            let _ = writeln!(out, "probability ( {} | {} ) {{", node.name, parents.join(", "));
            let cards: Vec<usize> = node.parents.iter().map(|p| self.nodes[*p].states.len()).collect();
            for (digits, row) in assignments(&cards).iter().zip(&node.rows) {
                let states: Vec<&str> = digits.iter().zip(&node.parents).map(|(d, p)| self.nodes[*p].states[*d].as_str()).collect();
                let _ = writeln!(out, "  ({}) {};", states.join(", "), numbers(row));
            }
            out.push_str("}\n");
        }
        out
    }
}
