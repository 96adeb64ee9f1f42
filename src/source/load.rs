//! The files of a knowledge base: from a directory, or those built into the program.

use super::Diagnostics;
use std::fs;
use std::path::Path;

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the base's directory, with `/` on every platform.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All files of a base, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// A single file larger than this is refused: knowledge files are read by people.
const MAX_FILE_BYTES: u64 = 8 << 20;
/// Deeper folders than this are refused (a loop of links).
const MAX_DEPTH: usize = 16;

impl Sources {
    /// Files given as path and text, as the build embeds them.
    #[must_use]
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let mut files: Vec<Source> = pairs.iter().map(|(p, t)| Source { path: (*p).to_owned(), text: (*t).to_owned() }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// All `.yaml` files under `knowledge/` and `rules/` of a directory. Problems are added to `diagnostics`: no such
    /// directory, nothing in it, a file that cannot be read, is too large or is not UTF-8.
    pub fn read_dir(dir: &Path, diagnostics: &mut Diagnostics) -> Self {
        let mut sources = Self::default();
        if !dir.is_dir() {
            diagnostics
                .global("E0104", format!("there is no directory `{}`", dir.display()))
                .hint("name a directory that holds `knowledge/` and `rules/`");
            return sources;
        }
        for top in ["knowledge", "rules"] {
            let path = dir.join(top);
            if path.is_dir() {
                sources.walk(&path, top, 0, diagnostics);
            }
        }
        sources.files.sort_by(|a, b| a.path.cmp(&b.path));
        if sources.files.is_empty() && !diagnostics.has_errors() {
            diagnostics
                .global("E0105", format!("`{}` holds no knowledge", dir.display()))
                .hint("a base is a directory with `knowledge/*.yaml` and `rules/*.yaml`");
        }
        sources
    }

    fn walk(&mut self, dir: &Path, name: &str, depth: usize, diagnostics: &mut Diagnostics) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(e) => {
                diagnostics.global("E0103", format!("`{name}` cannot be read: {e}"));
                return;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            if path.is_dir() {
                if depth < MAX_DEPTH {
                    self.walk(&path, &name, depth + 1, diagnostics);
                }
            } else if path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
                self.read_file(&path, name, diagnostics);
            }
        }
    }

    fn read_file(&mut self, path: &Path, name: String, diagnostics: &mut Diagnostics) {
        if fs::metadata(path).is_ok_and(|m| m.len() > MAX_FILE_BYTES) {
            diagnostics.global("E0106", format!("`{name}` is larger than 8 MiB")).hint("split it by system and topic");
            return;
        }
        match fs::read(path) {
            Err(e) => {
                diagnostics.global("E0103", format!("`{name}` cannot be read: {e}"));
            }
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.files.push(Source { path: name, text }),
                Err(e) => {
                    let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
                    diagnostics.global("E0102", format!("`{name}` is not UTF-8 (line {line})")).hint("save it as UTF-8");
                }
            },
        }
    }

    /// The file at an index that a [`super::Place`] carries.
    ///
    /// # Panics
    /// Never for places made from these sources.
    #[must_use]
    pub fn get(&self, file: usize) -> &Source {
        &self.files[file]
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Source)> {
        self.files.iter().enumerate()
    }

    /// 1-based line of a byte offset.
    #[must_use]
    pub fn line(&self, file: usize, offset: usize) -> usize {
        let text = &self.get(file).text;
        text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }
}
