# How numbers, sizes, dates and times are written. Every language has the same keys, but uses only the blanks it needs.
# {"\u00A0"} is a space at which no line breaks, {"\u202F"} a narrow one.

## Numbers

format-decimal-sign = ,
format-group-sign = .
# A number with fewer digits than this is not grouped.
format-group-from = 4
format-percent = { $number }{"\u00A0"}%

## Sizes (1 KB is 1,024 bytes, as file managers on Windows count)

format-size-bytes = { $number }{"\u00A0"}Byte
format-size-kb = { $number }{"\u00A0"}KB
format-size-mb = { $number }{"\u00A0"}MB
format-size-gb = { $number }{"\u00A0"}GB
format-size-tb = { $number }{"\u00A0"}TB

## Dates and times
# A date has $day, $month (a name) and $year; a time has $hour (0 to 23), $hour-two (00 to 23), $hour-twelve (1 to 12), $half (am or pm)
# and $minute (00 to 59).

format-month = { $number ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sept.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }
format-date = { $day }. { $month } { $year }
format-time = { $hour-two }:{ $minute }
format-moment = { $date }, { $time }
format-just-now = gerade eben
format-minutes-ago = { $number ->
        [one] vor { $number } Minute
       *[other] vor { $number } Minuten
    }
format-today = heute, { $time }
format-yesterday = gestern, { $time }

## Durations as measured: one unit or two

format-short-days = { $number ->
        [one] { $number }{"\u00A0"}Tag
       *[other] { $number }{"\u00A0"}Tage
    }
format-short-hours = { $number }{"\u00A0"}Std.
format-short-minutes = { $number }{"\u00A0"}Min.
format-short-seconds = { $number }{"\u00A0"}Sek.
format-short-two = { $larger } { $smaller }

## Durations as foreseen: rounded, in one unit

format-minutes = { $number ->
        [one] { $number } Minute
       *[other] { $number } Minuten
    }
format-hours = { $number ->
        [one] { $number } Stunde
       *[other] { $number } Stunden
    }
format-days = { $number ->
        [one] { $number } Tag
       *[other] { $number } Tage
    }
format-about = etwa { $duration }
format-less-than-a-minute = weniger als eine Minute
# The larger number is never one.
format-range-minutes = { $from } bis { $to } Minuten
format-range-hours = { $from } bis { $to } Stunden
format-range-days = { $from } bis { $to } Tage
# Two durations with their units.
format-range = { $from } bis { $to }
