# German, for helpdesk readers: "Sie", plain sentences, quotation marks „…“, the terms of Microsoft's German documentation.
#
# mailbox = Postfach; shared mailbox = freigegebenes Postfach; archive mailbox = Archivpostfach;
# distribution group = Verteilergruppe; dynamic distribution group = dynamische Verteilergruppe; security group = Sicherheitsgruppe;
# mail contact = E-Mail-Kontakt; mail user = E-Mail-Benutzer; recipient = Empfänger; item = Element; public folder = öffentlicher Ordner;
# migration endpoint = Migrationsendpunkt; batch = Migrationsbatch; cutover migration = Übernahmemigration;
# synchronisation (initial, incremental) = Synchronisierung (Erstsynchronisierung, inkrementelle Synchronisierung);
# to move = übertragen (nothing leaves the old server, so never „verschieben“); to copy = kopieren; to complete = abschließen;
# tenant = Mandant; organisation = Organisation; accepted domain = akzeptierte Domäne; licence = Lizenz; admin centre = Admin Center;
# app registration = App-Registrierung; client secret = Clientgeheimnis; admin consent = Administratorzustimmung;
# Autodiscover = AutoErmittlung; Basic authentication = Standardauthentifizierung; Exchange Web Services = Exchange-Webdienste;
# directory synchronisation = Verzeichnissynchronisierung; password = Kennwort; address list = Adressliste;
# ledger = Journal; settings = Einstellungen; report = Bericht; practice organisation = Übungsorganisation; fault = Störung.
# finding = Hinweis; in step = auf dem gleichen Stand; rehearsal = Übung; status message = Statusnachricht; to stop = anhalten;
# Full Access = Vollzugriff; impersonation = Identitätswechsel; keyring = Schlüsselbund; Exchange Management Shell = Exchange-Verwaltungsshell.
#
# Blanks of a problem arrive as text, and text has no plural: a number in a problem stands after its label („Anzahl: 3“).
# Commands, file names and names of settings stay as they are; a name that could be read as a word of the sentence („also“) is quoted.

## Problems on the Exchange side

source-unknown-host = Der Exchange-Server „{ $host }“ wurde unter diesem Namen nicht gefunden. Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie den Servernamen auf Tippfehler. Wenn der Name nur im Firmennetz bekannt ist, verbinden Sie diesen Computer mit dem Firmennetz und versuchen Sie es noch einmal.
source-unreachable = Der Exchange-Server „{ $host }“ ist nicht erreichbar. Auf ihm wurde nichts geändert, und was vielleicht schon in Microsoft 365 angekommen ist, bleibt erhalten.
    .remedy = Prüfen Sie, ob der Server läuft, ob seine Adresse und sein Port stimmen und ob dieser Computer sich mit ihm verbinden darf. Starten Sie dann erneut: Nichts wird doppelt übertragen.
source-certificate-not-trusted = Dieser Computer vertraut dem Zertifikat des Exchange-Servers „{ $host }“ nicht. Deshalb wurde kein Kennwort gesendet.
    .remedy = Installieren Sie ein Zertifikat, das auf „{ $host }“ ausgestellt ist und von einer Zertifizierungsstelle stammt, der dieser Computer vertraut. Oder tragen Sie die Zertifikatdatei Ihrer eigenen Zertifizierungsstelle in den Einstellungen ein (certificate_authority).
source-password-wrong = Der Exchange-Server hat den Benutzernamen „{ $user }“ mit diesem Kennwort nicht angenommen. Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie Benutzernamen und Kennwort, indem Sie sich damit bei Outlook im Web anmelden. Versuchen Sie es nicht zu oft: Das Konto könnte gesperrt werden.
source-basic-not-offered = Der Exchange-Server „{ $host }“ bietet keine Standardauthentifizierung an (er bietet: { $offered }), und diese Version von Cutover kann sich nicht anders anmelden. Es wurde kein Kennwort gesendet.
    .remedy = Schalten Sie für die Dauer der Migration die Standardauthentifizierung für das EWS-Verzeichnis dieses Servers ein (Set-WebServicesVirtualDirectory -BasicAuthentication $true).
source-ews-blocked = Der Exchange-Server „{ $host }“ lehnt Programme wie dieses ab (403). Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie mit Get-OrganizationConfig und Get-CASMailbox, ob die Exchange-Webdienste für das Migrationskonto eingeschaltet sind und ob „cutover“ in der Liste der zugelassenen Programme steht.
source-ews-not-found = Unter { $url } gibt es keine Exchange-Webdienste. Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie die Adresse. Sie endet meist auf /EWS/Exchange.asmx; Exchange 2003 hat keine Webdienste.
source-autodiscover-failed = Die AutoErmittlung (Autodiscover) hat für „{ $domain }“ keinen Exchange-Server gefunden (gefragt: { $tried }). Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie zuerst email unter [source] in den Einstellungen auf Tippfehler: Die AutoErmittlung kennt nur Adressen, die es gibt. Wenn sie stimmt, geben Sie den Server selbst an: Setzen Sie ews_url in den Einstellungen auf https://IHR-SERVER/EWS/Exchange.asmx.
source-autodiscover-in-cloud = Die AutoErmittlung (Autodiscover) führt schon zu Microsoft 365 („{ $host }“), nicht zu Ihrem Exchange-Server. Dorthin wurde kein Kennwort gesendet.
    .remedy = Geben Sie den Server selbst an: Setzen Sie ews_url in den Einstellungen auf https://IHR-SERVER/EWS/Exchange.asmx.
source-host-not-confirmed = Die AutoErmittlung (Autodiscover) für „{ $domain }“ führt zu „{ $host }“, und diesen Server hat noch niemand bestätigt. Dorthin wurde kein Kennwort gesendet.
    .remedy = Wenn „{ $host }“ Ihr Exchange-Server ist, tragen Sie ihn in den Einstellungen unter confirmed_hosts ein. Wenn Sie ihn nicht kennen, tun Sie es nicht.
source-address-invalid = Mit „{ $address }“ lässt sich kein Exchange-Server finden. Es wurde nichts gesendet.
    .remedy = Verwenden Sie eine vollständige E-Mail-Adresse Ihrer Organisation, zum Beispiel anna@example.com.
source-access-denied = Das Migrationskonto „{ $user }“ darf das Postfach { $mailbox } auf dem Exchange-Server nicht öffnen. Deshalb wurden dessen E-Mails nicht kopiert.
    .remedy = Führen Sie aus: Add-MailboxPermission { $mailbox } -User "{ $user }" -AccessRights FullAccess -AutoMapping $false. Warten Sie, bis das Recht wirkt (bis zu zwei Stunden), und starten Sie die Migration dann erneut.
source-impersonation-denied = Das Migrationskonto „{ $user }“ darf auf dem Exchange-Server nicht im Namen des Postfachs { $mailbox } handeln. Deshalb wurden dessen E-Mails nicht kopiert.
    .remedy = Führen Sie aus: New-ManagementRoleAssignment -Name cutover -Role ApplicationImpersonation -User "{ $user }". Oder setzen Sie access = "delegate" in den Einstellungen und erteilen Sie Vollzugriff (FullAccess).
