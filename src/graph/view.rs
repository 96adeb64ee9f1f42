//! The graph as people look at it: its tests in words, its counts, and drawings of it.

mod drawing;
mod stats;
mod words;

pub use drawing::GraphFormat;
pub use stats::Stats;

#[cfg(test)]
mod tests;
