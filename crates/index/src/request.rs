//! What a reader asks for.

use merida_law::{Article, Authority, Jurisdiction, Language, Region, Status, WorkKind, WorkUri};
use serde::{Deserialize, Serialize};

use crate::ConceptId;

/// A question to the index. Any text is a sound query; none alone browses in citation order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    /// What was typed.
    pub query: String,
    /// What the answers must be.
    pub filters: Filters,
    /// In which order works come.
    pub sort: Sort,
    /// How many works to return, at most; counted after `offset`.
    pub limit: usize,
    /// How many works to pass over.
    pub offset: usize,
    /// How many provisions of each work to return, at most.
    pub per_work: usize,
    /// Whether to read the query as plain words only: no citations, no corrections, no concepts.
    pub literal: bool,
    /// Whether words that the index does not know are looked for as they are, without correcting them.
    pub as_typed: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            filters: Filters::default(),
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
            per_work: 3,
            literal: false,
            as_typed: false,
        }
    }
}

impl Request {
    /// A request for `query` with everything else at its default: ten works, three provisions of each, by relevance.
    pub fn new(query: impl Into<String>) -> Self {
        Self { query: query.into(), ..Self::default() }
    }
}

/// What the answers must be. Within one list any value will do; every list that is not empty must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Tagged with one of these articles of the Convention or a part of one.
    pub articles: Vec<Article>,
    /// Tagged with an article of one of these chapters of the Convention, 1 to 8. One list with `articles`.
    pub chapters: Vec<u8>,
    /// Tagged by somebody, or by the tagger. Together with `articles`, one tag must meet both.
    pub origins: Vec<OriginKind>,
    /// Law of one of these jurisdictions.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Law of a State in one of these regions.
    pub regions: Vec<Region>,
    /// In one of these languages.
    pub languages: Vec<Language>,
    /// Of one of these kinds.
    pub kinds: Vec<WorkKind>,
    /// Of one of these statuses; the dates that they carry do not matter.
    pub statuses: Vec<Status>,
    /// Of one of these authorities.
    pub authorities: Vec<Authority>,
    /// Made in one of these years.
    pub years: Vec<i16>,
    /// Made in this year or later.
    pub year_from: Option<i16>,
    /// Made in this year or earlier.
    pub year_to: Option<i16>,
    /// Dealing with one of these concepts of the thesaurus, or a kind of one.
    pub concepts: Vec<ConceptId>,
    /// In one of these works. No facet counts it, so it is never lifted.
    pub works: Vec<WorkUri>,
}

impl Filters {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who tagged a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OriginKind {
    /// A person.
    Curated,
    /// A tagger.
    Suggested,
}

impl OriginKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Curated, Self::Suggested];

    /// `curated` or `suggested`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Curated => "curated",
            Self::Suggested => "suggested",
        }
    }
}

/// In which order works come. Ties are broken by citation order, so that pages are stable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first; undated last.
    Date,
    /// By the English name of the jurisdiction, then by date.
    Jurisdiction,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Date, Self::Jurisdiction];

    /// The name, as in URLs and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}
