//! What is handed out and taken back is the same.

use std::fs;
use std::path::Path;

use merida_ingest::{Ingest, Limits, Metadata, SourceFile};
use merida_law::{Origin, TaggedDocument};
use merida_library::{Address, ExportFormat, Library};

use super::{import, laws, open, sound};

async fn documents(library: &Library) -> Vec<TaggedDocument> {
    let mut documents = Vec::new();
    for work in library.works(0, 1_000).await.unwrap() {
        let json = library.export(&Address::of_work(&work.uri), ExportFormat::Json).await.unwrap();
        documents.push(serde_json::from_str(&json).unwrap());
    }
    documents
}

async fn round_trip(format: ExportFormat) {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 4, 3);
    let library = open(folder.path()).await;
    import(&library, &[laws]).await;
    let out = folder.path().join("out");
    let report = library.export_folder(&out, format).await.unwrap();
    assert_eq!((report.works, report.expressions, report.originals), (4, 4, 4));
    assert!(library.export_folder(&out, format).await.is_err(), "a full folder is not written over");
    let other = folder.path().join("other");
    let empty = open(&other).await;
    let taken = import(&empty, std::slice::from_ref(&out)).await;
    assert_eq!(taken.totals.new, 4, "{taken:#?}");
    assert_eq!(documents(&empty).await, documents(&library).await);
    let again = import(&empty, &[out]).await;
    assert_eq!(again.totals.unchanged, 4);
    sound(&empty).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn markdown_comes_back_the_same() {
    round_trip(ExportFormat::Markdown).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn json_comes_back_the_same() {
    round_trip(ExportFormat::Json).await;
}

/// The specimens of every supported language, which end-to-end tests share.
fn specimens() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/specimens")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_specimen_comes_back_the_same_from_markdown() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path()).await;
    let taken = import(&library, &[specimens()]).await;
    assert!(taken.totals.new > 40, "{:?}", taken.totals);
    let out = folder.path().join("out");
    library.export_folder(&out, ExportFormat::Markdown).await.unwrap();
    let empty = open(&folder.path().join("other")).await;
    import(&empty, &[out]).await;
    assert_eq!(documents(&empty).await, documents(&library).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_specimen_comes_back_the_same_from_akoma_ntoso() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path()).await;
    import(&library, &[specimens()]).await;
    let ingest = Ingest::new(Limits::default());
    let mut read = 0;
    for document in documents(&library).await {
        let xml = library
            .export(&Address::of_expression(&document.expression.uri), ExportFormat::AkomaNtoso)
            .await
            .unwrap();
        let file = SourceFile {
            name: "export.xml",
            bytes: xml.as_bytes(),
            sha256: document.expression.source.sha256,
            stated: Metadata::default(),
            fallback: Metadata::default(),
            encoding: None,
        };
        let reading = ingest.read(&file);
        let title = &document.work.title;
        let again = reading.document.unwrap_or_else(|| panic!("{title}: {:?}", reading.problems));
        assert_eq!(again.provisions, document.provisions, "help: {title}");
        assert_eq!(again.work.title, document.work.title);
        assert_eq!(again.work.kind, document.work.kind, "help: {title}");
        assert_eq!(again.expression.language(), document.expression.language(), "help: {title}");
        let curated = |document: &TaggedDocument| {
            let curated = document.tags.iter().filter(|tag| matches!(tag.origin, Origin::Curated { .. }));
            let mut curated: Vec<_> = curated.map(|tag| (tag.provision.to_string(), tag.article)).collect();
            curated.sort();
            curated
        };
        assert_eq!(curated(&again), curated(&document), "help: {title}");
        assert_eq!(reading.chars_read, reading.chars_placed, "help: {title}");
        read += 1;
    }
    assert!(read > 40, "help: {read} specimens");
}

#[tokio::test(flavor = "multi_thread")]
async fn akoma_ntoso_is_balanced_and_holds_every_provision() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 1, 3);
    let library = open(folder.path()).await;
    import(&library, &[laws]).await;
    let document = &documents(&library).await[0];
    let xml = library.export(&Address::of_work(&document.work.uri), ExportFormat::AkomaNtoso).await.unwrap();
    for provision in &document.provisions {
        assert!(xml.contains(&format!("eId=\"{}\"", provision.id)));
    }
    assert_eq!(xml.matches("<content>").count(), xml.matches("</content>").count());
    assert!(xml.trim_end().ends_with("</akomaNtoso>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_export_is_a_new_version_and_stands_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 1, 3);
    let library = open(folder.path()).await;
    import(&library, &[laws]).await;
    let out = folder.path().join("out");
    library.export_folder(&out, ExportFormat::Markdown).await.unwrap();
    let text = find(&out.join("texts"), "md");
    let edited = fs::read_to_string(&text).unwrap().replace("kind0x2", "kindother");
    fs::write(&text, &edited).unwrap();
    let report = import(&library, &[out]).await;
    assert_eq!(report.totals.new_versions, 1, "{report:#?}");
    let document = &documents(&library).await[0];
    assert!(document.provisions.iter().any(|p| p.text.contains("kindother")));
    assert_eq!(document.expression.source.bytes, edited.len() as u64);
    sound(&library).await;
}

/// The first file with that ending below `folder`.
fn find(folder: &Path, ending: &str) -> std::path::PathBuf {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    let file = entries.iter().find(|p| p.is_file() && p.extension().is_some_and(|e| e == ending));
    file.cloned().unwrap_or_else(|| find(entries.iter().find(|p| p.is_dir()).unwrap(), ending))
}
