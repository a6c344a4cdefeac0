# The first step: what will happen, what is needed before it begins, and which way to take.
# Keys begin with the name of their file.

welcome-title = E-Mails zu Microsoft 365 übertragen
welcome-lead = Fünf Schritte, einer nach dem anderen. Übertragen wird erst, wenn Sie im dritten Schritt auf „Starten“ klicken.

## What will happen

welcome-copied = Ihre E-Mails werden kopiert
welcome-copied-what = Jedes Postfach, jede Verteilergruppe und jeder Kontakt Ihres Exchange-Servers wird in Microsoft 365 neu angelegt und gefüllt.
welcome-untouched = Auf dem alten Server wird nichts geändert
welcome-untouched-what = Cutover liest dort nur. Alle arbeiten weiter wie bisher.
welcome-in-step = Beide Seiten bleiben auf dem gleichen Stand
welcome-in-step-what = Solange Cutover geöffnet ist, wird alle 24 Stunden übernommen, was auf dem alten Server eintrifft oder sich ändert, bis Sie die Migration abschließen.

## Going on

welcome-go-on = Frühere Migration fortsetzen
welcome-from-to = { $source } → { $target }
welcome-kept-state = { $state ->
        [Synced] Alles ist synchronisiert; Sie können die Migration abschließen
        [SyncedWithErrors] Synchronisiert, mit Einträgen im Fehlerbericht
        [Completed] Abgeschlossen
        [CompletedWithErrors] Abgeschlossen, mit Einträgen im Fehlerbericht
        [Stopped] Vor dem Ende angehalten
        [Failed] Konnte nicht zu Ende gebracht werden
        [Created] Eingerichtet, noch nicht begonnen
       *[other] Eingerichtet, noch nichts übertragen
    }
welcome-kept-busy = Gerade geöffnet, in diesem Fenster oder von einem anderen Befehl
welcome-last-synced = Zuletzt synchronisiert: { $moment }
welcome-never-synced = Noch nicht synchronisiert

## The way

welcome-way = Wie soll Cutover Ihren Exchange-Server finden?
welcome-autodiscover = Einstellungen mit der AutoErmittlung (Autodiscover) suchen
welcome-autodiscover-what = Ab Exchange 2007. Sie geben Adresse, Benutzernamen und Kennwort des Migrationskontos an.
welcome-typed = Einstellungen von Hand angeben
welcome-typed-what = Für jede Version ab Exchange 2007, wenn die AutoErmittlung nicht funktioniert oder Sie den Server lieber selbst angeben.
welcome-2003 = Exchange 2003 hat keine Webdienste, und diese braucht die vorliegende Version von Cutover. Eine spätere Version wird Exchange 2003 über IMAP unterstützen.
welcome-choose-first = Wählen Sie einen der beiden Wege aus und klicken Sie dann auf „Weiter“.

## The rehearsal

welcome-practice = Erst einmal üben
welcome-practice-what = Cutover bringt eine kleine erfundene Firma mit, die einen Exchange-Server und ein eigenes Microsoft 365 hat. Gehen Sie damit alle fünf Schritte durch: Sie läuft nur auf diesem Computer, und keine echten E-Mails sind betroffen.
welcome-practise = Jetzt üben
# The same, at the foot of the page, where it is always in sight.
welcome-practise-first = Erst üben
    .access = E
welcome-practice-starting = Die Übungsorganisation wird gestartet …

## What is needed

welcome-needs = Was Sie vorher brauchen
welcome-needs-what = Klappen Sie einen Punkt auf, um zu sehen, was dazugehört und wie Sie es prüfen.
welcome-needs-exchange = Auf Ihrem Exchange-Server
welcome-needs-cloud = In Microsoft 365
welcome-copied-now = Kopiert
welcome-unreadable = Die Einstellungen dieser Migration sind beschädigt. Beginnen Sie sie noch einmal mit denselben beiden Seiten: Was schon übertragen ist, ist an anderer Stelle aufgezeichnet, und nichts wird doppelt kopiert.
welcome-not-opened = Die Seite konnte auf diesem Computer nicht geöffnet werden. Kopieren Sie ihre Adresse in einen Browser.

