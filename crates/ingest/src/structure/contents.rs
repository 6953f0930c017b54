//! Tables of contents: what they list opens nothing.

use super::elect::{Candidate, titled};
use super::lines::{Line, Place};
use crate::draft::ink;

/// Un-opens what a table of contents at the head repeats: its openings come again, with text.
pub(super) fn drop(lines: &[Line<'_>], all: &[Candidate<'_>], opens: &mut [bool]) -> usize {
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

/// Un-opens what a table of contents or an index after the text repeats. Returns the line at which it begins.
pub(super) fn drop_tail(lines: &[Line<'_>], all: &[Candidate<'_>], opens: &mut [bool]) -> Option<usize> {
    let units: Vec<&Candidate<'_>> =
        all.iter().filter(|c| opens[c.line] && !c.container() && !c.explicit).collect();
    let first = units.first()?;
    let start = units.iter().rposition(|unit| unit.opening.number == first.opening.number)?;
    let (text, index) = units.split_at(start);
    if index.len() < FEWEST_LISTED || text.len() < FEWEST_LISTED {
        return None;
    }
    let known: std::collections::HashSet<&str> =
        text.iter().map(|unit| unit.opening.number.as_str()).collect();
    let repeated = index.iter().filter(|unit| known.contains(unit.opening.number.as_str())).count();
    let amount = |from: usize, to: usize| lines[from..to].iter().map(|line| ink(line.text)).sum::<u64>();
    let above = amount(first.line, index[0].line) / text.len() as u64;
    let below = amount(index[0].line, lines.len()) / index.len() as u64;
    if repeated * 20 < index.len() * 19 || below > 220 || above < below * 4 {
        return None;
    }
    let floor = text.last().map_or(0, |unit| unit.line + 1);
    // The headings directly above the first entry belong to the index: the highest of them begins it.
    let begins = (floor..index[0].line)
        .rev()
        .take_while(|at| {
            let line = &lines[*at];
            matches!(line.place, Place::Heading(_)) || line.text.trim().chars().count() < 100
        })
        .filter(|at| {
            let line = &lines[*at];
            matches!(line.place, Place::Heading(_)) && line.text.chars().any(char::is_alphabetic)
        })
        .last()
        .unwrap_or(index[0].line);
    for candidate in all.iter().filter(|c| c.line >= begins && !c.explicit) {
        opens[candidate.line] = false;
    }
    Some(begins)
}

/// Fewer entries are no index.
const FEWEST_LISTED: usize = 10;

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
