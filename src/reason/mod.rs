//! Answers: exact inference on the part of the graph that a question touches, with the derivations behind them.

pub mod arrivals;
pub mod credit;
pub mod diagnose;
pub mod network;
pub mod options;
pub mod plan;
pub mod predict;
pub mod proof;
pub mod random;
pub mod solve;
pub mod support;
pub mod table;
