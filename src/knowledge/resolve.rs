//! From written entries to checked knowledge: ids, names, numbers, references.

use super::names::{Names, find, normalise};
use super::numbers::{MIN_LEAK, Strength};
use super::phrase::{Phrase, Resolver, Unknown};
use super::{
    Alert, Basis, Benefit, Circuit, CircuitIx, CompartmentIx, Condition, Contraindication, Exposure, ExposureIx, Fact, FactIx, Frequency,
    Intervention, Knowledge, Lab, Literal, Observation, ObservationIx, Quantity, QuantityIx, QuantityKind, Reference, Rule, Signal,
    SignalIx, Step, Target, standing,
};
use crate::source::{Diagnostics, Item, Place, Sources, nearest};
use crate::written::{self, Number, Push, When, Written};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The ids of one kind, with where each was first defined.
#[derive(Default)]
struct Ids(BTreeMap<String, Place>);

impl Ids {
    /// Registers an id; reports a second use and a malformed one.
    fn add(&mut self, id: &Item<String>, what: &str, diagnostics: &mut Diagnostics) -> bool {
        if let Some(first) = self.0.get(&id.value) {
            diagnostics
                .error("E0301", id.place.clone(), format!("the {what} id `{}` is defined twice", id.value))
                .related(first.clone(), "first here")
                .hint("ids are permanent and unique: give the newer one another id, or remove the copy");
            return false;
        }
        self.0.insert(id.value.clone(), id.place.clone());
        true
    }
}

/// Everything needed while resolving.
struct Work<'a> {
    diagnostics: &'a mut Diagnostics,
    strengths: BTreeMap<String, (f64, (f64, f64))>,
    leaks: BTreeMap<String, f64>,
    priors: BTreeMap<String, f64>,
    references: BTreeMap<String, Place>,
}

pub(super) fn resolve(written: &Written, digest: String, diagnostics: &mut Diagnostics) -> Option<Knowledge> {
    let Some(base) = written.bases.first() else {
        if !diagnostics.has_errors() {
            diagnostics.global("E0107", "no file has a `base:` section").hint("a base starts with `knowledge/base.yaml`");
        }
        return None;
    };
    if let Some(second) = written.bases.get(1) {
        diagnostics.error("E0301", second.place.clone(), "`base:` is defined twice").related(base.place.clone(), "first here");
    }
    let mut work = Work {
        strengths: base.strengths.iter().map(|(n, v, i)| (n.value.clone(), (*v, *i))).collect(),
        leaks: base.leaks.iter().map(|(n, v)| (n.value.clone(), *v)).collect(),
        priors: base.priors.iter().map(|(n, v)| (n.value.clone(), *v)).collect(),
        references: BTreeMap::new(),
        diagnostics,
    };
    let references = work.references(&written.references);
    let mut names = Names::default();
    let compartments = work.compartments(written, &mut names);
    let circuits = work.circuits(written, &mut names);
    let mut quantities: Vec<Quantity> = Vec::new();
    work.functions(written, &mut names, &mut quantities);
    let observations = work.observations(written, &mut names);
    let exposures = work.exposure_names(written, &mut names);
    let facts = work.fact_names(written, &mut names);
    let signals = work.signals(written, base, &mut names, &circuits, &mut quantities);
    work.ratios(written, &mut names, &signals, &mut quantities);
    let mut knowledge = Knowledge {
        title: base.title.clone(),
        version: base.version.clone(),
        population: base.population.clone(),
        digest,
        compartments,
        circuits,
        signals,
        quantities,
        observations,
        exposures,
        facts,
        rules: Vec::new(),
        labs: Vec::new(),
        interventions: Vec::new(),
        alerts: Vec::new(),
        frequencies: Vec::new(),
        references,
        idiopathic_marked: base.idiopathic.marked.unwrap_or(0.3),
        names,
        sources: Sources::default(),
    };
    work.second_pass(written, &mut knowledge);
    Some(knowledge)
}

