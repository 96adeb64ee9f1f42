//! A causal rule as written.

use super::Evidence;
use crate::source::{Item, Node, Place, Reader, Value};

/// A condition as written: a phrase, or phrases joined.
#[derive(Clone, Debug)]
pub enum When {
    /// One phrase.
    Phrase(Item<String>),
    /// All of them.
    All(Vec<When>),
    /// Any of them (one coin).
    Any(Vec<When>),
}

impl When {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        match &node.value {
            Value::Map(_) => {
                let mut f = r.fields(node, "condition")?;
                let (all, any) = (f.take("all"), f.take("any"));
                f.finish(r);
                let mut read = |n: &Node| -> Vec<When> { r.list(n).to_vec().iter().filter_map(|n| When::read(r, n)).collect() };
                let this = match (all, any) {
                    (Some(all), None) => Self::All(read(all)),
                    (None, Some(any)) => Self::Any(read(any)),
                    _ => {
                        r.wrong(node, "a condition has either `all: […]` or `any: […]`");
                        return None;
                    }
                };
                if matches!(&this, Self::All(v) | Self::Any(v) if v.is_empty()) {
                    r.wrong(node, "an empty list of conditions never says anything");
                    return None;
                }
                Some(this)
            }
            Value::List(_) => {
                r.wrong(node, "write `all: […]` or `any: […]` to join conditions");
                None
            }
            _ => r.text(node).map(Self::Phrase),
        }
    }
}

/// A band's name, or a number with what it rests on.
#[derive(Clone, Debug)]
pub enum Number {
    /// A band of `base.yaml`.
    Band(String),
    /// A number and the reference that gives it.
    Value(f64, Option<Item<String>>),
}

impl Number {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Item<Self>> {
        let place = r.place(node);
        let value = match &node.value {
            Value::Map(_) => {
                let mut f = r.fields(node, "number")?;
                let (value, basis) = (f.number(r, "value"), f.text(r, "basis"));
                f.finish(r);
                Self::Value(value?.value, basis)
            }
            Value::Number(n) => Self::Value(*n, None),
            _ => Self::Band(r.text(node)?.value),
        };
        Some(Item { value, place })
    }
}

/// What a rule does to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Push {
    /// Raises a quantity.
    Raises,
    /// Lowers a quantity.
    Lowers,
    /// Shows an observation.
    Shows,
    /// Prevents an observation.
    Prevents,
}

/// How strong, as written.
#[derive(Clone, Debug)]
pub enum Strength {
    /// A band; assumed.
    Band(String),
    /// Counts measured at the link: k of n.
    Counts(u32, u32),
    /// A percentage with its interval, in per cent.
    Percent(f64, (f64, f64)),
}

/// Whether a rule may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Carried by direct human evidence, or biochemistry for a mechanism.
    Established,
    /// More likely than not.
    Probable,
    /// An unresolved refutation of equal or higher grade exists.
    Contested,
    /// Kept for the record only.
    Withdrawn,
}

/// A causal rule.
#[derive(Debug)]
pub struct Rule {
    /// Permanent id.
    pub id: Item<String>,
    /// Where the whole rule stands.
    pub place: Place,
    /// The claim in one sentence.
    pub claim: String,
    /// The condition.
    pub when: When,
    /// What switches it off.
    pub unless: Vec<When>,
    /// What it does.
    pub push: Push,
    /// To what.
    pub target: Item<String>,
    /// Two degrees instead of one.
    pub marked: bool,
    /// P(push arrives | condition).
    pub strength: Item<Strength>,
    /// How soon.
    pub onset: Option<&'static str>,
    /// By what mechanism.
    pub mechanism: Option<String>,
    /// Standing.
    pub standing: Standing,
    /// Evidence.
    pub evidence: Vec<Evidence>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was added.
    pub added: Option<String>,
    /// Whether it is compensation and acts on an adapted copy.
    pub feedback: bool,
    /// For a withdrawn rule: when, why, and what replaces it.
    pub withdrawn: Option<String>,
}

const ONSETS: &[(&str, &str)] = &[("minutes", "minutes"), ("hours", "hours"), ("days", "days"), ("weeks", "weeks"), ("months", "months")];
const STANDINGS: &[(&str, Standing)] = &[
    ("established", Standing::Established),
    ("probable", Standing::Probable),
    ("contested", Standing::Contested),
    ("withdrawn", Standing::Withdrawn),
];

impl Rule {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "rule")?;
        let place = f.place(r);
        let id = f.require_text(r, "id");
        let claim = f.require_text(r, "claim");
        let when = f.require(r, "when").and_then(|n| When::read(r, n));
        let unless = f.take("unless").map(|n| whens(r, n)).unwrap_or_default();
        let pushes = [("raises", Push::Raises), ("lowers", Push::Lowers), ("shows", Push::Shows), ("prevents", Push::Prevents)]
            .map(|(key, push)| f.text(r, key).map(|t| (push, t)));
        let mut pushes: Vec<_> = pushes.into_iter().flatten().collect();
        if pushes.len() != 1 {
            let place = id.as_ref().map_or_else(|| place.clone(), |i| i.place.clone());
            r.diagnostics
                .error("E0206", place, "a rule has exactly one of `raises`, `lowers`, `shows`, `prevents`")
                .hint("split it into one rule a link");
        }
        let marked = f.flag(r, "marked").unwrap_or(false);
        let strength = f.require(r, "strength").and_then(|n| Strength::read(r, n));
        let onset = f.choice(r, "onset", ONSETS);
        let mechanism = f.text(r, "mechanism").map(|t| t.value);
        let standing = f.choice(r, "standing", STANDINGS);
        let evidence = f.list(r, "evidence").iter().filter_map(|n| Evidence::read(r, n)).collect();
        let (author, added) = (f.text(r, "author").map(|t| t.value), f.text(r, "added").map(|t| t.value));
        let feedback = f.flag(r, "feedback").unwrap_or(false);
        let withdrawn = f.text(r, "withdrawn").map(|t| t.value);
        f.finish(r);
        let (push, target) = pushes.pop()?;
        Some(Self {
            id: id?,
            place,
            claim: claim?.value,
            when: when?,
            unless,
            push,
            target,
            marked,
            strength: strength?,
            onset,
            mechanism,
            standing: standing.unwrap_or(Standing::Probable),
            evidence,
            author,
            added,
            feedback,
            withdrawn,
        })
    }
}

