### The words for laws, their provisions, and the articles of the Convention.

## Names

status-in-force = in force
status-in-force-dated = in force since { $date }
status-not-yet-in-force = not yet in force
status-not-yet-in-force-dated = in force from { $date }
status-draft = draft
status-superseded = superseded
status-superseded-dated = superseded { $date }
status-repealed = repealed
status-repealed-dated = repealed { $date }
status-unknown = status not known
kind-constitution = constitution
kind-act = act
kind-code = code
kind-bill = bill
kind-decree = decree
kind-regulation = regulation
kind-policy = policy
kind-institutional-measure = institutional measure
kind-case = decision
kind-treaty = treaty
kind-treaty-ratification = act on a treaty
kind-model-law = model law
kind-model-provision = model provision
authority-official-text = official text
authority-official-translation = official translation
authority-unofficial-translation = unofficial translation
authority-machine-translation = machine translation
authority-digest = digest by Merida
authority-unverified = copy, not verified
obligation-mandatory = Mandatory
obligation-consider = To be considered
obligation-optional = Optional
obligation-none = No obligation
qualifier-domestic-law = in accordance with domestic law
qualifier-legal-principles = within the principles of the legal system
qualifier-constitution = subject to the constitution
qualifier-endeavour = States endeavour
qualifier-as-appropriate = where appropriate
qualifier-within-means = within the State’s means
legal-system-civil-law = civil law
legal-system-common-law = common law
legal-system-mixed = mixed
legal-system-customary = customary law
legal-system-islamic = Islamic law
legal-system-unknown = not known
format-markdown = Markdown
format-html = HTML
format-akoma-ntoso = Akoma Ntoso XML
format-clml = legislation.gov.uk XML
format-justice-canada = Justice Canada XML
format-xml = XML
format-json = JSON
format-lexml-csv = CSV with LexML addresses
format-text = plain text
format-pdf = PDF
format-docx = DOCX
origin-curated = curated
origin-suggested = suggested
as-of = as of { $date }

provision-kind-book = book
provision-kind-part = part
provision-kind-title = title
provision-kind-chapter = chapter
provision-kind-division = division
provision-kind-subdivision = subdivision
provision-kind-schedule = schedule
provision-kind-annex = annex
provision-kind-preamble = preamble
provision-kind-article = article
provision-kind-section = section
provision-kind-clause = clause
provision-kind-rule = rule
provision-kind-para = paragraph
provision-kind-conclusions = closing words
provision-kind-subsection = subsection
provision-kind-paragraph = paragraph
provision-kind-subparagraph = sub-paragraph
provision-kind-point = point
provision-kind-table = table
provision-kind-footnote = footnote

## Cautions

caution-draft = Draft: this text is not law.
caution-repealed = Repealed: this text is no longer law.
caution-superseded = Superseded: a later text has taken its place.
caution-not-yet = Not yet in force.
caution-unofficial = Unofficial translation: only the text in the original language counts.
caution-machine = Machine translation: only the text in the original language counts.
caution-digest = Digest: our account of the law, not its text.

## Articles of the Convention

article-with-title = Article { $article }: { $title }
chapter-with-title = Chapter { $chapter }: { $title }
article-asks = What it asks for
article-no-summary = There is no summary in this language yet.
article-ours = Summary in our own words; only the Convention’s text counts. In other languages:
article-paragraphs = Paragraph by paragraph
article-provisions = What States have
article-part = Only { $article }.
article-whole = Show the whole article
article-found = { $curated } curated and { $suggested } suggested, of { $states }.
article-both = Curated and suggested
article-curated = Curated only
article-search = Search within these
article-all-states = Show all States
article-none = Nothing is recorded for this article yet.
article-titles = Its title in other languages
part-counts = { $curated } curated, { $suggested } suggested
column-article = Article
column-title = Title
column-paragraph = Paragraph
column-content = What it is about (our words)
column-obligation = Obligation
column-provisions = Provisions
not-yet-searched = not yet searched
why-suggested = Suggested by its words, not yet reviewed by a person.
why-evidence = The words that led to it
why-suggested-for = Suggested, not yet reviewed by a person ({ $score } of 100), for its words on: { $concepts }.

## A law

work-about = About this text
work-later = This is an earlier version of the text.
work-later-link = Read the version that took its place.
work-later-tags = That version is also tagged:
work-later-tag = article { $article } on { $provision }
work-contents = Contents
work-versions = Versions and languages
work-empty = No text of this law is held.
work-number = no. { $number }
version-shown = shown here
version-superseded = superseded
edition = { $count ->
   *[other] text { $shown }
}
fact-number = Number
fact-date = Date
fact-language = Language
fact-source = Source
fact-licence = Licence
fact-note = Note
fact-imported = Taken in
fact-uri = Permanent address
fact-original = Original file
fact-data = Data
licence-none = none stated by the publisher
language-detected = (detected, not declared)
original-file = { $format }, { $size }
size-bytes = { $size } bytes
size-kilobytes = { $size } kB
size-megabytes = { $size } MB
part-note = Part { $part } of { $parts }
print-source = Source:
hits-label = Hits in this law
hits-in-work = { $count ->
    [0] No provision of this law has these words
    [one] 1 provision with these words
   *[other] { $shown } provisions with these words
}
hits-in-part = part { $part }: { $count }
hits-first = First hit ↓
hits-before = previous hit
hits-after = next hit
hits-clear = Remove the marks

## A provision

provision-cite = Cite
provision-in-context = Read it in the whole text
provision-previous = Previous provision
provision-next = Next provision
provision-convention = Articles of the Convention
provision-curated = Curated
provision-suggested = Suggested, not yet reviewed
provision-no-articles = No article of the Convention is recorded for this provision yet.
provision-why = Why
provision-alike = Other provisions on these articles
suggested-score = { $score } of 100
cite-title = Cite
cite-copy = Copy citation
cite-copy-link = Copy link
cite-copied = Copied

## A State

jurisdiction-summary = { $works } held; { $articles } of the Convention with curated provisions.
jurisdiction-system = Legal system:
jurisdiction-search = Search its texts
jurisdiction-works = Laws
jurisdiction-none = No law of this State is held yet.
jurisdiction-articles = Articles of the Convention
jurisdiction-articles-note = “Not yet searched” says that nobody has looked; it does not say that the State has no such law.
