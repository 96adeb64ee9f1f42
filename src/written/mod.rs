//! YAML as written: typed, with places, but no name resolved and nothing checked beyond its shape.

mod entities;
mod evidence;
mod rule;

pub use entities::{
    Alert, Base, Circuit, Exposure, Fact, Function, Idiopathic, Intervention, Lab, Observation, PriorGiven, Ratio, Signal, Site,
};
pub use evidence::{Benefit, Contraindication, Directness, Evidence, Frequency, ReadAs, Reference, StudyKind};
pub use rule::{LifeLink, Number, Push, Rule, Standing, Strength, When};

use crate::source::{Diagnostics, Fields, Item, Reader, Sources, parse};

/// A prior or leak: a band's name or a number with its basis.
pub type Band = Item<Number>;

/// Everything that the files of a base say, section by section.
#[derive(Debug, Default)]
pub struct Written {
    /// `base:` (one per base).
    pub bases: Vec<Base>,
    /// `compartments:`: id and label.
    pub compartments: Vec<Circuit>,
    /// `circuits:`.
    pub circuits: Vec<Circuit>,
    /// `signals:`.
    pub signals: Vec<Signal>,
    /// `ratios:`.
    pub ratios: Vec<Ratio>,
    /// `functions:`.
    pub functions: Vec<Function>,
    /// `observations:`.
    pub observations: Vec<Observation>,
    /// `labs:`.
    pub labs: Vec<Lab>,
    /// `exposures:`.
    pub exposures: Vec<Exposure>,
    /// `facts:`.
    pub facts: Vec<Fact>,
    /// `interventions:`.
    pub interventions: Vec<Intervention>,
    /// `frequencies:`.
    pub frequencies: Vec<Frequency>,
    /// `alerts:`.
    pub alerts: Vec<Alert>,
    /// `references:`.
    pub references: Vec<Reference>,
    /// `rules:`.
    pub rules: Vec<Rule>,
}

impl Written {
    /// Reads every file; problems of syntax and shape go to `diagnostics`, the rest is returned.
    #[must_use]
    pub fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let mut written = Self::default();
        for (file, source) in sources.iter() {
            match parse(&source.text) {
                Err(error) => {
                    let place = crate::source::Place { file, span: error.span };
                    diagnostics.error("E0101", place, format!("not readable as YAML: {}", error.message));
                }
                Ok(node) => {
                    let mut reader = Reader { file, diagnostics };
                    written.read_file(&mut reader, &node);
                }
            }
        }
        written
    }

    fn read_file(&mut self, reader: &mut Reader, node: &crate::source::Node) {
        // An empty file, or one with comments only, says nothing.
        if matches!(node.value, crate::source::Value::Null) {
            return;
        }
        let Some(mut fields) = reader.fields(node, "file") else { return };
        let domain = fields.text(reader, "domain");
        if let Some(node) = fields.take("base") {
            self.bases.extend(Base::read(reader, node));
        }
        section(&mut fields, reader, "compartments", Circuit::read, &mut self.compartments);
        section(&mut fields, reader, "circuits", Circuit::read, &mut self.circuits);
        section(&mut fields, reader, "signals", Signal::read, &mut self.signals);
        section(&mut fields, reader, "ratios", Ratio::read, &mut self.ratios);
        section(&mut fields, reader, "functions", Function::read, &mut self.functions);
        section(&mut fields, reader, "observations", |r, n| Observation::read(r, n, domain.as_ref()), &mut self.observations);
        section(&mut fields, reader, "labs", Lab::read, &mut self.labs);
        section(&mut fields, reader, "exposures", Exposure::read, &mut self.exposures);
        section(&mut fields, reader, "facts", Fact::read, &mut self.facts);
        section(&mut fields, reader, "interventions", Intervention::read, &mut self.interventions);
        section(&mut fields, reader, "frequencies", Frequency::read, &mut self.frequencies);
        section(&mut fields, reader, "alerts", Alert::read, &mut self.alerts);
        section(&mut fields, reader, "references", Reference::read, &mut self.references);
        section(&mut fields, reader, "rules", Rule::read, &mut self.rules);
        fields.finish(reader);
    }
}

fn section<T>(
    fields: &mut Fields,
    reader: &mut Reader,
    key: &'static str,
    read: impl Fn(&mut Reader, &crate::source::Node) -> Option<T>,
    into: &mut Vec<T>,
) {
    for node in fields.list(reader, key) {
        into.extend(read(reader, node));
    }
}
