# The third step: what was found, what will and will not move, and how long it will take.
# Keys begin with the name of their file. $count chooses the plural; $number is the same number as it is written.

review-title = Review
review-lead = Look at what will move, then start. Nothing is changed before that.

## Commands

review-run = Run
    .access = R
review-start-over = Start over
    .access = S
review-check = Check again
review-check-cancel = Stop checking

## The three parts

review-tab-summary = Summary
review-tab-findings = Findings
review-tab-recipients = Recipients
review-some-of = { $some } of { $all }

## Summary: what moves

review-tile-mailboxes = { $count ->
        [one] new mailbox
       *[other] new mailboxes
    }
review-tile-groups = { $count ->
        [one] new group
       *[other] new groups
    }
review-tile-contacts = { $count ->
        [one] new contact
       *[other] new contacts
    }
review-tile-items = { $count ->
        [one] item
       *[other] items
    }
review-tile-size = in size
review-arrived = { $count ->
        [one] Already migrated by an earlier batch: 1. It is not made again, only brought up to date.
       *[other] Already migrated by an earlier batch: { $number }. They are not made again, only brought up to date.
    }
review-unknown-sizes = { $count ->
        [one] The size of 1 mailbox is not known and is not counted here.
       *[other] The sizes of { $number } mailboxes are not known and are not counted here.
    }
review-pilot = { $count ->
        [one] A pilot: only 1 of { $all } recipients moves now
       *[other] A pilot: only { $chosen } of { $all } recipients move now
    }
review-pilot-rest = Nobody else is touched. The rest follows when you run a batch for everybody; nothing is copied twice.
review-pilot-show = Show who

## Summary: what stands in the way, licences, time

review-clear = Nothing stands in the way.
review-lesser = { $look ->
        [0] { $know ->
            [one] 1 thing is good to know.
           *[other] { $know } things are good to know.
        }
        [one] { $know ->
            [0] 1 thing deserves a look.
            [one] 1 thing deserves a look, and 1 is good to know.
           *[other] 1 thing deserves a look, and { $know } are good to know.
        }
       *[other] { $know ->
            [0] { $look } things deserve a look.
            [one] { $look } things deserve a look, and 1 is good to know.
           *[other] { $look } things deserve a look, and { $know } are good to know.
        }
    }
review-lesser-read = Read
review-licences = Licences
review-licences-none = No further licences are needed.
review-licences-enough = { $needed ->
        [one] At most 1 is needed, { $free } are free.
       *[other] At most { $needed } are needed, { $free } are free.
    }
review-licences-short = { $needed ->
        [one] 1 is needed, but { $free } are free.
       *[other] { $needed } are needed, but { $free } are free: { $short } too few.
    }
review-time = Time
review-time-range = Likely { $range }, going by what Microsoft measured for its own moves.
review-time-bytes = Microsoft 365 takes in at most 150 MB per mailbox in 5 minutes, and the largest mailbox, { $name }, has { $size } (a third more on the way): it cannot take less than { $least }, whatever your line.
review-time-items = Microsoft 365 takes at most 10,000 requests per mailbox in 10 minutes, and the fullest mailbox, { $name }, has { $items } items: it cannot take less than { $least }, whatever your line.
review-time-all = Microsoft 365 takes in at most 150 MB per mailbox in 5 minutes, and { $size } (a third more on the way) move { $count ->
        [one] one mailbox at a time
       *[other] { $count } mailboxes at a time
    }: it cannot take less than { $least }, whatever your line.
review-time-tonight = You can start tonight, stop in the morning and go on tomorrow: nothing is copied twice.
review-time-unknown = The sizes of the mailboxes are not known, so nobody can say beforehand. You can start tonight, stop in the morning and go on tomorrow: nothing is copied twice.
review-time-unmeasured = { $count ->
        [one] 1 mailbox of unknown size is not in this estimate.
       *[other] { $number } mailboxes of unknown size are not in this estimate.
    }

## Summary: choices

review-reports = Folder for reports
review-reports-hint = Spreadsheets are kept here: what moved, what did not and why; and the proof of the comparison.
review-reports-choose = Choose the folder for reports
review-reports-missing = Say where the reports are to go, or choose a folder with Browse.
review-reports-not-whole = This is not a whole path. Type it from the beginning, or choose a folder with Browse.
review-reports-unwritable = Reports cannot be written here: { $reason }. Choose a folder of your own with Browse; nothing has been started.
review-status = Who gets the status message?
review-status-me = I do ({ $address })
review-status-browse = Choose others…
review-status-forget = Remove
review-status-hint = Cutover sends no mail itself. When the run ends, it prepares the message in your mail program, and you send it.
review-at-a-time = Mailboxes at a time
review-at-a-time-hint = 3 suit most servers. More may slow the old server down for the people who work with it.
review-deletions = Items that are deleted on the Exchange server after they were copied
review-deletions-follow = Delete them in Microsoft 365 too
review-deletions-follow-detail = They can be recovered there. If much of a mailbox goes at once, Cutover asks you first.
review-deletions-all = Delete them in Microsoft 365 too, however many
review-deletions-all-detail = So your settings file says: Cutover never asks, even if a whole mailbox is suddenly empty.
review-deletions-keep = Keep them in Microsoft 365
review-deletions-keep-detail = No synchronisation takes them away.
review-deletions-hint = What people change or delete in Microsoft 365 themselves is never undone.
review-people-title = Who else gets the status message?
review-people-search = Search by name or address
review-people-chosen = { $count ->
        [0] Nobody else is chosen.
        [one] 1 person is chosen.
       *[other] { $number } people are chosen.
    }
