# The last step: completing the migration, its verdict, and what to do next.
# Keys begin with the name of their file.

complete-title = Migration abschließen
complete-title-done = Die Migration ist abgeschlossen
complete-lead = Eine letzte Synchronisierung; danach wird nichts mehr übernommen.
complete-lead-busy = Die letzte Synchronisierung läuft.
complete-lead-queued = Der Abschluss wartet, bis er an der Reihe ist; bis er beginnt, können Sie ihn zurücknehmen.
complete-lead-done = Es wird nichts mehr synchronisiert. Das kommt als Nächstes.

## Commands

complete-now = Migration abschließen
    .access = M
complete-start-over = Neue Migration beginnen
    .access = N
complete-not-yet = Noch nicht
complete-unqueue = Noch nicht abschließen
    .access = N

## Während hinter dieser Seite eine Synchronisierung läuft

complete-behind = Gerade läuft eine Synchronisierung
complete-behind-detail = Sie können jetzt abschließen: Der Abschluss beginnt, sobald die Synchronisierung beendet ist.
complete-queued = Wird abgeschlossen, sobald die laufende Synchronisierung beendet ist
complete-queued-detail = Der Abschluss beginnt von selbst, auch wenn jene Synchronisierung scheitert. Lassen Sie dieses Fenster offen.
# Der Prozentsatz ist schon geschrieben, zum Beispiel „40 %“.
complete-queue-so-far = Bisher synchronisiert: { $percent }.

## The state of things

complete-state-synced = Zuletzt synchronisiert: { $at }
complete-state-never = Noch nicht synchronisiert
complete-state-errors = { $count ->
        [0] Kein Postfach hat Synchronisierungsfehler.
        [one] Ein Postfach hat Synchronisierungsfehler.
       *[other] { $count } Postfächer haben Synchronisierungsfehler.
    }
complete-state-done = Abgeschlossen
complete-state-done-with-errors = Abgeschlossen; Fehler wurden ignoriert
complete-state-at = Ende der letzten Synchronisierung: { $at }.

## Before

complete-before = Bevor Sie abschließen
complete-mx = 1. Neue E-Mails gehen an Microsoft 365
complete-mx-detail = { $count ->
        [0] Ändern Sie bei Ihrem DNS-Anbieter die MX-Einträge aller Ihrer E-Mail-Domänen so, dass neue E-Mails an Microsoft 365 gehen.
        [one] Ändern Sie bei Ihrem DNS-Anbieter den MX-Eintrag von { $names } so, dass neue E-Mails an Microsoft 365 gehen.
       *[other] { $more ->
            [0] Ändern Sie bei Ihrem DNS-Anbieter die MX-Einträge aller { $count } Domänen so, dass neue E-Mails an Microsoft 365 gehen: { $names }.
           *[other] Ändern Sie bei Ihrem DNS-Anbieter die MX-Einträge aller { $count } Domänen so, dass neue E-Mails an Microsoft 365 gehen: { $names } und { $more } weitere.
        }
    }
complete-mx-wait = Andere Mailserver behalten die alten Einträge noch eine Zeit lang. Warten Sie nach der Änderung mindestens 24 Stunden, besser 72, und halten Sie beide Seiten so lange auf dem gleichen Stand: Die letzte Synchronisierung muss später sein als die Umstellung.
complete-mx-changed = Die MX-Einträge wurden geändert
complete-mx-changed-on = Die MX-Einträge wurden geändert (angehakt: { $at })
complete-mx-earliest = Frühester Zeitpunkt für den Abschluss: { $floor }, besser: { $better }.
complete-arrives = 2. E-Mails kommen dort wirklich an
complete-arrives-detail = Senden Sie von außen, zum Beispiel von einer privaten Adresse, eine Nachricht an je eine Person in jeder Domäne und suchen Sie sie in Outlook im Web. Auf dem Exchange-Server darf sie nicht erscheinen.
complete-arrives-seen = Ich habe gesehen, dass E-Mails in Microsoft 365 ankommen

## Errors

