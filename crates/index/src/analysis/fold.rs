//! What two spellings of a word have in common.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::split::is_apostrophe;
use super::{arabic, han};

/// Writes `word` to `out` in compatibility form, lower case, without diacritics, marks and invisible characters.
///
/// Letters that are letters of their own in Cyrillic (`й`, `ї`) stay; `ё` is `е`. Arabic letters take one form each.
pub(crate) fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.extend(word.chars().filter(|&c| c != '\'').map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in word.nfkc() {
        fold_character(c, out);
    }
}

fn fold_character(c: char, out: &mut String) {
    if is_invisible(c) || is_apostrophe(c) {
        return;
    }
    if is_combining_mark(c) {
        // The vowels of Indic and South-East Asian scripts are marks, but not diacritics.
        if !is_diacritic(c) {
            out.push(c);
        }
        return;
    }
    if let Some(digit) = digit(c) {
        out.push(digit);
        return;
    }
    match c {
        '\u{600}'..='\u{6ff}' => out.extend(arabic::letter(c)),
        'Ё' | 'ё' => out.push('е'),
        'Ѐ'..='ӿ' => out.extend(c.to_lowercase().filter(|&l| !is_diacritic(l))),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        'ı' | 'İ' => out.push('i'),
        'þ' | 'Þ' => out.push_str("th"),
        'ς' => out.push('σ'),
        '\u{5d0}'..='\u{5ea}' => out.push(hebrew(c)),
        '\u{1200}'..='\u{137f}' => out.push(ethiopic(c)),
        _ => {
            for base in c.nfd().filter(|&base| !is_diacritic(base)) {
                out.extend(base.to_lowercase().filter(|&l| !is_diacritic(l)));
            }
        }
    }
}

/// A Hebrew letter as it is written within a word.
fn hebrew(c: char) -> char {
    match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        c => c,
    }
}

/// An Ethiopic syllable as the one of those that Amharic speaks alike: the series of `ሐ` and `ኀ` as that of `ሀ`, `ሠ` as
/// `ሰ`, `ዐ` as `አ`, `ፀ` as `ጸ`.
fn ethiopic(c: char) -> char {
    let moved = |from: u32, to: u32| char::from_u32(c as u32 - from + to).unwrap_or(c);
    match c {
        'ሃ' | 'ሓ' | 'ኃ' => 'ሀ',
        'ኣ' | 'ዓ' => 'አ',
        '\u{1210}'..='\u{1216}' => moved(0x1210, 0x1200),
        '\u{1280}'..='\u{1286}' => moved(0x1280, 0x1200),
        '\u{1220}'..='\u{1227}' => moved(0x1220, 0x1230),
        '\u{12d0}'..='\u{12d6}' => moved(0x12d0, 0x12a0),
        '\u{1340}'..='\u{1346}' => moved(0x1340, 0x1338),
        c => c,
    }
}

/// The one form of a Chinese, Japanese or Korean character: full width for kana, simplified for Chinese.
pub(crate) fn character(c: char) -> char {
    if ('\u{ff00}'..='\u{ffef}').contains(&c) || ('\u{f900}'..='\u{faff}').contains(&c) {
        return han::simple(std::iter::once(c).nfkc().next().unwrap_or(c));
    }
    han::simple(c)
}

/// Marks that people leave out: accents, tashkil, niqqud.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Soft hyphens, zero widths, direction controls, tatweel.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{640}')
}

/// The ASCII form of a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 14] = [
        '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{be6}', '\u{c66}', '\u{ce6}',
        '\u{d66}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}',
    ];
    ZEROS.iter().find_map(|&zero| {
        let value = (c as u32).checked_sub(zero as u32).filter(|&v| v < 10)?;
        char::from_digit(value, 10)
    })
}

/// `text` with the decimal digits of every script in ASCII.
pub(crate) fn digits(text: &str) -> String {
    text.nfkc().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Writes `word` in compatibility form and lower case, as stemmers expect it: diacritics stay, tatweel and the
/// invisible go, Turkish capitals become their own small letters.
pub(super) fn for_stemmer(word: &str, turkish: bool, out: &mut String) {
    out.clear();
    for c in word.nfkc().filter(|&c| !is_invisible(c)) {
        match c {
            'İ' if turkish => out.push('i'),
            'I' if turkish => out.push('ı'),
            'İ' => out.push('i'),
            'ё' | 'Ё' => out.push('е'),
            // A stress mark on a Cyrillic vowel, as in dictionaries.
            '\u{301}' => {}
            'ş' | 'Ş' if !turkish => out.push('ș'),
            'ţ' | 'Ţ' => out.push('ț'),
            '’' | 'ʼ' | '＇' | '‘' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
    }
}
