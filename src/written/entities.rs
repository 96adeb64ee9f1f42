//! What exists, as written: signals, circuits, functions, observations, exposures, facts, interventions, alerts.

use super::{Band, Benefit, Contraindication, LifeLink, Number};
use crate::source::{Fields, Item, Node, Place, Reader, Value};

type Text = Item<String>;

/// `base:`: name, population, and the bands of assumed numbers.
#[derive(Debug)]
pub struct Base {
    /// Where it stands.
    pub place: Place,
    /// Title of the base.
    pub title: String,
    /// Version of the knowledge, apart from the program's.
    pub version: String,
    /// The reference population that priors and leaks speak of.
    pub population: String,
    /// Strength bands: name, value, interval.
    pub strengths: Vec<(Text, f64, (f64, f64))>,
    /// Leak bands.
    pub leaks: Vec<(Text, f64)>,
    /// Prior bands.
    pub priors: Vec<(Text, f64)>,
    /// Prior of a deviation without a cause in the base.
    pub idiopathic: Idiopathic,
}

/// Prior of a signal's deviation without any modelled cause.
#[derive(Clone, Copy, Debug, Default)]
pub struct Idiopathic {
    /// P(some circuit is low).
    pub deficit: Option<f64>,
    /// P(some circuit is high).
    pub excess: Option<f64>,
    /// The part of it that is marked.
    pub marked: Option<f64>,
}

impl Base {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "base")?;
        let place = f.place(r);
        let title = f.require_text(r, "title").map(|t| t.value);
        let version = f.require_text(r, "version").map(|t| t.value);
        let population = f.require_text(r, "population").map(|t| t.value);
        let strengths = f.take("strengths").map(|n| strength_bands(r, n)).unwrap_or_default();
        let leaks = f.take("leaks").map(|n| number_bands(r, n)).unwrap_or_default();
        let priors = f.take("priors").map(|n| number_bands(r, n)).unwrap_or_default();
        let idiopathic = f.take("idiopathic").map(|n| Idiopathic::read(r, n)).unwrap_or_default();
        f.finish(r);
        Some(Self { place, title: title?, version: version?, population: population?, strengths, leaks, priors, idiopathic })
    }
}

impl Idiopathic {
    fn read(r: &mut Reader, node: &Node) -> Self {
        let Some(mut f) = r.fields(node, "idiopathic prior") else { return Self::default() };
        let mut probability = |r: &mut Reader, key| {
            let item = f.number(r, key)?;
            if (0.0..=0.99).contains(&item.value) {
                return Some(item.value);
            }
            r.diagnostics.error("E0401", item.place, format!("{} is not a probability from 0 to 0.99", item.value));
            None
        };
        let this = Self { deficit: probability(r, "deficit"), excess: probability(r, "excess"), marked: probability(r, "marked") };
        f.finish(r);
        this
    }
}

fn pairs<'n>(r: &mut Reader, node: &'n Node) -> Vec<(Text, &'n Node)> {
    let Value::Map(pairs) = &node.value else {
        r.wrong(node, "a mapping from band to number is expected here");
        return Vec::new();
    };
    pairs.iter().filter_map(|(k, v)| Some((r.text(k)?, v))).collect()
}

fn number_bands(r: &mut Reader, node: &Node) -> Vec<(Text, f64)> {
    let mut bands = Vec::new();
    for (name, node) in pairs(r, node) {
        match node.value {
            Value::Number(n) if (0.0..=0.99).contains(&n) => bands.push((name, n)),
            _ => {
                let place = r.place(node);
                r.diagnostics.error("E0401", place, "a band is a probability from 0 to 0.99");
            }
        }
    }
    bands
}

fn strength_bands(r: &mut Reader, node: &Node) -> Vec<(Text, f64, (f64, f64))> {
    let mut bands = Vec::new();
    for (name, node) in pairs(r, node) {
        let Some(mut f) = r.fields(node, "strength band") else { continue };
        let value = f.number(r, "value");
        let interval = f.take("interval").and_then(|n| super::rule::interval(r, n));
        f.finish(r);
        if let (Some(value), Some(interval)) = (value, interval) {
            bands.push((name, value.value, interval));
        }
    }
    bands
}

