//! Counting by every property.

use std::collections::HashMap;
use std::hash::Hash;

use merida_law::Status;

use super::collect::{BY_CONCEPTS, BY_TAGS, Dimension, LIFT_ARTICLES, LIFT_ORIGINS, PASSES_ALL};
use super::snapshot::Snapshot;
use super::table::Card;
use crate::results::{ArticleFacet, ChapterFacet, Facet, Facets, chapter_of};
use crate::{Concept, ConceptId, Filters, OriginKind};

/// How many entries match, by expression and by set of tags; and how many more would, were one filter lifted.
pub(super) struct Counts {
    expressions: Vec<usize>,
    tags: Vec<usize>,
    lifted: [Vec<usize>; 7],
    lifted_articles: Vec<usize>,
    lifted_origins: Vec<usize>,
    concepts: Vec<usize>,
    lifted_concepts: Vec<usize>,
}

impl Counts {
    pub(super) fn new(snapshot: &Snapshot, filters: &Filters) -> Self {
        let none = |asked: bool, length: usize| if asked { vec![0; length] } else { Vec::new() };
        let (cards, tags) = (snapshot.cards.len(), snapshot.tag_sets.len());
        let asked = [
            !filters.jurisdictions.is_empty(),
            !filters.regions.is_empty(),
            !filters.languages.is_empty(),
            !filters.kinds.is_empty(),
            !filters.statuses.is_empty(),
            !filters.authorities.is_empty(),
            !filters.years.is_empty() || filters.year_from.is_some() || filters.year_to.is_some(),
        ];
        Self {
            expressions: vec![0; cards],
            tags: vec![0; tags],
            lifted: asked.map(|asked| none(asked, cards)),
            lifted_articles: none(!filters.articles.is_empty() || !filters.chapters.is_empty(), tags),
            lifted_origins: none(!filters.origins.is_empty(), tags),
            concepts: vec![0; snapshot.concept_sets.len()],
            lifted_concepts: none(!filters.concepts.is_empty(), snapshot.concept_sets.len()),
        }
    }

    pub(super) fn add(&mut self, expression: u32, tags: u32, concepts: u32, lift: u8) {
        let (expression, tags, concepts) = (expression as usize, tags as usize, concepts as usize);
        if lift == PASSES_ALL {
            self.expressions[expression] += 1;
            self.tags[tags] += 1;
            self.concepts[concepts] += 1;
            return;
        }
        if lift == BY_CONCEPTS {
            self.lifted_concepts[concepts] += 1;
            return;
        }
        if lift & BY_TAGS == 0 {
            self.lifted[usize::from(lift - 1)][expression] += 1;
            return;
        }
        if lift & LIFT_ARTICLES != 0 {
            self.lifted_articles[tags] += 1;
        }
        if lift & LIFT_ORIGINS != 0 {
            self.lifted_origins[tags] += 1;
        }
    }

    pub(super) fn facets(&self, snapshot: &Snapshot, filters: &Filters) -> Facets {
        let cards = &snapshot.cards;
        let statuses: Vec<&str> = filters.statuses.iter().map(|status| status.as_str()).collect();
        let mut years = self.by(Dimension::Year, cards, &filters.years, Card::year);
        years.sort_by_key(|facet| std::cmp::Reverse(facet.value));
        Facets {
            chapters: self.chapters(snapshot, filters),
            jurisdictions: self
                .by(Dimension::Jurisdiction, cards, &filters.jurisdictions, |card| Some(card.jurisdiction)),
            regions: self.by(Dimension::Region, cards, &filters.regions, |card| card.jurisdiction.region()),
            languages: self.by(Dimension::Language, cards, &filters.languages, |card| Some(card.language())),
            kinds: self.by(Dimension::Kind, cards, &filters.kinds, |card| Some(card.kind)),
            statuses: self
                .by(Dimension::Status, cards, &statuses, |card| Some(card.status.as_str()))
                .into_iter()
                .filter_map(|facet| {
                    let value = Status::ALL.into_iter().find(|status| status.as_str() == facet.value)?;
                    Some(Facet { value, count: facet.count, selected: facet.selected })
                })
                .collect(),
            authorities: self
                .by(Dimension::Authority, cards, &filters.authorities, |card| Some(card.authority)),
            years,
            origins: self.origins(snapshot, filters),
            concepts: self.concepts(snapshot, filters),
        }
    }

