//! One file: read, kept as an original, and accounted for.

use std::fs;
use std::io::Read;

use merida_ingest::{Ingest, Metadata, SourceFile};
use merida_law::{Origin, Problem, Severity, Sha256, SourceFormat, TaggedDocument};
use merida_store::{Originals, sha256};

use crate::exchange;
use crate::import::gather::Job;
use crate::import::{Declared, DocumentReport, LeftOut, Outcome};

/// What came of reading a file: its report so far, and the document to publish.
pub(crate) struct FileRead {
    pub(crate) report: DocumentReport,
    pub(crate) bytes: u64,
    pub(crate) document: Option<TaggedDocument>,
    /// The hash of where it lies.
    pub(crate) place: Sha256,
}

impl FileRead {
    /// A file of which nothing was read.
    pub(crate) fn nothing(job: &Job, report: DocumentReport) -> Self {
        Self { report, bytes: job.size, document: None, place: place_of(job) }
    }
}

/// Tells one place from another without keeping the names of folders.
fn place_of(job: &Job) -> Sha256 {
    sha256(job.place.as_os_str().as_encoded_bytes())
}

/// Reads files for one import; shared between threads.
pub(crate) struct Reader {
    pub(crate) ingest: Ingest,
    pub(crate) fallback: Metadata,
    /// Where originals are kept; nowhere for a check.
    pub(crate) originals: Option<Originals>,
}

impl Declared {
    pub(crate) fn metadata(&self) -> Metadata {
        Metadata {
            jurisdiction: self.jurisdiction,
            language: self.language,
            kind: self.kind,
            title: self.title.clone(),
            title_en: self.title_en.clone(),
            date: self.date,
            number: self.number.clone(),
            status: self.status,
            authority: self.authority,
            url: self.url.clone(),
            licence: self.licence.clone(),
            ..Metadata::default()
        }
    }
}

impl Reader {
    /// Reads the file of `job`. Blocking.
    pub(crate) fn read(&self, job: Job) -> FileRead {
        let mut report = DocumentReport::of(&job);
        let limit = self.ingest.limits().max_file_bytes;
        if job.size > limit {
            let message = format!("the file has {} MB; the limit is {} MB", job.size >> 20, limit >> 20);
            report
                .problems
                .push(Problem::error(message, "split the file, or raise max_file_bytes in the limits"));
        }
        let refused = report.problems.iter().any(|p| p.severity == Severity::Error);
        if refused {
            return FileRead::nothing(&job, report);
        }
        let bytes = match read_at_most(&job, limit) {
            Ok(bytes) => bytes,
            Err(e) => {
                let hint = "check that it is there and readable";
                report.problems.push(Problem::error(format!("cannot read it: {e}"), hint));
                return FileRead::nothing(&job, report);
            }
        };
        let mut read = self.read_bytes(&job, &bytes);
        report.problems.append(&mut read.report.problems);
        read.report.problems = report.problems;
        read
    }

    /// Reads a file whose bytes are at hand. Blocking.
    pub(crate) fn read_bytes(&self, job: &Job, bytes: &[u8]) -> FileRead {
        let mut report = DocumentReport { problems: Vec::new(), ..DocumentReport::of(job) };
        let hash = sha256(bytes);
        note_other_hash(job, hash, &mut report);
        // An Akoma Ntoso text of an export stands for the exact form beside it, unless it was edited.
        let limit = self.ingest.limits().max_file_bytes;
        let exact = exchange::exact_beside(job.root.as_deref(), &job.path, bytes, limit)
            .filter(|_| job.sha256 == Some(hash));
        let (carrier, carrier_hash) = exact.as_deref().map_or((bytes, hash), |exact| (exact, sha256(exact)));
        let document = match exchange::recognise(carrier) {
            Some(text) => self.read_exchange(text, job, carrier, carrier_hash, &mut report),
            None => self.read_source(job, bytes, hash, &mut report),
        };
        if let Some(document) = &document {
            report.describe(document);
        }
        FileRead { report, bytes: bytes.len() as u64, document, place: place_of(job) }
    }

