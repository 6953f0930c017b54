//! What is put into the index: one entry a unit.

use merida_law::{Article, Language, Origin, ProvisionId, TaggedDocument};

use crate::Suggested;

/// A unit of a law, as it is searched.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id within the work.
    pub id: ProvisionId,
    /// Its number as the source writes it; empty where it has none.
    pub label: String,
    /// Its heading; empty where it has none.
    pub heading: String,
    /// Its full text as [`TaggedDocument::unit_text`] gives it, which starts with the heading.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// The articles that a person tagged it with.
    pub curated: Vec<Article>,
    /// The articles that a tagger suggests.
    pub suggested: Vec<Suggested>,
}

/// The units of a document. A unit bears the tags of its components and of the chapters that hold it.
pub(crate) fn entries(document: &TaggedDocument) -> impl Iterator<Item = Entry> + '_ {
    let mut tags: std::collections::HashMap<&ProvisionId, Vec<&merida_law::Tag>> =
        std::collections::HashMap::new();
    for tag in &document.tags {
        tags.entry(&tag.provision).or_default().push(tag);
    }
    let parents: std::collections::HashMap<&ProvisionId, Option<&ProvisionId>> =
        document.provisions.iter().map(|provision| (&provision.id, provision.parent.as_ref())).collect();
    document.units().map(move |range| {
        let unit = &document.provisions[range.start];
        let mut entry = Entry {
            id: unit.id.clone(),
            label: unit.label.clone(),
            heading: unit.heading.clone(),
            text: document.unit_text(range.clone()),
            language: unit.language.unwrap_or(document.expression.uri.language()),
            curated: Vec::new(),
            suggested: Vec::new(),
        };
        // Parents of a sound document form no circle; a depth keeps an unsound one from going round.
        let above =
            std::iter::successors(unit.parent.as_ref(), |id| parents.get(id).copied().flatten()).take(64);
        for id in document.provisions[range].iter().map(|provision| &provision.id).chain(above) {
            for tag in tags.get(id).into_iter().flatten() {
                match &tag.origin {
                    Origin::Curated { .. } => entry.curated.push(tag.article),
                    Origin::Suggested { score, .. } => {
                        entry.suggested.push(Suggested { article: tag.article, score: *score });
                    }
                }
            }
        }
        entry.settle();
        entry
    })
}

impl Entry {
    /// Brings tags in order: each article once, the surest suggestion first, none that a person has made.
    pub(crate) fn settle(&mut self) {
        self.curated.sort_unstable();
        self.curated.dedup();
        self.suggested.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.article.cmp(&b.article)));
        let mut seen = self.curated.clone();
        self.suggested.retain(|suggested| {
            let new = !seen.contains(&suggested.article);
            seen.push(suggested.article);
            new
        });
    }
}
