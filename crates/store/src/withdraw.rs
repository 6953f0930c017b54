//! Taking a text out of what is found and shown, and bringing it back. Nothing is deleted.

use merida_law::{ExpressionUri, WorkUri};
use serde::Serialize;

use crate::database::{self, AssertSqlSafe, ColumnAccess, Connection, Row, query};
use crate::events::{self, NewEvent};
use crate::rows::parse;
use crate::{Error, Store, Timestamp};

/// What is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A work with all its expressions, those that come later among them.
    Work(WorkUri),
    /// One expression.
    Expression(ExpressionUri),
}

/// Why something is no longer found and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// When: `2026-11-23T20:31:08Z`.
    pub at: String,
    /// Who.
    pub by: String,
    /// Why, in that person's words.
    pub reason: String,
    /// The expression to look at instead, where the same source reads as that since its description was corrected.
    pub successor: Option<ExpressionUri>,
    /// Whether the whole work is withdrawn, rather than one expression.
    pub whole_work: bool,
}

/// The withdrawal that bears on an expression `e`, that of its work before its own, as the columns that
/// [`withdrawal`] reads.
pub(crate) const WITHDRAWAL: &str = "v2.at AS withdrawn_at, v2.who AS withdrawn_by, x.reason AS withdrawn_reason, \
     x.expression_id IS NULL AS withdrawn_whole, n2.uri AS withdrawn_for";

/// The joins that [`WITHDRAWAL`] needs.
pub(crate) const WITHDRAWAL_JOINS: &str = "LEFT JOIN withdrawals x ON x.id = (SELECT y.id FROM withdrawals y \
     WHERE y.work_id = e.work_id AND (y.expression_id IS NULL OR y.expression_id = e.id) \
     ORDER BY y.expression_id IS NOT NULL LIMIT 1) \
     LEFT JOIN events v2 ON v2.sequence = x.sequence LEFT JOIN expressions n2 ON n2.id = x.successor_id";

/// Reads the columns of [`WITHDRAWAL`].
pub(crate) fn withdrawal(row: &Row) -> Result<Option<Withdrawal>, Error> {
    let Some(at) = row.try_get::<Option<String>, _>("withdrawn_at")? else { return Ok(None) };
    let successor: Option<&str> = row.try_get("withdrawn_for")?;
    Ok(Some(Withdrawal {
        at,
        by: row.try_get("withdrawn_by")?,
        reason: row.try_get("withdrawn_reason")?,
        successor: successor.map(|uri| parse("the URI of an expression", uri)).transpose()?,
        whole_work: row.try_get("withdrawn_whole")?,
    }))
}

/// The withdrawal that bears on the expression with that row.
pub(crate) async fn of_expression(c: &mut Connection, id: i64) -> Result<Option<Withdrawal>, Error> {
    let sql = format!("SELECT {WITHDRAWAL} FROM expressions e {WITHDRAWAL_JOINS} WHERE e.id = $1");
    let row = query(AssertSqlSafe(sql)).bind(id).fetch_one(c).await?;
    withdrawal(&row)
}

/// An expression that a correction takes out or brings back.
pub(crate) struct Subject {
    pub(crate) id: i64,
    pub(crate) work_id: i64,
    pub(crate) uri: String,
}

/// Withdraws one expression for another, in the transaction of `c`.
pub(crate) async fn replace(
    c: &mut Connection,
    old: &Subject,
    (successor, successor_uri): (i64, &ExpressionUri),
    at: Timestamp,
    by: &str,
) -> Result<i64, Error> {
    let reason = format!("its source was corrected and is {} now", successor_uri.work());
    let payload = serde_json::json!({ "reason": reason, "successor": successor_uri }).to_string();
    let sequence =
        events::append(&mut *c, NewEvent { at, who: by, what: "withdraw", subject: &old.uri, payload })
            .await?;
    insert(c, old.work_id, Some(old.id), &reason, Some(successor), sequence).await?;
    Ok(sequence)
}

/// Brings one expression back, in the transaction of `c`.
pub(crate) async fn restore(
    c: &mut Connection,
    old: &Subject,
    at: Timestamp,
    by: &str,
) -> Result<i64, Error> {
    let payload = serde_json::json!({}).to_string();
    let sequence =
        events::append(&mut *c, NewEvent { at, who: by, what: "restore", subject: &old.uri, payload })
            .await?;
    query("DELETE FROM withdrawals WHERE expression_id = $1").bind(old.id).execute(c).await?;
    Ok(sequence)
}

