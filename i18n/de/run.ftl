# The fourth step: the migration under way, its figures and its problems.
# Keys begin with the name of their file.

run-title = Ausführung
run-lead = Ihre E-Mails werden übertragen. Sie können weiterarbeiten; auf dem Exchange-Server wird nichts geändert.
run-lead-resting = Beide Seiten bleiben auf dem gleichen Stand, bis Sie die Migration abschließen.

## Commands

run-stop = Anhalten
    .access = H
run-another = Weiteren Batch starten
    .access = B
run-synchronise = Jetzt synchronisieren
    .access = J
run-again = Erneut starten
    .access = E
run-complete = Zum Abschluss
    .access = U

## What happens, in one sentence

run-state-surveying = Auf dem Exchange-Server wird nach Neuem gesucht
# The three numbers grow while the address lists are read.
run-state-seen = Bisher gesehen: Postfächer { $mailboxes }, Verteilergruppen { $groups }, Kontakte { $contacts }
run-state-starting = Der Batch wird gestartet
run-state-copying = { $active ->
        [0] Postfächer werden kopiert; { $done } von { $all } sind fertig
        [one] Ein Postfach wird kopiert; { $done } von { $all } sind fertig
       *[other] { $active } Postfächer werden kopiert; { $done } von { $all } sind fertig
    }
run-state-counting = Es wird noch gezählt: Einige Ordner sind noch nicht aufgelistet. Deshalb wachsen die Gesamtzahlen.
run-state-contacts = Kontakte werden angelegt: { $done } von { $all }
run-state-groups = Verteilergruppen werden angelegt: { $done } von { $all }
run-state-comparing = Elemente werden zurückgelesen und verglichen: { $compared } von { $all }
run-state-waiting-target = Warten auf Microsoft 365 seit { $since }; Sie müssen nichts tun
run-state-waiting-source = Warten auf den Exchange-Server seit { $since }; Sie müssen nichts tun
run-state-waiting-mailboxes = Warten auf die neuen Postfächer seit { $since }; Sie müssen nichts tun
run-state-waiting-mailboxes-detail = Microsoft 365 legt sie gerade an. Das dauert meist weniger als eine halbe Stunde, kann aber bis zu 24 Stunden dauern. Danach beginnt das Kopieren von selbst.
run-state-waiting-detail = Die Gegenseite ist ausgelastet und hat um eine Pause gebeten. Ungefähr um { $until } geht es von selbst weiter.
run-state-waiting-upload = Microsoft 365 nimmt je Postfach höchstens 150 MB in fünf Minuten an. Ungefähr um { $until } geht das Kopieren von selbst weiter.
run-state-waiting-requests = Microsoft 365 nimmt je Postfach höchstens 10.000 Anforderungen in zehn Minuten an. Ungefähr um { $until } geht das Kopieren von selbst weiter.
run-state-waiting-sent = Warten seit { $since } auf etwas, das ein früherer Batch gesendet hat; Sie müssen nichts tun
run-state-waiting-under-way = Als jener Batch abbrach, war etwas Großes auf dem Weg zu Microsoft 365, das noch ankommen kann. Damit es dort nicht doppelt ist, geht das Kopieren erst weiter, wenn das sicher ist: spätestens um { $until }.
run-state-waiting-again = Warten seit { $since } auf den nächsten Versuch; Sie müssen nichts tun
run-state-waiting-again-detail = Etwas ist aus einem vorübergehenden Grund gescheitert, zum Beispiel an einer unterbrochenen Verbindung. Ungefähr um { $until } wird es von selbst noch einmal versucht.
run-state-waiting-recipients = Warten seit { $since }, bis neue Gruppenmitglieder erscheinen; Sie müssen nichts tun
run-state-waiting-recipients-detail = Neue Postfächer, Kontakte und Gruppen erscheinen in Microsoft 365 manchmal erst nach einigen Minuten und können erst dann in eine Gruppe aufgenommen werden. Etwa um { $until } geht es weiter; wer bis dahin nicht erschienen ist, wird bei der Gruppe genannt.
run-state-stopping = Nach den laufenden Postfächern wird angehalten
run-state-stopping-detail = { $active ->
        [0] Der Batch wird beendet.
        [one] Ein Postfach wird noch fertiggestellt.
       *[other] { $active } Postfächer werden noch fertiggestellt.
    }
