//! What happens to every answer on its way out: refusals become pages, pages get tags, all get the headers of a careful
//! site.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::assets::fingerprint;
use crate::pages::error::ErrorView;
use crate::refusal::Refusal;
use crate::site::Site;

/// Nothing is loaded but from this site, nothing runs but its one script, nobody frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer that does not set them itself.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    ),
];

/// Adds the headers.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let of_api = is_api(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if of_api {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// Turns refusals into pages or, under `/api/`, into JSON.
pub(crate) async fn refusals(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let refusal = response.extensions_mut().remove::<Refusal>().or_else(|| unsaid(response.status()));
    let Some(refusal) = refusal else { return response };
    if is_api(&path) {
        crate::api::refusal(&site, &refusal)
    } else {
        let shown = crate::query::decode(&path, false).unwrap_or_default();
        ErrorView::new(&site, &refusal, &shown).response(&refusal)
    }
}

/// A failure that the router itself answered.
const fn unsaid(status: StatusCode) -> Option<Refusal> {
    match status {
        StatusCode::NOT_FOUND => Some(Refusal::missing()),
        StatusCode::METHOD_NOT_ALLOWED => Some(Refusal::method()),
        StatusCode::BAD_REQUEST => Some(Refusal::encoding()),
        StatusCode::INTERNAL_SERVER_ERROR => Some(Refusal::internal()),
        _ => None,
    }
}

/// Tags what was answered by its content, and sends nothing where the reader has it already.
pub(crate) async fn tags(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || response.headers().contains_key(header::ETAG) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body was made in memory, so taking it whole costs nothing more.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Refusal::internal().into_response();
    };
    let tag = format!("W/\"{}\"", fingerprint(&bytes));
    if known.is_some_and(|known| names(&known, &tag)) {
        let headers = std::mem::take(&mut parts.headers);
        return unchanged(headers, &tag);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn names(known: &HeaderValue, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known
        .to_str()
        .is_ok_and(|known| known.trim() == "*" || known.split(',').any(|one| bare(one) == bare(tag)))
}

fn unchanged(mut headers: HeaderMap, tag: &str) -> Response {
    headers.remove(header::CONTENT_TYPE);
    headers.remove(header::CONTENT_LENGTH);
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    (StatusCode::NOT_MODIFIED, headers).into_response()
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}
