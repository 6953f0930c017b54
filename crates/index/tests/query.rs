//! The query language: what each form finds, what is marked, how it is written out, and that no input is an error.

use std::time::{Duration, Instant};

use merida_index::{Card, Entry, Index, Note, Part, Request, Results, Settings, Suggested, Thesaurus};
use merida_law::{Article, Authority, ExpressionUri, Jurisdiction, LegalDate, Status, WorkKind, WorkUri};

/// State, kind, year, title, language, status, authority, and units: number, heading, text, curated, suggested.
type Law = (
    &'static str,
    WorkKind,
    i16,
    &'static str,
    &'static str,
    Status,
    Authority,
    &'static [(&'static str, &'static str, &'static str, &'static str, &'static str)],
);

const IN_FORCE: Status = Status::InForce { since: None };

const LAWS: &[Law] = &[
    (
        "gb",
        WorkKind::Act,
        2010,
        "Specimen Bribery Act 2010",
        "en",
        IN_FORCE,
        Authority::OfficialText,
        &[
            (
                "1",
                "Bribing another person",
                "A person offers a gift to an official of a foreign court.",
                "15(a)",
                "",
            ),
            ("2", "Being bribed", "The official of the court takes a bribe and hides it.", "15(b)", ""),
            (
                "3",
                "Corruption of the courts",
                "Corrupt judges and corrupting clerks are dismissed.",
                "",
                "15",
            ),
            ("4", "Foreign officials", "A bribe for a foreign public official is an offence.", "16(1)", ""),
            ("5", "Fish", "Nobody may sell fish; a public notice says so to every official.", "", ""),
        ],
    ),
    (
        "ke",
        WorkKind::Code,
        2003,
        "Specimen Code of Ethics",
        "en",
        Status::Repealed { on: None },
        Authority::Digest,
        &[
            ("1", "Gifts", "The organisation shall register every gift.", "8", ""),
            ("2", "Organization", "The organization keeps a register.", "", "8(5)"),
        ],
    ),
    (
        "fr",
        WorkKind::Act,
        2016,
        "Loi spécimen sur la transparence",
        "fr",
        IN_FORCE,
        Authority::OfficialText,
        &[("1", "Trafic d’influence", "L’agent public qui abuse de son influence est puni.", "18", "")],
    ),
    (
        "cn",
        WorkKind::Code,
        1997,
        "样本刑法",
        "zh-Hans",
        IN_FORCE,
        Authority::OfficialText,
        &[
            ("1", "受贿罪", "公务人员收受他人礼物的，按照本样本是受贿。", "15(b)", ""),
            ("2", "礼物", "礼物应当登记。", "", ""),
        ],
    ),
    (
        "ae",
        WorkKind::Decree,
        2021,
        "مرسوم نموذجي",
        "ar",
        IN_FORCE,
        Authority::OfficialText,
        &[("1", "الرشوة", "كل موظف عام قبل الهدية والرشوة يعاقب بهذا النموذج.", "15(b)", "")],
    ),
    (
        "th",
        WorkKind::Act,
        2018,
        "ตัวอย่าง",
        "th",
        IN_FORCE,
        Authority::OfficialText,
        &[("1", "สินบน", "เจ้าหน้าที่ของรัฐรับสินบนมีความผิด", "15(b)", "")],
    ),
    (
        "ru",
        WorkKind::Act,
        2008,
        "Образец закона",
        "ru",
        IN_FORCE,
        Authority::OfficialText,
        &[(
            "1",
            "Взятка",
            "Должностное лицо, получившее взятку через посредника, наказывается.",
            "15(b)",
            "",
        )],
    ),
];

fn articles(text: &str) -> Vec<Article> {
    text.split_whitespace().map(|article| article.parse().expect("an article")).collect()
}

