# The fourth step: the migration under way, its figures and its problems.
# Keys begin with the name of their file.

run-title = Ejecución
run-lead = Se está migrando su correo. Puede seguir trabajando; en el servidor Exchange no se cambia nada.
run-lead-resting = Ambos lados se mantienen sincronizados hasta que complete la migración.

## Commands

run-stop = Detener
    .access = D
run-another = Iniciar otro lote
    .access = O
run-synchronise = Sincronizar ahora
    .access = Z
run-again = Volver a iniciar
    .access = V
run-complete = Pasar a la finalización
    .access = F

## What happens, in one sentence

run-state-surveying = Buscando novedades en el servidor Exchange
# The three numbers grow while the address lists are read.
run-state-seen = Vistos hasta ahora: buzones { $mailboxes }, grupos de distribución { $groups }, contactos { $contacts }
run-state-starting = Iniciando el lote
run-state-copying = { $active ->
        [0] Copiando los buzones; terminados: { $done } de { $all }
        [one] Copiando un buzón; terminados: { $done } de { $all }
        [many] Copiando { $active } de buzones; terminados: { $done } de { $all }
       *[other] Copiando { $active } buzones; terminados: { $done } de { $all }
    }
run-state-counting = Todavía se está contando: algunas carpetas aún no se han examinado, por lo que los totales aumentan.
run-state-contacts = Creando los contactos: { $done } de { $all }
run-state-groups = Creando los grupos de distribución: { $done } de { $all }
run-state-comparing = Releyendo y comparando: { $compared } de { $all } elementos
run-state-waiting-target = Esperando a Microsoft 365 (desde: { $since }); no tiene que hacer nada
run-state-waiting-source = Esperando al servidor Exchange (desde: { $since }); no tiene que hacer nada
run-state-waiting-mailboxes = Esperando a los nuevos buzones (desde: { $since }); no tiene que hacer nada
run-state-waiting-mailboxes-detail = Microsoft 365 los está creando. Suele tardar menos de media hora y puede tardar hasta 24 horas. Después, la copia empezará por sí misma.
run-state-waiting-detail = Está ocupado y pidió una pausa. El trabajo continuará por sí mismo (hora aproximada: { $until }).
run-state-waiting-upload = Microsoft 365 no acepta más de 150 MB por buzón en cinco minutos. La copia continuará por sí misma (hora aproximada: { $until }).
run-state-waiting-requests = Microsoft 365 no acepta más de 10.000 solicitudes por buzón en diez minutos. La copia continuará por sí misma (hora aproximada: { $until }).
run-state-waiting-sent = Esperando lo que envió un lote anterior (desde: { $since }); no tiene que hacer nada
run-state-waiting-under-way = Cuando ese lote se interrumpió, algo grande iba de camino a Microsoft 365 y aún puede llegar. Para que no esté allí dos veces, la copia solo continúa cuando eso sea seguro (hora límite: { $until }).
run-state-waiting-again = Esperando el próximo intento (desde: { $since }); no tiene que hacer nada
run-state-waiting-again-detail = Algo falló por una causa pasajera, como una conexión interrumpida. Se intentará de nuevo por sí mismo (hora aproximada: { $until }).
run-state-waiting-recipients = Esperando a que aparezcan los nuevos miembros de grupos (desde: { $since }); no tiene que hacer nada
run-state-waiting-recipients-detail = Los buzones, contactos y grupos nuevos pueden tardar unos minutos en aparecer en Microsoft 365, y solo entonces se pueden añadir a un grupo. Cutover continúa aproximadamente a esta hora: { $until }. Los que no hayan aparecido se indican con el grupo.
run-state-stopping = La migración se detendrá cuando terminen los buzones en curso
run-state-stopping-detail = { $active ->
        [0] Se está cerrando el lote.
        [one] Todavía se está terminando un buzón.
        [many] Todavía se están terminando { $active } de buzones.
       *[other] Todavía se están terminando { $active } buzones.
    }
