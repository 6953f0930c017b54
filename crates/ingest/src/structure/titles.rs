//! What is a heading and what is text.

use std::collections::HashMap;

use merida_law::Language;

use super::assemble::{Node, Piece};
use super::enumerate;
use super::lines::{Line, Place};
use super::recognise::{is_small, starts_small};
use crate::draft::ink;

/// What follows a label: how much of it still belongs to the label (a full stop), where the rest starts, and how
/// many characters of dashes and colons lie between.
pub(super) fn after_label(after: &str) -> (usize, usize, u64) {
    let label_end = after.len() - after.trim_start_matches(['.', '°', 'º', '․', '।', '৷', '۔']).len();
    // `Artigo 4.º` keeps both marks; otherwise the first is the label's.
    let ordinal = [".º", ".°", ".ª"].iter().find(|mark| after.starts_with(**mark));
    let label_end =
        label_end.min(ordinal.map_or(after.chars().next().map_or(0, char::len_utf8), |mark| mark.len()));
    let rest = after[label_end..].trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '–'
                    | '—'
                    | '―'
                    | ':'
                    | '：'
                    | '*'
                    | '_'
                    | '.'
                    | '·'
                    | '\\'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '।'
            )
    });
    // `. § 1` or `. (1)` keep what they have; only separators were passed.
    let start = after.len() - rest.len();
    (label_end, start, ink(&after[label_end..start]))
}

/// A heading without its emphasis.
pub(super) fn clean(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'))
}

/// Whether a line could be the title of a part or an article: short, no sentence, no item of a list.
pub(super) fn is_title(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > 220 {
        return false;
    }
    // Thai ends no sentence with a stop: only its length tells a title from one.
    if length > 48 && text.chars().any(|c| ('\u{e00}'..='\u{e7f}').contains(&c)) {
        return false;
    }
    if text.ends_with([',', ';', ':', '؛', '；', '：', '،']) || enumerate::mark(text).is_some() {
        return false;
    }
    if !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if is_unbalanced(text) || ends_open(text) {
        return false;
    }
    let ended = text.ends_with(['.', '。', '।', '৷', '?', '!']);
    let capitals = !text.chars().any(is_small) && text.chars().any(char::is_uppercase);
    !ended || capitals || (length <= 90 && !text.contains(". "))
}

/// Whether a bracket opens that does not close: a line that was broken or cut.
pub(super) fn is_unbalanced(text: &str) -> bool {
    let count = |mark: char| text.chars().filter(|c| *c == mark).count();
    count('(') > count(')') || count('（') > count('）') || count('[') > count(']')
}

/// Whether a line ends in a word that another must follow: it was broken there.
pub(super) fn ends_open(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "la", "el", "los", "las", "del", "de", "en", "y", "o", "que", "por", "con", "un", "una", "al", "su",
        "sus", "se", "será", "serán", "lo", "le", "les", "des", "du", "et", "ou", "à", "au", "aux", "dans",
        "par", "sur", "the", "of", "and", "or", "to", "an", "any", "do", "da", "dos", "das", "e", "em",
        "der", "die", "und", "oder", "dem", "den", "von", "zu", "zum", "zur", "și", "cu", "di", "il", "gli",
        "che", "dei", "della", "i", "и", "или", "в", "на", "о", "об", "та", "або", "в", "у", "και", "του",
        "της", "των", "من", "في", "على", "إلى", "أو", "عن",
    ];
    let last = text.trim_end_matches(['*', '_', ' ']).rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    // Words in capitals are those of a heading over two lines.
    (last.chars().any(char::is_lowercase) || !last.chars().any(char::is_uppercase))
        && WORDS.contains(&last.to_lowercase().as_str())
}

/// Where the first numbered paragraph begins behind a heading that runs into it.
pub(super) fn run_into_number(text: &str) -> Option<usize> {
    let window = text.char_indices().nth(130).map_or(text.len(), |(at, _)| at);
    let at = [" (1) ", " 1. "].iter().filter_map(|mark| text[..window].find(mark)).min()?;
    is_run_in(&text[..at]).then_some(at + 1)
}

