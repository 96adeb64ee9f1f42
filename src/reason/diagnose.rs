//! Backward reasoning: from findings to hypotheses, with what each accounts for and why.

use super::credit::{Account, Accounts, Deviation, Path, trace};
use super::options::{Effects, Remedy};
use super::proof::{Derivation, derivation, origin};
use super::solve::{Bounds, Cause, Effort, Posterior};
use crate::case::{Case, Place};
use crate::graph::{Direction, Formula, Graph, Options, VarIx, VarKind};
use crate::knowledge::{Knowledge, ObservationIx, QuantityKind, SignalIx};
use std::collections::{BTreeMap, BTreeSet};

/// A probability with what it rests on.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Chance {
    /// The value.
    pub value: f64,
    /// Certified lower and upper bound.
    pub bounds: (f64, f64),
    /// Range over the strengths' intervals; `null` unless it was asked for.
    pub range: Option<(f64, f64)>,
    /// Before the findings were known (known facts included).
    pub prior: Option<f64>,
    /// Posterior odds over prior odds.
    pub bayes_factor: Option<f64>,
}

/// Something with an id and a probability.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Likely {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// low, high, taking, overdose, withdrawal, true.
    pub direction: String,
    /// P, 0 to 1.
    pub probability: f64,
}

/// What a hypothesis explains of one finding.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Explained {
    /// The finding's id.
    pub finding: String,
    /// Label.
    pub label: String,
    /// Expected share of the finding's credit, 0 to 1.
    pub share: f64,
    /// Chains that carried it, as rule ids from cause to finding, the heaviest first.
    pub derivations: Vec<Vec<String>>,
    /// The same chains, step by step.
    pub chains: Vec<Derivation>,
}

/// One hypothesis: a signal too low or too high.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Hypothesis {
    /// 1 is first.
    pub rank: usize,
    /// Signal id.
    pub signal: String,
    /// deficit or excess.
    pub direction: Direction,
    /// P(some site is markedly so).
    pub marked: f64,
    /// Expected number of findings accounted for.
    pub accounts_for: f64,
    /// Standard error of that number (seeded sampling from the exact posterior).
    pub standard_error: f64,
    /// P(some site deviates so).
    pub probability: Chance,
    /// `initiating`, or `secondary to <signal> <direction>`.
    pub role: String,
    /// Where.
    pub sites: Vec<Likely>,
    /// Through which steps of the signal's life.
    pub steps: Vec<Likely>,
    /// From which facts.
    pub causes: Vec<Likely>,
    /// Findings that it explains.
    pub explained: Vec<Explained>,
    /// Present findings of which it explains nothing worth naming.
    pub unexplained: Vec<String>,
    /// Absent findings that it would make likely.
    pub against: Vec<String>,
    /// Findings not assessed that it would make likely and that would tell it apart.
    pub to_assess: Vec<String>,
    /// Whether a contested rule carries part of it.
    pub contested: bool,
}

/// A minimal sufficient explanation: these, at least.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Explanation {
    /// The unknown cause and the known facts that carry credit.
    pub facts: Vec<String>,
    /// Deviations that it works through.
    pub deviations: Vec<String>,
    /// P(this cause | findings, known facts).
    pub probability: f64,
}

/// A life-threatening picture.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct AlertRaised {
    /// Id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// P(its condition).
    pub probability: f64,
    /// Reference.
    pub reference: String,
}

/// Whether the program declines to name a leading hypothesis.
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Abstention {
    /// It does.
    pub value: bool,
    /// Why, and what would help.
    pub reason: Option<String>,
}

/// The answer to a diagnosis.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// Alerts, first.
    pub alerts: Vec<AlertRaised>,
    /// Abstention.
    pub abstained: Abstention,
    /// Hypotheses in order.
    pub hypotheses: Vec<Hypothesis>,
    /// Explanations, most probable first.
    pub explanations: Vec<Explanation>,
    /// Interventions that would act against the leading hypotheses.
    pub interventions: Vec<Remedy>,
    /// Widest gap between bounds.
    pub gap: f64,
    /// Warnings.
    pub warnings: Vec<String>,
}

