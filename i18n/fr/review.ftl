# The third step: what was found, what will and will not move, and how long it will take.
# Keys begin with the name of their file. $count chooses the plural; $number is the same number as it is written.

review-title = Vérification
review-lead = Regardez ce qui sera migré, puis lancez la migration. Rien n’est modifié avant cela.

## Commands

review-run = Lancer
    .access = L
review-start-over = Recommencer
    .access = M
review-check = Vérifier à nouveau
review-check-cancel = Arrêter la vérification

## The three parts

review-tab-summary = Résumé
review-tab-findings = Remarques
review-tab-recipients = Destinataires
review-some-of = { $some } sur { $all }

## Summary: what moves

review-tile-mailboxes = { $count ->
        [one] nouvelle boîte aux lettres
       *[other] nouvelles boîtes aux lettres
    }
review-tile-groups = { $count ->
        [one] nouveau groupe
       *[other] nouveaux groupes
    }
review-tile-contacts = { $count ->
        [one] nouveau contact
       *[other] nouveaux contacts
    }
review-tile-items = { $count ->
        [one] élément
       *[other] éléments
    }
review-tile-size = au total
review-arrived = { $count ->
        [one] Déjà migré par un lot précédent : { $number }. Il n’est pas recréé, seulement mis à jour.
       *[other] Déjà migrés par un lot précédent : { $number }. Ils ne sont pas recréés, seulement mis à jour.
    }
review-unknown-sizes = { $count ->
        [one] La taille de { $number } boîte aux lettres n’est pas connue et n’est pas comptée ici.
       *[other] La taille de { $number } boîtes aux lettres n’est pas connue et n’est pas comptée ici.
    }
review-pilot = { $count ->
        [one] Migration pilote : seulement { $chosen } destinataire sur { $all } est migré maintenant
       *[other] Migration pilote : seulement { $chosen } destinataires sur { $all } sont migrés maintenant
    }
review-pilot-rest = Personne d’autre n’est concerné. Le reste suivra quand vous lancerez un lot pour tout le monde ; rien n’est copié deux fois.
review-pilot-show = Voir qui

## Summary: what stands in the way, licences, time

review-clear = Rien ne s’y oppose.
review-lesser = { $look ->
        [0] { $know ->
            [one] { $know } remarque bonne à savoir.
           *[other] { $know } remarques bonnes à savoir.
        }
        [one] { $know ->
            [0] { $look } remarque à regarder.
            [one] { $look } remarque à regarder, et { $know } bonne à savoir.
           *[other] { $look } remarque à regarder, et { $know } bonnes à savoir.
        }
       *[other] { $know ->
            [0] { $look } remarques à regarder.
            [one] { $look } remarques à regarder, et { $know } bonne à savoir.
           *[other] { $look } remarques à regarder, et { $know } bonnes à savoir.
        }
    }
review-lesser-read = Lire
review-licences = Licences
review-licences-none = Aucune autre licence n’est nécessaire.
review-licences-enough = { $needed ->
        [one] { $needed } est nécessaire au plus ; libres : { $free }.
       *[other] { $needed } sont nécessaires au plus ; libres : { $free }.
    }
review-licences-short = { $needed ->
        [one] { $needed } est nécessaire ; libres : { $free }.
       *[other] { $needed } sont nécessaires ; libres : { $free }. Il en manque { $short }.
    }
review-time = Durée
review-time-range = Probablement { $range }, d’après ce que Microsoft a mesuré pour ses propres migrations.
review-time-bytes = Microsoft 365 accepte au plus 150 Mo par boîte aux lettres en 5 minutes, et la plus grande boîte aux lettres, { $name }, fait { $size } (un tiers de plus en chemin) : il faut au moins { $least }, quelle que soit votre ligne.
review-time-items = Microsoft 365 accepte au plus 10 000 requêtes par boîte aux lettres en 10 minutes, et la boîte aux lettres la plus remplie, { $name }, compte { $items } éléments : il faut au moins { $least }, quelle que soit votre ligne.
review-time-all = Microsoft 365 accepte au plus 150 Mo par boîte aux lettres en 5 minutes. À migrer : { $size } (un tiers de plus en chemin), { $count ->
        [one] { $count } boîte aux lettres à la fois
       *[other] { $count } boîtes aux lettres à la fois
    }. Il faut au moins { $least }, quelle que soit votre ligne.
review-time-tonight = Vous pouvez lancer la migration ce soir, l’arrêter demain matin et la reprendre ensuite : rien n’est copié deux fois.
review-time-unknown = La taille des boîtes aux lettres n’est pas connue : il est donc impossible de prévoir la durée. Vous pouvez lancer la migration ce soir, l’arrêter demain matin et la reprendre ensuite : rien n’est copié deux fois.
review-time-unmeasured = { $count ->
        [one] { $number } boîte aux lettres de taille inconnue n’est pas comprise dans cette estimation.
       *[other] { $number } boîtes aux lettres de taille inconnue ne sont pas comprises dans cette estimation.
    }

