# What the server says of what was sent: errors at fields, pages of their own, what became of jobs and imports.

told-articles-choose-a-file = Choose a file.
told-articles-these-are-files-and-are = These are { $count } files, and { $most } are taken at once.
told-articles-an-article-with-this-very = An article with this very text is there already.
told-disputes-another-dispute-has-this-name = Another dispute has this name in its address. Choose another.
told-disputes-this-form-is-damaged-open = This form is damaged. Open it anew.
told-disputes-somebody-saved-this-dispute-meanwhile = Somebody saved this dispute meanwhile; its title is now “{ $title }”. Saving again replaces what is there.
told-disputes-another-party-has-this-name = Another party has this name in addresses. Choose another.
told-events-this-form-is-damaged-open = This form is damaged. Open it anew.
told-events-this-article-is-not-among = This article is not among the sources any more.
told-events-these-words-are-not-in = These words are not in the article’s text. Copy them from it exactly.
told-events-this-event-was-deleted-meanwhile = This event was deleted meanwhile.
told-events-a-party-or-an-article = A party or an article named here was deleted meanwhile. Look through the form and save again.
told-events-somebody = Somebody
told-due-no-day = No day can be counted from “{ $title }”, dated { $date }: { $why }.
told-due-given = { $rule } “{ $title }” is { $date }. Leave the date empty, or take the rule off.
told-due-from-itself = A deadline cannot be counted from itself.
told-due-in-a-circle = “{ $title }” is itself counted from this event.
told-due-depends = “{ $title }” is counted from this event, and cannot be from { $date }: { $why }.
told-steps-an-event-cannot-be = An event cannot be a step of itself.
told-steps-that-event-is-itself = That event is itself a step of this one.
told-feeds-this-feed-is-followed-already = This feed is followed already.
told-feeds-choose-a-file = Choose a file.
told-feeds-this-is-not-a-list = This is not a list of feeds in OPML: it is not in UTF-8.
told-files-quotes-and-sources-are-not = Quotes and sources are not in the drawing.
told-files-svg-drawing = SVG drawing
told-files-the-timeline-as-a-drawing = The timeline as a drawing that can be edited.
told-files-pdf-drawing = PDF drawing
told-files-the-timeline-as-a-drawing-for = The timeline as a drawing for paper and slides.
told-files-everything-for-programs-and-to = Everything, for programs, and to bring it into another Impasse.
told-files-one-row-an-event-for = One row an event, for spreadsheets.
told-files-for-timelinejs-by-knight-lab = For TimelineJS by Knight Lab, as a JSON address.
told-files-for-timelinejs-to-paste-into = For TimelineJS, to paste into its spreadsheet.
told-files-for-markwhen-and-its-editors = For markwhen and its editors.
told-files-for-calendars-which-can-subscribe = For calendars, which can subscribe to this address.
told-files-new-events-changed-dates-new = New events, changed dates, new sources and corrections, for feed readers.
told-files-the-same-as-json = The same as JSON.
told-files-a-chronology-with-footnotes-as = A chronology with footnotes, as text.
told-files-a-chronology-with-footnotes-for = A chronology with footnotes, for word processors.
told-files-for-aleph-and-opensanctions = For Aleph and OpenSanctions.
told-history-taken-back-to-revision = Taken back to revision { $number }
told-history-a-party-that-it-names = A party that it names was deleted. Bring the party back first.
told-history-an-article-that-it-cites = An article that it cites was deleted. Bring the article back first.
told-history-the-event-that-its-day = The event that its day is counted from is not in this dispute any more.
told-history-the-event-whose-step-it = The event whose step it is is not in this dispute any more.
told-history-another-party-has-its-name = Another party has its name in addresses by now. Change that one first.
told-history-another-dispute-has-its-name = Another dispute has its name in the address by now. Change that one first.
told-history-the-same-text-was-added = The same text was added again meanwhile, so there is nothing to bring back.
told-history-counted-from-what-is = Worked out anew: { $rule } “{ $title }”, which is there again, dated { $date }
told-history-counted-from-what-moved = Worked out anew: { $rule } “{ $title }”, which moved from { $from } to { $to }
told-history-it-cannot-be-as-it = It cannot be as it was
told-history-to-the-history = To the history
told-imports-choose-a-file = Choose a file.
told-imports-say-which-format-this-is = Say which format this is; its name does not tell.
told-imports-choose-the-column-for-this = Choose the column for this: { $field }.
told-imports-this-format-cannot-be = This format cannot be imported.
told-people-somebody-must-own-the-dispute = Somebody must own the dispute. Make somebody else an owner first.
told-people-too-many-accounts-were-made = Too many accounts were made from here. Try again in { $seconds }.
told-people-somebody-has-this-name-here = Somebody has this name here. Choose another.
told-respond-this-cannot-be-saved-just = This cannot be saved just now
told-respond-the-disk-on-which-this = The disk on which this site keeps its data has no room, or may only be read. Nothing was changed. Go back to find what you typed, and try again once whoever looks after the site has made room.
told-respond-to-the-disputes = To the disputes
told-respond-this-cannot-be = This cannot be
told-respond-still-in-use = Still in use
told-respond-it-cannot-be-deleted-while = It cannot be deleted while it is in use: { $what }.
in-use-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
    }
