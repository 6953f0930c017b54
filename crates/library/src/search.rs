//! Finding provisions, grouped by the works that they stand in.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

use merida_index::{
    ArticleFacet, ChapterFacet, ConceptId, Facet, Filters, Note, OriginKind, Part, ProvisionHit, Request,
    Results, Thesaurus, WorkHit,
};
use merida_law::{
    Article, Authority, ExpressionUri, Jurisdiction, Language, LegalDate, ProvisionId, Region, Status,
    Taxonomy, WorkKind, WorkUri,
};
use serde::{Serialize, Serializer};

use crate::indexed::Indexed;
use crate::nothing::{NotYetSearched, Nothing, not_yet_searched, nothing};
use crate::open::blocking;
use crate::similar::Alike;
use crate::{Address, Error, Library};

/// What is looked for. An empty query with filters browses in citation order; values within one filter are
/// alternatives, filters restrict one another.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// What was typed; may be empty.
    pub query: String,
    /// Articles of the Convention, or parts of them; each stands for all that lies within it.
    pub articles: Vec<Article>,
    /// Chapters of the Convention by roman number: `III`.
    pub chapters: Vec<String>,
    /// Whose law.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Regions of the United Nations.
    pub regions: Vec<Region>,
    /// Languages of the text.
    pub languages: Vec<Language>,
    /// Kinds of work.
    pub kinds: Vec<WorkKind>,
    /// Statuses; their dates are not compared.
    pub statuses: Vec<Status>,
    /// How far the text may be relied on.
    pub authorities: Vec<Authority>,
    /// Works made in this year or later.
    pub year_from: Option<i16>,
    /// Works made in this year or earlier.
    pub year_to: Option<i16>,
    /// Concepts of the thesaurus; each stands for every kind of it.
    pub concepts: Vec<ConceptId>,
    /// Only provisions whose articles are curated, or suggested.
    pub origins: Vec<TagOrigin>,
    /// In what order.
    pub sort: Sort,
    /// How many works, at most 200.
    pub limit: usize,
    /// How many works to pass over.
    pub offset: usize,
    /// How many provisions to show of each work.
    pub per_work: usize,
    /// Only these words, without reading them as a citation or a concept.
    pub literal: bool,
    /// Look for words that the library does not know as they are typed, without correcting them.
    pub as_typed: bool,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            query: String::new(),
            articles: Vec::new(),
            chapters: Vec::new(),
            jurisdictions: Vec::new(),
            regions: Vec::new(),
            languages: Vec::new(),
            kinds: Vec::new(),
            statuses: Vec::new(),
            authorities: Vec::new(),
            year_from: None,
            year_to: None,
            concepts: Vec::new(),
            origins: Vec::new(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            per_work: 3,
            literal: false,
            as_typed: false,
        }
    }
}

/// The order of works found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The best first; with an empty query, citation order.
    #[default]
    Relevance,
    /// The newest work first.
    Newest,
    /// The oldest work first, undated ones before them.
    Oldest,
    /// By the English name of the jurisdiction, then by work.
    Jurisdiction,
}

/// Who says that a provision bears on an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagOrigin {
    /// A person.
    Curated,
    /// A tagger.
    Suggested,
}

/// The text is neither a sort order nor an origin that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{name}\" is not known: use one of {known}")]
pub struct UnknownChoice {
    name: String,
    known: &'static str,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Newest, Self::Oldest, Self::Jurisdiction];

    /// The name, as in URLs and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

impl FromStr for Sort {
    type Err = UnknownChoice;

    /// Reads the names of [`Self::as_str`], and `date` for the newest first.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "date" {
            return Ok(Self::Newest);
        }
        let unknown = || UnknownChoice {
            name: text.chars().take(40).collect(),
            known: "relevance, newest, oldest, jurisdiction",
        };
        Self::ALL.into_iter().find(|sort| sort.as_str() == text).ok_or_else(unknown)
    }
}

impl TagOrigin {
    /// Both origins.
    pub const ALL: [Self; 2] = [Self::Curated, Self::Suggested];

    /// The name, as in URLs and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Curated => "curated",
            Self::Suggested => "suggested",
        }
    }
}

impl FromStr for TagOrigin {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownChoice { name: text.chars().take(40).collect(), known: "curated, suggested" };
        Self::ALL.into_iter().find(|origin| origin.as_str() == text).ok_or_else(unknown)
    }
}

