//! The page of what could not be shown, with ways on.

use askama::Template;
use axum::response::Response;

use super::search::Link;
use crate::asked::Asked;
use crate::frame::Frame;
use crate::refusal::{Message, Refusal};
use crate::site::{Site, page};

/// The page of what could not be shown.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorView {
    frame: Frame,
    title: String,
    detail: Option<String>,
    hint: String,
    ways: Vec<Link>,
}

impl ErrorView {
    /// The page of `refusal`, for a request of `path`.
    pub(crate) fn new(site: &Site, refusal: &Refusal, path: &str) -> Self {
        let t = site.texts;
        let title = match &refusal.message {
            Message::Withdrawn(gone) => gone.title.clone(),
            message => t.say(title_key(message)),
        };
        let detail = match &refusal.message {
            Message::Request(why) => Some(why.clone()),
            Message::Withdrawn(gone) => {
                Some(t.with("withdrawn-on", &[("date", gone.day()), ("reason", &gone.reason)]))
            }
            _ => None,
        };
        let mut frame = Frame::new(site, "error", title.clone());
        frame.keep = false;
        let mut ways = ways(site, path);
        if let Message::Withdrawn(gone) = &refusal.message
            && let Some(successor) = &gone.successor
        {
            ways.insert(0, Link { text: t.say("way-successor"), url: successor.to_string() });
        }
        Self { title, detail, hint: t.say(refusal.message.hint_key()), ways, frame }
    }

    /// The page as a response with the status of `refusal`.
    pub(crate) fn response(self, refusal: &Refusal) -> Response {
        let mut response = page(&self).unwrap_or_default();
        *response.status_mut() = refusal.status;
        response
    }
}

const fn title_key(message: &Message) -> &'static str {
    match message {
        Message::Missing => "error-missing",
        Message::Internal => "error-internal",
        _ => "error-request",
    }
}

fn ways(site: &Site, path: &str) -> Vec<Link> {
    let t = site.texts;
    let mut ways = Vec::new();
    // A law that is not here may be under another number: its State is the nearest page.
    let state = path.strip_prefix("/akn/").and_then(|rest| rest.split('/').next());
    if let Some(state) = state.and_then(|code| code.parse::<merida_law::Jurisdiction>().ok()) {
        let name = state.name_in(t.locale().language());
        ways.push(Link {
            text: t.with("way-state", &[("state", name)]),
            url: format!("/jurisdiction/{}", state.code()),
        });
    }
    let words: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).take(80).collect();
    let words = words.split_whitespace().filter(|word| *word != "akn").collect::<Vec<_>>().join(" ");
    if !words.is_empty() && !path.contains('%') {
        let text = t.with("way-search", &[("words", &words)]);
        ways.push(Link { text, url: Asked::question(&words).url() });
    }
    ways.push(Link { text: t.say("empty-articles"), url: "/#articles".to_owned() });
    ways.push(Link { text: t.say("empty-states"), url: "/#states".to_owned() });
    ways
}
