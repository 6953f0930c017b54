//! A reader's way through the site in a real browser: home → search → facet → provision → back.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use merida_tests::{Desk, Ran, Site, root};
use serde_json::json;

const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (390, 844);

/// A running driver; stops when dropped.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A site with the specimens, and a browser window in front of it.
struct Reader {
    browser: Client,
    site: Site,
    _driver: Driver,
    _desk: Desk,
}

/// None, said aloud, where there is no browser; in continuous integration that is a failure.
async fn reader((width, height): (u32, u32)) -> Option<Reader> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    let started = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(driver) = started.map(Driver) else {
        assert!(std::env::var_os("CI").is_none(), "help: install chromium and chromium-driver");
        println!("skipped: no chromedriver (install chromium and chromium-driver)");
        return None;
    };
    let desk = Desk::new();
    let specimens = root().join("tests/specimens");
    let _ = desk.command().arg("import").arg(specimens).output().map(Ran::from).expect("it runs").exits(0);
    let site = desk.serve();
    let browser = connect(port, width, height).await;
    Some(Reader { browser, site, _driver: driver, _desk: desk })
}

async fn connect(port: u16, width: u32, height: u32) -> Client {
    let options = json!({"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
        "--disable-dev-shm-usage", format!("--window-size={width},{height}")]});
    let mut last = None;
    for _ in 0..100 {
        let capabilities: Capabilities =
            [("goog:chromeOptions".to_owned(), options.clone())].into_iter().collect();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return client,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("help: the browser does not start: {last:?}");
}

impl Reader {
    async fn go(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.site.url)).await.expect("the page opens");
    }

    async fn text(&self, css: &str) -> String {
        self.browser
            .find(Locator::Css(css))
            .await
            .unwrap_or_else(|e| panic!("{css}: {e}"))
            .text()
            .await
            .expect("text")
    }

    async fn count(&self, css: &str) -> usize {
        self.browser.find_all(Locator::Css(css)).await.expect("a page").len()
    }

    async fn click(&self, css: &str) {
        let element = self.browser.find(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}"));
        element.click().await.unwrap_or_else(|e| panic!("{css}: {e}"));
    }

    async fn path(&self) -> String {
        let url = self.browser.current_url().await.expect("an address");
        url.as_str().strip_prefix(&self.site.url).expect("our site").to_owned()
    }

    /// Types into the search box and presses Enter.
    async fn search(&self, words: &str) {
        let field = self.browser.find(Locator::Css("input[name=q]")).await.expect("a search box");
        field.clear().await.expect("it empties");
        field.send_keys(&format!("{words}\u{e007}")).await.expect("it takes keys");
        self.browser.wait().for_element(Locator::Css("body.search")).await.expect("results");
    }

    async fn number(&self, script: &str) -> i64 {
        self.browser.execute(script, Vec::new()).await.expect("a script").as_i64().expect("a number")
    }

    async fn close(self) {
        self.browser.close().await.expect("it closes");
    }
}

#[tokio::test]
async fn a_reader_goes_from_home_to_a_provision_and_back() {
    let Some(reader) = reader(WIDE).await else { return };
    reader.go("/").await;
    reader.search("bribery").await;
    let all = reader.count(".hit").await;
    assert!(all > 0, "nothing found: {}", reader.text("main").await);
    assert!(reader.count("mark").await > 0, "no word is marked");

    reader.click(".facet a[href*='jurisdiction=']").await;
    reader.browser.wait().for_element(Locator::Css(".facet a[aria-current]")).await.expect("selected");
    let filtered = reader.path().await;
    assert!(filtered.contains("jurisdiction="), "the filter is not in the address: {filtered}");

    reader.click(".hit-link").await;
    reader.browser.wait().for_element(Locator::Css("article.law")).await.expect("a law");
    assert!(reader.path().await.starts_with("/akn/"), "{}", reader.path().await);
    assert!(reader.text("main").await.to_lowercase().contains("brib"));

    reader.browser.back().await.expect("back");
    assert_eq!(reader.path().await, filtered);
    reader.close().await;
}

#[tokio::test]
async fn an_arabic_law_reads_from_right_to_left_on_a_telephone() {
    let Some(reader) = reader(NARROW).await else { return };
    reader.go("/").await;
    reader.search("الرشوة").await;
    assert!(reader.count(".hit").await > 0);
    // What is found stands in every language; the reader takes an Arabic text.
    reader.click(".hit-link[lang=ar]").await;
    reader
        .browser
        .wait()
        .for_element(Locator::Css("main [lang=ar][dir=rtl]"))
        .await
        .expect("Arabic, from right to left");
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(reader.number(overflow).await, 0, "the page is wider than the telephone");
    reader.close().await;
}

#[tokio::test]
async fn an_article_of_the_convention_is_reached_by_browsing() {
    let Some(reader) = reader(WIDE).await else { return };
    reader.go("/").await;
    reader.click("a[href^='/article/15']").await;
    reader.browser.wait().for_element(Locator::Css("body.article")).await.expect("the article");
    let text = reader.text("main").await;
    assert!(text.contains("Bribery of national public officials"), "{text}");
    assert!(reader.count(".hit").await > 0, "no national provision is listed");
    reader.close().await;
}

#[tokio::test]
async fn names_are_offered_while_one_types_and_chosen_by_key() {
    let Some(reader) = reader(WIDE).await else { return };
    for (page, typed) in [("/", "brib"), ("/search?q=%D8%B1%D8%B4%D9%88%D8%A9", "الرش")] {
        reader.go(page).await;
        let field = reader.browser.find(Locator::Css("input[name=q]")).await.expect("a search box");
        field.clear().await.expect("it empties");
        field.send_keys(typed).await.expect("it takes keys");
        let open = "input[role=combobox][aria-expanded=true]";
        reader.browser.wait().for_element(Locator::Css(open)).await.expect("names are offered");
        assert!(reader.count("ul[role=listbox] > li[role=option]").await > 0);
        assert_eq!(reader.count("li[aria-selected=true]").await, 0, "nothing is chosen beforehand");
        field.send_keys("\u{e015}").await.expect("arrow down");
        let chosen = "return document.querySelector('li[aria-selected=true]').id === \
            document.activeElement.getAttribute('aria-activedescendant') ? 1 : 0";
        assert_eq!(reader.number(chosen).await, 1, "the chosen name is told to who cannot see it");
        field.send_keys("\u{e00c}").await.expect("escape");
        assert_eq!(reader.count(open).await, 0, "Escape closes the list");
        field.send_keys("\u{e015}\u{e015}").await.expect("arrow down, twice");
        reader.browser.wait().for_element(Locator::Css(open)).await.expect("an arrow opens it again");
    }
    reader.go("/").await;
    let field = reader.browser.find(Locator::Css("input[name=q]")).await.expect("a search box");
    field.send_keys("art. 15").await.expect("it takes keys");
    let offer = "li[role=option][data-url='/article/15']";
    reader.browser.wait().for_element(Locator::Css(offer)).await.expect("the article is offered");
    field.send_keys("\u{e015}\u{e007}").await.expect("arrow down, enter");
    reader
        .browser
        .wait()
        .for_element(Locator::Css("body.article"))
        .await
        .expect("the article of the Convention");
    reader.close().await;
}

#[tokio::test]
async fn a_page_that_is_not_there_offers_ways_on() {
    let Some(reader) = reader(NARROW).await else { return };
    reader.go("/akn/ke/act/1900/none").await;
    assert!(reader.count("main a[href]").await >= 2);
    assert!(reader.count("input[name=q]").await > 0);
    reader.close().await;
}
