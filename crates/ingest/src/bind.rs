//! A citation as a curator writes it (`art. 432-11`, `cl. 16, 21`, `第三百八十五条第二款`) → the provisions that it names.

use std::collections::HashMap;

use merida_law::{Language, Level, Provision, ProvisionId, ProvisionKind};

use crate::structure::{number, recognise};

/// What a citation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The work as a whole.
    WholeWork,
    /// These provisions, in the order of the citation; empty if none was found.
    Provisions(Vec<ProvisionId>),
}

/// Finds the provisions that `citation` names among `provisions` of a text in `language`.
pub(crate) fn bind(citation: &str, provisions: &[Provision], language: Language) -> Bound {
    // Our own exports name provisions by their id.
    if let Some(id) = citation.strip_prefix('#') {
        let found = provisions.iter().find(|provision| provision.id.as_str() == id);
        return Bound::Provisions(found.map(|provision| provision.id.clone()).into_iter().collect());
    }
    let plain = without_remarks(citation);
    if !plain.chars().any(|c| number::digit(c).is_some()) && is_whole(&plain) {
        return Bound::WholeWork;
    }
    let register = Register::of(provisions, language.primary());
    let mut wanted = read(&plain, language.primary());
    if wanted.is_empty() && !plain.chars().any(|c| number::digit(c).is_some()) {
        return Bound::WholeWork;
    }
    expand_ranges(&mut wanted, &register);
    let mut found: Vec<ProvisionId> = Vec::new();
    for target in &wanted {
        for id in register.find(target) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    Bound::Provisions(found)
}

/// One provision that a citation names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Target {
    /// A container's number before it: `1 luku 5 §`, `10:5 a`.
    within: Option<String>,
    /// Its canonical number.
    number: String,
    /// Whether it is a container by its word.
    container: bool,
    /// The kind that its word says.
    kind: Option<ProvisionKind>,
    /// Numbers of its parts: paragraph, point.
    parts: Vec<String>,
    /// Whether its number was written in words.
    in_words: bool,
    /// Whether it opens a range that the next target closes.
    to_next: bool,
    /// Whether what follows it belongs too (`y ss.`).
    written: String,
}