source-mailbox-missing = Auf dem Exchange-Server gibt es kein Postfach mit der Adresse { $mailbox }. Dafür wurde nichts kopiert.
    .remedy = Prüfen Sie die primäre Adresse dieses Postfachs. Wenn es entfernt oder in einen E-Mail-Benutzer umgewandelt wurde, nehmen Sie es von der Liste.
source-mailbox-unavailable = Das Postfach { $mailbox } lässt sich auf dem Exchange-Server im Moment nicht öffnen ({ $code }). Was bereits kopiert ist, bleibt erhalten.
    .remedy = Prüfen Sie, ob die Datenbank des Postfachs eingebunden ist und ob keine Verschiebungsanforderung läuft. Starten Sie die Migration dann erneut.
source-account-without-mailbox = Das Migrationskonto „{ $user }“ hat kein Postfach auf dem Exchange-Server; ohne Postfach lässt sich das Verzeichnis nicht durchsuchen. Auf beiden Seiten wurde nichts geändert.
    .remedy = Geben Sie diesem Konto ein eigenes Postfach (Enable-Mailbox) und starten Sie die Migration dann erneut.
source-busy = Der Exchange-Server ist ausgelastet und hat Cutover gebeten zu warten. Es ist alles in Ordnung; keine E-Mail geht verloren.
    .remedy = Sie müssen nichts tun. Cutover macht von selbst weiter; wenn das stundenlang so bleibt, starten Sie die Migration nachts noch einmal.
source-item-damaged = Der Exchange-Server kann dieses Element nicht herausgeben, weil es im Informationsspeicher beschädigt ist ({ $code }). Der Rest des Postfachs wird weiter kopiert.
    .remedy = Speichern Sie das Element mit „Diese Elemente als Dateien speichern“ oder „cutover save-items“ als Datei, wenn der Server noch so viel davon herausgibt. Oder versuchen Sie, es in Outlook zu öffnen, oder führen Sie New-MailboxRepairRequest für das Postfach aus und starten Sie die Migration erneut.
source-item-gone = Das Element wurde auf dem Exchange-Server verschoben oder gelöscht, während es kopiert werden sollte. Es geht nichts verloren: Die nächste Synchronisierung findet es an seinem neuen Ort.
    .remedy = Sie müssen nichts tun. Starten Sie die Migration erneut, um Verschobenes zu übernehmen.
source-item-withheld = Der Exchange-Server führt dieses Element in seinem Ordner auf, meldet beim Lesen aber, dass es nicht vorhanden ist (ErrorItemNotFound). Das Element oder seine letzte Änderung wurde nicht kopiert. Was schon in Microsoft 365 ist, bleibt dort.
    .remedy = Prüfen Sie, ob das Migrationskonto vollen Zugriff auf das Postfach hat. Versuchen Sie sonst, das Element in Outlook zu öffnen, oder führen Sie New-MailboxRepairRequest für das Postfach aus. Die nächste Synchronisierung versucht es erneut.
source-folder-gone = Der Ordner „{ $folder }“ ist vom Exchange-Server verschwunden, während er kopiert werden sollte. Was daraus schon kopiert wurde, bleibt in Microsoft 365.
    .remedy = Starten Sie die Migration erneut, um Verschobenes zu übernehmen.
source-answer-malformed = Der Exchange-Server hat eine Antwort geschickt, die sich nicht lesen lässt ({ $what }). Nichts davon wurde verwendet; was bereits kopiert ist, bleibt erhalten.
    .remedy = Starten Sie die Migration erneut. Wenn es wieder geschieht, suchen Sie zwischen diesem Computer und dem Server nach einem Proxy oder Virenscanner, der Antworten verändert.
source-answer-too-large = Der Exchange-Server hat eine Antwort von mehr als { $limit } Bytes geschickt, und so große Antworten nimmt Cutover nicht an. Was bereits kopiert ist, bleibt erhalten.
    .remedy = Speichern Sie das Element von Hand anderswo: Es ist größer, als Microsoft 365 erlaubt.
source-sync-state-expired = Der Exchange-Server weiß nicht mehr, bis wohin dieser Ordner synchronisiert wurde. Deshalb wird der Ordner von Anfang an verglichen. Es geht nichts verloren, und nichts wird doppelt kopiert.
    .remedy = Sie müssen nichts tun.
source-kind-not-exportable = Diese Exchange-Version kann Elemente der Klasse { $class } nicht vollständig herausgeben. Deshalb bleiben sie auf dem alten Server. Der Rest des Postfachs wird weiter kopiert.
    .remedy = Exportieren Sie solche Elemente mit Outlook (Datei, Öffnen und Exportieren) und importieren Sie sie in das neue Postfach. Oder installieren Sie eine neuere Exchange-Version.
source-version-unknown = Der Server meldet sich als „{ $version }“. Eine solche Exchange-Version kennt Cutover nicht. Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie die Adresse: Cutover überträgt E-Mails ab Exchange 2007 SP1.
source-much-gone = Auf dem alten Server fehlt in diesem Postfach weit mehr als üblich: { $gone } von { $held } Elementen. In Microsoft 365 wurde nichts gelöscht.
    .remedy = Prüfen Sie auf dem alten Server, ob das Postfach mit seinem ganzen Inhalt da ist, und starten Sie noch einmal. Wenn so viel mit Absicht gelöscht wurde, entscheiden Sie im Fenster auf der Seite „Ausführung“, was mit den Kopien geschieht; oder setzen Sie in der Einstellungsdatei im Abschnitt [run] die Einstellung deletions auf follow-all, starten Sie noch einmal und setzen Sie sie zurück.
source-members-gone = Auf dem alten Server fehlen in der Gruppe { $group } weit mehr Mitglieder als üblich: { $gone } von { $held }. In Microsoft 365 wurde niemand aus ihr entfernt.
    .remedy = Prüfen Sie auf dem alten Server, wer zu der Gruppe gehört, und starten Sie noch einmal. Wenn so viele mit Absicht entfernt wurden, entfernen Sie sie auch in Microsoft 365 aus der Gruppe und starten Sie noch einmal. Bei vielen Gruppen setzen Sie stattdessen in der Einstellungsdatei im Abschnitt [run] die Einstellung deletions auf follow-all und starten noch einmal; setzen Sie sie danach zurück.
source-unexpected = Der Exchange-Server hat mit einem Fehler geantwortet, den Cutover nicht besser beschreiben kann: { $code } { $text }. Was bereits kopiert ist, bleibt erhalten.
    .remedy = Starten Sie die Migration erneut. Wenn es wieder geschieht, schlagen Sie den Code nach oder lassen Sie sich damit helfen.
source-dynamic-group = Die dynamische Verteilergruppe { $group } wird nicht übertragen: Ihre Mitglieder ergeben sich aus einer Abfrage ({ $filter }).
    .remedy = Legen Sie die Gruppe in Microsoft 365 neu an, entweder mit New-DynamicDistributionGroup und diesem Filter oder als gewöhnliche Gruppe.
