//! What came of a batch: the one sentence that matters most, and what is missing if something is.

use crate::engine::control::Outcome;
use crate::engine::problem::{Guidance, Problem};
use crate::engine::run::BatchState;
use crate::engine::verdict::{Scope, Verdict};
use crate::gui::look::Look;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::tone::Tone;
use crate::words::Words;

use super::state::Sentence;
use super::{Live, Phase};

/// The verdict of a batch that is over, and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Ending {
    /// The sentence.
    pub sentence: Sentence,
    /// What is missing or differs, and what else was found, one sentence each.
    pub lines: Vec<String>,
    /// Why it went no further, if so.
    pub problem: Option<Problem>,
    /// A comparison could still be made.
    pub may_compare: bool,
}

/// The ending of a batch, once nothing goes on any more.
pub fn of(look: &Look<'_>, live: &Live) -> Option<Ending> {
    if live.phase != Phase::Over {
        return None;
    }
    let Some(outcome) = &live.outcome else { return refused(look, live) };
    if outcome.state == BatchState::Stopped {
        return Some(stopped(look, live));
    }
    if outcome.state == BatchState::Failed {
        let sentence = Sentence::new(Tone::Bad, Icon::Bad, look.say("run-ended-failed"));
        let sentence = sentence.detail(look.say("run-ended-failed-detail"));
        return Some(Ending { sentence, lines: Vec::new(), problem: outcome.problem.clone(), may_compare: false });
    }
    Some(match &live.verdict {
        Some(Ok(verdict)) => verdict_of(look, outcome, verdict),
        Some(Err(problem)) if problem.guidance != Guidance::Stopped => {
            Ending { problem: Some(problem.clone()), ..uncompared(look, outcome) }
        }
        Some(Err(_)) | None => uncompared(look, outcome),
    })
}

/// What is known to be missing is told; of the rest nothing is claimed.
fn uncompared(look: &Look<'_>, outcome: &Outcome) -> Ending {
    let sentence = Sentence::new(Tone::Warn, Icon::Warning, look.say("run-ended-uncompared"));
    let sentence = sentence.detail(look.say("run-ended-uncompared-detail"));
    Ending { sentence, lines: missing(look, outcome, None), problem: None, may_compare: true }
}

fn refused(look: &Look<'_>, live: &Live) -> Option<Ending> {
    let problem = live.refused.clone()?;
    if problem.guidance == Guidance::Stopped {
        let sentence = Sentence::new(Tone::Info, Icon::Stop, look.say("run-ended-not-begun"));
        return Some(Ending { sentence, lines: Vec::new(), problem: None, may_compare: false });
    }
    if problem.guidance == Guidance::LedgerBusy {
        let sentence = Sentence::new(Tone::Warn, Icon::Clock, look.say("run-ended-busy"));
        let sentence = sentence.detail(look.say("run-ended-busy-detail"));
        return Some(Ending { sentence, lines: Vec::new(), problem: None, may_compare: false });
    }
    let sentence = Sentence::new(Tone::Bad, Icon::Bad, look.say("run-ended-refused"));
    let sentence = sentence.detail(look.say("run-ended-refused-detail"));
    Some(Ending { sentence, lines: Vec::new(), problem: Some(problem), may_compare: false })
}

fn stopped(look: &Look<'_>, live: &Live) -> Ending {
    let sentence = Sentence::new(Tone::Info, Icon::Stop, look.say("run-ended-stopped"));
    let detail = live.snapshot.as_ref().map(|now| {
        let blanks = [("done", now.synced().into()), ("all", now.mailboxes.len().into())];
        look.tell("run-ended-stopped-detail", &blanks)
    });
    let sentence = Sentence { detail, ..sentence };
    Ending { sentence, lines: Vec::new(), problem: None, may_compare: false }
}

