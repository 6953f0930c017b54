//! What all provisions of an expression share, and which articles provisions are tagged with.
//!
//! Each provision in the engine carries two small numbers, its expression and its set of tags. Whatever facets and
//! filters ask is a function of those, so counting costs two look-ups a provision.

use std::collections::HashMap;
use std::path::Path;

use merida_law::{
    Article, Authority, Expression, ExpressionUri, Jurisdiction, Language, LegalDate, Status, Work, WorkKind,
};
use serde::{Deserialize, Serialize};

use crate::IndexError;

/// What is known of an expression and its work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The expression.
    pub expression: ExpressionUri,
    /// How far it may be relied on.
    pub authority: Authority,
    /// The title of the work in a language of its own.
    pub title: String,
    /// The title of the work in English.
    pub title_en: Option<String>,
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// What kind of work.
    pub kind: WorkKind,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// Whether it is in force.
    pub status: Status,
}

impl Card {
    /// The card of an expression of a work.
    pub fn new(work: &Work, expression: &Expression) -> Self {
        Self {
            expression: expression.uri.clone(),
            authority: expression.authority,
            title: work.title.clone(),
            title_en: work.title_en.clone(),
            jurisdiction: work.jurisdiction,
            kind: work.kind,
            date: work.date,
            status: work.status,
        }
    }

    /// The language of the expression.
    pub fn language(&self) -> Language {
        self.expression.language()
    }

    /// The year in which the work was made, else the year of the expression.
    pub(crate) fn year(&self) -> Option<i16> {
        self.date.or(self.expression.date()).map(LegalDate::year)
    }
}

/// The articles that a provision is tagged with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct TagSet {
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) curated: Vec<Article>,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) suggested: Vec<Article>,
}

impl TagSet {
    pub(crate) fn new(mut curated: Vec<Article>, mut suggested: Vec<Article>) -> Self {
        curated.sort_unstable();
        curated.dedup();
        suggested.sort_unstable();
        suggested.dedup();
        Self { curated, suggested }
    }
}

/// Expressions and sets of tags by number. Numbers are never given twice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Table {
    format: u32,
    cards: Vec<Card>,
    tag_sets: Vec<TagSet>,
    #[serde(skip)]
    by_uri: HashMap<ExpressionUri, u32>,
    #[serde(skip)]
    by_tags: HashMap<TagSet, u32>,
}

/// How much of a table a commit relies on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Extent {
    pub(crate) cards: usize,
    pub(crate) tag_sets: usize,
}

const FILE: &str = "expressions.json";

impl Table {
    pub(crate) fn new(format: u32) -> Self {
        Self { format, ..Self::default() }
    }

    pub(crate) fn cards(&self) -> &[Card] {
        &self.cards
    }

    pub(crate) fn tag_sets(&self) -> &[TagSet] {
        &self.tag_sets
    }

    pub(crate) fn extent(&self) -> Extent {
        Extent { cards: self.cards.len(), tag_sets: self.tag_sets.len() }
    }

    pub(crate) fn add_card(&mut self, card: Card) -> u32 {
        let number = u32::try_from(self.cards.len()).unwrap_or(u32::MAX);
        self.by_uri.insert(card.expression.clone(), number);
        self.cards.push(card);
        number
    }

    pub(crate) fn forget(&mut self, uri: &ExpressionUri) -> Option<u32> {
        self.by_uri.remove(uri)
    }

    pub(crate) fn add_tags(&mut self, tags: TagSet) -> u32 {
        if let Some(&number) = self.by_tags.get(&tags) {
            return number;
        }
        let number = u32::try_from(self.tag_sets.len()).unwrap_or(u32::MAX);
        self.by_tags.insert(tags.clone(), number);
        self.tag_sets.push(tags);
        number
    }

    /// Reads the table of the index in `folder`, as far as the last commit relies on it.
    pub(crate) fn read(folder: &Path, format: u32, extent: Extent) -> Result<Self, IndexError> {
        let damaged = |reason: String| IndexError::Damaged { path: folder.to_owned(), reason };
        let bytes = std::fs::read(folder.join(FILE)).map_err(|error| damaged(format!("{FILE}: {error}")))?;
        let mut table: Self =
            serde_json::from_slice(&bytes).map_err(|error| damaged(format!("{FILE}: {error}")))?;
        if table.format != format {
            return Err(IndexError::OtherFormat {
                path: folder.to_owned(),
                found: table.format,
                expected: format,
            });
        }
        if table.cards.len() < extent.cards || table.tag_sets.len() < extent.tag_sets {
            return Err(damaged(format!("{FILE} is older than the index")));
        }
        table.cards.truncate(extent.cards);
        table.tag_sets.truncate(extent.tag_sets);
        table.by_uri = table.cards.iter().map(|card| card.expression.clone()).zip(0..).collect();
        table.by_tags = table.tag_sets.iter().cloned().zip(0..).collect();
        Ok(table)
    }

    /// Writes the table beside the index, so that a crash leaves the old one or the new one.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), IndexError> {
        let draft = folder.join(format!("{FILE}.new"));
        let bytes = serde_json::to_vec(self).map_err(|error| IndexError::Engine(error.to_string()))?;
        let mut file = std::fs::File::create(&draft)?;
        std::io::Write::write_all(&mut file, &bytes)?;
        file.sync_all()?;
        std::fs::rename(&draft, folder.join(FILE))?;
        Ok(())
    }
}
