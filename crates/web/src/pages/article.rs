//! An article of the Convention: what it asks, and what States have made of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use merida_law::{Article, ArticleDepth, Jurisdiction, Language, Paragraph};
use merida_library::{ArticlePage, ArticleRequest, StateProvisions, TaggedProvision};

use super::search::{Choice, Link, Pager, caution, gloss};
use crate::chips::{Chips, article_url};
use crate::frame::Frame;
use crate::query::{Query, decode, join, push};
use crate::refusal::Refusal;
use crate::site::{Site, page};
use crate::texts::Texts;
use crate::tongue::Tongue;

/// How many States a page lists.
const STATES: usize = 40;
/// How many provisions of a State it lists before "more".
const PER_STATE: usize = 6;
/// And when one State alone is shown.
const OF_ONE_STATE: usize = 200;

/// `/article/15`, `/article/15?part=15(a)`, `/article/15(a)`, `/article/15/a`.
pub(crate) async fn show(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let path = decode(uri.path().trim_start_matches("/article/"), false)?;
    let query = Query::read(uri.query())?;
    let written = query.first("part").unwrap_or(&path);
    let article: Article = written.replace('/', " ").parse().map_err(|_| Refusal::missing())?;
    if path.split(['/', '(']).next().and_then(|n| n.parse::<Article>().ok()) != Some(article.whole()) {
        return Err(Refusal::missing());
    }
    let choices = Choices::read(&query);
    let mut request = ArticleRequest::new(article);
    request.jurisdictions = choices.jurisdiction.into_iter().collect();
    request.per_jurisdiction = if choices.jurisdiction.is_some() { OF_ONE_STATE } else { PER_STATE };
    request.suggested = !choices.curated_only;
    let answer = site.library.article(request).await?;
    if site.library.taxonomy().paragraph(article).is_none() && article.depth() == ArticleDepth::Paragraph {
        return Err(Refusal::missing());
    }
    page(&ArticleView::new(&site, &choices, &answer))
}

/// What the visitor chose on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Choices {
    /// The language of the summary.
    pub(crate) summary: Language,
    /// One State alone.
    pub(crate) jurisdiction: Option<Jurisdiction>,
    /// Without suggestions.
    pub(crate) curated_only: bool,
    /// How many States to pass over.
    pub(crate) offset: usize,
}

impl Choices {
    fn read(query: &Query) -> Self {
        Self {
            summary: query.first("summary").and_then(|tag| tag.parse().ok()).unwrap_or(Language::EN),
            jurisdiction: query.first("jurisdiction").and_then(|code| code.parse().ok()),
            curated_only: query.first("origin") == Some("curated"),
            offset: query.first("offset").and_then(|n| n.parse().ok()).unwrap_or(0).min(10_000),
        }
    }

    fn url(self, article: Article) -> String {
        let mut query = String::new();
        if article != article.whole() {
            push(&mut query, "part", &article.to_string());
        }
        if self.summary != Language::EN {
            push(&mut query, "summary", self.summary.bcp47());
        }
        if let Some(jurisdiction) = self.jurisdiction {
            push(&mut query, "jurisdiction", jurisdiction.code());
        }
        if self.curated_only {
            push(&mut query, "origin", "curated");
        }
        if self.offset > 0 {
            push(&mut query, "offset", &self.offset.to_string());
        }
        join(&format!("/article/{}", article.whole()), &query)
    }
}

/// The page of an article.
#[derive(Template)]
#[template(path = "article.html")]
pub(crate) struct ArticleView {
    frame: Frame,
    heading: String,
    chapter: Link,
    titles: Vec<(Tongue, String)>,
    summaries: Vec<Choice>,
    summary: Option<(Tongue, String)>,
    paragraphs: Vec<ParagraphView>,
    part: Option<Part>,
    found: String,
    states: Vec<StateView>,
    origins: Vec<Choice>,
    all_states: Option<String>,
    search: String,
    pager: Pager,
    neighbours: Pager,
}

struct ParagraphView {
    anchor: String,
    number: String,
    url: String,
    depth: u8,
    obligation: String,
    strength: &'static str,
    qualifiers: String,
    gist: String,
    counts: Option<String>,
    chosen: bool,
}

struct Part {
    text: String,
    whole: String,
}

struct StateView {
    name: String,
    code: String,
    url: String,
    works: Vec<WorkView>,
    more: Option<Link>,
}

