//! The key that signs a migration's proofs: made once and kept sealed in the ledger. Sealed with a key that only this
//! process has, it stands in for the lasting one and is never put in its place.

use ring::signature::Ed25519KeyPair;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::tree::hex;
use crate::engine::clock::Clock;
use crate::engine::ledger::proof as kept;
use crate::engine::migration::Core;
use crate::engine::password::Sealer;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Bytes of the hash that a fingerprint shows: nobody finds another key with the same twelve.
const SHOWN: usize = 12;

/// The secret half.
type Seed = [u8; 32];

/// The key, and whether later processes will have it.
pub(super) async fn take(core: &Core) -> Result<(Ed25519KeyPair, bool), Problem> {
    let (sealer, clock) = (core.parts.sealer.clone(), core.parts.clock.clone());
    let (seed, lasts) = core.ledger.write(move |db| known_or_new(db, sealer.as_ref(), clock.as_ref())).await?;
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|error| {
        Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "a signing key").because(error)
    })?;
    Ok((pair, lasts))
}

/// The first key that opens, else a new one. This process's becomes the migration's where there is a key to keep it with.
fn known_or_new(db: &Connection, sealer: &dyn Sealer, clock: &dyn Clock) -> rusqlite::Result<(Seed, bool)> {
    let open = |(lasts, sealed): (bool, Vec<u8>)| Some((sealer.unseal(&sealed)?.try_into().ok()?, lasts));
    let known: Option<(Seed, bool)> = kept::keys(db)?.into_iter().find_map(open);
    let lasts = sealer.lasts();
    if let Some((seed, kept)) = known.filter(|(_, kept)| *kept || !lasts) {
        return Ok((seed, kept));
    }
    let seed = known.map_or_else(|| new(clock), |(seed, _)| seed);
    let sealed = sealer.seal(&seed);
    if let Some(sealed) = &sealed {
        kept::set_key(db, lasts, sealed)?;
    }
    Ok((seed, lasts && sealed.is_some()))
}

fn new(clock: &dyn Clock) -> Seed {
    let mut seed = Seed::default();
    seed.chunks_exact_mut(8).for_each(|part| part.copy_from_slice(&clock.random().to_le_bytes()));
    seed
}

/// A public key as people compare it: the first bytes of its SHA-256, in groups of four digits.
pub(super) fn fingerprint(public: &[u8]) -> String {
    let hash = Sha256::digest(public);
    let groups: Vec<String> = hash[..SHOWN].chunks(2).map(hex).collect();
    groups.join("-")
}
