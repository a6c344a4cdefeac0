## Comparing both sides again, the proof, and finding messages

cli-since = Since the last synchronisation, on the old server: { $changed } changed, { $gone } deleted, { $new } new. Nothing of this is lost: the next synchronisation carries it across.
cli-stands = { $stands ->
        [one] 1 item was
       *[other] { $stands } items were
    } changed or moved by somebody in Microsoft 365, which stays as it is; MigrationItems.csv tells which.
cli-removed = { $removed ->
        [one] 1 item had arrived in Microsoft 365 whole and was
       *[other] { $removed } items had arrived in Microsoft 365 whole and were
    } deleted there since, which stays so; MigrationItems.csv tells which. What nobody deleted is still on the old server.
cli-joined = { $joined ->
        [one] 1 member was
       *[other] { $joined } members were
    } added to groups by somebody in Microsoft 365, which stays so; MigrationErrors.csv tells whom.
cli-nothing-lost-but-changed = Nothing was lost: everything that can move arrived in Microsoft 365, and every recipient is there. What somebody changed there since stays as they want it.
cli-unread = { $unread ->
        [one] 1 item
       *[other] { $unread } items
    } could not be read on the old server just now; compared with what was sent instead, and equal.
cli-not-asked = { $folders ->
        [one] 1 folder
       *[other] { $folders } folders
    } of the old server could not be asked for new items.
cli-sample = This was a sample of about { $percent } % (seed { $seed }): { $left } items were not compared.
cli-sample-empty = No item was drawn, so none was compared. Take a larger sample, or leave --sample out to compare everything.
cli-sample-fine = Everything in the sample is in Microsoft 365 as it should be, and every recipient is there.
cli-proof = Proof: { $file }
    Fingerprint of its key: { $fingerprint }. Write it down and keep it apart from the file.
cli-proof-key-not-kept = This computer has no keyring to keep that key in: when Cutover is started again, the next proof will have another fingerprint.
cli-proof-flaw = - { $flaw ->
        [empty] The file is empty.
        [not-a-proof] This is not a proof that Cutover wrote.
        [other-format] The proof has format { $number }, which this version of Cutover does not know.
        [cut-off] The end of the file is missing, or something was added to it.
        [line-too-long] Line { $number } is longer than any line of a proof.
        [too-long] The file has more lines than any proof.
        [entries-missing] Lines were taken away or added: { $number } are there, and that is not how many were signed.
        [changed] The contents are not those that were signed: something was changed, exchanged or moved.
        [signature-wrong] The signature does not belong to these contents and this key.
        [other-key] It was signed with another key than the one whose fingerprint you gave.
        [malformed] Line { $number } cannot be read.
        [out-of-place] Line { $number } stands where it must not.
        [contradiction] The outcome in line { $number } does not fit its hashes.
        [not-drawn] The item in line { $number } does not belong to the sample.
       *[sums-differ] The sums above line { $number } are not those of their parts.
    }
cli-proof-holds = The proof holds: the file is whole, nothing in it was changed since it was signed, and all its sums are right.
cli-proof-key-expected = It was signed with the key that you expected ({ $fingerprint }).
cli-proof-key-any = Its key has the fingerprint { $fingerprint }. Compare that with the one you wrote down: anybody can sign a file with a key of their own.
cli-proof-about = It is about the migration from { $source } to { $target }, as compared by { $program } until { $time }; { $mailboxes ->
        [one] 1 mailbox
       *[other] { $mailboxes } mailboxes
    }.
cli-proof-full = Every item that had arrived was compared.
cli-proof-sample = About { $percent } % of the items that had arrived were compared (seed { $seed }); { $left } were not.
cli-proof-counts = Items found: { $found }. The same on both sides: { $equal }; on the target as they were sent: { $sent }; changed or moved by somebody in Microsoft 365, which stays: { $changed }; deleted by somebody there, which stays: { $removed }; left out with a reason: { $skipped }; no longer on the old server: { $gone }.
cli-proof-nothing-amiss = None failed, waits, is missing or differs.
cli-proof-amiss = { $amiss ->
        [one] 1 item
       *[other] { $amiss } items
    } failed or wait, are missing or differ, or could not be compared: look at MigrationItems.csv beside the proof.
cli-proof-limits = Not proven: that contacts, groups and their members are there, what the address list or the old server did not show, what happened after that time, and that the computer which compared was honest.
cli-hit = { $mailbox } · { $folder } · { $date } · { $size }
    {"  "}{ $sender }: { $subject }
cli-hit-now = {"  "}→ { $now ->
        [there] It is in Microsoft 365, in the folder { $folder }.
        [differs] It is in Microsoft 365, in the folder { $folder }, but was different there at the last comparison.
        [missing] It had arrived, but was not in Microsoft 365 at the last comparison.
        [removed] It had arrived in Microsoft 365 whole, and was deleted there since.
        [waiting] It has not been moved yet.
        [skipped] It stays on the old server.
        [failed] It could not be moved.
        [kept] It is no longer in this folder on the old server; its copy was left in Microsoft 365, in the folder { $folder }.
       *[gone] It is no longer in this folder on the old server.
    }
cli-found-unknown = unknown
cli-found = { $found ->
        [one] 1 message found.
       *[other] { $found } messages found.
    }
cli-found-more = { $found } messages found; these are the latest { $shown }. Type more words to find fewer.
cli-found-nothing = Nothing found. Look at the spelling, or type fewer words; messages that came after the last synchronisation are not known yet.