/// Remarks in brackets: those that are more than a number or a letter.
fn without_remarks(citation: &str) -> String {
    let mut plain = String::new();
    let mut rest = citation;
    while let Some(open) = rest.find(['(', '（']) {
        plain.push_str(&rest[..open]);
        let bracket = rest[open..].chars().next().map_or(1, char::len_utf8);
        let inner_and_after = &rest[open + bracket..];
        let Some(close) = inner_and_after.find([')', '）']) else {
            rest = inner_and_after;
            continue;
        };
        let inner = &inner_and_after[..close];
        if inner.chars().count() <= 4 && !inner.contains(' ') {
            plain.push('(');
            plain.push_str(inner);
            plain.push(')');
        }
        rest = inner_and_after[close..].trim_start_matches([')', '）']);
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

/// Words that name the work itself: no number stands among them.
fn is_whole(plain: &str) -> bool {
    const WORDS: &[&str] = &[
        "whole", "entire", "entera", "entero", "íntegra", "celý", "heile", "hele", "ganze", "gesamte",
        "entière", "toute", "intera", "весь", "cały", "koko", "全文", "全部", "كامل", "inteira", "gehele",
        "entier", "tüm", "tota",
    ];
    let lower = plain.to_lowercase();
    WORDS.iter().any(|word| {
        lower.split(|c: char| !c.is_alphanumeric()).any(|own| own == *word)
            || (word.len() > 3 && !word.is_ascii() && lower.contains(word))
    })
}

/// Reads the targets of a citation.
fn read(plain: &str, language: &str) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    let mut within: Option<String> = None;
    let mut kind: Option<(Option<ProvisionKind>, bool)> = None;
    let mut at = 0;
    while at < plain.len() {
        let rest = &plain[at..];
        let first = rest.chars().next().unwrap_or(' ');
        if let Some(taken) = part(rest, targets.last_mut(), language) {
            at += taken;
            continue;
        }
        if let Some((target, taken, named)) = target(rest, language, kind) {
            at += taken;
            if target.container
                && targets.is_empty()
                && plain[at..].trim_start().starts_with(|c: char| number::digit(c).is_some())
            {
                within = Some(target.number);
                continue;
            }
            if let Some(named) = named {
                kind = Some(named);
            }
            targets.push(Target { within: target.within.clone().or_else(|| within.clone()), ..target });
            continue;
        }
        if matches!(first, '-' | '–' | '—' | '~' | '～')
            && let Some(last) = targets.last_mut()
        {
            last.to_next = true;
        }
        if let Some(word) = joining(rest)
            && let Some(last) = targets.last_mut()
        {
            last.to_next = true;
            at += word;
            continue;
        }
        // A word of no meaning here is passed as a whole, so that its letters are not read as numbers.
        at += if recognise::is_word(first) {
            recognise::word_at(rest).len().max(first.len_utf8())
        } else {
            first.len_utf8()
        };
    }
    targets
}

/// `to`, `a`, `à`, `bis`: the word that joins the ends of a range; its length.
fn joining(rest: &str) -> Option<usize> {
    const WORDS: &[&str] =
        &["to", "a", "à", "al", "до", "tot", "till", "til", "–", "até", "do", "إلى", "至", "から", "내지"];
    WORDS
        .iter()
        .find(|word| rest.strip_prefix(**word).is_some_and(|after| after.starts_with(' ')))
        .map(|word| word.len())
}

/// `(2)`, `para 2`, `odst. 1`, `inciso 1`, `第二款`, `제1항`: parts of the target before them.
fn part(rest: &str, target: Option<&mut Target>, language: &str) -> Option<usize> {
    let target = target?;
    if let Some(inner) = rest.strip_prefix('(') {
        let close = inner.find(')')?;
        let name = part_name(&inner[..close], language)?;
        target.parts.push(name);
        return Some(close + 2);
    }
    for (prefix, units) in [('第', "款项項号號"), ('제', "항호목")] {
        if let Some(after) = rest.strip_prefix(prefix) {
            let value = number::read(after.trim_start(), "zh")?;
            let gap = after.len() - after.trim_start().len();
            let unit = after[gap + value.len..].chars().next()?;
            if !units.contains(unit) {
                return None;
            }
            target.parts.push(value.canonical);
            return Some(prefix.len_utf8() + gap + value.len + unit.len_utf8());
        }
    }
    let word = recognise::word_at(rest);
    const WORDS: &[&str] = &[
        "para",
        "paras",
        "paragraph",
        "subsection",
        "subsec",
        "point",
        "odst",
        "písm",
        "inciso",
        "inc",
        "numeral",
        "apartado",
        "fracción",
        "párrafo",
        "Abs",
        "Absatz",
        "Nr",
        "lit",
        "stk",
        "ust",
        "stav",
        "al",
        "alinéa",
        "alin",
        "lid",
        "fıkra",
        "ч",
        "часть",
        "п",
        "пункт",
        "ал",
        "bek",
        "bekezdés",
        "lõige",
        "lg",
        "daļa",
        "mom",
        "momentti",
        "ledd",
        "fkr",
        "khoản",
        "الفقرة",
        "البند",
    ];
    if !WORDS.contains(&word) {
        return None;
    }
    let after = rest[word.len()..].trim_start_matches(['.', ' ', '\u{a0}']);
    let value = number::read(after, language)?;
    target.parts.push(value.canonical.clone());
    Some(rest.len() - after.len() + value.len)
}

fn part_name(inner: &str, language: &str) -> Option<String> {
    let inner = inner.trim();
    if let Some(value) = number::read(inner, language).filter(|value| value.len == inner.len()) {
        return Some(value.canonical);
    }
    let mut chars = inner.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) => number::ascii_letter(letter),
        _ if !inner.is_empty() && inner.len() <= 4 && inner.is_ascii() => Some(inner.to_ascii_lowercase()),
        _ => None,
    }
}

type Named = (Option<ProvisionKind>, bool);

