//! What a visitor asks of the search: read from a query string, written back into links.

use std::fmt::Display;
use std::str::FromStr;

use merida_law::{Article, Jurisdiction, Language};
use merida_library::{Address, ConceptId, Like, SearchRequest, Sort, Thesaurus};

use crate::query::{Query, join, push};

/// The longest question, in characters: a provision may be pasted whole.
pub(crate) const MAX_QUESTION: usize = 4_000;
/// The farthest offset, in works.
pub(crate) const MAX_OFFSET: usize = 1_000_000;
/// The most works on a page.
pub(crate) const MAX_LIMIT: usize = 100;
const DEFAULT_LIMIT: usize = 10;
/// The most values of one filter.
const MAX_VALUES: usize = 100;

/// A filter of the search that takes several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Article,
    Chapter,
    Jurisdiction,
    Region,
    Language,
    Kind,
    Status,
    Authority,
    Origin,
    Concept,
}

impl Filter {
    /// Every filter, in the order in which the page shows them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Chapter,
        Self::Article,
        Self::Jurisdiction,
        Self::Region,
        Self::Language,
        Self::Kind,
        Self::Status,
        Self::Authority,
        Self::Origin,
        Self::Concept,
    ];

    /// The name in query strings.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Chapter => "chapter",
            Self::Jurisdiction => "jurisdiction",
            Self::Region => "region",
            Self::Language => "lang",
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Authority => "authority",
            Self::Origin => "origin",
            Self::Concept => "concept",
        }
    }
}

/// What a visitor asks of the search.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    /// What the library is asked.
    pub(crate) request: SearchRequest,
    /// What was written and could not be used: (name, value, why).
    pub(crate) ignored: Vec<Ignored>,
    /// Whether the question was longer than is read.
    pub(crate) cut: bool,
    /// What the like is looked for of, in place of a question.
    pub(crate) like: Option<LikeAsked>,
}

/// What the like is looked for of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LikeAsked {
    /// A provision of the library.
    pub(crate) provision: Option<Address>,
    /// A passage; empty where a provision is named.
    pub(crate) text: String,
    /// The language of the passage, where it is chosen.
    pub(crate) language: Option<Language>,
    /// Whose law the passage is, where it is said.
    pub(crate) of: Option<Jurisdiction>,
    /// The articles that it bears on, where they are not to be suggested.
    pub(crate) on: Vec<Article>,
}

impl LikeAsked {
    const NAMES: [&str; 5] = ["provision", "text", "text_lang", "of", "on"];

    fn read(query: &Query, ignored: &mut Vec<Ignored>) -> Self {
        let mut on = Vec::new();
        for text in query.all("on").take(8) {
            match text.parse() {
                Ok(article) => on.push(article),
                Err(error) => ignored.push(because("on", text, error)),
            }
        }
        Self {
            provision: one(query, "provision", ignored),
            text: query.first("text").unwrap_or("").to_owned(),
            language: one(query, "text_lang", ignored),
            of: one(query, "of", ignored),
            on,
        }
    }

    fn write(&self, query: &mut String) {
        if let Some(provision) = &self.provision {
            push(query, "provision", &provision.to_string());
        } else if !self.text.is_empty() {
            push(query, "text", &self.text);
        }
        if let Some(language) = self.language {
            push(query, "text_lang", language.bcp47());
        }
        if let Some(of) = self.of {
            push(query, "of", of.code());
        }
        for article in &self.on {
            push(query, "on", &article.to_string());
        }
    }

    /// What the library is asked; none where nothing was written.
    pub(crate) fn like(&self) -> Option<Like> {
        match &self.provision {
            Some(address) => Some(Like::Provision(address.clone())),
            None if self.text.trim().is_empty() => None,
            None => Some(Like::Text {
                text: self.text.clone(),
                language: self.language,
                jurisdiction: self.of,
                articles: self.on.clone(),
            }),
        }
    }
}

