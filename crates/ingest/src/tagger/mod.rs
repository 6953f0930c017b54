//! Which articles of the Convention a provision bears on, as far as its words tell.

mod fold;
mod lexicon;
mod rules;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use merida_law::{Article, Evidence, Language};

use crate::corpus::{corpus_file, corpus_folder};
use lexicon::{ConceptId, Hit, Lexicon, LexiconFile};
use rules::{Reading, Rules, Zone};

/// Suggests articles of the Convention for a provision.
pub trait Tagger: Send + Sync {
    /// The articles that the unit bears on, the likeliest first; each article of the Convention at most once, by the
    /// paragraph that fits best. Nothing where nothing speaks for any.
    fn suggest(&self, unit: Unit<'_>) -> Vec<Suggestion>;
}

/// A provision as a tagger sees it.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// The language of the text.
    pub language: Language,
    /// The title of the work.
    pub title: &'a str,
    /// The headings of the containers that hold the unit, the outermost first.
    pub containers: &'a [&'a str],
    /// The heading of the unit; empty where it has none.
    pub heading: &'a str,
    /// Its full text as [`merida_law::TaggedDocument::unit_text`] gives it, the heading included.
    pub text: &'a str,
}

/// An article that a unit probably bears on.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The article, or the paragraph of it that fits best.
    pub article: Article,
    /// Confidence from 0 to 1.
    pub score: f32,
    /// The words that led to it, in reading order; offsets in Unicode scalar values of the unit's text.
    pub evidence: Vec<Evidence>,
}

/// The tagger that the corpus describes: concepts by their terms in each language, articles by rules over concepts.
pub fn tagger() -> &'static impl Tagger {
    static TAGGER: LazyLock<ConceptTagger> = LazyLock::new(ConceptTagger::from_corpus);
    &*TAGGER
}

/// Suggests by rules over concepts, and finds concepts by the terms of a lexicon for each language.
#[derive(Debug)]
struct ConceptTagger {
    rules: Rules,
    lexicons: HashMap<String, LazyLexicon>,
}

/// A lexicon is compiled when its language is first met.
#[derive(Debug)]
struct LazyLexicon {
    source: &'static str,
    compiled: std::sync::Arc<OnceLock<Option<Lexicon>>>,
}

const RULES: &str = "convention/tagging/rules.toml";
const LEXICONS: &str = "convention/tagging/lexicon";

impl ConceptTagger {
    /// Files that cannot be read are left out here: [`check`] names them, and a test runs it.
    fn from_corpus() -> Self {
        let rules = corpus_file(RULES).and_then(|file| Rules::read(file).ok()).unwrap_or_default();
        let mut lexicons = HashMap::new();
        for (_, source) in corpus_folder(LEXICONS) {
            let Ok(file) = toml::from_str::<LexiconFile>(source) else { continue };
            let compiled = std::sync::Arc::new(OnceLock::new());
            for language in file.languages {
                lexicons.insert(language, LazyLexicon { source, compiled: compiled.clone() });
            }
        }
        Self { rules, lexicons }
    }

    fn lexicon(&self, language: Language) -> Option<&Lexicon> {
        let lexicon = self.lexicons.get(language.primary())?;
        let compile = || {
            let file = toml::from_str(lexicon.source).ok()?;
            Some(Lexicon::compile(&file, self.rules.concepts()).0)
        };
        lexicon.compiled.get_or_init(compile).as_ref()
    }
}

impl Tagger for ConceptTagger {
    fn suggest(&self, unit: Unit<'_>) -> Vec<Suggestion> {
        let Some(lexicon) = self.lexicon(unit.language) else { return Vec::new() };
        let hits = lexicon.hits(unit.text);
        let mut reading = Reading::new(self.rules.concepts().len());
        for hit in lexicon.hits(unit.title) {
            reading.add(hit, Zone::Title);
        }
        for hit in unit.containers.iter().flat_map(|heading| lexicon.hits(heading)) {
            reading.add(hit, Zone::Container);
        }
        let heading = u32::try_from(unit.heading.chars().count()).unwrap_or(u32::MAX);
        for hit in &hits {
            reading.add(*hit, self.rules.zone(hit, heading, lexicon.breadth()));
        }
        self.rules
            .judge(&reading)
            .into_iter()
            .map(|verdict| Suggestion {
                article: verdict.article,
                score: verdict.score.min(1.0),
                evidence: self.evidence(&hits, &verdict.concepts),
            })
            .collect()
    }
}

const EVIDENCE_PER_CONCEPT: usize = 3;

impl ConceptTagger {
    fn evidence(&self, hits: &[Hit], concepts: &[ConceptId]) -> Vec<Evidence> {
        let mut taken: HashMap<ConceptId, usize> = HashMap::new();
        hits.iter()
            .filter(|hit| concepts.contains(&hit.concept))
            .filter(|hit| {
                let count = taken.entry(hit.concept).or_default();
                *count += 1;
                *count <= EVIDENCE_PER_CONCEPT
            })
            .map(|hit| Evidence {
                start: hit.start,
                end: hit.end,
                concept: self.rules.name(hit.concept).to_owned(),
            })
            .collect()
    }
}

/// What is wrong with the tagging data of a corpus, as (path below the corpus, message); `files` gives such files.
pub(crate) fn check<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let files: Vec<_> = files.filter(|(path, _)| path.starts_with("convention/tagging/")).collect();
    let Some((_, source)) = files.iter().find(|(path, _)| *path == RULES) else {
        return vec![(
            RULES.to_owned(),
            "the file is missing: without it no article is suggested".to_owned(),
        )];
    };
    let rules = match Rules::read(source) {
        Ok(rules) => rules,
        Err(error) => return vec![(RULES.to_owned(), error.to_string())],
    };
    let mut faults = Vec::new();
    let mut served: HashMap<String, &str> = HashMap::new();
    for (path, source) in
        files.iter().filter(|(path, _)| path.starts_with(LEXICONS) && path.ends_with(".toml"))
    {
        let file = match toml::from_str::<LexiconFile>(source) {
            Ok(file) => file,
            Err(error) => {
                faults.push(((*path).to_owned(), error.to_string()));
                continue;
            }
        };
        let (_, found) = Lexicon::compile(&file, rules.concepts());
        faults.extend(found.iter().map(|fault| ((*path).to_owned(), fault.to_string())));
        for language in file.languages {
            if let Some(other) = served.insert(language.clone(), path) {
                faults.push((
                    (*path).to_owned(),
                    format!("{other} serves \"{language}\" already: keep one of the two"),
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests;
