# What every page of the window has: its frame, its steps, its buttons.
# Keys begin with the name of their file. A button's `access` is the letter that presses it together with Alt (Windows, Linux):
# one letter of the label, different from the others that can be in the same footer. A script without Latin letters puts the
# letter in brackets behind the label, as in 次へ(N).

# This language's own name for itself.
language-name = Français

## Steps

window-step-welcome = Bienvenue
window-step-connect = Connexion
window-step-review = Vérification
window-step-run = Exécution
window-step-complete = Finalisation

## Buttons

window-back = Précédent
    .access = P
window-next = Suivant
    .access = S
window-cancel = Annuler
    .access = A
window-close = Fermer
    .access = F
window-browse = Parcourir…
    .access = O
window-copy = Copier
    .access = C
window-details = Détails
    .access = D
window-retry = Réessayer
    .access = Y

## The frame

# The program's name. It is never translated.
window-product = Cutover
window-title = { $step } – { $name }
# In the taskbar only the beginning can be read, so how far it is comes first.
window-title-running = { $percent } – { $name }
window-place = Étape { $number } sur { $total } : { $step }
window-practice = Ceci est un exercice avec une organisation d’entraînement. Rien n’y est réel, et aucun vrai message n’est touché.

## The corner: language, appearance, size of the text

window-corner = Langue et apparence
window-language = Langue
window-language-system = Comme sur cet ordinateur
window-appearance = Apparence
window-appearance-system = Comme sur cet ordinateur
window-appearance-light = Clair
window-appearance-dark = Sombre
window-appearance-contrast = Contraste élevé
window-text-size = Taille du texte
window-text-smaller = Texte plus petit
window-text-larger = Texte plus grand

## Closing while mail is being moved

window-close-title = Arrêter la migration et fermer ?
window-close-body = Une migration est en cours. Si vous fermez Cutover maintenant, le travail sur les boîtes aux lettres en cours est interrompu ; rien n’est perdu et rien n’est copié deux fois. La prochaine fois que vous ouvrirez Cutover, choisissez cette migration sous « Reprendre une migration antérieure », et elle continuera. Si vous étiez en train de terminer la migration, relancez alors cette étape.
window-close-stay = Laisser continuer
window-close-stop = Arrêter et fermer
window-close-stopping-title = Arrêt en cours…
window-close-stopping = Ce qui a été envoyé est en cours d’enregistrement. La fenêtre se fermera d’elle-même.

## Controls

window-what-to-do = Que faire
window-field-show = Afficher
window-field-hide = Masquer
