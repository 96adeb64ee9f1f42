// The small base that the targets share.
use eucrasia::knowledge::Knowledge;
use eucrasia::source::{Diagnostics, Sources};

pub const FILES: [(&str, &str); 4] = [
    ("knowledge/base.yaml", include_str!("../../tests/answers/base/knowledge/base.yaml")),
    ("knowledge/things.yaml", include_str!("../../tests/answers/base/knowledge/things.yaml")),
    ("rules/causes.yaml", include_str!("../../tests/answers/base/rules/causes.yaml")),
    ("rules/findings.yaml", include_str!("../../tests/answers/base/rules/findings.yaml")),
];

#[allow(dead_code)]
pub fn knowledge() -> Knowledge {
    Knowledge::check(Sources::from_pairs(&FILES), Diagnostics::default()).map(|(k, _)| k).expect("the small base checks")
}
