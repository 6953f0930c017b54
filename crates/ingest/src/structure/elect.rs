//! Which of the lines that look like openings are openings: by what follows them and by the order of their numbers.

use std::collections::HashMap;

use merida_law::{Level, ProvisionKind, WorkKind};

use super::lines::{Line, Place};
use super::recognise::{Opening, Style, follow};
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
    // Another language's word opens something only where nothing else stands on the line.
    if let Some(form) = opening.form
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
        ("nb", "no" | "nn") | ("id", "ms") | ("hr", "bs" | "sr") | ("sr", "hr" | "bs") | ("zh", "ja") | ("ja", "zh")
            | ("es", "gl") | ("ru", "kk" | "ky" | "be") | ("en", "ms" | "bn" | "hi" | "sw" | "tl" | "ur")
    )
}

/// Whether the line before ends a sentence or a block, so that this one may begin something.
fn ended(lines: &[Line<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| lines[before].text.trim_end()) else { return true };
    before.is_empty()
        || before.ends_with(['.', ';', ':', '!', '?', '。', '；', '：', '”', '»', '"', ')', '）', ']', '>', '।', '৷', '—', '-', '*', '؛', '」'])
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
    for candidate in candidates.iter().filter(|c| !c.container() && c.score >= 2 && c.opening.style == Style::Keyword) {
        *counts.entry(key(candidate.opening)).or_default() += 1;
    }
    let articles = counts.iter().filter(|((kind, _), _)| *kind == ProvisionKind::Article).map(|(_, n)| *n).sum();
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
            ProvisionKind::Section => own >= 3 && own * 5 >= self.most || candidate.score >= 6 || self.most <= 3,
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
fn keyword_units(lines: &[Line<'_>], all: &[Candidate<'_>], groups: &Groups, explicit: bool, opens: &mut [bool]) {
    let units: Vec<&Candidate<'_>> = all
        .iter()
        .filter(|c| !c.container() && (c.explicit || c.opening.style == Style::Keyword) && groups.divides(c))
        .collect();
    let mut last: HashMap<ProvisionKind, u32> = HashMap::new();
    let mut container_since = false;
    let mut container_at = all.iter().filter(|c| c.container() && c.score >= 3).map(|c| c.line).peekable();
    for (place, unit) in units.iter().enumerate() {
        while container_at.next_if(|line| *line < unit.line).is_some() {
            container_since = true;
        }
        if unit.explicit {
            // What a format marks as a unit is one; it sets the sequence for what its text may hide.
            opens[unit.line] = true;
            if is_stated_unit(&lines[unit.line]) {
                last.insert(unit.opening.kind, unit.opening.main);
            }
            container_since = false;
            continue;
        }
        let before = last.get(&unit.opening.kind).copied();
        let sequence = Sequence { units: &units, place, before, restart: container_since, explicit };
        if sequence.accepts(lines) {
            opens[unit.line] = true;
            last.insert(unit.opening.kind, unit.opening.main);
            container_since = false;
        }
    }
}

/// A unit among those of its kind, with the number accepted before it.
struct Sequence<'s, 'l> {
    units: &'s [&'s Candidate<'l>],
    place: usize,
    before: Option<u32>,
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
            // An article inserted after this one (12 bis), or an older wording of it.
            return unit.score >= 1;
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
        self.ahead().take_while(|next| next.opening.main != 1).any(|next| (low..=high).contains(&next.opening.main))
    }

    fn finds_soon(&self, number: u32) -> bool {
        self.ahead().take(12).any(|next| next.opening.main == number && next.score >= 3)
    }
}

