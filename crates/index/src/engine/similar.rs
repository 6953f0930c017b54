//! Provisions like a passage: on the same articles of the Convention and concepts of the thesaurus, and of the same words.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use merida_law::{Article, Jurisdiction, Language};
use serde::Serialize;

use super::snapshot::Snapshot;
use super::{Index, IndexError, engine_error};
use crate::analysis::{Analyser, Lang, Mode, Piece, Script, Tokens, fold, pieces};
use crate::query::{Clause, Condition, Field, Interpretation, Plan, Property, Word};
use crate::ranking::Similar as Weights;
use crate::thesaurus::ConceptNumber;
use crate::{ConceptId, Request, Results};

/// A passage that the like is looked for of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    /// Its text, read as far as [`Passage::MAX_CHARS`].
    pub text: String,
    /// Its language; told from its script and its commonest words where it is not known.
    pub language: Option<Language>,
    /// The articles of the Convention that it bears on, each with a confidence from 0 to 1.
    pub articles: Vec<(Article, f32)>,
    /// Jurisdictions whose law is not looked for.
    pub except: Vec<Jurisdiction>,
}

impl Passage {
    /// How much of a passage is read, in Unicode scalar values.
    pub const MAX_CHARS: usize = 10_000;
}

/// What was found like a passage.
#[derive(Clone, Debug, Serialize)]
pub struct Similar {
    /// What the like was looked for by.
    pub likeness: Likeness,
    /// What was found.
    pub results: Results,
    /// Why, for each provision of each work of the results, in their order.
    pub because: Vec<Vec<Because>>,
}

/// What the like of a passage is looked for by.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Likeness {
    /// The language that the passage was read in.
    pub language: Option<Language>,
    /// The articles of the Convention that it bears on, the surest first.
    pub articles: Vec<Article>,
    /// The concepts of the thesaurus that stand in it, the most telling first.
    pub concepts: Vec<ConceptId>,
    /// Its telling words, as they stand in it, the most telling first.
    pub words: Vec<String>,
}

/// Why a provision is like a passage.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Because {
    /// The articles that both bear on.
    pub articles: Vec<Article>,
    /// The concepts of the passage that the provision deals with as well.
    pub concepts: Vec<ConceptId>,
    /// The telling words that both hold, as they stand in the passage.
    pub words: Vec<String>,
    /// The same for provisions whose words are the same from first to last.
    pub text: u64,
}

/// A word of a passage that tells it from others.
struct Telling {
    term: String,
    field: Field,
    shown: String,
    /// How often it stands in the passage, damped.
    weight: f32,
    worth: f32,
}

impl Index {
    /// The language of a text, by its script, its commonest words, and how many of its words the index has in it; none
    /// where nothing speaks for any.
    pub fn language_of(&self, text: &str) -> Option<Language> {
        self.snapshot().language_of(text).and_then(|lang| lang.code().parse().ok())
    }

    /// The provisions that are most like `passage`; `request` says which of them and how many, its query is not read.
    ///
    /// # Errors
    ///
    /// Where files of the index cannot be read.
    pub fn similar(&self, passage: &Passage, request: &Request) -> Result<Similar, IndexError> {
        let snapshot = self.snapshot();
        let weights = &self.ranking().similar;
        let text: String = passage.text.chars().take(Passage::MAX_CHARS).collect();
        let lang = match passage.language {
            Some(language) => Some(Lang::of(language)),
            None => snapshot.language_of(&text),
        };
        let telling = lang.map(|lang| snapshot.telling(&text, lang, weights.words)).unwrap_or_default();
        let concepts =
            lang.map(|lang| snapshot.concepts_of(&text, lang, weights.concepts)).unwrap_or_default();
        let mut plan = plan(passage, &telling, weights, request);
        plan.words.extend(snapshot.concept_words(&concepts, weights));
        let likeness = Likeness {
            language: passage.language.or_else(|| lang.and_then(|lang| lang.code().parse().ok())),
            articles: passage.articles.iter().map(|(article, _)| *article).collect(),
            concepts: concepts
                .iter()
                .map(|(number, _)| snapshot.thesaurus.concept(*number).id.clone())
                .collect(),
            words: telling.iter().map(|word| word.shown.clone()).collect(),
        };
        let interpretation =
            Interpretation { languages: snapshot.languages_of(&plan), ..Interpretation::default() };
        let threads = self.inner.search_threads();
        let results =
            snapshot.answer(&plan, interpretation, request, self.ranking(), threads).map_err(engine_error)?;
        let because =
            snapshot.because(&results, &likeness, lang, &telling, &concepts).map_err(engine_error)?;
        Ok(Similar { likeness, results, because })
    }
}

