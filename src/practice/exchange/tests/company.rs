//! A small company to ask, and how to ask it.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::AUTHORIZATION;

use super::super::element::{self, Element};
use super::super::{Exchange, ExchangeUrls};
use crate::mapi::{Attachment, Item, Recipient, pid};
use crate::practice::https::{Request, Response, Service};
use crate::practice::organisation::{Administrator, Entry, EntryKind, Organisation, Profile};
use crate::practice::store::Mailbox;
use crate::practice::typed::Typed;

pub(super) const EWS: &str = "https://localhost:8443/EWS/Exchange.asmx";
pub(super) const POX: &str = "https://localhost:8443/autodiscover/autodiscover.xml";
pub(super) const SVC: &str = "https://localhost:8443/autodiscover/autodiscover.svc";

/// An entry named after its address.
pub(super) fn entry(kind: EntryKind, local: &str) -> Entry {
    Entry {
        kind,
        address: format!("{local}@fabrikam.test"),
        display_name: format!("{local} Person"),
        alias: local.to_owned(),
        proxies: Vec::new(),
        legacy_dn: format!("/o=Fabrikam/ou=First/cn=Recipients/cn={local}"),
        hidden: false,
        given_name: local.to_owned(),
        surname: "Person".to_owned(),
        title: String::new(),
        department: String::new(),
        office: String::new(),
        phone: String::new(),
    }
}

/// A message with this subject.
pub(super) fn message(subject: &str) -> Item {
    let mut item = Item::default();
    item.text(pid::MESSAGE_CLASS, "IPM.Note").text(pid::SUBJECT, subject).text(pid::BODY, "Hello.\r\n");
    item.long(pid::MESSAGE_FLAGS, 1).time(pid::MESSAGE_DELIVERY_TIME, 133_500_000_000_000_000);
    item.text(pid::INTERNET_MESSAGE_ID, &format!("<{subject}@fabrikam.test>"));
    let mut recipient = Recipient::default();
    recipient
        .long(pid::RECIPIENT_TYPE, 1)
        .text(pid::DISPLAY_NAME, "Nina")
        .text(pid::SMTP_ADDRESS, "nina@fabrikam.test");
    item.recipients.push(recipient);
    let mut attachment = Attachment::default();
    attachment.long(pid::ATTACH_METHOD, 1).text(pid::ATTACH_LONG_FILENAME, "größe.bin");
    attachment.bytes(pid::ATTACH_DATA, vec![0u8, 1, 2, 255]);
    item.attachments.push(attachment);
    item
}

fn mailbox() -> Mailbox {
    let mut mailbox = Mailbox::new("Top of Information Store");
    for (id, name, class) in [
        ("inbox", "Inbox", "IPF.Note"),
        ("drafts", "Drafts", "IPF.Note"),
        ("sentitems", "Sent Items", "IPF.Note"),
        ("deleteditems", "Deleted Items", "IPF.Note"),
        ("calendar", "Calendar", "IPF.Appointment"),
        ("contacts", "Contacts", "IPF.Contact"),
    ] {
        mailbox.add_folder(Some(1), name, class, Some(id));
    }
    let inbox = mailbox.distinguished("inbox").unwrap().key;
    for subject in ["one", "two", "three"] {
        mailbox.add_item(inbox, message(subject));
    }
    mailbox
}

