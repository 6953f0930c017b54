//! Bytes → text: which encoding, and what in the text must not reach a reader.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use merida_law::Problem;

use crate::limits::Limits;

/// How much of a text is looked at to guess its encoding, in bytes.
const SAMPLE: usize = 256 * 1024;

/// The text of `bytes` and the name of the encoding in which they were read.
///
/// In this order: a byte order mark; UTF-8, if the bytes are UTF-8; UTF-16 without a mark; the encoding that the
/// manifest, the XML prolog or the HTML `meta` declares; a guess. New lines become `\n`; soft hyphens are left out; NUL
/// and unpaired bidirectional controls are left out and reported; replacement characters are reported.
pub(crate) fn decode(
    bytes: &[u8],
    limits: &Limits,
    declared: Option<&str>,
    problems: &mut Vec<Problem>,
) -> (String, &'static str) {
    let bytes = within_limit(bytes, limits, problems);
    let (encoding, bytes) = choose(bytes, declared, problems);
    let (text, malformed) = if encoding == UTF_8 {
        match std::str::from_utf8(bytes) {
            Ok(text) => (std::borrow::Cow::Borrowed(text), false),
            Err(_) => (String::from_utf8_lossy(bytes), true),
        }
    } else {
        encoding.decode_without_bom_handling(bytes)
    };
    if malformed {
        problems.push(Problem::warning(
            format!("some bytes are not {} and were replaced", encoding.name()),
            "state the encoding in the manifest, or save the file as UTF-8",
        ));
    }
    (clean(&text, malformed, problems), encoding.name())
}

/// The beginning of a file as text, good enough to tell formats apart.
pub(crate) fn glimpse(bytes: &[u8]) -> String {
    let (encoding, bytes) = choose(bytes, None, &mut Vec::new());
    if encoding == UTF_16BE || encoding == UTF_16LE {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    // The formats differ in ASCII; what is not UTF-8 counts as one letter each.
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}

fn within_limit<'a>(bytes: &'a [u8], limits: &Limits, problems: &mut Vec<Problem>) -> &'a [u8] {
    let most = usize::try_from(limits.max_file_bytes).unwrap_or(usize::MAX);
    if bytes.len() <= most {
        return bytes;
    }
    problems.push(Problem::error(
        format!("the file has {} bytes, more than the limit of {most}: the rest was not read", bytes.len()),
        "split it, or raise max_file_bytes in the configuration",
    ));
    &bytes[..most]
}

fn choose<'a>(
    bytes: &'a [u8],
    declared: Option<&str>,
    problems: &mut Vec<Problem>,
) -> (&'static Encoding, &'a [u8]) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, bytes);
    }
    let stated = declared.and_then(|label| label_of(label, problems)).or_else(|| declared_within(bytes));
    if is_utf8(bytes) {
        return (agreed_utf8(stated, bytes), bytes);
    }
    if let Some(encoding) = stated.filter(|&e| e != UTF_8 && decodes(e, bytes)) {
        return (encoding, bytes);
    }
    if stated == Some(UTF_8) && mostly_utf8(bytes) {
        return (UTF_8, bytes);
    }
    if let Some(encoding) = stated {
        problems.push(Problem::warning(
            format!("the file says that it is {}, and its bytes are not", encoding.name()),
            "check the encoding, or save the file as UTF-8",
        ));
    }
    (guess(bytes), bytes)
}

/// UTF-8 unless the text is in a seven-bit encoding that says so (ISO-2022-JP looks like ASCII).
fn agreed_utf8(stated: Option<&'static Encoding>, bytes: &[u8]) -> &'static Encoding {
    let seven_bit = stated == Some(encoding_rs::ISO_2022_JP)
        || bytes[..bytes.len().min(SAMPLE)].windows(3).any(|w| w == b"\x1b$B");
    if seven_bit && bytes.is_ascii() && bytes.contains(&0x1b) { encoding_rs::ISO_2022_JP } else { UTF_8 }
}

fn label_of(label: &str, problems: &mut Vec<Problem>) -> Option<&'static Encoding> {
    let label = label.trim();
    if label.is_empty() || label.eq_ignore_ascii_case("binary") {
        return None;
    }
    let known = encoding_named(label);
    if known.is_none() {
        problems.push(Problem::warning(
            format!("\"{}\" is not a known encoding", label.chars().take(40).collect::<String>()),
            "write it as utf-8, windows-1256, gb18030, shift_jis …",
        ));
    }
    known
}

