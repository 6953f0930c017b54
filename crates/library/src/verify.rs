//! Whether everything kept is still as it was kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use merida_store::{Flaw, FlawKind};
use serde::Serialize;

use crate::open::blocking;
use crate::{Error, Library};

/// What a verification looked at and found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Whether nothing was found.
    pub sound: bool,
    /// Events whose chain was recomputed.
    pub events: u64,
    /// Original files whose hash was recomputed.
    pub originals: u64,
    /// Expressions compared with the index.
    pub expressions: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Something that is not as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which part of the library.
    pub kind: FindingKind,
    /// What it is about: an event's number, a hash, a URI.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Which part of a library a finding concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// The chain of events.
    Chain,
    /// An original file.
    Original,
    /// The database: its own integrity, or references that lead nowhere.
    Database,
    /// The text of an expression, against the hash in its event.
    Text,
    /// The tags of an expression, against the hash in its event.
    Tags,
    /// The index.
    Index,
}

impl Library {
    /// Recomputes the chain of events and the hashes of all originals, texts and tags, and compares the index with
    /// the store, text by text.
    ///
    /// # Errors
    /// If the library cannot be read at all; what can be read and is wrong is a finding.
    pub async fn verify(&self) -> Result<VerifyReport, Error> {
        let verification = self.store().verify().await?;
        let mut report = VerifyReport {
            sound: false,
            events: verification.events,
            originals: verification.originals,
            expressions: verification.expressions,
            findings: verification.flaws.into_iter().map(finding).collect(),
        };
        self.compare_index(&mut report).await?;
        report.sound = report.findings.is_empty();
        Ok(report)
    }

    async fn compare_index(&self, report: &mut VerifyReport) -> Result<(), Error> {
        let mut kept: BTreeMap<String, usize> = BTreeMap::new();
        for uri in self.store().current().await? {
            // A text that does not read any more is found already; whatever the index holds of it is right.
            if let Ok(Some(document)) = self.store().document(&uri).await {
                kept.insert(uri.to_string(), document.units().count());
            }
        }
        let last = self.store().last_sequence().await?;
        let indexed = Arc::clone(self.indexed());
        let (stamp, held) = match blocking(move || indexed.held()).await? {
            Ok(held) => held,
            Err(error) => {
                report.findings.push(index_finding("index", error.to_string()));
                return Ok(());
            }
        };
        let stamp = stamp.unwrap_or(0);
        if stamp != last {
            let message = format!("it is level with event {stamp}, the store has {last}");
            report.findings.push(index_finding("index", message));
        }
        let held: BTreeMap<String, usize> =
            held.into_iter().map(|(uri, count)| (uri.to_string(), count)).collect();
        for (uri, &units) in kept.iter().filter(|(_, units)| **units > 0) {
            match held.get(uri) {
                None => report.findings.push(index_finding(uri, "it is missing from the index".to_owned())),
                Some(&held) if held != units => {
                    let message = format!("the index holds {held} of its provisions, the store {units}");
                    report.findings.push(index_finding(uri, message));
                }
                Some(_) => {}
            }
        }
        for (uri, count) in held.iter().filter(|(uri, _)| !kept.contains_key(*uri)) {
            let unreadable = report.findings.iter().any(|finding| finding.subject == **uri);
            if !unreadable {
                let message = format!("the index holds {count} provisions of it, which is not to be found");
                report.findings.push(index_finding(uri, message));
            }
        }
        Ok(())
    }
}

fn index_finding(subject: &str, message: String) -> Finding {
    let hint = "run `merida reindex`; nothing is lost".to_owned();
    Finding { kind: FindingKind::Index, subject: subject.to_owned(), message, hint }
}

fn finding(flaw: Flaw) -> Finding {
    let (kind, hint) = match flaw.kind {
        FlawKind::Chain => {
            (FindingKind::Chain, "the log was changed from outside: restore a backup, or find out who did")
        }
        FlawKind::Original => (FindingKind::Original, "restore the file from a backup, or import it again"),
        FlawKind::Database => {
            (FindingKind::Database, "restore the database from a backup, or import into a new library")
        }
        FlawKind::Text => {
            (FindingKind::Text, "restore the database from a backup, or import into a new library")
        }
        FlawKind::Tags => {
            (FindingKind::Tags, "import the source again, or restore the database from a backup")
        }
    };
    Finding { kind, subject: flaw.subject, message: flaw.message, hint: hint.to_owned() }
}