/// A target at the start of a text: a word with its number, a number with its word, or a number.
fn target(rest: &str, language: &str, before: Option<Named>) -> Option<(Target, usize, Option<Named>)> {
    let first = rest.chars().next()?;
    let whole = |at: usize| rest[..at].to_owned();
    if let Some((chapter, section, taken)) = chaptered(rest) {
        let target = Target {
            within: Some(chapter),
            number: section,
            kind: Some(ProvisionKind::Section),
            written: whole(taken),
            ..Target::default()
        };
        return Some((target, taken, None));
    }
    // Plurals and abbreviations that only citations have.
    if let Some((kind, taken)) = abbreviation(rest) {
        let after = rest[taken..].trim_start_matches(['.', ' ', '\u{a0}']);
        let gap = rest.len() - after.len();
        if let Some(value) =
            number::read(after, language).filter(|value| value.style != number::Style::Letter)
        {
            let end = gap + value.len;
            let target = Target {
                number: value.canonical,
                kind,
                in_words: value.style == number::Style::Words,
                written: whole(end),
                ..Target::default()
            };
            return Some((target, end, Some((kind, false))));
        }
    }
    let opening = recognise::recognise(rest, language)
        .filter(|opening| opening.start == 0 && !opening.number.is_empty());
    if let Some(opening) = opening
        && opening.style == recognise::Style::Keyword
    {
        let container = opening.rank < 100;
        let in_words = opening.written == Some(number::Style::Words);
        let target = Target {
            number: opening.number,
            container,
            kind: Some(opening.kind),
            in_words,
            written: whole(opening.end),
            ..Target::default()
        };
        return Some((target, opening.end, Some((Some(opening.kind), container))));
    }
    let value = number::read(rest, language)?;
    let sound = matches!(value.style, number::Style::Digits | number::Style::Han)
        || (before.is_some() && value.style == number::Style::Roman)
        || (value.style == number::Style::Roman && value.canonical.len() > 1 && first.is_uppercase());
    if !sound {
        return None;
    }
    let (kind, container) = before.unwrap_or((None, false));
    let target =
        Target { number: value.canonical, kind, container, written: whole(value.len), ..Target::default() };
    Some((target, value.len, None))
}

/// `10:5 a`: chapter and section.
fn chaptered(rest: &str) -> Option<(String, String, usize)> {
    let chapter: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = rest[chapter.len()..].strip_prefix(':')?;
    let section = number::read(after, "sv")?;
    (!chapter.is_empty()).then(|| (chapter.clone(), section.canonical, chapter.len() + 1 + section.len))
}

/// `s.`, `ss.`, `arts.`, `md.`, `p.`, `чл.`: the kind and the length of the word.
fn abbreviation(rest: &str) -> Option<(Option<ProvisionKind>, usize)> {
    const WORDS: &[(&str, Option<ProvisionKind>)] = &[
        ("s", Some(ProvisionKind::Section)),
        ("ss", Some(ProvisionKind::Section)),
        ("secs", Some(ProvisionKind::Section)),
        ("sections", Some(ProvisionKind::Section)),
        ("arts", Some(ProvisionKind::Article)),
        ("articles", Some(ProvisionKind::Article)),
        ("artículos", Some(ProvisionKind::Article)),
        ("cl", Some(ProvisionKind::Clause)),
        ("cls", Some(ProvisionKind::Clause)),
        ("clauses", Some(ProvisionKind::Clause)),
        ("md", Some(ProvisionKind::Article)),
        ("p", None),
        ("pp", None),
        ("r", Some(ProvisionKind::Rule)),
        ("ст", Some(ProvisionKind::Article)),
        ("чл", Some(ProvisionKind::Article)),
        ("м", Some(ProvisionKind::Article)),
        ("άρθρα", Some(ProvisionKind::Article)),
        ("المواد", Some(ProvisionKind::Article)),
        ("الفصل", None),
        ("الفصول", None),
        ("artikelen", Some(ProvisionKind::Article)),
        ("straipsniai", Some(ProvisionKind::Article)),
        ("u", None),
    ];
    let word = recognise::word_at(rest);
    let signs = rest.len() - rest.trim_start_matches('§').len();
    if signs > '§'.len_utf8() {
        return Some((Some(ProvisionKind::Section), signs));
    }
    let lower = word.to_lowercase();
    WORDS.iter().find(|(known, _)| *known == lower).map(|(_, kind)| (*kind, word.len()))
}

