//! Specimens in many languages, and what holds for all of them.

use std::collections::HashSet;

use merida_law::{Language, Level, Provision, ProvisionKind, WorkKind};

use super::{Structured, build};
use crate::draft::{Block, BlockKind, ink};

/// Lines of our own Markdown kind: `# ` a heading, `- ` an item, `| ` a table, `^ ` a footnote; `@ kind|label|heading`
/// a unit that the format states; other lines are paragraphs.
fn blocks(text: &str) -> Vec<Block> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let line = line.trim();
            let of = |kind, text: &str| Block { kind, ..Block::paragraph(text, None) };
            if let Some(rest) = line.strip_prefix("@ ") {
                let mut fields = rest.splitn(3, '|').map(str::to_owned);
                let kind = fields.next().and_then(|kind| kind.parse::<ProvisionKind>().ok());
                let label = fields.next().unwrap_or_default();
                let heading = fields.next().unwrap_or_default();
                let depth = u16::from(kind.is_none_or(|kind| kind.level() != Level::Container));
                return of(BlockKind::Unit { kind, label, heading, depth }, "");
            }
            for (mark, kind) in [
                ("## ", BlockKind::Heading(2)),
                ("# ", BlockKind::Heading(1)),
                ("- ", BlockKind::ListItem),
                ("| ", BlockKind::Table),
                ("^ ", BlockKind::Footnote),
            ] {
                if let Some(rest) = line.strip_prefix(mark) {
                    return of(kind, rest);
                }
            }
            of(BlockKind::Paragraph, line)
        })
        .collect()
}

fn structured(language: &str, text: &str) -> Structured {
    build(&blocks(text), language.parse::<Language>().expect("a language"), WorkKind::Act, &mut Vec::new())
}

fn outline(provisions: &[Provision], level: Level) -> Vec<String> {
    provisions
        .iter()
        .filter(|p| p.kind.level() == level)
        .map(|p| format!("{}|{}|{}", p.id, p.label, p.heading))
        .collect()
}

