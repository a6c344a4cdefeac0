//! The hash tree of RFC 6962, built leaf by leaf: no more is held than one hash for each level.

use sha2::{Digest, Sha256};

type Hash = [u8; 32];

/// A tree that grows.
#[derive(Default)]
pub(super) struct Tree {
    /// Whole subtrees that wait for their right neighbour: level and hash, the largest first.
    waiting: Vec<(u32, Hash)>,
    entries: u64,
}

impl Tree {
    pub(super) fn add(&mut self, entry: &[u8]) {
        self.entries += 1;
        let (mut level, mut hash) = (0, leaf(entry));
        while let Some((left_level, left)) = self.waiting.pop_if(|(waiting, _)| *waiting == level) {
            (level, hash) = (left_level + 1, node(&left, &hash));
        }
        self.waiting.push((level, hash));
    }

    pub(super) fn entries(&self) -> u64 {
        self.entries
    }

    pub(super) fn root(&self) -> Hash {
        let mut from_right = self.waiting.iter().rev().map(|(_, hash)| *hash);
        match from_right.next() {
            Some(last) => from_right.fold(last, |right, left| node(&left, &right)),
            None => Sha256::digest([]).into(),
        }
    }
}

fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_those_that_certificate_transparency_publishes() {
        // The test vectors of the reference implementation of RFC 6962.
        let entries: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Tree::default();
        assert_eq!(hex(&tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (entry, root) in entries.iter().zip(roots) {
            tree.add(entry);
            assert_eq!(hex(&tree.root()), root, "of {} entries", tree.entries());
        }
    }
}