/// A circuit or compartment.
#[derive(Debug)]
pub struct Circuit {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<Text>,
    /// The compartment of a circuit.
    pub compartment: Option<Text>,
}

impl Circuit {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "circuit")?;
        let (id, label) = (f.require_text(r, "id"), f.require_text(r, "label"));
        let this = Self { synonyms: f.texts(r, "synonyms"), compartment: f.text(r, "compartment"), label: label?.value, id: id? };
        f.finish(r);
        Some(this)
    }
}

/// Where a signal's transmission is told apart.
#[derive(Debug)]
pub struct Site {
    /// The circuit.
    pub circuit: Text,
    /// The receptor family, where a circuit tells families apart.
    pub receptor: Option<Text>,
}

/// A signalling molecule and its life.
#[derive(Debug)]
pub struct Signal {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<Text>,
    /// Steps of its life that are modelled.
    pub steps: Vec<Text>,
    /// Receptor families.
    pub receptors: Vec<Text>,
    /// Own idiopathic prior.
    pub idiopathic: Idiopathic,
    /// Where it acts.
    pub sites: Vec<Site>,
    /// Links of the life beside the usual ones.
    pub life: Vec<LifeLink>,
    /// What is in, what is left out, open disputes.
    pub page: Option<String>,
}

impl Signal {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "signal")?;
        let (id, label) = (f.require_text(r, "id"), f.require_text(r, "label"));
        let synonyms = f.texts(r, "synonyms");
        let steps = f.texts(r, "steps");
        let receptors = f.texts(r, "receptors");
        let idiopathic = f.take("idiopathic").map(|n| Idiopathic::read(r, n)).unwrap_or_default();
        let sites = f.list(r, "sites").iter().filter_map(|n| Site::read(r, n)).collect();
        let life = f.list(r, "life").iter().filter_map(|n| LifeLink::read(r, n)).collect();
        let page = f.text(r, "page").map(|t| t.value);
        f.finish(r);
        Some(Self { id: id?, label: label?.value, synonyms, steps, receptors, idiopathic, sites, life, page })
    }
}

impl Site {
    fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "site")?;
        let circuit = f.require_text(r, "circuit");
        let receptor = f.text(r, "receptor");
        f.finish(r);
        Some(Self { circuit: circuit?, receptor })
    }
}

/// A ratio of two signals in one circuit.
#[derive(Debug)]
pub struct Ratio {
    /// The numerator.
    pub signal: Text,
    /// The denominator.
    pub to: Text,
    /// Where.
    pub circuit: Text,
}

impl Ratio {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "ratio")?;
        let (signal, to, circuit) = (f.require_text(r, "signal"), f.require_text(r, "to"), f.require_text(r, "circuit"));
        f.finish(r);
        Some(Self { signal: signal?, to: to?, circuit: circuit? })
    }
}

/// A bodily function.
#[derive(Debug)]
pub struct Function {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<Text>,
    /// Domain of consequences.
    pub domain: Text,
}

impl Function {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "function")?;
        let (id, label, domain) = (f.require_text(r, "id"), f.require_text(r, "label"), f.require_text(r, "domain"));
        let synonyms = f.texts(r, "synonyms");
        f.finish(r);
        Some(Self { id: id?, label: label?.value, synonyms, domain: domain? })
    }
}

/// A finding that is present or absent.
#[derive(Debug)]
pub struct Observation {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// HPO term, if there is one.
    pub hpo: Option<Text>,
    /// P(present | none of its modelled causes).
    pub leak: Band,
    /// Other names.
    pub synonyms: Vec<Text>,
    /// Domain of consequences.
    pub domain: Text,
    /// sign, symptom, lab, imaging, test.
    pub kind: Option<&'static str>,
    /// question, bedside, blood, imaging, invasive.
    pub cost: Option<&'static str>,
    /// Whether it follows the acute state where an adapted one exists.
    pub acute: bool,
}

const KINDS: &[(&str, &str)] = &[("sign", "sign"), ("symptom", "symptom"), ("lab", "lab"), ("imaging", "imaging"), ("test", "test")];
const COSTS: &[(&str, &str)] =
    &[("question", "question"), ("bedside", "bedside"), ("blood", "blood"), ("imaging", "imaging"), ("invasive", "invasive")];

