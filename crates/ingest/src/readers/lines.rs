//! Lines that a typesetter broke are joined to paragraphs; lines that begin something stay lines.

/// Joins the lines of one paragraph. `width` is the usual length of a full line of the text, in characters; a line
/// much shorter than that was ended on purpose.
pub(super) fn join(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = "";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            if continues(previous, line, width) {
                join_to(&mut out, line);
                previous = line;
                continue;
            }
            out.push('\n');
        }
        out.push_str(line);
        previous = line;
    }
    out
}

/// Whether `line` goes on with the sentence of `previous`.
pub(super) fn continues(previous: &str, line: &str, width: usize) -> bool {
    let length = previous.chars().take(width.max(1)).count();
    let ended = ends_sentence(previous);
    if begins_point(line) || (is_lone_number(line) && !awaits_number(previous)) {
        return false;
    }
    let lower = line.chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';'));
    if lower && !ended {
        return true;
    }
    // A heading may fill most of its line by chance.
    let share = if begins_provision(previous) { 92 } else { 72 };
    let full = length * 100 >= width * share;
    if begins_provision(line) && (ended || !full) {
        return false;
    }
    full
}

/// `28`, `362A`: a line that is nothing but the number of a section.
fn is_lone_number(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let letters = line.get(digits..).unwrap_or_default();
    (1..=3).contains(&digits) && letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a line ends in a word that a number must follow: `section`, `and`, `No`.
fn awaits_number(line: &str) -> bool {
    let last = line.trim_end().rsplit(' ').next().unwrap_or_default();
    let word = last.trim_end_matches('.');
    let small = word.chars().all(char::is_lowercase);
    last.ends_with([',', '(', '-', '–', '/'])
        || (small && !last.ends_with('.'))
        || matches!(word, "No" | "Nr" | "Art" | "Sec")
}

/// Appends a line: hyphenated words are made whole, scripts without spaces get none.
pub(super) fn join_to(out: &mut String, line: &str) {
    let first = line.chars().next().unwrap_or(' ');
    let last = out.chars().next_back().unwrap_or(' ');
    let capitals =
        first.is_uppercase() && line.chars().nth(1).is_some_and(char::is_uppercase) && ends_in_capitals(out);
    if last == '-' && (first.is_lowercase() || capitals) && ends_in_broken_word(out) {
        out.pop();
    } else if !(is_unspaced(last) && is_unspaced(first)) && last != '-' {
        out.push(' ');
    }
    out.push_str(line);
}

/// `cor-` is half a word; `re -`, `12-` and `non--` are not.
fn ends_in_broken_word(text: &str) -> bool {
    text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
}

fn ends_in_capitals(text: &str) -> bool {
    text.chars().rev().skip(1).take(2).all(char::is_uppercase)
}

/// Whether a paragraph after a blank line goes on with the sentence before it, as in texts set with double spacing.
pub(super) fn continues_past_blank(previous: &str, line: &str, width: usize) -> bool {
    let last = previous.rsplit('\n').next().unwrap_or(previous);
    let long = last.chars().count() * 100 >= width.min(10_000) * 60;
    let lower = line.chars().next().is_some_and(char::is_lowercase);
    lower && long && !ends_sentence(last) && !begins_point(line)
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{20000}'..='\u{3ffff}')
}

pub(super) fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '）', '」', '』', ']', '*', '_', ' ']);
    end.ends_with(['.', ';', ':', '!', '?', '。', '；', '：', '！', '？', '؛', '؟', '।', '৷', '—', '―'])
}

/// `(a)`, `1)`, `a.`, `•`, `一、`, `①`: an item, wherever it stands.
fn begins_point(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    if matches!(first, '•' | '▪' | '◦' | '–' | '—' | '―' | '①'..='⑳' | '§') {
        return true;
    }
    let inner = if matches!(first, '(' | '（') { chars.as_str() } else { line };
    let length = inner.find([')', '）']).unwrap_or(usize::MAX);
    if length > 12 {
        return false;
    }
    let mark = &inner[..length];
    (1..=5).contains(&mark.chars().count()) && mark.chars().all(char::is_alphanumeric)
}

/// `Article 5`, `12.`, `Статья 3`, `第三条`: what may begin a provision, and may also be a citation in a sentence.
pub(super) fn begins_provision(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '_', '#', '"', '“', '«', ' ']);
    let first = line.chars().next().unwrap_or(' ');
    if first == '第' || first == '제' {
        return line.chars().take(14).any(|c| {
            matches!(
                c,
                '条' | '條' | '章' | '节' | '節' | '編' | '编' | '款' | '조' | '장' | '절' | '편' | '관'
            )
        });
    }
    if first.is_numeric() {
        let rest = line.trim_start_matches(char::is_numeric);
        return rest.starts_with(['.', ')', '．', '、', '°', 'º', '৷', '।', '-'])
            || rest.trim_start().starts_with('§');
    }
    let word = line.split([' ', '.', ':', '\u{a0}']).next().unwrap_or_default();
    if !first.is_lowercase() && word.chars().count() <= 16 {
        let lower = word.to_lowercase();
        return WORDS.contains(&lower.as_str());
    }
    false
}

