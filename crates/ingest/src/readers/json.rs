//! JSON of any shape: records with a number and a text are provisions, whatever their keys are called in whatever file.

mod names;
mod value;

use merida_law::{Language, Problem, ProvisionKind};

use super::collector::{Collector, Unit};
use super::{facts, html, markdown};
pub(super) use value::Value;

use names::{Named, Parts, container_kind, name_record, squash};

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(error) => {
                out.problem(explain(&error));
                break;
            }
        }
    }
    match values.len() {
        0 => {}
        1 => read_value(&values[0], out),
        // One record a line.
        _ => read_value(&Value::List(values), out),
    }
}

fn explain(error: &serde_json::Error) -> Problem {
    let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
    if error.to_string().contains("recursion limit") {
        return Problem::error(
            "the JSON is nested more than 127 deep, which is not followed",
            "flatten the file",
        )
        .at(line);
    }
    Problem::error(format!("the JSON is not well-formed: {error}"), "mend the file, or fetch it again")
        .at(line)
}

/// A document as a value, from JSON or from XML of no known vocabulary.
pub(super) fn read_value(value: &Value, out: &mut Collector<'_>) {
    let mut facts_found = Vec::new();
    gather_facts(value, &mut facts_found);
    let languages = languages_of(value);
    let metadata = out.metadata();
    facts::fill(metadata, &facts_found);
    let passes: Vec<Option<Language>> = if languages.len() > 1 {
        metadata.languages.clone_from(&languages);
        metadata.language.get_or_insert(languages[0]);
        languages.into_iter().map(Some).collect()
    } else {
        vec![None]
    };
    let others: Vec<Language> = passes.iter().flatten().copied().collect();
    for language in passes {
        out.speak(language);
        let mut reader = Reader {
            out,
            language,
            others: &others,
            containers: Vec::new(),
            record_texts: String::new(),
            constant: Vec::new(),
            history: Vec::new(),
        };
        reader.document(value);
    }
    out.speak(None);
}

/// Scalars at the top, and those of a list `documents` with a single entry.
fn gather_facts(value: &Value, found: &mut Vec<(String, String)>) {
    let Value::Object(pairs) = value else {
        if let Value::List(items) = value {
            // XML: single facts stand beside the list of provisions.
            let singles = items.iter().filter_map(|item| match item {
                Value::Object(pairs) if pairs.len() == 1 => pairs.first(),
                _ => None,
            });
            found.extend(singles.filter_map(|(key, value)| Some((key.clone(), value.scalar()?))).take(60));
        }
        return;
    };
    for (key, value) in pairs {
        match value {
            Value::List(items) if key == "documents" && items.len() == 1 => gather_facts(&items[0], found),
            Value::Object(_) if matches!(key.as_str(), "metadata" | "meta" | "document" | "law") => {
                gather_facts(value, found)
            }
            _ => found.extend(value.scalar().map(|text| (key.clone(), text))),
        }
    }
}

/// The languages in which records give their text under keys such as `content_zh` and `content_en`.
fn languages_of(value: &Value) -> Vec<Language> {
    let mut languages = Vec::new();
    let mut stack = vec![value];
    while let Some(next) = stack.pop() {
        match next {
            Value::List(items) => stack.extend(items.iter().take(3)),
            Value::Object(pairs) => {
                for (key, value) in pairs {
                    let Some((base, suffix)) = key.rsplit_once('_') else {
                        stack.push(value);
                        continue;
                    };
                    if TEXT.contains(&base)
                        && let (Some(text), Some(language)) = (value.scalar(), language_of(suffix, value))
                        && !text.is_empty()
                        && !languages.contains(&language)
                    {
                        languages.push(language);
                    }
                    stack.push(value);
                }
            }
            _ => {}
        }
    }
    languages
}

fn language_of(suffix: &str, value: &Value) -> Option<Language> {
    let traditional = value.scalar().is_some_and(|text| text.contains(['國', '條', '與', '為', '於', '約']));
    if suffix == "zh" && traditional {
        return "zh-Hant".parse().ok();
    }
    (suffix.len() == 2).then(|| suffix.parse().ok())?
}

