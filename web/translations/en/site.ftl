### The words around the pages, and of the search.

site-name = Merida
skip-to-content = Skip to the content
nav-label = Main
nav-articles = Articles
nav-states = States
nav-thesaurus = Thesaurus
nav-about = About
nav-api = API
footer-what = A repository of national anti-corruption law, searchable in many languages and organised by the articles of the United Nations Convention against Corruption.
footer-sitemap = Map of the site

## Search box

search-label = Search the texts of laws
search-placeholder = Words, an article, a citation, or a passage
search-button = Search

## Home

home-page-title = Merida: national anti-corruption law by Convention article
home-title = National law against corruption, by article of the UN Convention
home-try = Search in your own language. For example:
home-holdings = { $works } of { $states } in { $languages }: { $provisions }, { $curated } links to articles of the Convention made by people and { $suggested } suggested.
home-changed = Last change: { $day }.
home-articles = By article of the Convention
home-articles-lede = The first number counts provisions that a person has linked to the article; the number after the plus sign counts those that are suggested and not yet reviewed. No number means that nothing is recorded yet, not that no State has such a law.
home-states = By State
home-states-lede = With the number of laws held. A State that is missing has not yet been searched.
home-languages = By language of the text
region-none = International
example-concept = a concept
example-article = an article of the Convention
example-citation = a citation
example-french = French
example-arabic = Arabic
example-chinese = Chinese
example-russian = Russian

## Counts

count-works = { $count ->
    [one] 1 law
   *[other] { $shown } laws
}
count-states = { $count ->
    [one] 1 jurisdiction
   *[other] { $shown } jurisdictions
}
count-languages = { $count ->
    [one] 1 language
   *[other] { $shown } languages
}
count-provisions = { $count ->
    [one] 1 provision
   *[other] { $shown } provisions
}
count-articles = { $count ->
    [one] 1 article
   *[other] { $shown } articles
}
count-curated = { $count ->
    [one] 1 provision, curated
   *[other] { $shown } provisions, curated
}
count-suggested = { $count ->
    [one] 1 provision suggested, not reviewed
   *[other] { $shown } provisions suggested, not reviewed
}

## Search results

search-title = What was found
search-browse = All provisions
search-summary = { $provisions } in { $works } of { $states } · { $ms } ms
search-filters = Filters
search-only = Only
search-clear = Clear filters
sort-label = Order
sort-relevance = Relevance
sort-newest = Newest first
sort-oldest = Oldest first
sort-jurisdiction = By State
download-label = Download
download-csv = Table (CSV)
download-json = Data (JSON)
download-feed = Feed (Atom)
more-in-work = { $count ->
    [one] 1 more in this law
   *[other] { $shown } more in this law
}
more-in-state = { $count ->
    [one] 1 more from this State
   *[other] { $shown } more from this State
}
pager-label = Pages
pager-previous = Previous
pager-next = Next
pager-works = Laws { $first } to { $last } of { $total }
pager-states = States { $first } to { $last } of { $total }
neighbours-label = Before and after
provision-unnamed = Without number

read-as = Read as
read-expression = the question
read-article = an article of the Convention
read-citation = the provision
read-jurisdiction = the State
read-phrase = the exact words
read-words = the words
read-excluded = but not
read-common = left out as too common
read-without = Search without
read-literally = Search only these words
read-concept = { $count ->
    [0] the concept, for which this library has no language
    [one] the concept, in 1 language
   *[other] the concept, in { $shown } languages
}
read-concept-articles = { $concept } (Article { $articles })
read-again = Read it as a citation or a State where it names one

note-cut = The question was longer than { $shown } characters; the rest was left out.
note-ignored = Left out: { $field } ({ $why }).
note-unknown-field = Left out: { $field } is not a filter here.


facet-article = Article
facet-chapter = Chapter
facet-jurisdiction = State
facet-region = Region
facet-lang = Language
facet-kind = Kind
facet-status = Status
facet-authority = Authority
facet-origin = Link to the article
facet-concept = Concept
facet-year = Year
facet-more = { $count ->
    [one] 1 more
   *[other] { $shown } more
}
year-from = from
year-to = to
year-apply = Apply

## Thesaurus

thesaurus-title = Thesaurus
thesaurus-lede = { $count ->
    [one] 1 concept of anti-corruption law, with the terms that laws of many languages use for it. A question that holds one of them finds the provisions in every language.
   *[other] { $shown } concepts of anti-corruption law, with the terms that laws of many languages use for them. A question that holds one of them finds the provisions in every language.
}
thesaurus-forms = As SKOS, for machines:
thesaurus-holdings = { $provisions } of { $works } deal with it or a kind of it.
thesaurus-search = Show them
thesaurus-ask = Show the best first
thesaurus-labels = Terms
thesaurus-preferred = Term
thesaurus-alternative = Other terms
thesaurus-articles = Articles of the Convention
thesaurus-broader = A kind of
thesaurus-narrower = Kinds of it
thesaurus-related = Beside it

## Errors

error-missing = There is nothing at this address
error-request = This address cannot be read
error-internal = Something failed here
error-withdrawn = What was here is withdrawn
withdrawn-on = Withdrawn on { $date }: { $reason }
hint-withdrawn = The text is kept and no longer shown.
way-successor = What the same source is now
hint-missing = Laws keep their addresses. Check the spelling, or take one of the ways below.
hint-encoding = Write letters beyond ASCII in UTF-8 and percent-encode them.
hint-too-long = Shorten the question or leave out filters: 32 kilobytes are read.
hint-method = Use GET; nothing is changed here.
hint-request = Correct the address and try again.
hint-internal = It was logged. Try again in a moment.
way-search = Search for “{ $words }”
way-state = The laws of { $state }
