//! Akoma Ntoso that a library of ours has written: every provision has its id and kind there, so that nothing need be
//! recognised.

use merida_law::{Article, Provision, ProvisionId, ProvisionKind, WorkKind};

use super::collector::{Collector, Unit};
use super::xml::{Child, Tree};

/// Takes over the provisions of an export. False where the file is none, or not one throughout.
pub(super) fn read(tree: &Tree, out: &mut Collector<'_>) -> bool {
    let ours = tree
        .find(Tree::ROOT, "identification")
        .and_then(|identification| tree.attribute(identification, "source"))
        .is_some_and(|source| source == "#merida");
    let Some(root) = tree.find(Tree::ROOT, "akomaNtoso").and_then(|top| tree.elements(top).next()) else {
        return false;
    };
    if !ours {
        return false;
    }
    let mut provisions = Vec::new();
    for part in ["preamble", "body"].into_iter().filter_map(|name| tree.child(root, name)) {
        // A preamble is a provision; a body holds them.
        let read = if tree.name(part) == "preamble" {
            provision(tree, part, None, &mut provisions)
        } else {
            children(tree, part, None, &mut provisions)
        };
        if read.is_none() {
            return false;
        }
    }
    if provisions.is_empty() {
        return false;
    }
    facts(tree, root, out);
    for provision in &provisions {
        let unit = Unit {
            kind: Some(provision.kind),
            label: &provision.label,
            heading: &provision.heading,
            depth: 0,
            text: &provision.text,
        };
        out.unit(&unit, None);
    }
    out.finished(provisions);
    true
}

fn facts(tree: &Tree, root: usize, out: &mut Collector<'_>) {
    let metadata = out.metadata();
    metadata.kind = tree.attribute(root, "name").and_then(|name| name.parse::<WorkKind>().ok());
    metadata.language =
        tree.attribute(root, "lang").and_then(|language| language.parse().ok()).or(metadata.language);
    let mut aliases =
        tree.find(root, "FRBRWork").into_iter().flat_map(|work| tree.elements(work).collect::<Vec<_>>());
    let english = aliases.find(|id| tree.attribute(*id, "name") == Some("title-en"));
    metadata.title_en = english.and_then(|id| tree.attribute(id, "value")).map(str::to_owned);
    let Some(classification) = tree.find(root, "classification") else { return };
    for keyword in tree.elements(classification) {
        let article = tree.attribute(keyword, "value").and_then(|value| value.parse::<Article>().ok());
        let target = tree.attribute(keyword, "href").filter(|href| href.starts_with('#'));
        if let (Some(article), Some(target)) = (article, target) {
            metadata.articles.push((article, vec![target.to_owned()]));
        }
    }
}

/// The provisions below an element; none where one has no id that reads.
fn children(tree: &Tree, id: usize, parent: Option<&ProvisionId>, out: &mut Vec<Provision>) -> Option<()> {
    for child in tree.elements(id) {
        if tree.attribute(child, "eId").is_some() {
            provision(tree, child, parent, out)?;
        }
    }
    Some(())
}

// The depth of a tree is bounded when it is read.
fn provision(tree: &Tree, id: usize, parent: Option<&ProvisionId>, out: &mut Vec<Provision>) -> Option<()> {
    let own: ProvisionId = tree.attribute(id, "eId")?.parse().ok()?;
    let named = tree.attribute(id, "class").or_else(|| tree.attribute(id, "name"));
    let kind: ProvisionKind = named.unwrap_or_else(|| tree.name(id)).parse().ok()?;
    let line = |name: &str| tree.child(id, name).map(|part| inline(tree, part)).unwrap_or_default();
    let mut label = line("num");
    let mut heading = line("heading");
    let mut lines = Vec::new();
    let holder = ["content", "intro"].into_iter().find_map(|name| tree.child(id, name)).unwrap_or(id);
    for paragraph in tree.elements(holder).filter(|child| tree.name(*child) == "p") {
        let text = inline(tree, paragraph);
        match tree.attribute(paragraph, "class") {
            Some("num") => label = text,
            Some("heading") => heading = text,
            _ => lines.push(text),
        }
    }
    let language = tree.attribute(id, "lang").and_then(|language| language.parse().ok());
    let text = lines.join("\n");
    out.push(Provision { id: own.clone(), parent: parent.cloned(), kind, label, heading, text, language });
    children(tree, id, Some(&own), out)
}

/// The text of a line, with its breaks.
fn inline(tree: &Tree, id: usize) -> String {
    let mut text = String::new();
    for child in tree.children(id) {
        match child {
            Child::Text(own) => text.push_str(own),
            Child::Element(child) if tree.name(*child) == "eol" => text.push('\n'),
            Child::Element(child) => text.push_str(&inline(tree, *child)),
        }
    }
    text
}
