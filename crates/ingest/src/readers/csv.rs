//! Tables of Brazilian law with LexML URNs, one row a provision, and any other table with a header.

use std::collections::HashMap;

use merida_law::{Problem, ProvisionKind};

use super::collector::{Collector, Unit};
use super::facts;
use super::json::{self, Value};

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&d| first.bytes().filter(|&b| b == d).count())
        .unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => {
            out.problem(Problem::error(
                format!("the table has no header: {error}"),
                "give each column a name in the first row",
            ));
            return;
        }
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().and_then(|p| u32::try_from(p.line()).ok());
                rows.push((line, record.iter().map(str::to_owned).collect::<Vec<String>>()));
            }
            Err(error) => out.problem(Problem::warning(
                format!("a row of the table was left out: {error}"),
                "check its quotation marks",
            )),
        }
    }
    match Columns::of(&header) {
        Some(columns) => lexml(&columns, &rows, out),
        None => records(&header, rows, out),
    }
}

/// Rows of any other table are records.
fn records(header: &[String], rows: Vec<(Option<u32>, Vec<String>)>, out: &mut Collector<'_>) {
    let items = rows.into_iter().map(|(_, cells)| {
        Value::Object(header.iter().cloned().zip(cells.into_iter().map(Value::Text)).collect())
    });
    json::read_value(&Value::List(items.collect()), out);
}

struct Columns {
    urn: usize,
    text: usize,
    label: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let find = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
        Some(Self {
            urn: find(&["urn", "lexml", "urn_lexml"])?,
            text: find(&["texto", "text", "conteudo"])?,
            label: find(&["rotulo", "rótulo", "label"]),
            start: find(&["num_inicio", "inicio", "start"]),
            end: find(&["num_final", "final", "end"]),
        })
    }
}

struct Row<'a> {
    line: Option<u32>,
    /// The place after the `!` of the URN: `art5_cpt_inc2`.
    place: &'a str,
    label: &'a str,
    /// The label of the article that holds it: `Art. 5º` of `Art. 5º, caput`.
    article: &'a str,
    /// What stands in brackets before the text: where it lies.
    context: Vec<&'a str>,
    text: &'a str,
    order: (u64, std::cmp::Reverse<u64>),
}

fn lexml(columns: &Columns, rows: &[(Option<u32>, Vec<String>)], out: &mut Collector<'_>) {
    let cell = |row: &'_ [String], at: Option<usize>| -> String {
        at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
    };
    let mut parsed: Vec<Row<'_>> = Vec::with_capacity(rows.len());
    for (place, (line, row)) in rows.iter().enumerate() {
        let (Some(urn), Some(text)) = (row.get(columns.urn), row.get(columns.text)) else { continue };
        if place == 0 {
            describe(urn, out);
        }
        let (context, body) = split_context(text);
        let number = |at: Option<usize>, other: u64| cell(row, at).trim().parse().unwrap_or(other);
        let label = columns
            .label
            .and_then(|at| row.get(at))
            .map_or("", |label| label.rsplit(", ").next().unwrap_or(label));
        let article = columns
            .label
            .and_then(|at| row.get(at))
            .and_then(|label| label.split(", ").find(|piece| piece.starts_with("Art")))
            .unwrap_or_default();
        let order = number(columns.start, place as u64);
        parsed.push(Row {
            line: *line,
            place: urn.split_once('!').map_or("", |(_, place)| place),
            label,
            article,
            context,
            text: body,
            order: (order, std::cmp::Reverse(number(columns.end, order))),
        });
    }
    parsed.sort_by_key(|row| row.order);
    Writer { rows: &parsed, out, first_of_container: None }.write();
}

