# The last step: completing the migration, its verdict, and what to do next.
# Keys begin with the name of their file.

complete-title = Terminer la migration
complete-title-done = La migration est terminée
complete-lead = Une dernière synchronisation ; après elle, plus rien n’est repris.
complete-lead-busy = La dernière synchronisation est en cours.
complete-lead-queued = La fin de la migration attend son tour ; vous pouvez l’annuler tant qu’elle n’a pas commencé.
complete-lead-done = Plus rien n’est synchronisé. Voici la suite.

## Commands

complete-now = Terminer la migration
    .access = M
complete-start-over = Commencer une autre migration
    .access = U
complete-not-yet = Pas encore
complete-unqueue = Ne pas terminer encore
    .access = N

## Pendant qu’une synchronisation se déroule derrière cette page

complete-behind = Une synchronisation est en cours
complete-behind-detail = Vous pouvez terminer maintenant : la fin de la migration commence dès que la synchronisation est finie.
complete-queued = La migration se termine dès que la synchronisation en cours est finie
complete-queued-detail = Cela commence de soi-même, même si cette synchronisation échoue. Laissez cette fenêtre ouverte.
# Le pourcentage est déjà écrit, par exemple « 40 % ».
complete-queue-so-far = Synchronisé jusqu’ici : { $percent }.

## The state of things

complete-state-synced = Dernière synchronisation : { $at }
complete-state-never = Pas encore synchronisée
complete-state-errors = { $count ->
        [0] Aucune boîte aux lettres n’a d’erreurs de synchronisation.
        [one] Une boîte aux lettres a des erreurs de synchronisation.
       *[other] { $count } boîtes aux lettres ont des erreurs de synchronisation.
    }
complete-state-done = Terminée
complete-state-done-with-errors = Terminée ; les erreurs ont été ignorées
complete-state-at = Fin de la dernière synchronisation : { $at }.

## Before

complete-before = Avant de terminer
complete-mx = 1. Le nouveau courrier va à Microsoft 365
complete-mx-detail = { $count ->
        [0] Chez votre fournisseur DNS, modifiez les enregistrements MX de tous vos domaines de messagerie, afin que le nouveau courrier aille à Microsoft 365.
        [one] Chez votre fournisseur DNS, modifiez l’enregistrement MX de { $names }, afin que le nouveau courrier aille à Microsoft 365.
       *[other] { $more ->
            [0] Chez votre fournisseur DNS, modifiez les enregistrements MX des { $count } domaines, afin que le nouveau courrier aille à Microsoft 365 : { $names }.
           *[other] Chez votre fournisseur DNS, modifiez les enregistrements MX des { $count } domaines, afin que le nouveau courrier aille à Microsoft 365 : { $names } et { $more } de plus.
        }
    }
complete-mx-wait = Les autres serveurs de messagerie gardent les anciens enregistrements un certain temps. Après la modification, attendez au moins 24 heures, de préférence 72, et gardez les deux côtés à jour entre-temps : la dernière synchronisation doit avoir lieu après la bascule.
complete-mx-changed = Les enregistrements MX ont été modifiés
complete-mx-changed-on = Les enregistrements MX ont été modifiés (coché : { $at })
complete-mx-earliest = Terminez au plus tôt : { $floor } ; de préférence : { $better }.
complete-arrives = 2. Le courrier y arrive vraiment
complete-arrives-detail = De l’extérieur, par exemple depuis une adresse privée, envoyez un message à une personne de chaque domaine, et cherchez-le dans Outlook sur le web. Il ne doit pas apparaître sur le serveur Exchange.
complete-arrives-seen = J’ai vu du courrier arriver dans Microsoft 365

## Errors

