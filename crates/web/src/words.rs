//! The words for statuses, kinds, authorities and the like.

use merida_law::{
    Authority, LegalDate, LegalSystem, Obligation, Provision, ProvisionId, ProvisionKind, Qualifier,
    SourceFormat, Status, WorkKind,
};
use merida_library::{Sort, TagOrigin};

use crate::texts::Texts;

impl Texts {
    /// "in force since 2011-07-01".
    pub(crate) fn status(&self, status: Status) -> String {
        match status.date() {
            Some(date) => {
                self.with(&format!("status-{}-dated", status.as_str()), &[("date", &date.to_string())])
            }
            None => self.status_name(status),
        }
    }

    /// "in force".
    pub(crate) fn status_name(&self, status: Status) -> String {
        self.say(&format!("status-{}", status.as_str()))
    }

    /// "act".
    pub(crate) fn kind(&self, kind: WorkKind) -> String {
        self.say(&format!("kind-{}", kind.as_str()))
    }

    /// "official text".
    pub(crate) fn authority(&self, authority: Authority) -> String {
        self.say(&format!("authority-{}", authority.as_str()))
    }

    /// "States must do this".
    pub(crate) fn obligation(&self, obligation: Obligation) -> String {
        self.say(&format!("obligation-{}", obligation.as_str()))
    }

    /// "in accordance with domestic law".
    pub(crate) fn qualifier(&self, qualifier: Qualifier) -> String {
        self.say(&format!("qualifier-{}", qualifier.as_str()))
    }

    /// "common law".
    pub(crate) fn legal_system(&self, system: LegalSystem) -> String {
        self.say(&format!("legal-system-{}", system.as_str()))
    }

    /// "Akoma Ntoso XML".
    pub(crate) fn source_format(&self, format: SourceFormat) -> String {
        self.say(&format!("format-{}", format.as_str()))
    }

    /// "section".
    pub(crate) fn provision_kind(&self, kind: ProvisionKind) -> String {
        self.say(&format!("provision-kind-{}", kind.as_str()))
    }

    /// How a provision is called in a citation: "Article 12" as the law writes it, "section 6" where the law writes
    /// only the number, else its heading or what it is.
    pub(crate) fn provision(&self, provision: &Provision) -> String {
        let label = provision.label.trim().trim_end_matches(['.', ':', '-', '–', '—']);
        let heading = provision.heading.trim();
        if label.is_empty() {
            return if heading.is_empty() { self.provision_id(&provision.id) } else { heading.to_owned() };
        }
        let is_number = label.chars().next().is_some_and(char::is_numeric);
        if is_number { format!("{} {label}", self.provision_kind(provision.kind)) } else { label.to_owned() }
    }

    /// What a provision without number and heading is called, by its id: "preamble", "paragraph 3".
    pub(crate) fn provision_id(&self, id: &ProvisionId) -> String {
        let last = id.as_str().rsplit("__").next().unwrap_or_default();
        let (prefix, number) = last.split_once('_').unwrap_or((last, ""));
        let kind = ProvisionKind::ALL.iter().find(|kind| kind.prefix() == prefix);
        let kind = kind.map_or_else(|| self.say("provision-unnamed"), |kind| self.provision_kind(*kind));
        format!("{kind} {number}").trim().to_owned()
    }

    /// "Relevance".
    pub(crate) fn sort(&self, sort: Sort) -> String {
        self.say(&format!("sort-{}", sort.as_str()))
    }

    /// "curated".
    pub(crate) fn origin(&self, origin: TagOrigin) -> String {
        self.say(&format!("origin-{}", origin.as_str()))
    }

    /// "as of 2010-04-08", where the date is known.
    pub(crate) fn as_of(&self, date: Option<LegalDate>) -> Option<String> {
        date.map(|date| self.with("as-of", &[("date", &date.to_string())]))
    }
}

/// Every key that is made from a name, so that a test can hold them against the translations.
#[cfg(test)]
pub(crate) fn made_keys() -> Vec<String> {
    let dated = |status: &Status| !matches!(status, Status::Draft | Status::Unknown);
    let mut keys: Vec<String> = Status::ALL.iter().map(|s| format!("status-{}", s.as_str())).collect();
    keys.extend(Status::ALL.iter().filter(|s| dated(s)).map(|s| format!("status-{}-dated", s.as_str())));
    keys.extend(WorkKind::ALL.iter().map(|k| format!("kind-{}", k.as_str())));
    keys.extend(Authority::ALL.iter().map(|a| format!("authority-{}", a.as_str())));
    keys.extend(Obligation::ALL.iter().map(|o| format!("obligation-{}", o.as_str())));
    keys.extend(Qualifier::ALL.iter().map(|q| format!("qualifier-{}", q.as_str())));
    keys.extend(LegalSystem::ALL.iter().map(|s| format!("legal-system-{}", s.as_str())));
    keys.extend(SourceFormat::ALL.iter().map(|f| format!("format-{}", f.as_str())));
    keys.extend(ProvisionKind::ALL.iter().map(|k| format!("provision-kind-{}", k.as_str())));
    keys.extend(Sort::ALL.iter().map(|s| format!("sort-{}", s.as_str())));
    keys.extend(TagOrigin::ALL.iter().map(|o| format!("origin-{}", o.as_str())));
    keys
}
