//! Text to terms.
//!
//! Indexing, searching and marking all go through [`Analyser::analyse`], so a term that was indexed is a term that
//! can be found and be shown.

mod arabic;
mod compound;
mod fold;
mod han;
mod lang;
mod split;
mod stem;

use std::ops::Range;

use unicode_normalization::char::compose;

pub use lang::Lang;
pub(crate) use lang::{Script, script as script_of};
pub(crate) use split::{Piece, pieces};

pub(crate) use fold::{character, digits, fold};

/// Which terms a text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Stemmed words, pairs of Chinese, Japanese and Korean characters; without stop words. Only what differs from the
    /// exact terms: numbers and words of other scripts are left to those.
    Text,
    /// Folded words, single Chinese, Japanese and Korean characters; everything.
    Exact,
}

/// The longest term, in bytes; what is longer is cut.
const MAX_TERM: usize = 96;

/// A term and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// The term, as a range of [`Tokens::buffer`].
    term: Range<usize>,
    /// Where its word stands in the text, in bytes.
    pub(crate) bytes: Range<usize>,
    /// Its place, counted in exact terms, so that places of both modes agree.
    pub(crate) place: u32,
    /// Whether it is another reading of the word at its place: a part of a compound, a word without what is written
    /// together with it.
    pub(crate) is_other: bool,
}

/// The terms of a text; kept and filled anew to save allocations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    buffer: String,
    list: Vec<Token>,
}

impl Tokens {
    pub(crate) fn clear(&mut self) {
        self.buffer.clear();
        self.list.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn get(&self, index: usize) -> (&str, &Token) {
        let token = &self.list[index];
        (&self.buffer[token.term.clone()], token)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Token)> {
        self.list.iter().map(|token| (&self.buffer[token.term.clone()], token))
    }

    fn push(&mut self, term: &str, bytes: Range<usize>, place: u32, is_other: bool) {
        if term.is_empty() {
            return;
        }
        let start = self.buffer.len();
        let mut end = term.len().min(MAX_TERM);
        while !term.is_char_boundary(end) {
            end -= 1;
        }
        self.buffer.push_str(&term[..end]);
        self.list.push(Token { term: start..self.buffer.len(), bytes, place, is_other });
    }
}

/// Turns text into terms. Holds caches, so each thread has its own.
#[derive(Clone, Default)]
pub(crate) struct Analyser {
    stems: stem::Stems,
    word: String,
}

impl Analyser {
    /// Fills `tokens` with the terms of `text`, read as the language `lang`.
    pub(crate) fn analyse(&mut self, text: &str, lang: Lang, mode: Mode, tokens: &mut Tokens) {
        tokens.clear();
        let mut place = 0;
        for piece in pieces(text) {
            match piece {
                Piece::Word(bytes, script) => {
                    self.word(&text[bytes.clone()], bytes, script, lang, mode, &mut place, tokens)
                }
                Piece::Characters(bytes) => characters(text, bytes, mode, &mut place, tokens),
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one loop")]
    fn word(
        &mut self,
        raw: &str,
        bytes: Range<usize>,
        script: Script,
        lang: Lang,
        mode: Mode,
        place: &mut u32,
        tokens: &mut Tokens,
    ) {
        let Some((before, after)) = lang::at_apostrophe(raw) else {
            self.one(raw, bytes.start, script, lang, mode, *place, tokens);
            *place += 1;
            return;
        };
        // Both parts have a place and an exact term, whatever the language; only one of them is the word.
        let after_start = bytes.start + after.start;
        match mode {
            Mode::Exact => {
                self.one(&raw[before], bytes.start, script, lang, mode, *place, tokens);
                self.one(&raw[after], after_start, script, lang, mode, *place + 1, tokens);
            }
            Mode::Text if lang.keeps_after(&raw[before.clone()]) => {
                self.one(&raw[after], after_start, script, lang, mode, *place + 1, tokens);
            }
            Mode::Text => self.one(&raw[before], bytes.start, script, lang, mode, *place, tokens),
        }
        *place += 2;
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one loop")]
    fn one(
        &mut self,
        word: &str,
        start: usize,
        script: Script,
        lang: Lang,
        mode: Mode,
        place: u32,
        tokens: &mut Tokens,
    ) {
        let range = start..start + word.len();
        match mode {
            Mode::Exact => {
                fold(word, &mut self.word);
                tokens.push(&self.word, range, place, false);
            }
            Mode::Text if lang.stems(script) => {
                if let Some(forms) = self.stems.of(word, lang) {
                    tokens.push(&forms.stem, range.clone(), place, false);
                    for other in &forms.others {
                        tokens.push(other, range.clone(), place, true);
                    }
                }
            }
            Mode::Text => {}
        }
    }

    /// The stem of one word, none where it is a stop word of `lang`.
    pub(crate) fn stem(&mut self, word: &str, lang: Lang) -> Option<&str> {
        self.stems.of(lang.without_elision(word), lang).map(|forms| &*forms.stem)
    }

    /// Whether words of `lang` are found with and without the words that are written together with them.
    pub(crate) fn has_clitics(lang: Lang) -> bool {
        stem::has_clitics(lang)
    }

    /// Whether `word` is a stop word of `lang`.
    pub(crate) fn is_stop(word: &str, lang: Lang) -> bool {
        stem::is_stop(lang.without_elision(word), lang)
    }

    /// Whether `word` is one with which questions are put in `lang`, rather than what they are about.
    pub(crate) fn asks(word: &str, lang: Lang) -> bool {
        stem::asks(lang.without_elision(word), lang)
    }
}

/// A run of Chinese, Japanese or Korean: single characters, or pairs of neighbours.
fn characters(text: &str, bytes: Range<usize>, mode: Mode, place: &mut u32, tokens: &mut Tokens) {
    let base = bytes.start;
    let mut starts: Vec<(usize, char)> = Vec::with_capacity(bytes.len() / 3);
    for (at, c) in text[bytes.clone()].char_indices() {
        // Half-width kana carry their voice marks as characters of their own.
        let mark = match c {
            '\u{3099}' | '\u{309b}' | '\u{ff9e}' => Some('\u{3099}'),
            '\u{309a}' | '\u{309c}' | '\u{ff9f}' => Some('\u{309a}'),
            _ => None,
        };
        match (mark, starts.last_mut()) {
            (Some(mark), Some((_, last))) => *last = compose(*last, mark).unwrap_or(*last),
            (Some(_), None) => {}
            (None, _) => starts.push((base + at, fold::character(c))),
        }
    }
    let mut buffer = [0; 4];
    let mut pair = String::with_capacity(8);
    for (index, &(start, c)) in starts.iter().enumerate() {
        let next = starts.get(index + 1);
        let end = next.map_or(bytes.end, |&(at, _)| at);
        match (mode, next) {
            (Mode::Exact, _) => tokens.push(c.encode_utf8(&mut buffer), start..end, *place, false),
            (Mode::Text, Some(&(_, second))) => {
                let end = starts.get(index + 2).map_or(bytes.end, |&(at, _)| at);
                pair.clear();
                pair.push(c);
                pair.push(second);
                tokens.push(&pair, start..end, *place, false);
            }
            (Mode::Text, None) => {}
        }
        *place += 1;
    }
}
