//! A work in one language at one date.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::work::named;
use crate::{Language, LegalDate, ParseWorkUriError, WorkUri};

/// The identity of an expression: `/akn/gb/act/2010/23/eng@2010-04-08`.
///
/// A second text of the same work, language and date (another source, or corrected bytes) has an edition number:
/// `/akn/gb/act/2010/23/eng@2010-04-08.2`. Chinese carries its script: `zho-hant@2003-10-31`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExpressionUri {
    work: WorkUri,
    language: Language,
    date: Option<LegalDate>,
    edition: u32,
}

/// The text is not the URI of an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseExpressionUriError {
    /// The part before the language.
    #[error(transparent)]
    Work(#[from] ParseWorkUriError),
    /// The part after it.
    #[error("\"{0}\" is not the URI of an expression: write it as /akn/gb/act/2010/23/eng@2010-04-08")]
    Form(String),
}

impl ExpressionUri {
    /// The expression of `work` in `language` as of `date`; `edition` counts from 1.
    pub fn new(work: WorkUri, language: Language, date: Option<LegalDate>, edition: u32) -> Self {
        Self { work, language, date, edition: edition.max(1) }
    }

    /// The work.
    pub fn work(&self) -> &WorkUri {
        &self.work
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The date as of which the text stands.
    pub fn date(&self) -> Option<LegalDate> {
        self.date
    }

    /// Which text of that language and date, from 1.
    pub fn edition(&self) -> u32 {
        self.edition
    }
}

impl fmt::Display for ExpressionUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.work, self.language.iso639_3())?;
        if let Some((_, script)) = self.language.bcp47().split_once('-') {
            write!(f, "-{}", script.to_ascii_lowercase())?;
        }
        f.write_str("@")?;
        if let Some(date) = self.date {
            write!(f, "{date}")?;
        }
        if self.edition > 1 {
            write!(f, ".{}", self.edition)?;
        }
        Ok(())
    }
}

impl FromStr for ExpressionUri {
    type Err = ParseExpressionUriError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || ParseExpressionUriError::Form(text.chars().take(120).collect());
        let (work, rest) = text.rsplit_once('/').ok_or_else(form)?;
        let (language, version) = rest.split_once('@').ok_or_else(form)?;
        let (date, edition) = match version.split_once('.') {
            Some((date, edition)) => (date, edition.parse().ok().filter(|&e: &u32| e > 1).ok_or_else(form)?),
            None => (version, 1),
        };
        let date = match date {
            "" => None,
            date => Some(date.parse().map_err(|_| form())?),
        };
        Ok(Self { work: work.parse()?, language: language.parse().map_err(|_| form())?, date, edition })
    }
}

impl Serialize for ExpressionUri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ExpressionUri {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How far a text may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Authority {
    /// Published by the State as the text that counts.
    OfficialText,
    /// Translated by the State.
    OfficialTranslation,
    /// Translated by somebody else.
    UnofficialTranslation,
    /// Translated by a machine.
    MachineTranslation,
    /// Our own account of what it says.
    Digest,
    /// A copy whose agreement with the official text nobody has stated.
    Unverified,
}

impl Authority {
    /// Every authority, the strongest first.
    pub const ALL: [Self; 6] = [
        Self::OfficialText,
        Self::OfficialTranslation,
        Self::UnofficialTranslation,
        Self::MachineTranslation,
        Self::Digest,
        Self::Unverified,
    ];

    /// The name, as in URLs, files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OfficialText => "official-text",
            Self::OfficialTranslation => "official-translation",
            Self::UnofficialTranslation => "unofficial-translation",
            Self::MachineTranslation => "machine-translation",
            Self::Digest => "digest",
            Self::Unverified => "unverified",
        }
    }
}

named!(Authority, "authority");

/// The format of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceFormat {
    /// Markdown, our own or general.
    Markdown,
    /// HTML.
    Html,
    /// Akoma Ntoso XML.
    AkomaNtoso,
    /// Crown Legislation Markup Language, as legislation.gov.uk publishes it.
    Clml,
    /// The XML of Justice Canada.
    JusticeCanada,
    /// XML of another kind.
    Xml,
    /// JSON.
    Json,
    /// CSV with LexML URNs.
    LexmlCsv,
    /// Plain text.
    Text,
    /// PDF with a text layer.
    Pdf,
    /// Office Open XML.
    Docx,
}

