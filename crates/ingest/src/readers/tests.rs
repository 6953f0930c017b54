//! Over all readers: the real laws, where they are, and files that mean harm.

use std::path::PathBuf;
use std::time::Instant;

use merida_law::{Severity, SourceFormat};

use super::collector::block_ink;
use crate::draft::{Draft, ink};
use crate::limits::Limits;
use crate::sniff::sniff;

/// The folder of real laws; none where it is absent.
fn laws() -> Option<PathBuf> {
    let shared = std::env::var_os("MERIDA_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let laws = shared.join("laws");
    if !laws.join("MANIFEST.toml").is_file() {
        eprintln!("skipped: the folder {} is not there", laws.display());
        return None;
    }
    Some(laws)
}

/// Path and encoding of each document of the manifest.
fn manifest(text: &str) -> Vec<(String, String)> {
    let mut documents: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once(" = ") else { continue };
        let value = value.trim_matches('"').to_owned();
        match (key, documents.last_mut()) {
            ("path", _) => documents.push((value, String::new())),
            ("encoding", Some((_, encoding))) => *encoding = value,
            _ => {}
        }
    }
    documents
}

fn held(draft: &Draft) -> u64 {
    draft.blocks.iter().map(block_ink).sum()
}

#[test]
fn every_real_law_is_read_and_held() {
    let Some(laws) = laws() else { return };
    let text = std::fs::read_to_string(laws.join("MANIFEST.toml")).unwrap();
    let limits = Limits::default();
    let mut faults = Vec::new();
    let (mut all_bytes, mut all_seconds) = (0, 0.0);
    for (path, encoding) in manifest(&text) {
        let Ok(bytes) = std::fs::read(laws.join(&path)) else { continue };
        let start = Instant::now();
        let format = sniff(&path, &bytes).unwrap();
        let draft = super::read(&path, &bytes, format, &limits, Some(&encoding));
        let seconds = start.elapsed().as_secs_f64();
        if format != SourceFormat::Pdf {
            all_bytes += bytes.len();
            all_seconds += seconds;
        }
        let left: u64 = draft.left_out.iter().map(|o| o.chars).sum();
        let held = held(&draft);
        assert_eq!(
            draft.chars_read,
            held + left,
            "{path}: every character is held or left out with its reason"
        );
        for problem in draft.problems.iter().filter(|p| p.severity == Severity::Error) {
            faults.push(format!("{path}: {}", problem.message));
        }
        let share = held as f64 / draft.chars_read.max(1) as f64;
        let problems: Vec<&str> = draft.problems.iter().map(|p| p.message.as_str()).collect();
        eprintln!(
            "{path}\t{format}\t{} blocks\t{} chars\t{:.2} %\t{:.1} MB/s\t{:?}\t{problems:?}",
            draft.blocks.len(),
            draft.chars_read,
            share * 100.0,
            bytes.len() as f64 / seconds / 1e6,
            draft.left_out.iter().map(|o| format!("{}: {}", o.chars, o.reason)).collect::<Vec<_>>(),
        );
        if share < 0.99 && !EXCEPTIONS.iter().any(|(exception, _)| path == *exception) {
            faults.push(format!(
                "{path}: only {:.1} % of the text is held: {:?}",
                share * 100.0,
                draft.left_out
            ));
        }
    }
    eprintln!("{:.1} MB/s without PDF", all_bytes as f64 / all_seconds.max(1e-9) / 1e6);
    assert!(
        faults.is_empty(),
        "help: mend the reader, or list the file with its reason:\n{}",
        faults.join("\n")
    );
}

#[test]
#[ignore = "prints the blocks of the file named by MERIDA_DUMP, for reading by eye"]
fn dump() {
    let Some(path) = std::env::var_os("MERIDA_DUMP").map(PathBuf::from) else { return };
    let bytes = std::fs::read(&path).unwrap();
    let name = path.to_string_lossy();
    let format = sniff(&name, &bytes).unwrap();
    let draft = super::read(&name, &bytes, format, &Limits::default(), None);
    eprintln!("{:#?}", draft.metadata);
    for block in &draft.blocks {
        let text: String = block.text.chars().take(150).collect();
        eprintln!("{:?} {:?} {text:?}", block.line, block.kind);
    }
    eprintln!("{:?} {:?}", draft.problems, draft.left_out);
}

/// Files of which more than a hundredth is left out, and what that is.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("gt/decreto-57-2008-acceso-informacion.pdf", "a notice of the publisher on each page"),
    ("ae/aml-law-2025-en.pdf", "running titles"),
    ("ru/uk-rf.pdf", "running titles"),
    ("zw/money-laundering-proceeds-of-crime-act.json", "definitions a second time"),
    ("se/brottsbalk-1962-700.json", "a list of preparatory works"),
    ("se/lag-2014-307-penningtvattsbrott.json", "a list of preparatory works"),
    ("gy/amlcft-act-1011.json", "words that describe a record"),
    ("gy/mutual-assistance-act-1505.json", "words that describe a record"),
];

/// What no reader may survive badly: each is read by every format of text within a second or two.
#[test]
fn hostile_files_end_quickly_and_with_bounded_output() {
    let limits = Limits::default();
    let hundred_thousand = 100_000;
    let specimens = [
        "\0".repeat(10_000),
        "(".repeat(hundred_thousand),
        "[".repeat(hundred_thousand),
        "![".repeat(hundred_thousand),
        "*a_".repeat(hundred_thousand),
        "<".repeat(hundred_thousand),
        "<a ".repeat(hundred_thousand),
        "<!--".repeat(hundred_thousand),
        "&#x1;&amp".repeat(hundred_thousand),
        "{\"a\":".repeat(hundred_thousand),
        "| a ".repeat(hundred_thousand),
        "a\n".repeat(hundred_thousand),
        "1. ".repeat(hundred_thousand),
        "> ".repeat(hundred_thousand),
        "   - a\n".repeat(hundred_thousand),
        "\u{202e}".repeat(hundred_thousand),
        "\"".repeat(hundred_thousand),
        "`".repeat(hundred_thousand),
        "---\n".repeat(hundred_thousand),
        "[^1]: a\n\n".repeat(20_000),
    ];
    let formats = [
        SourceFormat::Markdown,
        SourceFormat::Html,
        SourceFormat::AkomaNtoso,
        SourceFormat::Xml,
        SourceFormat::Json,
        SourceFormat::LexmlCsv,
        SourceFormat::Text,
    ];
    for specimen in &specimens {
        for format in formats {
            let start = Instant::now();
            let draft = super::read("hostile", specimen.as_bytes(), format, &limits, None);
            let head: String = specimen.chars().take(12).collect();
            assert!(start.elapsed().as_secs() < 8, "{format} took {:?} on {head:?}", start.elapsed());
            assert!(held(&draft) <= 2 * ink(specimen) + 1000, "{format} swells {head:?}");
        }
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let limits = Limits { max_file_bytes: 1000, ..Limits::default() };
    let draft = super::read("large", &vec![b'a'; 2000], SourceFormat::Text, &limits, None);
    assert_eq!(draft.problems[0].severity, Severity::Error);
    assert!(draft.blocks.is_empty());
}
