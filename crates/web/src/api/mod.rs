//! The JSON API: the same answers as the command line gives with `--json`.

mod openapi;
mod routes;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use merida_law::{Article, Jurisdiction, Language, ProvisionId};
use merida_library::{
    Address, ArticleRequest, CompleteRequest, ConceptId, ShowRequest, Shown, SimilarRequest, Tombstone,
    WorkSummary,
};
use serde::Serialize;

use crate::asked::{self, Asked, Ignored, LikeAsked};
use crate::query::{Query, decode};
use crate::refusal::{Message, Refusal};
use crate::site::{Site, reader_languages, typed};

pub(crate) use openapi::show as openapi;
#[cfg(test)]
pub(crate) use routes::made_keys;
pub(crate) use routes::{Endpoint, ROUTES};

/// The media type of answers.
const JSON: &str = "application/json; charset=utf-8";

/// `/api/v1/search`
pub(crate) async fn search(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let query = known(&uri, "search")?;
    let asked = Asked::read(&query);
    refuse(&asked.ignored)?;
    json(&site.library.search(asked.request).await?)
}

/// `/api/v1/complete?q=`
pub(crate) async fn complete(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refusal> {
    let query = known(&uri, "complete")?;
    let mut ignored = Vec::new();
    let limit = asked::number(&query, "limit", 1, CompleteRequest::MOST, &mut ignored);
    refuse(&ignored)?;
    let asked = CompleteRequest::new(query.first("q").unwrap_or(""));
    let languages = languages(&query, &headers)?;
    let request = CompleteRequest { languages, limit: limit.unwrap_or(asked.limit), ..asked };
    json(&site.library.complete(request).await?)
}

/// `/api/v1/similar?provision=` or `?text=`
pub(crate) async fn similar(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    alike(&site, &known(&uri, "similar")?).await
}

/// `/api/v1/similar`, the parameters sent as a form or as a JSON object.
pub(crate) async fn similar_sent(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Refusal> {
    let media_type = headers.get(axum::http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_json = media_type.is_some_and(|media_type| media_type.starts_with("application/json"));
    let query = if is_json { Query::read_json(&body)? } else { Query::read_form(&body)? };
    described(&query, "similar")?;
    alike(&site, &query).await
}

async fn alike(site: &Site, query: &Query) -> Result<Response, Refusal> {
    let asked = Asked::read_like(query);
    refuse(&asked.ignored)?;
    let like = asked.like.as_ref().and_then(LikeAsked::like);
    let like = like.ok_or_else(|| Refusal::request("text and provision are missing: write one of them"))?;
    json(&site.library.similar(SimilarRequest { like, search: asked.request }).await?)
}

/// `/api/v1/works`
pub(crate) async fn works(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    #[derive(Serialize)]
    struct Works {
        offset: u64,
        limit: u64,
        works: Vec<WorkSummary>,
    }
    let query = known(&uri, "works")?;
    let mut ignored = Vec::new();
    let offset = asked::number(&query, "offset", 0, 10_000_000, &mut ignored).unwrap_or(0) as u64;
    let limit = asked::number(&query, "limit", 1, 1_000, &mut ignored).unwrap_or(100) as u64;
    refuse(&ignored)?;
    json(&Works { offset, limit, works: site.library.works(offset, limit).await? })
}

/// `/api/v1/work?uri=`
pub(crate) async fn work(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refusal> {
    let query = known(&uri, "work")?;
    let address = Address { provision: None, ..address(&query)? };
    let languages = languages(&query, &headers)?;
    json(&site.library.show(ShowRequest { address, languages }).await?)
}

/// `/api/v1/provision?uri=&id=`
pub(crate) async fn provision(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refusal> {
    let query = known(&uri, "provision")?;
    let named: Option<ProvisionId> =
        query.first("id").map(str::parse).transpose().map_err(Refusal::request)?;
    let address = address(&query)?;
    let provision =
        named.or(address.provision).ok_or_else(|| Refusal::request("id is missing: write id=sec_6"))?;
    let address = Address { provision: Some(provision), ..address };
    let languages = languages(&query, &headers)?;
    match site.library.show(ShowRequest { address, languages }).await? {
        Shown::Provision(page) => json(&Shown::Provision(page)),
        Shown::Work(_) => Err(Refusal::missing()),
    }
}

/// `/api/v1/articles`
pub(crate) async fn articles(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    known(&uri, "articles")?;
    #[derive(Serialize)]
    struct Articles {
        chapters: Vec<merida_library::ChapterCount>,
    }
    json(&Articles { chapters: site.library.overview().await?.chapters })
}

/// `/api/v1/articles/{article}`
pub(crate) async fn article(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let query = known(&uri, "article")?;
    let path = decode(uri.path().trim_start_matches("/api/v1/articles/"), false)?;
    let article: Article = path.replace('/', " ").parse().map_err(Refusal::request)?;
    let mut request = ArticleRequest::new(article);
    for code in query.all("jurisdiction").take(300) {
        request.jurisdictions.push(code.parse::<Jurisdiction>().map_err(Refusal::request)?);
    }
    let mut ignored = Vec::new();
    let shown = asked::number(&query, "per_jurisdiction", 1, 1_000, &mut ignored);
    refuse(&ignored)?;
    request.per_jurisdiction = shown.unwrap_or(request.per_jurisdiction);
    match query.first("origin") {
        None => {}
        Some("curated") => request.suggested = false,
        Some(other) => {
            return Err(Refusal::request(format!("\"{other}\" is not known: origin takes curated alone")));
        }
    }
    json(&site.library.article(request).await?)
}

/// `/api/v1/jurisdictions`
pub(crate) async fn jurisdictions(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    known(&uri, "jurisdictions")?;
    #[derive(Serialize)]
    struct Jurisdictions {
        jurisdictions: Vec<merida_library::JurisdictionCount>,
    }
    json(&Jurisdictions { jurisdictions: site.library.overview().await?.jurisdictions })
}

/// `/api/v1/jurisdictions/{code}`
pub(crate) async fn jurisdiction(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    known(&uri, "jurisdiction")?;
    let code = decode(uri.path().trim_start_matches("/api/v1/jurisdictions/"), false)?;
    let jurisdiction: Jurisdiction = code.parse().map_err(Refusal::request)?;
    json(&site.library.jurisdiction(jurisdiction).await?)
}

/// `/api/v1/concepts`
pub(crate) async fn concepts(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    known(&uri, "concepts")?;
    #[derive(Serialize)]
    struct Concepts {
        concepts: Vec<merida_library::ConceptName>,
    }
    json(&Concepts { concepts: site.library.concepts() })
}

/// `/api/v1/concepts/{id}`
pub(crate) async fn concept(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    known(&uri, "concept")?;
    let id = decode(uri.path().trim_start_matches("/api/v1/concepts/"), false)?;
    let id: ConceptId = id.parse().map_err(Refusal::request)?;
    json(&site.library.concept(&id).await?)
}

/// `/api/v1/stats`
pub(crate) async fn stats(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    known(&uri, "stats")?;
    json(&site.library.overview().await?)
}

/// A refusal as JSON: what was wrong, and what to do.
pub(crate) fn refusal(site: &Site, refusal: &Refusal) -> Response {
    #[derive(Serialize)]
    struct Body {
        error: String,
        hint: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        withdrawn: Option<Tombstone>,
    }
    let withdrawn = match &refusal.message {
        Message::Withdrawn(tombstone) => Some((**tombstone).clone()),
        _ => None,
    };
    let hint = site.texts.say(refusal.message.hint_key());
    let body = Body { error: refusal.message.to_string(), hint, withdrawn };
    let mut response = json(&body).unwrap_or_default();
    *response.status_mut() = refusal.status;
    response
}

fn json(answer: &impl Serialize) -> Result<Response, Refusal> {
    let text = serde_json::to_string(answer).map_err(|error| {
        tracing::error!(%error, "an answer could not be written as JSON");
        Refusal::internal()
    })?;
    Ok(typed(JSON, text))
}

/// The query string, if every field of it is one that the route of that name describes.
fn known(uri: &Uri, name: &str) -> Result<Query, Refusal> {
    let query = Query::read(uri.query())?;
    described(&query, name)?;
    Ok(query)
}

/// Refuses a field that the route of that name does not describe.
fn described(query: &Query, name: &str) -> Result<(), Refusal> {
    let described: &[routes::Parameter] =
        ROUTES.iter().find(|route| route.name == name).map_or(&[], |route| route.parameters);
    for (field, _) in query.fields() {
        if !described.iter().any(|parameter| parameter.name == field && !parameter.in_path) {
            let known: Vec<&str> = described.iter().filter(|p| !p.in_path).map(|p| p.name).collect();
            let field: String = field.chars().take(40).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(Refusal::request(format!(
                "\"{field}\" is not a parameter here: the parameters are {known}"
            )));
        }
    }
    Ok(())
}

fn refuse(ignored: &[Ignored]) -> Result<(), Refusal> {
    match ignored.first() {
        None => Ok(()),
        Some(first) => Err(Refusal::request(&first.why)),
    }
}

fn address(query: &Query) -> Result<Address, Refusal> {
    let uri = query
        .first("uri")
        .ok_or_else(|| Refusal::request("uri is missing: write uri=/akn/gb/act/2010/23"))?;
    uri.parse().map_err(Refusal::request)
}

fn languages(query: &Query, headers: &HeaderMap) -> Result<Vec<Language>, Refusal> {
    let mut languages = Vec::new();
    for tag in query.all("lang") {
        languages.push(tag.parse().map_err(Refusal::request)?);
    }
    languages.extend(reader_languages(headers));
    Ok(languages)
}
