//! Which of the lines that look like openings are openings: by what follows them and by the order of their numbers.

use std::collections::HashMap;

use merida_law::{Level, ProvisionKind, WorkKind};

use super::lines::{Line, Place};
use super::recognise::{Opening, Style, follow, is_small, starts_small};
use crate::draft::ink;

/// How far one looks ahead for the number that a sequence misses.
const LOOK_AHEAD: usize = 80;

/// The decision on each line: whether its opening counts.
pub(super) struct Elected {
    /// One for each line.
    pub(super) opens: Vec<bool>,
    /// How many openings a table of contents repeated.
    pub(super) contents: usize,
}

struct Candidate<'l> {
    line: usize,
    opening: &'l Opening,
    score: i32,
    explicit: bool,
}

impl Candidate<'_> {
    fn container(&self) -> bool {
        self.opening.rank < 100
    }

    fn heading(&self, lines: &[Line<'_>]) -> bool {
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
        bare_units(lines, &candidates, found, &mut opens);
    }
    containers(lines, &candidates, &groups, explicit_units > 0, &mut opens);
    let contents = drop_contents(lines, &candidates, &mut opens);
    Elected { opens, contents }
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
fn after<'l>(line: &'l Line<'_>, opening: &Opening) -> &'l str {
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

/// Accepts bare numbers as sections where no word opens units and the numbers make a long sequence.
fn bare_units(lines: &[Line<'_>], all: &[Candidate<'_>], keyword: usize, opens: &mut [bool]) {
    let alone = numbers_stand_alone(lines, all);
    let bare: Vec<&Candidate<'_>> = all
        .iter()
        .filter(|c| !c.explicit && c.opening.style == Style::Bare && bare_sound(lines, c, alone))
        .collect();
    let headed: Vec<&Candidate<'_>> = bare.iter().copied().filter(|c| c.heading(lines)).collect();
    let chosen = if headed.len() >= 3 { headed } else { bare };
    let annexes =
        all.iter().filter(|c| c.opening.rank == 0 && c.score >= 3 && titled(lines, c)).map(|c| c.line);
    let best = best_chain(lines, &chosen, &annexes.collect::<Vec<_>>());
    if best.len() < 3 || (keyword >= 3 && best.len() < keyword * 2) {
        return;
    }
    let first = best.first().map_or(0, |place| chosen[*place].line);
    let last = best.last().map_or(0, |place| chosen[*place].line);
    // Units known by a word that stand among the sections are references or quotations.
    for candidate in all.iter().filter(|c| !c.container() && (first..=last).contains(&c.line)) {
        opens[candidate.line] = false;
    }
    for place in best {
        opens[chosen[place].line] = true;
    }
}

/// Whether sections are numbered on a line of their own, above their title and their first subsection. (Numbers of
/// pages stand alone too, but not above titles.)
fn numbers_stand_alone(lines: &[Line<'_>], all: &[Candidate<'_>]) -> bool {
    let alone = all
        .iter()
        .filter(|c| !c.explicit && c.opening.style == Style::Bare && stands_above_title(lines, c.line));
    let (mut numbers, mut sections) = (0, 0);
    for candidate in alone {
        numbers += 1;
        sections += u32::from(
            lines.get(candidate.line + 2).is_some_and(|line| line.text.trim_start().starts_with(['(', '['])),
        );
    }
    sections > 10 && sections * 3 >= numbers
}

/// A line with nothing but a number, above one that could be its title.
fn stands_above_title(lines: &[Line<'_>], at: usize) -> bool {
    let alone = lines[at]
        .opening
        .as_ref()
        .is_some_and(|opening| !after(&lines[at], opening).contains(char::is_alphanumeric));
    let Some(next) = lines.get(at + 1).filter(|_| alone) else { return false };
    let text = next.text.trim();
    let begins = text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    begins
        && text.chars().count() <= 140
        && !text.ends_with(['.', ';', ':', ',', '—'])
        && !text.starts_with('(')
}

fn bare_sound(lines: &[Line<'_>], candidate: &Candidate<'_>, alone: bool) -> bool {
    let line = &lines[candidate.line];
    let opening = candidate.opening;
    if opening.main == 0 || opening.main > LARGEST || opening.number.contains('.') || opening.start > 8 {
        return false;
    }
    let rest = &line.text[opening.end..];
    let body = rest.trim_start_matches(['.', ' ', '\u{a0}', '*', '_', '\\']);
    if body.is_empty() {
        return matches!(line.place, Place::Heading(_))
            || (alone && stands_above_title(lines, candidate.line));
    }
    if rest.starts_with([')', ',', '/', '%', '°', 'º']) || body.starts_with(char::is_numeric) {
        return false;
    }
    let dotted = rest.starts_with(['.', '․', '।', '৷', '।', '\\'])
        || rest.trim_start().starts_with(['—', '–', '-', '।', '৷']);
    let headed = matches!(line.place, Place::Heading(_));
    let capital = !starts_small(body);
    candidate.score > -3 && capital && (dotted || headed || rest.starts_with([' ', '\u{a0}']))
}

/// The sequence of rising numbers that holds most together: each step forward counts, numbers passed over and
/// numbers that look like those of a list cost. One pass; for each number the best sequence that ends with it is kept.
fn best_chain(lines: &[Line<'_>], units: &[&Candidate<'_>], breaks: &[usize]) -> Vec<usize> {
    let mut best: Vec<Option<(f32, usize)>> = vec![None; LARGEST as usize + 1];
    let mut before: Vec<Option<usize>> = vec![None; units.len()];
    let mut top: Option<(f32, usize)> = None;
    for (place, unit) in units.iter().enumerate() {
        let main = unit.opening.main.min(LARGEST) as usize;
        let mut reached = (place < 3 || main == 1).then(|| (-PASSED * (main as f32 - 1.0).min(6.0), None));
        let mut offer = |score: f32, from: usize| {
            let crossed = breaks.iter().any(|line| units[from].line < *line && *line < unit.line);
            let score = if crossed { score - ANNEXED } else { score };
            if reached.is_none_or(|(known, _)| score > known) {
                reached = Some((score, Some(from)));
            }
        };
        let nearest = best[main.saturating_sub(FURTHEST)..main].iter().rev().enumerate();
        for (passed, (score, from)) in nearest.filter_map(|(passed, known)| Some((passed, (*known)?))) {
            offer(score - (PASSED * passed as f32).min(4.0), from);
        }
        if has_suffix(unit.opening)
            && let Some((score, from)) =
                best[main].filter(|(_, from)| units[*from].opening.number != unit.opening.number)
        {
            offer(score, from);
        }
        let Some((score, from)) = reached else { continue };
        let score = score + worth(lines, units, place);
        before[place] = from;
        if best[main].is_none_or(|(known, _)| score > known) {
            best[main] = Some((score, place));
        }
        if top.is_none_or(|(known, _)| score > known) {
            top = Some((score, place));
        }
    }
    let mut chain = Vec::new();
    let mut next = top.map(|(_, place)| place);
    while let Some(place) = next {
        chain.push(place);
        next = before[place];
    }
    chain.reverse();
    chain
}

/// What a number adds to a sequence: more above text of its own, less as an item of a list.
fn worth(lines: &[Line<'_>], units: &[&Candidate<'_>], place: usize) -> f32 {
    let unit = units[place];
    let end = units.get(place + 1).map_or(lines.len(), |next| next.line);
    let text: usize = lines[unit.line..end].iter().take(12).map(|line| line.text.len()).sum();
    let listed = place > 0 && {
        let last = units[place - 1].opening;
        last.main + 1 == unit.opening.main
            && !has_suffix(last)
            && text < 400
            && unit.line - units[place - 1].line <= 2
    };
    let mut worth = 1.0 + 0.1 * unit.score.clamp(0, 6) as f32;
    if text > 160 {
        worth += 0.4;
    }
    if listed {
        worth -= 0.3;
    }
    worth
}

/// The largest number of a section.
const LARGEST: u32 = 2000;
/// How many numbers in a row a sequence may pass over.
const FURTHEST: usize = 25;
/// What a number passed over costs.
const PASSED: f32 = 0.6;
/// What it costs to go on in an annex or a schedule.
const ANNEXED: f32 = 8.0;

/// `15A` beside 15.
fn has_suffix(opening: &Opening) -> bool {
    opening.number.len() > opening.main.to_string().len()
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
fn titled(lines: &[Line<'_>], candidate: &Candidate<'_>) -> bool {
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

/// Un-opens what a table of contents at the head repeats: its openings come again, with text.
fn drop_contents(lines: &[Line<'_>], all: &[Candidate<'_>], opens: &mut [bool]) -> usize {
    let mut dropped = 0;
    let units: Vec<&Candidate<'_>> =
        all.iter().filter(|c| opens[c.line] && !c.container() && !c.explicit).collect();
    if let Some(start) = contents_end(lines, &units) {
        let end = units[start].line;
        for candidate in all.iter().filter(|c| c.line < end && !c.explicit) {
            dropped += usize::from(std::mem::replace(&mut opens[candidate.line], false));
        }
        reopen_before(lines, all, end, opens);
    }
    dropped + drop_empty_containers(lines, all, opens)
}

/// The place of the first unit after a table of contents.
fn contents_end(lines: &[Line<'_>], units: &[&Candidate<'_>]) -> Option<usize> {
    let first = units.first()?.opening.main;
    for start in 3..units.len() {
        let unit = units[start];
        if unit.opening.main > first || units[start - 1].opening.main <= unit.opening.main {
            continue;
        }
        let listed = start;
        let text: u64 = lines[units[0].line..unit.line].iter().map(|line| ink(line.text)).sum();
        let sparse = text / (listed as u64) < 110;
        let after: u64 = lines[unit.line..].iter().take(200_000).map(|line| ink(line.text)).sum();
        let again = units[start..]
            .iter()
            .take(listed * 2)
            .filter(|u| u.opening.main <= units[start - 1].opening.main)
            .count();
        return (sparse && after > text * 2 && again * 10 >= listed * 7).then_some(start);
    }
    None
}

/// The containers directly before the first unit of the text proper are its own.
fn reopen_before(lines: &[Line<'_>], all: &[Candidate<'_>], end: usize, opens: &mut [bool]) {
    let mut budget = 6;
    let mut seen: Vec<u8> = Vec::new();
    for candidate in all.iter().rev().filter(|c| c.line < end) {
        let gap = end - candidate.line;
        if !candidate.container() || gap > 12 || budget == 0 || candidate.score < 2 {
            break;
        }
        // A second part or chapter above the first one belongs to the contents.
        if seen.contains(&candidate.opening.rank) || !titled(lines, candidate) {
            break;
        }
        seen.push(candidate.opening.rank);
        opens[candidate.line] = true;
        budget -= 1;
    }
}

/// A container that comes again before any unit was opened in it stood in the contents.
fn drop_empty_containers(lines: &[Line<'_>], all: &[Candidate<'_>], opens: &mut [bool]) -> usize {
    let opened: Vec<&Candidate<'_>> = all.iter().filter(|c| opens[c.line]).collect();
    let Some(first_unit) = opened.iter().position(|c| !c.container()) else { return 0 };
    let mut dropped = 0;
    for place in 0..first_unit.min(500) {
        let own = opened[place];
        if own.explicit {
            continue;
        }
        let again = opened[place + 1..].iter().any(|other| {
            other.opening.kind == own.opening.kind
                && other.opening.number == own.opening.number
                && same_title(lines, own, other)
        });
        if again {
            opens[own.line] = false;
            dropped += 1;
        }
    }
    dropped
}

fn same_title(lines: &[Line<'_>], one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let key = |c: &Candidate<'_>| -> String {
        lines[c.line]
            .text
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .take(24)
            .collect()
    };
    let (one, other) = (key(one), key(other));
    one.starts_with(&other) || other.starts_with(&one)
}
