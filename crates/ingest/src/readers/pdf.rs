//! PDF with a text layer. Letters are gathered with their places and put in lines by those, since the order in which
//! a PDF draws its letters is not the order in which they are read.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use merida_law::Problem;
use pdf_extract::content::{Content, Operation};
use pdf_extract::{
    ColorSpace, Document, MediaBox, Object, OutputDev, OutputError, Path, Transform, output_doc_page,
};

use super::collector::Collector;
use super::{facts, text};

/// What the thread that reads says.
enum Message {
    Facts(Vec<(String, String)>),
    Page(String),
    Problem(Problem),
    Pages(usize),
}

pub(super) fn read(bytes: &[u8], out: &mut Collector<'_>) {
    let limits = out.limits();
    if let Some(problem) = bomb(bytes, limits.max_expanded_bytes) {
        out.problem(problem);
        return;
    }
    let (sender, receiver) = channel();
    let owned = bytes.to_vec();
    let expanded = limits.max_expanded_bytes;
    // Packages that read PDF panic on some files and never end on others: they work in a thread of their own.
    let spawned = std::thread::Builder::new().name("pdf".to_owned()).stack_size(32 << 20).spawn(move || {
        let inner = sender.clone();
        let sound =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| extract(&owned, expanded, &inner)));
        if sound.is_err() {
            let _ = sender.send(Message::Problem(damaged("its structure is not sound")));
        }
    });
    if spawned.is_err() {
        out.problem(Problem::error(
            "no thread could be started to read the PDF",
            "try again with less running",
        ));
        return;
    }
    let deadline = Instant::now() + limits.pdf_time();
    let mut pages = Vec::new();
    let mut count = 0;
    let mut faulty = false;
    loop {
        match receiver
            .recv_timeout(deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1)))
        {
            Ok(Message::Page(page)) => pages.push(page),
            Ok(Message::Facts(pairs)) => facts::fill(out.metadata(), &pairs),
            Ok(Message::Pages(all)) => count = all,
            Ok(Message::Problem(problem)) => {
                faulty = true;
                out.problem(problem);
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                faulty = true;
                out.problem(Problem::error(
                    format!(
                        "the PDF took longer than {} seconds: the pages after {} were left out",
                        limits.pdf_seconds,
                        pages.len()
                    ),
                    "convert it to text, or raise pdf_seconds in the configuration",
                ));
                break;
            }
        }
    }
    let ink: u64 = pages.iter().map(|page| crate::draft::ink(page)).sum();
    if !faulty && ink < 20 * count.max(1) as u64 && ink < 2000 {
        out.problem(Problem::error(
            format!("the PDF has {count} pages and no text layer: it is a scan"),
            "recognise its text first (OCR, for example ocrmypdf) and supply the result",
        ));
    }
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    text::read_pages(&pages, out);
}

fn damaged(what: &str) -> Problem {
    Problem::error(
        format!("the PDF cannot be read: {what}"),
        "open it in a viewer and save it anew, or supply the text in another format",
    )
}

/// A first look at the size of what is packed in the file, before anything unpacks it whole.
fn bomb(bytes: &[u8], most: u64) -> Option<Problem> {
    // Deflate packs at most 1:1032; nested filters multiply that. A file this large is no law.
    let nested = bytes
        .windows(26)
        .any(|w| w == b"/FlateDecode /FlateDecode " || w.starts_with(b"[/FlateDecode/FlateDecode"));
    (nested && bytes.len() as u64 * 1032 > most).then(|| {
        Problem::error(
            "the PDF packs its parts twice over, as a trap would",
            "open it in a viewer and save it anew",
        )
    })
}

