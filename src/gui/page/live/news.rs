//! What another page, or the batch behind it, did to the migration meanwhile: a page that waits for days must not tell what
//! was true when it was opened.

use std::hash::{Hash, Hasher};
use std::time::Duration;

use iced::Subscription;
use iced::futures::SinkExt;

use crate::engine::migration::Migration;

/// How often it is looked: one row of the ledger.
const EVERY: Duration = Duration::from_secs(5);

/// Tells whenever the last batch is another one or in another state.
pub fn news(migration: &Migration) -> Subscription<()> {
    Subscription::run_with(Watched(migration.clone()), |Watched(migration)| {
        let migration = migration.clone();
        iced::stream::channel(1, async move |mut out| {
            let mut known = migration.last_batch().await.ok();
            loop {
                tokio::time::sleep(EVERY).await;
                // A ledger that cannot be read is told by whoever reads all of it.
                let Ok(now) = migration.last_batch().await else { continue };
                let news = known.as_ref() != Some(&now);
                known = Some(now);
                if news && out.send(()).await.is_err() {
                    return;
                }
            }
        })
    })
}

/// A migration that is watched; a page has one.
struct Watched(Migration);

impl Hash for Watched {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "news".hash(state);
    }
}
