//! What a reader notices: grouping, facets, filters, citations, phrases, paging, hostile queries, restarts.

use std::fmt::Write as _;
use std::sync::Arc;

use merida_index::{
    Card, Entry, Filters, Index, IndexError, Matching, Note, OriginKind, Part, Request, Results, Settings,
    Sort, Suggested, Thesaurus,
};
use merida_law::{
    Article, Authority, ExpressionUri, Jurisdiction, Language, LegalDate, Status, WorkKind, WorkUri,
};

struct Law {
    state: &'static str,
    kind: WorkKind,
    year: i16,
    title: &'static str,
    language: &'static str,
    status: Status,
    authority: Authority,
    edition: u32,
    units: &'static [(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str)],
}

const IN_FORCE: Status = Status::InForce { since: None };

/// id, label, heading, text, curated, suggested
const LAWS: &[Law] = &[
    Law {
        state: "gb",
        kind: WorkKind::Act,
        year: 2010,
        title: "Bribery Act 2010",
        language: "en",
        status: IN_FORCE,
        authority: Authority::OfficialText,
        edition: 1,
        units: &[
            (
                "sec_1",
                "s. 1",
                "Offering a bribe",
                "A person who offers a bribe commits an offence.",
                "15(a)",
                "",
            ),
            (
                "sec_2",
                "s. 2",
                "Taking a bribe",
                "A person who takes a bribe commits an offence.",
                "15(b)",
                "",
            ),
            (
                "sec_6",
                "s. 6",
                "Foreign officials",
                "A bribe given to a foreign public official is an offence.",
                "16(1)",
                "15",
            ),
            ("sec_12", "s. 12", "Territory", "This Act reaches acts done abroad by residents.", "", "42(1)"),
        ],
    },
    Law {
        state: "cn",
        kind: WorkKind::Code,
        year: 1997,
        title: "刑法",
        language: "zh-Hans",
        status: IN_FORCE,
        authority: Authority::Unverified,
        edition: 1,
        units: &[
            ("art_385", "第三百八十五条", "受贿罪", "公务人员收取他人财物的，构成受贿。", "15(b)", ""),
            ("art_30", "第三十条", "单位", "单位可以承担责任。", "", "26"),
        ],
    },
    Law {
        state: "fr",
        kind: WorkKind::Code,
        year: 1994,
        title: "Code pénal",
        language: "fr",
        status: IN_FORCE,
        authority: Authority::OfficialText,
        edition: 1,
        units: &[
            (
                "art_432-11",
                "Art. 432-11",
                "Corruption passive",
                "Le fait pour un agent de solliciter un avantage.",
                "15(b)",
                "",
            ),
            (
                "art_433-2",
                "Art. 433-2",
                "Trafic d'influence",
                "Abuser de son influence réelle ou supposée.",
                "18",
                "",
            ),
        ],
    },
    Law {
        state: "ke",
        kind: WorkKind::Act,
        year: 2003,
        title: "Anti-Corruption Act",
        language: "en",
        status: Status::Repealed { on: None },
        authority: Authority::OfficialText,
        edition: 1,
        units: &[
            ("sec_39", "39.", "Bribery", "A bribe taken by an agent is an offence.", "", "15(b) 21"),
            ("sec_6", "6.", "Immunity", "No immunity from prosecution for officials.", "30(2)", ""),
        ],
    },
    Law {
        state: "ke",
        kind: WorkKind::Act,
        year: 2003,
        title: "Anti-Corruption Act",
        language: "en",
        status: Status::Repealed { on: None },
        authority: Authority::OfficialText,
        edition: 2,
        units: &[(
            "sec_39",
            "39.",
            "Bribery",
            "A bribe taken by an agent is still an offence.",
            "",
            "15(b) 21",
        )],
    },
];

fn articles(text: &str) -> Vec<Article> {
    text.split_whitespace().map(|article| article.parse().expect("sound")).collect()
}

fn card(law: &Law) -> Card {
    let jurisdiction: Jurisdiction = law.state.parse().expect("sound");
    let date = LegalDate::from_year(law.year);
    let work = WorkUri::new(jurisdiction, law.kind, date, law.title);
    Card {
        expression: ExpressionUri::new(work, law.language.parse().expect("sound"), date, law.edition),
        authority: law.authority,
        title: law.title.into(),
        title_en: None,
        jurisdiction,
        kind: law.kind,
        date,
        status: law.status,
    }
}

