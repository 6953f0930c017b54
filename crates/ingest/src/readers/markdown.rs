//! Markdown: our own, with front matter and articles in braces, and that of public repositories of law.

use std::borrow::Cow;

use merida_law::{Article, ArticleDepth, Problem};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::collector::Collector;
use super::{facts, front_check, front_matter, html, lines};
use crate::draft::BlockKind;
use crate::nearest::nearest;
use crate::taxonomy::taxonomy;

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let mut body = text;
    let mut first_line = 1;
    if let Some(front) = front_matter::read(text) {
        facts::fill(out.metadata(), &front.pairs);
        front_check::check(&front, out);
        first_line += newlines(&text[..front.body]);
        body = &text[front.body..];
    }
    read_body(body, first_line, out);
}

/// Markdown without front matter, beginning at `first_line` of its file.
pub(super) fn read_body(text: &str, first_line: u32, out: &mut Collector<'_>) {
    let text = html::raised(text);
    let source = prepare(&text, out);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(&source, options);
    // `[12]: word` is a definition to Markdown and may be a line of the law to its author.
    let definitions: Vec<String> =
        parser.reference_definitions().iter().map(|(_, d)| source[d.span.clone()].to_owned()).collect();
    for definition in definitions {
        out.leave_out(&definition, "definitions of links");
    }
    let mut reader = Reader {
        out,
        source: &source,
        width: lines::usual_width(&source),
        line: first_line,
        at: 0,
        text: String::new(),
        start: None,
        frames: Vec::new(),
        marker: None,
        raw_html: String::new(),
    };
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush(&BlockKind::Paragraph);
}

fn newlines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|&b| b == b'\n').count()).unwrap_or(u32::MAX)
}

/// Stands for a line break that the author asked for, until lines are joined.
const BREAK: char = '\u{2028}';

/// Quotation and list marks that a line may begin with before nesting is cut off.
const DEEPEST: usize = 64;

/// Makes `##Heading` a heading, as most tools read it, and cuts nesting that no law has.
fn prepare<'t>(text: &'t str, out: &mut Collector<'_>) -> Cow<'t, str> {
    let tight = |line: &str| {
        let marks = line.bytes().take_while(|&b| b == b'#').count();
        (1..=6).contains(&marks)
            && line[marks..]
                .starts_with(|c: char| c.is_alphabetic() || c == '*' || c == '§' || c.is_numeric())
    };
    let deep = |line: &str| {
        line.len() > DEEPEST
            && line
                .bytes()
                .take_while(|b| matches!(b, b'>' | b' ' | b'-' | b'*' | b'+' | b'\t'))
                .filter(|b| !b.is_ascii_whitespace())
                .count()
                > DEEPEST
    };
    // Brackets that open and never close make the search for links slow.
    let brackets =
        |line: &str| line.len() > 4 * DEEPEST && line.bytes().filter(|&b| b == b'[').count() > 20 * DEEPEST;
    if !text.lines().any(|line| tight(line) || deep(line) || brackets(line)) {
        return Cow::Borrowed(text);
    }
    let mut prepared = String::with_capacity(text.len() + 1024);
    let mut said = false;
    for line in text.split_inclusive('\n') {
        if deep(line) || brackets(line) {
            let rest = line.trim_start_matches(['>', ' ', '-', '*', '+', '\t', '[']);
            if !said {
                said = true;
                out.problem(Problem::error(
                    "the text is nested deeper than any law: the marks of nesting were left out",
                    "check the file; nesting of more than 64 levels is not followed",
                ));
            }
            out.leave_out(&line[..line.len() - rest.len()], "marks of nesting beyond 64 levels");
            prepared.push_str(&rest.replace('[', "\\["));
            if rest.is_empty() {
                prepared.push('\n');
            }
        } else if tight(line) {
            let marks = line.bytes().take_while(|&b| b == b'#').count();
            prepared.push_str(&line[..marks]);
            prepared.push(' ');
            prepared.push_str(&line[marks..]);
        } else {
            prepared.push_str(line);
        }
    }
    Cow::Owned(prepared)
}

