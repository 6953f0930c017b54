//! The text of a law, cut into what a page shows.

use std::ops::Range;

use merida_law::{ExpressionUri, Level, ProvisionId, ProvisionKind, Taxonomy};
use merida_library::ShownProvision;

use crate::chips::Chips;
use crate::marking::{self, Marked, Marker, Piece};
use crate::texts::Texts;
use crate::tongue::Tongue;

/// Up to this many letters a law stands on one page.
const WHOLE: usize = 240_000;
/// A part of a larger one ends at the first heading after this many letters …
const PART: usize = 60_000;
/// … and in any case after this many, or after so many units.
const LONGEST_PART: usize = 120_000;

/// A law's provisions, grouped: containers, and units with their components.
pub(crate) struct Outline {
    /// The groups, in reading order.
    pub(crate) groups: Vec<Group>,
    /// The parts into which they are cut; one where the law stands on one page.
    pub(crate) parts: Vec<Range<usize>>,
}

/// A container, or a unit with its components.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Its place and that of its components.
    pub(crate) range: Range<usize>,
    /// Whether it groups others.
    pub(crate) container: bool,
    letters: usize,
}

/// A unit as shown, or the heading of a container.
pub(crate) struct Segment {
    /// Whether it is the heading of a container.
    pub(crate) container: bool,
    /// The level of its heading in HTML.
    pub(crate) level: u8,
    /// Itself.
    pub(crate) head: Block,
    /// Its components.
    pub(crate) components: Vec<Block>,
    /// The articles that it and its components bear on.
    pub(crate) chips: Chips,
    /// Its own page.
    pub(crate) url: String,
    /// What that link is called by those who do not see it in its place.
    pub(crate) name: String,
    /// How many marks stand in it.
    pub(crate) hits: usize,
    /// The unit with marks before it, and after it; empty for none.
    pub(crate) around: (String, String),
}

/// A provision as shown.
pub(crate) struct Block {
    /// Its id.
    pub(crate) id: String,
    /// How far it is set in, from 0.
    pub(crate) depth: u16,
    /// What it is, as a class.
    pub(crate) kind: &'static str,
    /// Its number.
    pub(crate) label: String,
    /// Its heading.
    pub(crate) heading: Vec<Piece>,
    /// Its paragraphs.
    pub(crate) paragraphs: Vec<Vec<Piece>>,
    /// Its cells, if it is a table.
    pub(crate) rows: Vec<Vec<String>>,
    /// Its language, where it is not that of the whole.
    pub(crate) tongue: Option<Tongue>,
}

impl Group {
    /// The only group of a provision's page.
    pub(crate) const fn of_unit(provisions: usize) -> Self {
        Self { range: 0..provisions, container: false, letters: 0 }
    }
}

impl Outline {
    /// Groups and cuts a law.
    pub(crate) fn new(provisions: &[ShownProvision]) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for (place, shown) in provisions.iter().enumerate() {
            let letters = shown.provision.text.len() + shown.provision.heading.len();
            match (shown.provision.kind.level(), groups.last_mut()) {
                (Level::Component, Some(group)) => {
                    group.range.end = place + 1;
                    group.letters += letters;
                }
                (level, _) => {
                    groups.push(Group {
                        range: place..place + 1,
                        container: level == Level::Container,
                        letters,
                    });
                }
            }
        }
        let parts = cut(&groups);
        Self { groups, parts }
    }

    /// The part that holds the provision of that id, if there is one.
    pub(crate) fn part_of(&self, provisions: &[ShownProvision], id: &str) -> Option<usize> {
        let place = provisions.iter().position(|shown| shown.provision.id.as_str() == id)?;
        let group = self.groups.iter().position(|group| group.range.contains(&place))?;
        self.parts.iter().position(|part| part.contains(&group))
    }
}

fn cut(groups: &[Group]) -> Vec<Range<usize>> {
    if groups.iter().map(|group| group.letters).sum::<usize>() <= WHOLE {
        return std::iter::once(0..groups.len()).collect();
    }
    let mut parts = Vec::new();
    let (mut start, mut letters) = (0, 0);
    for (place, group) in groups.iter().enumerate() {
        let opens = group.container && place > 0 && !groups[place - 1].container;
        if place > start && (letters >= LONGEST_PART || (letters >= PART && opens)) {
            parts.push(start..place);
            (start, letters) = (place, 0);
        }
        letters += group.letters;
    }
    parts.push(start..groups.len());
    parts
}

/// What is the same for every segment of a page.
pub(crate) struct Setting<'a> {
    /// The words of the interface.
    pub(crate) t: &'a Texts,
    /// The Convention.
    pub(crate) taxonomy: &'a Taxonomy,
    /// The expression that is shown.
    pub(crate) expression: &'a ExpressionUri,
    /// What is marked.
    pub(crate) marker: &'a Marker,
    /// The question, for links; empty for none.
    pub(crate) question: &'a str,
}