fn library() -> Index {
    // What concepts find besides is tested in `concepts.rs`.
    let thesaurus = Some(std::sync::Arc::new(Thesaurus::empty()));
    let index = Index::in_memory(Settings { thesaurus, ..Settings::default() }).expect("an index");
    let mut writer = index.writer().expect("a writer");
    for (state, kind, year, title, language, status, authority, units) in LAWS {
        let jurisdiction: Jurisdiction = state.parse().expect("a code");
        let language = language.parse().expect("a language");
        let date = LegalDate::from_year(*year);
        let work = WorkUri::new(jurisdiction, *kind, date, "1");
        let card = Card {
            expression: ExpressionUri::new(work, language, date, 1),
            authority: *authority,
            title: (*title).into(),
            title_en: None,
            jurisdiction,
            kind: *kind,
            date,
            status: *status,
        };
        let entries = units.iter().map(|(number, heading, text, curated, suggested)| Entry {
            id: format!("art_{number}").parse().expect("an id"),
            label: format!("{number}."),
            heading: (*heading).into(),
            text: format!("{heading}\n{text}"),
            language,
            curated: articles(curated),
            suggested: articles(suggested)
                .into_iter()
                .map(|article| Suggested { article, score: 0.5 })
                .collect(),
        });
        writer.put(card, entries).expect("room");
    }
    writer.commit(1).expect("room");
    index
}

fn search(index: &Index, query: &str) -> Results {
    index.search(&Request { per_work: 20, limit: 100, ..Request::new(query) }).expect("an answer")
}

