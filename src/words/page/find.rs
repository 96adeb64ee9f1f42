//! From what a person typed to the thing that is meant.

use super::{Page, exposure, fact, finding, intervention, quantity, rule, signal, source};
use crate::graph::Graph;
use crate::hpo::{Hpo, Resolved, TermId};
use crate::knowledge::{ExposureIx, FactIx, Knowledge, Literal, ObservationIx, Phrase, QuantityIx, RuleIx, SignalIx, normalise};
use std::collections::BTreeMap;

/// Nothing of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the base has nothing called `{text}`")]
pub struct NotFound {
    /// What was asked for (at most 120 characters of it).
    pub text: String,
    /// The nearest names, best first; at most five.
    pub nearest: Vec<String>,
}

/// Something that has a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Rule(RuleIx),
    /// Position among the references.
    Reference(usize),
    Signal(SignalIx),
    Finding(ObservationIx),
    Quantity(QuantityIx),
    Fact(FactIx),
    Exposure(ExposureIx),
    /// Position among the interventions.
    Intervention(usize),
}

impl Thing {
    fn kind(self) -> &'static str {
        match self {
            Self::Rule(_) => "rule",
            Self::Reference(_) => "reference",
            Self::Signal(_) => "signal",
            Self::Finding(_) => "finding",
            Self::Quantity(_) => "quantity",
            Self::Fact(_) => "fact",
            Self::Exposure(_) => "exposure",
            Self::Intervention(_) => "intervention",
        }
    }

    fn page(self, k: &Knowledge, graph: &Graph) -> Page {
        let (name, content) = match self {
            Self::Rule(r) => rule::page(k, graph, r),
            Self::Reference(i) => source::page(k, &k.references[i]),
            Self::Signal(s) => signal::page(k, s),
            Self::Finding(o) => finding::page(k, graph, o),
            Self::Quantity(q) => quantity::page(k, graph, q),
            Self::Fact(f) => fact::page(k, graph, f),
            Self::Exposure(x) => exposure::page(k, graph, x),
            Self::Intervention(i) => intervention::page(k, graph, &k.interventions[i]),
        };
        Page { id: name.id, label: name.label, also: Vec::new(), content }
    }

    /// `intervention pyridostigmine`, which finds this thing again.
    fn address(self, k: &Knowledge) -> String {
        let id = match self {
            Self::Rule(r) => &k.rules[r.index()].id,
            Self::Reference(i) => &k.references[i].id,
            Self::Signal(s) => &k.signals[s.index()].id,
            Self::Finding(o) => &k.observations[o.index()].id,
            Self::Quantity(q) => &k.quantities[q.index()].id,
            Self::Fact(f) => &k.facts[f.index()].id,
            Self::Exposure(x) => &k.exposures[x.index()].id,
            Self::Intervention(i) => &k.interventions[i].id,
        };
        format!("{} {id}", self.kind())
    }
}

/// Words before a name that narrow the search, with the kind that they mean.
const PREFIXES: [(&str, &str); 12] = [
    ("rule ", "rule"),
    ("reference ", "reference"),
    ("signal ", "signal"),
    ("finding ", "finding"),
    ("observation ", "finding"),
    ("quantity ", "quantity"),
    ("function ", "quantity"),
    ("step ", "quantity"),
    ("fact ", "fact"),
    ("exposure ", "exposure"),
    ("drug ", "exposure"),
    ("intervention ", "intervention"),
];

/// Longer texts name nothing, and what follows is not worth a search.
const LONGEST: usize = 400;

pub(super) fn find(k: &Knowledge, graph: &Graph, text: &str) -> Result<Page, NotFound> {
    let text = text.trim();
    let mut things = if text.len() > LONGEST { Vec::new() } else { things(k, text) };
    if things.is_empty()
        && let Some((rest, kind)) = PREFIXES.iter().find_map(|(prefix, kind)| strip(text, prefix).map(|rest| (rest, *kind)))
    {
        things = self::things(k, rest).into_iter().filter(|t| t.kind() == kind).collect();
    }
    match things.split_first() {
        Some((first, others)) => {
            let mut page = first.page(k, graph);
            page.also = others.iter().map(|t| t.address(k)).collect();
            Ok(page)
        }
        None => Err(NotFound { text: text.chars().take(120).collect(), nearest: nearest(k, text) }),
    }
}

/// The rest after a prefix, in whatever case and also with a colon.
fn strip<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    let same = head.eq_ignore_ascii_case(prefix) || head.strip_suffix(':').is_some_and(|h| h.eq_ignore_ascii_case(prefix.trim_end()));
    same.then(|| text[prefix.len()..].trim()).filter(|rest| !rest.is_empty())
}

