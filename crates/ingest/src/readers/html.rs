//! HTML, by its tokens alone: no tree is built, so that no nesting is too deep.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use merida_law::Problem;

use super::collector::Collector;
use super::facts;
use crate::draft::BlockKind;

/// A page.
pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    read_fragment(text, 1, false, out);
}

/// A piece of HTML that begins at `first_line`; where it stands within another text, tags that HTML does not know are
/// kept as text.
pub(super) fn read_fragment(text: &str, first_line: u32, keep_unknown: bool, out: &mut Collector<'_>) {
    let sink = Sink { state: RefCell::new(State::new(first_line, keep_unknown, out)) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&raised(text)));
    // The sink never asks for a pause, so that one call takes in all.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.flush();
    state.report();
}

/// `298<sup>1</sup>` is 298¹, another article than 2981: raised digits become superscripts.
pub(super) fn raised(text: &str) -> Cow<'_, str> {
    const OPEN: &str = "<sup>";
    const CLOSE: &str = "</sup>";
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        let inner = &rest[start + OPEN.len()..];
        let content = inner.find(CLOSE).map(|end| &inner[..end]);
        let digits: Option<String> = content
            .map(str::trim)
            .filter(|content| (1..=3).contains(&content.len()))
            .and_then(|content| content.chars().map(|c| Some(RAISED[c.to_digit(10)? as usize])).collect());
        out.push_str(&rest[..start]);
        match (digits, content) {
            (Some(digits), Some(content)) => {
                out.push_str(&digits);
                rest = &inner[content.len() + CLOSE.len()..];
            }
            _ => {
                out.push_str(OPEN);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// HTML that stands within a field of another format, as plain text.
pub(super) fn plain(text: &str) -> String {
    let limits = crate::limits::Limits::default();
    let mut out = Collector::new(&limits);
    read_fragment(text, 1, true, &mut out);
    let lines: Vec<&str> = out.blocks().iter().map(|block| block.text.as_str()).collect();
    lines.join("\n")
}

/// Whether a text holds tags of HTML.
pub(super) fn is_html(text: &str) -> bool {
    text.contains('<')
        && [
            "<p>", "<p ", "<br", "<div", "<b>", "<i>", "<li>", "<span", "<strong>", "</p>", "<table", "<a ",
            "<sup>",
        ]
        .iter()
        .any(|tag| text.contains(tag))
}

/// The name of a tag such as `<br />` or `</TD>`; none where it is something else.
pub(super) fn tag_name(tag: &str) -> Option<&'static str> {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner[..end].to_ascii_lowercase();
    KNOWN.iter().copied().find(|known| *known == name)
}

pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "menu",
    "meta",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements whose text is no part of the law, with the reason.
fn skipped(name: &str) -> Option<&'static str> {
    match name {
        "nav" | "menu" => Some("navigation of the page"),
        "footer" => Some("footer of the page"),
        "form" | "select" | "button" | "textarea" => Some("forms of the page"),
        "iframe" | "object" | "svg" | "video" | "audio" | "template" | "noframes" => {
            Some("embedded matter of the page")
        }
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "title"
            | "ul"
    )
}

struct Sink<'c, 'l> {
    state: RefCell<State<'c, 'l>>,
}

