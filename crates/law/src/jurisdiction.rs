//! Whose law it is: States, territories, the European Union, and what is international.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Language;
use crate::language::{row_of, rows};
use crate::work::named;

/// A State or territory of ISO 3166-1, `eu`, `xk` or `int`, as Akoma Ntoso writes them: `ke`. Ordered by code.
///
/// Names and the placing in regions are those of the Unicode CLDR and of UN M49. They imply no opinion on the status of
/// any territory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Jurisdiction(u8);

/// The text is not the code of a jurisdiction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not the code of a jurisdiction: write {}", advice(*.meant))]
pub struct ParseJurisdictionError {
    text: String,
    /// The jurisdiction of which the text is the name, if it is one.
    meant: Option<Jurisdiction>,
}

fn advice(meant: Option<Jurisdiction>) -> String {
    match meant {
        Some(jurisdiction) => format!("\"{jurisdiction}\" for {}", jurisdiction.english_name()),
        None => "an ISO 3166-1 code such as ke or KEN, or eu, xk or int".to_owned(),
    }
}

impl Jurisdiction {
    /// No State's: treaties and model laws.
    pub const INTERNATIONAL: Self = Self(row_of(DATA, "int"));
    /// The European Union.
    pub const EUROPEAN_UNION: Self = Self(row_of(DATA, "eu"));

    /// Every jurisdiction, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(Self).take(TABLE.jurisdictions.len())
    }

    /// The jurisdiction of a name: in any official language of the United Nations, in its usual or its official form,
    /// or shortened (`UK`, `Ivory Coast`, `Russian Federation`). Case, accents, punctuation and a leading "the" do not
    /// matter. Codes are read by [`str::parse`].
    pub fn find(name: &str) -> Option<Self> {
        let name = fold(name);
        let known = |name: &str| TABLE.by_name.get(name).copied();
        let plain =
            |form| name.strip_prefix(form).and_then(|rest| known(rest.strip_prefix("the ").unwrap_or(rest)));
        known(&name).or_else(|| FORMS_OF_STATE.iter().find_map(plain))
    }

    /// The code in lower case, as Akoma Ntoso writes it: `ke`, `eu`, `int`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The ISO 3166-1 code of three letters: `KEN`. Beyond that standard: `EUE`, `XKX` and, of our own making, `INT`.
    pub fn alpha3(self) -> &'static str {
        self.row().alpha3
    }

    /// Its usual short name in an official language of the United Nations, else in English.
    pub fn name_in(self, language: Language) -> &'static str {
        self.row().names[language.column()]
    }

    /// Its usual short name in English.
    pub fn english_name(self) -> &'static str {
        self.name_in(Language::EN)
    }

    /// Its region; none for Antarctica, the European Union and what is international.
    pub fn region(self) -> Option<Region> {
        self.sub_region().map(SubRegion::region)
    }

    /// Its part of a region; it has one if it has a region.
    pub fn sub_region(self) -> Option<SubRegion> {
        self.row().sub_region
    }

    /// Where its general law comes from.
    pub fn legal_system(self) -> LegalSystem {
        self.row().legal_system
    }

    fn row(self) -> &'static Row {
        &TABLE.jurisdictions[usize::from(self.0)]
    }
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Jurisdiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jurisdiction({self})")
    }
}

impl FromStr for Jurisdiction {
    type Err = ParseJurisdictionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_lowercase();
        TABLE.by_code.get(code.as_str()).copied().ok_or_else(|| ParseJurisdictionError {
            text: text.chars().take(60).collect(),
            meant: Self::find(text),
        })
    }
}

impl Serialize for Jurisdiction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Jurisdiction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Where the general law of a jurisdiction comes from: its codes, its courts, its law of crimes and of obligations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LegalSystem {
    /// From the codes of continental Europe.
    CivilLaw,
    /// From the decisions of the courts of England, or of those that followed them.
    CommonLaw,
    /// From two or more traditions.
    Mixed,
    /// From custom.
    Customary,
    /// From the law of Islam.
    Islamic,
    /// Not settled, or not known to us.
    Unknown,
}

