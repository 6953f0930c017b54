//! What a record is called: its label and heading, told apart from each other and from its text.

use merida_law::ProvisionKind as Kind;

/// What a record says of itself.
pub(super) struct Parts<'a> {
    pub(super) number: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
}

/// What a provision is called.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Named {
    pub(super) label: String,
    pub(super) heading: String,
    pub(super) text: String,
    /// What stood there twice.
    pub(super) repeated: Vec<String>,
}

/// Titles longer than this are text.
const LONGEST_HEADING: usize = 220;

/// Label, heading and text of a record: `Artículo 1. Objeto.` is a label and a heading, and neither is repeated at the
/// beginning of the text.
pub(super) fn name_record(parts: &Parts<'_>) -> Named {
    let title = parts.title.trim();
    let number = parts.number.unwrap_or_default().trim();
    let mut named =
        Named { label: number.to_owned(), text: parts.text.trim().to_owned(), ..Named::default() };
    match split_numbered(title, number) {
        Some((label, heading)) => {
            label.clone_into(&mut named.label);
            heading.clone_into(&mut named.heading);
        }
        None if is_label(title) => title.clone_into(&mut named.label),
        None => title.clone_into(&mut named.heading),
    }
    if named.heading.chars().count() > LONGEST_HEADING {
        let heading = std::mem::take(&mut named.heading);
        named.text = format!("{heading}\n{}", named.text);
        return named;
    }
    strip_label(&mut named, number);
    strip_heading(&mut named);
    named
}

/// A label such as `Article 12`, `§ 5`, `12 straipsnis`, `1. §`, and what follows it.
fn split_numbered<'t>(text: &'t str, number: &str) -> Option<(&'t str, &'t str)> {
    let number = digits(number);
    if number.is_empty() || text.is_empty() {
        return None;
    }
    let head_end = text.char_indices().nth(48).map_or(text.len(), |(at, _)| at);
    let head = digits(&text[..head_end]);
    // Digits of other scripts become ASCII one for one, so that places agree when counted in characters.
    let at = find_token(&head, &number)?;
    let before: String = head[..at].to_owned();
    if before.split_whitespace().count() > 2 || before.chars().count() > 18 {
        return None;
    }
    let skip = before.chars().count() + number.chars().count();
    let mut end = text.char_indices().nth(skip).map_or(text.len(), |(at, _)| at);
    end += tail_of_label(&text[end..], before.trim().is_empty());
    let rest = text[end..].trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | '-' | '–' | '—' | ':' | '·' | '−')
    });
    Some((text[..end].trim(), rest.trim()))
}

/// `)`, `.`, `º`, ` §`, ` straipsnis` after the number of a label.
fn tail_of_label(rest: &str, number_first: bool) -> usize {
    let mut length = 0;
    for mark in [")", "º", "°", "ª", "º.", ".", "৷", "।"] {
        if rest[length..].starts_with(mark) {
            length += mark.len();
        }
    }
    if !number_first {
        return length;
    }
    for word in [" §", "§", " straipsnis", " pants", " bob", " cikk", ".§"] {
        if rest[length..].starts_with(word) {
            length += word.len();
            if rest[length..].starts_with('.') {
                length += 1;
            }
            break;
        }
    }
    length
}

fn find_token(head: &str, number: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = head[from..].find(number) {
        let at = from + found;
        let before = head[..at].chars().next_back();
        let after = head[at + number.len()..].chars().next();
        // The sign that closes a number in Bengali is a numeral to Unicode.
        let edge =
            |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() && !matches!(c, '\u{9f4}'..='\u{9f9}'));
        if edge(before) && edge(after) {
            return Some(at);
        }
        from = at + number.len();
    }
    None
}

/// Digits of any script as ASCII, letters in lower case, one character for one.
fn digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

fn ascii_digit(c: char) -> char {
    const ZEROS: [u32; 9] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find(|&&zero| (zero..zero + 10).contains(&code))
        .and_then(|zero| char::from_digit(code - zero, 10))
        .unwrap_or(c)
}

/// Whether a title is a label in words: `المادة الأولى`, `第三条`, `Article premier`.
fn is_label(title: &str) -> bool {
    let words = title.split_whitespace().count();
    let first = title.split_whitespace().next().unwrap_or_default().to_lowercase();
    let starts = matches!(
        first.trim_end_matches('.'),
        "المادة"
            | "مادة"
            | "الفصل"
            | "article"
            | "art"
            | "artículo"
            | "articulo"
            | "section"
            | "section:"
            | "статья"
            | "artikel"
    );
    let chinese = title.starts_with('第') && title.ends_with(['条', '條']) && title.chars().count() < 16;
    chinese || (starts && words <= 4)
}

