//! Akoma Ntoso, 1.0 to 3.0: the vocabulary, and the walk over a tree of provisions that all vocabularies share.

use merida_law::{Language, ProvisionKind};

use super::collector::{Collector, Unit, tidy};
use super::exported;
use super::facts;
use super::xml::{self, Child, Tree};
use crate::draft::BlockKind;

/// What an element is to a reader of law.
pub(super) enum Role {
    /// A provision.
    Unit(Option<ProvisionKind>),
    /// The number of the provision around it.
    Label,
    /// The heading of the provision around it.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A part of a line of text.
    Inline,
    /// What divides lines.
    Break,
    /// A frame around others.
    Frame,
    /// A frame that comes after the children of its provision and belongs to the provision itself.
    Tail,
    /// A table; its rows and cells.
    Table,
    /// A footnote or editorial note.
    Note,
    /// Read elsewhere, and no text.
    Silent,
    /// Left out, with the reason.
    LeftOut(&'static str),
}

/// The roles of the elements of one vocabulary.
pub(super) trait Vocabulary {
    /// The role of an element.
    fn role(&self, tree: &Tree, id: usize) -> Role;

    /// Whether a frame gives its heading to the first provision in it.
    fn lends_heading(&self, _tree: &Tree, _id: usize) -> bool {
        false
    }

    /// How deep a provision lies, where the vocabulary says so other than by nesting.
    fn depth(&self, _tree: &Tree, _id: usize, nested: u16) -> u16 {
        nested
    }
}

/// Hands the provisions and paragraphs below `id` to `out`, in reading order.
pub(super) fn walk(tree: &Tree, id: usize, vocabulary: &dyn Vocabulary, out: &mut Collector<'_>) {
    let mut walk =
        Walk { tree, vocabulary, out, text: String::new(), line: None, notes: Vec::new(), lent: None };
    walk.children(id, 0);
    walk.flush();
}

struct Walk<'t, 'c, 'l> {
    tree: &'t Tree,
    vocabulary: &'t dyn Vocabulary,
    out: &'c mut Collector<'l>,
    text: String,
    line: Option<u32>,
    notes: Vec<usize>,
    /// A heading that waits for its provision.
    lent: Option<String>,
}