/// What was found. Every offset counts Unicode scalar values.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchAnswer {
    /// What was typed.
    pub query: String,
    /// What it was read as.
    pub interpretation: Interpretation,
    /// How many works match.
    pub total_works: u64,
    /// How many provisions match.
    pub total_provisions: u64,
    /// How long the search took, in milliseconds.
    pub took_ms: f64,
    /// The works of this page of the answer.
    pub works: Vec<FoundWork>,
    /// How many provisions each filter value would leave, each filter counted with itself lifted.
    pub facets: Facets,
    /// What was searched and what to loosen, where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
    /// Articles and jurisdictions that the question names for which nothing is recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_yet_searched: Vec<NotYetSearched>,
}

/// What the engine took a query to mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Interpretation {
    /// Articles of the Convention that the query cites.
    pub articles: Vec<Article>,
    /// Provisions of national law that it cites.
    pub citations: Vec<Citation>,
    /// Jurisdictions that it names.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Concepts of the thesaurus that it names, which are looked for in every language.
    pub concepts: Vec<ReadConcept>,
    /// Passages in quotation marks, which must stand in the text as they are.
    pub phrases: Vec<String>,
    /// Words and phrases that must not stand in the text.
    pub excluded: Vec<String>,
    /// The plain words, as they were looked for.
    pub words: Vec<String>,
    /// Words that are too common to be looked for beside others.
    pub common: Vec<String>,
    /// Words that occur nowhere, each with the one that was looked for in its place.
    pub corrected: Vec<[String; 2]>,
    /// The languages whose texts were searched; empty for all.
    pub languages: Vec<Language>,
    /// Whether the words were taken as they stand.
    pub literal: bool,
    /// The whole query as it was read, written out in the query language.
    pub typed: String,
    /// Whether it says more than words side by side: operators, fields, patterns.
    pub structured: bool,
    /// What it is made of, as a tree.
    pub parts: Vec<Part>,
    /// What else the reader should know, such as that a long query was cut.
    pub notes: Vec<String>,
}

/// A concept that a query names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadConcept {
    /// Its identity: `trading-in-influence`.
    pub id: ConceptId,
    /// As typed.
    pub text: String,
    /// Its preferred label in the language of what was typed.
    pub label: String,
    /// The language of that label.
    pub language: Language,
    /// The articles of the Convention that it belongs to.
    pub articles: Vec<Article>,
    /// What it is looked for by, in the languages of the library.
    pub expansion: Vec<Expansion>,
}

/// What a concept is called in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The language.
    pub language: Language,
    /// The preferred label, then the others that are shown.
    pub labels: Vec<String>,
}

/// A citation of a provision of national law.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citation {
    /// As typed: `s 6`.
    pub text: String,
    /// The number that was looked for: `6`.
    pub number: String,
}

/// A work with the best of its provisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundWork {
    /// The work.
    pub uri: WorkUri,
    /// The expression that is shown.
    pub expression: ExpressionUri,
    /// Its title in that expression's language.
    pub title: String,
    /// Its title in English, where one is known.
    pub title_en: Option<String>,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// The language of the expression.
    pub language: Language,
    /// What kind of work.
    pub kind: WorkKind,
    /// Whether it is in force; in JSON by name alone.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// When the work was made.
    pub date: Option<LegalDate>,
    /// As of when the text stands.
    pub as_of: Option<LegalDate>,
    /// How far the text may be relied on.
    pub authority: Authority,
    /// The page of the work.
    pub url: Address,
    /// The best provisions, at most as many as asked for.
    pub provisions: Vec<FoundProvision>,
    /// How many more provisions of this work match.
    pub more: u64,
}

/// A provision that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundProvision {
    /// The expression that it was found in.
    pub expression: ExpressionUri,
    /// The language of the provision.
    pub language: Language,
    /// Its id within the work.
    pub id: ProvisionId,
    /// Its number as the law writes it.
    pub label: String,
    /// Its heading.
    pub heading: String,
    /// The stretches of the heading that match, as in `marks`.
    pub heading_marks: Vec<[u32; 2]>,
    /// A stretch of its text.
    pub snippet: String,
    /// The stretches of the snippet that match: `[start, end)`, in Unicode scalar values.
    pub marks: Vec<[u32; 2]>,
    /// Articles of the Convention that a person says it bears on.
    pub articles: Vec<Article>,
    /// Articles that a tagger suggests.
    pub suggested: Vec<Article>,
    /// How well it matches; comparable within one answer.
    pub score: f32,
    /// The page of the provision.
    pub url: Address,
    /// Why it is like the passage, where the like of one was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alike: Option<Alike>,
}

