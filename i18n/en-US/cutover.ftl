# US English: derived from British English, the source of all other languages; only what differs in the United States is changed.
#
# organization, synchronize, license (noun and verb), admin center, company (not firm), again (not anew), fix (not mend);
# a comma before the last item of a list; a comma or period stands outside quotation marks only where these hold a literal value.
#
# A problem has its words (what happened, on which side, what it means for the mail) and its remedy (what to do now).

## Problems on the Exchange side

source-unknown-host = The Exchange server “{ $host }” was not found under that name. Nothing was changed on either side.
    .remedy = Check the server's name for typos. If it is only known inside the office, connect this computer to the office network and try again.
source-unreachable = The Exchange server “{ $host }” cannot be reached. Nothing was changed on it, and nothing that may have arrived in Microsoft 365 is lost.
    .remedy = Check that the server is running, that its address and port are right and that this computer may connect to it. Then start again: nothing is moved twice.
source-certificate-not-trusted = The certificate of the Exchange server “{ $host }” is not trusted by this computer, so no password was sent.
    .remedy = Install a certificate that names “{ $host }” and comes from an authority this computer trusts, or name your own authority's certificate file in the settings (certificate_authority).
source-password-wrong = The Exchange server did not accept the user name “{ $user }” with this password. Nothing was changed on either side.
    .remedy = Check the user name and password by signing in to Outlook on the web with them. Do not try too often: the account may be locked.
source-basic-not-offered = The Exchange server “{ $host }” does not offer Basic sign-in (it offers: { $offered }), and this version of Cutover cannot sign in otherwise. No password was sent.
    .remedy = Turn on Basic authentication for the EWS directory of that server while you migrate (Set-WebServicesVirtualDirectory -BasicAuthentication $true).
source-ews-blocked = The Exchange server “{ $host }” refuses programs like this one (403). Nothing was changed on either side.
    .remedy = Check with Get-OrganizationConfig and Get-CASMailbox that Exchange Web Services are on for the migration account and that “cutover” is on their list of allowed programs.
source-ews-not-found = There are no Exchange Web Services at { $url }. Nothing was changed on either side.
    .remedy = Check the address. It usually ends in /EWS/Exchange.asmx; Exchange 2003 has no web services.
source-autodiscover-failed = Autodiscover found no Exchange server for “{ $domain }” (asked: { $tried }). Nothing was changed on either side.
    .remedy = First check email under [source] in the settings for typos: Autodiscover knows only addresses that exist. If it is right, enter the server yourself: set ews_url in the settings to https://YOUR-SERVER/EWS/Exchange.asmx.
source-autodiscover-in-cloud = Autodiscover leads to Microsoft 365 already (“{ $host }”), not to your Exchange server. No password was sent there.
    .remedy = Enter the server yourself: set ews_url in the settings to https://YOUR-SERVER/EWS/Exchange.asmx.
source-host-not-confirmed = Autodiscover for “{ $domain }” leads to “{ $host }”, which nobody has confirmed. No password was sent there.
    .remedy = If “{ $host }” is your Exchange server, add it to confirmed_hosts in the settings; if you do not know it, do not.
source-address-invalid = “{ $address }” cannot be used to find an Exchange server. Nothing was sent.
    .remedy = Use a whole mail address of your organization, such as anna@example.com.
source-access-denied = The migration account “{ $user }” may not open the mailbox { $mailbox } on the Exchange server, so its mail was not copied.
    .remedy = Run: Add-MailboxPermission { $mailbox } -User "{ $user }" -AccessRights FullAccess -AutoMapping $false. Wait for the right to take effect (up to two hours), then start again.
source-impersonation-denied = The migration account “{ $user }” may not act for the mailbox { $mailbox } on the Exchange server, so its mail was not copied.
    .remedy = Run: New-ManagementRoleAssignment -Name cutover -Role ApplicationImpersonation -User "{ $user }", or set access = "delegate" in the settings and grant Full Access.
source-mailbox-missing = The Exchange server has no mailbox with the address { $mailbox }. Nothing was copied for it.
    .remedy = Check the primary address of this mailbox. If it was removed or turned into a mail user, take it off the list.
source-mailbox-unavailable = The mailbox { $mailbox } cannot be opened on the Exchange server right now ({ $code }). What was copied so far is safe.
    .remedy = Check that its database is mounted and that no move request is underway, then start again.
