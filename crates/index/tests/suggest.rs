//! Misspelt words and half-typed names, as a reader meets them.

use merida_index::{Card, Entry, Index, Offer, Part, Request, Settings};
use merida_law::{Authority, ExpressionUri, Jurisdiction, Language, LegalDate, Status, WorkKind, WorkUri};

/// Number and text.
type Unit = (&'static str, &'static str);
/// State, language, title, title in English, units.
type Law = (&'static str, &'static str, &'static str, Option<&'static str>, &'static [Unit]);

const LAWS: &[Law] = &[
    (
        "gb",
        "en",
        "Bribery Act 2010",
        None,
        &[
            ("1", "Embezzlement of entrusted money is an offence, as is bribery."),
            ("6", "Bribery of a foreign official is an offence."),
            ("7", "Whoever confiscates keeps a record of what was confiscated."),
            ("61", "The minister reports on enforcement each year."),
        ],
    ),
    (
        "mx",
        "es",
        "Código Penal Federal",
        Some("Federal Criminal Code"),
        &[("222", "Comete cohecho quien solicita dinero."), ("223", "Del peculado y del cohecho.")],
    ),
    (
        "ru",
        "ru",
        "Уголовный кодекс",
        None,
        &[("290", "Получение взятки: взятка наказывается."), ("291", "Дача взятки. Взятка без повода.")],
    ),
    (
        "eg",
        "ar",
        "قانون العقوبات",
        None,
        &[("103", "كل موظف طلب الرشوة يعاقب."), ("104", "عقوبة الرشوة السجن.")],
    ),
    ("cn", "zh-Hans", "刑法", None, &[("385", "公务人员收取财物的，构成受贿。"), ("386", "受贿的处罚。")]),
];

fn library() -> Index {
    let index =
        Index::in_memory(Settings { writer_bytes: 40 << 20, ..Settings::default() }).expect("an index");
    let mut writer = index.writer().expect("a writer");
    for (state, tag, title, english, units) in LAWS {
        let jurisdiction: Jurisdiction = state.parse().expect("a State");
        let language: Language = tag.parse().expect("a language");
        let date = LegalDate::from_year(2010);
        let work = WorkUri::new(jurisdiction, WorkKind::Act, date, title.len().to_string().as_str());
        let card = Card {
            expression: ExpressionUri::new(work, language, date, 1),
            authority: Authority::OfficialText,
            title: (*title).to_owned(),
            title_en: english.map(str::to_owned),
            jurisdiction,
            kind: WorkKind::Act,
            date,
            status: Status::InForce { since: None },
        };
        let entries = units.iter().map(|(number, text)| Entry {
            id: format!("art_{number}").parse().expect("an id"),
            label: format!("Art. {number}"),
            heading: String::new(),
            text: (*text).to_owned(),
            language,
            curated: Vec::new(),
            suggested: Vec::new(),
        });
        writer.put(card, entries).expect("room");
    }
    writer.finish(1).expect("room");
    index
}

fn corrected(index: &Index, request: &Request) -> Vec<(String, String)> {
    let results = index.search(request).expect("an answer");
    let pairs = results.interpretation.parts.into_iter().filter_map(|part| match part {
        Part::Corrected { text, to } => Some((text, to)),
        _ => None,
    });
    pairs.collect()
}

#[test]
fn a_misspelt_word_is_looked_for_as_it_was_meant() {
    let index = library();
    for (typed, meant) in [
        ("embezlement", "embezzlement"),
        ("Bribrey", "bribery"),
        ("mbezzlement", "embezzlement"),
        ("cohehco", "cohecho"),
        ("взятак", "взятка"),
        ("الرضوة", "الرشوه"),
    ] {
        let request = Request::new(typed);
        assert_eq!(corrected(&index, &request), [(typed.to_owned(), meant.to_owned())], "{typed}");
        assert!(index.search(&request).expect("an answer").total_provisions > 0, "{typed} finds nothing");
        let typed_so = Request { as_typed: true, ..request };
        assert_eq!(corrected(&index, &typed_so), [], "{typed} is looked for as typed");
    }
}

#[test]
fn what_is_known_or_no_word_is_left_as_it_is() {
    let index = library();
    for typed in [
        // Known, in another form or in another spelling.
        "bribery",
        "confiscated",
        "confiscating",
        "الرشوه",
        "رشوة",
        "penal",
        "ACT",
        // Found by its stem.
        "enforcment",
        // No plain words.
        "kind7x12",
        "s 61",
        "art. 223",
        "受賄罪行",
        "\"embezlement\"",
        "embezl*",
        // Near nothing.
        "zzyzx",
        "quagga",
        "xylem",
    ] {
        assert_eq!(corrected(&index, &Request::new(typed)), [], "{typed}");
    }
}

fn offered(index: &Index, typed: &str) -> Vec<String> {
    let offered = index.complete(typed, &[], 8).expect("an answer");
    offered.into_iter().map(|offered| offered.text).collect()
}

#[test]
fn laws_and_provisions_are_offered_while_one_types() {
    let index = library();
    for (typed, best) in [
        ("brib", "bribe"),
        ("bribery ac", "Bribery Act 2010"),
        ("Bribery Act 2010 s 6", "Bribery Act 2010 Art. 6"),
        ("codigo pen", "Código Penal Federal"),
        ("federal crim", "Federal Criminal Code"),
        ("código 222", "Código Penal Federal Art. 222"),
        ("криминал", ""),
        ("уголов", "Уголовный кодекс"),
        ("ст. 290 уголовный", "Уголовный кодекс Art. 290"),
        ("العقوبات", "قانون العقوبات"),
        ("عقوبات", "قانون العقوبات"),
        ("刑", "刑法"),
        ("刑法第三百八十五条", "刑法 Art. 385"),
        ("act united", "Bribery Act 2010"),
    ] {
        assert_eq!(offered(&index, typed).first().map_or("", String::as_str), best, "{typed}");
    }
    assert_eq!(
        offered(&index, "Bribery Act s 6"),
        ["Bribery Act 2010 Art. 6", "Bribery Act 2010 Art. 61"],
        "the number itself stands before those that begin so"
    );
}

#[test]
fn what_is_offered_says_whose_law_it_is_and_where_it_stands() {
    let index = library();
    let offered = index.complete("federal code 222", &[], 3).expect("an answer");
    let Some(Offer::Provision { expression, id, jurisdiction, .. }) =
        offered.first().map(|first| &first.offer)
    else {
        panic!("no provision is offered: {offered:?}");
    };
    assert_eq!((expression.language().primary(), id.as_str(), jurisdiction.code()), ("es", "art_222", "mx"));
    for typed in ["", "   ", "1", "§", "\u{0}", &"a b ".repeat(5_000), &"第".repeat(500)] {
        let _ = index.complete(typed, &[], 8).expect("every text has an answer");
    }
}
