//! What machines read: feeds, tables, maps of the site, and original files.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use merida_law::Sha256;
use merida_library::{FoundProvision, FoundWork, SearchAnswer};

use crate::asked::Asked;
use crate::query::{Query, join};
use crate::refusal::Refusal;
use crate::site::{Site, typed};

/// How many works a page of the map of the site holds.
const MAPPED: u64 = 20_000;

/// `/health`
pub(crate) async fn health() -> Response {
    typed("text/plain; charset=utf-8", "ok\n")
}

/// `/robots.txt`: the pages of texts may be read by robots, the endless combinations of filters not.
pub(crate) async fn robots(State(site): State<Arc<Site>>) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /search\nDisallow: /similar\nDisallow: /original/\nDisallow: /api/v1/\nAllow: /\n\nSitemap: {}\n",
        site.absolute("/sitemap.xml")
    );
    typed("text/plain; charset=utf-8", text)
}

/// `/opensearch.xml`: lets a browser search here from its address bar.
pub(crate) async fn opensearch(State(site): State<Arc<Site>>) -> Response {
    let t = site.texts;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
    element(&mut xml, "ShortName", &t.say("site-name"));
    element(&mut xml, "Description", &t.say("footer-what"));
    for (media_type, path) in [
        ("text/html", "/search?q={searchTerms}&offset={startIndex?}"),
        ("application/atom+xml", "/search.atom?q={searchTerms}&offset={startIndex?}"),
        ("application/json", "/api/v1/search?q={searchTerms}"),
    ] {
        let template = escape(&site.absolute(path));
        line(&mut xml, &format!("<Url type=\"{media_type}\" indexOffset=\"0\" template=\"{template}\"/>"));
    }
    element(&mut xml, "InputEncoding", "UTF-8");
    xml.push_str("</OpenSearchDescription>\n");
    typed("application/opensearchdescription+xml; charset=utf-8", xml)
}

/// `/sitemap.xml`, and `/sitemap.xml?offset=20000` for the works after the first 20,000.
pub(crate) async fn sitemap(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let query = Query::read(uri.query())?;
    let offset: u64 = query.first("offset").and_then(|n| n.parse().ok()).unwrap_or(0);
    let works = site.library.works(offset.min(100_000_000), MAPPED).await?;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut add =
        |path: &str| line(&mut xml, &format!("<url><loc>{}</loc></url>", escape(&site.absolute(path))));
    if offset == 0 {
        add("/");
        add("/about");
        add("/thesaurus");
        site.library.concepts().iter().for_each(|concept| add(&format!("/thesaurus/{}", concept.id)));
        merida_law::Article::all().for_each(|article| add(&format!("/article/{article}")));
        let overview = site.library.overview().await?;
        overview.jurisdictions.iter().for_each(|j| add(&format!("/jurisdiction/{}", j.jurisdiction.code())));
    }
    works.iter().for_each(|work| add(&work.url.to_string()));
    xml.push_str("</urlset>\n");
    Ok(typed("application/xml; charset=utf-8", xml))
}

/// `/search.atom`: the answer as a feed, with the elements of OpenSearch.
pub(crate) async fn feed(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let asked = Asked::read(&Query::read(uri.query())?);
    let answer = site.library.search(asked.request.clone()).await?;
    Ok(typed("application/atom+xml; charset=utf-8", atom(&site, &asked, &answer)))
}

