"""exchangelib, which nobody here wrote, uses the practice Exchange as it would a real one.

Every profile of the Exchange side that matters is asked: 2016, 2010 SP3 and 2007 SP3 (which has no export and no SOAP
Autodiscover). Where `CUTOVER_SCHEMAS` is set, every answer it got is also held against the published schemas.
"""

import sys
from collections import Counter

import requests
from exchangelib import (
    DELEGATE,
    IMPERSONATION,
    Account,
    Build,
    Configuration,
    Credentials,
    FileAttachment,
    ItemAttachment,
)
from exchangelib import Message, Version
from exchangelib.autodiscover.protocol import AutodiscoverProtocol
from exchangelib.errors import ErrorItemNotFound, UnauthorizedError
from exchangelib.folders import Messages
from exchangelib.items import CalendarItem, Contact

from practice import check, practice, said, same
from schemas import answers_are_valid

# For each profile: the build prefix that the server must name, and whether it exports items.
PROFILES = {"2016": (15, 1, True), "2010sp3": (14, 3, True), "2007sp3": (8, 3, False)}
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def main():
    """All profiles, or those named on the command line."""
    for profile in sys.argv[1:] or PROFILES:
        with practice(
            "--mailboxes", "5", "--messages", "60", "--speed", "200", "--profile", profile, recorded=True
        ) as world:
            Visit(world, profile).all()


