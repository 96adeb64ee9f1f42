//! Takes typed values out of YAML nodes, reporting every problem instead of stopping at the first.

use super::{Diagnostics, Node, Place, Value, nearest};

/// A value with the place that it was written at.
#[derive(Clone, Debug)]
pub struct Item<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Reads one file's nodes and collects what is wrong with them.
pub struct Reader<'d> {
    /// Index of the file in its `Sources`.
    pub file: usize,
    /// Where problems go.
    pub diagnostics: &'d mut Diagnostics,
}

/// The entries of one mapping, taken out one by one; what is left over at [`Fields::finish`] is an unknown key.
pub struct Fields<'n> {
    what: &'static str,
    node: &'n Node,
    entries: Vec<Entry<'n>>,
    asked: Vec<&'static str>,
}

struct Entry<'n> {
    key: &'n str,
    key_node: &'n Node,
    value: &'n Node,
    used: bool,
}

impl Reader<'_> {
    /// The place of a node.
    #[must_use]
    pub fn place(&self, node: &Node) -> Place {
        Place { file: self.file, span: node.span.clone() }
    }

    /// The entries of a mapping; `what` names it in messages ("rule", "reference"). Duplicate keys are reported here.
    pub fn fields<'n>(&mut self, node: &'n Node, what: &'static str) -> Option<Fields<'n>> {
        let Value::Map(pairs) = &node.value else {
            self.wrong(node, &format!("a {what} is a mapping (key: value)"));
            return None;
        };
        let mut entries: Vec<Entry> = Vec::with_capacity(pairs.len());
        for (key_node, value) in pairs {
            let Value::Text(key) = &key_node.value else {
                self.wrong(key_node, "a key is a word");
                continue;
            };
            if let Some(first) = entries.iter().find(|e| e.key == key.as_str()) {
                let first_place = self.place(first.key_node);
                let place = self.place(key_node);
                self.diagnostics
                    .error("E0202", place, format!("`{key}` stands twice in this {what}"))
                    .related(first_place, "first here")
                    .hint("keep one of the two");
                continue;
            }
            entries.push(Entry { key, key_node, value, used: false });
        }
        Some(Fields { what, node, entries, asked: Vec::new() })
    }

    /// The items of a sequence.
    pub fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.wrong(node, "a list is expected here");
                &[]
            }
        }
    }

    /// A scalar as text; numbers are taken as written in the shortest form.
    pub fn text(&mut self, node: &Node) -> Option<Item<String>> {
        let value = match &node.value {
            Value::Text(t) if !t.trim().is_empty() => t.trim().to_owned(),
            Value::Number(n) => n.to_string(),
            Value::Bool(b) => b.to_string(),
            _ => {
                self.wrong(node, "some text is expected here");
                return None;
            }
        };
        Some(Item { value, place: self.place(node) })
    }

    /// Reports a value of the wrong kind.
    pub fn wrong(&mut self, node: &Node, expected: &str) {
        let place = self.place(node);
        self.diagnostics.error("E0204", place, expected.to_owned());
    }
}

impl<'n> Fields<'n> {
    /// Where the whole mapping stands.
    #[must_use]
    pub fn place(&self, reader: &Reader) -> Place {
        reader.place(self.node)
    }

    /// The value under a key, if the key is written.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        let entry = self.entries.iter_mut().find(|e| e.key == key)?;
        entry.used = true;
        (!matches!(entry.value.value, Value::Null)).then_some(entry.value)
    }

    /// The value under a key that must be there.
    pub fn require(&mut self, reader: &mut Reader, key: &'static str) -> Option<&'n Node> {
        let found = self.take(key);
        if found.is_none() {
            let place = Place { file: reader.file, span: self.node.span.start..self.first_line_end() };
            reader.diagnostics.error("E0203", place, format!("this {} has no `{key}`", self.what)).hint(format!("add `{key}: …`"));
        }
        found
    }

    // A long mapping would draw its caret over a whole page; its first key is enough.
    fn first_line_end(&self) -> usize {
        self.entries.first().map_or(self.node.span.end, |e| e.value.span.end.min(self.node.span.end).max(self.node.span.start))
    }

    /// Optional text.
    pub fn text(&mut self, reader: &mut Reader, key: &'static str) -> Option<Item<String>> {
        let node = self.take(key)?;
        reader.text(node)
    }

    /// Text that must be there.
    pub fn require_text(&mut self, reader: &mut Reader, key: &'static str) -> Option<Item<String>> {
        let node = self.require(reader, key)?;
        reader.text(node)
    }

    /// Optional list of texts.
    pub fn texts(&mut self, reader: &mut Reader, key: &'static str) -> Vec<Item<String>> {
        let Some(node) = self.take(key) else { return Vec::new() };
        reader.list(node).iter().filter_map(|n| reader.text(n)).collect()
    }

    /// Optional list of nodes.
    pub fn list(&mut self, reader: &mut Reader, key: &'static str) -> &'n [Node] {
        self.take(key).map_or(&[], |node| reader.list(node))
    }

    /// Optional `true` or `false`.
    pub fn flag(&mut self, reader: &mut Reader, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        if let Value::Bool(b) = node.value {
            return Some(b);
        }
        reader.wrong(node, "`true` or `false` is expected here");
        None
    }

    /// Optional number.
    pub fn number(&mut self, reader: &mut Reader, key: &'static str) -> Option<Item<f64>> {
        let node = self.take(key)?;
        if let Value::Number(n) = node.value {
            return Some(Item { value: n, place: reader.place(node) });
        }
        reader.wrong(node, "a number is expected here");
        None
    }

    /// Optional word out of a closed list.
    pub fn choice<T: Copy>(&mut self, reader: &mut Reader, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let item = self.text(reader, key)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == item.value) {
            return Some(*value);
        }
        let names: Vec<&str> = choices.iter().map(|(n, _)| *n).collect();
        let hint = nearest(&item.value, names.iter().copied())
            .map_or_else(|| format!("one of: {}", names.join(", ")), |n| format!("did you mean `{n}`? One of: {}", names.join(", ")));
        reader.diagnostics.error("E0205", item.place, format!("`{}` is not a known `{key}`", item.value)).hint(hint);
        None
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, reader: &mut Reader) {
        for entry in self.entries.iter().filter(|e| !e.used && !self.asked.contains(&e.key)) {
            let place = reader.place(entry.key_node);
            let hint = nearest(entry.key, self.asked.iter().copied())
                .map_or_else(|| format!("known keys: {}", self.asked.join(", ")), |n| format!("did you mean `{n}`?"));
            reader.diagnostics.error("E0201", place, format!("a {} has no `{}`", self.what, entry.key)).hint(hint);
        }
    }
}