/// A field that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ignored {
    /// The field.
    pub(crate) name: String,
    /// What was written.
    pub(crate) value: String,
    /// Why it was not used.
    pub(crate) why: String,
}

impl Asked {
    /// Reads a query string. What is not understood is kept in `ignored`: a page shows it, the API refuses it.
    pub(crate) fn read(query: &Query) -> Self {
        let mut ignored = Vec::new();
        let (question, cut) = question(query.first("q").unwrap_or(""));
        let request = SearchRequest {
            query: question,
            articles: values(query, Filter::Article, &mut ignored),
            chapters: chapters(query, &mut ignored),
            jurisdictions: values(query, Filter::Jurisdiction, &mut ignored),
            regions: values(query, Filter::Region, &mut ignored),
            languages: values(query, Filter::Language, &mut ignored),
            kinds: values(query, Filter::Kind, &mut ignored),
            statuses: values(query, Filter::Status, &mut ignored),
            authorities: values(query, Filter::Authority, &mut ignored),
            origins: values(query, Filter::Origin, &mut ignored),
            concepts: concepts(query, &mut ignored),
            year_from: year(query, "year_from", &mut ignored),
            year_to: year(query, "year_to", &mut ignored),
            sort: one(query, "sort", &mut ignored).unwrap_or_default(),
            limit: number(query, "limit", 1, MAX_LIMIT, &mut ignored).unwrap_or(DEFAULT_LIMIT),
            offset: number(query, "offset", 0, MAX_OFFSET, &mut ignored).unwrap_or(0),
            literal: is_yes(query, "literal"),
            as_typed: is_yes(query, "as_typed"),
            ..SearchRequest::default()
        };
        for (name, value) in query.fields().filter(|(name, _)| !is_known(name)).take(8) {
            ignored.push(Ignored { name: clip(name), value: clip(value), why: String::new() });
        }
        Self { request, ignored, cut, like: None }
    }

    /// Reads a query string that names a passage or a provision of which the like is looked for.
    pub(crate) fn read_like(query: &Query) -> Self {
        let mut asked = Self::read(query);
        asked.ignored.retain(|ignored| !LikeAsked::NAMES.contains(&ignored.name.as_str()));
        asked.request.query.clear();
        asked.like = Some(LikeAsked::read(query, &mut asked.ignored));
        asked
    }

    /// A question without filters.
    pub(crate) fn question(question: &str) -> Self {
        let request = SearchRequest { query: question.to_owned(), ..SearchRequest::default() };
        Self { request, ignored: Vec::new(), cut: false, like: None }
    }

    /// The same with another request.
    pub(crate) fn with(&self, change: impl FnOnce(&mut SearchRequest)) -> Self {
        let mut request = self.request.clone();
        change(&mut request);
        Self { request, ignored: Vec::new(), cut: false, like: self.like.clone() }
    }

    /// The values of a filter, as written in query strings.
    pub(crate) fn values(&self, filter: Filter) -> Vec<String> {
        fn shown<T: Display>(values: &[T]) -> Vec<String> {
            values.iter().map(ToString::to_string).collect()
        }
        let request = &self.request;
        match filter {
            Filter::Article => shown(&request.articles),
            Filter::Chapter => request.chapters.clone(),
            Filter::Jurisdiction => shown(&request.jurisdictions),
            Filter::Region => shown(&request.regions),
            Filter::Language => shown(&request.languages),
            Filter::Kind => shown(&request.kinds),
            Filter::Status => shown(&request.statuses),
            Filter::Authority => shown(&request.authorities),
            Filter::Concept => shown(&request.concepts),
            Filter::Origin => request.origins.iter().map(|origin| origin.as_str().to_owned()).collect(),
        }
    }

    /// The query string that asks this, with `filter` set to `values` instead, and from the first page.
    pub(crate) fn query_with(&self, filter: Filter, values: &[String]) -> String {
        let first_page = self.with(|request| request.offset = 0);
        first_page.write(Some((filter, values)))
    }

