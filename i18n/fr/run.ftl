# The fourth step: the migration under way, its figures and its problems.
# Keys begin with the name of their file.

run-title = Exécution
run-lead = La migration de votre messagerie est en cours. Vous pouvez continuer à travailler ; rien n’est modifié sur le serveur Exchange.
run-lead-resting = Les deux côtés restent à jour jusqu’à ce que vous terminiez la migration.

## Commands

run-stop = Arrêter
    .access = T
run-another = Lancer un autre lot
    .access = L
run-synchronise = Synchroniser maintenant
    .access = M
run-again = Relancer
    .access = R
run-complete = Passer à la finalisation
    .access = N

## What happens, in one sentence

run-state-surveying = Recherche de nouveautés sur le serveur Exchange
# The three numbers grow while the address lists are read.
run-state-seen = Vus jusqu’ici : boîtes aux lettres { $mailboxes }, groupes de distribution { $groups }, contacts { $contacts }
run-state-starting = Lancement du lot
run-state-copying = { $active ->
        [0] Copie des boîtes aux lettres ; prêtes : { $done } sur { $all }
        [one] Copie d’une boîte aux lettres ; prêtes : { $done } sur { $all }
       *[other] Copie de { $active } boîtes aux lettres ; prêtes : { $done } sur { $all }
    }
run-state-counting = Comptage en cours : certains dossiers n’ont pas encore été listés, les totaux augmentent donc.
run-state-contacts = Création des contacts : { $done } sur { $all }
run-state-groups = Création des groupes de distribution : { $done } sur { $all }
run-state-comparing = Relecture et comparaison des éléments : { $compared } sur { $all }
run-state-waiting-target = En attente de Microsoft 365 depuis { $since } ; vous n’avez rien à faire
run-state-waiting-source = En attente du serveur Exchange depuis { $since } ; vous n’avez rien à faire
run-state-waiting-mailboxes = En attente des nouvelles boîtes aux lettres depuis { $since } ; vous n’avez rien à faire
run-state-waiting-mailboxes-detail = Microsoft 365 est en train de les créer. Cela prend en général moins d’une demi-heure et peut durer jusqu’à 24 heures. La copie commence ensuite d’elle-même.
run-state-waiting-detail = Ce côté est occupé et a demandé une pause. Le travail reprend de lui-même vers { $until }.
run-state-waiting-upload = Microsoft 365 n’accepte pas plus de 150 Mo par boîte aux lettres en cinq minutes. La copie reprend d’elle-même vers { $until }.
run-state-waiting-requests = Microsoft 365 n’accepte pas plus de 10 000 requêtes par boîte aux lettres en dix minutes. La copie reprend d’elle-même vers { $until }.
run-state-waiting-sent = En attente depuis { $since } de ce qu’un lot précédent a envoyé ; vous n’avez rien à faire
run-state-waiting-under-way = Quand ce lot s’est interrompu, un élément volumineux était en route vers Microsoft 365 et peut encore arriver. Pour qu’il n’y soit pas deux fois, la copie ne reprend qu’une fois que c’est certain : à { $until } au plus tard.
run-state-waiting-again = En attente depuis { $since } d’un nouvel essai ; vous n’avez rien à faire
run-state-waiting-again-detail = Quelque chose a échoué pour une cause passagère, comme une connexion interrompue. Un nouvel essai a lieu de lui-même vers { $until }.
run-state-waiting-recipients = En attente depuis { $since } de l’apparition des nouveaux membres de groupes ; vous n’avez rien à faire
run-state-waiting-recipients-detail = Les boîtes aux lettres, contacts et groupes nouveaux mettent parfois quelques minutes à apparaître dans Microsoft 365 ; ils ne peuvent être ajoutés à un groupe qu’ensuite. Cutover continue vers { $until } ; ceux qui n’auront pas apparu d’ici là sont indiqués avec le groupe.
run-state-stopping = Arrêt après les boîtes aux lettres en cours
run-state-stopping-detail = { $active ->
        [0] Le lot s’arrête.
        [one] Une boîte aux lettres est encore en train d’être achevée.
       *[other] { $active } boîtes aux lettres sont encore en train d’être achevées.
    }
