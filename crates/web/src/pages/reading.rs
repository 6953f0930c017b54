//! How a question was read, said so that the reader can take it apart.

use merida_law::{Article, Taxonomy};
use merida_library::Interpretation;

use super::reading_concepts::concepts;
use crate::asked::Asked;
use crate::chips::{article_title, article_url};
use crate::texts::Texts;
use crate::tongue::Tongue;

/// One kind of thing that a question was read as.
pub(crate) struct Reading {
    /// "an article of the Convention".
    pub(crate) name: String,
    /// What was found of it.
    pub(crate) parts: Vec<Part>,
}

/// One piece of the question.
pub(crate) struct Part {
    /// The piece, as it was understood.
    pub(crate) text: String,
    /// The page of what it names, where it has one.
    pub(crate) url: Option<String>,
    /// The question without it, where it can be taken out.
    pub(crate) without: Option<String>,
    /// Its language, where it is not that of the question.
    pub(crate) tongue: Option<Tongue>,
}

/// How the question was read, in the order in which it matters; nothing where it was empty.
pub(crate) fn reading(t: &Texts, taxonomy: &Taxonomy, asked: &Asked, read: &Interpretation) -> Vec<Reading> {
    let language = t.locale().language();
    let mut readings = concepts(t, asked, read);
    let mut add = |key: &str, parts: Vec<Part>| {
        if !parts.is_empty() {
            readings.push(Reading { name: t.say(key), parts });
        }
    };
    if read.structured {
        add(
            "read-expression",
            vec![Part { text: read.typed.clone(), url: None, without: None, tongue: None }],
        );
    }
    add("read-article", read.articles.iter().map(|a| cited(t, taxonomy, *a)).collect());
    add("read-citation", read.citations.iter().map(|c| removable(asked, &c.text, &c.text)).collect());
    let states = read.jurisdictions.iter().map(|j| Part {
        text: j.name_in(language).to_owned(),
        url: Some(format!("/jurisdiction/{}", j.code())),
        without: None,
        tongue: None,
    });
    add("read-jurisdiction", states.collect());
    let phrases: &[String] = if read.structured { &[] } else { &read.phrases };
    add("read-phrase", phrases.iter().map(|p| removable(asked, &format!("“{p}”"), p)).collect());
    // Where operators were typed, the expression shows the words, and taking one out would leave an operator alone.
    let words: &[String] = if read.structured { &[] } else { &read.words };
    add("read-words", words.iter().map(|w| removable(asked, w, w)).collect());
    add("read-excluded", read.excluded.iter().map(|w| removable(asked, w, w)).collect());
    let common =
        read.common.iter().map(|word| Part { text: word.clone(), url: None, without: None, tongue: None });
    add("read-common", common.collect());
    readings
}

fn cited(t: &Texts, taxonomy: &Taxonomy, article: Article) -> Part {
    Part {
        text: article_title(t, taxonomy, article),
        url: Some(article_url(article)),
        without: None,
        tongue: None,
    }
}

/// A piece that can be taken out, if it stands in the question as it is and is not all of it.
fn removable(asked: &Asked, shown: &str, piece: &str) -> Part {
    let without = without(&asked.request.query, piece)
        .map(|question| asked.with(|request| (request.query, request.offset) = (question, 0)).url());
    Part { text: shown.to_owned(), url: None, without, tongue: None }
}

fn without(question: &str, piece: &str) -> Option<String> {
    let at = find(question, piece)?;
    let before = question[..at.start].trim_end_matches(['"', '“', '«', '-']);
    let after = question[at.end..].trim_start_matches(['"', '”', '»']);
    let rest = format!("{before} {after}");
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    (!rest.is_empty()).then_some(rest)
}

/// Where `piece` stands in `question` as whole words, whatever the case.
fn find(question: &str, piece: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<char> = piece.chars().flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return None;
    }
    for (start, _) in question.char_indices() {
        let mut left = wanted.iter();
        let mut next = left.next();
        for (place, c) in question[start..].char_indices() {
            let matches = c.to_lowercase().all(|c| {
                let same = next == Some(&c);
                next = left.next();
                same
            });
            if !matches {
                break;
            }
            if next.is_none() {
                let end = start + place + c.len_utf8();
                let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let cut =
                    inside(question[..start].chars().next_back()) || inside(question[end..].chars().next());
                if cut {
                    break;
                }
                return Some(start..end);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_taken_out_of_the_question_and_the_rest_stays() {
        assert_eq!(without("Gift to a judge", "gift").as_deref(), Some("to a judge"));
        assert_eq!(without("\"public official\" gift", "public official").as_deref(), Some("gift"));
        assert_eq!(without("gift -judge", "judge").as_deref(), Some("gift"));
        assert_eq!(without("gifted gift", "gift").as_deref(), Some("gifted"));
        assert_eq!(without("الرشوة موظف", "موظف").as_deref(), Some("الرشوة"));
        assert_eq!(without("gift", "gift"), None);
        assert_eq!(without("gift", "brib"), None);
    }
}
