//! Legal concepts and what laws call them, as `index/thesaurus/` says.
//!
//! Each file of that folder is an area: offences, recovery, … A concept has labels in many languages, the articles of
//! the Convention that it belongs to, broader, narrower and related concepts, and false friends: phrases that hold its
//! words and are something else. [`recognise`] finds concepts in text.

mod check;
mod files;
mod recognise;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use merida_law::{Article, Language};
use serde::{Deserialize, Serialize};

pub use check::Fault;
pub(crate) use recognise::{Found, Recogniser};

/// The identity of a concept: English words in lower case with hyphens between, `trading-in-influence`. Permanent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConceptId(Box<str>);

/// The text is not the identity of a concept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a concept: write it as in trading-in-influence")]
pub struct ParseConceptIdError(String);

impl ConceptId {
    /// The longest, in bytes.
    pub const MAX_LENGTH: usize = 80;

    /// The identity as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ConceptId {
    type Err = ParseConceptIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sound = |piece: &str| {
            !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if text.len() <= Self::MAX_LENGTH && text.split('-').all(sound) {
            return Ok(Self(text.into()));
        }
        Err(ParseConceptIdError(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for ConceptId {
    type Error = ParseConceptIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ConceptId> for String {
    fn from(id: ConceptId) -> Self {
        id.0.into()
    }
}

/// How a concept is called, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum LabelKind {
    /// The one that is shown; one for each language.
    #[serde(rename = "pref")]
    Preferred,
    /// Another term of law.
    #[serde(rename = "alt")]
    Alternative,
    /// A form that is found and not shown: misspelt, colloquial, rare.
    #[serde(rename = "hidden")]
    Hidden,
}

impl LabelKind {
    /// `pref`, `alt` or `hidden`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preferred => "pref",
            Self::Alternative => "alt",
            Self::Hidden => "hidden",
        }
    }
}

/// What a concept is called in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The language.
    pub language: Language,
    /// How it is used.
    pub kind: LabelKind,
    /// The label.
    pub text: String,
}

/// A legal concept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concept {
    /// Its identity.
    pub id: ConceptId,
    /// The name of the file that defines it, without its ending: `offences`.
    pub area: String,
    /// The articles of the Convention that it belongs to.
    pub articles: Vec<Article>,
    /// Concepts that it is a kind of.
    pub broader: Vec<ConceptId>,
    /// Concepts that are a kind of it.
    pub narrower: Vec<ConceptId>,
    /// Concepts that stand beside it; each names the other.
    pub related: Vec<ConceptId>,
    /// What it is called: by language in the order of [`Thesaurus::languages`], the preferred label first.
    pub labels: Vec<Label>,
    /// Phrases that hold its words and are something else.
    pub false_friends: Vec<(Language, String)>,
}

impl Concept {
    /// Its preferred label in `language`, or in a language that is written with the same letters and analysed alike.
    pub fn preferred(&self, language: Language) -> Option<&str> {
        let of = |label: &&Label| {
            label.kind == LabelKind::Preferred && label.language.primary() == language.primary()
        };
        self.labels.iter().find(of).map(|label| label.text.as_str())
    }

    /// Its preferred label in `language`, else in English, else its identity.
    pub fn name_in(&self, language: Language) -> &str {
        self.preferred(language).or_else(|| self.preferred(Language::EN)).unwrap_or(self.id.as_str())
    }

    /// The languages in which it has labels, in order.
    pub fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<Language> = self.labels.iter().map(|label| label.language).collect();
        languages.dedup();
        languages
    }
}

/// The place of a concept in [`Thesaurus::concepts`].
pub(crate) type ConceptNumber = u16;

/// The concepts, and what finds them in text.
#[derive(Debug)]
pub struct Thesaurus {
    concepts: Vec<Concept>,
    numbers: HashMap<ConceptId, ConceptNumber>,
    /// Each concept's own number and those of all that it is a kind of.
    upwards: Vec<Vec<ConceptNumber>>,
    fingerprint: u64,
    recogniser: Recogniser,
}

/// The codes of the languages in which labels may be written, in the order in which they are listed.
const LANGUAGES: [&str; 15] =
    ["en", "fr", "es", "ru", "ar", "zh", "de", "pt", "it", "uk", "id", "tr", "ja", "ko", "vi"];
