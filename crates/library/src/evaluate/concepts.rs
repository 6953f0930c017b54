//! Measuring the thesaurus: in how many provisions each label stands, and whether a concept has the same answers in
//! whatever language it is asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use merida_index::{Concept, ConceptId, Index, LabelKind, Request, Settings, Thesaurus};
use merida_law::{Article, ExpressionUri, Language, Origin, ProvisionId, TaggedDocument, WorkUri};
use serde::Serialize;

use crate::open::blocking;
use crate::{Error, Library};

/// In how many provisions of a library the labels of the thesaurus stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThesaurusFigures {
    /// How many concepts.
    pub concepts: u64,
    /// How many units were read.
    pub provisions: u64,
    /// One row for each language of the thesaurus.
    pub languages: Vec<LanguageCount>,
    /// Every label.
    pub labels: Vec<LabelCount>,
}

/// How many labels of a language stand in a library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageCount {
    /// The language.
    pub language: Language,
    /// How many labels.
    pub labels: u64,
    /// How many of them stand in at least one provision.
    pub attested: u64,
}

/// In how many provisions a label stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelCount {
    /// Whose label.
    pub concept: ConceptId,
    /// Its language.
    pub language: Language,
    /// How it is used.
    pub kind: LabelKind,
    /// The label.
    pub text: String,
    /// In how many provisions it stands, in any inflected form; where it stands within a longer label it does not
    /// count.
    pub provisions: u64,
}

/// How far the answers to the same concept agree across languages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptFigures {
    /// One row for each concept.
    pub concepts: Vec<ConceptOverlap>,
    /// One row for each pair of languages: the average over concepts.
    pub pairs: Vec<PairOverlap>,
    /// The average over all pairs of all concepts.
    pub overlap: f64,
    /// The lowest of `pairs`.
    pub lowest_pair: f64,
    /// The average over concepts that have judged provisions.
    pub recall_50: f64,
}

/// How far the answers to one concept agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptOverlap {
    /// The concept.
    pub concept: ConceptId,
    /// The average overlap of the top ten works, over pairs of languages; none where nothing was found.
    pub overlap: Option<f64>,
    /// The lowest overlap of a pair.
    pub lowest: Option<f64>,
    /// Of the provisions in other languages that a person tagged with an article of the concept, the share that is
    /// among the best fifty provisions (of the first fifty, where there are more), averaged over languages; the search
    /// does not see those tags. None where nothing is tagged.
    pub recall_50: Option<f64>,
}

/// How far the answers in two languages agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairOverlap {
    /// The two.
    pub languages: [Language; 2],
    /// The average over concepts of the share of the top ten works that both have.
    pub overlap: f64,
}

/// The concepts that are measured: one or more of each area.
const MEASURED: [&str; 30] = [
    "active-bribery",
    "passive-bribery",
    "bribery-of-foreign-public-official",
    "bribery-in-private-sector",
    "embezzlement-by-public-official",
    "trading-in-influence",
    "abuse-of-functions",
    "illicit-enrichment",
    "money-laundering",
    "concealment",
    "obstruction-of-justice",
    "liability-of-legal-persons",
    "statute-of-limitations",
    "immunity",
    "public-official",
    "proceeds-of-crime",
    "confiscation",
    "freezing",
    "witness-protection",
    "whistleblower-protection",
    "extradition",
    "mutual-legal-assistance",
    "controlled-delivery",
    "transfer-of-sentenced-persons",
    "asset-recovery",
    "conflict-of-interest",
    "asset-declaration",
    "public-procurement",
    "beneficial-owner",
    "suspicious-transaction-report",
];

/// The languages in which every concept has labels.
const ASKED_IN: [&str; 6] = ["en", "fr", "es", "ru", "ar", "zh"];
const TOP_WORKS: usize = 10;
const TOP_PROVISIONS: usize = 50;

