//! The terms of one language: which words stand for which concept, found in one pass.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::fold::{Folded, Script, fold};

/// A concept, by its place in the list of all.
pub(super) type ConceptId = u16;

/// A stretch of text that stands for a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The concept.
    pub(super) concept: ConceptId,
    /// Where it starts, in Unicode scalar values.
    pub(super) start: u32,
    /// Where it ends, exclusive.
    pub(super) end: u32,
}

/// Why a lexicon cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum LexiconError {
    /// A concept that no rule knows.
    #[error("no rule knows the concept \"{0}\": correct its name or name it in rules.toml")]
    Concept(String),
    /// A pattern without a letter, or with brackets that do not match.
    #[error(
        "\"{0}\" is not a pattern: write words, with * for any ending, .. for a gap and (a|b) for a choice"
    )]
    Pattern(String),
    /// The patterns together are too many for one automaton.
    #[error("the patterns cannot be compiled: {0}")]
    Automaton(#[from] aho_corasick::BuildError),
}

/// A lexicon as its file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    /// The primary language tags that it serves.
    pub(super) languages: Vec<String>,
    /// `spaced`, `unspaced` or `arabic`.
    #[serde(default)]
    script: ScriptName,
    /// Letters to be read as others: `賄贿` pairs, or `љ=lj`, divided by spaces.
    #[serde(default)]
    folding: String,
    /// Concept → patterns divided by `;`.
    pub(super) terms: HashMap<String, String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ScriptName {
    #[default]
    Spaced,
    Unspaced,
    Arabic,
}

/// The terms of one language, ready to be looked for.
#[derive(Debug)]
pub(super) struct Lexicon {
    script: Script,
    automaton: AhoCorasick,
    /// One for each pattern of the automaton.
    patterns: Vec<Pattern>,
}

/// What must follow the literal that the automaton has found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    concept: ConceptId,
    rest: Vec<Step>,
    /// Whether the last word may go on.
    open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    literal: String,
    gap: Gap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// The rest of the word before, at most; in unspaced writing a few letters.
    Ending,
    /// Up to four words; in unspaced writing about as much.
    Words,
}

const GAP_WORDS: usize = 4;
const GAP_LETTERS: usize = 16;
const ENDING_LETTERS: usize = 5;

impl Lexicon {
    /// Compiles what a file says; `concepts` gives each concept its place. What cannot be compiled is left out and
    /// named: one bad pattern must not silence a language.
    pub(super) fn compile(
        file: &LexiconFile,
        concepts: &HashMap<String, ConceptId>,
    ) -> (Self, Vec<LexiconError>) {
        let script = Script {
            spaced: file.script == ScriptName::Spaced,
            arabic: file.script == ScriptName::Arabic,
            folding: read_folding(&file.folding),
        };
        let mut faults = Vec::new();
        let mut literals = Vec::new();
        let mut patterns = Vec::new();
        for (name, terms) in &file.terms {
            let Some(&concept) = concepts.get(name) else {
                faults.push(LexiconError::Concept(name.clone()));
                continue;
            };
            for term in terms.split(';').map(str::trim).filter(|term| !term.is_empty()) {
                let choices = expand(term).unwrap_or_default();
                let compiled: Option<Vec<_>> =
                    choices.iter().map(|choice| compile(choice, &script)).collect();
                let compiled = compiled.filter(|compiled| !compiled.is_empty());
                if compiled.is_none() {
                    faults.push(LexiconError::Pattern(term.to_owned()));
                }
                for (literal, rest, open) in compiled.into_iter().flatten() {
                    literals.push(literal);
                    patterns.push(Pattern { concept, rest, open });
                }
            }
        }
        let automaton = AhoCorasick::new(&literals).or_else(|error| {
            faults.push(LexiconError::Automaton(error));
            patterns.clear();
            AhoCorasick::new([""; 0])
        });
        let automaton = automaton.expect("an automaton of nothing can be built");
        (Self { script, automaton, patterns }, faults)
    }

    /// How much longer a text is here than in a writing without spaces.
    pub(super) fn breadth(&self) -> u32 {
        if self.script.spaced || self.script.arabic { 3 } else { 1 }
    }