source-group-empty = Die Gruppe { $group } zeigt keine Mitglieder. Vielleicht ist sie wirklich leer, vielleicht ist sie eine dynamische Gruppe oder verbirgt ihre Mitglieder; aus der Adressliste ist das nicht zu erkennen. Sie wird leer angelegt.
    .remedy = Vergleichen Sie die Mitglieder von Hand. Wenn es eine dynamische Gruppe ist, führen Sie sie in den Einstellungen unter dynamic_groups auf.
source-group-cut = Der Exchange-Server hat nicht alle Mitglieder der Gruppe { $group } gezeigt.
    .remedy = Vergleichen Sie die Mitglieder nach der Migration von Hand.

source-sign-in-weakened = Der Exchange-Server „{ $host }“ hat bisher eine sicherere Anmeldung angeboten und verlangt nun das Kennwort selbst ({ $offered }). Es wurde kein Kennwort gesendet.
    .remedy = Vergewissern Sie sich, dass Sie wirklich mit Ihrem eigenen Server sprechen (kein fremdes WLAN, kein unbekannter Proxy), und starten Sie die Migration dann erneut.
source-directory-cut = Die Adressliste konnte nicht bis zum Ende gelesen werden (Namen, die mit „{ $prefix }“ beginnen). In der Migration fehlen vielleicht einige Empfänger.
    .remedy = Vergleichen Sie die Zahl der Postfächer mit Get-Recipient auf dem Server und führen Sie in den Einstellungen unter „also“ auf, was fehlt.
source-legacy-names-unknown = Bei einigen Postfächern (Anzahl: { $mailboxes }) sind die alten internen Adressen (legacyExchangeDN) nicht bekannt. Antworten auf alte E-Mails innerhalb der Firma könnten dort unzustellbar sein.
    .remedy = Fügen Sie diese Adressen nach der Migration von Hand als X500-Adressen hinzu; Get-Mailbox zeigt sie als LegacyExchangeDN an.
source-recipient-not-moved = { $recipient } ist vom Typ „{ $kind }“ und wird in dieser Version nicht übertragen.
    .remedy = Legen Sie den Empfänger in Microsoft 365 von Hand an, wenn er noch gebraucht wird.
source-outside-address-unknown = Die Adressliste zeigt nicht, wohin E-Mails an den Kontakt { $recipient } gehen. Deshalb wurde er in Microsoft 365 nicht angelegt.
    .remedy = Sehen Sie seine externe Adresse auf dem alten Server nach (Get-MailContact oder Get-MailUser) und legen Sie den Kontakt von Hand an.
source-listed-missing = { $address } steht in den Einstellungen unter { $key }, aber die Adressliste zeigt { $key ->
        [security_groups] keine Gruppe
       *[other] kein Postfach
    } mit dieser Adresse. Der Eintrag bewirkt nichts, und wer gemeint ist, wird als etwas anderes übertragen.
    .remedy = Prüfen Sie die Adresse auf Tippfehler. Ein Postfach, das in Adresslisten ausgeblendet ist, muss auch unter „also“ stehen.

## Problems on the Microsoft 365 side

target-unknown-host = „{ $host }“ wurde nicht gefunden. In Microsoft 365 wurde nichts geändert.
    .remedy = Prüfen Sie die Internetverbindung dieses Computers und die Adressen unter [target] in den Einstellungen.
target-unreachable = Microsoft 365 („{ $host }“) ist nicht erreichbar. Was dort bereits angekommen ist, bleibt erhalten.
    .remedy = Prüfen Sie die Internetverbindung dieses Computers und starten Sie die Migration dann erneut: Sie geht dort weiter, wo sie war.
target-certificate-not-trusted = Dieser Computer vertraut dem Zertifikat von „{ $host }“ nicht. Deshalb wurde nichts gesendet.
    .remedy = Wenn ein Proxy Ihrer Firma den Datenverkehr prüft, nehmen Sie „{ $host }“ davon aus. Oder tragen Sie die Zertifikatdatei seiner Zertifizierungsstelle in den Einstellungen ein (certificate_authority).
target-tenant-unknown = Microsoft 365 kennt keine Organisation „{ $tenant }“. Dort wurde nichts geändert.
    .remedy = Prüfen Sie „tenant“ in den Einstellungen: Das ist die Verzeichnis-ID (Mandant) Ihrer Organisation oder eine ihrer Domänen.
target-application-unknown = Ihre Microsoft 365-Organisation kennt keine Anwendung { $client }. Dort wurde nichts geändert.
    .remedy = Prüfen Sie client_id in den Einstellungen: Das ist die Anwendungs-ID (Client) der App-Registrierung, die für diese Migration angelegt wurde.
target-secret-wrong = Microsoft 365 hat das Clientgeheimnis der Anwendung { $client } nicht angenommen. Dort wurde nichts geändert.
    .remedy = Nehmen Sie aus der App-Registrierung den Wert des Clientgeheimnisses (nicht seine ID) oder legen Sie ein neues an.
target-secret-expired = Das Clientgeheimnis der Anwendung { $client } ist abgelaufen. Was bereits in Microsoft 365 angekommen ist, bleibt erhalten.
    .remedy = Legen Sie in der App-Registrierung ein neues Clientgeheimnis an und starten Sie die Migration erneut.
target-permission-missing = Microsoft 365 hat die Anwendung abgewiesen: Die Berechtigung { $permission } fehlt. Was dort bereits angekommen ist, bleibt erhalten.
    .remedy = Erteilen Sie der App-Registrierung die in der README genannten Berechtigungen mit Administratorzustimmung, weisen Sie ihr die Rolle Exchange-Administrator zu, warten Sie einige Minuten und starten Sie die Migration erneut. Werden nur einzelne Postfächer abgewiesen, ist die Anwendung in Microsoft 365 auf andere beschränkt: Lassen Sie sie auch dort zu.
target-domain-not-accepted = Die Domäne { $domain } ist keine akzeptierte Domäne Ihrer Microsoft 365-Organisation. Adressen dieser Domäne lassen sich dort deshalb nicht verwenden. Unter dieser Domäne wurde dort nichts angelegt.
    .remedy = Fügen Sie { $domain } im Microsoft 365 Admin Center hinzu (Einstellungen, Domänen) und bestätigen Sie die Domäne. Warten Sie, bis sie als fehlerfrei angezeigt wird, und starten Sie die Migration dann erneut.
target-directory-sync-on = Für „{ $tenant }“ ist die Verzeichnissynchronisierung eingeschaltet. Benutzer müssen deshalb im alten Verzeichnis angelegt werden, nicht in Microsoft 365. Dort wurde nichts geändert.
    .remedy = Schalten Sie die Verzeichnissynchronisierung für diese Organisation aus, warten Sie, bis sie als ausgeschaltet angezeigt wird (bis zu 72 Stunden), und starten Sie die Migration dann erneut.