/// Where a sentence begins behind a heading that runs into it: at a capital after a word that can end a heading.
pub(super) fn run_into_sentence(text: &str) -> Option<usize> {
    let window = text.char_indices().nth(110).map_or(text.len(), |(at, _)| at);
    let window = text[..window].find(['.', ';', ':', '(']).unwrap_or(window);
    for (at, _) in text[..window].match_indices(' ') {
        let rest = &text[at + 1..];
        let mut letters = rest.chars().filter(|c| c.is_alphabetic());
        let begins = rest.starts_with(char::is_uppercase);
        let word = letters.by_ref().take(2).any(char::is_lowercase)
            || rest.chars().nth(1).is_some_and(|c| !c.is_alphanumeric());
        if begins && word && rest.chars().count() > 20 && is_run_in(&text[..at]) {
            return Some(at + 1);
        }
    }
    None
}

fn is_run_in(heading: &str) -> bool {
    let last = heading.rsplit([' ', '\'', '’']).next().unwrap_or_default();
    heading.starts_with(char::is_uppercase)
        && (4..=120).contains(&heading.chars().count())
        && heading.split_whitespace().count() <= 16
        && !heading.contains(['.', ';', ':'])
        && !heading.ends_with([',', '—', '-'])
        && last.chars().count() > 3
        && !ends_open(heading)
}

/// `（収賄）`, `(Corruzione)`: a line that is nothing but a title in brackets.
pub(super) fn is_bracketed_title(text: &str) -> bool {
    let text = text.trim();
    let inner = match text.chars().next() {
        Some('（') => text.strip_prefix('（').and_then(|t| t.strip_suffix('）')),
        Some('(') => {
            text.strip_prefix('(').and_then(|t| t.strip_suffix(").").or_else(|| t.strip_suffix(')')))
        }
        Some('【') => text.strip_prefix('【').and_then(|t| t.strip_suffix('】')),
        Some('［') => text.strip_prefix('［').and_then(|t| t.strip_suffix('］')),
        _ => None,
    };
    inner.is_some_and(|inner| {
        let length = inner.chars().count();
        let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
        // `(Amended 25 of 1998)` is a note, `(2) (Repealed)` a paragraph.
        let note = text.starts_with('(') && inner.chars().any(|c| c.is_numeric() || matches!(c, '(' | ')'));
        (2..=120).contains(&length) && letters >= 2 && !note && !inner.contains(['（', '。'])
    })
}

/// The title within the brackets that stand around it.
pub(super) fn unbracket(text: &str) -> &str {
    if !is_bracketed_title(text) {
        return text;
    }
    text.trim()
        .trim_start_matches(['（', '(', '【', '［'])
        .trim_end_matches(['.', '）', ')', '】', '］'])
        .trim()
}

/// Words with which the closing of an instrument begins.
pub(super) fn is_closing(text: &str, language: Language) -> bool {
    const OPENINGS: &[(&str, &[&str])] = &[
        (
            "en",
            &[
                "IN WITNESS WHEREOF",
                "In witness whereof",
                "DONE at",
                "Done at",
                "DONE in",
                "Done in",
                "Given under my hand",
            ],
        ),
        (
            "es",
            &[
                "EN FE DE LO CUAL",
                "En fe de lo cual",
                "Hecho en",
                "HECHO en",
                "Dado en",
                "DADO EN",
                "DADA EN",
                "Dada en",
                "Comuníquese",
            ],
        ),
        ("fr", &["EN FOI DE QUOI", "En foi de quoi", "Fait à", "FAIT à", "FAIT A"]),
        ("pt", &["EM FÉ DO QUE", "Em fé do que", "Feito em", "FEITO em"]),
        ("nl", &["TEN BLIJKE WAARVAN", "Ten blijke waarvan", "Gegeven te", "GEDAAN te", "Lasten en bevelen"]),
        ("de", &["ZU URKUND DESSEN", "Zu Urkund dessen", "Geschehen zu", "GESCHEHEN zu"]),
        ("ru", &["В УДОСТОВЕРЕНИЕ ЧЕГО", "Президент Российской Федерации", "Президент\n"]),
        ("it", &["IN FEDE DI CHE", "In fede di che", "Data a Roma"]),
        ("ar", &["وإثباتا لما تقدم", "وإثباتاً لما تقدم", "صدر في", "صدر عنا", "حرر في"]),
        ("hu", &["FENTIEK HITELÉÜL", "Fentiek hiteléül"]),
    ];
    OPENINGS
        .iter()
        .filter(|(of, _)| *of == language.primary() || *of == "en")
        .any(|(_, openings)| openings.iter().any(|opening| text.starts_with(opening)))
}

