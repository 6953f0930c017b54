//! Rows of the database as the things they stand for.

use std::fmt::Display;
use std::str::FromStr;

use merida_law::{Expression, Language, LegalDate, Provision, ProvisionId, Source, Status, Work};

use crate::Error;
use crate::database::{ColumnAccess, Row};

/// The columns of [`work`], of a table called `w`.
pub(crate) const WORK: &str = "w.uri AS w_uri, w.jurisdiction, w.kind, w.date AS w_date, w.number, w.title AS w_title, w.title_en, w.status, w.status_date";

/// The columns of [`expression`], of a table called `e`.
pub(crate) const EXPRESSION: &str = "e.uri AS e_uri, e.title AS e_title, e.language_detected, e.other_languages, \
     e.authority, e.sha256, e.bytes, e.format, e.origin, e.url, e.licence, e.note";

/// The columns of [`provision`], of a table called `p`.
pub(crate) const PROVISION: &str = "p.id, p.parent, p.kind, p.label, p.heading, p.text, p.language";

/// Text of a column as what it was kept as.
pub(crate) fn parse<T: FromStr<Err: Display>>(what: &'static str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|e| Error::corrupt(what, e))
}

fn column<T: FromStr<Err: Display>>(row: &Row, name: &str, what: &'static str) -> Result<T, Error> {
    parse(what, row.try_get(name)?)
}

fn optional<T: FromStr<Err: Display>>(row: &Row, name: &str, what: &'static str) -> Result<Option<T>, Error> {
    row.try_get::<Option<&str>, _>(name)?.map(|text| parse(what, text)).transpose()
}

pub(crate) fn work(row: &Row) -> Result<Work, Error> {
    let status_date: Option<LegalDate> = optional(row, "status_date", "the date of a status")?;
    Ok(Work {
        uri: column(row, "w_uri", "the URI of a work")?,
        jurisdiction: column(row, "jurisdiction", "a jurisdiction")?,
        kind: column(row, "kind", "a kind of work")?,
        date: optional(row, "w_date", "the date of a work")?,
        number: row.try_get("number")?,
        title: row.try_get("w_title")?,
        title_en: row.try_get("title_en")?,
        status: column::<Status>(row, "status", "a status")?.with_date(status_date),
    })
}

pub(crate) fn expression(row: &Row) -> Result<Expression, Error> {
    let others: &str = row.try_get("other_languages")?;
    let other_languages: Vec<Language> =
        serde_json::from_str(others).map_err(|e| Error::corrupt("a list of languages", e))?;
    Ok(Expression {
        uri: column(row, "e_uri", "the URI of an expression")?,
        title: row.try_get("e_title")?,
        language_detected: row.try_get("language_detected")?,
        other_languages,
        authority: column(row, "authority", "an authority")?,
        source: Source {
            sha256: column(row, "sha256", "the hash of an original")?,
            bytes: row.try_get::<i64, _>("bytes")?.unsigned_abs(),
            format: column(row, "format", "a source format")?,
            origin: row.try_get("origin")?,
            url: row.try_get("url")?,
            licence: row.try_get("licence")?,
            note: row.try_get("note")?,
        },
    })
}

pub(crate) fn provision(row: &Row) -> Result<Provision, Error> {
    Ok(Provision {
        id: column::<ProvisionId>(row, "id", "the id of a provision")?,
        parent: optional(row, "parent", "the id of a provision")?,
        kind: column(row, "kind", "a kind of provision")?,
        label: row.try_get("label")?,
        heading: row.try_get("heading")?,
        text: row.try_get("text")?,
        language: optional(row, "language", "a language")?,
    })
}
