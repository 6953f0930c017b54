//! The corpus as the binary carries it: every file of the top-level `corpus/` folder.

use include_dir::{Dir, include_dir};

static CORPUS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../corpus");

/// A file of the corpus as it was when the binary was built, by its path below `corpus/`; none where there is none.
pub(crate) fn corpus_file(path: &str) -> Option<&'static str> {
    CORPUS.get_file(path)?.contents_utf8()
}

/// Every UTF-8 file of one folder of the corpus (not of the folders within it), by name: path below `corpus/` and content.
pub(crate) fn corpus_folder(folder: &str) -> Vec<(&'static str, &'static str)> {
    let Some(folder) = CORPUS.get_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> =
        folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))).collect();
    files.sort_unstable();
    files
}
