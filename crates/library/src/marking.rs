//! What a question marks in the texts that are shown.

use std::fmt;
use std::sync::Arc;

use merida_index::Marker;
use merida_law::Language;

use crate::open::blocking;
use crate::{Error, Library};

/// Marks in texts what a question asks for, as answers to it mark it: words in all their forms, phrases and what stands
/// close together only where it does.
pub struct Marking {
    /// None for a question that marks nothing.
    marker: Option<Marker>,
}

impl Marking {
    /// Marks nothing.
    pub const fn none() -> Self {
        Self { marker: None }
    }

    /// Whether it marks nothing in any text.
    pub fn is_empty(&self) -> bool {
        self.marker.as_ref().is_none_or(Marker::is_empty)
    }

    /// The stretches of `text` to mark, whose first `heading` bytes are its heading: `[start, end)` in Unicode scalar
    /// values, in order, without overlap.
    pub fn marks(&mut self, text: &str, heading: usize, language: Language) -> Vec<[u32; 2]> {
        let Some(marker) = &mut self.marker else { return Vec::new() };
        marker.marks(text, heading, language).into_iter().map(|mark| [mark.0, mark.1]).collect()
    }
}

impl fmt::Debug for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Marking").field("is_empty", &self.is_empty()).finish()
    }
}

impl Library {
    /// What `question` marks.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn marking(&self, question: &str) -> Result<Marking, Error> {
        if question.trim().is_empty() {
            return Ok(Marking::none());
        }
        let (indexed, question) = (Arc::clone(self.indexed()), question.to_owned());
        let marker = blocking(move || indexed.marker(&question)).await??;
        Ok(Marking { marker: Some(marker) })
    }
}