/// What is open around the text that is being read.
enum Frame {
    Heading(u8),
    Item,
    Footnote(String),
    Table,
    Code { indented: bool },
    Other,
}

struct Reader<'a, 'c, 'l> {
    out: &'c mut Collector<'l>,
    source: &'a str,
    width: usize,
    line: u32,
    at: usize,
    text: String,
    start: Option<u32>,
    frames: Vec<Frame>,
    /// The marker of a list item whose first text has not come yet.
    marker: Option<String>,
    raw_html: String,
}

impl Reader<'_, '_, '_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.add(&text, range.start);
            }
            Event::SoftBreak => self.text.push('\n'),
            Event::HardBreak => self.text.push(BREAK),
            Event::Html(text) => {
                self.begin(range.start);
                self.raw_html.push_str(&text);
            }
            Event::InlineHtml(tag) => self.inline_html(&tag, range.start),
            Event::FootnoteReference(name) => {
                let mark = format!("[^{name}]");
                self.add(&mark, range.start);
            }
            Event::Rule => self.flush(&BlockKind::Paragraph),
            Event::TaskListMarker(done) => self.add(if done { "[x] " } else { "[ ] " }, range.start),
        }
    }

    /// The line of the source at a byte; bytes come in order, but for footnotes.
    fn line_at(&mut self, byte: usize) -> u32 {
        if byte > self.at {
            self.line += newlines(&self.source[self.at..byte]);
            self.at = byte;
        }
        self.line
    }

    fn begin(&mut self, byte: usize) {
        if self.start.is_none() {
            self.start = Some(self.line_at(byte));
        }
    }

    fn add(&mut self, text: &str, byte: usize) {
        if text.trim().is_empty() && self.text.is_empty() {
            return;
        }
        self.begin(byte);
        self.text.push_str(text);
    }

    fn inline_html(&mut self, tag: &str, byte: usize) {
        match html::tag_name(tag) {
            Some("br") => self.text.push(BREAK),
            Some("td" | "th") => self.text.push('\t'),
            Some(name) if html::is_known(name) => {}
            _ if tag.starts_with("<!--") => {}
            // `<Amended by Act 5>` is text that looks like a tag.
            _ => self.add(tag, byte),
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush(&BlockKind::Paragraph);
                self.begin(range.start);
                self.frames.push(Frame::Heading(level as u8));
            }
            Tag::Item => {
                self.flush(&BlockKind::Paragraph);
                self.marker = item_marker(&self.source[range.clone()]);
                self.frames.push(Frame::Item);
            }
            Tag::FootnoteDefinition(name) => {
                self.flush(&BlockKind::Paragraph);
                self.frames.push(Frame::Footnote(format!("[^{name}]")));
            }
            Tag::Table(_) => {
                self.flush(&BlockKind::Paragraph);
                self.begin(range.start);
                self.frames.push(Frame::Table);
            }
            Tag::CodeBlock(kind) => {
                self.flush(&BlockKind::Paragraph);
                self.frames.push(Frame::Code { indented: matches!(kind, CodeBlockKind::Indented) });
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::HtmlBlock => {
                self.flush(&BlockKind::Paragraph);
                self.frames.push(Frame::Other);
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => self.text.push('\t'),
            TagEnd::TableRow | TagEnd::TableHead => self.text.push('\n'),
            TagEnd::Heading(_) => {
                let level = match self.frames.pop() {
                    Some(Frame::Heading(level)) => level,
                    _ => 1,
                };
                self.heading(level);
            }
            TagEnd::HtmlBlock => {
                self.frames.pop();
                let raw = std::mem::take(&mut self.raw_html);
                let line = self.start.take();
                html::read_fragment(&raw, line.unwrap_or(self.line), true, self.out);
            }
            TagEnd::CodeBlock => {
                if let Some(Frame::Code { indented: true }) = self.frames.last() {
                    self.text = plain(&self.text);
                }
                self.flush(&BlockKind::Paragraph);
                self.frames.pop();
            }
            TagEnd::Table => {
                self.flush(&BlockKind::Table);
                self.frames.pop();
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_) => {
                self.flush(&BlockKind::Paragraph);
                self.frames.pop();
                // `4.` with nothing behind it is an empty item to Markdown, and the number of a section to its author.
                if matches!(tag, TagEnd::Item)
                    && let Some(marker) = self.marker.take().filter(|marker| !marker.is_empty())
                {
                    self.out.paragraph(&marker, Some(self.line));
                }
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: u8) {
        let text = std::mem::take(&mut self.text).replace(BREAK, "\n");
        let line = self.start.take();
        // Several lines over a row of dashes are a paragraph and a rule, whatever CommonMark says.
        if text.trim().contains('\n') && text.trim().lines().count() > 2 {
            self.out.paragraph(&lines::join(&text, self.width), line);
            return;
        }
        let Curated { heading, articles, faulty } = curated(&text);
        for tag in faulty {
            let problem = Problem::warning(
                format!(
                    "\"{tag}\" in the braces of a heading is no article of the Convention; it was passed over"
                ),
                article_hint(&tag),
            );
            self.out.problem(Problem { line, ..problem });
        }
        if !articles.is_empty() {
            let label = label_of(heading);
            for article in articles {
                self.out.metadata().articles.push((article, vec![label.clone()]));
            }
        }
        self.out.block(BlockKind::Heading(level), &heading.replace('\n', " "), line);
    }

    fn flush(&mut self, kind: &BlockKind) {
        let line = self.start.take();
        if self.text.trim().is_empty() {
            self.text.clear();
            return;
        }
        let text = std::mem::take(&mut self.text);
        if *kind == BlockKind::Table {
            self.out.block(BlockKind::Table, &text.replace(BREAK, " "), line);
            return;
        }
        let text = lines::join(&text, self.width).replace(BREAK, "\n");
        if let Some(marker) = self.marker.take() {
            let text = if marker.is_empty() { text } else { format!("{marker} {text}") };
            self.out.block(BlockKind::ListItem, &text, line);
            return;
        }
        let goes_on = self.continues(&text);
        let footnote = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Footnote(mark) => Some(mark),
            _ => None,
        });
        match footnote {
            Some(mark) => {
                let mark = std::mem::take(mark);
                let text = if mark.is_empty() { text } else { format!("{mark} {text}") };
                self.out.block(BlockKind::Footnote, &text, line);
            }
            None if goes_on => self.out.continue_paragraph(&text),
            None => self.out.paragraph(&text, line),
        }
    }

    /// Whether a paragraph only goes on with the one before, in a text where blank lines stand between all lines.
    fn continues(&self, text: &str) -> bool {
        self.width < 400
            && self.out.blocks().last().is_some_and(|last| {
                last.kind == BlockKind::Paragraph && lines::continues_past_blank(&last.text, text, self.width)
            })
    }
}