run-state-stopping-now = Arrêt immédiat en cours

## How long, and what stopping would mean

run-left = Temps restant : { $range }
run-left-unknown = Temps restant : pas encore connu
run-if-stopped = Si vous arrêtez maintenant : { $done } sur { $all } { $all ->
        [one] boîte aux lettres est prête et le reste ;
       *[other] boîtes aux lettres sont prêtes et le restent ;
    } { $active ->
        [0] aucune n’est en cours ;
        [one] une en cours serait achevée par le lancement suivant ;
       *[other] { $active } en cours seraient achevées par le lancement suivant ;
    } rien n’est perdu.
run-at-a-time = Boîtes aux lettres à la fois
run-at-a-time-hint = Prend effet immédiatement. Un nombre plus petit prend effet à mesure que des boîtes aux lettres s’achèvent.
run-give-up = Ignorer la comparaison

## Stopping

run-stop-title = Arrêter le lot ?
run-stop-body = Ce qui a été copié reste, et rien ne change sur le serveur Exchange. Vous pouvez relancer à tout moment ; rien n’est copié deux fois.
run-stop-after = Arrêter après les boîtes aux lettres en cours
run-stop-after-detail = Elles sont d’abord achevées ; aucune autre n’est commencée.
run-stop-now = Arrêter maintenant
run-stop-now-detail = Leur copie est interrompue, et le lancement suivant les achève.
run-keep-going = Laisser continuer

## Where nothing goes on

run-rest-synced = Synchronisée
run-rest-synced-with-errors = Synchronisée, mais quelque chose demande votre attention
run-rest-completed = La migration est terminée
run-rest-failed = Le dernier lot s’est interrompu avant la fin
run-rest-stopped = Arrêtée
run-rest-nothing = Rien n’est en cours
run-rest-next = Prochaine synchronisation : { $due }. Elle démarre d’elle-même tant que cette fenêtre est ouverte. Si la fenêtre est alors fermée, rouvrez Cutover et reprenez cette migration.
run-rest-again = La dernière synchronisation a échoué
run-rest-again-detail = Nouvel essai : { $due }, de lui-même tant que cette fenêtre est ouverte. La raison est indiquée ci-dessous.
run-rest-not-kept = Aucune synchronisation ne démarre d’elle-même, car la dernière a été arrêtée. Appuyez sur « Synchroniser maintenant » quand elle doit reprendre.
run-rest-stopped-not-kept = Aucune synchronisation ne démarre d’elle-même, car la dernière a été arrêtée. Appuyez sur « Relancer » quand elle doit reprendre.
run-due = La synchronisation prévue ({ $due }) a été lancée.
## Much of a mailbox is gone from the Exchange server

run-brake-heading = En attente de votre décision
run-brake = { $count ->
        [one] Une grande partie d’une boîte aux lettres a disparu du serveur Exchange
       *[other] Une grande partie de { $number } boîtes aux lettres a disparu du serveur Exchange
    }
run-brake-detail = Rien de tout cela n’a été supprimé dans Microsoft 365, car un serveur vidé ou restauré a le même aspect. Regardez d’abord la boîte aux lettres sur le serveur Exchange, puis décidez de ce que deviennent les copies.
run-brake-mailbox = { $name } : { $gone } éléments sur { $held } ont disparu
run-brake-all = Les { $number } boîtes aux lettres
run-brake-choose = Cochez les boîtes aux lettres sur lesquelles vous voulez décider.
run-brake-delete = Les supprimer aussi dans Microsoft 365…
run-brake-keep = Les garder dans Microsoft 365…
run-brake-later = Décider plus tard
run-brake-delete-title = { $count ->
        [one] Supprimer aussi { $number } élément dans Microsoft 365 ?
       *[other] Supprimer aussi { $number } éléments dans Microsoft 365 ?
    }
run-brake-delete-which = Ce qui a disparu du serveur Exchange est aussi supprimé dans Microsoft 365, sauf les copies que quelqu’un y a modifiées. Cela concerne : { $more ->
        [0] { $names }.
        [one] { $names } et { $more } autre.
       *[other] { $names } et { $more } autres.
    }
