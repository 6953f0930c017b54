//! Which entries a plan matches, and how well.
//!
//! Entries are gone through in windows that fit the processor's cache. In each window every posting of every term
//! adds to its entry's score; then the entries that were touched are checked and handed on. Nothing is skipped, since
//! every match is counted by facets. Segments are cut into ranges, and ranges are shared out to threads.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader, TERMINATED, TantivyError, Term};

use super::collect::{Gathered, Sieve};
use super::concepts::Place;
use super::meets::{Bits, Forms};
use super::schema;
use super::snapshot::{Segment, Snapshot};
use crate::analysis::{Lang, Script};
use crate::query::{Clause, Condition, Field, Plan};
use crate::ranking::{Bm25, Ranking};
use crate::thesaurus::ConceptNumber;

/// How many entries a window holds: scores of 16 bytes fill a quarter of a megabyte.
const WINDOW: u32 = 1 << 14;
/// How many words can be told apart when the share of words held is reckoned.
const TOLD_APART: usize = 64;

/// A plan, with what its terms weigh in this index.
pub(super) struct Prepared {
    pub(super) words: Vec<Weighed>,
    terms: Vec<Vec<Located>>,
    norms: Vec<Arc<[f32; 256]>>,
    /// The entries of each segment that meet the condition, where there is one.
    allowed: Option<Vec<Bits>>,
    /// Whether meeting the condition makes an answer, whatever words it holds.
    admits: bool,
    pub(super) forms: Forms,
    /// What each expression gives, as a place in `given`; 0 is nothing.
    by_expression: Vec<u32>,
    given: Vec<Given>,
    /// What each set of tags gives.
    by_tags: Vec<Vec<Gift>>,
    /// What conditions give to the entries of each segment that meet them.
    by_meeting: Vec<Vec<(Bits, Gift)>>,
    /// What each set of tags gives to entries that are answers already.
    by_tags_beside: Vec<Vec<Gift>>,
    pub(super) looks_for_nothing: bool,
}

/// A word of the plan, weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub(super) idf: f32,
    /// What its score is multiplied by.
    weight: f32,
    /// Its share of the weight of all words.
    share: f32,
    /// Its bit, where its being held is reckoned.
    bit: u64,
}

/// A term that occurs in a segment.
pub(super) struct Located {
    pub(super) word: usize,
    pub(super) field: Field,
    pub(super) info: TermInfo,
    weight: f32,
    norms: usize,
    is_label: bool,
    is_concept: bool,
}

/// What an expression gives to its entries.
#[derive(Clone, Default)]
struct Given {
    gifts: Vec<Gift>,
    /// Whether it holds every word itself, so that all its entries are answers.
    admits: bool,
}

#[derive(Clone, Copy)]
struct Gift {
    bit: u64,
    score: f32,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    score: f32,
    held: u64,
}

impl Snapshot {
    fn indexes(&self, segment: &Segment) -> Result<[Arc<InvertedIndexReader>; 5], TantivyError> {
        let fields = self.fields;
        Ok([
            segment.reader.inverted_index(fields.text)?,
            segment.reader.inverted_index(fields.heading)?,
            segment.reader.inverted_index(fields.exact)?,
            segment.reader.inverted_index(fields.label)?,
            segment.reader.inverted_index(fields.concept)?,
        ])
    }

    fn field(&self, field: Field) -> (tantivy::schema::Field, usize) {
        match field {
            Field::Text(_) => (self.fields.text, 0),
            Field::Heading(_) => (self.fields.heading, 1),
            Field::Exact => (self.fields.exact, 2),
        }
    }

    pub(super) fn key(&self, field: Field, term: &str) -> Term {
        let text = match field {
            Field::Text(lang) | Field::Heading(lang) => schema::term(lang, term),
            Field::Exact => term.to_owned(),
        };
        Term::from_field_text(self.field(field).0, &text)
    }

