# The first step: what will happen, what is needed before it begins, and which way to take.
# Keys begin with the name of their file.

welcome-title = Migrer votre messagerie vers Microsoft 365
welcome-lead = Cinq étapes, l’une après l’autre. Rien n’est migré tant que vous n’avez pas cliqué sur « Lancer » à la troisième.

## What will happen

welcome-copied = Votre messagerie est copiée
welcome-copied-what = Chaque boîte aux lettres, groupe de distribution et contact de votre serveur Exchange est recréé dans Microsoft 365 et rempli.
welcome-untouched = Rien n’est modifié sur l’ancien serveur
welcome-untouched-what = Cutover ne fait qu’y lire. Chacun continue à travailler comme aujourd’hui.
welcome-in-step = Les deux côtés restent à jour
welcome-in-step-what = Tant que Cutover est ouvert, ce qui arrive ou change sur l’ancien serveur est repris toutes les 24 heures, jusqu’à ce que vous terminiez la migration.

## Going on

welcome-go-on = Reprendre une migration antérieure
welcome-from-to = { $source } → { $target }
welcome-kept-state = { $state ->
        [Synced] Tout est synchronisé ; il vous reste à la terminer
        [SyncedWithErrors] Synchronisée, avec des entrées dans le rapport d’erreurs
        [Completed] Terminée
        [CompletedWithErrors] Terminée, avec des entrées dans le rapport d’erreurs
        [Stopped] Arrêtée avant la fin
        [Failed] N’a pas pu aller jusqu’au bout
        [Created] Préparée, pas encore commencée
       *[other] Préparée, rien n’est encore migré
    }
welcome-kept-busy = Ouverte en ce moment, dans cette fenêtre ou par une autre commande
welcome-last-synced = Dernière synchronisation : { $moment }
welcome-never-synced = Pas encore synchronisée

## The way

welcome-way = Comment Cutover doit-il trouver votre serveur Exchange ?
welcome-autodiscover = Détecter les paramètres par la découverte automatique (Autodiscover)
welcome-autodiscover-what = À partir d’Exchange 2007. Vous indiquez l’adresse, le nom d’utilisateur et le mot de passe du compte de migration.
welcome-typed = Indiquer les paramètres à la main
welcome-typed-what = Pour toute version à partir d’Exchange 2007, quand la découverte automatique ne fonctionne pas ou si vous préférez indiquer le serveur vous-même.
welcome-2003 = Exchange 2003 n’a pas de services web, dont cette version de Cutover a besoin. Il sera pris en charge par IMAP dans une version ultérieure.
welcome-choose-first = Choisissez l’une des deux façons, puis cliquez sur « Suivant ».

## The rehearsal

welcome-practice = S’entraîner d’abord
welcome-practice-what = Cutover fournit une petite entreprise inventée, avec un serveur Exchange et un Microsoft 365 à elle. Parcourez les cinq étapes avec elle : elle ne fonctionne que sur cet ordinateur, et aucun vrai message n’est touché.
welcome-practise = S’entraîner maintenant
# The same, at the foot of the page, where it is always in sight.
welcome-practise-first = S’entraîner d’abord
    .access = E
welcome-practice-starting = Lancement de l’organisation d’entraînement…

## What is needed

welcome-needs = Ce qu’il vous faut avant de commencer
welcome-needs-what = Ouvrez chaque point pour voir ce qu’il demande et comment le vérifier.
welcome-needs-exchange = Sur votre serveur Exchange
welcome-needs-cloud = Dans Microsoft 365
welcome-copied-now = Copié
welcome-unreadable = Les paramètres de cette migration sont endommagés. Recommencez-la avec les deux mêmes côtés : ce qui a été migré est enregistré ailleurs, et rien n’est copié deux fois.
welcome-not-opened = La page n’a pas pu être ouverte sur cet ordinateur. Copiez son adresse dans un navigateur.

