//! Golden queries: what is typed, and which provisions answer it. Read from a folder of TOML files.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use merida_law::{Article, Language, ProvisionId, WorkUri};
use serde::Deserialize;

use crate::browse::ArticleRequest;
use crate::{Error, Library};

/// Everything that the files of a folder say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Golden {
    /// Short names of works, as judgments use them.
    #[serde(default)]
    pub(super) works: BTreeMap<String, WorkUri>,
    /// What was read and found to be about an article, beside what is tagged with it, by the article's number.
    #[serde(default)]
    pub(super) articles: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "query")]
    pub(super) queries: Vec<Query>,
    #[serde(default, rename = "concept")]
    pub(super) concepts: Vec<Concept>,
    /// The least that each figure should be, by its name.
    #[serde(default)]
    pub(super) floors: BTreeMap<String, f64>,
}

/// One query with its judgments.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Query {
    pub(super) language: Language,
    /// What is typed.
    #[serde(default)]
    pub(super) text: String,
    /// A provision whose words are typed instead: they are taken from its text when the query is run.
    pub(super) quote: Option<String>,
    /// Exactly what is looked for: grade 2.
    #[serde(default)]
    pub(super) exact: Vec<String>,
    /// What bears on it: grade 1.
    #[serde(default)]
    pub(super) bears: Vec<String>,
    /// What may stand first; empty where it does not matter.
    #[serde(default)]
    pub(super) first: Vec<String>,
    /// Traps: what must not stand before the first answer, nor lead one of the first three works.
    #[serde(default)]
    pub(super) not: Vec<String>,
    /// Whether the honest answer is that nothing is recorded.
    #[serde(default)]
    pub(super) nothing: bool,
}

/// A concept in the words of six languages.
#[derive(Debug, Deserialize)]
pub(super) struct Concept {
    pub(super) name: String,
    pub(super) exact: Vec<String>,
    /// What is typed, by language.
    #[serde(flatten)]
    pub(super) typed: BTreeMap<String, String>,
}

impl Golden {
    /// Reads every `*.toml` of `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let cannot = |source| Error::file("read", folder, source);
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut golden = Self::default();
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|source| Error::file("read", &path, source))?;
            let read: Self = toml::from_str(&text)
                .map_err(|error| Error::Evaluation(format!("{}: {error}", path.display())))?;
            golden.works.extend(read.works);
            golden.articles.extend(read.articles);
            golden.queries.extend(read.queries);
            golden.concepts.extend(read.concepts);
            golden.floors.extend(read.floors);
        }
        if golden.queries.is_empty() && golden.concepts.is_empty() {
            let message = format!("{} holds no golden queries: name a folder of them", folder.display());
            return Err(Error::Evaluation(message));
        }
        Ok(golden)
    }
}

/// A provision, wherever it is printed: a text may hold one twice, and its second printing is no other provision.
pub(super) type Item = (WorkUri, String);

pub(super) fn item(work: &WorkUri, provision: &ProvisionId) -> Item {
    let id = provision.as_str();
    let printed_again = |place: &usize| id[place + 4..].bytes().all(|byte| byte.is_ascii_digit());
    let end = id.rfind("-dup").filter(printed_again).unwrap_or(id.len());
    (work.clone(), id[..end].to_owned())
}

/// The id that a unit has where its number is read as that of an article rather than of a section, or the other way
/// round: judgments name what a law numbers, not what a reader of files calls it.
fn as_other_unit(id: &str) -> String {
    match id.split_once('_') {
        Some(("sec", number)) => format!("art_{number}"),
        Some(("art", number)) => format!("sec_{number}"),
        _ => id.to_owned(),
    }
}

/// What a list of judgments names.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) items: HashSet<Item>,
    /// Works of which any provision is meant.
    pub(super) works: HashSet<WorkUri>,
}

impl Named {
    pub(super) fn has(&self, item: &Item) -> bool {
        self.items.contains(item) || self.works.contains(&item.0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.works.is_empty()
    }

    /// Every work that is named, or of which a provision is.
    pub(super) fn every_work(&self) -> HashSet<&WorkUri> {
        self.works.iter().chain(self.items.iter().map(|(work, _)| work)).collect()
    }
}

/// What the judgments name in a library.
pub(super) struct Resolver<'a> {
    library: &'a Library,
    golden: &'a Golden,
    articles: HashMap<Article, HashSet<Item>>,
    held: HashMap<WorkUri, Held>,
    /// Judgments that name nothing that the library has.
    pub(super) unknown: Vec<String>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(library: &'a Library, golden: &'a Golden) -> Self {
        Self { library, golden, articles: HashMap::new(), held: HashMap::new(), unknown: Vec::new() }
    }

