//! Lines and decisions become a tree of containers and units, each with the lines that are its own.

use merida_law::{Language, Level, ProvisionKind, WorkKind};

use super::elect::Elected;
use super::lines::{Line, Place, Stated};
use super::number;
use super::recognise::{Opening, Style, is_small, starts_small};
use super::titles;
use crate::draft::ink;

/// A container or a unit in the making.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// The container that holds it, by its place in the list of nodes.
    pub(super) parent: Option<usize>,
    pub(super) kind: ProvisionKind,
    pub(super) label: String,
    pub(super) heading: String,
    /// The canonical number; empty for none.
    pub(super) number: String,
    /// What stands in it, in order.
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) language: Language,
    /// How deep the format puts it.
    depth: Option<u16>,
    rank: u8,
    /// Whether the format itself marks it.
    pub(super) stated: bool,
    /// Whether the line of its label holds more than the label, or is a heading of the format.
    pub(super) headed: bool,
    /// Whether its number is written in words.
    pub(super) in_words: bool,
}

/// A piece of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// A line.
    Line(&'a str),
    /// What stands after the label on its line.
    Rest(&'a str),
    /// A line that the format calls a heading.
    Heading(&'a str),
    /// A table.
    Table(&'a str),
    /// A footnote.
    Note(&'a str),
    /// A part that the format itself marks: its depth and what it says.
    Part(u16, Stated<'a>),
}

/// The tree, and what the lines held that no node holds.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// Characters between a number and its text: dashes and colons.
    pub(super) marks: u64,
    /// Characters of headings and labels that the text repeats.
    pub(super) repeated: u64,
}

struct Assembler<'l, 'a> {
    lines: &'l [Line<'a>],
    elected: &'l Elected,
    tree: Tree<'a>,
    open: Vec<usize>,
    unit: Option<usize>,
    /// Headings that wait for the unit that they stand above.
    waiting: Vec<&'a str>,
    above: titles::Above,
    default_unit: ProvisionKind,
    anything: bool,
    kind: WorkKind,
    last_opening: usize,
}

/// Builds the tree.
pub(super) fn assemble<'a>(
    lines: &[Line<'a>],
    elected: &Elected,
    language: Language,
    kind: WorkKind,
) -> Tree<'a> {
    let last_opening = elected.opens.iter().rposition(|open| *open).unwrap_or(0);
    let mut assembler = Assembler {
        lines,
        elected,
        tree: Tree::default(),
        open: Vec::new(),
        unit: None,
        waiting: Vec::new(),
        above: titles::Above::learn(lines, &elected.opens),
        default_unit: default_unit(lines, elected, language),
        anything: false,
        kind,
        last_opening,
    };
    for at in 0..lines.len() {
        assembler.line(at);
    }
    assembler.flush_waiting(language);
    assembler.tree
}

/// What a number without a word opens: what the text's own openings say, else what laws of the language have.
fn default_unit(lines: &[Line<'_>], elected: &Elected, language: Language) -> ProvisionKind {
    // What is worded below the last bare number is an annex: a treaty behind the act that approves it.
    let bare = lines.iter().zip(&elected.opens).rposition(|(line, open)| {
        *open && line.opening.as_ref().is_some_and(|opening| opening.style == Style::Bare)
    });
    let worded = lines[..bare.map_or(lines.len(), |at| at + 1)]
        .iter()
        .zip(&elected.opens)
        .filter(|(line, open)| **open || line.place == Place::Body)
        .filter_map(|(line, _)| line.opening.as_ref())
        .filter(|opening| {
            // In small letters it is a reference.
            opening.style == Style::Keyword && opening.kind.level() == Level::Unit && !opening.small
        })
        .take(400);
    let (mut articles, mut sections) = (0, 0);
    for opening in worded {
        match opening.kind {
            ProvisionKind::Article => articles += 1,
            ProvisionKind::Section => sections += 1,
            _ => {}
        }
    }
    if articles >= 3 && articles > sections * 2 {
        return ProvisionKind::Article;
    }
    match language.primary() {
        "en" | "de" | "sv" | "da" | "nb" | "nn" | "no" | "fi" | "et" | "hu" | "cs" | "sk" | "th" | "bn"
        | "hi" | "ms" | "he" | "lv" | "ne" | "ur" | "sw" => ProvisionKind::Section,
        _ => ProvisionKind::Article,
    }
}

impl<'a> Assembler<'_, 'a> {
    fn line(&mut self, at: usize) {
        let line = &self.lines[at];
        if self.elected.tail == Some(at) {
            return self.index(at);
        }
        if let Some(stated) = line.unit {
            return self.stated(at, stated);
        }
        if self.elected.opens[at]
            && let Some(opening) = &line.opening
        {
            let opening = opening.clone();
            return self.implied(at, &opening);
        }
        match line.place {
            Place::Table => self.piece(Piece::Table(line.text), line.language),
            Place::Note => self.piece(Piece::Note(line.text), line.language),
            Place::Heading(_) => self.heading(at),
            _ => self.body(at),
        }
    }

    /// The line at which an index after the text begins: all of the index is one unit.
    fn index(&mut self, at: usize) {
        let line = &self.lines[at];
        self.flush_waiting(line.language);
        self.open.clear();
        self.open_unit(ProvisionKind::Para, String::new(), String::new(), line.language, None);
        let unit = self.unit.unwrap_or_default();
        if matches!(line.place, Place::Heading(_)) {
            self.tree.nodes[unit].heading = line.text.trim().to_owned();
        } else {
            self.tree.nodes[unit].pieces.push(Piece::Line(line.text));
        }
    }

    /// An opening in the text.
    fn implied(&mut self, at: usize, opening: &Opening) {
        let line = &self.lines[at];
        let after = &line.text[opening.end..];
        let (label_end, rest_start, marks) = titles::after_label(after);
        self.tree.marks += marks + ink_of_emphasis(&line.text[..opening.start]);
        let label = line.text[opening.start..opening.end + label_end].to_owned();
        // A mark of amendment (`1[`, `F5[`) before the label stays with it.
        let before = line.text[..opening.start]
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>' | '•'));
        let label = format!("{before}{label}");
        let rest = &after[rest_start..];
        let container = opening.rank < 100
            || opening.kind.level() == Level::Container
            || self.is_grouping_section(opening);
        if container {
            let kind =
                if opening.kind.level() == Level::Container { opening.kind } else { ProvisionKind::Division };
            let rank = if opening.rank < 100 { opening.rank } else { 50 };
            if self.is_running_head(kind, &opening.number, rest) {
                return self.piece(Piece::Line(line.text), line.language);
            }
            self.flush_waiting(line.language);
            self.open_container(kind, rank, None, label, opening.number.clone(), line.language);
            let heading = titles::clean(rest);
            self.tree.marks += ink(rest) - ink(heading);
            if let Some(node) = self.tree.nodes.last_mut() {
                node.heading = heading.to_owned();
            }
            return;
        }
        self.leave_implied_schedules(opening);
        let kind = if opening.style == Style::Bare { self.bare_kind() } else { opening.kind };
        let headed = matches!(line.place, Place::Heading(_));
        self.open_unit(kind, label, opening.number.clone(), line.language, None);
        let waiting = self.take_waiting();
        let unit = self.unit.unwrap_or_default();
        let node = &mut self.tree.nodes[unit];
        node.headed = headed;
        node.in_words = opening.written == Some(number::Style::Words);
        node.heading = waiting;
        if !rest.trim().is_empty() {
            node.pieces.push(Piece::Rest(rest));
        }
    }

    fn bare_kind(&self) -> ProvisionKind {
        match self.kind {
            WorkKind::Regulation if self.default_unit == ProvisionKind::Section => ProvisionKind::Rule,
            _ => self.default_unit,
        }
    }

    fn is_grouping_section(&self, opening: &Opening) -> bool {
        let word = opening.form.map_or("", |form| form.word);
        matches!(word, "section" | "sec")
            && self.default_unit == ProvisionKind::Article
            && opening.kind == ProvisionKind::Section
    }

    /// The same container again while it is open is a head that runs over pages.
    fn is_running_head(&self, kind: ProvisionKind, number: &str, rest: &str) -> bool {
        self.open.iter().any(|open| {
            let node = &self.tree.nodes[*open];
            node.kind == kind
                && node.number == number
                && !number.is_empty()
                && (rest.trim().is_empty() || node.heading.starts_with(rest.trim()))
        }) && self.unit.is_some()
    }

    /// A container or unit that the format marks.
    fn stated(&mut self, at: usize, stated: Stated<'a>) {
        let line = &self.lines[at];
        let Place::Unit(depth) = line.place else { return };
        let opening = line.opening.as_ref();
        let kind = self.stated_kind(at, depth, &stated, opening);
        let (label, number, heading) = self.stated_label(&stated, opening, kind, line.language);
        if kind.level() != Level::Component {
            self.tree.repeated +=
                (ink(stated.label) + ink(stated.heading)).saturating_sub(ink(&label) + ink(&heading));
        }
        match kind.level() {
            Level::Component => {
                if self.unit.is_none() {
                    self.ensure_unit(line.language);
                }
                self.piece(Piece::Part(depth, stated), line.language);
            }
            Level::Container => {
                self.flush_waiting(line.language);
                let rank = opening.map_or(55, |opening| opening.rank);
                self.open_container(kind, rank, Some(depth), label, number, line.language);
                if let Some(node) = self.tree.nodes.last_mut() {
                    node.heading = heading;
                }
            }
            Level::Unit => {
                self.pop_to(depth);
                self.open_unit(kind, label, number, line.language, Some(depth));
                let waiting = self.take_waiting();
                let unit = self.unit.unwrap_or_default();
                let node = &mut self.tree.nodes[unit];
                node.stated = true;
                node.heading = if heading.is_empty() { waiting } else { join_lines(&waiting, &heading) };
            }
        }
    }

    fn stated_kind(
        &self,
        at: usize,
        depth: u16,
        stated: &Stated<'_>,
        opening: Option<&Opening>,
    ) -> ProvisionKind {
        let worded = opening.filter(|opening| opening.style == Style::Keyword).map(|opening| {
            match opening.kind.level() {
                Level::Component => ProvisionKind::Section,
                _ => opening.kind,
            }
        });
        match (stated.kind, worded) {
            (Some(kind), Some(worded)) if kind.level() == worded.level() => worded,
            (Some(kind), _) => kind,
            (None, Some(worded)) if !self.is_deeper_than_unit(depth) => worded,
            (None, _) if self.is_deeper_than_unit(depth) => ProvisionKind::Paragraph,
            (None, _) if stated.label.is_empty() => {
                let holds = self.lines[at + 1..].iter().find_map(|line| match line.place {
                    Place::Unit(next) => Some(next > depth),
                    _ => (!line.text.trim().is_empty()).then_some(false),
                });
                if holds == Some(true) { ProvisionKind::Subdivision } else { ProvisionKind::Para }
            }
            (None, _) => self.default_unit,
        }
    }

    fn is_deeper_than_unit(&self, depth: u16) -> bool {
        let own = self.unit.and_then(|unit| self.tree.nodes[unit].depth);
        own.is_some_and(|own| depth > own)
    }

    /// Label, number and heading of what a format states.
    fn stated_label(
        &self,
        stated: &Stated<'_>,
        opening: Option<&Opening>,
        kind: ProvisionKind,
        language: Language,
    ) -> (String, String, String) {
        if let Some((_, section)) = chaptered(stated.label) {
            let number = number::read(section, "sv").map_or_else(String::new, |number| number.canonical);
            return (stated.label.to_owned(), number, stated.heading.to_owned());
        }
        if stated.label.is_empty()
            && let Some(opening) = opening
            && opening.style == Style::Keyword
        {
            let after = &stated.heading[opening.end..];
            let (label_end, rest, _) = titles::after_label(after);
            let label = stated.heading[..opening.end + label_end].trim().to_owned();
            return (label, opening.number.clone(), titles::clean(&after[rest..]).to_owned());
        }
        let number = match opening {
            Some(opening) => {
                let rest = &stated.label[opening.end.min(stated.label.len())..];
                let extra = number::slug(rest);
                if extra.is_empty() || opening.style == Style::Keyword {
                    opening.number.clone()
                } else {
                    format!("{}-{extra}", opening.number)
                }
            }
            None => stated_number(stated.label, kind, language),
        };
        let heading = stated.heading;
        // `Article 28. Prevention` beside the label `28`: the heading brings the label's own writing.
        if let Some(own) = super::recognise::recognise(heading, language.primary())
            && own.number == number
            && !number.is_empty()
            && (own.style == Style::Keyword || opening.is_none_or(|o| o.style == Style::Bare))
        {
            let after = &heading[own.end..];
            let (label_end, rest, _) = titles::after_label(after);
            let label = heading[own.start..own.end + label_end].trim();
            let label = if own.style == Style::Keyword { label } else { stated.label };
            return (label.to_owned(), number, titles::clean(&after[rest..]).to_owned());
        }
        (stated.label.to_owned(), number, heading.to_owned())
    }

    /// A heading of the format that opens nothing by its words.
    fn heading(&mut self, at: usize) {
        let line = &self.lines[at];
        let text = line.text.trim();
        if self.await_container_heading(text) {
            return;
        }
        if let Some(unit) = self.unit
            && self.tree.nodes[unit].pieces.is_empty()
            && self.tree.nodes[unit].heading.is_empty()
            && !self.tree.nodes[unit].label.is_empty()
        {
            self.tree.nodes[unit].pieces.push(Piece::Heading(line.text));
            return;
        }
        // What looks like a unit and was not elected is a quotation or a reference, never a cross-heading.
        let quoted = line
            .opening
            .as_ref()
            .is_some_and(|opening| opening.rank >= 100 && opening.style == Style::Keyword);
        let sentence =
            quoted || text.chars().count() > 240 || text.ends_with([',', ';', ':']) || starts_small(text);
        if sentence || !self.anything {
            return self.body(at);
        }
        if self.above.is_above_unit(self.lines, &self.elected.opens, at) {
            self.waiting.push(line.text);
            return;
        }
        if self.last_opening > at && self.groups_units(at) {
            self.flush_waiting(line.language);
            self.open_heading(at);
            return;
        }
        self.piece(Piece::Line(line.text), line.language);
    }

    /// Whether a unit or a container opens soon after a heading, so that the heading may group what follows.
    fn groups_units(&self, at: usize) -> bool {
        let next = (at + 1..self.lines.len().min(at + 4))
            .find(|next| !matches!(self.lines[*next].place, Place::Heading(_)) || self.elected.opens[*next]);
        next.is_some_and(|next| self.elected.opens[next])
    }

    /// A cross-heading: it groups what follows up to the next container.
    fn open_heading(&mut self, at: usize) {
        let line = &self.lines[at];
        let level = match line.place {
            Place::Heading(level) => 60 + level.min(9),
            _ => 69,
        };
        self.open_container(
            ProvisionKind::Subdivision,
            level,
            None,
            String::new(),
            String::new(),
            line.language,
        );
        if let Some(node) = self.tree.nodes.last_mut() {
            node.heading = line.text.trim().to_owned();
        }
    }

    fn body(&mut self, at: usize) {
        let line = &self.lines[at];
        let text = line.text.trim();
        if self.anything && self.above.is_note_above_unit(self.lines, &self.elected.opens, at) {
            self.waiting.push(line.text);
            return;
        }
        if self.await_container_heading(text) {
            return;
        }
        if text.starts_with(['（', '【', '［'])
            && titles::is_bracketed_title(text)
            && self.anything
            && self.lines.get(at + 1).is_some_and(|next| next.unit.is_none())
            && self.elected.opens.get(at + 1) == Some(&true)
            && self.lines[at + 1].opening.as_ref().is_some_and(|opening| opening.rank >= 100)
        {
            self.waiting.push(line.text);
            return;
        }
        if self.unit.is_some() && at > self.last_opening && titles::is_closing(text, line.language) {
            self.flush_waiting(line.language);
            self.open.clear();
            self.open_unit(ProvisionKind::Conclusions, String::new(), String::new(), line.language, None);
        }
        self.piece(Piece::Line(line.text), line.language);
    }

    /// The line after a container's label is its heading.
    fn await_container_heading(&mut self, text: &str) -> bool {
        if self.unit.is_some() || !self.waiting.is_empty() {
            return false;
        }
        let Some(node) = self.open.last().map(|open| &mut self.tree.nodes[*open]) else { return false };
        if !node.pieces.is_empty()
            || (node.label.is_empty() && !node.heading.is_empty())
            || !titles::is_title(text)
        {
            return false;
        }
        let capitals = |text: &str| text.chars().any(char::is_uppercase) && !text.chars().any(is_small);
        let goes_on =
            node.heading.len() < 200 && (starts_small(text) || (capitals(text) && capitals(&node.heading)));
        if node.heading.is_empty() {
            node.heading = text.to_owned();
            return true;
        }
        if goes_on && !node.stated {
            node.heading = format!("{} {text}", node.heading);
            return true;
        }
        false
    }

    fn piece(&mut self, piece: Piece<'a>, language: Language) {
        self.flush_waiting(language);
        self.push_piece(piece, language);
    }

    fn push_piece(&mut self, piece: Piece<'a>, language: Language) {
        self.ensure_unit(language);
        if let Some(unit) = self.unit {
            self.tree.nodes[unit].pieces.push(piece);
        }
    }

    fn ensure_unit(&mut self, language: Language) {
        if self.unit.is_some() {
            return;
        }
        let kind = if self.anything { ProvisionKind::Para } else { ProvisionKind::Preamble };
        self.open_unit(kind, String::new(), String::new(), language, None);
        self.anything = kind != ProvisionKind::Preamble;
        if kind == ProvisionKind::Preamble {
            self.anything = true;
        }
    }

    fn take_waiting(&mut self) -> String {
        let waiting = std::mem::take(&mut self.waiting);
        let titles: Vec<&str> = waiting.iter().map(|line| titles::unbracket(titles::clean(line))).collect();
        self.tree.marks += waiting.iter().map(|line| ink(line)).sum::<u64>()
            - titles.iter().map(|title| ink(title)).sum::<u64>();
        titles.join("\n")
    }

    /// Headings for which no unit came are text.
    fn flush_waiting(&mut self, language: Language) {
        for text in std::mem::take(&mut self.waiting) {
            self.push_piece(Piece::Line(text), language);
        }
    }

    fn open_unit(
        &mut self,
        kind: ProvisionKind,
        label: String,
        number: String,
        language: Language,
        depth: Option<u16>,
    ) {
        let parent = self.open.last().copied();
        self.anything = true;
        self.unit = Some(self.tree.nodes.len());
        self.tree.nodes.push(Node {
            parent,
            kind,
            label,
            heading: String::new(),
            number,
            pieces: Vec::new(),
            language,
            depth,
            rank: 100,
            stated: depth.is_some(),
            headed: false,
            in_words: false,
        });
    }

    fn open_container(
        &mut self,
        kind: ProvisionKind,
        rank: u8,
        depth: Option<u16>,
        label: String,
        number: String,
        language: Language,
    ) {
        match depth {
            Some(depth) => self.pop_to(depth),
            None => self.pop_by_rank(kind, rank, &number),
        }
        self.anything = true;
        self.unit = None;
        let parent = self.open.last().copied();
        self.open.push(self.tree.nodes.len());
        self.tree.nodes.push(Node {
            parent,
            kind,
            label,
            heading: String::new(),
            number,
            pieces: Vec::new(),
            language,
            depth,
            rank,
            stated: depth.is_some(),
            headed: false,
            in_words: false,
        });
    }

    fn pop_to(&mut self, depth: u16) {
        while self.open.last().is_some_and(|open| self.tree.nodes[*open].depth.is_none_or(|own| own >= depth))
        {
            self.open.pop();
        }
    }

    /// Closes the containers that cannot hold one of this rank. A container that follows another's heading at once,
    /// and begins with the first number, lies in it whatever their words.
    fn pop_by_rank(&mut self, kind: ProvisionKind, rank: u8, number: &str) {
        if let Some(same) = self.open.iter().position(|open| {
            let node = &self.tree.nodes[*open];
            node.kind == kind && node.rank == rank && node.depth.is_none()
        }) {
            self.open.truncate(same);
            return;
        }
        if rank == 0 {
            self.open.clear();
            return;
        }
        let fresh =
            self.unit.is_none() && self.open.last().is_some_and(|open| *open + 1 == self.tree.nodes.len());
        if fresh && matches!(number, "1" | "a") {
            return;
        }
        let learned = self
            .tree
            .nodes
            .iter()
            .rev()
            .take(3000)
            .find(|node| node.kind == kind && node.rank == rank && !node.number.is_empty());
        if let Some(parent) = learned.and_then(|node| node.parent) {
            let parent_kind = self.tree.nodes[parent].kind;
            if let Some(place) = self.open.iter().position(|open| self.tree.nodes[*open].kind == parent_kind)
            {
                self.open.truncate(place + 1);
                return;
            }
        }
        while self.open.last().is_some_and(|open| {
            let node = &self.tree.nodes[*open];
            node.rank >= rank && node.depth.is_none()
        }) {
            self.open.pop();
        }
    }

    /// A unit whose numbers go on from before an annex that held no units of its own stands outside the annex.
    fn leave_implied_schedules(&mut self, opening: &Opening) {
        let Some(annex) = self.open.iter().position(|open| self.tree.nodes[*open].rank == 0) else { return };
        let start = self.open[annex];
        let inside = self.tree.nodes[start..].iter().any(|node| node.kind == opening.kind);
        let before = self.tree.nodes[..start].iter().rev().find(|node| node.kind == opening.kind);
        let goes_on =
            before.is_some_and(|node| number_of(&node.number) + 1 == opening.main) && opening.main > 3;
        if !inside && goes_on {
            self.open.truncate(annex);
        }
    }
}

fn number_of(canonical: &str) -> u32 {
    canonical.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}

fn ink_of_emphasis(text: &str) -> u64 {
    text.chars().filter(|c| matches!(c, '*' | '_' | '#' | '>' | '•' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')).count() as u64
}

fn join_lines(one: &str, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { format!("{one}\n{other}") }
}

/// `10:5 a`: chapter and section in one label.
pub(super) fn chaptered(label: &str) -> Option<(&str, &str)> {
    let (chapter, section) = label.split_once(':')?;
    let sound = !chapter.is_empty()
        && chapter.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase())
        && section.starts_with(|c: char| c.is_ascii_digit());
    sound.then_some((chapter, section))
}

/// The number of a label that no form reads: `(a)`, `A`, `IV`, `SEGUNDO Transitorio`.
fn stated_number(label: &str, kind: ProvisionKind, language: Language) -> String {
    let inner = label
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '.' | ':' | '-' | '"' | '“'));
    if let Some(number) = number::read(inner, language.primary()) {
        let main = match number.style {
            number::Style::Roman if kind.level() == Level::Container => number::roman_as_digits(&number),
            _ => number.canonical.clone(),
        };
        let extra = number::slug(&inner[number.len..]);
        return if extra.is_empty() { main } else { format!("{main}-{extra}") };
    }
    number::slug(inner)
}