run-state-stopping-now = Deteniendo ahora

## How long, and what stopping would mean

run-left = Tiempo restante: { $range }
run-left-unknown = Tiempo restante: todavía no se conoce
run-if-stopped = Si la detiene ahora: { $done } de { $all } { $all ->
        [one] buzón terminado, que permanece;
        [many] de buzones terminados, que permanecen;
       *[other] buzones terminados, que permanecen;
    } { $active ->
        [0] ninguno en curso;
        [one] uno en curso, que se terminaría en el próximo inicio;
        [many] { $active } en curso, que se terminarían en el próximo inicio;
       *[other] { $active } en curso, que se terminarían en el próximo inicio;
    } no se pierde nada.
run-at-a-time = Buzones al mismo tiempo
run-at-a-time-hint = Surte efecto de inmediato. Si elige menos, surte efecto a medida que terminan los buzones.
run-give-up = Omitir la comparación

## Stopping

run-stop-title = ¿Detener el lote?
run-stop-body = Lo que se ha copiado permanece y en el servidor Exchange no cambia nada. Puede volver a iniciar la migración en cualquier momento; no se copia nada dos veces.
run-stop-after = Detener tras los buzones en curso
run-stop-after-detail = Primero se terminan; no se empieza ninguno más.
run-stop-now = Detener ahora
run-stop-now-detail = Se dejan donde están y se terminan en el próximo inicio.
run-keep-going = Seguir migrando

## Where nothing goes on

run-rest-synced = Sincronizada
run-rest-synced-with-errors = Sincronizada, pero hay algo que revisar
run-rest-completed = La migración está completada
run-rest-failed = El último lote terminó antes de tiempo
run-rest-stopped = Detenida
run-rest-nothing = No hay nada en marcha
run-rest-next = Próxima sincronización: { $due }. Se inicia por sí misma mientras esta ventana esté abierta. Si la ventana está cerrada en ese momento, abra Cutover de nuevo y continúe esta migración.
run-rest-again = La última sincronización falló
run-rest-again-detail = Próximo intento: { $due }, por sí mismo mientras esta ventana esté abierta. El motivo está más abajo.
run-rest-not-kept = Ninguna sincronización se inicia por sí misma, porque la última se detuvo. Elija «Sincronizar ahora» cuando deba continuar.
run-rest-stopped-not-kept = Ninguna sincronización se inicia por sí misma, porque la última se detuvo. Elija «Volver a iniciar» cuando deba continuar.
run-due = Se ha iniciado la sincronización que estaba prevista ({ $due }).
## Much of a mailbox is gone from the Exchange server

run-brake-heading = A la espera de su decisión
run-brake = { $count ->
        [one] Falta gran parte de un buzón en el servidor Exchange
       *[other] Falta gran parte de { $number } buzones en el servidor Exchange
    }
run-brake-detail = Nada de esto se eliminó en Microsoft 365, porque un servidor vaciado o restaurado tiene el mismo aspecto. Mire primero el buzón en el servidor Exchange y decida después qué pasa con las copias.
run-brake-mailbox = { $name }: faltan { $gone } de { $held } elementos
run-brake-all = Los { $number } buzones
run-brake-choose = Marque los buzones sobre los que quiere decidir.
run-brake-delete = Eliminarlos también en Microsoft 365…
run-brake-keep = Conservarlos en Microsoft 365…
run-brake-later = Decidir más tarde
run-brake-delete-title = { $count ->
        [one] ¿Eliminar un elemento también en Microsoft 365?
       *[other] ¿Eliminar { $number } elementos también en Microsoft 365?
    }
run-brake-delete-which = Lo que falta en el servidor Exchange se elimina también en Microsoft 365, salvo las copias que alguien cambió allí. Se trata de: { $more ->
        [0] { $names }.
        [one] { $names } y uno más.
       *[other] { $names } y { $more } más.
    }
