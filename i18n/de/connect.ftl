# The second step: the Exchange server and Microsoft 365, each with its form, and the test of both.
# Keys begin with the name of their file.

connect-title = Verbindungseinstellungen
connect-lead = Geben Sie beide Seiten an und klicken Sie dann auf „Weiter“: Beide werden getestet, bevor etwas anderes geschieht.
connect-practice-lead = Die Einstellungen der Übungsorganisation sind schon eingetragen. Klicken Sie auf „Weiter“, um wie bei einer echten Migration beide Seiten zu testen.
connect-required = * Diese Felder müssen ausgefüllt werden.

## Your Exchange server

connect-source = Ihr Exchange-Server
connect-by-autodiscover = Die AutoErmittlung (Autodiscover) findet den Server anhand der E-Mail-Adresse.
connect-by-hand = Sie geben den Server selbst an.
connect-type-instead = Server stattdessen von Hand angeben
connect-autodiscover-instead = Stattdessen die AutoErmittlung verwenden

connect-email = E-Mail-Adresse des Migrationsadministrators
connect-email-hint = Die E-Mail-Adresse des Migrationskontos. Von ihr geht die AutoErmittlung aus.
connect-email-typed-hint = Die E-Mail-Adresse des Migrationskontos. Cutover öffnet dessen Postfach, um die Adresslisten zu lesen.
connect-email-example = migration@example.com
connect-user = Domäne\Benutzername
connect-user-hint = So, wie Sie sich anmelden würden: EXAMPLE\migration oder der Benutzerprinzipalname.
connect-user-example = EXAMPLE\migration
connect-password = Kennwort
connect-server = Exchange-Server
connect-server-hint = Der vollständige Name oder die ganze https-Adresse der Exchange-Webdienste.
connect-server-example = mail.example.com
connect-authentication = Authentifizierung
connect-authentication-basic = Standard, über eine verschlüsselte Verbindung

connect-access = Wie das Konto Postfächer öffnet
connect-delegate = Mit Vollzugriff
connect-delegate-what = Das Konto hat Vollzugriff auf die Postfächer oder „Empfangen als“ (Receive As) für deren Datenbanken.
connect-impersonation = Durch Identitätswechsel
connect-impersonation-what = Das Konto hat die Rolle ApplicationImpersonation. Ab Exchange 2010.

connect-at-a-time = Anzahl gleichzeitig zu migrierender Postfächer
connect-at-a-time-hint = 1 bis 10. Für die meisten Server passen drei. Wählen Sie weniger, wenn der Server oder die Leitung tagsüber langsam ist, und mehr für einen starken Server über Nacht.

connect-source-more = Weitere Einstellungen
connect-proxy = RPC-Proxyserver
connect-proxy-hint = Der Name des Servers außerhalb Ihres Netzes, zum Beispiel mail.example.com. Er wird versucht, wenn der Exchange-Server unter seinem eigenen Namen nicht erreichbar ist.
connect-autodiscover-url = Adresse der AutoErmittlung
connect-autodiscover-url-hint = Nur, wenn sie nicht an einem der üblichen Orte zu finden ist: die ganze https-Adresse.
connect-authority = Eigene Zertifizierungsstelle
connect-authority-hint = Wenn das Zertifikat des Servers von Ihrer eigenen Zertifizierungsstelle stammt: deren Zertifikat als PEM-Datei.

connect-special = Besondere Postfächer und Gruppen
connect-special-what = Eine Adressliste unterscheidet diese nicht. Geben Sie in jeder Zeile eine Adresse ein.
connect-also = Ausgeblendete Postfächer, die auch übertragen werden sollen
connect-shared = Freigegebene Postfächer
connect-rooms = Räume
connect-equipment = Geräte
connect-security-groups = E-Mail-aktivierte Sicherheitsgruppen
connect-dynamic-groups = { $groups ->
        [one] { $groups } dynamische Gruppe aus der Einstellungsdatei bleibt, wie sie ist.
       *[other] { $groups } dynamische Gruppen aus der Einstellungsdatei bleiben, wie sie sind.
    }

