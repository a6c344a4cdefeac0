# French, for helpdesk readers: "vous", plain sentences, the terms of Microsoft's French documentation.
# Typography: « … » and the colon with U+00A0; U+202F before ; ! ?; the apostrophe is ’ except in commands.
#
# mailbox = boîte aux lettres; shared mailbox = boîte aux lettres partagée; archive mailbox = boîte aux lettres d’archivage;
# distribution group = groupe de distribution; dynamic distribution group = groupe de distribution dynamique;
# security group = groupe de sécurité; mail contact = contact de messagerie; mail user = utilisateur de messagerie;
# recipient = destinataire; item = élément; public folder = dossier public;
# migration endpoint = point de terminaison de migration; batch = lot de migration; cutover migration = migration à basculement;
# synchronisation (initial, incremental) = synchronisation (initiale, incrémentielle);
# to move = migrer (nothing leaves the old server; « transférer » would mean forwarding); to copy = copier; to complete = terminer;
# tenant = locataire; organisation = organisation; accepted domain = domaine accepté; licence = licence;
# admin centre = Centre d’administration; app registration = inscription d’application; client secret = secret client;
# admin consent = consentement de l’administrateur; Autodiscover = découverte automatique;
# Basic authentication = authentification de base; Exchange Web Services = services web Exchange;
# directory synchronisation = synchronisation d’annuaires; password = mot de passe; address list = liste d’adresses;
# ledger = journal; settings = paramètres; report = rapport; practice organisation = organisation d’entraînement; fault = panne.
# finding = remarque; in step = à jour; rehearsal = exercice; status message = message d’état; to stop = arrêter; done (a mailbox) = prête;
# Full Access = accès total; impersonation = emprunt d’identité; keyring = trousseau de clés; to start, to start again = lancer, relancer.
#
# Blanks of a problem arrive as text, and text has no plural: a number in a problem stands after its label (« nombre : 3 »).
# [one] is also for 0, so it always shows its number; [many] is for whole millions, which only items can reach.
# Commands, file names and names of settings stay as they are; a name that could be read as a word of the sentence is quoted.

## Problems on the Exchange side

source-unknown-host = Le serveur Exchange « { $host } » est introuvable sous ce nom. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez que le nom du serveur ne comporte pas de faute de frappe. S’il n’est connu que dans le réseau de l’entreprise, connectez-y cet ordinateur et réessayez.
source-unreachable = Le serveur Exchange « { $host } » est injoignable. Rien n’y a été modifié, et ce qui est peut-être déjà arrivé dans Microsoft 365 est conservé.
    .remedy = Vérifiez que le serveur fonctionne, que son adresse et son port sont justes et que cet ordinateur peut s’y connecter. Puis relancez : rien n’est migré deux fois.
source-certificate-not-trusted = Cet ordinateur ne fait pas confiance au certificat du serveur Exchange « { $host } ». Aucun mot de passe n’a donc été envoyé.
    .remedy = Installez un certificat émis pour « { $host } » par une autorité à laquelle cet ordinateur fait confiance, ou indiquez le fichier de certificat de votre propre autorité dans les paramètres (certificate_authority).
source-password-wrong = Le serveur Exchange n’a pas accepté le nom d’utilisateur « { $user } » avec ce mot de passe. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez le nom d’utilisateur et le mot de passe en vous connectant à Outlook sur le web. Ne multipliez pas les essais : le compte pourrait être verrouillé.
source-basic-not-offered = Le serveur Exchange « { $host } » ne propose pas l’authentification de base (il propose : { $offered }), et cette version de Cutover ne peut pas se connecter autrement. Aucun mot de passe n’a été envoyé.
    .remedy = Activez l’authentification de base pour le répertoire EWS de ce serveur pendant la durée de la migration (Set-WebServicesVirtualDirectory -BasicAuthentication $true).
source-ews-blocked = Le serveur Exchange « { $host } » refuse les programmes comme celui-ci (403). Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez avec Get-OrganizationConfig et Get-CASMailbox que les services web Exchange sont activés pour le compte de migration et que « cutover » figure dans la liste des programmes autorisés.
source-ews-not-found = Il n’y a pas de services web Exchange à l’adresse { $url }. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez l’adresse. Elle se termine généralement par /EWS/Exchange.asmx ; Exchange 2003 n’a pas de services web.
source-autodiscover-failed = La découverte automatique (Autodiscover) n’a trouvé aucun serveur Exchange pour « { $domain } » (adresses interrogées : { $tried }). Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez d’abord que email, sous [source] dans les paramètres, ne contient pas de faute de frappe : la découverte automatique ne connaît que les adresses qui existent. S’il est juste, indiquez le serveur vous-même : dans les paramètres, donnez à ews_url la valeur https://VOTRE-SERVEUR/EWS/Exchange.asmx.
source-autodiscover-in-cloud = La découverte automatique (Autodiscover) mène déjà à Microsoft 365 (« { $host } »), et non à votre serveur Exchange. Aucun mot de passe n’y a été envoyé.
    .remedy = Indiquez le serveur vous-même : dans les paramètres, donnez à ews_url la valeur https://VOTRE-SERVEUR/EWS/Exchange.asmx.
source-host-not-confirmed = La découverte automatique (Autodiscover) pour « { $domain } » mène à « { $host } », un serveur que personne n’a confirmé. Aucun mot de passe n’y a été envoyé.
    .remedy = Si « { $host } » est bien votre serveur Exchange, ajoutez-le à confirmed_hosts dans les paramètres ; si vous ne le connaissez pas, ne le faites pas.
source-address-invalid = « { $address } » ne permet pas de trouver un serveur Exchange. Rien n’a été envoyé.
    .remedy = Utilisez une adresse de messagerie complète de votre organisation, par exemple anna@example.com.
source-access-denied = Le compte de migration « { $user } » n’est pas autorisé à ouvrir la boîte aux lettres { $mailbox } sur le serveur Exchange. Son contenu n’a donc pas été copié.
    .remedy = Exécutez : Add-MailboxPermission { $mailbox } -User "{ $user }" -AccessRights FullAccess -AutoMapping $false. Attendez que le droit prenne effet (jusqu’à deux heures), puis relancez la migration.
