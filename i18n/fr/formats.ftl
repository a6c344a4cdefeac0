# How numbers, sizes, dates and times are written. Every language has the same keys, but uses only the blanks it needs.
# {"\u00A0"} is a space at which no line breaks, {"\u202F"} a narrow one.

## Numbers

format-decimal-sign = ,
format-group-sign = {"\u202F"}
# A number with fewer digits than this is not grouped.
format-group-from = 4
format-percent = { $number }{"\u202F"}%

## Sizes (1 KB is 1,024 bytes, as file managers on Windows count)

format-size-bytes = { $number ->
        [one] { $number }{"\u00A0"}octet
       *[other] { $number }{"\u00A0"}octets
    }
format-size-kb = { $number }{"\u00A0"}Ko
format-size-mb = { $number }{"\u00A0"}Mo
format-size-gb = { $number }{"\u00A0"}Go
format-size-tb = { $number }{"\u00A0"}To

## Dates and times
# A date has $day, $month (a name) and $year; a time has $hour (0 to 23), $hour-two (00 to 23), $hour-twelve (1 to 12), $half (am or pm)
# and $minute (00 to 59).

format-month = { $number ->
        [1] janv.
        [2] févr.
        [3] mars
        [4] avr.
        [5] mai
        [6] juin
        [7] juil.
        [8] août
        [9] sept.
        [10] oct.
        [11] nov.
       *[12] déc.
    }
format-date = { $day ->
        [1] 1er
       *[other] { $day }
    } { $month } { $year }
format-time = { $hour-two }:{ $minute }
format-moment = { $date }, { $time }
format-just-now = à l’instant
format-minutes-ago = { $number ->
        [one] il y a { $number } minute
       *[other] il y a { $number } minutes
    }
format-today = aujourd’hui à { $time }
format-yesterday = hier à { $time }

## Durations as measured: one unit or two

format-short-days = { $number }{"\u00A0"}j
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
        [one] { $number } heure
       *[other] { $number } heures
    }
format-days = { $number ->
        [one] { $number } jour
       *[other] { $number } jours
    }
format-about = environ { $duration }
format-less-than-a-minute = moins d’une minute
# The larger number is never one.
format-range-minutes = { $from } à { $to } minutes
format-range-hours = { $from } à { $to } heures
format-range-days = { $from } à { $to } jours
# Two durations with their units.
format-range = { $from } à { $to }
