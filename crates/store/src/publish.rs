//! Publishing a document: one transaction, one event, nothing changed afterwards.

use std::collections::HashSet;

use merida_law::{Authority, ExpressionUri, LegalDate, Origin, Sha256, Status, Tag, TaggedDocument, Work};
use serde::Serialize;

use crate::database::{self, ColumnAccess, Connection, Row, query};
use crate::events::{self, NewEvent};
use crate::hash::{fingerprint, of_tags};
use crate::rows::{self, parse};
use crate::withdraw::{self, Withdrawal};
use crate::{Error, Store, Timestamp, correct, read};

/// What publishing a document changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "published")]
pub enum Published {
    /// A text that was not kept before.
    New,
    /// A new version of a text from the same source.
    NewVersion {
        /// The version that it takes the place of.
        supersedes: ExpressionUri,
    },
    /// The same text; what is said of the work, or its tags, changed.
    Amended,
    /// Nothing.
    Unchanged,
}

/// Where a document was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The expression, with the edition number that it was given or has.
    pub expression: ExpressionUri,
    /// What changed.
    pub published: Published,
    /// The last event; none if nothing changed.
    pub sequence: Option<u64>,
    /// What the same source was read as before its description was corrected; withdrawn now.
    pub replaced: Vec<ExpressionUri>,
    /// Why the expression is not shown, if it, or its work, is withdrawn.
    pub withdrawn: Option<Withdrawal>,
}

/// A receipt and the rows that it speaks of.
pub(crate) struct Placed {
    pub(crate) receipt: Receipt,
    pub(crate) id: i64,
    pub(crate) work_id: i64,
}

/// A document that was looked over and hashed before the transaction.
struct Prepared<'a> {
    document: &'a TaggedDocument,
    fingerprint: String,
    tags: Vec<Tag>,
    tags_hash: Sha256,
    source: String,
}

/// A text of the same work and language that is kept already.
struct Kept {
    id: i64,
    uri: ExpressionUri,
    date: Option<LegalDate>,
    origin: String,
    sha256: String,
    fingerprint: String,
    superseded: bool,
}

impl Receipt {
    fn new(expression: ExpressionUri, published: Published, sequence: Option<i64>) -> Self {
        let sequence = sequence.map(i64::unsigned_abs);
        Self { expression, published, sequence, replaced: Vec::new(), withdrawn: None }
    }
}

impl Store {
    /// Keeps `document` as published by `by` at `at`.
    ///
    /// - The same text as the last of the same work, language, date and source, or the same bytes from another
    ///   source: nothing changes, but for the work's description and the tags, if those differ.
    /// - Another text from the same source: a new edition, which supersedes those that are not younger.
    /// - Another source of the same work, language and date: an edition beside the one that is there.
    ///
    /// The original file must be kept before ([`crate::Originals::keep`]). The edition number of the document's URI
    /// is not read; the receipt says which was given.
    ///
    /// # Errors
    /// If the document's parts do not fit together, its original is not kept, or the database refuses; then nothing
    /// is changed.
    pub async fn publish(
        &self,
        document: &TaggedDocument,
        at: Timestamp,
        by: &str,
    ) -> Result<Receipt, Error> {
        self.publish_from(document, None, at, by).await
    }

    /// The same, for a document that was read at `place`, the hash of where its source lies. If another work or
    /// another language was read there before, its description was wrong: that text is withdrawn in favour of this
    /// one, unless it is read at another place as well.
    ///
    /// # Errors
    /// As for [`Store::publish`].
    pub async fn publish_from(
        &self,
        document: &TaggedDocument,
        place: Option<Sha256>,
        at: Timestamp,
        by: &str,
    ) -> Result<Receipt, Error> {
        let prepared = Prepared::new(document)?;
        let hash = document.expression.source.sha256;
        if !self.originals().path(&hash).is_file() {
            return Err(Error::NoOriginal(hash.to_string()));
        }
        let mut transaction = database::begin(&self.writer).await?;
        let mut placed = prepared.publish(&mut transaction, at, by).await?;
        if let Some(place) = place {
            correct::correct(&mut transaction, document, &mut placed, place, at, by).await?;
        }
        placed.receipt.withdrawn = withdraw::of_expression(&mut transaction, placed.id).await?;
        transaction.commit().await?;
        Ok(placed.receipt)
    }
}

