//! Conditions of the knowledge base as formulas over variables.

use super::{Formula, VarIx, VarKind};
use crate::knowledge::{Condition, ExposureState, Knowledge, Level, Literal, QuantityIx, QuantityKind, Region};
use std::collections::HashMap;

/// Looks names up while turning conditions into formulas.
pub(super) struct Conditions<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) by_kind: &'a HashMap<VarKind, VarIx>,
}

impl super::Graph {
    /// A condition of the base (of an alert or a contraindication) over this graph's variables.
    #[must_use]
    pub fn condition(&self, knowledge: &Knowledge, condition: &Condition) -> Formula {
        Conditions { knowledge, by_kind: &self.by_kind }.formula(condition, false)
    }
}

impl Conditions<'_> {
    fn var(&self, kind: VarKind) -> VarIx {
        // Every entry of a checked base has its variable.
        self.by_kind.get(&kind).copied().unwrap_or(VarIx(0))
    }

    fn quantity(&self, q: QuantityIx) -> VarIx {
        self.var(VarKind::Quantity(q))
    }

    /// A condition; `adapted` follows the adapted copy of quantities that have one.
    pub(super) fn formula(&self, condition: &Condition, adapted: bool) -> Formula {
        match condition {
            Condition::Is(literal) => self.literal(*literal, adapted),
            Condition::All(parts) => Formula::all(parts.iter().map(|p| self.formula(p, adapted)).collect()),
            Condition::Any(parts) => Formula::Any(parts.iter().map(|p| self.formula(p, adapted)).collect()),
        }
    }

    pub(super) fn literal(&self, literal: Literal, follow_adapted: bool) -> Formula {
        match literal {
            Literal::Fact(f) => Formula::Is(self.var(VarKind::Fact(f)), 0b10),
            Literal::Exposure(x, state) => {
                // Inside `any` and `unless`, a class stands for whichever member.
                let mut parts = vec![Formula::Is(self.var(VarKind::Exposure(x)), exposure_mask(state))];
                parts.extend(
                    self.knowledge.members(x).into_iter().map(|m| Formula::Is(self.var(VarKind::Exposure(m)), exposure_mask(state))),
                );
                if parts.len() == 1 { parts.remove(0) } else { Formula::Any(parts) }
            }
            Literal::Quantity { quantity, level, adapted } => self.quantity_literal(quantity, level, adapted || follow_adapted),
            Literal::Observation(o) => Formula::Is(self.var(VarKind::Observation(o)), 0b10),
        }
    }

    fn quantity_literal(&self, quantity: QuantityIx, level: Level, adapted: bool) -> Formula {
        let var = |q: QuantityIx| {
            let copy = adapted.then(|| self.by_kind.get(&VarKind::Adapted(q)).copied()).flatten();
            copy.unwrap_or_else(|| self.quantity(q))
        };
        // A step named for a region is also out of balance when it is so everywhere.
        let mut same = vec![quantity];
        if let QuantityKind::Step { signal, step, receptor, region } = &self.knowledge.quantities[quantity.index()].kind {
            for (i, q) in self.knowledge.quantities.iter().enumerate() {
                if let QuantityKind::Step { signal: s, step: st, receptor: r, region: wider } = &q.kind
                    && (s, st) == (signal, step)
                    && (r.is_none() || r == receptor)
                    && QuantityIx::new(i) != quantity
                    && self.is_wider(*wider, *region)
                {
                    same.push(QuantityIx::new(i));
                }
            }
        }
        let mut parts: Vec<Formula> = same.into_iter().map(|q| Formula::Is(var(q), level.mask())).collect();
        match (parts.len(), level) {
            (1, _) => parts.remove(0),
            (_, Level::Balanced) => Formula::All(parts),
            _ => Formula::Any(parts),
        }
    }

    /// Whether one region takes in another (or is the same, for a family-less receptor step).
    fn is_wider(&self, wider: Region, region: Region) -> bool {
        match (wider, region) {
            (Region::Body, _) => true,
            (Region::Compartment(a), Region::Circuit(c)) => self.knowledge.circuits[c.index()].compartment == a,
            (a, b) => a == b,
        }
    }
}

/// States of an exposure that pass; an overdose is taking too.
pub(super) fn exposure_mask(state: ExposureState) -> u8 {
    match state {
        ExposureState::Taking => 0b0110,
        ExposureState::Overdose => 0b0100,
        ExposureState::Withdrawal => 0b1000,
    }
}
