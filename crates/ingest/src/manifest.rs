//! `MANIFEST.toml`: what a folder of laws says of its files.

use std::path::{Component, Path};
use std::str::FromStr;

use merida_law::{Article, Problem, Sha256, SourceFormat, Status};
use toml::{Table, Value};

use crate::draft::Metadata;
use crate::nearest::nearest;

/// The entries of a manifest, and what was wrong with others.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// One for each file, in the order of the manifest.
    pub entries: Vec<ManifestEntry>,
    /// What was wrong: a faulty entry is left out or taken without the faulty key.
    pub problems: Vec<Problem>,
}

/// What a manifest says of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManifestEntry {
    /// Its path within the folder, with `/`; never leads out of it.
    pub path: String,
    /// What the manifest says of the document.
    pub metadata: Metadata,
    /// The SHA-256 of its bytes.
    pub sha256: Option<Sha256>,
    /// Its size.
    pub bytes: Option<u64>,
    /// Its encoding, unless it is binary.
    pub encoding: Option<String>,
}

/// The keys that an entry may have.
const KEYS: &[&str] = &[
    "path",
    "jurisdiction",
    "language",
    "languages",
    "title",
    "title_en",
    "kind",
    "date",
    "as_of",
    "number",
    "status",
    "authority",
    "format",
    "bytes",
    "sha256",
    "encoding",
    "source_repo",
    "source_path",
    "commit",
    "url",
    "licence",
    "license",
    "note",
    "uncac",
    "uncac_full_text",
    "curated_by",
];

impl Manifest {
    /// Reads a manifest. Fails only if it is not TOML at all or has no entries; a faulty entry is a problem and not
    /// the end.
    ///
    /// # Errors
    /// A problem with the line where the TOML breaks.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| broken(text, &error))?;
        let mut manifest = Self::default();
        let Some(documents) = table.get("document").and_then(Value::as_array) else {
            return Err(Problem::error(
                "the manifest has no documents",
                "give each file a [[document]] with its path",
            ));
        };
        let lines = entry_lines(text);
        for (place, document) in documents.iter().enumerate() {
            let line = lines.get(place).copied();
            manifest.document(document, line);
        }
        Ok(manifest)
    }

    fn document(&mut self, document: &Value, line: Option<u32>) {
        let mut fields =
            Fields { table: document.as_table(), line, path: String::new(), problems: &mut self.problems };
        let Some(path) = fields.text("path") else {
            fields.report(Problem::error(
                "an entry without a path was left out",
                "give it the path of its file",
            ));
            return;
        };
        fields.path.clone_from(&path);
        if !is_within(&path) {
            fields.report(Problem::error(
                "the path leads out of the folder; the entry was left out",
                "write a path within the manifest's folder, without .. and not from the root",
            ));
            return;
        }
        fields.note_unknown_keys();
        let entry = ManifestEntry {
            metadata: fields.metadata(),
            sha256: fields.parsed("sha256", "a SHA-256"),
            bytes: fields
                .get("bytes")
                .and_then(Value::as_integer)
                .and_then(|bytes| u64::try_from(bytes).ok()),
            encoding: fields.text("encoding").filter(|encoding| encoding != "binary"),
            path,
        };
        if self.entries.iter().any(|known| known.path == entry.path) {
            let problem = Problem::warning(
                format!("{}: listed twice; the first entry counts", entry.path),
                "remove one",
            );
            self.problems.push(at(problem, line));
            return;
        }
        self.entries.push(entry);
    }
}

/// The fields of one entry; each that cannot be read is reported once.
struct Fields<'m> {
    table: Option<&'m Table>,
    line: Option<u32>,
    path: String,
    problems: &'m mut Vec<Problem>,
}

