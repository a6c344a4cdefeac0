## Beide Seiten erneut vergleichen, der Nachweis, Nachrichten finden

cli-since = Seit der letzten Synchronisierung auf dem alten Server: { $changed } geändert, { $gone } gelöscht, { $new } neu. Davon ist nichts verloren: Die nächste Synchronisierung überträgt es.
cli-stands = { $stands ->
        [one] 1 Element wurde
       *[other] { $stands } Elemente wurden
    } in Microsoft 365 von jemandem geändert oder verschoben; das bleibt so. MigrationItems.csv nennt sie.
cli-removed = { $removed ->
        [one] 1 Element war unversehrt in Microsoft 365 angekommen und wurde
       *[other] { $removed } Elemente waren unversehrt in Microsoft 365 angekommen und wurden
    } dort seither gelöscht; das bleibt so. MigrationItems.csv nennt sie. Was niemand gelöscht hat, ist noch auf dem alten Server.
cli-joined = { $joined ->
        [one] 1 Mitglied wurde
       *[other] { $joined } Mitglieder wurden
    } in Microsoft 365 von jemandem in Gruppen aufgenommen; das bleibt so. MigrationErrors.csv nennt sie.
cli-nothing-lost-but-changed = Es ging nichts verloren: Alles, was sich übertragen lässt, ist in Microsoft 365 angekommen, und jeder Empfänger ist vorhanden. Was dort seither jemand geändert hat, bleibt so.
cli-unread = { $unread ->
        [one] 1 Element ließ
       *[other] { $unread } Elemente ließen
    } sich auf dem alten Server gerade nicht lesen; stattdessen mit dem Gesendeten verglichen, und identisch.
cli-not-asked = { $folders ->
        [one] 1 Ordner
       *[other] { $folders } Ordner
    } des alten Servers konnten nicht nach neuen Elementen gefragt werden.
cli-sample = Das war eine Stichprobe von etwa { $percent } % (Startwert { $seed }): { $left } Elemente wurden nicht verglichen.
cli-sample-empty = Die Stichprobe enthielt kein einziges Element, es wurde also nichts verglichen. Nehmen Sie eine größere, oder lassen Sie --sample weg, um alles zu vergleichen.
cli-sample-fine = Alles in der Stichprobe ist in Microsoft 365, wie es sein soll, und jeder Empfänger ist vorhanden.
cli-proof = Nachweis: { $file }
    Fingerabdruck seines Schlüssels: { $fingerprint }. Schreiben Sie ihn auf und bewahren Sie ihn getrennt von der Datei auf.
cli-proof-key-not-kept = Dieser Computer hat keinen Schlüsselbund, der diesen Schlüssel aufbewahren könnte: Nach einem Neustart von Cutover hat der nächste Nachweis einen anderen Fingerabdruck.
cli-proof-flaw = - { $flaw ->
        [empty] Die Datei ist leer.
        [not-a-proof] Das ist kein Nachweis, den Cutover geschrieben hat.
        [other-format] Der Nachweis hat das Format { $number }, das diese Version von Cutover nicht kennt.
        [cut-off] Das Ende der Datei fehlt, oder es wurde etwas angehängt.
        [line-too-long] Zeile { $number } ist länger als jede Zeile eines Nachweises.
        [too-long] Die Datei hat mehr Zeilen als jeder Nachweis.
        [entries-missing] Es wurden Zeilen entfernt oder hinzugefügt: { $number } sind da, unterschrieben wurde eine andere Zahl.
        [changed] Der Inhalt ist nicht der unterschriebene: Etwas wurde geändert, ausgetauscht oder verschoben.
        [signature-wrong] Die Unterschrift gehört nicht zu diesem Inhalt und diesem Schlüssel.
        [other-key] Unterschrieben wurde mit einem anderen Schlüssel als dem, dessen Fingerabdruck Sie angegeben haben.
        [malformed] Zeile { $number } lässt sich nicht lesen.
        [out-of-place] Zeile { $number } steht, wo sie nicht stehen darf.
        [contradiction] Das Ergebnis in Zeile { $number } passt nicht zu ihren Prüfsummen.
        [not-drawn] Das Element in Zeile { $number } gehört nicht zur Stichprobe.
       *[sums-differ] Die Summen vor Zeile { $number } sind nicht die ihrer Teile.
    }