fn plan(passage: &Passage, telling: &[Telling], weights: &Weights, request: &Request) -> Plan {
    let mut words: Vec<Word> = Vec::new();
    for (article, confidence) in &passage.articles {
        let confidence = confidence.clamp(0.0, 1.0);
        let clauses =
            article.self_and_ancestors().zip([1.0, 0.5, 0.25, 0.125]).map(|(cited, share)| Clause::Tag {
                article: cited,
                curated: weights.curated * confidence * share / 2.0,
                suggested: weights.suggested * confidence * share / 2.0,
            });
        words.push(Word { clauses: clauses.collect(), counts: 1.0, weight: 1.0 });
    }
    for word in telling {
        let text = Clause::Term { field: word.field, term: word.term.clone(), weight: weights.word };
        let heading = match word.field {
            Field::Text(lang) => Some(Clause::Term {
                field: Field::Heading(lang),
                term: word.term.clone(),
                weight: weights.word,
            }),
            _ => None,
        };
        let clauses = std::iter::once(text).chain(heading).collect();
        words.push(Word { clauses, counts: weights.counts, weight: word.weight });
    }
    let except = passage.except.iter();
    let not = |state: &Jurisdiction| Condition::Not(Box::new(Condition::Is(Property::Jurisdiction(*state))));
    Plan {
        words,
        condition: Condition::all(except.map(not).collect()),
        // A passage is compared with provisions, not with what stands around them.
        alone: true,
        rungs: weights.rungs.clone(),
        enough: weights.enough,
        filters: request.filters.clone(),
        sort: request.sort,
        ..Plan::default()
    }
}

/// How many words of a passage its language is told from.
const LISTENED: usize = 60;
/// How many of them are looked for in each language.
const LOOKED_UP: usize = 24;

