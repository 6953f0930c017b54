//! Concepts: one question in any language, the same answers; shown, counted, taken off and asked for.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use merida_index::{
    Card, ConceptId, Entry, FieldName, Filters, Index, Part, Request, Results, Settings, Suggested, Thesaurus,
};
use merida_law::{Article, Authority, ExpressionUri, Language, Status, WorkKind, WorkUri};

const THESAURUS: &str = r#"
[[concept]]
id = "wrong"
[concept.labels.en]
pref = "wrongful dealing"
[concept.labels.fr]
pref = "manigance"
[concept.labels.es]
pref = "chanchullo"
[concept.labels.ru]
pref = "махинация"
[concept.labels.ar]
pref = "احتيال"
[concept.labels.zh]
pref = "舞弊"

[[concept]]
id = "selling-influence"
articles = ["18"]
broader = ["wrong"]
[concept.labels.en]
pref = "selling of influence"
alt = ["influence selling"]
hidden = ["peddling"]
[concept.labels.fr]
pref = "vente d'influence"
[concept.labels.es]
pref = "venta de influencias"
[concept.labels.ru]
pref = "продажа влияния"
[concept.labels.ar]
pref = "بيع النفوذ"
[concept.labels.zh]
pref = "出售影响力"
[concept.labels.de]
pref = "Einflusshandel"
[concept.false_friends]
en = ["selling of influence vaccine"]
"#;

/// State, language, title, units: id, heading, text, curated.
type Law = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str, &'static str)],
);

const LAWS: &[Law] = &[
    (
        "gb",
        "en",
        "Offices Act",
        &[
            ("sec_1", "Selling of influence", "Selling of influence by a clerk is an offence.", ""),
            ("sec_2", "Vaccines", "No selling of influence vaccine without a licence.", ""),
            ("sec_3", "Appeals", "A clerk may appeal within ten days against a fine.", ""),
            ("sec_4", "Scattered", "The selling of goods. Influence is something else.", ""),
        ],
    ),
    (
        "fr",
        "fr",
        "Code des charges",
        &[
            ("art_1", "De la vente d’influence", "La vente d'une influence par un commis est punie.", ""),
            ("art_2", "Appel", "Le commis peut faire appel.", ""),
        ],
    ),
    (
        "es",
        "es",
        "Código de oficios",
        &[("art_1", "Venta de influencias", "Las ventas de influencias de un oficial se castigan.", "")],
    ),
    (
        "ru",
        "ru",
        "Кодекс о службе",
        &[("art_1", "Продажа влияния", "Продажа влияния служащим наказывается.", "")],
    ),
    ("ae", "ar", "قانون الوظائف", &[("art_1", "بيع النفوذ", "يعاقب على بيع النفوذ من كاتب.", "")]),
    ("cn", "zh-Hans", "职务法", &[("art_1", "出售影响力", "职员出售影响力的，处罚款。", "")]),
    (
        "de",
        "de",
        "Amtsgesetz",
        &[("sec_1", "Strafe", "Der Einflusshandel eines Schreibers ist strafbar.", "")],
    ),
    (
        "nl",
        "nl",
        "Ambtenwet",
        &[("art_1", "Ambt", "De klerk die zijn gezag te gelde maakt, wordt gestraft.", "18")],
    ),
    ("it", "it", "Legge", &[("art_1", "Altro", "Il messo consegna la posta.", "")]),
];

fn index() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let (thesaurus, faults) = Thesaurus::read(&[("specimen.toml", THESAURUS)]);
        assert_eq!(faults, [], "the specimen is sound");
        let settings = Settings { thesaurus: Some(Arc::new(thesaurus)), ..Settings::default() };
        let index = Index::in_memory(settings).expect("an index");
        let mut writer = index.writer().expect("a writer");
        for (state, code, title, units) in LAWS {
            let language: Language = code.parse().expect("a language");
            let jurisdiction = state.parse().expect("a State");
            let work = WorkUri::new(jurisdiction, WorkKind::Act, None, "1");
            let card = Card {
                expression: ExpressionUri::new(work, language, None, 1),
                authority: Authority::OfficialText,
                title: (*title).to_owned(),
                title_en: None,
                jurisdiction,
                kind: WorkKind::Act,
                date: None,
                status: Status::InForce { since: None },
            };
            let entry = |(id, heading, text, curated): &(&str, &str, &str, &str)| Entry {
                id: id.parse().expect("an id"),
                label: String::new(),
                heading: (*heading).to_owned(),
                text: format!("{heading}\n{text}"),
                language,
                curated: curated.parse::<Article>().into_iter().collect(),
                suggested: Vec::<Suggested>::new(),
            };
            writer.put(card, units.iter().map(entry)).expect("put");
        }
        writer.commit(1).expect("committed");
        index
    });
    &INDEX
}

