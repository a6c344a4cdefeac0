# The third step: what was found, what will and will not move, and how long it will take.
# Keys begin with the name of their file. $count chooses the plural; $number is the same number as it is written.

review-title = Überprüfung
review-lead = Sehen Sie sich an, was übertragen wird, und starten Sie dann. Vorher wird nichts geändert.

## Commands

review-run = Starten
    .access = S
review-start-over = Von vorn beginnen
    .access = V
review-check = Erneut prüfen
review-check-cancel = Prüfung abbrechen

## The three parts

review-tab-summary = Zusammenfassung
review-tab-findings = Hinweise
review-tab-recipients = Empfänger
review-some-of = { $some } von { $all }

## Summary: what moves

review-tile-mailboxes = { $count ->
        [one] neues Postfach
       *[other] neue Postfächer
    }
review-tile-groups = { $count ->
        [one] neue Gruppe
       *[other] neue Gruppen
    }
review-tile-contacts = { $count ->
        [one] neuer Kontakt
       *[other] neue Kontakte
    }
review-tile-items = { $count ->
        [one] Element
       *[other] Elemente
    }
review-tile-size = Gesamtgröße
review-arrived = { $count ->
        [one] Schon mit einem früheren Batch übertragen: 1. Er wird nicht noch einmal angelegt, nur auf den neuesten Stand gebracht.
       *[other] Schon mit einem früheren Batch übertragen: { $number }. Sie werden nicht noch einmal angelegt, nur auf den neuesten Stand gebracht.
    }
review-unknown-sizes = { $count ->
        [one] Die Größe von 1 Postfach ist nicht bekannt und hier nicht mitgezählt.
       *[other] Die Größen von { $number } Postfächern sind nicht bekannt und hier nicht mitgezählt.
    }
review-pilot = { $count ->
        [one] Pilotmigration: Nur 1 von { $all } Empfängern wird jetzt übertragen
       *[other] Pilotmigration: Nur { $chosen } von { $all } Empfängern werden jetzt übertragen
    }
review-pilot-rest = Alle anderen sind nicht betroffen. Sie folgen, wenn Sie einen Batch für alle starten; nichts wird doppelt kopiert.
review-pilot-show = Anzeigen, wer

## Summary: what stands in the way, licences, time

review-clear = Nichts steht im Weg.
review-lesser = { $look ->
        [0] { $know ->
            [one] 1 Hinweis ist gut zu wissen.
           *[other] { $know } Hinweise sind gut zu wissen.
        }
        [one] { $know ->
            [0] 1 Hinweis sollten Sie sich ansehen.
            [one] 1 Hinweis sollten Sie sich ansehen, und 1 ist gut zu wissen.
           *[other] 1 Hinweis sollten Sie sich ansehen, und { $know } sind gut zu wissen.
        }
       *[other] { $know ->
            [0] { $look } Hinweise sollten Sie sich ansehen.
            [one] { $look } Hinweise sollten Sie sich ansehen, und 1 ist gut zu wissen.
           *[other] { $look } Hinweise sollten Sie sich ansehen, und { $know } sind gut zu wissen.
        }
    }
review-lesser-read = Lesen
review-licences = Lizenzen
review-licences-none = Es werden keine weiteren Lizenzen benötigt.
review-licences-enough = { $needed ->
        [one] Höchstens 1 wird benötigt, frei: { $free }.
       *[other] Höchstens { $needed } werden benötigt, frei: { $free }.
    }
review-licences-short = { $needed ->
        [one] 1 wird benötigt, frei: { $free }.
       *[other] { $needed } werden benötigt, frei: { $free }. Es fehlen: { $short }.
    }