    /// In how many entries a term stands.
    pub(super) fn frequency(&self, field: Field, term: &str) -> u64 {
        let key = self.key(field, term);
        self.searcher.doc_freq(&key).unwrap_or(0)
    }

    pub(super) fn prepare(&self, plan: &Plan, ranking: &Ranking) -> Result<Prepared, TantivyError> {
        let mut prepared = Prepared {
            words: Vec::new(),
            terms: self.segments.iter().map(|_| Vec::new()).collect(),
            norms: Vec::new(),
            allowed: None,
            admits: plan.condition.as_ref().is_some_and(Condition::asks_text)
                || plan.words.iter().all(|word| word.counts == 0.0),
            forms: self.forms(plan)?,
            by_expression: Vec::new(),
            given: vec![Given::default()],
            by_tags: Vec::new(),
            by_meeting: Vec::new(),
            by_tags_beside: Vec::new(),
            looks_for_nothing: plan.words.is_empty(),
        };
        let indexes =
            self.segments.iter().map(|segment| self.indexes(segment)).collect::<Result<Vec<_>, _>>()?;
        let mut tables = HashMap::new();
        let mut bits = 0;
        for (number, word) in plan.words.iter().enumerate() {
            let counts = word.counts > 0.0 && bits < TOLD_APART;
            let bit = if counts { 1 << bits } else { 0 };
            bits += usize::from(counts);
            let idf = self.locate(number, word, &indexes, ranking, &mut tables, &mut prepared)?;
            prepared.words.push(Weighed {
                idf,
                weight: word.weight,
                share: if counts { idf * word.counts } else { 0.0 },
                bit,
            });
        }
        let total: f32 = prepared.words.iter().map(|word| word.share).sum();
        for word in &mut prepared.words {
            word.share /= total.max(f32::MIN_POSITIVE);
        }
        self.give(plan, ranking, &mut prepared);
        self.reward(plan, &mut prepared)?;
        if let Some(condition) = &plan.condition {
            let segments = self.segments.iter();
            let allowed = segments.map(|segment| self.meets(condition, &prepared.forms, segment));
            prepared.allowed = Some(allowed.collect::<Result<_, _>>()?);
        }
        Ok(prepared)
    }

