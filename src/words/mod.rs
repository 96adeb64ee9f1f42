//! Words: answers as JSON, for the terminal and as Markdown. Only this room and the command know how things look.

pub mod json;
mod markdown;
pub mod page;
mod stats;
mod style;
mod terminal;

pub use markdown::{diagnosis as diagnosis_markdown, prediction as prediction_markdown};
pub use stats::stats as stats_text;
pub use style::Style;
pub use terminal::{diagnosis as diagnosis_text, prediction as prediction_text};

/// What the program is for, printed with every report.
pub const INTENDED_USE: &str = "For professionals who can check every step; not for time-critical decisions and not for use by patients. It gives no doses and makes no decision.";
