"""After a migration by two processes: every item, folder, group, member and contact is compared at both ends.

The source is read by exchangelib, the target by plain HTTP. Each item is compared twice: as the typed values that people see,
and property by property in the exported streams of both ends. A second run of the same migration then moves nothing, a
third one what changed meanwhile. Mail of a server without export travels as MIME and is compared as people see it.
"""

import base64
import json
import re
from collections import Counter

from exchangelib import Message

import source_view
from practice import check, practice, said, same
from source_view import Source, digest
from stream import item_of
from target_view import Mailbox, Target

# Properties that each store keeps for itself: times of the last change, change keys, ids, sizes, counts of access.
OF_THE_STORE = {
    0x0E08,
    0x0E1F,
    0x0E23,
    0x0E79,
    0x0FF4,
    0x0FF6,
    0x0FF7,
    0x0FF9,
    0x0FFF,
    0x3008,
    0x3FFA,
    0x6709,
    0x6748,
    0x674A,
    0x65E2,
    0x65E3,
    0x67A4,
}
# Message flags that a store sets for itself: unmodified, and everything beyond the first byte.
STORED_FLAGS = 0xFF & ~0x02


def plain(item, inner=False):
    """An item of a stream without what belongs to the store, as comparable text; long data by its digest."""
    found = {}
    for name, value in item.items():
        if name in ("recipients", "attachments"):
            found[name] = [plain(one, True) for one in value]
        elif name == "embedded":
            found[name] = plain(value, True)
        elif name == 0x0E07:
            found["flags"] = value & STORED_FLAGS
        elif name not in OF_THE_STORE and not (inner and name == 0x0E21):
            long = isinstance(value, bytes | str) and len(value) > 200
            found[str(name)] = (
                digest(value if isinstance(value, bytes) else value.encode("utf-16-le", "surrogatepass"))
                if long
                else repr(value)
            )
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def compare(what, source, target):
    """Two collections hold the same things equally often."""
    source, target = Counter(source), Counter(target)
    lost, extra = list((source - target).elements()), list((target - source).elements())
    for old, new in zip(sorted(lost), sorted(extra), strict=False):
        old, new = json.loads(old), json.loads(new)
        differing = {k: (old.get(k), new.get(k)) for k in {*old, *new} if old.get(k) != new.get(k)}
        said(f"  {what}: source and target differ in {json.dumps(differing, ensure_ascii=False)[:3000]}")
    check(
        not lost and not extra, f"{what}: {len(lost)} items are not at the target as they were, {len(extra)} only there"
    )


def known(place):
    """A place by which folders are found again: servers keep names apart without regard to case."""
    return "/".join(name.casefold() for name in place)


def mailbox(source, target, address):
    """One mailbox: folders and their counts, then every item."""
    account, there = source.account(address), Mailbox(target, address)
    here = {known(place): folder for place, folder in source_view.folders(account) if folder.total_count}
    filled = {known(place): folder for place, folder in there.folders() if folder["totalItemCount"]}
    same(
        {place: folder["totalItemCount"] for place, folder in filled.items()},
        {place: folder.total_count for place, folder in here.items()},
        f"items per folder of {address}",
    )
    count = 0
    for place, folder in here.items():
        items = list(folder.all().only("subject"))
        ours = [plain(item_of(base64.b64decode(stream))) for stream in account.export(items)]
        compare(f"{address} {place}", ours, [plain(item_of(s)) for s in there.streams(filled[place])])
        count += len(items)
    seen, arrived = source_view.typed(account), there.typed()
    for kind in seen:
        compare_typed(address, kind, seen, arrived)
    return count


def by_mime(source, target, address):
    """One mailbox of a server without export: its mail, as people see it, is equal all the same. Returns how many messages."""
    seen, arrived = source_view.typed(source.account(address)), Mailbox(target, address).typed()
    compare_typed(address, "messages", seen, arrived)
    check(seen["events"] and not arrived["events"], "other kinds than mail are to be skipped")
    return len(seen["messages"])