// The depth of a tree is bounded when it is read.
impl Walk<'_, '_, '_> {
    fn children(&mut self, id: usize, depth: u16) {
        for child in self.tree.children(id) {
            match child {
                Child::Text(text) => self.add(text, id),
                Child::Element(child) => self.element(*child, depth),
            }
        }
    }

    fn add(&mut self, text: &str, id: usize) {
        if self.text.is_empty() && text.trim().is_empty() {
            return;
        }
        self.line.get_or_insert(self.tree.line(id));
        // New lines in the source of XML are spaces; only a break divides lines.
        for c in text.chars() {
            self.text.push(if c == '\n' { ' ' } else { c });
        }
    }

    fn element(&mut self, id: usize, depth: u16) {
        match self.vocabulary.role(self.tree, id) {
            Role::Unit(kind) => self.unit(id, kind, depth),
            Role::Inline => self.children(id, depth),
            Role::Break => self.text.push('\n'),
            // The number and the heading of a unit are taken when it opens; those that stand alone are text.
            Role::Label | Role::Heading | Role::Paragraph => {
                self.flush();
                self.children(id, depth);
                self.flush();
            }
            Role::Item => {
                self.flush();
                self.children(id, depth);
                self.flush_as(&BlockKind::ListItem);
            }
            Role::Frame if self.vocabulary.lends_heading(self.tree, id) => self.lend(id, depth),
            Role::Frame => {
                self.flush();
                self.children(id, depth);
                self.flush();
            }
            Role::Tail => {
                self.flush();
                let unit = Unit { kind: Some(ProvisionKind::Paragraph), depth, ..Unit::default() };
                self.out.unit(&unit, Some(self.tree.line(id)));
                self.children(id, depth);
                self.flush();
            }
            Role::Table => {
                self.flush();
                let text = table(self.tree, id);
                self.out.block(BlockKind::Table, &text, Some(self.tree.line(id)));
            }
            Role::Note => self.notes.push(id),
            Role::Silent => {}
            Role::LeftOut(reason) => {
                let text = self.tree.text(id);
                self.out.leave_out(&text, reason);
            }
        }
    }

    fn unit(&mut self, id: usize, kind: Option<ProvisionKind>, depth: u16) {
        self.flush();
        let depth = self.vocabulary.depth(self.tree, id, depth);
        let mut taken = Vec::new();
        let (label, mut heading) = self.names(id, &mut taken);
        if let Some(lent) = self.lent.take() {
            heading = if heading.is_empty() { lent } else { format!("{lent} — {heading}") };
        }
        let (label, heading) = part_label(kind, label, heading);
        let component = kind.is_some_and(|kind| kind.level() == merida_law::Level::Component);
        let bare = label.is_empty() && heading.is_empty();
        if !(component && bare) {
            let unit = Unit { kind, label: &label, heading: &heading, depth, text: "" };
            self.out.unit(&unit, Some(self.tree.line(id)));
        }
        let deeper = if component && bare { depth } else { depth + 1 };
        for child in self.tree.children(id) {
            match child {
                Child::Text(text) => self.add(text, id),
                Child::Element(child) if taken.contains(child) => self.flush_notes(),
                Child::Element(child) => self.element(*child, deeper),
            }
        }
        self.flush();
    }

    /// The label and heading of a unit, from its children and from frames of them.
    fn names(&mut self, id: usize, taken: &mut Vec<usize>) -> (String, String) {
        let (mut label, mut heading) = (String::new(), String::new());
        for child in self.tree.elements(id) {
            let target = match self.vocabulary.role(self.tree, child) {
                Role::Label if label.is_empty() => &mut label,
                Role::Heading => &mut heading,
                _ => continue,
            };
            let text = self.line_of(child);
            if !text.is_empty() && !target.is_empty() {
                target.push_str(" — ");
            }
            target.push_str(&text);
            taken.push(child);
        }
        (label, heading)
    }

    /// The text of a label or heading in one line, without its notes.
    fn line_of(&mut self, id: usize) -> String {
        let mut text = String::new();
        self.add_line(id, &mut text);
        tidy(&text).replace('\n', " ")
    }

    fn add_line(&mut self, id: usize, text: &mut String) {
        for child in self.tree.children(id) {
            match child {
                Child::Text(own) => text.push_str(own),
                Child::Element(child) => match self.vocabulary.role(self.tree, *child) {
                    Role::Note => self.notes.push(*child),
                    Role::Silent => {}
                    Role::LeftOut(reason) => {
                        let own = self.tree.text(*child);
                        self.out.leave_out(&own, reason);
                    }
                    Role::Inline => self.add_line(*child, text),
                    _ => {
                        text.push(' ');
                        self.add_line(*child, text);
                    }
                },
            }
        }
    }

    fn lend(&mut self, id: usize, depth: u16) {
        self.flush();
        let mut taken = Vec::new();
        let (_, heading) = self.names(id, &mut taken);
        self.lent = Some(heading);
        for child in self.tree.elements(id) {
            if !taken.contains(&child) {
                self.element(child, depth);
            }
        }
        if let Some(heading) = self.lent.take() {
            self.out.paragraph(&heading, Some(self.tree.line(id)));
        }
    }

    fn flush(&mut self) {
        self.flush_as(&BlockKind::Paragraph);
    }

    fn flush_as(&mut self, kind: &BlockKind) {
        let line = self.line.take();
        if !self.text.trim().is_empty() {
            let text = std::mem::take(&mut self.text);
            self.out.block(kind.clone(), &text, line);
        }
        self.text.clear();
        self.flush_notes();
    }

    fn flush_notes(&mut self) {
        for id in std::mem::take(&mut self.notes) {
            let marker = self
                .tree
                .attribute(id, "marker")
                .or_else(|| self.tree.attribute(id, "id"))
                .unwrap_or_default();
            let marker = if marker.chars().count() <= 6 { marker } else { "" };
            let text = spaced_text(self.tree, id);
            let text = if marker.is_empty() { text } else { format!("[{marker}] {text}") };
            self.out.block(BlockKind::Footnote, &text, Some(self.tree.line(id)));
        }
    }
}

