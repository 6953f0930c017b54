//! What is offered while one types: names that begin so, or of which a word does.

mod names;

use merida_law::{ExpressionUri, Jurisdiction, Language, ProvisionId, WorkUri};
use serde::Serialize;

use crate::ConceptId;

pub use names::{Named, Names, NewName};

/// Something that the one who types may have in mind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offered {
    /// What it is called, as it is best shown for what was typed.
    pub text: String,
    /// The language of that name.
    pub language: Language,
    /// What it is.
    pub offer: Offer,
    /// How many provisions it stands for.
    pub count: u64,
    /// How well it fits; comparable among what is offered for one text.
    pub score: f32,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Offer {
    /// A concept of the thesaurus.
    Concept {
        /// Which.
        concept: ConceptId,
    },
    /// A law.
    Work {
        /// Which.
        work: WorkUri,
        /// Its title in English, where it has one that is not shown already.
        title_en: Option<String>,
        /// Whose law it is.
        jurisdiction: Jurisdiction,
    },
    /// A provision of a law.
    Provision {
        /// The expression that holds it.
        expression: ExpressionUri,
        /// Its id within the work.
        id: ProvisionId,
        /// Its heading; empty where it has none.
        heading: String,
        /// Whose law it is.
        jurisdiction: Jurisdiction,
    },
}
