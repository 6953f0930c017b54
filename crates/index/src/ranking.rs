//! How answers are ranked, as `index/ranking.toml` says.

use std::sync::LazyLock;

use serde::Deserialize;

/// The numbers of `index/ranking.toml`, which says what each is for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    pub(crate) text: Bm25,
    pub(crate) heading: Bm25,
    pub(crate) heading_pairs: f32,
    pub(crate) exact: Bm25,
    pub(crate) character: Bm25,
    pub(crate) title: Title,
    pub(crate) citation: Citation,
    pub(crate) matching: Match,
    pub(crate) concept: ConceptWeights,
    pub(crate) near: Near,
    pub(crate) context: Context,
    pub(crate) question: Question,
    pub(crate) similar: Similar,
    pub(crate) prior: Prior,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bm25 {
    pub(crate) k1: f32,
    pub(crate) b: f32,
    pub(crate) weight: f32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Title {
    pub(crate) weight: f32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Citation {
    pub(crate) label: f32,
    pub(crate) curated: f32,
    pub(crate) suggested: f32,
    pub(crate) jurisdiction: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Match {
    pub(crate) rungs: Vec<f32>,
    pub(crate) enough: usize,
    pub(crate) coordination: f32,
    pub(crate) family: f32,
    pub(crate) common: f32,
    pub(crate) part: f32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConceptWeights {
    pub(crate) text: f32,
    pub(crate) heading: f32,
    pub(crate) title: f32,
    pub(crate) curated: f32,
    pub(crate) suggested: f32,
    pub(crate) narrower: f32,
    pub(crate) beside: f32,
    pub(crate) literal: f32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Near {
    pub(crate) candidates: usize,
    pub(crate) weight: f32,
    pub(crate) window: u32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    pub(crate) candidates: usize,
    pub(crate) next: f32,
    pub(crate) second: f32,
    pub(crate) length: f32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    pub(crate) words: usize,
    pub(crate) asking: f32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Similar {
    pub(crate) words: usize,
    pub(crate) word: f32,
    pub(crate) concepts: usize,
    pub(crate) concept: f32,
    pub(crate) counts: f32,
    pub(crate) curated: f32,
    pub(crate) suggested: f32,
    pub(crate) rungs: Vec<f32>,
    pub(crate) enough: usize,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Prior {
    pub(crate) in_force: f32,
    pub(crate) not_yet_in_force: f32,
    pub(crate) unknown: f32,
    pub(crate) draft: f32,
    pub(crate) superseded: f32,
    pub(crate) repealed: f32,
    pub(crate) machine_translation: f32,
    pub(crate) digest: f32,
    pub(crate) curated: f32,
}

impl Ranking {
    /// The ranking that ships with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Ranking> = LazyLock::new(|| {
            Ranking::parse(include_str!("../../../index/ranking.toml")).expect("index/ranking.toml is sound")
        });
        &SHIPPED
    }

    /// Reads a ranking in the form of `index/ranking.toml`.
    ///
    /// # Errors
    ///
    /// Says what is missing, unknown or of the wrong kind.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}
