//! What a citation says beside its number: which law, whose law, or the Convention.

use merida_law::{Article, Jurisdiction};

use super::citation::{Number, number_at, split};
use super::forms::{FORMS, folded};
use crate::analysis::digits;

/// A citation, with what it says of the law.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cited {
    /// As typed.
    pub(super) text: String,
    /// The article of the Convention that it may mean.
    pub(super) article: Option<Article>,
    /// The number of a provision that it may mean.
    pub(super) number: String,
    /// Whether it can only mean the Convention.
    pub(super) convention: bool,
    /// Whose law, the likeliest first.
    pub(super) states: Vec<Jurisdiction>,
    /// The kind of code, by its name in the data.
    pub(super) code: Option<String>,
    /// Titles that the law may have, each enough.
    pub(super) titles: Vec<String>,
    /// The title as it was typed.
    pub(super) name: Option<String>,
    /// The languages that write citations so.
    pub(super) languages: Vec<String>,
}

impl Cited {
    /// Whether a national law is meant for certain.
    pub(super) fn is_national(&self) -> bool {
        !self.convention && (self.article.is_none() || self.says_which_law())
    }

    fn says_which_law(&self) -> bool {
        !self.states.is_empty() || !self.titles.is_empty() || self.name.is_some()
    }
}

/// The titles of the Convention's own texts.
pub(super) fn convention_titles() -> &'static [String] {
    &FORMS.convention_titles
}

/// The titles of the code that an abbreviation stands for.
pub(super) fn abbreviated(word: &str) -> Option<&'static [String]> {
    FORMS
        .abbreviations
        .get(&folded(word))
        .map(|known| known.titles.as_slice())
        .filter(|titles| !titles.is_empty())
}

/// The State that a name or an adjective means. Short forms are in capitals: "US", not "us".
pub(super) fn state(text: &str) -> Option<Jurisdiction> {
    let letters = text.chars().count();
    let spaced =
        text.chars().next().and_then(crate::analysis::script_of) != Some(crate::analysis::Script::Cjk);
    if spaced && letters < 4 && text.chars().any(char::is_lowercase) {
        return None;
    }
    let capital = text.starts_with(char::is_uppercase);
    let adjective = || {
        let (state, in_capitals) = FORMS.states.get(&folded(text)).copied()?;
        (capital || !in_capitals).then_some(state)
    };
    let by_name = || (letters > 3 || !spaced).then(|| Jurisdiction::find(text)).flatten();
    adjective().or_else(by_name)
}

/// What a title must hold for its words to be a name: asked with words as typed.
type Titled<'a> = &'a mut dyn FnMut(&[&str]) -> bool;

/// The first citation in `run`, and what of it is no part of the citation. `titled` says whether a law's title holds
/// all of some words.
pub(super) fn cited<'a>(run: &[&'a str], titled: Titled<'_>) -> Option<(Cited, Vec<&'a str>)> {
    let tokens: Vec<&'a str> = run.iter().flat_map(|word| split(word)).collect();
    let (at, number) = first_number(&tokens)?;
    let mut marks = Marks { tokens: &tokens, used: vec![false; tokens.len()], said_state: false };
    marks.used[at..at + number.words].fill(true);
    let mut found = Cited {
        article: number.article,
        number: number.number,
        languages: number.languages,
        ..Cited::default()
    };
    marks.name_laws(at, &mut found);
    marks.name_treaty(&mut found);
    if !found.convention {
        marks.name_title(at, &mut found, titled);
    }
    if found.convention {
        found.states.clear();
        found.titles.clear();
        found.convention = found.article.is_some();
    }
    marks.pass_over_of();
    let of = |wanted: bool| {
        tokens.iter().zip(&marks.used).filter(move |(_, used)| **used == wanted).map(|(token, _)| *token)
    };
    found.text = of(true).collect::<Vec<_>>().join(" ");
    Some((found, of(false).collect()))
}

/// Where the first number stands that a sign, an abbreviation or the Convention's name announces.
fn first_number(tokens: &[&str]) -> Option<(usize, Number)> {
    if let Some(found) = (0..tokens.len()).find_map(|at| number_at(&tokens[at..]).map(|number| (at, number)))
    {
        return Some(found);
    }
    let announces = |word: &str| {
        let word = folded(word);
        FORMS.conventions.contains(&word) || FORMS.abbreviations.contains_key(&word)
    };
    (1..tokens.len()).find_map(|at| {
        let begins = digits(tokens[at]).starts_with(|c: char| c.is_ascii_digit());
        if !begins || !announces(tokens[at - 1]) {
            return None;
        }
        let with_sign: Vec<&str> = std::iter::once("art").chain(tokens[at..].iter().copied()).collect();
        let mut number = number_at(&with_sign)?;
        number.words -= 1;
        number.languages.clear();
        Some((at, number))
    })
}

