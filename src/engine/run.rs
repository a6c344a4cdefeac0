//! The life of a batch and of each recipient in it, as tables of allowed transitions.

use super::problem::{Guidance, Kind, Problem, Side};

/// What a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Copies everything that is new or failed before, and brings what was in step once up to date.
    Initial,
    /// Carries the changes since the last synchronisation across.
    Incremental,
    /// The final synchronisation; afterwards the migration is over.
    Complete {
        /// Complete although something could not be synchronised.
        ignore_errors: bool,
    },
}

macro_rules! states {
    ($(#[$doc:meta])* $type:ident { $($(#[$state_doc:meta])* $name:ident => [$($next:ident),*],)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$state_doc])* $name,)* }
        impl $type {
            /// Every state there is.
            pub const ALL: &[$type] = &[$($type::$name,)*];
            /// Its name, as in the field's tools, in reports and in the ledger.
            pub fn name(self) -> &'static str {
                match self { $($type::$name => stringify!($name),)* }
            }
            /// The state of a name.
            pub fn from_name(name: &str) -> Option<$type> {
                match name { $(stringify!($name) => Some($type::$name),)* _ => None }
            }
            /// The states that may follow.
            pub fn next(self) -> &'static [$type] {
                match self { $($type::$name => &[$($type::$next,)*],)* }
            }
            /// Moves on, if the table allows it. Anything else is a bug of ours.
            pub fn to(self, next: $type) -> Result<$type, Problem> {
                if self.next().contains(&next) {
                    return Ok(next);
                }
                Err(Problem::new(Kind::Run, Side::Here, Guidance::Internal)
                    .with("what", format!("{} may not become {}", self.name(), next.name())))
            }
        }
    };
}

states! {
    /// The state of a batch.
    BatchState {
        /// Planned, not started.
        Created => [Starting],
        /// Being prepared.
        Starting => [Syncing, IncrementalSyncing, Completing, Stopping, Failed],
        /// Copying for the first time, or what is new or failed.
        Syncing => [Synced, SyncedWithErrors, Stopping, Failed],
        /// Everything is on the target as of the last synchronisation.
        Synced => [IncrementalSyncing, Completing],
        /// As `Synced`, except for what the error report names.
        SyncedWithErrors => [Starting, IncrementalSyncing, Completing],
        /// The administrator stopped it; work in hand is being put down.
        Stopping => [Stopped, Failed],
        /// Stopped; may be started again.
        Stopped => [Starting],
        /// Carrying changes across.
        IncrementalSyncing => [Synced, SyncedWithErrors, Stopping, Failed],
        /// The final synchronisation.
        Completing => [Completed, CompletedWithErrors, SyncedWithErrors, Stopping, Failed],
        /// Over, with nothing left behind.
        Completed => [],
        /// Over; errors were ignored on request.
        CompletedWithErrors => [],
        /// Nothing could go on until somebody acts.
        Failed => [Starting],
    }
}

impl BatchState {
    /// Work is going on in this state; after a crash it is what the ledger still says.
    pub fn is_active(self) -> bool {
        matches!(
            self,
            BatchState::Created
                | BatchState::Starting
                | BatchState::Syncing
                | BatchState::IncrementalSyncing
                | BatchState::Completing
                | BatchState::Stopping
        )
    }
    /// The migration is over.
    pub fn is_final(self) -> bool {
        matches!(self, BatchState::Completed | BatchState::CompletedWithErrors)
    }
}

states! {
    /// The state of a recipient: a mailbox, group or contact.
    UserState {
        /// Not begun in this batch.
        Queued => [Provisioning, Stopped],
        /// Being made on the target.
        Provisioning => [ProvisionUpdating, Syncing, IncrementalSyncing, Completing, Synced, Stopped, Failed],
        /// A group that exists, whose members are not all there yet.
        ProvisionUpdating => [Queued, Synced, Stopped, Failed],
        /// Being filled.
        Syncing => [Synced, Stopped, Failed],
        /// On the target as of its last synchronisation.
        Synced => [Queued, Completed, CompletedWithWarnings],
        /// Changes are being carried across.
        IncrementalSyncing => [Synced, Stopped, IncrementalFailed],
        /// Changes could not be carried across.
        IncrementalFailed => [Queued, CompletedWithWarnings],
        /// In its final synchronisation.
        Completing => [Synced, Stopped, CompletionFailed],
        /// The final synchronisation failed.
        CompletionFailed => [Queued, CompletedWithWarnings],
        /// Over, with nothing left behind.
        Completed => [],
        /// Over, with something in the error report.
        CompletedWithWarnings => [],
        /// Stopped before it was done.
        Stopped => [Queued, CompletedWithWarnings],
        /// Could not be done.
        Failed => [Queued, CompletedWithWarnings],
    }
}

