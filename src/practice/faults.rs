//! Faults on request: which requests of the practice servers fail, how and how often.
//!
//! The file is TOML with a list of faults. The first fault that strikes a request is carried out; every fault counts
//! the requests that it matches, so a fault's position never depends on the others.
//!
//! ```toml
//! [[fault]]
//! side = "exchange"             # or "microsoft365"
//! operation = "ExportItems"     # `*` stands for anything: "POST *importItem*", "*"
//! kind = "throttle"             # throttle, drop_before, drop_after, truncate, delay, reject, reject_after
//! every = 10                    # every tenth matching request; or one of the next two
//! # at = [1, 5]                 # the first and the fifth
//! # share = 0.05                # one in twenty, drawn from the seed
//! # seed = 7                    # for `share`; 0 when left out
//! times = 3                     # at most so often; without end when left out
//! pause = 0.5                   # seconds: what `throttle`, `reject` and `reject_after` ask for, or how long `delay` waits
//!
//! [[fault]]
//! side = "microsoft365"
//! operation = "POST *importItem*"
//! kind = "reject"
//! status = 503                  # HTTP status
//! code = "ErrorServerBusy"      # the side's own error code
//! ```
//!
//! `throttle`, `reject` and `drop_before` do not do the work; `drop_after` does it and closes the connection without an
//! answer; `truncate` does it, sends half of the answer and closes the connection; `reject_after` does it and refuses all the
//! same, as a gateway may that gave up on the server behind it. A fault without `every`, `at` and
//! `share` strikes every matching request.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::https::Refusal;
use super::random::Random;
use super::{exchange, microsoft365};

/// The longest pause in seconds.
const LONGEST_PAUSE: f64 = 3600.0;
/// The largest faults file in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// Which server a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The practice Exchange.
    Exchange,
    /// The practice Microsoft 365.
    Microsoft365,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Strike {
    /// It is refused in the side's own way.
    Refuse(Refusal),
    /// The work is done, and it is refused all the same.
    RefuseAfter(Refusal),
    /// The connection closes without the work done.
    DropBefore,
    /// The work is done, and the connection closes without an answer.
    DropAfter,
    /// Half of the answer is sent, and the connection closes.
    Truncate,
    /// The work starts after so many seconds.
    Delay(f64),
}

/// Why a faults file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FaultsError {
    /// It cannot be read.
    #[error("{file}: {source}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not TOML, or has an unknown key, or a value of the wrong kind. The message names line and key, on one line.
    #[error("{file}: line {line}: {message}")]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// The TOML reader's message.
        message: String,
    },
    /// A key's value makes no sense, or does not go with the fault's kind.
    #[error("{file}: fault {number}: {key}: {rule}")]
    Value {
        /// The file.
        file: PathBuf,
        /// Which fault, from 1.
        number: usize,
        /// The key at fault.
        key: &'static str,
        /// The rule that it breaks.
        rule: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fault: Vec<Rule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Throttle,
    DropBefore,
    DropAfter,
    Truncate,
    Delay,
    Reject,
    RejectAfter,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    side: Side,
    operation: String,
    kind: Kind,
    every: Option<u64>,
    at: Option<Vec<u64>>,
    share: Option<f64>,
    seed: Option<u64>,
    times: Option<u64>,
    pause: Option<f64>,
    status: Option<u16>,
    code: Option<String>,
}

/// How often a rule matched and struck.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    matched: u64,
    struck: u64,
}

/// The faults of a run, with their counts.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Vec<Rule>,
    tallies: Mutex<Vec<Tally>>,
}

impl Faults {
    /// Reads a faults file.
    pub fn read(file: &Path) -> Result<Faults, FaultsError> {
        let unreadable = |source| FaultsError::Unreadable { file: file.to_owned(), source };
        let size = std::fs::metadata(file).map_err(unreadable)?.len();
        if size > LARGEST_FILE {
            return Err(unreadable(std::io::ErrorKind::FileTooLarge.into()));
        }
        Faults::parse(&std::fs::read_to_string(file).map_err(unreadable)?, file)
    }

    /// The same, if the practice servers have every operation that is named: a misspelt one would strike nothing, and
    /// nobody would notice.
    pub fn named(self, file: &Path) -> Result<Faults, FaultsError> {
        match (1..).zip(&self.rules).find(|(_, rule)| !rule.names_an_operation()) {
            Some((number, _)) => {
                Err(FaultsError::Value { file: file.to_owned(), number, key: "operation", rule: "operation" })
            }
            None => Ok(self),
        }
    }

