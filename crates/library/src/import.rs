//! Taking in files and folders.

use std::path::PathBuf;

use merida_law::{
    Authority, ExpressionUri, Jurisdiction, Language, LegalDate, Problem, SourceFormat, Status, WorkKind, WorkUri,
};
use serde::Serialize;

use crate::{Error, Library, Timestamp};

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
        let _ = (request, at, progress);
        todo!()
    }
}
