//! The Merkle tree hash of RFC 6962, section 2.1, over entries that come one by one.

use ring::digest::{Context, SHA256};

type Hash = [u8; 32];

/// The hashes of the perfect subtrees that the entries so far make, as the binary digits of their number say.
#[derive(Default)]
pub(super) struct Tree {
    perfect: Vec<Option<Hash>>,
    entries: u64,
}

impl Tree {
    pub(super) fn entries(&self) -> u64 {
        self.entries
    }

    pub(super) fn add(&mut self, entry: &[u8]) {
        self.entries += 1;
        let mut carried = hash(&[&[0], entry]);
        for digit in &mut self.perfect {
            match digit.take() {
                Some(left) => carried = hash(&[&[1], &left, &carried]),
                None => {
                    *digit = Some(carried);
                    return;
                }
            }
        }
        self.perfect.push(Some(carried));
    }

    pub(super) fn root(&self) -> Hash {
        let whole =
            self.perfect.iter().flatten().fold(None, |right: Option<Hash>, left| {
                Some(right.map_or(*left, |right| hash(&[&[1], left, &right])))
            });
        whole.unwrap_or_else(|| hash(&[]))
    }
}

fn hash(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part));
    let digest = context.finish();
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.as_ref());
    hash
}
