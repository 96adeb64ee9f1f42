//! Eucrasia: rule-based clinical decision support for neurotransmitter imbalance.
#![forbid(unsafe_code)]

pub mod export;
pub mod graph;
pub mod hpo;
pub mod knowledge;
pub mod reason;
pub mod source;
pub mod written;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}
