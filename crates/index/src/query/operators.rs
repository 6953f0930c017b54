//! The names of operators, fields and values, as `index/operators.toml` lists them.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::analysis::{digits, fold};

/// What stands between words and says how they belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Operator {
    And,
    Or,
    Not,
    Near,
    Before,
}

/// A property that a query may ask about by its name, a colon and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldName {
    /// An article of the Convention that a provision is tagged with: `article:15(a)`.
    Article,
    /// A chapter of the Convention: `chapter:III`.
    Chapter,
    /// A State or territory, by code or name: `country:ke`.
    Country,
    /// A region or a part of one: `region:africa`.
    Region,
    /// The language of the text: `lang:fr`.
    Lang,
    /// The kind of work: `kind:act`.
    Kind,
    /// Whether it is in force: `status:in-force`.
    Status,
    /// How far the text may be relied on: `authority:official-text`.
    Authority,
    /// Who tagged it: `origin:curated`.
    Origin,
    /// When the work was made: `year:2010..2020`.
    Year,
    /// Words of the work's title: `title:bribery`.
    Title,
    /// Words of the provision's heading: `heading:bribery`.
    Heading,
    /// A concept of the thesaurus: `concept:illicit-enrichment`.
    Concept,
    /// A work by its URI: `work:/akn/gb/act/2010/23`.
    Work,
}

impl FieldName {
    /// The name in English, as in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Chapter => "chapter",
            Self::Country => "country",
            Self::Region => "region",
            Self::Lang => "lang",
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Authority => "authority",
            Self::Origin => "origin",
            Self::Year => "year",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Concept => "concept",
            Self::Work => "work",
        }
    }

    /// Whether its value is words to be looked for rather than a name.
    pub(super) const fn holds_words(self) -> bool {
        matches!(self, Self::Title | Self::Heading)
    }
}

/// `index/operators.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    operator: Vec<Row<Operator>>,
    field: Vec<Row<FieldName>>,
    value: Vec<Value>,
}

/// The names of one thing in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row<T> {
    pub(super) means: T,
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers of the data and for tests"))]
    pub(super) language: String,
    pub(super) names: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers of the data and for tests"))]
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Value {
    field: FieldName,
    means: String,
    names: Vec<String>,
}

struct Names {
    /// As written, for names in scripts that have capitals those alone.
    operators: HashMap<String, Operator>,
    /// Folded, as they stand between strokes or before one.
    folded: HashMap<String, Operator>,
    fields: HashMap<String, FieldName>,
    values: HashMap<(FieldName, String), String>,
}

const DATA: &str = include_str!("../../../../index/operators.toml");

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let data = data();
    let mut names = Names {
        operators: HashMap::new(),
        folded: HashMap::new(),
        fields: HashMap::new(),
        values: HashMap::new(),
    };
    for row in &data.operator {
        for name in &row.names {
            let bare = name.trim_matches('/');
            names.folded.insert(folded(bare), row.means);
            let alone = bare == name && !matches!(row.means, Operator::Near | Operator::Before);
            if alone {
                names.operators.insert(name.clone(), row.means);
            }
        }
    }
    for row in &data.field {
        names.fields.extend(row.names.iter().map(|name| (folded(name), row.means)));
    }
    for value in data.value {
        for name in &value.names {
            names.values.insert((value.field, folded(name)), value.means.clone());
        }
    }
    names
});

fn data() -> Data {
    toml::from_str(DATA).expect("index/operators.toml is sound")
}

/// The operator that `word` is: `AND`, `ET`, `/و/`; where the whole query is in capitals, only between strokes.
pub(super) fn operator(word: &str, all_capitals: bool) -> Option<Operator> {
    if let Some(inside) = word.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        return NAMES
            .folded
            .get(&folded(inside))
            .copied()
            .filter(|operator| !matches!(operator, Operator::Near | Operator::Before));
    }
    let known = NAMES.operators.get(word).copied()?;
    (!all_capitals || !word.chars().any(char::is_uppercase)).then_some(known)
}

