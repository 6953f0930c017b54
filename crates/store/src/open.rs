//! Opening a store.

use std::fs;
use std::path::Path;

use crate::database::{self, ColumnAccess, Pool, query};
use crate::{Error, Originals};

/// The database and the original files of one library. Cheap to clone; several processes may have it open at once.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) readers: Pool,
    pub(crate) writer: Pool,
    originals: Originals,
}

impl Store {
    /// Opens the store in `folder` (`merida.sqlite` and `originals/`), makes it if it is not there, and brings an
    /// older form of it up to date.
    ///
    /// # Errors
    /// If the folder cannot be written, what lies there is no store, or it was written by a later version.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|e| Error::file("create", folder, e))?;
        let originals = Originals::open(folder.join("originals"))?;
        let (readers, writer) = database::open(&folder.join("merida.sqlite")).await?;
        Ok(Self { readers, writer, originals })
    }

    /// The original files.
    pub fn originals(&self) -> &Originals {
        &self.originals
    }

    /// The number of the last event; 0 for an empty store.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn last_sequence(&self) -> Result<u64, Error> {
        let row = query("SELECT COALESCE(MAX(sequence), 0) FROM events").fetch_one(&self.readers).await?;
        Ok(row.try_get::<i64, _>(0)?.unsigned_abs())
    }

    /// What the program remembered under `name`; none if nothing.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let row =
            query("SELECT value FROM facts WHERE name = $1").bind(name).fetch_optional(&self.readers).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Remembers `value` under `name`.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_fact(&self, name: &str, value: &str) -> Result<(), Error> {
        query("INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
            .bind(name)
            .bind(value)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Ends all connections; what was published stays published without this.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
