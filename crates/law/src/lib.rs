//! What things are: the vocabulary that every other crate speaks.
//!
//! The words are those of FRBR as Akoma Ntoso uses it. A [`Work`] is a law whatever its language or version; an
//! [`Expression`] is that work in one language at one date; a [`Provision`] is a piece of it that a lawyer would
//! cite; a [`Tag`] says that a provision bears on an [`Article`] of the United Nations Convention against Corruption.
//!
//! Nothing here does input or output, reads a clock or knows how text is searched.

mod article;
mod date;
mod document;
mod expression;
mod jurisdiction;
mod language;
mod problem;
mod provision;
mod tag;
mod taxonomy;
mod work;

pub use article::{Article, ArticleDepth, ParseArticleError};
pub use date::{LegalDate, ParseLegalDateError};
pub use document::TaggedDocument;
pub use expression::{
    Authority, Expression, ExpressionUri, ParseExpressionUriError, Sha256, Source, SourceFormat,
};
pub use jurisdiction::{Jurisdiction, LegalSystem, ParseJurisdictionError, Region, SubRegion};
pub use language::{Direction, Language, ParseLanguageError};
pub use problem::{Problem, Severity};
pub use provision::{Level, ParseProvisionIdError, Provision, ProvisionId, ProvisionKind};
pub use tag::{Evidence, Origin, Tag};
pub use taxonomy::{ArticleEntry, Chapter, Obligation, Paragraph, Qualifier, Taxonomy};
pub use work::{ParseWorkUriError, Status, UnknownName, Work, WorkKind, WorkUri};