impl Work<'_> {
    fn references(&mut self, written: &[written::Reference]) -> Vec<Reference> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for r in written {
            if !ids.add(&r.id, "reference", self.diagnostics) {
                continue;
            }
            let id = &r.id.value;
            let sound = id.strip_prefix("PMID:").is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
                || id.strip_prefix("DOI:").is_some_and(|d| d.starts_with("10."))
                || id.starts_with("https://");
            if !sound {
                self.diagnostics
                    .error("E0305", r.id.place.clone(), format!("`{id}` does not identify a source"))
                    .hint("`PMID:12345678`, `DOI:10.…`, or a stable https address where neither exists");
            }
            let checked = r.checked.as_ref().map_or("", |c| c.value.as_str());
            if let Some(c) = &r.checked
                && !is_date(checked)
            {
                self.diagnostics
                    .error("E0306", c.place.clone(), format!("`{checked}` is not a day"))
                    .hint("write the day of the check as YYYY-MM-DD");
            }
            all.push(Reference {
                id: id.clone(),
                title: r.title.clone(),
                first_author: r.first_author.clone(),
                journal: r.journal.clone(),
                year: r.year,
                doi: r.doi.clone(),
                url: r.url.clone(),
                checked: checked.to_owned(),
            });
        }
        self.references = ids.0;
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    fn reference(&mut self, item: &Item<String>) {
        if !self.references.contains_key(&item.value) {
            let near = nearest(&item.value, self.references.keys().map(String::as_str)).map(|n| format!("did you mean `{n}`?"));
            self.diagnostics
                .error("E0304", item.place.clone(), format!("the reference `{}` is not declared", item.value))
                .hint(near.unwrap_or_else(|| "declare it under `references:` with title, year and the day it was checked".into()));
        }
    }

    fn name<T: Copy>(&mut self, table: &mut BTreeMap<String, T>, name: &str, value: T, place: &Place, what: &str) {
        let folded = normalise(name);
        if folded.is_empty() {
            return;
        }
        // An id and its own label fold to the same name; that two things share one is worth a warning only for authors.
        if table.insert(folded, value).is_some() && what.starts_with("synonym") {
            self.diagnostics.warning("W0307", place.clone(), format!("the name `{name}` is used for more than one {what}"));
        }
    }

    fn compartments(&mut self, w: &Written, names: &mut Names) -> Vec<(String, String)> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for c in &w.compartments {
            if ids.add(&c.id, "compartment", self.diagnostics) {
                let ix = CompartmentIx::new(all.len());
                for name in std::iter::once(&c.id.value).chain([&c.label]).chain(c.synonyms.iter().map(|s| &s.value)) {
                    self.name(&mut names.compartments, name, ix, &c.id.place, "compartment");
                }
                all.push((c.id.value.clone(), c.label.clone()));
            }
        }
        all
    }

    fn circuits(&mut self, w: &Written, names: &mut Names) -> Vec<Circuit> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for c in &w.circuits {
            if !ids.add(&c.id, "circuit", self.diagnostics) {
                continue;
            }
            let compartment = match &c.compartment {
                None => {
                    self.diagnostics.error("E0203", c.id.place.clone(), "this circuit has no `compartment`");
                    continue;
                }
                Some(name) => {
                    if let Some(ix) = find(&names.compartments, &name.value) {
                        ix
                    } else {
                        self.diagnostics.error("E0302", name.place.clone(), format!("there is no compartment `{}`", name.value));
                        continue;
                    }
                }
            };
            let ix = CircuitIx::new(all.len());
            for name in std::iter::once(&c.id.value).chain([&c.label]).chain(c.synonyms.iter().map(|s| &s.value)) {
                self.name(&mut names.circuits, name, ix, &c.id.place, "circuit");
            }
            all.push(Circuit { id: c.id.value.clone(), label: c.label.clone(), compartment });
        }
        all
    }

    fn functions(&mut self, w: &Written, names: &mut Names, quantities: &mut Vec<Quantity>) {
        let mut ids = Ids::default();
        for f in &w.functions {
            if !ids.add(&f.id, "function", self.diagnostics) {
                continue;
            }
            self.domain(&f.domain);
            let ix = QuantityIx::new(quantities.len());
            for name in std::iter::once(&f.id.value).chain([&f.label]).chain(f.synonyms.iter().map(|s| &s.value)) {
                self.name(&mut names.functions, name, ix, &f.id.place, "function");
            }
            quantities.push(Quantity {
                id: f.id.value.clone(),
                label: f.label.clone(),
                domain: Some(f.domain.value.clone()),
                kind: QuantityKind::Function,
            });
        }
    }

    fn domain(&mut self, domain: &Item<String>) {
        if !DOMAINS.contains(&domain.value.as_str()) {
            let hint = nearest(&domain.value, DOMAINS.iter().copied())
                .map_or_else(|| format!("one of: {}", DOMAINS.join(", ")), |n| format!("did you mean `{n}`?"));
            self.diagnostics.error("E0302", domain.place.clone(), format!("there is no domain `{}`", domain.value)).hint(hint);
        }
    }

    fn observations(&mut self, w: &Written, names: &mut Names) -> Vec<Observation> {
        let mut ids = Ids::default();
        let mut by_hpo: BTreeMap<String, (String, Place)> = BTreeMap::new();
        let mut all = Vec::new();
        for o in &w.observations {
            if !ids.add(&o.id, "observation", self.diagnostics) {
                continue;
            }
            self.domain(&o.domain);
            if let Some(hpo) = &o.hpo {
                let sound = hpo.value.strip_prefix("HP:").is_some_and(|d| d.len() == 7 && d.bytes().all(|b| b.is_ascii_digit()));
                if !sound {
                    self.diagnostics
                        .error("E0308", hpo.place.clone(), format!("`{}` is not an HPO id", hpo.value))
                        .hint("`HP:` and seven digits, in quotes");
                } else if let Some((other, place)) = by_hpo.get(&hpo.value) {
                    self.diagnostics
                        .error("E0309", hpo.place.clone(), format!("{} is already the term of `{other}`", hpo.value))
                        .related(place.clone(), "there")
                        .hint("one HPO term is one observation: use the existing one");
                } else {
                    by_hpo.insert(hpo.value.clone(), (o.id.value.clone(), hpo.place.clone()));
                }
            }
            let ix = ObservationIx::new(all.len());
            for name in std::iter::once(&o.id.value).chain([&o.label]) {
                self.name(&mut names.observations, name, ix, &o.id.place, "observation");
            }
            let leak = self.band(&o.leak, true).max(MIN_LEAK);
            all.push(Observation {
                id: o.id.value.clone(),
                label: o.label.clone(),
                hpo: o.hpo.as_ref().map(|h| h.value.clone()),
                leak,
                synonyms: o.synonyms.iter().map(|s| s.value.clone()).collect(),
                domain: o.domain.value.clone(),
                kind: o.kind.unwrap_or("symptom"),
                cost: o.cost.unwrap_or("question"),
                acute: o.acute,
            });
        }
        // Synonyms yield to ids and labels of other observations, whatever the order of files.
        let mut own = std::mem::take(&mut names.observations);
        for (i, o) in w.observations.iter().filter(|o| ids.0.get(&o.id.value) == Some(&o.id.place)).enumerate() {
            for s in &o.synonyms {
                own.entry(normalise(&s.value)).or_insert_with(|| ObservationIx::new(i));
            }
        }
        names.observations = own;
        all
    }

    fn band(&mut self, band: &Item<Number>, leak: bool) -> f64 {
        match &band.value {
            Number::Value(v, basis) => {
                if !(0.0..=0.99).contains(v) {
                    self.diagnostics.error("E0401", band.place.clone(), format!("{v} is not a probability from 0 to 0.99"));
                }
                match basis {
                    Some(basis) => self.reference(basis),
                    None => {
                        self.diagnostics
                            .error("E0403", band.place.clone(), "a number without a basis")
                            .hint("use a band (`rare`), or `{value: …, basis: \"PMID:…\"}`");
                    }
                }
                v.clamp(0.0, 0.99)
            }
            Number::Band(name) => {
                let table = if leak { &self.leaks } else { &self.priors };
                if let Some(v) = table.get(name) {
                    return *v;
                }
                let bands = table.keys().cloned().collect::<Vec<_>>().join(", ");
                self.diagnostics.error("E0405", band.place.clone(), format!("there is no band `{name}`")).hint(format!("bands: {bands}"));
                0.001
            }
        }
    }

    fn strength(&mut self, item: &Item<written::Strength>) -> Strength {
        match &item.value {
            written::Strength::Counts(k, n) => Strength::from_counts(*k, *n),
            written::Strength::Percent(p, (a, b)) => Strength::new(p / 100.0, (a / 100.0, b / 100.0), Basis::Percent),
            written::Strength::Band(name) => {
                if let Some((v, i)) = self.strengths.get(name) {
                    return Strength::new(*v, *i, Basis::Assumed(name.clone()));
                }
                let bands = self.strengths.keys().cloned().collect::<Vec<_>>().join(", ");
                let hint = nearest(name, self.strengths.keys().map(String::as_str))
                    .map_or_else(|| format!("bands: {bands}"), |n| format!("did you mean `{n}`?"));
                self.diagnostics.error("E0405", item.place.clone(), format!("there is no strength band `{name}`")).hint(hint);
                Strength::new(0.5, (0.0, 1.0), Basis::Assumed(name.clone()))
            }
        }
    }

    fn exposure_names(&mut self, w: &Written, names: &mut Names) -> Vec<Exposure> {
        let mut ids = Ids::default();
        let mut all: Vec<Exposure> = Vec::new();
        for x in &w.exposures {
            if !ids.add(&x.id, "exposure", self.diagnostics) {
                continue;
            }
            let ix = ExposureIx::new(all.len());
            for name in std::iter::once(&x.id.value).chain([&x.label]).chain(x.synonyms.iter().map(|s| &s.value)) {
                self.name(&mut names.exposures, name, ix, &x.id.place, "exposure");
            }
            let mut priors = [0.0; 3];
            for (p, band) in priors.iter_mut().zip(&x.priors) {
                if let Some(band) = band {
                    *p = self.band(band, false);
                }
            }
            if priors.iter().sum::<f64>() > 0.9 {
                self.diagnostics.error("E0401", x.id.place.clone(), format!("the priors of `{}` add up to more than 0.9", x.id.value));
            }
            all.push(Exposure {
                id: x.id.value.clone(),
                label: x.label.clone(),
                synonyms: x.synonyms.iter().map(|s| s.value.clone()).collect(),
                kind: x.kind,
                member_of: Vec::new(),
                priors,
                prior_given: Vec::new(),
                atc: x.atc.clone(),
            });
        }
        let kept: Vec<&written::Exposure> = w.exposures.iter().filter(|x| ids.0.get(&x.id.value) == Some(&x.id.place)).collect();
        for (i, x) in kept.iter().enumerate() {
            for class in &x.member_of {
                match find(&names.exposures, &class.value) {
                    Some(c) if c.index() != i => all[i].member_of.push(c),
                    _ => {
                        let hint = nearest(&normalise(&class.value), names.exposures.keys().map(String::as_str))
                            .map(|n| format!("did you mean `{n}`?"));
                        let d =
                            self.diagnostics.error("E0302", class.place.clone(), format!("there is no exposure class `{}`", class.value));
                        if let Some(hint) = hint {
                            d.hint(hint);
                        }
                    }
                }
            }
        }
        all
    }

    fn fact_names(&mut self, w: &Written, names: &mut Names) -> Vec<Fact> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for f in &w.facts {
            if !ids.add(&f.id, "fact", self.diagnostics) {
                continue;
            }
            let ix = FactIx::new(all.len());
            for name in std::iter::once(&f.id.value).chain([&f.label]).chain(f.synonyms.iter().map(|s| &s.value)) {
                self.name(&mut names.facts, name, ix, &f.id.place, "fact");
            }
            let prior = self.band(&f.prior, false);
            all.push(Fact {
                id: f.id.value.clone(),
                label: f.label.clone(),
                synonyms: f.synonyms.iter().map(|s| s.value.clone()).collect(),
                kind: f.kind,
                prior,
                prior_given: Vec::new(),
            });
        }
        all
    }

    fn signals(
        &mut self,
        w: &Written,
        base: &written::Base,
        names: &mut Names,
        circuits: &[Circuit],
        quantities: &mut Vec<Quantity>,
    ) -> Vec<Signal> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for s in &w.signals {
            if !ids.add(&s.id, "signal", self.diagnostics) {
                continue;
            }
            let ix = SignalIx::new(all.len());
            for name in std::iter::once(&s.id.value).chain([&s.label]).chain(s.synonyms.iter().map(|s| &s.value)) {
                self.name(&mut names.signals, name, ix, &s.id.place, "signal");
            }
            let mut steps = Vec::new();
            for step in &s.steps {
                match Step::NAMED.iter().find(|(n, _)| *n == step.value) {
                    Some((_, st)) => steps.push(*st),
                    None => {
                        self.diagnostics
                            .error("E0205", step.place.clone(), format!("`{}` is not a step of a signal's life", step.value))
                            .hint(format!("one of: {}", Step::NAMED.map(|(n, _)| n).join(", ")));
                    }
                }
            }
            steps.sort_unstable();
            steps.dedup();
            let receptors: Vec<String> = s.receptors.iter().map(|r| r.value.clone()).collect();
            let mut sites = Vec::new();
            for site in &s.sites {
                sites.extend(self.site(s, site, ix, names, circuits, quantities));
            }
            if sites.is_empty() {
                self.diagnostics
                    .error("E0203", s.id.place.clone(), format!("`{}` has no sites", s.id.value))
                    .hint("a signal acts somewhere: add `sites:`");
            }
            all.push(Signal {
                id: s.id.value.clone(),
                label: s.label.clone(),
                steps,
                receptors,
                sites,
                idiopathic: [
                    s.idiopathic.deficit.or(base.idiopathic.deficit).unwrap_or(0.004),
                    s.idiopathic.excess.or(base.idiopathic.excess).unwrap_or(0.004),
                ],
                life: Vec::new(),
                page: s.page.clone(),
            });
        }
        all
    }

    fn site(
        &mut self,
        s: &written::Signal,
        site: &written::Site,
        signal: SignalIx,
        names: &mut Names,
        circuits: &[Circuit],
        quantities: &mut Vec<Quantity>,
    ) -> Option<QuantityIx> {
        let Some(circuit) = find(&names.circuits, &site.circuit.value) else {
            let hint = nearest(&normalise(&site.circuit.value), names.circuits.keys().map(String::as_str));
            let d = self.diagnostics.error("E0302", site.circuit.place.clone(), format!("there is no circuit `{}`", site.circuit.value));
            if let Some(n) = hint {
                d.hint(format!("did you mean `{n}`?"));
            }
            return None;
        };
        let receptor = match &site.receptor {
            None => None,
            Some(r) if s.receptors.iter().any(|f| f.value == r.value) => Some(r.value.clone()),
            Some(r) => {
                self.diagnostics
                    .error("E0302", r.place.clone(), format!("`{}` has no receptor family `{}`", s.id.value, r.value))
                    .hint("list it under the signal's `receptors`");
                return None;
            }
        };
        let c = &circuits[circuit.index()];
        let kind = QuantityKind::Transmission { signal, circuit, receptor: receptor.clone() };
        if quantities.iter().any(|q| q.kind == kind) {
            self.diagnostics.error("E0301", site.circuit.place.clone(), format!("the site `{}` stands twice", site.circuit.value));
            return None;
        }
        let ix = QuantityIx::new(quantities.len());
        let slug = receptor.as_ref().map(|r| format!(".{}", normalise(r).replace(' ', "-"))).unwrap_or_default();
        let id = format!("{}{slug}.{}", s.id.value, c.id);
        let label = format!("{}{} in {}", receptor.map(|r| format!("{r} ")).unwrap_or_default(), s.label, c.label);
        names.quantities.insert(normalise(&id), ix);
        quantities.push(Quantity { id, label, domain: None, kind });
        Some(ix)
    }

    fn ratios(&mut self, w: &Written, names: &mut Names, signals: &[Signal], quantities: &mut Vec<Quantity>) {
        for r in &w.ratios {
            let find_site = |signal: &Item<String>| {
                let s = find(&names.signals, &signal.value)?;
                let circuit = find(&names.circuits, &r.circuit.value)?;
                signals[s.index()]
                    .sites
                    .iter()
                    .copied()
                    .find(|q| matches!(quantities[q.index()].kind, QuantityKind::Transmission { circuit: c, .. } if c == circuit))
            };
            let (Some(over), Some(under)) = (find_site(&r.signal), find_site(&r.to)) else {
                self.diagnostics.error(
                    "E0302",
                    r.circuit.place.clone(),
                    format!("no ratio of {} to {} in `{}`: one of them has no site there", r.signal.value, r.to.value, r.circuit.value),
                );
                continue;
            };
            let ix = QuantityIx::new(quantities.len());
            let label = format!("{} to {} ratio in {}", r.signal.value, r.to.value, r.circuit.value);
            let long = {
                let (Some(a), Some(b), Some(c)) =
                    (find(&names.signals, &r.signal.value), find(&names.signals, &r.to.value), find(&names.circuits, &r.circuit.value))
                else {
                    continue;
                };
                let circuit_names: Vec<String> = names.circuits.iter().filter(|(_, v)| **v == c).map(|(k, _)| k.clone()).collect();
                let mut all = Vec::new();
                for a in names.signals.iter().filter(|(_, v)| **v == a).map(|(k, _)| k) {
                    for b in names.signals.iter().filter(|(_, v)| **v == b).map(|(k, _)| k) {
                        for c in &circuit_names {
                            all.push(format!("{a} to {b} ratio in {c}"));
                        }
                    }
                }
                all
            };
            for name in long {
                names.quantities.insert(name, ix);
            }
            names.quantities.insert(normalise(&label), ix);
            let id = format!("{}-to-{}.{}", r.signal.value, r.to.value, r.circuit.value);
            quantities.push(Quantity { id, label, domain: None, kind: QuantityKind::Ratio { over, under } });
        }
    }

    /// Everything that speaks in phrases, once all names exist.
    fn second_pass(&mut self, w: &Written, k: &mut Knowledge) {
        let mut quantities = std::mem::take(&mut k.quantities);
        let mut resolver = Resolver {
            names: &k.names,
            signals: &k.signals,
            circuits: &k.circuits,
            compartments: &k.compartments,
            quantities: Cow::Owned(std::mem::take(&mut quantities)),
            create: true,
        };
        let rules = self.rules(w, &mut resolver);
        let lives = self.lives(w, &mut resolver);
        let interventions = self.interventions(w, &mut resolver);
        let alerts = self.alerts(w, &mut resolver);
        let frequencies = self.frequencies(w, &mut resolver);
        let labs = self.labs(w, &k.names);
        let fact_priors = self.priors_given(w.facts.iter().map(|f| (&f.id, &f.prior_given)), &mut resolver);
        let exposure_priors = self.priors_given(w.exposures.iter().map(|x| (&x.id, &x.prior_given)), &mut resolver);
        resolver.complete_lives();
        let quantities = resolver.quantities.into_owned();
        k.quantities = quantities;
        for (i, q) in k.quantities.iter().enumerate() {
            k.names.quantities.entry(normalise(&q.label)).or_insert_with(|| QuantityIx::new(i));
            k.names.quantities.entry(normalise(&q.id)).or_insert_with(|| QuantityIx::new(i));
        }
        (k.rules, k.interventions, k.alerts, k.frequencies, k.labs) = (rules, interventions, alerts, frequencies, labs);
        for (signal, life) in lives {
            k.signals[signal.index()].life = life;
        }
        for (id, given) in fact_priors {
            if let Some(f) = k.facts.iter_mut().find(|f| f.id == id) {
                f.prior_given = given;
            }
        }
        for (id, given) in exposure_priors {
            if let Some(x) = k.exposures.iter_mut().find(|x| x.id == id) {
                x.prior_given = given;
            }
        }
    }

    fn unknown(&mut self, place: &Place, unknown: Unknown) {
        let d = self.diagnostics.error("E0303", place.clone(), unknown.message);
        if let Some(hint) = unknown.hint {
            d.hint(hint);
        }
    }

    fn condition(&mut self, when: &When, resolver: &mut Resolver) -> Option<Condition> {
        match when {
            When::Phrase(item) => match resolver.condition(&item.value) {
                Ok(Phrase::One(literal)) => Some(Condition::Is(literal)),
                Ok(Phrase::AnySite(signal, level)) => Some(Condition::Any(
                    resolver.signals[signal.index()]
                        .sites
                        .iter()
                        .map(|q| Condition::Is(Literal::Quantity { quantity: *q, level, adapted: false }))
                        .collect(),
                )),
                Err(e) => {
                    self.unknown(&item.place, e);
                    None
                }
            },
            When::All(parts) | When::Any(parts) => {
                let conditions: Vec<Option<Condition>> = parts.iter().map(|p| self.condition(p, resolver)).collect();
                let conditions: Vec<Condition> = conditions.into_iter().collect::<Option<_>>()?;
                Some(if matches!(when, When::All(_)) { Condition::All(conditions) } else { Condition::Any(conditions) })
            }
        }
    }

    fn rules(&mut self, w: &Written, resolver: &mut Resolver) -> Vec<Rule> {
        let mut ids = Ids::default();
        let mut rules = Vec::new();
        for r in &w.rules {
            let fresh = ids.add(&r.id, "rule", self.diagnostics);
            for e in &r.evidence {
                self.reference(&e.reference);
            }
            let when = self.condition(&r.when, resolver);
            let unless: Vec<Option<Condition>> = r.unless.iter().map(|u| self.condition(u, resolver)).collect();
            let observation = matches!(r.push, Push::Shows | Push::Prevents);
            let target = match resolver.target(&r.target.value, observation) {
                Ok(t) => Some(t),
                Err(e) => {
                    self.unknown(&r.target.place, e);
                    None
                }
            };
            let strength = self.strength(&r.strength);
            let (Some(when), Some(unless), Some(target), true) = (when, unless.into_iter().collect::<Option<Vec<_>>>(), target, fresh)
            else {
                continue;
            };
            if when
                .literals()
                .iter()
                .chain(unless.iter().flat_map(Condition::literals).collect::<Vec<_>>().iter())
                .any(|l| matches!(l, Literal::Observation(_)))
            {
                self.diagnostics
                    .error("E0310", r.place.clone(), format!("{} depends on an observation", r.id.value))
                    .hint("an observation causes nothing in the model: name the quantity behind it");
            }
            if let Target::Quantity(q) = target
                && matches!(resolver.quantities[q.index()].kind, QuantityKind::Ratio { .. })
            {
                self.diagnostics.error("E0311", r.target.place.clone(), "a ratio follows from its two transmissions and cannot be pushed");
            }
            let from_fact = when.literals().iter().all(|l| matches!(l, Literal::Fact(_) | Literal::Exposure(..)));
            if from_fact && observation && !r.mechanism.as_deref().is_some_and(|m| m.to_lowercase().contains("by another mechanism")) {
                self.diagnostics
                    .error("E0505", r.place.clone(), format!("{} leads from a fact straight to an observation", r.id.value))
                    .hint("go through the quantity behind it, or say `by another mechanism: …` in `mechanism`");
            }
            let rule = Rule {
                id: r.id.value.clone(),
                place: r.id.place.clone(),
                claim: r.claim.clone(),
                when_words: words(&r.when),
                target_words: r.target.value.clone(),
                when,
                unless,
                push: r.push,
                target,
                marked: r.marked,
                strength,
                onset: r.onset,
                mechanism: r.mechanism.clone(),
                standing: r.standing,
                evidence: r.evidence.clone(),
                author: r.author.clone(),
                added: r.added.clone(),
                feedback: r.feedback,
            };
            let is_function = matches!(target, Target::Quantity(q) if resolver.quantities[q.index()].kind == QuantityKind::Function);
            standing::check(&rule, is_function, self.diagnostics);
            rules.push(rule);
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    }

    fn lives(&mut self, w: &Written, resolver: &mut Resolver) -> Vec<(SignalIx, Vec<super::entities::LifeLink>)> {
        let mut all = Vec::new();
        for s in &w.signals {
            let Some(signal) = find(&resolver.names.signals, &s.id.value) else { continue };
            let mut links = Vec::new();
            for link in &s.life {
                for e in &link.evidence {
                    self.reference(&e.reference);
                }
                let strength = self.strength(&link.strength);
                let when = resolver.condition(&link.when.value);
                let target = resolver.quantity(&link.target.value);
                match (when, target) {
                    (Ok(Phrase::One(when)), Ok(target)) => links.push((when, link.push, target, strength)),
                    (when, target) => {
                        for e in [when.err(), target.err()].into_iter().flatten() {
                            self.unknown(&link.when.place, e);
                        }
                    }
                }
            }
            all.push((signal, links));
        }
        all
    }

    fn interventions(&mut self, w: &Written, resolver: &mut Resolver) -> Vec<Intervention> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for i in &w.interventions {
            if !ids.add(&i.id, "intervention", self.diagnostics) {
                continue;
            }
            let through = match resolver.fact(&i.through.value) {
                Ok(Literal::Exposure(x, state)) => Some((x, state)),
                Ok(_) => {
                    self.diagnostics
                        .error("E0312", i.through.place.clone(), "an intervention acts through an exposure")
                        .hint("`through: taking <exposure>`");
                    None
                }
                Err(e) => {
                    self.unknown(&i.through.place, e);
                    None
                }
            };
            for b in &i.benefit {
                self.reference(&b.reference);
            }
            let mut contraindicated = Vec::new();
            for c in &i.contraindicated {
                self.reference(&c.reference);
                if let Some(when) = self.condition(&c.when, resolver) {
                    contraindicated.push(Contraindication { when, reason: c.reason.clone(), reference: c.reference.value.clone() });
                }
            }
            let Some(through) = through else { continue };
            all.push(Intervention {
                id: i.id.value.clone(),
                label: i.label.clone(),
                kind: i.kind,
                through,
                rescue: i.rescue,
                benefit: i
                    .benefit
                    .iter()
                    .map(|b| Benefit {
                        purpose: b.purpose.clone(),
                        reference: b.reference.value.clone(),
                        supports: b.supports,
                        study: b.study,
                        found: b.found.clone(),
                    })
                    .collect(),
                contraindicated,
                monitoring: i.monitoring.clone(),
            });
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    fn alerts(&mut self, w: &Written, resolver: &mut Resolver) -> Vec<Alert> {
        let mut ids = Ids::default();
        let mut all = Vec::new();
        for a in &w.alerts {
            if !ids.add(&a.id, "alert", self.diagnostics) {
                continue;
            }
            self.reference(&a.reference);
            if !(0.0..=1.0).contains(&a.threshold.value) {
                self.diagnostics.error("E0401", a.threshold.place.clone(), format!("{} is not a probability", a.threshold.value));
            }
            if let Some(when) = self.condition(&a.when, resolver) {
                all.push(Alert {
                    id: a.id.value.clone(),
                    when,
                    threshold: a.threshold.value,
                    text: a.text.clone(),
                    reference: a.reference.value.clone(),
                });
            }
        }
        all
    }

    fn frequencies(&mut self, w: &Written, resolver: &mut Resolver) -> Vec<Frequency> {
        let mut all = Vec::new();
        for f in &w.frequencies {
            self.reference(&f.reference);
            let fact = resolver.fact(&f.fact.value).map_err(|e| self.unknown(&f.fact.place, e));
            let observation = resolver.target(&f.observation.value, true).map_err(|e| self.unknown(&f.observation.place, e));
            if let (Ok(fact), Ok(Target::Observation(observation))) = (fact, observation) {
                all.push(Frequency {
                    fact,
                    observation,
                    counts: (f.count, f.of),
                    population: f.population.clone(),
                    selection: f.selection.clone(),
                    reference: f.reference.value.clone(),
                });
            }
        }
        all
    }

    fn labs(&mut self, w: &Written, names: &Names) -> Vec<Lab> {
        let mut all = Vec::new();
        for l in &w.labs {
            let mut observation = |item: &Option<Item<String>>| {
                let item = item.as_ref()?;
                let found = find(&names.observations, &item.value);
                if found.is_none() {
                    let hint = nearest(&normalise(&item.value), names.observations.keys().map(String::as_str))
                        .map(|n| format!("did you mean `{n}`?"));
                    let d = self.diagnostics.error("E0302", item.place.clone(), format!("there is no observation `{}`", item.value));
                    if let Some(hint) = hint {
                        d.hint(hint);
                    }
                }
                found
            };
            let (low, high, positive) = (observation(&l.low), observation(&l.high), observation(&l.positive));
            all.push(Lab {
                name: l.name.value.clone(),
                synonyms: l.synonyms.iter().map(|s| s.value.clone()).collect(),
                low,
                high,
                positive,
                range: l.range.clone(),
            });
        }
        all
    }

    fn priors_given<'w>(
        &mut self,
        entries: impl Iterator<Item = (&'w Item<String>, &'w Vec<written::PriorGiven>)>,
        resolver: &mut Resolver,
    ) -> Vec<(String, Vec<(Literal, f64)>)> {
        let mut all = Vec::new();
        for (id, given) in entries {
            let mut list = Vec::new();
            for g in given {
                let prior = self.band(&g.prior, false);
                match resolver.fact(&g.when.value) {
                    Ok(literal) => list.push((literal, prior)),
                    Err(e) => self.unknown(&g.when.place, e),
                }
            }
            if !list.is_empty() {
                all.push((id.value.clone(), list));
            }
        }
        all
    }
}

/// A condition as a person wrote it, in one line.
fn words(when: &When) -> String {
    match when {
        When::Phrase(p) => p.value.clone(),
        When::All(parts) => parts.iter().map(words).collect::<Vec<_>>().join(" and "),
        When::Any(parts) => format!("({})", parts.iter().map(words).collect::<Vec<_>>().join(" or ")),
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |s: &str, len: usize, max: u32| s.len() == len && s.parse::<u32>().is_ok_and(|n| (1..=max).contains(&n));
    matches!(parts.as_slice(), [y, m, d] if number(y, 4, 9999) && number(m, 2, 12) && number(d, 2, 31))
}

/// The domains of consequences.
pub(crate) const DOMAINS: [&str; 14] = [
    "mood",
    "sleep",
    "cognition",
    "hormonal axes",
    "autonomic",
    "motor",
    "seizure",
    "sensory and pain",
    "gastrointestinal",
    "cardiovascular",
    "respiratory",
    "appetite and weight",
    "motivation",
    "other",
];
