//! The concepts that stand in entries: their terms, and the set that each entry has.
//!
//! A concept has two terms a language, one for what stands anywhere and one for what stands in headings, so that its
//! weight can differ, its length can be that of the language's texts, and a language can be left out. Which concepts
//! an entry has is read from the postings when a commit is loaded: entries with the same concepts share a number, as
//! they do for tags, so that counting costs one look-up an entry.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use merida_law::Language;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{TERMINATED, TantivyError};

use super::schema::Fields;
use super::snapshot::Segment;
use super::table::Card;
use crate::Thesaurus;
use crate::analysis::{Analyser, Lang, Mode, Tokens};
use crate::thesaurus::{ConceptNumber, Found};

/// Where a concept stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// In heading or text.
    Anywhere,
    /// In the heading.
    Heading,
}

impl Place {
    const fn letter(self) -> char {
        match self {
            Self::Anywhere => 't',
            Self::Heading => 'h',
        }
    }
}

/// Stands between the length of the heading and the text in a value of the field.
const BETWEEN: char = '\u{1f}';

/// The value of the field: the marked text of the entry, and how much of it is the heading.
pub(super) fn value(heading: &str, text: &str, marked: &str) -> String {
    let heading = if text.starts_with(heading) { heading.len() } else { 0 };
    format!("{heading}{BETWEEN}{marked}")
}

/// The concepts of the text that this thread analysed last. An entry's text is the value of several fields, and
/// analysing it is most of the work of indexing, so it is not done once more for its concepts.
#[derive(Default)]
struct Last {
    fingerprint: u64,
    lang: Option<Lang>,
    text: String,
    found: Vec<Found>,
}

thread_local! {
    static LAST: RefCell<Last> = RefCell::default();
}

/// Notes the concepts of a text that was analysed for another field, if they are told from terms of that mode.
pub(super) fn remember(thesaurus: &Thesaurus, lang: Lang, mode: Mode, text: &str, tokens: &Tokens) {
    if thesaurus.recogniser().mode(lang) != Some(mode) {
        return;
    }
    LAST.with_borrow_mut(|last| {
        last.fingerprint = thesaurus.fingerprint();
        last.lang = Some(lang);
        last.text.clear();
        last.text.push_str(text);
        thesaurus.recogniser().found(lang, text, tokens, &mut last.found);
    });
}

/// Cuts the value of the field into terms.
#[derive(Clone)]
pub(super) struct ConceptTerms {
    thesaurus: Arc<Thesaurus>,
    analyser: Analyser,
    tokens: Tokens,
    terms: Vec<String>,
    token: Token,
}

impl ConceptTerms {
    pub(super) fn new(thesaurus: Arc<Thesaurus>) -> Self {
        Self {
            thesaurus,
            analyser: Analyser::default(),
            tokens: Tokens::default(),
            terms: Vec::new(),
            token: Token::default(),
        }
    }

    fn fill(&mut self, lang: Lang, heading: usize, found: &[Found]) {
        self.terms.clear();
        for found in found {
            let id = self.thesaurus.concept(found.concept).id.as_str();
            self.terms.push(term(lang, Place::Anywhere, id));
            if found.bytes.end <= heading {
                self.terms.push(term(lang, Place::Heading, id));
            }
        }
    }
}

fn term(lang: Lang, place: Place, id: &str) -> String {
    format!("{}{}{id}", lang.code(), place.letter())
}

/// The language, place and concept of a term.
fn parts(term: &[u8], thesaurus: &Thesaurus) -> Option<(Lang, Place, ConceptNumber)> {
    let term = std::str::from_utf8(term).ok()?;
    let (code, rest) = term.split_at_checked(2)?;
    let place =
        [Place::Anywhere, Place::Heading].into_iter().find(|place| rest.starts_with(place.letter()))?;
    Some((Lang::from_code(code)?, place, thesaurus.number(&rest[1..].parse().ok()?)?))
}

impl Tokenizer for ConceptTerms {
    type TokenStream<'a> = ConceptStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> ConceptStream<'a> {
        let (heading, marked) = value.split_once(BETWEEN).unwrap_or(("0", value));
        let heading = heading.parse().unwrap_or(0);
        let (code, text) = marked.split_at_checked(2).unwrap_or((Lang::OTHER.code(), ""));
        let lang = Lang::from_code(code).unwrap_or(Lang::OTHER);
        let thesaurus = Arc::clone(&self.thesaurus);
        let known = LAST.with_borrow(|last| {
            let known =
                last.fingerprint == thesaurus.fingerprint() && last.lang == Some(lang) && last.text == text;
            if known {
                self.fill(lang, heading, &last.found);
            }
            known
        });
        if !known {
            let mut found = Vec::new();
            if let Some(mode) = thesaurus.recogniser().mode(lang) {
                self.analyser.analyse(text, lang, mode, &mut self.tokens);
                thesaurus.recogniser().found(lang, text, &self.tokens, &mut found);
            }
            self.fill(lang, heading, &found);
        }
        self.token.reset();
        ConceptStream { terms: &self.terms, next: 0, token: &mut self.token }
    }
}

pub(super) struct ConceptStream<'a> {
    terms: &'a [String],
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for ConceptStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.get(self.next) else { return false };
        self.token.position = self.next;
        self.token.text.clear();
        self.token.text.push_str(term);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The terms of a segment's concepts.
