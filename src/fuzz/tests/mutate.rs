//! Changes inputs in the ways that parsers mind: the same ones in every run.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// The longest an input grows, in bytes.
const LONGEST: usize = 8192;
/// The most changes that make one input.
const CHANGES: u32 = 4;
/// Bytes and pieces at which parsers turn.
const TELLING: [&[u8]; 24] = [
    b"<",
    b">",
    b"</",
    b"&#0;",
    b"&",
    b"]]>",
    b"<!--",
    b"\"",
    b"\\u0000",
    b"{",
    b"[",
    b"null",
    b"-1",
    b"1e999",
    b"\r\n",
    b"\r\n\r\n",
    b"\0",
    b"\xFF",
    b"\xC3",
    b"\xFF\xFF\xFF\xFF",
    b"\x00\x00\x00\x80",
    b"=",
    b"--",
    b"18446744073709551616",
];

/// Where the changes come from.
pub(super) struct Mutator {
    seeds: Vec<Vec<u8>>,
    random: StdRng,
}

impl Mutator {
    /// Changes of these inputs, always the same ones for the same name.
    pub(super) fn new(name: &str, seeds: Vec<Vec<u8>>) -> Mutator {
        let seed = name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        Mutator { seeds, random: StdRng::seed_from_u64(seed) }
    }

    /// The next input.
    pub(super) fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.seed();
        for _ in 0..self.random.random_range(1..=CHANGES) {
            self.change(&mut input);
            input.truncate(LONGEST);
        }
        input
    }

    fn seed(&mut self) -> Vec<u8> {
        self.seeds[self.random.random_range(0..self.seeds.len())].clone()
    }

    /// A place in an input, its end included.
    fn place(&mut self, input: &[u8]) -> usize {
        self.random.random_range(0..=input.len())
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.place(input);
        let length = self.random.random_range(1..=64).min(input.len() - at);
        match self.random.random_range(0..8) {
            0 => input.truncate(at),
            1 => drop(input.drain(at..at + length)),
            2 => {
                let again = input[at..at + length].to_vec();
                let times = self.random.random_range(1..=16);
                input.splice(at..at, again.repeat(times));
            }
            3 => {
                let other = self.seed();
                let from = self.place(&other);
                input.splice(at.., other[from..].iter().copied());
            }
            4 | 5 => {
                let piece = TELLING[self.random.random_range(0..TELLING.len())];
                let over = if self.random.random() { piece.len().min(input.len() - at) } else { 0 };
                input.splice(at..at + over, piece.iter().copied());
            }
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << self.random.random_range(0..8);
                }
            }
        }
    }
}
