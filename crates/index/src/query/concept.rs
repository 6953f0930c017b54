//! Concepts in a query: its labels are found, whatever their language, and looked for in every language.
//!
//! Where nothing but concepts is looked for, they are what answers are ranked by, and the words themselves only break
//! ties, so that a concept has the same answers whatever language it is typed in. Where there are other words, a
//! concept is one more way to hold the words of its label, and weighs less than they do.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use merida_law::{Article, Language};

use super::read::Reading;
use super::{Clause, Expansion, Field, FieldName, Interpretation, Part, Plan, Word};
use crate::analysis::{Analyser, Lang, Mode, Piece, Tokens, pieces};
use crate::ranking::Ranking;
use crate::thesaurus::ConceptNumber;
use crate::{Concept, ConceptId, LabelKind, Thesaurus};

/// What a query says of concepts by `concept:ID`, `-concept:ID` and `-concept:ID/LANG`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    /// Those that answers must deal with.
    required: Vec<ConceptNumber>,
    /// Those that are not looked for, in one language or in all.
    off: Vec<(ConceptId, Option<Lang>)>,
}

/// How many concepts of one query are looked for.
const MOST: usize = 8;
/// Words that count for less only ask: `examples of laws on …`.
const SAYS: f32 = 0.5;

impl Asked {
    fn of(reading: &Reading, thesaurus: &Thesaurus) -> Self {
        let mut asked = Self::default();
        for part in &reading.interpretation.parts {
            if let Part::Field { field: FieldName::Concept, value, off: false } = part {
                let ids = value.split(',').filter_map(|id| id.parse().ok());
                asked.required.extend(ids.filter_map(|id| thesaurus.number(&id)));
            }
        }
        for value in &reading.without {
            let (id, code) =
                value.split_once('/').map_or((value.as_str(), None), |(id, code)| (id, Some(code)));
            let lang = code.map(|code| code.parse::<Language>().map(Lang::of));
            match (id.parse(), lang) {
                (Ok(id), None) => asked.off.push((id, None)),
                (Ok(id), Some(Ok(lang))) => asked.off.push((id, Some(lang))),
                _ => {}
            }
        }
        asked
    }

    fn is_off(&self, id: &ConceptId) -> bool {
        self.off.iter().any(|(off, lang)| off == id && lang.is_none())
    }

    fn without(&self, id: &ConceptId) -> Vec<Lang> {
        self.off.iter().filter(|(off, _)| off == id).filter_map(|(_, lang)| *lang).collect()
    }
}

/// A label in what was typed.
#[derive(Clone, Debug)]
struct Span {
    /// The run of parts, and the place of the first part that the label covers.
    run: usize,
    part: usize,
    /// Where in the run's text, in bytes.
    bytes: Range<usize>,
    text: String,
    /// What it may mean: more than one concept where languages differ.
    concepts: Vec<ConceptNumber>,
    langs: Vec<Lang>,
}

/// Plain words in a row.
struct Run {
    text: String,
    /// Where each part begins in the text, and its place among the parts.
    parts: Vec<(usize, usize)>,
}

/// Finds concepts in what was typed and looks for them.
pub(crate) struct Expander<'a> {
    pub(crate) thesaurus: &'a Thesaurus,
    pub(crate) ranking: &'a Ranking,
    /// The languages of the index.
    pub(crate) langs: &'a [Lang],
    /// Whether a concept stands in any entry of the index.
    pub(crate) occurs: &'a dyn Fn(ConceptNumber) -> bool,
}

