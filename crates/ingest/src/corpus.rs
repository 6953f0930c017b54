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

/// Every UTF-8 file of a folder of the corpus and of the folders within it, by path below `corpus/`.
pub(crate) fn corpus_tree(folder: &str) -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    let mut folders: Vec<&'static Dir<'static>> = CORPUS.get_dir(folder).into_iter().collect();
    while let Some(next) = folders.pop() {
        folders.extend(next.dirs());
        files.extend(next.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))));
    }
    files.sort_unstable();
    files
}
