//! Secrets that the user's keyring keeps from one start of the program to the next.
//!
//! A long secret is kept in parts, because Windows takes 2,560 bytes at most. Every part begins with the number of parts
//! and a mark that the parts of one secret share; the first is written last. So whatever interrupts the writing, nobody
//! gets a mixture of an old secret and a new one.
//!
//! Everything here may wait for the keyring, which may ask the user to unlock it: call it from a thread that may wait.

use std::sync::{Mutex, MutexGuard, PoisonError};

use keyring_core::Error;
use ring::rand::{SecureRandom, SystemRandom};

use super::entry;
use crate::http::Secret;

/// Bytes of an entry: below what Windows takes.
const ENTRY_BYTES: usize = 2_048;
/// Bytes of the mark that parts of one secret share.
const MARK_BYTES: usize = 8;
/// Bytes before a part's share of the secret: how many parts, and the mark.
const HEAD_BYTES: usize = 1 + MARK_BYTES;
/// Parts of one secret at most: about 32 kB, far more than any token.
const MOST_PARTS: usize = 16;

/// Why the keyring does not keep a secret: it lasts for this session only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// There is no keyring on this computer, or none that answers.
    NoKeyring,
    /// The keyring is locked, and was not unlocked.
    Locked,
    /// The secret is longer than we keep.
    TooLong,
    /// The keyring refused, or did not give back what it was given.
    Refused,
}

impl NotKept {
    fn of(error: &Error) -> NotKept {
        match error {
            Error::NoStorageAccess(_) => NotKept::Locked,
            Error::NoDefaultStore => NotKept::NoKeyring,
            Error::TooLong(..) => NotKept::TooLong,
            _ => NotKept::Refused,
        }
    }
}

/// Keeps a secret under a name, in place of the one that was there.
///
/// # Errors
/// It is not kept; after some failures the old one is lost as well.
pub fn remember(name: &str, secret: &Secret) -> Result<(), NotKept> {
    let _one = one_at_a_time();
    let bytes = secret.expose().as_bytes();
    let shares: Vec<&[u8]> = match bytes {
        [] => vec![bytes],
        _ => bytes.chunks(ENTRY_BYTES - HEAD_BYTES).collect(),
    };
    if shares.len() > MOST_PARTS {
        return Err(NotKept::TooLong);
    }
    let before = read(name, 0)?.map_or(0, |part| usize::from(part.parts));
    let mut mark = [0; MARK_BYTES];
    SystemRandom::new().fill(&mut mark).map_err(|_| NotKept::Refused)?;
    for (number, share) in shares.iter().enumerate().rev() {
        let part = [&[shares.len() as u8][..], &mark, share].concat();
        part_entry(name, number)?.set_secret(&part).map_err(|error| NotKept::of(&error))?;
    }
    for number in shares.len()..before.min(MOST_PARTS) {
        delete(name, number)?;
    }
    match whole(name)? {
        Some(kept) if kept == *secret => Ok(()),
        _ => Err(NotKept::Refused),
    }
}

/// The secret of a name; `None` if none is kept, or not all of it.
///
/// # Errors
/// The keyring cannot be asked.
pub fn recall(name: &str) -> Result<Option<Secret>, NotKept> {
    let _one = one_at_a_time();
    whole(name)
}

/// Removes the secret of a name; that there is none is fine.
///
/// # Errors
/// The keyring cannot be asked, or keeps it.
pub fn forget(name: &str) -> Result<(), NotKept> {
    let _one = one_at_a_time();
    (0..MOST_PARTS).try_for_each(|number| delete(name, number))
}

/// Whether a keyring keeps what it is given, by trying: one that can be opened may still be locked.
pub fn probe() -> bool {
    let name = format!("trial {}", std::process::id());
    let secret = Secret::new("trial");
    let kept = remember(&name, &secret).is_ok();
    // Whatever happened, nothing is left there.
    forget(&name).is_ok() && kept
}

/// A secret has several parts, which belong together.
fn one_at_a_time() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Part {
    parts: u8,
    mark: [u8; MARK_BYTES],
    share: Vec<u8>,
}

fn part_entry(name: &str, number: usize) -> Result<keyring_core::Entry, NotKept> {
    let name = match number {
        0 => format!("secret {name}"),
        number => format!("secret {name} #{}", number + 1),
    };
    entry(&name).ok_or(NotKept::NoKeyring)
}

