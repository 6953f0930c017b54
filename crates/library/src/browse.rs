//! What lies where: by chapter and article of the Convention, by jurisdiction, by work.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use merida_law::{
    Article, ArticleEntry, Authority, Chapter, ExpressionUri, Jurisdiction, Language, LegalDate, Obligation,
    ProvisionId, Status, Taxonomy, WorkKind, WorkUri,
};
use merida_store::{
    ArticleCounts, ArticleQuery, JurisdictionTotals, TaggedHit, WorkOrder, WorkQuery, WorkRecord,
};
use serde::Serialize;

use crate::search::status_name;
use crate::{Address, Error, Library};

/// The whole library in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// Works.
    pub works: u64,
    /// Expressions, superseded ones left out.
    pub expressions: u64,
    /// Provisions of those expressions, components left in.
    pub provisions: u64,
    /// Curated tags.
    pub curated: u64,
    /// Suggested tags.
    pub suggested: u64,
    /// Chapters of the Convention, with their articles.
    pub chapters: Vec<ChapterCount>,
    /// Jurisdictions with at least one work, by English name.
    pub jurisdictions: Vec<JurisdictionCount>,
    /// Languages with at least one current expression, the most frequent first, with the number of expressions.
    pub languages: Vec<(Language, u64)>,
    /// When the library last changed: `2026-11-23T20:31:08Z`; none for an empty one.
    pub changed_at: Option<String>,
}

/// A chapter with what the library holds for it.
#[derive(Clone, Debug, Serialize)]
pub struct ChapterCount {
    /// The chapter.
    #[serde(flatten)]
    pub chapter: Chapter,
    /// Its articles.
    pub articles: Vec<ArticleCount>,
}

/// An article with what the library holds for it; a tag on a paragraph counts for the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleCount {
    /// The article.
    pub article: Article,
    /// Its title in the six official languages.
    pub title: BTreeMap<Language, String>,
    /// The strongest obligation of any of its paragraphs.
    pub obligation: Obligation,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// Jurisdictions with a curated tag.
    pub jurisdictions: u64,
}

/// A jurisdiction with what the library holds of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JurisdictionCount {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its name in English.
    pub name: String,
    /// Works.
    pub works: u64,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// Articles of the Convention with a curated tag.
    pub articles: u64,
}

/// What is asked of an article's page.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRequest {
    /// The article, or a part of it; all that lies within it is shown.
    pub article: Article,
    /// Only these jurisdictions; empty for all.
    pub jurisdictions: Vec<Jurisdiction>,
    /// How many provisions to show of each jurisdiction.
    pub per_jurisdiction: usize,
    /// Whether to show suggested provisions beside curated ones.
    pub suggested: bool,
}

impl ArticleRequest {
    /// All of `article`, at most twelve provisions a jurisdiction.
    pub fn new(article: Article) -> Self {
        Self { article, jurisdictions: Vec::new(), per_jurisdiction: 12, suggested: true }
    }
}

/// An article of the Convention and what States have made of it.
#[derive(Clone, Debug, Serialize)]
pub struct ArticlePage {
    /// What was asked for: the article or a part of it.
    pub article: Article,
    /// What the Convention says there, in our words.
    pub entry: ArticleEntry,
    /// The chapter that it stands in.
    pub chapter: Chapter,
    /// The article before it.
    pub previous: Option<Article>,
    /// The article after it.
    pub next: Option<Article>,
    /// Provisions with a curated tag, over all jurisdictions.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// The same numbers for each part of the article that has any.
    pub parts: Vec<(Article, u64, u64)>,
    /// Provisions by State, in the order of English names, curated before suggested.
    pub states: Vec<StateProvisions>,
}

/// The provisions of one jurisdiction on an article.
#[derive(Clone, Debug, Serialize)]
pub struct StateProvisions {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its name in English.
    pub name: String,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one.
    pub suggested: u64,
    /// The provisions shown: curated first, then suggested, the surest first.
    pub provisions: Vec<TaggedProvision>,
}

/// A provision that bears on an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaggedProvision {
    /// The work.
    pub work: WorkUri,
    /// The current expression that is shown.
    pub expression: ExpressionUri,
    /// The work's title in that language.
    pub title: String,
    /// The work's title in English.
    pub title_en: Option<String>,
    /// The language.
    pub language: Language,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// How far the text may be relied on.
    pub authority: Authority,
    /// The provision.
    pub id: ProvisionId,
    /// Its number as the law writes it.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// The beginning of its own text, at most 240 characters.
    pub beginning: String,
    /// The articles, within what was asked for, that a person says it bears on.
    pub articles: Vec<Article>,
    /// The articles, within what was asked for, that a tagger suggests.
    pub suggested: Vec<Article>,
    /// Confidence of the surest suggestion, from 0 to 1; 1 for curated.
    pub score: f32,
    /// The page of the provision.
    pub url: Address,
}

