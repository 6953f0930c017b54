//! What a file contains: source file → [`TaggedDocument`](merida_law::TaggedDocument) and problems.
//!
//! A reader of one format turns bytes into a draft of blocks; the recogniser of structure turns blocks into
//! provisions; languages are checked; articles of the Convention are bound or suggested. Nothing here keeps or
//! indexes anything, and no input makes it panic.

mod draft;
mod read;      // entry: sniff, decode, dispatch to readers, structure, language, tags
mod readers;   // one file a format
mod structure; // blocks → provisions

pub use draft::{Metadata, Omission};
