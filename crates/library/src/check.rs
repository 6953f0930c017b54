//! Reading files without keeping anything.

use std::path::PathBuf;

use crate::import::{Declared, ImportReport, Progress};
use crate::Error;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct CheckRequest {
    /// Files and folders, as for an import.
    pub paths: Vec<PathBuf>,
    /// What holds for every file where neither the file nor a manifest says otherwise.
    pub declared: Declared,
}

impl CheckRequest {
    /// Reads what is named as an import would, keeps nothing, and says what an import would have found. Needs no
    /// library.
    ///
    /// # Errors
    /// If a worker ends before its work is done.
    pub async fn run(self, progress: impl Fn(Progress) + Send + Sync + 'static) -> Result<ImportReport, Error> {
        let _ = progress;
        todo!()
    }
}
