//! What a folder of the target holds, and what its items are like: for finding them again and for verifying. And how
//! items leave it.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Connection;
use super::failure::{Trouble, malformed, on_target, shorten};
use super::folder::{folder_trouble, on_content};
use super::graph::At;
use super::import::RAW_LIMIT;
use crate::engine::item::{Facets, FolderId, ItemId, ItemPage, MailboxId, Summary};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::fidelity::stamp;
use crate::http::base64::Decoded;
use crate::{fidelity, mapi};

mod exports;
#[cfg(any(test, fuzzing))]
pub(super) mod fuzz;

use exports::{ExportError, Exported, Sieve};

/// Items per page.
const PAGE: &str = "999";
/// Items per export, as the service allows.
const EXPORT_COUNT: usize = 20;
/// Bound of an export's answer in bytes: one item of the greatest size that an import takes, and room to spare.
pub(super) const EXPORT_LIMIT: usize = 256 * 1024 * 1024;
/// For reading and deleting.
const READ_WRITE: &str = "MailboxItem.ReadWrite.All";
/// The largest item that is read, in bytes: what the service adds to an imported one is far less than a tenth.
const ITEM_LIMIT: usize = RAW_LIMIT + RAW_LIMIT / 15;
const EXPORT: &str = "MailboxItem.Export.All";

/// The properties by which an item is known again.
fn properties() -> String {
    let stamp = stamp::EXTENDED_ID;
    format!(
        "singleValueExtendedProperties($filter=(id eq '{stamp}') or (id eq 'Binary 0x300B') or (id eq 'String 0x0037') \
         or (id eq 'SystemTime 0x0E06'))"
    )
}
const SEARCH_KEY: u16 = 0x300B;
const DELIVERED: u16 = 0x0E06;
const SUBJECT: u16 = 0x0037;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MailboxItem {
    id: String,
    #[serde(default)]
    size: Option<u64>,
    #[serde(default, rename = "type")]
    class: Option<String>,
    #[serde(default)]
    created_date_time: Option<String>,
    #[serde(default)]
    single_value_extended_properties: Vec<Extended>,
}

#[derive(Deserialize)]
struct Extended {
    id: String,
    #[serde(default)]
    value: Option<String>,
}

impl MailboxItem {
    fn summary(self) -> Result<Summary, Problem> {
        let value = |kind: &str, tag: u16| {
            let mut found = self.single_value_extended_properties.iter();
            found.find(|property| property_of(&property.id) == Some((kind, tag)))?.value.as_deref()
        };
        let search_key = value("Binary", SEARCH_KEY).map(|text| STANDARD.decode(text)).transpose();
        let mut stamps = self.single_value_extended_properties.iter();
        let identity = stamps.find(|property| stamp::is_extended_id(&property.id));
        Ok(Summary {
            identity: identity.and_then(|property| property.value.clone()),
            search_key: search_key.map_err(|_| malformed("search key of an item"))?,
            subject: value("String", SUBJECT).unwrap_or_default().to_owned(),
            class: self.class.unwrap_or_default(),
            size: self.size.unwrap_or(0),
            sender: String::new(),
            date: value("SystemTime", DELIVERED)
                .or(self.created_date_time.as_deref())
                .and_then(|text| text.parse::<jiff::Timestamp>().ok())
                .map(|at| at.as_second()),
            id: ItemId(self.id),
        })
    }
}

/// Type and number of an extended property's id such as `String 0x0037`, which the service writes without the leading
/// zeros (`String 0x37`).
fn property_of(id: &str) -> Option<(&str, u16)> {
    let (kind, tag) = id.split_once(' ')?;
    let digits = tag.trim().strip_prefix("0x").or_else(|| tag.trim().strip_prefix("0X"))?;
    Some((kind, u16::from_str_radix(digits, 16).ok()?))
}

/// What an item's data says.
fn facets(data: Decoded) -> Result<Facets, Problem> {
    let data = match data {
        Decoded::Whole(data) => data,
        Decoded::Broken(tail) if tail.trim_ascii_end().ends_with(mapi::container::TRUNCATED.as_bytes()) => {
            return Err(malformed("export cut off"));
        }
        Decoded::Broken(_) => return Err(undecodable("export is not base64")),
    };
    let item = mapi::container::read_item(&data).map_err(|error| undecodable(error.to_string()))?;
    Ok(fidelity::facets(&item))
}

/// What came of exporting an item; `found` holds what the data of the answer say, in order.
fn outcome(export: &Exported<'_>, found: &[Result<Facets, Problem>]) -> Result<Facets, Problem> {
    if let Some(ExportError { code: Some(code), message }) = &export.error {
        return Err(refused(code, message.as_deref().unwrap_or_default(), &export.id));
    }
    let data = export.data.as_deref().ok_or_else(|| undecodable("export without data"))?;
    let number = data.parse::<usize>().ok().and_then(|number| found.get(number));
    number.cloned().unwrap_or_else(|| Err(malformed("exportItems")))
}

fn refused(code: &str, text: &str, id: &str) -> Problem {
    match code {
        "ErrorItemNotFound" => on_target(Kind::Item, Guidance::TargetItemMissing).because(format!("{code} {id}")),
        "ErrorServerBusy" | "TooManyRequests" | "ApplicationThrottled" => {
            on_target(Kind::Retry, Guidance::TargetBusy).because(code)
        }
        _ => on_target(Kind::Item, Guidance::TargetUnexpected)
            .with("code", shorten(code))
            .with("text", shorten(text))
            .because(id),
    }
}

