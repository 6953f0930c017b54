//! Forms of a word that must meet, by language: what is typed finds what is written, and is marked in it.

use merida_index::{Card, Entry, Index, Request, Settings};
use merida_law::{Authority, ExpressionUri, Jurisdiction, Language, Status, WorkKind, WorkUri};

/// An index that holds `text` in `language`, between two texts that have nothing to do with it.
fn index(language: &str, text: &str) -> Index {
    let index = Index::in_memory(Settings { writer_threads: 1, search_threads: 1, ..Settings::default() })
        .expect("sound");
    let mut writer = index.writer().expect("sound");
    let language: Language = language.parse().expect("sound");
    for (number, (language, text)) in [
        (language, text),
        (Language::EN, "Quarterly harbour timetable"),
        (Language::ES, "Horario trimestral"),
    ]
    .iter()
    .enumerate()
    {
        let work = WorkUri::new(Jurisdiction::INTERNATIONAL, WorkKind::Act, None, &number.to_string());
        let card = Card {
            expression: ExpressionUri::new(work, *language, None, 1),
            authority: Authority::Unverified,
            title: "0".into(),
            title_en: None,
            jurisdiction: Jurisdiction::INTERNATIONAL,
            kind: WorkKind::Act,
            date: None,
            status: Status::Unknown,
        };
        let entry = Entry {
            id: "art_1".parse().expect("sound"),
            label: String::new(),
            heading: String::new(),
            text: (*text).to_owned(),
            language: *language,
            curated: Vec::new(),
            suggested: Vec::new(),
        };
        writer.put(card, [entry]).expect("sound");
    }
    writer.commit(1).expect("sound");
    index
}

macro_rules! meet {
    ($($name:ident $language:literal { $($typed:literal => $written:literal $(marks $marked:literal)?),* $(,)? })*) => {
        $(
            #[test]
            fn $name() {
                let mut missed = Vec::new();
                $(
                    let found = index($language, $written).search(&Request { literal: true, ..Request::new($typed) }).expect("sound");
                    let hit = found.works.first().and_then(|work| work.provisions.first())
                        .filter(|hit| hit.snippet.text == $written);
                    match hit {
                        None => missed.push(format!("{} does not find {}", $typed, $written)),
                        Some(hit) => {
                            let chars: Vec<char> = hit.snippet.text.chars().collect();
                            let marked: Vec<String> = hit.snippet.marks.iter()
                                .map(|mark| chars[mark.0 as usize..mark.1 as usize].iter().collect()).collect();
                            if marked.is_empty() {
                                missed.push(format!("{} marks nothing in {}", $typed, $written));
                            }
                            $(
                                if marked.join("|") != $marked {
                                    missed.push(format!("{} marks {marked:?} in {}", $typed, $written));
                                }
                            )?
                        }
                    }
                )*
                assert!(missed.is_empty(), "{missed:#?}");
            }
        )*
    };
}