    /// Finds the terms of a word in every segment and weighs them; returns the rarity of the word.
    fn locate(
        &self,
        number: usize,
        word: &crate::query::Word,
        indexes: &[[Arc<InvertedIndexReader>; 5]],
        ranking: &Ranking,
        tables: &mut HashMap<(u8, usize), usize>,
        prepared: &mut Prepared,
    ) -> Result<f32, TantivyError> {
        let mut found: Vec<(usize, Located)> = Vec::new();
        let (mut in_text, mut in_exact, mut entries) = (0u64, 0u64, 0u64);
        let mut cited = false;
        let mut of_concepts = 0;
        for clause in &word.clauses {
            match clause {
                Clause::Term { field, term, weight } => {
                    let key = self.key(*field, term);
                    let (place, kind) = (self.field(*field).1, self.norm_kind(*field, term));
                    let norms = *tables.entry(kind).or_insert_with(|| {
                        prepared.norms.push(Arc::new(self.norm_table(*field, term, ranking)));
                        prepared.norms.len() - 1
                    });
                    for (segment, index) in indexes.iter().enumerate() {
                        let Some(info) = index[place].get_term_info(&key)? else { continue };
                        match field {
                            Field::Text(_) => in_text += u64::from(info.doc_freq),
                            Field::Exact => in_exact += u64::from(info.doc_freq),
                            Field::Heading(_) => {}
                        }
                        found.push((
                            segment,
                            Located {
                                word: number,
                                field: *field,
                                info,
                                weight: *weight,
                                norms,
                                is_label: false,
                                is_concept: false,
                            },
                        ));
                    }
                    entries += match field {
                        Field::Text(lang) => self.lengths.text(*lang).count,
                        _ => 0,
                    };
                }
                Clause::Label { number: label, score } => {
                    cited = true;
                    let key = Term::from_field_text(self.fields.label, label);
                    for (segment, index) in indexes.iter().enumerate() {
                        let Some(info) = index[3].get_term_info(&key)? else { continue };
                        prepared.terms[segment].push(Located {
                            word: number,
                            field: Field::Exact,
                            info,
                            weight: *score,
                            norms: 0,
                            is_label: true,
                            is_concept: false,
                        });
                    }
                }
                Clause::Pattern { pattern, weight } => {
                    for term in prepared.forms.of(pattern) {
                        let key = self.key(Field::Exact, term);
                        let kind = self.norm_kind(Field::Exact, term);
                        let norms = *tables.entry(kind).or_insert_with(|| {
                            prepared.norms.push(Arc::new(self.norm_table(Field::Exact, term, ranking)));
                            prepared.norms.len() - 1
                        });
                        for (segment, index) in indexes.iter().enumerate() {
                            let Some(info) = index[2].get_term_info(&key)? else { continue };
                            in_exact += u64::from(info.doc_freq);
                            let (field, weight) = (Field::Exact, *weight);
                            found.push((
                                segment,
                                Located {
                                    word: number,
                                    field,
                                    info,
                                    weight,
                                    norms,
                                    is_label: false,
                                    is_concept: false,
                                },
                            ));
                        }
                    }
                }
                Clause::Tag { .. } | Clause::Jurisdiction { .. } | Clause::Meets { .. } => cited = true,
                Clause::Concept { concept, languages, weight, .. } => {
                    let Some(concept) = self.thesaurus.number(concept) else { continue };
                    let rarity = self.rarity(concept);
                    of_concepts = of_concepts.max(self.concept_entries(concept));
                    for &lang in languages {
                        let weight = weight * rarity * word.weight;
                        self.locate_concept(number, concept, lang, weight, ranking, tables, prepared);
                    }
                }
                Clause::Title { .. } => {}
            }
        }
        let (frequency, entries) =
            if in_text > 0 { (in_text, entries) } else { (in_exact, self.lengths.docs.max(entries)) };
        let idf = match (frequency, of_concepts) {
            (0, entries @ 1..) => idf(entries, self.lengths.docs),
            (0, _) if cited => CITED,
            _ => idf(frequency, entries),
        };
        for (segment, mut located) in found {
            located.weight *= idf * word.weight;
            prepared.terms[segment].push(located);
        }
        Ok(idf)
    }

    /// Finds the terms of a concept in a language.
    #[expect(clippy::too_many_arguments, reason = "what is looked for, and the state of one loop")]
    fn locate_concept(
        &self,
        word: usize,
        concept: ConceptNumber,
        lang: Lang,
        weight: f32,
        ranking: &Ranking,
        tables: &mut HashMap<(u8, usize), usize>,
        prepared: &mut Prepared,
    ) {
        for (place, field, share) in [
            (Place::Anywhere, Field::Text(lang), ranking.concept.text),
            (Place::Heading, Field::Heading(lang), ranking.concept.heading),
        ] {
            let mut norms = None;
            for (number, segment) in self.segments.iter().enumerate() {
                let Some(info) = segment.concept_postings.get(&(concept, lang, place)) else { continue };
                let norms = *norms.get_or_insert_with(|| {
                    *tables.entry(self.norm_kind(field, "")).or_insert_with(|| {
                        prepared.norms.push(Arc::new(self.norm_table(field, "", ranking)));
                        prepared.norms.len() - 1
                    })
                });
                prepared.terms[number].push(Located {
                    word,
                    field,
                    info: info.clone(),
                    weight: weight * share,
                    norms,
                    is_label: false,
                    is_concept: true,
                });
            }
        }
    }

