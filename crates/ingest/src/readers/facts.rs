//! What files say of themselves, whatever the language of the key: title, date, number, status, address.

use merida_law::{Authority, Jurisdiction, Language, LegalDate, Status, WorkKind};

use crate::draft::Metadata;

/// The keys of each fact, the most telling first.
const TITLE: &[&str] = &[
    "title",
    "titulo",
    "título",
    "titre",
    "titel",
    "제목",
    "法規名稱",
    "中文法規名稱",
    "title_th",
    "treaty_zh",
    "treaty",
    "법령명",
    "title_ar",
    "title_zh",
    "title_fr",
    "act",
    "law_name",
    "law_title",
    "document_title",
    "short_title",
];
const TITLE_EN: &[&str] = &["title_en", "英文法規名稱", "treaty_en", "english_title", "name_en"];
const DATE: &[&str] = &[
    "date",
    "fecha",
    "enactment_date",
    "adoption_date",
    "signature_date",
    "issued_date",
    "date_signed",
    "공포일자",
    "publication_date",
    "fecha_publicacion",
    "gazette_date",
    "notice_date",
    "be_date",
    "year",
];
const AS_OF: &[&str] = &[
    "as_of",
    "version_date",
    "consolidation_date",
    "effective_from",
    "last_updated",
    "ultima_actualizacion",
    "last_amended",
    "最新異動日期",
    "最新英文異動日期",
    "시행일자",
    "updated",
];
const FROM: &[&str] =
    &["in_force_date", "entry_into_force", "date_in_force", "effective_date", "시행일자", "生效日期"];
const NUMBER: &[&str] =
    &["number", "numero", "número", "official_code", "act_number", "reference", "공포번호", "citation"];
const STATUS: &[&str] = &["status", "estado", "상태", "current_stage", "état"];
const URL: &[&str] = &[
    "url",
    "source_url",
    "source",
    "fuente",
    "출처",
    "法規網址",
    "pdf_url",
    "original_text_url",
    "download_url",
];
const COUNTRY: &[&str] = &["jurisdiction", "country", "pais", "país", "pays"];
const LANGUAGE: &[&str] = &["language", "lang", "idioma", "langue"];
const KIND: &[&str] = &["kind", "rank", "rango", "nature", "법령구분", "法規性質", "document_type", "type"];

/// Fills what is still open in `metadata` from pairs of key and value as a file has them.
pub(super) fn fill(metadata: &mut Metadata, pairs: &[(String, String)]) {
    let find = |keys: &[&str]| first(pairs, keys, |text| Some(text.to_owned()));
    let date = |keys: &[&str]| first(pairs, keys, date_of);
    set(&mut metadata.title, find(TITLE));
    set(&mut metadata.title_en, find(TITLE_EN));
    set(&mut metadata.date, date(DATE));
    let as_of = date(AS_OF).filter(|as_of| Some(*as_of) != metadata.date);
    set(&mut metadata.as_of, as_of);
    set(&mut metadata.number, find(NUMBER).filter(|number| number.chars().count() < 60));
    set(&mut metadata.status, first(pairs, STATUS, |text| status_of(text, date(FROM))));
    set(&mut metadata.url, first(pairs, URL, |text| text.starts_with("http").then(|| text.to_owned())));
    set(&mut metadata.jurisdiction, first(pairs, COUNTRY, jurisdiction_of));
    set(&mut metadata.language, first(pairs, LANGUAGE, |text| text.parse::<Language>().ok()));
    set(&mut metadata.kind, first(pairs, KIND, kind_of));
    set(&mut metadata.licence, find(&["licence", "license"]));
    set(&mut metadata.note, find(&["note"]));
    set(&mut metadata.authority, first(pairs, &["authority"], |text| text.parse::<Authority>().ok()));
}

/// Whether a key names a fact about the document, not a piece of its text.
pub(super) fn is_fact(key: &str) -> bool {
    let key = key.to_lowercase();
    [TITLE, TITLE_EN, DATE, AS_OF, FROM, NUMBER, STATUS, URL, COUNTRY, LANGUAGE, KIND]
        .iter()
        .any(|keys| keys.contains(&key.as_str()))
}

/// Whether a key, in small letters and with `_` between its words, has an effect.
pub(super) fn is_known(key: &str) -> bool {
    is_fact(key) || matches!(key, "licence" | "license" | "note" | "authority")
}

fn set<T>(field: &mut Option<T>, value: Option<T>) {
    if field.is_none() {
        *field = value;
    }
}

fn first<T>(pairs: &[(String, String)], keys: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    keys.iter().find_map(|wanted| {
        pairs
            .iter()
            .filter(|(key, value)| {
                !value.trim().is_empty() && key.to_lowercase().replace([' ', '-'], "_") == *wanted
            })
            .find_map(|(_, value)| parse(value.trim()))
    })
}

