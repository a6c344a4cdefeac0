//! Import sessions and the pre-authenticated address that takes item streams. It never looks for duplicates.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::call::{Call, Site};
use super::clock::Moment;
use super::ident;
use super::odata::list;
use super::options::OnPremStreams;
use super::reply::{self, Fault, Reply};
use super::token::{self, Claims};
use crate::mapi::container::{self, Version};
use crate::mapi::{Item, Properties, Type, Value as Mapi, pid, stream};

/// Real lifetime of a session, seconds.
const SESSION_SECONDS: f64 = 45.0 * 60.0;
/// Shortest lifetime a scaled session has, real seconds.
const SESSION_FLOOR: f64 = 20.0;
/// Most base64 characters of an item: 150 MB.
const ITEM_LIMIT: usize = 150 * 1024 * 1024;
/// Bytes of a request beside its item.
const REQUEST_ROOM: usize = 64 * 1024;
/// Properties that the store numbers or stamps itself, whatever a stream says.
const OWN: [u16; 9] = [
    pid::LAST_MODIFICATION_TIME,
    pid::CHANGE_KEY,
    pid::PREDECESSOR_CHANGE_LIST,
    pid::CHANGE_NUMBER,
    pid::MID,
    0x6709,
    pid::INTERNET_ARTICLE_NUMBER,
    pid::DN_PREFIX,
    pid::FX_DEL_PROP,
];

/// `POST …/createImportSession`
pub(super) fn open_session(site: &mut Site, call: &Call, guid: &str) -> Reply {
    let until = site.clock.lifetime(SESSION_SECONDS, SESSION_FLOOR);
    let tenant = &site.state.tenant;
    let claims = Claims {
        kind: "import".to_owned(),
        aud: guid.to_owned(),
        appid: tenant.client_id.clone(),
        tid: tenant.id.clone(),
        until,
    };
    let mailbox = format!("MBX:{guid}@{}", tenant.id);
    let serial = site.state.number();
    let token = token::sign(&site.state.tenant.key, &claims, &[], serial);
    let base = &site.options.base_url;
    let mailbox = utf8_percent_encode(&mailbox, NON_ALPHANUMERIC);
    Ok(reply::json(
        200,
        &json!({
            "@odata.context": list::context(call, base),
            "importUrl": format!("{base}/api/gv1.0/Mailboxes('{mailbox}')/importItem?authtoken={token}"),
            "expirationDateTime": until.text(),
        }),
    ))
}

/// Whether a path is the import address.
pub(super) fn owns(path: &[String]) -> bool {
    path.first().is_some_and(|part| part == "api") && path.last().is_some_and(|part| part == "importItem")
}

/// Which mailbox an import request is for, if its token is good.
pub(super) fn authorised(site: &Site, call: &Call) -> Result<String, Fault> {
    let refused =
        || Fault::new(401, "InvalidAuthenticationToken", "The import session's token is invalid or has expired.");
    let claims =
        token::read(&site.state.tenant.key, call.option("authtoken").unwrap_or_default()).ok_or_else(refused)?;
    let named = call.path.get(2).is_some_and(|part| part.contains(&claims.aud));
    if claims.kind != "import" || claims.until <= site.now() || !named {
        return Err(refused());
    }
    Ok(claims.aud)
}