/// Accepts bare numbers as sections where no word opens units and the numbers make a long sequence.
fn bare_units(lines: &[Line<'_>], all: &[Candidate<'_>], keyword: usize, opens: &mut [bool]) {
    let bare: Vec<&Candidate<'_>> = all.iter().filter(|c| c.opening.style == Style::Bare && bare_sound(lines, c)).collect();
    let headed: Vec<&Candidate<'_>> = bare.iter().copied().filter(|c| c.heading(lines)).collect();
    let chosen = if headed.len() >= 3 { headed } else { bare };
    let best = best_chain(lines, &chosen);
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

fn bare_sound(lines: &[Line<'_>], candidate: &Candidate<'_>) -> bool {
    let line = &lines[candidate.line];
    let opening = candidate.opening;
    if opening.main == 0 || opening.main > 2000 || opening.number.contains('.') || opening.start > 8 {
        return false;
    }
    let rest = &line.text[opening.end..];
    let body = rest.trim_start_matches(['.', ' ', '\u{a0}', '*', '_', '\\']);
    if body.is_empty() {
        return matches!(line.place, Place::Heading(_));
    }
    if rest.starts_with([')', ',', '/', '%', '°', 'º']) || body.starts_with(char::is_numeric) {
        return false;
    }
    let dotted = rest.starts_with(['.', '․', '।', '৷', '।', '\\']) || rest.trim_start().starts_with(['—', '–', '-', '।', '৷']);
    let headed = matches!(line.place, Place::Heading(_));
    let capital = !body.starts_with(char::is_lowercase);
    candidate.score > -3 && capital && (dotted || headed || rest.starts_with([' ', '\u{a0}']))
}

/// The longest sequence of numbers that rise one by one; of equals, the one that holds more text.
fn best_chain(lines: &[Line<'_>], units: &[&Candidate<'_>]) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::new();
    let mut best_text = 0;
    let starts = units.iter().enumerate().filter(|(_, unit)| unit.opening.main == 1).map(|(place, _)| place).take(40);
    for start in starts {
        let chain = chain_from(units, start);
        let text = chain_text(lines, units, &chain);
        let longer = chain.len() > best.len() + best.len() / 10;
        let alike = chain.len() * 10 >= best.len() * 9;
        // A table of contents has the same numbers and hardly any text.
        if longer || (alike && text > best_text * 2) || (alike && chain.len() > best.len() && text * 2 > best_text) {
            best_text = text;
            best = chain;
        }
    }
    best
}

fn chain_text(lines: &[Line<'_>], units: &[&Candidate<'_>], chain: &[usize]) -> usize {
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return 0 };
    lines[units[*first].line..units[*last].line].iter().map(|line| line.text.len()).sum()
}

fn chain_from(units: &[&Candidate<'_>], start: usize) -> Vec<usize> {
    let mut chain = vec![start];
    let mut last = start;
    loop {
        let now = units[last].opening;
        let ahead = &units[last + 1..units.len().min(last + 1 + 400)];
        let expected = now.main + 1;
        let inserted = ahead.iter().position(|next| {
            next.opening.main == now.main && next.opening.number != now.number && next.opening.number.len() > now.number.len().min(3)
        });
        let mut following = ahead.iter().enumerate().filter(|(_, next)| next.opening.main == expected);
        let first = following.next();
        // `6.` after `5.` in a list is the list's; the section's own six comes later.
        let listed = |place: usize| {
            let at = last + 1 + place;
            at > last + 1 && units[at - 1].opening.main + 1 == expected && units[at].score <= 3
        };
        let next = match first {
            Some((place, _)) if listed(place) => following.find(|(place, _)| !listed(*place)).or(first),
            other => other,
        };
        let step = match (inserted, next.map(|(place, _)| place)) {
            (Some(inserted), Some(next)) if inserted < next => Some(inserted),
            (Some(inserted), None) if inserted < 20 => Some(inserted),
            (_, Some(next)) => Some(next),
            // A section or two may have been repealed.
            (_, None) => ahead.iter().position(|next| (expected + 1..=expected + 3).contains(&next.opening.main)),
        };
        let Some(step) = step else { return chain };
        last += 1 + step;
        chain.push(last);
    }
}

fn containers(lines: &[Line<'_>], all: &[Candidate<'_>], groups: &Groups, explicit: bool, opens: &mut [bool]) {
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
        } else if candidate.opening.style == Style::Keyword && groups.is_container_section(candidate.opening) {
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
        let rest = line.text[opening.end..].trim();
        let capital = text.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase());
        return length <= 40 && (rest.is_empty() || headed || (capital && line.first));
    }
    let limit = if headed { 400 } else { 220 };
    length <= limit && !text.ends_with([',', ';']) && (headed || !text.ends_with('.') || length <= 90)
}

/// Un-opens what a table of contents at the head repeats: its openings come again, with text.
fn drop_contents(lines: &[Line<'_>], all: &[Candidate<'_>], opens: &mut [bool]) -> usize {
    let mut dropped = 0;
    let units: Vec<&Candidate<'_>> = all.iter().filter(|c| opens[c.line] && !c.container() && !c.explicit).collect();
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
        let again = units[start..].iter().take(listed * 2).filter(|u| u.opening.main <= units[start - 1].opening.main).count();
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
    for place in 0..first_unit {
        let own = opened[place];
        if own.explicit || own.opening.number.is_empty() {
            continue;
        }
        let again = opened[place + 1..].iter().take(400).any(|other| {
            other.opening.kind == own.opening.kind && other.opening.number == own.opening.number && same_title(lines, own, other)
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
        lines[c.line].text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(24).collect()
    };
    let (one, other) = (key(one), key(other));
    one.starts_with(&other) || other.starts_with(&one)
}