/// Worlds drawn for the accounts.
const WORLDS: usize = 1000;
const SEED: u64 = 20_251_125;
/// What one component of the posterior may leave open of a probability that is printed with bounds, and of one that is not.
const EXACT: f64 = 2e-5;
const ROUGH: f64 = 5e-4;
/// Hypotheses that account for less than this and are less probable than [`WORTH_LISTING`] are not listed.
const LEAST_ACCOUNT: f64 = 0.05;
const WORTH_LISTING: f64 = 0.2;
const MOST_LISTED: usize = 12;
/// Below this the leading hypothesis accounts for too little to be named.
const ABSTAIN_BELOW: f64 = 0.5;
/// P(no cause in the base) from which the findings are as well explained by chance.
const ABSTAIN_CHANCE: f64 = 0.5;

/// Answers a case.
#[must_use]
pub fn diagnose(knowledge: &Knowledge, case: &Case, contested: bool) -> Diagnosis {
    let graph = Graph::compile_with(knowledge, Options { contested, course: case.course }, &case.terms());
    Run::new(knowledge, &graph, case).answer(contested)
}

struct Run<'a> {
    k: &'a Knowledge,
    graph: &'a Graph,
    case: &'a Case,
    findings: Vec<(VarIx, String, String)>,
}

impl<'a> Run<'a> {
    fn new(k: &'a Knowledge, graph: &'a Graph, case: &'a Case) -> Self {
        let findings = case.present.iter().filter_map(|f| Some((Case::var(graph, f.place)?, id(k, f.place), f.label.clone()))).collect();
        Self { k, graph, case, findings }
    }

    fn answer(&self, contested: bool) -> Diagnosis {
        let evidence = self.case.evidence(self.graph, self.k);
        let effort = Effort::default();
        let posterior = Posterior::solve(self.graph, self.k, &evidence, &[], self.case.drugs_complete, effort);
        let worlds = posterior.worlds(WORLDS, SEED);
        let vars: Vec<VarIx> = self.findings.iter().map(|f| f.0).collect();
        let accounts = trace(self.graph, self.k, &worlds, &vars, SEED);
        let listed = self.listed(&posterior, &accounts);
        let mut before = evidence.clone();
        before.allowed.clear();
        let targets: Vec<VarIx> = listed.iter().flat_map(|(d, _)| self.vars_of(d.0)).collect();
        let prior = Posterior::solve(self.graph, self.k, &before, &targets, self.case.drugs_complete, effort);
        let extended = Extended::new(self.graph, &worlds);
        let empty = Account::default();
        let hypotheses: Vec<Hypothesis> = listed
            .iter()
            .enumerate()
            .map(|(i, (d, p))| {
                let account = accounts.by_deviation.get(d).unwrap_or(&empty);
                self.hypothesis(i + 1, *d, *p, account, &posterior, &prior, &extended)
            })
            .collect();
        let leading: Vec<Deviation> = listed.iter().take(3).map(|l| l.0).collect();
        let failed: BTreeSet<VarIx> = self
            .k
            .quantities
            .iter()
            .enumerate()
            .filter(|(_, q)| matches!(q.kind, QuantityKind::Step { .. }))
            .filter_map(|(i, _)| self.graph.var(VarKind::Quantity(crate::knowledge::QuantityIx::new(i))))
            .filter(|v| posterior.inside(*v, 0b11011) >= 0.3)
            .collect();
        let interventions = Effects::new(self.graph).remedies(self.graph, self.k, self.case, &leading, &failed);
        Diagnosis {
            alerts: self.alerts(&posterior, &worlds),
            abstained: self.abstention(&posterior, &accounts, &listed),
            explanations: self.explanations(&posterior, &worlds),
            hypotheses,
            interventions,
            gap: posterior.unvisited,
            warnings: self.warnings(&posterior, contested),
        }
    }

    fn vars_of(&self, signal: SignalIx) -> Vec<VarIx> {
        self.k.sites(signal).iter().filter_map(|q| self.graph.var(VarKind::Quantity(*q))).collect()
    }

