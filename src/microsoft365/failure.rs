//! What a failed call means: transport failures and refusals become [`Problem`]s.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::http::{Answer, Failure, retry_after};

/// How many characters of a service's own words are kept.
const TEXT_LIMIT: usize = 400;

/// Why a call gave no result.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The service answered and said no: the caller may know better what that means.
    Refused(Box<Refusal>),
    /// The answer is beyond the bound that the call set, in bytes.
    TooLarge(usize),
    /// Anything else, already classified.
    Problem(Problem),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Trouble {
        Trouble::Problem(problem)
    }
}

impl Trouble {
    /// The problem; `kind` is what an unexpected refusal means for the work in hand.
    pub fn problem(self, kind: Kind) -> Problem {
        match self {
            Trouble::Refused(refusal) => refusal.problem(kind),
            Trouble::TooLarge(limit) => malformed(Failure::TooLarge { limit }),
            Trouble::Problem(problem) => problem,
        }
    }

    /// The refusal, if it is one that `test` accepts; otherwise the trouble again.
    pub fn refused(self, test: impl Fn(&Refusal) -> bool) -> Result<Refusal, Trouble> {
        match self {
            Trouble::Refused(refusal) if test(&refusal) => Ok(*refusal),
            other => Err(other),
        }
    }
}

/// A nested code of a refusal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Detail {
    /// What is wrong.
    pub code: Option<String>,
    /// With which property.
    pub target: Option<String>,
    /// In the service's words.
    pub message: Option<String>,
}

/// An answer that says no.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    /// HTTP status.
    pub status: StatusCode,
    /// Graph's error code, or the last part of the exception type of the Exchange admin service.
    pub code: String,
    /// The service's own words, shortened.
    pub text: String,
    /// Nested codes.
    pub details: Vec<Detail>,
    /// The pause asked for.
    pub retry_after: Option<Duration>,
    /// The service's id of the request, for its support.
    pub request: String,
    /// The permission that this call needs.
    pub needs: &'static str,
}

impl Refusal {
    /// Reads Graph's error envelope; any other body leaves the status as the code.
    pub fn from_graph(answer: &Answer, needs: &'static str) -> Refusal {
        #[derive(Deserialize)]
        struct Envelope {
            error: Body,
        }
        #[derive(Deserialize)]
        struct Body {
            #[serde(default)]
            code: Option<String>,
            #[serde(default)]
            message: Option<String>,
            #[serde(default)]
            details: Option<Vec<Detail>>,
        }
        let mut refusal = Refusal::from_status(answer, needs);
        if let Ok(Envelope { error }) = serde_json::from_slice(&answer.body) {
            refusal.code = error.code.filter(|code| !code.is_empty()).unwrap_or(refusal.code);
            refusal.text = shorten(&error.message.unwrap_or_default());
            refusal.details = error.details.unwrap_or_default();
        }
        refusal
    }

    /// What status and headers say.
    pub fn from_status(answer: &Answer, needs: &'static str) -> Refusal {
        let request = answer.headers.get("request-id").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Refusal {
            status: answer.status,
            code: answer.status.as_u16().to_string(),
            text: String::new(),
            details: Vec::new(),
            retry_after: retry_after(&answer.headers),
            request: shorten(request),
            needs,
        }
    }

    /// Throttled or overloaded. With 429 nothing was done; behind 503 and 504 the work may have been done all the same, so
    /// whoever makes something looks before it makes it once more.
    pub fn busy(&self) -> bool {
        matches!(self.status.as_u16(), 429 | 503 | 504 | 509)
            || ["TooManyRequests", "ApplicationThrottled"].contains(&self.code.as_str())
            || self.code.contains("OverBudget")
            || self.text.to_lowercase().contains("maximum number of concurrent requests")
    }

    /// The thing is not there (or not yet).
    pub fn missing(&self) -> bool {
        self.status == StatusCode::NOT_FOUND || self.code.contains("ManagementObjectNotFound")
    }

    /// There is no mailbox, or not yet (MailboxNotEnabledForRESTAPI).
    pub fn without_mailbox(&self) -> bool {
        self.code == "MailboxNotEnabledForRESTAPI"
    }

    /// Exchange Online denies access to a mailbox, as where the application is confined to others. Where a
    /// permission is missing altogether it may say the same, of each mailbox: UNCONFIRMED.
    fn denies_one(&self) -> bool {
        self.status == StatusCode::FORBIDDEN && self.code == "ErrorAccessDenied"
    }

