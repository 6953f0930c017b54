//! The XML of Justice Canada: statutes and regulations in English and French.

use merida_law::{Jurisdiction, Language, ProvisionKind, Status, WorkKind};

use super::akn::{Role, Vocabulary, walk};
use super::collector::{Collector, tidy};
use super::facts;
use super::xml::{self, Tree};

/// Sections lie below headings of any level.
const SECTION_DEPTH: u16 = 8;

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let tree = xml::parse(text, out);
    if let Some(root) = tree.elements(Tree::ROOT).next() {
        metadata(&tree, root, out);
    }
    walk(&tree, Tree::ROOT, &JusticeCanada, out);
}

fn metadata(tree: &Tree, root: usize, out: &mut Collector<'_>) {
    let text = |name: &str| tree.find(root, name).map(|id| tidy(&tree.text(id)).replace('\n', " "));
    let pairs: Vec<(String, String)> = [
        ("title", text("ShortTitle").or_else(|| text("LongTitle"))),
        ("number", text("ConsolidatedNumber").or_else(|| text("InstrumentNumber"))),
        ("date", stage(tree, root, "assented-to")),
        ("as_of", tree.attribute(root, "pit-date").map(str::to_owned)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
    .collect();
    let metadata = out.metadata();
    facts::fill(metadata, &pairs);
    metadata.language =
        metadata.language.or(tree.attribute(root, "lang").and_then(|l| l.parse::<Language>().ok()));
    metadata.jurisdiction = metadata.jurisdiction.or_else(|| "ca".parse::<Jurisdiction>().ok());
    let statute = tree.name(root) == "Statute";
    metadata.kind = metadata.kind.or(Some(if statute { WorkKind::Act } else { WorkKind::Regulation }));
    if tree.attribute(root, "in-force") == Some("yes") {
        metadata.status = metadata.status.or(Some(Status::InForce { since: None }));
    }
}

/// The date of a stage of the bill: year, month and day stand in elements of their own.
fn stage(tree: &Tree, root: usize, wanted: &str) -> Option<String> {
    let history = tree.find(root, "BillHistory")?;
    let stage = tree.elements(history).find(|&id| tree.attribute(id, "stage") == Some(wanted))?;
    let part = |name: &str| tree.find(stage, name).map(|id| tree.text(id));
    Some(format!("{:0>4}-{:0>2}-{:0>2}", part("YYYY")?, part("MM")?, part("DD")?))
}

struct JusticeCanada;

impl Vocabulary for JusticeCanada {
    fn role(&self, tree: &Tree, id: usize) -> Role {
        use ProvisionKind as Kind;
        match tree.name(id) {
            "Heading" | "GroupHeading" => Role::Unit(heading_kind(tree, id)),
            "Section" => Role::Unit(Some(Kind::Section)),
            "Subsection" => Role::Unit(Some(Kind::Subsection)),
            "Paragraph" => Role::Unit(Some(Kind::Paragraph)),
            "Subparagraph" => Role::Unit(Some(Kind::Subparagraph)),
            "Clause" | "Subclause" | "Subsubclause" => Role::Unit(Some(Kind::Point)),
            "Schedule" => Role::Unit(Some(Kind::Schedule)),
            "Preamble" => Role::Unit(Some(Kind::Preamble)),
            "RelatedOrNotInForce" => Role::Unit(Some(Kind::Conclusions)),
            "Label" => Role::Label,
            "MarginalNote" | "TitleText" => Role::Heading,
            "ScheduleFormHeading" => Role::Heading,
            "Text" | "LongTitle" | "Item" | "BilingualItemEn" | "BilingualItemFr" | "OriginatingRef"
            | "FormHeading" => Role::Paragraph,
            "ContinuedSectionSubsection"
            | "ContinuedParagraph"
            | "ContinuedSubparagraph"
            | "ContinuedClause"
            | "ContinuedFormulaParagraph" => Role::Tail,
            "HistoricalNote" | "Footnote" => Role::Note,
            "table" | "TableGroup" => Role::Table,
            "ShortTitle" | "RunningHead" | "BillHistory" | "Chapter" | "InstrumentNumber"
            | "ConsolidationDate" | "FootnoteRef" | "BillNumber" | "BillRefNumber" | "Parliament"
            | "RegnalYear" | "Monarch" | "Session" => Role::Silent,
            "RecentAmendments" => Role::LeftOut("the publisher's list of recent amendments"),
            "BillPiece"
            | "Body"
            | "Introduction"
            | "Identification"
            | "Enacts"
            | "Provision"
            | "Definition"
            | "BilingualGroup"
            | "Statute"
            | "Regulation"
            | "List"
            | "Group"
            | "Order"
            | "FormGroup"
            | "Oath"
            | "ContinuedDefinition"
            | "QuotedText"
            | "AmendedText"
            | "ReadAsText"
            | "SectionPiece"
            | "DocumentInternal" => Role::Frame,
            _ => Role::Inline,
        }
    }

    fn depth(&self, tree: &Tree, id: usize, nested: u16) -> u16 {
        match tree.name(id) {
            "Heading" | "GroupHeading" => {
                let level: u16 = tree.attribute(id, "level").and_then(|l| l.parse().ok()).unwrap_or(1);
                // Headings within a schedule lie below it.
                let within = nested.min(1);
                (within + level.clamp(1, 6)) - 1
            }
            "Section" => SECTION_DEPTH,
            _ => nested,
        }
    }
}

/// `PART II` is a part; a heading without a number groups sections.
fn heading_kind(tree: &Tree, id: usize) -> Option<ProvisionKind> {
    let Some(label) = tree.child(id, "Label") else { return Some(ProvisionKind::Subdivision) };
    let label = tree.text(label).to_lowercase();
    Some(if label.starts_with("part") {
        ProvisionKind::Part
    } else if label.starts_with("div") || label.starts_with("sect") {
        ProvisionKind::Division
    } else if label.starts_with("subd") {
        ProvisionKind::Subdivision
    } else {
        ProvisionKind::Chapter
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::BlockKind;
    use crate::limits::Limits;

    #[test]
    fn sections_and_headings_are_read() {
        let text = "<Statute lims:pit-date='2017-10-31' in-force='yes' xml:lang='en' xmlns:lims='x'><Identification><LongTitle>An Act respecting specimens</LongTitle><ShortTitle>Specimen Act</ShortTitle><BillHistory><Stages stage='assented-to'><Date><YYYY>1998</YYYY><MM>12</MM><DD>1</DD></Date></Stages></BillHistory><Chapter><ConsolidatedNumber>S-1</ConsolidatedNumber></Chapter></Identification><Body><Heading level='1'><Label>PART I</Label><TitleText>Offences</TitleText></Heading><Section><MarginalNote>Bribery</MarginalNote><Label>3</Label><Subsection><Label>(1)</Label><Text>Nobody <XRefExternal>may</XRefExternal></Text><Paragraph><Label>(a)</Label><Text>bribe;</Text></Paragraph></Subsection><HistoricalNote><HistoricalNoteSubItem>1998, c. 34</HistoricalNoteSubItem></HistoricalNote></Section></Body></Statute>";
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read(text, &mut out);
        let draft = out.finish();
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
                "Paragraph An Act respecting specimens",
                "0 part PART I|Offences",
                "8 section 3|Bribery",
                "9 subsection (1)|",
                "Paragraph Nobody may",
                "10 paragraph (a)|",
                "Paragraph bribe;",
                "Footnote 1998, c. 34",
            ]
        );
        assert_eq!(draft.metadata.date.map(|d| d.to_string()).as_deref(), Some("1998-12-01"));
        assert_eq!(draft.metadata.number.as_deref(), Some("S-1"));
    }
}
