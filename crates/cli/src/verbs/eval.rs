//! `merida eval`: relevance and suggested articles, in figures.

use std::fmt::Write;

use merida_library::{
    ConceptFigures, Library, RetrievalRequest, ThesaurusFigures, evaluate_retrieval, evaluate_tags,
};

use crate::Ending;
use crate::args::{Eval, Evaluation, Retrieval};
use crate::terminal;

mod queries;

pub(crate) async fn run(eval: Eval) -> anyhow::Result<Ending> {
    match eval.what {
        Evaluation::Tags { folder, json } => {
            let figures = evaluate_tags(&folder).await?;
            if json {
                terminal::json(&figures)?;
            } else {
                let mut text = format!(
                    "{:<12}{:>8}{:>14}{:>12}{:>8}\n",
                    "language", "tagged", "precision@1", "recall@3", "MRR"
                );
                for (name, count, precision, recall, mrr) in &figures.rows {
                    let _ = writeln!(text, "{name:<12}{count:>8}{precision:>14.3}{recall:>12.3}{mrr:>8.3}");
                }
                terminal::text(&text)?;
            }
        }
        Evaluation::Retrieval(retrieval) => measure_retrieval(retrieval).await?,
        Evaluation::Thesaurus { .. } | Evaluation::Concepts { .. } | Evaluation::Queries { .. } => {}
    }
    Ok(Ending::Done)
}

/// What is measured on a library.
pub(crate) async fn run_on(library: &Library, eval: Eval) -> anyhow::Result<Ending> {
    match eval.what {
        Evaluation::Thesaurus { json } => {
            let figures = library.evaluate_thesaurus().await?;
            if json { terminal::json(&figures)? } else { terminal::text(&labels(&figures))? }
        }
        Evaluation::Concepts { all, json } => {
            let figures = library.evaluate_concepts(all).await?;
            if json { terminal::json(&figures)? } else { terminal::text(&concepts(&figures))? }
        }
        Evaluation::Queries { folder, json } => {
            let figures = library.evaluate_queries(&folder).await?;
            if json {
                terminal::json(&figures)?
            } else {
                terminal::text(&queries::text(&figures))?
            }
            if !(figures.unknown.is_empty() && figures.below.is_empty()) {
                return Ok(Ending::BelowFloor);
            }
        }
        Evaluation::Tags { .. } | Evaluation::Retrieval(_) => return run(eval).await,
    }
    Ok(Ending::Done)
}

fn labels(figures: &ThesaurusFigures) -> String {
    let mut text = format!(
        "{} concepts, {} provisions read\n{:<10}{:>8}{:>10}{:>8}\n",
        figures.concepts, figures.provisions, "language", "labels", "attested", "share"
    );
    for row in &figures.languages {
        let share = row.attested as f64 / row.labels.max(1) as f64;
        let _ = writeln!(text, "{:<10}{:>8}{:>10}{:>8.3}", row.language, row.labels, row.attested, share);
    }
    for row in figures.languages.iter().filter(|row| row.attested < row.labels) {
        let _ = writeln!(text, "\nstand nowhere ({}):", row.language);
        let nowhere = figures.labels.iter().filter(|l| l.language == row.language && l.provisions == 0);
        for label in nowhere {
            let _ = writeln!(text, "  {}  ({}, {})", label.text, label.concept, label.kind.as_str());
        }
    }
    text
}

fn concepts(figures: &ConceptFigures) -> String {
    let mut text = format!("{:<44}{:>8}{:>8}{:>11}\n", "concept", "overlap", "lowest", "recall@50");
    let share = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
    for row in &figures.concepts {
        let _ = writeln!(
            text,
            "{:<44}{:>8}{:>8}{:>11}",
            row.concept.as_str(),
            share(row.overlap),
            share(row.lowest),
            share(row.recall_50)
        );
    }
    let _ = writeln!(text, "\n{:<12}{:>8}", "languages", "overlap");
    for pair in &figures.pairs {
        let _ = writeln!(
            text,
            "{:<12}{:>8.3}",
            format!("{} {}", pair.languages[0], pair.languages[1]),
            pair.overlap
        );
    }
    let _ = writeln!(text, "\naverage overlap of the top ten works  {:.3}", figures.overlap);
    let _ = writeln!(text, "lowest pair of languages              {:.3}", figures.lowest_pair);
    let _ = writeln!(text, "recall@50 in other languages          {:.3}", figures.recall_50);
    text
}

async fn measure_retrieval(retrieval: Retrieval) -> anyhow::Result<()> {
    let request = RetrievalRequest {
        corpus: retrieval.corpus,
        queries: retrieval.queries,
        qrels: retrieval.qrels,
        language: retrieval.lang,
        run: retrieval.run,
    };
    let figures = evaluate_retrieval(request).await?;
    if retrieval.json {
        return terminal::json(&figures);
    }
    let mut text = format!("{} documents, {} judged queries\n", figures.documents, figures.queries);
    for (name, value) in [
        ("nDCG@10", figures.ndcg_10),
        ("MRR@10", figures.mrr_10),
        ("recall@10", figures.recall_10),
        ("recall@100", figures.recall_100),
    ] {
        let _ = writeln!(text, "{name:<12}{value:.4}");
    }
    let _ = writeln!(text, "{:<12}{:.2} ms", "p50", figures.p50_ms);
    let _ = writeln!(text, "{:<12}{:.2} ms", "p99", figures.p99_ms);
    let _ = writeln!(text, "{:<12}{:.2} s", "indexing", figures.indexing_seconds);
    let _ = writeln!(text, "{:<12}{:.1} MB", "index", figures.index_mb);
    terminal::text(&text)
}