/// `4-6` and `18.2.LQ.33-39` are ranges where the text has no provision of that number.
fn expand_ranges(targets: &mut Vec<Target>, register: &Register<'_>) {
    let mut expanded: Vec<Target> = Vec::new();
    let mut pending: Option<Target> = None;
    for target in targets.drain(..) {
        if let Some(start) = pending.take() {
            expanded.extend(register.between(&start, &target));
            continue;
        }
        if let Some((low, high)) = range(&target.number)
            && register.find(&target).is_empty()
        {
            let end = Target { number: high, ..target.clone() };
            let start = Target { number: low, ..target };
            expanded.extend(register.between(&start, &end));
            continue;
        }
        if target.to_next {
            pending = Some(target);
            continue;
        }
        expanded.push(target);
    }
    expanded.extend(pending);
    *targets = expanded;
}

/// `4-6` → 4 and 6; `18.2.lq.33-39` → 18.2.lq.33 and 18.2.lq.39; `19-19.1` → 19 and 19.1.
fn range(number: &str) -> Option<(String, String)> {
    let (low, high) = number.split_once('-')?;
    let prefix = low.rfind('.').map_or("", |dot| &low[..=dot]);
    let bare_low: u32 = low[prefix.len()..].parse().ok()?;
    let high_main: u32 = high.split('.').next()?.parse().ok()?;
    (high_main >= bare_low).then(|| {
        (low.to_owned(), if high.contains('.') { high.to_owned() } else { format!("{prefix}{high}") })
    })
}

/// The provisions by their numbers.
struct Register<'p> {
    provisions: &'p [Provision],
    by_number: HashMap<String, Vec<usize>>,
    by_id: HashMap<&'p str, usize>,
    /// Whether articles numbered in words stand beside others numbered in digits.
    worded: bool,
}

impl<'p> Register<'p> {
    fn of(provisions: &'p [Provision], language: &str) -> Self {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_id = HashMap::new();
        for (place, provision) in provisions.iter().enumerate() {
            by_id.insert(provision.id.as_str(), place);
            if provision.kind.level() != Level::Component
                && let Some(number) = own_number(provision)
            {
                by_number.entry(plain_key(&number)).or_default().push(place);
                for other in other_numbers(provision, &number, language) {
                    by_number.entry(plain_key(&other)).or_default().push(place);
                }
                // `189-1` is cited as `1891` where the source flattened the raised digit.
                let from =
                    provision.label.find(|c| number::digit(c).is_some()).unwrap_or(provision.label.len());
                let written: String =
                    provision.label[from..].chars().map_while(number::digit).map(|d| d.to_string()).collect();
                if written != number && written.len() > 2 && written == number.replace('-', "") {
                    by_number.entry(written).or_default().push(place);
                }
            }
        }
        let in_words = |p: &&Provision| {
            p.kind.level() == Level::Unit
                && own_number(p).is_some_and(|own| !own.contains(|c: char| c.is_ascii_digit()))
        };
        let worded = provisions.iter().filter(in_words).count() >= 3;
        Self { provisions, by_number, by_id, worded }
    }

    /// The provisions that a target names: its part if there is one, else the unit.
    fn find(&self, target: &Target) -> Vec<ProvisionId> {
        // `268 (2)` is an article of its own where the law has 268, 268 (1) and 268 (2).
        if let Some(first) = target.parts.first()
            && let Some(place) = self
                .by_number
                .get(&plain_key(&format!("{}-{first}", target.number)))
                .and_then(|places| places.iter().find(|place| self.provisions[**place].label.contains('(')))
        {
            return vec![self.provisions[*place].id.clone()];
        }
        let Some(place) = self.place(target) else { return self.inserted(target) };
        let unit = &self.provisions[place];
        vec![self.part(place, &target.parts).unwrap_or_else(|| unit.id.clone())]
    }

    fn place(&self, target: &Target) -> Option<usize> {
        let places = self.by_number.get(&plain_key(&target.number));
        let fits = |place: &usize| {
            let provision = &self.provisions[*place];
            let container = provision.kind.level() == Level::Container;
            container == target.container
                && !self.is_annexed_article(*place, target)
                && !(self.worded && target.in_words && has_digits(&provision.label))
                && target.within.as_ref().is_none_or(|within| self.lies_in(*place, within))
        };
        let mut fitting: Vec<usize> = places.into_iter().flatten().copied().filter(fits).collect();
        if fitting.is_empty() {
            return self.last_resort(target);
        }
        fitting.sort_by_key(|place| {
            let provision = &self.provisions[*place];
            let other_kind = target.kind.is_some_and(|kind| kind != provision.kind);
            // `Άρθρο τέταρτο` is not `Άρθρο 4`.
            let other_writing = target.in_words == has_digits(&provision.label);
            (other_writing && target.in_words, other_kind, provision.id.as_str().contains("-dup"), *place)
        });
        fitting.first().copied()
    }