fn entries(law: &Law) -> Vec<Entry> {
    law.units
        .iter()
        .map(|(id, label, heading, text, curated, suggested)| Entry {
            id: id.parse().expect("sound"),
            label: (*label).into(),
            heading: (*heading).into(),
            text: format!("{heading}\n{text}"),
            language: law.language.parse().expect("sound"),
            curated: articles(curated),
            suggested: articles(suggested)
                .into_iter()
                .map(|article| Suggested { article, score: 0.5 })
                .collect(),
        })
        .collect()
}

fn fill(index: &Index) {
    let mut writer = index.writer().expect("sound");
    for law in LAWS {
        writer.put(card(law), entries(law)).expect("sound");
    }
    writer.commit(7).expect("sound");
}

fn library() -> Index {
    // What concepts find besides is tested in `concepts.rs`.
    let settings = Settings { thesaurus: Some(Arc::new(Thesaurus::empty())), ..Settings::default() };
    let index = Index::in_memory(settings).expect("sound");
    fill(&index);
    index
}

fn ids(results: &Results) -> Vec<String> {
    results.works.iter().flat_map(|work| &work.provisions).map(|hit| hit.id.to_string()).collect()
}

fn search(query: &str) -> Results {
    library().search(&Request::new(query)).expect("sound")
}

#[test]
fn provisions_are_grouped_by_work_with_the_best_first() {
    let found = library().search(&Request { per_work: 2, ..Request::new("bribe") }).expect("sound");
    let british = found.works.iter().find(|work| work.title == "Bribery Act 2010").expect("sound");
    assert_eq!((british.provisions.len(), british.more), (2, 1));
    assert_eq!(found.works[0].title, "Bribery Act 2010", "a law in force comes before a repealed one");
    assert_eq!(found.total_works, 2);
    assert_eq!(found.total_provisions, 4, "a provision in two editions counts once");
    let kenyan = &found.works[1].provisions[0];
    assert_eq!(kenyan.expression.edition(), 2, "the later edition is the one shown");
}

#[test]
fn citations_lead_to_the_provision_or_the_article() {
    for (query, first) in [
        ("Bribery Act 2010 s 6", "sec_6"),
        ("art. 385 CP China", "art_385"),
        ("第三百八十五条", "art_385"),
        ("Code pénal art. 432-11", "art_432-11"),
        ("art 30(2) immunity", "sec_6"),
        ("UNCAC 18", "art_433-2"),
        ("المادة 18", "art_433-2"),
        ("ст. 18", "art_433-2"),
    ] {
        assert_eq!(ids(&search(query)).first().map(String::as_str), Some(first), "{query}");
    }
    assert_eq!(search("Bribery Act 2010 s 6").works[0].title, "Bribery Act 2010");
    let found = search("Article 30 paragraph 2");
    assert_eq!(found.interpretation.article().map(|article| article.to_string()).as_deref(), Some("30(2)"));
    let read = search("Kenya bribery").interpretation;
    assert!(matches!(&read.parts[0], Part::Jurisdiction { jurisdiction, .. } if jurisdiction.code() == "ke"));
    assert_eq!(search("Kenya").works[0].jurisdiction.code(), "ke");
}

#[test]
fn titles_find_works_and_a_misspelling_is_corrected() {
    assert_eq!(search("Bribery Act 2010").works[0].title, "Bribery Act 2010");
    let found = search("immunitty");
    assert_eq!(ids(&found), ["sec_6"]);
    assert!(matches!(&found.interpretation.parts[0], Part::Corrected { to, .. } if to == "immunity"));
    assert!(
        library()
            .search(&Request { literal: true, ..Request::new("immunitty") })
            .expect("sound")
            .works
            .is_empty()
    );
}

#[test]
fn a_phrase_stands_as_it_is_and_a_minus_takes_out() {
    assert_eq!(ids(&search("\"foreign public official\"")), ["sec_6"]);
    let apart = search("\"public foreign official\"");
    assert!(
        apart.interpretation.notes.contains(&Note::PhraseTakenApart),
        "a phrase that stands nowhere is taken apart"
    );
    assert_eq!(apart.works[0].title, "Bribery Act 2010");
    assert_eq!(ids(&search("\"trafic d’influence\"")), ["art_433-2"]);
    assert_eq!(ids(&search("「受贿」")), ["art_385"]);
    let without = search("bribe -foreign -\"taken by an agent\"");
    assert!(!ids(&without).contains(&"sec_39".to_owned()) && !ids(&without).contains(&"sec_6".to_owned()));
    assert_eq!(without.total_provisions, 2);
}

