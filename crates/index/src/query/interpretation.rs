//! What a query was read as.

use std::fmt::Write as _;

use merida_law::{Article, Jurisdiction, Language};
use serde::Serialize;

use super::FieldName;
use crate::ConceptId;

/// What a query was read as, to be shown to the reader and taken apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Interpretation {
    /// What was typed, cut at [`Interpretation::MAX_CHARS`].
    pub query: String,
    /// What it is made of: what is cited first, the rest in the order typed.
    pub parts: Vec<Part>,
    /// The languages in whose analysed text it was looked for.
    pub languages: Vec<Language>,
    /// How much of the words an answer had to hold.
    pub matching: Matching,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

impl Interpretation {
    /// How much of a query is read, in Unicode scalar values.
    pub const MAX_CHARS: usize = 4_000;
    /// How many words of a query are looked for.
    pub const MAX_WORDS: usize = 96;

    /// The article of the Convention that the query cites, if it cites one.
    pub fn article(&self) -> Option<Article> {
        self.parts.iter().find_map(|part| match part {
            Part::Article { article, .. } => Some(*article),
            _ => None,
        })
    }

    /// The query as it was read, written out in the query language with every group in parentheses. What it says is
    /// read the same way again.
    pub fn typed(&self) -> String {
        let mut text = String::new();
        side_by_side(&self.parts, &mut text);
        text
    }

    /// Whether the query says more than words side by side: operators, fields, patterns.
    pub fn has_structure(&self) -> bool {
        self.parts.iter().any(Part::is_structure)
    }
}

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Part {
    /// A word, or a run of Chinese, Japanese, Korean or Thai text.
    Word {
        /// As typed.
        text: String,
    },
    /// A word that is too common to be looked for beside others.
    Stop {
        /// As typed.
        text: String,
    },
    /// Words in quotes: an answer holds them side by side.
    Phrase {
        /// Without the quotes.
        text: String,
    },
    /// A word or words after a minus: no answer holds them.
    Excluded {
        /// Without the minus.
        text: String,
    },
    /// An article of the Convention.
    Article {
        /// As typed.
        text: String,
        /// The article.
        article: Article,
    },
    /// A provision of a national law: `s 6`, `art. 385`, `§ 299`.
    Provision {
        /// As typed.
        text: String,
        /// Its number in one form: `6`, `385`, `432-11`, `9bis`.
        number: String,
    },
    /// A concept of the thesaurus, which is looked for in every language. The words of its label follow.
    Concept {
        /// As typed.
        text: String,
        /// Which.
        id: ConceptId,
        /// Its preferred label in the language of what was typed.
        label: String,
        /// The language of that label.
        language: Language,
        /// The articles of the Convention that it belongs to.
        articles: Vec<Article>,
        /// What it is looked for by, in the languages of the index.
        expansion: Vec<Expansion>,
    },
    /// A State or territory.
    Jurisdiction {
        /// As typed.
        text: String,
        /// Which one.
        jurisdiction: Jurisdiction,
    },
    /// A word that occurs nowhere, and the one that was looked for in its place.
    Corrected {
        /// As typed.
        text: String,
        /// What was looked for.
        to: String,
    },
    /// A word of which only a part is known: `corrupt*`.
    Pattern {
        /// As typed.
        text: String,
    },
    /// A field and its value.
    Field {
        /// Which field.
        field: FieldName,
        /// Its value as the API writes it; several with commas between them.
        value: String,
        /// Whether a reading is taken off rather than asked for: `-concept:ID`.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        off: bool,
    },
    /// What must stand in a title or heading.
    Within {
        /// Which.
        field: FieldName,
        /// What must stand there.
        parts: Vec<Part>,
    },
    /// Parts of which an answer meets every one.
    All {
        /// The parts.
        parts: Vec<Part>,
    },
    /// Parts of which an answer meets at least one.
    Any {
        /// The parts.
        parts: Vec<Part>,
    },
    /// Parts side by side within one of the above.
    Together {
        /// The parts.
        parts: Vec<Part>,
    },
    /// A part that no answer meets.
    Not {
        /// The part.
        part: Box<Part>,
    },
    /// Two parts that stand close together.
    Near {
        /// The first.
        left: Box<Part>,
        /// The second.
        right: Box<Part>,
        /// How many words there may be from one to the other.
        within: u32,
        /// Whether they must stand in this order.
        ordered: bool,
    },
}

impl Part {
    fn is_structure(&self) -> bool {
        match self {
            Self::Word { .. }
            | Self::Stop { .. }
            | Self::Phrase { .. }
            | Self::Excluded { .. }
            | Self::Article { .. }
            | Self::Provision { .. }
            | Self::Jurisdiction { .. }
            | Self::Concept { .. }
            | Self::Corrected { .. } => false,
            Self::Pattern { .. }
            | Self::Field { .. }
            | Self::Within { .. }
            | Self::All { .. }
            | Self::Any { .. }
            | Self::Together { .. }
            | Self::Not { .. }
            | Self::Near { .. } => true,
        }
    }

