//! Ordinal numbers in words, for the languages whose laws number chapters, or articles, in words.

use super::forms::fold;

/// Stems of the ordinals from the first on, by language: a word is an ordinal if it starts with the stem and adds an
/// ending of at most four letters. An empty stem stands for a number without one. Stems are folded (lower case, no
/// diacritics).
const STEMS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
    ),
    (
        "en",
        &[
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
    ),
    (
        "es",
        &[
            "primer",
            "segund",
            "tercer",
            "cuart",
            "quint",
            "sext",
            "septim",
            "octav",
            "noven",
            "decim",
            "undecim",
            "duodecim",
            "decimotercer",
            "decimocuart",
            "decimoquint",
            "decimosext",
            "decimoseptim",
            "decimooctav",
            "decimonoven",
            "vigesim",
        ],
    ),
    ("es", &["unic", "", "", "", "", "", "setim", "", "non", "", "decimoprimer", "decimosegund"]),
    (
        "pt",
        &[
            "primeir", "segund", "terceir", "quart", "quint", "sext", "setim", "oitav", "non", "decim",
            "undecim", "duodecim",
        ],
    ),
    ("pt", &["unic"]),
    ("ca", &["primer", "segon", "tercer", "quart", "cinque", "sise", "sete", "vuite", "nove", "dese"]),
    (
        "fr",
        &[
            "premier",
            "deuxiem",
            "troisiem",
            "quatriem",
            "cinquiem",
            "sixiem",
            "septiem",
            "huitiem",
            "neuviem",
            "dixiem",
            "onziem",
            "douziem",
            "treiziem",
            "quatorziem",
            "quinziem",
            "seiziem",
        ],
    ),
    ("fr", &["unique", "second"]),
    ("it", &["prim", "second", "terz", "quart", "quint", "sest", "settim", "ottav", "non", "decim"]),
    (
        "de",
        &[
            "erst",
            "zweit",
            "dritt",
            "viert",
            "funft",
            "sechst",
            "siebent",
            "acht",
            "neunt",
            "zehnt",
            "elft",
            "zwolft",
            "dreizehnt",
            "vierzehnt",
            "funfzehnt",
            "sechzehnt",
            "siebzehnt",
            "achtzehnt",
            "neunzehnt",
            "zwanzigst",
            "einundzwanzigst",
            "zweiundzwanzigst",
            "dreiundzwanzigst",
            "vierundzwanzigst",
            "funfundzwanzigst",
            "sechsundzwanzigst",
            "siebenundzwanzigst",
            "achtundzwanzigst",
            "neunundzwanzigst",
            "dreissigst",
            "einunddreissigst",
            "zweiunddreissigst",
        ],
    ),
    ("de", &["", "", "", "", "", "", "siebt"]),
    ("nl", &["eerst", "tweed", "derd", "vierd", "vijfd", "zesd", "zevend", "achtst", "negend", "tiend"]),
    ("sv", &["forst", "andr", "tredj", "fjard", "femt", "sjatt", "sjund", "atton", "nion", "tion"]),
    ("da", &["først", "and", "tredj", "fjerd", "femt", "sjett", "syvend", "ottend", "niend", "tiend"]),
    ("nb", &["først", "ann", "tredj", "fjerd", "femt", "sjett", "sjuend", "åttend", "niend", "tiend"]),
    ("nn", &["først", "ann", "tredj", "fjerd", "femt", "sjett", "sjuand", "åttand", "niand", "tiand"]),
    (
        "ru",
        &[
            "перв",
            "втор",
            "трет",
            "четверт",
            "пят",
            "шест",
            "седьм",
            "восьм",
            "девят",
            "десят",
            "одиннадцат",
            "двенадцат",
            "тринадцат",
            "четырнадцат",
            "пятнадцат",
        ],
    ),
    ("uk", &["перш", "друг", "трет", "четверт", "пят", "шост", "сьом", "восьм", "девят", "десят"]),
    (
        "bg",
        &[
            "първ",
            "втор",
            "трет",
            "четвърт",
            "пет",
            "шест",
            "седм",
            "осм",
            "девет",
            "десет",
            "единадесет",
            "дванадесет",
            "тринадесет",
        ],
    ),
    ("sr", &["прв", "друг", "трећ", "четврт", "пет", "шест", "седм", "осм", "девет", "десет"]),
    (
        "hr",
        &[
            "prv",
            "drug",
            "trec",
            "cetvrt",
            "pet",
            "sest",
            "sedm",
            "osm",
            "devet",
            "deset",
            "jedanaest",
            "dvanaest",
            "trinaest",
            "cetrnaest",
            "petnaest",
        ],
    ),
    (
        "sl",
        &[
            "prv",
            "drug",
            "tretj",
            "cetrt",
            "pet",
            "sest",
            "sedm",
            "osm",
            "devet",
            "deset",
            "enajst",
            "dvanajst",
            "trinajst",
            "stirinajst",
            "petnajst",
            "sestnajst",
            "sedemnajst",
            "osemnajst",
            "devetnajst",
            "dvajset",
            "enaindvajset",
            "dvaindvajset",
            "triindvajset",
            "stiriindvajset",
            "petindvajset",
            "sestindvajset",
            "sedemindvajset",
            "osemindvajset",
            "devetindvajset",
            "trideset",
            "enaintrideset",
            "dvaintrideset",
            "triintrideset",
            "stiriintrideset",
            "petintrideset",
            "sestintrideset",
        ],
    ),
    (
        "cs",
        &[
            "prvni", "druh", "treti", "ctvrt", "pat", "sest", "sedm", "osm", "devat", "desat", "jedenact",
            "dvanact", "trinact", "ctrnact",
        ],
    ),
    ("sk", &["prv", "druh", "tret", "stvrt", "piat", "siest", "siedm", "osm", "deviat", "desiat"]),
    ("pl", &["pierwsz", "drug", "trzec", "czwart", "piat", "szost", "siodm", "osm", "dziewiat", "dziesiat"]),
    (
        "el",
        &[
            "πρωτ",
            "δευτερ",
            "τριτ",
            "τεταρτ",
            "πεμπτ",
            "εκτ",
            "εβδομ",
            "ογδο",
            "ενατ",
            "δεκατ",
            "ενδεκατ",
            "δωδεκατ",
        ],
    ),
    ("lt", &["pirm", "antr", "trec", "ketvirt", "penkt", "sest", "septint", "astunt", "devint", "desimt"]),
    ("lv", &["pirm", "otr", "tres", "ceturt", "piekt", "sest", "septit", "astot", "devit", "desmit"]),
    (
        "hu",
        &[
            "elso",
            "masodik",
            "harmadik",
            "negyedik",
            "otodik",
            "hatodik",
            "hetedik",
            "nyolcadik",
            "kilencedik",
            "tizedik",
        ],
    ),
    (
        "tr",
        &[
            "birinci",
            "ikinci",
            "ucuncu",
            "dorduncu",
            "besinci",
            "altinci",
            "yedinci",
            "sekizinci",
            "dokuzuncu",
            "onuncu",
        ],
    ),
    ("az", &["birinci", "ikinci", "ucuncu", "dorduncu", "besinci", "altinci", "yeddinci", "səkkizinci"]),
    ("id", &["pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan"]),
    ("id", &["kesatu", "", "", "", "", "", "", "kelapan"]),
    ("sw", &["kwanza", "pili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa", "kumi"]),
    (
        "ka",
        &["პირველ", "მეორე", "მესამე", "მეოთხე", "მეხუთე", "მეექვსე", "მეშვიდე", "მერვე", "მეცხრე", "მეათე"],
    ),
    ("bn", &["প্রথম", "দ্বিতীয", "তৃতীয", "চতুর্থ", "পঞ্চম", "ষষ্ঠ", "সপ্তম", "অষ্টম", "নবম", "দশম"]),
    ("hi", &["प्रथम", "द्वितीय", "तृतीय", "चतुर्थ", "पंचम", "षष्ठ", "सप्तम", "अष्टम", "नवम", "दशम"]),
    ("fa", &["اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"]),
    ("ur", &["اول", "دوم", "سوم", "چہارم", "پنجم", "ششم", "ہفتم", "ہشتم", "نہم", "دہم"]),
    ("ro", &["intai", "", "", "", "", "", "", "", "", ""]),
    ("vi", &["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"]),
];