    /// In how many entries a concept stands, or a kind of it.
    pub(super) fn concept_entries(&self, concept: ConceptNumber) -> u64 {
        self.concept_entries.get(usize::from(concept)).copied().unwrap_or(0)
    }

    fn rarity(&self, concept: ConceptNumber) -> f32 {
        idf(self.concept_entries(concept), self.lengths.docs)
    }

    fn norm_kind(&self, field: Field, term: &str) -> (u8, usize) {
        match field {
            Field::Text(lang) => (0, lang.index()),
            Field::Heading(lang) => (1, lang.index()),
            Field::Exact => (2, usize::from(is_character(term))),
        }
    }

    fn norm_table(&self, field: Field, term: &str, ranking: &Ranking) -> [f32; 256] {
        let (bm25, mean): (Bm25, f32) = match field {
            Field::Text(lang) => (ranking.text, self.lengths.text(lang).value()),
            Field::Heading(lang) => (ranking.heading, self.lengths.heading(lang).value()),
            Field::Exact if is_character(term) => (ranking.character, self.lengths.exact().value()),
            Field::Exact => (ranking.exact, self.lengths.exact().value()),
        };
        std::array::from_fn(|id| {
            let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            bm25.k1 * (1.0 - bm25.b + bm25.b * length / mean)
        })
    }

    /// What conditions give.
    fn reward(&self, plan: &Plan, prepared: &mut Prepared) -> Result<(), TantivyError> {
        let has = |word: &crate::query::Word| {
            word.clauses.iter().any(|clause| matches!(clause, Clause::Meets { .. }))
        };
        if !plan.words.iter().any(has) {
            return Ok(());
        }
        for segment in &self.segments {
            let mut given = Vec::new();
            for (word, weighed) in plan.words.iter().zip(&prepared.words) {
                for clause in &word.clauses {
                    if let Clause::Meets { condition, score } = clause {
                        let bits = self.meets(condition, &prepared.forms, segment)?;
                        given.push((bits, Gift { bit: weighed.bit, score: score * word.weight }));
                    }
                }
            }
            prepared.by_meeting.push(given);
        }
        Ok(())
    }

