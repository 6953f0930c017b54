//! What every handler knows.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use merida_law::Language;
use merida_library::Library;

use crate::Settings;
use crate::refusal::Refusal;
use crate::texts::Texts;

/// What every handler knows.
pub(crate) struct Site {
    /// The library.
    pub(crate) library: Library,
    /// Where the site lives.
    pub(crate) settings: Settings,
    /// The words of the interface.
    pub(crate) texts: &'static Texts,
}

impl Site {
    /// The absolute address of a path.
    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.settings.base_url.trim_end_matches('/'))
    }
}

/// A page as a response.
pub(crate) fn page(template: &impl Template) -> Result<Response, Refusal> {
    let html = template.render().map_err(|error| {
        tracing::error!(%error, "a template could not be rendered");
        Refusal::internal()
    })?;
    Ok(typed("text/html; charset=utf-8", html))
}

/// A text of another type as a response.
pub(crate) fn typed(media_type: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let mut response = body.into().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// The languages that a reader accepts, the best first.
pub(crate) fn reader_languages(headers: &HeaderMap) -> Vec<Language> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut languages: Vec<(f32, Language)> = Vec::new();
    for range in accepted.split(',').take(16) {
        let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
        let quality = quality.trim().parse().unwrap_or(0.0);
        let fresh = |language: &Language| !languages.iter().any(|(_, known)| known == language);
        if let Some(language) = language_of(tag.trim()).filter(fresh) {
            languages.push((quality, language));
        }
    }
    languages.sort_by(|a, b| b.0.total_cmp(&a.0));
    languages.into_iter().map(|(_, language)| language).collect()
}

/// `fr-CA` is French to us.
fn language_of(tag: &str) -> Option<Language> {
    let whole = tag.parse().ok();
    whole.or_else(|| tag.split('-').next().and_then(|primary| primary.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_languages_are_read_best_first() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT_LANGUAGE,
            HeaderValue::from_static("fr-CA,ar;q=0.5, en;q=0.8,*;q=0.1,;;,x"),
        );
        let tags: Vec<&str> = reader_languages(&headers).iter().map(|l| l.primary()).collect();
        assert_eq!(tags, ["fr", "en", "ar"]);
    }
}
