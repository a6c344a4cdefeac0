//! Writing a small file of ours: whole or not at all, durable, and for its owner only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Puts a file there in one step, making its folder if need be. After a failure the old one stands as it was, and nothing
/// half-written lies beside it.
///
/// # Errors
/// Whatever the system says.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    make_folder(folder)?;
    let part = part_of(path);
    let written = write_new(&part, bytes).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // The failure above is what counts.
        let _ = fs::remove_file(&part);
        return written;
    }
    // The new name must be durable too; where folders cannot be synchronised, renaming is all there is.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// [`write()`] for a file that a person wants saved.
///
/// # Errors
/// `FileUnwritable`, `DiskFull`.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    write(path, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull => {
            Problem::new(Kind::Run, Side::Here, Guidance::DiskFull).with("file", path.display())
        }
        _ => unwritable(path, error),
    })
}

/// That a file cannot be saved, and why.
pub fn unwritable(path: &Path, reason: impl std::fmt::Display) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::FileUnwritable).with("file", path.display()).with("reason", reason)
}

/// Makes a folder and those above it, for their owner only; one that is there stays as it is.
///
/// # Errors
/// Whatever the system says.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Beside its place, and like no other that is being written at the same time.
fn part_of(path: &Path) -> PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}-{}.part", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
    PathBuf::from(name)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A part that an earlier process of the same number left behind could belong to others.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn files_are_private_replaced_whole_and_failures_leave_nothing() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new").join("deep");
        let file = folder.join("a.toml");
        write(&file, b"a long first version").unwrap();
        write(&file, b"short").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"short");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file), mode(&folder)), (0o600, 0o700));
        }
        fs::create_dir_all(folder.join("taken").join("full")).unwrap();
        write(&folder.join("taken"), b"x").unwrap_err();
        write(&file.join("below").join("b.toml"), b"x").unwrap_err();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "no parts are left");
        assert_eq!(fs::read(&file).unwrap(), b"short");
    }

    #[test]
    fn writers_at_the_same_time_leave_one_whole_version() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a.toml");
        std::thread::scope(|scope| {
            for letter in [b'a', b'b', b'c', b'd'] {
                let file = &file;
                scope.spawn(move || (0..20).for_each(|_| write(file, &[letter; 9000]).unwrap()));
            }
        });
        let last = fs::read(&file).unwrap();
        assert_eq!(last, vec![last[0]; 9000]);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}