impl Expander<'_> {
    /// The folded words of a query that stand in labels, which are therefore not misspelt.
    pub(crate) fn covered(
        &self,
        interpretation: &Interpretation,
        analyser: &mut Analyser,
    ) -> HashSet<String> {
        let runs = runs(&interpretation.parts);
        let spans = self.spans(&runs, analyser);
        spans.iter().flat_map(|span| exact_terms(&span.text, analyser)).collect()
    }

    /// Puts concepts into the interpretation and the plan.
    pub(crate) fn expand(&self, reading: &mut Reading, analyser: &mut Analyser) {
        let asked = Asked::of(reading, self.thesaurus);
        let (interpretation, plan) = (&mut reading.interpretation, &mut reading.plan);
        let runs = runs(&interpretation.parts);
        let mut spans = self.spans(&runs, analyser);
        for span in &mut spans {
            span.concepts.retain(|&number| !asked.is_off(&self.thesaurus.concept(number).id));
        }
        spans.retain(|span| !span.concepts.is_empty());
        let found: Vec<&Span> =
            spans.iter().filter(|span| span.concepts.iter().any(|&number| (self.occurs)(number))).collect();
        let covered: Vec<HashSet<usize>> =
            found.iter().map(|span| covers(span, &runs[span.run].text, plan, analyser)).collect();
        let is_free = |place: usize| covered.iter().all(|covered| !covered.contains(&place));
        let says = |(place, word): (usize, &Word)| word.counts >= SAYS && is_plain(word) && is_free(place);
        if plan.words.iter().enumerate().any(says) {
            self.beside(plan, &found, &covered, &asked);
        } else if !found.is_empty() {
            self.alone(plan, &found, &covered, &asked);
        }
        for &number in &asked.required {
            let clauses = self.clauses(&[number], 1.0, &asked);
            plan.words.push(Word { clauses, counts: 0.0, weight: 1.0 });
        }
        self.show(interpretation, &spans, &asked);
    }

    /// Labels in the runs, the longest first; none overlaps another.
    fn spans(&self, runs: &[Run], analyser: &mut Analyser) -> Vec<Span> {
        let mut tokens = Tokens::default();
        let mut found = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        for (number, run) in runs.iter().enumerate() {
            let scripts: HashSet<_> = pieces(&run.text)
                .map(|piece| match piece {
                    Piece::Word(_, script) => script,
                    Piece::Characters(_) => crate::analysis::Script::Cjk,
                })
                .collect();
            let mut here: Vec<(Range<usize>, ConceptNumber, Lang)> = Vec::new();
            for lang in Lang::all().filter(|lang| scripts.iter().any(|&script| lang.writes(script))) {
                let Some(mode) = self.thesaurus.recogniser().mode(lang) else { continue };
                analyser.analyse(&run.text, lang, mode, &mut tokens);
                self.thesaurus.recogniser().found(lang, &run.text, &tokens, &mut found);
                here.extend(found.iter().map(|found| (found.bytes.clone(), found.concept, lang)));
            }
            here.sort_by_key(|(bytes, concept, lang)| {
                (std::cmp::Reverse(bytes.len()), bytes.start, *concept, *lang)
            });
            let mut taken: Vec<Span> = Vec::new();
            for group in here.chunk_by(|a, b| a.0 == b.0) {
                let bytes = group[0].0.clone();
                if taken.iter().any(|span| span.bytes.start < bytes.end && bytes.start < span.bytes.end) {
                    continue;
                }
                let concepts = self.meant(&run.text, &bytes, group);
                let langs = group
                    .iter()
                    .filter(|(_, concept, _)| concepts.contains(concept))
                    .map(|(_, _, lang)| *lang);
                let part = run.parts.partition_point(|(start, _)| *start <= bytes.start).saturating_sub(1);
                taken.push(Span {
                    run: number,
                    part: run.parts.get(part).map_or(0, |(_, part)| *part),
                    text: run.text[bytes.clone()].to_owned(),
                    langs: langs.collect(),
                    bytes,
                    concepts,
                });
            }
            taken.sort_by_key(|span| span.bytes.start);
            spans.extend(taken);
        }
        spans.truncate(MOST);
        spans
    }

    /// Where a label means different things in different languages, what it means in the language of the other words;
    /// everything where they do not say.
    fn meant(
        &self,
        text: &str,
        bytes: &Range<usize>,
        group: &[(Range<usize>, ConceptNumber, Lang)],
    ) -> Vec<ConceptNumber> {
        let mut concepts: Vec<ConceptNumber> = group.iter().map(|(_, concept, _)| *concept).collect();
        concepts.dedup();
        if concepts.len() < 2 {
            return concepts;
        }
        let outside = format!("{} {}", &text[..bytes.start], &text[bytes.end..]);
        let words: Vec<&str> = outside.split_whitespace().collect();
        let speaks = |lang: Lang| words.iter().filter(|word| Analyser::is_stop(word, lang)).count();
        let most = group.iter().map(|(_, _, lang)| speaks(*lang)).max().unwrap_or(0);
        if most > 0 {
            let spoken: HashSet<ConceptNumber> = group
                .iter()
                .filter(|(_, _, lang)| speaks(*lang) == most)
                .map(|(_, concept, _)| *concept)
                .collect();
            concepts.retain(|concept| spoken.contains(concept));
        }
        concepts
    }

    /// Nothing but concepts: they decide, their words and those that only ask break ties.
    fn alone(&self, plan: &mut Plan, spans: &[&Span], covered: &[HashSet<usize>], asked: &Asked) {
        for (place, word) in plan.words.iter_mut().enumerate() {
            if is_plain(word) || covered.iter().any(|covered| covered.contains(&place)) {
                word.counts = 0.0;
                word.weight *= self.ranking.concept.literal;
            }
        }
        plan.neighbours.clear();
        for span in spans {
            let clauses = self.clauses(&span.concepts, 1.0, asked);
            plan.words.push(Word { clauses, counts: 1.0, weight: 1.0 });
        }
    }

    /// Concepts among other words: one more way to hold the words of a label.
    fn beside(&self, plan: &mut Plan, spans: &[&Span], covered: &[HashSet<usize>], asked: &Asked) {
        for (span, covered) in spans.iter().zip(covered) {
            let counted: Vec<usize> =
                covered.iter().copied().filter(|&place| plan.words[place].counts > 0.0).collect();
            if counted.is_empty() {
                continue;
            }
            let weight = self.ranking.concept.beside / counted.len() as f32;
            let clauses = self.clauses(&span.concepts, weight, asked);
            for place in counted {
                plan.words[place].clauses.extend(clauses.iter().cloned());
            }
        }
    }

    /// The concepts and every kind of them.
    fn clauses(&self, concepts: &[ConceptNumber], weight: f32, asked: &Asked) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for &number in concepts {
            let without = asked.without(&self.thesaurus.concept(number).id);
            for (below, steps) in self.thesaurus.downwards(number) {
                let concept = self.thesaurus.concept(below);
                if asked.is_off(&concept.id) || !(self.occurs)(below) {
                    continue;
                }
                let factor = self.ranking.concept.narrower.powi(steps as i32);
                clauses.push(Clause::Concept {
                    concept: concept.id.clone(),
                    languages: self
                        .langs
                        .iter()
                        .copied()
                        .filter(|lang| {
                            !without.contains(lang) && self.thesaurus.recogniser().mode(*lang).is_some()
                        })
                        .collect(),
                    weight: weight * factor,
                    articles: if steps == 0 { shares(&concept.articles) } else { Vec::new() },
                });
            }
        }
        clauses
    }

    /// Says in the interpretation which concepts the query was read as.
    fn show(&self, interpretation: &mut Interpretation, spans: &[Span], asked: &Asked) {
        // From the end, so that places before stay what they were.
        for span in spans.iter().rev() {
            for &number in &span.concepts {
                let place = span.part.min(interpretation.parts.len());
                interpretation.parts.insert(place, self.part(number, span, asked));
            }
        }
    }

    fn part(&self, number: ConceptNumber, span: &Span, asked: &Asked) -> Part {
        let concept = self.thesaurus.concept(number);
        let without = asked.without(&concept.id);
        let typed_in = span.langs.iter().find_map(|&lang| language_of(concept, lang));
        let language = typed_in.unwrap_or(Language::EN);
        let expansion = concept
            .languages()
            .into_iter()
            .filter(|language| {
                let lang = Lang::of(*language);
                self.langs.contains(&lang) && !without.contains(&lang)
            })
            .map(|language| Expansion { language, labels: shown_labels(concept, language) })
            .collect();
        Part::Concept {
            text: span.text.clone(),
            id: concept.id.clone(),
            label: concept.name_in(language).to_owned(),
            language,
            articles: concept.articles.clone(),
            expansion,
        }
    }
}