fn search(query: &str) -> Results {
    index().search(&Request { limit: 50, ..Request::new(query) }).expect("an answer")
}

fn places(results: &Results) -> Vec<String> {
    let hits = results
        .works
        .iter()
        .flat_map(|work| work.provisions.iter().map(|hit| format!("{} {}", work.jurisdiction, hit.id)));
    hits.collect()
}

fn id(text: &str) -> ConceptId {
    text.parse().expect("an id")
}

const TYPED: [&str; 8] = [
    "selling of influence",
    "peddling",
    "ventes d’influence",
    "venta de influencias",
    "продажу влияния",
    "بيع النفوذ",
    "出售影响力",
    "einflusshandel",
];

#[test]
fn one_question_in_any_language_has_the_same_answers() {
    let expected: BTreeSet<String> =
        ["gb sec_1", "fr art_1", "es art_1", "ru art_1", "ae art_1", "cn art_1", "de sec_1", "nl art_1"]
            .map(str::to_owned)
            .into();
    for query in TYPED {
        let found = search(query);
        assert_eq!(places(&found).into_iter().collect::<BTreeSet<_>>(), expected, "{query}");
        assert!(
            places(&found).iter().position(|place| place == "de sec_1")
                > places(&found).iter().position(|place| place == "cn art_1"),
            "{query}: a heading counts more"
        );
    }
}

#[test]
fn how_it_was_read_is_said() {
    let read = search("la vente d'influence").interpretation;
    let Some(Part::Concept { text, id, label, articles, expansion, .. }) =
        read.parts.iter().find(|part| matches!(part, Part::Concept { .. }))
    else {
        panic!("no concept: {:?}", read.parts)
    };
    assert_eq!(
        (text.as_str(), id.as_str(), label.as_str()),
        ("vente d'influence", "selling-influence", "vente d'influence")
    );
    assert_eq!(articles.iter().map(ToString::to_string).collect::<Vec<_>>(), ["18"]);
    let languages: Vec<&str> = expansion.iter().map(|expansion| expansion.language.primary()).collect();
    assert_eq!(languages, ["en", "fr", "es", "ru", "ar", "zh", "de"]);
    assert_eq!(
        expansion[0].labels,
        ["selling of influence", "influence selling"],
        "hidden labels are not shown"
    );
    let words = read.parts.iter().filter(|part| matches!(part, Part::Word { .. }));
    assert_eq!(words.count(), 2, "the words are looked for as well");
}

#[test]
fn false_friends_and_scattered_words_are_no_answers() {
    let found = places(&search("selling of influence"));
    assert!(!found.contains(&"gb sec_2".to_owned()), "a false friend");
    assert!(!found.contains(&"gb sec_4".to_owned()), "words that do not stand together");
    let read = search("selling of influence vaccine").interpretation;
    assert!(!read.parts.iter().any(|part| matches!(part, Part::Concept { .. })), "a false friend is typed");
}

#[test]
fn with_other_words_what_has_the_concept_alone_comes_later() {
    let found = places(&search("selling of influence by a clerk offence"));
    assert_eq!(found[0], "gb sec_1");
    let found = places(&search("vente d'influence commis appel"));
    assert!(found.contains(&"fr art_1".to_owned()), "{found:?}");
    let place = |wanted: &str| found.iter().position(|place| place == wanted);
    assert!(place("cn art_1").is_none_or(|cn| Some(cn) > place("fr art_1")), "{found:?}");
}

