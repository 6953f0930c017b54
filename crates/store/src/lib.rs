//! What is kept, and gives it back: works, expressions, provisions, tags, original files, events.

mod error;
mod time;

pub use error::Error;
pub use time::{ParseTimestampError, Timestamp};
