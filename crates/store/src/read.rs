//! Giving back what is kept.

use merida_law::{
    Article, Authority, Evidence, Expression, ExpressionUri, Jurisdiction, Language, Origin, Provision,
    ProvisionId, Sha256, SourceFormat, Tag, TaggedDocument, Work, WorkKind, WorkUri,
};

use crate::database::{AssertSqlSafe, ColumnAccess, Connection, Row, query};
use crate::rows::{self, EXPRESSION, PROVISION, WORK, parse};
use crate::withdraw::{WITHDRAWAL, WITHDRAWAL_JOINS, Withdrawal, withdrawal};
use crate::{Error, Store};

/// An expression, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionRecord {
    /// The expression.
    pub expression: Expression,
    /// How many provisions it has.
    pub provisions: u64,
    /// The event that published it.
    pub sequence: u64,
    /// When it was published: `2026-11-23T20:31:08Z`.
    pub published_at: String,
    /// The expression that took its place, if one did.
    pub superseded_by: Option<ExpressionUri>,
    /// Why it is not shown, if it, or its work, is withdrawn.
    pub withdrawn: Option<Withdrawal>,
}

/// Which works are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkQuery {
    /// Only of this jurisdiction.
    pub jurisdiction: Option<Jurisdiction>,
    /// Only of this kind.
    pub kind: Option<WorkKind>,
    /// Only those with a current expression in this language.
    pub language: Option<Language>,
    /// In what order.
    pub order: WorkOrder,
    /// How many to pass over.
    pub offset: u64,
    /// At most how many.
    pub limit: u64,
}

/// The order of a list of works; ties are broken by URI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkOrder {
    /// By URI, which begins with the jurisdiction.
    #[default]
    Uri,
    /// The newest first; works without a date last.
    Newest,
    /// By title.
    Title,
}

/// A work with what is known of its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkRecord {
    /// The work.
    pub work: Work,
    /// The languages of its current expressions.
    pub languages: Vec<Language>,
    /// The strongest authority among them.
    pub authority: Authority,
    /// How many (provision, article) pairs are curated.
    pub curated: u64,
    /// How many (provision, article) pairs are suggested.
    pub suggested: u64,
}

