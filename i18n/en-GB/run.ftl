# The fourth step: the migration under way, its figures and its problems.
# Keys begin with the name of their file.

run-title = Run
run-lead = Your mail is being moved. You can keep working; nothing on the Exchange server is changed.
run-lead-resting = Both sides are kept in step until you complete the migration.

## Commands

run-stop = Stop
    .access = S
run-another = Start another batch
    .access = A
run-synchronise = Synchronise now
    .access = Y
run-again = Start again
    .access = G
run-complete = Go on to completing
    .access = O

## What happens, in one sentence

run-state-surveying = Looking at the Exchange server for what is new
# The three numbers grow while the address lists are read.
run-state-seen = Seen so far: mailboxes { $mailboxes }, distribution groups { $groups }, contacts { $contacts }
run-state-starting = Starting the batch
run-state-copying = { $active ->
        [0] Copying mailboxes; { $done } of { $all } are done
        [one] Copying one mailbox; { $done } of { $all } are done
       *[other] Copying { $active } mailboxes; { $done } of { $all } are done
    }
run-state-counting = Still counting: some folders have not been listed yet, so the totals grow.
run-state-contacts = Creating contacts: { $done } of { $all }
run-state-groups = Creating distribution groups: { $done } of { $all }
run-state-comparing = Reading back and comparing: { $compared } of { $all } items
run-state-waiting-target = Waiting for Microsoft 365 since { $since }; nothing to do
run-state-waiting-source = Waiting for the Exchange server since { $since }; nothing to do
run-state-waiting-mailboxes = Waiting for the new mailboxes since { $since }; nothing to do
run-state-waiting-mailboxes-detail = Microsoft 365 is making them. That usually takes less than half an hour and can take up to 24 hours. Copying then starts by itself.
run-state-waiting-detail = It is busy and asked for a pause. Work goes on by itself at about { $until }.
run-state-waiting-upload = Microsoft 365 takes no more than 150 MB for a mailbox in five minutes. Copying goes on by itself at about { $until }.
run-state-waiting-requests = Microsoft 365 takes no more than 10,000 requests for a mailbox in ten minutes. Copying goes on by itself at about { $until }.
run-state-waiting-sent = Waiting since { $since } for what an earlier batch sent; nothing to do
run-state-waiting-under-way = When that batch broke off, something large was on its way to Microsoft 365 and may still arrive. So that it is not there twice, copying goes on only when that is certain: at { $until } at the latest.
run-state-waiting-again = Waiting since { $since } before another try; nothing to do
run-state-waiting-again-detail = Something failed for a passing cause, such as a broken connection. It is tried again by itself at about { $until }.
run-state-waiting-recipients = Waiting since { $since } for new group members to appear; nothing to do
run-state-waiting-recipients-detail = New mailboxes, contacts and groups can take a few minutes to appear in Microsoft 365, and only then can they be added to a group. Cutover goes on at about { $until }; whoever has not appeared by then is listed with the group.
run-state-stopping = Stopping after the mailboxes in progress
run-state-stopping-detail = { $active ->
        [0] The batch is being put down.
        [one] One mailbox is still being finished.
       *[other] { $active } mailboxes are still being finished.
    }
run-state-stopping-now = Stopping now

## How long, and what stopping would mean

run-left = { $range } left
run-left-unknown = Time left: not known yet
run-if-stopped = If you stop now: { $done } of { $all } { $all ->
        [one] mailbox is done and stays;
       *[other] mailboxes are done and stay;
    } { $active ->
        [0] none is in progress;
        [one] one in progress would be finished by the next start;
       *[other] { $active } in progress would be finished by the next start;
    } nothing is lost.
run-at-a-time = Mailboxes at a time
run-at-a-time-hint = Takes effect at once. Fewer takes effect as mailboxes end.
run-give-up = Skip the comparison

## Stopping

run-stop-title = Stop the batch?
run-stop-body = What has been copied stays, and nothing on the Exchange server changes. You can start again at any time; nothing is copied twice.
run-stop-after = Stop after the mailboxes in progress
run-stop-after-detail = They are finished first; no further one is begun.
run-stop-now = Stop now
run-stop-now-detail = They are put down where they are and finished by the next start.
run-keep-going = Keep going

## Where nothing goes on

