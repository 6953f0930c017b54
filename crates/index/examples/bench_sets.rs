//! Judges the search on the public retrieval sets in `../shared/bench` (or `$MERIDA_SHARED/bench`) beside the best
//! figures of other engines, as that folder's README gives them.
//!
//! `cargo run --release -p merida-index --example bench_sets [-- SET…] [KEY=VALUE…]`, where `near.weight=0.5` changes
//! a number of `index/ranking.toml`, and `near.weight=0.1,0.2` tries several. The half of the queries on which numbers
//! may be chosen and the half on which they are reported stand below all queries. With `RUNS=FOLDER`, answers are
//! written there in the form of TREC.

use std::path::PathBuf;

use merida_index::Ranking;
use merida_index::evaluate::{Figures, evaluate_rankings};

/// Set, language, and the best of Lucene, tantivy and Xapian: nDCG@10, MRR@10, recall@10, recall@100.
const SETS: [(&str, &str, [f64; 4]); 8] = [
    ("en-regulation", "en", [0.6768, 0.6989, 0.7707, 0.8818]),
    ("zh-statutes", "zh-Hans", [0.3316, 0.3489, 0.4043, 0.6010]),
    ("ru-codes", "ru", [0.4811, 0.4214, 0.6941, 0.9013]),
    ("ar-sentences", "ar", [0.7723, 0.7359, 0.8839, 0.9502]),
    ("en-sentences", "en", [0.8484, 0.8208, 0.9320, 0.9768]),
    ("es-sentences", "es", [0.8219, 0.7876, 0.9270, 0.9652]),
    ("ru-sentences", "ru", [0.8237, 0.7941, 0.9154, 0.9701]),
    ("zh-sentences", "zh-Hans", [0.8187, 0.7838, 0.9270, 0.9718]),
];

fn main() {
    let shared = std::env::var_os("MERIDA_SHARED")
        .map_or_else(|| PathBuf::from("../shared"), PathBuf::from)
        .join("bench");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (changes, wanted): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|argument| argument.contains('='));
    let rankings = rankings(&changes);
    println!(
        "| set | queries | nDCG@10 | MRR@10 | recall@10 | recall@100 | p50 ms | p99 ms | indexing s | index MB | nDCG/best |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for (set, language, best) in SETS {
        if !wanted.is_empty() && !wanted.iter().any(|name| set.contains(name.as_str())) {
            continue;
        }
        let folder = shared.join(set);
        if !folder.is_dir() {
            println!("skipped: {} is not there", folder.display());
            continue;
        }
        let file = |name: &str| folder.join(name);
        let judged = evaluate_rankings(
            &file("corpus.jsonl"),
            &file("queries.jsonl"),
            &file("qrels.tsv"),
            language.parse().expect("a language"),
            &rankings.iter().map(|(_, ranking)| ranking.clone()).collect::<Vec<_>>(),
            std::env::var_os("RUNS").map(|folder| PathBuf::from(folder).join(set)).as_deref(),
        );
        match judged {
            Ok(judged) => {
                for (halves, (name, _)) in judged.iter().zip(&rankings) {
                    row(&format!("{set}{name}"), "all", &halves.all, Some(best));
                    row("", "tuning", &halves.tuning, None);
                    row("", "reporting", &halves.reporting, None);
                }
            }
            Err(error) => println!("{set}: {error}"),
        }
    }
}

fn row(set: &str, queries: &str, f: &Figures, best: Option<[f64; 4]>) {
    let ours = [f.ndcg_10, f.mrr_10, f.recall_10, f.recall_100];
    let cells: Vec<String> = ours
        .iter()
        .enumerate()
        .map(|(place, ours)| match best {
            Some(best) if *ours < best[place] => format!("{ours:.4} ({:.4}) LOW", best[place]),
            Some(best) => format!("{ours:.4} ({:.4})", best[place]),
            None => format!("{ours:.4}"),
        })
        .collect();
    let than_best =
        best.map(|best| format!("{:+.1} %", (ours[0] / best[0] - 1.0) * 100.0)).unwrap_or_default();
    println!(
        "| {set} | {queries} | {} | {:.2} | {:.2} | {:.1} | {:.1} | {than_best} |",
        cells.join(" | "),
        f.p50_ms,
        f.p99_ms,
        f.indexing_seconds,
        f.index_mb,
    );
}

/// The shipped ranking with every combination of the values that are asked for, and what was changed.
fn rankings(changes: &[&String]) -> Vec<(String, Ranking)> {
    let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
    for change in changes {
        let (name, values) = change.split_once('=').expect("KEY=VALUE");
        combinations = combinations
            .iter()
            .flat_map(|known| {
                values.split(',').map(move |value| {
                    known.iter().cloned().chain([format!("{name}={value}")]).collect::<Vec<_>>()
                })
            })
            .collect();
    }
    combinations
        .into_iter()
        .map(|changes| {
            let name = changes.iter().map(|change| format!(" {change}")).collect::<String>();
            (name, ranking(&changes.iter().collect::<Vec<_>>()))
        })
        .collect()
}

/// The shipped ranking with some numbers changed.
fn ranking(changes: &[&String]) -> Ranking {
    let mut text = include_str!("../../../index/ranking.toml").to_owned();
    for change in changes {
        let (name, value) = change.split_once('=').expect("KEY=VALUE");
        let (section, key) = name.split_once('.').unwrap_or(("", name));
        let from =
            if section.is_empty() { 0 } else { text.find(&format!("[{section}]")).expect("a section") };
        let at = from + text[from..].find(&format!("\n{key} =")).expect("a key") + 1;
        let end = at + text[at..].find('\n').expect("a line");
        text.replace_range(at..end, &format!("{key} = {value}"));
    }
    Ranking::parse(&text).expect("a sound ranking")
}
