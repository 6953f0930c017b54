//! What a source file becomes.

use serde::{Deserialize, Serialize};

use crate::{Expression, Level, Provision, Tag, Work};

/// A law as read: the work, this expression of it, its provisions in reading order and the articles that they bear on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaggedDocument {
    /// The work.
    pub work: Work,
    /// This language and version of it.
    pub expression: Expression,
    /// Its provisions, flat, in reading order, parents before children.
    pub provisions: Vec<Provision>,
    /// The articles that they bear on.
    pub tags: Vec<Tag>,
}

impl TaggedDocument {
    /// The positions of the units in `provisions`, each with the position after its last component.
    ///
    /// A unit is what is cited first: an article, a section. Its components follow it directly.
    pub fn units(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        units(&self.provisions)
    }

    /// The full text of the unit at `range` (see [`Self::units`]): heading, text and components, one a line.
    ///
    /// The unit's own label is left out; the labels of its components stand before their text. Offsets in
    /// [`crate::Evidence`] and in search results count in this text.
    pub fn unit_text(&self, range: std::ops::Range<usize>) -> String {
        unit_text(&self.provisions[range])
    }
}

pub(crate) fn units(provisions: &[Provision]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < provisions.len() {
            let start = next;
            next += 1;
            if provisions[start].kind.level() == Level::Container && provisions[start].text.is_empty() {
                continue;
            }
            while next < provisions.len() && provisions[next].kind.level() == Level::Component {
                next += 1;
            }
            return Some(start..next);
        }
        None
    })
}

pub(crate) fn unit_text(provisions: &[Provision]) -> String {
    let mut lines = Vec::with_capacity(provisions.len());
    for (position, provision) in provisions.iter().enumerate() {
        let label = if position == 0 { "" } else { provision.label.as_str() };
        let body = join(&[&provision.heading, &provision.text], "\n");
        lines.push(join(&[label, &body], " "));
    }
    join(&lines.iter().map(String::as_str).collect::<Vec<_>>(), "\n")
}

fn join(pieces: &[&str], between: &str) -> String {
    let pieces: Vec<&str> = pieces.iter().copied().filter(|piece| !piece.is_empty()).collect();
    pieces.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProvisionKind;

    fn provision(id: &str, kind: ProvisionKind, label: &str, heading: &str, text: &str) -> Provision {
        Provision {
            id: id.parse().expect("a sound id"),
            parent: None,
            kind,
            label: label.into(),
            heading: heading.into(),
            text: text.into(),
            language: None,
        }
    }

    #[test]
    fn a_unit_is_read_with_its_components_and_a_container_only_for_words_of_its_own() {
        let provisions = [
            provision("chp_1", ProvisionKind::Chapter, "Chapter 1", "Offences", ""),
            provision("art_1", ProvisionKind::Article, "Article 1", "Gifts", "No gifts:"),
            provision("art_1__point_a", ProvisionKind::Point, "(a)", "", "of money"),
            provision("art_1__point_b", ProvisionKind::Point, "(b)", "", ""),
            provision("chp_2", ProvisionKind::Chapter, "Chapter 2", "", "Applies to ministers."),
            provision("art_2", ProvisionKind::Article, "Article 2", "", "Repealed"),
        ];
        let found: Vec<_> = units(&provisions).collect();
        assert_eq!(found, [1..4, 4..5, 5..6]);
        assert_eq!(unit_text(&provisions[1..4]), "Gifts\nNo gifts:\n(a) of money\n(b)");
        assert_eq!(unit_text(&provisions[4..5]), "Applies to ministers.");
    }
}
