//! The number of a citation: of an article of the Convention, or of a provision of a national law.

use merida_law::Article;

use super::cited::bare;
use super::forms::{FORMS, folded};
use super::label::{leading_numeral, number_of};
use crate::analysis::digits;

/// A number that a sign announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// How many of the words it takes.
    pub(super) words: usize,
    /// The article of the Convention that it may mean.
    pub(super) article: Option<Article>,
    /// The number of a provision that it may mean.
    pub(super) number: String,
    /// The languages that write citations so; none where many do.
    pub(super) languages: Vec<String>,
}

/// The number with which `words` begin, if a sign announces one.
pub(super) fn number_at(words: &[&str]) -> Option<Number> {
    smaller_first(words)
        .or_else(|| east_asian(words))
        .or_else(|| in_one_word(words))
        .or_else(|| number_first(words))
        .or_else(|| sign_first(words))
}

/// `paragraph 2 of article 30`, `ч. 1 ст. 290`, `الفقرة 2 من المادة 30`.
fn smaller_first(words: &[&str]) -> Option<Number> {
    let [between, smaller, rest @ ..] = words else { return None };
    let is_between = FORMS.between.contains(&folded(bare(between)));
    let smaller = digits(bare(smaller));
    let is_number = smaller.chars().all(|c| c.is_ascii_digit()) && !smaller.is_empty()
        || smaller.len() == 1 && smaller.chars().all(char::is_alphabetic);
    if !is_between || !is_number {
        return None;
    }
    let of = rest.iter().take_while(|word| FORMS.of.contains(&folded(bare(word)))).count();
    let inner = in_one_word(&rest[of..]).or_else(|| sign_first(&rest[of..]))?;
    let article = inner.article.and_then(|article| format!("{article}({smaller})").parse().ok());
    Some(Number { words: 2 + of + inner.words, article: article.or(inner.article), ..inner })
}

/// `第三十条`, `第十五条第一款`, `第 3 条`, `제30조 제2항`.
fn east_asian(words: &[&str]) -> Option<Number> {
    if let ["第", number, sign, ..] = words
        && sign.starts_with(['条', '條'])
    {
        let joined = format!("第{number}{sign}");
        return Some(Number { words: 3, ..east_asian(&[&joined])? });
    }
    let first = bare(words.first()?);
    let text = digits(first);
    let (sign, units, language): (char, &[char], &[&str]) = match text.chars().next()? {
        '第' => ('第', &['条', '條'], &["zh", "ja"]),
        '제' => ('제', &['조'], &["ko"]),
        _ => return None,
    };
    if !text.contains(units) {
        return None;
    }
    let number = number_of(&text)?;
    let mut cited: Option<String> = number.parse::<u8>().ok().map(|number| number.to_string());
    let mut taken = 1;
    let traditional = text.contains('條') || sign == '제' || text.contains('項');
    let mut pieces: Vec<String> = text.split(sign).skip(2).map(str::to_owned).collect();
    // Korean sets a space between article and paragraph.
    while let Some(next) = words.get(taken).map(|word| digits(bare(word)))
        && next.starts_with(sign)
        && !next.contains(units)
    {
        pieces.push(next[sign.len_utf8()..].to_owned());
        taken += 1;
    }
    for piece in pieces {
        let inner = piece.trim_start_matches(['(', '（']);
        let Some((value, after)) = leading_numeral(inner) else { break };
        let unit = inner[after..].trim_start_matches([')', '）']).chars().next();
        let is_paragraph = match unit {
            Some('款') => !traditional,
            Some('項' | '항') => true,
            Some('项' | '号' | '號' | '호') => false,
            _ => break,
        };
        if let Some(cited) = &mut cited {
            let letter = char::from_u32(u32::from('a') + value.saturating_sub(1)).filter(|_| value <= 26);
            match (is_paragraph, letter) {
                (true, _) => cited.push_str(&format!("({value})")),
                (false, Some(letter)) => cited.push_str(&format!("({letter})")),
                (false, None) => {}
            }
        }
    }
    let article = cited.and_then(|cited| article_of(&cited, &number));
    let languages = language.iter().map(|&language| language.to_owned()).collect();
    Some(Number { words: taken, article, number, languages })
}

/// `290. §`, `3 straipsnis`, `320. pants`: languages that set the number first.
fn number_first(words: &[&str]) -> Option<Number> {
    let (number, sign) = (words.first()?, folded(bare(words.get(1)?)));
    let ascii = digits(number);
    let numeric = ascii.starts_with(|c: char| c.is_ascii_digit())
        && ascii.trim_end_matches('.').chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '^'));
    // The short signs of sections stand before their number alone: "3 s" is no citation.
    let section = FORMS.section.get(&sign).filter(|_| sign == "§" || sign.chars().count() > 2);
    let article = FORMS.article.get(&sign).filter(|_| sign.chars().count() > 2);
    let languages = article.or(section)?;
    if !numeric {
        return None;
    }
    // "2 article 15" cites article 15.
    if words.get(2).is_some_and(|next| digits(next).starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let number = number_of(number)?;
    let article = article.and_then(|_| number.parse().ok());
    Some(Number { words: 2, article, number, languages: languages.clone() })
}

