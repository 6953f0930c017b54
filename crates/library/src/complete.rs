//! What may be meant by what was typed so far: laws, provisions, articles of the Convention, concepts.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use merida_index::{Names, NewName, Offer, Offered, Part, Request, Thesaurus};
use merida_law::{Article, Jurisdiction, Language, Taxonomy};
use serde::Serialize;

use crate::open::blocking;
use crate::{Address, Error, Library};

/// What was typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompleteRequest {
    /// What was typed; its first 160 characters are read.
    pub typed: String,
    /// The languages that the reader has, the best first; names in them come first.
    pub languages: Vec<Language>,
    /// How many completions, at most [`CompleteRequest::MOST`].
    pub limit: usize,
}

/// What may be meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Completions {
    /// What was typed.
    pub query: String,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// What may be meant, the likeliest first.
    pub completions: Vec<Completion>,
}

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Completion {
    /// What kind of thing it is.
    pub kind: CompletionKind,
    /// What it is called.
    pub text: String,
    /// The language of that name.
    pub language: Language,
    /// What tells it apart or explains it: an English title, a heading; empty where there is none.
    pub gloss: String,
    /// Whose law it is, where it is one.
    pub jurisdiction: Option<Jurisdiction>,
    /// The English name of that jurisdiction; empty where there is none.
    pub place: String,
    /// The path of its page on the site.
    pub url: String,
    /// How well it fits; comparable within one answer.
    pub score: f32,
}

/// What kind of thing is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompletionKind {
    /// An article of the Convention, or a part of one.
    Article,
    /// A concept of the thesaurus.
    Concept,
    /// A law.
    Work,
    /// A provision of a law.
    Provision,
}

impl CompletionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Article, Self::Concept, Self::Work, Self::Provision];

    /// The name, as in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Concept => "concept",
            Self::Work => "work",
            Self::Provision => "provision",
        }
    }
}

impl CompleteRequest {
    /// The most completions of one answer.
    pub const MOST: usize = 20;

    /// Eight completions of `typed`.
    pub fn new(typed: impl Into<String>) -> Self {
        Self { typed: typed.into(), languages: Vec::new(), limit: 8 }
    }
}

/// What a name of an article is worth beside the title of a law that fits as well.
const ARTICLE: f32 = 0.4;
/// What an article is worth that is cited by number.
const CITED: f32 = 4.0;

impl Library {
    /// What may be meant by what was typed so far.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn complete(&self, request: CompleteRequest) -> Result<Completions, Error> {
        let started = Instant::now();
        let indexed = Arc::clone(self.indexed());
        let taxonomy = self.taxonomy();
        let limit = request.limit.min(CompleteRequest::MOST);
        let asked = request.clone();
        let mut completions: Vec<Completion> = blocking(move || {
            let index = indexed.index();
            let read = index.interpret(&Request { as_typed: true, ..Request::new(asked.typed.as_str()) }).0;
            let cited = read.article().filter(|_| is_alone(&read.parts));
            let cited = cited.and_then(|article| cited_article(taxonomy, article, &asked.languages));
            let offered = index.complete(&asked.typed, &asked.languages, limit)?;
            let articles = articles(taxonomy, &asked, limit);
            Ok::<_, Error>(cited.into_iter().chain(articles).chain(offered.into_iter().map(of)).collect())
        })
        .await??;
        completions.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
        let mut seen = std::collections::HashSet::new();
        completions.retain(|completion| seen.insert(completion.url.clone()));
        completions.truncate(limit);
        Ok(Completions {
            query: request.typed,
            took_ms: started.elapsed().as_secs_f64() * 1_000.0,
            completions,
        })
    }
}

/// Whether a question is one part alone, beside the concepts that were read out of it.
fn is_alone(parts: &[Part]) -> bool {
    parts.iter().filter(|part| !matches!(part, Part::Concept { .. })).count() == 1
}

fn of(offered: Offered) -> Completion {
    let Offered { text, language, offer, score, .. } = offered;
    match offer {
        Offer::Concept { concept } => {
            let english = Thesaurus::shipped().get(&concept).map(|found| found.name_in(Language::EN));
            Completion {
                kind: CompletionKind::Concept,
                gloss: english.filter(|english| *english != text).unwrap_or_default().to_owned(),
                text,
                language,
                jurisdiction: None,
                place: String::new(),
                url: format!("/search?q=concept:{concept}"),
                score,
            }
        }
        Offer::Work { work, title_en, jurisdiction } => Completion {
            kind: CompletionKind::Work,
            text,
            language,
            gloss: title_en.unwrap_or_default(),
            jurisdiction: Some(jurisdiction),
            place: jurisdiction.english_name().to_owned(),
            url: Address::of_work(&work).to_string(),
            score,
        },
        Offer::Provision { expression, id, heading, jurisdiction } => Completion {
            kind: CompletionKind::Provision,
            text,
            language,
            gloss: heading,
            jurisdiction: Some(jurisdiction),
            place: jurisdiction.english_name().to_owned(),
            url: Address::of_provision(&expression, &id).to_string(),
            score,
        },
    }
}

/// The articles of the Convention, by their titles in every language.
fn titles(taxonomy: &'static Taxonomy) -> &'static Names {
    static TITLES: OnceLock<Names> = OnceLock::new();
    TITLES.get_or_init(|| {
        Names::new(taxonomy.articles.iter().flat_map(|entry| {
            entry.title.iter().map(move |(language, title)| NewName {
                item: u32::from(entry.number),
                text: title,
                beside: "",
                language: *language,
                weight: 1.0,
            })
        }))
    })
}

fn articles(taxonomy: &'static Taxonomy, request: &CompleteRequest, most: usize) -> Vec<Completion> {
    let named = titles(taxonomy).find(&request.typed, &request.languages, most);
    let completion = |named: &merida_index::Named<'_>| {
        let article = Article::new(u8::try_from(named.item).ok()?)?;
        Some(Completion {
            kind: CompletionKind::Article,
            text: named.text.to_owned(),
            language: named.language,
            gloss: article.to_string(),
            jurisdiction: None,
            place: String::new(),
            url: page_of(article),
            score: named.score + ARTICLE,
        })
    };
    named.iter().filter_map(completion).collect()
}

fn cited_article(
    taxonomy: &'static Taxonomy,
    article: Article,
    languages: &[Language],
) -> Option<Completion> {
    let entry = taxonomy.article(article)?;
    let speaks =
        |language: &Language| entry.title.iter().find(|(known, _)| known.primary() == language.primary());
    let (language, title) = languages.iter().chain([&Language::EN]).find_map(speaks)?;
    Some(Completion {
        kind: CompletionKind::Article,
        text: title.clone(),
        language: *language,
        gloss: article.to_string(),
        jurisdiction: None,
        place: String::new(),
        url: page_of(article),
        score: CITED,
    })
}

fn page_of(article: Article) -> String {
    format!("/article/{article}")
}
