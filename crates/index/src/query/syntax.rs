//! What was typed, as a tree of words, phrases, operators, groups and fields.
//!
//! Every text has a tree: what does not fit the grammar is taken as words, and a note says so.

use super::Note;
use super::operators::{self, FieldName, Operator};
use super::pattern::is_pattern;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'a> {
    /// What stands between spaces, one after another.
    Words(Vec<&'a str>),
    /// What stands between quotes.
    Quoted(&'a str),
    /// A word with `*` or `?` in it.
    Pattern(&'a str),
    /// A field and what is asked of it.
    Field(FieldName, Box<Node<'a>>),
    /// What was typed side by side.
    Sequence(Vec<Node<'a>>),
    /// Joined by `AND`.
    All(Vec<Node<'a>>),
    /// Joined by `OR`.
    Any(Vec<Node<'a>>),
    /// After `NOT` or a minus.
    Not(Box<Node<'a>>),
    /// Joined by `w/5`, or by `pre/5` where `ordered`.
    Near { left: Box<Node<'a>>, right: Box<Node<'a>>, within: u32, ordered: bool },
}

/// How deep groups may stand within one another.
const DEEPEST: usize = 24;
/// How many phrases, patterns, fields and operators a query may have.
const MOST_PIECES: usize = 96;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Quoted(&'a str),
    Pattern(&'a str),
    Field(FieldName, &'a str),
    Minus(&'a str),
    Operator(Operator, &'a str),
    Near { within: u32, ordered: bool, text: &'a str },
    Open,
    Close,
}

/// The tree of `query`.
pub(super) fn parse<'a>(query: &'a str, notes: &mut Vec<Note>) -> Node<'a> {
    let tokens = tokens(query, notes);
    let mut parser = Parser { tokens: &tokens, at: 0, notes, pieces: 0 };
    let mut whole = parser.any(0);
    // A parenthesis that nobody opened ends the reading; what follows it belongs beside what stands before.
    while parser.at < tokens.len() {
        parser.at += 1;
        parser.note(Note::Parenthesis);
        if parser.at < tokens.len() {
            let rest = parser.any(0);
            whole = side_by_side(vec![whole, rest]);
        }
    }
    whole
}

/// `query` as words alone; quotes, spaces and signs between them mean nothing.
pub(super) fn literal(query: &str) -> Node<'_> {
    let is_gap = |c: char| c.is_whitespace() || is_quote(c);
    Node::Words(query.split(is_gap).filter(|word| !word.is_empty()).collect())
}

impl Node<'_> {
    /// Whether it says more than words, phrases and what is asked for beside them.
    pub(super) fn has_operators(&self) -> bool {
        match self {
            Self::Words(_) | Self::Quoted(_) | Self::Pattern(_) | Self::Field(..) | Self::Not(_) => false,
            Self::Sequence(parts) => parts.iter().any(Self::has_operators),
            Self::All(_) | Self::Any(_) | Self::Near { .. } => true,
        }
    }
}

struct Parser<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    notes: &'t mut Vec<Note>,
    pieces: usize,
}

impl<'a> Parser<'_, 'a> {
    fn any(&mut self, depth: usize) -> Node<'a> {
        let mut parts = vec![self.all(depth)];
        while self.takes(Operator::Or) {
            parts.push(self.all(depth));
        }
        one_or(parts, Node::Any)
    }

    fn all(&mut self, depth: usize) -> Node<'a> {
        let mut parts = vec![self.sequence(depth)];
        while self.takes(Operator::And) {
            parts.push(self.sequence(depth));
        }
        one_or(parts, Node::All)
    }

    /// Whether the operator stands next with something to join on its other side; if so, passes it.
    fn takes(&mut self, operator: Operator) -> bool {
        let stands = matches!(self.next(), Some(Token::Operator(next, _)) if next == operator);
        if stands && self.begins(self.at + 1) {
            self.at += 1;
            return true;
        }
        false
    }

    fn sequence(&mut self, depth: usize) -> Node<'a> {
        let mut parts: Vec<Node<'a>> = Vec::new();
        while let Some(token) = self.next() {
            match token {
                Token::Close if depth > 0 => break,
                Token::Close => break,
                Token::Operator(Operator::And | Operator::Or, text) => {
                    if !parts.is_empty() && self.begins(self.at + 1) {
                        break;
                    }
                    self.at += 1;
                    // "O" or "Y" at the beginning of a sentence is a word, and nobody needs to be told.
                    if text.chars().count() > 1 || !parts.is_empty() {
                        self.note(Note::OperatorAsWord { text: text.to_owned() });
                    }
                    push_word(&mut parts, text);
                }
                Token::Near { text, .. } => {
                    self.at += 1;
                    self.note(Note::OperatorAsWord { text: text.to_owned() });
                    push_word(&mut parts, text);
                }
                _ => {
                    let Some(mut part) = self.primary(depth) else { continue };
                    while let Some(Token::Near { within, ordered, .. }) = self.next() {
                        if !self.begins(self.at + 1) || self.pieces >= MOST_PIECES {
                            break;
                        }
                        self.at += 1;
                        self.pieces += 1;
                        let Some(right) = self.primary(depth) else { break };
                        part = Node::Near { left: Box::new(part), right: Box::new(right), within, ordered };
                    }
                    // A word that stays a word goes on the run of words before it.
                    match part {
                        Node::Sequence(inner) => parts.extend(inner),
                        part => parts.push(part),
                    }
                }
            }
        }
        side_by_side(parts)
    }

    /// One word, phrase, field, group or what is negated.
    fn primary(&mut self, depth: usize) -> Option<Node<'a>> {
        let token = self.next()?;
        self.at += 1;
        if !matches!(token, Token::Word(_) | Token::Close) {
            self.pieces += 1;
        }
        let room = self.pieces <= MOST_PIECES;
        if !room {
            self.note(Note::TooManyParts { read: MOST_PIECES });
        }
        match token {
            Token::Word(text) => Some(Node::Words(vec![text])),
            Token::Quoted(text) if room => Some(Node::Quoted(text)),
            Token::Pattern(text) if room => Some(Node::Pattern(text)),
            Token::Quoted(text) | Token::Pattern(text) => {
                Some(Node::Words(text.split_whitespace().collect()))
            }
            Token::Field(field, text) => {
                let goes_on = self.begins(self.at) && !matches!(self.next(), Some(Token::Field(..)));
                if !room || !goes_on {
                    return Some(Node::Words(vec![text]));
                }
                let value = self.primary(depth)?;
                Some(Node::Field(field, Box::new(value)))
            }
            Token::Minus(text) | Token::Operator(Operator::Not, text) => {
                let goes_on = self.begins(self.at) && !self.negates(self.at);
                if !goes_on || !room {
                    if text.chars().count() > 1 {
                        self.note(Note::OperatorAsWord { text: text.to_owned() });
                        return Some(Node::Words(vec![text]));
                    }
                    return None;
                }
                Some(Node::Not(Box::new(self.primary(depth)?)))
            }
            Token::Open => self.group(depth, room),
            Token::Operator(_, text) | Token::Near { text, .. } => Some(Node::Words(vec![text])),
            Token::Close => None,
        }
    }

    fn group(&mut self, depth: usize, room: bool) -> Option<Node<'a>> {
        if depth >= DEEPEST || !room {
            self.note(Note::TooDeep { read: DEEPEST });
            return None;
        }
        let inside = self.any(depth + 1);
        if matches!(self.next(), Some(Token::Close)) {
            self.at += 1;
        } else {
            self.note(Note::Parenthesis);
        }
        let is_empty = matches!(&inside, Node::Sequence(parts) if parts.is_empty());
        (!is_empty).then_some(inside)
    }

    fn next(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    /// Whether something that can be joined stands at `at`.
    fn begins(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            None | Some(Token::Close | Token::Near { .. }) => false,
            Some(Token::Operator(operator, _)) => *operator == Operator::Not && self.begins(at + 1),
            Some(Token::Minus(_)) => self.begins(at + 1),
            Some(_) => true,
        }
    }

    fn negates(&self, at: usize) -> bool {
        matches!(self.tokens.get(at), Some(Token::Minus(_) | Token::Operator(Operator::Not, _)))
    }

    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

fn push_word<'a>(parts: &mut Vec<Node<'a>>, text: &'a str) {
    parts.push(Node::Words(vec![text]));
}

/// Pieces side by side, runs of words joined.
fn side_by_side(parts: Vec<Node<'_>>) -> Node<'_> {
    let mut joined: Vec<Node<'_>> = Vec::new();
    let flat = parts.into_iter().flat_map(|part| match part {
        Node::Sequence(inner) => inner,
        part => vec![part],
    });
    for part in flat {
        match (joined.last_mut(), part) {
            (Some(Node::Words(run)), Node::Words(words)) => run.extend(words),
            (_, part) => joined.push(part),
        }
    }
    one_or(joined, Node::Sequence)
}

fn one_or<'a>(mut parts: Vec<Node<'a>>, many: impl Fn(Vec<Node<'a>>) -> Node<'a>) -> Node<'a> {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '＂' | '〝' | '〞')
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

fn tokens<'a>(query: &'a str, notes: &mut Vec<Note>) -> Vec<Token<'a>> {
    let all_capitals = is_all_capitals(query);
    let mut found: Vec<Token<'a>> = Vec::new();
    let mut rest = query;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\0');
        let Some(first) = rest.chars().next() else { return found };
        let after = &rest[first.len_utf8()..];
        let after_field = matches!(found.last(), Some(Token::Field(..)));
        if is_quote(first) {
            match after.split_once(is_quote) {
                Some((inside, beyond)) => {
                    found.push(Token::Quoted(inside));
                    rest = beyond;
                }
                // A quote that nobody closes is passed over.
                None => {
                    if !notes.contains(&Note::Quote) {
                        notes.push(Note::Quote);
                    }
                    rest = after;
                }
            }
            continue;
        }
        if is_open(first) && !is_point(rest, found.last()) {
            found.push(Token::Open);
            rest = after;
            continue;
        }
        if is_close(first) {
            found.push(Token::Close);
            rest = after;
            continue;
        }
        let begins = |c: char| c.is_alphanumeric() || is_quote(c) || is_open(c) || c == '§';
        if matches!(first, '-' | '−') && after.starts_with(begins) && !after_field {
            found.push(Token::Minus(&rest[..first.len_utf8()]));
            rest = after;
            continue;
        }
        let end = end_of_word(rest);
        let word = &rest[..end];
        rest = &rest[end..];
        if after_field {
            found.push(if is_pattern(word) { Token::Pattern(word) } else { Token::Word(word) });
            continue;
        }
        if let Some((name, value)) = operators::field(word) {
            let begins = !value.is_empty() || rest.starts_with(|c: char| is_quote(c) || is_open(c));
            if begins {
                found.push(Token::Field(name, word));
                // The value is read next, from where it begins.
                rest = &query[query.len() - rest.len() - value.len()..];
                continue;
            }
        }
        found.push(classified(word, all_capitals, notes));
    }
}

