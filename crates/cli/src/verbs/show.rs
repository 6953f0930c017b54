//! `merida show`: a work, a version of it or a provision.

use std::fmt::Write;

use merida_law::{Expression, Work};
use merida_library::{Library, ShowRequest, Shown, ShownProvision, WorkPage};

use crate::Ending;
use crate::args::Show;
use crate::terminal;

pub(crate) async fn run(library: &Library, show: Show) -> anyhow::Result<Ending> {
    let shown = library.show(ShowRequest { address: show.address, languages: show.languages }).await?;
    if show.json {
        terminal::json(&shown)?;
    } else {
        terminal::text(&page(&shown))?;
    }
    Ok(Ending::Done)
}

fn page(shown: &Shown) -> String {
    let (work, expression, provisions) = match shown {
        Shown::Work(page) => (&page.work, &page.expression, &page.provisions),
        Shown::Provision(page) => (&page.work, &page.expression, &page.provisions),
    };
    let mut text = head(work, expression);
    if let Shown::Work(page) = shown {
        versions(&mut text, page);
    }
    for provision in provisions {
        append(&mut text, provision);
    }
    text
}

/// Status before text: what it is, whether it is in force, how far it may be relied on, where it comes from.
fn head(work: &Work, expression: &Expression) -> String {
    let mut text = expression.title.clone();
    if let Some(english) = work.title_en.as_deref().filter(|english| *english != expression.title) {
        let _ = write!(text, "\n{english}");
    }
    let date = work.date.map_or_else(String::new, |date| format!(" · {date}"));
    let _ = writeln!(text, "\n{} · {} · {}{date}", work.jurisdiction.english_name(), work.kind, work.status);
    let detected = if expression.language_detected { " (detected)" } else { "" };
    let language = expression.language().english_name();
    let _ = writeln!(text, "{} · {language}{detected} · {}", expression.authority, expression.uri);
    let _ = writeln!(text, "source: {} · sha256 {}", expression.source.origin, expression.source.sha256);
    if let Some(licence) = &expression.source.licence {
        let _ = writeln!(text, "licence: {licence}");
    }
    text
}

/// What a later version says that this one does not.
fn versions(text: &mut String, page: &WorkPage) {
    if let Some(later) = &page.superseded_by {
        let _ = writeln!(text, "superseded by {later}");
    }
    for tag in &page.later_tags {
        let name = if tag.label.is_empty() { tag.provision.as_str() } else { &tag.label };
        let _ = writeln!(text, "[{}] is on {name} of a later version: {}", tag.article, tag.url);
    }
}

fn append(text: &mut String, shown: &ShownProvision) {
    let provision = &shown.provision;
    let indent = "  ".repeat(usize::from(shown.depth));
    let curated = shown.articles.iter().map(|article| format!("[{article}]"));
    let suggested = shown.suggested.iter().map(|tag| format!("[{}?]", tag.article));
    let articles: Vec<String> = curated.chain(suggested).collect();
    let articles = articles.join(" ");
    let pieces = [provision.label.as_str(), &provision.heading, &articles];
    let head: Vec<&str> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    if !head.is_empty() {
        let _ = writeln!(text, "\n{indent}{}", head.join("  "));
    }
    for line in provision.text.lines() {
        let _ = writeln!(text, "{indent}{line}");
    }
}
