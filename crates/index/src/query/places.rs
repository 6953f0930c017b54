//! States as they stand beside the name of a law: "marocain", "российского", "المغربي".

use std::collections::HashMap;

use merida_law::{Jurisdiction, Language};
use serde::Deserialize;

use crate::analysis::fold;

/// The forms of one State, in the masculine singular.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    code: Jurisdiction,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    fr: Vec<String>,
    #[serde(default)]
    es: Vec<String>,
    #[serde(default)]
    ru: Vec<String>,
    #[serde(default)]
    other: Vec<String>,
}

/// A form of a State, and whether it is one only with a capital letter: "Polish" is, "polonais" is not.
pub(super) type Form = (Jurisdiction, bool);

/// Every form, folded, with the State that it means.
pub(super) fn forms(states: &[State]) -> HashMap<String, Form> {
    let mut forms = HashMap::new();
    for jurisdiction in Jurisdiction::all() {
        for form in arabic(jurisdiction.name_in(Language::AR)) {
            forms.entry(form).or_insert((jurisdiction, false));
        }
    }
    for state in states {
        forms.extend(state.en.iter().map(|form| (folded(form), (state.code, true))));
    }
    for state in states {
        let plain = state.other.iter().map(|form| folded(form));
        let french = state.fr.iter().flat_map(|form| french(&folded(form)));
        let spanish = state.es.iter().flat_map(|form| spanish(&folded(form)));
        let russian = state.ru.iter().flat_map(|form| russian(&folded(form)));
        for form in plain.chain(french).chain(spanish).chain(russian) {
            forms.insert(form, (state.code, false));
        }
    }
    forms
}

/// The feminine and the plural.
fn french(form: &str) -> Vec<String> {
    let feminine = match form {
        "grec" => "grecque".to_owned(),
        "turc" => "turque".to_owned(),
        form if form.ends_with('e') => form.to_owned(),
        form if form.ends_with("ien") || form.ends_with("een") || form.ends_with("on") => format!("{form}ne"),
        form => format!("{form}e"),
    };
    let plural = if form.ends_with('s') { form.to_owned() } else { format!("{form}s") };
    vec![form.to_owned(), format!("{feminine}s"), feminine, plural]
}

fn spanish(form: &str) -> Vec<String> {
    let feminine = match form {
        form if form.ends_with('o') => format!("{}a", &form[..form.len() - 1]),
        form if form.ends_with("es")
            || form.ends_with("an")
            || form.ends_with("on")
            || form.ends_with("ol") =>
        {
            format!("{form}a")
        }
        form => form.to_owned(),
    };
    vec![form.to_owned(), feminine]
}

/// The cases and genders of an adjective; anything else stays as it is.
fn russian(form: &str) -> Vec<String> {
    const ENDINGS: [&str; 11] = ["ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их"];
    match form.strip_suffix("ий") {
        Some(stem) => ENDINGS.iter().map(|ending| format!("{stem}{ending}")).collect(),
        None => vec![form.to_owned()],
    }
}

/// The adjective of a State whose name is one word: `المغرب` gives `المغربي` and `المغربية`.
fn arabic(name: &str) -> Vec<String> {
    let name = folded(name);
    if name.contains(' ') {
        return Vec::new();
    }
    let bare = name.strip_prefix("ال").unwrap_or(&name);
    let stem = ["يا", "ا", "ه"].into_iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
    if stem.chars().count() < 3 {
        return Vec::new();
    }
    vec![format!("ال{stem}ي"), format!("ال{stem}يه"), format!("{stem}ي"), format!("{stem}يه")]
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::super::cited::state;

    #[test]
    fn a_state_is_known_by_its_adjective() {
        for (forms, code) in [
            (
                &["marocain", "marocaine", "marroquí", "Moroccan", "марокканского", "المغربي", "المغربية"][..],
                "ma",
            ),
            (&["colombiano", "colombiana", "колумбийский", "colombienne"], "co"),
            (&["российский", "российского", "российской", "РФ", "russe"], "ru"),
            (&["германский", "allemande", "alemana", "deutsches"], "de"),
            (&["المصري", "égyptienne"], "eg"),
            (&["القطري"], "qa"),
            (&["الفرنسي", "française"], "fr"),
            (&["中国", "Chinese", "китайского"], "cn"),
            (&["turque", "турецкого"], "tr"),
            (&["South African", "sud-africaine"], "za"),
        ] {
            for form in forms {
                assert_eq!(state(form).map(|state| state.code()), Some(code), "{form}");
            }
        }
        for form in ["us", "penal", "of", "in", "marc", "polish"] {
            assert_eq!(state(form), None, "{form}");
        }
    }
}
