# How numbers, sizes, dates and times are written. Every language has the same keys, but uses only the blanks it needs.
# {"\u00A0"} is a space at which no line breaks, {"\u202F"} a narrow one.

## Numbers

format-decimal-sign = .
format-group-sign = ,
# A number with fewer digits than this is not grouped.
format-group-from = 4
format-percent = { $number }%

## Sizes (1 KB is 1,024 bytes, as file managers on Windows count)

format-size-bytes = { $number }{"\u00A0"}バイト
format-size-kb = { $number }{"\u00A0"}KB
format-size-mb = { $number }{"\u00A0"}MB
format-size-gb = { $number }{"\u00A0"}GB
format-size-tb = { $number }{"\u00A0"}TB

## Dates and times
# A date has $day, $month (a name) and $year; a time has $hour (0 to 23), $hour-two (00 to 23), $hour-twelve (1 to 12), $half (am or pm)
# and $minute (00 to 59).

format-month = { $number ->
        [1] 1月
        [2] 2月
        [3] 3月
        [4] 4月
        [5] 5月
        [6] 6月
        [7] 7月
        [8] 8月
        [9] 9月
        [10] 10月
        [11] 11月
       *[12] 12月
    }
format-date = { $year }年{ $month }{ $day }日
format-time = { $hour }:{ $minute }
format-moment = { $date } { $time }
format-just-now = たった今
format-minutes-ago = { $number }分前
format-today = 今日 { $time }
format-yesterday = 昨日 { $time }

## Durations as measured: one unit or two

format-short-days = { $number }日
format-short-hours = { $number }時間
format-short-minutes = { $number }分
format-short-seconds = { $number }秒
format-short-two = { $larger }{ $smaller }

## Durations as foreseen: rounded, in one unit

format-minutes = { $number }分
format-hours = { $number }時間
format-days = { $number }日
format-about = 約{ $duration }
format-less-than-a-minute = 1分未満
# The larger number is never one.
format-range-minutes = { $from }～{ $to }分
format-range-hours = { $from }～{ $to }時間
format-range-days = { $from }～{ $to }日
# Two durations with their units.
format-range = { $from }～{ $to }
