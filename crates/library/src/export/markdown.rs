//! Our own Markdown: readable as it stands, and read back to the same document.
//!
//! The front matter says what the work is, in the words that any Markdown of law may use, and holds the full record
//! in one line of JSON. Each provision is a heading that ends with its id and kind in braces; its paragraphs follow.
//!
//! ```text
//! ## Section 6 — Bribery of foreign officials {#sec_6 .section 16(1)}
//! ```

use std::fmt::Write;

use merida_law::{Expression, Origin, Provision, ProvisionKind, Sha256, Tag, TaggedDocument, Work};
use merida_store::sha256;
use serde::{Deserialize, Serialize};

use crate::exchange::Exchanged;

/// How a file in this form begins.
pub(crate) const FIRST_LINES: &str = "---\nmerida: 1\n";

/// All of a document but its provisions.
#[derive(Serialize, Deserialize)]
struct Record {
    work: Work,
    expression: Expression,
    tags: Vec<Tag>,
    /// The hash of the provisions, which tells whether the text was edited.
    provisions: Sha256,
}

/// A document as Markdown.
pub(crate) fn write(document: &TaggedDocument) -> String {
    let mut out = String::with_capacity(4096);
    front_matter(document, &mut out);
    let _ = writeln!(out, "\n# {}", escape(&document.expression.title.replace('\n', " ")));
    let mut depths = std::collections::HashMap::new();
    for provision in &document.provisions {
        let depth =
            provision.parent.as_ref().and_then(|parent| depths.get(parent)).map_or(0, |depth| depth + 1);
        depths.insert(&provision.id, depth);
        write_provision(provision, depth, document, &mut out);
    }
    out
}

fn front_matter(document: &TaggedDocument, out: &mut String) {
    let (work, expression) = (&document.work, &document.expression);
    out.push_str(FIRST_LINES);
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "{key}: {}", serde_json::Value::from(value));
    };
    line("jurisdiction", work.jurisdiction.code());
    line("language", expression.language().bcp47());
    line("kind", work.kind.as_str());
    line("title", &work.title);
    let optional = [
        ("title_en", work.title_en.clone()),
        ("date", work.date.map(|d| d.to_string())),
        ("as_of", expression.uri.date().map(|d| d.to_string())),
        ("number", work.number.clone()),
        ("status", Some(work.status.to_string())),
        ("authority", Some(expression.authority.to_string())),
        ("url", expression.source.url.clone()),
        ("licence", expression.source.licence.clone()),
        ("note", expression.source.note.clone()),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            line(key, &value);
        }
    }
    let record = Record {
        work: work.clone(),
        expression: expression.clone(),
        tags: document.tags.clone(),
        provisions: hash(&document.provisions),
    };
    let _ = writeln!(out, "record: {}", serde_json::to_string(&record).unwrap_or_default());
    out.push_str("---\n");
}

fn hash(provisions: &[Provision]) -> Sha256 {
    sha256(&serde_json::to_vec(provisions).unwrap_or_default())
}

fn write_provision(provision: &Provision, depth: usize, document: &TaggedDocument, out: &mut String) {
    let marks = "######".get(..(depth + 2).min(6)).unwrap_or("######");
    let title = match (provision.label.as_str(), provision.heading.as_str()) {
        (label, "") => label.to_owned(),
        ("", heading) => format!("{BETWEEN}{heading}"),
        (label, heading) => format!("{label}{BETWEEN}{heading}"),
    };
    let _ = write!(out, "\n{marks} {} {{#{} .{}", one_line(&title), provision.id, provision.kind);
    if provision.label.contains(BETWEEN) {
        let _ = write!(out, " label={}", provision.label.chars().count());
    }
    if let Some(parent) = &provision.parent {
        let _ = write!(out, " in={parent}");
    }
    if let Some(language) = provision.language {
        let _ = write!(out, " lang={language}");
    }
    for tag in document.tags.iter().filter(|tag| tag.provision == provision.id) {
        if matches!(tag.origin, Origin::Curated { .. }) {
            let _ = write!(out, " {}", tag.article);
        }
    }
    out.push_str("}\n");
    for line in provision.text.split('\n').filter(|_| !provision.text.is_empty()) {
        // An empty line within a text must not vanish between paragraphs.
        let _ = write!(out, "\n{}\n", if line.is_empty() { "\\".to_owned() } else { escape(line) });
    }
}

const BETWEEN: &str = " — ";

/// A label or heading may hold a line break, which a heading in Markdown may not.
fn one_line(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}