struct WorkView {
    title: String,
    title_en: Option<String>,
    tongue: Tongue,
    url: String,
    facts: Vec<String>,
    caution: Option<String>,
    provisions: Vec<ProvisionView>,
}

struct ProvisionView {
    label: String,
    heading: String,
    beginning: String,
    url: String,
    chips: Chips,
}

impl ArticleView {
    /// The page of `answer`.
    pub(crate) fn new(site: &Site, choices: &Choices, answer: &ArticlePage) -> Self {
        let t = site.texts;
        let article = answer.article;
        let ui = t.locale().language();
        let title = answer.entry.title.get(&ui).cloned().unwrap_or_default();
        let heading =
            t.with("article-with-title", &[("article", &article.whole().to_string()), ("title", &title)]);
        let mut frame = Frame::new(site, "article", heading.clone()).at(site, &article_url(article));
        frame.description =
            answer.entry.summary.get(&ui).map(|s| s.chars().take(300).collect()).unwrap_or_default();
        let summary = choices.summary;
        Self {
            chapter: Link {
                text: t.with(
                    "chapter-with-title",
                    &[
                        ("chapter", &answer.chapter.number),
                        ("title", answer.chapter.title.get(&ui).map_or("", String::as_str)),
                    ],
                ),
                url: format!("/search?chapter={}", answer.chapter.number),
            },
            titles: titles(answer, ui),
            summaries: summaries(*choices, answer),
            summary: answer.entry.summary.get(&summary).map(|text| (summary.into(), text.clone())),
            paragraphs: answer.entry.paragraphs.iter().map(|p| paragraph(t, answer, p)).collect(),
            part: (article != article.whole()).then(|| Part {
                text: t.with("article-part", &[("article", &article.to_string())]),
                whole: Choices { offset: 0, ..*choices }.url(article.whole()),
            }),
            found: t.with(
                "article-found",
                &[
                    ("curated", &t.count("count-provisions", answer.curated)),
                    ("suggested", &t.number(answer.suggested)),
                    ("states", &t.count("count-states", answer.states.len() as u64)),
                ],
            ),
            states: states(site, *choices, answer),
            origins: origins(t, *choices, article),
            all_states: choices
                .jurisdiction
                .map(|_| Choices { jurisdiction: None, offset: 0, ..*choices }.url(article)),
            search: format!("/search?article={article}"),
            pager: pager(t, *choices, answer),
            neighbours: neighbours(site, answer),
            heading,
            frame,
        }
    }
}

fn titles(answer: &ArticlePage, ui: Language) -> Vec<(Tongue, String)> {
    let others = Language::UN.into_iter().filter(|language| *language != ui);
    others.filter_map(|l| Some((l.into(), answer.entry.title.get(&l)?.clone()))).collect()
}

fn summaries(choices: Choices, answer: &ArticlePage) -> Vec<Choice> {
    let there = Language::UN.into_iter().filter(|language| answer.entry.summary.contains_key(language));
    there
        .map(|language| Choice {
            text: language.bcp47().to_owned(),
            url: format!("{}#asks", Choices { summary: language, ..choices }.url(answer.article)),
            chosen: language == choices.summary,
        })
        .collect()
}

impl Choice {
    /// The language that the choice names, for its own name.
    pub(crate) fn tongue(&self) -> Tongue {
        self.text.parse().unwrap_or(Language::EN).into()
    }
}

fn paragraph(t: &Texts, answer: &ArticlePage, paragraph: &Paragraph) -> ParagraphView {
    let article = paragraph.id;
    let counts = answer.parts.iter().find(|(part, ..)| *part == article);
    let qualifiers: Vec<String> = paragraph.qualifiers.iter().map(|q| t.qualifier(*q)).collect();
    let depth = article.self_and_ancestors().count() - 1;
    ParagraphView {
        anchor: anchor(article),
        number: article.to_string(),
        url: format!("{}#provisions", article_url(article)),
        depth: u8::try_from(depth.min(3)).unwrap_or(3),
        obligation: t.obligation(paragraph.obligation),
        strength: paragraph.obligation.as_str(),
        qualifiers: qualifiers.join("; "),
        gist: paragraph.gist.clone(),
        counts: counts.map(|(_, curated, suggested)| {
            t.with("part-counts", &[("curated", &t.number(*curated)), ("suggested", &t.number(*suggested))])
        }),
        chosen: article == answer.article && article != article.whole(),
    }
}

/// `p-15-a`: an id without brackets.
fn anchor(article: Article) -> String {
    let digits = article.to_string().replace(['(', ')'], " ");
    format!("p-{}", digits.split_whitespace().collect::<Vec<_>>().join("-"))
}

