use super::*;
use crate::Lang;

const SPECIMEN: &str = r#"
[[concept]]
id = "selling-influence"
articles = ["18", "18(a)"]
related = ["office-misuse", "misdeed"]
[concept.labels.en]
pref = "selling of influence"
alt = ["influence selling"]
hidden = ["peddling"]
[concept.labels.fr]
pref = "abus de la fonction"
[concept.labels.es]
pref = "venta de influencias"
[concept.labels.ru]
pref = "продажа влияния"
[concept.labels.ar]
pref = "بيع النفوذ"
[concept.labels.zh]
pref = "出售影响力"
[concept.false_friends]
en = ["selling of influence drugs", "charity selling of influence"]

[[concept]]
id = "office-misuse"
articles = ["19"]
broader = ["misdeed"]
[concept.labels.en]
pref = "misuse of office"
[concept.labels.fr]
pref = "mésusage"
[concept.labels.es]
pref = "mal uso"
[concept.labels.ru]
pref = "злоупотребление"
[concept.labels.ar]
pref = "اساءة"
[concept.labels.zh]
pref = "滥用职务"

[[concept]]
id = "misdeed"
related = ["office-misuse"]
[concept.labels.en]
pref = "misdeed"
alt = ["misuse"]
[concept.labels.fr]
pref = "méfait"
[concept.labels.es]
pref = "fechoría"
[concept.labels.ru]
pref = "злодеяние, проступок"
[concept.labels.ar]
pref = "خطيئة"
[concept.labels.zh]
pref = "影响"
"#;

fn specimen() -> Thesaurus {
    let (thesaurus, faults) = Thesaurus::read(&[("specimen.toml", SPECIMEN)]);
    assert_eq!(faults, [], "the specimen is sound");
    thesaurus
}

fn found(thesaurus: &Thesaurus, language: &str, text: &str) -> Vec<(String, String)> {
    let lang = Lang::of(language.parse().expect("a language"));
    let found = thesaurus.recogniser().in_text(text, lang);
    let shown = |f: &Found| (thesaurus.concept(f.concept).id.to_string(), text[f.bytes.clone()].to_owned());
    found.iter().map(shown).collect()
}

#[test]
fn what_ships_is_sound() {
    let (thesaurus, faults) = Thesaurus::read(&files::shipped());
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "help: mend index/thesaurus:\n{}", lines.join("\n"));
    assert!(!thesaurus.concepts().is_empty());
}

#[test]
fn labels_meet_their_forms() {
    let thesaurus = specimen();
    for (language, text, expected) in [
        ("en", "On sellings of the influence by clerks.", "sellings of the influence"),
        ("en", "INFLUENCE-SELLING is punished", "INFLUENCE-SELLING"),
        ("en", "the peddling went on", "peddling"),
        ("fr", "Des abus de fonctions et autres", "abus de fonctions"),
        ("fr", "l’abus d'une fonction", "l’abus d'une fonction"),
        ("es", "las ventas de las influencias", "ventas de las influencias"),
        ("ru", "за продажу своего влияния", ""),
        ("ru", "за продажу влияний", "продажу влияний"),
        ("ar", "يعاقب على بيعِ النفوذ", "بيعِ النفوذ"),
        ("ar", "جريمة البيع والنفوذ", "البيع والنفوذ"),
        ("zh-Hans", "构成出售 影响力的，", "出售 影响力"),
    ] {
        let found = found(&thesaurus, language, text);
        let texts: Vec<&str> = found
            .iter()
            .filter(|(id, _)| id == "selling-influence")
            .map(|(_, text)| text.trim_start_matches("l’"))
            .collect();
        let expected: Vec<&str> =
            [expected.trim_start_matches("l’")].into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(texts, expected, "{language}: {text}");
    }
}

#[test]
fn the_longest_label_counts_and_sentences_part_it() {
    let thesaurus = specimen();
    let ids = |language: &str, text: &str| -> Vec<String> {
        found(&thesaurus, language, text).into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids("en", "The misuse of an office is a misuse."), ["office-misuse", "misdeed"]);
    assert_eq!(ids("zh-Hans", "出售影响力和影响"), ["selling-influence", "misdeed"]);
    assert_eq!(ids("en", "selling. Influence"), [""; 0]);
    assert_eq!(ids("en", "selling, influence"), [""; 0], "a comma that the label does not have");
    assert_eq!(ids("ru", "злодеяние, проступок"), ["misdeed"], "a comma that the label has");
    assert_eq!(ids("en", "influence\nselling"), [""; 0]);
    assert_eq!(ids("nl", "selling of influence"), [""; 0], "no labels in that language");
}