/// Marks that Markdown would read are kept from it by a backslash; [`unescape`] takes all of them away.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    for (place, c) in line.chars().enumerate() {
        let starts = place == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | '~' | ' ' | '\t');
        let numbers = digits > 0 && place == digits && matches!(c, '.' | ')');
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '&' | '{' | '}' | '|') || starts || numbers
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn unescape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<br>") {
            out.push('\n');
            rest = after;
            continue;
        }
        let escaped = if c == '\\' { rest[1..].chars().next() } else { None };
        out.push(escaped.unwrap_or(c));
        rest = &rest[c.len_utf8() + escaped.map_or(0, char::len_utf8)..];
    }
    out
}

/// The document that [`write`] wrote, or that somebody edited since.
///
/// # Errors
/// A sentence that says what is not as it should be.
pub(crate) fn read(text: &str) -> Result<Exchanged, String> {
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n---\n").ok_or("the front matter does not end with ---")?;
    let record = head
        .lines()
        .find_map(|line| line.strip_prefix("record: "))
        .ok_or("the front matter has no record")?;
    let record: Record =
        serde_json::from_str(record).map_err(|e| format!("the record does not read: {e}"))?;
    let provisions = read_provisions(body)?;
    let edited = hash(&provisions) != record.provisions;
    let mut tags = record.tags;
    if edited {
        let ids: std::collections::HashSet<_> = provisions.iter().map(|p| &p.id).collect();
        // What a tagger said, it said of the words as they were.
        tags.retain(|tag| matches!(tag.origin, Origin::Curated { .. }) && ids.contains(&tag.provision));
    }
    let document = TaggedDocument { work: record.work, expression: record.expression, provisions, tags };
    Ok(Exchanged { document, edited })
}

fn read_provisions(body: &str) -> Result<Vec<Provision>, String> {
    let mut provisions: Vec<Provision> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for line in body.lines().filter(|line| !line.is_empty()) {
        if let Some(provision) = read_heading(line)? {
            finish(&mut provisions, &mut lines);
            provisions.push(provision);
        } else if !provisions.is_empty() {
            lines.push(if line == "\\" { String::new() } else { unescape(line) });
        }
    }
    finish(&mut provisions, &mut lines);
    Ok(provisions)
}

fn finish(provisions: &mut [Provision], lines: &mut Vec<String>) {
    if let Some(last) = provisions.last_mut() {
        last.text = lines.join("\n");
    }
    lines.clear();
}

/// A heading with an id; none for any other line.
fn read_heading(line: &str) -> Result<Option<Provision>, String> {
    let Some(rest) = line.strip_prefix("##") else { return Ok(None) };
    let rest = rest.trim_start_matches('#');
    let Some((title, attributes)) = rest.strip_suffix('}').and_then(|rest| rest.rsplit_once(" {#")) else {
        return Err(format!(
            "the heading \"{}\" has no id: write {{#sec_6 .section}} after it",
            line.chars().take(60).collect::<String>()
        ));
    };
    let title = unescape(title.strip_prefix(' ').unwrap_or(title));
    let mut words = attributes.split(' ');
    let id = words.next().unwrap_or_default().parse().map_err(|e| format!("{e}"))?;
    let mut provision = Provision {
        id,
        parent: None,
        kind: ProvisionKind::Para,
        label: String::new(),
        heading: String::new(),
        text: String::new(),
        language: None,
    };
    let mut label = None;
    for word in words {
        if let Some(kind) = word.strip_prefix('.') {
            provision.kind = kind.parse().map_err(|e| format!("{e}"))?;
        } else if let Some(parent) = word.strip_prefix("in=") {
            provision.parent = Some(parent.parse().map_err(|e| format!("{e}"))?);
        } else if let Some(language) = word.strip_prefix("lang=") {
            provision.language = Some(language.parse().map_err(|e| format!("{e}"))?);
        } else if let Some(chars) = word.strip_prefix("label=") {
            label = chars.parse::<usize>().ok();
        }
    }
    (provision.label, provision.heading) = split_title(&title, label);
    Ok(Some(provision))
}

fn split_title(title: &str, label: Option<usize>) -> (String, String) {
    let place = match label {
        Some(chars) => title.char_indices().nth(chars).map(|(place, _)| place),
        None => title.find(BETWEEN),
    };
    match place.and_then(|place| Some((title.get(..place)?, title.get(place + BETWEEN.len()..)?))) {
        Some((label, heading)) => (label.to_owned(), heading.to_owned()),
        None => (title.to_owned(), String::new()),
    }
}
