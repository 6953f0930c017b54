//! The block of `key: value` lines at the head of a Markdown file: the part of YAML that such files use.

/// A front matter and where the body begins.
pub(super) struct FrontMatter {
    /// Keys with their scalar values, in order; the items of a list are joined by `; `.
    pub(super) pairs: Vec<(String, String)>,
    /// The line of each pair in the file, from 1.
    pub(super) lines: Vec<u32>,
    /// The byte at which the body begins.
    pub(super) body: usize,
}

/// The front matter of `text`; none where it does not begin with a line `---` that a later one closes.
pub(super) fn read(text: &str) -> Option<FrontMatter> {
    let inner = text.trim_start_matches('\u{feff}');
    let offset = text.len() - inner.len();
    let after =
        inner.strip_prefix("---").filter(|rest| rest.trim_start_matches([' ', '\t']).starts_with('\n'))?;
    let start = offset + 3 + (after.len() - after.trim_start_matches([' ', '\t']).len()) + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let (pairs, lines) = pairs(&text[start..at]);
            return Some(FrontMatter { pairs, lines, body: at + line.len() });
        }
        at += line.len();
        if at - start > 256 * 1024 {
            return None;
        }
    }
    None
}

/// The pairs, and the line of each in a file whose first line opens the block.
fn pairs(block: &str) -> (Vec<(String, String)>, Vec<u32>) {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut lines: Vec<u32> = Vec::new();
    let mut folded = false;
    for (number, line) in (2..).zip(block.lines()) {
        let indented = line.starts_with([' ', '\t']);
        let content = line.trim();
        if content.is_empty() || (content.starts_with('#') && !indented) {
            continue;
        }
        if let Some(item) = content.strip_prefix("- ").filter(|_| !folded) {
            if let Some((_, value)) = pairs.last_mut() {
                append(value, scalar(item), "; ");
            }
            continue;
        }
        match split_key(content).filter(|_| !indented) {
            Some((key, value)) => {
                folded = matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+");
                let value =
                    if folded || matches!(value, "[]" | "{}") { String::new() } else { scalar(value) };
                pairs.push((key.trim_matches(['"', '\'']).to_owned(), value));
                lines.push(number);
            }
            None => {
                if let Some((_, value)) = pairs.last_mut() {
                    append(value, content.to_owned(), " ");
                }
            }
        }
    }
    (pairs, lines)
}

fn append(value: &mut String, more: String, between: &str) {
    if !value.is_empty() {
        value.push_str(between);
    }
    value.push_str(&more);
}

fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plausible =
        !key.is_empty() && key.chars().count() < 60 && (value.is_empty() || value.starts_with([' ', '\t']));
    plausible.then_some((key.trim(), value.trim()))
}

fn scalar(text: &str) -> String {
    if let Some(inner) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        return unescape(inner);
    }
    if let Some(inner) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return inner.split(',').map(|item| scalar(item.trim())).collect::<Vec<_>>().join("; ");
    }
    text.split(" #").next().unwrap_or(text).trim_end().to_owned()
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push(' '),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some(other)) => out.push(other),
            (c, _) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_read() {
        let text = "---\ntitle: \"A \\\"quoted\\\" title\"\nnumber: '27'\nlong: >\n  one\n  two\nlist:\n- a\n- b\nurl: https://example.org/a#b\nempty: ''\n---\n# Body\n";
        let front = read(text).unwrap();
        let get = |key: &str| front.pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
        assert_eq!(get("title"), Some("A \"quoted\" title"));
        assert_eq!(get("number"), Some("27"));
        assert_eq!(get("long"), Some("one two"));
        assert_eq!(get("list"), Some("a; b"));
        assert_eq!(get("url"), Some("https://example.org/a#b"));
        assert_eq!(&text[front.body..], "# Body\n");
        assert!(read("# no front matter\n---\n").is_none());
        assert!(read("---\nnever closed: 1\n").is_none());
    }
}
