//! The lines of a proof, read strictly: what is not in the format's description is no proof.

use serde::{Deserialize, Deserializer};

use super::Flaw;

/// The formats that this program knows.
const FORMATS: [u64; 2] = [1, 2];

/// In how many of the places items are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Books {
    pub found: u64,
    pub moved: u64,
    pub already_there: u64,
    pub skipped: u64,
    pub failed: u64,
    pub waiting: u64,
    pub gone: u64,
}

/// What came of comparing items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Compared {
    pub equal: u64,
    pub changed_since: u64,
    pub gone_since: u64,
    pub source_unread: u64,
    pub missing: u64,
    pub differs: u64,
    pub changed_on_target: u64,
    /// Format 1 had none.
    #[serde(default)]
    pub removed_on_target: u64,
    pub not_compared: u64,
    pub left_out: u64,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub(super) cutover_proof: u64,
    /// The program that wrote it.
    pub program: String,
    /// When the comparison ended, such as `2026-11-20T08:00:00Z`.
    pub verified: String,
    /// The organisation that was left.
    pub source: String,
    /// The organisation that was moved to.
    pub target: String,
    /// So many of a hundred items were compared.
    pub percent: u8,
    /// The draw, of a sample.
    pub seed: Option<u32>,
    /// Items that came to the source since the last synchronisation.
    pub new_at_source: u64,
    /// Folders that could not be asked for such.
    pub folders_not_asked: u64,
    /// The books of the whole migration.
    pub books: Books,
    /// What came of comparing, over the whole migration.
    pub compared: Compared,
}

/// A mailbox.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mailbox {
    pub(super) mailbox: String,
    pub(super) books: Books,
    pub(super) compared: Compared,
}

/// A folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Folder {
    pub(super) folder: u64,
    pub(super) mailbox: String,
    #[serde(rename = "class")]
    _class: String,
    pub(super) books: Books,
    pub(super) compared: Compared,
}

/// What came of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Equal,
    ChangedSince,
    GoneSince,
    SourceUnread,
    Missing,
    Differs,
    ChangedOnTarget,
    RemovedOnTarget,
    NotCompared,
    Skipped,
    Failed,
    Waiting,
    Gone,
}

/// A hash: not said, said to be absent, or there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Said {
    #[default]
    Nothing,
    Absent,
    Hash([u8; 32]),
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Said, D::Error> {
        let Some(digits) = Option::<String>::deserialize(from)? else { return Ok(Said::Absent) };
        bytes(&digits).map(Said::Hash).ok_or_else(|| serde::de::Error::custom("no hash"))
    }
}

/// An item.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub(super) item: u64,
    pub(super) folder: u64,
    pub(super) outcome: Outcome,
    #[serde(default)]
    pub(super) sent: Said,
    #[serde(default)]
    pub(super) source: Said,
    #[serde(default)]
    pub(super) target: Said,
    #[serde(default, rename = "reason")]
    _reason: Option<String>,
}

/// A line after the first. The name of its first value tells which it is.
pub(super) enum Entry {
    Mailbox(Box<Mailbox>),
    Folder(Box<Folder>),
    Item(Item),
}

/// Reads a line after the first.
pub(super) fn entry(line: &[u8]) -> Option<Entry> {
    if line.starts_with(br#"{"item":"#) {
        return serde_json::from_slice(line).ok().map(Entry::Item);
    }
    if line.starts_with(br#"{"folder":"#) {
        return serde_json::from_slice(line).ok().map(|folder| Entry::Folder(Box::new(folder)));
    }
    serde_json::from_slice(line).ok().map(|mailbox| Entry::Mailbox(Box::new(mailbox)))
}

/// Reads the first line.
pub(super) fn head(line: &[u8]) -> Result<Head, Flaw> {
    if !line.starts_with(br#"{"cutover_proof":"#) {
        return Err(Flaw::NotAProof);
    }
    #[derive(Deserialize)]
    struct Format {
        cutover_proof: u64,
    }
    let format: Format = serde_json::from_slice(line).map_err(|_| Flaw::Malformed(1))?;
    if !FORMATS.contains(&format.cutover_proof) {
        return Err(Flaw::OtherFormat(format.cutover_proof));
    }
    let head: Head = serde_json::from_slice(line).map_err(|_| Flaw::Malformed(1))?;
    let sampled = head.seed.is_some();
    let dated = head.verified.parse::<jiff::Timestamp>().is_ok();
    match dated && (1..=100).contains(&head.percent) && (head.percent < 100) == sampled {
        true => Ok(head),
        false => Err(Flaw::Malformed(1)),
    }
}

/// The last line.
pub(super) struct End {
    pub(super) entries: u64,
    pub(super) root: [u8; 32],
    pub(super) key: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl End {
    /// Reads the last line; it is taken only in the one spelling that there is.
    pub(super) fn parse(line: &[u8]) -> Option<End> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            entries: u64,
            root: String,
            key: String,
            signature: String,
        }
        let Written { entries, root, key, signature } = serde_json::from_slice(line).ok()?;
        let spelling = format!(r#"{{"entries":{entries},"root":"{root}","key":"{key}","signature":"{signature}"}}"#);
        if spelling.as_bytes() != line {
            return None;
        }
        let (key, signature) = (bytes::<32>(&key)?.to_vec(), bytes::<64>(&signature)?.to_vec());
        Some(End { entries, root: bytes(&root)?, key, signature })
    }

    pub(super) fn root_digits(&self) -> String {
        self.root.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// So many bytes from lower-case hexadecimal digits.
fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let digits = digits.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = value(pair[0])? * 16 + value(pair[1])?;
    }
    Some(bytes)
}
