# Names of formats, and what each cannot hold.

loss-events-without-a-change-among = { $count ->
    [one] { $count } event without a change among these: left out.
   *[other] { $count } events without a change among these: left out.
    }
loss-positions-of-the-parties-left = { $count ->
    [one] { $count } position of the parties: left out.
   *[other] { $count } positions of the parties: left out.
    }
loss-the-question-at-stake-and = The question at stake and which events belong are left out.
loss-parties-are-named-in-rows = { $count ->
    [one] { $count } party is named in rows without key, other names and kind.
   *[other] { $count } parties are named in rows without key, other names and kind.
    }
loss-parties-have-a-semicolon-in = { $count ->
    [one] { $count } party has a semicolon in the name, which is read as the end of it.
   *[other] { $count } parties have a semicolon in the name, which is read as the end of it.
    }
loss-quotes-are-without-the-place = { $count ->
    [one] { $count } quote is without the place in the article; it is found again by the words.
   *[other] { $count } quotes are without the place in the article; it is found again by the words.
    }
loss-sources-are-left-out-being = { $count ->
    [one] { $count } source is left out, being beyond the twentieth.
   *[other] { $count } sources are left out, being beyond the twentieth.
    }
loss-events-that-are-deadlines-how = { $count ->
    [one] { $count } event that are deadlines: how they stand and what their days are counted from is left out.
   *[other] { $count } events that are deadlines: how they stand and what their days are counted from is left out.
    }
loss-events-that-are-steps-of = { $count ->
    [one] { $count } event that are steps of others: that is left out.
   *[other] { $count } events that are steps of others: that is left out.
    }
loss-positions-are-left-out = { $count ->
    [one] { $count } position is left out.
   *[other] { $count } positions are left out.
    }
loss-what-the-dispute-is-about = What the dispute is about, its question and its rule are not in the table.
loss-events-with-a-date-that = { $count ->
    [one] { $count } event with a date that is not a plain day, month or year: its bounds are given, the date itself in words.
   *[other] { $count } events with a date that is not a plain day, month or year: its bounds are given, the date itself in words.
    }
loss-events-with-dates-that-sources = { $count ->
    [one] { $count } event with dates that sources give in their own way: these are left out.
   *[other] { $count } events with dates that sources give in their own way: these are left out.
    }
loss-events-with-parties-who-did = { $count ->
    [one] { $count } event with parties: who did it is told from who was involved, other parts and the order are not.
   *[other] { $count } events with parties: who did it is told from who was involved, other parts and the order are not.
    }
loss-citations-of-which-the-quote = { $count ->
    [one] { $count } citation of which the quote stands in a note, without who says so and where it stands.
   *[other] { $count } citations of which the quote stands in a note, without who says so and where it stands.
    }
loss-events-without-phase-and-order = { $count ->
    [one] { $count } event without phase and order among those of a date.
   *[other] { $count } events without phase and order among those of a date.
    }
loss-events-that-are-deadlines-how-they = { $count ->
    [one] { $count } event that are deadlines: how they stand and what their days are counted from is left out.
   *[other] { $count } events that are deadlines: how they stand and what their days are counted from is left out.
    }
loss-events-that-are-steps-of-others = { $count ->
    [one] { $count } event that are steps of others: that is left out.
   *[other] { $count } events that are steps of others: that is left out.
    }
loss-positions-of-the-parties-left-out = { $count ->
    [one] { $count } position of the parties: left out.
   *[other] { $count } positions of the parties: left out.
    }
loss-what-is-said-of-the = What is said of the dispute itself is left out.
loss-events-are-left-out-a = { $count ->
    [one] { $count } event is left out: a calendar has no days before the year 1 and after 9999.
   *[other] { $count } events are left out: a calendar has no days before the year 1 and after 9999.
    }
loss-dates-are-no-plain-days = { $count ->
    [one] { $count } date is no plain days: a calendar shows all days between the bounds, and the words after the title.
   *[other] { $count } dates are no plain days: a calendar shows all days between the bounds, and the words after the title.
    }
