//! Original files, kept under their hash.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use merida_law::Sha256;

use crate::{Error, sha256};

/// A folder of files named by the SHA-256 of their bytes: `ab/cdef…`.
#[derive(Clone, Debug)]
pub struct Originals {
    folder: PathBuf,
}

impl Originals {
    pub(crate) fn open(folder: PathBuf) -> Result<Self, Error> {
        fs::create_dir_all(&folder).map_err(|e| Error::file("create", &folder, e))?;
        Ok(Self { folder })
    }

    /// Where the file of that hash lies.
    pub fn path(&self, hash: &Sha256) -> PathBuf {
        let name = hash.to_string();
        self.folder.join(&name[..2]).join(&name[2..])
    }

    /// Keeps `bytes`, unless they are kept already. Blocking; safe to call from any thread and process.
    ///
    /// The file appears whole or not at all: it is written beside its place, brought to the disk and then renamed.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn keep(&self, bytes: &[u8]) -> Result<Sha256, Error> {
        let hash = sha256(bytes);
        let path = self.path(&hash);
        if fs::metadata(&path).is_ok_and(|m| m.len() == bytes.len() as u64) {
            return Ok(hash);
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|e| Error::file("create", folder, e))?;
        write_whole(folder, &path, bytes).map_err(|e| Error::file("write", &path, e))?;
        Ok(hash)
    }

    /// The bytes of the file of that hash; none if it is not kept. Blocking. The hash is not recomputed.
    ///
    /// # Errors
    /// If the file is there and cannot be read.
    pub fn read(&self, hash: &Sha256) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path(hash);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::file("read", path, e)),
        }
    }
}

fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // The name, too, must be on the disk before the database speaks of it.
    fs::File::open(folder)?.sync_all()
}