    /// Hypotheses worth listing, with their probability, in the order of what they account for.
    fn listed(&self, posterior: &Posterior, accounts: &Accounts) -> Vec<(Deviation, (f64, Bounds))> {
        let candidates: Vec<Deviation> =
            accounts.by_deviation.iter().filter(|(_, a)| a.total >= LEAST_ACCOUNT || a.worlds >= WORTH_LISTING).map(|(d, _)| *d).collect();
        let mut rows: Vec<(Deviation, (f64, Bounds), f64)> = candidates
            .into_iter()
            .map(|d| {
                let tests: Vec<(VarIx, u8)> = self.vars_of(d.0).into_iter().map(|v| (v, d.1.mask())).collect();
                (d, posterior.any(&tests, EXACT), accounts.by_deviation.get(&d).map_or(0.0, |a| a.total))
            })
            .collect();
        rows.sort_by(|a, b| {
            let key = |x: &(Deviation, (f64, Bounds), f64)| (self.k.signals[x.0.0.index()].id.clone(), x.0.1);
            b.2.total_cmp(&a.2).then(b.1.0.total_cmp(&a.1.0)).then(key(a).cmp(&key(b)))
        });
        rows.truncate(MOST_LISTED);
        rows.into_iter().map(|(d, p, _)| (d, p)).collect()
    }

    #[allow(clippy::too_many_arguments)]
    fn hypothesis(
        &self,
        rank: usize,
        d: Deviation,
        p: (f64, Bounds),
        account: &Account,
        posterior: &Posterior,
        prior: &Posterior,
        extended: &Extended,
    ) -> Hypothesis {
        let k = self.k;
        let signal = &k.signals[d.0.index()];
        let tests = |mask: u8| -> Vec<(VarIx, u8)> { self.vars_of(d.0).into_iter().map(|v| (v, mask)).collect() };
        let marked = posterior.any(&tests(d.1.marked_mask()), ROUGH).0;
        let before = prior.any(&tests(d.1.mask()), EXACT).0;
        let odds = |x: f64| x / (1.0 - x).max(1e-12);
        let holds = |world: &[u8]| self.vars_of(d.0).iter().any(|v| d.1.mask() >> world[v.index()] & 1 == 1);
        let (against, to_assess) = self.expectations(extended, &holds);
        let explained = self.explained(account);
        let named: BTreeSet<&str> = explained.iter().map(|e| e.finding.as_str()).collect();
        let unexplained = self.findings.iter().filter(|f| !named.contains(f.1.as_str())).map(|f| f.1.clone()).collect();
        Hypothesis {
            rank,
            signal: signal.id.clone(),
            direction: d.1,
            marked,
            accounts_for: account.total,
            standard_error: account.standard_error(WORLDS),
            probability: Chance {
                value: p.0,
                bounds: p.1,
                range: None,
                prior: Some(before),
                bayes_factor: (before > 0.0).then(|| odds(p.0) / odds(before)),
            },
            role: self.role(account),
            sites: self.sites_of(d, posterior),
            steps: self.steps_of(d, posterior),
            causes: self.causes_of(account, posterior),
            contested: account.paths.keys().any(|(_, path)| path.iter().any(|e| self.graph.edge(*e).contested)),
            explained,
            unexplained,
            against,
            to_assess,
        }
    }

    fn role(&self, account: &Account) -> String {
        match account.through.iter().max_by(|a, b| a.1.total_cmp(b.1)) {
            Some((d, credit)) if *credit > account.total * 0.5 => format!("secondary to {} {}", self.k.signals[d.0.index()].id, d.1.name()),
            _ => "initiating".into(),
        }
    }

    fn sites_of(&self, d: Deviation, posterior: &Posterior) -> Vec<Likely> {
        let mut rows: Vec<Likely> = self
            .k
            .sites(d.0)
            .iter()
            .filter_map(|q| {
                let probability = posterior.inside(self.graph.var(VarKind::Quantity(*q))?, d.1.mask());
                let q = &self.k.quantities[q.index()];
                Some(Likely { id: q.id.clone(), label: q.label.clone(), direction: word(d.1).into(), probability })
            })
            .filter(|r| r.probability >= 0.01)
            .collect();
        rows.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
        rows
    }

