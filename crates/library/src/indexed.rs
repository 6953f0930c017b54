//! The index as a library uses it: searched without blocking, kept level with the store, built anew where it must be.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use merida_index::{Index, IndexError, Marker, Request, Results, Settings, Writer};
use merida_law::{ExpressionUri, TaggedDocument, WorkUri};
use merida_store::Store;
use tokio::sync::mpsc;

use crate::Error;
use crate::open::blocking;

impl From<IndexError> for Error {
    fn from(error: IndexError) -> Self {
        Self::Index(error.to_string())
    }
}

/// The index of a library. It is derived: whatever is wrong with it, the store can build it anew.
pub(crate) struct Indexed {
    folder: PathBuf,
    settings: Settings,
    current: RwLock<Opened>,
    looked: Mutex<Instant>,
}

#[derive(Clone)]
struct Opened {
    index: Index,
    /// The stamp that this object knows of; another process may have written a later one.
    stamp: Option<u64>,
}

/// How an index is brought level with the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Update {
    /// Only what changed since its stamp.
    CatchUp,
    /// Everything, into an empty index.
    Rebuild,
}

/// What an update did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Updated {
    /// Expressions put in.
    pub(crate) expressions: u64,
    /// Whether the index was built anew.
    pub(crate) rebuilt: bool,
}

/// A change for the thread that writes.
enum Change {
    Remove(ExpressionUri),
    Put(Box<TaggedDocument>),
    Level(u64),
}

/// How often a searcher looks whether another process has written to the index.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Documents that wait for the writing thread; few, for they are whole laws.
const WAITING: usize = 4;
/// From how many expressions on it pays to merge segments after writing.
const MANY: u64 = 64;
const EVENTS_AT_ONCE: u32 = 1_000;

impl Indexed {
    /// Opens the index in `folder`; makes an empty one, with the reason, where there is none that can be used.
    pub(crate) fn open(folder: &Path, memory: usize) -> Result<(Self, Option<String>), Error> {
        let settings = Settings { writer_bytes: memory, ..Settings::default() };
        fs::create_dir_all(folder).map_err(|e| Error::file("create", folder, e))?;
        let place = folder.join("index");
        let (index, reason) = match Index::open(&place, settings.clone()) {
            Ok(index) => (index, None),
            Err(error) if error.needs_rebuilding() => {
                let _lock = lock(folder)?;
                // Another process may have built it while this one waited.
                match Index::open(&place, settings.clone()) {
                    Ok(index) => (index, None),
                    Err(_) => (Index::create(&place, settings.clone())?, Some(error.to_string())),
                }
            }
            Err(error) => return Err(error.into()),
        };
        let current = Opened { stamp: index.stamp(), index };
        let indexed = Self {
            folder: folder.to_owned(),
            settings,
            current: RwLock::new(current),
            looked: Mutex::new(Instant::now()),
        };
        Ok((indexed, reason))
    }

    fn place(&self) -> PathBuf {
        self.folder.join("index")
    }

    fn opened(&self) -> Opened {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, index: Index, stamp: Option<u64>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Opened { index, stamp };
    }

    /// The event up to which the index holds everything (none for an empty one), and how many provisions it holds of
    /// each expression; as it lies on the disk now. Blocking.
    pub(crate) fn held(&self) -> Result<(Option<u64>, HashMap<ExpressionUri, usize>), Error> {
        let index = Index::open(&self.place(), self.settings.clone())?;
        Ok((index.stamp(), index.holdings()))
    }

    /// Opens the index again if another process has written to it. Blocking.
    fn refresh(&self) -> Result<Opened, Error> {
        let opened = self.opened();
        let stamp = opened.index.stamp();
        if stamp.is_none() || stamp == opened.stamp {
            return Ok(opened);
        }
        let index = Index::open(&self.place(), self.settings.clone())?;
        self.replace(index, stamp);
        Ok(self.opened())
    }

    /// What a question marks in texts. Blocking.
    pub(crate) fn marker(&self, question: &str) -> Result<Marker, Error> {
        Ok(self.opened().index.marker(question)?)
    }

    /// Answers a request. Blocking.
    pub(crate) fn search(&self, request: &Request) -> Result<Results, Error> {
        Ok(self.index().search(request)?)
    }

    /// The index as it lies on the disk, or nearly so. Blocking.
    pub(crate) fn index(&self) -> Index {
        let due = {
            let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            let due = looked.elapsed() > LOOK_EVERY;
            if due {
                *looked = Instant::now();
            }
            due
        };
        // While another process writes there may be nothing to open; the last state answers until there is.
        let opened = if due { self.refresh().unwrap_or_else(|_| self.opened()) } else { self.opened() };
        opened.index
    }

