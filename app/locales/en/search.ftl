# Searching.

search-search = Search: { $title }
search-search-2 = Search
search-give-one-word-or-more = Give one word or more. Beginnings of words are enough; all of them must be there.
search-nothing-has-all-of-these = Nothing has all of these words.
search-there-are-no-more-results = There are no more results.
search-one-result = One result
search-results-to-latest-first = Results { $from } to { $to }, latest first
search-words = Words
search-kind-of-event = Kind of event
search-from = From
search-to = To
search-later-results = Later results
search-earlier-results = Earlier results
search-pages-of-results = Pages of results
search-article = Article · { $publisher }
search-article-of = Article · { $publisher }, { $day }
search-any-kind = any
