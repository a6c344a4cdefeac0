//! A disk of a few kibibytes, where this computer lets a test have one.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What takes up room on it.
const FILLING: &str = "filling";
/// The least that such a disk gives to a file, in bytes.
pub const PAGE: u64 = 4_096;

/// It goes with the value.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    #[allow(clippy::explicit_write)]
    pub fn new(at: PathBuf, kibibytes: u32) -> Option<SmallDisk> {
        fs::create_dir_all(&at).unwrap();
        let size = format!("size={kibibytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(&at).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(SmallDisk(at));
        }
        // Nothing can be installed that would let this user do so: even where everything is required it is only said.
        drop(writeln!(std::io::stderr(), "left out: full disks (this user may not mount a small one)"));
        None
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn grow(&self, kibibytes: u32) {
        let size = format!("remount,size={kibibytes}k");
        let remounted = Command::new("mount").args(["-o", &size]).arg(&self.0).status().unwrap();
        assert!(remounted.success());
    }

    /// Takes so many bytes away.
    pub fn take(&self, bytes: usize) {
        self.filling().write_all(&vec![0; bytes]).unwrap();
    }

    /// Leaves so many pages free, if there were as many.
    pub fn fill(&self, pages_left: u64) {
        let mut filling = self.filling();
        let full = loop {
            if let Err(error) = filling.write_all(&[0; 64 * 1_024]) {
                break error;
            }
        };
        assert_eq!(full.kind(), ErrorKind::StorageFull);
        let taken = filling.metadata().unwrap().len();
        filling.set_len(taken.saturating_sub(pages_left * PAGE)).unwrap();
    }

    /// Makes room again. At once: programs that other tests are just starting may hold open what is open here.
    pub fn clear(&self) {
        self.filling().set_len(0).unwrap();
        fs::remove_file(self.0.join(FILLING)).unwrap();
    }

    fn filling(&self) -> File {
        OpenOptions::new().create(true).append(true).open(self.0.join(FILLING)).unwrap()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // As soon as nobody holds it open any more; see above.
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.0).status();
        assert!(std::thread::panicking() || unmounted.is_ok_and(|status| status.success()));
    }
}
