//! Pages as blocks, and the two ways in which they are set: for a terminal and as Markdown.

use std::fmt::Write as _;

/// How a word is set off where colours are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Speaks for something.
    For,
    /// Speaks against something, or is disputed.
    Against,
}

#[derive(Debug)]
enum Block {
    Heading(String),
    Text(String),
    Field(&'static str, String),
    Item { head: String, tone: Tone, text: String, notes: Vec<String> },
}

/// A page before it is set.
#[derive(Debug)]
pub(super) struct Document {
    title: String,
    subtitle: String,
    blocks: Vec<Block>,
}

/// Column at which the values of fields begin.
const FIELD: usize = 16;
/// Generated links beyond this many are counted, not listed: a transmission may have dozens.
const MOST_LINKS: usize = 20;

const BOLD: &str = "\u{1b}[1m";
const GREEN: &str = "\u{1b}[1;32m";
const RED: &str = "\u{1b}[1;31m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

impl Document {
    pub(super) fn new(id: &str, label: &str, kind: &str) -> Self {
        Self { title: if id == label { id.to_owned() } else { format!("{id}: {label}") }, subtitle: kind.to_owned(), blocks: Vec::new() }
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(text.to_owned()));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.blocks.push(Block::Text(text.to_owned()));
    }

    pub(super) fn field(&mut self, name: &'static str, value: impl Into<String>) {
        self.blocks.push(Block::Field(name, value.into()));
    }

    /// A field that is left out when there is nothing to say.
    pub(super) fn some(&mut self, name: &'static str, value: &str) {
        if !value.is_empty() {
            self.field(name, value);
        }
    }

    pub(super) fn item(&mut self, head: &str, text: &str) {
        self.toned(head, Tone::Plain, text, Vec::new());
    }

    pub(super) fn toned(&mut self, head: &str, tone: Tone, text: &str, notes: Vec<String>) {
        self.blocks.push(Block::Item { head: head.to_owned(), tone, text: text.to_owned(), notes });
    }

    /// A heading with links under it; nothing if there are none. Of generated ones only the first are listed.
    pub(super) fn links(&mut self, heading: &str, links: &[super::Link]) {
        if links.is_empty() {
            return;
        }
        self.heading(heading);
        let (mut generated, mut left_out) = (0, 0);
        for link in links {
            if link.rule.is_none() {
                generated += 1;
                if generated > MOST_LINKS {
                    left_out += 1;
                    continue;
                }
            }
            link.write(self);
        }
        if left_out > 0 {
            self.paragraph(&format!("… and {left_out} more generated links (the JSON has all)."));
        }
    }

