//! The blocks of a draft as lines, each with what its format says of its place.

use merida_law::{Language, ProvisionKind};

use super::heads;
use super::recognise::{Opening, recognise};
use crate::draft::{Block, BlockKind};

/// What a format says of the place of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The label and heading of a provision that the format marks as one, at a depth.
    Unit(u16),
    /// Running text.
    Body,
    /// A heading, by level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A whole table.
    Table,
    /// A whole footnote.
    Note,
}

/// One line of a law.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Its text; empty for `Place::Unit`.
    pub(super) text: &'a str,
    /// Where the format puts it.
    pub(super) place: Place,
    /// Whether it begins a block.
    pub(super) first: bool,
    /// Its language.
    pub(super) language: Language,
    /// For `Place::Unit`: what the format says.
    pub(super) unit: Option<Stated<'a>>,
    /// What the line opens, before anything has been decided.
    pub(super) opening: Option<Opening>,
}

/// A provision as its format states it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated<'a> {
    pub(super) kind: Option<ProvisionKind>,
    pub(super) label: &'a str,
    pub(super) heading: &'a str,
}

/// Divides blocks into lines and reads what each might open. The second value counts the characters of heads and
/// numbers of pages, which no line holds.
pub(super) fn divide<'a>(blocks: &'a [Block], language: Language) -> (Vec<Line<'a>>, u64) {
    let mut lines = Vec::with_capacity(blocks.len() * 2);
    for block in blocks {
        let spoken = block.language.unwrap_or(language);
        let place = match &block.kind {
            BlockKind::Unit { kind, label, heading, depth } => {
                let stated = Stated { kind: *kind, label, heading };
                lines.push(Line {
                    text: "",
                    place: Place::Unit(*depth),
                    first: true,
                    language: spoken,
                    unit: Some(stated),
                    opening: open_stated(&stated, spoken),
                });
                Place::Body
            }
            BlockKind::Heading(level) => Place::Heading(*level),
            BlockKind::Paragraph => Place::Body,
            BlockKind::ListItem => Place::Item,
            BlockKind::Table => Place::Table,
            BlockKind::Footnote => Place::Note,
        };
        push_text(block, place, spoken, &mut lines);
    }
    let heads = heads::strip(&mut lines);
    for line in lines
        .iter_mut()
        .filter(|line| line.unit.is_none() && !matches!(line.place, Place::Table | Place::Note))
    {
        line.opening = recognise(line.text, line.language.primary());
    }
    read_fasl_as_article(&mut lines);
    (lines, heads)
}

/// In Morocco and Tunisia `الفصل` is an article, elsewhere a chapter: a text with several of them and hardly another
/// unit is of the former kind, and so is one with a number that no chapter has (`الفصل 574-1`).
fn read_fasl_as_article(lines: &mut [Line<'_>]) {
    let is = |line: &Line<'_>, word: &str| {
        line.opening.as_ref().is_some_and(|opening| opening.form.is_some_and(|form| form.word == word))
    };
    let fasl = lines.iter().filter(|line| is(line, "الفصل") && line.first).count();
    let other =
        |line: &&Line<'_>| line.first && (line.unit.is_some() || is(line, "الماده") || is(line, "ماده"));
    let units = lines.iter().filter(other).count();
    let all = fasl >= 3 && units * 3 <= fasl;
    for line in lines.iter_mut().filter(|line| line.language.primary() == "ar" && is(line, "الفصل")) {
        if let Some(opening) = &mut line.opening
            && (all || opening.main > MOST_CHAPTERS || (opening.main > 9 && opening.number.contains('-')))
        {
            opening.kind = ProvisionKind::Article;
            opening.rank = 100;
        }
    }
}

/// No law has more chapters in one part.
const MOST_CHAPTERS: u32 = 60;

fn push_text<'a>(block: &'a Block, place: Place, language: Language, lines: &mut Vec<Line<'a>>) {
    if matches!(place, Place::Table | Place::Note) {
        lines.push(Line { text: &block.text, place, first: true, language, unit: None, opening: None });
        return;
    }
    let mut first = true;
    for text in block.text.split('\n').filter(|text| !text.trim().is_empty()) {
        lines.push(Line { text, place, first, language, unit: None, opening: None });
        first = false;
    }
}

/// What the label, else the heading, of a stated provision opens.
fn open_stated(stated: &Stated<'_>, language: Language) -> Option<Opening> {
    let language = language.primary();
    let own = recognise(stated.label, language);
    if own.is_some() || !stated.label.is_empty() {
        return own;
    }
    recognise(stated.heading, language)
}
