//! Nodes become provisions: headings are told from text, parts are enumerated, ids are given.

use std::collections::HashMap;

use merida_law::{Language, Level, Provision, ProvisionId, ProvisionKind};

use super::assemble::{Node, Piece, Tree};
use super::enumerate::{self, Nesting};
use super::number;
use super::recognise::{Style, recognise, starts_small};
use super::titles::{self, Habit};
use crate::draft::ink;

/// The provisions of a law, and what of its text none of them holds.
pub(super) struct Finished {
    pub(super) provisions: Vec<Provision>,
    pub(super) marks: u64,
    pub(super) repeated: u64,
}

/// A part of a unit in the making.
struct Component {
    parent: Option<usize>,
    kind: ProvisionKind,
    label: String,
    heading: String,
    name: String,
    text: String,
}

struct Finisher {
    habit: Habit,
    numbered_content: Content,
    language: Language,
    ids: Ids,
    out: Finished,
}

/// Whether the text of the units that a format states begins with the law's own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// It does not, or not by habit.
    Plain,
    /// It repeats the number that the format states.
    Same,
    /// It has the number of the statute, and the format counts otherwise.
    Own,
}

/// Finishes a tree.
pub(super) fn finish(tree: Tree<'_>, language: Language) -> Finished {
    let mut finisher = Finisher {
        habit: Habit::learn(&tree.nodes),
        numbered_content: learn_content(&tree.nodes),
        language,
        ids: Ids::default(),
        out: Finished { provisions: Vec::new(), marks: tree.marks, repeated: tree.repeated },
    };
    let mut ids: Vec<Option<ProvisionId>> = Vec::with_capacity(tree.nodes.len());
    let numbers = repair_numbers(&tree.nodes);
    for (mut node, number) in tree.nodes.into_iter().zip(numbers) {
        let parent = node.parent.and_then(|parent| ids[parent].clone());
        node.number = number;
        let id = finisher.node(node, parent);
        ids.push(id);
    }
    finisher.out
}