in-use-positions = { $count ->
    [one] { $count } position
   *[other] { $count } positions
    }
told-sharing-this-day-is-over-choose = This day is over. Choose today or later.
told-sharing-write-the-day-as-2026 = Write the day as 2026-01-09.
told-suggestions-that-were-many-suggestions-at = That were many suggestions at once. Try again in { $seconds }.
told-suggestions-more-suggestions-wait-here-already = More suggestions wait here already than can be looked through. Try again in some days.
told-suggestions-suggested-by-a-reader = Suggested by a reader
reading-it-does-not-say-when = It does not say when it was published.
reading-it-says-that-it-was = It says that it was published on { $day }, which is to come.
reading-only-its-gives-a-day = Only its { $source } gives a day, { $day }.
reading-places-in-it-give-different = Places in it give different days.
reading-may-be-one-of-several = “{ $wording }” may be one of several days.
reading-it-gives-and-the-feed = It gives { $day }, and the feed { $feedday }.
imported-changes = changes { $parts }
imported-as-row = as row { $earlier }
imported-note = Note: { $words }
imported-imported-from = imported from { $name }
feed-read-there-is-a-web-page = There is a web page at this address and not a feed.
feed-read-this-is-not-a-feed = This is not a feed that can be read: { $error }.
feed-read-this-is-not-a-list = This is not a list of feeds in OPML: { $error }, at byte { $place }.
feed-read-the-list-has-more-than = The list has more than { $most } feeds. Split it.
feed-read-this-is-not-a-list-of = This is not a list of feeds in OPML.
feed-read-there-is-no-feed-in = There is no feed in this list.
job-there-is-no-quote-to = There is no quote to look for.
job-quotes = Quotes: { $found }.
job-the-page-is-there-the = The page is there; the words are not on it.
job-given-up-after-tries = Given up after { $tries } tries.
job-there-is-nothing-to-do = There is nothing to do any more.
job-something-went-wrong-here-the = Something went wrong here; the log says what.
job-the-feed-is-paused = The feed is paused.
job-nothing-new = Nothing new.
job-its-day-of-publication-is = Its day of publication is to be confirmed.
job-an-article = An article.
job-it-is-there-already = It is there already.
job-it-was-deleted-before-and = It was deleted before, and stays so.
job-the-key-of-this-webhook = The key of this webhook cannot be read; make the webhook anew.
job-it-answered = It answered { $status }.
job-told-of = Told of { $count }.
job-paused-after-attempts = Paused after { $tried } attempts. { $note }
wait-seconds = { $count ->
    [one] a second
   *[other] { $count } seconds
    }
wait-minutes = { $count ->
    [one] a minute
   *[other] { $count } minutes
    }
