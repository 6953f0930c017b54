//! The forms in which a library hands a document out and takes it back exactly: JSON and our own Markdown.

use std::fs;
use std::path::Path;

use merida_law::{Problem, Sha256, SourceFormat, TaggedDocument};
use merida_store::sha256;

use crate::export::markdown;

/// A file in one of our own forms.
pub(crate) struct Text<'a> {
    pub(crate) format: SourceFormat,
    text: &'a str,
}

/// A document as it was handed out.
pub(crate) struct Exchanged {
    pub(crate) document: TaggedDocument,
    /// Whether the text was changed since, so that the original no longer says what it says.
    pub(crate) edited: bool,
}

/// The file as one of ours, if it is one. Looks at its beginning only.
pub(crate) fn recognise(bytes: &[u8]) -> Option<Text<'_>> {
    let beginning = &bytes[..bytes.len().min(64)];
    let format = if beginning.starts_with(markdown::FIRST_LINES.as_bytes()) {
        SourceFormat::Markdown
    } else if beginning.starts_with(JSON_BEGINNING.as_bytes()) {
        SourceFormat::Json
    } else {
        return None;
    };
    Some(Text { format, text: std::str::from_utf8(bytes).ok()? })
}

/// How [`to_json`] begins: a tagged document has its work first, a work its URI.
const JSON_BEGINNING: &str = "{\n  \"work\": {\n    \"uri\": \"/akn/";

/// A document as JSON that [`recognise`] knows again.
pub(crate) fn to_json(document: &TaggedDocument) -> String {
    // The vocabulary has no maps with keys that JSON lacks, so this cannot fail.
    serde_json::to_string_pretty(document).unwrap_or_default()
}

impl Text<'_> {
    pub(crate) fn document(&self) -> Result<Exchanged, Problem> {
        let hint = "take the file as it was exported";
        match self.format {
            SourceFormat::Markdown => markdown::read(self.text).map_err(|e| Problem::error(e, hint)),
            _ => match serde_json::from_str(self.text) {
                Ok(document) => Ok(Exchanged { document, edited: false }),
                Err(e) => {
                    let line = u32::try_from(e.line()).unwrap_or(u32::MAX);
                    Err(Problem::error(format!("it begins as an exported document and is none: {e}"), hint)
                        .at(line))
                }
            },
        }
    }
}

/// Where an export keeps the original of that hash, below its folder.
pub(crate) fn original_path(hash: &Sha256, format: SourceFormat) -> String {
    let ending = match format {
        SourceFormat::Markdown => "md",
        SourceFormat::Html => "html",
        SourceFormat::AkomaNtoso | SourceFormat::Clml | SourceFormat::JusticeCanada | SourceFormat::Xml => {
            "xml"
        }
        SourceFormat::Json => "json",
        SourceFormat::LexmlCsv => "csv",
        SourceFormat::Text => "txt",
        SourceFormat::Pdf => "pdf",
        SourceFormat::Docx => "docx",
    };
    format!("originals/{hash}.{ending}")
}

/// How an export names the exact form of a text in Akoma Ntoso, which lies beside it.
pub(crate) fn exact_path(path: &str) -> String {
    format!("{path}.json")
}

/// The text whose exact form is named so; see [`exact_path`].
pub(crate) fn exact_of(path: &str) -> Option<&str> {
    path.strip_suffix(".json")
}

/// The exact form of the Akoma Ntoso text at `path`, if it is one that an export wrote and the form lies beside it
/// within the export folder `root` and has at most `limit` bytes.
pub(crate) fn exact_beside(root: Option<&Path>, path: &Path, bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    let root = root?;
    if !bytes.starts_with(crate::export::akn::BEGINNING.as_bytes()) {
        return None;
    }
    // Links must not lead out of the folder, nor to anything but a file.
    let real = fs::canonicalize(exact_path(path.to_str()?)).ok()?;
    let fits = fs::metadata(&real).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= limit);
    if !fits || !real.starts_with(root) {
        return None;
    }
    let exact = fs::read(&real).ok()?;
    recognise(&exact).is_some().then_some(exact)
}

/// The original file of a document in the export folder `root`, if it is there and is the one meant.
pub(crate) fn original_beside(root: &Path, exchanged: &Exchanged) -> Option<Vec<u8>> {
    let source = &exchanged.document.expression.source;
    let path = root.join(original_path(&source.sha256, source.format));
    // A link could lead anywhere, and the size says beforehand whether it can be the file.
    let metadata = fs::symlink_metadata(&path).ok().filter(|m| m.is_file() && m.len() == source.bytes)?;
    let bytes = fs::read(&path).ok().filter(|bytes| bytes.len() as u64 == metadata.len())?;
    (sha256(&bytes) == source.sha256).then_some(bytes)
}
