//! What is wrong with a front matter: keys and values that nobody would understand.

use std::str::FromStr;

use merida_law::{Authority, Jurisdiction, Language, Problem, Status, WorkKind};

use super::collector::Collector;
use super::facts;
use super::front_matter::FrontMatter;
use crate::nearest::{hint, nearest};

/// The keys of our own front matter, as the page on importing names them.
const KEYS: &[&str] = &[
    "jurisdiction",
    "language",
    "kind",
    "title",
    "title_en",
    "date",
    "as_of",
    "number",
    "status",
    "authority",
    "url",
    "licence",
    "note",
    "in_force_date",
];
/// Keys that only our own front matter has.
const OURS: &[&str] = &["jurisdiction", "kind", "authority", "title_en"];
/// Keys that an export of ours writes besides.
const OF_EXPORTS: &[&str] = &["merida", "record"];

/// Reports the keys and values of a front matter of our own that are not known. That of public repositories has keys of
/// its own, which are no mistakes.
pub(super) fn check(front: &FrontMatter, out: &mut Collector<'_>) {
    let keys: Vec<String> =
        front.pairs.iter().map(|(key, _)| key.to_lowercase().replace([' ', '-'], "_")).collect();
    let known = |key: &str| KEYS.contains(&key) || OF_EXPORTS.contains(&key) || facts::is_known(key);
    let marked = keys.iter().any(|key| OURS.contains(&key.as_str()));
    let ours = marked || keys.iter().all(|key| known(key) || nearest(key, KEYS.iter().copied()).is_some());
    if !ours {
        return;
    }
    for (place, ((_, value), key)) in front.pairs.iter().zip(&keys).enumerate() {
        let problem = if known(key) { faulty_value(key, value.trim()) } else { Some(unknown_key(key)) };
        if let Some(problem) = problem {
            out.problem(Problem { line: front.lines.get(place).copied(), ..problem });
        }
    }
}

fn unknown_key(key: &str) -> Problem {
    let shown: String = key.chars().take(60).collect();
    Problem::warning(
        format!("the key \"{shown}\" of the front matter is not known and was passed over"),
        hint(key, KEYS.iter().copied()),
    )
}

/// The problem of a value that its key cannot have.
fn faulty_value(key: &str, value: &str) -> Option<Problem> {
    if value.is_empty() {
        return None;
    }
    let (fits, help) = match key {
        "status" => (
            facts::status_of(value, None).is_some(),
            hint(value, Status::ALL.iter().map(|status| status.as_str())),
        ),
        "kind" => {
            (facts::kind_of(value).is_some(), hint(value, WorkKind::ALL.iter().map(|kind| kind.as_str())))
        }
        "authority" => (
            Authority::from_str(value).is_ok(),
            hint(value, Authority::ALL.iter().map(|authority| authority.as_str())),
        ),
        "language" => (Language::from_str(value).is_ok(), language_hint(value)),
        "jurisdiction" => (facts::jurisdiction_of(value).is_some(), jurisdiction_hint(value)),
        "date" | "as_of" | "in_force_date" => (
            facts::date_of(value).is_some(),
            "write a day that the calendar has, as 1995, 2003-10 or 2003-10-31".to_owned(),
        ),
        _ => return None,
    };
    let shown: String = value.chars().take(60).collect();
    (!fits)
        .then(|| Problem::warning(format!("{key}: \"{shown}\" is not known; the key was passed over"), help))
}

fn language_hint(value: &str) -> String {
    match nearest(value, Language::all().map(Language::english_name)) {
        Some(name) => Language::all()
            .find(|language| language.english_name() == name)
            .map_or_else(String::new, |language| format!("{name} is written {}", language.bcp47())),
        None => "write a language tag, such as en, fr, zh-Hans or pt-BR".to_owned(),
    }
}

fn jurisdiction_hint(value: &str) -> String {
    match nearest(value, Jurisdiction::all().map(Jurisdiction::english_name)) {
        Some(name) => Jurisdiction::all()
            .find(|state| state.english_name() == name)
            .map_or_else(String::new, |state| format!("{name} is written {}", state.code())),
        None => "write the two letters of ISO 3166-1, such as ke, or eu or int".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::front_matter;
    use super::*;
    use crate::limits::Limits;

    fn problems(text: &str) -> Vec<Problem> {
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        check(&front_matter::read(text).expect("a front matter"), &mut out);
        out.finish().problems
    }

    #[test]
    fn mistakes_are_reported_where_they_stand_with_what_was_meant() {
        let found = problems(
            "---\njurisdiction: kenja\nlanguage: englsh\nkind: akt\ntitle: Specimen Act\ndate: 2003-02-30\nstatus: in-forse\nauthority: oficial-text\ncolour: red\nlicense: CC0-1.0\n---\n",
        );
        let said: Vec<(Option<u32>, bool)> = found.iter().map(|p| (p.line, p.hint.is_empty())).collect();
        assert_eq!(said, [2, 3, 4, 6, 7, 8, 9].map(|line| (Some(line), false)), "{found:#?}");
        for (place, meant) in [(0, "ke"), (1, "en"), (2, "act"), (4, "in-force"), (5, "official-text")] {
            assert!(found[place].hint.contains(meant), "help: {:?}", found[place]);
        }
        assert!(found[3].message.contains("2003-02-30") && found[6].message.contains("colour"));
    }

    #[test]
    fn a_slip_in_the_key_that_matters_most_is_seen() {
        let found = problems("---\njurisdicton: ke\ntitle: Specimen Act\nstatus: in force\n---\n");
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].hint.contains("\"jurisdiction\""));
    }

    #[test]
    fn what_is_right_and_what_others_write_is_left_alone() {
        let ours = "---\njurisdiction: ke\nlanguage: en\nkind: act\ntitle: Specimen Act\ndate: 2019-03-12\nstatus: in_force\nauthority: official-text\n---\n";
        let others =
            "---\ntitulo: Ley\nidentificador: X-1\nrango: ley\nestado: publicada\ncolour: red\n---\n";
        assert_eq!(problems(ours), []);
        assert_eq!(problems(others), []);
    }
}
