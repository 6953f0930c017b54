//! Words to stems.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use frostem::Stemmer;

use super::fold::{fold, for_stemmer};
use super::lang::{Form, Lang};
use super::{arabic, compound};

/// Endings that are stripped, by language, the longest first; see `index/endings.toml`.
static ENDINGS: LazyLock<HashMap<Lang, Endings>> = LazyLock::new(|| {
    let data: BTreeMap<String, Endings> =
        toml::from_str(include_str!("../../../../index/endings.toml")).expect("index/endings.toml is sound");
    data.into_iter()
        .filter_map(|(code, mut endings)| {
            for list in [&mut endings.endings, &mut endings.beginnings, &mut endings.clitics] {
                list.iter_mut().for_each(|piece| *piece = folded(piece));
            }
            endings.endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
            endings.beginnings.sort_by_key(|beginning| std::cmp::Reverse(beginning.len()));
            Some((Lang::from_code(&code)?, endings))
        })
        .collect()
});

/// Stop words, as written (Arabic folded), by language; see `index/stopwords.toml`.
static STOPS: LazyLock<HashMap<Lang, HashSet<String>>> =
    LazyLock::new(|| lists(include_str!("../../../../index/stopwords.toml"), "index/stopwords.toml"));

/// Words that only ask, as written (Arabic folded), by language; see `index/asking.toml`.
static ASKING: LazyLock<HashMap<Lang, HashSet<String>>> =
    LazyLock::new(|| lists(include_str!("../../../../index/asking.toml"), "index/asking.toml"));

fn lists(text: &str, name: &str) -> HashMap<Lang, HashSet<String>> {
    let data: BTreeMap<String, String> =
        toml::from_str(text).unwrap_or_else(|error| panic!("{name} is unsound: {error}"));
    data.into_iter()
        .filter_map(|(code, words)| {
            let lang = Lang::from_code(&code)?;
            let form =
                |word: &str| if lang.form() == Form::LightArabic { folded(word) } else { word.to_owned() };
            Some((lang, words.split_whitespace().map(form).collect()))
        })
        .collect()
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    /// How many characters must be left.
    keep: usize,
    /// What is stripped.
    endings: Vec<String>,
    /// How many endings are stripped, one after another.
    #[serde(default = "once")]
    rounds: usize,
    /// What is stripped from the front, once.
    #[serde(default)]
    beginnings: Vec<String>,
    /// Words that are written together with the next, which is found with and without them.
    #[serde(default)]
    clitics: Vec<String>,
}

/// Whether a word is a stop word of `lang`. Diacritics that are typed must agree: Vietnamese `lộ` is not Spanish `lo`.
pub(super) fn is_stop(word: &str, lang: Lang) -> bool {
    STOPS.get(&lang).is_some_and(|words| is_among(word, words, lang))
}

/// Whether a word only asks in `lang`.
pub(super) fn asks(word: &str, lang: Lang) -> bool {
    ASKING.get(&lang).is_some_and(|words| is_among(word, words, lang))
}

fn is_among(word: &str, words: &HashSet<String>, lang: Lang) -> bool {
    if lang.form() == Form::LightArabic {
        return words.contains(&folded(word));
    }
    let mut lower = String::new();
    for_stemmer(word, lang.is_turkish(), &mut lower);
    words.contains(&lower)
}

/// Stems that were computed already, since a text says the same words again and again.
#[derive(Clone, Default)]
pub(super) struct Stems {
    known: HashMap<Lang, HashMap<String, Option<Forms>>>,
}

/// What a word is indexed as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Forms {
    /// Its stem.
    pub(super) stem: Box<str>,
    /// The stems of its parts, or of the word without what is written together with it.
    pub(super) others: Box<[Box<str>]>,
}

/// How many stems are remembered for a language; then remembering starts anew.
const REMEMBERED: usize = 60_000;

impl Stems {
    /// The forms of `word`; none for a stop word.
    pub(super) fn of(&mut self, word: &str, lang: Lang) -> Option<&Forms> {
        let known = self.known.entry(lang).or_default();
        if !known.contains_key(word) {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(word.to_owned(), forms(word, lang));
        }
        known.get(word).and_then(Option::as_ref)
    }
}

