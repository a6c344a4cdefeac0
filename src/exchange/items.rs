//! Items: what changed, what they are, and their whole content.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;

use super::client::Ews;
use super::fault::Place;
use super::request::{self, Field, Operation};
use super::xml::Element;
use super::{fault, mime, soap};
use crate::engine::item::{Change, ChangePage, Content, FolderId, ItemId, Summary};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::fidelity::{self, stamp};
use crate::mapi::container::{self, Version as StreamVersion};
use crate::mapi::{self, Properties, Value, pid, time};

/// Answers for the ids that were asked, in their order.
pub type Each<T> = Vec<Result<T, Problem>>;

/// Items exported at once.
const EXPORT_BATCH: usize = 20;
/// MIME is asked for in small batches: the server makes it anew each time.
const MIME_BATCH: usize = 10;

/// One page of changes.
pub async fn changes(
    ews: &Ews,
    mailbox: &Address,
    folder: &FolderId,
    since: Option<&str>,
) -> Result<ChangePage, Problem> {
    let operation = Operation::SyncFolderItems { folder: &folder.0, since };
    let response = ews.call(&operation, Some(mailbox)).await?;
    let message =
        soap::single(&response, &ews.place(Some(mailbox), "")).map_err(|problem| in_folder(problem, folder))?;
    let sync_state = message.text_of("SyncState").ok_or_else(|| fault::malformed("changes without a state"))?;
    let last =
        message.text_of("IncludesLastItemInRange").ok_or_else(|| fault::malformed("changes without an end"))?;
    let listed = message.child("Changes").map(|changes| changes.children.as_slice()).unwrap_or_default();
    let changes = listed.iter().map(change).collect::<Option<Vec<Change>>>();
    Ok(ChangePage {
        changes: changes.ok_or_else(|| fault::malformed("a change without an id"))?,
        sync_state: sync_state.to_owned(),
        last: last == "true",
    })
}

fn in_folder(problem: Problem, folder: &FolderId) -> Problem {
    match problem.guidance {
        Guidance::SourceFolderGone => problem.with("folder", &folder.0),
        _ => problem,
    }
}

fn change(element: &Element) -> Option<Change> {
    let id = match element.child("ItemId") {
        Some(id) => id,
        None => element.children.iter().find_map(|item| item.child("ItemId"))?,
    };
    let id = ItemId(id.attribute("Id")?.to_owned());
    Some(match element.name.as_str() {
        "Create" => Change::Created(id),
        "Update" => Change::Updated(id),
        "Delete" => Change::Gone(id),
        "ReadFlagChange" => Change::ReadFlag(id),
        _ => return None,
    })
}

/// What items are.
pub async fn describe(ews: &Ews, mailbox: &Address, items: &[ItemId]) -> Result<Each<Summary>, Problem> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let ids = plain(items);
    let response = ews.call(&Operation::DescribeItems { ids: &ids }, Some(mailbox)).await?;
    let messages = soap::one_each(&response, items.len())?;
    Ok(messages.iter().zip(items).map(|(message, id)| summary(item_of(ews, mailbox, message)?, id)).collect())
}

fn plain(items: &[ItemId]) -> Vec<&str> {
    items.iter().map(|id| id.0.as_str()).collect()
}

/// The item inside a GetItem message, whatever kind of element it is.
fn item_of<'a>(ews: &Ews, mailbox: &Address, message: &'a Element) -> Result<&'a Element, Problem> {
    let place = Place { item: true, ..ews.place(Some(mailbox), "") };
    let items = soap::check(message, &place)?.child("Items");
    items.and_then(|items| items.children.first()).ok_or_else(|| fault::malformed("an answer without its item"))
}