## Summary: choices

review-reports = Dossier des rapports
review-reports-hint = Il contient des tableaux : ce qui a été migré, ce qui ne l’a pas été et pourquoi ; et la preuve de la comparaison.
review-reports-choose = Choisir le dossier des rapports
review-reports-missing = Indiquez où vont les rapports, ou choisissez un dossier avec « Parcourir ».
review-reports-not-whole = Ce chemin n’est pas complet. Saisissez-le depuis le début, ou choisissez un dossier avec « Parcourir ».
review-reports-unwritable = Impossible d’écrire des rapports ici : { $reason }. Choisissez un dossier à vous avec « Parcourir » ; rien n’a été lancé.
review-status = Qui reçoit le message d’état ?
review-status-me = Moi ({ $address })
review-status-browse = Choisir d’autres personnes…
review-status-forget = Retirer
review-status-hint = Cutover n’envoie pas de courrier lui-même. À la fin, il prépare le message dans votre logiciel de messagerie, et vous l’envoyez.
review-at-a-time = Boîtes aux lettres à la fois
review-at-a-time-hint = 3 convient à la plupart des serveurs. Davantage peut ralentir l’ancien serveur pour ceux qui l’utilisent.
review-deletions = Éléments supprimés du serveur Exchange après leur copie
review-deletions-follow = Les supprimer aussi dans Microsoft 365
review-deletions-follow-detail = Ils peuvent y être récupérés. Si une grande partie d’une boîte aux lettres disparaît d’un coup, Cutover vous demande d’abord.
review-deletions-all = Les supprimer aussi dans Microsoft 365, quel qu’en soit le nombre
review-deletions-all-detail = C’est ce qu’indique votre fichier de paramètres : Cutover ne demande jamais, même si une boîte aux lettres entière est soudain vide.
review-deletions-keep = Les garder dans Microsoft 365
review-deletions-keep-detail = Aucune synchronisation ne les enlève.
review-deletions-hint = Ce que quelqu’un modifie ou supprime lui-même dans Microsoft 365 n’est jamais annulé.
review-people-title = Qui d’autre reçoit le message d’état ?
review-people-search = Rechercher par nom ou adresse
review-people-chosen = { $count ->
        [0] Personne d’autre n’est choisi.
        [one] { $number } personne est choisie.
       *[other] { $number } personnes sont choisies.
    }
review-people-take = Choisir

## Findings

review-must-fix = { $count ->
        [one] À corriger d’abord
       *[other] À corriger d’abord ({ $number })
    }
review-look-at = { $count ->
        [one] À regarder
       *[other] À regarder ({ $number })
    }
review-good-to-know = Bon à savoir
review-findings-lead = Ce qui a été trouvé des deux côtés, le plus grave en premier.
review-nothing-found = Rien n’a été trouvé que vous deviez savoir.
review-names = { $count ->
        [one] Afficher le nom
       *[other] Tout afficher ({ $number })
    }
review-more = … et { $number } de plus
review-name-in = { $name } (dans { $of })
review-name-with = { $name } ({ $of })

review-many-dynamic-groups = { $number } groupes de distribution dynamiques ne sont pas migrés : leurs membres sont le résultat d’une requête.
    .remedy = Recréez chacun d’eux dans Microsoft 365 avec New-DynamicDistributionGroup et son filtre, ou comme groupe ordinaire.
review-many-groups-empty = { $number } groupes ne montrent aucun membre. Ils sont peut-être vraiment vides, ou bien dynamiques, ou ils masquent leurs membres ; la liste d’adresses ne permet pas de le savoir. Ils sont créés vides.
    .remedy = Comparez leurs membres à la main. Indiquez ceux qui sont dynamiques sous dynamic_groups dans les paramètres.
review-many-groups-cut = Le serveur Exchange n’a pas montré tous les membres de { $number } groupes.
    .remedy = Comparez leurs membres à la main après la migration.
review-many-not-moved = { $number } destinataires sont d’un type qui n’est pas migré dans cette version.
    .remedy = Créez-les à la main dans Microsoft 365 s’ils sont encore utiles.
review-many-outside-unknown = La liste d’adresses n’indique pas où va le courrier de { $number } contacts. Ils ne sont donc pas créés dans Microsoft 365.
    .remedy = Cherchez leurs adresses externes sur l’ancien serveur (Get-MailContact ou Get-MailUser) et créez les contacts à la main.
