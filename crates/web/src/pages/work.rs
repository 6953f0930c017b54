//! A law: its text in the middle, its contents at the side, what it is above.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use merida_law::Language;
use merida_library::{Address, ExpressionSummary, Marking, ShowRequest, Shown, WorkPage};

use super::document::{Entry, Outline, Segment, Setting, contents};
use super::legislation;
use super::provision::ProvisionView;
use super::search::{Link, Pager, caution, gloss};
use crate::asked::MAX_QUESTION;
use crate::frame::Frame;
use crate::marking::Marker;
use crate::query::{Query, decode, join, push};
use crate::refusal::Refusal;
use crate::site::{Site, page, reader_languages};
use crate::texts::Texts;
use crate::tongue::Tongue;

/// `/akn/…`: a work, an expression or a provision.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refusal> {
    let query = Query::read(uri.query())?;
    let path = decode(uri.path(), false)?;
    let address: Address = path.parse().map_err(|_| Refusal::missing())?;
    let address = Address { provision: address.provision.or(provision_of(&query)), ..address };
    let chosen = query.first("lang").and_then(|tag| tag.parse().ok());
    let languages: Vec<Language> = chosen.into_iter().chain(reader_languages(&headers)).collect();
    let asked = Asked::read(&query);
    let shown = site.library.show(ShowRequest { address, languages }).await?;
    let marking = site.library.marking(&asked.question).await?;
    let mut response = match shown {
        Shown::Work(work) => page(&WorkView::new(&site, &asked, marking, &work)),
        Shown::Provision(provision) => page(&ProvisionView::new(&site, &asked.question, marking, &provision)),
    }?;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

/// `?provision=sec_6`, for those who cannot write `~`.
fn provision_of(query: &Query) -> Option<merida_law::ProvisionId> {
    query.first("provision").and_then(|id| id.parse().ok())
}

/// What the visitor asks of a law's page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// The words to mark.
    pub(crate) question: String,
    /// The provision to show, in a law of several parts.
    pub(crate) at: Option<String>,
    /// The part to show, from 1.
    pub(crate) part: Option<usize>,
}

impl Asked {
    fn read(query: &Query) -> Self {
        Self {
            question: query.first("q").unwrap_or("").chars().take(MAX_QUESTION).collect(),
            at: query.first("at").map(str::to_owned),
            part: query.first("part").and_then(|n| n.parse().ok()),
        }
    }
}

/// The page of a law.
#[derive(Template)]
#[template(path = "work.html")]
pub(crate) struct WorkView {
    frame: Frame,
    title: String,
    tongue: Tongue,
    title_en: Option<String>,
    place: Link,
    status: Vec<String>,
    caution: Option<String>,
    later: Option<String>,
    /// Articles on provisions of a later version that this one lacks.
    later_tags: Vec<Link>,
    facts: Vec<Fact>,
    original: Option<Link>,
    versions: Vec<Version>,
    entries: Vec<Entry>,
    /// Whether only a part of the law is on the page; the script then follows places that are elsewhere.
    parted: bool,
    segments: Vec<Segment>,
    pager: Pager,
    hits: Option<Hits>,
    json: String,
}

/// Something known of a law, by name.
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) url: Option<String>,
}

/// A version or language of a law.
pub(crate) struct Version {
    pub(crate) text: String,
    pub(crate) tongue: Tongue,
    pub(crate) detail: String,
    pub(crate) url: String,
    pub(crate) shown: bool,
}

struct Hits {
    text: String,
    first: Option<String>,
    elsewhere: Vec<Link>,
    clear: String,
}

impl WorkView {
    /// The page of `work`.
    pub(crate) fn new(site: &Site, asked: &Asked, marking: Marking, work: &WorkPage) -> Self {
        let t = site.texts;
        let expression = &work.expression;
        let own_path = expression.uri.to_string();
        let marker = Marker::new(marking, expression.language());
        let outline = Outline::new(&work.provisions);
        let part = chosen_part(&outline, work, asked);
        let link = |number: usize, id: &merida_law::ProvisionId| {
            if number == part { format!("#{id}") } else { place_url(&own_path, &asked.question, id.as_str()) }
        };
        let setting = Setting {
            t,
            taxonomy: site.library.taxonomy(),
            expression: &expression.uri,
            marker: &marker,
            question: &asked.question,
        };
        let groups = &outline.groups[outline.parts.get(part).cloned().unwrap_or_default()];
        let mut segments: Vec<Segment> =
            groups.iter().map(|group| setting.segment(&work.provisions, group)).collect();
        let hits = hits(t, asked, work, &outline, part, &marker, &segments);
        connect(&mut segments);
        let mut frame = Frame::new(site, "work", expression.title.clone())
            .at(site, &own_path)
            .with_data(&legislation::of_work(site, work));
        frame.question.clone_from(&asked.question);
        frame.description = description(t, work);
        frame.alternates = alternates(site, &work.expressions);
        Self {
            frame,
            title: expression.title.clone(),
            tongue: expression.language().into(),
            title_en: gloss(work.work.title_en.as_ref(), &expression.title, expression.language()),
            place: place(t, &work.work),
            status: status(t, &work.work, expression),
            caution: caution(t, work.work.status, expression.authority),
            later: work.superseded_by.as_ref().map(ToString::to_string),
            later_tags: work.later_tags.iter().map(|tag| later_tag(t, tag)).collect(),
            facts: facts(t, work),
            original: Some(original(t, expression)),
            versions: versions(t, &work.expressions, &expression.uri, |summary| summary.url.to_string()),
            entries: contents(t, &outline, &work.provisions, part, link),
            parted: outline.parts.len() > 1,
            pager: pager(t, asked, &own_path, &outline, work, part),
            segments,
            hits,
            json: join("/api/v1/work", &{
                let mut query = String::new();
                push(&mut query, "uri", &own_path);
                query
            }),
        }
    }
}

