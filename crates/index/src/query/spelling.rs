//! Which words of a query may be misspelt, and which word was meant.
//!
//! A slip of the finger or the memory is short: a letter too many or too few, another letter, two letters in the wrong
//! order. Of the words that are so near, the one that was meant is common, stands in the language of the rest of the
//! query, and mostly begins with the same letter.

use super::{Clause, Field, Word};
use crate::analysis::{Script, script_of};

/// How many words of one query are corrected: text in a language that the library does not hold has many unknown words,
/// and none of them is a slip.
pub(crate) const MOST: usize = 6;

/// A word that is nearly the one typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Near {
    /// The word, folded.
    pub(crate) term: String,
    /// How many entries hold it.
    pub(crate) entries: u64,
    /// What the slips between the two cost; 1 for an ordinary one.
    pub(crate) cost: f32,
    /// How likely it is that it was meant; comparable among the words near one other.
    pub(crate) score: f32,
}

/// What one slip more must be outweighed by, in powers of e of the number of entries.
const SLIP: f32 = 6.0;
/// The same for a slip in the first letter, which is rare.
const FIRST: f32 = 2.0;

/// The exact term of a word that may be misspelt: enough letters of one alphabet, and nothing else.
pub(crate) fn suspect(word: &Word) -> Option<&str> {
    word.clauses.iter().find_map(|clause| match clause {
        Clause::Term { field: Field::Exact, term, .. } if may_be_misspelt(term) => Some(term.as_str()),
        _ => None,
    })
}

fn may_be_misspelt(term: &str) -> bool {
    let letters = term.chars().count();
    let Some(first) = alphabet(term) else { return false };
    (4..=40).contains(&letters)
        && !matches!(first, Script::Cjk | Script::SouthEastAsian | Script::Digit | Script::Other)
        && term.chars().all(|c| script_of(c).is_none_or(|script| script == first))
}

/// The script of a term, by its first letter.
pub(crate) fn alphabet(term: &str) -> Option<Script> {
    term.chars().next().and_then(script_of)
}

/// How many letters of `term` may be wrong.
pub(crate) fn most_slips(term: &str) -> u8 {
    if term.chars().count() < 6 { 1 } else { 2 }
}

/// The words of a vocabulary that may have been meant by `typed`, the likeliest first. A word that stands in fewer than
/// `least` entries says nothing.
pub(crate) fn likely(
    typed: &str,
    vocabulary: impl IntoIterator<Item = (String, u64)>,
    least: u64,
) -> Vec<Near> {
    let letters: Vec<char> = typed.chars().collect();
    let script = alphabet(typed);
    let mut near: Vec<Near> = vocabulary
        .into_iter()
        .filter(|(term, entries)| *entries >= least && term != typed && may_be_misspelt(term))
        .filter(|(term, _)| alphabet(term) == script)
        .filter_map(|(term, entries)| {
            let others: Vec<char> = term.chars().collect();
            let cost = cost(&letters, &others)?;
            // A word is not recognised from half its letters; one that is found by two slips must be well known.
            let allowed = cost <= letters.len() as f32 / 4.0 && (cost <= 1.0 || entries >= least * 3);
            let first = if letters.first() == others.first() { 0.0 } else { FIRST };
            let score = (entries as f32).ln_1p() - SLIP * cost - first;
            allowed.then_some(Near { term, entries, cost, score })
        })
        .collect();
    near.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.term.cmp(&b.term)));
    near
}

/// What the slips between what was typed and a word cost; none where there are more than two.
///
/// Another letter, one too many or one too few costs 1; two letters in the wrong order 0.8; a double letter written
/// once, or a single one doubled, 0.5; one vowel for another 0.8.
fn cost(typed: &[char], meant: &[char]) -> Option<f32> {
    if typed.len().abs_diff(meant.len()) > 2 {
        return None;
    }
    let mut before: Vec<f32> = Vec::new();
    let mut row: Vec<f32> = std::iter::once(0.0)
        .chain((0..meant.len()).scan(0.0, |sum, j| {
            *sum += gap(meant, j);
            Some(*sum)
        }))
        .collect();
    for (i, &left) in typed.iter().enumerate() {
        let mut next = vec![row[0] + gap(typed, i)];
        for (j, &right) in meant.iter().enumerate() {
            let mut least = row[j] + other_letter(left, right);
            least = least.min(row[j + 1] + gap(typed, i)).min(next[j] + gap(meant, j));
            if i > 0 && j > 0 && left != right && left == meant[j - 1] && typed[i - 1] == right {
                least = least.min(before[j - 1] + 0.8);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|&cost| cost <= 2.0)
}

/// What it costs that a letter stands in one word alone.
fn gap(word: &[char], place: usize) -> f32 {
    let twin = |other: Option<&char>| other == Some(&word[place]);
    let doubled = twin(place.checked_sub(1).and_then(|before| word.get(before))) || twin(word.get(place + 1));
    if doubled { 0.5 } else { 1.0 }
}

fn other_letter(left: char, right: char) -> f32 {
    const VOWELS: &str = "aeiouyаеиоуыэюяієαεηιουωاوي";
    match (left, right) {
        (left, right) if left == right => 0.0,
        (left, right) if VOWELS.contains(left) && VOWELS.contains(right) => 0.8,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &str, vocabulary: &[(&str, u64)]) -> Option<String> {
        let words = vocabulary.iter().map(|(word, entries)| ((*word).to_owned(), *entries));
        likely(typed, words, 3).into_iter().next().map(|near| near.term)
    }

    #[test]
    fn the_word_that_was_meant_is_near_and_common() {
        const WORDS: &[(&str, u64)] = &[
            ("embezzlement", 900),
            ("bribery", 2_000),
            ("bribers", 4),
            ("cohecho", 700),
            ("взятка", 300),
            ("взяток", 40),
            ("confiscation", 3_000),
            ("confiscating", 20),
            ("ethics", 400),
            ("etnicas", 3),
        ];
        for (typed, word) in [
            ("embezlement", Some("embezzlement")),
            ("mbezzlement", Some("embezzlement")),
            ("embezzelment", Some("embezzlement")),
            ("bribrey", Some("bribery")),
            ("cohehco", Some("cohecho")),
            ("взятак", Some("взятка")),
            ("confiskation", Some("confiscation")),
            ("confsicaton", Some("confiscation")),
            ("ethcis", Some("ethics")),
            ("eht", None),
            ("brbes", None),
            ("zzyzx", None),
        ] {
            assert_eq!(meant(typed, WORDS).as_deref(), word, "{typed}");
        }
    }

    #[test]
    fn what_is_no_plain_word_is_no_slip() {
        for term in ["art", "15bis", "covid19", "受贿罪", "คอร์รัปชัน", "a1b2c3", "abcд"]
        {
            assert!(!may_be_misspelt(term), "{term}");
        }
        for term in ["bribrey", "взятак", "الرشوه", "भ्रष्टाचार", "διαφθορα"]
        {
            assert!(may_be_misspelt(term), "{term}");
        }
    }

    #[test]
    fn a_double_letter_costs_less_than_another() {
        let cost = |typed: &str, word: &str| {
            cost(&typed.chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>())
        };
        assert_eq!(cost("embezlement", "embezzlement"), Some(0.5));
        assert_eq!(cost("bribrey", "bribery"), Some(0.8));
        assert_eq!(cost("bribxry", "bribery"), Some(1.0));
        assert_eq!(cost("bribery", "bribery"), Some(0.0));
        assert_eq!(cost("bribe", "treasury"), None);
    }
}