impl SourceFormat {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Markdown,
        Self::Html,
        Self::AkomaNtoso,
        Self::Clml,
        Self::JusticeCanada,
        Self::Xml,
        Self::Json,
        Self::LexmlCsv,
        Self::Text,
        Self::Pdf,
        Self::Docx,
    ];

    /// The name, as in URLs, files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::AkomaNtoso => "akoma-ntoso",
            Self::Clml => "clml",
            Self::JusticeCanada => "justice-canada",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::LexmlCsv => "lexml-csv",
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// The media type under which the original file is served.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::AkomaNtoso | Self::Clml | Self::JusticeCanada | Self::Xml => "application/xml",
            Self::Json => "application/json",
            Self::LexmlCsv => "text/csv",
            Self::Text => "text/plain",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

named!(SourceFormat, "source format");

/// The SHA-256 of a file's bytes; displayed as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// From the 32 bytes of the digest.
    pub const fn new(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The 32 bytes of the digest.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl FromStr for Sha256 {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || format!("\"{text}\" is not a SHA-256: write 64 hexadecimal digits");
        if text.len() != 64 || !text.is_ascii() {
            return Err(error());
        }
        let mut digest = [0; 32];
        for (byte, place) in digest.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[place..place + 2], 16).map_err(|_| error())?;
        }
        Ok(Self(digest))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Where a text comes from and under which terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The SHA-256 of the file, which is kept.
    pub sha256: Sha256,
    /// The size of the file, in bytes.
    pub bytes: u64,
    /// Its format.
    pub format: SourceFormat,
    /// What identifies the place it comes from, across versions: a URL, or publisher and path. Never an absolute path
    /// of the importing machine.
    pub origin: String,
    /// The address at which the publisher shows the text, where there is one.
    pub url: Option<String>,
    /// The terms of re-use, as the publisher states them; none where nothing is stated.
    pub licence: Option<String>,
    /// A remark for the reader, such as what a consolidation leaves out.
    pub note: Option<String>,
}

/// A work in one language at one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expression {
    /// Its identity.
    pub uri: ExpressionUri,
    /// The title in this language.
    pub title: String,
    /// Whether the language was detected rather than declared.
    pub language_detected: bool,
    /// Further languages that stand in the text beside the main one.
    pub other_languages: Vec<Language>,
    /// How far it may be relied on.
    pub authority: Authority,
    /// Where it comes from.
    pub source: Source,
}

impl Expression {
    /// The main language.
    pub fn language(&self) -> Language {
        self.uri.language()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_survive_the_round_trip() {
        for uri in [
            "/akn/gb/act/2010/23/eng@2010-04-08",
            "/akn/int/doc/treaty/2003-10-31/uncac/zho-hant@2003-10-31.2",
            "/akn/fr/act/code/nd/code-penal/fra@",
            "/akn/rs/act/2019/zakon/srp-latn@2019",
        ] {
            assert_eq!(uri.parse::<ExpressionUri>().map(|u| u.to_string()).as_deref(), Ok(uri));
        }
        for text in [
            "",
            "/akn/gb/act/2010/23",
            "/akn/gb/act/2010/23/xxq@2010",
            "/akn/gb/act/2010/23/eng@2010.1",
            "/eng@2010",
        ] {
            assert!(
                text.parse::<ExpressionUri>().expect_err(text).to_string().contains("/akn/gb/act/2010/23")
            );
        }
    }

    #[test]
    fn names_and_hashes_survive_the_round_trip() {
        for authority in Authority::ALL {
            assert_eq!(authority.as_str().parse(), Ok(authority));
        }
        for format in SourceFormat::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        let hash = Sha256::new([0xab; 32]);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        for text in ["", "ab", &"é".repeat(32), &"zz".repeat(32)] {
            assert!(text.parse::<Sha256>().is_err());
        }
    }
}
