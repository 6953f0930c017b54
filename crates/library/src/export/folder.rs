//! A library as a folder: texts, original files, and a manifest that says what each is.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use merida_law::{Language, Origin, Sha256, SourceFormat, TaggedDocument};
use merida_store::{Originals, sha256};
use serde::Serialize;

use crate::Error;
use crate::exchange::{exact_path, original_path, to_json};
use crate::export::{ExportFormat, ExportReport, render};

/// A folder that is being written.
pub(crate) struct Folder {
    folder: PathBuf,
    format: ExportFormat,
    entries: Vec<Entry>,
    originals: HashSet<Sha256>,
    report: ExportReport,
}

#[derive(Serialize)]
struct Manifest {
    document: Vec<Entry>,
}

/// An entry of the manifest, in the words that an import reads.
#[derive(Serialize)]
struct Entry {
    path: String,
    jurisdiction: String,
    language: Language,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    languages: Vec<Language>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title_en: Option<String>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    status: &'static str,
    authority: &'static str,
    format: SourceFormat,
    bytes: u64,
    sha256: Sha256,
    source_path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    uncac: Vec<Tagged>,
}

#[derive(Serialize)]
struct Tagged {
    article: String,
    provisions: Vec<String>,
}

impl Folder {
    /// An empty folder to write into.
    pub(crate) fn begin(folder: &Path, format: ExportFormat) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|e| Error::file("create", folder, e))?;
        let mut entries = fs::read_dir(folder).map_err(|e| Error::file("read", folder, e))?;
        if entries.next().is_some() {
            let full = std::io::Error::new(
                std::io::ErrorKind::DirectoryNotEmpty,
                "the folder is not empty; name a new one",
            );
            return Err(Error::file("export into", folder, full));
        }
        Ok(Self {
            folder: folder.to_owned(),
            format,
            entries: Vec::new(),
            originals: HashSet::new(),
            report: ExportReport::default(),
        })
    }

    /// Writes a document and its original file. Blocking.
    pub(crate) fn add(&mut self, document: &TaggedDocument, originals: &Originals) -> Result<(), Error> {
        let source = &document.expression.source;
        let uri = document.expression.uri.to_string();
        let place = uri.strip_prefix("/akn/").unwrap_or(&uri);
        let path = format!("texts/{place}.{}", self.format.extension());
        let text = render(document, self.format);
        self.write(&path, text.as_bytes())?;
        if self.format == ExportFormat::AkomaNtoso {
            self.write(&exact_path(&path), to_json(document).as_bytes())?;
        }
        let original = original_path(&source.sha256, source.format);
        if self.originals.insert(source.sha256)
            && let Some(bytes) = originals.read(&source.sha256)?
        {
            self.write(&original, &bytes)?;
            self.report.originals += 1;
        }
        self.report.expressions += 1;
        self.entries.push(self.entry(document, path, text.as_bytes()));
        Ok(())
    }

    /// Writes the manifest, which makes the folder whole. Blocking.
    pub(crate) fn end(mut self) -> Result<ExportReport, Error> {
        let manifest = Manifest { document: std::mem::take(&mut self.entries) };
        let text = toml::to_string(&manifest)
            .map_err(|e| Error::file("write", self.folder.join("MANIFEST.toml"), std::io::Error::other(e)))?;
        self.write("MANIFEST.toml", text.as_bytes())?;
        Ok(self.report)
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| Error::file("create", parent, e))?;
        }
        fs::write(&path, bytes).map_err(|e| Error::file("write", &path, e))?;
        self.report.bytes += bytes.len() as u64;
        Ok(())
    }

    fn entry(&self, document: &TaggedDocument, path: String, text: &[u8]) -> Entry {
        let (work, expression) = (&document.work, &document.expression);
        let source = &expression.source;
        let language = expression.language();
        let others = &expression.other_languages;
        Entry {
            path,
            jurisdiction: work.jurisdiction.to_string(),
            language,
            languages: if others.is_empty() { Vec::new() } else { [&[language], others.as_slice()].concat() },
            title: work.title.clone(),
            title_en: work.title_en.clone(),
            kind: work.kind.as_str(),
            date: work.date.map(|d| d.to_string()),
            as_of: expression.uri.date().filter(|d| Some(*d) != work.date).map(|d| d.to_string()),
            number: work.number.clone(),
            status: work.status.as_str(),
            authority: expression.authority.as_str(),
            format: match self.format {
                ExportFormat::AkomaNtoso => SourceFormat::AkomaNtoso,
                ExportFormat::Markdown => SourceFormat::Markdown,
                ExportFormat::Json => SourceFormat::Json,
            },
            bytes: text.len() as u64,
            sha256: sha256(text),
            source_path: source.origin.clone(),
            url: source.url.clone(),
            licence: source.licence.clone(),
            note: source.note.clone(),
            uncac: tags_by_article(document),
        }
    }
}

/// Curated tags as a manifest names them: by the labels of provisions, or their ids where they have none.
fn tags_by_article(document: &TaggedDocument) -> Vec<Tagged> {
    let names: BTreeMap<&str, &str> = document
        .provisions
        .iter()
        .map(|p| (p.id.as_str(), if p.label.is_empty() { p.id.as_str() } else { p.label.as_str() }))
        .collect();
    let mut by_article: BTreeMap<merida_law::Article, Vec<String>> = BTreeMap::new();
    for tag in document.tags.iter().filter(|tag| matches!(tag.origin, Origin::Curated { .. })) {
        let name = names.get(tag.provision.as_str()).copied().unwrap_or(tag.provision.as_str());
        by_article.entry(tag.article).or_default().push(name.to_owned());
    }
    by_article
        .into_iter()
        .map(|(article, provisions)| Tagged { article: article.to_string(), provisions })
        .collect()
}