/// How many provisions each filter value would leave.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Facets {
    /// Chapters of the Convention, within them articles, within those paragraphs.
    pub articles: Vec<FacetValue>,
    /// Jurisdictions, the most frequent first.
    pub jurisdictions: Vec<FacetValue>,
    /// Regions of the United Nations.
    pub regions: Vec<FacetValue>,
    /// Languages.
    pub languages: Vec<FacetValue>,
    /// Kinds of work.
    pub kinds: Vec<FacetValue>,
    /// Statuses.
    pub statuses: Vec<FacetValue>,
    /// Authorities.
    pub authorities: Vec<FacetValue>,
    /// Years, the newest first.
    pub years: Vec<FacetValue>,
    /// Curated and suggested.
    pub origins: Vec<FacetValue>,
    /// The most frequent concepts of the thesaurus.
    pub concepts: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetValue {
    /// The value as it is written in a request: `15(a)`, `gb`, `fr`, `act`.
    pub value: String,
    /// Its name in English, where it has one beside its value.
    pub name: String,
    /// How many provisions.
    pub count: u64,
    /// Whether the request selects it.
    pub selected: bool,
    /// Narrower values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<FacetValue>,
}

pub(crate) fn status_name<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.as_str())
}

impl Library {
    /// Answers `request`. No query is an error: what cannot be read as anything finds nothing.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchAnswer, Error> {
        let started = Instant::now();
        let indexed = Arc::clone(self.indexed());
        let asked = request.clone();
        let (results, nothing, not_yet_searched) = blocking(move || {
            let results = find(&indexed, &asked)?;
            let read = &results.interpretation;
            let nothing = (results.total_works == 0).then(|| nothing(&indexed, &asked, read)).transpose()?;
            let missing = not_yet_searched(&indexed, &asked, read)?;
            Ok::<_, Error>((results, nothing, missing))
        })
        .await??;
        Ok(SearchAnswer {
            nothing,
            not_yet_searched,
            interpretation: Interpretation::of(&results.interpretation, request.literal),
            total_works: results.total_works as u64,
            total_provisions: results.total_provisions as u64,
            works: results.works.into_iter().filter_map(found_work).collect(),
            facets: Facets::of(&results.facets, self.taxonomy(), self.thesaurus()),
            query: request.query,
            took_ms: started.elapsed().as_secs_f64() * 1_000.0,
        })
    }
}

/// At most how many works one answer holds.
pub(crate) const MOST_WORKS: usize = 200;
/// At most how many provisions of one work an answer holds.
const MOST_PER_WORK: usize = 100;

fn find(indexed: &Indexed, request: &SearchRequest) -> Result<Results, Error> {
    if request.sort != Sort::Oldest {
        return indexed.search(&request.to_index(request.limit.min(MOST_WORKS), request.offset));
    }
    // The oldest first is the newest first from the other end.
    let total = indexed.search(&request.to_index(0, 0))?.total_works;
    let end = total.saturating_sub(request.offset);
    let start = end.saturating_sub(request.limit.min(MOST_WORKS));
    let mut results = indexed.search(&request.to_index(end - start, start))?;
    results.works.reverse();
    Ok(results)
}

impl SearchRequest {
    pub(crate) fn to_index(&self, limit: usize, offset: usize) -> Request {
        Request {
            query: self.query.clone(),
            filters: Filters {
                articles: self.articles.clone(),
                chapters: self.chapters.iter().filter_map(|roman| chapter_number(roman)).collect(),
                origins: self.origins.iter().map(|origin| origin.to_index()).collect(),
                jurisdictions: self.jurisdictions.clone(),
                regions: self.regions.clone(),
                languages: self.languages.clone(),
                kinds: self.kinds.clone(),
                statuses: self.statuses.clone(),
                authorities: self.authorities.clone(),
                year_from: self.year_from,
                year_to: self.year_to,
                concepts: self.concepts.clone(),
                ..Filters::default()
            },
            sort: match self.sort {
                Sort::Relevance => merida_index::Sort::Relevance,
                Sort::Newest | Sort::Oldest => merida_index::Sort::Date,
                Sort::Jurisdiction => merida_index::Sort::Jurisdiction,
            },
            limit,
            offset,
            per_work: self.per_work.min(MOST_PER_WORK),
            literal: self.literal,
            as_typed: self.as_typed,
        }
    }
}

