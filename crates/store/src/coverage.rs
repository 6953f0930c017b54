//! How much is kept for which article of the Convention, and where.

use merida_law::{Article, Authority, ExpressionUri, Jurisdiction, Language, ProvisionId, Work};

use crate::database::{AssertSqlSafe, ColumnAccess, Row, query};
use crate::rows::{self, WORK, parse};
use crate::{Error, Store};

/// The whole store in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Works of which something is shown.
    pub works: u64,
    /// Expressions that are neither superseded nor withdrawn.
    pub expressions: u64,
    /// Provisions of those.
    pub provisions: u64,
    /// Curated (provision, article) pairs.
    pub curated: u64,
    /// Suggested (provision, article) pairs of current expressions.
    pub suggested: u64,
    /// Events.
    pub events: u64,
    /// Languages with the number of their current expressions, the most frequent first.
    pub languages: Vec<(Language, u64)>,
}

/// How many provisions of one jurisdiction bear on one whole article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCounts {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// The whole article.
    pub article: Article,
    /// Provisions with a curated tag.
    pub curated: u64,
    /// Provisions with a suggested tag and no curated one for this article.
    pub suggested: u64,
}

/// How many works a jurisdiction has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JurisdictionTotals {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Works.
    pub works: u64,
}

/// Which tagged provisions are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleQuery {
    /// The article, with all that lies within it.
    pub article: Article,
    /// Only of these jurisdictions; empty for all.
    pub jurisdictions: Vec<Jurisdiction>,
    /// At most how many of each jurisdiction.
    pub per_jurisdiction: u64,
    /// Whether suggested tags count beside curated ones.
    pub suggested: bool,
}

/// A provision that bears on an article, shown in the most authoritative current expression that has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedHit {
    /// The work.
    pub work: Work,
    /// The expression that is shown.
    pub expression: ExpressionUri,
    /// Its authority.
    pub authority: Authority,
    /// Its title.
    pub title: String,
    /// The provision.
    pub provision: ProvisionId,
    /// Its number as the law writes it.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// The beginning of its own text, at most 240 characters.
    pub beginning: String,
    /// Curated articles within what was asked for.
    pub curated: Vec<Article>,
    /// Suggested articles within what was asked for.
    pub suggested: Vec<Article>,
    /// Confidence of the surest suggestion; 1 for curated.
    pub score: f32,
}

/// All tags of current texts: work, provision, article, number, whether curated, score.
const TAGS: &str = "SELECT c.work_id, c.provision, c.article, c.number, 1 AS curated, 1.0 AS score FROM curated_tags c \
     WHERE EXISTS (SELECT 1 FROM current_expressions e WHERE e.work_id = c.work_id) \
     UNION ALL SELECT e.work_id, t.provision, t.article, t.number, 0, t.score FROM suggested_tags t \
     JOIN current_expressions e ON e.id = t.expression_id";

