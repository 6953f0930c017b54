//! Which stretches of a text answer to the words of a question.

use std::cell::RefCell;

use merida_law::Language;
use merida_library::{Marking, ShownProvision};

/// A stretch of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The text.
    pub(crate) text: String,
    /// Whether it is marked.
    pub(crate) marked: bool,
}

/// A text as one unmarked piece.
pub(crate) fn plain(text: &str) -> Vec<Piece> {
    if text.is_empty() { Vec::new() } else { vec![Piece { text: text.to_owned(), marked: false }] }
}

/// A text cut at `marks`: `[start, end)` in Unicode scalar values, ascending; what lies outside the text is left out.
pub(crate) fn cut(text: &str, marks: &[[u32; 2]]) -> Vec<Piece> {
    let places: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let place = |offset: u32| places.get(offset as usize).copied().unwrap_or(text.len());
    let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
    let mut done = 0;
    for &[start, end] in marks {
        let (start, end) = (place(start).max(done), place(end));
        if start >= end {
            continue;
        }
        pieces.extend(plain(&text[done..start]));
        pieces.push(Piece { text: text[start..end].to_owned(), marked: true });
        done = end;
    }
    pieces.extend(plain(&text[done..]));
    pieces
}

/// Marks the provisions of a page.
pub(crate) struct Marker {
    marking: RefCell<Marking>,
    /// The language of provisions that do not say theirs.
    language: Language,
}

/// Where a provision is marked, as in [`cut`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    /// In its heading.
    pub(crate) heading: Vec<[u32; 2]>,
    /// In its text.
    pub(crate) text: Vec<[u32; 2]>,
}

impl Marker {
    /// Marks in provisions what `marking` does.
    pub(crate) fn new(marking: Marking, language: Language) -> Self {
        Self { marking: RefCell::new(marking), language }
    }

    /// Where the provisions of a unit are marked, in their order. They are looked at together, as they are searched.
    pub(crate) fn unit(&self, provisions: &[ShownProvision]) -> Vec<Marked> {
        let mut marked = vec![Marked::default(); provisions.len()];
        let mut marking = self.marking.borrow_mut();
        if marking.is_empty() {
            return marked;
        }
        let Some(first) = provisions.first() else { return marked };
        let mut whole = String::new();
        // Where each heading and text stands in the whole, in scalar values.
        let mut places: Vec<[(u32, u32); 2]> = Vec::with_capacity(provisions.len());
        let mut letters = 0;
        for shown in provisions {
            places.push([&shown.provision.heading, &shown.provision.text].map(|piece| {
                let start = letters;
                let end = start + u32::try_from(piece.chars().count()).unwrap_or(0);
                whole.push_str(piece);
                whole.push('\n');
                letters = end + 1;
                (start, end)
            }));
        }
        let language = first.provision.language.unwrap_or(self.language);
        let marks = marking.marks(&whole, first.provision.heading.len(), language);
        for (marked, [heading, text]) in marked.iter_mut().zip(places) {
            marked.heading = within(&marks, heading);
            marked.text = within(&marks, text);
        }
        marked
    }
}

/// The marks that lie in a stretch, counted from its beginning.
pub(crate) fn within(marks: &[[u32; 2]], (start, end): (u32, u32)) -> Vec<[u32; 2]> {
    let first = marks.partition_point(|mark| mark[1] <= start);
    let inside = marks[first..].iter().take_while(|mark| mark[0] < end);
    inside.map(|mark| [mark[0].max(start) - start, mark[1].min(end) - start]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_letters_and_survive_nonsense() {
        let pieces = cut("é影x", &[[1, 2], [1, 1], [9, 12]]);
        let shown: Vec<(&str, bool)> = pieces.iter().map(|p| (p.text.as_str(), p.marked)).collect();
        assert_eq!(shown, [("é", false), ("影", true), ("x", false)]);
    }

    #[test]
    fn marks_are_shared_out_to_lines() {
        let marks = [[0, 2], [3, 6], [8, 12]];
        assert_eq!(within(&marks, (0, 5)), [[0, 2], [3, 5]]);
        assert_eq!(within(&marks, (5, 10)), [[0, 1], [3, 5]]);
        assert_eq!(within(&marks, (12, 20)), Vec::<[u32; 2]>::new());
    }
}
