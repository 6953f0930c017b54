//! Reading files without keeping anything.

use std::path::PathBuf;
use std::time::Instant;

use merida_ingest::{Ingest, Limits};

use crate::Error;
use crate::import::files::Files;
use crate::import::read::Reader;
use crate::import::{Declared, ImportReport, Progress};

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
    pub async fn run(
        self,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<ImportReport, Error> {
        let started = Instant::now();
        let reader = Reader {
            ingest: Ingest::new(Limits::default()),
            fallback: self.declared.metadata(),
            originals: None,
        };
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let mut files = Files::find(self.paths, reader, workers, &progress).await?;
        let mut report =
            ImportReport { problems: std::mem::take(&mut files.notes), ..ImportReport::default() };
        while let Some(read) = files.next().await {
            let (path, outcome) = (read.report.path.clone(), read.report.outcome);
            progress(Progress::Kept { path, bytes: read.bytes, outcome });
            report.add(read.report, read.bytes);
        }
        report.totals.seconds = started.elapsed().as_secs_f64();
        Ok(report)
    }
}
