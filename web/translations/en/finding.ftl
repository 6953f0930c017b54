### The words of completion, of corrections, and of answers that found nothing.

## While one types

complete-label = What you may mean
complete-one = 1 suggestion
complete-many = # suggestions
complete-none = No suggestions
complete-article = Article of the Convention
complete-concept = Concept
complete-work = Law
complete-provision = Provision

## Misspelt words

corrected-shown = Showing results for “{ $read }”.
corrected-instead = Search instead for “{ $typed }”

## Nothing found

nothing-not-yet-searched = { $state }, Article { $article }: not yet searched. Nothing is recorded, which does not say that there is no such law.
nothing-not-yet-searched-page = What other States have under Article { $article }
empty-title = Nothing recorded
empty-searched = Searched: { $provisions } in { $works } of { $states }, in { $languages }.
empty-searched-none = No text that is held meets the filters, so there was nothing to search. What is not held is not yet searched.
empty-honest = That says what this library holds. It does not say that there is no such law: most States have not yet been searched in full.
empty-parts = Each part of the question by itself:
empty-part-filtered = none under these filters; { $provisions } without them
empty-ways = Ways on:
empty-articles = Browse by article of the Convention
empty-states = Browse by State
loosen-typing = With the spelling corrected: { $provisions }
loosen-correction = As typed, uncorrected: { $provisions }
loosen-quotes = Without the quotation marks, “{ $question }”: { $provisions }
loosen-operators = Only most of the words, “{ $question }”: { $provisions }
loosen-origins = Whoever made the link to the article: { $provisions }
loosen-years = Of any year: { $provisions }
loosen-statuses = Of any status: { $provisions }
loosen-authorities = Of any authority: { $provisions }
loosen-concepts = On any concept: { $provisions }
loosen-kinds = Of any kind: { $provisions }
loosen-languages = In any language: { $provisions }
loosen-places = Of any State: { $provisions }
loosen-articles = Under any article: { $provisions }
loosen-filters = Without any filter: { $provisions }

## Like a passage

similar-nothing = Nothing like it is held under these filters.
similar-title = Provisions like a passage
similar-text = Paste a provision or another passage, in any language, up to 10,000 characters
similar-in = Its language
similar-detect = Found from the text
similar-button = Find the like
similar-provision = The provision of which the like is looked for
similar-language = read in { $language }
similar-no-language = in a language that could not be told: choose it
similar-except = without the law of { $state }
similar-cut = the first 10,000 characters
similar-concepts = concepts: { $concepts }
similar-words = its telling words: { $words }
similar-because = Because of
similar-same-words = the words { $words }
similar-same-text = The very same words: { $place }
provision-similar = Provisions like this one in other States
