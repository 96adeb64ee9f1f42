//! The published JSON objects; their schemas are generated from these types.

use crate::case::{Case, Finding};
use crate::knowledge::Knowledge;
use crate::reason::diagnose::{Abstention, AlertRaised, Diagnosis, Explanation, Hypothesis, id};
use crate::reason::options::Remedy;
use crate::reason::predict::{Deviated, Domain, Prediction};
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the program.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Which base an answer rests on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KnowledgeStamp {
    /// Version of the knowledge.
    pub version: String,
    /// SHA-256 of its files.
    pub sha256: String,
}

/// A finding of the case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingOut {
    /// Own id, or the HPO id where the base has no observation of its own.
    pub id: String,
    /// HPO id.
    pub hpo: Option<String>,
    /// Label.
    pub label: String,
}

/// A known fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FactOut {
    /// Id.
    pub id: String,
    /// What is known: true, false; for an exposure also `state`.
    pub value: bool,
    /// taking, overdose or withdrawal, for an exposure that is there.
    pub state: Option<String>,
    /// Label.
    pub label: String,
}

/// What some words of the text were taken for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EchoOut {
    /// The words.
    pub words: String,
    /// Their reading.
    pub read_as: String,
}

/// The case as it was understood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CaseOut {
    /// Present findings.
    pub present: Vec<FindingOut>,
    /// Absent findings.
    pub absent: Vec<FindingOut>,
    /// Known facts.
    pub facts: Vec<FactOut>,
    /// Years.
    pub age: Option<f64>,
    /// female or male.
    pub sex: Option<String>,
    /// Pregnant.
    pub pregnant: Option<bool>,
    /// Course.
    pub course: Option<crate::graph::Course>,
    /// Reported responses to treatment (none are read by this version).
    pub responses: Vec<String>,
    /// What was not recognised.
    pub unrecognised: Vec<String>,
    /// How the free text was read.
    pub understood: Vec<EchoOut>,
    /// How doubtful entries were read.
    pub notices: Vec<String>,
}

/// `eucrasia diagnose --format json`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DiagnosisOut {
    /// `eucrasia.diagnosis.v1`.
    pub schema: String,
    /// Program version.
    pub engine: String,
    /// Knowledge base.
    pub knowledge: KnowledgeStamp,
    /// The case.
    pub case: CaseOut,
    /// Life-threatening pictures.
    pub alerts: Vec<AlertRaised>,
    /// Abstention.
    pub abstained: Abstention,
    /// Hypotheses by what they account for.
    pub hypotheses: Vec<Hypothesis>,
    /// Most probable sufficient explanations.
    pub explanations: Vec<Explanation>,
    /// Next questions (none are proposed by this version beyond each hypothesis's `to_assess`).
    pub questions: Vec<String>,
    /// Interventions that would act against the first three hypotheses.
    pub interventions: Vec<Remedy>,
    /// Warnings.
    pub warnings: Vec<String>,
    /// Widest gap between certified bounds.
    pub gap: f64,
    /// Intended use.
    pub intended_use: String,
}

/// What was asked of a prediction.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedOut {
    /// Facts taken as true.
    pub facts: Vec<FactOut>,
    /// Quantities set by intervention: id and state from −2 to 2.
    pub set: Vec<SetOut>,
    /// What was not recognised.
    pub unrecognised: Vec<String>,
}

/// A quantity set by intervention.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SetOut {
    /// Quantity id.
    pub id: String,
    /// −2 to 2.
    pub state: i8,
}

/// `eucrasia predict --format json`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PredictionOut {
    /// `eucrasia.prediction.v1`.
    pub schema: String,
    /// Program version.
    pub engine: String,
    /// Knowledge base.
    pub knowledge: KnowledgeStamp,
    /// What was asked.
    pub asked: AskedOut,
    /// Deviations by P(marked), then P.
    pub deviations: Vec<Deviated>,
    /// Consequences by domain.
    pub domains: Vec<Domain>,
    /// Widest gap between certified bounds.
    pub gap: f64,
    /// Intended use.
    pub intended_use: String,
}

/// The stamp of a base.
#[must_use]
pub fn stamp(k: &Knowledge) -> KnowledgeStamp {
    KnowledgeStamp { version: k.version.clone(), sha256: k.digest.clone() }
}

/// A case for output.
#[must_use]
pub fn case(k: &Knowledge, c: &Case) -> CaseOut {
    let finding = |f: &Finding| FindingOut { id: id(k, f.place), hpo: f.hpo.clone(), label: f.label.clone() };
    CaseOut {
        present: c.present.iter().map(finding).collect(),
        absent: c.absent.iter().map(finding).collect(),
        facts: facts(k, c),
        age: c.age,
        sex: c.sex.map(str::to_owned),
        pregnant: c.pregnant,
        course: c.course,
        responses: Vec::new(),
        unrecognised: c.unrecognised.clone(),
        understood: c.echo.iter().map(|(w, r)| EchoOut { words: w.clone(), read_as: r.clone() }).collect(),
        notices: c.notices.clone(),
    }
}

/// The known facts and exposures of a case.
#[must_use]
pub fn facts(k: &Knowledge, c: &Case) -> Vec<FactOut> {
    let facts = c.facts.iter().map(|(f, v)| {
        let info = &k.facts[f.index()];
        FactOut { id: info.id.clone(), value: *v, state: None, label: info.label.clone() }
    });
    let exposures = c.exposures.iter().map(|(x, state)| {
        let info = &k.exposures[x.index()];
        let words = state.map(|s| match s {
            crate::knowledge::ExposureState::Taking => "taking".to_owned(),
            crate::knowledge::ExposureState::Overdose => "overdose".to_owned(),
            crate::knowledge::ExposureState::Withdrawal => "withdrawal".to_owned(),
        });
        FactOut { id: info.id.clone(), value: state.is_some(), state: words, label: info.label.clone() }
    });
    facts.chain(exposures).collect()
}

/// A diagnosis for output.
#[must_use]
pub fn diagnosis(k: &Knowledge, c: &Case, d: Diagnosis) -> DiagnosisOut {
    DiagnosisOut {
        schema: "eucrasia.diagnosis.v1".into(),
        engine: ENGINE.into(),
        knowledge: stamp(k),
        case: case(k, c),
        alerts: d.alerts,
        abstained: d.abstained,
        hypotheses: d.hypotheses,
        explanations: d.explanations,
        questions: Vec::new(),
        interventions: d.interventions,
        warnings: d.warnings,
        gap: d.gap,
        intended_use: super::INTENDED_USE.into(),
    }
}

/// A prediction for output.
#[must_use]
pub fn prediction(k: &Knowledge, asked: AskedOut, p: Prediction) -> PredictionOut {
    PredictionOut {
        schema: "eucrasia.prediction.v1".into(),
        engine: ENGINE.into(),
        knowledge: stamp(k),
        asked,
        deviations: p.deviations,
        domains: p.domains,
        gap: p.gap,
        intended_use: super::INTENDED_USE.into(),
    }
}

/// The published schema of an output, by its name: `diagnosis` or `prediction`.
#[must_use]
pub fn schema(name: &str) -> Option<String> {
    let schema = match name {
        "diagnosis" => schemars::schema_for!(DiagnosisOut),
        "prediction" => schemars::schema_for!(PredictionOut),
        _ => return None,
    };
    serde_json::to_string_pretty(&schema).ok()
}
