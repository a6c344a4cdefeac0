//! MigrationProof.jsonl: what the last verification found, item by item, under one signature. `docs/proof.md` says how
//! anybody can check it; `cutover check-proof` does.
//!
//! Every line but the last is a leaf of a hash tree as in RFC 6962; the last line holds its root and an Ed25519
//! signature. The lines are read from the ledger one by one, as of one moment, and none is held.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ring::signature::{Ed25519KeyPair, KeyPair};
use rusqlite::Connection;
use serde::Serialize;

use super::{aside, file};
use crate::engine::ledger::{proof as kept, raise};
use crate::engine::migration::Core;
use crate::engine::problem::Problem;
use crate::engine::verdict::Scope;

mod key;
mod line;
mod tree;

use line::{End, FolderLine, Head, ItemLine, MailboxLine};
use tree::{Tree, hex};

/// A proof that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The file.
    pub path: PathBuf,
    /// The fingerprint of the key that signed it: to be noted down, for whoever checks the file one day.
    pub fingerprint: String,
    /// The key is kept for good. Without a keyring it lasts as long as this process.
    pub key_kept: bool,
    /// Items in it.
    pub items: u64,
}

/// What the file is called.
const NAME: &str = "MigrationProof.jsonl";
/// What it is called if it is of a sample, which does not take the place of everything.
const OF_A_SAMPLE: &str = "MigrationProof.sample.jsonl";

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

enum Failure {
    File(io::Error),
    Ledger(rusqlite::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::File(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Ledger(error)
    }
}

/// Writes the proof of the last verification; nothing, if none came to its end or something was done since. Proofs of
/// before are put aside then: nobody is to take them for one of what the other reports show. So is a sample's, if there is
/// one of everything now.
pub(super) async fn write(core: &Core, folder: &Path) -> Result<Option<Proof>, Problem> {
    let scope = core.ledger.read(kept::subject).await?.map(|subject| subject.ended.scope);
    let over: &[&str] = match scope {
        None => &[NAME, OF_A_SAMPLE],
        Some(Scope::Full) => &[OF_A_SAMPLE],
        Some(Scope::Sample { .. }) => &[],
    };
    for name in over {
        aside::proof(&folder.join(name)).await?;
    }
    if scope.is_none() {
        return Ok(None);
    }
    let (pair, key_kept) = key::take(core).await?;
    let fingerprint = key::fingerprint(pair.public_key().as_ref());
    let folder = folder.to_path_buf();
    core.ledger
        .survey(move |db| {
            let Some(subject) = kept::subject(db)? else { return Ok(None) };
            let path = folder.join(if subject.ended.scope == Scope::Full { NAME } else { OF_A_SAMPLE });
            let filled = file::fill(path.clone(), |to| fill(db, &subject, &pair, to));
            let (part, items) = filled.map_err(|failure| match failure {
                Failure::File(error) => raise(file::problem_of(&path, &error)),
                Failure::Ledger(error) => error,
            })?;
            part.put().map_err(raise)?;
            Ok(Some(Proof { path, fingerprint, key_kept, items }))
        })
        .await
}

/// Writes every line; answers how many items there are.
fn fill(
    db: &Connection,
    subject: &kept::Subject,
    pair: &Ed25519KeyPair,
    to: &mut BufWriter<std::fs::File>,
) -> Result<u64, Failure> {
    let (mut whole, mut items) = (kept::Account::default(), 0);
    let mailboxes = kept::mailboxes(db)?;
    let mut accounts = Vec::with_capacity(mailboxes.len());
    for (id, _) in &mailboxes {
        let mut account = kept::Account::default();
        kept::folders(db, subject, *id)?.iter().for_each(|folder| account += folder.account);
        whole += account;
        accounts.push(account);
    }
    let at = Timestamp::from_second(subject.ended.at).unwrap_or_default();
    let mut lines = Lines { to, tree: Tree::default() };
    lines.add(&Head::new(subject, at, &whole))?;
    for ((id, mailbox), account) in mailboxes.iter().zip(&accounts) {
        lines.add(&MailboxLine::new(mailbox, account))?;
        for folder in kept::folders(db, subject, *id)? {
            lines.add(&FolderLine::new(mailbox, &folder))?;
            kept::items(db, subject, folder.id, |item| {
                items += 1;
                lines.add(&ItemLine::new(folder.id, &item))
            })?;
        }
    }
    lines.end(pair)?;
    Ok(items)
}

struct Lines<'a> {
    to: &'a mut BufWriter<std::fs::File>,
    tree: Tree,
}

impl Lines<'_> {
    fn add(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_vec(line).map_err(io::Error::other)?;
        self.tree.add(&line);
        self.to.write_all(&line)?;
        self.to.write_all(b"\n")?;
        Ok(())
    }

    fn end(self, pair: &Ed25519KeyPair) -> Result<(), Failure> {
        let (entries, root) = (self.tree.entries(), hex(&self.tree.root()));
        let signature = pair.sign(line::statement(entries, &root).as_bytes());
        let end = End { entries, root, key: hex(pair.public_key().as_ref()), signature: hex(signature.as_ref()) };
        self.to.write_all(&serde_json::to_vec(&end).map_err(io::Error::other)?)?;
        self.to.write_all(b"\n")?;
        Ok(())
    }
}
