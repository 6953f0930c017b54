//! The first page: a search box, and the ways in by article, State and language.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use merida_law::{Language, Region};
use merida_library::{JurisdictionCount, Overview};

use crate::asked::{Asked, Filter};
use crate::chips::article_url;
use crate::frame::Frame;
use crate::refusal::Refusal;
use crate::site::{Site, page};
use crate::texts::Texts;
use crate::tongue::Tongue;

/// `/`
pub(crate) async fn show(State(site): State<Arc<Site>>) -> Result<Response, Refusal> {
    let overview = site.library.overview().await?;
    page(&Home::new(&site, &overview))
}

/// The first page.
#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct Home {
    frame: Frame,
    examples: Vec<Example>,
    holdings: String,
    changed: Option<String>,
    chapters: Vec<ChapterView>,
    regions: Vec<RegionView>,
    languages: Vec<LanguageView>,
}

struct Example {
    text: &'static str,
    tongue: Tongue,
    url: String,
    note: String,
}

struct ChapterView {
    number: String,
    title: String,
    url: String,
    articles: Vec<ArticleRow>,
}

struct ArticleRow {
    number: String,
    title: String,
    url: String,
    curated: u64,
    suggested: u64,
}

struct RegionView {
    name: String,
    url: Option<String>,
    states: Vec<StateRow>,
}

struct StateRow {
    name: String,
    url: String,
    works: String,
}

struct LanguageView {
    autonym: &'static str,
    tongue: Tongue,
    url: String,
    count: String,
}

impl Home {
    /// The first page of a library.
    pub(crate) fn new(site: &Site, overview: &Overview) -> Self {
        let t = site.texts;
        let mut frame = Frame::new(site, "home", t.say("home-page-title")).at(site, "/");
        frame.description = t.say("footer-what");
        Self {
            examples: examples(t),
            holdings: holdings(t, overview),
            changed: overview
                .changed_at
                .as_deref()
                .map(|moment| t.with("home-changed", &[("day", &super::work::day(moment))])),
            chapters: chapters(t, overview),
            regions: regions(t, &overview.jurisdictions),
            languages: languages(t, overview),
            frame,
        }
    }
}

/// Six things that one can type, in six scripts or ways. They are questions, not words of the interface.
fn examples(t: &Texts) -> Vec<Example> {
    const EXAMPLES: [(&str, Language, &str); 7] = [
        ("illicit enrichment", Language::EN, "example-concept"),
        ("art. 30(2) immunity", Language::EN, "example-article"),
        ("Bribery Act 2010 s 6", Language::EN, "example-citation"),
        ("trafic d’influence", Language::FR, "example-french"),
        ("الكسب غير المشروع", Language::AR, "example-arabic"),
        ("利用影响力受贿", Language::ZH, "example-chinese"),
        ("незаконное обогащение", Language::RU, "example-russian"),
    ];
    EXAMPLES
        .into_iter()
        .map(|(text, language, note)| Example {
            text,
            tongue: language.into(),
            url: Asked::question(text).url(),
            note: t.say(note),
        })
        .collect()
}

fn holdings(t: &Texts, overview: &Overview) -> String {
    t.with(
        "home-holdings",
        &[
            ("works", &t.count("count-works", overview.works)),
            ("states", &t.count("count-states", overview.jurisdictions.len() as u64)),
            ("languages", &t.count("count-languages", overview.languages.len() as u64)),
            ("provisions", &t.count("count-provisions", overview.provisions)),
            ("curated", &t.number(overview.curated)),
            ("suggested", &t.number(overview.suggested)),
        ],
    )
}

fn chapters(t: &Texts, overview: &Overview) -> Vec<ChapterView> {
    let language = t.locale().language();
    let title = |titles: &std::collections::BTreeMap<Language, String>| {
        titles.get(&language).or_else(|| titles.get(&Language::EN)).cloned().unwrap_or_default()
    };
    let mut chapters = Vec::new();
    for chapter in &overview.chapters {
        let articles = chapter.articles.iter().map(|count| ArticleRow {
            number: count.article.to_string(),
            title: title(&count.title),
            url: article_url(count.article),
            curated: count.curated,
            suggested: count.suggested,
        });
        let chosen =
            Asked::question("").query_with(Filter::Chapter, std::slice::from_ref(&chapter.chapter.number));
        chapters.push(ChapterView {
            number: chapter.chapter.number.clone(),
            title: title(&chapter.chapter.title),
            url: format!("/search?{chosen}"),
            articles: articles.collect(),
        });
    }
    chapters
}

fn regions(t: &Texts, jurisdictions: &[JurisdictionCount]) -> Vec<RegionView> {
    let language = t.locale().language();
    let states = |region: Option<Region>| -> Vec<StateRow> {
        let within = jurisdictions.iter().filter(|count| count.jurisdiction.region() == region);
        within
            .map(|count| StateRow {
                name: count.jurisdiction.name_in(language).to_owned(),
                url: format!("/jurisdiction/{}", count.jurisdiction.code()),
                works: t.number(count.works),
            })
            .collect()
    };
    let mut regions: Vec<RegionView> = Region::ALL
        .into_iter()
        .map(|region| RegionView {
            name: region.name_in(language).to_owned(),
            url: Some(format!("/search?region={}", region.as_str())),
            states: states(Some(region)),
        })
        .collect();
    regions.push(RegionView { name: t.say("region-none"), url: None, states: states(None) });
    regions.retain(|region| !region.states.is_empty());
    regions
}

fn languages(t: &Texts, overview: &Overview) -> Vec<LanguageView> {
    let view = |(language, count): &(Language, u64)| LanguageView {
        autonym: language.autonym(),
        tongue: (*language).into(),
        url: format!("/search?lang={}", language.bcp47()),
        count: t.number(*count),
    };
    overview.languages.iter().map(view).collect()
}