    /// The query string that asks this.
    pub(crate) fn query_string(&self) -> String {
        self.write(None)
    }

    /// The query string with the value put in, or taken out if it is there.
    pub(crate) fn toggled(&self, filter: Filter, value: &str) -> String {
        let mut values = self.values(filter);
        let before = values.len();
        values.retain(|v| v != value);
        if values.len() == before {
            values.push(value.to_owned());
        }
        self.query_with(filter, &values)
    }

    /// The page of this question.
    pub(crate) fn url(&self) -> String {
        join(self.path(), &self.query_string())
    }

    /// The path of that page.
    pub(crate) fn path(&self) -> &'static str {
        if self.like.is_some() { "/similar" } else { "/search" }
    }

    /// Whether anything narrows the search beside the question.
    pub(crate) fn is_filtered(&self) -> bool {
        let request = &self.request;
        request.year_from.is_some()
            || request.year_to.is_some()
            || Filter::ALL.into_iter().any(|filter| !self.values(filter).is_empty())
    }

    fn write(&self, instead: Option<(Filter, &[String])>) -> String {
        let request = &self.request;
        let mut query = String::new();
        if let Some(like) = &self.like {
            like.write(&mut query);
        }
        if !request.query.is_empty() {
            push(&mut query, "q", &request.query);
        }
        for filter in Filter::ALL {
            let values = match instead {
                Some((other, values)) if other == filter => values.to_vec(),
                _ => self.values(filter),
            };
            for value in values {
                push(&mut query, filter.name(), &value);
            }
        }
        for (name, year) in [("year_from", request.year_from), ("year_to", request.year_to)] {
            if let Some(year) = year {
                push(&mut query, name, &year.to_string());
            }
        }
        if request.sort != Sort::default() {
            push(&mut query, "sort", request.sort.as_str());
        }
        if request.literal {
            push(&mut query, "literal", "1");
        }
        if request.as_typed {
            push(&mut query, "as_typed", "1");
        }
        if request.limit != DEFAULT_LIMIT {
            push(&mut query, "limit", &request.limit.to_string());
        }
        if request.offset > 0 {
            push(&mut query, "offset", &request.offset.to_string());
        }
        query
    }
}

/// A question without control characters and bidirectional overrides, cut to what is read.
fn question(text: &str) -> (String, bool) {
    let sound = |c: &char| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = text.replace(['\n', '\r', '\t'], " ");
    let mut letters = text.chars().filter(sound);
    let question: String = letters.by_ref().take(MAX_QUESTION).collect();
    (question.trim().to_owned(), letters.next().is_some())
}

fn values<T>(query: &Query, filter: Filter, ignored: &mut Vec<Ignored>) -> Vec<T>
where
    T: FromStr<Err: Display> + PartialEq,
{
    let mut values = Vec::new();
    for text in query.all(filter.name()).take(MAX_VALUES) {
        match text.parse() {
            Ok(value) if values.contains(&value) => {}
            Ok(value) => values.push(value),
            Err(error) => ignored.push(because(filter.name(), text, error)),
        }
    }
    values
}

fn chapters(query: &Query, ignored: &mut Vec<Ignored>) -> Vec<String> {
    const CHAPTERS: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
    let mut chapters = Vec::new();
    for text in query.all("chapter").take(MAX_VALUES) {
        let chapter = text.to_uppercase();
        if !CHAPTERS.contains(&chapter.as_str()) {
            let why = format!("\"{}\" is not a chapter of the Convention: use one of I to VIII", clip(text));
            ignored.push(because("chapter", text, why));
        } else if !chapters.contains(&chapter) {
            chapters.push(chapter);
        }
    }
    chapters
}

