//! Headings that a source left behind the unit before: `… is punished.` / `Bribery` / `Article 8`.

use merida_law::{Level, ProvisionKind};

use super::headings::{Entry, Unit};
use super::recognise::recognise;
use super::titles;
use crate::draft::ink;

/// Fewer units show no habit.
const FEWEST: usize = 10;
/// The longest heading that stands behind another unit, in characters.
const LONGEST: usize = 120;

/// Gives each unit of a format the heading that stands behind the unit before, where this text has it there. Returns
/// the characters of stops and dashes that neither holds.
pub(super) fn take_up(units: &mut [Unit<'_>]) -> u64 {
    let mut marks = 0;
    let stated: Vec<usize> = (0..units.len()).filter(|at| is_stated_unit(&units[*at])).collect();
    let tails: Vec<Option<usize>> = stated.windows(2).map(|pair| place(units, pair[0], pair[1])).collect();
    let found = tails.iter().flatten().count();
    if stated.len() < FEWEST || found * 3 < stated.len() {
        return 0;
    }
    for (pair, tail) in stated.windows(2).zip(tails) {
        let Some(from) = tail.filter(|_| units[pair[1]].node.heading.is_empty()) else { continue };
        let Some((kept, heading)) = split(&units[from]) else { continue };
        let title = heading.trim_end_matches([' ', ':', '-']).to_owned();
        let Some(Entry::Line(last) | Entry::Rest(last)) = units[from].lines.last_mut() else { continue };
        marks += ink(last) - ink(&kept) - ink(&title);
        if kept.is_empty() {
            units[from].lines.pop();
        } else {
            *last = kept;
        }
        units[pair[1]].node.heading = title;
    }
    marks
}

fn is_stated_unit(unit: &Unit<'_>) -> bool {
    let node = &unit.node;
    node.stated && node.kind.level() == Level::Unit && !node.label.is_empty()
}

/// The node whose last line could be the heading of the unit at `next`: the unit before, or a paragraph between the two.
fn place(units: &[Unit<'_>], before: usize, next: usize) -> Option<usize> {
    let between = (before + 1..next)
        .rev()
        .find(|at| units[*at].node.kind == ProvisionKind::Para && units[*at].node.label.is_empty());
    let from = between.unwrap_or(before);
    split(&units[from]).map(|_| from)
}

/// What of the last line stays, and the heading behind it.
fn split(unit: &Unit<'_>) -> Option<(String, String)> {
    let Some(Entry::Line(last) | Entry::Rest(last)) = unit.lines.last() else { return None };
    let last = last.trim();
    let language = unit.node.language.primary();
    let lone = unit.node.label.is_empty() && unit.lines.len() == 1;
    let above = unit.lines.len().checked_sub(2).map(|at| unit.lines[at].text().trim());
    if lone || above.is_some() {
        // A short line above, such as the publisher's link, ends nothing and divides all the same.
        let marker = above.is_some_and(|above| above.chars().count() <= 20 && !above.contains(['.', ',']));
        let divided = lone
            || marker
            || above.is_some_and(|above| {
                above.ends_with(['.', ')', ';', ':', '"', '”', ']', '»']) || is_heading(above, language)
            });
        let stopped = last.ends_with('.') && !(lone || marker);
        if divided && !stopped && is_heading(last, language) {
            return Some((String::new(), last.to_owned()));
        }
    }
    let at = glued(last, language)?;
    Some((last[..at].to_owned(), last[at..].to_owned()))
}

fn is_heading(text: &str, language: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.starts_with(char::is_uppercase)
        && text.chars().count() <= LONGEST
        && letters > 3
        && titles::is_title(text)
        && !text.trim_end_matches('.').contains(['.', ';', '"'])
        // The title of a chapter is the chapter's.
        && recognise(text, language).is_none_or(|opening| opening.rank >= 100 || opening.number.is_empty())
}

/// Where a heading begins that lost the space before it: `… hükmündedir.Kıymetli damgada sahtecilik`.
fn glued(text: &str, language: &str) -> Option<usize> {
    let (stop, _) = text.char_indices().rev().find(|(_, c)| matches!(c, '.' | ';' | ')'))?;
    let tail = &text[stop + 1..];
    let before = text[..stop].chars().next_back()?;
    if !tail.starts_with(char::is_uppercase) || before.is_uppercase() || tail.chars().count() > LONGEST {
        return None;
    }
    // A heading of chapters may be glued on too: the last that begins within a word is the unit's.
    let mut begins = stop + 1;
    let mut last = ' ';
    for (at, c) in tail.char_indices() {
        if c.is_uppercase() && last.is_lowercase() {
            begins = stop + 1 + at;
        }
        last = c;
    }
    is_heading(&text[begins..], language).then_some(begins)
}
