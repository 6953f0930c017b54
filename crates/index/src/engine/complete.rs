//! Laws and provisions that are offered while one types.

use merida_law::Language;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TantivyError};

use super::snapshot::Snapshot;
use crate::analysis::digits;
use crate::query::number_of;
use crate::suggest::{Named, Names, NewName, Offer, Offered};
use crate::{ConceptId, LabelKind};

/// How many laws are looked at for a provision.
const LAWS: usize = 3;
/// How many numbers that begin so are looked at.
const NUMBERS: usize = 200;
/// How many units of one text are looked at.
const UNITS: i64 = 20_000;

/// What a concept is worth beside the title of a law that fits as well.
const CONCEPT: f32 = 0.5;

/// The names that are offered while one types.
pub(super) struct Offerable {
    /// The titles of laws, numbered as [`Snapshot::works`].
    titles: Names,
    /// The labels of concepts that stand in any entry, numbered as in the thesaurus.
    labels: Names,
}

/// What was typed, with a number in it: the words of a title, and the number of a provision or its beginning.
struct Numbered {
    title: String,
    number: String,
    /// Whether something says that a provision is meant: `s 6`, `§ 299`, `第三百八十五条`.
    is_signed: bool,
}

impl Snapshot {
    fn offerable(&self) -> Offerable {
        Offerable { titles: self.title_names(), labels: self.label_names() }
    }

    /// The labels of the concepts that stand in any entry. One that is not shown finds the preferred one.
    fn label_names(&self) -> Names {
        let mut names = Vec::new();
        let hidden: Vec<String> = self
            .thesaurus
            .concepts()
            .iter()
            .map(|concept| {
                let labels = concept.labels.iter().filter(|label| label.kind == LabelKind::Hidden);
                labels.map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ")
            })
            .collect();
        for ((concept, hidden), number) in self.thesaurus.concepts().iter().zip(&hidden).zip(0u16..) {
            let entries = self.concept_entries(number);
            if entries == 0 {
                continue;
            }
            for label in concept.labels.iter().filter(|label| label.kind != LabelKind::Hidden) {
                let is_english = label.kind == LabelKind::Preferred && label.language == Language::EN;
                names.push(NewName {
                    item: u32::from(number),
                    text: &label.text,
                    beside: if is_english { hidden } else { "" },
                    language: label.language,
                    weight: entries as f32,
                });
            }
        }
        Names::new(names)
    }

    /// The titles of the laws that are in use, numbered as [`Snapshot::works`].
    fn title_names(&self) -> Names {
        let mut units = vec![0u32; self.cards.len()];
        for segment in &self.segments {
            for doc in segment.reader.doc_ids_alive() {
                units[segment.expression[doc as usize] as usize] += 1;
            }
        }
        let mut names = Vec::new();
        for (place, card) in self.cards.iter().enumerate().filter(|(place, _)| units[*place] > 0) {
            let language = card.language();
            let english = card.title_en.as_deref().filter(|english| *english != card.title);
            let titles = std::iter::once((card.title.as_str(), language))
                .chain(english.map(|english| (english, Language::EN)));
            for (text, language) in titles {
                names.push(NewName {
                    item: self.work_of[place],
                    text,
                    beside: card.jurisdiction.name_in(language),
                    language,
                    weight: units[place] as f32,
                });
            }
        }
        Names::new(names)
    }

    /// Laws and provisions that may be meant by what was typed, the best first.
    pub(super) fn complete(
        &self,
        typed: &str,
        languages: &[Language],
        most: usize,
    ) -> Result<Vec<Offered>, TantivyError> {
        let Offerable { titles: names, labels } = self.names.get_or_init(|| self.offerable());
        let mut offered: Vec<Offered> =
            names.find(typed, languages, most).iter().map(|named| self.law(named)).collect();
        offered.extend(labels.find(typed, languages, most).iter().filter_map(|named| self.concept(named)));
        for numbered in numbered(typed) {
            let provisions = self.provisions(names, &numbered, languages, most)?;
            if !provisions.is_empty() {
                offered.extend(provisions);
                break;
            }
        }
        offered.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
        offered.truncate(most);
        Ok(offered)
    }

    fn concept(&self, named: &Named<'_>) -> Option<Offered> {
        let number = u16::try_from(named.item).ok()?;
        let concept: ConceptId = self.thesaurus.concepts().get(usize::from(number))?.id.clone();
        Some(Offered {
            text: named.text.to_owned(),
            language: named.language,
            offer: Offer::Concept { concept },
            count: self.concept_entries(number),
            score: named.score + CONCEPT,
        })
    }

    fn law(&self, named: &Named<'_>) -> Offered {
        let place = &self.works[named.item as usize];
        let card = &self.cards[place.card as usize];
        Offered {
            text: named.text.to_owned(),
            language: named.language,
            offer: Offer::Work {
                work: place.uri.clone(),
                title_en: card.title_en.clone().filter(|english| english != named.text),
                jurisdiction: card.jurisdiction,
            },
            count: 0,
            score: named.score,
        }
    }

