//! The thesaurus as SKOS, the vocabulary of the World Wide Web Consortium for thesauri: Turtle and JSON-LD.

use std::fmt::Write as _;
use std::str::FromStr;

use merida_index::{Concept, ConceptId, LabelKind, Thesaurus};
use merida_law::{Article, Language};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::Library;

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ThesaurusFormat {
    /// Turtle.
    Turtle,
    /// JSON-LD.
    JsonLd,
}

impl ThesaurusFormat {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Turtle, Self::JsonLd];

    /// The name, as on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::JsonLd => "jsonld",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::JsonLd => "application/ld+json",
        }
    }
}

/// The text is not a form of the thesaurus.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a form of the thesaurus: use turtle or jsonld")]
pub struct UnknownThesaurusFormat(String);

impl FromStr for ThesaurusFormat {
    type Err = UnknownThesaurusFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "turtle" | "ttl" => Ok(Self::Turtle),
            "jsonld" | "json-ld" => Ok(Self::JsonLd),
            _ => Err(UnknownThesaurusFormat(text.chars().take(40).collect())),
        }
    }
}

impl Library {
    /// The thesaurus as SKOS. `base` is the address of the site, without a slash at its end; concepts and articles are
    /// named by their pages there.
    pub fn export_thesaurus(&self, format: ThesaurusFormat, base: &str) -> String {
        write(self.thesaurus(), format, base.trim_end_matches('/'))
    }
}

pub(crate) fn write(thesaurus: &Thesaurus, format: ThesaurusFormat, base: &str) -> String {
    match format {
        ThesaurusFormat::Turtle => turtle(thesaurus, base),
        ThesaurusFormat::JsonLd => json_ld(thesaurus, base),
    }
}

const TITLE: &str = "Merida thesaurus of anti-corruption law";

fn scheme(base: &str) -> String {
    format!("{base}/thesaurus")
}

fn address(base: &str, id: &ConceptId) -> String {
    format!("{base}/thesaurus/{id}")
}

/// The page of an article of the Convention.
fn article_address(base: &str, article: Article) -> String {
    let whole = article.whole();
    if article == whole {
        format!("{base}/article/{whole}")
    } else {
        format!("{base}/article/{whole}?part={article}")
    }
}

/// Labels of a kind, each with the tag of its language.
fn labels(concept: &Concept, kind: LabelKind) -> impl Iterator<Item = (&str, &'static str)> {
    let of = concept.labels.iter().filter(move |label| label.kind == kind);
    of.map(|label| (label.text.as_str(), tag(label.language)))
}

/// The language alone: labels in simplified characters stand for Chinese as a whole.
fn tag(language: Language) -> &'static str {
    language.primary()
}

const KINDS: [(LabelKind, &str); 3] = [
    (LabelKind::Preferred, "prefLabel"),
    (LabelKind::Alternative, "altLabel"),
    (LabelKind::Hidden, "hiddenLabel"),
];

fn turtle(thesaurus: &Thesaurus, base: &str) -> String {
    let mut out = String::from(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
         @prefix dct: <http://purl.org/dc/terms/> .\n\n",
    );
    let scheme = iri(&scheme(base));
    let _ = write!(out, "{scheme} a skos:ConceptScheme ;\n    dct:title {}@en", literal(TITLE));
    for concept in thesaurus.concepts().iter().filter(|concept| concept.broader.is_empty()) {
        let _ = write!(out, " ;\n    skos:hasTopConcept {}", iri(&address(base, &concept.id)));
    }
    out.push_str(" .\n");
    for concept in thesaurus.concepts() {
        let _ = write!(
            out,
            "\n{} a skos:Concept ;\n    skos:inScheme {scheme}",
            iri(&address(base, &concept.id))
        );
        if concept.broader.is_empty() {
            let _ = write!(out, " ;\n    skos:topConceptOf {scheme}");
        }
        let _ = write!(out, " ;\n    skos:notation {}", literal(concept.id.as_str()));
        for (kind, property) in KINDS {
            for (text, language) in labels(concept, kind) {
                let _ = write!(out, " ;\n    skos:{property} {}@{language}", literal(text));
            }
        }
        for (property, ids) in
            [("broader", &concept.broader), ("narrower", &concept.narrower), ("related", &concept.related)]
        {
            for id in ids {
                let _ = write!(out, " ;\n    skos:{property} {}", iri(&address(base, id)));
            }
        }
        for article in &concept.articles {
            let _ = write!(out, " ;\n    dct:subject {}", iri(&article_address(base, *article)));
        }
        out.push_str(" .\n");
    }
    out
}

/// An address in angle brackets; what may not stand there is escaped.
fn iri(address: &str) -> String {
    let mut out = String::from("<");
    for c in address.chars() {
        match c {
            '\0'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('>');
    out
}

/// A text in quotation marks.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn json_ld(thesaurus: &Thesaurus, base: &str) -> String {
    let reference = |address: String| json!({ "@id": address });
    let concepts = thesaurus.concepts();
    let tops = concepts.iter().filter(|concept| concept.broader.is_empty());
    let mut graph = vec![json!({
        "@id": scheme(base),
        "@type": "skos:ConceptScheme",
        "dct:title": { "@value": TITLE, "@language": "en" },
        "skos:hasTopConcept": tops.map(|top| reference(address(base, &top.id))).collect::<Vec<_>>(),
    })];
    for concept in concepts {
        let mut node = Map::new();
        node.insert("@id".to_owned(), json!(address(base, &concept.id)));
        node.insert("@type".to_owned(), json!("skos:Concept"));
        node.insert("skos:inScheme".to_owned(), reference(scheme(base)));
        if concept.broader.is_empty() {
            node.insert("skos:topConceptOf".to_owned(), reference(scheme(base)));
        }
        node.insert("skos:notation".to_owned(), json!(concept.id.as_str()));
        let mut insert = |property: &str, values: Vec<Value>| {
            if !values.is_empty() {
                node.insert(property.to_owned(), Value::Array(values));
            }
        };
        for (kind, property) in KINDS {
            let values = labels(concept, kind)
                .map(|(text, language)| json!({ "@value": text, "@language": language }))
                .collect();
            insert(&format!("skos:{property}"), values);
        }
        for (property, ids) in
            [("broader", &concept.broader), ("narrower", &concept.narrower), ("related", &concept.related)]
        {
            let values = ids.iter().map(|id| reference(address(base, id))).collect();
            insert(&format!("skos:{property}"), values);
        }
        let articles = concept.articles.iter().map(|article| reference(article_address(base, *article)));
        insert("dct:subject", articles.collect());
        graph.push(Value::Object(node));
    }
    let document = json!({
        "@context": {
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "dct": "http://purl.org/dc/terms/",
        },
        "@graph": graph,
    });
    format!("{document:#}\n")
}

#[cfg(test)]
mod tests;