fn encoding_named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).or_else(|| {
        let plain = label.to_ascii_lowercase().replace(['-', '_', ' '], "");
        match plain.as_str() {
            "cp932" | "ms932" | "windows932" => Some(encoding_rs::SHIFT_JIS),
            "cp949" | "uhc" => Some(encoding_rs::EUC_KR),
            "cp936" | "gb2312" | "gbk" => Some(encoding_rs::GB18030),
            "cp950" => Some(encoding_rs::BIG5),
            "latin1" => Some(encoding_rs::WINDOWS_1252),
            _ => plain
                .strip_prefix("cp125")
                .and_then(|n| Encoding::for_label(format!("windows-125{n}").as_bytes())),
        }
    })
}

/// What the XML prolog or the HTML `meta` says, in the first 4,096 bytes.
fn declared_within(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(4096).map(|&b| char::from(b).to_ascii_lowercase()).collect();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let key = if head.trim_start().starts_with("<?xml") { "encoding" } else { "charset" };
    let after = head
        .split_once(key)
        .map(|(_, after)| after)
        .or_else(|| head.split_once("charset").map(|(_, a)| a))?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
        .unwrap_or(value.len());
    encoding_named(&value[..end])
}

fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A character cut off at the end of a sample is no fault.
        Err(error) => error.error_len().is_none() && error.valid_up_to() + 4 > bytes.len() && bytes.len() > 4,
    }
}

/// Whether all but a few damaged characters are UTF-8, of which there are many.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let text = String::from_utf8_lossy(sample);
    let damaged = text.chars().filter(|&c| c == '\u{fffd}').count();
    let beyond_ascii = text.chars().filter(|&c| !c.is_ascii()).count();
    damaged * 4 < beyond_ascii
}

fn decodes(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (text, malformed) = encoding.decode_without_bom_handling(sample);
    // A sample may end within a character: one fault is allowed there.
    !malformed || text.chars().filter(|&c| c == '\u{fffd}').count() * 500 < text.chars().count()
}

/// UTF-16 shows itself by zero bytes (ASCII) on one side only, or by a steady high byte where there is no ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let units = sample.len() / 2;
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 3 > units && even * 20 < units {
        return Some(UTF_16LE);
    }
    if even * 3 > units && odd * 20 < units {
        return Some(UTF_16BE);
    }
    // A text in ASCII with a few stray zero bytes is none.
    let printable = sample.iter().filter(|b| matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t')).count();
    if printable * 10 > sample.len() * 8 {
        return None;
    }
    // Spaces and new lines are the only ASCII in a text of another script.
    let breaks = |side: usize| {
        sample
            .chunks_exact(2)
            .filter(|pair| pair[side] == 0 && matches!(pair[1 - side], b' ' | b'\n' | b'\r' | b'.'))
            .count()
    };
    let (little, big) = (breaks(1), breaks(0));
    if little * 60 > units && little > big * 4 {
        return Some(UTF_16LE);
    }
    (big * 60 > units && big > little * 4).then_some(UTF_16BE)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // The beginning of a page is often ASCII: the sample starts where that ends.
    let start = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(200);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    let guessed = detector.guess(None, Utf8Detection::Allow);
    if guessed == encoding_rs::GBK { encoding_rs::GB18030 } else { guessed }
}

