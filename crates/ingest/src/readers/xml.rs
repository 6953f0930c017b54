//! XML: a tree of bounded depth for the readers of known vocabularies, and a reader for any other.
//!
//! Entities are never expanded, but for the five of XML and numbers; nothing outside the file is ever fetched.

use merida_law::Problem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::collector::Collector;
use super::json::{self, Value};

/// An XML document; node 0 is the document itself.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
    line: u32,
}

/// What an element holds, in order.
pub(super) enum Child {
    /// Text.
    Text(String),
    /// An element, by its place in the tree.
    Element(usize),
}

impl Tree {
    /// The document.
    pub(super) const ROOT: usize = 0;

    /// The local name of an element.
    pub(super) fn name(&self, id: usize) -> &str {
        &self.nodes[id].name
    }

    /// The line on which an element begins.
    pub(super) fn line(&self, id: usize) -> u32 {
        self.nodes[id].line
    }

    /// An attribute by its local name.
    pub(super) fn attribute(&self, id: usize, name: &str) -> Option<&str> {
        self.nodes[id].attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What an element holds.
    pub(super) fn children(&self, id: usize) -> &[Child] {
        &self.nodes[id].children
    }

    /// The elements that an element holds.
    pub(super) fn elements(&self, id: usize) -> impl Iterator<Item = usize> {
        self.nodes[id].children.iter().filter_map(|child| match child {
            Child::Element(id) => Some(*id),
            Child::Text(_) => None,
        })
    }

    /// The child of that name.
    pub(super) fn child(&self, id: usize, name: &str) -> Option<usize> {
        self.elements(id).find(|&child| self.name(child) == name)
    }

    /// The first element of that name anywhere below.
    pub(super) fn find(&self, id: usize, name: &str) -> Option<usize> {
        let mut stack: Vec<usize> = self.elements(id).collect();
        stack.reverse();
        while let Some(next) = stack.pop() {
            if self.name(next) == name {
                return Some(next);
            }
            let at = stack.len();
            stack.extend(self.elements(next));
            stack[at..].reverse();
        }
        None
    }

    /// All text below, as it stands.
    pub(super) fn text(&self, id: usize) -> String {
        let mut text = String::new();
        self.add_text(id, &mut text);
        text
    }

    // The depth of a tree is bounded when it is read.
    fn add_text(&self, id: usize, text: &mut String) {
        for child in self.children(id) {
            match child {
                Child::Text(own) => text.push_str(own),
                Child::Element(id) => self.add_text(*id, text),
            }
        }
    }
}

/// The tree of `text`; what is wrong with it becomes problems of `out`, and what was read until then is kept.
pub(super) fn parse(text: &str, out: &mut Collector<'_>) -> Tree {
    let mut builder = Builder {
        tree: Tree {
            nodes: vec![Node { name: String::new(), attributes: Vec::new(), children: Vec::new(), line: 1 }],
        },
        open: vec![(0, String::new())],
        depth: out.limits().depth(),
        surplus: Vec::new(),
        too_deep: false,
        unknown: 0,
    };
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut line = 1;
    let mut at = 0;
    let mut declares = false;
    let mut syntax = None;
    loop {
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        line +=
            u32::try_from(text.as_bytes()[at..position].iter().filter(|&&b| b == b'\n').count()).unwrap_or(0);
        at = position;
        match reader.read_event() {
            Ok(Event::Start(tag)) => builder.open(&tag, line),
            Ok(Event::Empty(tag)) => {
                builder.open(&tag, line);
                let name = tag.name();
                builder.close(local(name.as_ref()));
            }
            Ok(Event::End(tag)) => {
                let name = tag.name();
                builder.close(local(name.as_ref()));
            }
            Ok(Event::Text(own)) => builder.text(&own.into_inner()),
            Ok(Event::CData(own)) => builder.text(&own.into_inner()),
            Ok(Event::GeneralRef(reference)) => builder.reference(&reference.into_inner()),
            Ok(Event::DocType(kind)) => declares |= kind.into_inner().contains("<!ENTITY"),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                syntax = Some((error.to_string(), line));
                break;
            }
        }
    }
    builder.report(declares, syntax, line, out);
    builder.tree
}