class Visit:
    """One client's visit to one server."""

    def __init__(self, world, profile):
        self.world, self.exchange = world, world.facts["exchange"]
        self.major, self.minor, self.exports = PROFILES[profile]
        self.profile = profile
        self.credentials = Credentials(self.exchange["user_name"], self.exchange["password"])

    def all(self):
        """Everything, from discovery to writing."""
        self.plain_autodiscover()
        endpoint = self.discovered() if self.exports else self.exchange["ews_url"]
        self.configuration = Configuration(service_endpoint=endpoint, credentials=self.credentials, auth_type="basic")
        accounts = [self.account(m, IMPERSONATION if n % 2 else DELEGATE) for n, m in enumerate(self.world.mailboxes)]
        self.version(accounts[0])
        kinds = Counter()
        for account in accounts:
            kinds += self.read_everything(account)
        said(f"exchangelib: {self.profile}: read {dict(kinds)}")
        for kind in (
            "Message",
            "CalendarItem",
            "Contact",
            "Task",
            "IPM.StickyNote",
            "recurring",
            "exception",
            "FileAttachment",
        ):
            check(kinds[kind], f"no {kind} was read, only {dict(kinds)}")
        for account in accounts[:2]:
            if self.exports:
                self.export_and_upload(account)
            self.synchronise_items(account)
            self.synchronise_folders(account)
            check(account.oof_settings.state in ("Disabled", "Enabled", "Scheduled"), account.oof_settings)
        self.directory(accounts[0])
        self.wrong_password()
        self.answers_are_valid()

    def account(self, address, access):
        """A mailbox, opened with a right of the administrator's."""
        return Account(address, config=self.configuration, autodiscover=False, access_type=access)

    def plain_autodiscover(self):
        """The plain XML kind, which every version has: without a password a 401, with it the EWS address."""
        url, name = self.exchange["autodiscover_url"], "http://schemas.microsoft.com/exchange/autodiscover/outlook"
        body = (
            f'<Autodiscover xmlns="{name}/requestschema/2006"><Request><EMailAddress>{self.world.mailboxes[0]}</EMailAddress>'
            f"<AcceptableResponseSchema>{name}/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>"
        )
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        same(requests.post(url, body, headers=headers, timeout=30).status_code, 401, "Autodiscover without a password")
        login = (self.exchange["user_name"], self.exchange["password"])
        answer = requests.post(url, body, headers=headers, auth=login, timeout=30)
        same(answer.status_code, 200, "Autodiscover")
        check(f">{self.exchange['ews_url']}<" in answer.text, "no EWS address in", answer.text)

    def discovered(self):
        """The EWS address by exchangelib's own SOAP Autodiscover."""
        endpoint = self.exchange["autodiscover_url"].removesuffix(".xml").removesuffix(".svc") + ".svc"
        protocol = AutodiscoverProtocol(
            config=Configuration(
                service_endpoint=endpoint,
                credentials=self.credentials,
                auth_type="basic",
                version=Version(Build(15, 0)),
            )
        )
        settings = protocol.get_user_settings(user=self.world.mailboxes[0])
        same(settings.autodiscover_smtp_address, self.world.mailboxes[0], "address by Autodiscover")
        same(settings.ews_url, self.exchange["ews_url"], "EWS address by Autodiscover")
        return settings.ews_url

    def version(self, account):
        """What exchangelib concludes about the server without being told."""
        build = account.protocol.version.build
        same((build.major_version, build.minor_version), (self.major, self.minor), "server version")

    def read_everything(self, account):
        """Walks all folders and reads every item whole; returns how many of what."""
        kinds, seen = Counter(), 0
        folders = [
            f for f in account.msg_folder_root.walk() if f.folder_class is None or f.folder_class.startswith("IPF.")
        ]
        check(len(folders) > 8, account, "has only", folders)
        check(
            {"inbox", "sentitems", "calendar", "contacts", "tasks", "notes"}
            <= {f.DISTINGUISHED_FOLDER_ID for f in folders},
            "well-known folders are missing among",
            folders,
        )
        for folder in folders:
            items = list(folder.all())
            for item in items:
                check(not isinstance(item, Exception), folder, item)
                kinds += self.kinds_of(item)
            same(len(items), folder.total_count, f"items in {account} {folder.absolute}")
            seen += len(items)
        check(seen >= 60, account, "holds only", seen)
        return kinds

    def kinds_of(self, item):
        """What an item is and has; reads its attachments on the way."""
        kinds = Counter([type(item).__name__])
        check(item.subject is not None or isinstance(item, (Message, Contact)), item)
        if item.item_class == "IPM.StickyNote":
            kinds["IPM.StickyNote"] += 1
        if isinstance(item, Message):
            check(item.mime_content, "no MIME content:", item.subject)
        if isinstance(item, CalendarItem):
            check(item.start <= item.end, item.subject, item.start, item.end)
            if item.recurrence:
                kinds["recurring"] += 1
                kinds["exception"] += len(item.modified_occurrences or []) + len(item.deleted_occurrences or [])
        for attachment in item.attachments or []:
            if isinstance(attachment, FileAttachment):
                check(isinstance(attachment.content, bytes), attachment)
                kinds["FileAttachment"] += 1
            elif isinstance(attachment, ItemAttachment):
                check(attachment.item is not None, attachment)
                kinds["ItemAttachment"] += 1
        return kinds

    def export_and_upload(self, account):
        """Exported bytes, uploaded again, are the same item."""
        for folder in (account.inbox, account.calendar, account.contacts, account.tasks, account.notes):
            before = list(folder.all()[:4])
            streams = list(account.export(before))
            check(streams and all(isinstance(stream, str) for stream in streams), folder, streams)
            uploaded = list(account.upload((folder, stream) for stream in streams))
            check(all(isinstance(one, tuple) for one in uploaded), folder, uploaded)
            after = list(account.fetch(uploaded))
            for old, new in zip(before, after, strict=True):
                check(old.id != new.id, "an upload did not make a new item")
                same(content(new), content(old), f"{folder.name}: uploaded copy of {old.subject!r}")
            same(list(account.export(after)), streams, f"{folder.name}: export of the uploaded copies")
            check(all(ok is True for ok in account.bulk_delete(after)), "the copies could not be removed")
            left = list(account.fetch(after[:1]))
            check(isinstance(left[0], ErrorItemNotFound), "a removed item is still there:", left)

    def synchronise_items(self, account):
        """Creation, change, read flag and removal are each reported, and nothing else."""
        folder = account.inbox
        first = list(folder.sync_items(only_fields=["subject"]))
        same(len(first), folder.total_count, "items in the first synchronisation")
        same({change for change, _ in first}, {"create"}, "changes in the first synchronisation")
        same(list(folder.sync_items(only_fields=["subject"])), [], "changes although nothing happened")
        message = Message(
            account=account,
            folder=folder,
            subject="Made by a stranger",
            body="Good morning",
            is_read=False,
            to_recipients=[account.primary_smtp_address],
            categories=["Blue", "Grün"],
        )
        message.save()
        self.changed(folder, message, "create")
        message.refresh()
        same(
            (message.subject, message.categories, message.is_read),
            ("Made by a stranger", ["Blue", "Grün"], False),
            "new item",
        )
        message.subject = "Changed by a stranger"
        message.save(update_fields=["subject"])
        self.changed(folder, message, "update")
        message.is_read = True
        message.save(update_fields=["is_read"])
        self.changed(folder, message, "read_flag_change")
        message.refresh()
        same((message.subject, message.is_read), ("Changed by a stranger", True), "changed item")
        old_id = message.id
        message.move(account.trash)
        # Before 2010 a move does not tell the new id.
        moved = message if message.id else account.trash.get(subject="Changed by a stranger")
        check(moved.id != old_id, "a moved item kept its id")
        changes = list(folder.sync_items(only_fields=["subject"]))
        same([(change, item.id) for change, item in changes], [("delete", old_id)], "changes after a move")
        moved.delete()

    def changed(self, folder, message, expected):
        """Exactly one change since the last synchronisation, of this kind and of this item."""
        found = []
        for change, item in folder.sync_items(only_fields=["subject"]):
            found.append((change, item[0].id if isinstance(item, tuple) else item.id))
        same(found, [(expected, message.id)], "synchronised changes")

    def synchronise_folders(self, account):
        """A new, a renamed and a removed folder are each reported."""
        root = account.msg_folder_root
        check(len(list(root.sync_hierarchy())) > 8, "the first synchronisation saw too few folders")
        folder = Messages(parent=root, name="A stranger's folder")
        folder.save()
        seen = []
        for step in ("create", "update", "delete"):
            if step == "update":
                folder.name = "A stranger's other folder"
                folder.save(update_fields=["name"])
            if step == "delete":
                folder.delete()
            seen += [(change, getattr(item, "name", None)) for change, item in root.sync_hierarchy()]
        names = ["A stranger's folder", "A stranger's other folder"]
        same([change for change, _ in seen], ["create", "update", "delete"], "changes of folders")
        same([name for change, name in seen if change != "delete"], names, "names of changed folders")

    def directory(self, account):
        """The address list by prefixes, and the members of every group in it."""
        found = {}
        for letter in ALPHABET:
            for entry in account.protocol.resolve_names([f"smtp:{letter}"], search_scope="ActiveDirectory"):
                if not isinstance(entry, Exception):
                    found[entry.email_address.lower()] = entry
        kinds = Counter(entry.mailbox_type for entry in found.values())
        said(f"exchangelib: {self.profile}: address list {dict(kinds)}")
        missing = [m for m in self.world.mailboxes if m.lower() not in found]
        check(not missing, "mailboxes that the address list lacks:", missing)
        check(kinds["PublicDL"] and kinds["Contact"], "groups or contacts are missing:", kinds)
        members = {a: account.protocol.expand_dl(a) for a, e in found.items() if e.mailbox_type == "PublicDL"}
        check(any(members.values()), "no group has members")
        check(any(m.mailbox_type == "PublicDL" for group in members.values() for m in group), "no group is in a group")
        whole = account.protocol.resolve_names([self.world.mailboxes[0]], return_full_contact_data=True)
        check(len(whole) == 1 and whole[0][1].display_name, "no contact data:", whole)

    def wrong_password(self):
        """A wrong password is refused."""
        wrong = Configuration(
            service_endpoint=self.exchange["ews_url"],
            auth_type="basic",
            credentials=Credentials(self.exchange["user_name"], "wrong"),
            version=Version(Build(15, 1)),
        )
        try:
            account = Account(self.world.mailboxes[0], config=wrong, autodiscover=False, access_type=DELEGATE)
            check(False, "a wrong password opened", account.inbox)
        except UnauthorizedError:
            pass

    def answers_are_valid(self):
        """Every answer to this client fits the schemas; its requests are not ours to judge."""
        answers_are_valid(self.world, "exchangelib")


def content(item):
    """What a person would call the content of an item."""
    attachments = [
        (a.name, a.content if isinstance(a, FileAttachment) else a.item.subject) for a in item.attachments or []
    ]
    names = [
        "subject",
        "item_class",
        "body",
        "categories",
        "importance",
        "sensitivity",
        "is_read",
        "sender",
        "to_recipients",
        "cc_recipients",
        "datetime_sent",
        "datetime_received",
        "start",
        "end",
        "location",
        "recurrence",
        "required_attendees",
        "display_name",
        "email_addresses",
        "phone_numbers",
        "due_date",
        "status",
        "percent_complete",
    ]
    return {name: getattr(item, name, None) for name in names} | {"attachments": attachments}


if __name__ == "__main__":
    main()
