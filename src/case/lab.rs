//! Measured values: `potassium 2.9 mmol/L`, `CSF HVA low`, `urine 5-HIAA high`.

use crate::hpo::Hpo;
use crate::knowledge::{Knowledge, Lab, ObservationIx, normalise};

/// How a value stands to the normal range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Below.
    Low,
    /// Above.
    High,
    /// Within.
    Normal,
    /// Found.
    Positive,
    /// Looked for and not found.
    Negative,
}

/// What a lab line says: findings by name or index, present or absent.
pub enum Reading {
    /// Observations of the base, with whether each is present.
    Observations(Vec<(ObservationIx, bool)>),
    /// A finding to look up by name.
    Named(String),
    /// Not understood, with the reason.
    Unknown(String),
}

/// Reads one lab line.
#[must_use]
pub fn read(knowledge: &Knowledge, text: &str) -> Reading {
    let text = text.trim();
    let Some((name, rest)) = split(text) else {
        return Reading::Unknown(format!("\"{text}\" has no value: write NAME VALUE UNIT, or NAME low|high|normal|positive|negative"));
    };
    let lab = find(knowledge, &name);
    let flag = match rest {
        Value::Flag(flag) => flag,
        Value::Number(value, unit) => {
            let Some(lab) = lab else { return Reading::Unknown(format!("\"{name}\" is not a measurement that the base knows")) };
            match judge(lab, value, &unit) {
                Ok(flag) => flag,
                Err(why) => return Reading::Unknown(format!("\"{text}\": {why}")),
            }
        }
    };
    match lab {
        Some(lab) => Reading::Observations(observations(lab, flag)),
        None => named(knowledge, &name, flag),
    }
}

enum Value {
    Flag(Flag),
    Number(f64, String),
}

fn split(text: &str) -> Option<(String, Value)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let flag = |w: &str| match w.to_lowercase().as_str() {
        "low" | "decreased" | "reduced" => Some(Flag::Low),
        "high" | "raised" | "elevated" | "increased" => Some(Flag::High),
        "normal" => Some(Flag::Normal),
        "positive" | "abnormal" => Some(Flag::Positive),
        "negative" => Some(Flag::Negative),
        _ => None,
    };
    let (last, head) = words.split_last()?;
    if let Some(f) = flag(last) {
        return (!head.is_empty()).then(|| (head.join(" "), Value::Flag(f)));
    }
    // The value is the first number that is not part of the name ("5-HIAA" is no number, "24-h" neither).
    let at = words
        .iter()
        .enumerate()
        .skip(1)
        .find_map(|(i, w)| w.replace(',', ".").parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| (i, v)))?;
    Some((words[..at.0].join(" "), Value::Number(at.1, words[at.0 + 1..].join(" "))))
}

fn tokens(text: &str) -> Vec<String> {
    normalise(text).split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// The measurement whose name's words all stand in the given name; the longest wins.
fn find<'k>(knowledge: &'k Knowledge, name: &str) -> Option<&'k Lab> {
    let given = tokens(name);
    knowledge
        .labs
        .iter()
        .flat_map(|l| std::iter::once(&l.name).chain(&l.synonyms).map(move |n| (l, tokens(n))))
        .filter(|(_, t)| !t.is_empty() && t.iter().all(|w| given.contains(w)))
        .max_by_key(|(_, t)| t.len())
        .map(|(l, _)| l)
}

fn judge(lab: &Lab, value: f64, unit: &str) -> Result<Flag, String> {
    let Some((known, from, to)) = &lab.range else {
        return Err("the base has no normal range for it; say low, high or normal".into());
    };
    if unit.is_empty() {
        return Err(format!("the unit is missing ({known} is known)"));
    }
    if normalise(unit) != normalise(known) {
        return Err(format!("the unit {unit} is not known for it ({known} is)"));
    }
    if value < 0.0 {
        return Err("a negative value is impossible".into());
    }
    Ok(if value < *from {
        Flag::Low
    } else if value > *to {
        Flag::High
    } else {
        Flag::Normal
    })
}

fn observations(lab: &Lab, flag: Flag) -> Vec<(ObservationIx, bool)> {
    let mut all = Vec::new();
    let (low, high, positive) = (lab.low, lab.high, lab.positive);
    match flag {
        Flag::Low => {
            all.extend(low.map(|o| (o, true)));
            all.extend(high.map(|o| (o, false)));
        }
        Flag::High => {
            all.extend(high.or(positive).map(|o| (o, true)));
            all.extend(low.map(|o| (o, false)));
        }
        Flag::Normal => all.extend(low.into_iter().chain(high).chain(positive).map(|o| (o, false))),
        // "Positive" of a measurement with two sides says nothing on the side.
        Flag::Positive => all.extend(positive.or(if low.is_none() { high } else { None }).map(|o| (o, true))),
        Flag::Negative => all.extend(positive.or(if low.is_none() { high } else { None }).map(|o| (o, false))),
    }
    all
}

/// A measurement that the base does not list may still be a finding of the base or of HPO under its usual names.
fn named(knowledge: &Knowledge, name: &str, flag: Flag) -> Reading {
    let words: &[&str] = match flag {
        Flag::Low => &[
            "decreased {}",
            "low {}",
            "reduced {}",
            "decreased circulating {} concentration",
            "decreased circulating {} level",
            "decreased {} concentration",
            "{} low",
        ],
        Flag::High => &[
            "increased {}",
            "high {}",
            "elevated {}",
            "elevated circulating {} concentration",
            "increased circulating {} concentration",
            "increased circulating {} level",
            "increased {} concentration",
            "{} high",
        ],
        Flag::Positive => &["{}", "{} positive", "positive {}"],
        Flag::Normal | Flag::Negative => return Reading::Unknown(format!("\"{name}\" is not a measurement that the base knows")),
    };
    let known = |n: &str| knowledge.names.observations.contains_key(&normalise(n)) || Hpo::embedded().by_name(n).is_some();
    words
        .iter()
        .map(|w| w.replace("{}", &name.to_lowercase()))
        .find(|n| known(n))
        .map_or_else(|| Reading::Unknown(format!("\"{name}\" is not a measurement that the base knows")), Reading::Named)
}
