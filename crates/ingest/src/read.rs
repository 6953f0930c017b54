//! The way of a file through this crate: recognised, read, structured, checked for language, tagged.

use std::collections::HashSet;

use merida_law::{
    Article, Level, Origin, Problem, Provision, ProvisionId, ProvisionKind, Sha256, SourceFormat, Tag,
    TaggedDocument, WorkKind,
};

use crate::draft::{Draft, Metadata, Omission, ink};
use crate::limits::Limits;
use crate::tagger::{Tagger, Unit, tagger};
use crate::{bind, corpus, identity, languages, readers, sniff, structure};

/// A source file, and what is known of it beforehand.
#[derive(Clone, Debug)]
pub struct SourceFile<'a> {
    /// Its name as the report gives it: relative to the imported folder, with `/`.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The SHA-256 of its bytes.
    pub sha256: Sha256,
    /// What a manifest says of it; goes before what the file says of itself.
    pub stated: Metadata,
    /// What holds where neither the manifest nor the file says otherwise.
    pub fallback: Metadata,
    /// The encoding that a manifest declares.
    pub encoding: Option<&'a str>,
}

/// What was read from a file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The document; none if the file could not be read or nothing says whose law it is.
    pub document: Option<TaggedDocument>,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// The format that was recognised.
    pub format: Option<SourceFormat>,
    /// Running text found, in characters that are not white space.
    pub chars_read: u64,
    /// Running text that ended in provisions, in the same unit.
    pub chars_placed: u64,
    /// Running text that ended in no provision, with the reason.
    pub left_out: Vec<Omission>,
    /// Citations in curated tags that name a provision of the document.
    pub bound: u64,
    /// Citations in curated tags for which no provision was found.
    pub unbound: Vec<String>,
}

/// Reads source files. Cheap to share between threads.
#[derive(Clone, Debug, Default)]
pub struct Ingest {
    limits: Limits,
}

impl Ingest {
    /// A reader within `limits`.
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }

    /// The limits within which files are read.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads `file`. Never fails and never panics: what is wrong is a problem, and what could be read is read.
    pub fn read(&self, file: &SourceFile<'_>) -> Reading {
        let size = file.bytes.len() as u64;
        if size > self.limits.max_file_bytes {
            return refused(too_large(size, self.limits.max_file_bytes));
        }
        let format = match sniff::sniff(file.name, file.bytes) {
            Ok(format) => format,
            Err(problem) => return refused(problem),
        };
        let draft = readers::read(file.name, file.bytes, format, &self.limits, file.encoding);
        self.assemble(file, format, draft)
    }

    fn assemble(&self, file: &SourceFile<'_>, format: SourceFormat, mut draft: Draft) -> Reading {
        let mut metadata = file.stated.clone();
        metadata.fill_from(&draft.metadata);
        metadata.fill_from(&file.fallback);
        let mut reading = Reading {
            problems: std::mem::take(&mut draft.problems),
            format: Some(format),
            chars_read: draft.chars_read,
            left_out: std::mem::take(&mut draft.left_out),
            ..Reading::default()
        };
        note_other_format(&metadata, format, &mut reading.problems);
        if draft.blocks.iter().all(|block| block.text.trim().is_empty()) && reading.chars_read == 0 {
            if reading.problems.iter().all(|p| p.severity != merida_law::Severity::Error) {
                reading.problems.push(Problem::error(
                    "the file holds no text",
                    "look at the file; a scan needs OCR first",
                ));
            }
            return reading;
        }
        let spoken = languages::check(metadata.language, &metadata.languages, &draft.blocks);
        reading.problems.extend(spoken.problems);
        for (block, language) in draft.blocks.iter_mut().zip(&spoken.block_languages) {
            block.language = block.language.or(*language);
        }
        let Some(work) = identity::work(&metadata, file.name, &mut reading.problems) else {
            return reading;
        };
        let provisions = match draft.provisions {
            Some(provisions) => provisions,
            None => {
                let built =
                    structure::build(&draft.blocks, spoken.language, work.kind, &mut reading.problems);
                reading.left_out.extend(built.left_out);
                built.provisions
            }
        };
        reading.chars_placed = placed(&provisions);
        let expression =
            identity::expression(&work, &metadata, spoken.language, spoken.detected, format, file);
        let mut document = TaggedDocument { work, expression, provisions, tags: Vec::new() };
        tag(&mut document, &metadata, &mut reading);
        reading.document = Some(document);
        reading
    }
}

/// The works that the binary ships: (name, bytes), in the order of their names.
pub fn shipped() -> Vec<(&'static str, &'static [u8])> {
    corpus::corpus_tree("digests")
        .into_iter()
        .filter(|(name, _)| name.ends_with(".md") && !name.ends_with("README.md"))
        .map(|(name, text)| (name, text.as_bytes()))
        .collect()
}

