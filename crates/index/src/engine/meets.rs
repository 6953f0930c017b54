//! Which entries meet a condition: one bit an entry, worked out segment by segment.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED, TantivyError, Term};

use super::concepts::ConceptSet;
use super::snapshot::{Segment, Snapshot};
use super::table::Card;
use crate::OriginKind;
use crate::query::{Clause, Condition, Field, Leaf, Note, Pattern, Plan, Property, Span, Spans};
use crate::results::chapter_of;

/// One bit for each entry of a segment.
#[derive(Clone, Debug)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    fn none(entries: DocId) -> Self {
        Self(vec![0; (entries as usize).div_ceil(64)])
    }

    fn all(entries: DocId) -> Self {
        let mut bits = Self(vec![u64::MAX; (entries as usize).div_ceil(64)]);
        bits.end(entries);
        bits
    }

    /// Clears what lies beyond the last entry.
    fn end(&mut self, entries: DocId) {
        if !entries.is_multiple_of(64)
            && let Some(last) = self.0.last_mut()
        {
            *last &= (1 << (entries % 64)) - 1;
        }
    }

    fn set(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub(super) fn has(&self, doc: DocId) -> bool {
        self.0[doc as usize / 64] & 1 << (doc % 64) != 0
    }

    fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
    }

    fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits |= other);
    }

    fn invert(&mut self, entries: DocId) {
        self.0.iter_mut().for_each(|bits| *bits = !*bits);
        self.end(entries);
    }

    /// The bits of the 64 entries from `64 * group` on.
    pub(super) fn group(&self, group: usize) -> u64 {
        self.0.get(group).copied().unwrap_or(0)
    }

    /// The first entry at or after `doc` that has its bit.
    pub(super) fn next(&self, doc: DocId) -> Option<DocId> {
        let first = doc as usize / 64;
        let rest = self.group(first) & (u64::MAX << (doc % 64));
        std::iter::once(rest)
            .chain(self.0.get(first + 1..).unwrap_or_default().iter().copied())
            .zip(first..)
            .find(|(bits, _)| *bits != 0)
            .map(|(bits, group)| group as u32 * 64 + bits.trailing_zeros())
    }

    fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = self.next(at)?;
            at = found + 1;
            Some(found)
        })
    }
}

/// The exact terms that patterns stand for.
#[derive(Default)]
pub(super) struct Forms {
    of: HashMap<Pattern, Vec<String>>,
    /// The patterns that stand for more terms than are looked for, by their beginnings.
    cut: Vec<(String, usize)>,
}

/// How many terms one pattern may stand for.
const MOST_FORMS: usize = 200;
/// How many terms all patterns of a query may stand for.
const MOST_FORMS_OF_ALL: usize = 800;
/// How many terms are looked at for all patterns of a query.
const MOST_LOOKED_AT: usize = 100_000;

impl Forms {
    pub(super) fn of(&self, pattern: &Pattern) -> &[String] {
        self.of.get(pattern).map_or(&[], Vec::as_slice)
    }

    /// What the reader should know: which patterns stand for more words than were looked for.
    pub(super) fn notes(&self) -> impl Iterator<Item = Note> + '_ {
        self.cut.iter().map(|(text, read)| Note::ManyForms { text: text.clone(), read: *read })
    }
}

