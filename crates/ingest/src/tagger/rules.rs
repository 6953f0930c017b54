//! Rules over concepts: when a provision bears on an article.

use std::collections::{BTreeMap, HashMap};

use merida_law::Article;
use serde::Deserialize;

use super::lexicon::{ConceptId, Hit};

/// Why the rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum RulesError {
    /// The file is not TOML of the right shape.
    #[error("{0}")]
    Form(#[from] toml::de::Error),
    /// A rule names a concept that the list does not have.
    #[error(
        "a rule for article {article} names \"{concept}\": describe it under [concepts] or correct its name"
    )]
    Concept {
        /// The article of the rule.
        article: Article,
        /// The concept that it names.
        concept: String,
    },
    /// A rule with nothing to look for.
    #[error("a rule for article {0} asks for nothing: give it at least one concept under `all`")]
    Empty(Article),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    scoring: Scoring,
    concepts: BTreeMap<String, String>,
    rule: Vec<RuleFile>,
}

/// How much a concept counts, by where it stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scoring {
    /// In the unit's heading.
    heading: f32,
    /// Among the first characters of the text.
    lead: f32,
    /// How many characters those are, in a writing without spaces; in others three times as many.
    lead_chars: u32,
    /// Further on.
    body: f32,
    /// For each repetition in the text, up to three.
    repeat: f32,
    /// In the heading of a container.
    container: f32,
    /// In the title of the work.
    title: f32,
    /// The least score that is suggested.
    threshold: f32,
    /// The most suggestions for a unit.
    most: usize,
    /// The least part of the best score that a further suggestion has.
    share: f32,
    /// What is left of the score of an article for which no concept stands in the heading, where the heading speaks
    /// for another.
    aside: f32,
    /// How close two paragraphs of one article score where the article is suggested as a whole.
    tie: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    article: Article,
    weight: f32,
    all: Vec<String>,
    #[serde(default)]
    any: BTreeMap<String, f32>,
    #[serde(default)]
    none: BTreeMap<String, f32>,
    /// Within how many characters one concept of each group must stand.
    near: Option<u32>,
    /// Where the first group must stand at least.
    #[serde(default, rename = "in")]
    place: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    #[default]
    Anywhere,
    Lead,
    Heading,
}

/// When a provision bears on an article.
#[derive(Clone, Debug)]
struct Rule {
    article: Article,
    weight: f32,
    all: Vec<Vec<ConceptId>>,
    any: Vec<(ConceptId, f32)>,
    none: Vec<(ConceptId, f32)>,
    near: Option<u32>,
    place: Place,
}

/// All rules, and the concepts that they are made of.
#[derive(Debug, Default)]
pub(super) struct Rules {
    scoring: Scoring,
    ids: HashMap<String, ConceptId>,
    names: Vec<String>,
    rules: Vec<Rule>,
}

/// Where in a law a concept stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// In the title of the work.
    Title,
    /// In the heading of a container.
    Container,
    /// In the text of the unit.
    Body,
    /// At the beginning of its text.
    Lead,
    /// In its heading.
    Heading,
}

/// The concepts that were found in and around a unit.
#[derive(Debug)]
pub(super) struct Reading {
    concepts: Vec<Found>,
}

#[derive(Clone, Debug, Default)]
struct Found {
    zone: Option<Zone>,
    /// The starts of its hits in the unit.
    starts: Vec<u32>,
}

/// An article that the rules speak for.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// The article or paragraph.
    pub(super) article: Article,
    /// From 0, comparable among the verdicts on one unit; may exceed 1.
    pub(super) score: f32,
    /// Whether one of the concepts that the rule asks for stands in the heading.
    in_heading: bool,
    /// The concepts that count.
    pub(super) concepts: Vec<ConceptId>,
}

impl Place {
    /// The least zone that will do.
    fn least(self) -> Zone {
        match self {
            Self::Anywhere => Zone::Title,
            Self::Lead => Zone::Lead,
            Self::Heading => Zone::Heading,
        }
    }
}

