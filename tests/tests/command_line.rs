//! From a file to an answer on the command line, in every language that we have a specimen of.

use std::fs;

use merida_tests::{Desk, Ran, root, shared};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A provision of a specimen, and the ways in which a reader would ask for it.
#[derive(Deserialize)]
struct Case {
    file: String,
    language: String,
    query: String,
    provision: String,
    label: String,
    heading: String,
    citation: String,
    article: String,
    quote: String,
}

fn specimens() -> std::path::PathBuf {
    root().join("tests/specimens")
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(specimens().join("cases.toml")).expect("cases.toml");
    toml::from_str::<Cases>(&text).expect("cases").case
}

fn with_specimens() -> (Desk, Value) {
    let desk = Desk::new();
    let report = desk.path("report.json");
    let specimens = specimens();
    let run =
        desk.command().arg("import").arg(&specimens).arg("--report").arg(&report).output().expect("it runs");
    let _ = Ran::from(run).exits(0);
    let report = fs::read_to_string(report).expect("a report");
    (desk, serde_json::from_str(&report).expect("JSON"))
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value.as_array().into_iter().flatten().filter_map(|v| v[key].as_str()).collect()
}

/// The work that each file became, from the import's report.
fn work_of<'a>(report: &'a Value, file: &str) -> &'a str {
    let documents = report["documents"].as_array().expect("documents");
    let found = documents.iter().find(|d| d["path"].as_str().is_some_and(|path| path.ends_with(file)));
    found.and_then(|d| d["work"].as_str()).unwrap_or_else(|| panic!("no work for {file}"))
}

/// The position, from 0, of a provision of `work` among those found, in reading order of the answer.
fn rank(answer: &Value, work: &str, provision: &str) -> Option<usize> {
    let works = answer["works"].as_array()?;
    let all = works.iter().flat_map(|w| {
        let provisions = w["provisions"].as_array().cloned().unwrap_or_default();
        provisions.into_iter().map(move |p| (w["uri"].clone(), p["id"].clone()))
    });
    all.into_iter().position(|(uri, id)| uri == work && id == provision)
}

#[test]
fn every_specimen_is_taken_in_whole() {
    let (_desk, report) = with_specimens();
    let documents = report["documents"].as_array().expect("documents");
    assert_eq!(report["totals"]["failed"], 0, "{report:#}");
    for document in documents {
        let path = document["path"].as_str().expect("a path");
        let (read, placed) = (&document["chars_read"], &document["chars_placed"]);
        let left_out: u64 =
            document["left_out"].as_array().into_iter().flatten().filter_map(|l| l["chars"].as_u64()).sum();
        let placed = placed.as_u64().expect("a number");
        assert!(placed > 200, "{path}: only {placed} characters");
        assert_eq!(
            read.as_u64(),
            Some(placed + left_out),
            "{path}: characters are lost without a reason: {document:#}"
        );
        assert!(
            document["tags"].as_u64() > Some(0),
            "{path}: the manifest's tags are not bound: {document:#}"
        );
    }
}

