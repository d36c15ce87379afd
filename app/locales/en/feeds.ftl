# Feeds, webhooks, work in progress.

feeds-feeds = Feeds: { $title }
feeds-no-feed-is-followed-yet = No feed is followed yet. Add the feed of a newspaper’s section, of an agency or of a court, and say which words an entry must have.
feeds-save-as-opml = Save as OPML
feeds-no-feed-of-the-list = No feed of the list is new.
feeds-feeds-were-added = { $count ->
    [one] One feed was added.
   *[other] { $count } feeds were added.
    }
feeds-sources = Sources
feeds-feeds-2 = Feeds
feeds-work-in-progress = Work in progress
feeds-follow-a-feed = Follow a feed
feeds-follow-it = Follow it
feeds-bring-a-list-of-feeds = Bring a list of feeds
feeds-opml-file = OPML file
feeds-feed-readers-save-their-feeds = Feed readers save their feeds as OPML. The words below are looked for in all of them; each can be changed later.
feeds-follow-all-of-them = Follow all of them
feeds-address-of-the-feed = Address of the feed
feeds-rss-atom-or-json-feed = RSS, Atom or JSON Feed.
feeds-name = Name
feeds-if-left-out-what-the = If left out, what the feed calls itself.
feeds-which-entries-become-articles = Which entries become articles
feeds-words-or-phrases-with-commas = Words or phrases with commas between them, looked for in title, summary, text and categories, whatever their case. A star at the end of a word finds all that begin so: contract*. Without any words every entry becomes an article.
feeds-at-least-one-of-these = At least one of these
feeds-all-of-these = All of these
feeds-none-of-these = None of these
feeds-leave-it-alone-for-now = Leave it alone for now
feeds-every-entry-becomes-an-article = Every entry becomes an article.
feeds-not-read-yet = Not read yet.
feeds-resume = Resume
feeds-pause = Pause
feeds-read-it-now = Read it now
feeds-it-has-brought-nothing-yet = It has brought nothing yet.
feeds-what-it-brought = What it brought
feeds-change-it = Change it
feeds-save = Save
feeds-follow-it-no-longer = Follow it no longer
feeds-the-articles-that-it-brought = The articles that it brought stay.
feeds-delete-the-feed = Delete the feed
webhooks-webhooks = Webhooks: { $title }
webhooks-nobody-is-told-yet = Nobody is told yet.
webhooks-webhooks-2 = Webhooks
webhooks-add-one = Add one
webhooks-address = Address
webhooks-where-messages-are-sent-by = Where messages are sent, by POST.
webhooks-what-it-is-told-of = What it is told of
webhooks-without-a-tick-everything = Without a tick, everything.
webhooks-add-the-webhook = Add the webhook
webhooks-told-of-every-change = Told of every change.
webhooks-told-of-changes-to = Told of changes to: { $topics }.
webhooks-webhook = Webhook: { $title }
webhooks-the-key-that-messages-are = The key that messages are signed with
webhooks-copy-it-now-it-is = Copy it now: it is not shown again.
webhooks-paused = Paused.
webhooks-resume = Resume
webhooks-pause = Pause
webhooks-nothing-yet = Nothing yet.
webhooks-what-was-sent = What was sent
webhooks-when = When
webhooks-what = What
webhooks-answer = Answer
webhooks-what-came-of-it = What came of it
webhooks-send-a-test = Send a test
webhooks-delete = Delete
webhooks-what-was-sent-lately = What was sent lately
work-work-in-progress = Work in progress: { $title }
work-sources = Sources
work-work-in-progress-2 = Work in progress
work-look-again = Look again
work-inbox = Inbox
work-feeds = Feeds
work-all-is-done = All is done.
work-jobs-are-going-on-or = { $count ->
    [one] One job is going on.
   *[other] { $count } jobs are going on or waiting for their turn.
    }
work-there-was-nothing-to-do = There was nothing to do yet. Feeds, and checks of quotes, appear here.
work-jobs-done = Jobs done
feeds-phrase = “{ $phrase }”
feeds-with-any = with { $phrases }
feeds-with-all = with { $phrases }
feeds-without = without { $phrases }
feeds-rules-one = Entries { $rule }.
feeds-rules-more = { $rules }, and { $rule }
feeds-failed-often = { $error } It failed { $count } times in a row.
feeds-last-read = Last read <at/>.
feeds-last-tried = Last tried <at/>; never read yet.
feeds-paused = It is paused.
feeds-next = Next <at/>.
webhooks-lead = Other programs can be told of each change to this dispute as it is made. Messages are signed by the rules of <a>Standard Webhooks</a>.
webhooks-accepted = accepted
work-jobs-ended = { $count ->
    [one] One job ended in the last hour.
   *[other] { $count } jobs ended in the last hour.
    }
work-again-at = { $state }, again at <at/>
work-ended-at = { $state }, <at/>
