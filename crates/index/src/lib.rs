//! Where a phrase is: text to terms to answers.
//!
//! An [`Index`] is derived from a library's store and can be thrown away and rebuilt at any time. A [`Writer`] puts
//! documents into it, one [`Entry`] a unit. A [`Request`] is read as an [`Interpretation`], which is shown to the
//! reader, and as a [`Plan`], which an engine runs; the answer is [`Results`].

mod analysis;
mod engine;
mod entry;
mod error;
pub mod evaluate;
mod query;
mod ranking;
mod request;
mod results;
mod snippet;
mod suggest;
mod thesaurus;

pub use analysis::Lang;
pub use engine::similar::{Because, Likeness, Passage, Similar};
pub use engine::table::Card;
pub use engine::{Index, Settings, Writer};
pub use entry::Entry;
pub use error::IndexError;
pub use query::{
    Clause, Condition, Expansion, Field, FieldName, Interpretation, Leaf, Matching, Note, Part, Pattern,
    Plan, Property, Spans, Word,
};
pub use ranking::Ranking;
pub use request::{Filters, OriginKind, Request, Sort};
pub use results::{
    ArticleFacet, ChapterFacet, Facet, Facets, Mark, ProvisionHit, Results, Snippet, Suggested, WorkHit,
    chapter_of,
};
pub use snippet::Marker;
pub use suggest::{Named, Names, NewName, Offer, Offered};
pub use thesaurus::{Concept, ConceptId, Fault, Label, LabelKind, ParseConceptIdError, Thesaurus};
