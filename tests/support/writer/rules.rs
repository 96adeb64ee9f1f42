//! The rules of a random base: from facts to steps, from transmissions to functions, from functions to findings.

use super::Writer;
use std::fmt::Write as _;

impl Writer<'_> {
    fn strength(&mut self) -> String {
        match self.dice.below(4) {
            0 => "obligate".to_owned(),
            1 => "frequent".to_owned(),
            2 => format!("{{counts: {}/50}}", self.dice.between(3, 48)),
            _ => format!("{{percent: {}, interval: [1, 99]}}", self.dice.between(5, 95)),
        }
    }

    fn condition(&mut self, pool: &[String]) -> String {
        let (a, b, c) = (self.dice.pick(pool).clone(), self.dice.pick(pool).clone(), self.dice.pick(pool).clone());
        match self.dice.below(10) {
            0 | 1 => format!("{{any: [{a}, {b}]}}"),
            2 => format!("{{all: [{a}, {b}]}}"),
            3 => format!("{{all: [{a}, {{any: [{b}, {c}]}}]}}"),
            _ => a,
        }
    }

    fn rule(&mut self, pool: &[String], push: &str, target: &str, feedback: bool) {
        let when = self.condition(pool);
        let id = format!("R{:04}", self.rules.len() + 1);
        let strength = self.strength();
        let mut text = format!("- id: {id}\n  claim: none\n  when: {when}\n  {push}: {target}\n  strength: {strength}\n");
        if self.dice.chance(0.25) {
            let unless = self.condition(pool);
            let _ = writeln!(
                text,
                "  unless: {}",
                if self.dice.chance(0.5) { unless } else { format!("[{unless}, {}]", self.dice.pick(pool)) }
            );
        }
        if self.dice.chance(0.25) {
            text.push_str("  marked: true\n");
        }
        if feedback {
            text.push_str("  feedback: true\n");
        }
        text.push_str("  mechanism: 'by another mechanism: none'\n  standing: probable\n  evidence:\n");
        text.push_str("  - {ref: \"PMID:1\", study: cohort, directness: direct, found: nothing, read: abstract}\n  author: nobody\n  added: 2026-01-01\n");
        self.rules.push(text);
    }

    fn side(&mut self) -> &'static str {
        if self.dice.chance(0.5) { "raises" } else { "lowers" }
    }

    pub(super) fn pushes(&mut self) {
        let roots = self.roots.clone();
        for _ in 0..self.dice.between(3, 5) {
            let target = if self.dice.chance(0.8) {
                self.dice.pick(&self.steps.clone()).clone()
            } else {
                self.dice.pick(&self.sites.clone()).clone()
            };
            let side = self.side();
            self.rule(&roots, side, &target, false);
            if self.steps.contains(&target) {
                self.named.extend([format!("{target} low"), format!("{target} markedly high")]);
            }
        }
        let mut pool = [self.deviations.clone(), self.deviations.clone(), self.named.clone()].concat();
        pool.extend(roots.iter().take(2).cloned());
        let functions = self.functions.clone();
        for (i, function) in functions.iter().enumerate() {
            for _ in 0..self.dice.between(1, 2) {
                let side = self.side();
                self.rule(&pool, side, function, false);
            }
            if self.dice.chance(0.4) {
                pool.push(format!("{function} {}", self.dice.pick(&["low", "high", "markedly low", "balanced"])));
            }
            if i == 0 && self.dice.chance(0.5) {
                let target = if self.dice.chance(0.5) { function.clone() } else { self.dice.pick(&self.sites.clone()).clone() };
                let side = self.side();
                self.rule(&pool, side, &target, true);
                if self.dice.chance(0.5) && target == *function {
                    pool.push(format!("adapted {function} low"));
                }
            }
        }
    }

    pub(super) fn shows(&mut self) {
        let mut pool = Vec::new();
        for f in &self.functions {
            pool.extend(["low", "high", "markedly low", "markedly high"].map(|l| format!("{f} {l}")));
        }
        pool.extend(self.deviations.iter().step_by(2).cloned());
        let roots = self.roots.clone();
        for i in 0..6 {
            let target = format!("sign{i}");
            for _ in 0..self.dice.between(1, 2) {
                self.rule(&pool, "shows", &target, false);
            }
            if self.dice.chance(0.2) {
                self.rule(&roots, "shows", &target, false);
            }
            if self.dice.chance(0.25) {
                let from = if self.dice.chance(0.5) { &roots } else { &pool };
                self.rule(&from.clone(), "prevents", &target, false);
            }
        }
        // Something that one cause alone can show.
        if self.dice.chance(0.8) {
            let only = ["illness zero".to_owned()];
            self.rule(&only, "shows", "sign6", false);
        }
    }
}
