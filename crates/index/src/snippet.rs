//! The part of a text that answers best, and where words of the query stand in it.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::{Analyser, Lang, Mode, Tokens, script_of};
use crate::query::{Clause, Field, Plan};
use crate::results::{Mark, Snippet};

/// Finds words of a plan in texts.
pub(crate) struct Marker {
    stems: HashSet<(Lang, String)>,
    exact: HashSet<String>,
    analyser: Analyser,
    tokens: Tokens,
}

/// How long a snippet is, in Unicode scalar values.
const LENGTH: usize = 280;
/// How much of a text is looked through, in bytes.
const LOOKED_THROUGH: usize = 400_000;

impl Marker {
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut marker = Self {
            stems: HashSet::new(),
            exact: HashSet::new(),
            analyser: Analyser::default(),
            tokens: Tokens::default(),
        };
        for word in &plan.words {
            for clause in &word.clauses {
                match clause {
                    Clause::Term { field: Field::Text(lang), term, .. } if word.counts > 0.0 => {
                        marker.stems.insert((*lang, term.clone()));
                    }
                    // Single characters beside pairs would mark half the text.
                    Clause::Term { field: Field::Exact, term, .. } if word.counts > 0.0 => {
                        marker.exact.insert(term.clone());
                    }
                    _ => {}
                }
            }
        }
        marker
    }

    /// Where words of the plan stand in `text`, in Unicode scalar values.
    pub(crate) fn marks(&mut self, text: &str, lang: Lang) -> Vec<Mark> {
        let found = self.found(text, lang);
        in_scalars(text, &joined(found, text))
    }

    /// The best part of `text`, which begins with `heading`.
    pub(crate) fn snippet(&mut self, text: &str, heading: &str, lang: Lang) -> Snippet {
        // The heading is shown beside the snippet; it is part of it only where nothing else is there.
        let skipped = text
            .strip_prefix(heading)
            .and_then(|rest| rest.strip_prefix('\n'))
            .filter(|rest| !rest.trim().is_empty());
        let offset = skipped.map_or(0, |rest| text.len() - rest.len());
        let body = &text[offset..];
        let found = joined(self.found(body, lang), body);
        let range = best_part(body, &found);
        let part = &body[range.clone()];
        let marks: Vec<Range<usize>> = found
            .iter()
            .filter(|mark| mark.start >= range.start && mark.end <= range.end)
            .map(|mark| mark.start - range.start..mark.end - range.start)
            .collect();
        Snippet {
            marks: in_scalars(part, &marks),
            text: part.to_owned(),
            start: scalars(&text[..offset + range.start]),
            cut: range.end < body.len(),
        }
    }

    /// The words of the plan in `text`, in bytes, in order of their beginnings.
    fn found(&mut self, text: &str, lang: Lang) -> Vec<Range<usize>> {
        if self.stems.is_empty() && self.exact.is_empty() {
            return Vec::new();
        }
        let mut end = text.len().min(LOOKED_THROUGH);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let mut found = Vec::new();
        let mut key = (lang, String::new());
        self.analyser.analyse(text, lang, Mode::Text, &mut self.tokens);
        for (term, token) in self.tokens.iter() {
            key.1.clear();
            key.1.push_str(term);
            if self.stems.contains(&key) {
                found.push(token.bytes.clone());
            }
        }
        self.analyser.analyse(text, lang, Mode::Exact, &mut self.tokens);
        found.extend(
            self.tokens
                .iter()
                .filter(|(term, _)| self.exact.contains(*term))
                .map(|(_, token)| token.bytes.clone()),
        );
        found.sort_by_key(|range| (range.start, range.end));
        found
    }
}

/// Ranges that overlap or touch, made one; as do words of which only spaces stand between.
fn joined(ranges: Vec<Range<usize>>, text: &str) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end || &text[last.end..range.start] == " " => {
                last.end = last.end.max(range.end)
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// The stretch that holds the most marks, cut between words.
fn best_part(text: &str, marks: &[Range<usize>]) -> Range<usize> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).take(LOOKED_THROUGH).collect();
    if starts.len() <= LENGTH {
        return 0..text.len();
    }
    let scalar = |byte: usize| starts.partition_point(|&at| at < byte);
    let places: Vec<usize> = marks.iter().map(|mark| scalar(mark.start)).collect();
    let mut best = (0, 0);
    let mut end = 0;
    for (begin, &place) in places.iter().enumerate() {
        while end < places.len() && places[end] < place + LENGTH - 40 {
            end += 1;
        }
        let held: usize = marks[begin..end].iter().map(|mark| mark.len().min(40)).sum();
        if held > best.0 {
            best = (held, place);
        }
    }
    // A few words before the first mark say what it is about.
    let from = if best.0 == 0 { 0 } else { best.1.saturating_sub(60) };
    let from = from.min(starts.len() - LENGTH);
    let begin = forward_to_word(text, &starts, from);
    let to = starts.get(from + LENGTH).copied().unwrap_or(text.len());
    let end = back_to_word(text, to).max(begin);
    begin..end
}

/// The beginning of a word, sentence or line at or after the scalar `from`.
fn forward_to_word(text: &str, starts: &[usize], from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let begin = starts[from];
    let window = &text[begin..starts.get(from + 30).copied().unwrap_or(text.len())];
    if window.chars().next().and_then(script_of) == Some(crate::analysis::Script::Cjk) {
        return begin;
    }
    window.find(char::is_whitespace).map_or(begin, |space| {
        let after = begin + space;
        after + text[after..].len() - text[after..].trim_start().len()
    })
}

fn back_to_word(text: &str, to: usize) -> usize {
    if to >= text.len() {
        return text.len();
    }
    let head = &text[..to];
    let mut from = to.saturating_sub(60);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    head[from..].rfind(char::is_whitespace).map_or(to, |space| from + space)
}

fn scalars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Ranges in bytes, in order, as ranges in Unicode scalar values.
fn in_scalars(text: &str, ranges: &[Range<usize>]) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(ranges.len());
    let (mut byte, mut scalar) = (0, 0);
    for range in ranges {
        scalar += scalars(&text[byte..range.start]);
        let start = scalar;
        scalar += scalars(&text[range.clone()]);
        byte = range.end;
        marks.push(Mark(start, scalar));
    }
    marks
}