source-impersonation-denied = Le compte de migration « { $user } » n’est pas autorisé à agir au nom de la boîte aux lettres { $mailbox } sur le serveur Exchange. Son contenu n’a donc pas été copié.
    .remedy = Exécutez : New-ManagementRoleAssignment -Name cutover -Role ApplicationImpersonation -User "{ $user }", ou indiquez access = "delegate" dans les paramètres et accordez l’accès total (FullAccess).
source-mailbox-missing = Le serveur Exchange n’a pas de boîte aux lettres à l’adresse { $mailbox }. Rien n’a été copié pour elle.
    .remedy = Vérifiez l’adresse principale de cette boîte aux lettres. Si elle a été supprimée ou convertie en utilisateur de messagerie, retirez-la de la liste.
source-mailbox-unavailable = La boîte aux lettres { $mailbox } ne peut pas être ouverte sur le serveur Exchange pour le moment ({ $code }). Ce qui est déjà copié est conservé.
    .remedy = Vérifiez que sa base de données est montée et qu’aucune demande de déplacement n’est en cours, puis relancez la migration.
source-account-without-mailbox = Le compte de migration « { $user } » n’a pas de boîte aux lettres sur le serveur Exchange ; sans elle, il est impossible de parcourir l’annuaire. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Donnez à ce compte sa propre boîte aux lettres (Enable-Mailbox), puis relancez la migration.
source-busy = Le serveur Exchange est occupé et a demandé à Cutover d’attendre. Tout va bien ; aucun message n’est perdu.
    .remedy = Vous n’avez rien à faire. Cutover reprend de lui-même ; si cela dure des heures, relancez la migration la nuit.
source-item-damaged = Le serveur Exchange ne peut pas fournir cet élément, car il est endommagé dans la banque d’informations ({ $code }). La copie du reste de la boîte aux lettres continue.
    .remedy = Enregistrez-le comme fichier avec « Enregistrer ces éléments comme fichiers » ou « cutover save-items », si le serveur en fournit encore assez. Ou essayez de l’ouvrir dans Outlook, ou exécutez New-MailboxRepairRequest sur la boîte aux lettres et relancez la migration.
source-item-gone = L’élément a été déplacé ou supprimé sur le serveur Exchange au moment d’être copié. Rien n’est perdu : la prochaine synchronisation le verra à son nouvel emplacement.
    .remedy = Vous n’avez rien à faire. Relancez la migration pour reprendre ce qui a été déplacé.
source-item-withheld = Le serveur Exchange indique cet élément dans son dossier, mais répond à la lecture qu’il n’existe pas (ErrorItemNotFound). L’élément, ou sa dernière modification, n’a pas été copié. Ce qui se trouve déjà dans Microsoft 365 y reste.
    .remedy = Vérifiez que le compte de migration dispose d’un accès complet à la boîte aux lettres. Sinon, essayez d’ouvrir l’élément dans Outlook, ou exécutez New-MailboxRepairRequest sur la boîte aux lettres. La prochaine synchronisation essaiera de nouveau.
source-folder-gone = Le dossier « { $folder } » a disparu du serveur Exchange au moment d’être copié. Ce qui en a déjà été copié reste dans Microsoft 365.
    .remedy = Relancez la migration pour reprendre ce qui a été déplacé.
source-answer-malformed = Le serveur Exchange a envoyé une réponse illisible ({ $what }). Rien n’en a été utilisé ; ce qui est déjà copié est conservé.
    .remedy = Relancez la migration. Si cela se reproduit, cherchez entre cet ordinateur et le serveur un proxy ou un antivirus qui modifie les réponses.
source-answer-too-large = Le serveur Exchange a envoyé une réponse de plus de { $limit } octets, que Cutover n’accepte pas. Ce qui est déjà copié est conservé.
    .remedy = Enregistrez l’élément ailleurs à la main : il est plus grand que ce que Microsoft 365 accepte.
source-sync-state-expired = Le serveur Exchange ne sait plus jusqu’où ce dossier a été synchronisé. Le dossier est donc comparé depuis le début. Rien n’est perdu et rien n’est copié deux fois.
    .remedy = Vous n’avez rien à faire.
source-kind-not-exportable = Cette version d’Exchange ne peut pas fournir en entier les éléments de la classe { $class }. Ils restent donc sur l’ancien serveur. La copie du reste de la boîte aux lettres continue.
    .remedy = Exportez ces éléments avec Outlook (Fichier, Ouvrir et exporter) et importez-les dans la nouvelle boîte aux lettres, ou installez une version d’Exchange plus récente.
source-version-unknown = Le serveur se présente comme « { $version } », une version d’Exchange que Cutover ne connaît pas. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez l’adresse : Cutover migre la messagerie à partir d’Exchange 2007 SP1.
source-much-gone = Sur l’ancien serveur, il manque bien plus d’éléments que d’habitude dans cette boîte aux lettres : { $gone } sur { $held }. Rien n’a été supprimé dans Microsoft 365.
    .remedy = Vérifiez sur l’ancien serveur que la boîte aux lettres est là avec tout son contenu, puis relancez. Si tout cela a été supprimé volontairement, décidez dans la fenêtre, à la page Exécution, de ce que deviennent les copies ; ou donnez à deletions la valeur follow-all dans la section [run] du fichier de paramètres, relancez, puis rétablissez l’ancienne valeur.
source-members-gone = Sur l’ancien serveur, il manque bien plus de membres que d’habitude dans le groupe { $group } : { $gone } sur { $held }. Personne n’en a été retiré dans Microsoft 365.
    .remedy = Vérifiez sur l’ancien serveur qui fait partie du groupe, puis relancez. Si tous ces membres ont été retirés volontairement, retirez-les aussi du groupe dans Microsoft 365, puis relancez. Pour de nombreux groupes, donnez plutôt à deletions la valeur follow-all dans la section [run] du fichier de paramètres et relancez ; rétablissez ensuite l’ancienne valeur.
source-unexpected = Le serveur Exchange a répondu par une erreur que Cutover ne sait pas mieux décrire : { $code } { $text }. Ce qui est déjà copié est conservé.
    .remedy = Relancez la migration. Si cela se reproduit, recherchez la signification du code ou demandez de l’aide en le citant.
source-dynamic-group = Le groupe de distribution dynamique { $group } n’est pas migré : ses membres sont le résultat d’une requête ({ $filter }).
    .remedy = Recréez-le dans Microsoft 365 avec New-DynamicDistributionGroup et ce filtre, ou comme groupe ordinaire.
