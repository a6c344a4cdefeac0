# The second step: the Exchange server and Microsoft 365, each with its form, and the test of both.
# Keys begin with the name of their file.

connect-title = Paramètres de connexion
connect-lead = Indiquez les deux côtés, puis cliquez sur « Suivant » : les deux sont testés avant toute autre chose.
connect-practice-lead = Les paramètres de l’organisation d’entraînement sont déjà remplis. Cliquez sur « Suivant » pour tester les deux côtés, comme dans une vraie migration.
connect-required = * Ces champs doivent être remplis.

## Your Exchange server

connect-source = Votre serveur Exchange
connect-by-autodiscover = La découverte automatique (Autodiscover) trouve le serveur à partir de l’adresse de messagerie.
connect-by-hand = Vous indiquez le serveur vous-même.
connect-type-instead = Indiquer plutôt le serveur à la main
connect-autodiscover-instead = Utiliser plutôt la découverte automatique

connect-email = Adresse de messagerie de l’administrateur de la migration
connect-email-hint = L’adresse de messagerie du compte de migration. La découverte automatique part d’elle.
connect-email-typed-hint = L’adresse de messagerie du compte de migration. Cutover ouvre sa boîte aux lettres pour lire les listes d’adresses.
connect-email-example = migration@example.com
connect-user = Domaine\Nom d’utilisateur
connect-user-hint = Comme pour vous connecter : EXAMPLE\migration, ou le nom d’utilisateur principal.
connect-user-example = EXAMPLE\migration
connect-password = Mot de passe
connect-server = Serveur Exchange
connect-server-hint = Son nom complet, ou l’adresse https complète des services web Exchange.
connect-server-example = mail.example.com
connect-authentication = Authentification
connect-authentication-basic = De base, sur une connexion chiffrée

connect-access = Comment le compte ouvre les boîtes aux lettres
connect-delegate = Avec l’accès total
connect-delegate-what = Le compte a l’accès total aux boîtes aux lettres, ou « Recevoir en tant que » (Receive As) sur leurs bases de données.
connect-impersonation = Par emprunt d’identité
connect-impersonation-what = Le compte a le rôle ApplicationImpersonation. À partir d’Exchange 2010.

connect-at-a-time = Nombre de boîtes aux lettres à migrer simultanément
connect-at-a-time-hint = De 1 à 10. Trois convient à la plupart des serveurs. Choisissez moins si le serveur ou la ligne est lent le jour, plus pour un serveur puissant la nuit.

connect-source-more = Autres paramètres
connect-proxy = Serveur proxy RPC
connect-proxy-hint = Le nom du serveur hors de votre réseau, par exemple mail.example.com. Il est essayé quand le serveur Exchange est injoignable sous son propre nom.
connect-autodiscover-url = Adresse de la découverte automatique
connect-autodiscover-url-hint = Seulement si elle n’est pas à l’un des endroits habituels : l’adresse https complète.
connect-authority = Autorité de certification privée
connect-authority-hint = Si le certificat du serveur provient de votre propre autorité : le certificat de l’autorité, sous forme de fichier PEM.

connect-special = Boîtes aux lettres et groupes particuliers
connect-special-what = Une liste d’adresses ne les distingue pas. Indiquez une adresse par ligne.
connect-also = Boîtes aux lettres masquées à migrer aussi
connect-shared = Boîtes aux lettres partagées
connect-rooms = Salles
connect-equipment = Équipements
connect-security-groups = Groupes de sécurité à extension messagerie
connect-dynamic-groups = { $groups ->
        [one] { $groups } groupe dynamique du fichier de paramètres reste tel quel.
       *[other] { $groups } groupes dynamiques du fichier de paramètres restent tels quels.
    }

## Microsoft 365

connect-target = Microsoft 365
connect-target-what = Cutover se connecte en tant qu’application que vous avez inscrite.
connect-tenant = Locataire
connect-tenant-hint = L’un des domaines de votre organisation, ou son ID d’annuaire (locataire).
connect-tenant-example = example.onmicrosoft.com
connect-client = ID d’application (client)
connect-client-hint = La vue d’ensemble de l’inscription d’application l’affiche.
connect-secret = Secret client
connect-secret-hint = La valeur du secret, et non son ID.
connect-by-certificate = Se connecter avec un certificat au lieu d’un secret
connect-certificate = Fichier de certificat
connect-key = Fichier de clé privée
connect-key-hint = PKCS #8 non chiffré, en PEM ou DER. Veillez à être la seule personne à pouvoir le lire.
connect-location = Emplacement d’utilisation
connect-location-hint = Le pays de vos utilisateurs en deux lettres, par exemple FR ou BE. Les licences l’exigent.
connect-target-more = Autres paramètres
connect-sku = Licence à attribuer
connect-sku-hint = La référence du produit, par exemple EXCHANGESTANDARD. Si vous laissez le champ vide, la première licence adaptée ayant des places libres est utilisée.

## Passwords

connect-keep = Conserver les mots de passe dans le trousseau de clés de cet ordinateur
connect-keep-hint = Vous pourrez alors reprendre cette migration sans les ressaisir. Ils ne sont jamais écrits dans des fichiers.
connect-no-keyring = Cet ordinateur n’a pas de trousseau de clés utilisable : les mots de passe ne sont donc conservés que pour cette session.

