//! Text to words and runs of characters.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_normalization::char::is_combining_mark;

use super::lang::{Script, script};

/// A piece of a text, by its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word or a number.
    Word(Range<usize>, Script),
    /// A run of Chinese, Japanese or Korean characters, which writes no spaces or few.
    Characters(Range<usize>),
}

/// The words of a text and its runs of characters, in order.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut chars = text.char_indices().peekable();
    let mut waiting: Vec<Piece> = Vec::new();
    std::iter::from_fn(move || {
        if let Some(piece) = waiting.pop() {
            return Some(piece);
        }
        loop {
            let (start, first) = chars.next()?;
            let Some(kind) = script(first) else { continue };
            let mut kind = kind;
            let mut end = start + first.len_utf8();
            while let Some(&(at, c)) = chars.peek() {
                let goes_on = match script(c) {
                    Some(other) => joins(&mut kind, other),
                    None if continues(c) => true,
                    None => is_apostrophe(c) && apostrophe_joins(text, at + c.len_utf8(), kind),
                };
                if !goes_on {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            match kind {
                Script::Cjk => return Some(Piece::Characters(start..end)),
                Script::SouthEastAsian => {
                    waiting = segmented(text, start..end);
                    if let Some(piece) = waiting.pop() {
                        return Some(piece);
                    }
                }
                kind => return Some(Piece::Word(start..end, kind)),
            }
        }
    })
}

/// Whether a character of script `other` goes on a word of script `kind`; letters and digits do (`15a`), and give it
/// the letters' script.
fn joins(kind: &mut Script, other: Script) -> bool {
    match (*kind, other) {
        (Script::Cjk, other) => other == Script::Cjk,
        (_, Script::Cjk) => false,
        (Script::SouthEastAsian, other) => other == Script::SouthEastAsian,
        (_, Script::SouthEastAsian) => false,
        (Script::Digit, Script::Digit) => true,
        (Script::Digit, letters) => {
            *kind = letters;
            true
        }
        _ => true,
    }
}

/// Marks on a letter, and what is invisible within a word.
fn continues(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{640}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇' | '‘')
}

fn apostrophe_joins(text: &str, after: usize, kind: Script) -> bool {
    kind.is_alphabet() && text[after..].chars().next().and_then(script).is_some_and(Script::is_alphabet)
}

/// A run of Thai, Lao, Khmer or Burmese cut into words by dictionary; the last first.
fn segmented(text: &str, run: Range<usize>) -> Vec<Piece> {
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let breaks: Vec<usize> = SEGMENTER.segment_str(&text[run.clone()]).collect();
    breaks
        .windows(2)
        .rev()
        .map(|pair| Piece::Word(run.start + pair[0]..run.start + pair[1], Script::SouthEastAsian))
        .collect()
}
