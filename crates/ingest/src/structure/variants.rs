//! The habits of many countries in writing labels, each with its id, label and heading. All texts are ours.

use merida_law::{Level, WorkKind};

use super::build;
use crate::draft::{Block, BlockKind};

/// (language, lines, the unit expected as `id|label|heading`): the label that is tried stands second, between two
/// that set the sequence. `# ` begins a heading.
const LABELS: &[(&str, [&str; 3], &str)] = &[
    ("fr", ["Article 1er", "Article 2", "Article 3"], "art_1|Article 1er|"),
    ("fr", ["Art. 11", "Art. 12 bis", "Art. 13"], "art_12bis|Art. 12 bis|"),
    ("fr", ["Article L. 12-1", "Article L. 12-1-1", "Article L. 12-2"], "art_l12-1-1|Article L. 12-1-1|"),
    ("it", ["Art. 12", "Art. 12-bis", "Art. 13"], "art_12bis|Art. 12-bis|"),
    ("de", ["§ 12", "§ 12a", "§ 13"], "sec_12a|§ 12a|"),
    ("de", ["Artikel 11", "Artikel 12", "Artikel 13"], "art_12|Artikel 12|"),
    ("en", ["Section 3", "Section 4", "Section 5"], "sec_4|Section 4|"),
    ("en", ["4A.", "4B.", "5."], "sec_4b|4B.|"),
    ("es", ["Artículo 4 º", "Artículo 5 º", "Artículo 6 º"], "art_5|Artículo 5 º|"),
    ("es", ["Artículo 12", "Artículo 12 quáter", "Artículo 13"], "art_12quater|Artículo 12 quáter|"),
    ("es", ["ARTÍCULO 11º.-", "ARTÍCULO 12º.-", "ARTÍCULO 13º.-"], "art_12|ARTÍCULO 12º.|"),
    ("es", ["Artículo primero", "Artículo segundo", "Artículo tercero"], "art_2|Artículo segundo|"),
    ("pt", ["Artigo 11.º", "Artigo 12.º-A", "Artigo 13.º"], "art_12-a|Artigo 12.º-A|"),
    ("ja", ["第十二条の二", "第十二条の三", "第十三条"], "art_12-3|第十二条の三|"),
    ("ja", ["第11条", "第12条", "第13条"], "art_12|第12条|"),
    ("zh-Hans", ["第十一条", "第十二条之一", "第十三条"], "art_12-1|第十二条之一|"),
    ("ko", ["제11조", "제12조의2", "제13조"], "art_12-2|제12조의2|"),
    ("id", ["Pasal 12", "Pasal 12 A", "Pasal 13"], "art_12a|Pasal 12 A|"),
    ("vi", ["Điều 12.", "Điều 12a.", "Điều 13."], "art_12a|Điều 12a.|"),
    ("th", ["มาตรา ๑๒", "มาตรา ๑๒ ทวิ", "มาตรา ๑๓"], "sec_12bis|มาตรา ๑๒ ทวิ|"),
    ("th", ["มาตรา 12", "มาตรา 12/1", "มาตรา 13"], "sec_12-1|มาตรา 12/1|"),
    ("fa", ["ماده ۱۱", "ماده ۱۲", "ماده ۱۳"], "art_12|ماده ۱۲|"),
    ("ar", ["المادة 12", "المادة 12 مكرر", "المادة 13"], "art_12bis|المادة 12 مكرر|"),
    ("ar", ["المادة 12", "المادة 12 مكرراً (أ)", "المادة 13"], "art_12bisa|المادة 12 مكرراً (أ)|"),
    ("ar", ["الفصل الأول", "الفصل 2", "الفصل 3"], "art_2|الفصل 2|"),
    ("bg", ["Чл. 12.", "Чл. 12а.", "Чл. 13."], "art_12a|Чл. 12а.|"),
    ("mk", ["Член 11", "Член 12-а", "Член 13"], "art_12-a|Член 12-а|"),
    ("sr", ["Члан 11.", "Члан 12.", "Члан 13."], "art_12|Члан 12.|"),
    ("uk", ["Стаття 12", "Стаття 12-1", "Стаття 13"], "art_12-1|Стаття 12-1|"),
    ("ru", ["Статья 12", "Статья 12.1", "Статья 13"], "art_12.1|Статья 12.1|"),
    ("sv", ["11 §", "12 a §", "13 §"], "sec_12a|12 a §|"),
    ("fi", ["11 §", "12 §", "13 §"], "sec_12|12 §|"),
    ("nl", ["Artikel 11", "Artikel 12 bis", "Artikel 13"], "art_12bis|Artikel 12 bis|"),
    ("nl", ["Artikel 11", "Artikel 12a", "Artikel 13"], "art_12a|Artikel 12a|"),
    ("tr", ["Madde 12-", "Madde 12/A-", "Madde 13-"], "art_12a|Madde 12/A|"),
    ("tr", ["MADDE 11 –", "MADDE 12 –", "MADDE 13 –"], "art_12|MADDE 12|"),
    ("sq", ["Neni 11", "Neni 12", "Neni 13"], "art_12|Neni 12|"),
    ("ro", ["Articolul 12", "Articolul 12^1", "Articolul 13"], "art_12-1|Articolul 12^1|"),
    ("ro", ["Art. 12.", "Art. 12^1.", "Art. 13."], "art_12-1|Art. 12^1.|"),
    ("et", ["§ 12.", "§ 12¹.", "§ 13."], "sec_12-1|§ 12¹.|"),
    ("hu", ["11. §", "12/A. §", "13. §"], "sec_12a|12/A. §|"),
    ("cs", ["§ 11", "§ 12a", "§ 13"], "sec_12a|§ 12a|"),
    ("pl", ["Art. 11.", "Art. 12a.", "Art. 13."], "art_12a|Art. 12a.|"),
    ("lt", ["11 straipsnis.", "12 straipsnis.", "13 straipsnis."], "art_12|12 straipsnis.|"),
    ("lv", ["11. pants.", "12.¹ pants.", "13. pants."], "sec_12-1|12.¹ pants.|"),
    ("el", ["Άρθρο 11", "Άρθρο 12Α", "Άρθρο 13"], "art_12a|Άρθρο 12Α|"),
    ("ka", ["მუხლი 12.", "მუხლი 12¹.", "მუხლი 13."], "art_12-1|მუხლი 12¹.|"),
    ("hy", ["Հոդված 11.", "Հոդված 12.", "Հոդված 13."], "art_12|Հոդված 12.|"),
    ("az", ["Maddə 11.", "Maddə 12-1.", "Maddə 13."], "art_12-1|Maddə 12-1.|"),
    ("sw", ["Ibara ya 11", "Ibara ya 12", "Ibara ya 13"], "art_12|Ibara ya 12|"),
    ("ms", ["Seksyen 11", "Seksyen 12A", "Seksyen 13"], "sec_12a|Seksyen 12A|"),
    ("tl", ["Artikulo 11", "Artikulo 12", "Artikulo 13"], "art_12|Artikulo 12|"),
];

