//! The practice Exchange, asked anything.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::FutureExt;
use hyper::header::AUTHORIZATION;
use quick_xml::events::Event;

use super::ids::{self, Id};
use super::{Exchange, ExchangeUrls};
use crate::mapi::{Attachment, Item, pid};
use crate::practice::https::{Request, Service};
use crate::practice::organisation::{Administrator, Entry, EntryKind, Organisation, Profile};
use crate::practice::store::Mailbox;
use crate::practice::typed::Typed;

const EWS: &str = "https://localhost/EWS/Exchange.asmx";
const POX: &str = "https://localhost/autodiscover/autodiscover.xml";
const SVC: &str = "https://localhost/autodiscover/autodiscover.svc";
/// The one who migrates, and the only mailbox.
const NINA: &str = "nina@fabrikam.test";
/// What an answer may grow to, in bytes for each of its request, and beside that.
const GROWTH: usize = 400;
const ROOM: usize = 64 * 1024;

/// Requests: `0` EWS, `1` plain Autodiscover, `2` SOAP Autodiscover, `3` EWS of a 2007 server; for EWS an envelope is put
/// around what does not look like one. `{inbox}`, `{message}`, `{event}` and `{file}` stand for ids of what there is. Every
/// answer is well-formed XML and no larger than a multiple of the request.
pub fn exchange(data: &[u8]) {
    let Some((&pick, input)) = data.split_first() else { return };
    let (url, profile) = match pick % 4 {
        0 => (EWS, Profile::E2016),
        1 => (POX, Profile::E2016),
        2 => (SVC, Profile::E2016),
        _ => (EWS, Profile::E2007Sp3),
    };
    let bare = url == EWS && !input.starts_with(b"<?xml") && !input.starts_with(b"<s:Envelope");
    let input = named(input);
    let body = if bare { enveloped(&input) } else { input.clone() };
    let exchange = company(profile);
    let request: Request = hyper::Request::post(url)
        .header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("{NINA}:x"))))
        .body(Bytes::from(body))
        .unwrap();
    let _ = exchange.operation(&request);
    let answer = exchange.answer(request).now_or_never().expect("this server answers at once");
    assert!(answer.body().len() <= ROOM + GROWTH * input.len(), "{} bytes for {}", answer.body().len(), input.len());
    if answer.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/xml")) {
        well_formed(answer.body());
    }
}

/// The input with ids for their names.
fn named(input: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(input) else { return input.to_vec() };
    let nina = ids::mailbox_id(NINA);
    let content = mailbox();
    let in_folder = |name: &str| {
        let folder = content.distinguished(name).unwrap().key;
        let key = content.items_in(folder).next().unwrap().key;
        (Id::folder(nina, folder), Id::item(nina, key))
    };
    let ((inbox, message), (_, event)) = (in_folder("inbox"), in_folder("calendar"));
    let file = message.attachment(0);
    let ids = [("{inbox}", inbox), ("{message}", message), ("{event}", event), ("{file}", file)];
    ids.iter().fold(text.to_owned(), |text, (name, id)| text.replace(name, &id.text())).into_bytes()
}

fn well_formed(answer: &[u8]) {
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(answer).expect("answers are UTF-8"));
    loop {
        match reader.read_event().expect("answers are well-formed") {
            Event::Eof => return,
            Event::Start(start) | Event::Empty(start) => {
                start.attributes().for_each(|attribute| drop(attribute.expect("attributes are well-formed")));
            }
            _ => {}
        }
    }
}

/// A request with the envelope that clients put around it.
fn enveloped(input: &[u8]) -> Vec<u8> {
    let head = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
         xmlns:m='http://schemas.microsoft.com/exchange/services/2006/messages' \
         xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'><s:Header>\
         <t:RequestServerVersion Version='Exchange2007_SP1'/></s:Header><s:Body>";
    [head.as_bytes(), input, b"</s:Body></s:Envelope>"].concat()
}

fn entry(kind: EntryKind, address: &str) -> Entry {
    let text = String::new;
    Entry {
        kind,
        address: address.to_owned(),
        display_name: "Nina Person".to_owned(),
        alias: "nina".to_owned(),
        proxies: Vec::new(),
        legacy_dn: "/o=Fabrikam/ou=First/cn=Recipients/cn=nina".to_owned(),
        hidden: false,
        given_name: text(),
        surname: text(),
        title: text(),
        department: text(),
        office: text(),
        phone: text(),
    }
}

fn mailbox() -> Mailbox {
    let mut mailbox = Mailbox::new("Top of Information Store");
    let folders = [("inbox", "IPF.Note"), ("calendar", "IPF.Appointment"), ("deleteditems", "IPF.Note")];
    for (id, class) in folders {
        mailbox.add_folder(Some(1), id, class, Some(id));
    }
    for (folder, class) in [("inbox", "IPM.Note"), ("calendar", "IPM.Appointment")] {
        let mut item = Item::default();
        item.text(pid::MESSAGE_CLASS, class).text(pid::SUBJECT, "s").text(pid::BODY, "b");
        let mut attachment = Attachment::default();
        attachment.long(pid::ATTACH_METHOD, 1).bytes(pid::ATTACH_DATA, vec![1]);
        item.attachments.push(attachment);
        let folder = mailbox.distinguished(folder).unwrap().key;
        mailbox.add_item(folder, item);
    }
    mailbox
}

fn company(profile: Profile) -> Exchange {
    let members = vec![NINA.to_owned()];
    let entries = vec![
        entry(EntryKind::UserMailbox, NINA),
        entry(EntryKind::DistributionGroup { members }, "staff@fabrikam.test"),
    ];
    let organisation = Organisation {
        domain: "fabrikam.test".to_owned(),
        name: "Fabrikam".to_owned(),
        profile,
        administrator: Administrator { email: NINA.into(), user_name: "F\\nina".into(), password: "x".into() },
        entries,
        mailboxes: BTreeMap::from([(NINA.to_owned(), Arc::new(RwLock::new(mailbox())))]),
    };
    let urls = ExchangeUrls { ews: EWS.into(), autodiscover_pox: POX.into(), autodiscover_soap: SVC.into() };
    Exchange::new(Arc::new(organisation), urls)
}
