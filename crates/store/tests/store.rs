//! What is published stays as it was published, and is found again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by failing")]

use merida_law::{
    Article, Authority, Evidence, Expression, ExpressionUri, Language, LegalDate, Origin, Provision,
    ProvisionKind, Source, SourceFormat, Status, Tag, TaggedDocument, Work, WorkKind, WorkUri,
};
use merida_store::{
    ArticleQuery, Error, FlawKind, Published, Store, Target, Timestamp, WorkOrder, WorkQuery, sha256,
};

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

/// The same document under another number, as if its description had been corrected.
fn renumbered(document: &TaggedDocument, number: &str) -> TaggedDocument {
    let mut other = document.clone();
    other.work.uri = WorkUri::new(other.work.jurisdiction, other.work.kind, other.work.date, number);
    other.work.number = Some(number.to_owned());
    let uri = &document.expression.uri;
    other.expression.uri = ExpressionUri::new(other.work.uri.clone(), uri.language(), uri.date(), 1);
    other
}

#[tokio::test]
async fn a_source_that_reads_as_another_work_makes_way_and_points_there() {
    let (_folder, store) = open().await;
    let here = Some(sha256(b"a folder/a"));
    let wrong = document(&store, "Nobody shall pay.", "a");
    let first = store.publish_from(&wrong, here, at(), "me").await.unwrap();
    let right = renumbered(&wrong, "24");
    let second = store.publish_from(&right, here, at(), "me").await.unwrap();
    assert_eq!(second.published, Published::New);
    assert_eq!(second.replaced, std::slice::from_ref(&first.expression));
    assert_eq!(store.current().await.unwrap(), std::slice::from_ref(&second.expression));
    let gone = store.expression(&first.expression).await.unwrap().unwrap().withdrawn.unwrap();
    assert_eq!((gone.successor.as_ref(), gone.whole_work), (Some(&second.expression), false));
    let works = store.works(&WorkQuery { limit: 9, ..WorkQuery::default() }).await.unwrap();
    assert_eq!(works.iter().map(|w| &w.work.uri).collect::<Vec<_>>(), [&right.work.uri]);
    assert_eq!(store.counts().await.unwrap().works, 1);
    sound(&store).await;

    // The same again changes nothing; new bytes under a third number take the place of the second.
    let again = store.publish_from(&right, here, at(), "me").await.unwrap();
    assert_eq!((again.published, again.replaced.len()), (Published::Unchanged, 0));
    let third = renumbered(&document(&store, "Nobody pays.", "a"), "25");
    let third = store.publish_from(&third, here, at(), "me").await.unwrap();
    assert_eq!(third.replaced, std::slice::from_ref(&second.expression));
    assert_eq!(store.current().await.unwrap(), std::slice::from_ref(&third.expression));

    // A description that is put back brings back what it describes.
    let back = store.publish_from(&wrong, here, at(), "me").await.unwrap();
    assert_eq!((back.published, &back.expression), (Published::Amended, &first.expression));
    assert_eq!(back.withdrawn, None);
    assert_eq!(store.current().await.unwrap(), [first.expression]);
    sound(&store).await;
}

#[tokio::test]
async fn files_of_one_name_in_two_folders_are_two_sources() {
    let (_folder, store) = open().await;
    let one = document(&store, "Nobody shall pay.", "law.md");
    let other = renumbered(&document(&store, "Nobody pays.", "law.md"), "24");
    store.publish_from(&one, Some(sha256(b"a/law.md")), at(), "me").await.unwrap();
    let receipt = store.publish_from(&other, Some(sha256(b"b/law.md")), at(), "me").await.unwrap();
    assert!(receipt.replaced.is_empty(), "{receipt:?}");
    assert_eq!(store.current().await.unwrap().len(), 2);
    // What is read at two places stays while one of them still says so.
    let moved = renumbered(&one, "26");
    store.publish_from(&one, Some(sha256(b"c/law.md")), at(), "me").await.unwrap();
    store.publish_from(&moved, Some(sha256(b"c/law.md")), at(), "me").await.unwrap();
    assert_eq!(store.current().await.unwrap().len(), 3);
    sound(&store).await;
}

