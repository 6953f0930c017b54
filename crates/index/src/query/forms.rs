//! The forms of citations, as `index/citations.toml` lists them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use merida_law::Jurisdiction;
use serde::Deserialize;

use super::places;
use crate::analysis::fold;

/// `index/citations.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    article: Vec<Signs>,
    section: Vec<Signs>,
    between: Words,
    of: Words,
    law: Law,
    convention: Vec<Convention>,
    treaty: Words,
    code: Vec<Code>,
    abbreviation: Vec<Abbreviation>,
    state: Vec<places::State>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers of the data and for tests"))]
    pub(super) example: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// Words before a number, and the languages that use them; none where many do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    languages: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Law {
    words: Vec<String>,
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Convention {
    #[expect(dead_code, reason = "for readers of the data")]
    language: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    name: String,
    titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviation {
    texts: Vec<String>,
    states: Vec<Jurisdiction>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    number_before: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "for readers of the data and for tests"))]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) article: Option<String>,
    pub(super) number: Option<String>,
    pub(super) code: Option<String>,
    #[serde(default)]
    pub(super) states: Vec<Jurisdiction>,
    #[serde(default)]
    pub(super) convention: bool,
}

/// The forms that `index/citations.toml` lists, folded.
pub(super) struct Forms {
    pub(super) article: HashMap<String, Vec<String>>,
    pub(super) section: HashMap<String, Vec<String>>,
    pub(super) between: HashSet<String>,
    pub(super) of: HashSet<String>,
    pub(super) law: HashSet<String>,
    pub(super) law_endings: Vec<String>,
    pub(super) conventions: HashSet<String>,
    /// The words of the Convention's titles.
    pub(super) convention_titles: Vec<String>,
    pub(super) treaty: HashSet<String>,
    /// The titles of each kind of code.
    pub(super) codes: HashMap<String, Vec<String>>,
    pub(super) code_titles: HashMap<String, String>,
    pub(super) abbreviations: HashMap<String, Abbreviated>,
    pub(super) states: HashMap<String, places::Form>,
}

#[derive(Clone)]
pub(super) struct Abbreviated {
    pub(super) states: Vec<Jurisdiction>,
    pub(super) code: Option<String>,
    pub(super) titles: Vec<String>,
    pub(super) number_before: bool,
}

/// The forms of citations.
pub(super) static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let data = data();
    let set = |words: &[String]| words.iter().map(|word| folded(word)).collect::<HashSet<_>>();
    let signs = |rows: &[Signs]| -> HashMap<String, Vec<String>> {
        let each =
            rows.iter().flat_map(|row| row.words.iter().map(|word| (folded(word), row.languages.clone())));
        each.collect()
    };
    let codes: HashMap<String, Vec<String>> =
        data.code.iter().map(|code| (code.name.clone(), code.titles.clone())).collect();
    let mut abbreviations = HashMap::new();
    for row in &data.abbreviation {
        let of_code = row.code.as_ref().and_then(|code| codes.get(code)).cloned().unwrap_or_default();
        let meaning = Abbreviated {
            states: row.states.clone(),
            code: row.code.clone(),
            titles: [of_code, row.title.clone()].concat(),
            number_before: row.number_before,
        };
        abbreviations.extend(row.texts.iter().map(|text| (folded(text), meaning.clone())));
    }
    Forms {
        article: signs(&data.article),
        section: signs(&data.section),
        between: set(&data.between.words),
        of: set(&data.of.words),
        law: set(&data.law.words),
        law_endings: data.law.endings.iter().map(|ending| folded(ending)).collect(),
        conventions: data.convention.iter().flat_map(|row| &row.names).map(|name| folded(name)).collect(),
        convention_titles: data
            .convention
            .iter()
            .flat_map(|row| row.names.iter().filter(|name| !name.chars().all(char::is_uppercase)))
            .cloned()
            .collect(),
        treaty: set(&data.treaty.words),
        code_titles: data
            .code
            .iter()
            .flat_map(|code| code.titles.iter().map(|title| (folded(title), code.name.clone())))
            .collect(),
        codes,
        abbreviations,
        states: places::forms(&data.state),
    }
});

pub(super) fn data() -> Data {
    toml::from_str(include_str!("../../../../index/citations.toml")).expect("index/citations.toml is sound")
}

/// A word or words folded, without full stops.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for piece in text.split_whitespace() {
        fold(&piece.replace('.', ""), &mut word);
        if !out.is_empty() && !word.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}