fn states(site: &Site, choices: Choices, answer: &ArticlePage) -> Vec<StateView> {
    answer
        .states
        .iter()
        .skip(choices.offset)
        .take(STATES)
        .map(|state| state_view(site, choices, answer, state))
        .collect()
}

fn state_view(site: &Site, choices: Choices, answer: &ArticlePage, state: &StateProvisions) -> StateView {
    let t = site.texts;
    let mut works: Vec<(&TaggedProvision, Vec<&TaggedProvision>)> = Vec::new();
    for provision in &state.provisions {
        match works.iter_mut().find(|(first, _)| first.expression == provision.expression) {
            Some((_, of_work)) => of_work.push(provision),
            None => works.push((provision, vec![provision])),
        }
    }
    let total = state.curated + if choices.curated_only { 0 } else { state.suggested };
    let more = total.saturating_sub(state.provisions.len() as u64);
    let code = state.jurisdiction.code();
    let more_url = if choices.jurisdiction.is_some() {
        format!("/search?article={}&jurisdiction={code}", answer.article)
    } else {
        Choices { jurisdiction: Some(state.jurisdiction), offset: 0, ..choices }.url(answer.article)
    };
    StateView {
        name: state.jurisdiction.name_in(t.locale().language()).to_owned(),
        code: code.to_owned(),
        url: format!("/jurisdiction/{code}"),
        works: works.into_iter().map(|(first, provisions)| work_view(site, first, &provisions)).collect(),
        more: (more > 0).then(|| Link { text: t.count("more-in-state", more), url: more_url }),
    }
}

fn work_view(site: &Site, work: &TaggedProvision, provisions: &[&TaggedProvision]) -> WorkView {
    let t = site.texts;
    let mut facts = vec![t.kind(work.kind), t.status(work.status), t.authority(work.authority)];
    facts.extend(t.as_of(work.date));
    let view = |provision: &&TaggedProvision| ProvisionView {
        label: if provision.label.is_empty() && provision.heading.is_empty() {
            t.provision_id(&provision.id)
        } else {
            provision.label.clone()
        },
        heading: provision.heading.clone(),
        beginning: provision.beginning.clone(),
        url: provision.url.to_string(),
        chips: Chips::of(
            t,
            site.library.taxonomy(),
            &provision.articles,
            &provision.suggested,
            &format!("{}#convention", provision.url),
        ),
    };
    WorkView {
        title: work.title.clone(),
        title_en: gloss(work.title_en.as_ref(), &work.title, work.language),
        tongue: work.language.into(),
        url: work.expression.to_string(),
        facts,
        caution: caution(t, work.status, work.authority),
        provisions: provisions.iter().map(view).collect(),
    }
}

fn origins(t: &Texts, choices: Choices, article: Article) -> Vec<Choice> {
    let choice = |key: &str, curated_only: bool| Choice {
        text: t.say(key),
        url: format!("{}#provisions", Choices { curated_only, offset: 0, ..choices }.url(article)),
        chosen: choices.curated_only == curated_only,
    };
    vec![choice("article-both", false), choice("article-curated", true)]
}

fn pager(t: &Texts, choices: Choices, answer: &ArticlePage) -> Pager {
    let total = answer.states.len();
    let to = |offset: usize| format!("{}#provisions", Choices { offset, ..choices }.url(answer.article));
    let last = (choices.offset + STATES).min(total);
    let place = t.with(
        "pager-states",
        &[
            ("first", &t.number((choices.offset + 1).min(last) as u64)),
            ("last", &t.number(last as u64)),
            ("total", &t.number(total as u64)),
        ],
    );
    Pager {
        label: t.say("pager-label"),
        place,
        previous: (choices.offset > 0)
            .then(|| Link { text: t.say("pager-previous"), url: to(choices.offset.saturating_sub(STATES)) }),
        next: (last < total).then(|| Link { text: t.say("pager-next"), url: to(last) }),
    }
}

fn neighbours(site: &Site, answer: &ArticlePage) -> Pager {
    let link = |article: Option<Article>| {
        article.map(|article| Link {
            text: crate::chips::article_title(site.texts, site.library.taxonomy(), article),
            url: article_url(article),
        })
    };
    Pager {
        label: site.texts.say("neighbours-label"),
        place: String::new(),
        previous: link(answer.previous),
        next: link(answer.next),
    }
}