const NUMBER: &[&str] = &[
    "article",
    "article_number",
    "section_number",
    "number",
    "num",
    "條號",
    "条号",
    "條次",
    "label",
    "section",
    "clause",
    "rule",
    "representation",
    "no",
    "art",
    "조문번호",
    "provision_ref",
    "ref",
];
const TITLE: &[&str] = &[
    "title",
    "heading",
    "name",
    "marginal_note",
    "rubric",
    "caption",
    "條文標題",
    "标题",
    "subject",
    "조문제목",
];
const TEXT: &[&str] = &[
    "content",
    "text",
    "body",
    "條文內容",
    "条文内容",
    "full_text",
    "paragraphs",
    "html",
    "content_html",
    "content_text",
    "value",
    "조문내용",
    "description",
    "preamble",
    "前言",
];
const CONTAINER: &[&str] =
    &["book", "part", "title_name", "chapter", "division", "編章節", "编章节", "subchapter", "section"];
/// Keys whose values say how the file was made.
const SILENT: &[&str] = &[
    "id",
    "metadata",
    "language",
    "lang",
    "order_index",
    "document_id",
    "document_index",
    "jurisdiction",
    "source",
    "url",
    "type",
    "provision_ref",
    "slug",
    "order",
    "index",
    "valid_from",
    "valid_to",
    "articles_range",
    "source_provision",
];

/// A list of records beside the law itself.
fn secondary(key: &str) -> Option<&'static str> {
    match key {
        _ if key.contains("version") => {
            Some("older versions of provisions, which stand beside the current ones")
        }
        _ if key.contains("definition") => Some("definitions taken out of the provisions a second time"),
        _ if key.contains("preparatory") => Some("preparatory works, which are no part of the law"),
        "case_law" | "cases" | "amendments" | "references" | "cross_references" | "related" | "links"
        | "changes" => Some("lists of the publisher beside the law"),
        _ => None,
    }
}