run-state-stopping-now = Wird jetzt angehalten

## How long, and what stopping would mean

run-left = Noch { $range }
run-left-unknown = Verbleibende Zeit: noch nicht bekannt
run-if-stopped = Wenn Sie jetzt anhalten: { $done } von { $all } { $all ->
        [one] Postfach fertig, und es bleibt so;
       *[other] Postfächern fertig, und sie bleiben so;
    } { $active ->
        [0] keines in Arbeit;
        [one] eines in Arbeit, das der nächste Start fertigstellt;
       *[other] { $active } in Arbeit, die der nächste Start fertigstellt;
    } nichts geht verloren.
run-at-a-time = Postfächer gleichzeitig
run-at-a-time-hint = Wirkt sofort. Eine kleinere Zahl wirkt, sobald laufende Postfächer fertig werden.
run-give-up = Vergleich überspringen

## Stopping

run-stop-title = Batch anhalten?
run-stop-body = Was kopiert ist, bleibt erhalten, und auf dem Exchange-Server ändert sich nichts. Sie können jederzeit erneut starten; nichts wird doppelt kopiert.
run-stop-after = Nach den laufenden Postfächern anhalten
run-stop-after-detail = Sie werden noch fertiggestellt; kein weiteres wird begonnen.
run-stop-now = Jetzt anhalten
run-stop-now-detail = Die Arbeit an ihnen wird unterbrochen, und der nächste Start stellt sie fertig.
run-keep-going = Weiterlaufen lassen

## Where nothing goes on

run-rest-synced = Synchronisiert
run-rest-synced-with-errors = Synchronisiert, aber etwas braucht Ihre Aufmerksamkeit
run-rest-completed = Die Migration ist abgeschlossen
run-rest-failed = Der letzte Batch endete vorzeitig
run-rest-stopped = Angehalten
run-rest-nothing = Gerade läuft nichts
run-rest-next = Nächste Synchronisierung: { $due }. Sie startet von selbst, solange dieses Fenster offen ist. Wenn das Fenster dann geschlossen ist, öffnen Sie Cutover wieder und setzen Sie diese Migration fort.
run-rest-again = Die letzte Synchronisierung ist gescheitert
run-rest-again-detail = Nächster Versuch: { $due }, von selbst, solange dieses Fenster offen ist. Der Grund steht unten.
run-rest-not-kept = Keine Synchronisierung startet von selbst, weil die letzte angehalten wurde. Wählen Sie „Jetzt synchronisieren“, wenn es weitergehen soll.
run-rest-stopped-not-kept = Keine Synchronisierung startet von selbst, weil die letzte angehalten wurde. Wählen Sie „Erneut starten“, wenn es weitergehen soll.
run-due = Die fällige Synchronisierung ({ $due }) wurde gestartet.
## Much of a mailbox is gone from the Exchange server

run-brake-heading = Wartet auf Ihre Entscheidung
run-brake = { $count ->
        [one] In einem Postfach fehlt auf dem Exchange-Server sehr viel
       *[other] In { $number } Postfächern fehlt auf dem Exchange-Server sehr viel
    }
run-brake-detail = In Microsoft 365 wurde davon nichts gelöscht, denn ein geleerter oder wiederhergestellter Server sieht genauso aus. Sehen Sie zuerst auf dem Exchange-Server nach und entscheiden Sie dann, was mit den Kopien geschieht.
run-brake-mailbox = { $name }: { $gone } von { $held } Elementen fehlen
run-brake-all = Alle { $number } Postfächer
run-brake-choose = Wählen Sie die Postfächer aus, über die Sie entscheiden möchten.
run-brake-delete = Auch in Microsoft 365 löschen…
run-brake-keep = In Microsoft 365 behalten…
run-brake-later = Später entscheiden
run-brake-delete-title = { $count ->
        [one] Ein Element auch in Microsoft 365 löschen?
       *[other] { $number } Elemente auch in Microsoft 365 löschen?
    }