run-brake-delete-detail = Cada persona puede recuperar en Outlook los elementos eliminados durante 14 días, o durante el tiempo que haya fijado su organización. Después se pierden definitivamente.
run-brake-delete-sure = Continúe solo si está seguro de que estos elementos se eliminaron a propósito.
run-brake-delete-now = Eliminarlos
run-brake-keep-title = { $count ->
        [one] ¿Conservar un elemento en Microsoft 365?
       *[other] ¿Conservar { $number } elementos en Microsoft 365?
    }
run-brake-keep-which = Las copias de lo que falta en el servidor Exchange permanecen en Microsoft 365. Se trata de: { $more ->
        [0] { $names }.
        [one] { $names } y uno más.
       *[other] { $names } y { $more } más.
    }
run-brake-keep-detail = Ninguna sincronización posterior elimina estas copias. Lo que se elimine en el servidor Exchange a partir de ahora se trata como eligió al principio.
run-brake-keep-now = Conservarlos

## What came of a batch

run-verdict-good = { $count ->
        [0] No se perdió nada: no se migró ningún elemento, y todos los buzones, grupos y contactos están presentes.
        [one] No se perdió nada: el único elemento se releyó y es idéntico.
        [many] No se perdió nada: se releyeron { $verified } de { $all } de elementos y son idénticos.
       *[other] No se perdió nada: se releyeron { $verified } de { $all } elementos y son idénticos.
    }
run-verdict-nothing-new = No había nada nuevo: todo se había migrado antes y nada se migró dos veces.
run-verdict-skipped = { $count ->
        [one] Un elemento se queda en el servidor Exchange por un motivo que indica el informe de errores.
        [many] { $number } de elementos se quedan en el servidor Exchange por motivos que indica el informe de errores.
       *[other] { $number } elementos se quedan en el servidor Exchange por motivos que indica el informe de errores.
    }
run-verdict-sample = Esta fue una muestra de alrededor del { $percent } %: no se compararon { $number } elementos.
run-verdict-since = Desde la última sincronización, en el servidor Exchange: { $changed } cambiados, { $gone } eliminados, { $new } nuevos. Nada de esto se pierde: la próxima sincronización lo transfiere.
run-verdict-since-completed = Desde la última sincronización, en el servidor Exchange: { $changed } cambiados, { $gone } eliminados, { $new } nuevos. Esto no está en Microsoft 365 y ya no se transfiere: búsquelo en el servidor Exchange si todavía lo necesita.
run-verdict-unread = { $count ->
        [one] Un elemento no se pudo leer ahora mismo en el servidor Exchange. En Microsoft 365 está tal como se envió.
       *[other] { $number } elementos no se pudieron leer ahora mismo en el servidor Exchange. En Microsoft 365 están tal como se enviaron.
    }
run-verdict-unasked = { $count ->
        [one] No se pudo preguntar a una carpeta del servidor Exchange por elementos nuevos.
       *[other] No se pudo preguntar a { $number } carpetas del servidor Exchange por elementos nuevos.
    }
run-verdict-stands = { $count ->
        [one] Alguien modificó o movió un elemento en Microsoft 365 desde que llegó. Se queda así.
       *[other] Elementos que alguien modificó o movió en Microsoft 365 desde que llegaron: { $number }. Se quedan así.
    }
run-verdict-removed = { $count ->
        [one] Un elemento había llegado íntegro a Microsoft 365 y se eliminó allí después. Así se queda; MigrationItems.csv lo indica.
       *[other] Elementos que habían llegado íntegros a Microsoft 365 y se eliminaron allí después: { $number }. Así se queda; MigrationItems.csv los indica.
    }
run-verdict-joined = { $count ->
        [one] Alguien agregó un miembro a un grupo en Microsoft 365. Así se queda; MigrationErrors.csv lo indica.
       *[other] Miembros que alguien agregó a grupos en Microsoft 365: { $number }. Así se queda; MigrationErrors.csv los indica.
    }
