# Events: their pages and form, deadlines, steps.

due-which-was-deleted-the-day = { $rule } “{ $title }”, { $date }, which was deleted; the day stays what it was.
due-deadline = Deadline: { $words }
steps-a-step-of-which-was = A step of “{ $title }”, which was deleted.
steps-steps-of = Steps of “{ $title }”
steps-steps-of-one-event = Steps of one event
event-a-document-says-so-or = A document says so, or a named person, body or spokesperson on record.
event-nobody-is-on-record-but = Nobody is on record, but articles of two independent origins or more say so, each in its own voice or by unnamed sources.
event-one-origin-says-so-in = One origin says so, in its own voice or by more than one unnamed source.
event-all-rests-on-one-origin = All rests on one origin and a single unnamed source, or unnamed ones that are not counted.
event-two-sources-or-a-source = Two sources, or a source and the timeline, give dates that cannot both be right: the last day of the one is before the first day of the other.
event-no-words-of-an-article = No words of an article are tied to it yet.
steps-step-of-of = step { $nth } of { $of } of “{ $title }”
event-parties = Parties
event-as-printed = As printed
event-earliest-and-latest-day = Earliest and latest day
event-the-sources-differ-on-the = The sources differ on the date
event-check-the-quotes-on-their = Check the quotes on their pages
event-origins = Origins
event-no-source-is-cited-yet = No source is cited yet.
event-edit-this-event = Edit this event
event-kind = Kind
event-phase = Phase
event-attested-by = Attested by
event-edtf = EDTF
event-what-it-rests-on = What it rests on
event-show-on-the-timeline = Show on the timeline
event-history = History
event-link-to-this-event = Link to this event
event-form-add-an-event = Add an event
event-form-suggest-an-event = Suggest an event
event-form-says-where-it-comes-from = { $found } says where it comes from: { $note }
event-form-look-through-and-accept = Look through and accept
event-form-edit-the-event = Edit the event
event-form-dated = Dated { $basis } ({ $rule }).
event-form-edit-and-accept = Edit and accept
event-form-send-the-suggestion = Send the suggestion
event-form-save-changes = Save changes
event-form-add-to-the-timeline = Add to the timeline
event-form-what-and-when = What and when
event-form-date-as-printed = Date as printed
event-form-the-words-of-the-source = The words of the source, such as “dated January 9”.
event-form-title = Title
event-form-a-few-words-that-anyone = A few words that anyone would agree with: who did what.
event-form-description = Description
event-form-kind = Kind
event-form-phase = Phase
event-form-cancel = Cancel
event-form-as-you-would-say-it = As you would say it: 9 January 2026, early January 2026, about 9 January 2026, between 5 and 9 March 2026, by 27 February 2026, since September 2025. EDTF works too.
event-form-date = Date
event-form-leave-it-empty-for-a = As you would say it: 9 January 2026, early January 2026, about 9 January 2026, between 5 and 9 March 2026, by 27 February 2026, since September 2025. EDTF works too. Leave it empty for a deadline whose day is counted from another event.
event-form-if-it-is-a-step = If it is a step
event-form-step-of-which-event = Step of which event
event-form-the-same-matter-announced-done = The same matter announced, done and in effect on different days is told as steps of one. Name the first of them: words of its title that no other has, or the address of its page.
event-form-if-something-is-due = If something is due
event-form-how-the-deadline-stands = How the deadline stands
event-form-nothing-changes-by-itself-a = Nothing changes by itself: a day that is past is shown as overdue, and as missed only once you say so.
event-form-counted-how-many = Counted: how many
event-form-of-what = Of what
event-form-in-which-direction = In which direction
event-form-from-which-event = From which event
event-form-words-of-its-title-that = Words of its title that no other has, or the address of its page. The day follows that event when it moves. Calendar days; a month later is the same day of the month, or its last day where it is too short.
event-form-importance = Importance
event-form-order-within-its-day = Order within its day
event-form-for-the-record = For the record
event-form-why-this-change = Why this change
event-form-readers-see-it-in-the = Readers see it in the history.
event-form-where-it-comes-from = Where it comes from
event-form-source = Source
event-form-the-address-of-an-article = The address of an article or document, and the words in it that say so.
event-form-your-name = Your name
event-form-only-those-who-look-through = Only those who look through suggestions see it.
event-form-leave-this-empty = Leave this empty
event-form-these-changes-clash-with-nothing = These changes clash with nothing of yours, and are in the form already:
event-form-nothing-of-yours-is-lost = Nothing of yours is lost, and nothing clashes. Look through the form and save it.
event-form-nothing-of-yours-is-lost-it = Nothing of yours is lost: it is in the form below. Of what you both changed, choose which shall stand.
event-form-saved-this-event-while-you = { $actor } saved this event while you were editing
event-form-what-you-both-changed = What you both changed
event-form-who-took-part = Who took part
event-form-take-this-citation-off = Take this citation off
event-form-cited-so-far = Cited so far
event-form-add-a-citation = Add a citation
event-form-article = Article
event-form-quote = Quote
event-form-the-exact-words-in-the = The exact words in the article; they are looked up in its text.
event-form-who-says-so = Who says so
event-form-in-what-words = In what words
event-form-such-as-six-people-familiar = Such as “six people familiar with the talks”.
event-form-how-many = How many
event-form-date-it-gives-if-another = Date it gives, if another
event-form-delete-this-event = Delete this event
event-form-it-leaves-the-timeline-its = It leaves the timeline. Its history stays, and from there it can be brought back.
event-form-why = Why
event-form-delete = Delete
due-counted = { $rule } <a>“{ $title }”</a>, { $date }
due-was-before = It was due before on: <a>history</a>
due-earlier = <date/>, until { $until }
due-rule-after = { $length } after
due-rule-before = { $length } before
uncountable-open = it is open at an end
uncountable-lasting = it lasted more than a day; add its beginning or its end as an event of its own, and count from that
uncountable-reserved = days cannot be counted from about or perhaps so long a time; give it the days between which it lies
uncountable-season = a season has no first and last day that everybody agrees on
uncountable-out-of-range = the outcome would lie outside the years −9999 to 9999
count-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
count-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
    }
count-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
    }
count-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
    }
due-overdue = { $state }, { $days ->
    [one] { $days } day
   *[other] { $days } days
    } overdue as of { $today }
event-articles-of-origins = { $cited } articles, { $origins ->
    [one] one origin
   *[other] { $origins } independent origins
    }
event-bounds = { $first } and { $last }
event-bound-open = open
event-form-no-deadline = no deadline
event-form-not-involved = not involved
event-form-nothing = nothing
event-form-before = Before: <words/>
event-form-there-now = There now: <words/>
event-form-yours = Yours, as it stands below: <words/>
event-form-cite-first = To cite the words that this rests on, first <a>add an article</a>.
event-form-no-citation = no citation now
event-form-article-choice = { $publisher }, { $day }: { $title }