fn summary(item: &Element, id: &ItemId) -> Result<Summary, Problem> {
    let received = item.text_of("DateTimeReceived").and_then(|text| text.parse::<jiff::Timestamp>().ok());
    Ok(Summary {
        id: id.clone(),
        class: item.text_of("ItemClass").ok_or_else(|| fault::malformed("an item without a class"))?.to_owned(),
        subject: item.child("Subject").map(|subject| subject.text.clone()).unwrap_or_default(),
        size: item.text_of("Size").and_then(|size| size.parse().ok()).unwrap_or_default(),
        search_key: mime::extended(item, request::SEARCH_KEY).and_then(|key| BASE64.decode(key).ok()),
        date: received.map(|at| at.as_second()),
        identity: None,
        sender: sender(SENDER.map(|field| mime::extended(item, field).unwrap_or_default())),
    })
}

const SENDER: [Field; 3] = [request::FROM_NAME, request::FROM_SMTP, request::FROM_ADDRESS];

/// Whom an item is from: name, SMTP address and address of any type. One that is no Internet address tells people nothing.
fn sender([name, smtp, any]: [&str; 3]) -> String {
    match [smtp, any].into_iter().find(|address| address.contains('@')) {
        Some(address) if name.is_empty() || name.eq_ignore_ascii_case(address) => address.to_owned(),
        Some(address) => format!("{name} <{address}>"),
        None => name.to_owned(),
    }
}

/// The whole content of items: as streams where the server has them, else by way of MIME. A batch that fails as a whole
/// for what one of its items may have caused is asked for by halves.
pub async fn read(ews: &Ews, mailbox: &Address, items: &[ItemId]) -> Result<Each<Content>, Problem> {
    let batch = if ews.exports() { EXPORT_BATCH } else { MIME_BATCH };
    let mut contents = Vec::with_capacity(items.len());
    let mut open: Vec<&[ItemId]> = items.chunks(batch).rev().collect();
    while let Some(some) = open.pop() {
        let answer = match ews.exports() {
            true => exported(ews, mailbox, some).await,
            false => converted(ews, mailbox, some).await,
        };
        match answer {
            Ok(each) => contents.extend(each),
            Err(problem) if !fault::may_be_of_one_item(&problem) => return Err(problem),
            Err(problem) if some.len() == 1 => contents.push(Err(problem)),
            Err(_) => {
                let (first, second) = some.split_at(some.len() / 2);
                open.extend([second, first]);
            }
        }
    }
    Ok(contents)
}

/// What reading an item of this size as MIME takes at most: its text, a third longer, with what is decoded of it; later
/// the item and its stream.
pub fn weight_as_mime(stated: u64) -> u64 {
    stated.saturating_mul(5) / 2
}

async fn exported(ews: &Ews, mailbox: &Address, items: &[ItemId]) -> Result<Each<Content>, Problem> {
    let ids = plain(items);
    let response = ews.call(&Operation::ExportItems { ids: &ids }, Some(mailbox)).await?;
    let messages = soap::one_each(&response, items.len())?;
    let place = Place { item: true, ..ews.place(Some(mailbox), "") };
    let bytes = |(message, id): (&Element, &ItemId)| exported_bytes(soap::check(message, &place)?, id);
    let each: Each<Bytes> = messages.into_iter().zip(items).map(bytes).collect();
    // The base64 text is not kept while the items are decoded.
    drop(response);
    Ok(each.into_iter().zip(items).map(|(data, id)| exported_data(data?, id)).collect())
}

fn exported_bytes(message: &Element, id: &ItemId) -> Result<Bytes, Problem> {
    let echoed = message.child("ItemId").and_then(|echoed| echoed.attribute("Id"));
    if echoed.is_some_and(|echoed| echoed != id.0) {
        return Err(fault::malformed("another item than the one asked for"));
    }
    let data = message.child("Data").ok_or_else(|| fault::malformed("an exported item without data"))?;
    data.content().ok_or_else(|| fault::malformed("item data cut off"))
}

fn exported_data(data: Bytes, id: &ItemId) -> Result<Content, Problem> {
    let item = container::read_item(&data)
        .map_err(|error| fault::malformed("item data cut off or damaged").because(error))?;
    Ok(content(&item, id, data))
}

