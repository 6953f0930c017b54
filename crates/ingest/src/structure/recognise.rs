//! Whether a line opens a part of a law: its word, its number, and what follows.

use merida_law::ProvisionKind;

use super::forms::{self, Form, Place};
use super::number::{self, Number};

/// By what an opening was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// By a word of the table.
    Keyword,
    /// By a number alone at the start of the line.
    Bare,
}

/// The opening of a part of a law at the start of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// What it opens.
    pub(crate) kind: ProvisionKind,
    /// The canonical number; empty where there is none.
    pub(crate) number: String,
    /// The number's first whole number; 0 for none.
    pub(crate) main: u32,
    /// How the number is written; none where there is none.
    pub(crate) written: Option<number::Style>,
    /// The rank among containers.
    pub(crate) rank: u8,
    /// By what it was known.
    pub(crate) style: Style,
    /// The row of the table.
    pub(crate) form: Option<&'static Form>,
    /// Where the label starts in the line, in bytes.
    pub(crate) start: usize,
    /// Where the label ends in the line, in bytes.
    pub(crate) end: usize,
    /// Whether the word is written in small letters where its script has capitals.
    pub(crate) small: bool,
}

/// Reads the opening at the start of `line`, if there is one.
pub(crate) fn recognise(line: &str, language: &str) -> Option<Opening> {
    let start = decoration(line);
    let text = &line[start..];
    let first = text.chars().next()?;
    let mut opening = match first {
        '第' => around(text, language, '第'),
        '제' => around(text, language, '제'),
        '§' => sign(text, language),
        _ if number::digit(first).is_some() => number_first(text, language),
        _ if is_word(first) => word_first(text, language),
        _ => None,
    }?;
    opening.start += start;
    opening.end += start;
    Some(opening)
}

/// Marks of emphasis, of amendment (`1[17A.`, `F5[`) and of lists before a label.
pub(crate) fn decoration(line: &str) -> usize {
    let skip = |c: char| {
        c.is_whitespace()
            || matches!(c, '*' | '_' | '#' | '>' | '•' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
    };
    let mut at = line.len() - line.trim_start_matches(skip).len();
    let rest = &line[at..];
    let mark = rest.strip_prefix(['F', 'C', 'M', 'E']).unwrap_or(rest);
    let digits = mark.len() - mark.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letter = rest.len() - mark.len();
    if digits <= 3 && (digits > 0 || letter == 0) && mark[digits..].starts_with('[') {
        at += letter + digits + 1;
        at += line[at..].len() - line[at..].trim_start_matches(skip).len();
    }
    at
}

/// Whether a letter, or a mark that is part of a word in its script.
pub(crate) fn is_word(c: char) -> bool {
    (c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{e31}' | '\u{e34}'..='\u{e4e}' | '\u{93c}'..='\u{94d}' | '\u{9bc}'..='\u{9cd}' | '\u{9d7}' | '\u{a01}'..='\u{dff}' | '\u{1037}'..='\u{103a}' | '\u{17b4}'..='\u{17d3}'))
        && number::digit(c).is_none()
}

/// The word at the start of a text.
pub(crate) fn word_at(text: &str) -> &str {
    let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    &text[..end]
}

fn around(text: &str, language: &str, prefix: char) -> Option<Opening> {
    let spaces = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}');
    let mut at = prefix.len_utf8();
    at += gap(&text[at..], spaces);
    let number = number::read(&text[at..], "zh")?;
    at += number.len;
    at += gap(&text[at..], spaces);
    let rest = &text[at..];
    let form = forms_around(rest, language)?;
    at += form.word.len();
    let mut canonical = number.canonical;
    // 之一, の二, 의2: an article inserted after this one; several may follow each other.
    loop {
        let spaced = &text[at..];
        let trimmed = spaced.trim_start_matches(spaces);
        let Some(after) = trimmed.strip_prefix(['之', 'の', '의', 'ノ']) else { break };
        let after_space = after.trim_start_matches(spaces);
        let Some(next) = number::read(after_space, "zh") else { break };
        if !matches!(next.style, number::Style::Han | number::Style::Digits) {
            break;
        }
        canonical.push_str(&format!("-{}", next.canonical));
        at = text.len() - after_space.len() + next.len;
    }
    Some(Opening {
        kind: form.kind,
        number: canonical,
        main: number.main,
        written: Some(number.style),
        rank: form.rank,
        style: Style::Keyword,
        form: Some(form),
        start: 0,
        end: at,
        small: false,
    })
}

fn forms_around(rest: &str, language: &str) -> Option<&'static Form> {
    let first = rest.chars().next()?;
    let one = &rest[..first.len_utf8()];
    if let Some(two) = rest.char_indices().nth(2).map(|(end, _)| &rest[..end]).or(Some(rest))
        && two != one
        && let Some(form) = forms::choose(two, language, Place::Around)
    {
        return Some(form);
    }
    forms::choose(one, language, Place::Around)
}

