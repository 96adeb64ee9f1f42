//! Conditions, pushes and numbers in words.

use super::Name;
use crate::graph::Graph;
use crate::knowledge::{Condition, ExposureIx, FactIx, Knowledge, Literal, ObservationIx, QuantityIx, SignalIx, normalise};
use crate::written::{Push, Standing};
use std::collections::BTreeMap;

/// One test, in the rules' own language.
pub(super) fn literal(k: &Knowledge, literal: Literal) -> String {
    match literal {
        Literal::Fact(f) => k.facts[f.index()].label.clone(),
        Literal::Exposure(x, state) => format!("{} {}", state.words(), k.exposures[x.index()].label),
        Literal::Quantity { quantity, level, adapted } => {
            format!("{}{}", if adapted { "adapted " } else { "" }, Graph::quantity_words(k, quantity, level.mask()))
        }
        Literal::Observation(o) => k.observations[o.index()].label.clone(),
    }
}

/// A condition, in the rules' own language.
pub(super) fn condition(k: &Knowledge, when: &Condition) -> String {
    let join = |parts: &[Condition], by: &str| parts.iter().map(|p| condition(k, p)).collect::<Vec<_>>().join(by);
    match when {
        Condition::Is(l) => literal(k, *l),
        Condition::All(parts) => join(parts, " and "),
        Condition::Any(parts) => match any_site(k, parts) {
            Some(words) => words,
            None if parts.len() == 1 => join(parts, ""),
            None => format!("({})", join(parts, " or ")),
        },
    }
}

/// `dopamine deficit`, which the loader spreads over every site of the signal.
fn any_site(k: &Knowledge, parts: &[Condition]) -> Option<String> {
    let Some(Condition::Is(Literal::Quantity { quantity, level, adapted: false })) = parts.first() else { return None };
    let signal = k.quantities[quantity.index()].transmission_of()?;
    let here: Vec<&Condition> = parts.iter().collect();
    let sites = k.sites(signal);
    let same = here.len() == sites.len()
        && sites.iter().zip(here).all(|(q, c)| *c == Condition::Is(Literal::Quantity { quantity: *q, level: *level, adapted: false }));
    let words = match level.words() {
        "markedly low" => ("marked ", "deficit"),
        "low" => ("", "deficit"),
        "markedly high" => ("marked ", "excess"),
        "high" => ("", "excess"),
        _ => return None,
    };
    same.then(|| format!("{}{} {}", words.0, k.signals[signal.index()].label, words.1))
}

/// `raises`.
pub(super) fn push(push: Push) -> &'static str {
    match push {
        Push::Raises => "raises",
        Push::Lowers => "lowers",
        Push::Shows => "shows",
        Push::Prevents => "prevents",
    }
}

/// `established`.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Established => "established",
        Standing::Probable => "probable",
        Standing::Contested => "contested",
        Standing::Withdrawn => "withdrawn",
    }
}

/// A probability with two significant digits, without trailing zeros: `0.55`, `0.0003`.
pub(super) fn number(p: f64) -> String {
    if !(p.is_finite() && p > 0.0) {
        return "0".to_owned();
    }
    // Probabilities of a checked base are at least 1e-9 or zero.
    let digits = (1..12usize).find(|d| p * 10f64.powi(i32::try_from(*d).unwrap_or(0)) >= 1.0).unwrap_or(12) + 1;
    let text = format!("{p:.digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Other names of a thing, folded, without its id and label.
pub(super) fn synonyms<T: Copy + PartialEq>(table: &BTreeMap<String, T>, thing: T, id: &str, label: &str) -> Vec<String> {
    let own = [normalise(id), normalise(label)];
    table.iter().filter(|(name, v)| **v == thing && !own.contains(name)).map(|(name, _)| name.clone()).collect()
}

pub(super) fn quantity_name(k: &Knowledge, q: QuantityIx) -> Name {
    let q = &k.quantities[q.index()];
    Name { id: q.id.clone(), label: q.label.clone() }
}

pub(super) fn observation_name(k: &Knowledge, o: ObservationIx) -> Name {
    let o = &k.observations[o.index()];
    Name { id: o.id.clone(), label: o.label.clone() }
}

pub(super) fn exposure_name(k: &Knowledge, x: ExposureIx) -> Name {
    let x = &k.exposures[x.index()];
    Name { id: x.id.clone(), label: x.label.clone() }
}

pub(super) fn fact_name(k: &Knowledge, f: FactIx) -> Name {
    let f = &k.facts[f.index()];
    Name { id: f.id.clone(), label: f.label.clone() }
}

pub(super) fn signal_name(k: &Knowledge, s: SignalIx) -> Name {
    let s = &k.signals[s.index()];
    Name { id: s.id.clone(), label: s.label.clone() }
}

/// Names as a person lists them.
pub(super) fn names(names: &[Name]) -> String {
    names.iter().map(|n| n.label.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn small_numbers_keep_two_digits() {
        for (p, words) in [
            (0.98, "0.98"),
            (0.5, "0.5"),
            (0.025, "0.025"),
            (0.00005, "0.00005"),
            (0.0015, "0.0015"),
            (0.0, "0"),
            (1.0, "1"),
            (0.8725, "0.87"),
        ] {
            assert_eq!(number(p), words);
        }
    }
}
