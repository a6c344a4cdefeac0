//! The service's memory on disk: one file of state, and one file per item content that is written once.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::state::State;
use crate::mapi::stream;

/// The state without contents.
const STATE: &str = "microsoft365.json";
/// The folder of contents.
const CONTENTS: &str = "items";

fn name(guid: &str, key: u64, change: u64) -> String {
    format!("{guid}-{key}-{change}")
}

/// Writes contents that are new, then the state in one step, then forgets contents that nothing names any more.
pub(super) fn save(state: &State, dir: &Path) -> io::Result<()> {
    let contents = dir.join(CONTENTS);
    fs::create_dir_all(&contents)?;
    let mut named = BTreeSet::new();
    for mailbox in state.mailboxes.values() {
        for stored in mailbox.items.values() {
            let name = name(&mailbox.guid, stored.key, stored.change);
            let path = contents.join(&name);
            if !path.exists() {
                let bytes = stream::encode(&stored.item).map_err(io::Error::other)?;
                replace(&path, &bytes)?;
            }
            named.insert(name);
        }
    }
    let json = serde_json::to_vec(state).map_err(io::Error::other)?;
    replace(&dir.join(STATE), &json)?;
    for entry in fs::read_dir(&contents)? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(|name| named.contains(name)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Reads what `save` wrote.
pub(super) fn load(dir: &Path) -> io::Result<State> {
    let broken = |error: &dyn std::error::Error| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
    let mut state: State = serde_json::from_slice(&fs::read(dir.join(STATE))?).map_err(|error| broken(&error))?;
    for mailbox in state.mailboxes.values_mut() {
        for stored in mailbox.items.values_mut() {
            let bytes = fs::read(dir.join(CONTENTS).join(name(&mailbox.guid, stored.key, stored.change)))?;
            stored.item = stream::decode(&bytes).map_err(|error| broken(&error))?;
        }
    }
    Ok(state)
}

/// Replaces a file in one step; nobody else may read it, for it holds the invented credentials.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    fs::rename(&new, path)
}