/// Tags of one source and language are replaced together.
pub(crate) fn source_key(language: merida_law::Language, origin: &str) -> String {
    format!("{language} {origin}")
}

impl<'a> Prepared<'a> {
    fn new(document: &'a TaggedDocument) -> Result<Self, Error> {
        check(document)?;
        let tags = without_repetition(&document.tags);
        let expression = &document.expression;
        Ok(Self {
            document,
            fingerprint: fingerprint(expression, &document.provisions).to_string(),
            tags_hash: of_tags(&tags),
            tags,
            source: source_key(expression.language(), &expression.source.origin),
        })
    }

    async fn publish(&self, c: &mut Connection, at: Timestamp, by: &str) -> Result<Placed, Error> {
        let Some((work_id, work, described_by)) = find_work(c, &self.document.work).await? else {
            return self.add(c, at, by, None, &[]).await;
        };
        let kept = kept_texts(c, work_id, self.document.expression.language()).await?;
        if let Some(same) = self.same_text(&kept) {
            return self.amend(c, at, by, same, (work_id, &work, &described_by)).await;
        }
        self.add(c, at, by, Some((work_id, &work, &described_by)), &kept).await
    }

    /// The kept text that this one repeats.
    fn same_text<'k>(&self, kept: &'k [Kept]) -> Option<&'k Kept> {
        let expression = &self.document.expression;
        let date = expression.uri.date();
        let last_of_source = kept
            .iter()
            .filter(|k| k.origin == expression.source.origin && k.date == date)
            .max_by_key(|k| k.uri.edition());
        if let Some(last) = last_of_source {
            return (last.fingerprint == self.fingerprint).then_some(last);
        }
        let sha256 = expression.source.sha256.to_string();
        kept.iter().find(|k| {
            !k.superseded && k.sha256 == sha256 && k.date == date && k.fingerprint == self.fingerprint
        })
    }

    /// The same text again: the description of the work and the tags may have changed.
    async fn amend(
        &self,
        c: &mut Connection,
        at: Timestamp,
        by: &str,
        same: &Kept,
        (work_id, work, described_by): (i64, &Work, &str),
    ) -> Result<Placed, Error> {
        let own = same.origin == self.document.expression.source.origin;
        let description = if same.superseded { None } else { self.describe(work, described_by) };
        let retagged = !same.superseded && self.tags_differ(c, work_id, same, own).await?;
        if description.is_none() && !retagged {
            let receipt = Receipt::new(same.uri.clone(), Published::Unchanged, None);
            return Ok(Placed { receipt, id: same.id, work_id });
        }
        // Verification compares the hash of all tags with what is kept; another source only adds curated tags.
        let key = if own { "tags" } else { "added_tags" };
        let payload = serde_json::json!({
            "work": description,
            "retagged": retagged,
            "source": self.source,
            key: self.tags_hash,
        });
        let subject = same.uri.to_string();
        let event = NewEvent { at, who: by, what: "amend", subject: &subject, payload: payload.to_string() };
        let sequence = events::append(c, event).await?;
        if let Some(work) = description {
            update_work(c, work_id, &work).await?;
        }
        if retagged {
            self.write_curated(c, work_id).await?;
            if own {
                self.write_suggested(c, same.id).await?;
            }
        }
        let receipt = Receipt::new(same.uri.clone(), Published::Amended, Some(sequence));
        Ok(Placed { receipt, id: same.id, work_id })
    }

    async fn tags_differ(
        &self,
        c: &mut Connection,
        work_id: i64,
        same: &Kept,
        own: bool,
    ) -> Result<bool, Error> {
        let mut before = read::curated_of_source(c, work_id, &self.source).await?;
        if own {
            before.extend(read::suggested(c, same.id).await?);
            return Ok(of_tags(&before) != self.tags_hash);
        }
        let now: Vec<Tag> =
            self.tags.iter().filter(|t| matches!(t.origin, Origin::Curated { .. })).cloned().collect();
        Ok(of_tags(&before) != of_tags(&now))
    }

    async fn add(
        &self,
        c: &mut Connection,
        at: Timestamp,
        by: &str,
        work: Option<(i64, &Work, &str)>,
        kept: &[Kept],
    ) -> Result<Placed, Error> {
        let uri = self.next_edition(kept);
        let of_source =
            kept.iter().filter(|k| !k.superseded && k.origin == self.document.expression.source.origin);
        // The same bytes under another date are a correction, whichever date is the later.
        let sha256 = self.document.expression.source.sha256.to_string();
        let (older, younger): (Vec<&Kept>, Vec<&Kept>) =
            of_source.partition(|k| k.date <= uri.date() || k.sha256 == sha256);
        let younger = younger.into_iter().min_by_key(|k| k.date);
        let payload = serde_json::json!({
            "sha256": self.document.expression.source.sha256,
            "fingerprint": self.fingerprint,
            "tags": self.tags_hash,
            "provisions": self.document.provisions.len(),
            "source": self.source,
            "supersedes": older.iter().map(|k| &k.uri).collect::<Vec<_>>(),
            "superseded_by": younger.map(|k| &k.uri),
        });
        let subject = uri.to_string();
        let event =
            NewEvent { at, who: by, what: "publish", subject: &subject, payload: payload.to_string() };
        let sequence = events::append(c, event).await?;
        self.write_original(c, sequence).await?;
        let work_id = match work {
            None => insert_work(c, &self.document.work, &self.source).await?,
            Some((id, work, described_by)) => {
                let description = if younger.is_some() { None } else { self.describe(work, described_by) };
                if let Some(work) = description {
                    update_work(c, id, &work).await?;
                }
                id
            }
        };
        let id = self.write_expression(c, work_id, &uri, sequence).await?;
        self.write_provisions(c, id).await?;
        for old in &older {
            supersede(c, old.id, id, sequence).await?;
        }
        if let Some(younger) = younger {
            supersede(c, id, younger.id, sequence).await?;
        } else {
            self.write_curated(c, work_id).await?;
        }
        self.write_suggested(c, id).await?;
        let published = older
            .iter()
            .max_by_key(|k| (k.date, k.uri.edition()))
            .map_or(Published::New, |k| Published::NewVersion { supersedes: k.uri.clone() });
        Ok(Placed { receipt: Receipt::new(uri, published, Some(sequence)), id, work_id })
    }

    fn next_edition(&self, kept: &[Kept]) -> ExpressionUri {
        let uri = &self.document.expression.uri;
        let last = kept.iter().filter(|k| k.date == uri.date()).map(|k| k.uri.edition()).max().unwrap_or(0);
        ExpressionUri::new(uri.work().clone(), uri.language(), uri.date(), last + 1)
    }

    /// The work as it should be described from now on; none if as before. The source that described it first goes on
    /// doing so, others fill what it leaves open: so two sources never overwrite each other in turn.
    fn describe(&self, work: &Work, described_by: &str) -> Option<Work> {
        let new = &self.document.work;
        let mut after = work.clone();
        if described_by == self.source {
            after.title.clone_from(&new.title);
            after.kind = new.kind;
            after.date = new.date.or(work.date);
            after.number = new.number.clone().or(after.number);
            after.title_en = new.title_en.clone().or(after.title_en);
            after.status = if new.status == Status::Unknown { work.status } else { new.status };
        } else {
            after.date = work.date.or(new.date);
            after.number = after.number.or_else(|| new.number.clone());
            after.title_en = after.title_en.or_else(|| new.title_en.clone());
            after.status = if work.status == Status::Unknown { new.status } else { work.status };
        }
        (after != *work).then_some(after)
    }

    async fn write_original(&self, c: &mut Connection, sequence: i64) -> Result<(), Error> {
        let source = &self.document.expression.source;
        query("INSERT INTO originals (sha256, bytes, sequence) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING")
            .bind(source.sha256.to_string())
            .bind(source.bytes.cast_signed())
            .bind(sequence)
            .execute(c)
            .await?;
        Ok(())
    }

    async fn write_expression(
        &self,
        c: &mut Connection,
        work_id: i64,
        uri: &ExpressionUri,
        sequence: i64,
    ) -> Result<i64, Error> {
        let expression = &self.document.expression;
        let source = &expression.source;
        let others = serde_json::json!(expression.other_languages).to_string();
        let rank =
            Authority::ALL.iter().position(|a| *a == expression.authority).unwrap_or(Authority::ALL.len());
        let row = query(
            "INSERT INTO expressions (work_id, uri, title, language, date, edition, language_detected, other_languages, \
             authority, authority_rank, sha256, bytes, format, origin, url, licence, note, provisions, fingerprint, sequence) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING id",
        )
        .bind(work_id)
        .bind(uri.to_string())
        .bind(&expression.title)
        .bind(uri.language().bcp47())
        .bind(uri.date().map(|d| d.to_string()))
        .bind(i64::from(uri.edition()))
        .bind(expression.language_detected)
        .bind(others)
        .bind(expression.authority.as_str())
        .bind(i64::try_from(rank).unwrap_or(i64::MAX))
        .bind(source.sha256.to_string())
        .bind(source.bytes.cast_signed())
        .bind(source.format.as_str())
        .bind(&source.origin)
        .bind(&source.url)
        .bind(&source.licence)
        .bind(&source.note)
        .bind(self.document.provisions.len().cast_signed() as i64)
        .bind(&self.fingerprint)
        .bind(sequence)
        .fetch_one(c)
        .await?;
        Ok(row.try_get(0)?)
    }

    async fn write_provisions(&self, c: &mut Connection, expression: i64) -> Result<(), Error> {
        let rows: Vec<_> = (0_i64..).zip(&self.document.provisions).collect();
        database::insert(
            c,
            "provisions (expression_id, ordinal, id, parent, kind, label, heading, text, language)",
            9,
            &rows,
            |q, (ordinal, p)| {
                q.bind(expression)
                    .bind(*ordinal)
                    .bind(p.id.as_str())
                    .bind(p.parent.as_ref().map(|id| id.as_str()))
                    .bind(p.kind.as_str())
                    .bind(p.label.as_str())
                    .bind(p.heading.as_str())
                    .bind(p.text.as_str())
                    .bind(p.language.map(|l| l.bcp47()))
            },
        )
        .await
    }

    /// Replaces the curated tags that came from the document's source.
    async fn write_curated(&self, c: &mut Connection, work_id: i64) -> Result<(), Error> {
        query("DELETE FROM curated_tags WHERE work_id = $1 AND source = $2")
            .bind(work_id)
            .bind(&self.source)
            .execute(&mut *c)
            .await?;
        let rows: Vec<(&Tag, &str)> = self
            .tags
            .iter()
            .filter_map(|tag| match &tag.origin {
                Origin::Curated { by } => Some((tag, by.as_str())),
                Origin::Suggested { .. } => None,
            })
            .collect();
        let columns = "curated_tags (work_id, provision, article, number, source, curator)";
        database::insert(c, columns, 6, &rows, |q, (tag, by)| {
            q.bind(work_id)
                .bind(tag.provision.as_str())
                .bind(tag.article.to_string())
                .bind(i64::from(tag.article.number()))
                .bind(self.source.as_str())
                .bind(*by)
        })
        .await
    }

    /// Replaces the suggested tags of the text.
    async fn write_suggested(&self, c: &mut Connection, expression: i64) -> Result<(), Error> {
        query("DELETE FROM suggested_tags WHERE expression_id = $1")
            .bind(expression)
            .execute(&mut *c)
            .await?;
        let rows: Vec<(&Tag, f32, String)> = self
            .tags
            .iter()
            .filter_map(|tag| match &tag.origin {
                Origin::Suggested { score, evidence } => {
                    Some((tag, *score, serde_json::json!(evidence).to_string()))
                }
                Origin::Curated { .. } => None,
            })
            .collect();
        let columns = "suggested_tags (expression_id, provision, article, number, score, evidence)";
        database::insert(c, columns, 6, &rows, |q, (tag, score, evidence)| {
            q.bind(expression)
                .bind(tag.provision.as_str())
                .bind(tag.article.to_string())
                .bind(i64::from(tag.article.number()))
                .bind(f64::from(*score))
                .bind(evidence.as_str())
        })
        .await
    }
}

