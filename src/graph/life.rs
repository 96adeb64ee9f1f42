//! The order of a signal's life, as generated edges.
//!
//! A deviation of a step for the whole body and one for a narrower region are separate variables; both act on the transmissions
//! of the region, and a test on the narrower step holds when the wider one passes it too. Strengths are assumed: biochemical
//! steps in series carry a deficit on almost always.

use super::compile::Builder;
use super::{Formula, Origin, VarIx};
use crate::knowledge::{CircuitIx, Probability, QuantityIx, QuantityKind, Region, SignalIx, Step, normalise};
use crate::written::Push;

/// P(a deviation of the last presynaptic step or of the receptors reaches the transmission).
const OBLIGATE: (f64, (f64, f64)) = (0.98, (0.95, 0.99));
/// P(a deviation of an earlier step reaches the next).
const VERY_FREQUENT: (f64, (f64, f64)) = (0.9, (0.8, 0.99));

const LOW: u8 = 0b00011;
const HIGH: u8 = 0b11000;
const MARKEDLY_LOW: u8 = 0b00001;
const MARKEDLY_HIGH: u8 = 0b10000;

/// Steps in series up to release; reuptake and breakdown act beside.
const SERIES: [Step; 4] = [Step::Precursor, Step::Synthesis, Step::Storage, Step::Release];

impl Builder<'_> {
    /// Generates one signal's life.
    pub(super) fn life(&mut self, ix: SignalIx) {
        let signal = &self.knowledge.signals[ix.index()];
        let steps: Vec<(Step, Option<String>, Region, QuantityIx)> = self
            .knowledge
            .quantities
            .iter()
            .enumerate()
            .filter_map(|(i, q)| match &q.kind {
                QuantityKind::Step { signal, step, receptor, region } if *signal == ix => {
                    Some((*step, receptor.clone(), *region, QuantityIx::new(i)))
                }
                _ => None,
            })
            .collect();
        let series: Vec<Step> = SERIES.into_iter().filter(|s| signal.steps.contains(s)).collect();
        for pair in series.windows(2) {
            for (_, _, region, from) in steps.iter().filter(|s| s.0 == pair[0]) {
                if let Some((_, _, _, to)) = steps.iter().find(|s| s.0 == pair[1] && s.2 == *region) {
                    self.carry(ix, "a step in series", *from, *to, false, (LOW, MARKEDLY_LOW), VERY_FREQUENT, None);
                }
            }
        }
        for site in signal.sites.clone() {
            self.site_life(ix, site, &steps, series.last().copied());
        }
    }

    fn site_life(&mut self, ix: SignalIx, site: QuantityIx, steps: &[(Step, Option<String>, Region, QuantityIx)], last: Option<Step>) {
        let QuantityKind::Transmission { circuit, receptor, .. } = &self.knowledge.quantities[site.index()].kind else { return };
        let (circuit, receptor) = (*circuit, receptor.as_ref().map(|r| normalise(r)));
        let here: Vec<&(Step, Option<String>, Region, QuantityIx)> = steps
            .iter()
            .filter(|(_, family, region, _)| {
                self.covers(*region, circuit) && (family.is_none() || receptor.is_none() || *family == receptor)
            })
            .collect();
        let markedly_low = |builder: &Self, step: Step| -> Vec<Formula> {
            here.iter().filter(|s| s.0 == step).map(|s| Formula::Is(builder.quantity(s.3), MARKEDLY_LOW)).collect()
        };
        let lost = markedly_low(self, Step::ReceptorNumber);
        let silent = last.map(|l| markedly_low(self, l)).unwrap_or_default();
        let empty = markedly_low(self, Step::Storage);
        let gate = |parts: &[&Vec<Formula>]| -> Option<Formula> {
            let all: Vec<Formula> = parts.iter().flat_map(|p| p.iter().cloned()).collect();
            (!all.is_empty()).then_some(Formula::Any(all))
        };
        for (step, _, _, from) in &here {
            match step {
                s if Some(*s) == last => {
                    self.carry(ix, "release reaches the target cells", *from, site, false, (LOW, MARKEDLY_LOW), OBLIGATE, None);
                    let gates = if *s == Step::Storage { gate(&[&lost]) } else { gate(&[&empty, &lost]) };
                    self.carry(ix, "release reaches the target cells", *from, site, false, (HIGH, MARKEDLY_HIGH), OBLIGATE, gates);
                }
                Step::Reuptake => {
                    self.carry(ix, "what is not taken up stays", *from, site, true, (LOW, MARKEDLY_LOW), OBLIGATE, gate(&[&silent, &lost]));
                    self.carry(ix, "what is taken up is gone", *from, site, true, (HIGH, MARKEDLY_HIGH), OBLIGATE, None);
                }
                Step::Breakdown => {
                    self.carry(
                        ix,
                        "what is not broken down stays",
                        *from,
                        site,
                        true,
                        (LOW, MARKEDLY_LOW),
                        OBLIGATE,
                        gate(&[&silent, &lost]),
                    );
                    self.carry(ix, "what is broken down is gone", *from, site, true, (HIGH, MARKEDLY_HIGH), OBLIGATE, None);
                }
                Step::ReceptorActivity => {
                    self.carry(ix, "receptors blocked", *from, site, false, (LOW, MARKEDLY_LOW), OBLIGATE, None);
                    self.carry(ix, "receptors driven directly", *from, site, false, (HIGH, MARKEDLY_HIGH), OBLIGATE, gate(&[&lost]));
                }
                Step::ReceptorNumber => {
                    self.carry(ix, "receptors lost", *from, site, false, (LOW, MARKEDLY_LOW), OBLIGATE, None);
                    self.carry(ix, "receptors gained", *from, site, false, (HIGH, MARKEDLY_HIGH), VERY_FREQUENT, None);
                }
                _ => {}
            }
        }
    }

    /// Whether a region takes in a circuit.
    pub(super) fn covers(&self, region: Region, circuit: CircuitIx) -> bool {
        match region {
            Region::Body => true,
            Region::Compartment(c) => self.knowledge.circuits[circuit.index()].compartment == c,
            Region::Circuit(c) => c == circuit,
        }
    }

    /// One degree from a deviated step, two from a markedly deviated one; `inverse` turns low into high.
    #[allow(clippy::too_many_arguments)]
    fn carry(
        &mut self,
        signal: SignalIx,
        why: &'static str,
        from: QuantityIx,
        to: QuantityIx,
        inverse: bool,
        masks: (u8, u8),
        strength: (f64, (f64, f64)),
        unless: Option<Formula>,
    ) {
        let from_var: VarIx = self.quantity(from);
        let low = masks.0 == LOW;
        let push = if low == inverse { Push::Raises } else { Push::Lowers };
        let mut when = vec![Formula::Is(from_var, masks.0)];
        when.extend(unless.map(|u| Formula::Not(Box::new(u))));
        let Some(value) = Probability::new(strength.0) else { return };
        let target = self.quantity(to);
        self.edge(super::Edge {
            origin: Origin::Life(signal, why),
            when: Formula::all(when),
            doubled: Some(Formula::Is(from_var, masks.1)),
            target,
            push,
            degrees: 1,
            strength: value,
            interval: strength.1,
            onset: None,
            contested: false,
        });
    }
}
