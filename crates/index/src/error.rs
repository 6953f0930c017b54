//! What can go wrong with an index.

use std::path::PathBuf;

/// Why an index did not open, take in or answer.
///
/// Where [`Self::needs_rebuilding`], the folder can be created anew and filled from the store; nothing is lost.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none.
    #[error("there is no index in {0}: create one")]
    Missing(PathBuf),
    /// It was written by another version of the program.
    #[error("the index in {path} has format {found}, this program writes format {expected}: rebuild it")]
    OtherFormat {
        /// The folder.
        path: PathBuf,
        /// The format of the folder.
        found: u32,
        /// The format of this program.
        expected: u32,
    },
    /// It was written with another thesaurus, so that it knows other concepts.
    #[error("the index in {0} was written with another thesaurus: rebuild it")]
    OtherThesaurus(PathBuf),
    /// It cannot be read.
    #[error("the index in {path} is damaged ({reason}): rebuild it")]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another writer is at work.
    #[error("another program is writing to the index: wait until it has finished")]
    Busy,
    /// The machine failed.
    #[error("the index could not be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The engine failed.
    #[error("the search engine failed: {0}")]
    Engine(String),
}

impl IndexError {
    /// Whether the folder should be created anew.
    pub fn needs_rebuilding(&self) -> bool {
        matches!(
            self,
            Self::Missing(_) | Self::OtherFormat { .. } | Self::OtherThesaurus(_) | Self::Damaged { .. }
        )
    }
}
