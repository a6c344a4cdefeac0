//! The end of a migration: what is behind, what arrived, and the one line that matters most.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fluent_bundle::FluentValue;
use serde_json::json;

use super::show::Show;
use crate::engine::control::Outcome;
use crate::engine::problem::{Guidance, Problem};
use crate::engine::report::{Amiss, Reports};
use crate::engine::run::BatchState;
use crate::engine::verdict::{Arrived, ConsistencyGrade, MailboxVerdict, Scope, Verdict};

/// Causes told one by one; further ones are only in the error report.
const CAUSES_TOLD: usize = 8;
/// Mailboxes that are not perfect told one by one; the statistics name all.
const GRADES_TOLD: usize = 10;
/// Files that are no mail told one by one.
const FILES_TOLD: usize = 3;

/// What became of one go at a migration that was begun.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// The program's code.
    pub code: u8,
    /// What a server asked for where something could not come to its end.
    pub pause: Option<Duration>,
}

/// How a migration ended.
pub struct End<'a> {
    /// Of the run.
    pub outcome: &'a Outcome,
    /// Of the comparison, unless it was not reached.
    pub verdict: Option<&'a Verdict>,
    /// Files that were left out before anything began.
    pub left_out: &'a [(String, Problem)],
    /// When it began.
    pub began: Instant,
}

impl End<'_> {
    /// Nothing is missing, nothing failed.
    pub fn is_fine(&self) -> bool {
        let Some(verdict) = self.verdict else { return false };
        verdict.nothing_lost() && self.outcome.failed_recipients == 0 && self.outcome.problem.is_none()
    }

    fn found(&self) -> u64 {
        self.outcome.books.at_source() + self.files()
    }

    fn skipped(&self) -> u64 {
        self.outcome.books.skipped + self.files()
    }

    fn files(&self) -> u64 {
        self.left_out.len() as u64
    }

    /// Tells everything up to the reports' paths.
    pub fn tell(&self, show: &Show<'_>, reports: Option<&Reports>) {
        if let Some(verdict) = self.verdict {
            show.findings("cli-unseen", &verdict.unseen);
        }
        if self.skipped() + self.outcome.books.failed > 0 {
            show.gap();
        }
        self.tell_files(show);
        if let Some(reports) = reports {
            tell_amiss(show, &reports.amiss);
            for finding in &reports.findings {
                show.problem("", &finding.problem);
            }
        }
        show.gap();
        self.tell_books(show);
        match self.verdict {
            Some(verdict) => {
                tell_arrived(show, verdict);
                tell_grades(show, &verdict.mailboxes);
            }
            None => show.say("cli-unfinished", &[]),
        }
        match &self.outcome.problem {
            Some(problem) if problem.guidance == Guidance::CompletionRefused => show.problem("", problem),
            _ => self.tell_verdict(show),
        }
    }

    fn tell_files(&self, show: &Show<'_>) {
        for (index, (file, problem)) in self.left_out.iter().enumerate() {
            show.json(&show.told("file", file, problem));
            if index < FILES_TOLD {
                show.text("", problem, false);
            }
        }
        if let Some(more) = self.left_out.len().checked_sub(FILES_TOLD).filter(|more| *more > 0) {
            show.say("cli-more-files", &[("files", FluentValue::from(more))]);
        }
    }

    fn tell_books(&self, show: &Show<'_>) {
        let books = &self.outcome.books;
        show.say(
            "cli-books",
            &[
                ("found", FluentValue::from(self.found())),
                ("moved", FluentValue::from(books.moved)),
                ("already", FluentValue::from(books.already_there)),
                ("skipped", FluentValue::from(self.skipped())),
                ("failed", FluentValue::from(books.failed)),
                ("waiting", FluentValue::from(books.waiting)),
            ],
        );
    }

    /// What a person wants to know: is anything lost?
    fn tell_verdict(&self, show: &Show<'_>) {
        let books = &self.outcome.books;
        let Some(verdict) = self.verdict else { return };
        if self.outcome.state == BatchState::CompletedWithErrors {
            return show.say("cli-completed-with-errors", &[]);
        }
        if !self.is_fine() {
            return show.say("cli-look", &[]);
        }
        if books.moved == 0 && books.already_there > 0 {
            show.say("cli-nothing-new", &[]);
        }
        if self.outcome.state == BatchState::Completed {
            show.say("cli-completed", &[]);
        }
        match self.skipped() {
            _ if verdict.stands_changed() => show.say("cli-nothing-lost-but-changed", &[]),
            0 => show.say("cli-nothing-lost", &[]),
            skipped => show.say("cli-nothing-lost-some-stay", &[("skipped", FluentValue::from(skipped))]),
        }
    }

    /// The last JSON line.
    pub fn tell_end(&self, show: &Show<'_>) {
        let books = &self.outcome.books;
        show.json(&json!({
            "event": "ended",
            "state": self.outcome.state.name(),
            "found": self.found(),
            "moved": books.moved,
            "already_there": books.already_there,
            "skipped": self.skipped(),
            "failed": books.failed,
            "waiting": books.waiting,
            "verified": self.verdict.map_or(0, |verdict| verdict.verified),
            "seconds": (self.began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
        }));
    }
}

/// Items that are not there or not equal, counted by cause.
pub(super) fn tell_amiss(show: &Show<'_>, amiss: &[Amiss]) {
    let mut causes: BTreeMap<String, (&Problem, u64)> = BTreeMap::new();
    for one in amiss {
        let cause = causes.entry(one.cause()).or_insert((&one.problem, 0));
        cause.1 += one.items;
    }
    for (index, (problem, items)) in causes.values().enumerate() {
        let mut told = show.told("amiss", "", problem);
        told["items"] = json!(items);
        show.json(&told);
        if index < CAUSES_TOLD {
            show.say(
                "cli-amiss",
                &[
                    ("items", FluentValue::from(*items)),
                    ("message", show.words().message(problem).into()),
                    ("remedy", show.words().remedy(problem).into()),
                ],
            );
        }
    }
    if let Some(more) = causes.len().checked_sub(CAUSES_TOLD).filter(|more| *more > 0) {
        show.say("cli-more-causes", &[("causes", FluentValue::from(more))]);
    }
}