/// `/search.csv`: one line a provision.
pub(crate) async fn table(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let asked = Asked::read(&Query::read(uri.query())?);
    let answer = site.library.search(asked.request.clone()).await?;
    let mut response = typed("text/csv; charset=utf-8", csv(&site, &answer));
    let name = HeaderValue::from_static("attachment; filename=\"merida-search.csv\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// `/original/{sha256}`: the file as it was taken in, always as a download and never as a page of this site.
pub(crate) async fn original(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response, Refusal> {
    let digest: Sha256 =
        uri.path().trim_start_matches("/original/").parse().map_err(|_| Refusal::missing())?;
    let bytes = site.library.original(&digest).await?;
    let mut response = typed("application/octet-stream", bytes);
    let headers = response.headers_mut();
    let name = format!("attachment; filename=\"{digest}\"");
    headers
        .insert(header::CONTENT_DISPOSITION, name.parse().unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}

fn atom(site: &Site, asked: &Asked, answer: &SearchAnswer) -> String {
    let t = site.texts;
    let own = site.absolute(&join("/search.atom", &asked.query_string()));
    let page = site.absolute(&asked.url());
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n",
    );
    let question = asked.request.query.as_str();
    let title = if question.is_empty() { t.say("search-browse") } else { question.to_owned() };
    element(&mut xml, "title", &format!("{title} · {}", t.say("site-name")));
    element(&mut xml, "id", &page);
    line(&mut xml, &format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escape(&own)));
    line(&mut xml, &format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&page)));
    line(
        &mut xml,
        "<link rel=\"search\" type=\"application/opensearchdescription+xml\" href=\"/opensearch.xml\"/>",
    );
    element(&mut xml, "updated", &moment(answer.works.iter().filter_map(|w| w.as_of.or(w.date)).max()));
    line(&mut xml, &format!("<author><name>{}</name></author>", escape(&t.say("site-name"))));
    element(&mut xml, "opensearch:totalResults", &answer.total_works.to_string());
    element(&mut xml, "opensearch:startIndex", &asked.request.offset.to_string());
    element(&mut xml, "opensearch:itemsPerPage", &asked.request.limit.to_string());
    line(&mut xml, &format!("<opensearch:Query role=\"request\" searchTerms=\"{}\"/>", escape(question)));
    for work in &answer.works {
        work.provisions.iter().for_each(|provision| entry(site, &mut xml, work, provision));
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(site: &Site, xml: &mut String, work: &FoundWork, provision: &FoundProvision) {
    let url = site.absolute(&provision.url.to_string());
    let language = work.language.bcp47();
    line(xml, &format!("<entry xml:lang=\"{language}\">"));
    let pieces = [work.title.as_str(), provision.label.as_str(), provision.heading.as_str()];
    element(xml, "title", &pieces.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "));
    element(xml, "id", &url);
    line(xml, &format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&url)));
    element(xml, "updated", &moment(work.as_of.or(work.date)));
    element(xml, "summary", &provision.snippet);
    line(xml, &format!("<category term=\"{}\"/>", work.jurisdiction.code()));
    for article in &provision.articles {
        line(xml, &format!("<category term=\"article {article}\"/>"));
    }
    xml.push_str("</entry>\n");
}

/// A date as the moment that Atom asks for.
fn moment(date: Option<merida_law::LegalDate>) -> String {
    date.map_or_else(
        || "1970-01-01T00:00:00Z".to_owned(),
        |date| {
            format!(
                "{:04}-{:02}-{:02}T00:00:00Z",
                date.year(),
                date.month().unwrap_or(1),
                date.day().unwrap_or(1)
            )
        },
    )
}

fn csv(site: &Site, answer: &SearchAnswer) -> String {
    // The mark of byte order tells spreadsheets that this is UTF-8.
    let mut text = String::from(
        "\u{feff}jurisdiction,title,title_en,kind,status,authority,language,date,label,heading,articles,suggested,snippet,url\r\n",
    );
    for work in &answer.works {
        for provision in &work.provisions {
            let articles = |list: &[merida_law::Article]| {
                list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            };
            let fields = [
                work.jurisdiction.code().to_owned(),
                work.title.clone(),
                work.title_en.clone().unwrap_or_default(),
                work.kind.to_string(),
                work.status.to_string(),
                work.authority.to_string(),
                work.language.bcp47().to_owned(),
                work.as_of.or(work.date).map(|date| date.to_string()).unwrap_or_default(),
                provision.label.clone(),
                provision.heading.clone(),
                articles(&provision.articles),
                articles(&provision.suggested),
                provision.snippet.clone(),
                site.absolute(&provision.url.to_string()),
            ];
            text.push_str(&fields.map(|field| cell(&field)).join(","));
            text.push_str("\r\n");
        }
    }
    text
}

/// A field of a table. A leading sign would be a formula to a spreadsheet.
fn cell(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if field.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn element(xml: &mut String, name: &str, text: &str) {
    line(xml, &format!("<{name}>{}</{name}>", escape(text)));
}

fn line(xml: &mut String, text: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(xml, "{text}");
}

/// Text for XML: escaped, without the control characters that XML forbids.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_can_neither_break_its_line_nor_become_a_formula() {
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("第三百八十五条"), "第三百八十五条");
    }

    #[test]
    fn xml_holds_any_text() {
        assert_eq!(escape("<a & \"b\">\u{0}\u{b}"), "&lt;a &amp; &quot;b&quot;&gt;");
    }
}
