//! Office Open XML (DOCX): headings by style, numbers of lists, tables, footnotes.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use merida_law::Problem;
use zip::ZipArchive;

use super::collector::Collector;
use super::facts;
use super::xml::{self, Child, Tree};
use crate::draft::BlockKind;

pub(super) fn read(bytes: &[u8], out: &mut Collector<'_>) {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            out.problem(Problem::error(
                format!("the DOCX is cut off or damaged: {error}"),
                "fetch it again, or open it in a word processor and save it anew",
            ));
            return;
        }
    };
    let mut budget = out.limits().max_expanded_bytes;
    let mut part = |name: &str, out: &mut Collector<'_>| part(&mut archive, name, &mut budget, out);
    let Some(document) = part("word/document.xml", out) else {
        if out.blocks().is_empty() {
            out.problem(Problem::error(
                "the DOCX holds no document",
                "open it in a word processor and save it anew",
            ));
        }
        return;
    };
    let styles =
        part("word/styles.xml", out).map(|text| headings(&xml::parse(&text, out))).unwrap_or_default();
    let numbering = part("word/numbering.xml", out)
        .map(|text| Numbering::of(&xml::parse(&text, out)))
        .unwrap_or_default();
    let notes = ["word/footnotes.xml", "word/endnotes.xml"]
        .map(|name| part(name, out).map(|text| xml::parse(&text, out)));
    if let Some(core) = part("docProps/core.xml", out) {
        properties(&xml::parse(&core, out), out);
    }
    let tree = xml::parse(&document, out);
    let Some(body) = tree.find(Tree::ROOT, "body") else { return };
    let mut reader = Reader { tree: &tree, out, styles, numbering, notes: Vec::new() };
    reader.blocks(body);
    let cited = std::mem::take(&mut reader.notes);
    for (kind, tree) in ["footnote", "endnote"].iter().zip(&notes) {
        if let Some(tree) = tree {
            footnotes(tree, kind, &cited, out);
        }
    }
}

/// A part of the package as text, within the limits on unpacking.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    budget: &mut u64,
    out: &mut Collector<'_>,
) -> Option<String> {
    let ratio = out.limits().max_expansion_ratio;
    let mut file = archive.by_name(name).ok()?;
    let packed = file.compressed_size().max(1);
    let most = (*budget).min(packed.saturating_mul(ratio).max(1 << 20));
    let mut bytes = Vec::new();
    // What says itself that it is too large is not unpacked at all.
    let declared = file.size();
    let read = if declared > most { Ok(0) } else { file.by_ref().take(most + 1).read_to_end(&mut bytes) };
    if declared > most || bytes.len() as u64 > most {
        out.problem(Problem::error(
            format!("{name} unpacks to more than the limit, as a trap would"),
            "open the file in a word processor and save it anew, or raise max_expanded_bytes and max_expansion_ratio",
        ));
        return None;
    }
    if let Err(error) = read {
        out.problem(Problem::error(
            format!("{name} in the DOCX is damaged: {error}"),
            "fetch the file again",
        ));
        return None;
    }
    *budget -= bytes.len() as u64;
    let mut problems = Vec::new();
    let (text, _) = crate::decode::decode(&bytes, out.limits(), None, &mut problems);
    problems.into_iter().for_each(|problem| out.problem(problem));
    Some(text)
}

fn properties(tree: &Tree, out: &mut Collector<'_>) {
    let text = |name: &str| tree.find(Tree::ROOT, name).map(|id| tree.text(id).trim().to_owned());
    let pairs: Vec<(String, String)> = [("title", text("title")), ("language", text("language"))]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect();
    facts::fill(out.metadata(), &pairs);
}

/// The outline level of each style that makes a heading.
fn headings(tree: &Tree) -> HashMap<String, u8> {
    let mut levels = HashMap::new();
    let Some(styles) = tree.find(Tree::ROOT, "styles") else { return levels };
    for style in tree.elements(styles).filter(|&id| tree.name(id) == "style") {
        let Some(id) = tree.attribute(style, "styleId") else { continue };
        let outline = tree
            .find(style, "outlineLvl")
            .and_then(|level| tree.attribute(level, "val"))
            .and_then(|level| level.parse::<u8>().ok())
            .map(|level| level + 1);
        let name = tree
            .child(style, "name")
            .and_then(|name| tree.attribute(name, "val"))
            .unwrap_or_default()
            .to_lowercase();
        let named = name
            .strip_prefix("heading ")
            .and_then(|n| n.trim().parse().ok())
            .or((name == "title").then_some(1));
        if let Some(level) = outline.or(named).filter(|level| *level <= 9) {
            levels.insert(id.to_owned(), level);
        }
    }
    levels
}

/// The formats of lists and the numbers that they have reached.
#[derive(Default)]
struct Numbering {
    /// A list to its abstract definition.
    lists: HashMap<String, String>,
    /// Definition and level to format, text and start.
    levels: HashMap<(String, usize), (String, String, u32)>,
    /// Definition to the numbers reached, by level.
    reached: HashMap<String, Vec<u32>>,
}

