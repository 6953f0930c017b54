//! "Nothing recorded" is an answer: what was searched, what each part of the question finds, what to loosen.

use merida_index::{Interpretation as Read, Part, Results};
use merida_law::{Article, Jurisdiction, Language};
use serde::Serialize;

use crate::indexed::Indexed;
use crate::{Error, SearchRequest};

/// What an answer says that found nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nothing {
    /// What was searched: all that passes the filters.
    pub searched: Searched,
    /// What each part of the question finds by itself; empty where there is one part alone.
    pub parts: Vec<PartAlone>,
    /// What finds something, the closest to the question first.
    pub ways: Vec<Way>,
}

/// What was searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Searched {
    /// How many works.
    pub works: u64,
    /// How many provisions.
    pub provisions: u64,
    /// In which languages.
    pub languages: Vec<Language>,
    /// Of which jurisdictions.
    pub jurisdictions: Vec<Jurisdiction>,
}

/// A part of a question by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartAlone {
    /// The part, as it is typed.
    pub text: String,
    /// How many provisions it finds under the same filters.
    pub provisions: u64,
    /// How many it finds without any.
    pub without_filters: u64,
}

/// A question that asks less.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    /// What is given up.
    pub way: Loosened,
    /// The question that is left; may be empty.
    pub query: String,
    /// How many provisions it finds.
    pub provisions: u64,
    /// The whole of it.
    #[serde(skip)]
    pub request: SearchRequest,
}

/// What is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loosened {
    /// The filter on articles and chapters of the Convention.
    Articles,
    /// The filter on jurisdictions and regions.
    Places,
    /// The filter on languages.
    Languages,
    /// The filter on concepts.
    Concepts,
    /// The filter on kinds of work.
    Kinds,
    /// The filter on statuses.
    Statuses,
    /// The filter on authorities.
    Authorities,
    /// The filter on who linked provisions to articles.
    Origins,
    /// The filter on years.
    Years,
    /// All filters.
    Filters,
    /// The quotation marks.
    Quotes,
    /// Operators, fields and patterns: most of the words are enough.
    Operators,
    /// The correction of words that are not known.
    Correction,
    /// That words are looked for as typed.
    Typing,
}

impl Loosened {
    /// Everything that can be given up.
    pub const ALL: [Self; 14] = [
        Self::Typing,
        Self::Correction,
        Self::Quotes,
        Self::Operators,
        Self::Origins,
        Self::Years,
        Self::Statuses,
        Self::Authorities,
        Self::Kinds,
        Self::Concepts,
        Self::Languages,
        Self::Places,
        Self::Articles,
        Self::Filters,
    ];

    /// The name, as in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Places => "places",
            Self::Languages => "languages",
            Self::Kinds => "kinds",
            Self::Concepts => "concepts",
            Self::Statuses => "statuses",
            Self::Authorities => "authorities",
            Self::Origins => "origins",
            Self::Years => "years",
            Self::Filters => "filters",
            Self::Quotes => "quotes",
            Self::Operators => "operators",
            Self::Correction => "correction",
            Self::Typing => "typing",
        }
    }

    /// `request` without it; none where it does not ask for it.
    fn without(self, request: &SearchRequest, read: &Read) -> Option<SearchRequest> {
        let mut less = SearchRequest { offset: 0, ..request.clone() };
        match self {
            Self::Articles => {
                less.articles.clear();
                less.chapters.clear();
            }
            Self::Places => {
                less.jurisdictions.clear();
                less.regions.clear();
            }
            Self::Languages => less.languages.clear(),
            Self::Kinds => less.kinds.clear(),
            Self::Concepts => less.concepts.clear(),
            Self::Statuses => less.statuses.clear(),
            Self::Authorities => less.authorities.clear(),
            Self::Origins => less.origins.clear(),
            Self::Years => (less.year_from, less.year_to) = (None, None),
            Self::Filters => less = less.without_filters(),
            Self::Quotes => less.query = request.query.replace(QUOTES, " "),
            Self::Operators => less.query = words_of(&read.parts).join(" "),
            Self::Correction => less.as_typed = has_correction(&read.parts),
            Self::Typing => less.as_typed = false,
        }
        less.query = less.query.split_whitespace().collect::<Vec<_>>().join(" ");
        let asked = SearchRequest { offset: 0, query: squeezed(&request.query), ..request.clone() };
        (less != asked).then_some(less)
    }
}

const QUOTES: [char; 9] = ['"', '“', '”', '„', '«', '»', '「', '」', '＂'];