    fn steps_of(&self, d: Deviation, posterior: &Posterior) -> Vec<Likely> {
        let mut rows = Vec::new();
        for (i, q) in self.k.quantities.iter().enumerate() {
            let QuantityKind::Step { signal, .. } = q.kind else { continue };
            let Some(var) = self.graph.var(VarKind::Quantity(crate::knowledge::QuantityIx::new(i))) else { continue };
            if signal != d.0 {
                continue;
            }
            for direction in Direction::BOTH {
                let probability = posterior.inside(var, direction.mask());
                if probability >= 0.05 {
                    rows.push(Likely { id: q.id.clone(), label: q.label.clone(), direction: word(direction).into(), probability });
                }
            }
        }
        rows.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
        rows
    }

    fn causes_of(&self, account: &Account, posterior: &Posterior) -> Vec<Likely> {
        let mut rows: Vec<Likely> = account
            .causes
            .iter()
            .filter(|(_, credit)| **credit >= 0.03 * account.total)
            .map(|((var, state), _)| self.cause(*var, *state, posterior.inside(*var, 1 << state)))
            .collect();
        rows.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
        rows.truncate(8);
        rows
    }

    fn cause(&self, var: VarIx, state: u8, probability: f64) -> Likely {
        let words = match (self.graph.get(var).kind, state) {
            (VarKind::Exposure(_), 1) => "taking",
            (VarKind::Exposure(_), 2) => "overdose",
            (VarKind::Exposure(_), _) => "withdrawal",
            (VarKind::Idiopathic(..), 2) => "marked",
            _ => "true",
        };
        Likely { id: self.graph.id(var, self.k), label: self.graph.label(var, self.k), direction: words.into(), probability }
    }

