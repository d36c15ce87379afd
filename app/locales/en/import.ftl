# Bringing a file in.

import-import-into = Import into { $title }
import-events-were-added-changed-rows = { $added } events were added, { $unwrapor } changed, { $unwrapor2 } rows left.
import-choose-another-file = Choose another file
import-import-events = Import events
import-from-a-file-of-impasse = From a file of Impasse, a spreadsheet, TimelineJS, markwhen or a calendar. First you see what would become of each row; nothing is changed before you go on. The same file twice adds nothing.
import-tell-by-its-name = Tell by its name
import-json-of-impasse = JSON of Impasse
import-csv-with-the-columns-named = CSV, with the columns named in the first line
import-timelinejs-json = TimelineJS JSON
import-timelinejs-spreadsheet-csv = TimelineJS spreadsheet (CSV)
import-ask-me = Ask me
import-the-day-first-3-april = The day first: 3 April
import-the-month-first-4-march = The month first: 4 March
import-file = File
import-format = Format
import-what-03-04-2026-is = What 03/04/2026 is
import-a-date-in-figures-that = A date in figures that can be read in two ways is not guessed.
import-see-what-would-become-of = See what would become of it
import-parties-that-would-be-made = Parties that would be made: { $parties }.
import-articles-that-would-be-made = Articles that would be made of the words quoted of them: { $articles }.
import-and-more-rows = and { $more } more rows.
import-import-the-rows-that-can = Import the rows that can be
import-what-would-become-of = What would become of { $name }
import-read-as = Read as { $format }.
import-rows = Rows
import-row = Row
import-becomes = Becomes
import-date = Date
import-title = Title
import-to-be-said-of-it = To be said of it
import-column = Column { $at }
import-no-column = No column
import-nothing-is-read-from-these = Nothing is read from these columns: { $unread }.
import-which-column-holds-what = Which column holds what
import-the-first-rows-of-the = The first rows of the file
import-read-it-so = Read it so

# Why nothing of a file is read, and what is said of it as a whole.
file-too-large = The file is larger than { $most } MB.
file-too-many-rows = The file has more than { $most } rows.
file-place = Line { $line }, column { $column }: { $message }
file-no-column = There is no column for the { $name }. Name it in the first line, or say which column holds it.
file-write-only = { $format } cannot be imported.
file-not-json = This is not JSON as it should be: { $error }.
file-not-csv = This is not CSV as it should be: { $error }.
file-not-utf-8 = The file is not in UTF-8. It is read as Windows-1252; look at the accented letters.
file-open-quotation = A quotation mark is not closed, so that a cell may have swallowed the rows after it.
file-timelinejs = This is TimelineJS’s JSON. Import it as that.
file-later-version = The file is of a later version of the format: something may be read wrongly.
file-number-not-taken = Number { $number } is not taken: { $error }.
file-positions = { $count ->
    [one] { $count } position is not taken: they are entered with a party.
   *[other] { $count } positions are not taken: they are entered with a party.
    }
file-articles-uncited = { $count ->
    [one] { $count } article is cited by nothing in the file, and not taken.
   *[other] { $count } articles are cited by nothing in the file, and not taken.
    }
file-no-events = There is no list “events”, which TimelineJS's JSON must have.
file-eras = { $count ->
    [one] { $count } era is not taken: positions are entered with a party.
   *[other] { $count } eras are not taken: positions are entered with a party.
    }
file-era = The era in line { $line } is not taken.
file-no-dated-line = There is no line that begins with a date and a colon.
file-sections = Sections are not taken, only the events in them: { $names }.
file-sections-and-more = Sections are not taken, only the events in them: { $names } and more.
file-header = Not taken of the header: { $names }.
file-lines-above = { $count ->
    [one] Not taken, since no event is above it: { $count } line.
   *[other] Not taken, since no event is above them: { $count } lines.
    }
file-no-zone = The time zone is not taken: days and times stand as they are written.
file-no-calendar = This is no calendar: there is no BEGIN:VCALENDAR.
file-nested = Its parts are nested too deeply.
file-cut-short = The file ends in the middle: what is open at its end is left out.
file-broken-lines = { $count ->
    [one] { $count } line is no property and passed over.
   *[other] { $count } lines are no property and passed over.
    }
file-tasks = { $count ->
    [one] { $count } task or journal entry is no event and passed over.
   *[other] { $count } tasks and journal entries are no events and passed over.
    }

