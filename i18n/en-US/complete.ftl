# The last step: completing the migration, its verdict, and what to do next.
# Keys begin with the name of their file.

complete-title = Complete the migration
complete-title-done = The migration is completed
complete-lead = One last synchronization; after it, nothing more is carried across.
complete-lead-busy = The last synchronization is underway.
complete-lead-queued = The completion is waiting its turn; you can call it off until it begins.
complete-lead-done = Nothing is synchronized anymore. This is what comes next.

## Commands

complete-now = Complete migration
    .access = M
complete-start-over = Start another migration
    .access = A
complete-not-yet = Not yet
complete-unqueue = Do not complete yet
    .access = M

## While a synchronization goes on behind this page

complete-behind = A synchronization is underway
complete-behind-detail = You can complete now: the completion begins as soon as the synchronization has ended.
complete-queued = Completes as soon as the synchronization underway has ended
complete-queued-detail = It begins by itself, also if that synchronization fails. Leave this window open.
# The percentage comes written, such as “40 %”.
complete-queue-so-far = Synchronized so far: { $percent }.

## The state of things

complete-state-synced = Last synchronized { $at }
complete-state-never = Not synchronized yet
complete-state-errors = { $count ->
        [0] No mailbox has synchronization errors.
        [one] One mailbox has synchronization errors.
       *[other] { $count } mailboxes have synchronization errors.
    }
complete-state-done = Completed
complete-state-done-with-errors = Completed, and errors were ignored
complete-state-at = The last synchronization ended { $at }.

## Before

complete-before = Before you complete
complete-mx = 1. New mail goes to Microsoft 365
complete-mx-detail = { $count ->
        [0] Change the MX records of all your mail domains at your DNS provider, so that new mail goes to Microsoft 365.
        [one] Change the MX record of { $names } at your DNS provider, so that new mail goes to Microsoft 365.
       *[other] { $more ->
            [0] Change the MX records of all { $count } domains at your DNS provider, so that new mail goes to Microsoft 365: { $names }.
           *[other] Change the MX records of all { $count } domains at your DNS provider, so that new mail goes to Microsoft 365: { $names } and { $more } more.
        }
    }
complete-mx-wait = Other mail servers keep the old records for a while. Wait at least 24 hours after the change, better 72, and keep both sides in step meanwhile: the last synchronization must be later than the switch.
complete-mx-changed = The MX records were changed
complete-mx-changed-on = The MX records were changed (ticked { $at })
complete-mx-earliest = Complete from { $floor } on, better from { $better } on.
complete-arrives = 2. Mail really arrives there
complete-arrives-detail = Send a message from outside, such as from a private address, to someone in each domain, and look for it in Outlook on the web. It must not show up on the Exchange server.
complete-arrives-seen = I have seen mail arrive in Microsoft 365

## Errors

complete-errors = If something cannot be synchronized
complete-errors-stop = Don't ignore synchronization errors
complete-errors-stop-detail = The migration is completed only if there are none. Otherwise everything stays as it is, and you see the error report.
complete-errors-ignore = Ignore synchronization errors
complete-errors-ignore-detail = The migration is completed anyway. What could not be moved stays on the Exchange server; MigrationErrors.csv says why, and MigrationItems.csv names each item.

## The question

complete-ask = Complete the migration?
complete-ask-body = { $mailboxes ->
        [one] One mailbox is synchronized a last time and compared.
       *[other] { $mailboxes } mailboxes are synchronized a last time and compared.
    } After that, mail that still reaches the Exchange server is not carried across anymore. This cannot be undone.
complete-ask-behind = A synchronization is underway. The completion begins as soon as that has ended; until then you can call it off.
complete-doubts = Please consider
complete-doubt-mx = You have not ticked that the MX records were changed.
complete-doubt-early = You ticked the MX records less than 24 hours ago; some mail may still go to the Exchange server.
complete-doubt-arrives = You have not ticked that mail arrives in Microsoft 365.
complete-doubt-ignore = Errors will be ignored: what cannot be moved is left behind.
complete-doubt-left-out = { $count ->
        [one] One mailbox has been in no batch so far. It is moved now, too, and its account is created.
       *[other] { $number } mailboxes have been in no batch so far. They are moved now, too, and their accounts are created.
    }

## Afterwards

complete-next = What comes next
complete-hand-over = Initial passwords
complete-hand-over-detail = Every user account that the migration created has an initial password. Its user needs it once and must then change it. Hand it over in person, on paper, or by telephone, never by email.
complete-passwords = Write the passwords into the report
complete-passwords-warning = Passwords in a file can be read by whoever gets the file
complete-passwords-detail = If you need them as a file, Cutover writes MigrationStatistics.csv again with the passwords in it, for you alone to read. Delete it as soon as they are handed over. A password that was in no report yet and is no longer known on this computer is set anew.
complete-passwords-written = MigrationStatistics.csv now contains the initial passwords
complete-passwords-written-detail = Hand them over, then delete the file.
complete-licences = Licenses
complete-licences-detail = Give every migrated user a Microsoft 365 license within 30 days, in the Microsoft 365 admin center. Without one the mailbox is turned off after that, and its mail can be lost.
complete-autodiscover = Autodiscover record
complete-autodiscover-detail = At your DNS provider, make a CNAME record named autodiscover that points to autodiscover.outlook.com, in each mail domain, inside your network too. Outlook finds the new mailboxes by it.
complete-letters = Letters to users
complete-letters-detail = Tell everyone when the change was made, how to sign in, that Outlook may need a new profile, and whom to ask.
complete-old-server = The old server
complete-old-server-detail = Keep it turned on until nobody and nothing sends mail through it anymore: printers, scanners, and programs often do. Then remove Exchange as its maker describes, rather than only turning it off.
