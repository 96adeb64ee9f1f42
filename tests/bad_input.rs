//! Faulty input and faulty bases: an exit code, a stable code, a place, a way to mend it, and never a panic.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const BASE: &str = include_str!("answers/base/knowledge/base.yaml");
const THINGS: &str = include_str!("answers/base/knowledge/things.yaml");
const CAUSES: &str = include_str!("answers/base/rules/causes.yaml");
const FINDINGS: &str = include_str!("answers/base/rules/findings.yaml");
const EVIDENCE: &str = "evidence: [{ref: \"PMID:10000001\", study: review, directness: direct, found: As the claim says., read: abstract}]";

static DIRS: AtomicU32 = AtomicU32::new(0);

/// A directory of its own, gone when dropped.
struct Dir(PathBuf);

impl Dir {
    fn empty() -> Self {
        let n = DIRS.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("eucrasia-bad-input-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// The small base with further files.
    fn with(files: &[(&str, &[u8])]) -> Self {
        let dir = Self::empty();
        let base: [(&str, &[u8]); 4] = [
            ("knowledge/base.yaml", BASE.as_bytes()),
            ("knowledge/things.yaml", THINGS.as_bytes()),
            ("rules/causes.yaml", CAUSES.as_bytes()),
            ("rules/findings.yaml", FINDINGS.as_bytes()),
        ];
        for (path, bytes) in base.iter().chain(files) {
            let path = dir.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        dir
    }

    fn text(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    #[track_caller]
    fn is(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        for part in parts {
            assert!(self.err.contains(part), "no `{part}` in:\n{}", self.err);
        }
    }
}

fn command(base: &str) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_eucrasia"));
    c.env("NO_COLOR", "1").env("COLUMNS", "80").args(["--knowledge", base]);
    c
}

fn finish(mut c: Command, stdin: Option<Vec<u8>>) -> Answer {
    c.stdin(if stdin.is_some() { Stdio::piped() } else { Stdio::null() }).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = c.spawn().unwrap();
    let writer = stdin.map(|bytes| {
        let mut pipe = child.stdin.take().unwrap();
        // A program that refuses early closes its end; that is no fault of the test.
        std::thread::spawn(move || drop(pipe.write_all(&bytes)))
    });
    let output = child.wait_with_output().unwrap();
    if let Some(w) = writer {
        w.join().unwrap();
    }
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(!err.contains("panicked"), "{err}");
    Answer { code: output.status.code().unwrap(), out, err }
}

fn diagnose(arguments: &[&str]) -> Answer {
    let dir = Dir::with(&[]);
    let mut c = command(dir.text());
    c.arg("diagnose").args(arguments);
    finish(c, None)
}

fn check_dir(dir: &Path) -> Answer {
    let mut c = command(dir.to_str().unwrap());
    c.args(["kb", "check"]);
    finish(c, None)
}

/// Checks the small base with one more file.
fn check(text: &str) -> Answer {
    check_dir(&Dir::with(&[("rules/more.yaml", text.as_bytes())]).0)
}

fn rule(id: &str, body: &str) -> String {
    format!("- id: {id}\n  claim: A claim.\n{body}\n  standing: probable\n  {EVIDENCE}\n")
}

/// The message stands with its file and a caret.
#[track_caller]
fn shows_place(a: &Answer) {
    assert!(a.err.contains("rules/more.yaml:") && a.err.contains('^'), "{}", a.err);
}

// ---- What a person enters ----

#[test]
fn nothing_entered() {
    diagnose(&[]).is(2, &["C0001", "help: ", "--present"]);
    diagnose(&["", "   "]).is(2, &["C0001"]);
    let dir = Dir::with(&[]);
    let mut c = command(dir.text());
    c.args(["diagnose", "-"]);
    finish(c, Some(Vec::new())).is(2, &["C0001"]);
    let mut c = command(dir.text());
    c.arg("predict");
    finish(c, None).is(2, &["C0001", "help: "]);
}

#[test]
fn nothing_recognised() {
    diagnose(&["--present", "tachycardai"]).is(2, &["C0002", "nearest known", "tachycardia"]);
    diagnose(&["qwertz uiopasdf"]).is(2, &["C0002", "help: "]);
}

#[test]
fn present_and_absent() {
    diagnose(&["--present", "miosis", "--absent", "HP:0000616"]).is(2, &["C0003", "Miosis", "help: keep one"]);
}

#[test]
fn unknown_hpo_id() {
    diagnose(&["--present", "HP:9999999"]).is(2, &["C0002", "help: "]);
    let a = diagnose(&["--present", "HP:9999999", "--present", "miosis", "--format", "json"]);
    assert!(a.code < 2, "{}", a.err);
    let json: serde_json::Value = serde_json::from_str(&a.out).unwrap();
    assert_eq!(json["case"]["unrecognised"], serde_json::json!(["HP:9999999"]));
    assert_eq!(json["case"]["present"][0]["id"], "miosis");
}

#[test]
fn obsolete_hpo_id() {
    let a = diagnose(&["--present", "HP:0001011", "--format", "json"]);
    assert!(a.code < 2, "{}", a.err);
    let json: serde_json::Value = serde_json::from_str(&a.out).unwrap();
    assert_eq!(json["case"]["present"][0]["id"], "hyperhidrosis");
    let notices = json["case"]["notices"].to_string();
    assert!(notices.contains("HP:0001011") && notices.contains("HP:0000975"), "{notices}");
}

#[test]
fn impossible_ages() {
    for age in ["-1", "200", "NaN", "inf"] {
        diagnose(&["miosis", "--age", age]).is(2, &["C0004", "0 to 125"]);
    }
    diagnose(&["miosis", "--age", "old"]).is(2, &["--age"]);
}

#[test]
fn ten_megabytes() {
    let dir = Dir::with(&[]);
    let text = "pinpoint pupils, sweating, no fever. Seen by nurse at noon; nothing else to report. ".repeat(120_000);
    assert!(text.len() > 10_000_000);
    let mut c = command(dir.text());
    c.args(["diagnose", "-"]);
    let start = Instant::now();
    let a = finish(c, Some(text.into_bytes()));
    assert!((0..=2).contains(&a.code), "{}", a.err);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn too_much_text() {
    let dir = Dir::with(&[]);
    let mut c = command(dir.text());
    c.args(["diagnose", "-"]);
    finish(c, Some(vec![b'a'; 17 << 20])).is(2, &["C0009", "help: "]);
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = Dir::with(&[]);
    let mut c = command(dir.text());
    c.arg("diagnose").arg(std::ffi::OsStr::from_bytes(b"mi\xffosis"));
    finish(c, None).is(2, &["C0005", "argument 4", "help: "]);
}

#[test]
fn standard_input_that_is_not_utf8() {
    let dir = Dir::with(&[]);
    let mut c = command(dir.text());
    c.args(["diagnose", "-"]);
    finish(c, Some(b"miosis \xff\xfe".to_vec())).is(2, &["C0005", "byte 7", "help: "]);
}

#[test]
fn control_characters_and_strange_numbers() {
    for text in ["\u{0}\u{1b}[2J", "HR 1e999", "BP -3/-9", "\u{202e}sisoim", "potassium 99999999999999999999"] {
        let dir = Dir::with(&[]);
        let mut c = command(dir.text());
        c.args(["diagnose", "-"]);
        assert!((0..=2).contains(&finish(c, Some(text.into())).code));
    }
    for lab in ["", " ", "potassium", "potassium -2 mmol/L", "potassium 5 apples", "potassium NaN mmol/L", "7 7 7"] {
        diagnose(&["--lab", lab]).is(2, &["C000"]);
    }
}

#[test]
fn unknown_flags_schemas_and_things() {
    diagnose(&["--presen", "miosis"]).is(2, &["--presen"]);
    let dir = Dir::with(&[]);
    for (arguments, code) in [(["schema", "poem"], "C0006"), (["explain", "qwertzuiop"], "C0010")] {
        let mut c = command(dir.text());
        c.args(arguments);
        finish(c, None).is(2, &[code, "help: "]);
    }
}

// ---- What an author writes ----

#[test]
fn no_directory() {
    let dir = Dir::empty();
    check_dir(&dir.0.join("nowhere")).is(2, &["E0104", "nowhere", "help: "]);
}

#[test]
fn an_empty_directory() {
    let dir = Dir::empty();
    check_dir(&dir.0).is(2, &["E0105", "help: "]);
    let mut c = command(dir.text());
    c.args(["diagnose", "miosis"]);
    finish(c, None).is(2, &["E0105"]);
}

#[test]
fn a_base_without_its_first_section() {
    let dir = Dir::empty();
    fs::create_dir_all(dir.0.join("knowledge")).unwrap();
    fs::write(dir.0.join("knowledge/a.yaml"), "# nothing\n").unwrap();
    check_dir(&dir.0).is(2, &["E0107", "base.yaml"]);
}

#[test]
fn a_directory_called_like_a_file() {
    let dir = Dir::with(&[]);
    fs::create_dir_all(dir.0.join("rules/folder.yaml")).unwrap();
    check_dir(&dir.0).is(0, &[]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    // A link to nothing fails for every user, the administrator too.
    let dir = Dir::with(&[]);
    std::os::unix::fs::symlink("nowhere", dir.0.join("rules/gone.yaml")).unwrap();
    check_dir(&dir.0).is(2, &["E0103", "rules/gone.yaml"]);
}

#[test]
fn a_file_that_is_not_utf8() {
    check_dir(&Dir::with(&[("rules/latin.yaml", b"rules:\n# caf\xe9\n")]).0).is(2, &["E0102", "rules/latin.yaml", "line 2", "UTF-8"]);
}

#[test]
fn a_file_that_is_not_yaml() {
    let a = check("rules: [\n");
    a.is(2, &["E0101", "rules/more.yaml"]);
}

#[test]
fn an_alias_bomb() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..12 {
        let _ = writeln!(text, "a{i}: &a{i} [{}]", vec![format!("*a{}", i - 1); 10].join(", "));
    }
    let start = Instant::now();
    check(&text).is(2, &["E0101", "rules/more.yaml"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn deep_nesting() {
    check(&"[".repeat(200_000)).is(2, &["E0101"]);
}

#[test]
fn a_probability_above_one() {
    let a = check("facts: [{id: x, label: x, prior: {value: 1.2, basis: \"PMID:10000001\"}}]\n");
    a.is(2, &["E0401", "1.2"]);
    shows_place(&a);
}

#[test]
fn seven_of_five() {
    let a = check(&format!("rules:\n{}", rule("T1", "  when: pupil size low\n  shows: Miosis\n  strength: {counts: 7/5}")));
    a.is(2, &["E0402", "7 of 5", "help: "]);
    shows_place(&a);
}

#[test]
fn a_key_written_twice() {
    let a =
        check(&format!("rules:\n{}", rule("T1", "  when: pupil size low\n  when: pupil size high\n  shows: Miosis\n  strength: frequent")));
    a.is(2, &["E0202", "`when`", "first here", "help: "]);
    shows_place(&a);
}

#[test]
fn an_unknown_key() {
    let a =
        check(&format!("rules:\n{}", rule("T1", "  when: pupil size low\n  shows: Miosis\n  strenght: frequent\n  strength: frequent")));
    a.is(2, &["E0201", "did you mean `strength`"]);
    shows_place(&a);
}

#[test]
fn an_unknown_phrase() {
    let a = check(&format!("rules:\n{}", rule("T1", "  when: pupil sise low\n  shows: Miosis\n  strength: frequent")));
    a.is(2, &["E0303", "pupil sise", "did you mean `pupil size`"]);
    shows_place(&a);
}

#[test]
fn an_undeclared_reference() {
    let text = rule("T1", "  when: pupil size low\n  shows: Miosis\n  strength: frequent").replace("PMID:10000001", "PMID:10000009");
    let a = check(&format!("rules:\n{text}"));
    a.is(2, &["E0304", "PMID:10000009", "did you mean"]);
    shows_place(&a);
}

#[test]
fn a_cycle() {
    let a = check(&format!(
        "rules:\n{}{}",
        rule("T1", "  when: pupil size low\n  raises: salivation\n  strength: frequent"),
        rule("T2", "  when: salivation high\n  lowers: pupil size\n  strength: frequent")
    ));
    a.is(2, &["E0601", "T1", "T2", " → ", "feedback: true"]);
    shows_place(&a);
}

#[test]
fn no_evidence() {
    let a = check("rules:\n- {id: T1, claim: A claim., when: pupil size low, shows: Miosis, strength: frequent, standing: probable}\n");
    a.is(2, &["E0501", "T1", "help: "]);
    shows_place(&a);
}

#[test]
fn from_a_fact_straight_to_an_observation() {
    let body = "  when: Parkinson disease\n  shows: Rigidity\n  strength: frequent";
    let a = check(&format!("rules:\n{}", rule("T1", body)));
    a.is(2, &["E0505", "T1", "by another mechanism"]);
    shows_place(&a);
    let mended = format!("{body}\n  mechanism: \"by another mechanism: not through dopamine\"");
    check(&format!("rules:\n{}", rule("T1", &mended))).is(0, &[]);
}

#[test]
fn one_id_in_two_files() {
    let text = format!("rules:\n{}", rule("S01", "  when: pupil size low\n  shows: Miosis\n  strength: frequent"));
    let a = check(&text);
    a.is(2, &["E0301", "`S01`", "rules/causes.yaml", "rules/more.yaml", "first here"]);
}

#[test]
fn thirty_faults_at_once() {
    let good = "  when: pupil size low\n  shows: Miosis\n  strength: frequent";
    let faults = [
        good.replace("low", "lwo"),
        good.replace("Miosis", "Meiosis"),
        good.replace("frequent", "frequnet"),
        good.replace("frequent", "0.5"),
        good.replace("frequent", "{counts: 9/3}"),
        good.replace("frequent", "{counts: many}"),
        good.replace("frequent", "{percent: 140, interval: [1, 2]}"),
        good.replace("frequent", "{percent: 40}"),
        good.replace("frequent", "{percent: 40, interval: [50, 60]}"),
        good.replace("frequent", "{percent: 40, interval: [60, 30]}"),
        good.replace("frequent", "{percent: 40, interval: 3}"),
        good.replace("frequent", "{}"),
        good.replace("pupil size low", "{all: []}"),
        good.replace("pupil size low", "{some: [Parkinson disease]}"),
        good.replace("pupil size low", "[pupil size low]"),
        good.replace("pupil size low", "Miosis"),
        good.replace("pupil size low", "Parkinson disease"),
        good.replace("pupil size low", "overdose of moonlight"),
        good.replace("pupil size low", "acetylcholine deficit in striatum"),
        good.replace("pupil size low", "dopamine breakdown low"),
        good.replace("pupil size low", "nicotinic receptor number low"),
        good.replace("  when: pupil size low\n", ""),
        good.replace("  strength: frequent", ""),
        good.replace("  shows: Miosis\n", ""),
        good.replace("  shows: Miosis\n", "  shows: Miosis\n  raises: pupil size\n"),
        format!("{good}\n  onset: someday"),
        format!("{good}\n  feedback: perhaps"),
        format!("{good}\n  marked: 3"),
        format!("{good}\n  colour: red"),
        format!("{good}\n  claim: Another claim."),
        format!("{good}\n  unless: moon full"),
        format!("{good}\n  mechanism: [a, b]"),
    ];
    let text: String = faults.iter().enumerate().map(|(i, body)| rule(&format!("T{i:02}"), body)).collect();
    let a = check(&format!("rules:\n{text}"));
    assert_eq!(a.code, 2);
    let reports: Vec<&str> = a.err.split("\n\n").filter(|r| r.starts_with("error")).collect();
    assert!(reports.len() >= 30, "{} reports:\n{}", reports.len(), a.err);
    for r in &reports {
        assert!(r.starts_with("error[E") && r.contains("rules/more.yaml:") && r.contains('^'), "{r}");
    }
    // Every faulty rule is named by a line of its own.
    let first = |i: usize| text.lines().position(|l| l == format!("- id: T{i:02}")).unwrap() + 2;
    let lines: Vec<usize> = reports.iter().filter_map(|r| r.split("rules/more.yaml:").nth(1)?.split(':').next()?.parse().ok()).collect();
    for i in 0..faults.len() {
        let end = if i + 1 < faults.len() { first(i + 1) } else { usize::MAX };
        assert!(lines.iter().any(|l| (first(i)..end).contains(l)), "nothing on T{i:02}:\n{}\n{}", faults[i], a.err);
    }
}
