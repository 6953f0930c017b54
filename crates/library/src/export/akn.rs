//! A document as Akoma Ntoso 1.0 XML.

use std::collections::HashMap;
use std::fmt::Write;

use merida_law::{Origin, Provision, ProvisionKind, TaggedDocument, WorkKind};

/// How a document in this form begins.
pub(crate) const BEGINNING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
     <akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n";

/// A document as Akoma Ntoso 1.0 XML. Curated articles of the Convention are keywords of the classification.
pub(crate) fn write(document: &TaggedDocument) -> String {
    let mut out = String::with_capacity(4096);
    out.push_str(BEGINNING);
    let element = root(document.work.kind);
    let language = document.expression.language();
    let _ = writeln!(out, "<{element} name=\"{}\" xml:lang=\"{language}\">", document.work.kind);
    meta(document, &mut out);
    let _ = writeln!(
        out,
        "<preface><p><docTitle>{}</docTitle></p></preface>",
        escape(&document.expression.title)
    );
    body(document, &mut out);
    let _ = writeln!(out, "</{element}>\n</akomaNtoso>");
    out
}

/// Only the document types whose body is a hierarchy; a treaty or a judgment is written as an act with its own name.
fn root(kind: WorkKind) -> &'static str {
    if kind == WorkKind::Bill { "bill" } else { "act" }
}

fn meta(document: &TaggedDocument, out: &mut String) {
    let (work, expression) = (&document.work, &document.expression);
    let work_date = work.date.map_or_else(|| "0001-01-01".to_owned(), |d| whole_date(&d.to_string()));
    let date = expression.uri.date().map_or_else(|| work_date.clone(), |d| whole_date(&d.to_string()));
    let work_uri = escape(work.uri.as_str());
    let uri = escape(&expression.uri.to_string());
    out.push_str("<meta>\n<identification source=\"#merida\">\n");
    let _ = writeln!(out, "<FRBRWork><FRBRthis value=\"{work_uri}\"/><FRBRuri value=\"{work_uri}\"/>");
    for (name, title) in [("title", Some(&work.title)), ("title-en", work.title_en.as_ref())] {
        if let Some(title) = title {
            let _ = writeln!(out, "<FRBRalias value=\"{}\" name=\"{name}\"/>", escape(title));
        }
    }
    let _ = writeln!(out, "<FRBRdate date=\"{work_date}\" name=\"made\"/><FRBRauthor href=\"#source\"/>");
    let _ = writeln!(out, "<FRBRcountry value=\"{}\"/>", work.jurisdiction);
    if let Some(number) = &work.number {
        let _ = writeln!(out, "<FRBRnumber value=\"{}\"/>", escape(number));
    }
    out.push_str("</FRBRWork>\n");
    let _ = writeln!(out, "<FRBRExpression><FRBRthis value=\"{uri}\"/><FRBRuri value=\"{uri}\"/>");
    let _ = writeln!(out, "<FRBRdate date=\"{date}\" name=\"as-of\"/><FRBRauthor href=\"#source\"/>");
    let _ =
        writeln!(out, "<FRBRlanguage language=\"{}\"/></FRBRExpression>", expression.language().iso639_3());
    let _ = writeln!(
        out,
        "<FRBRManifestation><FRBRthis value=\"{uri}/main.xml\"/><FRBRuri value=\"{uri}.xml\"/>"
    );
    let _ = writeln!(
        out,
        "<FRBRdate date=\"{date}\" name=\"export\"/><FRBRauthor href=\"#merida\"/></FRBRManifestation>"
    );
    out.push_str("</identification>\n");
    classification(document, out);
    out.push_str("<references source=\"#merida\">\n");
    let url = expression.source.url.as_deref().unwrap_or(&expression.source.origin);
    let _ = writeln!(
        out,
        "<TLCOrganization eId=\"merida\" href=\"/ontology/organization/merida\" showAs=\"Merida\"/>"
    );
    let _ = writeln!(out, "<TLCOrganization eId=\"source\" href=\"{0}\" showAs=\"{0}\"/>", escape(url));
    out.push_str("</references>\n</meta>\n");
}

fn classification(document: &TaggedDocument, out: &mut String) {
    let curated: Vec<_> =
        document.tags.iter().filter(|tag| matches!(tag.origin, Origin::Curated { .. })).collect();
    if curated.is_empty() {
        return;
    }
    out.push_str("<classification source=\"#merida\">\n");
    for tag in curated {
        let _ = writeln!(
            out,
            "<keyword value=\"{0}\" showAs=\"Article {0}\" dictionary=\"uncac\" href=\"#{1}\"/>",
            tag.article, tag.provision
        );
    }
    out.push_str("</classification>\n");
}

