//! The language of a passage by the small words that every text of a language is full of.
//!
//! One look-up a word, where statistics of letters cost thousands: they are asked only where this leaves doubt.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use merida_law::Language;
use serde::Deserialize;

use super::same;
use crate::corpus::corpus_file;

/// What the small words of a passage say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This language, and no other.
    Clear(Language),
    /// This language or a near neighbour of it (see [`same`]), and no other.
    Neighbours(Language),
    /// Too few words, or words of several languages.
    Doubt,
}

const FILE: &str = "languages/function-words.toml";
/// Words of a language that must stand in a passage.
const LEAST: u32 = 4;
/// Words that must stand in it of a language that is expected.
const EXPECTED: u32 = 2;
/// Of how many words of the passage one must be of that language.
const ONE_IN: u32 = 8;
/// By how many words it must be ahead of every other language.
const AHEAD: u32 = 3;

/// Which languages each word belongs to, as a set of places in `languages`.
struct Words {
    languages: Vec<Language>,
    sets: HashMap<&'static str, u64>,
}

#[derive(Deserialize)]
struct File {
    #[serde(borrow)]
    words: BTreeMap<&'static str, &'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    corpus_file(FILE).and_then(|text| Words::read(text).ok()).unwrap_or_else(|| Words::of(BTreeMap::new()))
});

/// What the words of `text` say of its language, among those for which `asked` holds. For a language that is
/// `expected`, few words are enough, as long as no other language has more.
pub(super) fn verdict(text: &str, asked: impl Fn(Language) -> bool, expected: Option<Language>) -> Verdict {
    let counts = WORDS.count(text);
    let asked: Vec<(u32, Language)> = counts
        .of
        .iter()
        .copied()
        .zip(WORDS.languages.iter().copied())
        .filter(|&(_, language)| asked(language))
        .collect();
    let Some(&(most, language)) = asked.iter().max_by_key(|(count, _)| *count) else { return Verdict::Doubt };
    if let Some(expected) = expected {
        let own = |language: Language| same(expected, language);
        let of = |own: &dyn Fn(Language) -> bool| {
            asked.iter().filter(|(_, l)| own(*l)).map(|(count, _)| *count).max().unwrap_or(0)
        };
        if of(&own) >= EXPECTED && of(&own) >= of(&|language| !own(language)) {
            return Verdict::Clear(expected);
        }
    }
    if most < LEAST || most * ONE_IN < counts.words {
        return Verdict::Doubt;
    }
    let mut verdict = Verdict::Clear(language);
    for &(count, other) in &asked {
        let near = count + AHEAD.max(most / 4) > most;
        if other.primary() == language.primary() || !near {
            continue;
        }
        if !same(language, other) {
            return Verdict::Doubt;
        }
        verdict = Verdict::Neighbours(language);
    }
    verdict
}

/// How often the words of each language stand in a text.
struct Counts {
    /// By the place of the language.
    of: Vec<u32>,
    /// All words of the text.
    words: u32,
}

impl Words {
    fn read(text: &'static str) -> Result<Self, toml::de::Error> {
        Ok(Self::of(toml::from_str::<File>(text)?.words))
    }

    fn of(file: BTreeMap<&'static str, &'static str>) -> Self {
        let mut words = Self { languages: Vec::new(), sets: HashMap::new() };
        for (tag, list) in file {
            let Ok(language) = tag.parse() else { continue };
            let bit = 1_u64.checked_shl(words.languages.len() as u32).unwrap_or(0);
            words.languages.push(language);
            for word in list.split_whitespace() {
                *words.sets.entry(word).or_default() |= bit;
            }
        }
        words
    }

    fn count(&self, text: &str) -> Counts {
        let mut counts = Counts { of: vec![0; self.languages.len()], words: 0 };
        let mut word = String::new();
        for c in text.chars().chain(['\n']) {
            if in_word(c) {
                word.extend(c.to_lowercase().filter(|c| *c != '\u{307}'));
            } else if !word.is_empty() {
                counts.words += 1;
                let mut set = self.sets.get(word.as_str()).copied().unwrap_or(0);
                while set != 0 {
                    counts.of[set.trailing_zeros() as usize] += 1;
                    set &= set - 1;
                }
                word.clear();
            }
        }
        counts
    }
}

/// Letters, and the vowel signs that some scripts write between them.
fn in_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{7f}' => false,
        '\u{900}'..='\u{963}' | '\u{970}'..='\u{97f}' => true,
        _ => c.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Verdict {
        verdict(text, |_| true, None)
    }

    #[test]
    fn the_file_reads_and_serves_every_language_that_is_told_apart() {
        let words = Words::read(corpus_file(FILE).expect("the file is there")).expect("it reads");
        assert!(words.languages.len() <= 64, "help: the set of a word has room for 64 languages");
        for (place, language) in words.languages.iter().enumerate() {
            let bit = 1_u64 << place;
            let own = words.sets.values().filter(|set| **set & bit != 0).count();
            assert!(own >= 20, "{language} has {own} words only");
        }
    }

    #[test]
    fn enough_words_of_one_language_are_clear_and_few_are_in_doubt() {
        let english = "The officer who takes it for himself or for another is to be tried by the court.";
        assert_eq!(of(english), Verdict::Clear(Language::EN));
        assert_eq!(of("Officer, court, permit, fine, register, appeal"), Verdict::Doubt);
        assert_eq!(of(""), Verdict::Doubt);
    }

    #[test]
    fn among_candidates_only_these_are_asked() {
        let text = "The officer who takes it for himself or for another is to be tried by the court.";
        assert_eq!(verdict(text, |language| language == Language::FR, None), Verdict::Doubt);
        assert_eq!(verdict(text, |language| language == Language::EN, None), Verdict::Clear(Language::EN));
    }

    #[test]
    fn an_expected_language_needs_few_words_and_no_louder_voice() {
        let few = "Officer of the court, permit, fine, register, appeal";
        assert_eq!(of(few), Verdict::Doubt);
        assert_eq!(verdict(few, |_| true, Some(Language::EN)), Verdict::Clear(Language::EN));
        let german =
            "Wer als Beamter Geld für eine Genehmigung nimmt, wird von dem Gericht bestraft, in of the";
        assert_eq!(verdict(german, |_| true, Some(Language::EN)), Verdict::Clear("de".parse().unwrap()));
    }

    #[test]
    fn neighbours_are_told_from_all_others() {
        let text = "Den som tar imot penger for å gi en annen en fordel, kan straffes med bot eller fengsel.";
        assert!(
            matches!(of(text), Verdict::Clear(l) | Verdict::Neighbours(l) if same(l, "nb".parse().unwrap()))
        );
    }
}
