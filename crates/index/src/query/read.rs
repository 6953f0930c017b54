//! Request → Interpretation → Plan.

use std::collections::{HashMap, HashSet};

use merida_law::Jurisdiction;

use super::cited::{abbreviated, cited};
use super::syntax::{Node, literal, parse};
use super::{Clause, Field, Interpretation, Note, Part, Plan, Word};
use crate::analysis::{Analyser, Lang, Mode, Piece, Script, Tokens, fold, pieces};
use crate::ranking::Ranking;
use crate::{Request, Thesaurus};

/// Reads queries for an index that holds text in certain languages.
pub(crate) struct Reader<'a> {
    /// The languages of the index.
    pub(crate) langs: &'a [Lang],
    /// How answers are ranked.
    pub(crate) ranking: &'a Ranking,
    /// The share of the texts of a language that hold a word.
    pub(crate) share: &'a dyn Fn(Lang, &str) -> f32,
    /// Whether the title of a law holds all of some words, each given in several forms.
    pub(crate) titled: &'a dyn Fn(&[Vec<String>]) -> bool,
    /// Words that occur nowhere, folded, and those to look for in their place.
    pub(crate) corrections: HashMap<String, String>,
    /// The concepts that `concept:` may name.
    pub(crate) thesaurus: &'a Thesaurus,
    /// Whether phrases are taken as their words.
    pub(crate) apart: bool,
}

/// A stop word of one language is looked for where it stands in this share of the texts of another.
const SAYS_SOMETHING: f32 = 0.002;

/// A query, read.
pub(crate) struct Reading {
    pub(crate) interpretation: Interpretation,
    pub(crate) plan: Plan,
    /// Which words of the plan are stop words.
    pub(super) stops: Vec<bool>,
    /// Which words of the plan only ask.
    pub(super) asks: Vec<bool>,
    /// The concepts that must not be read out of the words: `-concept:ID`.
    pub(crate) without: HashSet<String>,
}

impl Reading {
    fn new(interpretation: Interpretation, plan: Plan) -> Self {
        Self { interpretation, plan, stops: Vec::new(), asks: Vec::new(), without: HashSet::new() }
    }
}

/// How many words are read, repetitions included, before those that are looked for are chosen.
const MOST_READ: usize = 4 * Interpretation::MAX_WORDS;
/// How many words of a run are looked at together.
const TOGETHER: usize = 8;

