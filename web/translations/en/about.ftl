### What the site is.

about-title = About Merida
about-lede = Merida keeps the texts of national laws against corruption and shows which provisions bear on which article of the United Nations Convention against Corruption, the “Mérida Convention” of 2003. Prosecutors, investigators, drafters, curators and those who give or seek technical assistance can find, compare and cite them.
about-search-title = How to search
about-search = Type in any language; every text is searched in the ways of its own language. How a question was read stands above the results and can be taken apart there.
about-search-words = Words: provisions that have most of them, best first; forms of a word are found with it.
about-search-article = An article of the Convention, such as art. 15(a) or المادة 30 or 第三十条: the provisions linked to it come first.
about-search-citation = A citation of national law, such as Bribery Act 2010 s 6: that provision comes first.
about-search-phrase = Words in quotation marks: exactly those words, in that order.
about-search-minus = A minus before a word: provisions without it.
about-articles-title = Curated and suggested
about-articles = A link between a provision and an article is curated if a person made it or a source states it; it is shown solid. It is suggested if a program proposes it from the words of the provision; it is shown with a dashed outline and a question mark, says why, and comes after curated ones.
about-silence = Where nothing is shown, nothing has been recorded. That is not a finding that a State has no such law.
about-texts-title = How far a text may be relied on
about-texts = Every text names its source, date, licence and authority. The original file is kept as it was taken in, under the SHA-256 of its bytes. For use in a proceeding, check the official publication.
about-official-text = published by the State as the text that counts
about-official-translation = translated by the State
about-unofficial-translation = translated by somebody else
about-machine-translation = translated by a machine
about-digest = our own account of what it says
about-unverified = a copy whose agreement with the official text nobody has stated
about-addresses-title = Permanent addresses
about-addresses = The address of a law is its Akoma Ntoso address and does not change: /akn/gb/act/2010/23 is the law, /akn/gb/act/2010/23/eng@2010-04-08 its English text as of that day, and /~sec_6 after either is section 6.
about-data-title = Data
about-data = All of it can be had as data.
