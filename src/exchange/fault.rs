//! What goes wrong on the source, as problems: response codes, HTTP states and broken connections.

use std::time::Duration;

use super::xml::XmlError;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::http::Failure;

/// The pause after a busy answer that names none. The engine's own retry lengthens it.
const BUSY_PAUSE: Duration = Duration::from_secs(10);
/// The longest pause taken over from an answer.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);

/// A response code with what came along.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trouble {
    /// Such as `ErrorServerBusy`.
    pub code: String,
    /// The server's own words.
    pub text: String,
    /// `MessageXml` values by name.
    pub values: Vec<(String, String)>,
    /// The pause that the answer around it asks for, in its `Retry-After`.
    pub retry_after: Option<Duration>,
}

impl Trouble {
    /// A value by name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// Whether it says that a mailbox does not have the folder that was asked for by its distinguished id. A mailbox without
    /// a calendar says so in its own way, and some servers do not find the folder's object in the store.
    pub fn is_no_such_folder(&self) -> bool {
        matches!(self.code.as_str(), "ErrorFolderNotFound" | "ErrorItemNotFound" | "ErrorNoCalendar")
    }
    /// Whether a distinguished id is one that the mailbox's server does not know yet.
    pub fn is_unknown_name(&self) -> bool {
        let older =
            matches!(self.code.as_str(), "ErrorInvalidOperation" | "ErrorInvalidSchemaVersionForMailboxVersion");
        older || self.is_version_refusal()
    }
    /// Whether the request's version was too new for this server.
    pub fn is_version_refusal(&self) -> bool {
        matches!(
            self.code.as_str(),
            "ErrorInvalidServerVersion" | "ErrorIncorrectSchemaVersion" | "ErrorSchemaValidation"
        )
    }
}

/// What a request was about.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Sign-in name of the migration account.
    pub user: &'a str,
    /// Whose mailbox.
    pub mailbox: Option<&'a Address>,
    /// True where the outcome is that of one item.
    pub item: bool,
    /// The request's id, for the helpdesk; empty where it is not at hand.
    pub request: &'a str,
}

/// The problem of a response code. Kinds and causes follow the table of response codes in the protocol notes; codes
/// that have no row there are retried and then logged.
pub fn problem(trouble: &Trouble, place: &Place<'_>) -> Problem {
    use Guidance as G;
    let here = if place.item { Kind::Item } else { Kind::Mailbox };
    let code = trouble.code.as_str();
    let (kind, guidance) = match code {
        "ErrorServerBusy"
        | "ErrorExceededConnectionCount"
        | "ErrorExceededFindCountLimit"
        | "ErrorTooManyObjectsOpened"
        | "ErrorInsufficientResources"
        | "ErrorNotEnoughMemory" => (Kind::Wait, G::SourceBusy),
        "ErrorInternalServerError" if trouble.is_busy_inside() => (Kind::Wait, G::SourceBusy),
        // A batch has one minute: the same batch would run into it again and again.
        "ErrorTimeoutExpired" => (Kind::Retry, G::SourceUnexpected),
        "ErrorADUnavailable" | "ErrorADOperation" | "ErrorBatchProcessingStopped" | "ErrorClientDisconnected" => {
            (Kind::Retry, G::SourceUnexpected)
        }
        "ErrorInternalServerTransientError" => (Kind::Retry, G::SourceBusy),
        "ErrorAccessDenied" => (Kind::Mailbox, G::SourceAccessDenied),
        "ErrorImpersonateUserDenied" | "ErrorImpersonationDenied" | "ErrorImpersonationFailed" => {
            (Kind::Mailbox, G::SourceImpersonationDenied)
        }
        "ErrorNonExistentMailbox"
        | "ErrorNonPrimarySmtpAddress"
        | "ErrorInvalidExchangeImpersonationHeaderData"
        | "ErrorInvalidUserPrincipalName" => (Kind::Mailbox, G::SourceMailboxMissing),
        "ErrorMissingEmailAddress" | "ErrorNameResolutionNoMailbox" => (Kind::Run, G::SourceAccountWithoutMailbox),
        "ErrorMailboxStoreUnavailable"
        | "ErrorMailboxFailover"
        | "ErrorMailboxLogonFailed"
        | "ErrorConnectionFailed" => (Kind::Retry, G::SourceMailboxUnavailable),
        "ErrorMailboxMoveInProgress"
        | "ErrorMailboxConfiguration"
        | "ErrorAccountDisabled"
        | "ErrorWrongServerVersion"
        | "ErrorWrongServerVersionDelegate"
        | "ErrorInvalidSchemaVersionForMailboxVersion" => (Kind::Mailbox, G::SourceMailboxUnavailable),
        "ErrorPasswordExpired" | "ErrorPasswordChangeRequired" => (Kind::Run, G::SourcePasswordWrong),
        "ErrorCorruptData"
        | "ErrorItemCorrupt"
        | "ErrorContentConversionFailed"
        | "ErrorMimeContentConversionFailed"
        | "ErrorItemPropertyRequestFailed"
        | "ErrorVirusDetected"
        | "ErrorVirusMessageDeleted"
        | "ErrorCannotOpenFileAttachment"
        | "ErrorAttachmentNestLevelLimitExceeded" => (Kind::Item, G::SourceItemDamaged),
        "ErrorUnsupportedMimeConversion" => (Kind::Item, G::SourceKindNotExportable),
        "ErrorItemNotFound" => (Kind::Item, G::SourceItemGone),
        "ErrorFolderNotFound" | "ErrorSyncFolderNotFound" => (here, G::SourceFolderGone),
        "ErrorInvalidSyncStateData" => (here, G::SourceSyncStateExpired),
        _ if is_our_mistake(code) => (here, G::SourceUnexpected),
        _ => (Kind::Retry, G::SourceUnexpected),
    };
    let mut problem = fill(Problem::new(kind, Side::Source, guidance), trouble, place);
    if trouble.back_off().is_some() {
        problem.kind = Kind::Wait;
    }
    let named = trouble.back_off().max(trouble.retry_after);
    let unnamed = Some(BUSY_PAUSE).filter(|_| problem.kind == Kind::Wait);
    asking(problem, named.or(unnamed))
}

