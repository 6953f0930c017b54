//! In which language a text stands: what was declared is checked, what was not is detected, block by block where a
//! text has several.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use lingua::{IsoCode639_1, LanguageDetector, LanguageDetectorBuilder};
use merida_law::{Language, Problem};

mod script;
mod words;

use crate::draft::{Block, BlockKind};
use script::{Script, written_chinese};
use words::Verdict;

/// What was found out about the languages of a text.
#[derive(Clone, Debug)]
pub(crate) struct LanguageReading {
    /// The main language.
    pub(crate) language: Language,
    /// Whether it was detected rather than declared.
    pub(crate) detected: bool,
    /// For each block, its language where that differs from the main one.
    pub(crate) block_languages: Vec<Option<Language>>,
    /// Disagreement between declaration and text.
    pub(crate) problems: Vec<Problem>,
}

/// Letters that a text must have before its words are asked for its language.
const ENOUGH: usize = 60;
/// Letters of a block that are looked at: asking every word of a code costs more than reading it.
const LOOK: usize = 160;
/// Blocks of a document that are looked at before all of them are.
const SAMPLE: usize = 24;
/// Passages that statistics of letters are asked about at most; more cost much and tell no more.
const STATISTICS: usize = 4;
/// Blocks of a sample that must be in another language before every block is asked.
const FREQUENT: usize = 2;
/// How sure a detection must be before the declaration of a whole text is doubted, from 0 to 1.
const CERTAIN: f64 = 0.95;
/// How sure a detection must be before it speaks against a declaration, from 0 to 1.
const SURE: f64 = 0.8;

/// Finds the main language of `blocks` and the blocks in another; compares them with what was declared.
pub(crate) fn check(
    declared: Option<Language>,
    declared_all: &[Language],
    blocks: &[Block],
) -> LanguageReading {
    let mut problems = Vec::new();
    let stated: BTreeSet<Language> = declared.into_iter().chain(declared_all.iter().copied()).collect();
    let sample = sample(blocks);
    let told = tell(&sample, None, declared);
    let by_words = !matches!(told, Told::Doubt(_));
    let found = told.settle(|| beginnings(&sample, STATISTICS));
    let language = match (declared, found) {
        (Some(declared), Some((found, sure))) => {
            let expected = stated.iter().any(|&stated| same(stated, found));
            if !expected && sure >= CERTAIN {
                problems.push(disagreement(declared, found));
            }
            declared
        }
        (Some(declared), None) => declared,
        (None, Some((found, _))) => {
            problems.push(Problem::note(
                format!("the language is not declared; detected as {} ({found})", found.english_name()),
                "declare the language if that is wrong",
            ));
            found
        }
        (None, None) => {
            problems.push(Problem::warning(
                "the language is not declared and could not be detected",
                "give --language",
            ));
            Language::UND
        }
    };
    let block_languages = by_block(language, &stated, blocks, by_words);
    report_blocks(language, &stated, &block_languages, &mut problems);
    LanguageReading { language, detected: declared.is_none(), block_languages, problems }
}

fn disagreement(declared: Language, found: Language) -> Problem {
    Problem::warning(
        format!(
            "declared as {} ({declared}), but the text reads as {} ({found})",
            declared.english_name(),
            found.english_name()
        ),
        "correct the declaration, or ignore this if the text is right",
    )
}

