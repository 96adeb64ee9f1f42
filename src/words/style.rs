//! Colour and width of the terminal view.

/// How text is dressed.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Use terminal colours.
    pub colour: bool,
    /// Columns to fill.
    pub width: usize,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A heading.
    #[must_use]
    pub fn head(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// A danger.
    #[must_use]
    pub fn danger(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// Something less important.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// A bar of ten cells for a share from 0 to 1.
    #[must_use]
    // The share is held to 0..=1 first.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn bar(self, share: f64) -> String {
        let full = (share.clamp(0.0, 1.0) * 10.0).round() as usize;
        self.paint("36", &format!("{}{}", "█".repeat(full), "·".repeat(10 - full)))
    }

    /// Text wrapped at the width, every line after the first indented.
    #[must_use]
    pub fn wrap(self, text: &str, first: usize, indent: usize) -> String {
        let mut out = " ".repeat(first);
        let mut column = first;
        let mut fresh = true;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if !fresh && column + 1 + length > self.width {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = indent;
                fresh = true;
            }
            if !fresh {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
            fresh = false;
        }
        out
    }
}

/// A probability for people: two digits, with the extremes named.
#[must_use]
pub fn percent(p: f64) -> String {
    if p > 0.0 && p < 0.005 {
        "<1 %".into()
    } else if p < 1.0 && p > 0.995 {
        ">99 %".into()
    } else {
        format!("{:.0} %", p * 100.0)
    }
}
