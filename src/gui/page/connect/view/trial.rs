//! The test of both sides as lines that are ticked off.

use iced::widget::container;

use super::super::trial::{Asked, Stage, Trial};
use super::super::{Failure, Message};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::COLUMN;
use crate::gui::widget::card::card;
use crate::gui::widget::steps::{StepState, steps};

type Line = (StepState, String, Option<String>);

/// Everything that has been reached, and what comes.
pub(super) fn progress<'a>(trial: &'a Trial, look: &Look<'a>) -> Element<'a, Message> {
    let mut lines: Vec<Line> = Vec::new();
    // Whatever was asked before the server was found led no further, or here.
    let going_on = if trial.found.is_some() { StepState::Done } else { StepState::Doing };
    lines.extend(trial.asked.iter().map(|asked| asked_line(look, asked, StepState::Skipped, going_on)));
    let source = trial.stage == Stage::Source;
    let host = trial.checked.settings.source.ews_url.as_deref();
    let found = trial.found.as_deref().or(host).map(str::to_owned);
    lines.push((reached(trial.found.is_some(), trial.asked.is_empty()), look.say("connect-step-found"), found));
    lines.push((reached(trial.signed_in, trial.found.is_some()), look.say("connect-step-signed-in"), None));
    let known = trial.version.is_some();
    lines.push((reached(known, trial.signed_in), look.say("connect-step-version"), trial.version.clone()));
    lines.push((reached(trial.mailbox, known), look.say("connect-step-mailbox"), None));
    let target = reached(trial.stage > Stage::Target, !source);
    lines.push((target, look.say("connect-step-target"), trial.tenant.clone()));
    let open = reached(trial.stage > Stage::Open, trial.stage == Stage::Open);
    lines.push((open, look.say("connect-step-open"), None));
    let counting = trial.stage == Stage::Survey;
    let number = |count: usize| look.words.number(count as u64);
    let counted = counting.then(|| {
        look.tell(
            "connect-counted",
            &[
                ("mailboxes", trial.counted.mailboxes.into()),
                ("mailboxes-shown", number(trial.counted.mailboxes).into()),
                ("groups", trial.counted.groups.into()),
                ("groups-shown", number(trial.counted.groups).into()),
                ("contacts", trial.counted.contacts.into()),
                ("contacts-shown", number(trial.counted.contacts).into()),
            ],
        )
    });
    // What it waits for, if it does, is what whoever looks wants to know.
    let waits = trial.waits.map(|waits| look.words.waiting(waits, look.zone));
    lines.push((reached(false, counting), look.say("connect-step-survey"), waits.or(counted)));
    container(card(look, steps(look, lines))).max_width(COLUMN).into()
}

/// The addresses that Autodiscover asked, and what came of each.
pub(super) fn asked<'a>(look: &Look<'a>, failure: &Failure) -> Element<'a, Message> {
    let last = if failure.found { StepState::Done } else { StepState::Failed };
    steps(look, failure.asked.iter().map(|asked| asked_line(look, asked, StepState::Failed, last)).collect())
}

/// An address that leads no further is nothing wrong while the search goes on: another one may.
fn asked_line(look: &Look<'_>, asked: &Asked, no_further: StepState, last: StepState) -> Line {
    let why = asked.why.map(|why| look.tell("connect-asked-why", &[("why", why.into())]));
    (if why.is_some() { no_further } else { last }, asked.url.clone(), why)
}

fn reached(done: bool, doing: bool) -> StepState {
    match (done, doing) {
        (true, _) => StepState::Done,
        (_, true) => StepState::Doing,
        _ => StepState::Waiting,
    }
}
