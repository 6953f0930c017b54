//! A law, whatever its language or version.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Jurisdiction, LegalDate};

/// A name that is not one of those known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{name}\" is not a {what}: use one of {known}")]
pub struct UnknownName {
    what: &'static str,
    name: String,
    known: String,
}

impl UnknownName {
    pub(crate) fn new<'a>(what: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known = known.collect::<Vec<_>>().join(", ");
        Self { what, name: name.chars().take(60).collect(), known }
    }
}

/// Gives an enum with `ALL` and `as_str` its `Display`, `FromStr` and serde forms.
macro_rules! named {
    ($type:ident, $what:literal) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let name = text.trim().to_lowercase().replace(['_', ' '], "-");
                Self::ALL.into_iter().find(|known| known.as_str() == name).ok_or_else(|| {
                    $crate::UnknownName::new($what, text, Self::ALL.iter().map(|known| known.as_str()))
                })
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use named;

/// What kind of work a law is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WorkKind {
    /// A constitution or basic law.
    Constitution,
    /// A statute.
    Act,
    /// A code.
    Code,
    /// A bill or another draft before a parliament.
    Bill,
    /// A decree, a decree-law, an ordinance.
    Decree,
    /// A regulation, a statutory instrument, rules.
    Regulation,
    /// A policy or a strategy.
    Policy,
    /// A measure of an institution: a code of conduct, a circular.
    InstitutionalMeasure,
    /// A decision of a court.
    Case,
    /// A treaty.
    Treaty,
    /// An act that approves or gives effect to a treaty.
    TreatyRatification,
    /// A model law of an international organisation.
    ModelLaw,
    /// A model provision.
    ModelProvision,
}

impl WorkKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Constitution,
        Self::Act,
        Self::Code,
        Self::Bill,
        Self::Decree,
        Self::Regulation,
        Self::Policy,
        Self::InstitutionalMeasure,
        Self::Case,
        Self::Treaty,
        Self::TreatyRatification,
        Self::ModelLaw,
        Self::ModelProvision,
    ];

    /// The name, as in URLs, files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Constitution => "constitution",
            Self::Act => "act",
            Self::Code => "code",
            Self::Bill => "bill",
            Self::Decree => "decree",
            Self::Regulation => "regulation",
            Self::Policy => "policy",
            Self::InstitutionalMeasure => "institutional-measure",
            Self::Case => "case",
            Self::Treaty => "treaty",
            Self::TreatyRatification => "treaty-ratification",
            Self::ModelLaw => "model-law",
            Self::ModelProvision => "model-provision",
        }
    }

    /// The document type of Akoma Ntoso and, where that is broader, a subtype: `act`, `act/code`.
    const fn akn(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Act => ("act", None),
            Self::Constitution => ("act", Some("constitution")),
            Self::Code => ("act", Some("code")),
            Self::Decree => ("act", Some("decree")),
            Self::Regulation => ("act", Some("regulation")),
            Self::TreatyRatification => ("act", Some("treaty-ratification")),
            Self::Bill => ("bill", None),
            Self::Case => ("judgment", None),
            Self::Policy => ("doc", Some("policy")),
            Self::InstitutionalMeasure => ("doc", Some("institutional-measure")),
            Self::Treaty => ("doc", Some("treaty")),
            Self::ModelLaw => ("doc", Some("model-law")),
            Self::ModelProvision => ("doc", Some("model-provision")),
        }
    }
}

named!(WorkKind, "kind of work");

/// Whether a law is in force, with the date that says since or until when, where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "status")]
pub enum Status {
    /// In force.
    InForce {
        /// Since when.
        since: Option<LegalDate>,
    },
    /// Enacted and not yet in force.
    NotYetInForce {
        /// From when.
        from: Option<LegalDate>,
    },
    /// A draft or a bill.
    Draft,
    /// Replaced by a later law or version.
    Superseded {
        /// When.
        on: Option<LegalDate>,
    },
    /// Repealed.
    Repealed {
        /// When.
        on: Option<LegalDate>,
    },
    /// Not known.
    Unknown,
}

impl Status {
    /// Every status, without dates.
    pub const ALL: [Self; 6] = [
        Self::InForce { since: None },
        Self::NotYetInForce { from: None },
        Self::Draft,
        Self::Superseded { on: None },
        Self::Repealed { on: None },
        Self::Unknown,
    ];

    /// The name, as in URLs, files and the API; without the date.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce { .. } => "in-force",
            Self::NotYetInForce { .. } => "not-yet-in-force",
            Self::Draft => "draft",
            Self::Superseded { .. } => "superseded",
            Self::Repealed { .. } => "repealed",
            Self::Unknown => "unknown",
        }
    }

    /// The date that the status carries.
    pub const fn date(self) -> Option<LegalDate> {
        match self {
            Self::InForce { since: date }
            | Self::NotYetInForce { from: date }
            | Self::Superseded { on: date }
            | Self::Repealed { on: date } => date,
            Self::Draft | Self::Unknown => None,
        }
    }

    /// The same status with another date, where it carries one.
    #[must_use]
    pub const fn with_date(self, date: Option<LegalDate>) -> Self {
        match self {
            Self::InForce { .. } => Self::InForce { since: date },
            Self::NotYetInForce { .. } => Self::NotYetInForce { from: date },
            Self::Superseded { .. } => Self::Superseded { on: date },
            Self::Repealed { .. } => Self::Repealed { on: date },
            Self::Draft | Self::Unknown => self,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.trim().to_lowercase().replace(['_', ' '], "-");
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == name)
            .ok_or_else(|| UnknownName::new("status", text, Self::ALL.iter().map(|s| s.as_str())))
    }
}