/// The operator of nearness that `word` is, and how near: `w/5`, `PRE/3`, `قرب/5`. Not more than [`FURTHEST`].
pub(super) fn nearness(word: &str) -> Option<(Operator, Result<u32, ()>)> {
    let (name, number) = word.split_once('/')?;
    let operator = NAMES
        .folded
        .get(&folded(name))
        .copied()
        .filter(|operator| matches!(operator, Operator::Near | Operator::Before))?;
    let number = digits(number);
    // "w/o" and "w/x" are words.
    let within = number.parse::<u32>().ok().filter(|&within| within > 0).map(|within| within.min(FURTHEST));
    Some((operator, within.ok_or(())))
}

/// The furthest that words may stand apart for `w/…`.
pub(super) const FURTHEST: u32 = 250;

/// The field with which `word` begins, and what follows its colon.
pub(super) fn field(word: &str) -> Option<(FieldName, &str)> {
    let (name, value) = word.split_once([':', '：'])?;
    if name.chars().count() > 20 {
        return None;
    }
    NAMES.fields.get(&folded(name)).map(|&field| (field, value))
}

/// The name in the API of a value that is written in another language: `loi` is `act`.
pub(super) fn value(field: FieldName, text: &str) -> Option<&'static str> {
    let text = folded(&text.trim().replace(['_', ' '], "-"));
    NAMES.values.get(&(field, text)).map(String::as_str)
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

#[cfg(test)]
pub(super) fn rows() -> (Vec<Row<Operator>>, Vec<Row<FieldName>>) {
    let data = data();
    (data.operator, data.field)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_say_one_thing_each_in_six_languages() {
        let (operators, fields) = rows();
        let mut seen: HashMap<String, Operator> = HashMap::new();
        for row in &operators {
            for name in &row.names {
                let bare = folded(name.trim_matches('/'));
                assert_eq!(*seen.entry(bare).or_insert(row.means), row.means, "{name} means two things");
            }
        }
        let mut seen: HashMap<String, FieldName> = HashMap::new();
        for row in &fields {
            for name in &row.names {
                assert_eq!(
                    *seen.entry(folded(name)).or_insert(row.means),
                    row.means,
                    "{name} means two things"
                );
                assert_eq!(field(&format!("{name}:x")), Some((row.means, "x")), "{name}");
            }
        }
        let languages = ["ar", "en", "es", "fr", "ru", "zh"];
        let of = |means: &str, rows: Vec<(String, &str)>| {
            let found: HashSet<&str> = rows.iter().filter(|(m, _)| m == means).map(|(_, l)| *l).collect();
            assert_eq!(found.len(), languages.len(), "{means}: {found:?}");
        };
        for operator in ["And", "Or", "Not", "Near", "Before"] {
            of(operator, operators.iter().map(|r| (format!("{:?}", r.means), r.language.as_str())).collect());
        }
        for row in &fields {
            of(
                &format!("{:?}", row.means),
                fields.iter().map(|r| (format!("{:?}", r.means), r.language.as_str())).collect(),
            );
        }
    }

    #[test]
    fn the_page_for_readers_names_everything() {
        let page = include_str!("../../../../docs/searching.md");
        let (operators, fields) = rows();
        let names = operators.iter().map(|row| (&row.names, &row.example));
        for (names, example) in names.chain(fields.iter().map(|row| (&row.names, &row.example))) {
            for text in names.iter().chain([example]) {
                assert!(page.contains(&format!("`{text}`")), "help: docs/searching.md should name `{text}`");
            }
        }
        for value in data().value {
            for name in &value.names {
                assert!(page.contains(&format!("`{name}`")), "help: docs/searching.md should name `{name}`");
            }
        }
    }

    #[test]
    fn operators_are_in_capitals_or_between_strokes() {
        assert_eq!(operator("AND", false), Some(Operator::And));
        assert_eq!(operator("AND", true), None);
        assert_eq!(operator("And", false), None);
        assert_eq!(operator("и", false), None);
        assert_eq!(operator("И", false), Some(Operator::And));
        assert_eq!(operator("و", false), None);
        assert_eq!(operator("/و/", true), Some(Operator::And));
        assert_eq!(operator("/or/", false), Some(Operator::Or));
        assert_eq!(operator("或", false), Some(Operator::Or));
        assert_eq!(nearness("W/5"), Some((Operator::Near, Ok(5))));
        assert_eq!(nearness("pre/٣"), Some((Operator::Before, Ok(3))));
        assert_eq!(nearness("w/x"), Some((Operator::Near, Err(()))));
        assert_eq!(nearness("and/or"), None);
        assert_eq!(value(FieldName::Kind, "Loi"), Some("act"));
    }
}