/// What has been made of each word of a query.
struct Marks<'t, 'a> {
    tokens: &'t [&'a str],
    used: Vec<bool>,
    /// Whether a State was named, rather than suggested by an abbreviation.
    said_state: bool,
}

/// How many words may stand between a number and what says which law it is of.
const FURTHEST: usize = 16;
/// How many words a name may have.
const LONGEST_NAME: usize = 9;

impl Marks<'_, '_> {
    /// Takes the names of the Convention, of codes and their abbreviations, then those of States; the longest first.
    fn name_laws(&mut self, number_at: usize, found: &mut Cited) {
        self.names(number_at, |marks, from, length| marks.law_at(from, length, number_at, found));
        self.names(number_at, |marks, from, length| {
            let Some(state) = state(&marks.name(from, length)) else { return false };
            // What is said narrows what an abbreviation suggests.
            if !marks.said_state {
                found.states.clear();
                marks.said_state = true;
            }
            found.states.push(state);
            true
        });
    }

    fn names(&mut self, number_at: usize, mut is_name: impl FnMut(&mut Self, usize, usize) -> bool) {
        let mut from = number_at.saturating_sub(FURTHEST);
        let end = self.tokens.len().min(number_at + FURTHEST);
        while from < end {
            let free = self.used[from..].iter().take_while(|used| !**used).count();
            match (1..=free.min(LONGEST_NAME)).rev().find(|&length| is_name(self, from, length)) {
                Some(length) => {
                    self.used[from..from + length].fill(true);
                    from += length;
                }
                None => from += 1,
            }
        }
    }

    fn name(&self, from: usize, length: usize) -> String {
        let words: Vec<&str> = self.tokens[from..from + length].iter().map(|word| bare(word)).collect();
        words.join(" ")
    }

    /// Whether the words from `from` on name the Convention or a code; if so, says in `found` what they mean.
    fn law_at(&mut self, from: usize, length: usize, number_at: usize, found: &mut Cited) -> bool {
        let typed = self.name(from, length);
        let name = folded(&typed);
        if name.is_empty() {
            return false;
        }
        if FORMS.conventions.contains(&name) {
            found.convention = true;
            return true;
        }
        if let Some(code) = FORMS.code_titles.get(&name) {
            found.titles.clone_from(&FORMS.codes[code]);
            found.name.get_or_insert(typed);
            found.code = Some(code.clone());
            return true;
        }
        if let Some(known) = FORMS.abbreviations.get(&name) {
            // Short abbreviations in small letters are words of other languages.
            let near = from + length + 3 > number_at && from < number_at + 6;
            if !near || (known.states.is_empty() && typed.chars().any(char::is_lowercase)) {
                return false;
            }
            if found.titles.is_empty() {
                found.titles.clone_from(&known.titles);
                found.code.clone_from(&known.code);
            }
            if !self.said_state {
                found.states.clone_from(&known.states);
            }
            if known.number_before && from > 0 && digits(self.tokens[from - 1]).parse::<u32>().is_ok() {
                self.used[from - 1] = true;
            }
            return true;
        }
        length == 1 && self.east_asian_name(from, found)
    }

    /// `中国刑法`, `《联合国反腐败公约》`: a State and a code or the Convention in one run of characters.
    fn east_asian_name(&mut self, at: usize, found: &mut Cited) -> bool {
        let text = bare(self.tokens[at]);
        let is_cjk = |c| crate::analysis::script_of(c) == Some(crate::analysis::Script::Cjk);
        if !text.chars().next().is_some_and(is_cjk) {
            return false;
        }
        if FORMS.conventions.contains(&folded(text)) {
            found.convention = true;
            return true;
        }
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        let begins = places.iter().rev().find_map(|&end| state(&text[..end]).map(|state| (end, state)));
        let rest = begins.map_or(text, |(end, _)| text[end..].trim_start_matches('的'));
        let Some(code) = FORMS.code_titles.get(&folded(rest)) else { return false };
        found.titles.clone_from(&FORMS.codes[code]);
        found.name = Some(rest.to_owned());
        found.code = Some(code.clone());
        if let Some((_, state)) = begins {
            self.said_state = true;
            found.states = vec![state];
        }
        true
    }

    /// "Convention" alone, where no law is named.
    fn name_treaty(&mut self, found: &mut Cited) {
        let treaty = |token: &str| FORMS.treaty.contains(&folded(bare(token)));
        let free = self.tokens.iter().zip(&self.used).position(|(token, used)| !used && treaty(token));
        let Some(at) = free else { return };
        // "Criminal Law Convention": another treaty, whose name is a title.
        let alone = self.tokens.iter().zip(&self.used).enumerate().all(|(other, (token, used))| {
            other == at || *used || self.is_of(other) || !token.chars().any(char::is_uppercase)
        });
        if alone && found.titles.is_empty() && found.states.is_empty() {
            found.convention = true;
            self.used[at] = true;
        }
    }

