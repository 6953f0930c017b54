//! A place in the Convention, as lawyers cite it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An article of the Convention, or a paragraph, point or sub-point of one: `15`, `15(a)`, `52(5)`, `23(1)(a)(i)`.
///
/// Parsed from every form in which people write it and displayed in one. Ordered as the Convention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Article {
    number: u8,
    paragraph: u8,
    point: u8,
    subpoint: u8,
}

/// How deep an [`Article`] points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArticleDepth {
    /// A whole article: `15`.
    Article,
    /// A part of an article, at any depth: `15(a)`, `52(5)`, `46(3)(a)`.
    Paragraph,
}

/// The text does not cite an article of the Convention.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseArticleError {
    /// Nothing that reads as a number.
    #[error("\"{0}\" is not an article of the Convention: write it as 15, 15(a), 52(5) or 46(3)(a)")]
    Form(String),
    /// A number that the Convention does not have.
    #[error("article {0} does not exist: the Convention has articles 1 to 71")]
    Range(String),
}

impl Article {
    /// How many articles the Convention has.
    pub const COUNT: u8 = 71;

    /// The whole article of that number, if the Convention has it.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::COUNT {
            Some(Self { number, paragraph: 0, point: 0, subpoint: 0 })
        } else {
            None
        }
    }

    /// All 71 articles, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::COUNT).filter_map(Self::new)
    }

    /// The number of the article, 1 to 71.
    pub const fn number(self) -> u8 {
        self.number
    }

    /// The number of the paragraph, where one is cited.
    pub const fn paragraph(self) -> Option<u8> {
        if self.paragraph == 0 { None } else { Some(self.paragraph) }
    }

    /// The letter of the point, where one is cited.
    pub fn point(self) -> Option<char> {
        (self.point > 0).then(|| char::from(b'a' + self.point - 1))
    }

    /// The roman number of the sub-point, where one is cited.
    pub const fn subpoint(self) -> Option<u8> {
        if self.subpoint == 0 { None } else { Some(self.subpoint) }
    }

    /// The article without its paragraphs.
    #[must_use]
    pub const fn whole(self) -> Self {
        Self { number: self.number, paragraph: 0, point: 0, subpoint: 0 }
    }

    /// Whether this is a whole article or a part of one.
    pub const fn depth(self) -> ArticleDepth {
        if self.paragraph == 0 && self.point == 0 { ArticleDepth::Article } else { ArticleDepth::Paragraph }
    }

    /// The next larger piece that holds this one; none for a whole article.
    pub const fn parent(self) -> Option<Self> {
        if self.subpoint > 0 {
            Some(Self { subpoint: 0, ..self })
        } else if self.point > 0 {
            Some(Self { point: 0, ..self })
        } else if self.paragraph > 0 {
            Some(Self { paragraph: 0, ..self })
        } else {
            None
        }
    }

    /// This piece and every larger one that holds it, smallest first.
    pub fn self_and_ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |article| article.parent())
    }

    /// Whether `other` is this piece or lies within it.
    pub fn contains(self, other: Self) -> bool {
        other.self_and_ancestors().any(|ancestor| ancestor == self)
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)?;
        if self.paragraph > 0 {
            write!(f, "({})", self.paragraph)?;
        }
        if let Some(letter) = self.point() {
            write!(f, "({letter})")?;
        }
        if self.subpoint > 0 {
            write!(f, "({})", ROMAN[usize::from(self.subpoint)])?;
        }
        Ok(())
    }
}

const ROMAN: [&str; 16] =
    ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

impl FromStr for Article {
    type Err = ParseArticleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || ParseArticleError::Form(text.chars().take(40).collect());
        let lower = text.trim().to_lowercase();
        let rest = strip_word(&lower);
        let mut pieces = rest
            .split(|c: char| !c.is_alphanumeric())
            .flat_map(split_digits_from_letters)
            .filter(|piece| !is_filler(piece));
        let first = pieces.next().ok_or_else(form)?;
        if !first.bytes().all(|b| b.is_ascii_digit()) {
            return Err(form());
        }
        let number = first
            .parse()
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| ParseArticleError::Range(first.chars().take(12).collect()))?;
        pieces.try_fold(number, |article, piece| article.with(piece).ok_or_else(form))
    }
}

/// Words that may stand before the number: `art. 15`, `article 15`, `UNCAC art 15`.
fn strip_word(lower: &str) -> &str {
    let mut rest = lower;
    for word in ["uncac", "unconvention", "articles", "article", "arts", "art"] {
        rest = rest.strip_prefix(word).map_or(rest, |r| r.trim_start_matches(|c: char| !c.is_alphanumeric()));
    }
    rest
}

