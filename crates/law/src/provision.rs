//! The pieces of a law that a lawyer would cite.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Language, UnknownName};

/// The id of a provision within its work, in the Akoma Ntoso naming convention: `sec_6`, `art_385`,
/// `art_12__para_2`, `chp_2__sec_1`. Survives re-import.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProvisionId(String);

/// The text is not a provision id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a provision id: ids look like sec_6, art_385 or art_12__para_2")]
pub struct ParseProvisionIdError(String);

impl ProvisionId {
    /// The longest id, in bytes.
    pub const MAX_BYTES: usize = 512;

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProvisionId {
    type Err = ParseProvisionIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sound = text.len() <= Self::MAX_BYTES
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('_')
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'.'));
        if sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseProvisionIdError(text.chars().take(60).collect()))
        }
    }
}

impl fmt::Display for ProvisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ProvisionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ProvisionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Where a kind of provision stands in the order of a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Groups units: book, part, chapter, schedule.
    Container,
    /// What is cited first, shown as one hit and indexed as one entry: article, section, numbered paragraph, preamble.
    Unit,
    /// A part of a unit: subsection, paragraph, point, table, footnote.
    Component,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal $prefix:literal $level:ident;)*) => {
        /// What a provision is, in the words of Akoma Ntoso.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ProvisionKind { $($(#[$doc])* $variant,)* }

        impl ProvisionKind {
            /// Every kind, largest first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name, as in URLs, files and the API.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The prefix in ids: `art`, `sec`, `chp`.
            pub const fn prefix(self) -> &'static str {
                match self { $(Self::$variant => $prefix,)* }
            }

            /// Where it stands in the order of a law.
            pub const fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }
        }
    };
}

kinds! {
    /// A book of a code.
    Book "book" "book" Container;
    /// A part.
    Part "part" "part" Container;
    /// A title (título, titre, раздел).
    Title "title" "title" Container;
    /// A chapter.
    Chapter "chapter" "chp" Container;
    /// A section that groups articles (sección, section, 节).
    Division "division" "dvs" Container;
    /// A subsection or paragraph that groups articles; an unnumbered cross-heading.
    Subdivision "subdivision" "subdvs" Container;
    /// A schedule with provisions of its own.
    Schedule "schedule" "sched" Container;
    /// An annex or appendix with provisions of its own.
    Annex "annex" "annex" Container;
    /// What stands before the first numbered provision: long title, recitals, enacting words.
    Preamble "preamble" "preamble" Unit;
    /// An article (artículo, статья, 条).
    Article "article" "art" Unit;
    /// A section (common-law acts; §; ধারা, มาตรา are articles or sections as the source calls them).
    Section "section" "sec" Unit;
    /// A clause of a bill.
    Clause "clause" "cl" Unit;
    /// A rule of a set of rules, a regulation of a set of regulations.
    Rule "rule" "rule" Unit;
    /// A numbered paragraph that stands alone; also a piece of a text without recognisable structure.
    Para "para" "para" Unit;
    /// What stands after the last provision: signature, place and date, notes of the publisher.
    Conclusions "conclusions" "conclusions" Unit;
    /// A part of a section: (1).
    Subsection "subsection" "subsec" Component;
    /// A part of an article: 1.
    Paragraph "paragraph" "para" Component;
    /// A part of a paragraph.
    Subparagraph "subparagraph" "subpara" Component;
    /// A lettered or numbered point: (a).
    Point "point" "point" Component;
    /// A table.
    Table "table" "table" Component;
    /// A footnote or editorial note.
    Footnote "footnote" "fn" Component;
}

impl fmt::Display for ProvisionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ProvisionKind {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownName::new("kind of provision", text, Self::ALL.iter().map(|k| k.as_str())))
    }
}

impl Serialize for ProvisionKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ProvisionKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A piece of a law that a lawyer would cite.
///
/// A document keeps its provisions flat, in reading order, parents before children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    /// Its id, unique within the document.
    pub id: ProvisionId,
    /// The provision that holds it; none at the top.
    pub parent: Option<ProvisionId>,
    /// What it is.
    pub kind: ProvisionKind,
    /// Its number as the source writes it (`Article 12`, `第三百八十五条`, `(a)`); empty where it has none.
    pub label: String,
    /// Its heading; empty where it has none.
    pub heading: String,
    /// Its own text, without that of its children; paragraphs are divided by `\n`.
    pub text: String,
    /// Its language, where it differs from the expression's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_the_round_trip_and_others_say_what_an_id_is() {
        for id in ["sec_6", "art_385", "art_12__para_2", "art_9bis", "art_133-1", "preamble", "art_326.1"] {
            assert_eq!(id.parse::<ProvisionId>().map(|i| i.to_string()).as_deref(), Ok(id));
        }
        for id in ["", "Sec_6", "6", "art 6", "art_", "art_٦", "../x", "art_6\u{202e}"] {
            assert!(id.parse::<ProvisionId>().expect_err(id).to_string().contains("sec_6"));
        }
    }

    #[test]
    fn kinds_survive_the_round_trip() {
        for kind in ProvisionKind::ALL {
            assert_eq!(kind.as_str().parse::<ProvisionKind>(), Ok(*kind));
        }
        assert!("verse".parse::<ProvisionKind>().expect_err("no kind").to_string().contains("article"));
    }
}
