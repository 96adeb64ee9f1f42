//! Text and where it stands: files, positions, YAML nodes with spans, and the diagnostics that point back into them.
//!
//! This is the first room of the data's way: text → YAML as written → checked knowledge → causal graph → answer → words.

mod diagnostic;
mod load;
mod reader;
mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics, Place, Severity, nearest, render};
pub use load::{Source, Sources};
pub use reader::{Fields, Item, Reader};
pub use yaml::{Node, Value, parse};