impl Reading {
    /// Nothing found yet.
    pub(super) fn new(concepts: usize) -> Self {
        Self { concepts: vec![Found::default(); concepts] }
    }

    /// A concept was found there.
    pub(super) fn add(&mut self, hit: Hit, zone: Zone) {
        let found = &mut self.concepts[usize::from(hit.concept)];
        found.zone = found.zone.max(Some(zone));
        if zone >= Zone::Body {
            found.starts.push(hit.start);
        }
    }

    fn zone(&self, concept: ConceptId) -> Option<Zone> {
        self.concepts[usize::from(concept)].zone
    }

    fn starts(&self, concept: ConceptId) -> &[u32] {
        &self.concepts[usize::from(concept)].starts
    }
}

impl Rules {
    /// Reads `rules.toml`.
    pub(super) fn read(source: &str) -> Result<Self, RulesError> {
        let file: RulesFile = toml::from_str(source)?;
        let names: Vec<String> = file.concepts.into_keys().collect();
        let ids: HashMap<String, ConceptId> = names
            .iter()
            .enumerate()
            .filter_map(|(i, name)| Some((name.clone(), ConceptId::try_from(i).ok()?)))
            .collect();
        let rules = file.rule.into_iter().map(|rule| resolve(rule, &ids)).collect::<Result<_, _>>()?;
        Ok(Self { scoring: file.scoring, ids, names, rules })
    }

    /// Every concept and its place.
    pub(super) fn concepts(&self) -> &HashMap<String, ConceptId> {
        &self.ids
    }

    /// The name of a concept.
    pub(super) fn name(&self, concept: ConceptId) -> &str {
        self.names.get(usize::from(concept)).map_or("", String::as_str)
    }

    /// Where a hit in the text of a unit stands; `heading` is the length of the heading in characters, `breadth` that
    /// of the writing (see [`super::lexicon::Lexicon::breadth`]).
    pub(super) fn zone(&self, hit: &Hit, heading: u32, breadth: u32) -> Zone {
        match hit.start {
            start if start < heading => Zone::Heading,
            start if start < heading.saturating_add(self.scoring.lead_chars * breadth) => Zone::Lead,
            _ => Zone::Body,
        }
    }

    /// What the rules say, the likeliest first.
    pub(super) fn judge(&self, reading: &Reading) -> Vec<Verdict> {
        let mut paragraphs: BTreeMap<Article, Verdict> = BTreeMap::new();
        for rule in &self.rules {
            let Some(verdict) = self.apply(rule, reading) else { continue };
            let known = paragraphs.entry(rule.article).or_insert_with(|| verdict.clone());
            if known.score < verdict.score {
                *known = verdict;
            }
        }
        let headed = paragraphs.values().any(|verdict| verdict.in_heading);
        for verdict in paragraphs.values_mut().filter(|verdict| headed && !verdict.in_heading) {
            verdict.score *= self.scoring.aside;
        }
        let mut verdicts = self.one_for_each_article(paragraphs.into_values());
        verdicts.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
        let least = verdicts
            .first()
            .map_or(0.0, |best| (best.score * self.scoring.share).max(self.scoring.threshold));
        verdicts.retain(|verdict| verdict.score >= least);
        verdicts.truncate(self.scoring.most);
        verdicts
    }

    fn apply(&self, rule: &Rule, reading: &Reading) -> Option<Verdict> {
        let mut sum = 0.0;
        let mut concepts = Vec::new();
        let mut highest = Zone::Title;
        for (position, group) in rule.all.iter().enumerate() {
            let (best, strength) = self.strongest(group, reading)?;
            let zone = reading.zone(best)?;
            if position == 0 && zone < rule.place.least() {
                return None;
            }
            highest = highest.max(zone);
            sum += strength;
            concepts.extend(group.iter().copied().filter(|&concept| reading.zone(concept).is_some()));
        }
        if highest < Zone::Body || !rule.near.is_none_or(|reach| stand_near(&rule.all, reading, reach)) {
            return None;
        }
        let mut score = rule.weight * sum / rule.all.len() as f32;
        for &(concept, bonus) in &rule.any {
            if let Some(strength) = self.strength(concept, reading) {
                score += bonus * strength;
                concepts.push(concept);
            }
        }
        for &(concept, penalty) in &rule.none {
            score -= penalty * self.strength(concept, reading).unwrap_or(0.0);
        }
        let in_heading = highest == Zone::Heading;
        (score > 0.0).then_some(Verdict { article: rule.article, score, in_heading, concepts })
    }

