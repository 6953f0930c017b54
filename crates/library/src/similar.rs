//! Provisions like a passage or like another provision, in the law of other States.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use merida_index::{Because, ConceptId, Passage};
use merida_ingest::{Tagger as _, Unit};
use merida_law::{Article, Jurisdiction, Language};
use serde::Serialize;

use crate::open::blocking;
use crate::search::found_work;
use crate::{
    Address, Error, Facets, FoundWork, Interpretation, Library, SearchAnswer, SearchRequest, ShowRequest,
    Shown, Sort,
};

/// What the like is looked for of, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarRequest {
    /// Of what.
    pub like: Like,
    /// Filters, and how many; the query and the order are not read.
    pub search: SearchRequest,
}

/// What the like is looked for of.
#[derive(Clone, Debug, PartialEq)]
pub enum Like {
    /// A passage.
    Text {
        /// Its text; the first 10,000 characters are read.
        text: String,
        /// Its language; told from the text where none is given.
        language: Option<Language>,
        /// Whose law it is, where that is known: that law is left out.
        jurisdiction: Option<Jurisdiction>,
        /// The articles of the Convention that it bears on; suggested where none are given.
        articles: Vec<Article>,
    },
    /// A provision of the library.
    Provision(Address),
}

/// What was found like a passage: an answer as to a search, and what the like was looked for by.
#[derive(Clone, Debug, Serialize)]
pub struct SimilarAnswer {
    /// The passage as it was read.
    pub passage: PassageRead,
    /// What was found. Provisions of the same words, from first to last, stand in its works once.
    #[serde(flatten)]
    pub answer: SearchAnswer,
}

/// A passage as it was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassageRead {
    /// The provision, where it is one of the library.
    pub provision: Option<Address>,
    /// Its text, as far as it was read.
    pub text: String,
    /// Whether it was longer.
    pub cut: bool,
    /// Its language; none where it could not be told.
    pub language: Option<Language>,
    /// Whose law it is, where that is known.
    pub jurisdiction: Option<Jurisdiction>,
    /// The articles of the Convention that it bears on, the surest first.
    pub articles: Vec<Article>,
    /// The concepts of the thesaurus that stand in it, the most telling first.
    pub concepts: Vec<ConceptId>,
    /// Its telling words, the most telling first.
    pub words: Vec<String>,
}

/// Why a provision is like a passage.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Alike {
    /// The articles of the Convention that both bear on.
    pub articles: Vec<Article>,
    /// The concepts of the passage that the provision deals with as well.
    pub concepts: Vec<ConceptId>,
    /// The telling words that both hold, as they stand in the passage.
    pub words: Vec<String>,
    /// Other provisions of the very same words.
    pub same_text: Vec<Address>,
}

/// How many articles of a passage are looked for.
const ARTICLES: usize = 6;
/// An article that is suggested with less confidence is not looked for.
const SURE: f32 = 0.25;

impl Library {
    /// The provisions most like a passage, in the law of other jurisdictions than its own.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the provision is not kept; otherwise if the store or the index cannot be read.
    pub async fn similar(&self, request: SimilarRequest) -> Result<SimilarAnswer, Error> {
        let started = Instant::now();
        let (mut passage, mut read) = self.passage(request.like).await?;
        let search = SearchRequest { query: String::new(), sort: Sort::Relevance, ..request.search };
        // Who asks for the law of the same State gets it.
        passage.except.retain(|state| !search.jurisdictions.contains(state));
        let asked = search.to_index(search.limit.min(crate::search::MOST_WORKS), search.offset);
        let indexed = Arc::clone(self.indexed());
        let suggests = passage.articles.is_empty();
        let (passage, similar) = blocking(move || {
            let index = indexed.index();
            passage.language = passage.language.or_else(|| index.language_of(&passage.text));
            if suggests && let Some(language) = passage.language {
                passage.articles = suggested(language, &passage.text);
            }
            let similar = index.similar(&passage, &asked)?;
            Ok::<_, Error>((passage, similar))
        })
        .await??;
        read.language = passage.language;
        read.articles = similar.likeness.articles;
        read.concepts = similar.likeness.concepts;
        read.words = similar.likeness.words;
        let results = similar.results;
        let answer = SearchAnswer {
            query: String::new(),
            interpretation: Interpretation::of(&results.interpretation, false),
            total_works: results.total_works as u64,
            total_provisions: results.total_provisions as u64,
            works: grouped(
                results
                    .works
                    .into_iter()
                    .zip(similar.because)
                    .filter_map(|(work, because)| Some((found_work(work)?, because))),
            ),
            facets: Facets::of(&results.facets, self.taxonomy(), self.thesaurus()),
            nothing: None,
            not_yet_searched: Vec::new(),
            took_ms: started.elapsed().as_secs_f64() * 1_000.0,
        };
        Ok(SimilarAnswer { passage: read, answer })
    }

