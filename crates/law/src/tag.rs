//! Which provision bears on which article of the Convention, and who says so.

use serde::{Deserialize, Serialize};

use crate::{Article, ProvisionId};

/// A provision bears on an article. It hangs on the work and the provision's id, never on one translation, so it
/// serves every language and version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tag {
    /// The provision, by its id within the work.
    pub provision: ProvisionId,
    /// The article of the Convention.
    pub article: Article,
    /// Who says so.
    pub origin: Origin,
}

/// Who says that a provision bears on an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "origin")]
pub enum Origin {
    /// A person, or a manifest that a person wrote.
    Curated {
        /// Who: a name, or the manifest.
        by: String,
    },
    /// A tagger, with its reasons.
    Suggested {
        /// Confidence from 0 to 1; comparable within one tagger.
        score: f32,
        /// The words that led to it.
        evidence: Vec<Evidence>,
    },
}

impl Origin {
    /// `curated` or `suggested`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Curated { .. } => "curated",
            Self::Suggested { .. } => "suggested",
        }
    }
}

/// A stretch of a provision's text that speaks for a suggested article.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it starts in the unit's full text (label excluded, see [`crate::TaggedDocument::unit_text`]), in
    /// Unicode scalar values.
    pub start: u32,
    /// Where it ends, exclusive, in Unicode scalar values.
    pub end: u32,
    /// The concept that the words stand for, such as `bribe` or `foreign-official`.
    pub concept: String,
}
