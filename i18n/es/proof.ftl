## Comparar de nuevo ambos lados, la prueba y buscar mensajes

cli-since = Desde la última sincronización, en el servidor antiguo: { $changed } modificados, { $gone } eliminados, { $new } nuevos. Nada de esto se ha perdido: la próxima sincronización lo traslada.
cli-stands = { $stands ->
        [one] Alguien modificó o movió 1 elemento
        [many] Alguien modificó o movió { $stands } de elementos
       *[other] Alguien modificó o movió { $stands } elementos
    } en Microsoft 365, y así se queda. MigrationItems.csv indica cuáles.
cli-removed = { $removed ->
        [one] 1 elemento había llegado íntegro a Microsoft 365 y se eliminó
        [many] { $removed } de elementos habían llegado íntegros a Microsoft 365 y se eliminaron
       *[other] { $removed } elementos habían llegado íntegros a Microsoft 365 y se eliminaron
    } allí después, y así se queda. MigrationItems.csv indica cuáles. Lo que nadie eliminó sigue en el servidor antiguo.
cli-joined = { $joined ->
        [one] Alguien agregó 1 miembro
        [many] Alguien agregó { $joined } de miembros
       *[other] Alguien agregó { $joined } miembros
    } a grupos en Microsoft 365, y así se queda. MigrationErrors.csv indica cuáles.
cli-nothing-lost-but-changed = No se perdió nada: todo lo que se puede migrar llegó a Microsoft 365, y no falta ningún destinatario. Lo que alguien modificó allí desde entonces se queda así.
cli-unread = { $unread ->
        [one] 1 elemento no se pudo leer
       *[other] { $unread } elementos no se pudieron leer
    } en el servidor antiguo en este momento; se compararon con lo enviado y son idénticos.
cli-not-asked = { $folders ->
        [one] 1 carpeta
       *[other] { $folders } carpetas
    } del servidor antiguo no se pudieron consultar en busca de elementos nuevos.
cli-sample = Fue una muestra de aproximadamente el { $percent } % (semilla { $seed }): { $left } elementos no se compararon.
cli-sample-empty = La muestra no contenía ningún elemento, así que no se comparó nada. Tome una muestra mayor, u omita --sample para compararlo todo.
cli-sample-fine = Todo lo que contiene la muestra está en Microsoft 365 como debe, y no falta ningún destinatario.
cli-proof = Prueba: { $file }
    Huella digital de su clave: { $fingerprint }. Anótela y guárdela aparte del archivo.
cli-proof-key-not-kept = Este equipo no tiene un llavero donde guardar esa clave: cuando Cutover se inicie de nuevo, la próxima prueba tendrá otra huella digital.
cli-proof-flaw = - { $flaw ->
        [empty] El archivo está vacío.
        [not-a-proof] Esto no es una prueba escrita por Cutover.
        [other-format] La prueba tiene el formato { $number }, que esta versión de Cutover no conoce.
        [cut-off] Falta el final del archivo, o se le añadió algo.
        [line-too-long] La línea { $number } es más larga que cualquier línea de una prueba.
        [too-long] El archivo tiene más líneas que cualquier prueba.
        [entries-missing] Se quitaron o añadieron líneas: hay { $number }, y no es el número que se firmó.
        [changed] El contenido no es el que se firmó: algo se modificó, se cambió o se movió.
        [signature-wrong] La firma no corresponde a este contenido y a esta clave.
        [other-key] Se firmó con otra clave que la de la huella digital que indicó.
        [malformed] La línea { $number } no se puede leer.
        [out-of-place] La línea { $number } está donde no debe.
        [contradiction] El resultado de la línea { $number } no corresponde a sus sumas de comprobación.
        [not-drawn] El elemento de la línea { $number } no pertenece a la muestra.
       *[sums-differ] Las sumas anteriores a la línea { $number } no son las de sus partes.
    }
cli-proof-holds = La prueba es válida: el archivo está entero, nada ha cambiado en él desde que se firmó y todas las sumas son correctas.
cli-proof-key-expected = Se firmó con la clave esperada ({ $fingerprint }).
cli-proof-key-any = Su clave tiene la huella digital { $fingerprint }. Compárela con la que anotó: cualquiera puede firmar un archivo con una clave propia.
cli-proof-about = Trata de la migración de { $source } a { $target }, comparada por { $program } hasta { $time }; { $mailboxes ->
        [one] 1 buzón
       *[other] { $mailboxes } buzones
    }.
cli-proof-full = Se comparó cada elemento que había llegado.
cli-proof-sample = Se comparó aproximadamente el { $percent } % de los elementos que habían llegado (semilla { $seed }); { $left } no se compararon.
cli-proof-counts = Elementos encontrados: { $found }. Iguales en ambos lados: { $equal }; en el destino tal como se enviaron: { $sent }; modificados o movidos por alguien en Microsoft 365, lo que se respeta: { $changed }; eliminados por alguien allí, lo que se respeta: { $removed }; omitidos con un motivo: { $skipped }; ya no están en el servidor antiguo: { $gone }.
cli-proof-nothing-amiss = Ninguno falló, espera, falta o difiere.
cli-proof-amiss = { $amiss ->
        [one] 1 elemento falló, espera, falta, difiere o no se pudo comparar
       *[other] { $amiss } elementos fallaron, esperan, faltan, difieren o no se pudieron comparar
    }: consulte MigrationItems.csv junto a la prueba.
cli-proof-limits = No se prueba que estén los contactos, los grupos y sus miembros, lo que la lista de direcciones o el servidor antiguo no mostraron, lo que ocurrió después de ese momento ni que el equipo que comparó fuera honrado.
cli-hit = { $mailbox } · { $folder } · { $date } · { $size }
    {"  "}{ $sender }: { $subject }
cli-hit-now = {"  "}→ { $now ->
        [there] Está en Microsoft 365, en la carpeta { $folder }.
        [differs] Está en Microsoft 365, en la carpeta { $folder }, pero difería allí en la última comparación.
        [missing] Había llegado, pero no estaba en Microsoft 365 en la última comparación.
        [removed] Había llegado íntegro a Microsoft 365 y se eliminó allí después.
        [waiting] Todavía no se ha migrado.
        [skipped] Se queda en el servidor antiguo.
        [failed] No se pudo migrar.
        [kept] Ya no está en esta carpeta del servidor antiguo; su copia se dejó en Microsoft 365, en la carpeta { $folder }.
       *[gone] Ya no está en esta carpeta del servidor antiguo.
    }
cli-found-unknown = desconocido
cli-found = { $found ->
        [one] 1 mensaje encontrado.
       *[other] { $found } mensajes encontrados.
    }
cli-found-more = { $found } mensajes encontrados; estos son los { $shown } más recientes. Escriba más palabras para encontrar menos.
cli-found-nothing = No se encontró nada. Revise la ortografía o escriba menos palabras; los mensajes que llegaron después de la última sincronización aún no se conocen.
