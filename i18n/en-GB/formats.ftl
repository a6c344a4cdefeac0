# How numbers, sizes, dates and times are written. Every language has the same keys, but uses only the blanks it needs.
# {"\u00A0"} is a space at which no line breaks, {"\u202F"} a narrow one.

## Numbers

format-decimal-sign = .
format-group-sign = ,
# A number with fewer digits than this is not grouped.
format-group-from = 4
format-percent = { $number }%

## Sizes (1 KB is 1,024 bytes, as file managers on Windows count)

format-size-bytes = { $number ->
        [one] { $number }{"\u00A0"}byte
       *[other] { $number }{"\u00A0"}bytes
    }
format-size-kb = { $number }{"\u00A0"}KB
format-size-mb = { $number }{"\u00A0"}MB
format-size-gb = { $number }{"\u00A0"}GB
format-size-tb = { $number }{"\u00A0"}TB

## Dates and times
# A date has $day, $month (a name) and $year; a time has $hour (0 to 23), $hour-two (00 to 23), $hour-twelve (1 to 12), $half (am or pm)
# and $minute (00 to 59).

format-month = { $number ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] June
        [7] July
        [8] Aug
        [9] Sept
        [10] Oct
        [11] Nov
       *[12] Dec
    }
format-date = { $day } { $month } { $year }
format-time = { $hour-two }:{ $minute }
format-moment = { $date }, { $time }
format-just-now = just now
format-minutes-ago = { $number ->
        [one] { $number } minute ago
       *[other] { $number } minutes ago
    }
format-today = today { $time }
format-yesterday = yesterday { $time }

## Durations as measured: one unit or two

format-short-days = { $number ->
        [one] { $number }{"\u00A0"}day
       *[other] { $number }{"\u00A0"}days
    }
format-short-hours = { $number }{"\u00A0"}h
format-short-minutes = { $number }{"\u00A0"}min
format-short-seconds = { $number }{"\u00A0"}s
format-short-two = { $larger } { $smaller }

## Durations as foreseen: rounded, in one unit

format-minutes = { $number ->
        [one] { $number } minute
       *[other] { $number } minutes
    }
format-hours = { $number ->
        [one] { $number } hour
       *[other] { $number } hours
    }
format-days = { $number ->
        [one] { $number } day
       *[other] { $number } days
    }
format-about = about { $duration }
format-less-than-a-minute = less than a minute
# The larger number is never one.
format-range-minutes = { $from } to { $to } minutes
format-range-hours = { $from } to { $to } hours
format-range-days = { $from } to { $to } days
# Two durations with their units.
format-range = { $from } to { $to }
