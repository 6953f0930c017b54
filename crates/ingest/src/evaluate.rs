//! How well the tagger suggests, measured against the provisions that a manifest tags.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{AddAssign, Range};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use merida_law::{Jurisdiction, Language, Level, ProvisionId, TaggedDocument};
use serde::Serialize;

use crate::manifest::{Manifest, ManifestEntry};
use crate::read::{Ingest, SourceFile};
use crate::tagger::{Tagger, Unit, tagger};

/// How well the tagger suggests the articles that a manifest names, by language and in all.
///
/// Counted are the units (articles, sections) of national laws that a tag names; tags on whole acts and on chapters are
/// left out, and so are treaties and the Convention's own text. A
/// suggestion is right when its whole article is that of a tag.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TagFigures {
    /// By language of the unit, in the order of the codes.
    pub languages: BTreeMap<Language, Figures>,
    /// Over the laws that the lexicons and rules were adjusted on.
    pub development: Figures,
    /// Over the laws that were not looked at (see [`is_held_out`]).
    pub held_out: Figures,
    /// Over all.
    pub total: Figures,
}

/// Figures over a set of units; the rates are `None` where no unit is tagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Units in the texts, tagged or not.
    pub units: u64,
    /// Units for which something is suggested.
    pub suggested: u64,
    /// Units that a tag names.
    pub tagged: u64,
    /// Sum over the tagged units: 1 where the first suggestion is right.
    first_right: f64,
    /// Sum over the tagged units: the share of their articles among the first three suggestions.
    among_three: f64,
    /// Sum over the tagged units: 1 / place of the first right suggestion.
    reciprocal: f64,
}

/// The figures cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// A file cannot be read.
    #[error(
        "cannot read {path}: {error}; name a folder that holds MANIFEST.toml and the files that it lists"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The manifest cannot be read.
    #[error("MANIFEST.toml: {0}")]
    Manifest(String),
}

