//! The engine: runs a plan on tantivy's postings.
//!
//! Only this folder knows tantivy. It gives term dictionaries, postings, positions, columns, stored text and merging;
//! matching, ranking, counting and grouping are ours (see `score` and `collect`), because every answer is counted by
//! every facet, which leaves nothing to be skipped.

mod collect;
mod complete;
mod concepts;
mod context;
mod facets;
mod holdings;
mod meets;
mod near;
mod schema;
mod score;
pub(crate) mod similar;
mod snapshot;
mod stored;
pub(crate) mod table;
mod vocabulary;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use tantivy::directory::MmapDirectory;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use crate::query::{Expander, Plan, Reader};
use crate::ranking::Ranking;
use crate::snippet::Marker;
use crate::{IndexError, Request, Results, Thesaurus};
use schema::{FORMAT, Fields};
use snapshot::Snapshot;
use table::{Extent, Table};
pub use writer::Writer;

/// How an index uses the machine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many threads answer one query; 0 for one a processor, at most 4.
    pub search_threads: usize,
    /// How many threads write; 0 for one a processor, at most 4.
    pub writer_threads: usize,
    /// How many bytes writing may hold before it makes a segment, for all threads together.
    pub writer_bytes: usize,
    /// How answers are ranked; none for the ranking that ships.
    pub ranking: Option<Ranking>,
    /// The concepts that are found in texts and queries; none for the thesaurus that ships.
    pub thesaurus: Option<Arc<Thesaurus>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { search_threads: 0, writer_threads: 0, writer_bytes: 192 << 20, ranking: None, thesaurus: None }
    }
}

impl Settings {
    fn thesaurus(&self) -> &Arc<Thesaurus> {
        self.thesaurus.as_ref().unwrap_or(Thesaurus::shipped())
    }
}

/// A full-text index of laws. Cheap to clone; clones are the same index.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

struct Inner {
    folder: Option<PathBuf>,
    settings: Settings,
    engine: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    table: Mutex<Table>,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// What a commit says of itself.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
struct Payload {
    format: u32,
    /// The thesaurus with which entries were put.
    thesaurus: u64,
    stamp: u64,
    extent: Extent,
}

impl Index {
    /// Makes an empty index in `folder`. Whatever index is there is thrown away.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn create(folder: &Path, settings: Settings) -> Result<Self, IndexError> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        let table = Table::new(FORMAT);
        table.write(folder)?;
        let (schema, _) = schema::schema();
        let directory = MmapDirectory::open(folder).map_err(|error| IndexError::Engine(error.to_string()))?;
        let engine = tantivy::Index::create(directory, schema, engine_settings()).map_err(engine_error)?;
        Self::assemble(Some(folder), settings, engine, table)
    }

    /// Opens the index in `folder`.
    ///
    /// # Errors
    ///
    /// [`IndexError::needs_rebuilding`] where there is none, or it has another format, or it is damaged.
    pub fn open(folder: &Path, settings: Settings) -> Result<Self, IndexError> {
        if !folder.join("meta.json").is_file() {
            return Err(IndexError::Missing(folder.to_owned()));
        }
        let damaged = |reason: String| IndexError::Damaged { path: folder.to_owned(), reason };
        let engine = tantivy::Index::open_in_dir(folder).map_err(|error| damaged(error.to_string()))?;
        let (schema, _) = schema::schema();
        let other_format =
            |found| IndexError::OtherFormat { path: folder.to_owned(), found, expected: FORMAT };
        if engine.schema() != schema {
            return Err(other_format(0));
        }
        let payload = payload(&engine).map_err(|error| damaged(error.to_string()))?;
        if let Some(payload) = payload
            && payload.format != FORMAT
        {
            return Err(other_format(payload.format));
        }
        if let Some(payload) = payload
            && payload.thesaurus != settings.thesaurus().fingerprint()
        {
            return Err(IndexError::OtherThesaurus(folder.to_owned()));
        }
        let extent = payload.unwrap_or_default().extent;
        let table = Table::read(folder, FORMAT, extent)?;
        Self::assemble(Some(folder), settings, engine, table).map_err(|error| match error {
            IndexError::Engine(reason) => damaged(reason),
            error => error,
        })
    }

    /// Makes an empty index in memory.
    ///
    /// # Errors
    ///
    /// Where the engine cannot be set up.
    pub fn in_memory(settings: Settings) -> Result<Self, IndexError> {
        let (schema, _) = schema::schema();
        let directory = tantivy::directory::RamDirectory::create();
        let engine = tantivy::Index::create(directory, schema, engine_settings()).map_err(engine_error)?;
        Self::assemble(None, settings, engine, Table::new(FORMAT))
    }

