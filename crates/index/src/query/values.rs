//! What is asked of a field: `country:ke` and `país:Kenia` are one property.

use merida_law::{Authority, Jurisdiction, Language, Region, Status, SubRegion, WorkKind};

use super::condition::Property;
use super::operators::{FieldName, value};
use crate::OriginKind;
use crate::analysis::{digits, fold};

/// The properties that `text` asks of a field, each an alternative, with the text of each in its usual form; none
/// where it is not a value of that field.
pub(super) fn properties(field: FieldName, text: &str) -> Option<Vec<(Property, String)>> {
    if let Some(property) = property(field, text.trim()) {
        return Some(vec![property]);
    }
    let several: Vec<&str> = text.split([',', '،', '、', '，', '|']).map(str::trim).collect();
    if several.len() < 2 || several.len() > MOST {
        return None;
    }
    several.into_iter().filter(|text| !text.is_empty()).map(|text| property(field, text)).collect()
}

/// How many values may stand after one field, with commas between them.
const MOST: usize = 40;

fn property(field: FieldName, text: &str) -> Option<(Property, String)> {
    let named = value(field, text).unwrap_or(text);
    Some(match field {
        FieldName::Article => {
            let article = digits(text).parse().ok()?;
            (Property::Article(article, None), article.to_string())
        }
        FieldName::Chapter => {
            let number = chapter(text)?;
            (Property::Chapter(number, None), ROMAN[usize::from(number) - 1].to_owned())
        }
        FieldName::Country => {
            let jurisdiction: Jurisdiction = text.parse().ok().or_else(|| Jurisdiction::find(text))?;
            (Property::Jurisdiction(jurisdiction), jurisdiction.code().to_owned())
        }
        FieldName::Region => region(text)?,
        FieldName::Lang => {
            let language = language(text)?;
            (Property::Language(language), language.bcp47().to_owned())
        }
        FieldName::Kind => {
            let kind: WorkKind = named.parse().ok()?;
            (Property::Kind(kind), kind.as_str().to_owned())
        }
        FieldName::Status => {
            let named = named.trim().to_lowercase().replace(['_', ' '], "-");
            let status = Status::ALL.into_iter().find(|status| status.as_str() == named)?;
            (Property::Status(status), named)
        }
        FieldName::Authority => {
            let authority: Authority = named.parse().ok()?;
            (Property::Authority(authority), authority.as_str().to_owned())
        }
        FieldName::Origin => {
            let named = named.trim().to_lowercase();
            let origin = OriginKind::ALL.into_iter().find(|origin| origin.as_str() == named)?;
            (Property::Origin(origin), named)
        }
        FieldName::Year => years(text)?,
        FieldName::Work => {
            let work: merida_law::WorkUri = text.parse().ok()?;
            let uri = work.as_str().to_owned();
            (Property::Work(work), uri)
        }
        FieldName::Title | FieldName::Heading | FieldName::Concept => return None,
    })
}

const ROMAN: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];

fn chapter(text: &str) -> Option<u8> {
    let roman = ROMAN.iter().position(|roman| roman.eq_ignore_ascii_case(text));
    let number = roman.map(|place| place + 1).or_else(|| digits(text).parse().ok())?;
    u8::try_from(number).ok().filter(|number| (1..=8).contains(number))
}

fn region(text: &str) -> Option<(Property, String)> {
    let folded = folded(text);
    let is = |slug: &str, name: &dyn Fn(Language) -> &'static str| {
        slug == text.to_lowercase().replace(' ', "-")
            || Language::UN.into_iter().any(|language| self::folded(name(language)) == folded)
    };
    if let Some(region) =
        Region::ALL.into_iter().find(|region| is(region.as_str(), &|language| region.name_in(language)))
    {
        return Some((Property::Region(region), region.as_str().to_owned()));
    }
    let part =
        SubRegion::ALL.into_iter().find(|part| is(part.as_str(), &|language| part.name_in(language)))?;
    Some((Property::SubRegion(part), part.as_str().to_owned()))
}

