# The first step: what will happen, what is needed before it begins, and which way to take.
# Keys begin with the name of their file.

welcome-title = Migrar el correo a Microsoft 365
welcome-lead = Cinco pasos, uno después de otro. No se migra nada hasta que presione «Ejecutar» en el tercero.

## What will happen

welcome-copied = Su correo se copia
welcome-copied-what = Cada buzón, grupo de distribución y contacto de su servidor Exchange se crea de nuevo en Microsoft 365 y se llena con su contenido.
welcome-untouched = En el servidor antiguo no se cambia nada
welcome-untouched-what = Cutover solo lee de él. Todos siguen trabajando como hasta ahora.
welcome-in-step = Ambos lados se mantienen sincronizados
welcome-in-step-what = Mientras Cutover está abierto, lo que llega o cambia en el servidor antiguo se transfiere cada 24 horas, hasta que usted complete la migración.

## Going on

welcome-go-on = Continuar una migración anterior
welcome-from-to = { $source } → { $target }
welcome-kept-state = { $state ->
        [Synced] Todo está sincronizado; falta que usted la complete
        [SyncedWithErrors] Sincronizada, con anotaciones en el informe de errores
        [Completed] Completada
        [CompletedWithErrors] Completada, con anotaciones en el informe de errores
        [Stopped] Detenida antes de terminar
        [Failed] No se pudo terminar
        [Created] Preparada, sin empezar
       *[other] Preparada, todavía sin migrar nada
    }
welcome-kept-busy = Abierta en este momento, en esta ventana o por otro comando
welcome-last-synced = Última sincronización: { $moment }
welcome-never-synced = Todavía sin sincronizar

## The way

welcome-way = ¿Cómo debe encontrar Cutover su servidor Exchange?
welcome-autodiscover = Averiguar la configuración con la detección automática
welcome-autodiscover-what = Para Exchange 2007 y versiones posteriores. Usted indica la dirección, el nombre de usuario y la contraseña de la cuenta de migración.
welcome-typed = Indicar la configuración manualmente
welcome-typed-what = Para cualquier versión a partir de Exchange 2007, si la detección automática no funciona o si prefiere indicar usted el servidor.
welcome-2003 = Exchange 2003 no tiene servicios web, que esta versión de Cutover necesita. Una versión posterior lo admitirá mediante IMAP.
welcome-choose-first = Elija una de las dos maneras y presione «Siguiente».

## The rehearsal

welcome-practice = Practicar primero
welcome-practice-what = Cutover incluye una pequeña empresa inventada con su propio servidor Exchange y su propio Microsoft 365. Recorra con ella los cinco pasos: funciona solo en este equipo y no se toca ningún correo real.
welcome-practise = Practicar ahora
# The same, at the foot of the page, where it is always in sight.
welcome-practise-first = Practicar primero
    .access = P
welcome-practice-starting = Iniciando la organización de prácticas…

## What is needed

welcome-needs = Qué necesita antes de empezar
welcome-needs-what = Abra cada punto para ver qué se requiere y cómo comprobarlo.
welcome-needs-exchange = En su servidor Exchange
welcome-needs-cloud = En Microsoft 365
welcome-copied-now = Copiado
welcome-unreadable = La configuración de esta migración se dañó. Empiécela de nuevo con los mismos dos lados: lo que ya se migró está registrado en otro lugar y no se copia nada dos veces.
welcome-not-opened = No se pudo abrir la página en este equipo. Copie su dirección en un navegador.

welcome-need-account = Una cuenta de migración que pueda abrir todos los buzones
welcome-account-make = Cree un usuario normal con buzón, por ejemplo «migration». No use un administrador: Exchange les niega el acceso a los buzones de otras personas. Conceda al usuario uno de estos tres permisos en el Shell de administración de Exchange.
welcome-account-full = Acceso total a todos los buzones (en Exchange 2007, omita la última parte, «-AutoMapping $false»):
welcome-account-receive = O bien «Recibir como» (Receive As) en todas las bases de datos de buzones:
welcome-account-impersonation = O bien el rol de suplantación (Exchange 2010 y versiones posteriores; elija «Por suplantación» en la página siguiente):
welcome-account-check = Para comprobar el acceso total, muestre lo que la cuenta puede abrir. Los permisos nuevos pueden tardar hasta dos horas en verse. Además, Cutover prueba cada buzón antes de migrar nada e indica cuáles no puede abrir.

welcome-need-certificate = Un certificado en el que confíe este equipo
welcome-certificate-check = Abra en un navegador de este equipo la dirección de los servicios web de su servidor, como https://mail.example.com/EWS/Exchange.asmx. Debe pedir un nombre de usuario sin advertir sobre el certificado. En el Shell de administración de Exchange, este comando muestra los nombres, el emisor y el último día de validez de cada certificado:
welcome-certificate-own = Si el certificado procede de su propia entidad de certificación, en la página siguiente puede indicar el archivo de certificado de esa entidad. No basta con un certificado autofirmado.

welcome-need-basic = Autenticación básica en los servicios web de Exchange
welcome-basic-check = En el Shell de administración de Exchange, BasicAuthentication debe ser True:
welcome-basic-set = Si es False, este comando la activa. La conexión sigue cifrada; después puede desactivarla de nuevo.

welcome-need-domains = Sus dominios de correo están comprobados
welcome-domains-check = En el Centro de administración de Microsoft 365, en Configuración › Dominios, cada dominio de sus direcciones de correo debe figurar como correcto o como «Configuración en curso» con la propiedad comprobada. Por ahora, deje el registro MX como está.
welcome-domains-page = Abrir Dominios en el centro de administración
welcome-domains-list = En el Shell de administración de Exchange, este comando muestra los dominios para los que su servidor acepta correo:

welcome-need-no-sync = La sincronización de directorios está desactivada
welcome-no-sync-check = Mientras los usuarios se sincronicen desde su propio directorio, no se pueden crear en Microsoft 365. En el Centro de administración de Microsoft Entra, consulte Entra Connect: el estado de sincronización debe indicar que no está habilitada. Desactivarla puede tardar hasta tres días.
welcome-entra-page = Abrir el Centro de administración de Microsoft Entra

welcome-need-licences = Suficientes licencias con buzón
welcome-licences-check = Cada buzón de usuario necesita una licencia libre que incluya Exchange Online. Los buzones compartidos, las salas y el equipamiento no necesitan ninguna. Cutover vuelve a contarlas antes de migrar nada.
welcome-licences-page = Abrir Licencias en el centro de administración

welcome-need-application = Un registro de aplicación para Cutover
welcome-application-make = En el Centro de administración de Microsoft Entra, elija Registros de aplicaciones › Nuevo registro. Sirve cualquier nombre, como «Cutover»; solo cuentas de esta organización; sin dirección de redirección.
welcome-application-graph = En Permisos de API, agregue estos permisos de aplicación de Microsoft Graph:
welcome-application-exchange = Agregue este permiso de aplicación de Office 365 Exchange Online y presione «Conceder consentimiento de administrador»:
welcome-application-role = En Roles y administradores, asigne a la aplicación el rol Administrador de Exchange.
welcome-application-secret = En Certificados y secretos, cree un secreto de cliente y anote su valor enseguida: solo se muestra una vez. En la página siguiente lo necesitará junto con el Id. de aplicación (cliente).
