//! Entries are read with those before and after them.
//!
//! A short provision says little by itself: its subject stands in the sentence before, its exception in the one after.
//! So words of the query that the best entries lack, but their neighbours in the same text hold, count for them in
//! part; the less, the more words an entry has of its own.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::collect::{Gathered, Match};
use super::near::{Candidate, candidates};
use super::score::Prepared;
use super::snapshot::{Segment, Snapshot};
use crate::analysis::Lang;
use crate::query::{Clause, Plan};
use crate::ranking::{Context, Ranking};

/// So many pairs of characters say as much as one word.
const PAIRS_A_WORD: f32 = 1.6;

impl Snapshot {
    pub(super) fn bring_context(
        &self,
        plan: &Plan,
        prepared: &Prepared,
        ranking: &Ranking,
        gathered: &mut [Gathered],
    ) {
        let context = &ranking.context;
        if plan.alone || (context.next == 0.0 && context.second == 0.0) || cites(plan) {
            return;
        }
        let gains = prepared.gains();
        let mut gifts: Vec<(Candidate, f32)> = Vec::new();
        for candidate in candidates(gathered, context.candidates) {
            let held = candidate.found(gathered).held;
            let mut gift = 0.0;
            for (distance, share) in
                [(-2, context.second), (-1, context.next), (1, context.next), (2, context.second)]
            {
                let Some((segment, doc)) = self.neighbour(&candidate, distance) else { continue };
                let Some(neighbour) = find(gathered, segment, doc) else { continue };
                gift += share * gain(&gains, neighbour.held & !held);
            }
            gift *= self.room(candidate.segment, candidate.doc, context);
            gifts.push((candidate, gift));
        }
        for (candidate, gift) in gifts {
            candidate.found_mut(gathered).score += gift;
        }
    }

    /// The entry that stands `distance` units after another in the same text.
    fn neighbour(&self, of: &Candidate, distance: i64) -> Option<(usize, DocId)> {
        let segment = &self.segments[of.segment];
        let (expression, order) = (segment.expression[of.doc as usize], segment.order[of.doc as usize]);
        self.places.at(expression, i64::from(order) + distance)
    }

    /// How much an entry takes from its neighbours: half at [`Context::length`] words, all where it has next to none.
    fn room(&self, segment: usize, doc: DocId, context: &Context) -> f32 {
        let segment = &self.segments[segment];
        let length = FieldNormReader::id_to_fieldnorm(segment.text_norms[doc as usize]) as f32;
        let pairs = is_pairs(segment, doc);
        let length = if pairs { length / PAIRS_A_WORD } else { length } / context.length;
        1.0 / (1.0 + length * length)
    }
}

fn is_pairs(segment: &Segment, doc: DocId) -> bool {
    Lang::all().nth(usize::from(segment.lang[doc as usize])).is_some_and(Lang::pairs)
}

/// Whether a plan looks for a certain provision, whose neighbours are not meant.
fn cites(plan: &Plan) -> bool {
    plan.words
        .iter()
        .flat_map(|word| &word.clauses)
        .any(|clause| matches!(clause, Clause::Label { .. } | Clause::Tag { .. }))
}

/// The match of an entry, where it is one.
fn find(gathered: &[Gathered], segment: usize, doc: DocId) -> Option<&Match> {
    gathered.iter().filter(|range| range.segment == segment).find_map(|range| {
        let place = range.matches.binary_search_by_key(&doc, |found| found.doc).ok()?;
        range.matches.get(place)
    })
}

/// What the words that bits stand for are worth together.
fn gain(gains: &[f32; 32], mut bits: u32) -> f32 {
    let mut sum = 0.0;
    while bits != 0 {
        sum += gains[bits.trailing_zeros() as usize];
        bits &= bits - 1;
    }
    sum
}

/// Where the units of each expression stand in the index.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// Where the units of each expression begin in `entries`.
    begins: Vec<u32>,
    /// Entries counted through all segments, by expression and place in it.
    entries: Vec<u32>,
    /// The first entry of each segment.
    segments: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Places {
    pub(super) fn of(segments: &[Segment], expressions: usize) -> Self {
        let mut units = vec![0u32; expressions];
        let alive = |segment: &Segment| segment.reader.doc_ids_alive().collect::<Vec<_>>();
        for segment in segments {
            for doc in alive(segment) {
                let units = &mut units[segment.expression[doc as usize] as usize];
                *units = (*units).max(segment.order[doc as usize] + 1);
            }
        }
        let mut begins = vec![0u32; expressions + 1];
        for (expression, units) in units.iter().enumerate() {
            begins[expression + 1] = begins[expression] + units;
        }
        let mut places = Self {
            entries: vec![NOWHERE; begins.last().map_or(0, |&end| end as usize)],
            begins,
            segments: Vec::new(),
        };
        let mut first = 0;
        for segment in segments {
            places.segments.push(first);
            for doc in alive(segment) {
                let expression = segment.expression[doc as usize] as usize;
                let place = places.begins[expression] + segment.order[doc as usize];
                places.entries[place as usize] = first + doc;
            }
            first += segment.reader.max_doc();
        }
        places
    }

    /// The segment and number of a unit of an expression; none beyond its ends.
    pub(super) fn at(&self, expression: u32, order: i64) -> Option<(usize, DocId)> {
        let (begin, end) =
            (*self.begins.get(expression as usize)?, *self.begins.get(expression as usize + 1)?);
        let place = u32::try_from(order).ok()?.checked_add(begin).filter(|&place| place < end)?;
        let entry = *self.entries.get(place as usize).filter(|&&entry| entry != NOWHERE)?;
        let segment = self.segments.partition_point(|&first| first <= entry).checked_sub(1)?;
        Some((segment, entry - self.segments[segment]))
    }
}
