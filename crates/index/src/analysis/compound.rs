//! Compound words to their parts, where a language writes them in one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::lang::Lang;

/// The parts that compounds are made of, and the letters that join them, by language; see `index/compounds.toml`.
static COMPOUNDS: LazyLock<HashMap<Lang, Compounds>> = LazyLock::new(|| {
    let data: BTreeMap<String, Data> = toml::from_str(include_str!("../../../../index/compounds.toml"))
        .expect("index/compounds.toml is sound");
    data.into_iter()
        .filter_map(|(code, data)| {
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
            let joints = data.joints.split(' ').map(str::to_owned).collect();
            Some((Lang::from_code(&code)?, Compounds { joints, parts: words(&data.parts) }))
        })
        .collect()
});

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    joints: String,
    parts: String,
}

struct Compounds {
    joints: Vec<String>,
    parts: HashSet<String>,
}

/// Shorter words are not taken apart.
const SHORTEST: usize = 9;
/// Shorter pieces are no parts.
const SHORTEST_PART: usize = 4;
/// The most parts.
const MOST: usize = 4;

/// The parts of a word in lower case that is nothing but parts and the letters that join them; none for other words.
/// Of several ways to take it apart, the one with the fewest parts.
pub(super) fn parts(word: &str, lang: Lang) -> Vec<&str> {
    let Some(compounds) = COMPOUNDS.get(&lang) else { return Vec::new() };
    if word.len() < SHORTEST || compounds.parts.contains(word) {
        return Vec::new();
    }
    compounds.split(word, MOST).filter(|parts| parts.len() > 1).unwrap_or_default()
}

/// Whether compounds of a language are taken apart.
pub(super) fn knows(lang: Lang) -> bool {
    COMPOUNDS.contains_key(&lang)
}

impl Compounds {
    fn split<'a>(&self, word: &'a str, most: usize) -> Option<Vec<&'a str>> {
        if let Some(last) = self.last(word) {
            return Some(vec![last]);
        }
        if most < 2 {
            return None;
        }
        let mut best: Option<Vec<&'a str>> = None;
        let ends = word.char_indices().map(|(at, _)| at).skip(SHORTEST_PART);
        for end in ends.take_while(|&end| word.len() - end >= SHORTEST_PART) {
            let Some(first) = self.part(&word[..end]) else { continue };
            let fewer = best.as_ref().map_or(most - 1, |best| best.len() - 2);
            if let Some(rest) = self.split(&word[end..], fewer) {
                best = Some(std::iter::once(first).chain(rest).collect());
            }
        }
        best
    }

    /// The part that stands before the letters which join it to the next.
    fn part<'a>(&self, piece: &'a str) -> Option<&'a str> {
        std::iter::once("").chain(self.joints.iter().map(String::as_str)).find_map(|joint| {
            piece
                .strip_suffix(joint)
                .filter(|part| part.chars().count() >= SHORTEST_PART && self.parts.contains(*part))
        })
    }

    /// The last part, which may bear an ending.
    fn last<'a>(&self, piece: &'a str) -> Option<&'a str> {
        const ENDINGS: [&str; 7] = ["", "s", "es", "e", "n", "en", "er"];
        ENDINGS.iter().find_map(|ending| {
            let part = piece.strip_suffix(ending)?;
            (part.chars().count() >= SHORTEST_PART && self.parts.contains(part)).then_some(piece)
        })
    }
}
