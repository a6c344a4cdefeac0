//! The vault as it really is: this computer's keyring, on threads that may wait.

use tokio::task::spawn_blocking;

use super::services::{Later, Secret, Vault};
use crate::secrets;

/// This computer's keyring.
pub struct Keyring;

impl Vault for Keyring {
    fn usable(&self) -> Later<bool> {
        Box::pin(async { spawn_blocking(secrets::probe).await.unwrap_or(false) })
    }

    fn remember(&self, name: String, secret: Secret) -> Later<bool> {
        let kept = move || secrets::remember(&name, &secrets::Secret::new(secret.0)).is_ok();
        Box::pin(async { spawn_blocking(kept).await.unwrap_or(false) })
    }

    fn recall(&self, name: String) -> Later<Option<Secret>> {
        let found = move || secrets::recall(&name).ok().flatten().map(|secret| Secret(secret.expose().to_owned()));
        Box::pin(async { spawn_blocking(found).await.ok().flatten() })
    }

    fn forget(&self, name: String) -> Later<()> {
        let gone = move || {
            // What is not there need not be taken away, and without a keyring nothing is there.
            let _forgotten = secrets::forget(&name);
        };
        Box::pin(async { spawn_blocking(gone).await.unwrap_or_default() })
    }
}
