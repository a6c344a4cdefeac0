//! SyncFolderItems and SyncFolderHierarchy: what changed since a state.

pub(super) mod state;

use std::collections::HashSet;

use super::call::{Call, FolderPlace, ROOT, folder_of};
use super::fields::write_item;
use super::folder;
use super::ids::{Id, What, change_key};
use super::shape::Shape;
use super::soap::Operation;
use super::trouble::{Answers, Trouble};
use super::version::Schema;
use super::view::{Slot, View};
use super::xml::Xml;
use crate::practice::organisation::Profile;
use crate::practice::store::{ItemChange, ItemKey, Mailbox, StoredItem};
use state::{Scope, State};

/// The operations that synchronise.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation::new(
        "m:SyncFolderItems",
        Schema::E2007,
        &[
            "m:ItemShape",
            "m:SyncFolderId",
            "m:SyncState",
            "m:Ignore",
            "m:MaxChangesReturned",
            "m:SyncScope",
            "m:NumberOfDays",
            "m:MaximumCount",
            "m:MinimumCount",
        ],
        sync_items,
    ),
    Operation::new(
        "m:SyncFolderHierarchy",
        Schema::E2007,
        &["m:FolderShape", "m:SyncFolderId", "m:SyncState"],
        sync_hierarchy,
    ),
];

/// One change, with its place on the change counter.
enum Event<'a> {
    Create(&'a StoredItem),
    Update(&'a StoredItem),
    Read(&'a StoredItem),
    Gone(ItemKey),
}

fn sync_items(call: &Call) -> Result<String, Trouble> {
    let shape = Shape::parse(call.required("m:ItemShape")?)?.brief();
    let most = call.required("m:MaxChangesReturned")?;
    let count = most.text.trim().parse::<usize>().ok().filter(|count| (1..=512).contains(count));
    let count = count.ok_or_else(|| Trouble::schema(most, "MaxChangesReturned must be between 1 and 512."))?;
    let mut answers = Answers::new("m:SyncFolderItemsResponse", "m:SyncFolderItemsResponseMessage", "");
    answers.put(items(call, &shape, count));
    Ok(answers.finish())
}

fn items(call: &Call, shape: &Shape, most: usize) -> Result<Xml, Trouble> {
    let target = call.required("m:SyncFolderId")?;
    let place = call.target_folder(target)?;
    let scope = Scope::Items { mailbox: place.mailbox, folder: place.key };
    let state = State::read(call.request.text_of("m:SyncState"), scope)?;
    let mailbox = call.exchange.read(&place.address)?;
    let now = mailbox.counter();
    let ignored: Vec<_> = call.request.child("m:Ignore").iter().flat_map(|list| &list.children).collect();
    let ignored: HashSet<_> =
        ignored.iter().filter_map(|id| Id::parse(id.attribute("Id")?).ok()).map(|id| id.key).collect();
    let mut events = pending(&mailbox, &place, &state, now);
    events.retain(|(_, event)| !ignored.contains(&event.key()));
    // Newest first since 2010 SP2, oldest first before (exchange-source.md 3.4).
    let newest_first = call.exchange.organisation.profile != Profile::E2007Sp3;
    events.sort_by_key(|(at, event)| (*at, event.key()));
    if newest_first {
        events.reverse();
    }
    let all = events.len() <= most;
    let mut next = match events.get(most.min(events.len()).saturating_sub(1)) {
        Some((at, _)) if !all => state.advance(*at, now, newest_first),
        _ => state.finished(now),
    };
    next.highest = mailbox.items_in(place.key).map(|stored| stored.key).max().unwrap_or(0).max(state.highest);
    let mut xml = Xml::new();
    xml.leaf("m:SyncState", &next.text(scope));
    xml.bool("m:IncludesLastItemInRange", all);
    xml.open("m:Changes");
    for (_, event) in events.iter().take(most) {
        write_event(call, &place, event, shape, &mut xml);
    }
    xml.close();
    Ok(xml)
}

/// What is still to be told. Each counter value has one event, so a page may end anywhere.
fn pending<'a>(mailbox: &'a Mailbox, place: &FolderPlace, state: &State, now: u64) -> Vec<(u64, Event<'a>)> {
    let is_pending = |at: u64| state.is_pending(at, now);
    let mut events = Vec::new();
    for stored in mailbox.items_in(place.key) {
        if is_pending(stored.created) {
            events.push((stored.created, Event::Create(stored)));
        } else if stored.changed != stored.created && is_pending(stored.changed) {
            events.push((stored.changed, Event::Update(stored)));
        } else if is_pending(stored.read_changed) {
            events.push((stored.read_changed, Event::Read(stored)));
        }
    }
    for (at, change) in mailbox.changes_since(place.key, state.oldest()) {
        if let ItemChange::Gone(key) = change
            && key <= state.highest
            && is_pending(at)
        {
            events.push((at, Event::Gone(key)));
        }
    }
    events
}

impl Event<'_> {
    fn key(&self) -> ItemKey {
        match self {
            Event::Create(stored) | Event::Update(stored) | Event::Read(stored) => stored.key,
            Event::Gone(key) => *key,
        }
    }
}

