"""Microsoft's own SDK for Graph and its identity library use the practice Microsoft 365 after a migration into it.

Where `CUTOVER_SCHEMAS` is set, every answer they got is also held against the published description.
"""

import asyncio
import email
import email.policy
import ssl
from collections import Counter

import httpx
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.admin.exchange.mailboxes.item.export_items.export_items_post_request_body import (
    ExportItemsPostRequestBody,
)
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import GraphClientFactory

from practice import check, practice, said, same
from schemas import answers_are_valid

SCOPE = "https://graph.microsoft.com/.default"


def credential(facts, secret):
    """Sign-in with a client secret, at the practice tenant."""
    return ClientSecretCredential(
        facts["tenant_id"], facts["client_id"], secret, authority=facts["authority"], disable_instance_discovery=True
    )


def graph(facts, ca):
    """The SDK's client, pointed at the practice Graph."""
    trust = ssl.create_default_context(cafile=str(ca))
    http = GraphClientFactory.create_with_default_middleware(
        client=httpx.AsyncClient(verify=trust, base_url=facts["graph_url"])
    )
    provider = AzureIdentityAuthenticationProvider(
        credential(facts, facts["client_secret"]), scopes=[SCOPE], allowed_hosts=["localhost"]
    )
    adapter = GraphRequestAdapter(provider, http)
    adapter.base_url = facts["graph_url"]
    return GraphServiceClient(request_adapter=adapter)


async def every(builder, configuration=None):
    """All entries of a collection, page by page, and how many pages there were."""
    page, found, pages = await builder.get(request_configuration=configuration), [], 0
    while True:
        found, pages = found + page.value, pages + 1
        if not page.odata_next_link:
            return found, pages
        page = await builder.with_url(page.odata_next_link).get()


async def tenant(client, world):
    """The organisation, its domains and its people."""
    facts = world.facts["microsoft365"]
    organisations, _ = await every(client.organization)
    same([o.id for o in organisations], [facts["tenant_id"]], "organisation")
    check(
        facts["domain"] in [d.id for d in (await every(client.domains))[0] if d.is_verified],
        "the domain is not verified",
    )
    top = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(top=2)
    users, pages = await every(client.users, RequestConfiguration(query_parameters=top))
    check(pages > 1, "paging did not page:", pages)
    names = {user.user_principal_name.lower() for user in users}
    missing = [m for m in world.mailboxes if m.lower() not in names]
    check(not missing, "people that were not created:", missing)
    check((await every(client.subscribed_skus))[0], "no licences")


async def folders_below(mailbox, folder_id=None):
    """Every folder of a mailbox in the import API."""
    builder = mailbox.folders if folder_id is None else mailbox.folders.by_mailbox_folder_id(folder_id).child_folders
    found = []
    for folder in (await every(builder))[0]:
        found += [folder, *(await folders_below(mailbox, folder.id) if folder.child_folder_count else [])]
    return found


async def content(client, address):
    """One mailbox: folders and items of the import API, then messages, events and contacts; returns how many of what."""
    person = client.users.by_user_id(address)
    settings = await person.settings.exchange.get()
    mailbox = client.admin.exchange.mailboxes.by_mailbox_id(settings.primary_mailbox_id)
    kinds = Counter()
    for folder in await folders_below(mailbox):
        items, _ = await every(mailbox.folders.by_mailbox_folder_id(folder.id).items)
        same(len(items), folder.total_item_count, f"items in {folder.display_name}")
        kinds.update(item.type for item in items)
        if items:
            body = ExportItemsPostRequestBody(item_ids=[items[0].id])
            exported = await mailbox.export_items.post(body)
            check(len(exported.value) == 1 and exported.value[0].data, "nothing was exported from", folder.display_name)
    messages, _ = await every(person.messages)
    for message in messages[:10]:
        mime = await person.messages.by_message_id(message.id).content.get()
        parsed = email.message_from_bytes(mime, policy=email.policy.default)
        check(parsed["Date"] or parsed["Subject"] is not None, "no message:", mime[:200])
        if message.has_attachments:
            attachments, _ = await every(person.messages.by_message_id(message.id).attachments)
            check(attachments, "no attachments of", message.subject)
    events, _ = await every(person.events)
    contacts, _ = await every(person.contacts)
    check(all(event.start and event.end for event in events), "an event without times")
    kinds.update({"messages": len(messages), "events": len(events), "contacts": len(contacts)})
    return kinds


async def wrong_ids(client, address):
    """What does not exist ends in Graph's own error."""
    mailbox = client.admin.exchange.mailboxes.by_mailbox_id("MBX:nothing@nowhere")
    for wrong in (
        client.users.by_user_id("nobody@nowhere.test"),
        client.users.by_user_id(address).messages.by_message_id("AAMkwrong"),
        client.domains.by_domain_id("nowhere.test"),
        mailbox.folders,
    ):
        try:
            await wrong.get()
            check(False, "a wrong id was found")
        except ODataError as error:
            same(error.response_status_code, 404, "status of a wrong id")
            check(error.error.code and error.error.message, "an error without code or message:", error)


async def visit(world):
    """All of it."""
    client = graph(world.facts["microsoft365"], world.ca)
    await tenant(client, world)
    kinds = Counter()
    for address in world.mailboxes:
        kinds += await content(client, address)
    said(f"msgraph-sdk: read {dict(kinds)}")
    for kind in (
        "messages",
        "events",
        "contacts",
        "IPM.Note",
        "IPM.Appointment",
        "IPM.Contact",
        "IPM.Task",
        "IPM.StickyNote",
    ):
        check(kinds[kind], f"no {kind} arrived")
    await wrong_ids(client, world.mailboxes[0])


def wrong_secret(world):
    """A wrong secret is refused with the identity service's own error."""
    facts = world.facts["microsoft365"]
    try:
        credential(facts, "wrong").get_token(SCOPE)
        check(False, "a wrong secret got a token")
    except ClientAuthenticationError as error:
        check("AADSTS7000215" in str(error), error)


def main():
    """Migrates, then visits."""
    with practice("--mailboxes", "3", "--messages", "40", "--speed", "200", recorded=True) as world:
        last, _ = world.migrate()
        check(last["moved"] > 0, last)
        wrong_secret(world)
        asyncio.run(visit(world))
        answers_are_valid(world, "Microsoft's SDK")


if __name__ == "__main__":
    main()
