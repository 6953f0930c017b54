//! Which of the lines that look like openings are openings: by what follows them and by the order of their numbers.

use std::collections::HashMap;

use merida_law::{Level, ProvisionKind, WorkKind};

use super::lines::{Line, Place};
use super::recognise::{Opening, Style, follow, is_small};
use super::{chain, contents};

/// How far one looks ahead for the number that a sequence misses.
const LOOK_AHEAD: usize = 80;

/// The decision on each line: whether its opening counts.
pub(super) struct Elected {
    /// One for each line.
    pub(super) opens: Vec<bool>,
    /// How many openings a table of contents repeated.
    pub(super) contents: usize,
    /// The line at which a table of contents after the text begins.
    pub(super) tail: Option<usize>,
}

/// A line that looks like an opening.
pub(super) struct Candidate<'l> {
    pub(super) line: usize,
    pub(super) opening: &'l Opening,
    /// How much the line itself speaks for it.
    pub(super) score: i32,
    /// Whether the format states it.
    pub(super) explicit: bool,
}

impl Candidate<'_> {
    pub(super) fn container(&self) -> bool {
        self.opening.rank < 100
    }

    pub(super) fn heading(&self, lines: &[Line<'_>]) -> bool {
        matches!(lines[self.line].place, Place::Heading(_))
    }
}

/// Decides for every line of a work of `kind`.
pub(super) fn elect(lines: &[Line<'_>], kind: WorkKind) -> Elected {
    let explicit_units = lines.iter().filter(|line| is_stated_unit(line)).count();
    let candidates = candidates(lines, explicit_units > 0);
    let groups = groups(&candidates, kind, explicit_units);
    let mut opens = vec![false; lines.len()];
    keyword_units(lines, &candidates, &groups, explicit_units > 0, &mut opens);
    let found = candidates.iter().filter(|c| !c.container() && opens[c.line]).count();
    if explicit_units == 0 {
        chain::bare_units(lines, &candidates, found, &mut opens);
    }
    containers(lines, &candidates, &groups, explicit_units > 0, &mut opens);
    let tail = contents::drop_tail(lines, &candidates, &mut opens);
    let contents = contents::drop(lines, &candidates, &mut opens);
    Elected { opens, contents, tail }
}

fn is_stated_unit(line: &Line<'_>) -> bool {
    line.unit.is_some_and(|unit| match unit.kind {
        Some(kind) => kind.level() == Level::Unit,
        None => !unit.label.is_empty(),
    })
}

fn candidates<'l>(lines: &'l [Line<'_>], explicit: bool) -> Vec<Candidate<'l>> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(opening) = &line.opening else { continue };
        let stated = matches!(line.place, Place::Unit(_));
        let score = if stated { 100 } else { score(lines, at, opening, explicit) };
        found.push(Candidate { line: at, opening, score, explicit: stated });
    }
    found
}