struct State<'c, 'l> {
    out: &'c mut Collector<'l>,
    offset: u64,
    keep_unknown: bool,
    text: String,
    line: Option<u32>,
    heading: Option<u8>,
    in_title: bool,
    /// The element whose text is skipped, and how often it is open.
    skip: Option<(String, usize, &'static str)>,
    skipped: String,
    /// Open lists: none for bullets, the next number for numbers.
    lists: Vec<Option<u64>>,
    item: Option<String>,
    tables: usize,
    /// Elements open, to notice nesting that no page has.
    depth: usize,
    too_deep: bool,
}

impl TokenSink for Sink<'_, '_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => return state.tag(&tag, line),
            Token::CharacterTokens(text) => state.characters(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl<'c, 'l> State<'c, 'l> {
    fn new(first_line: u32, keep_unknown: bool, out: &'c mut Collector<'l>) -> Self {
        Self {
            out,
            offset: u64::from(first_line.max(1)) - 1,
            keep_unknown,
            text: String::new(),
            line: None,
            heading: None,
            in_title: false,
            skip: None,
            skipped: String::new(),
            lists: Vec::new(),
            item: None,
            tables: 0,
            depth: 0,
            too_deep: false,
        }
    }

    fn characters(&mut self, text: &str, line: u64) {
        if self.skip.is_some() {
            self.skipped.push_str(text);
            return;
        }
        if self.line.is_none() && !text.trim().is_empty() {
            self.line = u32::try_from(line + self.offset).ok();
        }
        // A new line in the source of a page is a space, and nothing between letters of Chinese or Japanese.
        for piece in text.split_inclusive('\n') {
            let body = piece.trim_end_matches(['\n', '\r']);
            self.text.push_str(body);
            if body.len() < piece.len()
                && !self.text.ends_with(|c: char| ('\u{2e80}'..='\u{ffef}').contains(&c))
            {
                self.text.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: &Tag, line: u64) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if let Some((skipped, open, reason)) = &mut self.skip {
            if *skipped == *name && !tag.self_closing {
                match tag.kind {
                    TagKind::StartTag => *open += 1,
                    TagKind::EndTag => *open -= 1,
                }
                if *open == 0 {
                    let (text, reason) = (std::mem::take(&mut self.skipped), *reason);
                    self.skip = None;
                    if !reason.is_empty() {
                        self.out.leave_out(&text, reason);
                    }
                }
            }
            return raw(name, tag.kind);
        }
        match tag.kind {
            TagKind::StartTag => self.open(name, tag, line),
            TagKind::EndTag => self.close(name),
        }
        raw(name, tag.kind)
    }

    fn open(&mut self, name: &str, tag: &Tag, line: u64) {
        if !tag.self_closing
            && !matches!(
                name,
                "br" | "hr"
                    | "img"
                    | "meta"
                    | "link"
                    | "input"
                    | "col"
                    | "wbr"
                    | "p"
                    | "li"
                    | "td"
                    | "tr"
                    | "th"
            )
        {
            self.depth += 1;
            self.too_deep |= self.depth > 50_000;
        }
        if let Some(reason) = skipped(name)
            && !tag.self_closing
        {
            self.flush();
            self.skip = Some((name.to_owned(), 1, reason));
            return;
        }
        match name {
            "script" | "style" => {
                self.skip = Some((name.to_owned(), 1, ""));
            }
            "br" => self.text.push('\n'),
            "img" => {
                let alt = attribute(tag, "alt").unwrap_or_default();
                self.characters(&alt, line);
            }
            "meta" => self.meta(tag),
            "html" => {
                if let Some(language) = attribute(tag, "lang").and_then(|l| l.parse().ok())
                    && !self.keep_unknown
                {
                    self.out.metadata().language.get_or_insert(language);
                }
            }
            "td" | "th" if self.tables > 0 && !self.text.is_empty() && !self.text.ends_with('\n') => {
                self.text.push('\t');
            }
            "tr" if self.tables > 0 => self.text.push('\n'),
            "td" | "th" | "tr" => self.flush(),
            _ if !is_known(name) && self.keep_unknown => {
                let text = written(tag);
                self.characters(&text, line);
            }
            _ if is_block(name) && self.tables > 0 && name != "table" => self.text.push(' '),
            _ if is_block(name) => {
                self.flush();
                self.open_block(name, tag);
            }
            _ => {}
        }
    }

    fn open_block(&mut self, name: &str, tag: &Tag) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = Some(name.as_bytes()[1] - b'0'),
            "title" => self.in_title = true,
            "ul" | "dir" => self.lists.push(None),
            "ol" => self.lists.push(Some(attribute(tag, "start").and_then(|s| s.parse().ok()).unwrap_or(1))),
            "li" => self.open_item(tag),
            "table" => self.tables += 1,
            _ => {}
        }
    }

    fn open_item(&mut self, tag: &Tag) {
        let marker = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = attribute(tag, "value").and_then(|v| v.parse().ok()).unwrap_or(*next);
                *next = number + 1;
                format!("{number}. ")
            }
            _ => String::new(),
        };
        self.item = Some(marker);
    }

    fn close(&mut self, name: &str) {
        self.depth =
            self.depth.saturating_sub(usize::from(!matches!(name, "p" | "li" | "td" | "tr" | "th" | "br")));
        match name {
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.table();
                }
            }
            _ if self.tables > 0 && is_block(name) => self.text.push(' '),
            _ if self.tables > 0 => {}
            _ if is_block(name) => {
                self.flush();
                if matches!(name, "ul" | "ol" | "dir") {
                    self.lists.pop();
                }
            }
            _ => {}
        }
    }

    /// A table of one column is layout: its rows are paragraphs.
    fn table(&mut self) {
        let text = std::mem::take(&mut self.text);
        let line = self.line.take();
        if text.trim().contains('\t') {
            self.out.block(BlockKind::Table, &text, line);
        } else {
            text.lines().for_each(|row| self.out.paragraph(row, line));
        }
    }

    fn flush(&mut self) {
        if self.tables > 0 {
            return;
        }
        let line = self.line.take();
        let heading = self.heading.take();
        if std::mem::take(&mut self.in_title) {
            let title = std::mem::take(&mut self.text);
            let title = super::collector::tidy(&title).replace('\n', " ");
            if !title.is_empty() {
                self.out.metadata().title.get_or_insert(title);
            }
            return;
        }
        if self.text.trim().is_empty() {
            self.text.clear();
            self.heading = heading.filter(|_| !self.text.is_empty());
            return;
        }
        let text = std::mem::take(&mut self.text);
        match (heading, self.item.take()) {
            (Some(level), _) => self.out.block(BlockKind::Heading(level), &text.replace('\n', " "), line),
            (None, Some(marker)) => {
                self.out.block(BlockKind::ListItem, &format!("{marker}{}", text.trim_start()), line)
            }
            (None, None) => self.out.paragraph(&text, line),
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let (Some(name), Some(content)) =
            (attribute(tag, "name").or_else(|| attribute(tag, "property")), attribute(tag, "content"))
        else {
            return;
        };
        let key = match name.to_ascii_lowercase().as_str() {
            "dc.title" | "dcterms.title" | "og:title" => "title",
            "dc.date" | "dcterms.date" | "dcterms.issued" => "date",
            "dc.language" | "dcterms.language" => "language",
            "og:url" | "dc.identifier" => "url",
            _ => return,
        };
        facts::fill(self.out.metadata(), &[(key.to_owned(), content)]);
    }

    fn report(&mut self) {
        if let Some((_, _, reason)) = self.skip.take() {
            let text = std::mem::take(&mut self.skipped);
            self.out.leave_out(
                &text,
                if reason.is_empty() { "a script or style that never ends" } else { reason },
            );
        }
        self.tables = 0;
        self.flush();
        if self.too_deep {
            self.out.problem(Problem::error(
                "the page nests its elements more than 50,000 deep",
                "check the file: its text was taken in, its order of parts may be wrong",
            ));
        }
    }
}

