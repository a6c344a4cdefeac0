# The second step: the Exchange server and Microsoft 365, each with its form, and the test of both.
# Keys begin with the name of their file.

connect-title = Connection settings
connect-lead = Give both sides, then press Next: both are tested before anything else happens.
connect-practice-lead = The practice organisation’s settings are filled in. Press Next to test both sides, as in a real migration.
connect-required = * These fields must be filled in.

## Your Exchange server

connect-source = Your Exchange server
connect-by-autodiscover = Autodiscover finds the server from the mail address.
connect-by-hand = You name the server yourself.
connect-type-instead = Give the server by hand instead
connect-autodiscover-instead = Use Autodiscover instead

connect-email = Migration administrator’s email address
connect-email-hint = The mail address of the migration account. Autodiscover starts from it.
connect-email-typed-hint = The mail address of the migration account. Cutover opens its mailbox to read the address lists.
connect-email-example = migration@example.com
connect-user = Domain\Username
connect-user-hint = As you would sign in: EXAMPLE\migration, or the user principal name.
connect-user-example = EXAMPLE\migration
connect-password = Password
connect-server = Exchange server
connect-server-hint = Its full name, or the whole https address of Exchange Web Services.
connect-server-example = mail.example.com
connect-authentication = Authentication
connect-authentication-basic = Basic, over an encrypted connection

connect-access = How the account opens mailboxes
connect-delegate = With full access
connect-delegate-what = The account has Full Access to the mailboxes, or Receive As on their databases.
connect-impersonation = By impersonation
connect-impersonation-what = The account has the role ApplicationImpersonation. Exchange 2010 and later.

connect-at-a-time = Number of mailboxes to migrate simultaneously
connect-at-a-time-hint = 1 to 10. Three suits most servers. Choose fewer if the server or the line is slow by day, more for a strong server over night.

connect-source-more = More settings
connect-proxy = RPC proxy server
connect-proxy-hint = The server’s name outside your network, such as mail.example.com. It is tried when the Exchange server’s own name cannot be reached.
connect-autodiscover-url = Autodiscover address
connect-autodiscover-url-hint = Only if it is not in one of the usual places: the whole https address.
connect-authority = Private certificate authority
connect-authority-hint = If the server’s certificate comes from your own authority: the authority’s certificate, as a PEM file.

connect-special = Special mailboxes and groups
connect-special-what = An address list does not tell these apart. Give one address on each line.
connect-also = Hidden mailboxes that are to move as well
connect-shared = Shared mailboxes
connect-rooms = Rooms
connect-equipment = Equipment
connect-security-groups = Mail-enabled security groups
connect-dynamic-groups = { $groups ->
        [one] { $groups } dynamic group from the settings file is kept as it is.
       *[other] { $groups } dynamic groups from the settings file are kept as they are.
    }

## Microsoft 365

connect-target = Microsoft 365
connect-target-what = Cutover signs in as the application that you registered.
connect-tenant = Tenant
connect-tenant-hint = One of your organisation’s domains, or its directory (tenant) ID.
connect-tenant-example = example.onmicrosoft.com
connect-client = Application (client) ID
connect-client-hint = The app registration’s overview shows it.
connect-secret = Client secret
connect-secret-hint = The secret’s value, not its ID.
connect-by-certificate = Sign in with a certificate instead of a secret
connect-certificate = Certificate file
connect-key = Private key file
connect-key-hint = Unencrypted PKCS #8, as PEM or DER. Keep it readable by you alone.
connect-location = Usage location
connect-location-hint = The country of your users in two letters, such as GB or DE. Licences need it.
connect-target-more = More settings
connect-sku = Licence to assign
connect-sku-hint = The part number, such as EXCHANGESTANDARD. If you leave it empty, the first suitable licence with free seats is used.

## Passwords