impl Snapshot {
    /// The terms that the patterns of a plan stand for, the most frequent where there are too many.
    pub(super) fn forms(&self, plan: &Plan) -> Result<Forms, TantivyError> {
        let mut patterns: Vec<&Pattern> = Vec::new();
        for clause in plan.words.iter().flat_map(|word| &word.clauses) {
            if let Clause::Pattern { pattern, .. } = clause {
                patterns.push(pattern);
            }
        }
        if let Some(condition) = &plan.condition {
            collect_patterns(condition, &mut patterns);
        }
        let mut forms = Forms::default();
        let (mut left, mut room) = (MOST_LOOKED_AT, MOST_FORMS_OF_ALL);
        for pattern in patterns {
            if forms.of.contains_key(pattern) {
                continue;
            }
            let mut found: HashMap<String, u32> = HashMap::new();
            for segment in &self.segments {
                let index = segment.reader.inverted_index(self.fields.exact)?;
                let from = pattern.beginning();
                let mut stream =
                    index.terms().range().ge(from).lt(format!("{from}\u{10ffff}")).into_stream()?;
                while left > 0 && stream.advance() {
                    left -= 1;
                    if let Ok(term) = std::str::from_utf8(stream.key())
                        && pattern.fits(term)
                    {
                        *found.entry(term.to_owned()).or_default() += stream.value().doc_freq;
                    }
                }
            }
            let mut found: Vec<(String, u32)> = found.into_iter().collect();
            found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            let most = MOST_FORMS.min(room);
            if found.len() > most || left == 0 {
                forms.cut.push((format!("{}*", pattern.beginning()), most.min(found.len())));
            }
            found.truncate(most);
            room -= found.len();
            forms.of.insert(pattern.clone(), found.into_iter().map(|(term, _)| term).collect());
        }
        Ok(forms)
    }

