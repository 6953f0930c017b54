//! The words that open parts of a law, language by language. This is data: every row carries an example that a test
//! runs, so a new language is added by adding rows.

use std::collections::HashMap;
use std::sync::LazyLock;

use merida_law::ProvisionKind::{
    self, Annex, Article, Book, Chapter, Clause, Division, Para, Paragraph, Part, Rule, Schedule, Section,
    Subdivision, Title,
};
use unicode_normalization::char::decompose_canonical;

/// Where the number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After the word: `Article 12`.
    After,
    /// Before the word: `1 luku`.
    Before,
    /// Between a prefix and the word: `第十二条`.
    Around,
}

/// One word that opens a kind of provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The language, as a primary subtag; `mul` for signs that many share.
    pub(crate) language: &'static str,
    /// The word, folded (lower case, no diacritics).
    pub(crate) word: &'static str,
    /// What it opens.
    pub(crate) kind: ProvisionKind,
    /// How high it stands among containers: smaller is higher.
    pub(crate) rank: u8,
    /// Where the number stands.
    pub(crate) place: Place,
    /// Whether it opens something without a number too (`Schedule`, `附則`).
    pub(crate) bare: bool,
    /// How a law writes it; a test runs it.
    pub(crate) example: &'static str,
    /// The canonical number in the example.
    pub(crate) number: &'static str,
}

const fn row(
    language: &'static str,
    word: &'static str,
    kind: ProvisionKind,
    place: Place,
    example: &'static str,
    number: &'static str,
) -> Form {
    let rank = match kind {
        Schedule | Annex => 0,
        Book => 10,
        Part => 20,
        Title => 30,
        Chapter => 40,
        Division => 50,
        Subdivision => 60,
        _ => 100,
    };
    Form { language, word, kind, rank, place, bare: false, example, number }
}

/// A row whose word opens something without a number too.
const fn lone(form: Form) -> Form {
    Form { bare: true, ..form }
}

/// A row whose rank among containers differs from its kind's.
const fn ranked(rank: u8, form: Form) -> Form {
    Form { rank, ..form }
}

use Place::{After, Around, Before};