/// How many mailboxes have which grade, and which of them are not perfect, the worst first.
fn tell_grades(show: &Show<'_>, mailboxes: &[MailboxVerdict]) {
    for mailbox in mailboxes {
        show.json(&json!({"event": "grade", "mailbox": mailbox.address.as_str(), "grade": mailbox.grade.name(),
            "found": mailbox.books.at_source(), "absent": absent(mailbox), "differing": mailbox.differing}));
    }
    let of = |grade: ConsistencyGrade| {
        FluentValue::from(mailboxes.iter().filter(|mailbox| mailbox.grade == grade).count())
    };
    show.say(
        "cli-grades",
        &[
            ("perfect", of(ConsistencyGrade::Perfect)),
            ("good", of(ConsistencyGrade::Good)),
            ("investigate", of(ConsistencyGrade::Investigate)),
            ("poor", of(ConsistencyGrade::Poor)),
        ],
    );
    let mut flawed: Vec<_> = mailboxes.iter().filter(|m| m.grade != ConsistencyGrade::Perfect).collect();
    flawed.sort_by_key(|mailbox| std::cmp::Reverse(mailbox.grade));
    for mailbox in flawed.iter().take(GRADES_TOLD) {
        show.say(
            "cli-grade",
            &[
                ("address", mailbox.address.as_str().into()),
                ("grade", mailbox.grade.name().into()),
                ("absent", FluentValue::from(absent(mailbox))),
                ("found", FluentValue::from(mailbox.books.at_source())),
                ("differing", FluentValue::from(mailbox.differing)),
            ],
        );
    }
    if let Some(more) = flawed.len().checked_sub(GRADES_TOLD).filter(|more| *more > 0) {
        show.say("cli-more-grades", &[("mailboxes", FluentValue::from(more))]);
    }
}

/// Items of a mailbox that are not on the target.
fn absent(mailbox: &MailboxVerdict) -> u64 {
    let books = &mailbox.books;
    books.waiting + books.skipped + books.failed + mailbox.missing
}

pub(super) fn tell_arrived(show: &Show<'_>, verdict: &Verdict) {
    let directory = &verdict.directory;
    let objects = [
        ("mailboxes", "cli-mailboxes", directory.mailboxes),
        ("groups", "cli-groups", directory.groups),
        ("memberships", "cli-memberships", directory.memberships),
        ("contacts", "cli-contacts", directory.contacts),
    ];
    let mut told = json!({"event": "verdict", "nothing_lost": verdict.nothing_lost(), "verified": verdict.verified,
        "missing": verdict.missing, "differing": verdict.differing, "equal": verdict.compared.equal,
        "changed_since": verdict.compared.changed, "gone_since": verdict.compared.gone,
        "source_unread": verdict.compared.unread, "changed_on_target": verdict.compared.stands,
        "removed_on_target": verdict.compared.removed, "added_to_groups": directory.joined,
        "left_out": verdict.compared.left_out,
        "new_at_source": verdict.arrivals.items, "folders_not_asked": verdict.arrivals.unasked});
    (told["percent"], told["seed"]) = match verdict.scope {
        Scope::Full => (json!(100), json!(null)),
        Scope::Sample { percent, seed } => (json!(percent), json!(seed)),
    };
    for (name, key, Arrived { expected, arrived }) in objects {
        told[name] = json!({"expected": expected, "arrived": arrived});
        show.say(key, &[("arrived", FluentValue::from(arrived)), ("expected", FluentValue::from(expected))]);
    }
    show.json(&told);
    show.say(
        "cli-verified",
        &[
            ("verified", FluentValue::from(verdict.compared.equal)),
            ("missing", FluentValue::from(verdict.missing)),
            ("differing", FluentValue::from(verdict.differing)),
        ],
    );
    tell_since(show, verdict);
}

/// What the source has become since the last synchronisation, and how much was compared.
fn tell_since(show: &Show<'_>, verdict: &Verdict) {
    let (compared, arrivals) = (&verdict.compared, &verdict.arrivals);
    let changes = compared.changed + compared.gone + arrivals.items;
    if changes > 0 {
        show.say(
            "cli-since",
            &[
                ("changed", FluentValue::from(compared.changed)),
                ("gone", FluentValue::from(compared.gone)),
                ("new", FluentValue::from(arrivals.items)),
            ],
        );
    }
    if compared.stands > 0 {
        show.say("cli-stands", &[("stands", FluentValue::from(compared.stands))]);
    }
    if compared.removed > 0 {
        show.say("cli-removed", &[("removed", FluentValue::from(compared.removed))]);
    }
    if verdict.directory.joined > 0 {
        show.say("cli-joined", &[("joined", FluentValue::from(verdict.directory.joined))]);
    }
    if compared.unread > 0 {
        show.say("cli-unread", &[("unread", FluentValue::from(compared.unread))]);
    }
    if arrivals.unasked > 0 {
        show.say("cli-not-asked", &[("folders", FluentValue::from(arrivals.unasked))]);
    }
    if let Scope::Sample { percent, seed } = verdict.scope {
        show.say(
            "cli-sample",
            &[
                ("percent", FluentValue::from(percent)),
                ("seed", seed.to_string().into()),
                ("left", FluentValue::from(compared.left_out)),
            ],
        );
    }
}
