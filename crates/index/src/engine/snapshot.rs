//! An index as one commit left it, with what every query needs held in memory: 24 bytes an entry.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use merida_law::{Article, Authority, Language, WorkUri};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, TantivyError};

use super::concepts::{self, ConceptPostings, ConceptSet};
use super::context::Places;
use super::schema::Fields;
use super::table::{Card, Table, TagSet};
use crate::analysis::{Analyser, Lang, Piece, character, fold, pieces};
use crate::query::{Clause, Plan, Word};
use crate::ranking::Ranking;
use crate::results::chapter_of;
use crate::thesaurus::ConceptNumber;
use crate::{OriginKind, Thesaurus};

/// An index as one commit left it.
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) segments: Vec<Segment>,
    pub(super) cards: Vec<Card>,
    /// The work of each expression.
    pub(super) work_of: Vec<u32>,
    pub(super) works: Vec<WorkPlace>,
    pub(super) tag_sets: Vec<Tags>,
    /// The articles that occur, with their parents, in order; sets of tags name them by place.
    pub(super) articles: Vec<Article>,
    /// The expressions whose title holds a word, by each form of it.
    pub(super) titles: HashMap<String, Vec<u32>>,
    pub(super) lengths: Lengths,
    pub(super) thesaurus: Arc<Thesaurus>,
    pub(super) concept_sets: Vec<ConceptSet>,
    /// In how many entries each concept stands, or a kind of it.
    pub(super) concept_entries: Vec<u64>,
    /// The expressions in whose title a concept stands.
    pub(super) titles_of_concepts: HashMap<ConceptNumber, Vec<u32>>,
    /// Where the units of each expression stand.
    pub(super) places: Places,
    /// Which of several texts of a work in one language is shown: the lowest. 0 where there is one alone.
    pub(super) preference: Vec<u32>,
    /// The names as they are offered while one types; made when first asked for.
    pub(super) names: OnceLock<super::complete::Offerable>,
    /// The words of the labels of the thesaurus, folded; read when first asked for.
    pub(super) label_words: OnceLock<HashSet<String>>,
    langs: Vec<Lang>,
    languages: Vec<Language>,
}

/// A segment and its columns.
pub(super) struct Segment {
    pub(super) reader: SegmentReader,
    pub(super) expression: Vec<u32>,
    pub(super) tags: Vec<u32>,
    /// The set of concepts of each entry, a place in [`Snapshot::concept_sets`].
    pub(super) concepts: Vec<u32>,
    pub(super) concept_postings: ConceptPostings,
    pub(super) order: Vec<u32>,
    pub(super) lang: Vec<u8>,
    pub(super) text_norms: Vec<u8>,
    pub(super) heading_norms: Vec<u8>,
    pub(super) exact_norms: Vec<u8>,
    /// Entries whose provision stands in another text of the same work and language as well, by a common number.
    pub(super) twins: HashMap<u32, u32>,
}

/// Where a work stands among all.
#[derive(Clone, Debug)]
pub(super) struct WorkPlace {
    pub(super) uri: WorkUri,
    /// An expression of it, which says what is common to all.
    pub(super) card: u32,
    /// In citation order: by jurisdiction, then by title.
    pub(super) citation: u32,
    /// The newest first.
    pub(super) newest: u32,
    /// By the jurisdiction's English name, then the newest first.
    pub(super) jurisdiction: u32,
}

/// A set of tags as it is counted: places in [`Snapshot::articles`], with parents, each once; and chapters as bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    pub(super) set: TagSet,
    pub(super) any: Vec<u16>,
    pub(super) curated: Vec<u16>,
    pub(super) suggested: Vec<u16>,
    pub(super) any_chapters: u16,
    pub(super) curated_chapters: u16,
    pub(super) suggested_chapters: u16,
}

/// How long texts are on the average, in terms.
#[derive(Clone, Debug)]
pub(super) struct Lengths {
    text: Vec<Mean>,
    heading: Vec<Mean>,
    exact: Mean,
    pub(super) docs: u64,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mean {
    sum: u64,
    pub(super) count: u64,
}

impl Mean {
    fn add(&mut self, length: u32) {
        if length > 0 {
            self.sum += u64::from(length);
            self.count += 1;
        }
    }

