//! The enumerated parts of a unit: `(1)`, `a)`, `二、`, `①`, nested by the order of their marks.

use super::number;

/// What a mark looks like: its brackets and its script. Marks of one list look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    frame: Frame,
    script: Script,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// `(1)`
    Round,
    /// `1)`
    Closed,
    /// `1.`
    Dot,
    /// `1-`, `1 -`
    Dash,
    /// `1°`
    Degree,
    /// `§ 1`
    Sign,
    /// `①`
    Circle,
    /// `一、`
    Comma,
    /// `二　`: a number and an ideographic space.
    Space,
    /// `9.5.`
    Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Digit,
    Han,
    Roman,
    Small,
    Capital,
    Letter(u8),
}

impl Look {
    /// Whether parts so marked are numbered (paragraphs) and not lettered (points).
    pub(super) fn is_number(self) -> bool {
        matches!(self.script, Script::Digit | Script::Han)
    }
}

/// One way to read a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reading {
    look: Look,
    place: u32,
    name: String,
    suffixed: bool,
}

/// A mark at the start of a text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    readings: Vec<Reading>,
    /// Its length in bytes.
    pub(super) len: usize,
}

/// The lists that are open at a place of a unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Nesting {
    levels: Vec<LevelState>,
}

#[derive(Clone, Debug)]
struct LevelState {
    look: Look,
    place: u32,
    name: String,
}

/// Where a mark stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// How deep, from 0.
    pub(super) depth: usize,
    /// Its number or letter, as ids write it.
    pub(super) name: String,
    /// What it looks like.
    pub(super) look: Look,
}

impl Nesting {
    /// Takes a mark into the open lists, or refuses it where no list awaits it. `strict` asks for the very next one.
    pub(super) fn take(&mut self, mark: &Mark, strict: bool) -> Option<Placed> {
        for depth in (0..self.levels.len()).rev() {
            let found = mark.readings.iter().find(|reading| follows(&self.levels[depth], reading, strict));
            if let Some(reading) = found {
                self.levels.truncate(depth);
                return Some(self.push(reading));
            }
        }
        // In Japan the first paragraph has no mark, and the second has `２　`.
        let begins = |reading: &&Reading| {
            let second = self.levels.is_empty() && reading.place == 2 && reading.look.frame == Frame::Space;
            (reading.place == 1 || second) && !reading.suffixed
        };
        let first = mark.readings.iter().find(begins)?.clone();
        (self.levels.len() < 6).then(|| self.push(&first))
    }

    /// Whether the mark would go on with an open list.
    pub(super) fn awaits(&self, mark: &Mark) -> bool {
        self.levels.iter().any(|level| mark.readings.iter().any(|reading| follows(level, reading, true)))
    }

    /// Whether the mark would begin a list.
    pub(super) fn begins(mark: &Mark) -> bool {
        mark.readings.iter().any(|reading| reading.place == 1 && !reading.suffixed)
    }

    fn push(&mut self, reading: &Reading) -> Placed {
        let depth = self.levels.len();
        self.levels.push(LevelState { look: reading.look, place: reading.place, name: reading.name.clone() });
        Placed { depth, name: reading.name.clone(), look: reading.look }
    }
}

fn follows(level: &LevelState, reading: &Reading, strict: bool) -> bool {
    if level.look != reading.look || level.name == reading.name {
        return false;
    }
    let furthest = match (strict, reading.look.script) {
        (true, Script::Letter(_)) => 2,
        (true, _) => 1,
        (false, Script::Digit) => 6,
        (false, _) => 3,
    };
    let lowest = if reading.suffixed || matches!(reading.look.script, Script::Letter(_) | Script::Small) {
        level.place
    } else {
        level.place + 1
    };
    (lowest..=level.place + furthest).contains(&reading.place)
}

/// Reads the mark at the start of `text`.
pub(super) fn mark(text: &str) -> Option<Mark> {
    let lead = text.len()
        - text
            .trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '*' | '_' | '\u{200f}' | '\u{200e}' | '-' | '•')
            })
            .len();
    // A dash may be a bullet before a letter, not a mark of its own.
    let body = &text[lead..];
    let first = body.chars().next()?;
    let mut found = match first {
        '(' | '（' => round(body),
        '§' => sign(body),
        '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}' => Some(circled(first)),
        '.' => reversed(body),
        _ => framed(body),
    }?;
    let emphasis = body[found.len..].len() - body[found.len..].trim_start_matches(['*', '_']).len();
    found.len += lead + emphasis;
    Some(found)
}