welcome-need-account = Ein Migrationskonto, das jedes Postfach öffnen darf
welcome-account-make = Legen Sie einen gewöhnlichen Benutzer mit Postfach an, zum Beispiel „migration“. Nehmen Sie keinen Administrator: Exchange verweigert Administratoren die Postfächer anderer Personen. Erteilen Sie diesem Benutzer in der Exchange-Verwaltungsshell eines der folgenden drei Rechte.
welcome-account-full = Vollzugriff auf jedes Postfach (lassen Sie bei Exchange 2007 den letzten Teil weg, also „-AutoMapping $false“):
welcome-account-receive = Oder „Empfangen als“ (Receive As) für jede Postfachdatenbank:
welcome-account-impersonation = Oder die Rolle für den Identitätswechsel (ab Exchange 2010; wählen Sie auf der nächsten Seite „Durch Identitätswechsel“ aus):
welcome-account-check = Um den Vollzugriff zu prüfen, listen Sie auf, was das Konto öffnen darf. Es kann bis zu zwei Stunden dauern, bis neue Rechte wirken. Außerdem versucht Cutover selbst, jedes Postfach zu öffnen, bevor etwas übertragen wird, und nennt die Postfächer, die es nicht öffnen darf.

welcome-need-certificate = Ein Zertifikat, dem dieser Computer vertraut
welcome-certificate-check = Öffnen Sie auf diesem Computer die Adresse der Webdienste Ihres Servers in einem Browser, zum Beispiel https://mail.example.com/EWS/Exchange.asmx. Er sollte nach einem Benutzernamen fragen, ohne vor dem Zertifikat zu warnen. In der Exchange-Verwaltungsshell zeigt dieser Befehl die Namen, den Aussteller und den letzten Gültigkeitstag jedes Zertifikats an:
welcome-certificate-own = Wenn das Zertifikat von Ihrer eigenen Zertifizierungsstelle stammt, können Sie auf der nächsten Seite deren Zertifikatdatei angeben. Ein selbstsigniertes Zertifikat genügt nicht.

welcome-need-basic = Standardauthentifizierung für die Exchange-Webdienste
welcome-basic-check = In der Exchange-Verwaltungsshell muss BasicAuthentication den Wert True haben:
welcome-basic-set = Steht dort False, schaltet dieser Befehl sie ein. Die Verbindung bleibt verschlüsselt; danach können Sie sie wieder ausschalten.

welcome-need-domains = Ihre E-Mail-Domänen sind bestätigt
welcome-domains-check = Im Microsoft 365 Admin Center muss unter „Einstellungen › Domänen“ jede Domäne Ihrer E-Mail-Adressen als fehlerfrei aufgeführt sein oder als „Setup wird ausgeführt“ mit bestätigtem Besitz. Lassen Sie den MX-Eintrag vorerst, wie er ist.
welcome-domains-page = Domänen im Admin Center öffnen
welcome-domains-list = In der Exchange-Verwaltungsshell listet dieser Befehl die Domänen auf, für die Ihr Server E-Mails annimmt:

welcome-need-no-sync = Die Verzeichnissynchronisierung ist ausgeschaltet
welcome-no-sync-check = Solange Benutzer aus Ihrem eigenen Verzeichnis synchronisiert werden, können sie in Microsoft 365 nicht angelegt werden. Sehen Sie im Microsoft Entra Admin Center unter „Entra Connect“ nach: Der Synchronisierungsstatus muss „nicht aktiviert“ lauten. Das Ausschalten kann bis zu drei Tage dauern.
welcome-entra-page = Microsoft Entra Admin Center öffnen

welcome-need-licences = Genug Lizenzen mit Postfach
welcome-licences-check = Jedes Benutzerpostfach braucht eine freie Lizenz, die Exchange Online enthält. Freigegebene Postfächer, Räume und Geräte brauchen keine. Cutover zählt die Lizenzen noch einmal, bevor etwas übertragen wird.
welcome-licences-page = Lizenzen im Admin Center öffnen

welcome-need-application = Eine App-Registrierung für Cutover
welcome-application-make = Wählen Sie im Microsoft Entra Admin Center „App-Registrierungen › Neue Registrierung“ aus. Der Name ist beliebig, zum Beispiel „Cutover“; nur Konten in dieser Organisation; keine Umleitungsadresse.
welcome-application-graph = Fügen Sie unter „API-Berechtigungen“ diese Anwendungsberechtigungen von Microsoft Graph hinzu:
welcome-application-exchange = Fügen Sie diese Anwendungsberechtigung von Office 365 Exchange Online hinzu und klicken Sie dann auf „Administratorzustimmung erteilen“:
welcome-application-role = Weisen Sie der App unter „Rollen und Administratoren“ die Rolle Exchange-Administrator zu.
welcome-application-secret = Legen Sie unter „Zertifikate & Geheimnisse“ ein Clientgeheimnis an und notieren Sie sofort seinen Wert: Er wird nur einmal angezeigt. Auf der nächsten Seite brauchen Sie ihn zusammen mit der Anwendungs-ID (Client).
