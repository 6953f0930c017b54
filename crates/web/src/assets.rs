//! Static files: embedded in the binary, served under the hash of their content.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// The style sheet.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("site", "css", "text/css; charset=utf-8", include_bytes!("../../../web/static/site.css"))
});
/// The script, without which everything works.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("site", "js", "text/javascript; charset=utf-8", include_bytes!("../../../web/static/site.js"))
});
/// The icon of the tab.
pub(crate) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../../../web/static/icon.svg"))
});

/// A static file.
pub(crate) struct Asset {
    /// Where it is served: `/static/site.0123456789abcdef.css`.
    pub(crate) url: String,
    media_type: &'static str,
    bytes: &'static [u8],
}

impl Asset {
    fn new(name: &str, extension: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        Self { url: format!("/static/{name}.{}.{extension}", fingerprint(bytes)), media_type, bytes }
    }
}

/// The first sixteen hexadecimal digits of the SHA-256.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(16);
    for byte in &Sha256::digest(bytes)[..8] {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// `/static/…`
pub(crate) async fn serve(uri: Uri) -> Result<Response, Refusal> {
    let asset = [&STYLE, &SCRIPT, &ICON]
        .into_iter()
        .find(|asset| asset.url == uri.path())
        .ok_or(Refusal::missing())?;
    let mut response = (StatusCode::OK, asset.bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}
