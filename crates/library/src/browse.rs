//! What lies where: by chapter and article of the Convention, by jurisdiction, by work.

use std::collections::BTreeMap;

use merida_law::{
    Article, ArticleEntry, Authority, Chapter, ExpressionUri, Jurisdiction, Language, LegalDate, Obligation,
    ProvisionId, Status, WorkKind, WorkUri,
};
use serde::Serialize;

use crate::search::status_name;
use crate::{Address, Error, Library};

/// The whole library in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// Works.
    pub works: u64,
    /// Expressions, superseded ones left out.
    pub expressions: u64,
    /// Provisions of those expressions, components left in.
    pub provisions: u64,
    /// Curated tags.
    pub curated: u64,
    /// Suggested tags.
    pub suggested: u64,
    /// Chapters of the Convention, with their articles.
    pub chapters: Vec<ChapterCount>,
    /// Jurisdictions with at least one work, by English name.
    pub jurisdictions: Vec<JurisdictionCount>,
    /// Languages with at least one current expression, the most frequent first, with the number of expressions.
    pub languages: Vec<(Language, u64)>,
}

/// A chapter with what the library holds for it.
#[derive(Clone, Debug, Serialize)]
pub struct ChapterCount {
    /// The chapter.
    #[serde(flatten)]
    pub chapter: Chapter,
    /// Its articles.
    pub articles: Vec<ArticleCount>,
}

/// An article with what the library holds for it; a tag on a paragraph counts for the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleCount {
    /// The article.
    pub article: Article,
    /// Its title in the six official languages.
    pub title: BTreeMap<Language, String>,
    /// The strongest obligation of any of its paragraphs.
    pub obligation: Obligation,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// Jurisdictions with a curated tag.
    pub jurisdictions: u64,
}

/// A jurisdiction with what the library holds of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JurisdictionCount {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its name in English.
    pub name: String,
    /// Works.
    pub works: u64,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// Articles of the Convention with a curated tag.
    pub articles: u64,
}

/// What is asked of an article's page.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRequest {
    /// The article, or a part of it; all that lies within it is shown.
    pub article: Article,
    /// Only these jurisdictions; empty for all.
    pub jurisdictions: Vec<Jurisdiction>,
    /// How many provisions to show of each jurisdiction.
    pub per_jurisdiction: usize,
    /// Whether to show suggested provisions beside curated ones.
    pub suggested: bool,
}

impl ArticleRequest {
    /// All of `article`, at most twelve provisions a jurisdiction.
    pub fn new(article: Article) -> Self {
        Self { article, jurisdictions: Vec::new(), per_jurisdiction: 12, suggested: true }
    }
}

/// An article of the Convention and what States have made of it.
#[derive(Clone, Debug, Serialize)]
pub struct ArticlePage {
    /// What was asked for: the article or a part of it.
    pub article: Article,
    /// What the Convention says there, in our words.
    pub entry: ArticleEntry,
    /// The chapter that it stands in.
    pub chapter: Chapter,
    /// The article before it.
    pub previous: Option<Article>,
    /// The article after it.
    pub next: Option<Article>,
    /// Provisions with a curated tag, over all jurisdictions.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// The same numbers for each part of the article that has any.
    pub parts: Vec<(Article, u64, u64)>,
    /// Provisions by State, in the order of English names, curated before suggested.
    pub states: Vec<StateProvisions>,
}

/// The provisions of one jurisdiction on an article.
#[derive(Clone, Debug, Serialize)]
pub struct StateProvisions {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its name in English.
    pub name: String,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// The provisions shown: curated first, then suggested, the surest first.
    pub provisions: Vec<TaggedProvision>,
}

/// A provision that bears on an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaggedProvision {
    /// The work.
    pub work: WorkUri,
    /// The current expression that is shown.
    pub expression: ExpressionUri,
    /// The work's title in that language.
    pub title: String,
    /// The work's title in English.
    pub title_en: Option<String>,
    /// The language.
    pub language: Language,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// How far the text may be relied on.
    pub authority: Authority,
    /// The provision.
    pub id: ProvisionId,
    /// Its number as the law writes it.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// The beginning of its own text, at most 240 characters.
    pub beginning: String,
    /// The articles, within what was asked for, that a person says it bears on.
    pub articles: Vec<Article>,
    /// The articles, within what was asked for, that a tagger suggests.
    pub suggested: Vec<Article>,
    /// Confidence of the surest suggestion, from 0 to 1; 1 for curated.
    pub score: f32,
    /// The page of the provision.
    pub url: Address,
}

/// A jurisdiction: its works and the articles that they bear on.
#[derive(Clone, Debug, Serialize)]
pub struct JurisdictionPage {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its name in English.
    pub name: String,
    /// Its works, by date, the newest first.
    pub works: Vec<WorkSummary>,
    /// All articles of the Convention with what this jurisdiction has for each.
    pub articles: Vec<ArticleCount>,
}

/// A work in one line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorkSummary {
    /// The work.
    pub uri: WorkUri,
    /// Its title in a language of its own.
    pub title: String,
    /// Its title in English.
    pub title_en: Option<String>,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// When it was made.
    pub date: Option<LegalDate>,
    /// Its official number.
    pub number: Option<String>,
    /// Languages of its current expressions.
    pub languages: Vec<Language>,
    /// The strongest authority among them.
    pub authority: Authority,
    /// Its tags.
    pub tags: TagsOfWork,
    /// Its page.
    pub url: Address,
}

/// How many tags a work has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TagsOfWork {
    /// Curated.
    pub curated: u64,
    /// Suggested.
    pub suggested: u64,
}

impl Library {
    /// The whole library in numbers.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn overview(&self) -> Result<Overview, Error> {
        todo!()
    }

    /// An article of the Convention and the provisions that bear on it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn article(&self, request: ArticleRequest) -> Result<ArticlePage, Error> {
        let _ = request;
        todo!()
    }

    /// A jurisdiction and its works. One without works has an empty page, not an error.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn jurisdiction(&self, jurisdiction: Jurisdiction) -> Result<JurisdictionPage, Error> {
        let _ = jurisdiction;
        todo!()
    }

    /// Works in the order of their URIs, `limit` of them after the first `offset`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn works(&self, offset: u64, limit: u64) -> Result<Vec<WorkSummary>, Error> {
        let _ = (offset, limit);
        todo!()
    }
}
