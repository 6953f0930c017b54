//! What the analyser of every language owes: `analysers.toml` holds the cases, `docs/languages.md` the table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use merida_index::{Card, Entry, Index, Lang, Part, Request, Settings};
use merida_law::{Authority, ExpressionUri, Jurisdiction, Language, Status, WorkKind, WorkUri};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    meet: Vec<(String, String)>,
    apart: Vec<(String, String)>,
    folded: Vec<(String, String)>,
    negations: Vec<String>,
}

fn table() -> BTreeMap<String, Cases> {
    toml::from_str(include_str!("analysers.toml")).expect("a sound table")
}

/// An index that holds each text as a unit of one law.
fn index(language: Language, texts: &[String]) -> Index {
    let settings = Settings { writer_threads: 1, search_threads: 1, ..Settings::default() };
    let index = Index::in_memory(settings).expect("sound");
    let mut writer = index.writer().expect("sound");
    let work = WorkUri::new(Jurisdiction::INTERNATIONAL, WorkKind::Act, None, "1");
    let card = Card {
        expression: ExpressionUri::new(work, language, None, 1),
        authority: Authority::Unverified,
        title: "0".into(),
        title_en: None,
        jurisdiction: Jurisdiction::INTERNATIONAL,
        kind: WorkKind::Act,
        date: None,
        status: Status::Unknown,
    };
    let entries = texts.iter().enumerate().map(|(place, text)| Entry {
        id: format!("art_{}", place + 1).parse().expect("sound"),
        label: String::new(),
        heading: String::new(),
        text: text.clone(),
        language,
        curated: Vec::new(),
        suggested: Vec::new(),
    });
    writer.put(card, entries).expect("sound");
    writer.commit(1).expect("sound");
    index
}

/// Whether `typed`, as plain words, finds `written` and marks something in it.
fn finds(index: &Index, typed: &str, written: &str) -> bool {
    let request = Request { literal: true, per_work: 1_000, ..Request::new(typed) };
    let found = index.search(&request).expect("sound");
    let mut hits = found.works.iter().flat_map(|work| &work.provisions);
    hits.any(|hit| hit.snippet.text == written && !hit.snippet.marks.is_empty())
}

/// `word` with invisible characters after its second letter.
fn with_invisible(word: &str, invisible: char) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    chars.insert(chars.len().min(2), invisible);
    chars.into_iter().collect()
}

const LISTED: &str = "ar zh-Hans zh-Hant en fr ru es de pt it ca nl pl cs sk sl ro hu bg mk uk sr hr el tr sv da nb nn is \
    fi et lv lt mt sq hy ka az kk id ms vi th km lo my ja ko hi bn ur fa he am sw";

#[test]
fn every_language_has_its_cases() {
    let table = table();
    for code in LISTED.split_whitespace() {
        let Some(cases) = table.get(code) else { panic!("help: add [{code}] to analysers.toml") };
        assert!(!cases.meet.is_empty() && !cases.apart.is_empty() && !cases.folded.is_empty(), "{code}");
        assert!(!cases.negations.is_empty(), "{code}");
        let language: Language = code.parse().expect("a language");
        assert_ne!(Lang::of(language), Lang::OTHER, "{code} has no analyser");
    }
}

#[test]
fn forms_of_a_word_meet_and_other_words_do_not() {
    let mut wrong = Vec::new();
    for (code, cases) in table() {
        let language: Language = code.parse().expect("a language");
        let pairs = || cases.meet.iter().chain(&cases.folded).chain(&cases.apart);
        let index = index(language, &pairs().map(|(_, written)| written.clone()).collect::<Vec<_>>());
        for (typed, written) in cases.meet.iter().chain(&cases.folded) {
            if !finds(&index, typed, written) {
                wrong.push(format!("{code}: {typed} does not find {written}"));
            }
        }
        for (typed, written) in &cases.apart {
            if finds(&index, typed, written) {
                wrong.push(format!("{code}: {typed} finds {written}"));
            }
            if !finds(&index, written, written) {
                wrong.push(format!("{code}: {written} does not find itself"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn digits_of_every_script_and_invisible_characters_make_no_difference() {
    let mut wrong = Vec::new();
    for (code, cases) in table() {
        let language: Language = code.parse().expect("a language");
        let spaced = !matches!(&*code, "th" | "km" | "lo" | "my" | "ja" | "ko" | "zh-Hans" | "zh-Hant");
        let word = cases.meet[0].0.split(' ').next().expect("a word");
        let hidden = if spaced { with_invisible(word, '\u{ad}') } else { word.to_owned() };
        let zero = if spaced { with_invisible(word, '\u{200b}') } else { word.to_owned() };
        let texts = ["385".to_owned(), "٤١٢".to_owned(), "५६७".to_owned(), "６９".to_owned(), hidden, zero];
        let index = index(language, &texts);
        for (typed, written) in
            [("٣٨٥", 0), ("385", 0), ("３８５", 0), ("412", 1), ("567", 2), ("69", 3), (word, 4), (word, 5)]
        {
            if !finds(&index, typed, &texts[written]) {
                wrong.push(format!("{code}: {typed} does not find {}", texts[written].escape_unicode()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_negation_stays_a_word_of_the_query() {
    let mut wrong = Vec::new();
    for (code, cases) in table() {
        let language: Language = code.parse().expect("a language");
        let word = cases.meet[0].0.split(' ').next().expect("a word");
        let texts: Vec<String> =
            cases.negations.iter().map(|negation| format!("{word} {negation} {word}")).collect();
        let index = index(language, &texts);
        for (negation, text) in cases.negations.iter().zip(&texts) {
            let (interpretation, _) =
                index.interpret(&Request::new(format!("\u{201c}{word}\u{201d} {negation}")));
            let stopped = |part: &Part| matches!(part, Part::Stop { .. });
            if interpretation.parts.iter().any(stopped) {
                wrong.push(format!("{code}: {negation} is dropped"));
            }
            if !finds(&index, negation, text) {
                wrong.push(format!("{code}: {negation} is not found"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_page_of_languages_says_what_the_code_does() {
    let mut rows = String::from("| language | code | how words are brought to one form |\n|---|---|---|\n");
    for code in LISTED.split_whitespace() {
        let language: Language = code.parse().expect("a language");
        let _ = writeln!(rows, "| {} | {code} | {} |", language.english_name(), Lang::of(language).method());
    }
    let page = include_str!("../../../docs/languages.md");
    assert!(page.contains(&rows), "help: the table in docs/languages.md should be\n{rows}");
}