    /// Takes words beside the number that are the name of a law.
    fn name_title(&mut self, number_at: usize, found: &mut Cited, titled: Titled<'_>) {
        let free = |at: &usize| !self.used[*at];
        let before: Vec<usize> = (0..number_at).filter(free).collect();
        let after: Vec<usize> = (number_at..self.tokens.len()).filter(free).collect();
        let mut best: Vec<usize> = Vec::new();
        let mut try_words = |places: &[usize]| {
            let words: Vec<usize> = places.iter().copied().filter(|&at| !self.is_of(at)).collect();
            let texts: Vec<&str> = words.iter().map(|&at| bare(self.tokens[at])).collect();
            if words.len() > best.len() && texts.iter().any(|text| names_law(text)) && titled(&texts) {
                best = places.to_vec();
            }
        };
        for length in (1..=before.len().min(LONGEST_NAME)).rev() {
            try_words(&before[before.len() - length..]);
        }
        for length in (1..=after.len().min(LONGEST_NAME)).rev() {
            try_words(&after[..length]);
        }
        if best.is_empty() {
            return;
        }
        let name: Vec<&str> =
            best.iter().filter(|&&at| !self.is_of(at)).map(|&at| bare(self.tokens[at])).collect();
        found.name = Some(name.join(" "));
        best.into_iter().for_each(|at| self.used[at] = true);
    }

    /// Takes words such as "of the" that stand beside something taken.
    fn pass_over_of(&mut self) {
        for at in 0..self.tokens.len() {
            let beside = at.checked_sub(1).is_some_and(|before| self.used[before]);
            if !self.used[at] && beside && self.is_of(at) {
                self.used[at] = true;
            }
        }
    }

    fn is_of(&self, at: usize) -> bool {
        let word = folded(bare(self.tokens[at]));
        word.is_empty() || FORMS.of.contains(&word)
    }
}

/// Whether a word is one without which a name is no law's: "Act", "loi", a year.
fn names_law(word: &str) -> bool {
    let word = folded(word);
    let year = word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1700..2100).contains(&year));
    year || FORMS.law.contains(&word)
        || FORMS.law_endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending.as_str()))
}

/// A word without the punctuation around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| {
        matches!(
            c,
            '.' | ','
                | ':'
                | ';'
                | '،'
                | '؛'
                | '，'
                | '、'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '('
                | ')'
                | '['
                | ']'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::forms::data;
    use super::*;

    /// Stands for an index that holds a law of this title.
    fn read(text: &str) -> Option<(Cited, Vec<&str>)> {
        let run: Vec<&str> = text.split_whitespace().collect();
        cited(&run, &mut |words| {
            words.iter().all(|word| ["Bribery", "Act", "2010", "反洗钱法"].contains(word))
        })
    }

    #[test]
    fn every_example_of_the_data_is_read_as_it_says() {
        let mut wrong = Vec::new();
        for example in data().example {
            let text = &example.text;
            let Some((found, rest)) = read(text) else {
                wrong.push(format!("{text} is a citation"));
                continue;
            };
            let is_right = rest.is_empty()
                && found.convention == example.convention
                && found.states == example.states
                && found.code == example.code
                && found.is_national() == example.number.is_some()
                && example.number.as_ref().is_none_or(|number| found.number == *number)
                && (example.article.is_none() || found.article.map(|a| a.to_string()) == example.article);
            if !is_right {
                wrong.push(format!("{text}: {found:?}, and {rest:?} is left"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn the_page_for_readers_shows_every_example() {
        let page = include_str!("../../../../docs/searching.md");
        for example in data().example {
            let shown = page.contains(&format!("`{}`", example.text));
            assert!(shown, "help: docs/searching.md should show `{}`", example.text);
        }
    }

    #[test]
    fn what_is_no_part_of_a_citation_is_left() {
        for (text, rest) in [
            ("art 30(2) immunity", &["immunity"][..]),
            ("s 6 facilitation payments", &["facilitation", "payments"]),
            ("Bribery Act 2010 s 6 foreign officials", &["foreign", "officials"]),
            ("反洗钱法第三条 客户", &["客户"]),
            ("bribery of judges art. 15", &["bribery", "of", "judges"]),
        ] {
            let (_, left) = read(text).unwrap_or_else(|| panic!("{text} is a citation"));
            assert_eq!(left, rest, "{text}");
        }
        for text in [
            "bribery",
            "2010",
            "s",
            "article",
            "art of war",
            "strict liability",
            "code pénal",
            "UNCAC",
            "刑法",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
