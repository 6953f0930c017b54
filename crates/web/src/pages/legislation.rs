//! What a law is, in the words of schema.org.

use merida_law::{Article, Authority, Status};
use merida_library::{ProvisionPage, WorkPage};
use serde_json::{Value, json};

use crate::chips::article_url;
use crate::site::Site;

/// A law.
pub(crate) fn of_work(site: &Site, page: &WorkPage) -> Value {
    let mut data = expression(site, &page.work, &page.expression);
    data["@context"] = json!("https://schema.org");
    let articles = page.provisions.iter().flat_map(|shown| shown.articles.iter().copied());
    data["legislationApplies"] = convention(site, articles);
    data
}

/// A provision of a law.
pub(crate) fn of_provision(site: &Site, page: &ProvisionPage) -> Value {
    let articles = page.provisions.iter().flat_map(|shown| shown.articles.iter().copied());
    let first = page.provisions.first().map(|shown| &shown.provision);
    let name = first.map(|provision| format!("{} {}", provision.label, provision.heading).trim().to_owned());
    json!({
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": site.absolute(&page.url.to_string()),
        "url": site.absolute(&page.url.to_string()),
        "name": name,
        "legislationIdentifier": page.url.to_string(),
        "inLanguage": page.expression.language().bcp47(),
        "legislationApplies": convention(site, articles),
        "isPartOf": expression(site, &page.work, &page.expression),
    })
}

fn expression(site: &Site, work: &merida_law::Work, expression: &merida_law::Expression) -> Value {
    let path = expression.uri.to_string();
    json!({
        "@type": "Legislation",
        "@id": site.absolute(&path),
        "url": site.absolute(&path),
        "name": expression.title,
        "alternateName": work.title_en,
        "legislationIdentifier": work.uri.to_string(),
        "legislationType": work.kind.as_str(),
        "legislationDate": work.date.map(|date| date.to_string()),
        "legislationDateVersion": expression.uri.date().map(|date| date.to_string()),
        "legislationLegalForce": force(work.status),
        "legislationLegalValue": value(expression.authority),
        "inLanguage": expression.language().bcp47(),
        "spatialCoverage": {
            "@type": "AdministrativeArea",
            "name": work.jurisdiction.english_name(),
            "identifier": work.jurisdiction.code().to_uppercase(),
        },
        "license": expression.source.licence,
        "isBasedOn": expression.source.url,
    })
}

fn convention(site: &Site, articles: impl Iterator<Item = Article>) -> Value {
    let mut articles: Vec<Article> = articles.collect();
    articles.sort_unstable();
    articles.dedup();
    let entry = |article: Article| {
        json!({
            "@type": "Legislation",
            "@id": site.absolute(&article_url(article)),
            "name": format!("United Nations Convention against Corruption, article {article}"),
        })
    };
    articles.into_iter().map(entry).collect()
}

const fn force(status: Status) -> Option<&'static str> {
    match status {
        Status::InForce { .. } => Some("https://schema.org/InForce"),
        Status::NotYetInForce { .. }
        | Status::Draft
        | Status::Superseded { .. }
        | Status::Repealed { .. } => Some("https://schema.org/NotInForce"),
        Status::Unknown => None,
    }
}

const fn value(authority: Authority) -> Option<&'static str> {
    match authority {
        Authority::OfficialText => Some("https://schema.org/OfficialLegalValue"),
        Authority::OfficialTranslation => Some("https://schema.org/AuthoritativeLegalValue"),
        Authority::UnofficialTranslation | Authority::MachineTranslation | Authority::Digest => {
            Some("https://schema.org/UnofficialLegalValue")
        }
        Authority::Unverified => None,
    }
}