/// Whether two languages are one for this purpose: written forms of one language, or neighbours that short legal
/// texts do not tell apart.
fn same(a: Language, b: Language) -> bool {
    const NEIGHBOURS: [&[&str]; 5] =
        [&["nb", "nn", "da"], &["hr", "sr", "bs"], &["ms", "id"], &["hi", "ne", "mr"], &["fa", "ps", "ur"]];
    let (a, b) = (a.primary(), b.primary());
    a == b || NEIGHBOURS.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// The blocks in another language than `language`. `by_words` says that the text as a whole was told by its words, so
/// that statistics have not yet seen the blocks in which there are few.
fn by_block(
    language: Language,
    stated: &BTreeSet<Language>,
    blocks: &[Block],
    by_words: bool,
) -> Vec<Option<Language>> {
    if stated.len() > 1 {
        let mut languages: Vec<_> =
            blocks.iter().map(|block| of_block(language, Some(stated), 0.6, block)).collect();
        carry_headings(stated, blocks, &mut languages);
        return languages;
    }
    let mut languages: Vec<Option<Language>> = blocks
        .iter()
        .map(|block| {
            block.language.or_else(|| of_other_script(language, block)).filter(|own| !same(language, *own))
        })
        .collect();
    let mut candidates = frequent_others(language, blocks, by_words);
    if candidates.is_empty() {
        return languages;
    }
    candidates.insert(language);
    for (known, block) in languages.iter_mut().zip(blocks).filter(|(known, _)| known.is_none()) {
        *known = of_block(language, Some(&candidates), SURE, block);
    }
    languages
}

/// The other languages in which several blocks of a sample stand.
fn frequent_others(language: Language, blocks: &[Block], by_words: bool) -> BTreeSet<Language> {
    let mut others: BTreeMap<Language, usize> = BTreeMap::new();
    let mut doubtful: Vec<(String, Script)> = Vec::new();
    for place in (0..blocks.len()).step_by(blocks.len().div_ceil(SAMPLE).max(1)) {
        let block = &blocks[place];
        let other = match own_language(language, block) {
            Some(own) => Some(own),
            None => match passage(language, block) {
                None => None,
                Some(text) => match tell(&text, None, Some(language)) {
                    Told::Doubt(script) => {
                        doubtful.push((text, script));
                        None
                    }
                    told => another(language, None, SURE, told.settle(|| text)),
                },
            },
        };
        if let Some(other) = other {
            *others.entry(other).or_default() += 1;
        }
    }
    // Blocks with few small words are asked about together first; one by one only if they speak another language.
    if by_words && let Some(script) = doubtful.first().map(|(_, script)| *script) {
        let together: Vec<&str> = doubtful.iter().map(|(text, _)| text.as_str()).take(STATISTICS).collect();
        if another(language, None, SURE, by_statistics(&together.join("\n"), &script.languages(), script))
            .is_some()
        {
            for (text, script) in &doubtful {
                if let Some(other) =
                    another(language, None, SURE, by_statistics(text, &script.languages(), *script))
                {
                    *others.entry(other).or_default() += 1;
                }
            }
        }
    }
    others.into_iter().filter(|&(_, count)| count >= FREQUENT).map(|(other, _)| other).collect()
}

/// The language of a block in a script that one other language alone uses.
fn of_other_script(language: Language, block: &Block) -> Option<Language> {
    let passage: String = block.text.chars().take(LOOK).collect();
    match Script::of(&passage)? {
        Script::Alone(code) if code != language.primary() && letters(&passage) >= ENOUGH => code.parse().ok(),
        _ => None,
    }
}

/// The language of a block, where it is surely another than the main one.
fn of_block(
    language: Language,
    candidates: Option<&BTreeSet<Language>>,
    bar: f64,
    block: &Block,
) -> Option<Language> {
    if let Some(own) = own_language(language, block) {
        return Some(own);
    }
    let text = passage(language, block)?;
    another(language, candidates, bar, tell(&text, candidates, None).settle(|| text.clone()))
}

/// The language that a block states, where it is another than the main one.
fn own_language(language: Language, block: &Block) -> Option<Language> {
    block.language.filter(|own| *own != language)
}

/// The beginning of a block, by which its language is told; none where that would mislead.
fn passage(language: Language, block: &Block) -> Option<String> {
    let heading = match &block.kind {
        BlockKind::Unit { heading, .. } => heading.as_str(),
        _ => "",
    };
    let text: String = heading
        .chars()
        .chain([' '])
        .chain(block.text.chars())
        .filter(|c| !c.is_ascii_digit())
        .take(LOOK)
        .collect();
    // Headings of Japanese and Korean laws often hold no other letters than Chinese ones.
    let misleading = matches!(language.primary(), "ja" | "ko") && Script::of(&text) == Some(Script::Han);
    (!misleading).then_some(text)
}

/// What was found, where it is surely another language than the main one.
fn another(
    language: Language,
    candidates: Option<&BTreeSet<Language>>,
    bar: f64,
    found: Option<(Language, f64)>,
) -> Option<Language> {
    let (found, sure) = found?;
    let known =
        candidates.into_iter().flatten().copied().find(|&candidate| same(candidate, found)).unwrap_or(found);
    (sure >= bar && !same(language, known)).then_some(known)
}

/// In a text declared as bilingual, a short block (a heading, a number) goes with the block after it, else before it.
fn carry_headings(stated: &BTreeSet<Language>, blocks: &[Block], languages: &mut [Option<Language>]) {
    let short = |block: &Block| letters(&block.text) < ENOUGH && stated.len() > 1 && block.language.is_none();
    for place in (0..blocks.len().saturating_sub(1)).rev() {
        if short(&blocks[place]) && languages[place].is_none() {
            languages[place] = languages[place + 1];
        }
    }
}

fn report_blocks(
    language: Language,
    stated: &BTreeSet<Language>,
    blocks: &[Option<Language>],
    problems: &mut Vec<Problem>,
) {
    let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
    for found in blocks.iter().flatten() {
        *counts.entry(*found).or_default() += 1;
    }
    for (found, count) in counts {
        if stated.iter().any(|&stated| same(stated, found)) {
            continue;
        }
        problems.push(Problem::note(
            format!(
                "{count} passages of a text in {} read as {}",
                language.english_name(),
                found.english_name()
            ),
            "if the text is bilingual, declare both languages",
        ));
    }
}

/// Passages from all over the text, in its commonest script, a line each.
fn sample(blocks: &[Block]) -> String {
    let step = blocks.len().div_ceil(SAMPLE).max(1);
    let mut by_script: BTreeMap<Script, String> = BTreeMap::new();
    for block in blocks.iter().step_by(step) {
        let passage: String = block.text.chars().take(LOOK).collect();
        if let Some(script) = Script::of(&passage) {
            let text = by_script.entry(script).or_default();
            text.extend(passage.chars().map(|c| if c == '\n' { ' ' } else { c }));
            text.push('\n');
        }
    }
    by_script.into_values().max_by_key(String::len).unwrap_or_default()
}

/// `most` lines of a sample, from all over it.
fn beginnings(sample: &str, most: usize) -> String {
    let lines: Vec<&str> = sample.lines().collect();
    let chosen: Vec<&str> = lines.iter().copied().step_by(lines.len().div_ceil(most).max(1)).collect();
    chosen.join("\n")
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// What the script and the small words of a text say of its language.
enum Told {
    /// This language, and how sure that is, from 0 to 1.
    As(Language, f64),
    /// One of these languages of that script; statistics of letters decide. The words have narrowed them down.
    OneOf(Vec<IsoCode639_1>, Script),
    /// Any language of that script.
    Doubt(Script),
    /// There is too little text to say anything.
    Nothing,
}

impl Told {
    /// Asks statistics of letters where the words leave open what they say of `text`.
    fn settle(self, text: impl FnOnce() -> String) -> Option<(Language, f64)> {
        match self {
            Self::As(language, sure) => Some((language, sure)),
            Self::OneOf(codes, script) => by_statistics(&text(), &codes, script),
            Self::Doubt(script) => by_statistics(&text(), &script.languages(), script),
            Self::Nothing => None,
        }
    }
}

/// What can be said of the language of `text` without statistics; among `candidates`, if any are given. A script that
/// one language alone uses decides at once; otherwise the words do, if there are enough of them. Of a text that is
/// expected to be in one language it is enough that no other speaks louder.
fn tell(text: &str, candidates: Option<&BTreeSet<Language>>, expected: Option<Language>) -> Told {
    let Some(script) = Script::of(text) else { return Told::Nothing };
    match script {
        Script::Han => return Told::As(written_chinese(text), 1.0),
        Script::Alone(code) => {
            return code.parse().map_or(Told::Nothing, |language| Told::As(language, 1.0));
        }
        Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari => {}
    }
    if letters(text) < ENOUGH {
        return Told::Nothing;
    }
    let asked = |language: Language| match candidates {
        Some(candidates) => candidates.iter().any(|candidate| candidate.primary() == language.primary()),
        None => script.code() == Some(language.script()),
    };
    match (words::verdict(text, asked, expected), candidates) {
        (Verdict::Clear(language), _) => Told::As(language, 1.0),
        (Verdict::Neighbours(language), _) if expected.is_some_and(|expected| same(expected, language)) => {
            Told::As(expected.unwrap_or(language), 1.0)
        }
        (Verdict::Neighbours(language), None) => {
            let near = |code: &IsoCode639_1| language_of(*code, script).is_some_and(|l| same(language, l));
            Told::OneOf(script.languages().into_iter().filter(near).collect(), script)
        }
        (_, Some(candidates)) => {
            Told::OneOf(candidates.iter().filter_map(|language| code_of(*language)).collect(), script)
        }
        (Verdict::Doubt, None) if script == Script::Arabic && !has_letters_beyond_arabic(text) => {
            Told::As(Language::AR, 1.0)
        }
        (Verdict::Doubt, None) => Told::Doubt(script),
    }
}

/// The likeliest of the languages `codes` by the frequency of their letters, and how sure that is, from 0 to 1.
fn by_statistics(text: &str, codes: &[IsoCode639_1], script: Script) -> Option<(Language, f64)> {
    if codes.len() < 2 {
        return codes.first().and_then(|code| language_of(*code, script)).map(|language| (language, 1.0));
    }
    let values = with_detector(codes, |detector| detector.compute_language_confidence_values(text))?;
    let (best, sure) = values.into_iter().next()?;
    Some((language_of(best.iso_code_639_1(), script)?, sure))
}

/// Whether a text in Arabic script has letters that Arabic does not write and Persian or Urdu do.
fn has_letters_beyond_arabic(text: &str) -> bool {
    text.contains(['پ', 'چ', 'ژ', 'گ', 'ک', 'ی', 'ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ھ', 'ہ'])
}

fn code_of(language: Language) -> Option<IsoCode639_1> {
    language.primary().to_uppercase().parse().ok().or_else(|| language.primary().parse().ok())
}

fn language_of(code: IsoCode639_1, script: Script) -> Option<Language> {
    let code = code.to_string().to_lowercase();
    if code == "sr" && script == Script::Latin {
        return "sr-Latn".parse().ok();
    }
    code.parse().ok()
}

/// Runs `work` with the detector for `codes`; each set of languages has one, built when first asked for.
fn with_detector<T>(codes: &[IsoCode639_1], work: impl FnOnce(&LanguageDetector) -> T) -> Option<T> {
    type Detectors = BTreeMap<Vec<String>, std::sync::Arc<LanguageDetector>>;
    static DETECTORS: LazyLock<Mutex<Detectors>> = LazyLock::new(Mutex::default);
    let mut key: Vec<String> = codes.iter().map(ToString::to_string).collect();
    key.sort_unstable();
    let detector = {
        let mut detectors = DETECTORS.lock().ok()?;
        let build = || {
            std::sync::Arc::new(
                LanguageDetectorBuilder::from_iso_codes_639_1(codes).with_low_accuracy_mode().build(),
            )
        };
        detectors.entry(key).or_insert_with(build).clone()
    };
    Some(work(&detector))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        texts.iter().map(|text| Block::paragraph(*text, None)).collect()
    }

    /// Sentences of our own, each long enough to be told.
    const TEXTS: [(&str, &str); 24] = [
        (
            "en",
            "An officer who takes money for speeding up a permit commits an offence and loses the office that was held.",
        ),
        (
            "fr",
            "L'agent qui reçoit de l'argent pour hâter la délivrance d'un permis commet une infraction et perd sa charge.",
        ),
        (
            "es",
            "El empleado que cobra dinero por acelerar la entrega de un permiso comete un delito y pierde su puesto.",
        ),
        (
            "de",
            "Wer als Beamter Geld dafür nimmt, dass er eine Genehmigung schneller erteilt, begeht eine Straftat.",
        ),
        (
            "ru",
            "Служащий, который берёт деньги за ускорение выдачи разрешения, совершает преступление и теряет свою должность.",
        ),
        (
            "uk",
            "Службовець, який бере гроші за пришвидшення видачі дозволу, вчиняє злочин і втрачає свою посаду назавжди.",
        ),
        (
            "bg",
            "Служител, който взема пари, за да ускори издаването на разрешение, извършва престъпление и губи поста си.",
        ),
        ("ar", "كل موظف يأخذ مالاً لكي يعجل إصدار رخصة يرتكب جريمة ويفقد المنصب الذي كان يشغله في تلك الإدارة"),
        ("zh-Hans", "国家工作人员为加快发放许可证而收取钱财的，构成犯罪，并应当免去其职务。"),
        ("zh-Hant", "公務員為加快發給許可證而收取錢財者，構成犯罪，並應免除其職務。"),
        ("ja", "許可を早めるために金銭を受け取った職員は、罪を犯したものとし、その職を失う。"),
        ("ko", "허가를 앞당기려고 돈을 받은 공무원은 죄를 범한 것으로 보고 그 직을 잃는다."),
        ("th", "เจ้าหน้าที่ผู้รับเงินเพื่อเร่งการออกใบอนุญาตมีความผิดและพ้นจากตำแหน่ง"),
        ("ka", "მოხელე, რომელიც ნებართვის დასაჩქარებლად ფულს იღებს, სჩადის დანაშაულს."),
        ("el", "Ο υπάλληλος που παίρνει χρήματα για να επισπεύσει μια άδεια διαπράττει αδίκημα."),
        (
            "pl",
            "Urzędnik, który bierze pieniądze za przyspieszenie wydania zezwolenia, popełnia przestępstwo i traci urząd.",
        ),
        (
            "hu",
            "Az a hivatalnok, aki pénzt fogad el azért, hogy egy engedélyt gyorsabban kiadjon, bűncselekményt követ el.",
        ),
        (
            "tr",
            "Bir izni daha çabuk vermek için para alan görevli suç işlemiş olur ve bulunduğu makamı kaybeder.",
        ),
        (
            "vi",
            "Cán bộ nhận tiền để đẩy nhanh việc cấp giấy phép là phạm tội và phải rời khỏi chức vụ đang giữ.",
        ),
        (
            "fi",
            "Virkamies, joka ottaa rahaa luvan myöntämisen nopeuttamisesta, syyllistyy rikokseen ja menettää virkansa.",
        ),
        (
            "lt",
            "Tarnautojas, kuris ima pinigus už greitesnį leidimo išdavimą, padaro nusikaltimą ir netenka savo pareigų.",
        ),
        (
            "ro",
            "Funcționarul care ia bani pentru a grăbi eliberarea unui permis săvârșește o infracțiune și își pierde funcția.",
        ),
        (
            "nl",
            "De ambtenaar die geld aanneemt om een vergunning sneller af te geven, pleegt een misdrijf en verliest zijn ambt.",
        ),
        (
            "sw",
            "Mtumishi anayepokea fedha ili kuharakisha utoaji wa kibali anatenda kosa na atapoteza wadhifa wake.",
        ),
    ];

    #[test]
    fn a_missing_declaration_is_filled_and_marked() {
        for (code, text) in TEXTS {
            let reading = check(None, &[], &blocks(&[text, text]));
            assert_eq!(reading.language.bcp47(), code, "{text}");
            assert!(reading.detected && reading.problems.len() == 1, "{code}: {:?}", reading.problems);
        }
    }

    #[test]
    fn a_right_declaration_stands_without_a_word() {
        for (code, text) in TEXTS {
            let declared = code.parse().ok();
            let reading = check(declared, &[], &blocks(&[text]));
            assert!(reading.problems.is_empty(), "{code}: {:?}", reading.problems);
            assert!(!reading.detected && reading.block_languages == [None], "{code}");
        }
    }

    #[test]
    fn a_wrong_declaration_stands_and_is_a_problem_that_names_both() {
        let reading = check("fr".parse().ok(), &[], &blocks(&[TEXTS[3].1]));
        assert_eq!(reading.language.bcp47(), "fr");
        let message = &reading.problems[0].message;
        assert!(message.contains("French") && message.contains("German"), "{message}");
    }

    #[test]
    fn a_bilingual_text_is_told_apart_by_block() {
        let languages = ["en".parse().unwrap(), "nl".parse().unwrap()];
        let text = blocks(&["Article 1", TEXTS[0].1, "Artikel 1", TEXTS[22].1]);
        let reading = check("en".parse().ok(), &languages, &text);
        let codes: Vec<Option<&str>> =
            reading.block_languages.iter().map(|l| l.map(Language::bcp47)).collect();
        assert_eq!(codes, [None, None, Some("nl"), Some("nl")]);
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    }

    #[test]
    fn nothing_to_go_by_is_said() {
        let reading = check(None, &[], &blocks(&["12 345", "—"]));
        assert_eq!(reading.language, Language::UND);
        assert!(reading.problems[0].hint.contains("--language"));
    }
}
