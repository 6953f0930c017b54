//! Golden queries through the product's own search: how near each answer comes to its judgments, and how alike the
//! answers are to one question in several languages.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use merida_law::{Language, ProvisionId, WorkUri};
use serde::Serialize;

use super::golden::{Concept, Golden, Item, Named, Query, Resolver, item};
use super::measures::{is_held_out, mean, ndcg};
use crate::search::{FoundWork, SearchAnswer};
use crate::{Address, Error, Library, SearchRequest, ShowRequest, Shown};

/// How many works of an answer are judged: a page.
const PAGE: usize = 10;
/// How many of the first works a trap must not lead.
const TRAPS_AMONG: usize = 3;
/// How many provisions in other languages are looked through for those that are judged.
const RECALL_AT: usize = 50;
/// How many words of a provision are quoted, and how many characters where words are not set apart.
const QUOTED_WORDS: usize = 12;
const QUOTED_CHARACTERS: usize = 24;

/// How well the product's search answers the golden queries.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QueryFigures {
    /// One row for each language, then one for the half that was tuned on, one for the half that was not, one for all.
    pub rows: Vec<QueryRow>,
    /// Queries that did not get what they should, in the order of the files.
    pub failures: Vec<QueryFailure>,
    /// One concept typed in several languages.
    pub concepts: Vec<AskedConcept>,
    /// Over all concepts; none if there are none.
    pub across: Option<AcrossFigures>,
    /// The same over the concepts that nothing is tuned on.
    pub across_held_out: Option<AcrossFigures>,
    /// Judgments that name nothing that the library has, each once.
    pub unknown: Vec<String>,
    /// Figures below their floor: name, figure, floor.
    pub below: Vec<(String, f64, f64)>,
}

/// The queries of one language, or of one part of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueryRow {
    /// A language, `tuned on`, `held out` or `all`.
    pub name: String,
    /// Queries.
    pub queries: u64,
    /// nDCG over the first ten works, each graded by the best of its provisions that are shown; queries whose answer is
    /// nothing are left out.
    pub ndcg_10: f64,
    /// The mean of one over the place of the first work that shows exactly what is looked for, among ten.
    pub mrr_10: f64,
    /// Queries that say what may stand first.
    pub with_first: u64,
    /// The share of those whose first provision is of these.
    pub success_1: f64,
    /// Queries with a trap.
    pub with_traps: u64,
    /// How many of those fell into it.
    pub traps: u64,
}

/// A query that did not get what it should.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QueryFailure {
    /// Its language.
    pub language: Language,
    /// What was typed.
    pub query: String,
    /// What is wrong.
    pub problem: String,
    /// nDCG at 10.
    pub ndcg_10: f64,
    /// What came instead: the leading provisions of the first works, as `WORK ID`.
    pub came: Vec<String>,
}

/// One concept, typed in several languages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AskedConcept {
    /// Its name.
    pub name: String,
    /// Whether nothing is tuned on it.
    pub held_out: bool,
    /// The share of the first ten works that two languages have in common, by the pair: `en-fr`.
    pub pairs: BTreeMap<String, f64>,
    /// Their mean.
    pub overlap: f64,
    /// The pair of languages that have least in common, and how much.
    pub lowest: (String, f64),
    /// By the language that is typed: the share of judged provisions that no text in that language holds, among the
    /// first fifty such provisions (of fifty, where more are judged).
    pub recall_50: BTreeMap<String, f64>,
    /// The same among the first fifty provisions of the whole answer.
    pub recall_50_of_all: BTreeMap<String, f64>,
}

/// All concepts together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AcrossFigures {
    /// How many concepts.
    pub concepts: u64,
    /// The mean overlap over concepts and pairs.
    pub overlap: f64,
    /// The mean overlap of each pair of languages: `en-fr`.
    pub pairs: BTreeMap<String, f64>,
    /// The mean of [`AskedConcept::recall_50`] for each language that is typed.
    pub recall_50: BTreeMap<String, f64>,
    /// Its mean over the languages.
    pub recall_50_mean: f64,
    /// The same among the first fifty provisions of the whole answer.
    pub recall_50_of_all: f64,
}

