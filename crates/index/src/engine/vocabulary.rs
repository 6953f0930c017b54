//! The words of an index: which it knows, and which are near one that it does not.

use std::collections::{HashMap, HashSet};

use tantivy::query::FuzzyTermQuery;
use tantivy::{TantivyError, Term};

use super::snapshot::Snapshot;
use crate::analysis::{Analyser, Lang, Mode, Tokens};
use crate::query::spelling::{self, Near};
use crate::query::{Clause, Field, Plan, Word};

/// A word is weighed by the language that it stands in only against so many others.
const COMPARED: usize = 16;
/// What a word in quite another language than the rest of the query must be outweighed by, in powers of e.
const FOREIGN: f32 = 3.0;
/// So many entries hold the stem of a word by chance.
const BY_CHANCE: u64 = 20;

/// How far an index knows a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// As it is written.
    Well,
    /// Only words of its stem, in so many entries of one language.
    ByStem(u64),
    Not,
}

impl Snapshot {
    /// For each word of a plan that the index does not know, the word that was probably meant.
    pub(super) fn corrections(&self, plan: &Plan) -> Result<HashMap<String, String>, TantivyError> {
        let mut unknown: Vec<(&str, &Word, u64)> = Vec::new();
        for word in &plan.words {
            let Some(term) = spelling::suspect(word) else { continue };
            match self.known(word) {
                Known::Well => {}
                Known::ByStem(entries) if entries < BY_CHANCE => unknown.push((term, word, entries)),
                Known::ByStem(_) => {}
                Known::Not => unknown.push((term, word, 0)),
            }
        }
        unknown.dedup_by_key(|(term, ..)| *term);
        unknown.retain(|(term, ..)| !self.is_label_word(term));
        if unknown.is_empty() || unknown.len() > spelling::MOST {
            return Ok(HashMap::new());
        }
        let spoken = self.spoken(plan);
        let mut corrections = HashMap::new();
        for (term, word, by_stem) in unknown {
            if let Some(meant) = self.meant(term, word, by_stem, &spoken)? {
                corrections.insert(term.to_owned(), meant);
            }
        }
        Ok(corrections)
    }

    /// Whether a word stands in a label of the thesaurus: a term of law that no text here holds is not misspelt.
    fn is_label_word(&self, term: &str) -> bool {
        let words = self.label_words.get_or_init(|| {
            let labels = self.thesaurus.concepts().iter().flat_map(|concept| &concept.labels);
            let mut tokens = Tokens::default();
            let mut analyser = Analyser::default();
            let mut words = HashSet::new();
            for label in labels {
                analyser.analyse(&label.text, Lang::OTHER, Mode::Exact, &mut tokens);
                words.extend(tokens.iter().map(|(word, _)| word.to_owned()));
            }
            words
        });
        words.contains(term)
    }

    fn known(&self, word: &Word) -> Known {
        let mut by_stem = 0;
        for clause in &word.clauses {
            match clause {
                Clause::Term { field: field @ Field::Text(_), term, .. } => {
                    by_stem = by_stem.max(self.frequency(*field, term));
                }
                Clause::Term { field: Field::Heading(_), .. } => {}
                Clause::Term { field, term, .. } if self.frequency(*field, term) > 0 => return Known::Well,
                Clause::Title { terms, .. } if terms.iter().any(|term| self.titles.contains_key(term)) => {
                    return Known::Well;
                }
                Clause::Term { .. } | Clause::Title { .. } => {}
                _ => return Known::Well,
            }
        }
        if by_stem > 0 { Known::ByStem(by_stem) } else { Known::Not }
    }

    /// How much each language has to do with the words of a plan that are known; the sum is 1, or there are none.
    fn spoken(&self, plan: &Plan) -> HashMap<Lang, f32> {
        let mut spoken: HashMap<Lang, f32> = HashMap::new();
        for word in plan.words.iter().chain(&plan.common) {
            let mut shares: Vec<(Lang, f32)> = Vec::new();
            for clause in &word.clauses {
                let Clause::Term { field: field @ Field::Text(lang), term, .. } = clause else { continue };
                let entries = self.lengths.text(*lang).count.max(1) as f32;
                shares.push((*lang, self.frequency(*field, term) as f32 / entries));
            }
            let sum: f32 = shares.iter().map(|(_, share)| share).sum();
            for (lang, share) in shares.into_iter().filter(|(_, share)| *share > 0.0) {
                *spoken.entry(lang).or_default() += share / sum;
            }
        }
        let sum: f32 = spoken.values().sum();
        spoken.values_mut().for_each(|share| *share /= sum);
        spoken
    }