    /// `9 bis` where the law has 9 bis 1 and 9 bis 2: all of them.
    fn inserted(&self, target: &Target) -> Vec<ProvisionId> {
        let key = format!("{}-", target.number);
        let numbered =
            |provision: &&Provision| own_number(provision).is_some_and(|own| own.starts_with(&key));
        if !target.number.ends_with(|c: char| c.is_ascii_alphabetic()) {
            return self.only_inserted(target);
        }
        self.provisions
            .iter()
            .filter(|p| p.kind.level() == Level::Unit)
            .filter(numbered)
            .map(|p| p.id.clone())
            .collect()
    }

    /// Whether a clause or section is asked for and this is the article of a treaty in an annex.
    fn is_annexed_article(&self, place: usize, target: &Target) -> bool {
        let asked =
            matches!(target.kind, Some(ProvisionKind::Section | ProvisionKind::Clause | ProvisionKind::Rule));
        if !asked || self.provisions[place].kind != ProvisionKind::Article {
            return false;
        }
        let mut parent = self.provisions[place].parent.as_ref();
        while let Some(holder) = parent.and_then(|id| self.by_id.get(id.as_str())) {
            let holder = &self.provisions[*holder];
            if matches!(holder.kind, ProvisionKind::Schedule | ProvisionKind::Annex) {
                return true;
            }
            parent = holder.parent.as_ref();
        }
        false
    }

    /// `145` where the text has nothing but 145 bis of it.
    fn only_inserted(&self, target: &Target) -> Vec<ProvisionId> {
        let inserted = |provision: &&Provision| {
            own_number(provision).is_some_and(|own| {
                own.strip_prefix(target.number.as_str())
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
            })
        };
        let mut found = self
            .provisions
            .iter()
            .filter(|p| p.kind.level() == Level::Unit)
            .filter(|p| target.kind.is_none_or(|kind| kind == p.kind))
            .filter(inserted);
        match (found.next(), found.next()) {
            (Some(only), None) if !target.number.is_empty() => vec![only.id.clone()],
            _ => Vec::new(),
        }
    }

    /// A whole chapter that is cited like a unit; an article that is quoted within another.
    fn last_resort(&self, target: &Target) -> Option<usize> {
        let key = plain_key(&target.number);
        let unit = target.kind.is_some_and(|kind| kind.level() != Level::Container);
        let any = self.by_number.get(&key).and_then(|places| {
            places.iter().copied().find(|place| {
                let container = self.provisions[*place].kind.level() == Level::Container;
                let passed = (unit && container) || self.is_annexed_article(*place, target);
                !passed && target.within.as_ref().is_none_or(|within| self.lies_in(*place, within))
            })
        });
        any.or_else(|| self.quoted(target))
    }

    /// The unit in whose text a line opens with the number cited.
    fn quoted(&self, target: &Target) -> Option<usize> {
        let key = plain_key(&target.number);
        let mut unit = None;
        for (place, provision) in self.provisions.iter().enumerate() {
            if provision.kind.level() != Level::Component {
                unit = Some(place);
            }
            let opens = |line: &str| {
                let line = line.trim_start_matches(['"', '“', '«', '„', '»', '”', ' ']);
                recognise::recognise(line, "").is_some_and(|opening| {
                    opening.style == recognise::Style::Keyword
                        && opening.rank >= 100
                        && plain_key(&opening.number) == key
                })
            };
            if provision.text.lines().chain(provision.heading.lines()).any(opens) {
                return unit;
            }
        }
        None
    }

    fn lies_in(&self, place: usize, number: &str) -> bool {
        let mut parent = self.provisions[place].parent.as_ref();
        while let Some(id) = parent {
            let Some(place) = self.by_id.get(id.as_str()) else { return false };
            if own_number(&self.provisions[*place]).is_some_and(|own| plain_key(&own) == plain_key(number)) {
                return true;
            }
            parent = self.provisions[*place].parent.as_ref();
        }
        self.provisions[place].label.starts_with(&format!("{number}:"))
    }

