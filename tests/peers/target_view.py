"""What plain HTTP sees at the target, by Graph and by the Exchange admin endpoint, as values comparable with the source's."""

import base64
import time
from urllib.parse import quote

import requests

from source_view import digest, text

# How often a request is sent again when the service asks to wait.
PATIENCE = 20
# The two resources that tokens are for.
GRAPH, EXCHANGE = "https://graph.microsoft.com", "https://outlook.office365.com"

# The first folder of these classes below the root is the service's own; it has no well-known name in this API.
DEFAULTS = {
    "IPF.Appointment": "calendar",
    "IPF.Contact": "contacts",
    "IPF.Task": "tasks",
    "IPF.StickyNote": "notes",
    "IPF.Journal": "journal",
}
# Folders that both ends know by more than their name.
COMMON = {
    *DEFAULTS.values(),
    "inbox",
    "drafts",
    "sentitems",
    "deleteditems",
    "junkemail",
    "outbox",
    "conversationhistory",
}


class Target:
    """An administrator's scripts against the practice Microsoft 365."""

    def __init__(self, world):
        self.facts, self.http = world.facts["microsoft365"], requests.Session()
        self.tokens = {resource: self.token(resource) for resource in (GRAPH, EXCHANGE)}

    def token(self, resource):
        """An app-only token."""
        form = {
            "client_id": self.facts["client_id"],
            "client_secret": self.facts["client_secret"],
            "grant_type": "client_credentials",
            "scope": f"{resource}/.default",
        }
        answer = self.http.post(
            f"{self.facts['authority']}/{self.facts['tenant_id']}/oauth2/v2.0/token", data=form, timeout=60
        )
        answer.raise_for_status()
        return answer.json()["access_token"]

    def ask(self, method, url, resource, **more):
        """One request, sent again when the service asks to wait."""
        own = more.pop("headers", {})
        for _ in range(PATIENCE):
            headers = {"Authorization": f"Bearer {self.tokens[resource]}", **own}
            answer = self.http.request(method, url, headers=headers, timeout=120, **more)
            if answer.status_code == 401:
                # The practice tenant's tokens age as quickly as its clock runs.
                self.tokens[resource] = self.token(resource)
                continue
            if answer.status_code not in (429, 503):
                break
            wait = answer.headers.get("Retry-After", "0.2")
            time.sleep(min(float(wait), 5) if wait.replace(".", "").isdigit() else 0.5)
        assert answer.ok, f"{method} {url}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def graph(self, path, method="GET", **more):
        """One Graph request."""
        url = path if path.startswith("https:") else f"{self.facts['graph_url']}{path}"
        return self.ask(method, url, GRAPH, **more)

    def every(self, path):
        """A whole collection."""
        found = []
        while path:
            page = self.graph(path)
            found, path = found + page["value"], page.get("@odata.nextLink")
        return found

    def command(self, name, **parameters):
        """All results of a cmdlet."""
        url = f"{self.facts['exchange_admin_url']}/adminapi/beta/{self.facts['tenant_id']}/InvokeCommand"
        headers = {
            "X-CmdletName": name,
            "X-AnchorMailbox": f"APP:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{self.facts['tenant_id']}",
            "Content-Type": "application/json; charset=utf-8",
        }
        body, found = {"CmdletInput": {"CmdletName": name, "Parameters": parameters}}, []
        while url:
            page = self.ask("POST", url, EXCHANGE, headers=headers, json=body)
            found, url = found + page["value"], page.get("@odata.nextLink")
        return found