impl Fields<'_> {
    fn get(&self, key: &str) -> Option<&Value> {
        self.table?.get(key)
    }

    fn report(&mut self, problem: Problem) {
        let message = if self.path.is_empty() {
            problem.message
        } else {
            format!("{}: {}", self.path, problem.message)
        };
        self.problems.push(at(Problem { message, ..problem }, self.line));
    }

    /// A text; numbers and dates of TOML are taken as written.
    fn text(&self, key: &str) -> Option<String> {
        let text = match self.get(key)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Datetime(date) => date.to_string().chars().take(10).collect(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    fn parsed<T: FromStr>(&mut self, key: &str, what: &str) -> Option<T> {
        let text = self.text(key)?;
        self.read(key, &text, what)
    }

    fn read<T: FromStr>(&mut self, key: &str, text: &str, what: &str) -> Option<T> {
        let value = text.parse().ok();
        if value.is_none() {
            let shown: String = text.chars().take(60).collect();
            self.report(Problem::warning(
                format!("{key} = \"{shown}\" is not {what}"),
                "correct it; the key was passed over",
            ));
        }
        value
    }

    fn metadata(&mut self) -> Metadata {
        let repository = self.text("source_repo");
        let source_path = self.text("source_path");
        let origin = match (&repository, &source_path) {
            (Some(repository), Some(path)) => Some(format!("{repository}/{path}")),
            _ => None,
        };
        let mut metadata = Metadata {
            jurisdiction: self.parsed("jurisdiction", "the code of a State"),
            language: self.parsed("language", "a language tag"),
            languages: self.languages(),
            kind: self.parsed("kind", "a kind of work"),
            title: self.text("title"),
            title_en: self.text("title_en"),
            date: self.parsed("date", "a date"),
            as_of: self.parsed("as_of", "a date"),
            number: self.text("number"),
            status: self.status(),
            authority: self.parsed("authority", "an authority"),
            url: self.text("url"),
            origin,
            licence: self.text("licence").or_else(|| self.text("license")),
            note: self.text("note"),
            format: self.format(),
            convention_text: self.get("uncac_full_text").and_then(Value::as_bool).unwrap_or(false),
            ..Metadata::default()
        };
        metadata.articles = self.articles();
        if !metadata.articles.is_empty() {
            metadata.curated_by = self.text("curated_by").or_else(|| Some("the manifest".to_owned()));
        }
        metadata
    }

    fn languages(&mut self) -> Vec<merida_law::Language> {
        let listed: Vec<String> = self
            .get("languages")
            .and_then(Value::as_array)
            .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default();
        listed.iter().filter_map(|tag| self.read("languages", tag, "a language tag")).collect()
    }

    fn status(&mut self) -> Option<Status> {
        let text = self.text("status")?.replace('_', "-");
        self.read("status", &text, "a status")
    }

    fn format(&mut self) -> Option<SourceFormat> {
        let text = self.text("format")?;
        let name = match text.as_str() {
            "justice-canada-xml" => "justice-canada",
            "akoma-ntoso-xml" => "akoma-ntoso",
            "csv" => "lexml-csv",
            "legislation-gov-uk-xml" => "clml",
            other => other,
        };
        self.read("format", name, "a format")
    }

    /// The curated articles: which provisions bear on which article of the Convention.
    fn articles(&mut self) -> Vec<(Article, Vec<String>)> {
        let Some(list) = self.get("uncac").cloned() else { return Vec::new() };
        let Value::Array(list) = list else {
            self.report(Problem::warning(
                "uncac is not a list",
                "write uncac = [{ article = \"15\", provisions = [\"art. 1\"] }]",
            ));
            return Vec::new();
        };
        let mut articles = Vec::new();
        for tag in &list {
            let number = match tag.get("article") {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Integer(number)) => number.to_string(),
                _ => String::new(),
            };
            let Some(article) =
                self.read::<Article>("uncac.article", &number, "an article of the Convention")
            else {
                continue;
            };
            let citations: Vec<String> = tag
                .get("provisions")
                .and_then(Value::as_array)
                .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                .unwrap_or_default();
            articles.push((article, citations));
        }
        articles
    }

    fn note_unknown_keys(&mut self) {
        let unknown: Vec<String> = self
            .table
            .into_iter()
            .flat_map(Table::keys)
            .filter(|key| !KEYS.contains(&key.as_str()))
            .cloned()
            .collect();
        for key in unknown {
            let help = nearest(&key, KEYS.iter().copied()).map(|meant| format!("did you mean \"{meant}\"?"));
            let message = format!("the key \"{key}\" is not known and was passed over");
            self.report(Problem::note(message, help.unwrap_or_default()));
        }
    }
}

