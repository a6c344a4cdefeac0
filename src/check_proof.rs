//! Checks a MigrationProof.jsonl: the file alone, without ledger, settings or network, and without a line of the code
//! that wrote it. `docs/proof.md` is what both go by.
//!
//! Every line but the last is hashed as it stands; the root of their tree and its signature must be those of the last
//! line, so no byte can be changed, taken away or moved. Then the contents: every item's outcome must fit its hashes,
//! and every sum must be the sum of the lines below it.

use std::io::{self, BufRead, Read};

use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, UnparsedPublicKey};

mod account;
mod line;
mod tree;

#[cfg(test)]
mod tests;

use account::Auditor;
pub use line::{Books, Compared, Head};
use tree::Tree;

/// Bytes in one line at most.
const LONGEST_LINE: usize = 64 * 1024;
/// Lines at most: far more than any organisation that this program moves has items.
const MOST_LINES: u64 = 1_000_000_000;
/// Bytes of a key's hash that its fingerprint shows.
const SHOWN: usize = 12;

/// What is wrong with a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// There is nothing in the file.
    Empty,
    /// It does not begin as a proof does.
    NotAProof,
    /// It is of a format that this program does not know.
    OtherFormat(u64),
    /// It does not end as a proof does: something is missing at the end.
    CutOff,
    /// A line is longer than any that this program writes.
    LineTooLong(u64),
    /// There are more lines than any proof has.
    TooLong,
    /// It says that it has so many entries, and has so many.
    EntriesMissing {
        /// What it says.
        stated: u64,
        /// What is there.
        there: u64,
    },
    /// Its contents are not those that were signed.
    Changed,
    /// The signature is not that of the key in the file.
    SignatureWrong,
    /// It was signed with another key than the one expected.
    OtherKey,
    /// A line cannot be read.
    Malformed(u64),
    /// A line stands where it must not.
    OutOfPlace(u64),
    /// An item's outcome does not fit its hashes.
    Contradiction(u64),
    /// An item stands in a sample that does not draw it.
    NotDrawn(u64),
    /// The sums that end before this line are not those of its parts.
    SumsDiffer(u64),
}

/// What came of checking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked {
    /// What the proof says of itself, if its first line could be read.
    pub head: Option<Head>,
    /// The fingerprint of the key that signed it.
    pub fingerprint: Option<String>,
    /// Whether that is the key that was expected; `None` if none was.
    pub expected_key: Option<bool>,
    /// Mailboxes in it.
    pub mailboxes: u64,
    /// What is wrong with it, the weightiest first. Nothing: it is whole and as it was signed.
    pub flaws: Vec<Flaw>,
}

impl Checked {
    /// The file is genuine: whole, unchanged, signed with the key in it, and its sums are right.
    pub fn holds(&self) -> bool {
        self.flaws.is_empty()
    }
    /// Items that, by the proof, are not where they should be.
    pub fn amiss(&self) -> u64 {
        let of = |head: &Head| {
            let parts = [
                head.books.failed,
                head.books.waiting,
                head.compared.missing,
                head.compared.differs,
                head.compared.not_compared,
            ];
            parts.into_iter().fold(0, u64::saturating_add)
        };
        self.head.as_ref().map_or(0, of)
    }
}

/// Whether a text can be a fingerprint: digits and letters A to F of the right number, however they are grouped.
pub fn is_fingerprint(text: &str) -> bool {
    let plain = plain(text);
    plain.len() == 2 * SHOWN && plain.chars().all(|c| c.is_ascii_hexdigit())
}

fn plain(fingerprint: &str) -> String {
    fingerprint.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_lowercase()
}

fn fingerprint(key: &[u8]) -> String {
    let hash = digest(&SHA256, key);
    let groups: Vec<String> = hash.as_ref()[..SHOWN]
        .chunks(2)
        .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    groups.join("-")
}