source-account-without-mailbox = The migration account “{ $user }” has no mailbox on the Exchange server; without one the directory cannot be searched. Nothing was changed on either side.
    .remedy = Give this account a mailbox of its own (Enable-Mailbox), then start again.
source-busy = The Exchange server is busy and asked Cutover to wait. Nothing is wrong; no mail is lost.
    .remedy = Nothing to do. Cutover goes on by itself; if this lasts for hours, start again at night.
source-item-damaged = The Exchange server cannot hand out this item because it is damaged in its store ({ $code }). The rest of the mailbox goes on.
    .remedy = Save it as a file with “Save these items as files” or “cutover save-items”, if the server still gives that much of it. Or try to open it in Outlook, or run New-MailboxRepairRequest on the mailbox and start again.
source-item-gone = The item was moved or deleted on the Exchange server while it was to be copied. Nothing is lost: the next synchronization sees its new place.
    .remedy = Nothing to do. Start again to pick up what moved.
source-item-withheld = The Exchange server lists this item in its folder, but says that it is not there when it is to be read (ErrorItemNotFound). The item, or the latest change to it, was not copied. What is in Microsoft 365 already stays there.
    .remedy = Check that the migration account has full access to the mailbox. Otherwise try to open the item in Outlook, or run New-MailboxRepairRequest on the mailbox. The next synchronization tries it again.
source-folder-gone = The folder “{ $folder }” went away on the Exchange server while it was to be copied. What was copied from it stays in Microsoft 365.
    .remedy = Start again to pick up what moved.
source-answer-malformed = The Exchange server gave an answer that cannot be read ({ $what }). Nothing of it was used; what was copied so far is safe.
    .remedy = Start again. If it happens again, look for a proxy or a scanner between this computer and the server that changes answers.
source-answer-too-large = The Exchange server gave an answer of more than { $limit } bytes, which Cutover does not take in. What was copied so far is safe.
    .remedy = Save the item elsewhere by hand: it is larger than Microsoft 365 accepts.
source-sync-state-expired = The Exchange server no longer knows how far this folder was synchronized, so it is compared from the start. Nothing is lost and nothing is copied twice.
    .remedy = Nothing to do.
source-kind-not-exportable = This Exchange version cannot hand out items of the class { $class } whole, so they stay behind on the old server. The rest of the mailbox goes on.
    .remedy = Export such items with Outlook (File, Open & Export) and import them into the new mailbox, or install a later Exchange version.
source-version-unknown = The server says it is “{ $version }”, which is no Exchange version Cutover knows. Nothing was changed on either side.
    .remedy = Check the address: Cutover moves mail from Exchange 2007 SP1 and later.
source-much-gone = Far more than usual is gone from this mailbox on the old server: { $gone } of { $held } items. Nothing was deleted in Microsoft 365.
    .remedy = Check on the old server that the mailbox is there with everything in it, and run again. If so much was deleted on purpose, decide on the Run page of the window what becomes of the copies; or set deletions to follow-all in the [run] section of the settings file, run again, and set it back.
source-members-gone = Far more members than usual are gone from the group { $group } on the old server: { $gone } of { $held }. Nobody was taken out of it in Microsoft 365.
    .remedy = Check on the old server who is in the group, and run again. If so many were taken out on purpose, take them out of the group in Microsoft 365 as well, and run again. For many groups, set deletions to follow-all in the [run] section of the settings file instead and run again; afterward, set it back.
source-unexpected = The Exchange server answered with an error Cutover has no better words for: { $code } { $text }. What was copied so far is safe.
    .remedy = Start again. If it happens again, look the code up or ask for help with it.
source-dynamic-group = The dynamic distribution group { $group } is not moved: its members are found by a query ({ $filter }).
    .remedy = Create it again in Microsoft 365 with New-DynamicDistributionGroup and this filter, or as an ordinary group.
source-group-empty = The group { $group } shows no members. It may really be empty, or be a dynamic group, or keep its members hidden; an address list cannot tell. It is created empty.
    .remedy = Compare its members by hand. If it is a dynamic group, list it under dynamic_groups in the settings.
source-group-cut = The Exchange server did not show all members of the group { $group }.
    .remedy = Compare its members by hand after the migration.

source-sign-in-weakened = The Exchange server “{ $host }” offered a safer way of signing in before and now asks for the password itself ({ $offered }). No password was sent.
    .remedy = Make sure that you really talk to your own server (no strange Wi-Fi, no unknown proxy), then start again.