/// `urn:lex:br:federal:lei:2011-11-18;12527`: the date and number of the law.
fn describe(urn: &str, out: &mut Collector<'_>) {
    let law = urn.split('!').next().unwrap_or(urn);
    let mut pieces = law.split(':').skip(2);
    let country = pieces.next().unwrap_or_default();
    let tail = law.rsplit(':').next().unwrap_or_default();
    let (date, number) = tail.split_once(';').unwrap_or((tail, ""));
    let kind = law.split(':').nth(4).unwrap_or_default();
    let kind = match kind {
        _ if kind.starts_with("constitui") => "constitution",
        _ if kind.starts_with("decreto") => "decree",
        _ if kind.starts_with("lei") || kind.starts_with("medida") => "act",
        _ => "",
    };
    let pairs = [("country", country), ("date", date), ("number", number), ("kind", kind)];
    facts::fill(out.metadata(), &pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

/// `[ title | chapter | ] text`.
fn split_context(text: &str) -> (Vec<&str>, &str) {
    let Some(inner) = text.trim_start().strip_prefix('[') else { return (Vec::new(), text.trim()) };
    // The context ends with the first bracket that stands alone; brackets within it are closed before.
    let end = inner.find(" ] ").or_else(|| inner.find("| ]")).or_else(|| inner.find(']'));
    let Some(end) = end else { return (Vec::new(), text.trim()) };
    let context = inner[..end]
        .split(" | ")
        .map(|piece| piece.trim_matches([' ', '|']))
        .filter(|piece| !piece.is_empty())
        .collect();
    (context, inner[end..].trim_start_matches([' ', '|', ']']).trim())
}

struct Writer<'a, 'c, 'l> {
    rows: &'a [Row<'a>],
    out: &'c mut Collector<'l>,
    /// The rubric that stands in the context of a container belongs to its first article.
    first_of_container: Option<String>,
}

impl Writer<'_, '_, '_> {
    fn write(&mut self) {
        let mut children: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut articles: Vec<&str> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let article = row.place.split('_').next().unwrap_or_default();
            if article == row.place && article.starts_with("art") {
                articles.push(article);
            } else if article.starts_with("art") {
                children.entry(article).or_default().push(at);
            }
        }
        let articles: std::collections::HashSet<&str> = articles.into_iter().collect();
        let rows = self.rows;
        if let Some(opening) = rows.first().and_then(|row| row.context.first()) {
            self.out.paragraph(opening, rows[0].line);
        }
        for row in rows {
            let first = row.place.split('_').next().unwrap_or_default();
            if articles.contains(first) {
                if first == row.place {
                    self.article(row, children.get(first).map_or(&[][..], Vec::as_slice));
                }
                continue;
            }
            match container_of(row.place) {
                Some((kind, depth)) => self.container(row, kind, depth),
                None if row.place == format!("{first}_cpt") && !row.article.is_empty() => {
                    // No row holds the whole article: its opening words stand for it.
                    let unit = Unit {
                        kind: Some(ProvisionKind::Article),
                        label: row.article,
                        depth: ARTICLE_DEPTH,
                        text: row.text,
                        ..Unit::default()
                    };
                    self.out.unit(&unit, row.line);
                }
                None => {
                    let unit = Unit {
                        kind: component_of(row.place),
                        label: row.label,
                        depth: ARTICLE_DEPTH + 1,
                        text: row.text,
                        ..Unit::default()
                    };
                    self.out.unit(&unit, row.line);
                }
            }
        }
    }

    fn container(&mut self, row: &Row<'_>, kind: ProvisionKind, depth: u16) {
        let last = if row.context.len() > 1 { row.context.last().copied().unwrap_or_default() } else { "" };
        let (heading, rubric) = split_rubric(last);
        self.out.unit(&Unit { kind: Some(kind), label: row.label, heading, depth, text: "" }, row.line);
        self.first_of_container = Some(rubric.to_owned()).filter(|rubric| !rubric.is_empty());
        self.out.repeated(row.text, "texts of larger divisions, which hold those of their articles");
    }

    /// The row of an article holds all of its text with all marks: the rows of its parts say where those begin.
    fn article(&mut self, row: &Row<'_>, parts: &[usize]) {
        let heading = self.first_of_container.take().unwrap_or_default();
        let text = row.text;
        let label = row.label.trim();
        let body = text.strip_prefix(label).unwrap_or(text).trim_start();
        let mut at = 0;
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        for &part in parts {
            let part_row = &self.rows[part];
            if part_row.place.ends_with("_cpt") {
                continue;
            }
            if let Some(found) = place_of(&body[at..], part_row) {
                cuts.push((at + found, part));
                at += found + 1;
                while !body.is_char_boundary(at) {
                    at += 1;
                }
            }
        }
        let end = cuts.first().map_or(body.len(), |(at, _)| *at);
        let unit = Unit {
            kind: Some(ProvisionKind::Article),
            label,
            heading: &heading,
            depth: ARTICLE_DEPTH,
            text: body[..end].trim(),
        };
        self.out.unit(&unit, row.line);
        for (nth, &(start, part)) in cuts.iter().enumerate() {
            let end = cuts.get(nth + 1).map_or(body.len(), |(at, _)| *at);
            self.part(&self.rows[part], body[start..end].trim());
        }
        for &part in parts {
            self.out.repeated(self.rows[part].text, "texts of parts, which their article holds");
        }
    }

    fn part(&mut self, row: &Row<'_>, text: &str) {
        let marker = marker_of(row).filter(|marker| text.starts_with(marker.as_str())).unwrap_or_default();
        let body = text[marker.len()..].trim_start().trim_start_matches(['–', '-']).trim_start();
        let levels = row.place.split('_').filter(|step| *step != "cpt").count().saturating_sub(1);
        let depth = ARTICLE_DEPTH + u16::try_from(levels).unwrap_or(1);
        let dropped = &text[marker.len()..text.len() - body.len()];
        let label = format!(
            "{marker}{}",
            if dropped.trim().is_empty() { String::new() } else { format!(" {}", dropped.trim()) }
        );
        self.out.unit(
            &Unit { kind: component_of(row.place), label: &label, heading: "", depth, text: body },
            row.line,
        );
    }
}

