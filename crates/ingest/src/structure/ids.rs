//! Ids of provisions, each given once.

use std::collections::HashMap;

use merida_law::{ProvisionId, ProvisionKind};

use super::assemble::Node;

/// Gives ids, each once.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashMap<String, u32>,
    counts: HashMap<String, u32>,
}

impl Ids {
    /// The id of a container, within its parent's.
    pub(super) fn container(&mut self, node: &Node<'_>, parent: Option<&ProvisionId>) -> ProvisionId {
        let own = self.own(node, parent);
        match parent {
            Some(parent) => self.give(&format!("{parent}__{own}"), &own),
            None => self.give(&own, &own),
        }
    }

    /// The id of a unit: its own number, within its container only where the number comes again.
    pub(super) fn unit(&mut self, node: &Node<'_>, parent: Option<&ProvisionId>) -> ProvisionId {
        let own = self.own(node, parent);
        let alone = !node.number.is_empty() || parent.is_none();
        if alone && !self.taken.contains_key(&own) {
            return self.give(&own, &own);
        }
        if let Some(parent) = parent.filter(|parent| !parent.as_str().contains("-dup")) {
            let within = format!("{parent}__{own}");
            if !self.taken.contains_key(&within) {
                return self.give(&within, &own);
            }
        }
        self.give(&own, &own)
    }

    /// The id of a part of a unit.
    pub(super) fn component(&mut self, parent: &ProvisionId, kind: ProvisionKind, name: &str) -> ProvisionId {
        let name = if name.is_empty() { "x" } else { name };
        let own = format!("{}_{name}", kind.prefix());
        self.give(&format!("{parent}__{own}"), &own)
    }

    /// `art_12`; what has no number is counted among its kind in what holds it.
    fn own(&mut self, node: &Node<'_>, parent: Option<&ProvisionId>) -> String {
        let prefix = node.kind.prefix();
        if !node.number.is_empty() {
            return format!("{prefix}_{}", node.number);
        }
        if matches!(node.kind, ProvisionKind::Preamble | ProvisionKind::Conclusions) {
            return prefix.to_owned();
        }
        let key = format!("{}/{prefix}", parent.map_or("", ProvisionId::as_str));
        let count = self.counts.entry(key).or_default();
        *count += 1;
        if *count == 1 && matches!(node.kind, ProvisionKind::Schedule | ProvisionKind::Annex) {
            return prefix.to_owned();
        }
        format!("{prefix}_{count}")
    }

    fn give(&mut self, wanted: &str, own: &str) -> ProvisionId {
        // An id has a longest length; a very deep part is named by its own number and a count.
        let base = if wanted.len() > ProvisionId::MAX_BYTES - 16 {
            format!("deep__{own}")
        } else {
            wanted.to_owned()
        };
        let times = self.taken.entry(base.clone()).or_default();
        *times += 1;
        let mut text = if *times == 1 { base.clone() } else { format!("{base}-dup{times}") };
        while text != base && self.taken.contains_key(&text) {
            text.push('x');
        }
        if text != base {
            self.taken.insert(text.clone(), 1);
        }
        text.parse().unwrap_or_else(|_| self.fallback())
    }

    fn fallback(&mut self) -> ProvisionId {
        let count = self.counts.entry("/fallback".to_owned()).or_default();
        *count += 1;
        match format!("para_x{count}").parse() {
            Ok(id) => id,
            Err(_) => unreachable!("letters and digits are an id"),
        }
    }
}
