//! Imports folders into a new library and says how long each step took:
//! `cargo run --release -p merida-library --example take_in PATH…`.

use std::path::PathBuf;
use std::time::Instant;

use merida_law::Severity;
use merida_library::{
    Address, Error, ExportFormat, ImportRequest, Library, Options, SearchRequest, Timestamp,
};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let at = Timestamp::from_unix_seconds(1_767_225_600);
    let folder = std::env::temp_dir().join(format!("merida-take-in-{}", std::process::id()));
    let library = Library::open(Options { seed: false, ..Options::new(&folder) }, at).await?;
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let request = ImportRequest { paths, by: "take_in".to_owned(), ..ImportRequest::default() };
    let report = library.import(request.clone(), at, |_| ()).await?;
    println!("{:#?}", report.totals);
    let speed = |bytes: u64, seconds: f64| bytes as f64 / 1e6 / seconds;
    println!("import: {:.1} MB/s", speed(report.totals.bytes, report.totals.seconds));
    for document in &report.documents {
        for problem in document.problems.iter().filter(|p| p.severity == Severity::Error) {
            println!("{}: {}", document.path, problem.message);
        }
    }
    let again = library.import(request, at, |_| ()).await?;
    println!("again: {} unchanged in {:.1} s", again.totals.unchanged, again.totals.seconds);
    for document in again.documents.iter().filter(|d| d.outcome != merida_library::Outcome::Unchanged) {
        println!("again: {} is {:?}", document.path, document.outcome);
    }
    let reindex = library.reindex(|_, _| ()).await?;
    println!("reindex: {} texts in {:.1} s", reindex.expressions, reindex.seconds);
    let started = Instant::now();
    let verify = library.verify().await?;
    println!("verify: {:.1} s, {:#?}", started.elapsed().as_secs_f64(), verify);
    let started = Instant::now();
    library.overview().await?;
    println!("overview: {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    let started = Instant::now();
    let out = folder.join("export");
    let exported = library.export_folder(&out, ExportFormat::Markdown).await?;
    println!("export: {:.1} s, {exported:?}", started.elapsed().as_secs_f64());
    let other = Library::open(Options { seed: false, ..Options::new(folder.join("other")) }, at).await?;
    let back = ImportRequest { paths: vec![out], by: "take_in".to_owned(), ..ImportRequest::default() };
    println!("taken back: {:?}", other.import(back, at, |_| ()).await?.totals);
    let mut different = 0;
    for work in library.works(0, u64::MAX).await? {
        let address = Address::of_work(&work.uri);
        let (one, two) = (
            library.export(&address, ExportFormat::Json).await?,
            other.export(&address, ExportFormat::Json).await,
        );
        if two.ok() != Some(one) {
            println!("different after the round trip: {address}");
            different += 1;
        }
    }
    println!("different after the round trip: {different}");
    drop(library);
    let started = Instant::now();
    let library = Library::open(Options { seed: false, ..Options::new(&folder) }, at).await?;
    println!("open: {:.0} ms, {:?}", started.elapsed().as_secs_f64() * 1e3, library.opening());
    for query in
        ["bribery of foreign public officials", "trafic d'influence", "第三百八十五条", "الكسب غير المشروع"]
    {
        let answer =
            library.search(SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).await?;
        println!(
            "{query}: {} in {} works, {:.1} ms",
            answer.total_provisions, answer.total_works, answer.took_ms
        );
    }
    std::fs::remove_dir_all(&folder).ok();
    Ok(())
}
