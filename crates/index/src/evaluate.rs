//! How well the search finds what judges found relevant.
//!
//! A set of texts, queries and judgments in the form of BEIR is put into an index of its own and searched through the
//! analysers, the reading of queries and the plan that every search goes through.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use merida_law::{Authority, ExpressionUri, Jurisdiction, Language, ProvisionId, Status, WorkKind, WorkUri};
use serde::{Deserialize, Serialize};

use crate::{Card, Entry, Index, IndexError, Ranking, Request, Settings};

/// How many answers to each query are judged.
pub const DEPTH: usize = 100;

/// How good and how fast the search is on a set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// How many texts.
    pub documents: usize,
    /// How many queries with judgments.
    pub queries: usize,
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg_10: f64,
    /// Mean reciprocal rank of the first relevant among the first ten.
    pub mrr_10: f64,
    /// Share of the relevant among the first ten.
    pub recall_10: f64,
    /// Share of the relevant among the first hundred.
    pub recall_100: f64,
    /// The time that half of the queries stay under, in milliseconds.
    pub p50_ms: f64,
    /// The time that 99 in 100 queries stay under, in milliseconds.
    pub p99_ms: f64,
    /// How long indexing took, in seconds.
    pub indexing_seconds: f64,
    /// The size of the index, in megabytes (1,000,000 bytes).
    pub index_mb: f64,
}

/// Why a set was not judged.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the machine says.
        error: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}, line {line}: {reason}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// No query has a judgment.
    #[error("no query has a judgment: check that the ids in {0} are those of the queries")]
    NothingJudged(PathBuf),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

#[derive(Deserialize)]
struct Record {
    #[serde(alias = "_id")]
    id: Id,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

impl Id {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Judges the search on a set in the form of BEIR: `corpus` and `queries` as JSON lines with `_id` or `id`, `title`
/// and `text`; `qrels` as tab-separated query, document and score, with a header or without. Texts are read as
/// `language`. Writes the answers to `run` in the form of TREC.
///
/// # Errors
///
/// Where a file cannot be read, a line is unsound, or nothing is judged.
pub fn evaluate(
    corpus: &Path,
    queries: &Path,
    qrels: &Path,
    language: Language,
    run: Option<&Path>,
) -> Result<Figures, EvaluateError> {
    evaluate_with(corpus, queries, qrels, language, run, Ranking::shipped().clone())
}

/// As [`evaluate`], with a ranking other than the shipped one.
///
/// # Errors
///
/// As [`evaluate`].
pub fn evaluate_with(
    corpus: &Path,
    queries: &Path,
    qrels: &Path,
    language: Language,
    run: Option<&Path>,
    ranking: Ranking,
) -> Result<Figures, EvaluateError> {
    let set = Set::read(corpus, queries, qrels)?;
    let judged = set.judge_all(language, &[ranking], run)?;
    judged.into_iter().next().map(|halves| halves.all).ok_or(EvaluateError::NothingJudged(set.qrels))
}

/// The figures of a set, and of the two halves of its queries. Numbers are chosen on the one and reported on the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Halves {
    /// Every query.
    pub all: Figures,
    /// The half that numbers may be chosen on.
    pub tuning: Figures,
    /// The half that numbers are reported on.
    pub reporting: Figures,
}

/// Judges several rankings on one set, which is put into an index once. Queries are halved by a hash of their ids.
///
/// # Errors
///
/// As [`evaluate`].
pub fn evaluate_rankings(
    corpus: &Path,
    queries: &Path,
    qrels: &Path,
    language: Language,
    rankings: &[Ranking],
    run: Option<&Path>,
) -> Result<Vec<Halves>, EvaluateError> {
    Set::read(corpus, queries, qrels)?.judge_all(language, rankings, run)
}

/// A set, read.
struct Set {
    documents: Vec<(String, String, String)>,
    queries: Vec<(String, String)>,
    judgments: HashMap<String, HashMap<String, f64>>,
    qrels: PathBuf,
}

impl Set {
    fn read(corpus: &Path, queries: &Path, qrels: &Path) -> Result<Self, EvaluateError> {
        let mut documents: Vec<(String, String, String)> = records(corpus)?
            .into_iter()
            .map(|record| (record.id.text(), record.title.unwrap_or_default(), record.text))
            .collect();
        settle_order(&mut documents);
        let judgments = judgments(qrels)?;
        let queries = records(queries)?
            .into_iter()
            .map(|record| (record.id.text(), record.text))
            .filter(|(id, _)| judgments.contains_key(id))
            .collect();
        Ok(Self { documents, queries, judgments, qrels: qrels.to_owned() })
    }

