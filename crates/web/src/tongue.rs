//! The language of a piece of text, as HTML states it.

use merida_law::Language;

/// The language and direction of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tongue(Language);

impl Tongue {
    /// The attributes of an element: `lang="ar" dir="rtl"`. Made of known names alone, so nothing in it wants escaping.
    pub(crate) fn attributes(&self) -> String {
        format!("lang=\"{}\" dir=\"{}\"", self.0.bcp47(), self.0.direction().as_str())
    }

    /// `ltr` or `rtl`.
    pub(crate) fn direction(&self) -> &'static str {
        self.0.direction().as_str()
    }

    /// The tag of the language.
    pub(crate) fn tag(&self) -> &'static str {
        self.0.bcp47()
    }

    /// The name of the language in English until the interface speaks more.
    pub(crate) fn name(&self) -> &'static str {
        self.0.english_name()
    }

    /// The language.
    pub(crate) const fn language(self) -> Language {
        self.0
    }
}

impl From<Language> for Tongue {
    fn from(language: Language) -> Self {
        Self(language)
    }
}
