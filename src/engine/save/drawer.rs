//! A folder on the disk that items are put into: never outside the one that was chosen, never over what is there.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// Numbers tried for a name that is taken.
const MOST_NUMBERS: u32 = 100_000;

/// An open folder.
pub(super) struct Drawer {
    folder: PathBuf,
    /// Names that are taken, in lower case: not every system tells capitals apart.
    taken: HashSet<String>,
    /// Those of them that were given out since the folder was opened.
    ours: HashSet<String>,
}

/// Where an item is now.
#[derive(Debug, PartialEq)]
pub(super) enum Put {
    New(PathBuf),
    /// The very same bytes lay there before.
    There(PathBuf),
}

impl Drawer {
    /// Opens the folder of these names below the root, making what is not there. A link among them leads elsewhere and is
    /// refused.
    pub(super) fn open(root: &Path, names: &[String]) -> io::Result<Drawer> {
        fs::create_dir_all(root)?;
        let mut folder = root.to_path_buf();
        for name in names {
            folder.push(name);
            match private_folder(&folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            if !fs::symlink_metadata(&folder)?.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        let mut taken = HashSet::new();
        for entry in fs::read_dir(&folder)? {
            taken.insert(entry?.file_name().to_string_lossy().to_lowercase());
        }
        Ok(Drawer { folder, taken, ours: HashSet::new() })
    }

    /// Puts a file there under this name, or that name with a number. What is there already, byte by byte, is not put
    /// there again.
    pub(super) fn put(&mut self, stem: &str, extension: &str, data: &[u8]) -> io::Result<Put> {
        for number in 1..=MOST_NUMBERS {
            let name = match number {
                1 => format!("{stem}.{extension}"),
                _ => format!("{stem} ({number}).{extension}"),
            };
            let (key, path) = (name.to_lowercase(), self.folder.join(&name));
            if self.ours.contains(&key) {
                continue;
            }
            if self.taken.contains(&key) {
                if holds(&path, data) {
                    self.ours.insert(key);
                    return Ok(Put::There(path));
                }
                continue;
            }
            match private_file(&path) {
                Ok(reserved) => drop(reserved),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    self.taken.insert(key);
                    continue;
                }
                Err(error) => return Err(error),
            }
            if let Err(error) = self.fill(&path, data) {
                // Nothing half-written stays behind; the failure is what counts.
                let _ = fs::remove_file(&path);
                return Err(error);
            }
            self.ours.insert(key);
            return Ok(Put::New(path));
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Puts whole content in the place that was taken for it.
    fn fill(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let part = self.folder.join(format!(".cutover-{}.part", std::process::id()));
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let write = || -> io::Result<()> {
            let mut file = private_file(&part)?;
            file.write_all(data)?;
            file.sync_all()?;
            fs::rename(&part, path)
        };
        write().inspect_err(|_| drop(fs::remove_file(&part)))
    }
}

fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether a file holds exactly this. One that cannot be read is taken for another.
fn holds(path: &Path, data: &[u8]) -> bool {
    let same = || -> io::Result<bool> {
        let found = fs::symlink_metadata(path)?;
        if !found.is_file() || found.len() != data.len() as u64 {
            return Ok(false);
        }
        let mut file = BufReader::new(File::open(path)?);
        let mut piece = vec![0; 64 * 1024];
        let mut rest = data;
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                return Ok(rest.is_empty());
            }
            match rest.strip_prefix(&piece[..read]) {
                Some(more) => rest = more,
                None => return Ok(false),
            }
        }
    };
    same().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_overwritten_and_the_same_again_is_known() {
        let home = tempfile::tempdir().unwrap();
        let of = ["anna".to_owned(), "Inbox".to_owned()];
        let inbox = home.path().join("anna").join("Inbox");
        fs::create_dir_all(&inbox).unwrap();
        fs::write(inbox.join("HELLO.eml"), "somebody's own").unwrap();
        let mut drawer = Drawer::open(home.path(), &of).unwrap();
        assert_eq!(drawer.put("hello", "eml", b"one").unwrap(), Put::New(inbox.join("hello (2).eml")));
        // The user's own duplicates stay duplicates.
        assert_eq!(drawer.put("hello", "eml", b"one").unwrap(), Put::New(inbox.join("hello (3).eml")));
        let mut again = Drawer::open(home.path(), &of).unwrap();
        assert_eq!(again.put("hello", "eml", b"one").unwrap(), Put::There(inbox.join("hello (2).eml")));
        assert_eq!(again.put("Hello", "eml", b"one").unwrap(), Put::New(inbox.join("Hello (4).eml")).also(&inbox));
        assert_eq!(fs::read(inbox.join("HELLO.eml")).unwrap(), b"somebody's own");
        assert!(names(&inbox).iter().all(|name| !name.contains("part")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&inbox.join("hello (2).eml")), 0o600);
            Drawer::open(home.path(), &["ben".to_owned()]).unwrap();
            assert_eq!(mode(&home.path().join("ben")), 0o700);
        }
    }

    impl Put {
        /// On a system that does not tell capitals apart, the third file above is found under its other spelling.
        fn also(self, folder: &Path) -> Put {
            let found = folder.join("Hello (3).eml");
            if found.exists() { Put::There(found) } else { self }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_elsewhere_is_refused() {
        let (home, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), home.path().join("anna")).unwrap();
        Drawer::open(home.path(), &["anna".to_owned()]).err().unwrap();
        fs::create_dir(home.path().join("ben")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("new"), home.path().join("ben").join("x.eml")).unwrap();
        let mut drawer = Drawer::open(home.path(), &["ben".to_owned()]).unwrap();
        drawer.put("x", "eml", b"one").unwrap();
        assert_eq!(names(&home.path().join("ben")), ["x (2).eml", "x.eml"]);
        assert_eq!(names(elsewhere.path()), [""; 0]);
    }
}