/// The labels of a concept in a language that are shown, the preferred one first.
fn shown_labels(concept: &Concept, language: Language) -> Vec<String> {
    let of = concept.labels.iter().filter(|l| l.language == language && l.kind != LabelKind::Hidden);
    of.map(|label| label.text.clone()).collect()
}

fn language_of(concept: &Concept, lang: Lang) -> Option<Language> {
    concept.languages().into_iter().find(|language| Lang::of(*language) == lang)
}

/// The articles of a concept with their shares: tags on them and their parts count in full, tags on an article of
/// which only parts belong to the concept count less.
fn shares(articles: &[Article]) -> Vec<(Article, f32)> {
    let mut shares: HashMap<Article, f32> = HashMap::new();
    for article in articles {
        for (above, share) in article.self_and_ancestors().zip([1.0, 0.5, 0.25, 0.125]) {
            let known = shares.entry(above).or_default();
            *known = known.max(share);
        }
    }
    let mut shares: Vec<(Article, f32)> = shares.into_iter().collect();
    shares.sort_by_key(|(article, _)| *article);
    shares
}

/// Parts in a row that are plain words, as they are looked for.
fn runs(parts: &[Part]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut goes_on = false;
    for (place, part) in parts.iter().enumerate() {
        let text = match part {
            Part::Word { text } | Part::Stop { text } => text,
            Part::Corrected { to, .. } => to,
            _ => {
                goes_on = false;
                continue;
            }
        };
        if !goes_on {
            runs.push(Run { text: String::new(), parts: Vec::new() });
            goes_on = true;
        }
        if let Some(run) = runs.last_mut() {
            if !run.text.is_empty() {
                run.text.push(' ');
            }
            run.parts.push((run.text.len(), place));
            run.text.push_str(text);
        }
    }
    runs
}

