//! What every page has around it.

use merida_law::Language;

use crate::assets;
use crate::site::Site;
use crate::texts::Texts;

/// What every page has around it: title, search box, links for machines.
pub(crate) struct Frame {
    /// The words of the interface.
    pub(crate) t: &'static Texts,
    /// The title of the page, without the name of the site.
    pub(crate) title: String,
    /// One line on the page for search engines; empty for none.
    pub(crate) description: String,
    /// What kind of page, as a class of its body.
    pub(crate) kind: &'static str,
    /// What stands in the search box.
    pub(crate) question: String,
    /// Its permanent address, absolute.
    pub(crate) canonical: Option<String>,
    /// The same in other languages: tag and absolute address.
    pub(crate) alternates: Vec<(String, String)>,
    /// The feed of what is shown.
    pub(crate) feed: Option<String>,
    /// Whether search engines should keep the page.
    pub(crate) keep: bool,
    /// schema.org data, safe within a script element.
    pub(crate) data: Option<String>,
}

impl Frame {
    /// A page with that title.
    pub(crate) fn new(site: &Site, kind: &'static str, title: impl Into<String>) -> Self {
        Self {
            t: site.texts,
            title: title.into(),
            description: String::new(),
            kind,
            question: String::new(),
            canonical: None,
            alternates: Vec::new(),
            feed: None,
            keep: true,
            data: None,
        }
    }

    /// The same with its permanent path.
    pub(crate) fn at(self, site: &Site, path: &str) -> Self {
        Self { canonical: Some(site.absolute(path)), ..self }
    }

    /// The same with schema.org data.
    pub(crate) fn with_data(self, data: &serde_json::Value) -> Self {
        // A script element ends at "</script", whatever the JSON string around it.
        let data = data.to_string().replace('<', "\\u003c");
        Self { data: Some(data), ..self }
    }

    /// The words under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.t.say(key)
    }

    /// The words under `key` with a count.
    pub(crate) fn count(&self, key: &str, count: &u64) -> String {
        self.t.count(key, *count)
    }

    /// A number as readers write it.
    pub(crate) fn number(&self, number: &u64) -> String {
        self.t.number(*number)
    }

    /// The language of the interface.
    pub(crate) fn language(&self) -> Language {
        self.t.locale().language()
    }

    /// The language attributes of the page.
    pub(crate) fn attributes(&self) -> String {
        crate::tongue::Tongue::from(self.language()).attributes()
    }

    /// Where the style sheet is.
    pub(crate) fn style(&self) -> &'static str {
        &assets::STYLE.url
    }

    /// Where the script is.
    pub(crate) fn script(&self) -> &'static str {
        &assets::SCRIPT.url
    }

    /// Where the icon is.
    pub(crate) fn icon(&self) -> &'static str {
        &assets::ICON.url
    }
}
