"""What a stranger's client (exchangelib) sees at the source, as plain values that can be compared with the target's."""

import hashlib
import re

from exchangelib import DELEGATE, Account, Configuration, Credentials, ExtendedProperty, FileAttachment, Message
from exchangelib.items import CalendarItem, Contact
from exchangelib.items.calendar_item import BaseMeetingItem

from practice import check

FREE_BUSY = {
    "Free": "free",
    "Tentative": "tentative",
    "Busy": "busy",
    "OOF": "oof",
    "WorkingElsewhere": "workingElsewhere",
    "NoData": "unknown",
}
RANGES = {"NumberedPattern": "numbered", "EndDatePattern": "endDate", "NoEndPattern": "noEnd"}


class FlagStatus(ExtendedProperty):
    """Follow-up flag: 1 complete, 2 flagged."""

    property_tag = 0x1090
    property_type = "Integer"


Message.register("flag_status", FlagStatus)


class Source:
    """The administrator's view of the practice Exchange."""

    def __init__(self, world):
        exchange = world.facts["exchange"]
        self.mailboxes = world.mailboxes
        self.configuration = Configuration(
            service_endpoint=exchange["ews_url"],
            auth_type="basic",
            credentials=Credentials(exchange["user_name"], exchange["password"]),
        )

    def account(self, address):
        """A mailbox."""
        return Account(address, config=self.configuration, autodiscover=False, access_type=DELEGATE)

    def directory(self):
        """Everything in the address list, by address: its kind and, for groups, its members."""
        account, found = self.account(self.mailboxes[0]), {}
        protocol = account.protocol
        check(protocol.version, "no server version")
        for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
            for entry in protocol.resolve_names([f"smtp:{letter}"], search_scope="ActiveDirectory"):
                if not isinstance(entry, Exception):
                    found[entry.email_address.lower()] = entry.mailbox_type
        groups = [address for address, kind in found.items() if kind == "PublicDL"]
        return found, {a: {m.email_address.lower() for m in protocol.expand_dl(a)} for a in groups}


def folders(account):
    """Every visible folder with its place: well-known name or names from the root down."""
    places = {account.msg_folder_root.id: ()}
    found = []
    for folder in account.msg_folder_root.walk():
        well_known = folder.DISTINGUISHED_FOLDER_ID if folder.is_distinguished else None
        above = places.get(folder.parent_folder_id.id, ())
        places[folder.id] = (f"<{well_known}>",) if well_known else (*above, folder.name)
        found.append((places[folder.id], folder))
    return found


def digest(data):
    """A short name for bytes."""
    return hashlib.sha256(data or b"").hexdigest()[:16]


def person(mailbox):
    """Name and address."""
    return (mailbox.name or "", (mailbox.email_address or "").lower()) if mailbox else None


def people(mailboxes):
    """Names and addresses, in an order of their own."""
    return sorted(person(mailbox) for mailbox in mailboxes or [])


def second(moment):
    """A moment in whole seconds, as text in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") if moment else None


def text(body):
    """Text with one kind of line end, and one sign for all characters that XML cannot carry (the streams carry them)."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]", "\ufffd", (body or "").replace("\r\n", "\n")).strip(
        "\ufffd \n\t\r"
    )


def attachments(item):
    """Names and content of attachments."""
    found = []
    for one in item.attachments or []:
        inside = digest(one.content) if isinstance(one, FileAttachment) else "item"
        found.append((one.name or "", bool(one.is_inline), inside))
    return sorted(found)


def common(item):
    """What items of every kind have."""
    return {
        "subject": item.subject or "",
        "categories": sorted(item.categories or []),
        "importance": (item.importance or "").lower(),
    }


def message(item):
    """A message."""
    flags = {1: "complete", 2: "flagged"}
    return common(item) | {
        "id": item.message_id or "",
        "received": second(item.datetime_received),
        "sent": second(item.datetime_sent),
        "read": item.is_read,
        "draft": item.is_draft,
        "flag": flags.get(getattr(item, "flag_status", None), "notFlagged"),
        "from": person(item.author),
        "to": people(item.to_recipients),
        "cc": people(item.cc_recipients),
        "bcc": people(item.bcc_recipients),
        "attachments": attachments(item),
        "body": text(item.body),
    }


def event(item):
    """An appointment or meeting."""
    start = item.start.strftime("%Y-%m-%d") if item.is_all_day else second(item.start)
    return common(item) | {
        "start": start,
        "end": None if item.is_all_day else second(item.end),
        "all day": item.is_all_day,
        "location": item.location or "",
        "show": FREE_BUSY[item.legacy_free_busy_status],
        "sensitivity": item.sensitivity.lower(),
        "attendees": sorted(
            (kind, a.mailbox.email_address.lower())
            for kind in ("required", "optional")
            for a in getattr(item, f"{kind}_attendees") or []
        ),
        "recurrence": recurrence(item.recurrence),
        "reminder": item.reminder_minutes_before_start if item.reminder_is_set else None,
        "attachments": attachments(item),
        "body": text(item.body),
    }


def recurrence(found):
    """Pattern, interval and range of a series."""
    if not found:
        return None
    pattern = type(found.pattern).__name__.removesuffix("Pattern")
    return (
        pattern[0].lower() + pattern[1:],
        getattr(found.pattern, "interval", 1),
        RANGES[type(found.boundary).__name__],
    )


def contact(item):
    """A personal contact."""
    phones = {phone.label: phone.phone_number for phone in item.phone_numbers or [] if phone.phone_number}
    return {
        "name": item.display_name or "",
        "given": item.given_name or "",
        "family": item.surname or "",
        "company": item.company_name or "",
        "title": item.job_title or "",
        "categories": sorted(item.categories or []),
        "addresses": sorted(a.email.lower() for a in item.email_addresses or [] if a.email),
        "business": sorted(v for k, v in phones.items() if k.startswith("BusinessPhone")),
        "mobile": phones.get("MobilePhone", ""),
    }


def typed(account):
    """All messages, events and contacts of a mailbox, each as plain values."""
    found = {"messages": [], "events": [], "contacts": []}
    for _, folder in folders(account):
        for item in folder.all():
            if isinstance(item, CalendarItem):
                found["events"].append(event(item))
            elif isinstance(item, Contact):
                found["contacts"].append(contact(item))
            elif isinstance(item, Message | BaseMeetingItem) and item.item_class != "IPM.StickyNote":
                found["messages"].append(message(item))
    return found