## Microsoft 365

connect-target = Microsoft 365
connect-target-what = Cutover meldet sich als die Anwendung an, die Sie registriert haben.
connect-tenant = Mandant
connect-tenant-hint = Eine der Domänen Ihrer Organisation oder ihre Verzeichnis-ID (Mandant).
connect-tenant-example = example.onmicrosoft.com
connect-client = Anwendungs-ID (Client)
connect-client-hint = Sie steht in der Übersicht der App-Registrierung.
connect-secret = Clientgeheimnis
connect-secret-hint = Der Wert des Clientgeheimnisses, nicht seine ID.
connect-by-certificate = Mit einem Zertifikat statt mit einem Clientgeheimnis anmelden
connect-certificate = Zertifikatdatei
connect-key = Datei mit dem privaten Schlüssel
connect-key-hint = PKCS #8, unverschlüsselt, als PEM oder DER. Sorgen Sie dafür, dass nur Sie die Datei lesen können.
connect-location = Nutzungsstandort
connect-location-hint = Das Land Ihrer Benutzer in zwei Buchstaben, zum Beispiel DE oder AT. Für Lizenzen ist es nötig.
connect-target-more = Weitere Einstellungen
connect-sku = Zuzuweisende Lizenz
connect-sku-hint = Die SKU-Bezeichnung, zum Beispiel EXCHANGESTANDARD. Wenn Sie das Feld leer lassen, wird die erste passende Lizenz mit freien Plätzen verwendet.

## Passwords

connect-keep = Kennwörter im Schlüsselbund dieses Computers aufbewahren
connect-keep-hint = Dann können Sie diese Migration fortsetzen, ohne sie neu einzugeben. Sie werden nie in Dateien geschrieben.
connect-no-keyring = Auf diesem Computer gibt es keinen nutzbaren Schlüsselbund. Deshalb bleiben die Kennwörter nur für diese Sitzung erhalten.

## What is wrong with a field

connect-fault-empty = Füllen Sie dieses Feld aus.
connect-fault-email = „{ $given }“ ist keine vollständige E-Mail-Adresse. Geben Sie eine ein wie migration@example.com.
connect-fault-server = „{ $given }“ kann kein Server sein. Geben Sie einen Namen wie mail.example.com ein oder eine Adresse, die mit https:// beginnt.
connect-fault-https = „{ $given }“ kann nicht verwendet werden. Geben Sie eine Adresse ein, die mit https:// beginnt.
connect-fault-sign-in = Diese Adresse enthält einen Benutzernamen oder ein Kennwort. Nehmen Sie heraus, was vor „@“ steht, und auch „@“.
connect-fault-country = „{ $given }“ ist kein Land in zwei Buchstaben. Geben Sie eines ein wie DE oder AT.
connect-fault-list = „{ $given }“ ist keine E-Mail-Adresse. Geben Sie in jeder Zeile eine Adresse ein.

## What to do about a failure, in terms of the fields