    /// What titles, jurisdictions and tags give.
    fn give(&self, plan: &Plan, ranking: &Ranking, prepared: &mut Prepared) {
        let mut by_expression: HashMap<u32, Given> = HashMap::new();
        let mut by_tags: HashMap<u32, Vec<Gift>> = HashMap::new();
        let mut beside: HashMap<u32, Vec<Gift>> = HashMap::new();
        for (word, weighed) in plan.words.iter().zip(&prepared.words) {
            let gift = |score: f32| Gift { bit: weighed.bit, score: score * word.weight };
            for clause in &word.clauses {
                match clause {
                    Clause::Title { terms, weight } => {
                        let mut named: Vec<u32> = terms
                            .iter()
                            .filter_map(|term| self.titles.get(term))
                            .flatten()
                            .copied()
                            .collect();
                        named.sort_unstable();
                        named.dedup();
                        let rarity = idf(named.len() as u64, self.cards.len() as u64);
                        for expression in named {
                            by_expression.entry(expression).or_default().gifts.push(gift(weight * rarity));
                        }
                    }
                    Clause::Jurisdiction { jurisdiction, score } => {
                        for (expression, _) in self
                            .cards
                            .iter()
                            .enumerate()
                            .filter(|(_, card)| card.jurisdiction == *jurisdiction)
                        {
                            by_expression.entry(expression as u32).or_default().gifts.push(gift(*score));
                        }
                    }
                    Clause::Tag { article, curated, suggested } => {
                        for (set, tags) in self.tag_sets.iter().enumerate() {
                            let holds = |tagged: &[merida_law::Article]| {
                                tagged.iter().any(|&tag| article.contains(tag))
                            };
                            let score = if holds(&tags.set.curated) {
                                *curated
                            } else if holds(&tags.set.suggested) {
                                *suggested
                            } else {
                                continue;
                            };
                            by_tags.entry(set as u32).or_default().push(gift(score));
                        }
                    }
                    Clause::Concept { concept, articles, weight, .. } => {
                        let Some(number) = self.thesaurus.number(concept) else { continue };
                        let weight = weight * self.rarity(number) * word.weight;
                        let weights = &ranking.concept;
                        for expression in self.titles_of_concepts.get(&number).into_iter().flatten() {
                            let gift = Gift { bit: 0, score: weight * weights.title };
                            by_expression.entry(*expression).or_default().gifts.push(gift);
                        }
                        if articles.is_empty() {
                            continue;
                        }
                        // By the place of each article: sets of tags name those, with all that holds them.
                        let mut shares = vec![0.0f32; self.articles.len()];
                        for (article, share) in articles {
                            if let Ok(place) = self.articles.binary_search(article) {
                                shares[place] = *share;
                            }
                        }
                        let share = |places: &[u16]| {
                            places.iter().map(|&place| shares[usize::from(place)]).fold(0.0, f32::max)
                        };
                        for (set, tags) in self.tag_sets.iter().enumerate() {
                            let (curated, suggested) = (share(&tags.curated), share(&tags.suggested));
                            if curated > 0.0 {
                                let score = weight * weights.curated * curated;
                                by_tags.entry(set as u32).or_default().push(Gift { bit: weighed.bit, score });
                            } else if suggested > 0.0 {
                                let score = weight * weights.suggested * suggested;
                                beside.entry(set as u32).or_default().push(Gift { bit: 0, score });
                            }
                        }
                    }
                    Clause::Term { .. }
                    | Clause::Pattern { .. }
                    | Clause::Label { .. }
                    | Clause::Meets { .. } => {}
                }
            }
        }
        let all: u64 = prepared.words.iter().fold(0, |bits, word| bits | word.bit);
        if !by_expression.is_empty() {
            prepared.by_expression = vec![0; self.cards.len()];
            for (expression, mut given) in by_expression {
                let held = given.gifts.iter().fold(0, |bits, gift| bits | gift.bit);
                given.admits = all != 0 && prepared.share(held) > 0.98;
                prepared.by_expression[expression as usize] = prepared.given.len() as u32;
                prepared.given.push(given);
            }
        }
        if !by_tags.is_empty() {
            prepared.by_tags = vec![Vec::new(); self.tag_sets.len()];
            for (set, gifts) in by_tags {
                prepared.by_tags[set as usize] = gifts;
            }
        }
        if !beside.is_empty() {
            prepared.by_tags_beside = vec![Vec::new(); self.tag_sets.len()];
            for (set, gifts) in beside {
                prepared.by_tags_beside[set as usize] = gifts;
            }
        }
    }