/// Lithuanian sources flatten `189¹` to `1891`: between 189 and 190 it is 189-1.
fn repair_numbers(nodes: &[Node<'_>]) -> Vec<String> {
    let mut numbers: Vec<String> = nodes.iter().map(|node| node.number.clone()).collect();
    let units: Vec<usize> = (0..nodes.len())
        .filter(|at| nodes[*at].kind.level() == Level::Unit && !numbers[*at].is_empty())
        .collect();
    let plain = |number: &str| number.parse::<u64>().ok();
    let mut base: Option<u64> = None;
    for (place, at) in units.iter().enumerate() {
        let Some(value) = plain(&numbers[*at]) else { continue };
        let Some(before) = base else {
            base = Some(value);
            continue;
        };
        let text = value.to_string();
        let suffix = text
            .strip_prefix(&before.to_string())
            .filter(|rest| (1..=2).contains(&rest.len()) && !rest.starts_with('0'));
        let next = units[place + 1..]
            .iter()
            .take(12)
            .filter_map(|next| plain(&numbers[*next]))
            .find(|next| *next <= before + 3 && *next > before);
        if let Some(suffix) = suffix.filter(|_| value > before + 8 && next.is_some()) {
            numbers[*at] = format!("{before}-{suffix}");
            continue;
        }
        base = Some(value);
    }
    numbers
}

fn learn_content(nodes: &[Node<'_>]) -> Content {
    let (mut units, mut same, mut other, mut rising) = (0, 0, 0, 0);
    let mut last = 0;
    for node in
        nodes.iter().filter(|node| node.stated && node.kind.level() == Level::Unit && !node.number.is_empty())
    {
        if node.label.chars().any(char::is_alphabetic)
            && !node.label.starts_with(|c: char| number::digit(c).is_some())
            || node.label.contains('§')
            || node.label.chars().filter(|c| c.is_alphabetic()).count() > 2
        {
            continue;
        }
        units += 1;
        let Some(Piece::Line(line)) = node.pieces.iter().find(|piece| matches!(piece, Piece::Line(_))) else {
            continue;
        };
        let Some(opening) = recognise(line, node.language.primary()).filter(|o| o.style == Style::Bare)
        else {
            continue;
        };
        if opening.number == node.number {
            same += 1;
        } else {
            other += 1;
        }
        rising += u32::from(opening.main > last);
        last = opening.main;
    }
    if other >= 3 && (same + other) * 10 >= units * 6 && rising * 10 >= (same + other) * 8 && other * 4 > same
    {
        return Content::Own;
    }
    if same * 2 >= units && same > 0 { Content::Same } else { Content::Plain }
}

impl Finisher {
    fn node(&mut self, node: Node<'_>, parent: Option<ProvisionId>) -> Option<ProvisionId> {
        if node.kind.level() == Level::Container {
            let id = self.ids.container(&node, parent.as_ref());
            self.push(id.clone(), parent, node.kind, node.label, node.heading, String::new(), node.language);
            return Some(id);
        }
        let mut unit = Unit::of(node);
        if unit.node.stated {
            self.strip_label(&mut unit);
            self.strip_heading(&mut unit);
        } else if unit.node.kind.level() == Level::Unit && unit.node.headed {
            self.strip_label(&mut unit);
        }
        self.title(&mut unit);
        let (text, components) = self.components(&unit);
        let node = unit.node;
        if node.label.is_empty() && node.heading.is_empty() && text.is_empty() && components.is_empty() {
            return None;
        }
        let id = self.ids.unit(&node, parent.as_ref());
        self.push(id.clone(), parent, node.kind, node.label, node.heading, text, node.language);
        self.push_components(&id, components, node.language);
        Some(id)
    }

    #[expect(clippy::too_many_arguments, reason = "a provision has as many fields")]
    fn push(
        &mut self,
        id: ProvisionId,
        parent: Option<ProvisionId>,
        kind: ProvisionKind,
        label: String,
        heading: String,
        text: String,
        language: Language,
    ) {
        let language = (language != self.language).then_some(language);
        self.out.provisions.push(Provision { id, parent, kind, label, heading, text, language });
    }

    fn push_components(&mut self, unit: &ProvisionId, components: Vec<Component>, language: Language) {
        let mut ids: Vec<ProvisionId> = Vec::with_capacity(components.len());
        for component in components {
            let parent = component.parent.map_or(unit, |parent| &ids[parent]).clone();
            let id = self.ids.component(&parent, component.kind, &component.name);
            self.push(
                id.clone(),
                Some(parent),
                component.kind,
                component.label,
                component.heading,
                component.text,
                language,
            );
            ids.push(id);
        }
    }

    /// Takes the label from the text where it stands there a second time.
    fn strip_label(&mut self, unit: &mut Unit<'_>) {
        let Some(first) = unit.first_line().map(str::to_owned) else { return };
        let first = first.as_str();
        let Some(opening) = recognise(first, unit.node.language.primary()) else { return };
        if opening.rank < 100 {
            return;
        }
        let same = opening.number == unit.node.number
            || (unit.node.number.is_empty() && opening.style == Style::Keyword);
        let bare = opening.style == Style::Bare;
        let longer = !bare
            && opening.number.starts_with(unit.node.number.as_str())
            && main_of(&opening.number) == main_of(&unit.node.number);
        let own = (bare && self.numbered_content == Content::Own) || (longer && !same);
        let repeats = same && (!bare || self.numbered_content != Content::Plain);
        if (!own && !repeats) || (bare && !unit.node.stated) {
            return;
        }
        let after = &first[opening.end..];
        let (label_end, rest, marks) = titles::after_label(after);
        let written = &first[opening.start..opening.end + label_end];
        self.out.marks += marks;
        let before = &first[..opening.start];
        let remaining = format!("{before}{}", &after[rest..]);
        let worded = unit.node.label.chars().any(char::is_alphabetic) || unit.node.label.contains('§');
        // The law's own writing goes before that of the format.
        if own || (!bare && !worded) || unit.node.number.is_empty() {
            self.out.repeated += ink(&unit.node.label);
            let heading = std::mem::take(&mut unit.node.heading);
            unit.node.heading = self.without_index(heading, &unit.node.label);
            unit.node.label = written.trim().to_owned();
            unit.node.number = opening.number.clone();
            if !bare {
                unit.node.kind = opening.kind;
            }
        } else {
            self.out.repeated += ink(written);
        }
        unit.replace_first(remaining);
    }

    /// `16. Decisions` beside the running index 16 is `Decisions`.
    fn without_index(&mut self, heading: String, label: &str) -> String {
        let index: String = label.chars().filter(char::is_ascii_digit).collect();
        let Some(rest) = heading.strip_prefix(&index).filter(|_| !index.is_empty()) else { return heading };
        let rest = rest.trim_start_matches(['.', ' ', '-', ':']);
        self.out.repeated += ink(&heading) - ink(rest);
        rest.to_owned()
    }

    /// Takes the heading from the text where it stands there a second time.
    fn strip_heading(&mut self, unit: &mut Unit<'_>) {
        let heading = unit.node.heading.clone();
        if heading.is_empty() {
            return;
        }
        let Some(first) = unit.first_line().map(str::to_owned) else { return };
        let Some(end) = match_prefix(&first, &heading) else {
            self.join_cut_heading(unit, &heading, &first);
            return;
        };
        let after = &first[end..];
        let rest = after.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | '-' | '–' | '—' | ':' | '*' | '_' | '⸺' | '―')
        });
        let more = unit.lines.len() > 1 || !rest.trim().is_empty();
        let cut = after.starts_with(char::is_alphabetic)
            || (rest.len() + 2 > after.len() && starts_small(rest) && enumerate::mark(rest).is_none())
            || (heading.chars().count() > 45 && after.starts_with([',', ';']));
        if cut || !more {
            // The format's heading is no more than how the text begins.
            self.out.repeated += ink(&heading);
            unit.node.heading.clear();
            return;
        }
        self.out.repeated += ink(&first[..end]);
        self.out.marks += ink(after) - ink(rest);
        unit.replace_first(rest.to_owned());
    }

    /// A heading that goes on in the text was never one: `El que se` / `apodere …`.
    fn join_cut_heading(&mut self, unit: &mut Unit<'_>, heading: &str, first: &str) {
        let goes_on = starts_small(first) && enumerate::mark(first).is_none();
        let open = !heading.ends_with(['.', ':', ';', '—', '!', '?', ')', '*', ']']);
        if goes_on && open && heading.chars().count() > 6 && heading.contains(' ') {
            unit.replace_first(format!("{heading} {first}"));
            unit.node.heading.clear();
        }
    }

    /// Finds the heading of a unit in its first lines.
    fn title(&mut self, unit: &mut Unit<'_>) {
        if !unit.node.heading.is_empty() || unit.node.label.is_empty() {
            return;
        }
        if let Some(Entry::Rest(rest)) = unit.lines.first() {
            let rest = rest.clone();
            if self.title_over_lines(unit, &rest) {
                return;
            }
        }
        let next = unit.lines.get(1).map(Entry::text);
        match unit.lines.first() {
            Some(Entry::Rest(rest)) => {
                let rest = rest.clone();
                let Some(split) = titles::split_beside(&rest, next, unit.node.headed, self.habit) else {
                    return;
                };
                let heading = titles::clean(&rest[split.heading.0..split.heading.1]).to_owned();
                let text = rest[split.text..].to_owned();
                self.out.marks += ink(&rest) - ink(&heading) - ink(&text);
                unit.node.heading = heading;
                unit.replace_first(text);
            }
            Some(Entry::Line(line)) | Some(Entry::Heading(line)) => {
                let of_format = matches!(unit.lines.first(), Some(Entry::Heading(_)));
                if unit.node.stated {
                    return self.title_of_stated(unit);
                }
                if titles::is_heading_below(line, next, of_format, self.habit) {
                    let line = line.clone();
                    let heading = titles::unbracket(titles::clean(&line));
                    self.out.marks += ink(&line) - ink(heading);
                    unit.node.heading = heading.to_owned();
                    unit.lines.remove(0);
                    self.join_heading_lines(unit);
                }
            }
            _ => {}
        }
    }

    /// A heading beside the label that goes on in small letters below it, where this text has headings there.
    fn title_over_lines(&mut self, unit: &mut Unit<'_>, rest: &str) -> bool {
        if !self.habit.short_line || !titles::is_title(rest) || rest.ends_with('.') {
            return false;
        }
        let below: Vec<&str> = unit.lines[1..].iter().take(3).map(Entry::text).collect();
        let goes_on = below
            .iter()
            .take_while(|line| starts_small(line) && titles::is_title(line) && line.chars().count() < 140)
            .count();
        let (1 | 2, Some(then)) = (goes_on, below.get(goes_on)) else { return false };
        if starts_small(then) && enumerate::mark(then).is_none() {
            return false;
        }
        let mut heading = titles::clean(rest).to_owned();
        for line in &below[..goes_on] {
            heading.push(' ');
            heading.push_str(titles::clean(line));
        }
        unit.node.heading = heading;
        unit.lines.drain(..=goes_on);
        true
    }

    /// The heading of a stated unit without one, where its text begins with it.
    fn title_of_stated(&mut self, unit: &mut Unit<'_>) {
        let Some(first) = unit.first_line().map(str::to_owned) else { return };
        // `Corruption et violences. (1) Est puni …`
        let window = first.char_indices().nth(130).map_or(first.len(), |(at, _)| at);
        let opens = first[..window].find("(1)").or_else(|| first[..window].find("§ 1."));
        if let Some(at) = opens.filter(|at| *at > 3) {
            let heading = first[..at].trim();
            let sound = heading.starts_with(char::is_uppercase)
                && !heading.contains(". ")
                && !heading.ends_with([',', ':', ';', '—', '-'])
                && heading.split_whitespace().count() <= 16
                && !ends_in_reference(heading);
            if sound {
                unit.node.heading = heading.to_owned();
                unit.replace_first(first[at..].to_owned());
            }
            return;
        }
        let next = unit.lines.get(1).map(Entry::text);
        let strict = Habit::default();
        if unit.lines.len() > 1 && titles::is_heading_below(&first, next, false, strict) {
            unit.node.heading = titles::clean(&first).to_owned();
            self.out.marks += ink(&first) - ink(&unit.node.heading);
            unit.lines.remove(0);
            return;
        }
        if let Some(split) = titles::split_beside(&first, None, false, strict) {
            let heading = titles::clean(&first[split.heading.0..split.heading.1]).to_owned();
            let text = first[split.text..].to_owned();
            self.out.marks += ink(&first) - ink(&heading) - ink(&text);
            unit.node.heading = heading;
            unit.replace_first(text);
        }
    }

    /// A heading broken over two lines goes on in small letters.
    fn join_heading_lines(&mut self, unit: &mut Unit<'_>) {
        while unit.lines.len() > 1 && unit.node.heading.len() < 200 {
            let Some(Entry::Line(line) | Entry::Heading(line)) = unit.lines.first() else { return };
            let goes_on = starts_small(line)
                && titles::is_title(line)
                && line.chars().count() <= 90
                && enumerate::mark(line).is_none();
            let then_new = unit
                .lines
                .get(1)
                .is_some_and(|next| !starts_small(next.text()) || enumerate::mark(next.text()).is_some());
            if !goes_on || !then_new || line.ends_with('.') {
                return;
            }
            unit.node.heading = format!("{} {}", unit.node.heading, titles::clean(line));
            unit.lines.remove(0);
        }
    }

    /// The unit's own text and its parts.
    fn components(&mut self, unit: &Unit<'_>) -> (String, Vec<Component>) {
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
}

