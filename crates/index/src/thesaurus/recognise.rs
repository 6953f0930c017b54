//! Concepts in text.
//!
//! Labels are analysed as the text of their language is, so that a label meets its inflected forms, and are kept as
//! paths of stems (of single characters for Chinese, Japanese and Korean). Stop words may stand between the words of
//! a label, sentences may not end there. Of labels that overlap the first counts, and of those that begin at one place
//! the longest; what lies within a false friend does not count for the concept whose friend it is not.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::{Concept, ConceptNumber, Fault, LabelKind};
use crate::Lang;
use crate::analysis::{Analyser, Mode, Script, Tokens};

/// A concept that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which.
    pub(crate) concept: ConceptNumber,
    /// Where, in bytes.
    pub(crate) bytes: Range<usize>,
    label: u32,
}

/// Finds labels in text, by language.
#[derive(Debug, Default)]
pub(crate) struct Recogniser {
    automata: Vec<Option<Automaton>>,
}

#[derive(Debug)]
struct Automaton {
    mode: Mode,
    /// How many stop words may stand between two words of a label.
    skips: u32,
    /// The words of labels by number, from 1.
    stems: HashMap<Box<str>, u32, FxBuildHasher>,
    /// Where the word of that number leads to from the beginning; 0 for nowhere.
    first: Vec<u32>,
    steps: HashMap<(u32, u32), u32, FxBuildHasher>,
    /// The labels that end at a node.
    ends: Vec<Vec<u32>>,
    labels: Vec<Path>,
}

/// A label or false friend, as it is looked for.
#[derive(Debug)]
struct Path {
    concept: ConceptNumber,
    is_friend: bool,
    text: String,
    /// Its words as they stand, folded.
    folded: String,
    /// Whether a comma belongs to it.
    has_comma: bool,
}

/// How many stop words may stand between two words of a label: `abus de la fonction`.
const SKIPS: u32 = 3;
/// The longest label, in words or characters.
const LONGEST: usize = 40;

impl Recogniser {
    pub(super) fn new(concepts: &[Concept]) -> (Self, Vec<Fault>) {
        let mut building = Building::default();
        for (concept, number) in concepts.iter().zip(0..) {
            for label in &concept.labels {
                building.add(concept, number, Lang::of(label.language), &label.text, false, label.kind);
            }
            for (language, text) in &concept.false_friends {
                building.add(concept, number, Lang::of(*language), text, true, LabelKind::Hidden);
            }
        }
        let mut automata: Vec<Option<Automaton>> = Lang::all().map(|_| None).collect();
        for (lang, automaton) in building.automata {
            automata[lang.index()] = Some(automaton);
        }
        (Self { automata }, building.faults)
    }

    /// The terms of a text of `lang` from which concepts are told; none where no concept has labels in it.
    pub(crate) fn mode(&self, lang: Lang) -> Option<Mode> {
        self.automaton(lang).map(|automaton| automaton.mode)
    }

    /// The concepts in `text`, which is in `lang` and has `tokens` in the mode that [`Self::mode`] says, in order.
    pub(crate) fn found(&self, lang: Lang, text: &str, tokens: &Tokens, found: &mut Vec<Found>) {
        found.clear();
        if let Some(automaton) = self.automaton(lang) {
            automaton.find(text, tokens, found);
        }
    }

    /// The concepts in `text`, analysed for the purpose.
    pub(crate) fn in_text(&self, text: &str, lang: Lang) -> Vec<Found> {
        let (mut tokens, mut found) = (Tokens::default(), Vec::new());
        if let Some(mode) = self.mode(lang) {
            Analyser::default().analyse(text, lang, mode, &mut tokens);
            self.found(lang, text, &tokens, &mut found);
        }
        found
    }

    /// The label by which a concept was found in a text of `lang`.
    pub(crate) fn label(&self, lang: Lang, found: &Found) -> &str {
        self.automaton(lang).map_or("", |automaton| &automaton.labels[found.label as usize].text)
    }

    fn automaton(&self, lang: Lang) -> Option<&Automaton> {
        self.automata.get(lang.index())?.as_ref()
    }
}

#[derive(Default)]
struct Building {
    automata: HashMap<Lang, Automaton>,
    faults: Vec<Fault>,
    analyser: Analyser,
    tokens: Tokens,
}