/// Scripts and styles are no HTML: the tokenizer must be told.
fn raw(name: &str, kind: TagKind) -> TokenSinkResult<()> {
    match (name, kind) {
        ("script", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::ScriptData),
        ("style" | "iframe" | "noframes" | "xmp", TagKind::StartTag) => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        ("title" | "textarea", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
}

/// A tag that HTML does not know, as it was written, as far as the tokenizer tells.
fn written(tag: &Tag) -> String {
    let mut text = format!("<{}", tag.name);
    for attribute in &tag.attrs {
        text.push(' ');
        text.push_str(&attribute.name.local);
        if !attribute.value.is_empty() {
            text.push('=');
            text.push_str(&attribute.value);
        }
    }
    text.push('>');
    text
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
    fn a_page_becomes_blocks_in_reading_order() {
        let draft = draft(
            "<html lang=fr><head><title>Loi de test</title><style>p{}</style><script>if(a<b){}</script></head>\n<body><nav>Accueil | Menu</nav><h2>Article 1</h2>\n<p>Nul ne peut<br>corrompre&nbsp;&amp; être corrompu.\nSuite</p><ol start=3><li>trois<li>quatre</ol><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></body>",
        );
        let blocks: Vec<_> = draft.blocks.iter().map(|b| (b.kind.clone(), b.text.as_str())).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Heading(2), "Article 1"),
                (BlockKind::Paragraph, "Nul ne peut\ncorrompre & être corrompu. Suite"),
                (BlockKind::ListItem, "3. trois"),
                (BlockKind::ListItem, "4. quatre"),
                (BlockKind::Table, "a\tb\nc\td"),
            ]
        );
        assert_eq!(draft.metadata.title.as_deref(), Some("Loi de test"));
        assert_eq!(draft.metadata.language.map(|l| l.bcp47()), Some("fr"));
        assert_eq!(draft.left_out.len(), 1, "{:?}", draft.left_out);
        assert_eq!(draft.blocks[0].line, Some(2));
    }

    #[test]
    fn a_hundred_thousand_levels_are_a_problem_and_not_a_crash() {
        let page = format!("{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let draft = draft(&page);
        assert_eq!(draft.blocks.len(), 1);
        assert_eq!(draft.problems.len(), 1);
    }

    #[test]
    fn fragments_keep_what_only_looks_like_a_tag() {
        assert_eq!(
            plain("<p>VU la loi ;<br />\nVU l'acte <Amended></p>"),
            "VU la loi ;\nVU l'acte <amended>"
        );
    }
}
