//! The languages that have an analyser.

use std::ops::Range;

use frostem::Algorithm;
use merida_law::Language;
use serde::{Serialize, Serializer};
use unicode_normalization::char::is_combining_mark;

use super::split::is_apostrophe;

/// A language as the index analyses it. Languages that differ only in script or spelling share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(u8);

/// A script, as far as words are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Georgian,
    Armenian,
    Devanagari,
    Bengali,
    Tamil,
    Ethiopic,
    /// Thai, Lao, Khmer, Burmese: written without spaces, cut by dictionary.
    SouthEastAsian,
    /// Han, kana and hangul: indexed by characters and pairs of them.
    Cjk,
    Digit,
    Other,
}

impl Script {
    /// Whether words of this script may hold an apostrophe.
    pub(super) fn is_alphabet(self) -> bool {
        matches!(
            self,
            Self::Latin | Self::Cyrillic | Self::Greek | Self::Georgian | Self::Armenian | Self::Hebrew
        )
    }
}

/// How words of a language are brought to one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// By a Snowball stemmer.
    Snowball(Algorithm),
    /// By stripping the endings that `index/endings.toml` lists.
    Endings,
    /// By the light stemmer for Arabic.
    LightArabic,
    /// With diacritics kept, where they make another word of it.
    Accented,
    /// Pairs of characters.
    Pairs,
    /// By folding alone.
    Folded,
}

struct Row {
    code: &'static str,
    primaries: &'static [&'static str],
    scripts: &'static [Script],
    form: Form,
}

const fn row(
    code: &'static str,
    primaries: &'static [&'static str],
    scripts: &'static [Script],
    form: Form,
) -> Row {
    Row { code, primaries, scripts, form }
}

use Form::{Accented, Endings, Folded, LightArabic, Pairs, Snowball};
use Script::{
    Arabic, Armenian, Bengali, Cjk, Cyrillic, Devanagari, Ethiopic, Georgian, Greek, Hebrew, Latin, Other,
    SouthEastAsian, Tamil,
};