    async fn passage(&self, like: Like) -> Result<(Passage, PassageRead), Error> {
        let (provision, text, language, jurisdiction, articles) = match like {
            Like::Text { text, language, jurisdiction, articles } => {
                let articles = articles.into_iter().map(|article| (article, 1.0)).collect();
                (None, text, language, jurisdiction, articles)
            }
            Like::Provision(address) => {
                let missing = Error::NotFound(address.to_string());
                let shown = self.show(ShowRequest { address, languages: Vec::new() }).await?;
                let Shown::Provision(page) = shown else { return Err(missing) };
                let own = page.provisions.first().and_then(|shown| shown.provision.language);
                let language = own.unwrap_or(page.expression.uri.language());
                let tagged = page.provisions.iter().flat_map(|shown| {
                    let curated = shown.articles.iter().map(|article| (*article, 1.0));
                    curated.chain(shown.suggested.iter().map(|tag| (tag.article, tag.score)))
                });
                let articles = surest(tagged.collect());
                (Some(page.url), page.text, Some(language), Some(page.work.jurisdiction), articles)
            }
        };
        let read: String = text.chars().take(Passage::MAX_CHARS).collect();
        let cut = read.len() < text.len();
        let passage =
            Passage { text: read.clone(), language, articles, except: jurisdiction.into_iter().collect() };
        let read = PassageRead {
            provision,
            text: read,
            cut,
            language,
            jurisdiction,
            articles: Vec::new(),
            concepts: Vec::new(),
            words: Vec::new(),
        };
        Ok((passage, read))
    }
}

fn suggested(language: Language, text: &str) -> Vec<(Article, f32)> {
    let unit = Unit { language, title: "", containers: &[], heading: "", text };
    let suggested = merida_ingest::tagger().suggest(unit);
    surest(suggested.into_iter().map(|suggestion| (suggestion.article, suggestion.score)).collect())
}

/// Each article once, the surest first.
fn surest(mut articles: Vec<(Article, f32)>) -> Vec<(Article, f32)> {
    articles.retain(|(_, confidence)| *confidence >= SURE);
    articles.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut seen = Vec::new();
    articles.retain(|(article, _)| {
        let is_new = !seen.contains(article);
        seen.push(*article);
        is_new
    });
    articles.truncate(ARTICLES);
    articles
}

/// The works found, each provision with its reasons; of provisions of the very same words, the first alone.
fn grouped(works: impl Iterator<Item = (FoundWork, Vec<Because>)>) -> Vec<FoundWork> {
    let mut grouped: Vec<FoundWork> = Vec::new();
    let mut first: HashMap<u64, (usize, usize)> = HashMap::new();
    for (mut work, because) in works {
        let mut kept = Vec::new();
        for (mut provision, because) in std::mem::take(&mut work.provisions).into_iter().zip(because) {
            match first.get(&because.text) {
                // The place of the work that is being put together is the one after the last.
                Some(&(place, number)) => {
                    let known = match grouped.get_mut(place) {
                        Some(work) => work.provisions.get_mut(number),
                        None => kept.get_mut(number),
                    };
                    if let Some(alike) = known.and_then(|known| known.alike.as_mut()) {
                        alike.same_text.push(provision.url);
                    }
                }
                None => {
                    first.insert(because.text, (grouped.len(), kept.len()));
                    let Because { articles, concepts, words, .. } = because;
                    provision.alike = Some(Alike { articles, concepts, words, same_text: Vec::new() });
                    kept.push(provision);
                }
            }
        }
        work.provisions = kept;
        if !work.provisions.is_empty() {
            grouped.push(work);
        }
    }
    grouped
}
