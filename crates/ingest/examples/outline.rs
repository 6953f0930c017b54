//! Prints the outline of a law as it was read: ids, labels, headings, the beginnings of texts, what was left out.
//!
//! `cargo run -p merida-ingest --example outline -- FILE [LANGUAGE] [JURISDICTION] [all]`

use std::process::ExitCode;

use merida_ingest::{Ingest, Metadata, SourceFile};
use merida_law::{Level, Provision, Sha256};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        eprintln!("usage: outline FILE [LANGUAGE] [JURISDICTION] [all]");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("cannot read {path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let stated = Metadata {
        language: arguments.get(1).and_then(|tag| tag.parse().ok()),
        jurisdiction: arguments.get(2).and_then(|code| code.parse().ok()).or_else(|| "int".parse().ok()),
        ..Metadata::default()
    };
    let everything = arguments.iter().any(|argument| argument == "all");
    let file = SourceFile {
        name: path,
        bytes: &bytes,
        sha256: Sha256::new([0; 32]),
        stated,
        fallback: Metadata::default(),
        encoding: None,
    };
    let reading = Ingest::default().read(&file);
    for provision in reading.document.iter().flat_map(|document| &document.provisions) {
        if everything || provision.kind.level() != Level::Component {
            println!("{}", line(provision));
        }
    }
    println!("read {} characters, placed {}", reading.chars_read, reading.chars_placed);
    for omission in &reading.left_out {
        println!("left out: {} {}", omission.chars, omission.reason);
    }
    for problem in &reading.problems {
        println!("{:?}: {} {}", problem.severity, problem.message, problem.hint);
    }
    ExitCode::SUCCESS
}

fn line(provision: &Provision) -> String {
    let indent = match provision.kind.level() {
        Level::Container => "",
        Level::Unit => "  ",
        Level::Component => "    ",
    };
    let clip =
        |text: &str, length: usize| -> String { text.replace('\n', " / ").chars().take(length).collect() };
    format!(
        "{indent}{} [{}] {} | {}",
        provision.id,
        clip(&provision.label, 40),
        clip(&provision.heading, 80),
        clip(&provision.text, 80)
    )
}