run-verdict-look = Hay algo que revisar
run-verdict-ignored = Completada; los errores se ignoraron, como usted eligió
run-missing-recipients = { $count ->
        [one] Un buzón, grupo o contacto no está terminado.
        [many] { $number } de buzones, grupos o contactos no están terminados.
       *[other] { $number } buzones, grupos o contactos no están terminados.
    }
run-missing-failed = { $count ->
        [one] No se pudo migrar un elemento.
        [many] No se pudieron migrar { $number } de elementos.
       *[other] No se pudieron migrar { $number } elementos.
    }
run-missing-waiting = { $count ->
        [one] Un elemento todavía espera a ser migrado.
        [many] { $number } de elementos todavía esperan a ser migrados.
       *[other] { $number } elementos todavía esperan a ser migrados.
    }
run-missing-items = { $count ->
        [one] Un elemento se migró, pero ahora no está en Microsoft 365.
        [many] { $number } de elementos se migraron, pero ahora no están en Microsoft 365.
       *[other] { $number } elementos se migraron, pero ahora no están en Microsoft 365.
    }
run-missing-differing = { $count ->
        [one] Un elemento de Microsoft 365 es distinto de lo que se migró, o no se pudo releer.
        [many] { $number } de elementos de Microsoft 365 son distintos de lo que se migró, o no se pudieron releer.
       *[other] { $number } elementos de Microsoft 365 son distintos de lo que se migró, o no se pudieron releer.
    }
run-missing-mailboxes = { $count ->
        [one] Falta un buzón en Microsoft 365.
        [many] Faltan { $number } de buzones en Microsoft 365.
       *[other] Faltan { $number } buzones en Microsoft 365.
    }
run-missing-groups = { $count ->
        [one] Un grupo de distribución falta o tiene otros miembros en Microsoft 365.
        [many] { $number } de grupos de distribución faltan o tienen otros miembros en Microsoft 365.
       *[other] { $number } grupos de distribución faltan o tienen otros miembros en Microsoft 365.
    }
run-missing-memberships = { $count ->
        [one] Falta una pertenencia a un grupo en Microsoft 365.
        [many] Faltan { $number } de pertenencias a grupos en Microsoft 365.
       *[other] Faltan { $number } pertenencias a grupos en Microsoft 365.
    }
run-missing-contacts = { $count ->
        [one] Falta un contacto en Microsoft 365.
        [many] Faltan { $number } de contactos en Microsoft 365.
       *[other] Faltan { $number } contactos en Microsoft 365.
    }
run-ended-stopped = Detenida
run-ended-stopped-detail = { $done } de { $all } { $all ->
        [one] buzón terminado, que permanece.
        [many] de buzones terminados, que permanecen.
       *[other] buzones terminados, que permanecen.
    } El resto se termina en el próximo inicio; no se pierde nada ni se copia nada dos veces.
run-ended-not-begun = El lote se detuvo antes de empezar; no se cambió nada.
run-ended-failed = El lote terminó antes de tiempo
run-ended-failed-detail = Lo que se ha copiado permanece y en el servidor Exchange no se cambió nada. Resuelva la causa indicada más abajo y vuelva a iniciar la migración.
run-ended-refused = El lote no empezó
run-ended-refused-detail = No se cambió nada en ninguno de los dos lados.
run-ended-busy = Hay una sincronización de esta migración en curso
run-ended-busy-detail = No se cambió nada. Inténtelo de nuevo cuando termine.
run-ended-uncompared = El lote ha terminado, pero no se comparó hasta el final
run-ended-uncompared-detail = Solo una comparación muestra si llegó todo.
run-compare = Comparar ahora
run-findings = Ver las observaciones

## Notifications outside the window