run-rest-synced = Synchronised
run-rest-synced-with-errors = Synchronised, but something needs a look
run-rest-completed = The migration is completed
run-rest-failed = The last batch ended early
run-rest-stopped = Stopped
run-rest-nothing = Nothing is going on
run-rest-next = Next synchronisation: { $due }. It starts by itself while this window is open. If the window is closed then, open Cutover again and go on with this migration.
run-rest-again = The last synchronisation failed
run-rest-again-detail = It is tried again at { $due }, by itself while this window is open. The reason is below.
run-rest-not-kept = No synchronisation starts by itself, because the last one was stopped. Press “Synchronise now” when it is to go on.
run-rest-stopped-not-kept = No synchronisation starts by itself, because the last one was stopped. Press “Start again” when it is to go on.
run-due = The synchronisation that was due on { $due } has been started.
## Much of a mailbox is gone from the Exchange server

run-brake-heading = Waiting for your decision
run-brake = { $count ->
        [one] Much of one mailbox is gone from the Exchange server
       *[other] Much of { $number } mailboxes is gone from the Exchange server
    }
run-brake-detail = Nothing of this was deleted in Microsoft 365, because a server that was emptied or restored looks just like this. Look at the mailbox on the Exchange server first, then decide what becomes of the copies.
run-brake-mailbox = { $name }: { $gone } of { $held } items are gone
run-brake-all = All { $number } mailboxes
run-brake-choose = Tick the mailboxes that you want to decide about.
run-brake-delete = Delete them in Microsoft 365 too…
run-brake-keep = Keep them in Microsoft 365…
run-brake-later = Decide later
run-brake-delete-title = { $count ->
        [one] Delete one item in Microsoft 365 too?
       *[other] Delete { $number } items in Microsoft 365 too?
    }
run-brake-delete-which = What is gone from the Exchange server is deleted in Microsoft 365 as well, except for copies that somebody changed there. This is about: { $more ->
        [0] { $names }.
        [one] { $names } and one more.
       *[other] { $names } and { $more } more.
    }
run-brake-delete-detail = Each person can bring deleted items back in Outlook for 14 days, or for as long as your organisation has set. After that they are gone for good.
run-brake-delete-sure = Go on only if you are sure that these items were deleted on purpose.
run-brake-delete-now = Delete them
run-brake-keep-title = { $count ->
        [one] Keep one item in Microsoft 365?
       *[other] Keep { $number } items in Microsoft 365?
    }
run-brake-keep-which = The copies of what is gone from the Exchange server stay in Microsoft 365. This is about: { $more ->
        [0] { $names }.
        [one] { $names } and one more.
       *[other] { $names } and { $more } more.
    }
run-brake-keep-detail = No later synchronisation deletes these copies. What is deleted on the Exchange server from now on is dealt with as you chose at the beginning.
run-brake-keep-now = Keep them

## What came of a batch

run-verdict-good = { $count ->
        [0] Nothing was lost: no item was moved, and every mailbox, group and contact is there.
        [one] Nothing was lost: the one item was read back and is equal.
       *[other] Nothing was lost: { $verified } of { $all } items were read back and are equal.
    }
run-verdict-nothing-new = Nothing was new: everything had been moved before, and nothing was moved twice.
run-verdict-skipped = { $count ->
        [one] One item stays on the Exchange server for a reason that the error report gives.
       *[other] { $number } items stay on the Exchange server for reasons that the error report gives.
    }
run-verdict-sample = This was a sample of about { $percent } %: { $number } items were not compared.
run-verdict-since = Since the last synchronisation, on the Exchange server: { $changed } changed, { $gone } deleted, { $new } new. Nothing of this is lost: the next synchronisation carries it across.
run-verdict-since-completed = Since the last synchronisation, on the Exchange server: { $changed } changed, { $gone } deleted, { $new } new. This is not in Microsoft 365, and nothing carries it across any more: look there if you still need it.
run-verdict-unread = { $count ->
        [one] One item could not be read on the Exchange server just now. In Microsoft 365 it is as it was sent.
       *[other] { $number } items could not be read on the Exchange server just now. In Microsoft 365 they are as they were sent.
    }
run-verdict-unasked = { $count ->
        [one] One folder on the Exchange server could not be asked for new items.
       *[other] { $number } folders on the Exchange server could not be asked for new items.
    }