review-many-access-denied = Le compte de migration n’est pas autorisé à ouvrir { $number } boîtes aux lettres sur le serveur Exchange. Leur contenu ne peut donc pas être copié.
    .remedy = Accordez-lui l’accès total à chacune (Add-MailboxPermission). Attendez que le droit prenne effet (jusqu’à deux heures), puis vérifiez à nouveau.
review-many-impersonation-denied = Le compte de migration n’est pas autorisé à agir au nom de { $number } boîtes aux lettres sur le serveur Exchange. Leur contenu ne peut donc pas être copié.
    .remedy = Attribuez-lui le rôle ApplicationImpersonation (New-ManagementRoleAssignment), attendez qu’il prenne effet, puis vérifiez à nouveau.
review-many-mailboxes-missing = Le serveur Exchange n’a pas de boîte aux lettres pour { $number } adresses. Rien ne peut être copié pour elles.
    .remedy = Vérifiez les adresses principales. Retirez de la liste les boîtes aux lettres supprimées ou converties en utilisateurs de messagerie.
review-many-mailboxes-unavailable = { $number } boîtes aux lettres ne peuvent pas être ouvertes sur le serveur Exchange pour le moment.
    .remedy = Vérifiez que leurs bases de données sont montées et qu’aucune demande de déplacement n’est en cours, puis vérifiez à nouveau.
review-many-members-missing = { $number } appartenances à des groupes ne peuvent pas être reprises, car les membres ne sont pas migrés.
    .remedy = Regardez si ces membres sont encore utiles. Si oui, ajoutez-les à la main dans Microsoft 365 après la migration.
review-many-domains = { $number } domaines ne sont pas des domaines acceptés de votre organisation Microsoft 365 : leurs adresses ne peuvent donc pas y être utilisées.
    .remedy = Ajoutez-les et vérifiez-les dans le Centre d’administration Microsoft 365 (Paramètres, Domaines), puis vérifiez à nouveau.
review-many-domains-left-out = Les adresses de { $number } domaines sont laissées de côté, car ce ne sont pas des domaines acceptés de votre organisation Microsoft 365. Rien d’autre ne manque pour autant.
    .remedy = Si l’un d’eux reçoit du courrier de l’extérieur, ajoutez-le et vérifiez-le dans le Centre d’administration Microsoft 365 (Paramètres, Domaines), puis vérifiez à nouveau. Les domaines à usage interne, comme firm.local, peuvent être laissés de côté.
review-domain-left-out = Les adresses du domaine { $domain } sont laissées de côté, car ce n’est pas un domaine accepté de votre organisation Microsoft 365. Rien d’autre ne manque pour autant.
    .remedy = Si { $domain } reçoit du courrier de l’extérieur, ajoutez-le et vérifiez-le dans le Centre d’administration Microsoft 365 (Paramètres, Domaines), puis vérifiez à nouveau. Un domaine à usage interne, comme firm.local, peut être laissé de côté.
review-many-addresses-invalid = { $number } adresses ne peuvent pas servir de nom de connexion dans Microsoft 365 : elles sont trop longues ou contiennent un caractère qui n’y est pas autorisé.
    .remedy = Donnez à ces boîtes aux lettres d’autres adresses principales sur l’ancien serveur, puis vérifiez à nouveau.

## Checking again

review-checking = Nouvelle vérification des deux côtés…
review-checking-first = Nouvelle vérification des deux côtés… Vous pourrez lancer la migration quand elle sera finie, ou arrêter la vérification maintenant.
review-checking-progress = { $mailboxes ->
        [one] { $mailboxes } boîte aux lettres trouvée
       *[other] { $mailboxes } boîtes aux lettres trouvées
    } (mesurées : { $opened }), { $groups ->
        [one] { $groups } groupe
       *[other] { $groups } groupes
    }, { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    }

## Why it does not start yet

review-obstacles = { $count ->
        [one] La migration ne peut pas encore être lancée : { $number } point doit d’abord être corrigé.
       *[other] La migration ne peut pas encore être lancée : { $number } points doivent d’abord être corrigés.
    }
review-obstacles-body = Rien n’a été lancé. Faites ce qui est indiqué ci-dessous, puis vérifiez à nouveau.
review-nobody = Personne n’est choisi : il n’y a donc rien à lancer.
review-nobody-body = Cochez ceux qui doivent être migrés en premier, ou choisissez tout le monde.
review-choose-all = Choisir tout le monde

## Recipients

review-search = Rechercher par nom ou adresse
review-chip = { $kind } ({ $count })
review-shown = Affichés : { $shown } sur { $all } ; choisis : { $chosen }
review-choose-shown = Choisir tous les affichés
review-leave-shown = Laisser tous les affichés de côté
review-show-all = Afficher tout le monde
review-none-fits = Personne ne correspond à cette recherche.
review-unknown = inconnue
review-column-name = Nom
review-column-address = Adresse
review-column-kind = Type
review-column-items = Éléments
review-column-size = Taille
review-column-note = Note
review-note-new = Nouveau
review-note-arrived = Migré
review-note-findings = { $count ->
        [one] { $number } remarque
       *[other] { $number } remarques
    }
