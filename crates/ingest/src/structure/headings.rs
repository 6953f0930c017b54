//! Which of a unit's first lines are its heading, and what of label and heading the text repeats.

use merida_law::Level;

use super::assemble::{Node, Piece};
use super::recognise::{Style, recognise, starts_small};
use super::titles::{self, Habit};
use super::{enumerate, lent, lines, number};
use crate::draft::ink;

/// The nodes with their headings settled, and what of their text no heading, label or text holds.
pub(super) struct Settled<'a> {
    pub(super) units: Vec<Unit<'a>>,
    pub(super) marks: u64,
    pub(super) repeated: u64,
}

/// Settles the headings of nodes that bear `numbers`.
pub(super) fn settle<'a>(nodes: Vec<Node<'a>>, numbers: Vec<String>) -> Settled<'a> {
    let mut settler = Settler {
        habit: Habit::learn(&nodes),
        numbered_content: learn_content(&nodes),
        marks: 0,
        repeated: 0,
    };
    let mut units: Vec<Unit<'a>> = nodes
        .into_iter()
        .zip(numbers)
        .map(|(mut node, number)| {
            node.number = number;
            Unit::of(node)
        })
        .collect();
    for unit in units.iter_mut().filter(|unit| unit.node.kind.level() != Level::Container) {
        if unit.node.stated {
            settler.strip_label(unit);
            settler.strip_heading(unit);
        } else if unit.node.kind.level() == Level::Unit && unit.node.headed {
            settler.strip_label(unit);
        }
    }
    settler.lengthen_numbers(&mut units);
    settler.marks += lent::take_up(&mut units);
    settler.habit.run_in = learn_run_in(&units);
    for unit in units.iter_mut().filter(|unit| unit.node.kind.level() != Level::Container) {
        settler.title(unit);
    }
    Settled { units, marks: settler.marks, repeated: settler.repeated }
}

