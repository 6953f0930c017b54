//! The site over a library of specimens, as a reader and as a stranger meet it.

mod hostile;
mod specimens;
mod visits;
mod words;
