//! From what is said of a document to the identity of its work and expression.

use merida_law::{
    Authority, Expression, ExpressionUri, Language, Problem, Source, SourceFormat, Status, Work, WorkKind,
    WorkUri,
};

use crate::draft::Metadata;
use crate::read::SourceFile;

impl Metadata {
    /// Fills what is still open with what `other` says. Curated articles add up.
    pub(crate) fn fill_from(&mut self, other: &Self) {
        fn fill<T: Clone>(open: &mut Option<T>, other: &Option<T>) {
            if open.is_none() {
                open.clone_from(other);
            }
        }
        fill(&mut self.jurisdiction, &other.jurisdiction);
        fill(&mut self.language, &other.language);
        fill(&mut self.kind, &other.kind);
        fill(&mut self.title, &other.title);
        fill(&mut self.title_en, &other.title_en);
        fill(&mut self.date, &other.date);
        fill(&mut self.as_of, &other.as_of);
        fill(&mut self.number, &other.number);
        fill(&mut self.status, &other.status);
        fill(&mut self.authority, &other.authority);
        fill(&mut self.url, &other.url);
        fill(&mut self.origin, &other.origin);
        fill(&mut self.licence, &other.licence);
        fill(&mut self.note, &other.note);
        fill(&mut self.format, &other.format);
        fill(&mut self.curated_by, &other.curated_by);
        if self.languages.is_empty() {
            self.languages.clone_from(&other.languages);
        }
        self.articles.extend(other.articles.iter().cloned());
        self.convention_text |= other.convention_text;
    }
}

/// The work that `metadata` describes. Without a jurisdiction there is none, and the problem says what to do.
pub(crate) fn work(metadata: &Metadata, name: &str, problems: &mut Vec<Problem>) -> Option<Work> {
    let Some(jurisdiction) = metadata.jurisdiction else {
        problems.push(Problem::error(
            "nothing says whose law this is",
            "give --jurisdiction CC, add `jurisdiction: CC` to the front matter, or list the file in a MANIFEST.toml",
        ));
        return None;
    };
    let kind = metadata.kind.unwrap_or_else(|| {
        problems.push(Problem::note("the kind of work is not stated; taken for an act", "give --kind"));
        WorkKind::Act
    });
    let title = match metadata.title.as_deref().or(metadata.title_en.as_deref()).map(str::trim) {
        Some(title) if !title.is_empty() => title.to_owned(),
        _ => {
            problems.push(Problem::warning(
                "the title is not stated; the file's name stands in for it",
                "give --title",
            ));
            stem(name).to_owned()
        }
    };
    let number = metadata.number.clone().filter(|number| !number.trim().is_empty());
    let named = match &number {
        Some(number) => number.clone(),
        None => short_title(metadata.title_en.as_deref().unwrap_or(&title), name),
    };
    let date = metadata.date;
    Some(Work {
        uri: WorkUri::new(jurisdiction, kind, date, &named),
        jurisdiction,
        kind,
        date,
        number,
        title,
        title_en: metadata.title_en.clone(),
        status: metadata.status.unwrap_or(if kind == WorkKind::Bill {
            Status::Draft
        } else {
            Status::Unknown
        }),
    })
}

/// What stands in a URI for a work without a number: its title without remarks in brackets, in ASCII.
fn short_title(title: &str, name: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for c in title.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let ascii = in_ascii(plain.trim());
    if ascii.chars().any(|c| c.is_ascii_alphanumeric()) { ascii } else { in_ascii(stem(name)) }
}

/// Text in the letters of ASCII that sound or look most alike.
pub(crate) fn in_ascii(text: &str) -> String {
    any_ascii::any_ascii(text)
}

fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

/// The expression of `work` that `metadata` and the file make.
pub(crate) fn expression(
    work: &Work,
    metadata: &Metadata,
    language: Language,
    language_detected: bool,
    format: SourceFormat,
    file: &SourceFile<'_>,
) -> Expression {
    let other_languages = metadata.languages.iter().copied().filter(|&l| l != language).collect();
    Expression {
        uri: ExpressionUri::new(work.uri.clone(), language, metadata.as_of.or(metadata.date), 1),
        title: work.title.clone(),
        language_detected,
        other_languages,
        authority: metadata.authority.unwrap_or(Authority::Unverified),
        source: Source {
            sha256: file.sha256,
            bytes: file.bytes.len() as u64,
            format,
            origin: metadata.origin.clone().unwrap_or_else(|| file.name.to_owned()),
            url: metadata.url.clone(),
            licence: metadata.licence.clone(),
            note: metadata.note.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_without_a_number_is_named_by_its_title_without_remarks() {
        assert_eq!(
            short_title("Convention against Corruption (Spanish text)", "x.md"),
            "Convention against Corruption"
        );
        assert!(!short_title("刑法", "cn/xingfa.md").is_empty());
        assert_eq!(short_title("(…)", "cn/xingfa.akn.xml"), "xingfa");
    }

    #[test]
    fn without_a_jurisdiction_there_is_no_work_and_the_problem_says_what_to_do() {
        let mut problems = Vec::new();
        assert!(work(&Metadata::default(), "law.txt", &mut problems).is_none());
        assert!(problems[0].hint.contains("--jurisdiction"), "{problems:?}");
    }
}