run-verdict-stands = { $count ->
        [one] One item was changed or moved by somebody in Microsoft 365 since it arrived. It stays as they want it.
       *[other] { $number } items were changed or moved by somebody in Microsoft 365 since they arrived. They stay as they want them.
    }
run-verdict-removed = { $count ->
        [one] One item had arrived in Microsoft 365 whole and was deleted there since. That stands; MigrationItems.csv names it.
       *[other] { $number } items had arrived in Microsoft 365 whole and were deleted there since. That stands; MigrationItems.csv names them.
    }
run-verdict-joined = { $count ->
        [one] One member was added to a group by somebody in Microsoft 365. That stands; MigrationErrors.csv names them.
       *[other] { $number } members were added to groups by somebody in Microsoft 365. That stands; MigrationErrors.csv names them.
    }
run-verdict-look = Something needs a look
run-verdict-ignored = Completed, and errors were ignored as you chose
run-missing-recipients = { $count ->
        [one] One mailbox, group or contact is not finished.
       *[other] { $number } mailboxes, groups or contacts are not finished.
    }
run-missing-failed = { $count ->
        [one] One item could not be moved.
       *[other] { $number } items could not be moved.
    }
run-missing-waiting = { $count ->
        [one] One item is still waiting to be moved.
       *[other] { $number } items are still waiting to be moved.
    }
run-missing-items = { $count ->
        [one] One item was moved but is not in Microsoft 365 now.
       *[other] { $number } items were moved but are not in Microsoft 365 now.
    }
run-missing-differing = { $count ->
        [one] One item in Microsoft 365 differs from what was moved, or could not be read back.
       *[other] { $number } items in Microsoft 365 differ from what was moved, or could not be read back.
    }
run-missing-mailboxes = { $count ->
        [one] One mailbox is missing in Microsoft 365.
       *[other] { $number } mailboxes are missing in Microsoft 365.
    }
run-missing-groups = { $count ->
        [one] One distribution group is missing or has other members in Microsoft 365.
       *[other] { $number } distribution groups are missing or have other members in Microsoft 365.
    }
run-missing-memberships = { $count ->
        [one] One group membership is missing in Microsoft 365.
       *[other] { $number } group memberships are missing in Microsoft 365.
    }
run-missing-contacts = { $count ->
        [one] One contact is missing in Microsoft 365.
       *[other] { $number } contacts are missing in Microsoft 365.
    }
run-ended-stopped = Stopped
run-ended-stopped-detail = { $done } of { $all } { $all ->
        [one] mailbox is done and stays.
       *[other] mailboxes are done and stay.
    } The rest is finished by the next start; nothing is lost and nothing is copied twice.
run-ended-not-begun = The batch was stopped before it began; nothing was changed.
run-ended-failed = The batch ended early
run-ended-failed-detail = What has been copied stays, and nothing on the Exchange server was changed. Deal with the cause below, then start again.
run-ended-refused = The batch did not begin
run-ended-refused-detail = Nothing was changed on either side.
run-ended-busy = A synchronisation of this migration is going on
run-ended-busy-detail = Nothing was changed. Try again when it has ended.
run-ended-uncompared = The batch is done, but it was not compared to the end
run-ended-uncompared-detail = Only a comparison shows whether everything arrived.
run-compare = Compare now
run-findings = Look at the findings

## Notifications outside the window

run-notify-title = Cutover
run-notify-good = The batch is done. Nothing was lost.
run-notify-look = The batch is done. Something needs a look.
run-notify-stopped = The batch was stopped.
run-notify-failed = The batch ended early and needs you.
run-notify-completed = The migration is completed.

## This batch

run-active = Active E-mail Migration
run-active-started = Started
run-active-by = Started by
run-active-by-unknown = Not known
run-active-total = To migrate or create
run-active-total-value = { $mailboxes ->
        [one] one mailbox
       *[other] { $mailboxes } mailboxes
    }, { $groups ->
        [one] one distribution group
       *[other] { $groups } distribution groups
    }, { $contacts ->
        [one] one contact
       *[other] { $contacts } contacts
    }
run-active-done = Requests completed
run-active-now = Mailboxes being migrated now
run-active-failed = Failed
run-active-mailboxes = Show each mailbox
run-active-errors = Open the error report
run-refresh = Refresh
run-of = { $done } of { $all }

