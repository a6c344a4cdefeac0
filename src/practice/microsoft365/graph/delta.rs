//! Changes since a token: folders and items. Tokens are opaque and grow old.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::call::{Call, Site};
use super::super::clock::Moment;
use super::super::mailbox::{Gone, Mailbox, ROOT, Stored};
use super::super::odata::{self, filter, list};
use super::super::reply::{self, Fault, Reply};
use super::{folders, items};

/// Real age at which a token is refused, seconds: a week.
const TOKEN_SECONDS: f64 = 7.0 * 86_400.0;
/// Shortest age at which a scaled token is refused, real seconds.
const TOKEN_FLOOR: f64 = 60.0;

/// A token: up to which change everything was told, when it was given out, and up to which change nothing that is gone
/// concerns the client, since it never saw it.
struct Since {
    change: u64,
    at: Moment,
    unseen: u64,
}

fn since(site: &Site, call: &Call, mailbox: &Mailbox) -> Result<Since, Fault> {
    let Some(text) = call.option("$deltatoken").or_else(|| call.option("$skiptoken")) else {
        return Ok(Since { change: 0, at: site.now(), unseen: mailbox.change });
    };
    let bad = || Fault::new(400, "BadRequest", "The delta token is not valid.");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| bad())?;
    let text = String::from_utf8(bytes).map_err(|_| bad())?;
    let numbers: Vec<i64> = text.split('.').filter_map(|part| part.parse().ok()).collect();
    let [change, at, unseen] = numbers.as_slice() else { return Err(bad()) };
    if Moment(*at).plus(site.clock.scaled(TOKEN_SECONDS).max(TOKEN_FLOOR)) < site.now() {
        let fault = Fault::new(410, "SyncStateNotFound", "The sync state generation is not found; synchronise anew.");
        return Err(fault.header("location", format!("{}{}", site.options.base_url, call.raw_path)));
    }
    Ok(Since {
        change: u64::try_from(*change).map_err(|_| bad())?,
        at: Moment(*at),
        unseen: u64::try_from(*unseen).map_err(|_| bad())?,
    })
}

/// `GET …/folders/delta` and `…/childFolders/delta`
pub(super) fn of_folders(site: &Site, call: &Call, guid: &str, parent: Option<&str>) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let since = since(site, call, mailbox)?;
    let parent = parent.map(|id| folders::find(mailbox, id)).transpose()?;
    let inside = |key: u64| key != ROOT && mailbox.is_below(key, parent.unwrap_or(ROOT)) && Some(key) != parent;
    let changed = mailbox.folders.values().filter(|f| f.change > since.change && !f.hidden && inside(f.key));
    let mut entries: Vec<(u64, Value)> =
        changed.map(|folder| (folder.change, folders::json(mailbox, folder))).collect();
    entries
        .extend(gone(&mailbox.gone, &since, true).map(|gone| {
            (gone.change, json!({"id": mailbox.folder_id(gone.key), "@removed": {"reason": "deleted"}}))
        }));
    page(site, call, &since, mailbox.change, entries)
}

/// `GET …/folders/{id}/items/delta`
pub(super) fn of_items(site: &Site, call: &Call, guid: &str, folder: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let since = since(site, call, mailbox)?;
    let folder = folders::find(mailbox, folder)?;
    let expand = odata::expand(call.option("$expand"))?;
    let wanted = call.option("$filter").map(filter::parse).transpose()?;
    let mut changed: Vec<&Stored> = mailbox.in_folder(folder).filter(|stored| stored.change > since.change).collect();
    if wanted.is_none() {
        // Of a long list only this page is made, and one more to tell that there is a next one.
        changed.sort_by_key(|stored| stored.change);
        changed.truncate(page_size(call) + 1);
    }
    let mut entries = Vec::new();
    for stored in changed {
        let value = items::delta_entry(mailbox, stored, &expand)?;
        let mut judged = value.clone();
        let received = super::super::read::prop::time(&stored.item, crate::mapi::pid::MESSAGE_DELIVERY_TIME);
        judged["receivedDateTime"] = json!(received.unwrap_or(stored.created).text());
        if wanted.as_ref().is_none_or(|filter| filter.allows(&judged)) {
            entries.push((stored.change, odata::select(value, call.option("$select"))));
        }
    }
    entries.extend(
        gone(&mailbox.gone, &since, false)
            .filter(|gone| gone.folder == Some(folder))
            .map(|gone| (gone.change, json!({"id": mailbox.item_id(gone.key), "@removed": {"reason": "deleted"}}))),
    );
    page(site, call, &since, mailbox.change, entries)
}

/// What went away since, but for what the client never saw.
fn gone<'a>(gone: &'a [Gone], since: &Since, folders: bool) -> impl Iterator<Item = &'a Gone> {
    let from = since.change.max(since.unseen);
    gone.iter().filter(move |gone| gone.change > from && gone.was_folder == folders)
}

fn page_size(call: &Call) -> usize {
    list::preferred(call).unwrap_or(list::OUTLOOK.default).min(list::OUTLOOK.most)
}

/// A page goes on after the last change that was told, not after so many entries: what changes between two pages moves
/// to the end, and nothing that moves up in its place is left out.
fn page(site: &Site, call: &Call, since: &Since, now: u64, mut entries: Vec<(u64, Value)>) -> Reply {
    entries.sort_by_key(|(change, _)| *change);
    let base = &site.options.base_url;
    let size = page_size(call);
    let token = |change: u64, at: Moment, unseen: u64| URL_SAFE_NO_PAD.encode(format!("{change}.{}.{unseen}", at.0));
    let more = entries.len() > size;
    entries.truncate(size);
    let told = entries.last().map_or(now, |(change, _)| *change);
    let values: Vec<Value> = entries.into_iter().map(|(_, value)| value).collect();
    let mut body = json!({"@odata.context": list::context(call, base), "value": values});
    if more {
        let token = token(told, since.at, since.unseen);
        body["@odata.nextLink"] = json!(list::next_link(call, base, "$skiptoken", &token));
    } else {
        body["@odata.deltaLink"] = json!(list::next_link(call, base, "$deltatoken", &token(now, site.now(), 0)));
    }
    Ok(reply::json(200, &body))
}