/// New lines normalised, what must not be shown left out and reported.
fn clean(text: &str, malformed: bool, problems: &mut Vec<Problem>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut found = Found::default();
    let mut embeddings = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    out.push('\n');
                }
                close_line(&mut out, &mut embeddings, &mut found);
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push('\n');
                close_line(&mut out, &mut embeddings, &mut found);
            }
            '\n' => {
                close_line(&mut out, &mut embeddings, &mut found);
                out.push('\n');
            }
            '\u{ad}' | '\u{feff}' => {}
            '\0' => found.nul += 1,
            '\u{fffd}' => {
                found.replaced += 1;
                out.push(c);
            }
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => {
                found.controls += 1;
                embeddings.push((out.len(), c));
                out.push(c);
            }
            '\u{202c}' | '\u{2069}' => {
                found.controls += 1;
                match embeddings.pop() {
                    Some(_) => out.push(c),
                    None => found.unpaired += 1,
                }
            }
            c if c < ' ' && !matches!(c, '\t' | '\x0c') => {
                found.control_codes += 1;
                if matches!(c, '\x0b' | '\x1c'..='\x1f') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    close_line(&mut out, &mut embeddings, &mut found);
    found.report(malformed, problems);
    out
}

#[derive(Default)]
struct Found {
    nul: u64,
    replaced: u64,
    controls: u64,
    unpaired: u64,
    control_codes: u64,
}

/// An embedding ends with its paragraph: what was not closed by then is taken out.
fn close_line(out: &mut String, embeddings: &mut Vec<(usize, char)>, found: &mut Found) {
    if embeddings.is_empty() {
        return;
    }
    let line_start = embeddings[0].0;
    let mut kept = String::with_capacity(out.len() - line_start);
    for (at, c) in out[line_start..].char_indices() {
        if embeddings.binary_search_by_key(&(line_start + at), |&(place, _)| place).is_ok() {
            found.unpaired += 1;
        } else {
            kept.push(c);
        }
    }
    out.truncate(line_start);
    out.push_str(&kept);
    embeddings.clear();
}