## The migration over all batches

run-overall = E-mail Migration
run-overall-mailboxes = Mailboxes migrated
run-overall-groups = Distribution groups created
run-overall-contacts = Contacts created
run-overall-errors = Mailboxes with synchronisation errors
run-overall-synced = Last synchronised
run-overall-never = Not yet

## The books

run-books = Where every item is
run-books-found = found
run-books-waiting = waiting
run-books-moved = moved
run-books-already = already there
run-books-skipped = skipped
run-books-failed = failed
run-books-gone = gone since
run-books-note = Every item found is in exactly one of these places, so the sum always closes. “Gone since” has been deleted on the Exchange server in the meantime.

## Mailboxes

run-mailboxes = Mailboxes
run-search = Search by name or address
run-filter-all = All
run-filter-active = In progress
run-filter-waiting = Waiting
run-filter-failed = Failed
run-none-shown = No mailbox to show here.
run-column-name = Mailbox
run-column-state = State
run-column-items = Items
run-column-rate = Speed
run-items = { $done } of { $found }
run-items-counting = { $found } so far
run-rate = { $size }/min
run-waits-mailbox = Waiting for the new mailbox
run-waits-mailbox-briefly = Waiting for mailbox
run-waits-until = Paused until { $until }
run-waits-target = Waiting for Microsoft 365 until { $until }
run-waits-source = Waiting for the Exchange server until { $until }
run-waits-upload = Limit of Microsoft 365 on bytes reached until { $until }
run-waits-requests = Limit of Microsoft 365 on requests reached until { $until }
run-waits-under-way = Waiting for what an earlier batch sent and what may still arrive, until { $until } at the latest
run-waits-again = Something failed for a passing cause; it is tried again at { $until }
run-waits-recipients = Waiting for Microsoft 365 to show the new members of groups, until { $until } at the latest
run-waits-comparison = Part of the comparison: { $waits }
run-details-shut = Close the details
run-fact-address = Address
run-fact-size = Size
run-fact-moved = Moved by this batch
run-fact-started = Begun
run-fact-waits = Waiting
run-folders = { $count ->
        [one] One folder
       *[other] { $number } folders
    }
run-folders-arrived = Arrived
run-folders-waiting = Waiting
run-folders-skipped = Skipped
run-folders-failed = Failed
run-folders-reading = The folders are being counted.
run-folders-none = No folder of this mailbox has been looked at yet.
run-column-folder = Folder
# A state together with a number of items that failed.
run-user-failed-items = { $state }, { $number } failed
run-user-queued = Queued
run-user-provisioning = Being created
run-user-provision-updating = Members missing
run-user-syncing = Copying
run-user-incremental-syncing = Synchronising
run-user-completing = Completing
run-user-synced = Synchronised
run-user-completed = Completed
run-user-completed-with-warnings = Completed, see report
run-user-stopped = Stopped
run-user-failed = Failed
run-user-incremental-failed = Not synchronised
run-user-completion-failed = Not completed

## Problems

run-problems = Problems
run-problem-recipients = { $more ->
        [0] { $names }
        [one] { $names } and one more
       *[other] { $names } and { $more } more
    }
run-problem-items = { $items ->
        [one] One item
       *[other] { $number } items
    }: { $more ->
        [0] { $names }
        [one] { $names } and one more
       *[other] { $names } and { $more } more
    }
run-problem-choose = Try these again
run-problems-more = { $count ->
        [one] One more problem is in the error report.
       *[other] { $number } more problems are in the error report.
    }
run-problems-lost = { $count ->
        [one] One event came too fast to be shown here; it is in the error report.
       *[other] { $number } events came too fast to be shown here; they are in the error report.
    }
run-retry = { $count ->
        [0] Retry only these
        [one] Retry only this one
       *[other] Retry only these { $count }
    }
run-retry-none = Tick the causes that you have dealt with.
run-retry-now = Nobody else is touched.
run-retry-later = They are tried again when this batch has ended. Nobody else is touched.
run-retry-waits = { $count ->
        [one] One mailbox, group or contact is tried again when this batch has ended.
       *[other] { $count } mailboxes, groups or contacts are tried again when this batch has ended.
    }
run-forget-retry = Leave it

## Finding a message

