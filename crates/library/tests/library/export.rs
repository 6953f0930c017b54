//! What is handed out and taken back is the same.

use std::fs;
use std::path::Path;

use merida_law::TaggedDocument;
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