    pub(super) fn parse(text: &str, file: &Path) -> Result<Faults, FaultsError> {
        let rules = toml::from_str::<File>(text)
            .map_err(|error| FaultsError::Syntax {
                file: file.to_owned(),
                line: line_of(text, &error),
                message: error.message().replace('\n', ", "),
            })?
            .fault;
        for (number, rule) in (1..).zip(&rules) {
            if let Some((key, rule)) = rule.misused_key() {
                return Err(FaultsError::Value { file: file.to_owned(), number, key, rule });
            }
        }
        let tallies = Mutex::new(vec![Tally::default(); rules.len()]);
        Ok(Faults { rules, tallies })
    }

    /// Counts a request and says what happens to it; `None` when nothing does.
    pub fn strike(&self, side: Side, operation: &str) -> Option<Strike> {
        let mut tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        let mut strike = None;
        for (rule, tally) in self.rules.iter().zip(tallies.iter_mut()) {
            if rule.side != side || !matches(&rule.operation, operation) {
                continue;
            }
            tally.matched += 1;
            let left = rule.times.is_none_or(|times| tally.struck < times);
            if strike.is_none() && left && rule.is_due(tally.matched) {
                tally.struck += 1;
                strike = Some(rule.strike());
            }
        }
        strike
    }
}

impl Rule {
    /// A key whose value is out of range or that does not go with the others, and the rule that it breaks.
    fn misused_key(&self) -> Option<(&'static str, &'static str)> {
        let selectors = [self.every.is_some(), self.at.is_some(), self.share.is_some()];
        let rejects = matches!(self.kind, Kind::Reject | Kind::RejectAfter);
        let pauses = rejects || matches!(self.kind, Kind::Throttle | Kind::Delay);
        let misused = [
            ("every", "from-one", self.every == Some(0)),
            ("every", "one-of-three", selectors.iter().filter(|set| **set).count() > 1),
            ("at", "list-from-one", self.at.as_ref().is_some_and(|at| at.is_empty() || at.contains(&0))),
            ("share", "share", self.share.is_some_and(|share| !(0.0..=1.0).contains(&share))),
            ("seed", "with-share", self.seed.is_some() && self.share.is_none()),
            ("pause", "pauses", self.pause.is_some() && !pauses),
            ("pause", "pause", self.pause.is_some_and(|pause| !(0.0..=LONGEST_PAUSE).contains(&pause))),
            ("pause", "needed", self.kind == Kind::Delay && self.pause.is_none()),
            ("status", "rejects", self.status.is_some() && !rejects),
            ("status", "status", self.status.is_some_and(|status| !(400..600).contains(&status))),
            ("status", "needed", rejects && self.status.is_none()),
            ("code", "rejects", self.code.is_some() && !rejects),
            ("code", "needed", rejects && self.code.is_none()),
        ];
        misused.into_iter().find(|(.., wrong)| *wrong).map(|(key, rule, _)| (key, rule))
    }

    /// Whether some request may have this name.
    fn names_an_operation(&self) -> bool {
        match self.side {
            Side::Exchange => exchange::operation_names().any(|name| matches(&self.operation, name)),
            Side::Microsoft365 => microsoft365::may_be_operation(&self.operation),
        }
    }

    /// Whether the fault strikes its n-th matching request.
    fn is_due(&self, matched: u64) -> bool {
        match (self.every, &self.at, self.share) {
            (Some(every), ..) => matched.is_multiple_of(every),
            (_, Some(at), _) => at.contains(&matched),
            (.., Some(share)) => Random::of(self.seed.unwrap_or(0), &[matched]).chance(share),
            _ => true,
        }
    }

    fn strike(&self) -> Strike {
        match self.kind {
            Kind::Throttle => Strike::Refuse(Refusal::Throttle { pause: self.pause }),
            Kind::DropBefore => Strike::DropBefore,
            Kind::DropAfter => Strike::DropAfter,
            Kind::Truncate => Strike::Truncate,
            Kind::Delay => Strike::Delay(self.pause.unwrap_or(0.0)),
            Kind::Reject => Strike::Refuse(self.rejection()),
            Kind::RejectAfter => Strike::RefuseAfter(self.rejection()),
        }
    }

    fn rejection(&self) -> Refusal {
        let (status, code) = (self.status.unwrap_or(500), self.code.clone().unwrap_or_default());
        Refusal::Reject { status, code, pause: self.pause }
    }
}

/// The line that cannot be read.
fn line_of(text: &str, error: &toml::de::Error) -> usize {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    before.matches('\n').count() + 1
}

/// Whether a name matches a pattern.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    glob(pattern.as_bytes(), name.as_bytes())
}

/// Whether a text matches a pattern in which `*` stands for any number of characters.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut star, mut in_text, mut retry) = (0, None, 0, 0);
    while in_text < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some(at);
            (at, retry) = (at + 1, in_text);
        } else if pattern.get(at) == Some(&text[in_text]) {
            (at, in_text) = (at + 1, in_text + 1);
        } else if let Some(star) = star {
            retry += 1;
            (at, in_text) = (star + 1, retry);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests;