fn extract(bytes: &[u8], expanded: u64, sender: &Sender<Message>) {
    let problem = |problem: Problem| {
        let _ = sender.send(Message::Problem(problem));
    };
    let mut document = match Document::load_mem(bytes) {
        Ok(document) => document,
        Err(error) => {
            let text = error.to_string();
            if text.to_lowercase().contains("password")
                || text.to_lowercase().contains("decrypt")
                || has_encryption(bytes)
            {
                return problem(encrypted());
            }
            return problem(damaged(&text));
        }
    };
    if document.is_encrypted() && document.decrypt("").is_err() {
        return problem(encrypted());
    }
    let _ = sender.send(Message::Facts(facts_of(&document)));
    let pages = document.get_pages();
    let _ = sender.send(Message::Pages(pages.len()));
    if pages.is_empty() {
        return problem(damaged("it has no pages"));
    }
    let mut budget = expanded;
    for (&number, &id) in &pages {
        let Ok(content) = document.get_page_content(id) else { continue };
        budget = budget.saturating_sub(content.len() as u64);
        if budget == 0 {
            return problem(Problem::error(
                format!("the PDF unpacks to more than the limit: the pages from {number} were left out"),
                "split it, or raise max_expanded_bytes in the configuration",
            ));
        }
        spell_out(&mut document, id, &content);
        let mut page = Page::default();
        let sound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            output_doc_page(&document, &mut page, number)
        }));
        if !matches!(sound, Ok(Ok(()))) {
            problem(Problem::warning(
                format!("page {number} of the PDF could be read only in part"),
                "compare it with the original",
            ));
        }
        if sender.send(Message::Page(page.lines())).is_err() {
            return;
        }
    }
}

fn encrypted() -> Problem {
    Problem::error(
        "the PDF is encrypted and asks for a password",
        "remove the password, then supply it again",
    )
}

fn has_encryption(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(4096)..];
    tail.windows(8).any(|w| w == b"/Encrypt")
}

/// Title and language as the file states them.
fn facts_of(document: &Document) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let catalog = document.catalog().ok();
    if let Some(Object::String(language, _)) = catalog.and_then(|c| c.get(b"Lang").ok()) {
        pairs.push(("language".to_owned(), String::from_utf8_lossy(language).into_owned()));
    }
    let info = document.trailer.get(b"Info").ok().and_then(|info| match info {
        Object::Reference(id) => document.get_dictionary(*id).ok(),
        Object::Dictionary(dictionary) => Some(dictionary),
        _ => None,
    });
    if let Some(Object::String(title, _)) = info.and_then(|i| i.get(b"Title").ok()) {
        let title = string_of(title);
        let name_of_file = title.contains('.') && !title.contains(' ') || title.starts_with("Microsoft");
        if !name_of_file && title.chars().count() > 3 {
            pairs.push(("title".to_owned(), title));
        }
    }
    pairs
}