source-group-empty = Le groupe { $group } ne montre aucun membre. Il est peut-être vraiment vide, ou bien dynamique, ou il masque ses membres ; la liste d’adresses ne permet pas de le savoir. Il est créé vide.
    .remedy = Comparez ses membres à la main. S’il s’agit d’un groupe dynamique, indiquez-le sous dynamic_groups dans les paramètres.
source-group-cut = Le serveur Exchange n’a pas montré tous les membres du groupe { $group }.
    .remedy = Comparez ses membres à la main après la migration.

source-sign-in-weakened = Le serveur Exchange « { $host } » proposait auparavant un mode de connexion plus sûr et demande maintenant le mot de passe lui-même ({ $offered }). Aucun mot de passe n’a été envoyé.
    .remedy = Assurez-vous que vous communiquez bien avec votre propre serveur (pas de Wi-Fi étranger, pas de proxy inconnu), puis relancez la migration.
source-directory-cut = La liste d’adresses n’a pas pu être lue jusqu’au bout (noms commençant par « { $prefix } »). Il manque peut-être des destinataires dans la migration.
    .remedy = Comparez le nombre de boîtes aux lettres avec Get-Recipient sur le serveur et indiquez ce qui manque sous « also » dans les paramètres.
source-legacy-names-unknown = Les anciennes adresses internes (legacyExchangeDN) de certaines boîtes aux lettres ne sont pas connues (nombre : { $mailboxes }). Pour celles-ci, les réponses à d’anciens messages internes à l’entreprise risquent de ne pas arriver.
    .remedy = Ajoutez-les à la main comme adresses X500 après la migration ; Get-Mailbox les affiche sous LegacyExchangeDN.
source-recipient-not-moved = Le destinataire { $recipient } est de type « { $kind } » et n’est pas migré dans cette version.
    .remedy = Créez ce destinataire à la main dans Microsoft 365 s’il est encore utile.
source-outside-address-unknown = La liste d’adresses n’indique pas où va le courrier du contact { $recipient }. Il n’a donc pas été créé dans Microsoft 365.
    .remedy = Cherchez son adresse externe sur l’ancien serveur (Get-MailContact ou Get-MailUser) et créez le contact à la main.
source-listed-missing = { $address } figure sous { $key } dans les paramètres, mais la liste d’adresses ne montre { $key ->
        [security_groups] aucun groupe
       *[other] aucune boîte aux lettres
    } à cette adresse. L’entrée est sans effet, et ce qu’elle désigne est migré comme autre chose.
    .remedy = Vérifiez que l’adresse ne contient pas de faute de frappe. Une boîte aux lettres masquée des listes d’adresses doit aussi figurer sous « also ».

## Problems on the Microsoft 365 side

target-unknown-host = « { $host } » est introuvable. Rien n’a été modifié dans Microsoft 365.
    .remedy = Vérifiez la connexion de cet ordinateur à Internet et les adresses sous [target] dans les paramètres.
target-unreachable = Microsoft 365 (« { $host } ») est injoignable. Ce qui y est déjà arrivé est conservé.
    .remedy = Vérifiez la connexion de cet ordinateur à Internet, puis relancez la migration : elle reprendra là où elle en était.
target-certificate-not-trusted = Cet ordinateur ne fait pas confiance au certificat de « { $host } ». Rien n’a donc été envoyé.
    .remedy = Si un proxy de votre entreprise inspecte le trafic, faites-lui laisser passer « { $host } » sans modification, ou indiquez le fichier de certificat de son autorité dans les paramètres (certificate_authority).
target-tenant-unknown = Microsoft 365 ne connaît aucune organisation « { $tenant } ». Rien n’y a été modifié.
    .remedy = Vérifiez « tenant » dans les paramètres : c’est l’ID de l’annuaire (locataire) de votre organisation, ou l’un de ses domaines.
target-application-unknown = Votre organisation Microsoft 365 ne connaît aucune application { $client }. Rien n’y a été modifié.
    .remedy = Vérifiez client_id dans les paramètres : c’est l’ID d’application (client) de l’inscription d’application créée pour cette migration.
target-secret-wrong = Microsoft 365 n’a pas accepté le secret client de l’application { $client }. Rien n’y a été modifié.
    .remedy = Reprenez la valeur du secret (et non son ID) dans l’inscription d’application, ou créez un nouveau secret.
target-secret-expired = Le secret client de l’application { $client } a expiré. Ce qui est déjà arrivé dans Microsoft 365 est conservé.
    .remedy = Créez un nouveau secret dans l’inscription d’application et relancez la migration.
target-permission-missing = Microsoft 365 a refusé l’application : l’autorisation { $permission } manque. Ce qui y est déjà arrivé est conservé.
    .remedy = Accordez à l’inscription d’application les autorisations indiquées dans le README, avec le consentement de l’administrateur, attribuez-lui le rôle Administrateur Exchange, attendez quelques minutes et relancez la migration. Si seules certaines boîtes aux lettres sont refusées, l’application est limitée à d’autres dans Microsoft 365 : autorisez-la aussi pour celles-ci.
target-domain-not-accepted = Le domaine { $domain } n’est pas un domaine accepté de votre organisation Microsoft 365 : ses adresses ne peuvent donc pas y être utilisées. Rien n’y a été créé sous ce domaine.
    .remedy = Ajoutez et vérifiez { $domain } dans le Centre d’administration Microsoft 365 (Paramètres, Domaines), attendez qu’il y apparaisse comme sain, puis relancez la migration.
target-directory-sync-on = La synchronisation d’annuaires est activée pour « { $tenant } » : les utilisateurs doivent donc être créés dans l’ancien annuaire, et non dans Microsoft 365. Rien n’y a été modifié.
    .remedy = Désactivez la synchronisation d’annuaires pour cette organisation, attendez qu’elle soit indiquée comme désactivée (jusqu’à 72 heures), puis relancez la migration.
target-licences-short = Votre organisation Microsoft 365 n’a pas assez de licences libres avec boîte aux lettres (nécessaires : { $needed }, libres : { $free }). Rien n’y a été modifié.
    .remedy = Achetez ou libérez les licences manquantes, ou indiquez sous « shared » dans les paramètres les boîtes aux lettres que plusieurs personnes partagent : elles n’en ont pas besoin.