run-brake-delete-which = Was auf dem Exchange-Server fehlt, wird auch in Microsoft 365 gelöscht, außer den Kopien, die jemand dort geändert hat. Es geht um: { $more ->
        [0] { $names }.
        [one] { $names } und ein weiteres.
       *[other] { $names } und { $more } weitere.
    }
run-brake-delete-detail = Gelöschte Elemente lassen sich in Outlook 14 Tage lang zurückholen, oder so lange, wie es in Ihrer Organisation eingestellt ist. Danach sind sie endgültig weg.
run-brake-delete-sure = Machen Sie nur weiter, wenn Sie sicher sind, dass diese Elemente mit Absicht gelöscht wurden.
run-brake-delete-now = Löschen
run-brake-keep-title = { $count ->
        [one] Ein Element in Microsoft 365 behalten?
       *[other] { $number } Elemente in Microsoft 365 behalten?
    }
run-brake-keep-which = Die Kopien von allem, was auf dem Exchange-Server fehlt, bleiben in Microsoft 365. Es geht um: { $more ->
        [0] { $names }.
        [one] { $names } und ein weiteres.
       *[other] { $names } und { $more } weitere.
    }
run-brake-keep-detail = Keine spätere Synchronisierung löscht diese Kopien. Was ab jetzt auf dem Exchange-Server gelöscht wird, wird so behandelt, wie Sie es am Anfang gewählt haben.
run-brake-keep-now = Behalten

## What came of a batch

run-verdict-good = { $count ->
        [0] Es ging nichts verloren: Es wurde kein Element übertragen, und alle Postfächer, Gruppen und Kontakte sind da.
        [one] Es ging nichts verloren: Das eine Element wurde zurückgelesen und ist identisch.
       *[other] Es ging nichts verloren: { $verified } von { $all } Elementen wurden zurückgelesen und sind identisch.
    }
run-verdict-nothing-new = Es gab nichts Neues: Alles war schon früher übertragen worden, und nichts wurde doppelt übertragen.
run-verdict-skipped = { $count ->
        [one] Ein Element bleibt auf dem Exchange-Server; den Grund nennt der Fehlerbericht.
       *[other] { $number } Elemente bleiben auf dem Exchange-Server; die Gründe nennt der Fehlerbericht.
    }
run-verdict-sample = Das war eine Stichprobe von etwa { $percent } %: { $number } Elemente wurden nicht verglichen.
run-verdict-since = Seit der letzten Synchronisierung auf dem Exchange-Server: { $changed } geändert, { $gone } gelöscht, { $new } neu. Nichts davon ist verloren: Die nächste Synchronisierung überträgt es.
run-verdict-since-completed = Seit der letzten Synchronisierung auf dem Exchange-Server: { $changed } geändert, { $gone } gelöscht, { $new } neu. Das ist nicht in Microsoft 365 und wird nicht mehr übertragen: Sehen Sie dort nach, wenn Sie es noch brauchen.
run-verdict-unread = { $count ->
        [one] Ein Element war auf dem Exchange-Server gerade nicht zu lesen. In Microsoft 365 ist es so, wie es gesendet wurde.
       *[other] { $number } Elemente waren auf dem Exchange-Server gerade nicht zu lesen. In Microsoft 365 sind sie so, wie sie gesendet wurden.
    }
run-verdict-unasked = { $count ->
        [one] Ein Ordner auf dem Exchange-Server konnte nicht nach neuen Elementen gefragt werden.
       *[other] { $number } Ordner auf dem Exchange-Server konnten nicht nach neuen Elementen gefragt werden.
    }
run-verdict-stands = { $count ->
        [one] Ein Element wurde in Microsoft 365 von jemandem geändert oder verschoben, nachdem es angekommen war. Es bleibt so.
       *[other] { $number } Elemente wurden in Microsoft 365 von jemandem geändert oder verschoben, nachdem sie angekommen waren. Sie bleiben so.
    }
run-verdict-removed = { $count ->
        [one] Ein Element war unversehrt in Microsoft 365 angekommen und wurde dort seither gelöscht. Das bleibt so; MigrationItems.csv nennt es.
       *[other] { $number } Elemente waren unversehrt in Microsoft 365 angekommen und wurden dort seither gelöscht. Das bleibt so; MigrationItems.csv nennt sie.
    }
