# The third step: what was found, what will and will not move, and how long it will take.
# Keys begin with the name of their file. $count chooses the plural; $number is the same number as it is written.

review-title = Revisión
review-lead = Vea qué se va a migrar y después comience. Antes de eso no se cambia nada.

## Commands

review-run = Ejecutar
    .access = E
review-start-over = Volver a empezar
    .access = V
review-check = Comprobar de nuevo
review-check-cancel = Dejar de comprobar

## The three parts

review-tab-summary = Resumen
review-tab-findings = Observaciones
review-tab-recipients = Destinatarios
review-some-of = { $some } de { $all }

## Summary: what moves

review-tile-mailboxes = { $count ->
        [one] buzón nuevo
       *[other] buzones nuevos
    }
review-tile-groups = { $count ->
        [one] grupo nuevo
       *[other] grupos nuevos
    }
review-tile-contacts = { $count ->
        [one] contacto nuevo
       *[other] contactos nuevos
    }
review-tile-items = { $count ->
        [one] elemento
       *[other] elementos
    }
review-tile-size = de tamaño
review-arrived = { $count ->
        [one] Ya migrados por un lote anterior: 1. No se crea de nuevo, solo se pone al día.
       *[other] Ya migrados por un lote anterior: { $number }. No se crean de nuevo, solo se ponen al día.
    }
review-unknown-sizes = { $count ->
        [one] No se conoce el tamaño de 1 buzón, que no se cuenta aquí.
        [many] No se conoce el tamaño de { $number } de buzones, que no se cuentan aquí.
       *[other] No se conoce el tamaño de { $number } buzones, que no se cuentan aquí.
    }
review-pilot = { $count ->
        [one] Un piloto: ahora solo se migra 1 de { $all } destinatarios
       *[other] Un piloto: ahora solo se migran { $chosen } de { $all } destinatarios
    }
review-pilot-rest = No se toca a nadie más. Los demás se migran cuando ejecute un lote para todos; no se copia nada dos veces.
review-pilot-show = Mostrar quiénes

## Summary: what stands in the way, licences, time

review-clear = No hay nada que lo impida.
review-lesser = { $look ->
        [0] { $know ->
            [one] Conviene saber 1 cosa.
            [many] Conviene saber { $know } de cosas.
           *[other] Conviene saber { $know } cosas.
        }
        [one] { $know ->
            [0] Conviene revisar 1 cosa.
            [one] Conviene revisar 1 cosa y saber otra.
            [many] Conviene revisar 1 cosa y saber otros { $know }.
           *[other] Conviene revisar 1 cosa y saber otras { $know }.
        }
        [many] { $know ->
            [0] Conviene revisar { $look } de cosas.
            [one] Conviene revisar { $look } de cosas y saber otra.
            [many] Conviene revisar { $look } de cosas y saber otros { $know }.
           *[other] Conviene revisar { $look } de cosas y saber otras { $know }.
        }
       *[other] { $know ->
            [0] Conviene revisar { $look } cosas.
            [one] Conviene revisar { $look } cosas y saber otra.
            [many] Conviene revisar { $look } cosas y saber otros { $know }.
           *[other] Conviene revisar { $look } cosas y saber otras { $know }.
        }
    }
review-lesser-read = Leer
review-licences = Licencias
review-licences-none = No se necesitan más licencias.
review-licences-enough = { $needed ->
        [one] Se necesita 1 como máximo (libres: { $free }).
       *[other] Se necesitan { $needed } como máximo (libres: { $free }).
    }
review-licences-short = { $needed ->
        [one] Se necesita 1 (libres: { $free }).
       *[other] Se necesitan { $needed } (libres: { $free }; faltan: { $short }).
    }
review-time = Tiempo
review-time-range = Probablemente { $range }, según lo que Microsoft midió en sus propias migraciones.
review-time-bytes = Microsoft 365 admite como máximo 150 MB por buzón en 5 minutos, y el buzón más grande, { $name }, ocupa { $size } (un tercio más al transmitirse): no puede tardar menos de { $least }, sea cual sea su línea.
review-time-items = Microsoft 365 admite como máximo 10.000 solicitudes por buzón en 10 minutos, y el buzón con más elementos, { $name }, tiene { $items }: no puede tardar menos de { $least }, sea cual sea su línea.
review-time-all = Microsoft 365 admite como máximo 150 MB por buzón en 5 minutos, y se migran { $size } (un tercio más al transmitirse), { $count ->
        [one] un buzón tras otro
        [many] { $count } de buzones a la vez
       *[other] { $count } buzones a la vez
    }: no puede tardar menos de { $least }, sea cual sea su línea.
