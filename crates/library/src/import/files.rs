//! Files read on several threads and handed on in order, so that an import is the same every time.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use merida_law::Problem;
use tokio::task::JoinHandle;

use crate::Error;
use crate::import::gather::{Gathered, Job, gather};
use crate::import::read::{FileRead, Reader};
use crate::import::{DocumentReport, Progress, SourceProblem};
use crate::open::blocking;

/// The files of one import, being read.
pub(crate) struct Files {
    jobs: std::vec::IntoIter<Job>,
    /// What was noted that concerns no file of its own.
    pub(crate) notes: Vec<SourceProblem>,
    reader: Arc<Reader>,
    /// Files that are being read or wait to be taken, in order: at most twice as many as are read at once, which
    /// bounds memory.
    ahead: VecDeque<(FileRead, JoinHandle<FileRead>)>,
    window: usize,
    /// How many are read at once.
    turns: Arc<tokio::sync::Semaphore>,
}

impl Files {
    /// The files that `paths` name.
    pub(crate) async fn find(
        paths: Vec<PathBuf>,
        reader: Reader,
        workers: usize,
        progress: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<Self, Error> {
        let Gathered { jobs, notes } = blocking(move || gather(&paths)).await?;
        progress(Progress::Found { files: jobs.len() as u64, bytes: jobs.iter().map(|job| job.size).sum() });
        let workers = workers.max(1);
        Ok(Self {
            jobs: jobs.into_iter(),
            notes,
            reader: Arc::new(reader),
            ahead: VecDeque::new(),
            window: workers * 2,
            turns: Arc::new(tokio::sync::Semaphore::new(workers)),
        })
    }

    /// The next file, read; none after the last.
    pub(crate) async fn next(&mut self) -> Option<FileRead> {
        while self.ahead.len() < self.window
            && let Some(job) = self.jobs.next()
        {
            let lost = FileRead::nothing(&job, DocumentReport::of(&job));
            let (reader, turns) = (Arc::clone(&self.reader), Arc::clone(&self.turns));
            let task = tokio::spawn(async move {
                let _turn = turns.acquire_owned().await;
                let read = tokio::task::spawn_blocking(move || reader.read(job)).await;
                read.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic()))
            });
            self.ahead.push_back((lost, task));
        }
        let (mut lost, task) = self.ahead.pop_front()?;
        Some(task.await.unwrap_or_else(|_| {
            // Readers do not panic; if one does, one file is lost and not the run.
            let hint = "this is a fault in the program: please report it with the file";
            lost.report.problems.push(Problem::error("reading the file failed unexpectedly", hint));
            lost
        }))
    }
}
