//! Taking in files and folders.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use merida_ingest::{Ingest, Limits};
use merida_law::{
    Authority, ExpressionUri, Jurisdiction, Language, LegalDate, Problem, Severity, SourceFormat, Status,
    WorkKind, WorkUri,
};
use merida_store::{Published, Receipt};
use serde::Serialize;
use tokio::task::JoinHandle;

use crate::indexed::Update;
use crate::{Error, Library, Timestamp};

pub(crate) mod files;
pub(crate) mod gather;
pub(crate) mod read;

use files::Files;
use read::{FileRead, Reader};

/// What to take in, and what is known of it beforehand.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// Files and folders. A folder with `MANIFEST.toml` is taken in by what it says; of any other folder, every file
    /// of a known format, recursively. Links that lead out of a folder are not followed.
    pub paths: Vec<PathBuf>,
    /// What holds for every file where neither the file nor a manifest says otherwise.
    pub declared: Declared,
    /// Who imports; goes into the event log.
    pub by: String,
}

/// What the importing person says of the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// Whose law.
    pub jurisdiction: Option<Jurisdiction>,
    /// In which language.
    pub language: Option<Language>,
    /// What kind of work.
    pub kind: Option<WorkKind>,
    /// The title, in the text's language.
    pub title: Option<String>,
    /// The title in English.
    pub title_en: Option<String>,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// The official number.
    pub number: Option<String>,
    /// Whether it is in force.
    pub status: Option<Status>,
    /// How far the text may be relied on.
    pub authority: Option<Authority>,
    /// The publisher's address of the text.
    pub url: Option<String>,
    /// Terms of re-use.
    pub licence: Option<String>,
}

/// How far an import is; handed to the callback from any thread.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Progress {
    /// The files were found.
    Found {
        /// How many.
        files: u64,
        /// Their size together.
        bytes: u64,
    },
    /// A file was read, and kept or refused.
    Kept {
        /// The file, as the report names it.
        path: String,
        /// Its size in bytes.
        bytes: u64,
        /// What became of it.
        outcome: Outcome,
    },
    /// The index is being written.
    Indexing,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A text that the library did not have.
    New,
    /// A new version of a text from the same source; the older one is superseded and kept.
    NewVersion,
    /// The same text; its tags or what is said of the work changed.
    Amended,
    /// The same bytes with the same metadata and tags: nothing changed.
    Unchanged,
    /// Read without being kept (`check`).
    Checked,
    /// Not taken in; the problems say why.
    Failed,
}

/// What an import did, document by document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// One entry a file, in order.
    pub documents: Vec<DocumentReport>,
    /// The sums.
    pub totals: Totals,
    /// What was noted that concerns no single document, such as a key that a manifest should not have.
    pub problems: Vec<SourceProblem>,
}

/// Something to know about a manifest or a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceProblem {
    /// The file or folder, as documents name theirs.
    pub path: String,
    /// What was noted.
    #[serde(flatten)]
    pub problem: Problem,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentReport {
    /// The file: as given, or relative to the folder that was given, with `/`.
    pub path: String,
    /// The work; none if nothing could be read.
    pub work: Option<WorkUri>,
    /// The expression; none if nothing could be read.
    pub expression: Option<ExpressionUri>,
    /// The format that was recognised.
    pub format: Option<SourceFormat>,
    /// The main language.
    pub language: Option<Language>,
    /// Whether it was detected rather than declared.
    pub language_detected: bool,
    /// Running text read, in characters that are not white space.
    pub chars_read: u64,
    /// Of those, how many ended in provisions.
    pub chars_placed: u64,
    /// How many provisions.
    pub provisions: u64,
    /// How many curated tags.
    pub tags: u64,
    /// How many suggested tags.
    pub suggested: u64,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// What became of it.
    pub outcome: Outcome,
    /// Running text that ended in no provision, with the reason.
    pub left_out: Vec<LeftOut>,
}

/// Running text that ended in no provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// How much, in characters that are not white space.
    pub chars: u64,
    /// Why.
    pub reason: String,
}

