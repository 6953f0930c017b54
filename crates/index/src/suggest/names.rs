//! Names found by the beginnings of their words.

use std::collections::BTreeMap;
use std::ops::Range;

use merida_law::Language;

use crate::analysis::{Piece, Script, fold, pieces};

/// A name to be found.
#[derive(Clone, Debug)]
pub struct NewName<'a> {
    /// The number of what bears it; several names may.
    pub item: u32,
    /// The name.
    pub text: &'a str,
    /// Words by which it is found as well, but which are no part of it: the State beside the title of a law.
    pub beside: &'a str,
    /// The language of the name.
    pub language: Language,
    /// How often it is meant: 0 or more, of any scale.
    pub weight: f32,
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Named<'a> {
    /// The number of what bears it.
    pub item: u32,
    /// The name.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// How well it fits what was typed, from 0 to about 4.
    pub score: f32,
}

/// Names, to be found by the beginnings of their words, in any script; Chinese, Japanese and Thai from any character on.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The words of all names, folded, in order.
    words: Vec<Box<str>>,
    /// Where the places of each word begin in `places`, and the end of the last.
    begins: Vec<u32>,
    /// Names, by number, that hold a word, and whether they begin with it.
    places: Vec<(u32, bool)>,
    /// The weightiest first.
    names: Vec<Name>,
    most: f32,
}

#[derive(Clone, Debug)]
struct Name {
    item: u32,
    text: Box<str>,
    beside: Box<str>,
    language: Language,
    weight: f32,
}

/// How much of what is typed is read, in characters.
const READ: usize = 160;
/// How many words of it.
const WORDS: usize = 12;
/// How many names are looked at closely.
const CLOSELY: usize = 160;
/// How far into a run of characters a name is found.
const RUN: usize = 48;

