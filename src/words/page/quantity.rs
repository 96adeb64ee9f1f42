//! The page of a quantity: step, transmission, ratio or function.

use super::document::Document;
use super::link::Link;
use super::{Content, Name, causes, phrase};
use crate::graph::{Direction, Graph, Mechanism, VarKind};
use crate::knowledge::{Knowledge, QuantityIx, QuantityKind, Region, Target};
use crate::written::Push;
use schemars::JsonSchema;
use serde::Serialize;

/// A quantity in five states.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuantityPage {
    /// function, step, transmission or ratio.
    pub sort: &'static str,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Domain of consequences, for functions.
    pub domain: Option<String>,
    /// The signal of a step or transmission, the two of a ratio.
    pub signals: Vec<Name>,
    /// The receptor family, where told apart.
    pub receptor: Option<String>,
    /// Where it is meant: the body, a compartment or a circuit.
    pub place: Option<String>,
    /// The two transmissions of a ratio: the first less the second.
    pub made_of: Vec<Name>,
    /// P(deficit) and P(excess) of a transmission without a cause in the base: its share of the signal's prior.
    pub idiopathic: Option<[f64; 2]>,
    /// Rules that raise it, whatever their standing; feedback rules act on its adapted copy.
    pub raised_by: Vec<Link>,
    /// Rules that lower it.
    pub lowered_by: Vec<Link>,
    /// Links on it that were generated.
    pub generated: Vec<Link>,
    /// Rules and generated links whose condition asks for it.
    pub followed_by: Vec<Link>,
    /// The same for its adapted copy, where there is one.
    pub adapted_followed_by: Vec<Link>,
}

pub(super) fn page(k: &Knowledge, graph: &Graph, ix: QuantityIx) -> (Name, Content) {
    let q = &k.quantities[ix.index()];
    let rules =
        |push: Push| k.rules.iter().filter(|r| r.target == Target::Quantity(ix) && r.push == push).map(|r| Link::of_rule(k, r)).collect();
    let circuit = |c: crate::knowledge::CircuitIx| k.circuits[c.index()].label.clone();
    let (sort, receptor, place, made_of) = match &q.kind {
        QuantityKind::Function => ("function", None, None, Vec::new()),
        QuantityKind::Step { receptor, region, .. } => {
            let place = match region {
                Region::Body => "whole body".to_owned(),
                Region::Compartment(c) => k.compartments[c.index()].1.clone(),
                Region::Circuit(c) => circuit(*c),
            };
            ("step", receptor.clone(), Some(place), Vec::new())
        }
        QuantityKind::Transmission { circuit: c, receptor, .. } => ("transmission", receptor.clone(), Some(circuit(*c)), Vec::new()),
        QuantityKind::Ratio { over, under } => ("ratio", None, None, [*over, *under].map(|q| phrase::quantity_name(k, q)).to_vec()),
    };
    let following = |kind| graph.var(kind).map(|v| causes::following(k, graph, v, None)).unwrap_or_default();
    let table = if sort == "function" { &k.names.functions } else { &k.names.quantities };
    let page = QuantityPage {
        sort,
        synonyms: phrase::synonyms(table, ix, &q.id, &q.label),
        domain: q.domain.clone(),
        signals: super::signal::signals_of(k, ix).into_iter().map(|s| phrase::signal_name(k, s)).collect(),
        receptor,
        place,
        made_of,
        idiopathic: (sort == "transmission").then(|| Direction::BOTH.map(|d| idiopathic(graph, ix, d))),
        raised_by: rules(Push::Raises),
        lowered_by: rules(Push::Lowers),
        generated: graph.var(VarKind::Quantity(ix)).map(|v| causes::generated_on(k, graph, v)).unwrap_or_default(),
        followed_by: following(VarKind::Quantity(ix)),
        adapted_followed_by: following(VarKind::Adapted(ix)),
    };
    (phrase::quantity_name(k, ix), Content::Quantity(page))
}

/// P(the site deviates so without a cause in the base).
fn idiopathic(graph: &Graph, site: QuantityIx, direction: Direction) -> f64 {
    match graph.var(VarKind::Idiopathic(site, direction)).map(|v| &graph.get(v).mechanism) {
        Some(Mechanism::Prior(prior)) => prior.base.iter().skip(1).sum(),
        _ => 0.0,
    }
}

impl QuantityPage {
    pub(super) fn write(&self, d: &mut Document) {
        d.field("Sort", self.sort);
        d.some("Synonyms", &self.synonyms.join(", "));
        d.some("Domain", self.domain.as_deref().unwrap_or_default());
        d.some("Signal", &phrase::names(&self.signals));
        d.some("Receptors", self.receptor.as_deref().unwrap_or_default());
        d.some("Place", self.place.as_deref().unwrap_or_default());
        if let [over, under] = self.made_of.as_slice() {
            d.field("Made of", format!("{} less {}", over.label, under.label));
        }
        if let Some([deficit, excess]) = self.idiopathic {
            let (deficit, excess) = (phrase::number(deficit), phrase::number(excess));
            d.field("Without cause", format!("deficit {deficit}, excess {excess} (this site's share of the signal's prior)"));
        }
        d.links("Raised by", &self.raised_by);
        d.links("Lowered by", &self.lowered_by);
        d.links("Generated links on it", &self.generated);
        d.links("What follows from it", &self.followed_by);
        d.links("What follows from its adapted copy", &self.adapted_followed_by);
    }
}