impl Building {
    fn add(
        &mut self,
        concept: &Concept,
        number: ConceptNumber,
        lang: Lang,
        text: &str,
        is_friend: bool,
        kind: LabelKind,
    ) {
        let automaton = self.automata.entry(lang).or_insert_with(|| Automaton::new(lang));
        self.analyser.analyse(text, lang, Mode::Exact, &mut self.tokens);
        let folded = folded(&self.tokens);
        self.analyser.analyse(text, lang, automaton.mode, &mut self.tokens);
        let fault = |reason: String| Fault {
            file: format!("{}.toml", concept.area),
            concept: concept.id.to_string(),
            reason,
        };
        let mut words: Vec<(u32, &str)> =
            self.tokens.iter().map(|(term, token)| (token.place, term)).collect();
        // Of several terms for one word, the first is the word itself.
        words.dedup_by_key(|(place, _)| *place);
        if words.is_empty() || words.len() > LONGEST {
            let reason = if words.is_empty() {
                format!("nothing of \"{text}\" ({}) can be looked for: it has only stop words", lang.code())
            } else {
                format!("\"{text}\" ({}) is too long to be looked for", lang.code())
            };
            self.faults.push(fault(reason));
            return;
        }
        let mut node = 0;
        for (_, word) in &words {
            node = automaton.step(node, word);
        }
        let other = automaton.ends[node as usize]
            .iter()
            .map(|&label| &automaton.labels[label as usize])
            .find(|path| path.concept != number && !path.is_friend && !is_friend && path.folded == folded);
        if let Some(path) = other {
            let reason = format!(
                "\"{text}\" ({}) cannot be told from \"{}\", which is another concept's",
                lang.code(),
                path.text
            );
            self.faults.push(fault(reason));
            return;
        }
        // The preferred label comes first where several end at one node.
        let label = u32::try_from(automaton.labels.len()).unwrap_or(u32::MAX);
        let ends = &mut automaton.ends[node as usize];
        if kind == LabelKind::Preferred {
            ends.insert(0, label)
        } else {
            ends.push(label)
        }
        let has_comma = text.contains([',', '،', '、', '，']);
        automaton.labels.push(Path { concept: number, is_friend, text: text.to_owned(), folded, has_comma });
    }
}

/// Folded words with spaces between.
fn folded(tokens: &Tokens) -> String {
    let words: Vec<&str> = tokens.iter().map(|(term, _)| term).collect();
    words.join(" ")
}

impl Automaton {
    fn new(lang: Lang) -> Self {
        let by_characters = lang.writes(Script::Cjk);
        Self {
            mode: if by_characters { Mode::Exact } else { Mode::Text },
            skips: if by_characters { 0 } else { SKIPS },
            stems: HashMap::default(),
            first: vec![0],
            steps: HashMap::default(),
            ends: vec![Vec::new()],
            labels: Vec::new(),
        }
    }

    /// The node that `word` leads to from `node`, made where it is not there.
    fn step(&mut self, node: u32, word: &str) -> u32 {
        let next = u32::try_from(self.stems.len() + 1).unwrap_or(u32::MAX);
        let stem = *self.stems.entry(word.into()).or_insert(next);
        if self.first.len() <= stem as usize {
            self.first.resize(stem as usize + 1, 0);
        }
        let known = match node {
            0 => self.first[stem as usize],
            node => self.steps.get(&(node, stem)).copied().unwrap_or(0),
        };
        if known > 0 {
            return known;
        }
        let made = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ends.push(Vec::new());
        match node {
            0 => self.first[stem as usize] = made,
            node => drop(self.steps.insert((node, stem), made)),
        }
        made
    }

    fn find(&self, text: &str, tokens: &Tokens, found: &mut Vec<Found>) {
        let mut walk = Walk { automaton: self, text, tokens, ends: Vec::new() };
        for start in 0..tokens.len() {
            let Some(&stem) = self.stems.get(tokens.get(start).0) else { continue };
            let node = self.first[stem as usize];
            if node > 0 {
                walk.from(start, start, node, false);
            }
        }
        if !walk.ends.is_empty() {
            let ends = walk.ends;
            self.choose(text, ends, found);
        }
    }

