//! Tests of variables as phrases that the rules' own language would use.

use crate::graph::{Formula, Graph, VarIx, VarKind};
use crate::knowledge::{Knowledge, Level, QuantityIx, QuantityKind};

/// The levels by the mask of states that pass.
const LEVELS: [Level; 5] = [Level::MarkedlyLow, Level::Low, Level::Balanced, Level::High, Level::MarkedlyHigh];

/// What a mask over −2..+2 asks for, in words.
fn level_words(mask: u8) -> String {
    if let Some(level) = LEVELS.into_iter().find(|l| l.mask() == mask) {
        return level.words().to_owned();
    }
    // No phrase makes such a mask; it is still shown for what it is.
    let states: Vec<&str> =
        ["-2", "-1", "0", "+1", "+2"].into_iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, s)| s).collect();
    format!("at {}", states.join(" or "))
}

impl Formula {
    /// Every test in it, in order: the variable, the mask of states that pass, and whether it has to pass (`false` under `Not`).
    pub(crate) fn tests(&self) -> Vec<(VarIx, u8, bool)> {
        match self {
            Self::True => Vec::new(),
            Self::Is(var, mask) => vec![(*var, *mask, true)],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests().into_iter().map(|(v, m, positive)| (v, m, !positive)).collect(),
        }
    }
}

impl Graph {
    /// The kind of a variable in one word, as drawings and prefixed ids use it.
    pub(crate) fn kind_name(&self, var: VarIx) -> &'static str {
        match self.get(var).kind {
            VarKind::Fact(_) => "fact",
            VarKind::Exposure(_) => "exposure",
            VarKind::Idiopathic(..) => "idiopathic",
            VarKind::Quantity(_) => "quantity",
            VarKind::Adapted(_) => "adapted",
            VarKind::Observation(_) => "observation",
            VarKind::Term(_) => "term",
        }
    }

    /// What is asked of a variable, without its name: `low`, `taking`; empty where being there is all that is asked.
    pub(crate) fn state_words(&self, var: VarIx, mask: u8) -> String {
        match self.get(var).kind {
            VarKind::Quantity(_) | VarKind::Adapted(_) => level_words(mask),
            VarKind::Exposure(_) => match mask {
                0b0110 => "taking".to_owned(),
                0b0100 => "overdose of".to_owned(),
                0b1000 => "withdrawal from".to_owned(),
                0b0001 => "no".to_owned(),
                _ => "exposure to".to_owned(),
            },
            _ if mask & 1 == 1 => "no".to_owned(),
            _ => String::new(),
        }
    }

    /// A test as a person would say it: `heart rate low`, `taking sertraline`, `Parkinson disease`.
    pub(crate) fn test_words(&self, var: VarIx, mask: u8, knowledge: &Knowledge) -> String {
        match self.get(var).kind {
            VarKind::Quantity(q) => Self::quantity_words(knowledge, q, mask),
            VarKind::Adapted(q) => format!("adapted {}", Self::quantity_words(knowledge, q, mask)),
            _ => format!("{} {}", self.state_words(var, mask), self.label(var, knowledge)).trim_start().to_owned(),
        }
    }

    /// A formula as a person would say it.
    pub(crate) fn formula_words(&self, formula: &Formula, knowledge: &Knowledge) -> String {
        let joined = |parts: &[Formula], by: &str| parts.iter().map(|p| self.formula_words(p, knowledge)).collect::<Vec<_>>().join(by);
        match formula {
            Formula::True => "always".to_owned(),
            Formula::Is(var, mask) => self.test_words(*var, *mask, knowledge),
            Formula::All(parts) => {
                let (not, is): (Vec<Formula>, Vec<Formula>) = parts.iter().cloned().partition(|p| matches!(p, Formula::Not(_)));
                // `unless A or B` needs no brackets of its own around the disjunction.
                let off: Vec<Formula> = not
                    .into_iter()
                    .flat_map(|p| match p {
                        Formula::Not(inner) => match *inner {
                            Formula::Any(parts) => parts,
                            one => vec![one],
                        },
                        other => vec![other],
                    })
                    .collect();
                match (is.is_empty(), off.is_empty()) {
                    (false, false) => format!("{} (unless {})", joined(&is, " and "), joined(&off, " or ")),
                    (true, false) => format!("unless {}", joined(&off, " or ")),
                    _ => joined(&is, " and "),
                }
            }
            Formula::Any(parts) if parts.len() == 1 => joined(parts, ""),
            Formula::Any(parts) => format!("({})", joined(parts, " or ")),
            Formula::Not(part) => format!("unless {}", self.formula_words(part, knowledge)),
        }
    }

    /// A quantity's state as a phrase: `acetylcholine deficit in hippocampus`, `memory encoding low`.
    pub(crate) fn quantity_words(knowledge: &Knowledge, quantity: QuantityIx, mask: u8) -> String {
        let info = &knowledge.quantities[quantity.index()];
        let deviation = LEVELS.into_iter().find(|l| l.mask() == mask).and_then(|level| match level {
            Level::MarkedlyLow => Some(("marked ", "deficit")),
            Level::Low => Some(("", "deficit")),
            Level::High => Some(("", "excess")),
            Level::MarkedlyHigh => Some(("marked ", "excess")),
            Level::Balanced => None,
        });
        if let (QuantityKind::Transmission { signal, circuit, receptor }, Some((marked, direction))) = (&info.kind, deviation) {
            let receptor = receptor.as_ref().map(|r| format!("{r} ")).unwrap_or_default();
            let (signal, circuit) = (&knowledge.signals[signal.index()].label, &knowledge.circuits[circuit.index()].label);
            return format!("{marked}{receptor}{signal} {direction} in {circuit}");
        }
        format!("{} {}", info.label, level_words(mask))
    }
}