# What is said of a row: what is wrong with it, and what of it is not taken.
row-no-title = There is no title.
row-title-cut = The title is longer than { $most } characters: it is cut, and whole in the description.
row-description-cut = The description is longer than { $most } characters: the rest is left out.
row-party-cut = The name of a party is longer than { $most } characters: it is cut.
row-quote-cut = The quote is longer than { $most } characters: the rest is left out.
row-name-cut = “{ $text }” is longer than { $most } characters: it is cut.
row-no-address = “{ $url }” is no address on the web: it is left out.
row-no-object = An event is an object with a date and a title.
row-background = The background is not taken.
row-medium = The medium is markup and no address: it is not taken.
row-property = This property is not taken: “{ $value }”.
row-own-part = What Impasse added to the event cannot be read, so that only the calendar’s is taken.
row-more-cells = The row has more cells than the first line has names; the rest is left out.
row-none-of = “{ $text }” is none of { $keys }.
row-no-whole-number = “{ $text }” is no whole number.
row-unknown-kind = “{ $text }” is no kind that Impasse knows: it is taken as other.
row-no-attribution = What sort of source says so is not given, so that who says so is left out.
row-same-event = Row { $number } is of the same event and says something else. Leave one of the two out, or give them different identifiers.
row-no-base = The event that the day is counted from is neither here nor in the file: the day is kept without its rule.
row-no-first-step = The event whose step it is is neither here nor in the file: that is left out.
row-no-quote = No words are quoted of the source, so that it is not cited; it is named in the description.
row-no-article = The article is not there, so that it is not cited.
row-quote-elsewhere = “{ $words }” is not in the text of the article, so that it is not cited.

# What is said of its date.
row-no-date = There is no date.
row-no-slide-date = There is no date, so that TimelineJS would leave this out as well.
row-no-date-to-take = “{ $text }” is no date that can be taken.
row-no-calendar-date = “{ $value }” is no date as a calendar has it.
row-no-calendar-end = This is no date as a calendar has it.
row-no-length = This is no length of time as a calendar has it.
row-no-such-date = There is no such date as { $date }.
row-no-day-in-order = There is no such day in the order that was given.
row-date-too-long = This is too long for a date.
row-year-of-four = Write the year with four figures.
row-no-year = There is no year.
row-day-without-month = There is a day without a month.
row-no-whole-part = { $part ->
    [year] The year “{ $text }” is no whole number.
    [month] The month “{ $text }” is no whole number.
    [day] The day “{ $text }” is no whole number.
    [hour] The hour “{ $text }” is no whole number.
   *[minute] The minute “{ $text }” is no whole number.
    }
row-no-time = “{ $time }” is no time of day.
row-time-of-span = The time of day is left out: what lasts is dated by days.
row-span-to-the-day = Spans are kept to the day: the times are left out.
row-span-already = One of the two dates is a span already.
row-time-without-end = A time of day has no end: the end is left out.
row-unknown-zone = The time cannot be told in the zone “{ $zone }”, and is kept without one.
row-one-day = An article is published on one day.
row-counted-date = Dates that are counted from another event or come back again are not taken; give the day.
row-cancelled = It is cancelled. What did not happen is not taken as an event.
row-repeated = It is repeated: only the first time is taken.

# In what a row and its event differ; see imported-changes.
row-part-date = date
row-part-title = title
row-part-description = description
row-part-kind = kind
row-part-phase = phase
row-part-importance = importance
row-part-sequence = sequence
row-part-deadline = deadline
row-part-step = step
row-part-parties = parties
row-part-sources = sources

# What a column of a table may hold.
column-id = Identifier of the event
column-date = Date, or beginning
column-end = End
column-printed = Date as the source words it
column-title = Title
column-description = Description
column-kind = Kind
column-phase = Phase
column-importance = Importance
column-sequence = Place among events of one date
column-parties = Parties
column-source = Source: { $field }
column-source-numbered = Source { $number }: { $field }
column-of-source-any = address or publisher
column-of-source-url = address
column-of-source-publisher = publisher
column-of-source-title = headline
column-of-source-byline = who wrote it
column-of-source-published = day of publication
column-of-source-quote = quoted words
column-of-source-attribution = what sort of source says so
column-of-source-wording = who says so, as printed
column-of-source-count = how many say so
column-of-source-date = the date that it gives
column-of-source-printed = that date as it words it