/// (language, text, the units expected as `id|label|heading`)
const SPECIMENS: &[(&str, &str, &[&str])] = &[
    (
        "en",
        "# Gifts Act\n## PART I\n## Preliminary\n1. Short title\nThis Act may be cited by its name.\n2. Meaning of gift\n(1) A gift is a benefit.\n(2) It includes—\n(a) money; and\n(b) a favour.\n## PART II\n3. Taking a gift\nAn official who takes a gift commits an offence.\nSCHEDULE 1\nForms of declaration\nForm A is used by officials.",
        &[
            "preamble||",
            "sec_1|1.|Short title",
            "sec_2|2.|Meaning of gift",
            "sec_3|3.|Taking a gift",
            "sched_1__para_1||",
        ],
    ),
    (
        "en",
        "# Treaty\nArticle 1. Purpose\nThe parties work together.\nArticle 2. Offences\n1. Each party makes bribery an offence.\n2. Article 1 applies to it.\nArticle 5 bis. Later rule\nIt was added.",
        &[
            "preamble||",
            "art_1|Article 1.|Purpose",
            "art_2|Article 2.|Offences",
            "art_5bis|Article 5 bis.|Later rule",
        ],
    ),
    (
        "es",
        "## TÍTULO I\n## Disposiciones generales\n## Artículo 1.- Objeto. Esta ley trata de regalos.\n## Artículo 2.- Regalo. Es regalo toda ventaja.\nSegún lo dispuesto por el\nartículo 9, nadie regala.\n## Artículo 2 bis.- Excepción. No lo es un saludo.",
        &["art_1|Artículo 1.|Objeto.", "art_2|Artículo 2.|Regalo.", "art_2bis|Artículo 2 bis.|Excepción."],
    ),
    (
        "de",
        "## Erster Abschnitt\n## Geschenke\n## § 1 Begriff\n(1) Geschenk ist jeder Vorteil.\n(2) Nach § 2 Absatz 1 wird bestraft.\n## § 1a Ausnahme\nEin Gruß ist keines.\n## § 2 Annahme\nWer annimmt, wird bestraft.",
        &["sec_1|§ 1|Begriff", "sec_1a|§ 1a|Ausnahme", "sec_2|§ 2|Annahme"],
    ),
    (
        "fr",
        "## Livre Ier : Des cadeaux\n## Article L. 1-1\nUn cadeau est un avantage.\n## Article L. 1-2\nNul ne l'accepte.",
        &["art_l1-1|Article L. 1-1|", "art_l1-2|Article L. 1-2|"],
    ),
    (
        "zh-Hans",
        "## 第一章 总则\n第一条 为了规范礼品，制定本法。\n第二条 礼品是指利益。\n（一）金钱；\n（二）好处。\n第一百三十三条之一 增加的规定。",
        &["art_1|第一条|", "art_2|第二条|", "art_133-1|第一百三十三条之一|"],
    ),
    (
        "ja",
        "## 第一章 総則\n（目的）\n第一条\n　贈物を定める。\n（定義）\n第一条の二\n　利益をいう。",
        &["art_1|第一条|目的", "art_1-2|第一条の二|定義"],
    ),
    (
        "ko",
        "## 제1장 총칙\n## 제1조 (목적)\n선물을 정한다.\n## 제2조의2(정의)\n① 이익을 말한다.\n② 인사는 아니다.",
        &["art_1|제1조|목적", "art_2-2|제2조의2|정의"],
    ),
    (
        "ar",
        "## المادة الأولى\nالهدية منفعة.\n## المادة الثانية\nلا يقبلها أحد.\n## المادة الثانية مكرر\nنص أضيف.\n## المادة 24\nنص أخير.",
        &[
            "art_1|المادة الأولى|",
            "art_2|المادة الثانية|",
            "art_2bis|المادة الثانية مكرر|",
            "art_24|المادة 24|",
        ],
    ),
    (
        "ru",
        "Глава 1. Общие положения\nСтатья 1. Подарок\nПодарком считается выгода.\nСтатья 1.1. Исключение\nПривет не подарок.\nСтатья 2. Запрет\n1. Брать нельзя.\n2. Давать нельзя.",
        &["art_1|Статья 1.|Подарок", "art_1.1|Статья 1.1.|Исключение", "art_2|Статья 2.|Запрет"],
    ),
    (
        "hu",
        "@ section|1. §|\n1. § (1) Az ajándék előny.\n(2) Nem vehető el.\n@ section|2. §|\n2. § A törvény hatályba lép.\n1. cikk\nElső szöveg.\n2. cikk\nMásodik szöveg.\n3. cikk\nHarmadik szöveg.",
        &["sec_1|1. §|", "sec_2|2. §|", "art_1|1. cikk|", "art_2|2. cikk|", "art_3|3. cikk|"],
    ),
    (
        "fi",
        "## 1 luku. Yleistä\n## 1 § Tavoite\nLahja on etu.\n## 2 § Kielto\nLahjaa ei oteta.\n## 2 luku. Muuta\n## 1 § Voimaan\nLaki tulee voimaan.",
        &["sec_1|1 §|Tavoite", "sec_2|2 §|Kielto", "chp_2__sec_1|1 §|Voimaan"],
    ),
    (
        "bn",
        "@ section|2|2. উপহার\n১৷ (১) উপহার সুবিধা।\n@ section|3|3. নিষেধ\n২৷ কেহ লইবে না।\n@ section|4|4. দণ্ড\n৩৷ দণ্ড হইবে।\n@ section|5|5. শেষ\n৪৷ কার্যকর হইবে।",
        &["sec_1|১৷|উপহার", "sec_2|২৷|নিষেধ", "sec_3|৩৷|দণ্ড", "sec_4|৪৷|শেষ"],
    ),
    (
        "lt",
        "@ article|189 straipsnis.|Pajamos\n1. Tekstas.\n@ article|1891 straipsnis.|Turtas\nTekstas.\n@ article|190 straipsnis.|Sąvokos\nTekstas.",
        &[
            "art_189|189 straipsnis.|Pajamos",
            "art_189-1|1891 straipsnis.|Turtas",
            "art_190|190 straipsnis.|Sąvokos",
        ],
    ),
    (
        "ka",
        "@ article|მუხლი 339^1.|ქრთამის მიცემა\n1. ტექსტი.\n@ article|მუხლი 340.|საჩუქარი\nტექსტი.",
        &["art_339-1|მუხლი 339^1.|ქრთამის მიცემა", "art_340|მუხლი 340.|საჩუქარი"],
    ),
    (
        "vi",
        "## Chương I\n## QUY ĐỊNH CHUNG\nĐiều 1. Quà tặng\nQuà tặng là lợi ích.\nĐiều 2. Cấm\n1. Không ai được nhận.\n2. Không ai được đưa.",
        &["art_1|Điều 1.|Quà tặng", "art_2|Điều 2.|Cấm"],
    ),
    (
        "id",
        "## BAB I\n## KETENTUAN UMUM\nPasal 1\nHadiah adalah keuntungan.\nPasal 12B\n(1) Tidak seorang pun menerimanya.\n(2) Lambaian bukan hadiah.",
        &["art_1|Pasal 1|", "art_12b|Pasal 12B|"],
    ),
    (
        "th",
        "หมวด ๑\nบททั่วไป\nมาตรา ๑ ของขวัญคือประโยชน์\nมาตรา ๒ ห้ามรับ\n(๑) เงิน\n(๒) สิ่งของ",
        &["sec_1|มาตรา ๑|", "sec_2|มาตรา ๒|"],
    ),
    (
        "pl",
        "Rozdział 1\nPrzepisy ogólne\nArt. 1. § 1. Prezent jest korzyścią.\n§ 2. Nikt go nie bierze.\nArt. 2a. Ukłon nie jest prezentem.",
        &["art_1|Art. 1.|", "art_2a|Art. 2a.|"],
    ),
    (
        "uk",
        "@ article|Стаття 5.|Дарунок\n1. Дарунок є вигодою.\n2. Його не беруть.\n@ article|Стаття 5-1.|Виняток\nПривіт не дарунок.",
        &["art_5|Стаття 5.|Дарунок", "art_5-1|Стаття 5-1.|Виняток"],
    ),
    (
        "cs",
        "## ČÁST PRVNÍ\n## Dary\n## § 1\n(1) Dar je prospěch.\n## Zákaz\n## § 2\nNikdo jej nebere.\n## Výjimka\n## § 3\nPozdrav darem není.",
        &["sec_1|§ 1|", "sec_2|§ 2|Zákaz", "sec_3|§ 3|Výjimka"],
    ),
];