impl Snapshot {
    /// The language of a text, by its script, its commonest words, and how many of its words the index has in it.
    fn language_of(&self, text: &str) -> Option<Lang> {
        let mut letters: HashMap<Script, usize> = HashMap::new();
        for script in text.chars().filter_map(crate::analysis::script_of) {
            *letters.entry(script).or_default() += 1;
        }
        letters.remove(&Script::Digit);
        let (&script, _) = letters.iter().max_by_key(|(_, count)| **count)?;
        if script == Script::Cjk {
            return Lang::from_code(east_asian(text));
        }
        let words: Vec<&str> = pieces(text)
            .filter_map(|piece| match piece {
                Piece::Word(bytes, other) if other == script => Some(&text[bytes]),
                _ => None,
            })
            .take(LISTENED)
            .collect();
        let mut analyser = Analyser::default();
        let mut best: Option<(f32, Lang)> = None;
        for lang in Lang::all().filter(|lang| *lang != Lang::OTHER && lang.writes(script)) {
            let stops = words.iter().filter(|word| Analyser::is_stop(word, lang)).count();
            let mut known = 0;
            for word in words.iter().filter(|word| word.chars().count() > 3).take(LOOKED_UP) {
                let stem = analyser.stem(word, lang).map(str::to_owned);
                known += usize::from(stem.is_some_and(|stem| self.frequency(Field::Text(lang), &stem) > 0));
            }
            let score = (2 * stops + known) as f32 + if self.langs().contains(&lang) { 0.5 } else { 0.0 };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, lang));
            }
        }
        best.filter(|(score, _)| *score >= 1.0).map(|(_, lang)| lang)
    }

    /// The words of a text that tell it from others, the most telling first.
    fn telling(&self, text: &str, lang: Lang, most: usize) -> Vec<Telling> {
        let mut tokens = Tokens::default();
        let mut analyser = Analyser::default();
        analyser.analyse(text, lang, Mode::Text, &mut tokens);
        let (field, entries) = if tokens.len() > 0 {
            (Field::Text(lang), self.lengths.text(lang).count)
        } else {
            // Languages whose words are not stemmed have none but exact terms.
            analyser.analyse(text, lang, Mode::Exact, &mut tokens);
            (Field::Exact, self.lengths.docs)
        };
        let mut times: HashMap<&str, (u32, &str)> = HashMap::new();
        for (term, token) in tokens.iter() {
            times.entry(term).or_insert((0, &text[token.bytes.clone()])).0 += 1;
        }
        let mut telling: Vec<Telling> = times
            .into_iter()
            .filter(|(term, (_, shown))| {
                term.chars().any(char::is_alphabetic)
                    && !(field == Field::Exact && Analyser::is_stop(shown, lang))
            })
            .filter_map(|(term, (times, shown))| {
                let held = self.frequency(field, term);
                // What every fifth provision holds tells nothing, unless there are only a few.
                if held == 0 || (entries > 50 && held * 5 > entries) {
                    return None;
                }
                let rarity = (1.0 + (entries as f32 - held as f32 + 0.5).max(0.5) / (held as f32 + 0.5)).ln();
                let weight = 1.0 + (times as f32).ln();
                let (term, shown) = (term.to_owned(), shown.to_owned());
                Some(Telling { term, field, shown, weight, worth: weight * rarity })
            })
            .collect();
        telling.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.term.cmp(&b.term)));
        telling.truncate(most);
        telling
    }

    /// The concepts that stand in a text, with how often, damped; the most telling first.
    fn concepts_of(&self, text: &str, lang: Lang, most: usize) -> Vec<(ConceptNumber, f32)> {
        let mut times: HashMap<ConceptNumber, u32> = HashMap::new();
        for found in self.thesaurus.recogniser().in_text(text, lang) {
            *times.entry(found.concept).or_default() += 1;
        }
        let mut concepts: Vec<(ConceptNumber, f32, f32)> = times
            .into_iter()
            .filter_map(|(number, times)| {
                let entries = self.concept_entries(number);
                let rarity = (1.0 + self.lengths.docs as f32 / (entries as f32 + 0.5)).ln();
                let often = 1.0 + (times as f32).ln();
                (entries > 0).then_some((number, often, often * rarity))
            })
            .collect();
        concepts.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        concepts.truncate(most);
        concepts.into_iter().map(|(number, often, _)| (number, often)).collect()
    }

    /// What an answer should hold of the concepts of a passage, in whatever language.
    fn concept_words(&self, concepts: &[(ConceptNumber, f32)], weights: &Weights) -> Vec<Word> {
        let recogniser = self.thesaurus.recogniser();
        let langs: Vec<Lang> =
            self.langs().iter().copied().filter(|lang| recogniser.mode(*lang).is_some()).collect();
        let word = |(number, often): &(ConceptNumber, f32)| Word {
            clauses: vec![Clause::Concept {
                concept: self.thesaurus.concept(*number).id.clone(),
                languages: langs.clone(),
                weight: weights.concept,
                articles: Vec::new(),
            }],
            counts: 1.0,
            weight: *often,
        };
        concepts.iter().map(word).collect()
    }

    /// Why each provision of the results is like the passage.
    fn because(
        &self,
        results: &Results,
        likeness: &Likeness,
        lang: Option<Lang>,
        telling: &[Telling],
        concepts: &[(ConceptNumber, f32)],
    ) -> Result<Vec<Vec<Because>>, tantivy::TantivyError> {
        let mut tokens = Tokens::default();
        let mut analyser = Analyser::default();
        let mut works = Vec::with_capacity(results.works.len());
        for work in &results.works {
            let mut provisions = Vec::with_capacity(work.provisions.len());
            for hit in &work.provisions {
                let stored = self.stored(hit.entry.0, hit.entry.1)?;
                let theirs = Lang::of(stored.language);
                let set =
                    &self.concept_sets[self.segments[hit.entry.0].concepts[hit.entry.1 as usize] as usize];
                let mut held: HashSet<String> = HashSet::new();
                if lang == Some(theirs) {
                    let mode = match telling.first().map(|word| word.field) {
                        Some(Field::Exact) => Mode::Exact,
                        _ => Mode::Text,
                    };
                    analyser.analyse(&stored.text, theirs, mode, &mut tokens);
                    held.extend(tokens.iter().map(|(term, _)| term.to_owned()));
                }
                let tagged = |article: &Article| {
                    let mut own = hit.articles.iter().chain(hit.suggested.iter().map(|tag| &tag.article));
                    own.any(|tag| article.contains(*tag) || tag.contains(*article))
                };
                provisions.push(Because {
                    articles: likeness.articles.iter().copied().filter(tagged).collect(),
                    concepts: concepts
                        .iter()
                        .filter(|(number, _)| set.holds(*number))
                        .map(|(number, _)| self.thesaurus.concept(*number).id.clone())
                        .collect(),
                    words: telling
                        .iter()
                        .filter(|word| held.contains(&word.term))
                        .map(|word| word.shown.clone())
                        .collect(),
                    text: fingerprint(&stored.text),
                });
            }
            works.push(provisions);
        }
        Ok(works)
    }
}

/// The code of the language of a text in Chinese characters, kana or hangul.
fn east_asian(text: &str) -> &'static str {
    let count = |is: fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
    let kana = count(|c| matches!(c, '\u{3041}'..='\u{30ff}'));
    let hangul = count(|c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}'));
    let han = count(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
    if hangul > kana && hangul * 4 > han {
        "ko"
    } else if kana * 10 > han {
        "ja"
    } else {
        "zh"
    }
}

/// The same for texts of the same words.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut folded = String::new();
    for piece in pieces(text) {
        let (Piece::Word(bytes, _) | Piece::Characters(bytes)) = piece;
        fold(&text[bytes], &mut folded);
        folded.hash(&mut hasher);
    }
    hasher.finish()
}
