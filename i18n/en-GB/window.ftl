# What every page of the window has: its frame, its steps, its buttons.
# Keys begin with the name of their file. A button's `access` is the letter that presses it together with Alt (Windows, Linux):
# one letter of the label, different from the others that can be in the same footer. A script without Latin letters puts the
# letter in brackets behind the label, as in 次へ(N).

# This language's own name for itself.
language-name = English (UK)

## Steps

window-step-welcome = Welcome
window-step-connect = Connection settings
window-step-review = Review
window-step-run = Run
window-step-complete = Complete

## Buttons

window-back = Back
    .access = B
window-next = Next
    .access = N
window-cancel = Cancel
    .access = C
window-close = Close
    .access = L
window-browse = Browse…
    .access = R
window-copy = Copy
    .access = P
window-details = Details
    .access = D
window-retry = Retry
    .access = Y

## The frame

# The program's name. It is never translated.
window-product = Cutover
window-title = { $step } – { $name }
# In the taskbar only the beginning can be read, so how far it is comes first.
window-title-running = { $percent } – { $name }
window-place = Step { $number } of { $total }: { $step }
window-practice = This is a rehearsal on a practice organisation. Nothing here is real, and no real mail is touched.

## The corner: language, appearance, size of the text

window-corner = Language and appearance
window-language = Language
window-language-system = As on this computer
window-appearance = Appearance
window-appearance-system = As on this computer
window-appearance-light = Light
window-appearance-dark = Dark
window-appearance-contrast = High contrast
window-text-size = Size of the text
window-text-smaller = Smaller text
window-text-larger = Larger text

## Closing while mail is being moved

window-close-title = Stop the migration and close?
window-close-body = Mail is being moved. If you close Cutover now, the mailboxes in progress are put down where they are; nothing is lost and nothing is copied twice. The next time you open Cutover, choose this migration under “Go on with an earlier migration”, and it continues. If you were completing the migration, start that again then.
window-close-stay = Keep going
window-close-stop = Stop and close
window-close-stopping-title = Stopping…
window-close-stopping = What has been sent is being written down. The window closes by itself.

## Controls

window-what-to-do = What to do
window-field-show = Show
window-field-hide = Hide
