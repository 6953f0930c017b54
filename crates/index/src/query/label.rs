//! Numbers of provisions in one form, however they are written.

use crate::analysis::{digits, fold};

/// The number in a label or citation, in one form: `Article 12` is `12`, `432-11` and `432‑11` are `432-11`, `9 bis`
/// and `التاسعة مكرر` are `9bis`, `第三百八十五条` is `385`, `第…条之一` and `제…조의2` end in `-1` and `-2`.
///
/// None where there is no number.
pub(crate) fn number_of(label: &str) -> Option<String> {
    let text = digits(label).to_lowercase();
    han(&text).or_else(|| plain(&text)).or_else(|| arabic(&text)).or_else(|| roman(label))
}

/// The number that a provision's id carries: `art_432-11` is `432-11`, `chp_2__sec_6` is `6`.
pub(crate) fn number_in_id(id: &str) -> Option<&str> {
    let last = id.rsplit("__").next()?;
    last.split_once('_')
        .map(|(_, number)| number)
        .filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Digits, what ties further digits to them, letters and Latin adverbs.
fn plain(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut number = String::new();
    let mut chars = text[start..].chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => number.push(c),
            '-' | '‑' | '–' | '.' | '^' | '/' if chars.peek().is_some_and(char::is_ascii_digit) => {
                number.push(if c == '.' { '.' } else { '-' });
            }
            'º' | '°' | 'ª' => {}
            c => {
                let rest: String = std::iter::once(c).chain(chars).collect();
                number.push_str(&suffix(&rest));
                break;
            }
        }
    }
    Some(number)
}

/// What follows the digits, where it belongs to the number.
fn suffix(rest: &str) -> String {
    for sign in ["条之", "條之", "条の", "조의", "之", "의"] {
        if let Some((_, tail)) = rest.split_once(sign)
            && let Some(number) = leading_number(tail.trim_start())
        {
            return format!("-{number}");
        }
    }
    if rest.trim_start().starts_with("مكرر") {
        return "bis".to_owned();
    }
    let word: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    if ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies"].contains(&word.as_str()) {
        return word;
    }
    // A letter belongs to the number only where it touches it.
    let touching: String = rest.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
    if touching.len() == 1 || ["bis", "ter"].contains(&touching.as_str()) { touching } else { String::new() }
}

fn leading_number(text: &str) -> Option<String> {
    let ascii: String = text.chars().take_while(char::is_ascii_digit).collect();
    if ascii.is_empty() { han_numeral(text).map(|(value, _)| value.to_string()) } else { Some(ascii) }
}

/// `第三百八十五条之一`: a number in Chinese numerals between `第` and a unit.
fn han(text: &str) -> Option<String> {
    let start = text.find('第')? + '第'.len_utf8();
    let (value, after) = han_numeral(&text[start..])?;
    Some(format!("{value}{}", suffix(&text[start + after..])))
}

/// A number in digits or in Chinese numerals at the start of `text`, and its length in bytes.
pub(super) fn leading_numeral(text: &str) -> Option<(u32, usize)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..length].parse().ok().map(|value| (value, length)).or_else(|| han_numeral(text))
}

/// A number in Chinese numerals at the start of `text`, and its length in bytes.
fn han_numeral(text: &str) -> Option<(u32, usize)> {
    let (mut total, mut digit, mut end) = (0u32, 0u32, 0);
    let mut positional = true;
    for (at, c) in text.char_indices() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let Some(value) = "〇一二三四五六七八九"
                    .chars()
                    .position(|d| d == c || (c == '零' && d == '〇') || (c == '两' && d == '二'))
                else {
                    break;
                };
                let value = u32::try_from(value).ok()?;
                digit = if positional { digit.checked_mul(10)?.checked_add(value)? } else { value };
                end = at + c.len_utf8();
                continue;
            }
        };
        positional = false;
        total = total.checked_add(unit * digit.max(1))?;
        digit = 0;
        end = at + c.len_utf8();
    }
    (end > 0).then_some((total.checked_add(digit)?, end))
}