/// The problem with the pause that its answer names, if it is asked again and the pause is the longest that was named.
pub fn asking(mut problem: Problem, pause: Option<Duration>) -> Problem {
    if problem.is_passing() {
        problem.retry_after = problem.retry_after.max(pause.map(|pause| pause.min(LONGEST_PAUSE)));
    }
    problem
}

impl Trouble {
    /// The pause that it asks for itself.
    pub fn back_off(&self) -> Option<Duration> {
        self.value("BackOffMilliseconds")?.trim().parse().ok().map(Duration::from_millis)
    }
    fn is_busy_inside(&self) -> bool {
        self.text.contains("ErrorServerBusy")
            || self.values.iter().any(|(_, value)| value.contains("ErrorServerBusy"))
    }
}

/// Codes that no repetition can change: the request does not suit this object or this server.
fn is_our_mistake(code: &str) -> bool {
    let families = ["ErrorInvalid", "ErrorMissing", "ErrorUnsupported", "ErrorCannot"];
    matches!(code, "ErrorSchemaValidation" | "ErrorIncorrectSchemaVersion" | "ErrorDuplicateSOAPHeader")
        || code.ends_with("Required")
        || code.contains("Denied")
        || code.contains("NotAllowed")
        || families.iter().any(|family| code.starts_with(family))
}

/// Fills the blanks that the cause's words have.
fn fill(problem: Problem, trouble: &Trouble, place: &Place<'_>) -> Problem {
    use Guidance as G;
    let mailbox = place.mailbox.map(Address::as_str).unwrap_or_default();
    let filled = match problem.guidance {
        G::SourceAccessDenied | G::SourceImpersonationDenied => {
            problem.with("mailbox", mailbox).with("user", place.user)
        }
        G::SourceMailboxMissing => match trouble.value("Primary") {
            Some(primary) => problem.with("mailbox", mailbox).with("primary", primary),
            None => problem.with("mailbox", mailbox),
        },
        G::SourceMailboxUnavailable => problem.with("mailbox", mailbox).with("code", &trouble.code),
        G::SourceAccountWithoutMailbox | G::SourcePasswordWrong => problem.with("user", place.user),
        G::SourceItemDamaged => problem.with("code", &trouble.code),
        // Whoever knows the class or the folder says it instead.
        G::SourceKindNotExportable => problem.with("class", "…"),
        G::SourceFolderGone => problem.with("folder", "…"),
        G::SourceUnexpected => problem.with("code", &trouble.code).with("text", &trouble.text),
        _ => problem,
    };
    let cause = format!("{}: {}", trouble.code, trouble.text);
    filled.because(match place.request {
        "" => cause,
        request => format!("{cause} (client-request-id {request})"),
    })
}

/// Codes of a whole answer that the content of one item may have caused, or too many items at once.
const OF_ONE_ITEM: [&str; 4] =
    ["ErrorTimeoutExpired", "ErrorInternalServerError", "ErrorWin32InteropError", "ErrorDataSourceOperation"];
/// The code of a connection that was lost: some proxies cut large answers off.
const LOST: &str = "connection lost";