run-brake-delete-detail = Chacun peut récupérer les éléments supprimés dans Outlook pendant 14 jours, ou aussi longtemps que votre organisation l’a fixé. Ensuite, ils sont perdus définitivement.
run-brake-delete-sure = Ne continuez que si vous êtes certain que ces éléments ont été supprimés volontairement.
run-brake-delete-now = Les supprimer
run-brake-keep-title = { $count ->
        [one] Garder { $number } élément dans Microsoft 365 ?
       *[other] Garder { $number } éléments dans Microsoft 365 ?
    }
run-brake-keep-which = Les copies de ce qui a disparu du serveur Exchange restent dans Microsoft 365. Cela concerne : { $more ->
        [0] { $names }.
        [one] { $names } et { $more } autre.
       *[other] { $names } et { $more } autres.
    }
run-brake-keep-detail = Aucune synchronisation ultérieure ne supprime ces copies. Ce qui est supprimé du serveur Exchange à partir de maintenant est traité comme vous l’avez choisi au début.
run-brake-keep-now = Les garder

## What came of a batch

run-verdict-good = { $count ->
        [0] Rien n’est perdu : aucun élément n’a été migré, et toutes les boîtes aux lettres, tous les groupes et tous les contacts sont là.
        [one] Rien n’est perdu : le seul élément a été relu et il est identique.
       *[other] Rien n’est perdu : éléments relus et identiques : { $verified } sur { $all }.
    }
run-verdict-nothing-new = Rien de nouveau : tout avait déjà été migré, et rien n’a été migré deux fois.
run-verdict-skipped = { $count ->
        [one] { $number } élément reste sur le serveur Exchange, pour une raison que le rapport d’erreurs indique.
        [many] { $number } d’éléments restent sur le serveur Exchange, pour des raisons que le rapport d’erreurs indique.
       *[other] { $number } éléments restent sur le serveur Exchange, pour des raisons que le rapport d’erreurs indique.
    }
run-verdict-sample = C’était un échantillon d’environ { $percent } % : { $number } éléments n’ont pas été comparés.
run-verdict-since = Depuis la dernière synchronisation, sur le serveur Exchange : { $changed } modifiés, { $gone } supprimés, { $new } nouveaux. Rien n’en est perdu : la prochaine synchronisation les transfère.
run-verdict-since-completed = Depuis la dernière synchronisation, sur le serveur Exchange : { $changed } modifiés, { $gone } supprimés, { $new } nouveaux. Cela n’est pas dans Microsoft 365 et ne sera plus transféré : cherchez-le sur le serveur Exchange si vous en avez encore besoin.
run-verdict-unread = { $count ->
        [one] Un élément n’a pas pu être lu à l’instant sur le serveur Exchange. Dans Microsoft 365, il est tel qu’il a été envoyé.
       *[other] { $number } éléments n’ont pas pu être lus à l’instant sur le serveur Exchange. Dans Microsoft 365, ils sont tels qu’ils ont été envoyés.
    }
run-verdict-unasked = { $count ->
        [one] Impossible de demander à un dossier du serveur Exchange s’il contient de nouveaux éléments.
       *[other] Impossible de demander à { $number } dossiers du serveur Exchange s’ils contiennent de nouveaux éléments.
    }
run-verdict-stands = { $count ->
        [one] Un élément a été modifié ou déplacé par quelqu’un dans Microsoft 365 depuis son arrivée. Il reste ainsi.
       *[other] Éléments modifiés ou déplacés par quelqu’un dans Microsoft 365 depuis leur arrivée : { $number }. Ils restent ainsi.
    }
run-verdict-removed = { $count ->
        [one] Un élément était arrivé intact dans Microsoft 365 et y a été supprimé depuis. Cela reste ainsi ; MigrationItems.csv l’indique.
       *[other] Éléments arrivés intacts dans Microsoft 365 et supprimés depuis : { $number }. Cela reste ainsi ; MigrationItems.csv les indique.
    }