review-time = Dauer
review-time-range = Voraussichtlich { $range }, nach den Messwerten, die Microsoft für eigene Übertragungen nennt.
review-time-bytes = Microsoft 365 nimmt je Postfach höchstens 150 MB in 5 Minuten an, und das größte Postfach, { $name }, hat { $size } (unterwegs ein Drittel mehr): Es dauert mindestens { $least }, auch mit der schnellsten Leitung.
review-time-items = Microsoft 365 nimmt je Postfach höchstens 10.000 Anforderungen in 10 Minuten an, und das vollste Postfach, { $name }, hat { $items } Elemente: Es dauert mindestens { $least }, auch mit der schnellsten Leitung.
review-time-all = Microsoft 365 nimmt je Postfach höchstens 150 MB in 5 Minuten an. Zu übertragen sind { $size } (unterwegs ein Drittel mehr), { $count ->
        [one] ein Postfach nach dem anderen
       *[other] { $count } Postfächer gleichzeitig
    }: Es dauert mindestens { $least }, auch mit der schnellsten Leitung.
review-time-tonight = Sie können heute Abend starten, morgen früh anhalten und später fortsetzen: Nichts wird doppelt kopiert.
review-time-unknown = Die Größen der Postfächer sind nicht bekannt. Deshalb lässt sich die Dauer nicht vorhersagen. Sie können heute Abend starten, morgen früh anhalten und später fortsetzen: Nichts wird doppelt kopiert.
review-time-unmeasured = { $count ->
        [one] 1 Postfach unbekannter Größe ist in dieser Schätzung nicht enthalten.
       *[other] { $number } Postfächer unbekannter Größe sind in dieser Schätzung nicht enthalten.
    }

## Summary: choices

review-reports = Ordner für Berichte
review-reports-hint = Hier liegen die Tabellen: was übertragen wurde, und was nicht und warum; dazu der Nachweis des Vergleichs.
review-reports-choose = Ordner für die Berichte auswählen
review-reports-missing = Geben Sie an, wohin die Berichte sollen, oder wählen Sie mit „Durchsuchen“ einen Ordner aus.
review-reports-not-whole = Das ist kein vollständiger Pfad. Geben Sie ihn von Anfang an ein, oder wählen Sie mit „Durchsuchen“ einen Ordner aus.
review-reports-unwritable = Hier können keine Berichte geschrieben werden: { $reason }. Wählen Sie mit „Durchsuchen“ einen eigenen Ordner aus; es wurde nichts gestartet.
review-status = Wer bekommt die Statusnachricht?
review-status-me = Ich ({ $address })
review-status-browse = Andere auswählen…
review-status-forget = Entfernen
review-status-hint = Cutover sendet selbst keine E-Mails. Am Ende bereitet es die Nachricht in Ihrem E-Mail-Programm vor, und Sie senden sie ab.
review-at-a-time = Postfächer gleichzeitig
review-at-a-time-hint = Für die meisten Server passen 3. Mehr können den alten Server für alle, die damit arbeiten, langsamer machen.
review-deletions = Elemente, die auf dem Exchange-Server nach dem Kopieren gelöscht werden
review-deletions-follow = Auch in Microsoft 365 löschen
review-deletions-follow-detail = Dort lassen sie sich wiederherstellen. Wenn in einem Postfach auf einmal sehr viel fehlt, fragt Cutover Sie erst.
review-deletions-all = Auch in Microsoft 365 löschen, egal wie viele
review-deletions-all-detail = So steht es in Ihrer Einstellungsdatei: Cutover fragt nie nach, auch nicht, wenn ein ganzes Postfach plötzlich leer ist.
review-deletions-keep = In Microsoft 365 behalten
review-deletions-keep-detail = Keine Synchronisierung entfernt sie.
review-deletions-hint = Was jemand in Microsoft 365 selbst ändert oder löscht, wird nie rückgängig gemacht.
review-people-title = Wer bekommt die Statusnachricht noch?
review-people-search = Nach Name oder Adresse suchen
review-people-chosen = { $count ->
        [0] Sonst ist niemand ausgewählt.
        [one] 1 Person ist ausgewählt.
       *[other] { $number } Personen sind ausgewählt.
    }
review-people-take = Auswählen

## Findings

review-must-fix = { $count ->
        [one] Zuerst beheben
       *[other] Zuerst beheben ({ $number })
    }
review-look-at = { $count ->
        [one] Bitte ansehen
       *[other] Bitte ansehen ({ $number })
    }