/// The company on a profile, with more entries.
pub(super) fn with(profile: Profile, more: Vec<Entry>) -> Exchange {
    let mut nina = entry(EntryKind::UserMailbox, "nina");
    nina.proxies = vec!["n.person@fabrikam.test".to_owned()];
    let mut hidden = entry(EntryKind::SharedMailbox, "hidden");
    hidden.hidden = true;
    let mut admin = entry(EntryKind::UserMailbox, "migadmin");
    admin.hidden = true;
    let members = vec!["nina@fabrikam.test".to_owned(), "team@fabrikam.test".to_owned()];
    let mut secret = entry(EntryKind::DistributionGroup { members: members.clone() }, "secret");
    secret.hidden = true;
    let mut entries = vec![
        nina,
        hidden,
        admin,
        secret,
        entry(EntryKind::DistributionGroup { members }, "staff"),
        entry(EntryKind::SecurityGroup { members: vec![] }, "team"),
        entry(EntryKind::DynamicGroup { filter: "x".into() }, "everyone"),
        entry(EntryKind::MailContact { target: "bob@outside.test".into() }, "bob"),
    ];
    entries.extend(more);
    let addresses = ["nina@fabrikam.test", "hidden@fabrikam.test", "migadmin@fabrikam.test"];
    let mailboxes: BTreeMap<_, _> =
        addresses.into_iter().map(|address| (address.to_owned(), Arc::new(RwLock::new(mailbox())))).collect();
    let administrator = Administrator {
        email: "migadmin@fabrikam.test".into(),
        user_name: "FABRIKAM\\migadmin".into(),
        password: "pass:wörd".into(),
    };
    let (domain, name) = ("fabrikam.test".to_owned(), "Fabrikam".to_owned());
    let organisation = Organisation { domain, name, profile, administrator, entries, mailboxes };
    let urls = ExchangeUrls { ews: EWS.into(), autodiscover_pox: POX.into(), autodiscover_soap: SVC.into() };
    Exchange::new(Arc::new(organisation), urls)
}

/// The company on 2016.
pub(super) fn company() -> Exchange {
    with(Profile::E2016, Vec::new())
}

/// A signed-in POST.
pub(super) fn post(url: &str, body: impl Into<bytes::Bytes>) -> Request {
    let pair = STANDARD.encode("fabrikam\\MigAdmin:pass:wörd");
    hyper::Request::post(url).header(AUTHORIZATION, format!("Basic {pair}")).body(body.into()).unwrap()
}

/// The envelope of an EWS request; `m:` and `t:` are declared.
pub(super) fn envelope(version: &str, header: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
         xmlns:m='http://schemas.microsoft.com/exchange/services/2006/messages' \
         xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'><s:Header>\
         <t:RequestServerVersion Version='{version}'/>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )
}

/// Asks and reads the answer.
pub(super) async fn send(exchange: &Exchange, request: Request) -> (Response, Element) {
    let response = exchange.answer(request).await;
    let root = element::parse(response.body()).unwrap();
    (response, root)
}

/// Asks EWS at `Exchange2010_SP1`; gives the content of the answer's Body.
pub(super) async fn ask(exchange: &Exchange, body: &str) -> Element {
    let (_, root) = send(exchange, post(EWS, envelope("Exchange2010_SP1", "", body))).await;
    root.child("s:Body").unwrap().children[0].clone()
}

/// The first response message's code, or the fault's.
pub(super) fn code(answer: &Element) -> String {
    texts(answer, "ResponseCode").into_iter().next().unwrap_or_default()
}

/// All elements with this local name, depth first.
pub(super) fn find<'a>(element: &'a Element, local: &str) -> Vec<&'a Element> {
    let mut found: Vec<&Element> = if element.local() == local { vec![element] } else { Vec::new() };
    found.extend(element.children.iter().flat_map(|child| find(child, local)));
    found
}

/// Their texts.
pub(super) fn texts(element: &Element, local: &str) -> Vec<String> {
    find(element, local).into_iter().map(|element| element.text.clone()).collect()
}

/// The ids of the items of an answer.
pub(super) fn ids(element: &Element) -> Vec<String> {
    find(element, "ItemId").iter().map(|id| id.attribute("Id").unwrap().to_owned()).collect()
}

/// A distinguished folder of Nina's.
pub(super) fn ninas(id: &str) -> String {
    format!(
        "<t:DistinguishedFolderId Id='{id}'><t:Mailbox><t:EmailAddress>nina@fabrikam.test</t:EmailAddress></t:Mailbox>\
         </t:DistinguishedFolderId>"
    )
}

/// The ids of the items of a folder of Nina's, newest first.
pub(super) async fn items(exchange: &Exchange, folder: &str) -> Vec<String> {
    let body = format!(
        "<m:FindItem Traversal='Shallow'><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>\
         <m:ParentFolderIds>{}</m:ParentFolderIds></m:FindItem>",
        ninas(folder)
    );
    ids(&ask(exchange, &body).await)
}
