//! From files to concepts, and what is wrong with them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use merida_law::{Article, Language};
use serde::Deserialize;

use super::{Concept, ConceptId, LANGUAGES, Label, LabelKind, REQUIRED};

/// Something that is wrong with a thesaurus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The concept; empty where the file as a whole is meant.
    pub concept: String,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.concept.as_str() {
            "" => write!(f, "{}: {}", self.file, self.reason),
            concept => write!(f, "{}, {concept}: {}", self.file, self.reason),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    concept: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(default)]
    broader: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    labels: BTreeMap<String, WrittenLabels>,
    #[serde(default)]
    false_friends: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLabels {
    pref: String,
    #[serde(default)]
    alt: Vec<String>,
    #[serde(default)]
    hidden: Vec<String>,
}

/// The concepts of the files, and what is wrong; a concept without a sound identity is left out, and so is whatever is
/// unsound in one.
pub(super) fn read(files: &[(&str, &str)]) -> (Vec<Concept>, Vec<Fault>) {
    let mut reading = Reading::default();
    for (name, text) in files {
        match toml::from_str::<File>(text) {
            Ok(file) => file.concept.into_iter().for_each(|written| reading.take(name, written)),
            Err(error) => reading.fault(name, "", error.to_string().trim_end().to_owned()),
        }
    }
    reading.join();
    (reading.concepts, reading.faults)
}

#[derive(Default)]
struct Reading {
    concepts: Vec<Concept>,
    faults: Vec<Fault>,
    /// Labels as they are compared, by language, and the concept that has each.
    taken: HashMap<(Language, String), ConceptId>,
}

impl Reading {
    fn fault(&mut self, file: &str, concept: &str, reason: impl Into<String>) {
        self.faults.push(Fault { file: file.to_owned(), concept: concept.to_owned(), reason: reason.into() });
    }

    fn take(&mut self, file: &str, written: Written) {
        let id = match written.id.parse::<ConceptId>() {
            Ok(id) => id,
            Err(error) => return self.fault(file, &written.id, error.to_string()),
        };
        if self.concepts.iter().any(|concept| concept.id == id) {
            return self.fault(file, id.as_str(), "this concept is defined twice");
        }
        if self.concepts.len() >= usize::from(u16::MAX) {
            return self.fault(file, id.as_str(), "there are more concepts than can be numbered");
        }
        let articles = self.articles(file, &id, &written.articles);
        let broader = self.ids(file, &id, &written.broader);
        let related = self.ids(file, &id, &written.related);
        let labels = self.labels(file, &id, written.labels);
        let false_friends = self.false_friends(file, &id, written.false_friends);
        let area = file.trim_end_matches(".toml").to_owned();
        let narrower = Vec::new();
        self.concepts.push(Concept { id, area, articles, broader, narrower, related, labels, false_friends });
    }

    fn articles(&mut self, file: &str, id: &ConceptId, written: &[String]) -> Vec<Article> {
        let mut articles = Vec::new();
        for text in written {
            match text.parse() {
                Ok(article) => articles.push(article),
                Err(error) => self.fault(file, id.as_str(), format!("article \"{text}\": {error}")),
            }
        }
        articles.sort_unstable();
        articles.dedup();
        articles
    }

    fn ids(&mut self, file: &str, id: &ConceptId, written: &[String]) -> Vec<ConceptId> {
        let mut ids: Vec<ConceptId> = Vec::new();
        for text in written {
            match text.parse() {
                Ok(other) if other == *id => self.fault(file, id.as_str(), "it names itself"),
                Ok(other) if ids.contains(&other) => {
                    self.fault(file, id.as_str(), format!("it names {other} twice"));
                }
                Ok(other) => ids.push(other),
                Err(error) => self.fault(file, id.as_str(), error.to_string()),
            }
        }
        ids
    }

    fn labels(&mut self, file: &str, id: &ConceptId, written: BTreeMap<String, WrittenLabels>) -> Vec<Label> {
        for code in LANGUAGES.iter().take(REQUIRED).filter(|code| !written.contains_key(**code)) {
            self.fault(file, id.as_str(), format!("it has no labels in {code}: every concept needs some"));
        }
        for code in written.keys().filter(|code| !LANGUAGES.contains(&code.as_str())) {
            let reason = format!("labels in \"{code}\": the languages are {}", LANGUAGES.join(" "));
            self.fault(file, id.as_str(), reason);
        }
        let mut labels = Vec::new();
        for code in LANGUAGES {
            let (Some(of), Ok(language)) = (written.get(code), code.parse::<Language>()) else { continue };
            let preferred = std::iter::once((LabelKind::Preferred, &of.pref));
            let alternative = of.alt.iter().map(|text| (LabelKind::Alternative, text));
            let hidden = of.hidden.iter().map(|text| (LabelKind::Hidden, text));
            for (kind, text) in preferred.chain(alternative).chain(hidden) {
                if self.is_free(file, id, language, text) {
                    labels.push(Label { language, kind, text: text.clone() });
                }
            }
        }
        labels
    }