impl Store {
    /// The whole store in numbers.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn counts(&self) -> Result<Counts, Error> {
        let row = query(
            "SELECT (SELECT COUNT(*) FROM current_works), (SELECT COUNT(*) FROM current_expressions), \
             (SELECT COALESCE(SUM(provisions), 0) FROM current_expressions), \
             (SELECT COUNT(*) FROM (SELECT DISTINCT c.work_id, c.provision, c.article FROM curated_tags c \
                WHERE EXISTS (SELECT 1 FROM current_expressions e WHERE e.work_id = c.work_id))), \
             (SELECT COUNT(*) FROM (SELECT DISTINCT e.work_id, t.provision, t.article FROM suggested_tags t \
                JOIN current_expressions e ON e.id = t.expression_id)), \
             (SELECT COUNT(*) FROM events)",
        )
        .fetch_one(&self.readers)
        .await?;
        let number = |column: usize| Ok::<_, Error>(row.try_get::<i64, _>(column)?.unsigned_abs());
        let languages =
            query("SELECT language, COUNT(*) FROM current_expressions GROUP BY language ORDER BY 2 DESC, 1")
                .fetch_all(&self.readers)
                .await?;
        let language =
            |row: &Row| Ok((parse("a language", row.try_get(0)?)?, row.try_get::<i64, _>(1)?.unsigned_abs()));
        Ok(Counts {
            works: number(0)?,
            expressions: number(1)?,
            provisions: number(2)?,
            curated: number(3)?,
            suggested: number(4)?,
            events: number(5)?,
            languages: languages.iter().map(language).collect::<Result<_, Error>>()?,
        })
    }

    /// The number of works of every jurisdiction that has any, by code.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn jurisdictions(&self) -> Result<Vec<JurisdictionTotals>, Error> {
        let rows = query(
            "SELECT jurisdiction, COUNT(*) FROM current_works GROUP BY jurisdiction ORDER BY jurisdiction",
        )
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &Row| {
            let jurisdiction = parse("a jurisdiction", row.try_get(0)?)?;
            Ok(JurisdictionTotals { jurisdiction, works: row.try_get::<i64, _>(1)?.unsigned_abs() })
        };
        rows.iter().map(read).collect()
    }

    /// How many provisions of each jurisdiction bear on each whole article; pairs without any are left out.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn coverage(&self) -> Result<Vec<ArticleCounts>, Error> {
        let sql = format!(
            "WITH tags AS ({TAGS}), \
             best AS (SELECT work_id, provision, number, MAX(curated) AS curated FROM tags GROUP BY work_id, provision, number) \
             SELECT w.jurisdiction, b.number, SUM(b.curated), COUNT(*) - SUM(b.curated) \
             FROM best b JOIN works w ON w.id = b.work_id GROUP BY w.jurisdiction, b.number ORDER BY b.number, w.jurisdiction"
        );
        let rows = query(AssertSqlSafe(sql)).fetch_all(&self.readers).await?;
        let read = |row: &Row| {
            Ok(ArticleCounts {
                jurisdiction: parse("a jurisdiction", row.try_get(0)?)?,
                article: article_of(row.try_get(1)?)?,
                curated: row.try_get::<i64, _>(2)?.unsigned_abs(),
                suggested: row.try_get::<i64, _>(3)?.unsigned_abs(),
            })
        };
        rows.iter().map(read).collect()
    }

    /// How many provisions bear on each part of an article, as tagged: curated, and suggested without being curated.
    /// With `jurisdictions`, only theirs.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn parts(
        &self,
        article: Article,
        jurisdictions: &[Jurisdiction],
    ) -> Result<Vec<(Article, u64, u64)>, Error> {
        let sql = format!(
            "WITH tags AS (SELECT t.* FROM ({TAGS}) t WHERE t.number = $1), \
             best AS (SELECT work_id, provision, article, MAX(curated) AS curated FROM tags GROUP BY work_id, provision, article) \
             SELECT b.article, SUM(b.curated), COUNT(*) - SUM(b.curated) FROM best b JOIN works w ON w.id = b.work_id \
             WHERE ($2 = '[]' OR w.jurisdiction IN (SELECT value FROM json_each($2))) GROUP BY b.article"
        );
        let rows = query(AssertSqlSafe(sql))
            .bind(i64::from(article.number()))
            .bind(serde_json::json!(jurisdictions).to_string())
            .fetch_all(&self.readers)
            .await?;
        let mut parts: Vec<(Article, u64, u64)> = Vec::with_capacity(rows.len());
        for row in &rows {
            let part: Article = parse("an article", row.try_get(0)?)?;
            parts.push((
                part,
                row.try_get::<i64, _>(1)?.unsigned_abs(),
                row.try_get::<i64, _>(2)?.unsigned_abs(),
            ));
        }
        parts.sort();
        Ok(parts)
    }

    /// The provisions that bear on an article, jurisdiction by jurisdiction (by code), curated before suggested, the
    /// surest first; with each jurisdiction's number of curated and of merely suggested provisions.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn tagged(&self, which: &ArticleQuery) -> Result<Vec<(TaggedHit, u64, u64)>, Error> {
        let sql = format!(
            "WITH tags AS (SELECT t.* FROM ({TAGS}) t WHERE t.number = $1 AND (t.curated = 1 OR $5) \
                AND ($2 = '' OR t.article = $2 OR substr(t.article, 1, length($2) + 1) = $2 || '(')), \
             grouped AS (SELECT work_id, provision, MAX(curated) AS curated, MAX(score) AS score, \
                group_concat(DISTINCT CASE WHEN curated = 1 THEN article END) AS curated_articles, \
                group_concat(DISTINCT CASE WHEN curated = 0 THEN article END) AS suggested_articles \
                FROM tags GROUP BY work_id, provision), \
             shown AS (SELECT g.*, (SELECT e.id FROM current_expressions e \
                JOIN provisions p ON p.expression_id = e.id AND p.id = g.provision WHERE e.work_id = g.work_id \
                ORDER BY e.authority_rank, e.date DESC, e.id LIMIT 1) AS expression_id FROM grouped g), \
             ranked AS (SELECT s.*, w.jurisdiction, \
                ROW_NUMBER() OVER (PARTITION BY w.jurisdiction ORDER BY s.curated DESC, s.score DESC, w.uri, s.provision) AS place, \
                SUM(s.curated) OVER (PARTITION BY w.jurisdiction) AS all_curated, \
                COUNT(*) OVER (PARTITION BY w.jurisdiction) AS everything \
                FROM shown s JOIN works w ON w.id = s.work_id WHERE s.expression_id IS NOT NULL \
                AND ($3 = '[]' OR w.jurisdiction IN (SELECT value FROM json_each($3)))) \
             SELECT {WORK}, e.uri AS e_uri, e.authority, e.title AS e_title, p.id, p.label, p.heading, \
                substr(p.text, 1, 240) AS beginning, r.curated_articles, r.suggested_articles, r.score, r.all_curated, r.everything \
             FROM ranked r JOIN works w ON w.id = r.work_id JOIN expressions e ON e.id = r.expression_id \
             JOIN provisions p ON p.expression_id = e.id AND p.id = r.provision \
             WHERE r.place <= $4 ORDER BY r.jurisdiction, r.place"
        );
        let within = if which.article.parent().is_some() { which.article.to_string() } else { String::new() };
        let rows = query(AssertSqlSafe(sql))
            .bind(i64::from(which.article.number()))
            .bind(within)
            .bind(serde_json::json!(which.jurisdictions).to_string())
            .bind(which.per_jurisdiction.min(i64::MAX as u64).cast_signed())
            .bind(which.suggested)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(tagged_hit).collect()
    }
}