review-good-to-know = Gut zu wissen
review-findings-lead = Was auf beiden Seiten gefunden wurde, das Schwerwiegendste zuerst.
review-nothing-found = Es wurde nichts gefunden, was Sie wissen müssen.
review-names = { $count ->
        [one] Namen anzeigen
       *[other] Alle { $number } anzeigen
    }
review-more = … und { $number } weitere
review-name-in = { $name } (in { $of })
review-name-with = { $name } ({ $of })

review-many-dynamic-groups = { $number } dynamische Verteilergruppen werden nicht übertragen: Ihre Mitglieder ergeben sich aus einer Abfrage.
    .remedy = Legen Sie jede in Microsoft 365 neu an, entweder mit New-DynamicDistributionGroup und ihrem Filter oder als gewöhnliche Gruppe.
review-many-groups-empty = { $number } Gruppen zeigen keine Mitglieder. Vielleicht sind sie wirklich leer, vielleicht sind es dynamische Gruppen, oder sie verbergen ihre Mitglieder; aus der Adressliste ist das nicht zu erkennen. Sie werden leer angelegt.
    .remedy = Vergleichen Sie die Mitglieder von Hand. Führen Sie dynamische Gruppen in den Einstellungen unter dynamic_groups auf.
review-many-groups-cut = Bei { $number } Gruppen hat der Exchange-Server nicht alle Mitglieder gezeigt.
    .remedy = Vergleichen Sie die Mitglieder nach der Migration von Hand.
review-many-not-moved = { $number } Empfänger sind von einem Typ, der in dieser Version nicht übertragen wird.
    .remedy = Legen Sie sie in Microsoft 365 von Hand an, wenn sie noch gebraucht werden.
review-many-outside-unknown = Bei { $number } Kontakten zeigt die Adressliste nicht, wohin E-Mails an sie gehen. Deshalb werden sie in Microsoft 365 nicht angelegt.
    .remedy = Sehen Sie ihre externen Adressen auf dem alten Server nach (Get-MailContact oder Get-MailUser) und legen Sie die Kontakte von Hand an.
review-many-access-denied = Das Migrationskonto darf { $number } Postfächer auf dem Exchange-Server nicht öffnen. Deshalb können deren E-Mails nicht kopiert werden.
    .remedy = Erteilen Sie ihm Vollzugriff auf jedes davon (Add-MailboxPermission). Warten Sie, bis das Recht wirkt (bis zu zwei Stunden), und prüfen Sie dann erneut.
review-many-impersonation-denied = Das Migrationskonto darf auf dem Exchange-Server nicht im Namen von { $number } Postfächern handeln. Deshalb können deren E-Mails nicht kopiert werden.
    .remedy = Weisen Sie ihm die Rolle ApplicationImpersonation zu (New-ManagementRoleAssignment), warten Sie, bis sie wirkt, und prüfen Sie dann erneut.
review-many-mailboxes-missing = Für { $number } Adressen gibt es auf dem Exchange-Server kein Postfach. Dafür kann nichts kopiert werden.
    .remedy = Prüfen Sie die primären Adressen. Nehmen Sie von der Liste, was entfernt oder in E-Mail-Benutzer umgewandelt wurde.
review-many-mailboxes-unavailable = { $number } Postfächer lassen sich auf dem Exchange-Server im Moment nicht öffnen.
    .remedy = Prüfen Sie, ob die Datenbanken der Postfächer eingebunden sind und ob keine Verschiebungsanforderungen laufen, und prüfen Sie dann erneut.
review-many-members-missing = { $number } Mitgliedschaften in Gruppen können nicht übernommen werden, weil die Mitglieder nicht übertragen werden.
    .remedy = Sehen Sie nach, ob diese Mitglieder noch gebraucht werden. Fügen Sie sie dann nach der Migration in Microsoft 365 von Hand hinzu.
review-many-domains = { $number } Domänen sind keine akzeptierten Domänen Ihrer Microsoft 365-Organisation. Adressen dieser Domänen lassen sich dort deshalb nicht verwenden.
    .remedy = Fügen Sie sie im Microsoft 365 Admin Center hinzu (Einstellungen, Domänen), bestätigen Sie sie und prüfen Sie dann erneut.