/// An exported item that cannot be read: exporting it again would give the same.
fn undecodable(what: impl ToString) -> Problem {
    on_target(Kind::Item, Guidance::TargetAnswerMalformed).with("what", what)
}

impl Connection {
    /// A page of what a folder holds now: the first, or the one that an earlier page named.
    pub(super) async fn list_items(
        &self,
        id: &MailboxId,
        folder: &FolderId,
        from: Option<&str>,
    ) -> Result<ItemPage, Problem> {
        let shared = self.mailboxes.of(id);
        let at = self.in_mailbox(id, &shared, &["folders", &folder.0, "items"], READ_WRITE);
        let at = at.query("$top", PAGE).query("$expand", &properties());
        let page = at.page::<MailboxItem>(from).await.map_err(|trouble| folder_trouble(trouble, id, folder))?;
        let items = page.value.into_iter().map(MailboxItem::summary).collect::<Result<_, _>>()?;
        Ok(ItemPage { items, next: page.next })
    }

    /// Deletes an item so that it can be recovered. One that is not in the folder (any more) is no failure. A refusal, be it
    /// for lack of the permission or because the item is protected, concerns this item: everything else may go on without.
    pub(super) async fn delete_item(&self, id: &MailboxId, folder: &FolderId, item: &ItemId) -> Result<(), Problem> {
        let shared = self.mailboxes.of(id);
        let at = self.in_mailbox(id, &shared, &["folders", &folder.0, "items", &item.0], READ_WRITE);
        match at.query("disposalType", "softDelete").delete().await {
            Ok(()) => Ok(()),
            Err(Trouble::Refused(refusal)) if refusal.without_mailbox() => Err(on_content(*refusal, id, &folder.0)),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Ok(()),
            Err(Trouble::Refused(refusal)) if refusal.status == StatusCode::FORBIDDEN && !refusal.busy() => {
                let forbidden = on_target(Kind::Item, Guidance::TargetPermissionMissing);
                Err(forbidden.with("permission", READ_WRITE).because(refusal.cause()))
            }
            Err(trouble) => Err(trouble.problem(Kind::Item)),
        }
    }

    /// The facets of items, by exporting them. Where they are too large together, one by one.
    pub(super) async fn read_facets(
        &self,
        id: &MailboxId,
        items: &[ItemId],
    ) -> Result<Vec<Result<Facets, Problem>>, Problem> {
        let mut all = Vec::with_capacity(items.len());
        for some in items.chunks(EXPORT_COUNT) {
            match self.export(id, some).await? {
                Some(facets) => all.extend(facets),
                None => {
                    for one in some {
                        let alone = self.export(id, std::slice::from_ref(one)).await?;
                        all.extend(alone.unwrap_or_else(|| vec![Err(too_large(self.export_limit))]));
                    }
                }
            }
        }
        Ok(all)
    }

    /// One export; nothing if its answer would be beyond the bound.
    async fn export(
        &self,
        id: &MailboxId,
        items: &[ItemId],
    ) -> Result<Option<Vec<Result<Facets, Problem>>>, Problem> {
        let shared = self.mailboxes.of(id);
        let ids: Vec<&str> = items.iter().map(|item| item.0.as_str()).collect();
        let at = self.in_mailbox(id, &shared, &["exportItems"], EXPORT).at_most(self.export_limit);
        let mut found = Vec::new();
        let sieve = match sift(at, &json!({"itemIds": ids}), &mut found).await {
            Ok(sieve) => sieve,
            Err(Trouble::TooLarge(_)) => return Ok(None),
            Err(Trouble::Refused(refusal)) if refusal.without_mailbox() => return Err(on_content(*refusal, id, "")),
            Err(trouble) => return Err(trouble.problem(Kind::Mailbox)),
        };
        let exports = sieve.rest().map_err(|_| malformed("exportItems"))?;
        let mut found: HashMap<&str, Result<Facets, Problem>> =
            exports.value.iter().map(|export| (export.id.as_ref(), outcome(export, &found))).collect();
        let answer = |id: &&str| found.remove(*id).unwrap_or_else(|| Err(malformed("exportItems left an item out")));
        Ok(Some(ids.iter().map(answer).collect()))
    }
}

/// Asks, and finds what each data in the answer says, one after the other.
async fn sift(at: At<'_>, body: &Value, found: &mut Vec<Result<Facets, Problem>>) -> Result<Sieve, Trouble> {
    let mut answer = at.post_open(body).await?;
    let mut sieve = Sieve::new(ITEM_LIMIT);
    while let Some(chunk) = answer.chunk().await? {
        let mut chunk = &chunk[..];
        while let Some(data) = sieve.next(&mut chunk).map_err(|_| Trouble::TooLarge(ITEM_LIMIT))? {
            found.push(facets(data));
        }
    }
    Ok(sieve)
}

fn too_large(limit: usize) -> Problem {
    on_target(Kind::Item, Guidance::TargetItemTooLarge).with("size", format!(">{limit}")).with("limit", limit)
}