/// "Article 15 on Section 7"
fn later_tag(t: &Texts, tag: &merida_library::LaterTag) -> Link {
    let name = if tag.label.is_empty() { tag.provision.as_str() } else { &tag.label };
    let text = t.with("work-later-tag", &[("article", &tag.article.to_string()), ("provision", name)]);
    Link { text, url: tag.url.to_string() }
}

fn chosen_part(outline: &Outline, work: &WorkPage, asked: &Asked) -> usize {
    let at = asked.at.as_deref().and_then(|id| outline.part_of(&work.provisions, id));
    let part = at.or_else(|| asked.part.and_then(|number| number.checked_sub(1))).unwrap_or(0);
    part.min(outline.parts.len().saturating_sub(1))
}

/// A place in a law, whatever part it stands in.
fn place_url(path: &str, question: &str, id: &str) -> String {
    let mut query = String::new();
    if !question.is_empty() {
        push(&mut query, "q", &question.chars().take(300).collect::<String>());
    }
    push(&mut query, "at", id);
    format!("{}#{id}", join(path, &query))
}

/// Names the unit with marks before and after each unit with marks.
fn connect(segments: &mut [Segment]) {
    let marked: Vec<usize> = (0..segments.len()).filter(|place| segments[*place].hits > 0).collect();
    let id = |segments: &[Segment], place: Option<&usize>| {
        place.map(|place| segments[*place].head.id.clone()).unwrap_or_default()
    };
    for (number, place) in marked.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|n| marked.get(n));
        let around = (id(segments, before), id(segments, marked.get(number + 1)));
        segments[*place].around = around;
    }
}

fn hits(
    t: &Texts,
    asked: &Asked,
    work: &WorkPage,
    outline: &Outline,
    part: usize,
    marker: &Marker,
    segments: &[Segment],
) -> Option<Hits> {
    if asked.question.is_empty() {
        return None;
    }
    let path = work.expression.uri.to_string();
    let here = segments.iter().filter(|segment| segment.hits > 0).count();
    let mut elsewhere = Vec::new();
    let mut all = here;
    for (number, groups) in outline.parts.iter().enumerate().filter(|(number, _)| *number != part) {
        let marked: Vec<&super::document::Group> = outline.groups[groups.clone()]
            .iter()
            .filter(|group| has_marks(&work.provisions[group.range.clone()], marker))
            .collect();
        all += marked.len();
        if let Some(first) = marked.first() {
            let id = work.provisions[first.range.start].provision.id.as_str();
            let text = t.with(
                "hits-in-part",
                &[("part", &t.number(number as u64 + 1)), ("count", &t.number(marked.len() as u64))],
            );
            elsewhere.push(Link { text, url: place_url(&path, &asked.question, id) });
        }
    }
    Some(Hits {
        text: t.count("hits-in-work", all as u64),
        first: segments
            .iter()
            .find(|segment| segment.hits > 0)
            .map(|segment| format!("#{}", segment.head.id)),
        elsewhere,
        clear: path,
    })
}

fn has_marks(provisions: &[merida_library::ShownProvision], marker: &Marker) -> bool {
    marker.unit(provisions).iter().any(|marked| !marked.heading.is_empty() || !marked.text.is_empty())
}

fn part_note(t: &Texts, outline: &Outline, part: usize) -> Option<String> {
    let parts = outline.parts.len();
    (parts > 1).then(|| {
        t.with("part-note", &[("part", &t.number(part as u64 + 1)), ("parts", &t.number(parts as u64))])
    })
}

fn pager(t: &Texts, asked: &Asked, path: &str, outline: &Outline, work: &WorkPage, part: usize) -> Pager {
    let link = |number: Option<usize>| {
        let number = number.filter(|number| *number < outline.parts.len())?;
        let group = &outline.groups[outline.parts[number].start];
        let provision = &work.provisions[group.range.start].provision;
        let mut query = String::new();
        if !asked.question.is_empty() {
            push(&mut query, "q", &asked.question);
        }
        push(&mut query, "part", &(number + 1).to_string());
        let text = t.provision(provision).chars().take(60).collect();
        Some(Link { text, url: join(path, &query) })
    };
    Pager {
        label: t.say("pager-label"),
        place: part_note(t, outline, part).unwrap_or_default(),
        previous: link(part.checked_sub(1)),
        next: link(Some(part + 1)),
    }
}

