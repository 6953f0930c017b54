//! What is damaged is found, and what can be built anew is.

use std::fs;

use merida_library::{FindingKind, Library, Repair};

use super::{at, import, laws, open, options, search, sound};

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_index_is_built_anew_and_a_broken_one_too() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 4, 4);
    let library = open(folder.path()).await;
    import(&library, &[laws]).await;
    drop(library);
    let index = folder.path().join("data/index");
    fs::remove_dir_all(&index).unwrap();
    let library = open(folder.path()).await;
    assert!(
        matches!(library.opening().repair, Repair::Rebuilt { expressions: 4, .. }),
        "{:?}",
        library.opening()
    );
    sound(&library).await;
    assert_eq!(search(&library, "purpose").await.total_works, 4);
    drop(library);
    fs::write(index.join("meta.json"), "{").unwrap();
    let library = open(folder.path()).await;
    assert!(
        matches!(library.opening().repair, Repair::Rebuilt { expressions: 4, .. }),
        "{:?}",
        library.opening()
    );
    assert_eq!(search(&library, "purpose").await.total_works, 4);
    let report = library.reindex(|_, _| ()).await.unwrap();
    assert_eq!(report.expressions, 4);
    sound(&library).await;
    assert_eq!(open(folder.path()).await.opening().repair, Repair::None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_lost_while_the_library_is_open_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 2, 2);
    let library = open(folder.path()).await;
    import(&library, &[laws]).await;
    fs::remove_dir_all(folder.path().join("data/index")).unwrap();
    let report = library.verify().await.unwrap();
    assert!(
        report.findings.iter().any(|f| f.kind == FindingKind::Index && f.hint.contains("reindex")),
        "{report:?}"
    );
    library.reindex(|_, _| ()).await.unwrap();
    sound(&library).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_byte_in_an_original_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 2, 2);
    let library = open(folder.path()).await;
    let report = import(&library, &[laws]).await;
    let shown = super::reading::work_page(&library, &report.documents[0]).await;
    let name = shown.expression.source.sha256.to_string();
    let path = folder.path().join("data/originals").join(&name[..2]).join(&name[2..]);
    let mut bytes = fs::read(&path).unwrap();
    bytes[3] ^= 1;
    fs::write(&path, bytes).unwrap();
    let report = library.verify().await.unwrap();
    assert!(!report.sound);
    let finding = report.findings.iter().find(|f| f.kind == FindingKind::Original).unwrap();
    assert_eq!(finding.subject, name);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_no_library_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(&data).unwrap();
    fs::write(
        data.join("merida.sqlite"),
        "this is a letter and no database, and it is long enough to be looked at",
    )
    .unwrap();
    assert!(Library::open(options(folder.path()), at()).await.is_err());
}

/// An index whose last event is right, and whose texts are not.
#[tokio::test(flavor = "multi_thread")]
async fn an_index_with_other_texts_than_the_store_is_a_finding_for_each() {
    let folder = tempfile::tempdir().unwrap();
    let laws = laws(folder.path(), 3, 4);
    let library = open(folder.path()).await;
    let report = import(&library, &[laws]).await;
    let [missing, shortened] = [0, 1].map(|place: usize| report.documents[place].expression.clone().unwrap());
    let merida_library::Shown::Work(page) = library
        .show(merida_library::ShowRequest {
            address: merida_library::Address::of_expression(&shortened),
            languages: Vec::new(),
        })
        .await
        .unwrap()
    else {
        panic!("help: the address of an expression shows a work");
    };
    drop(library);

    let index =
        merida_index::Index::open(&folder.path().join("data/index"), merida_index::Settings::default())
            .unwrap();
    let stamp = index.stamp().unwrap();
    let mut writer = index.writer().unwrap();
    writer.remove_expression(&missing).unwrap();
    let mut document = merida_law::TaggedDocument {
        work: page.work,
        expression: page.expression,
        provisions: page.provisions.into_iter().map(|shown| shown.provision).collect(),
        tags: Vec::new(),
    };
    let last = document.units().last().unwrap();
    document.provisions.truncate(last.start);
    let short = writer.put_document(&document).unwrap();
    let other: merida_law::ExpressionUri = "/akn/gb/act/2001/99/eng@2001".parse().unwrap();
    document.work.uri = other.work().clone();
    document.expression.uri = other.clone();
    writer.put_document(&document).unwrap();
    // Merges that still ran would write into the folder while it is built anew below.
    writer.finish(stamp).unwrap();
    drop(index);

    let library = open(folder.path()).await;
    assert_eq!(library.opening().repair, Repair::None);
    let report = library.verify().await.unwrap();
    let about = |subject: &merida_law::ExpressionUri| {
        let finding = report.findings.iter().find(|f| f.subject == subject.to_string()).unwrap();
        assert!(finding.kind == FindingKind::Index && finding.hint.contains("merida reindex"), "{finding:?}");
        finding.message.clone()
    };
    assert!(about(&missing).contains("missing"));
    assert!(about(&shortened).contains(&format!("holds {short} of its provisions, the store {}", short + 1)));
    assert!(about(&other).contains("not to be found"));
    assert_eq!(report.findings.len(), 3, "{report:?}");
    library.reindex(|_, _| ()).await.unwrap();
    sound(&library).await;
}
