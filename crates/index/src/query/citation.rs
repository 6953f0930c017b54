//! Citations in a query: an article of the Convention, a provision of a national law.

use std::collections::HashSet;
use std::sync::LazyLock;

use merida_law::Article;
use serde::Deserialize;

use super::label::number_of;
use crate::analysis::{digits, fold};

/// The forms that `index/citations.toml` lists.
pub(super) struct Forms {
    article: HashSet<String>,
    section: HashSet<String>,
    between: HashSet<String>,
    convention: HashSet<String>,
    codes: Vec<(HashSet<String>, Vec<String>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    article: Vec<String>,
    section: Vec<String>,
    between: Vec<String>,
    convention: Vec<String>,
    code: Vec<Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    abbreviations: Vec<String>,
    title: Vec<String>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../../../index/citations.toml"))
        .expect("index/citations.toml is sound");
    let set = |words: Vec<String>| words.iter().map(|word| folded(word)).collect::<HashSet<_>>();
    Forms {
        article: set(data.article),
        section: set(data.section),
        between: set(data.between),
        convention: set(data.convention),
        codes: data.code.into_iter().map(|code| (set(code.abbreviations), code.title)).collect(),
    }
});

/// A citation that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Citation {
    /// How many of the words it takes.
    pub(super) words: usize,
    /// The article of the Convention that it may mean.
    pub(super) article: Option<Article>,
    /// The number of a provision that it may mean.
    pub(super) number: String,
    /// Whether it can only mean the Convention.
    pub(super) convention: bool,
}

/// The citation with which `words` begin, if they begin with one.
pub(super) fn citation(words: &[&str]) -> Option<Citation> {
    let forms = &*FORMS;
    let first = words.first()?;
    if let Some(citation) = in_one_word(first) {
        return Some(citation);
    }
    if let Some(citation) = number_first(words) {
        return Some(citation);
    }
    let mut at = 0;
    let convention = forms.convention.contains(&folded(first));
    if convention {
        at += 1;
    }
    let sign = bare(words.get(at)?);
    let is_article = forms.article.contains(&sign);
    let is_section = forms.section.contains(&sign);
    if is_article || is_section {
        at += 1;
        // Swahili sets a word between the two: kifungu cha 3.
        at += usize::from(words.get(at).is_some_and(|word| folded(word) == "cha"));
    } else if !convention {
        return None;
    }
    let mut cited = String::new();
    let mut end = at;
    while let Some(word) = words.get(end) {
        let ascii = digits(word);
        let numeric = ascii.starts_with(|c: char| c.is_ascii_digit() || c == '(');
        let ordinal = cited.is_empty() && number_of(word).is_some();
        let adverb = !cited.is_empty() && matches!(folded(word).as_str(), "bis" | "ter" | "quater" | "مكرر");
        let between = !cited.is_empty()
            && forms.between.contains(&bare(word))
            && words
                .get(end + 1)
                .is_some_and(|next| digits(next).starts_with(|c: char| c.is_ascii_digit() || c == '('));
        // A second bare number is a paragraph only where something says so: "art 30 2003" is not.
        let second = !cited.is_empty()
            && numeric
            && !ascii.starts_with('(')
            && !forms.between.contains(&bare(words[end - 1]));
        if !(numeric || ordinal || adverb || between) || second {
            break;
        }
        if !cited.is_empty() {
            cited.push(' ');
        }
        cited.push_str(if between { "paragraph" } else { &ascii });
        end += 1;
    }
    let number = number_of(&cited)?;
    let article = if is_section { None } else { article_of(&cited, &number) };
    Some(Citation { words: end, article, number, convention: convention && article.is_some() })
}