fn sign(text: &str, language: &str) -> Option<Opening> {
    let after = text.strip_prefix('§')?;
    if after.starts_with('§') {
        return None;
    }
    let form = forms::choose("§", language, Place::After)?;
    numbered_after(text, '§'.len_utf8(), form, language)
}

fn word_first(text: &str, language: &str) -> Option<Opening> {
    let word = word_at(text);
    if word.len() > 48 {
        return None;
    }
    let folded = forms::fold(word);
    if let Some((form, end)) = two_words(text, word, &folded, language) {
        return numbered_after(text, end, form, language);
    }
    if let Some(form) = forms::choose(&folded, language, Place::After)
        && let Some(found) = numbered_after(text, word.len(), form, language)
    {
        return Some(found);
    }
    number_first(text, language)
}

/// Forms of two words: `disposición adicional`, `geçici madde`, `附　則`.
fn two_words(text: &str, word: &str, folded: &str, language: &str) -> Option<(&'static Form, usize)> {
    let rest = &text[word.len()..];
    if word.starts_with(['附', '別', '别']) {
        let (first, second) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
        let next = second.trim_start_matches(['\u{3000}', ' ']);
        let end = text.len() - next.len() + next.chars().next().map_or(0, char::len_utf8);
        let form = forms::choose(
            &format!("{first}{}", &text[text.len() - next.len()..end]),
            language,
            Place::After,
        )?;
        return Some((form, end));
    }
    if !matches!(folded, "disposicion" | "disposicio" | "ek" | "gecici" | "tieu" | "phu" | "sous") {
        return None;
    }
    let next = rest.trim_start_matches([' ', '\u{a0}', '-']);
    let second = word_at(next);
    let between = if folded == "sous" { '-' } else { ' ' };
    let form = forms::choose(&format!("{folded}{between}{}", forms::fold(second)), language, Place::After)?;
    Some((form, text.len() - next.len() + second.len()))
}

/// Words that may stand between the form's word and its number.
const BETWEEN: &[&str] = &[
    "nr", "no", "n", "num", "numero", "número", "№", "nº", "n°", "ya", "wa", "cha", "la", "thứ", "THỨ",
    "NRO", "Nº", "N°", "No", "Nr", "YA", "WA", "第",
];

fn numbered_after(text: &str, word_end: usize, form: &'static Form, language: &str) -> Option<Opening> {
    let small = starts_small(text);
    let mut at = word_end;
    let mut bracket = false;
    let mut gaps = 0;
    loop {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        match c {
            ' ' | '\u{a0}' | '\u{3000}' | '\t' | '.' | ':' | '*' | '_' | '\u{2009}' | '\u{202f}'
            | '\u{200e}' | '\u{200f}' | '-' | '–' | '\n'
                if gaps < 6 =>
            {
                at += c.len_utf8();
                gaps += 1;
            }
            '(' if !bracket => {
                bracket = true;
                at += 1;
            }
            _ => {
                let Some(taken) = between(rest) else { break };
                at += taken;
            }
        }
    }
    let unspaced = matches!(form.language, "zh" | "ja" | "ko");
    if unspaced && text[at..].starts_with('第') {
        at += '第'.len_utf8();
    }
    let read = if at > word_end
        || unspaced
        || form.word == "§"
        || text[at..].starts_with(|c| number::digit(c).is_some())
    {
        number::read(&text[at..], language).filter(|number| plausible(number, form, &text[at..], bracket))
    } else {
        None
    };
    let Some(number) = read else {
        return form.bare.then(|| Opening {
            kind: form.kind,
            number: String::new(),
            main: 0,
            written: None,
            rank: form.rank,
            style: Style::Keyword,
            form: Some(form),
            start: 0,
            end: word_end,
            small,
        });
    };
    let mut end = at + number.len;
    if bracket {
        end += text[end..].strip_prefix(')').map(|_| 1)?;
    }
    Some(build(form, number, end, small))
}

fn between(rest: &str) -> Option<usize> {
    let word_end = rest.find(|c: char| c.is_whitespace() || c == '.').unwrap_or(rest.len());
    let word = &rest[..word_end];
    BETWEEN.contains(&word).then_some(word_end).filter(|end| *end < rest.len())
}

/// Whether a form may bear a number so written.
fn plausible(number: &Number, form: &Form, text: &str, bracket: bool) -> bool {
    let container = form.rank < 100;
    match number.style {
        number::Style::Letter => {
            let next = text[number.len..].chars().next();
            container
                && !bracket
                && text.starts_with(char::is_uppercase)
                && next.is_none_or(|c| matches!(c, '.' | ':' | ' ' | '—' | '–' | '-' | '\''))
        }
        number::Style::Han => matches!(form.language, "zh" | "ja" | "ko"),
        number::Style::Words => {
            let next = text[number.len..].chars().next();
            next.is_none_or(|c| !is_word(c))
        }
        number::Style::Roman | number::Style::Digits => true,
    }
}