impl Setting<'_> {
    /// A group as shown.
    pub(crate) fn segment(&self, provisions: &[ShownProvision], group: &Group) -> Segment {
        let of_group = &provisions[group.range.clone()];
        let first = &of_group[0]; // a group has at least the provision that opened it
        let marked = self.marker.unit(of_group);
        let head = self.block(first, 0, &marked[0]);
        let components: Vec<Block> = of_group[1..]
            .iter()
            .zip(&marked[1..])
            .map(|(shown, marked)| self.block(shown, first.depth, marked))
            .collect();
        let hits = hits(&head) + components.iter().map(hits).sum::<usize>();
        let own = super::search::with_question(
            &format!("{}/~{}", self.expression, first.provision.id),
            self.question,
        );
        Segment {
            container: group.container,
            level: heading_level(first),
            chips: self.chips(of_group),
            name: self.t.provision(&first.provision),
            head,
            components,
            url: own,
            hits,
            around: (String::new(), String::new()),
        }
    }

    /// The articles of a unit and of its components, each once.
    fn chips(&self, of_group: &[ShownProvision]) -> Chips {
        let mut curated = Vec::new();
        let mut suggested: Vec<merida_library::SuggestedTag> = Vec::new();
        for shown in of_group {
            curated.extend(shown.articles.iter().copied());
            for tag in &shown.suggested {
                if !suggested.iter().any(|known| known.article == tag.article) {
                    suggested.push(tag.clone());
                }
            }
        }
        curated.sort_unstable();
        curated.dedup();
        Chips::with_evidence(self.t, self.taxonomy, &curated, &suggested)
    }

    fn block(&self, shown: &ShownProvision, from: u16, marked: &Marked) -> Block {
        let provision = &shown.provision;
        let table = provision.kind == ProvisionKind::Table;
        let mut start = 0;
        let lines = provision
            .text
            .split('\n')
            .map(|line| {
                let from = start;
                let end = from + u32::try_from(line.chars().count()).unwrap_or(0);
                start = end + 1;
                (line, (from, end))
            })
            .filter(|(line, _)| !line.trim().is_empty());
        let (mut rows, mut paragraphs) = (Vec::new(), Vec::new());
        for (line, place) in lines {
            if table {
                rows.push(line.split('\t').map(str::to_owned).collect());
            } else {
                paragraphs.push(marking::cut(line, &marking::within(&marked.text, place)));
            }
        }
        Block {
            id: provision.id.as_str().to_owned(),
            depth: shown.depth.saturating_sub(from).min(6),
            kind: provision.kind.as_str(),
            label: provision.label.clone(),
            heading: marking::cut(&provision.heading, &marked.heading),
            rows,
            paragraphs,
            tongue: provision.language.map(Tongue::from),
        }
    }
}

/// The title of the page is a heading 1; what lies outermost in the law a heading 2.
fn heading_level(shown: &ShownProvision) -> u8 {
    match shown.depth {
        0 => 2,
        1 => 3,
        _ => 4,
    }
}

fn hits(block: &Block) -> usize {
    block.heading.iter().chain(block.paragraphs.iter().flatten()).filter(|piece| piece.marked).count()
}

/// A line of the contents.
pub(crate) struct Entry {
    /// How far it is set in.
    pub(crate) depth: u16,
    /// What it is called where it has neither number nor heading; empty otherwise.
    pub(crate) unnamed: String,
    /// Its number.
    pub(crate) label: String,
    /// Its heading.
    pub(crate) heading: String,
    /// Where it is.
    pub(crate) url: String,
    /// Whether it groups others.
    pub(crate) container: bool,
    /// Whether it stands on the page that is shown.
    pub(crate) here: bool,
}

/// The contents of a law: all of a small one; of a large one its containers, and the units of the part shown.
pub(crate) fn contents(
    t: &Texts,
    outline: &Outline,
    provisions: &[ShownProvision],
    part: usize,
    link: impl Fn(usize, &ProvisionId) -> String,
) -> Vec<Entry> {
    let one_part = outline.parts.len() == 1;
    let mut entries = Vec::new();
    for (number, groups) in outline.parts.iter().enumerate() {
        let here = number == part;
        for (place, group) in outline.groups[groups.clone()].iter().enumerate() {
            let shown = &provisions[group.range.start];
            // A part that opens without a container is entered by its first unit.
            let listed = one_part || here || group.container || place == 0;
            if !listed {
                continue;
            }
            let provision = &shown.provision;
            entries.push(Entry {
                depth: shown.depth.min(5),
                unnamed: if provision.label.is_empty() && provision.heading.is_empty() {
                    t.provision_id(&provision.id)
                } else {
                    String::new()
                },
                label: provision.label.clone(),
                heading: provision.heading.chars().take(140).collect(),
                url: link(number, &provision.id),
                container: group.container,
                here,
            });
        }
    }
    entries
}