const WORDS: &[&str] = &[
    "article",
    "articles",
    "art",
    "section",
    "sec",
    "clause",
    "rule",
    "regulation",
    "part",
    "chapter",
    "title",
    "book",
    "schedule",
    "annex",
    "appendix",
    "artículo",
    "articulo",
    "capítulo",
    "capitulo",
    "título",
    "titulo",
    "libro",
    "sección",
    "seccion",
    "anexo",
    "artigo",
    "livro",
    "seção",
    "chapitre",
    "titre",
    "livre",
    "partie",
    "annexe",
    "статья",
    "глава",
    "раздел",
    "часть",
    "приложение",
    "стаття",
    "розділ",
    "член",
    "чл",
    "члан",
    "глава",
    "поглавље",
    "člen",
    "članak",
    "članek",
    "poglavje",
    "hlava",
    "část",
    "artikel",
    "abschnitt",
    "kapitel",
    "kapittel",
    "hoofdstuk",
    "titel",
    "artikkel",
    "straipsnis",
    "skyrius",
    "pants",
    "nodaļa",
    "articolul",
    "capitolul",
    "titlul",
    "madde",
    "bölüm",
    "kısım",
    "pasal",
    "perkara",
    "fasal",
    "bab",
    "seksyen",
    "bahagian",
    "điều",
    "chương",
    "mục",
    "phần",
    "มาตรา",
    "หมวด",
    "ส่วน",
    "άρθρο",
    "αρθρο",
    "κεφάλαιο",
    "κεφαλαιο",
    "μέρος",
    "მუხლი",
    "თავი",
    "კარი",
    "المادة",
    "مادة",
    "الفصل",
    "الباب",
    "الكتاب",
    "القسم",
    "الجزء",
    "الفرع",
    "ধারা",
    "অধ্যায়",
    "cikk",
    "fejezet",
    "rozdział",
    "dział",
    "luku",
    "osa",
    "peatükk",
    "ibara",
    "sura",
    "sehemu",
    "kifungu",
    "capítol",
    "títol",
    "article.",
    "preamble",
    "preámbulo",
    "préambule",
];

/// The usual length of a full line, in characters, where the text is broken to a width; a large number where it is not.
pub(super) fn usual_width(text: &str) -> usize {
    let mut lengths: Vec<usize> =
        text.lines().map(|line| line.trim().chars().count()).filter(|&length| length > 20).collect();
    if lengths.len() < 8 {
        return usize::MAX / 1000;
    }
    lengths.sort_unstable();
    let at = |percent: usize| lengths[(lengths.len() - 1) * percent / 100];
    let (upper, most) = (at(90), at(99));
    // Broken lines crowd just below the width; paragraphs of a line each trail off far beyond it.
    if upper > 170 || most > upper * 2 { usize::MAX / 1000 } else { upper }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_joined_and_provisions_stay_lines() {
        let text = "Whoever gives an advan-\ntage to an official\nis punished under\nArticle 5 of this law.\nArticle 6. Nobody\nmay help.\n(a) first;\n(b) second.";
        let joined = join(text, 20);
        assert_eq!(
            joined,
            "Whoever gives an advantage to an official is punished under Article 5 of this law.\nArticle 6. Nobody may help.\n(a) first;\n(b) second."
        );
        assert_eq!(join("任何人不得行贿或者受\n贿。", 10), "任何人不得行贿或者受贿。");
        assert_eq!(join("SHORT TITLE\nNext line begins", 60), "SHORT TITLE\nNext line begins");
        let noted = "Note 21 S. 27 in force by order 333, art. 2, Sch. (with arts. 3)\n28\nSearches";
        assert_eq!(join(noted, 60), noted);
        assert_eq!(join("whoever gives or takes a gift contrary to section\n28\nof", 50).lines().count(), 1);
    }

    #[test]
    fn a_text_that_is_not_broken_has_no_width() {
        let long = "x ".repeat(400);
        let free = format!(
            "{long}\n{long}\nshort line of some thirty letters\n{long}\n{long}\n{long}\n{long}\n{long}\n{long}"
        );
        assert!(usual_width(&free) > 10_000);
        let broken = "a line of about seventy letters that a typesetter has broken at the edge\n".repeat(20);
        assert_eq!(usual_width(&broken), 72);
    }
}