    fn concepts(&self, snapshot: &Snapshot, filters: &Filters) -> Vec<Facet<ConceptId>> {
        let thesaurus = &snapshot.thesaurus;
        let mut counts = vec![0; thesaurus.concepts().len()];
        for (number, set) in snapshot.concept_sets.iter().enumerate() {
            let count = self.concepts[number] + self.lifted_concepts.get(number).copied().unwrap_or(0);
            if count > 0 {
                set.concepts.iter().for_each(|&concept| counts[usize::from(concept)] += count);
            }
        }
        let facet = |(concept, count): (&Concept, usize)| Facet {
            selected: filters.concepts.contains(&concept.id),
            value: concept.id.clone(),
            count,
        };
        let mut facets: Vec<Facet<ConceptId>> = thesaurus
            .concepts()
            .iter()
            .zip(counts)
            .map(facet)
            .filter(|facet| facet.count > 0 || facet.selected)
            .collect();
        facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        let mut place = 0;
        facets.retain(|facet| {
            place += 1;
            place <= Facets::MOST_CONCEPTS || facet.selected
        });
        facets
    }

    /// The values of a property, the most frequent first.
    fn by<T: Copy + Eq + Hash + Ord>(
        &self,
        dimension: Dimension,
        cards: &[Card],
        selected: &[T],
        value: impl Fn(&Card) -> Option<T>,
    ) -> Vec<Facet<T>> {
        let lifted = &self.lifted[dimension as usize];
        let mut counts: HashMap<T, usize> = selected.iter().map(|&value| (value, 0)).collect();
        for (expression, card) in cards.iter().enumerate() {
            let count = self.expressions[expression] + lifted.get(expression).copied().unwrap_or(0);
            if count > 0
                && let Some(value) = value(card)
            {
                *counts.entry(value).or_default() += count;
            }
        }
        let mut facets: Vec<Facet<T>> = counts
            .into_iter()
            .map(|(value, count)| Facet { value, count, selected: selected.contains(&value) })
            .collect();
        facets.sort_by(|a, b| b.count.cmp(&a.count).then(a.value.cmp(&b.value)));
        facets
    }

    fn chapters(&self, snapshot: &Snapshot, filters: &Filters) -> Vec<ChapterFacet> {
        let origin = match filters.origins[..] {
            [origin] => Some(origin),
            _ => None,
        };
        let mut articles = vec![0; snapshot.articles.len()];
        let mut chapters = [0; 9];
        for (set, tags) in snapshot.tag_sets.iter().enumerate() {
            let count = self.tags[set] + self.lifted_articles.get(set).copied().unwrap_or(0);
            if count == 0 {
                continue;
            }
            let (places, bits) = tags.of(origin);
            for &place in places {
                articles[usize::from(place)] += count;
            }
            for (chapter, total) in chapters.iter_mut().enumerate() {
                *total += count * usize::from(bits >> chapter & 1);
            }
        }
        let mut facets: Vec<ChapterFacet> = Vec::new();
        let mut all: Vec<_> =
            snapshot.articles.iter().copied().zip(articles).filter(|(_, count)| *count > 0).collect();
        // What is filtered by is shown even where nothing has it.
        for &article in
            filters.articles.iter().flat_map(|article| [article.whole(), *article]).collect::<Vec<_>>().iter()
        {
            if let Err(place) = all.binary_search_by_key(&article, |(known, _)| *known) {
                all.insert(place, (article, 0));
            }
        }
        for (article, count) in all {
            let number = chapter_of(article);
            if facets.last().is_none_or(|chapter| chapter.number != number) {
                let count = chapters[usize::from(number)];
                facets.push(ChapterFacet {
                    number,
                    count,
                    selected: filters.chapters.contains(&number),
                    articles: Vec::new(),
                });
            }
            let Some(chapter) = facets.last_mut() else { continue };
            let selected = filters.articles.contains(&article);
            if article == article.whole() {
                chapter.articles.push(ArticleFacet { article, count, selected, parts: Vec::new() });
            } else if let Some(whole) = chapter.articles.last_mut() {
                whole.parts.push(Facet { value: article, count, selected });
            }
        }
        facets
    }

    fn origins(&self, snapshot: &Snapshot, filters: &Filters) -> Vec<Facet<OriginKind>> {
        let mut counts = [0; 2];
        // Where articles are asked for, only tags on those count.
        let bears = |tagged: &[merida_law::Article]| {
            !tagged.is_empty()
                && ((filters.articles.is_empty() && filters.chapters.is_empty())
                    || tagged.iter().any(|&tag| {
                        filters.articles.iter().any(|article| article.contains(tag))
                            || filters.chapters.contains(&chapter_of(tag))
                    }))
        };
        for (set, tags) in snapshot.tag_sets.iter().enumerate() {
            let count = self.tags[set] + self.lifted_origins.get(set).copied().unwrap_or(0);
            if count > 0 {
                counts[0] += if bears(&tags.set.curated) { count } else { 0 };
                counts[1] += if bears(&tags.set.suggested) { count } else { 0 };
            }
        }
        OriginKind::ALL
            .into_iter()
            .zip(counts)
            .map(|(value, count)| Facet { value, count, selected: filters.origins.contains(&value) })
            .filter(|facet| facet.count > 0 || facet.selected)
            .collect()
    }
}