loss-parties-are-named-in-events = { $count ->
    [one] { $count } party is named in events without other names and kind.
   *[other] { $count } parties are named in events without other names and kind.
    }
loss-positions-are-left-out-x = { $count ->
    [one] { $count } position is left out.
   *[other] { $count } positions are left out.
    }
loss-the-disputes-question-and-rule = The dispute’s question and rule are not in the calendar.
loss-events-that-are-deadlines-how-they-stand = { $count ->
    [one] { $count } event that are deadlines: how they stand and what their days are counted from is left out.
   *[other] { $count } events that are deadlines: how they stand and what their days are counted from is left out.
    }
loss-events-that-are-steps-of-others-that = { $count ->
    [one] { $count } event that are steps of others: that is left out.
   *[other] { $count } events that are steps of others: that is left out.
    }
loss-positions-left-out = { $count ->
    [one] { $count } position left out.
   *[other] { $count } positions left out.
    }
loss-events-with-a-date-that-is = { $count ->
    [one] { $count } event with a date that is not a plain day, month or year: drawn over all that it may be, without end until now; exactly in the property edtf.
   *[other] { $count } events with a date that is not a plain day, month or year: drawn over all that it may be, without end until now; exactly in the property edtf.
    }
loss-events-with-a-time-of = { $count ->
    [one] { $count } event with a time of day: drawn on the day; the time in the property edtf.
   *[other] { $count } events with a time of day: drawn on the day; the time in the property edtf.
    }
loss-events-without-a-day-at = { $count ->
    [one] { $count } event without a day at either end: a comment.
   *[other] { $count } events without a day at either end: a comment.
    }
loss-events-with-rival-dates-only = { $count ->
    [one] { $count } event with rival dates: only the event’s own is written.
   *[other] { $count } events with rival dates: only the event’s own is written.
    }
loss-events-with-a-place-of = { $count ->
    [one] { $count } event with a place of their own among those of the same date: only the order of the lines says so.
   *[other] { $count } events with a place of their own among those of the same date: only the order of the lines says so.
    }
loss-events-with-quotes-written-as = { $count ->
    [one] { $count } event with quotes: written as text, without who says so and where they stand.
   *[other] { $count } events with quotes: written as text, without who says so and where they stand.
    }
loss-events-with-quotes-of-several = { $count ->
    [one] { $count } event with quotes of several lines: written in one.
   *[other] { $count } events with quotes of several lines: written in one.
    }
loss-events-with-signs-that-markwhen = { $count ->
    [one] { $count } event with signs that markwhen would take for dates, tags or links: parted by a space without width, which is not seen.
   *[other] { $count } events with signs that markwhen would take for dates, tags or links: parted by a space without width, which is not seen.
    }
loss-of-parties-only-the-names = Of parties only the names are written, without their parts, other names and kind.
loss-quotes-without-the-words-around = { $count ->
    [one] { $count } quote without the words around it and its place in the article.
   *[other] { $count } quotes without the words around it and its place in the article.
    }
loss-articles-that-nothing-cites-left = { $count ->
    [one] { $count } article that nothing cites: left out.
   *[other] { $count } articles that nothing cites: left out.
    }
loss-texts-with-control-characters-or = { $count ->
    [one] { $count } text with control characters or marks that turn the direction of writing: these are taken out.
   *[other] { $count } texts with control characters or marks that turn the direction of writing: these are taken out.
    }
loss-events-that-are-deadlines-how-they-stand-and = { $count ->
    [one] { $count } event that are deadlines: how they stand and what their days are counted from is left out.
   *[other] { $count } events that are deadlines: how they stand and what their days are counted from is left out.
    }
loss-events-that-are-steps-of-others-that-is = { $count ->
    [one] { $count } event that are steps of others: that is left out.
   *[other] { $count } events that are steps of others: that is left out.
    }
