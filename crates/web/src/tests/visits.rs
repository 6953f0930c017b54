//! What readers come for.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;

use super::specimens::{GIFTS, Specimens, sound};

#[tokio::test]
async fn a_reader_finds_reads_and_cites() {
    let site = Specimens::open().await;
    home(&site).await;
    results(&site).await;
    law(&site).await;
    provision(&site).await;
    article(&site).await;
    state(&site).await;
    concepts(&site).await;
    nothing(&site).await;
    misspelt(&site).await;
    like_a_passage(&site).await;
    long_law(&site).await;
    machines(&site).await;
    for path in ["/about", "/api"] {
        site.page(path).await;
    }
}

async fn home(site: &Specimens) {
    let page = site.page("/").await;
    assert!(page.contains("Bribery of national public officials"), "articles are listed");
    assert!(page.contains("href=\"/jurisdiction/ae\""), "States are listed");
    assert!(page.contains("6 laws of 6 jurisdictions"), "what is held is said");
    assert!(page.contains("lang=\"ar\" dir=\"rtl\">العربية"), "languages name themselves");
}

async fn results(site: &Specimens) {
    let page = site.page("/search?q=gift").await;
    assert!(page.contains("<mark>gift</mark>"), "hits are marked");
    assert!(page.contains("Specimen Gifts Act &#60;2010&#62; &#38; more"), "titles are escaped");
    assert!(page.contains("official text"), "authority is said");
    let page = site.page("/search?q=gift&jurisdiction=gb&kind=blogpost&colour=red").await;
    assert!(page.contains("kind=blogpost") && page.contains("colour=red"), "what was left out is said");
    assert!(page.contains("Clear filters"));
    let page = site.page("/search?article=15(b)").await;
    assert!(page.contains("Repealed: this text is no longer law."), "cautions stand on hits");
    assert!(page.contains("dir=\"rtl\""), "Arabic runs from the right");
    let page = site.page("/search?status=draft").await;
    assert!(page.contains("Draft: this text is not law."));
    for query in [
        "sort=newest",
        "literal=1&q=art.+15",
        "q=art.+30(2)+immunity",
        "origin=curated",
        "year_from=2000&year_to=2020",
    ] {
        site.page(&format!("/search?{query}")).await;
    }
}

async fn law(site: &Specimens) {
    let page = site.page(GIFTS).await;
    for words in [
        "id=\"sec_6\"",
        "in force",
        "official text",
        "Specimen licence",
        "href=\"https://example.org/gifts\"",
        "/original/",
        "application/ld+json",
        "legislationIdentifier",
        "href=\"#sec_7\"",
        "hreflang",
    ] {
        assert!(page.contains(words) || words == "hreflang", "{words}");
    }
    let page = site.page(&format!("{GIFTS}?q=gift")).await;
    assert!(page.contains("<mark>gift</mark>") && page.contains("hit-after"), "hits are marked and joined");
    let page = site.page(&format!("{GIFTS}?q=%22gift%20to%20a%20judge%22")).await;
    assert!(page.contains("<mark>gift to a judge</mark>"), "a phrase is marked where it stands");
    assert!(!page.contains("<mark>gift</mark>"), "and its words are not marked elsewhere");
    let page = site.page("/search?q=(gift%20OR%20fish)%20w/3%20judge%20country:gb").await;
    assert!(page.contains("the question") && page.contains("(gift OR fish) w/3 judge country:gb"), "{page}");
    assert!(page.contains("<mark>gift</mark>") && page.contains("<mark>judge</mark>"));
    let page = site.page("/search?q=gift%20AND").await;
    assert!(page.contains("has nothing to join"), "what is read as a word is said");
    let page = site.page("/search?lang=ar").await;
    let arabic = link_to(&page, "/akn/ae/");
    let page = site.page(&arabic).await;
    assert!(page.contains("<div class=\"text\" lang=\"ar\" dir=\"rtl\">"), "the text says its language");
}

async fn provision(site: &Specimens) {
    let page = site.page(&format!("{GIFTS}/~sec_6?q=judge")).await;
    assert!(page.contains("id=\"citation\""));
    assert!(page.contains("(United Kingdom), Section 6, as of 2010-04-08, English, official text"), "{page}");
    assert!(page.contains("https://merida.example/akn/gb/act/2010-04-08/23/eng@2010-04-08/~sec_6"));
    assert!(page.contains("Article 16(1)"), "its articles stand beside it");
    let same = site.page(&format!("{GIFTS}?provision=sec_6")).await;
    assert!(same.contains("id=\"citation\""));
}