## What is wrong with a field

connect-fault-empty = Remplissez ce champ.
connect-fault-email = « { $given } » n’est pas une adresse de messagerie complète. Saisissez-en une comme migration@example.com.
connect-fault-server = « { $given } » ne peut pas être un serveur. Saisissez un nom comme mail.example.com, ou une adresse qui commence par https://.
connect-fault-https = « { $given } » ne peut pas être utilisé. Saisissez une adresse qui commence par https://.
connect-fault-sign-in = Cette adresse contient un nom d’utilisateur ou un mot de passe. Retirez ce qui précède « @ », et « @ » lui-même.
connect-fault-country = « { $given } » n’est pas un pays en deux lettres. Saisissez-en un comme FR ou BE.
connect-fault-list = « { $given } » n’est pas une adresse de messagerie. Indiquez une adresse par ligne.

## What to do about a failure, in terms of the fields

connect-remedy-server = Indiquez le nom du serveur ci-dessous et cliquez sur « Suivant ». La personne qui a installé le serveur connaît ce nom ; les paramètres du compte dans Outlook l’indiquent aussi.
connect-remedy-autodiscover = Vérifiez que l’adresse de messagerie du compte de migration ne contient pas de faute de frappe : la découverte automatique ne connaît que les adresses qui existent. Si elle est juste, indiquez le nom du serveur ci-dessous et cliquez sur « Suivant ». La personne qui a installé le serveur connaît ce nom ; les paramètres du compte dans Outlook l’indiquent aussi.
connect-remedy-host = Si « { $host } » est bien votre serveur Exchange, cliquez de nouveau sur « Suivant » et choisissez « Oui ». Si vous ne le connaissez pas, indiquez le serveur à la main.
connect-remedy-certificate = Installez un certificat émis pour « { $host } » par une autorité à laquelle cet ordinateur fait confiance. S’il provient de votre propre autorité, indiquez le fichier de certificat de celle-ci sous « Autres paramètres ».
connect-remedy-impersonation = Attribuez au compte le rôle ApplicationImpersonation (la page « Bienvenue » affiche la commande), ou choisissez « Avec l’accès total » et accordez l’accès total.
connect-remedy-tenant = Vérifiez le locataire : c’est l’ID de l’annuaire (locataire) de votre organisation, ou l’un de ses domaines.
connect-remedy-client = Vérifiez l’ID d’application (client) : la vue d’ensemble de l’inscription d’application l’affiche.
connect-remedy-permission = Accordez à l’inscription d’application, avec le consentement de l’administrateur, les autorisations et le rôle indiqués à la page « Bienvenue » sous « Une inscription d’application pour Cutover ». Attendez quelques minutes, puis cliquez de nouveau sur « Suivant ».
connect-remedy-unreadable = Remplissez de nouveau les deux formulaires : quand les deux côtés fonctionnent, les paramètres sont enregistrés à nouveau. Ce qui a été migré est noté dans un autre fichier, qui n’est pas touché.
connect-remedy-file = Choisissez un autre fichier. Un certificat est un fichier PEM qui commence par -----BEGIN CERTIFICATE-----, une clé privée un fichier qui commence par -----BEGIN PRIVATE KEY-----.

## The question about the host

connect-host-title = { $host } est-il votre serveur Exchange ?
connect-host-body = La découverte automatique (Autodiscover) pour { $domain } mène à { $host }. Cutover n’envoie le mot de passe du compte de migration qu’aux serveurs que vous connaissez. En cas de doute, choisissez « Non » et demandez à la personne qui gère le serveur.
connect-host-yes = Oui, y envoyer le mot de passe
connect-host-no = Non

## The test

connect-testing-title = Test de la connexion
connect-testing-lead = Rien n’est modifié, ni d’un côté ni de l’autre. Vous pouvez annuler à tout moment.
connect-step-found = Trouver le serveur Exchange
connect-step-signed-in = Se connecter
connect-step-version = Identifier la version du serveur
connect-step-mailbox = Ouvrir la boîte aux lettres du compte de migration
connect-step-target = Se connecter à Microsoft 365
connect-step-open = Ouvrir le journal de cette migration
connect-step-survey = Lire les listes d’adresses
connect-counted = Jusqu’ici : { $mailboxes ->
        [one] { $mailboxes-shown } boîte aux lettres
       *[other] { $mailboxes-shown } boîtes aux lettres
    }, { $groups ->
        [one] { $groups-shown } groupe
       *[other] { $groups-shown } groupes
    }, { $contacts ->
        [one] { $contacts-shown } contact
       *[other] { $contacts-shown } contacts
    }
connect-asked = Ce que la découverte automatique a interrogé
connect-asked-why = { $why ->
        [unknown-host] Aucun serveur ne porte ce nom.
        [unreachable] Aucune réponse à cette adresse.
        [certificate] Cet ordinateur ne fait pas confiance à son certificat. Aucun mot de passe n’a donc été envoyé.
        [sign-in] Il n’a pas accepté le nom d’utilisateur avec ce mot de passe.
        [redirected] Il renvoie ailleurs.
        [not-confirmed] Il renvoie à un serveur que personne n’a confirmé.
        [cloud] Il mène à Microsoft 365, et non à votre serveur.
       *[no-answer] Il ne connaît pas ce domaine de messagerie.
    }