/// Which headings of the format stand above the unit that they title, learnt from the whole text.
#[derive(Debug, Default)]
pub(super) struct Above {
    levels: Vec<u8>,
    /// Whether most units have their title on a line of the text above them, as a side note has become.
    text: bool,
}

impl Above {
    /// Learns which levels of headings title the unit below them.
    pub(super) fn learn(lines: &[Line<'_>], opens: &[bool]) -> Self {
        let mut above: HashMap<u8, u32> = HashMap::new();
        let mut units = 0;
        let mut noted = 0;
        let mut notes: std::collections::HashSet<&str> = std::collections::HashSet::new();
        for (at, line) in lines.iter().enumerate() {
            if is_side_note(lines, opens, at) {
                noted += 1;
                notes.insert(line.text.trim());
            }
            if opens[at] && line.opening.as_ref().is_some_and(|opening| opening.rank >= 100) {
                units += 1;
            }
            if let Some(level) = plain_heading(line, opens[at])
                && next_is_bare_unit(lines, opens, at)
                && !(at > 0 && opens[at - 1])
            {
                *above.entry(level).or_default() += 1;
            }
        }
        let levels = above
            .into_iter()
            .filter(|(_, count)| *count * 100 >= units * 40 && units > 2)
            .map(|(level, _)| level);
        // Titles differ; a line that comes again and again is the publisher's.
        let differ = notes.len() * 10 >= noted as usize * 8;
        Self { levels: levels.collect(), text: noted * 2 > units && units > 3 && differ }
    }

    /// Whether the line of text at a place titles the unit on the next.
    pub(super) fn is_note_above_unit(&self, lines: &[Line<'_>], opens: &[bool], at: usize) -> bool {
        self.text && is_side_note(lines, opens, at)
    }

    /// Whether the heading at a line titles the unit on the next.
    pub(super) fn is_above_unit(&self, lines: &[Line<'_>], opens: &[bool], at: usize) -> bool {
        plain_heading(&lines[at], opens[at]).is_some_and(|level| self.levels.contains(&level))
            && next_is_bare_unit(lines, opens, at)
    }
}

/// Whether a line of text is a title above a line that opens a unit.
fn is_side_note(lines: &[Line<'_>], opens: &[bool], at: usize) -> bool {
    let line = &lines[at];
    let text = line.text.trim();
    let unit = lines.get(at + 1).is_some_and(|next| {
        opens[at + 1]
            && next.unit.is_none()
            && next.opening.as_ref().is_some_and(|opening| opening.rank >= 100)
    });
    unit && !opens[at]
        && line.place == Place::Body
        && line.unit.is_none()
        && text.chars().count() <= 140
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', '。', ')', '”', '"'])
        && !text.contains([':', '[', ']', '<'])
        && is_title(text)
}

fn plain_heading(line: &Line<'_>, opens: bool) -> Option<u8> {
    match line.place {
        Place::Heading(level) if !opens => Some(level),
        _ => None,
    }
}

/// Whether the next line opens a unit and says nothing but its label.
fn next_is_bare_unit(lines: &[Line<'_>], opens: &[bool], at: usize) -> bool {
    let Some(next) = lines.get(at + 1) else { return false };
    let Some(opening) = next.opening.as_ref().filter(|_| opens[at + 1]) else { return false };
    opening.rank >= 100
        && next.text[opening.end.min(next.text.len())..].chars().filter(|c| c.is_alphanumeric()).count() < 3
}

/// How this text writes the headings of its units.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    /// Most units begin with a short sentence that is their heading: `Art. 5. Bribery. Whoever …`.
    first_sentence: bool,
    /// Most units have nothing but a short line beside their label.
    pub(super) short_line: bool,
    /// Most units have a short line of their own below their label.
    pub(super) line_below: bool,
    /// Units begin with their heading, run into their text.
    pub(super) run_in: bool,
    /// The length of a full line, in characters, where the text is broken to a width; 0 where it is not.
    width: usize,
}

impl Habit {
    /// Learns from the units of a text.
    pub(super) fn learn(nodes: &[Node<'_>]) -> Self {
        let mut lengths: Vec<usize> = Vec::new();
        let (mut with_rest, mut sentences, mut short, mut below, mut bare) = (0, 0, 0, 0, 0);
        for node in nodes.iter().filter(|node| !node.number.is_empty()).take(4000) {
            if node.pieces.len() > 2 {
                lengths.extend(node.pieces.iter().take(30).filter_map(|piece| match piece {
                    Piece::Line(line) => Some(line.trim().chars().count()),
                    _ => None,
                }));
            }
            let goes_on = |text: &str| {
                let next = node.pieces.get(1);
                matches!(next, Some(Piece::Line(next)) if starts_small(next.trim_start()))
                    && !text.ends_with('.')
            };
            match node.pieces.first() {
                Some(Piece::Rest(rest)) => {
                    with_rest += 1;
                    let rest = clean(rest);
                    sentences += u32::from(first_sentence(rest).is_some());
                    short += u32::from(
                        node.pieces.len() > 1
                            && rest.chars().count() <= 120
                            && is_title(rest)
                            && !goes_on(rest),
                    );
                }
                Some(Piece::Line(line)) if !node.stated => {
                    bare += 1;
                    below +=
                        u32::from(node.pieces.len() > 1 && line.chars().count() <= 120 && is_title(line));
                }
                _ => {}
            }
        }
        Self {
            first_sentence: sentences * 2 > with_rest && with_rest > 2,
            short_line: short * 2 > with_rest && with_rest > 2,
            line_below: below * 10 > bare * 4 && bare > 2,
            run_in: false,
            width: broken_width(lengths),
        }
    }

    /// Whether a line is as long as lines are where the text is broken, so that it goes on in the next.
    pub(super) fn fills_line(&self, line: &str) -> bool {
        self.width > 0 && line.trim().chars().count() * 100 >= self.width * 72
    }
}

/// The length at which lines are broken; 0 for lines that end where their paragraph ends.
fn broken_width(mut lengths: Vec<usize>) -> usize {
    if lengths.len() < 40 {
        return 0;
    }
    lengths.sort_unstable();
    let upper = lengths[(lengths.len() - 1) * 9 / 10];
    let full = lengths.iter().filter(|length| **length * 10 >= upper * 8).count();
    if upper <= 140 && full * 10 >= lengths.len() * 4 { upper } else { 0 }
}

/// Where the heading ends and where the text starts in what stands beside a label.
pub(super) struct Split {
    pub(super) heading: (usize, usize),
    pub(super) text: usize,
}

/// Divides what stands beside a label, where part of it is a heading. `more` says whether lines follow; `next` is the
/// first of them.
pub(super) fn split_beside(rest: &str, next: Option<&str>, headed: bool, habit: Habit) -> Option<Split> {
    let trimmed = rest.trim_end();
    if let Some(split) = bracketed(trimmed) {
        return Some(split);
    }
    if let Some(split) = dashed(trimmed) {
        return Some(split);
    }
    if enumerate::mark(trimmed).is_some() {
        return None;
    }
    let length = trimmed.chars().count();
    let whole = Split { heading: (0, trimmed.len()), text: trimmed.len() };
    if let Some(next) = next {
        let goes_on = goes_on_below(next);
        if headed
            && length <= 300
            && !goes_on
            && !trimmed.ends_with([',', ';', ':'])
            && !(habit.first_sentence && first_sentence(trimmed).is_some())
        {
            return Some(whole);
        }
        let ended = trimmed.ends_with(['.', '。', '।']);
        // Where a script has no capitals, a line above points introduces them more often than it titles them.
        if !headed && enumerate::mark(next).is_some() && !trimmed.contains(char::is_uppercase) {
            return None;
        }
        if length <= 180
            && is_title(trimmed)
            && !goes_on
            && (headed || !habit.fills_line(trimmed))
            && (!ended || (habit.short_line && length <= 110))
        {
            return Some(whole);
        }
    }
    // A unit of which nothing but the heading is left, as others have theirs: it was repealed.
    if next.is_none()
        && headed
        && habit.short_line
        && length <= 160
        && is_title(trimmed)
        && !trimmed.ends_with('.')
    {
        return Some(whole);
    }
    if habit.first_sentence
        && let Some((end, text)) = first_sentence(trimmed)
    {
        return Some(Split { heading: (0, end), text });
    }
    None
}

/// Whether a line goes on with the one before: it begins small, or with a number that marks no list.
pub(super) fn goes_on_below(next: &str) -> bool {
    let next = next.trim_start();
    let digits = next.trim_start_matches(|c: char| c.is_ascii_digit());
    // `347 y 348 disminuidas …` goes on; `30.06.2006` begins a note.
    let counted = digits.len() < next.len() && digits.strip_prefix(' ').is_some_and(starts_small);
    (starts_small(next) || counted) && enumerate::mark(next).is_none()
}

/// `(Silence).- The body`, `（贪污罪）国家`, `【…】`
fn bracketed(rest: &str) -> Option<Split> {
    let open = rest.chars().next()?;
    let close = match open {
        '(' => ')',
        '（' => '）',
        '【' => '】',
        '[' => ']',
        _ => return None,
    };
    let end = rest.find(close)?;
    let inner = &rest[open.len_utf8()..end];
    let length = inner.chars().count();
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    if !(2..=160).contains(&length) || letters * 2 < length || letters < 2 || enumerate::mark(rest).is_some()
    {
        return None;
    }
    let after = &rest[end + close.len_utf8()..];
    let text = after.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | '-' | '–' | '—' | ':' | '*' | '_')
    });
    // `(a person) who …` is a sentence with brackets, not a heading.
    if open == '(' && starts_small(text) {
        return None;
    }
    Some(Split { heading: (open.len_utf8(), end), text: rest.len() - text.len() })
}

/// `Rechazo.- El juez`, `Punishment.—(1) Whoever`
fn dashed(rest: &str) -> Option<Split> {
    let window = rest.char_indices().nth(160).map_or(rest.len(), |(at, _)| at);
    for (at, _) in rest[..window].match_indices('.') {
        let after = rest[at + 1..].trim_start_matches([' ', '*', '_']);
        let dash = after.starts_with(['-', '—', '–', '―', '⸺', '_']);
        let word = rest[..at].rsplit(' ').next().unwrap_or_default();
        // `…: I.- El servidor` has a point of a list there, not the end of a heading.
        let numbered =
            word.chars().all(|c| c.is_ascii_uppercase() || c.is_numeric()) || word.chars().count() <= 2;
        if dash && at > 2 && !numbered && !rest[..at].contains(':') {
            let text = after.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '—' | '–' | '―' | '⸺' | '_' | '*')
            });
            return Some(Split { heading: (0, at + 1), text: rest.len() - text.len() });
        }
    }
    None
}