    pub(super) fn value(self) -> f32 {
        if self.count == 0 { 1.0 } else { self.sum as f32 / self.count as f32 }
    }
}

impl Lengths {
    pub(super) fn text(&self, lang: Lang) -> Mean {
        self.text[lang.index()]
    }

    pub(super) fn heading(&self, lang: Lang) -> Mean {
        self.heading[lang.index()]
    }

    pub(super) fn exact(&self) -> Mean {
        self.exact
    }
}

impl Snapshot {
    pub(super) fn load(
        searcher: Searcher,
        fields: Fields,
        table: &Table,
        thesaurus: &Arc<Thesaurus>,
    ) -> Result<Self, TantivyError> {
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push(Segment::load(reader, fields)?);
        }
        let cards = table.cards().to_vec();
        let mut units = vec![0u64; cards.len()];
        let mut langs = BTreeSet::new();
        for segment in &segments {
            for doc in segment.reader.doc_ids_alive() {
                let expression = segment.expression[doc as usize] as usize;
                let Some(count) = units.get_mut(expression) else {
                    let reason =
                        format!("an entry speaks of expression {expression}, which is not in the table");
                    return Err(TantivyError::InternalError(reason));
                };
                *count += 1;
                langs.insert(segment.lang[doc as usize]);
            }
            if segment.tags.iter().any(|&tags| tags as usize >= table.tag_sets().len()) {
                let reason = "an entry speaks of tags that are not in the table".to_owned();
                return Err(TantivyError::InternalError(reason));
            }
        }
        let langs: Vec<Lang> = Lang::all().filter(|lang| langs.contains(&(lang.index() as u8))).collect();
        let live: Vec<bool> = units.iter().map(|&count| count > 0).collect();
        let (work_of, works) = works(&cards, &live);
        let preference = preferences(&cards, &live);
        twins(&mut segments, &preference, fields)?;
        let concept_sets = concepts::load(&mut segments, fields, thesaurus)?;
        let (articles, tag_sets) = tags(table.tag_sets());
        let languages: BTreeSet<Language> =
            cards.iter().zip(&live).filter(|(_, live)| **live).map(|(card, _)| card.language()).collect();
        Ok(Self {
            fields,
            thesaurus: Arc::clone(thesaurus),
            concept_entries: concepts::entries(&segments, &concept_sets, thesaurus),
            titles_of_concepts: concepts::titles(&cards, &live, thesaurus),
            concept_sets,
            lengths: even_out(&mut segments),
            places: Places::of(&segments, cards.len()),
            titles: titles(&cards, &live, &langs),
            segments,
            work_of,
            works,
            tag_sets,
            articles,
            preference,
            names: OnceLock::new(),
            label_words: OnceLock::new(),
            langs,
            languages: languages.into_iter().collect(),
            cards,
            searcher,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.segments.iter().map(|segment| segment.reader.num_docs() as usize).sum()
    }

    pub(super) fn langs(&self) -> &[Lang] {
        &self.langs
    }

    /// The languages of the index whose analysed text a plan looks into.
    pub(super) fn languages_of(&self, plan: &Plan) -> Vec<Language> {
        let mut looked: HashSet<Lang> = HashSet::new();
        for clause in plan.words.iter().flat_map(|word| &word.clauses) {
            if let Clause::Term { field: crate::query::Field::Text(lang), .. } = clause {
                looked.insert(*lang);
            }
        }
        self.languages.iter().copied().filter(|&language| looked.contains(&Lang::of(language))).collect()
    }

    /// The share of the texts of a language that hold a word.
    pub(super) fn share(&self, lang: Lang, word: &str) -> f32 {
        let entries = self.lengths.text(lang).count;
        let stem = Analyser::default().stem(word, lang).map(str::to_owned);
        match stem {
            Some(stem) if entries > 0 => {
                self.frequency(crate::query::Field::Text(lang), &stem) as f32 / entries as f32
            }
            _ => 0.0,
        }
    }

    /// The plan with words of the same family, and with stop words where a long list is asked for; none where that adds
    /// nothing.
    pub(super) fn widened(&self, plan: &Plan, ranking: &Ranking, long: bool) -> Option<Plan> {
        let mut wider = plan.clone();
        for word in plan.words.iter().filter(|word| word.counts > 0.0) {
            let clauses: Vec<Clause> = word
                .clauses
                .iter()
                .filter_map(|clause| match clause {
                    Clause::Term { field: field @ crate::query::Field::Text(lang), term, .. }
                        if !lang.pairs() =>
                    {
                        Some((*field, self.family(*field, term)))
                    }
                    _ => None,
                })
                .flat_map(|(field, terms)| terms.into_iter().map(move |term| (field, term)))
                .map(|(field, term)| Clause::Term {
                    field,
                    term,
                    weight: ranking.text.weight * ranking.matching.family,
                })
                .collect();
            if !clauses.is_empty() {
                wider.words.push(Word { clauses, counts: 0.0, weight: word.weight });
            }
        }
        if long {
            wider.words.extend(plan.common.iter().cloned());
        }
        (wider.words.len() > plan.words.len()).then_some(wider)
    }

    /// The commonest terms of a field that begin as `term` does and are not much longer.
    fn family(&self, field: crate::query::Field, term: &str) -> Vec<String> {
        let length = term.chars().count();
        if length < 5 {
            return Vec::new();
        }
        let kept = (length - if length < 7 { 1 } else { 2 }).max(4);
        let beginning: String = term.chars().take(kept).collect();
        let mut found: HashMap<String, u32> = HashMap::new();
        for segment in &self.segments {
            let Some(terms) = self.beginning_with(segment, field, &beginning) else { continue };
            for (other, frequency) in terms {
                if other != term && other.chars().count() <= length + 3 {
                    *found.entry(other).or_default() += frequency;
                }
            }
        }
        let mut found: Vec<(String, u32)> = found.into_iter().collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(6);
        found.into_iter().map(|(term, _)| term).collect()
    }

    fn beginning_with(
        &self,
        segment: &Segment,
        field: crate::query::Field,
        beginning: &str,
    ) -> Option<Vec<(String, u32)>> {
        let crate::query::Field::Text(lang) = field else { return None };
        let index = segment.reader.inverted_index(self.fields.text).ok()?;
        let from = super::schema::term(lang, beginning);
        let mut stream =
            index.terms().range().ge(&from).lt(format!("{from}\u{10ffff}")).into_stream().ok()?;
        let mut found = Vec::new();
        while let Some((key, info)) = stream.next() {
            if let Some(term) = std::str::from_utf8(key).ok().and_then(|key| key.strip_prefix(lang.code())) {
                found.push((term.to_owned(), info.doc_freq));
            }
            if found.len() == 300 {
                break;
            }
        }
        Some(found)
    }
}

impl Segment {
    fn load(reader: &SegmentReader, fields: Fields) -> Result<Self, TantivyError> {
        let count = reader.max_doc() as usize;
        let column = |field: Field| -> Result<Vec<u64>, TantivyError> {
            let name = reader.schema().get_field_name(field).to_owned();
            let column = reader.fast_fields().u64(&name)?.first_or_default_col(0);
            let mut values = vec![0; count];
            column.get_range(0, &mut values);
            Ok(values)
        };
        let narrow = |values: Vec<u64>| values.into_iter().map(|value| value as u32).collect::<Vec<u32>>();
        let norms = |field: Field| -> Result<Vec<u8>, TantivyError> {
            let norms = reader.get_fieldnorms_reader(field)?;
            Ok((0..reader.max_doc()).map(|doc| norms.fieldnorm_id(doc)).collect())
        };
        Ok(Self {
            expression: narrow(column(fields.expression)?),
            tags: narrow(column(fields.tags)?),
            concepts: Vec::new(),
            concept_postings: ConceptPostings::new(),
            order: narrow(column(fields.order)?),
            lang: column(fields.lang)?.into_iter().map(|value| value as u8).collect(),
            text_norms: norms(fields.text)?,
            heading_norms: norms(fields.heading)?,
            exact_norms: norms(fields.exact)?,
            twins: HashMap::new(),
            reader: reader.clone(),
        })
    }
}

/// Reckons the mean lengths. A text in characters has more exact terms than one in words; its lengths are brought to
/// the scale of words, so that a number or a name weighs the same in both.
fn even_out(segments: &mut [Segment]) -> Lengths {
    let none = vec![Mean::default(); Lang::all().count()];
    let mut lengths = Lengths { text: none.clone(), heading: none, exact: Mean::default(), docs: 0 };
    let pairs: Vec<bool> = Lang::all().map(Lang::pairs).collect();
    let (mut exact_pairs, mut exact_words) = (Mean::default(), Mean::default());
    for segment in &*segments {
        lengths.docs += segment.lang.len() as u64;
        for (doc, &lang) in segment.lang.iter().enumerate() {
            let lang = usize::from(lang).min(pairs.len() - 1);
            lengths.text[lang].add(FieldNormReader::id_to_fieldnorm(segment.text_norms[doc]));
            lengths.heading[lang].add(FieldNormReader::id_to_fieldnorm(segment.heading_norms[doc]));
            let exact = if pairs[lang] { &mut exact_pairs } else { &mut exact_words };
            exact.add(FieldNormReader::id_to_fieldnorm(segment.exact_norms[doc]));
        }
    }
    if exact_words.count == 0 || exact_pairs.count == 0 {
        lengths.exact = if exact_words.count == 0 { exact_pairs } else { exact_words };
        return lengths;
    }
    lengths.exact = exact_words;
    let scale = exact_words.value() / exact_pairs.value();
    let evened: [u8; 256] = std::array::from_fn(|id| {
        let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32 * scale;
        FieldNormReader::fieldnorm_to_id(length.round() as u32)
    });
    for segment in segments {
        for (norm, &lang) in segment.exact_norms.iter_mut().zip(&segment.lang) {
            if pairs.get(usize::from(lang)).copied().unwrap_or_default() {
                *norm = evened[usize::from(*norm)];
            }
        }
    }
    lengths
}

/// The works of the expressions, and each work's place in each order.
fn works(cards: &[Card], live: &[bool]) -> (Vec<u32>, Vec<WorkPlace>) {
    let mut numbers: HashMap<&WorkUri, u32> = HashMap::new();
    let mut works: Vec<WorkPlace> = Vec::new();
    let mut work_of = vec![0; cards.len()];
    for (index, card) in cards.iter().enumerate() {
        let uri = card.expression.work();
        let number = *numbers.entry(uri).or_insert_with(|| {
            works.push(WorkPlace {
                uri: uri.clone(),
                card: index as u32,
                citation: 0,
                newest: 0,
                jurisdiction: 0,
            });
            works.len() as u32 - 1
        });
        // The newest card that is in use speaks for the work.
        if live[index] {
            works[number as usize].card = index as u32;
        }
        work_of[index] = number;
    }
    let card = |work: &WorkPlace| &cards[work.card as usize];
    let name = |work: &WorkPlace| card(work).jurisdiction.english_name();
    let mut order: Vec<usize> = (0..works.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&works[a], &works[b]);
        (name(a), &card(a).title, &a.uri).cmp(&(name(b), &card(b).title, &b.uri))
    });
    for (rank, &work) in order.iter().enumerate() {
        works[work].citation = rank as u32;
    }
    order.sort_by_key(|&work| (std::cmp::Reverse(card(&works[work]).date), works[work].citation));
    for (rank, &work) in order.iter().enumerate() {
        works[work].newest = rank as u32;
    }
    order.sort_by_key(|&work| (name(&works[work]), works[work].newest));
    for (rank, &work) in order.iter().enumerate() {
        works[work].jurisdiction = rank as u32;
    }
    (work_of, works)
}