run-verdict-joined = { $count ->
        [one] Un membre a été ajouté à un groupe par quelqu’un dans Microsoft 365. Cela reste ainsi ; MigrationErrors.csv l’indique.
       *[other] Membres ajoutés à des groupes par quelqu’un dans Microsoft 365 : { $number }. Cela reste ainsi ; MigrationErrors.csv les indique.
    }
run-verdict-look = Quelque chose demande votre attention
run-verdict-ignored = Terminée ; les erreurs ont été ignorées, comme vous l’avez choisi
run-missing-recipients = { $count ->
        [one] { $number } boîte aux lettres, groupe ou contact n’est pas terminé.
       *[other] { $number } boîtes aux lettres, groupes ou contacts ne sont pas terminés.
    }
run-missing-failed = { $count ->
        [one] { $number } élément n’a pas pu être migré.
        [many] { $number } d’éléments n’ont pas pu être migrés.
       *[other] { $number } éléments n’ont pas pu être migrés.
    }
run-missing-waiting = { $count ->
        [one] { $number } élément attend encore d’être migré.
        [many] { $number } d’éléments attendent encore d’être migrés.
       *[other] { $number } éléments attendent encore d’être migrés.
    }
run-missing-items = { $count ->
        [one] { $number } élément a été migré, mais n’est pas dans Microsoft 365 maintenant.
        [many] { $number } d’éléments ont été migrés, mais ne sont pas dans Microsoft 365 maintenant.
       *[other] { $number } éléments ont été migrés, mais ne sont pas dans Microsoft 365 maintenant.
    }
run-missing-differing = { $count ->
        [one] { $number } élément de Microsoft 365 diffère de ce qui a été migré, ou n’a pas pu être relu.
        [many] { $number } d’éléments de Microsoft 365 diffèrent de ce qui a été migré, ou n’ont pas pu être relus.
       *[other] { $number } éléments de Microsoft 365 diffèrent de ce qui a été migré, ou n’ont pas pu être relus.
    }
run-missing-mailboxes = { $count ->
        [one] { $number } boîte aux lettres manque dans Microsoft 365.
       *[other] { $number } boîtes aux lettres manquent dans Microsoft 365.
    }
run-missing-groups = { $count ->
        [one] { $number } groupe de distribution manque dans Microsoft 365 ou y a d’autres membres.
       *[other] { $number } groupes de distribution manquent dans Microsoft 365 ou y ont d’autres membres.
    }
run-missing-memberships = { $count ->
        [one] { $number } appartenance à un groupe manque dans Microsoft 365.
       *[other] { $number } appartenances à des groupes manquent dans Microsoft 365.
    }
run-missing-contacts = { $count ->
        [one] { $number } contact manque dans Microsoft 365.
       *[other] { $number } contacts manquent dans Microsoft 365.
    }
run-ended-stopped = Lot arrêté
run-ended-stopped-detail = { $done } sur { $all } { $all ->
        [one] boîte aux lettres est prête et le reste.
       *[other] boîtes aux lettres sont prêtes et le restent.
    } Le lancement suivant achève les autres ; rien n’est perdu et rien n’est copié deux fois.
run-ended-not-begun = Le lot a été arrêté avant de commencer ; rien n’a été modifié.
run-ended-failed = Le lot s’est interrompu avant la fin
run-ended-failed-detail = Ce qui a été copié reste, et rien n’a été modifié sur le serveur Exchange. Traitez la cause indiquée ci-dessous, puis relancez.
run-ended-refused = Le lot n’a pas commencé
run-ended-refused-detail = Rien n’a été modifié, ni d’un côté ni de l’autre.
run-ended-busy = Une synchronisation de cette migration est déjà en cours
run-ended-busy-detail = Rien n’a été modifié. Réessayez quand elle sera finie.
run-ended-uncompared = Le lot est terminé, mais la comparaison n’est pas allée jusqu’au bout
run-ended-uncompared-detail = Seule une comparaison montre si tout est arrivé.
run-compare = Comparer maintenant
run-findings = Voir les remarques

## Notifications outside the window