    /// Runs a plan over every segment and gathers what passes the sieve.
    pub(super) fn run(
        &self,
        prepared: &Prepared,
        sieve: &Sieve,
        threads: usize,
    ) -> Result<Vec<Gathered>, TantivyError> {
        let ranges = self.ranges(prepared, threads);
        if threads < 2 || ranges.len() < 2 {
            return ranges
                .into_iter()
                .map(|(segment, range)| self.run_range(prepared, sieve, segment, range))
                .collect();
        }
        let next = std::sync::atomic::AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let taken = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                let Some((segment, range)) = ranges.get(taken) else { return done };
                done.push((taken, self.run_range(prepared, sieve, *segment, range.clone())));
            }
        };
        let mut all = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.min(ranges.len())).map(|_| scope.spawn(work)).collect();
            let mut all = work();
            for other in others {
                all.extend(other.join().unwrap_or_default());
            }
            all
        });
        // The order of threads must not show.
        all.sort_by_key(|(taken, _)| *taken);
        all.into_iter().map(|(_, gathered)| gathered).collect()
    }

    /// Segments, the large ones cut where the work is worth sharing.
    fn ranges(&self, prepared: &Prepared, threads: usize) -> Vec<(usize, Range<DocId>)> {
        let mut ranges = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            let max = segment.reader.max_doc();
            let postings: u64 = prepared.terms[number].iter().map(|term| u64::from(term.info.doc_freq)).sum();
            let work = if prepared.looks_for_nothing { u64::from(max) } else { postings };
            let pieces =
                if work < 40_000 { 1 } else { (threads as u32 * 2).min(max.div_ceil(WINDOW)).max(1) };
            let size = max.div_ceil(pieces).next_multiple_of(WINDOW).max(1);
            ranges.extend(
                (0..max).step_by(size as usize).map(|start| (number, start..(start + size).min(max))),
            );
        }
        ranges
    }

    fn run_range(
        &self,
        prepared: &Prepared,
        sieve: &Sieve,
        number: usize,
        range: Range<DocId>,
    ) -> Result<Gathered, TantivyError> {
        let segment = &self.segments[number];
        let indexes = self.indexes(segment)?;
        let mut cursors = Vec::with_capacity(prepared.terms[number].len());
        for term in &prepared.terms[number] {
            let index = match term {
                Located { is_label: true, .. } => &indexes[3],
                Located { is_concept: true, .. } => &indexes[4],
                term => &indexes[self.field(term.field).1],
            };
            cursors.push(Cursor::open(index, term, prepared, range.start)?);
        }
        let mut gathered = Gathered::new(number, sieve);
        let deletes = segment.reader.has_deletes();
        let allowed = prepared.allowed.as_ref().map(|allowed| &allowed[number]);
        if prepared.looks_for_nothing {
            for doc in range {
                let met = allowed.is_none_or(|allowed| allowed.has(doc));
                if met && !(deletes && segment.reader.is_deleted(doc)) {
                    gathered.take(sieve, segment, doc, 0.0, 1.0, 1);
                }
            }
            return Ok(gathered);
        }
        let mut known = (0, prepared.share(0));
        let mut window =
            Window { slots: vec![Slot::default(); WINDOW as usize], touched: vec![0; WINDOW as usize / 64] };
        let mut start = range.start;
        while start < range.end {
            let end = (start + WINDOW).min(range.end);
            // Where nothing more is to come, the rest need not be looked at.
            if !prepared.goes_through_all() {
                let admitted = allowed.filter(|_| prepared.admits).and_then(|allowed| allowed.next(start));
                let next = cursors.iter().map(Cursor::next).chain(admitted).min();
                match next {
                    None => break,
                    Some(doc) if doc >= end => {
                        start = doc - (doc - range.start) % WINDOW;
                        continue;
                    }
                    Some(_) => {}
                }
            }
            for cursor in &mut cursors {
                cursor.add(start, end, segment, &prepared.norms, &mut window);
            }
            if let Some(allowed) = allowed.filter(|_| prepared.admits) {
                window.touch_all(allowed, start..end);
            }
            for (bits, gift) in prepared.by_meeting.get(number).into_iter().flatten() {
                window.give_all(bits, start..end, *gift);
            }
            prepared.add_rest(segment, start..end, &mut window);
            window.hand_on(start, |doc, slot| {
                let met = allowed.is_none_or(|allowed| allowed.has(doc));
                if met && !(deletes && segment.reader.is_deleted(doc)) {
                    // Entries that hold the same words stand side by side.
                    if slot.held != known.0 {
                        known = (slot.held, prepared.share(slot.held));
                    }
                    gathered.take(sieve, segment, doc, slot.score, known.1, slot.held);
                }
            });
            start = end;
        }
        Ok(gathered)
    }

    /// The terms of a segment's entries for the words of a plan.
    pub(super) fn located<'a>(
        &self,
        prepared: &'a Prepared,
        segment: usize,
    ) -> impl Iterator<Item = &'a Located> {
        prepared.terms[segment].iter().filter(|term| !term.is_label && !term.is_concept)
    }
}

