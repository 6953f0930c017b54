//! Finding provisions, grouped by the works that they stand in.

use std::str::FromStr;

use merida_law::{
    Article, Authority, ExpressionUri, Jurisdiction, Language, LegalDate, ProvisionId, Region, Status, WorkKind,
    WorkUri,
};
use serde::{Serialize, Serializer};

use crate::{Address, Error, Library};

/// What is looked for. An empty query with filters browses in citation order; values within one filter are
/// alternatives, filters restrict one another.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// What was typed; may be empty.
    pub query: String,
    /// Articles of the Convention, or parts of them; each stands for all that lies within it.
    pub articles: Vec<Article>,
    /// Chapters of the Convention by roman number: `III`.
    pub chapters: Vec<String>,
    /// Whose law.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Regions of the United Nations.
    pub regions: Vec<Region>,
    /// Languages of the text.
    pub languages: Vec<Language>,
    /// Kinds of work.
    pub kinds: Vec<WorkKind>,
    /// Statuses; their dates are not compared.
    pub statuses: Vec<Status>,
    /// How far the text may be relied on.
    pub authorities: Vec<Authority>,
    /// Works made in this year or later.
    pub year_from: Option<i16>,
    /// Works made in this year or earlier.
    pub year_to: Option<i16>,
    /// Only provisions whose articles are curated, or suggested.
    pub origins: Vec<TagOrigin>,
    /// In what order.
    pub sort: Sort,
    /// How many works, at most 200.
    pub limit: usize,
    /// How many works to pass over.
    pub offset: usize,
    /// How many provisions to show of each work.
    pub per_work: usize,
    /// Only these words, without reading them as a citation.
    pub literal: bool,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            query: String::new(),
            articles: Vec::new(),
            chapters: Vec::new(),
            jurisdictions: Vec::new(),
            regions: Vec::new(),
            languages: Vec::new(),
            kinds: Vec::new(),
            statuses: Vec::new(),
            authorities: Vec::new(),
            year_from: None,
            year_to: None,
            origins: Vec::new(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            per_work: 3,
            literal: false,
        }
    }
}

/// The order of works found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The best first; with an empty query, citation order.
    #[default]
    Relevance,
    /// The newest work first.
    Newest,
    /// The oldest work first.
    Oldest,
    /// By the English name of the jurisdiction, then by work.
    Jurisdiction,
}

/// Who says that a provision bears on an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagOrigin {
    /// A person.
    Curated,
    /// A tagger.
    Suggested,
}

/// The text is neither a sort order nor an origin that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{name}\" is not known: use one of {known}")]
pub struct UnknownChoice {
    name: String,
    known: &'static str,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Newest, Self::Oldest, Self::Jurisdiction];

    /// The name, as in URLs and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

impl FromStr for Sort {
    type Err = UnknownChoice;

    /// Reads the names of [`Self::as_str`], and `date` for the newest first.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "date" {
            return Ok(Self::Newest);
        }
        let unknown = || UnknownChoice { name: text.chars().take(40).collect(), known: "relevance, newest, oldest, jurisdiction" };
        Self::ALL.into_iter().find(|sort| sort.as_str() == text).ok_or_else(unknown)
    }
}

impl TagOrigin {
    /// Both origins.
    pub const ALL: [Self; 2] = [Self::Curated, Self::Suggested];

    /// The name, as in URLs and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Curated => "curated",
            Self::Suggested => "suggested",
        }
    }
}

impl FromStr for TagOrigin {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownChoice { name: text.chars().take(40).collect(), known: "curated, suggested" };
        Self::ALL.into_iter().find(|origin| origin.as_str() == text).ok_or_else(unknown)
    }
}