    /// Every stretch of the text that stands for a concept, by its start; of two for one concept that overlap, the longer.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let folded = fold(text, &self.script);
        let mut hits: Vec<Hit> = self
            .automaton
            .find_overlapping_iter(&folded.text)
            .filter_map(|found| {
                let pattern = &self.patterns[found.pattern().as_usize()];
                let end = self.follow(&folded, pattern, found.end())?;
                Some(self.hit(&folded, pattern.concept, found.start(), end))
            })
            .collect();
        hits.sort_unstable_by_key(|hit| (hit.concept, hit.start, std::cmp::Reverse(hit.end)));
        hits.dedup_by(|later, earlier| later.concept == earlier.concept && later.start < earlier.end);
        hits.sort_unstable_by_key(|hit| (hit.start, hit.end, hit.concept));
        hits
    }

    /// Where the pattern ends in the folded text, if the rest of it follows.
    fn follow(&self, folded: &Folded, pattern: &Pattern, after: usize) -> Option<usize> {
        let text = folded.text.as_str();
        let mut end = after;
        for step in &pattern.rest {
            let from = end;
            end = if self.script.spaced {
                follow_words(text, from, step)?
            } else {
                follow_letters(text, from, step)?
            };
        }
        if pattern.open && self.script.spaced {
            end += text[end..].find(' ').unwrap_or(0);
        }
        Some(end)
    }

    fn hit(&self, folded: &Folded, concept: ConceptId, start: usize, end: usize) -> Hit {
        let text = folded.text.as_str();
        // A compound is shown whole, also where only its end was looked for.
        let start = if self.script.spaced { text[..=start].rfind(' ').unwrap_or(start) } else { start };
        let found = &text[start..end];
        let first = start + found.len() - found.trim_start().len();
        let last = first + found.trim().char_indices().next_back().map_or(0, |(byte, _)| byte);
        Hit { concept, start: folded.origin(first), end: folded.origin(last) + 1 }
    }
}

fn follow_words(text: &str, from: usize, step: &Step) -> Option<usize> {
    let words = if step.gap == Gap::Words { GAP_WORDS } else { 0 };
    let mut at = from;
    for _ in 0..=words {
        // A literal that ended with a space has already taken the divider.
        at = if text[..at].ends_with(' ') && at == from { at - 1 } else { at + text[at..].find(' ')? };
        if text[at..].starts_with(&step.literal) {
            return Some(at + step.literal.len());
        }
        at += 1;
    }
    None
}

fn follow_letters(text: &str, from: usize, step: &Step) -> Option<usize> {
    let reach = if step.gap == Gap::Words { GAP_LETTERS } else { ENDING_LETTERS };
    let rest = &text[from..];
    let window = rest.char_indices().nth(reach).map_or(rest, |(byte, _)| &rest[..byte]);
    // The literal may begin anywhere in the window, but must not lie behind the end of a sentence's part.
    let limit = if step.gap == Gap::Words { window.len() } else { window.find(' ').unwrap_or(window.len()) };
    let stop = (limit + step.literal.len()).min(rest.len());
    let found = floor(rest, stop).find(&step.literal)?;
    Some(from + found + step.literal.len())
}