    /// Judges each ranking on an index of its own folder, which is thrown away. The answers of the last are written.
    fn judge_all(
        &self,
        language: Language,
        rankings: &[Ranking],
        run: Option<&Path>,
    ) -> Result<Vec<Halves>, EvaluateError> {
        if self.queries.is_empty() {
            return Err(EvaluateError::NothingJudged(self.qrels.clone()));
        }
        let folder = std::env::temp_dir().join(format!(
            "merida-evaluate-{}-{}",
            std::process::id(),
            self.documents.len()
        ));
        let judged = self.judge_in(&folder, language, rankings, run);
        // What is left of a temporary index does no harm.
        let _ = std::fs::remove_dir_all(&folder);
        judged
    }

    fn judge_in(
        &self,
        folder: &Path,
        language: Language,
        rankings: &[Ranking],
        run: Option<&Path>,
    ) -> Result<Vec<Halves>, EvaluateError> {
        let begun = Instant::now();
        self.index(folder, language)?;
        let indexing_seconds = begun.elapsed().as_secs_f64();
        let mut all = Vec::new();
        for ranking in rankings {
            let settings = Settings { ranking: Some(ranking.clone()), ..Settings::default() };
            let index = Index::open(folder, settings)?;
            let (judged, lines) = self.judge(&index)?;
            if let Some(run) = run {
                std::fs::write(run, lines)
                    .map_err(|error| EvaluateError::File { path: run.to_owned(), error })?;
            }
            let figures = |takes: &dyn Fn(&str) -> bool| {
                let taken: Vec<&Judged> = judged.iter().filter(|judged| takes(&judged.id)).collect();
                self.figures(&taken, indexing_seconds, index.bytes())
            };
            all.push(Halves {
                all: figures(&|_| true),
                tuning: figures(&|id| !is_reported(id)),
                reporting: figures(&is_reported),
            });
        }
        Ok(all)
    }

    /// Asks every query; gives what each got, and the answers in the form of TREC.
    fn judge(&self, index: &Index) -> Result<(Vec<Judged>, String), EvaluateError> {
        let mut judged = Vec::with_capacity(self.queries.len());
        let mut lines = String::new();
        for (id, text) in &self.queries {
            let begun = Instant::now();
            let (_, mut plan) = index.interpret(&Request { literal: true, ..Request::new(text.as_str()) });
            // A long ranked list is asked for: everything that holds any of the words.
            plan.enough = DEPTH;
            plan.rungs.clear();
            let best = index.best(&plan, DEPTH)?;
            let ms = begun.elapsed().as_secs_f64() * 1000.0;
            let ranked: Vec<(&str, f32)> =
                best.iter().filter_map(|(place, score)| Some((self.id_at(place)?, *score))).collect();
            for (rank, (document, score)) in ranked.iter().enumerate() {
                let _ = writeln!(lines, "{id} Q0 {document} {} {score} merida", rank + 1);
            }
            judged.push(Judged { id: id.clone(), values: measures(&ranked, &self.judgments[id]), ms });
        }
        Ok((judged, lines))
    }