/// Tens before another ordinal (`vigésimo primero`, `двадцать первая`, `twenty-first`), folded.
const TENS: &[(&str, &str, u32)] = &[
    ("es", "decim", 10),
    ("es", "vigesim", 20),
    ("es", "trigesim", 30),
    ("es", "cuadragesim", 40),
    ("es", "quincuagesim", 50),
    ("es", "sexagesim", 60),
    ("pt", "decim", 10),
    ("pt", "vigesim", 20),
    ("pt", "trigesim", 30),
    ("en", "twenty", 20),
    ("en", "thirty", 30),
    ("ru", "двадцать", 20),
    ("ru", "тридцать", 30),
    ("bg", "двадесет", 20),
    ("hr", "dvadeset", 20),
    ("hr", "trideset", 30),
    ("el", "εικοστ", 20),
    ("el", "δεκατ", 10),
    ("cs", "dvacat", 20),
    ("uk", "двадцять", 20),
    ("lt", "dvidesimt", 20),
    ("sw", "kumi", 10),
    ("ro", "", 0),
];

/// Reads the ordinal in words at the start of `text`: its value and its length in bytes.
pub(super) fn read(text: &str, language: &str) -> Option<(u32, usize)> {
    match language {
        "ar" => return arabic(text),
        "he" => return hebrew(text),
        _ => {}
    }
    let family = family(language);
    let word = word_at(text);
    if word.is_empty() || word.len() > 60 {
        return None;
    }
    let folded = fold(word);
    if let Some(tens) = TENS.iter().find(|t| t.0 == family && !t.1.is_empty() && close(&folded, t.1)) {
        let gap = text[word.len()..].len() - text[word.len()..].trim_start_matches([' ', '-', 'y']).len();
        let after = &text[word.len() + gap..];
        let after = after.strip_prefix("и ").unwrap_or(after);
        let next = word_at(after);
        if gap > 0
            && let Some(unit) = unit(&fold(next), family).filter(|unit| *unit < 10)
        {
            return Some((tens.2 + unit, text.len() - after.len() + next.len()));
        }
        return Some((tens.2, word.len()));
    }
    let value = unit(&folded, family)?;
    Some((value, word.len()))
}