/// Whether the parts of a document fit together.
fn check(document: &TaggedDocument) -> Result<(), Error> {
    if document.expression.uri.work() != &document.work.uri {
        return Err(Error::Unsound(format!(
            "{} is not an expression of {}",
            document.expression.uri, document.work.uri
        )));
    }
    if document.provisions.is_empty() {
        return Err(Error::Unsound("it has no provisions".to_owned()));
    }
    let mut seen = HashSet::with_capacity(document.provisions.len());
    for provision in &document.provisions {
        if let Some(parent) = provision.parent.as_ref().filter(|parent| !seen.contains(parent)) {
            return Err(Error::Unsound(format!(
                "{} lies in {parent}, which does not stand before it",
                provision.id
            )));
        }
        if !seen.insert(&provision.id) {
            return Err(Error::Unsound(format!("two provisions have the id {}", provision.id)));
        }
    }
    match document.tags.iter().find(|tag| !seen.contains(&tag.provision)) {
        Some(tag) => Err(Error::Unsound(format!(
            "article {} is tagged on {}, which it lacks",
            tag.article, tag.provision
        ))),
        None => Ok(()),
    }
}

/// One tag for each provision, article and origin, the first that was given.
fn without_repetition(tags: &[Tag]) -> Vec<Tag> {
    let mut seen = HashSet::with_capacity(tags.len());
    tags.iter()
        .filter(|tag| seen.insert((&tag.provision, tag.article, tag.origin.as_str())))
        .cloned()
        .collect()
}

