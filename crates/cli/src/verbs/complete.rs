//! `merida complete`: what may be meant by the beginning of a name.

use std::fmt::Write;

use merida_library::{CompleteRequest, Library};

use crate::Ending;
use crate::args::Complete;
use crate::terminal;

pub(crate) async fn run(library: &Library, complete: Complete) -> anyhow::Result<Ending> {
    let Complete { text, languages, limit, json } = complete;
    let answer = library.complete(CompleteRequest { typed: text, languages, limit }).await?;
    if json {
        terminal::json(&answer)?;
        return Ok(Ending::Done);
    }
    let mut lines = String::new();
    for completion in &answer.completions {
        let about: Vec<&str> = [completion.kind.as_str(), &completion.place, &completion.gloss]
            .into_iter()
            .filter(|piece| !piece.is_empty())
            .collect();
        let _ = writeln!(lines, "{}  ({})\n  {}", completion.text, about.join(" · "), completion.url);
    }
    terminal::text(&lines)?;
    Ok(Ending::Done)
}
