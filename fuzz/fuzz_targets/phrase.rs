#![no_main]

mod small;

use eucrasia::knowledge::Knowledge;
use std::sync::LazyLock;

static BASE: LazyLock<Knowledge> = LazyLock::new(small::knowledge);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = BASE.resolver().condition(text);
    let _ = BASE.resolver().fact(text);
});
