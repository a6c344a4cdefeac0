# Spanish, neutral and international, with “usted”. British English is the source.
# A problem has its words (what happened, on which side, what it means for the mail) and its remedy (what to do now).
#
# Terms, as Microsoft's Spanish documentation says them:
#   accepted domain = dominio aceptado · address list = lista de direcciones · batch = lote · computer = equipo
#   distribution group = grupo de distribución · dynamic distribution group = grupo de distribución dinámico
#   item = elemento · ledger = registro de la migración · licence = licencia · mail contact = contacto de correo
#   mail user = usuario de correo · mailbox = buzón · migration account = cuenta de migración
#   migration endpoint = punto de conexión de migración · move = migrar · practice organisation = organización de prácticas
#   recipient = destinatario · secret = secreto · settings = configuración · sign in = iniciar sesión
#   start again = volver a iniciar la migración · synchronisation = sincronización · tenant = inquilino
#   Autodiscover = detección automática · equipment = equipamiento (not equipo) · findings = observaciones
#   Full Access = Acceso total · ignore errors = ignorar · impersonation = suplantación · in step = sincronizados
#   initial password = contraseña inicial · keyring = llavero · pilot = piloto · Receive As = Recibir como
#   rehearsal = ensayo · room = sala · skipped = omitido · status message = mensaje de estado · usage location = ubicación de uso
# Commands, file names and names of settings stay as they are; a setting that looks like a word stands in «».

## Problems on the Exchange side

source-unknown-host = No se encontró el servidor Exchange «{ $host }» con ese nombre. No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe que el nombre del servidor esté bien escrito. Si solo se conoce dentro de la oficina, conecte este equipo a la red de la oficina e inténtelo de nuevo.
source-unreachable = No se puede establecer conexión con el servidor Exchange «{ $host }». No se cambió nada en él, y lo que pueda haber llegado a Microsoft 365 está a salvo.
    .remedy = Compruebe que el servidor esté en marcha, que su dirección y su puerto sean correctos y que este equipo pueda conectarse a él; después, vuelva a iniciar: nada se migra dos veces.
source-certificate-not-trusted = Este equipo no confía en el certificado del servidor Exchange «{ $host }», por lo que no se envió ninguna contraseña.
    .remedy = Instale un certificado emitido para «{ $host }» por una entidad de certificación en la que confíe este equipo, o indique en la configuración el archivo de certificado de su propia entidad (certificate_authority).
source-password-wrong = El servidor Exchange no aceptó el nombre de usuario «{ $user }» con esta contraseña. No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe el nombre de usuario y la contraseña iniciando sesión con ellos en Outlook en la Web. No lo intente demasiadas veces: la cuenta podría bloquearse.
source-basic-not-offered = El servidor Exchange «{ $host }» no ofrece la autenticación básica (ofrece: { $offered }), y esta versión de Cutover no puede iniciar sesión de otra manera. No se envió ninguna contraseña.
    .remedy = Active la autenticación básica en el directorio EWS de ese servidor mientras dure la migración (Set-WebServicesVirtualDirectory -BasicAuthentication $true).
source-ews-blocked = El servidor Exchange «{ $host }» rechaza los programas como este (403). No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe con Get-OrganizationConfig y Get-CASMailbox que los servicios web de Exchange estén activados para la cuenta de migración y que «cutover» figure en la lista de programas permitidos.
source-ews-not-found = No hay servicios web de Exchange en { $url }. No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe la dirección. Suele terminar en /EWS/Exchange.asmx; Exchange 2003 no tiene servicios web.
source-autodiscover-failed = La detección automática no encontró ningún servidor Exchange para «{ $domain }» (se consultó: { $tried }). No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe primero que email, en [source] en la configuración, esté bien escrito: la detección automática solo conoce direcciones que existen. Si es correcto, indique usted el servidor: en la configuración, asigne a ews_url el valor https://SU-SERVIDOR/EWS/Exchange.asmx.
source-autodiscover-in-cloud = La detección automática ya conduce a Microsoft 365 («{ $host }») y no a su servidor Exchange. No se envió ninguna contraseña a ese lugar.
    .remedy = Indique usted el servidor: en la configuración, asigne a ews_url el valor https://SU-SERVIDOR/EWS/Exchange.asmx.
source-host-not-confirmed = La detección automática para «{ $domain }» conduce a «{ $host }», que nadie ha confirmado. No se envió ninguna contraseña a ese lugar.
    .remedy = Si «{ $host }» es su servidor Exchange, agréguelo a confirmed_hosts en la configuración; si no lo conoce, no lo haga.
source-address-invalid = No se puede usar «{ $address }» para encontrar un servidor Exchange. No se envió nada.
    .remedy = Use una dirección de correo completa de su organización, como ana@example.com.
source-access-denied = La cuenta de migración «{ $user }» no tiene permiso para abrir el buzón { $mailbox } en el servidor Exchange, por lo que su correo no se copió.
    .remedy = Ejecute: Add-MailboxPermission { $mailbox } -User "{ $user }" -AccessRights FullAccess -AutoMapping $false. Espere a que el permiso surta efecto (hasta dos horas) y vuelva a iniciar la migración.
source-impersonation-denied = La cuenta de migración «{ $user }» no puede actuar en nombre del buzón { $mailbox } en el servidor Exchange, por lo que su correo no se copió.
    .remedy = Ejecute: New-ManagementRoleAssignment -Name cutover -Role ApplicationImpersonation -User "{ $user }"; o bien escriba access = "delegate" en la configuración y conceda el permiso Acceso total.
source-mailbox-missing = En el servidor Exchange no hay ningún buzón con la dirección { $mailbox }. No se copió nada de él.
    .remedy = Compruebe la dirección principal de este buzón. Si se eliminó o se convirtió en usuario de correo, quítelo de la lista.
