# Articles.

article-from = from { $source }
article-from-and-other-places-that = { $count ->
    [one] from { $source } and another place that agrees
   *[other] from { $source } and { $count } other places that agree
    }
article-confirmed-by = { $from }, confirmed by { $by }
article-given-by = given by { $by }
article-no-dated-event-was-found = No dated event was found
article-candidates = { $count ->
    [one] One candidate
   *[other] { $count } candidates
    }
article-this-article-is-there-already = This article is there already; nothing was added.
article-sources = Sources
article-article = Article
article-candidates-2 = Candidates
article-address = Address
article-other-days-in-it = Other days in it
article-last-changed = Last changed
article-check-its-quotes-on-the = Check its quotes on the page
article-day-of-publication = Day of publication
article-came-here = Came here
article-history-of-this-article = History of this article
article-new-add-an-article = Add an article
article-new-sources = Sources
article-new-give-its-address-send-it = Give its address, send it as a file, or paste its text: whichever is at hand. Its dated events come out beside it, for you to accept, edit or reject; nothing enters the timeline by itself.
article-new-by-its-address = By its address
article-new-address-of-the-article = Address of the article
article-new-many-publishers-do-not-let = Many publishers do not let servers read their pages. If so, this says so, and a file or the pasted text is as good.
article-new-fetch-it = Fetch it
article-new-as-a-file = As a file
article-new-files = Files
article-new-saved-web-pages-plain-text = Saved web pages, plain text, Markdown, PDF, DOCX, or mail as EML.
article-new-read-it = Read it
article-new-by-pasting-its-text = By pasting its text
article-new-text = Text
article-new-find-its-events = Find its events
article-new-cancel = Cancel
article-new-published-on = Published on
article-new-tuesday-and-last-month-in = “Tuesday” and “last month” in the text are counted from this day.
article-new-headline = Headline
article-new-publisher = Publisher
article-new-byline = Byline
article-new-address = Address
article-new-this-is-what-was-read = This is what was read in the file.
article-new-this-is-what-was-read-on = This is what was read on the page.
article-new-this-is-what-was-read-2 = This is what was read.
article-new-look-at-this-article = Look at this article
article-new-what-is-not-the-article = What is not the article, such as lists of other stories, can be taken out here.
article-new-confirm-and-find-its-events = Confirm, and find its events
article-new-throw-it-away = Throw it away
article-new-another-day-below = Another day, below
article-new-another-day = Another day
article-new-when-was-it-published = When was it published?
articles-sources = Sources: { $title }
articles-no-article-has-been-added = No article has been added yet.
articles-the-article-was-deleted-feeds = The article was deleted. Feeds will not bring it back.
articles-bring-it-back = Bring it back
articles-add-an-article = Add an article
articles-inbox = Inbox
articles-feeds = Feeds
articles-work-in-progress = Work in progress
articles-sources-2 = Sources
articles-one-origin-reprints = { $count ->
    [one] One origin, 1 reprint
   *[other] One origin, { $count } reprints
    }
articles-waiting-for-you-to-look = Waiting for you to look at them
articles-they-count-as-sources-once = They count as sources once somebody has confirmed when they were published.
article-day-not-known = not known
article-given-when-added = given when it was added
article-something-missing = Something missing? <a>Add an event by hand</a>.
article-other-day = { $day } ({ $source })
article-nearly-same = Nearly the same text is in:
article-new-correct = Correct what is wrong. It counts as a source once you have confirmed when it was published.
articles-review-waiting = <a>Read and review</a>{ $count ->
    [0] {""}
    [one] , 1 candidate waiting
   *[other] , { $count } candidates waiting
    }
articles-day = Day of publication { $day }
articles-nearly-same = { $origin }: nearly the same text

# Why nothing was fetched.
fetch-address = Give an address that begins with https:// or http://, without a name or password in it.
fetch-private = { $host } is in a private network, which is not fetched from. Paste the text or send the file instead.
fetch-no-such-site = There is no site called { $host }. Check the address.
fetch-unreachable = { $host } could not be reached. Try again later, or paste the text or send the file.
fetch-too-slow = { $host } took too long to answer. Try again later, or paste the text or send the file.
fetch-too-large = What { $host } sends is larger than { $most } MB, which is more than an article has. Paste the text instead.
fetch-too-many-redirects = { $host } sends from one address to the next without end. Paste the text or send the file instead.
fetch-robots = { $host } asks programs not to read this page (robots.txt). Paste the text or send the file: that is as good.
fetch-refused = { $host } does not let servers read this page (it answered { $status }). Paste the text or send the file: that is as good.
fetch-missing = There is no page at this address (it answered { $status }). Check the address.
fetch-busy = { $host } asks to come back later (it answered { $status }). Try again later, or paste the text or send the file.
fetch-failed = { $host } answered with an error ({ $status }). Try again later, or paste the text or send the file.
fetch-damaged = What { $host } sent is damaged. Try again later, or paste the text or send the file.
fetch-not-set-up = This server cannot fetch pages: { $why }. Paste the text or send the file instead.

# Why nothing was read.
unread-empty = The file is empty.
unread-too-large = The file is too large: { $size } bytes; at most { $most } are read.
unread-too-long = Its text has { $length } characters, and { $most } fit. Paste the part that matters.
unread-foreign = This is { $found }, which has no text that can be read. HTML, plain text, Markdown, PDF, DOCX and EML can be.
unread-damaged = This { $kind } file is damaged or incomplete: { $why }.
unread-encrypted = This { $kind } file is protected by a password. Save it without one and add it again.
unread-no-text = There is no readable text in this { $kind } file.
unread-no-text-in-pdf = There is no readable text in this PDF file. It seems to hold pictures of pages: run text recognition (OCR) on it first, or paste the text.
unread-no-text-in-html = There is no readable text in this HTML file. The page may need its scripts or a subscription: paste the text instead.
unread-bomb = This { $kind } file unpacks to more than { $most } bytes and was not read.
unread-kind-text = text

# What something is that has no text; see unread-foreign.
foreign-picture = a { $format } picture
foreign-media = a picture, sound or film
foreign-sound-or-film = a sound or film
foreign-sound = a sound
foreign-compressed = a compressed file ({ $format })
foreign-archive = a { $format } archive
foreign-rtf = an RTF document; save it as DOCX or PDF
foreign-old-word = an old Word document (.doc) or one with a password; save it as DOCX or PDF without a password
foreign-office = an office file of another kind (a spreadsheet, say)
foreign-program = a program
foreign-bytes = a file of bytes, not of text
foreign-feed = a feed
foreign-json = data in JSON
foreign-type = { $group ->
    [image] an { $media } file
    [audio] an { $media } file
   *[other] a { $media } file
    }

# What is wrong with a damaged file; see unread-damaged.
damage-packing = it cannot be unpacked
damage-parts = it cannot be followed
damage-nesting = it holds messages inside messages without end
damage-headers = its headers cannot be read