    /// The part of a unit that a path of numbers names.
    fn part(&self, unit: usize, path: &[String]) -> Option<ProvisionId> {
        let mut within = &self.provisions[unit].id;
        let mut found = None;
        for name in path {
            let next = self.provisions[unit + 1..]
                .iter()
                .take_while(|p| p.kind.level() == Level::Component)
                .find(|p| {
                    p.parent.as_ref() == Some(within)
                        && p.id.as_str().rsplit('_').next() == Some(name.as_str())
                })?;
            within = &next.id;
            found = Some(next.id.clone());
        }
        found
    }

    /// The units from one target to another, in the order of the text.
    fn between(&self, start: &Target, end: &Target) -> Vec<Target> {
        let (Some(from), Some(to)) = (self.place(start), self.place(end)) else {
            return vec![start.clone(), end.clone()];
        };
        let kind = self.provisions[from].kind;
        let range = if from <= to { from..=to } else { to..=from };
        let units =
            self.provisions[range].iter().filter(|p| p.kind == kind && !p.id.as_str().contains("-dup"));
        let targets: Vec<Target> = units
            .filter_map(|p| Some(Target { number: own_number(p)?, to_next: false, ..start.clone() }))
            .take(200)
            .collect();
        if targets.is_empty() { vec![start.clone()] } else { targets }
    }
}

fn has_digits(label: &str) -> bool {
    label.chars().any(|c| number::digit(c).is_some())
}

/// The number of a provision, from its id.
fn own_number(provision: &Provision) -> Option<String> {
    let id = provision.id.as_str();
    let own = id.rsplit("__").next()?;
    let (prefix, number) = own.split_once('_')?;
    let number = number.split("-dup").next()?;
    (prefix == provision.kind.prefix() && !provision.label.is_empty()).then(|| number.to_owned())
}

/// Other numbers by which a provision is cited: its code in a codification (`16.1.LQ.353`), and the value of a number
/// that its id writes in words.
fn other_numbers(provision: &Provision, number: &str, language: &str) -> Vec<String> {
    let mut others = Vec::new();
    let coded = provision.label.contains('.') || !number.contains(|c: char| c.is_ascii_digit());
    if coded
        && let Some(opening) = recognise::recognise(&provision.label, language)
        && opening.number != number
    {
        others.push(opening.number);
    }
    others
}

