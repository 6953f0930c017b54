//! The filters beside an answer, each value a plain link.

use merida_library::{FacetValue, Facets, Thesaurus};

use crate::asked::{Asked, Filter};
use crate::query::join;
use crate::texts::Texts;

/// How many values of a filter are shown before "more".
const SHOWN: usize = 8;

/// A filter and its values.
pub(crate) struct FacetView {
    /// Which filter.
    pub(crate) filter: Filter,
    /// "State".
    pub(crate) title: String,
    /// Whether its values are listed from the start.
    pub(crate) open: bool,
    /// The values shown.
    pub(crate) values: Vec<ValueView>,
    /// The values under "more".
    pub(crate) rest: Vec<ValueView>,
    /// "12 more".
    pub(crate) more: String,
}

/// One value of a filter.
pub(crate) struct ValueView {
    /// As written in requests.
    value: String,
    /// "France".
    pub(crate) name: String,
    /// `15(a)`, where the value is shown beside the name.
    pub(crate) number: Option<String>,
    /// How many provisions.
    pub(crate) count: u64,
    /// The same question with this value put in or taken out.
    pub(crate) url: String,
    /// Whether it is chosen.
    pub(crate) selected: bool,
    /// How far it is set in, from 0.
    pub(crate) depth: usize,
}

/// The filters of an answer; those without a choice are left out.
pub(crate) fn facets(t: &Texts, asked: &Asked, facets: &Facets) -> Vec<FacetView> {
    let lists = [
        (Filter::Article, &facets.articles),
        (Filter::Jurisdiction, &facets.jurisdictions),
        (Filter::Region, &facets.regions),
        (Filter::Language, &facets.languages),
        (Filter::Kind, &facets.kinds),
        (Filter::Status, &facets.statuses),
        (Filter::Authority, &facets.authorities),
        (Filter::Concept, &facets.concepts),
        (Filter::Origin, &facets.origins),
    ];
    let mut views = Vec::new();
    for (filter, values) in lists {
        let mut rows = Vec::new();
        if filter == Filter::Article {
            chapters(t, asked, values, &mut rows);
        } else {
            rows.extend(
                values.iter().filter(|v| v.count > 0 || v.selected).map(|v| row(t, asked, filter, v, 0)),
            );
        }
        if rows.is_empty() {
            continue;
        }
        views.push(view(t, filter, rows));
    }
    views
}

/// The key of a filter's title.
pub(crate) const fn title_key(filter: Filter) -> &'static str {
    match filter {
        Filter::Article => "facet-article",
        Filter::Chapter => "facet-chapter",
        Filter::Jurisdiction => "facet-jurisdiction",
        Filter::Region => "facet-region",
        Filter::Language => "facet-lang",
        Filter::Kind => "facet-kind",
        Filter::Status => "facet-status",
        Filter::Authority => "facet-authority",
        Filter::Origin => "facet-origin",
        Filter::Concept => "facet-concept",
    }
}

/// What a value is called, whether or not the answer counts it.
pub(crate) fn value_name(t: &Texts, filter: Filter, value: &str, facets: &[FacetView]) -> String {
    let made = named(t, filter, value);
    made.or_else(|| {
        let view = facets.iter().find(|view| view.filter == filter)?;
        let row = view.values.iter().chain(&view.rest).find(|row| row.value == value)?;
        Some(row.name.clone())
    })
    .unwrap_or_else(|| value.to_owned())
}

/// The name of a value in the language of the interface.
fn named(t: &Texts, filter: Filter, value: &str) -> Option<String> {
    let language = t.locale().language();
    match filter {
        Filter::Article | Filter::Chapter => Some(value.to_owned()),
        Filter::Jurisdiction => {
            value.parse::<merida_law::Jurisdiction>().ok().map(|j| j.name_in(language).to_owned())
        }
        Filter::Region => value.parse::<merida_law::Region>().ok().map(|r| r.name_in(language).to_owned()),
        Filter::Language => {
            value.parse::<merida_law::Language>().ok().map(|l| l.name_in(language).to_owned())
        }
        Filter::Kind => value.parse().ok().map(|kind| t.kind(kind)),
        Filter::Status => value.parse().ok().map(|status| t.status_name(status)),
        Filter::Authority => value.parse().ok().map(|authority| t.authority(authority)),
        Filter::Origin => value.parse().ok().map(|origin| t.origin(origin)),
        Filter::Concept => {
            let concept = Thesaurus::shipped().get(&value.parse().ok()?)?;
            Some(concept.name_in(language).to_owned())
        }
    }
}

fn view(t: &Texts, filter: Filter, rows: Vec<ValueView>) -> FacetView {
    // Chosen values stay in sight; one value over the limit is no reason for a fold.
    let limit = if filter == Filter::Article { rows.len() } else { SHOWN };
    let fold = rows.len() > limit + 1;
    let (mut values, mut rest) = (Vec::new(), Vec::new());
    for row in rows {
        if !fold || values.len() < limit || row.selected { values.push(row) } else { rest.push(row) }
    }
    FacetView {
        filter,
        title: t.say(title_key(filter)),
        open: !matches!(filter, Filter::Origin | Filter::Authority | Filter::Region)
            || values.iter().any(|row| row.selected),
        more: t.count("facet-more", rest.len() as u64),
        values,
        rest,
    }
}

/// Chapters, within them articles, and the paragraphs of an article that is chosen or holds one that is.
fn chapters(t: &Texts, asked: &Asked, values: &[FacetValue], rows: &mut Vec<ValueView>) {
    let found = |value: &&FacetValue| value.count > 0 || value.selected;
    let chosen_within = |value: &FacetValue| value.within.iter().any(|v| v.selected);
    // Among few articles all are shown; among many, those of the chapters with most hits.
    let mut articles: Vec<u64> = values.iter().flat_map(|chapter| &chapter.within).map(|a| a.count).collect();
    articles.sort_unstable_by(|a, b| b.cmp(a));
    let least = articles.get(11).copied().unwrap_or(1).max(1);
    for chapter in values.iter().filter(found) {
        rows.push(row(t, asked, Filter::Chapter, chapter, 0));
        for article in chapter.within.iter().filter(found) {
            let open = article.selected || chosen_within(article);
            if article.count < least && !open {
                continue;
            }
            rows.push(row(t, asked, Filter::Article, article, 1));
            if open {
                paragraphs(t, asked, article, 2, rows);
            }
        }
    }
}

fn paragraphs(t: &Texts, asked: &Asked, within: &FacetValue, depth: usize, rows: &mut Vec<ValueView>) {
    for paragraph in within.within.iter().filter(|value| value.count > 0 || value.selected) {
        rows.push(row(t, asked, Filter::Article, paragraph, depth));
        paragraphs(t, asked, paragraph, (depth + 1).min(3), rows);
    }
}

fn row(t: &Texts, asked: &Asked, filter: Filter, value: &FacetValue, depth: usize) -> ValueView {
    let selected = asked.values(filter).contains(&value.value);
    let number = matches!(filter, Filter::Article | Filter::Chapter).then(|| value.value.clone());
    let name = match filter {
        Filter::Article | Filter::Chapter => value.name.clone(),
        _ => named(t, filter, &value.value).unwrap_or_else(|| value.name.clone()),
    };
    ValueView {
        name,
        number,
        count: value.count,
        url: join(asked.path(), &asked.toggled(filter, &value.value)),
        selected,
        depth,
        value: value.value.clone(),
    }
}