    /// Of everything that was met, what counts.
    fn choose(&self, text: &str, mut ends: Vec<End>, found: &mut Vec<Found>) {
        let path = |end: &End| &self.labels[end.label as usize];
        let friends: Vec<End> = ends.iter().filter(|end| path(end).is_friend).cloned().collect();
        ends.retain(|end| {
            let hides = |friend: &End| {
                path(friend).concept == path(end).concept
                    && friend.bytes.start <= end.bytes.start
                    && end.bytes.end <= friend.bytes.end
            };
            !path(end).is_friend && !friends.iter().any(hides)
        });
        ends.sort_by(|a, b| a.bytes.start.cmp(&b.bytes.start).then(b.bytes.end.cmp(&a.bytes.end)));
        for group in ends.chunk_by(|a, b| a.bytes == b.bytes) {
            let free = found.last().is_none_or(|last: &Found| last.bytes.end <= group[0].bytes.start);
            if free {
                let end = if group.len() == 1 { &group[0] } else { self.nearest(text, group) };
                found.push(Found { concept: path(end).concept, bytes: end.bytes.clone(), label: end.label });
            }
        }
    }

    /// Of several labels with the same stems, the one that is written as the text is, else the first.
    fn nearest<'a>(&self, text: &str, group: &'a [End]) -> &'a End {
        let mut tokens = Tokens::default();
        Analyser::default().analyse(&text[group[0].bytes.clone()], Lang::OTHER, Mode::Exact, &mut tokens);
        let written = folded(&tokens);
        let same = group.iter().find(|end| self.labels[end.label as usize].folded == written);
        same.unwrap_or(&group[0])
    }
}

/// A label that was met.
#[derive(Clone, Debug)]
struct End {
    bytes: Range<usize>,
    label: u32,
}

/// Goes through a text from one place.
struct Walk<'a> {
    automaton: &'a Automaton,
    text: &'a str,
    tokens: &'a Tokens,
    ends: Vec<End>,
}

impl Walk<'_> {
    /// Notes the labels that end at `node`, which token `at` led to, and goes on from there.
    fn from(&mut self, start: usize, at: usize, node: u32, crossed_comma: bool) {
        let (automaton, tokens) = (self.automaton, self.tokens);
        let (_, token) = tokens.get(at);
        let bytes = tokens.get(start).1.bytes.start..token.bytes.end;
        for &label in &automaton.ends[node as usize] {
            if !crossed_comma || automaton.labels[label as usize].has_comma {
                self.ends.push(End { bytes: bytes.clone(), label });
            }
        }
        let Some(mut next) = (at + 1..tokens.len()).find(|&next| tokens.get(next).1.place > token.place)
        else {
            return;
        };
        let place = tokens.get(next).1.place;
        if place - token.place > 1 + automaton.skips {
            return;
        }
        // A place may have several terms, as the parts of a compound.
        while next < tokens.len() && tokens.get(next).1.place == place {
            let (term, following) = tokens.get(next);
            next += 1;
            let Some(&stem) = automaton.stems.get(term) else { continue };
            let Some(&node) = automaton.steps.get(&(node, stem)) else { continue };
            let between = self.text.get(token.bytes.end..following.bytes.start).unwrap_or("");
            match gap(between, automaton.skips == 0) {
                Gap::Closed => self.from(start, next - 1, node, crossed_comma),
                Gap::Comma => self.from(start, next - 1, node, true),
                Gap::Broken => {}
            }
        }
    }
}

/// What stands between two words.
enum Gap {
    /// Nothing that parts them.
    Closed,
    Comma,
    /// The end of a sentence or paragraph, a bracket.
    Broken,
}

fn gap(between: &str, by_characters: bool) -> Gap {
    let mut gap = Gap::Closed;
    for c in between.chars() {
        match c {
            ',' | '،' | '、' | '，' => gap = Gap::Comma,
            '.' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '\n' | '؛' | '؟' | '。' | '；' | '：'
            | '？' | '！' | '（' | '）' | '《' | '》' | '〈' | '〉' | '│' | '|' => {
                return Gap::Broken;
            }
            c if by_characters && !c.is_whitespace() => return Gap::Broken,
            _ => {}
        }
    }
    gap
}
