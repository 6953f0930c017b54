//! One work, one version of it, or one provision.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use merida_law::{
    Article, Authority, Direction, Evidence, Expression, ExpressionUri, Language, LegalDate, Origin,
    Provision, ProvisionId, Sha256, Tag, TaggedDocument, Work,
};
use merida_store::ExpressionRecord;
use serde::Serialize;

use crate::open::blocking;
use crate::withdraw::Tombstone;
use crate::{Address, Error, Library};

/// What is to be shown.
#[derive(Clone, Debug)]
pub struct ShowRequest {
    /// What.
    pub address: Address,
    /// The reader's languages, the best first; decide between translations where the address names none.
    pub languages: Vec<Language>,
}

/// What was asked for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "shown")]
pub enum Shown {
    /// A work, whole.
    Work(WorkPage),
    /// One provision of it.
    Provision(ProvisionPage),
}

/// A work in one of its expressions.
#[derive(Clone, Debug, Serialize)]
pub struct WorkPage {
    /// The work.
    pub work: Work,
    /// The expression that is shown.
    pub expression: Expression,
    /// The direction of its script.
    #[serde(skip)]
    pub direction: Direction,
    /// When it was taken in.
    pub imported_at: String,
    /// The expression that took its place, if one did.
    pub superseded_by: Option<ExpressionUri>,
    /// Every expression of the work that is not withdrawn, the current ones first.
    pub expressions: Vec<ExpressionSummary>,
    /// For a superseded text: curated articles of the work on provisions that only the latest text has.
    pub later_tags: Vec<LaterTag>,
    /// Its provisions in reading order, parents before children.
    pub provisions: Vec<ShownProvision>,
    /// The page.
    pub url: Address,
}

/// A curated article on a provision that a superseded text lacks and a later one has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LaterTag {
    /// The provision.
    pub provision: ProvisionId,
    /// Its number as the later text writes it.
    pub label: String,
    /// The article of the Convention.
    pub article: Article,
    /// Where the later text shows it.
    pub url: Address,
}

/// A provision with the articles that it bears on.
#[derive(Clone, Debug, Serialize)]
pub struct ShownProvision {
    /// The provision.
    #[serde(flatten)]
    pub provision: Provision,
    /// How deep it lies, from 0.
    pub depth: u16,
    /// Articles of the Convention that a person says it bears on.
    pub articles: Vec<Article>,
    /// Articles that a tagger suggests, the surest first.
    pub suggested: Vec<SuggestedTag>,
}

/// An article that a tagger suggests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuggestedTag {
    /// The article.
    pub article: Article,
    /// Confidence from 0 to 1.
    pub score: f32,
    /// The words that led to it: offsets in the unit's full text, in Unicode scalar values.
    pub evidence: Vec<Evidence>,
}

/// One provision with its components and its place.
#[derive(Clone, Debug, Serialize)]
pub struct ProvisionPage {
    /// The work.
    pub work: Work,
    /// The expression that is shown.
    pub expression: Expression,
    /// The direction of its script.
    #[serde(skip)]
    pub direction: Direction,
    /// The containers that hold it, outermost first (their own text left out).
    pub within: Vec<Provision>,
    /// The provision and its components, in reading order.
    pub provisions: Vec<ShownProvision>,
    /// The full text of the unit, in which evidence is counted; see `merida_law::TaggedDocument::unit_text`.
    pub text: String,
    /// The unit before it.
    pub previous: Option<ProvisionId>,
    /// The unit after it.
    pub next: Option<ProvisionId>,
    /// Every expression of the work that has this provision.
    pub expressions: Vec<ExpressionSummary>,
    /// The page.
    pub url: Address,
}

/// What is known of an expression beside its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpressionSummary {
    /// The expression.
    pub uri: ExpressionUri,
    /// Its language.
    pub language: Language,
    /// As of when it stands.
    pub date: Option<LegalDate>,
    /// Its title.
    pub title: String,
    /// How far it may be relied on.
    pub authority: Authority,
    /// What identifies its source.
    pub origin: String,
    /// The SHA-256 of the original file.
    pub sha256: Sha256,
    /// When it was taken in.
    pub imported_at: String,
    /// The expression that took its place, if one did.
    pub superseded_by: Option<ExpressionUri>,
    /// How many provisions it has.
    pub provisions: u64,
    /// Its page.
    pub url: Address,
}

