//! From the tree of what was typed to what an answer must be.

use super::condition::{Condition, Leaf, Property, Spans};
use super::operators::FieldName;
use super::pattern::exactly;
use super::read::{Reader, Reading};
use super::syntax::Node;
use super::values::properties;
use super::{Clause, Field, Note, Part, Word};
use crate::analysis::{Analyser, Lang, Mode, Piece, Tokens, fold, pieces};

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
    fn one(
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

    fn not(&self, inner: &Node<'_>, analyser: &mut Analyser, reading: &mut Reading) -> Option<Condition> {
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
    fn pattern(
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

    /// A field and what is asked of it.
    fn field(
        &self,
        field: FieldName,
        value: &Node<'_>,
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Option<Condition> {
        if field.holds_words() {
            let (condition, parts) =
                reading.inside(|reading| self.within(field, value, how, analyser, reading));
            reading.interpretation.parts.push(Part::Within { field, parts });
            return condition;
        }
        match value {
            Node::Words(_) | Node::Quoted(_) | Node::Pattern(_) => {
                let text = text_of(value);
                match properties(field, &text) {
                    Some(found) => {
                        let usual: Vec<&str> = found.iter().map(|(_, usual)| usual.as_str()).collect();
                        let value = usual.join(",");
                        reading.interpretation.parts.push(Part::Field { field, value, off: false });
                        Condition::any(
                            found.into_iter().map(|(property, _)| Condition::Is(property)).collect(),
                        )
                    }
                    None => {
                        reading.note(Note::UnknownValue { field, value: text });
                        let words = match value {
                            Node::Words(run) => run.clone(),
                            Node::Quoted(text) | Node::Pattern(text) => text.split_whitespace().collect(),
                            _ => Vec::new(),
                        };
                        self.one(&Node::Words(words), how, analyser, reading)
                    }
                }
            }
            Node::Not(inner) => {
                let inner = Node::Field(field, inner.clone());
                self.not(&inner, analyser, reading)
            }
            Node::Sequence(parts) | Node::Any(parts) => {
                let parts: Vec<Node<'_>> =
                    parts.iter().map(|part| Node::Field(field, Box::new(part.clone()))).collect();
                self.one(&Node::Any(parts), how, analyser, reading)
            }
            Node::All(parts) => {
                let parts: Vec<Node<'_>> =
                    parts.iter().map(|part| Node::Field(field, Box::new(part.clone()))).collect();
                self.one(&Node::All(parts), how, analyser, reading)
            }
            Node::Near { left, right, .. } => {
                let parts = vec![(**left).clone(), (**right).clone()];
                self.field(field, &Node::All(parts), how, analyser, reading)
            }
            Node::Field(other, value) => self.field(*other, value, how, analyser, reading),
        }
    }

    /// Words that stand in the title of the work or in the heading of the provision.
    fn within(
        &self,
        field: FieldName,
        node: &Node<'_>,
        how: How,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) -> Option<Condition> {
        let how = if how == How::Should { How::Must } else { how };
        let each = |parts: &[Node<'_>], analyser: &mut Analyser, reading: &mut Reading| {
            let mut met = Vec::new();
            let mut shown = Vec::new();
            for part in parts {
                let (condition, parts) =
                    reading.inside(|reading| self.within(field, part, how, analyser, reading));
                met.extend(condition);
                shown.extend(together(parts));
            }
            (met, shown)
        };
        match node {
            Node::Words(run) => {
                let mut met = Vec::new();
                for text in run {
                    reading.interpretation.parts.push(Part::Word { text: (*text).to_owned() });
                    met.extend(match field {
                        FieldName::Title => self.in_title(text, analyser),
                        _ => self.token(text, analyser).map(Condition::Heading),
                    });
                }
                self.score(run, how, analyser, reading);
                Condition::all(met)
            }
            Node::Quoted(text) => {
                reading.interpretation.parts.push(Part::Phrase { text: text.trim().to_owned() });
                self.score(&[text], how, analyser, reading);
                match field {
                    FieldName::Title => self.in_title(text, analyser),
                    _ => exactly(text, analyser).map(Condition::Heading),
                }
            }
            Node::Pattern(text) => {
                let Some(spans) = exactly(text, analyser).filter(has_pattern) else {
                    reading.note(Note::PatternTooShort { text: (*text).to_owned() });
                    return self.within(field, &Node::Words(vec![text]), how, analyser, reading);
                };
                reading.interpretation.parts.push(Part::Pattern { text: (*text).to_owned() });
                match field {
                    FieldName::Title => Condition::all(
                        patterns(&spans).map(|p| Condition::TitleBegins(p.beginning().to_owned())).collect(),
                    ),
                    _ => Some(Condition::Heading(spans)),
                }
            }
            Node::Sequence(parts) => {
                let (met, shown) = each(parts, analyser, reading);
                reading.interpretation.parts.extend(shown);
                Condition::all(met)
            }
            Node::All(parts) => {
                let (met, shown) = each(parts, analyser, reading);
                reading.interpretation.parts.push(Part::All { parts: shown });
                Condition::all(met)
            }
            Node::Any(parts) => {
                let (met, shown) = each(parts, analyser, reading);
                reading.interpretation.parts.push(Part::Any { parts: shown });
                Condition::any(met)
            }
            Node::Not(inner) => {
                let (condition, parts) =
                    reading.inside(|reading| self.within(field, inner, How::Silent, analyser, reading));
                if let Some(part) = together(parts) {
                    reading.interpretation.parts.push(Part::Not { part: Box::new(part) });
                }
                condition.map(|condition| Condition::Not(Box::new(condition)))
            }
            Node::Near { left, right, within, ordered } => {
                let (lefts, left) = reading.inside(|reading| self.stretches(left, how, analyser, reading));
                let (rights, right) = reading.inside(|reading| self.stretches(right, how, analyser, reading));
                let (Some(left), Some(right)) = (together(left), together(right)) else { return None };
                if field == FieldName::Title {
                    // A title is known by its words alone.
                    reading.interpretation.parts.push(Part::All { parts: vec![left, right] });
                    let words = [lefts, rights].concat();
                    return Condition::all(
                        words.iter().flat_map(title_words).map(Condition::Title).collect(),
                    );
                }
                let (left, right) = (Box::new(left), Box::new(right));
                let (within, ordered) = (*within, *ordered);
                reading.interpretation.parts.push(Part::Near { left, right, within, ordered });
                Condition::all(
                    pairs(&lefts, &rights, within, ordered).into_iter().map(Condition::Heading).collect(),
                )
            }
            Node::Field(other, value) => self.field(*other, value, how, analyser, reading),
        }
    }

    fn in_title(&self, text: &str, analyser: &mut Analyser) -> Option<Condition> {
        let mut words = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Word(range, _) => words.push(self.forms(&text[range], analyser)),
                Piece::Characters(range) => {
                    let run: Vec<char> = text[range].chars().collect();
                    words.extend(run.windows(2).map(|pair| vec![pair.iter().collect::<String>()]));
                }
            }
        }
        (!words.is_empty()).then_some(Condition::Title(words))
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
    fn score(&self, texts: &[&str], how: How, analyser: &mut Analyser, reading: &mut Reading) {
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

    /// The stretches that must all stand near something: words, phrases, and what groups of them stand for.
    fn stretches(
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
    fn token(&self, text: &str, analyser: &mut Analyser) -> Option<Spans> {
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

impl Reading {
    /// What `read` gives, and the parts that it shows.
    fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Vec<Part>) {
        let outer = std::mem::take(&mut self.interpretation.parts);
        let given = read(self);
        (given, std::mem::replace(&mut self.interpretation.parts, outer))
    }

    /// Takes the words of the plan from `from` on out of it, with which of them are stop words.
    fn take_words(&mut self, from: usize) -> (Vec<Word>, Vec<bool>) {
        self.stops.resize(self.plan.words.len(), false);
        (self.plan.words.split_off(from), self.stops.split_off(from))
    }

    fn note(&mut self, note: Note) {
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
    for clause in &word.clauses {
        match clause {
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
fn forms(clauses: &[Clause]) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    for clause in clauses {
        if let Clause::Term { field: field @ (Field::Text(_) | Field::Exact), term, .. } = clause {
            leaves.push(Leaf::Term(*field, term.clone()));
        }
    }
    leaves
}

/// Every one of `lefts` close to every one of `rights`.
fn pairs(lefts: &[Spans], rights: &[Spans], within: u32, ordered: bool) -> Vec<Spans> {
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

fn has_pattern(spans: &Spans) -> bool {
    patterns(spans).next().is_some()
}

fn patterns(spans: &Spans) -> impl Iterator<Item = &super::Pattern> {
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

/// The words of a stretch as a title keeps them.
fn title_words(spans: &Spans) -> Vec<Vec<Vec<String>>> {
    let words = |leaves: &[Leaf]| -> Vec<String> {
        leaves
            .iter()
            .filter_map(|leaf| match leaf {
                Leaf::Term(_, term) => Some(term.clone()),
                Leaf::Pattern(_) => None,
            })
            .collect()
    };
    match spans {
        Spans::Leaves(leaves) => vec![vec![words(leaves)]],
        Spans::Phrase(slots) => vec![slots.iter().map(|(_, leaves)| words(leaves)).collect()],
        Spans::Any(parts) => parts.iter().flat_map(title_words).collect(),
        Spans::Near { left, right, .. } => [title_words(left), title_words(right)].concat(),
    }
}

/// What was typed as a value.
fn text_of(node: &Node<'_>) -> String {
    match node {
        Node::Words(run) => run.join(" "),
        Node::Quoted(text) | Node::Pattern(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// Several parts as one; none where there are none.
fn together(mut parts: Vec<Part>) -> Option<Part> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Part::Together { parts }),
    }
}