/// What was found, as `gb1`, in order of names.
fn found(index: &Index, query: &str) -> Vec<String> {
    let results = search(index, query);
    let mut found: Vec<String> = results
        .works
        .iter()
        .flat_map(|work| {
            work.provisions
                .iter()
                .map(|hit| format!("{}{}", work.jurisdiction, hit.label.trim_end_matches('.')))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn each_form_finds_what_it_says() {
    let index = library();
    let mut wrong = Vec::new();
    for (query, expected) in [
        // Operators.
        ("bribe AND foreign", "gb1 gb4"),
        ("fish OR clerk", "gb3 gb5"),
        ("official NOT bribe", "gb5"),
        ("official AND NOT (bribe OR gift)", "gb5"),
        ("(fish OR clerk) AND official", "gb5"),
        ("foreign public OR fish", "gb4 gb5"),
        ("official -fish -bribe", ""),
        ("-official -gift country:gb", "gb3"),
        // Phrases are exact to the letter forms; words are not.
        ("\"foreign public official\"", "gb4"),
        ("\"official\"", "gb1 gb2 gb4 gb5"),
        ("\"officials\"", "gb4"),
        ("\"Trafic d'influence\"", "fr1"),
        ("official AND -\"foreign court\" AND gift", ""),
        // Nearness.
        ("official w/3 court", "gb2"),
        ("official w/4 court", "gb1 gb2"),
        ("court pre/2 takes", "gb2"),
        ("takes pre/2 court", ""),
        ("(gift OR bribe) w/3 official", "gb1 gb2 gb4"),
        ("\"public official\" w/4 offence", "gb4"),
        ("foreign w/1 public w/1 official", "gb4"),
        ("公务 w/9 礼物", "cn1"),
        ("الهدية w/1 الرشوة", "ae1"),
        ("взятка w/3 посредник", "ru1"),
        // Unknown letters.
        ("corrupt*", "gb3"),
        ("organi?ation", "ke1 ke2"),
        ("brib* AND hides", "gb2"),
        ("взят*", "ru1"),
        ("受贿*", "cn1"),
        ("\"foreign pub*\"", "gb4"),
        // Fields.
        ("article:15", "ae1 cn1 gb1 gb2 gb3 ru1 th1"),
        ("article:15(b)", "ae1 cn1 gb2 ru1 th1"),
        ("article:15 origin:suggested", "gb3"),
        ("article:15 origin:curated country:gb", "gb1 gb2"),
        ("chapter:II", "ke1 ke2"),
        ("country:ke", "ke1 ke2"),
        ("country:Kenya country:fr", "fr1 ke1 ke2"),
        ("country:ke,fr", "fr1 ke1 ke2"),
        ("country:(ke OR fr)", "fr1 ke1 ke2"),
        ("country:\"United Kingdom\" gift", "gb1"),
        ("-country:gb gift", "ke1"),
        ("region:africa", "ke1 ke2"),
        ("lang:fr", "fr1"),
        ("lang:chinese", "cn1 cn2"),
        ("kind:decree", "ae1"),
        ("status:repealed", "ke1 ke2"),
        ("authority:digest", "ke1 ke2"),
        ("year:2010..2016 official", "gb1 gb2 gb4 gb5"),
        ("year:..1997", "cn1 cn2"),
        ("year:2021", "ae1"),
        ("title:ethics", "ke1 ke2"),
        ("title:(bribery act) fish", "gb5"),
        ("title:brib* fish", "gb5"),
        ("heading:foreign", "gb4"),
        ("heading:(gifts OR fish)", "gb5 ke1"),
        ("heading:受贿", "cn1"),
        ("heading:สินบน", "th1"),
        ("heading:\"being bribed\"", "gb2"),
        ("heading:offence", ""),
        ("work:/akn/ke/act/code/2003/1", "ke1 ke2"),
        // Citations and States as operands.
        ("\"public official\" AND Kenya", ""),
        ("gift AND Kenya", "ke1"),
        ("art. 15 AND gift", "gb1"),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        let found = found(&index, query);
        if found != expected {
            wrong.push(format!("{query}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The marked stretches of heading and snippet of the first hit.
fn marked(index: &Index, query: &str) -> Vec<String> {
    let results = search(index, query);
    let Some(hit) = results.works.first().and_then(|work| work.provisions.first()) else { return Vec::new() };
    let cut = |text: &str, marks: &[merida_index::Mark]| -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        marks.iter().map(|mark| letters[mark.0 as usize..mark.1 as usize].iter().collect()).collect()
    };
    [cut(&hit.heading, &hit.heading_marks), cut(&hit.snippet.text, &hit.snippet.marks)].concat()
}

#[test]
fn what_was_asked_for_is_marked_where_it_stands_and_nowhere_else() {
    let index = library();
    let mut wrong = Vec::new();
    for (query, expected) in [
        ("\"foreign public official\"", &["foreign public official"][..]),
        ("\"public official\" bribe", &["bribe", "public official"]),
        ("\"official of\" country:gb", &["official of"]),
        ("official w/3 court", &["official", "court"]),
        ("(gift OR fish) w/6 foreign", &["gift", "foreign"]),
        ("clerk AND dismiss", &["clerks", "dismissed"]),
        ("corrupt*", &["Corruption", "Corrupt", "corrupting"]),
        ("judge NOT fish", &["judges"]),
        ("heading:gifts", &["Gifts"]),
        ("受贿*", &["受贿", "受贿"]),
        ("\"收受他人\"", &["收受他人"]),
        ("公务 w/9 礼物", &["公务", "礼物"]),
        ("الهدية w/1 رشوة", &["الهدية والرشوة"]),
        ("رشوة AND موظف", &["الرشوة", "موظف", "والرشوة"]),
        ("สินบน AND รัฐ", &["สินบน", "รัฐ", "สินบน"]),
        ("взятка w/3 посредник", &["взятку", "посредника"]),
        ("влияние OR influence", &["influence", "influence"]),
    ] {
        let marked = marked(&index, query);
        if marked != expected {
            wrong.push(format!("{query}: {marked:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut marker = index.marker("\"public official\"").expect("a marker");
    let text = "An official of the public.\nA Public Official.";
    assert_eq!(marker.marks(text, 0, merida_law::Language::EN).len(), 1, "only where it stands");
    let mut marker = index.marker("\"official public\"").expect("a marker");
    assert_eq!(
        marker.marks(text, 0, merida_law::Language::EN).len(),
        3,
        "what stands nowhere is taken apart"
    );
}

#[test]
fn a_query_is_written_out_as_it_was_read() {
    let index = library();
    let read = |query: &str| index.interpret(&Request::new(query));
    for (query, written) in [
        ("bribe gift", "bribe gift"),
        ("bribe ET gift OU fish", "(bribe AND gift) OR fish"),
        ("взятка ИЛИ подкуп", "взятка OR подкуп"),
        ("gift -\"foreign court\" -fish", "gift -\"foreign court\" -fish"),
        ("(bribe or gift) official", "bribe or gift official"),
        ("money laundering OR theft", "(money laundering) OR theft"),
        ("pays:Kenya année:2003", "country:ke year:2003"),
        ("title:(bribery OR \"code of\") x", "title:(bribery OR \"code of\") x"),
        ("a près/3 (b OU c)", "a w/3 (b OR c)"),
        ("fish NOT (bribe OR gift)", "fish NOT (bribe OR gift)"),
        ("corrupt* AND -concept:bribery", "corrupt* AND -concept:bribery"),
    ] {
        let (interpretation, plan) = read(query);
        assert_eq!(interpretation.typed(), written, "{query}");
        let (again, same) = read(written);
        assert_eq!(again.typed(), written, "{query}");
        assert_eq!(same.condition, plan.condition, "{query} is read the same way again");
    }
}

#[test]
fn what_cannot_be_read_is_looked_for_as_words_and_said() {
    let index = library();
    let unknown = |name: &str| Note::UnknownField { name: name.into() };
    let value = |field, value: &str| Note::UnknownValue { field, value: value.into() };
    for (query, note) in [
        ("gift AND", Note::OperatorAsWord { text: "AND".into() }),
        ("(gift", Note::Parenthesis),
        ("gift w/x court", Note::OperatorAsWord { text: "w/x".into() }),
        ("colour:gift", unknown("colour")),
        ("country:gift", value(merida_index::FieldName::Country, "gift")),
        ("year:gift", value(merida_index::FieldName::Year, "gift")),
        ("*gift", Note::PatternTooShort { text: "*gift".into() }),
        ("gift \"", Note::Quote),
    ] {
        let results = search(&index, query);
        assert!(results.interpretation.notes.contains(&note), "{query}: {:?}", results.interpretation.notes);
        assert!(found(&index, query).contains(&"gb1".to_owned()), "{query} finds gifts");
    }
    let read = search(&index, "PREVENTION OF BRIBERY AND GIFTS").interpretation;
    assert!(read.notes.is_empty() && !read.has_structure(), "a heading in capitals is words");
    assert!(
        matches!(&search(&index, "gift AND art. 15").interpretation.parts[..], [Part::All { parts }] if parts.len() == 2)
    );
}

#[test]
fn hostile_input_is_answered_soon() {
    let index = library();
    let many = |piece: &str, times: usize| piece.repeat(times);
    for query in [
        many("(", 10_000),
        many("(a OR ", 4_000),
        many("corrupt* ", 4_000),
        many("a*b*c*d*e*f*g* ", 300),
        many("of w/250 ", 2_000),
        many("NOT ", 4_000),
        many("country:gb ", 2_000),
        many("\"the official of\" ", 1_000),
        many("title:(", 2_000),
        many("-", 10_000),
        format!("{} official", many("the pre/250 the w/250 ", 500)),
        format!("\"{}\"", many("official* ", 400)),
    ] {
        let mut times: Vec<Duration> = (0..3)
            .map(|_| {
                let begun = Instant::now();
                search(&index, &query);
                begun.elapsed()
            })
            .collect();
        times.sort();
        let shown: String = query.chars().take(30).collect();
        assert!(times[0] < Duration::from_millis(50), "{shown}: {times:?}");
    }
}