pub(super) type ConceptPostings = HashMap<(ConceptNumber, Lang, Place), TermInfo>;

/// A set of concepts that entries have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct ConceptSet {
    /// Those whose labels stand in the entry, and everything that they are a kind of; in order.
    pub(super) concepts: Box<[ConceptNumber]>,
}

impl ConceptSet {
    pub(super) fn holds(&self, concept: ConceptNumber) -> bool {
        self.concepts.binary_search(&concept).is_ok()
    }
}

/// Reads the concepts of every entry: gives each its set and each segment its terms, and returns the sets. The first
/// is empty.
pub(super) fn load(
    segments: &mut [Segment],
    fields: Fields,
    thesaurus: &Thesaurus,
) -> Result<Vec<ConceptSet>, TantivyError> {
    let mut numbers: HashMap<Box<[ConceptNumber]>, u32> = HashMap::from([(Box::default(), 0)]);
    let mut sets = vec![ConceptSet::default()];
    for segment in segments {
        let index = segment.reader.inverted_index(fields.concept)?;
        let mut postings = ConceptPostings::new();
        let mut terms = index.terms().stream()?;
        while let Some((term, info)) = terms.next() {
            if let Some((lang, place, concept)) = parts(term, thesaurus) {
                postings.insert((concept, lang, place), info.clone());
            }
        }
        let mut stands: Vec<(ConceptNumber, &TermInfo)> = postings
            .iter()
            .filter(|((_, _, place), _)| *place == Place::Anywhere)
            .map(|((concept, _, _), info)| (*concept, info))
            .collect();
        stands.sort_unstable_by_key(|(concept, info)| (*concept, info.postings_range.start));
        // Twice through the postings: how many concepts each entry has, then which.
        let entries = segment.reader.max_doc() as usize;
        let mut ends = vec![0u32; entries + 1];
        let each = |take: &mut dyn FnMut(usize, ConceptNumber)| -> Result<(), TantivyError> {
            for (concept, info) in &stands {
                let mut list = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                loop {
                    let docs = list.docs();
                    if docs.is_empty() {
                        break;
                    }
                    docs.iter()
                        .filter(|&&doc| doc != TERMINATED)
                        .for_each(|&doc| take(doc as usize, *concept));
                    list.advance();
                }
            }
            Ok(())
        };
        each(&mut |doc, _| ends[doc + 1] += 1)?;
        for doc in 0..entries {
            ends[doc + 1] += ends[doc];
        }
        let mut next = ends.clone();
        let mut held = vec![0; ends[entries] as usize];
        each(&mut |doc, concept| {
            held[next[doc] as usize] = concept;
            next[doc] += 1;
        })?;
        segment.concepts = (0..entries)
            .map(|doc| {
                let own = &held[ends[doc] as usize..ends[doc + 1] as usize];
                if let Some(&number) = numbers.get(own) {
                    return number;
                }
                let number = u32::try_from(sets.len()).unwrap_or(u32::MAX);
                numbers.insert(own.into(), number);
                let mut concepts: Vec<ConceptNumber> =
                    own.iter().flat_map(|&concept| thesaurus.upwards(concept)).copied().collect();
                concepts.sort_unstable();
                concepts.dedup();
                sets.push(ConceptSet { concepts: concepts.into() });
                number
            })
            .collect();
        segment.concept_postings = postings;
    }
    Ok(sets)
}

/// In how many entries each concept stands, or a kind of it.
pub(super) fn entries(segments: &[Segment], sets: &[ConceptSet], thesaurus: &Thesaurus) -> Vec<u64> {
    let mut of_sets = vec![0; sets.len()];
    for segment in segments {
        segment.concepts.iter().for_each(|&set| of_sets[set as usize] += 1);
    }
    let mut entries = vec![0; thesaurus.concepts().len()];
    for (set, count) in sets.iter().zip(of_sets) {
        set.concepts.iter().for_each(|&concept| entries[usize::from(concept)] += count);
    }
    entries
}

/// The expressions in whose title, or its English form, a concept stands, or a kind of it.
pub(super) fn titles(
    cards: &[Card],
    live: &[bool],
    thesaurus: &Thesaurus,
) -> HashMap<ConceptNumber, Vec<u32>> {
    let mut analyser = Analyser::default();
    let (mut tokens, mut found) = (Tokens::default(), Vec::new());
    let mut titles: HashMap<ConceptNumber, Vec<u32>> = HashMap::new();
    for (expression, card) in cards.iter().enumerate().filter(|(expression, _)| live[*expression]) {
        let own = (card.title.as_str(), Lang::of(card.language()));
        let english = card.title_en.as_deref().map(|title| (title, Lang::of(Language::EN)));
        let mut concepts: Vec<ConceptNumber> = Vec::new();
        for (title, lang) in std::iter::once(own).chain(english) {
            let Some(mode) = thesaurus.recogniser().mode(lang) else { continue };
            analyser.analyse(title, lang, mode, &mut tokens);
            thesaurus.recogniser().found(lang, title, &tokens, &mut found);
            concepts.extend(found.iter().flat_map(|found| thesaurus.upwards(found.concept)));
        }
        concepts.sort_unstable();
        concepts.dedup();
        for concept in concepts {
            titles.entry(concept).or_default().push(expression as u32);
        }
    }
    titles
}
