//! The parts of a unit: what its marks enumerate, what its format states, its tables and notes.

use merida_law::{Language, Level, ProvisionKind};

use super::enumerate::{self, Nesting};
use super::headings::{Entry, Unit};
use super::{lines, number};

/// A part of a unit in the making.
pub(super) struct Component {
    /// The part that holds it, by its place in the list.
    pub(super) parent: Option<usize>,
    pub(super) kind: ProvisionKind,
    pub(super) label: String,
    pub(super) heading: String,
    /// Its number or letter, as ids write it.
    pub(super) name: String,
    pub(super) text: String,
}

/// The unit's own text and its parts.
pub(super) fn components(unit: &Unit<'_>) -> (String, Vec<Component>) {
    let mut parts = Parts {
        kind: unit.node.kind,
        language: unit.node.language,
        text: String::new(),
        list: Vec::new(),
        nesting: Nesting::default(),
        open: Vec::new(),
        stated: Vec::new(),
        tables: 0,
        notes: 0,
    };
    for entry in &unit.lines {
        match entry {
            Entry::Table(text) => parts.table(text),
            Entry::Note(text) => parts.note(text),
            Entry::Part(depth, stated) => parts.stated(*depth, stated),
            Entry::Line(text) | Entry::Rest(text) | Entry::Heading(text) => parts.line(text),
        }
    }
    (parts.text, parts.list)
}

/// The parts of one unit while its lines are read.
struct Parts {
    kind: ProvisionKind,
    language: Language,
    text: String,
    list: Vec<Component>,
    nesting: Nesting,
    /// The open parts by depth: places in the list.
    open: Vec<usize>,
    /// The open parts that the format states: (depth, place).
    stated: Vec<(u16, usize)>,
    tables: u32,
    notes: u32,
}

impl Parts {
    fn line(&mut self, line: &str) {
        let mut rest = line.trim();
        let mut strict = false;
        let mut at_start = true;
        let mut from = 0;
        loop {
            if at_start
                && let Some(mark) = enumerate::mark(rest)
                && let Some(placed) = self.nesting.take(&mark, strict)
            {
                let lead = rest[..mark.len].len() - rest[..mark.len].trim_start().len();
                self.open_part(&placed, rest[lead..mark.len].trim());
                rest = rest[mark.len..].trim_start();
                from = 0;
                // `(1)(a)` opens two.
                strict = false;
                at_start = rest.starts_with(['(', '（']);
                if !at_start && rest.is_empty() {
                    return;
                }
                continue;
            }
            match enumerate::next_inline(rest, from, &self.nesting) {
                Some((start, _)) => {
                    self.append(rest[..start].trim_end(), from == 0 && rest.len() == line.trim().len());
                    rest = &rest[start..];
                    from = 0;
                    at_start = true;
                    strict = true;
                }
                None => {
                    self.append(rest, rest.len() == line.trim().len());
                    return;
                }
            }
        }
    }

    /// Adds text to the part that is open.
    fn append(&mut self, text: &str, own_line: bool) {
        if text.is_empty() {
            return;
        }
        let target = match self.current() {
            Some(place) => &mut self.list[place].text,
            None => &mut self.text,
        };
        if !target.is_empty() {
            target.push(if own_line { '\n' } else { ' ' });
        }
        target.push_str(text);
    }

    fn current(&self) -> Option<usize> {
        self.open.last().copied().or_else(|| self.stated.last().map(|(_, place)| *place))
    }

    fn open_part(&mut self, placed: &enumerate::Placed, label: &str) {
        self.open.truncate(placed.depth);
        let parent = self.open.last().copied().or_else(|| self.stated.last().map(|(_, place)| *place));
        let depth = placed.depth + self.stated.len();
        let kind = part_kind(self.kind, depth, placed.look.is_number());
        self.open.push(self.list.len());
        self.list.push(Component {
            parent,
            kind,
            label: label.to_owned(),
            heading: String::new(),
            name: placed.name.clone(),
            text: String::new(),
        });
    }

    /// A part that the format states; one without a label is text of what holds it.
    fn stated(&mut self, depth: u16, stated: &lines::Stated<'_>) {
        self.stated.retain(|(own, _)| *own < depth);
        self.nesting = Nesting::default();
        self.open.clear();
        if stated.label.is_empty() && stated.heading.is_empty() {
            return;
        }
        let parent = self.stated.last().map(|(_, place)| *place);
        let kind = stated.kind.filter(|kind| kind.level() == Level::Component).unwrap_or_else(|| {
            part_kind(self.kind, self.stated.len(), stated.label.chars().any(|c| c.is_ascii_digit()))
        });
        let trimmed = stated.label.trim_matches(|c: char| !c.is_alphanumeric());
        let name = number::read(trimmed, self.language.primary())
            .filter(|number| number.len == trimmed.len())
            .map_or_else(|| number::slug(trimmed), |number| number.canonical);
        self.stated.push((depth, self.list.len()));
        self.list.push(Component {
            parent,
            kind,
            label: stated.label.to_owned(),
            heading: stated.heading.to_owned(),
            name,
            text: String::new(),
        });
    }

    fn table(&mut self, text: &str) {
        self.tables += 1;
        let name = self.tables.to_string();
        self.list.push(Component {
            parent: None,
            kind: ProvisionKind::Table,
            label: String::new(),
            heading: String::new(),
            name,
            text: text.to_owned(),
        });
    }

    fn note(&mut self, text: &str) {
        self.notes += 1;
        let name = self.notes.to_string();
        self.list.push(Component {
            parent: None,
            kind: ProvisionKind::Footnote,
            label: String::new(),
            heading: String::new(),
            name,
            text: text.to_owned(),
        });
    }
}

/// What a part is called, by the unit that holds it and its depth.
fn part_kind(unit: ProvisionKind, depth: usize, numbered: bool) -> ProvisionKind {
    use ProvisionKind::{Paragraph, Point, Subparagraph, Subsection};
    let sectioned = matches!(unit, ProvisionKind::Section | ProvisionKind::Clause | ProvisionKind::Rule);
    match (sectioned, depth) {
        (true, 0) if numbered => Subsection,
        (true, 0 | 1) => Paragraph,
        (true, 2) => Subparagraph,
        (false, 0) if numbered => Paragraph,
        _ => Point,
    }
}
