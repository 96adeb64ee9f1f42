//! The command: reads flags, calls the library, prints. Logic lives elsewhere.

mod answer;
mod args;
mod kb;

use args::{Cli, Command};
use clap::Parser;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// Exit codes of the contract.
pub(crate) mod exit {
    /// Answered.
    pub const ANSWERED: u8 = 0;
    /// Abstained, or a check failed.
    pub const NO: u8 = 1;
    /// The input or the base is at fault.
    pub const FAULT: u8 = 2;
}

/// What a command prints and how it ends.
pub(crate) struct Outcome {
    pub out: String,
    pub err: String,
    pub code: u8,
}

impl Outcome {
    pub(crate) fn ok(out: String) -> Self {
        Self { out, err: String::new(), code: exit::ANSWERED }
    }

    pub(crate) fn fault(err: String) -> Self {
        Self { out: String::new(), err, code: exit::FAULT }
    }
}

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    if let Some(bad) = arguments.iter().position(|a| a.to_str().is_none()) {
        eprintln!("error[C0005]: argument {bad} is not valid UTF-8\nhelp: enter text as UTF-8");
        return ExitCode::from(exit::FAULT);
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(e) => {
            let code = if e.use_stderr() { exit::FAULT } else { exit::ANSWERED };
            // Clap prints help and errors itself; a closed pipe is no fault of ours.
            let _ = e.print();
            return ExitCode::from(code);
        }
    };
    let colour = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let style = crate::words::Style { colour: colour && std::io::stdout().is_terminal(), width: width() };
    let error_colour = colour && std::io::stderr().is_terminal();
    let outcome = match cli.command {
        Command::Diagnose(a) => answer::diagnose(&a, cli.knowledge.as_ref(), style, error_colour),
        Command::Predict(a) => answer::predict(&a, cli.knowledge.as_ref(), style, error_colour),
        Command::Explain { thing, format } => kb::explain(&thing, format, cli.knowledge.as_ref(), style, error_colour),
        Command::Schema { name } => match crate::words::json::schema(&name) {
            Some(s) => Outcome::ok(s + "\n"),
            None => Outcome::fault(format!("error[C0006]: there is no schema `{name}`\nhelp: diagnosis, prediction")),
        },
        Command::Kb { command } => kb::run(&command, cli.knowledge.as_ref(), style, error_colour),
    };
    let written = std::io::stdout().lock().write_all(outcome.out.as_bytes());
    if !outcome.err.is_empty() {
        eprintln!("{}", outcome.err.trim_end());
    }
    match written {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("error[C0007]: the answer could not be written: {e}");
            ExitCode::from(exit::FAULT)
        }
        _ => ExitCode::from(outcome.code),
    }
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|c| (40..=400).contains(c)).unwrap_or(80)
}
