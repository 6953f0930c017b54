//! Nodes become provisions: numbers are put right, headings are told from text, parts are enumerated, ids are given.

use merida_law::{Language, Level, Provision, ProvisionId, ProvisionKind};

use super::assemble::Tree;
use super::headings::{self, Unit};
use super::ids::Ids;
use super::parts::{self, Component};
use super::repair;

/// The provisions of a law, and what of its text none of them holds.
pub(super) struct Finished {
    pub(super) provisions: Vec<Provision>,
    /// Characters of dashes, colons and brackets between numbers, headings and text.
    pub(super) marks: u64,
    /// Characters of labels and headings that the text repeats.
    pub(super) repeated: u64,
}

struct Finisher {
    language: Language,
    ids: Ids,
    provisions: Vec<Provision>,
}

/// Finishes a tree.
pub(super) fn finish(tree: Tree<'_>, language: Language) -> Finished {
    let numbers = repair::numbers(&tree.nodes);
    let mut settled = headings::settle(tree.nodes, numbers);
    repair::words_beside_digits(&mut settled.units);
    let mut finisher = Finisher { language, ids: Ids::default(), provisions: Vec::new() };
    let mut ids: Vec<Option<ProvisionId>> = Vec::with_capacity(settled.units.len());
    for unit in settled.units {
        let parent = unit.node.parent.and_then(|parent| ids[parent].clone());
        let id = finisher.node(unit, parent);
        ids.push(id);
    }
    Finished {
        provisions: finisher.provisions,
        marks: tree.marks + settled.marks,
        repeated: tree.repeated + settled.repeated,
    }
}

impl Finisher {
    fn node(&mut self, unit: Unit<'_>, parent: Option<ProvisionId>) -> Option<ProvisionId> {
        if unit.node.kind.level() == Level::Container {
            let node = unit.node;
            let id = self.ids.container(&node, parent.as_ref());
            self.push(id.clone(), parent, node.kind, node.label, node.heading, String::new(), node.language);
            return Some(id);
        }
        let (text, components) = parts::components(&unit);
        let node = unit.node;
        if node.label.is_empty() && node.heading.is_empty() && text.is_empty() && components.is_empty() {
            return None;
        }
        let id = self.ids.unit(&node, parent.as_ref());
        self.push(id.clone(), parent, node.kind, node.label, node.heading, text, node.language);
        self.push_components(&id, components, node.language);
        Some(id)
    }

    #[expect(clippy::too_many_arguments, reason = "a provision has as many fields")]
    fn push(
        &mut self,
        id: ProvisionId,
        parent: Option<ProvisionId>,
        kind: ProvisionKind,
        label: String,
        heading: String,
        text: String,
        language: Language,
    ) {
        let language = (language != self.language).then_some(language);
        self.provisions.push(Provision { id, parent, kind, label, heading, text, language });
    }

    fn push_components(&mut self, unit: &ProvisionId, components: Vec<Component>, language: Language) {
        let mut ids: Vec<ProvisionId> = Vec::with_capacity(components.len());
        for component in components {
            let parent = component.parent.map_or(unit, |parent| &ids[parent]).clone();
            let id = self.ids.component(&parent, component.kind, &component.name);
            self.push(
                id.clone(),
                Some(parent),
                component.kind,
                component.label,
                component.heading,
                component.text,
                language,
            );
            ids.push(id);
        }
    }
}
