//! `kb`: looking at a knowledge base.

use super::args::{ExportFormat, Format, KbCommand};
use super::{Outcome, exit};
use crate::case::{Labels, Place, Resolution};
use crate::graph::{Graph, Options, Stats, VarIx, VarKind};
use crate::knowledge::{Knowledge, Literal};
use crate::source::render;
use crate::words::page::Page;
use crate::words::{self, Style};
use std::path::PathBuf;

/// Runs a `kb` command.
pub(super) fn run(command: &KbCommand, dir: Option<&PathBuf>, style: Style, colour: bool) -> Outcome {
    match command {
        KbCommand::Check => check(dir, colour),
        KbCommand::Stats { format } => with_graph(dir, colour, |k, g| {
            let stats = Stats::of(k, g);
            Outcome::ok(match format {
                Format::Json => serde_json::to_string(&stats).unwrap_or_default() + "\n",
                Format::Text | Format::Markdown => words::stats_text(&stats, style),
            })
        }),
        KbCommand::Graph { format, around, depth } => with_graph(dir, colour, |k, g| {
            let var = match around.as_deref().map(|a| find(k, g, a)) {
                None => None,
                Some(Some(var)) => Some(var),
                Some(None) => {
                    return Outcome::fault(format!(
                        "error[C0010]: there is nothing called `{}` in the graph\nhelp: name a finding, quantity, fact or drug",
                        around.as_deref().unwrap_or_default()
                    ));
                }
            };
            Outcome::ok(g.draw(k, *format, var, *depth))
        }),
        KbCommand::Export { format } => with_graph(dir, colour, |k, g| {
            Outcome::ok(match format {
                ExportFormat::Problog => crate::export::problog(g, k, None),
                ExportFormat::Bif => crate::export::bif(g, k, None),
            })
        }),
    }
}

fn with_graph(dir: Option<&PathBuf>, colour: bool, f: impl Fn(&Knowledge, &Graph) -> Outcome) -> Outcome {
    match super::answer::load(dir, colour) {
        Ok(k) => {
            let graph = Graph::compile(&k, Options::default());
            f(&k, &graph)
        }
        Err(outcome) => outcome,
    }
}

/// The variable of a thing named by a person.
fn find(k: &Knowledge, g: &Graph, name: &str) -> Option<VarIx> {
    let kind = match k.resolver().fact(name) {
        Ok(Literal::Fact(f)) => VarKind::Fact(f),
        Ok(Literal::Exposure(x, _)) => VarKind::Exposure(x),
        _ => match k.resolver().quantity(name) {
            Ok(q) => VarKind::Quantity(q),
            Err(_) => match Labels::new(k).finding(name) {
                Resolution::Found(f, _) => match f.place {
                    Place::Observation(o) => VarKind::Observation(o),
                    _ => return None,
                },
                Resolution::Unknown(_) => return None,
            },
        },
    };
    g.var(kind)
}

/// `explain`: the page of one thing.
pub(super) fn explain(thing: &str, format: Format, dir: Option<&PathBuf>, style: Style, colour: bool) -> Outcome {
    with_graph(dir, colour, |k, g| match Page::find(k, g, thing) {
        Ok(page) => Outcome::ok(match format {
            Format::Text => page.text(style.width, style.colour),
            Format::Markdown => page.markdown(),
            Format::Json => serde_json::to_string(&page).unwrap_or_default() + "\n",
        }),
        Err(unknown) => {
            let near = if unknown.nearest.is_empty() {
                "a rule id, a finding, a quantity, a fact, a drug, a signal or a reference".to_owned()
            } else {
                format!("nearest known: {}", unknown.nearest.join(", "))
            };
            Outcome::fault(format!("error[C0010]: nothing is called `{thing}`\nhelp: {near}"))
        }
    })
}

fn check(dir: Option<&PathBuf>, colour: bool) -> Outcome {
    let checked = match dir {
        Some(dir) => Knowledge::read_dir(dir),
        None => Knowledge::embedded().map(|k| (k, Vec::new())),
    };
    match checked {
        Ok((k, warnings)) => {
            let err: String = warnings.iter().map(|d| render(d, k.sources(), colour) + "\n\n").collect();
            let out = format!(
                "{}: {} rules, {} references, no errors, {} warnings\n",
                k.title,
                k.rules.len(),
                k.references.len(),
                warnings.len()
            );
            Outcome { out, err, code: exit::ANSWERED }
        }
        Err(refused) => Outcome::fault(super::answer::refused_base(&refused, colour)),
    }
}