fn build(form: &'static Form, number: Number, end: usize, small: bool) -> Opening {
    let canonical = match number.style {
        number::Style::Roman if form.rank < 100 => number::roman_as_digits(&number),
        _ => number.canonical,
    };
    Opening {
        kind: form.kind,
        number: canonical,
        main: number.main,
        written: Some(number.style),
        rank: form.rank,
        style: Style::Keyword,
        form: Some(form),
        start: 0,
        end,
        small,
    }
}

/// A number first: `1 luku`, `290. §`, `Erster Abschnitt`, or a bare `6.`.
fn number_first(text: &str, language: &str) -> Option<Opening> {
    let in_words =
        text.starts_with(is_word) && !text.starts_with(|c: char| "IVXLCDMІХⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ".contains(c));
    if in_words {
        // Reading an ordinal costs more than asking whether a word follows that could need one.
        let second = word_at(text[word_at(text).len()..].trim_start_matches([' ', '\u{a0}']));
        let known = forms::find(&forms::fold(second)).iter().any(|form| form.place == Place::Before);
        let longer =
            text.starts_with("д") || text.starts_with("Д") || text.starts_with("D") || text.starts_with("V");
        if !known && !longer {
            return None;
        }
    }
    let number = number::read(text, language)?;
    if number.style == number::Style::Letter {
        return None;
    }
    let after = &text[number.len..];
    let spaces = gap(after, |c| matches!(c, ' ' | '\u{a0}' | '.' | '-' | '–' | '\u{202f}' | '\t'));
    let rest = &after[spaces..];
    let word = if rest.starts_with('§') { "§" } else { word_at(rest) };
    if !word.is_empty()
        && word.len() <= 36
        && let Some(form) = forms::choose(&forms::fold(word), language, Place::Before)
        && (form.rank < 100 || number.style != number::Style::Words)
    {
        let end = number.len + spaces + word.len();
        let small = form.rank < 100 && number.style == number::Style::Words && starts_small(text);
        let inflected =
            text[end..].starts_with([':', '-']) && text[end + 1..].starts_with(char::is_alphabetic);
        return (!inflected).then(|| build(form, number, end, small));
    }
    if number.style != number::Style::Digits || !text.starts_with(|c| number::digit(c).is_some()) {
        return None;
    }
    Some(Opening {
        kind: ProvisionKind::Section,
        number: number.canonical,
        main: number.main,
        written: Some(number.style),
        rank: 100,
        style: Style::Bare,
        form: None,
        start: 0,
        end: number.len,
        small: false,
    })
}

fn gap(text: &str, skip: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(skip).len()
}

/// How far what follows a label speaks for an opening (positive) or for a mere reference (negative).
pub(crate) fn follow(rest: &str, language: &str) -> i32 {
    let rest = rest.trim_start_matches(['*', '_', ']', '\u{200f}', '\u{200e}']);
    if rest.trim().is_empty() {
        return 3;
    }
    let Some(c) = rest.chars().next() else { return 3 };
    match c {
        ',' | ';' | ')' | '/' | '、' | '，' | '،' | '；' | '؛' | '”' | '»' | '"' | '。' => {
            return -6;
        }
        ':' | '：' | '—' | '–' | '【' | '（' => return 3,
        '-' => {
            return if rest[1..].starts_with(char::is_alphabetic) && starts_small(&rest[1..]) {
                -4
            } else {
                3
            };
        }
        '(' => return bracketed(rest),
        _ => {}
    }
    let mut body = rest;
    let mut dotted = false;
    if let Some(after) = rest.strip_prefix(['.', '․', '।', '৷', '৲']) {
        dotted = true;
        body = after;
        if body.trim_start().starts_with(['-', '—', '–', '_']) {
            return 3;
        }
    }
    let trimmed = body.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    let spaced = trimmed.len() < body.len();
    if trimmed.is_empty() {
        return 3;
    }
    if trimmed.starts_with(['-', '—', '–', '(', '[', '“', '"', '«', '【', '（']) && (dotted || spaced)
    {
        return if trimmed.starts_with('(') && !dotted { 1 } else { 2 };
    }
    let word = word_at(trimmed);
    if is_reference(word, language) {
        return -6;
    }
    if starts_small(trimmed) {
        return if dotted { -1 } else { -8 };
    }
    if matches!(
        c,
        '第' | '规'
            | '規'
            | '定'
            | '的'
            | '和'
            | '至'
            | '或'
            | '及'
            | '以'
            | '并'
            | '之'
            | 'に'
            | 'の'
            | 'か'
            | '又'
            | '若'
            | 'を'
            | 'ま'
            | 'ㆍ'
            | '·'
            | '에'
            | '의'
            | '및'
            | '또'
            | '부'
            | '을'
            | '를'
            | '이'
    ) && !spaced
    {
        return -6;
    }
    if spaced || dotted {
        return 2;
    }
    // A label runs on without a space only in scripts that write none, or where a scan lost it.
    if is_word(c) && !is_small(c) { 0 } else { -2 }
}

