//! Words for "more" and "less", any of which may stand in a name: `raised ammonia`, `elevated ammonia`, `ammonia high`.

const UP: [&str; 6] = ["increased", "elevated", "high", "raised", "excessive", "increase"];
const DOWN: [&str; 5] = ["decreased", "low", "reduced", "diminished", "decrease"];
/// Words that name the specimen and may be left out of a name.
const SPECIMEN: [&str; 6] = ["plasma", "serum", "blood", "circulating", "the", "level"];

/// The words that may stand for this one, if it is a word of direction.
fn alternatives(word: &str) -> &'static [&'static str] {
    if UP.contains(&word) {
        &UP
    } else if DOWN.contains(&word) {
        &DOWN
    } else {
        &[]
    }
}

/// Whether this is a word of direction.
pub(super) fn is_direction(word: &str) -> bool {
    !alternatives(word).is_empty()
}

/// Names that mean the same as `direction` and `rest`: with another word of direction, and with the specimen left out or
/// written as HPO does. The plainest come first.
pub(super) fn names<'a>(direction: &str, rest: impl Iterator<Item = &'a str>) -> Vec<String> {
    let kept: Vec<&str> = rest.filter(|word| !SPECIMEN.contains(word)).collect();
    if kept.is_empty() {
        return Vec::new();
    }
    let rest = kept.join(" ");
    let forms = [("", ""), ("serum ", ""), ("circulating ", " concentration"), ("circulating ", " level"), ("blood ", " level")];
    let with = |(before, after): (&str, &str)| {
        alternatives(direction).iter().map(|other| format!("{other} {before}{rest}{after}")).collect::<Vec<_>>()
    };
    forms.into_iter().flat_map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanges_the_direction() {
        let names = names("raised", ["plasma", "prolactin"].into_iter());
        assert!(names.contains(&"elevated prolactin".to_owned()) && !names.iter().any(|n| n.starts_with("low")));
        assert!(super::names("big", ["nose"].into_iter()).is_empty() && super::names("high", ["serum"].into_iter()).is_empty());
        for word in UP.iter().chain(&DOWN).chain(&SPECIMEN) {
            assert_eq!(crate::hpo::normalise::normalise(word), *word);
        }
    }
}
