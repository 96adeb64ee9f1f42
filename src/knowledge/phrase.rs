//! The phrases of rules: `marked acetylcholine deficit in hippocampus`, `overdose of an SSRI`, `heart rate low`.

use super::names::{Names, find, normalise};
use super::{Circuit, ExposureState, Level, Literal, Quantity, QuantityIx, QuantityKind, Region, Signal, SignalIx, Step, Target};
use crate::source::nearest;

/// A phrase that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// One test.
    One(Literal),
    /// A deviation without a circuit: any of the signal's sites.
    AnySite(SignalIx, Level),
}

/// Why a phrase was not understood: what, and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// One sentence.
    pub message: String,
    /// The nearest known.
    pub hint: Option<String>,
}

/// Reads phrases against what exists.
pub struct Resolver<'a> {
    pub(crate) names: &'a Names,
    pub(crate) signals: &'a [Signal],
    pub(crate) circuits: &'a [Circuit],
    pub(crate) compartments: &'a [(String, String)],
    /// Quantities known so far.
    pub(crate) quantities: std::borrow::Cow<'a, [Quantity]>,
    /// Whether a step may come into being by being named.
    pub(crate) create: bool,
}

const LEVELS: [(&str, Level); 5] = [
    (" markedly low", Level::MarkedlyLow),
    (" markedly high", Level::MarkedlyHigh),
    (" low", Level::Low),
    (" high", Level::High),
    (" balanced", Level::Balanced),
];

const BEFORE: [(&str, ExposureState); 7] = [
    ("taking ", ExposureState::Taking),
    ("overdose of ", ExposureState::Overdose),
    ("poisoning with ", ExposureState::Overdose),
    ("poisoning by ", ExposureState::Overdose),
    ("exposure to ", ExposureState::Overdose),
    ("withdrawal from ", ExposureState::Withdrawal),
    ("withdrawal of ", ExposureState::Withdrawal),
];

const AFTER: [(&str, ExposureState); 6] = [
    (" overdose", ExposureState::Overdose),
    (" poisoning", ExposureState::Overdose),
    (" intoxication", ExposureState::Overdose),
    (" toxicity", ExposureState::Overdose),
    (" ingestion", ExposureState::Overdose),
    (" withdrawal", ExposureState::Withdrawal),
];

