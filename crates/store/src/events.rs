//! The log of changes, each event chained by hash to the one before it.

use merida_law::Sha256;
use serde::Serialize;

use crate::database::{ColumnAccess, Connection, Row, query};
use crate::{Error, Store, Timestamp, sha256};

/// The hash before the first event.
pub(crate) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A change: who did what to which thing, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its number, from 1, without gaps.
    pub sequence: u64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// What: `publish`, `amend`, `withdraw` or `restore`.
    pub what: String,
    /// The expression concerned, or the work where all of it is withdrawn or restored.
    pub subject: String,
    /// Details, as JSON.
    pub payload: String,
    /// SHA-256 of the previous event's hash and this event's record, in hexadecimal digits.
    pub hash: String,
}

/// What is about to be logged.
pub(crate) struct NewEvent<'a> {
    pub(crate) at: Timestamp,
    pub(crate) who: &'a str,
    pub(crate) what: &'static str,
    pub(crate) subject: &'a str,
    pub(crate) payload: String,
}

/// SHA-256 of the previous hash and the event's record: a JSON array of number, time, actor, act, subject, payload.
pub(crate) fn chain(previous: &str, sequence: i64, fields: [&str; 5]) -> Sha256 {
    let mut record = previous.to_owned();
    let [at, who, what, subject, payload] = fields;
    record.push_str(&serde_json::json!([sequence, at, who, what, subject, payload]).to_string());
    sha256(record.as_bytes())
}

/// The number and the hash of the last event.
pub(crate) async fn last(connection: &mut Connection) -> Result<(i64, String), Error> {
    let row = query("SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    row.map_or_else(|| Ok((0, BEGINNING.to_owned())), |row| Ok((row.try_get(0)?, row.try_get(1)?)))
}

/// Logs an event in the transaction of `connection` and gives its number.
pub(crate) async fn append(connection: &mut Connection, event: NewEvent<'_>) -> Result<i64, Error> {
    let (last, previous) = last(connection).await?;
    let sequence = last + 1;
    let at = event.at.to_string();
    let hash = chain(&previous, sequence, [&at, event.who, event.what, event.subject, &event.payload]);
    query("INSERT INTO events (sequence, at, who, what, subject, payload, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(sequence)
        .bind(at)
        .bind(event.who)
        .bind(event.what)
        .bind(event.subject)
        .bind(event.payload)
        .bind(hash.to_string())
        .execute(connection)
        .await?;
    Ok(sequence)
}

pub(crate) fn read(row: &Row) -> Result<Event, Error> {
    Ok(Event {
        sequence: row.try_get::<i64, _>(0)?.unsigned_abs(),
        at: row.try_get(1)?,
        who: row.try_get(2)?,
        what: row.try_get(3)?,
        subject: row.try_get(4)?,
        payload: row.try_get(5)?,
        hash: row.try_get(6)?,
    })
}

impl Store {
    /// At most `limit` events after number `sequence`, in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn events_since(&self, sequence: u64, limit: u32) -> Result<Vec<Event>, Error> {
        let rows = query(
            "SELECT sequence, at, who, what, subject, payload, hash FROM events WHERE sequence > $1 ORDER BY sequence LIMIT $2",
        )
        .bind(sequence.cast_signed())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }
}