/// Dates in the metadata are whole days; what is not known is the first of its span.
fn whole_date(date: &str) -> String {
    match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    }
}

/// Provisions as a tree, without recursion: `open` holds the elements that are not closed yet.
fn body(document: &TaggedDocument, out: &mut String) {
    let provisions = &document.provisions;
    let mut children: HashMap<&str, usize> = HashMap::new();
    for parent in provisions.iter().filter_map(|p| p.parent.as_ref()) {
        *children.entry(parent.as_str()).or_default() += 1;
    }
    let preamble = provisions.first().filter(|p| p.kind == ProvisionKind::Preamble && p.parent.is_none());
    let preamble = preamble.filter(|p| !children.contains_key(p.id.as_str()));
    if let Some(preamble) = preamble {
        let _ = writeln!(out, "<preamble eId=\"{}\">", preamble.id);
        for (class, line) in [("num", &preamble.label), ("heading", &preamble.heading)] {
            if !line.is_empty() {
                let _ = writeln!(out, "<p class=\"{class}\">{}</p>", inline(line));
            }
        }
        paragraphs(&preamble.text, out);
        out.push_str("</preamble>\n");
    }
    out.push_str("<body>\n");
    let mut open: Vec<(&Provision, &'static str)> = Vec::new();
    for provision in provisions.iter().skip(usize::from(preamble.is_some())) {
        while let Some((_, element)) = open.pop_if(|(last, _)| Some(&last.id) != provision.parent.as_ref()) {
            let _ = writeln!(out, "</{element}>");
        }
        let element = start(provision, document, out);
        let text = !provision.text.is_empty();
        if children.contains_key(provision.id.as_str()) {
            if text {
                out.push_str("<intro>");
                paragraphs(&provision.text, out);
                out.push_str("</intro>\n");
            }
            open.push((provision, element));
        } else {
            out.push_str("<content>");
            if text {
                paragraphs(&provision.text, out)
            } else {
                out.push_str("<p/>")
            }
            let _ = writeln!(out, "</content></{element}>");
        }
    }
    while let Some((_, element)) = open.pop() {
        let _ = writeln!(out, "</{element}>");
    }
    out.push_str("</body>\n");
}

/// Opens the element of a provision, with its number and heading; gives the element's name.
fn start(provision: &Provision, document: &TaggedDocument, out: &mut String) -> &'static str {
    let (element, name) = element(provision.kind);
    let _ = write!(out, "<{element}");
    if let Some(name) = name {
        let _ = write!(out, " name=\"{name}\"");
    }
    if provision.kind == ProvisionKind::Para {
        // Akoma Ntoso has one word for a paragraph that is a unit and for one that is part of a unit.
        let _ = write!(out, " class=\"{}\"", provision.kind);
    }
    let _ = write!(out, " eId=\"{}\"", provision.id);
    if let Some(language) = provision.language.filter(|l| *l != document.expression.language()) {
        let _ = write!(out, " xml:lang=\"{language}\"");
    }
    out.push_str(">\n");
    for (part, text) in [("num", &provision.label), ("heading", &provision.heading)] {
        if !text.is_empty() {
            let _ = writeln!(out, "<{part}>{}</{part}>", inline(text));
        }
    }
    element
}

/// The element of a kind of provision, and its name where the element is a general one.
fn element(kind: ProvisionKind) -> (&'static str, Option<&'static str>) {
    use ProvisionKind as Kind;
    match kind {
        Kind::Book => ("book", None),
        Kind::Part => ("part", None),
        Kind::Title => ("title", None),
        Kind::Chapter => ("chapter", None),
        Kind::Division => ("division", None),
        Kind::Subdivision => ("subdivision", None),
        Kind::Article => ("article", None),
        Kind::Section => ("section", None),
        Kind::Clause => ("clause", None),
        Kind::Rule => ("rule", None),
        Kind::Para | Kind::Paragraph => ("paragraph", None),
        Kind::Subsection => ("subsection", None),
        Kind::Subparagraph => ("subparagraph", None),
        Kind::Point => ("point", None),
        Kind::Schedule | Kind::Annex | Kind::Preamble | Kind::Conclusions | Kind::Table | Kind::Footnote => {
            ("hcontainer", Some(kind.as_str()))
        }
    }
}

fn paragraphs(text: &str, out: &mut String) {
    for line in text.split('\n') {
        let _ = write!(out, "<p>{}</p>", escape(line));
    }
}

/// Text of one line, its breaks written as elements.
fn inline(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("<eol/>")
}

/// Text as XML may hold it: marks written as entities, control characters left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            '\t' => out.push('\t'),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
