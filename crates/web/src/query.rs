//! Query strings: read strictly, written plainly.

use crate::refusal::Refusal;

/// The longest query string that is read, in bytes. A pasted provision of 4,000 Arabic letters fits in.
pub(crate) const MAX_QUERY_BYTES: usize = 32 * 1024;

/// The longest form that is read, in bytes: 10,000 Chinese characters and some filters.
pub(crate) const MAX_FORM_BYTES: usize = 128 * 1024;

/// The fields of a query string, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what stands after the question mark.
    pub(crate) fn read(raw: Option<&str>) -> Result<Self, Refusal> {
        let raw = raw.unwrap_or("");
        if raw.len() > MAX_QUERY_BYTES {
            return Err(Refusal::too_long());
        }
        Self::fields_of(raw)
    }

    /// Reads a form that was sent.
    pub(crate) fn read_form(body: &str) -> Result<Self, Refusal> {
        if body.len() > MAX_FORM_BYTES {
            return Err(Refusal::too_long());
        }
        Self::fields_of(body)
    }

    /// Reads a JSON object whose values are text, numbers, or lists of those.
    pub(crate) fn read_json(body: &str) -> Result<Self, Refusal> {
        use serde_json::Value;
        if body.len() > MAX_FORM_BYTES {
            return Err(Refusal::too_long());
        }
        let object: serde_json::Map<String, Value> = serde_json::from_str(body).map_err(Refusal::request)?;
        let mut fields = Vec::new();
        for (name, value) in object {
            let values = match value {
                Value::Array(values) => values,
                Value::Null => Vec::new(),
                value => vec![value],
            };
            for value in values {
                let text = match value {
                    Value::String(text) => text,
                    Value::Number(number) => number.to_string(),
                    Value::Bool(is) => u8::from(is).to_string(),
                    _ => {
                        return Err(Refusal::request(format!(
                            "{name} is text, a number, or a list of those"
                        )));
                    }
                };
                fields.push((name.clone(), text));
            }
        }
        Ok(Self(fields))
    }

    fn fields_of(raw: &str) -> Result<Self, Refusal> {
        let mut fields = Vec::new();
        for field in raw.split('&').filter(|field| !field.is_empty()) {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            fields.push((decode(name, true)?, decode(value, true)?));
        }
        Ok(Self(fields))
    }

    /// The first value of that name that is not blank.
    pub(crate) fn first<'a>(&'a self, name: &str) -> Option<&'a str> {
        let mut named = self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.trim());
        named.find(|value| !value.is_empty())
    }

    /// Every value of that name that is not blank.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim())
    }

    /// Every field, in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Undoes percent-encoding; `plus` says whether `+` stands for a space.
pub(crate) fn decode(text: &str, plus: bool) -> Result<String, Refusal> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' if plus => bytes.push(b' '),
            b'%' => {
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else {
                    return Err(Refusal::encoding());
                };
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| Refusal::encoding())
}

/// Adds `name=value` to a query string.
pub(crate) fn push(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'('
            | b')'
            | b','
            | b':'
            | b'/' => {
                query.push(char::from(byte));
            }
            b' ' => query.push('+'),
            byte => {
                query.push('%');
                for digit in [byte >> 4, byte & 15] {
                    query.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
}

/// A path with a query string, or the path alone where that is empty.
pub(crate) fn join(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut raw = String::new();
        push(&mut raw, "q", "trafic d'influence & 影响力 +\"x\"");
        push(&mut raw, "article", "15(a)");
        let query = Query::read(Some(&raw)).expect("reads");
        assert_eq!(query.first("q"), Some("trafic d'influence & 影响力 +\"x\""));
        assert_eq!(query.first("article"), Some("15(a)"));
        assert!(raw.ends_with("article=15(a)"), "{raw}");
    }

    #[test]
    fn hostile_query_strings_are_refused_and_never_guessed() {
        for raw in ["q=%ff", "q=%", "q=%4", "q=%zz", "%c0%af=1"] {
            assert!(Query::read(Some(raw)).is_err(), "{raw}");
        }
        assert!(Query::read(Some(&"a".repeat(MAX_QUERY_BYTES + 1))).is_err());
        assert_eq!(Query::read(Some("&&=&q=")).expect("reads").first("q"), None);
    }
}
