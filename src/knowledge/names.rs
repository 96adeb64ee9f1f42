//! Names of everything, folded so that case, hyphens and plurals do not matter.

use super::{CircuitIx, CompartmentIx, ExposureIx, FactIx, ObservationIx, QuantityIx, SignalIx};
use std::collections::BTreeMap;

/// Lower case, hyphens and underscores as spaces, single spaces, no apostrophes.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\'' | '’' => {}
            '-' | '_' | '‐' | '–' => push_space(&mut out),
            c if c.is_whitespace() => push_space(&mut out),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Lookup tables from folded name to thing.
#[derive(Debug, Default)]
pub struct Names {
    pub(crate) signals: BTreeMap<String, SignalIx>,
    pub(crate) circuits: BTreeMap<String, CircuitIx>,
    pub(crate) compartments: BTreeMap<String, CompartmentIx>,
    pub(crate) functions: BTreeMap<String, QuantityIx>,
    pub(crate) quantities: BTreeMap<String, QuantityIx>,
    pub(crate) observations: BTreeMap<String, ObservationIx>,
    pub(crate) exposures: BTreeMap<String, ExposureIx>,
    pub(crate) facts: BTreeMap<String, FactIx>,
}

/// Looks a name up, without a leading article, also in the singular.
pub(crate) fn find<T: Copy>(table: &BTreeMap<String, T>, name: &str) -> Option<T> {
    let folded = normalise(name);
    let bare = ["a ", "an ", "the "].iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(&folded);
    let get = |n: &str| table.get(n).copied();
    get(bare)
        .or_else(|| bare.strip_suffix('s').and_then(get))
        .or_else(|| bare.strip_suffix("es").and_then(get))
        .or_else(|| bare.strip_suffix("ies").and_then(|s| get(&format!("{s}y"))))
}
