//! A warm query on the embedded base: twelve findings of a cholinergic crisis, the network built and summed out each time.
#![allow(missing_docs, clippy::unwrap_used)]

use eucrasia::case::{Case, Input};
use eucrasia::knowledge::Knowledge;
use eucrasia::reason::diagnose::diagnose;

const FINDINGS: [&str; 12] = [
    "miosis",
    "excessive salivation",
    "bradycardia",
    "vomiting",
    "hyperhidrosis",
    "dyspnea",
    "diarrhea",
    "fasciculations",
    "muscle weakness",
    "increased lacrimation",
    "urinary incontinence",
    "confusion",
];

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 20)]
fn twelve_findings(bencher: divan::Bencher) {
    let knowledge = Knowledge::embedded().ok().unwrap();
    let present = FINDINGS.map(str::to_owned).to_vec();
    let case = Case::resolve(&Input { present, ..Input::default() }, &knowledge).unwrap();
    bencher.bench(|| diagnose(&knowledge, &case, false));
}

#[divan::bench(sample_count = 20)]
fn load_the_base(bencher: divan::Bencher) {
    bencher.bench(|| Knowledge::embedded().ok().unwrap());
}