/// Whether a failure of a whole batch may be gone, or that of a single item, if fewer items are asked for.
pub fn may_be_of_one_item(problem: &Problem) -> bool {
    let code = problem.values.get("code").map(String::as_str);
    let of_one = |code: &str| code == LOST || OF_ONE_ITEM.contains(&code);
    problem.guidance == Guidance::SourceAnswerTooLarge
        // Where a pause was asked for, nothing is asked at once.
        || (problem.kind == Kind::Retry && problem.retry_after.is_none() && code.is_some_and(of_one))
}

/// An answer that makes no sense. Asking again usually helps: most are cut off on the way.
pub fn malformed(what: &str) -> Problem {
    Problem::new(Kind::Retry, Side::Source, Guidance::SourceAnswerMalformed).with("what", what)
}

/// An answer that is no XML, or cut off.
pub fn not_xml(error: XmlError) -> Problem {
    malformed("XML").because(error)
}

/// A server that is too busy to say so properly.
pub fn busy(cause: &str, pause: Option<Duration>) -> Problem {
    asking(Problem::new(Kind::Wait, Side::Source, Guidance::SourceBusy).because(cause), pause.or(Some(BUSY_PAUSE)))
}

/// A failure below HTTP.
pub fn failure(failure: &Failure, host: &str) -> Problem {
    let (kind, guidance) = match failure {
        Failure::UnknownHost => (Kind::Retry, Guidance::SourceUnknownHost),
        Failure::Certificate(_) => (Kind::Run, Guidance::SourceCertificateNotTrusted),
        Failure::Connect(_) | Failure::Lost(_) => (Kind::Retry, Guidance::SourceUnreachable),
        Failure::TooLarge { limit } => {
            return Problem::new(Kind::Item, Side::Source, Guidance::SourceAnswerTooLarge)
                .with("size", format!("> {limit}"))
                .with("limit", limit)
                .because(failure);
        }
        Failure::Unusable(_) => (Kind::Run, Guidance::SourceUnreachable),
    };
    let problem = Problem::new(kind, Side::Source, guidance).with("host", host).because(failure);
    if matches!(failure, Failure::Lost(_)) { problem.with("code", LOST) } else { problem }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(code: &str, item: bool) -> Problem {
        let mailbox = Address::new("nina@fabrikam.test");
        let place = Place { user: "FAB\\mig", mailbox: Some(&mailbox), item, request: "r-1" };
        problem(&Trouble { code: code.into(), text: "words".into(), ..Trouble::default() }, &place)
    }

    #[test]
    fn codes_by_class() {
        let expected = [
            ("ErrorServerBusy", false, Kind::Wait, Guidance::SourceBusy),
            ("ErrorAccessDenied", false, Kind::Mailbox, Guidance::SourceAccessDenied),
            ("ErrorItemNotFound", true, Kind::Item, Guidance::SourceItemGone),
            ("ErrorItemCorrupt", true, Kind::Item, Guidance::SourceItemDamaged),
            ("ErrorInvalidSyncStateData", false, Kind::Mailbox, Guidance::SourceSyncStateExpired),
            ("ErrorInvalidIdMalformed", true, Kind::Item, Guidance::SourceUnexpected),
            ("ErrorInvalidIdMalformed", false, Kind::Mailbox, Guidance::SourceUnexpected),
            ("ErrorStaleObject", true, Kind::Retry, Guidance::SourceUnexpected),
            ("ErrorPasswordExpired", false, Kind::Run, Guidance::SourcePasswordWrong),
            ("ErrorTimeoutExpired", false, Kind::Retry, Guidance::SourceUnexpected),
        ];
        for (code, item, kind, guidance) in expected {
            let problem = of(code, item);
            assert_eq!((problem.kind, problem.guidance), (kind, guidance), "{code}");
            assert!(problem.cause.unwrap().contains("r-1"));
        }
        assert_eq!(of("ErrorAccessDenied", false).values["mailbox"], "nina@fabrikam.test");
    }

    #[test]
    fn pauses_are_taken_over_and_bounded() {
        let place = Place { user: "u", mailbox: None, item: false, request: "r" };
        let mut trouble = Trouble { code: "ErrorServerBusy".into(), ..Trouble::default() };
        assert_eq!(problem(&trouble, &place).retry_after, Some(BUSY_PAUSE));
        for (said, expected) in [("42000", Duration::from_secs(42)), ("99999999999", LONGEST_PAUSE)] {
            trouble.values = vec![("BackOffMilliseconds".into(), said.into())];
            assert_eq!(problem(&trouble, &place).retry_after, Some(expected));
        }
        trouble.values = vec![("BackOffMilliseconds".into(), "-3".into())];
        assert_eq!(problem(&trouble, &place).retry_after, Some(BUSY_PAUSE));
        let inner =
            Trouble { code: "ErrorInternalServerError".into(), text: "ErrorServerBusy".into(), ..Trouble::default() };
        assert_eq!(problem(&inner, &place).kind, Kind::Wait);
    }
}
