//! Putting laws into the index and taking them out.

use std::sync::{Arc, PoisonError};

use merida_law::{ExpressionUri, TaggedDocument};
use tantivy::indexer::LogMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::concepts;
use super::schema::{self, FORMAT, Fields};
use super::stored::Stored;
use super::table::{Card, Table, TagSet};
use super::{Inner, Payload, engine_error, threads};
use crate::IndexError;
use crate::analysis::Lang;
use crate::entry::{Entry, entries};
use crate::query::{number_in_id, number_of};

/// Writes to an index. What is put is found after [`Writer::commit`]; what is not committed is lost with the writer.
pub struct Writer {
    inner: Arc<Inner>,
    writer: IndexWriter<TantivyDocument>,
}

/// Into how many segments [`Writer::finish`] merges an index.
const FEW_SEGMENTS: usize = 3;

impl Writer {
    pub(super) fn new(inner: Arc<Inner>) -> Result<Self, IndexError> {
        let threads = threads(inner.settings.writer_threads);
        let bytes = (inner.settings.writer_bytes / threads).max(16 << 20) * threads;
        let writer = inner.engine.writer_with_num_threads(threads, bytes).map_err(engine_error)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(6);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self { inner, writer })
    }

    /// Puts a document: one entry for each of its units. A text of the same expression is replaced. Returns how many
    /// units were put.
    ///
    /// # Errors
    ///
    /// Where the disk fails.
    pub fn put_document(&mut self, document: &TaggedDocument) -> Result<usize, IndexError> {
        self.put(Card::new(&document.work, &document.expression), entries(document))
    }

    /// Puts the units of an expression, in reading order. A text of the same expression is replaced. Returns how many
    /// were put.
    ///
    /// # Errors
    ///
    /// Where the disk fails.
    pub fn put(&mut self, card: Card, entries: impl IntoIterator<Item = Entry>) -> Result<usize, IndexError> {
        self.remove_expression(&card.expression)?;
        let inner = Arc::clone(&self.inner);
        let mut table = inner.table.lock().unwrap_or_else(PoisonError::into_inner);
        let expression = table.add_card(card.clone());
        let mut put = 0;
        for mut entry in entries {
            entry.settle();
            let document = self.document(&card, expression, put, &entry, &mut table);
            self.writer.add_document(document).map_err(engine_error)?;
            put += 1;
        }
        Ok(put)
    }

    /// Takes an expression out. Whether it was there does not matter.
    ///
    /// # Errors
    ///
    /// None at present; the disk is written at commit.
    pub fn remove_expression(&mut self, uri: &ExpressionUri) -> Result<(), IndexError> {
        let mut table = self.inner.table.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = table.forget(uri) {
            self.writer.delete_term(Term::from_field_u64(self.inner.fields.expression, u64::from(number)));
        }
        Ok(())
    }

    /// Makes what was put and taken out last, and be found. `stamp` is kept for [`crate::Index::stamp`].
    ///
    /// # Errors
    ///
    /// Where the disk fails; the index is then as after the commit before.
    pub fn commit(&mut self, stamp: u64) -> Result<(), IndexError> {
        let inner = Arc::clone(&self.inner);
        let table = inner.table.lock().unwrap_or_else(PoisonError::into_inner);
        // The table goes first: a commit must never speak of what the table does not know.
        if let Some(folder) = &inner.folder {
            table.write(folder)?;
        }
        let payload = Payload {
            format: FORMAT,
            thesaurus: inner.settings.thesaurus().fingerprint(),
            stamp,
            extent: table.extent(),
        };
        let payload =
            serde_json::to_string(&payload).map_err(|error| IndexError::Engine(error.to_string()))?;
        let mut commit = self.writer.prepare_commit().map_err(engine_error)?;
        commit.set_payload(&payload);
        commit.commit().map_err(engine_error)?;
        inner.reload(&table)
    }

    /// Commits, waits for merges that run, and merges what is left into few segments, which is worth its time after a
    /// library was put as a whole.
    ///
    /// # Errors
    ///
    /// Where the disk fails.
    pub fn finish(mut self, stamp: u64) -> Result<(), IndexError> {
        self.commit(stamp)?;
        let Self { inner, writer } = self;
        writer.wait_merging_threads().map_err(engine_error)?;
        let segments = inner.engine.searchable_segment_ids().map_err(engine_error)?;
        if segments.len() > FEW_SEGMENTS {
            let mut again: IndexWriter<TantivyDocument> =
                inner.engine.writer_with_num_threads(1, 16 << 20).map_err(engine_error)?;
            again.merge(&segments).wait().map_err(engine_error)?;
            again.wait_merging_threads().map_err(engine_error)?;
        }
        let table = inner.table.lock().unwrap_or_else(PoisonError::into_inner);
        inner.reload(&table)
    }

    fn document(
        &self,
        card: &Card,
        expression: u32,
        order: usize,
        entry: &Entry,
        table: &mut Table,
    ) -> TantivyDocument {
        let Fields {
            expression: expression_field, tags, order: order_field, identity, lang: lang_field, ..
        } = self.inner.fields;
        let fields = self.inner.fields;
        let lang = Lang::of(entry.language);
        let suggested = entry.suggested.iter().map(|suggested| suggested.article).collect();
        let mut document = TantivyDocument::default();
        document.add_u64(expression_field, u64::from(expression));
        document.add_u64(tags, u64::from(table.add_tags(TagSet::new(entry.curated.clone(), suggested))));
        document.add_u64(order_field, order as u64);
        document.add_u64(identity, identity_of(card, entry));
        document.add_u64(lang_field, lang.index() as u64);
        if entry.text.starts_with(&entry.heading) {
            document.add_u64(fields.heading_words, schema::places(&entry.heading));
        }
        let text = schema::marked(lang, &entry.text);
        document.add_text(fields.concept, concepts::value(&entry.heading, &entry.text, &text));
        document.add_text(fields.exact, &text);
        document.add_text(fields.text, text);
        if !entry.heading.is_empty() {
            document.add_text(fields.heading, schema::marked(lang, &entry.heading));
        }
        for number in numbers(entry) {
            document.add_text(fields.label, number);
        }
        document.add_text(fields.stored, Stored::of(entry).write());
        document
    }
}

/// The numbers under which a provision is cited.
fn numbers(entry: &Entry) -> Vec<String> {
    let mut numbers: Vec<String> = number_of(&entry.label).into_iter().collect();
    if let Some(number) = number_in_id(entry.id.as_str())
        && !numbers.iter().any(|known| known == number)
    {
        numbers.push(number.to_owned());
    }
    numbers
}

/// The same for the same provision in every text of a work in one language: FNV-1a of work, language and id.
fn identity_of(card: &Card, entry: &Entry) -> u64 {
    let work = card.expression.work().as_str().bytes();
    let language = card.language().bcp47().bytes();
    let id = entry.id.as_str().bytes();
    work.chain(std::iter::once(0))
        .chain(language)
        .chain(std::iter::once(0))
        .chain(id)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
