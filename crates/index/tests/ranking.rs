//! What ranking owes beside the words: neighbours that lend what a short provision lacks, and words that only ask.

use merida_index::{Card, Entry, Index, Request, Settings};
use merida_law::{Authority, ExpressionUri, Jurisdiction, Language, Status, WorkKind, WorkUri};

/// An index that holds each text as a unit of one law in English.
fn index(texts: &[&str]) -> Index {
    let settings = Settings { writer_threads: 1, search_threads: 1, ..Settings::default() };
    let index = Index::in_memory(settings).expect("sound");
    let mut writer = index.writer().expect("sound");
    let work = WorkUri::new(Jurisdiction::INTERNATIONAL, WorkKind::Act, None, "1");
    let card = Card {
        expression: ExpressionUri::new(work, Language::EN, None, 1),
        authority: Authority::Unverified,
        title: "0".into(),
        title_en: None,
        jurisdiction: Jurisdiction::INTERNATIONAL,
        kind: WorkKind::Act,
        date: None,
        status: Status::Unknown,
    };
    let entries = texts.iter().enumerate().map(|(place, text)| Entry {
        id: format!("sec_{}", place + 1).parse().expect("sound"),
        label: format!("{}", place + 1),
        heading: String::new(),
        text: (*text).to_owned(),
        language: Language::EN,
        curated: Vec::new(),
        suggested: Vec::new(),
    });
    writer.put(card, entries).expect("sound");
    writer.commit(1).expect("sound");
    index
}

/// The ids of the units that answer, the best first.
fn ranked(index: &Index, query: &str) -> Vec<String> {
    let found = index.search(&Request { per_work: 100, ..Request::new(query) }).expect("sound");
    found.works.iter().flat_map(|work| &work.provisions).map(|hit| hit.id.to_string()).collect()
}

const REGISTER: [&str; 7] = [
    "Anyone may inspect it on payment of a fee.",
    "The harbour master keeps the timetable.",
    "Ships are moored by the pilot.",
    "Lamps burn until dawn.",
    "The clerk keeps a register of owners.",
    "Anyone may inspect it on payment of a fee.",
    "Ropes are renewed each spring.",
];

#[test]
fn a_neighbour_lends_the_word_that_a_provision_lacks() {
    let found = ranked(&index(&REGISTER), "register inspect");
    let place = |id: &str| found.iter().position(|other| other == id);
    assert!(place("sec_6").is_some() && place("sec_6") < place("sec_1"), "{found:?}");
}

#[test]
fn the_neighbours_of_a_cited_provision_are_not_meant() {
    let found = ranked(&index(&REGISTER), "section 5 register");
    assert_eq!(found.first().map(String::as_str), Some("sec_5"), "{found:?}");
    assert!(!found.contains(&"sec_6".to_owned()), "{found:?}");
}

#[test]
fn words_that_only_ask_weigh_less_where_a_query_says_enough_besides() {
    let index = index(&REGISTER);
    let weights = |query: &str| -> Vec<f32> {
        index.interpret(&Request::new(query)).1.words.iter().map(|word| word.weight).collect()
    };
    assert_eq!(weights("what register"), [1.0, 1.0], "too little is said besides");
    let asked = weights("what clerk keeps registers of owners");
    assert!(asked[0] < 0.5 && asked[1..].iter().all(|&weight| weight == 1.0), "{asked:?}");
}
