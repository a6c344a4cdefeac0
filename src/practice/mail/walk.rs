//! Finding the files of a mail folder, in an order that is the same everywhere.

use std::fs;
use std::path::{Path, PathBuf};

use super::{MailError, Reason};

/// The deepest nesting of folders.
const DEEPEST: usize = 30;

/// A file with the names of the folders above it, from the mail folder down.
pub(super) struct Found {
    pub file: PathBuf,
    pub folders: Vec<String>,
}

/// What a walk found: ordinary files, and what is neither file nor folder.
#[derive(Default)]
pub(super) struct Walk {
    pub files: Vec<Found>,
    pub odd: Vec<(PathBuf, Reason)>,
}

/// All files below a folder, sorted by name, folders after the files of their level. Links to folders are not followed:
/// they may lead in circles.
pub(super) fn walk(folder: &Path) -> Result<Walk, MailError> {
    let mut walk = Walk::default();
    descend(folder, &mut Vec::new(), &mut walk)?;
    Ok(walk)
}

fn descend(folder: &Path, names: &mut Vec<String>, walk: &mut Walk) -> Result<(), MailError> {
    let unreadable = |source| MailError::Unreadable { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?);
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut below = Vec::new();
    for entry in entries {
        let file = entry.path();
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() {
            below.push(file);
        } else if kind.is_file() || kind.is_symlink() && file.is_file() {
            walk.files.push(Found { file, folders: names.clone() });
        } else if kind.is_symlink() {
            walk.odd.push((file, Reason::Link));
        } else {
            walk.odd.push((file, Reason::Special));
        }
    }
    for folder in below {
        if names.len() == DEEPEST {
            walk.odd.push((folder, Reason::TooDeep));
            continue;
        }
        names.push(folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
        descend(&folder, names, walk)?;
        names.pop();
    }
    Ok(())
}
