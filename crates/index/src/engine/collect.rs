//! From matching entries to a page of works.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::schema::Value;
use tantivy::{DocId, TantivyDocument, TantivyError};

use super::concepts::ConceptSet;
use super::facets::Counts;
use super::score::Prepared;
use super::snapshot::{Segment, Snapshot, Tags};
use super::stored::Stored;
use super::table::Card;
use crate::analysis::Lang;
use crate::query::{Matching, Note, Plan};
use crate::ranking::{Prior, Ranking};
use crate::results::chapter_of;
use crate::snippet::Marker;
use crate::{Filters, Interpretation, OriginKind, ProvisionHit, Request, Results, Sort, WorkHit};

/// A property that facets count and filters ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    Jurisdiction,
    Region,
    Language,
    Kind,
    Status,
    Authority,
    Year,
}

impl Dimension {
    pub(super) const ALL: [Self; 7] = [
        Self::Jurisdiction,
        Self::Region,
        Self::Language,
        Self::Kind,
        Self::Status,
        Self::Authority,
        Self::Year,
    ];

    /// Whether a card passes the filter on this property.
    fn passes(self, filters: &Filters, card: &Card) -> bool {
        fn any<T: PartialEq>(asked: &[T], value: &T) -> bool {
            asked.is_empty() || asked.contains(value)
        }
        match self {
            Self::Jurisdiction => any(&filters.jurisdictions, &card.jurisdiction),
            Self::Region => {
                filters.regions.is_empty()
                    || card.jurisdiction.region().is_some_and(|region| filters.regions.contains(&region))
            }
            Self::Language => any(&filters.languages, &card.language()),
            Self::Kind => any(&filters.kinds, &card.kind),
            Self::Status => {
                filters.statuses.is_empty()
                    || filters.statuses.iter().any(|status| status.as_str() == card.status.as_str())
            }
            Self::Authority => any(&filters.authorities, &card.authority),
            Self::Year => {
                let year = card.year();
                let listed =
                    filters.years.is_empty() || year.is_some_and(|year| filters.years.contains(&year));
                let from = filters.year_from.is_none_or(|from| year.is_some_and(|year| year >= from));
                let to = filters.year_to.is_none_or(|to| year.is_some_and(|year| year <= to));
                listed && from && to
            }
        }
    }
}

/// What an entry passes, worked out once for each expression and each set of tags.
pub(super) struct Sieve {
    /// 0 where all filters are passed, else 1 + the only dimension that is not, else [`Sieve::FAILS`].
    expressions: Vec<u8>,
    /// [`Sieve::PASSES`], and which filters on tags would have to be lifted.
    tags: Vec<u8>,
    /// For each set of concepts, [`PASSES_ALL`] or [`BY_CONCEPTS`]; empty where nothing is asked.
    concepts: Vec<u8>,
    priors: Vec<f32>,
    curated: Vec<f32>,
    rungs: Vec<f32>,
    enough: usize,
    coordination: f32,
}

/// The lift of a match that passes everything.
pub(super) const PASSES_ALL: u8 = 0;
/// Added to the bits of [`Sieve::tags`] in a match that fails by its tags alone.
pub(super) const BY_TAGS: u8 = 64;
/// The lift of a match that fails by its concepts alone.
pub(super) const BY_CONCEPTS: u8 = 128;
/// The match passes where the filter on articles is lifted.
pub(super) const LIFT_ARTICLES: u8 = 2;
/// The match passes where the filter on origins is lifted.
pub(super) const LIFT_ORIGINS: u8 = 4;

impl Sieve {
    const FAILS: u8 = u8::MAX;
    const PASSES: u8 = 1;

    fn new(snapshot: &Snapshot, plan: &Plan, ranking: &Ranking) -> Self {
        let filters = &plan.filters;
        let expressions = snapshot.cards.iter().map(|card| {
            if !filters.works.is_empty() && !filters.works.contains(card.expression.work()) {
                return Self::FAILS;
            }
            let mut failed =
                Dimension::ALL.iter().zip(1u8..).filter(|(dimension, _)| !dimension.passes(filters, card));
            match (failed.next(), failed.next()) {
                (None, _) => 0,
                (Some((_, number)), None) => number,
                _ => Self::FAILS,
            }
        });
        Self {
            expressions: expressions.collect(),
            tags: snapshot.tag_sets.iter().map(|tags| tags_pass(filters, tags)).collect(),
            concepts: concepts_pass(snapshot, filters),
            priors: snapshot.cards.iter().map(|card| prior(&ranking.prior, card)).collect(),
            curated: snapshot
                .tag_sets
                .iter()
                .map(|tags| if tags.set.curated.is_empty() { 1.0 } else { ranking.prior.curated })
                .collect(),
            rungs: plan.rungs.clone(),
            enough: plan.enough.max(1),
            coordination: ranking.matching.coordination,
        }
    }