def compare_typed(address, kind, seen, arrived):
    """Items of one kind as people see them."""
    as_text = [[json.dumps(one, sort_keys=True, ensure_ascii=False) for one in side[kind]] for side in (seen, arrived)]
    compare(f"{address} {kind}", *as_text)


def directory(source, target, world):
    """Mailboxes, groups with their members, and contacts."""
    kinds, members = source.directory()
    dynamic = {address.lower() for address in re.findall(r'address\s*=\s*"([^"]+)"', world.settings.read_text())}
    arrived = {
        one["PrimarySmtpAddress"].lower(): one for one in target.command("Get-Recipient", ResultSize="Unlimited")
    }
    # A contact is known by its outside address; its old inside one stays as a further address.
    known_as = {
        address.lower().removeprefix("smtp:"): primary
        for primary, one in arrived.items()
        for address in one["EmailAddresses"]
    }
    missing = [f"{address} ({kind})" for address, kind in kinds.items() if address not in {*known_as, *dynamic}]
    check(not missing, "recipients that did not arrive:", missing)
    groups = {address: those for address, those in members.items() if address not in dynamic}
    check(
        groups and any(kinds.get(m) == "PublicDL" for those in groups.values() for m in those),
        "no groups in groups:",
        groups,
    )
    for address, those in groups.items():
        found = {
            one["PrimarySmtpAddress"].lower() for one in target.command("Get-DistributionGroupMember", Identity=address)
        }
        same(found, {known_as[member] for member in those - dynamic}, f"members of {address}")
    for address in world.mailboxes:
        addresses = [one.lower() for one in arrived[address.lower()]["EmailAddresses"]]
        check(f"smtp:{address}".lower() in addresses, address, addresses)
        check(any(one.startswith("x500:") for one in addresses), f"{address} lacks its old X.500 address:", addresses)
    said(f"fidelity: directory {dict(Counter(kinds.values()))}")


def flag(account):
    """A person flags a message at the source."""
    known = account.sent.all().order_by("datetime_received")[0]
    known.flag_status, known.categories = 2, ["Blue"]
    known.save(update_fields=["flag_status", "categories"])


def prove_that_it_can_fail(source, target, address):
    """The comparison notices what has just been changed."""
    try:
        mailbox(source, target, address)
    except AssertionError as difference:
        check("1 items are not" in str(difference), "another difference:", difference)
        return
    check(False, "the comparison did not notice a change at the source")


def with_streams():
    """Migrates, compares everything, migrates again without and with changes."""
    with practice("--mailboxes", "4", "--messages", "50", "--speed", "200") as world:
        first, _ = world.migrate()
        same(first["moved"], first["found"], "moved by the first run")
        source, target = Source(world), Target(world)
        count = sum(mailbox(source, target, address) for address in world.mailboxes)
        same(count, first["found"], "items compared")
        directory(source, target, world)
        second, _ = world.migrate()
        same((second["moved"], second["already_there"]), (0, first["found"]), "second run's moved and already there")
        said(f"fidelity: {count} items compared, second run moved nothing")
        account = source.account(world.mailboxes[0])
        flag(account)
        prove_that_it_can_fail(source, target, world.mailboxes[0])
        Message(account=account, folder=account.inbox, subject="Written meanwhile", body="Hello", is_read=False).save()
        third, _ = world.migrate()
        same((third["found"], third["moved"]), (first["found"] + 1, 1), "third run's found and moved")
        mailbox(source, target, world.mailboxes[0])


def with_mime():
    """Migrates from a server without export and compares what it can give: mail."""
    with practice("--mailboxes", "2", "--messages", "40", "--speed", "200", "--profile", "2007sp3") as world:
        last, _ = world.migrate(may_skip=True)
        source, target = Source(world), Target(world)
        count = sum(by_mime(source, target, address) for address in world.mailboxes)
        same((last["moved"], last["skipped"]), (count, last["found"] - count), "moved and skipped")
        said(f"fidelity: {count} messages compared that were carried as MIME")


if __name__ == "__main__":
    with_streams()
    with_mime()
