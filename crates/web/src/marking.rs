//! Which stretches of a text answer to the words of a question.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

/// The words of a question, ready to be looked for in any text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marker {
    /// Folded words that are looked for at the start of words.
    words: Vec<Vec<char>>,
    /// Folded runs in scripts without spaces, looked for anywhere.
    runs: Vec<Vec<char>>,
}

/// One letter of a folded text and the place in the text that it comes from, in scalar values.
type Folded = (char, u32);

impl Marker {
    /// The words of `terms`. Short words of alphabets are left out: they would mark every line.
    pub(crate) fn new<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut marker = Self::default();
        for term in terms {
            let folded: Vec<char> = fold(term).into_iter().map(|(c, _)| c).collect();
            for token in folded.split(|c| !c.is_alphanumeric()).filter(|token| !token.is_empty()) {
                for run in token.chunk_by(|a, b| is_unspaced(*a) == is_unspaced(*b)) {
                    marker.add(run);
                }
            }
        }
        marker
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.runs.is_empty()
    }

    /// The stretches of `text` that answer, as in [`cut`].
    pub(crate) fn marks(&self, text: &str) -> Vec<[u32; 2]> {
        if self.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let folded = fold(text);
        let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let mut marks: Vec<[u32; 2]> = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            let length = self.found_at(&folded, at);
            if length == 0 {
                at += 1;
                continue;
            }
            // Accents and vowel signs after the last letter belong to it: the stretch ends where the next letter starts.
            let start = folded[at].1;
            let end = folded.get(at + length).map_or(letters, |(_, place)| *place).max(start + 1);
            match marks.last_mut() {
                Some(last) if last[1] >= start => last[1] = end,
                _ => marks.push([start, end]),
            }
            at += length;
        }
        marks
    }

    /// `text` with its marks.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        if self.is_empty() { plain(text) } else { cut(text, &self.marks(text)) }
    }

    fn add(&mut self, run: &[char]) {
        if is_unspaced(run[0]) {
            // A long run is a sentence; its pairs of letters are what can be found again.
            if run.len() <= 4 {
                self.runs.push(run.to_vec());
            } else {
                self.runs.extend(run.windows(2).map(<[char]>::to_vec));
            }
        } else if run.len() > 2 || run.iter().all(char::is_ascii_digit) {
            let stem = if is_arabic(run[0]) { without_article(run) } else { run };
            self.words.push(stem.to_vec());
        }
    }

    /// How many letters match from `at` on; 0 for none.
    fn found_at(&self, folded: &[Folded], at: usize) -> usize {
        let rest = &folded[at..];
        let is = |run: &Vec<char>| run.len() <= rest.len() && run.iter().zip(rest).all(|(a, (b, _))| a == b);
        if is_unspaced(rest[0].0) {
            return self.runs.iter().filter(|run| is(run)).map(Vec::len).max().unwrap_or(0);
        }
        let starts_word = at == 0 || !folded[at - 1].0.is_alphanumeric();
        if !starts_word || !rest[0].0.is_alphanumeric() {
            return 0;
        }
        let word: Vec<char> =
            rest.iter().map(|(c, _)| *c).take_while(|c| c.is_alphanumeric()).take(64).collect();
        let stem = if is_arabic(word[0]) { without_article(&word) } else { &word };
        if self.words.iter().any(|term| same_word(term, stem)) { word.len() } else { 0 }
    }
}

/// Whether two words are forms of one, as far as their beginnings tell.
fn same_word(term: &[char], word: &[char]) -> bool {
    if term == word {
        return true;
    }
    let common = term.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (shorter, longer) = (term.len().min(word.len()), term.len().max(word.len()));
    common >= 4 && common + 2 >= shorter && longer - common <= 4 && term[0].is_alphabetic()
}

/// Arabic words without conjunction, preposition and article.
fn without_article(word: &[char]) -> &[char] {
    for prefix in
        [&['و', 'ا', 'ل'][..], &['ب', 'ا', 'ل'], &['ك', 'ا', 'ل'], &['ف', 'ا', 'ل'], &['ل', 'ل'], &['ا', 'ل']]
    {
        if let Some(rest) = word.strip_prefix(prefix).filter(|rest| rest.len() >= 3) {
            return rest;
        }
    }
    word
}

/// Lower case, without accents, Arabic letters in one form; each letter with its place.
fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    for (place, c) in (0u32..).zip(text.chars()) {
        if c.is_ascii() {
            folded.push((c.to_ascii_lowercase(), place));
            continue;
        }
        for c in c.nfkd().filter(|c| !is_combining_mark(*c) && *c != 'ـ' && *c != '\u{ad}') {
            for c in c.to_lowercase() {
                folded.push((alike(c), place));
            }
        }
    }
    folded
}

const fn alike(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        c => c,
    }
}

const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}')
}

/// Scripts that write without spaces, and Hangul, whose words carry their particles.
const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1100}'..='\u{11ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(question: &str, text: &str) -> Vec<String> {
        let pieces = Marker::new([question]).pieces(text);
        assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<String>(), text, "nothing is lost");
        pieces.into_iter().filter(|p| p.marked).map(|p| p.text).collect()
    }

    #[test]
    fn forms_of_a_word_are_marked_in_every_script() {
        assert_eq!(marked("bribe officials", "Bribes of an official, unofficial."), ["Bribes", "official"]);
        assert_eq!(marked("trafic d'influence", "Le trafic d’influences"), ["trafic", "influences"]);
        assert_eq!(marked("الرشوة", "من طلب رشوةً أو الرشوه"), ["رشوةً", "الرشوه"]);
        assert_eq!(marked("影响力", "利用影响力受贿"), ["影响力"]);
        assert_eq!(marked("enriquecimiento", "ENRIQUECIMIENTO ilícito"), ["ENRIQUECIMIENTO"]);
        assert_eq!(marked("обогащение", "незаконного обогащения"), ["обогащения"]);
        assert_eq!(marked("6", "section 6 and 66"), ["6"]);
        assert_eq!(marked("", "text"), Vec::<String>::new());
    }

    #[test]
    fn marks_count_letters_and_survive_nonsense() {
        let pieces = cut("é影x", &[[1, 2], [1, 1], [9, 12]]);
        let shown: Vec<(&str, bool)> = pieces.iter().map(|p| (p.text.as_str(), p.marked)).collect();
        assert_eq!(shown, [("é", false), ("影", true), ("x", false)]);
    }
}