impl Resolver<'_> {
    /// A condition phrase.
    ///
    /// # Errors
    /// [`Unknown`] with the nearest known phrase.
    pub fn condition(&mut self, text: &str) -> Result<Phrase, Unknown> {
        let folded = normalise(text);
        if let Some(fact) = find(&self.names.facts, &folded) {
            return Ok(Phrase::One(Literal::Fact(fact)));
        }
        for (prefix, state) in BEFORE {
            if let Some(rest) = folded.strip_prefix(prefix) {
                return self.exposure(rest).map(|x| Phrase::One(Literal::Exposure(x, state)));
            }
        }
        for (suffix, state) in AFTER {
            if let Some(x) = folded.strip_suffix(suffix).and_then(|rest| find(&self.names.exposures, rest)) {
                return Ok(Phrase::One(Literal::Exposure(x, state)));
            }
        }
        if let Some(phrase) = self.deviation(&folded) {
            return phrase;
        }
        let (adapted, rest) = folded.strip_prefix("adapted ").map_or((false, folded.as_str()), |r| (true, r));
        if let Some(phrase) = self.ratio(rest, adapted) {
            return phrase;
        }
        for (suffix, level) in LEVELS {
            if let Some(rest) = rest.strip_suffix(suffix) {
                return self.quantity(rest).map(|quantity| Phrase::One(Literal::Quantity { quantity, level, adapted }));
            }
        }
        if let Some(observation) = find(&self.names.observations, &folded) {
            return Ok(Phrase::One(Literal::Observation(observation)));
        }
        Err(self.unknown_condition(text, &folded))
    }

    /// A fact phrase: a fact, or an exposure with or without its state (bare means taking it).
    ///
    /// # Errors
    /// [`Unknown`] with the nearest known.
    pub fn fact(&mut self, text: &str) -> Result<Literal, Unknown> {
        if let Some(x) = find(&self.names.exposures, text) {
            return Ok(Literal::Exposure(x, ExposureState::Taking));
        }
        match self.condition(text) {
            Ok(Phrase::One(l @ (Literal::Fact(_) | Literal::Exposure(..)))) => Ok(l),
            Ok(_) => Err(Unknown {
                message: format!("`{text}` is not a fact"),
                hint: Some("a fact is a disease, a state, or `taking`, `overdose of`, `withdrawal from` something".into()),
            }),
            Err(e) => Err(e),
        }
    }

    /// The target of a rule.
    ///
    /// # Errors
    /// [`Unknown`] with the nearest known.
    pub fn target(&mut self, text: &str, observation: bool) -> Result<Target, Unknown> {
        if !observation {
            return self.quantity(text).map(Target::Quantity);
        }
        find(&self.names.observations, text).map(Target::Observation).ok_or_else(|| Unknown {
            message: format!("there is no observation `{text}`"),
            hint: nearest(&normalise(text), self.names.observations.keys().map(String::as_str))
                .map_or_else(|| Some("declare it under `observations:`".into()), |n| Some(format!("did you mean `{n}`?"))),
        })
    }

    fn exposure(&self, name: &str) -> Result<super::ExposureIx, Unknown> {
        find(&self.names.exposures, name).ok_or_else(|| Unknown {
            message: format!("there is no exposure `{name}`"),
            hint: nearest(&normalise(name), self.names.exposures.keys().map(String::as_str))
                .map_or_else(|| Some("declare it under `exposures:`".into()), |n| Some(format!("did you mean `{n}`?"))),
        })
    }

    /// `[marked] [receptor] signal deficit|excess [in circuit]`, if the words have that form.
    fn deviation(&mut self, folded: &str) -> Option<Result<Phrase, Unknown>> {
        let (adapted, rest) = folded.strip_prefix("adapted ").map_or((false, folded), |r| (true, r));
        let (marked, rest) = rest.strip_prefix("marked ").or_else(|| rest.strip_prefix("markedly ")).map_or((false, rest), |r| (true, r));
        let (name, direction, place) = ["deficit", "excess"].iter().find_map(|d| {
            if let Some(name) = rest.strip_suffix(d).and_then(|n| n.strip_suffix(' ')) {
                return Some((name, *d, None));
            }
            let (name, place) = rest.split_once(&format!(" {d} in "))?;
            Some((name, *d, Some(place)))
        })?;
        // Facts and quantities may end in these words too ("zinc deficit"); those are looked up elsewhere.
        let (signal, receptor) = self.signal_of(name)?;
        let level = match (direction, marked) {
            ("deficit", false) => Level::Low,
            ("deficit", true) => Level::MarkedlyLow,
            (_, false) => Level::High,
            (_, true) => Level::MarkedlyHigh,
        };
        let Some(place) = place else {
            if receptor.is_some() {
                return Some(Err(Unknown {
                    message: format!("`{folded}` names a receptor but no circuit"),
                    hint: Some("add `in <circuit>`".into()),
                }));
            }
            return Some(Ok(Phrase::AnySite(signal, level)));
        };
        Some(self.site(signal, receptor.as_deref(), place).map(|quantity| Phrase::One(Literal::Quantity { quantity, level, adapted })))
    }

    /// `a to b ratio high|low [in c]` in either order of level and place.
    fn ratio(&self, folded: &str, adapted: bool) -> Option<Result<Phrase, Unknown>> {
        if !folded.contains(" ratio ") {
            return None;
        }
        let (bare, place) = folded.split_once(" in ").unwrap_or((folded, ""));
        let mut words = bare.to_owned();
        let mut place = place.to_owned();
        let mut level = None;
        for (suffix, l) in LEVELS {
            if let Some(rest) = words.strip_suffix(suffix) {
                (words, level) = (rest.to_owned(), Some(l));
                break;
            }
            if let Some(rest) = place.strip_suffix(suffix) {
                (place, level) = (rest.to_owned(), Some(l));
                break;
            }
        }
        let name = if place.is_empty() { words } else { format!("{words} in {place}") };
        let Some(level) = level else {
            return Some(Err(Unknown { message: format!("`{folded}` does not say whether the ratio is high or low"), hint: None }));
        };
        Some(match find(&self.names.quantities, &name) {
            Some(quantity) => Ok(Phrase::One(Literal::Quantity { quantity, level, adapted })),
            None => Err(Unknown { message: format!("there is no ratio `{name}`"), hint: Some("declare it under `ratios:`".into()) }),
        })
    }

    /// A quantity by its name.
    ///
    /// # Errors
    /// [`Unknown`] with the nearest known.
    pub fn quantity(&mut self, text: &str) -> Result<QuantityIx, Unknown> {
        let folded = normalise(text);
        if let Some(q) = find(&self.names.functions, &folded).or_else(|| find(&self.names.quantities, &folded)) {
            return Ok(q);
        }
        if let Some((name, place)) = folded.split_once(" transmission in ")
            && let Some((signal, receptor)) = self.signal_of(name)
        {
            return self.site(signal, receptor.as_deref(), place);
        }
        let (name, place) = folded.split_once(" in ").map_or((folded.as_str(), None), |(n, p)| (n, Some(p)));
        for step in [Step::ReceptorActivity, Step::ReceptorNumber] {
            if let Some(name) = name.strip_suffix(step.name()).map(str::trim_end) {
                return self.receptor_step(name, step, place, text);
            }
        }
        for (word, step) in Step::NAMED {
            if let Some(name) = name.strip_suffix(word).and_then(|n| n.strip_suffix(' '))
                && let Some(signal) = find(&self.names.signals, name)
            {
                return self.step(signal, step, None, place, text);
            }
        }
        Err(self.unknown_quantity(text, &folded))
    }

    fn receptor_step(&mut self, name: &str, step: Step, place: Option<&str>, text: &str) -> Result<QuantityIx, Unknown> {
        if let Some(signal) = find(&self.names.signals, name) {
            return self.step(signal, step, None, place, text);
        }
        if let Some((signal, receptor)) = self.signal_of(name) {
            return self.step(signal, step, receptor, place, text);
        }
        // A bare family: must belong to one signal only.
        let owners: Vec<SignalIx> = (0..self.signals.len())
            .filter(|i| self.signals[*i].receptors.iter().any(|r| normalise(r) == name))
            .map(SignalIx::new)
            .collect();
        match owners.as_slice() {
            [one] => self.step(*one, step, Some(name.to_owned()), place, text),
            [] => Err(Unknown {
                message: format!("no signal has receptors called `{name}`"),
                hint: nearest(name, self.signals.iter().flat_map(|s| s.receptors.iter().map(String::as_str)))
                    .map(|n| format!("did you mean `{n}`?")),
            }),
            several => Err(Unknown {
                message: format!("`{name}` receptors belong to several signals"),
                hint: Some(format!(
                    "name the signal too: {}",
                    several
                        .iter()
                        .map(|s| format!("`{} {name} {}`", self.signals[s.index()].label, step.name()))
                        .collect::<Vec<_>>()
                        .join(", ")
                )),
            }),
        }
    }

    /// A signal's name, with a receptor family before or after it.
    fn signal_of(&self, name: &str) -> Option<(SignalIx, Option<String>)> {
        if let Some(signal) = find(&self.names.signals, name) {
            return Some((signal, None));
        }
        self.signals.iter().enumerate().find_map(|(i, s)| {
            s.receptors.iter().map(|r| normalise(r)).find_map(|r| {
                let before = name.strip_prefix(&r).and_then(|n| n.strip_prefix(' '));
                let after = name.strip_suffix(&r).and_then(|n| n.strip_suffix(' '));
                let is_this = |n: &str| find(&self.names.signals, n).is_some_and(|s| s.index() == i);
                (before.is_some_and(is_this) || after.is_some_and(is_this)).then(|| (SignalIx::new(i), Some(r.clone())))
            })
        })
    }

    fn site(&self, signal: SignalIx, receptor: Option<&str>, place: &str) -> Result<QuantityIx, Unknown> {
        let signal = &self.signals[signal.index()];
        let circuit = find(&self.names.circuits, place);
        let here: Vec<QuantityIx> = signal
            .sites
            .iter()
            .copied()
            .filter(|q| match &self.quantities[q.index()].kind {
                QuantityKind::Transmission { circuit: c, receptor: r, .. } => {
                    Some(*c) == circuit && (receptor.is_none() || r.as_deref().map(normalise).as_deref() == receptor)
                }
                _ => false,
            })
            .collect();
        match here.as_slice() {
            [one] => Ok(*one),
            [] => Err(Unknown {
                message: format!(
                    "{} has no transmission {}in `{place}`",
                    signal.label,
                    receptor.map(|r| format!("through {r} receptors ")).unwrap_or_default()
                ),
                hint: Some(format!(
                    "its sites: {}",
                    signal.sites.iter().map(|q| self.quantities[q.index()].label.as_str()).collect::<Vec<_>>().join("; ")
                )),
            }),
            several => Err(Unknown {
                message: format!("{} acts in `{place}` through several receptor families", signal.label),
                hint: Some(format!(
                    "name one: {}",
                    several.iter().map(|q| self.quantities[q.index()].label.as_str()).collect::<Vec<_>>().join("; ")
                )),
            }),
        }
    }

    fn step(
        &mut self,
        signal: SignalIx,
        step: Step,
        receptor: Option<String>,
        place: Option<&str>,
        text: &str,
    ) -> Result<QuantityIx, Unknown> {
        let info = &self.signals[signal.index()];
        let receptor_step = matches!(step, Step::ReceptorActivity | Step::ReceptorNumber);
        if !receptor_step && !info.steps.contains(&step) {
            return Err(Unknown {
                message: format!("the life of {} has no step `{}`", info.label, step.name()),
                hint: Some(format!("its steps: {}", info.steps.iter().map(|s| s.name()).collect::<Vec<_>>().join(", "))),
            });
        }
        // With one family only, naming it or not is the same.
        let receptor = receptor.or_else(|| match info.receptors.as_slice() {
            [only] if receptor_step => Some(normalise(only)),
            _ => None,
        });
        let region = match place {
            None | Some("body" | "the body") => Region::Body,
            Some(p) => find(&self.names.compartments, p)
                .map(Region::Compartment)
                .or_else(|| find(&self.names.circuits, p).map(Region::Circuit))
                .ok_or_else(|| Unknown {
                    message: format!("there is no place `{p}`"),
                    hint: nearest(p, self.names.circuits.keys().map(String::as_str)).map(|n| format!("did you mean `{n}`?")),
                })?,
        };
        let kind = QuantityKind::Step { signal, step, receptor, region };
        if let Some(i) = self.quantities.iter().position(|q| q.kind == kind) {
            return Ok(QuantityIx::new(i));
        }
        if !self.create {
            return Err(Unknown {
                message: format!("no rule speaks of `{text}`"),
                hint: Some("`eucrasia kb stats` lists what the rules speak of".into()),
            });
        }
        let quantity = self.describe(kind);
        self.quantities.to_mut().push(quantity);
        Ok(QuantityIx::new(self.quantities.len() - 1))
    }

    /// Brings into being what the lives of the signals need beyond what was named: every step for the whole body, and after a step
    /// that is named for a region, the later steps of the series there, so that its deviation reaches the region's transmissions.
    pub(crate) fn complete_lives(&mut self) {
        const SERIES: [Step; 4] = [Step::Precursor, Step::Synthesis, Step::Storage, Step::Release];
        for s in 0..self.signals.len() {
            let signal = SignalIx::new(s);
            let steps = self.signals[s].steps.clone();
            for step in steps.iter().copied() {
                self.ensure(signal, step, Region::Body);
            }
            let named: Vec<(Step, Region)> = self
                .quantities
                .iter()
                .filter_map(|q| match q.kind {
                    QuantityKind::Step { signal: of, step, region, .. } if of == signal && SERIES.contains(&step) => Some((step, region)),
                    _ => None,
                })
                .collect();
            for (step, region) in named {
                for later in SERIES.into_iter().filter(|l| *l > step && steps.contains(l)) {
                    self.ensure(signal, later, region);
                }
            }
        }
    }

    fn ensure(&mut self, signal: SignalIx, step: Step, region: Region) {
        let kind = QuantityKind::Step { signal, step, receptor: None, region };
        if !self.quantities.iter().any(|q| q.kind == kind) {
            let quantity = self.describe(kind);
            self.quantities.to_mut().push(quantity);
        }
    }

    /// Id and label of a step.
    fn describe(&self, kind: QuantityKind) -> Quantity {
        let QuantityKind::Step { signal, step, receptor, region } = &kind else {
            return Quantity { id: String::new(), label: String::new(), domain: None, kind };
        };
        let signal = &self.signals[signal.index()];
        let family = receptor.as_ref().and_then(|r| signal.receptors.iter().find(|f| normalise(f) == *r)).cloned();
        let (place_id, place_label) = match region {
            Region::Body => (String::new(), String::new()),
            Region::Compartment(c) => {
                let (id, label) = &self.compartments[c.index()];
                (format!("@{id}"), format!(" in {label}"))
            }
            Region::Circuit(c) => {
                let c = &self.circuits[c.index()];
                (format!("@{}", c.id), format!(" in {}", c.label))
            }
        };
        let slug = |s: &str| normalise(s).replace(' ', "-");
        let id = format!(
            "{}{}.{}{place_id}",
            signal.id,
            family.as_ref().map(|f| format!(".{}", slug(f))).unwrap_or_default(),
            slug(step.name())
        );
        let label = format!("{}{} {}{place_label}", signal.label, family.map(|f| format!(" {f}")).unwrap_or_default(), step.name());
        Quantity { id, label, domain: None, kind }
    }

    fn unknown_quantity(&self, text: &str, folded: &str) -> Unknown {
        let functions = self.names.functions.keys().map(String::as_str);
        let others = self.names.quantities.keys().map(String::as_str);
        Unknown {
            message: format!("there is no quantity `{text}`"),
            hint: nearest(folded, functions.chain(others)).map(|n| format!("did you mean `{n}`?")).or_else(|| {
                Some(
                    "a quantity is a function, `<signal> <step>`, `<family> receptor activity`, or `<signal> transmission in <circuit>`"
                        .into(),
                )
            }),
        }
    }

    fn unknown_condition(&self, text: &str, folded: &str) -> Unknown {
        let known = self.names.facts.keys().chain(self.names.exposures.keys()).chain(self.names.functions.keys()).map(String::as_str);
        Unknown {
            message: format!("`{text}` is not understood"),
            hint: nearest(folded, known).map(|n| format!("did you mean `{n}`?")).or_else(|| {
                Some("write a fact, `taking|overdose of|withdrawal from <exposure>`, `<quantity> low|high`, or `<signal> deficit|excess [in <circuit>]`".into())
            }),
        }
    }
}

impl super::Knowledge {
    /// Reads phrases against this base; steps that no rule speaks of are unknown.
    #[must_use]
    pub fn resolver(&self) -> Resolver<'_> {
        Resolver {
            names: &self.names,
            signals: &self.signals,
            circuits: &self.circuits,
            compartments: &self.compartments,
            quantities: std::borrow::Cow::Borrowed(&self.quantities),
            create: false,
        }
    }
}
