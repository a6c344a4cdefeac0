//! The key that signs a migration's proofs: made once and kept sealed in the ledger, or for this process only where
//! nothing can be sealed.

use ring::signature::Ed25519KeyPair;
use sha2::{Digest, Sha256};

use super::tree::hex;
use crate::engine::clock::Clock;
use crate::engine::ledger::proof as kept;
use crate::engine::migration::Core;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Bytes of the hash that a fingerprint shows: nobody finds another key with the same twelve.
const SHOWN: usize = 12;

/// The secret half, and whether the ledger keeps it.
#[derive(Clone)]
pub(crate) struct ProofKey {
    seed: [u8; 32],
    kept: bool,
}

/// The key, and whether it is kept for the next proof. One that can no longer be opened is replaced.
pub(super) async fn take(core: &Core) -> Result<(Ed25519KeyPair, bool), Problem> {
    let mut known = core.proof_key.lock().await;
    let key = match known.clone() {
        Some(key) => key,
        None => {
            let sealed = core.ledger.read(kept::key).await?;
            let opened = sealed.and_then(|sealed| core.parts.sealer.unseal(&sealed));
            match opened.and_then(|seed| seed.try_into().ok()) {
                Some(seed) => ProofKey { seed, kept: true },
                None => make(core).await?,
            }
        }
    };
    let pair = Ed25519KeyPair::from_seed_unchecked(&key.seed).map_err(|error| {
        Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "a signing key").because(error)
    })?;
    let kept = key.kept;
    *known = Some(key);
    Ok((pair, kept))
}

async fn make(core: &Core) -> Result<ProofKey, Problem> {
    let seed = seed(core.parts.clock.as_ref());
    let sealed = core.parts.sealer.seal(&seed);
    let kept = sealed.is_some();
    if let Some(sealed) = sealed {
        core.ledger.write(move |db| kept::set_key(db, &sealed)).await?;
    }
    Ok(ProofKey { seed, kept })
}

fn seed(clock: &dyn Clock) -> [u8; 32] {
    let mut seed = [0; 32];
    seed.chunks_exact_mut(8).for_each(|part| part.copy_from_slice(&clock.random().to_le_bytes()));
    seed
}

/// A public key as people compare it: the first bytes of its SHA-256, in groups of four digits.
pub(super) fn fingerprint(public: &[u8]) -> String {
    let hash = Sha256::digest(public);
    let groups: Vec<String> = hash[..SHOWN].chunks(2).map(hex).collect();
    groups.join("-")
}
