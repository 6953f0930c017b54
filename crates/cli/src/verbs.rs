//! One module a verb, or a pair of verbs that are two ends of one thing.

pub(crate) mod complete;
pub(crate) mod eval;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod similar;
pub(crate) mod upkeep;
pub(crate) mod withdraw;