fn string_of(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> =
                wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Writes the operators `'` and `"` out as those that they stand for: the reader of pages passes them over.
fn spell_out(document: &mut Document, page: (u32, u16), content: &[u8]) {
    if !content.contains(&b'\'') && !content.contains(&b'"') {
        return;
    }
    let Ok(decoded) = Content::decode(content) else { return };
    if !decoded.operations.iter().any(|o| matches!(o.operator.as_str(), "'" | "\"")) {
        return;
    }
    let mut operations = Vec::with_capacity(decoded.operations.len() + 64);
    for operation in decoded.operations {
        match (operation.operator.as_str(), &operation.operands[..]) {
            ("'", [text]) => {
                operations.push(Operation::new("T*", vec![]));
                operations.push(Operation::new("Tj", vec![text.clone()]));
            }
            ("\"", [word, letter, text]) => {
                operations.push(Operation::new("Tw", vec![word.clone()]));
                operations.push(Operation::new("Tc", vec![letter.clone()]));
                operations.push(Operation::new("T*", vec![]));
                operations.push(Operation::new("Tj", vec![text.clone()]));
            }
            _ => operations.push(operation),
        }
    }
    if let Ok(encoded) = (Content { operations }).encode() {
        let _ = document.change_page_content(page, encoded);
    }
}

/// A letter and where it stands, in points from the lower left corner.
struct Glyph {
    x: f64,
    y: f64,
    width: f64,
    size: f64,
    text: String,
}

/// The letters of a page, in the order in which they are drawn.
#[derive(Default)]
struct Page {
    glyphs: Vec<Glyph>,
    overflow: bool,
}

/// No page of law has more letters.
const MOST_GLYPHS: usize = 400_000;

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if self.glyphs.len() >= MOST_GLYPHS {
            self.overflow = true;
            return Ok(());
        }
        let scale = (trm.m11 * trm.m11 + trm.m12 * trm.m12).sqrt();
        let size = (font_size * scale).abs();
        let sound = trm.m31.is_finite() && trm.m32.is_finite() && size.is_finite() && width.is_finite();
        if sound {
            self.glyphs.push(Glyph {
                x: trm.m31,
                y: trm.m32,
                width: width * size,
                size,
                text: text.to_owned(),
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }

    fn fill(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Letters drawn one after the other on one line.
struct Run {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

impl Page {
    /// The text of the page, a line a line, columns one after the other.
    fn lines(self) -> String {
        let runs = runs(self.glyphs);
        let columns = columns(runs);
        let mut text = String::new();
        for column in columns {
            write_column(column, &mut text);
        }
        text
    }
}

fn runs(glyphs: Vec<Glyph>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        if glyph.text.is_empty() || glyph.text == "\0" {
            continue;
        }
        if let Some(run) = runs.last_mut() {
            let same_line = (glyph.y - run.y).abs() < run.size.max(glyph.size) * 0.35;
            let gap = glyph.x - run.end;
            let near = gap > -run.size * 0.6 && gap < run.size * 1.2;
            if same_line && near {
                if gap > run.size * 0.16 && !run.text.ends_with(' ') && !glyph.text.starts_with(' ') {
                    run.text.push(' ');
                }
                run.text.push_str(&glyph.text);
                run.end = run.end.max(glyph.x + glyph.width);
                continue;
            }
        }
        runs.push(Run {
            x: glyph.x,
            end: glyph.x + glyph.width,
            y: glyph.y,
            size: glyph.size.max(1.0),
            text: glyph.text,
        });
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

/// The runs of each column. A page has two where hardly any run crosses its middle and both sides hold much text.
fn columns(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let left = runs.iter().map(|r| r.x).fold(f64::MAX, f64::min);
    let right = runs.iter().map(|r| r.end).fold(f64::MIN, f64::max);
    let letters = |runs: &mut dyn Iterator<Item = &Run>| runs.map(|r| r.text.chars().count()).sum::<usize>();
    let all = letters(&mut runs.iter());
    if all < 800 || right - left < 200.0 {
        return vec![runs];
    }
    let middle = (left + right) / 2.0;
    let mut best: Option<(usize, f64)> = None;
    for step in -6..=6 {
        let at = middle + f64::from(step) * (right - left) * 0.015;
        let crossing = letters(&mut runs.iter().filter(|r| r.x < at - 2.0 && r.end > at + 2.0));
        if best.is_none_or(|(least, _)| crossing < least) {
            best = Some((crossing, at));
        }
    }
    let Some((crossing, at)) = best else { return vec![runs] };
    let on_left = letters(&mut runs.iter().filter(|r| r.end <= at + 2.0));
    let on_right = letters(&mut runs.iter().filter(|r| r.x >= at - 2.0));
    // A column begins at one edge, over and over: the numbers of a list beside their text do not.
    let edge = |x: f64| runs.iter().filter(|r| (r.x - x).abs() < 3.0).count();
    let starts = runs.iter().filter(|r| r.x >= at - 2.0).map(|r| edge(r.x)).max().unwrap_or(0);
    if crossing * 12 > all || on_left * 4 < all || on_right * 4 < all || starts < 8 {
        return vec![runs];
    }
    // Lines across both columns divide the page in bands, each read column by column.
    let mut across: Vec<f64> =
        runs.iter().filter(|r| r.x < at - 2.0 && r.end > at + 2.0).map(|r| r.y).collect();
    across.sort_by(|a, b| b.total_cmp(a));
    let band = |y: f64| across.iter().filter(|&&line| line >= y - 1.0).count();
    let mut keyed: Vec<((usize, u8), Run)> = runs
        .into_iter()
        .map(|run| {
            let side = if run.x < at - 2.0 && run.end > at + 2.0 {
                0
            } else if run.end <= at + 2.0 {
                1
            } else {
                2
            };
            ((band(run.y), side), run)
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    let mut columns: Vec<Vec<Run>> = Vec::new();
    let mut last = None;
    for (key, run) in keyed {
        if last != Some(key) {
            columns.push(Vec::new());
            last = Some(key);
        }
        if let Some(column) = columns.last_mut() {
            column.push(run);
        }
    }
    columns
}

fn write_column(mut runs: Vec<Run>, text: &mut String) {
    // From the top down; what stands on one line, from left to right.
    runs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some(line) if (line[0].y - run.y).abs() < line[0].size.min(run.size).max(4.0) * 0.5 => {
                line.push(run)
            }
            _ => lines.push(vec![run]),
        }
    }
    let mut gaps: Vec<f64> =
        lines.windows(2).map(|pair| pair[0][0].y - pair[1][0].y).filter(|gap| *gap > 1.0).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(12.0);
    let mut above: Option<f64> = None;
    for mut line in lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        let y = line[0].y;
        if above.is_some_and(|above| above - y > usual * 1.45) {
            text.push('\n');
        }
        above = Some(y);
        write_line(&line, text);
        text.push('\n');
    }
}

fn write_line(line: &[Run], text: &mut String) {
    let right_to_left = line.iter().flat_map(|run| run.text.chars()).filter(|&c| is_right_to_left(c)).count()
        * 2
        > line.iter().flat_map(|run| run.text.chars()).filter(|c| c.is_alphabetic()).count();
    let mut ordered: Vec<&Run> = line.iter().collect();
    if right_to_left && line.len() > 1 {
        ordered.reverse();
    }
    let mut end: Option<f64> = None;
    for run in ordered {
        let gap = end.map(|end| if right_to_left { run.size } else { run.x - end });
        if gap.is_some_and(|gap| gap > run.size * 0.12) && !text.ends_with(' ') && !run.text.starts_with(' ')
        {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = Some(run.end);
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::limits::Limits;
    use pdf_extract::{Dictionary, Stream};

    fn draft(bytes: &[u8]) -> Draft {
        let limits = Limits { pdf_seconds: 20, ..Limits::default() };
        let mut out = Collector::new(&limits);
        read(bytes, &mut out);
        out.finish()
    }

    /// A PDF of one page with this content.
    fn specimen(content: &str) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let font: Dictionary = [("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica")]
            .into_iter()
            .map(|(key, name)| (key, Object::Name(name.into())))
            .collect::<Vec<_>>()
            .into_iter()
            .fold(Dictionary::new(), |mut d, (k, v)| {
                d.set(k, v);
                d
            });
        let font = document.add_object(font);
        let mut fonts = Dictionary::new();
        fonts.set("F1", font);
        let mut resources = Dictionary::new();
        resources.set("Font", fonts);
        let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut page = Dictionary::new();
        page.set("Type", Object::Name("Page".into()));
        page.set("Parent", pages);
        page.set("Contents", content);
        page.set("Resources", resources);
        page.set("MediaBox", vec![0.into(), 0.into(), 595.into(), 842.into()]);
        let page = document.add_object(page);
        let mut tree = Dictionary::new();
        tree.set("Type", Object::Name("Pages".into()));
        tree.set("Kids", vec![page.into()]);
        tree.set("Count", 1);
        document.objects.insert(pages, Object::Dictionary(tree));
        let mut catalog = Dictionary::new();
        catalog.set("Type", Object::Name("Catalog".into()));
        catalog.set("Pages", pages);
        let catalog = document.add_object(catalog);
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn lines_are_read_by_their_places() {
        let content = "BT /F1 12 Tf 14 TL 100 700 Td (Nobody may bribe an official.) Tj (Second line of the text) ' ET BT /F1 12 Tf 1 0 0 1 60 700 Tm (1.) Tj ET";
        let draft = draft(&specimen(content));
        assert!(draft.problems.is_empty(), "{:?}", draft.problems);
        let text: Vec<&str> = draft.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(text.join("\n"), "1. Nobody may bribe an official.\nSecond line of the text");
    }

    #[test]
    fn a_scan_a_broken_file_and_a_locked_one_are_errors_with_a_way_on() {
        let scan = draft(&specimen("q 100 0 0 100 0 0 cm Q"));
        assert!(
            scan.problems.iter().any(|p| p.message.contains("scan") && p.hint.contains("OCR")),
            "{:?}",
            scan.problems
        );
        let broken = draft(b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n trailer << /Size 2");
        assert_eq!(broken.problems[0].severity, merida_law::Severity::Error);
        let whole = specimen("BT /F1 12 Tf (x) Tj ET");
        for cut in [10, whole.len() / 3, whole.len() / 2] {
            assert!(!draft(&whole[..cut]).problems.is_empty());
        }
        let locked = String::from_utf8_lossy(&whole).replace("/Root", "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (oooooooooooooooooooooooooooooooo) /U (uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu) >> /ID [(1) (1)] /Root");
        let locked = draft(locked.as_bytes());
        assert!(
            locked
                .problems
                .iter()
                .any(|p| p.message.contains("encrypted") || p.message.contains("cannot be read")),
            "{:?}",
            locked.problems
        );
    }
}
