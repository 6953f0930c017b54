//! What the site is.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::frame::Frame;
use crate::refusal::Refusal;
use crate::site::{Site, page};

/// `/about`
pub(crate) async fn show(State(site): State<Arc<Site>>) -> Result<Response, Refusal> {
    page(&About::new(&site))
}

/// What the site is.
#[derive(Template)]
#[template(path = "about.html")]
pub(crate) struct About {
    frame: Frame,
}

impl About {
    /// The page.
    pub(crate) fn new(site: &Site) -> Self {
        Self { frame: Frame::new(site, "about", site.texts.say("about-title")).at(site, "/about") }
    }
}
