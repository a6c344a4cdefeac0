# What every page of the window has: its frame, its steps, its buttons.
# Keys begin with the name of their file. A button's `access` is the letter that presses it together with Alt (Windows, Linux):
# one letter of the label, different from the others that can be in the same footer. A script without Latin letters puts the
# letter in brackets behind the label, as in 次へ(N).

# This language's own name for itself.
language-name = English (United Kingdom)

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