run-notify-title = Cutover
run-notify-good = El lote ha terminado. No se perdió nada.
run-notify-look = El lote ha terminado. Hay algo que revisar.
run-notify-stopped = El lote se detuvo.
run-notify-failed = El lote terminó antes de tiempo y requiere su atención.
run-notify-completed = La migración está completada.

## This batch

run-active = Migración de correo activa
run-active-started = Inicio
run-active-by = Iniciada por
run-active-by-unknown = No se conoce
run-active-total = Para migrar o crear
run-active-total-value = { $mailboxes ->
        [one] un buzón
        [many] { $mailboxes } de buzones
       *[other] { $mailboxes } buzones
    }, { $groups ->
        [one] un grupo de distribución
        [many] { $groups } de grupos de distribución
       *[other] { $groups } grupos de distribución
    }, { $contacts ->
        [one] un contacto
        [many] { $contacts } de contactos
       *[other] { $contacts } contactos
    }
run-active-done = Solicitudes completadas
run-active-now = Buzones que se están migrando ahora
run-active-failed = Con error
run-active-mailboxes = Mostrar cada buzón
run-active-errors = Abrir el informe de errores
run-refresh = Actualizar
run-of = { $done } de { $all }

## The migration over all batches

run-overall = Migración de correo
run-overall-mailboxes = Buzones migrados
run-overall-groups = Grupos de distribución creados
run-overall-contacts = Contactos creados
run-overall-errors = Buzones con errores de sincronización
run-overall-synced = Última sincronización
run-overall-never = Todavía no

## The books

run-books = Dónde está cada elemento
run-books-found = encontrados
run-books-waiting = en espera
run-books-moved = migrados
run-books-already = ya presentes
run-books-skipped = omitidos
run-books-failed = con error
run-books-gone = ya eliminados
run-books-note = Cada elemento encontrado está exactamente en uno de estos lugares, por lo que la suma siempre cuadra. «Ya eliminados» son los que entretanto se eliminaron en el servidor Exchange.

## Mailboxes

run-mailboxes = Buzones
run-search = Buscar por nombre o dirección
run-filter-all = Todos
run-filter-active = En curso
run-filter-waiting = En espera
run-filter-failed = Con error
run-none-shown = No hay ningún buzón que mostrar aquí.
run-column-name = Buzón
run-column-state = Estado
run-column-items = Elementos
run-column-rate = Velocidad
run-items = { $done } de { $found }
run-items-counting = { $found } hasta ahora
run-rate = { $size }/min
run-waits-mailbox = Esperando al nuevo buzón
run-waits-mailbox-briefly = Esperando el buzón
run-waits-until = En pausa (hasta { $until })
run-waits-target = Esperando a Microsoft 365 (hasta: { $until })
run-waits-source = Esperando al servidor Exchange (hasta: { $until })
run-waits-upload = Límite de volumen de Microsoft 365 alcanzado (hasta: { $until })
run-waits-requests = Límite de solicitudes de Microsoft 365 alcanzado (hasta: { $until })
run-waits-under-way = Esperando lo que envió un lote anterior y aún puede llegar (como máximo hasta: { $until })
run-waits-again = Algo falló por una causa pasajera (próximo intento: { $until })
run-waits-recipients = Esperando a que Microsoft 365 muestre los nuevos miembros de grupos (como máximo hasta: { $until })
run-waits-comparison = Una parte de la comparación: { $waits }
run-details-shut = Cerrar los detalles
run-fact-address = Dirección
run-fact-size = Tamaño
run-fact-moved = Migrado por este lote
run-fact-started = Inicio
run-fact-waits = En espera
run-folders = { $count ->
        [one] Una carpeta
       *[other] { $number } carpetas
    }