    /// Whether any entry meets the condition of `plan`.
    pub(super) fn can_be_met(&self, plan: &Plan) -> Result<bool, TantivyError> {
        let Some(condition) = &plan.condition else { return Ok(true) };
        let forms = self.forms(plan)?;
        for segment in &self.segments {
            let bits = self.meets(condition, &forms, segment)?;
            if bits.iter().any(|doc| !segment.reader.is_deleted(doc)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The entries of a segment that meet `condition`.
    pub(super) fn meets(
        &self,
        condition: &Condition,
        forms: &Forms,
        segment: &Segment,
    ) -> Result<Bits, TantivyError> {
        let entries = segment.reader.max_doc();
        if let Some(passes) = self.by_expression(condition) {
            return Ok(column(&segment.expression, &passes));
        }
        if let Some(passes) = self.by_tags(condition) {
            return Ok(column(&segment.tags, &passes));
        }
        if let Some(passes) = self.by_concepts(condition) {
            return Ok(column(&segment.concepts, &passes));
        }
        match condition {
            Condition::All(parts) => {
                let mut bits = Bits::all(entries);
                for part in self.gathered(parts, Condition::All) {
                    bits.and(&self.meets(&part, forms, segment)?);
                }
                Ok(bits)
            }
            Condition::Any(parts) => {
                let mut bits = Bits::none(entries);
                for part in self.gathered(parts, Condition::Any) {
                    bits.or(&self.meets(&part, forms, segment)?);
                }
                Ok(bits)
            }
            Condition::Not(part) => {
                let mut bits = self.meets(part, forms, segment)?;
                bits.invert(entries);
                Ok(bits)
            }
            Condition::Text(spans) => Standing::new(self, forms, segment)?.entries(spans, false),
            Condition::Heading(spans) => Standing::new(self, forms, segment)?.entries(spans, true),
            Condition::Label(number) => {
                let index = segment.reader.inverted_index(self.fields.label)?;
                let mut bits = Bits::none(entries);
                set_all(&mut bits, &index, &Term::from_field_text(self.fields.label, number))?;
                Ok(bits)
            }
            // What is said of works and tags was taken above.
            Condition::Title(_) | Condition::TitleBegins(_) | Condition::Is(_) => Ok(Bits::none(entries)),
        }
    }

    /// `parts` with those that ask of works, and those that ask of tags, made one each, so that a column is read once.
    fn gathered(&self, parts: &[Condition], join: fn(Vec<Condition>) -> Condition) -> Vec<Condition> {
        let (of_works, rest): (Vec<_>, Vec<_>) =
            parts.iter().cloned().partition(|part| self.by_expression(part).is_some());
        let (of_tags, mut rest): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|part| self.by_tags(part).is_some());
        rest.extend([of_works, of_tags].into_iter().filter(|parts| !parts.is_empty()).map(join));
        rest
    }

    /// Whether the title of a work holds all of some words, each given in several forms.
    pub(super) fn is_titled(&self, words: &[Vec<String>]) -> bool {
        let title = Condition::Title(words.to_vec());
        self.by_expression(&title).is_some_and(|met| met.contains(&true))
    }

    /// Which expressions meet the condition, where it asks of expressions alone.
    fn by_expression(&self, condition: &Condition) -> Option<Vec<bool>> {
        let count = self.cards.len();
        match condition {
            Condition::All(parts) => joined(parts, count, true, |part| self.by_expression(part)),
            Condition::Any(parts) => joined(parts, count, false, |part| self.by_expression(part)),
            Condition::Not(part) => Some(self.by_expression(part)?.into_iter().map(|met| !met).collect()),
            Condition::Title(words) => {
                let mut met = vec![true; count];
                for forms in words {
                    let mut holds = vec![false; count];
                    let named = forms.iter().filter_map(|form| self.titles.get(form)).flatten();
                    named.for_each(|&expression| holds[expression as usize] = true);
                    met.iter_mut().zip(holds).for_each(|(met, holds)| *met &= holds);
                }
                Some(met)
            }
            Condition::TitleBegins(beginning) => {
                let mut met = vec![false; count];
                let named = self.titles.iter().filter(|(word, _)| word.starts_with(beginning.as_str()));
                named.flat_map(|(_, named)| named).for_each(|&expression| met[expression as usize] = true);
                Some(met)
            }
            Condition::Is(property) => {
                let has = of_card(property)?;
                Some(self.cards.iter().map(has).collect())
            }
            Condition::Text(_) | Condition::Heading(_) | Condition::Label(_) => None,
        }
    }

    /// Which sets of concepts meet the condition, where it asks of concepts alone.
    fn by_concepts(&self, condition: &Condition) -> Option<Vec<bool>> {
        let count = self.concept_sets.len();
        match condition {
            Condition::All(parts) => joined(parts, count, true, |part| self.by_concepts(part)),
            Condition::Any(parts) => joined(parts, count, false, |part| self.by_concepts(part)),
            Condition::Not(part) => Some(self.by_concepts(part)?.into_iter().map(|met| !met).collect()),
            Condition::Is(Property::Concept(id)) => {
                let number = self.thesaurus.number(id);
                let holds = |set: &ConceptSet| number.is_some_and(|number| set.holds(number));
                Some(self.concept_sets.iter().map(holds).collect())
            }
            _ => None,
        }
    }

    /// Which sets of tags meet the condition, where it asks of tags alone.
    fn by_tags(&self, condition: &Condition) -> Option<Vec<bool>> {
        let count = self.tag_sets.len();
        let any_of = |origin: &Option<OriginKind>, fits: &dyn Fn(merida_law::Article) -> bool| {
            let curated = *origin != Some(OriginKind::Suggested);
            let suggested = *origin != Some(OriginKind::Curated);
            let met = self.tag_sets.iter().map(|tags| {
                (curated && tags.set.curated.iter().any(|&tag| fits(tag)))
                    || (suggested && tags.set.suggested.iter().any(|&tag| fits(tag)))
            });
            Some(met.collect())
        };
        match condition {
            Condition::All(parts) => joined(parts, count, true, |part| self.by_tags(part)),
            Condition::Any(parts) => joined(parts, count, false, |part| self.by_tags(part)),
            Condition::Not(part) => Some(self.by_tags(part)?.into_iter().map(|met| !met).collect()),
            Condition::Is(Property::Article(article, origin)) => any_of(origin, &|tag| article.contains(tag)),
            Condition::Is(Property::Chapter(chapter, origin)) => {
                any_of(origin, &|tag| chapter_of(tag) == *chapter)
            }
            Condition::Is(Property::Origin(origin)) => any_of(&Some(*origin), &|_| true),
            _ => None,
        }
    }
}

/// Asks something of a card.
type Asks<'a> = Box<dyn Fn(&Card) -> bool + 'a>;

/// Whether a card has a property, where cards have it.
fn of_card(property: &Property) -> Option<Asks<'_>> {
    Some(match property {
        Property::Article(..) | Property::Chapter(..) | Property::Origin(_) | Property::Concept(_) => {
            return None;
        }
        Property::Jurisdiction(asked) => Box::new(move |card| card.jurisdiction == *asked),
        Property::Region(asked) => Box::new(move |card| card.jurisdiction.region() == Some(*asked)),
        Property::SubRegion(asked) => Box::new(move |card| card.jurisdiction.sub_region() == Some(*asked)),
        // Whoever asks for Chinese means it in either script.
        Property::Language(asked) if asked.bcp47() == asked.primary() => {
            Box::new(move |card| card.language().primary() == asked.primary())
        }
        Property::Language(asked) => Box::new(move |card| card.language() == *asked),
        Property::Kind(asked) => Box::new(move |card| card.kind == *asked),
        Property::Status(asked) => Box::new(move |card| card.status.as_str() == asked.as_str()),
        Property::Authority(asked) => Box::new(move |card| card.authority == *asked),
        Property::Years(from, to) => Box::new(move |card| {
            card.year()
                .is_some_and(|year| from.is_none_or(|from| year >= from) && to.is_none_or(|to| year <= to))
        }),
        Property::Work(asked) => Box::new(move |card| card.expression.work() == asked),
    })
}

/// Tables joined by "and" or "or"; none where one is none.
fn joined(
    parts: &[Condition],
    count: usize,
    all: bool,
    table: impl Fn(&Condition) -> Option<Vec<bool>>,
) -> Option<Vec<bool>> {
    let mut met = vec![all; count];
    for part in parts {
        let other = table(part)?;
        met.iter_mut().zip(other).for_each(|(met, other)| if all { *met &= other } else { *met |= other });
    }
    Some(met)
}

/// The entries whose value in a column passes.
fn column(values: &[u32], passes: &[bool]) -> Bits {
    let group = |group: &[u32]| {
        group.iter().enumerate().fold(0, |bits, (at, &value)| bits | u64::from(passes[value as usize]) << at)
    };
    Bits(values.chunks(64).map(group).collect())
}

fn collect_patterns<'a>(condition: &'a Condition, patterns: &mut Vec<&'a Pattern>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect_patterns(part, patterns));
        }
        Condition::Not(part) => collect_patterns(part, patterns),
        Condition::Text(spans) | Condition::Heading(spans) => {
            each_leaf(spans, &mut |leaf| {
                if let Leaf::Pattern(pattern) = leaf {
                    patterns.push(pattern);
                }
            });
        }
        Condition::Title(_) | Condition::TitleBegins(_) | Condition::Label(_) | Condition::Is(_) => {}
    }
}

