//! A source whose description was corrected: what it was read as before makes way for what it is read as now.

use merida_law::{Sha256, TaggedDocument};

use crate::database::{ColumnAccess, Connection, Row, query};
use crate::publish::{Placed, Published};
use crate::rows::parse;
use crate::withdraw::{Subject, replace, restore};
use crate::{Error, Timestamp};

/// Remembers that `document` was read at `place`, and withdraws what was read there before if that was another work
/// or language. Where nothing is known of the place, the same bytes under the same name count as the same source.
pub(crate) async fn correct(
    c: &mut Connection,
    document: &TaggedDocument,
    placed: &mut Placed,
    place: Sha256,
    at: Timestamp,
    by: &str,
) -> Result<(), Error> {
    let place = place.to_string();
    let before = read_before(c, &place).await?;
    if before == Some(placed.id) {
        return Ok(());
    }
    query(
        "INSERT INTO places (place, expression_id) VALUES ($1, $2) \
         ON CONFLICT (place) DO UPDATE SET expression_id = excluded.expression_id",
    )
    .bind(&place)
    .bind(placed.id)
    .execute(&mut *c)
    .await?;
    let mut last = None;
    for back in made_way(c, placed).await? {
        last = Some(restore(c, &back, at, by).await?);
    }
    let before = match before {
        Some(before) => Some(before),
        None => same_file(c, document, placed).await?,
    };
    if let Some(before) = before {
        for old in read_as_another(c, document, placed, before).await? {
            last = Some(replace(c, &old, (placed.id, &placed.receipt.expression), at, by).await?);
            placed.receipt.replaced.push(parse("the URI of an expression", &old.uri)?);
        }
    }
    if let Some(last) = last {
        placed.receipt.sequence = Some(last.unsigned_abs());
        if placed.receipt.published == Published::Unchanged {
            placed.receipt.published = Published::Amended;
        }
    }
    Ok(())
}

async fn read_before(c: &mut Connection, place: &str) -> Result<Option<i64>, Error> {
    let row =
        query("SELECT expression_id FROM places WHERE place = $1").bind(place).fetch_optional(c).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// The expressions of this source that an earlier correction withdrew, if the description was put back.
async fn made_way(c: &mut Connection, placed: &Placed) -> Result<Vec<Subject>, Error> {
    let rows = query(
        "SELECT e.id, e.work_id, e.uri FROM expressions n \
         JOIN expressions e ON e.work_id = n.work_id AND e.language = n.language AND e.origin = n.origin \
         JOIN withdrawals x ON x.expression_id = e.id WHERE n.id = $1 AND x.successor_id IS NOT NULL ORDER BY e.id",
    )
    .bind(placed.id)
    .fetch_all(c)
    .await?;
    rows.iter().map(subject).collect()
}

/// A current expression of another work or language with the same bytes from a source of the same name.
async fn same_file(
    c: &mut Connection,
    document: &TaggedDocument,
    placed: &Placed,
) -> Result<Option<i64>, Error> {
    let source = &document.expression.source;
    let row = query(
        "SELECT e.id FROM current_expressions e WHERE e.origin = $1 AND e.sha256 = $2 \
         AND (e.work_id <> $3 OR e.language <> $4) ORDER BY e.id DESC LIMIT 1",
    )
    .bind(&source.origin)
    .bind(source.sha256.to_string())
    .bind(placed.work_id)
    .bind(document.expression.language().bcp47())
    .fetch_optional(&mut *c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let found: i64 = row.try_get(0)?;
    // Where the folder was moved, the old place speaks for nothing any more.
    query("DELETE FROM places WHERE expression_id = $1").bind(found).execute(c).await?;
    Ok(Some(found))
}

/// The expressions of the source of `before` that are of another work or language than the document and not withdrawn;
/// none while `before` is read at another place as well.
async fn read_as_another(
    c: &mut Connection,
    document: &TaggedDocument,
    placed: &Placed,
    before: i64,
) -> Result<Vec<Subject>, Error> {
    let rows = query(
        "SELECT e.id, e.work_id, e.uri FROM expressions b \
         JOIN expressions e ON e.work_id = b.work_id AND e.language = b.language AND e.origin = b.origin \
         WHERE b.id = $1 AND b.origin = $2 AND (b.work_id <> $3 OR b.language <> $4) \
         AND NOT EXISTS (SELECT 1 FROM places p WHERE p.expression_id = b.id) \
         AND NOT EXISTS (SELECT 1 FROM withdrawals x WHERE x.expression_id = e.id) ORDER BY e.id",
    )
    .bind(before)
    .bind(&document.expression.source.origin)
    .bind(placed.work_id)
    .bind(document.expression.language().bcp47())
    .fetch_all(c)
    .await?;
    rows.iter().map(subject).collect()
}

fn subject(row: &Row) -> Result<Subject, Error> {
    Ok(Subject { id: row.try_get(0)?, work_id: row.try_get(1)?, uri: row.try_get(2)? })
}
