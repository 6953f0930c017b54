//! Gathers the blocks of a draft within the limits, and keeps count of what was read, kept and left out.

use std::collections::BTreeMap;

use merida_law::{Language, Problem, Provision, ProvisionKind};
use unicode_normalization::UnicodeNormalization;

use crate::draft::{Block, BlockKind, Draft, Metadata, Omission, ink};
use crate::limits::Limits;

/// A draft in the making.
pub(super) struct Collector<'l> {
    limits: &'l Limits,
    draft: Draft,
    language: Option<Language>,
    full: bool,
    left_out: BTreeMap<String, u64>,
    repeated: BTreeMap<String, u64>,
}

/// A provision that the format marks as one.
#[derive(Default)]
pub(super) struct Unit<'a> {
    pub(super) kind: Option<ProvisionKind>,
    pub(super) label: &'a str,
    pub(super) heading: &'a str,
    pub(super) depth: u16,
    pub(super) text: &'a str,
}

impl<'l> Collector<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            draft: Draft::default(),
            language: None,
            full: false,
            left_out: BTreeMap::new(),
            repeated: BTreeMap::new(),
        }
    }

    pub(super) fn limits(&self) -> &'l Limits {
        self.limits
    }

    pub(super) fn metadata(&mut self) -> &mut Metadata {
        &mut self.draft.metadata
    }

    pub(super) fn is_empty(&self) -> bool {
        self.draft.blocks.is_empty()
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.draft.blocks
    }

    /// Says that the blocks that follow are in `language`.
    pub(super) fn speak(&mut self, language: Option<Language>) {
        self.language = language;
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        // A thousand faults of one kind are one fault.
        if self.draft.problems.len() < 200 {
            self.draft.problems.push(problem);
        }
    }

    pub(super) fn paragraph(&mut self, text: &str, line: Option<u32>) {
        let text = tidy(text);
        if !text.is_empty() {
            self.push(Block { language: self.language, ..Block::paragraph(text, line) });
        }
    }

    /// Adds the text of a paragraph to the paragraph before it, whose sentence it goes on with.
    pub(super) fn continue_paragraph(&mut self, text: &str) {
        let text = composed(tidy(text));
        let Some(Block { kind: BlockKind::Paragraph, text: last, .. }) = self.draft.blocks.last_mut() else {
            return self.paragraph(&text, None);
        };
        let before = ink(last);
        super::lines::join_to(last, &text);
        self.draft.chars_read += ink(last) - before;
    }

    pub(super) fn block(&mut self, kind: BlockKind, text: &str, line: Option<u32>) {
        let text = if kind == BlockKind::Table { tidy_table(text) } else { tidy(text) };
        if text.is_empty() {
            return;
        }
        self.push(Block { kind, text, line, language: self.language });
    }

    pub(super) fn unit(&mut self, unit: &Unit<'_>, line: Option<u32>) {
        let label = tidy(unit.label).replace('\n', " ");
        let heading = tidy(unit.heading).replace('\n', " ");
        let text = tidy(unit.text);
        let kind = BlockKind::Unit { kind: unit.kind, label, heading, depth: unit.depth };
        self.push(Block { kind, text, line, language: self.language });
    }

    /// Running text that no block will hold.
    pub(super) fn leave_out(&mut self, text: &str, reason: &str) {
        let chars = ink(text);
        if chars > 0 {
            self.draft.chars_read += chars;
            *self.left_out.entry(reason.to_owned()).or_default() += chars;
        }
    }

    /// Text that the file holds a second time: not counted as running text, but said.
    pub(super) fn repeated(&mut self, text: &str, what: &str) {
        let chars = ink(text);
        if chars > 0 {
            *self.repeated.entry(what.to_owned()).or_default() += chars;
        }
    }

    /// The provisions as the format itself states them, once their text was handed on in blocks; not taken where the
    /// limits cut the blocks off.
    pub(super) fn finished(&mut self, provisions: Vec<Provision>) {
        if !self.full {
            self.draft.provisions = Some(provisions);
        }
    }

    pub(super) fn finish(mut self) -> Draft {
        self.draft.left_out =
            self.left_out.into_iter().map(|(reason, chars)| Omission { chars, reason }).collect();
        for (what, chars) in self.repeated {
            self.draft.problems.push(Problem::note(
                format!("{chars} characters repeat other text of the file and were taken once: {what}"),
                "",
            ));
        }
        self.draft
    }

    fn push(&mut self, mut block: Block) {
        block.text = composed(block.text);
        if let BlockKind::Unit { label, heading, .. } = &mut block.kind {
            *label = composed(std::mem::take(label));
            *heading = composed(std::mem::take(heading));
        }
        let chars = block_ink(&block);
        let fits = self.draft.chars_read + chars <= self.limits.max_text_chars
            && self.draft.blocks.len() < self.limits.max_blocks;
        self.draft.chars_read += chars;
        if fits && !self.full {
            self.draft.blocks.push(block);
            return;
        }
        if !self.full {
            self.full = true;
            let problem = Problem::error(
                "the text is longer than the limits allow: the rest was left out",
                "split the file, or raise max_text_chars or max_blocks in the configuration",
            );
            self.draft.problems.push(Problem { line: block.line, ..problem });
        }
        *self.left_out.entry("beyond the limit on the length of a text".to_owned()).or_default() += chars;
    }
}