/// The problem of a file that is larger than the limit; for whoever knows the size before reading.
pub(crate) fn too_large(size: u64, limit: u64) -> Problem {
    Problem::error(
        format!("the file has {} MB; the limit is {} MB", size >> 20, limit >> 20),
        "split the file, or raise max_file_bytes in the limits",
    )
}

fn refused(problem: Problem) -> Reading {
    Reading { problems: vec![problem], ..Reading::default() }
}

fn note_other_format(metadata: &Metadata, format: SourceFormat, problems: &mut Vec<Problem>) {
    if let Some(declared) = metadata.format.filter(|&declared| declared != format) {
        problems.push(Problem::note(
            format!("declared as {declared}, read as {format}"),
            "correct the manifest, or look at the file",
        ));
    }
}

fn placed(provisions: &[Provision]) -> u64 {
    provisions.iter().map(|p| ink(&p.label) + ink(&p.heading) + ink(&p.text)).sum()
}

fn tag(document: &mut TaggedDocument, metadata: &Metadata, reading: &mut Reading) {
    curate(document, metadata, reading);
    if metadata.convention_text {
        tag_convention(document);
    }
    if document.work.kind != WorkKind::Treaty {
        suggest(document);
    }
}

/// Binds the articles that the front matter or a manifest gives to the provisions that they name.
fn curate(document: &mut TaggedDocument, metadata: &Metadata, reading: &mut Reading) {
    let by = metadata.curated_by.as_deref().unwrap_or("the source");
    let language = document.expression.language();
    for (article, citations) in &metadata.articles {
        for citation in citations {
            match bind::bind(citation, &document.provisions, language) {
                bind::Bound::WholeWork => {}
                bind::Bound::Provisions(ids) if !ids.is_empty() => {
                    reading.bound += 1;
                    for provision in ids {
                        add(&mut document.tags, provision, *article, by);
                    }
                }
                bind::Bound::Provisions(_) => {
                    reading.problems.push(Problem::warning(
                        format!(
                            "no provision \"{citation}\" was found for article {article} of the Convention"
                        ),
                        "compare the citation with the labels in the text",
                    ));
                    reading.unbound.push(citation.clone());
                }
            }
        }
    }
}

fn add(tags: &mut Vec<Tag>, provision: ProvisionId, article: Article, by: &str) {
    let known = tags.iter().any(|tag| tag.provision == provision && tag.article == article);
    if !known {
        tags.push(Tag { provision, article, origin: Origin::Curated { by: by.to_owned() } });
    }
}

/// In the Convention's own text, article 15 is about article 15.
fn tag_convention(document: &mut TaggedDocument) {
    let tags =
        document.provisions.iter().filter(|p| p.kind == ProvisionKind::Article).filter_map(|provision| {
            let number = provision.id.as_str().strip_prefix("art_")?.parse().ok()?;
            Some((provision.id.clone(), Article::new(number)?))
        });
    for (provision, article) in tags.collect::<Vec<_>>() {
        add(&mut document.tags, provision, article, "the Convention's own numbering");
    }
}

/// Suggests articles for every unit that nobody has curated.
fn suggest(document: &mut TaggedDocument) {
    let curated: HashSet<&ProvisionId> = document.tags.iter().map(|tag| &tag.provision).collect();
    let mut suggested = Vec::new();
    let mut containers = Containers::default();
    let mut next = 0;
    for range in document.units() {
        for provision in &document.provisions[next..range.start] {
            containers.enter(provision);
        }
        next = range.end;
        let unit = &document.provisions[range.start];
        if document.provisions[range.clone()].iter().any(|p| curated.contains(&p.id)) {
            continue;
        }
        let headings = containers.headings();
        let text = document.unit_text(range.clone());
        let language = unit.language.unwrap_or_else(|| document.expression.language());
        let seen = Unit {
            language,
            title: &document.work.title,
            containers: &headings,
            heading: &unit.heading,
            text: &text,
        };
        for suggestion in tagger().suggest(seen) {
            suggested.push(Tag {
                provision: unit.id.clone(),
                article: suggestion.article,
                origin: Origin::Suggested { score: suggestion.score, evidence: suggestion.evidence },
            });
        }
    }
    document.tags.extend(suggested);
}

/// The headings of the containers that are open at a place in the text.
#[derive(Default)]
struct Containers<'a> {
    open: Vec<&'a Provision>,
}

impl<'a> Containers<'a> {
    fn enter(&mut self, provision: &'a Provision) {
        if provision.kind.level() != Level::Container {
            return;
        }
        let parent = provision.parent.as_ref();
        while self.open.last().is_some_and(|open| Some(&open.id) != parent) {
            self.open.pop();
        }
        self.open.push(provision);
    }

    fn headings(&self) -> Vec<&'a str> {
        self.open
            .iter()
            .map(|container| container.heading.as_str())
            .filter(|heading| !heading.is_empty())
            .collect()
    }
}