meet! {
    english "en" {
        "bribe" => "Whoever offers bribes" marks "bribes",
        "officials" => "the official's duty" marks "official",
        "criminalise" => "conduct is criminalised",
        "forfeiture" => "non-conviction based forfeiture" marks "forfeiture",
        "cooperation" => "co\u{ad}operation shall follow" marks "co\u{ad}operation",
        "ＢＲＩＢＥＲＹ" => "bribery",
    }
    french "fr" {
        "agent" => "la faute de l'agent public" marks "agent",
        "agents" => "L’agent public",
        "penalite" => "les pénalités et la pénalité" marks "pénalité",
        "enrichissements" => "un enrichissement illicite" marks "enrichissement",
        "œuvre" => "mise en oeuvre",
    }
    spanish "es" {
        "enriquecimiento ilicito" => "Enriquecimiento ilícito",
        "corrupciones" => "la corrupción" marks "corrupción",
        "funcionaria" => "los funcionarios" marks "funcionarios",
    }
    portuguese "pt" { "corrupcao" => "A corrupção passiva" marks "corrupção", "funcionário" => "funcionários públicos" marks "funcionários" }
    italian_by_default_rules "it" { "atto" => "omissione dell'atto d'ufficio" marks "atto", "ufficio" => "dell'ufficio d'ufficio" }
    catalan "ca" { "autoritat" => "l'autoritat i les autoritats", "funcionaris" => "el funcionari" marks "funcionari" }
    romanian "ro" { "functionar" => "un funcționar", "mită" => "luarea de mita" marks "mita", "funcționarului" => "funcţionarul" marks "funcţionarul" }
    german "de" { "bestechung" => "Bestechungen", "strasse" => "Straße" marks "Straße", "amtsträger" => "den Amtsträgern" marks "Amtsträgern" }
    dutch "nl" { "ambtenaar" => "de ambtenaar", "omkoping" => "omkopingen" }
    danish "da" { "bestikkelse" => "bestikkelsen" marks "bestikkelsen" }
    swedish "sv" { "muta" => "mutor", "tjänsteman" => "tjansteman" }
    norwegian_bokmal "nb" { "korrupsjon" => "korrupsjonen" marks "korrupsjonen" }
    norwegian_nynorsk "nn" { "straff" => "straffa" }
    finnish "fi" { "korruptio" => "korruption" marks "korruption", "rangaistukset" => "rangaistuksen" }
    estonian "et" { "ametnikud" => "ametnikule", "altkaemaksu" => "altkäemaksu" }
    hungarian "hu" { "hivatal" => "a hivatalban" marks "hivatalban", "vesztegetes" => "vesztegetés" }
    polish "pl" { "korupcja" => "korupcji", "lapowka" => "łapówka" marks "łapówka" }
    czech "cs" { "úředník" => "úředníka", "uplatek" => "úplatek" }
    croatian "hr" { "mito" => "mita", "sluzbenik" => "službenik" }
    serbian_in_both_scripts "sr" { "корупција" => "корупције", "korupcija" => "корупција" marks "корупција" }
    slovene "sl" { "podkupnina" => "podkupnine", "uradnik" => "uradniku" }
    lithuanian "lt" { "kyšis" => "kyšio", "korupcija" => "korupcijos" }
    latvian "lv" { "kukulis" => "kukuli", "amatpersona" => "amatpersonas" }
    turkish "tr" { "rüşvet" => "rüşvetin", "istanbul" => "İstanbul'un" marks "İstanbul", "IRMAK" => "ırmak" }
    vietnamese "vi" { "hối lộ" => "Tội nhận hối lộ" marks "hối lộ", "hoi lo" => "nhận hối lộ", "hối lộ" => "ho\u{302}\u{301}i lo\u{323}\u{302}" }
    malay "ms" { "rasuah" => "rasuah itu", "hukuman" => "dihukum" }
    swahili "sw" { "rushwa" => "kosa la rushwa" marks "rushwa" }
    russian "ru" { "взятка" => "получение взятки" marks "взятки", "самолет" => "самолёт" marks "самолёт", "должностное лицо" => "должностному лицу" }
    ukrainian "uk" { "хабар" => "хабарі", "об'єкт" => "об’єкти", "посадова особа" => "посадовою особою" }
    bulgarian "bg" { "подкуп" => "подкупът", "длъжностно лице" => "длъжностното лице" }
    greek "el" { "διαφθορα" => "η διαφθορά" marks "διαφθορά", "δωροδοκία" => "ΔΩΡΟΔΟΚΙΑ", "υπάλληλος" => "υπάλληλοι", "νομος" => "ΝΌΜΟΣ" }
    arabic "ar" {
        "رشوة" => "جريمة الرشوة" marks "الرشوة",
        "الرشوه" => "الرَّشْوَةُ",
        "موظف عام" => "الموظفين العامين",
        "اختلاس" => "والاختلاس" marks "والاختلاس",
        "٣٠" => "المادة 30" marks "30",
        "إثراء" => "الاثراء",
        "كسب" => "الكـسـب",
        "قانون" => "للقانون",
    }
    georgian "ka" { "ქრთამი" => "ქრთამის" }
    bengali "bn" { "ঘুষ" => "ঘুষের", "১২" => "ধারা 12" marks "12" }
    thai "th" { "สินบน" => "การรับสินบนของเจ้าพนักงาน" marks "สินบน", "๑๔๙" => "มาตรา 149" marks "149" }
    chinese_simplified "zh-Hans" { "受贿" => "国家工作人员受贿的" marks "受贿", "影响力交易" => "利用影响力交易罪" marks "影响力交易" }
    chinese_traditional "zh-Hant" { "賄賂" => "收受賄賂罪" marks "賄賂" }
    japanese "ja" { "収賄" => "公務員の収賄罪" marks "収賄", "ﾏﾈｰ" => "マネー・ローンダリング" }
    korean "ko" { "뇌물" => "뇌물을 수수한 공무원" marks "뇌물", "공무원" => "공무원이" marks "공무원" }
    another_language "mt" { "korruzzjoni" => "Il-korruzzjoni" marks "korruzzjoni" }
}

#[test]
fn a_negation_is_always_looked_for() {
    for (language, negation, text) in [
        ("fr", "sans", "sans autorisation"),
        ("es", "sin", "sin licencia"),
        ("ru", "не", "не является"),
        ("ar", "لا", "لا يجوز"),
        ("en", "without", "without lawful excuse"),
    ] {
        let found = index(language, text).search(&Request::new(format!("\"{negation}\""))).expect("sound");
        assert_eq!(found.total_provisions, 1, "{negation}");
    }
}