/// `§299`, `art.385`, `s6`, `l'article`.
fn in_one_word(words: &[&str]) -> Option<Number> {
    let ascii = digits(words.first()?);
    if let Some(number) = ascii.strip_prefix('§') {
        let number = number.starts_with(|c: char| c.is_ascii_digit()).then(|| number_of(number)).flatten()?;
        return Some(Number { words: 1, article: None, number, languages: Vec::new() });
    }
    let (sign, rest) = ascii.split_at(ascii.find(|c: char| c.is_ascii_digit())?);
    let sign = folded(bare(sign));
    let is_article = sign.chars().count() > 1 && FORMS.article.contains_key(&sign);
    let is_section = FORMS.section.contains_key(&sign) && sign.chars().count() <= 3;
    if !is_article && !is_section {
        return None;
    }
    // What follows may belong to it: "art.30 (2)".
    let together: Vec<&str> = std::iter::once(rest).chain(words[1..].iter().copied()).collect();
    let (cited, taken) = numbers(&together);
    let number = number_of(&cited)?;
    let article = is_article.then(|| article_of(&cited, &number)).flatten();
    let signs = if is_article { &FORMS.article } else { &FORMS.section };
    Some(Number { words: taken, article, number, languages: signs.get(&sign).cloned().unwrap_or_default() })
}

/// `art. 30(2)`, `s 6`, `Article 30 paragraph 2`, `المادة الثلاثون`, `kifungu cha 3`.
fn sign_first(words: &[&str]) -> Option<Number> {
    let first = words.first()?;
    // "l'article", "dell'articolo"
    let sign = first.rsplit(['\'', '’']).next().unwrap_or(first);
    let sign = folded(bare(sign));
    let article = FORMS.article.get(&sign);
    let languages = article.or_else(|| FORMS.section.get(&sign))?;
    // Swahili sets a word between the two: kifungu cha 3; others write "no.".
    let of = words[1..]
        .iter()
        .take_while(|word| matches!(folded(bare(word)).as_str(), "cha" | "no" | "nr"))
        .count();
    let (cited, taken) = numbers(&words[1 + of..]);
    let number = number_of(&cited)?;
    let article = article.and_then(|_| article_of(&cited, &number));
    Some(Number { words: 1 + of + taken, article, number, languages: languages.clone() })
}

/// The numbers with which `words` begin, as one text, and how many words they take.
fn numbers(words: &[&str]) -> (String, usize) {
    let mut cited = String::new();
    let mut end = 0;
    // Ordinals go on over several words in Arabic: "الخامسة والعشرون".
    let ordinal = (1..=words.len().min(3))
        .rev()
        .find(|&count| !words[0].contains(|c: char| c.is_numeric()) && is_ordinal(&words[..count]));
    if let Some(count) = ordinal {
        cited = number_of(&words[..count].join(" ")).unwrap_or_default();
        end = count;
    }
    let begins_with_number = |word: &str| digits(word).starts_with(|c: char| c.is_ascii_digit() || c == '(');
    while let Some(word) = words.get(end) {
        let ascii = digits(word);
        let numeric = begins_with_number(word);
        let adverb =
            !cited.is_empty() && matches!(folded(bare(word)).as_str(), "bis" | "ter" | "quater" | "مكرر");
        let is_between = |word: &str| FORMS.between.contains(&folded(bare(word)));
        let next = words.get(end + 1);
        let between = !cited.is_empty()
            && is_between(word)
            && next.is_some_and(|next| begins_with_number(next) || bare(next).chars().count() == 1);
        // A letter stands alone only after a word that says so: "alinéa a".
        let letter = end > 0 && bare(word).chars().count() == 1 && is_between(words[end - 1]);
        // A second bare number is a paragraph only where something says so: "art 30 2003" is not.
        let second = !cited.is_empty()
            && numeric
            && !ascii.starts_with('(')
            && !end.checked_sub(1).is_some_and(|before| is_between(words[before]));
        if !(numeric || adverb || between || letter) || second {
            break;
        }
        if !cited.is_empty() {
            cited.push(' ');
        }
        cited.push_str(if between { "paragraph" } else { &ascii });
        end += 1;
    }
    (cited, end)
}

/// Whether words without digits are a number: an Arabic ordinal, a roman number in capitals.
fn is_ordinal(words: &[&str]) -> bool {
    let each = |word: &&str| number_of(bare(word)).is_some() || matches!(folded(bare(word)).as_str(), "مكرر");
    words.iter().all(each) && number_of(&words.join(" ")).is_some()
}