imported-new = new events
imported-same = are there already
imported-changed = change an event that is there
imported-deleted = were imported before and deleted since; they stay deleted
imported-repeated = say again what an earlier row says
imported-wrong = have something wrong with them and would be left
imported-row-new = new
imported-row-same = same
imported-row-deleted = deleted
imported-row-wrong = wrong
imported-could-be = { $message } It could be { $dates }.
reading-the-feed = the feed
job-new-articles = { $count ->
    [0] Nothing new.
    [one] One new article.
   *[other] { $count } new articles.
    }
told-accounts-name-and-password-do-not = Name and password do not belong together.
told-accounts-this-is-not-your-present = This is not your present password.
told-passkeys-confirm-first-that-it-is = Confirm first that it is you: you signed in a while ago.
told-passkeys-this-took-too-long-or = This took too long, or was answered already. Try again.
told-passkeys-what-the-browser-sent-cannot = What the browser sent cannot be read.
told-passkeys-this-passkey-was-refused-there = This passkey was refused: there seems to be a copy of it. Sign in in another way, and remove it.
told-passkeys-this-passkey-was-asked-for = This passkey was asked for at another address than this site’s.
told-passkeys-the-passkey-was-not-opened = The passkey was not opened by a fingerprint, a face or a PIN, which it has to be.
told-passkeys-this-passkey-was-not-accepted = This passkey was not accepted.
told-passkeys-this-is-a-passkey-of = This is a passkey of another account.
told-passkeys-this-passkey-is-not-known = This passkey is not known here. It may have been removed.
told-passkeys-give-your-password = Give your password.
told-passkeys-this-is-not-your-password = This is not your password.
told-passkeys-remove-one-first-are-the = Remove one first: { $most } are the most that are kept.
told-passkeys-this-device-does-not-keep = This device does not keep the passkey, so it could not be found again.
told-passkeys-this-passkey-is-known-here = This passkey is known here already.
told-passkeys-there-are-as-many-passkeys = There are as many passkeys as are kept. Remove one.
told-passkeys-this-is-your-only-way = This is your only way to sign in. Choose a password or add another passkey first.
told-passkeys-add-another-way-to-sign = Add another way to sign in before you remove your password.
told-openid-to-sign-in = To sign in
told-openid-the-provider-does-not-answer = The provider does not answer
told-openid-whoever-you-wanted-to-sign = Whoever you wanted to sign in with cannot be reached just now, or does not answer as it should. Try again in a minute, or sign in another way. If it stays so, tell who looks after this site: their log has the reason.
told-openid-you-were-not-signed-in = You were not signed in
told-openid-what-came-back-does-not = What came back does not prove who you are. Try again; if it stays so, tell who looks after this site: their log has the reason.
told-openid-too-often = Too often
told-openid-to-the-disputes = To the disputes
told-openid-link-an-account = Link an account
told-openid-you-are-led-to-to = You are led to { $host }, to sign in there. Then you come back, and it is linked to your account here.
told-openid-go-on = Go on
told-openid-this-took-too-long-was = This took too long, was done already, or was begun in another browser. Try again.
told-openid-nobody-was-signed-in-it = Nobody was signed in: it was cancelled, or refused, where you wanted to sign in.
told-openid-there-is-no-account-for = There is no account for you yet
told-openid-you-are-known-where-you = You are known where you signed in, but that account is linked to none here. If you have an account here, sign in with it, and link the other on the page of your account. If not, ask for an invitation.
told-openid-that-is-somebody-else = That is somebody else
told-openid-the-account-that-you-signed = The account that you signed in with there is not linked to the one that you are signed in to here.
told-openid-to-your-account = To your account
told-openid-the-account-that-you-signed-in = The account that you signed in with there is linked already, to you or to somebody else here.
told-openid-it-is-linked-already = It is linked already
told-openid-this-is-your-only-way = This is your only way to sign in. Choose a password or add a passkey first.
told-this-was-tried-too-often = This was tried too often from here. Try again in { $wait }.