    pub(super) fn text(&self, width: usize, colour: bool) -> String {
        let paint = |code: &str, s: &str| if colour && !s.is_empty() { format!("{code}{s}{RESET}") } else { s.to_owned() };
        let mut out = String::new();
        for line in wrap(&format!("{} ({})", self.title, self.subtitle), width, 0, 0) {
            out.push_str(&paint(BOLD, &line));
            out.push('\n');
        }
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    out.push('\n');
                    out.push_str(&paint(BOLD, &clean(text)));
                    out.push('\n');
                }
                Block::Text(text) => text.split("\n\n").for_each(|part| push_lines(&mut out, wrap(part, width, 0, 0))),
                Block::Field(name, value) => {
                    let mut lines = wrap(value, width, FIELD, FIELD);
                    if let Some(first) = lines.first_mut() {
                        let padding = " ".repeat(FIELD.saturating_sub(name.chars().count()));
                        *first = format!("{}{padding}{}", paint(BOLD, name), first.trim_start());
                    }
                    push_lines(&mut out, lines);
                }
                Block::Item { head, tone, text, notes } => {
                    let head = clean(head);
                    let full = if head.is_empty() { text.clone() } else { format!("{head}: {text}") };
                    let mut lines = wrap(&full, width, 2, 4);
                    if let Some(first) = lines.first_mut() {
                        let bare = first.trim_start();
                        let code = match tone {
                            Tone::Plain => BOLD,
                            Tone::For => GREEN,
                            Tone::Against => RED,
                        };
                        // A head that was itself wrapped stays plain.
                        let set = bare
                            .strip_prefix(head.as_str())
                            .filter(|_| !head.is_empty())
                            .map(|rest| format!("{}{rest}", paint(code, &head)));
                        *first = format!("- {}", set.unwrap_or_else(|| bare.to_owned()));
                    }
                    push_lines(&mut out, lines);
                    for note in notes {
                        push_lines(&mut out, wrap(note, width, 4, 6).into_iter().map(|l| paint(DIM, &l)).collect());
                    }
                }
            }
        }
        out
    }

    pub(super) fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n*{}*\n\n", escape(&self.title), escape(&self.subtitle));
        let mut in_list = false;
        for block in &self.blocks {
            let listed = matches!(block, Block::Item { .. } | Block::Field(..));
            if in_list && !listed {
                out.push('\n');
            }
            in_list = listed;
            match block {
                Block::Heading(text) => {
                    let _ = writeln!(out, "## {}\n", escape(text));
                }
                Block::Text(text) => text.split("\n\n").for_each(|part| {
                    let _ = writeln!(out, "{}\n", escape(part));
                }),
                Block::Field(name, value) => {
                    let _ = writeln!(out, "- **{}**: {}", escape(name), escape(value));
                }
                Block::Item { head, text, notes, .. } => {
                    let head = if head.is_empty() { String::new() } else { format!("**{}**: ", escape(head)) };
                    let _ = writeln!(out, "- {head}{}", escape(text));
                    for note in notes {
                        let _ = writeln!(out, "  - {}", escape(note));
                    }
                }
            }
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }
}

fn push_lines(out: &mut String, lines: Vec<String>) {
    for line in lines {
        out.push_str(&line);
        out.push('\n');
    }
}

/// One line of words with single spaces; control characters, which a terminal would obey, are dropped.
fn clean(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of at most `width` characters with an indent; a word that is longer (an address) stays whole.
fn wrap(text: &str, width: usize, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(first);
    let (mut used, mut empty) = (first, true);
    for word in clean(text).split(' ').filter(|w| !w.is_empty()) {
        let length = word.chars().count();
        if !empty && used + 1 + length > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(rest)));
            (used, empty) = (rest, true);
        }
        if !empty {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
        empty = false;
    }
    if !empty {
        lines.push(line);
    }
    lines
}

/// Text that Markdown shows as it is. Addresses stay unescaped, so that they are linked.
fn escape(text: &str) -> String {
    let words = clean(text);
    let escaped = words.split(' ').map(|word| {
        if let Some(address) = word.strip_prefix("https://").filter(|a| !a.contains(['<', '>', '(', ')', '"'])) {
            return format!("<https://{address}>");
        }
        let mut out = String::with_capacity(word.len());
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$') {
                out.push('\\');
            }
            out.push(c);
        }
        out
    });
    escaped.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_between_words_only() {
        assert_eq!(wrap("one two  three\nfour", 9, 2, 4), ["  one two", "    three", "    four"]);
        assert_eq!(wrap("a https://example.org/very/long b", 12, 0, 2), ["a", "  https://example.org/very/long", "  b"]);
        assert!(wrap("", 10, 2, 2).is_empty());
    }

    #[test]
    fn markdown_and_terminals_are_not_taken_over_by_text() {
        assert_eq!(escape("5*x_y <b> & `c`"), r"5\*x\_y \<b\> \& \`c\`");
        assert_eq!(escape("see https://doi.org/10.1/a_b"), "see <https://doi.org/10.1/a_b>");
        assert_eq!(clean("a\u{1b}[31mred\u{7}"), "a[31mred");
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let mut d = Document::new("R1", "claim", "rule");
        d.heading("Evidence");
        d.toned("supports", Tone::For, "review", vec!["note".into()]);
        d.field("Onset", "hours");
        let coloured = d.text(80, true);
        assert!(coloured.contains(GREEN));
        let bare = [BOLD, GREEN, RED, DIM, RESET].iter().fold(coloured, |s, code| s.replace(code, ""));
        assert_eq!(bare, d.text(80, false));
    }
}
