//! Arabic letters in one form each, and the light stemmer of Larkey, Ballesteros and Connell ("light10").

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

/// A folded word without article, conjunction and the commonest endings.
pub(super) fn light(word: &str) -> &str {
    let mut rest = word;
    let length = |text: &str| text.chars().count();
    for prefix in ["وال", "بال", "كال", "فال", "ولل", "لل", "ال"] {
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
    for suffix in ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"] {
        if let Some(bare) = rest.strip_suffix(suffix)
            && length(bare) >= 2
        {
            rest = bare;
        }
    }
    rest
}
