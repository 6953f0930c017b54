//! What was typed, what it means, and what an engine runs.

mod asked;
mod citation;
mod cited;
mod concept;
mod condition;
mod fields;
mod forms;
mod interpretation;
mod label;
mod naming;
mod operators;
mod pattern;
mod places;
mod plan;
mod read;
pub(crate) mod spelling;
mod stretches;
mod syntax;
mod values;

pub(crate) use concept::Expander;
pub(crate) use condition::Span;
pub use condition::{Condition, Leaf, Property, Spans};
pub use interpretation::{Expansion, Interpretation, Matching, Note, Part};
pub(crate) use label::{number_in_id, number_of};
pub use operators::FieldName;
pub use pattern::Pattern;
pub use plan::{Clause, Field, Plan, Word};
pub(crate) use read::Reader;