/// What one query got.
struct Measured {
    language: Language,
    text: String,
    ndcg: Option<f64>,
    reciprocal: Option<f64>,
    first: Option<bool>,
    trap: Option<bool>,
    problem: Option<String>,
    came: Vec<String>,
}

impl Library {
    /// Runs the golden queries in `folder` through [`Library::search`].
    ///
    /// # Errors
    /// If the folder cannot be read, or the library.
    pub async fn evaluate_queries(&self, folder: &Path) -> Result<QueryFigures, Error> {
        let golden = Golden::read(folder)?;
        let mut resolver = Resolver::new(self, &golden);
        let mut measured = Vec::new();
        for query in &golden.queries {
            self.measure_query(query, &mut resolver, &mut measured).await?;
        }
        let mut concepts = Vec::new();
        for concept in &golden.concepts {
            concepts.push(self.measure_concept(concept, &mut resolver).await?);
        }
        let held_out: Vec<&AskedConcept> = concepts.iter().filter(|concept| concept.held_out).collect();
        let mut figures = QueryFigures {
            rows: rows(&measured),
            failures: measured.iter().filter_map(failure).collect(),
            across: across(&concepts.iter().collect::<Vec<_>>()),
            across_held_out: across(&held_out),
            concepts,
            unknown: resolver.unknown.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect(),
            below: Vec::new(),
        };
        figures.below = below(&figures, &golden.floors);
        Ok(figures)
    }

    async fn measure_query(
        &self,
        query: &Query,
        resolver: &mut Resolver<'_>,
        measured: &mut Vec<Measured>,
    ) -> Result<(), Error> {
        if let Some(quoted) = &query.quote {
            let named = resolver.named(std::slice::from_ref(quoted)).await?;
            let Some(source) = named.items.iter().next() else { return Ok(()) };
            let words = self.quotation(source, query.language).await?;
            let judged = Judged { exact: named.clone(), first: named.clone(), ..Judged::default() };
            let plain = self.page(&words).await?;
            measured.push(judged.measure(query.language, format!("[words of] {quoted}"), &plain));
            // In quotation marks nothing else may be found.
            let exact = self.page(&format!("\"{words}\"")).await?;
            let mut marked = judged.measure(query.language, format!("[quotation of] {quoted}"), &exact);
            if exact.total_works != 1 {
                marked.first = Some(false);
                marked.problem = Some(format!("{} works hold the quotation, not 1", exact.total_works));
            }
            measured.push(marked);
            return Ok(());
        }
        let answer = self.page(&query.text).await?;
        if query.nothing {
            measured.push(nothing(query, &answer));
            return Ok(());
        }
        let judged = Judged {
            exact: resolver.named(&query.exact).await?,
            bears: resolver.named(&query.bears).await?,
            first: resolver.named(&query.first).await?,
            traps: resolver.named(&query.not).await?,
        };
        measured.push(judged.measure(query.language, query.text.clone(), &answer));
        Ok(())
    }

    /// The first page of the answer, as the site shows it.
    async fn page(&self, typed: &str) -> Result<SearchAnswer, Error> {
        self.search(SearchRequest { query: typed.to_owned(), limit: PAGE, ..SearchRequest::default() }).await
    }

    /// Words in a row from the longest paragraph of a provision.
    async fn quotation(&self, (work, id): &Item, language: Language) -> Result<String, Error> {
        let provision: ProvisionId =
            id.parse().map_err(|_| Error::Evaluation(format!("\"{id}\" is no id")))?;
        let address = Address { provision: Some(provision), ..Address::of_work(work) };
        let shown = self.show(ShowRequest { address, languages: vec![language] }).await?;
        let Shown::Provision(page) = shown else { return Ok(String::new()) };
        let texts = page.provisions.iter().map(|shown| shown.provision.text.as_str());
        Ok(texts.max_by_key(|text| text.chars().count()).map(words_of).unwrap_or_default())
    }

