//! How much of a source is read before it is refused.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Bounds on memory and time while a source is read. A part of the configuration; what is left out has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest file, in bytes.
    pub max_file_bytes: u64,
    /// The longest text of one document, in characters.
    pub max_text_chars: u64,
    /// The most blocks (paragraphs, headings, records) of one document.
    pub max_blocks: usize,
    /// The deepest nesting of elements; what lies deeper is taken in at this depth. At most 512 is used.
    pub max_depth: usize,
    /// The most bytes that compressed parts of a file (DOCX, PDF) may become.
    pub max_expanded_bytes: u64,
    /// How many times its size a compressed part may become.
    pub max_expansion_ratio: u64,
    /// How long a PDF may take, in seconds.
    pub pdf_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: 128 << 20,
            max_text_chars: 64 << 20,
            max_blocks: 2_000_000,
            max_depth: 256,
            max_expanded_bytes: 512 << 20,
            max_expansion_ratio: 400,
            pdf_seconds: 60,
        }
    }
}

impl Limits {
    /// The deepest nesting that readers follow: the configured one, within what the stack bears.
    pub(crate) fn depth(&self) -> usize {
        self.max_depth.clamp(8, 512)
    }

    /// How long a PDF may take.
    pub(crate) fn pdf_time(&self) -> Duration {
        Duration::from_secs(self.pdf_seconds)
    }
}
