//! From the paths that were named to the files that are read, in order.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use merida_ingest::{Manifest, ManifestEntry, Metadata};
use merida_law::{Problem, Severity, Sha256};

use crate::exchange::exact_of;
use crate::import::SourceProblem;

/// A file to read, or a reason why it is not.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// How the report names it.
    pub(crate) name: String,
    /// What identifies it to the reader: never an absolute path.
    pub(crate) source_name: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// By which way it was reached, links left in: what is read there again is the same source.
    pub(crate) place: PathBuf,
    /// The folder that was imported and holds it, where original files of an export are looked for.
    pub(crate) root: Option<PathBuf>,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// What a manifest says of it.
    pub(crate) stated: Metadata,
    /// The encoding that a manifest declares.
    pub(crate) encoding: Option<String>,
    /// The hash that a manifest declares.
    pub(crate) sha256: Option<Sha256>,
    /// What was wrong before it was read; with an error among these it is not read.
    pub(crate) problems: Vec<Problem>,
}

/// The endings of files that a folder without a manifest is searched for.
const ENDINGS: [&str; 11] =
    ["md", "markdown", "html", "htm", "xml", "akn", "json", "csv", "txt", "pdf", "docx"];
const MANIFEST: &str = "MANIFEST.toml";
/// A manifest is read whole, so it has a limit of its own.
const MAX_MANIFEST_BYTES: u64 = 64 << 20;
/// How deep folders may lie within one another.
const MAX_DEPTH: usize = 64;

/// What was found.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The files, in order.
    pub(crate) jobs: Vec<Job>,
    /// What was noted that concerns no file of its own and keeps nothing out.
    pub(crate) notes: Vec<SourceProblem>,
}

/// The files that `paths` name: those of each folder sorted by name. Nothing is an error; what cannot be read is a
/// job with a problem. Blocking.
pub(crate) fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        match fs::canonicalize(path) {
            Err(e) => {
                let job = Job::refused(shown(path), path, format!("cannot read it: {e}"), "check the path");
                gathered.jobs.push(job);
            }
            Ok(real) if real.is_dir() => {
                let mut walk = Walk { root: &real, seen: HashSet::new(), gathered: &mut gathered };
                walk.folder(&real, "", 0);
            }
            Ok(_) => gathered.jobs.push(single(path)),
        }
    }
    gathered
}

fn single(path: &Path) -> Job {
    let source_name = path.file_name().map_or_else(|| shown(path), |name| shown(Path::new(name)));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let place = fs::canonicalize(folder).map_or_else(|_| path.to_owned(), |folder| folder.join(&source_name));
    Job { place, ..Job::found(shown(path), source_name, path.to_owned(), None) }
}

/// A path as a report shows it, with `/` between its parts.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

impl Job {
    fn found(name: String, source_name: String, path: PathBuf, root: Option<PathBuf>) -> Self {
        let mut job = Self {
            place: path.clone(),
            name,
            source_name,
            path,
            root,
            size: 0,
            stated: Metadata::default(),
            encoding: None,
            sha256: None,
            problems: Vec::new(),
        };
        match fs::metadata(&job.path) {
            Ok(metadata) if metadata.is_file() => job.size = metadata.len(),
            // A pipe or a device may never end.
            Ok(_) => job.problems.push(Problem::error("it is not a regular file", "give a file or a folder")),
            Err(e) => job
                .problems
                .push(Problem::error(format!("cannot read it: {e}"), "check that it is there and readable")),
        }
        job
    }

    /// A work that the binary ships.
    pub(crate) fn shipped(name: &str) -> Self {
        let name = format!("corpus/{name}");
        let place = PathBuf::from(format!("shipped:{name}"));
        Self { place, problems: Vec::new(), ..Self::refused(name, Path::new(""), "", "") }
    }

    fn refused(name: String, path: &Path, message: impl Into<String>, hint: &str) -> Self {
        Self {
            source_name: name.clone(),
            name,
            path: path.to_owned(),
            place: path.to_owned(),
            root: None,
            size: 0,
            stated: Metadata::default(),
            encoding: None,
            sha256: None,
            problems: vec![Problem::error(message, hint)],
        }
    }
}