    /// The word that was meant by one that is not known, or of which only the stem is.
    fn meant(
        &self,
        term: &str,
        word: &Word,
        by_stem: u64,
        spoken: &HashMap<Lang, f32>,
    ) -> Result<Option<String>, TantivyError> {
        let least = match self.len() {
            0..2_000 => 1,
            2_000..200_000 => 3,
            _ => 10,
        };
        // Most slips are single, and words so near are few and quickly found.
        let one = self.words_near(term, 1, least)?;
        let clear =
            |near: &Near| by_stem == 0 || (near.entries >= 10 * by_stem && !self.same_stem(&near.term, word));
        if let Some(meant) = self.likeliest(one, spoken).filter(clear) {
            return Ok(Some(meant.term));
        }
        if spelling::most_slips(term) < 2 || by_stem > 0 {
            return Ok(None);
        }
        let two = self.words_near(term, 2, least)?;
        Ok(self.likeliest(two, spoken).map(|meant| meant.term))
    }

    /// The words within so many slips of `term`, the likeliest first.
    fn words_near(&self, term: &str, slips: u8, least: u64) -> Result<Vec<Near>, TantivyError> {
        let mut found: HashMap<String, u64> = HashMap::new();
        let query = FuzzyTermQuery::new(Term::from_field_text(self.fields.exact, term), slips, true);
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.exact)?;
            let mut stream = index.terms().search(query.automaton()?).into_stream()?;
            while stream.advance() {
                if let Ok(near) = std::str::from_utf8(stream.key()) {
                    let entries = u64::from(stream.value().doc_freq);
                    match found.get_mut(near) {
                        Some(known) => *known += entries,
                        None => {
                            found.insert(near.to_owned(), entries);
                        }
                    }
                }
            }
        }
        Ok(spelling::likely(term, found, least))
    }

    /// The likeliest of words, those in the language of the rest of the query before others.
    fn likeliest(&self, near: Vec<Near>, spoken: &HashMap<Lang, f32>) -> Option<Near> {
        if spoken.is_empty() {
            return near.into_iter().next();
        }
        let mut analyser = Analyser::default();
        let weighed = near.into_iter().take(COMPARED).map(|near| {
            let fits = self.fits(&near.term, spoken, &mut analyser);
            Near { score: near.score - FOREIGN * (1.0 - fits), ..near }
        });
        weighed.max_by(|a, b| a.score.total_cmp(&b.score).then_with(|| b.term.cmp(&a.term)))
    }

    /// How much of a word's use is in the languages of the rest of the query, from 0 to 1.
    fn fits(&self, term: &str, spoken: &HashMap<Lang, f32>, analyser: &mut Analyser) -> f32 {
        let script = spelling::alphabet(term);
        let mut used: Vec<(Lang, f32)> = Vec::new();
        for &lang in self.langs().iter().filter(|lang| script.is_some_and(|script| lang.writes(script))) {
            let Some(stem) = analyser.stem(term, lang).map(str::to_owned) else { continue };
            let entries = self.lengths.text(lang).count.max(1) as f32;
            used.push((lang, self.frequency(Field::Text(lang), &stem) as f32 / entries));
        }
        let most = used.iter().map(|(_, share)| *share).fold(0.0, f32::max);
        if most == 0.0 {
            return 0.5;
        }
        let of = |lang: Lang| spoken.get(&lang).copied().unwrap_or(0.0);
        used.iter().map(|(lang, share)| of(*lang) * share / most).sum::<f32>().min(1.0)
    }

    /// Whether a word has the stem of another in a language that knows that stem.
    fn same_stem(&self, term: &str, word: &Word) -> bool {
        let mut analyser = Analyser::default();
        word.clauses.iter().any(|clause| match clause {
            Clause::Term { field: field @ Field::Text(lang), term: stem, .. } => {
                self.frequency(*field, stem) > 0 && analyser.stem(term, *lang) == Some(stem)
            }
            _ => false,
        })
    }
}