/// Refuses a request that cannot hold an item of a size that is taken. Unlike a spent budget this never gets better.
pub(super) fn check_size(call: &Call) -> Result<(), Fault> {
    if call.body.len() > ITEM_LIMIT + REQUEST_ROOM { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> Fault {
    Fault::new(413, "ErrorMessageSizeExceeded", "The item exceeds the maximum supported size.")
}

/// `POST importUrl`
pub(super) fn take(site: &mut Site, call: &Call, guid: &str) -> Reply {
    if call.method != "POST" {
        return Err(Fault::new(405, "ErrorInvalidRequest", "Only POST is supported."));
    }
    let body = call.json()?;
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty());
    let missing = |name: &str| Fault::new(400, "ErrorInvalidArgument", format!("{name} is missing."));
    let data = text("Data").ok_or_else(|| missing("Data"))?;
    if data.len() > ITEM_LIMIT {
        return Err(too_large());
    }
    let folder = text("FolderId").ok_or_else(|| missing("FolderId"))?;
    let gone = || Fault::new(404, "ErrorFolderNotFound", "The specified folder could not be found in the store.");
    let folder = site.mailbox(guid)?.folder_key(folder).ok_or_else(gone)?;
    let now = site.now();
    let update = match text("Mode").ok_or_else(|| missing("Mode"))? {
        "create"
            if body.get("ItemId").is_some_and(|id| !id.is_null())
                || body.get("ChangeKey").is_some_and(|key| !key.is_null()) =>
        {
            return Err(Fault::new(
                400,
                "ErrorInvalidArgument",
                "ItemId and ChangeKey are not allowed with Mode create.",
            ));
        }
        "create" => None,
        "update" => Some(current(site, guid, &body)?),
        _ => return Err(Fault::new(400, "ErrorInvalidArgument", "Mode must be create or update.")),
    };
    let (mut item, size) = content(site.state.tenant.on_prem_streams, data)?;
    let mailbox = site.mailbox_mut(guid)?;
    own(&mut item, mailbox.next + 1, mailbox.change + 1, now);
    let key = match update {
        Some(key) => {
            mailbox.edit_item(key, now, |old| *old = item);
            if let Some(stored) = mailbox.items.get_mut(&key) {
                stored.size = size;
            }
            key
        }
        None => mailbox.add_item(folder, item, size, now),
    };
    let change = mailbox.items.get(&key).map(|stored| stored.change).unwrap_or_default();
    let answer = json!({
        "@odata.context": format!("{}/api/gv1.0/$metadata#Microsoft.OutlookServices.ImportItemResponse", site.options.base_url),
        "itemId": site.mailbox(guid)?.item_id(key), "changeKey": ident::change_key(change),
    });
    Ok(reply::json(200, &answer))
}

/// The item that an update means, if the caller knows its present state.
fn current(site: &Site, guid: &str, body: &Value) -> Result<u64, Fault> {
    let (Some(id), Some(change)) = (body["ItemId"].as_str(), body["ChangeKey"].as_str()) else {
        return Err(Fault::new(400, "ErrorInvalidArgument", "ItemId and ChangeKey are required with Mode update."));
    };
    let mailbox = site.mailbox(guid)?;
    let stored = mailbox.item_key(id).and_then(|key| mailbox.items.get(&key)).ok_or_else(Fault::no_item)?;
    if ident::change_key(stored.change) != change {
        return Err(Fault::new(409, "ErrorIrresolvableConflict", "The change key does not match the current item."));
    }
    Ok(stored.key)
}

/// The item in the body's data, and the bytes of its stream.
fn content(accepted: OnPremStreams, data: &str) -> Result<(Item, u64), Fault> {
    let corrupt =
        |text: &str| Fault::new(400, "ErrorCorruptData", format!("The item's data could not be imported: {text}"));
    let bytes = STANDARD.decode(data).map_err(|_| corrupt("it is not base64."))?;
    let unwrapped = container::unwrap(&bytes).map_err(|error| corrupt(&error.to_string()))?;
    if !accepts(accepted, unwrapped.version) {
        return Err(Fault::new(
            400,
            "ErrorUnsupportedItemVersion",
            "The item was exported from a version that is not supported.",
        ));
    }
    let item = stream::decode(&unwrapped.stream).map_err(|error| corrupt(&error.to_string()))?;
    Ok((item, unwrapped.stream.len() as u64))
}

/// Whether the importer takes streams of this version: the payload is minor, major, build, revision.
fn accepts(accepted: OnPremStreams, version: Option<Version>) -> bool {
    let parts = version.map(|Version(bytes)| (bytes[1], bytes[0]));
    match accepted {
        OnPremStreams::All => true,
        OnPremStreams::ModernOnly => parts.is_some_and(|(major, _)| major >= 15),
        OnPremStreams::None => parts.is_some_and(|version| version >= (15, 20)),
    }
}

/// Sets anew what the store sets itself, and keeps the rest.
fn own(item: &mut Item, number: u64, change: u64, now: Moment) {
    for id in OWN {
        item.remove(id);
    }
    if let Some(Mapi::I32(flags)) = item.value(pid::MESSAGE_FLAGS).cloned() {
        item.set(pid::MESSAGE_FLAGS, Type::I32, Mapi::I32((flags & !UNMODIFIED) | (EVER_READ * (flags & READ))));
    }
    let mut key = vec![0x6b; 16];
    key.extend(&change.to_be_bytes()[2..]);
    let mut list = vec![u8::try_from(key.len()).unwrap_or_default()];
    list.extend(&key);
    item.set(pid::LAST_MODIFICATION_TIME, Type::TIME, Mapi::Time(now.filetime()));
    item.set(pid::INTERNET_ARTICLE_NUMBER, Type::I32, Mapi::I32(i32::try_from(number).unwrap_or_default()));
    item.set(pid::CHANGE_KEY, Type::BINARY, Mapi::Binary(key.into()));
    item.set(pid::PREDECESSOR_CHANGE_LIST, Type::BINARY, Mapi::Binary(list.into()));
    if item.value(pid::CREATION_TIME).is_none() {
        item.set(pid::CREATION_TIME, Type::TIME, Mapi::Time(now.filetime()));
    }
}

const READ: i32 = 1;
const UNMODIFIED: i32 = 2;
const EVER_READ: i32 = 0x400;
