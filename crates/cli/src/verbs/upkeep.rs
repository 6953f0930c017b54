//! `merida reindex` and `merida verify`.

use std::fmt::Write;

use merida_library::Library;

use crate::Ending;
use crate::args::{Reindex, Verify};
use crate::terminal::{self, Unit};

pub(crate) async fn reindex(library: &Library, reindex: Reindex) -> anyhow::Result<Ending> {
    let bar = terminal::bar(0, Unit::Texts);
    let report = library
        .reindex(move |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        })
        .await?;
    if reindex.json {
        terminal::json(&report)?;
    } else {
        terminal::text(&format!("indexed {} texts in {:.1} s\n", report.expressions, report.seconds))?;
    }
    Ok(Ending::Done)
}

pub(crate) async fn verify(library: &Library, verify: Verify) -> anyhow::Result<Ending> {
    let report = library.verify().await?;
    if verify.json {
        terminal::json(&report)?;
    } else {
        let mut text = String::new();
        for finding in &report.findings {
            let _ = writeln!(text, "{}: {} ({})", finding.subject, finding.message, finding.hint);
        }
        let _ = writeln!(
            text,
            "{} events, {} original files, {} texts: {}",
            report.events,
            report.originals,
            report.expressions,
            if report.sound { "all sound".to_owned() } else { format!("{} findings", report.findings.len()) }
        );
        terminal::text(&text)?;
    }
    Ok(if report.sound { Ending::Done } else { Ending::NotSound })
}