impl Numbering {
    fn of(tree: &Tree) -> Self {
        let mut numbering = Self::default();
        let Some(root) = tree.find(Tree::ROOT, "numbering") else { return numbering };
        for element in tree.elements(root) {
            match tree.name(element) {
                "abstractNum" => numbering.define(tree, element),
                "num" => {
                    let id = tree.attribute(element, "numId").unwrap_or_default().to_owned();
                    let definition =
                        tree.child(element, "abstractNumId").and_then(|a| tree.attribute(a, "val"));
                    numbering.lists.insert(id, definition.unwrap_or_default().to_owned());
                }
                _ => {}
            }
        }
        numbering
    }

    fn define(&mut self, tree: &Tree, element: usize) {
        let id = tree.attribute(element, "abstractNumId").unwrap_or_default();
        for level in tree.elements(element).filter(|&e| tree.name(e) == "lvl") {
            let place = tree.attribute(level, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0);
            let value = |name: &str| {
                tree.child(level, name).and_then(|c| tree.attribute(c, "val")).unwrap_or_default()
            };
            let start = value("start").parse().unwrap_or(1);
            let format = (value("numFmt").to_owned(), value("lvlText").to_owned(), start);
            self.levels.insert((id.to_owned(), place), format);
        }
    }

    /// The marker of the next item of a list at a level; empty for a bullet.
    fn next(&mut self, list: &str, level: usize) -> String {
        let Some(definition) = self.lists.get(list).cloned() else { return String::new() };
        let level = level.min(8);
        let start =
            |level: usize| self.levels.get(&(definition.clone(), level)).map_or(1, |(_, _, start)| *start);
        let starts: Vec<u32> = (0..=level).map(start).collect();
        let reached = self.reached.entry(definition.clone()).or_default();
        reached.truncate(level + 1);
        while reached.len() < level {
            reached.push(starts[reached.len()]);
        }
        if reached.len() == level {
            reached.push(starts[level]);
        } else {
            reached[level] += 1;
        }
        let Some((format, text, _)) = self.levels.get(&(definition.clone(), level)) else {
            return String::new();
        };
        if matches!(format.as_str(), "bullet" | "none") {
            return String::new();
        }
        let mut marker = text.clone();
        for (place, number) in reached.iter().enumerate() {
            let own = self
                .levels
                .get(&(definition.clone(), place))
                .map_or("decimal", |(format, _, _)| format.as_str());
            marker = marker.replace(&format!("%{}", place + 1), &written(*number, own));
        }
        marker
    }
}

/// A number in the form that a list asks for.
fn written(number: u32, format: &str) -> String {
    let letters = |first: char| {
        let at = (number.max(1) - 1) % 26;
        let letter = char::from_u32(u32::from(first) + at).unwrap_or(first);
        String::from(letter).repeat(usize::try_from((number.max(1) - 1) / 26 + 1).unwrap_or(1).min(4))
    };
    match format {
        "lowerLetter" => letters('a'),
        "upperLetter" => letters('A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(3999);
    let mut text = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    text
}

struct Reader<'t, 'c, 'l> {
    tree: &'t Tree,
    out: &'c mut Collector<'l>,
    styles: HashMap<String, u8>,
    numbering: Numbering,
    notes: Vec<(String, String)>,
}

// The depth of a tree is bounded when it is read.
impl Reader<'_, '_, '_> {
    fn blocks(&mut self, id: usize) {
        let elements: Vec<usize> = self.tree.elements(id).collect();
        for element in elements {
            match self.tree.name(element) {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "sectPr" | "tblPr" | "sdtPr" => {}
                _ => self.blocks(element),
            }
        }
    }

    fn paragraph(&mut self, id: usize) {
        let mut text = String::new();
        self.runs(id, &mut text);
        let line = Some(self.tree.line(id)).filter(|_| false);
        let properties = self.tree.child(id, "pPr");
        let value = |parent: Option<usize>, name: &str| {
            parent
                .and_then(|p| self.tree.child(p, name))
                .and_then(|c| self.tree.attribute(c, "val"))
                .map(str::to_owned)
        };
        let style = value(properties, "pStyle").unwrap_or_default();
        let outline = value(properties, "outlineLvl")
            .and_then(|l| l.parse::<u8>().ok())
            .filter(|l| *l < 9)
            .map(|l| l + 1);
        let list = properties.and_then(|p| self.tree.child(p, "numPr"));
        let number = value(list, "numId").filter(|id| id != "0");
        let level = value(list, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0);
        if text.trim().is_empty() {
            return;
        }
        let marker = number.as_deref().map(|list| self.numbering.next(list, level)).unwrap_or_default();
        let text = if marker.is_empty() { text } else { format!("{marker} {text}") };
        match (outline.or_else(|| self.styles.get(&style).copied()), number) {
            (Some(level), _) => self.out.block(BlockKind::Heading(level), &text.replace('\n', " "), line),
            (None, Some(_)) => self.out.block(BlockKind::ListItem, &text, line),
            (None, None) => self.out.paragraph(&text, line),
        }
    }

    fn runs(&mut self, id: usize, text: &mut String) {
        for child in self.tree.children(id) {
            let Child::Element(child) = child else { continue };
            match self.tree.name(*child) {
                "t" => text.push_str(&self.tree.text(*child)),
                "tab" => text.push(' '),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "footnoteReference" | "endnoteReference" => {
                    let kind =
                        if self.tree.name(*child) == "footnoteReference" { "footnote" } else { "endnote" };
                    let number = (self.notes.len() + 1).to_string();
                    text.push_str(&format!("[{number}]"));
                    let id = self.tree.attribute(*child, "id").unwrap_or_default().to_owned();
                    self.notes.push((format!("{kind} {id}"), number));
                }
                // Deleted text is not the text; properties and field codes are none.
                "del" | "pPr" | "rPr" | "instrText" | "delText" | "moveFrom" => {}
                _ => self.runs(*child, text),
            }
        }
    }

    fn table(&mut self, id: usize) {
        let mut text = String::new();
        let rows: Vec<usize> = self.tree.elements(id).filter(|&e| self.tree.name(e) == "tr").collect();
        for row in rows {
            let cells: Vec<usize> = self.tree.elements(row).filter(|&e| self.tree.name(e) == "tc").collect();
            for (place, cell) in cells.into_iter().enumerate() {
                if place > 0 {
                    text.push('\t');
                }
                let mut own = String::new();
                self.cell(cell, &mut own);
                text.push_str(own.trim());
            }
            text.push('\n');
        }
        if text.trim().contains('\t') {
            self.out.block(BlockKind::Table, &text, None);
        } else {
            text.lines().for_each(|line| self.out.paragraph(line, None));
        }
    }

    fn cell(&mut self, id: usize, text: &mut String) {
        let elements: Vec<usize> = self.tree.elements(id).collect();
        for element in elements {
            match self.tree.name(element) {
                "p" => {
                    let mut own = String::new();
                    self.runs(element, &mut own);
                    text.push_str(own.replace('\n', " ").trim());
                    text.push(' ');
                }
                _ => self.cell(element, text),
            }
        }
    }
}

