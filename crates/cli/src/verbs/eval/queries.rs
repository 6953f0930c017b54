//! Golden queries, for people to read.

use std::fmt::Write;

use merida_library::QueryFigures;

/// The figures of golden queries for people: by language, across languages, then what went wrong.
pub(super) fn text(figures: &QueryFigures) -> String {
    let mut text = format!(
        "{:<12}{:>8}{:>9}{:>8}{:>12}{:>8}\n",
        "language", "queries", "nDCG@10", "MRR@10", "success@1", "traps"
    );
    for row in &figures.rows {
        let _ = writeln!(
            text,
            "{:<12}{:>8}{:>9.3}{:>8.3}{:>12.3}{:>8}",
            row.name,
            row.queries,
            row.ndcg_10,
            row.mrr_10,
            row.success_1,
            format!("{}/{}", row.traps, row.with_traps),
        );
    }
    if !figures.concepts.is_empty() {
        let _ = writeln!(text, "\n{:<34}{:>8}  lowest pair    recall@50", "concept", "overlap");
        for concept in &figures.concepts {
            let (pair, least) = &concept.lowest;
            let _ = write!(text, "{:<34}{:>8.2}  {pair} {least:.2} ", concept.name, concept.overlap);
            for (language, recall) in &concept.recall_50 {
                let _ = write!(text, " {language} {recall:.2}");
            }
            text.push('\n');
        }
    }
    for (name, across) in [("all", &figures.across), ("held out", &figures.across_held_out)] {
        let Some(across) = across else { continue };
        let _ = writeln!(
            text,
            "\n{name}: {} concepts\n  overlap of the first ten works  {:.3}",
            across.concepts, across.overlap
        );
        for (pair, overlap) in &across.pairs {
            let _ = write!(text, "  {pair} {overlap:.2}");
        }
        let _ = writeln!(text, "\n  recall@50 in other languages    {:.3}", across.recall_50_mean);
        for (language, recall) in &across.recall_50 {
            let _ = write!(text, "  {language} {recall:.2}");
        }
        let _ = writeln!(text, "\n  recall@50 of the whole answer   {:.3}", across.recall_50_of_all);
    }
    if !figures.failures.is_empty() {
        let _ = writeln!(text, "\n{} queries did not get what they should:", figures.failures.len());
    }
    for failure in &figures.failures {
        let _ = writeln!(
            text,
            "{}  {}\n    {} (nDCG@10 {:.2}); first came {}",
            failure.language,
            failure.query,
            failure.problem,
            failure.ndcg_10,
            if failure.came.is_empty() { "nothing".to_owned() } else { failure.came.join(", ") }
        );
    }
    for name in &figures.unknown {
        let _ = writeln!(text, "a judgment names what is not kept: {name}");
    }
    for (name, figure, floor) in &figures.below {
        let _ = writeln!(text, "below its floor: {name} is {figure:.3}, not {floor:.3}");
    }
    text
}
