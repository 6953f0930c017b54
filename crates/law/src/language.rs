//! The languages in which laws are written.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::work::named;

/// A language, and its script where that matters: `en`, `zh-Hant`, `sr-Latn`. Ordered by code.
///
/// Regions are not kept: `pt-BR` is `pt`. Where a region decides the script it is read so: `zh-TW` is `zh-Hant`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(u8);

/// The way in which a line of text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// The text names no language that we know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a language we know: write a BCP 47 or ISO 639 code such as en, fra or zh-Hant, or und"
)]
pub struct ParseLanguageError(String);

/// Names a constant for each of the languages that code speaks of.
macro_rules! constants {
    ($($name:ident $code:literal $english:literal)*) => {
        $(
            #[doc = $english]
            pub const $name: Self = Self(row_of(DATA, $code));
        )*
    };
}

impl Language {
    constants! {
        AR "ar" "Arabic."
        DE "de" "German."
        EN "en" "English."
        ES "es" "Spanish."
        FA "fa" "Persian."
        FR "fr" "French."
        HE "he" "Hebrew."
        HI "hi" "Hindi."
        ID "id" "Indonesian."
        IT "it" "Italian."
        JA "ja" "Japanese."
        KM "km" "Khmer."
        KO "ko" "Korean."
        LO "lo" "Lao."
        MY "my" "Burmese."
        NL "nl" "Dutch."
        PL "pl" "Polish."
        PT "pt" "Portuguese."
        RU "ru" "Russian."
        SR "sr" "Serbian, in Cyrillic unless said otherwise."
        SR_LATN "sr-Latn" "Serbian in Latin script."
        SW "sw" "Swahili."
        TH "th" "Thai."
        TR "tr" "Turkish."
        UK "uk" "Ukrainian."
        UND "und" "Not determined."
        UR "ur" "Urdu."
        VI "vi" "Vietnamese."
        ZH "zh" "Chinese, in simplified script unless said otherwise."
        ZH_HANS "zh-Hans" "Chinese in simplified script."
        ZH_HANT "zh-Hant" "Chinese in traditional script."
    }

    /// The official languages of the United Nations, in the order of their names in English.
    pub const UN: [Self; 6] = [Self::AR, Self::ZH, Self::EN, Self::FR, Self::RU, Self::ES];

    /// Every language that we know, by code; [`Language::UND`] is among them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(Self).take(TABLE.languages.len())
    }

    /// The code, as BCP 47 writes it: `en`, `zh-Hant`.
    pub fn bcp47(self) -> &'static str {
        self.row().code
    }

    /// The ISO 639-3 code: `eng`. The script is lost: `zho` for `zh-Hant`.
    pub fn iso639_3(self) -> &'static str {
        self.row().iso639_3
    }

    /// The code without its script: `zh` for `zh-Hant`.
    pub fn primary(self) -> &'static str {
        self.bcp47().split('-').next().unwrap_or_default()
    }

    /// The script in which it is written, by its ISO 15924 code: `Latn`, `Arab`, `Hant`; `Zyyy` if undetermined.
    pub fn script(self) -> &'static str {
        self.row().script
    }

    /// The way in which a line of it runs.
    pub fn direction(self) -> Direction {
        self.row().direction
    }

    /// Its name in itself, written as in the middle of a sentence: `français`.
    pub fn autonym(self) -> &'static str {
        self.row().autonym
    }

    /// Its name in an official language of the United Nations, else in English; written as in the middle of a sentence.
    pub fn name_in(self, language: Self) -> &'static str {
        self.row().names[language.column()]
    }

    /// Its name in English.
    pub fn english_name(self) -> &'static str {
        self.name_in(Self::EN)
    }

    /// The place of this language in [`Language::UN`], whatever its script; that of English for others. The columns of
    /// names in the data stand in this order.
    pub(crate) fn column(self) -> usize {
        match self.primary() {
            "ar" => 0,
            "zh" => 1,
            "fr" => 3,
            "ru" => 4,
            "es" => 5,
            _ => 2,
        }
    }

    fn row(self) -> &'static Row {
        &TABLE.languages[usize::from(self.0)]
    }

    /// The same language in the script that one subtag names or implies, if that makes another language for us.
    fn in_script_of(self, subtag: &str) -> Option<Self> {
        match (self.primary(), subtag) {
            ("zh", "hans" | "cn" | "sg" | "my") => Some(Self::ZH_HANS),
            ("zh", "hant" | "tw" | "hk" | "mo") => Some(Self::ZH_HANT),
            ("sr", "latn" | "me") => Some(Self::SR_LATN),
            ("sr", "cyrl") => Some(Self::SR),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.bcp47())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({self})")
    }
}