/// Articles lie below divisions of any rank.
const ARTICLE_DEPTH: u16 = 6;

/// The mark of a part as the text writes it: `§ 1º`, `Parágrafo único.`, `IV`, `a)`.
fn marker_of(row: &Row<'_>) -> Option<String> {
    let last = row.place.rsplit('_').next()?;
    if last.starts_with("par") {
        return Some(row.label.to_owned());
    }
    if let Some(roman) = row.label.strip_prefix("Inciso ") {
        return Some(roman.to_owned());
    }
    if let Some(letter) = row.label.strip_prefix("Alínea ") {
        return Some(format!("{letter})"));
    }
    row.label.strip_prefix("Item ").map(str::to_owned)
}

/// Where a part begins in the text of its article.
fn place_of(text: &str, row: &Row<'_>) -> Option<usize> {
    let head: String = row.text.chars().take(40).collect();
    if head.is_empty() {
        return None;
    }
    let marker = marker_of(row)?;
    // The rows of points begin with their mark, those of paragraphs do not.
    let with_mark = if row.text.starts_with(&marker) { head } else { format!("{marker} {head}") };
    text.find(&with_mark).or_else(|| {
        let short: String = with_mark.chars().take(marker.chars().count() + 12).collect();
        text.find(&short)
    })
}

fn container_of(place: &str) -> Option<(ProvisionKind, u16)> {
    let last = place.rsplit('_').next()?;
    let name = last.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == 'u');
    Some(match name {
        "prt" => (ProvisionKind::Part, 0),
        "liv" => (ProvisionKind::Book, 1),
        "tit" => (ProvisionKind::Title, 2),
        "cap" => (ProvisionKind::Chapter, 3),
        "sec" => (ProvisionKind::Division, 4),
        "sub" => (ProvisionKind::Subdivision, 5),
        "anx" => (ProvisionKind::Annex, 0),
        _ => return None,
    })
}