impl Observation {
    pub(super) fn read(r: &mut Reader, node: &Node, domain: Option<&Text>) -> Option<Self> {
        let mut f = r.fields(node, "observation")?;
        let (id, label) = (f.require_text(r, "id"), f.require_text(r, "label"));
        let hpo = f.text(r, "hpo");
        let leak = f.require(r, "leak").and_then(|n| Number::read(r, n));
        let synonyms = f.texts(r, "synonyms");
        let own = if domain.is_some() { f.text(r, "domain") } else { f.require_text(r, "domain") };
        let kind = f.choice(r, "kind", KINDS);
        let cost = f.choice(r, "cost", COSTS);
        let acute = f.choice(r, "follows", &[("acute", true), ("adapted", false)]).unwrap_or(false);
        f.finish(r);
        Some(Self { id: id?, label: label?.value, hpo, leak: leak?, synonyms, domain: own.or_else(|| domain.cloned())?, kind, cost, acute })
    }
}

/// How a measured value becomes an observation.
#[derive(Debug)]
pub struct Lab {
    /// The measurement's name.
    pub name: Text,
    /// Other names.
    pub synonyms: Vec<Text>,
    /// Observation shown by a low (or negative) value.
    pub low: Option<Text>,
    /// Observation shown by a high (or positive) value.
    pub high: Option<Text>,
    /// Observation shown by a positive or abnormal result.
    pub positive: Option<Text>,
    /// Unit, lower and upper limit of normal, where a number alone is to be judged.
    pub range: Option<(String, f64, f64)>,
}

impl Lab {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "lab")?;
        let name = f.require_text(r, "name");
        let synonyms = f.texts(r, "synonyms");
        let (low, high, positive) = (f.text(r, "low"), f.text(r, "high"), f.text(r, "positive"));
        let range = f.take("range").and_then(|n| {
            let mut f = r.fields(n, "range")?;
            let (unit, from, to) = (f.require_text(r, "unit"), f.number(r, "from"), f.number(r, "to"));
            f.finish(r);
            Some((unit?.value, from.map_or(f64::NEG_INFINITY, |i| i.value), to.map_or(f64::INFINITY, |i| i.value)))
        });
        f.finish(r);
        Some(Self { name: name?, synonyms, low, high, positive, range })
    }
}

/// A drug, toxin or nutrient, or a class of them.
#[derive(Debug)]
pub struct Exposure {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// Generic synonyms, brands.
    pub synonyms: Vec<Text>,
    /// class, drug, toxin, nutrient, substance.
    pub kind: &'static str,
    /// Classes that it belongs to.
    pub member_of: Vec<Text>,
    /// Priors of taking, overdose, withdrawal.
    pub priors: [Option<Band>; 3],
    /// Prior of taking it given other facts.
    pub prior_given: Vec<PriorGiven>,
    /// ATC code.
    pub atc: Option<String>,
}

const EXPOSURE_KINDS: &[(&str, &str)] = &[
    ("class", "class"),
    ("drug", "drug"),
    ("toxin", "toxin"),
    ("nutrient", "nutrient"),
    ("substance", "substance"),
    ("behaviour", "behaviour"),
    ("procedure", "procedure"),
];

impl Exposure {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "exposure")?;
        let (id, label) = (f.require_text(r, "id"), f.require_text(r, "label"));
        let synonyms = f.texts(r, "synonyms");
        let kind = f.choice(r, "kind", EXPOSURE_KINDS).unwrap_or("drug");
        let member_of = f.texts(r, "member_of");
        let priors = ["taking", "overdose", "withdrawal"].map(|k| f.take(k).and_then(|n| Number::read(r, n)));
        let prior_given = PriorGiven::read_all(r, &mut f);
        let atc = f.text(r, "atc").map(|t| t.value);
        f.finish(r);
        Some(Self { id: id?, label: label?.value, synonyms, kind, member_of, priors, prior_given, atc })
    }
}

/// A prior that holds when another fact is true.
#[derive(Debug)]
pub struct PriorGiven {
    /// The other fact.
    pub when: Text,
    /// The prior then.
    pub prior: Band,
}