fn article_of(number: i64) -> Result<Article, Error> {
    let article = u8::try_from(number).ok().and_then(Article::new);
    article.ok_or_else(|| Error::corrupt("an article", number))
}

fn tagged_hit(row: &Row) -> Result<(TaggedHit, u64, u64), Error> {
    let articles = |column: &str| -> Result<Vec<Article>, Error> {
        let list: Option<&str> = row.try_get(column)?;
        let each = list.unwrap_or_default().split(',').filter(|article| !article.is_empty());
        let mut articles =
            each.map(|article| parse("an article", article)).collect::<Result<Vec<Article>, Error>>()?;
        articles.sort();
        Ok(articles)
    };
    let curated = articles("curated_articles")?;
    let mut suggested = articles("suggested_articles")?;
    suggested.retain(|article| !curated.contains(article));
    #[expect(clippy::cast_possible_truncation, reason = "the value was an f32 when it was kept")]
    let score = row.try_get::<f64, _>("score")? as f32;
    let all_curated = row.try_get::<i64, _>("all_curated")?.unsigned_abs();
    let everything = row.try_get::<i64, _>("everything")?.unsigned_abs();
    let hit = TaggedHit {
        work: rows::work(row)?,
        expression: parse("the URI of an expression", row.try_get("e_uri")?)?,
        authority: parse("an authority", row.try_get("authority")?)?,
        title: row.try_get("e_title")?,
        provision: parse("the id of a provision", row.try_get("id")?)?,
        label: row.try_get("label")?,
        heading: row.try_get("heading")?,
        beginning: row.try_get("beginning")?,
        curated,
        suggested,
        score,
    };
    Ok((hit, all_curated, everything.saturating_sub(all_curated)))
}
