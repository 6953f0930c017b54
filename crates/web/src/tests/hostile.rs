//! What strangers try.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::specimens::{GIFTS, Specimens, sound};

#[tokio::test]
async fn nothing_that_is_sent_breaks_a_page() {
    let site = Specimens::open().await;
    let long = "a".repeat(20_000);
    let quotes = "%22".repeat(3_000);
    let deep = "(".repeat(5_000);
    for path in [
        format!("/search?q={long}"),
        format!("/search?q={quotes}"),
        format!("/search?q={deep}"),
        "/search?q=%00%01%E2%80%AE%EF%BF%BD".to_owned(),
        "/search?q=%F0%9F%92%B0&limit=99999999999999999999&offset=99999999999999999999".to_owned(),
        "/search?article=15&article=15&article=99&year_from=-5&year_to=999999".to_owned(),
        "/search?q=*%20AND%20OR%20NOT%20field:x%20%5B1%20TO%20%5D%20~%20%5E".to_owned(),
        format!("{GIFTS}?q={quotes}&at=%3Cscript%3E&part=-1"),
        format!("{GIFTS}?at=sec_9999&lang=xx-yy-zz"),
        "/article/15?summary=xx&offset=99999999999&jurisdiction=zz".to_owned(),
        "/search.atom?q=%00%3C%26&offset=5".to_owned(),
        "/sitemap.xml?offset=99999999999999999999".to_owned(),
    ] {
        let answer = site.get(&path).await;
        let shown: String = path.chars().take(60).collect();
        assert_eq!(answer.status, StatusCode::OK, "{shown}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_words() {
    let site = Specimens::open().await;
    for (path, status) in [
        ("/search?q=%ff".to_owned(), StatusCode::BAD_REQUEST),
        ("/search?q=%".to_owned(), StatusCode::BAD_REQUEST),
        ("/article/%ff".to_owned(), StatusCode::BAD_REQUEST),
        ("/akn/%c0%ae%c0%ae/etc".to_owned(), StatusCode::BAD_REQUEST),
        ("/jurisdiction/%ff".to_owned(), StatusCode::BAD_REQUEST),
        (format!("/search?q={}", "a".repeat(40_000)), StatusCode::URI_TOO_LONG),
        ("/akn/../../etc/passwd".to_owned(), StatusCode::NOT_FOUND),
        ("/akn/gb/act/2010/..%2f..%2fetc".to_owned(), StatusCode::NOT_FOUND),
        ("/static/..%2f..%2fCargo.toml".to_owned(), StatusCode::NOT_FOUND),
        ("/original/..%2f..%2fmerida.sqlite".to_owned(), StatusCode::NOT_FOUND),
        (format!("{GIFTS}/~sec_9999"), StatusCode::NOT_FOUND),
        (format!("{GIFTS}/~%3Cscript%3E"), StatusCode::NOT_FOUND),
    ] {
        let answer = site.get(&path).await;
        let shown: String = path.chars().take(60).collect();
        assert_eq!(answer.status, status, "{shown}");
        sound(&shown, &answer);
    }
    let post = Request::post("/search").body(Body::from("q=x")).expect("a request");
    let answer = site.ask(post).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    sound("POST /search", &answer);
}

#[tokio::test]
async fn what_is_sent_comes_back_as_text() {
    let site = Specimens::open().await;
    let script = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        format!("/search?q={script}"),
        format!("/search?kind={script}"),
        format!("/search?{script}=1"),
        format!("{GIFTS}?q={script}"),
        format!("{GIFTS}/~sec_6?q={script}"),
        format!("/nowhere/{script}"),
        format!("/jurisdiction/{script}"),
        format!("/article/{script}"),
    ] {
        let body = site.get(&path).await.body;
        assert!(!body.contains("<script>alert"), "{path}");
    }
}