/// The State of a law.
pub(crate) fn place(t: &Texts, work: &merida_law::Work) -> Link {
    Link {
        text: work.jurisdiction.name_in(t.locale().language()).to_owned(),
        url: format!("/jurisdiction/{}", work.jurisdiction.code()),
    }
}

/// Kind, status, authority and date in words.
pub(crate) fn status(t: &Texts, work: &merida_law::Work, expression: &merida_law::Expression) -> Vec<String> {
    let mut status = vec![t.kind(work.kind), t.status(work.status), t.authority(expression.authority)];
    status.extend(t.as_of(expression.uri.date().or(work.date)));
    status
}

fn description(t: &Texts, work: &WorkPage) -> String {
    let title = work.work.title_en.as_deref().unwrap_or(&work.expression.title);
    let place = work.work.jurisdiction.name_in(t.locale().language());
    format!("{title} ({place}): {}", status(t, &work.work, &work.expression).join(", "))
}

fn facts(t: &Texts, page: &WorkPage) -> Vec<Fact> {
    let (work, expression) = (&page.work, &page.expression);
    let source = &expression.source;
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<String>, url: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push(Fact { name: t.say(key), value, url });
        }
    };
    let ui = t.locale().language();
    add("fact-number", work.number.clone(), None);
    add("fact-date", work.date.map(|date| date.to_string()), None);
    let languages: Vec<&str> = std::iter::once(expression.language())
        .chain(expression.other_languages.iter().copied())
        .map(|language| language.name_in(ui))
        .collect();
    let detected = if expression.language_detected { t.say("language-detected") } else { String::new() };
    add("fact-language", Some(format!("{} {detected}", languages.join(", ")).trim().to_owned()), None);
    let address = source.url.clone().filter(|url| is_web(url));
    let shown = address.clone().unwrap_or_else(|| source.origin.clone());
    add("fact-source", Some(shown), address);
    let licence = source.licence.clone().unwrap_or_else(|| t.say("licence-none"));
    add("fact-licence", Some(licence), None);
    add("fact-note", source.note.clone(), None);
    add("fact-imported", Some(day(&page.imported_at)), None);
    add("fact-uri", Some(expression.uri.to_string()), Some(expression.uri.to_string()));
    facts
}

/// Only addresses of the web become links: a source may say `javascript:`.
pub(crate) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The day of a moment.
pub(crate) fn day(moment: &str) -> String {
    moment.split('T').next().unwrap_or(moment).to_owned()
}

fn original(t: &Texts, expression: &merida_law::Expression) -> Link {
    let source = &expression.source;
    let text = t.with(
        "original-file",
        &[("format", &t.source_format(source.format)), ("size", &size(t, source.bytes))],
    );
    Link { text, url: format!("/original/{}", source.sha256) }
}

fn size(t: &Texts, bytes: u64) -> String {
    match bytes {
        0..=1023 => t.with("size-bytes", &[("size", &bytes.to_string())]),
        1024..=1_048_575 => t.with("size-kilobytes", &[("size", &t.number(bytes.div_ceil(1024)))]),
        _ => t.with("size-megabytes", &[("size", &format!("{:.1}", bytes as f64 / 1_048_576.0))]),
    }
}

/// The versions and languages of a law.
pub(crate) fn versions(
    t: &Texts,
    expressions: &[ExpressionSummary],
    shown: &merida_law::ExpressionUri,
    url: impl Fn(&ExpressionSummary) -> String,
) -> Vec<Version> {
    let version = |summary: &ExpressionSummary| {
        let mut detail: Vec<String> = t.as_of(summary.date).into_iter().collect();
        detail.push(t.authority(summary.authority));
        if summary.uri.edition() > 1 {
            detail.push(t.count("edition", u64::from(summary.uri.edition())));
        }
        if summary.superseded_by.is_some() {
            detail.push(t.say("version-superseded"));
        }
        Version {
            text: summary.language.autonym().to_owned(),
            tongue: summary.language.into(),
            detail: detail.join(" · "),
            url: url(summary),
            shown: summary.uri == *shown,
        }
    };
    expressions.iter().map(version).collect()
}

/// The current expressions in other languages, for search engines.
pub(crate) fn alternates(site: &Site, expressions: &[ExpressionSummary]) -> Vec<(String, String)> {
    let mut alternates: Vec<(String, String)> = Vec::new();
    for summary in expressions.iter().filter(|summary| summary.superseded_by.is_none()) {
        let tag = summary.language.bcp47();
        if !alternates.iter().any(|(known, _)| known == tag) {
            alternates.push((tag.to_owned(), site.absolute(&summary.uri.to_string())));
        }
    }
    if alternates.len() < 2 { Vec::new() } else { alternates }
}