impl Reader<'_> {
    /// What `request` means and what an engine is to run for it.
    pub(crate) fn read(&self, request: &Request, analyser: &mut Analyser) -> Reading {
        let (interpretation, plan) = (Interpretation::default(), self.empty_plan(request));
        let mut reading = Reading::new(interpretation, plan);
        let query = cut(&request.query, &mut reading.interpretation);
        if request.literal {
            if let Node::Words(words) = literal(query) {
                words.into_iter().for_each(|word| self.bare(word, analyser, &mut reading));
            }
        } else {
            let tree = parse(query, &mut reading.interpretation.notes);
            self.whole(&tree, analyser, &mut reading);
            if !self.apart && has_phrase(&tree) {
                let apart = Reader { corrections: self.corrections.clone(), apart: true, ..*self };
                let mut other = Reading::new(Interpretation::default(), self.empty_plan(request));
                apart.whole(&tree, analyser, &mut other);
                apart.settle(&mut other);
                reading.plan.otherwise = Some(Box::new(other.plan));
            }
        }
        self.settle(&mut reading);
        reading
    }

    /// Reads words that stand one after another: what they cite, then the rest.
    pub(super) fn run(&self, run: &[&str], analyser: &mut Analyser, reading: &mut Reading) {
        let found = cited(run, &mut |words| self.is_titled(words, analyser));
        let rest = match &found {
            Some((found, rest)) => {
                self.cited(found, analyser, reading);
                rest
            }
            None => run,
        };
        let mut position = 0;
        while position < rest.len() {
            if reading.plan.words.len() > MOST_READ {
                reading.note(Note::TooManyWords { read: Interpretation::MAX_WORDS });
                break;
            }
            let ahead = &rest[position..rest.len().min(position + TOGETHER)];
            position += self.known(ahead, analyser, reading);
        }
    }

    fn empty_plan(&self, request: &Request) -> Plan {
        Plan {
            rungs: self.ranking.matching.rungs.clone(),
            enough: self.ranking.matching.enough,
            widens: !request.literal,
            filters: request.filters.clone(),
            sort: request.sort,
            ..Plan::default()
        }
    }

    /// Reads the beginning of `run` as a jurisdiction, an abbreviation or a word; says how many it took.
    fn known(&self, run: &[&str], analyser: &mut Analyser, reading: &mut Reading) -> usize {
        if let Some((jurisdiction, words)) = Self::state_at(run) {
            self.jurisdiction(&run[..words], jurisdiction, analyser, reading);
            return words;
        }
        // In small letters it is a word of some language.
        let titles = abbreviated(run[0]).filter(|_| run[0].chars().any(char::is_uppercase));
        if let Some(titles) = titles {
            let mut clauses = self.word_clauses(run[0], analyser);
            for title in titles {
                // Of "code pénal" the longer word says more.
                let longest = title.split_whitespace().max_by_key(|word| word.chars().count());
                clauses.push(Clause::Title {
                    terms: self.forms(longest.unwrap_or(title), analyser),
                    weight: self.ranking.title.weight,
                });
            }
            reading.interpretation.parts.push(Part::Word { text: run[0].to_owned() });
            reading.plan.words.push(Word { clauses, counts: 1.0, weight: 1.0 });
            return 1;
        }
        self.bare(run[0], analyser, reading);
        1
    }

    fn jurisdiction(
        &self,
        words: &[&str],
        jurisdiction: Jurisdiction,
        analyser: &mut Analyser,
        reading: &mut Reading,
    ) {
        let text = words.join(" ");
        let mut clauses =
            vec![Clause::Jurisdiction { jurisdiction, score: self.ranking.citation.jurisdiction }];
        if words.len() == 1 {
            clauses.extend(self.word_clauses(words[0], analyser));
        }
        reading.plan.words.push(Word { clauses, counts: 1.0, weight: 1.0 });
        reading.interpretation.parts.push(Part::Jurisdiction { text, jurisdiction });
    }

    /// What stands between spaces: words, numbers and runs of characters.
    pub(super) fn bare(&self, text: &str, analyser: &mut Analyser, reading: &mut Reading) {
        let mut folded = String::new();
        for piece in pieces(text) {
            let (Piece::Word(range, _) | Piece::Characters(range)) = &piece;
            let word = &text[range.clone()];
            fold(word, &mut folded);
            if let Some(to) = self.corrections.get(&folded) {
                reading.interpretation.parts.push(Part::Corrected { text: word.to_owned(), to: to.clone() });
                self.piece(to, &Piece::Word(0..to.len(), Script::Latin), analyser, reading);
                continue;
            }
            let is_stop = matches!(piece, Piece::Word(..)) && self.is_stop(word);
            let text = word.to_owned();
            reading.interpretation.parts.push(if is_stop {
                Part::Stop { text }
            } else {
                Part::Word { text }
            });
            let word_range = match &piece {
                Piece::Word(_, script) => Piece::Word(0..word.len(), *script),
                Piece::Characters(_) => Piece::Characters(0..word.len()),
            };
            self.piece(word, &word_range, analyser, reading);
        }
    }

    /// Whether `word` is a stop word of a language of the index, and says nothing in the others.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        let (stops, others): (Vec<Lang>, Vec<Lang>) =
            self.langs.iter().partition(|&&lang| Analyser::is_stop(word, lang));
        if stops.is_empty() {
            return false;
        }
        // Short words are function words in many languages at once; of longer ones, `care` is one in Romanian alone.
        word.chars().count() < 4 || !others.iter().any(|&lang| (self.share)(lang, word) > SAYS_SOMETHING)
    }

    /// Whether `word` only asks in a language of the index, and says nothing in the others.
    fn asks(&self, word: &str) -> bool {
        let (asks, others): (Vec<Lang>, Vec<Lang>) =
            self.langs.iter().partition(|&&lang| Analyser::asks(word, lang));
        !asks.is_empty() && !others.iter().any(|&lang| (self.share)(lang, word) > SAYS_SOMETHING)
    }

    pub(super) fn piece(&self, text: &str, piece: &Piece, analyser: &mut Analyser, reading: &mut Reading) {
        match piece {
            Piece::Word(range, _) => {
                let word = &text[range.clone()];
                let clauses = self.word_clauses(word, analyser);
                reading.stops.resize(reading.plan.words.len(), false);
                reading.stops.push(self.is_stop(word));
                reading.asks.resize(reading.plan.words.len(), false);
                reading.asks.push(self.asks(word));
                reading.plan.words.push(Word { clauses, counts: 1.0, weight: 1.0 });
            }
            Piece::Characters(range) => self.characters(&text[range.clone()], analyser, reading),
        }
    }

    /// A word in every language that its script allows, as typed, and in titles.
    pub(super) fn word_clauses(&self, word: &str, analyser: &mut Analyser) -> Vec<Clause> {
        let ranking = self.ranking;
        let script = match pieces(word).next() {
            Some(Piece::Word(_, script)) => script,
            _ => Script::Other,
        };
        let mut clauses = Vec::new();
        for &lang in self.langs.iter().filter(|lang| lang.writes(script)) {
            let mut tokens = Tokens::default();
            analyser.analyse(word, lang, Mode::Text, &mut tokens);
            // A compound that no text holds is looked for by its parts.
            let by_parts = Analyser::has_clitics(lang) || (self.share)(lang, word) == 0.0;
            for (term, token) in tokens.iter().filter(|(_, token)| by_parts || !token.is_other) {
                let term = term.to_owned();
                let share = if token.is_other { ranking.matching.part } else { 1.0 };
                clauses.push(Clause::Term {
                    field: Field::Heading(lang),
                    term: term.clone(),
                    weight: ranking.heading.weight * share,
                });
                clauses.push(Clause::Term {
                    field: Field::Text(lang),
                    term,
                    weight: ranking.text.weight * share,
                });
            }
        }
        let weight = if clauses.is_empty() { ranking.text.weight } else { ranking.exact.weight };
        let mut tokens = Tokens::default();
        analyser.analyse(word, Lang::OTHER, Mode::Exact, &mut tokens);
        // Of `l'agent` and `officer's` only the longer part says something.
        // Vietnamese tones make other words, which folding would bring together.
        let toned = !clauses.is_empty() && word.chars().any(|c| ('\u{1ea0}'..='\u{1ef9}').contains(&c));
        if let Some((term, _)) = tokens.iter().max_by_key(|(term, _)| term.len()).filter(|_| !toned) {
            clauses.push(Clause::Term { field: Field::Exact, term: term.to_owned(), weight });
        }
        clauses.push(Clause::Title { terms: self.forms(word, analyser), weight: ranking.title.weight });
        clauses
    }

    /// A word of a title, folded and stemmed in each language.
    pub(super) fn forms(&self, word: &str, analyser: &mut Analyser) -> Vec<String> {
        title_terms(word, self.langs, analyser)
    }

    /// A run of Chinese, Japanese or Korean: its pairs, and its characters with less weight.
    fn characters(&self, run: &str, analyser: &mut Analyser, reading: &mut Reading) {
        let ranking = self.ranking;
        let mut tokens = Tokens::default();
        analyser.analyse(run, Lang::OTHER, Mode::Text, &mut tokens);
        let words = &mut reading.plan.words;
        let alone = tokens.len() == 0;
        for (pair, _) in tokens.iter() {
            let mut clauses = Vec::new();
            for &lang in self.langs.iter().filter(|lang| lang.pairs() && may_write(**lang, pair)) {
                let term = pair.to_owned();
                clauses.push(Clause::Term {
                    field: Field::Heading(lang),
                    term: term.clone(),
                    weight: ranking.heading_pairs,
                });
                clauses.push(Clause::Term { field: Field::Text(lang), term, weight: ranking.text.weight });
            }
            clauses.push(Clause::Title { terms: vec![pair.to_owned()], weight: ranking.title.weight });
            reading.asks.resize(words.len(), false);
            reading.asks.push(self.langs.iter().any(|&lang| lang.pairs() && Analyser::asks(pair, lang)));
            words.push(Word { clauses, counts: 1.0, weight: 1.0 });
        }
        analyser.analyse(run, Lang::OTHER, Mode::Exact, &mut tokens);
        for (character, _) in tokens.iter() {
            let weight = if alone { ranking.text.weight } else { ranking.character.weight };
            let clauses = vec![Clause::Term { field: Field::Exact, term: character.to_owned(), weight }];
            words.push(Word { clauses, counts: if alone { 1.0 } else { 0.0 }, weight: 1.0 });
        }
    }

    /// Drops stop words where other words remain, counts repeated words once, and notes what the reader should know.
    pub(super) fn settle(&self, reading: &mut Reading) {
        let Reading { interpretation, plan, stops, asks, .. } = reading;
        stops.resize(plan.words.len(), false);
        asks.resize(plan.words.len(), false);
        self.hush(plan, stops, asks);
        if stops.contains(&false) {
            self.put_aside(plan, stops);
        } else {
            // Nothing but stop words: they are what is looked for.
            for part in &mut interpretation.parts {
                if let Part::Stop { text } = part {
                    *part = Part::Word { text: std::mem::take(text) };
                }
            }
        }
        plan.neighbours = (1..plan.words.len())
            .map(|second| (second - 1, second))
            .filter(|&(first, second)| is_plain(&plan.words[first]) && is_plain(&plan.words[second]))
            .collect();
        once(plan);
        if plan.words.len() > Interpretation::MAX_WORDS {
            plan.words.truncate(Interpretation::MAX_WORDS);
            let note = Note::TooManyWords { read: Interpretation::MAX_WORDS };
            if !interpretation.notes.contains(&note) {
                interpretation.notes.push(note);
            }
        }
        let words = plan.words.len();
        plan.neighbours.retain(|&(first, second)| first != second && first < words && second < words);
        if plan.words.is_empty() && plan.condition.is_none() && !interpretation.query.trim().is_empty() {
            interpretation.notes.push(Note::NothingToLookFor);
        }
    }

    /// Where a query says enough besides, words that only ask weigh less.
    fn hush(&self, plan: &mut Plan, stops: &[bool], asks: &[bool]) {
        let question = &self.ranking.question;
        let flags = || stops.iter().zip(asks).zip(&plan.words);
        let telling = flags().filter(|((stop, asks), word)| !**stop && !**asks && word.counts > 0.0).count();
        if telling < question.words {
            return;
        }
        for (word, _) in plan.words.iter_mut().zip(asks).filter(|(_, asks)| **asks) {
            word.weight *= question.asking;
            word.counts *= question.asking;
        }
    }

    /// Puts stop words aside.
    fn put_aside(&self, plan: &mut Plan, stops: &[bool]) {
        let words = std::mem::take(&mut plan.words);
        for (mut word, &is_stop) in words.into_iter().zip(stops) {
            if !is_stop {
                plan.words.push(word);
                continue;
            }
            word.clauses.retain(|clause| matches!(clause, Clause::Term { field: Field::Exact, .. }));
            word.counts = 0.0;
            word.weight = self.ranking.matching.common;
            plan.common.push(word);
        }
    }
}