run-verdict-joined = { $count ->
        [one] Ein Mitglied wurde in Microsoft 365 von jemandem in eine Gruppe aufgenommen. Das bleibt so; MigrationErrors.csv nennt es.
       *[other] { $number } Mitglieder wurden in Microsoft 365 von jemandem in Gruppen aufgenommen. Das bleibt so; MigrationErrors.csv nennt sie.
    }
run-verdict-look = Etwas braucht Ihre Aufmerksamkeit
run-verdict-ignored = Abgeschlossen; Fehler wurden ignoriert, wie von Ihnen gewählt
run-missing-recipients = { $count ->
        [one] Ein Postfach, eine Gruppe oder ein Kontakt wurde nicht fertig.
       *[other] { $number } Postfächer, Gruppen oder Kontakte wurden nicht fertig.
    }
run-missing-failed = { $count ->
        [one] Ein Element konnte nicht übertragen werden.
       *[other] { $number } Elemente konnten nicht übertragen werden.
    }
run-missing-waiting = { $count ->
        [one] Ein Element wartet noch auf die Übertragung.
       *[other] { $number } Elemente warten noch auf die Übertragung.
    }
run-missing-items = { $count ->
        [one] Ein Element wurde übertragen, ist aber jetzt nicht in Microsoft 365.
       *[other] { $number } Elemente wurden übertragen, sind aber jetzt nicht in Microsoft 365.
    }
run-missing-differing = { $count ->
        [one] Ein Element in Microsoft 365 weicht von dem ab, was übertragen wurde, oder konnte nicht zurückgelesen werden.
       *[other] { $number } Elemente in Microsoft 365 weichen von dem ab, was übertragen wurde, oder konnten nicht zurückgelesen werden.
    }
run-missing-mailboxes = { $count ->
        [one] Ein Postfach fehlt in Microsoft 365.
       *[other] { $number } Postfächer fehlen in Microsoft 365.
    }
run-missing-groups = { $count ->
        [one] Eine Verteilergruppe fehlt in Microsoft 365 oder hat dort andere Mitglieder.
       *[other] { $number } Verteilergruppen fehlen in Microsoft 365 oder haben dort andere Mitglieder.
    }
run-missing-memberships = { $count ->
        [one] Eine Gruppenmitgliedschaft fehlt in Microsoft 365.
       *[other] { $number } Gruppenmitgliedschaften fehlen in Microsoft 365.
    }
run-missing-contacts = { $count ->
        [one] Ein Kontakt fehlt in Microsoft 365.
       *[other] { $number } Kontakte fehlen in Microsoft 365.
    }
run-ended-stopped = Angehalten
run-ended-stopped-detail = { $done } von { $all } { $all ->
        [one] Postfach ist fertig und bleibt so.
       *[other] Postfächern sind fertig und bleiben so.
    } Den Rest stellt der nächste Start fertig; nichts geht verloren, und nichts wird doppelt kopiert.
run-ended-not-begun = Der Batch wurde angehalten, bevor er begann; es wurde nichts geändert.
run-ended-failed = Der Batch endete vorzeitig
run-ended-failed-detail = Was kopiert ist, bleibt erhalten, und auf dem Exchange-Server wurde nichts geändert. Beheben Sie die Ursache, die unten steht, und starten Sie dann erneut.
run-ended-refused = Der Batch hat nicht begonnen
run-ended-refused-detail = Auf beiden Seiten wurde nichts geändert.
run-ended-busy = Gerade läuft schon eine Synchronisierung dieser Migration
run-ended-busy-detail = Es wurde nichts geändert. Versuchen Sie es noch einmal, wenn sie beendet ist.
run-ended-uncompared = Der Batch ist fertig, wurde aber nicht bis zum Ende verglichen
run-ended-uncompared-detail = Nur ein Vergleich zeigt, ob alles angekommen ist.
run-compare = Jetzt vergleichen
run-findings = Hinweise ansehen

## Notifications outside the window

run-notify-title = Cutover
run-notify-good = Der Batch ist fertig. Es ging nichts verloren.
run-notify-look = Der Batch ist fertig. Etwas braucht Ihre Aufmerksamkeit.
run-notify-stopped = Der Batch wurde angehalten.
run-notify-failed = Der Batch endete vorzeitig und braucht Sie.
run-notify-completed = Die Migration ist abgeschlossen.