fn floor(text: &str, mut end: usize) -> &str {
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `(a|b) c` is `a c` and `b c`, the innermost brackets first; none where brackets do not match.
fn expand(term: &str) -> Option<Vec<String>> {
    let Some(close) = term.find(')') else {
        return if term.contains(['(', '|']) { None } else { Some(vec![term.to_owned()]) };
    };
    let open = term[..close].rfind('(')?;
    let mut all = Vec::new();
    for choice in term[open + 1..close].split('|') {
        let rest = format!("{}{choice}{}", &term[..open], &term[close + 1..]);
        all.extend(expand(&rest)?);
    }
    Some(all)
}

/// The literal to look for, what must follow it, and whether the last word may go on.
fn compile(term: &str, script: &Script) -> Option<(String, Vec<Step>, bool)> {
    let mut steps: Vec<Step> = Vec::new();
    let mut gap = Gap::Ending;
    let mut open = true;
    for word in term.split_whitespace() {
        if word == ".." {
            gap = Gap::Words;
            continue;
        }
        let starts_open = word.starts_with('*');
        let word = word.trim_matches(|c: char| c != '*' && !c.is_alphanumeric() && !is_combining_mark(c));
        let inner = word.trim_matches('*');
        let folded = fold(inner, script).text;
        let letters = folded.trim();
        if letters.is_empty() || inner.contains('*') {
            return None;
        }
        let ends_open = word.ends_with('*');
        if script.spaced {
            let lead = if starts_open { "" } else { " " };
            let tail = if ends_open { "" } else { " " };
            join(&mut steps, format!("{lead}{letters}{tail}"), gap, open);
        } else {
            let letters = if script.arabic { letters.trim_start_matches('ا') } else { letters };
            let joins = !script.arabic && !open && gap == Gap::Ending;
            match steps.last_mut() {
                Some(last) if joins => last.literal.push_str(letters),
                _ => steps.push(Step { literal: letters.to_owned(), gap }),
            }
        }
        open = ends_open;
        gap = Gap::Ending;
    }
    if steps.is_empty() {
        return None;
    }
    let first = steps.remove(0);
    Some((first.literal, steps, open))
}

/// Words that stand side by side become one literal, which the automaton finds in one go.
fn join(steps: &mut Vec<Step>, literal: String, gap: Gap, open: bool) {
    match steps.last_mut() {
        Some(last) if !open && gap == Gap::Ending && literal.starts_with(' ') => {
            last.literal.push_str(&literal[1..])
        }
        _ => steps.push(Step { literal, gap }),
    }
}

fn read_folding(folding: &str) -> HashMap<char, String> {
    folding
        .split_whitespace()
        .filter_map(|pair| {
            let mut letters = pair.chars();
            let from = letters.next()?;
            Some((from, letters.as_str().trim_start_matches('=').to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(languages: &str, script: &str, folding: &str, term: &str, text: &str) -> Vec<String> {
        let file: LexiconFile = toml::from_str(&format!(
            "languages = [\"{languages}\"]\nscript = \"{script}\"\nfolding = \"{folding}\"\n[terms]\nc = \"{term}\"\n"
        ))
        .expect("a sound file");
        let concepts = HashMap::from([("c".to_owned(), 0)]);
        let (lexicon, faults) = Lexicon::compile(&file, &concepts);
        assert!(faults.is_empty(), "{faults:?}");
        let letters: Vec<char> = text.chars().collect();
        lexicon
            .hits(text)
            .iter()
            .map(|h| letters[h.start as usize..h.end as usize].iter().collect())
            .collect()
    }

    #[test]
    fn words_are_whole_unless_a_star_opens_them() {
        assert_eq!(
            found("es", "spaced", "", "soborn*", "El SOBORNO y sobornar; desoborno"),
            ["SOBORNO", "sobornar"]
        );
        assert_eq!(found("en", "spaced", "", "gift", "gifts, a gift."), ["gift"]);
        assert_eq!(
            found("de", "spaced", "", "*bestechung*", "Angestelltenbestechungen"),
            ["Angestelltenbestechungen"]
        );
    }

    #[test]
    fn several_words_stand_side_by_side_or_with_a_gap() {
        assert_eq!(
            found("en", "spaced", "", "public (official*|servant*)", "a public servant's"),
            ["public servant"]
        );
        assert_eq!(found("fr", "spaced", "", "agent* public*", "des agents publics"), ["agents publics"]);
        assert_eq!(
            found("en", "spaced", "", "fals* .. statement", "false or misleading statement"),
            ["false or misleading statement"]
        );
        assert!(found("en", "spaced", "", "public official", "public. The one official").is_empty());
        assert!(
            found("en", "spaced", "", "false .. statement", "false one two three four five statement")
                .is_empty()
        );
    }

    #[test]
    fn writing_without_spaces_is_searched_by_letters_across_lines() {
        assert_eq!(found("zh", "unspaced", "賄贿", "受贿", "犯受\n賄罪的"), ["受\n賄"]);
        assert_eq!(found("ko", "unspaced", "", "뇌물 .. 수수", "뇌물을 직접 수수한"), ["뇌물을 직접 수수"]);
        assert_eq!(found("th", "unspaced", "", "สินบน", "ให้สินบนแก่"), ["สินบน"]);
    }

    #[test]
    fn arabic_words_are_found_with_article_clitics_and_reversed_ligatures() {
        for text in ["غسل الأموال", "وغسل أموال", "غسل األموال"] {
            assert_eq!(found("ar", "arabic", "", "غسل اموال", text).len(), 1, "{text}");
        }
        assert_eq!(found("ar", "arabic", "", "موظف* عموم*", "الموظفين العموميين").len(), 1);
        assert_eq!(found("ar", "arabic", "", "استغلال نفوذ", "والاستغلال للنفوذ").len(), 1);
    }

    #[test]
    fn cyrillic_serbian_is_read_as_latin() {
        assert_eq!(found("sr", "spaced", "м=m и=i т=t о=o", "mito", "примање мито"), ["мито"]);
    }

    #[test]
    fn faulty_patterns_say_how_to_write_them() {
        let file: LexiconFile =
            toml::from_str("languages = [\"en\"]\n[terms]\nc = \"(a|b\"\n").expect("a sound file");
        let (_, faults) = Lexicon::compile(&file, &HashMap::from([("c".to_owned(), 0)]));
        assert!(faults[0].to_string().contains("for a choice"), "{faults:?}");
        let (_, faults) = Lexicon::compile(&file, &HashMap::new());
        assert!(faults[0].to_string().contains("\"c\""), "{faults:?}");
    }
}
