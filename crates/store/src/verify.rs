//! Whether everything kept is still as it was kept.

use std::collections::{BTreeSet, HashMap};

use merida_law::{ExpressionUri, Sha256};

use crate::database::{AssertSqlSafe, ColumnAccess, Connection, Row, query};
use crate::events::{BEGINNING, Event, chain};
use crate::hash::{fingerprint, of_tags};
use crate::publish::source_key;
use crate::rows::{self, EXPRESSION, PROVISION, parse};
use crate::{Error, Store, read, sha256};

/// Something that is not as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Which part.
    pub kind: FlawKind,
    /// What it is about: an event's number, a hash, a URI, a table.
    pub subject: String,
    /// What is wrong.
    pub message: String,
}

/// Which part of a store a flaw concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlawKind {
    /// The chain of events.
    Chain,
    /// An original file.
    Original,
    /// The database itself, or a reference that leads nowhere.
    Database,
    /// The text or the metadata of an expression.
    Text,
    /// The tags of an expression.
    Tags,
}

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Events whose hash was recomputed.
    pub events: u64,
    /// Original files whose hash was recomputed.
    pub originals: u64,
    /// Expressions whose text was hashed again.
    pub expressions: u64,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
}

/// What the log says of an expression.
#[derive(Default)]
struct Logged {
    fingerprint: Option<String>,
    tags: Option<String>,
}

const EVENTS_AT_ONCE: u32 = 1_000;

impl Verification {
    fn found(&mut self, kind: FlawKind, subject: impl ToString, message: impl ToString) {
        self.flaws.push(Flaw { kind, subject: subject.to_string(), message: message.to_string() });
    }
}

impl Store {
    /// Recomputes the chain of events and the hashes of all original files, texts and tags, and has the database look
    /// itself over.
    ///
    /// # Errors
    /// If the database cannot be read at all; what can be read and is wrong is a flaw.
    pub async fn verify(&self) -> Result<Verification, Error> {
        let mut verification = Verification::default();
        let mut reader = self.readers.acquire().await?;
        check_database(&mut reader, &mut verification).await?;
        drop(reader);
        let (logged, withdrawn) = self.check_chain(&mut verification).await?;
        self.check_withdrawals(withdrawn, &mut verification).await?;
        self.check_originals(&mut verification).await?;
        self.check_texts(&logged, &mut verification).await?;
        Ok(verification)
    }

    /// What the log says of each expression, and which works and expressions are withdrawn by it.
    async fn check_chain(
        &self,
        verification: &mut Verification,
    ) -> Result<(HashMap<String, Logged>, BTreeSet<String>), Error> {
        let mut logged: HashMap<String, Logged> = HashMap::new();
        let mut withdrawn = BTreeSet::new();
        let mut previous = BEGINNING.to_owned();
        let mut expected = 1;
        loop {
            let events = self.events_since(expected - 1, EVENTS_AT_ONCE).await?;
            let Some(last) = events.last() else { return Ok((logged, withdrawn)) };
            let after = last.sequence + 1;
            for event in &events {
                check_event(event, expected, &previous, verification);
                expected = event.sequence + 1;
                previous.clone_from(&event.hash);
                note(event, &mut logged);
                match event.what.as_str() {
                    "withdraw" => drop(withdrawn.insert(event.subject.clone())),
                    "restore" => drop(withdrawn.remove(&event.subject)),
                    _ => {}
                }
                verification.events += 1;
            }
            expected = after;
        }
    }

    async fn check_withdrawals(
        &self,
        mut logged: BTreeSet<String>,
        verification: &mut Verification,
    ) -> Result<(), Error> {
        let rows = query(
            "SELECT COALESCE(e.uri, w.uri) FROM withdrawals x JOIN works w ON w.id = x.work_id \
             LEFT JOIN expressions e ON e.id = x.expression_id ORDER BY x.id",
        )
        .fetch_all(&self.readers)
        .await?;
        for row in &rows {
            let uri: String = row.try_get(0)?;
            if !logged.remove(&uri) {
                verification.found(FlawKind::Database, uri, "it is withdrawn, and no event says so");
            }
        }
        for uri in logged {
            verification.found(FlawKind::Database, uri, "the log says that it was withdrawn, and it is not");
        }
        Ok(())
    }

    async fn check_originals(&self, verification: &mut Verification) -> Result<(), Error> {
        let rows = query("SELECT sha256 FROM originals ORDER BY sha256").fetch_all(&self.readers).await?;
        for row in &rows {
            let kept: String = row.try_get(0)?;
            let Ok(hash) = kept.parse::<Sha256>() else {
                verification.found(FlawKind::Original, &kept, "is not a hash");
                continue;
            };
            let originals = self.originals().clone();
            let found = tokio::task::spawn_blocking(move || {
                originals.read(&hash).map(|b| b.map(|b| sha256(&b) == hash))
            });
            match found.await {
                Ok(Ok(Some(true))) => {}
                Ok(Ok(Some(false))) => {
                    verification.found(FlawKind::Original, hash, "the file's bytes have changed")
                }
                Ok(Ok(None)) => verification.found(FlawKind::Original, hash, "the file is missing"),
                Ok(Err(e)) => verification.found(FlawKind::Original, hash, e),
                Err(e) => verification.found(FlawKind::Original, hash, e),
            }
            verification.originals += 1;
        }
        Ok(())
    }