## This batch

run-active = Aktive E-Mail-Migration
run-active-started = Gestartet
run-active-by = Gestartet von
run-active-by-unknown = Nicht bekannt
run-active-total = Zu migrieren oder anzulegen
run-active-total-value = { $mailboxes ->
        [one] ein Postfach
       *[other] { $mailboxes } Postfächer
    }, { $groups ->
        [one] eine Verteilergruppe
       *[other] { $groups } Verteilergruppen
    }, { $contacts ->
        [one] ein Kontakt
       *[other] { $contacts } Kontakte
    }
run-active-done = Abgeschlossene Anforderungen
run-active-now = Gerade migrierte Postfächer
run-active-failed = Fehlgeschlagen
run-active-mailboxes = Jedes Postfach anzeigen
run-active-errors = Fehlerbericht öffnen
run-refresh = Aktualisieren
run-of = { $done } von { $all }

## The migration over all batches

run-overall = E-Mail-Migration
run-overall-mailboxes = Migrierte Postfächer
run-overall-groups = Angelegte Verteilergruppen
run-overall-contacts = Angelegte Kontakte
run-overall-errors = Postfächer mit Synchronisierungsfehlern
run-overall-synced = Zuletzt synchronisiert
run-overall-never = Noch nicht

## The books

run-books = Wo jedes Element ist
run-books-found = gefunden
run-books-waiting = wartend
run-books-moved = übertragen
run-books-already = schon vorhanden
run-books-skipped = übersprungen
run-books-failed = fehlgeschlagen
run-books-gone = inzwischen weg
run-books-note = Jedes gefundene Element steht an genau einer dieser Stellen. Deshalb geht die Summe immer auf. „Inzwischen weg“ heißt: seither auf dem Exchange-Server gelöscht.

## Mailboxes

run-mailboxes = Postfächer
run-search = Nach Name oder Adresse suchen
run-filter-all = Alle
run-filter-active = In Arbeit
run-filter-waiting = Wartend
run-filter-failed = Fehlgeschlagen
run-none-shown = Hier gibt es kein Postfach anzuzeigen.
run-column-name = Postfach
run-column-state = Status
run-column-items = Elemente
run-column-rate = Tempo
run-items = { $done } von { $found }
run-items-counting = bisher { $found }
run-rate = { $size }/Min.
run-waits-mailbox = Wartet auf das neue Postfach
run-waits-mailbox-briefly = Wartet auf Postfach
run-waits-until = Pause bis { $until }
run-waits-target = Wartet auf Microsoft 365 bis { $until }
run-waits-source = Wartet auf den Exchange-Server bis { $until }
run-waits-upload = Mengengrenze von Microsoft 365 erreicht bis { $until }
run-waits-requests = Anforderungsgrenze von Microsoft 365 erreicht bis { $until }
run-waits-under-way = Wartet auf etwas, das ein früherer Batch gesendet hat und das noch ankommen kann, spätestens bis { $until }
run-waits-again = Etwas ist aus einem vorübergehenden Grund gescheitert; nächster Versuch um { $until }
run-waits-recipients = Wartet, bis Microsoft 365 die neuen Mitglieder von Gruppen zeigt, spätestens bis { $until }
run-waits-comparison = Ein Teil des Vergleichs: { $waits }
run-details-shut = Details schließen
run-fact-address = Adresse
run-fact-size = Größe
run-fact-moved = Von diesem Batch übertragen
run-fact-started = Begonnen
run-fact-waits = Wartet
run-folders = { $count ->
        [one] Ein Ordner
       *[other] { $number } Ordner
    }
run-folders-arrived = Angekommen
run-folders-waiting = Wartend
run-folders-skipped = Übersprungen
run-folders-failed = Fehler
run-folders-reading = Die Ordner werden gezählt.
run-folders-none = In diesem Postfach wurde noch kein Ordner angesehen.
run-column-folder = Ordner
# A state together with a number of items that failed.
run-user-failed-items = { $state }, { $number } Fehler
run-user-queued = In der Warteschlange
run-user-provisioning = Wird angelegt
run-user-provision-updating = Mitglieder fehlen
run-user-syncing = Wird kopiert
run-user-incremental-syncing = Wird synchronisiert
run-user-completing = Wird abgeschlossen
run-user-synced = Synchronisiert
run-user-completed = Abgeschlossen
run-user-completed-with-warnings = Abgeschlossen (Bericht)
run-user-stopped = Angehalten
run-user-failed = Fehlgeschlagen
run-user-incremental-failed = Nicht synchronisiert
run-user-completion-failed = Nicht abgeschlossen