/// Takes the label off the text where it stands there too, and takes it over where the record has only a number.
fn strip_label(named: &mut Named, number: &str) {
    let Some((label, rest)) = split_numbered(&named.text, number) else { return };
    let word = label.chars().next().is_some_and(|c| c.is_alphabetic() || c == '§');
    let same = squash(&digits(label)).trim_end_matches(['.', '৷', '।', ')'])
        == squash(&digits(&named.label)).trim_end_matches(['.', ')']);
    // A bare `1.` at the start of article 1 is its first paragraph, unless the title is numbered in the same way.
    let bare_title = named.label != number && named.label.trim_end_matches(['.', ')']) == number;
    let marked_end = label.len() < named.text.len() && !rest.is_empty();
    if !marked_end || label.contains(['(', '（']) || label.contains('\n') {
        return;
    }
    if word {
        let (label, rest) = (label.to_owned(), rest.to_owned());
        if named.label == number {
            named.label = label;
        } else {
            named.repeated.push(label);
        }
        named.text = rest;
    } else if same && bare_title {
        named.repeated.push(label.to_owned());
        named.text = rest.to_owned();
    }
}

/// Takes the heading off the text where the text begins with it; a title that was cut out of a sentence is none.
fn strip_heading(named: &mut Named) {
    if named.heading.is_empty() {
        return;
    }
    let Some(end) = prefix_end(&named.text, &named.heading) else { return strip_sentence(named) };
    let open = named.heading.matches('(').count() > named.heading.matches(')').count();
    if open && named.text[end..].contains(')') {
        // `(Amended: Act 12` was cut out of the remark `(Amended: Act 12.)`.
        named.repeated.push(std::mem::take(&mut named.heading));
        return;
    }
    let rest = &named.text[end..];
    let after = rest.trim_start_matches([' ', '\t']);
    let goes_on = after.starts_with('\n') && after.trim_start().starts_with(char::is_lowercase);
    let open = named.heading.ends_with([':', ',', ';'])
        || [".-", ".–", ".—"].iter().any(|dash| named.heading.contains(dash));
    let closed = rest.is_empty()
        || after.starts_with(['\n', '.', '-', '–', '—', ':'])
        || named.heading.ends_with(['.', '-', '–', '—']);
    if closed && !goes_on && !open && !rest.trim().is_empty() {
        let rest = rest
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–' | '—' | ':'))
            .to_owned();
        named.repeated.push(named.heading.clone());
        named.text = rest;
        return;
    }
    let cut = [".-", ".–", ".—", ". -", ". –"].iter().filter_map(|dash| named.heading.find(dash)).min();
    let heading = std::mem::take(&mut named.heading);
    if let Some(cut) = cut {
        named.heading = heading[..cut].trim().to_owned();
        if let Some(end) = prefix_end(&named.text, &named.heading) {
            named.text = named.text[end..]
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–' | '—' | ':'))
                .to_owned();
        }
    }
    named.repeated.push(heading);
}

/// A title that is no more than the first sentence of the first paragraph, or as much of it as the field could hold.
fn strip_sentence(named: &mut Named) {
    let Some(inner) = named.text.strip_prefix('(') else { return };
    let Some((mark, text)) = inner.split_once(')').filter(|(mark, _)| mark.chars().all(char::is_numeric))
    else {
        return;
    };
    let Some(end) = prefix_end(text, &named.heading).filter(|_| !mark.is_empty()) else { return };
    if text[end..].starts_with(['.', ';', ':']) || named.heading.chars().count() > 120 {
        named.repeated.push(std::mem::take(&mut named.heading));
    }
}

/// Where `prefix` ends in `text`, if `text` begins with it, white space aside.
fn prefix_end(text: &str, prefix: &str) -> Option<usize> {
    let mut wanted = prefix.chars().filter(|c| !c.is_whitespace()).peekable();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        match wanted.next() {
            None => return Some(at).filter(|_| false),
            Some(w) if w == c => {
                if wanted.peek().is_none() {
                    return Some(at + c.len_utf8());
                }
            }
            Some(_) => return None,
        }
    }
    None
}