cli-proof-holds = Der Nachweis gilt: Die Datei ist vollständig, seit der Unterschrift wurde nichts darin geändert, und alle Summen stimmen.
cli-proof-key-expected = Unterschrieben wurde mit dem erwarteten Schlüssel ({ $fingerprint }).
cli-proof-key-any = Sein Schlüssel hat den Fingerabdruck { $fingerprint }. Vergleichen Sie ihn mit dem, den Sie aufgeschrieben haben: Eine Datei mit einem eigenen Schlüssel unterschreiben kann jeder.
cli-proof-about = Er handelt von der Migration von { $source } nach { $target }, verglichen von { $program } bis { $time }; { $mailboxes ->
        [one] 1 Postfach
       *[other] { $mailboxes } Postfächer
    }.
cli-proof-full = Jedes angekommene Element wurde verglichen.
cli-proof-sample = Etwa { $percent } % der angekommenen Elemente wurden verglichen (Startwert { $seed }); { $left } wurden es nicht.
cli-proof-counts = Gefundene Elemente: { $found }. Auf beiden Seiten gleich: { $equal }; am Ziel wie gesendet: { $sent }; in Microsoft 365 von jemandem geändert oder verschoben, was so bleibt: { $changed }; dort von jemandem gelöscht, was so bleibt: { $removed }; mit Begründung ausgelassen: { $skipped }; nicht mehr auf dem alten Server: { $gone }.
cli-proof-nothing-amiss = Keines ist fehlgeschlagen, wartet, fehlt oder weicht ab.
cli-proof-amiss = { $amiss ->
        [one] 1 Element ist
       *[other] { $amiss } Elemente sind
    } fehlgeschlagen, wartend, fehlend, abweichend oder nicht vergleichbar: Sehen Sie in MigrationItems.csv neben dem Nachweis nach.
cli-proof-limits = Nicht bewiesen ist, dass Kontakte, Verteilergruppen und deren Mitglieder vorhanden sind, was das Adressbuch oder der alte Server nicht zeigten, was nach diesem Zeitpunkt geschah, und dass der vergleichende Computer ehrlich war.
cli-hit = { $mailbox } · { $folder } · { $date } · { $size }
    {"  "}{ $sender }: { $subject }
cli-hit-now = {"  "}→ { $now ->
        [there] Ist in Microsoft 365, im Ordner { $folder }.
        [differs] Ist in Microsoft 365, im Ordner { $folder }, wich dort aber beim letzten Vergleich ab.
        [missing] War angekommen, war beim letzten Vergleich aber nicht in Microsoft 365.
        [removed] War unversehrt in Microsoft 365 angekommen und wurde dort seither gelöscht.
        [waiting] Wurde noch nicht übertragen.
        [skipped] Bleibt auf dem alten Server.
        [failed] Konnte nicht übertragen werden.
        [kept] Ist auf dem alten Server nicht mehr in diesem Ordner; die Kopie wurde in Microsoft 365 gelassen, im Ordner { $folder }.
       *[gone] Ist auf dem alten Server nicht mehr in diesem Ordner.
    }
cli-found-unknown = unbekannt
cli-found = { $found ->
        [one] 1 Nachricht gefunden.
       *[other] { $found } Nachrichten gefunden.
    }
cli-found-more = { $found } Nachrichten gefunden; das sind die neuesten { $shown }. Mit mehr Wörtern finden Sie weniger.
cli-found-nothing = Nichts gefunden. Prüfen Sie die Schreibweise oder geben Sie weniger Wörter ein; Nachrichten, die nach der letzten Synchronisierung kamen, sind noch nicht bekannt.