impl LegalSystem {
    /// Every value.
    pub const ALL: [Self; 6] =
        [Self::CivilLaw, Self::CommonLaw, Self::Mixed, Self::Customary, Self::Islamic, Self::Unknown];

    /// The name in data and addresses: `civil-law`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CivilLaw => "civil-law",
            Self::CommonLaw => "common-law",
            Self::Mixed => "mixed",
            Self::Customary => "customary",
            Self::Islamic => "islamic",
            Self::Unknown => "unknown",
        }
    }
}

named!(LegalSystem, "legal system");

/// A region of the world, by UN M49.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Region {
    Africa,
    Americas,
    Asia,
    Europe,
    Oceania,
}

impl Region {
    /// Every region, by its name in English.
    pub const ALL: [Self; 5] = [Self::Africa, Self::Americas, Self::Asia, Self::Europe, Self::Oceania];

    /// The numeric code of UN M49; it is written with three digits.
    pub const fn m49(self) -> u16 {
        match self {
            Self::Africa => 2,
            Self::Oceania => 9,
            Self::Americas => 19,
            Self::Asia => 142,
            Self::Europe => 150,
        }
    }

    /// The name in data and addresses: `africa`.
    pub fn as_str(self) -> &'static str {
        region_row(self.m49()).slug
    }

    /// Its name in an official language of the United Nations, else in English.
    pub fn name_in(self, language: Language) -> &'static str {
        region_row(self.m49()).names[language.column()]
    }

    /// Its parts, by their names in English.
    pub fn sub_regions(self) -> impl Iterator<Item = SubRegion> {
        SubRegion::ALL.into_iter().filter(move |part| part.region() == self)
    }
}

named!(Region, "region");

/// A part of a region, by UN M49. Sub-Saharan Africa stands in its four parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SubRegion {
    AustraliaAndNewZealand,
    CentralAsia,
    EasternAfrica,
    EasternAsia,
    EasternEurope,
    LatinAmericaAndTheCaribbean,
    Melanesia,
    Micronesia,
    MiddleAfrica,
    NorthernAfrica,
    NorthernAmerica,
    NorthernEurope,
    Polynesia,
    SouthEasternAsia,
    SouthernAfrica,
    SouthernAsia,
    SouthernEurope,
    WesternAfrica,
    WesternAsia,
    WesternEurope,
}

impl SubRegion {
    /// Every sub-region, by its name in English.
    pub const ALL: [Self; 20] = [
        Self::AustraliaAndNewZealand,
        Self::CentralAsia,
        Self::EasternAfrica,
        Self::EasternAsia,
        Self::EasternEurope,
        Self::LatinAmericaAndTheCaribbean,
        Self::Melanesia,
        Self::Micronesia,
        Self::MiddleAfrica,
        Self::NorthernAfrica,
        Self::NorthernAmerica,
        Self::NorthernEurope,
        Self::Polynesia,
        Self::SouthEasternAsia,
        Self::SouthernAfrica,
        Self::SouthernAsia,
        Self::SouthernEurope,
        Self::WesternAfrica,
        Self::WesternAsia,
        Self::WesternEurope,
    ];

    /// The numeric code of UN M49; it is written with three digits.
    pub const fn m49(self) -> u16 {
        match self {
            Self::WesternAfrica => 11,
            Self::EasternAfrica => 14,
            Self::NorthernAfrica => 15,
            Self::MiddleAfrica => 17,
            Self::SouthernAfrica => 18,
            Self::NorthernAmerica => 21,
            Self::EasternAsia => 30,
            Self::SouthernAsia => 34,
            Self::SouthEasternAsia => 35,
            Self::SouthernEurope => 39,
            Self::AustraliaAndNewZealand => 53,
            Self::Melanesia => 54,
            Self::Micronesia => 57,
            Self::Polynesia => 61,
            Self::CentralAsia => 143,
            Self::WesternAsia => 145,
            Self::EasternEurope => 151,
            Self::NorthernEurope => 154,
            Self::WesternEurope => 155,
            Self::LatinAmericaAndTheCaribbean => 419,
        }
    }

