//! One work, one version of it, or one provision.

use merida_law::{
    Article, Authority, Direction, Evidence, Expression, ExpressionUri, Language, LegalDate, Provision, ProvisionId,
    Sha256, Tag, Work,
};
use serde::Serialize;

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
    /// Every expression of the work, the current ones first.
    pub expressions: Vec<ExpressionSummary>,
    /// Its provisions in reading order, parents before children.
    pub provisions: Vec<ShownProvision>,
    /// The page.
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
    /// [`Error::NotFound`] if nothing is kept there.
    pub async fn show(&self, request: ShowRequest) -> Result<Shown, Error> {
        let _ = request;
        todo!()
    }

    /// The original file of an expression: its bytes, as taken in.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such file is kept.
    pub async fn original(&self, sha256: &Sha256) -> Result<Vec<u8>, Error> {
        let _ = sha256;
        todo!()
    }

    /// The tags of a work, in the order of its provisions' ids.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn tags(&self, work: &merida_law::WorkUri) -> Result<Vec<Tag>, Error> {
        let _ = work;
        todo!()
    }
}
