//! The model as a `ProbLog` program.

mod conditions;

use super::{Names, Question, Reading, Root, Test, comment, level, state};
use crate::graph::{EdgeIx, Graph, Mechanism, Origin, VarIx};
use crate::knowledge::Knowledge;
use crate::written::Push;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A complete `ProbLog` program with the model's meaning; with a question, with its evidence too. Only `query(…)` is left to add,
/// for atoms that [`Names::atom`] gives.
#[must_use]
pub fn problog(graph: &Graph, knowledge: &Knowledge, question: Option<&Question>) -> String {
    let reading = Reading::new(graph, knowledge, question);
    let mut program = Program {
        graph,
        knowledge,
        names: Names::new(graph, knowledge),
        reading,
        out: String::new(),
        tests: BTreeSet::new(),
        auxiliary: 0,
    };
    program.header(question.is_some());
    for (ix, _) in graph.vars() {
        program.variable(ix);
    }
    if question.is_some() {
        program.evidence();
    }
    program.out
}

struct Program<'a> {
    graph: &'a Graph,
    knowledge: &'a Knowledge,
    names: Names,
    reading: Reading,
    out: String,
    /// Tests that have been defined.
    tests: BTreeSet<String>,
    /// Number of conditions that were given a name.
    auxiliary: usize,
}