    /// Brings the index level with `store`. `progress` hears how many expressions are done, of how many.
    ///
    /// Only one process writes at a time; the others wait and then find less to do. An update that is interrupted
    /// leaves the last committed state and its stamp, from which the next one goes on.
    pub(crate) async fn update(
        self: &Arc<Self>,
        store: &Store,
        update: Update,
        progress: &(dyn Fn(u64, u64) + Send + Sync),
    ) -> Result<Updated, Error> {
        let this = Arc::clone(self);
        let (_lock, opened) =
            blocking(move || Ok::<_, Error>((lock(&this.folder)?, this.refresh()?))).await??;
        let last = store.last_sequence().await?;
        let stamp = opened.index.stamp();
        // A stamp from the future: the database was put back to an earlier state, and the index was not.
        let rebuilt = update == Update::Rebuild || stamp.is_some_and(|stamp| stamp > last);
        if !rebuilt && stamp.unwrap_or(0) == last {
            return Ok(Updated::default());
        }
        let index = if rebuilt {
            let (place, settings) = (self.place(), self.settings.clone());
            blocking(move || Index::create(&place, settings)).await??
        } else {
            opened.index
        };
        let works = if rebuilt { None } else { Some(changed_works(store, stamp.unwrap_or(0)).await?) };
        let expressions = write(index.clone(), store, works, last, progress).await?;
        self.replace(index, Some(last));
        Ok(Updated { expressions, rebuilt })
    }
}

/// The right to write to the index in `folder`, held until it is dropped or the process ends. Blocking.
fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("index.lock");
    let file =
        File::options().create(true).append(true).open(&path).map_err(|e| Error::file("create", &path, e))?;
    file.lock().map_err(|e| Error::file("lock", &path, e))?;
    Ok(file)
}

/// The works that events after `stamp` speak of.
async fn changed_works(store: &Store, stamp: u64) -> Result<BTreeSet<WorkUri>, Error> {
    let mut works = BTreeSet::new();
    let mut after = stamp;
    loop {
        let events = store.events_since(after, EVENTS_AT_ONCE).await?;
        let Some(last) = events.last() else { return Ok(works) };
        after = last.sequence;
        works.extend(events.iter().filter_map(|event| work_of(&event.subject)));
    }
}

/// The work that an event speaks of: as a whole, or by one of its expressions.
fn work_of(subject: &str) -> Option<WorkUri> {
    match subject.parse::<ExpressionUri>() {
        Ok(expression) => Some(expression.work().clone()),
        Err(_) => subject.parse().ok(),
    }
}

/// Puts the current expressions of `works` (of all, if none) and takes out the others, then stamps the index.
async fn write(
    index: Index,
    store: &Store,
    works: Option<BTreeSet<WorkUri>>,
    last: u64,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<u64, Error> {
    let (sender, receiver) = mpsc::channel(WAITING);
    let writing = tokio::task::spawn_blocking(move || write_changes(index.writer()?, receiver));
    let fed = feed(store, works, last, progress, &sender).await;
    drop(sender);
    // If writing failed, that is the reason why feeding did.
    let written = writing.await.map_err(|e| Error::Worker(e.to_string()))?;
    written?;
    fed
}

async fn feed(
    store: &Store,
    works: Option<BTreeSet<WorkUri>>,
    last: u64,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
    sender: &mpsc::Sender<Change>,
) -> Result<u64, Error> {
    let gone = |_| Error::Worker("the index stopped writing".to_owned());
    let (mut put, mut total) = (0, 0);
    let current = match works {
        None => store.current().await?,
        Some(works) => {
            let mut current = Vec::new();
            for work in works {
                for record in store.expressions(&work).await? {
                    let uri = record.expression.uri;
                    if record.superseded_by.is_some() || record.withdrawn.is_some() {
                        sender.send(Change::Remove(uri)).await.map_err(gone)?;
                    } else {
                        current.push(uri);
                    }
                }
            }
            current
        }
    };
    total += current.len() as u64;
    for uri in current {
        if let Some(document) = store.document(&uri).await? {
            sender.send(Change::Put(Box::new(document))).await.map_err(gone)?;
            put += 1;
            progress(put, total);
        }
    }
    sender.send(Change::Level(last)).await.map_err(gone)?;
    Ok(put)
}

/// Writes what comes, and commits when told that the index is level; otherwise nothing of it lasts. Blocking.
fn write_changes(mut writer: Writer, mut changes: mpsc::Receiver<Change>) -> Result<(), Error> {
    let mut put = 0;
    while let Some(change) = changes.blocking_recv() {
        match change {
            Change::Remove(uri) => writer.remove_expression(&uri)?,
            Change::Put(document) => {
                writer.put_document(&document)?;
                put += 1;
            }
            Change::Level(stamp) if put >= MANY => return Ok(writer.finish(stamp)?),
            Change::Level(stamp) => writer.commit(stamp)?,
        }
    }
    Ok(())
}