/// A sentence of law in each language, of which no word is a label.
fn sentence(language: &str) -> &'static str {
    match language {
        "fr" => "Nul ne reçoit de cadeau sans l'inscrire au registre.",
        "it" => "Nessuno riceve un dono senza iscriverlo nel registro.",
        "es" => "Nadie recibe un regalo sin anotarlo en el registro.",
        "pt" => "Ninguém recebe um presente sem o inscrever no registo.",
        "de" => "Niemand nimmt ein Geschenk an, ohne es einzutragen.",
        "nl" => "Niemand ontvangt een geschenk zonder het op te schrijven.",
        "ja" => "何人も贈物を受けてはならない。",
        "zh-Hans" => "任何人不得收受礼品。",
        "ko" => "누구든지 선물을 받아서는 아니 된다.",
        "ar" | "fa" => "لا يجوز قبول هدية دون قيدها.",
        "th" => "ห้ามรับของขวัญ",
        "ru" | "uk" | "bg" | "mk" | "sr" => "Никто не берёт подарка без записи.",
        "el" => "Κανείς δεν δέχεται δώρο χωρίς να το γράψει.",
        "ka" => "არავინ იღებს საჩუქარს ჩანაწერის გარეშე.",
        "hy" => "Ոչ ոք նվեր չի ընդունում։",
        _ => "Nobody receives a gift without writing it into the register.",
    }
}

