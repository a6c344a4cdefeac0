# The first step: what will happen, what is needed before it begins, and which way to take.
# Keys begin with the name of their file.

welcome-title = Move your mail to Microsoft 365
welcome-lead = Five steps, one after the other. Nothing is moved until you press Run in the third.

## What will happen

welcome-copied = Your mail is copied
welcome-copied-what = Every mailbox, distribution group, and contact of your Exchange server is created again in Microsoft 365 and filled.
welcome-untouched = Nothing on the old server is changed
welcome-untouched-what = Cutover only reads there. People go on working as they do today.
welcome-in-step = Both sides are kept in step
welcome-in-step-what = While Cutover is open, what arrives or changes on the old server is carried across every 24 hours, until you complete the migration.

## Going on

welcome-go-on = Continue an earlier migration
welcome-from-to = { $source } → { $target }
welcome-kept-state = { $state ->
        [Synced] Everything is synchronized; waiting for you to complete it
        [SyncedWithErrors] Synchronized, with something in the error report
        [Completed] Completed
        [CompletedWithErrors] Completed, with something in the error report
        [Stopped] Stopped before it was done
        [Failed] It could not be finished
        [Created] Set up, not begun
       *[other] Set up, nothing moved yet
    }
welcome-kept-busy = Open at the moment, in this window or by another command
welcome-last-synced = Last synchronized: { $moment }
welcome-never-synced = Not synchronized yet

## The way

welcome-way = How should Cutover find your Exchange server?
welcome-autodiscover = Detect the settings with Autodiscover
welcome-autodiscover-what = For Exchange 2007 and later. You give the address, user name, and password of the migration account.
welcome-typed = Enter the settings by hand
welcome-typed-what = For any version from Exchange 2007, when Autodiscover does not work or you prefer to name the server yourself.
welcome-2003 = Exchange 2003 has no web services, which this version of Cutover needs. It will be supported over IMAP in a later version.
welcome-choose-first = Choose one of the two ways, then press Next.

## The rehearsal

welcome-practice = Practice first
welcome-practice-what = Cutover brings a small invented company with an Exchange server and a Microsoft 365 of its own. Go through all five steps with it: it runs only on this computer, and no real mail is touched.
welcome-practise = Practice now
# The same, at the foot of the page, where it is always in sight.
welcome-practise-first = Practice first
    .access = P
welcome-practice-starting = Starting the practice organization…

## What is needed

welcome-needs = What you need before you begin
welcome-needs-what = Open each to see what it takes and how to check it.
welcome-needs-exchange = On your Exchange server
welcome-needs-cloud = In Microsoft 365
welcome-copied-now = Copied
welcome-unreadable = The settings of this migration were damaged. Start it again with the same two sides: what was moved is recorded elsewhere, and nothing is copied twice.
welcome-not-opened = The page could not be opened on this computer. Copy its address into a browser.

welcome-need-account = A migration account that may open every mailbox
welcome-account-make = Make an ordinary user with a mailbox, for example “migration”. Do not use an administrator: Exchange denies them other people’s mailboxes. Give the user one of these three rights in the Exchange Management Shell.
welcome-account-full = Full Access to every mailbox (on Exchange 2007, leave out the last part, “-AutoMapping $false”):
welcome-account-receive = Or Receive As on every mailbox database:
welcome-account-impersonation = Or the impersonation role (Exchange 2010 and later; choose “Impersonation” on the next page):
welcome-account-check = To check Full Access, list what the account may open. New rights can take up to two hours to be seen. Cutover also tries every mailbox itself before anything is moved, and names those it may not open.

welcome-need-certificate = A certificate that this computer trusts
welcome-certificate-check = Open the address of your server’s web services in a browser on this computer, such as https://mail.example.com/EWS/Exchange.asmx. It should ask for a user name without warning of the certificate. In the Exchange Management Shell, this shows the names, issuer, and last day of each certificate:
welcome-certificate-own = If the certificate comes from your own authority, you can name the authority’s certificate file on the next page. A self-signed certificate is not enough.

welcome-need-basic = Basic sign-in on Exchange Web Services
welcome-basic-check = In the Exchange Management Shell, BasicAuthentication must be True:
welcome-basic-set = If it is False, this turns it on. The connection stays encrypted; you can turn it off again afterward.

welcome-need-domains = Your mail domains are verified
welcome-domains-check = In the Microsoft 365 admin center, under Settings › Domains, every domain of your mail addresses must be listed as healthy or “Setup in progress” with its ownership verified. Leave the MX record as it is for now.
welcome-domains-page = Open Domains in the admin center
welcome-domains-list = In the Exchange Management Shell, this lists the domains that your server accepts mail for:

welcome-need-no-sync = Directory synchronization is off
welcome-no-sync-check = While users are synchronized from your own directory, they cannot be made in Microsoft 365. In the Microsoft Entra admin center, look under Entra Connect: the sync status must say that it is not enabled. Turning it off can take up to three days.
welcome-entra-page = Open the Microsoft Entra admin center

welcome-need-licences = Enough licenses with a mailbox
welcome-licences-check = Every user mailbox needs a free license that includes Exchange Online. Shared mailboxes, rooms, and equipment need none. Cutover counts them again before anything is moved.
welcome-licences-page = Open Licenses in the admin center

welcome-need-application = An app registration for Cutover
welcome-application-make = In the Microsoft Entra admin center, choose App registrations › New registration. Any name will do, such as “Cutover”; accounts in this organization only; no redirect address.
welcome-application-graph = Under API permissions, add these application permissions of Microsoft Graph:
welcome-application-exchange = Add this application permission of Office 365 Exchange Online, then press “Grant admin consent”:
welcome-application-role = Under Roles and administrators, give the app the Exchange Administrator role.
welcome-application-secret = Under Certificates and secrets, make a client secret and write its value down right away: it is shown only once. On the next page you need it together with the application (client) ID.