/// `397-a` and `397a`, `12bis` and `12-bis` are one number.
fn plain_key(number: &str) -> String {
    let mut key = String::with_capacity(number.len());
    let chars: Vec<char> = number.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let joins_letter = *c == '-' && chars.get(at + 1).is_some_and(char::is_ascii_alphabetic);
        if !joins_letter {
            key.push(*c);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use merida_law::WorkKind;

    use super::*;
    use crate::draft::{Block, BlockKind};
    use crate::structure::build;

    fn law(language: &str, lines: &[&str]) -> Vec<Provision> {
        let blocks: Vec<Block> = lines
            .iter()
            .map(|line| match line.strip_prefix("# ") {
                Some(heading) => Block { kind: BlockKind::Heading(2), ..Block::paragraph(heading, None) },
                None => Block::paragraph(*line, None),
            })
            .collect();
        build(&blocks, language.parse().expect("a language"), WorkKind::Act, &mut Vec::new()).provisions
    }

    fn bound(citation: &str, provisions: &[Provision], language: &str) -> Vec<String> {
        match bind(citation, provisions, language.parse().expect("a language")) {
            Bound::WholeWork => vec!["whole".to_owned()],
            Bound::Provisions(ids) => ids.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn citations_find_their_articles() {
        let es = law(
            "es",
            &[
                "# Artículo 1. Objeto",
                "Uno.",
                "# Artículo 4. Cuatro",
                "Texto.",
                "# Artículo 5. Cinco",
                "Texto.",
                "# Artículo 6. Seis",
                "1. Primero.",
                "2. Segundo.",
                "# Artículo 6 bis. Más",
                "Texto.",
                "# Artículo 7-A. Otro",
                "Texto.",
            ],
        );
        assert_eq!(bound("arts. 4-6 (declaraciones juradas)", &es, "es"), ["art_4", "art_5", "art_6"]);
        assert_eq!(bound("art. 6 (2)", &es, "es"), ["art_6__para_2"]);
        assert_eq!(bound("art. 6 (9)", &es, "es"), ["art_6"]);
        assert_eq!(bound("art. 6 BIS", &es, "es"), ["art_6bis"]);
        assert_eq!(bound("art. 7A", &es, "es"), ["art_7-a"]);
        assert_eq!(bound("arts. 5 y ss. (UIF)", &es, "es"), ["art_5"]);
        assert_eq!(bound("ley entera", &es, "es"), ["whole"]);
        assert_eq!(bound("art. 99", &es, "es"), [""; 0]);
    }

    /// Reads the real laws beside the checkout, where they are, and binds every tag of their manifest.
    #[test]
    fn the_tags_of_real_laws_are_bound() {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
        let shared = std::env::var("MERIDA_SHARED").unwrap_or_else(|_| beside.to_owned());
        let laws = std::path::Path::new(&shared).join("laws");
        let Ok(text) = std::fs::read_to_string(laws.join("MANIFEST.toml")) else {
            eprintln!("skipped: no laws at {}; set MERIDA_SHARED", laws.display());
            return;
        };
        let manifest = crate::manifest::Manifest::parse(&text).expect("a manifest");
        let (mut citations, mut unbound) = (0, Vec::new());
        for entry in manifest.entries.iter().filter(|entry| !entry.metadata.articles.is_empty()) {
            let Ok(bytes) = std::fs::read(laws.join(&entry.path)) else { continue };
            let format = crate::sniff::sniff(&entry.path, &bytes).expect("a format");
            let limits = crate::limits::Limits::default();
            let draft = crate::readers::read(&entry.path, &bytes, format, &limits, entry.encoding.as_deref());
            let language = entry.metadata.language.expect("a language");
            let kind = entry.metadata.kind.unwrap_or(WorkKind::Act);
            let provisions = build(&draft.blocks, language, kind, &mut Vec::new()).provisions;
            for citation in entry.metadata.articles.iter().flat_map(|(_, citations)| citations) {
                let Bound::Provisions(ids) = bind(citation, &provisions, language) else { continue };
                citations += 1;
                if ids.is_empty() {
                    unbound.push(format!("{}: {citation}", entry.path));
                }
            }
        }
        println!("{} of {citations} citations are bound; not: {unbound:#?}", citations - unbound.len());
        assert!(unbound.len() * 50 <= citations, "help: fewer than 98 in 100 are bound: {unbound:#?}");
    }

    #[test]
    fn citations_of_other_scripts_find_their_articles() {
        let zh = law("zh-Hans", &["第一条 甲。", "第二条 乙。", "第三条之一 丙。"]);
        assert_eq!(bound("第二条第二款", &zh, "zh-Hans"), ["art_2"]);
        assert_eq!(bound("第三条之一", &zh, "zh-Hans"), ["art_3-1"]);
        let ar = law(
            "ar",
            &["# المادة الأولى", "نص أول.", "# المادة الثانية", "نص ثان.", "# المادة الثانية مكرر", "نص."],
        );
        assert_eq!(bound("المادة الثانية مكرر", &ar, "ar"), ["art_2bis"]);
        let fi = law(
            "fi",
            &["# 1 luku. Yleistä", "# 1 § Tavoite", "Teksti.", "# 2 luku. Muuta", "# 1 § Uusi", "Teksti."],
        );
        assert_eq!(bound("2 luku 1 §", &fi, "fi"), ["chp_2__sec_1"]);
        assert_eq!(bound("2 luku", &fi, "fi"), ["chp_2"]);
    }

    #[test]
    fn clauses_and_parts_are_found_together() {
        let en = law(
            "en",
            &["# PART I", "# 1. Title", "Text.", "# PART II", "# 2. Gifts", "Text.", "# 3. Bribes", "Text."],
        );
        assert_eq!(bound("cl. 2 and Part II", &en, "en"), ["sec_2", "part_2"]);
        assert_eq!(bound("cl. 2, 3", &en, "en"), ["sec_2", "sec_3"]);
        assert_eq!(bound("Act as a whole", &en, "en"), ["whole"]);
    }
}
