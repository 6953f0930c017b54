//! Plain text: pages, running headers, broken words and lines, put together to paragraphs.

use std::collections::HashMap;

use super::collector::Collector;
use super::lines;

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let pages: Vec<&str> = text.split('\x0c').collect();
    read_pages(&pages, out);
}

/// The pages of a text, each with lines as they were set.
pub(super) fn read_pages(pages: &[&str], out: &mut Collector<'_>) {
    let running = if pages.len() >= 3 { running_lines(pages) } else { HashMap::new() };
    let width = pages_width(pages);
    let mut paragraph =
        Paragraph { text: String::new(), previous: String::new(), line: 1, width, blank: false };
    let double = width < 400 && is_double_spaced(pages);
    let mut number: u32 = 0;
    for page in pages {
        let lines: Vec<&str> = page.split('\n').collect();
        let count = lines.len();
        let filled: Vec<usize> = (0..count).filter(|&at| !lines[at].trim().is_empty()).collect();
        // Running lines stand outermost: the first line of the text itself ends them.
        let is_running = |at: &&usize| {
            let line = lines[**at].trim();
            running.contains_key(&pattern(line)) || is_page_number(line)
        };
        let mut edges: Vec<usize> = Vec::new();
        if pages.len() >= 3 {
            edges.extend(filled.iter().take(EDGE).take_while(is_running));
            edges.extend(filled.iter().rev().take(EDGE).take_while(is_running));
        }
        for (at, line) in lines.iter().enumerate() {
            number += 1;
            let trimmed = line.trim();
            if trimmed.is_empty() {
                // A page that ends within a sentence goes on with it: only a blank line between others divides.
                if filled.first().is_some_and(|&f| f < at) && filled.last().is_some_and(|&l| l > at) {
                    paragraph.blank |=
                        !double || lines.get(at + 1).is_some_and(|next| next.trim().is_empty());
                }
                continue;
            }
            if edges.contains(&at) {
                let number = is_page_number(trimmed);
                out.leave_out(
                    trimmed,
                    if number { "page numbers" } else { "headers and footers repeated on each page" },
                );
                continue;
            }
            paragraph.add(trimmed, number, out);
        }
        // A form feed ends a line, not a page line count of its own.
        number = number.saturating_sub(u32::from(count > 1 && lines[count - 1].is_empty()));
    }
    paragraph.flush(out);
}

/// Whether a blank line follows nearly each line.
fn is_double_spaced(pages: &[&str]) -> bool {
    let (mut filled, mut followed) = (0_usize, 0_usize);
    for page in pages {
        let mut lines = page.split('\n').map(|line| line.trim().is_empty()).peekable();
        while let Some(blank) = lines.next() {
            filled += usize::from(!blank);
            followed += usize::from(!blank && lines.peek() == Some(&true));
        }
    }
    filled > 40 && followed * 10 > filled * 9
}

/// How many lines at the head and foot of a page may be running lines.
const EDGE: usize = 4;

fn pages_width(pages: &[&str]) -> usize {
    let mut sample = String::new();
    for page in pages {
        sample.push_str(page);
        sample.push('\n');
        if sample.len() > 2 << 20 {
            break;
        }
    }
    lines::usual_width(&sample)
}

/// Lines at the edges of pages that stand there on many of them, digits aside.
fn running_lines(pages: &[&str]) -> HashMap<String, usize> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let filled: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut edges: Vec<String> = filled
            .iter()
            .take(EDGE)
            .chain(filled.iter().rev().take(EDGE))
            .map(|line| pattern(line))
            .collect();
        edges.sort();
        edges.dedup();
        for edge in edges {
            *seen.entry(edge).or_default() += 1;
        }
    }
    let least = (pages.len() / 3).max(3);
    seen.retain(|line, count| {
        *count >= least && line.chars().any(char::is_alphabetic) && line.chars().count() > 3
    });
    // A label with its number, such as "Article #", begins pages by chance and is never a header.
    seen.retain(|line, _| !(lines::begins_provision(line) && line.chars().count() < 16));
    seen
}

/// A line with its numbers made alike.
fn pattern(line: &str) -> String {
    let mut pattern = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_numeric() {
            if !pattern.ends_with('#') {
                pattern.push('#');
            }
        } else if !c.is_whitespace() {
            pattern.push(c);
        }
    }
    pattern
}

/// `12`, `- 12 -`, `xii`, `Page 3 of 9`.
fn is_page_number(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|'));
    let lower = inner.to_lowercase();
    let bare = lower.strip_prefix("page").or_else(|| lower.strip_prefix("página")).unwrap_or(&lower).trim();
    let arabic = !bare.is_empty()
        && bare.chars().count() <= 12
        && bare
            .split(['/', ' '])
            .filter(|p| !matches!(*p, "of" | "de" | "sur" | ""))
            .all(|p| p.chars().count() <= 4 && p.chars().all(char::is_numeric));
    let roman = (1..=6).contains(&lower.len()) && lower.chars().all(|c| "ivxlc".contains(c));
    arabic || roman
}

struct Paragraph {
    text: String,
    previous: String,
    line: u32,
    width: usize,
    /// Whether a blank line stood after the line before.
    blank: bool,
}

impl Paragraph {
    fn add(&mut self, line: &str, number: u32, out: &mut Collector<'_>) {
        let blank = std::mem::take(&mut self.blank);
        let goes_on = if blank {
            self.width < 400 && lines::continues_past_blank(&self.previous, line, self.width)
        } else {
            lines::continues(&self.previous, line, self.width)
        };
        if !self.text.is_empty() && goes_on {
            lines::join_to(&mut self.text, line);
        } else {
            self.flush(out);
            self.text.push_str(line);
            self.line = number;
        }
        line.clone_into(&mut self.previous);
    }

    fn flush(&mut self, out: &mut Collector<'_>) {
        if !self.text.is_empty() {
            out.paragraph(&self.text, Some(self.line));
            self.text.clear();
        }
        self.previous.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::limits::Limits;

    fn draft(text: &str) -> Draft {
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read(text, &mut out);
        out.finish()
    }

    #[test]
    fn pages_are_put_together() {
        let body = "Nobody may give or offer an advantage to an official who has a duty to act with-\n";
        let page = |n: u32| {
            let w = ["one", "two", "three", "four", "five"][n as usize];
            format!(
                "Specimen Act 2010\nArticle {n}. Heading {w}\nRule {w}: {body}out it, and the same is true of those who help in it and\nprofit.\n(a) first;\n(b) {w}.\n{n}\n"
            )
        };
        let text = format!("{}\x0c{}\x0c{}\x0c{}", page(1), page(2), page(3), page(4));
        let draft = draft(&text);
        let first: Vec<&str> = draft.blocks.iter().take(4).map(|b| b.text.as_str()).collect();
        assert_eq!(
            first,
            [
                "Article 1. Heading two",
                "Rule two: Nobody may give or offer an advantage to an official who has a duty to act without it, and the same is true of those who help in it and profit.",
                "(a) first;",
                "(b) two.",
            ]
        );
        let reasons: Vec<&str> = draft.left_out.iter().map(|o| o.reason.as_str()).collect();
        assert_eq!(reasons, ["headers and footers repeated on each page", "page numbers"]);
        assert_eq!(draft.blocks[0].line, Some(2));
    }

    #[test]
    fn text_without_pages_loses_nothing() {
        let text = "Título\n\nArtículo 1\nTexto corto.\n\n12\nArtículo 2\nOtro.";
        let draft = draft(text);
        assert!(draft.left_out.is_empty());
        assert_eq!(draft.chars_read, crate::draft::ink(text));
    }
}
