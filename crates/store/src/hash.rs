//! SHA-256 of files, documents and events.

use std::io::{self, BufWriter, Write};

use merida_law::{Expression, ExpressionUri, Provision, Sha256, Tag};
use serde::Serialize;
use sha2::Digest;

/// The SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256::new(sha2::Sha256::digest(bytes).into())
}

struct Hasher(sha2::Sha256);

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The SHA-256 of a value's JSON.
fn of_json(value: &impl Serialize) -> Sha256 {
    let mut writer = BufWriter::with_capacity(1 << 16, Hasher(sha2::Sha256::new()));
    // Neither the hasher nor the vocabulary's serialisation can fail; a failure would only make the hash differ.
    let written = serde_json::to_writer(&mut writer, value).is_ok();
    match writer.into_inner() {
        Ok(hasher) if written => Sha256::new(hasher.0.finalize().into()),
        _ => sha256(&[]),
    }
}

/// The SHA-256 of all that is immutable about an expression, apart from its edition number and the name of its
/// origin: the same bytes read the same way have the same fingerprint wherever they came from.
pub(crate) fn fingerprint(expression: &Expression, provisions: &[Provision]) -> Sha256 {
    let uri = &expression.uri;
    let mut bare = expression.clone();
    bare.uri = ExpressionUri::new(uri.work().clone(), uri.language(), uri.date(), 1);
    bare.source.origin.clear();
    of_json(&(bare, provisions))
}

/// The SHA-256 of tags, whatever their order.
pub(crate) fn of_tags(tags: &[Tag]) -> Sha256 {
    let mut sorted: Vec<&Tag> = tags.iter().collect();
    sorted.sort_by(|a, b| key(a).cmp(&key(b)));
    of_json(&sorted)
}

fn key(tag: &Tag) -> (&str, merida_law::Article, &'static str) {
    (tag.provision.as_str(), tag.article, tag.origin.as_str())
}