/// Measures the tagger on the folder of a `MANIFEST.toml`: reads every file, suggests articles for every unit without
/// looking at its tags, and compares.
///
/// # Errors
/// If the manifest is not there or cannot be read. A listed file that is not there is passed over.
pub fn evaluate_tags(folder: &Path) -> Result<TagFigures, EvaluateError> {
    let path = folder.join("MANIFEST.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| EvaluateError::Io { path, error })?;
    let manifest = Manifest::parse(&text).map_err(|problem| EvaluateError::Manifest(problem.message))?;
    let entries = Mutex::new(manifest.entries.iter());
    let figures = Mutex::new(TagFigures::default());
    let next = || entries.lock().ok()?.next();
    let work = || {
        while let Some(entry) = next() {
            let found = evaluate_entry(folder, entry);
            if let Ok(mut figures) = figures.lock() {
                *figures += &found;
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    Ok(figures.into_inner().unwrap_or_default())
}

/// Whether the laws of a jurisdiction are kept out of sight while lexicons and rules are adjusted: so that the two
/// halves are settled once for all, where the letters of its code in lower case add up to an even number (gb: 103 + 98
/// is odd, development; ke: 107 + 101 is even, held out).
pub fn is_held_out(jurisdiction: Jurisdiction) -> bool {
    jurisdiction.code().to_lowercase().bytes().map(u32::from).sum::<u32>().is_multiple_of(2)
}

impl Figures {
    /// The share of tagged units whose first suggestion is right.
    pub fn precision_at_1(&self) -> Option<f64> {
        self.rate(self.first_right)
    }

    /// The share of a tagged unit's articles that are among its first three suggestions, averaged over the units.
    pub fn recall_at_3(&self) -> Option<f64> {
        self.rate(self.among_three)
    }

    /// The mean of 1 / place of the first right suggestion (0 where none is right).
    pub fn mean_reciprocal_rank(&self) -> Option<f64> {
        self.rate(self.reciprocal)
    }

    fn rate(&self, sum: f64) -> Option<f64> {
        (self.tagged > 0).then(|| sum / self.tagged as f64)
    }

    /// Counts a unit: the articles suggested, the likeliest first, and those tagged, by their numbers.
    fn count(&mut self, suggested: &[u8], tagged: &BTreeSet<u8>) {
        self.units += 1;
        self.suggested += u64::from(!suggested.is_empty());
        if tagged.is_empty() {
            return;
        }
        self.tagged += 1;
        let right = |number: &u8| tagged.contains(number);
        self.first_right += f64::from(u8::from(suggested.first().is_some_and(right)));
        let among_three = suggested.iter().take(3).filter(|number| right(number)).count();
        self.among_three += among_three as f64 / tagged.len() as f64;
        self.reciprocal += suggested.iter().position(right).map_or(0.0, |place| 1.0 / (place + 1) as f64);
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.units += other.units;
        self.suggested += other.suggested;
        self.tagged += other.tagged;
        self.first_right += other.first_right;
        self.among_three += other.among_three;
        self.reciprocal += other.reciprocal;
    }
}

impl AddAssign<&TagFigures> for TagFigures {
    fn add_assign(&mut self, other: &TagFigures) {
        for (language, figures) in &other.languages {
            *self.languages.entry(*language).or_default() += *figures;
        }
        self.development += other.development;
        self.held_out += other.held_out;
        self.total += other.total;
    }
}

fn evaluate_entry(folder: &Path, entry: &ManifestEntry) -> TagFigures {
    let mut figures = TagFigures::default();
    if entry.metadata.convention_text {
        return figures;
    }
    let Ok(bytes) = std::fs::read(folder.join(&entry.path)) else { return figures };
    let source = SourceFile {
        name: &entry.path,
        bytes: &bytes,
        sha256: merida_law::Sha256::new([0; 32]),
        stated: entry.metadata.clone(),
        fallback: crate::draft::Metadata::default(),
        encoding: entry.encoding.as_deref(),
    };
    let Some(document) = Ingest::default().read(&source).document else { return figures };
    if document.work.kind == merida_law::WorkKind::Treaty {
        return figures;
    }
    let half = if is_held_out(document.work.jurisdiction) {
        &mut figures.held_out
    } else {
        &mut figures.development
    };
    let tags = Tags::of(&document);
    for range in document.units() {
        let suggested = suggest(&document, range.clone());
        let tagged = tags.on(&document, range.clone());
        half.count(&suggested, &tagged);
        figures.total.count(&suggested, &tagged);
        figures.languages.entry(language(&document, range.start)).or_default().count(&suggested, &tagged);
    }
    figures
}

/// The curated tags of a document, by provision.
struct Tags<'a>(HashMap<&'a ProvisionId, BTreeSet<u8>>);

impl<'a> Tags<'a> {
    fn of(document: &'a TaggedDocument) -> Self {
        let mut tags: HashMap<_, BTreeSet<u8>> = HashMap::new();
        for tag in document.tags.iter().filter(|tag| matches!(tag.origin, merida_law::Origin::Curated { .. }))
        {
            tags.entry(&tag.provision).or_default().insert(tag.article.number());
        }
        Self(tags)
    }

    /// The articles of the tags on a unit or on one of its components.
    fn on(&self, document: &TaggedDocument, range: Range<usize>) -> BTreeSet<u8> {
        document.provisions[range]
            .iter()
            .filter(|provision| provision.kind.level() != Level::Container)
            .filter_map(|provision| self.0.get(&provision.id))
            .flatten()
            .copied()
            .collect()
    }
}

fn language(document: &TaggedDocument, place: usize) -> Language {
    document.provisions[place].language.unwrap_or_else(|| document.expression.language())
}

fn suggest(document: &TaggedDocument, range: Range<usize>) -> Vec<u8> {
    let containers = containers(document, range.start);
    let unit = Unit {
        language: language(document, range.start),
        title: &document.work.title,
        containers: &containers,
        heading: &document.provisions[range.start].heading,
        text: &document.unit_text(range),
    };
    tagger().suggest(unit).iter().map(|suggestion| suggestion.article.number()).collect()
}

/// The headings of the containers of the provision at `place`, the outermost first.
fn containers(document: &TaggedDocument, place: usize) -> Vec<&str> {
    let mut headings = Vec::new();
    let mut parent = document.provisions[place].parent.as_ref();
    for provision in document.provisions[..place].iter().rev() {
        if parent == Some(&provision.id) {
            parent = provision.parent.as_ref();
            if !provision.heading.is_empty() {
                headings.push(provision.heading.as_str());
            }
        }
        if parent.is_none() {
            break;
        }
    }
    headings.reverse();
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_count_as_their_names_say() {
        let mut figures = Figures::default();
        figures.count(&[15, 18], &BTreeSet::from([15]));
        figures.count(&[17, 22, 15], &BTreeSet::from([15, 17, 24, 25]));
        figures.count(&[8, 7], &BTreeSet::from([7]));
        figures.count(&[], &BTreeSet::from([7]));
        figures.count(&[31], &BTreeSet::new());
        figures.count(&[], &BTreeSet::new());
        assert_eq!((figures.units, figures.suggested, figures.tagged), (6, 4, 4));
        assert_eq!(figures.precision_at_1(), Some(0.5));
        assert_eq!(figures.recall_at_3(), Some((1.0 + 0.5 + 1.0) / 4.0));
        assert_eq!(figures.mean_reciprocal_rank(), Some((1.0 + 1.0 + 0.5) / 4.0));
        assert_eq!(Figures::default().precision_at_1(), None);
    }

    #[test]
    fn the_halves_are_settled_by_the_code() {
        let held_out = |code: &str| is_held_out(code.parse().expect("a jurisdiction"));
        assert!(held_out("ke") && held_out("fr") && !held_out("gb") && !held_out("cn"));
    }

    #[test]
    fn a_folder_without_manifest_says_what_to_name() {
        let error = evaluate_tags(Path::new("/nowhere/at/all")).expect_err("no folder");
        assert!(error.to_string().contains("MANIFEST.toml"), "{error}");
    }

    #[test]
    fn suggestions_on_real_laws_are_good_enough() {
        let shared = std::env::var("MERIDA_SHARED")
            .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
        if !shared.join("laws/MANIFEST.toml").exists() {
            eprintln!("skipped: no laws/MANIFEST.toml in {}; set MERIDA_SHARED", shared.display());
            return;
        }
        if cfg!(debug_assertions) {
            eprintln!("skipped: reading all laws takes minutes without --release; see also merida eval tags");
            return;
        }
        let figures = evaluate_tags(&shared.join("laws")).expect("the manifest can be read");
        for (language, figures) in &figures.languages {
            eprintln!("{language} {}", shown(figures));
        }
        eprintln!("development {}\nheld out {}", shown(&figures.development), shown(&figures.held_out));
        assert!(
            figures.held_out.precision_at_1() >= Some(0.75),
            "help: look at what the last change of rules broke"
        );
        assert!(
            figures.held_out.recall_at_3() >= Some(0.85),
            "help: look at what the last change of rules broke"
        );
    }

    fn shown(f: &Figures) -> String {
        let rate = |rate: Option<f64>| rate.map_or("-".to_owned(), |rate| format!("{rate:.3}"));
        format!(
            "units {} suggested {} tagged {} p@1 {} r@3 {} mrr {}",
            f.units,
            f.suggested,
            f.tagged,
            rate(f.precision_at_1()),
            rate(f.recall_at_3()),
            rate(f.mean_reciprocal_rank())
        )
    }
}