fn article_of(cited: &str, number: &str) -> Option<Article> {
    cited.parse().ok().or_else(|| number.parse().ok())
}

/// A word as the words that it is made of, where it is written without spaces: `刑法第三百八十五条` is `刑法` and
/// `第三百八十五条`.
pub(super) fn split(word: &str) -> Vec<&str> {
    let Some(begin) = word.char_indices().find_map(|(at, c)| {
        let rest = &word[at + c.len_utf8()..];
        let units: &[char] = match c {
            '第' => &['条', '條'],
            '제' => &['조'],
            _ => return None,
        };
        let (_, length) = numeral(rest)?;
        rest[length..].starts_with(units).then_some(at)
    }) else {
        return vec![word];
    };
    // The citation goes on over paragraphs and points: 第一款, 第(一)项, 之一.
    let mut end = begin;
    let mut rest = &word[begin..];
    while let Some(first) = rest.chars().next() {
        let goes_on =
            matches!(first, '第' | '제' | '之' | 'の' | '의') || rest.starts_with("(") && end > begin;
        let inner = &rest[if goes_on { first.len_utf8() } else { 0 }..];
        let opened = inner.trim_start_matches(['(', '（']);
        let skipped = inner.len() - opened.len();
        let Some((_, length)) = numeral(opened).filter(|_| goes_on) else { break };
        let mut after = first.len_utf8() + skipped + length;
        after += rest[after..].chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
        let unit = rest[after..].chars().next().filter(|c| "条條조款項项항号號호目".contains(*c));
        after += unit.map_or(0, char::len_utf8);
        end += after;
        rest = &word[end..];
    }
    [&word[..begin], &word[begin..end], &word[end..]]
        .into_iter()
        .filter(|piece| !bare(piece).is_empty())
        .collect()
}

/// A number in digits or Chinese numerals at the beginning of `text`, and its length in bytes.
fn numeral(text: &str) -> Option<(u32, usize)> {
    let length = text.find(|c: char| !c.is_numeric()).unwrap_or(text.len());
    let ascii = digits(&text[..length]);
    if let Ok(value) = ascii.parse() {
        return Some((value, length));
    }
    leading_numeral(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_recognised_as_people_write_them() {
        for (query, words, article, number) in [
            ("art 30(2) immunity", 2, Some("30(2)"), "30"),
            ("Article 30 paragraph 2", 4, Some("30(2)"), "30"),
            ("art. 30 (2) (a)", 4, Some("30(2)(a)"), "30"),
            ("art.30 (2)", 2, Some("30(2)"), "30"),
            ("المادة 30", 2, Some("30"), "30"),
            ("المادة ٣٠", 2, Some("30"), "30"),
            ("المادة الخامسة والعشرون", 3, Some("25"), "25"),
            ("第三十条", 1, Some("30"), "30"),
            ("第十五条第一款", 1, Some("15(1)"), "15"),
            ("ст. 30", 2, Some("30"), "30"),
            ("s 6", 2, None, "6"),
            ("s. 6 something", 2, None, "6"),
            ("art. 385 CP China", 2, None, "385"),
            ("§ 299", 2, None, "299"),
            ("290. §", 2, None, "290"),
            ("3 straipsnis", 2, Some("3"), "3"),
            ("第 3 條", 3, Some("3"), "3"),
            ("kifungu cha 3", 3, None, "3"),
            ("§299", 1, None, "299"),
            ("art. 432-11", 2, None, "432-11"),
            ("l'article 15", 2, Some("15"), "15"),
            ("제30조", 1, Some("30"), "30"),
            ("제30조 제2항", 2, Some("30(2)"), "30"),
            ("art. 9 bis", 3, None, "9bis"),
        ] {
            let typed: Vec<&str> = query.split_whitespace().collect();
            let found = number_at(&typed).unwrap_or_else(|| panic!("{query}"));
            assert_eq!(found.words, words, "{query}");
            assert_eq!(found.article.map(|a| a.to_string()).as_deref(), article, "{query}");
            assert_eq!(found.number, number, "{query}");
        }
        for query in ["bribery", "2010", "s", "article", "art of war", "strict liability", "", "(2) article"]
        {
            let typed: Vec<&str> = query.split_whitespace().collect();
            assert_eq!(number_at(&typed), None, "{query}");
        }
    }

    #[test]
    fn citations_written_without_spaces_come_apart() {
        for (word, pieces) in [
            ("刑法第三百八十五条", &["刑法", "第三百八十五条"][..]),
            ("《公约》第十五条第一款", &["《公约》", "第十五条第一款"]),
            ("第十五条第(一)项规定", &["第十五条第(一)项", "规定"]),
            ("第一百零三条之一", &["第一百零三条之一"]),
            ("형법제129조", &["형법", "제129조"]),
            ("第一", &["第一"]),
            ("bribery", &["bribery"]),
        ] {
            assert_eq!(split(word), pieces, "{word}");
        }
    }
}
