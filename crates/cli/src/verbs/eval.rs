//! `merida eval`: relevance and suggested articles, in figures.

use std::fmt::Write;

use merida_library::{RetrievalRequest, evaluate_retrieval, evaluate_tags};

use crate::Ending;
use crate::args::{Eval, Evaluation, Retrieval};
use crate::terminal;

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
    }
    Ok(Ending::Done)
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
