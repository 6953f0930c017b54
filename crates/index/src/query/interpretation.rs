//! What a query was read as.

use merida_law::{Article, Jurisdiction, Language};
use serde::Serialize;

/// What a query was read as, to be shown to the reader and taken apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Interpretation {
    /// What was typed, cut at [`Interpretation::MAX_CHARS`].
    pub query: String,
    /// What it is made of, in the order typed.
    pub parts: Vec<Part>,
    /// The languages in whose analysed text it was looked for.
    pub languages: Vec<Language>,
    /// How much of the words an answer had to hold.
    pub matching: Matching,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

impl Interpretation {
    /// How much of a query is read, in Unicode scalar values.
    pub const MAX_CHARS: usize = 4_000;
    /// How many words of a query are looked for.
    pub const MAX_WORDS: usize = 96;

    /// The article of the Convention that the query cites, if it cites one.
    pub fn article(&self) -> Option<Article> {
        self.parts.iter().find_map(|part| match part {
            Part::Article { article, .. } => Some(*article),
            _ => None,
        })
    }
}

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Part {
    /// A word, or a run of Chinese, Japanese, Korean or Thai text.
    Word {
        /// As typed.
        text: String,
    },
    /// A word that is too common to be looked for beside others.
    Stop {
        /// As typed.
        text: String,
    },
    /// Words in quotes: an answer holds them side by side.
    Phrase {
        /// Without the quotes.
        text: String,
    },
    /// A word or words after a minus: no answer holds them.
    Excluded {
        /// Without the minus.
        text: String,
    },
    /// An article of the Convention.
    Article {
        /// As typed.
        text: String,
        /// The article.
        article: Article,
    },
    /// A provision of a national law: `s 6`, `art. 385`, `§ 299`.
    Provision {
        /// As typed.
        text: String,
        /// Its number in one form: `6`, `385`, `432-11`, `9bis`.
        number: String,
    },
    /// A State or territory.
    Jurisdiction {
        /// As typed.
        text: String,
        /// Which one.
        jurisdiction: Jurisdiction,
    },
    /// A word that occurs nowhere, and the one that was looked for in its place.
    Corrected {
        /// As typed.
        text: String,
        /// What was looked for.
        to: String,
    },
}

/// How much of the words an answer had to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Matching {
    /// All of them.
    #[default]
    All,
    /// Most of them.
    Most,
    /// Some of them.
    Some,
    /// Any of them.
    Any,
}

/// What the reader should know about how the query was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "note")]
pub enum Note {
    /// The query was too long; only its beginning was read.
    Cut {
        /// How many Unicode scalar values were read.
        read: usize,
        /// How many there were.
        of: usize,
    },
    /// There were too many words; only the first were looked for.
    TooManyWords {
        /// How many were looked for.
        read: usize,
    },
    /// The words in quotes stand nowhere as they are; they were looked for apart.
    PhraseTakenApart,
    /// There was nothing in the query to look for, so that the filters alone decide.
    NothingToLookFor,
}