impl Library {
    /// Counts the provisions in which each label of the thesaurus stands.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn evaluate_thesaurus(&self) -> Result<ThesaurusFigures, Error> {
        let thesaurus = self.thesaurus();
        let mut counts: HashMap<(String, ConceptId, String), u64> = HashMap::new();
        let mut provisions = 0;
        for uri in self.store().current().await? {
            let Some(document) = self.store().document(&uri).await? else { continue };
            let (more, units) = blocking(move || count(thesaurus, &document)).await?;
            provisions += units;
            for (label, count) in more {
                *counts.entry(label).or_default() += count;
            }
        }
        let mut labels = Vec::new();
        for concept in thesaurus.concepts() {
            for label in &concept.labels {
                let key = (label.language.primary().to_owned(), concept.id.clone(), label.text.clone());
                labels.push(LabelCount {
                    concept: concept.id.clone(),
                    language: label.language,
                    kind: label.kind,
                    provisions: counts.get(&key).copied().unwrap_or(0),
                    text: label.text.clone(),
                });
            }
        }
        let row = |language: Language| {
            let of: Vec<&LabelCount> = labels.iter().filter(|label| label.language == language).collect();
            let attested = of.iter().filter(|label| label.provisions > 0).count() as u64;
            LanguageCount { language, labels: of.len() as u64, attested }
        };
        let languages = Thesaurus::languages().into_iter().map(row).collect();
        Ok(ThesaurusFigures { concepts: thesaurus.concepts().len() as u64, provisions, languages, labels })
    }

    /// Asks for concepts by their preferred labels in six languages and compares the answers: for those that are
    /// measured for releases, or for all. An index of the library without curated and suggested tags is made for it
    /// in the folder for temporary files, so that what people tagged can be the judgement.
    ///
    /// # Errors
    /// If the store cannot be read or the index not be written.
    pub async fn evaluate_concepts(&self, all: bool) -> Result<ConceptFigures, Error> {
        let folder = std::env::temp_dir().join(format!("merida-concepts-{}", std::process::id()));
        let made = self.measure(&folder, all).await;
        // What is left of a temporary index does no harm.
        let _ = std::fs::remove_dir_all(&folder);
        made
    }

    async fn measure(&self, folder: &Path, all: bool) -> Result<ConceptFigures, Error> {
        let (index, judged) = self.untagged(folder).await?;
        let thesaurus = self.thesaurus();
        let concepts: Vec<&'static Concept> = thesaurus
            .concepts()
            .iter()
            .filter(|concept| all || MEASURED.contains(&concept.id.as_str()))
            .collect();
        blocking(move || figures(&index, &judged, &concepts)).await?
    }

    /// The library as an index without tags, and the tags of people.
    async fn untagged(&self, folder: &Path) -> Result<(Index, Judged), Error> {
        let place = folder.to_path_buf();
        let index = blocking(move || Index::create(&place, Settings::default())).await??;
        let mut judged = Judged::default();
        let current = self.store().current().await?;
        let total = current.len();
        let writer = index.writer()?;
        let writer = Arc::new(std::sync::Mutex::new(Some(writer)));
        for (done, uri) in current.into_iter().enumerate() {
            let document = self.store().document(&uri).await?;
            let writer = Arc::clone(&writer);
            judged = blocking(move || -> Result<Judged, Error> {
                let mut guard = writer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if let (Some(mut document), Some(writer)) = (document, guard.as_mut()) {
                    judged.take(&document);
                    document.tags.clear();
                    writer.put_document(&document)?;
                }
                if done + 1 == total
                    && let Some(writer) = guard.take()
                {
                    writer.finish(1)?;
                }
                Ok(judged)
            })
            .await??;
        }
        Ok((index, judged))
    }
}

fn count(
    thesaurus: &Thesaurus,
    document: &TaggedDocument,
) -> (HashMap<(String, ConceptId, String), u64>, u64) {
    let mut counts = HashMap::new();
    let mut units = 0;
    for range in document.units() {
        let language =
            document.provisions[range.start].language.unwrap_or(document.expression.uri.language());
        let text = document.unit_text(range);
        units += 1;
        for ((concept, label), _) in thesaurus.labels_in(&text, language) {
            // Norwegian and the like are read as other languages are; labels are named by what they are read as.
            *counts.entry((analysed_as(language), concept, label)).or_default() += 1;
        }
    }
    (counts, units)
}

/// The language of the thesaurus that a text is analysed as.
fn analysed_as(language: Language) -> String {
    merida_index::Lang::of(language).code().to_owned()
}

/// What people tagged: units by article, in each language.
#[derive(Default)]
struct Judged {
    /// Article, work and unit; the languages in which the work is kept.
    units: Vec<(Article, WorkUri, ProvisionId)>,
    languages: HashMap<WorkUri, HashSet<String>>,
}