fn whens(r: &mut Reader, node: &Node) -> Vec<When> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|n| When::read(r, n)).collect(),
        _ => When::read(r, node).into_iter().collect(),
    }
}

impl Strength {
    fn read(r: &mut Reader, node: &Node) -> Option<Item<Self>> {
        let place = r.place(node);
        if !matches!(node.value, Value::Map(_)) {
            if matches!(node.value, Value::Number(_)) {
                r.diagnostics
                    .error("E0403", place, "a strength without a basis")
                    .hint("a band (`frequent`), `{counts: 44/50}` or `{percent: 62, interval: [50, 73]}`");
                return None;
            }
            return Some(Item { value: Self::Band(r.text(node)?.value), place });
        }
        let mut f = r.fields(node, "strength")?;
        let counts = f.text(r, "counts");
        let percent = f.number(r, "percent");
        let interval = f.take("interval").and_then(|n| percent_interval(r, n));
        f.finish(r);
        let value = match (counts, percent) {
            (Some(counts), None) => counts_of(r, &counts)?,
            (None, Some(p)) => {
                if !(0.0..=100.0).contains(&p.value) {
                    r.diagnostics.error("E0401", p.place, format!("{} is not a percentage", p.value));
                    return None;
                }
                let Some(interval) = interval else {
                    r.diagnostics
                        .error("E0404", p.place, "a percentage needs its interval")
                        .hint("add `interval: [low, high]` in per cent, or give `counts`");
                    return None;
                };
                if !(interval.0 <= p.value && p.value <= interval.1) {
                    r.diagnostics.error("E0404", p.place, "the percentage lies outside its interval");
                    return None;
                }
                Self::Percent(p.value, interval)
            }
            _ => {
                r.wrong(node, "a strength is a band, `{counts: k/n}` or `{percent: p, interval: [low, high]}`");
                return None;
            }
        };
        Some(Item { value, place })
    }
}

fn counts_of(r: &mut Reader, item: &Item<String>) -> Option<Strength> {
    let parsed = item.value.split_once('/').and_then(|(k, n)| Some((k.trim().parse::<u32>().ok()?, n.trim().parse::<u32>().ok()?)));
    match parsed {
        Some((k, n)) if k <= n && n > 0 => Some(Strength::Counts(k, n)),
        Some((k, n)) => {
            r.diagnostics
                .error("E0402", item.place.clone(), format!("{k} of {n} is impossible"))
                .hint("counts are k/n with k at most n and n above 0");
            None
        }
        None => {
            r.diagnostics.error("E0402", item.place.clone(), format!("`{}` are no counts", item.value)).hint("write `counts: 44/50`");
            None
        }
    }
}

fn two_numbers(r: &mut Reader, node: &Node) -> Option<(f64, f64)> {
    if let Value::List(items) = &node.value
        && let [Node { value: Value::Number(a), .. }, Node { value: Value::Number(b), .. }] = items.as_slice()
    {
        return Some((*a, *b));
    }
    r.wrong(node, "an interval is two numbers: [low, high]");
    None
}

fn percent_interval(r: &mut Reader, node: &Node) -> Option<(f64, f64)> {
    checked_interval(r, node, 100.0)
}

/// An interval of probabilities.
pub(super) fn interval(r: &mut Reader, node: &Node) -> Option<(f64, f64)> {
    checked_interval(r, node, 1.0)
}

fn checked_interval(r: &mut Reader, node: &Node, top: f64) -> Option<(f64, f64)> {
    let (a, b) = two_numbers(r, node)?;
    if 0.0 <= a && a <= b && b <= top {
        return Some((a, b));
    }
    let place = r.place(node);
    r.diagnostics.error("E0404", place, format!("[{a}, {b}] is not an interval from 0 to {top}"));
    None
}

/// A link of a signal's life beside the usual ones.
#[derive(Debug)]
pub struct LifeLink {
    /// Condition phrase.
    pub when: Item<String>,
    /// raises or lowers.
    pub push: Push,
    /// Step that it acts on.
    pub target: Item<String>,
    /// Strength.
    pub strength: Item<Strength>,
    /// Evidence.
    pub evidence: Vec<Evidence>,
}

impl LifeLink {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "life link")?;
        let when = f.require_text(r, "when");
        let raises = f.text(r, "raises").map(|t| (Push::Raises, t));
        let lowers = f.text(r, "lowers").map(|t| (Push::Lowers, t));
        let strength = f.require(r, "strength").and_then(|n| Strength::read(r, n));
        let evidence = f.list(r, "evidence").iter().filter_map(|n| Evidence::read(r, n)).collect();
        f.finish(r);
        let (push, target) = raises.or(lowers)?;
        Some(Self { when: when?, push, target, strength: strength?, evidence })
    }
}
