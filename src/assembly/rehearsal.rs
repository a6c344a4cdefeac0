//! The practice organisation, with its errors and left-out files as problems that have words, and the clock of a migration
//! of it.

use std::io::ErrorKind;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::engine::clock::{Clock, SystemClock};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::practice::faults::FaultsError;
use crate::practice::mail::MailError;
use crate::practice::{self, Practice, Reason};

/// How many times faster than the real service's the waiting times of a rehearsal pass, and the engine's own pauses.
pub const REHEARSAL_SPEED: f64 = 200.0;

/// The clock of a rehearsal: the time of day is the real one, waiting passes [`REHEARSAL_SPEED`] times faster. What the
/// engine waits for (a service that catches up, a busy server) passes as much faster there, so nothing is gained by
/// waiting longer.
#[derive(Debug, Default)]
pub(super) struct RehearsalClock(SystemClock);

#[async_trait]
impl Clock for RehearsalClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed().mul_f64(REHEARSAL_SPEED)
    }
    async fn sleep(&self, pause: Duration) {
        self.0.sleep(pause.div_f64(REHEARSAL_SPEED)).await;
    }
    fn random(&self) -> u64 {
        self.0.random()
    }
}

/// Starts a practice organisation.
///
/// # Errors
/// A mail folder or the faults file cannot be used, or this computer does not let it run.
pub async fn practise(options: practice::Options) -> Result<Practice, Problem> {
    practice::start(options).await.map_err(|error| problem_of(&error))
}

/// The files under the mail folders that are no mail, by path.
pub fn left_out(practice: &Practice) -> Vec<(String, Problem)> {
    let file_not_mail = |rejected: &practice::Rejected| {
        let file = rejected.file.display().to_string();
        let reason = match rejected.reason {
            Reason::NotMail => "not-mail",
            Reason::PartNotMail => "part-not-mail",
            Reason::Empty => "empty",
            Reason::TooLarge => "too-large",
            Reason::Link => "link",
            Reason::Special => "special",
            Reason::TooDeep => "too-deep",
        };
        let problem = Problem::new(Kind::Item, Side::Here, Guidance::FileNotMail);
        let problem = problem.with("file", &file).with("reason", reason);
        (file, problem)
    };
    practice.rejected.iter().map(file_not_mail).collect()
}

pub(super) fn problem_of(error: &practice::Error) -> Problem {
    let here = |guidance| Problem::new(Kind::Run, Side::Here, guidance);
    match error {
        practice::Error::Mail(MailError::Unreadable { path, source }) => {
            here(Guidance::MailFolderUnreadable).with("folder", path.display()).with("reason", source)
        }
        practice::Error::Mail(MailError::NoMail { folder }) => {
            here(Guidance::MailFolderEmpty).with("folder", folder.display())
        }
        practice::Error::Faults(error) => {
            let unusable = |file: &std::path::Path, reason: &str, line: usize, number: usize, key: &str| {
                let problem = here(Guidance::FaultsInvalid).with("file", file.display()).with("reason", reason);
                problem.with("line", line).with("number", number).with("key", key)
            };
            match error {
                FaultsError::Unreadable { file, source } => unusable(file, "unreadable", 0, 0, "").because(source),
                FaultsError::Syntax { file, line, message } => {
                    unusable(file, "syntax", *line, 0, "").because(message)
                }
                FaultsError::Value { file, number, key, rule } => unusable(file, rule, 0, *number, key),
            }
        }
        practice::Error::State { folder, source } if source.kind() == ErrorKind::WouldBlock => {
            here(Guidance::PracticeStateBusy).with("folder", folder.display())
        }
        practice::Error::State { folder, source } => {
            here(Guidance::PracticeStateUnusable).with("folder", folder.display()).with("reason", source)
        }
        other => here(Guidance::PracticeUnavailable).with("reason", other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_rehearsal_waits_its_waits_but_sooner() {
        let (clock, began) = (RehearsalClock::default(), tokio::time::Instant::now());
        let (elapsed, pause) = (clock.elapsed(), Duration::from_secs(600));
        clock.sleep(pause).await;
        assert_eq!(began.elapsed(), Duration::from_secs(3));
        assert_eq!(clock.elapsed() - elapsed, pause);
    }
}