review-time-tonight = Puede empezar esta noche, detener la migración por la mañana y continuar mañana: no se copia nada dos veces.
review-time-unknown = No se conoce el tamaño de los buzones, por lo que nadie puede decirlo de antemano. Puede empezar esta noche, detener la migración por la mañana y continuar mañana: no se copia nada dos veces.
review-time-unmeasured = { $count ->
        [one] 1 buzón de tamaño desconocido no está incluido en este cálculo.
        [many] { $number } de buzones de tamaño desconocido no están incluidos en este cálculo.
       *[other] { $number } buzones de tamaño desconocido no están incluidos en este cálculo.
    }

## Summary: choices

review-reports = Carpeta de los informes
review-reports-hint = Aquí se guardan hojas de cálculo: lo que se migró, lo que no y por qué; y la prueba de la comparación.
review-reports-choose = Elegir la carpeta de los informes
review-reports-missing = Indique dónde se deben guardar los informes, o elija una carpeta con «Examinar».
review-reports-not-whole = Esto no es una ruta completa. Escríbala desde el principio, o elija una carpeta con «Examinar».
review-reports-unwritable = Aquí no se pueden escribir informes: { $reason }. Elija con «Examinar» una carpeta propia; no se ha iniciado nada.
review-status = ¿Quién recibe el mensaje de estado?
review-status-me = Yo ({ $address })
review-status-browse = Elegir a otras personas…
review-status-forget = Quitar
review-status-hint = Cutover no envía correo. Cuando termina la ejecución, prepara el mensaje en su programa de correo, y usted lo envía.
review-at-a-time = Buzones al mismo tiempo
review-at-a-time-hint = 3 es adecuado para la mayoría de los servidores. Con más, el servidor antiguo puede ir más lento para quienes trabajan con él.
review-deletions = Elementos que se eliminan en el servidor Exchange después de copiarlos
review-deletions-follow = Eliminarlos también en Microsoft 365
review-deletions-follow-detail = Allí se pueden recuperar. Si de repente falta gran parte de un buzón, Cutover le pregunta antes.
review-deletions-all = Eliminarlos también en Microsoft 365, sean cuantos sean
review-deletions-all-detail = Así lo indica su archivo de configuración: Cutover nunca pregunta, ni siquiera si un buzón entero está vacío de repente.
review-deletions-keep = Conservarlos en Microsoft 365
review-deletions-keep-detail = Ninguna sincronización los quita.
review-deletions-hint = Lo que alguien cambia o elimina por su cuenta en Microsoft 365 nunca se deshace.
review-people-title = ¿Quién más recibe el mensaje de estado?
review-people-search = Buscar por nombre o dirección
review-people-chosen = { $count ->
        [0] No se ha elegido a nadie más.
        [one] 1 persona elegida.
        [many] { $number } de personas elegidas.
       *[other] { $number } personas elegidas.
    }
review-people-take = Elegir

## Findings

review-must-fix = { $count ->
        [one] Se debe corregir primero
       *[other] Se deben corregir primero ({ $number })
    }
review-look-at = { $count ->
        [one] Conviene revisarlo
       *[other] Conviene revisarlos ({ $number })
    }
review-good-to-know = Conviene saberlo
review-findings-lead = Lo que se encontró en ambos lados, empezando por lo más grave.
review-nothing-found = No se encontró nada que deba saber.
review-names = { $count ->
        [one] Mostrar el nombre
       *[other] Mostrar todos ({ $number })
    }
review-more = … y { $number } más
review-name-in = { $name } (en { $of })
review-name-with = { $name } ({ $of })

review-many-dynamic-groups = Hay grupos de distribución dinámicos que no se migran (total: { $number }): sus miembros se obtienen mediante una consulta.
    .remedy = Cree cada uno de nuevo en Microsoft 365 con New-DynamicDistributionGroup y su filtro, o como grupo normal.
review-many-groups-empty = Hay grupos que no muestran ningún miembro (total: { $number }). Puede que estén realmente vacíos, que sean grupos dinámicos o que oculten sus miembros; la lista de direcciones no permite distinguirlo. Se crean vacíos.
    .remedy = Compare sus miembros manualmente. Incluya los que sean dinámicos en dynamic_groups en la configuración.
review-many-groups-cut = El servidor Exchange no mostró todos los miembros de algunos grupos (total: { $number }).
    .remedy = Compare sus miembros manualmente después de la migración.
review-many-not-moved = Hay destinatarios de un tipo que no se migra en esta versión (total: { $number }).
    .remedy = Si todavía se necesitan, créelos manualmente en Microsoft 365.
review-many-outside-unknown = La lista de direcciones no muestra adónde va el correo de algunos contactos (total: { $number }), por lo que no se crean en Microsoft 365.
    .remedy = Busque sus direcciones externas en el servidor antiguo (Get-MailContact o Get-MailUser) y cree los contactos manualmente.
