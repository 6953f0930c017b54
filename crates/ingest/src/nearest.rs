//! What somebody may have meant who wrote a word that is not known.

/// The one of `known` that `word` is most like; none where nothing is like it.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.trim().to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate)
}

/// Jaro-Winkler likeness, 0 to 1, below which two words are no slip of each other.
const LEAST_LIKENESS: f64 = 0.79;

/// `did you mean "in-force"? It is one of in-force, draft`.
pub(crate) fn hint<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> String {
    let all = known.clone().into_iter().collect::<Vec<_>>().join(", ");
    match nearest(word, known) {
        Some(meant) => format!("did you mean \"{meant}\"? It is one of {all}"),
        None => format!("write one of {all}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_what_was_meant_and_other_words_find_nothing() {
        let known = ["in-force", "draft", "repealed"];
        assert_eq!(nearest("in-forse", known), Some("in-force"));
        assert_eq!(nearest("Repaeled", known), Some("repealed"));
        assert_eq!(nearest("banana", known), None);
        assert!(hint("banana", known).starts_with("write one of in-force"));
    }
}