    fn rung(&self, share: f32, holds_none: bool) -> u8 {
        if holds_none && share == 0.0 {
            return self.rungs.len() as u8 + 1;
        }
        self.rungs.iter().position(|&rung| share >= rung).unwrap_or(self.rungs.len()) as u8
    }
}

/// What each set of concepts passes; empty where no concept is asked for.
fn concepts_pass(snapshot: &Snapshot, filters: &Filters) -> Vec<u8> {
    if filters.concepts.is_empty() {
        return Vec::new();
    }
    let asked: Vec<_> = filters.concepts.iter().filter_map(|id| snapshot.thesaurus.number(id)).collect();
    let passes = |set: &ConceptSet| asked.iter().any(|&concept| set.holds(concept));
    snapshot.concept_sets.iter().map(|set| if passes(set) { PASSES_ALL } else { BY_CONCEPTS }).collect()
}

fn tags_pass(filters: &Filters, tags: &Tags) -> u8 {
    let by_article = |tagged: &[merida_law::Article]| {
        (filters.articles.is_empty() && filters.chapters.is_empty())
            || tagged.iter().any(|&tag| {
                filters.articles.iter().any(|article| article.contains(tag))
                    || filters.chapters.contains(&chapter_of(tag))
            })
    };
    let origins: &[OriginKind] = if filters.origins.is_empty() { &OriginKind::ALL } else { &filters.origins };
    let of = |origin: &OriginKind| match origin {
        OriginKind::Curated => &tags.set.curated[..],
        OriginKind::Suggested => &tags.set.suggested[..],
    };
    let asks_article = !(filters.articles.is_empty() && filters.chapters.is_empty());
    let asks_origin = !filters.origins.is_empty();
    let passes = if !asks_article && !asks_origin {
        true
    } else {
        origins.iter().any(|origin| !of(origin).is_empty() && by_article(of(origin)))
    };
    let without_articles = !asks_origin || origins.iter().any(|origin| !of(origin).is_empty());
    let without_origins = !asks_article
        || OriginKind::ALL.iter().any(|origin| !of(origin).is_empty() && by_article(of(origin)));
    let bit = |set: bool, bit: u8| if set { bit } else { 0 };
    bit(passes, Sieve::PASSES)
        | bit(asks_article && without_articles, LIFT_ARTICLES)
        | bit(asks_origin && without_origins, LIFT_ORIGINS)
}

fn prior(prior: &Prior, card: &Card) -> f32 {
    let status = match card.status.as_str() {
        "in-force" => prior.in_force,
        "not-yet-in-force" => prior.not_yet_in_force,
        "draft" => prior.draft,
        "superseded" => prior.superseded,
        "repealed" => prior.repealed,
        _ => prior.unknown,
    };
    let authority = match card.authority.as_str() {
        "machine-translation" => prior.machine_translation,
        "digest" => prior.digest,
        _ => 1.0,
    };
    status * authority
}

/// An entry that matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) doc: DocId,
    pub(super) score: f32,
    pub(super) rung: u8,
    /// [`PASSES_ALL`], or which filters would have to be lifted for it.
    pub(super) lift: u8,
    /// Which of the first 32 words that count it holds.
    pub(super) held: u32,
}

/// The entries of a range of a segment that match.
pub(super) struct Gathered {
    pub(super) segment: usize,
    pub(super) matches: Vec<Match>,
    counts: Vec<usize>,
    /// The loosest rung that may still be needed.
    loosest: u8,
}

impl Gathered {
    pub(super) fn new(segment: usize, sieve: &Sieve) -> Self {
        let rungs = sieve.rungs.len() + 2;
        Self { segment, matches: Vec::new(), counts: vec![0; rungs], loosest: rungs as u8 - 1 }
    }

