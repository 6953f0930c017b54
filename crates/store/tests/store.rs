//! What is published stays as it was published, and is found again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

use merida_law::{
    Article, Authority, Evidence, Expression, ExpressionUri, Language, LegalDate, Origin, Provision,
    ProvisionKind, Source, SourceFormat, Status, Tag, TaggedDocument, Work, WorkKind, WorkUri,
};
use merida_store::{ArticleQuery, FlawKind, Published, Store, Timestamp, WorkOrder, WorkQuery};

fn at() -> Timestamp {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

fn provision(id: &str, parent: Option<&str>, label: &str, text: &str) -> Provision {
    Provision {
        id: id.parse().unwrap(),
        parent: parent.map(|id| id.parse().unwrap()),
        kind: if parent.is_some() { ProvisionKind::Subsection } else { ProvisionKind::Section },
        label: label.into(),
        heading: String::new(),
        text: text.into(),
        language: None,
    }
}

fn curated(provision: &str, article: &str) -> Tag {
    Tag {
        provision: provision.parse().unwrap(),
        article: article.parse().unwrap(),
        origin: Origin::Curated { by: "a curator".into() },
    }
}

fn suggested(provision: &str, article: &str, score: f32) -> Tag {
    let evidence = vec![Evidence { start: 0, end: 5, concept: "bribe".into() }];
    Tag {
        provision: provision.parse().unwrap(),
        article: article.parse().unwrap(),
        origin: Origin::Suggested { score, evidence },
    }
}

/// A specimen act whose only section with words says `text`.
fn document(store: &Store, text: &str, origin: &str) -> TaggedDocument {
    let gb = "gb".parse().unwrap();
    let date = LegalDate::from_year(2010);
    let uri = WorkUri::new(gb, WorkKind::Act, date, "23");
    let bytes = text.as_bytes();
    let source = Source {
        sha256: store.originals().keep(bytes).unwrap(),
        bytes: bytes.len() as u64,
        format: SourceFormat::Markdown,
        origin: origin.into(),
        url: None,
        licence: Some("CC0".into()),
        note: None,
    };
    TaggedDocument {
        work: Work {
            uri: uri.clone(),
            jurisdiction: gb,
            kind: WorkKind::Act,
            date,
            number: None,
            title: "Specimen Act".into(),
            title_en: None,
            status: Status::InForce { since: date },
        },
        expression: Expression {
            uri: ExpressionUri::new(uri, Language::EN, date, 1),
            title: "Specimen Act".into(),
            language_detected: false,
            other_languages: vec![Language::AR],
            authority: Authority::OfficialText,
            source,
        },
        provisions: vec![
            provision("sec_1", None, "1", text),
            provision("sec_1__subsec_1", Some("sec_1"), "(1)", "a part 的 جزء"),
            provision("sec_2", None, "2", ""),
        ],
        tags: vec![
            curated("sec_1", "15(a)"),
            suggested("sec_2", "16(1)", 0.3),
            suggested("sec_1", "15", 0.7),
        ],
    }
}

async fn open() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    (folder, store)
}

async fn sound(store: &Store) {
    let verification = store.verify().await.unwrap();
    assert_eq!(verification.flaws, [], "help: something published is not as it was published");
}

#[tokio::test]
async fn a_document_comes_back_as_it_went_in() {
    let (_folder, store) = open().await;
    let mut document = document(&store, "Nobody shall pay.", "a");
    let receipt = store.publish(&document, at(), "me").await.unwrap();
    assert_eq!((receipt.published, receipt.sequence), (Published::New, Some(1)));
    let mut back = store.document(&receipt.expression).await.unwrap().unwrap();
    for tags in [&mut document.tags, &mut back.tags] {
        tags.sort_by_key(|t| (t.provision.clone(), t.article));
    }
    assert_eq!(back, document);
    assert_eq!(store.current().await.unwrap(), [receipt.expression]);
    let hash = document.expression.source.sha256;
    assert_eq!(store.originals().read(&hash).unwrap().unwrap(), b"Nobody shall pay.");
    sound(&store).await;
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let (_folder, store) = open().await;
    let document = document(&store, "Nobody shall pay.", "a");
    let first = store.publish(&document, at(), "me").await.unwrap();
    let mut elsewhere = document.clone();
    elsewhere.expression.source.origin = "b".into();
    elsewhere.tags.retain(|t| matches!(t.origin, Origin::Suggested { .. }));
    for again in [&document, &elsewhere] {
        let receipt = store.publish(again, at(), "me").await.unwrap();
        assert_eq!((receipt.published, receipt.sequence), (Published::Unchanged, None));
        assert_eq!(receipt.expression, first.expression);
    }
    assert_eq!(store.last_sequence().await.unwrap(), 1);
}