impl FromStr for Language {
    type Err = ParseLanguageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| ParseLanguageError(text.chars().take(40).collect()))
    }
}

fn read(text: &str) -> Option<Language> {
    let code = text.trim().to_ascii_lowercase().replace('_', "-");
    let is_subtag = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
    if !code.split('-').all(is_subtag) {
        return None;
    }
    let mut subtags = code.split('-');
    let language = *TABLE.by_code.get(subtags.next()?)?;
    // A subtag of one letter opens an extension, which says nothing about the script.
    let said = subtags.take_while(|subtag| subtag.len() > 1).find_map(|s| language.in_script_of(s));
    Some(said.unwrap_or(language))
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.bcp47())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Direction {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::Ltr, Self::Rtl];

    /// `ltr` or `rtl`, as HTML writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

named!(Direction, "direction");

const DATA: &str = include_str!("../data/languages.tsv");

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

struct Table {
    languages: Vec<Row>,
    /// By primary subtag, ISO 639 code or former code, lower case.
    by_code: HashMap<String, Language>,
}

struct Row {
    code: &'static str,
    iso639_3: &'static str,
    script: &'static str,
    direction: Direction,
    autonym: &'static str,
    names: [&'static str; 6],
}

impl Table {
    fn read() -> Self {
        let mut table = Self { languages: Vec::new(), by_code: HashMap::new() };
        for (index, [code, iso639_3, script, direction, autonym, ar, zh, en, fr, ru, es, others]) in
            (0..=u8::MAX).zip(rows(DATA))
        {
            let plain = if code.contains('-') { None } else { Some([code, iso639_3]) };
            let codes =
                plain.into_iter().flatten().chain(others.split('|').filter(|other| !other.is_empty()));
            table.by_code.extend(codes.map(|c| (c.to_ascii_lowercase(), Language(index))));
            let direction = if direction == "rtl" { Direction::Rtl } else { Direction::Ltr };
            let names = [ar, zh, en, fr, ru, es];
            table.languages.push(Row { code, iso639_3, script, direction, autonym, names });
        }
        table
    }
}

/// The rows of a tab-separated table of `N` columns; lines that begin with `#` are remarks.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

/// The row whose first cell is `code`, counted as [`rows`] does. It runs while compiling, where a code that is missing
/// is an error.
pub(crate) const fn row_of(table: &str, code: &str) -> u8 {
    let (table, code) = (table.as_bytes(), code.as_bytes());
    let (mut at, mut row) = (0, 0);
    while at < table.len() {
        if table[at] != b'#' {
            if begins_with_cell(table, at, code) {
                return row;
            }
            row += 1;
        }
        while at < table.len() && table[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    panic!("no row of the table has this code")
}

const fn begins_with_cell(table: &[u8], at: usize, cell: &[u8]) -> bool {
    let mut i = 0;
    while i < cell.len() {
        if at + i >= table.len() || table[at + i] != cell[i] {
            return false;
        }
        i += 1;
    }
    at + i < table.len() && table[at + i] == b'\t'
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMISED: &str = "ar zh zh-Hans zh-Hant en fr ru es de pt it ca nl pl cs sk sl ro hu bg uk sr hr bs mk el \
        tr sv da nb nn is fi et lv lt mt sq hy ka az kk ky uz tk tg mn id ms fil vi th km lo my ja ko hi bn ur fa ps \
        ne si ta te mr gu pa he am ti so sw rw rn zu xh af st tn ny sn mg ht lb ga cy eu gl be bo dv dz ku und sr-Latn";

    fn parse(text: &str) -> Language {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn every_language_survives_the_round_trip() {
        for language in Language::all() {
            assert_eq!(parse(language.bcp47()), language);
            assert_eq!(parse(&language.bcp47().to_uppercase()), language);
            assert_eq!(parse(&language.to_string()), language);
            assert_eq!(parse(language.iso639_3()).primary(), language.primary());
        }
    }

    #[test]
    fn every_promised_language_is_there() {
        for code in PROMISED.split_whitespace() {
            assert_eq!(parse(code).bcp47(), code);
        }
    }

    #[test]
    fn data_are_whole_and_in_order() {
        assert!(DATA.lines().filter(|l| !l.starts_with('#')).all(|l| l.split('\t').count() == 12));
        assert!(Language::all().map(Language::bcp47).is_sorted());
        for language in Language::all() {
            assert_eq!(language.iso639_3().len(), 3, "{language}");
            assert_eq!(language.script().len(), 4, "{language}");
            assert!(!language.autonym().is_empty(), "{language}");
            assert!(Language::UN.iter().all(|&un| !language.name_in(un).is_empty()), "{language}");
        }
        for (_, language) in TABLE.by_code.iter().filter(|(code, _)| code.len() == 2 && code.as_str() != "sh")
        {
            assert!(!language.bcp47().contains('-'), "{language}");
        }
    }

    #[test]
    fn the_official_languages_stand_in_the_order_of_the_columns() {
        for (column, language) in Language::UN.into_iter().enumerate() {
            assert_eq!(language.column(), column, "{language}");
            assert_eq!(language.name_in(language).to_lowercase(), language.autonym().to_lowercase());
        }
        assert_eq!(Language::UN.map(Language::bcp47), ["ar", "zh", "en", "fr", "ru", "es"]);
    }

    #[test]
    fn codes_of_every_habit_are_read() {
        let cases = [
            ("EN", "en"),
            ("en-GB", "en"),
            ("pt-BR", "pt"),
            ("pt_BR", "pt"),
            (" fra ", "fr"),
            ("fre", "fr"),
            ("ger", "de"),
            ("deu", "de"),
            ("eng", "en"),
            ("zho", "zh"),
            ("chi", "zh"),
            ("cmn-Hant", "zh-Hant"),
            ("zho-Hans", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("zh-Hant-HK", "zh-Hant"),
            ("zh-Hans-TW", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh-u-nu-hans", "zh"),
            ("sr-Latn-RS", "sr-Latn"),
            ("srp-Latn", "sr-Latn"),
            ("sr-Cyrl", "sr"),
            ("sh", "sr-Latn"),
            ("uz-Cyrl", "uz"),
            ("no", "nb"),
            ("nor", "nb"),
            ("iw", "he"),
            ("in", "id"),
            ("tl", "fil"),
            ("tgl", "fil"),
            ("mo", "ro"),
            ("und", "und"),
        ];
        for (text, code) in cases {
            assert_eq!(parse(text).bcp47(), code, "{text}");
        }
    }

    #[test]
    fn what_is_no_language_says_what_to_write() {
        for text in ["", "-", "e", "en-", "english", "xx", "en@2010", "zh Hans", "en--GB", "qqq", "العربية"]
        {
            let error = text.parse::<Language>().expect_err(text);
            assert!(error.to_string().contains("write a BCP 47"), "{error}");
        }
    }

    #[test]
    fn scripts_and_directions_are_known() {
        for code in ["ar", "fa", "ur", "ps", "he", "dv", "ckb"] {
            assert_eq!(parse(code).direction(), Direction::Rtl, "{code}");
        }
        assert_eq!(Language::EN.direction().as_str(), "ltr");
        assert_eq!(Language::AR.script(), "Arab");
        assert_eq!(Language::ZH_HANT.script(), "Hant");
        assert_eq!(Language::SR.script(), "Cyrl");
        assert_eq!(Language::SR_LATN.script(), "Latn");
        assert_eq!(Language::ZH_HANT.iso639_3(), "zho");
        assert_eq!(Language::ZH_HANT.primary(), "zh");
    }

    #[test]
    fn names_fall_back_to_english() {
        assert_eq!(Language::FR.name_in(Language::RU), "французский");
        assert_eq!(Language::FR.name_in(Language::ZH_HANT), "法语");
        assert_eq!(Language::FR.name_in(Language::KO), "French");
        assert_eq!(Language::FR.english_name(), "French");
        assert_eq!(Language::ES.autonym(), "español");
    }

    #[test]
    fn json_holds_the_code() {
        assert_eq!(serde_json::to_string(&Language::ZH_HANT).unwrap(), "\"zh-Hant\"");
        assert_eq!(serde_json::from_str::<Language>("\"eng\"").unwrap(), Language::EN);
        assert!(serde_json::from_str::<Language>("\"klingon\"").is_err());
    }
}