fn round(body: &str) -> Option<Mark> {
    let open = body.chars().next()?.len_utf8();
    let inner_end = body.char_indices().take(14).find(|(_, c)| matches!(c, ')' | '）'))?.0;
    let raw = &body[open..inner_end];
    let inner = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    let close = body[inner_end..].chars().next()?.len_utf8();
    let readings = readings(inner, Frame::Round);
    (!readings.is_empty()).then_some(Mark { readings, len: inner_end + close })
}

fn sign(body: &str) -> Option<Mark> {
    let after = body.strip_prefix('§')?.trim_start_matches([' ', '\u{a0}']);
    let number = number::read(after, "pt")?;
    if number.style != number::Style::Digits {
        return None;
    }
    let end = body.len() - after.len() + number.len;
    let dot = usize::from(body[end..].starts_with('.'));
    let suffixed = number.canonical != number.main.to_string();
    let look = Look { frame: Frame::Sign, script: Script::Digit };
    let reading = Reading { look, place: number.main, name: number.canonical, suffixed };
    Some(Mark { readings: vec![reading], len: end + dot })
}

fn circled(c: char) -> Mark {
    let code = u32::from(c);
    let place = match c {
        '\u{2460}'..='\u{2473}' => code - 0x245f,
        '\u{3251}'..='\u{325f}' => code - 0x3251 + 21,
        _ => code - 0x32b1 + 36,
    };
    let look = Look { frame: Frame::Circle, script: Script::Digit };
    let reading = Reading { look, place, name: place.to_string(), suffixed: false };
    Mark { readings: vec![reading], len: c.len_utf8() }
}

/// `.1`: what a PDF made of an Arabic `1.`.
fn reversed(body: &str) -> Option<Mark> {
    let digits: String = body[1..].chars().take_while(|c| number::digit(*c).is_some()).collect();
    let after = &body[1 + digits.len()..];
    let arabic = after.trim_start().starts_with(|c: char| ('\u{600}'..='\u{6ff}').contains(&c));
    let readings = readings(&digits, Frame::Dot);
    (arabic && !readings.is_empty()).then_some(Mark { readings, len: 1 + digits.len() })
}

fn framed(body: &str) -> Option<Mark> {
    let end = body
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '^' | '\u{300}'..='\u{36f}' | 'ـ')))
        .unwrap_or(body.len());
    let inner = &body[..end];
    if inner.is_empty() || inner.chars().count() > 12 {
        return None;
    }
    let rest = &body[end..];
    let mut chars = rest.chars();
    let sign = chars.next()?;
    let next = chars.next();
    let spaced = next.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_'));
    let (frame, len) = match sign {
        ')' | '）' => (Frame::Closed, sign.len_utf8()),
        '.' | '．' => return dotted(body, inner, end, sign.len_utf8()),
        '、' => (Frame::Comma, sign.len_utf8()),
        '°' | 'º' => (Frame::Degree, sign.len_utf8() + usize::from(matches!(next, Some('.' | ')')))),
        '-' | '–' | '—' if !inner.is_ascii() || spaced => (Frame::Dash, sign.len_utf8()),
        '-' if inner.chars().all(|c| number::digit(c).is_some())
            && next.is_some_and(|c| c.is_alphabetic() && c.is_uppercase()) =>
        {
            (Frame::Dash, 1)
        }
        ' ' | '\u{a0}'
            if next.is_some_and(|c| matches!(c, '-' | '–'))
                && chars.next().is_none_or(char::is_whitespace) =>
        {
            (Frame::Dash, sign.len_utf8() + next.map_or(0, char::len_utf8))
        }
        '\u{3000}' => (Frame::Space, 0),
        _ => return None,
    };
    let readings = readings(inner, frame);
    (!readings.is_empty()).then_some(Mark { readings, len: end + len })
}

