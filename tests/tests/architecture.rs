//! The crate graph and ARCHITECTURE.md are held to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use merida_tests::root;

/// Crate → the crates of ours that it imports, from the manifests.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let mut graph = BTreeMap::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates") {
        let folder = entry.expect("a crate").path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = manifest.parse().expect("TOML");
        let ours = manifest["dependencies"].as_table().expect("a table").keys();
        let ours = ours.filter_map(|name| name.strip_prefix("merida-")).map(str::to_owned).collect();
        graph.insert(folder.file_name().expect("a name").to_string_lossy().into_owned(), ours);
    }
    graph
}

fn page() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md")
}

#[test]
fn the_page_draws_the_imports_as_they_are() {
    let page = page();
    for (name, imports) in graph() {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap_or_else(|| {
            panic!("help: add a row for `{name}` to the table of crates in ARCHITECTURE.md")
        });
        let cell = row.split('|').nth(3).unwrap_or_default();
        let drawn: BTreeSet<String> = cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        assert_eq!(
            drawn, imports,
            "help: the row of `{name}` in ARCHITECTURE.md names other imports than its manifest"
        );
    }
}

#[test]
fn every_crate_has_a_section_that_ends_in_an_invariant() {
    let page = page();
    for name in graph().keys() {
        let heading = format!("## `{name}`");
        let section = page.split("\n## ").find(|s| s.starts_with(&heading[3..]));
        let section = section.unwrap_or_else(|| panic!("help: add a section {heading} to ARCHITECTURE.md"));
        let last = section.trim().rsplit("\n\n").next().unwrap_or_default();
        assert!(last.starts_with("**Invariant.**"), "help: end {heading} with a paragraph **Invariant.** …");
    }
}

#[test]
fn siblings_never_meet_and_nothing_imports_upwards() {
    let graph = graph();
    let floor = |name: &str| match name {
        "law" => 1,
        "ingest" | "store" | "index" => 2,
        "library" => 3,
        "web" => 4,
        "cli" => 5,
        other => panic!("help: give the crate {other} a floor here and in ARCHITECTURE.md"),
    };
    for (name, imports) in &graph {
        for import in imports {
            assert!(
                floor(import) < floor(name),
                "{name} imports {import}, which stands on the same floor or above"
            );
        }
    }
    assert!(
        !graph["web"].contains("store")
            && !graph["web"].contains("index")
            && !graph["web"].contains("ingest")
    );
}

#[test]
fn every_package_is_used_and_a_heavy_one_in_one_file() {
    let heavy = [
        "any_ascii",
        "aho_corasick",
        "chardetng",
        "html5ever",
        "include_dir",
        "lingua",
        "pdf_extract",
        "pulldown_cmark",
        "zip",
    ];
    for (name, _) in graph() {
        let folder = root().join("crates").join(&name);
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = manifest.parse().expect("TOML");
        for package in manifest["dependencies"].as_table().expect("a table").keys() {
            let module = package.replace('-', "_");
            let files = importers(&folder.join("src"), &module);
            assert!(!files.is_empty(), "help: {name} does not use {package}; take it out of its manifest");
            let several = files.len() > 1 && heavy.contains(&module.as_str());
            assert!(!several, "help: {package} is imported in several files of {name}: {files:?}");
        }
    }
}

fn importers(folder: &std::path::Path, module: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(importers(&path, module));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).expect("a source");
            if text.contains(&format!("{module}::")) || text.contains(&format!("use {module};")) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