fn forms(word: &str, lang: Lang) -> Option<Forms> {
    if is_stop(word, lang) {
        return None;
    }
    let stem = stem(word, lang);
    let mut others: Vec<Box<str>> =
        others(word, lang).into_iter().filter(|other| *other != stem).map(String::into_boxed_str).collect();
    others.dedup();
    Some(Forms { stem: stem.into_boxed_str(), others: others.into_boxed_slice() })
}

/// The other readings of a word: its parts, or itself without a word that is written together with it.
fn others(word: &str, lang: Lang) -> Vec<String> {
    if let Some(endings) = ENDINGS.get(&lang).filter(|endings| !endings.clitics.is_empty()) {
        let word = folded(word);
        return endings
            .clitics
            .iter()
            .filter_map(|clitic| word.strip_prefix(clitic.as_str()))
            .filter(|rest| rest.chars().count() >= endings.keep)
            .map(|rest| stripped(rest, Some(endings)).to_owned())
            .collect();
    }
    let mut lower = String::new();
    for_stemmer(word, lang.is_turkish(), &mut lower);
    compound::parts(&lower, lang).into_iter().map(|part| stem(part, lang)).collect()
}

/// Whether endings of a language are listed.
pub(super) fn has_endings(lang: Lang) -> bool {
    ENDINGS.contains_key(&lang)
}

/// Whether words of a language are written together with the next.
pub(super) fn has_clitics(lang: Lang) -> bool {
    ENDINGS.get(&lang).is_some_and(|endings| !endings.clitics.is_empty())
}

fn once() -> usize {
    1
}

fn stem(word: &str, lang: Lang) -> String {
    let folded_word = folded(word);
    let mut lower = String::new();
    for_stemmer(word, lang.is_turkish(), &mut lower);
    match lang.form() {
        Form::Snowball(algorithm) => {
            let stem = folded(&Stemmer::new(algorithm).stem(&lower));
            stripped(&stem, ENDINGS.get(&lang)).to_owned()
        }
        Form::LightArabic => arabic::light(&folded_word),
        Form::Endings => stripped(&folded_word, ENDINGS.get(&lang)).to_owned(),
        Form::Accented => lower,
        Form::Pairs | Form::Folded => folded_word,
    }
}

fn stripped<'a>(word: &'a str, endings: Option<&Endings>) -> &'a str {
    let Some(endings) = endings else { return word };
    let long_enough = |rest: &&str| rest.chars().count() >= endings.keep;
    let mut word = endings
        .beginnings
        .iter()
        .find_map(|beginning| word.strip_prefix(beginning.as_str()).filter(long_enough))
        .unwrap_or(word);
    for _ in 0..endings.rounds {
        let rest =
            endings.endings.iter().find_map(|ending| word.strip_suffix(ending.as_str()).filter(long_enough));
        let Some(rest) = rest else { break };
        word = rest;
    }
    word
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_negation_is_a_stop_word() {
        for (code, words) in [
            ("en", "not no nor without except unless"),
            ("fr", "ne pas sans sauf non ni aucun"),
            ("es", "no sin salvo ni excepto"),
            ("ru", "не без нет ни кроме"),
            ("ar", "لا لم لن ليس غير دون بدون عدا"),
            ("de", "nicht kein ohne außer"),
            ("pt", "não sem salvo nem"),
            ("it", "non senza salvo"),
            ("tr", "değil yok"),
            ("pl", "nie bez"),
        ] {
            let lang = Lang::from_code(code).unwrap();
            for word in words.split(' ') {
                assert!(!is_stop(word, lang), "{word} must not be a stop word of {code}");
            }
        }
        // Queries are read in every language at once.
        for word in [
            "not", "no", "without", "except", "sans", "sauf", "sin", "salvo", "ni", "не", "без", "лишь",
            "nicht", "ohne",
        ] {
            let lang = Lang::all().find(|&lang| is_stop(word, lang));
            assert_eq!(lang, None, "{word}");
        }
    }
}
