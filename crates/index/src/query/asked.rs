//! From the tree of what was typed to what an answer must be.

use super::condition::{Condition, Leaf, Property, Spans};
use super::operators::FieldName;
use super::pattern::exactly;
use super::read::{Reader, Reading};
use super::stretches::pairs;
use super::syntax::Node;
use super::{Clause, Field, Note, Part, Word};
use crate::analysis::{Analyser, pieces};

/// How the words of a piece are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Most of them should be held.
    Should,
    /// All of them must be held, and add to the score.
    Must,
    /// They must be held, or must not, and add nothing.
    Silent,
}

impl Reader<'_> {
    /// Reads a whole query: its plain words into the words of the plan, all else into its condition.
    pub(super) fn whole(&self, node: &Node<'_>, analyser: &mut Analyser, reading: &mut Reading) {
        let conditions = match node {
            Node::Sequence(parts) => self.side_by_side(parts, How::Should, analyser, reading),
            node => self.one(node, How::Should, analyser, reading).into_iter().collect(),
        };
        reading.plan.condition = Condition::all(conditions);
    }

    /// Pieces side by side: each must be met, but the values of one field are alternatives.
    fn side_by_side(
        &self,
        parts: &[Node<'_>],
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Vec<Condition> {
        let mut met: Vec<Condition> = Vec::new();
        let mut fields: Vec<(FieldName, Vec<Condition>)> = Vec::new();
        for part in parts {
            let Some(condition) = self.one(part, how, analyser, reading) else { continue };
            match (part, &condition) {
                (Node::Field(field, _), Condition::Is(_) | Condition::Any(_)) if !field.holds_words() => {
                    match fields.iter_mut().find(|(known, _)| known == field) {
                        Some((_, values)) => values.push(condition),
                        None => fields.push((*field, vec![condition])),
                    }
                }
                _ => met.push(condition),
            }
        }
        bind_origins(&mut fields);
        met.extend(fields.into_iter().filter_map(|(_, values)| Condition::any(values)));
        met
    }

    /// One piece; what it must meet, if it must meet anything.
    pub(super) fn one(
        &self,
        node: &Node<'_>,
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Option<Condition> {
        match node {
            Node::Words(run) if how == How::Should => {
                self.run(run, analyser, reading);
                None
            }
            Node::Words(run) => Condition::all(self.words(run, how, analyser, reading)),
            Node::Quoted(text) if self.apart => {
                let run: Vec<&str> = text.split_whitespace().collect();
                self.run(&run, analyser, reading);
                None
            }
            Node::Quoted(text) => {
                let spans = exactly(text, analyser)?;
                self.score(&[text], how, analyser, reading);
                reading.interpretation.parts.push(Part::Phrase { text: text.trim().to_owned() });
                Some(Condition::Text(spans))
            }
            Node::Pattern(text) => self.pattern(text, how, analyser, reading),
            Node::Field(field, value) => self.field(*field, value, how, analyser, reading),
            Node::Sequence(parts) => {
                let how = if how == How::Should { How::Must } else { how };
                let (met, parts) = reading.inside(|reading| self.side_by_side(parts, how, analyser, reading));
                reading.interpretation.parts.extend(together(parts));
                Condition::all(met)
            }
            Node::All(operands) | Node::Any(operands) => {
                let how = if how == How::Should { How::Must } else { how };
                let (mut met, mut shown) = (Vec::new(), Vec::new());
                for operand in operands {
                    let (condition, parts) =
                        reading.inside(|reading| self.one(operand, how, analyser, reading));
                    met.extend(condition);
                    shown.extend(together(parts));
                }
                let is_all = matches!(node, Node::All(_));
                let parts = &mut reading.interpretation.parts;
                parts.push(if is_all { Part::All { parts: shown } } else { Part::Any { parts: shown } });
                if is_all { Condition::all(met) } else { Condition::any(met) }
            }
            Node::Not(inner) => self.not(inner, analyser, reading),
            Node::Near { left, right, within, ordered } => {
                let how = if how == How::Should { How::Must } else { how };
                let (lefts, left) = reading.inside(|reading| self.stretches(left, how, analyser, reading));
                let (rights, right) = reading.inside(|reading| self.stretches(right, how, analyser, reading));
                if let (Some(left), Some(right)) = (together(left), together(right)) {
                    reading.interpretation.parts.push(Part::Near {
                        left: Box::new(left),
                        right: Box::new(right),
                        within: *within,
                        ordered: *ordered,
                    });
                }
                Condition::all(
                    pairs(&lefts, &rights, *within, *ordered).into_iter().map(Condition::Text).collect(),
                )
            }
        }
    }

    pub(super) fn not(
        &self,
        inner: &Node<'_>,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Option<Condition> {
        if let Node::Field(FieldName::Concept, value) = inner {
            let id = text_of(value);
            reading.interpretation.parts.push(Part::Field {
                field: FieldName::Concept,
                value: id.clone(),
                off: true,
            });
            reading.without.insert(id);
            return None;
        }
        let (condition, parts) = reading.inside(|reading| self.one(inner, How::Silent, analyser, reading));
        let part = match (inner, together(parts)) {
            (Node::Words(run), Some(_)) => Part::Excluded { text: run.join(" ") },
            (Node::Quoted(text), Some(_)) => Part::Excluded { text: text.trim().to_owned() },
            (_, Some(part)) => Part::Not { part: Box::new(part) },
            (_, None) => return None,
        };
        reading.interpretation.parts.push(part);
        condition.map(|condition| Condition::Not(Box::new(condition)))
    }

    /// A word with unknown letters; read as a word where it begins with too few that are known.
    pub(super) fn pattern(
        &self,
        text: &str,
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Option<Condition> {
        let Some(spans) = exactly(text, analyser).filter(has_pattern) else {
            reading.note(Note::PatternTooShort { text: text.to_owned() });
            return self.one(&Node::Words(vec![text]), how, analyser, reading);
        };
        if how != How::Silent {
            let clauses: Vec<Clause> = patterns(&spans)
                .map(|pattern| Clause::Pattern { pattern: pattern.clone(), weight: self.ranking.text.weight })
                .collect();
            reading.stops.resize(reading.plan.words.len(), false);
            reading.stops.push(false);
            reading.plan.words.push(Word { clauses, counts: 0.0, weight: 1.0 });
        }
        reading.interpretation.parts.push(Part::Pattern { text: text.to_owned() });
        Some(Condition::Text(spans))
    }

    /// Words that must all be held: each as a citation, a jurisdiction or a word in all its forms.
    fn words(
        &self,
        run: &[&str],
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Vec<Condition> {
        let from = reading.plan.words.len();
        self.run(run, analyser, reading);
        let (words, stops) = reading.take_words(from);
        let only_stops = !stops.contains(&false);
        let mut met = Vec::new();
        for (mut word, is_stop) in words.into_iter().zip(stops) {
            if is_stop && !only_stops {
                continue;
            }
            if word.counts > 0.0 {
                met.extend(held(&word));
            }
            word.counts = 0.0;
            if how != How::Silent {
                reading.plan.words.push(word);
                reading.stops.push(false);
            }
        }
        met
    }

    /// Words that add to the score without having to be held.
    pub(super) fn score(&self, texts: &[&str], how: How, analyser: &mut Analyser, reading: &mut Reading) {
        if how == How::Silent {
            return;
        }
        let from = reading.plan.words.len();
        for text in texts {
            for piece in pieces(text) {
                self.piece(text, &piece, analyser, reading);
            }
        }
        let (words, stops) = reading.take_words(from);
        for (mut word, is_stop) in words.into_iter().zip(stops) {
            word.counts = 0.0;
            if !is_stop {
                reading.plan.words.push(word);
                reading.stops.push(false);
            }
        }
    }
}

impl Reading {
    /// What `read` gives, and the parts that it shows.
    pub(super) fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Vec<Part>) {
        let outer = std::mem::take(&mut self.interpretation.parts);
        let given = read(self);
        (given, std::mem::replace(&mut self.interpretation.parts, outer))
    }

    /// Takes the words of the plan from `from` on out of it, with which of them are stop words.
    pub(super) fn take_words(&mut self, from: usize) -> (Vec<Word>, Vec<bool>) {
        self.stops.resize(self.plan.words.len(), false);
        self.asks.truncate(from);
        (self.plan.words.split_off(from), self.stops.split_off(from))
    }

    pub(super) fn note(&mut self, note: Note) {
        if !self.interpretation.notes.contains(&note) {
            self.interpretation.notes.push(note);
        }
    }
}

/// Binds articles and origins that stand side by side, so that one tag must meet both.
fn bind_origins(fields: &mut Vec<(FieldName, Vec<Condition>)>) {
    let is_tag = |field: &FieldName| matches!(field, FieldName::Article | FieldName::Chapter);
    let origins: Vec<crate::OriginKind> = fields
        .iter()
        .filter(|(field, _)| *field == FieldName::Origin)
        .flat_map(|(_, values)| values)
        .filter_map(|value| match value {
            Condition::Is(Property::Origin(origin)) => Some(*origin),
            _ => None,
        })
        .collect();
    let [origin] = origins[..] else { return };
    if !fields.iter().any(|(field, _)| is_tag(field)) {
        return;
    }
    fields.retain(|(field, _)| *field != FieldName::Origin);
    let bind = |condition: &mut Condition| {
        if let Condition::Is(Property::Article(_, of) | Property::Chapter(_, of)) = condition {
            *of = Some(origin);
        }
    };
    for (_, values) in fields.iter_mut().filter(|(field, _)| is_tag(field)) {
        for value in values {
            match value {
                Condition::Any(parts) => parts.iter_mut().for_each(bind),
                one => bind(one),
            }
        }
    }
}

/// What must stand in an entry that holds `word`.
fn held(word: &Word) -> Option<Condition> {
    let mut met = Vec::new();
    let leaves = forms(&word.clauses);
    if !leaves.is_empty() {
        met.push(Condition::Text(Spans::Leaves(leaves)));
    }
    let mut tagged = false;
    // Of what a citation may mean, the narrowest is what must be met.
    let narrowest = word
        .clauses
        .iter()
        .filter_map(|clause| match clause {
            Clause::Meets { condition: Condition::All(parts), .. } => Some(parts),
            _ => None,
        })
        .max_by_key(|parts| parts.len());
    if let Some(parts) = narrowest {
        met.push(Condition::All(parts.clone()));
    }
    for clause in &word.clauses {
        match clause {
            Clause::Label { .. } if narrowest.is_some_and(|parts| parts.len() > 2) => {}
            Clause::Label { number, .. } => met.push(Condition::Label(number.clone())),
            // The first is what was cited; the others are what holds it.
            Clause::Tag { article, .. } if !tagged => {
                tagged = true;
                met.push(Condition::Is(Property::Article(*article, None)));
            }
            Clause::Jurisdiction { jurisdiction, .. } => {
                met.push(Condition::Is(Property::Jurisdiction(*jurisdiction)));
            }
            _ => {}
        }
    }
    Condition::any(met)
}

/// The terms of a word's text, stemmed and exact.
pub(super) fn forms(clauses: &[Clause]) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    for clause in clauses {
        if let Clause::Term { field: field @ (Field::Text(_) | Field::Exact), term, .. } = clause {
            leaves.push(Leaf::Term(*field, term.clone()));
        }
    }
    leaves
}

pub(super) fn has_pattern(spans: &Spans) -> bool {
    patterns(spans).next().is_some()
}

pub(super) fn patterns(spans: &Spans) -> impl Iterator<Item = &super::Pattern> {
    let leaves: Vec<&Leaf> = match spans {
        Spans::Leaves(leaves) => leaves.iter().collect(),
        Spans::Phrase(slots) => slots.iter().flat_map(|(_, leaves)| leaves).collect(),
        Spans::Any(_) | Spans::Near { .. } => Vec::new(),
    };
    leaves.into_iter().filter_map(|leaf| match leaf {
        Leaf::Pattern(pattern) => Some(pattern),
        Leaf::Term(..) => None,
    })
}

/// What was typed as a value.
pub(super) fn text_of(node: &Node<'_>) -> String {
    match node {
        Node::Words(run) => run.join(" "),
        Node::Quoted(text) | Node::Pattern(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// Several parts as one; none where there are none.
pub(super) fn together(mut parts: Vec<Part>) -> Option<Part> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Part::Together { parts }),
    }
}
