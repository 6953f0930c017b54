//! Opening a library, and mending what an interrupted run left behind.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use merida_ingest::{Ingest, Limits, Metadata};
use merida_law::{Authority, Severity, Taxonomy};
use merida_store::{Store, sha256};
use serde::Serialize;

use crate::browse::Counted;
use crate::import::gather::Job;
use crate::import::read::Reader;
use crate::indexed::{Indexed, Update};
use crate::{Error, Timestamp};

/// Where a library lies and how it is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the library; made if it is not there.
    pub data_dir: PathBuf,
    /// Whether to take in the works that the binary ships, where this library does not have them yet.
    pub seed: bool,
    /// Memory for the index while it is written, in bytes.
    pub index_memory: usize,
    /// How many files are read at once.
    pub workers: usize,
}

impl Options {
    /// The library in `data_dir`, otherwise as usual.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        let workers = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 16);
        Self { data_dir: data_dir.into(), seed: true, index_memory: 96 << 20, workers }
    }
}

/// What was found and done when a library was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// Whether the folder held no library before.
    pub created: bool,
    /// Works taken in from those that the binary ships.
    pub seeded: u64,
    /// What was done to the index.
    pub repair: Repair,
}

/// What was done to the index when a library was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "repair")]
pub enum Repair {
    /// It agreed with the store.
    #[default]
    None,
    /// It lagged behind the store, and the missing expressions were added.
    CaughtUp {
        /// How many expressions.
        expressions: u64,
    },
    /// It was missing, broken or of an older form, and was built anew.
    Rebuilt {
        /// How many expressions.
        expressions: u64,
        /// Why.
        reason: String,
    },
}

/// A folder of kept laws and the index over them. Cheap to clone; safe to share between threads.
#[derive(Clone)]
pub struct Library {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    indexed: Arc<Indexed>,
    options: Options,
    opening: Opening,
    counted: Mutex<Option<Arc<Counted>>>,
}

impl Library {
    /// Opens the library of `options`, makes it if it is not there, takes in the shipped works that it lacks, and
    /// mends the index if it lags behind the store.
    ///
    /// # Errors
    /// If the folder cannot be written or what lies there is not a library.
    pub async fn open(options: Options, at: Timestamp) -> Result<Self, Error> {
        let store = Store::open(&options.data_dir).await?;
        let mut opening = Opening { created: store.last_sequence().await? == 0, ..Opening::default() };
        if options.seed {
            opening.seeded = seed(&store, at).await?;
        }
        let (folder, memory) = (options.data_dir.clone(), options.index_memory);
        let (indexed, reason) = blocking(move || Indexed::open(&folder, memory)).await??;
        let indexed = Arc::new(indexed);
        let updated = indexed.update(&store, Update::CatchUp, &|_, _| ()).await?;
        let ahead = || "the index was ahead of the database".to_owned();
        opening.repair = match (reason, updated.expressions) {
            (None, 0) if !updated.rebuilt => Repair::None,
            (None, expressions) if !updated.rebuilt => Repair::CaughtUp { expressions },
            (reason, expressions) => Repair::Rebuilt { expressions, reason: reason.unwrap_or_else(ahead) },
        };
        let inner = Inner { store, indexed, options, opening, counted: Mutex::new(None) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What was found and done when this library was opened.
    pub fn opening(&self) -> &Opening {
        &self.inner.opening
    }

    /// The chapters and articles of the Convention.
    pub fn taxonomy(&self) -> &'static Taxonomy {
        merida_ingest::taxonomy()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn indexed(&self) -> &Arc<Indexed> {
        &self.inner.indexed
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn counted(&self) -> &Mutex<Option<Arc<Counted>>> {
        &self.inner.counted
    }
}

/// Runs `work` on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Worker(e.to_string()))
}

const SHIPPED: &str = "shipped";
/// How many shipped works are read at once.
const AT_ONCE: usize = 8;

/// Takes in the shipped works, unless exactly these were taken in before. Gives how many changed something.
async fn seed(store: &Store, at: Timestamp) -> Result<u64, Error> {
    let shipped = merida_ingest::shipped();
    let mut names = Vec::new();
    for (name, bytes) in &shipped {
        names.push(format!("{name} {}", sha256(bytes)));
    }
    let edition = sha256(names.join("\n").as_bytes()).to_string();
    if store.fact(SHIPPED).await?.as_deref() == Some(edition.as_str()) {
        return Ok(0);
    }
    let reader = Reader {
        ingest: Ingest::new(Limits::default()),
        fallback: Metadata { authority: Some(Authority::Digest), ..Metadata::default() },
        originals: Some(store.originals().clone()),
    };
    let reader = Arc::new(reader);
    let mut seeded = 0;
    for some in shipped.chunks(AT_ONCE) {
        let reading: Vec<_> = some
            .iter()
            .map(|&(name, bytes)| {
                let reader = Arc::clone(&reader);
                tokio::task::spawn_blocking(move || reader.read_bytes(&Job::shipped(name), bytes))
            })
            .collect();
        for read in reading {
            let read = read.await.map_err(|e| Error::Worker(e.to_string()))?;
            // A shipped work that does not read is a fault of the build, which its own tests find.
            let faulty = read.report.problems.iter().any(|p| p.severity == Severity::Error);
            let Some(document) = read.document.filter(|_| !faulty) else { continue };
            let receipt = store.publish_from(&document, Some(read.place), at, "merida").await?;
            seeded += u64::from(receipt.sequence.is_some());
        }
    }
    store.set_fact(SHIPPED, &edition).await?;
    Ok(seeded)
}