/// The sums of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Files.
    pub documents: u64,
    /// New texts.
    pub new: u64,
    /// New versions.
    pub new_versions: u64,
    /// Texts whose tags or description changed.
    pub amended: u64,
    /// Files that changed nothing.
    pub unchanged: u64,
    /// Files that were not taken in.
    pub failed: u64,
    /// Size of the files.
    pub bytes: u64,
    /// Running text read.
    pub chars_read: u64,
    /// Running text that ended in provisions.
    pub chars_placed: u64,
    /// Provisions.
    pub provisions: u64,
    /// Curated tags.
    pub tags: u64,
    /// Suggested tags.
    pub suggested: u64,
    /// Problems of severity error.
    pub errors: u64,
    /// Problems of severity warning.
    pub warnings: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Library {
    /// Takes in what `request` names and says what became of each file. `progress` is called from several threads.
    ///
    /// Each document is kept in one transaction; an interrupted run is completed by running it again. A file that
    /// cannot be read is a problem in the report, not an error.
    ///
    /// # Errors
    /// If the library itself cannot be written.
    pub async fn import(
        &self,
        request: ImportRequest,
        at: Timestamp,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<ImportReport, Error> {
        let started = Instant::now();
        let reader = Reader {
            ingest: Ingest::new(Limits::default()),
            fallback: request.declared.metadata(),
            originals: Some(self.store().originals().clone()),
        };
        let by = if request.by.is_empty() { "import" } else { request.by.as_str() };
        let mut files = Files::find(request.paths, reader, self.options().workers, &progress).await?;
        let mut report =
            ImportReport { problems: std::mem::take(&mut files.notes), ..ImportReport::default() };
        let mut index = Background::new(self);
        while let Some(read) = files.next().await {
            let bytes = read.bytes;
            let document = self.keep(read, at, by).await?;
            progress(Progress::Kept { path: document.path.clone(), bytes, outcome: document.outcome });
            report.add(document, bytes);
            index.kept(bytes).await?;
        }
        progress(Progress::Indexing);
        index.end().await?;
        report.totals.seconds = started.elapsed().as_secs_f64();
        Ok(report)
    }

    /// Publishes what was read from one file. Only a store that cannot be written is an error.
    async fn keep(&self, read: FileRead, at: Timestamp, by: &str) -> Result<DocumentReport, Error> {
        let FileRead { mut report, document, place, .. } = read;
        let Some(document) = document else { return Ok(report) };
        match self.store().publish_from(&document, Some(place), at, by).await {
            Ok(receipt) => {
                report.problems.extend(said_of(&receipt));
                report.expression = Some(receipt.expression);
                report.outcome = match receipt.published {
                    Published::New => Outcome::New,
                    Published::NewVersion { .. } => Outcome::NewVersion,
                    Published::Amended => Outcome::Amended,
                    Published::Unchanged => Outcome::Unchanged,
                };
            }
            Err(merida_store::Error::Unsound(message)) => {
                let hint = "this is a fault in reading it: please report it with the file";
                report.problems.push(Problem::error(format!("the document cannot be kept: {message}"), hint));
                report.outcome = Outcome::Failed;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(report)
    }
}

/// What the person who imports should know of how a document was kept.
fn said_of(receipt: &Receipt) -> Vec<Problem> {
    let mut said = Vec::new();
    for old in &receipt.replaced {
        let hint = "nothing is to be done if the description was corrected on purpose";
        said.push(Problem::note(
            format!("this source was {old} before; that is withdrawn, and its page points here"),
            hint,
        ));
    }
    if let Some(withdrawal) = &receipt.withdrawn {
        let day = withdrawal.at.split('T').next().unwrap_or_default();
        let address = if withdrawal.whole_work {
            receipt.expression.work().to_string()
        } else {
            receipt.expression.to_string()
        };
        said.push(Problem::warning(
            format!(
                "it was withdrawn on {day} ({}), and stays so: it is kept and not shown",
                withdrawal.reason
            ),
            format!("run `merida withdraw {address} --undo` to bring it back"),
        ));
    }
    said
}

impl ImportReport {
    pub(crate) fn add(&mut self, document: DocumentReport, bytes: u64) {
        let totals = &mut self.totals;
        totals.documents += 1;
        match document.outcome {
            Outcome::New => totals.new += 1,
            Outcome::NewVersion => totals.new_versions += 1,
            Outcome::Amended => totals.amended += 1,
            Outcome::Unchanged => totals.unchanged += 1,
            Outcome::Failed => totals.failed += 1,
            Outcome::Checked => {}
        }
        totals.bytes += bytes;
        totals.chars_read += document.chars_read;
        totals.chars_placed += document.chars_placed;
        totals.provisions += document.provisions;
        totals.tags += document.tags;
        totals.suggested += document.suggested;
        let count = |severity| document.problems.iter().filter(|p| p.severity == severity).count() as u64;
        totals.errors += count(Severity::Error);
        totals.warnings += count(Severity::Warning);
        self.documents.push(document);
    }
}

/// Brings the index level with the store while an import goes on, a good portion at a time.
struct Background<'a> {
    library: &'a Library,
    waiting: u64,
    running: Option<JoinHandle<Result<(), Error>>>,
}

/// How many bytes of sources make a portion.
const PORTION: u64 = 48 << 20;

impl<'a> Background<'a> {
    fn new(library: &'a Library) -> Self {
        Self { library, waiting: 0, running: None }
    }

    /// A file of that size was kept.
    async fn kept(&mut self, bytes: u64) -> Result<(), Error> {
        self.waiting += bytes;
        let busy = self.running.as_ref().is_some_and(|task| !task.is_finished());
        if self.waiting < PORTION || busy {
            return Ok(());
        }
        self.finish().await?;
        self.waiting = 0;
        let (indexed, store) = (Arc::clone(self.library.indexed()), self.library.store().clone());
        self.running = Some(tokio::spawn(async move {
            indexed.update(&store, Update::CatchUp, &|_, _| ()).await.map(|_| ())
        }));
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), Error> {
        match self.running.take() {
            Some(task) => task.await.map_err(|e| Error::Worker(e.to_string()))?,
            None => Ok(()),
        }
    }

    async fn end(mut self) -> Result<(), Error> {
        self.finish().await?;
        self.library.indexed().update(self.library.store(), Update::CatchUp, &|_, _| ()).await?;
        Ok(())
    }
}
