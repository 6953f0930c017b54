//! What was found, and how the question was read.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use merida_law::Language;
use merida_library::{FacetValue, FoundProvision, FoundWork, SearchAnswer, SimilarAnswer, Sort};

use super::facets::{FacetView, facets};
use super::nothing::{Corrected, Empty, Unsearched};
use super::reading::{Reading, reading};
use super::similar::{self, PassageView};
use crate::asked::{Asked, Filter, MAX_QUESTION};
use crate::chips::Chips;
use crate::frame::Frame;
use crate::marking::{self, Piece};
use crate::query::{Query, join, push};
use crate::refusal::Refusal;
use crate::site::{Site, page};
use crate::texts::Texts;
use crate::tongue::Tongue;

/// `/search`
pub(crate) async fn show(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let asked = Asked::read(&Query::read(uri.query())?);
    let answer = site.library.search(asked.request.clone()).await?;
    page(&Search::new(&site, &asked, &answer))
}

/// The page of an answer.
#[derive(Template)]
#[template(path = "search.html")]
pub(crate) struct Search {
    frame: Frame,
    notes: Vec<String>,
    reading: Vec<Reading>,
    literal: Option<Link>,
    chosen: Vec<Chosen>,
    clear: Option<String>,
    summary: String,
    facets: Vec<FacetView>,
    years: Years,
    sorts: Vec<Choice>,
    downloads: Vec<Link>,
    works: Vec<WorkView>,
    pager: Pager,
    corrected: Option<Corrected>,
    unsearched: Vec<Unsearched>,
    empty: Option<Empty>,
    passage: Option<PassageView>,
}

/// A link with its words.
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) url: String,
}

/// One of several, one of which is chosen.
pub(crate) struct Choice {
    pub(crate) text: String,
    pub(crate) url: String,
    pub(crate) chosen: bool,
}

/// A filter value that is chosen, and the way to leave it out.
struct Chosen {
    filter: String,
    text: String,
    url: String,
}

struct Years {
    action: &'static str,
    from: String,
    to: String,
    hidden: Vec<(String, String)>,
}

struct WorkView {
    title: String,
    tongue: Tongue,
    title_en: Option<String>,
    url: String,
    place: String,
    place_url: String,
    facts: Vec<String>,
    caution: Option<String>,
    provisions: Vec<ProvisionView>,
    more: Option<Link>,
}

struct ProvisionView {
    tongue: Tongue,
    /// What it is called where it has neither number nor heading; empty otherwise.
    unnamed: String,
    label: String,
    heading: Vec<Piece>,
    url: String,
    snippet: Vec<Piece>,
    chips: Chips,
    /// Why it is like the passage, where the like of one was looked for.
    alike: Vec<String>,
    /// Provisions of the very same words.
    same: Vec<Link>,
}

/// The way to the page before and after.
pub(crate) struct Pager {
    pub(crate) label: String,
    pub(crate) place: String,
    pub(crate) previous: Option<Link>,
    pub(crate) next: Option<Link>,
}

impl Search {
    /// The page of `answer`.
    pub(crate) fn new(site: &Site, asked: &Asked, answer: &SearchAnswer) -> Self {
        let t = site.texts;
        let question = asked.request.query.as_str();
        let title = if question.is_empty() { t.say("search-browse") } else { question.to_owned() };
        let mut frame = Frame::new(site, "search", title);
        frame.question = question.to_owned();
        frame.keep = false;
        frame.feed = Some(join("/search.atom", &asked.query_string()));
        let facets = facets(t, asked, &answer.facets);
        Self {
            notes: notes(t, asked, answer),
            reading: reading(t, site.library.taxonomy(), asked, &answer.interpretation),
            literal: literal(t, asked, answer),
            chosen: chosen(t, asked, &facets),
            clear: asked.is_filtered().then(|| Asked::question(question).url()),
            summary: summary(t, asked, answer),
            facets,
            years: years(asked),
            sorts: sorts(t, asked),
            downloads: downloads(t, asked),
            works: answer.works.iter().map(|work| WorkView::new(site, question, work)).collect(),
            pager: pager(t, asked, answer),
            corrected: Corrected::of(t, asked, answer),
            unsearched: Unsearched::of(t, answer),
            empty: answer.nothing.as_ref().map(|nothing| Empty::of(t, asked, nothing)),
            passage: None,
            frame,
        }
    }

    /// The page of provisions like a passage; the form alone where there is none yet.
    pub(crate) fn similar(site: &Site, asked: &Asked, answer: Option<&SimilarAnswer>) -> Self {
        let t = site.texts;
        let none = SearchAnswer::default();
        let mut page = Self::new(site, asked, answer.map_or(&none, |similar| &similar.answer));
        page.frame = Frame::new(site, "similar", t.say("similar-title"));
        page.frame.keep = false;
        page.reading.clear();
        page.literal = None;
        page.downloads.clear();
        page.sorts.clear();
        page.clear =
            asked.is_filtered().then(|| asked.with(|request| *request = request.without_filters()).url());
        page.passage = Some(PassageView::new(t, site.library.taxonomy(), asked, answer));
        page
    }
}

