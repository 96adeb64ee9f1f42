//! Answers: exact inference on the part of the graph that a question touches, with the derivations behind them.

pub mod network;
pub mod plan;
pub mod support;
pub mod table;
pub mod solve;
