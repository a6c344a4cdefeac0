"""A user of the practice Exchange, by way of exchangelib: makes folders before a migration, and puts them in another order after it."""

from exchangelib import IMPERSONATION, Account, Configuration, Credentials
from exchangelib.folders import Messages

from practice import check

RENAMED, REMOVED = "A stranger's folder", "A stranger's other folder"


class User:
    """The owner of the first mailbox."""

    def __init__(self, world):
        exchange = world.facts["exchange"]
        configuration = Configuration(
            service_endpoint=exchange["ews_url"],
            credentials=Credentials(exchange["user_name"], exchange["password"]),
            auth_type="basic",
        )
        address = world.mailboxes[0]
        self.account = Account(address, config=configuration, autodiscover=False, access_type=IMPERSONATION)

    def make_folders(self):
        """Two empty folders."""
        root = self.account.msg_folder_root
        self.renamed, self.removed = Messages(parent=root, name=RENAMED), Messages(parent=root, name=REMOVED)
        self.renamed.save()
        self.removed.save()

    def rearrange(self):
        """Renames one folder, removes the other, deletes a message for good, and moves one."""
        self.renamed.name = f"{RENAMED} of last year"
        self.renamed.save(update_fields=["name"])
        self.removed.delete()
        deleted, moved = list(self.account.inbox.all().only("subject")[:2])
        deleted.delete()
        moved.move(self.renamed)


def require_followed(calls):
    """What a user did at the source is asked of the target, each once and with success."""
    own = [call for call in calls if call.path.startswith("/v1.0/admin/exchange/")]
    for method, end, what in (
        ("PATCH", "", "a folder renamed"),
        ("DELETE", "/$ref", "a folder removed"),
        ("DELETE", "/items/", "items deleted"),
    ):
        found = [call for call in own if call.method == method and end in call.path]
        check(found and all(call.status in (200, 204) for call in found), what, "was not asked for:", own)