    /// What `names` stand for: `article 18` for every provision with a curated tag within that article and what
    /// `[articles]` adds to it, `WORK ID` for a provision, `WORK` for all of a work. What the library does not have is
    /// left out and noted.
    pub(super) async fn named(&mut self, names: &[String]) -> Result<Named, Error> {
        let golden = self.golden;
        let mut found = Named::default();
        let mut plain: Vec<&String> = Vec::new();
        for name in names {
            let Some(article) = name.strip_prefix("article ") else {
                plain.push(name);
                continue;
            };
            found.items.extend(self.tagged(article).await?);
            plain.extend(golden.articles.get(article).into_iter().flatten());
        }
        for name in plain {
            let (work, id) = name.split_once(' ').unwrap_or((name.as_str(), ""));
            let uri = golden.works.get(work).cloned().or_else(|| work.parse().ok());
            let Some(uri) = uri else {
                return Err(Error::Evaluation(format!("\"{work}\" is not among [works]: add it there")));
            };
            let held = self.held(&uri).await?;
            let kept = [id.to_owned(), as_other_unit(id)].into_iter().find(|id| held.contains_key(id));
            match kept {
                Some(id) => {
                    found.items.insert((uri, id));
                }
                None if id.is_empty() && !held.is_empty() => {
                    found.works.insert(uri);
                }
                None => self.unknown.push(name.clone()),
            }
        }
        Ok(found)
    }

    /// The languages in which the library holds a provision.
    pub(super) async fn languages(&mut self, item: &Item) -> Result<HashSet<Language>, Error> {
        Ok(self.held(&item.0).await?.get(&item.1).cloned().unwrap_or_default())
    }

    async fn tagged(&mut self, article: &str) -> Result<HashSet<Item>, Error> {
        let unreadable = |_| Error::Evaluation(format!("\"article {article}\" is no article"));
        let article: Article = article.parse().map_err(unreadable)?;
        if let Some(found) = self.articles.get(&article) {
            return Ok(found.clone());
        }
        let request =
            ArticleRequest { per_jurisdiction: 10_000, suggested: false, ..ArticleRequest::new(article) };
        let page = self.library.article(request).await?;
        let provisions = page.states.iter().flat_map(|state| &state.provisions);
        let found: HashSet<Item> = provisions.map(|p| item(&p.work, &p.id)).collect();
        if found.is_empty() {
            self.unknown.push(format!("article {article}"));
        }
        self.articles.insert(article, found.clone());
        Ok(found)
    }

    async fn held(&mut self, work: &WorkUri) -> Result<&Held, Error> {
        if let Entry::Vacant(entry) = self.held.entry(work.clone()) {
            entry.insert(held(self.library, work).await?);
        }
        Ok(&self.held[work])
    }
}

/// Ids of the provisions of a work, with the languages that hold them.
type Held = HashMap<String, HashSet<Language>>;

async fn held(library: &Library, work: &WorkUri) -> Result<Held, Error> {
    let mut held = Held::new();
    for record in library.store().expressions(work).await? {
        let language = record.expression.uri.language();
        for provision in library.store().provisions(&record.expression.uri).await? {
            let (_, id) = item(work, &provision.id);
            held.entry(id).or_default().insert(provision.language.unwrap_or(language));
        }
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_printing_is_the_same_provision() {
        let work: WorkUri = "/akn/gb/act/2010/23".parse().expect("a work");
        let of = |id: &str| item(&work, &id.parse().expect("an id")).1;
        assert_eq!(of("sec_6-dup2"), "sec_6");
        assert_eq!(of("art_197-4"), "art_197-4");
        assert_eq!(of("sec_6-dupe"), "sec_6-dupe");
    }

    #[test]
    fn golden_files_say_what_they_hold() {
        let text =
            "[articles]\n18 = [\"x art_1\"]\n[[concept]]\nname = \"c\"\nexact = []\nen = \"a\"\nfr = \"b\"\n";
        let golden: Golden = toml::from_str(text).expect("golden queries");
        assert_eq!(golden.articles["18"], ["x art_1"]);
        assert_eq!(golden.concepts[0].typed.len(), 2);
        assert!(toml::from_str::<Golden>("[[query]]\nlanguage = \"en\"\ntyped = \"a\"\n").is_err());
    }
}
