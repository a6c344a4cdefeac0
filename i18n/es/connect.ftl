# The second step: the Exchange server and Microsoft 365, each with its form, and the test of both.
# Keys begin with the name of their file.

connect-title = Configuración de la conexión
connect-lead = Indique los datos de ambos lados y presione «Siguiente»: los dos se prueban antes de hacer cualquier otra cosa.
connect-practice-lead = La configuración de la organización de prácticas ya está rellenada. Presione «Siguiente» para probar ambos lados, como en una migración real.
connect-required = * Estos campos son obligatorios.

## Your Exchange server

connect-source = Su servidor Exchange
connect-by-autodiscover = La detección automática encuentra el servidor a partir de la dirección de correo.
connect-by-hand = Usted indica el servidor.
connect-type-instead = Indicar el servidor manualmente
connect-autodiscover-instead = Usar la detección automática

connect-email = Dirección de correo del administrador de la migración
connect-email-hint = La dirección de correo de la cuenta de migración. La detección automática parte de ella.
connect-email-typed-hint = La dirección de correo de la cuenta de migración. Cutover abre su buzón para leer las listas de direcciones.
connect-email-example = migration@example.com
connect-user = Dominio\usuario
connect-user-hint = Como al iniciar sesión: EXAMPLE\migration, o bien el nombre principal de usuario (UPN).
connect-user-example = EXAMPLE\migration
connect-password = Contraseña
connect-server = Servidor Exchange
connect-server-hint = Su nombre completo, o la dirección https completa de los servicios web de Exchange.
connect-server-example = mail.example.com
connect-authentication = Autenticación
connect-authentication-basic = Básica, por una conexión cifrada

connect-access = Cómo abre los buzones la cuenta
connect-delegate = Con acceso total
connect-delegate-what = La cuenta tiene el permiso Acceso total a los buzones, o «Recibir como» en sus bases de datos.
connect-impersonation = Por suplantación
connect-impersonation-what = La cuenta tiene el rol ApplicationImpersonation. Exchange 2010 y versiones posteriores.

connect-at-a-time = Número de buzones que se migran al mismo tiempo
connect-at-a-time-hint = De 1 a 10. Tres es adecuado para la mayoría de los servidores. Elija menos si el servidor o la línea van lentos durante el día, y más para un servidor potente por la noche.

connect-source-more = Más opciones
connect-proxy = Servidor proxy RPC
connect-proxy-hint = El nombre del servidor fuera de su red, como mail.example.com. Se prueba cuando no se puede establecer conexión con el nombre propio del servidor Exchange.
connect-autodiscover-url = Dirección de la detección automática
connect-autodiscover-url-hint = Solo si no está en uno de los lugares habituales: la dirección https completa.
connect-authority = Entidad de certificación privada
connect-authority-hint = Si el certificado del servidor procede de su propia entidad: el certificado de esa entidad, como archivo PEM.

connect-special = Buzones y grupos especiales
connect-special-what = Una lista de direcciones no permite distinguirlos. Escriba una dirección en cada línea.
connect-also = Buzones ocultos que también se deben migrar
connect-shared = Buzones compartidos
connect-rooms = Salas
connect-equipment = Equipamiento
connect-security-groups = Grupos de seguridad habilitados para correo
connect-dynamic-groups = { $groups ->
        [one] { $groups } grupo dinámico del archivo de configuración se conserva como está.
        [many] { $groups } de grupos dinámicos del archivo de configuración se conservan como están.
       *[other] { $groups } grupos dinámicos del archivo de configuración se conservan como están.
    }

## Microsoft 365

connect-target = Microsoft 365
connect-target-what = Cutover inicia sesión como la aplicación que usted registró.
connect-tenant = Inquilino
connect-tenant-hint = Uno de los dominios de su organización, o su Id. de directorio (inquilino).
connect-tenant-example = example.onmicrosoft.com
connect-client = Id. de aplicación (cliente)
connect-client-hint = Se muestra en la información general del registro de aplicación.
connect-secret = Secreto de cliente
connect-secret-hint = El valor del secreto, no su identificador.
connect-by-certificate = Iniciar sesión con un certificado en lugar de un secreto
connect-certificate = Archivo de certificado
connect-key = Archivo de clave privada
connect-key-hint = PKCS #8 sin cifrar, como PEM o DER. Asegúrese de que solo usted pueda leerlo.
connect-location = Ubicación de uso
connect-location-hint = El país de sus usuarios en dos letras, como ES o MX. Las licencias lo requieren.
connect-target-more = Más opciones
connect-sku = Licencia que se asignará
connect-sku-hint = El código de producto, como EXCHANGESTANDARD. Si lo deja vacío, se usa la primera licencia adecuada que tenga unidades libres.

## Passwords

connect-keep = Guardar las contraseñas en el llavero de este equipo
connect-keep-hint = Así podrá continuar esta migración sin volver a escribirlas. Nunca se escriben en archivos.
connect-no-keyring = Este equipo no tiene ningún llavero que se pueda usar, por lo que las contraseñas se conservan solo durante esta sesión.