fn ends_in_reference(heading: &str) -> bool {
    let last = heading.rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(
        last.as_str(),
        "subsection"
            | "paragraph"
            | "section"
            | "article"
            | "alin."
            | "alin"
            | "paragraphs"
            | "subsections"
            | "para"
            | "of"
            | "by"
            | "stavka"
            | "stavku"
    ) || last.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn main_of(number: &str) -> &str {
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    &number[..end]
}

/// How much of `text` says the same as `heading`, white space aside; none if it does not begin with it.
fn match_prefix(text: &str, heading: &str) -> Option<usize> {
    let mut wanted = heading.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).peekable();
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        if c.is_whitespace() {
            continue;
        }
        for lower in c.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

/// A unit with its lines as they may be changed.
struct Unit<'a> {
    node: Node<'a>,
    lines: Vec<Entry<'a>>,
}

enum Entry<'a> {
    Line(String),
    Rest(String),
    Heading(String),
    Table(&'a str),
    Note(&'a str),
    Part(u16, super::lines::Stated<'a>),
}

impl Entry<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Line(text) | Self::Rest(text) | Self::Heading(text) => text,
            Self::Table(text) | Self::Note(text) => text,
            Self::Part(_, stated) => stated.label,
        }
    }
}

impl<'a> Unit<'a> {
    fn of(mut node: Node<'a>) -> Self {
        let lines = std::mem::take(&mut node.pieces)
            .into_iter()
            .map(|piece| match piece {
                Piece::Line(text) => Entry::Line(text.to_owned()),
                Piece::Rest(text) => Entry::Rest(text.to_owned()),
                Piece::Heading(text) => Entry::Heading(text.to_owned()),
                Piece::Table(text) => Entry::Table(text),
                Piece::Note(text) => Entry::Note(text),
                Piece::Part(depth, stated) => Entry::Part(depth, stated),
            })
            .collect();
        Self { node, lines }
    }