#[test]
fn false_friends_hide_what_they_hold() {
    let thesaurus = specimen();
    assert_eq!(found(&thesaurus, "en", "the selling of influence drugs"), []);
    assert_eq!(found(&thesaurus, "en", "a charity selling of influence"), []);
    let mixed = found(&thesaurus, "en", "charity selling of influence, and selling of influence");
    assert_eq!(mixed.len(), 1);
}

#[test]
fn concepts_know_their_neighbours() {
    let thesaurus = specimen();
    let id = |text: &str| -> ConceptId { text.parse().expect("an id") };
    let misdeed = thesaurus.get(&id("misdeed")).expect("defined");
    assert_eq!(misdeed.narrower, [id("office-misuse")]);
    assert_eq!(misdeed.related, [id("selling-influence")], "what is narrower is not related as well");
    let office = thesaurus.get(&id("office-misuse")).expect("defined");
    assert_eq!(office.related, [id("selling-influence")], "related goes both ways");
    assert_eq!(office.name_in("fr".parse().expect("French")), "mésusage");
    let number = |text: &str| thesaurus.number(&id(text)).expect("a number");
    assert_eq!(thesaurus.upwards(number("office-misuse")), [number("office-misuse"), number("misdeed")]);
    assert_eq!(
        thesaurus.downwards(number("misdeed")),
        [(number("misdeed"), 0), (number("office-misuse"), 1)]
    );
}

#[test]
fn labels_are_counted() {
    let counts =
        specimen().labels_in("Influence selling and selling of influence; influence selling.", Language::EN);
    let count = |label: &str| {
        counts.iter().find(|((_, text), _)| text == label).map(|(_, count)| *count).unwrap_or_default()
    };
    assert_eq!((count("influence selling"), count("selling of influence"), count("peddling")), (2, 1, 0));
}

#[test]
fn what_is_unsound_is_said_with_file_and_concept() {
    let six = |id: &str, rest: &str| {
        let labels: String = ["en", "fr", "es", "ru", "ar", "zh"]
            .iter()
            .map(|code| format!("[concept.labels.{code}]\npref = \"{id} {code}\"\n"))
            .collect();
        format!("[[concept]]\nid = \"{id}\"\n{rest}\n{labels}")
    };
    for (text, expected) in [
        ("[[concept]]\nid = 3".to_owned(), "area.toml: "),
        (six("One Two", ""), "area.toml, One Two: \"One Two\" is not a concept"),
        (six("a", "articles = [\"72\"]"), "area.toml, a: article \"72\": "),
        (six("a", "broader = [\"b\"]"), "area.toml, a: it names b, which no file defines"),
        (six("a", "related = [\"a\"]"), "area.toml, a: it names itself"),
        (six("a", "colour = \"red\""), "unknown field `colour`"),
        (six("a", "") + &six("a", ""), "area.toml, a: this concept is defined twice"),
        (
            six("a", "broader = [\"b\"]") + &six("b", "broader = [\"a\"]"),
            "area.toml, a: b is broader than it, and it is broader than b",
        ),
        (six("a", "") + "[concept.labels.xx]\npref = \"x\"\n", "labels in \"xx\""),
        (six("a", "") + "[concept.labels.de]\npref = \" x\"\n", "\" x\" (de) is no label"),
        (six("a", "") + "[concept.labels.de]\npref = \"x\"\nalt = [\"X\"]\n", "\"X\" (de) is twice"),
        (
            six("a", "")
                + "[concept.labels.de]\npref = \"x\"\n"
                + &six("b", "")
                + "[concept.labels.de]\npref = \"x\"\n",
            "area.toml, b: \"x\" (de) is also a label of a",
        ),
        (
            six("a", "") + "[concept.labels.tr]\npref = \"x\"\n[concept.false_friends]\ntr = [\"x\"]\n",
            "\"x\" (tr) is both a label and a false friend",
        ),
        (six("a", "").replace("[concept.labels.zh]\npref = \"a zh\"\n", ""), "it has no labels in zh"),
        (
            six("a", "") + "[concept.labels.de]\npref = \"der und\"\n",
            "nothing of \"der und\" (de) can be looked for",
        ),
    ] {
        let (_, faults) = Thesaurus::read(&[("area.toml", &text)]);
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|line| line.contains(expected)), "{expected}\n{said:#?}");
    }
}
