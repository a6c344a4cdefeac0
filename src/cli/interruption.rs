//! Ctrl-C, and on Unix being asked to end. Listened to from the beginning, so that none is lost between two waits.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// Tells of interruptions, each once.
#[derive(Clone)]
pub struct Interruption {
    /// A permit for each that nobody has waited for yet.
    told: Arc<Semaphore>,
}

impl Interruption {
    /// Begins to listen. A system that cannot tell never interrupts.
    pub fn listen() -> Interruption {
        let told = Arc::new(Semaphore::new(0));
        listen(&told);
        Interruption { told }
    }

    /// Waits for the next.
    pub async fn next(&self) {
        match self.told.acquire().await {
            Ok(permit) => permit.forget(),
            // It is never closed.
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(unix)]
fn listen(told: &Arc<Semaphore>) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        let Ok(mut signals) = signal(kind) else { continue };
        let told = told.clone();
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                told.add_permits(1);
            }
        });
    }
}

#[cfg(not(unix))]
fn listen(told: &Arc<Semaphore>) {
    let told = told.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            told.add_permits(1);
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn what_comes_while_nobody_waits_is_not_lost() {
        let interruption = Interruption::listen();
        let ask = || std::process::Command::new("kill").arg("-TERM").arg(std::process::id().to_string()).status();
        assert!(ask().unwrap().success());
        interruption.next().await;
        let waited = tokio::time::timeout(std::time::Duration::from_millis(20), interruption.next()).await;
        assert!(waited.is_err(), "each is told once");
    }
}