struct Walk<'a> {
    root: &'a Path,
    /// Folders already entered, so that a link to a folder above ends.
    seen: HashSet<PathBuf>,
    gathered: &'a mut Gathered,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        if depth > MAX_DEPTH || !self.seen.insert(folder.to_owned()) {
            return;
        }
        let manifest = folder.join(MANIFEST);
        if manifest.is_file() {
            return self.manifest(folder, &manifest, prefix);
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => {
                let job = Job::refused(
                    named(prefix, "."),
                    folder,
                    format!("cannot read the folder: {e}"),
                    "check its permissions",
                );
                return self.gathered.jobs.push(job);
            }
        };
        let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        entries.sort();
        for path in entries {
            self.entry(&path, prefix, depth);
        }
    }

    fn entry(&mut self, path: &Path, prefix: &str, depth: usize) {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { return };
        if name.starts_with('.') {
            return;
        }
        let Some(real) = self.within_root(path, &named(prefix, &name)) else { return };
        if real.is_dir() {
            return self.folder(&real, &named(prefix, &name), depth + 1);
        }
        let ending =
            Path::new(&name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if ENDINGS.contains(&ending.as_str()) {
            let name = named(prefix, &name);
            let place = self.root.join(&name);
            let job = Job::found(name.clone(), name, real, Some(self.root.to_owned()));
            self.gathered.jobs.push(Job { place, ..job });
        }
    }

    /// The real path, if it lies within the folder that was named; a link that leads out is a problem.
    fn within_root(&mut self, path: &Path, name: &str) -> Option<PathBuf> {
        match fs::canonicalize(path) {
            Ok(real) if real.starts_with(self.root) => Some(real),
            Ok(_) => {
                let hint = "copy the file into the folder, or name it on the command line";
                self.gathered.jobs.push(Job::refused(
                    name.to_owned(),
                    path,
                    "it is a link that leads out of the folder",
                    hint,
                ));
                None
            }
            Err(e) => {
                let hint = "check that it is there and readable";
                self.gathered.jobs.push(Job::refused(
                    name.to_owned(),
                    path,
                    format!("cannot read it: {e}"),
                    hint,
                ));
                None
            }
        }
    }

    fn manifest(&mut self, folder: &Path, path: &Path, prefix: &str) {
        let name = named(prefix, MANIFEST);
        let size = fs::metadata(path).map_or(0, |m| m.len());
        if size > MAX_MANIFEST_BYTES {
            let job = Job::refused(name, path, format!("the manifest has {} MB", size >> 20), "split it");
            return self.gathered.jobs.push(job);
        }
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) => {
                return self.gathered.jobs.push(Job::refused(
                    name,
                    path,
                    format!("cannot read the manifest: {e}"),
                    "save it as UTF-8",
                ));
            }
        };
        let manifest = match Manifest::parse(&text) {
            Ok(manifest) => manifest,
            Err(problem) => {
                let mut job = Job::refused(name, path, "", "");
                job.problems = vec![problem];
                return self.gathered.jobs.push(job);
            }
        };
        let (errors, notes): (Vec<_>, Vec<_>) =
            manifest.problems.into_iter().partition(|problem| problem.severity == Severity::Error);
        let noted = notes.into_iter().map(|problem| SourceProblem { path: name.clone(), problem });
        self.gathered.notes.extend(noted);
        self.note_unlisted(folder, &name, &manifest.entries);
        if !errors.is_empty() {
            // An entry that could not be taken keeps a file out.
            self.gathered.jobs.push(Job { problems: errors, ..Job::refused(name, path, "", "") });
        }
        for entry in manifest.entries {
            let name = named(prefix, &entry.path);
            let Some(real) = self.within_root(&folder.join(&entry.path), &name) else { continue };
            let place = self.root.join(&name);
            let mut job = Job::found(name.clone(), name, real, Some(folder.to_owned()));
            job.place = place;
            job.stated = entry.metadata;
            job.encoding = entry.encoding;
            job.sha256 = entry.sha256;
            self.gathered.jobs.push(job);
        }
    }
}

/// How many files beside a manifest are named in the report.
const MOST_NAMED: usize = 10;
/// Names of files that stand beside laws and are none.
const ABOUT: [&str; 5] = ["readme", "license", "licence", "changelog", "contributing"];

impl Walk<'_> {
    /// Mentions the files beside a manifest that it does not list: they stay out, and somebody may have forgotten them.
    fn note_unlisted(&mut self, folder: &Path, manifest: &str, entries: &[ManifestEntry]) {
        let listed: HashSet<PathBuf> =
            entries.iter().filter_map(|entry| fs::canonicalize(folder.join(&entry.path)).ok()).collect();
        let mut unlisted = Vec::new();
        let mut folders = vec![(folder.to_owned(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = folders.pop() {
            let Ok(found) = fs::read_dir(&folder) else { continue };
            for entry in found.filter_map(Result::ok) {
                let name = entry.file_name().to_string_lossy().into_owned();
                // Links are not followed here: what they lead to is not beside the manifest.
                let Ok(kind) = entry.file_type() else { continue };
                let below = named(&prefix, &name);
                if name.starts_with('.') {
                    continue;
                }
                if kind.is_dir() && depth < MAX_DEPTH {
                    folders.push((entry.path(), below, depth + 1));
                } else if kind.is_file()
                    && is_law(&name)
                    && !listed.contains(&entry.path())
                    && !is_of_export(&listed, &entry.path(), &below)
                {
                    unlisted.push(below);
                }
            }
        }
        if unlisted.is_empty() {
            return;
        }
        unlisted.sort();
        let more = unlisted.len().saturating_sub(MOST_NAMED);
        let mut names = unlisted[..unlisted.len() - more].join(", ");
        if more > 0 {
            names.push_str(&format!(" and {more} more"));
        }
        let (files, are) = if unlisted.len() == 1 { ("file", "is") } else { ("files", "are") };
        let problem = Problem::warning(
            format!(
                "{} {files} beside the manifest {are} not listed in it and {are} not taken in: {names}",
                unlisted.len()
            ),
            "list them in the manifest, or name them on the command line",
        );
        self.gathered.notes.push(SourceProblem { path: manifest.to_owned(), problem });
    }
}

/// Whether an export wrote the file beside the texts that its manifest lists: an original, or the exact form of a text.
fn is_of_export(listed: &HashSet<PathBuf>, path: &Path, below: &str) -> bool {
    let original = below.strip_prefix("originals/").and_then(|name| name.split('.').next());
    original.is_some_and(|name| name.parse::<Sha256>().is_ok())
        || path.to_str().and_then(exact_of).is_some_and(|text| listed.contains(Path::new(text)))
}

/// Whether a file of that name could be a law.
fn is_law(name: &str) -> bool {
    let lower = name.to_lowercase();
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((lower.as_str(), ""));
    ENDINGS.contains(&ending) && !ABOUT.contains(&stem)
}

fn named(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") }
}