# “short” stands in a narrow column.
review-kind-user = Boîte aux lettres
    .short = Boîte
    .many = Boîtes aux lettres
review-kind-shared = Boîte aux lettres partagée
    .short = Partagée
    .many = Partagées
review-kind-room = Salle
    .short = Salle
    .many = Salles
review-kind-equipment = Équipement
    .short = Équipement
    .many = Équipements
review-kind-distribution = Groupe de distribution
    .short = Distribution
    .many = Groupes de distribution
review-kind-security = Groupe de sécurité
    .short = Sécurité
    .many = Groupes de sécurité
review-kind-contact = Contact
    .short = Contact
    .many = Contacts
review-kind-mail-user = Utilisateur de messagerie
    .short = Util. messagerie
    .many = Utilisateurs de messagerie

## One recipient in full

review-detail-size = { $count ->
        [one] { $kind }, { $items } élément, { $size }
        [many] { $kind }, { $items } d’éléments, { $size }
       *[other] { $kind }, { $items } éléments, { $size }
    }
review-detail-moves = Est migré
review-detail-stays = N’est pas migré
review-detail-addresses = Autres adresses
review-detail-dropped = { $address } est laissée de côté : son domaine n’est pas un domaine accepté de votre organisation Microsoft 365.
review-detail-missing = Membres qui manqueront, car ils ne sont pas migrés
review-moves-mail = Les messages de tous les dossiers, avec leur état de lecture et leurs indicateurs de suivi
review-moves-calendar = Calendrier
review-moves-contacts = Contacts
review-moves-tasks = Tâches
review-moves-notes = Notes
review-moves-account = L’adresse de messagerie devient le nom de connexion ; le compte reçoit un mot de passe initial, à changer à la première connexion.
review-moves-replies = Les réponses à d’anciens messages trouvent cette boîte aux lettres : son ancienne adresse interne est reprise aussi.
review-moves-group = Le groupe avec ses adresses
review-moves-members = { $count ->
        [0] Aucun membre
        [one] { $number } membre
       *[other] { $number } membres
    }
review-moves-contact = Le contact avec ses adresses et ses coordonnées
review-moves-mail-user = Il devient un contact : son courrier va à son adresse externe, comme avant.
review-stays-not-mail = Calendrier, contacts, tâches et notes : Exchange 2007 ne fournit que les messages. Le rapport d’erreurs les cite.
review-stays-rules = Les règles : exportez-les dans Outlook, ou recréez-les.
review-stays-replies = Les réponses automatiques : saisissez-les de nouveau.
review-stays-permissions = Les autorisations et les délégués : redéfinissez-les quand tout le monde sera migré.
review-stays-archive = Une boîte aux lettres d’archivage, s’il y en a une.
review-stays-public-folders = Les dossiers publics.
review-stays-large-shared = Ce qui dépasse 50 Go : sans licence, Microsoft 365 n’en accepte pas davantage.
review-stays-group-settings = Les propriétaires, et qui a le droit d’écrire au groupe.
review-stays-contact = Le responsable et l’assistant.

## Questions

review-start-over-title = Recommencer ?
review-start-over-body = Vous revenez à la première page, et ce qui a été trouvé ici est oublié. Cela ne modifie rien sur le serveur Exchange ni dans Microsoft 365.
review-start-over-stay = Rester ici
review-start-over-now = Recommencer
review-run-title = Lancer la migration ?
review-run-new = Cutover crée maintenant dans Microsoft 365 : { $mailboxes ->
        [one] { $mailboxes } boîte aux lettres
       *[other] { $mailboxes } boîtes aux lettres
    }, { $groups ->
        [one] { $groups } groupe
       *[other] { $groups } groupes
    } et { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    }. Ensuite, il copie les messages.
review-run-people = { $count ->
        [one] { $number } personne reçoit un compte avec un mot de passe initial.
       *[other] { $number } personnes reçoivent un compte avec un mot de passe initial.
    }
review-run-before = { $count ->
        [one] { $number } destinataire créé par un lot précédent est mis à jour.
       *[other] { $number } destinataires créés par un lot précédent sont mis à jour.
    }
review-run-safe = Le nouveau courrier continue d’arriver sur l’ancien serveur, et rien n’y est modifié ni supprimé.
review-run-stop = Vous pouvez arrêter à tout moment ; ce qui est arrivé reste, et le lancement suivant reprend à partir de là.
review-run-stay = Pas encore
review-run-now = Lancer maintenant
