//! Why a use case could not be carried out.

use std::path::PathBuf;

use crate::address::ParseAddressError;
use crate::withdraw::Tombstone;

/// Why a use case could not be carried out. A bad source is not among these: it is a problem in a report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is kept at that address.
    #[error("{0} is not in this library: search for it, or import it with `merida import`")]
    NotFound(String),
    /// What was kept at that address is withdrawn.
    #[error("{0}")]
    Withdrawn(Box<Tombstone>),
    /// What was asked for cannot be done to what is there.
    #[error("{0}")]
    Request(String),
    /// An argument is not the address of anything.
    #[error(transparent)]
    Address(#[from] ParseAddressError),
    /// A folder or file that had to be read or written could not be.
    #[error("cannot {action} {path}: {source}")]
    File {
        /// What was tried: `read`, `write`, `create`.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] merida_store::Error),
    /// The index refused.
    #[error("{0}")]
    Index(String),
    /// A measure could not be taken.
    #[error("{0}")]
    Evaluation(String),
    /// A worker ended before its work was done.
    #[error("a worker ended before its work was done: {0}; run the command again")]
    Worker(String),
}

impl Error {
    pub(crate) fn file(action: &'static str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::File { action, path: path.into(), source }
    }
}