fn each_leaf<'a>(spans: &'a Spans, see: &mut impl FnMut(&'a Leaf)) {
    match spans {
        Spans::Leaves(leaves) => leaves.iter().for_each(see),
        Spans::Phrase(slots) => slots.iter().flat_map(|(_, leaves)| leaves).for_each(see),
        Spans::Any(parts) => parts.iter().for_each(|part| each_leaf(part, see)),
        Spans::Near { left, right, .. } => {
            each_leaf(left, see);
            each_leaf(right, see);
        }
    }
}

fn set_all(bits: &mut Bits, index: &InvertedIndexReader, term: &Term) -> Result<(), TantivyError> {
    let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    loop {
        let docs = postings.docs();
        if docs.is_empty() {
            return Ok(());
        }
        docs.iter().filter(|&&doc| doc != TERMINATED).for_each(|&doc| bits.set(doc));
        postings.advance();
    }
}

/// Looks for stretches in the texts of a segment.
struct Standing<'a> {
    snapshot: &'a Snapshot,
    forms: &'a Forms,
    segment: &'a Segment,
    text: Arc<InvertedIndexReader>,
    exact: Arc<InvertedIndexReader>,
}

/// The places of a term, asked for in the order of entries.
struct Cursor {
    postings: SegmentPostings,
    /// How many places beside its own a term covers: pairs of characters cover the next.
    wider: u32,
}

impl<'a> Standing<'a> {
    fn new(snapshot: &'a Snapshot, forms: &'a Forms, segment: &'a Segment) -> Result<Self, TantivyError> {
        let text = segment.reader.inverted_index(snapshot.fields.text)?;
        let exact = segment.reader.inverted_index(snapshot.fields.exact)?;
        Ok(Self { snapshot, forms, segment, text, exact })
    }

