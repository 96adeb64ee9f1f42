//! YAML parsed into nodes that know where they stand.
//!
//! The parser's own typed deserialisation stops at the first mistake; an author wants all of them. So a file is first read into
//! this tree, and [`super::Reader`] takes typed values out of it, collecting every problem.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, Spanned};
use std::fmt;
use std::ops::Range;

/// A YAML value with the byte range that it came from.
#[derive(Clone, Debug)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Byte range in the file.
    pub span: Range<usize>,
}

/// A YAML value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Any other scalar.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order written; a key that is written twice stands twice.
    Map(Vec<(Node, Node)>),
}

/// Why a text is not YAML.
#[derive(Debug)]
pub struct SyntaxError {
    /// The parser's words.
    pub message: String,
    /// Where, as a byte range.
    pub span: Range<usize>,
}

/// Parses one YAML document. Nesting, aliases and total size are bounded by the parser's budget, so a hostile file is an
/// error and not a hang.
///
/// # Errors
/// [`SyntaxError`] where the text is not YAML or breaks the budget.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let options = serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
        strict_booleans: true,
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(node(raw, text)),
        Err(error) => {
            let span = error.location().map_or(0..0, |l| range(&l, text));
            let message = error.to_string();
            let message = message.lines().next().unwrap_or("not YAML").to_owned();
            Err(SyntaxError { message, span })
        }
    }
}

/// The deserialised shape before positions are turned into byte ranges.
enum Raw {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

fn node(raw: Spanned<Raw>, text: &str) -> Node {
    let span = range(&raw.referenced, text);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(b) => Value::Bool(b),
        Raw::Number(n) => Value::Number(n),
        Raw::Text(t) => Value::Text(t),
        Raw::List(items) => Value::List(items.into_iter().map(|i| node(i, text)).collect()),
        Raw::Map(pairs) => Value::Map(pairs.into_iter().map(|(k, v)| (node(k, text), node(v, text))).collect()),
    };
    Node { value, span }
}

/// The byte range of a location; where the parser gives only line and column, the rest of that line.
fn range(location: &Location, text: &str) -> Range<usize> {
    let span = location.span();
    if let (Some(start), Some(len)) = (span.byte_offset(), span.byte_len()) {
        let (start, len) = (usize::try_from(start).unwrap_or(0), usize::try_from(len).unwrap_or(0));
        if len > 0 {
            return start.min(text.len())..(start + len).min(text.len());
        }
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(i) => start += i + 1,
            None => return text.len()..text.len(),
        }
    }
    let end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let from = text[start..end].char_indices().nth(column - 1).map_or(end, |(i, _)| start + i);
    from..end
}

struct RawVisitor;

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

// Numbers of knowledge files are small; the exactness of an f64 is enough for all of them.
#[allow(clippy::cast_precision_loss)]
impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any YAML value")
    }
    fn visit_bool<E>(self, v: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Raw, E> {
        Ok(Raw::Number(v as f64))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Raw, E> {
        Ok(Raw::Number(v as f64))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Raw, E> {
        Ok(Raw::Number(v))
    }
    fn visit_str<E>(self, v: &str) -> Result<Raw, E> {
        Ok(Raw::Text(v.to_owned()))
    }
    fn visit_string<E>(self, v: String) -> Result<Raw, E> {
        Ok(Raw::Text(v))
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Raw, D::Error> {
        d.deserialize_any(RawVisitor)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Raw::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_duplicates_are_kept() {
        let text = "a: 1\nb:\n- x\n- {c: 2.5, c: yes}\n";
        let root = parse(text).expect("valid YAML");
        let Value::Map(pairs) = &root.value else { panic!("a mapping") };
        assert_eq!(&text[pairs[0].1.span.clone()], "1");
        let Value::List(items) = &pairs[1].1.value else { panic!("a list") };
        assert_eq!(&text[items[0].span.clone()], "x");
        let Value::Map(inner) = &items[1].value else { panic!("a mapping") };
        assert_eq!(inner.len(), 2);
        assert_eq!(&text[inner[1].0.span.clone()], "c");
    }

    #[test]
    fn an_alias_bomb_is_an_error() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 10].join(", ");
            text.push_str(&["a", &i.to_string(), ": &a", &i.to_string(), " [", &refs, "]\n"].concat());
        }
        assert!(parse(&text).is_err());
    }
}