review-many-domains-left-out = Adressen in { $number } Domänen werden weggelassen, weil das keine akzeptierten Domänen Ihrer Microsoft 365-Organisation sind. Sonst fehlt deswegen nichts.
    .remedy = Wenn an eine davon E-Mails von außen kommen, fügen Sie sie im Microsoft 365 Admin Center hinzu (Einstellungen, Domänen), bestätigen Sie sie und prüfen Sie dann erneut. Domänen, die nur intern verwendet werden, wie firm.local, können wegbleiben.
review-domain-left-out = Adressen in der Domäne { $domain } werden weggelassen, weil das keine akzeptierte Domäne Ihrer Microsoft 365-Organisation ist. Sonst fehlt deswegen nichts.
    .remedy = Wenn an { $domain } E-Mails von außen kommen, fügen Sie die Domäne im Microsoft 365 Admin Center hinzu (Einstellungen, Domänen), bestätigen Sie sie und prüfen Sie dann erneut. Eine Domäne, die nur intern verwendet wird, wie firm.local, kann wegbleiben.
review-many-addresses-invalid = { $number } Adressen können in Microsoft 365 keine Anmeldenamen sein: Sie sind zu lang oder enthalten ein Zeichen, das dort nicht erlaubt ist.
    .remedy = Geben Sie diesen Postfächern auf dem alten Server andere primäre Adressen und prüfen Sie dann erneut.

## Checking again

review-checking = Beide Seiten werden erneut geprüft …
review-checking-first = Beide Seiten werden erneut geprüft … Sie können starten, wenn das fertig ist, oder die Prüfung jetzt abbrechen.
review-checking-progress = { $mailboxes ->
        [one] 1 Postfach gefunden
       *[other] { $mailboxes } Postfächer gefunden
    } ({ $opened } gemessen), { $groups ->
        [one] 1 Gruppe
       *[other] { $groups } Gruppen
    }, { $contacts ->
        [one] 1 Kontakt
       *[other] { $contacts } Kontakte
    }

## Why it does not start yet

review-obstacles = { $count ->
        [one] Die Migration kann noch nicht starten: 1 Hindernis muss zuerst behoben werden.
       *[other] Die Migration kann noch nicht starten: { $number } Hindernisse müssen zuerst behoben werden.
    }
review-obstacles-body = Es wurde nichts gestartet. Tun Sie, was unten steht, und prüfen Sie dann erneut.
review-nobody = Niemand ist ausgewählt. Deshalb gibt es nichts zu starten.
review-nobody-body = Wählen Sie aus, wer zuerst übertragen werden soll, oder wählen Sie alle aus.
review-choose-all = Alle auswählen

## Recipients

review-search = Nach Name oder Adresse suchen
review-chip = { $kind } ({ $count })
review-shown = { $shown } von { $all } angezeigt, { $chosen } ausgewählt
review-choose-shown = Alle angezeigten auswählen
review-leave-shown = Alle angezeigten weglassen
review-show-all = Alle anzeigen
review-none-fits = Diese Suche trifft auf niemanden zu.
review-unknown = nicht bekannt
review-column-name = Name
review-column-address = Adresse
review-column-kind = Typ
review-column-items = Elemente
review-column-size = Größe
review-column-note = Anmerkung
review-note-new = Neu
review-note-arrived = Übertragen
review-note-findings = { $count ->
        [one] 1 Hinweis
       *[other] { $number } Hinweise
    }
# “short” stands in a narrow column.
review-kind-user = Postfach
    .short = Postfach
    .many = Postfächer
review-kind-shared = Freigegebenes Postfach
    .short = Freigegeben
    .many = Freigegeben
review-kind-room = Raum
    .short = Raum
    .many = Räume
review-kind-equipment = Gerät
    .short = Gerät
    .many = Geräte
review-kind-distribution = Verteilergruppe
    .short = Verteiler
    .many = Verteilergruppen
review-kind-security = Sicherheitsgruppe
    .short = Sicherheit
    .many = Sicherheitsgruppen
review-kind-contact = Kontakt
    .short = Kontakt
    .many = Kontakte
