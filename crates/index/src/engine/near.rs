//! Ranks the best entries again by how close together neighbours of the query stand in them.

use std::collections::HashMap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TantivyError};

use super::collect::{Gathered, Match, PASSES_ALL};
use super::score::{Prepared, lang_of};
use super::snapshot::Snapshot;
use crate::query::Plan;
use crate::ranking::{Near, Ranking};

/// The best entries, as places in `gathered` and its matches.
pub(super) struct Candidate {
    pub(super) segment: usize,
    range: usize,
    place: usize,
    pub(super) doc: DocId,
    pub(super) score: f32,
}

impl Candidate {
    pub(super) fn found<'a>(&self, gathered: &'a [Gathered]) -> &'a Match {
        &gathered[self.range].matches[self.place]
    }

    pub(super) fn found_mut<'a>(&self, gathered: &'a mut [Gathered]) -> &'a mut Match {
        &mut gathered[self.range].matches[self.place]
    }
}

impl Snapshot {
    pub(super) fn bring_near(
        &self,
        plan: &Plan,
        prepared: &Prepared,
        ranking: &Ranking,
        gathered: &mut [Gathered],
    ) -> Result<(), TantivyError> {
        if plan.neighbours.is_empty() || ranking.near.weight == 0.0 {
            return Ok(());
        }
        let mut candidates = candidates(gathered, ranking.near.candidates);
        candidates.sort_by_key(|candidate| (candidate.segment, candidate.doc));
        for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
            let segment = group[0].segment;
            let mut places = Places::new(self, prepared, segment)?;
            for candidate in group {
                let lang = usize::from(self.segments[segment].lang[candidate.doc as usize]);
                let bonus = places.bonus(plan, prepared, &ranking.near, candidate.doc, lang);
                candidate.found_mut(gathered).score += bonus;
            }
        }
        Ok(())
    }
}

/// The `count` best entries that pass every filter.
pub(super) fn candidates(gathered: &[Gathered], count: usize) -> Vec<Candidate> {
    let mut best: Vec<Candidate> = Vec::new();
    let mut least = f32::NEG_INFINITY;
    let order = |a: &Candidate, b: &Candidate| {
        b.score.total_cmp(&a.score).then((a.range, a.doc).cmp(&(b.range, b.doc)))
    };
    for (range, gathered) in gathered.iter().enumerate() {
        for (place, found) in gathered.matches.iter().enumerate() {
            if found.lift != PASSES_ALL || found.score < least {
                continue;
            }
            best.push(Candidate {
                segment: gathered.segment,
                range,
                place,
                doc: found.doc,
                score: found.score,
            });
            if best.len() >= count * 8 {
                best.select_nth_unstable_by(count - 1, order);
                best.truncate(count);
                least = best[count - 1].score;
            }
        }
    }
    best.sort_by(order);
    best.truncate(count);
    best
}

/// The places of a plan's terms in the entries of a segment; entries are asked for in order.
struct Places {
    postings: HashMap<(usize, usize), SegmentPostings>,
}

impl Places {
    fn new(snapshot: &Snapshot, prepared: &Prepared, segment: usize) -> Result<Self, TantivyError> {
        let mut postings = HashMap::new();
        let index = snapshot.segments[segment].reader.inverted_index(snapshot.fields.text)?;
        for located in snapshot.located(prepared, segment) {
            let Some(lang) = lang_of(located.field) else { continue };
            let list =
                index.read_postings_from_terminfo(&located.info, IndexRecordOption::WithFreqsAndPositions)?;
            postings.insert((located.word, lang.index()), list);
        }
        Ok(Self { postings })
    }

    fn of(&mut self, word: usize, lang: usize, doc: DocId, places: &mut Vec<u32>) {
        places.clear();
        let Some(postings) = self.postings.get_mut(&(word, lang)) else { return };
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            postings.positions(places);
        }
    }

    fn bonus(&mut self, plan: &Plan, prepared: &Prepared, near: &Near, doc: DocId, lang: usize) -> f32 {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let mut known = usize::MAX;
        let mut bonus = 0.0;
        for &(left, right) in &plan.neighbours {
            // The right word of one pair is mostly the left word of the next.
            if known == left {
                std::mem::swap(&mut first, &mut second);
            } else {
                self.of(left, lang, doc, &mut first);
            }
            self.of(right, lang, doc, &mut second);
            known = right;
            let Some(closeness) = closeness(&first, &second, near.window) else { continue };
            let rarity = prepared.words[left].idf.min(prepared.words[right].idf);
            bonus += near.weight * rarity * closeness;
        }
        bonus
    }
}

/// 1 where the second word follows the first somewhere, less where they stand further apart or the other way round.
fn closeness(first: &[u32], second: &[u32], window: u32) -> Option<f32> {
    let mut best: Option<f32> = None;
    let (mut i, mut j) = (0, 0);
    while let (Some(&left), Some(&right)) = (first.get(i), second.get(j)) {
        let apart = left.abs_diff(right);
        if apart > 0 && apart <= window {
            let value = if right > left { 1.0 / apart as f32 } else { 0.7 / apart as f32 };
            best = Some(best.map_or(value, |best| best.max(value)));
        }
        if left <= right {
            i += 1;
        } else {
            j += 1;
        }
    }
    best
}