impl Prepared {
    /// What holding each of the first 32 words that count is worth, as a rule: half of what a text full of it would get.
    pub(super) fn gains(&self) -> [f32; 32] {
        let mut gains = [0.0; 32];
        for word in self.words.iter().filter(|word| word.bit != 0) {
            if let Some(gain) = gains.get_mut(word.bit.trailing_zeros() as usize) {
                *gain = word.idf * word.weight / 2.0;
            }
        }
        gains
    }

    /// The share of the words that the bits stand for, 1 where no words count.
    fn share(&self, held: u64) -> f32 {
        if self.words.iter().all(|word| word.bit == 0) {
            return 1.0;
        }
        self.words.iter().filter(|word| word.bit & held != 0).map(|word| word.share).sum()
    }

    fn goes_through_all(&self) -> bool {
        self.looks_for_nothing
            || !self.by_tags.is_empty()
            || !self.by_meeting.is_empty()
            || self.given.iter().any(|given| given.admits)
    }

    /// Adds what is not in postings: tags, titles, jurisdictions.
    fn add_rest(&self, segment: &Segment, range: Range<DocId>, window: &mut Window) {
        let start = range.start;
        if !self.by_tags.is_empty() {
            for doc in range.clone() {
                let gifts = &self.by_tags[segment.tags[doc as usize] as usize];
                for gift in gifts {
                    window.give((doc - start) as usize, *gift);
                    window.touch((doc - start) as usize);
                }
            }
        }
        if !self.by_tags_beside.is_empty() {
            for doc in range.clone() {
                let place = (doc - start) as usize;
                if window.is_touched(place) {
                    let gifts = &self.by_tags_beside[segment.tags[doc as usize] as usize];
                    gifts.iter().for_each(|gift| window.give(place, *gift));
                }
            }
        }
        if !self.by_expression.is_empty() {
            for doc in range.clone() {
                let given = self.by_expression[segment.expression[doc as usize] as usize];
                if given == 0 {
                    continue;
                }
                let given = &self.given[given as usize];
                let place = (doc - start) as usize;
                if given.admits {
                    window.touch(place);
                }
                if window.is_touched(place) {
                    for gift in &given.gifts {
                        window.give(place, *gift);
                    }
                }
            }
        }
    }
}

struct Window {
    slots: Vec<Slot>,
    touched: Vec<u64>,
}

impl Window {
    fn touch(&mut self, place: usize) {
        self.touched[place / 64] |= 1 << (place % 64);
    }

    /// Touches the entries of `range` that have their bit; windows begin at whole groups of bits.
    fn touch_all(&mut self, bits: &Bits, range: Range<DocId>) {
        let first = range.start as usize / 64;
        for (at, touched) in self.touched.iter_mut().enumerate() {
            let from = range.start as usize + at * 64;
            let left = (range.end as usize).saturating_sub(from);
            let within = if left >= 64 { u64::MAX } else { (1 << left) - 1 };
            *touched |= bits.group(first + at) & within;
        }
    }

    fn give_all(&mut self, bits: &Bits, range: Range<DocId>, gift: Gift) {
        let mut at = range.start;
        while let Some(doc) = bits.next(at).filter(|&doc| doc < range.end) {
            let place = (doc - range.start) as usize;
            self.give(place, gift);
            self.touch(place);
            at = doc + 1;
        }
    }

    fn is_touched(&self, place: usize) -> bool {
        self.touched[place / 64] & 1 << (place % 64) != 0
    }

    fn give(&mut self, place: usize, gift: Gift) {
        let slot = &mut self.slots[place];
        slot.score += gift.score;
        slot.held |= gift.bit;
    }

