//! What the API offers: the one table from which its description and its page to try it are made, and against which
//! requests are held.

use merida_library::CompleteRequest;

/// A route of the API.
pub(crate) struct Endpoint {
    /// A short name: `search`.
    pub(crate) name: &'static str,
    /// Its path, parameters in braces.
    pub(crate) path: &'static str,
    /// Its parameters.
    pub(crate) parameters: &'static [Parameter],
    /// A request that works.
    pub(crate) example: &'static str,
    /// The schema of its answer.
    pub(crate) schema: &'static str,
}

/// A parameter of a route.
pub(crate) struct Parameter {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it stands in the path.
    pub(crate) in_path: bool,
    /// Whether it may be left out.
    pub(crate) required: bool,
    /// Whether it may be given several times.
    pub(crate) repeated: bool,
    /// What its values are.
    pub(crate) values: Values,
    /// A value that works.
    pub(crate) example: &'static str,
}

/// What the values of a parameter are.
#[derive(Clone, Copy)]
pub(crate) enum Values {
    /// Text.
    Text,
    /// A whole number from the first to the second.
    Number(u64, u64),
    /// One of those names.
    OneOf(fn() -> Vec<&'static str>),
}

impl Endpoint {
    /// The key of the words that say what it answers.
    pub(crate) fn key(&self) -> String {
        format!("api-route-{}", self.name)
    }
}

impl Parameter {
    /// The key of the words that say what it is.
    pub(crate) fn key(&self) -> String {
        format!("api-parameter-{}", self.name.replace('_', "-"))
    }

    const fn text(name: &'static str, example: &'static str) -> Self {
        Self { name, in_path: false, required: false, repeated: false, values: Values::Text, example }
    }

    const fn number(name: &'static str, least: u64, most: u64, example: &'static str) -> Self {
        Self { values: Values::Number(least, most), ..Self::text(name, example) }
    }

    const fn one_of(name: &'static str, values: fn() -> Vec<&'static str>, example: &'static str) -> Self {
        Self { values: Values::OneOf(values), ..Self::text(name, example) }
    }

    const fn repeated(self) -> Self {
        Self { repeated: true, ..self }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn in_path(self) -> Self {
        Self { in_path: true, required: true, ..self }
    }
}

fn regions() -> Vec<&'static str> {
    merida_law::Region::ALL.into_iter().map(merida_law::Region::as_str).collect()
}

fn kinds() -> Vec<&'static str> {
    merida_law::WorkKind::ALL.into_iter().map(merida_law::WorkKind::as_str).collect()
}

fn statuses() -> Vec<&'static str> {
    merida_law::Status::ALL.into_iter().map(merida_law::Status::as_str).collect()
}

fn authorities() -> Vec<&'static str> {
    merida_law::Authority::ALL.into_iter().map(merida_law::Authority::as_str).collect()
}

fn origins() -> Vec<&'static str> {
    merida_library::TagOrigin::ALL.into_iter().map(merida_library::TagOrigin::as_str).collect()
}

fn sorts() -> Vec<&'static str> {
    merida_library::Sort::ALL.into_iter().map(merida_library::Sort::as_str).collect()
}

fn curated() -> Vec<&'static str> {
    vec!["curated"]
}

fn chapters() -> Vec<&'static str> {
    vec!["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
}

fn yes() -> Vec<&'static str> {
    vec!["1"]
}