/// How many of [`LANGUAGES`] every concept must have labels in: the official languages of the United Nations.
const REQUIRED: usize = 6;

impl Thesaurus {
    /// The thesaurus that ships with the program.
    pub fn shipped() -> &'static Arc<Self> {
        static SHIPPED: LazyLock<Arc<Thesaurus>> = LazyLock::new(|| {
            // What a check finds wrong is left out; a test sees to it that there is nothing.
            Arc::new(Thesaurus::read(&files::shipped()).0)
        });
        &SHIPPED
    }

    /// A thesaurus without concepts.
    pub fn empty() -> Self {
        Self::read(&[]).0
    }

    /// Reads files in the form of `index/thesaurus/`, each with its name. What is unsound is said and left out.
    pub fn read(files: &[(&str, &str)]) -> (Self, Vec<Fault>) {
        let (concepts, mut faults) = check::read(files);
        let numbers: HashMap<ConceptId, ConceptNumber> =
            concepts.iter().zip(0..).map(|(concept, number)| (concept.id.clone(), number)).collect();
        let (recogniser, more) = Recogniser::new(&concepts);
        faults.extend(more);
        let upwards = upwards(&concepts, &numbers);
        let fingerprint = fingerprint(files);
        (Self { concepts, numbers, upwards, fingerprint, recogniser }, faults)
    }

    /// Every concept, in the order of the files.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of that identity.
    pub fn get(&self, id: &ConceptId) -> Option<&Concept> {
        self.number(id).map(|number| &self.concepts[usize::from(number)])
    }

    /// The languages in which labels may be written, in the order in which they are listed.
    pub fn languages() -> Vec<Language> {
        LANGUAGES.iter().filter_map(|code| code.parse().ok()).collect()
    }

    /// How often each label stands in `text`, which is in `language`; labels that do not are left out. As in
    /// searching, of labels that overlap the longest counts, and false friends hide what they hold.
    pub fn labels_in(&self, text: &str, language: Language) -> BTreeMap<(ConceptId, String), usize> {
        let mut counts = BTreeMap::new();
        let lang = crate::Lang::of(language);
        for found in self.recogniser.in_text(text, lang) {
            let concept = &self.concepts[usize::from(found.concept)];
            let label = self.recogniser.label(lang, &found).to_owned();
            *counts.entry((concept.id.clone(), label)).or_default() += 1;
        }
        counts
    }

    pub(crate) fn number(&self, id: &ConceptId) -> Option<ConceptNumber> {
        self.numbers.get(id).copied()
    }

    pub(crate) fn concept(&self, number: ConceptNumber) -> &Concept {
        &self.concepts[usize::from(number)]
    }

    /// The concept itself and everything that it is a kind of.
    pub(crate) fn upwards(&self, number: ConceptNumber) -> &[ConceptNumber] {
        &self.upwards[usize::from(number)]
    }

    /// The concept itself and every kind of it, each with how many steps it lies below, the nearest first.
    pub(crate) fn downwards(&self, number: ConceptNumber) -> Vec<(ConceptNumber, usize)> {
        let mut found = vec![(number, 0)];
        let mut next = 0;
        while let Some(&(above, steps)) = found.get(next) {
            next += 1;
            for id in &self.concept(above).narrower {
                if let Some(number) = self.number(id)
                    && found.iter().all(|(known, _)| *known != number)
                {
                    found.push((number, steps + 1));
                }
            }
        }
        found
    }

    /// Changes whenever the files do.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    pub(crate) fn recogniser(&self) -> &Recogniser {
        &self.recogniser
    }
}

fn upwards(concepts: &[Concept], numbers: &HashMap<ConceptId, ConceptNumber>) -> Vec<Vec<ConceptNumber>> {
    concepts
        .iter()
        .zip(0..)
        .map(|(_, number)| {
            let mut found: Vec<ConceptNumber> = vec![number];
            let mut next = 0;
            while let Some(&below) = found.get(next) {
                next += 1;
                for id in &concepts[usize::from(below)].broader {
                    if let Some(&number) = numbers.get(id)
                        && !found.contains(&number)
                    {
                        found.push(number);
                    }
                }
            }
            found
        })
        .collect()
}

/// FNV-1a of names and contents.
fn fingerprint(files: &[(&str, &str)]) -> u64 {
    let bytes = files.iter().flat_map(|(name, text)| name.bytes().chain([0]).chain(text.bytes()).chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