async fn insert(
    c: &mut Connection,
    work_id: i64,
    expression_id: Option<i64>,
    reason: &str,
    successor_id: Option<i64>,
    sequence: i64,
) -> Result<(), Error> {
    query(
        "INSERT INTO withdrawals (work_id, expression_id, reason, successor_id, sequence) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(work_id)
    .bind(expression_id)
    .bind(reason)
    .bind(successor_id)
    .bind(sequence)
    .execute(c)
    .await?;
    Ok(())
}

impl Store {
    /// Takes a work or one expression out of what is found and shown. Its text, its tags and its original file stay
    /// kept; what comes later of a withdrawn work is kept and not shown either. Gives the number of the event; none
    /// if it is withdrawn already.
    ///
    /// # Errors
    /// [`Error::NotKept`] if there is no such work or expression, or if the database refuses.
    pub async fn withdraw(
        &self,
        target: &Target,
        reason: &str,
        at: Timestamp,
        by: &str,
    ) -> Result<Option<u64>, Error> {
        let mut c = database::begin(&self.writer).await?;
        let (work_id, expression_id, subject) = find(&mut c, target).await?;
        if is_withdrawn(&mut c, work_id, expression_id).await? {
            return Ok(None);
        }
        let payload = serde_json::json!({ "reason": reason }).to_string();
        let event = NewEvent { at, who: by, what: "withdraw", subject: &subject, payload };
        let sequence = events::append(&mut c, event).await?;
        insert(&mut c, work_id, expression_id, reason, None, sequence).await?;
        c.commit().await?;
        Ok(Some(sequence.unsigned_abs()))
    }

    /// Brings back what was withdrawn under exactly that URI. Gives the number of the event; none if it is not
    /// withdrawn.
    ///
    /// # Errors
    /// [`Error::NotKept`] if there is no such work or expression, or if the database refuses.
    pub async fn restore(&self, target: &Target, at: Timestamp, by: &str) -> Result<Option<u64>, Error> {
        let mut c = database::begin(&self.writer).await?;
        let (work_id, expression_id, subject) = find(&mut c, target).await?;
        if !is_withdrawn(&mut c, work_id, expression_id).await? {
            return Ok(None);
        }
        let sequence = match expression_id {
            Some(id) => restore(&mut c, &Subject { id, work_id, uri: subject }, at, by).await?,
            None => {
                let payload = serde_json::json!({}).to_string();
                let event = NewEvent { at, who: by, what: "restore", subject: &subject, payload };
                let sequence = events::append(&mut c, event).await?;
                query("DELETE FROM withdrawals WHERE work_id = $1 AND expression_id IS NULL")
                    .bind(work_id)
                    .execute(&mut *c)
                    .await?;
                sequence
            }
        };
        c.commit().await?;
        Ok(Some(sequence.unsigned_abs()))
    }
}

/// The rows of a target, and its URI.
async fn find(c: &mut Connection, target: &Target) -> Result<(i64, Option<i64>, String), Error> {
    let (subject, row) = match target {
        Target::Work(uri) => {
            let subject = uri.to_string();
            let sql = "SELECT w.id, NULL FROM works w WHERE w.uri = $1";
            let row = query(sql).bind(subject.as_str()).fetch_optional(c).await?;
            (subject, row)
        }
        Target::Expression(uri) => {
            let subject = uri.to_string();
            let sql = "SELECT e.work_id, e.id FROM expressions e WHERE e.uri = $1";
            let row = query(sql).bind(subject.as_str()).fetch_optional(c).await?;
            (subject, row)
        }
    };
    match row {
        Some(row) => Ok((row.try_get(0)?, row.try_get(1)?, subject)),
        None => Err(Error::NotKept(subject)),
    }
}

/// Whether exactly this work or exactly this expression is withdrawn.
async fn is_withdrawn(c: &mut Connection, work_id: i64, expression_id: Option<i64>) -> Result<bool, Error> {
    let row = query("SELECT COUNT(*) FROM withdrawals WHERE work_id = $1 AND expression_id IS $2")
        .bind(work_id)
        .bind(expression_id)
        .fetch_one(c)
        .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}
