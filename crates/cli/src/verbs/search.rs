//! `merida search`: the same answer as the site's, for people or for programs.

use std::fmt::Write;

use merida_library::{FoundProvision, FoundWork, Library, Loosened, Nothing, SearchAnswer, SearchRequest};

use crate::Ending;
use crate::args::Search;
use crate::terminal;

pub(crate) async fn run(library: &Library, search: Search) -> anyhow::Result<Ending> {
    let json = search.json;
    let answer = library.search(request(search)).await?;
    if json {
        terminal::json(&answer)?
    } else {
        terminal::text(&page(&answer))?
    }
    Ok(Ending::Done)
}

fn request(search: Search) -> SearchRequest {
    SearchRequest {
        query: search.query,
        articles: search.articles,
        chapters: search.chapters,
        jurisdictions: search.jurisdictions,
        regions: search.regions,
        languages: search.languages,
        kinds: search.kinds,
        statuses: search.statuses,
        authorities: search.authorities,
        year_from: search.year_from,
        year_to: search.year_to,
        concepts: search.concepts,
        origins: search.origins,
        sort: search.sort,
        limit: search.limit,
        offset: search.offset,
        per_work: search.per_work,
        literal: search.literal,
        as_typed: search.as_typed,
    }
}

pub(crate) fn page(answer: &SearchAnswer) -> String {
    let mut text = String::new();
    for note in &answer.interpretation.notes {
        let _ = writeln!(text, "note: {note}");
    }
    for concept in &answer.interpretation.concepts {
        let articles: Vec<String> = concept.articles.iter().map(ToString::to_string).collect();
        let languages: Vec<&str> = concept.expansion.iter().map(|e| e.language.bcp47()).collect();
        let _ = writeln!(
            text,
            "read as the concept {} [{}] in {}; without it: -concept:{}",
            concept.label,
            articles.join(" "),
            languages.join(" "),
            concept.id
        );
    }
    if !answer.interpretation.corrected.is_empty() {
        let (read, typed) = (&answer.interpretation.typed, &answer.query);
        let _ = writeln!(text, "showing results for \"{read}\"; for \"{typed}\" itself use --as-typed");
    }
    for missing in &answer.not_yet_searched {
        let state = missing.jurisdiction.english_name();
        let _ =
            writeln!(text, "{state}, Article {}: not yet searched (nothing is recorded)", missing.article);
    }
    let (works, provisions) = (answer.total_works, answer.total_provisions);
    let _ = writeln!(text, "{provisions} provisions in {works} works, {:.1} ms", answer.took_ms);
    if let Some(nothing) = &answer.nothing {
        append_nothing(&mut text, nothing);
    }
    for work in &answer.works {
        append_work(&mut text, work);
    }
    text
}

fn append_nothing(text: &mut String, nothing: &Nothing) {
    let of = &nothing.searched;
    let _ = writeln!(
        text,
        "nothing recorded; searched: {} provisions in {} works of {} jurisdictions, in {} languages",
        of.provisions,
        of.works,
        of.jurisdictions.len(),
        of.languages.len()
    );
    for part in &nothing.parts {
        let (alone, everywhere) = (part.provisions, part.without_filters);
        let _ = write!(text, "  with {} alone: {alone}", part.text);
        let _ = if alone == everywhere {
            writeln!(text)
        } else {
            writeln!(text, " ({everywhere} without filters)")
        };
    }
    for way in &nothing.ways {
        let given_up = match way.way {
            Loosened::Typing => "with the spelling corrected",
            Loosened::Correction => "as typed, uncorrected",
            Loosened::Quotes => "without quotation marks",
            Loosened::Operators => "with most of the words only",
            Loosened::Filters => "without any filter",
            Loosened::Origins => "whoever made the link",
            Loosened::Years => "of any year",
            Loosened::Statuses => "of any status",
            Loosened::Authorities => "of any authority",
            Loosened::Concepts => "on any concept",
            Loosened::Kinds => "of any kind",
            Loosened::Languages => "in any language",
            Loosened::Places => "of any jurisdiction",
            Loosened::Articles => "under any article",
        };
        let _ = writeln!(text, "  {given_up}: {} provisions", way.provisions);
    }
}

fn append_work(text: &mut String, work: &FoundWork) {
    let title = match &work.title_en {
        Some(english) if *english != work.title => format!("{} ({english})", work.title),
        _ => work.title.clone(),
    };
    let place = work.jurisdiction.english_name();
    let _ = writeln!(text, "\n{title}\n  {place} · {} · {} · {}", work.kind, work.status, work.authority);
    let _ = writeln!(text, "  {}", work.url);
    for provision in &work.provisions {
        append_provision(text, provision);
    }
    if work.more > 0 {
        let _ = writeln!(text, "  … {} more in this work", work.more);
    }
}

fn append_provision(text: &mut String, provision: &FoundProvision) {
    let curated = provision.articles.iter().map(|article| format!("[{article}]"));
    let suggested = provision.suggested.iter().map(|article| format!("[{article}?]"));
    let articles: Vec<String> = curated.chain(suggested).collect();
    let _ = writeln!(text, "  {}  {}  {}", provision.label, provision.heading, articles.join(" "));
    let _ = writeln!(text, "      {}", provision.snippet.replace('\n', " "));
    if let Some(alike) = &provision.alike {
        let articles = alike.articles.iter().map(ToString::to_string);
        let concepts = alike.concepts.iter().map(ToString::to_string);
        let why: Vec<String> = articles.chain(concepts).chain(alike.words.iter().take(8).cloned()).collect();
        let _ = writeln!(text, "      because of {}", why.join(", "));
        for address in &alike.same_text {
            let _ = writeln!(text, "      the very same words: {address}");
        }
    }
}