    /// Writes the part as it is typed.
    fn write(&self, out: &mut String) {
        match self {
            Self::Word { text }
            | Self::Stop { text }
            | Self::Pattern { text }
            | Self::Article { text, .. }
            | Self::Provision { text, .. }
            | Self::Jurisdiction { text, .. } => out.push_str(text),
            Self::Corrected { to, .. } => out.push_str(to),
            // Its words follow.
            Self::Concept { .. } => {}
            Self::Phrase { text } => {
                let _ = write!(out, "\"{text}\"");
            }
            Self::Excluded { text } if text.contains(char::is_whitespace) => {
                let _ = write!(out, "-\"{text}\"");
            }
            Self::Excluded { text } => {
                let _ = write!(out, "-{text}");
            }
            Self::Field { field, value, off } => {
                let minus = if *off { "-" } else { "" };
                let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
                let _ = write!(out, "{minus}{}:{quote}{value}{quote}", field.as_str());
            }
            Self::Within { field, parts } => {
                let _ = write!(out, "{}:", field.as_str());
                match &parts[..] {
                    [one @ (Self::Word { .. } | Self::Phrase { .. } | Self::Pattern { .. })] => {
                        one.write(out)
                    }
                    parts => grouped(parts, out),
                }
            }
            Self::All { parts } => joined(parts, " AND ", out),
            Self::Any { parts } => joined(parts, " OR ", out),
            Self::Together { parts } => side_by_side(parts, out),
            Self::Not { part } => {
                out.push_str("NOT ");
                part.write_operand(out);
            }
            Self::Near { left, right, within, ordered } => {
                left.write_operand(out);
                let _ = write!(out, " {}/{within} ", if *ordered { "pre" } else { "w" });
                right.write_operand(out);
            }
        }
    }

    /// Writes the part so that it can stand beside an operator.
    fn write_operand(&self, out: &mut String) {
        let is_one = match self {
            Self::Word { text } | Self::Stop { text } => !text.contains(char::is_whitespace),
            Self::Phrase { .. } | Self::Pattern { .. } | Self::Field { .. } | Self::Within { .. } => true,
            Self::Corrected { .. } | Self::Excluded { .. } => true,
            _ => false,
        };
        if is_one {
            self.write(out);
        } else {
            grouped(std::slice::from_ref(self), out);
        }
    }
}

fn side_by_side(parts: &[Part], out: &mut String) {
    let written = parts.iter().filter(|part| !matches!(part, Part::Concept { .. }));
    for (place, part) in written.enumerate() {
        if place > 0 {
            out.push(' ');
        }
        match part {
            Part::All { .. } | Part::Any { .. } if parts.len() > 1 => part.write_operand(out),
            part => part.write(out),
        }
    }
}

fn joined(parts: &[Part], operator: &str, out: &mut String) {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.push_str(operator);
        }
        match part {
            Part::Near { .. } | Part::Not { .. } => part.write(out),
            part => part.write_operand(out),
        }
    }
}

fn grouped(parts: &[Part], out: &mut String) {
    out.push('(');
    side_by_side(parts, out);
    out.push(')');
}

/// What a concept is called in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The language.
    pub language: Language,
    /// The preferred label, then the others that are shown.
    pub labels: Vec<String>,
}

/// How much of the words an answer had to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Matching {
    /// All of them.
    #[default]
    All,
    /// Most of them.
    Most,
    /// Some of them.
    Some,
    /// Any of them.
    Any,
}

/// What the reader should know about how the query was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "note")]
pub enum Note {
    /// The query was too long; only its beginning was read.
    Cut {
        /// How many Unicode scalar values were read.
        read: usize,
        /// How many there were.
        of: usize,
    },
    /// There were too many words; only the first were looked for.
    TooManyWords {
        /// How many were looked for.
        read: usize,
    },
    /// The words in quotes stand nowhere as they are; they were looked for apart.
    PhraseTakenApart,
    /// There was nothing in the query to look for, so that the filters alone decide.
    NothingToLookFor,
    /// A parenthesis stands alone; it was passed over.
    Parenthesis,
    /// A quotation mark stands alone; it was passed over.
    Quote,
    /// An operator has nothing to join, or no number; it was read as a word.
    OperatorAsWord {
        /// As typed.
        text: String,
    },
    /// There is no such field; it was read as words.
    UnknownField {
        /// Its name as typed.
        name: String,
    },
    /// The field has no such value; it was read as words.
    UnknownValue {
        /// The field.
        field: FieldName,
        /// The value as typed.
        value: String,
    },
    /// Groups stand too deep within one another; those beyond were taken apart.
    TooDeep {
        /// How deep they were read.
        read: usize,
    },
    /// There were too many phrases, fields and operators; those beyond were read as words.
    TooManyParts {
        /// How many were read.
        read: usize,
    },
    /// Too few letters stand before the `*`; it was read as a word.
    PatternTooShort {
        /// As typed.
        text: String,
    },
    /// A pattern stands for more words than are looked for; the most frequent were.
    ManyForms {
        /// The beginning of the pattern.
        text: String,
        /// How many were looked for.
        read: usize,
    },
    /// A field or what is excluded cannot stand near anything; it was passed over there.
    NotNear,
}
