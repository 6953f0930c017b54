//! Opening a library, and mending what an interrupted run left behind.

use std::path::PathBuf;

use merida_law::Taxonomy;
use serde::Serialize;

use crate::{Error, Timestamp};

/// Where a library lies and how it is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the library; made if it is not there.
    pub data_dir: PathBuf,
    /// Whether to take in the works that the binary ships when the library is empty.
    pub seed: bool,
    /// Memory for the index while it is written, in bytes.
    pub index_memory: usize,
    /// How many threads read sources at once.
    pub workers: usize,
}

impl Options {
    /// The library in `data_dir`, otherwise as usual.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), seed: true, index_memory: 96 << 20, workers: 2 }
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
pub struct Library {}

impl Library {
    /// Opens the library of `options`, makes it if it is not there, and mends the index if it lags behind the store.
    ///
    /// # Errors
    /// If the folder cannot be written or what lies there is not a library.
    pub async fn open(options: Options, at: Timestamp) -> Result<Self, Error> {
        let _ = (options, at);
        todo!()
    }

    /// What was found and done when this library was opened.
    pub fn opening(&self) -> &Opening {
        todo!()
    }

    /// The chapters and articles of the Convention.
    pub fn taxonomy(&self) -> &'static Taxonomy {
        todo!()
    }
}
