# How numbers, sizes, dates and times are written. Every language has the same keys, but uses only the blanks it needs.
# {"\u00A0"} is a space at which no line breaks, {"\u202F"} a narrow one.

## Numbers

format-decimal-sign = ,
format-group-sign = .
# A number with fewer digits than this is not grouped.
format-group-from = 5
format-percent = { $number }{"\u00A0"}%

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
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sept
        [10] oct
        [11] nov
       *[12] dic
    }
format-date = { $day } { $month } { $year }
format-time = { $hour }:{ $minute }
format-moment = { $date }, { $time }
format-just-now = ahora mismo
format-minutes-ago = { $number ->
        [one] hace { $number } minuto
       *[other] hace { $number } minutos
    }
format-today = hoy { $time }
format-yesterday = ayer { $time }

## Durations as measured: one unit or two

format-short-days = { $number }{"\u00A0"}d
format-short-hours = { $number }{"\u00A0"}h
format-short-minutes = { $number }{"\u00A0"}min
format-short-seconds = { $number }{"\u00A0"}s
format-short-two = { $larger } { $smaller }

## Durations as foreseen: rounded, in one unit

format-minutes = { $number ->
        [one] { $number } minuto
       *[other] { $number } minutos
    }
format-hours = { $number ->
        [one] { $number } hora
       *[other] { $number } horas
    }
format-days = { $number ->
        [one] { $number } día
       *[other] { $number } días
    }
format-about = aproximadamente { $duration }
format-less-than-a-minute = menos de un minuto
# The larger number is never one.
format-range-minutes = de { $from } a { $to } minutos
format-range-hours = de { $from } a { $to } horas
format-range-days = de { $from } a { $to } días
# Two durations with their units.
format-range = de { $from } a { $to }