/// What a word between spaces is.
fn classified<'a>(word: &'a str, all_capitals: bool, notes: &mut Vec<Note>) -> Token<'a> {
    if let Some(operator) = operators::operator(word, all_capitals) {
        return Token::Operator(operator, word);
    }
    if let Some((operator, within)) = operators::nearness(word) {
        match within {
            Ok(within) => {
                return Token::Near { within, ordered: operator == Operator::Before, text: word };
            }
            Err(()) => notes.push(Note::OperatorAsWord { text: word.to_owned() }),
        }
    }
    if let Some((name, value)) = word.split_once(':')
        && name.chars().count() > 1
        && name.chars().count() <= 20
        && name.chars().all(char::is_alphabetic)
        && value.starts_with(char::is_alphanumeric)
    {
        notes.push(Note::UnknownField { name: name.to_owned() });
    }
    if is_pattern(word) { Token::Pattern(word) } else { Token::Word(word) }
}

/// Whether `rest` begins with the point of a citation, `(2)` or `(a)`, after a number: "art. 30 (2)".
fn is_point(rest: &str, before: Option<&Token<'_>>) -> bool {
    let after_number = matches!(before, Some(Token::Word(word))
        if word.ends_with(|c: char| c.is_numeric() || is_close(c)));
    after_number && point(rest).is_some()
}

/// The length in bytes of a point of a citation at the beginning of `text`.
fn point(text: &str) -> Option<usize> {
    let mut inside = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' if at == 0 => {}
            ')' | '）' if inside > 0 => return Some(at + c.len_utf8()),
            c if at > 0 && c.is_alphanumeric() && inside < 5 => inside += 1,
            _ => return None,
        }
    }
    None
}

/// Where a word ends: at a space, a quote or a parenthesis, but not at the points of a citation, `15(a)(ii)`.
fn end_of_word(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() || is_quote(c) || is_close(c) {
            return at;
        }
        if is_open(c) {
            let after_number = text[..at].ends_with(|c: char| c.is_numeric() || is_close(c));
            match point(&text[at..]).filter(|_| after_number || at == 0) {
                Some(length) => at += length,
                None => return at,
            }
            continue;
        }
        at += c.len_utf8();
    }
    at
}

/// Whether what was typed is in capitals throughout, so that capitals say nothing: a heading rather than a question.
fn is_all_capitals(query: &str) -> bool {
    !query.chars().any(char::is_lowercase)
        && query.split_whitespace().any(|word| word.chars().filter(|c| c.is_uppercase()).count() > 5)
}

#[cfg(test)]
mod tests;