fn squeezed(query: &str) -> String {
    query.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl SearchRequest {
    /// The same question of everything that is held.
    pub fn without_filters(&self) -> Self {
        Self {
            query: self.query.clone(),
            sort: self.sort,
            limit: self.limit,
            per_work: self.per_work,
            literal: self.literal,
            as_typed: self.as_typed,
            ..Self::default()
        }
    }
}

/// How many parts of a question are counted by themselves.
const PARTS: usize = 8;
/// How many ways on are shown.
const WAYS: usize = 6;
/// How many pairs of article and jurisdiction are looked at.
const PAIRS: usize = 24;

/// What to say where `request`, read as `read`, finds nothing. Blocking.
pub(crate) fn nothing(indexed: &Indexed, request: &SearchRequest, read: &Read) -> Result<Nothing, Error> {
    let everything = SearchRequest { query: String::new(), ..request.clone() };
    let searched = searched(&indexed.search(&everything.to_index(0, 0))?);
    let mut parts = Vec::new();
    // Parts that must all be met are parts of the question as well.
    let asked = match &read.parts[..] {
        [Part::All { parts } | Part::Together { parts }] => parts,
        parts => parts,
    };
    let asked: Vec<&Part> =
        asked.iter().filter(|part| !matches!(part, Part::Stop { .. } | Part::Concept { .. })).collect();
    if asked.len() > 1 {
        for part in asked.into_iter().take(PARTS) {
            let text = Read { parts: vec![part.clone()], ..Read::default() }.typed();
            let alone = SearchRequest { query: text.clone(), ..request.clone() };
            let provisions = count(indexed, &alone)?;
            let without_filters =
                if provisions > 0 { provisions } else { count(indexed, &alone.without_filters())? };
            parts.push(PartAlone { text, provisions, without_filters });
        }
    }
    let mut ways: Vec<Way> = Vec::new();
    for way in Loosened::ALL {
        let Some(less) = way.without(request, read).filter(|_| ways.len() < WAYS) else { continue };
        // A question that asks for nothing in particular is no way on from one that did.
        let is_empty = less.query.is_empty() && !request.query.trim().is_empty();
        if is_empty || ways.iter().any(|known| known.request == less) {
            continue;
        }
        let provisions = count(indexed, &less)?;
        if provisions > 0 {
            ways.push(Way { way, query: less.query.clone(), provisions, request: less });
        }
    }
    Ok(Nothing { searched, parts, ways })
}

/// The articles and jurisdictions that a question names for which nothing is recorded: that they were searched is not
/// recorded either. Blocking.
pub(crate) fn not_yet_searched(
    indexed: &Indexed,
    request: &SearchRequest,
    read: &Read,
) -> Result<Vec<NotYetSearched>, Error> {
    let mut articles = request.articles.clone();
    articles.extend(read.article());
    let mut jurisdictions = request.jurisdictions.clone();
    jurisdictions.extend(read.parts.iter().filter_map(|part| match part {
        Part::Jurisdiction { jurisdiction, .. } => Some(*jurisdiction),
        _ => None,
    }));
    articles.sort_unstable();
    articles.dedup();
    jurisdictions.sort_unstable();
    jurisdictions.dedup();
    let pairs = articles.iter().flat_map(|article| jurisdictions.iter().map(move |state| (*article, *state)));
    let mut missing = Vec::new();
    for (article, jurisdiction) in pairs.take(PAIRS) {
        let asked = SearchRequest {
            articles: vec![article],
            jurisdictions: vec![jurisdiction],
            ..SearchRequest::default()
        };
        if count(indexed, &asked)? == 0 {
            missing.push(NotYetSearched { article, jurisdiction });
        }
    }
    Ok(missing)
}

/// An article of the Convention and a jurisdiction for which nothing is recorded. It does not say that there is no such
/// law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NotYetSearched {
    /// The article.
    pub article: Article,
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
}

fn count(indexed: &Indexed, request: &SearchRequest) -> Result<u64, Error> {
    Ok(indexed.search(&request.to_index(0, 0))?.total_provisions as u64)
}

fn searched(all: &Results) -> Searched {
    fn passed<T: Copy>(facets: &[merida_index::Facet<T>]) -> Vec<T> {
        let is_filtered = facets.iter().any(|facet| facet.selected);
        let passes = |facet: &&merida_index::Facet<T>| facet.count > 0 && (facet.selected || !is_filtered);
        facets.iter().filter(passes).map(|facet| facet.value).collect()
    }
    Searched {
        works: all.total_works as u64,
        provisions: all.total_provisions as u64,
        languages: passed(&all.facets.languages),
        jurisdictions: passed(&all.facets.jurisdictions),
    }
}

/// The plain words of a question, wherever they stand in it; not those that must not be found.
fn words_of(parts: &[Part]) -> Vec<String> {
    let mut words = Vec::new();
    for part in parts {
        match part {
            Part::Within { parts, .. }
            | Part::All { parts }
            | Part::Any { parts }
            | Part::Together { parts } => {
                words.extend(words_of(parts));
            }
            Part::Near { left, right, .. } => {
                words.extend(words_of(std::slice::from_ref(left)));
                words.extend(words_of(std::slice::from_ref(right)));
            }
            Part::Pattern { text } => words.push(text.replace(['*', '?'], "")),
            Part::Phrase { text } => words.push(text.clone()),
            Part::Not { .. } | Part::Excluded { .. } | Part::Field { .. } | Part::Concept { .. } => {}
            plain => words.push(Read { parts: vec![plain.clone()], ..Read::default() }.typed()),
        }
    }
    words
}

fn has_correction(parts: &[Part]) -> bool {
    parts.iter().any(|part| match part {
        Part::Corrected { .. } => true,
        Part::Within { parts, .. } | Part::All { parts } | Part::Any { parts } | Part::Together { parts } => {
            has_correction(parts)
        }
        Part::Near { left, right, .. } => {
            has_correction(std::slice::from_ref(left)) || has_correction(std::slice::from_ref(right))
        }
        _ => false,
    })
}