    fn first_line(&self) -> Option<&str> {
        match self.first_text_place().map(|place| &self.lines[place]) {
            Some(Entry::Line(text)) => Some(text),
            _ => None,
        }
    }

    /// The first line, or the first line of an unlabelled part.
    fn first_text_place(&self) -> Option<usize> {
        self.lines.iter().position(|entry| !matches!(entry, Entry::Part(_, stated) if stated.label.is_empty() && stated.heading.is_empty()))
    }

    fn replace_first(&mut self, text: String) {
        let Some(place) = self.first_text_place() else { return };
        if text.trim().is_empty() {
            self.lines.remove(place);
        } else {
            self.lines[place] = Entry::Line(text);
        }
    }
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
    fn stated(&mut self, depth: u16, stated: &super::lines::Stated<'_>) {
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

/// Gives ids, each once.
#[derive(Default)]
struct Ids {
    taken: HashMap<String, u32>,
    counts: HashMap<String, u32>,
}

impl Ids {
    fn container(&mut self, node: &Node<'_>, parent: Option<&ProvisionId>) -> ProvisionId {
        let own = self.own(node, parent);
        match parent {
            Some(parent) => self.give(&format!("{parent}__{own}"), &own),
            None => self.give(&own, &own),
        }
    }

    fn unit(&mut self, node: &Node<'_>, parent: Option<&ProvisionId>) -> ProvisionId {
        let own = self.own(node, parent);
        let alone = !node.number.is_empty() || parent.is_none();
        if alone && !self.taken.contains_key(&own) {
            return self.give(&own, &own);
        }
        if let Some(parent) = parent.filter(|parent| !parent.as_str().contains("-dup")) {
            let within = format!("{parent}__{own}");
            if !self.taken.contains_key(&within) {
                return self.give(&within, &own);
            }
        }
        self.give(&own, &own)
    }

    fn component(&mut self, parent: &ProvisionId, kind: ProvisionKind, name: &str) -> ProvisionId {
        let name = if name.is_empty() { "x" } else { name };
        let own = format!("{}_{name}", kind.prefix());
        self.give(&format!("{parent}__{own}"), &own)
    }

    /// `art_12`; what has no number is counted among its kind in what holds it.
    fn own(&mut self, node: &Node<'_>, parent: Option<&ProvisionId>) -> String {
        let prefix = node.kind.prefix();
        if !node.number.is_empty() {
            return format!("{prefix}_{}", node.number);
        }
        if matches!(node.kind, ProvisionKind::Preamble | ProvisionKind::Conclusions) {
            return prefix.to_owned();
        }
        let key = format!("{}/{prefix}", parent.map_or("", ProvisionId::as_str));
        let count = self.counts.entry(key).or_default();
        *count += 1;
        if *count == 1 && matches!(node.kind, ProvisionKind::Schedule | ProvisionKind::Annex) {
            return prefix.to_owned();
        }
        format!("{prefix}_{count}")
    }

    fn give(&mut self, wanted: &str, own: &str) -> ProvisionId {
        // An id has a longest length; a very deep part is named by its own number and a count.
        let base = if wanted.len() > ProvisionId::MAX_BYTES - 16 {
            format!("deep__{own}")
        } else {
            wanted.to_owned()
        };
        let times = self.taken.entry(base.clone()).or_default();
        *times += 1;
        let mut text = if *times == 1 { base.clone() } else { format!("{base}-dup{times}") };
        while text != base && self.taken.contains_key(&text) {
            text.push('x');
        }
        if text != base {
            self.taken.insert(text.clone(), 1);
        }
        text.parse().unwrap_or_else(|_| self.fallback())
    }

    fn fallback(&mut self) -> ProvisionId {
        let count = self.counts.entry("/fallback".to_owned()).or_default();
        *count += 1;
        match format!("para_x{count}").parse() {
            Ok(id) => id,
            Err(_) => unreachable!("letters and digits are an id"),
        }
    }
}
