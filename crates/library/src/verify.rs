//! Whether everything kept is still as it was kept.

use serde::Serialize;

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
    /// The index.
    Index,
}

impl Library {
    /// Recomputes the chain of events and the hashes of all originals and texts, and compares the index with the
    /// store.
    ///
    /// # Errors
    /// If the library cannot be read at all; what can be read and is wrong is a finding.
    pub async fn verify(&self) -> Result<VerifyReport, Error> {
        todo!()
    }
}