#[tokio::test]
async fn new_bytes_from_the_same_source_supersede_and_others_stand_beside() {
    let (_folder, store) = open().await;
    let first = store.publish(&document(&store, "Nobody shall pay.", "a"), at(), "me").await.unwrap();
    let second = store.publish(&document(&store, "Nobody shall pay anyone.", "a"), at(), "me").await.unwrap();
    assert_eq!(second.published, Published::NewVersion { supersedes: first.expression.clone() });
    assert_eq!(second.expression.to_string(), "/akn/gb/act/2010/23/eng@2010.2");
    let third = store.publish(&document(&store, "No one pays.", "b"), at(), "me").await.unwrap();
    assert_eq!(third.published, Published::New);
    let records = store.expressions(first.expression.work()).await.unwrap();
    let shown: Vec<_> = records
        .iter()
        .map(|r| (r.expression.uri.edition(), r.superseded_by.as_ref().map(|u| u.edition())))
        .collect();
    assert_eq!(shown, [(2, None), (3, None), (1, Some(2))]);
    assert_eq!(store.provisions(&first.expression).await.unwrap()[0].text, "Nobody shall pay.");
    // The publisher goes back to the old words: a third version, not the first again.
    let fourth = store.publish(&document(&store, "Nobody shall pay.", "a"), at(), "me").await.unwrap();
    assert_eq!(fourth.published, Published::NewVersion { supersedes: second.expression });
    sound(&store).await;
}

#[tokio::test]
async fn an_older_text_taken_in_later_does_not_displace_the_newer_one() {
    let (_folder, store) = open().await;
    let newer = document(&store, "As amended.", "a");
    let mut older = document(&store, "As enacted.", "a");
    older.expression.uri =
        ExpressionUri::new(older.work.uri.clone(), Language::EN, LegalDate::from_year(2001), 1);
    let newer = store.publish(&newer, at(), "me").await.unwrap();
    let receipt = store.publish(&older, at(), "me").await.unwrap();
    assert_eq!(receipt.published, Published::New);
    assert_eq!(store.current().await.unwrap(), [newer.expression]);
    assert_eq!(store.publish(&older, at(), "me").await.unwrap().published, Published::Unchanged);
    sound(&store).await;
}

#[tokio::test]
async fn tags_and_descriptions_follow_their_source() {
    let (_folder, store) = open().await;
    let mut document = document(&store, "Nobody shall pay.", "a");
    let uri = store.publish(&document, at(), "me").await.unwrap().expression;
    document.tags[0] = curated("sec_2", "16");
    document.work.status = Status::Repealed { on: LegalDate::from_year(2020) };
    let receipt = store.publish(&document, at(), "me").await.unwrap();
    assert_eq!((receipt.published, receipt.expression.clone()), (Published::Amended, uri.clone()));
    let back = store.document(&uri).await.unwrap().unwrap();
    assert_eq!(back.work.status, document.work.status);
    assert!(back.tags.contains(&document.tags[0]) && back.tags.len() == 3);
    // Another source of the same law may add what is not known, and may not overrule.
    let mut other = self::document(&store, "No one pays.", "b");
    other.work.title = "Another title".into();
    other.work.title_en = Some("Specimen".into());
    store.publish(&other, at(), "me").await.unwrap();
    let work = store.work(&other.work.uri).await.unwrap().unwrap();
    assert_eq!((work.title.as_str(), work.title_en.as_deref()), ("Specimen Act", Some("Specimen")));
    for again in [&document, &other] {
        assert_eq!(store.publish(again, at(), "me").await.unwrap().published, Published::Unchanged);
    }
    sound(&store).await;
}