run-folders-arrived = Llegados
run-folders-waiting = En espera
run-folders-skipped = Omitidos
run-folders-failed = Con error
run-folders-reading = Se están contando las carpetas.
run-folders-none = Todavía no se ha mirado ninguna carpeta de este buzón.
run-column-folder = Carpeta
# A state together with a number of items that failed.
run-user-failed-items = { $state }, con error: { $number }
run-user-queued = En cola
run-user-provisioning = Creándose
run-user-provision-updating = Faltan miembros
run-user-syncing = Copiándose
run-user-incremental-syncing = Sincronizándose
run-user-completing = Completándose
run-user-synced = Sincronizado
run-user-completed = Completado
run-user-completed-with-warnings = Completado, vea el informe
run-user-stopped = Detenido
run-user-failed = Con error
run-user-incremental-failed = Sin sincronizar
run-user-completion-failed = Sin completar

## Problems

run-problems = Problemas
run-problem-recipients = { $more ->
        [0] { $names }
        [one] { $names } y uno más
       *[other] { $names } y { $more } más
    }
run-problem-items = { $items ->
        [one] Un elemento
        [many] { $number } de elementos
       *[other] { $number } elementos
    }: { $more ->
        [0] { $names }
        [one] { $names } y uno más
       *[other] { $names } y { $more } más
    }
run-problem-choose = Intentarlo de nuevo con estos
run-problems-more = { $count ->
        [one] Hay un problema más en el informe de errores.
        [many] Hay { $number } de problemas más en el informe de errores.
       *[other] Hay { $number } problemas más en el informe de errores.
    }
run-problems-lost = { $count ->
        [one] Un suceso llegó demasiado rápido para mostrarse aquí; está en el informe de errores.
        [many] { $number } de sucesos llegaron demasiado rápido para mostrarse aquí; están en el informe de errores.
       *[other] { $number } sucesos llegaron demasiado rápido para mostrarse aquí; están en el informe de errores.
    }
run-retry = { $count ->
        [0] Reintentar solo estos
        [one] Reintentar solo este
       *[other] Reintentar solo estos { $count }
    }
run-retry-none = Marque las causas que haya resuelto.
run-retry-now = No se toca a nadie más.
run-retry-later = Se intentan de nuevo cuando este lote termine. No se toca a nadie más.
run-retry-waits = { $count ->
        [one] Un buzón, grupo o contacto se intenta de nuevo cuando este lote termine.
        [many] { $count } de buzones, grupos o contactos se intentan de nuevo cuando este lote termine.
       *[other] { $count } buzones, grupos o contactos se intentan de nuevo cuando este lote termine.
    }
run-forget-retry = No reintentar

## Buscar un mensaje

run-find = Buscar un mensaje…
run-find-title = Buscar un mensaje
run-find-field = Remitente o asunto
run-find-hint = Palabras del asunto, o del nombre o la dirección del remitente.
run-find-now = Buscar
run-found = { $found ->
        [0] No se encontró nada. Revise la ortografía o escriba menos palabras; los mensajes que llegaron después de la última sincronización aún no se conocen.
        [one] 1 mensaje encontrado.
       *[other] { $number } mensajes encontrados.
    }
run-found-more = { $number } mensajes encontrados; estos son los { $shown } más recientes. Escriba más palabras para encontrar menos.
run-find-no-subject = (sin asunto)
run-find-was = En el servidor Exchange: { $folder }
run-find-there = Está en Microsoft 365, en la carpeta { $folder }.
run-find-differs = Está en Microsoft 365, en la carpeta { $folder }, pero difería allí en la última comparación.
run-find-missing = Había llegado, pero no estaba en Microsoft 365 en la última comparación.
run-find-removed = Había llegado íntegro a Microsoft 365 y se eliminó allí después.
run-find-waiting = Todavía no se ha migrado.
run-find-skipped = Se queda en el servidor antiguo.
run-find-failed = No se pudo migrar.
run-find-kept = Ya no está en esta carpeta del servidor antiguo; su copia se dejó en Microsoft 365, en la carpeta { $folder }.
run-find-gone = Ya no está en esta carpeta del servidor antiguo.

