# January 9, 2026
date-day = { $month } { $day }, { $year }
date-day-short = { $month } { $day }, { $year }
tick-week = { $month } { $day }
stretch-in-month = { $month } { $day } to { $endday }, { $year }
stretch-in-year = { $month } { $day } to { $endmonth } { $endday }, { $year }
stretch = { $month } { $day }, { $year } to { $endmonth } { $endday }, { $endyear }
date-between-days = between { $month } { $day } and { $endday }, { $year }
date-between-in-year = between { $month } { $day } and { $endmonth } { $endday }, { $year }
date-autumn = fall { $year }
