//! Measuring: suggested articles against a manifest's, retrieval against judged queries, golden queries.

use std::path::{Path, PathBuf};

use merida_law::Language;
use serde::Serialize;

use crate::Error;
use crate::open::blocking;

mod concepts;
mod golden;
mod measures;
mod queries;

pub use concepts::{
    ConceptFigures, ConceptOverlap, LabelCount, LanguageCount, PairOverlap, ThesaurusFigures,
};
pub use queries::{AcrossFigures, AskedConcept, QueryFailure, QueryFigures, QueryRow};

/// A retrieval benchmark, as BEIR lays it out.
#[derive(Clone, Debug)]
pub struct RetrievalRequest {
    /// Documents: lines of `{"_id", "title", "text"}`.
    pub corpus: PathBuf,
    /// Queries: lines of `{"_id", "text"}`.
    pub queries: PathBuf,
    /// Judgements: tab-separated, with or without a header.
    pub qrels: PathBuf,
    /// The language of both.
    pub language: Language,
    /// Where to write the run in TREC's form.
    pub run: Option<PathBuf>,
}

/// How well and how fast the product's search did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetrievalFigures {
    /// Documents.
    pub documents: u64,
    /// Judged queries.
    pub queries: u64,
    /// nDCG at 10.
    pub ndcg_10: f64,
    /// Mean reciprocal rank at 10.
    pub mrr_10: f64,
    /// Recall at 10.
    pub recall_10: f64,
    /// Recall at 100.
    pub recall_100: f64,
    /// Median latency, in milliseconds.
    pub p50_ms: f64,
    /// 99th percentile of latency, in milliseconds.
    pub p99_ms: f64,
    /// Seconds to build the index.
    pub indexing_seconds: f64,
    /// Size of the index, in megabytes.
    pub index_mb: f64,
}

/// How well suggested articles agree with curated ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TagFigures {
    /// One row for each language with tagged units, then one each for the laws that the tagger was adjusted on, for
    /// those held out, and for all: name, tagged units, precision@1, recall@3, MRR.
    pub rows: Vec<(String, u64, f64, f64, f64)>,
}

/// Runs a retrieval benchmark through the same analysers and plan as [`crate::Library::search`].
///
/// # Errors
/// If a file cannot be read.
pub async fn evaluate_retrieval(request: RetrievalRequest) -> Result<RetrievalFigures, Error> {
    let figures = blocking(move || {
        let RetrievalRequest { corpus, queries, qrels, language, run } = request;
        merida_index::evaluate::evaluate(&corpus, &queries, &qrels, language, run.as_deref())
    });
    let figures = figures.await?.map_err(|e| Error::Evaluation(e.to_string()))?;
    Ok(RetrievalFigures {
        documents: figures.documents as u64,
        queries: figures.queries as u64,
        ndcg_10: figures.ndcg_10,
        mrr_10: figures.mrr_10,
        recall_10: figures.recall_10,
        recall_100: figures.recall_100,
        p50_ms: figures.p50_ms,
        p99_ms: figures.p99_ms,
        indexing_seconds: figures.indexing_seconds,
        index_mb: figures.index_mb,
    })
}

/// Measures suggested articles against the tags of the manifest in `folder`.
///
/// # Errors
/// If the manifest cannot be read.
pub async fn evaluate_tags(folder: &Path) -> Result<TagFigures, Error> {
    let folder = folder.to_owned();
    let figures = blocking(move || merida_ingest::evaluate_tags(&folder)).await?;
    let figures = figures.map_err(|e| Error::Evaluation(e.to_string()))?;
    let languages = figures.languages.iter().map(|(language, figures)| (language.to_string(), figures));
    let parts =
        [("development", &figures.development), ("held out", &figures.held_out), ("all", &figures.total)];
    let rows = languages.chain(parts.map(|(name, figures)| (name.to_owned(), figures)));
    let row = |(name, figures): (String, &merida_ingest::Figures)| {
        let rates = (figures.precision_at_1()?, figures.recall_at_3()?, figures.mean_reciprocal_rank()?);
        Some((name, figures.tagged, rates.0, rates.1, rates.2))
    };
    Ok(TagFigures { rows: rows.filter_map(row).collect() })
}
