//! The concepts that a question was read as, said so that the reader can take each language off.

use merida_library::{Interpretation, ReadConcept};

use super::reading::{Part, Reading};
use super::thesaurus::concept_url;
use crate::asked::Asked;
use crate::texts::Texts;

/// How many labels of a concept are shown.
const SHOWN: usize = 8;

/// "the concept trading in influence (Article 18) in 7 languages", with its labels.
pub(super) fn concepts(t: &Texts, asked: &Asked, read: &Interpretation) -> Vec<Reading> {
    read.concepts.iter().map(|concept| one(t, asked, concept)).collect()
}

fn one(t: &Texts, asked: &Asked, concept: &ReadConcept) -> Reading {
    let articles: Vec<String> = concept.articles.iter().map(ToString::to_string).collect();
    let name = match articles.as_slice() {
        [] => concept.label.clone(),
        articles => t.with(
            "read-concept-articles",
            &[("concept", &concept.label), ("articles", &articles.join(", "))],
        ),
    };
    let mut parts = vec![Part {
        text: name,
        url: Some(concept_url(&concept.id)),
        without: Some(with_condition(asked, &format!("-concept:{}", concept.id))),
        tongue: Some(concept.language.into()),
    }];
    for expansion in concept.expansion.iter().filter(|e| e.language != concept.language).take(SHOWN) {
        let Some(label) = expansion.labels.first() else { continue };
        let off = format!("-concept:{}/{}", concept.id, expansion.language.primary());
        parts.push(Part {
            text: label.clone(),
            url: None,
            without: Some(with_condition(asked, &off)),
            tongue: Some(expansion.language.into()),
        });
    }
    let rest = (concept.expansion.len() + 1).saturating_sub(parts.len());
    if rest > 0 {
        parts.push(Part {
            text: format!("+{}", t.number(rest as u64)),
            url: Some(concept_url(&concept.id)),
            without: None,
            tongue: None,
        });
    }
    let languages = concept.expansion.len() as u64;
    Reading { name: t.count("read-concept", languages), parts }
}

/// The same question with one more condition.
fn with_condition(asked: &Asked, condition: &str) -> String {
    let question = format!("{} {condition}", asked.request.query.trim_end());
    asked.with(|request| (request.query, request.offset) = (question, 0)).url()
}
