//! The page of a finding.

use super::document::Document;
use super::link::Link;
use super::{Content, FrequencyView, Name, phrase};
use crate::graph::{Graph, Origin, VarKind};
use crate::hpo::{Hpo, TermId};
use crate::knowledge::{Knowledge, ObservationIx, Target};
use crate::written::Push;
use schemars::JsonSchema;
use serde::Serialize;

/// An observation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingPage {
    /// HPO id.
    pub hpo: Option<String>,
    /// HPO's own name of the term.
    pub hpo_label: Option<String>,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Domain.
    pub domain: String,
    /// sign, symptom, lab, imaging or test.
    pub sort: &'static str,
    /// What it costs the patient to find out: question, bedside, blood, imaging or invasive.
    pub cost: &'static str,
    /// Follows the acute state even where an adapted one exists.
    pub acute: bool,
    /// P(present | no modelled cause), at least 0.0001.
    pub leak: f64,
    /// Measurements that are read as this finding: `CSF HVA low`.
    pub measured_by: Vec<String>,
    /// Rules that show it, whatever their standing.
    pub shown_by: Vec<Link>,
    /// Rules that prevent it.
    pub prevented_by: Vec<Link>,
    /// More general observations that it shows.
    pub more_general: Vec<Name>,
    /// More specific observations that show it.
    pub more_specific: Vec<Name>,
    /// How often it was seen in whom.
    pub frequencies: Vec<FrequencyView>,
}

pub(super) fn page(k: &Knowledge, graph: &Graph, ix: ObservationIx) -> (Name, Content) {
    let o = &k.observations[ix.index()];
    let rules = |push: Push| {
        k.rules.iter().filter(|r| r.target == Target::Observation(ix) && r.push == push).map(|r| Link::of_rule(k, r)).collect()
    };
    let var = graph.var(VarKind::Observation(ix));
    let name = |v| Name { id: graph.id(v, k), label: graph.label(v, k) };
    let (mut more_general, mut more_specific) = (Vec::new(), Vec::new());
    for (_, edge) in graph.edges().filter(|(_, e)| e.origin == Origin::IsA) {
        if Some(edge.target) == var {
            more_specific.extend(edge.when.vars().into_iter().map(name));
        } else if edge.when.vars().iter().any(|v| Some(*v) == var) {
            more_general.push(name(edge.target));
        }
    }
    more_general.sort();
    more_specific.sort();
    let labs = k.labs.iter().flat_map(|l| {
        [(l.low, "low"), (l.high, "high"), (l.positive, "positive")]
            .into_iter()
            .filter(|(shown, _)| *shown == Some(ix))
            .map(|(_, words)| format!("{} {words}", l.name))
    });
    let page = FindingPage {
        hpo: o.hpo.clone(),
        hpo_label: o.hpo.as_deref().and_then(|h| TermId::parse(h).ok()).and_then(|t| Hpo::embedded().term(t)).map(|t| t.label().to_owned()),
        synonyms: o.synonyms.clone(),
        domain: o.domain.clone(),
        sort: o.kind,
        cost: o.cost,
        acute: o.acute,
        leak: o.leak,
        measured_by: labs.collect(),
        shown_by: rules(Push::Shows),
        prevented_by: rules(Push::Prevents),
        more_general,
        more_specific,
        frequencies: FrequencyView::all(k, |f| f.observation == ix),
    };
    (phrase::observation_name(k, ix), Content::Finding(page))
}

impl FindingPage {
    pub(super) fn write(&self, d: &mut Document) {
        let hpo = [self.hpo.as_deref(), self.hpo_label.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        d.field("HPO", if hpo.is_empty() { "no term".to_owned() } else { hpo });
        d.some("Synonyms", &self.synonyms.join(", "));
        d.field("Sort", format!("{}; {}; to find out: {}", self.sort, self.domain, self.cost));
        d.field("Leak", format!("{} (present without any cause that is modelled; assumed)", phrase::number(self.leak)));
        if self.acute {
            d.field("Follows", "the acute state, also where there is an adapted one");
        }
        d.some("Measured by", &self.measured_by.join(", "));
        d.some("More general", &phrase::names(&self.more_general));
        d.some("More specific", &phrase::names(&self.more_specific));
        if self.shown_by.is_empty() {
            d.heading("Shown by");
            d.paragraph("No rule.");
        }
        d.links("Shown by", &self.shown_by);
        d.links("Prevented by", &self.prevented_by);
        FrequencyView::write_all(d, &self.frequencies);
    }
}
