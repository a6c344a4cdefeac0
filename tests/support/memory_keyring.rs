//! A keyring in memory, which can be locked: then a process has a key of its own.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use cutover::engine::password::Sealer;

/// The keyring's key; those of processes are all others but 0.
const KEPT: u8 = 0xff;

/// What it seals is not to be read by chance; no more is asked of it here.
#[derive(Default)]
pub struct Keyring {
    pub locked: AtomicBool,
    process: AtomicU8,
}

impl Keyring {
    /// The process ends, and with it its key; the next one begins.
    #[allow(dead_code)]
    pub fn end_process(&self) {
        assert!(self.process.fetch_add(1, Ordering::SeqCst) < KEPT - 2);
    }

    fn of_process(&self) -> u8 {
        self.process.load(Ordering::SeqCst) + 1
    }
}

impl Sealer for Keyring {
    fn seal(&self, secret: &[u8]) -> Option<Vec<u8>> {
        let key = if self.lasts() { KEPT } else { self.of_process() };
        Some(std::iter::once(key).chain(secret.iter().map(|byte| byte ^ key)).collect())
    }
    fn unseal(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (&key, sealed) = sealed.split_first()?;
        let opens = key == self.of_process() || key == KEPT && self.lasts();
        opens.then(|| sealed.iter().map(|byte| byte ^ key).collect())
    }
    fn lasts(&self) -> bool {
        !self.locked.load(Ordering::SeqCst)
    }
}