#[test]
fn marks_are_in_scalar_values_and_the_best_part_is_shown() {
    let found = search("受贿");
    let hit = &found.works[0].provisions[0];
    let chars: Vec<char> = hit.snippet.text.chars().collect();
    let marked: String =
        chars[hit.snippet.marks[0].0 as usize..hit.snippet.marks[0].1 as usize].iter().collect();
    assert_eq!(marked, "受贿");
    assert_eq!(hit.heading_marks.len(), 1);
    assert_eq!(hit.snippet.start, 4, "the heading and the break after it are passed over");
}

fn count<T: PartialEq>(facets: &[merida_index::Facet<T>], value: T) -> usize {
    facets.iter().find(|facet| facet.value == value).map_or(0, |facet| facet.count)
}

#[test]
fn each_facet_is_counted_with_its_own_filter_lifted() {
    let index = library();
    let ask = |filters: Filters| index.search(&Request { filters, ..Request::default() }).expect("sound");
    let all = ask(Filters::default());
    assert_eq!(all.total_provisions, 10);
    let gb: Jurisdiction = "gb".parse().expect("sound");
    let fr: Jurisdiction = "fr".parse().expect("sound");
    let found =
        ask(Filters { jurisdictions: vec![gb, fr], kinds: vec![WorkKind::Code], ..Filters::default() });
    assert_eq!(found.total_provisions, 2);
    assert_eq!(count(&found.facets.jurisdictions, gb), 0, "no British code");
    assert_eq!(count(&found.facets.jurisdictions, fr), 2);
    assert_eq!(
        count(&found.facets.jurisdictions, "cn".parse().expect("sound")),
        2,
        "were China chosen as well"
    );
    assert_eq!(count(&found.facets.kinds, WorkKind::Act), 4, "were acts chosen as well");
    assert_eq!(count(&found.facets.languages, Language::EN), 0);
    assert!(found.facets.jurisdictions.iter().any(|facet| facet.value == gb && facet.selected));

    let article = |text: &str| text.parse::<Article>().expect("sound");
    let found = ask(Filters { articles: vec![article("15(b)")], ..Filters::default() });
    assert_eq!(found.total_provisions, 4);
    let chapter = found.facets.chapters.iter().find(|chapter| chapter.number == 3).expect("sound");
    let fifteen = chapter.articles.iter().find(|facet| facet.article == article("15")).expect("sound");
    assert_eq!(fifteen.count, 6, "every provision on article 15, the filter being lifted");
    assert_eq!(count(&fifteen.parts, article("15(b)")), 4);
    assert_eq!(count(&found.facets.origins, OriginKind::Curated), 3);
    assert_eq!(count(&found.facets.origins, OriginKind::Suggested), 1);

    let curated =
        Filters { articles: vec![article("15")], origins: vec![OriginKind::Curated], ..Filters::default() };
    let found = ask(curated);
    assert_eq!(found.total_provisions, 4);
    assert_eq!(count(&found.facets.origins, OriginKind::Suggested), 2, "were suggestions taken as well");
    let found = ask(Filters { chapters: vec![3], year_from: Some(2000), ..Filters::default() });
    assert_eq!(found.total_provisions, 6);
    assert_eq!(count(&found.facets.years, 1994), 2);
}

#[test]
fn nothing_typed_browses_in_citation_order() {
    let found = library().search(&Request { per_work: 10, ..Request::default() }).expect("sound");
    let names: Vec<&str> = found.works.iter().map(|work| work.jurisdiction.english_name()).collect();
    assert!(names.is_sorted(), "{names:?}");
    let british = found.works.iter().find(|work| work.title == "Bribery Act 2010").expect("sound");
    let order: Vec<&str> = british.provisions.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(order, ["sec_1", "sec_2", "sec_6", "sec_12"]);
    let newest = library().search(&Request { sort: Sort::Date, ..Request::default() }).expect("sound");
    assert_eq!(newest.works[0].title, "Bribery Act 2010");
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let index = Index::in_memory(Settings::default()).expect("sound");
    let mut writer = index.writer().expect("sound");
    for number in 0..137 {
        let mut law = card(&LAWS[0]);
        let work = WorkUri::new(law.jurisdiction, WorkKind::Act, None, &number.to_string());
        law.expression = ExpressionUri::new(work, Language::EN, None, 1);
        law.title = "Same Act".into();
        writer.put(law, entries(&LAWS[0])).expect("sound");
    }
    writer.commit(1).expect("sound");
    for sort in Sort::ALL {
        for query in ["bribe", "offence abroad", ""] {
            let ask = |offset, limit| {
                let request = Request { sort, offset, limit, ..Request::new(query) };
                let found = index.search(&request).expect("sound");
                found.works.into_iter().map(|work| work.uri.to_string()).collect::<Vec<_>>()
            };
            let whole = ask(0, 1000);
            assert_eq!(whole.len(), 137);
            let pages: Vec<String> = (0..14).flat_map(|page| ask(page * 10, 10)).collect();
            assert_eq!(pages, whole, "{sort:?} {query}");
            assert!(ask(usize::MAX, 10).is_empty());
        }
    }
}