/// Languages that share their ordinals with another's entry above.
fn family(language: &str) -> &str {
    match language {
        "no" => "nb",
        "bs" => "hr",
        "ms" => "id",
        "mk" => "bg",
        "kk" | "ky" | "be" => "ru",
        "gl" => "es",
        other => other,
    }
}

fn unit(folded: &str, language: &str) -> Option<u32> {
    let mut best: Option<(usize, u32)> = None;
    for (_, stems) in STEMS.iter().filter(|entry| entry.0 == language) {
        for (place, stem) in stems.iter().enumerate() {
            if !stem.is_empty() && close(folded, stem) && best.is_none_or(|(length, _)| stem.len() > length) {
                best = Some((stem.len(), u32::try_from(place).unwrap_or(0) + 1));
            }
        }
    }
    // Serbian is written in both alphabets.
    if best.is_none() && language == "sr" {
        return unit(folded, "hr");
    }
    best.map(|(_, value)| value)
}

fn close(word: &str, stem: &str) -> bool {
    word.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= 4)
}

fn word_at(text: &str) -> &str {
    let end = text
        .find(|c: char| {
            !(c.is_alphabetic() || ('\u{900}'..='\u{dff}').contains(&c) || matches!(c, '\u{300}'..='\u{36f}'))
        })
        .unwrap_or(text.len());
    &text[..end]
}

/// Arabic ordinals, feminine or masculine, to the hundreds: `الثالثة والعشرون بعد المائة`.
fn arabic(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut end = 0;
    let mut at = 0;
    let mut taken = 0;
    while at < text.len() && taken < 8 {
        let rest = &text[at..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
        let word = arabic_word(&rest[gap..]);
        if word.is_empty() {
            break;
        }
        let folded = fold_arabic(word);
        let plain = strip_arabic(&folded);
        let joined = folded.starts_with('و') && folded != "واحد" && folded != "واحده";
        if plain == "بعد" && taken > 0 {
            at += gap + word.len();
            continue;
        }
        let Some(worth) = arabic_value(plain) else { break };
        // `التاسعة عشرة` adds without a conjunction; other sums are joined by one.
        let sum = taken == 0 || joined || (worth == 10 && value < 10) || worth >= 100 || value >= 100;
        if !sum {
            break;
        }
        value += worth;
        at += gap + word.len();
        end = at;
        taken += 1;
    }
    (value > 0).then_some((value, end))
}

fn arabic_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !matches!(c, '\u{621}'..='\u{652}' | '\u{670}'..='\u{6d3}'))
        .unwrap_or(text.len());
    &text[..end]
}

/// Alef, yeh and teh marbuta in one form; marks and tatweel dropped; lam-alef put back in order where a PDF reversed it.
pub(super) fn fold_arabic(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{64b}'..='\u{652}' | '\u{670}' | 'ـ' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            'ئ' | 'ؤ' | 'ء' => folded.push('ء'),
            other => folded.push(other),
        }
    }
    if let Some(rest) = folded.strip_prefix("اال") {
        return format!("الا{rest}");
    }
    folded
}