    /// Takes an entry that holds `share` of the words.
    pub(super) fn take(
        &mut self,
        sieve: &Sieve,
        segment: &Segment,
        doc: DocId,
        score: f32,
        share: f32,
        held: u64,
    ) {
        let rung = sieve.rung(share, held == 0);
        if rung > self.loosest {
            return;
        }
        let expression = segment.expression[doc as usize] as usize;
        let tags = segment.tags[doc as usize] as usize;
        let lift = match (sieve.expressions[expression], sieve.tags[tags]) {
            (Sieve::FAILS, _) => return,
            (lift, by_tags) if by_tags & Sieve::PASSES != 0 => lift,
            (PASSES_ALL, by_tags) if by_tags != 0 => BY_TAGS | by_tags,
            _ => return,
        };
        let lift = match sieve.concepts.get(segment.concepts[doc as usize] as usize) {
            None | Some(&PASSES_ALL) => lift,
            Some(_) if lift == PASSES_ALL => BY_CONCEPTS,
            Some(_) => return,
        };
        let coordination = 1.0 - sieve.coordination + sieve.coordination * share;
        let score = score * coordination * sieve.priors[expression] * sieve.curated[tags];
        self.matches.push(Match { doc, score, rung, lift, held: held as u32 });
        if lift == PASSES_ALL {
            self.counts[usize::from(rung)] += 1;
            // Once a rung has enough, looser ones will not be taken.
            if self.counts[usize::from(rung)] >= sieve.enough && rung < self.loosest {
                self.loosest = rung;
            }
        }
    }
}

/// What matches a plan.
struct Found {
    gathered: Vec<Gathered>,
    prepared: Prepared,
    rung: u8,
    /// Whether phrases stood nowhere and were taken apart.
    apart: bool,
}

impl Found {
    fn is_empty(&self) -> bool {
        !self.has(1)
    }

    /// Whether `enough` entries pass every filter.
    fn has(&self, enough: usize) -> bool {
        let mut passing =
            self.gathered.iter().flat_map(|range| &range.matches).filter(|found| found.lift == PASSES_ALL);
        enough == 0 || passing.nth(enough - 1).is_some()
    }
}

impl Snapshot {
    /// Runs a plan; where answers are few, a wider one; where a phrase stands nowhere, its words without it.
    fn find(&self, plan: &Plan, ranking: &Ranking, threads: usize) -> Result<Found, TantivyError> {
        let mut found = self.find_once(plan, ranking, threads)?;
        if let Some(otherwise) = plan.otherwise.as_deref().filter(|_| found.is_empty()) {
            found = self.find(otherwise, ranking, threads)?;
            found.apart = true;
        } else if (plan.widens || plan.enough >= MANY)
            && !found.has(plan.enough)
            && let Some(wider) = self.widened(plan, ranking, plan.enough >= MANY)
        {
            found = self.find_once(&wider, ranking, threads)?;
        }
        Ok(found)
    }

    fn find_once(&self, plan: &Plan, ranking: &Ranking, threads: usize) -> Result<Found, TantivyError> {
        let prepared = self.prepare(plan, ranking)?;
        let sieve = Sieve::new(self, plan, ranking);
        let mut gathered = self.run(&prepared, &sieve, threads)?;
        let rung = choose(&gathered, sieve.enough);
        for range in &mut gathered {
            range.matches.retain(|found| found.rung <= rung);
        }
        self.drop_twins(&mut gathered);
        self.bring_near(plan, &prepared, ranking, &mut gathered)?;
        self.bring_context(plan, &prepared, ranking, &mut gathered);
        Ok(Found { gathered, prepared, rung, apart: false })
    }

    /// Of a provision that stands in several texts of a work in one language, keeps one.
    fn drop_twins(&self, gathered: &mut [Gathered]) {
        if self.segments.iter().all(|segment| segment.twins.is_empty()) {
            return;
        }
        // Rather one that passes than one that would have to be let pass; then the preferred text.
        let mut best: HashMap<u32, (u8, u32, usize, DocId)> = HashMap::new();
        for range in gathered.iter() {
            let segment = &self.segments[range.segment];
            for found in &range.matches {
                let Some(&twin) = segment.twins.get(&found.doc) else { continue };
                let preference = self.preference[segment.expression[found.doc as usize] as usize];
                let key = (found.lift.min(1), preference, range.segment, found.doc);
                best.entry(twin).and_modify(|known| *known = key.min(*known)).or_insert(key);
            }
        }
        for range in gathered {
            let segment = &self.segments[range.segment];
            let number = range.segment;
            range.matches.retain(|found| {
                segment.twins.get(&found.doc).is_none_or(|twin| {
                    best.get(twin).is_some_and(|&(_, _, segment, doc)| (segment, doc) == (number, found.doc))
                })
            });
        }
    }