    fn read_source(
        &self,
        job: &Job,
        bytes: &[u8],
        hash: Sha256,
        report: &mut DocumentReport,
    ) -> Option<TaggedDocument> {
        let reading = self.ingest.read(&SourceFile {
            name: &job.source_name,
            bytes,
            sha256: hash,
            stated: job.stated.clone(),
            fallback: self.fallback.clone(),
            encoding: job.encoding.as_deref(),
        });
        report.format = reading.format;
        report.chars_read = reading.chars_read;
        report.chars_placed = reading.chars_placed;
        report.problems.extend(reading.problems);
        report.left_out =
            reading.left_out.into_iter().map(|o| LeftOut { chars: o.chars, reason: o.reason }).collect();
        let document = reading.document?;
        self.keep(bytes, report).then_some(document)
    }

    /// A document that a library handed out: taken as it is, with its original file where that lies beside it.
    fn read_exchange(
        &self,
        text: exchange::Text,
        job: &Job,
        bytes: &[u8],
        hash: Sha256,
        report: &mut DocumentReport,
    ) -> Option<TaggedDocument> {
        report.format = Some(text.format);
        let mut document = match text.document() {
            Ok(document) => document,
            Err(problem) => {
                report.problems.push(problem);
                return None;
            }
        };
        let ink: u64 =
            document.document.provisions.iter().map(|p| ink(&p.label) + ink(&p.heading) + ink(&p.text)).sum();
        (report.chars_read, report.chars_placed) = (ink, ink);
        let original = job.root.as_deref().and_then(|root| exchange::original_beside(root, &document));
        let original = original.filter(|_| !document.edited);
        let kept = match &original {
            Some(original) => self.keep(original, report),
            None => {
                let source = &mut document.document.expression.source;
                (source.sha256, source.bytes, source.format) = (hash, bytes.len() as u64, text.format);
                let hint = "export to a folder, which holds the original files";
                report
                    .problems
                    .push(Problem::note("the original file is not here; this file stands in for it", hint));
                self.keep(bytes, report)
            }
        };
        kept.then_some(document.document)
    }

    fn keep(&self, bytes: &[u8], report: &mut DocumentReport) -> bool {
        let Some(originals) = &self.originals else { return true };
        match originals.keep(bytes) {
            Ok(_) => true,
            Err(e) => {
                report
                    .problems
                    .push(Problem::error(e.to_string(), "check the disk and the folder's permissions"));
                false
            }
        }
    }
}

/// The file's bytes; one that has grown past the limit since it was found is cut there and refused by the reader.
fn read_at_most(job: &Job, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(job.size).unwrap_or(0));
    fs::File::open(&job.path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn note_other_hash(job: &Job, hash: Sha256, report: &mut DocumentReport) {
    if job.sha256.is_some_and(|declared| declared != hash) {
        let hint = "update the manifest if the change is meant";
        report
            .problems
            .push(Problem::warning("the file's bytes are not those that the manifest was written for", hint));
    }
}

/// How many characters are not white space.
fn ink(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}

impl DocumentReport {
    pub(crate) fn of(job: &Job) -> Self {
        Self {
            path: job.name.clone(),
            work: None,
            expression: None,
            format: None::<SourceFormat>,
            language: None,
            language_detected: false,
            chars_read: 0,
            chars_placed: 0,
            provisions: 0,
            tags: 0,
            suggested: 0,
            problems: job.problems.clone(),
            outcome: Outcome::Failed,
            left_out: Vec::new(),
        }
    }

    fn describe(&mut self, document: &TaggedDocument) {
        let expression = &document.expression;
        self.work = Some(document.work.uri.clone());
        self.expression = Some(expression.uri.clone());
        self.language = Some(expression.language());
        self.language_detected = expression.language_detected;
        self.provisions = document.provisions.len() as u64;
        let curated = document.tags.iter().filter(|t| matches!(t.origin, Origin::Curated { .. })).count();
        self.tags = curated as u64;
        self.suggested = (document.tags.len() - curated) as u64;
        self.outcome = Outcome::Checked;
    }
}