run-find = Find a message…
run-find-title = Find a message
run-find-field = Sender or subject
run-find-hint = Words of the subject, or of the sender’s name or address.
run-find-now = Find
run-found = { $found ->
        [0] Nothing found. Look at the spelling, or type fewer words; messages that came after the last synchronisation are not known yet.
        [one] 1 message found.
       *[other] { $number } messages found.
    }
run-found-more = { $number } messages found; these are the latest { $shown }. Type more words to find fewer.
run-find-no-subject = (no subject)
run-find-was = On the Exchange server: { $folder }
run-find-there = It is in Microsoft 365, in the folder { $folder }.
run-find-differs = It is in Microsoft 365, in the folder { $folder }, but was different there at the last comparison.
run-find-missing = It had arrived, but was not in Microsoft 365 at the last comparison.
run-find-removed = It had arrived in Microsoft 365 whole, and was deleted there since.
run-find-waiting = It has not been moved yet.
run-find-skipped = It stays on the old server.
run-find-failed = It could not be moved.
run-find-kept = It is no longer in this folder on the old server; its copy was left in Microsoft 365, in the folder { $folder }.
run-find-gone = It is no longer in this folder on the old server.

## Items saved as files

run-save = Save these items as files…
run-save-hint = They are read from the Exchange server once more. Any mail program opens the files; nothing changes on either side.
run-save-pick = Choose a folder for these items
run-saving-begins = Looking for the items to save
run-saving = Saving items as files: { $done } of { $all }
run-save-stop = Stop saving
run-saved = { $count ->
        [0] No item is left to be saved.
        [one] { $done } of 1 item is now in { $folder }.
       *[other] { $done } of { $all } items are now in { $folder }.
    }
run-saved-failed = { $count ->
        [one] One item could not be had from the Exchange server:
       *[other] { $number } items could not be had from the Exchange server:
    }
run-save-items = { $count ->
        [one] One item
       *[other] { $number } items
    }
run-save-open = Show folder

## Reports

run-reports = Reports
run-reports-writing = The reports are being written to { $folder }.
run-reports-written = MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv and MigrationFolders.csv are in { $folder }.
run-reports-none = The reports of this batch have not been written yet. They go to { $folder }.
run-open-folder = Open reports folder
run-open-errors = Open MigrationErrors.csv
run-open-statistics = Open MigrationStatistics.csv
run-write = Write them again
run-write-again = Try again
run-folder = Folder for the reports
run-folder-pick = Choose a folder for the reports
run-folder-empty = Type or choose a folder.
run-folder-browse = Browse…
run-open-refused = It could not be opened
run-open-refused-detail = This computer says: { $reason }. Open it yourself from the folder above.
run-proof = Proof of the comparison
run-proof-detail = { $file } says what was compared, item by item, under one signature ({ $count ->
        [one] 1 item
       *[other] { $number } items
    }).
run-proof-fingerprint = Fingerprint of its key
run-proof-note = Note the fingerprint down and keep it apart from the file. Whoever checks the file one day sees by it that nobody has changed or replaced it.
run-proof-not-kept = This computer has no keyring to keep that key in, so when Cutover is started again, the next proof will have another fingerprint.

## The status message

run-mail = Prepare the status message
run-mail-to = Your mail program opens with a message to { $names }. You send it yourself.
run-mail-nobody = Your mail program opens with the message. You choose who gets it and send it yourself.
run-mail-show = Show its text
run-mail-hide = Hide its text
run-mail-synced = E-mail migration: batch finished
run-mail-completed = E-mail migration: completed
run-mail-completed-with-errors = E-mail migration: completed, with errors ignored
run-mail-stopped = E-mail migration: batch stopped
run-mail-failed = E-mail migration: batch ended early
run-mail-practice = This was a rehearsal on a practice organisation. Nothing in it is real.
run-mail-mailboxes = Mailboxes migrated: { $done } of { $all }
run-mail-groups = Distribution groups created: { $done } of { $all }
run-mail-contacts = Contacts created: { $done } of { $all }
run-mail-items = Items in Microsoft 365: { $done } of { $all }
run-mail-behind = Items failed or skipped: { $items }
run-mail-errors = Mailboxes with synchronisation errors: { $mailboxes }
run-mail-end = Details are in the reports on the computer that runs the migration: MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv, MigrationFolders.csv and, once both sides were compared, MigrationProof.jsonl.