#[test]
fn every_query_has_an_answer() {
    let index = library();
    let mut long = String::new();
    for number in 0..200_000 {
        let _ = write!(long, "word{number} ");
    }
    let deep = "(".repeat(100_000);
    for query in [
        "\"".repeat(10_000).as_str(),
        &long,
        &deep,
        "?!…—()[]{}<>*:^~&|\\/",
        "- -- \"-\" -\"\" \"\"",
        "\u{202e}\u{2066}bribe\u{2069}\u{202c}",
        "bri\0be \0",
        "\u{feff}\u{200b}",
        "a:b AND OR NOT *",
        "e\u{301}\u{301}\u{301}",
        "\u{640}\u{640}",
        "第条",
        "art.",
        "s",
        "§",
        "-bribe",
    ] {
        let results = index.search(&Request { limit: usize::MAX, ..Request::new(query) }).expect("sound");
        assert!(results.total_provisions <= 10);
        serde_json::to_string(&results).expect("sound");
    }
    let cut = index.search(&Request::new(long)).expect("sound").interpretation;
    assert!(cut.notes.iter().any(|note| matches!(note, Note::Cut { .. })), "{:?}", cut.notes);
    assert!(search("?!").interpretation.notes.contains(&Note::NothingToLookFor));
    assert!(!search("\u{202e}bribe").works.is_empty());
    assert_eq!(search("-bribe").total_provisions, 6);
}

#[test]
fn the_interpretation_says_how_much_had_to_match() {
    assert_eq!(search("bribe").interpretation.matching, Matching::All);
    let found = search("bribe zeppelin unicorn");
    assert_ne!(found.interpretation.matching, Matching::All);
    assert!(found.total_provisions > 0);
}

#[test]
fn a_built_index_opens_and_a_crash_leaves_the_last_commit() {
    let folder = tempfile::tempdir().expect("sound");
    let path = folder.path().join("index");
    assert!(matches!(Index::open(&path, Settings::default()), Err(IndexError::Missing(_))));
    let index = Index::create(&path, Settings::default()).expect("sound");
    assert_eq!(index.stamp(), None);
    fill(&index);
    assert_eq!(index.stamp(), Some(7));
    {
        let mut writer = index.writer().expect("sound");
        assert!(matches!(index.writer(), Err(IndexError::Busy)));
        writer.remove_expression(&card(&LAWS[0]).expression).expect("sound");
        // The writer goes without a commit, as in a crash.
    }
    drop(index);
    let index = Index::open(&path, Settings::default()).expect("sound");
    assert_eq!((index.stamp(), index.len()), (Some(7), 11));
    let mut writer = index.writer().expect("sound");
    writer.put(card(&LAWS[0]), entries(&LAWS[0])).expect("sound");
    writer.finish(8).expect("sound");
    assert_eq!((index.stamp(), index.len()), (Some(8), 11), "what is put again replaces what was there");
    let mut writer = index.writer().expect("sound");
    writer.remove_expression(&card(&LAWS[0]).expression).expect("sound");
    writer.commit(9).expect("sound");
    assert_eq!(index.len(), 7);
    assert!(index.bytes() > 0);
}

#[test]
fn a_damaged_folder_says_that_it_must_be_rebuilt() {
    let folder = tempfile::tempdir().expect("sound");
    let path = folder.path().join("index");
    fill(&Index::create(&path, Settings::default()).expect("sound"));
    let table = path.join("expressions.json");
    let sound = std::fs::read(&table).expect("sound");
    for broken in [&b""[..], b"{}", b"not json", &sound[..sound.len() / 2]] {
        std::fs::write(&table, broken).expect("sound");
        assert!(Index::open(&path, Settings::default()).err().expect("sound").needs_rebuilding());
    }
    std::fs::write(&table, &sound).expect("sound");
    assert!(Index::open(&path, Settings::default()).is_ok());
    std::fs::write(path.join("meta.json"), b"{").expect("sound");
    let error = Index::open(&path, Settings::default()).err().expect("sound");
    assert!(error.needs_rebuilding() && error.to_string().contains("rebuild"), "{error}");
    Index::create(&path, Settings::default()).expect("sound");
}
