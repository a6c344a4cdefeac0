//! What came to the source since the last synchronisation. It is counted, not taken in: that is the next one's work.

use std::collections::HashMap;

use super::items::Mailbox;
use crate::engine::item::{FolderId, ItemId};
use crate::engine::ledger::folders::{self, Record};
use crate::engine::ledger::items;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::sync::{Said, in_short};
use crate::engine::verdict::Arrivals;

impl Mailbox<'_> {
    /// Counts what is new in every folder. Folders that cannot be asked are counted as such.
    pub(super) async fn arrivals(&self) -> Result<Arrivals, Problem> {
        let core = self.verifier.core;
        let (id, address) = (self.record.id, self.record.detail.address());
        let known = core.ledger.read(move |db| folders::of(db, id)).await?;
        let mut arrivals = Arrivals::default();
        if self.silent().is_some() {
            return Ok(Arrivals { unasked: known.len() as u64, ..arrivals });
        }
        let there = match self.source.call(|| core.parts.source.folders(address)).await {
            Ok(there) => there,
            Err(problem) => {
                self.silenced(problem).await?;
                return Ok(Arrivals { unasked: known.len() as u64, ..arrivals });
            }
        };
        let known: HashMap<FolderId, Record> =
            known.into_iter().map(|folder| (folder.source.clone(), folder)).collect();
        for folder in there {
            match known.get(&folder.id) {
                None => arrivals.items += folder.items,
                Some(record) => match self.new_in(record).await {
                    Ok(new) => arrivals.items += new,
                    Err(problem) if problem.guidance == Guidance::SourceFolderGone => {}
                    Err(problem) if problem.guidance == Guidance::Stopped => return Err(problem),
                    // An expired state is no failure: the next synchronisation compares the whole folder.
                    Err(problem) if problem.guidance == Guidance::SourceSyncStateExpired => arrivals.unasked += 1,
                    Err(problem) => {
                        arrivals.unasked += 1;
                        self.verifier.note(self.record, problem).await?;
                    }
                },
            }
        }
        Ok(arrivals)
    }

    /// How many items of a folder the ledger has not met, by the source's word on what changed.
    async fn new_in(&self, folder: &Record) -> Result<u64, Problem> {
        let core = self.verifier.core;
        let (address, mut since, mut new) = (self.record.detail.address(), folder.sync_state.clone(), 0u64);
        loop {
            let page =
                self.source.call(|| core.parts.source.changes(address, &folder.source, since.as_deref())).await?;
            if !page.last && since.as_ref() == Some(&page.sync_state) {
                return Err(Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAnswerMalformed)
                    .with("what", "a page of changes that leads nowhere"));
            }
            let said = in_short(page.changes);
            let ids: Vec<ItemId> = said.iter().map(|(id, _)| id.clone()).collect();
            let id = folder.id;
            let known = core.ledger.read(move |db| items::known(db, id, &ids)).await?;
            for (_, said) in said.iter().filter(|(id, _)| !known.contains_key(id)) {
                match said {
                    Said::There { .. } => new += 1,
                    // It came on an earlier page.
                    Said::Gone => new = new.saturating_sub(1),
                }
            }
            if page.last {
                return Ok(new);
            }
            since = Some(page.sync_state);
        }
    }
}
