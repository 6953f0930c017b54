//! The fields of an entry in tantivy, and how text is cut into terms there.

use std::sync::Arc;

use tantivy::Index;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use super::concepts::{self, ConceptTerms};
use crate::Thesaurus;
use crate::analysis::{Analyser, Lang, Mode, Tokens};

/// The format of the index. A folder of another format is rebuilt.
pub(crate) const FORMAT: u32 = 4;

/// The fields of an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The number of its expression, see [`super::table::Table`].
    pub(crate) expression: Field,
    /// The number of its set of tags.
    pub(crate) tags: Field,
    /// Its place among the units of the expression.
    pub(crate) order: Field,
    /// A hash of work, language and id: the same for the same provision in another text of the work.
    pub(crate) identity: Field,
    /// The number of the analyser of its language.
    pub(crate) lang: Field,
    /// How many places of the text its heading takes.
    pub(crate) heading_words: Field,
    /// Heading and text, analysed; terms begin with the code of the language.
    pub(crate) text: Field,
    /// The heading, analysed; terms begin with the code of the language.
    pub(crate) heading: Field,
    /// Heading and text, folded.
    pub(crate) exact: Field,
    /// The concepts that stand in heading and text; see [`super::concepts`].
    pub(crate) concept: Field,
    /// Its number in one form.
    pub(crate) label: Field,
    /// What a hit shows.
    pub(crate) stored: Field,
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(true),
        )
    };
    let label = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let concept = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(CONCEPT)
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(false),
    );
    let fields = Fields {
        expression: builder.add_u64_field("expression", FAST | INDEXED),
        tags: builder.add_u64_field("tags", FAST),
        order: builder.add_u64_field("order", FAST),
        identity: builder.add_u64_field("identity", FAST),
        lang: builder.add_u64_field("lang", FAST),
        heading_words: builder.add_u64_field("heading_words", FAST),
        text: builder.add_text_field("text", text(TEXT, IndexRecordOption::WithFreqsAndPositions)),
        exact: builder.add_text_field("exact", text(EXACT, IndexRecordOption::WithFreqsAndPositions)),
        // Fields are analysed in this order; concepts are told from what text and exact were analysed into last.
        concept: builder.add_text_field("concept", concept),
        heading: builder.add_text_field("heading", text(TEXT, IndexRecordOption::WithFreqs)),
        label: builder.add_text_field("label", label),
        stored: builder.add_text_field("stored", STORED),
    };
    (builder.build(), fields)
}

const TEXT: &str = "merida-text";
const EXACT: &str = "merida-exact";
const CONCEPT: &str = "merida-concept";

pub(crate) fn register(index: &Index, thesaurus: &Arc<Thesaurus>) {
    for (name, mode) in [(TEXT, Mode::Text), (EXACT, Mode::Exact)] {
        let terms = Terms::new(mode, Arc::clone(thesaurus));
        index.tokenizers().register(name, TextAnalyzer::from(terms));
    }
    let concepts = ConceptTerms::new(Arc::clone(thesaurus));
    index.tokenizers().register(CONCEPT, TextAnalyzer::from(concepts));
}

/// The value of an analysed field: text that begins with the code of its language.
pub(crate) fn marked(lang: Lang, text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 2);
    value.push_str(lang.code());
    value.push_str(text);
    value
}

/// How many places `text` takes.
pub(crate) fn places(text: &str) -> u64 {
    let mut tokens = Tokens::default();
    Analyser::default().analyse(text, Lang::OTHER, Mode::Exact, &mut tokens);
    tokens.iter().last().map_or(0, |(_, token)| u64::from(token.place) + 1)
}

/// The term of an analysed field.
pub(crate) fn term(lang: Lang, term: &str) -> String {
    marked(lang, term)
}

/// Cuts the value of a field into terms.
#[derive(Clone)]
struct Terms {
    mode: Mode,
    thesaurus: Arc<Thesaurus>,
    analyser: Analyser,
    tokens: Tokens,
    token: Token,
}

impl Terms {
    fn new(mode: Mode, thesaurus: Arc<Thesaurus>) -> Self {
        let (tokens, token) = (Tokens::default(), Token::default());
        Self { mode, thesaurus, analyser: Analyser::default(), tokens, token }
    }
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        let (code, body) = text.split_at_checked(2).unwrap_or((Lang::OTHER.code(), ""));
        let lang = Lang::from_code(code).unwrap_or(Lang::OTHER);
        self.analyser.analyse(body, lang, self.mode, &mut self.tokens);
        concepts::remember(&self.thesaurus, lang, self.mode, body, &self.tokens);
        self.token.reset();
        let prefix = if self.mode == Mode::Text { lang.code() } else { "" };
        TermStream { tokens: &self.tokens, next: 0, prefix, token: &mut self.token }
    }
}

struct TermStream<'a> {
    tokens: &'a Tokens,
    next: usize,
    prefix: &'static str,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        if self.next >= self.tokens.len() {
            return false;
        }
        let (term, token) = self.tokens.get(self.next);
        self.next += 1;
        self.token.text.clear();
        self.token.text.push_str(self.prefix);
        self.token.text.push_str(term);
        self.token.position = token.place as usize;
        self.token.offset_from = token.bytes.start;
        self.token.offset_to = token.bytes.end;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
