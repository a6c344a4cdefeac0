# What every page of the window has: its frame, its steps, its buttons.
# Keys begin with the name of their file. A button's `access` is the letter that presses it together with Alt (Windows, Linux):
# one letter of the label, different from the others that can be in the same footer. A script without Latin letters puts the
# letter in brackets behind the label, as in 次へ(N).

# This language's own name for itself.
language-name = Español

## Steps

window-step-welcome = Bienvenida
window-step-connect = Configuración de la conexión
window-step-review = Revisión
window-step-run = Ejecución
window-step-complete = Finalización

## Buttons

window-back = Atrás
    .access = A
window-next = Siguiente
    .access = S
window-cancel = Cancelar
    .access = C
window-close = Cerrar
    .access = E
window-browse = Examinar…
    .access = X
window-copy = Copiar
    .access = P
window-details = Detalles
    .access = D
window-retry = Reintentar
    .access = R

## The frame

# The program's name. It is never translated.
window-product = Cutover
window-title = { $step } – { $name }
# In the taskbar only the beginning can be read, so how far it is comes first.
window-title-running = { $percent } – { $name }
window-place = Paso { $number } de { $total }: { $step }
window-practice = Esto es un ensayo con una organización de prácticas. Nada de lo que ve aquí es real y no se toca ningún correo real.

## The corner: language, appearance, size of the text

window-corner = Idioma y aspecto
window-language = Idioma
window-language-system = El de este equipo
window-appearance = Aspecto
window-appearance-system = El de este equipo
window-appearance-light = Claro
window-appearance-dark = Oscuro
window-appearance-contrast = Contraste alto
window-text-size = Tamaño del texto
window-text-smaller = Texto más pequeño
window-text-larger = Texto más grande

## Closing while mail is being moved

window-close-title = ¿Detener la migración y cerrar?
window-close-body = Se está migrando el correo. Si cierra Cutover ahora, los buzones en curso se dejan donde están; no se pierde nada ni se copia nada dos veces. La próxima vez que abra Cutover, elija esta migración en «Continuar una migración anterior» y seguirá adelante. Si estaba completando la migración, vuelva a iniciarlo entonces.
window-close-stay = Seguir migrando
window-close-stop = Detener y cerrar
window-close-stopping-title = Deteniendo…
window-close-stopping = Se está registrando lo que ya se envió. La ventana se cerrará sola.

## Controls

window-what-to-do = Qué hacer
window-field-show = Mostrar
window-field-hide = Ocultar
