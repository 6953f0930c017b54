//! One provision: its words, its place, how to cite it, and which articles it bears on.

use askama::Template;
use merida_law::{Evidence, ProvisionId};
use merida_library::{Marking, ProvisionPage, ShownProvision};

use super::document::{Group, Segment, Setting};
use super::legislation;
use super::search::{Link, Pager, caution, gloss, with_question};
use super::work::{Version, alternates, place, status, versions};
use crate::chips::{article_title, article_url};
use crate::frame::Frame;
use crate::marking::{self, Marker, Piece};
use crate::query::{join, push};
use crate::site::Site;
use crate::tongue::Tongue;

/// The page of a provision.
#[derive(Template)]
#[template(path = "provision.html")]
pub(crate) struct ProvisionView {
    frame: Frame,
    work: Link,
    tongue: Tongue,
    work_en: Option<String>,
    place: Link,
    status: Vec<String>,
    caution: Option<String>,
    within: Vec<Link>,
    segment: Segment,
    label: String,
    heading: String,
    citation: String,
    link: String,
    in_context: String,
    curated: Vec<Link>,
    suggested: Vec<Suggestion>,
    versions: Vec<Version>,
    neighbours: Pager,
    json: String,
    alike: String,
    similar: String,
}

struct Suggestion {
    article: Link,
    score: String,
    evidence: Vec<Words>,
}

/// A stretch of the provision with the words that led to a suggestion.
struct Words {
    concept: String,
    pieces: Vec<Piece>,
}

impl ProvisionView {
    /// The page of a provision, with the words of `question` marked.
    pub(crate) fn new(site: &Site, question: &str, marking: Marking, page: &ProvisionPage) -> Self {
        let t = site.texts;
        let expression = &page.expression;
        let marker = Marker::new(marking, expression.language());
        let setting = Setting {
            t,
            taxonomy: site.library.taxonomy(),
            expression: &expression.uri,
            marker: &marker,
            question,
        };
        let segment = segment(&setting, &page.provisions);
        let first = page.provisions.first();
        let label = first.map(|shown| shown.provision.label.clone()).unwrap_or_default();
        let heading = first.map(|shown| shown.provision.heading.clone()).unwrap_or_default();
        let path = page.url.to_string();
        let mut frame = Frame::new(site, "provision", format!("{} – {}", segment.name, expression.title))
            .at(site, &path)
            .with_data(&legislation::of_provision(site, page));
        frame.question = question.to_owned();
        frame.alternates = alternates(site, &page.expressions)
            .into_iter()
            .map(|(tag, url)| (tag, format!("{url}/~{}", segment.head.id)))
            .collect();
        let work_path = expression.uri.to_string();
        Self {
            work: Link { text: expression.title.clone(), url: with_question(&work_path, question) },
            tongue: expression.language().into(),
            work_en: gloss(page.work.title_en.as_ref(), &expression.title, expression.language()),
            place: place(t, &page.work),
            status: status(t, &page.work, expression),
            caution: caution(t, page.work.status, expression.authority),
            within: within(page, &work_path, question),
            citation: citation(site, page, &segment.name),
            link: site.absolute(&path),
            in_context: in_context(&work_path, question, &segment.head.id),
            curated: curated(site, &page.provisions),
            suggested: suggested(site, page),
            versions: versions(t, &page.expressions, &expression.uri, |summary| {
                format!("{}/~{}", summary.uri, segment.head.id)
            }),
            neighbours: neighbours(site, page, question),
            json: {
                let mut query = String::new();
                push(&mut query, "uri", &work_path);
                push(&mut query, "id", &segment.head.id);
                join("/api/v1/provision", &query)
            },
            alike: alike(page),
            similar: {
                let mut query = String::new();
                push(&mut query, "provision", &path);
                join("/similar", &query)
            },
            label,
            heading,
            segment,
            frame,
        }
    }
}

fn segment(setting: &Setting<'_>, provisions: &[ShownProvision]) -> Segment {
    let group = Group::of_unit(provisions.len());
    setting.segment(provisions, &group)
}