welcome-need-account = Un compte de migration autorisé à ouvrir toutes les boîtes aux lettres
welcome-account-make = Créez un utilisateur ordinaire avec une boîte aux lettres, par exemple « migration ». Ne prenez pas un administrateur : Exchange refuse aux administrateurs les boîtes aux lettres des autres. Accordez à cet utilisateur l’un des trois droits suivants dans l’Exchange Management Shell.
welcome-account-full = L’accès total à chaque boîte aux lettres (avec Exchange 2007, omettez la fin, « -AutoMapping $false ») :
welcome-account-receive = Ou « Recevoir en tant que » (Receive As) sur chaque base de données de boîtes aux lettres :
welcome-account-impersonation = Ou le rôle d’emprunt d’identité (à partir d’Exchange 2010 ; choisissez « Par emprunt d’identité » à la page suivante) :
welcome-account-check = Pour vérifier l’accès total, listez ce que le compte est autorisé à ouvrir. De nouveaux droits peuvent mettre jusqu’à deux heures à prendre effet. Cutover essaie aussi lui-même chaque boîte aux lettres avant toute migration, et cite celles qu’il n’est pas autorisé à ouvrir.

welcome-need-certificate = Un certificat auquel cet ordinateur fait confiance
welcome-certificate-check = Sur cet ordinateur, ouvrez dans un navigateur l’adresse des services web de votre serveur, par exemple https://mail.example.com/EWS/Exchange.asmx. Il doit demander un nom d’utilisateur sans avertissement sur le certificat. Dans l’Exchange Management Shell, cette commande affiche les noms, l’émetteur et le dernier jour de validité de chaque certificat :
welcome-certificate-own = Si le certificat provient de votre propre autorité de certification, vous pourrez indiquer le fichier de certificat de celle-ci à la page suivante. Un certificat auto-signé ne suffit pas.

welcome-need-basic = L’authentification de base sur les services web Exchange
welcome-basic-check = Dans l’Exchange Management Shell, BasicAuthentication doit avoir la valeur True :
welcome-basic-set = Si la valeur est False, cette commande l’active. La connexion reste chiffrée ; vous pourrez désactiver cette authentification ensuite.

welcome-need-domains = Vos domaines de messagerie sont vérifiés
welcome-domains-check = Dans le Centre d’administration Microsoft 365, sous « Paramètres › Domaines », chaque domaine de vos adresses de messagerie doit apparaître comme sain, ou comme « Configuration en cours » avec sa propriété vérifiée. Laissez l’enregistrement MX tel quel pour l’instant.
welcome-domains-page = Ouvrir Domaines dans le Centre d’administration
welcome-domains-list = Dans l’Exchange Management Shell, cette commande liste les domaines pour lesquels votre serveur accepte du courrier :

welcome-need-no-sync = La synchronisation d’annuaires est désactivée
welcome-no-sync-check = Tant que les utilisateurs sont synchronisés depuis votre propre annuaire, ils ne peuvent pas être créés dans Microsoft 365. Dans le Centre d’administration Microsoft Entra, regardez sous « Entra Connect » : l’état de la synchronisation doit indiquer qu’elle n’est pas activée. La désactivation peut prendre jusqu’à trois jours.
welcome-entra-page = Ouvrir le Centre d’administration Microsoft Entra

welcome-need-licences = Assez de licences avec boîte aux lettres
welcome-licences-check = Chaque boîte aux lettres d’utilisateur a besoin d’une licence libre qui comprend Exchange Online. Les boîtes aux lettres partagées, les salles et les équipements n’en ont pas besoin. Cutover recompte les licences avant toute migration.
welcome-licences-page = Ouvrir Licences dans le Centre d’administration

welcome-need-application = Une inscription d’application pour Cutover
welcome-application-make = Dans le Centre d’administration Microsoft Entra, choisissez « Inscriptions d’applications › Nouvelle inscription ». N’importe quel nom convient, par exemple « Cutover » ; uniquement les comptes de cette organisation ; pas d’adresse de redirection.
welcome-application-graph = Sous « Autorisations de l’API », ajoutez ces autorisations d’application de Microsoft Graph :
welcome-application-exchange = Ajoutez cette autorisation d’application d’Office 365 Exchange Online, puis cliquez sur « Accorder le consentement de l’administrateur » :
welcome-application-role = Sous « Rôles et administrateurs », attribuez à l’application le rôle Administrateur Exchange.
welcome-application-secret = Sous « Certificats & secrets », créez un secret client et notez tout de suite sa valeur : elle n’est affichée qu’une fois. À la page suivante, vous en aurez besoin avec l’ID d’application (client).