## Elementos guardados como archivos

run-save = Guardar estos elementos como archivos…
run-save-hint = Se leen una vez más del servidor Exchange. Cualquier programa de correo abre los archivos; no cambia nada en ninguno de los dos lados.
run-save-pick = Elegir una carpeta para estos elementos
run-saving-begins = Buscando los elementos que se van a guardar
run-saving = Guardando elementos como archivos: { $done } de { $all }
run-save-stop = Dejar de guardar
run-saved = { $count ->
        [0] No queda ningún elemento por guardar.
        [one] { $done } de 1 elemento está ahora en { $folder }.
       *[other] { $done } de { $all } elementos están ahora en { $folder }.
    }
run-saved-failed = { $count ->
        [one] No se pudo obtener un elemento del servidor Exchange:
       *[other] No se pudieron obtener { $number } elementos del servidor Exchange:
    }
run-save-items = { $count ->
        [one] Un elemento
       *[other] { $number } elementos
    }
run-save-open = Mostrar la carpeta

## Reports

run-reports = Informes
run-reports-writing = Los informes se están escribiendo en { $folder }.
run-reports-written = MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv y MigrationFolders.csv están en { $folder }.
run-reports-none = Los informes de este lote todavía no se han escrito. Se guardarán en { $folder }.
run-open-folder = Abrir la carpeta de los informes
run-open-errors = Abrir MigrationErrors.csv
run-open-statistics = Abrir MigrationStatistics.csv
run-write = Escribirlos de nuevo
run-write-again = Intentarlo de nuevo
run-folder = Carpeta de los informes
run-folder-pick = Elegir una carpeta para los informes
run-folder-empty = Escriba o elija una carpeta.
run-folder-browse = Examinar…
run-open-refused = No se pudo abrir
run-open-refused-detail = Este equipo indica: { $reason }. Ábralo usted desde la carpeta indicada arriba.
run-proof = Prueba de la comparación
run-proof-detail = { $file } dice qué se comparó, elemento por elemento, bajo una sola firma ({ $count ->
        [one] 1 elemento
       *[other] { $number } elementos
    }).
run-proof-fingerprint = Huella de su clave
run-proof-note = Anote la huella y guárdela aparte del archivo. Quien compruebe el archivo algún día verá por ella que nadie lo ha cambiado ni sustituido.
run-proof-not-kept = Este equipo no tiene un llavero donde guardar esa clave, así que, cuando Cutover se inicie de nuevo, la próxima prueba tendrá otra huella.

## The status message

run-mail = Preparar el mensaje de estado
run-mail-to = Su programa de correo se abre con un mensaje para { $names }. Lo envía usted.
run-mail-nobody = Su programa de correo se abre con el mensaje. Usted elige quién lo recibe y lo envía.
run-mail-show = Mostrar el texto
run-mail-hide = Ocultar el texto
run-mail-synced = Migración de correo: lote terminado
run-mail-completed = Migración de correo: completada
run-mail-completed-with-errors = Migración de correo: completada, con errores ignorados
run-mail-stopped = Migración de correo: lote detenido
run-mail-failed = Migración de correo: el lote terminó antes de tiempo
run-mail-practice = Esto fue un ensayo con una organización de prácticas. Nada de lo que contiene es real.
run-mail-mailboxes = Buzones migrados: { $done } de { $all }
run-mail-groups = Grupos de distribución creados: { $done } de { $all }
run-mail-contacts = Contactos creados: { $done } de { $all }
run-mail-items = Elementos en Microsoft 365: { $done } de { $all }
run-mail-behind = Elementos con error u omitidos: { $items }
run-mail-errors = Buzones con errores de sincronización: { $mailboxes }
run-mail-end = Encontrará los detalles en los informes, en el equipo que realiza la migración: MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv y, una vez comparados los dos lados, MigrationProof.jsonl.