impl WorkView {
    fn new(site: &Site, question: &str, work: &FoundWork) -> Self {
        let t = site.texts;
        let language = t.locale().language();
        let work_url = with_question(&work.url.to_string(), question);
        let more =
            (work.more > 0).then(|| Link { text: t.count("more-in-work", work.more), url: work_url.clone() });
        Self {
            title: work.title.clone(),
            tongue: work.language.into(),
            title_en: gloss(work.title_en.as_ref(), &work.title, work.language),
            place: work.jurisdiction.name_in(language).to_owned(),
            place_url: format!("/jurisdiction/{}", work.jurisdiction.code()),
            facts: facts(t, work),
            caution: caution(t, work.status, work.authority),
            provisions: work
                .provisions
                .iter()
                .map(|found| ProvisionView::new(site, question, found))
                .collect(),
            url: work_url,
            more,
        }
    }
}

impl ProvisionView {
    fn new(site: &Site, question: &str, found: &FoundProvision) -> Self {
        let suggested: Vec<_> =
            found.suggested.iter().copied().filter(|article| !found.articles.contains(article)).collect();
        Self {
            label: found.label.clone(),
            tongue: found.language.into(),
            unnamed: if found.label.is_empty() && found.heading.is_empty() {
                site.texts.provision_id(&found.id)
            } else {
                String::new()
            },
            heading: marking::cut(&found.heading, &found.heading_marks),
            url: with_question(&found.url.to_string(), question),
            snippet: snippet(found),
            alike: similar::alike(site.texts, site.library.taxonomy(), found),
            same: similar::same(site.texts, found),
            chips: Chips::of(
                site.texts,
                site.library.taxonomy(),
                &found.articles,
                &suggested,
                &format!("{}#convention", found.url),
            ),
        }
    }
}

/// The snippet without the heading, which stands above it already.
fn snippet(found: &FoundProvision) -> Vec<Piece> {
    let heading = found.heading.trim();
    let doubled = !heading.is_empty() && found.snippet.starts_with(heading);
    if !doubled {
        return marking::cut(&found.snippet, &found.marks);
    }
    let letters = u32::try_from(heading.chars().count()).unwrap_or(0);
    let rest = &found.snippet[heading.len()..];
    let trimmed = rest.trim_start();
    let skipped = letters + u32::try_from(rest.chars().count() - trimmed.chars().count()).unwrap_or(0);
    let marks: Vec<[u32; 2]> = found
        .marks
        .iter()
        .filter(|[_, end]| *end > skipped)
        .map(|[start, end]| [start.saturating_sub(skipped), end - skipped])
        .collect();
    marking::cut(trimmed, &marks)
}

/// Kind, status, authority and date of a work, in words.
fn facts(t: &Texts, work: &FoundWork) -> Vec<String> {
    let mut facts = vec![t.kind(work.kind), t.status(work.status), t.authority(work.authority)];
    facts.extend(t.as_of(work.as_of.or(work.date)));
    facts
}

/// What a reader must know before the text: that it is a draft, repealed, or no official text.
pub(crate) fn caution(
    t: &Texts,
    status: merida_law::Status,
    authority: merida_law::Authority,
) -> Option<String> {
    use merida_law::{Authority, Status};
    match (status, authority) {
        (Status::Draft, _) => Some(t.say("caution-draft")),
        (Status::Repealed { .. }, _) => Some(t.say("caution-repealed")),
        (Status::Superseded { .. }, _) => Some(t.say("caution-superseded")),
        (Status::NotYetInForce { .. }, _) => Some(t.say("caution-not-yet")),
        (_, Authority::UnofficialTranslation) => Some(t.say("caution-unofficial")),
        (_, Authority::MachineTranslation) => Some(t.say("caution-machine")),
        (_, Authority::Digest) => Some(t.say("caution-digest")),
        _ => None,
    }
}

/// The title in English beside one that is not.
pub(crate) fn gloss(english: Option<&String>, title: &str, language: Language) -> Option<String> {
    english.filter(|english| *english != title && language.primary() != "en").cloned()
}

/// A page of the library that marks the words of a question.
pub(crate) fn with_question(path: &str, question: &str) -> String {
    let mut query = String::new();
    if !question.is_empty() {
        push(&mut query, "q", &question.chars().take(300).collect::<String>());
    }
    join(path, &query)
}

fn notes(t: &Texts, asked: &Asked, answer: &SearchAnswer) -> Vec<String> {
    let mut notes = Vec::new();
    if asked.cut {
        notes.push(t.count("note-cut", MAX_QUESTION as u64));
    }
    for ignored in &asked.ignored {
        let field = format!("{}={}", ignored.name, ignored.value);
        notes.push(if ignored.why.is_empty() {
            t.with("note-unknown-field", &[("field", &field)])
        } else {
            t.with("note-ignored", &[("field", &field), ("why", &ignored.why)])
        });
    }
    notes.extend(answer.interpretation.notes.iter().cloned());
    notes
}