fn strip_arabic(folded: &str) -> &str {
    let word = match folded {
        "واحد" | "واحده" | "وحيده" => folded,
        _ => folded.strip_prefix('و').unwrap_or(folded),
    };
    word.strip_prefix("ال").unwrap_or(word)
}

fn arabic_value(word: &str) -> Option<u32> {
    Some(match word {
        "اولي" | "اول" | "واحد" | "واحده" | "حادي" | "حاديه" | "وحيده" | "فريده" => {
            1
        }
        "ثاني" | "ثانيه" => 2,
        "ثالث" | "ثالثه" => 3,
        "رابع" | "رابعه" => 4,
        "خامس" | "خامسه" => 5,
        "سادس" | "سادسه" => 6,
        "سابع" | "سابعه" => 7,
        "ثامن" | "ثامنه" => 8,
        "تاسع" | "تاسعه" => 9,
        "عاشر" | "عاشره" | "عشر" | "عشره" => 10,
        "عشرون" | "عشرين" => 20,
        "ثلاثون" | "ثلاثين" => 30,
        "اربعون" | "اربعين" => 40,
        "خمسون" | "خمسين" => 50,
        "ستون" | "ستين" => 60,
        "سبعون" | "سبعين" => 70,
        "ثمانون" | "ثمانين" => 80,
        "تسعون" | "تسعين" => 90,
        "ماءه" | "مءه" | "مايه" | "مائه" => 100,
        "ماءتين" | "مءتين" | "ماءتان" | "مءتان" => 200,
        "ثلاثماءه" | "ثلاثمءه" => 300,
        "اربعماءه" | "اربعمءه" => 400,
        "خمسماءه" | "خمسمءه" => 500,
        "ستماءه" | "ستمءه" => 600,
        "سبعماءه" | "سبعمءه" => 700,
        "ثمانماءه" | "ثمانمءه" | "ثمانيماءه" => 800,
        "تسعماءه" | "تسعمءه" => 900,
        "الف" => 1000,
        _ => return None,
    })
}

/// Hebrew letters as numerals (`פרק ב'`), and the first ordinals.
fn hebrew(text: &str) -> Option<(u32, usize)> {
    const WORDS: &[&str] =
        &["ראשו", "שני", "שלישי", "רביעי", "חמישי", "שישי", "שביעי", "שמיני", "תשיעי", "עשירי"];
    let end = text
        .find(|c: char| !(matches!(c, '\u{5d0}'..='\u{5ea}' | '\'' | '"' | '׳' | '״')))
        .unwrap_or(text.len());
    let word = &text[..end];
    if let Some(place) = WORDS.iter().position(|stem| word.starts_with(stem)) {
        return Some((u32::try_from(place).unwrap_or(0) + 1, end));
    }
    let letters = word.chars().filter(|c| !matches!(c, '\'' | '"' | '׳' | '״'));
    let mut value = 0;
    let mut count = 0;
    for letter in letters {
        const VALUES: &str = "אבגדהוזחטיכלמנסעפצקרשת";
        let place = u32::try_from(VALUES.chars().position(|c| c == letter)?).ok()?;
        value += match place {
            0..=9 => place + 1,
            10..=17 => (place - 8) * 10,
            _ => (place - 17) * 100,
        };
        count += 1;
    }
    (count > 0 && count <= 3).then_some((value, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_in_words_are_read() {
        let cases = [
            ("First", "en", 1),
            ("Twenty-first", "en", 21),
            ("PRIMERO", "es", 1),
            ("Vigésimo segundo", "es", 22),
            ("Décima tercera", "es", 13),
            ("Première", "fr", 1),
            ("Erster", "de", 1),
            ("Dreiundzwanzigster", "de", 23),
            ("Eerste", "nl", 1),
            ("Første", "nb", 1),
            ("ПЕРВАЯ", "ru", 1),
            ("Prvo", "sl", 1),
            ("Štiriindvajseto", "sl", 24),
            ("PRVNÍ", "cs", 1),
            ("τέταρτο", "el", 4),
            ("Tatu", "sw", 3),
            ("Birinci", "tr", 1),
            ("الحادية عشرة", "ar", 11),
            ("السادسة والثلاثون", "ar", 36),
            ("األولى", "ar", 1),
            ("المائة", "ar", 100),
            ("الخامسة بعد المائتين", "ar", 205),
            ("ב'", "he", 2),
            ("Първа", "bg", 1),
        ];
        for (text, language, expected) in cases {
            assert_eq!(read(text, language), Some((expected, text.len())), "help: {text} in {language}");
        }
        assert_eq!(read("persons", "en"), None);
    }
}