#[tokio::test]
async fn what_is_withdrawn_is_kept_and_not_shown_until_it_is_restored() {
    let (_folder, store) = open().await;
    let document = document(&store, "Nobody shall pay.", "a");
    let uri = store.publish(&document, at(), "me").await.unwrap().expression;
    let works =
        || async { store.works(&WorkQuery { limit: 9, ..WorkQuery::default() }).await.unwrap().len() };
    for target in [Target::Work(uri.work().clone()), Target::Expression(uri.clone())] {
        let sequence = store.withdraw(&target, "the publisher asked for it", at(), "me").await.unwrap();
        assert!(sequence.is_some());
        assert_eq!(store.withdraw(&target, "again", at(), "me").await.unwrap(), None);
        assert!(store.current().await.unwrap().is_empty());
        assert_eq!(works().await, 0);
        assert!(store.coverage().await.unwrap().is_empty());
        assert!(store.jurisdictions().await.unwrap().is_empty());
        let gone = store.expression(&uri).await.unwrap().unwrap().withdrawn.unwrap();
        assert_eq!((gone.reason.as_str(), gone.by.as_str()), ("the publisher asked for it", "me"));
        assert_eq!(gone.whole_work, matches!(target, Target::Work(_)));
        assert_eq!(store.document(&uri).await.unwrap().unwrap().provisions, document.provisions);
        // The same source again does not bring it back, and says so.
        let receipt = store.publish(&document, at(), "me").await.unwrap();
        assert_eq!((receipt.published, receipt.withdrawn), (Published::Unchanged, Some(gone)));
        sound(&store).await;
        assert!(store.restore(&target, at(), "me").await.unwrap().is_some());
        assert_eq!(store.restore(&target, at(), "me").await.unwrap(), None);
        assert_eq!(store.current().await.unwrap(), std::slice::from_ref(&uri));
        assert_eq!(works().await, 1);
        sound(&store).await;
    }
    let nothing = Target::Work("/akn/gb/act/1999/1".parse().unwrap());
    assert!(matches!(store.withdraw(&nothing, "why", at(), "me").await, Err(Error::NotKept(_))));
}

#[tokio::test]
async fn a_withdrawn_work_keeps_what_comes_later_from_view() {
    let (_folder, store) = open().await;
    let uri =
        store.publish(&document(&store, "Nobody shall pay.", "a"), at(), "me").await.unwrap().expression;
    store.withdraw(&Target::Work(uri.work().clone()), "why", at(), "me").await.unwrap();
    let later = store.publish(&document(&store, "Nobody pays.", "a"), at(), "me").await.unwrap();
    assert!(later.withdrawn.is_some_and(|withdrawal| withdrawal.whole_work));
    assert!(store.current().await.unwrap().is_empty());
    sound(&store).await;
}

#[tokio::test]
async fn a_withdrawal_that_no_event_speaks_of_is_a_flaw() {
    let (folder, store) = open().await;
    let uri =
        store.publish(&document(&store, "Nobody shall pay.", "a"), at(), "me").await.unwrap().expression;
    store.withdraw(&Target::Expression(uri.clone()), "why", at(), "me").await.unwrap();
    tamper(folder.path(), "DELETE FROM withdrawals").await;
    let flaws = store.verify().await.unwrap().flaws;
    assert!(flaws.iter().any(|f| f.kind == FlawKind::Database && f.subject == uri.to_string()), "{flaws:?}");
}

#[tokio::test]
async fn tags_on_provisions_of_a_later_text_are_told_from_those_of_an_earlier() {
    let (_folder, store) = open().await;
    let older =
        store.publish(&document(&store, "Nobody shall pay.", "a"), at(), "me").await.unwrap().expression;
    let mut longer = document(&store, "Nobody pays.", "a");
    longer.provisions.push(provision("sec_7", None, "7", "Companies pay."));
    longer.tags.push(curated("sec_7", "26"));
    let newer = store.publish(&longer, at(), "me").await.unwrap().expression;
    let later = store.later_tags(&older, &newer).await.unwrap();
    let said: Vec<String> =
        later.iter().map(|(id, label, article)| format!("{id} {label} {article}")).collect();
    assert_eq!(said, ["sec_7 7 26"]);
    assert!(store.tags(&older).await.unwrap().iter().all(|tag| tag.provision.as_str() != "sec_7"));
}