    fn entries(&self, spans: &Spans, in_heading: bool) -> Result<Bits, TantivyError> {
        let mut bits = self.candidates(spans)?;
        if !in_heading && !spans.needs_places() {
            return Ok(bits);
        }
        let mut cursors = Vec::new();
        let mut failed = None;
        let compiled = spans.map(&mut |leaf| match self.cursors(leaf, &mut cursors) {
            Ok(range) => range,
            Err(error) => {
                failed = Some(error);
                0..0
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let headings = in_heading
            .then(|| self.segment.reader.fast_fields().u64("heading_words"))
            .transpose()?
            .map(|column| column.first_or_default_col(0));
        let mut kept = Bits::none(self.segment.reader.max_doc());
        let mut places = Vec::new();
        for doc in bits.iter() {
            let mut look = |leaf: &std::ops::Range<usize>, found: &mut Vec<Span>| {
                for cursor in &mut cursors[leaf.clone()] {
                    cursor.places(doc, &mut places);
                    found.extend(places.iter().map(|&place| (place, place + cursor.wider)));
                }
            };
            let stands = compiled.stand(&mut look);
            let meets = match &headings {
                None => !stands.is_empty(),
                Some(headings) => {
                    let words = headings.get_val(doc);
                    stands.iter().any(|span| u64::from(span.1) < words)
                }
            };
            if meets {
                kept.set(doc);
            }
        }
        bits = kept;
        Ok(bits)
    }

    /// The entries that hold what the stretches are made of.
    fn candidates(&self, spans: &Spans) -> Result<Bits, TantivyError> {
        match spans {
            Spans::Leaves(leaves) => self.holding(leaves),
            Spans::Phrase(slots) => {
                let mut bits = Bits::all(self.segment.reader.max_doc());
                for (_, leaves) in slots {
                    bits.and(&self.holding(leaves)?);
                }
                Ok(bits)
            }
            Spans::Any(parts) => {
                let mut bits = Bits::none(self.segment.reader.max_doc());
                for part in parts {
                    bits.or(&self.candidates(part)?);
                }
                Ok(bits)
            }
            Spans::Near { left, right, .. } => {
                let mut bits = self.candidates(left)?;
                bits.and(&self.candidates(right)?);
                Ok(bits)
            }
        }
    }

    fn holding(&self, leaves: &[Leaf]) -> Result<Bits, TantivyError> {
        let mut bits = Bits::none(self.segment.reader.max_doc());
        for leaf in leaves {
            for (index, term, _) in self.terms(leaf) {
                set_all(&mut bits, index, &term)?;
            }
        }
        Ok(bits)
    }

    fn terms(&self, leaf: &Leaf) -> Vec<(&InvertedIndexReader, Term, u32)> {
        match leaf {
            Leaf::Term(field, term) => {
                let key = self.snapshot.key(*field, term);
                match field {
                    Field::Text(lang) => vec![(&*self.text, key, u32::from(lang.pairs()))],
                    Field::Exact => vec![(&*self.exact, key, 0)],
                    Field::Heading(_) => Vec::new(),
                }
            }
            Leaf::Pattern(pattern) => self
                .forms
                .of(pattern)
                .iter()
                .map(|term| (&*self.exact, self.snapshot.key(Field::Exact, term), 0))
                .collect(),
        }
    }

    /// Opens the terms of a leaf; says where in `cursors` they are.
    fn cursors(
        &self,
        leaf: &Leaf,
        cursors: &mut Vec<Cursor>,
    ) -> Result<std::ops::Range<usize>, TantivyError> {
        let from = cursors.len();
        for (index, term, wider) in self.terms(leaf) {
            if let Some(postings) = index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                cursors.push(Cursor { postings, wider });
            }
        }
        Ok(from..cursors.len())
    }
}

impl Cursor {
    fn places(&mut self, doc: DocId, places: &mut Vec<u32>) {
        places.clear();
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        if self.postings.doc() == doc {
            self.postings.positions(places);
        }
    }
}
