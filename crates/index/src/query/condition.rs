//! What an answer must be, in words that say nothing of any engine.

use merida_law::{Article, Authority, Jurisdiction, Language, Region, Status, SubRegion, WorkKind, WorkUri};
use serde::Serialize;

use super::Field;
use super::pattern::Pattern;
use crate::{ConceptId, OriginKind};

/// A condition that a provision meets or does not meet; it adds nothing to any score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Every one is met; of none, always.
    All(Vec<Condition>),
    /// At least one is met; of none, never.
    Any(Vec<Condition>),
    /// It is not met.
    Not(Box<Condition>),
    /// Something stands in the heading and text of the provision.
    Text(Spans),
    /// Something stands in the heading of the provision.
    Heading(Spans),
    /// The title of the work holds all of these words, each given in several forms.
    Title(Vec<Vec<String>>),
    /// The title of the work holds a word that begins so, folded.
    TitleBegins(String),
    /// The provision bears one of these numbers.
    Label(String),
    /// A property of the provision or of its work.
    Is(Property),
}

/// A property that a provision or its work has.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Property {
    /// Tagged with the article or a part of it; by this origin, where one is given.
    Article(Article, Option<OriginKind>),
    /// Tagged with an article of the chapter, 1 to 8; by this origin, where one is given.
    Chapter(u8, Option<OriginKind>),
    /// Dealing with the concept or a kind of it.
    Concept(ConceptId),
    /// Tagged by this origin.
    Origin(OriginKind),
    /// Law of the jurisdiction.
    Jurisdiction(Jurisdiction),
    /// Law of a State of the region.
    Region(Region),
    /// Law of a State of the part of a region.
    SubRegion(SubRegion),
    /// In the language.
    Language(Language),
    /// Of the kind.
    Kind(WorkKind),
    /// Of the status, whatever its date.
    Status(Status),
    /// Of the authority.
    Authority(Authority),
    /// Made in these years, both included.
    Years(Option<i16>, Option<i16>),
    /// Of the work.
    Work(WorkUri),
}

/// Stretches of a text: words at places, counted in exact terms.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spans<L = Leaf> {
    /// Any of these.
    Leaves(Vec<L>),
    /// Any of the leaves of each slot, each slot at its distance from the beginning.
    Phrase(Vec<(u32, Vec<L>)>),
    /// Any of these.
    Any(Vec<Spans<L>>),
    /// The two close together: the stretch that covers both.
    Near {
        /// What stands first where `ordered`.
        left: Box<Spans<L>>,
        /// The other.
        right: Box<Spans<L>>,
        /// How many places there may be from the end of one to the beginning of the other.
        within: u32,
        /// Whether `left` must stand before `right`.
        ordered: bool,
    },
}

/// A term or terms at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leaf {
    /// A term of a field.
    Term(Field, String),
    /// Any exact term of the pattern.
    Pattern(Pattern),
}

/// The first and the last place of a stretch.
pub(crate) type Span = (u32, u32);

impl Condition {
    /// The condition that all of `conditions` are met, without needless nesting; none where there are none.
    pub(crate) fn all(conditions: Vec<Self>) -> Option<Self> {
        let mut conditions = once(conditions);
        match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(Self::All(conditions)),
        }
    }

    /// The condition that any of `conditions` is met, without needless nesting; none where there are none.
    pub(crate) fn any(conditions: Vec<Self>) -> Option<Self> {
        let mut conditions = once(conditions);
        match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(Self::Any(conditions)),
        }
    }

    /// Whether something in it must stand in the text, so that meeting it says something of the provision itself.
    pub(crate) fn asks_text(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::asks_text),
            Self::Not(_) | Self::Title(_) | Self::TitleBegins(_) | Self::Is(_) => false,
            Self::Text(_) | Self::Heading(_) | Self::Label(_) => true,
        }
    }

    /// What must stand in texts or headings, whichever way it is put together.
    pub(crate) fn stretches<'a>(&'a self, found: &mut Vec<(&'a Spans, bool)>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.stretches(found)),
            Self::Text(spans) => found.push((spans, false)),
            Self::Heading(spans) => found.push((spans, true)),
            Self::Not(_) | Self::Title(_) | Self::TitleBegins(_) | Self::Label(_) | Self::Is(_) => {}
        }
    }
}

/// Each condition once.
fn once(conditions: Vec<Condition>) -> Vec<Condition> {
    let mut kept: Vec<Condition> = Vec::with_capacity(conditions.len());
    for condition in conditions {
        if !kept.contains(&condition) {
            kept.push(condition);
        }
    }
    kept
}

impl<L> Spans<L> {
    /// Whether places must be looked at, beside which leaves an entry holds.
    pub(crate) fn needs_places(&self) -> bool {
        match self {
            Self::Leaves(_) => false,
            Self::Phrase(slots) => slots.len() > 1,
            Self::Any(parts) => parts.iter().any(Self::needs_places),
            Self::Near { .. } => true,
        }
    }

    /// The same with other leaves.
    pub(crate) fn map<M>(&self, leaf: &mut impl FnMut(&L) -> M) -> Spans<M> {
        match self {
            Self::Leaves(leaves) => Spans::Leaves(leaves.iter().map(leaf).collect()),
            Self::Phrase(slots) => Spans::Phrase(
                slots
                    .iter()
                    .map(|(place, leaves)| (*place, leaves.iter().map(&mut *leaf).collect()))
                    .collect(),
            ),
            Self::Any(parts) => Spans::Any(parts.iter().map(|part| part.map(leaf)).collect()),
            Self::Near { left, right, within, ordered } => Spans::Near {
                left: Box::new(left.map(leaf)),
                right: Box::new(right.map(leaf)),
                within: *within,
                ordered: *ordered,
            },
        }
    }