    /// The region of which it is a part.
    pub const fn region(self) -> Region {
        match self {
            Self::EasternAfrica
            | Self::MiddleAfrica
            | Self::NorthernAfrica
            | Self::SouthernAfrica
            | Self::WesternAfrica => Region::Africa,
            Self::LatinAmericaAndTheCaribbean | Self::NorthernAmerica => Region::Americas,
            Self::CentralAsia
            | Self::EasternAsia
            | Self::SouthEasternAsia
            | Self::SouthernAsia
            | Self::WesternAsia => Region::Asia,
            Self::EasternEurope | Self::NorthernEurope | Self::SouthernEurope | Self::WesternEurope => {
                Region::Europe
            }
            Self::AustraliaAndNewZealand | Self::Melanesia | Self::Micronesia | Self::Polynesia => {
                Region::Oceania
            }
        }
    }

    /// The name in data and addresses: `eastern-africa`.
    pub fn as_str(self) -> &'static str {
        region_row(self.m49()).slug
    }

    /// Its name in an official language of the United Nations, else in English.
    pub fn name_in(self, language: Language) -> &'static str {
        region_row(self.m49()).names[language.column()]
    }
}

named!(SubRegion, "sub-region");

const DATA: &str = include_str!("../data/jurisdictions.tsv");
const REGIONS: &str = include_str!("../data/regions.tsv");
const LEGAL_SYSTEMS: &str = include_str!("../data/legal_systems.tsv");

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// In the order of the data, which is that of the codes.
static REGION_ROWS: LazyLock<Vec<RegionRow>> = LazyLock::new(|| {
    rows(REGIONS)
        .map(|[m49, slug, _, ar, zh, en, fr, ru, es]| RegionRow {
            m49: m49.parse().unwrap_or_default(),
            slug,
            names: [ar, zh, en, fr, ru, es],
        })
        .collect()
});

struct Table {
    jurisdictions: Vec<Row>,
    /// By code of two or three letters, lower case.
    by_code: HashMap<String, Jurisdiction>,
    /// By folded name.
    by_name: HashMap<String, Jurisdiction>,
}

struct Row {
    code: &'static str,
    alpha3: &'static str,
    sub_region: Option<SubRegion>,
    names: [&'static str; 6],
    legal_system: LegalSystem,
}

struct RegionRow {
    m49: u16,
    slug: &'static str,
    names: [&'static str; 6],
}

impl Table {
    fn read() -> Self {
        let legal_systems: HashMap<_, _> = rows(LEGAL_SYSTEMS).map(|[code, system]| (code, system)).collect();
        let legal_system = |code| legal_systems.get(code).and_then(|system| system.parse().ok());
        let mut table = Self { jurisdictions: Vec::new(), by_code: HashMap::new(), by_name: HashMap::new() };
        for (index, [code, alpha3, m49, ar, zh, en, fr, ru, es, codes, aliases]) in
            (0..=u8::MAX).zip(rows(DATA))
        {
            let jurisdiction = Jurisdiction(index);
            let names = [ar, zh, en, fr, ru, es];
            for code in [code, alpha3].into_iter().chain(pieces(codes)) {
                table.by_code.insert(code.to_ascii_lowercase(), jurisdiction);
            }
            for name in names.into_iter().chain(pieces(aliases)) {
                table.by_name.insert(fold(name), jurisdiction);
            }
            table.jurisdictions.push(Row {
                code,
                alpha3,
                sub_region: m49.parse().ok().and_then(sub_region_of),
                names,
                legal_system: legal_system(code).unwrap_or(LegalSystem::Unknown),
            });
        }
        table
    }
}

fn pieces(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|piece| !piece.is_empty())
}

fn sub_region_of(m49: u16) -> Option<SubRegion> {
    SubRegion::ALL.into_iter().find(|part| part.m49() == m49)
}

fn region_row(m49: u16) -> &'static RegionRow {
    static NONE: RegionRow = RegionRow { m49: 0, slug: "", names: [""; 6] };
    REGION_ROWS.iter().find(|row| row.m49 == m49).unwrap_or(&NONE)
}