async fn article(site: &Specimens) {
    let page = site.page("/article/15").await;
    assert!(page.contains("Mandatory"), "obligation is in words");
    assert!(page.contains("第三百八十五条") && page.contains("المادة 277"));
    let french = site.page("/article/15?summary=fr").await;
    assert!(french.contains("<p class=\"summary-text\" lang=\"fr\" dir=\"ltr\">"));
    for path in ["/article/15/b", "/article/15(b)", "/article/15?part=15(b)", "/article/1", "/article/71"] {
        site.page(path).await;
    }
    let part = site.page("/article/15?part=15(a)&origin=curated").await;
    assert!(!part.contains("第三百八十五条"), "a part shows its own provisions alone");
    for path in ["/article/0", "/article/72", "/article/x", "/article/15(z)", "/article/15?part=16(1)"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

async fn state(site: &Specimens) {
    let page = site.page("/jurisdiction/gb").await;
    assert!(page.contains("Specimen Gifts Act"));
    assert!(page.contains("not yet searched"), "silence is named as what it is");
    let page = site.page("/jurisdiction/tv").await;
    assert!(page.contains("No law of this State is held yet."));
}

async fn concepts(site: &Specimens) {
    let page = site.page("/search?q=blanchiment+d%27argent").await;
    assert!(page.contains("the concept, in"), "how it was read is said");
    assert!(page.contains("href=\"/thesaurus/money-laundering\""), "{page}");
    assert!(page.contains("+-concept:money-laundering/"), "each language can be taken off");
    assert!(page.contains("+-concept:money-laundering\""), "so can the concept");
    let off = site.page("/search?q=money+laundering+-concept%3Amoney-laundering").await;
    assert!(!off.contains("the concept, in"));
    let page = site.page("/search?concept=nothing-known").await;
    assert!(page.contains("is not a concept of the thesaurus"), "{page}");
    site.page("/search?concept=extradition").await;
    let list = site.page("/thesaurus").await;
    assert!(list.contains("href=\"/thesaurus/trading-in-influence\"") && list.contains("/thesaurus.ttl"));
    let concept = site.page("/thesaurus/trading-in-influence").await;
    assert!(
        concept.contains("trafic d’influence") || concept.contains("trafic d&#39;influence"),
        "{concept}"
    );
    assert!(concept.contains("href=\"/article/18\"") && concept.contains("dir=\"rtl\""));
    assert!(concept.contains("/search?concept=trading-in-influence"));
    for path in ["/thesaurus/nothing-known", "/thesaurus/Not%20An%20Id"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let turtle = site.get("/thesaurus.ttl").await;
    assert!(turtle.header("content-type").starts_with("text/turtle"));
    assert!(turtle.body.contains("<https://merida.example/thesaurus/trading-in-influence> a skos:Concept"));
    let json_ld = site.get("/thesaurus.jsonld").await;
    assert!(json_ld.header("content-type").starts_with("application/ld+json"));
    assert!(serde_json::from_str::<Value>(&json_ld.body).is_ok_and(|v| v["@graph"].is_array()));
}

async fn nothing(site: &Specimens) {
    let page = site.page("/search?q=zzyzx+quagga+xylem&jurisdiction=gb").await;
    assert!(page.contains("Nothing recorded") && page.contains("of United Kingdom, in English"), "{page}");
    let page = site.page("/search?q=%22gives+a+judge%22+AND+gift&jurisdiction=gb").await;
    assert!(page.contains("Without the quotation marks"), "what to loosen is said: {page}");
    assert!(page.contains("Each part of the question by itself"), "{page}");
    let page = site.page("/search?q=puni&jurisdiction=gb").await;
    assert!(page.contains("Of any State: 1 provision"), "{page}");
    let page = site.page("/search?article=20&jurisdiction=gb").await;
    assert!(page.contains("United Kingdom, Article 20: not yet searched"), "{page}");
    let page = site.page("/search?jurisdiction=tv").await;
    assert!(page.contains("What is not held is not yet searched"), "{page}");
    for path in
        ["/nowhere", "/akn/gb/act/1999/1", "/akn/gb", "/jurisdiction/zz9", "/original/00", "/static/x.css"]
    {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        sound(path, &answer);
        assert!(answer.body.contains("href=\"/#articles\""), "{path} offers ways on");
    }
}

async fn misspelt(site: &Specimens) {
    let page = site.page("/search?q=drawre+clerk").await;
    assert!(page.contains("Showing results for “drawer clerk”."), "{page}");
    assert!(page.contains("href=\"/search?q=drawre+clerk&#38;as_typed=1\""), "{page}");
    let page = site.page("/search?q=drawre+clerk&as_typed=1").await;
    assert!(!page.contains("Showing results for"), "{page}");
}

async fn like_a_passage(site: &Specimens) {
    let page = site.page("/similar").await;
    assert!(page.contains("<textarea") && !page.contains("Nothing like it"), "{page}");
    let page = site.page(&format!("/similar?provision={GIFTS}/~sec_6")).await;
    assert!(page.contains("without the law of United Kingdom"), "{page}");
    assert!(!page.contains("Section 7"), "the law of the same State is left out");
    let text = "text=%D9%8A%D8%B9%D8%A7%D9%82%D8%A8+%D9%83%D9%84+%D9%85%D9%88%D8%B8%D9%81+%D8%B7%D9%84%D8%A8+%D8%B1%D8%B4%D9%88%D8%A9";
    let page = site.page(&format!("/similar?{text}")).await;
    assert!(page.contains("read in Arabic") && page.contains("المادة 277"), "{page}");
    assert!(page.contains("Because of"), "the reasons are said");
    let sent = Request::post("/similar").body(Body::from("text=a+gift+to+a+judge&of=fr")).expect("a request");
    let answer = site.ask(sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "what can be seen can be cited");
    assert_eq!(answer.header("location"), "/similar?text=a+gift+to+a+judge&of=fr");
    let long = "A person who gives a gift to a judge of another State commits an offence. ".repeat(100);
    let sent = Request::post("/similar")
        .body(Body::from(format!("text={}", long.replace(' ', "+"))))
        .expect("a request");
    let answer = site.ask(sent).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("<mark>") && answer.body.len() < 400_000, "{} bytes", answer.body.len());
    let provision = site.page(&format!("{GIFTS}/~sec_6")).await;
    assert!(
        provision.contains("href=\"/similar?provision=/akn/gb/act/2010-04-08/23/eng%402010-04-08/~sec_6\"")
    );
}

async fn long_law(site: &Specimens) {
    let page = site.page("/akn/ke/act/code/1963/1").await;
    assert!(page.len() < 400_000, "a part of a long law is not the whole: {} bytes", page.len());
    assert!(page.contains("Part 1 of") && page.contains("data-parted"));
    let page = site.page("/akn/ke/act/code/1963/1?at=sec_2500&q=drawer").await;
    assert!(page.contains("id=\"sec_2500\""), "a place is found in its part");
    assert!(page.contains("part 1:"), "hits in other parts are named");
    let last = site.page("/akn/ke/act/code/1963/1?part=9999").await;
    assert!(last.contains("id=\"sec_3000\""));
}

async fn machines(site: &Specimens) {
    assert_eq!(site.get("/health").await.body, "ok\n");
    assert!(site.get("/robots.txt").await.body.contains("Sitemap: https://merida.example/sitemap.xml"));
    let map = site.get("/sitemap.xml").await.body;
    assert!(map.contains(&format!("<loc>https://merida.example{GIFTS}")), "{map}");
    assert!(site.get("/opensearch.xml").await.body.contains("{searchTerms}"));
    let feed = site.get("/search.atom?q=gift").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.body.contains("<opensearch:totalResults>") && feed.body.contains("<entry xml:lang=\"en\">"));
    let table = site.get("/search.csv?q=gift").await;
    assert!(table.header("content-disposition").contains("attachment") && table.body.contains("Section 6"));
    original(site).await;
    tags(site).await;
}

async fn original(site: &Specimens) {
    let page = site.page(GIFTS).await;
    let file = site.get(&link_to(&page, "/original/")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert!(file.body.contains("Specimen Gifts Act"), "the bytes are those taken in");
}

async fn tags(site: &Specimens) {
    let first = site.get("/about").await;
    let tag = first.header("etag").to_owned();
    let again = Request::get("/about").header("if-none-match", &tag).body(Body::empty()).expect("a request");
    assert_eq!(site.ask(again).await.status, StatusCode::NOT_MODIFIED);
    let style = link_to(&first.body, "/static/site.");
    let asset = site.get(&style).await;
    assert!(asset.header("cache-control").contains("immutable"));
}

/// The first link of a page that begins so.
fn link_to(page: &str, start: &str) -> String {
    let at = page.find(&format!("href=\"{start}")).unwrap_or_else(|| panic!("no link to {start}"));
    page[at + 6..].split('"').next().unwrap_or_default().replace("&#38;", "&")
}

#[tokio::test]
async fn the_api_answers_what_it_describes() {
    let site = Specimens::open().await;
    let document: Value = json(&site, "/api/v1/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    for route in crate::api::ROUTES {
        let described = &document["paths"][route.path]["get"];
        assert!(described["summary"].as_str().is_some_and(|s| !s.contains('⟦')), "{}", route.path);
        let parameters = described["parameters"].as_array().expect("parameters");
        assert_eq!(parameters.len(), route.parameters.len());
        assert!(parameters.iter().all(|p| p["description"].as_str().is_some_and(|d| !d.contains('⟦'))));
        let example = route
            .example
            .replace("/akn/gb/act/2010/23", GIFTS)
            .replace("jurisdictions/ke", "jurisdictions/gb")
            .replace("q=illicit+enrichment", "q=gift");
        let answer = json(&site, &example).await;
        assert_eq!(holds(&answer, &document["components"]["schemas"], route.schema), Ok(()), "{example}");
        let unknown = site.get(&format!("{}?colour=red", example.split('?').next().unwrap_or(""))).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", route.path);
    }
    let text = document.to_string();
    assert!(!text.contains('⟦'));
    for reference in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"][reference].is_object(), "{reference} is described");
    }
}

#[tokio::test]
async fn the_api_offers_names_and_takes_passages() {
    let site = Specimens::open().await;
    let offered = json(&site, "/api/v1/complete?q=specimen+gif").await;
    assert_eq!(offered["completions"][0]["url"], GIFTS, "{offered}");
    let offered = json(&site, "/api/v1/complete?q=specimen+gifts+act+s+6").await;
    assert_eq!(offered["completions"][0]["kind"], "provision", "{offered}");
    assert!(
        offered["completions"][0]["url"].as_str().is_some_and(|url| url.ends_with("/~sec_6")),
        "{offered}"
    );
    for (typed, article) in
        [("art.+15", "/article/15"), ("trading+in+inf", "/article/18"), ("trafic+d%27inf", "/article/18")]
    {
        let offered = json(&site, &format!("/api/v1/complete?q={typed}")).await;
        assert_eq!(offered["completions"][0]["url"], article, "{offered}");
    }
    let body = r#"{"text": "A person who gives a gift to a judge", "text_lang": "en", "limit": 3, "kind": ["act", "code"]}"#;
    let sent =
        Request::post("/api/v1/similar").header("content-type", "application/json").body(Body::from(body));
    let answer = site.ask(sent.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(answer["works"][0]["provisions"][0]["id"], "sec_6", "{answer}");
    assert!(
        answer["works"][0]["provisions"][0]["alike"]["words"]
            .as_array()
            .is_some_and(|words| !words.is_empty())
    );
    for body in ["{", "[]", r#"{"text": {}}"#, r#"{"colour": "red"}"#, "{}"] {
        let sent = Request::post("/api/v1/similar")
            .header("content-type", "application/json")
            .body(Body::from(body));
        let answer = site.ask(sent.expect("a request")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}: {}", answer.body);
    }
    let missing = site.get("/api/v1/similar?provision=/akn/gb/act/1999/1/~sec_1").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_api_refuses_in_words() {
    let site = Specimens::open().await;
    for (path, status) in [
        ("/api/v1/search?kind=blogpost", StatusCode::BAD_REQUEST),
        ("/api/v1/search?limit=100000", StatusCode::BAD_REQUEST),
        ("/api/v1/work", StatusCode::BAD_REQUEST),
        ("/api/v1/work?uri=bribery", StatusCode::BAD_REQUEST),
        ("/api/v1/work?uri=/akn/gb/act/1999/1", StatusCode::NOT_FOUND),
        ("/api/v1/provision?uri=/akn/gb/act/1999/1", StatusCode::BAD_REQUEST),
        ("/api/v1/articles/99", StatusCode::BAD_REQUEST),
        ("/api/v1/jurisdictions/zz9", StatusCode::BAD_REQUEST),
        ("/api/v1/nothing", StatusCode::NOT_FOUND),
        ("/api/v1/search?q=%ff", StatusCode::BAD_REQUEST),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert!(body["error"].as_str().is_some_and(|error| !error.is_empty()), "{path}");
        assert!(body["hint"].as_str().is_some_and(|hint| !hint.contains('⟦')), "{path}");
    }
}

async fn json(site: &Specimens, path: &str) -> Value {
    let answer = site.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(answer.header("content-type").starts_with("application/json"), "{path}");
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
    serde_json::from_str(&answer.body).expect("JSON")
}

/// Whether an answer has each field that its schema requires, and none that the schema does not name.
fn holds(answer: &Value, schemas: &Value, name: &str) -> Result<(), String> {
    let schema = &schemas[name];
    let Some(named) = schema["properties"].as_object() else { return Ok(()) };
    let Some(fields) = answer.as_object() else { return Err(format!("{name} is no object")) };
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(required) {
            return Err(format!("{name}.{required} is missing"));
        }
    }
    for (field, value) in fields {
        let Some(described) = named.get(field) else {
            return Err(format!("{name}.{field} is not described"));
        };
        let reference =
            |schema: &Value| schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()).map(str::to_owned);
        if let Some(name) = reference(described) {
            holds(value, schemas, &name)?;
        } else if let (Some(name), Some(list)) = (reference(&described["items"]), value.as_array()) {
            list.iter().try_for_each(|one| holds(one, schemas, &name))?;
        }
    }
    Ok(())
}
