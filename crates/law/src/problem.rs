//! What was wrong with a source, said so that its owner can mend it.

use serde::{Deserialize, Serialize};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something may be wrong or missing; a person should look.
    Warning,
    /// The source, or the named part of it, could not be taken in.
    Error,
}

/// One thing that was wrong with a source. The message says what, the hint what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The line of the source, from 1, where the format has lines and the place is known.
    pub line: Option<u32>,
    /// What is wrong: lower case, concise.
    pub message: String,
    /// What to do about it; empty where there is nothing to do.
    pub hint: String,
}

impl Problem {
    /// Something worth knowing.
    pub fn note(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Note, line: None, message: message.into(), hint: hint.into() }
    }

    /// Something that a person should look at.
    pub fn warning(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::note(message, hint) }
    }

    /// Something that could not be taken in.
    pub fn error(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Error, ..Self::note(message, hint) }
    }

    /// The same problem, at a line of the source (from 1).
    #[must_use]
    pub fn at(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }
}