/// Whether a word is looked for by its letters rather than as a citation or a jurisdiction.
fn is_plain(word: &Word) -> bool {
    !word.clauses.iter().any(|clause| {
        matches!(
            clause,
            Clause::Jurisdiction { .. } | Clause::Tag { .. } | Clause::Label { .. } | Clause::Meets { .. }
        )
    })
}

fn exact_terms(text: &str, analyser: &mut Analyser) -> Vec<String> {
    let mut tokens = Tokens::default();
    analyser.analyse(text, Lang::OTHER, Mode::Exact, &mut tokens);
    tokens.iter().map(|(term, _)| term.to_owned()).collect()
}

/// The pairs of characters of which one stands within `bytes` and one beside.
fn edges(text: &str, bytes: &Range<usize>) -> Vec<String> {
    let pair = |at: usize| {
        let (before, after) = (text[..at].chars().next_back()?, text[at..].chars().next()?);
        Some([before, after].iter().collect::<String>())
    };
    [bytes.start, bytes.end].into_iter().filter_map(pair).collect()
}

/// The words of the plan that a label covers. Pairs of characters that reach over its edge are not words, and are no
/// longer asked for.
fn covers(span: &Span, run: &str, plan: &mut Plan, analyser: &mut Analyser) -> HashSet<usize> {
    let terms = exact_terms(&span.text, analyser);
    let together: String = terms.concat();
    let edges = edges(run, &span.bytes);
    let mut covered = HashSet::new();
    for (place, word) in plan.words.iter_mut().enumerate() {
        let mut over_edge = false;
        let holds = word.clauses.iter().any(|clause| match clause {
            Clause::Term { field: Field::Exact, term, .. } => terms.contains(term),
            Clause::Term { field: Field::Text(lang), term, .. } if lang.pairs() => {
                over_edge |= edges.contains(term);
                together.contains(term.as_str())
            }
            _ => false,
        });
        if holds {
            covered.insert(place);
        } else if over_edge {
            word.counts = 0.0;
        }
    }
    covered
}
