# Dates and numbers. The first messages are patterns: they put days, months and years into their order, and must not
# select by what they are given. Dates that a source prints are quotes, and are never translated.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

# 9 January 2026
date-day = { $day } { $month } { $year }
# 9 Jan 2026
date-day-short = { $day } { $month } { $year }
# January 2026
date-month = { $month } { $year }
# The year 44 before Christ
date-bc = { $year } BC
# On the axis: Fri 9
tick-day = { $weekday } { $day }
# On the axis: 9 Jan
tick-week = { $day } { $month }
# 1 to 31 January 2026
stretch-in-month = { $day } to { $endday } { $month } { $year }
# 1 January to 1 March 2026
stretch-in-year = { $day } { $month } to { $endday } { $endmonth } { $year }
# 31 December 2025 to 1 January 2026
stretch = { $day } { $month } { $year } to { $endday } { $endmonth } { $endyear }
# How many events there are. The drawing knows these two forms only: where a language has more, word them so that they
# fit any number ("Events: 5").
events-one = { $count } event
events-other = { $count } events
# Some of all events: 3 of 12 events
events-of = { $shown } of { $events }
# What stands between groups of three digits
number-group = ,

# January to March 2026
date-months = { $month } to { $endmonth } { $year }
date-span = { $from } to { $to }
# between 1 and 10 January 2026
date-between-days = between { $day } and { $endday } { $month } { $year }
# between 27 February and 5 March 2026
date-between-in-year = between { $day } { $month } and { $endday } { $endmonth } { $year }
# between January and March 2026
date-between-months = between { $month } and { $endmonth } { $year }
date-between = between { $from } and { $to }
date-since = since { $date }
date-end-unknown = from { $date }, end unknown
date-until = until { $date }
date-beginning-unknown = until { $date }, beginning unknown
date-unknown = an unknown date
date-or-earlier = { $date } or earlier
date-or-later = { $date } or later
date-by = by { $date }
date-on-or-after = on or after { $date }
date-about = about { $date }
date-perhaps = perhaps { $date }
date-perhaps-about = perhaps about { $date }
date-time = { $date }, { $time }
date-time-utc = { $date }, { $time } UTC
date-time-offset = { $date }, { $time } UTC{ $offset }
# One of several dates, or all of them: 1 May, 2 May or 3 May
date-or = { $dates } or { $last }
date-and = { $dates } and { $last }
date-some-month = some month of { $year }
date-some-day = some day in { $month } { $year }
# The heading of a list: 2020s
decade = { $decade }s
date-decade = the { $decade }s
date-some-year = some year from { $first } to { $last }
date-unspecified-year = an unspecified year
date-spring = spring { $year }
date-summer = summer { $year }
date-autumn = autumn { $year }
date-winter = winter { $year }
date-quarter-1 = first quarter of { $year }
date-quarter-2 = second quarter of { $year }
date-quarter-3 = third quarter of { $year }
date-quarter-4 = fourth quarter of { $year }
date-third-1 = first four months of { $year }
date-third-2 = second four months of { $year }
date-third-3 = last four months of { $year }
date-half-1 = first half of { $year }
date-half-2 = second half of { $year }
date-error-years-from-9999-to-9999 = Years from −9999 to 9999 can be kept.
date-error-this-ends-before-it-begins = This ends before it begins.
date-error-give-at-least-one-end = Give at least one end: a date open on both sides says nothing.
date-error-malformed = This is not a date in EDTF: { $why }.
