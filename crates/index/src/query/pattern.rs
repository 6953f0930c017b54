//! Words of which only a part is known: `corrupt*`, `organi?ation`.

use serde::Serialize;

use super::Field;
use super::condition::{Leaf, Spans};
use crate::analysis::{Analyser, Lang, Mode, Tokens, fold};

/// A folded word in which `*` stands for any letters and `?` for one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Pattern(String);

/// How many letters must stand before the first `*` or `?`.
const LEAST: usize = 2;

impl Pattern {
    /// What stands before the first `*` or `?`.
    pub fn beginning(&self) -> &str {
        let end = self.0.find(['*', '?']).unwrap_or(self.0.len());
        &self.0[..end]
    }

    /// Whether a folded word is of this pattern.
    pub fn fits(&self, word: &str) -> bool {
        let (mut pattern, mut rest) = (self.0.as_str(), word);
        // Where to go on after the last `*`, should what follows it not fit here.
        let mut again: Option<(&str, &str)> = None;
        loop {
            let mut signs = pattern.chars();
            let mut letters = rest.chars();
            match (signs.next(), letters.next()) {
                (None, None) => return true,
                (Some('*'), _) => {
                    pattern = signs.as_str();
                    again = Some((pattern, rest));
                }
                (Some(sign), Some(letter)) if sign == '?' || sign == letter => {
                    (pattern, rest) = (signs.as_str(), letters.as_str());
                }
                _ => {
                    let Some((after, from)) = again else { return false };
                    let mut letters = from.chars();
                    if letters.next().is_none() {
                        return false;
                    }
                    (pattern, rest) = (after, letters.as_str());
                    again = Some((after, letters.as_str()));
                }
            }
        }
    }
}

/// Whether `text` has a sign for unknown letters: a `*`, or a `?` that is not a question's.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains('*') || text.trim_end_matches(['?', '!', '.']).contains('?')
}

/// The words of `text` side by side, unstemmed; none where there is no word, or a word with `*` or `?` begins with
/// less than two letters.
pub(super) fn exactly(text: &str, analyser: &mut Analyser) -> Option<Spans> {
    let mut slots: Vec<(u32, Vec<Leaf>)> = Vec::new();
    let mut place = 0;
    let is_sign = |c: char| matches!(c, '*' | '?');
    let mut tokens = Tokens::default();
    for part in text.split_inclusive(char::is_whitespace) {
        // A question mark at the end of a word is a question's.
        let part = part.trim_end().trim_end_matches('?');
        let known = part.find(is_sign).unwrap_or(part.len());
        analyser.analyse(&part[..known], Lang::OTHER, Mode::Exact, &mut tokens);
        let begins = place;
        for (term, token) in tokens.iter() {
            place = begins + token.place + 1;
            slots.push((begins + token.place, vec![Leaf::Term(Field::Exact, term.to_owned())]));
        }
        if known == part.len() {
            continue;
        }
        let touches = part[..known].ends_with(|c: char| c.is_alphanumeric());
        let (_, begun) = slots.pop_if(|_| touches && tokens.len() > 0)?;
        let [Leaf::Term(_, beginning)] = &begun[..] else { return None };
        let one_is_enough = beginning.chars().next().and_then(crate::analysis::script_of)
            == Some(crate::analysis::Script::Cjk);
        if beginning.chars().count() < LEAST && !one_is_enough {
            return None;
        }
        let pattern = signs(beginning, &part[known..]);
        slots.push((place - 1, vec![Leaf::Pattern(pattern)]));
        if slots.len() > MOST_WORDS {
            break;
        }
    }
    slots.truncate(MOST_WORDS);
    let first = slots.first()?.0;
    for slot in &mut slots {
        slot.0 -= first;
    }
    Some(match slots.len() {
        1 => Spans::Leaves(slots.pop()?.1),
        _ => Spans::Phrase(slots),
    })
}

/// How many words of a phrase are looked at.
const MOST_WORDS: usize = 64;

/// The pattern that begins with a folded `beginning` and goes on with `rest`, up to where its word ends.
fn signs(beginning: &str, rest: &str) -> Pattern {
    let mut pattern = beginning.to_owned();
    let mut letters = String::new();
    let mut folded = String::new();
    for c in rest.chars() {
        if matches!(c, '*' | '?') {
            fold(&letters, &mut folded);
            pattern.push_str(&folded);
            letters.clear();
            if !(c == '*' && pattern.ends_with('*')) {
                pattern.push(c);
            }
        } else if c.is_alphanumeric() {
            letters.push(c);
        } else {
            break;
        }
    }
    fold(&letters, &mut folded);
    pattern.push_str(&folded);
    Pattern(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_for_letters() {
        for (pattern, word, fits) in [
            ("corrupt*", "corruption", true),
            ("corrupt*", "corrupt", true),
            ("corrupt*", "corrup", false),
            ("organi?ation", "organisation", true),
            ("organi?ation", "organiation", false),
            ("co*tion", "corruption", true),
            ("co*tion", "corrections", false),
            ("a*b*c", "aXbYbZc", true),
            ("взят*", "взятка", true),
        ] {
            assert_eq!(Pattern(pattern.into()).fits(word), fits, "{pattern} {word}");
        }
        assert!(is_pattern("corrupt*") && is_pattern("organi?ation"));
        assert!(!is_pattern("who?") && !is_pattern("really?!"));
    }

    #[test]
    fn unknown_letters_stand_within_words() {
        let read = |text: &str| exactly(text, &mut Analyser::default());
        let exact = |term: &str| Leaf::Term(Field::Exact, term.into());
        assert_eq!(read("Corrupt*"), Some(Spans::Leaves(vec![Leaf::Pattern(Pattern("corrupt*".into()))])));
        assert_eq!(
            read("anti-corrupt*"),
            Some(Spans::Phrase(vec![
                (0, vec![exact("anti")]),
                (1, vec![Leaf::Pattern(Pattern("corrupt*".into()))])
            ]))
        );
        assert_eq!(
            read("受贿*"),
            Some(Spans::Phrase(vec![
                (0, vec![exact("受")]),
                (1, vec![Leaf::Pattern(Pattern("贿*".into()))])
            ]))
        );
        assert_eq!(read("*ition"), None);
        assert_eq!(read("c*"), None);
        assert_eq!(read("foreign *"), None);
    }
}
