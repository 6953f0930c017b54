//! The pages, one module each.

pub(crate) mod about;
pub(crate) mod article;
mod document;
pub(crate) mod error;
pub(crate) mod facets;
pub(crate) mod home;
pub(crate) mod jurisdiction;
mod legislation;
mod nothing;
pub(crate) mod provision;
pub(crate) mod reading;
mod reading_concepts;
pub(crate) mod search;
pub(crate) mod similar;
pub(crate) mod thesaurus;
pub(crate) mod try_api;
pub(crate) mod work;

/// Every key that a page makes from a name.
#[cfg(test)]
pub(crate) fn made_keys() -> Vec<String> {
    nothing::made_keys()
}