fn component_of(place: &str) -> Option<ProvisionKind> {
    let last = place.rsplit('_').next()?;
    Some(match last {
        _ if last.starts_with("par") => ProvisionKind::Paragraph,
        _ if last.starts_with("inc") => ProvisionKind::Point,
        _ if last.starts_with("ali") => ProvisionKind::Point,
        _ if last.starts_with("ite") => ProvisionKind::Point,
        _ if last.starts_with("art") => ProvisionKind::Article,
        _ => return None,
    })
}

/// `DAS PENAS Rubrica do artigo`: the name of the division in capitals, and the rubric of its first article.
fn split_rubric(text: &str) -> (&str, &str) {
    let mut end = 0;
    for (at, word) in words(text) {
        if word.chars().any(char::is_lowercase) {
            break;
        }
        end = at + word.len();
    }
    (text[..end].trim(), text[end..].trim())
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::BlockKind;
    use crate::limits::Limits;

    #[test]
    fn each_text_is_taken_once_with_its_place() {
        let text = "Tipo,Rotulo,Num_Inicio,Num_Final,Texto,urn\n\
            \"CPT\",\"lei_1, Art. 1º, caput\",3,4,\"[ Ementa. | DAS PENAS Rubrica | ] Quem der:\",urn:lex:br:federal:lei:2011-11-18;1!art1_cpt\n\
            \"CAP\",\"lei_1, CAPÍTULO I\",1,12,\"[ Ementa. | DAS PENAS Rubrica | ] Art. 1º Quem der: I – coisa; § 1º Se for mais.\",urn:lex:br:federal:lei:2011-11-18;1!cap1\n\
            \"ART\",\"lei_1, Art. 1º\",2,11,\"[ Ementa. | DAS PENAS Rubrica | ] Art. 1º Quem der: I – coisa; Pena – dois anos. § 1º Se for mais.\",urn:lex:br:federal:lei:2011-11-18;1!art1\n\
            \"INC\",\"lei_1, Art. 1º, caput, Inciso I\",5,6,\"[ Ementa. | Art. 1º Quem der: ] I – coisa;\",urn:lex:br:federal:lei:2011-11-18;1!art1_cpt_inc1\n\
            \"PAR\",\"lei_1, Art. 1º, § 1º\",7,8,\"[ Ementa. | ] Se for mais.\",urn:lex:br:federal:lei:2011-11-18;1!art1_par1\n";
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read(text, &mut out);
        let draft = out.finish();
        let shape: Vec<String> = draft
            .blocks
            .iter()
            .map(|b| match &b.kind {
                BlockKind::Unit { kind, label, heading, depth } => {
                    format!("{depth} {} {label}|{heading}|{}", kind.map_or("-", |k| k.as_str()), b.text)
                }
                _ => b.text.clone(),
            })
            .collect();
        assert_eq!(
            shape,
            [
                "Ementa.",
                "3 chapter CAPÍTULO I|DAS PENAS|",
                "6 article Art. 1º|Rubrica|Quem der:",
                "7 point I –||coisa; Pena – dois anos.",
                "7 paragraph § 1º||Se for mais.",
            ]
        );
        assert_eq!(draft.metadata.date.map(|d| d.to_string()).as_deref(), Some("2011-11-18"));
        assert_eq!(draft.metadata.number.as_deref(), Some("1"));
    }

    #[test]
    fn other_tables_are_records() {
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read("section;title;text\n1;Short;Words of law.\n2;Long;More words of law.\n", &mut out);
        let draft = out.finish();
        assert_eq!(draft.blocks.len(), 2);
        assert!(
            matches!(&draft.blocks[1].kind, BlockKind::Unit { label, heading, .. } if label == "2" && heading == "Long")
        );
    }
}