    /// A name or address is taken. Only some spellings are known, so this is read loosely.
    pub fn collision(&self) -> bool {
        const CODES: [&str; 4] = ["ProxyAddressExists", "NameNotAvailable", "AlreadyExists", "NotUnique"];
        let text = self.text.to_lowercase();
        !self.busy()
            && (CODES.iter().any(|code| self.code.contains(code))
                || ["already being used", "already in use", "already exists", "isn't unique", "must be unique"]
                    .iter()
                    .any(|words| text.contains(words)))
    }

    /// It is the address that is taken, not the name.
    pub fn address_taken(&self) -> bool {
        self.code.contains("ProxyAddressExists")
    }

    /// Code, words and request id, for the helpdesk.
    pub fn cause(&self) -> String {
        let mut cause = format!("{} {}", self.status.as_u16(), self.code);
        for code in self.details.iter().filter_map(|detail| detail.code.as_deref()) {
            cause = format!("{cause}/{code}");
        }
        if !self.request.is_empty() {
            cause = format!("{cause} request-id {}", self.request);
        }
        cause
    }

    /// A problem that this answer means, with the pause that it asks for if the request is made again.
    pub fn asking(&self, problem: Problem) -> Problem {
        match self.retry_after {
            Some(pause) if problem.is_passing() => problem.after(pause),
            _ => problem,
        }
    }

    /// The problem; `kind` is what an unexpected refusal means for the work in hand.
    pub fn problem(self, kind: Kind) -> Problem {
        let cause = self.cause();
        let problem = if self.busy() {
            return busy(self.retry_after).because(cause);
        } else if matches!(self.status.as_u16(), 401 | 403) {
            let kind = if self.denies_one() && kind != Kind::Run { Kind::Mailbox } else { Kind::Run };
            on_target(kind, Guidance::TargetPermissionMissing).with("permission", self.needs)
        } else {
            let passing = self.status.is_server_error() || self.status == StatusCode::REQUEST_TIMEOUT;
            let kind = if passing { Kind::Retry } else { kind };
            on_target(kind, Guidance::TargetUnexpected).with("code", &self.code).with("text", &self.text)
        };
        self.asking(problem.because(cause))
    }
}

/// A problem of the target's side.
pub(super) fn on_target(kind: Kind, guidance: Guidance) -> Problem {
    Problem::new(kind, Side::Target, guidance)
}

/// The target asked for a pause, with or without saying how long.
pub(super) fn busy(pause: Option<Duration>) -> Problem {
    match pause {
        Some(pause) => on_target(Kind::Wait, Guidance::TargetBusy).after(pause),
        None => on_target(Kind::Retry, Guidance::TargetBusy),
    }
}

/// An answer that is not what the service's documents say. Another attempt may bring a whole one.
pub(super) fn malformed(what: impl ToString) -> Problem {
    on_target(Kind::Retry, Guidance::TargetAnswerMalformed).with("what", what)
}

/// Where an answer stops making sense. Never what stands there: it may be a secret.
pub(super) fn unreadable(error: &serde_json::Error) -> String {
    format!("{:?} error at line {} column {}", error.classify(), error.line(), error.column())
}

/// A recipient that the service does not have, or not yet: its directory is eventually consistent.
pub(super) fn not_yet(address: impl ToString, refusal: &Refusal) -> Problem {
    let missing = on_target(Kind::Retry, Guidance::TargetRecipientMissing).with("address", address);
    refusal.asking(missing.because(refusal.cause()))
}

/// A transport failure. A name that resolved before is expected to resolve again.
pub(super) fn transport(failure: Failure, host: &str, reached_before: bool) -> Problem {
    let (kind, guidance) = match &failure {
        Failure::UnknownHost if reached_before => (Kind::Retry, Guidance::TargetUnknownHost),
        Failure::UnknownHost => (Kind::Run, Guidance::TargetUnknownHost),
        Failure::Certificate(_) => (Kind::Run, Guidance::TargetCertificateNotTrusted),
        Failure::Connect(_) | Failure::Lost(_) => (Kind::Retry, Guidance::TargetUnreachable),
        Failure::TooLarge { .. } => return malformed(&failure),
        Failure::Unusable(_) => (Kind::Run, Guidance::TargetUnreachable),
    };
    on_target(kind, guidance).with("host", host).because(failure)
}

/// The beginning of a text, without line ends.
pub(super) fn shorten(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(TEXT_LIMIT).collect()
}
