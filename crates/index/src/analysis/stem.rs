//! Words to stems.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use frostem::Stemmer;

use super::arabic;
use super::fold::{fold, for_stemmer};
use super::lang::{Form, Lang};

/// Endings that are stripped, by language, the longest first; see `index/endings.toml`.
static ENDINGS: LazyLock<HashMap<Lang, Endings>> = LazyLock::new(|| {
    let data: BTreeMap<String, Endings> =
        toml::from_str(include_str!("../../../../index/endings.toml")).expect("index/endings.toml is sound");
    data.into_iter()
        .filter_map(|(code, mut endings)| {
            endings.endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
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
    /// What is stripped, once.
    endings: Vec<String>,
    /// What is stripped from the front, once.
    #[serde(default)]
    beginnings: Vec<String>,
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
    known: HashMap<Lang, HashMap<String, Option<Box<str>>>>,
}

/// How many stems are remembered for a language; then remembering starts anew.
const REMEMBERED: usize = 60_000;

impl Stems {
    /// The stem of `word`; none for a stop word.
    pub(super) fn of(&mut self, word: &str, lang: Lang) -> Option<&str> {
        let known = self.known.entry(lang).or_default();
        if !known.contains_key(word) {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(word.to_owned(), stem(word, lang).map(String::into_boxed_str));
        }
        known.get(word).and_then(Option::as_deref)
    }
}

fn stem(word: &str, lang: Lang) -> Option<String> {
    if is_stop(word, lang) {
        return None;
    }
    let folded_word = folded(word);
    let mut lower = String::new();
    for_stemmer(word, lang.is_turkish(), &mut lower);
    Some(match lang.form() {
        Form::Snowball(algorithm) => folded(&Stemmer::new(algorithm).stem(&lower)),
        Form::LightArabic => arabic::light(&folded_word).to_owned(),
        Form::Endings => stripped(&folded_word, ENDINGS.get(&lang)).to_owned(),
        Form::Accented => lower,
        Form::Pairs | Form::Folded => folded_word,
    })
}

fn stripped<'a>(word: &'a str, endings: Option<&Endings>) -> &'a str {
    let Some(endings) = endings else { return word };
    let long_enough = |rest: &&str| rest.chars().count() >= endings.keep;
    let word = endings
        .beginnings
        .iter()
        .find_map(|beginning| word.strip_prefix(beginning.as_str()).filter(long_enough))
        .unwrap_or(word);
    endings
        .endings
        .iter()
        .find_map(|ending| word.strip_suffix(ending.as_str()).filter(long_enough))
        .unwrap_or(word)
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