    fn figures(&self, judged: &[&Judged], indexing_seconds: f64, bytes: u64) -> Figures {
        let mut times: Vec<f64> = judged.iter().map(|judged| judged.ms).collect();
        times.sort_by(f64::total_cmp);
        let mean = |value: usize| {
            judged.iter().map(|judged| judged.values[value]).sum::<f64>() / judged.len().max(1) as f64
        };
        Figures {
            documents: self.documents.len(),
            queries: judged.len(),
            ndcg_10: mean(0),
            mrr_10: mean(1),
            recall_10: mean(2),
            recall_100: mean(3),
            p50_ms: percentile(&times, 0.5),
            p99_ms: percentile(&times, 0.99),
            indexing_seconds,
            index_mb: bytes as f64 / 1e6,
        }
    }

    fn id_at(&self, place: &str) -> Option<&str> {
        let place: usize = place.parse().ok()?;
        self.documents.get(place).map(|(id, _, _)| id.as_str())
    }

    fn index(&self, folder: &Path, language: Language) -> Result<(), IndexError> {
        let index = Index::create(folder, Settings::default())?;
        let mut writer = index.writer()?;
        writer.put(
            card(language),
            self.documents.iter().enumerate().map(|(place, document)| entry(place, document, language)),
        )?;
        writer.finish(0)
    }
}

/// What one query got.
struct Judged {
    id: String,
    values: [f64; 4],
    ms: f64,
}

/// Whether a query is of the half that is reported: by a hash of its id, FNV-1a.
fn is_reported(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Ids that differ in their last letter differ in the low bits alone.
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 63 == 1
}

/// Brings texts into reading order where their ids are numbers, which count the texts of the source. A set may list the
/// texts that are judged relevant first; neighbours of such a list are no neighbours, and its order says what no search
/// can know.
fn settle_order(documents: &mut [(String, String, String)]) {
    if documents.iter().all(|(id, _, _)| id.parse::<u64>().is_ok()) {
        documents.sort_by_key(|(id, _, _)| id.parse::<u64>().unwrap_or(u64::MAX));
    }
}

/// The card of a set, which is no law: it says nothing that a query could find.
fn card(language: Language) -> Card {
    let work = WorkUri::new(Jurisdiction::INTERNATIONAL, WorkKind::ModelLaw, None, "set");
    Card {
        expression: ExpressionUri::new(work, language, None, 1),
        authority: Authority::Unverified,
        title: String::new(),
        title_en: None,
        jurisdiction: Jurisdiction::INTERNATIONAL,
        kind: WorkKind::ModelLaw,
        date: None,
        status: Status::InForce { since: None },
    }
}

fn entry(place: usize, (_, title, text): &(String, String, String), language: Language) -> Entry {
    let id: Result<ProvisionId, _> = format!("para_{}", place + 1).parse();
    Entry {
        id: id.unwrap_or_else(|_| unreachable!("digits make a sound id")),
        label: String::new(),
        heading: title.clone(),
        text: if title.is_empty() { text.clone() } else { format!("{title}\n{text}") },
        language,
        curated: Vec::new(),
        suggested: Vec::new(),
    }
}

/// nDCG@10, MRR@10, recall@10 and recall@100 of one query.
fn measures(ranked: &[(&str, f32)], judgments: &HashMap<String, f64>) -> [f64; 4] {
    let gain = |rank: usize, score: f64| score / (rank as f64 + 2.0).log2();
    let relevant = |document: &str| judgments.get(document).copied().filter(|&score| score > 0.0);
    let total = judgments.values().filter(|&&score| score > 0.0).count();
    let (mut dcg, mut mrr, mut hits_10, mut hits) = (0.0, 0.0, 0, 0);
    for (rank, (document, _)) in ranked.iter().take(DEPTH).enumerate() {
        let Some(score) = relevant(document) else { continue };
        hits += 1;
        if rank < 10 {
            hits_10 += 1;
            dcg += gain(rank, score);
            if mrr == 0.0 {
                mrr = 1.0 / (rank as f64 + 1.0);
            }
        }
    }
    let mut ideal: Vec<f64> = judgments.values().copied().filter(|&score| score > 0.0).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best: f64 = ideal.iter().take(10).enumerate().map(|(rank, &score)| gain(rank, score)).sum();
    let share = |hits: usize| if total == 0 { 0.0 } else { hits as f64 / total as f64 };
    [if best > 0.0 { dcg / best } else { 0.0 }, mrr, share(hits_10), share(hits)]
}

/// The value that the share `at` of sorted `values` stays under.
fn percentile(values: &[f64], at: f64) -> f64 {
    let place = ((values.len() as f64 * at).ceil() as usize).clamp(1, values.len().max(1)) - 1;
    values.get(place).copied().unwrap_or(0.0)
}

fn records(path: &Path) -> Result<Vec<Record>, EvaluateError> {
    let mut found = Vec::new();
    for (number, line) in lines(path)?.enumerate() {
        let line = line.map_err(|error| EvaluateError::File { path: path.to_owned(), error })?;
        if line.trim().is_empty() {
            continue;
        }
        let record = serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|error| {
            EvaluateError::Line { path: path.to_owned(), line: number + 1, reason: error.to_string() }
        })?;
        found.push(record);
    }
    Ok(found)
}

