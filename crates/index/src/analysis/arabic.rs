//! Arabic letters in one form each, and a light stemmer after that of Larkey, Ballesteros and
//! Connell ("light10").

/// The one form of an Arabic letter; none for marks that people leave out.
pub(super) fn letter(c: char) -> Option<char> {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' | 'ې' => Some('ي'),
        'ک' => Some('ك'),
        'ة' | 'ۀ' | 'ہ' => Some('ه'),
        'ؤ' => Some('و'),
        'ئ' => Some('ي'),
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => None,
        c => Some(c),
    }
}

/// A folded word without article, conjunctions, prepositions, pronouns and the commonest endings, and in the singular
/// where its plural is one of the regular broken ones.
pub(super) fn light(word: &str) -> String {
    let mut rest = word;
    let length = |text: &str| text.chars().count();
    for prefix in ["وبال", "وكال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال"]
    {
        if let Some(bare) = rest.strip_prefix(prefix)
            && length(bare) >= 2
        {
            rest = bare;
            break;
        }
    }
    if rest == word
        && let Some(bare) = rest.strip_prefix('و')
        && length(bare) >= 3
    {
        rest = bare;
    }
    for (suffix, keep) in [
        ("هما", 3),
        ("تها", 3),
        ("هم", 3),
        ("هن", 3),
        ("ها", 2),
        ("ته", 3),
        ("تين", 3),
        ("تان", 3),
        ("ان", 2),
        ("ات", 2),
        ("ون", 2),
        ("ين", 2),
        ("يه", 2),
        ("ه", 2),
        ("ي", 2),
    ] {
        if let Some(bare) = rest.strip_suffix(suffix)
            && length(bare) >= keep
        {
            rest = bare;
        }
    }
    singular(rest)
}

/// The singular of the broken plurals that show it: `جرايم` is `جريم`, `محاكم` is `محكم`, `احكام` is `حكم`, `تقارير` is
/// `تقرير`. Words that only look like such plurals are brought to the same form wherever they stand.
fn singular(stem: &str) -> String {
    let letters: Vec<char> = stem.chars().collect();
    match letters[..] {
        [a, b, 'ا', 'ي', c] => [a, b, 'ي', c].iter().collect(),
        ['م', a, 'ا', b, c] => ['م', a, b, c].iter().collect(),
        ['ا', a, b, 'ا', c] => [a, b, c].iter().collect(),
        [a, b, 'ا', c, 'ي', d] => [a, b, c, 'ي', d].iter().collect(),
        _ => stem.to_owned(),
    }
}
