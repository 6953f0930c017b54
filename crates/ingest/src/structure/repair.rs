//! Numbers that a source flattened, turned round or put into a code of its own.

use std::collections::{HashMap, HashSet};

use merida_law::{Level, ProvisionKind};

use super::assemble::Node;
use super::headings::Unit;
use super::number;

/// The numbers of the nodes as the law has them.
pub(super) fn numbers(nodes: &[Node<'_>]) -> Vec<String> {
    let mut numbers: Vec<String> = nodes.iter().map(|node| node.number.clone()).collect();
    uncode(nodes, &mut numbers);
    let units: Vec<usize> = (0..nodes.len())
        .filter(|at| nodes[*at].kind.level() == Level::Unit && !numbers[*at].is_empty())
        .collect();
    turn_round(&units, &mut numbers);
    unflatten(&units, &mut numbers);
    numbers
}

/// Vietnam's codification numbers article 353 of the law of a subject `16.1.LQ.353`, among the articles of decrees under
/// it: the law's own keep their number.
fn uncode(nodes: &[Node<'_>], numbers: &mut [String]) {
    for (node, number) in nodes.iter().zip(numbers.iter_mut()) {
        if node.kind == ProvisionKind::Article
            && let Some(own) = number::of_code(number)
        {
            *number = own.to_owned();
        }
    }
}

/// A PDF of Arabic sets `256-1` as `1-256`: between 256 and 257 it is 256-1.
fn turn_round(units: &[usize], numbers: &mut [String]) {
    let mut base: Option<u64> = None;
    for at in units {
        let number = &numbers[*at];
        let turned = number.split_once('-').and_then(|(first, second)| {
            let (small, main) = (first.parse::<u64>().ok()?, second.parse::<u64>().ok()?);
            (Some(main) == base && small <= 30 && main > 30).then(|| format!("{main}-{small}"))
        });
        match turned {
            Some(turned) => numbers[*at] = turned,
            None => base = number.split('-').next().and_then(|main| main.parse().ok()).or(base),
        }
    }
}

/// Lithuanian sources flatten `189¹` to `1891`: between 189 and 190 it is 189-1.
fn unflatten(units: &[usize], numbers: &mut [String]) {
    let plain = |number: &str| number.parse::<u64>().ok();
    let mut base: Option<u64> = None;
    for (place, at) in units.iter().enumerate() {
        let Some(value) = plain(&numbers[*at]) else { continue };
        let Some(before) = base else {
            base = Some(value);
            continue;
        };
        let text = value.to_string();
        let suffix = text
            .strip_prefix(&before.to_string())
            .filter(|rest| (1..=2).contains(&rest.len()) && !rest.starts_with('0'));
        let next = units[place + 1..]
            .iter()
            .take(12)
            .filter_map(|next| plain(&numbers[*next]))
            .find(|next| *next <= before + 3 && *next > before);
        if let Some(suffix) = suffix.filter(|_| value > before + 8 && next.is_some()) {
            numbers[*at] = format!("{before}-{suffix}");
            continue;
        }
        base = Some(value);
    }
}

/// Articles numbered in words beside a treaty whose articles are numbered in digits: each number is written in the id as
/// the law writes it, so that `Άρθρο τέταρτο` is not article 4 of the treaty.
pub(super) fn words_beside_digits(units: &mut [Unit<'_>]) {
    let mut digits: HashMap<ProvisionKind, HashSet<String>> = HashMap::new();
    let numbered = |unit: &Unit<'_>| unit.node.kind.level() == Level::Unit && !unit.node.number.is_empty();
    for unit in units.iter().filter(|unit| numbered(unit) && !unit.node.in_words) {
        digits.entry(unit.node.kind).or_default().insert(unit.node.number.clone());
    }
    let beside = |unit: &Unit<'_>| {
        numbered(unit)
            && unit.node.in_words
            && digits.get(&unit.node.kind).is_some_and(|known| known.contains(&unit.node.number))
    };
    if units.iter().filter(|unit| beside(unit)).count() < 3 {
        return;
    }
    let places: Vec<usize> = (0..units.len()).filter(|at| beside(&units[*at])).collect();
    for at in places {
        let node = &mut units[at].node;
        let words = node.label.split_once(char::is_whitespace).map_or("", |(_, words)| words);
        let slug: String = crate::identity::in_ascii(words)
            .to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(3)
            .collect::<Vec<_>>()
            .join("-");
        if !slug.is_empty() && slug.len() <= 40 {
            node.number = slug;
        }
    }
}