source-directory-cut = The address list could not be read to its end (names beginning with “{ $prefix }”). Some recipients may be missing from the migration.
    .remedy = Compare the number of mailboxes with Get-Recipient on the server and list what is missing under also in the settings.
source-legacy-names-unknown = The old internal addresses (legacyExchangeDN) of { $mailboxes } mailboxes are not known. Replies to old mail inside the company may bounce for them.
    .remedy = Add them by hand as X500 addresses after the migration; Get-Mailbox shows them as LegacyExchangeDN.
source-recipient-not-moved = { $recipient } is a { $kind } and is not moved in this version.
    .remedy = Make it by hand in Microsoft 365 if it is still needed.
source-outside-address-unknown = The address list does not show where mail for the contact { $recipient } goes, so it was not made in Microsoft 365.
    .remedy = Look up its external address on the old server (Get-MailContact or Get-MailUser) and make the contact by hand.
source-listed-missing = { $address } is listed under { $key } in the settings, but the address list shows no { $key ->
        [security_groups] group
       *[other] mailbox
    } of this address. The entry has no effect, and whoever is meant moves as something else.
    .remedy = Check the address for typos. A mailbox that is hidden from address lists must be listed under also as well.

## Problems on the Microsoft 365 side

target-unknown-host = “{ $host }” was not found. Nothing was changed in Microsoft 365.
    .remedy = Check this computer's connection to the Internet and the addresses under [target] in the settings.
target-unreachable = Microsoft 365 (“{ $host }”) cannot be reached. What has arrived there so far is safe.
    .remedy = Check this computer's connection to the Internet, then start again: the migration goes on where it was.
target-certificate-not-trusted = The certificate of “{ $host }” is not trusted by this computer, so nothing was sent.
    .remedy = If a proxy of your company inspects traffic, let it pass “{ $host }” untouched, or name its authority's certificate file in the settings (certificate_authority).
target-tenant-unknown = Microsoft 365 knows no organization “{ $tenant }”. Nothing was changed there.
    .remedy = Check the tenant in the settings: it is the Directory (tenant) ID of your organization, or one of its domains.
target-application-unknown = Your Microsoft 365 organization knows no application { $client }. Nothing was changed there.
    .remedy = Check client_id in the settings: it is the Application (client) ID of the app registration made for this migration.
target-secret-wrong = Microsoft 365 did not accept the secret of the application { $client }. Nothing was changed there.
    .remedy = Take the secret's value (not its ID) from the app registration, or make a new one.
target-secret-expired = The secret of the application { $client } has expired. What has arrived in Microsoft 365 so far is safe.
    .remedy = Make a new secret in the app registration and start again.
target-permission-missing = Microsoft 365 refused the application: { $permission } is missing. What has arrived there so far is safe.
    .remedy = Grant the permissions listed in the README to the app registration with admin consent, give it the Exchange Administrator role, wait a few minutes, and start again. If only some mailboxes are refused, the application is confined to others in Microsoft 365: let it into these, too.
target-domain-not-accepted = The domain { $domain } is not an accepted domain of your Microsoft 365 organization, so addresses in it cannot be used. Nothing was made there under this domain.
    .remedy = Add and verify { $domain } in the Microsoft 365 admin center (Settings, Domains), wait until it shows as healthy, then start again.
target-directory-sync-on = Directory synchronization is on for “{ $tenant }”, so users must be made in the old directory, not in Microsoft 365. Nothing was changed there.
    .remedy = Turn directory synchronization off for this organization, wait until it says so (up to 72 hours), then start again.
target-licences-short = { $needed } licenses with a mailbox are needed, but { $free } are free in your Microsoft 365 organization. Nothing was changed there.
    .remedy = Buy or free the missing licenses, or mark mailboxes that several people share under shared in the settings: they need none.
target-licence-unknown = Your Microsoft 365 organization has no license with a mailbox that is called “{ $sku }”; it has: { $known }. New mailboxes need one; no mail is lost.
    .remedy = Set sku in the settings to one of those, or leave it out: then the first one with free seats is taken.
target-address-taken = The address { $address } belongs to something else in Microsoft 365 already, so it was not made and nothing was copied to it.
    .remedy = Find its owner with Get-Recipient { $address }; rename or remove that, then start again.