fn verdict_of(look: &Look<'_>, outcome: &Outcome, verdict: &Verdict) -> Ending {
    let refusal = outcome.problem.clone();
    if verdict.nothing_lost() && outcome.failed_recipients == 0 && refusal.is_none() {
        let blanks = [
            ("verified", look.words.number(verdict.verified - verdict.compared.stands).into()),
            ("all", look.words.number(verdict.books.arrived()).into()),
            ("count", verdict.books.arrived().into()),
        ];
        let sentence = Sentence::new(Tone::Good, Icon::Shield, look.tell("run-verdict-good", &blanks));
        let mut lines = Vec::new();
        if verdict.books.moved == 0 && verdict.books.already_there > 0 {
            lines.push(look.say("run-verdict-nothing-new"));
        }
        lines.extend(skipped(look, verdict));
        lines.extend(compared(look, outcome, verdict));
        return Ending { sentence, lines, problem: None, may_compare: false };
    }
    let title = match outcome.state {
        BatchState::CompletedWithErrors => "run-verdict-ignored",
        _ => "run-verdict-look",
    };
    let sentence = Sentence::new(Tone::Warn, Icon::Warning, look.say(title));
    let mut lines = missing(look, outcome, Some(verdict));
    lines.extend(skipped(look, verdict));
    lines.extend(compared(look, outcome, verdict));
    Ending { sentence, lines, problem: refusal, may_compare: false }
}

/// Left out for a reason that is nobody's failure, and told all the same.
fn skipped(look: &Look<'_>, verdict: &Verdict) -> Option<String> {
    let skipped = verdict.books.skipped;
    let blanks = [("count", skipped.into()), ("number", look.words.number(skipped).into())];
    (skipped > 0).then(|| look.tell("run-verdict-skipped", &blanks))
}

/// How far the comparison reaches: a sample, and what it met on the source that it could not read or that is newer.
fn compared(look: &Look<'_>, outcome: &Outcome, verdict: &Verdict) -> Vec<String> {
    let mut lines = Vec::new();
    if let Scope::Sample { percent, .. } = verdict.scope {
        let left = look.words.number(verdict.compared.left_out);
        lines.push(look.tell("run-verdict-sample", &[("percent", percent.into()), ("number", left.into())]));
    }
    let since =
        [("changed", verdict.compared.changed), ("gone", verdict.compared.gone), ("new", verdict.arrivals.items)];
    if since.iter().any(|(_, count)| *count > 0) {
        let key = if outcome.state.is_final() { "run-verdict-since-completed" } else { "run-verdict-since" };
        lines.push(look.tell(key, &since.map(|(name, count)| (name, look.words.number(count).into()))));
    }
    let told = [
        ("run-verdict-stands", verdict.compared.stands),
        ("run-verdict-removed", verdict.compared.removed),
        ("run-verdict-joined", verdict.directory.joined),
        ("run-verdict-unread", verdict.compared.unread),
        ("run-verdict-unasked", verdict.arrivals.unasked),
    ];
    for (key, count) in told.into_iter().filter(|(_, count)| *count > 0) {
        lines.push(look.tell(key, &[("count", count.into()), ("number", look.words.number(count).into())]));
    }
    lines
}

/// What is not on the target as it should be.
fn missing(look: &Look<'_>, outcome: &Outcome, verdict: Option<&Verdict>) -> Vec<String> {
    let mut found = vec![
        ("run-missing-recipients", outcome.failed_recipients as u64),
        ("run-missing-failed", outcome.books.failed),
        ("run-missing-waiting", outcome.books.waiting),
    ];
    if let Some(verdict) = verdict {
        let directory = &verdict.directory;
        let absent = |kind: crate::engine::verdict::Arrived| kind.expected.saturating_sub(kind.arrived);
        found.extend([
            ("run-missing-items", verdict.missing),
            ("run-missing-differing", verdict.differing),
            ("run-missing-mailboxes", absent(directory.mailboxes)),
            ("run-missing-groups", absent(directory.groups)),
            ("run-missing-memberships", absent(directory.memberships)),
            ("run-missing-contacts", absent(directory.contacts)),
        ]);
    }
    let found = found.into_iter().filter(|(_, count)| *count > 0);
    found
        .map(|(key, count)| look.tell(key, &[("count", count.into()), ("number", look.words.number(count).into())]))
        .collect()
}

/// What is told outside the window when a batch is over.
pub fn notification(words: &Words, live: &Live) -> Option<String> {
    let outcome = live.outcome.as_ref()?;
    let good = matches!(&live.verdict, Some(Ok(verdict)) if verdict.nothing_lost()) && outcome.failed_recipients == 0;
    let key = match outcome.state {
        BatchState::Stopped => "run-notify-stopped",
        BatchState::Failed => "run-notify-failed",
        BatchState::Completed | BatchState::CompletedWithErrors => "run-notify-completed",
        _ if good => "run-notify-good",
        _ => "run-notify-look",
    };
    Some(words.text(key, &[]))
}
