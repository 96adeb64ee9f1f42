//! Turns the HPO table (`knowledge/hpo/*.tsv`) into the binary that `src/hpo/blob.rs` reads; the layout is described there.

#[path = "../src/hpo/normalise.rs"]
#[allow(dead_code)]
mod normalise;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Root of the branch of phenotypic abnormalities.
const PHENOTYPE: u32 = 118;

struct Row {
    label: String,
    parents: Vec<u32>,
    exact: Vec<String>,
    other: Vec<String>,
    obsolete: bool,
    replaced: Option<u32>,
    consider: Vec<u32>,
    alternative: Vec<u32>,
}

/// Strings, each stored once: a length in two bytes, then the bytes.
#[derive(Default)]
struct Heap {
    bytes: Vec<u8>,
    at: BTreeMap<String, u32>,
}

impl Heap {
    fn put(&mut self, text: &str) -> Result<u32, String> {
        if let Some(&at) = self.at.get(text) {
            return Ok(at);
        }
        let at = small(self.bytes.len())?;
        let length = u16::try_from(text.len()).map_err(|_| format!("name too long: {text}"))?;
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(text.as_bytes());
        self.at.insert(text.to_owned(), at);
        Ok(at)
    }
}

fn small(n: usize) -> Result<u32, String> {
    u32::try_from(n).map_err(|_| "the table is too large".to_owned())
}

fn ids(cell: &str) -> Result<Vec<u32>, String> {
    cell.split(',').filter(|s| !s.is_empty()).map(|s| s.parse().map_err(|_| format!("not an id: {s}"))).collect()
}

fn row(line: &str) -> Result<(u32, Row), String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, label, parents, exact, other, status, alternative] = cells[..] else {
        return Err(format!("seven columns expected: {line}"));
    };
    let names = |cell: &str| cell.split('|').filter(|s| !s.is_empty()).map(str::to_owned).collect();
    let replaced = status.strip_prefix("replaced ").map(ids).transpose()?.and_then(|v| v.first().copied());
    let consider = status.strip_prefix("consider ").map(ids).transpose()?.unwrap_or_default();
    let row = Row {
        label: label.to_owned(),
        parents: ids(parents)?,
        exact: names(exact),
        other: names(other),
        obsolete: !status.is_empty(),
        replaced,
        consider,
        alternative: ids(alternative)?,
    };
    Ok((id.parse().map_err(|_| format!("not an id: {id}"))?, row))
}

/// Everything at or below the root of phenotypic abnormalities.
fn phenotypes(rows: &BTreeMap<u32, Row>) -> BTreeSet<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (&id, row) in rows {
        for &parent in &row.parents {
            children.entry(parent).or_default().push(id);
        }
    }
    let (mut seen, mut stack) = (BTreeSet::new(), vec![PHENOTYPE]);
    while let Some(id) = stack.pop() {
        if seen.insert(id) {
            stack.extend(children.get(&id).into_iter().flatten());
        }
    }
    seen
}

/// Reads the table at `source` and writes the binary to `target`.
///
/// # Errors
/// A sentence naming the line or the file, if either cannot be read, is malformed, or does not fit.
pub fn compile(source: &Path, target: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(source).map_err(|e| format!("{}: {e}", source.display()))?;
    let header = |name: &str| {
        let line = text.lines().take_while(|l| l.starts_with('#')).find_map(|l| l.strip_prefix(name));
        line.map(str::trim).ok_or_else(|| format!("{}: no line '{name}'", source.display()))
    };
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (id, row) = row(line)?;
        if rows.insert(id, row).is_some() {
            return Err(format!("id {id} stands twice"));
        }
    }
    let mut heap = Heap::default();
    let release = heap.put(header("# release:")?)?;
    let licence = heap.put(header("# licence:")?)?;
    let phenotypes = phenotypes(&rows);

    let (mut terms, mut lists) = (Vec::new(), Vec::new());
    let mut names: BTreeSet<(String, u32, u32, u32)> = BTreeSet::new();
    let mut alternatives: BTreeMap<u32, u32> = BTreeMap::new();
    for (&id, row) in &rows {
        let mut flags = u32::from(row.obsolete);
        flags |= u32::from(phenotypes.contains(&id)) << 1;
        terms.extend([id, heap.put(&row.label)?, small(lists.len())?, flags]);
        lists.extend([small(row.parents.len())?, small(row.exact.len() + row.other.len())?, small(row.consider.len())?]);
        lists.push(row.replaced.unwrap_or(u32::MAX));
        lists.extend(&row.parents);
        for synonym in row.exact.iter().chain(&row.other) {
            lists.push(heap.put(synonym)?);
        }
        lists.extend(&row.consider);
        for &alternative in &row.alternative {
            alternatives.insert(alternative, id);
        }
        if row.obsolete {
            continue;
        }
        let ranked = [(0, std::slice::from_ref(&row.label)), (1, &row.exact[..]), (2, &row.other[..])];
        for (rank, list) in ranked {
            for name in list {
                let mark = rank | u32::from(phenotypes.contains(&id)) << 7;
                names.insert((normalise::key(name), mark, id, heap.put(name)?));
            }
        }
    }
    let mut index = Vec::new();
    for (key, mark, id, name) in &names {
        index.extend([heap.put(key)?, *name, mark << 24 | id]);
    }
    let alternatives: Vec<u32> = alternatives.into_iter().filter(|(from, _)| !rows.contains_key(from)).flat_map(|(a, b)| [a, b]).collect();

    let mut out = b"HPO1".to_vec();
    for word in [small(terms.len() / 4)?, small(index.len() / 3)?, small(alternatives.len() / 2)?, small(lists.len())?, release, licence] {
        out.extend(word.to_le_bytes());
    }
    for word in terms.iter().chain(&index).chain(&alternatives).chain(&lists) {
        out.extend(word.to_le_bytes());
    }
    out.extend(heap.bytes);
    std::fs::write(target, out).map_err(|e| format!("{}: {e}", target.display()))
}