source-mailbox-unavailable = En este momento no se puede abrir el buzón { $mailbox } en el servidor Exchange ({ $code }). Lo que ya se copió está a salvo.
    .remedy = Compruebe que su base de datos esté montada y que no haya ninguna solicitud de movimiento en curso; después, vuelva a iniciar la migración.
source-account-without-mailbox = La cuenta de migración «{ $user }» no tiene buzón en el servidor Exchange; sin él no se puede buscar en el directorio. No se cambió nada en ninguno de los dos lados.
    .remedy = Cree un buzón para esta cuenta (Enable-Mailbox) y vuelva a iniciar la migración.
source-busy = El servidor Exchange está ocupado y pidió a Cutover que espere. No hay ningún error y no se pierde ningún correo.
    .remedy = No tiene que hacer nada: Cutover continúa por sí mismo. Si esto se prolonga durante horas, vuelva a iniciar la migración por la noche.
source-item-damaged = El servidor Exchange no puede entregar este elemento porque está dañado en su almacén ({ $code }). El resto del buzón continúa.
    .remedy = Guárdelo como archivo con «Guardar estos elementos como archivos» o «cutover save-items», si el servidor todavía entrega tanto de él. O intente abrirlo en Outlook, o ejecute New-MailboxRepairRequest para el buzón y vuelva a iniciar la migración.
source-item-gone = El elemento se movió o se eliminó en el servidor Exchange cuando se iba a copiar. No se pierde nada: la próxima sincronización lo encontrará en su nuevo lugar.
    .remedy = No tiene que hacer nada. Vuelva a iniciar la migración para recoger lo que se movió.
source-item-withheld = El servidor Exchange muestra este elemento en su carpeta, pero al leerlo responde que no existe (ErrorItemNotFound). No se copió el elemento, o su último cambio. Lo que ya está en Microsoft 365 se queda allí.
    .remedy = Compruebe que la cuenta de migración tenga acceso total al buzón. Si lo tiene, intente abrir el elemento en Outlook o ejecute New-MailboxRepairRequest para el buzón. La próxima sincronización lo intentará de nuevo.
source-folder-gone = La carpeta «{ $folder }» desapareció del servidor Exchange cuando se iba a copiar. Lo que ya se copió de ella permanece en Microsoft 365.
    .remedy = Vuelva a iniciar la migración para recoger lo que se movió.
source-answer-malformed = El servidor Exchange dio una respuesta que no se puede leer ({ $what }). No se usó nada de ella; lo que ya se copió está a salvo.
    .remedy = Vuelva a iniciar la migración. Si se repite, busque entre este equipo y el servidor un proxy o un programa de análisis que modifique las respuestas.
source-answer-too-large = El servidor Exchange dio una respuesta de más de { $limit } bytes, que Cutover no admite. Lo que ya se copió está a salvo.
    .remedy = Guarde el elemento manualmente en otro lugar: es más grande de lo que acepta Microsoft 365.
source-sync-state-expired = El servidor Exchange ya no recuerda hasta dónde se sincronizó esta carpeta, por lo que se compara desde el principio. No se pierde nada ni se copia nada dos veces.
    .remedy = No tiene que hacer nada.
source-kind-not-exportable = Esta versión de Exchange no puede entregar completos los elementos de la clase { $class }, por lo que se quedan en el servidor antiguo. El resto del buzón continúa.
    .remedy = Exporte esos elementos con Outlook (Archivo, Abrir y exportar) e impórtelos en el nuevo buzón, o instale una versión posterior de Exchange.
source-version-unknown = El servidor indica que es «{ $version }», que no es ninguna versión de Exchange que Cutover conozca. No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe la dirección: Cutover migra el correo de Exchange 2007 SP1 y versiones posteriores.
source-much-gone = En el servidor antiguo falta en este buzón mucho más de lo habitual: { $gone } de { $held } elementos. En Microsoft 365 no se eliminó nada.
    .remedy = Compruebe en el servidor antiguo que el buzón está con todo su contenido y ejecute de nuevo. Si se eliminó tanto a propósito, decida en la página Ejecución de la ventana qué pasa con las copias; o ponga deletions en follow-all en la sección [run] del archivo de configuración, ejecute de nuevo y restablezca el valor anterior.
source-members-gone = En el servidor antiguo faltan en el grupo { $group } muchos más miembros de lo habitual: { $gone } de { $held }. En Microsoft 365 no se quitó a nadie del grupo.
    .remedy = Compruebe en el servidor antiguo quién pertenece al grupo y ejecute de nuevo. Si se quitaron tantos a propósito, quítelos también del grupo en Microsoft 365 y ejecute de nuevo. Si son muchos grupos, en lugar de eso ponga deletions en follow-all en la sección [run] del archivo de configuración y ejecute de nuevo; después, restablezca el valor anterior.
source-unexpected = El servidor Exchange respondió con un error para el que Cutover no tiene una explicación mejor: { $code } { $text }. Lo que ya se copió está a salvo.
    .remedy = Vuelva a iniciar la migración. Si se repite, busque información sobre el código o pida ayuda indicándolo.
source-dynamic-group = El grupo de distribución dinámico { $group } no se migra: sus miembros se obtienen mediante una consulta ({ $filter }).
    .remedy = Créelo de nuevo en Microsoft 365 con New-DynamicDistributionGroup y este filtro, o como grupo normal.
source-group-empty = El grupo { $group } no muestra ningún miembro. Puede que esté realmente vacío, que sea un grupo dinámico o que oculte sus miembros; la lista de direcciones no permite distinguirlo. Se crea vacío.
    .remedy = Compare sus miembros manualmente. Si es un grupo dinámico, inclúyalo en dynamic_groups en la configuración.