/// "Bribery Act 2010 (United Kingdom), Section 6, text as of 2010-04-08, English, official text."
fn citation(site: &Site, page: &ProvisionPage, name: &str) -> String {
    let t = site.texts;
    let ui = t.locale().language();
    let expression = &page.expression;
    let english = gloss(page.work.title_en.as_ref(), &expression.title, expression.language());
    let title = match english {
        Some(english) => format!("{} [{english}]", expression.title),
        None => expression.title.clone(),
    };
    let mut pieces = vec![format!("{title} ({})", page.work.jurisdiction.name_in(ui)), name.to_owned()];
    pieces.extend(t.as_of(expression.uri.date().or(page.work.date)));
    pieces.push(expression.language().name_in(ui).to_owned());
    pieces.push(t.authority(expression.authority));
    pieces.push(t.status(page.work.status));
    pieces.join(", ")
}

fn in_context(path: &str, question: &str, id: &str) -> String {
    let mut query = String::new();
    if !question.is_empty() {
        push(&mut query, "q", &question.chars().take(300).collect::<String>());
    }
    push(&mut query, "at", id);
    format!("{}#{id}", join(path, &query))
}

fn within(page: &ProvisionPage, work_path: &str, question: &str) -> Vec<Link> {
    let link = |container: &merida_law::Provision| Link {
        text: format!("{} {}", container.label, container.heading).trim().to_owned(),
        url: in_context(work_path, question, container.id.as_str()),
    };
    page.within.iter().map(link).filter(|link| !link.text.is_empty()).collect()
}

fn curated(site: &Site, provisions: &[ShownProvision]) -> Vec<Link> {
    let mut articles: Vec<_> = provisions.iter().flat_map(|shown| shown.articles.iter().copied()).collect();
    articles.sort_unstable();
    articles.dedup();
    let link = |article| Link {
        text: article_title(site.texts, site.library.taxonomy(), article),
        url: article_url(article),
    };
    articles.into_iter().map(link).collect()
}

fn suggested(site: &Site, page: &ProvisionPage) -> Vec<Suggestion> {
    let t = site.texts;
    let curated: Vec<_> = page.provisions.iter().flat_map(|shown| shown.articles.iter().copied()).collect();
    let mut suggestions: Vec<Suggestion> = Vec::new();
    let mut seen = Vec::new();
    for tag in page.provisions.iter().flat_map(|shown| &shown.suggested) {
        if curated.contains(&tag.article) || seen.contains(&tag.article) {
            continue;
        }
        seen.push(tag.article);
        suggestions.push(Suggestion {
            article: Link {
                text: article_title(t, site.library.taxonomy(), tag.article),
                url: article_url(tag.article),
            },
            score: t
                .with("suggested-score", &[("score", &format!("{:.0}", tag.score.clamp(0.0, 1.0) * 100.0))]),
            evidence: tag.evidence.iter().take(8).map(|evidence| words(&page.text, evidence)).collect(),
        });
    }
    suggestions
}

/// The words of a piece of evidence with a little of what stands around them.
fn words(text: &str, evidence: &Evidence) -> Words {
    const AROUND: u32 = 40;
    let from = evidence.start.saturating_sub(AROUND);
    let length = (evidence.end.saturating_sub(from) + AROUND).min(400);
    let stretch: String = text.chars().skip(from as usize).take(length as usize).collect();
    let stretch = stretch.replace('\n', " ");
    let marks = [[evidence.start - from, evidence.end.saturating_sub(from)]];
    Words { concept: evidence.concept.replace(['-', '_'], " "), pieces: marking::cut(&stretch, &marks) }
}

fn neighbours(site: &Site, page: &ProvisionPage, question: &str) -> Pager {
    let t = site.texts;
    let link = |id: Option<&ProvisionId>, key: &str| {
        id.map(|id| Link {
            text: t.say(key),
            url: with_question(&format!("{}/~{id}", page.expression.uri), question),
        })
    };
    Pager {
        label: t.say("neighbours-label"),
        place: String::new(),
        previous: link(page.previous.as_ref(), "provision-previous"),
        next: link(page.next.as_ref(), "provision-next"),
    }
}

/// A search for provisions on the same articles; empty where none are known.
fn alike(page: &ProvisionPage) -> String {
    let mut articles: Vec<_> =
        page.provisions.iter().flat_map(|shown| shown.articles.iter().copied()).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut query = String::new();
    for article in articles.iter().take(5) {
        push(&mut query, "article", &article.to_string());
    }
    if query.is_empty() { query } else { join("/search", &query) }
}