/// Every row. The first row of a word wins where the text's own language has none for it.
pub(super) const FORMS: &[Form] = &[
    // English
    row("en", "article", Article, After, "Article 12", "12"),
    row("en", "art", Article, After, "Art. 12A.", "12a"),
    row("en", "section", Section, After, "Section 6", "6"),
    row("en", "sec", Section, After, "Sec. 2.", "2"),
    row("en", "clause", Clause, After, "Clause 8", "8"),
    row("en", "rule", Rule, After, "Rule 4", "4"),
    row("en", "regulation", Rule, After, "Regulation 4", "4"),
    row("en", "paragraph", Para, After, "Paragraph 3", "3"),
    row("en", "part", Part, After, "PART II", "2"),
    row("en", "book", Book, After, "BOOK TWO", "2"),
    row("en", "title", Title, After, "Title VII", "7"),
    row("en", "subtitle", Division, After, "Subtitle A", "a"),
    row("en", "chapter", Chapter, After, "CHAPTER IV", "4"),
    row("en", "subchapter", Division, After, "Subchapter II", "2"),
    row("en", "division", Division, After, "Division 2", "2"),
    row("en", "subdivision", Subdivision, After, "Subdivision B", "b"),
    row("en", "subpart", Division, After, "Subpart 1", "1"),
    lone(row("en", "schedule", Schedule, After, "SCHEDULE 1", "1")),
    row("en", "schedule", Schedule, Before, "First Schedule", "1"),
    lone(row("en", "annex", Annex, After, "Annex II", "2")),
    lone(row("en", "appendix", Annex, After, "Appendix A", "a")),
    // Spanish
    row("es", "articulo", Article, After, "Artículo 12 bis", "12bis"),
    row("es", "art", Article, After, "Art. 5º", "5"),
    row("es", "libro", Book, After, "LIBRO SEGUNDO", "2"),
    row("es", "parte", Part, After, "PARTE PRIMERA", "1"),
    row("es", "titulo", Title, After, "TÍTULO III", "3"),
    row("es", "capitulo", Chapter, After, "CAPITULO PRIMERO", "1"),
    row("es", "seccion", Division, After, "SECCIÓN CUARTA", "4"),
    row("es", "parrafo", Subdivision, After, "Párrafo 3°", "3"),
    row("es", "subseccion", Subdivision, After, "Subsección 1", "1"),
    lone(row("es", "anexo", Annex, After, "ANEXO I", "1")),
    lone(row("es", "apendice", Annex, After, "Apéndice 2", "2")),
    row("es", "disposicion adicional", Article, After, "Disposición adicional primera", "1"),
    row("es", "disposicion transitoria", Article, After, "Disposición transitoria segunda", "2"),
    row("es", "disposicion final", Article, After, "Disposición final tercera", "3"),
    row("es", "disposicion derogatoria", Article, After, "Disposición derogatoria única", "1"),
    // Portuguese
    row("pt", "artigo", Article, After, "Artigo 5.º", "5"),
    row("pt", "art", Article, After, "Art. 337-B", "337-b"),
    row("pt", "livro", Book, After, "LIVRO I", "1"),
    row("pt", "parte", Part, After, "PARTE PRIMEIRA", "1"),
    row("pt", "titulo", Title, After, "TÍTULO XI", "11"),
    row("pt", "capitulo", Chapter, After, "CAPÍTULO II", "2"),
    row("pt", "secao", Division, After, "Seção I", "1"),
    row("pt", "seccao", Division, After, "Secção II", "2"),
    row("pt", "subsecao", Subdivision, After, "Subseção II", "2"),
    lone(row("pt", "anexo", Annex, After, "ANEXO I", "1")),
    // French
    row("fr", "article", Article, After, "Article 432-11", "432-11"),
    row("fr", "art", Article, After, "Art. 1er", "1"),
    row("fr", "livre", Book, After, "Livre IV", "4"),
    row("fr", "partie", Part, After, "PARTIE II", "2"),
    row("fr", "partie", Part, Before, "Première partie", "1"),
    row("fr", "titre", Title, After, "Titre Ier", "1"),
    row("fr", "sous-titre", Division, After, "Sous-titre 2", "2"),
    row("fr", "chapitre", Chapter, After, "Chapitre II", "2"),
    row("fr", "section", Division, After, "Section 1", "1"),
    row("fr", "sous-section", Subdivision, After, "Sous-section 2", "2"),
    row("fr", "paragraphe", Subdivision, After, "Paragraphe 1", "1"),
    lone(row("fr", "annexe", Annex, After, "ANNEXE I", "1")),
    // Italian
    row("it", "articolo", Article, After, "Articolo 12", "12"),
    row("it", "art", Article, After, "Art. 319-quater", "319quater"),
    row("it", "libro", Book, After, "LIBRO SECONDO", "2"),
    row("it", "parte", Part, After, "PARTE II", "2"),
    row("it", "titolo", Title, After, "TITOLO II", "2"),
    row("it", "capo", Chapter, After, "CAPO I", "1"),
    row("it", "sezione", Division, After, "Sezione I", "1"),
    lone(row("it", "allegato", Annex, After, "Allegato 1", "1")),
    // Catalan
    row("ca", "article", Article, After, "Article 380", "380"),
    row("ca", "llibre", Book, After, "Llibre segon", "2"),
    row("ca", "part", Part, After, "Part primera", "1"),
    row("ca", "titol", Title, After, "Títol I", "1"),
    row("ca", "capitol", Chapter, After, "Capítol primer", "1"),
    row("ca", "seccio", Division, After, "Secció segona", "2"),
    lone(row("ca", "annex", Annex, After, "Annex 1", "1")),
    row("ca", "disposicio addicional", Article, After, "Disposició addicional primera", "1"),
    // Romanian
    row("ro", "articolul", Article, After, "Articolul 289", "289"),
    row("ro", "art", Article, After, "ART. 5^1", "5-1"),
    row("ro", "partea", Part, After, "PARTEA I", "1"),
    row("ro", "cartea", Book, After, "Cartea II", "2"),
    row("ro", "titlul", Title, After, "TITLUL V", "5"),
    row("ro", "capitolul", Chapter, After, "Capitolul II", "2"),
    row("ro", "sectiunea", Division, After, "Secțiunea 1", "1"),
    row("ro", "paragraful", Subdivision, After, "Paragraful 2", "2"),
    lone(row("ro", "anexa", Annex, After, "ANEXA 1", "1")),
    // German
    row("de", "artikel", Article, After, "Artikel 3", "3"),
    row("de", "art", Article, After, "Art. 24", "24"),
    row("de", "buch", Book, Before, "Erstes Buch", "1"),
    row("de", "buch", Book, After, "Buch 2", "2"),
    row("de", "teil", Part, Before, "Zweiter Teil", "2"),
    row("de", "teil", Part, After, "Teil 1", "1"),
    row("de", "hauptstuck", Title, Before, "Erstes Hauptstück", "1"),
    row("de", "hauptstuck", Title, After, "Hauptstück 3", "3"),
    row("de", "kapitel", Chapter, After, "Kapitel III", "3"),
    row("de", "kapitel", Chapter, Before, "Zweites Kapitel", "2"),
    row("de", "abschnitt", Division, After, "Abschnitt 2", "2"),
    row("de", "abschnitt", Division, Before, "Zweiundzwanzigster Abschnitt", "22"),
    row("de", "unterabschnitt", Subdivision, After, "Unterabschnitt 1", "1"),
    ranked(55, row("de", "titel", Title, Before, "Erster Titel", "1")),
    ranked(55, row("de", "titel", Title, After, "Titel 3", "3")),
    lone(row("de", "anhang", Annex, After, "Anhang 1", "1")),
    lone(row("de", "anlage", Annex, After, "Anlage 2", "2")),
    // Dutch
    row("nl", "artikel", Article, After, "Artikel 328ter", "328ter"),
    row("nl", "art", Article, After, "Art. 3", "3"),
    row("nl", "boek", Book, Before, "Eerste boek", "1"),
    row("nl", "boek", Book, After, "Boek 2", "2"),
    row("nl", "deel", Part, After, "Deel I", "1"),
    row("nl", "titel", Title, After, "Titel XXVIII", "28"),
    row("nl", "hoofdstuk", Chapter, After, "HOOFDSTUK I", "1"),
    row("nl", "afdeling", Division, After, "Afdeling 2", "2"),
    row("nl", "paragraaf", Subdivision, After, "Paragraaf 1", "1"),
    lone(row("nl", "bijlage", Annex, After, "Bijlage 1", "1")),
    // Nordic
    row("sv", "kap", Chapter, Before, "10 kap.", "10"),
    row("sv", "kapitlet", Chapter, Before, "Första kapitlet", "1"),
    row("sv", "avdelning", Part, Before, "Första avdelningen", "1"),
    row("sv", "avdelningen", Part, Before, "Andra avdelningen", "2"),
    row("sv", "avd", Part, After, "Avd. I", "1"),
    row("sv", "artikel", Article, After, "Artikel 4", "4"),
    row("sv", "§", Section, Before, "5 b §", "5b"),
    lone(row("sv", "bilaga", Annex, After, "Bilaga 2", "2")),
    row("da", "kapitel", Chapter, After, "Kapitel 2", "2"),
    row("da", "afsnit", Part, After, "Afsnit I", "1"),
    row("da", "artikel", Article, After, "Artikel 4", "4"),
    row("da", "§", Section, After, "§ 1 a", "1a"),
    lone(row("da", "bilag", Annex, After, "Bilag 1", "1")),
    row("nb", "kapittel", Chapter, After, "Kapittel 3", "3"),
    row("nb", "kap", Chapter, After, "Kap. 4", "4"),
    row("nb", "del", Part, Before, "Første del", "1"),
    row("nb", "artikkel", Article, After, "Artikkel 5", "5"),
    row("nb", "§", Section, After, "§ 3-1", "3-1"),
    lone(row("nb", "vedlegg", Annex, After, "Vedlegg 1", "1")),
    row("fi", "luku", Chapter, Before, "1 luku", "1"),
    row("fi", "osa", Part, Before, "II osa", "2"),
    row("fi", "artikla", Article, Before, "3 artikla", "3"),
    row("fi", "§", Section, Before, "12 a §", "12a"),
    lone(row("fi", "liite", Annex, After, "Liite 1", "1")),
    row("is", "gr", Article, Before, "12. gr.", "12"),
    row("is", "kafli", Chapter, Before, "II. kafli", "2"),
    // Baltic and Estonian
    row("et", "§", Section, After, "§ 298^1.", "298-1"),
    row("et", "osa", Part, Before, "1. osa", "1"),
    row("et", "peatukk", Chapter, Before, "2. peatükk", "2"),
    row("et", "jagu", Division, Before, "3. jagu", "3"),
    row("et", "jaotis", Subdivision, Before, "1. jaotis", "1"),
    row("et", "artikkel", Article, After, "Artikkel 2", "2"),
    lone(row("et", "lisa", Annex, After, "Lisa 1", "1")),
    row("lv", "pants", Section, Before, "320. pants", "320"),
    row("lv", "nodala", Chapter, Before, "XX nodaļa", "20"),
    row("lv", "dala", Part, Before, "II daļa", "2"),
    lone(row("lv", "pielikums", Annex, Before, "1. pielikums", "1")),
    row("lt", "straipsnis", Article, Before, "225 straipsnis", "225"),
    row("lt", "skyrius", Chapter, Before, "XXXIII SKYRIUS", "33"),
    row("lt", "skirsnis", Division, Before, "PIRMASIS SKIRSNIS", "1"),
    row("lt", "dalis", Part, Before, "I DALIS", "1"),
    lone(row("lt", "priedas", Annex, Before, "1 priedas", "1")),
    // Slavic, Latin script
    row("pl", "art", Article, After, "Art. 228a.", "228a"),
    row("pl", "artykul", Article, After, "Artykuł 15", "15"),
    row("pl", "ksiega", Book, After, "Księga II", "2"),
    row("pl", "czesc", Part, After, "Część ogólna", ""),
    row("pl", "tytul", Title, After, "Tytuł III", "3"),
    row("pl", "dzial", Title, After, "DZIAŁ II", "2"),
    row("pl", "rozdzial", Chapter, After, "Rozdział XXIX", "29"),
    row("pl", "oddzial", Division, After, "Oddział 1", "1"),
    lone(row("pl", "zalacznik", Annex, After, "Załącznik nr 1", "1")),
    row("cs", "§", Section, After, "§ 347a", "347a"),
    row("cs", "clanek", Article, After, "Článek 3", "3"),
    row("cs", "cl", Article, After, "Čl. II", "ii"),
    row("cs", "cast", Part, After, "ČÁST PRVNÍ", "1"),
    row("cs", "hlava", Title, After, "HLAVA II", "2"),
    row("cs", "dil", Chapter, After, "Díl 2", "2"),
    row("cs", "oddil", Division, After, "Oddíl 1", "1"),
    lone(row("cs", "priloha", Annex, After, "Příloha 1", "1")),
    row("sk", "§", Section, After, "§ 328", "328"),
    row("sk", "clanok", Article, After, "Článok 4", "4"),
    row("sk", "cl", Article, After, "Čl. I", "i"),
    row("sk", "cast", Part, Before, "PRVÁ ČASŤ", "1"),
    row("sk", "hlava", Title, Before, "DRUHÁ HLAVA", "2"),
    row("sk", "diel", Chapter, Before, "Prvý diel", "1"),
    lone(row("sk", "priloha", Annex, After, "Príloha 1", "1")),
    row("hr", "clanak", Article, After, "Članak 293.", "293"),
    row("hr", "cl", Article, After, "Čl. 5.", "5"),
    row("hr", "glava", Chapter, After, "GLAVA DVADESETA", "20"),
    row("hr", "glava", Chapter, Before, "Glava", ""),
    row("hr", "dio", Part, Before, "Prvi dio", "1"),
    row("hr", "poglavlje", Chapter, After, "Poglavlje II.", "2"),
    row("sl", "clen", Article, Before, "261. člen", "261"),
    row("sl", "clen", Article, After, "Člen 3", "3"),
    row("sl", "poglavje", Chapter, Before, "Štiriindvajseto poglavje", "24"),
    row("sl", "del", Part, Before, "Prvi del", "1"),
    row("sq", "neni", Article, After, "Neni 244/a", "244a"),
    row("sq", "kreu", Chapter, After, "KREU VIII", "8"),
    row("sq", "seksioni", Division, After, "SEKSIONI II", "2"),
    row("sq", "titulli", Title, After, "TITULLI I", "1"),
    // Slavic, Cyrillic
    row("ru", "статья", Article, After, "Статья 290.1", "290.1"),
    row("ru", "ст", Article, After, "Ст. 5", "5"),
    row("ru", "часть", Part, After, "ЧАСТЬ ПЕРВАЯ", "1"),
    row("ru", "раздел", Title, After, "Раздел X", "10"),
    row("ru", "глава", Chapter, After, "Глава 30", "30"),
    row("ru", "подраздел", Division, After, "Подраздел 2", "2"),
    row("ru", "параграф", Division, After, "Параграф 1", "1"),
    lone(row("ru", "приложение", Annex, After, "Приложение 1", "1")),
    row("uk", "стаття", Article, After, "Стаття 368-5", "368-5"),
    row("uk", "частина", Part, After, "ЧАСТИНА ПЕРША", "1"),
    row("uk", "книга", Book, After, "Книга перша", "1"),
    row("uk", "розділ", Title, After, "Розділ XVII", "17"),
    row("uk", "роздiл", Title, After, "Роздiл II", "2"),
    row("uk", "глава", Chapter, After, "Глава 2", "2"),
    lone(row("uk", "додаток", Annex, After, "Додаток 1", "1")),
    row("be", "артыкул", Article, After, "Артыкул 430", "430"),
    row("be", "глава", Chapter, After, "Глава 35", "35"),
    row("bg", "чл", Article, After, "Чл. 12а.", "12a"),
    row("bg", "член", Article, After, "Член 15", "15"),
    row("bg", "част", Part, After, "ЧАСТ ВТОРА", "2"),
    row("bg", "дял", Title, After, "ДЯЛ ПЪРВИ", "1"),
    row("bg", "глава", Chapter, After, "Глава осма", "8"),
    row("bg", "раздел", Division, After, "Раздел IV", "4"),
    lone(row("bg", "приложение", Annex, After, "Приложение № 1", "1")),
    row("sr", "члан", Article, After, "Члан 41.", "41"),
    row("sr", "чл", Article, After, "Чл. 2", "2"),
    row("sr", "глава", Chapter, After, "Глава тридесет", ""),
    row("sr", "део", Part, Before, "ПРВИ ДЕО", "1"),
    row("sr", "clan", Article, After, "Član 41.", "41"),
    row("mk", "член", Article, After, "Член 357", "357"),
    row("mk", "глава", Chapter, After, "Глава 30", "30"),
    // Caucasus, Central Asia, Turkish
    row("ka", "მუხლი", Article, After, "მუხლი 339^1", "339-1"),
    row("ka", "თავი", Chapter, After, "თავი XXXIX", "39"),
    row("ka", "კარი", Title, After, "კარი მეორე", "2"),
    row("ka", "ნაწილი", Part, After, "ნაწილი მეორე", "2"),
    row("hy", "հոդված", Article, After, "Հոդված 311", "311"),
    row("hy", "գլուխ", Chapter, After, "Գլուխ 29", "29"),
    row("hy", "բաժին", Title, After, "Բաժին 1", "1"),
    row("az", "madde", Article, After, "Maddə 311", "311"),
    row("az", "fesil", Chapter, Before, "I fəsil", "1"),
    row("tr", "madde", Article, After, "Madde 252", "252"),
    row("tr", "ek madde", Article, After, "Ek Madde 1", "1"),
    row("tr", "gecici madde", Article, After, "Geçici Madde 2", "2"),
    row("tr", "kitap", Book, Before, "BİRİNCİ KİTAP", "1"),
    row("tr", "kisim", Part, Before, "İKİNCİ KISIM", "2"),
    row("tr", "bolum", Chapter, Before, "Dördüncü Bölüm", "4"),
    row("kk", "бап", Article, Before, "366-бап", "366"),
    row("kk", "тарау", Chapter, Before, "15-тарау", "15"),
    row("ky", "статья", Article, Before, "303-статья", "303"),
    row("ky", "берене", Article, Before, "337-берене", "337"),
    row("uz", "modda", Article, Before, "210-modda", "210"),
    row("uz", "bob", Chapter, Before, "XV bob", "15"),
    row("tg", "моддаи", Article, After, "Моддаи 319", "319"),
    row("mn", "зуйл", Article, Before, "22 дугаар зүйл", ""),
    // Greek, Hungarian
    row("el", "αρθρο", Article, After, "Άρθρο 159Α", "159a"),
    row("el", "μερος", Part, After, "ΜΕΡΟΣ ΙΙΙ", "3"),
    row("el", "βιβλιο", Book, After, "ΒΙΒΛΙΟ ΔΕΥΤΕΡΟ", "2"),
    row("el", "βιβλιο", Book, Before, "ΠΡΩΤΟ ΒΙΒΛΙΟ", "1"),
    row("el", "τμημα", Title, After, "ΤΜΗΜΑ Α", "a"),
    row("el", "κεφαλαιο", Chapter, After, "ΚΕΦΑΛΑΙΟ ΔΩΔΕΚΑΤΟ", "12"),
    row("el", "κεφαλαιο", Chapter, Before, "ΔΩΔΕΚΑΤΟ ΚΕΦΑΛΑΙΟ", "12"),
    lone(row("el", "παραρτημα", Annex, After, "ΠΑΡΑΡΤΗΜΑ Ι", "1")),
    row("hu", "§", Section, Before, "290. §", "290"),
    row("hu", "cikk", Article, Before, "15. cikk", "15"),
    row("hu", "fejezet", Chapter, Before, "XXVII. Fejezet", "27"),
    row("hu", "resz", Part, Before, "ELSŐ RÉSZ", "1"),
    row("hu", "konyv", Book, Before, "MÁSODIK KÖNYV", "2"),
    lone(row("hu", "melleklet", Annex, Before, "1. melléklet", "1")),
    // Arabic, Persian, Urdu, Hebrew
    row("ar", "الماده", Article, After, "المادة التاسعة مكرر", "9bis"),
    row("ar", "ماده", Article, After, "مادة ٢٤", "24"),
    row("ar", "الفصل", Chapter, After, "الفصل الثالث", "3"),
    row("ar", "الباب", Title, After, "الباب الأول", "1"),
    row("ar", "القسم", Part, After, "القسم الثاني", "2"),
    row("ar", "الكتاب", Book, After, "الكتاب الثالث", "3"),
    row("ar", "الجزء", Part, After, "الجزء الأول", "1"),
    row("ar", "الفرع", Division, After, "الفرع 3", "3"),
    row("ar", "المبحث", Subdivision, After, "المبحث الأول", "1"),
    lone(row("ar", "ملحق", Annex, After, "ملحق 1", "1")),
    lone(row("ar", "الملحق", Annex, After, "الملحق الأول", "1")),
    row("fa", "ماده", Article, After, "ماده ۱۲", "12"),
    row("fa", "فصل", Chapter, After, "فصل دوم", "2"),
    row("fa", "باب", Title, After, "باب اول", "1"),
    row("fa", "بخش", Part, After, "بخش سوم", "3"),
    row("fa", "کتاب", Book, After, "کتاب پنجم", "5"),
    row("ur", "دفعه", Section, After, "دفعہ ۹", "9"),
    row("ur", "باب", Chapter, After, "باب دوم", "2"),
    row("he", "סעיף", Section, After, "סעיף 290", "290"),
    row("he", "פרק", Chapter, After, "פרק ט'", "9"),
    row("he", "חלק", Part, After, "חלק ב'", "2"),
    row("he", "סימן", Division, After, "סימן ה'", "5"),
    lone(row("he", "תוספת", Schedule, After, "תוספת ראשונה", "1")),
    // South Asia
    row("hi", "धारा", Section, After, "धारा १३", "13"),
    row("hi", "अनुच्छेद", Article, After, "अनुच्छेद 14", "14"),
    row("hi", "अध्याय", Chapter, After, "अध्याय 3", "3"),
    row("hi", "भाग", Part, After, "भाग 2", "2"),
    lone(row("hi", "अनुसूची", Schedule, After, "अनुसूची 1", "1")),
    row("bn", "ধারা", Section, After, "ধারা ২৭", "27"),
    row("bn", "অনুচ্ছেদ", Article, After, "অনুচ্ছেদ ২০", "20"),
    row("bn", "অধ্যায়", Chapter, After, "অধ্যায়-৩", "3"),
    row("bn", "অধ্যায়", Chapter, Before, "তৃতীয় অধ্যায়", "3"),
    row("bn", "অংশ", Part, After, "অংশ-২", "2"),
    row("bn", "ভাগ", Part, Before, "প্রথম ভাগ", "1"),
    lone(row("bn", "তফসিল", Schedule, After, "তফসিল ১", "1")),
    row("ne", "दफा", Section, After, "दफा ५", "5"),
    row("ne", "परिच्छेद", Chapter, After, "परिच्छेद २", "2"),
    row("si", "වගන්තිය", Section, Before, "5 වගන්තිය", "5"),
    // South-East Asia, Swahili and others
    row("vi", "dieu", Article, After, "Điều 353.", "353"),
    row("vi", "chuong", Chapter, After, "Chương XXIII", "23"),
    row("vi", "phan", Part, After, "Phần thứ hai", "2"),
    row("vi", "muc", Division, After, "Mục 1", "1"),
    row("vi", "tieu muc", Subdivision, After, "Tiểu mục 2", "2"),
    lone(row("vi", "phu luc", Annex, After, "Phụ lục I", "1")),
    row("id", "pasal", Article, After, "Pasal 12B", "12b"),
    row("id", "bab", Chapter, After, "BAB II", "2"),
    row("id", "bagian", Division, After, "Bagian Kesatu", "1"),
    row("id", "paragraf", Subdivision, After, "Paragraf 1", "1"),
    row("id", "buku", Book, After, "BUKU KEDUA", "2"),
    lone(row("id", "lampiran", Annex, After, "Lampiran I", "1")),
    row("ms", "seksyen", Section, After, "Seksyen 16", "16"),
    row("ms", "fasal", Clause, After, "Fasal 16", "16"),
    row("ms", "perkara", Article, After, "Perkara 5", "5"),
    row("ms", "bahagian", Part, After, "BAHAGIAN IV", "4"),
    row("ms", "bab", Chapter, After, "Bab 2", "2"),
    lone(row("ms", "jadual", Schedule, After, "Jadual 1", "1")),
    row("ms", "jadual", Schedule, After, "JADUAL PERTAMA", "1"),
    row("tl", "artikulo", Article, After, "Artikulo 210", "210"),
    row("tl", "seksyon", Section, After, "Seksyon 3", "3"),
    row("th", "มาตรา", Section, After, "มาตรา ๑๔๙", "149"),
    row("th", "หมวด", Chapter, After, "หมวด ๒", "2"),
    row("th", "ส่วนที่", Division, After, "ส่วนที่ ๑", "1"),
    row("th", "ส่วน", Division, After, "ส่วน ๑", "1"),
    row("th", "ลักษณะ", Title, After, "ลักษณะ ๒", "2"),
    row("th", "ภาค", Part, After, "ภาค ๑", "1"),
    row("th", "ข้อ", Para, After, "ข้อ ๓", "3"),
    row("lo", "ມາດຕາ", Article, After, "ມາດຕາ ໑໐", "10"),
    row("km", "មាត្រា", Article, After, "មាត្រា ៥", "5"),
    row("km", "ជំពូក", Chapter, After, "ជំពូក ២", "2"),
    row("my", "အခန်း", Chapter, After, "အခန်း ၂", "2"),
    row("sw", "ibara", Article, After, "Ibara ya 5", "5"),
    row("sw", "kifungu", Section, After, "Kifungu cha 15", "15"),
    row("sw", "sura", Chapter, After, "SURA YA KWANZA", "1"),
    row("sw", "sehemu", Part, After, "Sehemu ya Pili", "2"),
    lone(row("sw", "jedwali", Schedule, After, "JEDWALI 1", "1")),
    row("rw", "ingingo", Article, After, "Ingingo ya 5", "5"),
    row("rw", "umutwe", Chapter, After, "UMUTWE WA 2", "2"),
    row("am", "አንቀጽ", Article, After, "አንቀጽ 5", "5"),
    row("am", "ምዕራፍ", Chapter, After, "ምዕራፍ 2", "2"),
    row("so", "qodobka", Article, After, "Qodobka 5", "5"),
    row("ht", "atik", Article, After, "Atik 5", "5"),
    // Chinese, Japanese, Korean
    row("zh", "条", Article, Around, "第一百三十三条之一", "133-1"),
    row("zh", "條", Article, Around, "第 121 條", "121"),
    row("zh", "编", Book, Around, "第一编", "1"),
    row("zh", "編", Book, Around, "第二編", "2"),
    row("zh", "部分", Part, Around, "第三部分", "3"),
    row("zh", "章", Chapter, Around, "第八章", "8"),
    row("zh", "节", Division, Around, "第一节", "1"),
    row("zh", "節", Division, Around, "第一節", "1"),
    row("ja", "款", Subdivision, Around, "第二款", "2"),
    lone(row("zh", "附件", Annex, After, "附件一", "1")),
    lone(row("zh", "附表", Schedule, After, "附表1", "1")),
    row("ja", "条", Article, Around, "第百九十七条の四", "197-4"),
    lone(row("ja", "別表", Schedule, After, "別表第一", "1")),
    lone(row("zh", "别表", Schedule, After, "别表一", "1")),
    lone(row("ja", "附則", Annex, After, "附　則", "")),
    row("ko", "조", Article, Around, "제129조의2", "129-2"),
    row("ko", "편", Book, Around, "제1편", "1"),
    row("ko", "장", Chapter, Around, "제7장", "7"),
    row("ko", "절", Division, Around, "제2절", "2"),
    row("ko", "관", Subdivision, Around, "제1관", "1"),
    lone(row("ko", "부칙", Annex, After, "부칙", "")),
    lone(row("ko", "별표", Schedule, After, "별표 1", "1")),
    // Signs
    row("mul", "§", Section, After, "§ 331", "331"),
    ranked(70, row("es", "§", Subdivision, After, "§ VI", "6")),
    row("fr", "§", Subdivision, After, "§ 1er", "1"),
    row("ca", "§", Subdivision, After, "§ 2", "2"),
    row("pt", "§", Paragraph, After, "§ 1º", "1"),
    row("pl", "§", Paragraph, After, "§ 1", "1"),
    row("it", "§", Subdivision, After, "§ 1", "1"),
    row("ru", "§", Division, After, "§ 1", "1"),
    row("uk", "§", Division, After, "§ 2", "2"),
];