fn bracketed(rest: &str) -> i32 {
    let inner = &rest[1..];
    let close = inner.find(')').unwrap_or(inner.len());
    let content = &inner[..close];
    // `제1조(정의)`: a title of two syllables in a script without capitals is no enumerator.
    if content.chars().count() > 1
        && content.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}'))
    {
        return 2;
    }
    if content.chars().count() > 3 && content.chars().any(char::is_alphabetic) {
        return 2;
    }
    -3
}

/// Whether a text begins with a small letter, in a script that begins sentences with capitals. (Georgian letters
/// count as small in Unicode and stand everywhere.)
pub(crate) fn starts_small(text: &str) -> bool {
    text.starts_with(is_small)
}

/// A small letter of a script that has capitals in running text.
pub(crate) fn is_small(c: char) -> bool {
    c.is_lowercase() && !('\u{10d0}'..='\u{10ff}').contains(&c)
}

/// Words that follow a number in a reference and hardly ever begin a provision.
fn is_reference(word: &str, language: &str) -> bool {
    const ANY: &[&str] = &[
        "of",
        "and",
        "or",
        "to",
        "del",
        "de",
        "des",
        "du",
        "y",
        "e",
        "et",
        "und",
        "oder",
        "bis",
        "en",
        "of",
        "och",
        "og",
        "ja",
        "do",
        "da",
        "dell",
        "della",
        "Absatz",
        "Abs",
        "Satz",
        "Nr",
        "Nummer",
        "Buchstabe",
        "odst",
        "odstavec",
        "písm",
        "stk",
        "stykke",
        "ust",
        "stav",
        "para",
        "paragraph",
        "alinéa",
        "inciso",
        "apartado",
        "lit",
        "teil",
        "momentti",
        "mom",
        "st",
        "ledd",
        "første",
        "lid",
        "onder",
        "shall",
        "applies",
        "apply",
        "is",
        "are",
        "above",
        "below",
        "paragrahvi",
        "lõige",
        "alin",
        "dall",
        "dalis",
        "dalies",
        "daļa",
        "daļas",
        "частью",
        "части",
        "и",
        "или",
        "настоящего",
        "bekezdés",
        "által",
        "ve",
        "ile",
        "nin",
        "nın",
    ];
    const ARABIC: &[&str] =
        &["من", "و", "أو", "الفقرة", "المذكورة", "أعلاه", "إلى", "بند", "البند", "السابقة", "المشار"];
    if word.is_empty() {
        return false;
    }
    match language {
        "ar" | "fa" | "ur" => ARABIC.contains(&word),
        _ => ANY.contains(&word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_references() {
        for (line, language) in [
            ("Article 34. Consequences", "en"),
            ("ARTÍCULO 19.- Rechazo", "es"),
            ("§ 331 Vorteilsannahme", "de"),
            ("第三百八十五条 国家", "zh"),
            ("제129조 (수뢰)", "ko"),
            ("المادة الأولى:", "ar"),
            ("Art. 5º O servidor", "pt"),
            ("290. § (1) Aki", "hu"),
            ("Статья 290. Получение", "ru"),
            ("1 § Lain tavoite", "fi"),
        ] {
            let opening = recognise(line, language).expect(line);
            assert!(follow(&line[opening.end..], language) > 0, "help: {line}");
        }
        for (line, language) in [
            ("Article 5 of this Convention", "en"),
            ("artículo 13, el Tribunal", "es"),
            ("§ 24 Absatz 1 Satz 5", "de"),
            ("第三十条第二款", "zh"),
            ("المادة 5 من هذا القانون", "ar"),
            ("Section 5(2) of the Act", "en"),
        ] {
            let opening = recognise(line, language).expect(line);
            assert!(follow(&line[opening.end..], language) < 0, "help: {line}");
        }
        assert_eq!(recognise("5 §:n mukaan", "fi"), None);
        assert_eq!(recognise("3. §-ban", "hu"), None);
    }

    #[test]
    fn marks_of_amendment_are_passed_over() {
        let opening = recognise("1[17A. Enquiry", "en").expect("a number");
        assert_eq!((opening.number.as_str(), opening.style, opening.start), ("17a", Style::Bare, 2));
    }
}