/// Everything that a text names, the likeliest first.
fn things(k: &Knowledge, text: &str) -> Vec<Thing> {
    let mut all: Vec<Thing> = Vec::new();
    let mut add = |thing: Option<Thing>| {
        if let Some(thing) = thing
            && !all.contains(&thing)
        {
            all.push(thing);
        }
    };
    add(k.rule(text).or_else(|| k.rule(&text.to_uppercase())).map(Thing::Rule));
    add(reference(k, text).map(Thing::Reference));
    if let Ok(term) = TermId::parse(text) {
        add(by_term(k, term).map(Thing::Finding));
        return all;
    }
    let names = &k.names;
    add(get(&names.signals, text).map(Thing::Signal));
    add(get(&names.observations, text).map(Thing::Finding));
    add(get(&names.functions, text).or_else(|| get(&names.quantities, text)).map(Thing::Quantity));
    add(get(&names.facts, text).map(Thing::Fact));
    add(get(&names.exposures, text).map(Thing::Exposure));
    let folded = normalise(text);
    add(k.interventions.iter().position(|i| normalise(&i.id) == folded || normalise(&i.label) == folded).map(Thing::Intervention));
    if !all.is_empty() {
        return all;
    }
    let phrase = k.resolver().quantity(text).ok().map(Thing::Quantity);
    if let Some(thing) = phrase
        .or_else(|| k.resolver().condition(text).ok().as_ref().map(meant))
        .or_else(|| Hpo::embedded().by_name(text).and_then(|t| by_term(k, t)).map(Thing::Finding))
    {
        all.push(thing);
    }
    all
}

/// What a phrase speaks of.
fn meant(phrase: &Phrase) -> Thing {
    match *phrase {
        Phrase::AnySite(signal, _) => Thing::Signal(signal),
        Phrase::One(Literal::Fact(f)) => Thing::Fact(f),
        Phrase::One(Literal::Exposure(x, _)) => Thing::Exposure(x),
        Phrase::One(Literal::Quantity { quantity, .. }) => Thing::Quantity(quantity),
        Phrase::One(Literal::Observation(o)) => Thing::Finding(o),
    }
}

/// By folded name, also in the plural.
fn get<T: Copy>(table: &BTreeMap<String, T>, text: &str) -> Option<T> {
    let folded = normalise(text);
    table.get(&folded).or_else(|| folded.strip_suffix('s').and_then(|one| table.get(one))).copied()
}

/// By PMID (bare, `PMID:…` or an address of `PubMed`), DOI (bare, `DOI:…` or an address of doi.org) or own address.
fn reference(k: &Knowledge, text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let bare = ["https://doi.org/", "http://doi.org/", "doi:", "https://pubmed.ncbi.nlm.nih.gov/", "pmid:", "pmid"]
        .iter()
        .find_map(|p| lower.strip_prefix(p))
        .unwrap_or(&lower)
        .trim()
        .trim_end_matches('/');
    let is_number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    k.references.iter().position(|r| {
        let id = r.id.to_lowercase();
        id == lower
            || (is_number && id.strip_prefix("pmid:") == Some(bare))
            || (bare.starts_with("10.")
                && (id.strip_prefix("doi:") == Some(bare) || r.doi.as_ref().is_some_and(|d| d.to_lowercase() == bare)))
            || r.url.as_ref().is_some_and(|u| u.to_lowercase() == lower)
    })
}

/// The observation of an HPO term; an obsolete id is followed.
fn by_term(k: &Knowledge, term: TermId) -> Option<ObservationIx> {
    let wanted = match Hpo::embedded().resolve(term) {
        Resolved::Current(t) | Resolved::Replaced { to: t, .. } => t,
        Resolved::Obsolete { .. } | Resolved::Unknown => term,
    };
    let has = |o: &crate::knowledge::Observation| {
        let own = o.hpo.as_deref().and_then(|h| TermId::parse(h).ok());
        own.is_some_and(|own| own == term || own == wanted)
    };
    k.observations.iter().position(has).map(ObservationIx::new)
}

/// How many names are proposed.
const NEAREST: usize = 5;
/// The least similarity, 0 to 1, that is worth proposing.
const LEAST: f64 = 0.55;

/// Names like the text, best first. A term of HPO that the base does not have leads to its more general terms that it has.
fn nearest(k: &Knowledge, text: &str) -> Vec<String> {
    // The distance is quadratic, and long input is no near miss of a name.
    if text.is_empty() || text.len() > 120 {
        return Vec::new();
    }
    let hpo = Hpo::embedded();
    let term = TermId::parse(text).ok().or_else(|| hpo.by_name(text));
    let above = term.into_iter().flat_map(|t| hpo.ancestors(t)).filter_map(|(t, _)| by_term(k, t));
    let mut found: Vec<String> = above.map(|o| k.observations[o.index()].label.clone()).take(2).collect();
    let folded = normalise(text);
    let n = &k.names;
    let tables = n
        .signals
        .keys()
        .chain(n.observations.keys())
        .chain(n.functions.keys())
        .chain(n.quantities.keys())
        .chain(n.facts.keys())
        .chain(n.exposures.keys());
    let ids = k.rules.iter().map(|r| r.id.clone()).chain(k.references.iter().map(|r| r.id.clone()));
    let candidates = tables.cloned().chain(k.interventions.iter().map(|i| normalise(&i.label))).chain(ids);
    let mut scored: Vec<(f64, String)> = candidates
        .map(|c| (strsim::normalized_damerau_levenshtein(&folded, &c.to_lowercase()), c))
        .filter(|(score, _)| *score >= LEAST)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (_, name) in scored {
        // An id and its label fold to nearly the same name; one of them is enough.
        if !found.iter().any(|f| normalise(f) == normalise(&name)) {
            found.push(name);
        }
    }
    found.truncate(NEAREST);
    found
}
