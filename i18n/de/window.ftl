# What every page of the window has: its frame, its steps, its buttons.
# Keys begin with the name of their file. A button's `access` is the letter that presses it together with Alt (Windows, Linux):
# one letter of the label, different from the others that can be in the same footer. A script without Latin letters puts the
# letter in brackets behind the label, as in 次へ(N).

# This language's own name for itself.
language-name = Deutsch

## Steps

window-step-welcome = Willkommen
window-step-connect = Verbindung
window-step-review = Überprüfung
window-step-run = Ausführung
window-step-complete = Abschluss

## Buttons

window-back = Zurück
    .access = Z
window-next = Weiter
    .access = W
window-cancel = Abbrechen
    .access = A
window-close = Schließen
    .access = S
window-browse = Durchsuchen…
    .access = D
window-copy = Kopieren
    .access = K
window-details = Details
    .access = T
window-retry = Erneut versuchen
    .access = E

## The frame

# The program's name. It is never translated.
window-product = Cutover
window-title = { $step } – { $name }
# In the taskbar only the beginning can be read, so how far it is comes first.
window-title-running = { $percent } – { $name }
window-place = Schritt { $number } von { $total }: { $step }
window-practice = Dies ist eine Übung mit einer Übungsorganisation. Nichts davon ist echt, und keine echten E-Mails sind betroffen.

## The corner: language, appearance, size of the text

window-corner = Sprache und Darstellung
window-language = Sprache
window-language-system = Wie auf diesem Computer
window-appearance = Darstellung
window-appearance-system = Wie auf diesem Computer
window-appearance-light = Hell
window-appearance-dark = Dunkel
window-appearance-contrast = Hoher Kontrast
window-text-size = Schriftgröße
window-text-smaller = Kleinere Schrift
window-text-larger = Größere Schrift

## Closing while mail is being moved

window-close-title = Migration anhalten und Fenster schließen?
window-close-body = Gerade werden E-Mails übertragen. Wenn Sie Cutover jetzt schließen, wird die Arbeit an den laufenden Postfächern unterbrochen; es geht nichts verloren, und nichts wird doppelt kopiert. Wenn Sie Cutover das nächste Mal öffnen, wählen Sie diese Migration unter „Frühere Migration fortsetzen“ aus, und sie geht weiter. Wenn Sie die Migration gerade abschließen, starten Sie den Abschluss dann neu.
window-close-stay = Weiterlaufen lassen
window-close-stop = Anhalten und schließen
window-close-stopping-title = Wird angehalten …
window-close-stopping = Was schon gesendet ist, wird noch aufgezeichnet. Das Fenster schließt sich von selbst.

## Controls

window-what-to-do = Was Sie tun können
window-field-show = Anzeigen
window-field-hide = Verbergen