impl TagOrigin {
    fn to_index(self) -> OriginKind {
        match self {
            Self::Curated => OriginKind::Curated,
            Self::Suggested => OriginKind::Suggested,
        }
    }
}

const ROMAN: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];

/// The number of a chapter from its roman or plain number; a chapter that is none filters everything out.
fn chapter_number(text: &str) -> Option<u8> {
    let roman = ROMAN.iter().position(|roman| roman.eq_ignore_ascii_case(text.trim()));
    Some(
        roman
            .and_then(|place| u8::try_from(place + 1).ok())
            .or_else(|| text.trim().parse().ok())
            .unwrap_or(0),
    )
}

impl Interpretation {
    pub(crate) fn of(read: &merida_index::Interpretation, literal: bool) -> Self {
        let mut reading = Self {
            literal,
            languages: read.languages.clone(),
            typed: read.typed(),
            structured: read.has_structure(),
            parts: read.parts.clone(),
            ..Self::default()
        };
        reading.list(&read.parts);
        reading.notes = read.notes.iter().map(note).collect();
        reading
    }

    /// Lists parts by what they are, wherever they stand in the tree.
    fn list(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Word { text } | Part::Pattern { text } => self.words.push(text.clone()),
                Part::Stop { text } => self.common.push(text.clone()),
                Part::Phrase { text } => self.phrases.push(text.clone()),
                Part::Excluded { text } => self.excluded.push(text.clone()),
                Part::Article { article, .. } => self.articles.push(*article),
                Part::Provision { text, number } => {
                    self.citations.push(Citation { text: text.clone(), number: number.clone() });
                }
                Part::Concept { text, id, label, language, articles, expansion } => {
                    self.concepts.push(ReadConcept {
                        id: id.clone(),
                        text: text.clone(),
                        label: label.clone(),
                        language: *language,
                        articles: articles.clone(),
                        expansion: expansion.iter().map(Expansion::of).collect(),
                    });
                }
                Part::Jurisdiction { jurisdiction, .. } => self.jurisdictions.push(*jurisdiction),
                Part::Corrected { text, to } => {
                    self.words.push(to.clone());
                    self.corrected.push([text.clone(), to.clone()]);
                }
                Part::All { parts }
                | Part::Any { parts }
                | Part::Together { parts }
                | Part::Within { parts, .. } => self.list(parts),
                Part::Near { left, right, .. } => {
                    self.list(std::slice::from_ref(left));
                    self.list(std::slice::from_ref(right));
                }
                Part::Not { .. } | Part::Field { .. } => {}
            }
        }
    }
}

impl Expansion {
    fn of(read: &merida_index::Expansion) -> Self {
        Self { language: read.language, labels: read.labels.clone() }
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::Cut { read, of } => format!("the query has {of} characters; the first {read} were read"),
        Note::TooManyWords { read } => format!("the query has many words; the first {read} were looked for"),
        Note::PhraseTakenApart => {
            "the words in quotation marks stand nowhere as they are; they were looked for one by one"
                .to_owned()
        }
        Note::NothingToLookFor => {
            "nothing in the query can be looked for; the filters alone decide".to_owned()
        }
        Note::Parenthesis => "a parenthesis without its counterpart was passed over".to_owned(),
        Note::Quote => "a quotation mark without its counterpart was passed over".to_owned(),
        Note::OperatorAsWord { text } => {
            format!("\"{text}\" has nothing to join, or no number; it was read as a word")
        }
        Note::UnknownField { name } => format!("\"{name}\" is not a field; it was read as a word"),
        Note::UnknownValue { field, value } => {
            format!("\"{value}\" is not a value of {}; it was read as words", field.as_str())
        }
        Note::TooDeep { read } => {
            format!("groups are read {read} deep; parentheses beyond were passed over")
        }
        Note::TooManyParts { read } => {
            format!("the first {read} phrases, fields and operators were read; the rest were read as words")
        }
        Note::PatternTooShort { text } => {
            format!("\"{text}\" was read as a word: two letters or more must stand before * or ?")
        }
        Note::ManyForms { text, read } => {
            format!("{text} stands for many words; the {read} most frequent were looked for")
        }
        Note::NotNear => {
            "a field or an exclusion cannot stand near anything; it was passed over there".to_owned()
        }
    }
}