struct Reader<'c, 'l, 'o> {
    out: &'c mut Collector<'l>,
    language: Option<Language>,
    others: &'o [Language],
    /// The chain of containers that flat records name, as last seen.
    containers: Vec<String>,
    /// The text of all records, squashed, to notice what repeats it.
    record_texts: String,
    /// Values that all records of a list share: facts about the document.
    constant: Vec<(String, String)>,
    /// How the law came about, as the publisher tells it; it stands after the law.
    history: Vec<String>,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self, value: &Value) {
        let pairs = match value {
            Value::Object(pairs) => pairs,
            other => return self.emit("provisions", other, 0),
        };
        if let Some(text) = pairs.iter().find_map(|(key, value)| match value {
            Value::Text(text) if key.contains("markdown") || key == "md" => Some(text),
            _ => None,
        }) {
            markdown::read(text, self.out);
            return;
        }
        self.gather_texts(pairs);
        for (key, value) in pairs {
            match value {
                Value::List(_) | Value::Object(_) if key == "documents" || key == "metadata" => {}
                Value::List(_) | Value::Object(_) => match secondary(key) {
                    Some(reason) => self.beside(value, reason),
                    None => self.emit(key, value, 0),
                },
                Value::Text(text) => self.top_text(key, text),
                _ => {}
            }
        }
        for text in std::mem::take(&mut self.history) {
            let unit = Unit { kind: Some(ProvisionKind::Conclusions), ..Unit::default() };
            self.out.unit(&unit, None);
            self.prose(&text);
        }
    }

    /// The squashed text of all that is law, for the search for repetitions.
    fn gather_texts(&mut self, pairs: &[(String, Value)]) {
        for (key, value) in pairs {
            if matches!(value, Value::List(_) | Value::Object(_)) && secondary(key).is_none() {
                value.each_text(&mut |text| {
                    self.record_texts.push_str(&squash(text));
                    self.record_texts.push('\n');
                });
            }
        }
    }

    fn repeats(&self, text: &str) -> bool {
        let squashed = squash(text);
        let probe: String = squashed.chars().take(200).collect();
        !probe.is_empty() && self.record_texts.contains(&probe)
    }

    fn beside(&mut self, value: &Value, reason: &str) {
        // The current version stands among the older ones a second time. Looking each piece up would be quadratic.
        let small = self.record_texts.len() < 4 << 20;
        let mut budget = if small { 2_000 } else { 0 };
        let mut pieces = Vec::new();
        value.each_text(&mut |text| pieces.push(text.to_owned()));
        for piece in pieces.iter().filter(|piece| !names::is_identifier(piece)) {
            budget = i32::max(budget - 1, 0);
            if budget > 0 && self.repeats(piece) {
                self.out.repeated(piece, reason);
            } else {
                self.out.leave_out(piece, reason);
            }
        }
    }

    /// A text at the top of a document: a preamble, a signature; or a fact about it.
    fn top_text(&mut self, key: &str, text: &str) {
        let (base, suffix) = self.split_language(key);
        if !self.speaks(suffix) || facts::is_fact(key) || facts::is_fact(base) || SILENT.contains(&key) {
            return;
        }
        if matches!(key, "description" | "summary") && !names::is_long_title(text) {
            // What the publisher says about the law is a remark, not its text.
            self.out.metadata().note.get_or_insert_with(|| text.trim().to_owned());
            return;
        }
        if matches!(key, "沿革內容" | "生效內容" | "history") && !text.trim().is_empty() {
            self.history.push(text.to_owned());
            return;
        }
        let prose = text.chars().count() > 60
            || TEXT.contains(&base)
            || matches!(base, "visas" | "signature" | "footer" | "header");
        if !prose || names::is_identifier(text) {
            return;
        }
        if self.repeats(text) {
            self.out.repeated(text, "texts at the top of the file");
            return;
        }
        if base.contains("preamble") || key == "前言" {
            let unit = Unit { kind: Some(ProvisionKind::Preamble), ..Unit::default() };
            self.out.unit(&unit, None);
        }
        self.prose(text);
    }

    fn split_language<'k>(&self, key: &'k str) -> (&'k str, &'k str) {
        match key.rsplit_once('_') {
            Some((base, suffix))
                if suffix.len() == 2 && self.others.iter().any(|l| l.primary() == suffix) =>
            {
                (base, suffix)
            }
            _ => (key, ""),
        }
    }

    /// Whether a key with this language suffix belongs to the language being read.
    fn speaks(&self, suffix: &str) -> bool {
        match self.language {
            Some(language) if suffix.is_empty() => self.others.first() == Some(&language),
            Some(language) => language.primary() == suffix,
            None => true,
        }
    }

    fn prose(&mut self, text: &str) {
        let text = if html::is_html(text) { html::plain(text) } else { text.to_owned() };
        self.out.paragraph(&text, None);
    }

    fn emit(&mut self, key: &str, value: &Value, depth: u16) {
        match value {
            Value::Text(text) => self.prose(text),
            Value::List(items) => {
                let outer = std::mem::take(&mut self.constant);
                self.constant = shared_by_all(items);
                if depth == 0 && !self.constant.is_empty() {
                    let constant = self.constant.clone();
                    facts::fill(self.out.metadata(), &constant);
                }
                items.iter().for_each(|item| self.emit(key, item, depth));
                self.constant = outer;
            }
            Value::Object(pairs) => self.object(key, pairs, depth),
            Value::Nothing | Value::Number(_) => {}
        }
    }

    fn get<'v>(&self, pairs: &'v [(String, Value)], keys: &[&str]) -> Option<(&'v str, &'v Value)> {
        keys.iter().find_map(|wanted| {
            pairs.iter().find_map(|(key, value)| {
                let (base, suffix) = self.split_language(key);
                let suits =
                    base == *wanted && (suffix.is_empty() || self.speaks(suffix)) && !value.is_empty();
                suits.then_some((key.as_str(), value))
            })
        })
    }

    fn object(&mut self, key: &str, pairs: &[(String, Value)], depth: u16) {
        let pairs = unwrap_record(pairs);
        let mut taken: Vec<&str> = Vec::new();
        let text = self.get(pairs, TEXT);
        let children: Vec<&(String, Value)> = pairs
            .iter()
            .filter(|(name, value)| {
                value.has_objects() && !SILENT.contains(&name.as_str()) && secondary(name).is_none()
            })
            .collect();
        let title = self
            .get(pairs, TITLE)
            .filter(|(_, value)| !value.scalar().is_some_and(|text| names::is_kind(&text)));
        let number = self.number(pairs, &mut taken);
        self.enter_containers(pairs, number.as_deref(), depth, &mut taken);
        taken.extend(title.map(|(key, _)| key));
        taken.extend(text.map(|(key, _)| key));
        taken.extend(children.iter().map(|(key, _)| key.as_str()));
        let body = text
            .filter(|(_, value)| !value.has_objects())
            .map(|(_, value)| joined(value))
            .unwrap_or_default();
        let title_text = title.and_then(|(_, value)| value.scalar()).unwrap_or_default();
        if body.is_empty() && title_text.is_empty() && number.is_none() {
            children.iter().for_each(|(name, value)| self.emit(name, value, depth));
            self.rest(pairs, &taken, "");
            return;
        }
        let leaf =
            children.is_empty() || !body.is_empty() || text.is_some_and(|(_, value)| value.has_objects());
        let named = if leaf {
            name_record(&Parts { number: number.as_deref(), title: &title_text, text: &body })
        } else {
            self.name_container(pairs, number.as_deref(), &title_text, &mut taken)
        };
        let below = if self.containers.is_empty() { depth } else { depth + FLAT_DEPTH };
        let kind = if leaf {
            leaf_kind(key, pairs, &named)
        } else {
            Some(container_kind(&format!("{} {}", named.label, named.heading), key))
        };
        if kind.is_none() && named.label.is_empty() && named.heading.is_empty() {
            self.prose(&named.text);
        } else {
            let unit =
                Unit { kind, label: &named.label, heading: &named.heading, depth: below, text: &named.text };
            self.out.unit(&unit, None);
        }
        for repeated in &named.repeated {
            self.out.repeated(repeated, "labels and headings within the text");
        }
        self.rest(pairs, &taken, &body);
        children.iter().for_each(|(name, value)| self.emit(name, value, below + 1));
    }

    /// `{"name": "Part One", "title": "Offences"}` is the label and the heading of a container.
    fn name_container<'v>(
        &self,
        pairs: &'v [(String, Value)],
        number: Option<&str>,
        title: &str,
        taken: &mut Vec<&'v str>,
    ) -> Named {
        let name = self.get(pairs, &["name"]);
        if let Some((key, value)) = name
            && let Some(text) = value.scalar().filter(|text| text != title)
        {
            taken.push(key);
            return Named { label: text, heading: title.to_owned(), ..Named::default() };
        }
        match number {
            Some(number) => Named { label: number.to_owned(), heading: title.to_owned(), ..Named::default() },
            None => Named { heading: title.to_owned(), ..Named::default() },
        }
    }

    /// The number of a record: short, not the name of its chapter, and not a word that stands for none.
    fn number<'v>(&self, pairs: &'v [(String, Value)], taken: &mut Vec<&'v str>) -> Option<String> {
        let chapter = self.get(pairs, &["chapter"]).and_then(|(_, value)| value.scalar());
        for wanted in NUMBER {
            let Some((key, value)) = self.get(pairs, &[wanted]) else { continue };
            let Some(text) = value.scalar() else { continue };
            let text = text.trim();
            let plausible = text.chars().count() <= 24
                && !matches!(text, "undefined" | "null" | "000")
                && (Some(text) != chapter.as_deref() || text.chars().all(|c| c.is_ascii_digit()))
                && (text.chars().any(char::is_numeric) || names::is_numeral(text));
            if !plausible {
                continue;
            }
            taken.push(key);
            if *wanted != "provision_ref" {
                return Some(text.to_owned());
            }
            // `art12`, `sec_5`, `1:3`: what follows the letters and the chapter.
            let tail = text.trim_start_matches(|c: char| !c.is_numeric());
            return Some(tail.rsplit(':').next().unwrap_or(tail).to_owned()).filter(|tail| !tail.is_empty());
        }
        None
    }

    /// Opens the containers that a flat record names, where they differ from those of the record before.
    fn enter_containers<'v>(
        &mut self,
        pairs: &'v [(String, Value)],
        number: Option<&str>,
        depth: u16,
        taken: &mut Vec<&'v str>,
    ) {
        let mut chain: Vec<String> = Vec::new();
        let mut keys: Vec<&str> = Vec::new();
        for wanted in CONTAINER {
            let Some((key, value)) = self.get(pairs, &[wanted]) else { continue };
            let Some(text) = value.scalar() else { continue };
            if taken.contains(&key)
                || text.trim() == "undefined"
                || Some(text.as_str()) == number && *wanted == "section"
            {
                continue;
            }
            taken.push(key);
            for piece in text
                .split(" > ")
                .flat_map(|piece| piece.split(" | "))
                .map(str::trim)
                .filter(|piece| !piece.is_empty())
            {
                if !chain.iter().any(|known| known == piece) {
                    chain.push(piece.to_owned());
                    keys.push(wanted);
                }
            }
        }
        if chain.is_empty() {
            return;
        }
        let same = chain.iter().zip(&self.containers).take_while(|(new, old)| new == old).count();
        let lone = pairs.iter().all(|(key, value)| CONTAINER.contains(&key.as_str()) || value.is_empty());
        if same == chain.len() && same == self.containers.len() && !lone {
            return;
        }
        for (place, piece) in chain.iter().enumerate().skip(same) {
            let kind = container_kind(piece, keys[place]);
            let bare = piece.chars().all(|c| c.is_ascii_digit());
            let rank = names::rank(kind) + u16::try_from(place).unwrap_or(0);
            let (label, heading) = if bare { (piece.as_str(), "") } else { ("", piece.as_str()) };
            let unit =
                Unit { kind: Some(kind), label, heading, depth: depth + rank.min(FLAT_DEPTH - 1), text: "" };
            self.out.unit(&unit, None);
        }
        self.containers = chain;
    }

    /// Texts of a record under keys that no list knows: kept, unless they repeat the record or identify it.
    fn rest(&mut self, pairs: &[(String, Value)], taken: &[&str], body: &str) {
        let squashed = squash(body);
        for (key, value) in pairs {
            let (_, suffix) = self.split_language(key);
            if taken.contains(&key.as_str()) || SILENT.contains(&key.as_str()) || !self.speaks(suffix) {
                continue;
            }
            if value.has_objects() || matches!(value, Value::Object(_)) {
                continue;
            }
            let text = joined(value);
            let constant = self.constant.iter().any(|(name, _)| name == key);
            if !text.trim().contains(char::is_whitespace)
                && text.chars().count() < 30
                && pairs.len() > 1
                && text.is_ascii()
            {
                self.out.leave_out(&text, "single words that describe a record");
                continue;
            }
            if constant || names::is_identifier(&text) || (text.chars().count() < 30 && facts::is_fact(key)) {
                continue;
            }
            let own = squash(&text);
            let probe: String = squashed.chars().take(60).collect();
            let again = squashed.contains(&own)
                || (!probe.is_empty() && own.contains(&probe) && own.len() < squashed.len() * 3 / 2 + 400)
                || key == "context";
            if again {
                self.out.repeated(&text, &format!("the field \"{key}\""));
            } else if facts::is_fact(key) && text.chars().count() < 200 {
                // A date or status of the record.
            } else {
                self.prose(&text);
            }
        }
    }
}