async fn find_work(c: &mut Connection, work: &Work) -> Result<Option<(i64, Work, String)>, Error> {
    const SQL: &str = "SELECT w.id AS work_id, w.described_by, w.uri AS w_uri, w.jurisdiction, w.kind, w.date AS w_date, \
         w.number, w.title AS w_title, w.title_en, w.status, w.status_date FROM works w WHERE w.uri = $1";
    let row = query(SQL).bind(work.uri.as_str()).fetch_optional(c).await?;
    row.map(|row| Ok((row.try_get("work_id")?, rows::work(&row)?, row.try_get("described_by")?))).transpose()
}

async fn kept_texts(
    c: &mut Connection,
    work_id: i64,
    language: merida_law::Language,
) -> Result<Vec<Kept>, Error> {
    const SQL: &str = "SELECT e.id, e.uri, e.origin, e.sha256, e.fingerprint, s.by_id IS NOT NULL \
         FROM expressions e LEFT JOIN supersessions s ON s.expression_id = e.id WHERE e.work_id = $1 AND e.language = $2";
    let rows = query(SQL).bind(work_id).bind(language.bcp47()).fetch_all(c).await?;
    let read = |row: &Row| {
        let uri: ExpressionUri = parse("the URI of an expression", row.try_get(1)?)?;
        Ok(Kept {
            id: row.try_get(0)?,
            date: uri.date(),
            uri,
            origin: row.try_get(2)?,
            sha256: row.try_get(3)?,
            fingerprint: row.try_get(4)?,
            superseded: row.try_get(5)?,
        })
    };
    rows.iter().map(read).collect()
}