    /// Hands on the entries that were touched, in order, and clears the window.
    fn hand_on(&mut self, start: DocId, mut take: impl FnMut(DocId, Slot)) {
        for (group, bits) in self.touched.iter_mut().enumerate() {
            let mut rest = std::mem::take(bits);
            while rest != 0 {
                let place = group * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                take(start + place as u32, std::mem::take(&mut self.slots[place]));
            }
        }
    }
}

struct Cursor {
    postings: BlockSegmentPostings,
    at: usize,
    bit: u64,
    weight: f32,
    norms: usize,
    column: Column,
}

#[derive(Clone, Copy)]
enum Column {
    Text,
    Heading,
    Exact,
    Label,
}

impl Cursor {
    fn open(
        index: &InvertedIndexReader,
        term: &Located,
        prepared: &Prepared,
        from: DocId,
    ) -> Result<Self, TantivyError> {
        let option = if term.is_label { IndexRecordOption::Basic } else { IndexRecordOption::WithFreqs };
        let mut postings = index.read_block_postings_from_terminfo(&term.info, option)?;
        let at = if from > 0 { postings.seek(from) } else { 0 };
        let column = match (term.is_label, term.field) {
            (true, _) => Column::Label,
            (_, Field::Text(_)) => Column::Text,
            (_, Field::Heading(_)) => Column::Heading,
            (_, Field::Exact) => Column::Exact,
        };
        Ok(Self {
            postings,
            at,
            bit: prepared.words[term.word].bit,
            weight: term.weight,
            norms: term.norms,
            column,
        })
    }

    fn next(&self) -> DocId {
        self.postings.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn add(
        &mut self,
        start: DocId,
        end: DocId,
        segment: &Segment,
        norms: &[Arc<[f32; 256]>],
        window: &mut Window,
    ) {
        let lengths = match self.column {
            Column::Text => &segment.text_norms,
            Column::Heading => &segment.heading_norms,
            Column::Exact => &segment.exact_norms,
            Column::Label => return self.add_label(start, end, window),
        };
        let table = &norms[self.norms];
        loop {
            let docs = self.postings.docs();
            if docs.is_empty() {
                return;
            }
            let freqs = self.postings.freqs();
            while let Some(&doc) = docs.get(self.at) {
                if doc >= end {
                    return;
                }
                let tf = freqs[self.at] as f32;
                let norm = table[usize::from(lengths[doc as usize])];
                let place = (doc - start) as usize;
                let slot = &mut window.slots[place];
                slot.score += self.weight * tf / (tf + norm);
                slot.held |= self.bit;
                window.touched[place / 64] |= 1 << (place % 64);
                self.at += 1;
            }
            self.postings.advance();
            self.at = 0;
        }
    }

    fn add_label(&mut self, start: DocId, end: DocId, window: &mut Window) {
        loop {
            let docs = self.postings.docs();
            if docs.is_empty() {
                return;
            }
            while let Some(&doc) = docs.get(self.at) {
                if doc >= end {
                    return;
                }
                let place = (doc - start) as usize;
                window.give(place, Gift { bit: self.bit, score: self.weight });
                window.touch(place);
                self.at += 1;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

/// The rarity of a word that occurs nowhere but is a citation.
const CITED: f32 = 8.0;

/// The rarity of a term in `frequency` of `entries` entries.
fn idf(frequency: u64, entries: u64) -> f32 {
    let (frequency, entries) = (frequency as f32, entries.max(frequency) as f32);
    (1.0 + (entries - frequency + 0.5) / (frequency + 0.5)).ln()
}

/// Whether an exact term is a single Chinese, Japanese or Korean character.
fn is_character(term: &str) -> bool {
    let mut chars = term.chars();
    let first = chars.next();
    chars.next().is_none()
        && first.and_then(crate::analysis::script_of).is_some_and(|script| script == Script::Cjk)
}

/// The language in which a located term is written, none for exact terms.
pub(super) fn lang_of(field: Field) -> Option<Lang> {
    match field {
        Field::Text(lang) => Some(lang),
        _ => None,
    }
}
