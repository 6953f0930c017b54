//! Why the store refused.

use std::path::PathBuf;

/// Why the store refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder of the store could not be read or written.
    #[error("cannot {action} {path}: {source}")]
    File {
        /// What was tried: `read`, `write`, `create`.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("the database refused: {0}; if the disk is not full, run `merida verify`")]
    Database(String),
    /// The database was written by a later version of this program.
    #[error("the library is of form {found}, this program knows up to {known}: use a newer `merida`")]
    TooNew {
        /// The form of the database.
        found: i64,
        /// The latest form that is known.
        known: i64,
    },
    /// Something kept does not read as what it was kept as.
    #[error("{what} in the database does not read as one: {message}; run `merida verify`")]
    Corrupt {
        /// What it was kept as.
        what: &'static str,
        /// Why it does not read.
        message: String,
    },
    /// A document whose parts do not fit together.
    #[error("the document cannot be kept: {0}")]
    Unsound(String),
    /// There is no such work or expression.
    #[error("{0} is not kept")]
    NotKept(String),
    /// An original file that a document names was not kept before it.
    #[error("the original file {0} is not kept: keep it before the document that names it")]
    NoOriginal(String),
}

impl Error {
    pub(crate) fn file(action: &'static str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::File { action, path: path.into(), source }
    }

    pub(crate) fn corrupt(what: &'static str, message: impl ToString) -> Self {
        Self::Corrupt { what, message: message.to_string() }
    }
}