fn footnotes(tree: &Tree, kind: &str, cited: &[(String, String)], out: &mut Collector<'_>) {
    let Some(root) = tree.elements(Tree::ROOT).next() else { return };
    let no_styles = HashMap::new();
    for note in
        tree.elements(root).filter(|&id| tree.name(id) == kind && tree.attribute(id, "type").is_none())
    {
        let id = tree.attribute(note, "id").unwrap_or_default();
        let number = cited
            .iter()
            .find(|(cited, _)| *cited == format!("{kind} {id}"))
            .map_or("", |(_, number)| number.as_str());
        let mut text = String::new();
        let mut reader = Reader {
            tree,
            out,
            styles: no_styles.clone(),
            numbering: Numbering::default(),
            notes: Vec::new(),
        };
        reader.cell(note, &mut text);
        if !text.trim().is_empty() {
            let text = if number.is_empty() { text } else { format!("[{number}] {}", text.trim()) };
            out.block(BlockKind::Footnote, &text, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::draft::Draft;
    use crate::limits::Limits;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn draft(bytes: &[u8]) -> Draft {
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read(bytes, &mut out);
        out.finish()
    }

    const DOCUMENT: &str = "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Chapter I</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>First</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Point</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t xml:space='preserve'>Second </w:t><w:footnoteReference w:id='2'/></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    const STYLES: &str =
        "<w:styles xmlns:w='w'><w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>";
    const NUMBERING: &str = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>";
    const NOTES: &str = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='0'/><w:footnote w:id='2'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";

    #[test]
    fn headings_numbers_tables_and_footnotes_are_read() {
        let bytes = package(&[
            ("word/document.xml", DOCUMENT),
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", NUMBERING),
            ("word/footnotes.xml", NOTES),
        ]);
        let draft = draft(&bytes);
        let blocks: Vec<_> = draft.blocks.iter().map(|b| (b.kind.clone(), b.text.as_str())).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Heading(1), "Chapter I"),
                (BlockKind::ListItem, "1. First"),
                (BlockKind::ListItem, "(a) Point"),
                (BlockKind::ListItem, "2. Second [1]"),
                (BlockKind::Table, "a\tb"),
                (BlockKind::Footnote, "[1] A note."),
            ]
        );
        assert!(draft.problems.is_empty(), "{:?}", draft.problems);
    }

    #[test]
    fn a_cut_off_file_and_a_bomb_are_errors() {
        let whole = package(&[("word/document.xml", DOCUMENT)]);
        let cut = draft(&whole[..whole.len() / 2]);
        assert!(cut.problems[0].message.contains("cut off"), "{:?}", cut.problems);
        let bomb = format!("<w:document><w:body>{}</w:body></w:document>", " ".repeat(30_000_000));
        let bomb = draft(&package(&[("word/document.xml", &bomb)]));
        assert!(bomb.problems.iter().any(|p| p.message.contains("trap")), "{:?}", bomb.problems);
    }
}