/// A part as kept; `None` if there is none or it is not ours.
fn read(name: &str, number: usize) -> Result<Option<Part>, NotKept> {
    let bytes = match part_entry(name, number)?.get_secret() {
        Ok(bytes) => bytes,
        Err(Error::NoEntry) => return Ok(None),
        Err(error) => return Err(NotKept::of(&error)),
    };
    let part = bytes.split_first_chunk::<HEAD_BYTES>().and_then(|(head, share)| {
        let (parts, mark) = head.split_first()?;
        Some(Part { parts: *parts, mark: mark.try_into().ok()?, share: share.to_vec() })
    });
    Ok(part)
}

fn delete(name: &str, number: usize) -> Result<(), NotKept> {
    match part_entry(name, number)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(NotKept::of(&error)),
    }
}

fn whole(name: &str) -> Result<Option<Secret>, NotKept> {
    let Some(first) = read(name, 0)? else { return Ok(None) };
    let mut bytes = first.share;
    for number in 1..usize::from(first.parts).min(MOST_PARTS) {
        match read(name, number)? {
            Some(part) if part.mark == first.mark => bytes.extend(part.share),
            _ => return Ok(None),
        }
    }
    Ok(String::from_utf8(bytes).ok().map(Secret::new))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::tests::mock_store;
    use super::*;

    fn long(letter: char, parts: usize) -> Secret {
        Secret::new(letter.to_string().repeat((ENTRY_BYTES - HEAD_BYTES) * parts))
    }

    fn fail(name: &str, number: usize, error: Error) {
        let entry = part_entry(name, number).unwrap();
        entry.as_any().downcast_ref::<keyring_core::mock::Cred>().unwrap().set_error(error);
    }

    fn locked() -> Error {
        Error::NoStorageAccess("locked".into())
    }

    #[test]
    fn secrets_of_any_length_are_remembered_replaced_and_forgotten() {
        let _store = mock_store();
        assert_eq!(recall("a"), Ok(None));
        forget("a").unwrap();
        let odd = Secret::new("pässwörd 漢 \0\n");
        for secret in [Secret::new("short"), long('é', 3), odd, long('x', 1), Secret::new(""), long('y', MOST_PARTS)]
        {
            remember("a", &secret).unwrap();
            assert!(recall("a") == Ok(Some(secret)));
        }
        remember("a", &Secret::new("short again")).unwrap();
        for number in 1..MOST_PARTS {
            assert!(read("a", number).unwrap().is_none(), "part {number} of the longer one is left");
        }
        remember("b", &Secret::new("another")).unwrap();
        forget("a").unwrap();
        assert_eq!(recall("a"), Ok(None));
        assert!(recall("b") == Ok(Some(Secret::new("another"))));
        assert_eq!(remember("a", &long('z', MOST_PARTS + 1)), Err(NotKept::TooLong));
    }

    #[test]
    fn every_part_is_small_enough_for_windows() {
        let _store = mock_store();
        remember("a", &long('é', 2)).unwrap();
        for number in 0..4 {
            let length = part_entry("a", number).unwrap().get_secret().unwrap().len();
            assert!(length <= 2_560, "{length} bytes");
        }
    }

    #[test]
    fn a_keyring_that_fails_in_the_middle_never_yields_a_mixture() {
        let _store = mock_store();
        let (old, new) = (long('o', 4), long('n', 3));
        for number in 0..4 {
            remember("a", &old).unwrap();
            fail("a", number, locked());
            assert_eq!(remember("a", &new), Err(NotKept::Locked), "part {number}");
            // The failing call may be the tidying after the new one was whole.
            let kept = recall("a").unwrap();
            assert!(kept.is_none() || kept == Some(old.clone()) || kept == Some(new.clone()), "part {number}");
            remember("a", &new).unwrap();
            assert!(recall("a") == Ok(Some(new.clone())));
        }
    }

    #[test]
    fn what_is_wrong_with_the_keyring_is_told_apart() {
        let _store = mock_store();
        remember("a", &Secret::new("x")).unwrap();
        fail("a", 0, locked());
        assert_eq!(recall("a"), Err(NotKept::Locked));
        fail("a", 0, Error::Invalid("x".into(), "y".into()));
        assert_eq!(forget("a"), Err(NotKept::Refused));
        part_entry("a", 0).unwrap().set_secret(b"short").unwrap();
        assert_eq!(recall("a"), Ok(None), "not ours");
        remember("a", &Secret::new("y")).unwrap();
        assert!(recall("a") == Ok(Some(Secret::new("y"))));
    }

    #[test]
    fn a_trial_leaves_nothing_and_notices_a_locked_keyring() {
        let _store = mock_store();
        assert!(probe());
        let name = format!("trial {}", std::process::id());
        assert!(read(&name, 0).unwrap().is_none());
        fail(&name, 0, locked());
        assert!(!probe());
        assert!(probe(), "it was unlocked");
    }
}
