//! Importing once, again, changed, at the same time.

use std::fs;

use merida_law::Severity;
use merida_library::{Outcome, SearchRequest};

use super::{import, laws, open, request, search, sound, specimen, write};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_imported_is_found_and_importing_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 5, 4);
    let library = open(folder.path()).await;
    let first = import(&library, std::slice::from_ref(&laws)).await;
    assert_eq!((first.totals.documents, first.totals.new, first.totals.failed), (5, 5, 0), "{first:#?}");
    assert!(first.documents.iter().all(|d| d.chars_read > 0 && d.work.is_some() && d.expression.is_some()));
    assert_eq!(first.documents[0].path, "gb/000.md");
    let answer = search(&library, "kind3x2").await;
    assert_eq!((answer.total_works, answer.total_provisions), (1, 1));
    let found = &answer.works[0].provisions[0];
    let [start, end] = found.marks[0];
    let marked: String = found.snippet.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(marked, "kind3x2");
    let overview = library.overview().await.unwrap();
    let again = import(&library, std::slice::from_ref(&laws)).await;
    assert_eq!((again.totals.new, again.totals.unchanged), (0, 5));
    let after = library.overview().await.unwrap();
    assert_eq!(
        (after.works, after.expressions, after.provisions),
        (overview.works, overview.expressions, overview.provisions)
    );
    sound(&library).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_bytes_make_a_new_version_that_is_found_instead_of_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 3, 4);
    let library = open(folder.path()).await;
    import(&library, std::slice::from_ref(&laws)).await;
    write(folder.path(), "laws/gb/001.md", &specimen(1, 4).replace("kind1x2", "kindnew"));
    let report = import(&library, &[laws]).await;
    assert_eq!((report.totals.new_versions, report.totals.unchanged), (1, 2));
    assert_eq!(report.documents[1].outcome, Outcome::NewVersion);
    // Taken as it stands, or the index would look for the nearest word that occurs.
    let old = SearchRequest { query: "kind1x2".to_owned(), literal: true, ..SearchRequest::default() };
    assert_eq!(library.search(old).await.unwrap().total_provisions, 0);
    assert_eq!(search(&library, "kindnew").await.total_provisions, 1);
    let work = report.documents[1].work.clone().unwrap();
    let address = merida_library::Address::of_work(&work);
    let shown = library.show(merida_library::ShowRequest { address, languages: Vec::new() }).await.unwrap();
    let merida_library::Shown::Work(page) = shown else { panic!("a work is a work") };
    assert_eq!(page.expressions.len(), 2);
    assert_eq!(page.expressions[1].superseded_by, Some(page.expression.uri));
    sound(&library).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..24 {
        write(
            folder.path(),
            &format!("{}/{seed:03}.md", if seed % 2 == 0 { "even" } else { "odd" }),
            &specimen(seed, 6),
        );
    }
    let (one, two) = (open(folder.path()).await, open(folder.path()).await);
    let (even, odd) = ([folder.path().join("even")], [folder.path().join("odd")]);
    let (a, b) = tokio::join!(import(&one, &even), import(&two, &odd));
    assert_eq!((a.totals.new, b.totals.new), (12, 12));
    for library in [&one, &two, &open(folder.path()).await] {
        sound(library).await;
    }
    assert_eq!(search(&open(folder.path()).await, "purpose").await.total_works, 24);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_a_problem_and_the_rest_is_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 2, 2);
    write(folder.path(), "laws/gb/empty.md", "");
    fs::create_dir_all(laws.join("gb/.hidden")).unwrap();
    write(folder.path(), "laws/gb/.hidden/secret.md", &specimen(90, 2));
    write(folder.path(), "laws/gb/picture.png", "not law");
    write(folder.path(), "outside.md", &specimen(91, 2));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("outside.md"), laws.join("gb/link.md")).unwrap();
        std::os::unix::fs::symlink(&laws, laws.join("round")).unwrap();
    }
    let large = fs::File::create(laws.join("gb/large.txt")).unwrap();
    large.set_len(500 << 20).unwrap();
    let library = open(folder.path()).await;
    let report = import(&library, &[laws, folder.path().join("nowhere")]).await;
    assert_eq!((report.totals.new, report.totals.failed), (2, report.totals.documents - 2));
    let problem = |path: &str| {
        let document =
            report.documents.iter().find(|d| d.path.ends_with(path)).unwrap_or_else(|| panic!("{path}"));
        let problem = document.problems.iter().find(|p| p.severity == Severity::Error).unwrap();
        assert!(!problem.hint.is_empty(), "{problem:?}");
        problem.message.clone()
    };
    problem("empty.md");
    assert!(problem("large.txt").contains("500 MB"));
    assert!(problem("nowhere").contains("cannot read"));
    #[cfg(unix)]
    assert!(problem("link.md").contains("out of the folder"));
    assert!(report.documents.iter().all(|d| !d.path.contains("secret") && !d.path.contains("picture")));
    sound(&library).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn checking_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 3, 4);
    let request = request(&[laws]);
    let check = merida_library::CheckRequest { paths: request.paths, declared: request.declared };
    let report = check.run(|_| ()).await.unwrap();
    assert_eq!((report.totals.documents, report.totals.failed, report.totals.new), (3, 0, 0));
    assert!(report.totals.provisions >= 12);
    assert!(!folder.path().join("data").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_keeps_its_contract() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 1, 2);
    let library = open(folder.path()).await;
    let report = serde_json::to_value(import(&library, &[laws]).await).unwrap();
    let document = &report["documents"][0];
    for key in [
        "path",
        "work",
        "expression",
        "format",
        "language",
        "language_detected",
        "chars_read",
        "chars_placed",
        "provisions",
        "tags",
        "suggested",
        "problems",
    ] {
        assert!(!document[key].is_null(), "{key}: {document}");
    }
    assert_eq!(report["totals"]["documents"], 1);
    let answer = serde_json::to_value(search(&library, "bribe").await).unwrap();
    for key in ["query", "interpretation", "total_works", "total_provisions", "took_ms", "works", "facets"] {
        assert!(!answer[key].is_null(), "{key}");
    }
    let work = &answer["works"][0];
    for key in ["uri", "title", "jurisdiction", "language", "kind", "status", "date", "authority", "url"] {
        assert!(work[key].is_string(), "{key}: {work}");
    }
    assert!(work.get("title_en").is_some());
    let provision = &work["provisions"][0];
    for key in ["id", "label", "heading", "snippet", "marks", "articles", "suggested", "score", "url"] {
        assert!(!provision[key].is_null(), "{key}: {provision}");
    }
    assert!(provision["marks"][0][1].is_u64());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_beside_a_manifest_that_it_does_not_list_are_mentioned() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 12, 1);
    write(
        &laws,
        "MANIFEST.toml",
        "[[document]]\npath = \"gb/000.md\"\njurisdiction = \"gb\"\nlanguage = \"en\"\n",
    );
    write(&laws, "README.md", "# About these laws\n");
    write(&laws, ".git/x.md", "hidden\n");
    let library = open(folder.path()).await;
    let report = import(&library, &[laws]).await;
    assert_eq!((report.documents.len(), report.totals.new), (1, 1), "{report:#?}");
    assert_eq!(report.problems.len(), 1, "{:#?}", report.problems);
    let said = &report.problems[0];
    assert_eq!(said.path, "MANIFEST.toml");
    assert!(said.problem.message.starts_with("11 files"), "{}", said.problem.message);
    assert!(said.problem.message.contains("gb/001.md") && said.problem.message.ends_with("and 1 more"));
}
