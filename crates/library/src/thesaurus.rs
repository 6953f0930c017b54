//! The concepts of the thesaurus: listed, shown, counted, handed out as SKOS.

use std::collections::BTreeMap;

use merida_index::{Concept, ConceptId, LabelKind, Thesaurus};
use merida_law::{Article, Language};
use serde::Serialize;

use crate::open::blocking;
use crate::{Error, Library};

/// A concept by its identity and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConceptName {
    /// Its identity: `trading-in-influence`.
    pub id: ConceptId,
    /// The file of the thesaurus that defines it: `offences`.
    pub area: String,
    /// Its preferred label in each language.
    pub names: BTreeMap<Language, String>,
    /// The articles of the Convention that it belongs to.
    pub articles: Vec<Article>,
}

/// The labels of a concept in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConceptLabels {
    /// The language.
    pub language: Language,
    /// The preferred label.
    pub preferred: String,
    /// Other terms of law.
    pub alternative: Vec<String>,
}

/// A concept with everything that is shown of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptPage {
    /// Its identity and names.
    #[serde(flatten)]
    pub name: ConceptName,
    /// Its labels by language; hidden ones are left out.
    pub labels: Vec<ConceptLabels>,
    /// Concepts that it is a kind of.
    pub broader: Vec<ConceptName>,
    /// Concepts that are a kind of it.
    pub narrower: Vec<ConceptName>,
    /// Concepts beside it.
    pub related: Vec<ConceptName>,
    /// How many provisions of the library deal with it or a kind of it.
    pub provisions: u64,
    /// In how many works.
    pub works: u64,
}

impl ConceptName {
    fn of(concept: &Concept) -> Self {
        Self {
            id: concept.id.clone(),
            area: concept.area.clone(),
            names: concept
                .labels
                .iter()
                .filter(|label| label.kind == LabelKind::Preferred)
                .map(|label| (label.language, label.text.clone()))
                .collect(),
            articles: concept.articles.clone(),
        }
    }

    /// The name in `language`, else in English, else the identity.
    pub fn name_in(&self, language: Language) -> &str {
        let of = |wanted: Language| {
            self.names.iter().find(|(known, _)| known.primary() == wanted.primary()).map(|(_, name)| name)
        };
        of(language).or_else(|| of(Language::EN)).map_or(self.id.as_str(), String::as_str)
    }
}

impl Library {
    /// The thesaurus.
    pub fn thesaurus(&self) -> &'static Thesaurus {
        Thesaurus::shipped()
    }

    /// Every concept, in the order of the thesaurus.
    pub fn concepts(&self) -> Vec<ConceptName> {
        self.thesaurus().concepts().iter().map(ConceptName::of).collect()
    }

    /// A concept with its labels, its neighbours and how much of the library deals with it.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the thesaurus has no such concept; otherwise if the index cannot be read.
    pub async fn concept(&self, id: &ConceptId) -> Result<ConceptPage, Error> {
        let thesaurus = self.thesaurus();
        let concept = thesaurus.get(id).ok_or_else(|| Error::NotFound(id.to_string()))?;
        let indexed = std::sync::Arc::clone(self.indexed());
        let filters = merida_index::Filters { concepts: vec![id.clone()], ..Default::default() };
        let request = merida_index::Request { filters, limit: 0, ..Default::default() };
        let found = blocking(move || indexed.search(&request)).await??;
        let named =
            |ids: &[ConceptId]| ids.iter().filter_map(|id| thesaurus.get(id)).map(ConceptName::of).collect();
        Ok(ConceptPage {
            name: ConceptName::of(concept),
            labels: concept
                .languages()
                .into_iter()
                .filter_map(|language| labels(concept, language))
                .collect(),
            broader: named(&concept.broader),
            narrower: named(&concept.narrower),
            related: named(&concept.related),
            provisions: found.total_provisions as u64,
            works: found.total_works as u64,
        })
    }
}

fn labels(concept: &Concept, language: Language) -> Option<ConceptLabels> {
    let of = concept.labels.iter().filter(|label| label.language == language);
    Some(ConceptLabels {
        language,
        preferred: concept.preferred(language)?.to_owned(),
        alternative: of
            .filter(|label| label.kind == LabelKind::Alternative)
            .map(|label| label.text.clone())
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_belong_to_articles_that_the_convention_has() {
        let taxonomy = merida_ingest::taxonomy();
        let exists = |article: Article| {
            taxonomy.article(article).is_some()
                && (article == article.whole() || taxonomy.paragraph(article).is_some())
        };
        for concept in Thesaurus::shipped().concepts() {
            for &article in &concept.articles {
                assert!(
                    exists(article),
                    "help: in index/thesaurus, {} belongs to no such article: {article}",
                    concept.id
                );
            }
        }
    }

    /// Articles 5 to 62 are those that ask something of States.
    #[test]
    fn every_article_that_asks_something_has_a_concept() {
        for number in 5..=62 {
            let article = Article::new(number).expect("an article");
            let has = |concept: &Concept| concept.articles.iter().any(|of| article.contains(*of));
            assert!(
                Thesaurus::shipped().concepts().iter().any(has),
                "help: give a concept in index/thesaurus the article {article}"
            );
        }
    }
}
