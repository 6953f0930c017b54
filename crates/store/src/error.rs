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
    /// Something kept does not read as what it was kept as.
    #[error("{what} in the database does not read as one: {message}; run `merida verify`")]
    Corrupt {
        /// What it was kept as.
        what: &'static str,
        /// Why it does not read.
        message: String,
    },
}
