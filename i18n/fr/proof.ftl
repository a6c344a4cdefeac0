## Comparer de nouveau les deux côtés, la preuve, retrouver des messages

cli-since = Depuis la dernière synchronisation, sur l’ancien serveur : { $changed } modifiés, { $gone } supprimés, { $new } nouveaux. Rien de cela n’est perdu : la prochaine synchronisation le reportera.
cli-stands = { $stands ->
        [one] { $stands } élément a été modifié ou déplacé
        [many] { $stands } d’éléments ont été modifiés ou déplacés
       *[other] { $stands } éléments ont été modifiés ou déplacés
    } par quelqu’un dans Microsoft 365 ; cela reste ainsi. MigrationItems.csv indique lesquels.
cli-removed = { $removed ->
        [one] { $removed } élément était arrivé intact dans Microsoft 365 et y a été supprimé
        [many] { $removed } d’éléments étaient arrivés intacts dans Microsoft 365 et y ont été supprimés
       *[other] { $removed } éléments étaient arrivés intacts dans Microsoft 365 et y ont été supprimés
    } depuis ; cela reste ainsi. MigrationItems.csv indique lesquels. Ce que personne n’a supprimé est toujours sur l’ancien serveur.
cli-joined = { $joined ->
        [one] { $joined } membre a été ajouté
        [many] { $joined } de membres ont été ajoutés
       *[other] { $joined } membres ont été ajoutés
    } à des groupes par quelqu’un dans Microsoft 365 ; cela reste ainsi. MigrationErrors.csv indique lesquels.
cli-nothing-lost-but-changed = Rien n’est perdu : tout ce qui peut être migré est arrivé dans Microsoft 365, et chaque destinataire est en place. Ce que quelqu’un y a modifié depuis reste ainsi.
cli-unread = { $unread ->
        [one] 1 élément n’a pas pu être lu
       *[other] { $unread } éléments n’ont pas pu être lus
    } sur l’ancien serveur à l’instant ; comparaison faite avec ce qui a été envoyé : identique.
cli-not-asked = { $folders ->
        [one] 1 dossier
       *[other] { $folders } dossiers
    } de l’ancien serveur n’ont pas pu être interrogés sur les nouveaux éléments.
cli-sample = C’était un échantillon d’environ { $percent } % (graine { $seed }) : { $left } éléments n’ont pas été comparés.
cli-sample-empty = Aucun élément n’a été tiré, rien n’a donc été comparé. Prenez un échantillon plus grand, ou omettez --sample pour tout comparer.
cli-sample-fine = Tout ce que contient l’échantillon est dans Microsoft 365 comme il se doit, et chaque destinataire est en place.
cli-proof = Preuve : { $file }
    Empreinte de sa clé : { $fingerprint }. Notez-la et conservez-la séparément du fichier.
cli-proof-key-not-kept = Cet ordinateur n’a pas de trousseau où conserver cette clé : après un redémarrage de Cutover, la prochaine preuve aura une autre empreinte.
cli-proof-flaw = - { $flaw ->
        [empty] Le fichier est vide.
        [not-a-proof] Ce n’est pas une preuve écrite par Cutover.
        [other-format] La preuve est au format { $number }, que cette version de Cutover ne connaît pas.
        [cut-off] La fin du fichier manque, ou quelque chose y a été ajouté.
        [line-too-long] La ligne { $number } est plus longue que toute ligne d’une preuve.
        [too-long] Le fichier a plus de lignes que n’importe quelle preuve.
        [entries-missing] Des lignes ont été retirées ou ajoutées : il y en a { $number }, et ce n’est pas le nombre signé.
        [changed] Le contenu n’est pas celui qui a été signé : quelque chose a été modifié, échangé ou déplacé.
        [signature-wrong] La signature ne correspond pas à ce contenu et à cette clé.
        [other-key] La signature a été faite avec une autre clé que celle dont vous avez donné l’empreinte.
        [malformed] La ligne { $number } ne peut pas être lue.
        [out-of-place] La ligne { $number } se trouve là où elle ne doit pas être.
        [contradiction] Le résultat de la ligne { $number } ne correspond pas à ses sommes de contrôle.
        [not-drawn] L’élément de la ligne { $number } n’appartient pas à l’échantillon.
       *[sums-differ] Les totaux qui précèdent la ligne { $number } ne sont pas ceux de leurs parties.
    }