impl Library {
    /// Shows what `request` addresses. Where the address names no expression, the current one that suits the reader's
    /// languages best, else the most authoritative.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing is kept there, [`Error::Withdrawn`] if it is withdrawn.
    pub async fn show(&self, request: ShowRequest) -> Result<Shown, Error> {
        let uri = self.choose(&request.address, &request.languages).await?;
        let not_found = || Error::NotFound(request.address.to_string());
        let document = self.store().document(&uri).await?.ok_or_else(not_found)?;
        let mut records = self.store().expressions(uri.work()).await?;
        records.retain(|record| record.withdrawn.is_none());
        let Some(id) = &request.address.provision else {
            let record = records.iter().find(|r| r.expression.uri == uri).ok_or_else(not_found)?;
            let (imported_at, superseded_by) = (record.published_at.clone(), record.superseded_by.clone());
            return Ok(Shown::Work(WorkPage {
                direction: uri.language().direction(),
                provisions: shown(&document, 0..document.provisions.len()),
                expressions: records.iter().map(ExpressionSummary::of).collect(),
                later_tags: self.later_tags(&uri, &records).await?,
                url: Address::of_expression(&uri),
                work: document.work,
                expression: document.expression,
                imported_at,
                superseded_by,
            }));
        };
        let place = document.provisions.iter().position(|p| p.id == *id).ok_or_else(not_found)?;
        let mut expressions = Vec::new();
        for record in &records {
            if record.expression.uri == uri
                || self.store().provision(&record.expression.uri, id).await?.is_some()
            {
                expressions.push(ExpressionSummary::of(record));
            }
        }
        Ok(Shown::Provision(provision_page(document, place, expressions)))
    }

    /// The original file of an expression: its bytes, as taken in.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such file is kept, [`Error::Withdrawn`] if all that was read from it is withdrawn.
    pub async fn original(&self, sha256: &Sha256) -> Result<Vec<u8>, Error> {
        let read = self.store().read_from(sha256).await?;
        if read.iter().all(|record| record.withdrawn.is_some())
            && let Some(tombstone) = read.first().and_then(Tombstone::of)
        {
            return Err(Error::Withdrawn(tombstone));
        }
        let (originals, hash) = (self.store().originals().clone(), *sha256);
        let bytes = blocking(move || originals.read(&hash)).await??;
        bytes.ok_or_else(|| Error::NotFound(format!("the file {sha256}")))
    }

    /// The tags of a work's most authoritative current expression, in reading order; curated ones first.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the work is not kept.
    pub async fn tags(&self, work: &merida_law::WorkUri) -> Result<Vec<Tag>, Error> {
        let uri = self.choose(&Address::of_work(work), &[]).await?;
        Ok(self.store().tags(&uri).await?)
    }

    /// The tags of a superseded text's work that refer to provisions of the latest text that it lacks.
    async fn later_tags(
        &self,
        uri: &ExpressionUri,
        records: &[ExpressionRecord],
    ) -> Result<Vec<LaterTag>, Error> {
        let after = |uri: &ExpressionUri| {
            records.iter().find(|r| r.expression.uri == *uri).and_then(|r| r.superseded_by.clone())
        };
        let Some(mut latest) = after(uri) else { return Ok(Vec::new()) };
        // Each step leads to another text, so there are at most as many steps as texts.
        for _ in records {
            let Some(next) = after(&latest) else { break };
            latest = next;
        }
        if !records.iter().any(|record| record.expression.uri == latest) {
            return Ok(Vec::new());
        }
        let tags = self.store().later_tags(uri, &latest).await?;
        Ok(tags
            .into_iter()
            .map(|(provision, label, article)| LaterTag {
                url: Address::of_provision(&latest, &provision),
                provision,
                label,
                article,
            })
            .collect())
    }

    /// The expression that an address stands for: the one it names, else the current one that suits `languages` best,
    /// else the most authoritative, among those that have the provision.
    pub(crate) async fn choose(
        &self,
        address: &Address,
        languages: &[Language],
    ) -> Result<ExpressionUri, Error> {
        let not_found = || Error::NotFound(address.to_string());
        if let Some(uri) = &address.expression {
            let record = self.store().expression(uri).await?.ok_or_else(not_found)?;
            return match Tombstone::of(&record) {
                Some(tombstone) => Err(Error::Withdrawn(tombstone)),
                None => Ok(record.expression.uri),
            };
        }
        // By authority, the newest first; sorting by language keeps that order among equals.
        let mut records = self.store().expressions(&address.work).await?;
        let current = |r: &ExpressionRecord| r.superseded_by.is_none() && r.withdrawn.is_none();
        if !records.iter().any(current) {
            // The text that would be shown, were it not withdrawn.
            let gone = records.iter().find(|r| r.superseded_by.is_none()).and_then(Tombstone::of);
            if let Some(tombstone) = gone.or_else(|| records.iter().find_map(Tombstone::of)) {
                return Err(Error::Withdrawn(tombstone));
            }
        }
        records.retain(|record| record.withdrawn.is_none());
        records.sort_by_key(|r| (r.superseded_by.is_some(), preference(r.expression.language(), languages)));
        for record in &records {
            let uri = &record.expression.uri;
            match &address.provision {
                Some(id) if self.store().provision(uri, id).await?.is_none() => {}
                _ => return Ok(uri.clone()),
            }
        }
        Err(not_found())
    }
}