/// Text without white space.
pub(super) fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text is a name for machines: an address, a key, a date.
pub(super) fn is_identifier(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.starts_with("http://")
        || text.starts_with("https://")
        || (text.is_ascii()
            && !text.contains(' ')
            && text.len() < 80
            && text.contains(|c: char| {
                c.is_ascii_digit() || matches!(c, '_' | '/' | ':' | '#' | '@' | '=' | '-')
            }))
        || (text.chars().count() < 30 && super::facts::date_of(text).is_some())
}

/// Whether a word only says what a record is.
pub(super) fn is_kind(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "article"
            | "section"
            | "clause"
            | "rule"
            | "schedule"
            | "annex"
            | "paragraph"
            | "subsection"
            | "provision"
    )
}

/// Whether a description is the long title or the recitals of the law itself.
pub(super) fn is_long_title(text: &str) -> bool {
    let text = text.trim_start();
    ["An Act ", "AN ACT ", "A Bill ", "Act to ", "Whereas", "WHEREAS"]
        .iter()
        .any(|start| text.starts_with(start))
        || text.contains("যেহেতু")
        || text.contains("Whereas ")
        || text.contains("WHEREAS")
}

/// Chinese numerals, Roman numerals and single letters.
pub(super) fn is_numeral(text: &str) -> bool {
    let chinese = text.chars().all(|c| "〇零一二三四五六七八九十百千第条條之の".contains(c));
    let roman = text.trim_end_matches('.').chars().all(|c| "IVXLCDMivxlcdm".contains(c));
    !text.is_empty() && (chinese || roman || text.chars().count() == 1)
}

/// The kind of container that a name such as `TÍTULO II` or `第三章` speaks of; else what its key says.
pub(super) fn container_kind(name: &str, key: &str) -> Kind {
    let lower = name.trim().to_lowercase();
    if lower.starts_with('第') || lower.starts_with('제') {
        for (mark, kind) in [
            ('編', Kind::Book),
            ('编', Kind::Book),
            ('편', Kind::Book),
            ('章', Kind::Chapter),
            ('장', Kind::Chapter),
            ('節', Kind::Division),
            ('节', Kind::Division),
            ('절', Kind::Division),
            ('款', Kind::Subdivision),
            ('관', Kind::Subdivision),
        ] {
            if lower.chars().take(12).any(|c| c == mark) {
                return kind;
            }
        }
    }
    let word = |candidates: &[&str]| {
        lower
            .split(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '-' | '–'))
            .take(3)
            .any(|w| candidates.contains(&w))
    };
    if word(&["schedule", "jadual"]) {
        Kind::Schedule
    } else if word(&["annex", "annexe", "anexo", "appendix", "anhang", "приложение", "ملحق", "allegato"])
    {
        Kind::Annex
    } else if word(&[
        "book",
        "livre",
        "libro",
        "livro",
        "buch",
        "книга",
        "الكتاب",
        "βιβλίο",
        "წიგნი",
        "კარი",
        "cartea",
        "kitap",
    ]) {
        Kind::Book
    } else if word(&[
        "part",
        "partie",
        "parte",
        "часть",
        "частина",
        "μεροσ",
        "μέρος",
        "الجزء",
        "osa",
        "del",
        "bahagian",
        "partea",
        "ნაწილი",
        "rész",
    ]) {
        Kind::Part
    } else if word(&[
        "title",
        "titre",
        "título",
        "titulo",
        "titlul",
        "раздел",
        "розділ",
        "τίτλος",
        "القسم",
        "dział",
        "titel",
    ]) {
        Kind::Title
    } else if word(&[
        "chapter",
        "chapitre",
        "capítulo",
        "capitulo",
        "capitolul",
        "глава",
        "поглавље",
        "poglavje",
        "poglavlje",
        "skyrius",
        "nodaļa",
        "თავი",
        "الباب",
        "الفصل",
        "kapitel",
        "kapitola",
        "hlava",
        "rozdział",
        "fejezet",
        "bölüm",
        "अध्याय",
        "অধ্যায়",
        "κεφάλαιο",
        "หมวด",
    ]) {
        Kind::Chapter
    } else if word(&[
        "section",
        "sección",
        "seccion",
        "secțiunea",
        "sectiunea",
        "الفرع",
        "abschnitt",
        "oddelek",
        "odsjek",
        "ส่วน",
    ]) {
        Kind::Division
    } else {
        match key {
            "books" | "book" => Kind::Book,
            "parts" | "part" => Kind::Part,
            "titles" => Kind::Title,
            "sections" | "branches" | "divisions" | "section" => Kind::Division,
            "annexes" | "appendices" => Kind::Annex,
            "schedules" => Kind::Schedule,
            _ => Kind::Chapter,
        }
    }
}

