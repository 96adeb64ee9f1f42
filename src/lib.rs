//! Eucrasia: rule-based clinical decision support for neurotransmitter imbalance.
#![forbid(unsafe_code)]

pub mod case;
pub mod cli;
pub mod export;
pub mod graph;
pub mod hpo;
pub mod intake;
pub mod knowledge;
pub mod reason;
pub mod source;
pub mod words;
pub mod written;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}