    fn explained(&self, account: &Account) -> Vec<Explained> {
        let mut rows = Vec::new();
        for (i, share) in &account.findings {
            if *share < 0.02 {
                continue;
            }
            let mut paths: Vec<(&Path, f64)> = account.paths.iter().filter(|((f, _), _)| f == i).map(|((_, p), c)| (p, *c)).collect();
            paths.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
            paths.truncate(3);
            let (_, id, label) = &self.findings[*i];
            rows.push(Explained {
                finding: id.clone(),
                label: label.clone(),
                share: *share,
                derivations: paths
                    .iter()
                    .map(|(p, _)| p.iter().rev().map(|e| origin(self.graph.edge(*e).origin, self.k)).collect())
                    .collect(),
                chains: paths.iter().map(|(p, c)| derivation(self.graph, self.k, p, *c)).collect(),
            });
        }
        rows.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.finding.cmp(&b.finding)));
        rows
    }

    /// Absent findings that speak against a hypothesis, and unassessed ones that would speak for it.
    fn expectations(&self, extended: &Extended, holds: &impl Fn(&[u8]) -> bool) -> (Vec<String>, Vec<String>) {
        let chances = extended.chances(self.graph, holds);
        let known: BTreeSet<Place> = self.case.present.iter().chain(&self.case.absent).map(|f| f.place).collect();
        let expected = |place: Place| Case::var(self.graph, place).and_then(|v| chances.get(&v).copied());
        let against =
            self.case.absent.iter().filter(|f| expected(f.place).is_some_and(|(p, _)| p >= 0.3)).map(|f| id(self.k, f.place)).collect();
        let mut rows: Vec<(f64, String)> = self
            .k
            .observations
            .iter()
            .enumerate()
            .filter_map(|(i, o)| {
                let place = Place::Observation(ObservationIx::new(i));
                let (p, base) = expected(place)?;
                // Bits of evidence that finding it would bring, weighted by how often it would be found.
                let gain = p * (p / base).ln();
                (!known.contains(&place) && p >= 0.2 && gain > 0.1).then(|| (gain, o.id.clone()))
            })
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        (against, rows.into_iter().take(6).map(|r| r.1).collect())
    }

    fn explanations(&self, posterior: &Posterior, worlds: &[(usize, Vec<u8>)]) -> Vec<Explanation> {
        let mut by_cause: BTreeMap<Option<Cause>, (f64, Vec<usize>)> = BTreeMap::new();
        for (i, c) in posterior.components.iter().enumerate() {
            let entry = by_cause.entry(c.cause).or_default();
            entry.0 += c.weight * (1.0 - c.inert.iter().map(|i| i.1).sum::<f64>());
            entry.1.push(i);
        }
        let mut rows: Vec<(Option<Cause>, f64, Vec<usize>)> = by_cause.into_iter().map(|(c, (w, i))| (c, w, i)).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        rows.truncate(6);
        rows.into_iter()
            .map(|(cause, probability, members)| {
                let of: Vec<(usize, Vec<u8>)> = worlds.iter().filter(|(i, _)| members.contains(i)).take(200).cloned().collect();
                let vars: Vec<VarIx> = self.findings.iter().map(|f| f.0).collect();
                let accounts = trace(self.graph, self.k, &of, &vars, SEED);
                let mut facts: Vec<String> = cause.iter().map(|(v, s)| self.fact_words(*v, *s)).collect();
                let mut carried: BTreeMap<(VarIx, u8), f64> = BTreeMap::new();
                for a in accounts.by_deviation.values() {
                    for (c, credit) in &a.causes {
                        let slot = carried.entry(*c).or_default();
                        *slot = slot.max(*credit);
                    }
                }
                facts.extend(
                    carried.iter().filter(|(c, credit)| Some(**c) != cause && **credit >= 0.1).map(|(c, _)| self.fact_words(c.0, c.1)),
                );
                let mut deviations: Vec<(f64, String)> = accounts
                    .by_deviation
                    .iter()
                    .filter(|(_, a)| a.total >= 0.2)
                    .map(|(d, a)| (a.total, format!("{} {}", self.k.signals[d.0.index()].id, d.1.name())))
                    .collect();
                deviations.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                if facts.is_empty() {
                    facts.push("no cause in the base".into());
                }
                Explanation { facts, deviations: deviations.into_iter().take(5).map(|d| d.1).collect(), probability }
            })
            .collect()
    }

    fn fact_words(&self, var: VarIx, state: u8) -> String {
        let c = self.cause(var, state, 0.0);
        match c.direction.as_str() {
            "taking" => format!("taking {}", c.label),
            "overdose" => format!("overdose of {}", c.label),
            "withdrawal" => format!("withdrawal from {}", c.label),
            "marked" => format!("{}, marked", c.label),
            _ => c.label,
        }
    }

    fn alerts(&self, posterior: &Posterior, worlds: &[(usize, Vec<u8>)]) -> Vec<AlertRaised> {
        let mut raised: Vec<AlertRaised> = self
            .k
            .alerts
            .iter()
            .filter_map(|a| {
                let probability = Self::probability_of(&self.graph.condition(self.k, &a.when), posterior, worlds);
                (probability >= a.threshold).then(|| AlertRaised {
                    id: a.id.clone(),
                    text: a.text.clone(),
                    probability,
                    reference: a.reference.clone(),
                })
            })
            .collect();
        raised.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.id.cmp(&b.id)));
        raised
    }

    /// Exact for one test or a disjunction of tests; by the drawn worlds for what joins several with "and".
    fn probability_of(formula: &Formula, posterior: &Posterior, worlds: &[(usize, Vec<u8>)]) -> f64 {
        match formula {
            Formula::Is(v, mask) => posterior.inside(*v, *mask),
            Formula::Any(parts) if parts.iter().all(|p| matches!(p, Formula::Is(..))) => {
                let tests: Vec<(VarIx, u8)> = parts
                    .iter()
                    .filter_map(|p| match p {
                        Formula::Is(v, m) => Some((*v, *m)),
                        _ => None,
                    })
                    .collect();
                posterior.any(&tests, EXACT).0
            }
            _ => {
                let hits = worlds.iter().filter(|(_, w)| formula.holds(&super::arrivals::state_in(w))).count();
                // World counts are small.
                #[allow(clippy::cast_precision_loss)]
                let p = hits as f64 / worlds.len().max(1) as f64;
                p
            }
        }
    }

    fn abstention(&self, posterior: &Posterior, accounts: &Accounts, listed: &[(Deviation, (f64, Bounds))]) -> Abstention {
        let reason = if self.findings.is_empty() {
            Some(
                "no finding was entered that the base has rules for; findings make a diagnosis, `predict` says what facts lead to"
                    .to_owned(),
            )
        } else {
            let best = listed.first().and_then(|(d, _)| accounts.by_deviation.get(d)).map_or(0.0, |a| a.total);
            if best < ABSTAIN_BELOW {
                Some(format!(
                    "no hypothesis accounts for as much as half a finding (the first: {best:.2}); more findings, or drugs and diseases that are known, would help"
                ))
            } else if posterior.no_cause.0 >= ABSTAIN_CHANCE && best < 1.0 {
                Some(
                    "the findings are as well explained by causes outside the base; a finding that is rare by itself would help".to_owned(),
                )
            } else {
                None
            }
        };
        Abstention { value: reason.is_some(), reason }
    }

    fn warnings(&self, posterior: &Posterior, contested: bool) -> Vec<String> {
        let mut all = Vec::new();
        if posterior.unvisited > 0.01 {
            all.push(format!("probabilities are certain to {:.3} only", posterior.unvisited));
        }
        if posterior.components.is_empty() {
            all.push("what was entered contradicts itself under the rules".into());
        }
        let unmodelled: Vec<&str> =
            self.case.present.iter().filter(|f| matches!(f.place, Place::Unmodelled(_))).map(|f| f.label.as_str()).collect();
        if !unmodelled.is_empty() {
            all.push(format!("the base has no rules for: {}", unmodelled.join(", ")));
        }
        if !contested && self.k.rules.iter().any(|r| r.standing == crate::written::Standing::Contested) {
            all.push("contested rules were left out; --contested includes them".into());
        }
        all
    }
}

