//! What stands close together: `bribe w/5 "public official"`.

use super::asked::{How, forms, together};
use super::condition::{Condition, Leaf, Spans};
use super::pattern::exactly;
use super::read::{Reader, Reading};
use super::syntax::Node;
use super::{Field, Note, Part};
use crate::analysis::{Analyser, Lang, Mode, Piece, Tokens, fold, pieces};

impl Reader<'_> {
    /// The stretches that must all stand near something: words, phrases, and what groups of them stand for.
    pub(super) fn stretches(
        &self,
        node: &Node<'_>,
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Vec<Spans> {
        let mut found = match node {
            Node::Words(run) => {
                let from = reading.plan.words.len();
                for text in run {
                    self.bare(text, analyser, reading);
                }
                let (words, stops) = reading.take_words(from);
                for (mut word, is_stop) in words.into_iter().zip(stops) {
                    word.counts = 0.0;
                    if how != How::Silent && !is_stop {
                        reading.plan.words.push(word);
                        reading.stops.push(false);
                    }
                }
                let said: Vec<&str> = run.iter().copied().filter(|text| !self.is_stop(text)).collect();
                let said = if said.is_empty() { run } else { &said };
                said.iter().filter_map(|text| self.token(text, analyser)).collect()
            }
            Node::Quoted(text) => {
                self.score(&[text], how, analyser, reading);
                reading.interpretation.parts.push(Part::Phrase { text: text.trim().to_owned() });
                exactly(text, analyser).into_iter().collect()
            }
            Node::Pattern(text) => match self.pattern(text, how, analyser, reading) {
                Some(Condition::Text(spans)) => vec![spans],
                _ => Vec::new(),
            },
            Node::Sequence(parts) | Node::All(parts) => {
                let (found, shown) = reading.inside(|reading| {
                    parts
                        .iter()
                        .flat_map(|part| self.stretches(part, how, analyser, reading))
                        .collect::<Vec<_>>()
                });
                let is_all = matches!(node, Node::All(_));
                let parts = &mut reading.interpretation.parts;
                if is_all {
                    parts.push(Part::All { parts: shown })
                } else {
                    parts.extend(together(shown))
                }
                found
            }
            Node::Any(parts) => {
                let (mut any, mut shown) = (Vec::new(), Vec::new());
                for part in parts {
                    let (mut found, parts) =
                        reading.inside(|reading| self.stretches(part, how, analyser, reading));
                    shown.extend(together(parts));
                    // Several words within one alternative stand close together themselves.
                    if let Some(first) = found.pop() {
                        any.push(found.into_iter().rev().fold(first, |right, left| beside(left, right)));
                    }
                }
                reading.interpretation.parts.push(Part::Any { parts: shown });
                if any.is_empty() { Vec::new() } else { vec![Spans::Any(any)] }
            }
            Node::Near { left, right, within, ordered } => {
                let (lefts, left) = reading.inside(|reading| self.stretches(left, how, analyser, reading));
                let (rights, right) = reading.inside(|reading| self.stretches(right, how, analyser, reading));
                if let (Some(left), Some(right)) = (together(left), together(right)) {
                    let (left, right) = (Box::new(left), Box::new(right));
                    let (within, ordered) = (*within, *ordered);
                    reading.interpretation.parts.push(Part::Near { left, right, within, ordered });
                }
                pairs(&lefts, &rights, *within, *ordered)
            }
            Node::Field(_, value) => {
                reading.note(Note::NotNear);
                self.stretches(value, how, analyser, reading)
            }
            Node::Not(_) => {
                reading.note(Note::NotNear);
                Vec::new()
            }
        };
        found.truncate(MOST_NEAR);
        found
    }

    /// What stands between spaces, in all its forms: one place, or several side by side (`anti-corruption`).
    pub(super) fn token(&self, text: &str, analyser: &mut Analyser) -> Option<Spans> {
        let mut slots: Vec<(u32, Vec<Leaf>)> = Vec::new();
        let mut place = 0;
        let mut tokens = Tokens::default();
        let mut folded = String::new();
        for piece in pieces(text) {
            let (Piece::Word(range, _) | Piece::Characters(range)) = &piece;
            let word = &text[range.clone()];
            analyser.analyse(word, Lang::OTHER, Mode::Exact, &mut tokens);
            let exact: Vec<(String, u32)> =
                tokens.iter().map(|(term, token)| (term.to_owned(), token.place)).collect();
            let Some(last) = exact.last().map(|(_, place)| *place) else { continue };
            if matches!(piece, Piece::Characters(_)) {
                let leaf = |term| vec![Leaf::Term(Field::Exact, term)];
                slots.extend(exact.into_iter().map(|(term, at)| (place + at, leaf(term))));
            } else {
                fold(word, &mut folded);
                let word = self.corrections.get(&folded).map_or(word, String::as_str);
                let at = exact.iter().max_by_key(|(term, _)| term.len()).map_or(0, |(_, at)| *at);
                slots.push((place + at, forms(&self.word_clauses(word, analyser))));
            }
            place += last + 1;
        }
        let first = slots.first()?.0;
        for slot in &mut slots {
            slot.0 -= first;
        }
        slots.truncate(MOST_NEAR);
        Some(if slots.len() == 1 { Spans::Leaves(slots.pop()?.1) } else { Spans::Phrase(slots) })
    }
}

/// How many stretches may have to stand near another.
const MOST_NEAR: usize = 16;

/// Every one of `lefts` close to every one of `rights`.
pub(super) fn pairs(lefts: &[Spans], rights: &[Spans], within: u32, ordered: bool) -> Vec<Spans> {
    let mut found = Vec::new();
    for left in lefts {
        for right in rights {
            let (left, right) = (Box::new(left.clone()), Box::new(right.clone()));
            found.push(Spans::Near { left, right, within, ordered });
        }
    }
    found.truncate(MOST_NEAR);
    found
}

fn beside(left: Spans, right: Spans) -> Spans {
    Spans::Near { left: Box::new(left), right: Box::new(right), within: 1, ordered: true }
}
