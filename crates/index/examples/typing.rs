//! How fast, and how well, misspelt words are corrected and names are offered while one types.
//!
//! `cargo run --release -p merida-index --example typing -- FOLDER`, FOLDER being an index: that of a library
//! (`data/index`), or one that the example `million` has made. Every word of a list gets every slip of a kind: a letter
//! left out, doubled, changed, or swapped with the next. Names are typed letter by letter.

use std::path::PathBuf;
use std::time::Instant;

use merida_index::{Index, Part, Request, Settings};

const WORDS: [&str; 36] = [
    "corruption",
    "bribery",
    "embezzlement",
    "official",
    "confiscation",
    "procurement",
    "investigation",
    "prosecution",
    "extradition",
    "laundering",
    "declaration",
    "enrichment",
    "influence",
    "whistleblower",
    "cohecho",
    "malversación",
    "funcionario",
    "decomiso",
    "extradición",
    "soborno",
    "enriquecimiento",
    "fonctionnaire",
    "détournement",
    "confiscation",
    "enquête",
    "взятка",
    "должностное",
    "конфискация",
    "хищение",
    "преступление",
    "الرشوة",
    "الموظف",
    "مصادرة",
    "Bestechung",
    "Amtsträger",
    "corrupção",
];

const NAMES: [&str; 12] = [
    "Bribery Act 2010 s 6",
    "Criminal Code",
    "Corruption Act 77",
    "Code pénal art. 432-11",
    "Código Penal 222",
    "Уголовный кодекс ст. 290",
    "قانون العقوبات المادة 103",
    "中华人民共和国刑法第三百八十五条",
    "刑法",
    "prevention of corruption",
    "anti money laundering act",
    "United Kingdom act",
];

fn main() {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        println!("help: say which index: cargo run --release -p merida-index --example typing -- data/index");
        return;
    };
    let index = Index::open(&folder, Settings::default()).expect("an index");
    println!("{} provisions", index.len());
    spelling(&index);
    completion(&index);
}

fn spelling(index: &Index) {
    let (mut times, mut right, mut other, mut left) = (Vec::new(), 0, 0, 0);
    for word in WORDS {
        if index.search(&Request { as_typed: true, ..Request::new(word) }).expect("an answer").total_works
            == 0
        {
            continue;
        }
        for typed in slips(word) {
            let begun = Instant::now();
            let (read, _) = index.interpret(&Request::new(typed.as_str()));
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            match read.parts.first() {
                Some(Part::Corrected { to, .. }) if alike(to, word) => right += 1,
                Some(Part::Corrected { .. }) => other += 1,
                _ => left += 1,
            }
        }
    }
    report("reading a misspelt word", &mut times);
    println!(
        "  corrected to the word or a form of it: {right}, to another word: {other}, left as typed: {left}"
    );
}

/// Whether two words begin alike, as forms of one word do; accents and the Arabic letters that fold are not compared.
fn alike(found: &str, word: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        text.to_lowercase().chars().filter(|c| !"áàâäãéèêëíîóôõöúûüçاأإآةهىي".contains(*c)).collect()
    };
    let (found, word) = (plain(found), plain(word));
    let same = found.iter().zip(&word).take_while(|(a, b)| a == b).count();
    same + 3 >= word.len() && same * 2 >= found.len()
}

fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    let with = |from: usize, to: usize, between: &[char]| -> String {
        letters[..from].iter().chain(between).chain(&letters[to..]).collect()
    };
    let mut slips = Vec::new();
    for (at, &letter) in letters.iter().enumerate() {
        slips.push(with(at, at + 1, &[]));
        slips.push(with(at, at + 1, &[letter, letter]));
        let other = char::from_u32(u32::from(letter) + 1).unwrap_or(letter);
        slips.push(with(at, at + 1, &[other]));
        if let Some(&next) = letters.get(at + 1).filter(|&&next| next != letter) {
            slips.push(with(at, at + 2, &[next, letter]));
        }
    }
    slips.dedup();
    slips
}

fn completion(index: &Index) {
    let begun = Instant::now();
    let _ = index.complete("a", &[], 8).expect("an answer");
    println!("the first completion after opening: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let (mut times, mut offered) = (Vec::new(), 0);
    for name in NAMES {
        for end in 1..=name.chars().count() {
            let typed: String = name.chars().take(end).collect();
            for _ in 0..5 {
                let begun = Instant::now();
                let found = index.complete(&typed, &[], 8).expect("an answer");
                times.push(begun.elapsed().as_secs_f64() * 1e3);
                offered += usize::from(!found.is_empty());
            }
        }
    }
    report("a completion", &mut times);
    println!("  something was offered for {offered} of {}", times.len());
}

fn report(what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied();
    if let (Some(half), Some(most), Some(last)) = (at(0.5), at(0.99), times.last()) {
        println!("{what}: p50 {half:.2} ms, p99 {most:.2} ms, longest {last:.2} ms ({} times)", times.len());
    }
}