## Problems

run-problems = Probleme
run-problem-recipients = { $more ->
        [0] { $names }
        [one] { $names } und ein weiterer Empfänger
       *[other] { $names } und { $more } weitere Empfänger
    }
run-problem-items = { $items ->
        [one] Ein Element
       *[other] { $number } Elemente
    }: { $more ->
        [0] { $names }
        [one] { $names } und ein weiterer Empfänger
       *[other] { $names } und { $more } weitere Empfänger
    }
run-problem-choose = Diese noch einmal versuchen
run-problems-more = { $count ->
        [one] Ein weiteres Problem steht im Fehlerbericht.
       *[other] { $number } weitere Probleme stehen im Fehlerbericht.
    }
run-problems-lost = { $count ->
        [one] Ein Ereignis kam zu schnell, um hier gezeigt zu werden; es steht im Fehlerbericht.
       *[other] { $number } Ereignisse kamen zu schnell, um hier gezeigt zu werden; sie stehen im Fehlerbericht.
    }
run-retry = { $count ->
        [0] Nur diese wiederholen
        [one] Nur diesen einen wiederholen
       *[other] Nur diese { $count } wiederholen
    }
run-retry-none = Haken Sie die Ursachen an, die Sie behoben haben.
run-retry-now = Alle anderen sind nicht betroffen.
run-retry-later = Sie werden wiederholt, wenn dieser Batch beendet ist. Alle anderen sind nicht betroffen.
run-retry-waits = { $count ->
        [one] Ein Postfach, eine Gruppe oder ein Kontakt wird wiederholt, wenn dieser Batch beendet ist.
       *[other] { $count } Postfächer, Gruppen oder Kontakte werden wiederholt, wenn dieser Batch beendet ist.
    }
run-forget-retry = Nicht wiederholen

## Eine Nachricht finden

run-find = Nachricht finden…
run-find-title = Nachricht finden
run-find-field = Absender oder Betreff
run-find-hint = Wörter aus dem Betreff oder aus Name oder Adresse des Absenders.
run-find-now = Finden
run-found = { $found ->
        [0] Nichts gefunden. Prüfen Sie die Schreibweise oder geben Sie weniger Wörter ein; Nachrichten, die nach der letzten Synchronisierung kamen, sind noch nicht bekannt.
        [one] 1 Nachricht gefunden.
       *[other] { $number } Nachrichten gefunden.
    }
run-found-more = { $number } Nachrichten gefunden; das sind die neuesten { $shown }. Mit mehr Wörtern finden Sie weniger.
run-find-no-subject = (kein Betreff)
run-find-was = Auf dem Exchange-Server: { $folder }
run-find-there = Ist in Microsoft 365, im Ordner { $folder }.
run-find-differs = Ist in Microsoft 365, im Ordner { $folder }, wich dort aber beim letzten Vergleich ab.
run-find-missing = War angekommen, war beim letzten Vergleich aber nicht in Microsoft 365.
run-find-removed = War unversehrt in Microsoft 365 angekommen und wurde dort seither gelöscht.
run-find-waiting = Wurde noch nicht übertragen.
run-find-skipped = Bleibt auf dem alten Server.
run-find-failed = Konnte nicht übertragen werden.
run-find-kept = Ist auf dem alten Server nicht mehr in diesem Ordner; die Kopie wurde in Microsoft 365 gelassen, im Ordner { $folder }.
run-find-gone = Ist auf dem alten Server nicht mehr in diesem Ordner.

## Als Dateien gespeicherte Elemente