fn at(problem: Problem, line: Option<u32>) -> Problem {
    Problem { line: problem.line.or(line), ..problem }
}

fn broken(text: &str, error: &toml::de::Error) -> Problem {
    let problem =
        Problem::error(format!("the manifest is not TOML: {}", error.message()), "correct the line");
    let Some(span) = error.span() else { return problem };
    let before = text.get(..span.start).unwrap_or_default();
    problem.at(u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX))
}

/// The line of each `[[document]]`.
fn entry_lines(text: &str) -> Vec<u32> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.trim_start().starts_with("[[document]]"))
        .map(|(line, _)| line)
        .collect()
}

/// Whether a path stays in the folder, whatever system reads it.
fn is_within(path: &str) -> bool {
    let foreign = path.contains(['\\', '\0']) || path.get(1..2) == Some(":");
    !foreign && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use merida_law::Severity;

    use super::*;

    #[test]
    fn an_entry_is_read_with_its_tags() {
        let manifest = Manifest::parse(
            r#"
            [[document]]
            path = "xx/act.md"
            jurisdiction = "gb"
            language = "en"
            kind = "act"
            date = "2010-04-08"
            status = "in_force"
            format = "markdown"
            source_repo = "a/b"
            source_path = "c.md"
            uncac = [{ article = "15", provisions = ["s. 1", "s. 2"] }]
            "#,
        )
        .expect("a manifest");
        assert_eq!(manifest.problems, []);
        let entry = &manifest.entries[0];
        assert_eq!(entry.path, "xx/act.md");
        assert_eq!(entry.metadata.origin.as_deref(), Some("a/b/c.md"));
        assert_eq!(entry.metadata.articles[0].0.to_string(), "15");
        assert_eq!(entry.metadata.articles[0].1, ["s. 1", "s. 2"]);
    }

    #[test]
    fn one_bad_entry_is_not_the_end() {
        let manifest = Manifest::parse(
            "[[document]]\ntitle = \"no path\"\n[[document]]\npath = \"a.md\"\nlanguage = \"english-ish\"\ncolour = \"red\"\n[[document]]\npath = \"b.md\"\n",
        )
        .expect("a manifest");
        let paths: Vec<_> = manifest.entries.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b.md"]);
        let severities: Vec<_> = manifest.problems.iter().map(|p| (p.severity, p.line)).collect();
        assert!(severities.contains(&(Severity::Error, Some(1))));
        assert!(severities.contains(&(Severity::Warning, Some(3))));
        assert!(severities.contains(&(Severity::Note, Some(3))));
    }

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        for path in ["../x.md", "/etc/passwd", "a/../../b", "C:/x", "a\\\\b", "./../x"] {
            let manifest =
                Manifest::parse(&format!("[[document]]\npath = \"{path}\"\n")).expect("a manifest");
            assert!(manifest.entries.is_empty(), "{path} was taken");
            assert_eq!(manifest.problems[0].severity, Severity::Error);
        }
    }

    #[test]
    fn what_is_not_toml_says_where() {
        let problem = Manifest::parse("[[document]]\npath = \n").expect_err("no manifest");
        assert_eq!(problem.line, Some(2));
        assert!(Manifest::parse("x = 1").is_err());
    }
}
