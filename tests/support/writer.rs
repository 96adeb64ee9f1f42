//! Writes the text of a random base.

mod rules;

use super::Dice;
use std::fmt::Write as _;

const BASE: &str = "base:
  title: random
  version: '1'
  population: nobody
  strengths:
    obligate: {value: 0.98, interval: [0.95, 0.99]}
    frequent: {value: 0.55, interval: [0.3, 0.79]}
  leaks: {common: 0.05, rare: 0.004}
  priors: {common: 0.08, rare: 0.01}
  idiopathic: {deficit: 0.03, excess: 0.02, marked: 0.3}
compartments:
- {id: brain, label: brain}
circuits:
- {id: north, label: north, compartment: brain}
- {id: south, label: south, compartment: brain}
references:
- {id: \"PMID:1\", title: none, checked: 2026-01-01}
";

/// Writes one base.
pub struct Writer<'d> {
    dice: &'d mut Dice,
    /// Phrases about roots.
    roots: Vec<String>,
    /// Steps that may be pushed.
    steps: Vec<String>,
    /// Steps that some rule pushes.
    named: Vec<String>,
    sites: Vec<String>,
    /// Phrases about transmissions and ratios.
    deviations: Vec<String>,
    functions: Vec<String>,
    things: String,
    rules: Vec<String>,
}

impl<'d> Writer<'d> {
    pub fn new(dice: &'d mut Dice) -> Self {
        Self {
            dice,
            roots: Vec::new(),
            steps: Vec::new(),
            named: Vec::new(),
            sites: Vec::new(),
            deviations: Vec::new(),
            functions: Vec::new(),
            things: String::new(),
            rules: Vec::new(),
        }
    }

    /// Path and text of each file.
    pub fn write(mut self) -> Vec<(String, String)> {
        self.signals();
        self.facts();
        self.exposures();
        self.functions();
        self.observations();
        self.pushes();
        self.shows();
        // Rules in two files, so that their order can be changed.
        let half = self.rules.len() / 2;
        let file = |rules: &[String]| format!("rules:\n{}", rules.concat());
        vec![
            ("knowledge/base.yaml".to_owned(), BASE.to_owned()),
            ("knowledge/things.yaml".to_owned(), self.things),
            ("rules/a.yaml".to_owned(), file(&self.rules[..half])),
            ("rules/b.yaml".to_owned(), file(&self.rules[half..])),
        ]
    }

    fn number(&mut self, low: f64, high: f64) -> String {
        format!("{{value: {:.4}, basis: \"PMID:1\"}}", low + (high - low) * self.dice.uniform())
    }

    fn signals(&mut self) {
        self.things.push_str("signals:\n");
        let two = self.dice.chance(0.4);
        for (name, family) in [("alpha", ["eins", "zwei"]), ("beta", ["drei", "vier"])].into_iter().take(if two { 2 } else { 1 }) {
            let mut steps: Vec<&str> = Vec::new();
            for step in ["precursor", "synthesis", "storage", "release", "reuptake", "breakdown"] {
                if self.dice.chance(if step == "release" { 0.8 } else { 0.5 }) {
                    steps.push(step);
                }
            }
            let families = self.dice.chance(0.4);
            let sites: &[&str] = if !two && self.dice.chance(0.6) { &["north", "south"] } else { &["north"] };
            let _ = writeln!(self.things, "- id: {name}\n  label: {name}\n  steps: [{}]", steps.join(", "));
            if families {
                let _ = writeln!(self.things, "  receptors: [{}]", family.join(", "));
            }
            let one_sided = self.dice.chance(0.5);
            let excess = if one_sided { 0.0 } else { 0.02 };
            let _ = writeln!(self.things, "  idiopathic: {{deficit: 0.04, excess: {excess}}}\n  sites:");
            for (i, site) in sites.iter().enumerate() {
                let receptor = if families { format!(", receptor: {}", family[i]) } else { String::new() };
                let _ = writeln!(self.things, "  - {{circuit: {site}{receptor}}}");
                self.sites.push(format!("{name} transmission in {site}"));
                for direction in ["deficit", "excess"] {
                    self.deviations.push(format!("{name} {direction} in {site}"));
                    self.deviations.push(format!("marked {name} {direction} in {site}"));
                }
            }
            if steps.contains(&"precursor") && steps.contains(&"synthesis") && self.dice.chance(0.5) {
                let _ = writeln!(self.things, "  life:\n  - {{when: {name} precursor high, raises: {name} synthesis, strength: frequent}}");
            }
            self.deviations.push(format!("{name} deficit"));
            let places = ["", "", " in north", " in brain"];
            for step in &steps {
                let place = *self.dice.pick(&places);
                self.steps.push(format!("{name} {step}{place}"));
            }
            for kind in ["activity", "number"] {
                let owner = if families { family[self.dice.below(2)] } else { name };
                self.steps.push(format!("{owner} receptor {kind}{}", self.dice.pick(&places)));
            }
        }
        if two && self.dice.chance(0.7) {
            self.things.push_str("ratios:\n- {signal: alpha, to: beta, circuit: north}\n");
            for level in ["low", "high", "markedly high", "balanced"] {
                self.deviations.push(format!("alpha to beta ratio {level} in north"));
            }
        }
    }