review-kind-mail-user = E-Mail-Benutzer
    .short = E-Mail-Benutzer
    .many = E-Mail-Benutzer

## One recipient in full

review-detail-size = { $count ->
        [one] { $kind }, 1 Element, { $size }
       *[other] { $kind }, { $items } Elemente, { $size }
    }
review-detail-moves = Wird übertragen
review-detail-stays = Wird nicht übertragen
review-detail-addresses = Weitere Adressen
review-detail-dropped = { $address } wird weggelassen: Die Domäne ist keine akzeptierte Domäne Ihrer Microsoft 365-Organisation.
review-detail-missing = Mitglieder, die fehlen werden, weil sie nicht übertragen werden
review-moves-mail = E-Mails in allen Ordnern, mit Gelesen-Status und Kennzeichnungen
review-moves-calendar = Kalender
review-moves-contacts = Kontakte
review-moves-tasks = Aufgaben
review-moves-notes = Notizen
review-moves-account = Die E-Mail-Adresse wird zum Anmeldenamen; das Konto bekommt ein Anfangskennwort, das bei der ersten Anmeldung geändert werden muss.
review-moves-replies = Antworten auf alte E-Mails finden dieses Postfach: Seine alte interne Adresse wird mit übernommen.
review-moves-group = Die Gruppe mit ihren Adressen
review-moves-members = { $count ->
        [0] Keine Mitglieder
        [one] 1 Mitglied
       *[other] { $number } Mitglieder
    }
review-moves-contact = Der Kontakt mit seinen Adressen und Angaben
review-moves-mail-user = Daraus wird ein Kontakt: E-Mails gehen wie bisher an die externe Adresse.
review-stays-not-mail = Kalender, Kontakte, Aufgaben und Notizen: Exchange 2007 gibt nur E-Mails heraus. Der Fehlerbericht nennt sie.
review-stays-rules = Regeln: Exportieren Sie sie in Outlook, oder legen Sie sie neu an.
review-stays-replies = Automatische Antworten: Geben Sie sie neu ein.
review-stays-permissions = Berechtigungen und Stellvertretungen: Richten Sie sie neu ein, wenn alle übertragen sind.
review-stays-archive = Ein Archivpostfach, falls es eines gibt.
review-stays-public-folders = Öffentliche Ordner.
review-stays-large-shared = Was über 50 GB hinausgeht: Ohne Lizenz nimmt Microsoft 365 nicht mehr an.
review-stays-group-settings = Besitzer, und wer an die Gruppe schreiben darf.
review-stays-contact = Vorgesetzte und Assistenz.

## Questions

review-start-over-title = Von vorn beginnen?
review-start-over-body = Sie kehren zur ersten Seite zurück, und was hier gefunden wurde, wird verworfen. Auf dem Exchange-Server und in Microsoft 365 ändert das nichts.
review-start-over-stay = Hierbleiben
review-start-over-now = Von vorn beginnen
review-run-title = Migration starten?
review-run-new = Cutover legt jetzt in Microsoft 365 an: { $mailboxes ->
        [one] 1 Postfach
       *[other] { $mailboxes } Postfächer
    }, { $groups ->
        [one] 1 Gruppe
       *[other] { $groups } Gruppen
    } und { $contacts ->
        [one] 1 Kontakt
       *[other] { $contacts } Kontakte
    }. Dann kopiert es die E-Mails.
review-run-people = { $count ->
        [one] 1 Person bekommt ein Konto mit Anfangskennwort.
       *[other] { $number } Personen bekommen Konten mit Anfangskennwörtern.
    }
review-run-before = { $count ->
        [one] 1 Empfänger, den ein früherer Batch angelegt hat, wird auf den neuesten Stand gebracht.
       *[other] { $number } Empfänger, die ein früherer Batch angelegt hat, werden auf den neuesten Stand gebracht.
    }
review-run-safe = Neue E-Mails kommen weiterhin auf dem alten Server an, und dort wird nichts geändert oder gelöscht.
review-run-stop = Sie können jederzeit anhalten; was angekommen ist, bleibt erhalten, und der nächste Start macht dort weiter.
review-run-stay = Noch nicht
review-run-now = Jetzt starten