    async fn measure_concept(
        &self,
        concept: &Concept,
        resolver: &mut Resolver<'_>,
    ) -> Result<AskedConcept, Error> {
        let judged = resolver.named(&concept.exact).await?.items;
        let mut pages: Vec<(&str, HashSet<WorkUri>)> = Vec::new();
        let (mut recall_50, mut recall_50_of_all) = (BTreeMap::new(), BTreeMap::new());
        for (code, typed) in &concept.typed {
            let language: Language =
                code.parse().map_err(|_| Error::Evaluation(format!("\"{code}\" is not a language")))?;
            let page = self.page(typed).await?;
            pages.push((code.as_str(), page.works.iter().map(|work| work.uri.clone()).collect()));
            let ranked = self.ranked(typed).await?;
            let mut foreign = HashSet::new();
            for found in ranked.iter().chain(&judged) {
                if !holds(&resolver.languages(found).await?, language) {
                    foreign.insert(found);
                }
            }
            let sought: HashSet<&Item> = judged.iter().filter(|found| foreign.contains(found)).collect();
            let possible = sought.len().min(RECALL_AT);
            if possible == 0 {
                continue;
            }
            let share = |found: usize| found as f64 / possible as f64;
            let others = ranked.iter().filter(|found| foreign.contains(found)).take(RECALL_AT);
            recall_50.insert(code.clone(), share(others.filter(|found| sought.contains(found)).count()));
            let all = ranked.iter().take(RECALL_AT).filter(|found| sought.contains(found)).count();
            recall_50_of_all.insert(code.clone(), share(all));
        }
        let pairs = overlaps(&pages);
        let least = pairs.iter().min_by(|a, b| a.1.total_cmp(b.1));
        Ok(AskedConcept {
            name: concept.name.clone(),
            held_out: is_held_out(&concept.name),
            overlap: mean(pairs.values().copied()),
            lowest: least.map(|(pair, overlap)| (pair.clone(), *overlap)).unwrap_or_default(),
            pairs,
            recall_50,
            recall_50_of_all,
        })
    }

    /// Every provision of a long answer, the best first, each once.
    async fn ranked(&self, typed: &str) -> Result<Vec<Item>, Error> {
        let request =
            SearchRequest { query: typed.to_owned(), limit: 200, per_work: 100, ..SearchRequest::default() };
        let answer = self.search(request).await?;
        let mut scored: Vec<(f32, Item)> = answer
            .works
            .iter()
            .flat_map(|work| work.provisions.iter().map(|p| (p.score, item(&work.uri, &p.id))))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seen = HashSet::new();
        Ok(scored.into_iter().map(|(_, found)| found).filter(|found| seen.insert(found.clone())).collect())
    }
}

/// Whether texts in `languages` can be read by whoever types `language`.
fn holds(languages: &HashSet<Language>, language: Language) -> bool {
    languages.iter().any(|held| held.primary() == language.primary())
}

/// Twelve words from the middle of a text, or as many characters as that is where words are not set apart.
fn words_of(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() >= QUOTED_WORDS {
        let start = (words.len() - QUOTED_WORDS) / 2;
        return words[start..start + QUOTED_WORDS].join(" ");
    }
    let characters: Vec<char> = text.chars().collect();
    let start = characters.len().saturating_sub(QUOTED_CHARACTERS) / 2;
    characters.iter().skip(start).take(QUOTED_CHARACTERS).collect()
}

/// The judgments of one query, as the library has them.
#[derive(Default)]
struct Judged {
    exact: Named,
    bears: Named,
    first: Named,
    traps: Named,
}

impl Judged {
    fn grade(&self, found: &Item) -> u8 {
        if self.exact.has(found) {
            2
        } else if self.bears.has(found) {
            1
        } else {
            0
        }
    }

    /// The grade of a work: that of the best of its provisions that are shown.
    fn grade_of(&self, work: &FoundWork) -> u8 {
        work.provisions.iter().map(|p| self.grade(&item(&work.uri, &p.id))).max().unwrap_or(0)
    }