    /// The best entries of all: the id of each, as it was put, and its score.
    pub(super) fn best(
        &self,
        plan: &Plan,
        count: usize,
        ranking: &Ranking,
        threads: usize,
    ) -> Result<Vec<(String, f32)>, TantivyError> {
        let found = self.find(plan, ranking, threads)?;
        let mut best: Vec<(f32, usize, DocId)> = found
            .gathered
            .iter()
            .flat_map(|range| range.matches.iter().map(|found| (found.score, range.segment, found.doc)))
            .collect();
        let order = |a: &(f32, usize, DocId), b: &(f32, usize, DocId)| {
            b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2)))
        };
        if best.len() > count && count > 0 {
            best.select_nth_unstable_by(count - 1, order);
            best.truncate(count);
        }
        best.sort_by(order);
        best.into_iter()
            .map(|(score, segment, doc)| {
                let place = self.segments[segment].order[doc as usize];
                Ok((place.to_string(), score))
            })
            .collect()
    }

    /// Answers a plan with a page of works.
    pub(super) fn answer(
        &self,
        plan: &Plan,
        mut interpretation: Interpretation,
        request: &Request,
        ranking: &Ranking,
        threads: usize,
    ) -> Result<Results, TantivyError> {
        let found = self.find(plan, ranking, threads)?;
        interpretation.matching = matching(found.rung, plan.rungs.len());
        if found.apart {
            interpretation.notes.push(Note::PhraseTakenApart);
        }
        interpretation.notes.extend(found.prepared.forms.notes());
        let plan = plan.otherwise.as_deref().filter(|_| found.apart).unwrap_or(plan);
        let by_relevance = !found.prepared.looks_for_nothing;
        let mut counts = Counts::new(self, &plan.filters);
        let mut works = vec![(0usize, f32::NEG_INFINITY); self.works.len()];
        for range in &found.gathered {
            let segment = &self.segments[range.segment];
            for found in &range.matches {
                let expression = segment.expression[found.doc as usize];
                let doc = found.doc as usize;
                counts.add(expression, segment.tags[doc], segment.concepts[doc], found.lift);
                if found.lift == PASSES_ALL {
                    let work = &mut works[self.work_of[expression as usize] as usize];
                    work.0 += 1;
                    work.1 = work.1.max(found.score);
                }
            }
        }
        let order = self.page(&works, request, by_relevance);
        let hits = self.hits(&order.page, &works, &found, plan, request, by_relevance)?;
        Ok(Results {
            interpretation,
            total_works: order.total,
            total_provisions: works.iter().map(|(count, _)| count).sum(),
            works: hits,
            facets: counts.facets(self, &plan.filters),
        })
    }

    /// The works of the page that `request` asks for, in order.
    fn page(&self, works: &[(usize, f32)], request: &Request, by_relevance: bool) -> Page {
        let mut order: Vec<u32> =
            (0..works.len() as u32).filter(|&work| works[work as usize].0 > 0).collect();
        let total = order.len();
        let end = request.offset.saturating_add(request.limit).min(total);
        let compare = |a: &u32, b: &u32| {
            let (a, b) = (*a as usize, *b as usize);
            let by_place = match request.sort {
                Sort::Relevance if by_relevance => works[b].1.total_cmp(&works[a].1),
                Sort::Relevance => std::cmp::Ordering::Equal,
                Sort::Date => self.works[a].newest.cmp(&self.works[b].newest),
                Sort::Jurisdiction => self.works[a].jurisdiction.cmp(&self.works[b].jurisdiction),
            };
            by_place.then(self.works[a].citation.cmp(&self.works[b].citation))
        };
        if end > 0 && end < total {
            order.select_nth_unstable_by(end - 1, compare);
            order.truncate(end);
        }
        order.sort_unstable_by(compare);
        order.truncate(end);
        Page { total, page: order.split_off(request.offset.min(order.len())) }
    }

    fn hits(
        &self,
        page: &[u32],
        works: &[(usize, f32)],
        found: &Found,
        plan: &Plan,
        request: &Request,
        by_relevance: bool,
    ) -> Result<Vec<WorkHit>, TantivyError> {
        let places: HashMap<u32, usize> =
            page.iter().enumerate().map(|(place, &work)| (work, place)).collect();
        let mut best: Vec<Vec<Ranked>> = vec![Vec::new(); page.len()];
        // Asked of each expression once, since most entries belong to works of other pages.
        let place_of: Vec<Option<usize>> =
            self.work_of.iter().map(|work| places.get(work).copied()).collect();
        for range in &found.gathered {
            let segment = &self.segments[range.segment];
            for found in range.matches.iter().filter(|found| found.lift == PASSES_ALL) {
                if let Some(place) = place_of[segment.expression[found.doc as usize] as usize] {
                    let score = if by_relevance { found.score } else { 0.0 };
                    best[place].push((
                        Reverse(Ordered(score)),
                        segment.order[found.doc as usize],
                        range.segment,
                        found.doc,
                    ));
                }
            }
        }
        let mut marker = Marker::new(plan, &self.thesaurus);
        let mut hits = Vec::with_capacity(page.len());
        for (&work, mut best) in page.iter().zip(best) {
            best.sort_unstable();
            best.truncate(request.per_work);
            let provisions = best
                .into_iter()
                .map(|(Reverse(Ordered(score)), _, segment, doc)| {
                    self.provision(segment, doc, score, &mut marker)
                })
                .collect::<Result<Vec<_>, _>>()?;
            let (count, score) = works[work as usize];
            let place = &self.works[work as usize];
            let card = &self.cards[place.card as usize];
            hits.push(WorkHit {
                uri: place.uri.clone(),
                title: card.title.clone(),
                title_en: card.title_en.clone(),
                jurisdiction: card.jurisdiction,
                kind: card.kind,
                status: card.status,
                date: card.date,
                more: count - provisions.len(),
                provisions,
                score: if by_relevance { score } else { 0.0 },
            });
        }
        Ok(hits)
    }

    fn provision(
        &self,
        segment: usize,
        doc: DocId,
        score: f32,
        marker: &mut Marker,
    ) -> Result<ProvisionHit, TantivyError> {
        let stored = self.stored(segment, doc)?;
        let card = &self.cards[self.segments[segment].expression[doc as usize] as usize];
        let lang = Lang::of(stored.language);
        let (heading_marks, snippet) = marker.hit(&stored.text, &stored.heading, lang);
        Ok(ProvisionHit {
            expression: card.expression.clone(),
            authority: card.authority,
            language: stored.language,
            id: stored.provision(),
            heading_marks,
            snippet,
            label: stored.label,
            heading: stored.heading,
            articles: stored.curated,
            suggested: stored.suggested,
            score,
            entry: (segment, doc),
        })
    }

    pub(super) fn stored(&self, segment: usize, doc: DocId) -> Result<Stored, TantivyError> {
        let address = tantivy::DocAddress::new(segment as u32, doc);
        let document: TantivyDocument = self.searcher.doc(address)?;
        let value = document.get_first(self.fields.stored).and_then(|value| value.as_str().map(Stored::read));
        Ok(value.unwrap_or_else(|| Stored::read("")))
    }
}

struct Page {
    total: usize,
    page: Vec<u32>,
}

/// An entry of a work: score, place in the law, segment, number there.
type Ranked = (Reverse<Ordered>, u32, usize, DocId);

/// A score that is ordered.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ordered(f32);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The first rung that has enough matches, else the last that adds any.
fn choose(gathered: &[Gathered], enough: usize) -> u8 {
    let rungs = gathered.iter().map(|range| range.counts.len()).max().unwrap_or(1);
    let (mut total, mut last) = (0, 0);
    for rung in 0..rungs {
        let here: usize = gathered.iter().map(|range| range.counts[rung]).sum();
        // What holds none of the words is an answer only where nothing else is.
        if rung + 1 == rungs && total > 0 && enough < MANY {
            break;
        }
        total += here;
        if here > 0 {
            last = rung;
        }
        if total >= enough {
            break;
        }
    }
    last as u8
}

/// From here on, what was asked for is a long ranked list rather than an answer.
const MANY: usize = 100;

fn matching(rung: u8, rungs: usize) -> Matching {
    match usize::from(rung) {
        0 => Matching::All,
        1 => Matching::Most,
        rung if rung < rungs => Matching::Some,
        _ => Matching::Any,
    }
}