    fn strongest(&self, group: &[ConceptId], reading: &Reading) -> Option<(ConceptId, f32)> {
        group
            .iter()
            .filter_map(|&concept| Some((concept, self.strength(concept, reading)?)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn strength(&self, concept: ConceptId, reading: &Reading) -> Option<f32> {
        let scoring = &self.scoring;
        let base = match reading.zone(concept)? {
            Zone::Title => scoring.title,
            Zone::Container => scoring.container,
            Zone::Body => scoring.body,
            Zone::Lead => scoring.lead,
            Zone::Heading => scoring.heading,
        };
        let repeats = reading.starts(concept).len().saturating_sub(1).min(3);
        Some((base + scoring.repeat * repeats as f32).min(1.0))
    }

    /// The best paragraph of each article, or the article itself where two of its paragraphs fit alike.
    fn one_for_each_article(&self, paragraphs: impl Iterator<Item = Verdict>) -> Vec<Verdict> {
        let mut articles: BTreeMap<Article, Verdict> = BTreeMap::new();
        for verdict in paragraphs {
            let Some(known) = articles.get_mut(&verdict.article.whole()) else {
                articles.insert(verdict.article.whole(), verdict);
                continue;
            };
            let tie = (known.score - verdict.score).abs() <= self.scoring.tie;
            if verdict.score > known.score {
                let before = std::mem::replace(known, verdict);
                if tie && !before.article.contains(known.article) {
                    known.article = known.article.whole();
                }
            } else if tie
                && known.article != known.article.whole()
                && !verdict.article.contains(known.article)
            {
                known.article = known.article.whole();
            }
        }
        articles.into_values().collect()
    }
}

/// Whether one hit of each group stands within `reach` characters. A concept that stands only around the unit is near.
fn stand_near(groups: &[Vec<ConceptId>], reading: &Reading, reach: u32) -> bool {
    let mut places: Vec<(u32, usize)> = Vec::new();
    let mut wanted = 0;
    for group in groups {
        let starts: Vec<u32> =
            group.iter().flat_map(|&concept| reading.starts(concept).iter().copied()).collect();
        if !starts.is_empty() {
            places.extend(starts.into_iter().map(|start| (start, wanted)));
            wanted += 1;
        }
    }
    places.sort_unstable();
    let mut counts = vec![0_u32; wanted];
    let mut present = 0;
    let mut first = 0;
    for &(start, group) in &places {
        counts[group] += 1;
        present += usize::from(counts[group] == 1);
        while places[first].0 + reach < start {
            let left = places[first].1;
            counts[left] -= 1;
            present -= usize::from(counts[left] == 0);
            first += 1;
        }
        if present == wanted {
            return true;
        }
    }
    wanted == 0
}

fn resolve(rule: RuleFile, ids: &HashMap<String, ConceptId>) -> Result<Rule, RulesError> {
    let article = rule.article;
    let find = |name: &str| {
        ids.get(name.trim())
            .copied()
            .ok_or_else(|| RulesError::Concept { article, concept: name.trim().to_owned() })
    };
    if rule.all.is_empty() {
        return Err(RulesError::Empty(article));
    }
    let all = rule.all.iter().map(|group| group.split('|').map(find).collect()).collect::<Result<_, _>>()?;
    let pairs = |table: BTreeMap<String, f32>| {
        table.iter().map(|(name, &weight)| Ok((find(name)?, weight))).collect::<Result<Vec<_>, RulesError>>()
    };
    Ok(Rule {
        article,
        weight: rule.weight,
        all,
        any: pairs(rule.any)?,
        none: pairs(rule.none)?,
        near: rule.near,
        place: rule.place,
    })
}