impl Names {
    /// Names that can be found.
    pub fn new<'a>(names: impl IntoIterator<Item = NewName<'a>>) -> Self {
        let own = |name: NewName<'a>| Name {
            item: name.item,
            text: name.text.into(),
            beside: name.beside.into(),
            language: name.language,
            weight: name.weight.max(0.0),
        };
        let mut names: Vec<Name> = names.into_iter().map(own).collect();
        names.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.text.cmp(&b.text)));
        let mut found: BTreeMap<Box<str>, Vec<(u32, bool)>> = BTreeMap::new();
        for (name, number) in names.iter().zip(0u32..) {
            let own = words(&name.text, true);
            let beside = words(&name.beside, true).into_iter().map(|(_, word)| (usize::MAX, word));
            for (place, word) in own.into_iter().chain(beside) {
                let is_first = place == 0;
                let places = found.entry(word.into()).or_default();
                match places.last_mut() {
                    Some((last, first)) if *last == number => *first |= is_first,
                    _ => places.push((number, is_first)),
                }
            }
        }
        let mut index = Self {
            most: names.first().map_or(0.0, |name| name.weight).ln_1p(),
            names,
            begins: vec![0],
            ..Self::default()
        };
        for (word, places) in found {
            index.words.push(word);
            index.places.extend(places);
            index.begins.push(index.places.len() as u32);
        }
        index
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names of which every word of `typed` begins a word, the best first: one name of each thing. Those in one of
    /// `languages` come before others that fit as well.
    pub fn find(&self, typed: &str, languages: &[Language], most: usize) -> Vec<Named<'_>> {
        let asked = asked(typed);
        if asked.is_empty() {
            return Vec::new();
        }
        let mut ranges: Vec<(usize, Range<usize>)> = Vec::with_capacity(asked.len());
        for (number, word) in asked.iter().enumerate() {
            let mut range = self.beginning_with(word);
            if let Some(bare) = word.strip_prefix("ال").filter(|bare| range.is_empty() && !bare.is_empty())
            {
                // The Arabic article may stand in what was typed and not in the name.
                range = self.beginning_with(bare);
            }
            if range.is_empty() {
                return Vec::new();
            }
            ranges.push((number, range));
        }
        // The rarest first, so that the others only look among what is left.
        ranges.sort_by_key(|(_, range)| self.places_of(range).len());
        let mut held = vec![0u8; self.names.len()];
        let mut first = vec![false; self.names.len()];
        let mut whole: Vec<u32> = Vec::new();
        for (step, (number, range)) in ranges.iter().enumerate() {
            let is_last = step + 1 == ranges.len();
            for &(name, is_first) in self.places_of(range) {
                let place = name as usize;
                if usize::from(held[place]) == step {
                    held[place] += 1;
                    if is_last {
                        whole.push(name);
                    }
                }
                first[place] |= *number == 0 && is_first;
            }
        }
        whole.sort_unstable_by_key(|&name| (!first[name as usize], name));
        whole.truncate(CLOSELY);
        let mut best: Vec<Named<'_>> = Vec::new();
        for name in whole {
            let name = &self.names[name as usize];
            let score = self.score(name, &asked, languages);
            let named = Named { item: name.item, text: &name.text, language: name.language, score };
            match best.iter_mut().find(|known| known.item == name.item) {
                Some(known) if known.score < score => *known = named,
                Some(_) => {}
                None => best.push(named),
            }
        }
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(b.text)));
        best.truncate(most);
        best
    }

    fn beginning_with(&self, beginning: &str) -> Range<usize> {
        let start = self.words.partition_point(|word| &**word < beginning);
        let length = self.words[start..].partition_point(|word| word.starts_with(beginning));
        start..start + length
    }

    fn places_of(&self, words: &Range<usize>) -> &[(u32, bool)] {
        &self.places[self.begins[words.start] as usize..self.begins[words.end] as usize]
    }

    /// In order and from the beginning counts for most, then how much of the name was typed, then how often it is meant.
    fn score(&self, name: &Name, asked: &[String], languages: &[Language]) -> f32 {
        let words = words(&name.text, false);
        let follows = |from: usize| {
            asked.iter().enumerate().all(|(at, typed)| {
                words.get(from + at).is_some_and(|(_, word)| {
                    if at + 1 == asked.len() { word.starts_with(typed.as_str()) } else { word == typed }
                })
            })
        };
        let order = match (0..words.len()).find(|&from| follows(from)) {
            Some(0) => 1.6,
            Some(_) => 1.0,
            None => 0.0,
        };
        let length =
            |words: &mut dyn Iterator<Item = &str>| words.map(|word| word.chars().count()).sum::<usize>();
        let typed = length(&mut asked.iter().map(String::as_str)) as f32;
        let whole = length(&mut words.iter().map(|(_, word)| word.as_str())).max(1) as f32;
        let weight = if self.most > 0.0 { name.weight.ln_1p() / self.most } else { 0.0 };
        let speaks = languages.iter().any(|language| language.primary() == name.language.primary());
        order + (typed / whole).min(1.0) * 0.8 + weight + if speaks { 0.4 } else { 0.0 }
    }
}

/// The words that were typed, folded.
fn asked(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(READ).collect();
    words(&typed, false).into_iter().map(|(_, word)| word).take(WORDS).collect()
}

/// The words of a text, folded, each with its place. A run of characters that writes no spaces is one word, or, where
/// it is to be found `from_anywhere`, a word from each of its characters on.
fn words(text: &str, from_anywhere: bool) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut folded = String::new();
    let mut place = 0;
    let mut run_ends = None;
    for piece in pieces(text) {
        match piece {
            // Thai, Lao, Khmer and Burmese come cut by dictionary, which half a word is not in.
            Piece::Word(bytes, Script::SouthEastAsian) if run_ends == Some(bytes.start) && !from_anywhere => {
                fold(&text[bytes.clone()], &mut folded);
                if let Some((_, word)) = words.last_mut() {
                    word.push_str(&folded);
                }
                run_ends = Some(bytes.end);
            }
            Piece::Word(bytes, Script::SouthEastAsian) if from_anywhere => {
                let begins_run = run_ends != Some(bytes.start);
                run_ends = Some(bytes.end);
                if begins_run {
                    from_each_character(run_of(&text[bytes.start..]), place, &mut words);
                    place += 1;
                }
            }
            Piece::Word(bytes, script) => {
                let word = &text[bytes.clone()];
                // Of `d'influence` and `officer's` only the longer part says something.
                let part = word.split(['\'', '’', 'ʼ', '‘']).max_by_key(|part| part.len()).unwrap_or(word);
                fold(part, &mut folded);
                if script == Script::Arabic
                    && from_anywhere
                    && let Some(bare) = folded.strip_prefix("ال").filter(|bare| bare.chars().count() > 2)
                {
                    words.push((place, bare.to_owned()));
                }
                words.push((place, folded.clone()));
                run_ends = (script == Script::SouthEastAsian).then_some(bytes.end);
                place += 1;
            }
            Piece::Characters(bytes) if from_anywhere => {
                from_each_character(&text[bytes], place, &mut words);
                place += 1;
            }
            Piece::Characters(bytes) => {
                fold(&text[bytes], &mut folded);
                words.push((place, folded.clone()));
                place += 1;
            }
        }
    }
    words.retain(|(_, word)| !word.is_empty());
    words
}