target-address-invalid = { $address } cannot be a sign-in name in Microsoft 365: it is too long or has a character that is not allowed there. Nothing was copied for it.
    .remedy = Give this mailbox another primary address on the old server (letters, digits and ' . - _ ! # ^ ~ before the @, at most 64), then start again.
target-password-refused = Microsoft 365 refused the initial password for { $address }. The account was not made.
    .remedy = Set initial_password_length in the settings to 12 or more and start again.
target-mailbox-late = Microsoft 365 did not make the mailbox { $mailbox } within { $waited } seconds. Nothing was copied to it yet; the old mailbox is untouched.
    .remedy = Check in the admin center that { $mailbox } has a license with Exchange Online, then start again.
target-recipient-missing = Microsoft 365 does not know { $address } yet, or no longer.
    .remedy = Start again in a few minutes. If this does not change, check whether somebody removed it.
target-member-missing = { $member } is not a member of the group { $group } in Microsoft 365.
    .remedy = If somebody took them out there on purpose, nothing to do. Otherwise check that { $member } was moved; then start again, or add the member by hand.
target-member-added = Somebody added { $member } to the group { $group } in Microsoft 365. That stands: the next synchronization leaves them in it.
    .remedy = Nothing to do if that is wanted. If not, take { $member } out of the group in Microsoft 365.
target-busy = Microsoft 365 is busy and asked Cutover to wait. Nothing is wrong; no mail is lost.
    .remedy = Nothing to do. Cutover goes on by itself.
target-item-refused = Microsoft 365 refused this item: { $code } { $text }. The rest of the mailbox goes on; the item is still on the old server.
    .remedy = Save it as a file with “Save these items as files” or “cutover save-items”, or open it in Outlook and forward it to the new mailbox.
target-item-too-large = This item has { $size } bytes; Microsoft 365 takes at most { $limit }. It stays on the old server; the rest of the mailbox goes on.
    .remedy = Save it as a file with “Save these items as files” or “cutover save-items”, or save its attachments elsewhere by hand.
target-folder-gone = The folder “{ $folder }” went away in Microsoft 365 while mail was being copied into it. What is still on the old server is safe.
    .remedy = Start again: the folder is created again.
target-answer-malformed = Microsoft 365 gave an answer that cannot be read ({ $what }). Nothing of it was used.
    .remedy = Start again. If it happens again, look for a proxy between this computer and the Internet that changes answers.
target-unexpected = Microsoft 365 answered with an error Cutover has no better words for: { $code } { $text }. What has arrived there so far is safe.
    .remedy = Start again. If it happens again, look the code up or ask for help with it.
target-item-missing = An item that had arrived is not in Microsoft 365 anymore.
    .remedy = Ask the owner of the mailbox whether it was deleted or moved there. It is still on the old server; “Save these items as files” or “cutover save-items” saves it as a file.
target-item-differs = An item in Microsoft 365 is not the same as on the old server; it differs in: { $facets }.
    .remedy = Ask the owner of the mailbox whether it was edited there; compare the two.
target-item-changed = Somebody changed this item in Microsoft 365. The newer change at the old server was not carried across; the item in Microsoft 365 stays as it is.
    .remedy = Ask the owner of the mailbox which of the two is right, and copy over by hand what is missing; “Save these items as files” or “cutover save-items” saves what the old server has as a file.
target-item-edited = Somebody changed this item in Microsoft 365, or marked it as read or unread, after it had arrived there whole. It stays as they want it.
    .remedy = Nothing to do. If nobody knows of it, compare the two: the item is still on the old server as well.
target-item-moved = Somebody moved this item to another folder in Microsoft 365 after it had arrived there. It stays where they want it.
    .remedy = Nothing to do. It is in the same mailbox.
target-item-removed = This item had arrived in Microsoft 365 whole and was deleted there since. That stands: it is not copied again.
    .remedy = If its owner deleted it, there is nothing to do. If nobody did, look under Recover deleted items in Outlook; it is still on the old server as well, and “Save these items as files” or “cutover save-items” saves it as a file.
target-much-gone = Far more than usual is gone from this mailbox in Microsoft 365, where it had arrived whole: { $gone } of { $held } items. They are still on the old server.
    .remedy = Ask the owner of the mailbox whether so much was deleted there. If not, look under Recover deleted items in Outlook, and do not switch the old server off yet: “Save these items as files” or “cutover save-items” saves these items. If it was, complete with errors ignored.

## Problems on this computer

settings-unreadable = The settings file { $file } cannot be read: { $reason ->
        [absent] there is no such file.
        [too-large] it is far larger than a settings file can be.
        [no-text] it is not plain text (UTF-8).
        [no-toml] line { $line } is not written as settings are.
        [backslash] in line { $line }, a backslash stands in double quotes.
        [unknown-key] there is no setting called “{ $key }”, which stands in line { $line }.
        [missing-key] “{ $key }” is missing.
        [number] in line { $line }, { $key } must be a whole number from 0 up, without quotes.
        [text] in line { $line }, { $key } must be text, in quotes.
        [list] in line { $line }, { $key } must be a list, in square brackets.
        [choice] in line { $line }, { $key } must be one of these: { $expected }.
        [value] a value in line { $line } is of the wrong kind.
       *[closed] it cannot be opened.
    } Nothing was started.
    .remedy = { $reason ->
        [absent] Check the name and the folder.
        [closed] Check that it is a file and that you may read it.
        [backslash] Put the value in single quotes, such as user_name = 'EXAMPLE\migration', or write the backslash twice.
       *[other] Correct the file; the README shows a whole one.
    }
settings-invalid = { $rule ->
        [sign-in] In the settings file { $file }, the address under { $setting } has a user name or a password in it (what stands before “@”). It was not used.
       *[other] In the settings file { $file } the value “{ $given }” of { $setting } cannot be used.
    } Nothing was started.
    .remedy =
        { $rule ->
            [email] Enter the whole mail address of the migration administrator.
            [user] Enter the user name as DOMAIN\user.
            [country] Enter a two-letter country code in capital letters, such as US or DE.
            [tenant] Enter the ID of your Microsoft 365 organization, or one of its domains.
            [client] Enter the application (client) ID that Microsoft Entra shows for the app registration.
            [certificate] Give both client_certificate and client_key, or neither.
            [simultaneous] Enter a number from 1 to 10.
            [length] Enter a number from 8 to 64.
            [sign-in] Take out of the address what stands before “@”, and “@” itself. Cutover asks for passwords, or takes them from CUTOVER_SOURCE_PASSWORD and CUTOVER_TARGET_SECRET.
            [backslash] In double quotes, a backslash and the letter after it are one other character. Put the value in single quotes, such as 'EXAMPLE\migration', or write the backslash twice.
           *[other] Enter a whole address that begins with https://.
        }
certificate-unreadable = The certificate file { $file } cannot be used: { $reason }. Nothing was started.
    .remedy = Give a PEM file that begins with -----BEGIN CERTIFICATE-----; for client_key, one that begins with -----BEGIN PRIVATE KEY-----.
ledger-busy = Another Cutover ({ $holder }) is working on this migration. Nothing was started twice.
    .remedy = Wait until it is done, or end it first.
ledger-unreadable = The record of this migration, { $file }, cannot be used: { $reason }. Nothing was changed on either side.
    .remedy = If it belongs to another migration, choose another place for the ledger in the settings. If it is damaged, restore it from a backup of this computer: without it Cutover cannot know what has arrived.
ledger-other-migration = The ledger { $file } belongs to another migration (from { $source } to { $target }). Nothing was changed on either side.
    .remedy = Choose another place for the ledger in the settings, or go back to the settings of that migration.
nothing-migrated = Nothing has been migrated with these settings yet: there is no record of it in { $file }. Nothing was looked for on either side.
    .remedy = Check that this is the settings file of the migration, and that email, tenant and ledger in it are as they were then: they say where the record lies. If nothing was migrated yet, begin with “cutover migrate”.
migration-completed = This migration is completed: nothing more is synchronized.
    .remedy = Nothing to do. To begin a new one, choose another place for the ledger in the settings.
completion-refused = The migration was not completed, because { $errors } recipients or items have synchronization errors. Everything else is in step.
    .remedy = Look at MigrationErrors.csv, fix what it names, and complete again, or choose to ignore synchronization errors (on the command line: --ignore-errors) and complete.
unseen-hidden-recipients = Recipients hidden from address lists cannot be seen, nor whether a group is a security or a dynamic group, nor whether a mailbox is shared or a resource, nor always every address of a recipient, nor the old internal address (legacyExchangeDN) of a group or contact.
    .remedy = Compare with Get-Mailbox and Get-DistributionGroup on the server, and list what is missing in the settings.
unseen-public-folders = Public folders are not looked at and do not move.
    .remedy = Move them by Microsoft's own method if they are still needed.
unseen-archives = Archive mailboxes are not looked at and do not move.
    .remedy = Check with Get-Mailbox -Archive whether there are any.
unseen-settings = Permissions, rules, and automatic replies are not carried across.
    .remedy = Tell the users to check their rules and automatic replies, and set permissions again.
disk-full = There is no room left on the disk of { $file }. Cutover stopped cleanly; what has arrived is recorded.
    .remedy = Free some room and start again: the migration goes on where it was.
file-unwritable = The file { $file } could not be saved: { $reason }. The mail is not affected; what the file held before is unchanged.
    .remedy = Make sure that the folder is there, that you may write to it, and that the disk is not full, then try again.
report-unwritable = The report { $file } cannot be written: { $reason }. The mail itself is not affected.
    .remedy = Choose another folder with --reports and start again: nothing is copied twice.
report-unusable = The report { $file } cannot be used: { $reason ->
        [unreadable] it cannot be read.
        [too-large] it is far larger than such a report can be.
        [not-a-report] it is not such a report, or a column is missing.
        [cut-off] its end is missing.
        [line] line { $line } is not as such a line should be.
        [books] the figures in line { $line } do not add up.
        [gone] whoever it names for another attempt is no longer at the source.
       *[nobody] it names nobody whom another attempt could help.
    } Nothing was begun.
    .remedy = { $reason ->
        [gone] Check that this is the report of the last run. To migrate everybody who is there now, start without choosing from a report (on the command line: without --only-failed-in).
        [nobody] Follow what the report says beside each line. To carry across what is new, start without choosing from a report (on the command line: without --only-failed-in).
       *[other] Choose the MigrationErrors.csv that Cutover wrote. If you edited it in a spreadsheet, leave the first line and the columns EmailAddress and Retryable as they were, and save it as CSV.
    }
proof-unreadable = The proof { $file } cannot be read, so nothing was checked.
    .remedy = Check the name: a proof is called MigrationProof.jsonl and lies beside the reports.
proof-key-malformed = “{ $key }” is not a fingerprint, so nothing was checked.
    .remedy = A fingerprint has 24 digits and letters from a to f, in groups of four. Type the one that was shown when the proof was written; without --key the file is checked for itself.
proof-worthless = { $reason ->
        [other-format] This version of Cutover cannot check the proof { $file }. That says nothing about the proof.
        [other-key] The proof { $file } was not signed with the key whose fingerprint you gave, so it proves nothing to you.
       *[other] The file { $file } proves nothing. The migration itself may be in order.
    }
    .remedy = { $reason ->
        [other-format] Check it with a later version of Cutover.
        [other-key] Check your typing of the fingerprint, and that it is the one that was shown for this proof. If both are right, compare again with “cutover verify”, which writes a new proof.
        [other-file] Name the file MigrationProof.jsonl that lies beside the reports, or compare again with “cutover verify”, which writes a new proof.
       *[other] Compare again with “cutover verify”, which writes a new proof.
    }
mail-folder-unreadable = The folder { $folder } cannot be read: { $reason }. Nothing was started.
    .remedy = Check the name and that you may read it.
mail-folder-empty = There is no mail in the folder { $folder }. Nothing was started.
    .remedy = Choose a folder with messages (.eml files) or mbox files.
file-not-mail =
    { $reason ->
        [part-not-mail] A part of the file { $file } was not taken because it has no header; the rest was taken.
        [empty] The file { $file } was not taken: it is empty.
        [too-large] The file { $file } was not taken: it is larger than a gibibyte.
        [link] The file { $file } was not taken: it is a link that leads to a folder or nowhere.
        [special] The file { $file } was not taken: it is neither a file nor a folder.
        [too-deep] The folder { $file } was not taken: it is nested more than thirty deep.
       *[not-mail] The file { $file } was not taken: nothing in it looks like mail.
    }
    .remedy = Nothing to do if it should not be mail. Otherwise check the file.
faults-invalid = The faults file { $file } cannot be used: { $reason ->
        [unreadable] it cannot be read.
        [syntax] line { $line } is not as it should be.
        [operation] fault { $number } names an operation that there is not on its side.
        [from-one] in fault { $number }, { $key } must be 1 or more.
        [one-of-three] fault { $number } may have only one of every, at and share.
        [list-from-one] in fault { $number }, { $key } must be a list of numbers from 1, and not empty.
        [share] in fault { $number }, { $key } must be from 0 to 1.
        [with-share] in fault { $number }, { $key } only goes with share.
        [pauses] in fault { $number }, { $key } only goes with throttle, delay, reject and reject_after.
        [pause] in fault { $number }, { $key } must be from 0 to 3600 seconds.
        [rejects] in fault { $number }, { $key } only goes with reject and reject_after.
        [status] in fault { $number }, { $key } must be from 400 to 599.
       *[needed] fault { $number } needs { $key } for its kind.
    } Nothing was started.
    .remedy = Correct the file; the README names its keys.
initial-password-reset = The initial password of { $mailbox } was no longer known on this computer, so a new one was set.
    .remedy = Use the password from the latest report; earlier ones no longer work.
initial-password-shown-before = The initial password of { $mailbox } stood in an earlier report and is no longer known on this computer, so this report does not show it.
    .remedy = Use the one from that report. If it is gone, set a new password in the Microsoft 365 admin center.
initial-passwords-put-aside = The earlier MigrationStatistics.csv holds initial passwords that are known nowhere else. It was put aside as { $file }.
    .remedy = Hand the passwords over, then delete that file.
password-missing = No password was given ({ $variable } is not set) and nobody can be asked here. Nothing was started.
    .remedy = Set the environment variable { $variable }, or start Cutover in a terminal, where it asks.
stopped = Stopped before it was finished. What has arrived is safe and recorded; the old mailboxes are untouched.
    .remedy = Start again: the migration goes on where it was.
nothing-to-migrate = The address list shows no mailboxes. Nothing was changed on either side.
    .remedy = Check that the migration account sees the address list, or list mailboxes under also in the settings.
practice-unavailable = The practice organization could not be started on this computer: { $reason }.
    .remedy = Check that there is room on the disk and that programs may open ports on this computer itself.
practice-state-busy = Another Cutover keeps a practice organization in the folder { $folder } right now. Nothing was started.
    .remedy = End that one first, or choose another folder with --state.
practice-state-unusable = The folder { $folder } cannot be used for a practice organization: { $reason }. Nothing was started.
    .remedy = Check its name and that you may write there, or choose another folder with --state.
no-display = Cutover's window cannot be opened here ({ $reason }). Nothing was changed on either side.
    .remedy = Start Cutover on the desktop of this computer, or use the command line: “cutover --help” shows how.
window-elsewhere = Cutover is open already, but its window does not answer. Nothing was changed on either side.
    .remedy = Look for the other window and continue there. If there is none, wait a minute or sign out and in again, then start Cutover once more.
internal = Cutover made a mistake of its own ({ $what }). What has arrived is safe and recorded.
    .remedy = Start again. If it happens again, please report it with this text.
# What a server asked for stands behind the words of any problem.
problem-pause = { $message } A pause of { $pause } was asked for.

## The command line

cli-practice-starting = Starting the practice organization on this computer…
cli-connecting = Connecting to both sides…
cli-surveying = Reading the address list…
cli-plan = To move: { $mailboxes ->
        [one] { $mailboxes } mailbox
       *[other] { $mailboxes } mailboxes
    }, { $groups ->
        [one] { $groups } distribution group
       *[other] { $groups } distribution groups
    }, { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    } ({ $new ->
        [0] all of them made before
       *[other] { $new } of them new
    }).
cli-findings = Good to know before it begins:
cli-copying = Copying the mailboxes…
cli-making-contacts = Making the contacts…
cli-making-groups = Making the groups and filling in their members…
cli-progress = { $moved } items moved, { $synced } of { $total } mailboxes done
cli-progress-left = { cli-progress }, { $range } left
cli-time-least = With { $count } mailboxes at a time it cannot take less than { $least }, whatever your line: Microsoft 365 takes in at most 150 MB per mailbox in 5 minutes, and 10,000 requests in 10.
cli-completed-before = This migration is completed; nothing was moved. Its reports were written again, with the initial passwords that can be shown.
# What is waited for is said as in the window.
cli-waits = { $address }: { $waits }
cli-waits-directory = Contacts and groups: { $waits }
cli-waits-preparation = Preparation: { $waits }
cli-waits-saving = Saving items: { $waits }
cli-mailbox = { $address }: { $state ->
        [Synced] done, { $items ->
            [one] { $items } item is there
           *[other] { $items } items are there
        }
        [Completed] completed
        [CompletedWithWarnings] completed, with something in the error report
        [Stopped] stopped before it was done
        [Queued] waiting
       *[other] not done
    }
cli-more-items = (There may be more of this kind; all are counted at the end and named in MigrationErrors.csv.)
cli-stopping = Stopping after the mailboxes in progress. Press Ctrl-C again to stop at once; nothing is lost either way.
cli-verifying = Comparing both sides, item by item…
cli-verified-so-far = { $verified } of { $all } items compared
cli-unseen = What this migration cannot see or does not carry across:
cli-more-files = … and { $files ->
        [one] { $files } more file
       *[other] { $files } more files
    }, named in MigrationErrors.csv.
cli-amiss = { $items ->
        [one] 1 item: { $message }
       *[other] { $items } items: { $message }
    }
    {"  "}→ { $remedy }
cli-more-causes = … and { $causes ->
        [one] { $causes } more cause
       *[other] { $causes } more causes
    }, named in MigrationErrors.csv.
cli-books = Items: { $found } found = { $moved } moved + { $already } already there + { $skipped } skipped + { $failed } failed{ $waiting ->
        [0] .
       *[other] {" "}+ { $waiting } waiting.
    }
cli-mailboxes = Mailboxes: { $arrived } of { $expected } are there.
cli-groups = Groups: { $arrived } of { $expected } are there with all their members.
cli-memberships = Memberships: { $arrived } of { $expected } are there.
cli-contacts = Contacts: { $arrived } of { $expected } are there.
cli-verified = Read back and equal: { $verified } items; missing: { $missing }; different: { $differing }.
cli-nothing-new = Nothing was new: everything had been moved before, and nothing was moved twice.
cli-completed = The migration is completed: nothing more is synchronized from now on.
cli-completed-with-errors = The migration is completed, but not everything is there: MigrationErrors.csv names what is not. It is still on the old server.
cli-nothing-lost = Nothing was lost: every item that was to move is in Microsoft 365 and equal, and every recipient is there.
cli-nothing-lost-some-stay = Nothing that can move was lost: it is all in Microsoft 365 and equal, and every recipient is there. { $skipped ->
        [one] 1 item stays
       *[other] { $skipped } items stay
    } behind; MigrationItems.csv says which and why.
cli-look = Not everything is there. Nothing was changed on the old server: look at MigrationErrors.csv for what to do, then start again.
cli-unfinished = The migration is not finished. What has arrived is safe and recorded; start again to go on.
cli-reports = Reports: { $folder } (MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv)
cli-next = The next synchronization is at { $time }. Press Ctrl-C to end; nothing is lost.
cli-no-longer-in-step = From now on, nothing more is carried across. Nothing is lost: start again with --keep-in-step to go on, or with --complete to end the migration.
cli-completed-elsewhere = The migration was completed elsewhere: nothing more is synchronized.
cli-grades = Mailboxes by grade: { $perfect } perfect, { $good } good, { $investigate } to investigate, { $poor } poor.
cli-grade = - { $address }: { $grade ->
        [Good] good
        [Investigate] to investigate
       *[Poor] poor
    } ({ $absent } of { $found } items not there, { $differing } different)
cli-more-grades = … and { $mailboxes ->
        [one] { $mailboxes } more mailbox
       *[other] { $mailboxes } more mailboxes
    }, named in MigrationStatistics.csv.
cli-only = Trying only these again: { $addresses }{ $more ->
        [0] .
       *[other] {" "}and { $more } more.
    }
cli-only-gone = No longer at the source, so left out: { $addresses }{ $more ->
        [0] .
       *[other] {" "}and { $more } more.
    }
cli-saving = Saving items that are not in Microsoft 365 into { $folder } …
cli-saved-so-far = { $done } of { $all } items
cli-saved = { $saved ->
        [one] 1 item was saved
       *[other] { $saved } items were saved
    }{ $already ->
        [0] {""}
       *[other] , { $already } had been saved before
    }{ $failed ->
        [0] .
       *[other] , { $failed } could not be had.
    }
cli-nothing-to-save = There is nothing to save: no item was skipped, failed, is missing or differs.
cli-still-running =
    The practice organization keeps running until Ctrl-C or the end of its input. Everything that opens it is invented:
    {"  "}Exchange: { $ews }, user { $user }, password { $password }
    {"  "}Microsoft 365: { $graph }, application { $client }, secret { $secret }
    {"  "}Settings for cutover migrate: { $settings }
cli-ask-password = Password of { $user } on the Exchange server:{" "}
cli-ask-secret = Secret of the application { $client } in Microsoft 365:{" "}