impl Found {
    fn report(&self, malformed: bool, problems: &mut Vec<Problem>) {
        if self.nul > 0 {
            problems.push(Problem::warning(
                format!("{} NUL characters were left out", self.nul),
                "check that the file is text and complete",
            ));
        }
        if self.unpaired > 0 {
            problems.push(Problem::warning(
                format!("{} unpaired bidirectional control characters were left out", self.unpaired),
                "check the order of the text where scripts mix",
            ));
        } else if self.controls > 0 {
            problems.push(Problem::note(
                format!("the text holds {} bidirectional control characters", self.controls),
                "",
            ));
        }
        if self.control_codes > 0 {
            problems
                .push(Problem::note(format!("{} control characters were left out", self.control_codes), ""));
        }
        if self.replaced > 0 && !malformed {
            problems.push(Problem::warning(
                format!(
                    "the text holds {} replacement characters: letters were lost before it came here",
                    self.replaced
                ),
                "fetch the text again from its source in its own encoding",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, &'static str, Vec<Problem>) {
        let mut problems = Vec::new();
        let (text, encoding) = decode(bytes, &Limits::default(), declared, &mut problems);
        (text, encoding, problems)
    }

    const SPECIMENS: &[(&str, &str)] = &[
        (
            "windows-1251",
            "Статья 290. Получение взятки. Должностное лицо отвечает по закону, если оно берёт деньги за своё решение.",
        ),
        (
            "koi8-r",
            "Статья 290. Получение взятки. Должностное лицо отвечает по закону, если оно берёт деньги за своё решение.",
        ),
        (
            "windows-1256",
            "المادة الأولى. يعاقب كل موظف عام طلب لنفسه أو لغيره عطية من أجل القيام بعمل من أعمال وظيفته.",
        ),
        (
            "windows-1253",
            "Άρθρο 235. Δωροληψία υπαλλήλου. Ο υπάλληλος που ζητεί δώρα για την υπηρεσία του τιμωρείται.",
        ),
        (
            "windows-1250",
            "Článek 5. Úplatek přijatý úředníkem za rozhodnutí je trestný čin, který soud potrestá vězením.",
        ),
        (
            "windows-1252",
            "Artículo 1.º La corrupción será sancionada según el daño causado a la administración pública española.",
        ),
        ("windows-1255", "סעיף ראשון. עובד הציבור הלוקח שוחד בעד פעולה הקשורה בתפקידו דינו מאסר."),
        (
            "gb18030",
            "第三条 国家工作人员利用职务上的便利索取他人财物的，依照本法处罚。公司不得向外国官员行贿。",
        ),
        ("big5", "第三條 公務員利用職務上之機會收受他人財物者，依本法處罰。公司不得向外國官員行賄。"),
        (
            "shift_jis",
            "第三条　公務員は、その職務に関して、わいろを受け取ってはならない。この法律の目的は公正にある。",
        ),
        (
            "euc-jp",
            "第三条　公務員は、その職務に関して、わいろを受け取ってはならない。この法律の目的は公正にある。",
        ),
        (
            "euc-kr",
            "제3조 (목적) 공무원은 그 직무에 관하여 뇌물을 받아서는 아니 된다. 이 법은 공정을 위한 것이다.",
        ),
        ("windows-874", "มาตรา ๓ เจ้าหน้าที่ของรัฐต้องไม่เรียกรับทรัพย์สินจากผู้อื่นเพื่อการในหน้าที่"),
    ];

    #[test]
    fn each_encoding_is_recognised_when_declared() {
        for (label, text) in SPECIMENS {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode(text);
            let (read, _, problems) = read(&bytes, Some(label));
            assert_eq!(&read, text, "{label}");
            assert!(problems.is_empty(), "{label}: {problems:?}");
        }
    }

    #[test]
    fn each_encoding_is_guessed_when_not_declared() {
        for (label, text) in SPECIMENS {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let long = text.repeat(8);
            let (bytes, _, _) = encoding.encode(&long);
            let (read, name, _) = read(&bytes, None);
            assert_eq!(read, long, "{label} was read as {name}");
        }
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        for text in [
            "Article 1. Nobody may bribe.",
            "Статья 1. Никто не может давать взятку. И ещё.",
            "第一条 任何人不得行贿。 第二条 受贿者处罚。 ",
        ] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(little.iter().copied()).collect();
            for bytes in [&little, &big, &marked] {
                assert_eq!(read(bytes, None).0, text);
            }
        }
    }

    #[test]
    fn stray_zero_bytes_do_not_make_utf16() {
        let text = "Article 1\n\0\0Nobody gives\0 gifts.\nArticle 2\nNobody takes\0 gifts at all.\n";
        assert!(read(text.as_bytes(), None).0.contains("Nobody gives gifts."));
    }

    #[test]
    fn declarations_within_the_file_are_followed() {
        let text = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=shift_jis\"></head>第一条";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        assert_eq!(read(&bytes, None).0, text);
        let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>Статья</a>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(read(&bytes, None).0, text);
        let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>Статья</a>";
        assert_eq!(read(text.as_bytes(), None).0, text, "UTF-8 that says otherwise is still UTF-8");
    }

    #[test]
    fn hidden_characters_are_left_out_and_reported() {
        let (text, _, problems) = read("a\0b\u{202e}c\r\nd\u{ad}e\rf".as_bytes(), None);
        assert_eq!(text, "abc\nde\nf");
        assert_eq!(problems.len(), 2, "{problems:?}");
        let (text, _, problems) = read("\u{2067}نص\u{2069} text".as_bytes(), None);
        assert_eq!(text, "\u{2067}نص\u{2069} text", "paired isolates stay");
        assert_eq!(problems[0].severity, merida_law::Severity::Note);
        let (_, _, problems) = read("lost \u{fffd} letter".as_bytes(), None);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn a_file_beyond_the_limit_is_cut_and_said_to_be() {
        let limits = Limits { max_file_bytes: 10, ..Limits::default() };
        let mut problems = Vec::new();
        let (text, _) = decode(b"Article 1. Nobody.", &limits, None, &mut problems);
        assert_eq!(text, "Article 1.");
        assert_eq!(problems[0].severity, merida_law::Severity::Error);
    }
}