run-save = Diese Elemente als Dateien speichern…
run-save-hint = Sie werden noch einmal vom Exchange-Server gelesen. Jedes E-Mail-Programm öffnet die Dateien; auf beiden Seiten ändert sich nichts.
run-save-pick = Ordner für diese Elemente auswählen
run-saving-begins = Die Elemente werden gesucht
run-saving = Elemente werden als Dateien gespeichert: { $done } von { $all }
run-save-stop = Speichern beenden
run-saved = { $count ->
        [0] Es ist kein Element mehr zu speichern.
        [one] { $done } von 1 Element liegt jetzt im Ordner { $folder }.
       *[other] { $done } von { $all } Elementen liegen jetzt im Ordner { $folder }.
    }
run-saved-failed = { $count ->
        [one] Ein Element war vom Exchange-Server nicht zu bekommen:
       *[other] { $number } Elemente waren vom Exchange-Server nicht zu bekommen:
    }
run-save-items = { $count ->
        [one] Ein Element
       *[other] { $number } Elemente
    }
run-save-open = Ordner anzeigen

## Reports

run-reports = Berichte
run-reports-writing = Die Berichte werden in den Ordner { $folder } geschrieben.
run-reports-written = MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv und MigrationFolders.csv liegen im Ordner { $folder }.
run-reports-none = Die Berichte dieses Batches sind noch nicht geschrieben. Sie kommen in den Ordner { $folder }.
run-open-folder = Berichtsordner öffnen
run-open-errors = MigrationErrors.csv öffnen
run-open-statistics = MigrationStatistics.csv öffnen
run-write = Neu schreiben
run-write-again = Noch einmal versuchen
run-folder = Ordner für die Berichte
run-folder-pick = Ordner für die Berichte auswählen
run-folder-empty = Geben Sie einen Ordner ein oder wählen Sie einen aus.
run-folder-browse = Durchsuchen…
run-open-refused = Das Öffnen ist nicht gelungen
run-open-refused-detail = Dieser Computer meldet: { $reason }. Öffnen Sie es selbst aus dem oben genannten Ordner.
run-proof = Nachweis des Vergleichs
run-proof-detail = { $file } hält fest, was Element für Element verglichen wurde, mit einer Unterschrift ({ $count ->
        [one] 1 Element
       *[other] { $number } Elemente
    }).
run-proof-fingerprint = Fingerabdruck des Schlüssels
run-proof-note = Notieren Sie den Fingerabdruck, und bewahren Sie ihn getrennt von der Datei auf. Wer die Datei eines Tages prüft, sieht an ihm, dass niemand sie geändert oder ersetzt hat.
run-proof-not-kept = Dieser Computer hat keinen Schlüsselbund, der diesen Schlüssel aufbewahren könnte; nach einem Neustart von Cutover hat der nächste Nachweis daher einen anderen Fingerabdruck.

## The status message

run-mail = Statusnachricht vorbereiten
run-mail-to = Ihr E-Mail-Programm öffnet sich mit einer Nachricht an { $names }. Absenden müssen Sie sie selbst.
run-mail-nobody = Ihr E-Mail-Programm öffnet sich mit der Nachricht. Sie wählen selbst, wer sie bekommt, und senden sie ab.
run-mail-show = Text anzeigen
run-mail-hide = Text verbergen
run-mail-synced = E-Mail-Migration: Batch beendet
run-mail-completed = E-Mail-Migration: abgeschlossen
run-mail-completed-with-errors = E-Mail-Migration: abgeschlossen, Fehler ignoriert
run-mail-stopped = E-Mail-Migration: Batch angehalten
run-mail-failed = E-Mail-Migration: Batch endete vorzeitig
run-mail-practice = Dies war eine Übung mit einer Übungsorganisation. Nichts darin ist echt.
run-mail-mailboxes = Migrierte Postfächer: { $done } von { $all }
run-mail-groups = Angelegte Verteilergruppen: { $done } von { $all }
run-mail-contacts = Angelegte Kontakte: { $done } von { $all }
run-mail-items = Elemente in Microsoft 365: { $done } von { $all }
run-mail-behind = Fehlgeschlagene oder übersprungene Elemente: { $items }
run-mail-errors = Postfächer mit Synchronisierungsfehlern: { $mailboxes }
run-mail-end = Einzelheiten stehen in den Berichten auf dem Computer, der die Migration ausführt: MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv und, sobald beide Seiten verglichen sind, MigrationProof.jsonl.
