//! Numbers that look random and are the same for the same seed on every computer and with every library version:
//! SplitMix64 (Steele, Lea, Flood 2014).

/// A stream of numbers.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed and a path, such as mailbox and item number: streams of different paths are unrelated,
    /// so that content does not depend on the order in which it is made.
    pub fn of(seed: u64, path: &[u64]) -> Random {
        let mut random = Random(seed);
        for step in path {
            random = Random(random.next() ^ step.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        }
        random
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound` (0 for a bound of 0).
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % (bound.max(1) as u64)) as usize
    }

    /// True in `share` of all cases.
    pub fn chance(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64) / ((1u64 << 53) as f64) < share
    }

    /// One of the choices; `None` when there is none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// Sixteen bytes, for keys and GUIDs.
    pub fn key(&mut self) -> [u8; 16] {
        let mut key = [0; 16];
        key[..8].copy_from_slice(&self.next().to_le_bytes());
        key[8..].copy_from_slice(&self.next().to_le_bytes());
        key
    }

    /// Bytes that do not compress.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.next().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn same_seed_and_path_give_the_same_stream_and_others_do_not() {
        let first: Vec<_> = std::iter::repeat_with({
            let mut random = Random::of(7, &[1, 2]);
            move || random.next()
        })
        .take(4)
        .collect();
        let mut again = Random::of(7, &[1, 2]);
        assert_eq!(first, [again.next(), again.next(), again.next(), again.next()]);
        assert_ne!(Random::of(7, &[2, 1]).next(), first[0]);
        assert_ne!(Random::of(8, &[1, 2]).next(), first[0]);
    }

    #[test]
    fn the_stream_is_splitmix64() {
        assert_eq!(Random::of(1234567, &[]).next(), 6457827717110365317);
    }

    #[test]
    fn shares_are_kept_roughly() {
        let mut random = Random::of(1, &[]);
        let hits = (0..10_000).filter(|_| random.chance(0.05)).count();
        assert!((350..650).contains(&hits), "{hits}");
        assert_eq!(Random::of(1, &[]).bytes(13).len(), 13);
        assert!(random.pick::<u8>(&[]).is_none());
    }
}