review-many-access-denied = La cuenta de migración no tiene permiso para abrir algunos buzones en el servidor Exchange (total: { $number }), por lo que su correo no se puede copiar.
    .remedy = Concédale el permiso Acceso total a cada uno (Add-MailboxPermission). Espere a que el permiso surta efecto (hasta dos horas) y compruebe de nuevo.
review-many-impersonation-denied = La cuenta de migración no puede actuar en nombre de algunos buzones en el servidor Exchange (total: { $number }), por lo que su correo no se puede copiar.
    .remedy = Asígnele el rol ApplicationImpersonation (New-ManagementRoleAssignment), espere a que surta efecto y compruebe de nuevo.
review-many-mailboxes-missing = En el servidor Exchange no hay ningún buzón para algunas direcciones (total: { $number }). No se puede copiar nada de ellas.
    .remedy = Compruebe sus direcciones principales. Quite de la lista las que se eliminaron o se convirtieron en usuarios de correo.
review-many-mailboxes-unavailable = En este momento no se pueden abrir algunos buzones en el servidor Exchange (total: { $number }).
    .remedy = Compruebe que sus bases de datos estén montadas y que no haya solicitudes de movimiento en curso; después, compruebe de nuevo.
review-many-members-missing = Hay pertenencias a grupos que no se pueden transferir porque los miembros no se migran (total: { $number }).
    .remedy = Averigüe si esos miembros todavía se necesitan. Si es así, agréguelos manualmente en Microsoft 365 después de la migración.
review-many-domains = Hay dominios que no son dominios aceptados de su organización de Microsoft 365 (total: { $number }), por lo que allí no se pueden usar direcciones de ellos.
    .remedy = Agréguelos y compruébelos en el Centro de administración de Microsoft 365 (Configuración, Dominios); después, compruebe de nuevo.
review-many-domains-left-out = Las direcciones de algunos dominios (total: { $number }) se omiten porque no son dominios aceptados de su organización de Microsoft 365. Por este motivo no falta nada más.
    .remedy = Si a alguno de ellos llega correo de fuera, agréguelo y compruébelo en el Centro de administración de Microsoft 365 (Configuración, Dominios); después, compruebe de nuevo. Los dominios de uso exclusivamente interno, como firm.local, se pueden omitir.
review-domain-left-out = Las direcciones del dominio { $domain } se omiten porque no es un dominio aceptado de su organización de Microsoft 365. Por este motivo no falta nada más.
    .remedy = Si a { $domain } llega correo de fuera, agréguelo y compruébelo en el Centro de administración de Microsoft 365 (Configuración, Dominios); después, compruebe de nuevo. Un dominio de uso exclusivamente interno, como firm.local, se puede omitir.
review-many-addresses-invalid = Hay direcciones que no pueden ser nombres de inicio de sesión en Microsoft 365 (total: { $number }): son demasiado largas o contienen un carácter que allí no se permite.
    .remedy = Asigne a estos buzones otras direcciones principales en el servidor antiguo; después, compruebe de nuevo.

## Checking again

review-checking = Comprobando de nuevo ambos lados…
review-checking-first = Comprobando de nuevo ambos lados… Podrá iniciar la migración cuando termine, o puede dejar de comprobar ahora.
review-checking-progress = { $mailboxes ->
        [one] 1 buzón encontrado
        [many] { $mailboxes } de buzones encontrados
       *[other] { $mailboxes } buzones encontrados
    } (medidos: { $opened }), { $groups ->
        [one] 1 grupo
        [many] { $groups } de grupos
       *[other] { $groups } grupos
    }, { $contacts ->
        [one] 1 contacto
        [many] { $contacts } de contactos
       *[other] { $contacts } contactos
    }

## Why it does not start yet

review-obstacles = { $count ->
        [one] La migración todavía no puede empezar: primero se debe corregir 1 cosa.
        [many] La migración todavía no puede empezar: primero se deben corregir { $number } de cosas.
       *[other] La migración todavía no puede empezar: primero se deben corregir { $number } cosas.
    }
review-obstacles-body = No se inició nada. Haga lo que se indica más abajo y compruebe de nuevo.
review-nobody = No se ha elegido a nadie, por lo que no hay nada que iniciar.
review-nobody-body = Marque a quienes se deben migrar primero, o elija a todos.
review-choose-all = Elegir a todos

## Recipients

review-search = Buscar por nombre o dirección
review-chip = { $kind } ({ $count })
review-shown = Se muestran { $shown } de { $all }; elegidos: { $chosen }
review-choose-shown = Elegir todos los mostrados
review-leave-shown = Omitir todos los mostrados
review-show-all = Mostrar todos
review-none-fits = Nadie coincide con esta búsqueda.
review-unknown = no se conoce
review-column-name = Nombre
review-column-address = Dirección
review-column-kind = Tipo
review-column-items = Elementos
review-column-size = Tamaño
review-column-note = Nota
review-note-new = Nuevo
review-note-arrived = Migrado
review-note-findings = { $count ->
        [one] 1 observación
        [many] { $number } de observaciones
       *[other] { $number } observaciones
    }