/// `TÍTULO PRIMERO De los delitos` in a number alone is the number and the heading of a division.
fn part_label(kind: Option<ProvisionKind>, label: String, heading: String) -> (String, String) {
    let division = kind.is_some_and(|kind| kind.level() == merida_law::Level::Container);
    let words: Vec<&str> = label.split(' ').collect();
    if !division || !heading.is_empty() || words.len() < 3 || words[0].chars().all(|c| !c.is_alphabetic()) {
        return (label, heading);
    }
    let suffix = matches!(words[2].to_lowercase().as_str(), "bis" | "ter" | "quater" | "bis." | "ter.");
    let end = if suffix { 3 } else { 2 };
    (words[..end].join(" "), words[end..].join(" "))
}

/// All text below, in one line, with spaces between elements that would run into each other.
fn spaced_text(tree: &Tree, id: usize) -> String {
    let mut text = String::new();
    for child in tree.children(id) {
        match child {
            Child::Text(own) => text.push_str(own),
            Child::Element(child) => {
                if matches!(tree.name(*child), "p" | "Para" | "Text" | "Pnumber" | "td" | "entry") {
                    text.push(' ');
                }
                text.push_str(&spaced_text(tree, *child));
            }
        }
    }
    tidy(&text.replace('\n', " "))
}

/// Rows and cells, by the names that XHTML and CALS give them.
fn table(tree: &Tree, id: usize) -> String {
    let mut text = String::new();
    for child in tree.children(id) {
        match child {
            Child::Text(own) => text.push_str(own.trim()),
            Child::Element(child) => match tree.name(*child) {
                "tr" | "row" => {
                    let cells: Vec<String> =
                        tree.elements(*child).map(|cell| spaced_text(tree, cell)).collect();
                    text.push('\n');
                    text.push_str(&cells.join("\t"));
                }
                _ => {
                    text.push('\n');
                    text.push_str(&table(tree, *child));
                }
            },
        }
    }
    text
}

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let tree = xml::parse(text, out);
    metadata(&tree, out);
    if !exported::read(&tree, out) {
        walk(&tree, Tree::ROOT, &AkomaNtoso, out);
    }
}

fn metadata(tree: &Tree, out: &mut Collector<'_>) {
    let Some(meta) = tree.find(Tree::ROOT, "meta") else { return };
    let value = |part: &str, name: &str, attribute: &str| {
        let part = tree.find(meta, part)?;
        let element = tree.find(part, name)?;
        tree.attribute(element, attribute).map(str::to_owned).filter(|value| !value.is_empty())
    };
    let title = tree.find(Tree::ROOT, "docTitle").map(|id| tidy(&tree.text(id)).replace('\n', " "));
    let mut pairs = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            pairs.push((key.to_owned(), value));
        }
    };
    add("title", value("FRBRWork", "FRBRalias", "value").or(title));
    add("date", value("FRBRWork", "FRBRdate", "date"));
    add("as_of", value("FRBRExpression", "FRBRdate", "date"));
    add("number", value("FRBRWork", "FRBRnumber", "value"));
    add("country", value("FRBRWork", "FRBRcountry", "value"));
    facts::fill(out.metadata(), &pairs);
    let language = value("FRBRExpression", "FRBRlanguage", "language");
    if let Some(language) = language.and_then(|l| l.parse::<Language>().ok().or_else(|| by_iso639_3(&l))) {
        out.metadata().language.get_or_insert(language);
    }
}

fn by_iso639_3(code: &str) -> Option<Language> {
    Language::all().find(|language| language.iso639_3() == code)
}

struct AkomaNtoso;