/// Item by item through MIME; what is no mail cannot be carried whole that way.
async fn converted(ews: &Ews, mailbox: &Address, items: &[ItemId]) -> Result<Each<Content>, Problem> {
    let described = describe(ews, mailbox, items).await?;
    let wanted: Vec<&str> = described
        .iter()
        .zip(items)
        .filter(|(summary, _)| summary.as_ref().is_ok_and(|summary| mime::is_mail(&summary.class)))
        .map(|(_, id)| id.0.as_str())
        .collect();
    let response = if wanted.is_empty() {
        Element::default()
    } else {
        ews.call(&Operation::GetMime { ids: &wanted, fields: mime::FIELDS }, Some(mailbox)).await?
    };
    let mut messages = soap::one_each(&response, wanted.len())?.into_iter();
    let mut convert = |summary: Result<Summary, Problem>| {
        let summary = summary?;
        if !mime::is_mail(&summary.class) {
            return Err(Problem::new(Kind::Item, Side::Source, Guidance::SourceKindNotExportable)
                .with("class", &summary.class));
        }
        let message = messages.next().ok_or_else(|| fault::malformed("an answer without its item"))?;
        let element = item_of(ews, mailbox, message).map_err(|problem| match problem.guidance {
            Guidance::SourceKindNotExportable => problem.with("class", &summary.class),
            _ => problem,
        })?;
        mime::item(element, &summary)
    };
    let converted: Each<mapi::Item> = described.into_iter().map(&mut convert).collect();
    // The MIME is not kept while the items are encoded.
    drop(response);
    let version = ews.version().map(|version| StreamVersion(version.stream_bytes()));
    let version = version.ok_or_else(|| fault::malformed("no version"))?;
    Ok(converted.into_iter().zip(items).map(|(item, id)| stamped(item?, mailbox, id, version)).collect())
}

/// An item as if it had been exported, with its identity stamped into it.
fn stamped(mut item: mapi::Item, mailbox: &Address, id: &ItemId, version: StreamVersion) -> Result<Content, Problem> {
    let identity = stamp::identity(mailbox.as_str(), &id.0);
    stamp::set(&mut item, &identity);
    let content = exported_data(encoded(item, version)?, id)?;
    Ok(Content { summary: Summary { identity: Some(identity), ..content.summary }, ..content })
}

/// An item as if it had been exported. Neither the item nor its bare stream outlives this.
fn encoded(item: mapi::Item, version: StreamVersion) -> Result<Bytes, Problem> {
    let stream = mapi::stream::encode_fresh(&item).map_err(|error| {
        Problem::new(Kind::Item, Side::Here, Guidance::Internal).with("what", "item encoding").because(error)
    })?;
    drop(item);
    Ok(container::wrap(&stream, version).into())
}

fn content(item: &mapi::Item, id: &ItemId, data: Bytes) -> Content {
    let text = |id: u16| item.value(id).and_then(Value::text).map(|text| text.into_owned()).unwrap_or_default();
    let date = [pid::MESSAGE_DELIVERY_TIME, pid::CREATION_TIME].into_iter().find_map(|id| item.value(id)?.time());
    let from =
        [pid::SENT_REPRESENTING_NAME, pid::SENT_REPRESENTING_SMTP_ADDRESS, pid::SENT_REPRESENTING_EMAIL_ADDRESS]
            .map(text);
    let summary = Summary {
        id: id.clone(),
        class: text(pid::MESSAGE_CLASS),
        subject: fidelity::subject(item),
        size: data.len() as u64,
        search_key: item.value(pid::SEARCH_KEY).and_then(Value::binary).map(|key| key.to_vec()),
        date: date.map(|filetime| time::unix_from_filetime(filetime).0),
        identity: None,
        sender: sender([&from[0], &from[1], &from[2]]),
    };
    Content { summary, facets: fidelity::facets(item), data }
}