target-licence-unknown = Votre organisation Microsoft 365 n’a pas de licence avec boîte aux lettres qui s’appelle « { $sku } » ; elle a : { $known }. Les nouvelles boîtes aux lettres en ont besoin ; aucun message n’est perdu.
    .remedy = Dans les paramètres, donnez à sku l’une de ces valeurs, ou retirez-le : la première licence qui a des places libres est alors prise.
target-address-taken = Dans Microsoft 365, l’adresse { $address } appartient déjà à autre chose. Elle n’a donc pas été créée et rien n’y a été copié.
    .remedy = Trouvez à qui elle appartient avec Get-Recipient { $address }, renommez ou supprimez cet objet, puis relancez la migration.
target-address-invalid = { $address } ne peut pas servir de nom de connexion dans Microsoft 365 : l’adresse est trop longue ou contient un caractère qui n’y est pas autorisé. Rien n’a été copié pour elle.
    .remedy = Donnez à cette boîte aux lettres une autre adresse principale sur l’ancien serveur (lettres, chiffres et ' . - _ ! # ^ ~ avant le @, 64 caractères au plus), puis relancez la migration.
target-password-refused = Microsoft 365 a refusé le mot de passe initial pour { $address }. Le compte n’a pas été créé.
    .remedy = Donnez à initial_password_length la valeur 12 ou plus dans les paramètres et relancez la migration.
target-mailbox-late = Microsoft 365 n’a pas créé à temps la boîte aux lettres { $mailbox } (attente : { $waited } secondes). Rien n’y a encore été copié ; l’ancienne boîte aux lettres est intacte.
    .remedy = Vérifiez dans le Centre d’administration que { $mailbox } a une licence avec Exchange Online, puis relancez la migration.
target-recipient-missing = Microsoft 365 ne connaît pas encore { $address }, ou ne connaît plus cette adresse.
    .remedy = Relancez la migration dans quelques minutes. Si rien ne change, vérifiez que personne ne l’a supprimée.
target-member-missing = { $member } n’est pas membre du groupe { $group } dans Microsoft 365.
    .remedy = Si quelqu’un l’y a retiré volontairement, rien à faire. Sinon, vérifiez que le destinataire { $member } a été migré, puis relancez la migration ou ajoutez le membre à la main.
target-member-added = Quelqu’un a ajouté { $member } au groupe { $group } dans Microsoft 365. Cela reste ainsi, y compris lors de la prochaine synchronisation.
    .remedy = Rien à faire si c’est voulu. Sinon, retirez { $member } du groupe dans Microsoft 365.
target-busy = Microsoft 365 est occupé et a demandé à Cutover d’attendre. Tout va bien ; aucun message n’est perdu.
    .remedy = Vous n’avez rien à faire. Cutover reprend de lui-même.
target-item-refused = Microsoft 365 a refusé cet élément : { $code } { $text }. La copie du reste de la boîte aux lettres continue ; l’élément est toujours sur l’ancien serveur.
    .remedy = Enregistrez-le comme fichier avec « Enregistrer ces éléments comme fichiers » ou « cutover save-items », ou ouvrez-le dans Outlook et transférez-le à la nouvelle boîte aux lettres.
target-item-too-large = La taille de cet élément est de { $size } octets ; Microsoft 365 en accepte au plus { $limit }. Il reste sur l’ancien serveur ; la copie du reste de la boîte aux lettres continue.
    .remedy = Enregistrez-le comme fichier avec « Enregistrer ces éléments comme fichiers » ou « cutover save-items », ou enregistrez ses pièces jointes ailleurs à la main.
target-folder-gone = Le dossier « { $folder } » a disparu de Microsoft 365 pendant que des messages y étaient copiés. Ce qui est encore sur l’ancien serveur est conservé.
    .remedy = Relancez la migration : le dossier sera recréé.
target-answer-malformed = Microsoft 365 a envoyé une réponse illisible ({ $what }). Rien n’en a été utilisé.
    .remedy = Relancez la migration. Si cela se reproduit, cherchez entre cet ordinateur et Internet un proxy qui modifie les réponses.
target-unexpected = Microsoft 365 a répondu par une erreur que Cutover ne sait pas mieux décrire : { $code } { $text }. Ce qui y est déjà arrivé est conservé.
    .remedy = Relancez la migration. Si cela se reproduit, recherchez la signification du code ou demandez de l’aide en le citant.
target-item-missing = Un élément qui était arrivé n’est plus dans Microsoft 365.
    .remedy = Demandez à la personne à qui appartient la boîte aux lettres si l’élément y a été supprimé ou déplacé. Il est toujours sur l’ancien serveur ; « Enregistrer ces éléments comme fichiers » ou « cutover save-items » l’enregistre comme fichier.
target-item-differs = Un élément de Microsoft 365 n’est pas le même que sur l’ancien serveur ; il diffère par : { $facets }.
    .remedy = Demandez à la personne à qui appartient la boîte aux lettres si l’élément y a été modifié ; comparez les deux.
target-item-changed = Quelqu’un a modifié cet élément dans Microsoft 365. La modification plus récente sur l’ancien serveur n’a pas été reportée ; l’élément dans Microsoft 365 reste tel quel.
    .remedy = Demandez à la personne à qui appartient la boîte aux lettres laquelle des deux versions est la bonne, et reportez à la main ce qui manque ; « Enregistrer ces éléments comme fichiers » ou « cutover save-items » enregistre comme fichier la version de l’ancien serveur.
target-item-edited = Quelqu’un a modifié cet élément dans Microsoft 365, ou l’a marqué comme lu ou non lu, après son arrivée intacte. Il reste ainsi.
    .remedy = Rien à faire. Si personne n’en sait rien, comparez les deux : l’élément est toujours aussi sur l’ancien serveur.
target-item-moved = Quelqu’un a déplacé cet élément vers un autre dossier dans Microsoft 365 après son arrivée. Il y reste.
    .remedy = Rien à faire. Il est dans la même boîte aux lettres.
target-item-removed = Cet élément était arrivé intact dans Microsoft 365 et y a été supprimé depuis. Cela reste ainsi : il n’est pas copié de nouveau.
    .remedy = Si la personne à qui appartient la boîte aux lettres l’a supprimé, il n’y a rien à faire. Si ce n’est personne, regardez dans Outlook sous « Récupérer les éléments supprimés » ; il est toujours aussi sur l’ancien serveur, et « Enregistrer ces éléments comme fichiers » ou « cutover save-items » l’enregistre comme fichier.
target-much-gone = Dans Microsoft 365, il manque bien plus que d’habitude de ce qui était arrivé intact dans cette boîte aux lettres : { $gone } éléments sur { $held }. Ils sont toujours sur l’ancien serveur.
    .remedy = Demandez à la personne à qui appartient la boîte aux lettres si tout cela y a été supprimé. Si ce n’est pas le cas, regardez dans Outlook sous « Récupérer les éléments supprimés » et n’arrêtez pas encore l’ancien serveur : « Enregistrer ces éléments comme fichiers » ou « cutover save-items » enregistre ces éléments. Si c’est le cas, terminez en ignorant les erreurs.

## Problems on this computer

settings-unreadable = Le fichier de paramètres { $file } ne peut pas être lu : { $reason ->
        [absent] ce fichier n’existe pas.
        [too-large] il est beaucoup plus grand qu’un fichier de paramètres ne peut l’être.
        [no-text] ce n’est pas du texte brut (UTF-8).
        [no-toml] la ligne { $line } n’est pas écrite comme s’écrivent des paramètres.
        [backslash] à la ligne { $line }, une barre oblique inverse se trouve entre guillemets doubles.
        [unknown-key] il n’y a pas de paramètre « { $key } », qui se trouve à la ligne { $line }.
        [missing-key] « { $key } » manque.
        [number] à la ligne { $line }, { $key } doit être un nombre entier positif ou nul, sans guillemets.
        [text] à la ligne { $line }, { $key } doit être un texte, entre guillemets.
        [list] à la ligne { $line }, { $key } doit être une liste, entre crochets.
        [choice] à la ligne { $line }, { $key } doit être l’une de ces valeurs : { $expected }.
        [value] une valeur de la ligne { $line } n’est pas du bon type.
       *[closed] cet ordinateur ne permet pas de l’ouvrir.
    } Rien n’a été lancé.
    .remedy = { $reason ->
        [absent] Vérifiez le nom et le dossier.
        [closed] Vérifiez que c’est bien un fichier et que vous avez le droit de le lire.
        [backslash] Mettez la valeur entre guillemets simples, par exemple user_name = 'EXAMPLE\migration', ou écrivez deux fois la barre oblique inverse.
       *[other] Corrigez le fichier ; le README en montre un complet.
    }
settings-invalid = { $rule ->
        [sign-in] Dans le fichier de paramètres { $file }, l’adresse de { $setting } contient un nom d’utilisateur ou un mot de passe (ce qui précède « @ »). Elle n’a pas été utilisée.
       *[other] Dans le fichier de paramètres { $file }, la valeur « { $given } » de { $setting } ne peut pas être utilisée.
    } Rien n’a été lancé.
    .remedy =
        { $rule ->
            [email] Saisissez l’adresse de messagerie complète de l’administrateur de la migration.
            [user] Saisissez le nom d’utilisateur sous la forme DOMAINE\utilisateur.
            [country] Saisissez un code pays de deux lettres majuscules, par exemple FR ou BE.
            [tenant] Saisissez l’ID de votre organisation Microsoft 365, ou l’un de ses domaines.
            [client] Saisissez l’ID d’application (client) que Microsoft Entra affiche pour l’inscription d’application.
            [certificate] Indiquez client_certificate et client_key, ou aucun des deux.
            [simultaneous] Saisissez un nombre de 1 à 10.
            [length] Saisissez un nombre de 8 à 64.
            [sign-in] Retirez de l’adresse ce qui précède « @ », et « @ » lui-même. Cutover demande les mots de passe, ou les prend dans CUTOVER_SOURCE_PASSWORD et CUTOVER_TARGET_SECRET.
            [backslash] Entre guillemets doubles, une barre oblique inverse et la lettre qui la suit forment un autre caractère. Mettez la valeur entre guillemets simples, par exemple 'EXAMPLE\migration', ou écrivez deux fois la barre oblique inverse.
           *[other] Saisissez une adresse complète qui commence par https://.
        }
certificate-unreadable = Le fichier de certificat { $file } ne peut pas être utilisé : { $reason }. Rien n’a été lancé.
    .remedy = Indiquez un fichier PEM qui commence par -----BEGIN CERTIFICATE----- ; pour client_key, un fichier qui commence par -----BEGIN PRIVATE KEY-----.
ledger-busy = Une autre instance de Cutover ({ $holder }) travaille à cette migration. Rien n’a été lancé en double.
    .remedy = Attendez qu’elle ait fini, ou arrêtez-la d’abord.
ledger-unreadable = Le journal de cette migration, { $file }, ne peut pas être utilisé : { $reason }. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = S’il appartient à une autre migration, choisissez un autre emplacement pour le journal (ledger) dans les paramètres. S’il est endommagé, restaurez-le à partir d’une sauvegarde de cet ordinateur : sans lui, Cutover ne peut pas savoir ce qui est arrivé.
ledger-other-migration = Le journal { $file } appartient à une autre migration (source : { $source }, cible : { $target }). Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Choisissez un autre emplacement pour le journal (ledger) dans les paramètres, ou revenez aux paramètres de cette autre migration.
nothing-migrated = Rien n’a encore été migré avec ces paramètres : rien n’est inscrit dans { $file }. Rien n’a été cherché, ni d’un côté ni de l’autre.
    .remedy = Vérifiez que c’est bien le fichier de paramètres de la migration, et que email, tenant et ledger y sont comme alors : ils déterminent où se trouve le journal. Si rien n’a encore été migré, commencez par « cutover migrate ».
migration-completed = Cette migration est terminée : plus rien n’est synchronisé.
    .remedy = Vous n’avez rien à faire. Pour en commencer une nouvelle, choisissez un autre emplacement pour le journal (ledger) dans les paramètres.
completion-refused = La migration n’a pas été terminée, car des destinataires ou des éléments ont des erreurs de synchronisation (nombre : { $errors }). Tout le reste est à jour.
    .remedy = Consultez MigrationErrors.csv, corrigez ce qui y est indiqué, puis terminez la migration ; ou choisissez d’ignorer les erreurs de synchronisation (sur la ligne de commande : --ignore-errors) et terminez-la.
unseen-hidden-recipients = Certaines choses ne sont pas visibles : les destinataires masqués dans les listes d’adresses ; si un groupe est un groupe de sécurité ou un groupe dynamique ; si une boîte aux lettres est partagée ou de ressources ; parfois certaines adresses d’un destinataire ; et l’ancienne adresse interne (legacyExchangeDN) d’un groupe ou d’un contact.
    .remedy = Comparez avec Get-Mailbox et Get-DistributionGroup sur le serveur, et indiquez dans les paramètres ce qui manque.
unseen-public-folders = Les dossiers publics ne sont ni examinés ni migrés.
    .remedy = Migrez-les selon la méthode de Microsoft s’ils sont encore utiles.
unseen-archives = Les boîtes aux lettres d’archivage ne sont ni examinées ni migrées.
    .remedy = Vérifiez avec Get-Mailbox -Archive s’il y en a.
unseen-settings = Les autorisations, les règles et les réponses automatiques ne sont pas reprises.
    .remedy = Demandez aux utilisateurs de vérifier leurs règles et leurs réponses automatiques, et redéfinissez les autorisations.
disk-full = Il n’y a plus de place sur le disque de { $file }. Cutover s’est arrêté proprement ; ce qui est arrivé est enregistré.
    .remedy = Libérez de la place et relancez la migration : elle reprendra là où elle en était.
file-unwritable = Le fichier { $file } n’a pas pu être enregistré : { $reason }. Les messages ne sont pas touchés ; ce que le fichier contenait auparavant est inchangé.
    .remedy = Assurez-vous que le dossier existe, que vous avez le droit d’y écrire et que le disque n’est pas plein, puis réessayez.
report-unwritable = Le rapport { $file } ne peut pas être écrit : { $reason }. Les messages eux-mêmes ne sont pas touchés.
    .remedy = Choisissez un autre dossier avec --reports et relancez la migration : rien n’est copié deux fois.
report-unusable = Le rapport { $file } ne peut pas être utilisé : { $reason ->
        [unreadable] il est impossible de le lire.
        [too-large] il est beaucoup plus grand qu’un tel rapport ne peut l’être.
        [not-a-report] ce n’est pas un rapport de ce genre, ou une colonne manque.
        [cut-off] sa fin manque.
        [line] la ligne { $line } n’est pas comme elle devrait être.
        [books] les chiffres de la ligne { $line } ne concordent pas.
        [gone] ceux qu’il nomme pour une nouvelle tentative ne sont plus à la source.
       *[nobody] il ne nomme personne qu’une nouvelle tentative pourrait aider.
    } Rien n’a été commencé.
    .remedy = { $reason ->
        [gone] Vérifiez que c’est le rapport de la dernière exécution. Pour migrer tous ceux qui sont là maintenant, lancez sans utiliser de rapport (en ligne de commande : sans --only-failed-in).
        [nobody] Suivez ce que le rapport indique à chaque ligne. Pour migrer ce qui est nouveau, lancez sans utiliser de rapport (en ligne de commande : sans --only-failed-in).
       *[other] Choisissez le fichier MigrationErrors.csv écrit par Cutover. Si vous l’avez modifié dans un tableur, laissez la première ligne et les colonnes EmailAddress et Retryable telles quelles, et enregistrez-le au format CSV.
    }
proof-unreadable = La preuve { $file } ne peut pas être lue, rien n’a donc été vérifié.
    .remedy = Vérifiez le nom : une preuve s’appelle MigrationProof.jsonl et se trouve à côté des rapports.
proof-key-malformed = « { $key } » n’est pas une empreinte, rien n’a donc été vérifié.
    .remedy = Une empreinte a 24 chiffres et lettres de a à f, par groupes de quatre. Saisissez celle qui a été affichée quand la preuve a été écrite ; sans --key, le fichier est vérifié pour lui-même.
proof-worthless = { $reason ->
        [other-format] Cette version de Cutover ne peut pas vérifier la preuve { $file }. Cela ne dit rien de la preuve.
        [other-key] La preuve { $file } n’a pas été signée avec la clé dont vous avez donné l’empreinte ; elle ne vous prouve donc rien.
       *[other] Le fichier { $file } ne prouve rien. La migration elle-même peut être en ordre.
    }
    .remedy = { $reason ->
        [other-format] Vérifiez-la avec une version ultérieure de Cutover.
        [other-key] Vérifiez que vous avez bien saisi l’empreinte, et que c’est celle qui a été affichée pour cette preuve. Si les deux sont justes, comparez de nouveau avec « cutover verify », qui écrit une nouvelle preuve.
        [other-file] Indiquez le fichier MigrationProof.jsonl qui se trouve à côté des rapports, ou comparez de nouveau avec « cutover verify », qui écrit une nouvelle preuve.
       *[other] Comparez de nouveau avec « cutover verify », qui écrit une nouvelle preuve.
    }
mail-folder-unreadable = Le dossier { $folder } ne peut pas être lu : { $reason }. Rien n’a été lancé.
    .remedy = Vérifiez son nom et vos droits de lecture.
mail-folder-empty = Il n’y a pas de messages dans le dossier { $folder }. Rien n’a été lancé.
    .remedy = Choisissez un dossier qui contient des messages (fichiers .eml) ou des fichiers mbox.
file-not-mail =
    { $reason ->
        [part-not-mail] Une partie du fichier { $file } n’a pas été prise, car elle n’a pas d’en-tête ; le reste a été pris.
        [empty] Le fichier { $file } n’a pas été pris : il est vide.
        [too-large] Le fichier { $file } n’a pas été pris : il dépasse un gibioctet.
        [link] Le fichier { $file } n’a pas été pris : c’est un lien qui mène à un dossier ou nulle part.
        [special] Le fichier { $file } n’a pas été pris : ce n’est ni un fichier ni un dossier.
        [too-deep] Le dossier { $file } n’a pas été pris : il est à plus de trente niveaux de profondeur.
       *[not-mail] Le fichier { $file } n’a pas été pris : rien n’y ressemble à un message.
    }
    .remedy = Si ce n’est pas censé être un message, vous n’avez rien à faire. Sinon, vérifiez le fichier.
faults-invalid = Le fichier de pannes { $file } ne peut pas être utilisé : { $reason ->
        [unreadable] il ne peut pas être lu.
        [syntax] la ligne { $line } n’est pas comme elle devrait être.
        [operation] la panne { $number } nomme une opération qui n’existe pas de son côté.
        [from-one] dans la panne { $number }, { $key } doit être 1 ou plus.
        [one-of-three] la panne { $number } ne peut avoir qu’un seul de every, at et share.
        [list-from-one] dans la panne { $number }, { $key } doit être une liste de nombres à partir de 1, et non vide.
        [share] dans la panne { $number }, { $key } doit être entre 0 et 1.
        [with-share] dans la panne { $number }, { $key } ne va qu’avec share.
        [pauses] dans la panne { $number }, { $key } ne va qu’avec throttle, delay, reject et reject_after.
        [pause] dans la panne { $number }, { $key } doit être entre 0 et 3600 secondes.
        [rejects] dans la panne { $number }, { $key } ne va qu’avec reject et reject_after.
        [status] dans la panne { $number }, { $key } doit être entre 400 et 599.
       *[needed] la panne { $number } a besoin de { $key } pour son genre.
    } Rien n’a été lancé.
    .remedy = Corrigez le fichier ; le README indique ses clés.
initial-password-reset = Le mot de passe initial pour { $mailbox } n’était plus connu sur cet ordinateur. Un nouveau a donc été défini.
    .remedy = Utilisez le mot de passe du dernier rapport ; les précédents ne fonctionnent plus.
initial-password-shown-before = Le mot de passe initial pour { $mailbox } figurait dans un rapport précédent et n’est plus connu sur cet ordinateur. Ce rapport ne l’indique donc pas.
    .remedy = Utilisez celui du rapport précédent. Si vous n’avez plus ce rapport, définissez un nouveau mot de passe dans le Centre d’administration Microsoft 365.
initial-passwords-put-aside = L’ancien MigrationStatistics.csv contient des mots de passe initiaux qui ne sont connus nulle part ailleurs. Il a été mis de côté sous le nom { $file }.
    .remedy = Transmettez les mots de passe, puis supprimez ce fichier.
password-missing = Aucun mot de passe n’a été donné (la variable { $variable } n’est pas définie) et il est impossible de le demander ici. Rien n’a été lancé.
    .remedy = Définissez la variable d’environnement { $variable }, ou lancez Cutover dans un terminal, où il le demandera.
stopped = Arrêt avant la fin. Ce qui est arrivé est conservé et enregistré ; les anciennes boîtes aux lettres sont intactes.
    .remedy = Relancez la migration : elle reprendra là où elle en était.
nothing-to-migrate = La liste d’adresses ne montre aucune boîte aux lettres. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Vérifiez que le compte de migration voit la liste d’adresses, ou indiquez des boîtes aux lettres sous « also » dans les paramètres.
practice-unavailable = L’organisation d’entraînement n’a pas pu être lancée sur cet ordinateur : { $reason }.
    .remedy = Vérifiez qu’il y a de la place sur le disque et que les programmes ont le droit d’ouvrir des ports locaux sur cet ordinateur.
practice-state-busy = Une autre instance de Cutover tient en ce moment une organisation d’entraînement dans le dossier { $folder }. Rien n’a été lancé.
    .remedy = Arrêtez d’abord celle-ci, ou choisissez un autre dossier avec --state.
practice-state-unusable = Le dossier { $folder } ne peut pas servir à une organisation d’entraînement : { $reason }. Rien n’a été lancé.
    .remedy = Vérifiez son nom et vos droits d’écriture, ou choisissez un autre dossier avec --state.
no-display = La fenêtre de Cutover ne peut pas être ouverte ici ({ $reason }). Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Lancez Cutover sur le bureau de cet ordinateur, ou utilisez la ligne de commande : « cutover --help » indique comment.
window-elsewhere = Cutover est déjà ouvert, mais sa fenêtre ne répond pas. Rien n’a été modifié, ni d’un côté ni de l’autre.
    .remedy = Cherchez l’autre fenêtre et continuez là. S’il n’y en a pas, attendez une minute ou fermez puis rouvrez votre session, et démarrez à nouveau Cutover.
internal = Cutover a lui-même commis une erreur ({ $what }). Ce qui est arrivé est conservé et enregistré.
    .remedy = Relancez la migration. Si cela se reproduit, merci de le signaler avec ce texte.
# What a server asked for stands behind the words of any problem.
problem-pause = { $message } Une pause de { $pause } a été demandée.

## The command line

cli-practice-starting = Lancement de l’organisation d’entraînement sur cet ordinateur…
cli-connecting = Connexion aux deux côtés…
cli-surveying = Lecture de la liste d’adresses…
cli-plan = À migrer : { $mailboxes ->
        [one] { $mailboxes } boîte aux lettres
       *[other] { $mailboxes } boîtes aux lettres
    }, { $groups ->
        [one] { $groups } groupe de distribution
       *[other] { $groups } groupes de distribution
    }, { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    } ({ $new ->
        [0] tout a déjà été créé
       *[other] dont { $new } à créer
    }).
cli-findings = Bon à savoir avant de commencer :
cli-copying = Copie des boîtes aux lettres…
cli-making-contacts = Création des contacts…
cli-making-groups = Création des groupes et ajout de leurs membres…
cli-progress = Éléments migrés : { $moved }, boîtes aux lettres terminées : { $synced } sur { $total }
cli-progress-left = { cli-progress }, temps restant : { $range }
cli-time-least = Avec { $count } boîtes aux lettres à la fois, cela ne peut pas prendre moins de { $least }, quelle que soit votre ligne : Microsoft 365 accepte par boîte aux lettres au plus 150 Mo en 5 minutes et 10 000 requêtes en 10 minutes.
cli-completed-before = Cette migration est terminée ; rien n’a été migré. Ses rapports ont été réécrits, avec les mots de passe initiaux qui peuvent être montrés.
# Ce qui est attendu est dit comme dans la fenêtre.
cli-waits = { $address } : { $waits }
cli-waits-directory = Contacts et groupes : { $waits }
cli-waits-preparation = Préparation : { $waits }
cli-waits-saving = Enregistrement des éléments : { $waits }
cli-mailbox = { $address } : { $state ->
        [Synced] prête, { $items ->
            [one] { $items } élément présent
            [many] { $items } d’éléments présents
           *[other] { $items } éléments présents
        }
        [Completed] terminée
        [CompletedWithWarnings] terminée, avec des entrées dans le rapport d’erreurs
        [Stopped] arrêtée avant la fin
        [Queued] en attente
       *[other] inachevée
    }
cli-more-items = (Il y en a peut-être d’autres de ce genre ; tous sont comptés à la fin et cités dans MigrationErrors.csv.)
cli-stopping = Arrêt après les boîtes aux lettres en cours. Appuyez de nouveau sur Ctrl+C pour arrêter immédiatement ; dans les deux cas, rien n’est perdu.
cli-verifying = Comparaison des deux côtés, élément par élément…
cli-verified-so-far = Éléments comparés : { $verified } sur { $all }
cli-unseen = Ce que cette migration ne voit pas ou ne reprend pas :
cli-more-files = … et { $files ->
        [one] { $files } autre fichier, cité
       *[other] { $files } autres fichiers, cités
    } dans MigrationErrors.csv.
cli-amiss = { $items ->
        [one] { $items } élément : { $message }
        [many] { $items } d’éléments : { $message }
       *[other] { $items } éléments : { $message }
    }
    {"  "}→ { $remedy }
cli-more-causes = … et { $causes ->
        [one] { $causes } autre cause, citée
       *[other] { $causes } autres causes, citées
    } dans MigrationErrors.csv.
cli-books = Éléments : { $found ->
        [one] { $found } trouvé
       *[other] { $found } trouvés
    } = { $moved ->
        [one] { $moved } migré
       *[other] { $moved } migrés
    } + { $already ->
        [one] { $already } déjà présent
       *[other] { $already } déjà présents
    } + { $skipped ->
        [one] { $skipped } ignoré
       *[other] { $skipped } ignorés
    } + { $failed } en échec{ $waiting ->
        [0] .
       *[other] {" "}+ { $waiting } en attente.
    }
cli-mailboxes = Boîtes aux lettres : { $arrived } sur { $expected } en place.
cli-groups = Groupes : { $arrived } sur { $expected } en place avec tous leurs membres.
cli-memberships = Appartenances aux groupes : { $arrived } sur { $expected } en place.
cli-contacts = Contacts : { $arrived } sur { $expected } en place.
cli-verified = Éléments relus et identiques : { $verified } ; manquants : { $missing } ; différents : { $differing }.
cli-nothing-new = Rien de nouveau : tout avait déjà été migré, et rien n’a été migré deux fois.
cli-completed = La migration est terminée : plus rien n’est synchronisé à partir de maintenant.
cli-completed-with-errors = La migration est terminée, mais tout n’est pas arrivé : MigrationErrors.csv indique ce qui manque. Cela se trouve toujours sur l’ancien serveur.
cli-nothing-lost = Rien n’est perdu : chaque élément à migrer est arrivé à l’identique dans Microsoft 365, et chaque destinataire est en place.
cli-nothing-lost-some-stay = Rien de ce qui peut être migré n’est perdu : tout est arrivé à l’identique dans Microsoft 365, et chaque destinataire est en place. { $skipped ->
        [one] { $skipped } élément reste
        [many] { $skipped } d’éléments restent
       *[other] { $skipped } éléments restent
    } sur l’ancien serveur ; MigrationItems.csv indique quoi et pourquoi.
cli-look = Tout n’est pas arrivé. Rien n’a été modifié sur l’ancien serveur : consultez MigrationErrors.csv pour savoir que faire, puis relancez la migration.
cli-unfinished = La migration n’est pas achevée. Ce qui est arrivé est conservé et enregistré ; relancez la migration pour la poursuivre.
cli-reports = Rapports : { $folder } (MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv)
cli-next = Prochaine synchronisation : { $time }. Appuyez sur Ctrl+C pour terminer ; rien n’est perdu.
cli-no-longer-in-step = À partir de maintenant, plus rien n’est transféré. Rien n’est perdu : relancez avec --keep-in-step pour continuer, ou avec --complete pour terminer la migration.
cli-completed-elsewhere = La migration a été terminée ailleurs : plus rien n’est synchronisé.
cli-grades = Boîtes aux lettres par note : { $perfect } parfaites, { $good } bonnes, { $investigate } à examiner, { $poor } mauvaises.
cli-grade = - { $address } : { $grade ->
        [Good] bonne
        [Investigate] à examiner
       *[Poor] mauvaise
    } ({ $absent } éléments sur { $found } absents, { $differing } différents)
cli-more-grades = … et { $mailboxes ->
        [one] { $mailboxes } autre boîte aux lettres
        [many] { $mailboxes } d’autres boîtes aux lettres
       *[other] { $mailboxes } autres boîtes aux lettres
    }, indiquées dans MigrationStatistics.csv.
cli-only = Seuls ces destinataires font l’objet d’une nouvelle tentative : { $addresses }{ $more ->
        [0] .
       *[other] {" "}et { $more } autres.
    }
cli-only-gone = Plus présents côté source, donc laissés de côté : { $addresses }{ $more ->
        [0] .
       *[other] {" "}et { $more } autres.
    }
cli-saving = Enregistrement dans { $folder } des éléments qui ne sont pas dans Microsoft 365…
cli-saved-so-far = { $done } éléments sur { $all }
cli-saved = { $saved ->
        [one] { $saved } élément a été enregistré
        [many] { $saved } d’éléments ont été enregistrés
       *[other] { $saved } éléments ont été enregistrés
    }{ $already ->
        [0] {""}
       *[other] , { $already } l’étaient déjà
    }{ $failed ->
        [0] .
       *[other] , { $failed } n’ont pas pu être obtenus.
    }
cli-nothing-to-save = Il n’y a rien à enregistrer : aucun élément n’a été ignoré, n’a échoué, ne manque ni ne diffère.
cli-still-running =
    L’organisation d’entraînement reste active jusqu’à Ctrl+C ou jusqu’à la fin de son entrée. Tous les identifiants sont inventés :
    {"  "}Exchange : { $ews }, utilisateur { $user }, mot de passe { $password }
    {"  "}Microsoft 365 : { $graph }, application { $client }, secret client { $secret }
    {"  "}Paramètres pour cutover migrate : { $settings }
cli-ask-password = Mot de passe du compte { $user } sur le serveur Exchange :{" "}
cli-ask-secret = Secret client de l’application { $client } dans Microsoft 365 :{" "}
