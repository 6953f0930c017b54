//! Which format a file has: its content decides, its name settles what content leaves open.

use merida_law::{Problem, SourceFormat};

use crate::decode;

/// How much of a file is looked at, in bytes.
const HEAD: usize = 8192;

/// The format of a file.
///
/// # Errors
/// A problem of severity error where the content is of a known kind that cannot be read (an old Word file, a picture,
/// an archive) or is binary of an unknown kind.
pub(crate) fn sniff(name: &str, bytes: &[u8]) -> Result<SourceFormat, Problem> {
    if bytes.is_empty() {
        return Err(Problem::error("the file is empty", "fetch it again from its source"));
    }
    if let Some(answer) = by_magic(bytes) {
        return answer;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = decode::glimpse(head);
    if is_binary(&head) {
        return Err(Problem::error(
            "the file is binary and of no known format",
            "supply it as PDF, DOCX, HTML, XML, JSON, CSV, Markdown or plain text",
        ));
    }
    Ok(by_text(name, head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])))
}

fn by_magic(bytes: &[u8]) -> Option<Result<SourceFormat, Problem>> {
    // Some producers put a few bytes before the header of a PDF.
    if window(bytes, 1024, b"%PDF-") {
        return Some(Ok(SourceFormat::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(by_zip(bytes));
    }
    let unreadable: &[(&[u8], &str, &str)] = &[
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office file", "save it as DOCX or PDF"),
        (b"{\\rtf", "a rich text file", "save it as DOCX or PDF"),
        (b"\x89PNG", "a picture", "recognise its text first (OCR) and supply the text"),
        (b"\xff\xd8\xff", "a picture", "recognise its text first (OCR) and supply the text"),
        (b"II*\0", "a picture", "recognise its text first (OCR) and supply the text"),
        (b"MM\0*", "a picture", "recognise its text first (OCR) and supply the text"),
        (b"\x1f\x8b", "a compressed file", "unpack it and supply what is in it"),
        (b"7z\xbc\xaf", "an archive", "unpack it and supply what is in it"),
        (b"Rar!", "an archive", "unpack it and supply what is in it"),
    ];
    let (_, what, hint) = unreadable.iter().find(|(magic, _, _)| bytes.starts_with(magic))?;
    Some(Err(Problem::error(format!("the file is {what}, which cannot be read"), *hint)))
}

fn by_zip(bytes: &[u8]) -> Result<SourceFormat, Problem> {
    if window(bytes, bytes.len(), b"word/") {
        return Ok(SourceFormat::Docx);
    }
    let what = if window(bytes, 200, b"application/vnd.oasis.opendocument") {
        "an OpenDocument file"
    } else if window(bytes, bytes.len(), b"xl/workbook") {
        "a spreadsheet"
    } else {
        "an archive"
    };
    Err(Problem::error(
        format!("the file is {what}, which cannot be read"),
        "save it as DOCX or PDF, or supply what is in it",
    ))
}

/// Whether `needle` begins within the first `within` bytes.
fn window(bytes: &[u8], within: usize, needle: &[u8]) -> bool {
    let Some(&first) = needle.first() else { return true };
    let end = bytes.len().min(within + needle.len());
    let mut from = 0;
    while let Some(at) = bytes[from..end].iter().position(|&b| b == first) {
        if bytes[from + at..end].starts_with(needle) {
            return true;
        }
        from += at + 1;
    }
    false
}

fn is_binary(head: &str) -> bool {
    let control = head
        .chars()
        .filter(|&c| {
            (c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x0b' | '\0' | '\x1a')) || c == '\u{fffd}'
        })
        .count();
    control * 10 > head.chars().count().max(10)
}

fn by_text(name: &str, head: &str) -> SourceFormat {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let lower = head.to_ascii_lowercase();
    if head.starts_with('<') && !matches!(extension.as_str(), "md" | "markdown") {
        return by_markup(head, &lower, &extension);
    }
    let json_like = head.starts_with('{')
        || (head.starts_with('[')
            && head[1..]
                .trim_start()
                .starts_with(['{', '[', '"', ']', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']));
    if json_like && !matches!(extension.as_str(), "md" | "markdown" | "txt") || extension == "json" {
        return SourceFormat::Json;
    }
    if looks_like_lexml(&lower) || extension == "csv" || extension == "tsv" {
        return SourceFormat::LexmlCsv;
    }
    match extension.as_str() {
        "md" | "markdown" => SourceFormat::Markdown,
        "html" | "htm" | "xhtml" => SourceFormat::Html,
        "txt" | "text" => SourceFormat::Text,
        _ if looks_like_markdown(head) => SourceFormat::Markdown,
        _ => SourceFormat::Text,
    }
}

fn by_markup(head: &str, lower: &str, extension: &str) -> SourceFormat {
    let root = root_element(head);
    let local = root.rsplit(':').next().unwrap_or(root);
    match local {
        "akomaNtoso" | "akomantoso" => SourceFormat::AkomaNtoso,
        "Legislation" if head.contains("legislation.gov.uk") => SourceFormat::Clml,
        "Statute" | "Regulation" => SourceFormat::JusticeCanada,
        _ if local.eq_ignore_ascii_case("html") || lower.starts_with("<!doctype html") => SourceFormat::Html,
        _ if head.starts_with("<?xml") || extension == "xml" => SourceFormat::Xml,
        _ if matches!(extension, "html" | "htm" | "xhtml") || is_html_element(local) => SourceFormat::Html,
        _ if extension == "txt" => SourceFormat::Text,
        _ => SourceFormat::Xml,
    }
}

/// The name of the first element, past declarations, comments and a document type.
fn root_element(head: &str) -> &str {
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with('?') {
            rest = rest.split_once("?>").map_or("", |(_, after)| after);
        } else if rest.starts_with('!') {
            // An internal subset holds declarations of its own, each with a `<`: they begin with `!` and are passed too.
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
            return &rest[..end];
        }
    }
    ""
}

fn is_html_element(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(
        name.as_str(),
        "head"
            | "body"
            | "div"
            | "p"
            | "table"
            | "meta"
            | "span"
            | "center"
            | "font"
            | "h1"
            | "h2"
            | "h3"
            | "title"
    )
}

fn looks_like_lexml(lower: &str) -> bool {
    lower.contains("urn:lex:")
        && lower.lines().next().is_some_and(|header| header.contains(',') || header.contains(';'))
}

fn looks_like_markdown(head: &str) -> bool {
    head.starts_with("---\n")
        || head.starts_with("---\r\n")
        || head.lines().filter(|line| line.starts_with('#') || line.starts_with("**")).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_the_name_settles_the_rest() {
        let cases: &[(&str, &[u8], SourceFormat)] = &[
            ("law.txt", b"%PDF-1.4 ...", SourceFormat::Pdf),
            ("law.xml", b"<?xml version='1.0'?><akomaNtoso><act/></akomaNtoso>", SourceFormat::AkomaNtoso),
            ("law", b"<an:akomaNtoso xmlns:an='x'/>", SourceFormat::AkomaNtoso),
            (
                "law",
                b"<Legislation xmlns='http://www.legislation.gov.uk/namespaces/legislation'/>",
                SourceFormat::Clml,
            ),
            ("law", b"\xef\xbb\xbf<?xml version='1.0'?><Statute/>", SourceFormat::JusticeCanada),
            ("law.txt", b"<?xml version='1.0'?><!-- x --><root/>", SourceFormat::Xml),
            ("law", b"<!DOCTYPE html><title>x</title>", SourceFormat::Html),
            ("law", b"<HTML><BODY>x", SourceFormat::Html),
            ("law.md", b"<meta charset='utf-8' />\n\n# Law", SourceFormat::Markdown),
            ("law", b"---\ntitle: x\n---\n# Law", SourceFormat::Markdown),
            ("law", b" {\"a\": 1}", SourceFormat::Json),
            ("law.csv", b"a,b\n1,2", SourceFormat::LexmlCsv),
            ("law", b"Tipo,Texto,urn\nART,x,urn:lex:br:federal:lei:2011;1!art1", SourceFormat::LexmlCsv),
            ("law", b"Article 1\nNobody.", SourceFormat::Text),
            ("law.md", b"[1] a note\n\n# Law", SourceFormat::Markdown),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(sniff(name, bytes), Ok(*expected), "{name}: {}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_with_a_way_on() {
        for bytes in [
            &b""[..],
            b"\x89PNG\r\n\x1a\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"PK\x03\x04abc",
            &[1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16],
        ] {
            let problem = sniff("law.txt", bytes).unwrap_err();
            assert!(!problem.hint.is_empty(), "{problem:?}");
        }
    }
}