#[test]
fn a_reader_finds_the_provision_in_every_language() {
    let (desk, report) = with_specimens();
    let mut missed = Vec::new();
    for case in cases() {
        let work = work_of(&report, &case.file);
        let state = work.split('/').nth(2).expect("a jurisdiction");
        let lang = ["--lang", &case.language, "--jurisdiction", state, "--json", "--limit", "50"];
        let ask = |query: &str| desk.merida(&[&["search", query], &lang[..]].concat()).exits(0).json();
        let found = ask(&case.query);
        if rank(&found, work, &case.provision).is_none_or(|rank| rank > 2) {
            missed.push(format!("{}: «{}» does not lead to {}", case.file, case.query, case.provision));
        }
        let quoted = ask(&format!("\"{}\"", case.quote));
        if quoted["total_provisions"] != 1 || rank(&quoted, work, &case.provision) != Some(0) {
            missed.push(format!(
                "{}: the quotation «{}» does not lead to its provision alone",
                case.file, case.quote
            ));
        }
        let by_article = desk.merida(&[
            "search",
            &case.query,
            "--article",
            &case.article,
            "--lang",
            &case.language,
            "--json",
        ]);
        if rank(&by_article.exits(0).json(), work, &case.provision).is_none() {
            missed.push(format!("{}: article {} does not hold {}", case.file, case.article, case.provision));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn labels_and_headings_are_as_the_law_writes_them() {
    let (desk, report) = with_specimens();
    for case in cases() {
        let address = format!("{}/~{}", work_of(&report, &case.file), case.provision);
        let shown = desk.merida(&["show", &address, "--json", "--lang", &case.language]).exits(0).json();
        let unit = &shown["provisions"][0];
        // Whether the stop after a number belongs to the label is no reader's concern.
        let label =
            unit["label"].as_str().map(|label| label.trim_end_matches(['.', '।', '-', '–', '—', ':', ' ']));
        assert_eq!(label, Some(case.label.trim_end_matches('.')), "{address}");
        assert_eq!(unit["heading"].as_str(), Some(case.heading.as_str()), "{address}");
    }
}

#[test]
fn a_citation_leads_to_its_provision() {
    let (desk, report) = with_specimens();
    let mut missed = Vec::new();
    for case in cases() {
        let work = work_of(&report, &case.file);
        let state = work.split('/').nth(2).expect("a jurisdiction");
        let filters = ["--lang", &case.language, "--jurisdiction", state, "--json", "--limit", "50"];
        let found = desk.merida(&[&["search", &case.citation], &filters[..]].concat()).exits(0).json();
        let first = &found["works"][0]["provisions"][0]["id"];
        if *first != case.provision.as_str()
            && rank(&found, work, &case.provision).is_none_or(|rank| rank > 2)
        {
            missed.push(format!(
                "{}: «{}» leads to {first}, not to {}",
                case.file, case.citation, case.provision
            ));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_same_files_again_change_nothing_and_new_bytes_make_a_version() {
    let desk = Desk::new();
    let folder = desk.path("laws");
    fs::create_dir(&folder).expect("a folder");
    let law = folder.join("law.md");
    let text = "---\njurisdiction: ke\nlanguage: en\ntitle: Specimen Act on Gifts\ndate: 2020\n---\n\n\
                ## Section 1 — Gifts {15(b)}\n\nNobody who holds an office may take a gift for it.\n";
    fs::write(&law, text).expect("written");
    let import =
        || desk.command().arg("import").arg(&folder).arg("--json").output().map(Ran::from).expect("it runs");
    assert_eq!(import().exits(0).json()["totals"]["new"], 1);
    assert_eq!(import().exits(0).json()["totals"]["unchanged"], 1);
    fs::write(&law, text.replace("a gift", "any gift")).expect("written");
    assert_eq!(import().exits(0).json()["totals"]["new_versions"], 1);
    let found = desk.merida(&["search", "\"take any gift\"", "--json"]).exits(0).json();
    assert_eq!(found["total_provisions"], 1, "{found:#}");
    let old = desk.merida(&["search", "\"take a gift\"", "--jurisdiction", "ke", "--json"]).exits(0).json();
    let snippet = old["works"][0]["provisions"][0]["snippet"].as_str().unwrap_or_default();
    assert!(!snippet.contains("take a gift"), "the superseded text is still found: {old:#}");
    let _ = desk.merida(&["verify"]).exits(0);
}

#[test]
fn an_export_is_taken_in_again_with_the_same_provisions_and_tags() {
    let (desk, _) = with_specimens();
    let folder = desk.path("export");
    let _ = desk
        .command()
        .arg("export")
        .arg("--all")
        .arg(&folder)
        .args(["--format", "md"])
        .output()
        .map(Ran::from)
        .expect("it runs")
        .exits(0);
    let other = Desk::new();
    let run = other.command().arg("import").arg(&folder).output().map(Ran::from).expect("it runs");
    let _ = run.exits(0);
    for filter in [["--article", "15"], ["--lang", "ar"], ["--jurisdiction", "cn"]] {
        let ask = |desk: &Desk| {
            let arguments = [
                &["search", "", "--json", "--limit", "200", "--per-work", "100", "--origin", "curated"],
                &filter[..],
            ]
            .concat();
            let answer = desk.merida(&arguments).exits(0).json();
            let works = answer["works"].as_array().cloned().unwrap_or_default();
            works
                .into_iter()
                .map(|w| {
                    (
                        w["uri"].clone(),
                        w["provisions"].as_array().map(|p| {
                            p.iter().map(|p| (p["id"].clone(), p["articles"].clone())).collect::<Vec<_>>()
                        }),
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(ask(&desk), ask(&other), "{filter:?}");
    }
}

#[test]
fn bad_files_are_problems_that_say_what_to_do_and_good_ones_beside_them_are_kept() {
    let desk = Desk::new();
    let folder = desk.path("laws");
    fs::create_dir(&folder).expect("a folder");
    fs::write(
        folder.join("good.txt"),
        "Article 1\nNobody shall take gifts.\nArticle 2\nThis act comes into force at once.\n",
    )
    .expect("written");
    fs::write(folder.join("empty.md"), "").expect("written");
    fs::write(folder.join("cut.docx"), b"PK\x03\x04 and then nothing").expect("written");
    fs::write(folder.join("noise.pdf"), b"%PDF-1.7\n\x00\x01\x02").expect("written");
    fs::write(folder.join("bomb.xml"), "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><l><p>&b;&b;</p></l>").expect("written");
    fs::write(folder.join("deep.json"), "[".repeat(100_000)).expect("written");
    let run = desk
        .command()
        .arg("import")
        .arg(&folder)
        .args(["--json", "--jurisdiction", "ke", "--language", "en"])
        .output()
        .map(Ran::from)
        .expect("it runs");
    let report = run.exits(3).json();
    let documents = report["documents"].as_array().expect("documents");
    for document in documents {
        let path = document["path"].as_str().unwrap_or_default();
        if path.ends_with("good.txt") {
            assert_eq!(document["outcome"], "new", "{document:#}");
            continue;
        }
        let problems = document["problems"].as_array().expect("problems");
        assert!(
            problems.iter().any(|p| p["hint"].as_str().is_some_and(|h| !h.is_empty())),
            "{path}: {document:#}"
        );
    }
    assert_eq!(texts(&report["documents"], "path").len(), 6);
    let _ = desk.merida(&["verify"]).exits(0);
}

#[test]
fn what_was_mistyped_is_answered_with_what_to_type() {
    let desk = Desk::new();
    for (arguments, hint) in [
        (&["search", "x", "--article", "99"][..], "1 to 71"),
        (&["search", "x", "--jurisdiction", "atlantis"], "ISO 3166"),
        (&["search", "x", "--kind", "law"], "act, code"),
        (&["show", "bribery"], "/akn/gb/act/2010/23"),
    ] {
        let ran = desk.merida(arguments).exits(2);
        assert!(ran.err.contains(hint), "help: the message should say {hint}: {}", ran.err);
    }
    let ran = desk.merida(&["show", "/akn/gb/act/1066/1"]).exits(5);
    assert!(ran.err.contains("merida import"), "{}", ran.err);
}

#[test]
fn a_newcomer_without_any_text_finds_the_digests_that_come_with_the_program() {
    let desk = Desk::new();
    let found = desk.merida(&["search", "bribery of foreign public officials", "--json"]).exits(0).json();
    assert!(found["total_works"].as_u64() >= Some(5), "{found:#}");
    let french = desk.merida(&["search", "trafic d'influence", "--json"]).exits(0).json();
    assert!(french["works"][0]["provisions"][0]["articles"].to_string().contains("18"), "{french:#}");
}

#[test]
fn real_laws_are_taken_in() {
    let Some(laws) = shared("laws") else { return };
    let desk = Desk::new();
    let report = desk.path("report.json");
    let run = desk
        .command()
        .arg("import")
        .arg(&laws)
        .arg("--report")
        .arg(&report)
        .output()
        .map(Ran::from)
        .expect("it runs");
    let _ = run.exits(0);
    let report: Value = serde_json::from_str(&fs::read_to_string(report).expect("a report")).expect("JSON");
    let documents = report["documents"].as_array().expect("documents");
    assert!(documents.len() >= 241, "{}", documents.len());
    for document in documents {
        assert_ne!(document["outcome"], "failed", "{document:#}");
        assert!(document["provisions"].as_u64() > Some(0), "{document:#}");
    }
    for (query, jurisdiction, provision) in [
        ("第三百八十五条", "cn", "art_385"),
        ("art. 432-11", "fr", "art_432-11"),
        ("статья 290", "ru", "art_290"),
        ("§ 331", "de", "sec_331"),
    ] {
        let found = desk
            .merida(&["search", query, "--jurisdiction", jurisdiction, "--kind", "code", "--json"])
            .exits(0)
            .json();
        assert_eq!(found["works"][0]["provisions"][0]["id"], provision, "{query}: {found:#}");
    }
    let _ = desk.merida(&["verify"]).exits(0);
}