/// Checks a proof, against the fingerprint that was noted down if there is one.
///
/// # Errors
/// If the file cannot be read. What is wrong with its contents is in the answer.
pub fn check(mut from: impl BufRead, expected: Option<&str>) -> io::Result<Checked> {
    let mut checked = Checked::default();
    let (mut tree, mut auditor) = (Tree::default(), Auditor::default());
    // The last line is no entry; which one that is shows only when the file ends.
    let mut held: Option<Vec<u8>> = None;
    loop {
        let line = match next_line(&mut from)? {
            Next::Line(line) => line,
            Next::End => break,
            Next::CutOff => return Ok(flawed(checked, auditor, Flaw::CutOff)),
            Next::TooLong => {
                let number = tree.entries() + u64::from(held.is_some()) + 1;
                return Ok(flawed(checked, auditor, Flaw::LineTooLong(number)));
            }
        };
        if let Some(entry) = held.replace(line) {
            if tree.entries() >= MOST_LINES {
                return Ok(flawed(checked, auditor, Flaw::TooLong));
            }
            tree.add(&entry);
            auditor.line(tree.entries(), &entry);
            if let Some(flaw @ (Flaw::NotAProof | Flaw::OtherFormat(_))) = auditor.flaw() {
                return Ok(flawed(checked, Auditor::default(), flaw.clone()));
            }
        }
    }
    let Some(last) = held else { return Ok(flawed(checked, auditor, Flaw::Empty)) };
    let Some(end) = line::End::parse(&last) else {
        // A file of one line was never a proof.
        let flaw = if tree.entries() == 0 && line::head(&last).is_err() { Flaw::NotAProof } else { Flaw::CutOff };
        return Ok(flawed(checked, auditor, flaw));
    };
    if tree.entries() == 0 {
        return Ok(flawed(checked, auditor, Flaw::NotAProof));
    }
    let shown = fingerprint(&end.key);
    let as_expected = expected.map(|expected| plain(expected) == plain(&shown));
    if as_expected == Some(false) {
        checked.flaws.push(Flaw::OtherKey);
    }
    // Without a head there is no telling what was signed, and it is no proof anyhow.
    let format = auditor.format().unwrap_or_default();
    let statement = format!("Cutover proof {format}\nentries {}\nroot {}\n", end.entries, end.root_digits());
    if UnparsedPublicKey::new(&ED25519, &end.key).verify(statement.as_bytes(), &end.signature).is_err() {
        checked.flaws.push(Flaw::SignatureWrong);
    }
    if end.entries != tree.entries() {
        checked.flaws.push(Flaw::EntriesMissing { stated: end.entries, there: tree.entries() });
    } else if end.root != tree.root() {
        checked.flaws.push(Flaw::Changed);
    }
    auditor.end(tree.entries() + 1);
    checked.flaws.extend(auditor.flaw().cloned());
    checked.mailboxes = auditor.mailboxes();
    checked.head = auditor.into_head();
    (checked.fingerprint, checked.expected_key) = (Some(shown), as_expected);
    Ok(checked)
}

fn flawed(checked: Checked, auditor: Auditor, flaw: Flaw) -> Checked {
    let mut flaws = vec![flaw];
    flaws.extend(auditor.flaw().cloned());
    Checked { head: auditor.into_head(), flaws, ..checked }
}

enum Next {
    Line(Vec<u8>),
    End,
    CutOff,
    TooLong,
}

/// The next line without its end. Every line has one, the last too.
fn next_line(from: &mut impl BufRead) -> io::Result<Next> {
    let mut line = Vec::new();
    let limit = LONGEST_LINE as u64 + 1;
    from.by_ref().take(limit).read_until(b'\n', &mut line)?;
    Ok(match line.pop() {
        None => Next::End,
        Some(b'\n') => Next::Line(line),
        Some(_) if line.len() >= LONGEST_LINE => Next::TooLong,
        Some(_) => Next::CutOff,
    })
}
