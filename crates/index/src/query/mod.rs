//! What was typed, what it means, and what an engine runs.

mod citation;
mod interpretation;
mod label;
mod plan;
mod read;

pub use interpretation::{Interpretation, Matching, Note, Part};
pub(crate) use label::{number_in_id, number_of};
pub use plan::{Clause, Field, Phrase, Plan, Word};
pub(crate) use read::Reader;