/// A jurisdiction: its works and the articles that they bear on.
#[derive(Clone, Debug, Serialize)]
pub struct JurisdictionPage {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its name in English.
    pub name: String,
    /// Its works, by date, the newest first.
    pub works: Vec<WorkSummary>,
    /// All articles of the Convention with what this jurisdiction has for each.
    pub articles: Vec<ArticleCount>,
}

/// A work in one line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorkSummary {
    /// The work.
    pub uri: WorkUri,
    /// Its title in a language of its own.
    pub title: String,
    /// Its title in English.
    pub title_en: Option<String>,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// When it was made.
    pub date: Option<LegalDate>,
    /// Its official number.
    pub number: Option<String>,
    /// Languages of its current expressions.
    pub languages: Vec<Language>,
    /// The strongest authority among them.
    pub authority: Authority,
    /// Its tags.
    pub tags: TagsOfWork,
    /// Its page.
    pub url: Address,
}

/// How many tags a work has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TagsOfWork {
    /// Curated.
    pub curated: u64,
    /// Suggested.
    pub suggested: u64,
}

/// Numbers that hold until the next event.
pub(crate) struct Counted {
    sequence: u64,
    overview: Overview,
    coverage: Vec<ArticleCounts>,
}

impl Library {
    /// The whole library in numbers.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn overview(&self) -> Result<Overview, Error> {
        Ok(self.count().await?.overview.clone())
    }

    /// An article of the Convention and the provisions that bear on it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn article(&self, request: ArticleRequest) -> Result<ArticlePage, Error> {
        let article = request.article;
        let not_found = || Error::NotFound(format!("article {article} of the Convention"));
        let entry = self.taxonomy().article(article).ok_or_else(not_found)?.clone();
        let chapter = self.taxonomy().chapter(article).ok_or_else(not_found)?.clone();
        let hits = self
            .store()
            .tagged(&ArticleQuery {
                article,
                jurisdictions: request.jurisdictions.clone(),
                per_jurisdiction: request.per_jurisdiction as u64,
                suggested: request.suggested,
            })
            .await?;
        let mut states: Vec<StateProvisions> = Vec::new();
        for (hit, curated, suggested) in hits {
            let jurisdiction = hit.work.jurisdiction;
            if states.last().is_none_or(|state| state.jurisdiction != jurisdiction) {
                let name = jurisdiction.english_name().to_owned();
                states.push(StateProvisions {
                    jurisdiction,
                    name,
                    curated,
                    suggested,
                    provisions: Vec::new(),
                });
            }
            if let Some(state) = states.last_mut() {
                state.provisions.push(TaggedProvision::of(hit));
            }
        }
        states.sort_by(|a, b| a.name.cmp(&b.name));
        let parts = self.store().parts(article.whole(), &request.jurisdictions).await?;
        Ok(ArticlePage {
            article,
            entry,
            chapter,
            previous: article.number().checked_sub(1).and_then(Article::new),
            next: Article::new(article.number() + 1),
            curated: states.iter().map(|state| state.curated).sum(),
            suggested: states.iter().map(|state| state.suggested).sum(),
            parts: parts.into_iter().filter(|(part, _, _)| article.contains(*part)).collect(),
            states,
        })
    }

    /// A jurisdiction and its works. One without works has an empty page, not an error.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn jurisdiction(&self, jurisdiction: Jurisdiction) -> Result<JurisdictionPage, Error> {
        let query = WorkQuery {
            jurisdiction: Some(jurisdiction),
            order: WorkOrder::Newest,
            limit: u64::MAX,
            ..WorkQuery::default()
        };
        let works = self.store().works(&query).await?;
        let counted = self.count().await?;
        let of_state: Vec<&ArticleCounts> =
            counted.coverage.iter().filter(|count| count.jurisdiction == jurisdiction).collect();
        Ok(JurisdictionPage {
            jurisdiction,
            name: jurisdiction.english_name().to_owned(),
            works: works.into_iter().map(WorkSummary::of).collect(),
            articles: article_counts(self.taxonomy(), &of_state),
        })
    }

    /// Works in the order of their URIs, `limit` of them after the first `offset`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn works(&self, offset: u64, limit: u64) -> Result<Vec<WorkSummary>, Error> {
        let works = self.store().works(&WorkQuery { offset, limit, ..WorkQuery::default() }).await?;
        Ok(works.into_iter().map(WorkSummary::of).collect())
    }

    /// The numbers as of the last event; counted once for each.
    async fn count(&self) -> Result<Arc<Counted>, Error> {
        let sequence = self.store().last_sequence().await?;
        let known = self.counted().lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.sequence == sequence) {
            return Ok(known);
        }
        let coverage = self.store().coverage().await?;
        let overview = self.make_overview(&coverage, sequence).await?;
        let counted = Arc::new(Counted { sequence, overview, coverage });
        *self.counted().lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&counted));
        Ok(counted)
    }

    async fn make_overview(&self, coverage: &[ArticleCounts], sequence: u64) -> Result<Overview, Error> {
        let taxonomy = self.taxonomy();
        let counts = self.store().counts().await?;
        let all: Vec<&ArticleCounts> = coverage.iter().collect();
        let articles = article_counts(taxonomy, &all);
        let chapters = taxonomy.chapters.iter().map(|chapter| ChapterCount {
            chapter: chapter.clone(),
            articles: articles
                .iter()
                .filter(|a| (chapter.first..=chapter.last).contains(&a.article))
                .cloned()
                .collect(),
        });
        let mut jurisdictions: Vec<JurisdictionCount> = self
            .store()
            .jurisdictions()
            .await?
            .iter()
            .map(|totals| jurisdiction_count(totals, coverage))
            .collect();
        jurisdictions.sort_by(|a, b| a.name.cmp(&b.name));
        let last = self.store().events_since(sequence.saturating_sub(1), 1).await?;
        Ok(Overview {
            works: counts.works,
            expressions: counts.expressions,
            provisions: counts.provisions,
            curated: counts.curated,
            suggested: counts.suggested,
            chapters: chapters.collect(),
            jurisdictions,
            languages: counts.languages,
            changed_at: last.into_iter().next().map(|event| event.at),
        })
    }
}

