use std::path::PathBuf;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let dir = args.iter().position(|a| a == "--knowledge").and_then(|i| args.get(i + 1)).map_or_else(|| PathBuf::from("."), PathBuf::from);
    match eucrasia::knowledge::Knowledge::read_dir(&dir) {
        Ok((k, w)) => {
            for d in &w { eprintln!("{}", eucrasia::source::render(d, k.sources(), false)); }
            println!("{} rules, {} references, {} quantities, {} observations", k.rules.len(), k.references.len(), k.quantities.len(), k.observations.len());
        }
        Err(r) => {
            for d in &r.diagnostics { eprintln!("{}\n", eucrasia::source::render(d, &r.sources, false)); }
            eprintln!("{} problems", r.diagnostics.len());
            std::process::exit(2);
        }
    }
}
