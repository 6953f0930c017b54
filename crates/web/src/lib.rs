//! What people see: a request becomes a page, or the same answer as JSON.
//!
//! Pages are made whole on the server and work without a script; what is shown is in the address. The words of the
//! interface stand in `web/translations`, the pages in `web/templates`, the style and the script in `web/static`; all
//! are embedded in the binary.

mod api;
mod asked;
mod assets;
mod chips;
mod frame;
mod layers;
mod machine;
mod marking;
mod pages;
mod query;
mod refusal;
mod site;
mod texts;
mod tongue;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::handler::HandlerWithoutStateExt;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use merida_library::Library;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::pages::{about, article, home, jurisdiction, search, similar, thesaurus, try_api, work};
use crate::refusal::Refusal;
use crate::site::Site;
use crate::texts::{Locale, Texts};

/// Where the site lives.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which readers reach it, for permanent links: `https://merida.example.org`. Without a path.
    pub base_url: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { base_url: "http://localhost:8080".to_owned() }
    }
}

/// Answers requests to `app` on `listener` until `stop` ends; requests under way are answered first.
///
/// # Errors
/// If the listener cannot be used.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, app).with_graceful_shutdown(stop).await
}

/// The site over a library: every page, the JSON API, and what machines read.
pub fn app(library: Library, settings: Settings) -> Router {
    let site = Arc::new(Site { library, settings, texts: Texts::of(Locale::English) });
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/similar", get(similar::show).post(similar::sent))
        .route("/article/{*article}", get(article::show))
        .route("/akn/{*uri}", get(work::show))
        .route("/jurisdiction/{code}", get(jurisdiction::show))
        .route("/thesaurus", get(thesaurus::list))
        .route("/thesaurus.ttl", get(thesaurus::turtle))
        .route("/thesaurus.jsonld", get(thesaurus::json_ld))
        .route("/thesaurus/{id}", get(thesaurus::show))
        .route("/about", get(about::show))
        .route("/api", get(try_api::show))
        .route("/search.atom", get(machine::feed))
        .route("/search.csv", get(machine::table))
        .route("/original/{sha256}", get(machine::original))
        .route("/static/{name}", get(assets::serve))
        .route("/robots.txt", get(machine::robots))
        .route("/sitemap.xml", get(machine::sitemap))
        .route("/opensearch.xml", get(machine::opensearch))
        .route("/health", get(machine::health))
        .merge(api_routes())
        .fallback_service(missing.into_service())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(Arc::clone(&site), layers::refusals))
        .layer(from_fn(layers::tags))
        .layer(CompressionLayer::new())
        .layer(from_fn(layers::headers))
        .with_state(site)
}

fn api_routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/complete", get(api::complete))
        .route("/api/v1/similar", get(api::similar).post(api::similar_sent))
        .route("/api/v1/works", get(api::works))
        .route("/api/v1/work", get(api::work))
        .route("/api/v1/provision", get(api::provision))
        .route("/api/v1/articles", get(api::articles))
        .route("/api/v1/articles/{*article}", get(api::article))
        .route("/api/v1/jurisdictions", get(api::jurisdictions))
        .route("/api/v1/jurisdictions/{code}", get(api::jurisdiction))
        .route("/api/v1/concepts", get(api::concepts))
        .route("/api/v1/concepts/{concept_id}", get(api::concept))
        .route("/api/v1/stats", get(api::stats))
        .route("/api/v1/openapi.json", get(api::openapi))
}

async fn missing() -> Refusal {
    Refusal::missing()
}
