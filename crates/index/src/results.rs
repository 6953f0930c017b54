//! What the index answers.

use merida_law::{
    Article, Authority, ExpressionUri, Jurisdiction, Language, LegalDate, ProvisionId, Region, Status,
    WorkKind, WorkUri,
};
use serde::Serialize;

use crate::{ConceptId, Interpretation, OriginKind};

/// The answer to a [`crate::Request`].
#[derive(Clone, Debug, Serialize)]
pub struct Results {
    /// What the query was read as.
    pub interpretation: Interpretation,
    /// How many works match.
    pub total_works: usize,
    /// How many provisions match. One that stands in several texts of a work in the same language counts once.
    pub total_provisions: usize,
    /// The works of this page.
    pub works: Vec<WorkHit>,
    /// How many provisions match by each property, the filter on that property being lifted.
    pub facets: Facets,
}

/// A work that matches, with its best provisions.
#[derive(Clone, Debug, Serialize)]
pub struct WorkHit {
    /// Its identity.
    pub uri: WorkUri,
    /// Its title in a language of its own.
    pub title: String,
    /// Its title in English, where one is known.
    pub title_en: Option<String>,
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force.
    pub status: Status,
    /// When it was made.
    pub date: Option<LegalDate>,
    /// The best of its provisions that match: by relevance, or in reading order where nothing was typed.
    pub provisions: Vec<ProvisionHit>,
    /// How many more of its provisions match.
    pub more: usize,
    /// The score of its best provision; comparable within one answer only.
    pub score: f32,
}

/// A provision that matches.
#[derive(Clone, Debug, Serialize)]
pub struct ProvisionHit {
    /// The expression that it was found in.
    pub expression: ExpressionUri,
    /// How far that expression may be relied on.
    pub authority: Authority,
    /// The language of the provision.
    pub language: Language,
    /// Its id within the work.
    pub id: ProvisionId,
    /// Its number as the source writes it.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// Where words of the query stand in the heading.
    pub heading_marks: Vec<Mark>,
    /// The part of its text that answers best.
    pub snippet: Snippet,
    /// The articles of the Convention that a person tagged it with, in order.
    pub articles: Vec<Article>,
    /// The articles that a tagger suggests, the surest first.
    pub suggested: Vec<Suggested>,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// Where the engine keeps it: segment, and number there.
    #[serde(skip)]
    pub(crate) entry: (usize, u32),
}

/// An article that a tagger suggests.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Suggested {
    /// The article.
    pub article: Article,
    /// Confidence from 0 to 1.
    pub score: f32,
}

/// A part of a provision's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// Where words of the query stand in it: in order, merged.
    pub marks: Vec<Mark>,
    /// Where it starts in the unit's full text ([`merida_law::TaggedDocument::unit_text`]), in Unicode scalar values.
    pub start: u32,
    /// Whether the unit's text goes on after it.
    pub cut: bool,
}

/// A stretch of text, in Unicode scalar values, the end exclusive. Written as `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Mark(pub u32, pub u32);

/// How many provisions match by each property. Lists hold what occurs and what is filtered by, and are in the order
/// in which they are shown: the Convention's for articles, the newest first for years, the most frequent first elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    /// Chapters of the Convention, each with its articles.
    pub chapters: Vec<ChapterFacet>,
    /// Jurisdictions.
    pub jurisdictions: Vec<Facet<Jurisdiction>>,
    /// Regions.
    pub regions: Vec<Facet<Region>>,
    /// Languages.
    pub languages: Vec<Facet<Language>>,
    /// Kinds of work.
    pub kinds: Vec<Facet<WorkKind>>,
    /// Statuses, without dates.
    pub statuses: Vec<Facet<Status>>,
    /// Authorities.
    pub authorities: Vec<Facet<Authority>>,
    /// Years in which works were made.
    pub years: Vec<Facet<i16>>,
    /// Who tagged.
    pub origins: Vec<Facet<OriginKind>>,
    /// The most frequent concepts of the thesaurus, at most [`Facets::MOST_CONCEPTS`] beside those that are filtered
    /// by. A provision counts for what its concepts are a kind of as well.
    pub concepts: Vec<Facet<ConceptId>>,
}

impl Facets {
    /// How many concepts are listed.
    pub const MOST_CONCEPTS: usize = 30;
}

/// A value and how many provisions have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Facet<T> {
    /// The value.
    pub value: T,
    /// How many provisions have it.
    pub count: usize,
    /// Whether the request filters by it.
    pub selected: bool,
}

/// A chapter of the Convention and how many provisions bear on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChapterFacet {
    /// Its number, 1 to 8.
    pub number: u8,
    /// How many provisions bear on one of its articles.
    pub count: usize,
    /// Whether the request filters by it.
    pub selected: bool,
    /// Its articles.
    pub articles: Vec<ArticleFacet>,
}

/// An article of the Convention and how many provisions bear on it or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleFacet {
    /// The article.
    pub article: Article,
    /// How many provisions bear on it or a part of it.
    pub count: usize,
    /// Whether the request filters by it.
    pub selected: bool,
    /// Its paragraphs and points, at every depth, in order.
    pub parts: Vec<Facet<Article>>,
}

/// The chapter of the Convention that holds `article`, 1 to 8.
pub fn chapter_of(article: Article) -> u8 {
    const LAST: [u8; 8] = [4, 14, 42, 50, 59, 62, 64, 71];
    let number = article.number();
    LAST.iter().zip(1..).find(|&(&last, _)| number <= last).map_or(8, |(_, chapter)| chapter)
}