impl PriorGiven {
    fn read_all(r: &mut Reader, f: &mut Fields) -> Vec<Self> {
        let mut all = Vec::new();
        for node in f.list(r, "prior_given") {
            let Some(mut f) = r.fields(node, "conditional prior") else { continue };
            let when = f.require_text(r, "when");
            let prior = f.require(r, "prior").and_then(|n| Number::read(r, n));
            f.finish(r);
            if let (Some(when), Some(prior)) = (when, prior) {
                all.push(Self { when, prior });
            }
        }
        all
    }
}

/// A disease, defect, nutritional state or context.
#[derive(Debug)]
pub struct Fact {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<Text>,
    /// What sort of fact.
    pub kind: &'static str,
    /// P(true) in the reference population.
    pub prior: Band,
    /// P(true) given other facts.
    pub prior_given: Vec<PriorGiven>,
}

const FACT_KINDS: &[(&str, &str)] = &[
    ("disease", "disease"),
    ("genetic", "genetic"),
    ("autoimmune", "autoimmune"),
    ("tumour", "tumour"),
    ("injury", "injury"),
    ("infection", "infection"),
    ("nutrition", "nutrition"),
    ("state", "state"),
    ("context", "context"),
];

impl Fact {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "fact")?;
        let (id, label) = (f.require_text(r, "id"), f.require_text(r, "label"));
        let synonyms = f.texts(r, "synonyms");
        let kind = f.choice(r, "kind", FACT_KINDS).unwrap_or("disease");
        let prior = f.require(r, "prior").and_then(|n| Number::read(r, n));
        let prior_given = PriorGiven::read_all(r, &mut f);
        f.text(r, "hpo");
        f.finish(r);
        Some(Self { id: id?, label: label?.value, synonyms, kind, prior: prior?, prior_given })
    }
}

/// Something that can be done about an imbalance.
#[derive(Debug)]
pub struct Intervention {
    /// Id.
    pub id: Text,
    /// Label.
    pub label: String,
    /// drug, nutrient, diet, behaviour, procedure, antidote.
    pub kind: &'static str,
    /// Fact phrase that it sets.
    pub through: Text,
    /// Whether it belongs to the first measures in danger.
    pub rescue: bool,
    /// Evidence of benefit.
    pub benefit: Vec<Benefit>,
    /// When it must not be used.
    pub contraindicated: Vec<Contraindication>,
    /// What to watch, in words.
    pub monitoring: Option<String>,
}

const INTERVENTION_KINDS: &[(&str, &str)] = &[
    ("drug", "drug"),
    ("nutrient", "nutrient"),
    ("diet", "diet"),
    ("behaviour", "behaviour"),
    ("procedure", "procedure"),
    ("antidote", "antidote"),
];

impl Intervention {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "intervention")?;
        let (id, label) = (f.require_text(r, "id"), f.require_text(r, "label"));
        let kind = f.choice(r, "kind", INTERVENTION_KINDS).unwrap_or("drug");
        let through = f.require_text(r, "through");
        let rescue = f.flag(r, "rescue").unwrap_or(false);
        let benefit = f.list(r, "benefit").iter().filter_map(|n| Benefit::read(r, n)).collect();
        let contraindicated = f.list(r, "contraindicated").iter().filter_map(|n| Contraindication::read(r, n)).collect();
        let monitoring = f.text(r, "monitoring").map(|t| t.value);
        f.finish(r);
        Some(Self { id: id?, label: label?.value, kind, through: through?, rescue, benefit, contraindicated, monitoring })
    }
}

/// A life-threatening picture.
#[derive(Debug)]
pub struct Alert {
    /// Id.
    pub id: Text,
    /// When it is raised.
    pub when: super::When,
    /// P(when) from which it is raised.
    pub threshold: Item<f64>,
    /// What it says.
    pub text: String,
    /// Source.
    pub reference: Text,
}

impl Alert {
    pub(super) fn read(r: &mut Reader, node: &Node) -> Option<Self> {
        let mut f = r.fields(node, "alert")?;
        let id = f.require_text(r, "id");
        let when = f.require(r, "when").and_then(|n| super::When::read(r, n));
        let threshold = f.number(r, "threshold");
        let (text, reference) = (f.require_text(r, "text"), f.require_text(r, "ref"));
        f.finish(r);
        let place = id.as_ref()?.place.clone();
        Some(Self {
            id: id?,
            when: when?,
            threshold: threshold.unwrap_or(Item { value: 0.2, place }),
            text: text?.value,
            reference: reference?,
        })
    }
}