/// A first sentence short enough to be a heading, with more behind it: (its end, the start of the rest).
fn first_sentence(text: &str) -> Option<(usize, usize)> {
    let window = text.char_indices().nth(110).map_or(text.len(), |(at, _)| at);
    for (at, _) in text[..window].match_indices(['.', ':']) {
        let after = &text[at + 1..];
        let body = after.trim_start_matches([' ', '\u{a0}', '*', '_']);
        let word = text[..at].rsplit([' ', '(']).next().unwrap_or_default();
        let abbreviation = word.chars().count() <= 3 || word.chars().all(|c| c.is_numeric());
        if body.len() < after.len()
            && body.chars().count() > 12
            && !starts_small(body)
            && !abbreviation
            && at > 3
        {
            return Some((at + 1, text.len() - body.len()));
        }
    }
    None
}

/// Whether the first line below a label is the unit's heading.
pub(super) fn is_heading_below(line: &str, next: Option<&str>, of_format: bool, habit: Habit) -> bool {
    let text = line.trim();
    let length = text.chars().count();
    let Some(next) = next.map(str::trim) else { return false };
    if is_bracketed_title(text) {
        return true;
    }
    if enumerate::mark(text).is_some() || text.ends_with([',', ';', ':']) {
        return false;
    }
    let goes_on = starts_small(next) && enumerate::mark(next).is_none();
    if of_format {
        return length <= 300 && !goes_on;
    }
    let ended = text.ends_with(['.', '。', '।', '৷']);
    let starts = !starts_small(text);
    if habit.line_below {
        return length <= 200 && is_title(text) && starts && (!goes_on || length <= 60);
    }
    length <= 90 && is_title(text) && starts && !ended && !goes_on
}