    async fn check_texts(
        &self,
        logged: &HashMap<String, Logged>,
        verification: &mut Verification,
    ) -> Result<(), Error> {
        let rows = query(
            "SELECT e.id, e.uri, e.work_id, s.by_id IS NOT NULL FROM expressions e \
             LEFT JOIN supersessions s ON s.expression_id = e.id ORDER BY e.id",
        )
        .fetch_all(&self.readers)
        .await?;
        for row in &rows {
            let (id, uri): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
            verification.expressions += 1;
            let Some(log) = logged.get(&uri) else {
                verification.found(FlawKind::Text, &uri, "no event says that it was published");
                continue;
            };
            let mut reader = self.readers.acquire().await?;
            match text_hash(&mut reader, id).await {
                Ok(hash) if log.fingerprint.as_deref() == Some(hash.as_str()) => {}
                Ok(_) => verification.found(FlawKind::Text, &uri, "the text differs from what was published"),
                Err(e) => verification.found(FlawKind::Text, &uri, e),
            }
            let superseded: bool = row.try_get(3)?;
            if superseded {
                continue;
            }
            match tags_hash(&mut reader, id, row.try_get(2)?, &uri).await {
                Ok(hash) if log.tags.as_deref() == Some(hash.as_str()) => {}
                Ok(_) => verification.found(FlawKind::Tags, &uri, "the tags differ from what was published"),
                Err(e) => verification.found(FlawKind::Tags, &uri, e),
            }
        }
        Ok(())
    }
}

async fn check_database(c: &mut Connection, verification: &mut Verification) -> Result<(), Error> {
    for row in query("PRAGMA integrity_check(20)").fetch_all(&mut *c).await? {
        let message: String = row.try_get(0)?;
        if message != "ok" {
            verification.found(FlawKind::Database, "merida.sqlite", message);
        }
    }
    for row in query("PRAGMA foreign_key_check").fetch_all(&mut *c).await?.iter().take(20) {
        let (table, parent): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        verification.found(FlawKind::Database, table, format!("a row refers to {parent} that is not there"));
    }
    Ok(())
}

fn check_event(event: &Event, expected: u64, previous: &str, verification: &mut Verification) {
    if event.sequence != expected {
        let message = format!("events {expected} to {} are missing", event.sequence - 1);
        verification.found(FlawKind::Chain, event.sequence, message);
    }
    let fields = [event.at.as_str(), &event.who, &event.what, &event.subject, &event.payload];
    if chain(previous, event.sequence.cast_signed(), fields).to_string() != event.hash {
        verification.found(FlawKind::Chain, event.sequence, "its record does not agree with its hash");
    }
}

/// Remembers the hashes that an event gives for its expression; later events count before earlier ones.
fn note(event: &Event, logged: &mut HashMap<String, Logged>) {
    let Ok(payload) = serde_json::from_str::<serde_json::Value>(&event.payload) else { return };
    let text = |key: &str| payload.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    let entry = logged.entry(event.subject.clone()).or_default();
    entry.fingerprint = text("fingerprint").or_else(|| entry.fingerprint.take());
    entry.tags = text("tags").or_else(|| entry.tags.take());
}

async fn text_hash(c: &mut Connection, id: i64) -> Result<String, Error> {
    let sql = format!("SELECT {EXPRESSION} FROM expressions e WHERE e.id = $1");
    let row: Row = query(AssertSqlSafe(sql)).bind(id).fetch_one(&mut *c).await?;
    let expression = rows::expression(&row)?;
    let sql = format!("SELECT {PROVISION} FROM provisions p WHERE p.expression_id = $1 ORDER BY p.ordinal");
    let rows = query(AssertSqlSafe(sql)).bind(id).fetch_all(&mut *c).await?;
    let provisions = rows.iter().map(rows::provision).collect::<Result<Vec<_>, Error>>()?;
    Ok(fingerprint(&expression, &provisions).to_string())
}

async fn tags_hash(c: &mut Connection, id: i64, work_id: i64, uri: &str) -> Result<String, Error> {
    let row = query("SELECT origin FROM expressions WHERE id = $1").bind(id).fetch_one(&mut *c).await?;
    let origin: String = row.try_get(0)?;
    let uri: ExpressionUri = parse("the URI of an expression", uri)?;
    let mut tags = read::curated_of_source(c, work_id, &source_key(uri.language(), &origin)).await?;
    tags.extend(read::suggested(c, id).await?);
    Ok(of_tags(&tags).to_string())
}