fn write_event(call: &Call, place: &FolderPlace, event: &Event, shape: &Shape, xml: &mut Xml) {
    match event {
        Event::Create(stored) | Event::Update(stored) => {
            xml.open(if matches!(event, Event::Create(_)) { "t:Create" } else { "t:Update" });
            write_item(&View::stored(call, &place.address, stored), shape, xml);
        }
        Event::Read(stored) => {
            let view = View::stored(call, &place.address, stored);
            xml.open("t:ReadFlagChange");
            view.write_id("t:ItemId", xml);
            xml.bool("t:IsRead", Slot::Id(0x0E07).int(&stored.item).unwrap_or(0) & 1 != 0);
        }
        Event::Gone(key) => {
            let id = Id::item(place.mailbox, *key);
            let change = change_key(What::Item, &place.mailbox, 0);
            xml.open("t:Delete").open("t:ItemId").attr("Id", &id.text()).attr("ChangeKey", &change).close();
        }
    }
    xml.close();
}

fn sync_hierarchy(call: &Call) -> Result<String, Trouble> {
    let shape = folder::folder_shape(call)?;
    let mut answers = Answers::new("m:SyncFolderHierarchyResponse", "m:SyncFolderHierarchyResponseMessage", "");
    answers.put(hierarchy(call, &shape));
    Ok(answers.finish())
}

fn hierarchy(call: &Call, shape: &Shape) -> Result<Xml, Trouble> {
    let (place, named) = match call.request.child("m:SyncFolderId") {
        Some(target) => (call.target_folder(target)?, true),
        None => {
            let own = call
                .me
                .clone()
                .ok_or_else(|| Trouble::new("ErrorMissingEmailAddress", "The caller has no mailbox; name one."))?;
            (FolderPlace { mailbox: super::ids::mailbox_id(&own), address: own, key: ROOT }, false)
        }
    };
    let scope = Scope::Hierarchy { mailbox: place.mailbox, root: place.key, named };
    let state = State::read(call.request.text_of("m:SyncState"), scope)?;
    let mailbox = call.exchange.read(&place.address)?;
    let (first, since, now) = (state.is_first(), state.newest(), mailbox.counter());
    let known = |key: u64| key <= state.highest && !first;
    let mut changes = Xml::new();
    let mut highest = state.highest;
    for folder in folder::descendants(&mailbox, place.key) {
        highest = highest.max(folder.key);
        if known(folder.key) && folder.changed <= since {
            continue;
        }
        changes.open(if known(folder.key) { "t:Update" } else { "t:Create" });
        folder::write(call, place.mailbox, &mailbox, &folder, shape, &mut changes);
        changes.close();
    }
    let gone = mailbox.folders_gone_since(since).filter(|key| known(*key) && folder_of(&mailbox, *key).is_none());
    for key in gone.collect::<Vec<_>>() {
        changes.open("t:Delete");
        folder::write_id("t:FolderId", place.mailbox, key, now, &mut changes);
        changes.close();
    }
    let (mut xml, mut next) = (Xml::new(), state.finished(now));
    next.highest = highest;
    xml.leaf("m:SyncState", &next.text(scope));
    xml.bool("m:IncludesLastFolderInRange", true).open("m:Changes").append(&changes).close();
    Ok(xml)
}