class Mailbox:
    """One mailbox at the target."""

    def __init__(self, target, address):
        self.target, self.person = target, f"/users/{quote(address)}"
        settings = target.graph(f"{self.person}/settings/exchange")
        self.mailbox = f"/admin/exchange/mailboxes/{quote(settings['primaryMailboxId'], safe='')}"

    def folders(self, below=None, place=()):
        """Every folder with its place: well-known name or names from the root down."""
        path = f"/folders/{quote(below, safe='')}/childFolders" if below else "/folders"
        found = []
        defaults = {} if below else dict(DEFAULTS)
        for folder in self.target.every(f"{self.mailbox}{path}?$top=100"):
            well_known = folder.get("wellKnownName") or defaults.pop(folder["type"], None)
            here = (f"<{well_known}>",) if well_known in COMMON else (*place, folder["displayName"])
            found.append((here, folder))
            if folder["childFolderCount"]:
                found += self.folders(folder["id"], here)
        return found

    def streams(self, folder):
        """The exported bytes of every item of a folder."""
        items = self.target.every(f"{self.mailbox}/folders/{quote(folder['id'], safe='')}/items?$top=200")
        ids, found = [item["id"] for item in items], []
        for at in range(0, len(ids), 20):
            answer = self.target.graph(f"{self.mailbox}/exportItems", "POST", json={"itemIds": ids[at : at + 20]})
            found += [base64.b64decode(one["data"]) for one in answer["value"]]
        return found

    def typed(self):
        """All messages, events and contacts, each as plain values."""
        found = {
            kind: self.target.every(f"{self.person}/{kind}?$top=100") for kind in ("messages", "events", "contacts")
        }
        return {
            "messages": [message(one, self.attachments("messages", one)) for one in found["messages"]],
            "events": [event(one, self.attachments("events", one)) for one in found["events"]],
            "contacts": [contact(one) for one in found["contacts"]],
        }

    def attachments(self, kind, item):
        """Names and content of attachments."""
        found = []
        for one in self.target.every(f"{self.person}/{kind}/{quote(item['id'], safe='')}/attachments"):
            is_file = one["@odata.type"] == "#microsoft.graph.fileAttachment"
            inside = digest(base64.b64decode(one["contentBytes"] or "")) if is_file else "item"
            found.append((one["name"] or "", bool(one["isInline"]), inside))
        return sorted(found)


def person(recipient):
    """Name and address."""
    address = (recipient or {}).get("emailAddress")
    return (address.get("name") or "", (address.get("address") or "").lower()) if address else None


def people(recipients):
    """Names and addresses, in an order of their own."""
    return sorted(person(recipient) for recipient in recipients or [])


def second(moment):
    """A moment in whole seconds."""
    return moment[:19] if moment else None


def common(item):
    """What items of every kind have."""
    return {
        "subject": item["subject"] or "",
        "categories": sorted(item["categories"]),
        "importance": item["importance"],
    }


def message(item, attachments):
    """A message."""
    return common(item) | {
        "id": item["internetMessageId"] or "",
        "received": second(item["receivedDateTime"]),
        "sent": second(item["sentDateTime"]),
        "read": item["isRead"],
        "draft": item["isDraft"],
        "flag": item["flag"]["flagStatus"],
        "from": person(item["from"]),
        "to": people(item["toRecipients"]),
        "cc": people(item["ccRecipients"]),
        "bcc": people(item["bccRecipients"]),
        "attachments": attachments,
        "body": text(item["body"]["content"]),
    }


def event(item, attachments):
    """An appointment or meeting."""
    all_day = item["isAllDay"]
    pattern = item["recurrence"]
    return common(item) | {
        "start": item["start"]["dateTime"][: 10 if all_day else 19],
        "end": None if all_day else item["end"]["dateTime"][:19],
        "all day": all_day,
        "location": item["location"]["displayName"] or "",
        "show": item["showAs"],
        "sensitivity": item["sensitivity"],
        "attendees": sorted((a["type"], a["emailAddress"]["address"].lower()) for a in item["attendees"]),
        "recurrence": (pattern["pattern"]["type"], pattern["pattern"]["interval"], pattern["range"]["type"])
        if pattern
        else None,
        "reminder": item["reminderMinutesBeforeStart"] if item["isReminderOn"] else None,
        "attachments": attachments,
        "body": text(item["body"]["content"]),
    }


def contact(item):
    """A personal contact."""
    return {
        "name": item["displayName"] or "",
        "given": item["givenName"] or "",
        "family": item["surname"] or "",
        "company": item["companyName"] or "",
        "title": item["jobTitle"] or "",
        "categories": sorted(item["categories"]),
        "addresses": sorted(a["address"].lower() for a in item["emailAddresses"] if a.get("address")),
        "business": sorted(item["businessPhones"]),
        "mobile": item["mobilePhone"] or "",
    }
