//! A State: its laws, and which articles of the Convention they bear on.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use merida_law::{Jurisdiction, LegalSystem};
use merida_library::{JurisdictionPage, WorkSummary};

use super::search::{Link, caution, gloss};
use crate::frame::Frame;
use crate::query::decode;
use crate::refusal::Refusal;
use crate::site::{Site, page};
use crate::tongue::Tongue;

/// `/jurisdiction/ke`
pub(crate) async fn show(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let code = decode(uri.path().trim_start_matches("/jurisdiction/"), false)?;
    let jurisdiction: Jurisdiction = code.parse().map_err(|_| Refusal::missing())?;
    let answer = site.library.jurisdiction(jurisdiction).await?;
    page(&JurisdictionView::new(&site, &answer))
}

/// The page of a State.
#[derive(Template)]
#[template(path = "jurisdiction.html")]
pub(crate) struct JurisdictionView {
    frame: Frame,
    name: String,
    crumbs: Vec<Link>,
    names: Vec<(Tongue, &'static str)>,
    legal_system: Option<String>,
    summary: String,
    works: Vec<WorkRow>,
    chapters: Vec<ChapterRows>,
    search: String,
}

struct WorkRow {
    title: String,
    title_en: Option<String>,
    tongue: Tongue,
    url: String,
    facts: Vec<String>,
    caution: Option<String>,
    languages: Vec<Tongue>,
    tags: String,
}

struct ChapterRows {
    title: String,
    articles: Vec<ArticleRow>,
}

struct ArticleRow {
    number: String,
    title: String,
    url: String,
    state: String,
    class: &'static str,
}

impl JurisdictionView {
    /// The page of a State.
    pub(crate) fn new(site: &Site, answer: &JurisdictionPage) -> Self {
        let t = site.texts;
        let ui = t.locale().language();
        let jurisdiction = answer.jurisdiction;
        let name = jurisdiction.name_in(ui).to_owned();
        let path = format!("/jurisdiction/{}", jurisdiction.code());
        let covered = answer.articles.iter().filter(|count| count.curated > 0).count();
        let system = jurisdiction.legal_system();
        Self {
            frame: Frame::new(site, "jurisdiction", name.clone()).at(site, &path),
            crumbs: crumbs(answer),
            names: merida_law::Language::UN
                .into_iter()
                .filter(|language| *language != ui)
                .map(|language| (language.into(), jurisdiction.name_in(language)))
                .collect(),
            legal_system: (system != LegalSystem::Unknown).then(|| t.legal_system(system)),
            summary: t.with(
                "jurisdiction-summary",
                &[
                    ("works", &t.count("count-works", answer.works.len() as u64)),
                    ("articles", &t.count("count-articles", covered as u64)),
                ],
            ),
            works: answer.works.iter().map(|work| work_row(site, work)).collect(),
            chapters: chapters(site, answer),
            search: format!("/search?jurisdiction={}", jurisdiction.code()),
            name,
        }
    }
}

fn crumbs(answer: &JurisdictionPage) -> Vec<Link> {
    let ui = merida_law::Language::EN;
    let region = answer.jurisdiction.region().map(|region| Link {
        text: region.name_in(ui).to_owned(),
        url: format!("/search?region={}", region.as_str()),
    });
    let part = answer
        .jurisdiction
        .sub_region()
        .map(|part| Link { text: part.name_in(ui).to_owned(), url: String::new() });
    region.into_iter().chain(part).collect()
}

fn work_row(site: &Site, work: &WorkSummary) -> WorkRow {
    let t = site.texts;
    let mut facts = vec![t.kind(work.kind)];
    facts.extend(work.number.clone().map(|number| t.with("work-number", &[("number", &number)])));
    facts.extend(work.date.map(|date| date.to_string()));
    facts.extend([t.status(work.status), t.authority(work.authority)]);
    let language = work.languages.first().copied().unwrap_or(merida_law::Language::EN);
    WorkRow {
        title: work.title.clone(),
        title_en: gloss(work.title_en.as_ref(), &work.title, language),
        tongue: language.into(),
        url: work.url.to_string(),
        facts,
        caution: caution(t, work.status, work.authority),
        languages: if work.languages.len() > 1 {
            work.languages.iter().copied().map(Tongue::from).collect()
        } else {
            Vec::new()
        },
        tags: t.with(
            "part-counts",
            &[("curated", &t.number(work.tags.curated)), ("suggested", &t.number(work.tags.suggested))],
        ),
    }
}

fn chapters(site: &Site, answer: &JurisdictionPage) -> Vec<ChapterRows> {
    let t = site.texts;
    let ui = t.locale().language();
    let code = answer.jurisdiction.code();
    let mut chapters = Vec::new();
    for chapter in &site.library.taxonomy().chapters {
        let within = answer.articles.iter().filter(|c| (chapter.first..=chapter.last).contains(&c.article));
        let articles: Vec<ArticleRow> = within
            .map(|count| {
                let (state, class) = match (count.curated, count.suggested) {
                    (0, 0) => (t.say("not-yet-searched"), "none"),
                    (0, suggested) => (t.count("count-suggested", suggested), "suggested"),
                    (curated, _) => (t.count("count-curated", curated), "curated"),
                };
                ArticleRow {
                    number: count.article.to_string(),
                    title: count.title.get(&ui).cloned().unwrap_or_default(),
                    url: format!("/article/{}?jurisdiction={code}#provisions", count.article),
                    state,
                    class,
                }
            })
            .collect();
        if !articles.is_empty() {
            let title = chapter.title.get(&ui).map_or("", String::as_str);
            let title = t.with("chapter-with-title", &[("chapter", &chapter.number), ("title", title)]);
            chapters.push(ChapterRows { title, articles });
        }
    }
    chapters
}
