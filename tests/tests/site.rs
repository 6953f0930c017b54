//! The site and its API over the specimens, without a browser.

use merida_tests::{Desk, Ran, Site, root};

fn site() -> (Desk, Site) {
    let desk = Desk::new();
    let run = desk
        .command()
        .arg("import")
        .arg(root().join("tests/specimens"))
        .output()
        .map(Ran::from)
        .expect("it runs");
    let _ = run.exits(0);
    let site = desk.serve();
    (desk, site)
}

#[test]
fn the_api_answers_as_the_command_line_does() {
    let (desk, site) = site();
    for (arguments, path) in [
        (&["search", "bribery"][..], "/api/v1/search?q=bribery"),
        (&["search", "الرشوة"], "/api/v1/search?q=%D8%A7%D9%84%D8%B1%D8%B4%D9%88%D8%A9"),
        (
            &["search", "", "--article", "15(a)", "--jurisdiction", "cn"],
            "/api/v1/search?article=15(a)&jurisdiction=cn",
        ),
        (
            &["search", "act", "--sort", "newest", "--limit", "3", "--offset", "2"],
            "/api/v1/search?q=act&sort=newest&limit=3&offset=2",
        ),
    ] {
        let mut line = desk.merida(&[arguments, &["--json"]].concat()).exits(0).json();
        let mut api = site.json(path);
        for answer in [&mut line, &mut api] {
            answer["took_ms"] = 0.into();
        }
        assert_eq!(line, api, "{path}");
    }
}

#[test]
fn every_page_that_a_page_links_to_is_there() {
    let (_desk, site) = site();
    let mut waiting = vec!["/".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if seen.len() >= 400 || !seen.insert(path.clone()) {
            continue;
        }
        let (status, body) = site.get(&path);
        assert_eq!(status, 200, "{path}");
        if path.starts_with("/api") || path.starts_with("/original") {
            continue;
        }
        for link in body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&").replace("&#38;", "&");
            let link = link.split('#').next().unwrap_or_default();
            let deep = link.contains("search?") && path.contains("search?");
            if link.starts_with('/') && !link.starts_with("//") && !deep {
                waiting.push(link.to_owned());
            }
        }
    }
    assert!(seen.len() > 60, "only {} pages are reachable from the home page", seen.len());
}

#[test]
fn hostile_requests_are_answered_and_never_break_the_site() {
    let (_desk, site) = site();
    let long = "a".repeat(6000);
    for path in [
        "/search?q=%FF%FE%00",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/search?article=999&jurisdiction=zz&lang=xx&sort=up&limit=-1&offset=abc",
        "/search?offset=99999999999999999999",
        "/akn/../../etc/passwd",
        "/akn/gb/act/2010/%2e%2e",
        "/akn/zz/act/2010/1",
        "/article/72",
        "/article/15(z)(9)",
        "/jurisdiction/atlantis",
        "/original/zz",
        "/static/../Cargo.toml",
        "/api/v1/search?article=xx",
        &format!("/search?q={long}"),
        &format!("/search?q={}", "%22".repeat(2000)),
    ] {
        let (status, body) = site.get(path);
        assert!(status < 500, "{path}: {status} {body}");
        assert!(!body.contains("<script>alert(1)"), "{path} is not escaped");
    }
    let (status, body) = site.get("/no/such/page");
    assert_eq!(status, 404);
    assert!(body.contains("href=\"/\""), "the page that is not there offers no way on");
}

#[test]
fn a_law_is_shown_in_its_own_language_and_direction() {
    let (_desk, site) = site();
    let found = site.json("/api/v1/search?lang=ar&limit=1");
    let url = found["works"][0]["url"].as_str().expect("a work in Arabic");
    let (status, body) = site.get(url);
    assert_eq!(status, 200);
    assert!(body.contains("dir=\"rtl\"") && body.contains("lang=\"ar\""), "{body}");
}
