//! Problems with a stable code, a place, and a way to mend them.

use super::Sources;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; nothing is refused.
    Warning,
    /// The knowledge base is not used until it is mended.
    Error,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the file in [`Sources`].
    pub file: usize,
    /// Byte range in that file's text.
    pub span: Range<usize>,
}

/// One problem found in a knowledge base.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Stable code, such as `E0201`; never reused for something else.
    pub code: &'static str,
    /// Warning or error.
    pub severity: Severity,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// Where; `None` only for problems of a whole directory.
    pub place: Option<Place>,
    /// Other places that matter, each with a word on why.
    pub related: Vec<(Place, String)>,
    /// How to mend it.
    pub hint: Option<String>,
}

/// Collects every problem of a run, so that an author sees all at once.
#[derive(Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds an error at a place; the returned reference takes a hint or related places.
    pub fn error(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: Some(place),
            related: Vec::new(),
            hint: None,
        })
    }

    /// Adds a warning at a place.
    pub fn warning(&mut self, code: &'static str, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic {
            code,
            severity: Severity::Warning,
            message: message.into(),
            place: Some(place),
            related: Vec::new(),
            hint: None,
        })
    }

    /// Adds a problem that belongs to no single file.
    pub fn global(&mut self, code: &'static str, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Diagnostic { code, severity: Severity::Error, message: message.into(), place: None, related: Vec::new(), hint: None })
    }

    fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.items.push(diagnostic);
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    /// Whether anything found so far forbids using the base.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// All problems, by file and place.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.items.sort_by(|a, b| {
            let key = |d: &Diagnostic| d.place.as_ref().map(|p| (p.file, p.span.start, p.span.end));
            key(a).cmp(&key(b)).then(a.code.cmp(b.code)).then(a.message.cmp(&b.message))
        });
        self.items
    }
}

impl Diagnostic {
    /// Adds a way to mend it.
    pub fn hint(&mut self, hint: impl Into<String>) -> &mut Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds another place that matters.
    pub fn related(&mut self, place: Place, why: impl Into<String>) -> &mut Self {
        self.related.push((place, why.into()));
        self
    }
}

/// The problem as a person reads it: code, sentence, excerpt with caret, hint. `colour` asks for terminal colours.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code));
    let places = diagnostic.place.iter().map(|p| (p, None)).chain(diagnostic.related.iter().map(|(p, why)| (p, Some(why.as_str()))));
    for (place, why) in places {
        let source = sources.get(place.file);
        let span = clamp(&place.span, &source.text);
        let kind = if why.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = group.element(Snippet::source(source.text.as_str()).path(source.path.as_str()).annotation(kind.span(span).label(why)));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// A span that lies within the text, on character boundaries.
fn clamp(span: &Range<usize>, text: &str) -> Range<usize> {
    let floor = |mut i: usize| {
        i = i.min(text.len());
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// The candidate that a mistyped name most resembles, if any is close enough to be worth suggesting.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Long input cannot be a near miss of a name, and the distance is quadratic.
    if name.len() > 120 {
        return None;
    }
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .map(|c| (strsim::normalized_damerau_levenshtein(&name, &c.to_lowercase()), c))
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, c)| c)
}