#[test]
fn an_expansion_is_taken_off_and_asked_for() {
    let off = search("selling of influence -concept:selling-influence");
    // French writes the one word alike; the others are found by the concept alone.
    let found = places(&off);
    assert!(found.contains(&"gb sec_1".to_owned()), "{found:?}");
    assert!(found.iter().all(|place| place.starts_with("gb") || place.starts_with("fr")), "{found:?}");
    let is_off = |part: &Part| matches!(part, Part::Field { field: FieldName::Concept, off: true, .. });
    assert!(off.interpretation.parts.iter().any(is_off));
    assert!(!off.interpretation.parts.iter().any(|part| matches!(part, Part::Concept { .. })));
    let without_chinese = places(&search("selling of influence -concept:selling-influence/zh"));
    assert!(
        !without_chinese.contains(&"cn art_1".to_owned()) && without_chinese.contains(&"fr art_1".to_owned())
    );
    let asked = places(&search("concept:selling-influence"));
    assert_eq!(asked.len(), 7, "{asked:?}");
    assert_eq!(places(&search("clerk concept:selling-influence")), ["gb sec_1"]);
    let broader = places(&search("concept:wrong"));
    assert_eq!(broader.len(), 7, "a kind of it counts");
    let literal =
        index().search(&Request { literal: true, ..Request::new("出售影响力") }).expect("an answer");
    assert_eq!(places(&literal), ["cn art_1"]);
    let unknown = search("concept:nothing-known");
    assert!(unknown.interpretation.parts.iter().all(|part| !matches!(part, Part::Concept { .. })));
}

#[test]
fn concepts_are_counted_and_filtered() {
    let counts = |results: &Results| -> Vec<(String, usize, bool)> {
        let facet = |f: &merida_index::Facet<ConceptId>| (f.value.to_string(), f.count, f.selected);
        results.facets.concepts.iter().map(facet).collect()
    };
    let all = search("");
    assert_eq!(counts(&all), [("selling-influence".to_owned(), 7, false), ("wrong".to_owned(), 7, false)]);
    let filters = Filters {
        concepts: vec![id("selling-influence")],
        languages: vec![Language::EN],
        ..Filters::default()
    };
    let filtered = index().search(&Request { filters, ..Request::default() }).expect("an answer");
    assert_eq!(places(&filtered), ["gb sec_1"]);
    assert_eq!(counts(&filtered)[0], ("selling-influence".to_owned(), 1, true));
    let english = filtered.facets.languages.iter().find(|f| f.value == Language::EN).expect("English");
    assert_eq!(
        (english.count, filtered.facets.languages.len()),
        (1, 7),
        "each filter is lifted for its own count"
    );
    let unknown = Filters { concepts: vec![id("nothing-known")], ..Filters::default() };
    let none = index().search(&Request { filters: unknown, ..Request::default() }).expect("an answer");
    assert_eq!(none.total_provisions, 0);
    assert_eq!(counts(&none)[0].1, 7, "lifted, the others are counted");
}

#[test]
fn concepts_are_marked_in_every_language() {
    let found = search("peddling");
    for work in &found.works {
        let hit = &work.provisions[0];
        if work.jurisdiction.code() == "nl" {
            continue;
        }
        let chars: Vec<char> = hit.snippet.text.chars().collect();
        let marked: Vec<String> =
            hit.snippet.marks.iter().map(|m| chars[m.0 as usize..m.1 as usize].iter().collect()).collect();
        assert_eq!(marked.len(), 1, "{}: {marked:?}", work.jurisdiction);
        assert!(marked[0].chars().count() >= 5, "{marked:?}");
    }
    let mut marker = index().marker("peddling").expect("a marker");
    let marks = marker.marks("若干出售影响力者", 0, "zh-Hans".parse().expect("Chinese"));
    assert_eq!((marks[0].0, marks[0].1), (2, 7));
}

#[test]
fn an_index_with_another_thesaurus_is_built_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    let with =
        |thesaurus: Thesaurus| Settings { thesaurus: Some(Arc::new(thesaurus)), ..Settings::default() };
    let (thesaurus, _) = Thesaurus::read(&[("specimen.toml", THESAURUS)]);
    let index = Index::create(&path, with(Thesaurus::empty())).expect("an index");
    index.writer().expect("a writer").commit(1).expect("committed");
    drop(index);
    assert!(Index::open(&path, with(Thesaurus::empty())).is_ok());
    let error = Index::open(&path, with(thesaurus)).err().expect("an error");
    assert!(error.needs_rebuilding() && error.to_string().contains("thesaurus"), "{error}");
}
