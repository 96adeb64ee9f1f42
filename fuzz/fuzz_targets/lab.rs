#![no_main]

mod small;

use eucrasia::case::{Case, Input};
use eucrasia::knowledge::Knowledge;
use std::sync::LazyLock;

static BASE: LazyLock<Knowledge> = LazyLock::new(small::knowledge);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = Case::resolve(&Input { labs: vec![text.to_owned()], ..Input::default() }, &BASE);
});
