//! Units whose opening was joined to the line before it: where the numbers have a gap, the missing one is looked for
//! inside the lines.

use std::collections::HashSet;

use super::lines::{Line, Place};
use super::number;
use super::recognise::{Opening, Style, follow, recognise};

/// The furthest gap in which missing numbers are looked for.
const WIDEST: u32 = 12;

/// Splits lines in which a unit opens that the sequence of numbers misses. Says whether any was.
pub(super) fn split_hidden(lines: &mut Vec<Line<'_>>, opens: &[bool]) -> bool {
    let splits = find(lines, opens);
    if splits.is_empty() {
        return false;
    }
    let mut next = splits.iter().copied().peekable();
    let mut divided = Vec::with_capacity(lines.len() + splits.len());
    for (at, line) in lines.drain(..).enumerate() {
        let text = line.text;
        let mut from = 0;
        let mut rest = line;
        while let Some((_, place)) = next.next_if(|(of, _)| *of == at) {
            let mut before = rest.clone();
            before.text = text[from..place].trim_end();
            divided.push(before);
            rest.text = &text[place..];
            rest.first = true;
            rest.opening = recognise(rest.text, rest.language.primary());
            from = place;
        }
        divided.push(rest);
    }
    *lines = divided;
    true
}

/// The places, in order: (line, byte).
fn find(lines: &[Line<'_>], opens: &[bool]) -> Vec<(usize, usize)> {
    let opened =
        lines.iter().zip(opens).filter(|(_, open)| **open).filter_map(|(line, _)| line.opening.as_ref());
    let known: HashSet<&str> =
        opened.filter(|opening| opening.rank >= 100).map(|opening| opening.number.as_str()).collect();
    let mut places = Vec::new();
    let mut before: Option<(usize, &Opening)> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(opening) =
            line.opening.as_ref().filter(|opening| opens[at] && opening.rank >= 100 && line.unit.is_none())
        else {
            continue;
        };
        if let Some((start, last)) = before
            && last.style == opening.style
            && last.kind == opening.kind
            && opening.main >= last.main
            && opening.main - last.main <= WIDEST
        {
            between(lines, (start, at), (last, opening), &known, &mut places);
        }
        before = Some((at, opening));
    }
    if places.is_empty() {
        places = in_words(lines, opens);
    }
    places
}

/// Articles numbered in words behind a treaty whose articles are numbered in digits, each run into the paragraph
/// before: `… of the Convention. Άρθρο έκτο Νομιμοποίηση …`. Three in order are no references.
fn in_words(lines: &[Line<'_>], opens: &[bool]) -> Vec<(usize, usize)> {
    let mut opened =
        lines.iter().zip(opens).filter(|(line, open)| **open && line.unit.is_none()).filter_map(
            |(line, _)| line.opening.as_ref().map(|opening| &line.text[opening.start..opening.end]),
        );
    let Some(label) = opened.find(|label| label.contains(|c| number::digit(c).is_some())) else {
        return Vec::new();
    };
    let word = label.split([' ', '\u{a0}']).next().unwrap_or_default();
    if word.is_empty() || !word.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut last = 0;
    for (at, line) in lines.iter().enumerate() {
        if matches!(line.place, Place::Table | Place::Note) || line.unit.is_some() {
            continue;
        }
        for (place, _) in line.text.match_indices(word) {
            let before = line.text[..place].trim_end();
            let ended = before.len() < place && before.ends_with(['.', ':', '»', '”', ';']);
            let text = &line.text[place..];
            let Some(opening) = recognise(text, line.language.primary()).filter(|_| ended) else { continue };
            let after = text[opening.end..].trim_start();
            if opening.written == Some(number::Style::Words)
                && opening.rank >= 100
                && (last + 1..=last + 3).contains(&opening.main)
                && (after.is_empty()
                    || after.starts_with(char::is_uppercase)
                    || after.starts_with(['1', '(']))
            {
                last = opening.main;
                places.push((at, place));
            }
        }
    }
    if places.len() >= 3 { places } else { Vec::new() }
}

fn between(
    lines: &[Line<'_>],
    (start, end): (usize, usize),
    (last, next): (&Opening, &Opening),
    known: &HashSet<&str>,
    places: &mut Vec<(usize, usize)>,
) {
    // The word as this text writes it: `Article`, `Art`, `Статья`.
    let label = &lines[start].text[last.start..last.end];
    let word_end = label.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
    let word = &label[..word_end];
    let gap = next.main > last.main + 1;
    let mut expected = last.main;
    for (at, line) in lines.iter().enumerate().take(end).skip(start) {
        if line.place == Place::Table || line.place == Place::Note {
            continue;
        }
        let from = if at == start { last.end } else { 0 };
        if last.style == Style::Keyword && !word.is_empty() {
            worded(line, at, from, word, (expected, next), last, known, places);
        } else if last.style == Style::Bare && gap {
            while expected + 1 < next.main {
                let Some(place) = bare(line.text, from, expected + 1) else { break };
                if places.last().is_some_and(|(of, before)| *of == at && *before >= place) {
                    break;
                }
                places.push((at, place));
                expected += 1;
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "what is known of a place in the sequence")]
fn worded(
    line: &Line<'_>,
    at: usize,
    from: usize,
    word: &str,
    (expected, next): (u32, &Opening),
    last: &Opening,
    known: &HashSet<&str>,
    places: &mut Vec<(usize, usize)>,
) {
    if line.text.len() <= from {
        return;
    }
    for (place, _) in line.text[from..].match_indices(word) {
        let place = from + place;
        let apart = place > 0 && line.text[..place].ends_with([' ', '\u{a0}', ')', ']']);
        if !apart {
            continue;
        }
        let text = &line.text[place..];
        let Some(opening) = recognise(text, line.language.primary()) else { continue };
        let missing = (expected..=next.main).contains(&opening.main)
            && opening.number != last.number
            && opening.number != next.number
            && !known.contains(opening.number.as_str())
            && (opening.main != last.main || opening.number.len() > last.number.len());
        if missing
            && opening.start == 0
            && follow(&text[opening.end..], line.language.primary()) >= 2
            && text[opening.end..].starts_with(['.', ':'])
        {
            places.push((at, place));
        }
    }
}

/// `… 317. Killing`: the number within a line, a full stop and a capital after it.
fn bare(text: &str, from: usize, number: u32) -> Option<usize> {
    let wanted = format!("{number}. ");
    text.get(from..)?.match_indices(&wanted).map(|(place, _)| from + place).find(|place| {
        let titled = text[place + wanted.len()..].starts_with(char::is_uppercase);
        let referred = text[..*place].trim_end().ends_with(['(', '§', ','])
            || ["section", "sections", "article", "para", "paragraph", "and", "or", "to", "No"]
                .iter()
                .any(|word| text[..*place].trim_end().ends_with(word));
        titled && !referred && *place > 0
    })
}