connect-keep = Keep the passwords in this computer’s keyring
connect-keep-hint = You can then go on with this migration without typing them again. They are never written into files.
connect-no-keyring = This computer has no keyring that can be used, so the passwords are kept for this session only.

## What is wrong with a field

connect-fault-empty = Fill this in.
connect-fault-email = “{ $given }” is not a whole mail address. Enter one like migration@example.com.
connect-fault-server = “{ $given }” cannot be a server. Enter a name like mail.example.com, or an address that begins with https://.
connect-fault-https = “{ $given }” cannot be used. Enter an address that begins with https://.
connect-fault-sign-in = There is a user name or a password in this address. Take out what stands before “@”, and “@” itself.
connect-fault-country = “{ $given }” is not a country in two letters. Enter one like GB or DE.
connect-fault-list = “{ $given }” is not a mail address. Give one address on each line.

## What to do about a failure, in terms of the fields

connect-remedy-server = Fill in the server’s name below and press Next. Whoever set up the server, or Outlook’s account settings, can tell you its name.
connect-remedy-autodiscover = Check the mail address of the migration account for typing errors: Autodiscover knows only addresses that exist. If it is right, fill in the server’s name below and press Next. Whoever set up the server, or Outlook’s account settings, can tell you its name.
connect-remedy-host = If “{ $host }” is your Exchange server, press Next again and choose Yes. If you do not know it, give the server by hand.
connect-remedy-certificate = Install a certificate that names “{ $host }” and comes from an authority this computer trusts. If it comes from your own authority, name the authority’s certificate file under More settings.
connect-remedy-impersonation = Give the account the role ApplicationImpersonation (the Welcome page shows the command), or choose “With full access” and grant Full Access.
connect-remedy-tenant = Check the tenant: it is the directory (tenant) ID of your organisation, or one of its domains.
connect-remedy-client = Check the application (client) ID: the overview of the app registration shows it.
connect-remedy-permission = Give the app registration the permissions and the role that the Welcome page lists under “An app registration for Cutover”, with admin consent. Wait some minutes, then press Next again.
connect-remedy-unreadable = Fill in both forms again: when both sides work, the settings are saved anew. The record of what was moved is in another file and is not affected.
connect-remedy-file = Choose another file. A certificate is a PEM file that begins with -----BEGIN CERTIFICATE-----, a private key one that begins with -----BEGIN PRIVATE KEY-----.

## The question about the host

connect-host-title = Is { $host } your Exchange server?
connect-host-body = Autodiscover for { $domain } leads to { $host }. Cutover sends the password of the migration account only to servers that you know. If you are not sure, choose No and ask whoever runs the server.
connect-host-yes = Yes, send the password there
connect-host-no = No

## The test

connect-testing-title = Testing the connection
connect-testing-lead = Nothing is changed on either side. You can cancel at any moment.
connect-step-found = Find the Exchange server
connect-step-signed-in = Sign in
connect-step-version = Learn the server’s version
connect-step-mailbox = Open the migration account’s mailbox
connect-step-target = Sign in to Microsoft 365
connect-step-open = Open the record of this migration
connect-step-survey = Read the address lists
connect-counted = So far: { $mailboxes ->
        [one] { $mailboxes-shown } mailbox
       *[other] { $mailboxes-shown } mailboxes
    }, { $groups ->
        [one] { $groups-shown } group
       *[other] { $groups-shown } groups
    }, { $contacts ->
        [one] { $contacts-shown } contact
       *[other] { $contacts-shown } contacts
    }
connect-asked = What Autodiscover asked
connect-asked-why = { $why ->
        [unknown-host] No server has this name.
        [unreachable] Nobody answers there.
        [certificate] Its certificate is not trusted by this computer, so no password was sent.
        [sign-in] It did not accept the user name with this password.
        [redirected] It points elsewhere.
        [not-confirmed] It points to a server that nobody has confirmed.
        [cloud] It leads to Microsoft 365, not to your server.
       *[no-answer] It does not know about this mail domain.
    }
