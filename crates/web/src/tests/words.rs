//! Every word of the interface stands in the translations, and every translation is a word of the interface.

use std::collections::BTreeSet;
use std::path::Path;

use crate::texts::{Locale, Texts};

/// The text of every source that shows words, tests left out.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for folder in ["src", "src/pages", "src/api", "../../web/templates"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder").flatten() {
            let path = entry.path();
            let kind = path.extension().and_then(|e| e.to_str()).unwrap_or("");
            if matches!(kind, "rs" | "html") && !path.ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).expect("a file");
                sources.push((path.display().to_string(), text));
            }
        }
    }
    sources
}

/// Every quoted string of a source that could be a key.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let is_key = |s: &&str| {
        !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.split('"').filter(is_key)
}

/// The keys that a source asks for by name.
fn asked(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for call in [".say(", ".count(", ".with("] {
        for rest in text.split(call).skip(1) {
            if let Some(rest) = rest.trim_start().strip_prefix('"') {
                keys.extend(rest.split('"').next());
            }
        }
    }
    keys
}

fn keys(locale: Locale) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (file, source) in locale.sources() {
        for line in source.lines() {
            let key = line.split(" =").next().unwrap_or("");
            let starts = key.starts_with(|c: char| c.is_ascii_lowercase());
            if starts && line.contains(" =") {
                assert!(keys.insert(key.to_owned()), "{file}: {key} stands twice");
            }
        }
    }
    keys
}

fn made() -> Vec<String> {
    [crate::words::made_keys(), crate::api::made_keys(), crate::pages::made_keys()].concat()
}

#[test]
fn no_word_is_missing() {
    for locale in Locale::ALL {
        let texts = Texts::of(locale);
        for (path, source) in sources() {
            for key in asked(&source) {
                assert!(
                    texts.has(key),
                    "{path} asks for \"{key}\", which has no words; help: add it to web/translations"
                );
            }
        }
        for key in made() {
            assert!(texts.has(&key), "\"{key}\" has no words; help: add it to web/translations");
        }
    }
}

#[test]
fn no_word_is_unused() {
    let sources = sources();
    let mut used: BTreeSet<&str> = sources.iter().flat_map(|(_, source)| literals(source)).collect();
    let made = made();
    used.extend(made.iter().map(String::as_str));
    for locale in Locale::ALL {
        for key in keys(locale) {
            assert!(
                used.contains(key.as_str()),
                "nothing shows \"{key}\"; help: take it out of web/translations"
            );
        }
    }
}

#[test]
fn every_locale_has_the_keys_of_english() {
    for locale in Locale::ALL {
        assert_eq!(keys(locale), keys(Locale::English));
    }
}

#[test]
fn counts_agree_with_their_nouns() {
    let texts = Texts::of(Locale::English);
    assert_eq!(texts.count("count-works", 1), "1 law");
    assert_eq!(texts.count("count-works", 98_321), "98,321 laws");
}