## What is wrong with a field

connect-fault-empty = Rellene este campo.
connect-fault-email = «{ $given }» no es una dirección de correo completa. Escriba una como migration@example.com.
connect-fault-server = «{ $given }» no puede ser un servidor. Escriba un nombre como mail.example.com, o una dirección que empiece por https://.
connect-fault-https = «{ $given }» no se puede usar. Escriba una dirección que empiece por https://.
connect-fault-sign-in = Esta dirección contiene un nombre de usuario o una contraseña. Quite lo que está antes de «@», y también «@».
connect-fault-country = «{ $given }» no es un país en dos letras. Escriba uno como ES o MX.
connect-fault-list = «{ $given }» no es una dirección de correo. Escriba una dirección en cada línea.

## What to do about a failure, in terms of the fields

connect-remedy-server = Escriba el nombre del servidor más abajo y presione «Siguiente». Puede decírselo la persona que instaló el servidor, o puede verlo en la configuración de la cuenta en Outlook.
connect-remedy-autodiscover = Compruebe que la dirección de correo de la cuenta de migración esté bien escrita: la detección automática solo conoce direcciones que existen. Si es correcta, escriba el nombre del servidor más abajo y presione «Siguiente». Puede decírselo la persona que instaló el servidor, o puede verlo en la configuración de la cuenta en Outlook.
connect-remedy-host = Si «{ $host }» es su servidor Exchange, presione de nuevo «Siguiente» y elija «Sí». Si no lo conoce, indique el servidor manualmente.
connect-remedy-certificate = Instale un certificado emitido para «{ $host }» por una entidad de certificación en la que confíe este equipo. Si procede de su propia entidad, indique el archivo de certificado de esa entidad en «Más opciones».
connect-remedy-impersonation = Asigne a la cuenta el rol ApplicationImpersonation (el comando está en la página «Bienvenida»), o elija «Con acceso total» y conceda el permiso Acceso total.
connect-remedy-tenant = Compruebe el inquilino: es el Id. de directorio (inquilino) de su organización o uno de sus dominios.
connect-remedy-client = Compruebe el Id. de aplicación (cliente): se muestra en la información general del registro de aplicación.
connect-remedy-permission = Conceda al registro de aplicación los permisos y el rol que se indican en la página «Bienvenida», en «Un registro de aplicación para Cutover», con el consentimiento del administrador. Espere unos minutos y presione de nuevo «Siguiente».
connect-remedy-unreadable = Rellene de nuevo los dos formularios: cuando funcionen ambos lados, la configuración se guarda otra vez. El registro de lo que se migró está en otro archivo y no se ve afectado.
connect-remedy-file = Elija otro archivo. Un certificado es un archivo PEM que empieza por -----BEGIN CERTIFICATE-----; una clave privada, uno que empieza por -----BEGIN PRIVATE KEY-----.

## The question about the host

connect-host-title = ¿Es { $host } su servidor Exchange?
connect-host-body = La detección automática para { $domain } conduce a { $host }. Cutover envía la contraseña de la cuenta de migración únicamente a servidores que usted conoce. Si no está seguro, elija «No» y pregunte a quien administre el servidor.
connect-host-yes = Sí, enviar allí la contraseña
connect-host-no = No

## The test

connect-testing-title = Probando la conexión
connect-testing-lead = No se cambia nada en ninguno de los dos lados. Puede cancelar en cualquier momento.
connect-step-found = Encontrar el servidor Exchange
connect-step-signed-in = Iniciar sesión
connect-step-version = Averiguar la versión del servidor
connect-step-mailbox = Abrir el buzón de la cuenta de migración
connect-step-target = Iniciar sesión en Microsoft 365
connect-step-open = Abrir el registro de esta migración
connect-step-survey = Leer las listas de direcciones
connect-counted = Hasta ahora: { $mailboxes ->
        [one] { $mailboxes-shown } buzón
        [many] { $mailboxes-shown } de buzones
       *[other] { $mailboxes-shown } buzones
    }, { $groups ->
        [one] { $groups-shown } grupo
        [many] { $groups-shown } de grupos
       *[other] { $groups-shown } grupos
    }, { $contacts ->
        [one] { $contacts-shown } contacto
        [many] { $contacts-shown } de contactos
       *[other] { $contacts-shown } contactos
    }
connect-asked = Qué consultó la detección automática
connect-asked-why = { $why ->
        [unknown-host] Ningún servidor tiene este nombre.
        [unreachable] Allí no responde nadie.
        [certificate] Este equipo no confía en su certificado, por lo que no se envió ninguna contraseña.
        [sign-in] No aceptó el nombre de usuario con esta contraseña.
        [redirected] Remite a otro lugar.
        [not-confirmed] Remite a un servidor que nadie ha confirmado.
        [cloud] Conduce a Microsoft 365 y no a su servidor.
       *[no-answer] No conoce este dominio de correo.
    }