review-people-take = Choose

## Findings

review-must-fix = { $count ->
        [one] Must be fixed first
       *[other] Must be fixed first ({ $number })
    }
review-look-at = { $count ->
        [one] Look at this
       *[other] Look at these ({ $number })
    }
review-good-to-know = Good to know
review-findings-lead = What was found on both sides, the gravest first.
review-nothing-found = Nothing was found that you need to know.
review-names = { $count ->
        [one] Show the name
       *[other] Show all { $number }
    }
review-more = … and { $number } more
review-name-in = { $name } (in { $of })
review-name-with = { $name } ({ $of })

review-many-dynamic-groups = { $number } dynamic distribution groups are not moved: their members are found by a query.
    .remedy = Make each anew in Microsoft 365 with New-DynamicDistributionGroup and its filter, or as an ordinary group.
review-many-groups-empty = { $number } groups show no members. They may really be empty, or be dynamic groups, or keep their members hidden; an address list cannot tell. They are created empty.
    .remedy = Compare their members by hand. List those that are dynamic under dynamic_groups in the settings.
review-many-groups-cut = The Exchange server did not show all members of { $number } groups.
    .remedy = Compare their members by hand after the migration.
review-many-not-moved = { $number } recipients are of a kind that is not moved in this version.
    .remedy = Make them by hand in Microsoft 365 if they are still needed.
review-many-outside-unknown = The address list does not show where mail for { $number } contacts goes, so they are not made in Microsoft 365.
    .remedy = Look up their external addresses on the old server (Get-MailContact or Get-MailUser) and make the contacts by hand.
review-many-access-denied = The migration account may not open { $number } mailboxes on the Exchange server, so their mail cannot be copied.
    .remedy = Give it Full Access to each (Add-MailboxPermission). Wait for the right to take effect (up to two hours), then check again.
review-many-impersonation-denied = The migration account may not act for { $number } mailboxes on the Exchange server, so their mail cannot be copied.
    .remedy = Give it the role ApplicationImpersonation (New-ManagementRoleAssignment), wait for it to take effect, then check again.
review-many-mailboxes-missing = The Exchange server has no mailbox for { $number } addresses. Nothing can be copied for them.
    .remedy = Check their primary addresses. Take those off the list that were removed or turned into mail users.
review-many-mailboxes-unavailable = { $number } mailboxes cannot be opened on the Exchange server at the moment.
    .remedy = Check that their databases are mounted and that no move requests are under way, then check again.
review-many-members-missing = { $number } memberships of groups cannot be carried across, because the members are not moved.
    .remedy = Look whether these members are still needed. If so, add them by hand in Microsoft 365 after the migration.
review-many-domains = { $number } domains are not accepted domains of your Microsoft 365 organisation, so addresses in them cannot be used there.
    .remedy = Add and verify them in the Microsoft 365 admin centre (Settings, Domains), then check again.
review-many-domains-left-out = Addresses in { $number } domains are left out, because these are not accepted domains of your Microsoft 365 organisation. Nothing else is missing for it.
    .remedy = If mail from outside comes to one of them, add and verify it in the Microsoft 365 admin centre (Settings, Domains), then check again. Domains for inside use only, such as firm.local, can be left out.
review-domain-left-out = Addresses in the domain { $domain } are left out, because it is not an accepted domain of your Microsoft 365 organisation. Nothing else is missing for it.
    .remedy = If mail from outside comes to { $domain }, add and verify it in the Microsoft 365 admin centre (Settings, Domains), then check again. A domain for inside use only, such as firm.local, can be left out.
review-many-addresses-invalid = { $number } addresses cannot be sign-in names in Microsoft 365: they are too long or have a character that is not allowed there.
    .remedy = Give these mailboxes other primary addresses on the old server, then check again.

## Checking again

