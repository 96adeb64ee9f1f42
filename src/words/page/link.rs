//! One causal link as a page lists it: a rule, or what was generated.

use super::document::{Document, Tone};
use super::evidence::StrengthView;
use super::{Name, phrase};
use crate::graph::{Edge, Graph, Mechanism, Origin, VarIx, VarKind};
use crate::knowledge::{Knowledge, Rule, Target};
use crate::written::{Push, Standing};
use schemars::JsonSchema;
use serde::Serialize;

/// Where a link comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkOrigin {
    /// A rule.
    Rule,
    /// Generated from the order of a signal's life.
    Life,
    /// Generated from HPO's hierarchy.
    IsA,
    /// A deviation without a cause in the base.
    Idiopathic,
    /// Generated for a ratio.
    Ratio,
    /// Generated for a quantity with feedback rules: the adapted copy follows the acute state.
    Adapted,
}

/// A causal link.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Link {
    /// Where it comes from.
    pub origin: LinkOrigin,
    /// Id of the rule.
    pub rule: Option<String>,
    /// The claim of the rule, or the reason of a generated link.
    pub claim: String,
    /// The condition in words.
    pub when: String,
    /// raises, lowers, shows, prevents, or makes up (ratios and adapted copies).
    pub does: &'static str,
    /// By two degrees.
    pub marked: bool,
    /// What it acts on.
    pub target: Name,
    /// P(push arrives | condition); none where the state is passed on without chance.
    pub strength: Option<StrengthView>,
    /// Standing of the rule.
    pub standing: Option<Standing>,
}

impl Link {
    /// A rule as a link.
    pub(super) fn of_rule(k: &Knowledge, rule: &Rule) -> Self {
        Self {
            origin: LinkOrigin::Rule,
            rule: Some(rule.id.clone()),
            claim: rule.claim.clone(),
            when: when(k, rule),
            does: phrase::push(rule.push),
            marked: rule.marked,
            target: target(k, rule),
            strength: Some(StrengthView::of(&rule.strength)),
            standing: Some(rule.standing),
        }
    }

    /// An edge as a link; a rule's instance as the rule.
    pub(super) fn of_edge(k: &Knowledge, graph: &Graph, edge: &Edge) -> Self {
        let (origin, claim) = match edge.origin {
            Origin::Rule(rule) => return Self::of_rule(k, &k.rules[rule.index()]),
            Origin::Life(_, why) => (LinkOrigin::Life, why.to_owned()),
            Origin::IsA => (LinkOrigin::IsA, "the more specific observation is one of the more general kind".to_owned()),
            Origin::Idiopathic => {
                (LinkOrigin::Idiopathic, format!("prior {}, this site's share of the signal's", phrase::number(prior(graph, edge))))
            }
        };
        let strength = StrengthView::generated(edge.strength.value(), edge.interval);
        Self {
            origin,
            rule: None,
            claim,
            when: graph.formula_words(&edge.when, k),
            does: phrase::push(edge.push),
            marked: edge.degrees == 2,
            target: Name { id: graph.id(edge.target, k), label: graph.label(edge.target, k) },
            // An idiopathic deviation always reaches its site: its prior says all.
            strength: (origin != LinkOrigin::Idiopathic).then_some(strength),
            standing: None,
        }
    }

    /// What a variable is made of without chance: a ratio of its two transmissions, an adapted copy of its acute state.
    pub(super) fn made_of(k: &Knowledge, graph: &Graph, var: VarIx) -> Vec<Self> {
        let (origin, parents): (LinkOrigin, Vec<(VarIx, &str)>) = match graph.get(var).mechanism {
            Mechanism::Ratio(over, under) => (
                LinkOrigin::Ratio,
                vec![(over, "its state, less that of the other, is the ratio"), (under, "its state is taken off the ratio")],
            ),
            Mechanism::Adapted(acute) => (LinkOrigin::Adapted, vec![(acute, "the adapted state starts from the acute one")]),
            _ => return Vec::new(),
        };
        let link = |(parent, why): (VarIx, &str)| Self {
            origin,
            rule: None,
            claim: why.to_owned(),
            when: graph.label(parent, k),
            does: "makes up",
            marked: false,
            target: Name { id: graph.id(var, k), label: graph.label(var, k) },
            strength: None,
            standing: None,
        };
        parents.into_iter().map(link).collect()
    }

    pub(super) fn write(&self, d: &mut Document) {
        let degrees = if self.marked { "markedly " } else { "" };
        let text = format!("{} {degrees}{} {}", self.when, self.does, self.target.label);
        let strength = self.strength.as_ref().map(StrengthView::short);
        if let Some(rule) = &self.rule {
            let against = matches!(self.standing, Some(Standing::Contested | Standing::Withdrawn));
            let weight: Vec<&str> = strength.as_deref().into_iter().chain(self.standing.map(phrase::standing)).collect();
            let tone = if against { Tone::Against } else { Tone::Plain };
            d.toned(rule, tone, &format!("{text} ({})", weight.join("; ")), vec![self.claim.clone()]);
        } else {
            // One line for what was generated: there is much of it, and its reason is short.
            let weight: Vec<&str> = strength.as_deref().into_iter().chain([self.claim.as_str()]).collect();
            d.item("generated", &format!("{text} ({})", weight.join("; ")));
        }
    }
}

/// P(the deviation that an idiopathic edge starts from).
fn prior(graph: &Graph, edge: &Edge) -> f64 {
    let root = edge.when.vars().first().map(|v| &graph.get(*v).mechanism);
    if let Some(Mechanism::Prior(prior)) = root { prior.base.iter().skip(1).sum() } else { 0.0 }
}

/// A rule's whole condition in words, `unless` included.
pub(super) fn when(k: &Knowledge, rule: &Rule) -> String {
    if rule.unless.is_empty() {
        return rule.when_words.clone();
    }
    let unless: Vec<String> = rule.unless.iter().map(|u| phrase::condition(k, u)).collect();
    format!("{} (unless {})", rule.when_words, unless.join(" or "))
}

/// What a rule acts on, by name.
pub(super) fn target(k: &Knowledge, rule: &Rule) -> Name {
    match rule.target {
        Target::Observation(o) => phrase::observation_name(k, o),
        Target::Quantity(q) if rule.feedback => {
            let name = phrase::quantity_name(k, q);
            Name { id: format!("adapted-{}", name.id), label: format!("adapted {}", name.label) }
        }
        Target::Quantity(q) => phrase::quantity_name(k, q),
    }
}

/// The variable that a rule acts on, if the graph has it (a rule that was left out may be the only one on an adapted copy).
pub(super) fn target_var(graph: &Graph, rule: &Rule) -> Option<VarIx> {
    match rule.target {
        Target::Observation(o) => graph.var(VarKind::Observation(o)),
        Target::Quantity(q) if rule.feedback => graph.var(VarKind::Adapted(q)),
        Target::Quantity(q) => graph.var(VarKind::Quantity(q)),
    }
}

/// Whether a push can bring a variable into one of a mask's states.
pub(super) fn can_reach(kind: VarKind, push: Push, mask: u8) -> bool {
    match (kind, push) {
        (VarKind::Quantity(_) | VarKind::Adapted(_), Push::Raises) => mask & 0b11000 != 0,
        (VarKind::Quantity(_) | VarKind::Adapted(_), Push::Lowers) => mask & 0b00011 != 0,
        (VarKind::Observation(_) | VarKind::Term(_), Push::Shows) => mask & 0b10 != 0,
        _ => false,
    }
}