cli-proof-holds = La preuve est valable : le fichier est entier, rien n’y a changé depuis sa signature, et tous les totaux sont justes.
cli-proof-key-expected = La signature est faite avec la clé attendue ({ $fingerprint }).
cli-proof-key-any = Sa clé a l’empreinte { $fingerprint }. Comparez-la avec celle que vous avez notée : n’importe qui peut signer un fichier avec sa propre clé.
cli-proof-about = Elle concerne la migration de { $source } vers { $target }, comparée par { $program } jusqu’à { $time } ; { $mailboxes ->
        [one] 1 boîte aux lettres
       *[other] { $mailboxes } boîtes aux lettres
    }.
cli-proof-full = Chaque élément arrivé a été comparé.
cli-proof-sample = Environ { $percent } % des éléments arrivés ont été comparés (graine { $seed }) ; { $left } ne l’ont pas été.
cli-proof-counts = Éléments trouvés : { $found }. Identiques des deux côtés : { $equal } ; sur la cible tels qu’envoyés : { $sent } ; modifiés ou déplacés par quelqu’un dans Microsoft 365, ce qui reste ainsi : { $changed } ; supprimés par quelqu’un là-bas, ce qui reste ainsi : { $removed } ; laissés de côté avec un motif : { $skipped } ; disparus de l’ancien serveur : { $gone }.
cli-proof-nothing-amiss = Aucun n’a échoué, n’attend, ne manque ni ne diffère.
cli-proof-amiss = { $amiss ->
        [one] 1 élément a échoué, attend, manque, diffère ou n’a pas pu être comparé
       *[other] { $amiss } éléments ont échoué, attendent, manquent, diffèrent ou n’ont pas pu être comparés
    } : consultez MigrationItems.csv à côté de la preuve.
cli-proof-limits = Non prouvé : la présence des contacts, des groupes et de leurs membres, ce que le carnet d’adresses ou l’ancien serveur n’a pas montré, ce qui s’est passé après ce moment, et l’honnêteté de l’ordinateur qui a comparé.
cli-hit = { $mailbox } · { $folder } · { $date } · { $size }
    {"  "}{ $sender } : { $subject }
cli-hit-now = {"  "}→ { $now ->
        [there] Se trouve dans Microsoft 365, dans le dossier { $folder }.
        [differs] Se trouve dans Microsoft 365, dans le dossier { $folder }, mais y différait lors de la dernière comparaison.
        [missing] Était arrivé, mais n’était pas dans Microsoft 365 lors de la dernière comparaison.
        [removed] Était arrivé intact dans Microsoft 365 et y a été supprimé depuis.
        [waiting] N’a pas encore été migré.
        [skipped] Reste sur l’ancien serveur.
        [failed] N’a pas pu être migré.
        [kept] N’est plus dans ce dossier sur l’ancien serveur ; sa copie a été laissée dans Microsoft 365, dans le dossier { $folder }.
       *[gone] N’est plus dans ce dossier sur l’ancien serveur.
    }
cli-found-unknown = inconnu
cli-found = { $found ->
        [one] 1 message trouvé.
       *[other] { $found } messages trouvés.
    }
cli-found-more = { $found } messages trouvés ; voici les { $shown } plus récents. Tapez plus de mots pour en trouver moins.
cli-found-nothing = Rien trouvé. Vérifiez l’orthographe ou tapez moins de mots ; les messages arrivés après la dernière synchronisation ne sont pas encore connus.