/// A work as the answer shows it; none if it came without provisions, which no caller asks for.
pub(crate) fn found_work(work: WorkHit) -> Option<FoundWork> {
    let best = work.provisions.first()?;
    let (expression, language, authority) = (best.expression.clone(), best.language, best.authority);
    let url = Address::of_work(&work.uri);
    Some(FoundWork {
        uri: work.uri,
        title: work.title,
        title_en: work.title_en,
        jurisdiction: work.jurisdiction,
        language,
        kind: work.kind,
        status: work.status,
        date: work.date,
        as_of: expression.date(),
        authority,
        url,
        more: work.more as u64,
        provisions: work.provisions.into_iter().map(found_provision).collect(),
        expression,
    })
}

fn found_provision(hit: ProvisionHit) -> FoundProvision {
    FoundProvision {
        url: Address::of_provision(&hit.expression, &hit.id),
        expression: hit.expression,
        language: hit.language,
        id: hit.id,
        label: hit.label,
        heading: hit.heading,
        heading_marks: hit.heading_marks.iter().map(|mark| [mark.0, mark.1]).collect(),
        snippet: hit.snippet.text,
        marks: hit.snippet.marks.iter().map(|mark| [mark.0, mark.1]).collect(),
        articles: hit.articles,
        suggested: hit.suggested.iter().map(|suggested| suggested.article).collect(),
        score: hit.score,
        alike: None,
    }
}

impl Facets {
    pub(crate) fn of(facets: &merida_index::Facets, taxonomy: &Taxonomy, thesaurus: &Thesaurus) -> Self {
        let mut years: Vec<FacetValue> =
            facets.years.iter().map(|f| value(f, f.value.to_string(), "")).collect();
        years.sort_by(|a, b| b.value.cmp(&a.value));
        Self {
            articles: facets.chapters.iter().map(|chapter| chapter_value(chapter, taxonomy)).collect(),
            jurisdictions: facets
                .jurisdictions
                .iter()
                .map(|f| value(f, f.value.to_string(), f.value.english_name()))
                .collect(),
            regions: facets
                .regions
                .iter()
                .map(|f| value(f, f.value.as_str().to_owned(), f.value.name_in(Language::EN)))
                .collect(),
            languages: facets
                .languages
                .iter()
                .map(|f| value(f, f.value.to_string(), f.value.english_name()))
                .collect(),
            kinds: facets.kinds.iter().map(|f| value(f, f.value.to_string(), "")).collect(),
            statuses: facets.statuses.iter().map(|f| value(f, f.value.to_string(), "")).collect(),
            authorities: facets.authorities.iter().map(|f| value(f, f.value.to_string(), "")).collect(),
            years,
            origins: facets.origins.iter().map(|f| value(f, f.value.as_str().to_owned(), "")).collect(),
            concepts: facets
                .concepts
                .iter()
                .map(|f| {
                    let name = thesaurus.get(&f.value).map(|concept| concept.name_in(Language::EN));
                    value(f, f.value.to_string(), name.unwrap_or_default())
                })
                .collect(),
        }
    }
}

fn value<T>(facet: &Facet<T>, value: String, name: &str) -> FacetValue {
    let name = if name.is_empty() { value.replace('-', " ") } else { name.to_owned() };
    FacetValue { value, name, count: facet.count as u64, selected: facet.selected, within: Vec::new() }
}

fn chapter_value(chapter: &ChapterFacet, taxonomy: &Taxonomy) -> FacetValue {
    let place = usize::from(chapter.number).saturating_sub(1);
    let number = ROMAN.get(place).copied().unwrap_or_default();
    let title =
        taxonomy.chapters.iter().find(|c| c.number == number).and_then(|c| c.title.get(&Language::EN));
    FacetValue {
        value: number.to_owned(),
        name: title.cloned().unwrap_or_default(),
        count: chapter.count as u64,
        selected: chapter.selected,
        within: chapter.articles.iter().map(|article| article_value(article, taxonomy)).collect(),
    }
}

fn article_value(facet: &ArticleFacet, taxonomy: &Taxonomy) -> FacetValue {
    let part = |f: &Facet<Article>| {
        let gist = taxonomy.paragraph(f.value).map(|p| p.gist.as_str()).unwrap_or_default();
        FacetValue { name: gist.to_owned(), ..value(f, f.value.to_string(), "") }
    };
    FacetValue {
        value: facet.article.to_string(),
        name: taxonomy.title(facet.article, Language::EN).unwrap_or_default().to_owned(),
        count: facet.count as u64,
        selected: facet.selected,
        within: facet.parts.iter().map(part).collect(),
    }
}
