//! A mailbox on disk: an index in JSON, and its items' streams one after the other in a file that the index names.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{files, invalid};
use crate::mapi::stream;
use crate::practice::generate::folders::distinguished;
use crate::practice::store::{Folder, Mailbox, Parts, StoredItem};

#[derive(Serialize, Deserialize)]
struct Index {
    /// File of the streams.
    streams: String,
    counter: u64,
    next: u64,
    folders: Vec<KeptFolder>,
    items: Vec<KeptItem>,
    gone: Vec<(u64, u64, u64)>,
    gone_folders: Vec<(u64, u64)>,
}

#[derive(Serialize, Deserialize)]
struct KeptFolder {
    key: u64,
    parent: Option<u64>,
    name: String,
    class: String,
    distinguished: Option<String>,
    hidden: bool,
    changed: u64,
}

#[derive(Serialize, Deserialize)]
struct KeptItem {
    key: u64,
    folder: u64,
    created: u64,
    changed: u64,
    read_changed: u64,
    /// Where its stream begins, and its length, in bytes.
    at: usize,
    length: usize,
}

/// Writes a mailbox. The index comes last; only then are older streams removed.
pub(super) fn keep(folder: &Path, number: usize, parts: &Parts) -> io::Result<()> {
    let streams = format!("{number}-{}.items", parts.counter);
    let mut bytes = Vec::new();
    let mut items = Vec::with_capacity(parts.items.len());
    for stored in &parts.items {
        let encoded = stream::encode(&stored.item).map_err(invalid)?;
        let StoredItem { key, folder, created, changed, read_changed, .. } = *stored;
        let (at, length) = (bytes.len(), encoded.len());
        items.push(KeptItem { key, folder, created, changed, read_changed, at, length });
        bytes.extend_from_slice(&encoded);
    }
    let index = Index {
        streams: streams.clone(),
        counter: parts.counter,
        next: parts.next,
        folders: parts.folders.iter().map(kept_folder).collect(),
        items,
        gone: parts.gone.clone(),
        gone_folders: parts.gone_folders.clone(),
    };
    files::replace(&folder.join(&streams), &bytes)?;
    files::replace(&folder.join(format!("{number}.json")), &serde_json::to_vec(&index)?)?;
    remove_others(folder, number, &streams)
}

fn kept_folder(folder: &Folder) -> KeptFolder {
    KeptFolder {
        key: folder.key,
        parent: folder.parent,
        name: folder.name.clone(),
        class: folder.class.clone(),
        distinguished: folder.distinguished.map(str::to_owned),
        hidden: folder.hidden,
        changed: folder.changed,
    }
}

fn remove_others(folder: &Path, number: usize, streams: &str) -> io::Result<()> {
    let mine = format!("{number}-");
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(&mine) && name != streams {
            std::fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

/// Reads a mailbox.
pub(super) fn load(folder: &Path, number: usize) -> io::Result<Mailbox> {
    let content = |name: &str| files::read(&folder.join(name))?.ok_or_else(|| invalid(format!("{name} is missing")));
    let index: Index = serde_json::from_slice(&content(&format!("{number}.json"))?)?;
    if Path::new(&index.streams).components().count() != 1 {
        return Err(invalid("a mailbox names a file elsewhere"));
    }
    let bytes = content(&index.streams)?;
    let mut items = Vec::with_capacity(index.items.len());
    for kept in index.items {
        let stream = bytes.get(kept.at..).and_then(|rest| rest.get(..kept.length));
        let item = stream::decode(stream.ok_or_else(|| invalid("a stream is cut off"))?).map_err(invalid)?;
        let KeptItem { key, folder, created, changed, read_changed, .. } = kept;
        items.push(StoredItem { key, folder, item, created, changed, read_changed });
    }
    let folders = index.folders.into_iter().map(loaded_folder).collect::<io::Result<_>>()?;
    let (gone, gone_folders) = (index.gone, index.gone_folders);
    Ok(Mailbox::from_parts(Parts { folders, items, gone, gone_folders, counter: index.counter, next: index.next }))
}

fn loaded_folder(kept: KeptFolder) -> io::Result<Folder> {
    let known =
        |id: String| distinguished(&id).ok_or_else(|| invalid(format!("the standard folder {id} is unknown")));
    Ok(Folder {
        key: kept.key,
        parent: kept.parent,
        name: kept.name,
        class: kept.class,
        distinguished: kept.distinguished.map(known).transpose()?,
        hidden: kept.hidden,
        changed: kept.changed,
    })
}
