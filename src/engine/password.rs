//! Initial passwords: generated here, kept sealed in the ledger.

use super::clock::Clock;
use super::port::InitialPassword;

/// The shortest initial password, and the default: as the documents say.
pub const SHORTEST: usize = 8;
/// The longest that Microsoft 365 takes is 256; nobody types more than this.
pub const LONGEST: usize = 64;

// Without I, O, l, 0 and 1, which look alike on paper.
const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijkmnopqrstuvwxyz";
const DIGIT: &[u8] = b"23456789";

/// Seals secrets for the ledger with a key that is kept elsewhere: in the keyring or, where that gives none, in the memory
/// of this process.
pub trait Sealer: Send + Sync {
    /// Encrypts and authenticates; `None` if this computer gives no chance to do it with.
    fn seal(&self, secret: &[u8]) -> Option<Vec<u8>>;
    /// Opens what was sealed with the keyring's key or by this process; `None` if the key is gone or the bytes were changed.
    fn unseal(&self, sealed: &[u8]) -> Option<Vec<u8>>;
    /// Whether a later process can open what is sealed now.
    fn lasts(&self) -> bool;
}

/// A new password: letters and digits, always an upper-case letter, a lower-case letter and a digit, which satisfies
/// "three of four classes". Lengths outside the bounds are brought inside.
pub fn generate(length: usize, clock: &dyn Clock) -> InitialPassword {
    let all = [UPPER, LOWER, DIGIT].concat();
    let mut bytes = vec![pick(UPPER, clock), pick(LOWER, clock), pick(DIGIT, clock)];
    while bytes.len() < length.clamp(SHORTEST, LONGEST) {
        bytes.push(pick(&all, clock));
    }
    for i in (1..bytes.len()).rev() {
        bytes.swap(i, below(i + 1, clock));
    }
    InitialPassword(bytes.into_iter().map(char::from).collect())
}

fn pick(from: &[u8], clock: &dyn Clock) -> u8 {
    from[below(from.len(), clock)]
}

/// A number below `bound`; the bias of the remainder is below 2^-57.
fn below(bound: usize, clock: &dyn Clock) -> usize {
    (clock.random() % bound as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clock::SeededClock;

    #[tokio::test]
    async fn passwords_hold_three_classes_no_doubtful_characters_and_the_length_asked_for() {
        let clock = SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 1);
        let mut seen = std::collections::HashSet::new();
        for _ in 0..2000 {
            let InitialPassword(text) = generate(8, &clock);
            assert_eq!(text.len(), 8);
            assert!(text.chars().any(|c| c.is_ascii_uppercase()), "{text}");
            assert!(text.chars().any(|c| c.is_ascii_lowercase()), "{text}");
            assert!(text.chars().any(|c| c.is_ascii_digit()), "{text}");
            assert!(text.chars().all(|c| c.is_ascii_alphanumeric() && !"IOl01".contains(c)), "{text}");
            seen.insert(text);
        }
        assert!(seen.len() > 1990, "passwords repeat");
        assert_eq!(generate(3, &clock).0.len(), SHORTEST);
        assert_eq!(generate(20, &clock).0.len(), 20);
        assert_eq!(generate(1000, &clock).0.len(), LONGEST);
    }
}
