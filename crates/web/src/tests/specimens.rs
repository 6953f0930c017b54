//! Laws of no State, written for these tests, in several languages, statuses and authorities.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use merida_library::{ImportRequest, Library, Options, Timestamp};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::Settings;

/// A site over the specimens; the folder lives as long as it does.
pub(super) struct Specimens {
    router: Router,
    _folder: TempDir,
}

/// An answer, taken whole.
pub(super) struct Answer {
    /// Its status.
    pub(super) status: StatusCode,
    /// Its headers.
    pub(super) headers: HeaderMap,
    /// Its body.
    pub(super) body: String,
}

/// The path of the English specimen.
pub(super) const GIFTS: &str = "/akn/gb/act/2010-04-08/23";

const LAWS: [(&str, &str); 5] = [
    (
        "gifts.md",
        "---\njurisdiction: gb\nlanguage: en\nkind: act\ntitle: Specimen Gifts Act <2010> & more\nnumber: \"23\"\n\
         date: 2010-04-08\nstatus: in-force\nauthority: official-text\nurl: https://example.org/gifts\n\
         licence: Specimen licence\nnote: Written for tests.\n---\n\n# Specimen Gifts Act\n\n\
         ## Part 1 — Offences\n\n\
         ### Section 6 — Gifts to foreign judges {16(1)}\n\nA person who gives a gift to a judge of another State commits an \
         offence.\n\n(1) It makes no difference who receives the gift.\n\n(2) A promise is enough:\n\n(a) if it is made in \
         writing; or\n\n(b) if it is made before a witness.\n\n\
         ### Section 7 — Companies {26}\n\nA company whose clerk gives a gift to a public official is liable, unless it \
         had procedures against bribery.\n\n\
         ### Section 8 — Fish\n\nNobody may sell fish on Sundays.\n",
    ),
    (
        "hiba.md",
        "---\njurisdiction: ae\nlanguage: ar\nkind: decree\ntitle: مرسوم نموذجي بشأن الهدايا\ntitle_en: Specimen Decree on \
         Gifts\nnumber: \"31\"\ndate: 2021-09-20\nstatus: in-force\nauthority: official-text\n---\n\n# مرسوم نموذجي\n\n\
         ## المادة 277 — الرشوة {15(b)}\n\nيعاقب بالحبس كل موظف عام طلب رشوة أو قبلها لأداء عمل من أعمال وظيفته في هذا النموذج.\n\n\
         ## المادة 278 — الهدايا\n\nلا يجوز قبول الهدايا الثمينة.\n",
    ),
    (
        "lipin.md",
        "---\njurisdiction: cn\nlanguage: zh-Hans\nkind: code\ntitle: 礼品法样本\ntitle_en: Specimen Code on Gifts\nnumber: \"5\"\n\
         date: 1997\nstatus: repealed\nauthority: unofficial-translation\n---\n\n# 礼品法样本\n\n\
         ## 第三百八十五条 — 受贿罪 {15(b)}\n\n公务人员在本样本中索取贿赂的，以受贿论处。\n\n\
         ## 第三百八十六条 — 处罚\n\n犯前条之罪的，依本样本处罚。\n",
    ),
    (
        "cadeaux.md",
        "---\njurisdiction: fr\nlanguage: fr\nkind: bill\ntitle: Projet de spécimen sur les cadeaux\nnumber: \"9\"\n\
         date: 2024-02-01\nstatus: draft\nauthority: digest\n---\n\n# Projet\n\n\
         ## Article 1er — Trafic d’influence {18}\n\nCelui qui abuse de son influence contre un cadeau est puni par ce \
         spécimen.\n",
    ),
    (
        "podarki.md",
        "---\njurisdiction: ru\nlanguage: ru\nkind: act\ntitle: Образец закона о подарках\nnumber: \"7\"\ndate: 2008-12-25\n\
         status: superseded\nauthority: machine-translation\n---\n\n# Образец\n\n\
         ## Статья 290 — Получение подарка {15(b)}\n\nСудья, получивший подарок, наказывается по этому образцу.\n",
    ),
];

impl Specimens {
    /// Takes in the specimens and opens the site.
    pub(super) async fn open() -> Self {
        let folder = TempDir::new().expect("a folder");
        let sources = folder.path().join("sources");
        std::fs::create_dir(&sources).expect("a folder");
        for (name, text) in LAWS {
            std::fs::write(sources.join(name), text).expect("a file");
        }
        // 3,000 sections: more than one page shows.
        let mut long = String::from(
            "---\njurisdiction: ke\nlanguage: en\nkind: code\ntitle: Specimen Code of Length\nnumber: \"1\"\ndate: 1963\n\
             status: in-force\n---\n\n# Specimen Code of Length\n",
        );
        for number in 1..=3_000 {
            if number % 100 == 1 {
                long.push_str(&format!("\n## Chapter {} — Of hundreds\n", number / 100 + 1));
            }
            long.push_str(&format!(
                "\n### Section {number} — Of number {number}\n\nThe clerk of the court keeps the specimen of number {number} \
                 in the drawer of that number and shows it to whoever asks for it in writing on a weekday.\n"
            ));
        }
        std::fs::write(sources.join("long.md"), long).expect("a file");
        let at = Timestamp::from_unix_seconds(1_700_000_000);
        let options = Options { seed: false, ..Options::new(folder.path().join("data")) };
        let library = Library::open(options, at).await.expect("a library");
        let request =
            ImportRequest { paths: vec![sources], by: "test".to_owned(), ..ImportRequest::default() };
        let report = library.import(request, at, |_| ()).await.expect("an import");
        assert_eq!(report.totals.errors, 0, "{report:#?}");
        let settings = Settings { base_url: "https://merida.example/".to_owned() };
        Self { router: crate::app(library, settings), _folder: folder }
    }

    /// Asks for a path.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Asks whatever is asked.
    pub(super) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Asks for a page and holds it against what every page must be.
    pub(super) async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        sound(path, &answer);
        answer.body
    }
}

impl Answer {
    /// A header as text; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// What every page must be: in words, in a known language, without anything from elsewhere, well closed.
pub(super) fn sound(path: &str, answer: &Answer) {
    let body = &answer.body;
    assert!(!body.contains('⟦'), "{path} has words that are missing: {}", around(body, "⟦"));
    assert!(body.starts_with("<!doctype html>"), "{path} is no page");
    assert!(body.contains("<html lang=\"en\" dir=\"ltr\">"), "{path} does not say its language");
    assert!(body.contains("<main id=\"main\""), "{path} has no main part");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    for outside in ["src=\"http", "href=\"//", "@import", "javascript:", " style=\"", "onclick="] {
        assert!(!body.contains(outside), "{path} has {outside}: {}", around(body, outside));
    }
    for element in
        ["div", "section", "ul", "ol", "li", "details", "span", "a", "table", "nav", "p", "bdi", "h1", "h2"]
    {
        let opened =
            body.matches(&format!("<{element} ")).count() + body.matches(&format!("<{element}>")).count();
        let closed = body.matches(&format!("</{element}>")).count();
        assert_eq!(opened, closed, "{path}: <{element}> is opened and closed");
    }
    let ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "{path}: ids stand once");
}

fn around(body: &str, what: &str) -> String {
    let at = body.find(what).unwrap_or(0);
    body[at..].chars().take(80).collect()
}