fn units(language: &str, lines: &[String], kind: WorkKind) -> Vec<String> {
    let blocks: Vec<Block> = lines
        .iter()
        .map(|line| match line.strip_prefix("# ") {
            Some(heading) => Block { kind: BlockKind::Heading(2), ..Block::paragraph(heading, None) },
            None => Block::paragraph(line.as_str(), None),
        })
        .collect();
    let language = language.parse().expect("a language");
    build(&blocks, language, kind, &mut Vec::new())
        .provisions
        .iter()
        .filter(|p| p.kind.level() == Level::Unit)
        .map(|p| format!("{}|{}|{}", p.id, p.label, p.heading))
        .collect()
}

#[test]
fn labels_of_many_countries_are_read_as_headings_and_as_lines() {
    let mut wrong = Vec::new();
    for (language, labels, expected) in LABELS {
        for mark in ["", "# "] {
            let lines: Vec<String> = labels
                .iter()
                .flat_map(|label| [format!("{mark}{label}"), sentence(language).to_owned()])
                .collect();
            let found = units(language, &lines, WorkKind::Act);
            if found.len() != 3 || !found.iter().any(|unit| unit == expected) {
                wrong.push(format!("{language} {expected} {mark:?}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "help: labels that are not read:\n{}", wrong.join("\n"));
}

#[test]
fn rules_and_regulations_are_the_units_of_subordinate_law() {
    for word in ["Regulation", "Rule"] {
        let lines: Vec<String> = (4..=7)
            .flat_map(|number| {
                [format!("{word} {number}"), "Nobody receives a gift without writing it down.".to_owned()]
            })
            .collect();
        let found = units("en", &lines, WorkKind::Regulation);
        assert_eq!(found[1], format!("rule_5|{word} 5|"), "help: {found:?}");
    }
}

/// (language, text, the units expected): where headings stand.
const HEADINGS: &[(&str, &str, &[&str])] = &[
    // Side notes that a PDF or Markdown has put on a line above the number.
    (
        "en",
        "PART I\nShort title\n1. (1) This Act may be cited as the Gifts Act.\nMeaning of gift\n2. A gift is any benefit given without payment.\nTaking of gifts\n3. An official who takes a gift commits an offence.\nRegister\n4. The registrar keeps a register of gifts.",
        &[
            "sec_1|1.|Short title",
            "sec_2|2.|Meaning of gift",
            "sec_3|3.|Taking of gifts",
            "sec_4|4.|Register",
        ],
    ),
    // The act's clauses before a treaty whose articles have a word.
    (
        "en",
        "1.\nThis Act may be cited as the Gifts (Treaty) Act.\n2.\nThe treaty set out in the Schedule has the force of law.\n3.\nAn official who takes a gift commits an offence.\nSCHEDULE\nArticle 1\nThe parties work together.\nArticle 2\nThe parties forbid gifts.\nArticle 3\nThe parties keep registers.\nArticle 4\nThe parties meet each year.",
        &[
            "sec_1|1.|",
            "sec_2|2.|",
            "sec_3|3.|",
            "art_1|Article 1|",
            "art_2|Article 2|",
            "art_3|Article 3|",
            "art_4|Article 4|",
        ],
    ),
    // A sentence that was broken to a width is no heading.
    (
        "es",
        "Artículo 1.- Será castigado con las penas que establecen los artículos de la\nLey de Regalos quien reciba uno.\nArtículo 2.- El que diere regalos (\n5) a un funcionario del\nMinisterio será castigado.\nArtículo 3.- Se llevará un registro.",
        &["art_1|Artículo 1.|", "art_2|Artículo 2.|", "art_3|Artículo 3.|"],
    ),
    // Headings that run into the first paragraph or sentence.
    (
        "ca",
        "# Article 1\nRegals 1. Ningú accepta regals. 2. Ningú en dona.\n# Article 2\nRegistre de regals 1. El registre és públic. 2. És gratuït.\n# Article 3\nMesures de control 1. Es fan controls. 2. Són anuals.\n# Article 4\nSancions 1. La multa és de cent. 2. És pública.\n# Article 5\nEntrada en vigor Aquesta llei entra en vigor demà mateix.",
        &[
            "art_1|Article 1|Regals",
            "art_2|Article 2|Registre de regals",
            "art_3|Article 3|Mesures de control",
            "art_4|Article 4|Sancions",
            "art_5|Article 5|Entrada en vigor",
        ],
    ),
    // Numbers that go on beside their label.
    (
        "es",
        "# Artículo 268.- Quien reciba un regalo será castigado.\n# Artículo 268 (1).- Quien lo dé será castigado.\n# Artículo 268 (2).- Quien lo esconda será castigado.\n# Artículo 269.- Se llevará un registro.",
        &[
            "art_268|Artículo 268.|",
            "art_268-1|Artículo 268 (1).|",
            "art_268-2|Artículo 268 (2).|",
            "art_269|Artículo 269.|",
        ],
    ),
    // The codification of Viet Nam: the law's own articles keep their number.
    (
        "vi",
        "Điều 16.1.LQ.1. Quà tặng\nQuà tặng là lợi ích.\nĐiều 16.1.NĐ.2.1. Phạm vi\nNghị định này nói về quà tặng.\nĐiều 16.1.LQ.2. Cấm\nKhông ai được nhận quà.",
        &[
            "art_1|Điều 16.1.LQ.1.|Quà tặng",
            "art_16.1.nd.2.1|Điều 16.1.NĐ.2.1.|Phạm vi",
            "art_2|Điều 16.1.LQ.2.|Cấm",
        ],
    ),
];

#[test]
fn headings_are_found_where_each_country_puts_them() {
    for (language, text, expected) in HEADINGS {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let found: Vec<String> = units(language, &lines, WorkKind::Act)
            .into_iter()
            .filter(|unit| !unit.starts_with("preamble") && !unit.contains("para_"))
            .collect();
        assert_eq!(found, *expected, "help: {text}");
    }
}

#[test]
fn headings_behind_the_unit_before_are_taken_up() {
    let titles = [
        "Regalos",
        "Registro",
        "Sanciones",
        "Multas",
        "Plazos",
        "Recursos",
        "Archivo",
        "Informes",
        "Control",
        "Ayuda",
        "Final",
    ];
    let mut blocks = Vec::new();
    for number in 1..=11 {
        let next = titles.get(number).copied().unwrap_or_default();
        let kind = BlockKind::Unit {
            kind: None,
            label: format!("ARTICULO {number}."),
            heading: String::new(),
            depth: 0,
        };
        let text = format!("Nadie dará un regalo sin escribirlo en el libro {number}.\n{next}");
        blocks.push(Block { kind, ..Block::paragraph(text.trim_end(), None) });
    }
    let built = build(&blocks, "es".parse().expect("a language"), WorkKind::Act, &mut Vec::new());
    let headings: Vec<&str> = built.provisions.iter().map(|p| p.heading.as_str()).collect();
    assert_eq!(headings[1..], titles[1..], "help: {headings:?}");
    assert!(built.provisions.iter().all(|p| p.text.ends_with('.')), "help: {:?}", built.provisions);
}

#[test]
fn an_index_after_the_text_opens_nothing() {
    let mut lines: Vec<String> = (1..=12)
        .flat_map(|n| {
            [format!("Điều {n}. Tên {n}"), "Không ai được nhận quà tặng mà không ghi vào sổ. ".repeat(30)]
        })
        .collect();
    lines.push("# Danh sách điều khoản".to_owned());
    lines.extend((1..=12).map(|n| format!("Điều {n}. Tên {n}")));
    let found = units("vi", &lines, WorkKind::Act);
    assert_eq!(found.len(), 13, "help: {found:?}");
    assert_eq!(found[12], "para_1||Danh sách điều khoản");
}

#[test]
fn articles_in_words_behind_a_treaty_keep_their_words() {
    let mut lines: Vec<String> =
        vec!["Ψηφίζουμε τον νόμο: Άρθρο πρώτο Κυρώνεται η συνθήκη για τα δώρα.".to_owned()];
    lines
        .extend((1..=5).flat_map(|n| {
            [format!("# Άρθρο {n}"), "Κανείς δεν δέχεται δώρο χωρίς να το γράψει.".to_owned()]
        }));
    lines.push(
        "Οι πίνακες τηρούνται. Άρθρο δεύτερο Τηρείται μητρώο δώρων. Άρθρο τρίτο Ο νόμος ισχύει αύριο."
            .to_owned(),
    );
    let found = units("el", &lines, WorkKind::Act);
    for expected in
        ["art_proto|Άρθρο πρώτο|", "art_2|Άρθρο 2|", "art_deytero|Άρθρο δεύτερο|", "art_trito|Άρθρο τρίτο|"]
    {
        assert!(found.iter().any(|unit| unit == expected), "help: {expected} in {found:?}");
    }
}