    fn measure(&self, language: Language, text: String, answer: &SearchAnswer) -> Measured {
        let grades: Vec<u8> = answer.works.iter().take(PAGE).map(|work| self.grade_of(work)).collect();
        let exact = self.exact.every_work();
        let bears = self.bears.every_work().difference(&exact).count();
        let mut ideal = vec![2; exact.len()];
        ideal.extend(std::iter::repeat_n(1, bears));
        let rank = grades.iter().position(|&grade| grade == 2);
        let leads = leading(answer);
        let first =
            (!self.first.is_empty()).then(|| leads.first().is_some_and(|found| self.first.has(found)));
        let trap = (!self.traps.is_empty()).then(|| self.falls(answer, &leads));
        let ndcg = ndcg(&grades, &ideal, PAGE);
        let problem = match (first, trap) {
            (_, Some(true)) => Some("a trap stands too high".to_owned()),
            (Some(false), _) => Some("something else stands first".to_owned()),
            _ if rank.is_none() => Some("the first ten works show nothing of what is looked for".to_owned()),
            _ => None,
        };
        Measured {
            language,
            text,
            ndcg: (!ideal.is_empty()).then_some(ndcg),
            reciprocal: (!exact.is_empty()).then(|| rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0))),
            first,
            trap,
            problem,
            came: came(&leads),
        }
    }

    /// Whether a trap leads one of the first works, or stands before the first answer.
    fn falls(&self, answer: &SearchAnswer, leads: &[Item]) -> bool {
        let is_trap = |found: &Item| self.traps.has(found) && self.grade(found) == 0;
        if leads.iter().take(TRAPS_AMONG).any(is_trap) {
            return true;
        }
        let shown =
            answer.works.iter().flat_map(|work| work.provisions.iter().map(|p| item(&work.uri, &p.id)));
        let before: Vec<Item> = shown.take_while(|found| self.grade(found) < 2).collect();
        before.iter().any(is_trap)
    }
}

/// The provision that leads each work of an answer.
fn leading(answer: &SearchAnswer) -> Vec<Item> {
    answer.works.iter().filter_map(|work| Some(item(&work.uri, &work.provisions.first()?.id))).collect()
}

fn came(leads: &[Item]) -> Vec<String> {
    leads.iter().take(TRAPS_AMONG).map(|(work, id)| format!("{work} {id}")).collect()
}

/// A query to which nothing is the answer.
fn nothing(query: &Query, answer: &SearchAnswer) -> Measured {
    let empty = answer.total_works == 0;
    Measured {
        language: query.language,
        text: query.text.clone(),
        ndcg: None,
        reciprocal: None,
        first: Some(empty),
        trap: None,
        problem: (!empty).then(|| format!("{} works were found where none is recorded", answer.total_works)),
        came: came(&leading(answer)),
    }
}

fn failure(measured: &Measured) -> Option<QueryFailure> {
    Some(QueryFailure {
        language: measured.language,
        query: measured.text.clone(),
        problem: measured.problem.clone()?,
        ndcg_10: measured.ndcg.unwrap_or(0.0),
        came: measured.came.clone(),
    })
}

fn rows(measured: &[Measured]) -> Vec<QueryRow> {
    let mut by_language: BTreeMap<&str, Vec<&Measured>> = BTreeMap::new();
    for one in measured {
        by_language.entry(one.language.primary()).or_default().push(one);
    }
    let mut rows: Vec<QueryRow> = by_language.iter().map(|(name, of)| row(name, of)).collect();
    rows.sort_by(|a, b| b.queries.cmp(&a.queries).then_with(|| a.name.cmp(&b.name)));
    let (held_out, tuned): (Vec<&Measured>, Vec<&Measured>) =
        measured.iter().partition(|one| is_held_out(&one.text));
    rows.push(row("tuned on", &tuned));
    rows.push(row("held out", &held_out));
    rows.push(row("all", &measured.iter().collect::<Vec<_>>()));
    rows
}

fn row(name: &str, measured: &[&Measured]) -> QueryRow {
    let firsts: Vec<bool> = measured.iter().filter_map(|one| one.first).collect();
    let traps: Vec<bool> = measured.iter().filter_map(|one| one.trap).collect();
    QueryRow {
        name: name.to_owned(),
        queries: measured.len() as u64,
        ndcg_10: mean(measured.iter().filter_map(|one| one.ndcg)),
        mrr_10: mean(measured.iter().filter_map(|one| one.reciprocal)),
        with_first: firsts.len() as u64,
        success_1: mean(firsts.iter().map(|&first| f64::from(u8::from(first)))),
        with_traps: traps.len() as u64,
        traps: traps.iter().filter(|&&fell| fell).count() as u64,
    }
}