complete-errors = Si quelque chose ne peut pas être synchronisé
complete-errors-stop = Ne pas ignorer les erreurs de synchronisation
complete-errors-stop-detail = La migration n’est terminée que s’il n’y en a pas. Sinon, tout reste en l’état, et vous voyez le rapport d’erreurs.
complete-errors-ignore = Ignorer les erreurs de synchronisation
complete-errors-ignore-detail = La migration est terminée malgré tout. Ce qui n’a pas pu être migré reste sur le serveur Exchange ; MigrationErrors.csv en donne les raisons et MigrationItems.csv nomme chaque élément.

## The question

complete-ask = Terminer la migration ?
complete-ask-body = { $mailboxes ->
        [one] { $mailboxes } boîte aux lettres est synchronisée une dernière fois et comparée.
       *[other] { $mailboxes } boîtes aux lettres sont synchronisées une dernière fois et comparées.
    } Ensuite, le courrier qui parvient encore au serveur Exchange n’est plus repris. Cette action est irréversible.
complete-ask-behind = Une synchronisation est en cours. La fin de la migration commence dès qu’elle est finie ; jusque-là, vous pouvez l’annuler.
complete-doubts = À prendre en compte
complete-doubt-mx = Vous n’avez pas coché que les enregistrements MX ont été modifiés.
complete-doubt-early = Vous avez coché les enregistrements MX il y a moins de 24 heures ; du courrier peut encore arriver au serveur Exchange.
complete-doubt-arrives = Vous n’avez pas coché que le courrier arrive dans Microsoft 365.
complete-doubt-ignore = Les erreurs seront ignorées : ce qui ne peut pas être migré est laissé de côté.
complete-doubt-left-out = { $count ->
        [one] { $number } boîte aux lettres n’a encore fait partie d’aucun lot. Elle est migrée maintenant, elle aussi, et son compte est créé.
       *[other] { $number } boîtes aux lettres n’ont encore fait partie d’aucun lot. Elles sont migrées maintenant, elles aussi, et leurs comptes sont créés.
    }

## Afterwards

complete-next = Et ensuite
complete-hand-over = Mots de passe initiaux
complete-hand-over-detail = Chaque compte d’utilisateur créé par la migration a un mot de passe initial. Son utilisateur en a besoin une fois et doit alors le changer. Remettez-le en personne, sur papier ou par téléphone, jamais par e-mail.
complete-passwords = Écrire les mots de passe dans le rapport
complete-passwords-warning = Quiconque obtient le fichier peut lire les mots de passe qu’il contient
complete-passwords-detail = S’il vous les faut dans un fichier, Cutover réécrit MigrationStatistics.csv avec les mots de passe, lisible par vous seul. Supprimez-le dès qu’ils sont remis. Un mot de passe qui n’a encore figuré dans aucun rapport et n’est plus connu sur cet ordinateur est remplacé par un nouveau.
complete-passwords-written = MigrationStatistics.csv contient maintenant les mots de passe initiaux
complete-passwords-written-detail = Remettez-les, puis supprimez le fichier.
complete-licences = Licences
complete-licences-detail = Dans les 30 jours, attribuez à chaque utilisateur migré une licence Microsoft 365 dans le Centre d’administration Microsoft 365. Sans licence, la boîte aux lettres est ensuite désactivée, et son contenu peut être perdu.
complete-autodiscover = Enregistrement Autodiscover
complete-autodiscover-detail = Chez votre fournisseur DNS, créez dans chaque domaine de messagerie un enregistrement CNAME nommé autodiscover qui pointe vers autodiscover.outlook.com, y compris à l’intérieur de votre réseau. C’est ainsi qu’Outlook trouve les nouvelles boîtes aux lettres.
complete-letters = Message aux utilisateurs
complete-letters-detail = Dites à chacun quand le changement a eu lieu, comment se connecter, qu’Outlook peut avoir besoin d’un nouveau profil, et à qui s’adresser.
complete-old-server = L’ancien serveur
complete-old-server-detail = Laissez-le allumé jusqu’à ce que plus personne ni rien n’envoie de courrier par lui : les imprimantes, scanners et programmes le font souvent. Ensuite, désinstallez Exchange comme son éditeur le décrit, plutôt que de simplement l’éteindre.