/// The ink of a block with its label and heading.
pub(super) fn block_ink(block: &Block) -> u64 {
    let own = match &block.kind {
        BlockKind::Unit { label, heading, .. } => ink(label) + ink(heading),
        _ => 0,
    };
    own + ink(&block.text)
}

/// Letters and their combining marks as one character, where a source writes them apart (Vietnamese often does).
fn composed(text: String) -> String {
    if text.contains(|c: char| matches!(c, '\u{300}'..='\u{36f}')) { text.nfc().collect() } else { text }
}

/// Lines trimmed, empty lines dropped, white space within a line made single. A lone ideographic space stays.
pub(super) fn tidy(text: &str) -> String {
    tidy_with(text, false)
}

/// The same for tables, whose cells stay divided by tabs.
fn tidy_table(text: &str) -> String {
    tidy_with(text, true)
}

fn tidy_with(text: &str, keep_tabs: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\x0c']) {
        let start = out.len();
        let mut gap: Option<char> = None;
        for c in line.chars() {
            if c.is_whitespace() {
                gap = Some(match (c, gap) {
                    ('\t', _) | (_, Some('\t')) if keep_tabs => '\t',
                    ('\u{3000}', None) => c,
                    _ => ' ',
                });
                continue;
            }
            if let Some(space) = gap.take()
                && out.len() > start
            {
                out.push(space);
            }
            if out.len() == start && start > 0 {
                out.push('\n');
                // From here on the line is longer than its start even before its first letter.
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_made_single_and_lines_stay() {
        assert_eq!(tidy("  a \t b\n\n  c\u{a0}\u{a0}d \n"), "a b\nc d");
        assert_eq!(tidy("第一章\u{3000}总则"), "第一章\u{3000}总则");
        assert_eq!(tidy_table("a\t b \t\nc\td"), "a\tb\nc\td");
        assert_eq!(tidy(" \n "), "");
    }

    #[test]
    fn letters_and_their_marks_are_one_character() {
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        out.paragraph("Đie\u{302}\u{300}u 5", None);
        assert_eq!(out.finish().blocks[0].text, "Điều 5");
    }

    #[test]
    fn what_is_read_is_kept_or_left_out() {
        let limits = Limits { max_blocks: 2, ..Limits::default() };
        let mut out = Collector::new(&limits);
        out.paragraph("one two", None);
        out.unit(&Unit { label: "Art. 1", heading: "H", text: "abc", ..Unit::default() }, Some(3));
        out.paragraph("beyond", Some(9));
        out.leave_out("menu", "navigation");
        let draft = out.finish();
        let held: u64 = draft.blocks.iter().map(block_ink).sum();
        let left: u64 = draft.left_out.iter().map(|o| o.chars).sum();
        assert_eq!(draft.chars_read, held + left);
        assert_eq!(draft.problems.len(), 1);
        assert_eq!(draft.problems[0].line, Some(9));
    }
}