fn local(name: impl AsRef<[u8]>) -> String {
    let name = String::from_utf8_lossy(name.as_ref());
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

struct Builder {
    tree: Tree,
    /// The open elements.
    open: Vec<(usize, String)>,
    depth: usize,
    /// Elements open beyond the depth: their text falls to the deepest that is followed.
    surplus: Vec<String>,
    too_deep: bool,
    unknown: u64,
}

impl Builder {
    fn open(&mut self, tag: &BytesStart<'_>, line: u32) {
        let tag_name = tag.name();
        let name = local(tag_name.as_ref());
        if self.open.len() > self.depth {
            self.too_deep = true;
            if self.surplus.len() < 1_000_000 {
                self.surplus.push(name);
            }
            return;
        }
        let attributes = tag
            .attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| {
                let raw = attribute.value.as_ref().to_owned();
                let raw = String::from_utf8_lossy(raw.as_ref()).into_owned();
                let value = quick_xml::escape::unescape(&raw).map_or(raw.clone(), |v| v.into_owned());
                (local(attribute.key.as_ref()), value)
            })
            .collect();
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node { name: name.clone(), attributes, children: Vec::new(), line });
        if let Some((parent, _)) = self.open.last() {
            self.tree.nodes[*parent].children.push(Child::Element(id));
        }
        self.open.push((id, name));
    }

    fn close(&mut self, name: String) {
        if !self.surplus.is_empty() {
            self.surplus.pop();
            return;
        }
        // An end tag closes the nearest element of its name; those within it were never closed.
        if let Some(place) = self.open.iter().skip(1).rposition(|(_, open)| *open == name) {
            self.open.truncate(place + 1);
        }
    }

    fn text(&mut self, own: &str) {
        let Some((id, _)) = self.open.last() else { return };
        let children = &mut self.tree.nodes[*id].children;
        if let Some(Child::Text(text)) = children.last_mut() {
            text.push_str(own);
        } else {
            children.push(Child::Text(own.to_owned()));
        }
    }

    fn reference(&mut self, name: &str) {
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => name
                .strip_prefix('#')
                .and_then(|number| match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                })
                .and_then(char::from_u32)
                .filter(|&c| c >= ' ' || matches!(c, '\n' | '\t')),
        };
        match character {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
            None => {
                self.unknown += 1;
                if self.unknown <= 10_000 {
                    self.text(&format!("&{name};"));
                }
            }
        }
    }

    fn report(&mut self, declares: bool, syntax: Option<(String, u32)>, line: u32, out: &mut Collector<'_>) {
        if let Some((message, line)) = &syntax {
            out.problem(
                Problem::error(
                    format!("the XML is not well-formed: {message}"),
                    "fetch the file again; what stands before this line was read",
                )
                .at(*line),
            );
        } else if self.open.len() > 1 {
            let name = self.open.get(1).map(|(_, name)| name.clone()).unwrap_or_default();
            out.problem(
                Problem::error(
                    format!("the XML ends before <{name}> is closed"),
                    "the file may be cut off: fetch it again",
                )
                .at(line),
            );
        }
        if self.too_deep {
            out.problem(Problem::error(
                format!("the XML nests its elements more than {} deep", self.depth),
                "deeper text was taken in at that depth; raise max_depth in the configuration if the nesting is meant",
            ));
        }
        if declares {
            out.problem(Problem::warning(
                "the document type declares entities, which are never expanded",
                "remove the declarations, or write their text in full",
            ));
        }
        if self.unknown > 0 {
            let problem = format!("{} references to entities were left as they are written", self.unknown);
            let hint = "write their text in full";
            out.problem(if declares {
                Problem::error(problem, hint)
            } else {
                Problem::warning(problem, hint)
            });
        }
    }
}

/// XML of no known vocabulary: read as the records that it holds.
pub(super) fn read(text: &str, out: &mut Collector<'_>) {
    let tree = parse(text, out);
    let roots: Vec<usize> = tree.elements(Tree::ROOT).collect();
    for root in roots {
        let value = value(&tree, root);
        json::read_value(&value, out);
    }
}

/// An element as a value: text, an object of its children, or, where children repeat, a list in their order.
fn value(tree: &Tree, id: usize) -> Value {
    let has_text =
        tree.children(id).iter().any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()));
    let elements: Vec<usize> = tree.elements(id).collect();
    if has_text || elements.is_empty() {
        return Value::Text(tree.text(id));
    }
    let mut names: Vec<&str> = elements.iter().map(|&child| tree.name(child)).collect();
    names.sort_unstable();
    let repeats = names.windows(2).any(|pair| pair[0] == pair[1]);
    let single = elements.len() == 1 && tree.elements(elements[0]).next().is_some();
    if !repeats && !single {
        let pairs = elements.iter().map(|&child| (tree.name(child).to_owned(), value(tree, child))).collect();
        return Value::Object(pairs);
    }
    let items = elements.iter().map(|&child| match value(tree, child) {
        Value::Text(text) => Value::Object(vec![(tree.name(child).to_owned(), Value::Text(text))]),
        other => other,
    });
    Value::List(items.collect())
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
    fn bombs_and_entities_are_never_expanded() {
        let bomb = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><a><b>Art. 1 &y;</b><b>&f; &lt;&#233;&#x4e00;</b></a>";
        let draft = draft(bomb);
        let text: String = draft.blocks.iter().map(|b| b.text.as_str()).collect();
        assert!(text.contains("&y;") && text.contains("&f;") && text.contains("<é一"), "{text}");
        assert!(draft.problems.iter().any(|p| p.message.contains("declares entities")));
    }

    #[test]
    fn a_hundred_thousand_levels_are_a_problem_and_not_a_crash() {
        let deep = format!("<r>{}text{}</r>", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let draft = draft(&deep);
        assert!(draft.problems.iter().any(|p| p.message.contains("deep")), "{:?}", draft.problems);
        assert!(draft.blocks.iter().any(|b| b.text.contains("text")));
    }

    #[test]
    fn broken_xml_keeps_what_was_read_and_says_where_it_broke() {
        let draft = draft("<r>\n<p>one</p>\n<p>two");
        assert_eq!(draft.problems.len(), 1, "{:?}", draft.problems);
        assert_eq!(draft.problems[0].line, Some(3));
        assert_eq!(draft.blocks.len(), 2);
    }
}
