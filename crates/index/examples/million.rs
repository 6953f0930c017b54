//! How fast the search is, and how large, at a million provisions.
//!
//! Cuts the text files of `../shared/laws` (or `$MERIDA_SHARED/laws`) into pieces of about 600 characters and puts them
//! again and again, as laws of many works, until there are a million. Then asks some 300 queries of every kind.
//!
//! `cargo run --release -p merida-index --example million [-- FOLDER [COUNT]]`; the index in FOLDER is used again where
//! it is there.

use std::path::{Path, PathBuf};
use std::time::Instant;

use merida_index::{Card, Entry, Filters, Index, OriginKind, Request, Settings, Suggested};
use merida_law::{
    Article, Authority, ExpressionUri, Jurisdiction, Language, LegalDate, Status, WorkKind, WorkUri,
};

/// Pieces of one work.
const PIECES: usize = 200;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("merida-million"), PathBuf::from);
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let shared = std::env::var_os("MERIDA_SHARED")
        .map_or_else(|| PathBuf::from("../shared"), PathBuf::from)
        .join("laws");
    if !shared.is_dir() {
        println!("skipped: {} is not there", shared.display());
        return;
    }
    if !folder.join("meta.json").exists() {
        build(&folder, &shared, count);
    }
    let begun = Instant::now();
    // With THREADS=1 the time on the processor is that of the whole search, whatever else the machine does.
    let threads = std::env::var("THREADS").ok().and_then(|threads| threads.parse().ok()).unwrap_or(0);
    let index =
        Index::open(&folder, Settings { search_threads: threads, ..Settings::default() }).expect("an index");
    println!(
        "open: {:.2} s, {} provisions, {:.0} MB on disk",
        begun.elapsed().as_secs_f64(),
        index.len(),
        index.bytes() as f64 / 1e6
    );
    println!("resident at rest: {} MB (files mapped: {} MB)", status("RssAnon:"), status("RssFile:"));
    ask(&index, threads);
    println!("resident under load: {} MB (files mapped: {} MB)", status("RssAnon:"), status("RssFile:"));
}

fn build(folder: &Path, shared: &Path, count: usize) {
    let texts = texts(shared);
    let pieces: Vec<(Language, &str)> = texts
        .iter()
        .flat_map(|(language, text)| cut(text).into_iter().map(|piece| (*language, piece)))
        .collect();
    println!("{} pieces of {} files", pieces.len(), texts.len());
    let begun = Instant::now();
    let index = Index::create(folder, Settings::default()).expect("a folder");
    let mut writer = index.writer().expect("a writer");
    let states: Vec<Jurisdiction> = Jurisdiction::all().collect();
    let mut put = 0;
    for number in 0.. {
        if put >= count {
            break;
        }
        // Neighbouring pieces are of one file, and so mostly of one language.
        let start = number * PIECES % pieces.len();
        let taken = &pieces[start..(start + PIECES).min(pieces.len())];
        let language = taken[0].0;
        let entries = taken
            .iter()
            .filter(|(other, _)| *other == language)
            .enumerate()
            .map(|(at, (_, text))| entry(at, language, text, number));
        put += writer
            .put(card(number, states[number % states.len()], language), entries)
            .expect("room on the disk");
    }
    writer.finish(1).expect("room on the disk");
    println!("index: {put} provisions in {:.0} s", begun.elapsed().as_secs_f64());
}

fn card(number: usize, jurisdiction: Jurisdiction, language: Language) -> Card {
    let kind = WorkKind::ALL[number % WorkKind::ALL.len()];
    let date = LegalDate::from_year(1950 + (number % 75) as i16);
    let work = WorkUri::new(jurisdiction, kind, date, &number.to_string());
    Card {
        expression: ExpressionUri::new(work, language, date, 1),
        authority: Authority::ALL[number % Authority::ALL.len()],
        title: format!("Corruption Act {number}"),
        title_en: None,
        jurisdiction,
        kind,
        date,
        status: Status::ALL[number % 3],
    }
}

fn entry(at: usize, language: Language, text: &str, number: usize) -> Entry {
    let article = |seed: usize| Article::new((seed * 7 % 71 + 1) as u8).expect("1 to 71");
    Entry {
        id: format!("art_{}", at + 1).parse().expect("an id"),
        label: format!("Article {}", at + 1),
        heading: text.lines().next().unwrap_or_default().chars().take(60).collect(),
        text: text.to_owned(),
        language,
        curated: if (at + number).is_multiple_of(20) { vec![article(at + number)] } else { Vec::new() },
        suggested: (0..(at * 31 + number) % 4)
            .map(|n| Suggested { article: article(at * 3 + n + number), score: 0.5 })
            .collect(),
    }
}