/// Concepts that the thesaurus has.
fn concepts(query: &Query, ignored: &mut Vec<Ignored>) -> Vec<ConceptId> {
    let concepts: Vec<ConceptId> = values(query, Filter::Concept, ignored);
    let (known, unknown): (Vec<_>, Vec<_>) =
        concepts.into_iter().partition(|id| Thesaurus::shipped().get(id).is_some());
    for id in unknown {
        let why = format!("\"{id}\" is not a concept of the thesaurus: they are listed at /thesaurus");
        ignored.push(because(Filter::Concept.name(), id.as_str(), why));
    }
    known
}

fn one<T: FromStr<Err: Display>>(query: &Query, name: &str, ignored: &mut Vec<Ignored>) -> Option<T> {
    let text = query.first(name)?;
    text.parse().map_err(|error| ignored.push(because(name, text, error))).ok()
}

fn is_yes(query: &Query, name: &str) -> bool {
    query.first(name).is_some_and(|value| matches!(value, "1" | "true" | "yes"))
}

fn year(query: &Query, name: &str, ignored: &mut Vec<Ignored>) -> Option<i16> {
    number(query, name, 1, 9999, ignored).and_then(|year| i16::try_from(year).ok())
}

/// A number between two others; above the larger it is the larger, with a remark.
pub(crate) fn number(
    query: &Query,
    name: &str,
    least: usize,
    most: usize,
    ignored: &mut Vec<Ignored>,
) -> Option<usize> {
    let text = query.first(name)?;
    let why = || format!("{name} is a number from {least} to {most}");
    match text.parse::<usize>() {
        Ok(number) if (least..=most).contains(&number) => Some(number),
        Ok(number) if number > most => {
            ignored.push(because(name, text, why()));
            Some(most)
        }
        _ => {
            ignored.push(because(name, text, why()));
            None
        }
    }
}

fn because(name: &str, value: &str, why: impl Display) -> Ignored {
    Ignored { name: name.to_owned(), value: clip(value), why: why.to_string() }
}

fn clip(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn is_known(name: &str) -> bool {
    const OTHERS: [&str; 9] =
        ["q", "year_from", "year_to", "sort", "limit", "offset", "literal", "as_typed", ""];
    OTHERS.contains(&name) || Filter::ALL.into_iter().any(|filter| filter.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(raw: &str) -> Asked {
        Asked::read(&Query::read(Some(raw)).expect("a sound query string"))
    }

    #[test]
    fn what_can_be_seen_can_be_cited() {
        let raw = "q=trafic+d%27influence&chapter=III&article=15(a)&article=18&jurisdiction=ke&lang=zh-Hant&kind=act\
                   &status=in-force&authority=official-text&origin=curated&concept=extradition&year_from=1990&year_to=2024&sort=newest\
                   &literal=1&as_typed=1&offset=20";
        let asked = asked(raw);
        assert_eq!(asked.ignored, []);
        assert_eq!(asked.query_string(), raw);
    }

    #[test]
    fn a_filter_is_put_in_and_taken_out_from_the_first_page() {
        let asked = asked("q=gift&jurisdiction=ke&offset=10");
        assert_eq!(asked.toggled(Filter::Jurisdiction, "fr"), "q=gift&jurisdiction=ke&jurisdiction=fr");
        assert_eq!(asked.toggled(Filter::Jurisdiction, "ke"), "q=gift");
    }

    #[test]
    fn what_is_not_understood_is_said_and_nothing_fails() {
        let asked =
            asked("q=gift&kind=blogpost&article=99&limit=100000&offset=-1&colour=red&year_from=x&chapter=IX");
        let names: Vec<&str> = asked.ignored.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["article", "chapter", "kind", "year_from", "limit", "offset", "colour"]);
        assert_eq!((asked.request.limit, asked.request.offset), (MAX_LIMIT, 0));
    }

    #[test]
    fn a_question_loses_its_traps_and_its_excess() {
        let hostile = asked(&format!("q=a%00b%E2%80%AEc{}", "x".repeat(5_000)));
        assert!(hostile.cut);
        assert!(hostile.request.query.starts_with("abcxx"));
        assert_eq!(hostile.request.query.chars().count(), MAX_QUESTION);
    }
}
