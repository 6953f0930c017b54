//! What is asked of fields: `country:ke`, `title:(bribery OR corruption)`.

use super::asked::{How, has_pattern, patterns, text_of, together};
use super::condition::{Condition, Leaf, Property, Spans};
use super::operators::FieldName;
use super::pattern::exactly;
use super::read::{Reader, Reading};
use super::stretches::pairs;
use super::syntax::Node;
use super::values::properties;
use super::{Note, Part};
use crate::ConceptId;
use crate::analysis::Analyser;

impl Reader<'_> {
    /// The properties that `text` asks of a field; see [`properties`].
    fn properties(&self, field: FieldName, text: &str) -> Option<Vec<(Property, String)>> {
        if field != FieldName::Concept {
            return properties(field, text);
        }
        let ids = text.split(',').map(|id| id.trim().parse().ok()).collect::<Option<Vec<ConceptId>>>()?;
        let known = ids.iter().all(|id| self.thesaurus.get(id).is_some());
        known.then(|| ids.into_iter().map(|id| (Property::Concept(id.clone()), id.to_string())).collect())
    }

    /// A field and what is asked of it.
    pub(super) fn field(
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
                match self.properties(field, &text) {
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
                        FieldName::Title => self.title(text, analyser),
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
                    FieldName::Title => self.title(text, analyser),
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