struct Settler {
    habit: Habit,
    numbered_content: Content,
    marks: u64,
    repeated: u64,
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

/// Whether the units of a text begin with their heading, run into the first numbered paragraph:
/// `Corrupció 1. L'autoritat …`.
fn learn_run_in(units: &[Unit<'_>]) -> bool {
    let (mut before, mut direct, mut all) = (0, 0, 0);
    for unit in units.iter().filter(|unit| !unit.node.number.is_empty() && unit.node.heading.is_empty()) {
        let Some(first) = unit.first_line() else { continue };
        all += 1;
        if enumerate::mark(first).is_some() {
            direct += 1;
        } else if titles::run_into_number(first).is_some() {
            before += 1;
        }
    }
    before > 3 && before > direct * 2 && before * 4 > all
}

impl Settler {
    /// Takes up what goes on with a number below or beside its label: `مكرر/1`, `(2)`, `"B".`
    fn lengthen_numbers(&mut self, units: &mut [Unit<'_>]) {
        let mut known: std::collections::HashSet<String> = std::collections::HashSet::new();
        let mut last_in_parts = false;
        for unit in units.iter_mut().filter(|unit| {
            unit.node.kind.level() == Level::Unit
                && !unit.node.number.is_empty()
                && !unit.node.label.is_empty()
        }) {
            let again = known.contains(&unit.node.number) && !last_in_parts;
            let language = unit.node.language.primary();
            let first = match unit.lines.first() {
                Some(Entry::Line(text) | Entry::Rest(text) | Entry::Heading(text)) => text.as_str(),
                _ => "",
            };
            let in_heading = !unit.node.heading.is_empty();
            let source = if in_heading { unit.node.heading.as_str() } else { first };
            last_in_parts = source.trim_start().starts_with('(');
            if let Some((suffix, len)) = number::continuation(source, language, again) {
                let end = len + usize::from(source[len..].starts_with('.'));
                let written =
                    source[..end].trim_start_matches(['.', '-', '–', '—', ' ', '*']).trim_end().to_owned();
                let rest = source[end..]
                    .trim_start_matches([' ', '.', '-', '–', '—', ':', '\u{a0}', '*', ')'])
                    .to_owned();
                self.marks += ink(source) - ink(&written) - ink(&rest);
                unit.node.label = format!("{} {written}", unit.node.label);
                unit.node.number.push_str(&suffix);
                if in_heading {
                    unit.node.heading = rest;
                } else if rest.is_empty() {
                    unit.lines.remove(0);
                } else {
                    match &mut unit.lines[0] {
                        Entry::Line(text) | Entry::Rest(text) | Entry::Heading(text) => *text = rest,
                        _ => {}
                    }
                }
                last_in_parts = false;
            }
            known.insert(unit.node.number.clone());
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
        self.marks += marks;
        let before = &first[..opening.start];
        let remaining = format!("{before}{}", &after[rest..]);
        let worded = unit.node.label.chars().any(char::is_alphabetic) || unit.node.label.contains('§');
        // The law's own writing goes before that of the format.
        if own || (!bare && !worded) || unit.node.number.is_empty() {
            self.repeated += ink(&unit.node.label);
            let heading = std::mem::take(&mut unit.node.heading);
            unit.node.heading = self.without_index(heading, &unit.node.label);
            unit.node.label = written.trim().to_owned();
            unit.node.number = opening.number.clone();
            if !bare {
                unit.node.kind = opening.kind;
            }
        } else {
            self.repeated += ink(written);
        }
        unit.replace_first(remaining);
    }

    /// `16. Decisions` beside the running index 16 is `Decisions`.
    fn without_index(&mut self, heading: String, label: &str) -> String {
        let index: String = label.chars().filter(char::is_ascii_digit).collect();
        let Some(rest) = heading.strip_prefix(&index).filter(|_| !index.is_empty()) else { return heading };
        let rest = rest.trim_start_matches(['.', ' ', '-', ':']);
        self.repeated += ink(&heading) - ink(rest);
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
            || titles::is_unbalanced(&heading)
            || (rest.len() + 2 > after.len() && starts_small(rest) && enumerate::mark(rest).is_none())
            || (heading.chars().count() > 45 && after.starts_with([',', ';']));
        if cut || !more {
            // The format's heading is no more than how the text begins.
            self.repeated += ink(&heading);
            unit.node.heading.clear();
            return;
        }
        self.repeated += ink(&first[..end]);
        self.marks += ink(after) - ink(rest);
        unit.replace_first(rest.to_owned());
    }

    /// A heading that goes on in the text was never one: `El que se` / `apodere …`.
    fn join_cut_heading(&mut self, unit: &mut Unit<'_>, heading: &str, first: &str) {
        let goes_on =
            titles::goes_on_below(first) || (titles::ends_open(heading) && enumerate::mark(first).is_none());
        let open = !heading.ends_with(['.', ':', ';', '—', '!', '?', ')', '*', ']']);
        let cut = (heading.chars().count() > 6 && heading.contains(' ')) || titles::ends_open(heading);
        if goes_on && open && cut {
            unit.replace_first(format!("{heading} {first}"));
            unit.node.heading.clear();
        }
    }

    /// Finds the heading of a unit in its first lines.
    fn title(&mut self, unit: &mut Unit<'_>) {
        if !unit.node.heading.is_empty() || unit.node.label.is_empty() {
            return;
        }
        if self.habit.run_in && self.title_run_in(unit) {
            return;
        }
        if let Some(Entry::Rest(rest)) = unit.lines.first() {
            let rest = rest.clone();
            if self.title_over_lines(unit, &rest, self.habit.short_line) {
                return;
            }
        }
        if let Some(Entry::Line(line) | Entry::Heading(line)) =
            unit.lines.first().filter(|_| !unit.node.stated)
        {
            let line = line.clone();
            if titles::ends_open(&line) && self.title_over_lines(unit, &line, self.habit.line_below) {
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
                self.marks += ink(&rest) - ink(&heading) - ink(&text);
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
                    self.marks += ink(&line) - ink(heading);
                    unit.node.heading = heading.to_owned();
                    unit.lines.remove(0);
                    self.join_heading_lines(unit);
                }
            }
            _ => {}
        }
    }

    /// A heading that runs into the text: `Corrupció 1. L'autoritat …`, `Furt Comet furt …`.
    fn title_run_in(&mut self, unit: &mut Unit<'_>) -> bool {
        let Some(first) = unit.first_line().map(str::to_owned) else { return false };
        let Some(at) = titles::run_into_number(&first).or_else(|| titles::run_into_sentence(&first)) else {
            return false;
        };
        unit.node.heading = titles::clean(&first[..at]).to_owned();
        unit.replace_first(first[at..].to_owned());
        true
    }

    /// A heading beside the label that goes on in small letters below it, where this text has headings there.
    fn title_over_lines(&mut self, unit: &mut Unit<'_>, rest: &str, habitual: bool) -> bool {
        let title = titles::is_title(rest) || (titles::ends_open(rest) && rest.chars().count() <= 120);
        if !habitual || !title || rest.ends_with('.') || enumerate::mark(rest).is_some() {
            return false;
        }
        let below: Vec<&str> = unit.lines[1..].iter().take(5).map(Entry::text).collect();
        let mut goes_on = 0;
        let mut last = rest;
        while let Some(line) = below.get(goes_on).filter(|_| goes_on < 4) {
            let follows = starts_small(line) || titles::ends_open(last);
            let title =
                titles::is_title(line) || (titles::ends_open(line) && enumerate::mark(line).is_none());
            if !follows || !title || line.chars().count() >= 140 {
                break;
            }
            last = line;
            goes_on += 1;
        }
        let (1.., Some(then)) = (goes_on, below.get(goes_on)) else { return false };
        // What ends in a full stop was a sentence.
        if below[goes_on - 1].trim_end().ends_with('.') {
            return false;
        }
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
        if unit.lines.len() > 1
            && !self.habit.fills_line(&first)
            && titles::is_heading_below(&first, next, false, strict)
        {
            unit.node.heading = titles::clean(&first).to_owned();
            self.marks += ink(&first) - ink(&unit.node.heading);
            unit.lines.remove(0);
            return;
        }
        if let Some(split) = titles::split_beside(&first, None, false, strict) {
            let heading = titles::clean(&first[split.heading.0..split.heading.1]).to_owned();
            let text = first[split.text..].to_owned();
            self.marks += ink(&first) - ink(&heading) - ink(&text);
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
pub(super) struct Unit<'a> {
    pub(super) node: Node<'a>,
    pub(super) lines: Vec<Entry<'a>>,
}

/// A piece of a unit, as it may be changed.
pub(super) enum Entry<'a> {
    Line(String),
    Rest(String),
    Heading(String),
    Table(&'a str),
    Note(&'a str),
    Part(u16, lines::Stated<'a>),
}

impl Entry<'_> {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Line(text) | Self::Rest(text) | Self::Heading(text) => text,
            Self::Table(text) | Self::Note(text) => text,
            Self::Part(_, stated) => stated.label,
        }
    }
}

impl<'a> Unit<'a> {
    pub(super) fn of(mut node: Node<'a>) -> Self {
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

    pub(super) fn first_line(&self) -> Option<&str> {
        match self.first_text_place().map(|place| &self.lines[place]) {
            Some(Entry::Line(text)) => Some(text),
            _ => None,
        }
    }

    /// The first line, or the first line of an unlabelled part.
    fn first_text_place(&self) -> Option<usize> {
        self.lines.iter().position(|entry| !matches!(entry, Entry::Part(_, stated) if stated.label.is_empty() && stated.heading.is_empty()))
    }

    pub(super) fn replace_first(&mut self, text: String) {
        let Some(place) = self.first_text_place() else { return };
        if text.trim().is_empty() {
            self.lines.remove(place);
        } else {
            self.lines[place] = Entry::Line(text);
        }
    }
}