fn judgments(path: &Path) -> Result<HashMap<String, HashMap<String, f64>>, EvaluateError> {
    let mut found: HashMap<String, HashMap<String, f64>> = HashMap::new();
    for (number, line) in lines(path)?.enumerate() {
        let line = line.map_err(|error| EvaluateError::File { path: path.to_owned(), error })?;
        let fields: Vec<&str> = line.split_whitespace().collect();
        // Three columns as BEIR has them, or the four of TREC.
        let (query, document, score) = match fields[..] {
            [query, document, score] | [query, _, document, score] => (query, document, score),
            [] => continue,
            _ => {
                let reason = "write query, document and score, with tabs between them".to_owned();
                return Err(EvaluateError::Line { path: path.to_owned(), line: number + 1, reason });
            }
        };
        match score.parse() {
            Ok(score) => {
                found.entry(query.to_owned()).or_default().insert(document.to_owned(), score);
            }
            Err(_) if number == 0 => {}
            Err(_) => {
                let reason = format!("\"{score}\" is not a score");
                return Err(EvaluateError::Line { path: path.to_owned(), line: number + 1, reason });
            }
        }
    }
    Ok(found)
}

fn lines(path: &Path) -> Result<std::io::Lines<BufReader<File>>, EvaluateError> {
    let file = File::open(path).map_err(|error| EvaluateError::File { path: path.to_owned(), error })?;
    Ok(BufReader::new(file).lines())
}

/// A table of figures, one row a set, as Markdown.
pub fn table(rows: &BTreeMap<String, Figures>) -> String {
    let mut text = String::from(
        "| set | documents | queries | nDCG@10 | MRR@10 | recall@10 | recall@100 | p50 ms | p99 ms | indexing s | index MB |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (name, f) in rows {
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {:.4} | {:.4} | {:.4} | {:.4} | {:.2} | {:.2} | {:.1} | {:.1} |",
            f.documents,
            f.queries,
            f.ndcg_10,
            f.mrr_10,
            f.recall_10,
            f.recall_100,
            f.p50_ms,
            f.p99_ms,
            f.indexing_seconds,
            f.index_mb
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<String> {
        let mut documents: Vec<(String, String, String)> =
            ids.iter().map(|id| ((*id).to_owned(), String::new(), String::new())).collect();
        settle_order(&mut documents);
        documents.into_iter().map(|(id, _, _)| id).collect()
    }

    #[test]
    fn texts_with_numbers_for_ids_are_put_in_their_order_and_others_stay() {
        assert_eq!(ids(&["10", "9", "118"]), ["9", "10", "118"]);
        assert_eq!(ids(&["b", "9", "a"]), ["b", "9", "a"]);
    }

    #[test]
    fn ids_fall_into_two_halves_of_about_one_size() {
        let reported = (0..1_000).filter(|number| is_reported(&number.to_string())).count();
        assert!((400..600).contains(&reported), "{reported}");
    }
}
