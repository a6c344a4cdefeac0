//! Secrets: typed in or taken from the environment, sealed with a key from the keyring, never written in clear.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};

mod kept;

pub use crate::http::Secret;
pub use kept::{NotKept, forget, probe, recall, remember};

use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// The service name under which the keyring holds our entries.
const SERVICE: &str = "Cutover";
/// Bytes of a sealing key.
const KEY_BYTES: usize = 32;

/// A password for this run: from the environment variable, else asked for on the terminal without echo.
///
/// # Errors
/// `PasswordMissing` if the variable is unset or empty and nobody can be asked.
pub fn password(variable: &'static str, question: &str) -> Result<String, Problem> {
    let missing = || Problem::new(Kind::Run, Side::Here, Guidance::PasswordMissing).with("variable", variable);
    match std::env::var(variable) {
        Ok(password) if !password.is_empty() => return Ok(password),
        _ if !std::io::stdin().is_terminal() => return Err(missing()),
        _ => {}
    }
    match rpassword::prompt_password(question) {
        Ok(password) if !password.is_empty() => Ok(password),
        Ok(_) => Err(missing()),
        Err(error) => Err(missing().because(error)),
    }
}

/// Seals bytes with a key that lives in the OS keyring, so that the ledger holds initial passwords but cannot show them.
pub struct KeyringSealer {
    key: Option<LessSafeKey>,
    random: SystemRandom,
}

impl KeyringSealer {
    /// Takes the key of this name from the keyring, or puts a new one there. Without a usable keyring nothing can be
    /// sealed and secrets last for this run only. Talks to the keyring: call it from a thread that may wait.
    pub fn open(name: &str) -> KeyringSealer {
        let random = SystemRandom::new();
        let key = keyring_key(name, &random).and_then(|bytes| UnboundKey::new(&AES_256_GCM, &bytes).ok());
        KeyringSealer { key: key.map(LessSafeKey::new), random }
    }

    /// Whether a keyring holds the key.
    pub fn usable(&self) -> bool {
        self.key.is_some()
    }

    /// Encrypts; `None` without a usable keyring.
    pub fn seal(&self, clear: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).ok()?;
        let mut sealed = clear.to_vec();
        let key = self.key.as_ref()?;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts; `None` if the key is another one or the bytes were changed.
    pub fn unseal(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut clear = sealed.to_vec();
        let length = self.key.as_ref()?.open_in_place(nonce, Aad::empty(), &mut clear).ok()?.len();
        clear.truncate(length);
        Some(clear)
    }
}

/// The 32 bytes kept under this name, made and kept at first use. A store that opens may still not be usable
/// (locked, no collection): only what can be read back after writing counts.
fn keyring_key(name: &str, random: &SystemRandom) -> Option<[u8; KEY_BYTES]> {
    let entry = entry(name)?;
    match entry.get_secret() {
        Ok(secret) => secret.try_into().ok(),
        Err(keyring_core::Error::NoEntry) => {
            let mut key = [0; KEY_BYTES];
            random.fill(&mut key).ok()?;
            entry.set_secret(&key).ok()?;
            (entry.get_secret().ok()? == key).then_some(key)
        }
        Err(_) => None,
    }
}

fn entry(name: &str) -> Option<keyring_core::Entry> {
    static OPENING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    if keyring_core::get_default_store().is_none() {
        platform_store()?;
    }
    keyring_core::Entry::new(SERVICE, name).ok()
}

#[cfg(target_os = "linux")]
fn platform_store() -> Option<()> {
    keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new().ok()?);
    Some(())
}

#[cfg(target_os = "macos")]
fn platform_store() -> Option<()> {
    keyring_core::set_default_store(apple_native_keyring_store::keychain::Store::new().ok()?);
    Some(())
}

#[cfg(windows)]
fn platform_store() -> Option<()> {
    keyring_core::set_default_store(windows_native_keyring_store::Store::new().ok()?);
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::MutexGuard;

    use super::*;

    /// A store in memory, for one test at a time: the default store belongs to the whole process.
    pub(super) struct MockStore {
        _turn: MutexGuard<'static, ()>,
    }

    pub(super) fn mock_store() -> MockStore {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        keyring_core::set_default_store(keyring_core::mock::Store::new().unwrap());
        MockStore { _turn: turn }
    }

    impl Drop for MockStore {
        fn drop(&mut self) {
            keyring_core::unset_default_store();
        }
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_only() {
        let _store = mock_store();
        let first = KeyringSealer::open("one");
        let sealed = first.seal(b"Pa55word").unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"Pa55word"));
        assert_eq!(first.unseal(&sealed).unwrap(), b"Pa55word");
        assert_eq!(KeyringSealer::open("one").unseal(&sealed).unwrap(), b"Pa55word");
        assert_eq!(KeyringSealer::open("two").unseal(&sealed), None);
        for changed in 0..sealed.len() {
            let mut other = sealed.clone();
            other[changed] ^= 1;
            assert_eq!(first.unseal(&other), None);
        }
        assert_eq!(first.unseal(b"short"), None);
    }
}
