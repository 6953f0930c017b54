//! A page to try the API on.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::api::{Endpoint, ROUTES};
use crate::frame::Frame;
use crate::refusal::Refusal;
use crate::site::{Site, page};

/// `/api`
pub(crate) async fn show(State(site): State<Arc<Site>>) -> Result<Response, Refusal> {
    page(&TryApi::new(&site))
}

/// A page to try the API on.
#[derive(Template)]
#[template(path = "api.html")]
pub(crate) struct TryApi {
    frame: Frame,
    routes: Vec<RouteView>,
}

struct RouteView {
    path: &'static str,
    anchor: String,
    summary: String,
    example: String,
    /// A path with a parameter in it cannot be a form's target without a script.
    form: bool,
    fields: Vec<FieldView>,
}

struct FieldView {
    name: &'static str,
    about: String,
    example: &'static str,
    required: bool,
}

impl TryApi {
    /// The page.
    pub(crate) fn new(site: &Site) -> Self {
        let frame = Frame::new(site, "api", site.texts.say("api-title")).at(site, "/api");
        Self { frame, routes: ROUTES.iter().map(|route| view(site, route)).collect() }
    }
}

fn view(site: &Site, route: &Endpoint) -> RouteView {
    let t = site.texts;
    let fields = route.parameters.iter().map(|parameter| FieldView {
        name: parameter.name,
        about: t.say(&parameter.key()),
        example: parameter.example,
        required: parameter.required,
    });
    RouteView {
        path: route.path,
        anchor: route.name.to_owned(),
        summary: t.say(&route.key()),
        example: route.example.to_owned(),
        form: !route.path.contains('{'),
        fields: fields.collect(),
    }
}
