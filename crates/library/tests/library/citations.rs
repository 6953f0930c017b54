//! Citations over real laws: the cited provision comes first.

use std::path::PathBuf;

use merida_law::Article;
use merida_library::{ImportRequest, Library, Options, SearchRequest};

use crate::at;

/// What must lead.
enum First {
    /// A provision of that State of one of these numbers, in a law whose title holds the words.
    Law(&'static str, &'static str, &'static str),
    /// An article of the Convention's own text, or a provision that is tagged with it.
    Convention(&'static str),
}
use First::{Convention, Law};

const CITATIONS: &[(&str, First)] = &[
    // To the Convention.
    ("art 30(2)", Convention("30(2)")),
    ("Article 30 paragraph 2", Convention("30(2)")),
    ("UNCAC 16(1)", Convention("16(1)")),
    ("art. 54.1.c", Convention("54(1)(c)")),
    ("CNUCC art. 20", Convention("20")),
    ("article 15 of the United Nations Convention against Corruption", Convention("15")),
    ("artículo 20 de la Convención de las Naciones Unidas contra la Corrupción", Convention("20")),
    ("المادة 30", Convention("30")),
    ("المادة ٣٠ من اتفاقية الأمم المتحدة لمكافحة الفساد", Convention("30")),
    ("第三十条", Convention("30")),
    ("《公约》第十五条", Convention("15")),
    ("ст. 30 Конвенции", Convention("30")),
    // To national laws.
    ("Bribery Act 2010 s 6", Law("gb", "6", "bribery")),
    ("section 6 of the Bribery Act 2010", Law("gb", "6", "bribery")),
    ("s. 7 UKBA", Law("gb", "7", "bribery")),
    ("s 7 Bribery Act", Law("gb", "7", "bribery")),
    ("art. 432-11 code pénal", Law("fr", "432-11", "pénal")),
    ("article 433-2 du code pénal français", Law("fr", "433-2", "pénal")),
    ("code pénal marocain art. 248", Law("ma", "248", "القانون الجنائي")),
    ("الفصل 248 من القانون الجنائي المغربي", Law("ma", "248", "القانون الجنائي")),
    ("§ 299 StGB", Law("de", "299", "strafgesetzbuch")),
    ("StGB § 331", Law("de", "331", "strafgesetzbuch")),
    ("ст. 290 УК РФ", Law("ru", "290", "уголовный")),
    ("ч. 1 ст. 291 УК РФ", Law("ru", "291", "уголовный")),
    ("ст. 368 КК України", Law("ua", "368", "кримінальний")),
    ("статья 290", Law("ru", "290", "")),
    ("刑法第三百八十五条", Law("cn", "385", "刑法")),
    ("刑法第385条", Law("cn", "385", "刑法")),
    ("中国刑法第三百八十九条", Law("cn", "389", "刑法")),
    ("art. 385 CP China", Law("cn", "385", "刑法")),
    ("反洗钱法第二条", Law("cn", "2", "反洗钱法")),
    ("المادة 140 من قانون العقوبات القطري", Law("qa", "140", "العقوبات")),
    ("art. 405 Código Penal Colombia", Law("co", "405", "penal")),
    ("artículo 405 del código penal colombiano", Law("co", "405", "penal")),
    ("artículo 393 código penal peruano", Law("pe", "393", "penal")),
    ("art. 256 Código Penal argentino", Law("ar", "256", "penal")),
    ("18 U.S.C. 201", Law("us", "201", "")),
    ("18 USC § 201", Law("us", "201", "")),
    ("TCK m. 252", Law("tr", "252", "ceza")),
    ("第百九十七条 刑法", Law("jp", "197", "刑法")),
    ("형법 제129조", Law("kr", "129", "형법")),
    ("Điều 354 Bộ luật hình sự", Law("vn", "354", "hình sự")),
    ("Prevention of Corruption Act, 1988 s 7", Law("in", "7", "prevention of corruption")),
    ("Corrupt Practices Act Malawi s 24", Law("mw", "24", "corrupt practices")),
    ("Proceeds of Crime Act 2002 s 327", Law("gb", "327", "proceeds of crime")),
    ("Kodeks karny art. 228", Law("pl", "228", "karny")),
    ("brottsbalk 10 kap 5 a §", Law("se", "5a", "brottsbalk")),
    ("art. 289 Codul penal", Law("ro", "289", "penal")),
    ("Código Penal Federal artículo 222", Law("mx", "222", "penal")),
    ("COIP art. 280", Law("ec", "280", "penal")),
    ("PCCA Tanzania s 15", Law("tz", "15", "corruption")),
    ("Anti-Corruption Act 2009 Uganda s 2", Law("ug", "2", "anti-corruption")),
];

#[tokio::test]
async fn the_cited_provision_comes_first() {
    let shared =
        std::env::var_os("MERIDA_SHARED").map_or_else(|| PathBuf::from("../../../shared"), PathBuf::from);
    let laws = shared.join("laws");
    if !laws.join("MANIFEST.toml").is_file() {
        eprintln!("skipped: no laws/MANIFEST.toml in {}; set MERIDA_SHARED", shared.display());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { seed: false, ..Options::new(folder.path().join("data")) };
    let library = Library::open(options, at()).await.expect("a library");
    let request = ImportRequest { paths: vec![laws], by: "test".to_owned(), ..ImportRequest::default() };
    library.import(request, at(), |_| ()).await.expect("an import");
    let mut wrong = Vec::new();
    for (query, first) in CITATIONS {
        let request =
            SearchRequest { query: (*query).to_owned(), limit: 1, per_work: 1, ..SearchRequest::default() };
        let answer = library.search(request).await.expect("an answer");
        let Some((work, hit)) = answer.works.first().map(|work| (work, &work.provisions[0])) else {
            wrong.push(format!("{query}: nothing"));
            continue;
        };
        let number =
            hit.id.as_str().rsplit("__").next().and_then(|last| last.split_once('_')).map(|(_, n)| n);
        let right = match first {
            Law(state, cited, title) => {
                work.jurisdiction.code() == *state
                    && (number == Some(*cited) || hit.label.contains(cited))
                    && work.title.to_lowercase().contains(title)
            }
            Convention(cited) => {
                let article: Article = cited.parse().expect("an article");
                let own = work.title.to_lowercase();
                let is_own = ["convention", "convención", "公約", "公约", "übereinkommen", "اتفاقية"]
                    .iter()
                    .any(|name| own.contains(name))
                    && number == Some(article.number().to_string().as_str());
                let tagged = hit.articles.iter().chain(&hit.suggested);
                is_own || tagged.into_iter().any(|tag| article.whole().contains(*tag))
            }
        };
        if !right {
            wrong
                .push(format!("{query}: {} {} of {} ({})", hit.label, hit.id, work.title, work.jurisdiction));
        }
    }
    let right = CITATIONS.len() - wrong.len();
    eprintln!("{right} of {} citations lead; not: {wrong:#?}", CITATIONS.len());
    assert!(right * 100 >= CITATIONS.len() * 95, "{right} of {} lead: {wrong:#?}", CITATIONS.len());
}