/// Ordinals as Arabic laws write them: `المادة التاسعة مكرر`, `المادة الثالثة والعشرون`.
fn arabic(text: &str) -> Option<String> {
    const UNITS: [(&str, u32); 13] = [
        ("الاولي", 1),
        ("الثانيه", 2),
        ("الثالثه", 3),
        ("الرابعه", 4),
        ("الخامسه", 5),
        ("السادسه", 6),
        ("السابعه", 7),
        ("الثامنه", 8),
        ("التاسعه", 9),
        ("العاشره", 10),
        ("الحاديه", 1),
        ("الواحده", 1),
        ("الاول", 1),
    ];
    const TENS: [(&str, u32); 9] = [
        ("عشر", 10),
        ("العشر", 20),
        ("الثلاث", 30),
        ("الاربع", 40),
        ("الخمس", 50),
        ("الست", 60),
        ("السبع", 70),
        ("الثمان", 80),
        ("التسع", 90),
    ];
    let mut total = 0;
    let mut bis = "";
    let mut folded = String::new();
    for word in text.split_whitespace() {
        fold(word, &mut folded);
        let bare = folded.strip_prefix("وا").map_or(folded.clone(), |rest| format!("ا{rest}"));
        if let Some((_, value)) = UNITS.iter().find(|(form, _)| *form == bare) {
            total += value;
        } else if matches!(bare.as_str(), "عشر" | "عشره") {
            total += 10;
        } else if let Some(stem) = bare.strip_suffix("ون").or_else(|| bare.strip_suffix("ين")) {
            total +=
                TENS.iter().find(|(form, value)| *form == stem && *value > 10).map_or(0, |(_, value)| *value);
        } else if bare == "المايه" || bare == "المئه" {
            total += 100;
        } else if bare == "مكرر" && total > 0 {
            bis = "bis";
        }
    }
    (total > 0).then(|| format!("{total}{bis}"))
}

/// A label that ends in a roman number: `Article XII`.
fn roman(label: &str) -> Option<String> {
    let last = label.split_whitespace().last()?.trim_end_matches(['.', '.', ':', '-']);
    if last.is_empty() || last.len() > 8 || !last.bytes().all(|b| b"IVXLC".contains(&b)) {
        return None;
    }
    let value = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        _ => 100,
    };
    let bytes = last.as_bytes();
    let total: i32 =
        bytes
            .iter()
            .enumerate()
            .map(|(at, &b)| {
                if bytes.get(at + 1).is_some_and(|&next| value(next) > value(b)) {
                    -value(b)
                } else {
                    value(b)
                }
            })
            .sum();
    (total > 0).then(|| total.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_one_form() {
        for (label, number) in [
            ("Article 12", "12"),
            ("§ 299", "299"),
            ("Art. 432-11", "432-11"),
            ("art. 9 bis", "9bis"),
            ("Art. 9bis", "9bis"),
            ("15A", "15a"),
            ("Artículo 1.º", "1"),
            ("Artículo 25", "25"),
            ("第三百八十五条", "385"),
            ("第十条", "10"),
            ("第一百零三条之一", "103-1"),
            ("第３８５条", "385"),
            ("第十九条の二", "19-2"),
            ("제30조", "30"),
            ("제30조의2", "30-2"),
            ("المادة ٣٠", "30"),
            ("المادة التاسعة مكرر", "9bis"),
            ("المادة الثالثة والعشرون", "23"),
            ("المادة الثانية عشرة", "12"),
            ("มาตรา ๑๔๙", "149"),
            ("339^1", "339-1"),
            ("Article XII", "12"),
            ("Статья 290.1", "290.1"),
        ] {
            assert_eq!(number_of(label).as_deref(), Some(number), "{label}");
        }
        for label in ["", "Preamble", "附則", "()"] {
            assert_eq!(number_of(label), None, "{label}");
        }
        assert_eq!(number_in_id("chp_2__sec_6"), Some("6"));
        assert_eq!(number_in_id("preamble"), None);
    }
}
