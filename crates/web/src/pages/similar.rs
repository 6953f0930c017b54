//! Provisions like a passage that is pasted, or like one of the library.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use merida_law::{Language, Taxonomy};
use merida_library::{ConceptId, FoundProvision, SimilarAnswer, SimilarRequest, Thesaurus};

use super::search::{Link, Search};
use crate::asked::{Asked, LikeAsked};
use crate::chips::{article_title, article_url};
use crate::query::Query;
use crate::refusal::Refusal;
use crate::site::{Site, page};
use crate::texts::Texts;

/// A passage of so many characters stands in addresses as it is; a longer one by its telling words.
const SHORT: usize = 1_500;

/// `/similar`
pub(crate) async fn show(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    answer(&site, Asked::read_like(&Query::read(uri.query())?)).await
}

/// `/similar`, where a passage is sent that may be too long for an address.
pub(crate) async fn sent(State(site): State<Arc<Site>>, body: String) -> Result<Response, Refusal> {
    let asked = Asked::read_like(&Query::read_form(&body)?);
    let is_short = asked.like.as_ref().is_some_and(|like| like.text.chars().count() <= SHORT);
    if is_short {
        // What can be seen can be cited.
        return Ok(Redirect::to(&asked.url()).into_response());
    }
    answer(&site, asked).await
}

async fn answer(site: &Site, mut asked: Asked) -> Result<Response, Refusal> {
    let Some(like) = asked.like.as_ref().and_then(LikeAsked::like) else {
        return page(&Search::similar(site, &asked, None));
    };
    let search = asked.request.clone();
    let answer = site.library.similar(SimilarRequest { like, search }).await?;
    if let Some(like) = asked.like.as_mut().filter(|like| like.text.chars().count() > SHORT) {
        like.text = answer.passage.words.join(" ");
        like.language = answer.passage.language;
        like.on = answer.passage.articles.clone();
    }
    page(&Search::similar(site, &asked, Some(&answer)))
}

/// The passage and how it was read.
pub(crate) struct PassageView {
    pub(crate) text: String,
    pub(crate) provision: Option<Link>,
    pub(crate) languages: Vec<Chosen>,
    pub(crate) asked: bool,
    pub(crate) articles: Vec<Link>,
    pub(crate) read: Vec<String>,
}

/// A language that may be chosen.
pub(crate) struct Chosen {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    pub(crate) chosen: bool,
}

impl PassageView {
    /// The passage of `answer`; an empty one where there is no answer yet.
    pub(crate) fn new(t: &Texts, taxonomy: &Taxonomy, asked: &Asked, answer: Option<&SimilarAnswer>) -> Self {
        let ui = t.locale().language();
        let chosen = asked.like.as_ref().and_then(|like| like.language);
        let mut languages: Vec<Chosen> = Language::all()
            .filter(|language| *language != Language::UND)
            .map(|language| Chosen {
                tag: language.bcp47(),
                name: language.name_in(ui),
                chosen: chosen == Some(language),
            })
            .collect();
        languages.sort_by_key(|language| language.name);
        let Some(passage) = answer.map(|answer| &answer.passage) else {
            let (text, provision) = (String::new(), None);
            return Self { text, provision, languages, asked: false, articles: Vec::new(), read: Vec::new() };
        };
        let mut read = vec![match passage.language {
            Some(language) => t.with("similar-language", &[("language", language.name_in(ui))]),
            None => t.say("similar-no-language"),
        }];
        if let Some(state) = passage.jurisdiction {
            read.push(t.with("similar-except", &[("state", state.name_in(ui))]));
        }
        if passage.cut {
            read.push(t.say("similar-cut"));
        }
        if !passage.concepts.is_empty() {
            let concepts = names(ui, &passage.concepts);
            read.push(t.with("similar-concepts", &[("concepts", &concepts)]));
        }
        if !passage.words.is_empty() {
            read.push(t.with("similar-words", &[("words", &passage.words.join(", "))]));
        }
        Self {
            text: if passage.provision.is_some() { String::new() } else { passage.text.clone() },
            provision: passage
                .provision
                .as_ref()
                .map(|address| Link { text: t.say("similar-provision"), url: address.to_string() }),
            languages,
            asked: true,
            articles: passage
                .articles
                .iter()
                .map(|article| Link {
                    text: article_title(t, taxonomy, *article),
                    url: article_url(*article),
                })
                .collect(),
            read,
        }
    }
}

/// Why a provision is like the passage, in words.
pub(crate) fn alike(t: &Texts, taxonomy: &Taxonomy, found: &FoundProvision) -> Vec<String> {
    let Some(alike) = &found.alike else { return Vec::new() };
    let mut why: Vec<String> =
        alike.articles.iter().map(|article| article_title(t, taxonomy, *article)).collect();
    if !alike.concepts.is_empty() {
        why.push(names(t.locale().language(), &alike.concepts));
    }
    if !alike.words.is_empty() {
        let words: Vec<&str> = alike.words.iter().take(8).map(String::as_str).collect();
        why.push(t.with("similar-same-words", &[("words", &words.join(", "))]));
    }
    why
}

/// Concepts by their names in a language.
fn names(language: Language, concepts: &[ConceptId]) -> String {
    let named = concepts.iter().filter_map(|id| Thesaurus::shipped().get(id));
    named.map(|concept| concept.name_in(language)).collect::<Vec<_>>().join(", ")
}

/// Provisions of the very same words.
pub(crate) fn same(t: &Texts, found: &FoundProvision) -> Vec<Link> {
    let addresses = found.alike.iter().flat_map(|alike| &alike.same_text);
    addresses
        .map(|address| Link {
            text: t.with(
                "similar-same-text",
                &[("place", address.work.jurisdiction().name_in(t.locale().language()))],
            ),
            url: address.to_string(),
        })
        .collect()
}

/// The fields of a form that ask for the like of the same passage.
pub(crate) fn hidden(like: &LikeAsked) -> Vec<(String, String)> {
    let own = |name: &str, value: String| (name.to_owned(), value);
    let mut fields = Vec::new();
    match &like.provision {
        Some(provision) => fields.push(own("provision", provision.to_string())),
        None => fields.push(own("text", like.text.clone())),
    }
    fields.extend(like.language.map(|language| own("text_lang", language.bcp47().to_owned())));
    fields.extend(like.of.map(|state| own("of", state.code().to_owned())));
    fields.extend(like.on.iter().map(|article| own("on", article.to_string())));
    fields
}