/// What was found. Every offset counts Unicode scalar values.
#[derive(Clone, Debug, Serialize)]
pub struct SearchAnswer {
    /// What was typed.
    pub query: String,
    /// What it was read as.
    pub interpretation: Interpretation,
    /// How many works match.
    pub total_works: u64,
    /// How many provisions match.
    pub total_provisions: u64,
    /// How long the search took, in milliseconds.
    pub took_ms: f64,
    /// The works of this page of the answer.
    pub works: Vec<FoundWork>,
    /// How many provisions each filter value would leave, each filter counted with itself lifted.
    pub facets: Facets,
}

/// What the engine took a query to mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Interpretation {
    /// Articles of the Convention that the query cites.
    pub articles: Vec<Article>,
    /// Provisions of national law that it cites.
    pub citations: Vec<Citation>,
    /// Jurisdictions that it names.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Passages in quotation marks, which must stand in the text as they are.
    pub phrases: Vec<String>,
    /// Words and phrases that must not stand in the text.
    pub excluded: Vec<String>,
    /// The plain words.
    pub words: Vec<String>,
    /// The languages whose texts were searched; empty for all.
    pub languages: Vec<Language>,
    /// Whether the words were taken as they stand.
    pub literal: bool,
    /// What else the reader should know, such as that a long query was cut.
    pub notes: Vec<String>,
}

/// A citation of a provision of national law.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citation {
    /// As typed: `s 6`.
    pub text: String,
    /// The number that was looked for: `6`.
    pub number: String,
}

/// A work with the best of its provisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundWork {
    /// The work.
    pub uri: WorkUri,
    /// The expression that is shown.
    pub expression: ExpressionUri,
    /// Its title in that expression's language.
    pub title: String,
    /// Its title in English, where one is known.
    pub title_en: Option<String>,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// The language of the expression.
    pub language: Language,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force; in JSON by name alone.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// As of when the text stands.
    pub as_of: Option<LegalDate>,
    /// How far the text may be relied on.
    pub authority: Authority,
    /// The page of the work.
    pub url: Address,
    /// The best provisions, at most as many as asked for.
    pub provisions: Vec<FoundProvision>,
    /// How many more provisions of this work match.
    pub more: u64,
}

/// A provision that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundProvision {
    /// Its id within the work.
    pub id: ProvisionId,
    /// Its number as the law writes it.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// A stretch of its text.
    pub snippet: String,
    /// The stretches of the snippet that match: `[start, end)`, in Unicode scalar values.
    pub marks: Vec<[u32; 2]>,
    /// Articles of the Convention that a person says it bears on.
    pub articles: Vec<Article>,
    /// Articles that a tagger suggests.
    pub suggested: Vec<Article>,
    /// How well it matches; comparable within one answer.
    pub score: f32,
    /// The page of the provision.
    pub url: Address,
}

/// How many provisions each filter value would leave.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Facets {
    /// Chapters of the Convention, within them articles, within those paragraphs.
    pub articles: Vec<FacetValue>,
    /// Jurisdictions, the most frequent first.
    pub jurisdictions: Vec<FacetValue>,
    /// Regions of the United Nations.
    pub regions: Vec<FacetValue>,
    /// Languages.
    pub languages: Vec<FacetValue>,
    /// Kinds of work.
    pub kinds: Vec<FacetValue>,
    /// Statuses.
    pub statuses: Vec<FacetValue>,
    /// Authorities.
    pub authorities: Vec<FacetValue>,
    /// Years, the newest first.
    pub years: Vec<FacetValue>,
    /// Curated and suggested.
    pub origins: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetValue {
    /// The value as it is written in a request: `15(a)`, `gb`, `fr`, `act`.
    pub value: String,
    /// Its name in English, where it has one beside its value.
    pub name: String,
    /// How many provisions.
    pub count: u64,
    /// Whether the request selects it.
    pub selected: bool,
    /// Narrower values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<FacetValue>,
}

pub(crate) fn status_name<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.as_str())
}

impl Library {
    /// Answers `request`. No query is an error: what cannot be read as anything finds nothing.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchAnswer, Error> {
        let _ = request;
        todo!()
    }
}