/// The identity of a work: its Akoma Ntoso URI, `/akn/gb/act/2010/23`.
///
/// Made of jurisdiction, kind, date and a number or short title.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkUri(String);

/// The text is not the URI of a work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not the URI of a work: write it as /akn/gb/act/2010/23")]
pub struct ParseWorkUriError(String);

impl WorkUri {
    /// The URI of a work. `number` is its official number or a short title; anything in it but ASCII letters, digits,
    /// `.`, `-` becomes `-`, and a number without any of those becomes `unnumbered`.
    pub fn new(jurisdiction: Jurisdiction, kind: WorkKind, date: Option<LegalDate>, number: &str) -> Self {
        let (kind, subtype) = kind.akn();
        let mut uri = format!("/akn/{jurisdiction}/{kind}");
        if let Some(subtype) = subtype {
            uri.push('/');
            uri.push_str(subtype);
        }
        let date = date.map_or_else(|| "nd".to_owned(), |d| d.to_string());
        Self(format!("{uri}/{date}/{}", slug(number)))
    }

    /// The URI as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The jurisdiction that the URI names.
    pub fn jurisdiction(&self) -> Jurisdiction {
        // The constructor and the parser both saw to it that the second segment is one.
        self.0.split('/').nth(2).and_then(|code| code.parse().ok()).unwrap_or(Jurisdiction::INTERNATIONAL)
    }
}

/// At most 96 lower-case ASCII letters, digits, `.` and single `-`.
fn slug(number: &str) -> String {
    let mut slug = String::new();
    for c in number.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() == 96 {
            break;
        }
    }
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() { "unnumbered".to_owned() } else { slug.to_owned() }
}

impl FromStr for WorkUri {
    type Err = ParseWorkUriError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseWorkUriError(text.chars().take(120).collect());
        let segments: Vec<&str> = text.strip_prefix("/akn/").ok_or_else(error)?.split('/').collect();
        let sound = (4..=6).contains(&segments.len())
            && segments[0].parse::<Jurisdiction>().is_ok_and(|j| j.code() == segments[0])
            && segments.iter().all(|s| {
                let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
                !s.is_empty() && s.len() <= 96 && s.bytes().all(plain) && !s.starts_with('.')
            });
        if sound { Ok(Self(text.to_owned())) } else { Err(error()) }
    }
}

impl fmt::Display for WorkUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for WorkUri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for WorkUri {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A law, whatever its language or version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Its identity.
    pub uri: WorkUri,
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// What kind of work.
    pub kind: WorkKind,
    /// When it was made, as far as is known.
    pub date: Option<LegalDate>,
    /// Its official number, where it has one: `23`, `25.188`, `2016-1691`.
    pub number: Option<String>,
    /// Its title in a language of its own.
    pub title: String,
    /// Its title in English, where one is known.
    pub title_en: Option<String>,
    /// Whether it is in force.
    pub status: Status,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uri_of_a_work_is_that_of_akoma_ntoso() {
        let gb = "gb".parse().unwrap();
        let uri = WorkUri::new(gb, WorkKind::Act, LegalDate::from_year(2010), "23");
        assert_eq!(uri.as_str(), "/akn/gb/act/2010/23");
        assert_eq!(uri.jurisdiction(), gb);
        let code = WorkUri::new("fr".parse().unwrap(), WorkKind::Code, None, "Code  Penal!");
        assert_eq!(code.as_str(), "/akn/fr/act/code/nd/code-penal");
        for kind in WorkKind::ALL {
            let uri = WorkUri::new(gb, kind, "2003-10-31".parse().ok(), "刑法");
            assert_eq!(uri.as_str().parse().as_ref(), Ok(&uri), "{kind}");
            assert!(uri.as_str().ends_with("/2003-10-31/unnumbered"));
        }
    }

    #[test]
    fn what_is_no_uri_says_how_to_write_one() {
        for text in [
            "",
            "akn/gb/act/2010/23",
            "/akn/zz9/act/2010/23",
            "/akn/gb/act",
            "/akn/gb/act/2010/../23",
            "/akn/GB/act/2010/1",
        ] {
            assert!(text.parse::<WorkUri>().expect_err(text).to_string().contains("/akn/gb/act/2010/23"));
        }
    }

    #[test]
    fn statuses_and_kinds_are_read_as_files_write_them() {
        assert_eq!("in_force".parse(), Ok(Status::InForce { since: None }));
        assert_eq!("treaty-ratification".parse(), Ok(WorkKind::TreatyRatification));
        assert!("law".parse::<WorkKind>().expect_err("no kind").to_string().contains("act, code"));
        let status = Status::Repealed { on: "2019".parse().ok() };
        let json = serde_json::to_string(&status).unwrap();
        assert_eq!(json, r#"{"status":"repealed","on":"2019"}"#);
        assert_eq!(serde_json::from_str::<Status>(&json).unwrap(), status);
    }
}
