//! A recipient in a run: its state moves in the ledger first, then on screen; its problems are kept.

use std::sync::{Arc, Mutex, PoisonError};

use super::batch::Run;
use super::ledger::{problems, recipients};
use super::problem::{Guidance, Kind, Problem};
use super::progress::{Event, Row};
use super::recipient::Address;
use super::run::{Phase, UserState};

pub(crate) struct Enrolled {
    run: Arc<Run>,
    pub(crate) id: i64,
    pub(crate) address: Address,
    state: Mutex<UserState>,
    row: Option<Row>,
}

/// What became of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    Failed,
    Stopped,
}

impl Enrolled {
    pub(crate) fn new(run: Arc<Run>, record: &recipients::Record, row: Option<Row>, state: UserState) -> Enrolled {
        Enrolled { run, id: record.id, address: record.detail.address().clone(), state: Mutex::new(state), row }
    }

    fn state(&self) -> UserState {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves on, as the table allows.
    pub(crate) async fn to(&self, next: UserState) -> Result<(), Problem> {
        self.state().to(next)?;
        let (id, now) = (self.id, self.run.core.now());
        self.run.core.ledger.write(move |db| recipients::set_state(db, id, next, now)).await?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = next;
        if let Some(row) = &self.row {
            row.update(|row| {
                row.state = next;
                row.waiting = None;
            });
        }
        self.run.progress.tell(Event::Recipient { address: self.address.clone(), state: next });
        Ok(())
    }

    /// Keeps a problem without ending the recipient's work.
    pub(crate) async fn note(&self, problem: &Problem, phase: Phase) -> Result<(), Problem> {
        let (id, kept, stamp) = (self.id, problem.clone(), self.run.stamp(phase));
        self.run
            .core
            .ledger
            .write(move |db| problems::note(db, id, stamp.phase.name(), &kept, stamp.batch, stamp.now))
            .await?;
        if let Some(row) = &self.row {
            row.update(|row| row.problem = Some(problem.clone()));
        }
        self.run.progress.tell(Event::Problem { address: self.address.clone(), problem: problem.clone() });
        Ok(())
    }

    /// Notes that the recipient is on the target.
    pub(crate) async fn arrived(&self) -> Result<(), Problem> {
        let id = self.id;
        self.run.core.ledger.write(move |db| recipients::set_arrived(db, id)).await
    }

    /// Settles how the work ended. Fails only if nothing at all can go on.
    pub(crate) async fn settle(&self, worked: Result<(), Problem>, phase: Phase) -> Result<End, Problem> {
        match worked {
            Ok(()) => {
                let id = self.id;
                self.run.core.ledger.write(move |db| problems::clear(db, id)).await?;
                self.to(UserState::Synced).await?;
                Ok(End::Done)
            }
            Err(problem) if problem.guidance == Guidance::Stopped => {
                self.to(UserState::Stopped).await?;
                Ok(End::Stopped)
            }
            Err(problem) => {
                let failed = self.state().failed();
                let kept = self.note(&problem, phase).await;
                let moved = self.to(failed).await;
                if problem.kind == Kind::Run {
                    return Err(problem);
                }
                kept.and(moved)?;
                Ok(End::Failed)
            }
        }
    }
}
