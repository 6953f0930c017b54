//! Why a request was not answered, and two ways on.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use merida_library::Tombstone;

/// Why a request was not answered. A handler returns it; the outermost layer turns it into a page or, under `/api/`,
/// into JSON.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Refusal {
    /// The status.
    pub(crate) status: StatusCode,
    /// What was wrong: lower case, concise.
    pub(crate) message: Message,
}

/// What was wrong.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Message {
    /// Nothing is at that address.
    #[error("nothing is at this address")]
    Missing,
    /// What was here is withdrawn.
    #[error("withdrawn on {}: {}", .0.day(), .0.reason)]
    Withdrawn(Box<Tombstone>),
    /// A percent-encoding that is broken or is not UTF-8.
    #[error("the address is not UTF-8 in percent-encoding")]
    Encoding,
    /// A query string that is too long.
    #[error("the address is too long")]
    TooLong,
    /// A method that the address does not have.
    #[error("this address is only read, with GET")]
    Method,
    /// What the visitor wrote, in the words of the type that refused it.
    #[error("{0}")]
    Request(String),
    /// Something that is not the visitor's fault and is in the log.
    #[error("the library could not answer")]
    Internal,
}

impl Message {
    /// The key of the words that say what to do.
    pub(crate) const fn hint_key(&self) -> &'static str {
        match self {
            Self::Missing => "hint-missing",
            Self::Withdrawn(_) => "hint-withdrawn",
            Self::Encoding => "hint-encoding",
            Self::TooLong => "hint-too-long",
            Self::Method => "hint-method",
            Self::Request(_) => "hint-request",
            Self::Internal => "hint-internal",
        }
    }
}

impl Refusal {
    /// Nothing is there.
    pub(crate) const fn missing() -> Self {
        Self { status: StatusCode::NOT_FOUND, message: Message::Missing }
    }

    /// The percent-encoding is broken.
    pub(crate) const fn encoding() -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: Message::Encoding }
    }

    /// The query string is too long.
    pub(crate) const fn too_long() -> Self {
        Self { status: StatusCode::URI_TOO_LONG, message: Message::TooLong }
    }

    /// Another method than GET.
    pub(crate) const fn method() -> Self {
        Self { status: StatusCode::METHOD_NOT_ALLOWED, message: Message::Method }
    }

    /// The request cannot be understood, for the reason that `error` gives.
    pub(crate) fn request(error: impl std::fmt::Display) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: Message::Request(error.to_string()) }
    }

    /// The library failed.
    pub(crate) const fn internal() -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, message: Message::Internal }
    }
}

impl From<merida_library::Error> for Refusal {
    fn from(error: merida_library::Error) -> Self {
        match error {
            merida_library::Error::NotFound(_) => Self::missing(),
            merida_library::Error::Withdrawn(tombstone) => {
                Self { status: StatusCode::GONE, message: Message::Withdrawn(tombstone) }
            }
            merida_library::Error::Address(error) => Self::request(error),
            error => {
                tracing::error!(%error, "the library could not answer");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