# “short” stands in a narrow column.
review-kind-user = Buzón
    .short = Buzón
    .many = Buzones
review-kind-shared = Buzón compartido
    .short = Compartido
    .many = Compartidos
review-kind-room = Sala
    .short = Sala
    .many = Salas
review-kind-equipment = Equipamiento
    .short = Equipamiento
    .many = Equipamiento
review-kind-distribution = Grupo de distribución
    .short = Distribución
    .many = Grupos de distribución
review-kind-security = Grupo de seguridad
    .short = Seguridad
    .many = Grupos de seguridad
review-kind-contact = Contacto
    .short = Contacto
    .many = Contactos
review-kind-mail-user = Usuario de correo
    .short = Usuario
    .many = Usuarios de correo

## One recipient in full

review-detail-size = { $count ->
        [one] { $kind }, 1 elemento, { $size }
        [many] { $kind }, { $items } de elementos, { $size }
       *[other] { $kind }, { $items } elementos, { $size }
    }
review-detail-moves = Se migra
review-detail-stays = No se migra
review-detail-addresses = Otras direcciones
review-detail-dropped = { $address } se omite: su dominio no es un dominio aceptado de su organización de Microsoft 365.
review-detail-missing = Miembros que faltarán porque no se migran
review-moves-mail = El correo de todas las carpetas, con las marcas de leído y de seguimiento
review-moves-calendar = Calendario
review-moves-contacts = Contactos
review-moves-tasks = Tareas
review-moves-notes = Notas
review-moves-account = La dirección de correo pasa a ser el nombre de inicio de sesión; la cuenta recibe una contraseña inicial, que se debe cambiar en el primer inicio de sesión.
review-moves-replies = Las respuestas a correos antiguos encuentran este buzón: también se migra su antigua dirección interna.
review-moves-group = El grupo con sus direcciones
review-moves-members = { $count ->
        [0] Sin miembros
        [one] 1 miembro
        [many] { $number } de miembros
       *[other] { $number } miembros
    }
review-moves-contact = El contacto con sus direcciones y datos
review-moves-mail-user = Se convierte en contacto: su correo va a su dirección externa, como antes.
review-stays-not-mail = Calendario, contactos, tareas y notas: Exchange 2007 solo entrega correo. El informe de errores los indica.
review-stays-rules = Reglas: expórtelas en Outlook o créelas de nuevo.
review-stays-replies = Respuestas automáticas: escríbalas de nuevo.
review-stays-permissions = Permisos y delegados: asígnelos de nuevo cuando se haya migrado a todos.
review-stays-archive = Un buzón de archivo, si lo hay.
review-stays-public-folders = Carpetas públicas.
review-stays-large-shared = Lo que pase de 50 GB: sin licencia, Microsoft 365 no admite más.
review-stays-group-settings = Los propietarios y quién puede escribir al grupo.
review-stays-contact = El jefe y el asistente.

## Questions

review-start-over-title = ¿Volver a empezar?
review-start-over-body = Volverá a la primera página y se olvidará lo que se encontró aquí. Esto no cambia nada en el servidor Exchange ni en Microsoft 365.
review-start-over-stay = Quedarse aquí
review-start-over-now = Volver a empezar
review-run-title = ¿Iniciar la migración?
review-run-new = Cutover crea ahora en Microsoft 365: { $mailboxes ->
        [one] 1 buzón
        [many] { $mailboxes } de buzones
       *[other] { $mailboxes } buzones
    }, { $groups ->
        [one] 1 grupo
        [many] { $groups } de grupos
       *[other] { $groups } grupos
    } y { $contacts ->
        [one] 1 contacto
        [many] { $contacts } de contactos
       *[other] { $contacts } contactos
    }. Después copia el correo.
review-run-people = { $count ->
        [one] 1 persona recibe una cuenta con una contraseña inicial.
        [many] { $number } de personas reciben cuentas con contraseñas iniciales.
       *[other] { $number } personas reciben cuentas con contraseñas iniciales.
    }
review-run-before = { $count ->
        [one] Se pone al día 1 que creó un lote anterior.
       *[other] Se ponen al día { $number } que creó un lote anterior.
    }
review-run-safe = El correo nuevo sigue llegando al servidor antiguo, y allí no se cambia ni se elimina nada.
review-run-stop = Puede detener la migración en cualquier momento; lo que ha llegado permanece, y la próxima ejecución continúa desde allí.
review-run-stay = Todavía no
review-run-now = Iniciar ahora