#[test]
fn the_units_of_each_specimen_are_where_a_lawyer_looks_for_them() {
    for (language, text, expected) in SPECIMENS {
        let found = outline(&structured(language, text).provisions, Level::Unit);
        assert_eq!(found, *expected, "help: {language}");
    }
}

#[test]
fn nothing_is_lost_ids_are_unique_and_parents_come_first() {
    let mut texts: Vec<(&str, String)> =
        SPECIMENS.iter().map(|(language, text, _)| (*language, (*text).to_owned())).collect();
    texts.push(("en", "Plain words.\nMore of them.\n| a\tb\n^ 1 A note.".to_owned()));
    texts.push(("es", "- suelto\n# Título\nArtículo 1. Uno\nArtículo 1. Uno\nArtículo 1. Uno".to_owned()));
    for (language, text) in texts {
        let blocks = blocks(&text);
        let built = build(&blocks, language.parse().expect("a language"), WorkKind::Act, &mut Vec::new());
        let stated = |block: &Block| match &block.kind {
            BlockKind::Unit { label, heading, .. } => ink(label) + ink(heading),
            _ => 0,
        };
        let read: u64 = blocks.iter().map(|block| stated(block) + ink(&block.text)).sum();
        let placed: u64 =
            built.provisions.iter().map(|p| ink(&p.label) + ink(&p.heading) + ink(&p.text)).sum();
        let left: u64 = built.left_out.iter().map(|omission| omission.chars).sum();
        assert_eq!(read, placed + left, "help: characters of {language}: {text}");
        assert!(
            built.left_out.iter().all(|o| o.reason != "no place was found"),
            "help: {language}: {:?}",
            built.left_out
        );
        let mut seen = HashSet::new();
        for provision in &built.provisions {
            assert!(
                provision.parent.as_ref().is_none_or(|parent| seen.contains(parent)),
                "{language}: {}",
                provision.id
            );
            assert!(seen.insert(provision.id.clone()), "{language}: {} twice", provision.id);
        }
    }
}

#[test]
fn parts_nest_and_tables_and_notes_stand_in_their_unit() {
    let built = structured(
        "en",
        "## Article 12\n1. Each of these counts:\n(a) money;\n(b) a favour.\n2. None may be taken.\n| rank\tlimit\n^ 3 Added later.",
    );
    let ids: Vec<String> = built.provisions.iter().map(|p| p.id.to_string()).collect();
    assert_eq!(
        ids,
        [
            "art_12",
            "art_12__para_1",
            "art_12__para_1__point_a",
            "art_12__para_1__point_b",
            "art_12__para_2",
            "art_12__table_1",
            "art_12__fn_1"
        ]
    );
}

#[test]
fn a_table_of_contents_opens_nothing() {
    let contents: String = (1..=6).map(|n| format!("Article {n}. Title {n}\n")).collect();
    let text: String = (1..=6)
        .map(|n| format!("## Article {n}. Title {n}\n{}\n", "Many words of the article. ".repeat(20)))
        .collect();
    let built = structured("en", &format!("CONTENTS\n{contents}{text}"));
    let units = outline(&built.provisions, Level::Unit);
    assert_eq!(units.len(), 7, "{units:?}");
    assert!(units[0].starts_with("preamble") && units[6].starts_with("art_6"), "{units:?}");
}

#[test]
fn an_older_wording_follows_the_one_in_force() {
    let built = structured(
        "es",
        "## Artículo 3. Regalos\nTexto vigente.\n## Artículo 3. Regalos\nTexto anterior.\n## Artículo 4. Fin\nTexto.",
    );
    let ids: Vec<String> = built.provisions.iter().map(|p| p.id.to_string()).collect();
    assert_eq!(ids, ["art_3", "art_3-dup2", "art_4"]);
}

#[test]
fn a_quoted_amendment_is_text() {
    let built = structured(
        "es",
        "## Artículo 10. Cambio\nSe sustituye el artículo siguiente:\n## Artículo 256: Quien regale será castigado.\n## Artículo 11. Otro\nTexto.\n## Artículo 12. Fin\nTexto.",
    );
    let ids: Vec<String> = built.provisions.iter().map(|p| p.id.to_string()).collect();
    assert_eq!(ids, ["art_10", "art_11", "art_12"]);
}

#[test]
fn hostile_texts_end_quickly() {
    for line in [
        "((((((((((((((((",
        "第第第第第第",
        "§§§§§",
        "1.1.1.1.1.1.1.1",
        "\u{202e}Article 5",
        "Article 99999999999",
        "IIIIIIIIIIIIIII.",
    ] {
        let text = format!("{line}\n").repeat(3000);
        let built = structured("en", &text);
        assert!(!built.provisions.is_empty());
    }
}