/// The forms under which a word of a title is kept and looked for.
pub(crate) fn title_terms(word: &str, langs: &[Lang], analyser: &mut Analyser) -> Vec<String> {
    let mut folded = String::new();
    fold(word, &mut folded);
    let mut terms = vec![folded];
    for &lang in langs {
        if let Some(stem) = analyser.stem(word, lang) {
            terms.push(stem.to_owned());
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Whether a word is a word of a script that writes spaces, rather than a pair of characters or a citation. Pairs say
/// themselves which characters stand together.
fn is_plain(word: &Word) -> bool {
    word.counts > 0.0
        && word
            .clauses
            .iter()
            .any(|clause| matches!(clause, Clause::Term { field: Field::Text(lang), .. } if !lang.pairs()))
}

/// Joins words that say the same, with a little more weight for each time.
fn once(plan: &mut Plan) {
    let mut kept: Vec<Word> = Vec::new();
    let mut places = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for word in std::mem::take(&mut plan.words) {
        let key = word.clauses.iter().map(|clause| format!("{clause:?}")).collect::<String>();
        let place = *seen.entry(key).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(known) => {
                known.weight += 0.5;
                known.counts = known.counts.max(word.counts);
            }
            None => kept.push(word),
        }
        places.push(place);
    }
    plan.words = kept;
    for (first, second) in &mut plan.neighbours {
        (*first, *second) = (places[*first], places[*second]);
    }
}

/// Whether a pair of characters may stand in text of `lang`: hangul in Korean only, kana in Japanese only.
fn may_write(lang: Lang, pair: &str) -> bool {
    let hangul = pair.chars().any(|c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}'));
    let kana = pair.chars().any(|c| matches!(c, '\u{3041}'..='\u{30ff}'));
    match lang.code() {
        "ko" => !kana,
        "ja" => !hangul,
        _ => !hangul && !kana,
    }
}

/// Whether the answer depends on phrases that may be taken apart: where operators were typed, they mean what they say.
fn has_phrase(tree: &Node<'_>) -> bool {
    let quoted = |node: &Node<'_>| matches!(node, Node::Quoted(_));
    match tree {
        Node::Sequence(parts) => parts.iter().any(quoted) && !tree.has_operators(),
        node => quoted(node),
    }
}

fn cut<'a>(query: &'a str, interpretation: &mut Interpretation) -> &'a str {
    let end = query.char_indices().nth(Interpretation::MAX_CHARS).map_or(query.len(), |(at, _)| at);
    if end < query.len() {
        let of = query.chars().count();
        interpretation.notes.push(Note::Cut { read: Interpretation::MAX_CHARS, of });
    }
    interpretation.query = query[..end].to_owned();
    &query[..end]
}