/// How much the line itself speaks for its opening.
fn score(lines: &[Line<'_>], at: usize, opening: &Opening, explicit: bool) -> i32 {
    let line = &lines[at];
    let language = line.language.primary();
    let heading = matches!(line.place, Place::Heading(_));
    let mut score = follow(&line.text[opening.end..], language);
    if heading {
        score += 3;
    } else if line.first {
        score += 1;
    } else if !ended(lines, at) {
        score -= 3;
    }
    if opening.small {
        score -= 6;
    }
    // Another language's word opens something only in a heading, or where nothing else stands on the line.
    if !heading
        && let Some(form) = opening.form
        && form.language != language
        && form.language != "mul"
        && !kindred(form.language, language)
        && !line.text[opening.end..].trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
    {
        score -= 4;
    }
    if explicit && opening.style == Style::Bare {
        score -= 6;
    }
    score
}

fn kindred(form: &str, language: &str) -> bool {
    matches!(
        (form, language),
        ("nb", "no" | "nn")
            | ("id", "ms")
            | ("hr", "bs" | "sr")
            | ("sr", "hr" | "bs")
            | ("zh", "ja")
            | ("ja", "zh")
            | ("es", "gl")
            | ("ru", "kk" | "ky" | "be")
            | ("en", "ms" | "bn" | "hi" | "sw" | "tl" | "ur")
    )
}

/// Whether the line before ends a sentence or a block, so that this one may begin something.
fn ended(lines: &[Line<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| lines[before].text.trim_end()) else { return true };
    before.is_empty()
        || before.ends_with([
            '.', ';', ':', '!', '?', '。', '；', '：', '”', '»', '"', ')', '）', ']', '>', '।', '৷', '—',
            '-', '*', '؛', '」',
        ])
        || before.chars().count() < 60
}

/// How many good openings each kind of unit has, by its word.
struct Groups {
    counts: HashMap<(ProvisionKind, &'static str), usize>,
    most: usize,
    articles: usize,
    explicit: usize,
    kind: WorkKind,
}

fn groups(candidates: &[Candidate<'_>], kind: WorkKind, explicit: usize) -> Groups {
    let mut counts: HashMap<_, usize> = HashMap::new();
    for candidate in
        candidates.iter().filter(|c| !c.container() && c.score >= 2 && c.opening.style == Style::Keyword)
    {
        *counts.entry(key(candidate.opening)).or_default() += 1;
    }
    let articles =
        counts.iter().filter(|((kind, _), _)| *kind == ProvisionKind::Article).map(|(_, n)| *n).sum();
    let most = counts.values().copied().max().unwrap_or(0);
    Groups { counts, most, articles, explicit, kind }
}

/// One group for an abbreviation and its word (`Art.` and `Article`).
fn key(opening: &Opening) -> (ProvisionKind, &'static str) {
    let word = opening.form.map_or("", |form| match form.word {
        "section" | "sec" | "rule" | "regulation" | "paragraph" | "clause" => form.word,
        "§" => "§",
        _ => "",
    });
    (opening.kind, word)
}

impl Groups {
    /// Whether the unit's word is one by which this text is divided into units.
    fn divides(&self, candidate: &Candidate<'_>) -> bool {
        if candidate.explicit {
            return true;
        }
        if candidate.opening.kind.level() != Level::Unit {
            return false;
        }
        if self.is_container_section(candidate.opening) {
            return false;
        }
        let own = self.counts.get(&key(candidate.opening)).copied().unwrap_or(0);
        match candidate.opening.kind {
            ProvisionKind::Article => own * 20 >= self.most || candidate.score >= 5,
            ProvisionKind::Section => {
                own >= 3 && own * 5 >= self.most || candidate.score >= 6 || self.most <= 3
            }
            ProvisionKind::Rule => self.kind == WorkKind::Regulation || own >= 3 && own == self.most,
            _ => own >= 3 && own == self.most && self.explicit == 0,
        }
    }

    /// An English `Section` groups articles where a text is divided into articles.
    fn is_container_section(&self, opening: &Opening) -> bool {
        let word = opening.form.map_or("", |form| form.word);
        if !matches!(word, "section" | "sec") || opening.kind != ProvisionKind::Section {
            return false;
        }
        let own = self.counts.get(&key(opening)).copied().unwrap_or(0);
        self.articles >= 3 && own < self.articles
    }
}

/// Accepts units known by a word where their numbers make a sequence.
fn keyword_units(
    lines: &[Line<'_>],
    all: &[Candidate<'_>],
    groups: &Groups,
    explicit: bool,
    opens: &mut [bool],
) {
    let units: Vec<&Candidate<'_>> = all
        .iter()
        .filter(|c| !c.container() && (c.explicit || c.opening.style == Style::Keyword) && groups.divides(c))
        .collect();
    let mut last: HashMap<ProvisionKind, (u32, &str)> = HashMap::new();
    let mut container_since = false;
    let mut accepted: Option<usize> = None;
    let mut container_at = all.iter().filter(|c| c.container() && c.score >= 3).map(|c| c.line).peekable();
    for (place, unit) in units.iter().enumerate() {
        while container_at.next_if(|line| *line < unit.line).is_some() {
            container_since = true;
        }
        if unit.explicit {
            // What a format marks as a unit is one; it sets the sequence for what its text may hide.
            opens[unit.line] = true;
            if is_stated_unit(&lines[unit.line]) {
                accepted = Some(unit.line);
                last.insert(kind_of(unit, lines), (unit.opening.main, unit.opening.number.as_str()));
            }
            container_since = false;
            continue;
        }
        if accepted.is_some_and(|line| repeats_label(lines, line, unit)) {
            continue;
        }
        let before = last.get(&unit.opening.kind).copied();
        let sequence = Sequence {
            units: &units,
            place,
            before: before.map(|(main, _)| main),
            last_number: before.map(|(_, number)| number),
            restart: container_since,
            explicit,
        };
        if sequence.accepts(lines) {
            accepted = Some(unit.line);
            opens[unit.line] = true;
            last.insert(kind_of(unit, lines), (unit.opening.main, unit.opening.number.as_str()));
            container_since = false;
        }
    }
}

/// Whether a label says again, below nothing but a label, what that label said: `Artículo 209` / `Artículo 209 Ter`.
fn repeats_label(lines: &[Line<'_>], label: usize, unit: &Candidate<'_>) -> bool {
    let Some(own) = &lines[label].opening else { return false };
    let rest = lines[label].text.get(own.end..).unwrap_or_default();
    let bare = lines[label].unit.is_some() || rest.chars().filter(|c| c.is_alphanumeric()).count() < 3;
    let same = if lines[label].unit.is_some() {
        own.main == unit.opening.main && unit.opening.number.starts_with(own.number.as_str())
    } else {
        own.number == unit.opening.number
    };
    bare && same && lines[label + 1..unit.line].iter().all(|line| line.text.trim().is_empty())
}

/// What stands after the label on its line; nothing for a label that the format states.
pub(super) fn after<'l>(line: &'l Line<'_>, opening: &Opening) -> &'l str {
    line.text.get(opening.end..).unwrap_or_default()
}

/// The kind in whose sequence a unit stands: a bare label counts with what its format calls it, else with articles
/// or sections, whichever its text has.
fn kind_of(unit: &Candidate<'_>, lines: &[Line<'_>]) -> ProvisionKind {
    if unit.opening.style == Style::Keyword {
        return unit.opening.kind;
    }
    let text = lines.get(unit.line + 1).and_then(|line| line.opening.as_ref());
    let worded = text.filter(|opening| {
        opening.style == Style::Keyword && opening.rank >= 100 && opening.main == unit.opening.main
    });
    if let Some(opening) = worded {
        return opening.kind;
    }
    lines[unit.line].unit.and_then(|stated| stated.kind).unwrap_or(unit.opening.kind)
}

/// A unit among those of its kind, with the number accepted before it.
struct Sequence<'s, 'l> {
    units: &'s [&'s Candidate<'l>],
    place: usize,
    before: Option<u32>,
    last_number: Option<&'s str>,
    restart: bool,
    explicit: bool,
}

impl Sequence<'_, '_> {
    fn accepts(&self, lines: &[Line<'_>]) -> bool {
        let unit = self.units[self.place];
        let number = unit.opening.main;
        let needed = if self.explicit { 3 } else { 1 };
        let Some(before) = self.before else {
            return unit.score >= needed && (number <= 3 || unit.score >= 3 || self.continues(2));
        };
        if number == before + 1 {
            return unit.score >= if self.explicit { 2 } else { 0 };
        }
        if number == before {
            // An article inserted after this one (12 bis), or an older wording of it. Under a unit that the format
            // states, its own number again is its label repeated.
            let again = self.last_number.is_some_and(|last| last == unit.opening.number);
            return unit.score >= needed && !(self.explicit && again);
        }
        if number > before && number <= before + 4 {
            return unit.score >= 1 && !(unit.score < 3 && self.finds(before + 1));
        }
        if number > before {
            return unit.score >= 2 && !self.finds_between(before + 1, before + 3);
        }
        if number == 0 {
            return unit.score >= 4;
        }
        if number <= 2 && self.restart {
            return unit.score >= 1;
        }
        if number == 1 {
            return unit.score >= 3 && self.continues(1) && !self.finds_soon(before + 1);
        }
        if self.finds_between(before + 1, before + 3) {
            return unit.heading(lines) && self.continues(2) && unit.score >= 5;
        }
        unit.score >= 3
    }

    fn ahead(&self) -> impl Iterator<Item = &Candidate<'_>> {
        let own = self.units[self.place];
        self.units[self.place + 1..]
            .iter()
            .take(LOOK_AHEAD)
            .copied()
            .filter(|next| next.opening.kind == own.opening.kind && next.score >= 2)
    }

    /// Whether the next units go on from this one's number.
    fn continues(&self, steps: u32) -> bool {
        let number = self.units[self.place].opening.main;
        let mut expected = number + 1;
        for next in self.ahead().take(6) {
            if next.opening.main == expected {
                expected += 1;
            }
        }
        expected > number + steps
    }

    fn finds(&self, number: u32) -> bool {
        self.ahead().any(|next| next.opening.main == number)
    }

    fn finds_between(&self, low: u32, high: u32) -> bool {
        // A text that starts anew with 1 is another sequence.
        self.ahead()
            .take_while(|next| next.opening.main != 1)
            .any(|next| (low..=high).contains(&next.opening.main))
    }

    fn finds_soon(&self, number: u32) -> bool {
        self.ahead().take(12).any(|next| next.opening.main == number && next.score >= 3)
    }
}

fn containers(
    lines: &[Line<'_>],
    all: &[Candidate<'_>],
    groups: &Groups,
    explicit: bool,
    opens: &mut [bool],
) {
    let stated = all.iter().any(|c| c.explicit && c.container());
    for candidate in all {
        if candidate.explicit {
            opens[candidate.line] = true;
            continue;
        }
        if candidate.container() {
            let needed = match (explicit, stated) {
                (true, true) => 9,
                (true, false) => 4,
                _ => 2,
            };
            opens[candidate.line] = candidate.score >= needed && titled(lines, candidate);
        } else if candidate.opening.style == Style::Keyword && groups.is_container_section(candidate.opening)
        {
            opens[candidate.line] = candidate.score >= 3 && titled(lines, candidate);
        }
    }
}

/// Whether the line of a container is a title and no sentence.
pub(super) fn titled(lines: &[Line<'_>], candidate: &Candidate<'_>) -> bool {
    let line = &lines[candidate.line];
    let text = line.text.trim();
    let length = text.chars().count();
    let headed = matches!(line.place, Place::Heading(_));
    let opening = candidate.opening;
    let lone = opening.number.is_empty();
    if lone {
        let rest = after(line, opening).trim();
        let capital = text.chars().filter(|c| c.is_alphabetic()).all(|c| !is_small(c));
        return length <= 40 && (rest.is_empty() || headed || (capital && line.first));
    }
    let limit = if headed { 400 } else { 220 };
    length <= limit && !text.ends_with([',', ';']) && (headed || !text.ends_with('.') || length <= 90)
}