/// Which of several texts of a work in one language comes first: the stronger authority, the newer date, the later
/// edition. 0 where there is one alone.
fn preferences(cards: &[Card], live: &[bool]) -> Vec<u32> {
    let mut groups: HashMap<(&WorkUri, Language), Vec<usize>> = HashMap::new();
    for (index, card) in cards.iter().enumerate().filter(|(index, _)| live[*index]) {
        groups.entry((card.expression.work(), card.language())).or_default().push(index);
    }
    let mut preference = vec![0; cards.len()];
    for group in groups.values_mut().filter(|group| group.len() > 1) {
        group.sort_by_key(|&index| {
            let card = &cards[index];
            let authority = Authority::ALL.iter().position(|&known| known == card.authority);
            (
                authority,
                std::cmp::Reverse(card.expression.date()),
                std::cmp::Reverse(card.expression.edition()),
                index,
            )
        });
        for (rank, &index) in group.iter().enumerate() {
            preference[index] = rank as u32 + 1;
        }
    }
    preference
}

fn twins(segments: &mut [Segment], preference: &[u32], fields: Fields) -> Result<(), TantivyError> {
    if preference.iter().all(|&rank| rank == 0) {
        return Ok(());
    }
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    for segment in segments {
        let name = segment.reader.schema().get_field_name(fields.identity).to_owned();
        let identity = segment.reader.fast_fields().u64(&name)?.first_or_default_col(0);
        for doc in segment.reader.doc_ids_alive() {
            if preference[segment.expression[doc as usize] as usize] > 0 {
                let next = numbers.len() as u32;
                let number = *numbers.entry(identity.get_val(doc)).or_insert(next);
                segment.twins.insert(doc, number);
            }
        }
    }
    Ok(())
}

