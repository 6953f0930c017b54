//! The thesaurus: its concepts by area, one concept, and what machines read of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use merida_library::{ConceptId, ConceptName, ConceptPage, ThesaurusFormat};

use super::search::Link;
use crate::chips::{article_title, article_url};
use crate::frame::Frame;
use crate::query::{decode, join, push};
use crate::refusal::Refusal;
use crate::site::{Site, page, typed};
use crate::tongue::Tongue;

/// `/thesaurus`
pub(crate) async fn list(State(site): State<Arc<Site>>) -> Result<Response, Refusal> {
    page(&ThesaurusView::new(&site))
}

/// `/thesaurus/trading-in-influence`
pub(crate) async fn show(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let id = decode(uri.path().trim_start_matches("/thesaurus/"), false)?;
    let id: ConceptId = id.parse().map_err(|_| Refusal::missing())?;
    page(&ConceptView::new(&site, &site.library.concept(&id).await?))
}

/// `/thesaurus.ttl`
pub(crate) async fn turtle(State(site): State<Arc<Site>>) -> Response {
    handed_out(&site, ThesaurusFormat::Turtle)
}

/// `/thesaurus.jsonld`
pub(crate) async fn json_ld(State(site): State<Arc<Site>>) -> Response {
    handed_out(&site, ThesaurusFormat::JsonLd)
}

fn handed_out(site: &Site, format: ThesaurusFormat) -> Response {
    typed(format.media_type(), site.library.export_thesaurus(format, &site.settings.base_url))
}

/// The page of a concept.
pub(crate) fn concept_url(id: &ConceptId) -> String {
    format!("/thesaurus/{id}")
}

/// The concepts of the thesaurus.
#[derive(Template)]
#[template(path = "thesaurus.html")]
pub(crate) struct ThesaurusView {
    frame: Frame,
    summary: String,
    areas: Vec<Area>,
}

/// The concepts that one file of the thesaurus defines.
struct Area {
    id: String,
    name: String,
    concepts: Vec<Row>,
}

struct Row {
    name: String,
    tongue: Tongue,
    url: String,
    articles: Vec<Link>,
}

impl ThesaurusView {
    /// The page.
    pub(crate) fn new(site: &Site) -> Self {
        let t = site.texts;
        let concepts = site.library.concepts();
        let mut areas: Vec<Area> = Vec::new();
        for concept in &concepts {
            if areas.last().is_none_or(|area| area.id != concept.area) {
                let name = concept.area.replace('-', " ");
                areas.push(Area { id: concept.area.clone(), name, concepts: Vec::new() });
            }
            if let Some(area) = areas.last_mut() {
                area.concepts.push(row(site, concept));
            }
        }
        for area in &mut areas {
            area.concepts.sort_by(|a, b| a.name.cmp(&b.name));
        }
        let frame = Frame::new(site, "thesaurus", t.say("thesaurus-title")).at(site, "/thesaurus");
        Self { summary: t.count("thesaurus-lede", concepts.len() as u64), areas, frame }
    }
}

fn row(site: &Site, concept: &ConceptName) -> Row {
    let ui = site.texts.locale().language();
    Row {
        name: concept.name_in(ui).to_owned(),
        tongue: ui.into(),
        url: concept_url(&concept.id),
        articles: articles(site, concept),
    }
}

fn articles(site: &Site, concept: &ConceptName) -> Vec<Link> {
    let link = |article: &merida_law::Article| Link {
        text: article_title(site.texts, site.library.taxonomy(), *article),
        url: article_url(*article),
    };
    concept.articles.iter().map(link).collect()
}

/// A concept.
#[derive(Template)]
#[template(path = "concept.html")]
pub(crate) struct ConceptView {
    frame: Frame,
    name: String,
    id: String,
    holdings: String,
    search: String,
    ask: String,
    labels: Vec<LabelRow>,
    neighbours: Vec<Neighbours>,
    articles: Vec<Link>,
}

struct LabelRow {
    language: String,
    tongue: Tongue,
    preferred: String,
    alternative: String,
    search: String,
}

struct Neighbours {
    title: String,
    concepts: Vec<Row>,
}

impl ConceptView {
    /// The page of a concept.
    pub(crate) fn new(site: &Site, concept: &ConceptPage) -> Self {
        let t = site.texts;
        let ui = t.locale().language();
        let name = concept.name.name_in(ui).to_owned();
        let id = &concept.name.id;
        let frame = Frame::new(site, "concept", name.clone()).at(site, &concept_url(id));
        let labels = concept.labels.iter().map(|labels| LabelRow {
            language: labels.language.name_in(ui).to_owned(),
            tongue: labels.language.into(),
            preferred: labels.preferred.clone(),
            alternative: labels.alternative.join(" · "),
            search: question(&labels.preferred),
        });
        let neighbours = [
            ("thesaurus-broader", &concept.broader),
            ("thesaurus-narrower", &concept.narrower),
            ("thesaurus-related", &concept.related),
        ];
        Self {
            holdings: t.with(
                "thesaurus-holdings",
                &[
                    ("provisions", &t.count("count-provisions", concept.provisions)),
                    ("works", &t.count("count-works", concept.works)),
                ],
            ),
            search: format!("/search?concept={id}"),
            ask: question(&format!("concept:{id}")),
            labels: labels.collect(),
            neighbours: neighbours
                .into_iter()
                .filter(|(_, concepts)| !concepts.is_empty())
                .map(|(key, concepts)| Neighbours {
                    title: t.say(key),
                    concepts: concepts.iter().map(|concept| row(site, concept)).collect(),
                })
                .collect(),
            articles: articles(site, &concept.name),
            id: id.to_string(),
            name,
            frame,
        }
    }
}

fn question(text: &str) -> String {
    let mut query = String::new();
    push(&mut query, "q", text);
    join("/search", &query)
}
