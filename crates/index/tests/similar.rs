//! Provisions like a passage, as a reader meets them.

use merida_index::{Card, Entry, Index, Passage, Request, Settings};
use merida_law::{
    Article, Authority, ExpressionUri, Jurisdiction, Language, LegalDate, Status, WorkKind, WorkUri,
};

/// Number, text, article by a person.
type Unit = (&'static str, &'static str, &'static str);

/// State, language, units.
const LAWS: &[(&str, &str, &[Unit])] = &[
    (
        "gb",
        "en",
        &[
            ("1", "A clerk who demands a present for stamping a permit is fined.", "15(b)"),
            ("2", "Fish may be sold on market days.", ""),
        ],
    ),
    (
        "ke",
        "en",
        &[
            ("7", "Whoever demands a present before stamping any permit is fined.", "15(b)"),
            ("8", "The register of boats is kept by the harbour.", ""),
        ],
    ),
    ("ug", "en", &[("3", "Whoever demands a present before stamping any permit is fined.", "15(b)")]),
    (
        "fr",
        "fr",
        &[
            ("4", "L’agent qui sollicite un avantage pour délivrer une autorisation est puni.", "15(b)"),
            ("5", "La pêche est ouverte le dimanche.", ""),
        ],
    ),
];

fn library() -> Index {
    let index =
        Index::in_memory(Settings { writer_bytes: 40 << 20, ..Settings::default() }).expect("an index");
    let mut writer = index.writer().expect("a writer");
    for (state, tag, units) in LAWS {
        let jurisdiction: Jurisdiction = state.parse().expect("a State");
        let language: Language = tag.parse().expect("a language");
        let date = LegalDate::from_year(2010);
        let work = WorkUri::new(jurisdiction, WorkKind::Act, date, "1");
        let card = Card {
            expression: ExpressionUri::new(work, language, date, 1),
            authority: Authority::OfficialText,
            title: format!("Act of {state}"),
            title_en: None,
            jurisdiction,
            kind: WorkKind::Act,
            date,
            status: Status::InForce { since: None },
        };
        let entries = units.iter().map(|(number, text, article)| Entry {
            id: format!("art_{number}").parse().expect("an id"),
            label: number.to_string(),
            heading: String::new(),
            text: (*text).to_owned(),
            language,
            curated: article.parse::<Article>().into_iter().collect(),
            suggested: Vec::new(),
        });
        writer.put(card, entries).expect("room");
    }
    writer.finish(1).expect("room");
    index
}

fn passage() -> Passage {
    Passage {
        text: LAWS[0].2[0].1.to_owned(),
        articles: vec![("15(b)".parse().expect("an article"), 0.9)],
        except: vec!["gb".parse().expect("a State")],
        ..Passage::default()
    }
}

#[test]
fn the_like_of_a_passage_is_found_in_other_states_and_languages_with_the_reasons() {
    let found = library().similar(&passage(), &Request::default()).expect("an answer");
    assert_eq!(found.likeness.language.map(Language::primary), Some("en"));
    let states: Vec<&str> = found.results.works.iter().map(|work| work.jurisdiction.code()).collect();
    assert!(!states.contains(&"gb"), "the law of the same State is left out: {states:?}");
    assert_eq!(states.len(), 3, "{states:?}");
    assert_eq!(states[2], "fr", "the same article in another language, after the same words in the same");
    let first = &found.because[0][0];
    assert_eq!(first.articles, passage().articles.iter().map(|(article, _)| *article).collect::<Vec<_>>());
    assert!(first.words.iter().any(|word| word == "permit"), "{first:?}");
    assert_eq!(found.because[2][0].words, Vec::<String>::new(), "French has no English words");
    let marked = &found.results.works[0].provisions[0].snippet;
    assert!(!marked.marks.is_empty(), "the words are marked");
}

#[test]
fn provisions_of_the_very_same_words_are_known_as_such() {
    let found = library().similar(&passage(), &Request::default()).expect("an answer");
    let text = |state: &str| {
        let work = found.results.works.iter().position(|work| work.jurisdiction.code() == state);
        found.because[work.expect("it is found")][0].text
    };
    assert_eq!(text("ke"), text("ug"));
    assert_ne!(text("ke"), text("fr"));
}

#[test]
fn filters_hold_and_every_passage_has_an_answer() {
    let index = library();
    let mut request = Request::default();
    request.filters.languages = vec!["fr".parse().expect("a language")];
    let found = index.similar(&passage(), &request).expect("an answer");
    assert_eq!(found.results.works.len(), 1);
    assert!(found.results.facets.languages.iter().any(|facet| facet.value.primary() == "en"));
    for text in ["", " ", "…", "zzyzx quagga", "\u{0}", &"a ".repeat(20_000), &"受贿".repeat(9_000)] {
        let passage = Passage { text: text.to_owned(), ..Passage::default() };
        let found = index.similar(&passage, &Request::default()).expect("an answer");
        assert_eq!(found.results.works.len(), found.because.len());
    }
}

#[test]
fn a_language_is_told_from_script_and_common_words() {
    let index = library();
    for (text, language) in [
        ("The clerk of the court keeps the register and shows it to the public.", "en"),
        ("Le greffier de la cour tient le registre et le montre au public.", "fr"),
        ("El secretario del tribunal lleva el registro y lo muestra al público.", "es"),
        ("Der Schreiber des Gerichts führt das Register und zeigt es der Öffentlichkeit.", "de"),
        ("Секретарь суда ведёт реестр и показывает его для всех.", "ru"),
        ("يمسك كاتب المحكمة السجل في كل يوم من أيام العمل", "ar"),
        ("书记员保管登记簿。", "zh"),
        ("書記官は登録簿を保管する。", "ja"),
        ("서기는 등록부를 보관한다.", "ko"),
    ] {
        assert_eq!(index.language_of(text).map(Language::primary), Some(language), "{text}");
    }
    assert_eq!(index.language_of("12 34"), None);
}