source-group-cut = El servidor Exchange no mostró todos los miembros del grupo { $group }.
    .remedy = Compare sus miembros manualmente después de la migración.

source-sign-in-weakened = El servidor Exchange «{ $host }» ofrecía antes una forma más segura de iniciar sesión y ahora pide la contraseña misma ({ $offered }). No se envió ninguna contraseña.
    .remedy = Asegúrese de que la conexión llega realmente a su propio servidor (sin redes wifi ajenas ni servidores proxy desconocidos) y vuelva a iniciar la migración.
source-directory-cut = No se pudo leer la lista de direcciones hasta el final (nombres que empiezan por «{ $prefix }»). Es posible que falten destinatarios en la migración.
    .remedy = Compare el número de buzones con Get-Recipient en el servidor e incluya los que falten en «also» en la configuración.
source-legacy-names-unknown = No se conocen las antiguas direcciones internas (legacyExchangeDN) de algunos buzones (total: { $mailboxes }). Las respuestas a correos antiguos dentro de la empresa podrían ser devueltas a su remitente.
    .remedy = Después de la migración, agréguelas manualmente como direcciones X500; Get-Mailbox las muestra como LegacyExchangeDN.
source-recipient-not-moved = { $recipient } es de tipo { $kind }, que no se migra en esta versión.
    .remedy = Si todavía se necesita, créelo manualmente en Microsoft 365.
source-outside-address-unknown = La lista de direcciones no muestra adónde va el correo del contacto { $recipient }, por lo que no se creó en Microsoft 365.
    .remedy = Busque su dirección externa en el servidor antiguo (Get-MailContact o Get-MailUser) y cree el contacto manualmente.
source-listed-missing = { $address } está en { $key } en la configuración, pero la lista de direcciones no muestra { $key ->
        [security_groups] ningún grupo
       *[other] ningún buzón
    } con esta dirección. La entrada no tiene efecto, y aquello a lo que se refiere se migra como otra cosa.
    .remedy = Compruebe que la dirección esté bien escrita. Un buzón oculto en las listas de direcciones debe estar también en «also».

## Problems on the Microsoft 365 side

target-unknown-host = No se encontró «{ $host }». No se cambió nada en Microsoft 365.
    .remedy = Compruebe la conexión a Internet de este equipo y las direcciones de la sección [target] de la configuración.
target-unreachable = No se puede establecer conexión con Microsoft 365 («{ $host }»). Lo que ya llegó allí está a salvo.
    .remedy = Compruebe la conexión a Internet de este equipo y vuelva a iniciar la migración: continuará donde se quedó.
target-certificate-not-trusted = Este equipo no confía en el certificado de «{ $host }», por lo que no se envió nada.
    .remedy = Si un proxy de su empresa inspecciona el tráfico, haga que no intervenga en las conexiones con «{ $host }», o indique en la configuración el archivo de certificado de su entidad (certificate_authority).
target-tenant-unknown = Microsoft 365 no conoce ninguna organización «{ $tenant }». No se cambió nada allí.
    .remedy = Compruebe «tenant» en la configuración: es el Id. de directorio (inquilino) de su organización o uno de sus dominios.
target-application-unknown = Su organización de Microsoft 365 no conoce ninguna aplicación { $client }. No se cambió nada allí.
    .remedy = Compruebe client_id en la configuración: es el Id. de aplicación (cliente) del registro de aplicación creado para esta migración.
target-secret-wrong = Microsoft 365 no aceptó el secreto de la aplicación { $client }. No se cambió nada allí.
    .remedy = Copie el valor del secreto (no su identificador) del registro de aplicación, o cree uno nuevo.
target-secret-expired = El secreto de la aplicación { $client } expiró. Lo que ya llegó a Microsoft 365 está a salvo.
    .remedy = Cree un secreto nuevo en el registro de aplicación y vuelva a iniciar la migración.
target-permission-missing = Microsoft 365 rechazó la aplicación: falta { $permission }. Lo que ya llegó allí está a salvo.
    .remedy = Conceda al registro de aplicación los permisos indicados en el archivo README, con el consentimiento del administrador; asígnele el rol Administrador de Exchange, espere unos minutos y vuelva a iniciar la migración. Si solo se rechazan algunos buzones, la aplicación está limitada a otros en Microsoft 365: permítale acceder también a estos.
target-domain-not-accepted = El dominio { $domain } no es un dominio aceptado de su organización de Microsoft 365, por lo que no se pueden usar direcciones de ese dominio. No se creó nada allí con este dominio.
    .remedy = Agregue y compruebe { $domain } en el Centro de administración de Microsoft 365 (Configuración, Dominios), espere a que su estado sea correcto y vuelva a iniciar la migración.
target-directory-sync-on = La sincronización de directorios está activada para «{ $tenant }», por lo que los usuarios deben crearse en el directorio antiguo y no en Microsoft 365. No se cambió nada allí.
    .remedy = Desactive la sincronización de directorios de esta organización, espere hasta que figure como desactivada (hasta 72 horas) y vuelva a iniciar la migración.
target-licences-short = No hay suficientes licencias con buzón en su organización de Microsoft 365 (necesarias: { $needed }; libres: { $free }). No se cambió nada allí.
    .remedy = Compre o libere las licencias que faltan, o incluya en «shared», en la configuración, los buzones que comparten varias personas: esos no necesitan licencia.
target-licence-unknown = Su organización de Microsoft 365 no tiene ninguna licencia con buzón que se llame «{ $sku }»; tiene: { $known }. Los buzones nuevos necesitan una; no se pierde ningún correo.
    .remedy = Asigne a sku en la configuración una de esas, o quítelo: entonces se toma la primera que tenga puestos libres.
