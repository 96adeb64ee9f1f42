//! Counts of a base as lines of text.

use super::Style;
use crate::graph::Stats;
use serde_json::Value;
use std::fmt::Write as _;

/// Entries of a list that are shown before the rest is only counted; `--format json` has them all.
const SHOWN: usize = 12;

/// The counts, a line each.
#[must_use]
pub fn stats(stats: &Stats, style: Style) -> String {
    let mut out = String::new();
    // Our own types always serialise.
    if let Ok(Value::Object(parts)) = serde_json::to_value(stats) {
        for (part, content) in parts {
            let _ = writeln!(out, "{}", style.head(&part));
            if let Value::Object(rows) = content {
                for (name, value) in rows {
                    row(&mut out, &name.replace('_', " "), &value, style);
                }
            }
        }
    }
    out
}

fn row(out: &mut String, name: &str, value: &Value, style: Style) {
    match value {
        Value::Array(items) => {
            let shown: Vec<String> = items.iter().take(SHOWN).map(short).collect();
            let more = if items.len() > SHOWN { format!(" and {} more", items.len() - SHOWN) } else { String::new() };
            let _ = writeln!(out, "{}", style.wrap(&format!("{name} ({}): {}{more}", items.len(), shown.join(", ")), 2, 6));
        }
        other => {
            let _ = writeln!(out, "  {name:<34} {}", short(other));
        }
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.as_f64().filter(|f| f.fract() != 0.0).map_or_else(|| n.to_string(), |f| format!("{f:.2}")),
        Value::Object(map) => map.values().map(short).collect::<Vec<_>>().join(" "),
        Value::Array(items) => items.iter().map(short).collect::<Vec<_>>().join("+"),
        Value::Null => "–".into(),
        Value::Bool(b) => b.to_string(),
    }
}