fn word(d: Direction) -> &'static str {
    match d {
        Direction::Deficit => "low",
        Direction::Excess => "high",
    }
}

/// Id of a finding.
#[must_use]
pub fn id(k: &Knowledge, place: Place) -> String {
    match place {
        Place::Observation(o) => k.observations[o.index()].id.clone(),
        Place::General(t) | Place::Unmodelled(t) => t.to_string(),
    }
}

/// Drawn worlds carried forward to what the evidence did not touch, for expectations about findings not assessed.
struct Extended {
    worlds: Vec<Vec<u8>>,
}

impl Extended {
    fn new(graph: &Graph, worlds: &[(usize, Vec<u8>)]) -> Self {
        let mut random = super::random::Random::new(SEED ^ 1);
        // Every fifth world is enough for a list of names.
        let worlds = worlds.iter().step_by(5).map(|(_, w)| super::predict::forward(graph, w, &mut random)).collect();
        Self { worlds }
    }

    /// For each finding: mean chance in the worlds where the hypothesis holds, and its leak.
    fn chances(&self, graph: &Graph, holds: &impl Fn(&[u8]) -> bool) -> BTreeMap<VarIx, (f64, f64)> {
        let chosen: Vec<&Vec<u8>> = self.worlds.iter().filter(|w| holds(w)).collect();
        let mut out = BTreeMap::new();
        if chosen.is_empty() {
            return out;
        }
        // World counts are small.
        #[allow(clippy::cast_precision_loss)]
        let share = 1.0 / chosen.len() as f64;
        for (ix, var) in graph.vars() {
            if let crate::graph::Mechanism::Finding { leak } = var.mechanism {
                let p = chosen.iter().map(|w| super::predict::finding_chance(graph, ix, w)).sum::<f64>() * share;
                out.insert(ix, (p, leak));
            }
        }
        out
    }
}