fn jurisdiction_count(totals: &JurisdictionTotals, coverage: &[ArticleCounts]) -> JurisdictionCount {
    let own = || coverage.iter().filter(|count| count.jurisdiction == totals.jurisdiction);
    JurisdictionCount {
        jurisdiction: totals.jurisdiction,
        name: totals.jurisdiction.english_name().to_owned(),
        works: totals.works,
        curated: own().map(|count| count.curated).sum(),
        suggested: own().map(|count| count.suggested).sum(),
        articles: own().filter(|count| count.curated > 0).count() as u64,
    }
}

/// All articles of the Convention, with the sums of `counts`.
fn article_counts(taxonomy: &Taxonomy, counts: &[&ArticleCounts]) -> Vec<ArticleCount> {
    let mut by_article: HashMap<Article, [u64; 3]> = HashMap::new();
    for count in counts {
        let sums = by_article.entry(count.article).or_default();
        sums[0] += count.curated;
        sums[1] += count.suggested;
        sums[2] += u64::from(count.curated > 0);
    }
    let count = |entry: &ArticleEntry| {
        let article = Article::new(entry.number)?;
        let [curated, suggested, jurisdictions] = by_article.get(&article).copied().unwrap_or_default();
        let (title, obligation) = (entry.title.clone(), entry.obligation());
        Some(ArticleCount { article, title, obligation, curated, suggested, jurisdictions })
    };
    taxonomy.articles.iter().filter_map(count).collect()
}

impl TaggedProvision {
    fn of(hit: TaggedHit) -> Self {
        Self {
            url: Address::of_provision(&hit.expression, &hit.provision),
            work: hit.work.uri,
            language: hit.expression.language(),
            expression: hit.expression,
            title: hit.title,
            title_en: hit.work.title_en,
            kind: hit.work.kind,
            status: hit.work.status,
            date: hit.work.date,
            authority: hit.authority,
            id: hit.provision,
            label: hit.label,
            heading: hit.heading,
            beginning: hit.beginning,
            articles: hit.curated,
            suggested: hit.suggested,
            score: hit.score,
        }
    }
}

impl WorkSummary {
    fn of(record: WorkRecord) -> Self {
        let work = record.work;
        Self {
            url: Address::of_work(&work.uri),
            uri: work.uri,
            title: work.title,
            title_en: work.title_en,
            jurisdiction: work.jurisdiction,
            kind: work.kind,
            status: work.status,
            date: work.date,
            number: work.number,
            languages: record.languages,
            authority: record.authority,
            tags: TagsOfWork { curated: record.curated, suggested: record.suggested },
        }
    }
}
