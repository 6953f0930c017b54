use std::collections::BTreeSet;

use merida_index::Thesaurus;
use oxjsonld::JsonLdParser;
use oxrdf::{Term, Triple};
use oxttl::TurtleParser;

use super::*;

const BASE: &str = "https://merida.example";

fn from_turtle(text: &str) -> BTreeSet<String> {
    let triples = TurtleParser::new().for_slice(text.as_bytes());
    triples.map(|triple| triple.expect("sound Turtle").to_string()).collect()
}

fn from_json_ld(text: &str) -> BTreeSet<String> {
    let quads = JsonLdParser::new().for_slice(text.as_bytes());
    quads
        .map(|quad| {
            let quad = quad.expect("sound JSON-LD");
            Triple::new(quad.subject, quad.predicate, quad.object).to_string()
        })
        .collect()
}

#[test]
fn both_forms_say_the_same_to_a_parser_that_is_not_ours() {
    let thesaurus = Thesaurus::shipped();
    let turtle = from_turtle(&write(thesaurus, ThesaurusFormat::Turtle, BASE));
    let json_ld = from_json_ld(&write(thesaurus, ThesaurusFormat::JsonLd, BASE));
    assert_eq!(turtle.symmetric_difference(&json_ld).take(3).collect::<Vec<_>>(), Vec::<&String>::new());
    let labels: usize = thesaurus.concepts().iter().map(|concept| concept.labels.len()).sum();
    assert_eq!(turtle.iter().filter(|triple| triple.contains("Label> ")).count(), labels);
}

/// The conditions that the SKOS reference sets: https://www.w3.org/TR/skos-reference/ S9, S13, S14, S27.
#[test]
fn the_conditions_of_skos_hold() {
    let text = write(Thesaurus::shipped(), ThesaurusFormat::Turtle, BASE);
    let triples: Vec<Triple> =
        TurtleParser::new().for_slice(text.as_bytes()).collect::<Result<_, _>>().expect("sound Turtle");
    let with = |property: &str| {
        let name = format!("http://www.w3.org/2004/02/skos/core#{property}");
        triples.iter().filter(move |triple| triple.predicate.as_str() == name)
    };
    let mut preferred = BTreeSet::new();
    let mut labels = BTreeSet::new();
    for property in ["prefLabel", "altLabel", "hiddenLabel"] {
        for triple in with(property) {
            let Term::Literal(label) = &triple.object else { panic!("a label is a literal") };
            let language = label.language().expect("a label has a language");
            assert!(
                labels.insert((triple.subject.to_string(), label.to_string())),
                "{triple}: one label has one kind"
            );
            if property == "prefLabel" {
                let first = preferred.insert((triple.subject.to_string(), language.to_owned()));
                assert!(first, "{triple}: one preferred label for each language");
            }
        }
    }
    let related: BTreeSet<(String, String)> =
        with("related").map(|t| (t.subject.to_string(), t.object.to_string())).collect();
    for triple in with("broader") {
        let pair = (triple.subject.to_string(), triple.object.to_string());
        assert!(!related.contains(&pair), "{triple}: what is broader is not related as well");
        assert!(
            with("narrower").any(|t| (t.object.to_string(), t.subject.to_string()) == pair),
            "{triple}: what is broader has it as narrower"
        );
    }
    for (one, other) in &related {
        assert!(related.contains(&(other.clone(), one.clone())), "related goes both ways");
    }
}

#[test]
fn odd_texts_are_escaped() {
    assert_eq!(literal("a \"b\"\\\n\u{7}"), "\"a \\\"b\\\"\\\\\\n\\u0007\"");
    assert_eq!(iri("https://x/ <y>"), "<https://x/%20%3Cy%3E>");
    assert_eq!("turtle".parse(), Ok(ThesaurusFormat::Turtle));
    assert!("xml".parse::<ThesaurusFormat>().is_err());
}