/// Every route of the API but its own description.
pub(crate) const ROUTES: &[Endpoint] = &[
    Endpoint {
        name: "search",
        path: "/api/v1/search",
        parameters: &[
            Parameter::text("q", "illicit enrichment"),
            Parameter::text("article", "15(a)").repeated(),
            Parameter::one_of("chapter", chapters, "III").repeated(),
            Parameter::text("jurisdiction", "ke").repeated(),
            Parameter::one_of("region", regions, "africa").repeated(),
            Parameter::text("lang", "fr").repeated(),
            Parameter::one_of("kind", kinds, "act").repeated(),
            Parameter::one_of("status", statuses, "in-force").repeated(),
            Parameter::one_of("authority", authorities, "official-text").repeated(),
            Parameter::one_of("origin", origins, "curated").repeated(),
            Parameter::text("concept", "trading-in-influence").repeated(),
            Parameter::number("year_from", 1, 9999, "2000"),
            Parameter::number("year_to", 1, 9999, "2024"),
            Parameter::one_of("sort", sorts, "relevance"),
            Parameter::one_of("literal", yes, "1"),
            Parameter::one_of("as_typed", yes, "1"),
            Parameter::number("limit", 1, crate::asked::MAX_LIMIT as u64, "10"),
            Parameter::number("offset", 0, crate::asked::MAX_OFFSET as u64, "0"),
        ],
        example: "/api/v1/search?q=illicit+enrichment&limit=3",
        schema: "SearchAnswer",
    },
    Endpoint {
        name: "complete",
        path: "/api/v1/complete",
        parameters: &[
            Parameter::text("q", "brib"),
            Parameter::text("lang", "en").repeated(),
            Parameter::number("limit", 1, CompleteRequest::MOST as u64, "8"),
        ],
        example: "/api/v1/complete?q=brib",
        schema: "Completions",
    },
    Endpoint {
        name: "similar",
        path: "/api/v1/similar",
        parameters: &[
            Parameter::text("provision", "/akn/gb/act/2010/23/~sec_6"),
            Parameter::text("text", "A person who gives a gift to a judge commits an offence."),
            Parameter::text("text_lang", "en"),
            Parameter::text("of", "gb"),
            Parameter::text("on", "15(a)").repeated(),
            Parameter::text("article", "15(a)").repeated(),
            Parameter::one_of("chapter", chapters, "III").repeated(),
            Parameter::text("jurisdiction", "ke").repeated(),
            Parameter::one_of("region", regions, "africa").repeated(),
            Parameter::text("lang", "fr").repeated(),
            Parameter::one_of("kind", kinds, "act").repeated(),
            Parameter::one_of("status", statuses, "in-force").repeated(),
            Parameter::one_of("authority", authorities, "official-text").repeated(),
            Parameter::one_of("origin", origins, "curated").repeated(),
            Parameter::number("year_from", 1, 9999, "2000"),
            Parameter::number("year_to", 1, 9999, "2024"),
            Parameter::number("limit", 1, crate::asked::MAX_LIMIT as u64, "10"),
            Parameter::number("offset", 0, crate::asked::MAX_OFFSET as u64, "0"),
        ],
        example: "/api/v1/similar?provision=/akn/gb/act/2010/23/~sec_6",
        schema: "SimilarAnswer",
    },
    Endpoint {
        name: "works",
        path: "/api/v1/works",
        parameters: &[
            Parameter::number("limit", 1, 1_000, "100"),
            Parameter::number("offset", 0, 10_000_000, "0"),
        ],
        example: "/api/v1/works?limit=20",
        schema: "Works",
    },
    Endpoint {
        name: "work",
        path: "/api/v1/work",
        parameters: &[
            Parameter::text("uri", "/akn/gb/act/2010/23").required(),
            Parameter::text("lang", "en").repeated(),
        ],
        example: "/api/v1/work?uri=/akn/gb/act/2010/23",
        schema: "WorkPage",
    },
    Endpoint {
        name: "provision",
        path: "/api/v1/provision",
        parameters: &[
            Parameter::text("uri", "/akn/gb/act/2010/23").required(),
            Parameter::text("id", "sec_6"),
            Parameter::text("lang", "en").repeated(),
        ],
        example: "/api/v1/provision?uri=/akn/gb/act/2010/23&id=sec_6",
        schema: "ProvisionPage",
    },
    Endpoint {
        name: "articles",
        path: "/api/v1/articles",
        parameters: &[],
        example: "/api/v1/articles",
        schema: "Articles",
    },
    Endpoint {
        name: "article",
        path: "/api/v1/articles/{article}",
        parameters: &[
            Parameter::text("article", "15(a)").in_path(),
            Parameter::text("jurisdiction", "ke").repeated(),
            Parameter::one_of("origin", curated, "curated"),
            Parameter::number("per_jurisdiction", 1, 1_000, "12"),
        ],
        example: "/api/v1/articles/15(a)?per_jurisdiction=3",
        schema: "ArticlePage",
    },
    Endpoint {
        name: "jurisdictions",
        path: "/api/v1/jurisdictions",
        parameters: &[],
        example: "/api/v1/jurisdictions",
        schema: "Jurisdictions",
    },
    Endpoint {
        name: "jurisdiction",
        path: "/api/v1/jurisdictions/{code}",
        parameters: &[Parameter::text("code", "ke").in_path()],
        example: "/api/v1/jurisdictions/ke",
        schema: "JurisdictionPage",
    },
    Endpoint {
        name: "concepts",
        path: "/api/v1/concepts",
        parameters: &[],
        example: "/api/v1/concepts",
        schema: "Concepts",
    },
    Endpoint {
        name: "concept",
        path: "/api/v1/concepts/{concept_id}",
        parameters: &[Parameter::text("concept_id", "trading-in-influence").in_path()],
        example: "/api/v1/concepts/trading-in-influence",
        schema: "ConceptPage",
    },
    Endpoint {
        name: "stats",
        path: "/api/v1/stats",
        parameters: &[],
        example: "/api/v1/stats",
        schema: "Overview",
    },
];

/// The routes that take their parameters as a form or a JSON object as well, with POST.
pub(crate) const POSTED: [&str; 1] = ["similar"];

/// Every key that is made from a name of the table.
#[cfg(test)]
pub(crate) fn made_keys() -> Vec<String> {
    let parameters = ROUTES.iter().flat_map(|route| route.parameters).map(Parameter::key);
    ROUTES.iter().map(Endpoint::key).chain(parameters).collect()
}