/// A language by its code or by its name in itself or in an official language of the United Nations.
fn language(text: &str) -> Option<Language> {
    let folded = folded(text);
    let by_name = || {
        Language::all().find(|language| {
            self::folded(language.autonym()) == folded
                || Language::UN.into_iter().any(|other| self::folded(language.name_in(other)) == folded)
        })
    };
    text.parse().ok().or_else(by_name)
}

/// `2010`, `2010..2020`, `2010..`, `..2020`, `2010-2020`.
fn years(text: &str) -> Option<(Property, String)> {
    let text = digits(text);
    let year = |text: &str| -> Option<Option<i16>> {
        let text = text.trim();
        if text.is_empty() { Some(None) } else { text.parse().ok().filter(|year| *year > 0).map(Some) }
    };
    let split = text.split_once("..").or_else(|| text.split_once(['-', '–', '—', '…']));
    let (from, to) = match split {
        Some((from, to)) => (year(from)?, year(to.trim_start_matches('.'))?),
        None => (year(&text)?, year(&text)?),
    };
    let shown = |year: Option<i16>| year.map(|year| year.to_string()).unwrap_or_default();
    match (from, to) {
        (None, None) => None,
        (from, to) if from == to => Some((Property::Years(from, to), shown(from))),
        (from, to) => Some((Property::Years(from, to), format!("{}..{}", shown(from), shown(to)))),
    }
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::super::operators::rows;
    use super::*;

    #[test]
    fn a_value_is_read_in_every_language() {
        for (field, texts, usual) in [
            (FieldName::Country, &["ke", "KEN", "Kenya", "Кения", "肯尼亚"][..], "ke"),
            (FieldName::Region, &["africa", "Afrique", "非洲", "África"], "africa"),
            (FieldName::Region, &["western-africa", "Western Africa", "西非"], "western-africa"),
            (FieldName::Lang, &["fr", "French", "français", "Французский", "法语"], "fr"),
            (FieldName::Kind, &["act", "loi", "Ley", "закон", "قانون", "法律"], "act"),
            (FieldName::Status, &["in-force", "in force", "en vigueur", "действует", "有效"], "in-force"),
            (FieldName::Article, &["15(a)", "15a", "١٥(a)"], "15(a)"),
            (FieldName::Chapter, &["III", "3", "iii", "٣"], "III"),
            (FieldName::Year, &["2010..2020", "2010-2020", "٢٠١٠..٢٠٢٠"], "2010..2020"),
            (FieldName::Year, &["2010..", "2010…"], "2010.."),
            (FieldName::Year, &["..2020"], "..2020"),
            (FieldName::Year, &["2010"], "2010"),
            (FieldName::Work, &["/akn/gb/act/2010/23"], "/akn/gb/act/2010/23"),
            (FieldName::Origin, &["curated", "проверено"], "curated"),
        ] {
            for text in texts {
                let read = properties(field, text).unwrap_or_else(|| panic!("{field:?}: {text}"));
                assert_eq!(read[0].1, usual, "{text}");
            }
        }
        assert_eq!(properties(FieldName::Country, "ke,ug").map(|read| read.len()), Some(2));
        for (field, text) in [
            (FieldName::Country, "zz"),
            (FieldName::Year, "last"),
            (FieldName::Year, ".."),
            (FieldName::Article, "99"),
            (FieldName::Chapter, "IX"),
            (FieldName::Kind, "fish"),
            (FieldName::Country, "ke,zz"),
        ] {
            assert_eq!(properties(field, text), None, "{text}");
        }
    }

    #[test]
    fn the_values_of_the_examples_are_values() {
        for row in rows().1 {
            let (field, text) = super::super::operators::field(&row.example).expect("a field");
            let has_words = field.holds_words() || field == FieldName::Concept;
            assert!(has_words || properties(field, text).is_some(), "{}", row.example);
        }
    }
}