/// Each set of tags as it is counted, and the articles that occur.
fn tags(sets: &[TagSet]) -> (Vec<Article>, Vec<Tags>) {
    let all = sets.iter().flat_map(|set| set.curated.iter().chain(&set.suggested));
    let articles: BTreeSet<Article> = all.flat_map(|article| article.self_and_ancestors()).collect();
    let articles: Vec<Article> = articles.into_iter().collect();
    let expand = |tagged: &[Article]| -> (Vec<u16>, u16) {
        let with_parents: BTreeSet<Article> =
            tagged.iter().flat_map(|article| article.self_and_ancestors()).collect();
        let places = with_parents.iter().filter_map(|article| articles.binary_search(article).ok());
        let chapters = tagged.iter().fold(0, |bits, &article| bits | 1 << chapter_of(article));
        (places.filter_map(|place| u16::try_from(place).ok()).collect(), chapters)
    };
    let counted = sets.iter().map(|set| {
        let both: Vec<Article> = set.curated.iter().chain(&set.suggested).copied().collect();
        let (any, any_chapters) = expand(&both);
        let (curated, curated_chapters) = expand(&set.curated);
        let (suggested, suggested_chapters) = expand(&set.suggested);
        Tags { set: set.clone(), any, curated, suggested, any_chapters, curated_chapters, suggested_chapters }
    });
    let counted = counted.collect();
    (articles, counted)
}

