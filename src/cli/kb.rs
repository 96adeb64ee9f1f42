//! `kb`: looking at a knowledge base.

use super::args::KbCommand;
use super::{Outcome, exit};
use crate::knowledge::Knowledge;
use crate::source::render;
use crate::words::Style;
use std::path::PathBuf;

/// Runs a `kb` command.
pub(super) fn run(command: &KbCommand, dir: &Option<PathBuf>, style: Style, colour: bool) -> Outcome {
    match command {
        KbCommand::Check => check(dir.as_ref(), style, colour),
    }
}

fn check(dir: Option<&PathBuf>, _style: Style, colour: bool) -> Outcome {
    let checked = match dir {
        Some(dir) => Knowledge::read_dir(dir),
        None => Knowledge::embedded().map(|k| (k, Vec::new())),
    };
    match checked {
        Ok((k, warnings)) => {
            let err: String = warnings.iter().map(|d| render(d, k.sources(), colour) + "\n\n").collect();
            let out = format!("{}: {} rules, {} references, no errors, {} warnings\n", k.title, k.rules.len(), k.references.len(), warnings.len());
            Outcome { out, err, code: exit::ANSWERED }
        }
        Err(refused) => {
            let mut err: String = refused.diagnostics.iter().map(|d| render(d, &refused.sources, colour) + "\n\n").collect();
            err += &format!("{} problems", refused.diagnostics.len());
            Outcome::fault(err)
        }
    }
}
