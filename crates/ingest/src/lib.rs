//! What a file contains: source file → [`TaggedDocument`](merida_law::TaggedDocument) and problems.
//!
//! A reader of one format turns bytes into a draft of blocks; the recogniser of structure turns blocks into
//! provisions; languages are checked; articles of the Convention are bound or suggested. Nothing here keeps or
//! indexes anything, and no input makes it panic.

mod bind;
mod corpus;
mod decode;
mod draft;
mod evaluate;
mod identity;
mod languages;
mod limits;
mod manifest;
mod nearest;
mod read;
mod readers;
mod sniff;
mod structure;
mod tagger;
mod taxonomy;

pub use draft::{Metadata, Omission};
pub use evaluate::{EvaluateError, Figures, TagFigures, evaluate_tags, is_held_out};
pub use limits::Limits;
pub use manifest::{Manifest, ManifestEntry};
pub use read::{Ingest, Reading, SourceFile, shipped};
pub use tagger::{Suggestion, Tagger, Unit, tagger};
pub use taxonomy::{CorpusProblem, check_corpus, taxonomy};