impl Judged {
    fn take(&mut self, document: &TaggedDocument) {
        let uri: &ExpressionUri = &document.expression.uri;
        let languages = self.languages.entry(uri.work().clone()).or_default();
        languages.insert(uri.language().primary().to_owned());
        let units: HashMap<&ProvisionId, &ProvisionId> = document
            .units()
            .flat_map(|range| {
                let unit = &document.provisions[range.start].id;
                document.provisions[range].iter().map(move |provision| (&provision.id, unit))
            })
            .collect();
        for tag in document.tags.iter().filter(|tag| matches!(tag.origin, Origin::Curated { .. })) {
            if let Some(unit) = units.get(&tag.provision) {
                self.units.push((tag.article, uri.work().clone(), (*unit).clone()));
            }
        }
    }

    /// The units tagged with an article of the concept, of works that are kept in no text of `language`.
    fn of(&self, concept: &Concept, language: &str) -> BTreeSet<(WorkUri, ProvisionId)> {
        let bears = |article: Article| concept.articles.iter().any(|of| of.contains(article));
        let units = self.units.iter().filter(|(article, work, _)| {
            bears(*article) && self.languages.get(work).is_none_or(|known| !known.contains(language))
        });
        units.map(|(_, work, unit)| (work.clone(), unit.clone())).collect()
    }
}

fn figures(index: &Index, judged: &Judged, concepts: &[&Concept]) -> Result<ConceptFigures, Error> {
    let mut pairs: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    let mut rows = Vec::new();
    for concept in concepts {
        let mut tops: Vec<Vec<WorkUri>> = Vec::new();
        let mut recalls = Vec::new();
        for code in ASKED_IN {
            let language: Language = code.parse().map_err(|_| Error::Evaluation(code.to_owned()))?;
            let label = concept.preferred(language).unwrap_or_default();
            let request = Request { limit: TOP_PROVISIONS, per_work: TOP_PROVISIONS, ..Request::new(label) };
            let found = index.search(&request)?;
            tops.push(found.works.iter().take(TOP_WORKS).map(|work| work.uri.clone()).collect());
            let relevant = judged.of(concept, code);
            if !relevant.is_empty() {
                recalls.push(recall(&found, &relevant));
            }
        }
        let mut overlaps = Vec::new();
        for (a, b) in (0..tops.len()).flat_map(|a| (a + 1..tops.len()).map(move |b| (a, b))) {
            let most = tops[a].len().max(tops[b].len());
            if most > 0 {
                let both = tops[a].iter().filter(|work| tops[b].contains(work)).count();
                let overlap = both as f64 / most as f64;
                overlaps.push(overlap);
                pairs.entry((a, b)).or_default().push(overlap);
            }
        }
        rows.push(ConceptOverlap {
            concept: concept.id.clone(),
            overlap: mean(&overlaps),
            lowest: overlaps.iter().copied().min_by(f64::total_cmp),
            recall_50: mean(&recalls),
        });
    }
    let language = |place: usize| ASKED_IN[place].parse().unwrap_or(Language::UND);
    let pairs: Vec<PairOverlap> = pairs
        .into_iter()
        .filter_map(|((a, b), values)| {
            Some(PairOverlap { languages: [language(a), language(b)], overlap: mean(&values)? })
        })
        .collect();
    let average = |values: Vec<f64>| mean(&values).unwrap_or(0.0);
    Ok(ConceptFigures {
        overlap: average(rows.iter().filter_map(|row| row.overlap).collect()),
        lowest_pair: pairs.iter().map(|pair| pair.overlap).min_by(f64::total_cmp).unwrap_or(0.0),
        recall_50: average(rows.iter().filter_map(|row| row.recall_50).collect()),
        concepts: rows,
        pairs,
    })
}

/// The share of `relevant` among the best provisions.
fn recall(found: &merida_index::Results, relevant: &BTreeSet<(WorkUri, ProvisionId)>) -> f64 {
    let mut best: Vec<(f32, &WorkUri, &ProvisionId)> = found
        .works
        .iter()
        .flat_map(|work| work.provisions.iter().map(|hit| (hit.score, &work.uri, &hit.id)))
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let hits: BTreeSet<_> = best
        .into_iter()
        .take(TOP_PROVISIONS)
        .map(|(_, work, id)| (work.clone(), id.clone()))
        .filter(|place| relevant.contains(place))
        .collect();
    hits.len() as f64 / relevant.len().min(TOP_PROVISIONS) as f64
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