impl Store {
    /// The works that `which` describes and of which something is shown.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn works(&self, which: &WorkQuery) -> Result<Vec<WorkRecord>, Error> {
        let order = match which.order {
            WorkOrder::Uri => "w.uri",
            WorkOrder::Newest => "w.date IS NULL, w.date DESC, w.uri",
            WorkOrder::Title => "w.title, w.uri",
        };
        let sql = format!(
            "SELECT {WORK}, \
             (SELECT group_concat(DISTINCT e.language) FROM current_expressions e WHERE e.work_id = w.id) AS languages, \
             (SELECT MIN(e.authority_rank) FROM current_expressions e WHERE e.work_id = w.id) AS rank, \
             (SELECT COUNT(*) FROM (SELECT DISTINCT c.provision, c.article FROM curated_tags c WHERE c.work_id = w.id)) AS curated, \
             (SELECT COUNT(*) FROM (SELECT DISTINCT t.provision, t.article FROM suggested_tags t \
                JOIN current_expressions e ON e.id = t.expression_id WHERE e.work_id = w.id)) AS suggested \
             FROM current_works w \
             WHERE ($1 IS NULL OR w.jurisdiction = $1) AND ($2 IS NULL OR w.kind = $2) \
             AND ($3 IS NULL OR EXISTS (SELECT 1 FROM current_expressions e WHERE e.work_id = w.id AND e.language = $3)) \
             ORDER BY {order} LIMIT $4 OFFSET $5"
        );
        let rows = query(AssertSqlSafe(sql))
            .bind(which.jurisdiction.map(Jurisdiction::code))
            .bind(which.kind.map(WorkKind::as_str))
            .bind(which.language.map(Language::bcp47))
            .bind(which.limit.min(i64::MAX as u64).cast_signed())
            .bind(which.offset.min(i64::MAX as u64).cast_signed())
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(work_record).collect()
    }

    /// The work of that URI.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn work(&self, uri: &WorkUri) -> Result<Option<Work>, Error> {
        let sql = format!("SELECT {WORK} FROM works w WHERE w.uri = $1");
        let row = query(AssertSqlSafe(sql)).bind(uri.as_str()).fetch_optional(&self.readers).await?;
        row.as_ref().map(rows::work).transpose()
    }

    /// Every expression of a work: the current ones first, then by authority, then the newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn expressions(&self, work: &WorkUri) -> Result<Vec<ExpressionRecord>, Error> {
        let sql = format!(
            "{} WHERE w.uri = $1 ORDER BY s.by_id IS NOT NULL OR x.id IS NOT NULL, e.authority_rank, e.date DESC, e.language, e.edition",
            record_sql()
        );
        let rows = query(AssertSqlSafe(sql)).bind(work.as_str()).fetch_all(&self.readers).await?;
        rows.iter().map(expression_record).collect()
    }

    /// The expression of that URI.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn expression(&self, uri: &ExpressionUri) -> Result<Option<ExpressionRecord>, Error> {
        let sql = format!("{} WHERE e.uri = $1", record_sql());
        let row = query(AssertSqlSafe(sql)).bind(uri.to_string()).fetch_optional(&self.readers).await?;
        row.as_ref().map(expression_record).transpose()
    }

    /// The provisions of an expression, in reading order; none if it is not kept.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn provisions(&self, uri: &ExpressionUri) -> Result<Vec<Provision>, Error> {
        let sql = format!(
            "SELECT {PROVISION} FROM provisions p JOIN expressions e ON e.id = p.expression_id WHERE e.uri = $1 ORDER BY p.ordinal"
        );
        let rows = query(AssertSqlSafe(sql)).bind(uri.to_string()).fetch_all(&self.readers).await?;
        rows.iter().map(rows::provision).collect()
    }

    /// One provision of an expression.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn provision(&self, uri: &ExpressionUri, id: &ProvisionId) -> Result<Option<Provision>, Error> {
        let sql = format!(
            "SELECT {PROVISION} FROM provisions p JOIN expressions e ON e.id = p.expression_id WHERE e.uri = $1 AND p.id = $2"
        );
        let row = query(AssertSqlSafe(sql))
            .bind(uri.to_string())
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(rows::provision).transpose()
    }

    /// The curated tags of a work, each (provision, article) once, by provision id and article.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn curated(&self, work: &WorkUri) -> Result<Vec<Tag>, Error> {
        let rows = query(
            "SELECT c.provision, c.article, MIN(c.curator) FROM curated_tags c JOIN works w ON w.id = c.work_id \
             WHERE w.uri = $1 GROUP BY c.provision, c.article ORDER BY c.provision",
        )
        .bind(work.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(curated_tag).collect()
    }

    /// The tags that bear on an expression: those curated for its work on a provision that it has, and those
    /// suggested for its own text.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn tags(&self, uri: &ExpressionUri) -> Result<Vec<Tag>, Error> {
        let curated = query(
            "SELECT c.provision, c.article, MIN(c.curator) FROM curated_tags c JOIN expressions e ON e.work_id = c.work_id \
             JOIN provisions p ON p.expression_id = e.id AND p.id = c.provision \
             WHERE e.uri = $1 GROUP BY p.ordinal, c.provision, c.article ORDER BY p.ordinal",
        )
        .bind(uri.to_string())
        .fetch_all(&self.readers)
        .await?;
        let suggested = query(
            "SELECT t.provision, t.article, t.score, t.evidence FROM suggested_tags t JOIN expressions e ON e.id = t.expression_id \
             JOIN provisions p ON p.expression_id = e.id AND p.id = t.provision \
             WHERE e.uri = $1 ORDER BY p.ordinal, t.score DESC, t.article",
        )
        .bind(uri.to_string())
        .fetch_all(&self.readers)
        .await?;
        let curated = curated.iter().map(curated_tag);
        curated.chain(suggested.iter().map(suggested_tag)).collect()
    }

    /// The curated tags of a work on provisions that its expression `newer` has and `older` lacks, in the order of
    /// `newer`: the provision, its label there, and the article.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn later_tags(
        &self,
        older: &ExpressionUri,
        newer: &ExpressionUri,
    ) -> Result<Vec<(ProvisionId, String, Article)>, Error> {
        let rows = query(
            "SELECT c.provision, p.label, c.article FROM expressions n JOIN curated_tags c ON c.work_id = n.work_id \
             JOIN provisions p ON p.expression_id = n.id AND p.id = c.provision \
             WHERE n.uri = $1 AND NOT EXISTS (SELECT 1 FROM expressions o JOIN provisions q ON q.expression_id = o.id \
                WHERE o.uri = $2 AND q.id = c.provision) \
             GROUP BY p.ordinal, c.provision, p.label, c.article ORDER BY p.ordinal, c.article",
        )
        .bind(newer.to_string())
        .bind(older.to_string())
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &Row| {
            let provision = parse("the id of a provision", row.try_get(0)?)?;
            Ok((provision, row.try_get(1)?, parse("an article", row.try_get(2)?)?))
        };
        rows.iter().map(read).collect()
    }

    /// The expressions that were read from the original file of that hash.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn read_from(&self, original: &Sha256) -> Result<Vec<ExpressionRecord>, Error> {
        let sql = format!("{} WHERE e.sha256 = $1 ORDER BY e.id", record_sql());
        let rows = query(AssertSqlSafe(sql)).bind(original.to_string()).fetch_all(&self.readers).await?;
        rows.iter().map(expression_record).collect()
    }

    /// An expression whole: the work, its text and the tags that bear on it; none if it is not kept.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn document(&self, uri: &ExpressionUri) -> Result<Option<TaggedDocument>, Error> {
        let Some(work) = self.work(uri.work()).await? else { return Ok(None) };
        let Some(record) = self.expression(uri).await? else { return Ok(None) };
        let provisions = self.provisions(uri).await?;
        let tags = self.tags(uri).await?;
        Ok(Some(TaggedDocument { work, expression: record.expression, provisions, tags }))
    }

    /// The URIs of all current expressions, in order of work and language: what an index holds.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn current(&self) -> Result<Vec<ExpressionUri>, Error> {
        let rows = query(
            "SELECT e.uri FROM current_expressions e JOIN works w ON w.id = e.work_id ORDER BY w.uri, e.language, e.date, e.edition",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| parse("the URI of an expression", row.try_get(0)?)).collect()
    }

    /// The original files of current and superseded expressions: hash, size and format, by hash.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn original_files(&self) -> Result<Vec<(Sha256, u64, SourceFormat)>, Error> {
        let rows = query(
            "SELECT o.sha256, o.bytes, (SELECT MIN(e.format) FROM expressions e WHERE e.sha256 = o.sha256) \
             FROM originals o ORDER BY o.sha256",
        )
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &Row| {
            let hash = parse("the hash of an original", row.try_get(0)?)?;
            Ok((hash, row.try_get::<i64, _>(1)?.unsigned_abs(), parse("a source format", row.try_get(2)?)?))
        };
        rows.iter().map(read).collect()
    }
}