run-notify-title = Cutover
run-notify-good = Le lot est achevé. Rien n’est perdu.
run-notify-look = Le lot est achevé. Quelque chose demande votre attention.
run-notify-stopped = Le lot a été arrêté.
run-notify-failed = Le lot s’est interrompu avant la fin et a besoin de vous.
run-notify-completed = La migration est terminée.

## This batch

run-active = Migration de messagerie active
run-active-started = Lancée
run-active-by = Lancée par
run-active-by-unknown = Inconnu
run-active-total = À migrer ou à créer
run-active-total-value = { $mailboxes ->
        [one] { $mailboxes } boîte aux lettres
       *[other] { $mailboxes } boîtes aux lettres
    }, { $groups ->
        [one] { $groups } groupe de distribution
       *[other] { $groups } groupes de distribution
    }, { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    }
run-active-done = Demandes achevées
run-active-now = Boîtes aux lettres en cours de migration
run-active-failed = En échec
run-active-mailboxes = Afficher chaque boîte aux lettres
run-active-errors = Ouvrir le rapport d’erreurs
run-refresh = Actualiser
run-of = { $done } sur { $all }

## The migration over all batches

run-overall = Migration de messagerie
run-overall-mailboxes = Boîtes aux lettres migrées
run-overall-groups = Groupes de distribution créés
run-overall-contacts = Contacts créés
run-overall-errors = Boîtes aux lettres avec erreurs de synchronisation
run-overall-synced = Dernière synchronisation
run-overall-never = Pas encore

## The books

run-books = Où se trouve chaque élément
run-books-found = trouvés
run-books-waiting = en attente
run-books-moved = migrés
run-books-already = déjà présents
run-books-skipped = ignorés
run-books-failed = en échec
run-books-gone = disparus depuis
run-books-note = Chaque élément trouvé se trouve à un seul de ces endroits : la somme tombe donc toujours juste. « Disparus depuis » : supprimés entre-temps sur le serveur Exchange.

## Mailboxes

run-mailboxes = Boîtes aux lettres
run-search = Rechercher par nom ou adresse
run-filter-all = Toutes
run-filter-active = En cours
run-filter-waiting = En attente
run-filter-failed = En échec
run-none-shown = Aucune boîte aux lettres à afficher ici.
run-column-name = Boîte aux lettres
run-column-state = État
run-column-items = Éléments
run-column-rate = Débit
run-items = { $done } sur { $found }
run-items-counting = { $found } jusqu’ici
run-rate = { $size }/min
run-waits-mailbox = Attend la nouvelle boîte aux lettres
run-waits-mailbox-briefly = Attend la boîte
run-waits-until = En pause jusqu’à { $until }
run-waits-target = Attend Microsoft 365 jusqu’à { $until }
run-waits-source = Attend le serveur Exchange jusqu’à { $until }
run-waits-upload = Limite de volume de Microsoft 365 atteinte jusqu’à { $until }
run-waits-requests = Limite de requêtes de Microsoft 365 atteinte jusqu’à { $until }
run-waits-under-way = Attend ce qu’un lot précédent a envoyé et qui peut encore arriver, jusqu’à { $until } au plus tard
run-waits-again = Échec pour une cause passagère ; nouvel essai à { $until }
run-waits-recipients = Attend que Microsoft 365 montre les nouveaux membres de groupes, jusqu’à { $until } au plus tard
run-waits-comparison = Une partie de la comparaison : { $waits }
run-details-shut = Fermer les détails
run-fact-address = Adresse
run-fact-size = Taille
run-fact-moved = Migrés par ce lot
run-fact-started = Début
run-fact-waits = Attente
run-folders = { $count ->
        [one] { $number } dossier
       *[other] { $number } dossiers
    }
