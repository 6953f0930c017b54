//! What is kept, and gives it back: works, expressions, provisions, tags, original files, events.
//!
//! A [`Store`] is a database and a folder of original files. Published expressions are immutable; a later text from
//! the same source supersedes the earlier one, which stays; what is withdrawn stays too and is not shown. Every change is an event, chained by hash to the one
//! before it, in the transaction that makes the change. Time is handed in.

mod correct;
mod coverage;
mod database;
mod error;
mod events;
mod hash;
mod open;
mod originals;
mod publish;
mod read;
mod rows;
mod time;
mod verify;
mod withdraw;

pub use coverage::{ArticleCounts, ArticleQuery, Counts, JurisdictionTotals, TaggedHit};
pub use error::Error;
pub use events::Event;
pub use hash::sha256;
pub use open::Store;
pub use originals::Originals;
pub use publish::{Published, Receipt};
pub use read::{ExpressionRecord, WorkOrder, WorkQuery, WorkRecord};
pub use time::{ParseTimestampError, Timestamp};
pub use verify::{Flaw, FlawKind, Verification};
pub use withdraw::{Target, Withdrawal};