impl Program<'_> {
    fn header(&mut self, asked: bool) {
        let (title, version) = (comment(&self.knowledge.title), comment(&self.knowledge.version));
        let _ = write!(
            self.out,
            "% {title} {version}, knowledge {}.\n\
             %\n\
             % v(X,S): X is in state S. Quantities have levels -2 to 2; facts 0 and 1; exposures 0 none, 1 taking, 2 overdose,\n\
             % 3 withdrawal; idiopathic deviations 0 none, 1 one degree, 2 two degrees; findings 0 absent, 1 present.\n\
             % Every rule is an independent coin. Raising and lowering pushes are counted up to two each and set off against\n\
             % each other; a finding is present if its leak or a showing push arrives and no preventing one does.\n",
            self.knowledge.digest
        );
        if asked {
            self.out.push_str("% Conditioned on a case, and on at most one cause that the case does not name.\n");
        }
    }

    fn clause(&mut self, head: &str, body: &[String]) {
        let _ = if body.is_empty() { writeln!(self.out, "{head}.") } else { writeln!(self.out, "{head} :- {}.", body.join(", ")) };
    }

    fn atom(&self, var: VarIx, state: usize) -> String {
        self.names.atom(self.graph, var, state)
    }

    fn variable(&mut self, var: VarIx) {
        let graph = self.graph;
        let _ = writeln!(self.out, "\n% {}", comment(&graph.label(var, self.knowledge)));
        if let Some(state) = self.reading.set.get(&var).copied() {
            self.out.push_str("% set by intervention\n");
            self.fixed(var, state);
            return;
        }
        match &graph.get(var).mechanism {
            Mechanism::Prior(_) => self.root(var),
            Mechanism::Sum => {
                let (up, down) = (self.count(var, Push::Raises, "up"), self.count(var, Push::Lowers, "down"));
                self.levels(var, &[(0, Vec::new())], &up, &down);
            }
            Mechanism::Adapted(acute) => {
                let (up, down) = (self.count(var, Push::Raises, "up"), self.count(var, Push::Lowers, "down"));
                let start: Vec<(i8, Vec<String>)> = (0..5).map(|s| (level(s), vec![self.atom(*acute, s)])).collect();
                self.levels(var, &start, &up, &down);
            }
            Mechanism::Ratio(a, b) => {
                for (x, y) in (0..5).flat_map(|x| (0..5).map(move |y| (x, y))) {
                    let head = self.atom(var, state(level(x) - level(y)));
                    let body = [self.atom(*a, x), self.atom(*b, y)];
                    self.clause(&head, &body);
                }
            }
            Mechanism::Finding { leak } => self.finding(var, *leak),
        }
    }

    fn fixed(&mut self, var: VarIx, fixed: usize) {
        for s in 0..self.graph.get(var).kind.states() {
            let head = self.atom(var, s);
            self.clause(&head, &if s == fixed { Vec::new() } else { vec!["fail".to_owned()] });
        }
    }

    fn root(&mut self, var: VarIx) {
        let (entries, base) = match self.reading.root_of(var).cloned() {
            Some(Root::Free(entries, base)) => (entries, base),
            Some(Root::Fixed(state)) => return self.fixed(var, state),
            None => return,
        };
        let mut unmatched: Vec<String> = Vec::new();
        for (i, (test, distribution)) in entries.iter().enumerate() {
            let passes = match test {
                Test::On(v, mask) => self.test(*v, *mask),
                Test::Chance(p) => {
                    let coin = format!("unstated({},{i})", self.names.name(var));
                    let _ = writeln!(self.out, "{p}::{coin}.");
                    coin
                }
            };
            let body: Vec<String> = unmatched.iter().cloned().chain([passes.clone()]).collect();
            self.disjunction(var, distribution, &body);
            unmatched.push(format!("\\+{passes}"));
        }
        self.disjunction(var, &base, &unmatched);
        let all: Vec<&Vec<f64>> = entries.iter().map(|(_, d)| d).chain([&base]).collect();
        let mut others = Vec::new();
        for s in 1..base.len() {
            let atom = self.atom(var, s);
            if all.iter().all(|d| d[s] == 0.0) {
                self.clause(&atom, &["fail".to_owned()]);
            }
            others.push(format!("\\+{atom}"));
        }
        let rest = self.atom(var, 0);
        self.clause(&rest, &others);
    }

    /// An annotated disjunction over the states other than rest.
    fn disjunction(&mut self, var: VarIx, distribution: &[f64], body: &[String]) {
        let heads: Vec<String> = (1..distribution.len())
            .filter(|s| distribution[*s] > 0.0)
            .map(|s| format!("{}::{}", distribution[s], self.atom(var, s)))
            .collect();
        if !heads.is_empty() {
            self.clause(&heads.join("; "), body);
        }
    }

    /// Defines the coin and the arrival of an edge; returns the atoms that say that it arrives, and with two degrees.
    fn arrival(&mut self, e: EdgeIx) -> (String, Option<String>) {
        let graph = self.graph;
        let edge = graph.edge(e);
        let origin = match edge.origin {
            Origin::Rule(r) => format!("rule {}", self.knowledge.rules[r.index()].id),
            Origin::Life(_, why) => format!("a signal's life: {why}"),
            Origin::IsA => "a more specific finding".to_owned(),
            Origin::Idiopathic => "without a cause in the base".to_owned(),
        };
        let _ = writeln!(self.out, "% {}", comment(&origin));
        let mut body = Vec::new();
        if edge.strength.value() < 1.0 {
            let _ = writeln!(self.out, "{}::coin(e{}).", edge.strength.value(), e.index());
            body.push(format!("coin(e{})", e.index()));
        }
        self.body(&edge.when, &mut body);
        let arrives = format!("arrives(e{})", e.index());
        self.clause(&arrives, &body);
        if edge.degrees >= 2 {
            return (arrives.clone(), Some(arrives));
        }
        let Some(doubled) = &edge.doubled else { return (arrives, None) };
        let mut body = vec![arrives.clone()];
        self.body(doubled, &mut body);
        let twice = format!("twice(e{})", e.index());
        self.clause(&twice, &body);
        (arrives, Some(twice))
    }

    /// Counts the pushes of a kind up to two; returns each possible count with the literals that say so.
    fn count(&mut self, var: VarIx, push: Push, word: &str) -> Vec<(i8, Vec<String>)> {
        let graph = self.graph;
        let edges: Vec<EdgeIx> = graph.get(var).incoming.iter().copied().filter(|e| graph.edge(*e).push == push).collect();
        let name = self.names.name(var).to_owned();
        // At least one, at least two among those so far.
        let (mut one, mut two): (Option<String>, Option<String>) = (None, None);
        for (i, e) in edges.into_iter().enumerate() {
            let (arrives, twice) = self.arrival(e);
            let (one_now, two_now) = (format!("{word}1({name},{i})"), format!("{word}2({name},{i})"));
            self.clause(&one_now, std::slice::from_ref(&arrives));
            let mut ways: Vec<Vec<String>> = twice.into_iter().map(|t| vec![t]).collect();
            if let Some(before) = one {
                self.clause(&one_now, std::slice::from_ref(&before));
                ways.push(vec![before, arrives]);
            }
            ways.extend(two.map(|t| vec![t]));
            for body in &ways {
                self.clause(&two_now, body);
            }
            two = (!ways.is_empty()).then_some(two_now);
            one = Some(one_now);
        }
        match (one, two) {
            (None, _) => vec![(0, Vec::new())],
            (Some(one), None) => vec![(0, vec![format!("\\+{one}")]), (1, vec![one])],
            (Some(one), Some(two)) => {
                vec![(0, vec![format!("\\+{one}")]), (1, vec![one, format!("\\+{two}")]), (2, vec![two])]
            }
        }
    }

    fn levels(&mut self, var: VarIx, start: &[(i8, Vec<String>)], up: &[(i8, Vec<String>)], down: &[(i8, Vec<String>)]) {
        let mut reached = [false; 5];
        for (s, from) in start {
            for (u, raised) in up {
                for (d, lowered) in down {
                    let to = state(s + u - d);
                    reached[to] = true;
                    let (head, body) = (self.atom(var, to), [from.as_slice(), raised, lowered].concat());
                    self.clause(&head, &body);
                }
            }
        }
        for s in (0..5).filter(|s| !reached[*s]) {
            let head = self.atom(var, s);
            self.clause(&head, &["fail".to_owned()]);
        }
    }

    fn finding(&mut self, var: VarIx, leak: f64) {
        let graph = self.graph;
        let name = self.names.name(var).to_owned();
        let (shown, prevented) = (format!("shown({name})"), format!("prevented({name})"));
        let _ = writeln!(self.out, "{leak}::leak({name}).");
        self.clause(&shown, &[format!("leak({name})")]);
        let mut body = vec![shown.clone()];
        for e in &graph.get(var).incoming {
            let prevents = graph.edge(*e).push == Push::Prevents;
            let (arrives, _) = self.arrival(*e);
            self.clause(if prevents { &prevented } else { &shown }, &[arrives]);
            if prevents && body.len() == 1 {
                body.push(format!("\\+{prevented}"));
            }
        }
        let (present, absent) = (self.atom(var, 1), self.atom(var, 0));
        self.clause(&present, &body);
        self.clause(&absent, &[format!("\\+{present}")]);
    }

    fn evidence(&mut self) {
        self.out.push_str("\n% The case\n");
        for (var, state) in self.reading.known.clone() {
            let atom = self.atom(var, state);
            self.clause(&format!("evidence({atom})"), &[]);
        }
        for (var, mask) in self.reading.allowed.clone() {
            let atom = self.test(var, mask);
            self.clause(&format!("evidence({atom})"), &[]);
        }
        self.out.push_str("\n% At most one cause that the case does not name\n");
        let (mut some, mut more): (Option<String>, bool) = (None, false);
        for (i, var) in self.reading.counted.clone().unwrap_or_default().into_iter().enumerate() {
            let off = self.atom(var, 0);
            let now = format!("some_cause({i})");
            self.clause(&now, &[format!("\\+{off}")]);
            if let Some(before) = some {
                self.clause("too_many", &[before.clone(), format!("\\+{off}")]);
                self.clause(&now, &[before]);
                more = true;
            }
            some = Some(now);
        }
        self.clause("unknown_cause", &[some.unwrap_or_else(|| "fail".to_owned())]);
        if more {
            self.clause("evidence(\\+too_many)", &[]);
        }
    }
}