/// `1.`, `a.`, `9.5.`
fn dotted(body: &str, inner: &str, end: usize, sign: usize) -> Option<Mark> {
    let after = &body[end + sign..];
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && inner.chars().all(|c| c.is_ascii_digit()) {
        let name = &after[..digits];
        let mut len = end + sign + digits;
        let rest = &body[len..];
        if rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let closed = rest.starts_with(['.', ')']);
        len += usize::from(closed);
        if !body[len..].starts_with(|c: char| c.is_whitespace() || c == '*') || name.len() > 3 {
            return None;
        }
        let look = Look { frame: Frame::Decimal, script: Script::Digit };
        let place = name.parse().ok()?;
        return Some(Mark {
            readings: vec![Reading { look, place, name: place.to_string(), suffixed: false }],
            len,
        });
    }
    // `3.Text` is a mark in scripts that leave no space; `3.5` and `a.m.` are none.
    let glued = after.starts_with(|c: char| c.is_alphabetic());
    if glued && !inner.chars().all(|c| number::digit(c).is_some()) {
        return None;
    }
    let readings = readings(inner, Frame::Dot);
    (!readings.is_empty()).then_some(Mark { readings, len: end + sign })
}

const ORDERS: &[(u8, &str)] = &[
    (1, "абвгґдђеєёжзиіїйјклљмнњопрстћуфхцчџшщыэюя"),
    (2, "αβγδεζηθικλμνξοπρστυφχψω"),
    (3, "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    (4, "אבגדהוזחטיכלמנסעפצקרשת"),
    (5, "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ"),
    (6, "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"),
    (7, "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
    (8, "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"),
    (9, "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"),
    (10, "イロハニホヘトチリヌルヲワカヨタレソツネナラム"),
    (11, "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"),
];

/// Every way to read what stands between the signs of a mark.
fn readings(inner: &str, frame: Frame) -> Vec<Reading> {
    let mut found = Vec::new();
    let Some(first) = inner.chars().next() else { return found };
    let reading = |script, place, name: String, suffixed| Reading {
        look: Look { frame, script },
        place,
        name,
        suffixed,
    };
    if number::digit(first).is_some() {
        if let Some(number) = number::read(inner, "en").filter(|n| n.len == inner.len() && n.main < 400) {
            let suffixed = number.canonical != number.main.to_string();
            found.push(reading(Script::Digit, number.main, number.canonical, suffixed));
        }
        return found;
    }
    if let Some(number) =
        number::read(inner, "zh").filter(|n| n.style == number::Style::Han && n.len == inner.len())
    {
        found.push(reading(Script::Han, number.main, number.canonical, false));
        return found;
    }
    if frame == Frame::Space || frame == Frame::Comma {
        return found;
    }
    let ascii = inner.is_ascii() && inner.chars().all(|c| c.is_ascii_alphabetic());
    if ascii {
        let lower = inner.to_ascii_lowercase();
        let one_case = inner == lower || inner == inner.to_ascii_uppercase();
        let letter = lower.as_bytes()[0];
        let script = if inner == lower { Script::Small } else { Script::Capital };
        if inner.len() == 1 {
            found.push(reading(script, u32::from(letter - b'a') + 1, lower.clone(), false));
        } else if inner.len() == 2 && lower.as_bytes()[1] == letter {
            found.push(reading(script, u32::from(letter - b'a') + 27, lower.clone(), false));
        } else if lower == "ch" {
            found.push(reading(script, 8, lower.clone(), true));
        } else if inner.len() == 2 && one_case && number::roman_value(&lower.to_ascii_uppercase()).is_none() {
            found.push(reading(script, u32::from(letter - b'a') + 1, lower.clone(), true));
        }
        // `(i)` is the ninth letter or the first numeral: both are tried.
        if one_case
            && inner.len() <= 7
            && let Some(value) = number::roman_value(&lower.to_ascii_uppercase()).filter(|value| *value < 60)
        {
            let place = value + if script == Script::Capital { 1000 } else { 0 };
            let roman = reading(Script::Roman, if place > 1000 { value } else { place }, lower, false);
            if value == 1 && inner.len() == 1 { found.insert(0, roman) } else { found.push(roman) }
        }
        return found;
    }
    other_letters(inner, frame, &mut found);
    found
}

fn other_letters(inner: &str, frame: Frame, found: &mut Vec<Reading>) {
    let plain: String = inner.chars().filter(|c| *c != 'ـ').collect();
    let mut chars = plain.chars();
    let Some(first) = chars.next() else { return };
    let second = chars.next();
    if chars.next().is_some() {
        return;
    }
    let lower = match first {
        'أ' | 'إ' | 'آ' => 'ا',
        'ك' | 'ک' => 'ك',
        other => other.to_lowercase().next().unwrap_or(other),
    };
    let known = ORDERS.iter().find_map(|(script, order)| {
        let place = order.chars().position(|c| c == lower)?;
        Some((*script, u32::try_from(place).unwrap_or(0) + 1))
    });
    let Some((script, mut place)) = known else {
        // `č)`, `đ)`, `ñ)`: letters of Latin alphabets beyond the twenty-six.
        let Some(name) = number::ascii_letter(lower).filter(|name| name.len() == 1 && second.is_none())
        else {
            return;
        };
        let place = u32::from(name.as_bytes()[0] - b'a') + 1;
        let script = if first.is_uppercase() { Script::Capital } else { Script::Small };
        found.push(Reading {
            look: Look { frame, script },
            place,
            name: format!("{name}{name}"),
            suffixed: true,
        });
        return;
    };
    let mut name = number::ascii_letter(lower).unwrap_or_else(|| format!("l{place}"));
    if let Some(second) = second {
        let lower_second = second.to_lowercase().next().unwrap_or(second);
        if script == 2 {
            // Greek numerals: στ is six, ια eleven.
            place = match (lower, lower_second) {
                ('σ', 'τ') => 6,
                ('ι', unit) => {
                    10 + "αβγδε?ζηθ"
                        .chars()
                        .position(|c| c == unit)
                        .map_or(0, |p| u32::try_from(p).unwrap_or(0) + 1)
                }
                _ => return,
            };
            name.push_str(&number::ascii_letter(lower_second).unwrap_or_default());
        } else if matches!(script, 3 | 4) {
            return;
        } else if second.is_alphabetic() {
            name.push_str(&number::ascii_letter(lower_second).unwrap_or_default());
            place += if lower_second == lower { 40 } else { 0 };
        }
    } else if script == 2 {
        place = match lower {
            'ζ' => 7,
            'η' => 8,
            'θ' => 9,
            'ι' => 10,
            _ => place,
        };
    }
    found.push(Reading {
        look: Look { frame, script: Script::Letter(script) },
        place,
        name,
        suffixed: false,
    });
}

/// Where within a line the next mark of a list stands: (start of the mark, the mark). Marks inside a line count only
/// where a sentence or an item has just ended and the list awaits them.
pub(super) fn next_inline(line: &str, from: usize, nesting: &Nesting) -> Option<(usize, Mark)> {
    let mut since = 0;
    let mut previous_char = ' ';
    for (at, c) in line[from..].char_indices() {
        let here = from + at;
        let opens = matches!(c, '(' | '（')
            || ((c.is_alphanumeric() || c == '§') && previous_char.is_whitespace() && since > 0);
        if opens
            && let Some(ending) = ending(&line[from..here])
            && matches!(
                ending,
                '.' | ';' | ':' | '—' | '–' | '-' | ',' | '。' | '；' | '：' | '؛' | '،' | ')' | '―'
            )
            && let Some(found) = mark(&line[here..])
            && inline_sound(line, here, c, ending, &found, nesting, since)
        {
            return Some((here, found));
        }
        since += usize::from(!c.is_whitespace());
        previous_char = c;
    }
    None
}

/// The last character before a mark, past a conjunction.
fn ending(before: &str) -> Option<char> {
    const CONJUNCTIONS: &[&str] = &[
        "or", "and", "o", "y", "e", "ou", "et", "und", "oder", "и", "или", "και", "ή", "en", "of", "och",
        "og", "veya", "sau", "și",
    ];
    let text = before.trim_end();
    let word = text.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    if word.len() <= 8 && CONJUNCTIONS.contains(&word) {
        return text[..text.len() - word.len()].trim_end().chars().next_back();
    }
    text.chars().next_back()
}

fn inline_sound(
    line: &str,
    here: usize,
    first: char,
    ending: char,
    found: &Mark,
    nesting: &Nesting,
    since: usize,
) -> bool {
    let after = &line[here + found.len..];
    let text = after.trim_start();
    let bracketed = matches!(first, '(' | '（');
    let frame = found.readings[0].look.frame;
    if text.is_empty() || text.starts_with([',', ';', '.', ')']) || (text.len() == after.len() && !bracketed)
    {
        return false;
    }
    if !bracketed && !matches!(frame, Frame::Closed | Frame::Dot | Frame::Degree | Frame::Sign) {
        return false;
    }
    let awaited = nesting.awaits(found);
    let introduced = matches!(ending, ':' | '—' | '–' | '-' | '：' | '―');
    if awaited {
        let item_ended = match frame {
            Frame::Dot => matches!(ending, ';' | '.' | ',') && since > 12,
            _ => ending != ')' && (since > 12 || matches!(ending, ';' | '.')),
        };
        return item_ended || (ending == ')' && since <= 1);
    }
    let begins = Nesting::begins(found) && found.readings.iter().any(|r| r.place == 1);
    // `(Amended: Act 12.)(1) Whoever …`: a remark before the first paragraph.
    let before = line[..here].trim();
    let remark = bracketed
        && found.readings[0].look.script == Script::Digit
        && before.strip_prefix('(').is_some_and(|inner| inner.find(')') == Some(inner.len() - 1));
    begins
        && (introduced
            || remark
            || (ending == '.' && bracketed && found.readings[0].look.script == Script::Digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(lines: &[&str]) -> Vec<String> {
        let mut nesting = Nesting::default();
        lines
            .iter()
            .filter_map(|line| {
                let mark = mark(line)?;
                let placed = nesting.take(&mark, false)?;
                Some(format!("{}{}", "-".repeat(placed.depth), placed.name))
            })
            .collect()
    }

    #[test]
    fn marks_nest_by_their_order() {
        assert_eq!(
            outline(&["(1) x", "(a) x", "(i) x", "(ii) x", "(b) x", "(2) x"]),
            ["1", "-a", "--i", "--ii", "-b", "2"]
        );
        assert_eq!(outline(&["(g) x", "(a) x", "(h) x"]), ["a"]);
        let letters: Vec<String> = ('a'..='j').map(|c| format!("({c}) x")).collect();
        let lines: Vec<&str> = letters.iter().map(String::as_str).collect();
        assert_eq!(outline(&lines).last().map(String::as_str), Some("j"));
        assert_eq!(outline(&["一、甲", "（一）甲", "（二）甲", "二、甲"]), ["1", "-1", "-2", "2"]);
        assert_eq!(
            outline(&["① 가", "1. 가", "가. 나", "나. 나", "2. 나", "② 가"]),
            ["1", "-1", "--l1", "--l2", "-2", "2"]
        );
        assert_eq!(outline(&["§ 1. a", "1) b", "2) c", "§ 2. d"]), ["1", "-1", "-2", "2"]);
        assert_eq!(outline(&["α) x", "β) x", "γ) x"]), ["a", "b", "g"]);
        assert_eq!(outline(&["أ- x", "ب- x", "ج- x"]), ["a", "b", "j"]);
        assert_eq!(
            outline(&["a) x", "b) x", "c) x", "d) x", "đ) x", "e) x"]),
            ["a", "b", "c", "d", "dd", "e"]
        );
        assert_eq!(outline(&["9.1. x", "9.2. x"]), ["1", "2"]);
        assert_eq!(outline(&["1 - x", "2 - x"]), ["1", "2"]);
        assert_eq!(outline(&["甲", "２　乙", "３　丙"]), ["2", "3"]);
    }

    #[test]
    fn marks_inside_a_line_are_found_and_references_are_not() {
        let line = "(1) A person commits an offence who— (a) gives a gift; or (b) takes one. (2) Subsection (1) does not apply.";
        let mut nesting = Nesting::default();
        let first = mark(line).expect("a mark");
        nesting.take(&first, false).expect("taken");
        let mut at = first.len;
        let mut names = Vec::new();
        while let Some((start, mark)) = next_inline(line, at, &nesting) {
            let Some(placed) = nesting.take(&mark, true) else { break };
            names.push(placed.name);
            at = start + mark.len;
        }
        assert_eq!(names, ["a", "b", "2"]);
        for (line, opened) in [
            (
                "§ 1. Kto bierze prezent, podlega karze. § 2. Kto go daje, o którym mowa w § 1. Kara jest mała.",
                "2",
            ),
            ("(Değişik: Kanun 12 md.)(1) Hediye alan cezalandırılır.", "1"),
        ] {
            let mut nesting = Nesting::default();
            let first =
                mark(line).filter(|mark| nesting.take(mark, false).is_some()).map_or(0, |mark| mark.len);
            let (start, found) = next_inline(line, first, &nesting).expect("a mark");
            assert_eq!(nesting.take(&found, true).map(|placed| placed.name).as_deref(), Some(opened));
            assert!(next_inline(line, start + found.len, &nesting).is_none(), "help: {line}");
        }
    }
}
