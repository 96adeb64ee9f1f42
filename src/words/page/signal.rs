//! The page of a signal.

use super::document::Document;
use super::evidence::StrengthView;
use super::link::{Link, LinkOrigin};
use super::{Content, Name, phrase};
use crate::knowledge::{Knowledge, Literal, QuantityIx, QuantityKind, Rule, SignalIx, Target};
use crate::written::Standing;
use schemars::JsonSchema;
use serde::Serialize;

/// A signal.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SignalPage {
    /// Other names.
    pub synonyms: Vec<String>,
    /// Steps of its life that are modelled, in order.
    pub steps: Vec<&'static str>,
    /// Receptor families.
    pub receptors: Vec<String>,
    /// Where its transmission is told apart.
    pub sites: Vec<Name>,
    /// Ratios that it takes part in.
    pub ratios: Vec<Name>,
    /// P(deficit) and P(excess) without a cause in the base, shared among the sites.
    pub idiopathic: [f64; 2],
    /// What is in, what is left out, and the open disputes.
    pub page: Option<String>,
    /// Rules that act on it or depend on it, withdrawn ones included.
    pub rules: usize,
    /// Of these, the rules that act on its steps or transmissions.
    pub rules_on_it: usize,
    /// Of these, the rules whose condition asks for it.
    pub rules_from_it: usize,
    /// Contested rules among them.
    pub contested: Vec<Link>,
    /// Withdrawn rules among them.
    pub withdrawn: Vec<Link>,
    /// Links of its life beside the usual ones.
    pub life: Vec<Link>,
}

/// The signals of a quantity: one of a step or transmission, two of a ratio, none of a function.
pub(super) fn signals_of(k: &Knowledge, q: QuantityIx) -> Vec<SignalIx> {
    match &k.quantities[q.index()].kind {
        QuantityKind::Function => Vec::new(),
        QuantityKind::Step { signal, .. } | QuantityKind::Transmission { signal, .. } => vec![*signal],
        QuantityKind::Ratio { over, under } => {
            [*over, *under].into_iter().filter_map(|q| k.quantities[q.index()].transmission_of()).collect()
        }
    }
}

pub(super) fn page(k: &Knowledge, ix: SignalIx) -> (Name, Content) {
    let s = &k.signals[ix.index()];
    let is_own = |q: QuantityIx| signals_of(k, q).contains(&ix);
    let acts_on = |r: &Rule| matches!(r.target, Target::Quantity(q) if is_own(q));
    let asks_for = |r: &Rule| r.when.literals().into_iter().any(|l| matches!(l, Literal::Quantity { quantity, .. } if is_own(quantity)));
    let touching: Vec<&Rule> = k.rules.iter().filter(|r| acts_on(r) || asks_for(r)).collect();
    let with = |standing: Standing| touching.iter().filter(|r| r.standing == standing).map(|r| Link::of_rule(k, r)).collect();
    let ratios =
        k.quantities.iter().enumerate().filter(|(i, q)| matches!(q.kind, QuantityKind::Ratio { .. }) && is_own(QuantityIx::new(*i)));
    let life = s.life.iter().map(|(when, push, target, strength)| Link {
        origin: LinkOrigin::Life,
        rule: None,
        claim: "a link of this signal's life beside the usual ones".to_owned(),
        when: phrase::literal(k, *when),
        does: phrase::push(*push),
        marked: false,
        target: phrase::quantity_name(k, *target),
        strength: Some(StrengthView::of(strength)),
        standing: None,
    });
    let page = SignalPage {
        synonyms: phrase::synonyms(&k.names.signals, ix, &s.id, &s.label),
        steps: s.steps.iter().map(|step| step.name()).collect(),
        receptors: s.receptors.clone(),
        sites: s.sites.iter().map(|q| phrase::quantity_name(k, *q)).collect(),
        ratios: ratios.map(|(i, _)| phrase::quantity_name(k, QuantityIx::new(i))).collect(),
        idiopathic: s.idiopathic,
        page: s.page.clone(),
        rules: touching.len(),
        rules_on_it: touching.iter().filter(|r| acts_on(r)).count(),
        rules_from_it: touching.iter().filter(|r| asks_for(r)).count(),
        contested: with(Standing::Contested),
        withdrawn: with(Standing::Withdrawn),
        life: life.collect(),
    };
    (phrase::signal_name(k, ix), Content::Signal(page))
}

impl SignalPage {
    pub(super) fn write(&self, d: &mut Document) {
        d.some("Synonyms", &self.synonyms.join(", "));
        d.some("Steps", &self.steps.join(", "));
        d.some("Receptors", &self.receptors.join(", "));
        let [deficit, excess] = self.idiopathic.map(phrase::number);
        d.field("Without cause", format!("deficit {deficit}, excess {excess} (prior, shared among its sites)"));
        let (on, from) = (self.rules_on_it, self.rules_from_it);
        d.field("Rules", format!("{} ({on} act on it, {from} depend on it)", self.rules));
        if let Some(page) = &self.page {
            d.heading("What is modelled");
            d.paragraph(page);
        }
        d.heading("Sites");
        for site in &self.sites {
            d.item("", &site.label);
        }
        if !self.ratios.is_empty() {
            d.heading("Ratios");
            self.ratios.iter().for_each(|r| d.item("", &r.label));
        }
        d.links("Links of its life beside the usual ones", &self.life);
        d.links("Contested rules", &self.contested);
        d.links("Withdrawn rules", &self.withdrawn);
    }
}