/// Codes are two bytes: they stand before each term of the analysed fields.
const ROWS: [Row; 56] = [
    row("xx", &[], &[Latin, Cyrillic, Arabic, Other], Folded),
    row("ar", &["ar"], &[Arabic], LightArabic),
    row("bg", &["bg", "mk"], &[Cyrillic], Endings),
    row("bn", &["bn"], &[Bengali], Endings),
    row("ca", &["ca"], &[Latin], Snowball(Algorithm::Catalan)),
    row("cs", &["cs"], &[Latin], Snowball(Algorithm::Czech)),
    row("da", &["da"], &[Latin], Snowball(Algorithm::Danish)),
    row("de", &["de", "lb"], &[Latin], Snowball(Algorithm::German)),
    row("el", &["el"], &[Greek], Snowball(Algorithm::Greek)),
    row("en", &["en"], &[Latin], Snowball(Algorithm::English)),
    row("es", &["es", "gl"], &[Latin], Snowball(Algorithm::Spanish)),
    row("et", &["et"], &[Latin], Snowball(Algorithm::Estonian)),
    row("eu", &["eu"], &[Latin], Snowball(Algorithm::Basque)),
    row("fa", &["fa", "ps"], &[Arabic], Snowball(Algorithm::Persian)),
    row("fi", &["fi"], &[Latin], Snowball(Algorithm::Finnish)),
    row("fr", &["fr"], &[Latin], Snowball(Algorithm::French)),
    row("ga", &["ga"], &[Latin], Snowball(Algorithm::Irish)),
    row("hi", &["hi", "mr"], &[Devanagari], Snowball(Algorithm::Hindi)),
    row("hu", &["hu"], &[Latin], Snowball(Algorithm::Hungarian)),
    row("hy", &["hy"], &[Armenian], Snowball(Algorithm::Armenian)),
    row("id", &["id", "ms"], &[Latin], Snowball(Algorithm::Indonesian)),
    row("it", &["it"], &[Latin], Snowball(Algorithm::Italian)),
    row("ja", &["ja"], &[Cjk], Pairs),
    row("ka", &["ka"], &[Georgian], Endings),
    row("ko", &["ko"], &[Cjk], Pairs),
    row("lt", &["lt"], &[Latin], Snowball(Algorithm::Lithuanian)),
    row("lv", &["lv"], &[Latin], Endings),
    row("ne", &["ne"], &[Devanagari], Snowball(Algorithm::Nepali)),
    row("nl", &["nl", "af"], &[Latin], Snowball(Algorithm::Dutch)),
    row("no", &["nb", "nn", "no"], &[Latin], Snowball(Algorithm::Norwegian)),
    row("pl", &["pl"], &[Latin], Snowball(Algorithm::Polish)),
    row("pt", &["pt"], &[Latin], Snowball(Algorithm::Portuguese)),
    row("ro", &["ro"], &[Latin], Snowball(Algorithm::Romanian)),
    row("ru", &["ru", "be"], &[Cyrillic], Snowball(Algorithm::Russian)),
    row("sl", &["sl"], &[Latin], Endings),
    // The stemmer writes both scripts in Latin letters, so that they meet.
    row("sr", &["sr", "hr", "bs", "cnr", "sh"], &[Latin, Cyrillic], Snowball(Algorithm::Serbian)),
    row("sv", &["sv"], &[Latin], Snowball(Algorithm::Swedish)),
    row("sw", &["sw"], &[Latin], Endings),
    row("ta", &["ta"], &[Tamil], Snowball(Algorithm::Tamil)),
    row("th", &["th"], &[SouthEastAsian], Folded),
    row("tr", &["tr"], &[Latin], Snowball(Algorithm::Turkish)),
    row("uk", &["uk"], &[Cyrillic], Endings),
    row("vi", &["vi"], &[Latin], Accented),
    row("zh", &["zh", "yue", "lzh"], &[Cjk], Pairs),
    row("km", &["km"], &[SouthEastAsian], Folded),
    row("lo", &["lo"], &[SouthEastAsian], Folded),
    row("my", &["my"], &[SouthEastAsian], Folded),
    row("he", &["he"], &[Hebrew], Endings),
    row("kk", &["kk"], &[Cyrillic], Endings),
    row("sq", &["sq"], &[Latin], Endings),
    row("mt", &["mt"], &[Latin], Endings),
    row("is", &["is", "fo"], &[Latin], Endings),
    row("am", &["am"], &[Ethiopic], Endings),
    row("az", &["az"], &[Latin], Endings),
    row("sk", &["sk"], &[Latin], Endings),
    row("ur", &["ur"], &[Arabic], Endings),
];

impl Lang {
    /// The analyser of languages that have none of their own.
    pub const OTHER: Self = Self(0);

    /// The analyser of `language`.
    pub fn of(language: Language) -> Self {
        Self::of_primary(language.primary())
    }

    fn of_primary(primary: &str) -> Self {
        Self::all().find(|lang| lang.row().primaries.contains(&primary)).unwrap_or(Self::OTHER)
    }

