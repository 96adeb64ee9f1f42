//! The flags.

use crate::graph::{Course, GraphFormat};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Rule-based reasoning about neurotransmitter imbalance: findings to hypotheses, causes to consequences, each step explained.
///
/// For professionals who can check every step; not for time-critical decisions and not for use by patients. No doses, no decisions.
#[derive(Parser, Debug)]
#[command(version, about, long_about, max_term_width = 100)]
pub(crate) struct Cli {
    /// Use the knowledge base in this directory (with `knowledge/` and `rules/`) instead of the embedded one
    #[arg(long, global = true, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// From findings to hypotheses: which imbalance, where, through which step, from what
    #[command(
        after_help = "Examples:\n  eucrasia diagnose \"pinpoint pupils, sweating, HR 38, no seizures\"\n  eucrasia diagnose --present HP:0001649 --absent fever --fact \"taking sertraline\" --age 34"
    )]
    Diagnose(CaseArgs),
    /// From causes to consequences: what follows from a deviation, a drug, a disease, a deficit
    #[command(
        after_help = "Examples:\n  eucrasia predict \"acetylcholine deficit in hippocampus\"\n  eucrasia predict --fact \"overdose of an SSRI\" --full"
    )]
    Predict(PredictArgs),
    /// The page of one thing: a rule, finding, quantity, fact, drug, intervention, signal or reference
    #[command(after_help = "Examples:\n  eucrasia explain R1304\n  eucrasia explain \"pupil size\"\n  eucrasia explain HP:0001649")]
    Explain {
        /// Its id, label, HPO id or PMID
        thing: String,
        /// Output format
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Print the JSON Schema of an output: diagnosis or prediction
    Schema {
        /// diagnosis or prediction
        name: String,
    },
    /// Look at and check a knowledge base
    Kb {
        #[command(subcommand)]
        command: KbCommand,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SexArg {
    Female,
    Male,
}

// Each flag stands for itself on the command line.
#[allow(clippy::struct_excessive_bools)]
#[derive(Args, Debug)]
pub(crate) struct CaseArgs {
    /// Findings, drugs and measurements in plain English ("-" reads standard input)
    pub text: Vec<String>,
    /// A finding that is present: id, HPO id, label or synonym
    #[arg(long, value_name = "FINDING")]
    pub present: Vec<String>,
    /// A finding that was looked for and not found
    #[arg(long, value_name = "FINDING")]
    pub absent: Vec<String>,
    /// A known fact: a disease, a drug that is taken, "overdose of X", "withdrawal from X"
    #[arg(long, value_name = "FACT")]
    pub fact: Vec<String>,
    /// A fact known not to hold
    #[arg(long, value_name = "FACT")]
    pub no_fact: Vec<String>,
    /// No drug is taken but those named
    #[arg(long)]
    pub drugs_complete: bool,
    /// Age in years
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true)]
    pub age: Option<f64>,
    /// Sex
    #[arg(long, value_enum)]
    pub sex: Option<SexArg>,
    /// Pregnant
    #[arg(long)]
    pub pregnant: bool,
    /// How long it has lasted; rules that cannot have acted yet are left out
    #[arg(long, value_enum)]
    pub course: Option<Course>,
    /// A measured value: "NAME VALUE UNIT", or "NAME low|high|normal|positive|negative"
    #[arg(long, value_name = "LAB")]
    pub lab: Vec<String>,
    /// Include rules that the literature disputes
    #[arg(long)]
    pub contested: bool,
    /// Everything, not only the leading part
    #[arg(long)]
    pub full: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct PredictArgs {
    /// States set by intervention: "acetylcholine deficit in hippocampus", "marked serotonin excess", "heart rate high"
    pub phrases: Vec<String>,
    /// A fact: a disease, a drug that is taken, "overdose of X", "withdrawal from X"
    #[arg(long, value_name = "FACT")]
    pub fact: Vec<String>,
    /// How long it has lasted
    #[arg(long, value_enum)]
    pub course: Option<Course>,
    /// Include rules that the literature disputes
    #[arg(long)]
    pub contested: bool,
    /// Everything, with the chains
    #[arg(long)]
    pub full: bool,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

#[derive(Subcommand, Debug)]
pub(crate) enum KbCommand {
    /// Check every file: all problems at once, each with its place and how to mend it
    Check,
    /// Count what the base holds, and list what the compiler generated or unrolled
    Stats {
        /// Output format
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Draw the causal graph, or the neighbourhood of one thing in it
    Graph {
        /// dot, mermaid or json
        #[arg(long, value_enum, default_value = "dot")]
        format: GraphFormat,
        /// Only around this finding, quantity, fact or drug
        #[arg(long, value_name = "THING")]
        around: Option<String>,
        /// Steps up and down from it
        #[arg(long, default_value_t = 1)]
        depth: usize,
    },
    /// Print the model for other engines: a `ProbLog` program or a Bayesian network in BIF
    Export {
        /// problog or bif
        #[arg(long, value_enum)]
        format: ExportFormat,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ExportFormat {
    Problog,
    Bif,
}
