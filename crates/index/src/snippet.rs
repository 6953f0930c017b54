//! The part of a text that answers best, and where words of the query stand in it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::Thesaurus;
use crate::analysis::{Analyser, Lang, Mode, Tokens, script_of};
use crate::query::{Clause, Condition, Field, Leaf, Pattern, Plan, Span, Spans};
use crate::results::{Mark, Snippet};
use crate::thesaurus::ConceptNumber;

/// Finds what a plan asks for in texts: its words wherever they stand, and what its condition puts together only where
/// it stands together.
pub struct Marker {
    thesaurus: Arc<Thesaurus>,
    /// The concepts that are looked for, by language.
    concepts: HashSet<(Lang, ConceptNumber)>,
    stems: HashSet<(Lang, String)>,
    exact: HashSet<String>,
    /// The terms and patterns of which stretches are made, by number.
    leaves: HashMap<Leaf, usize>,
    patterns: Vec<(Pattern, usize)>,
    stretches: Vec<Stretch>,
    analyser: Analyser,
    tokens: Tokens,
}

/// A stretch that is looked for, and whether in headings alone.
struct Stretch {
    spans: Spans<usize>,
    in_heading: bool,
}

/// How long a snippet is, in Unicode scalar values.
const LENGTH: usize = 280;
/// How much of a text is looked through, in bytes.
const LOOKED_THROUGH: usize = 400_000;

