//! What a reader of one format hands on to the recogniser of structure.

use merida_law::{
    Jurisdiction, Language, LegalDate, Problem, Provision, ProvisionKind, SourceFormat, Status, WorkKind,
};

/// A file as one reader understood it: what it says of itself, and its blocks in reading order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// What the file says of itself.
    pub(crate) metadata: Metadata,
    /// Its blocks, in reading order.
    pub(crate) blocks: Vec<Block>,
    /// Its provisions, where the format has them with their ids and nothing is to be recognised.
    pub(crate) provisions: Option<Vec<Provision>>,
    /// What was wrong with it.
    pub(crate) problems: Vec<Problem>,
    /// Running text found in the source, in characters that are not white space, whether or not a block holds it.
    pub(crate) chars_read: u64,
    /// Running text that no block holds, with the reason.
    pub(crate) left_out: Vec<Omission>,
}

/// Running text that was read and not kept.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Omission {
    /// How much, in characters that are not white space.
    pub chars: u64,
    /// Why.
    pub reason: String,
}

/// What a file, a manifest or the command line says of a document. Later sources fill only what earlier left open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// Whose law.
    pub jurisdiction: Option<Jurisdiction>,
    /// The main language, as declared.
    pub language: Option<Language>,
    /// All languages of a bilingual text, as declared, the main one first.
    pub languages: Vec<Language>,
    /// What kind of work.
    pub kind: Option<WorkKind>,
    /// The title in the text's language.
    pub title: Option<String>,
    /// The title in English.
    pub title_en: Option<String>,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// As of when this text stands, where it differs from the work's date.
    pub as_of: Option<LegalDate>,
    /// The official number.
    pub number: Option<String>,
    /// Whether it is in force.
    pub status: Option<Status>,
    /// How far the text may be relied on.
    pub authority: Option<merida_law::Authority>,
    /// The publisher's address of the text.
    pub url: Option<String>,
    /// What identifies the source across versions.
    pub origin: Option<String>,
    /// Terms of re-use.
    pub licence: Option<String>,
    /// A remark for the reader.
    pub note: Option<String>,
    /// The format that a manifest declares; content decides, this is compared.
    pub format: Option<SourceFormat>,
    /// Curated articles: (article of the Convention, provisions as the law writes them).
    pub articles: Vec<(merida_law::Article, Vec<String>)>,
    /// Who curated them.
    pub curated_by: Option<String>,
    /// Whether this is the complete text of the Convention itself, so that its article 15 is about article 15.
    pub convention_text: bool,
}

/// A piece of a source, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// What the format says it is.
    pub(crate) kind: BlockKind,
    /// Its text; lines within a paragraph are divided by `\n`. Empty for a `Unit` that has none of its own.
    pub(crate) text: String,
    /// The line of the source, from 1, where known.
    pub(crate) line: Option<u32>,
    /// Its language, where the format states one.
    pub(crate) language: Option<Language>,
}

/// What a format says a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// Opens a provision that the format itself marks as one (an XML element, a JSON record). All blocks up to the
    /// next `Unit` of the same or a lesser depth belong to it; the block's text is its first own text.
    Unit {
        /// What the format calls it, where that is known.
        kind: Option<ProvisionKind>,
        /// The number as the source writes it (`Article 12`, `12`, `(a)`); empty where none.
        label: String,
        /// The heading; empty where none.
        heading: String,
        /// How deep it lies, from 0.
        depth: u16,
    },
    /// A heading, by outline level from 1.
    Heading(u8),
    /// A paragraph of running text.
    Paragraph,
    /// An item of a list; the marker is kept at the start of the text.
    ListItem,
    /// A table: cells divided by `\t`, rows by `\n`.
    Table,
    /// A footnote or an editorial note; its mark is kept at the start of the text.
    Footnote,
}

impl Block {
    /// A paragraph at a line of the source.
    pub(crate) fn paragraph(text: impl Into<String>, line: Option<u32>) -> Self {
        Self { kind: BlockKind::Paragraph, text: text.into(), line, language: None }
    }
}

/// How many characters of `text` are not white space: the unit in which nothing may be lost.
pub(crate) fn ink(text: &str) -> u64 {
    if text.is_ascii() {
        return text.bytes().filter(|b| !matches!(b, b'\t'..=b'\r' | b' ')).count() as u64;
    }
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}