fn literal(t: &Texts, asked: &Asked, answer: &SearchAnswer) -> Option<Link> {
    let read = &answer.interpretation;
    let is_read = !read.articles.is_empty() || !read.citations.is_empty() || !read.jurisdictions.is_empty();
    if asked.request.literal {
        let url = asked.with(|request| request.literal = false).url();
        Some(Link { text: t.say("read-again"), url })
    } else if is_read {
        let url = asked.with(|request| (request.literal, request.offset) = (true, 0)).url();
        Some(Link { text: t.say("read-literally"), url })
    } else {
        None
    }
}

fn chosen(t: &Texts, asked: &Asked, facets: &[FacetView]) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    for filter in Filter::ALL {
        let name = t.say(super::facets::title_key(filter));
        for value in asked.values(filter) {
            let text = super::facets::value_name(t, filter, &value, facets);
            chosen.push(Chosen {
                filter: name.clone(),
                text,
                url: join(asked.path(), &asked.toggled(filter, &value)),
            });
        }
    }
    let (from, to) = (asked.request.year_from, asked.request.year_to);
    if from.is_some() || to.is_some() {
        let show = |year: Option<i16>| year.map(|y| y.to_string()).unwrap_or_default();
        let without = asked.with(|request| {
            (request.year_from, request.year_to, request.offset) = (None, None, 0);
        });
        let text = format!("{}–{}", show(from), show(to));
        chosen.push(Chosen { filter: t.say("facet-year"), text, url: without.url() });
    }
    chosen
}

/// "58 provisions in 41 laws of 33 States".
fn summary(t: &Texts, asked: &Asked, answer: &SearchAnswer) -> String {
    let chosen = asked.values(Filter::Jurisdiction);
    let counted =
        |value: &&FacetValue| value.count > 0 && (chosen.is_empty() || chosen.contains(&value.value));
    let states = answer.facets.jurisdictions.iter().filter(counted).count();
    t.with(
        "search-summary",
        &[
            ("provisions", &t.count("count-provisions", answer.total_provisions)),
            ("works", &t.count("count-works", answer.total_works)),
            ("states", &t.count("count-states", states as u64)),
            ("ms", &format!("{:.0}", answer.took_ms.max(1.0))),
        ],
    )
}

fn years(asked: &Asked) -> Years {
    let show = |year: Option<i16>| year.map(|y| y.to_string()).unwrap_or_default();
    let mut hidden = asked.like.as_ref().map(super::similar::hidden).unwrap_or_default();
    if !asked.request.query.is_empty() {
        hidden.push(("q".to_owned(), asked.request.query.clone()));
    }
    for filter in Filter::ALL {
        hidden.extend(asked.values(filter).into_iter().map(|value| (filter.name().to_owned(), value)));
    }
    if asked.request.sort != Sort::default() {
        hidden.push(("sort".to_owned(), asked.request.sort.as_str().to_owned()));
    }
    if asked.request.literal {
        hidden.push(("literal".to_owned(), "1".to_owned()));
    }
    if asked.request.as_typed {
        hidden.push(("as_typed".to_owned(), "1".to_owned()));
    }
    Years {
        action: asked.path(),
        from: show(asked.request.year_from),
        to: show(asked.request.year_to),
        hidden,
    }
}

fn sorts(t: &Texts, asked: &Asked) -> Vec<Choice> {
    let choice = |sort: Sort| Choice {
        text: t.sort(sort),
        url: asked.with(|request| (request.sort, request.offset) = (sort, 0)).url(),
        chosen: asked.request.sort == sort,
    };
    Sort::ALL.into_iter().map(choice).collect()
}

fn downloads(t: &Texts, asked: &Asked) -> Vec<Link> {
    let whole =
        asked.with(|request| (request.offset, request.limit) = (0, crate::asked::MAX_LIMIT)).query_string();
    vec![
        Link { text: t.say("download-csv"), url: join("/search.csv", &whole) },
        Link { text: t.say("download-json"), url: join("/api/v1/search", &whole) },
        Link { text: t.say("download-feed"), url: join("/search.atom", &asked.query_string()) },
    ]
}

fn pager(t: &Texts, asked: &Asked, answer: &SearchAnswer) -> Pager {
    let (offset, limit) = (asked.request.offset, asked.request.limit);
    let total = usize::try_from(answer.total_works).unwrap_or(usize::MAX);
    let to = |offset: usize| asked.with(|request| request.offset = offset).url();
    let last = (offset + answer.works.len()).min(total);
    let place = t.with(
        "pager-works",
        &[
            ("first", &t.number((offset + 1).min(last) as u64)),
            ("last", &t.number(last as u64)),
            ("total", &t.number(answer.total_works)),
        ],
    );
    Pager {
        label: t.say("pager-label"),
        place,
        previous: (offset > 0)
            .then(|| Link { text: t.say("pager-previous"), url: to(offset.saturating_sub(limit)) }),
        next: (offset + limit < total).then(|| Link { text: t.say("pager-next"), url: to(offset + limit) }),
    }
}