impl Vocabulary for AkomaNtoso {
    fn role(&self, tree: &Tree, id: usize) -> Role {
        use ProvisionKind as Kind;
        let name = tree.name(id);
        let kind = match name {
            "book" | "tome" => Some(Kind::Book),
            "part" => Some(Kind::Part),
            "title" => Some(Kind::Title),
            "chapter" => Some(Kind::Chapter),
            "division" | "subpart" => Some(Kind::Division),
            "subdivision" | "subtitle" | "subchapter" | "level" => Some(Kind::Subdivision),
            "section" => Some(Kind::Section),
            "article" => Some(Kind::Article),
            "clause" => Some(Kind::Clause),
            "rule" => Some(Kind::Rule),
            "subsection" => Some(Kind::Subsection),
            "paragraph" | "alinea" | "subrule" => Some(Kind::Paragraph),
            "subparagraph" | "subclause" | "transitional" | "proviso" => Some(Kind::Subparagraph),
            "point" | "indent" | "item" => Some(Kind::Point),
            "preamble" => Some(Kind::Preamble),
            "conclusions" => Some(Kind::Conclusions),
            "attachment" | "annex" => Some(Kind::Annex),
            _ => None,
        };
        if kind.is_some() {
            return Role::Unit(kind);
        }
        match name {
            "hcontainer" | "container" => named_container(tree.attribute(id, "name").unwrap_or_default()),
            "num" => Role::Label,
            "heading" | "subheading" | "crossHeading" => Role::Heading,
            "p" | "longTitle" | "recital" | "formula" | "citation" | "listIntroduction"
            | "listConclusion" | "block" => Role::Paragraph,
            "li" => Role::Item,
            "wrapUp" => Role::Tail,
            "br" | "eol" => Role::Break,
            "table" => Role::Table,
            "authorialNote" | "note" => Role::Note,
            "meta" => notes_only(tree, id),
            "staticContent" | "coverPage" | "componentRef" => Role::LeftOut("cover page and running headers"),
            "toc" => Role::LeftOut("table of contents"),
            "a" | "ref" | "rref" | "mref" | "def" | "term" | "b" | "i" | "u" | "sup" | "sub" | "span"
            | "inline" | "ins" | "del" | "remark" | "date" | "docTitle" | "docNumber" | "docDate"
            | "docType" | "docProponent" | "shortTitle" | "person" | "organization" | "role" | "location"
            | "quantity" | "entity" | "signature" | "abbr" | "mod" | "quotedText" | "noteRef" | "img"
            | "omissis" | "neutralCitation" | "concept" | "object" | "event" | "process" => Role::Inline,
            _ => Role::Frame,
        }
    }
}

fn named_container(name: &str) -> Role {
    match name {
        "schedule" => Role::Unit(Some(ProvisionKind::Schedule)),
        "annex" | "appendix" | "attachment" => Role::Unit(Some(ProvisionKind::Annex)),
        "regulation" => Role::Unit(Some(ProvisionKind::Rule)),
        "crossheading" => Role::Unit(Some(ProvisionKind::Subdivision)),
        _ => Role::Frame,
    }
}

/// Notes may be kept among the metadata: they are text; all else there is not.
fn notes_only(tree: &Tree, id: usize) -> Role {
    if tree.find(id, "note").is_some() { Role::Frame } else { Role::Silent }
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
    fn provisions_are_units_with_label_heading_and_depth() {
        let draft = draft(
            "<akomaNtoso xmlns='x'><act><meta><identification><FRBRWork><FRBRdate date='2004-05-06'/><FRBRcountry value='tz'/><FRBRnumber value='9'/><FRBRalias value='Specimen Act' name='title'/></FRBRWork><FRBRExpression><FRBRdate date='2010-01-02'/><FRBRlanguage language='swa'/></FRBRExpression></identification></meta><body>\n<chapter><num>I</num><heading>General</heading>\n<section><num>1.</num><heading>Title<authorialNote marker='1'><p>a note</p></authorialNote></heading><subsection><num>(1)</num><content><p>First <b>words</b>.</p></content><paragraph><num>(a)</num><content><p>a point</p></content></paragraph><wrapUp><p>tail</p></wrapUp></subsection></section></chapter></body></act></akomaNtoso>",
        );
        let shape: Vec<String> = draft
            .blocks
            .iter()
            .map(|b| match &b.kind {
                BlockKind::Unit { kind, label, heading, depth } => {
                    format!("{depth} {} {label}|{heading}", kind.map_or("", |k| k.as_str()))
                }
                kind => format!("{kind:?} {}", b.text),
            })
            .collect();
        assert_eq!(
            shape,
            [
                "0 chapter I|General",
                "1 section 1.|Title",
                "Footnote [1] a note",
                "2 subsection (1)|",
                "Paragraph First words.",
                "3 paragraph (a)|",
                "Paragraph a point",
                "3 paragraph |",
                "Paragraph tail",
            ]
        );
        assert_eq!(draft.metadata.title.as_deref(), Some("Specimen Act"));
        assert_eq!(draft.metadata.as_of.map(|d| d.to_string()).as_deref(), Some("2010-01-02"));
        assert_eq!(draft.metadata.language.map(|l| l.iso639_3()), Some("swa"));
        assert_eq!(draft.blocks[1].line, Some(3));
        assert!(draft.problems.is_empty(), "{:?}", draft.problems);
    }
}