target-address-taken = La dirección { $address } ya pertenece a otro objeto de Microsoft 365, por lo que no se creó y no se copió nada a ella.
    .remedy = Averigüe a qué objeto pertenece con Get-Recipient { $address }, cámbiele el nombre o elimínelo y vuelva a iniciar la migración.
target-address-invalid = { $address } no puede ser un nombre de inicio de sesión en Microsoft 365: es demasiado largo o contiene un carácter que allí no se permite. No se copió nada de ese buzón.
    .remedy = Asigne a este buzón otra dirección principal en el servidor antiguo (letras, cifras y ' . - _ ! # ^ ~ delante de la @, 64 como máximo) y vuelva a iniciar la migración.
target-password-refused = Microsoft 365 rechazó la contraseña inicial de { $address }. La cuenta no se creó.
    .remedy = En la configuración, asigne a initial_password_length el valor 12 o uno mayor y vuelva a iniciar la migración.
target-mailbox-late = Microsoft 365 no creó el buzón { $mailbox } en el plazo de { $waited } segundos. Todavía no se copió nada a él; el buzón antiguo no se ha modificado.
    .remedy = Compruebe en el centro de administración que { $mailbox } tenga una licencia con Exchange Online y vuelva a iniciar la migración.
target-recipient-missing = Microsoft 365 todavía no conoce { $address }, o ya no lo conoce.
    .remedy = Vuelva a iniciar la migración dentro de unos minutos. Si no cambia nada, averigüe si alguien lo eliminó.
target-member-missing = { $member } no es miembro del grupo { $group } en Microsoft 365.
    .remedy = Si alguien lo quitó allí a propósito, no hay nada que hacer. Si no, compruebe que { $member } se haya migrado; después, vuelva a iniciar la migración o agregue el miembro manualmente.
target-member-added = Alguien agregó { $member } al grupo { $group } en Microsoft 365. Así se queda, también en la próxima sincronización.
    .remedy = Si es lo que se quiere, no hay nada que hacer. Si no, quite { $member } del grupo en Microsoft 365.
target-busy = Microsoft 365 está ocupado y pidió a Cutover que espere. No hay ningún error y no se pierde ningún correo.
    .remedy = No tiene que hacer nada: Cutover continúa por sí mismo.
target-item-refused = Microsoft 365 rechazó este elemento: { $code } { $text }. El resto del buzón continúa; el elemento sigue en el servidor antiguo.
    .remedy = Guárdelo como archivo con «Guardar estos elementos como archivos» o «cutover save-items», o ábralo en Outlook y reenvíelo al nuevo buzón.
target-item-too-large = Este elemento ocupa { $size } bytes; Microsoft 365 acepta como máximo { $limit }. Se queda en el servidor antiguo; el resto del buzón continúa.
    .remedy = Guárdelo como archivo con «Guardar estos elementos como archivos» o «cutover save-items», o guarde manualmente en otro lugar sus datos adjuntos.
target-folder-gone = La carpeta «{ $folder }» desapareció de Microsoft 365 mientras se copiaba correo en ella. Lo que sigue en el servidor antiguo está a salvo.
    .remedy = Vuelva a iniciar la migración: la carpeta se creará de nuevo.
target-answer-malformed = Microsoft 365 dio una respuesta que no se puede leer ({ $what }). No se usó nada de ella.
    .remedy = Vuelva a iniciar la migración. Si se repite, busque entre este equipo e Internet un proxy que modifique las respuestas.
target-unexpected = Microsoft 365 respondió con un error para el que Cutover no tiene una explicación mejor: { $code } { $text }. Lo que ya llegó allí está a salvo.
    .remedy = Vuelva a iniciar la migración. Si se repite, busque información sobre el código o pida ayuda indicándolo.
target-item-missing = Un elemento que había llegado ya no está en Microsoft 365.
    .remedy = Pregunte a la persona propietaria del buzón si lo eliminó o lo movió allí. Sigue en el servidor antiguo; «Guardar estos elementos como archivos» o «cutover save-items» lo guarda como archivo.
target-item-differs = Un elemento de Microsoft 365 no es igual que en el servidor antiguo; se diferencia en: { $facets }.
    .remedy = Pregunte a la persona propietaria del buzón si lo modificó allí y compare ambos.
target-item-changed = Alguien modificó este elemento en Microsoft 365. El cambio más reciente del servidor antiguo no se trasladó; el elemento de Microsoft 365 se queda como está.
    .remedy = Pregunte a la persona propietaria del buzón cuál de las dos versiones es la correcta y copie a mano lo que falte; «Guardar estos elementos como archivos» o «cutover save-items» guarda como archivo la del servidor antiguo.
target-item-edited = Alguien modificó este elemento en Microsoft 365, o lo marcó como leído o no leído, después de que llegara íntegro. Se queda así.
    .remedy = No hay nada que hacer. Si nadie sabe de ello, compare ambos: el elemento sigue también en el servidor antiguo.
target-item-moved = Alguien movió este elemento a otra carpeta en Microsoft 365 después de que llegara. Se queda allí.
    .remedy = No hay nada que hacer. Está en el mismo buzón.
target-item-removed = Este elemento había llegado íntegro a Microsoft 365 y se eliminó allí después. Así se queda: no se copia de nuevo.
    .remedy = Si lo eliminó la persona propietaria del buzón, no hay nada que hacer. Si no fue nadie, búsquelo en Outlook en «Recuperar elementos eliminados»; sigue también en el servidor antiguo, y «Guardar estos elementos como archivos» o «cutover save-items» lo guarda como archivo.
target-much-gone = En Microsoft 365 falta en este buzón mucho más de lo habitual de lo que había llegado íntegro: { $gone } de { $held } elementos. Siguen en el servidor antiguo.
    .remedy = Pregunte a la persona propietaria del buzón si se eliminó allí tanto. Si no fue así, busque en Outlook en «Recuperar elementos eliminados» y no apague todavía el servidor antiguo: «Guardar estos elementos como archivos» o «cutover save-items» guarda estos elementos. Si fue así, complete ignorando los errores.

## Problems on this computer

settings-unreadable = No se puede leer el archivo de configuración { $file }: { $reason ->
        [absent] no existe ese archivo.
        [too-large] es mucho más grande de lo que puede ser un archivo de configuración.
        [no-text] no es texto sin formato (UTF-8).
        [no-toml] la línea { $line } no está escrita como se escribe la configuración.
        [backslash] en la línea { $line } hay una barra invertida entre comillas dobles.
        [unknown-key] no hay ningún ajuste llamado «{ $key }», que aparece en la línea { $line }.
        [missing-key] falta «{ $key }».
        [number] en la línea { $line }, { $key } debe ser un número entero a partir de 0, sin comillas.
        [text] en la línea { $line }, { $key } debe ser un texto, entre comillas.
        [list] en la línea { $line }, { $key } debe ser una lista, entre corchetes.
        [choice] en la línea { $line }, { $key } debe ser uno de estos valores: { $expected }.
        [value] un valor de la línea { $line } no es del tipo correcto.
       *[closed] este equipo no permite abrirlo.
    } No se inició nada.
    .remedy = { $reason ->
        [absent] Compruebe el nombre y la carpeta.
        [closed] Compruebe que sea un archivo y que tenga permiso para leerlo.
        [backslash] Ponga el valor entre comillas simples, como user_name = 'EXAMPLE\migration', o escriba dos veces la barra invertida.
       *[other] Corrija el archivo; el archivo README muestra un ejemplo completo.
    }
settings-invalid = { $rule ->
        [sign-in] En el archivo de configuración { $file }, la dirección de { $setting } contiene un nombre de usuario o una contraseña (lo que está antes de «@»). No se usó.
       *[other] En el archivo de configuración { $file }, el valor «{ $given }» de { $setting } no se puede usar.
    } No se inició nada.
    .remedy =
        { $rule ->
            [email] Escriba la dirección de correo completa del administrador de la migración.
            [user] Escriba el nombre de usuario con el formato DOMINIO\usuario.
            [country] Escriba un código de país de dos letras mayúsculas, como ES o MX.
            [tenant] Escriba el Id. de su organización de Microsoft 365 o uno de sus dominios.
            [client] Escriba el Id. de aplicación (cliente) que Microsoft Entra muestra para el registro de aplicación.
            [certificate] Indique tanto client_certificate como client_key, o ninguno de los dos.
            [simultaneous] Escriba un número del 1 al 10.
            [length] Escriba un número del 8 al 64.
            [sign-in] Quite de la dirección lo que está antes de «@», y también «@». Cutover pregunta las contraseñas, o las toma de CUTOVER_SOURCE_PASSWORD y CUTOVER_TARGET_SECRET.
            [backslash] Entre comillas dobles, una barra invertida y la letra que le sigue forman otro carácter. Ponga el valor entre comillas simples, como 'EXAMPLE\migration', o escriba dos veces la barra invertida.
           *[other] Escriba una dirección completa que empiece por https://.
        }
certificate-unreadable = No se puede usar el archivo de certificado { $file }: { $reason }. No se inició nada.
    .remedy = Indique un archivo PEM que empiece por -----BEGIN CERTIFICATE-----; para client_key, uno que empiece por -----BEGIN PRIVATE KEY-----.
ledger-busy = Otra instancia de Cutover ({ $holder }) está trabajando en esta migración. No se inició nada dos veces.
    .remedy = Espere a que termine o ciérrela antes de continuar.
ledger-unreadable = No se puede usar el registro de esta migración, { $file }: { $reason }. No se cambió nada en ninguno de los dos lados.
    .remedy = Si pertenece a otra migración, elija en la configuración otra ubicación para el registro («ledger»). Si está dañado, restáurelo desde una copia de seguridad de este equipo: sin él, Cutover no puede saber qué ha llegado.
ledger-other-migration = El registro { $file } pertenece a otra migración (de { $source } a { $target }). No se cambió nada en ninguno de los dos lados.
    .remedy = Elija en la configuración otra ubicación para el registro («ledger») o vuelva a la configuración de esa migración.
nothing-migrated = Con esta configuración todavía no se ha migrado nada: no consta nada en { $file }. No se buscó nada en ninguno de los dos lados.
    .remedy = Compruebe que este sea el archivo de configuración de la migración y que email, tenant y ledger sean los de entonces: determinan dónde está el registro. Si todavía no se ha migrado nada, empiece con «cutover migrate».
migration-completed = Esta migración está completada: ya no se sincroniza nada más.
    .remedy = No tiene que hacer nada. Para comenzar una nueva, elija en la configuración otra ubicación para el registro («ledger»).
completion-refused = La migración no se completó porque hay destinatarios o elementos con errores de sincronización (total: { $errors }). Todo lo demás está al día.
    .remedy = Consulte MigrationErrors.csv, corrija lo que se indica en él y complete de nuevo la migración, o elija ignorar los errores de sincronización (en la línea de comandos: --ignore-errors) y complétela.
unseen-hidden-recipients = No se pueden ver los destinatarios ocultos en las listas de direcciones. Tampoco se puede saber si un grupo es de seguridad o dinámico ni si un buzón es compartido o de recursos, no siempre se ven todas las direcciones de un destinatario y no se ve la antigua dirección interna (legacyExchangeDN) de los grupos y contactos.
    .remedy = Compare con Get-Mailbox y Get-DistributionGroup en el servidor e incluya lo que falte en la configuración.
unseen-public-folders = Las carpetas públicas no se examinan ni se migran.
    .remedy = Si todavía se necesitan, mígrelas con el método propio de Microsoft.
unseen-archives = Los buzones de archivo no se examinan ni se migran.
    .remedy = Compruebe con Get-Mailbox -Archive si hay alguno.
unseen-settings = Los permisos, las reglas y las respuestas automáticas no se transfieren.
    .remedy = Pida a los usuarios que revisen sus reglas y respuestas automáticas, y asigne de nuevo los permisos.
disk-full = No queda espacio en el disco de { $file }. Cutover se detuvo de forma ordenada; lo que ha llegado está registrado.
    .remedy = Libere espacio y vuelva a iniciar la migración: continuará donde se quedó.
file-unwritable = No se pudo guardar el archivo { $file }: { $reason }. Esto no afecta al correo; lo que contenía antes el archivo no se ha modificado.
    .remedy = Asegúrese de que la carpeta exista, de que usted tenga permiso para escribir en ella y de que quede espacio en el disco; después, inténtelo de nuevo.
report-unwritable = No se puede escribir el informe { $file }: { $reason }. Esto no afecta al correo.
    .remedy = Elija otra carpeta con --reports y vuelva a iniciar la migración: no se copia nada dos veces.
report-unusable = No se puede usar el informe { $file }: { $reason ->
        [unreadable] no se puede leer.
        [too-large] es mucho más grande de lo que puede ser un informe así.
        [not-a-report] no es un informe de este tipo o falta una columna.
        [cut-off] falta el final.
        [line] la línea { $line } no es como debe ser.
        [books] las cifras de la línea { $line } no cuadran.
        [gone] quienes nombra para otro intento ya no están en el origen.
       *[nobody] no nombra a nadie a quien otro intento pudiera ayudar.
    } No se inició nada.
    .remedy = { $reason ->
        [gone] Compruebe que sea el informe de la última ejecución. Para migrar a todos los que hay ahora, inicie sin usar un informe (en la línea de comandos: sin --only-failed-in).
        [nobody] Siga lo que el informe indica en cada línea. Para migrar lo nuevo, inicie sin usar un informe (en la línea de comandos: sin --only-failed-in).
       *[other] Elija el archivo MigrationErrors.csv que escribió Cutover. Si lo modificó en una hoja de cálculo, deje la primera línea y las columnas EmailAddress y Retryable como estaban y guárdelo como CSV.
    }
proof-unreadable = No se puede leer la prueba { $file }, así que no se comprobó nada.
    .remedy = Compruebe el nombre: una prueba se llama MigrationProof.jsonl y está junto a los informes.
proof-key-malformed = «{ $key }» no es una huella digital, así que no se comprobó nada.
    .remedy = Una huella digital tiene 24 cifras y letras de la a a la f, en grupos de cuatro. Escriba la que se mostró cuando se escribió la prueba; sin --key se comprueba el archivo por sí solo.
proof-worthless = { $reason ->
        [other-format] Esta versión de Cutover no puede comprobar la prueba { $file }. Eso no dice nada sobre la prueba.
        [other-key] La prueba { $file } no se firmó con la clave de la huella digital que indicó, así que no le prueba nada.
       *[other] El archivo { $file } no prueba nada. La migración en sí puede estar en orden.
    }
    .remedy = { $reason ->
        [other-format] Compruébela con una versión posterior de Cutover.
        [other-key] Compruebe que escribió bien la huella digital y que es la que se mostró para esta prueba. Si ambas cosas son correctas, compare de nuevo con «cutover verify», que escribe una prueba nueva.
        [other-file] Indique el archivo MigrationProof.jsonl que está junto a los informes, o compare de nuevo con «cutover verify», que escribe una prueba nueva.
       *[other] Compare de nuevo con «cutover verify», que escribe una prueba nueva.
    }
mail-folder-unreadable = No se puede leer la carpeta { $folder }: { $reason }. No se inició nada.
    .remedy = Compruebe el nombre y que usted tenga permiso para leerla.
mail-folder-empty = No hay correo en la carpeta { $folder }. No se inició nada.
    .remedy = Elija una carpeta con mensajes (archivos .eml) o archivos mbox.
file-not-mail =
    { $reason ->
        [part-not-mail] Una parte del archivo { $file } no se incorporó porque no tiene encabezado; el resto sí.
        [empty] El archivo { $file } no se incorporó: está vacío.
        [too-large] El archivo { $file } no se incorporó: ocupa más de un gibibyte.
        [link] El archivo { $file } no se incorporó: es un vínculo que conduce a una carpeta o a ninguna parte.
        [special] El archivo { $file } no se incorporó: no es un archivo ni una carpeta.
        [too-deep] La carpeta { $file } no se incorporó: está anidada a más de treinta niveles.
       *[not-mail] El archivo { $file } no se incorporó: nada de su contenido parece correo.
    }
    .remedy = Si no tenía que ser correo, no tiene que hacer nada. De lo contrario, compruebe el archivo.
faults-invalid = No se puede usar el archivo de fallos { $file }: { $reason ->
        [unreadable] no se puede leer.
        [syntax] la línea { $line } no es como debe ser.
        [operation] el fallo { $number } nombra una operación que no existe en su lado.
        [from-one] en el fallo { $number }, { $key } debe ser 1 o más.
        [one-of-three] el fallo { $number } solo puede tener uno de every, at y share.
        [list-from-one] en el fallo { $number }, { $key } debe ser una lista de números a partir de 1, y no vacía.
        [share] en el fallo { $number }, { $key } debe estar entre 0 y 1.
        [with-share] en el fallo { $number }, { $key } solo va con share.
        [pauses] en el fallo { $number }, { $key } solo va con throttle, delay, reject y reject_after.
        [pause] en el fallo { $number }, { $key } debe estar entre 0 y 3600 segundos.
        [rejects] en el fallo { $number }, { $key } solo va con reject y reject_after.
        [status] en el fallo { $number }, { $key } debe estar entre 400 y 599.
       *[needed] el fallo { $number } necesita { $key } por ser de su tipo.
    } No se inició nada.
    .remedy = Corrija el archivo; el archivo README indica sus claves.
initial-password-reset = En este equipo ya no se conocía la contraseña inicial de { $mailbox }, por lo que se estableció una nueva.
    .remedy = Use la contraseña del informe más reciente; las anteriores ya no funcionan.
initial-password-shown-before = La contraseña inicial de { $mailbox } figuraba en un informe anterior y ya no se conoce en este equipo, por lo que no aparece en este informe.
    .remedy = Use la de aquel informe. Si ya no lo tiene, establezca una nueva contraseña en el Centro de administración de Microsoft 365.
initial-passwords-put-aside = El MigrationStatistics.csv anterior contiene contraseñas iniciales que no se conocen en ningún otro lugar. Se apartó como { $file }.
    .remedy = Entregue las contraseñas y después elimine ese archivo.
password-missing = No se proporcionó ninguna contraseña ({ $variable } no está definida) y aquí no se puede preguntar a nadie. No se inició nada.
    .remedy = Defina la variable de entorno { $variable }, o inicie Cutover en un terminal, donde la pedirá.
stopped = Se detuvo antes de terminar. Lo que ha llegado está a salvo y registrado; los buzones antiguos no se han modificado.
    .remedy = Vuelva a iniciar la migración: continuará donde se quedó.
nothing-to-migrate = La lista de direcciones no muestra ningún buzón. No se cambió nada en ninguno de los dos lados.
    .remedy = Compruebe que la cuenta de migración pueda ver la lista de direcciones, o incluya los buzones en «also» en la configuración.
practice-unavailable = No se pudo iniciar la organización de prácticas en este equipo: { $reason }.
    .remedy = Compruebe que haya espacio en el disco y que los programas puedan abrir puertos en este mismo equipo.
practice-state-busy = En este momento, otra instancia de Cutover mantiene una organización de prácticas en la carpeta { $folder }. No se inició nada.
    .remedy = Ciérrela primero o elija otra carpeta con --state.
practice-state-unusable = No se puede usar la carpeta { $folder } para una organización de prácticas: { $reason }. No se inició nada.
    .remedy = Compruebe el nombre y que usted tenga permiso para escribir en ella, o elija otra carpeta con --state.
no-display = Aquí no se puede abrir la ventana de Cutover ({ $reason }). No se cambió nada en ninguno de los dos lados.
    .remedy = Inicie Cutover en el escritorio de este equipo o use la línea de comandos: «cutover --help» explica cómo.
window-elsewhere = Cutover ya está abierto, pero su ventana no responde. No se cambió nada en ninguno de los dos lados.
    .remedy = Busque la otra ventana y continúe allí. Si no hay ninguna, espere un minuto o cierre la sesión y vuelva a iniciarla, y después abra Cutover otra vez.
internal = Cutover cometió un error propio ({ $what }). Lo que ha llegado está a salvo y registrado.
    .remedy = Vuelva a iniciar la migración. Si se repite, comuníquelo e incluya este texto.
# What a server asked for stands behind the words of any problem.
problem-pause = { $message } Se pidió una pausa de { $pause }.

## The command line

cli-practice-starting = Iniciando la organización de prácticas en este equipo…
cli-connecting = Conectando con ambos lados…
cli-surveying = Leyendo la lista de direcciones…
cli-plan = Se van a migrar: { $mailboxes ->
        [one] { $mailboxes } buzón
        [many] { $mailboxes } de buzones
       *[other] { $mailboxes } buzones
    }, { $groups ->
        [one] { $groups } grupo de distribución
        [many] { $groups } de grupos de distribución
       *[other] { $groups } grupos de distribución
    } y { $contacts ->
        [one] { $contacts } contacto
        [many] { $contacts } de contactos
       *[other] { $contacts } contactos
    } ({ $new ->
        [0] todos creados anteriormente
       *[other] nuevos: { $new }
    }).
cli-findings = Conviene saber antes de empezar:
cli-copying = Copiando los buzones…
cli-making-contacts = Creando los contactos…
cli-making-groups = Creando los grupos y agregando sus miembros…
cli-progress = Elementos migrados: { $moved }; buzones terminados: { $synced } de { $total }
cli-progress-left = { cli-progress }, tiempo restante: { $range }
cli-time-least = Con { $count } buzones a la vez no puede tardar menos de { $least }, sea cual sea su línea: Microsoft 365 admite por buzón como máximo 150 MB en 5 minutos y 10.000 solicitudes en 10 minutos.
cli-completed-before = Esta migración está completada; no se migró nada. Sus informes se escribieron de nuevo, con las contraseñas iniciales que se pueden mostrar.
# Lo que se espera se dice como en la ventana.
cli-waits = { $address }: { $waits }
cli-waits-directory = Contactos y grupos: { $waits }
cli-waits-preparation = Preparación: { $waits }
cli-waits-saving = Guardado de elementos: { $waits }
cli-mailbox = { $address }: { $state ->
        [Synced] terminado, { $items ->
            [one] hay { $items } elemento
            [many] hay { $items } de elementos
           *[other] hay { $items } elementos
        }
        [Completed] completado
        [CompletedWithWarnings] completado, con anotaciones en el informe de errores
        [Stopped] detenido antes de terminar
        [Queued] en espera
       *[other] sin terminar
    }
cli-more-items = (Puede haber más de este tipo; al final se cuentan todos y se indican en MigrationErrors.csv.)
cli-stopping = La migración se detendrá cuando terminen los buzones en curso. Presione Ctrl-C otra vez para detenerla de inmediato; en ningún caso se pierde nada.
cli-verifying = Comparando ambos lados, elemento por elemento…
cli-verified-so-far = Elementos comparados: { $verified } de { $all }
cli-unseen = Lo que esta migración no puede ver o no transfiere:
cli-more-files = … y { $files ->
        [one] { $files } archivo más
        [many] { $files } de archivos más
       *[other] { $files } archivos más
    } (consulte MigrationErrors.csv).
cli-amiss = { $items ->
        [one] 1 elemento: { $message }
        [many] { $items } de elementos: { $message }
       *[other] { $items } elementos: { $message }
    }
    {"  "}→ { $remedy }
cli-more-causes = … y { $causes ->
        [one] { $causes } causa más
        [many] { $causes } de causas más
       *[other] { $causes } causas más
    } (consulte MigrationErrors.csv).
cli-books = Elementos: encontrados { $found } = migrados { $moved } + ya presentes { $already } + omitidos { $skipped } + con error { $failed }{ $waiting ->
        [0] .
       *[other] {" "}+ en espera { $waiting }.
    }
cli-mailboxes = Buzones presentes: { $arrived } de { $expected }.
cli-groups = Grupos presentes con todos sus miembros: { $arrived } de { $expected }.
cli-memberships = Pertenencias a grupos presentes: { $arrived } de { $expected }.
cli-contacts = Contactos presentes: { $arrived } de { $expected }.
cli-verified = Elementos releídos e idénticos: { $verified }; ausentes: { $missing }; distintos: { $differing }.
cli-nothing-new = No había nada nuevo: todo se había migrado antes y nada se migró dos veces.
cli-completed = La migración está completada: a partir de ahora no se sincroniza nada más.
cli-completed-with-errors = La migración está completada, pero no todo ha llegado: MigrationErrors.csv indica lo que falta. Eso sigue en el servidor antiguo.
cli-nothing-lost = No se perdió nada: todos los elementos que debían migrarse están en Microsoft 365 y son idénticos, y no falta ningún destinatario.
cli-nothing-lost-some-stay = No se perdió nada de lo que se puede migrar: todo está en Microsoft 365 y es idéntico, y no falta ningún destinatario. { $skipped ->
        [one] 1 elemento se queda
        [many] { $skipped } de elementos se quedan
       *[other] { $skipped } elementos se quedan
    } sin migrar; en MigrationItems.csv encontrará los detalles y el motivo.
cli-look = No todo ha llegado. No se cambió nada en el servidor antiguo: consulte en MigrationErrors.csv lo que debe hacer y vuelva a iniciar la migración.
cli-unfinished = La migración no ha terminado. Lo que ha llegado está a salvo y registrado; vuelva a iniciarla para continuar.
cli-reports = Informes: { $folder } (MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv)
cli-next = La próxima sincronización será el { $time }. Presione Ctrl-C para terminar; no se pierde nada.
cli-no-longer-in-step = A partir de ahora ya no se transfiere nada. No se pierde nada: inicie de nuevo con --keep-in-step para continuar, o con --complete para completar la migración.
cli-completed-elsewhere = La migración se completó en otro lugar: ya no se sincroniza nada más.
cli-grades = Buzones por calificación: { $perfect } perfectos, { $good } buenos, { $investigate } por revisar, { $poor } deficientes.
cli-grade = - { $address }: { $grade ->
        [Good] bueno
        [Investigate] por revisar
       *[Poor] deficiente
    } ({ $absent } de { $found } elementos no están, { $differing } distintos)
cli-more-grades = … y { $mailboxes ->
        [one] 1 buzón más
        [many] { $mailboxes } de buzones más
       *[other] { $mailboxes } buzones más
    }, indicados en MigrationStatistics.csv.
cli-only = Solo se vuelve a intentar con estos: { $addresses }{ $more ->
        [0] .
       *[other] {" "}y { $more } más.
    }
cli-only-gone = Ya no están en el origen, así que se omiten: { $addresses }{ $more ->
        [0] .
       *[other] {" "}y { $more } más.
    }
cli-saving = Guardando en { $folder } los elementos que no están en Microsoft 365…
cli-saved-so-far = { $done } de { $all } elementos
cli-saved = { $saved ->
        [one] Se guardó { $saved } elemento
        [many] Se guardaron { $saved } de elementos
       *[other] Se guardaron { $saved } elementos
    }{ $already ->
        [0] {""}
       *[other] ; { $already } ya estaban guardados
    }{ $failed ->
        [0] .
       *[other] ; { $failed } no se pudieron obtener.
    }
cli-nothing-to-save = No hay nada que guardar: ningún elemento se omitió, falló, falta o difiere.
cli-still-running =
    La organización de prácticas sigue en marcha hasta que presione Ctrl-C o termine la entrada. Todos los datos de acceso son inventados:
    {"  "}Exchange: { $ews }, usuario { $user }, contraseña { $password }
    {"  "}Microsoft 365: { $graph }, aplicación { $client }, secreto { $secret }
    {"  "}Configuración para cutover migrate: { $settings }
cli-ask-password = Contraseña de { $user } en el servidor Exchange:{" "}
cli-ask-secret = Secreto de la aplicación { $client } en Microsoft 365:{" "}
