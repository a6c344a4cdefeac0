//! Secrets: typed in or taken from the environment, sealed with a key from the keyring, never written in clear.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::{LazyLock, Mutex, PoisonError};

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

/// Seals bytes with a key that lives in the OS keyring, so that the ledger holds initial passwords but cannot show them;
/// where that gives none, with one that lives in this process's memory.
pub struct LedgerSealer {
    keyring: Option<LessSafeKey>,
    random: SystemRandom,
}

impl LedgerSealer {
    /// Takes the key of this name from the keyring, or puts a new one there. Once it was given it is known as long as the
    /// program runs: nobody is there at night to unlock the keyring again. Talks to the keyring: call it from a thread that
    /// may wait.
    pub fn open(name: &str) -> LedgerSealer {
        let random = SystemRandom::new();
        let key = given_key(name, &random).and_then(aes);
        LedgerSealer { keyring: key, random }
    }

    /// One that asks no keyring: what it seals opens as long as the program runs.
    pub fn of_this_process() -> LedgerSealer {
        LedgerSealer { keyring: None, random: SystemRandom::new() }
    }

    /// Whether what it seals opens after the program's end.
    pub fn lasts(&self) -> bool {
        self.keyring.is_some()
    }

    /// Encrypts; `None` if this computer gives no random numbers.
    pub fn seal(&self, clear: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).ok()?;
        let mut sealed = clear.to_vec();
        let key = match &self.keyring {
            Some(key) => key,
            None => process_key()?,
        };
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what was sealed with the keyring's key or by this process; `None` if it was another's or the bytes were
    /// changed.
    pub fn unseal(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.keyring.iter().chain(process_key()).find_map(|key| open(key, sealed))
    }
}

fn open(key: &LessSafeKey, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut clear = sealed.to_vec();
    let length = key.open_in_place(nonce, Aad::empty(), &mut clear).ok()?.len();
    clear.truncate(length);
    Some(clear)
}

fn aes(bytes: [u8; KEY_BYTES]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, &bytes).ok().map(LessSafeKey::new)
}

fn random_key(random: &SystemRandom) -> Option<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    random.fill(&mut key).ok()?;
    Some(key)
}

/// The key of this process: nobody opens after its end what was sealed with it.
fn process_key() -> Option<&'static LessSafeKey> {
    static KEY: LazyLock<Option<LessSafeKey>> = LazyLock::new(|| random_key(&SystemRandom::new()).and_then(aes));
    KEY.as_ref()
}

/// The keyring's key of this name, asked for until it was given once.
fn given_key(name: &str, random: &SystemRandom) -> Option<[u8; KEY_BYTES]> {
    static GIVEN: Mutex<BTreeMap<String, [u8; KEY_BYTES]>> = Mutex::new(BTreeMap::new());
    let given = || GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = given().get(name).copied();
    known.or_else(|| {
        let key = keyring_key(name, random)?;
        given().insert(name.to_owned(), key);
        Some(key)
    })
}

/// The 32 bytes kept under this name, made and kept at first use. A store that opens may still not be usable
/// (locked, no collection): only what can be read back after writing counts.
fn keyring_key(name: &str, random: &SystemRandom) -> Option<[u8; KEY_BYTES]> {
    let entry = entry(name)?;
    match entry.get_secret() {
        Ok(secret) => secret.try_into().ok(),
        Err(keyring_core::Error::NoEntry) => {
            let key = random_key(random)?;
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

    /// The keyring refuses to give this entry, once.
    fn refuse(name: &str) {
        let entry = entry(name).unwrap();
        let error = keyring_core::Error::NoStorageAccess("locked".into());
        entry.as_any().downcast_ref::<keyring_core::mock::Cred>().unwrap().set_error(error);
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_only() {
        let _store = mock_store();
        let first = LedgerSealer::open("one");
        assert!(first.lasts());
        let sealed = first.seal(b"Pa55word").unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"Pa55word"));
        assert_eq!(first.unseal(&sealed).unwrap(), b"Pa55word");
        assert_eq!(LedgerSealer::open("one").unseal(&sealed).unwrap(), b"Pa55word");
        assert_eq!(LedgerSealer::open("two").unseal(&sealed), None);
        assert_eq!(LedgerSealer::of_this_process().unseal(&sealed), None);
        let kept: [u8; KEY_BYTES] = entry("one").unwrap().get_secret().unwrap().try_into().unwrap();
        assert_eq!(open(&aes(kept).unwrap(), &sealed).unwrap(), b"Pa55word", "a later process has it");
        for changed in 0..sealed.len() {
            let mut other = sealed.clone();
            other[changed] ^= 1;
            assert_eq!(first.unseal(&other), None);
        }
        assert_eq!(first.unseal(b"short"), None);
    }

    #[test]
    fn what_is_sealed_without_a_keyring_opens_as_long_as_the_program_runs() {
        let _store = mock_store();
        refuse("locked");
        let without = LedgerSealer::open("locked");
        assert!(!without.lasts());
        let sealed = without.seal(b"Pa55word").unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"Pa55word"));
        assert_eq!(LedgerSealer::of_this_process().unseal(&sealed).unwrap(), b"Pa55word");
        let unlocked = LedgerSealer::open("locked");
        assert!(unlocked.lasts(), "it is asked again");
        assert_eq!(unlocked.unseal(&sealed).unwrap(), b"Pa55word");
        let kept: [u8; KEY_BYTES] = entry("locked").unwrap().get_secret().unwrap().try_into().unwrap();
        assert_eq!(open(&aes(kept).unwrap(), &sealed), None, "a later process has another key");
    }

    #[test]
    fn a_keyring_that_gave_its_key_may_be_locked_again() {
        let _store = mock_store();
        let sealed = LedgerSealer::open("given").seal(b"Pa55word").unwrap();
        refuse("given");
        let later = LedgerSealer::open("given");
        assert!(later.lasts());
        assert_eq!(later.unseal(&sealed).unwrap(), b"Pa55word");
    }
}