impl UserState {
    /// The state of a mailbox while a pass fills it.
    pub fn filling(pass: Pass) -> UserState {
        match pass {
            Pass::Initial => UserState::Syncing,
            Pass::Incremental => UserState::IncrementalSyncing,
            Pass::Complete { .. } => UserState::Completing,
        }
    }
    /// The state of a recipient that failed in this state.
    pub fn failed(self) -> UserState {
        match self {
            UserState::IncrementalSyncing => UserState::IncrementalFailed,
            UserState::Completing => UserState::CompletionFailed,
            _ => UserState::Failed,
        }
    }
    /// It is one of the failures.
    pub fn is_failure(self) -> bool {
        matches!(self, UserState::Failed | UserState::IncrementalFailed | UserState::CompletionFailed)
    }
    /// Work is going on in this state.
    pub fn is_active(self) -> bool {
        matches!(
            self,
            UserState::Provisioning | UserState::Syncing | UserState::IncrementalSyncing | UserState::Completing
        )
    }
}

/// In which part of the work something happened: the `Phase` column of the error report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Phase {
    Connect,
    Inventory,
    Provision,
    InitialSync,
    IncrementalSync,
    Complete,
    Verify,
}

impl Phase {
    /// Its name in reports and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Connect => "Connect",
            Phase::Inventory => "Inventory",
            Phase::Provision => "Provision",
            Phase::InitialSync => "InitialSync",
            Phase::IncrementalSync => "IncrementalSync",
            Phase::Complete => "Complete",
            Phase::Verify => "Verify",
        }
    }
    /// The phase of filling mailboxes in a pass.
    pub fn filling(pass: Pass) -> Phase {
        match pass {
            Pass::Initial => Phase::InitialSync,
            Pass::Incremental => Phase::IncrementalSync,
            Pass::Complete { .. } => Phase::Complete,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_tables_allow_what_the_documents_describe_and_nothing_else() {
        use BatchState::*;
        for path in [
            vec![Created, Starting, Syncing, Synced, IncrementalSyncing, SyncedWithErrors, Completing, Completed],
            vec![Created, Starting, Syncing, Stopping, Stopped, Starting],
            vec![Starting, Completing, SyncedWithErrors, Completing, CompletedWithErrors],
        ] {
            for step in path.windows(2) {
                assert_eq!(step[0].to(step[1]).unwrap(), step[1]);
            }
        }
        assert!(Completed.next().is_empty() && CompletedWithErrors.next().is_empty());
        assert!(Syncing.to(Completed).is_err());
        assert!(Created.to(Syncing).is_err());
        assert!(UserState::Queued.to(UserState::Synced).is_err());
    }

    #[test]
    fn every_state_can_be_read_back_and_every_active_one_can_be_stopped_or_fail() {
        for &state in BatchState::ALL {
            assert_eq!(BatchState::from_name(state.name()), Some(state));
            if state.is_active() && !matches!(state, BatchState::Created | BatchState::Stopping) {
                assert!(state.next().contains(&BatchState::Stopping), "{state:?}");
                assert!(state.next().contains(&BatchState::Failed), "{state:?}");
            }
        }
        for &state in UserState::ALL {
            assert_eq!(UserState::from_name(state.name()), Some(state));
            if state.is_active() {
                assert!(state.next().contains(&UserState::Stopped), "{state:?}");
                assert!(state.next().contains(&state.failed()), "{state:?}");
            }
            let over = matches!(state, UserState::Completed | UserState::CompletedWithWarnings);
            assert_eq!(state.next().is_empty(), over, "{state:?}");
        }
    }
}