    fn facts(&mut self) {
        self.things.push_str("facts:\n");
        let context = self.dice.chance(0.6);
        if context {
            let prior = self.number(0.2, 0.6);
            let _ = writeln!(self.things, "- {{id: ctx, label: hospital ward, kind: context, prior: {prior}}}");
            if self.dice.chance(0.5) {
                self.roots.push("hospital ward".to_owned());
            }
        }
        for i in 0..self.dice.between(1, 3) {
            let circumstance = i == 2 && self.dice.chance(0.5);
            let prior = if circumstance { self.number(0.25, 0.5) } else { self.number(0.01, 0.15) };
            let mut given: Vec<String> = Vec::new();
            if context && !circumstance && self.dice.chance(0.4) {
                given.push(format!("{{when: hospital ward, prior: {}}}", self.number(0.02, 0.19)));
            }
            if i == 1 && self.dice.chance(0.5) {
                let at = self.dice.below(given.len() + 1);
                given.insert(at, format!("{{when: illness zero, prior: {}}}", self.number(0.1, 0.6)));
            }
            let word = ["zero", "one", "two"][i];
            let _ = writeln!(
                self.things,
                "- {{id: dis{i}, label: illness {word}, kind: disease, prior: {prior}, prior_given: [{}]}}",
                given.join(", ")
            );
            self.roots.push(format!("illness {word}"));
        }
    }

    fn exposures(&mut self) {
        self.things.push_str("exposures:\n");
        let indication = self.roots.iter().rfind(|r| r.starts_with("illness")).cloned().unwrap_or_default();
        let given = if self.dice.chance(0.5) {
            format!(", prior_given: [{{when: {indication}, prior: {}}}]", self.number(0.1, 0.5))
        } else {
            String::new()
        };
        let (a, b, c) = (self.number(0.01, 0.1), self.number(0.005, 0.03), self.number(0.005, 0.03));
        let class = self.dice.chance(0.7);
        let kind = if class { "class" } else { "drug" };
        let _ = writeln!(self.things, "- {{id: kappa, label: kappa, kind: {kind}, taking: {a}, overdose: {b}, withdrawal: {c}{given}}}");
        if class {
            for member in ["kappa-un", "kappa-deux"].iter().take(self.dice.between(1, 2)) {
                let own = if self.dice.chance(0.3) { ", taking: common" } else { "" };
                let _ = writeln!(self.things, "- {{id: {member}, label: {member}, member_of: [kappa]{own}}}");
            }
            if self.dice.chance(0.5) {
                self.roots.push("taking kappa-un".to_owned());
            }
        }
        for phrase in ["taking kappa", "taking kappa", "overdose of kappa", "withdrawal from kappa"] {
            self.roots.push(phrase.to_owned());
        }
        if self.dice.chance(0.4) {
            self.things.push_str("- {id: lambda, label: lambda, kind: toxin, overdose: rare, taking: common}\n");
            self.roots.extend(["overdose of lambda".to_owned(), "taking lambda".to_owned()]);
        }
    }

    fn functions(&mut self) {
        self.things.push_str("functions:\n");
        for word in ["zero", "one", "two"].into_iter().take(self.dice.between(2, 3)) {
            let _ = writeln!(self.things, "- {{id: fun-{word}, label: function {word}, domain: mood}}");
            self.functions.push(format!("function {word}"));
        }
    }

    fn observations(&mut self) {
        self.things.push_str("domain: mood\nobservations:\n");
        let hierarchy = self.dice.chance(0.3);
        for i in 0..7 {
            let hpo = match i {
                // Tachycardia is an arrhythmia.
                0 if hierarchy => ", hpo: \"HP:0001649\"",
                1 if hierarchy => ", hpo: \"HP:0011675\"",
                _ => "",
            };
            let leak = self.number(0.01, 0.1);
            let follows = if self.dice.chance(0.2) { ", follows: acute" } else { "" };
            let _ = writeln!(self.things, "- {{id: sign{i}, label: sign {i}, leak: {leak}{hpo}{follows}}}");
        }
    }
}
