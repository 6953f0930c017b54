//! Chinese characters in one form: simplified.

use std::collections::HashMap;
use std::sync::LazyLock;

use hanconv::RawDictionary;

/// The simplified form of each traditional character that has one. Only single characters: what a phrase decides is
/// left to the reader, since both sides of a search are brought to the same form.
static SIMPLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    RawDictionary::TSCharacters
        .iter()
        .filter_map(|(traditional, simple)| Some((only(traditional)?, only(simple)?)))
        .filter(|(traditional, simple)| traditional != simple)
        .collect()
});

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The simplified form of a character.
pub(super) fn simple(c: char) -> char {
    if c < '\u{3400}' { c } else { SIMPLE.get(&c).copied().unwrap_or(c) }
}