/// What the first works of each two languages have in common, as a share of the longer list.
fn overlaps(pages: &[(&str, HashSet<WorkUri>)]) -> BTreeMap<String, f64> {
    let mut pairs = BTreeMap::new();
    for (place, (one, left)) in pages.iter().enumerate() {
        for (other, right) in &pages[place + 1..] {
            let most = left.len().max(right.len()).max(1);
            let common = left.intersection(right).count();
            pairs.insert(format!("{one}-{other}"), common as f64 / most as f64);
        }
    }
    pairs
}

fn across(concepts: &[&AskedConcept]) -> Option<AcrossFigures> {
    if concepts.is_empty() {
        return None;
    }
    let recall_50 = means(concepts.iter().flat_map(|concept| &concept.recall_50));
    Some(AcrossFigures {
        concepts: concepts.len() as u64,
        overlap: mean(concepts.iter().map(|concept| concept.overlap)),
        pairs: means(concepts.iter().flat_map(|concept| &concept.pairs)),
        recall_50_mean: mean(recall_50.values().copied()),
        recall_50,
        recall_50_of_all: mean(
            concepts.iter().flat_map(|concept| concept.recall_50_of_all.values().copied()),
        ),
    })
}

/// The mean of the values of each name.
fn means<'a>(named: impl Iterator<Item = (&'a String, &'a f64)>) -> BTreeMap<String, f64> {
    let mut values: BTreeMap<&String, Vec<f64>> = BTreeMap::new();
    for (name, value) in named {
        values.entry(name).or_default().push(*value);
    }
    values.into_iter().map(|(name, values)| (name.clone(), mean(values))).collect()
}

/// The figures that lie under their floors. A floor is named `LANGUAGE FIGURE` (`en success_1`, `all ndcg_10`), or
/// `overlap`, `overlap of a pair`, `recall_50`.
fn below(figures: &QueryFigures, floors: &BTreeMap<String, f64>) -> Vec<(String, f64, f64)> {
    let mut known: HashMap<String, f64> = HashMap::new();
    for row in &figures.rows {
        for (figure, value) in
            [("ndcg_10", row.ndcg_10), ("mrr_10", row.mrr_10), ("success_1", row.success_1)]
        {
            known.insert(format!("{} {figure}", row.name), value);
        }
    }
    if let Some(across) = &figures.across {
        let lowest = across.pairs.values().copied().fold(f64::INFINITY, f64::min);
        known.insert("overlap".to_owned(), across.overlap);
        known.insert("overlap of a pair".to_owned(), lowest);
        known.insert("recall_50".to_owned(), across.recall_50_mean);
    }
    // A floor under no figure is reported as well: it would hold nothing.
    let under = |(name, floor): (&String, &f64)| {
        let figure = known.get(name).copied().unwrap_or(0.0);
        (figure < *floor).then(|| (name.clone(), figure, *floor))
    };
    floors.iter().filter_map(under).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_words_are_quoted_or_as_many_characters_as_that_is() {
        let words: Vec<String> = (0..40).map(|number| format!("w{number}")).collect();
        let quoted = words_of(&words.join(" "));
        assert_eq!(quoted.split(' ').count(), QUOTED_WORDS);
        assert!(words.join(" ").contains(&quoted));
        assert_eq!(words_of(&"\u{6cd5}".repeat(100)).chars().count(), QUOTED_CHARACTERS);
        assert_eq!(words_of("short"), "short");
    }

    #[test]
    fn overlap_is_a_share_of_the_longer_list() {
        let works = |numbers: &[u32]| {
            let uri = |number: &u32| format!("/akn/gb/act/2010/{number}").parse().expect("a work");
            numbers.iter().map(uri).collect::<HashSet<WorkUri>>()
        };
        let pages = [("en", works(&[1, 2, 3, 4])), ("fr", works(&[1, 2])), ("ru", works(&[]))];
        let pairs = overlaps(&pages);
        assert!((pairs["en-fr"] - 0.5).abs() < 1e-9);
        assert!(pairs["en-ru"].abs() < 1e-9);
        assert_eq!(pairs.len(), 3);
    }

    #[test]
    fn a_floor_under_no_figure_is_told() {
        let floors = BTreeMap::from([("xx success_1".to_owned(), 0.1)]);
        assert_eq!(below(&QueryFigures::default(), &floors).len(), 1);
    }
}