#[tokio::test]
async fn what_does_not_fit_together_is_refused_and_changes_nothing() {
    let (_folder, store) = open().await;
    let good = document(&store, "Nobody shall pay.", "a");
    let mut twice = good.clone();
    twice.provisions.push(twice.provisions[0].clone());
    let mut orphan = good.clone();
    orphan.provisions.swap(0, 1);
    let mut lost = good.clone();
    lost.tags.push(curated("sec_9", "15"));
    let mut empty = good.clone();
    empty.provisions.clear();
    empty.tags.clear();
    let mut unkept = good.clone();
    unkept.expression.source.sha256 = merida_store::sha256(b"never kept");
    for (bad, words) in [
        (twice, "two provisions"),
        (orphan, "before it"),
        (lost, "sec_9"),
        (empty, "no provisions"),
        (unkept, "not kept"),
    ] {
        let error = store.publish(&bad, at(), "me").await.expect_err(words).to_string();
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(store.last_sequence().await.unwrap(), 0);
}

#[tokio::test]
async fn counts_and_lists_say_what_is_there() {
    let (_folder, store) = open().await;
    let document = document(&store, "Nobody shall pay.", "a");
    store.publish(&document, at(), "me").await.unwrap();
    let counts = store.counts().await.unwrap();
    assert_eq!(
        (counts.works, counts.expressions, counts.provisions, counts.curated, counts.suggested),
        (1, 1, 3, 1, 2)
    );
    assert_eq!(counts.languages, [(Language::EN, 1)]);
    let coverage = store.coverage().await.unwrap();
    let shown: Vec<_> = coverage.iter().map(|c| (c.article.to_string(), c.curated, c.suggested)).collect();
    // sec_1 is both curated for 15(a) and suggested for 15: one provision, curated.
    assert_eq!(shown, [("15".into(), 1, 0), ("16".into(), 0, 1)]);
    let query = WorkQuery { order: WorkOrder::Newest, limit: 10, ..WorkQuery::default() };
    let works = store.works(&query).await.unwrap();
    assert_eq!((works.len(), works[0].curated, works[0].suggested), (1, 1, 2));
    assert_eq!(works[0].languages, [Language::EN]);
    let which = |article: &str, suggested| ArticleQuery {
        article: article.parse().unwrap(),
        jurisdictions: Vec::new(),
        per_jurisdiction: 5,
        suggested,
    };
    let hits = store.tagged(&which("15", true)).await.unwrap();
    assert_eq!(hits.len(), 1);
    let (hit, curated, suggested) = &hits[0];
    assert_eq!((hit.label.as_str(), *curated, *suggested), ("1", 1, 0));
    assert_eq!((hit.curated.len(), hit.suggested.len()), (1, 1));
    assert_eq!(store.tagged(&which("16(1)", true)).await.unwrap().len(), 1);
    assert_eq!(store.tagged(&which("16(1)", false)).await.unwrap().len(), 0);
    assert_eq!(store.tagged(&which("16(2)", true)).await.unwrap().len(), 0);
    let parts = store.parts(Article::new(15).unwrap(), &[]).await.unwrap();
    assert_eq!(parts, [("15".parse().unwrap(), 0, 1), ("15(a)".parse().unwrap(), 1, 0)]);
}

#[tokio::test]
async fn two_writers_at_once_both_get_their_turn() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Store::open(folder.path()).await.unwrap(), Store::open(folder.path()).await.unwrap());
    let work = |store: Store, name: &'static str| async move {
        for number in 0..20 {
            let document = document(&store, &format!("{name} {number}"), &format!("{name}{number}"));
            store.publish(&document, at(), name).await.unwrap();
        }
    };
    tokio::join!(tokio::spawn(work(one.clone(), "one")), tokio::spawn(work(two, "two"))).0.unwrap();
    assert_eq!(one.last_sequence().await.unwrap(), 40);
    assert_eq!(one.current().await.unwrap().len(), 40);
    sound(&one).await;
}

#[tokio::test]
async fn verification_finds_what_was_changed_behind_its_back() {
    for (kind, sql) in [
        (FlawKind::Chain, "DROP TRIGGER events_stay; UPDATE events SET who = 'nobody' WHERE sequence = 1"),
        (
            FlawKind::Chain,
            "DROP TRIGGER events_are_kept; PRAGMA foreign_keys = OFF; DELETE FROM events WHERE sequence = 1",
        ),
        (
            FlawKind::Text,
            "DROP TRIGGER provisions_stay; UPDATE provisions SET text = 'Anybody may pay.' WHERE id = 'sec_1'",
        ),
        (FlawKind::Text, "DELETE FROM provisions WHERE id = 'sec_2'"),
        (FlawKind::Tags, "DELETE FROM curated_tags"),
        (FlawKind::Tags, "UPDATE suggested_tags SET score = 0.9"),
    ] {
        let (folder, store) = open().await;
        store.publish(&document(&store, "Nobody shall pay.", "a"), at(), "me").await.unwrap();
        store.publish(&document(&store, "Nobody pays.", "b"), at(), "me").await.unwrap();
        tamper(folder.path(), sql).await;
        let flaws = store.verify().await.unwrap().flaws;
        assert!(flaws.iter().any(|flaw| flaw.kind == kind), "{sql}: {flaws:?}");
    }
}

#[tokio::test]
async fn verification_finds_a_changed_byte_and_a_lost_file() {
    let (_folder, store) = open().await;
    let document = document(&store, "Nobody shall pay.", "a");
    store.publish(&document, at(), "me").await.unwrap();
    let path = store.originals().path(&document.expression.source.sha256);
    std::fs::write(&path, b"Nobody shall pay!").unwrap();
    let changed = store.verify().await.unwrap().flaws;
    assert!(
        changed.iter().any(|f| f.kind == FlawKind::Original && f.message.contains("changed")),
        "{changed:?}"
    );
    std::fs::remove_file(&path).unwrap();
    let lost = store.verify().await.unwrap().flaws;
    assert!(lost.iter().any(|f| f.kind == FlawKind::Original && f.message.contains("missing")), "{lost:?}");
}

async fn tamper(folder: &std::path::Path, sql: &'static str) {
    use sqlx::{Connection, SqliteConnection};
    let url = format!("sqlite://{}", folder.join("merida.sqlite").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
