//! Handing texts out: one work as a string, the library as a folder.

use std::path::Path;
use std::str::FromStr;

use merida_law::TaggedDocument;
use serde::Serialize;

use crate::open::blocking;
use crate::{Address, Error, Library, exchange};

pub(crate) mod akn;
mod folder;
pub(crate) mod markdown;
mod skos;

pub use skos::ThesaurusFormat;

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// Akoma Ntoso 1.0 XML.
    AkomaNtoso,
    /// Our own Markdown, with front matter; read back by an import to the same provisions.
    Markdown,
    /// JSON: `merida_law::TaggedDocument`.
    Json,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::AkomaNtoso, Self::Markdown, Self::Json];

    /// The name, as in URLs and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AkomaNtoso => "akn",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::AkomaNtoso => "application/akn+xml",
            Self::Markdown => "text/markdown",
            Self::Json => "application/json",
        }
    }

    /// The ending of file names, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::AkomaNtoso => "xml",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// The text is not a format of export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a format of export: use akn, md or json")]
pub struct UnknownExportFormat(String);

impl FromStr for ExportFormat {
    type Err = UnknownExportFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = match text {
            "akn" | "xml" | "akoma-ntoso" => Self::AkomaNtoso,
            "md" | "markdown" => Self::Markdown,
            "json" => Self::Json,
            _ => return Err(UnknownExportFormat(text.chars().take(40).collect())),
        };
        Ok(found)
    }
}

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// Works.
    pub works: u64,
    /// Expressions, one file each.
    pub expressions: u64,
    /// Original files.
    pub originals: u64,
    /// Bytes written.
    pub bytes: u64,
}

impl Library {
    /// One expression of a work as text in `format`; where the address names no expression, the current one of
    /// strongest authority.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing is kept there.
    pub async fn export(&self, address: &Address, format: ExportFormat) -> Result<String, Error> {
        let uri = self.choose(address, &[]).await?;
        let document = self.store().document(&uri).await?.ok_or_else(|| Error::NotFound(uri.to_string()))?;
        Ok(render(&document, format))
    }

    /// Writes every current expression in `format`, the original files and a manifest into `folder`, which is made if
    /// it is not there and must otherwise be empty. An import of the folder restores works, texts and tags exactly;
    /// beside each text in Akoma Ntoso, which cannot say all, lies one in JSON for that.
    ///
    /// # Errors
    /// If the folder cannot be written or is not empty.
    pub async fn export_folder(&self, folder: &Path, format: ExportFormat) -> Result<ExportReport, Error> {
        let mut export = folder::Folder::begin(folder, format)?;
        let mut works = std::collections::BTreeSet::new();
        for uri in self.store().current().await? {
            let Some(document) = self.store().document(&uri).await? else { continue };
            works.insert(document.work.uri.clone());
            let originals = self.store().originals().clone();
            export = blocking(move || export.add(&document, &originals).map(|()| export)).await??;
        }
        let mut report = blocking(move || export.end()).await??;
        report.works = works.len() as u64;
        Ok(report)
    }
}

/// A document as text.
fn render(document: &TaggedDocument, format: ExportFormat) -> String {
    match format {
        ExportFormat::AkomaNtoso => akn::write(document),
        ExportFormat::Markdown => markdown::write(document),
        ExportFormat::Json => exchange::to_json(document),
    }
}