run-folders-arrived = Arrivés
run-folders-waiting = En attente
run-folders-skipped = Ignorés
run-folders-failed = En échec
run-folders-reading = Les dossiers sont en cours de comptage.
run-folders-none = Aucun dossier de cette boîte aux lettres n’a encore été examiné.
run-column-folder = Dossier
# A state together with a number of items that failed.
run-user-failed-items = { $state }, { $number } en échec
run-user-queued = En file d’attente
run-user-provisioning = Création en cours
run-user-provision-updating = Membres manquants
run-user-syncing = Copie en cours
run-user-incremental-syncing = Synchronisation en cours
run-user-completing = Finalisation en cours
run-user-synced = Synchronisée
run-user-completed = Terminée
run-user-completed-with-warnings = Terminée, voir le rapport
run-user-stopped = Arrêtée
run-user-failed = En échec
run-user-incremental-failed = Non synchronisée
run-user-completion-failed = Non terminée

## Problems

run-problems = Problèmes
run-problem-recipients = { $more ->
        [0] { $names }
        [one] { $names } et un autre destinataire
       *[other] { $names } et { $more } autres destinataires
    }
run-problem-items = { $items ->
        [one] { $number } élément
        [many] { $number } d’éléments
       *[other] { $number } éléments
    } : { $more ->
        [0] { $names }
        [one] { $names } et un autre destinataire
       *[other] { $names } et { $more } autres destinataires
    }
run-problem-choose = Réessayer ceux-ci
run-problems-more = { $count ->
        [one] { $number } autre problème figure dans le rapport d’erreurs.
       *[other] { $number } autres problèmes figurent dans le rapport d’erreurs.
    }
run-problems-lost = { $count ->
        [one] { $number } événement est arrivé trop vite pour être affiché ici ; il figure dans le rapport d’erreurs.
       *[other] { $number } événements sont arrivés trop vite pour être affichés ici ; ils figurent dans le rapport d’erreurs.
    }
run-retry = { $count ->
        [0] Réessayer uniquement ceux-ci
        [one] Réessayer uniquement celui-ci
       *[other] Réessayer uniquement ces { $count }
    }
run-retry-none = Cochez les causes que vous avez traitées.
run-retry-now = Personne d’autre n’est concerné.
run-retry-later = Nouvel essai quand ce lot sera fini. Personne d’autre n’est concerné.
run-retry-waits = { $count ->
        [one] { $count } boîte aux lettres, groupe ou contact fera l’objet d’un nouvel essai quand ce lot sera fini.
       *[other] { $count } boîtes aux lettres, groupes ou contacts feront l’objet d’un nouvel essai quand ce lot sera fini.
    }
run-forget-retry = Ne pas réessayer

## Retrouver un message

run-find = Retrouver un message…
run-find-title = Retrouver un message
run-find-field = Expéditeur ou objet
run-find-hint = Mots de l’objet, ou du nom ou de l’adresse de l’expéditeur.
run-find-now = Rechercher
run-found = { $found ->
        [0] Rien trouvé. Vérifiez l’orthographe ou tapez moins de mots ; les messages arrivés après la dernière synchronisation ne sont pas encore connus.
        [one] 1 message trouvé.
       *[other] { $number } messages trouvés.
    }
run-found-more = { $number } messages trouvés ; voici les { $shown } plus récents. Tapez plus de mots pour en trouver moins.
run-find-no-subject = (sans objet)
run-find-was = Sur le serveur Exchange : { $folder }
run-find-there = Se trouve dans Microsoft 365, dans le dossier { $folder }.
run-find-differs = Se trouve dans Microsoft 365, dans le dossier { $folder }, mais y différait lors de la dernière comparaison.
run-find-missing = Était arrivé, mais n’était pas dans Microsoft 365 lors de la dernière comparaison.
run-find-removed = Était arrivé intact dans Microsoft 365 et y a été supprimé depuis.
run-find-waiting = N’a pas encore été migré.
run-find-skipped = Reste sur l’ancien serveur.
run-find-failed = N’a pas pu être migré.
run-find-kept = N’est plus dans ce dossier sur l’ancien serveur ; sa copie a été laissée dans Microsoft 365, dans le dossier { $folder }.
run-find-gone = N’est plus dans ce dossier sur l’ancien serveur.

## Éléments enregistrés comme fichiers