    /// Every analyser.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..56).map(Self)
    }

    /// How it brings words to one form, in a few words, with the library that does it.
    pub fn method(self) -> String {
        let splits = self.row().scripts.contains(&SouthEastAsian);
        match self.form() {
            Form::Snowball(algorithm) => {
                let name = format!("{algorithm:?}");
                let parts = if super::compound::knows(self) { "; compounds to their parts" } else { "" };
                let then = if super::stem::has_endings(self) { ", then endings" } else { "" };
                format!("Snowball stemmer, {name} (frostem){then}{parts}")
            }
            Form::Endings if super::stem::has_clitics(self) => {
                "endings and words written together with the next (`index/endings.toml`)".to_owned()
            }
            Form::Endings => "endings (`index/endings.toml`)".to_owned(),
            Form::LightArabic => "light stemmer of our own, with regular broken plurals".to_owned(),
            Form::Accented => "words as written, with their diacritics".to_owned(),
            Form::Pairs if self.code() == "zh" => {
                "pairs of characters and single ones, simplified (hanconv)".to_owned()
            }
            Form::Pairs => "pairs of characters and single ones".to_owned(),
            Form::Folded if splits => "words cut by dictionary (icu_segmenter)".to_owned(),
            Form::Folded => "words as written, folded".to_owned(),
        }
    }

    /// Its code: two letters.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|lang| lang.code() == code)
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whether text of this language may hold words of `script`.
    pub(crate) fn writes(self, script: Script) -> bool {
        self.row().scripts.contains(&script)
    }

    /// Whether words of `script` have a form of their own in the analysed fields.
    pub(super) fn stems(self, script: Script) -> bool {
        !matches!(self.form(), Form::Folded | Form::Pairs) && self.writes(script)
    }

    /// Whether pairs of characters stand in the analysed fields.
    pub(crate) fn pairs(self) -> bool {
        self.form() == Form::Pairs
    }

    pub(super) fn form(self) -> Form {
        self.row().form
    }

    pub(super) fn is_turkish(self) -> bool {
        matches!(self.code(), "tr" | "az")
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.0)]
    }

    /// `word` without what an apostrophe ties to it.
    ///
    /// French, Italian, Catalan: `l'agent` is `agent`; English: `officer's` is `officer`; Turkish: `Türkiye'nin` is
    /// `Türkiye`; in Cyrillic the apostrophe belongs to the word.
    pub(super) fn without_elision(self, word: &str) -> &str {
        match at_apostrophe(word) {
            None => word,
            Some((before, after)) if self.keeps_after(&word[before.clone()]) => &word[after],
            Some((before, _)) => &word[before],
        }
    }

    /// Whether the word is what follows the apostrophe: what stands before is short where it is elided.
    pub(super) fn keeps_after(self, before: &str) -> bool {
        before.chars().count() <= 2 || before.to_lowercase().ends_with("qu") || self.elides_long(before)
    }

    fn elides_long(self, before: &str) -> bool {
        const ARTICLES: [&str; 8] = ["dell", "all", "dall", "nell", "sull", "quell", "un", "coll"];
        matches!(self.code(), "it" | "fr" | "ca") && ARTICLES.contains(&before.to_lowercase().as_str())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// The parts of a word before and after its first apostrophe; none where there is none, or it is a letter as in
/// Ukrainian.
pub(super) fn at_apostrophe(word: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (at, apostrophe) = word.char_indices().find(|&(_, c)| is_apostrophe(c))?;
    if script(word.chars().next()?) == Some(Cyrillic) {
        return None;
    }
    Some((0..at, at + apostrophe.len_utf8()..word.len()))
}

/// The script of a character that belongs to a word or number; none for anything else.
pub(crate) fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '0'..='9' | '０'..='９' => Script::Digit,
        '\0'..='\u{a9}' => return None,
        '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if c.is_alphanumeric() => {
            Script::Latin
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' if c.is_alphabetic() => Script::Greek,
        '\u{400}'..='\u{52f}' if !is_combining_mark(c) => Script::Cyrillic,
        '\u{531}'..='\u{587}' if c.is_alphabetic() => Script::Armenian,
        '\u{5d0}'..='\u{5f2}' => Script::Hebrew,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Script::Digit,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            if c.is_alphabetic() && !is_combining_mark(c) && c != '\u{640}' =>
        {
            Script::Arabic
        }
        '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}' | '\u{e50}'..='\u{e59}' => Script::Digit,
        '\u{900}'..='\u{97f}' if c.is_alphabetic() && !is_combining_mark(c) => Script::Devanagari,
        '\u{980}'..='\u{9ff}' if c.is_alphabetic() && !is_combining_mark(c) => Script::Bengali,
        '\u{b80}'..='\u{bff}' if c.is_alphabetic() && !is_combining_mark(c) => Script::Tamil,
        '\u{e01}'..='\u{e3a}'
        | '\u{e40}'..='\u{e4e}'
        | '\u{e80}'..='\u{ecf}'
        | '\u{edc}'..='\u{edf}'
        | '\u{1000}'..='\u{103f}'
        | '\u{1780}'..='\u{17d3}' => Script::SouthEastAsian,
        '\u{1200}'..='\u{135a}' | '\u{1380}'..='\u{138f}' | '\u{2d80}'..='\u{2dde}' if c.is_alphabetic() => {
            Script::Ethiopic
        }
        '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' if c.is_alphabetic() => Script::Georgian,
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{3131}'..='\u{318e}'
        | '\u{20000}'..='\u{323af}'
        | '\u{31f0}'..='\u{31ff}' => Script::Cjk,
        c if is_combining_mark(c) => return None,
        c if c.is_alphanumeric() => Script::Other,
        _ => return None,
    })
}