    fn provisions(
        &self,
        names: &Names,
        numbered: &Numbered,
        languages: &[Language],
        most: usize,
    ) -> Result<Vec<Offered>, TantivyError> {
        let mut offered = Vec::new();
        for law in names.find(&numbered.title, languages, LAWS) {
            let Some(expression) = self.best_text(law.item, law.language) else { continue };
            let card = &self.cards[expression as usize];
            for (closeness, segment, doc) in self.numbered(expression, &numbered.number, most)? {
                let stored = self.stored(segment, doc)?;
                let sign = if numbered.is_signed { 1.5 } else { 0.0 };
                offered.push(Offered {
                    text: format!("{} {}", law.text, stored.label),
                    language: law.language,
                    offer: Offer::Provision {
                        expression: card.expression.clone(),
                        id: stored.provision(),
                        heading: stored.heading.chars().take(120).collect(),
                        jurisdiction: card.jurisdiction,
                    },
                    count: 1,
                    score: law.score + sign + closeness,
                });
            }
        }
        Ok(offered)
    }

    /// The text of a law that is shown: in the language of the title where there is one.
    fn best_text(&self, work: u32, language: Language) -> Option<u32> {
        (0..self.cards.len() as u32)
            .filter(|&place| self.work_of[place as usize] == work && self.places.at(place, 0).is_some())
            .min_by_key(|&place| {
                let card = &self.cards[place as usize];
                (card.language() != language, self.preference[place as usize], place)
            })
    }

    /// The provisions of a text whose number is or begins with `number`: how close, and where they stand.
    fn numbered(
        &self,
        expression: u32,
        number: &str,
        most: usize,
    ) -> Result<Vec<(f32, usize, DocId)>, TantivyError> {
        let mut spans: Vec<Option<(DocId, DocId)>> = vec![None; self.segments.len()];
        for (segment, doc) in (0..UNITS).map_while(|order| self.places.at(expression, order)) {
            let span = spans[segment].get_or_insert((doc, doc));
            *span = (span.0.min(doc), span.1.max(doc));
        }
        let mut found: Vec<(usize, String, usize, DocId)> = Vec::new();
        for (place, span) in spans.into_iter().enumerate() {
            let Some((first, last)) = span else { continue };
            let segment = &self.segments[place];
            let index = segment.reader.inverted_index(self.fields.label)?;
            let mut stream =
                index.terms().range().ge(number).lt(format!("{number}\u{10ffff}")).into_stream()?;
            let mut looked_at = 0;
            while looked_at < NUMBERS && stream.advance() {
                looked_at += 1;
                let term = String::from_utf8_lossy(stream.key()).into_owned();
                let mut postings =
                    index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
                let mut doc = if postings.doc() < first { postings.seek(first) } else { postings.doc() };
                while doc <= last {
                    if segment.expression[doc as usize] == expression && !segment.reader.is_deleted(doc) {
                        found.push((term.chars().count(), term.clone(), place, doc));
                        break;
                    }
                    doc = postings.advance();
                }
            }
        }
        found.sort();
        found.truncate(most);
        let whole = number.chars().count();
        let closeness = |letters: usize| if letters == whole { 0.5 } else { 0.2 / letters as f32 };
        Ok(found.into_iter().map(|(letters, _, segment, doc)| (closeness(letters), segment, doc)).collect())
    }
}

/// The ways to read what was typed as a title and the number of a provision, the likeliest first.
fn numbered(typed: &str) -> Vec<Numbered> {
    let typed: String = typed.chars().take(160).collect();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut ways = Vec::new();
    if let [.., last] = words[..]
        && let Some((title, number)) = last.split_once('第').filter(|(title, _)| !title.is_empty())
        && let Some(number) = number_of(&format!("第{number}")).or_else(|| number_of(number))
    {
        let before = words[..words.len() - 1].join(" ");
        ways.push(Numbered { title: format!("{before} {title}"), number, is_signed: true });
    }
    for place in (0..words.len()).rev() {
        let word = digits(words[place]);
        if !word.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some(number) = number_of(&word) else { continue };
        // What stands beside the number may be the sign of a provision, whatever the language: § 6, 6. §.
        let is_signed = !word.starts_with(|c: char| c.is_ascii_digit());
        for (from, to, is_signed) in [
            (place, place + 1, is_signed),
            (place.saturating_sub(1), place + 1, true),
            (place, (place + 2).min(words.len()), true),
        ] {
            let title = [&words[..from], &words[to..]].concat().join(" ");
            let is_new = !ways.iter().any(|way: &Numbered| way.title == title && way.number == number);
            if !title.is_empty() && is_new {
                ways.push(Numbered { title, number: number.clone(), is_signed });
            }
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_beside_a_title_may_be_that_of_a_provision() {
        let read = |typed: &str| {
            numbered(typed)
                .into_iter()
                .map(|way| (way.title.trim().to_owned(), way.number))
                .collect::<Vec<_>>()
        };
        let holds = |typed: &str, title: &str, number: &str| {
            let ways = read(typed);
            assert!(ways.contains(&(title.to_owned(), number.to_owned())), "{typed}: {ways:?}");
        };
        holds("Bribery Act 2010 s 6", "Bribery Act 2010", "6");
        holds("s 6 Bribery Act 2010", "Bribery Act 2010", "6");
        holds("Code pénal art. 432-11", "Code pénal", "432-11");
        holds("StGB §299", "StGB", "299");
        holds("刑法第三百八十五条", "刑法", "385");
        holds("قانون العقوبات المادة ١٠٣", "قانون العقوبات", "103");
        assert_eq!(read("Bribery Act"), []);
        assert_eq!(read("2010"), []);
    }
}
