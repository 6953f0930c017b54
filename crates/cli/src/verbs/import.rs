//! `merida import` and `merida check`: files are read, and kept or not.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use merida_law::Severity;
use merida_library::{
    CheckRequest, Declared, DocumentReport, ImportReport, ImportRequest, Library, Outcome, Progress,
    Timestamp,
};

use crate::Ending;
use crate::args::{Check, Declarations, Import};
use crate::terminal::{self, Unit};

/// How many problems the summary shows; the report has them all.
const SHOWN_PROBLEMS: usize = 20;

pub(crate) async fn run(library: &Library, import: Import, at: Timestamp) -> anyhow::Result<Ending> {
    let request = ImportRequest { paths: import.paths, declared: declared(import.declared), by: import.by };
    let report = library.import(request, at, progress()).await?;
    finish(&report, import.report.as_deref(), import.json)
}

pub(crate) async fn check(check: Check) -> anyhow::Result<Ending> {
    let request = CheckRequest { paths: check.paths, declared: declared(check.declared) };
    let report = request.run(progress()).await?;
    finish(&report, check.report.as_deref(), check.json)
}

fn declared(said: Declarations) -> Declared {
    Declared {
        jurisdiction: said.jurisdiction,
        language: said.language,
        kind: said.kind,
        title: said.title,
        title_en: said.title_en,
        date: said.date,
        number: said.number,
        status: said.status,
        authority: said.authority,
        url: said.url,
        licence: said.licence,
    }
}

fn progress() -> impl Fn(Progress) + Send + Sync + 'static {
    let bar = terminal::bar(0, Unit::Bytes);
    move |progress| match progress {
        Progress::Found { bytes, .. } => bar.set_length(bytes),
        Progress::Kept { path, bytes, .. } => {
            bar.inc(bytes);
            bar.set_message(path);
        }
        Progress::Indexing => bar.set_message("writing the index"),
        _ => {}
    }
}

fn finish(report: &ImportReport, file: Option<&Path>, json: bool) -> anyhow::Result<Ending> {
    if let Some(file) = file {
        let text = serde_json::to_string_pretty(report)?;
        std::fs::write(file, text)
            .with_context(|| format!("cannot write the report to {}", file.display()))?;
    }
    if json {
        terminal::json(report)?;
    } else {
        terminal::text(&summary(report, file))?;
    }
    Ok(if report.totals.failed > 0 { Ending::SomeFilesFailed } else { Ending::Done })
}

fn summary(report: &ImportReport, file: Option<&Path>) -> String {
    let totals = &report.totals;
    let mut text = String::new();
    let problems = report.documents.iter().flat_map(|d| d.problems.iter().map(move |p| (d, p)));
    let serious: Vec<_> = problems.filter(|(_, p)| p.severity == Severity::Error).collect();
    for (document, problem) in serious.iter().take(SHOWN_PROBLEMS) {
        let line = problem.line.map_or_else(String::new, |line| format!(":{line}"));
        let _ = write!(text, "{}{line}: {}", document.path, problem.message);
        let _ = if problem.hint.is_empty() { writeln!(text) } else { writeln!(text, " ({})", problem.hint) };
    }
    if serious.len() > SHOWN_PROBLEMS {
        let _ = writeln!(text, "… and {} more", serious.len() - SHOWN_PROBLEMS);
    }
    let checked = report.documents.iter().filter(|d: &&DocumentReport| d.outcome == Outcome::Checked).count();
    let fate = if checked > 0 {
        format!("{checked} read, nothing kept")
    } else {
        format!("{} new, {} new versions, {} unchanged", totals.new, totals.new_versions, totals.unchanged)
    };
    let share = share(totals.chars_placed, totals.chars_read);
    let _ = writeln!(text, "{} files: {fate}, {} not taken in", totals.documents, totals.failed);
    let _ = writeln!(text, "{} provisions holding {share} of the running text", totals.provisions);
    let _ = writeln!(text, "{} curated and {} suggested articles", totals.tags, totals.suggested);
    let _ = writeln!(text, "{} errors, {} warnings, {:.1} s", totals.errors, totals.warnings, totals.seconds);
    match file {
        Some(file) => writeln!(text, "what became of each file: {}", file.display()),
        None => writeln!(text, "add --report FILE to see what became of each file"),
    }
    .ok();
    text
}

#[expect(clippy::cast_precision_loss, reason = "a percentage for people")]
fn share(part: u64, whole: u64) -> String {
    if whole == 0 { "all".to_owned() } else { format!("{:.2} %", 100.0 * part as f64 / whole as f64) }
}
