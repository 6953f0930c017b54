//! From a citation to what an engine looks for.

use merida_law::{Article, Jurisdiction};

use super::cited::{Cited, bare, convention_titles};
use super::condition::{Condition, Property};
use super::read::{Reader, Reading};
use super::{Clause, Part, Word};
use crate::analysis::{Analyser, Piece, pieces};

impl Reader<'_> {
    /// Whether the title of a law holds all of `words`.
    pub(super) fn is_titled(&self, words: &[&str], analyser: &mut Analyser) -> bool {
        match self.title(&words.join(" "), analyser) {
            Some(Condition::Title(forms)) => (self.titled)(&forms),
            _ => false,
        }
    }

    /// The condition that a work's title holds the words of `text`; none where there are none.
    pub(super) fn title(&self, text: &str, analyser: &mut Analyser) -> Option<Condition> {
        let mut words = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Word(range, _) => words.push(self.forms(&text[range], analyser)),
                Piece::Characters(range) => {
                    let run: Vec<char> = text[range].chars().collect();
                    words.extend(run.windows(2).map(|pair| vec![pair.iter().collect::<String>()]));
                }
            }
        }
        (!words.is_empty()).then_some(Condition::Title(words))
    }

    /// Reads a citation: as an article of the Convention, or as a provision of the law that it names.
    pub(super) fn cited(&self, found: &Cited, analyser: &mut Analyser, reading: &mut Reading) {
        let article = found.article.filter(|_| !found.is_national());
        let (clauses, part) = match article {
            Some(article) => {
                let part = Part::Article { text: found.text.clone(), article };
                (self.of_the_convention(article, found, analyser), part)
            }
            None => {
                let part = Part::Provision { text: found.text.clone(), number: found.number.clone() };
                (self.of_a_law(found, analyser), part)
            }
        };
        reading.interpretation.parts.push(part);
        reading.plan.words.push(Word { clauses, counts: 1.0, weight: 1.0 });
    }

    /// The Convention's own article, what is tagged with it, and laws' articles of that number.
    fn of_the_convention(&self, article: Article, found: &Cited, analyser: &mut Analyser) -> Vec<Clause> {
        let weights = &self.ranking.citation;
        let mut clauses = Vec::new();
        for (cited, share) in article.self_and_ancestors().zip([1.0, 0.6, 0.4, 0.3]) {
            clauses.push(Clause::Tag {
                article: cited,
                curated: weights.curated * share,
                suggested: weights.suggested * share,
            });
        }
        // Clauses of a word add up; a tag on the point is one on its article as well, so take the difference.
        for index in 0..clauses.len() {
            let below = match clauses.get(index + 1) {
                Some(Clause::Tag { curated, suggested, .. }) => (*curated, *suggested),
                _ => (0.0, 0.0),
            };
            if let Clause::Tag { curated, suggested, .. } = &mut clauses[index] {
                *curated -= below.0;
                *suggested -= below.1;
            }
        }
        let own = convention_titles().iter().filter_map(|title| self.title(title, analyser)).collect();
        let label = || Condition::Label(article.number().to_string());
        let is_treaty = || Condition::Is(Property::Kind(merida_law::WorkKind::Treaty));
        if let Some(titles) = Condition::any(own) {
            let score = weights.curated * 1.5;
            clauses.push(meets(vec![label(), is_treaty(), titles], score));
            // Whatever else is said, a text in the language of the question.
            clauses.extend(self.in_its_language(&[label(), is_treaty()], found, weights.label / 6.0));
        }
        if !found.convention {
            clauses.push(Clause::Label { number: found.number.clone(), score: weights.label / 2.0 });
            let label = Condition::Label(found.number.clone());
            clauses.extend(self.in_its_language(&[label], found, weights.label / 6.0));
        }
        clauses
    }

    /// The provision of that number: of the law that is named rather than of another, of the State that is named rather
    /// than of another, in the language of the question rather than in another.
    fn of_a_law(&self, found: &Cited, analyser: &mut Analyser) -> Vec<Clause> {
        let score = self.ranking.citation.label;
        let label = || Condition::Label(found.number.clone());
        let mut clauses = vec![Clause::Label { number: found.number.clone(), score }];
        let state = |state: &Jurisdiction| Condition::Is(Property::Jurisdiction(*state));
        let states = Condition::any(found.states.iter().map(state).collect());
        let typed = found.name.as_ref().and_then(|name| self.title(name, analyser));
        let known = found.titles.iter().filter_map(|title| self.title(title, analyser));
        let titles = Condition::any(typed.iter().cloned().chain(known).collect());
        if let Some(titles) = &titles {
            clauses.push(meets(vec![label(), titles.clone()], score));
        }
        if let Some(states) = &states {
            clauses.push(meets(vec![label(), states.clone()], score));
            if found.states.len() > 1 {
                clauses.push(meets(vec![label(), state(&found.states[0])], score / 6.0));
            }
        }
        if let (Some(titles), Some(states)) = (titles, states) {
            clauses.push(meets(vec![label(), titles, states], score));
        }
        if let Some(typed) = typed {
            clauses.push(meets(vec![label(), typed], score / 3.0));
        }
        // A State alone beside the number of an article may be asked what its law says on that article.
        if let Some(article) = found.article.filter(|_| found.titles.is_empty() && found.name.is_none()) {
            for jurisdiction in &found.states {
                let tagged = Condition::Is(Property::Article(article, None));
                clauses.push(meets(vec![tagged, state(jurisdiction)], score));
            }
        }
        clauses.extend(self.in_its_language(&[label()], found, score / 3.0));
        clauses
    }

    fn in_its_language(&self, conditions: &[Condition], found: &Cited, score: f32) -> Option<Clause> {
        let languages: Vec<Condition> = found
            .languages
            .iter()
            .filter_map(|code| code.parse().ok())
            .map(|language| Condition::Is(Property::Language(language)))
            .collect();
        let mut conditions = conditions.to_vec();
        conditions.push(Condition::any(languages)?);
        Some(meets(conditions, score))
    }

    /// A State or an adjective of one at the beginning of `run`: which, and how many words it takes.
    pub(super) fn state_at(run: &[&str]) -> Option<(Jurisdiction, usize)> {
        (1..=run.len().min(5)).rev().find_map(|words| {
            let name: Vec<&str> = run[..words].iter().map(|word| bare(word)).collect();
            let name = name.join(" ");
            let may_be = name.chars().count() > 3 && name.chars().all(|c| !c.is_ascii_digit());
            let state = if may_be { super::cited::state(&name) } else { None };
            state.map(|state| (state, words))
        })
    }
}

fn meets(conditions: Vec<Condition>, score: f32) -> Clause {
    Clause::Meets { condition: Condition::All(conditions), score }
}