/// The order of containers that flat records name.
pub(super) fn rank(kind: Kind) -> u16 {
    match kind {
        Kind::Book | Kind::Schedule | Kind::Annex => 0,
        Kind::Part => 1,
        Kind::Title => 2,
        Kind::Chapter => 3,
        Kind::Division => 4,
        _ => 5,
    }
}

/// What a record is, by the keys of the file and the word in its label.
pub(super) fn leaf_kind<'k>(
    key: &str,
    keys: impl Iterator<Item = &'k str>,
    reference: Option<&str>,
    named: &Named,
) -> Option<Kind> {
    let reference = reference.unwrap_or_default().to_lowercase();
    match reference.as_str() {
        "visas" | "preamble" => return Some(Kind::Preamble),
        "signature" | "signatures" => return Some(Kind::Conclusions),
        _ => {}
    }
    if named.label.is_empty() {
        return None;
    }
    let label = named.label.to_lowercase();
    if label.contains('§') || label.starts_with("section") || label.starts_with("sec") {
        return Some(Kind::Section);
    }
    if label.starts_with("art") || label.contains(['條', '条', '조']) {
        return Some(Kind::Article);
    }
    let keys: Vec<&str> = keys.collect();
    if key == "articles"
        || keys.iter().any(|key| matches!(*key, "article" | "article_number" | "條號" | "条号"))
    {
        return Some(Kind::Article);
    }
    match key {
        "sections" => return Some(Kind::Section),
        "clauses" => return Some(Kind::Clause),
        "rules" => return Some(Kind::Rule),
        "description" | "paragraphs" | "subsections" => return Some(Kind::Subsection),
        "points" | "items" => return Some(Kind::Point),
        _ => {}
    }
    let starts = |words: &[&str]| words.iter().any(|word| reference.starts_with(word));
    if starts(&["art", "madde"]) {
        Some(Kind::Article)
    } else if starts(&["s", "par", "§"]) {
        Some(Kind::Section)
    } else if reference.starts_with(|c: char| c.is_ascii_digit()) && keys.contains(&"section") {
        // `1:3` is the third section of the first chapter.
        Some(Kind::Section)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: &str, title: &str, text: &str) -> (String, String, String) {
        let named = name_record(&Parts { number: Some(number), title, text });
        (named.label, named.heading, named.text)
    }

    fn is(label: &str, heading: &str, text: &str) -> (String, String, String) {
        (label.to_owned(), heading.to_owned(), text.to_owned())
    }

    #[test]
    fn labels_and_headings_are_told_apart() {
        assert_eq!(name("1", "Artículo 1. Objeto.", "Texto."), is("Artículo 1.", "Objeto.", "Texto."));
        assert_eq!(name("5", "Offence", "(1) Nobody."), is("5", "Offence", "(1) Nobody."));
        assert_eq!(name("1", "1. §", "Szöveg."), is("1. §", "", "Szöveg."));
        assert_eq!(
            name("2", "2 straipsnis. Pavadinimas", "Tekstas."),
            is("2 straipsnis.", "Pavadinimas", "Tekstas.")
        );
        assert_eq!(name("3", "Article (3)", "Text."), is("Article (3)", "", "Text."));
        assert_eq!(name("1", "المادة الأولى", "نص."), is("المادة الأولى", "", "نص."));
        assert_eq!(name("1", "1. শিরোনাম", "১৷ (১) পাঠ"), is("1.", "শিরোনাম", "(১) পাঠ"));
        assert_eq!(name("7", "", "§ 7. Denne tekst."), is("§ 7.", "", "Denne tekst."));
        assert_eq!(
            name("1", "Άρθρο 1 - Τίτλος", "Τίτλος\n1. Κείμενο"),
            is("Άρθρο 1", "Τίτλος", "1. Κείμενο")
        );
        assert_eq!(name("1", "Scope", "1. First paragraph"), is("1", "Scope", "1. First paragraph"));
    }

    #[test]
    fn a_title_cut_out_of_a_sentence_is_no_heading() {
        assert_eq!(
            name(
                "2",
                "Quien cometa el delito de",
                "Art. 2.- Quien cometa el delito de\nprueba será castigado."
            ),
            is("Art. 2.", "", "Quien cometa el delito de\nprueba será castigado.")
        );
        assert_eq!(
            name("2", "Principios.- En materia se", "Artículo 2.- Principios.- En materia se aplican todos."),
            is("Artículo 2.", "Principios", "En materia se aplican todos.")
        );
    }
}