complete-errors = Wenn sich etwas nicht synchronisieren lässt
complete-errors-stop = Synchronisierungsfehler nicht ignorieren
complete-errors-stop-detail = Die Migration wird nur abgeschlossen, wenn es keine gibt. Sonst bleibt alles, wie es ist, und Sie sehen den Fehlerbericht.
complete-errors-ignore = Synchronisierungsfehler ignorieren
complete-errors-ignore-detail = Die Migration wird trotzdem abgeschlossen. Was sich nicht übertragen ließ, bleibt auf dem Exchange-Server; MigrationErrors.csv nennt die Gründe und MigrationItems.csv jedes Element.

## The question

complete-ask = Migration abschließen?
complete-ask-body = { $mailboxes ->
        [one] Ein Postfach wird ein letztes Mal synchronisiert und verglichen.
       *[other] { $mailboxes } Postfächer werden ein letztes Mal synchronisiert und verglichen.
    } E-Mails, die danach noch auf dem Exchange-Server eintreffen, werden nicht mehr übernommen. Das lässt sich nicht rückgängig machen.
complete-ask-behind = Gerade läuft eine Synchronisierung. Der Abschluss beginnt, sobald sie beendet ist; bis dahin können Sie ihn zurücknehmen.
complete-doubts = Bitte bedenken Sie
complete-doubt-mx = Sie haben nicht angehakt, dass die MX-Einträge geändert wurden.
complete-doubt-early = Sie haben die MX-Einträge vor weniger als 24 Stunden angehakt; manche E-Mails gehen vielleicht noch an den Exchange-Server.
complete-doubt-arrives = Sie haben nicht angehakt, dass E-Mails in Microsoft 365 ankommen.
complete-doubt-ignore = Fehler werden ignoriert: Was sich nicht übertragen lässt, bleibt zurück.
complete-doubt-left-out = { $count ->
        [one] Ein Postfach war bisher in keinem Batch. Es wird jetzt ebenfalls übertragen, und sein Konto wird angelegt.
       *[other] { $number } Postfächer waren bisher in keinem Batch. Sie werden jetzt ebenfalls übertragen, und ihre Konten werden angelegt.
    }

## Afterwards

complete-next = Was als Nächstes kommt
complete-hand-over = Anfangskennwörter
complete-hand-over-detail = Jedes Benutzerkonto, das die Migration angelegt hat, hat ein Anfangskennwort. Sein Benutzer braucht es einmal und muss es dann ändern. Übergeben Sie es persönlich, auf Papier oder am Telefon, nie per E-Mail.
complete-passwords = Kennwörter in den Bericht schreiben
complete-passwords-warning = Kennwörter in einer Datei kann jeder lesen, der die Datei bekommt
complete-passwords-detail = Wenn Sie sie als Datei brauchen, schreibt Cutover MigrationStatistics.csv noch einmal, nun mit den Kennwörtern und nur für Sie lesbar. Löschen Sie die Datei, sobald die Kennwörter übergeben sind. Ein Kennwort, das noch in keinem Bericht stand und auf diesem Computer nicht mehr bekannt ist, wird neu gesetzt.
complete-passwords-written = MigrationStatistics.csv enthält jetzt die Anfangskennwörter
complete-passwords-written-detail = Übergeben Sie sie und löschen Sie dann die Datei.
complete-licences = Lizenzen
complete-licences-detail = Weisen Sie jedem migrierten Benutzer innerhalb von 30 Tagen im Microsoft 365 Admin Center eine Microsoft 365-Lizenz zu. Ohne Lizenz wird das Postfach danach abgeschaltet, und seine E-Mails können verloren gehen.
complete-autodiscover = Autodiscover-Eintrag
complete-autodiscover-detail = Legen Sie bei Ihrem DNS-Anbieter in jeder E-Mail-Domäne einen CNAME-Eintrag namens autodiscover an, der auf autodiscover.outlook.com verweist, auch innerhalb Ihres Netzes. Daran findet Outlook die neuen Postfächer.
complete-letters = Nachricht an die Benutzer
complete-letters-detail = Teilen Sie allen mit, wann umgestellt wurde, wie sie sich anmelden, dass Outlook vielleicht ein neues Profil braucht und wen sie fragen können.
complete-old-server = Der alte Server
complete-old-server-detail = Lassen Sie ihn eingeschaltet, bis niemand und nichts mehr E-Mails über ihn sendet: Drucker, Scanner und Programme tun das oft. Entfernen Sie Exchange dann so, wie der Hersteller es beschreibt, statt den Server nur auszuschalten.