impl Tags {
    /// What is counted of the set where tags of `origin` are asked for.
    pub(super) fn of(&self, origin: Option<OriginKind>) -> (&[u16], u16) {
        match origin {
            None => (&self.any, self.any_chapters),
            Some(OriginKind::Curated) => (&self.curated, self.curated_chapters),
            Some(OriginKind::Suggested) => (&self.suggested, self.suggested_chapters),
        }
    }
}

/// The words of titles, in each form that a query may give them.
fn titles(cards: &[Card], live: &[bool], langs: &[Lang]) -> HashMap<String, Vec<u32>> {
    let mut analyser = Analyser::default();
    let mut titles: HashMap<String, Vec<u32>> = HashMap::new();
    let mut folded = String::new();
    for (index, card) in cards.iter().enumerate().filter(|(index, _)| live[*index]) {
        let mut terms: HashSet<String> = HashSet::new();
        let lang = Lang::of(card.language());
        let year = card.year().map(|year| year.to_string()).unwrap_or_default();
        for (title, lang) in
            [(Some(&card.title), lang), (card.title_en.as_ref(), Lang::of(Language::EN)), (Some(&year), lang)]
        {
            let Some(title) = title else { continue };
            for piece in pieces(title) {
                match piece {
                    Piece::Word(range, _) => {
                        let word = &title[range];
                        if let Some(stem) = analyser.stem(word, lang).filter(|_| langs.contains(&lang)) {
                            terms.insert(stem.to_owned());
                        }
                        fold(word, &mut folded);
                        terms.insert(folded.clone());
                    }
                    Piece::Characters(range) => {
                        let run: Vec<char> = title[range].chars().map(character).collect();
                        terms.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
                    }
                }
            }
        }
        for term in terms {
            titles.entry(term).or_default().push(index as u32);
        }
    }
    titles
}