    fn assemble(
        folder: Option<&Path>,
        settings: Settings,
        engine: tantivy::Index,
        table: Table,
    ) -> Result<Self, IndexError> {
        schema::register(&engine, settings.thesaurus());
        let (_, fields) = schema::schema();
        let reader: IndexReader =
            engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine_error)?;
        let snapshot =
            Snapshot::load(reader.searcher(), fields, &table, settings.thesaurus()).map_err(engine_error)?;
        let inner = Inner {
            folder: folder.map(Path::to_owned),
            settings,
            engine,
            reader,
            fields,
            table: Mutex::new(table),
            snapshot: RwLock::new(Arc::new(snapshot)),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The number that the last commit was given, none before the first. The library gives the number of the store's
    /// last event, and so sees whether the index lags behind.
    pub fn stamp(&self) -> Option<u64> {
        payload(&self.inner.engine).ok().flatten().map(|payload| payload.stamp)
    }

    /// How many provisions it holds.
    pub fn len(&self) -> usize {
        self.snapshot().len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The size of its files, in bytes; 0 in memory.
    pub fn bytes(&self) -> u64 {
        let Some(folder) = &self.inner.folder else { return 0 };
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
    }

    /// A writer. There is one at a time.
    ///
    /// # Errors
    ///
    /// [`IndexError::Busy`] while there is another.
    pub fn writer(&self) -> Result<Writer, IndexError> {
        Writer::new(Arc::clone(&self.inner))
    }

    /// Answers `request`. Every request has an answer; errors are those of the machine.
    ///
    /// # Errors
    ///
    /// Where files of the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Results, IndexError> {
        let snapshot = self.snapshot();
        let (interpretation, plan) = self.read(&snapshot, request);
        snapshot
            .answer(&plan, interpretation, request, self.ranking(), self.inner.search_threads())
            .map_err(engine_error)
    }

    /// What `request` is read as, without running it.
    pub fn interpret(&self, request: &Request) -> (crate::Interpretation, Plan) {
        self.read(&self.snapshot(), request)
    }

    /// Laws and provisions that may be meant by what was `typed` so far, the best first. Titles in one of `languages` come
    /// before others that fit as well.
    ///
    /// # Errors
    ///
    /// Where files of the index cannot be read.
    pub fn complete(
        &self,
        typed: &str,
        languages: &[merida_law::Language],
        most: usize,
    ) -> Result<Vec<crate::Offered>, IndexError> {
        self.snapshot().complete(typed, languages, most).map_err(engine_error)
    }

    /// Marks in texts what `query` asks for, as it is marked in answers to it.
    ///
    /// # Errors
    ///
    /// Where files of the index cannot be read.
    pub fn marker(&self, query: &str) -> Result<Marker, IndexError> {
        let snapshot = self.snapshot();
        let (_, plan) = self.read(&snapshot, &Request::new(query));
        // A phrase that stands nowhere was taken apart.
        let plan = match plan.otherwise.as_deref() {
            Some(otherwise) if !snapshot.can_be_met(&plan).map_err(engine_error)? => otherwise,
            _ => &plan,
        };
        Ok(Marker::new(plan, self.inner.settings.thesaurus()))
    }

    fn read(&self, snapshot: &Snapshot, request: &Request) -> (crate::Interpretation, Plan) {
        let mut analyser = crate::analysis::Analyser::default();
        let share = |lang, word: &str| snapshot.share(lang, word);
        let titled = |words: &[Vec<String>]| snapshot.is_titled(words);
        let thesaurus = self.inner.settings.thesaurus();
        let occurs = |concept| snapshot.concept_entries(concept) > 0;
        let expander =
            Expander { thesaurus, ranking: self.ranking(), langs: snapshot.langs(), occurs: &occurs };
        let mut reader = Reader {
            titled: &titled,
            langs: snapshot.langs(),
            ranking: self.ranking(),
            share: &share,
            corrections: std::collections::HashMap::new(),
            thesaurus,
            apart: false,
        };
        let mut reading = reader.read(request, &mut analyser);
        if !request.literal {
            // What cannot be read from the disk is not corrected; the search itself will say what is wrong.
            let mut corrections = match request.as_typed {
                true => std::collections::HashMap::new(),
                false => snapshot.corrections(&reading.plan).unwrap_or_default(),
            };
            if !corrections.is_empty() {
                // A term of law in a language that the library does not hold is not misspelt.
                let covered = expander.covered(&reading.interpretation, &mut analyser);
                corrections.retain(|word, _| !covered.contains(word));
            }
            if !corrections.is_empty() {
                reader.corrections = corrections;
                reading = reader.read(request, &mut analyser);
            }
            expander.expand(&mut reading, &mut analyser);
        }
        reading.interpretation.languages = snapshot.languages_of(&reading.plan);
        (reading.interpretation, reading.plan)
    }

    /// The best provisions of all for a plan: their expression, id and score, the best first. For evaluation.
    pub(crate) fn best(&self, plan: &Plan, count: usize) -> Result<Vec<(String, f32)>, IndexError> {
        self.snapshot().best(plan, count, self.ranking(), self.inner.search_threads()).map_err(engine_error)
    }

    pub(crate) fn ranking(&self) -> &Ranking {
        self.inner.settings.ranking.as_ref().unwrap_or(Ranking::shipped())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        let guard = self.inner.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&guard)
    }
}

impl Inner {
    fn reload(&self, table: &Table) -> Result<(), IndexError> {
        self.reader.reload().map_err(engine_error)?;
        let fresh = Snapshot::load(self.reader.searcher(), self.fields, table, self.settings.thesaurus())
            .map_err(engine_error)?;
        *self.snapshot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    fn search_threads(&self) -> usize {
        threads(self.settings.search_threads)
    }
}

/// The number of threads that a setting asks for.
fn threads(setting: usize) -> usize {
    match setting {
        0 => std::thread::available_parallelism().map_or(1, usize::from).min(4),
        asked => asked,
    }
}

fn engine_settings() -> IndexSettings {
    IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() }
}

fn payload(engine: &tantivy::Index) -> Result<Option<Payload>, TantivyError> {
    let metas = engine.load_metas()?;
    Ok(metas.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()))
}

fn engine_error(error: TantivyError) -> IndexError {
    match error {
        TantivyError::LockFailure(..) => IndexError::Busy,
        TantivyError::IoError(error) => IndexError::Io(std::io::Error::new(error.kind(), error.to_string())),
        error => IndexError::Engine(error.to_string()),
    }
}