target-licences-short = In Ihrer Microsoft 365-Organisation sind nicht genug Lizenzen mit Postfach frei (benötigt: { $needed }, frei: { $free }). Dort wurde nichts geändert.
    .remedy = Kaufen Sie die fehlenden Lizenzen oder geben Sie welche frei. Oder führen Sie Postfächer, die mehrere Personen gemeinsam nutzen, in den Einstellungen unter „shared“ auf: Sie brauchen keine Lizenz.
target-licence-unknown = Ihre Microsoft 365-Organisation hat keine Lizenz mit Postfach, die „{ $sku }“ heißt; vorhanden: { $known }. Neue Postfächer brauchen eine; es geht keine E-Mail verloren.
    .remedy = Setzen Sie sku in den Einstellungen auf eine davon, oder lassen Sie es weg: Dann wird die erste mit freien Plätzen genommen.
target-address-taken = Die Adresse { $address } gehört in Microsoft 365 schon zu etwas anderem. Deshalb wurde sie nicht angelegt, und nichts wurde dorthin kopiert.
    .remedy = Finden Sie den Besitzer der Adresse mit Get-Recipient { $address }, benennen Sie ihn um oder entfernen Sie ihn, und starten Sie die Migration dann erneut.
target-address-invalid = { $address } kann in Microsoft 365 kein Anmeldename sein: Die Adresse ist zu lang oder enthält ein Zeichen, das dort nicht erlaubt ist. Dafür wurde nichts kopiert.
    .remedy = Geben Sie diesem Postfach auf dem alten Server eine andere primäre Adresse (Buchstaben, Ziffern und ' . - _ ! # ^ ~ vor dem @, höchstens 64 Zeichen) und starten Sie die Migration dann erneut.
target-password-refused = Microsoft 365 hat das Anfangskennwort für { $address } abgelehnt. Das Konto wurde nicht angelegt.
    .remedy = Setzen Sie initial_password_length in den Einstellungen auf 12 oder mehr und starten Sie die Migration erneut.
target-mailbox-late = Microsoft 365 hat das Postfach { $mailbox } nicht rechtzeitig angelegt (gewartet: { $waited } Sekunden). Dorthin wurde noch nichts kopiert; das alte Postfach ist unverändert.
    .remedy = Prüfen Sie im Admin Center, ob { $mailbox } eine Lizenz mit Exchange Online hat, und starten Sie die Migration dann erneut.
target-recipient-missing = Microsoft 365 kennt { $address } noch nicht oder nicht mehr.
    .remedy = Starten Sie die Migration in einigen Minuten erneut. Wenn es so bleibt, sehen Sie nach, ob jemand den Empfänger entfernt hat.
target-member-missing = { $member } ist in Microsoft 365 nicht Mitglied der Gruppe { $group }.
    .remedy = Hat jemand das Mitglied dort mit Absicht entfernt, ist nichts zu tun. Prüfen Sie andernfalls, ob { $member } übertragen wurde. Starten Sie die Migration dann erneut oder fügen Sie das Mitglied von Hand hinzu.
target-member-added = Jemand hat { $member } in Microsoft 365 in die Gruppe { $group } aufgenommen. Das bleibt so, auch bei der nächsten Synchronisierung.
    .remedy = Ist das gewollt, ist nichts zu tun. Andernfalls entfernen Sie { $member } in Microsoft 365 aus der Gruppe.
target-busy = Microsoft 365 ist ausgelastet und hat Cutover gebeten zu warten. Es ist alles in Ordnung; keine E-Mail geht verloren.
    .remedy = Sie müssen nichts tun. Cutover macht von selbst weiter.
target-item-refused = Microsoft 365 hat dieses Element abgelehnt: { $code } { $text }. Der Rest des Postfachs wird weiter kopiert; das Element ist weiterhin auf dem alten Server.
    .remedy = Speichern Sie es mit „Diese Elemente als Dateien speichern“ oder „cutover save-items“ als Datei, oder öffnen Sie es in Outlook und leiten Sie es an das neue Postfach weiter.
target-item-too-large = Dieses Element hat { $size } Bytes; Microsoft 365 nimmt höchstens { $limit } an. Es bleibt auf dem alten Server; der Rest des Postfachs wird weiter kopiert.
    .remedy = Speichern Sie es mit „Diese Elemente als Dateien speichern“ oder „cutover save-items“ als Datei, oder speichern Sie seine Anlagen von Hand anderswo.
target-folder-gone = Der Ordner „{ $folder }“ ist aus Microsoft 365 verschwunden, während E-Mails in ihn kopiert wurden. Was noch auf dem alten Server liegt, bleibt erhalten.
    .remedy = Starten Sie die Migration erneut: Der Ordner wird neu angelegt.
target-answer-malformed = Microsoft 365 hat eine Antwort geschickt, die sich nicht lesen lässt ({ $what }). Nichts davon wurde verwendet.
    .remedy = Starten Sie die Migration erneut. Wenn es wieder geschieht, suchen Sie zwischen diesem Computer und dem Internet nach einem Proxy, der Antworten verändert.
target-unexpected = Microsoft 365 hat mit einem Fehler geantwortet, den Cutover nicht besser beschreiben kann: { $code } { $text }. Was dort bereits angekommen ist, bleibt erhalten.
    .remedy = Starten Sie die Migration erneut. Wenn es wieder geschieht, schlagen Sie den Code nach oder lassen Sie sich damit helfen.
target-item-missing = Ein Element, das schon angekommen war, ist nicht mehr in Microsoft 365.
    .remedy = Fragen Sie die Person, der das Postfach gehört, ob es dort gelöscht oder verschoben wurde. Auf dem alten Server ist es weiterhin; „Diese Elemente als Dateien speichern“ oder „cutover save-items“ speichert es als Datei.
target-item-differs = Ein Element in Microsoft 365 ist nicht dasselbe wie auf dem alten Server. Es unterscheidet sich in: { $facets }.
    .remedy = Fragen Sie die Person, der das Postfach gehört, ob das Element dort bearbeitet wurde, und vergleichen Sie beide.
target-item-changed = Jemand hat dieses Element in Microsoft 365 geändert. Die neuere Änderung auf dem alten Server wurde nicht übernommen; das Element in Microsoft 365 bleibt, wie es ist.
    .remedy = Fragen Sie die Person, der das Postfach gehört, welche Fassung gilt, und übertragen Sie von Hand, was fehlt; „Diese Elemente als Dateien speichern“ oder „cutover save-items“ speichert die Fassung des alten Servers als Datei.
target-item-edited = Jemand hat dieses Element in Microsoft 365 geändert oder als gelesen oder ungelesen markiert, nachdem es dort unversehrt angekommen war. Es bleibt so.
    .remedy = Es ist nichts zu tun. Wenn niemand davon weiß, vergleichen Sie beide: Das Element ist auch noch auf dem alten Server.
target-item-moved = Jemand hat dieses Element in Microsoft 365 in einen anderen Ordner verschoben, nachdem es dort angekommen war. Es bleibt dort.
    .remedy = Es ist nichts zu tun. Das Element ist im selben Postfach.
target-item-removed = Dieses Element war unversehrt in Microsoft 365 angekommen und wurde dort seither gelöscht. Das bleibt so: Es wird nicht noch einmal kopiert.
    .remedy = Wenn die Person, der das Postfach gehört, es gelöscht hat, ist nichts zu tun. Wenn es niemand war, sehen Sie in Outlook unter „Gelöschte Elemente wiederherstellen“ nach; das Element ist auch noch auf dem alten Server, und „Diese Elemente als Dateien speichern“ oder „cutover save-items“ speichert es als Datei.
target-much-gone = In Microsoft 365 fehlt in diesem Postfach weit mehr als üblich von dem, was dort unversehrt angekommen war: { $gone } von { $held } Elementen. Auf dem alten Server sind sie noch.
    .remedy = Fragen Sie die Person, der das Postfach gehört, ob dort so viel gelöscht wurde. Wenn nicht, sehen Sie in Outlook unter „Gelöschte Elemente wiederherstellen“ nach und schalten Sie den alten Server noch nicht ab: „Diese Elemente als Dateien speichern“ oder „cutover save-items“ speichert diese Elemente. Wenn doch, schließen Sie ab und lassen Sie dabei Fehler außer Acht.

## Problems on this computer

settings-unreadable = Die Einstellungsdatei { $file } kann nicht gelesen werden: { $reason ->
        [absent] Eine solche Datei gibt es nicht.
        [too-large] Sie ist viel größer, als eine Einstellungsdatei sein kann.
        [no-text] Sie ist kein reiner Text (UTF-8).
        [no-toml] Zeile { $line } ist nicht so geschrieben, wie Einstellungen geschrieben werden.
        [backslash] In Zeile { $line } steht ein umgekehrter Schrägstrich in doppelten Anführungszeichen.
        [unknown-key] Eine Einstellung namens „{ $key }“, wie sie in Zeile { $line } steht, gibt es nicht.
        [missing-key] „{ $key }“ fehlt.
        [number] In Zeile { $line } muss { $key } eine ganze Zahl ab 0 ohne Anführungszeichen sein.
        [text] In Zeile { $line } muss { $key } ein Text in Anführungszeichen sein.
        [list] In Zeile { $line } muss { $key } eine Liste in eckigen Klammern sein.
        [choice] In Zeile { $line } muss { $key } einer dieser Werte sein: { $expected }.
        [value] Ein Wert in Zeile { $line } ist von der falschen Art.
       *[closed] Sie lässt sich nicht öffnen.
    } Es wurde nichts gestartet.
    .remedy = { $reason ->
        [absent] Prüfen Sie den Namen und den Ordner.
        [closed] Prüfen Sie, ob es eine Datei ist und ob Sie sie lesen dürfen.
        [backslash] Setzen Sie den Wert in einfache Anführungszeichen, zum Beispiel user_name = 'EXAMPLE\migration', oder schreiben Sie den umgekehrten Schrägstrich doppelt.
       *[other] Berichtigen Sie die Datei; die README zeigt eine vollständige.
    }
settings-invalid = { $rule ->
        [sign-in] In der Einstellungsdatei { $file } enthält die Adresse unter { $setting } einen Benutzernamen oder ein Kennwort (was vor „@“ steht). Sie wurde nicht verwendet.
       *[other] In der Einstellungsdatei { $file } kann der Wert „{ $given }“ für { $setting } nicht verwendet werden.
    } Es wurde nichts gestartet.
    .remedy =
        { $rule ->
            [email] Geben Sie die vollständige E-Mail-Adresse des Migrationsadministrators ein.
            [user] Geben Sie den Benutzernamen als DOMÄNE\Benutzer ein.
            [country] Geben Sie einen Ländercode aus zwei Großbuchstaben ein, zum Beispiel DE oder AT.
            [tenant] Geben Sie die ID Ihrer Microsoft 365-Organisation oder eine ihrer Domänen ein.
            [client] Geben Sie die Anwendungs-ID (Client) ein, die Microsoft Entra für die App-Registrierung anzeigt.
            [certificate] Geben Sie client_certificate und client_key an, oder keines von beiden.
            [simultaneous] Geben Sie eine Zahl von 1 bis 10 ein.
            [length] Geben Sie eine Zahl von 8 bis 64 ein.
            [sign-in] Nehmen Sie aus der Adresse heraus, was vor „@“ steht, und auch „@“. Cutover fragt nach Kennwörtern oder nimmt sie aus CUTOVER_SOURCE_PASSWORD und CUTOVER_TARGET_SECRET.
            [backslash] In doppelten Anführungszeichen sind ein umgekehrter Schrägstrich und der Buchstabe danach ein anderes Zeichen. Setzen Sie den Wert in einfache Anführungszeichen, zum Beispiel 'EXAMPLE\migration', oder schreiben Sie den umgekehrten Schrägstrich doppelt.
           *[other] Geben Sie eine vollständige Adresse ein, die mit https:// beginnt.
        }
certificate-unreadable = Die Zertifikatdatei { $file } kann nicht verwendet werden: { $reason }. Es wurde nichts gestartet.
    .remedy = Geben Sie eine PEM-Datei an, die mit -----BEGIN CERTIFICATE----- beginnt, für client_key eine, die mit -----BEGIN PRIVATE KEY----- beginnt.
ledger-busy = Eine andere Cutover-Instanz ({ $holder }) arbeitet gerade an dieser Migration. Es wurde nichts doppelt gestartet.
    .remedy = Warten Sie, bis sie fertig ist, oder beenden Sie sie zuerst.
ledger-unreadable = Das Journal dieser Migration, { $file }, kann nicht verwendet werden: { $reason }. Auf beiden Seiten wurde nichts geändert.
    .remedy = Wenn es zu einer anderen Migration gehört, wählen Sie in den Einstellungen einen anderen Ort für das Journal (ledger). Wenn es beschädigt ist, stellen Sie es aus einer Sicherung dieses Computers wieder her: Ohne das Journal kann Cutover nicht wissen, was schon angekommen ist.
ledger-other-migration = Das Journal { $file } gehört zu einer anderen Migration (von { $source } nach { $target }). Auf beiden Seiten wurde nichts geändert.
    .remedy = Wählen Sie in den Einstellungen einen anderen Ort für das Journal (ledger), oder kehren Sie zu den Einstellungen jener Migration zurück.
nothing-migrated = Mit diesen Einstellungen wurde noch nichts übertragen: In { $file } ist nichts darüber verzeichnet. Auf beiden Seiten wurde nichts gesucht.
    .remedy = Prüfen Sie, ob dies die Einstellungsdatei der Migration ist und ob email, tenant und ledger darin so sind wie damals: Sie bestimmen, wo das Journal liegt. Wenn noch nichts übertragen wurde, beginnen Sie mit „cutover migrate“.
migration-completed = Diese Migration ist abgeschlossen: Es wird nichts mehr synchronisiert.
    .remedy = Sie müssen nichts tun. Um eine neue Migration zu beginnen, wählen Sie in den Einstellungen einen anderen Ort für das Journal (ledger).
completion-refused = Die Migration wurde nicht abgeschlossen, weil es bei Empfängern oder Elementen Synchronisierungsfehler gibt (Anzahl: { $errors }). Alles andere ist auf dem gleichen Stand.
    .remedy = Sehen Sie in MigrationErrors.csv nach, beheben Sie, was dort steht, und schließen Sie die Migration dann ab. Oder wählen Sie, dass Synchronisierungsfehler ignoriert werden (in der Befehlszeile: --ignore-errors), und schließen Sie die Migration ab.
unseen-hidden-recipients = Nicht zu sehen sind Empfänger, die aus Adresslisten ausgeblendet sind; ob eine Gruppe eine Sicherheitsgruppe oder eine dynamische Gruppe ist; ob ein Postfach ein freigegebenes oder ein Ressourcenpostfach ist; manche weiteren Adressen eines Empfängers; und die alte interne Adresse (legacyExchangeDN) einer Gruppe oder eines Kontakts.
    .remedy = Vergleichen Sie mit Get-Mailbox und Get-DistributionGroup auf dem Server und führen Sie in den Einstellungen auf, was fehlt.
unseen-public-folders = Öffentliche Ordner werden weder geprüft noch übertragen.
    .remedy = Übertragen Sie sie nach dem Verfahren von Microsoft, wenn sie noch gebraucht werden.
unseen-archives = Archivpostfächer werden weder geprüft noch übertragen.
    .remedy = Prüfen Sie mit Get-Mailbox -Archive, ob es welche gibt.
unseen-settings = Berechtigungen, Regeln und automatische Antworten werden nicht übertragen.
    .remedy = Bitten Sie die Benutzer, ihre Regeln und automatischen Antworten zu prüfen, und vergeben Sie die Berechtigungen neu.
disk-full = Auf dem Datenträger von { $file } ist kein Platz mehr. Cutover hat ordnungsgemäß angehalten; was angekommen ist, ist aufgezeichnet.
    .remedy = Schaffen Sie Platz und starten Sie die Migration erneut: Sie geht dort weiter, wo sie war.
file-unwritable = Die Datei { $file } konnte nicht gespeichert werden: { $reason }. Die E-Mails sind davon nicht betroffen; was vorher in der Datei stand, ist unverändert.
    .remedy = Stellen Sie sicher, dass es den Ordner gibt, dass Sie dort schreiben dürfen und dass der Datenträger nicht voll ist. Versuchen Sie es dann noch einmal.
report-unwritable = Der Bericht { $file } kann nicht geschrieben werden: { $reason }. Die E-Mails selbst sind davon nicht betroffen.
    .remedy = Wählen Sie mit --reports einen anderen Ordner und starten Sie die Migration erneut: Nichts wird doppelt kopiert.
report-unusable = Der Bericht { $file } ist nicht verwendbar: { $reason ->
        [unreadable] Er kann nicht gelesen werden.
        [too-large] Er ist viel größer, als ein solcher Bericht sein kann.
        [not-a-report] Er ist kein solcher Bericht, oder eine Spalte fehlt.
        [cut-off] Sein Ende fehlt.
        [line] Zeile { $line } ist nicht so, wie eine solche Zeile sein muss.
        [books] Die Zahlen in Zeile { $line } gehen nicht auf.
        [gone] Wen er für einen weiteren Versuch nennt, gibt es an der Quelle nicht mehr.
       *[nobody] Er nennt niemanden, bei dem ein weiterer Versuch helfen könnte.
    } Es wurde nichts begonnen.
    .remedy = { $reason ->
        [gone] Prüfen Sie, ob dies der Bericht des letzten Laufs ist. Um alle zu übertragen, die jetzt da sind, starten Sie ohne Auswahl aus einem Bericht (auf der Befehlszeile: ohne --only-failed-in).
        [nobody] Tun Sie, was der Bericht in jeder Zeile angibt. Um Neues zu übertragen, starten Sie ohne Auswahl aus einem Bericht (auf der Befehlszeile: ohne --only-failed-in).
       *[other] Wählen Sie die Datei MigrationErrors.csv, die Cutover geschrieben hat. Wenn Sie sie in einer Tabellenkalkulation bearbeitet haben, lassen Sie die erste Zeile und die Spalten EmailAddress und Retryable unverändert und speichern Sie sie als CSV.
    }
proof-unreadable = Der Nachweis { $file } kann nicht gelesen werden, deshalb wurde nichts geprüft.
    .remedy = Prüfen Sie den Namen: Ein Nachweis heißt MigrationProof.jsonl und liegt bei den Berichten.
proof-key-malformed = „{ $key }“ ist kein Fingerabdruck, deshalb wurde nichts geprüft.
    .remedy = Ein Fingerabdruck hat 24 Ziffern und Buchstaben von a bis f, in Vierergruppen. Geben Sie den ein, der gezeigt wurde, als der Nachweis geschrieben wurde; ohne --key wird die Datei für sich geprüft.
proof-worthless = { $reason ->
        [other-format] Diese Version von Cutover kann den Nachweis { $file } nicht prüfen. Über den Nachweis sagt das nichts.
        [other-key] Der Nachweis { $file } wurde nicht mit dem Schlüssel unterschrieben, dessen Fingerabdruck Sie angegeben haben; er beweist Ihnen also nichts.
       *[other] Die Datei { $file } beweist nichts. Die Migration selbst kann in Ordnung sein.
    }
    .remedy = { $reason ->
        [other-format] Prüfen Sie ihn mit einer späteren Version von Cutover.
        [other-key] Prüfen Sie, ob Sie den Fingerabdruck richtig eingegeben haben und ob es der ist, der für diesen Nachweis gezeigt wurde. Wenn beides stimmt, vergleichen Sie erneut mit „cutover verify“, das einen neuen Nachweis schreibt.
        [other-file] Geben Sie die Datei MigrationProof.jsonl an, die bei den Berichten liegt, oder vergleichen Sie erneut mit „cutover verify“, das einen neuen Nachweis schreibt.
       *[other] Vergleichen Sie erneut mit „cutover verify“, das einen neuen Nachweis schreibt.
    }
mail-folder-unreadable = Der Ordner { $folder } kann nicht gelesen werden: { $reason }. Es wurde nichts gestartet.
    .remedy = Prüfen Sie, ob der Name stimmt und ob Sie den Ordner lesen dürfen.
mail-folder-empty = Im Ordner { $folder } sind keine E-Mails. Es wurde nichts gestartet.
    .remedy = Wählen Sie einen Ordner mit Nachrichten (.eml-Dateien) oder mbox-Dateien.
file-not-mail =
    { $reason ->
        [part-not-mail] Ein Teil der Datei { $file } wurde nicht übernommen, weil er keine Kopfzeilen hat; der Rest wurde übernommen.
        [empty] Die Datei { $file } wurde nicht übernommen: Sie ist leer.
        [too-large] Die Datei { $file } wurde nicht übernommen: Sie ist größer als ein Gibibyte.
        [link] Die Datei { $file } wurde nicht übernommen: Sie ist eine Verknüpfung, die zu einem Ordner oder ins Leere führt.
        [special] Die Datei { $file } wurde nicht übernommen: Sie ist weder eine Datei noch ein Ordner.
        [too-deep] Der Ordner { $file } wurde nicht übernommen: Er ist mehr als dreißig Ebenen tief verschachtelt.
       *[not-mail] Die Datei { $file } wurde nicht übernommen: Nichts darin sieht nach einer E-Mail aus.
    }
    .remedy = Sie müssen nichts tun, wenn es keine E-Mail sein soll. Sonst prüfen Sie die Datei.
faults-invalid = Die Störungsdatei { $file } kann nicht verwendet werden: { $reason ->
        [unreadable] Sie kann nicht gelesen werden.
        [syntax] Zeile { $line } ist nicht so, wie sie sein muss.
        [operation] Störung { $number } nennt einen Vorgang, den es auf ihrer Seite nicht gibt.
        [from-one] In Störung { $number } muss { $key } 1 oder mehr sein.
        [one-of-three] Störung { $number } darf nur eines von every, at und share haben.
        [list-from-one] In Störung { $number } muss { $key } eine Liste von Zahlen ab 1 sein und darf nicht leer sein.
        [share] In Störung { $number } muss { $key } von 0 bis 1 sein.
        [with-share] In Störung { $number } gehört { $key } nur zu share.
        [pauses] In Störung { $number } gehört { $key } nur zu throttle, delay, reject und reject_after.
        [pause] In Störung { $number } muss { $key } von 0 bis 3600 Sekunden sein.
        [rejects] In Störung { $number } gehört { $key } nur zu reject und reject_after.
        [status] In Störung { $number } muss { $key } von 400 bis 599 sein.
       *[needed] Störung { $number } braucht { $key } für ihre Art.
    } Es wurde nichts gestartet.
    .remedy = Berichtigen Sie die Datei; die README nennt ihre Schlüssel.
initial-password-reset = Das Anfangskennwort von { $mailbox } war auf diesem Computer nicht mehr bekannt. Deshalb wurde ein neues gesetzt.
    .remedy = Verwenden Sie das Kennwort aus dem neuesten Bericht; frühere gelten nicht mehr.
initial-password-shown-before = Das Anfangskennwort von { $mailbox } stand in einem früheren Bericht und ist auf diesem Computer nicht mehr bekannt. Deshalb steht es nicht in diesem Bericht.
    .remedy = Verwenden Sie das Kennwort aus dem früheren Bericht. Gibt es ihn nicht mehr, setzen Sie im Microsoft 365 Admin Center ein neues.
initial-passwords-put-aside = Die frühere MigrationStatistics.csv enthält Anfangskennwörter, die sonst nirgends bekannt sind. Sie liegt jetzt als { $file } daneben.
    .remedy = Geben Sie die Kennwörter weiter, und löschen Sie dann diese Datei.
password-missing = Es wurde kein Kennwort angegeben ({ $variable } ist nicht gesetzt), und hier kann niemand gefragt werden. Es wurde nichts gestartet.
    .remedy = Setzen Sie die Umgebungsvariable { $variable }, oder starten Sie Cutover in einem Terminal: Dort fragt es nach dem Kennwort.
stopped = Vor dem Ende angehalten. Was angekommen ist, bleibt erhalten und ist aufgezeichnet; die alten Postfächer sind unverändert.
    .remedy = Starten Sie die Migration erneut: Sie geht dort weiter, wo sie war.
nothing-to-migrate = Die Adressliste zeigt keine Postfächer. Auf beiden Seiten wurde nichts geändert.
    .remedy = Prüfen Sie, ob das Migrationskonto die Adressliste sieht, oder führen Sie Postfächer in den Einstellungen unter „also“ auf.
practice-unavailable = Die Übungsorganisation konnte auf diesem Computer nicht gestartet werden: { $reason }.
    .remedy = Prüfen Sie, ob auf dem Datenträger Platz ist und ob Programme auf diesem Computer lokale Ports öffnen dürfen.
practice-state-busy = Eine andere Cutover-Instanz führt gerade eine Übungsorganisation im Ordner { $folder }. Es wurde nichts gestartet.
    .remedy = Beenden Sie zuerst die andere Instanz, oder wählen Sie mit --state einen anderen Ordner.
practice-state-unusable = Der Ordner { $folder } kann nicht für eine Übungsorganisation verwendet werden: { $reason }. Es wurde nichts gestartet.
    .remedy = Prüfen Sie, ob der Name stimmt und ob Sie dort schreiben dürfen, oder wählen Sie mit --state einen anderen Ordner.
no-display = Das Fenster von Cutover lässt sich hier nicht öffnen ({ $reason }). Auf beiden Seiten wurde nichts geändert.
    .remedy = Starten Sie Cutover auf dem Desktop dieses Computers, oder verwenden Sie die Befehlszeile: „cutover --help“ zeigt, wie das geht.
window-elsewhere = Cutover ist schon geöffnet, aber das Fenster antwortet nicht. Auf beiden Seiten wurde nichts geändert.
    .remedy = Suchen Sie das andere Fenster und machen Sie dort weiter. Wenn es keines gibt, warten Sie eine Minute, oder melden Sie sich ab und wieder an, und starten Sie Cutover dann noch einmal.
internal = Cutover hat selbst einen Fehler gemacht ({ $what }). Was angekommen ist, bleibt erhalten und ist aufgezeichnet.
    .remedy = Starten Sie die Migration erneut. Wenn es wieder geschieht, melden Sie es bitte mit diesem Text.
# What a server asked for stands behind the words of any problem.
problem-pause = { $message } Es wurde eine Pause von { $pause } erbeten.

## The command line

cli-practice-starting = Die Übungsorganisation auf diesem Computer wird gestartet …
cli-connecting = Verbindung zu beiden Seiten wird hergestellt …
cli-surveying = Die Adressliste wird gelesen …
cli-plan = Zu übertragen: { $mailboxes ->
        [one] { $mailboxes } Postfach
       *[other] { $mailboxes } Postfächer
    }, { $groups ->
        [one] { $groups } Verteilergruppe
       *[other] { $groups } Verteilergruppen
    }, { $contacts ->
        [one] { $contacts } Kontakt
       *[other] { $contacts } Kontakte
    } ({ $new ->
        [0] alle schon früher angelegt
       *[other] davon { $new } neu
    }).
cli-findings = Gut zu wissen, bevor es losgeht:
cli-copying = Die Postfächer werden kopiert …
cli-making-contacts = Die Kontakte werden angelegt …
cli-making-groups = Die Gruppen werden angelegt und ihre Mitglieder eingetragen …
cli-progress = Elemente übertragen: { $moved }, Postfächer fertig: { $synced } von { $total }
cli-progress-left = { cli-progress }, noch { $range }
cli-time-least = Mit { $count } Postfächern zugleich kann es nicht weniger als { $least } dauern, wie schnell Ihre Leitung auch ist: Microsoft 365 nimmt je Postfach höchstens 150 MB in 5 Minuten und 10.000 Anforderungen in 10 Minuten an.
cli-completed-before = Diese Migration ist abgeschlossen; es wurde nichts übertragen. Ihre Berichte wurden neu geschrieben, mit den Anfangskennwörtern, die gezeigt werden können.
# Worauf gewartet wird, steht da wie im Fenster.
cli-waits = { $address }: { $waits }
cli-waits-directory = Kontakte und Gruppen: { $waits }
cli-waits-preparation = Vorbereitung: { $waits }
cli-waits-saving = Speichern der Elemente: { $waits }
cli-mailbox = { $address }: { $state ->
        [Synced] fertig, { $items ->
            [one] { $items } Element vorhanden
           *[other] { $items } Elemente vorhanden
        }
        [Completed] abgeschlossen
        [CompletedWithWarnings] abgeschlossen, mit Einträgen im Fehlerbericht
        [Stopped] angehalten, bevor es fertig war
        [Queued] wartet
       *[other] nicht fertig
    }
cli-more-items = (Vielleicht gibt es mehr davon; am Ende werden alle gezählt und in MigrationErrors.csv genannt.)
cli-stopping = Nach den Postfächern, die gerade in Arbeit sind, wird angehalten. Drücken Sie noch einmal Strg+C, um sofort anzuhalten; in beiden Fällen geht nichts verloren.
cli-verifying = Beide Seiten werden verglichen, Element für Element …
cli-verified-so-far = Elemente verglichen: { $verified } von { $all }
cli-unseen = Was diese Migration nicht sieht oder nicht überträgt:
cli-more-files = … und { $files ->
        [one] { $files } weitere Datei
       *[other] { $files } weitere Dateien
    }; MigrationErrors.csv nennt sie.
cli-amiss = { $items ->
        [one] { $items } Element: { $message }
       *[other] { $items } Elemente: { $message }
    }
    {"  "}→ { $remedy }
cli-more-causes = … und { $causes ->
        [one] { $causes } weitere Ursache
       *[other] { $causes } weitere Ursachen
    }; MigrationErrors.csv nennt sie.
cli-books = Elemente: { $found } gefunden = { $moved } übertragen + { $already } schon vorhanden + { $skipped } übersprungen + { $failed } fehlgeschlagen{ $waiting ->
        [0] .
       *[other] {" "}+ { $waiting } wartend.
    }
cli-mailboxes = Postfächer: { $arrived } von { $expected } vorhanden.
cli-groups = Gruppen: { $arrived } von { $expected } vorhanden, mit allen ihren Mitgliedern.
cli-memberships = Mitgliedschaften: { $arrived } von { $expected } vorhanden.
cli-contacts = Kontakte: { $arrived } von { $expected } vorhanden.
cli-verified = Elemente zurückgelesen und identisch: { $verified }; fehlend: { $missing }; abweichend: { $differing }.
cli-nothing-new = Es gab nichts Neues: Alles war schon früher übertragen worden, und nichts wurde doppelt übertragen.
cli-completed = Die Migration ist abgeschlossen: Von jetzt an wird nichts mehr synchronisiert.
cli-completed-with-errors = Die Migration ist abgeschlossen, aber nicht alles ist angekommen: MigrationErrors.csv nennt, was fehlt. Es ist weiterhin auf dem alten Server.
cli-nothing-lost = Es ging nichts verloren: Jedes Element, das zu übertragen war, ist unverändert in Microsoft 365 angekommen, und jeder Empfänger ist vorhanden.
cli-nothing-lost-some-stay = Nichts, was sich übertragen lässt, ging verloren: Es ist alles unverändert in Microsoft 365 angekommen, und jeder Empfänger ist vorhanden. { $skipped ->
        [one] { $skipped } Element bleibt
       *[other] { $skipped } Elemente bleiben
    } zurück; MigrationItems.csv nennt, was es ist und warum.
cli-look = Es ist nicht alles angekommen. Auf dem alten Server wurde nichts geändert: Sehen Sie in MigrationErrors.csv nach, was zu tun ist, und starten Sie die Migration dann erneut.
cli-unfinished = Die Migration ist nicht fertig. Was angekommen ist, bleibt erhalten und ist aufgezeichnet; starten Sie die Migration erneut, um sie fortzusetzen.
cli-reports = Berichte: { $folder } (MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv)
cli-next = Die nächste Synchronisierung ist am { $time }. Zum Beenden drücken Sie Strg+C; nichts geht verloren.
cli-no-longer-in-step = Ab jetzt wird nichts mehr übertragen. Nichts ist verloren: Starten Sie mit --keep-in-step, um fortzufahren, oder mit --complete, um die Migration abzuschließen.
cli-completed-elsewhere = Die Migration wurde an anderer Stelle abgeschlossen: Es wird nichts mehr synchronisiert.
cli-grades = Postfächer nach Bewertung: { $perfect } einwandfrei, { $good } gut, { $investigate } zu prüfen, { $poor } schlecht.
cli-grade = - { $address }: { $grade ->
        [Good] gut
        [Investigate] zu prüfen
       *[Poor] schlecht
    } ({ $absent } von { $found } Elementen nicht vorhanden, { $differing } abweichend)
cli-more-grades = … und { $mailboxes ->
        [one] { $mailboxes } weiteres Postfach
       *[other] { $mailboxes } weitere Postfächer
    }, genannt in MigrationStatistics.csv.
cli-only = Nur diese werden erneut versucht: { $addresses }{ $more ->
        [0] .
       *[other] {" "}und { $more } weitere.
    }
cli-only-gone = Nicht mehr auf der Quellseite und daher ausgelassen: { $addresses }{ $more ->
        [0] .
       *[other] {" "}und { $more } weitere.
    }
cli-saving = Elemente, die nicht in Microsoft 365 sind, werden in { $folder } gespeichert …
cli-saved-so-far = { $done } von { $all } Elementen
cli-saved = { $saved ->
        [one] { $saved } Element wurde gespeichert
       *[other] { $saved } Elemente wurden gespeichert
    }{ $already ->
        [0] {""}
       *[other] , { $already } waren schon gespeichert
    }{ $failed ->
        [0] .
       *[other] , { $failed } waren nicht zu bekommen.
    }
cli-nothing-to-save = Es gibt nichts zu speichern: Kein Element wurde ausgelassen, ist fehlgeschlagen, fehlt oder weicht ab.
cli-still-running =
    Die Übungsorganisation läuft weiter, bis Sie Strg+C drücken oder die Eingabe endet. Alle Zugangsdaten sind erfunden:
    {"  "}Exchange: { $ews }, Benutzer { $user }, Kennwort { $password }
    {"  "}Microsoft 365: { $graph }, Anwendung { $client }, Clientgeheimnis { $secret }
    {"  "}Einstellungen für cutover migrate: { $settings }
cli-ask-password = Kennwort von { $user } auf dem Exchange-Server:{" "}
cli-ask-secret = Clientgeheimnis der Anwendung { $client } in Microsoft 365:{" "}