/// `2003-10-31`, `20031031`, `2003-10-31T00:00`, `2003/10/31`, `31.10.2003`; not the dates that stand for "none".
pub(super) fn date_of(text: &str) -> Option<LegalDate> {
    let text = text.trim();
    let compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let written = if compact {
        format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
    } else {
        let head: String =
            text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')).collect();
        let pieces: Vec<&str> = head.split(['-', '/', '.']).filter(|p| !p.is_empty()).collect();
        match pieces[..] {
            [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
            [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
            [year, month] => format!("{year}-{month:0>2}"),
            [year] => year.to_owned(),
            _ => return None,
        }
    };
    let placeholder = matches!(written.as_str(), "1900-01-01" | "1970-01-01" | "0001-01-01");
    written.parse().ok().filter(|date: &LegalDate| !placeholder && (1200..=2100).contains(&date.year()))
}

pub(super) fn status_of(text: &str, from: Option<LegalDate>) -> Option<Status> {
    let name = text.to_lowercase().replace([' ', '-'], "_");
    match name.as_str() {
        "in_force" | "vigente" | "en_vigueur" | "amended" | "시행" | "current" | "in_kraft" | "現行"
        | "现行有效" | "有效" => Some(Status::InForce { since: from }),
        "not_yet_in_force" | "pending" | "시행예정" | "尚未生效" => {
            Some(Status::NotYetInForce { from })
        }
        "repealed" | "derogado" | "derogada" | "abrogé" | "abrogated" | "폐지" | "已废止" | "廢" => {
            Some(Status::Repealed { on: None })
        }
        "superseded" | "replaced" => Some(Status::Superseded { on: None }),
        "draft" | "bill" | "proyecto" | "first_reading" | "second_reading" => Some(Status::Draft),
        _ => text.parse().ok(),
    }
}

pub(super) fn jurisdiction_of(text: &str) -> Option<Jurisdiction> {
    let code = text.to_lowercase();
    let code = match code.as_str() {
        "uk" => "gb",
        code => code.split('-').next().unwrap_or(code),
    };
    code.parse().ok().or_else(|| Jurisdiction::find(text))
}

pub(super) fn kind_of(text: &str) -> Option<WorkKind> {
    let name = text.to_lowercase();
    if let Ok(kind) = name.parse() {
        return Some(kind);
    }
    match name.as_str() {
        "código" | "codigo" | "gesetzbuch" | "kodeks" | "кодекс" => Some(WorkKind::Code),
        "constitución" | "constitucion" | "verfassung" | "grunnlov" | "헌법" => {
            Some(WorkKind::Constitution)
        }
        "law" | "ley" | "loi" | "lov" | "laki" | "lag" | "llei" | "seadus" | "법률" | "法律" | "nomos"
        | "zakon" | "gesetz" | "statute" | "public-general-act" => Some(WorkKind::Act),
        "decreto" | "décret" | "decreto-ley" | "decreto legislativo" | "ordonnance" | "ordinance" => {
            Some(WorkKind::Decree)
        }
        "reglamento" | "règlement" | "verordnung" | "forskrift" | "대통령령" | "命令" => {
            Some(WorkKind::Regulation)
        }
        "convention" | "agreement" | "tratado" => Some(WorkKind::Treaty),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_under_the_names_that_sources_give_them() {
        let pairs = [
            ("titulo", "Ley de prueba"),
            ("fecha_publicacion", "2019-03-01"),
            ("ultima_actualizacion", "2222-02-02"),
            ("estado", "vigente"),
            ("fuente", "https://example.org/ley"),
            ("pais", "cl"),
            ("rango", "ley"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()));
        let mut metadata = Metadata::default();
        fill(&mut metadata, &pairs);
        assert_eq!(metadata.title.as_deref(), Some("Ley de prueba"));
        assert_eq!(metadata.date.map(|d| d.to_string()).as_deref(), Some("2019-03-01"));
        assert_eq!(metadata.as_of, None, "the year 2222 says that there is none");
        assert_eq!(metadata.status, Some(Status::InForce { since: None }));
        assert_eq!(metadata.kind, Some(WorkKind::Act));
        assert_eq!(metadata.jurisdiction.map(|j| j.code().to_owned()).as_deref(), Some("cl"));
    }

    #[test]
    fn dates_are_read_in_the_forms_that_sources_use() {
        for text in ["20220622", "2022-06-22", "2022-06-22T00:00:00", "22.6.2022", "2022/6/22"] {
            assert_eq!(date_of(text).map(|d| d.to_string()).as_deref(), Some("2022-06-22"), "{text}");
        }
        assert_eq!(date_of("1900-01-01"), None);
        assert_eq!(date_of("99991231"), None);
    }
}