impl Marker {
    pub(crate) fn new(plan: &Plan, thesaurus: &Arc<Thesaurus>) -> Self {
        let mut marker = Self {
            thesaurus: Arc::clone(thesaurus),
            concepts: HashSet::new(),
            stems: HashSet::new(),
            exact: HashSet::new(),
            leaves: HashMap::new(),
            patterns: Vec::new(),
            stretches: Vec::new(),
            analyser: Analyser::default(),
            tokens: Tokens::default(),
        };
        // What does not count says too little alone (a character beside pairs), or is asked for by the condition.
        for word in plan.words.iter().filter(|word| word.counts > 0.0) {
            for clause in &word.clauses {
                match clause {
                    Clause::Term { field: Field::Text(lang), term, .. } => {
                        marker.stems.insert((*lang, term.clone()));
                    }
                    Clause::Concept { concept, languages, .. } => {
                        let number = thesaurus.number(concept);
                        marker.concepts.extend(languages.iter().filter_map(|&lang| Some((lang, number?))));
                    }
                    Clause::Term { field: Field::Exact, term, .. } => {
                        marker.exact.insert(term.clone());
                    }
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        if let Some(condition) = &plan.condition {
            Condition::stretches(condition, &mut found);
        }
        for (spans, in_heading) in found {
            let spans = spans.map(&mut |leaf| marker.number(leaf));
            marker.stretches.push(Stretch { spans, in_heading });
        }
        marker
    }

    fn number(&mut self, leaf: &Leaf) -> usize {
        let next = self.leaves.len();
        let number = *self.leaves.entry(leaf.clone()).or_insert(next);
        if number == next
            && let Leaf::Pattern(pattern) = leaf
        {
            self.patterns.push((pattern.clone(), number));
        }
        number
    }

    /// Whether there is nothing to be marked in any text.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
            && self.exact.is_empty()
            && self.stretches.is_empty()
            && self.concepts.is_empty()
    }

    /// Where what was asked for stands in `text`, whose first `heading` bytes are its heading: in order, merged.
    pub fn marks(&mut self, text: &str, heading: usize, language: merida_law::Language) -> Vec<Mark> {
        let found = joined(self.found(text, heading, Lang::of(language)), text);
        in_scalars(text, &found)
    }

    /// The marks of `heading`, and the best part of `text`, which begins with it.
    pub(crate) fn hit(&mut self, text: &str, heading: &str, lang: Lang) -> (Vec<Mark>, Snippet) {
        let begins = text.starts_with(heading);
        let found = joined(self.found(text, if begins { heading.len() } else { 0 }, lang), text);
        // The heading is shown beside the snippet; it is part of it only where nothing else is there.
        let skipped = text
            .strip_prefix(heading)
            .and_then(|rest| rest.strip_prefix('\n'))
            .filter(|rest| !rest.trim().is_empty());
        let offset = skipped.map_or(0, |rest| text.len() - rest.len());
        let body = &text[offset..];
        let heading_marks = if begins {
            let inside = found.iter().filter(|mark| mark.end <= heading.len()).cloned();
            in_scalars(heading, &inside.collect::<Vec<_>>())
        } else {
            let found = joined(self.found(heading, heading.len(), lang), heading);
            in_scalars(heading, &found)
        };
        let found: Vec<Range<usize>> = found
            .iter()
            .filter(|mark| mark.start >= offset)
            .map(|mark| mark.start - offset..mark.end - offset)
            .collect();
        let range = best_part(body, &found);
        let part = &body[range.clone()];
        let marks: Vec<Range<usize>> = found
            .iter()
            .filter(|mark| mark.start >= range.start && mark.end <= range.end)
            .map(|mark| mark.start - range.start..mark.end - range.start)
            .collect();
        let snippet = Snippet {
            marks: in_scalars(part, &marks),
            text: part.to_owned(),
            start: scalars(&text[..offset + range.start]),
            cut: range.end < body.len(),
        };
        (heading_marks, snippet)
    }

    /// What is to be marked in `text`, in bytes, in order of beginnings; its heading ends at `heading`.
    fn found(&mut self, text: &str, heading: usize, lang: Lang) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut end = text.len().min(LOOKED_THROUGH);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let mut found = Vec::new();
        let mut places: Vec<Vec<Span>> = vec![Vec::new(); self.leaves.len()];
        let mut key = (lang, String::new());
        let mut leaf = Leaf::Term(Field::Text(lang), String::new());
        let (stretches, wider) = (!self.stretches.is_empty(), u32::from(lang.pairs()));
        self.analyser.analyse(text, lang, Mode::Text, &mut self.tokens);
        for (term, token) in self.tokens.iter() {
            key.1.clear();
            key.1.push_str(term);
            if self.stems.contains(&key) {
                found.push(token.bytes.clone());
            }
            if stretches {
                set_term(&mut leaf, term);
                if let Some(&number) = self.leaves.get(&leaf) {
                    places[number].push((token.place, token.place + wider));
                }
            }
        }
        self.add_concepts(text, lang, Mode::Text, &mut found);
        self.analyser.analyse(text, lang, Mode::Exact, &mut self.tokens);
        self.add_concepts(text, lang, Mode::Exact, &mut found);
        let mut leaf = Leaf::Term(Field::Exact, String::new());
        // Where each place stands; places of exact terms follow one another.
        let mut stands: Vec<(u32, Range<usize>)> = Vec::new();
        for (term, token) in self.tokens.iter() {
            if self.exact.contains(term) {
                found.push(token.bytes.clone());
            }
            if !stretches {
                continue;
            }
            stands.push((token.place, token.bytes.clone()));
            set_term(&mut leaf, term);
            if let Some(&number) = self.leaves.get(&leaf) {
                places[number].push((token.place, token.place));
            }
            for (pattern, number) in &self.patterns {
                if pattern.fits(term) {
                    places[*number].push((token.place, token.place));
                }
            }
        }
        for stretch in &self.stretches {
            let shown = stretch.spans.shown(&mut |&leaf, out| out.extend(&places[leaf]));
            for (first, last) in shown {
                let at = |place: u32| {
                    let index = stands.partition_point(|(known, _)| *known < place);
                    stands.get(index).filter(|(known, _)| *known == place).map(|(_, bytes)| bytes)
                };
                let Some(begin) = at(first) else { continue };
                let bytes = begin.start..at(last).unwrap_or(begin).end;
                if !stretch.in_heading || bytes.end <= heading {
                    found.push(bytes);
                }
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        found
    }

    /// The concepts of the plan in a text that has just been analysed in `mode`, if they are told from such terms.
    fn add_concepts(&self, text: &str, lang: Lang, mode: Mode, marks: &mut Vec<Range<usize>>) {
        let recogniser = self.thesaurus.recogniser();
        if self.concepts.is_empty() || recogniser.mode(lang) != Some(mode) {
            return;
        }
        let mut found = Vec::new();
        recogniser.found(lang, text, &self.tokens, &mut found);
        let looked_for = found.into_iter().filter(|found| self.concepts.contains(&(lang, found.concept)));
        marks.extend(looked_for.map(|found| found.bytes));
    }
}

fn set_term(leaf: &mut Leaf, text: &str) {
    if let Leaf::Term(_, term) = leaf {
        term.clear();
        term.push_str(text);
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