/// Flat records lie below containers of any rank.
const FLAT_DEPTH: u16 = 12;

/// `{"act": …, "type": {record}}`: the record itself.
fn unwrap_record(pairs: &[(String, Value)]) -> &[(String, Value)] {
    let has_own = pairs.iter().any(|(key, _)| NUMBER.contains(&key.as_str()) || TEXT.contains(&key.as_str()));
    let mut inner = pairs.iter().filter_map(|(key, value)| match value {
        Value::Object(inner) if key != "metadata" => Some(inner),
        _ => None,
    });
    match (has_own, inner.next(), inner.next()) {
        (false, Some(record), None) => record,
        _ => pairs,
    }
}

/// Keys that have the same text in each of three or more records.
fn shared_by_all(items: &[Value]) -> Vec<(String, String)> {
    let Some(Value::Object(first)) = items.first().filter(|_| items.len() >= 3) else { return Vec::new() };
    let candidates = first.iter().filter_map(|(key, value)| Some((key.clone(), value.scalar()?)));
    candidates
        .filter(|(key, text)| {
            !text.is_empty()
                && items.iter().all(|item| matches!(item, Value::Object(pairs) if pairs.iter().any(|(k, v)| k == key && v.scalar().as_deref() == Some(text))))
        })
        .collect()
}

fn joined(value: &Value) -> String {
    let mut lines = Vec::new();
    value.each_text(&mut |text| {
        lines.push(if html::is_html(text) { html::plain(text) } else { text.to_owned() })
    });
    if let Value::Number(number) = value {
        return number.clone();
    }
    lines.join("\n")
}

fn leaf_kind(key: &str, pairs: &[(String, Value)], named: &Named) -> Option<ProvisionKind> {
    let reference =
        pairs.iter().find(|(key, _)| key == "provision_ref").and_then(|(_, value)| value.scalar());
    let said = pairs.iter().filter(|(key, _)| matches!(key.as_str(), "name" | "type" | "kind")).find_map(
        |(_, value)| {
            let name = value.scalar()?.to_lowercase();
            matches!(name.as_str(), "article" | "section" | "clause" | "rule" | "schedule" | "annex")
                .then(|| name.parse().ok())?
        },
    );
    said.or_else(|| {
        names::leaf_kind(key, pairs.iter().map(|(key, _)| key.as_str()), reference.as_deref(), named)
    })
}

#[cfg(test)]
mod tests;