async fn insert_work(c: &mut Connection, work: &Work, source: &str) -> Result<i64, Error> {
    let row = query(
        "INSERT INTO works (uri, jurisdiction, kind, date, number, title, title_en, status, status_date, described_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
    )
    .bind(work.uri.as_str())
    .bind(work.jurisdiction.code())
    .bind(work.kind.as_str())
    .bind(work.date.map(|d| d.to_string()))
    .bind(&work.number)
    .bind(&work.title)
    .bind(&work.title_en)
    .bind(work.status.as_str())
    .bind(work.status.date().map(|d| d.to_string()))
    .bind(source)
    .fetch_one(c)
    .await?;
    Ok(row.try_get(0)?)
}

async fn update_work(c: &mut Connection, id: i64, work: &Work) -> Result<(), Error> {
    query(
        "UPDATE works SET kind = $1, date = $2, number = $3, title = $4, title_en = $5, status = $6, status_date = $7 \
         WHERE id = $8",
    )
    .bind(work.kind.as_str())
    .bind(work.date.map(|d| d.to_string()))
    .bind(&work.number)
    .bind(&work.title)
    .bind(&work.title_en)
    .bind(work.status.as_str())
    .bind(work.status.date().map(|d| d.to_string()))
    .bind(id)
    .execute(c)
    .await?;
    Ok(())
}

async fn supersede(c: &mut Connection, old: i64, new: i64, sequence: i64) -> Result<(), Error> {
    query("INSERT INTO supersessions (expression_id, by_id, sequence) VALUES ($1, $2, $3)")
        .bind(old)
        .bind(new)
        .bind(sequence)
        .execute(c)
        .await?;
    Ok(())
}
