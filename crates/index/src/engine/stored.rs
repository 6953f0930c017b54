//! What a hit shows, as it is kept beside the postings.

use merida_law::{Article, Language, ProvisionId};

use crate::Suggested;
use crate::entry::Entry;

/// What a hit shows of an entry.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) heading: String,
    pub(crate) language: Language,
    pub(crate) curated: Vec<Article>,
    pub(crate) suggested: Vec<Suggested>,
    pub(crate) text: String,
}

/// Stands between the pieces, and so in none of them but the last.
const BETWEEN: char = '\u{1f}';

impl Stored {
    pub(crate) fn of(entry: &Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            label: entry.label.replace(BETWEEN, " "),
            heading: entry.heading.replace(BETWEEN, " "),
            language: entry.language,
            curated: entry.curated.clone(),
            suggested: entry.suggested.clone(),
            text: entry.text.clone(),
        }
    }

    pub(crate) fn write(&self) -> String {
        let curated: Vec<String> = self.curated.iter().map(ToString::to_string).collect();
        let suggested: Vec<String> = self
            .suggested
            .iter()
            .map(|suggested| format!("{}={:.3}", suggested.article, suggested.score))
            .collect();
        let between = BETWEEN.to_string();
        [
            self.id.as_str(),
            &self.label,
            &self.heading,
            self.language.bcp47(),
            &curated.join(" "),
            &suggested.join(" "),
            &self.text,
        ]
        .join(&between)
    }

    /// Reads what [`Self::write`] wrote; what is missing is empty.
    pub(crate) fn read(value: &str) -> Self {
        let mut pieces = value.splitn(7, BETWEEN);
        let mut next = || pieces.next().unwrap_or_default();
        let (id, label, heading, language) = (next(), next(), next(), next());
        let (curated, suggested, text) = (next(), next(), next());
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            heading: heading.to_owned(),
            language: language.parse().unwrap_or(Language::UND),
            curated: curated.split(' ').filter_map(|article| article.parse().ok()).collect(),
            suggested: suggested
                .split(' ')
                .filter_map(|pair| pair.split_once('='))
                .filter_map(|(article, score)| {
                    Some(Suggested { article: article.parse().ok()?, score: score.parse().ok()? })
                })
                .collect(),
            text: text.to_owned(),
        }
    }

    pub(crate) fn provision(&self) -> ProvisionId {
        // Ids were sound when they were put; a damaged one still gives a hit.
        self.id.parse().unwrap_or_else(|_| "para_0".parse().unwrap_or_else(|_| unreachable!("a sound id")))
    }
}
