#![no_main]

mod small;

use eucrasia::knowledge::Knowledge;
use eucrasia::source::{Diagnostics, Sources, render};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut files = small::FILES.to_vec();
    files.push(("rules/x.yaml", text));
    if let Err(refused) = Knowledge::check(Sources::from_pairs(&files), Diagnostics::default()) {
        for d in &refused.diagnostics {
            let _ = render(d, &refused.sources, false);
        }
    }
});
