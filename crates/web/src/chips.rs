//! Articles of the Convention beside a provision: curated ones as they are, suggested ones with their reasons.

use merida_law::{Article, Language, Taxonomy};
use merida_library::SuggestedTag;

use crate::texts::Texts;

/// The articles beside a provision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chips {
    /// Those that a person put there.
    pub(crate) curated: Vec<Chip>,
    /// Those that a tagger suggests.
    pub(crate) suggested: Vec<Chip>,
    /// Where the words that led to the suggestions are shown; empty where they are named already.
    pub(crate) evidence: String,
}

/// One article.
#[derive(Clone, Debug)]
pub(crate) struct Chip {
    /// `15(a)`.
    pub(crate) article: String,
    /// Its page.
    pub(crate) url: String,
    /// "Article 15: Bribery of national public officials".
    pub(crate) title: String,
    /// Why it is suggested; empty for a curated one.
    pub(crate) why: String,
}

impl Chips {
    /// From the articles alone, with the page that shows the evidence.
    pub(crate) fn of(
        t: &Texts,
        taxonomy: &Taxonomy,
        curated: &[Article],
        suggested: &[Article],
        evidence: &str,
    ) -> Self {
        let why = t.say("why-suggested");
        Self {
            curated: curated.iter().map(|article| Chip::new(t, taxonomy, *article, String::new())).collect(),
            suggested: suggested
                .iter()
                .map(|article| Chip::new(t, taxonomy, *article, why.clone()))
                .collect(),
            evidence: evidence.to_owned(),
        }
    }

    /// With the evidence of the suggested ones.
    pub(crate) fn with_evidence(
        t: &Texts,
        taxonomy: &Taxonomy,
        curated: &[Article],
        suggested: &[SuggestedTag],
    ) -> Self {
        let suggested = suggested
            .iter()
            .filter(|tag| !curated.contains(&tag.article))
            .map(|tag| Chip::new(t, taxonomy, tag.article, reasons(t, tag)))
            .collect();
        Self { suggested, ..Self::of(t, taxonomy, curated, &[], "") }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.curated.is_empty() && self.suggested.is_empty()
    }
}

impl Chip {
    fn new(t: &Texts, taxonomy: &Taxonomy, article: Article, why: String) -> Self {
        Self {
            url: article_url(article),
            title: article_title(t, taxonomy, article),
            article: article.to_string(),
            why,
        }
    }
}

/// The page of an article; a part of one is a place on it.
pub(crate) fn article_url(article: Article) -> String {
    let whole = article.whole();
    if article == whole { format!("/article/{whole}") } else { format!("/article/{whole}?part={article}") }
}

/// "Article 15(a): Bribery of national public officials".
pub(crate) fn article_title(t: &Texts, taxonomy: &Taxonomy, article: Article) -> String {
    let title = taxonomy.title(article, Language::EN).unwrap_or_default();
    t.with("article-with-title", &[("article", &article.to_string()), ("title", title)])
}

/// "Suggested, not yet reviewed (83 of 100), for its words on: bribe, public official."
fn reasons(t: &Texts, tag: &SuggestedTag) -> String {
    let mut concepts: Vec<String> = Vec::new();
    for evidence in &tag.evidence {
        let concept = evidence.concept.replace(['-', '_'], " ");
        if !concept.is_empty() && !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }
    if concepts.is_empty() {
        return t.say("why-suggested");
    }
    concepts.truncate(6);
    let score = format!("{:.0}", tag.score.clamp(0.0, 1.0) * 100.0);
    t.with("why-suggested-for", &[("score", &score), ("concepts", &concepts.join(", "))])
}
