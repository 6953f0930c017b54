//! Crown Legislation Markup Language, as legislation.gov.uk publishes it.

use merida_law::{Jurisdiction, Language, ProvisionKind, WorkKind};

use super::akn::{Role, Vocabulary, walk};
use super::collector::{Collector, tidy};
use super::facts;
use super::xml::{self, Tree};

pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let tree = xml::parse(text, out);
    metadata(&tree, out);
    walk(&tree, Tree::ROOT, &Clml, out);
}

fn metadata(tree: &Tree, out: &mut Collector<'_>) {
    let Some(root) = tree.find(Tree::ROOT, "Legislation") else { return };
    let attribute = |name: &str, attribute: &str| {
        tree.find(root, name).and_then(|id| tree.attribute(id, attribute)).map(str::to_owned)
    };
    let text = |name: &str| tree.find(root, name).map(|id| tidy(&tree.text(id)).replace('\n', " "));
    let prelims =
        ["PrimaryPrelims", "SecondaryPrelims", "EUPrelims"].iter().find_map(|name| tree.find(root, name));
    let title = text("title").or_else(|| {
        let title = tree.find(prelims?, "Title")?;
        Some(tidy(&tree.text(title)).replace('\n', " "))
    });
    let pairs: Vec<(String, String)> = [
        ("title", title),
        ("date", attribute("EnactmentDate", "Date").or_else(|| attribute("Made", "Date"))),
        ("as_of", tree.attribute(root, "RestrictStartDate").map(str::to_owned).or_else(|| text("valid"))),
        ("number", attribute("Number", "Value")),
        ("url", text("identifier").or_else(|| tree.attribute(root, "DocumentURI").map(str::to_owned))),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
    .collect();
    let kind = attribute("DocumentMainType", "Value").unwrap_or_default();
    let language = tree.attribute(root, "lang").and_then(|l| l.parse::<Language>().ok());
    let metadata = out.metadata();
    facts::fill(metadata, &pairs);
    metadata.language = metadata.language.or(language);
    metadata.jurisdiction = metadata.jurisdiction.or_else(|| "gb".parse::<Jurisdiction>().ok());
    metadata.kind = metadata.kind.or(match kind.as_str() {
        "" => None,
        kind if kind.contains("Instrument") || kind.contains("Order") || kind.contains("Rule") => {
            Some(WorkKind::Regulation)
        }
        kind if kind.contains("Bill") || kind.contains("Draft") => Some(WorkKind::Bill),
        _ => Some(WorkKind::Act),
    });
}

struct Clml;

impl Vocabulary for Clml {
    fn lends_heading(&self, tree: &Tree, id: usize) -> bool {
        tree.name(id) == "P1group"
    }

    fn role(&self, tree: &Tree, id: usize) -> Role {
        use ProvisionKind as Kind;
        match tree.name(id) {
            "Group" | "Part" => Role::Unit(Some(Kind::Part)),
            "Chapter" => Role::Unit(Some(Kind::Chapter)),
            "Pblock" => Role::Unit(Some(Kind::Division)),
            "PsubBlock" => Role::Unit(Some(Kind::Subdivision)),
            "Schedule" => Role::Unit(Some(Kind::Schedule)),
            "Appendix" => Role::Unit(Some(Kind::Annex)),
            // The title of a group is the heading of the sections in it.
            "P1group" => Role::Frame,
            "P1" => Role::Unit(Some(unit_kind(tree, id))),
            "P2group" | "P3group" => Role::Frame,
            "P2" => Role::Unit(Some(Kind::Subsection)),
            "P3" => Role::Unit(Some(Kind::Paragraph)),
            "P4" => Role::Unit(Some(Kind::Subparagraph)),
            "P5" | "P6" | "P7" => Role::Unit(Some(Kind::Point)),
            "SignedSection" | "ExplanatoryNotes" => Role::Unit(Some(Kind::Conclusions)),
            "PrimaryPreamble" | "SecondaryPreamble" | "EUPreamble" => Role::Unit(Some(Kind::Preamble)),
            "Pnumber" | "Number" => Role::Label,
            "Title" | "TitleBlock" => Role::Heading,
            "Text" | "Para" | "LongTitle" | "DateOfEnactment" | "IntroductoryText" => Role::Paragraph,
            "ListItem" => Role::Item,
            "Tabular" | "table" => Role::Table,
            "Footnote" | "Commentary" | "MarginNote" => Role::Note,
            "CommentaryRef" | "FootnoteRef" | "MarginNoteRef" | "Metadata" | "Versions" | "Resources" => {
                Role::Silent
            }
            "Contents" | "ContentsSchedules" => Role::LeftOut("table of contents"),
            "Emphasis" | "Strong" | "Superior" | "Inferior" | "SmallCaps" | "Underline" | "Citation"
            | "CitationSubRef" | "CitationListRef" | "InternalLink" | "ExternalLink" | "Addition"
            | "Repeal" | "Substitution" | "Term" | "Abbreviation" | "Acronym" | "Definition" | "Proviso"
            | "Span" | "DateText" | "InlineAmendment" | "Character" | "Reference" | "Expanded" => {
                Role::Inline
            }
            _ => Role::Frame,
        }
    }
}

/// What a first-level provision is: a section of an act, a paragraph of a schedule.
fn unit_kind(tree: &Tree, id: usize) -> ProvisionKind {
    let uri = tree.attribute(id, "IdURI").unwrap_or_default();
    let link = tree.attribute(id, "id").unwrap_or_default();
    if uri.contains("/schedule") || link.starts_with("schedule") {
        ProvisionKind::Para
    } else if uri.contains("/article/") || link.starts_with("article") {
        ProvisionKind::Article
    } else if uri.contains("/regulation/") || link.starts_with("regulation") || uri.contains("/rule/") {
        ProvisionKind::Rule
    } else {
        ProvisionKind::Section
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::BlockKind;
    use crate::limits::Limits;

    #[test]
    fn sections_take_their_heading_from_the_group() {
        let text = "<Legislation xmlns='http://www.legislation.gov.uk/namespaces/legislation' DocumentURI='http://example.org/act'><Metadata><title>Specimen Act 2010</title><EnactmentDate Date='2010-04-08'/><Number Value='23'/></Metadata><Primary><PrimaryPrelims><Title>Specimen Act 2010</Title><LongTitle>An Act to test.</LongTitle></PrimaryPrelims><Body><Part><Number>Part 1</Number><Title>Offences</Title><P1group><Title>Bribing</Title><P1 id='section-1'><Pnumber>1</Pnumber><P1para><P2><Pnumber>1</Pnumber><P2para><Text>Nobody may<CommentaryRef Ref='c1'/> bribe.</Text></P2para></P2></P1para></P1></P1group><P1 id='section-2'><Pnumber>2</Pnumber><P1para><Text>No group.</Text></P1para></P1></Part></Body></Primary><Commentaries><Commentary id='c1'><Para><Text>a note</Text></Para></Commentary></Commentaries></Legislation>";
        let limits = Limits::default();
        let mut out = Collector::new(&limits);
        read(text, &mut out);
        let draft = out.finish();
        let units: Vec<String> = draft
            .blocks
            .iter()
            .filter_map(|b| match &b.kind {
                BlockKind::Unit { kind, label, heading, depth } => {
                    Some(format!("{depth} {} {label}|{heading}", kind.map_or("", |k| k.as_str())))
                }
                _ => None,
            })
            .collect();
        assert_eq!(
            units,
            ["0 part Part 1|Offences", "1 section 1|Bribing", "2 subsection 1|", "1 section 2|"],
            "{:#?}",
            draft.blocks
        );
        assert_eq!(draft.metadata.title.as_deref(), Some("Specimen Act 2010"));
        assert_eq!(draft.metadata.number.as_deref(), Some("23"));
        assert!(draft.blocks.iter().any(|b| b.kind == BlockKind::Footnote));
    }
}