run-save = Enregistrer ces éléments comme fichiers…
run-save-hint = Ils sont lus une fois de plus sur le serveur Exchange. Tout logiciel de messagerie ouvre les fichiers ; rien ne change d’un côté ni de l’autre.
run-save-pick = Choisir un dossier pour ces éléments
run-saving-begins = Recherche des éléments à enregistrer
run-saving = Enregistrement des éléments comme fichiers : { $done } sur { $all }
run-save-stop = Arrêter l’enregistrement
run-saved = { $count ->
        [0] Il ne reste aucun élément à enregistrer.
        [one] { $done } élément sur 1 est maintenant dans { $folder }.
       *[other] { $done } éléments sur { $all } sont maintenant dans { $folder }.
    }
run-saved-failed = { $count ->
        [one] Un élément n’a pas pu être obtenu du serveur Exchange :
       *[other] { $number } éléments n’ont pas pu être obtenus du serveur Exchange :
    }
run-save-items = { $count ->
        [one] Un élément
       *[other] { $number } éléments
    }
run-save-open = Afficher le dossier

## Reports

run-reports = Rapports
run-reports-writing = Les rapports sont en cours d’écriture dans le dossier { $folder }.
run-reports-written = MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv et MigrationFolders.csv se trouvent dans le dossier { $folder }.
run-reports-none = Les rapports de ce lot n’ont pas encore été écrits. Ils iront dans le dossier { $folder }.
run-open-folder = Ouvrir le dossier des rapports
run-open-errors = Ouvrir MigrationErrors.csv
run-open-statistics = Ouvrir MigrationStatistics.csv
run-write = Les réécrire
run-write-again = Réessayer
run-folder = Dossier des rapports
run-folder-pick = Choisir un dossier pour les rapports
run-folder-empty = Saisissez ou choisissez un dossier.
run-folder-browse = Parcourir…
run-open-refused = L’ouverture a échoué
run-open-refused-detail = Cet ordinateur indique : { $reason }. Ouvrez-le vous-même à partir du dossier indiqué ci-dessus.
run-proof = Preuve de la comparaison
run-proof-detail = { $file } dit ce qui a été comparé, élément par élément, sous une seule signature ({ $count ->
        [one] 1 élément
       *[other] { $number } éléments
    }).
run-proof-fingerprint = Empreinte de sa clé
run-proof-note = Notez l’empreinte et gardez-la à part du fichier. Qui vérifiera un jour le fichier verra par elle que personne ne l’a modifié ni remplacé.
run-proof-not-kept = Cet ordinateur n’a pas de trousseau de clés où conserver cette clé ; après un redémarrage de Cutover, la prochaine preuve aura donc une autre empreinte.

## The status message

run-mail = Préparer le message d’état
run-mail-to = Votre logiciel de messagerie s’ouvre avec un message pour { $names }. Vous l’envoyez vous-même.
run-mail-nobody = Votre logiciel de messagerie s’ouvre avec le message. Vous choisissez qui le reçoit et l’envoyez vous-même.
run-mail-show = Afficher le texte
run-mail-hide = Masquer le texte
run-mail-synced = Migration de messagerie : lot achevé
run-mail-completed = Migration de messagerie : terminée
run-mail-completed-with-errors = Migration de messagerie : terminée, erreurs ignorées
run-mail-stopped = Migration de messagerie : lot arrêté
run-mail-failed = Migration de messagerie : lot interrompu avant la fin
run-mail-practice = C’était un exercice avec une organisation d’entraînement. Rien n’y est réel.
run-mail-mailboxes = Boîtes aux lettres migrées : { $done } sur { $all }
run-mail-groups = Groupes de distribution créés : { $done } sur { $all }
run-mail-contacts = Contacts créés : { $done } sur { $all }
run-mail-items = Éléments dans Microsoft 365 : { $done } sur { $all }
run-mail-behind = Éléments en échec ou ignorés : { $items }
run-mail-errors = Boîtes aux lettres avec erreurs de synchronisation : { $mailboxes }
run-mail-end = Les détails se trouvent dans les rapports sur l’ordinateur qui effectue la migration : MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv et, une fois les deux côtés comparés, MigrationProof.jsonl.