    /// Whether a label is sound, and no concept's yet.
    fn is_free(&mut self, file: &str, id: &ConceptId, language: Language, text: &str) -> bool {
        if text.trim() != text || !text.chars().any(char::is_alphabetic) || text.chars().count() > 120 {
            let reason =
                format!("\"{text}\" ({language}) is no label: write words without spaces around them");
            self.fault(file, id.as_str(), reason);
            return false;
        }
        let key = (language, text.to_lowercase());
        match self.taken.get(&key) {
            None => {
                self.taken.insert(key, id.clone());
                true
            }
            Some(other) => {
                let whose = if other == id { "twice".to_owned() } else { format!("also a label of {other}") };
                self.fault(file, id.as_str(), format!("\"{text}\" ({language}) is {whose}"));
                false
            }
        }
    }

    fn false_friends(
        &mut self,
        file: &str,
        id: &ConceptId,
        written: BTreeMap<String, Vec<String>>,
    ) -> Vec<(Language, String)> {
        let mut friends = Vec::new();
        for (code, texts) in written {
            let Some(language) = Some(&code)
                .filter(|code| LANGUAGES.contains(&code.as_str()))
                .and_then(|code| code.parse::<Language>().ok())
            else {
                self.fault(file, id.as_str(), format!("false friends in \"{code}\": no such language here"));
                continue;
            };
            for text in texts {
                if self.taken.get(&(language, text.to_lowercase())) == Some(id) {
                    let reason = format!("\"{text}\" ({language}) is both a label and a false friend");
                    self.fault(file, id.as_str(), reason);
                    continue;
                }
                friends.push((language, text));
            }
        }
        friends
    }

    /// Joins concepts to one another: narrower ones, related ones both ways, nothing that goes round.
    fn join(&mut self) {
        let known: HashSet<ConceptId> = self.concepts.iter().map(|concept| concept.id.clone()).collect();
        for place in 0..self.concepts.len() {
            let concept = &self.concepts[place];
            let (file, id) = (format!("{}.toml", concept.area), concept.id.clone());
            let named: Vec<ConceptId> = concept
                .broader
                .iter()
                .chain(&concept.related)
                .filter(|id| !known.contains(id))
                .cloned()
                .collect();
            for other in named {
                self.fault(&file, id.as_str(), format!("it names {other}, which no file defines"));
            }
            let concept = &mut self.concepts[place];
            concept.broader.retain(|id| known.contains(id));
            concept.related.retain(|id| known.contains(id));
        }
        self.break_circles();
        self.part_related();
        let broader: Vec<(ConceptId, ConceptId)> = self.pairs(|concept| &concept.broader);
        let related: Vec<(ConceptId, ConceptId)> = self.pairs(|concept| &concept.related);
        for concept in &mut self.concepts {
            let narrower = broader.iter().filter(|(_, above)| *above == concept.id);
            concept.narrower = narrower.map(|(below, _)| below.clone()).collect();
            for (other, _) in related.iter().filter(|(_, beside)| *beside == concept.id) {
                if !concept.related.contains(other) {
                    concept.related.push(other.clone());
                }
            }
        }
    }

    fn pairs(&self, of: impl Fn(&Concept) -> &Vec<ConceptId>) -> Vec<(ConceptId, ConceptId)> {
        let pairs = self.concepts.iter().flat_map(|concept| {
            of(concept).iter().map(|other| (concept.id.clone(), other.clone())).collect::<Vec<_>>()
        });
        pairs.collect()
    }

    /// Takes out what makes a concept broader than itself.
    fn break_circles(&mut self) {
        let places: HashMap<ConceptId, usize> =
            self.concepts.iter().enumerate().map(|(place, concept)| (concept.id.clone(), place)).collect();
        for place in 0..self.concepts.len() {
            let (area, id) = (self.concepts[place].area.clone(), self.concepts[place].id.clone());
            let mut sound = Vec::new();
            for above in self.concepts[place].broader.clone() {
                if self.leads_to(&places, &above, &id) {
                    let reason = format!("{above} is broader than it, and it is broader than {above}");
                    self.fault(&format!("{area}.toml"), id.as_str(), reason);
                } else {
                    sound.push(above);
                }
            }
            self.concepts[place].broader = sound;
        }
    }

    /// What is broader or narrower is not related as well, which SKOS does not allow; the files may say both.
    fn part_related(&mut self) {
        let places: HashMap<ConceptId, usize> =
            self.concepts.iter().enumerate().map(|(place, concept)| (concept.id.clone(), place)).collect();
        for place in 0..self.concepts.len() {
            let id = self.concepts[place].id.clone();
            let mut related = std::mem::take(&mut self.concepts[place].related);
            related
                .retain(|other| !self.leads_to(&places, &id, other) && !self.leads_to(&places, other, &id));
            self.concepts[place].related = related;
        }
    }

    fn leads_to(&self, places: &HashMap<ConceptId, usize>, from: &ConceptId, to: &ConceptId) -> bool {
        let mut waiting = vec![from];
        let mut seen = HashSet::new();
        while let Some(id) = waiting.pop() {
            if id == to {
                return true;
            }
            if seen.insert(id)
                && let Some(&place) = places.get(id)
            {
                waiting.extend(&self.concepts[place].broader);
            }
        }
        false
    }
}
