//! Collects the knowledge base's files, and HPO's names as one searchable table, so that the program carries both.

#[path = "build/hpo_table.rs"]
mod hpo_table;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for top in ["knowledge", "rules"] {
        println!("cargo::rerun-if-changed={top}");
        walk(&root.join(top), &mut files);
    }
    let out_dir = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    if let Err(e) = hpo_table::compile(&root.join("knowledge/hpo/hp-2025-01-16.tsv"), &out_dir.join("hpo.bin")) {
        panic!("HPO's table: {e}");
    }
    files.sort();
    let mut code = String::from("/// Path and text of every file of the embedded base.\npub static FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", file.to_string_lossy());
    }
    code.push_str("];\n");
    let out = out_dir.join("embedded.rs");
    if let Err(e) = fs::write(&out, code) {
        panic!("{}: {e}", out.display());
    }
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            files.push(path);
        }
    }
}