/// The marker of an ordered item as the source writes it (`3.`, `3)`); empty for a bullet, which is markup only.
fn item_marker(source: &str) -> Option<String> {
    let source = source.trim_start();
    let digits = source.bytes().take_while(u8::is_ascii_digit).count();
    let marker = if digits > 0 { source.get(..=digits).unwrap_or_default() } else { "" };
    Some(marker.to_owned())
}

/// Indented lines are code to Markdown and text to a lawyer: marks of emphasis are taken off.
fn plain(text: &str) -> String {
    text.lines().map(|line| line.trim().replace("**", "")).collect::<Vec<_>>().join("\n")
}

/// A heading without the braces at its end, and what stood in them.
#[derive(Default)]
struct Curated<'h> {
    heading: &'h str,
    articles: Vec<Article>,
    /// What looks like an article and is none.
    faulty: Vec<String>,
}

/// `Section 6 — Bribery {16(1), 15}`: the heading without its braces, and the articles in them. Braces that hold
/// anything but articles belong to the heading.
fn curated(heading: &str) -> Curated<'_> {
    let trimmed = heading.trim();
    let whole = Curated { heading: trimmed, ..Curated::default() };
    let inner = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once('{'));
    let Some((before, list)) = inner else { return whole };
    let pieces: Vec<&str> = list.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let numbered = |piece: &&str| {
        piece.chars().count() <= 20
            && piece.contains(|c: char| c.is_ascii_digit())
            && (piece.starts_with(|c: char| c.is_ascii_digit()) || piece.to_lowercase().starts_with("art"))
    };
    if pieces.is_empty() || !pieces.iter().all(numbered) {
        return whole;
    }
    let mut curated = Curated { heading: before.trim_end(), ..Curated::default() };
    for piece in pieces {
        match piece.parse::<Article>().ok().filter(|article| exists(*article)) {
            Some(article) => curated.articles.push(article),
            None => curated.faulty.push(piece.to_owned()),
        }
    }
    curated
}

