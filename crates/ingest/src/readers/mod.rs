//! One reader a format: text or bytes → [`Draft`]. No reader fails; what cannot be read is a problem of the draft.

mod akn;
mod clml;
mod collector;
mod csv;
mod docx;
mod exported;
mod facts;
mod front_check;
mod front_matter;
mod html;
mod json;
mod justice_canada;
mod lines;
mod markdown;
mod pdf;
mod text;
mod xml;

use merida_law::{Problem, SourceFormat};

use crate::decode::decode;
use crate::draft::Draft;
use crate::limits::Limits;
use collector::Collector;

/// The draft of a file whose format is known (see [`crate::sniff::sniff`]).
///
/// `declared_encoding` is what a manifest says of it. Never fails: what cannot be read is a problem of severity error.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    format: SourceFormat,
    limits: &Limits,
    declared_encoding: Option<&str>,
) -> Draft {
    let mut out = Collector::new(limits);
    if bytes.len() as u64 > limits.max_file_bytes {
        out.problem(Problem::error(
            format!("the file has {} bytes, more than the limit of {}", bytes.len(), limits.max_file_bytes),
            "split it, or raise max_file_bytes in the configuration",
        ));
        return out.finish();
    }
    match format {
        SourceFormat::Pdf => pdf::read(bytes, &mut out),
        SourceFormat::Docx => docx::read(bytes, &mut out),
        _ => {
            let mut problems = Vec::new();
            let (text, _) = decode(bytes, limits, declared_encoding, &mut problems);
            problems.into_iter().for_each(|problem| out.problem(problem));
            read_text(name, &text, format, &mut out);
        }
    }
    out.finish()
}

fn read_text(name: &str, text: &str, format: SourceFormat, out: &mut Collector<'_>) {
    match format {
        SourceFormat::Markdown => markdown::read(text, out),
        SourceFormat::Html => html::read(text, out),
        SourceFormat::AkomaNtoso => akn::read(text, out),
        SourceFormat::Clml => clml::read(text, out),
        SourceFormat::JusticeCanada => justice_canada::read(text, out),
        SourceFormat::Xml => xml::read(text, out),
        SourceFormat::Json => json::read(text, out),
        SourceFormat::LexmlCsv => csv::read(text, out),
        SourceFormat::Text | SourceFormat::Pdf | SourceFormat::Docx => text::read(text, out),
    }
    if out.is_empty() {
        out.problem(Problem::error(
            format!("no text was found in {}", if name.is_empty() { "the file" } else { name }),
            "check that the file holds the law and not only a frame around it",
        ));
    }
}

#[cfg(test)]
mod tests;
