//! Heads that run over the pages of a text, with the numbers of the pages, taken out of it.

use std::collections::HashMap;

use super::lines::{Line, Place};
use crate::draft::ink;

/// Fewer pages than this have no heads that could be told from text.
const FEWEST: usize = 10;
/// How many characters two lines must share to be the same head.
const SHARED: usize = 10;

/// Takes heads and numbers of pages out of the lines. Returns how many characters they had.
///
/// A page number is a line of digits; a head is what most page numbers have beside them. A number without its head
/// stays: it may be that of a section.
pub(super) fn strip(lines: &mut Vec<Line<'_>>) -> u64 {
    let numbers: Vec<usize> = (0..lines.len()).filter(|at| is_page_number(&lines[*at])).collect();
    if numbers.len() < FEWEST {
        return 0;
    }
    let heads: Vec<(isize, String)> = [-3, -2, -1, 1, 2, 3]
        .into_iter()
        .filter_map(|offset| Some((offset, head(lines, &numbers, offset)?)))
        .collect();
    if heads.is_empty() {
        return 0;
    }
    let mut taken = 0;
    let mut empty = vec![false; lines.len()];
    for number in numbers {
        let mut found = false;
        for (offset, head) in &heads {
            let Some(at) = number.checked_add_signed(*offset).filter(|at| *at < lines.len()) else {
                continue;
            };
            let Some(rest) = lines[at].text.strip_prefix(head.as_str()).filter(|_| !empty[at]) else {
                continue;
            };
            taken += ink(head);
            let rest = rest.trim_start();
            lines[at].text = rest;
            empty[at] = rest.is_empty();
            found = true;
        }
        if found {
            taken += ink(lines[number].text);
            empty[number] = true;
        }
    }
    let mut kept = empty.iter().map(|empty| !empty);
    lines.retain(|_| kept.next().unwrap_or(true));
    taken
}

fn is_page_number(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    line.place == Place::Body && (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// What most of the lines at this distance from the page numbers begin with.
fn head(lines: &[Line<'_>], numbers: &[usize], offset: isize) -> Option<String> {
    let beside =
        || numbers.iter().filter_map(|at| lines.get(at.checked_add_signed(offset)?)).map(|line| line.text);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in beside() {
        let start = text.char_indices().nth(SHARED).map_or(text, |(end, _)| &text[..end]);
        if start.chars().any(char::is_alphabetic) || start.contains('.') {
            *counts.entry(start).or_default() += 1;
        }
    }
    let (start, count) = counts.into_iter().max_by_key(|(start, count)| (*count, start.len()))?;
    if count < FEWEST || count * 10 < numbers.len() * 6 || start.starts_with(['(', '（']) {
        return None;
    }
    let mut shared: Option<&str> = None;
    for text in beside().filter(|text| text.starts_with(start)) {
        shared = Some(shared.map_or(text, |shared| common(shared, text)));
    }
    let shared = shared?.trim_end();
    (shared.chars().count() + 1 >= start.chars().count().min(SHARED)).then(|| shared.to_owned())
}

fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let end = one.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    &one[..end.unwrap_or(one.len().min(other.len()))]
}