/// Words that may stand between the numbers: `30 paragraph 2`, `30, para. 2 (a)`.
fn is_filler(piece: &str) -> bool {
    matches!(
        piece,
        "" | "paragraph"
            | "paragraphs"
            | "para"
            | "par"
            | "point"
            | "subparagraph"
            | "subpara"
            | "letter"
            | "lit"
    )
}

/// `15a` is `15` and `a`; `1bis` stays two pieces and fails later.
fn split_digits_from_letters(piece: &str) -> Vec<&str> {
    let digits = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
    let (head, tail) = piece.split_at(digits);
    if head.is_empty() || tail.is_empty() { vec![piece] } else { vec![head, tail] }
}

impl Article {
    /// One step deeper, by a number, a letter or a roman number; none where the Convention has no such form.
    fn with(self, piece: &str) -> Option<Self> {
        if piece.bytes().all(|b| b.is_ascii_digit()) {
            let paragraph: u8 = piece.parse().ok().filter(|&n| n > 0 && n < 100)?;
            return (self.paragraph == 0 && self.point == 0).then_some(Self { paragraph, ..self });
        }
        let letter = match piece.as_bytes() {
            [b] if b.is_ascii_lowercase() => Some(b - b'a' + 1),
            _ => None,
        };
        match (self.point, self.subpoint, letter) {
            (0, 0, Some(point)) => Some(Self { point, ..self }),
            (1.., 0, _) => {
                let roman = ROMAN.iter().skip(1).position(|&r| r == piece)?;
                Some(Self { subpoint: u8::try_from(roman + 1).ok()?, ..self })
            }
            _ => None,
        }
    }
}

impl Serialize for Article {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Article {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        text.parse::<Article>().map_or_else(|e| e.to_string(), |a| a.to_string())
    }

    #[test]
    fn every_form_that_people_write_is_shown_in_one() {
        for (typed, displayed) in [
            ("15", "15"),
            ("15(a)", "15(a)"),
            ("15 (a)", "15(a)"),
            ("15a", "15(a)"),
            ("15.a", "15(a)"),
            ("art. 15 (a)", "15(a)"),
            ("Article 15(A)", "15(a)"),
            ("UNCAC art. 15", "15"),
            ("52(5)", "52(5)"),
            ("52.5", "52(5)"),
            ("52 (5)", "52(5)"),
            ("art. 30, para. 2", "30(2)"),
            ("Article 30 paragraph 2", "30(2)"),
            ("46(3)(a)", "46(3)(a)"),
            ("46.3.a", "46(3)(a)"),
            ("54(1)(c)", "54(1)(c)"),
            ("23(1)(a)(ii)", "23(1)(a)(ii)"),
            ("23 1 b i", "23(1)(b)(i)"),
        ] {
            assert_eq!(shown(typed), displayed, "{typed}");
        }
    }

    #[test]
    fn what_is_no_article_says_what_to_write() {
        for typed in ["", "bribery", "15(a)(b)(c)", "art.", "15(aa)", "-", "15(0)", "2010/23/9/9"] {
            let error = typed.parse::<Article>().expect_err(typed);
            assert!(error.to_string().contains("15(a)") || error.to_string().contains("1 to 71"), "{error}");
        }
        for typed in ["0", "72", "385", "99999999999999999999"] {
            assert!(matches!(typed.parse::<Article>(), Err(ParseArticleError::Range(_))), "{typed}");
        }
    }

    #[test]
    fn a_point_lies_within_its_paragraph_and_its_article() {
        let point: Article = "54(1)(c)".parse().unwrap();
        let shown: Vec<String> = point.self_and_ancestors().map(|a| a.to_string()).collect();
        assert_eq!(shown, ["54(1)(c)", "54(1)", "54"]);
        assert!(point.whole().contains(point));
        assert!(!point.contains(point.whole()));
        assert!(!"54(2)".parse::<Article>().unwrap().contains(point));
    }

    #[test]
    fn order_is_that_of_the_convention() {
        let mut articles: Vec<Article> = ["46(3)(a)", "15(b)", "46", "15", "15(a)", "46(10)", "46(9)"]
            .iter()
            .map(|a| a.parse().unwrap())
            .collect();
        articles.sort();
        let shown: Vec<String> = articles.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["15", "15(a)", "15(b)", "46", "46(3)(a)", "46(9)", "46(10)"]);
    }
}
