//! The model's meaning, asked of engines that were not written here: on random small bases the reasoner's answers are `ProbLog`'s
//! and a Bayesian-network engine's, for the programs that the exports print.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot go on should fail

#[path = "support/random_base.rs"]
#[allow(dead_code, clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
mod random_base;

use eucrasia::export::{Names, Question, bif, node_evidence, problog};
use eucrasia::graph::{Formula, Graph, Mechanism, Origin, VarIx, VarKind};
use eucrasia::reason::solve::{Effort, Posterior};
use eucrasia::reason::support::Evidence;
use eucrasia::written::Push;
use random_base::{Dice, RandomBase};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Number of bases; each is asked three questions. `EUCRASIA_MEANING_BASES` asks of more or fewer,
/// `EUCRASIA_MEANING_SEEDS` (numbers, commas between) of some only.
const BASES: u64 = 300;

type Feature = (&'static str, fn(&Graph) -> bool);

/// What the bases must have among them, each in at least a tenth.
const FEATURES: [Feature; 9] = [
    ("marked pushes", |g| g.edges().any(|(_, e)| e.degrees == 2)),
    ("doubled pushes", |g| g.edges().any(|(_, e)| e.doubled.is_some() && matches!(e.origin, Origin::Rule(_)))),
    ("gates of a signal's life", |g| g.edges().any(|(_, e)| matches!(e.origin, Origin::Life(..)) && negated(&e.when))),
    ("conditions with unless", |g| g.edges().any(|(_, e)| matches!(e.origin, Origin::Rule(_)) && negated(&e.when))),
    ("disjunctions", |g| g.edges().any(|(_, e)| matches!(e.when, Formula::Any(_)))),
    ("preventing rules", |g| g.edges().any(|(_, e)| e.push == Push::Prevents)),
    ("ratios", |g| g.vars().any(|(_, v)| matches!(v.mechanism, Mechanism::Ratio(..)))),
    ("adapted copies", |g| g.vars().any(|(_, v)| matches!(v.mechanism, Mechanism::Adapted(_)))),
    ("conditional priors", |g| g.vars().any(|(_, v)| matches!(&v.mechanism, Mechanism::Prior(p) if !p.given.is_empty()))),
];

fn negated(formula: &Formula) -> bool {
    match formula {
        Formula::Not(_) => true,
        Formula::All(parts) | Formula::Any(parts) => parts.iter().any(negated),
        Formula::True | Formula::Is(..) => false,
    }
}

#[test]
fn random_bases_have_everything() {
    let graphs: Vec<Graph> = (0..100).map(|seed| RandomBase::new(seed).graph).collect();
    for (name, has) in FEATURES {
        let count = graphs.iter().filter(|g| has(g)).count();
        println!("{name}: {count} of {}", graphs.len());
        assert!(count * 10 >= graphs.len(), "{name}: {count} of {}", graphs.len());
    }
}

fn bases() -> u64 {
    std::env::var("EUCRASIA_MEANING_BASES").ok().and_then(|n| n.parse().ok()).unwrap_or(BASES)
}

/// One question with the reasoner's answers.
fn record(base: &RandomBase, name: &str, evidence: &Evidence, targets: &[VarIx], complete: bool, limited: bool) -> Value {
    let (graph, knowledge) = (&base.graph, &base.knowledge);
    let effort = Effort { gap: 0.0, ..Effort::default() };
    let posterior = Posterior::solve(graph, knowledge, evidence, targets, complete, effort);
    let impossible = posterior.components.is_empty();
    assert!(impossible || posterior.unvisited < 1e-9, "{name}: {}", posterior.unvisited);
    let names = Names::new(graph, knowledge);
    let query = |var: VarIx, mask: u8| {
        let states = (0..graph.get(var).kind.states()).filter(|s| mask >> s & 1 == 1);
        let states: Vec<usize> = states.collect();
        let atoms: Vec<String> = states.iter().map(|s| names.atom(graph, var, *s)).collect();
        json!({"atoms": atoms, "node": names.name(var), "states": states, "answer": posterior.inside(var, mask)})
    };
    let mut queries = Vec::new();
    for var in targets.iter().copied() {
        match graph.get(var).kind {
            VarKind::Quantity(_) | VarKind::Adapted(_) => queries.extend([0b00001, 0b00011, 0b11000, 0b10000].map(|m| query(var, m))),
            VarKind::Exposure(_) => queries.extend([0b0010, 0b0100, 0b1000].map(|m| query(var, m))),
            VarKind::Idiopathic(..) => queries.push(query(var, 0b110)),
            VarKind::Fact(_) | VarKind::Observation(_) | VarKind::Term(_) => queries.push(query(var, 0b10)),
        }
    }
    if limited {
        let question = Question { evidence, targets, complete };
        queries.push(json!({"atoms": ["unknown_cause"], "node": "unknown_causes", "states": [1], "answer": 1.0 - posterior.no_cause.0}));
        json!({
            "name": name,
            "program": problog(graph, knowledge, Some(&question)),
            "bif": bif(graph, knowledge, Some(&question)),
            "evidence": node_evidence(graph, knowledge, &question),
            "impossible": impossible,
            "log_evidence": if impossible { Value::Null } else { json!(posterior.log_evidence) },
            "queries": queries,
        })
    } else {
        // The plain model, with what is known entered from outside.
        let mut program = problog(graph, knowledge, None);
        let mut entered = Vec::new();
        for (var, state) in &evidence.roots {
            writeln!(program, "evidence({}).", names.atom(graph, *var, *state)).unwrap();
            let possible: Vec<bool> = (0..graph.get(*var).kind.states()).map(|s| s == *state).collect();
            entered.push((names.name(*var).to_owned(), possible));
        }
        json!({
            "name": name,
            "program": program,
            "bif": bif(graph, knowledge, None),
            "evidence": entered,
            "queries": queries,
        })
    }
}

/// Every root known, in a state that the base thinks possible: prediction without any limit on unknown causes.
fn all_known(base: &RandomBase, dice: &mut Dice) -> Evidence {
    let mut evidence = Evidence::default();
    for root in base.roots() {
        let Mechanism::Prior(prior) = &base.graph.get(root).mechanism else { continue };
        let possible: Vec<usize> = (0..prior.base.len()).filter(|s| prior.base[*s] > 0.0).collect();
        evidence.roots.insert(root, if dice.chance(0.5) { 0 } else { *dice.pick(&possible) });
    }
    evidence
}

fn write(dir: &Path) -> (Vec<PathBuf>, usize) {
    std::fs::create_dir_all(dir).unwrap();
    let paths = [dir.join("part0.ndjson"), dir.join("part1.ndjson")];
    let mut files = paths.clone().map(|p| std::io::BufWriter::new(std::fs::File::create(p).unwrap()));
    let mut impossible = 0;
    let only: Option<Vec<u64>> =
        std::env::var("EUCRASIA_MEANING_SEEDS").ok().map(|s| s.split(',').filter_map(|n| n.parse().ok()).collect());
    for seed in only.unwrap_or_else(|| (0..bases()).collect()) {
        let base = RandomBase::new(seed);
        std::fs::write(dir.join(format!("base{seed}.yaml")), base.files_text()).unwrap();
        let mut dice = Dice::new(seed ^ 0x5EED);
        let complete = dice.chance(0.2);
        let cases = [
            ("case", base.case(&mut dice), complete, true),
            ("forward", base.facts(&mut dice), false, true),
            ("plain", all_known(&base, &mut dice), false, false),
        ];
        // Everything is asked for, or half of the quantities only: what is not above them must not matter.
        let mut targets = base.quantities();
        if dice.chance(0.5) {
            targets.retain(|_| dice.chance(0.5));
        } else {
            targets.extend(base.observations().into_iter().chain(base.roots()));
        }
        for (kind, evidence, complete, limited) in cases {
            let line = record(&base, &format!("base {seed}, {kind}"), &evidence, &targets, complete, limited);
            impossible += usize::from(line["impossible"] == true);
            writeln!(files[usize::try_from(seed % 2).unwrap()], "{line}").unwrap();
        }
    }
    (paths.to_vec(), impossible)
}

#[test]
fn other_engines_give_the_same_answers() {
    let ready = Command::new("python3").args(["-c", "import problog, pyagrum"]).output();
    if !ready.as_ref().is_ok_and(|o| o.status.success()) {
        let why = "python3 with the packages problog and pyagrum is needed to compare with other engines";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{why}");
        println!("skipped: {why}");
        return;
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("meaning");
    let (paths, impossible) = write(&dir);
    println!("{impossible} questions with impossible evidence");
    assert!(impossible * 20 < usize::try_from(bases()).unwrap(), "too many questions are impossible: {impossible}");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/meaning/peers.py");
    let running: Vec<_> = paths.iter().map(|p| Command::new("python3").arg(&script).arg(p).spawn().unwrap()).collect();
    let passed: Vec<bool> = running.into_iter().map(|mut child| child.wait().unwrap().success()).collect();
    assert!(passed.iter().all(|p| *p), "answers differ (see above); questions are in {}", dir.display());
}
