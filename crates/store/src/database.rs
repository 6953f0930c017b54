//! The one place that names the database package, so that another database can follow behind the same face.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
pub(crate) use sqlx::{AssertSqlSafe, Row as ColumnAccess, query, raw_sql};

use crate::Error;

pub(crate) type Connection = sqlx::SqliteConnection;
pub(crate) type Pool = sqlx::SqlitePool;
pub(crate) type Row = sqlx::sqlite::SqliteRow;
pub(crate) type Transaction = sqlx::Transaction<'static, sqlx::Sqlite>;

/// How long a writer waits for another process to finish its transaction.
const BUSY: Duration = Duration::from_secs(120);
/// How many readers may read at once.
const READERS: u32 = 4;
/// Page cache of each reader, in KiB.
const CACHE_KIB: u32 = 8 * 1024;

const MIGRATIONS: [&str; 2] = [
    include_str!("../migrations/sqlite/0001_library.sql"),
    include_str!("../migrations/sqlite/0002_withdrawals.sql"),
];

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { source, .. } => Self::corrupt("a column", source),
            other => Self::Database(other.to_string()),
        }
    }
}

/// A pool of readers and the one writer of the database file at `path`, made if it is not there.
pub(crate) async fn open(path: &Path) -> Result<(Pool, Pool), Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A killed process loses nothing; a power cut may lose the last transactions, never their order.
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY)
        .pragma("cache_size", format!("-{CACHE_KIB}"))
        .pragma("journal_size_limit", "67108864")
        .statement_cache_capacity(64);
    let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
    migrate(&writer).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(0)
        .idle_timeout(Duration::from_secs(60))
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok((readers, writer))
}

/// A transaction that holds the right to write from its start, so that two processes never deadlock halfway.
pub(crate) async fn begin(writer: &Pool) -> Result<Transaction, Error> {
    Ok(writer.begin_with("BEGIN IMMEDIATE").await?)
}

async fn migrate(writer: &Pool) -> Result<(), Error> {
    let mut transaction = begin(writer).await?;
    query("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY)")
        .execute(&mut *transaction)
        .await?;
    let row = query("SELECT COALESCE(MAX(version), 0) FROM migrations").fetch_one(&mut *transaction).await?;
    let found: i64 = row.try_get(0)?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    for (version, sql) in (1..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
        raw_sql(sql).execute(&mut *transaction).await?;
        query("INSERT INTO migrations (version) VALUES ($1)")
            .bind(version as i64)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

/// A statement with its values.
pub(crate) type Statement<'v> = sqlx::query::Query<'v, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// How many rows one statement inserts, the most first: few enough for the limit of values, many enough to cost little
/// each. The lengths are few, so that each statement is prepared once.
const ROWS: [usize; 4] = [64, 16, 4, 1];

/// Inserts `rows` into `into` (a table with `columns` columns named in parentheses), many at a time.
pub(crate) async fn insert<'r, T>(
    connection: &mut Connection,
    into: &'static str,
    columns: usize,
    rows: &'r [T],
    bind: impl Fn(Statement<'r>, &'r T) -> Statement<'r>,
) -> Result<(), Error> {
    let mut rest = rows;
    for length in ROWS {
        if rest.len() < length {
            continue;
        }
        let sql = insert_statement(into, columns, length);
        while rest.len() >= length {
            let (chunk, after) = rest.split_at(length);
            let mut statement = query(AssertSqlSafe(sql.clone()));
            for row in chunk {
                statement = bind(statement, row);
            }
            statement.execute(&mut *connection).await?;
            rest = after;
        }
    }
    Ok(())
}

/// Values without numbers, for the time to bind a numbered one grows with their number.
fn insert_statement(into: &str, columns: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    format!("INSERT INTO {into} VALUES {}", vec![row.as_str(); rows].join(", "))
}
