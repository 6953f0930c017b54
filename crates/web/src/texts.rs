//! The words of the interface, from `web/translations`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use merida_law::Language;

/// A language in which the interface speaks. Another one is a variant here and a folder in `web/translations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locale {
    /// English.
    English,
}

/// The words of the interface in one language.
pub(crate) struct Texts {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// Every locale.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 1] = [Self::English];

    /// The language.
    pub(crate) const fn language(self) -> Language {
        match self {
            Self::English => Language::EN,
        }
    }

    /// The translation files.
    pub(crate) const fn sources(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English => &[
                ("site.ftl", include_str!("../../../web/translations/en/site.ftl")),
                ("finding.ftl", include_str!("../../../web/translations/en/finding.ftl")),
                ("law.ftl", include_str!("../../../web/translations/en/law.ftl")),
                ("about.ftl", include_str!("../../../web/translations/en/about.ftl")),
                ("api.ftl", include_str!("../../../web/translations/en/api.ftl")),
            ],
        }
    }

    /// What stands between groups of three digits.
    const fn group(self) -> char {
        match self {
            Self::English => ',',
        }
    }
}

impl Texts {
    /// The words in `locale`.
    pub(crate) fn of(locale: Locale) -> &'static Self {
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::load(Locale::English));
        match locale {
            Locale::English => &ENGLISH,
        }
    }

    fn load(locale: Locale) -> Self {
        let id = locale.language().bcp47().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Pages isolate what they insert with <bdi>; invisible marks would end up in what people copy.
        bundle.set_use_isolating(false);
        for (name, source) in locale.sources() {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(sound, errors)| {
                tracing::error!(file = name, ?errors, "a translation file has faults");
                sound
            });
            bundle.add_resource_overriding(resource);
        }
        Self { locale, bundle }
    }

    /// The locale.
    pub(crate) const fn locale(&self) -> Locale {
        self.locale
    }

    /// The words under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words under `key` with `$count` and, as shown to the reader, `$shown`.
    pub(crate) fn count(&self, key: &str, count: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        args.set("shown", self.number(count));
        self.format(key, Some(&args))
    }

    /// The words under `key` with named pieces of text.
    pub(crate) fn with(&self, key: &str, pieces: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, piece) in pieces {
            args.set(*name, (*piece).to_owned());
        }
        self.format(key, Some(&args))
    }

    /// A number with its digits grouped.
    pub(crate) fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                shown.push(self.locale.group());
            }
            shown.push(digit);
        }
        shown
    }

    /// Whether there are words under `key`.
    #[cfg(test)]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// A key without words shows itself between brackets, so that a reader can name it and a test can find it.
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if errors.is_empty() { text } else { format!("⟦{key}⟧") }
    }
}