/// The rows of a folded word, in the order of the table.
pub(super) fn find(word: &str) -> &'static [&'static Form] {
    static TABLE: LazyLock<HashMap<String, Vec<&'static Form>>> = LazyLock::new(|| {
        let mut table: HashMap<String, Vec<&Form>> = HashMap::new();
        for form in FORMS {
            table.entry(fold(form.word)).or_default().push(form);
        }
        table
    });
    TABLE.get(word).map_or(&[], Vec::as_slice)
}

/// The row that serves a word in a language, at a place: its own, else that of a kindred language, else the first.
pub(super) fn choose(word: &str, language: &str, place: Place) -> Option<&'static Form> {
    let rows = find(word);
    let mut of_place = rows.iter().copied().filter(|form| form.place == place);
    let kindred: &[&str] = match language {
        "nn" | "no" => &["nb", "mul"],
        "bs" | "me" => &["hr", "sr"],
        "sr" => &["sr", "hr", "mul"],
        "gl" => &["es", "pt"],
        "ms" => &["ms", "id"],
        "mk" => &["mk", "bg"],
        "ky" | "kk" | "be" | "tg" => &["ru", "mul"],
        _ => &["mul"],
    };
    if let Some(own) = of_place.clone().find(|form| form.language == language) {
        return Some(own);
    }
    for kin in kindred {
        if let Some(form) = of_place.clone().find(|form| form.language == *kin) {
            return Some(form);
        }
    }
    // A sign means different things in different countries; a word is rarely another's.
    if word == "§" {
        return None;
    }
    of_place.next()
}