loss-positions-left-out-x = { $count ->
    [one] { $count } position left out.
   *[other] { $count } positions left out.
    }
loss-events-with-several-quotes-only = { $count ->
    [one] { $count } event with several quotes: only the first is quoted, the others are named in the text.
   *[other] { $count } events with several quotes: only the first is quoted, the others are named in the text.
    }
loss-articles-whose-address-is-not = { $count ->
    [one] { $count } article whose address is not one of the web: named without it.
   *[other] { $count } articles whose address is not one of the web: named without it.
    }
loss-kind-phase-importance-and-identifiers = Kind, phase, importance and identifiers are left out.
loss-positions-without-an-end-left = { $count ->
    [one] { $count } position without an end: left out, since an era must have one.
   *[other] { $count } positions without an end: left out, since an era must have one.
    }
loss-positions-with-a-quote-that = { $count ->
    [one] { $count } position with a quote that shows it: the quote is left out.
   *[other] { $count } positions with a quote that shows it: the quote is left out.
    }
loss-events-with-an-approximate-or = { $count ->
    [one] { $count } event with an approximate or uncertain date: drawn at its first day, with its words beside it.
   *[other] { $count } events with an approximate or uncertain date: drawn at its first day, with its words beside it.
    }
loss-events-dated-only-between-two = { $count ->
    [one] { $count } event dated only between two days: drawn at the first, with the words beside it.
   *[other] { $count } events dated only between two days: drawn at the first, with the words beside it.
    }
loss-events-whose-date-has-no = { $count ->
    [one] { $count } event whose date has no year that TimelineJS can draw: left out.
   *[other] { $count } events whose date has no year that TimelineJS can draw: left out.
    }
loss-events-with-rival-dates-one = { $count ->
    [one] { $count } event with rival dates: one is drawn, the others stand in x_sources.
   *[other] { $count } events with rival dates: one is drawn, the others stand in x_sources.
    }
loss-events-with-several-parties-it = { $count ->
    [one] { $count } event with several parties: it stands in the lane of the first, the others are in x_parties.
   *[other] { $count } events with several parties: it stands in the lane of the first, the others are in x_parties.
    }
loss-kind-phase-and-importance-are = Kind, phase and importance are in x_kind, x_status and x_importance, deadlines in x_due, steps in x_step_of, which TimelineJS does not show.
format-json = JSON (all of it)
format-csv = CSV table
format-timeline-js = TimelineJS JSON
format-timeline-js-sheet = TimelineJS spreadsheet (CSV)
format-markwhen = markwhen
format-ics = iCalendar
format-atom = Atom feed of changes
format-json-feed = JSON Feed of changes
format-markdown = Markdown chronology
format-docx = Word chronology (DOCX)
format-follow-the-money = FollowTheMoney entities
loss-feed-tells = { $count ->
    [one] The feed tells of { $count } change, not of how everything stands.
   *[other] The feed tells of { $count } changes, not of how everything stands.
    }

# What is said of an event in files that people read.
export-this-event = This event in Impasse
export-date = Date: { $date }
export-source = Source: { $source }
export-deadline = Deadline: { $state }
export-deadline-counted = Deadline: { $state }; { $rule } “{ $title }”
export-deadline-counted-elsewhere = Deadline: { $state }; { $rule } an event that is not here
export-step = Step of “{ $title }”, { $date }
export-step-elsewhere = Step of an event that is not here

# A chronology in prose.
prose-parties = Parties
prose-positions = Positions
prose-chronology = Chronology
prose-no-events = There are no events.
prose-at-stake = At stake:
prose-what-belongs-here = What belongs here:
prose-status = Status:
prose-revision = Revision { $revision }, written on { $day }:
prose-permanent-address = permanent address
prose-also = also { $names }
prose-said-by = Said by: { $who }.
prose-gives-the-date = Gives the date as { $date }.
prose-untitled = Untitled