    /// Where it stands, in order; `places` adds the stretches of a leaf.
    pub(crate) fn stand(&self, places: &mut impl FnMut(&L, &mut Vec<Span>)) -> Vec<Span> {
        match self {
            Self::Leaves(leaves) => of_leaves(leaves, places),
            Self::Phrase(slots) => of_phrase(slots, places),
            Self::Any(parts) => in_order(parts.iter().flat_map(|part| part.stand(places)).collect()),
            Self::Near { left, right, within, ordered } => {
                let (left, right) = (left.stand(places), right.stand(places));
                let mut found = Vec::new();
                near(&left, &right, *within, *ordered, |a, b| {
                    found.push((a.0.min(b.0), a.1.max(b.1)));
                });
                in_order(found)
            }
        }
    }

    /// The stretches that a reader should see: of what stands close together, only what it is made of.
    pub(crate) fn shown(&self, places: &mut impl FnMut(&L, &mut Vec<Span>)) -> Vec<Span> {
        match self {
            Self::Leaves(_) | Self::Phrase(_) => self.stand(places),
            Self::Any(parts) => in_order(parts.iter().flat_map(|part| part.shown(places)).collect()),
            Self::Near { left, right, within, ordered } => {
                let stands = (left.stand(places), right.stand(places));
                let (mut lefts, mut rights) = (Vec::new(), Vec::new());
                near(&stands.0, &stands.1, *within, *ordered, |a, b| {
                    lefts.push(a);
                    rights.push(b);
                });
                let inside = |shown: Vec<Span>, of: &[Span]| -> Vec<Span> {
                    shown
                        .into_iter()
                        .filter(|span| of.iter().any(|whole| whole.0 <= span.0 && span.1 <= whole.1))
                        .collect()
                };
                let mut found = inside(left.shown(places), &in_order(lefts));
                found.extend(inside(right.shown(places), &in_order(rights)));
                in_order(found)
            }
        }
    }
}

fn of_leaves<L>(leaves: &[L], places: &mut impl FnMut(&L, &mut Vec<Span>)) -> Vec<Span> {
    let mut found = Vec::new();
    for leaf in leaves {
        places(leaf, &mut found);
    }
    if leaves.len() > 1 { in_order(found) } else { found }
}

fn of_phrase<L>(slots: &[(u32, Vec<L>)], places: &mut impl FnMut(&L, &mut Vec<Span>)) -> Vec<Span> {
    let Some(((first, leaves), rest)) = slots.split_first() else { return Vec::new() };
    let mut found = of_leaves(leaves, places);
    for (place, leaves) in rest {
        if found.is_empty() {
            break;
        }
        let others = of_leaves(leaves, places);
        found.retain_mut(|span| {
            let wanted = span.0 + (place - first);
            let at = others.partition_point(|other| other.0 < wanted);
            let stands = others.get(at).filter(|other| other.0 == wanted);
            if let Some(other) = stands {
                span.1 = span.1.max(other.1);
            }
            stands.is_some()
        });
    }
    found
}

/// Calls `pair` for what stands close together without overlapping. Each of `left` is paired with the nearest few.
fn near(left: &[Span], right: &[Span], within: u32, ordered: bool, mut pair: impl FnMut(Span, Span)) {
    let longest = right.iter().map(|span| span.1 - span.0).max().unwrap_or(0);
    for &a in left {
        let from = if ordered { a.1 } else { a.0.saturating_sub(within + longest) };
        let begin = right.partition_point(|span| span.0 < from);
        for &b in right[begin..].iter().take_while(|span| span.0 <= a.1.saturating_add(within)) {
            let follows = b.0 > a.1 && b.0 - a.1 <= within;
            let precedes = !ordered && b.1 < a.0 && a.0 - b.1 <= within;
            if follows || precedes {
                pair(a, b);
            }
        }
    }
}

fn in_order(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup();
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(places: &[u32]) -> Spans<Vec<Span>> {
        Spans::Leaves(vec![places.iter().map(|&place| (place, place)).collect()])
    }

    fn stand(spans: &Spans<Vec<Span>>) -> Vec<Span> {
        spans.stand(&mut |leaf, found| found.extend(leaf))
    }

    fn near_of(
        left: Spans<Vec<Span>>,
        right: Spans<Vec<Span>>,
        within: u32,
        ordered: bool,
    ) -> Spans<Vec<Span>> {
        Spans::Near { left: Box::new(left), right: Box::new(right), within, ordered }
    }

    #[test]
    fn stretches_stand_where_their_words_do() {
        let phrase =
            Spans::Phrase(vec![(0, vec![vec![(2, 2), (7, 7)]]), (1, vec![vec![(8, 8)], vec![(4, 4)]])]);
        assert_eq!(stand(&phrase), [(7, 8)]);
        assert_eq!(stand(&near_of(leaf(&[1, 20]), leaf(&[4, 14]), 3, false)), [(1, 4)]);
        assert_eq!(stand(&near_of(leaf(&[20]), leaf(&[14]), 6, false)), [(14, 20)]);
        assert!(stand(&near_of(leaf(&[20]), leaf(&[14]), 6, true)).is_empty(), "in this order");
        assert!(stand(&near_of(leaf(&[3]), leaf(&[3]), 6, false)).is_empty(), "no word is near itself");
        let nested = near_of(near_of(leaf(&[1]), leaf(&[3]), 2, false), leaf(&[6]), 3, true);
        assert_eq!(stand(&nested), [(1, 6)]);
        let shown = nested.shown(&mut |leaf: &Vec<Span>, found: &mut Vec<Span>| found.extend(leaf));
        assert_eq!(shown, [(1, 1), (3, 3), (6, 6)], "the words, not what stands between them");
    }
}