fn record_sql() -> String {
    format!(
        "SELECT {EXPRESSION}, e.provisions, e.sequence, v.at, n.uri AS superseded_by, {WITHDRAWAL} \
         FROM expressions e JOIN works w ON w.id = e.work_id JOIN events v ON v.sequence = e.sequence \
         LEFT JOIN supersessions s ON s.expression_id = e.id LEFT JOIN expressions n ON n.id = s.by_id \
         {WITHDRAWAL_JOINS}"
    )
}

fn expression_record(row: &Row) -> Result<ExpressionRecord, Error> {
    let superseded_by: Option<&str> = row.try_get("superseded_by")?;
    Ok(ExpressionRecord {
        expression: rows::expression(row)?,
        provisions: row.try_get::<i64, _>("provisions")?.unsigned_abs(),
        sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        published_at: row.try_get("at")?,
        superseded_by: superseded_by.map(|uri| parse("the URI of an expression", uri)).transpose()?,
        withdrawn: withdrawal(row)?,
    })
}

fn work_record(row: &Row) -> Result<WorkRecord, Error> {
    let languages: Option<&str> = row.try_get("languages")?;
    let codes = languages.unwrap_or_default().split(',').filter(|code| !code.is_empty());
    let mut languages =
        codes.map(|code| parse("a language", code)).collect::<Result<Vec<Language>, Error>>()?;
    languages.sort_by_key(|language| language.bcp47());
    let rank: Option<i64> = row.try_get("rank")?;
    let authority = rank.and_then(|rank| Authority::ALL.get(usize::try_from(rank).ok()?).copied());
    Ok(WorkRecord {
        work: rows::work(row)?,
        languages,
        authority: authority.unwrap_or(Authority::Unverified),
        curated: row.try_get::<i64, _>("curated")?.unsigned_abs(),
        suggested: row.try_get::<i64, _>("suggested")?.unsigned_abs(),
    })
}

fn curated_tag(row: &Row) -> Result<Tag, Error> {
    let provision = parse("the id of a provision", row.try_get(0)?)?;
    let article: Article = parse("an article", row.try_get(1)?)?;
    Ok(Tag { provision, article, origin: Origin::Curated { by: row.try_get(2)? } })
}

fn suggested_tag(row: &Row) -> Result<Tag, Error> {
    let provision = parse("the id of a provision", row.try_get(0)?)?;
    let article: Article = parse("an article", row.try_get(1)?)?;
    let evidence: Vec<Evidence> =
        serde_json::from_str(row.try_get(3)?).map_err(|e| Error::corrupt("the evidence of a tag", e))?;
    // Kept as f64 from an f32, so nothing is cut off here.
    #[expect(clippy::cast_possible_truncation, reason = "the value was an f32 when it was kept")]
    let score = row.try_get::<f64, _>(2)? as f32;
    Ok(Tag { provision, article, origin: Origin::Suggested { score, evidence } })
}

/// The curated tags of a work that came from one source.
pub(crate) async fn curated_of_source(
    c: &mut Connection,
    work_id: i64,
    source: &str,
) -> Result<Vec<Tag>, Error> {
    let rows =
        query("SELECT provision, article, curator FROM curated_tags WHERE work_id = $1 AND source = $2")
            .bind(work_id)
            .bind(source)
            .fetch_all(c)
            .await?;
    rows.iter().map(curated_tag).collect()
}

/// The tags that were suggested for one text.
pub(crate) async fn suggested(c: &mut Connection, expression: i64) -> Result<Vec<Tag>, Error> {
    let rows =
        query("SELECT provision, article, score, evidence FROM suggested_tags WHERE expression_id = $1")
            .bind(expression)
            .fetch_all(c)
            .await?;
    rows.iter().map(suggested_tag).collect()
}