/// The text files that the manifest lists, with their languages.
fn texts(shared: &Path) -> Vec<(Language, String)> {
    let manifest = std::fs::read_to_string(shared.join("MANIFEST.toml")).expect("a manifest");
    let mut found = Vec::new();
    for document in manifest.split("[[document]]").skip(1) {
        let value = |key: &str| {
            let line = document.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
            Some(line.trim_matches('"').to_owned())
        };
        let (Some(path), Some(language)) = (value("path"), value("language")) else { continue };
        if let (Ok(text), Ok(language)) = (std::fs::read_to_string(shared.join(path)), language.parse()) {
            found.push((language, text));
        }
    }
    found
}

/// Pieces of about 600 characters, cut at the ends of lines where there are any.
fn cut(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(600) {
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

fn ask(index: &Index, threads: usize) {
    const WORDS: [&str; 40] = [
        "law",
        "public official",
        "corruption",
        "bribery of foreign public officials",
        "asset declaration verification sanctions",
        "soborno",
        "enriquecimiento ilícito",
        "funcionario público",
        "corruption passive",
        "trafic d'influence",
        "agent public",
        "взятка",
        "незаконное обогащение",
        "должностное лицо",
        "الكسب غير المشروع",
        "الرشوة",
        "موظف عام",
        "受贿",
        "利用影响力受贿",
        "国家工作人员",
        "贿赂",
        "公務員",
        "뇌물",
        "สินบน",
        "hối lộ",
        "rüşvet",
        "korruption",
        "Bestechung",
        "łapówka",
        "δωροδοκία",
        "liability of legal persons failure to prevent bribery adequate procedures",
        "non-conviction based forfeiture",
        "whistleblower protection retaliation burden of proof",
        "definition of public official",
        "article",
        "state",
        "de la ley",
        "bribery statute of limitations more than ten years",
        "embezlement",
        "money laundering offences and the confiscation of proceeds of crime",
    ];
    let mut requests: Vec<(&str, Request)> = Vec::new();
    for word in WORDS {
        let plain = Request::new(word);
        requests.push(("words", plain.clone()));
        requests.push(("words, page 50", Request { offset: 490, ..plain.clone() }));
        let filters = Filters {
            articles: vec!["15".parse().expect("an article")],
            kinds: vec![WorkKind::Act, WorkKind::Code],
            ..Filters::default()
        };
        requests.push(("words and filters", Request { filters, ..plain.clone() }));
        let filters =
            Filters { origins: vec![OriginKind::Curated], year_from: Some(2000), ..Filters::default() };
        requests.push(("words and filters", Request { filters, ..plain.clone() }));
        requests.push(("phrase", Request::new(format!("\"{word}\""))));
        requests.push(("minus", Request::new(format!("{word} -treaty"))));
    }
    for query in [
        "art 30(2) immunity",
        "المادة 30",
        "第三十条",
        "s 6",
        "art. 385 China",
        "§ 12 Kenya",
        "Corruption Act 77 art. 5",
        "UNCAC 15",
    ] {
        for _ in 0..5 {
            requests.push(("citation", Request::new(query)));
        }
    }
    for article in 1..=20 {
        let filters = Filters { articles: Article::new(article).into_iter().collect(), ..Filters::default() };
        requests.push(("browse", Request { filters, ..Request::default() }));
    }
    requests.push(("browse", Request::default()));
    for _ in 0..2 {
        let mut times: Vec<(f64, &str, &str)> = Vec::new();
        for (kind, request) in &requests {
            let (begun, before) = (Instant::now(), on_processor());
            let results = index.search(request).expect("an answer");
            let time =
                if threads == 1 { on_processor() - before } else { begun.elapsed().as_secs_f64() * 1000.0 };
            times.push((time, kind, request.query.as_str()));
            std::hint::black_box(results.total_provisions);
        }
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].0;
        println!(
            "{} queries: mean {:.2} ms, p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, most {:.2} ms",
            times.len(),
            times.iter().map(|(time, _, _)| time).sum::<f64>() / times.len() as f64,
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0)
        );
        for (time, kind, query) in times.iter().rev().take(8) {
            println!("  {time:.1} ms  {kind}: {query}");
        }
        let mut kinds: Vec<&str> = times.iter().map(|(_, kind, _)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let of: Vec<f64> =
                times.iter().filter(|(_, other, _)| *other == kind).map(|(time, _, _)| *time).collect();
            println!("  {kind}: p50 {:.2} ms, most {:.2} ms", of[of.len() / 2], of[of.len() - 1]);
        }
    }
}

/// A line of `/proc/self/status`, in megabytes; 0 where there is none.
fn status(key: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1024)
}

/// How long this thread was on a processor, in milliseconds.
fn on_processor() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace()
        .next()
        .and_then(|nanoseconds| nanoseconds.parse::<f64>().ok())
        .map_or(0.0, |ns| ns / 1e6)
}
