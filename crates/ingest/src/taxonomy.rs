//! The Convention as the corpus describes it, and what is wrong with a corpus.

use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

use merida_law::{Article, ArticleEntry, Chapter, Language, Taxonomy};
use serde::Deserialize;

use crate::corpus::{corpus_file, corpus_folder};
use crate::tagger;

/// Something wrong with a file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusProblem {
    /// The file, by its path below the corpus, with `/`.
    pub file: String,
    /// The line, from 1, where known.
    pub line: Option<u32>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for CorpusProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// The chapters and articles of the Convention as the binary carries them.
///
/// An entry that cannot be read is missing here; [`check_corpus`] names it, and a test keeps the shipped corpus whole.
pub fn taxonomy() -> &'static Taxonomy {
    static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(|| {
        let chapters = corpus_file(CHAPTERS).and_then(|text| toml::from_str::<Chapters>(text).ok());
        let mut articles: Vec<ArticleEntry> =
            corpus_folder(ARTICLES).iter().filter_map(|(_, text)| toml::from_str(text).ok()).collect();
        articles.sort_by_key(|entry| entry.number);
        Taxonomy { chapters: chapters.map(|c| c.chapter).unwrap_or_default(), articles }
    });
    &TAXONOMY
}

/// Everything that is wrong with the taxonomy and the tagging data of the corpus in `folder`: articles missing or
/// twice, titles or summaries missing in a language, paragraphs out of order, rules and lexicons that cannot be read.
/// Empty where all is well.
pub fn check_corpus(folder: &Path) -> Vec<CorpusProblem> {
    let files = match read_folder(folder) {
        Ok(files) => files,
        Err(problem) => return vec![problem],
    };
    check_files(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

const CHAPTERS: &str = "convention/chapters.toml";
const ARTICLES: &str = "convention/articles";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chapters {
    chapter: Vec<Chapter>,
}

/// The text files below `folder`/convention: path below `folder` and content, by path.
fn read_folder(folder: &Path) -> Result<Vec<(String, String)>, CorpusProblem> {
    let mut files = Vec::new();
    let mut folders = vec!["convention".to_owned()];
    while let Some(path) = folders.pop() {
        let problem = |error: std::io::Error| CorpusProblem {
            file: path.clone(),
            line: None,
            message: format!("{error}: name the folder that holds convention/"),
        };
        for entry in std::fs::read_dir(folder.join(&path)).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let below = format!("{path}/{name}");
            if entry.path().is_dir() {
                folders.push(below);
            } else if name.ends_with(".toml") {
                files.push((below, std::fs::read_to_string(entry.path()).map_err(problem)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn check_files(files: &[(&str, &str)]) -> Vec<CorpusProblem> {
    let mut problems = Vec::new();
    let chapters = check_chapters(files, &mut problems);
    let mut entries: Vec<(&str, ArticleEntry)> = Vec::new();
    for &(path, text) in files.iter().filter(|(path, _)| path.starts_with("convention/articles/")) {
        match toml::from_str::<ArticleEntry>(text) {
            Ok(entry) => {
                check_entry(path, text, &entry, &chapters, &mut problems);
                entries.push((path, entry));
            }
            Err(error) => problems.push(unreadable(path, text, &error)),
        }
    }
    check_completeness(&entries, &mut problems);
    for (file, message) in tagger::check(files.iter().copied()) {
        problems.push(CorpusProblem { file, line: None, message });
    }
    problems
}

fn check_chapters(files: &[(&str, &str)], problems: &mut Vec<CorpusProblem>) -> Vec<Chapter> {
    let Some((path, text)) = files.iter().find(|(path, _)| *path == CHAPTERS) else {
        problems.push(problem(
            CHAPTERS,
            "",
            None,
            "the file is missing: write the eight chapters into it".to_owned(),
        ));
        return Vec::new();
    };
    let chapters = match toml::from_str::<Chapters>(text) {
        Ok(chapters) => chapters.chapter,
        Err(error) => {
            problems.push(unreadable(path, text, &error));
            return Vec::new();
        }
    };
    let mut next = 1;
    for chapter in &chapters {
        let place = format!("number = \"{}\"", chapter.number);
        if chapter.first.number() != next {
            let message =
                format!("chapter {} begins at article {}, not {next}", chapter.number, chapter.first);
            problems.push(problem(path, text, Some(&place), message));
        }
        next = chapter.last.number() + 1;
        missing_languages(path, text, "title", &chapter.title, problems);
    }
    if next != Article::COUNT + 1 {
        problems.push(problem(path, text, None, format!("the chapters end before article {next}")));
    }
    chapters
}

fn check_entry(
    path: &str,
    text: &str,
    entry: &ArticleEntry,
    chapters: &[Chapter],
    problems: &mut Vec<CorpusProblem>,
) {
    let number = entry.number;
    if path.rsplit('/').next() != Some(format!("{number:02}.toml").as_str()) {
        let message = format!("article {number} belongs into {number:02}.toml");
        problems.push(problem(path, text, Some("number = "), message));
    }
    let own = Article::new(number);
    let held = |chapter: &Chapter| own.is_some_and(|own| (chapter.first..=chapter.last).contains(&own));
    if !chapters.is_empty() && !chapters.iter().any(|c| c.number == entry.chapter && held(c)) {
        let message = format!("chapter {} does not hold article {number}", entry.chapter);
        problems.push(problem(path, text, Some("chapter = "), message));
    }
    missing_languages(path, text, "title", &entry.title, problems);
    if (5..=62).contains(&number) {
        missing_languages(path, text, "summary", &entry.summary, problems);
    } else if !entry.summary.contains_key(&Language::EN) {
        problems.push(problem(path, text, Some("[summary]"), "the summary in English is missing".to_owned()));
    }
    check_paragraphs(path, text, entry, problems);
}

/// Paragraphs stand in the order of the Convention, each once, below an article or paragraph that is listed before it.
fn check_paragraphs(path: &str, text: &str, entry: &ArticleEntry, problems: &mut Vec<CorpusProblem>) {
    let mut report = |id: Article, message: String| {
        problems.push(problem(path, text, Some(&format!("id = \"{id}\"")), message));
    };
    if entry.paragraphs.is_empty() {
        problems.push(problem(
            path,
            text,
            None,
            "list at least the article itself as a [[paragraph]]".to_owned(),
        ));
        return;
    }
    let mut seen: Vec<Article> = Vec::new();
    for paragraph in &entry.paragraphs {
        let id = paragraph.id;
        if id.number() != entry.number {
            report(id, format!("{id} is no part of article {}", entry.number));
        }
        if seen.contains(&id) {
            report(id, format!("{id} is listed twice"));
        } else if seen.last().is_some_and(|last| *last > id) {
            report(
                id,
                format!("{id} is out of order: the Convention has it before {}", seen[seen.len() - 1]),
            );
        }
        if let Some(parent) = id.parent().filter(|parent| *parent != id.whole() && !seen.contains(parent)) {
            report(id, format!("{parent} must be listed before {id}"));
        }
        if paragraph.gist.trim().is_empty() {
            report(id, format!("the gist of {id} is empty"));
        }
        seen.push(id);
    }
}

fn check_completeness(entries: &[(&str, ArticleEntry)], problems: &mut Vec<CorpusProblem>) {
    for article in Article::all() {
        let files: Vec<&str> =
            entries.iter().filter(|(_, e)| e.number == article.number()).map(|(path, _)| *path).collect();
        let expected = format!("{ARTICLES}/{:02}.toml", article.number());
        match files.as_slice() {
            [] => problems.push(problem(&expected, "", None, format!("article {article} is missing"))),
            [_] => {}
            [first, second, ..] => {
                problems.push(problem(second, "", None, format!("article {article} is in {first} already")));
            }
        }
    }
}

fn missing_languages(
    path: &str,
    text: &str,
    what: &str,
    texts: &std::collections::BTreeMap<Language, String>,
    problems: &mut Vec<CorpusProblem>,
) {
    for language in Language::UN {
        if texts.get(&language).is_none_or(|text| text.trim().is_empty()) {
            let message = format!("the {what} in {} is missing", language.english_name());
            problems.push(problem(path, text, Some(&format!("[{what}]")), message));
        }
    }
}

fn unreadable(path: &str, text: &str, error: &toml::de::Error) -> CorpusProblem {
    let line = error.span().map(|span| line_at(text, span.start));
    CorpusProblem { file: path.to_owned(), line, message: error.message().to_owned() }
}

/// A problem at the first place in the text where `place` stands.
fn problem(path: &str, text: &str, place: Option<&str>, message: String) -> CorpusProblem {
    let line = place.and_then(|place| text.find(place)).map(|byte| line_at(text, byte));
    CorpusProblem { file: path.to_owned(), line, message }
}

fn line_at(text: &str, byte: usize) -> u32 {
    let before = text.as_bytes().iter().take(byte).filter(|&&b| b == b'\n').count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn corpus() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
    }

    #[test]
    fn the_shipped_corpus_is_whole() {
        let problems: Vec<String> = check_corpus(&corpus()).iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "help: mend the named files\n{}", problems.join("\n"));
        assert_eq!(taxonomy().articles.len(), usize::from(Article::COUNT));
        assert_eq!(taxonomy().chapters.len(), 8);
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let article = "number = 5\nchapter = \"II\"\n[title]\nen = \"T\"\n[summary]\nen = \"S\"\n\n[[paragraph]]\nid = \"5(2)(a)\"\nobligation = \"mandatory\"\ngist = \"g\"\n\n[[paragraph]]\nid = \"5(1)\"\nobligation = \"mandatory\"\ngist = \"g\"\n";
        let files =
            [("convention/articles/06.toml", article), ("convention/articles/07.toml", "number = \n")];
        let problems: Vec<String> = check_files(&files).iter().map(ToString::to_string).collect();
        for expected in [
            "convention/articles/06.toml:1: article 5 belongs into 05.toml",
            "convention/articles/06.toml:3: the title in Arabic is missing",
            "convention/articles/06.toml:9: 5(2) must be listed before 5(2)(a)",
            "convention/articles/06.toml:14: 5(1) is out of order: the Convention has it before 5(2)(a)",
            "convention/articles/71.toml: article 71 is missing",
        ] {
            assert!(problems.iter().any(|p| p == expected), "{expected}\n{}", problems.join("\n"));
        }
        assert!(problems.iter().any(|p| p.starts_with("convention/articles/07.toml:1: ")), "{problems:?}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_problem() {
        let problems = check_corpus(Path::new("/nowhere/at/all"));
        assert!(problems[0].message.contains("name the folder"), "{problems:?}");
    }

    #[test]
    fn paragraphs_and_points_agree_with_the_text_of_the_convention() {
        let shared = std::env::var("MERIDA_SHARED").map_or_else(
            |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
            std::path::PathBuf::from,
        );
        let Ok(text) = std::fs::read_to_string(shared.join("laws/int/uncac-es.md")) else {
            eprintln!("skipped: no laws/int/uncac-es.md in {}; set MERIDA_SHARED", shared.display());
            return;
        };
        let theirs = pieces_in_text(&text);
        let ours: BTreeSet<String> = taxonomy()
            .articles
            .iter()
            .flat_map(|entry| &entry.paragraphs)
            .filter(|paragraph| paragraph.id.subpoint().is_none())
            .map(|paragraph| paragraph.id.to_string())
            .collect();
        let missing: Vec<_> = theirs.difference(&ours).collect();
        assert!(missing.is_empty(), "help: list these pieces of the Convention in the taxonomy: {missing:?}");
        // The publisher runs the first point of that paragraph into it.
        let surplus: Vec<_> =
            ours.difference(&theirs).filter(|id| id.contains('(') && !id.starts_with("46(9)")).collect();
        assert!(surplus.is_empty(), "help: the Convention has no such pieces: {surplus:?}");
    }

    /// The numbered paragraphs and lettered points that begin a line of the Spanish text.
    fn pieces_in_text(text: &str) -> BTreeSet<String> {
        let mut pieces = BTreeSet::new();
        let (mut article, mut paragraph) = (0_u8, 0_u8);
        for line in text.lines().map(str::trim) {
            let heading =
                line.trim_start_matches('#').trim().strip_prefix("Artículo ").and_then(|n| n.parse().ok());
            if heading == Some(article + 1) && line.starts_with('#') {
                (article, paragraph) = (article + 1, 0);
            } else if article > 0 && line.starts_with(&format!("{}. ", paragraph + 1)) {
                paragraph += 1;
                pieces.insert(format!("{article}({paragraph})"));
            } else if let [letter @ b'a'..=b'z', b')', b' ', ..] = line.as_bytes() {
                let point = char::from(*letter);
                let before = if paragraph > 0 { format!("({paragraph})") } else { String::new() };
                let previous = char::from(letter - 1);
                // A lone `i)` is a roman number.
                if point == 'a' || pieces.contains(&format!("{article}{before}({previous})")) {
                    pieces.insert(format!("{article}{before}({point})"));
                }
            }
        }
        pieces
    }
}
