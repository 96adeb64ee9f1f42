//! Small random knowledge bases, written as YAML and read through the loader, and random cases for them.

mod writer;

use eucrasia::graph::{Graph, Options, VarIx, VarKind};
use eucrasia::knowledge::Knowledge;
use eucrasia::reason::random::Random;
use eucrasia::reason::support::Evidence;
use eucrasia::source::{Diagnostics, Sources};
use writer::Writer;

/// A seeded source of choices.
pub struct Dice(Random);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Random::new(seed))
    }

    pub fn uniform(&mut self) -> f64 {
        self.0.uniform()
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// A base with its text.
pub struct RandomBase {
    /// Path and text of each file.
    pub files: Vec<(String, String)>,
    pub knowledge: Knowledge,
    pub graph: Graph,
    /// Texts that the loader refused before this one was found (cycles).
    pub refused: usize,
}

/// Reads the files of a base.
pub fn load(files: &[(String, String)]) -> Result<Knowledge, String> {
    let pairs: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    Knowledge::check(Sources::from_pairs(&pairs), Diagnostics::default()).map(|(k, _)| k).map_err(|refused| {
        refused.diagnostics.iter().map(|d| eucrasia::source::render(d, &refused.sources, false)).collect::<Vec<_>>().join("\n")
    })
}

impl RandomBase {
    /// The base of a seed.
    pub fn new(seed: u64) -> Self {
        let mut why = String::new();
        for attempt in 0..50_u64 {
            let mut dice = Dice::new(seed.wrapping_mul(1009).wrapping_add(attempt));
            let files = Writer::new(&mut dice).write();
            match load(&files) {
                Ok(knowledge) => {
                    let graph = Graph::compile(&knowledge, Options::default());
                    return Self { files, knowledge, graph, refused: usize::try_from(attempt).unwrap() };
                }
                // A cycle may come up by chance; anything else is a mistake of the writer's.
                Err(e) => {
                    assert!(e.contains("E0601") || e.to_lowercase().contains("cycle"), "seed {seed}: {e}");
                    why = e;
                }
            }
        }
        panic!("seed {seed}: no base that checks\n{why}");
    }

    pub fn of_kind(&self, wanted: impl Fn(VarKind) -> bool) -> Vec<VarIx> {
        self.graph.vars().filter(|(_, v)| wanted(v.kind)).map(|(ix, _)| ix).collect()
    }

    pub fn roots(&self) -> Vec<VarIx> {
        self.of_kind(VarKind::is_root)
    }

    pub fn quantities(&self) -> Vec<VarIx> {
        self.of_kind(|k| matches!(k, VarKind::Quantity(_) | VarKind::Adapted(_)))
    }

    pub fn observations(&self) -> Vec<VarIx> {
        self.of_kind(|k| matches!(k, VarKind::Observation(_)))
    }

    /// Known facts, and an intervention now and then.
    pub fn facts(&self, dice: &mut Dice) -> Evidence {
        let mut evidence = Evidence::default();
        for root in self.roots() {
            match self.graph.get(root).kind {
                VarKind::Fact(_) if dice.chance(0.25) => evidence.roots.insert(root, dice.below(2)),
                VarKind::Exposure(_) if dice.chance(0.25) => evidence.roots.insert(root, dice.below(4)),
                _ => None,
            };
        }
        if dice.chance(0.25) {
            evidence.set.insert(*dice.pick(&self.quantities()), dice.below(5));
        }
        evidence
    }

    /// Known facts with two to four findings present and one or two absent.
    pub fn case(&self, dice: &mut Dice) -> Evidence {
        let mut evidence = self.facts(dice);
        let mut left = self.observations();
        for (count, mask) in [(dice.between(2, 4), 0b10), (dice.between(1, 2), 0b01)] {
            for _ in 0..count.min(left.len()) {
                let o = left.remove(dice.below(left.len()));
                evidence.observe(o, mask);
            }
        }
        if dice.chance(0.15) {
            let q = *dice.pick(&self.quantities());
            if !evidence.set.contains_key(&q) {
                evidence.observe(q, *dice.pick(&[0b00011, 0b11100, 0b11000, 0b01110]));
            }
        }
        evidence
    }

    pub fn files_text(&self) -> String {
        self.files.iter().map(|(p, t)| format!("# {p}\n{t}")).collect::<Vec<_>>().concat()
    }
}
