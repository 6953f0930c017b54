//! Sections known by a bare number (`6.`): which of the numbers that begin lines make the law's own sequence.

use super::elect::{Candidate, after, titled};
use super::lines::{Line, Place};
use super::recognise::{Opening, Style, starts_small};
use crate::draft::ink;

/// Accepts bare numbers as sections where no word opens units and the numbers make a long sequence.
pub(super) fn bare_units(lines: &[Line<'_>], all: &[Candidate<'_>], keyword: usize, opens: &mut [bool]) {
    let alone = numbers_stand_alone(lines, all);
    let bare: Vec<&Candidate<'_>> = all
        .iter()
        .filter(|c| !c.explicit && c.opening.style == Style::Bare && bare_sound(lines, c, alone))
        .collect();
    let headed: Vec<&Candidate<'_>> = bare.iter().copied().filter(|c| c.heading(lines)).collect();
    let mut chosen = if headed.len() >= 3 { headed } else { bare };
    let annexes: Vec<usize> = all
        .iter()
        .filter(|c| c.opening.rank == 0 && c.score >= 3 && titled(lines, c))
        .map(|c| c.line)
        .collect();
    let mut best = best_chain(lines, &chosen, &annexes);
    if let Some(end) = contents_end(lines, &chosen, &best) {
        let below: Vec<&Candidate<'_>> = chosen.iter().copied().filter(|c| c.line > end).collect();
        let again = best_chain(lines, &below, &annexes);
        if again.len() * 10 >= best.len() * 7 {
            (chosen, best) = (below, again);
        }
    }
    let (Some(first), Some(last)) = (best.first(), best.last()) else { return };
    let (first, last) = (chosen[*first].line, chosen[*last].line);
    let few = keyword >= 3 && best.len() < keyword * 2;
    if best.len() < 3 || (few && !stands_before_annex(all, &annexes, last, opens)) {
        return;
    }
    // Units known by a word that stand among the sections are references or quotations.
    for candidate in all.iter().filter(|c| !c.container() && (first..=last).contains(&c.line)) {
        opens[candidate.line] = false;
    }
    for place in best {
        opens[chosen[place].line] = true;
    }
}

/// The last line of a sequence that stands in a table of contents: nothing but titles between its numbers, and the
/// same numbers again below, with text.
fn contents_end(lines: &[Line<'_>], chosen: &[&Candidate<'_>], best: &[usize]) -> Option<usize> {
    let (first, last) = (chosen[*best.first()?].line, chosen[*best.last()?].line);
    if best.len() < 5 {
        return None;
    }
    let text = |lines: &[Line<'_>]| lines.iter().map(|line| ink(line.text)).sum::<u64>();
    let within = text(&lines[first..=last]);
    let sparse = within / (best.len() as u64) < 110;
    let below: std::collections::HashSet<&str> =
        chosen.iter().filter(|c| c.line > last).map(|c| c.opening.number.as_str()).collect();
    let again = best.iter().filter(|place| below.contains(chosen[**place].opening.number.as_str())).count();
    (sparse && again * 10 >= best.len() * 6 && text(&lines[last..]) > within * 2).then_some(last)
}

/// Whether all units known by a word lie in an annex below the sections: a treaty behind the act that approves it.
fn stands_before_annex(all: &[Candidate<'_>], annexes: &[usize], last: usize, opens: &[bool]) -> bool {
    let Some(annex) = annexes.iter().copied().find(|line| *line > last) else { return false };
    all.iter().filter(|c| !c.container() && opens[c.line]).all(|c| c.line > annex)
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

/// A line with nothing but a number and a full stop, above one that begins a text. (In a table of contents numbers stand
/// above each other.)
fn stands_above_text(lines: &[Line<'_>], at: usize) -> bool {
    let begins = |text: &str| {
        let text = text.trim_start();
        text.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '“' | '"'))
            && text.chars().count() > 12
    };
    let numbered = |at: usize| {
        lines.get(at).is_some_and(|line| {
            line.text.trim_end_matches('.').chars().all(|c| c.is_ascii_digit() || c.is_whitespace())
        })
    };
    lines.get(at + 1).is_some_and(|next| begins(next.text)) && !(at > 0 && numbered(at - 1))
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
            || (alone && stands_above_title(lines, candidate.line))
            || (rest == "." && stands_above_text(lines, candidate.line));
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
/// numbers that look like those of a list cost. One pass; for each number the best sequence that ends with it is kept,
/// apart for what stands before and after each annex, so that a table of contents does not hide the text.
fn best_chain(lines: &[Line<'_>], units: &[&Candidate<'_>], breaks: &[usize]) -> Vec<usize> {
    let mut segments: Vec<Vec<Option<(f32, usize)>>> = vec![vec![None; LARGEST as usize + 1]];
    let mut breaks = breaks.iter().copied().peekable();
    let mut before: Vec<Option<usize>> = vec![None; units.len()];
    let mut top: Option<(f32, usize)> = None;
    for (place, unit) in units.iter().enumerate() {
        let mut crossed = false;
        while breaks.next_if(|line| *line < unit.line).is_some() {
            crossed = true;
        }
        if crossed && segments.len() < MOST_SEGMENTS {
            segments.push(vec![None; LARGEST as usize + 1]);
        }
        let main = unit.opening.main.min(LARGEST) as usize;
        let mut reached = (place < 3 || main == 1).then(|| (-PASSED * (main as f32 - 1.0).min(6.0), None));
        let own = segments.len() - 1;
        for (segment, best) in segments.iter().enumerate() {
            let cost = if segment == own { 0.0 } else { ANNEXED };
            let mut offer = |score: f32, from: usize| {
                let score = score - cost;
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
        }
        let Some((score, from)) = reached else { continue };
        let score = score + worth(lines, units, place);
        before[place] = from;
        if segments[own][main].is_none_or(|(known, _)| score > known) {
            segments[own][main] = Some((score, place));
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
/// Between how many annexes sequences are kept apart.
const MOST_SEGMENTS: usize = 64;

/// `15A` beside 15.
fn has_suffix(opening: &Opening) -> bool {
    opening.number.len() > opening.main.to_string().len()
}