/// A word as the table writes it: lower case, without diacritics.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if word.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
        return super::ordinals::fold_arabic(word).replace('ہ', "ه");
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        // Cyrillic letters with marks are letters of their own; Hangul and kana must not fall apart.
        match c {
            '\u{400}'..='\u{52f}' | '\u{1100}'..='\u{1dff}' | '\u{2000}'.. => folded.extend(c.to_lowercase()),
            _ => decompose_canonical(c, |part| fold_part(part, &mut folded)),
        }
    }
    folded
}

fn fold_part(part: char, folded: &mut String) {
    match part {
        '\u{300}'..='\u{36f}' => {}
        'ı' => folded.push('i'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' => folded.push('d'),
        'ə' | 'Ə' => folded.push('e'),
        'ς' => folded.push('σ'),
        'ß' => folded.push_str("ss"),
        other => folded.extend(other.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::recognise::{Style, recognise};
    use super::*;

    #[test]
    fn every_row_is_read_in_its_example() {
        let mut wrong = Vec::new();
        for form in FORMS.iter().filter(|form| !form.number.is_empty()) {
            let language = if form.language == "mul" { "de" } else { form.language };
            let found = recognise(form.example, language).map(|o| (o.kind, o.number, o.style));
            if found != Some((form.kind, form.number.to_owned(), Style::Keyword)) {
                wrong.push(format!("{} \"{}\": {found:?}", form.language, form.example));
            }
        }
        assert!(wrong.is_empty(), "help: rows that are not read:\n{}", wrong.join("\n"));
    }
}
