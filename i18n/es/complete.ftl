# The last step: completing the migration, its verdict, and what to do next.
# Keys begin with the name of their file.

complete-title = Completar la migración
complete-title-done = La migración está completada
complete-lead = Una última sincronización; después de ella no se transfiere nada más.
complete-lead-busy = La última sincronización está en curso.
complete-lead-queued = La finalización espera su turno; puede anularla mientras no empiece.
complete-lead-done = Ya no se sincroniza nada más. Esto es lo que viene ahora.

## Commands

complete-now = Completar la migración
    .access = M
complete-start-over = Iniciar otra migración
    .access = T
complete-not-yet = Todavía no
complete-unqueue = No completar todavía
    .access = N

## Mientras hay una sincronización en curso detrás de esta página

complete-behind = Hay una sincronización en curso
complete-behind-detail = Puede completar ahora: la finalización empieza en cuanto termine la sincronización.
complete-queued = Se completará en cuanto termine la sincronización en curso
complete-queued-detail = Empieza por sí misma, también si esa sincronización falla. Deje esta ventana abierta.
# El porcentaje ya viene escrito, por ejemplo «40 %».
complete-queue-so-far = Sincronizado hasta ahora: { $percent }.

## The state of things

complete-state-synced = Última sincronización: { $at }
complete-state-never = Todavía sin sincronizar
complete-state-errors = { $count ->
        [0] Ningún buzón tiene errores de sincronización.
        [one] Un buzón tiene errores de sincronización.
        [many] { $count } de buzones tienen errores de sincronización.
       *[other] { $count } buzones tienen errores de sincronización.
    }
complete-state-done = Completada
complete-state-done-with-errors = Completada, con errores ignorados
complete-state-at = Fin de la última sincronización: { $at }.

## Before

complete-before = Antes de completar
complete-mx = 1. El correo nuevo va a Microsoft 365
complete-mx-detail = { $count ->
        [0] Cambie los registros MX de todos sus dominios de correo en su proveedor de DNS, para que el correo nuevo vaya a Microsoft 365.
        [one] Cambie el registro MX de { $names } en su proveedor de DNS, para que el correo nuevo vaya a Microsoft 365.
        [many] { $more ->
            [0] Cambie los registros MX de { $count } de dominios en su proveedor de DNS, para que el correo nuevo vaya a Microsoft 365: { $names }.
           *[other] Cambie los registros MX de { $count } de dominios en su proveedor de DNS, para que el correo nuevo vaya a Microsoft 365: { $names } y { $more } más.
        }
       *[other] { $more ->
            [0] Cambie los registros MX de los { $count } dominios en su proveedor de DNS, para que el correo nuevo vaya a Microsoft 365: { $names }.
           *[other] Cambie los registros MX de los { $count } dominios en su proveedor de DNS, para que el correo nuevo vaya a Microsoft 365: { $names } y { $more } más.
        }
    }
complete-mx-wait = Otros servidores de correo conservan los registros antiguos durante un tiempo. Espere al menos 24 horas después del cambio, mejor 72, y mantenga entretanto ambos lados sincronizados: la última sincronización debe ser posterior al cambio.
complete-mx-changed = Los registros MX se cambiaron
complete-mx-changed-on = Los registros MX se cambiaron (marcado: { $at })
complete-mx-earliest = Complete la migración a partir de: { $floor }; mejor, a partir de: { $better }.
complete-arrives = 2. El correo llega realmente allí
complete-arrives-detail = Envíe un mensaje desde fuera, por ejemplo desde una dirección privada, a alguien de cada dominio y búsquelo en Outlook en la Web. No debe aparecer en el servidor Exchange.
complete-arrives-seen = He visto llegar correo a Microsoft 365

## Errors

complete-errors = Si algo no se puede sincronizar
complete-errors-stop = No ignorar los errores de sincronización
complete-errors-stop-detail = La migración se completa solo si no hay ninguno. De lo contrario, todo se queda como está y usted ve el informe de errores.
complete-errors-ignore = Ignorar los errores de sincronización
complete-errors-ignore-detail = La migración se completa de todos modos. Lo que no se pudo migrar se queda en el servidor Exchange; MigrationErrors.csv indica por qué y MigrationItems.csv nombra cada elemento.

## The question

complete-ask = ¿Completar la migración?
complete-ask-body = { $mailboxes ->
        [one] Un buzón se sincroniza por última vez y se compara.
        [many] { $mailboxes } de buzones se sincronizan por última vez y se comparan.
       *[other] { $mailboxes } buzones se sincronizan por última vez y se comparan.
    } Después, el correo que todavía llegue al servidor Exchange ya no se transfiere. Esto no se puede deshacer.
complete-ask-behind = Hay una sincronización en curso. La finalización empieza en cuanto termine; hasta entonces puede anularla.
complete-doubts = Tenga en cuenta
complete-doubt-mx = No ha marcado que los registros MX se cambiaron.
complete-doubt-early = Marcó los registros MX hace menos de 24 horas; es posible que todavía vaya correo al servidor Exchange.
complete-doubt-arrives = No ha marcado que el correo llega a Microsoft 365.
complete-doubt-ignore = Los errores se ignorarán: lo que no se pueda migrar se queda atrás.
complete-doubt-left-out = { $count ->
        [one] Un buzón no ha estado hasta ahora en ningún lote. Ahora también se migra, y se crea su cuenta.
       *[other] { $number } buzones no han estado hasta ahora en ningún lote. Ahora también se migran, y se crean sus cuentas.
    }

## Afterwards

complete-next = Qué viene ahora
complete-hand-over = Contraseñas iniciales
complete-hand-over-detail = Cada cuenta de usuario que creó la migración tiene una contraseña inicial. Su usuario la necesita una sola vez y después debe cambiarla. Entréguela en persona, en papel o por teléfono, nunca por correo electrónico.
complete-passwords = Escribir las contraseñas en el informe
complete-passwords-warning = Las contraseñas de un archivo las puede leer quien consiga el archivo
complete-passwords-detail = Si las necesita en un archivo, Cutover escribe de nuevo MigrationStatistics.csv con las contraseñas incluidas, de modo que solo usted pueda leerlo. Elimínelo en cuanto las haya entregado. Si una contraseña aún no figuró en ningún informe y ya no se conoce en este equipo, se establece una nueva.
complete-passwords-written = MigrationStatistics.csv contiene ahora las contraseñas iniciales
complete-passwords-written-detail = Entréguelas y después elimine el archivo.
complete-licences = Licencias
complete-licences-detail = Asigne a cada usuario migrado una licencia de Microsoft 365 en un plazo de 30 días, en el Centro de administración de Microsoft 365. Sin ella, después de ese plazo el buzón se desactiva y su correo se puede perder.
complete-autodiscover = Registro de detección automática
complete-autodiscover-detail = En su proveedor de DNS, cree en cada dominio de correo un registro CNAME llamado autodiscover que apunte a autodiscover.outlook.com, también dentro de su red. Gracias a él, Outlook encuentra los nuevos buzones.
complete-letters = Avisos a los usuarios
complete-letters-detail = Comunique a todos cuándo se hizo el cambio, cómo iniciar sesión, que Outlook puede necesitar un perfil nuevo y a quién preguntar.
complete-old-server = El servidor antiguo
complete-old-server-detail = Manténgalo encendido hasta que nadie ni nada envíe correo a través de él: las impresoras, los escáneres y los programas lo hacen a menudo. Después, quite Exchange como indica su fabricante, en lugar de limitarse a apagarlo.
