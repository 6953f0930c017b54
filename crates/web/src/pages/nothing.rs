//! What is said where words were corrected, and where nothing was found.

use merida_library::{Loosened, Nothing, SearchAnswer, Way};

use super::search::Link;
use crate::asked::Asked;
use crate::texts::Texts;

/// "Showing results for embezzlement; search instead for embezlement."
pub(crate) struct Corrected {
    pub(crate) shown: String,
    pub(crate) instead: Link,
}

impl Corrected {
    /// What to say of the words that were corrected, if any were.
    pub(crate) fn of(t: &Texts, asked: &Asked, answer: &SearchAnswer) -> Option<Self> {
        let read = &answer.interpretation;
        if read.corrected.is_empty() {
            return None;
        }
        let as_typed = asked.with(|request| (request.as_typed, request.offset) = (true, 0));
        Some(Self {
            shown: t.with("corrected-shown", &[("read", &read.typed)]),
            instead: Link {
                text: t.with("corrected-instead", &[("typed", &answer.query)]),
                url: as_typed.url(),
            },
        })
    }
}

/// "Kenya, Article 20: not yet searched."
pub(crate) struct Unsearched {
    pub(crate) text: String,
    pub(crate) page: Link,
}

impl Unsearched {
    /// The articles and States of the question for which nothing is recorded.
    pub(crate) fn of(t: &Texts, answer: &SearchAnswer) -> Vec<Self> {
        let unsearched = answer.not_yet_searched.iter().map(|missing| {
            let state = missing.jurisdiction.name_in(t.locale().language());
            let article = missing.article.to_string();
            Self {
                text: t.with("nothing-not-yet-searched", &[("state", state), ("article", &article)]),
                page: Link {
                    text: t.with("nothing-not-yet-searched-page", &[("article", &article)]),
                    url: format!("/article/{article}"),
                },
            }
        });
        unsearched.collect()
    }
}

/// What to say when nothing was found.
pub(crate) struct Empty {
    pub(crate) searched: String,
    pub(crate) parts: Vec<PartAlone>,
    pub(crate) ways: Vec<Link>,
}

/// A part of the question and what it finds by itself.
pub(crate) struct PartAlone {
    pub(crate) part: Link,
    pub(crate) found: String,
}

impl Empty {
    /// What was searched, what the parts of the question find, and ways on.
    pub(crate) fn of(t: &Texts, asked: &Asked, nothing: &Nothing) -> Self {
        let question = asked.request.query.as_str();
        let mut ways: Vec<Link> = nothing.ways.iter().map(|way| link(t, way)).collect();
        ways.push(Link { text: t.say("empty-articles"), url: "/#articles".to_owned() });
        ways.push(Link { text: t.say("empty-states"), url: "/#states".to_owned() });
        Self { searched: searched(t, question, nothing), parts: parts(t, nothing), ways }
    }
}

fn searched(t: &Texts, question: &str, nothing: &Nothing) -> String {
    let of = &nothing.searched;
    if of.provisions == 0 {
        return t.say("empty-searched-none");
    }
    let language = t.locale().language();
    let states: Vec<&str> = of.jurisdictions.iter().map(|state| state.name_in(language)).collect();
    let languages: Vec<&str> = of.languages.iter().map(|tongue| tongue.name_in(language)).collect();
    // A few are named, many are counted.
    let named = |names: &[&str], counted: String| {
        if names.is_empty() || names.len() > 4 { counted } else { names.join(", ") }
    };
    t.with(
        "empty-searched",
        &[
            ("question", question),
            ("provisions", &t.count("count-provisions", of.provisions)),
            ("works", &t.count("count-works", of.works)),
            ("states", &named(&states, t.count("count-states", states.len() as u64))),
            ("languages", &named(&languages, t.count("count-languages", languages.len() as u64))),
        ],
    )
}

fn parts(t: &Texts, nothing: &Nothing) -> Vec<PartAlone> {
    let part = |alone: &merida_library::PartAlone| {
        let found = t.count("count-provisions", alone.provisions);
        let found = if alone.provisions == 0 && alone.without_filters > 0 {
            let everywhere = t.count("count-provisions", alone.without_filters);
            t.with("empty-part-filtered", &[("provisions", &everywhere)])
        } else {
            found
        };
        PartAlone { part: Link { text: alone.text.clone(), url: Asked::question(&alone.text).url() }, found }
    };
    nothing.parts.iter().map(part).collect()
}

fn link(t: &Texts, way: &Way) -> Link {
    let text = t.with(
        &key(way.way),
        &[("question", &way.query), ("provisions", &t.count("count-provisions", way.provisions))],
    );
    let asked = Asked::question("").with(|request| *request = way.request.clone());
    Link { text, url: asked.url() }
}

fn key(way: Loosened) -> String {
    format!("loosen-{}", way.as_str())
}

/// Every key that is made from what can be loosened.
#[cfg(test)]
pub(crate) fn made_keys() -> Vec<String> {
    Loosened::ALL.into_iter().map(key).collect()
}