/// The place of a language among those that a reader prefers; the same primary language counts as well.
fn preference(language: Language, languages: &[Language]) -> usize {
    let exact = languages.iter().position(|l| *l == language);
    exact.or_else(|| languages.iter().position(|l| l.primary() == language.primary())).unwrap_or(usize::MAX)
}

impl ExpressionSummary {
    pub(crate) fn of(record: &ExpressionRecord) -> Self {
        let expression = &record.expression;
        Self {
            uri: expression.uri.clone(),
            language: expression.language(),
            date: expression.uri.date(),
            title: expression.title.clone(),
            authority: expression.authority,
            origin: expression.source.origin.clone(),
            sha256: expression.source.sha256,
            imported_at: record.published_at.clone(),
            superseded_by: record.superseded_by.clone(),
            provisions: record.provisions,
            url: Address::of_expression(&expression.uri),
        }
    }
}

/// Provisions with their depth in the document and their tags.
fn shown(document: &TaggedDocument, range: Range<usize>) -> Vec<ShownProvision> {
    let mut tags: HashMap<&ProvisionId, (Vec<Article>, Vec<SuggestedTag>)> = HashMap::new();
    for tag in &document.tags {
        let (curated, suggested) = tags.entry(&tag.provision).or_default();
        match &tag.origin {
            Origin::Curated { .. } => curated.push(tag.article),
            Origin::Suggested { score, evidence } => {
                suggested.push(SuggestedTag {
                    article: tag.article,
                    score: *score,
                    evidence: evidence.clone(),
                });
            }
        }
    }
    let mut depths: HashMap<&ProvisionId, u16> = HashMap::new();
    let mut shown = Vec::with_capacity(range.len());
    for (place, provision) in document.provisions.iter().enumerate().take(range.end) {
        let depth = provision
            .parent
            .as_ref()
            .and_then(|parent| depths.get(parent))
            .map_or(0, |d| d.saturating_add(1));
        depths.insert(&provision.id, depth);
        if place < range.start {
            continue;
        }
        let (mut articles, mut suggested) = tags.remove(&provision.id).unwrap_or_default();
        articles.sort();
        suggested.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
        suggested.retain(|tag| !articles.contains(&tag.article));
        shown.push(ShownProvision { provision: provision.clone(), depth, articles, suggested });
    }
    shown
}

fn provision_page(
    document: TaggedDocument,
    place: usize,
    expressions: Vec<ExpressionSummary>,
) -> ProvisionPage {
    let units: Vec<Range<usize>> = document.units().collect();
    let unit = units.partition_point(|unit| unit.end <= place);
    let within_unit = units.get(unit).filter(|unit| unit.contains(&place));
    let text = within_unit.map_or_else(String::new, |unit| document.unit_text(unit.clone()));
    let (before, after) = match within_unit {
        Some(_) => (unit.checked_sub(1), unit + 1),
        None => (unit.checked_sub(1), unit),
    };
    let id_of = |unit: Option<&Range<usize>>| unit.map(|unit| document.provisions[unit.start].id.clone());
    let end = end_of(&document.provisions, place);
    let uri = document.expression.uri.clone();
    ProvisionPage {
        direction: uri.language().direction(),
        within: ancestors(&document.provisions, place),
        provisions: shown(&document, place..end),
        text,
        previous: id_of(before.and_then(|before| units.get(before))),
        next: id_of(units.get(after)),
        expressions,
        url: Address::of_provision(&uri, &document.provisions[place].id),
        work: document.work,
        expression: document.expression,
    }
}

/// The position after the last provision that lies within the one at `place`.
fn end_of(provisions: &[Provision], place: usize) -> usize {
    let mut inside = HashSet::from([&provisions[place].id]);
    let rest = &provisions[place + 1..];
    let length = rest.iter().take_while(|p| {
        p.parent.as_ref().is_some_and(|parent| inside.contains(parent)) && inside.insert(&p.id)
    });
    place + 1 + length.count()
}

/// The provisions that hold the one at `place`, outermost first, without their own text.
fn ancestors(provisions: &[Provision], place: usize) -> Vec<Provision> {
    let mut found: Vec<Provision> = Vec::new();
    let mut wanted = provisions[place].parent.as_ref();
    for provision in provisions[..place].iter().rev() {
        if Some(&provision.id) == wanted {
            found.push(Provision { text: String::new(), ..provision.clone() });
            wanted = provision.parent.as_ref();
        }
    }
    found.reverse();
    found
}
