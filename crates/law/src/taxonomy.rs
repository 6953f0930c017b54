//! The Convention as data: its chapters, articles and paragraphs, and what each asks of a State.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::work::named;
use crate::{Article, Language};

/// What a paragraph of the Convention asks of a State.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Obligation {
    /// "Shall adopt".
    Mandatory,
    /// "Shall consider adopting", "shall endeavour to".
    Consider,
    /// "May adopt".
    Optional,
    /// Definitions, purposes, savings and the mechanics of the treaty.
    None,
}

impl Obligation {
    /// Every obligation, the strongest first.
    pub const ALL: [Self; 4] = [Self::Mandatory, Self::Consider, Self::Optional, Self::None];

    /// The name, as in files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mandatory => "mandatory",
            Self::Consider => "consider",
            Self::Optional => "optional",
            Self::None => "none",
        }
    }
}

named!(Obligation, "obligation");

/// What tempers an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// In accordance with domestic law.
    DomesticLaw,
    /// Consistent with the fundamental principles of the legal system.
    LegalPrinciples,
    /// Subject to the constitution.
    Constitution,
    /// Shall endeavour.
    Endeavour,
    /// Where appropriate.
    AsAppropriate,
    /// Within the State's means.
    WithinMeans,
}

impl Qualifier {
    /// Every qualifier.
    pub const ALL: [Self; 6] = [
        Self::DomesticLaw,
        Self::LegalPrinciples,
        Self::Constitution,
        Self::Endeavour,
        Self::AsAppropriate,
        Self::WithinMeans,
    ];

    /// The name, as in files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DomesticLaw => "domestic-law",
            Self::LegalPrinciples => "legal-principles",
            Self::Constitution => "constitution",
            Self::Endeavour => "endeavour",
            Self::AsAppropriate => "as-appropriate",
            Self::WithinMeans => "within-means",
        }
    }
}

named!(Qualifier, "qualifier");

/// A chapter of the Convention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Its roman number: `I` to `VIII`.
    pub number: String,
    /// Its first article.
    pub first: Article,
    /// Its last article.
    pub last: Article,
    /// Its title in the six official languages.
    pub title: BTreeMap<Language, String>,
}

/// A paragraph or point of an article, and what it asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Where it stands.
    pub id: Article,
    /// What it asks of a State.
    pub obligation: Obligation,
    /// What tempers that.
    #[serde(default)]
    pub qualifiers: Vec<Qualifier>,
    /// One line of our own in English.
    pub gist: String,
}

/// An article of the Convention, and what it asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleEntry {
    /// Its number.
    pub number: u8,
    /// The roman number of its chapter.
    pub chapter: String,
    /// Its title in the six official languages.
    pub title: BTreeMap<Language, String>,
    /// What it asks, in our own words, by language.
    pub summary: BTreeMap<Language, String>,
    /// Its paragraphs and points, in order, parents first.
    #[serde(rename = "paragraph")]
    pub paragraphs: Vec<Paragraph>,
}

impl ArticleEntry {
    /// The strongest obligation of any of its paragraphs.
    pub fn obligation(&self) -> Obligation {
        self.paragraphs.iter().map(|p| p.obligation).min().unwrap_or(Obligation::None)
    }
}

/// The chapters and articles of the Convention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxonomy {
    /// The eight chapters, in order.
    pub chapters: Vec<Chapter>,
    /// The 71 articles, in order.
    pub articles: Vec<ArticleEntry>,
}

impl Taxonomy {
    /// The entry of the article that holds `article`.
    pub fn article(&self, article: Article) -> Option<&ArticleEntry> {
        self.articles.iter().find(|entry| entry.number == article.number())
    }

    /// The paragraph at exactly `article`.
    pub fn paragraph(&self, article: Article) -> Option<&Paragraph> {
        self.article(article)?.paragraphs.iter().find(|paragraph| paragraph.id == article)
    }

    /// The chapter that holds `article`.
    pub fn chapter(&self, article: Article) -> Option<&Chapter> {
        self.chapters.iter().find(|c| (c.first..=c.last).contains(&article.whole()))
    }

    /// The title of the article that holds `article`, in `language`, else in English.
    pub fn title(&self, article: Article, language: Language) -> Option<&str> {
        in_language(&self.article(article)?.title, language)
    }
}

/// The text in `language`; where there is none in its primary language, else in English.
pub(crate) fn in_language(texts: &BTreeMap<Language, String>, language: Language) -> Option<&str> {
    let primary = language.primary().parse().unwrap_or(Language::EN);
    [language, primary, Language::EN].iter().find_map(|l| texts.get(l)).map(String::as_str)
}
