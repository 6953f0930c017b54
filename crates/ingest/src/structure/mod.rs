//! The structure of a law: the blocks of a draft become provisions.
//!
//! Blocks are divided into lines; each line is read for a word or number that may open a part of a law
//! ([`recognise`], with the words in [`forms`]); which of them do is decided by what surrounds them and by the order
//! of their numbers ([`elect`]); containers and units are built ([`assemble`]); headings, enumerated parts and ids
//! finish them ([`finish`]). Nothing is lost: what no provision holds is counted with its reason.

mod assemble;
mod chain;
mod contents;
mod elect;
mod enumerate;
mod finish;
mod forms;
mod headings;
mod heads;
mod ids;
mod lent;
mod lines;
pub(crate) mod number;
mod ordinals;
mod parts;
pub(crate) mod recognise;
mod repair;
mod rescue;
#[cfg(test)]
mod tests;
mod titles;
#[cfg(test)]
mod variants;

use merida_law::{Language, Level, Problem, Provision, ProvisionKind, WorkKind};

use crate::draft::{Block, BlockKind, Omission, ink};

/// The provisions of a law, and what of its text none of them holds.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    /// Flat, in reading order, parents before children.
    pub(crate) provisions: Vec<Provision>,
    /// Characters that no provision holds, with the reason.
    pub(crate) left_out: Vec<Omission>,
}

/// Builds the provisions of a law of `kind` in `language` from its blocks. Never empty for blocks with text; never
/// panics. What looks wrong is added to `problems`.
pub(crate) fn build(
    blocks: &[Block],
    language: Language,
    kind: WorkKind,
    problems: &mut Vec<Problem>,
) -> Structured {
    let (mut lines, heads) = lines::divide(blocks, language);
    let mut elected = elect::elect(&lines, kind);
    if rescue::split_hidden(&mut lines, &elected.opens) {
        elected = elect::elect(&lines, kind);
    }
    let tree = assemble::assemble(&lines, &elected, language, kind);
    let finished = finish::finish(tree, language);
    let mut provisions = finished.provisions;
    let recognised = provisions.iter().any(|p| p.kind.level() == Level::Unit && !p.label.is_empty());
    if !recognised {
        provisions = paragraphs(blocks, language);
        if !provisions.is_empty() {
            problems.push(Problem::note(
                "no structure was recognised; the text was taken in as numbered paragraphs",
                "check that the language is right",
            ));
        }
    }
    if elected.contents > 0 && recognised {
        problems.push(Problem::note(
            format!("a table of contents with {} entries was taken in as text", elected.contents),
            "",
        ));
    }
    let omitted = Omitted { heads, marks: finished.marks, repeated: finished.repeated };
    let left_out = left_out(blocks, &provisions, omitted, recognised, problems);
    Structured { provisions, left_out }
}

/// A text without structure: each block is a numbered paragraph.
fn paragraphs(blocks: &[Block], language: Language) -> Vec<Provision> {
    let mut provisions: Vec<Provision> = Vec::new();
    let mut heading: Vec<&str> = Vec::new();
    for block in blocks {
        let (stated_label, stated_heading) = match &block.kind {
            BlockKind::Unit { label, heading, .. } => (label.as_str(), heading.as_str()),
            _ => ("", ""),
        };
        if matches!(block.kind, BlockKind::Heading(_)) {
            heading.push(block.text.trim());
            continue;
        }
        if block.text.trim().is_empty() && stated_label.is_empty() && stated_heading.is_empty() {
            continue;
        }
        let own = stated_heading.trim();
        let headings: Vec<&str> = heading.drain(..).chain((!own.is_empty()).then_some(own)).collect();
        push_paragraph(
            &mut provisions,
            stated_label,
            &headings.join("\n"),
            &block.text,
            block.language,
            language,
        );
    }
    if !heading.is_empty() {
        push_paragraph(&mut provisions, "", "", &heading.join("\n"), None, language);
    }
    provisions
}

fn push_paragraph(
    provisions: &mut Vec<Provision>,
    label: &str,
    heading: &str,
    text: &str,
    own: Option<Language>,
    language: Language,
) {
    let Ok(id) = format!("para_{}", provisions.len() + 1).parse() else { return };
    provisions.push(Provision {
        id,
        parent: None,
        kind: ProvisionKind::Para,
        label: label.trim().to_owned(),
        heading: heading.to_owned(),
        text: text.trim().to_owned(),
        language: own.filter(|own| *own != language),
    });
}

/// Characters that were knowingly left out.
struct Omitted {
    heads: u64,
    marks: u64,
    repeated: u64,
}

/// Counts what no provision holds. What the counts of marks and repetitions do not explain is said as a problem.
fn left_out(
    blocks: &[Block],
    provisions: &[Provision],
    Omitted { heads, marks, repeated }: Omitted,
    recognised: bool,
    problems: &mut Vec<Problem>,
) -> Vec<Omission> {
    let read: u64 = blocks.iter().map(block_ink).sum();
    let placed: u64 = provisions.iter().map(|p| ink(&p.label) + ink(&p.heading) + ink(&p.text)).sum();
    let mut missing = read.saturating_sub(placed);
    let mut omissions = Vec::new();
    let mut take = |chars: u64, reason: &str| {
        let chars = chars.min(missing);
        if chars > 0 {
            omissions.push(Omission { chars, reason: reason.to_owned() });
            missing -= chars;
        }
    };
    if recognised {
        take(heads, "heads and numbers of pages");
        take(marks, "dashes, colons and brackets between numbers, headings and text");
        take(repeated, "labels and headings that the text repeats");
    }
    let unexplained = missing;
    if unexplained > 0 {
        omissions.push(Omission { chars: unexplained, reason: "no place was found".to_owned() });
        problems.push(Problem::warning(
            format!("{unexplained} characters found no place in the structure"),
            "compare the provisions with the source, and report the file",
        ));
    }
    omissions
}

fn block_ink(block: &Block) -> u64 {
    let own = match &block.kind {
        BlockKind::Unit { label, heading, .. } => ink(label) + ink(heading),
        _ => 0,
    };
    own + ink(&block.text)
}