/// `290. §`, `3 straipsnis`, `320. pants`, `第 3 条`: languages that set the number first.
fn number_first(words: &[&str]) -> Option<Citation> {
    if let ["第", number, sign, ..] = words
        && sign.starts_with(['条', '條'])
    {
        let number = number_of(&format!("第{number}{sign}"))?;
        let article = number.parse().ok();
        return Some(Citation { words: 3, article, number, convention: false });
    }
    let (number, sign) = (words.first()?, bare(words.get(1)?));
    let numeric = digits(number)
        .trim_end_matches('.')
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '^'));
    // The short signs of sections stand before their number alone: "3 s" is no citation.
    let is_section = FORMS.section.contains(&sign) && (sign == "§" || sign.chars().count() > 2);
    let is_article = FORMS.article.contains(&sign);
    if !numeric || !(is_section || is_article) {
        return None;
    }
    // "2 article 15" cites article 15.
    if words.get(2).is_some_and(|next| digits(next).starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let number = number_of(number)?;
    let article = is_article.then(|| number.parse().ok()).flatten();
    Some(Citation { words: 2, article, number, convention: false })
}

/// `§299`, `第三十条`, `art.385`, `s6`.
fn in_one_word(word: &str) -> Option<Citation> {
    let ascii = digits(word);
    let one = |number: String, article| Some(Citation { words: 1, article, number, convention: false });
    if let Some(number) = ascii.strip_prefix('§') {
        return number
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| number_of(number))
            .flatten()
            .and_then(|n| one(n, None));
    }
    let east_asian = (ascii.starts_with('第') && ascii.contains(['条', '條']))
        || (ascii.starts_with('제') && ascii.contains('조'));
    if east_asian {
        let number = number_of(&ascii)?;
        let article = number.parse().ok();
        return one(number, article);
    }
    let letters = ascii.find(|c: char| c.is_ascii_digit())?;
    let (sign, rest) = ascii.split_at(letters);
    let sign = bare(sign);
    let is_article = sign.chars().count() > 1 && FORMS.article.contains(&sign);
    let is_section = FORMS.section.contains(&sign) && sign.chars().count() <= 3;
    if !is_article && !is_section {
        return None;
    }
    let number = number_of(rest)?;
    let article = is_article.then(|| article_of(rest, &number)).flatten();
    one(number, article)
}

fn article_of(cited: &str, number: &str) -> Option<Article> {
    cited.parse().ok().or_else(|| number.parse().ok())
}

/// The words in titles that the abbreviation of a code stands for.
pub(super) fn code_titles(word: &str) -> Option<&'static [String]> {
    let folded = bare(word);
    FORMS
        .codes
        .iter()
        .find(|(abbreviations, _)| abbreviations.contains(&folded))
        .map(|(_, title)| title.as_slice())
}

/// Whether `word` says that the Convention is meant.
pub(super) fn is_convention(word: &str) -> bool {
    bare(word) == "uncac"
}

fn bare(word: &str) -> String {
    folded(word.trim_end_matches(['.', ',', ':', '،']))
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_recognised_as_people_write_them() {
        for (query, words, article, number) in [
            ("art 30(2) immunity", 2, Some("30(2)"), "30"),
            ("Article 30 paragraph 2", 4, Some("30(2)"), "30"),
            ("المادة 30", 2, Some("30"), "30"),
            ("المادة ٣٠", 2, Some("30"), "30"),
            ("第三十条", 1, Some("30"), "30"),
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
            ("UNCAC 15(a)", 2, Some("15(a)"), "15"),
            ("UNCAC art 52 (5)", 4, Some("52(5)"), "52"),
            ("제30조", 1, Some("30"), "30"),
        ] {
            let typed: Vec<&str> = query.split_whitespace().collect();
            let found = citation(&typed).unwrap_or_else(|| panic!("{query}"));
            assert_eq!(found.words, words, "{query}");
            assert_eq!(found.article.map(|a| a.to_string()).as_deref(), article, "{query}");
            assert_eq!(found.number, number, "{query}");
        }
        for query in ["bribery", "2010", "s", "article", "art of war", "strict liability", ""] {
            let typed: Vec<&str> = query.split_whitespace().collect();
            assert_eq!(citation(&typed), None, "{query}");
        }
    }
}