connect-remedy-server = Tragen Sie unten den Namen des Servers ein und klicken Sie auf „Weiter“. Wer den Server eingerichtet hat, kennt den Namen; er steht auch in den Kontoeinstellungen von Outlook.
connect-remedy-autodiscover = Prüfen Sie die E-Mail-Adresse des Migrationskontos auf Tippfehler: Die AutoErmittlung kennt nur Adressen, die es gibt. Wenn sie stimmt, tragen Sie unten den Namen des Servers ein und klicken Sie auf „Weiter“. Wer den Server eingerichtet hat, kennt den Namen; er steht auch in den Kontoeinstellungen von Outlook.
connect-remedy-host = Wenn „{ $host }“ Ihr Exchange-Server ist, klicken Sie noch einmal auf „Weiter“ und dann auf „Ja“. Wenn Sie ihn nicht kennen, geben Sie den Server von Hand an.
connect-remedy-certificate = Installieren Sie ein Zertifikat, das auf „{ $host }“ ausgestellt ist und von einer Zertifizierungsstelle stammt, der dieser Computer vertraut. Wenn es von Ihrer eigenen Zertifizierungsstelle stammt, geben Sie deren Zertifikatdatei unter „Weitere Einstellungen“ an.
connect-remedy-impersonation = Weisen Sie dem Konto die Rolle ApplicationImpersonation zu (den Befehl zeigt die Seite „Willkommen“), oder wählen Sie „Mit Vollzugriff“ aus und erteilen Sie Vollzugriff.
connect-remedy-tenant = Prüfen Sie den Mandanten: Das ist die Verzeichnis-ID (Mandant) Ihrer Organisation oder eine ihrer Domänen.
connect-remedy-client = Prüfen Sie die Anwendungs-ID (Client): Sie steht in der Übersicht der App-Registrierung.
connect-remedy-permission = Erteilen Sie der App-Registrierung mit Administratorzustimmung die Berechtigungen und die Rolle, die auf der Seite „Willkommen“ unter „Eine App-Registrierung für Cutover“ stehen. Warten Sie einige Minuten und klicken Sie dann noch einmal auf „Weiter“.
connect-remedy-unreadable = Füllen Sie beide Formulare noch einmal aus: Wenn beide Seiten funktionieren, werden die Einstellungen neu gespeichert. Was schon übertragen ist, steht in einer anderen Datei und ist nicht betroffen.
connect-remedy-file = Wählen Sie eine andere Datei aus. Ein Zertifikat ist eine PEM-Datei, die mit -----BEGIN CERTIFICATE----- beginnt, ein privater Schlüssel eine, die mit -----BEGIN PRIVATE KEY----- beginnt.

## The question about the host

connect-host-title = Ist { $host } Ihr Exchange-Server?
connect-host-body = Die AutoErmittlung (Autodiscover) für { $domain } führt zu { $host }. Cutover sendet das Kennwort des Migrationskontos nur an Server, die Sie kennen. Wenn Sie nicht sicher sind, wählen Sie „Nein“ und fragen Sie die Person, die den Server betreut.
connect-host-yes = Ja, Kennwort dorthin senden
connect-host-no = Nein

## The test

connect-testing-title = Verbindung wird getestet
connect-testing-lead = Auf beiden Seiten wird nichts geändert. Sie können jederzeit abbrechen.
connect-step-found = Exchange-Server finden
connect-step-signed-in = Anmelden
connect-step-version = Version des Servers feststellen
connect-step-mailbox = Postfach des Migrationskontos öffnen
connect-step-target = Bei Microsoft 365 anmelden
connect-step-open = Journal dieser Migration öffnen
connect-step-survey = Adresslisten lesen
connect-counted = Bisher: { $mailboxes ->
        [one] { $mailboxes-shown } Postfach
       *[other] { $mailboxes-shown } Postfächer
    }, { $groups ->
        [one] { $groups-shown } Gruppe
       *[other] { $groups-shown } Gruppen
    }, { $contacts ->
        [one] { $contacts-shown } Kontakt
       *[other] { $contacts-shown } Kontakte
    }
connect-asked = Was die AutoErmittlung gefragt hat
connect-asked-why = { $why ->
        [unknown-host] Kein Server hat diesen Namen.
        [unreachable] Dort antwortet niemand.
        [certificate] Dieser Computer vertraut dem Zertifikat nicht. Deshalb wurde kein Kennwort gesendet.
        [sign-in] Der Benutzername wurde mit diesem Kennwort nicht angenommen.
        [redirected] Verweist an einen anderen Ort.
        [not-confirmed] Verweist auf einen Server, den noch niemand bestätigt hat.
        [cloud] Führt zu Microsoft 365, nicht zu Ihrem Server.
       *[no-answer] Weiß nichts über diese E-Mail-Domäne.
    }