/// The run of South-East Asian letters with which `text` begins.
fn run_of(text: &str) -> &str {
    let belongs = |c: char| {
        crate::analysis::script_of(c) == Some(Script::SouthEastAsian)
            || (crate::analysis::script_of(c).is_none() && !c.is_whitespace() && !c.is_ascii())
    };
    &text[..text.find(|c| !belongs(c)).unwrap_or(text.len())]
}

fn from_each_character(run: &str, place: usize, words: &mut Vec<(usize, String)>) {
    let mut folded = String::new();
    for (number, (at, _)) in run.char_indices().take(RUN).enumerate() {
        fold(&run[at..], &mut folded);
        let place = if number == 0 { place } else { place.max(1) };
        words.push((place, folded.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: &[(&str, &str, &str, f32)] = &[
        ("Bribery Act 2010", "en", "United Kingdom", 20.0),
        ("Prevention of Bribery Ordinance", "en", "Hong Kong", 40.0),
        ("Act on the Prevention of Bribery of Officials", "en", "Somewhere", 1.0),
        ("Trafic d’influence", "fr", "", 9.0),
        ("قانون مكافحة الفساد", "ar", "", 9.0),
        ("中华人民共和国刑法", "zh-Hans", "", 9.0),
        ("형법", "ko", "", 9.0),
        ("Уголовный кодекс", "ru", "Российская Федерация", 9.0),
        ("พระราชบัญญัติประกอบรัฐธรรมนูญ", "th", "", 9.0),
        ("Código Penal", "es", "", 100.0),
    ];

    fn titles() -> Names {
        Names::new(TITLES.iter().zip(0..).map(|((text, language, beside, weight), item)| NewName {
            item,
            text,
            beside,
            language: language.parse().expect("a language"),
            weight: *weight,
        }))
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_in_any_script() {
        let titles = titles();
        for (typed, best) in [
            ("brib", "Bribery Act 2010"),
            ("bribery o", "Prevention of Bribery Ordinance"),
            ("Prev", "Prevention of Bribery Ordinance"),
            ("act prev", "Act on the Prevention of Bribery of Officials"),
            ("bribery hong", "Prevention of Bribery Ordinance"),
            ("INFLUENCE", "Trafic d’influence"),
            ("trafic d'inf", "Trafic d’influence"),
            ("الفسا", "قانون مكافحة الفساد"),
            ("فساد", "قانون مكافحة الفساد"),
            ("القانون", "قانون مكافحة الفساد"),
            ("刑", "中华人民共和国刑法"),
            ("人民", "中华人民共和国刑法"),
            ("형", "형법"),
            ("ко", "Уголовный кодекс"),
            ("кодекс росс", "Уголовный кодекс"),
            ("รัฐธรรม", "พระราชบัญญัติประกอบรัฐธรรมนูญ"),
            ("พระราช", "พระราชบัญญัติประกอบรัฐธรรมนูญ"),
            ("codigo", "Código Penal"),
        ] {
            let found = titles.find(typed, &[], 5);
            assert_eq!(found.first().map(|named| named.text), Some(best), "{typed}");
        }
        for typed in ["", " ", "ribery", "bribery zz", "…"] {
            assert_eq!(titles.find(typed, &[], 5), [], "{typed}");
        }
    }

    #[test]
    fn one_name_of_each_thing_in_the_readers_language() {
        let names =
            Names::new(["corruption", "corrupción", "corruptie"].into_iter().zip(["fr", "es", "nl"]).map(
                |(text, language)| NewName {
                    item: 7,
                    text,
                    beside: "",
                    language: language.parse().expect("a language"),
                    weight: 1.0,
                },
            ));
        let languages = ["es".parse().expect("a language")];
        let found = names.find("corrup", &languages, 5);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].item, found[0].text), (7, "corrupción"));
    }
}
