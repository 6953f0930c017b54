//! What people do here: one module a use case.
//!
//! A [`Library`] is a folder of kept laws and the index over them. It composes the crates that read sources, keep
//! documents and find text; whoever stands above (the site, the command line) knows this crate and the vocabulary of
//! `merida-law`, and nothing below.
//!
//! Every answer is a documented, serialisable type, so that a page, the JSON API and the command line say the same.

mod address;
mod browse;
mod check;
mod complete;
mod error;
mod evaluate;
mod exchange;
mod export;
mod import;
mod indexed;
mod marking;
mod nothing;
mod open;
mod reindex;
mod search;
mod show;
mod similar;
mod thesaurus;
mod verify;
mod withdraw;

pub use address::{Address, ParseAddressError};
pub use browse::{
    ArticleCount, ArticlePage, ArticleRequest, ChapterCount, JurisdictionCount, JurisdictionPage, Overview,
    StateProvisions, TaggedProvision, TagsOfWork, WorkSummary,
};
pub use check::CheckRequest;
pub use complete::{CompleteRequest, Completion, CompletionKind, Completions};
pub use error::Error;
pub use evaluate::{
    AcrossFigures, AskedConcept, ConceptFigures, ConceptOverlap, LabelCount, LanguageCount, PairOverlap,
    QueryFailure, QueryFigures, QueryRow, RetrievalFigures, RetrievalRequest, TagFigures, ThesaurusFigures,
    evaluate_retrieval, evaluate_tags,
};
pub use export::{ExportFormat, ExportReport, ThesaurusFormat};
pub use import::{
    Declared, DocumentReport, ImportReport, ImportRequest, LeftOut, Outcome, Progress, SourceProblem, Totals,
};
pub use marking::Marking;
/// A piece of a query, as the index reads it.
pub use merida_index::Part;
pub use merida_index::{Concept, ConceptId, Label, LabelKind, Thesaurus};
pub use merida_store::Timestamp;
pub use nothing::{Loosened, NotYetSearched, Nothing, PartAlone, Searched, Way};
pub use open::{Library, Opening, Options, Repair};
pub use reindex::ReindexReport;
pub use search::{
    Citation, Expansion, FacetValue, Facets, FoundProvision, FoundWork, Interpretation, ReadConcept,
    SearchAnswer, SearchRequest, Sort, TagOrigin,
};
pub use show::{
    ExpressionSummary, LaterTag, ProvisionPage, ShowRequest, Shown, ShownProvision, SuggestedTag, WorkPage,
};
pub use similar::{Alike, Like, PassageRead, SimilarAnswer, SimilarRequest};
pub use thesaurus::{ConceptLabels, ConceptName, ConceptPage};
pub use verify::{Finding, FindingKind, VerifyReport};
pub use withdraw::{Tombstone, WithdrawReport, WithdrawRequest};
