//! What a user of a library relies on: nothing is taken in twice, nothing is lost, what is damaged is found.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

mod citations;
mod export;
mod import;
mod interrupted;
mod reading;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};

use merida_library::{
    Declared, ImportReport, ImportRequest, Library, Options, SearchAnswer, SearchRequest, Timestamp,
};

fn at() -> Timestamp {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

fn options(folder: &Path) -> Options {
    Options { seed: false, index_memory: 40 << 20, ..Options::new(folder.join("data")) }
}

async fn open(folder: &Path) -> Library {
    Library::open(options(folder), at()).await.unwrap()
}

/// A specimen act of `sections` sections; the words of each are told apart by `seed`.
fn specimen(seed: usize, sections: usize) -> String {
    let mut text = format!(
        "---\njurisdiction: gb\nlanguage: en\nkind: act\ntitle: Specimen {seed} Act\ndate: 2001\nnumber: \"{seed}\"\n---\n\n# Specimen {seed} Act\n"
    );
    for section in 1..=sections {
        text.push_str(&format!("\n## Section {section} — Matter {section}\n\n"));
        text.push_str(&format!(
            "Nobody shall offer a bribe to an official of kind{seed}x{section}, whatever the purpose.\n"
        ));
    }
    text
}

/// Writes `text` to `name` below `folder`.
fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

/// The folder `laws` with `count` specimen acts.
fn laws(folder: &Path, count: usize, sections: usize) -> PathBuf {
    for seed in 0..count {
        write(folder, &format!("laws/gb/{seed:03}.md"), &specimen(seed, sections));
    }
    folder.join("laws")
}

fn request(paths: &[PathBuf]) -> ImportRequest {
    // What the front matter says goes before this.
    let declared = Declared { jurisdiction: "gb".parse().ok(), ..Declared::default() };
    ImportRequest { paths: paths.to_vec(), declared, by: "a curator".to_owned() }
}

async fn import(library: &Library, paths: &[PathBuf]) -> ImportReport {
    library.import(request(paths), at(), |_| ()).await.unwrap()
}

async fn search(library: &Library, query: &str) -> SearchAnswer {
    library.search(SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).await.unwrap()
}

async fn sound(library: &Library) {
    let report = library.verify().await.unwrap();
    assert!(report.sound, "help: `findings` says what is wrong: {:#?}", report.findings);
}
