//! `merida search`: the same answer as the site's, for people or for programs.

use std::fmt::Write;

use merida_library::{FoundProvision, FoundWork, Library, SearchAnswer, SearchRequest};

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
    }
}

fn page(answer: &SearchAnswer) -> String {
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
    let (works, provisions) = (answer.total_works, answer.total_provisions);
    let _ = writeln!(text, "{provisions} provisions in {works} works, {:.1} ms", answer.took_ms);
    if answer.works.is_empty() {
        let _ = writeln!(text, "nothing found here: try fewer or other words, or leave a filter out");
    }
    for work in &answer.works {
        append_work(&mut text, work);
    }
    text
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
}