review-checking = Checking both sides again…
review-checking-first = Checking both sides again… You can start when this is done, or stop checking now.
review-checking-progress = { $mailboxes ->
        [one] 1 mailbox found
       *[other] { $mailboxes } mailboxes found
    } ({ $opened } measured), { $groups ->
        [one] 1 group
       *[other] { $groups } groups
    }, { $contacts ->
        [one] 1 contact
       *[other] { $contacts } contacts
    }

## Why it does not start yet

review-obstacles = { $count ->
        [one] The migration cannot start yet: 1 thing must be fixed first.
       *[other] The migration cannot start yet: { $number } things must be fixed first.
    }
review-obstacles-body = Nothing was started. Do what is said below, then check again.
review-nobody = Nobody is chosen, so there is nothing to start.
review-nobody-body = Tick those who are to move first, or choose everybody.
review-choose-all = Choose everybody

## Recipients

review-search = Search by name or address
review-chip = { $kind } ({ $count })
review-shown = { $shown } of { $all } shown, { $chosen } chosen
review-choose-shown = Choose all shown
review-leave-shown = Leave out all shown
review-show-all = Show everybody
review-none-fits = Nobody fits this search.
review-unknown = not known
review-column-name = Name
review-column-address = Address
review-column-kind = Kind
review-column-items = Items
review-column-size = Size
review-column-note = Note
review-note-new = New
review-note-arrived = Migrated
review-note-findings = { $count ->
        [one] 1 finding
       *[other] { $number } findings
    }
# “short” stands in a narrow column.
review-kind-user = Mailbox
    .short = Mailbox
    .many = Mailboxes
review-kind-shared = Shared mailbox
    .short = Shared
    .many = Shared
review-kind-room = Room
    .short = Room
    .many = Rooms
review-kind-equipment = Equipment
    .short = Equipment
    .many = Equipment
review-kind-distribution = Distribution group
    .short = Distribution
    .many = Distribution groups
review-kind-security = Security group
    .short = Security
    .many = Security groups
review-kind-contact = Contact
    .short = Contact
    .many = Contacts
review-kind-mail-user = Mail user
    .short = Mail user
    .many = Mail users

## One recipient in full

review-detail-size = { $count ->
        [one] { $kind }, 1 item, { $size }
       *[other] { $kind }, { $items } items, { $size }
    }
review-detail-moves = Moves
review-detail-stays = Does not move
review-detail-addresses = Further addresses
review-detail-dropped = { $address } is left out: its domain is not an accepted domain of your Microsoft 365 organisation.
review-detail-missing = Members that will be missing, because they do not move
review-moves-mail = Mail in all folders, with what is read and flagged
review-moves-calendar = Calendar
review-moves-contacts = Contacts
review-moves-tasks = Tasks
review-moves-notes = Notes
review-moves-account = The mail address becomes the name to sign in with; the account gets an initial password, which must be changed at the first sign-in.
review-moves-replies = Replies to old mail find this mailbox: its old internal address moves too.
review-moves-group = The group with its addresses
review-moves-members = { $count ->
        [0] No members
        [one] 1 member
       *[other] { $number } members
    }
review-moves-contact = The contact with its addresses and details
review-moves-mail-user = It becomes a contact: mail for it goes to its outside address, as before.
review-stays-not-mail = Calendar, contacts, tasks and notes: Exchange 2007 hands out mail only. The error report names them.
review-stays-rules = Rules: export them in Outlook, or make them anew.
review-stays-replies = Automatic replies: type them anew.
review-stays-permissions = Permissions and delegates: set them anew when everybody has moved.
review-stays-archive = An archive mailbox, if there is one.
review-stays-public-folders = Public folders.
review-stays-large-shared = More than 50 GB: without a licence Microsoft 365 takes in no more than that.
review-stays-group-settings = Owners, and who may write to the group.
review-stays-contact = Manager and assistant.

## Questions

review-start-over-title = Start over?
review-start-over-body = You go back to the first page, and what was found here is forgotten. This changes nothing on the Exchange server or in Microsoft 365.
review-start-over-stay = Stay here
review-start-over-now = Start over
review-run-title = Start the migration?
review-run-new = Cutover now makes in Microsoft 365: { $mailboxes ->
        [one] 1 mailbox
       *[other] { $mailboxes } mailboxes
    }, { $groups ->
        [one] 1 group
       *[other] { $groups } groups
    } and { $contacts ->
        [one] 1 contact
       *[other] { $contacts } contacts
    }. Then it copies the mail.
review-run-people = { $count ->
        [one] 1 person gets an account with an initial password.
       *[other] { $number } people get accounts with initial passwords.
    }
review-run-before = { $count ->
        [one] 1 that an earlier batch made is brought up to date.
       *[other] { $number } that an earlier batch made are brought up to date.
    }
review-run-safe = New mail keeps arriving at the old server, and nothing is changed or deleted there.
review-run-stop = You can stop at any time; what has arrived stays, and the next run goes on from there.
review-run-stay = Not yet
review-run-now = Start now
