//! `merida similar`: provisions like a passage, or like one of the library.

use anyhow::Context as _;
use merida_library::{Library, Like, SearchRequest, SimilarRequest};

use super::search::page;
use crate::Ending;
use crate::args::Similar;
use crate::terminal;

pub(crate) async fn run(library: &Library, similar: Similar) -> anyhow::Result<Ending> {
    let text = match (&similar.file, similar.passage) {
        (Some(file), _) => {
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?
        }
        (None, passage) => passage.unwrap_or_default(),
    };
    let is_address = similar.file.is_none() && text.starts_with("/akn/");
    let like = if is_address {
        Like::Provision(text.parse()?)
    } else {
        let (language, jurisdiction) = (similar.text_lang, similar.of);
        Like::Text { text, language, jurisdiction, articles: Vec::new() }
    };
    let search = SearchRequest {
        jurisdictions: similar.jurisdictions,
        languages: similar.languages,
        limit: similar.limit,
        ..SearchRequest::default()
    };
    let found = library.similar(SimilarRequest { like, search }).await?;
    if similar.json {
        terminal::json(&found)?;
        return Ok(Ending::Done);
    }
    let read = &found.passage;
    let language = read.language.map_or("an unknown language", |language| language.english_name());
    let articles: Vec<String> = read.articles.iter().map(ToString::to_string).collect();
    let concepts: Vec<String> = read.concepts.iter().map(ToString::to_string).collect();
    let head = format!(
        "read in {language}; articles: {}; concepts: {}; words: {}\n",
        articles.join(", "),
        concepts.join(", "),
        read.words.join(", ")
    );
    terminal::text(&(head + &page(&found.answer)))?;
    Ok(Ending::Done)
}