/// What may stand before the short name of a State, folded. Not "democratic republic of" and the like, which tell one
/// Congo or Korea from the other, nor "state of", for there is a State of Georgia in America: such names are in the data.
const FORMS_OF_STATE: [&str; 15] = [
    "republic of ",
    "federal republic of ",
    "islamic republic of ",
    "kingdom of ",
    "commonwealth of ",
    "principality of ",
    "grand duchy of ",
    "sultanate of ",
    "republique de ",
    "republique du ",
    "republique d",
    "royaume de ",
    "royaume du ",
    "republica de ",
    "reino de ",
];

/// A name without what writers differ in: case, accents, punctuation, "the", "&", "St.".
fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match bare(c) {
            Bare::As(text) => plain.push_str(text),
            Bare::Letter => plain.push(c),
            Bare::Gap => plain.push(' '),
            Bare::Nothing => {}
        }
    }
    let words: Vec<&str> =
        plain.split_whitespace().map(|word| if word == "st" { "saint" } else { word }).collect();
    let first = usize::from(words.len() > 1 && words[0] == "the");
    let last = words.len() - usize::from(words.len() > first + 1 && words.ends_with(&["the"]));
    words[first..last].join(" ")
}

/// What [`fold`] keeps of a character.
enum Bare {
    As(&'static str),
    Letter,
    Gap,
    Nothing,
}

fn bare(c: char) -> Bare {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => Bare::As("a"),
        'ç' | 'ć' | 'č' => Bare::As("c"),
        'đ' | 'ď' => Bare::As("d"),
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => Bare::As("e"),
        'ğ' => Bare::As("g"),
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => Bare::As("i"),
        'ł' => Bare::As("l"),
        'ñ' | 'ń' | 'ň' => Bare::As("n"),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => Bare::As("o"),
        'ř' => Bare::As("r"),
        'ś' | 'š' | 'ş' | 'ș' => Bare::As("s"),
        'ţ' | 'ț' => Bare::As("t"),
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => Bare::As("u"),
        'ý' | 'ÿ' => Bare::As("y"),
        'ź' | 'ż' | 'ž' => Bare::As("z"),
        'æ' => Bare::As("ae"),
        'œ' => Bare::As("oe"),
        'ß' => Bare::As("ss"),
        'ё' => Bare::As("е"),
        'й' => Bare::As("и"),
        'أ' | 'إ' | 'آ' => Bare::As("ا"),
        'ى' => Bare::As("ي"),
        'ة' => Bare::As("ه"),
        '&' => Bare::As(" and "),
        '.' | '\'' | '’' | '‘' | 'ʼ' | '`' => Bare::Nothing,
        // Combining accents, the vowel signs and the stretching of Arabic, and marks of direction.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | 'ـ' | '\u{200b}'..='\u{200f}' => Bare::Nothing,
        _ if c.is_alphanumeric() => Bare::Letter,
        _ => Bare::Gap,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn parse(text: &str) -> Jurisdiction {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn every_jurisdiction_survives_the_round_trip() {
        for jurisdiction in Jurisdiction::all() {
            assert_eq!(parse(jurisdiction.code()), jurisdiction);
            assert_eq!(parse(&jurisdiction.code().to_uppercase()), jurisdiction);
            assert_eq!(parse(jurisdiction.alpha3()), jurisdiction);
            assert_eq!(parse(&jurisdiction.to_string()), jurisdiction);
            let json = serde_json::to_string(&jurisdiction).unwrap();
            assert_eq!(serde_json::from_str::<Jurisdiction>(&json).unwrap(), jurisdiction);
        }
    }

    #[test]
    fn all_of_iso_3166_1_is_there() {
        let beyond = ["eu", "int", "xk"];
        let codes: HashSet<_> = Jurisdiction::all().map(Jurisdiction::code).collect();
        assert_eq!(codes.iter().filter(|code| !beyond.contains(code)).count(), 249);
        assert_eq!(codes.iter().filter(|code| code.len() == 2).count(), 251);
        assert!(beyond.iter().all(|code| codes.contains(code)));
        let alpha3: HashSet<_> = Jurisdiction::all().map(Jurisdiction::alpha3).collect();
        assert_eq!(alpha3.len(), codes.len());
        assert!(alpha3.iter().all(|a| a.len() == 3 && a.bytes().all(|b| b.is_ascii_uppercase())));
    }

    #[test]
    fn data_are_whole_and_in_order() {
        let columns =
            |data: &str, n| data.lines().filter(|l| !l.starts_with('#')).all(|l| l.split('\t').count() == n);
        assert!(columns(DATA, 11) && columns(REGIONS, 9) && columns(LEGAL_SYSTEMS, 2));
        assert!(Jurisdiction::all().map(Jurisdiction::code).is_sorted());
        for jurisdiction in Jurisdiction::all() {
            assert!(Language::UN.iter().all(|&un| !jurisdiction.name_in(un).is_empty()), "{jurisdiction}");
        }
    }

    #[test]
    fn every_name_leads_back_to_its_jurisdiction_alone() {
        for [code, _, _, ar, zh, en, fr, ru, es, _, aliases] in rows(DATA) {
            for name in [ar, zh, en, fr, ru, es].into_iter().chain(pieces(aliases)) {
                assert_eq!(Jurisdiction::find(name), Some(parse(code)), "{name}");
            }
        }
    }

    #[test]
    fn kenya_is_known_in_every_language() {
        let kenya = parse("ke");
        assert_eq!(kenya.alpha3(), "KEN");
        assert_eq!(kenya.english_name(), "Kenya");
        assert_eq!(kenya.name_in(Language::AR), "كينيا");
        assert_eq!(kenya.name_in(Language::ZH), "肯尼亚");
        assert_eq!(kenya.name_in(Language::ZH_HANT), "肯尼亚");
        assert_eq!(kenya.name_in(Language::ES), "Kenia");
        assert_eq!(kenya.name_in(Language::SW), "Kenya");
        assert_eq!(kenya.region(), Some(Region::Africa));
        assert_eq!(kenya.sub_region(), Some(SubRegion::EasternAfrica));
        assert_eq!(kenya.legal_system(), LegalSystem::CommonLaw);
    }

    #[test]
    fn names_are_recognised_as_people_write_them() {
        let cases = [
            ("UK", "gb"),
            ("U.K.", "gb"),
            ("The United Kingdom", "gb"),
            ("great britain", "gb"),
            ("England", "gb"),
            ("USA", "us"),
            ("the United States of America", "us"),
            ("UAE", "ae"),
            ("South Korea", "kr"),
            ("Republic of Korea", "kr"),
            ("DPRK", "kp"),
            ("Russia", "ru"),
            ("Российская Федерация", "ru"),
            ("Türkiye", "tr"),
            ("turkey", "tr"),
            ("TURKIYE", "tr"),
            ("Ivory Coast", "ci"),
            ("Cote d'Ivoire", "ci"),
            ("Gambia, The", "gm"),
            ("Bahamas (the)", "bs"),
            ("Bosnia and Herzegovina", "ba"),
            ("Bosnia & Herzegovina", "ba"),
            ("St. Lucia", "lc"),
            ("Republic of Kenya", "ke"),
            ("République du Bénin", "bj"),
            ("République d’Haïti", "ht"),
            ("Viet Nam", "vn"),
            ("Lao PDR", "la"),
            ("Democratic Republic of the Congo", "cd"),
            ("Democratic Republic of Congo", "cd"),
            ("Republic of the Congo", "cg"),
            ("République démocratique du Congo", "cd"),
            ("Democratic People’s Republic of Korea", "kp"),
            ("Republic of China", "tw"),
            ("People's Republic of China", "cn"),
            ("Congo", "cg"),
            ("Korea, Republic of", "kr"),
            ("Burma", "mm"),
            ("Swaziland", "sz"),
            ("Holy See", "va"),
            ("Palestine", "ps"),
            ("European Union", "eu"),
            ("United Nations", "int"),
            ("Perú", "pe"),
            ("Peru", "pe"),
            ("الأردن", "jo"),
            ("الاردن", "jo"),
            ("德国", "de"),
            ("德國", "de"),
            ("Египет", "eg"),
        ];
        for (name, code) in cases {
            assert_eq!(Jurisdiction::find(name), Some(parse(code)), "{name}");
        }
        for name in ["", "the", "  ", "Republic of", "Atlantis", "State of Georgia", "…", "Kenya Act"] {
            assert_eq!(Jurisdiction::find(name), None, "{name}");
        }
    }

    #[test]
    fn further_codes_are_read() {
        for (text, code) in [
            ("uk", "gb"),
            ("UN", "int"),
            ("International", "int"),
            ("ken", "ke"),
            (" Ke ", "ke"),
            ("xkk", "xk"),
        ] {
            assert_eq!(parse(text).code(), code, "{text}");
        }
        assert_eq!(parse("int"), Jurisdiction::INTERNATIONAL);
        assert_eq!(parse("eu"), Jurisdiction::EUROPEAN_UNION);
    }

    #[test]
    fn what_is_no_code_says_what_to_write() {
        for text in ["", "zz", "xx", "k", "us-ca", "gb/act", "肯"] {
            let error = text.parse::<Jurisdiction>().expect_err(text);
            assert!(error.to_string().contains("ISO 3166-1"), "{error}");
        }
        let error = "Kenya".parse::<Jurisdiction>().expect_err("a name is no code");
        assert_eq!(error.to_string(), "\"Kenya\" is not the code of a jurisdiction: write \"ke\" for Kenya");
    }

    #[test]
    fn regions_are_whole() {
        let slugs: HashSet<_> = SubRegion::ALL.iter().map(|part| part.as_str()).collect();
        assert_eq!(slugs.len(), SubRegion::ALL.len());
        assert_eq!(REGION_ROWS.len(), Region::ALL.len() + SubRegion::ALL.len());
        assert!(REGION_ROWS.iter().all(|row| row.names.iter().all(|name| !name.is_empty())));
        for part in SubRegion::ALL {
            assert_eq!(part.as_str().parse(), Ok(part));
            let [_, _, parent, ..] = rows::<9>(REGIONS).find(|row| row[1] == part.as_str()).unwrap();
            assert_eq!(parent.parse(), Ok(part.region().m49()), "{part}");
            assert!(Jurisdiction::all().any(|j| j.sub_region() == Some(part)), "{part}");
        }
        for region in Region::ALL {
            assert_eq!(region.as_str().parse(), Ok(region));
            assert!(region.sub_regions().count() >= 2);
        }
        let nowhere: Vec<_> =
            Jurisdiction::all().filter(|j| j.region().is_none()).map(Jurisdiction::code).collect();
        assert_eq!(nowhere, ["aq", "eu", "int"]);
        assert_eq!(Region::Africa.name_in(Language::AR), "أفريقيا");
        assert_eq!(SubRegion::SouthEasternAsia.as_str(), "south-eastern-asia");
        assert_eq!(SubRegion::EasternAfrica.name_in(Language::FR), "Afrique orientale");
    }

    #[test]
    fn regions_are_those_of_m49() {
        let cases = [
            ("cy", SubRegion::WesternAsia),
            ("ir", SubRegion::SouthernAsia),
            ("ru", SubRegion::EasternEurope),
            ("sd", SubRegion::NorthernAfrica),
            ("mx", SubRegion::LatinAmericaAndTheCaribbean),
            ("us", SubRegion::NorthernAmerica),
            ("vn", SubRegion::SouthEasternAsia),
            ("fj", SubRegion::Melanesia),
            ("kz", SubRegion::CentralAsia),
        ];
        for (code, part) in cases {
            assert_eq!(parse(code).sub_region(), Some(part), "{code}");
        }
    }

    #[test]
    fn legal_systems_are_known_for_every_member_of_the_united_nations() {
        for [code, system] in rows(LEGAL_SYSTEMS) {
            assert_eq!(Ok(parse(code).legal_system()), system.parse(), "{code}");
            assert_eq!(parse(code).code(), code);
        }
        let known = Jurisdiction::all().filter(|j| j.legal_system() != LegalSystem::Unknown);
        // The members, and Hong Kong and Macao.
        assert_eq!(known.count(), 193 + 2);
        for (code, system) in [
            ("fr", LegalSystem::CivilLaw),
            ("gb", LegalSystem::CommonLaw),
            ("za", LegalSystem::Mixed),
            ("sa", LegalSystem::Islamic),
            ("int", LegalSystem::Unknown),
        ] {
            assert_eq!(parse(code).legal_system(), system, "{code}");
        }
    }
}