/// Whether the Convention has that article, paragraph or point.
fn exists(article: Article) -> bool {
    article.depth() == ArticleDepth::Article || taxonomy().paragraph(article).is_some()
}

/// What an article of that number has, or what articles there are.
fn article_hint(tag: &str) -> String {
    let digits: String =
        tag.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let Some(article) = digits.parse().ok().and_then(Article::new) else {
        return format!("the Convention has articles 1 to {}", Article::COUNT);
    };
    let parts: Vec<String> = taxonomy()
        .article(article)
        .map(|entry| entry.paragraphs.iter().map(|p| p.id.to_string()).collect())
        .unwrap_or_default();
    match nearest(tag, parts.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean {meant}? Article {article} has {}", parts.join(", ")),
        None if parts.is_empty() => format!("write {article}: the article has no paragraphs"),
        None => format!("write {article} or one of {}", parts.join(", ")),
    }
}

/// The label of a heading such as `Section 6 — Bribery of officials`: what stands before the dash.
fn label_of(heading: &str) -> String {
    let end = [" — ", " – ", " - ", ": "]
        .iter()
        .filter_map(|dash| heading.find(dash))
        .min()
        .unwrap_or(heading.len());
    heading[..end].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Block, Draft};
    use crate::limits::Limits;

    fn draft(text: &str) -> Draft {
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read(text, &mut out);
        out.finish()
    }

    fn shape(blocks: &[Block]) -> Vec<(BlockKind, &str, Option<u32>)> {
        blocks.iter().map(|b| (b.kind.clone(), b.text.as_str(), b.line)).collect()
    }

    #[test]
    fn our_own_markdown_gives_facts_blocks_and_curated_articles() {
        let draft = draft(
            "---\njurisdiction: ke\nlanguage: en\nkind: act\ntitle: Specimen Act\nnumber: \"7\"\ndate: 2003-04-05\nstatus: in-force\n---\n\n# Specimen Act\n\n## Section 6 — Bribery of officials {16(1), 15}\n\nNobody may bribe.\n",
        );
        assert_eq!(draft.metadata.title.as_deref(), Some("Specimen Act"));
        assert_eq!(draft.metadata.jurisdiction.map(|j| j.code()), Some("ke"));
        let articles: Vec<String> =
            draft.metadata.articles.iter().map(|(a, p)| format!("{a}: {}", p.join("|"))).collect();
        assert_eq!(articles, ["16(1): Section 6", "15: Section 6"]);
        assert_eq!(
            shape(&draft.blocks),
            [
                (BlockKind::Heading(1), "Specimen Act", Some(11)),
                (BlockKind::Heading(2), "Section 6 — Bribery of officials", Some(13)),
                (BlockKind::Paragraph, "Nobody may bribe.", Some(15)),
            ]
        );
    }

    #[test]
    fn articles_that_do_not_exist_are_a_problem_and_other_braces_are_not() {
        let draft = draft(
            "# Act\n\n## Section 6 — Gifts {15, 99(z), 15(z)}\n\nText.\n\n## Section 7 {#anchor}\n\nText.\n",
        );
        let said: Vec<(Option<u32>, &str)> =
            draft.problems.iter().map(|p| (p.line, p.hint.as_str())).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert_eq!((said[0].0, said[1].0), (Some(3), Some(3)));
        assert!(said[0].1.contains("1 to 71") && said[1].1.contains("15(a)"), "{said:?}");
        assert_eq!(draft.metadata.articles.len(), 1);
        assert_eq!(draft.blocks[1].text, "Section 6 — Gifts");
        assert_eq!(draft.blocks[3].text, "Section 7 {#anchor}");
    }

    #[test]
    fn the_works_that_are_shipped_have_no_mistakes() {
        for (name, bytes) in crate::read::shipped() {
            let draft = draft(std::str::from_utf8(bytes).unwrap());
            assert!(draft.problems.is_empty(), "help: {name}: {:?}", draft.problems);
        }
    }

    #[test]
    fn an_empty_item_is_the_number_of_a_section() {
        let draft = draft("Short title\n\n1.\n\nThis Act may be cited.\n");
        let texts: Vec<&str> = draft.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["Short title", "1.", "This Act may be cited."]);
    }

    #[test]
    fn raised_digits_stay_raised() {
        let draft = draft("## § 298<sup>1</sup>. Gifts\n\nText<sup>a</sup>.\n");
        assert_eq!(draft.blocks[0].text, "§ 298¹. Gifts");
        assert_eq!(draft.blocks[1].text, "Texta.");
    }

    #[test]
    fn markdown_of_repositories_is_read_as_its_authors_meant_it() {
        let draft = draft(
            "<meta charset='utf-8' />\n\n##Titel der Wet\n\n**Artículo 1.** Texto de *prueba*.\n\n1.  Eerste lid<br>tweede regel.\n4\\. 항목\n\n<개정 2009.2.3> 본문 <Amended by Act 5>\n\n    ingesprongen **tekst**\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted\n\nnote[^1]\n\n[^1]: the note\n",
        );
        assert_eq!(
            shape(&draft.blocks).iter().map(|(k, t, _)| (k.clone(), *t)).collect::<Vec<_>>(),
            [
                (BlockKind::Heading(2), "Titel der Wet"),
                (BlockKind::Paragraph, "Artículo 1. Texto de prueba."),
                (BlockKind::ListItem, "1. Eerste lid\ntweede regel.\n4. 항목"),
                (BlockKind::Paragraph, "<개정 2009.2.3> 본문 <Amended by Act 5>"),
                (BlockKind::Paragraph, "ingesprongen tekst"),
                (BlockKind::Table, "a\tb\nc\td"),
                (BlockKind::Paragraph, "quoted"),
                (BlockKind::Paragraph, "note[^1]"),
                (BlockKind::Footnote, "[^1] the note"),
            ]
        );
        assert_eq!(draft.blocks[1].line, Some(5));
    }

    #[test]
    fn a_hundred_thousand_levels_are_a_problem_and_not_a_crash() {
        for specimen in [
            format!("{} deep\n\nArticle 1\n", ">".repeat(100_000)),
            format!("{}deep\n\nArticle 1\n", "- ".repeat(100_000)),
            format!("{}deep\n\nArticle 1\n", "[".repeat(100_000)),
        ] {
            let draft = draft(&specimen);
            assert_eq!(draft.problems.len(), 1);
            assert!(draft.blocks.iter().any(|b| b.text == "Article 1"));
        }
        let emphasis = format!("{}a{}\n", "*".repeat(50_000), "*".repeat(50_000));
        assert!(!draft(&emphasis).blocks.is_empty());
    }
}
