//! What an engine runs: weighted clauses that say nothing of any engine.

use merida_law::{Article, Jurisdiction};
use serde::Serialize;

use super::{Condition, Pattern};
use crate::analysis::Lang;
use crate::{ConceptId, Filters, Sort};

/// A query as an engine runs it.
///
/// A provision is an answer where it meets the `condition`, the filters, and enough of the `words` (see `rungs`). Its
/// score is the sum of its words, times the priors of its expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// What an answer should hold.
    pub words: Vec<Word>,
    /// What an answer must be, beside holding words.
    pub condition: Option<Condition>,
    /// What is run where this plan finds nothing: phrases are then words.
    pub otherwise: Option<Box<Plan>>,
    /// Pairs of neighbours in `words`: an answer in which they stand close together is better.
    pub neighbours: Vec<(usize, usize)>,
    /// Stop words, as typed: looked for only where a long ranked list is asked for and answers are few.
    pub common: Vec<Word>,
    /// Whether words of the same family are looked for where answers are fewer than `enough`.
    pub widens: bool,
    /// Whether each provision is weighed by itself, without what its neighbours in the text hold.
    pub alone: bool,
    /// Shares of the total weight of words that an answer must hold, the strictest first. The first that gives
    /// `enough` answers is taken, else the last that gives any.
    pub rungs: Vec<f32>,
    /// How many answers are enough.
    pub enough: usize,
    /// What the answers must be.
    pub filters: Filters,
    /// In which order works come.
    pub sort: Sort,
}

/// Something that an answer should hold: a word in all its forms, a citation, a jurisdiction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Word {
    /// The ways in which an answer may hold it; the scores of those that it does add up.
    pub clauses: Vec<Clause>,
    /// How much of its rarity counts towards the share of words held: 1 for a word, less for a piece of one, 0 for what
    /// the condition asks for already.
    pub counts: f32,
    /// What its score is multiplied by.
    pub weight: f32,
}

/// One way to hold a word.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Clause {
    /// A term of a field, ranked by BM25.
    Term {
        /// The field.
        field: Field,
        /// The term, as the field's analyser writes it.
        term: String,
        /// What its score is multiplied by.
        weight: f32,
    },
    /// Any exact term of a pattern, ranked by BM25.
    Pattern {
        /// The pattern.
        pattern: Pattern,
        /// What its score is multiplied by.
        weight: f32,
    },
    /// A word of the work's title.
    Title {
        /// The word in each analyser's form, and folded.
        terms: Vec<String>,
        /// What its score is multiplied by.
        weight: f32,
    },
    /// The number of the provision.
    Label {
        /// The number in one form.
        number: String,
        /// Its score.
        score: f32,
    },
    /// A condition that is met.
    Meets {
        /// The condition.
        condition: Condition,
        /// Its score.
        score: f32,
    },
    /// A tag.
    Tag {
        /// The article; parts of it count as well.
        article: Article,
        /// The score of a curated tag.
        curated: f32,
        /// The score of a suggested tag of confidence 1.
        suggested: f32,
    },
    /// A concept: provisions in which its labels stand, in whatever language.
    Concept {
        /// Which.
        concept: ConceptId,
        /// The languages whose labels count.
        languages: Vec<Lang>,
        /// What its weights are multiplied by.
        weight: f32,
        /// The articles whose tags speak for it, each with its share of the weight that `index/ranking.toml` gives;
        /// tags on parts of an article count as well. A provision that a person tagged so is an answer.
        articles: Vec<(Article, f32)>,
    },
    /// A jurisdiction.
    Jurisdiction {
        /// Which.
        jurisdiction: Jurisdiction,
        /// Its score.
        score: f32,
    },
}

/// A field of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Heading and text, analysed for a language.
    Text(Lang),
    /// The heading, analysed for a language.
    Heading(Lang),
    /// Heading and text, folded and not stemmed, in every language.
    Exact,
}
