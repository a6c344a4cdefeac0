//! What happens, in one sentence, and what else is worth saying about it.

use jiff::Timestamp;

use crate::engine::forecast;
use crate::engine::problem::Side;
use crate::engine::progress::{Snapshot, Stage, Tally};
use crate::engine::waiting::Waiting;
use crate::gui::look::Look;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::tone::Tone;

use super::{Live, Phase, Stopping};

/// A sentence about the state of things.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// How it is meant.
    pub tone: Tone,
    /// Its picture.
    pub icon: Icon,
    /// The sentence.
    pub title: String,
    /// What it means, if it does not say so itself.
    pub detail: Option<String>,
}

impl Sentence {
    /// A sentence that says all.
    pub fn new(tone: Tone, icon: Icon, title: String) -> Sentence {
        Sentence { tone, icon, title, detail: None }
    }
    /// With what it means.
    pub fn detail(self, detail: String) -> Sentence {
        Sentence { detail: Some(detail), ..self }
    }
    /// With what is waited for, if anything is: that is what whoever looks wants to know.
    fn waits(self, look: &Look<'_>, waiting: Option<Waiting>) -> Sentence {
        match waiting {
            Some(waiting) => self.detail(look.words.waiting(waiting, look.zone)),
            None => self,
        }
    }
    /// The same of a comparison, of which the rest goes on.
    fn waits_in_part(self, look: &Look<'_>, waiting: Option<Waiting>) -> Sentence {
        match waiting.map(|waiting| look.words.waiting(waiting, look.zone)) {
            Some(waits) => self.detail(look.tell("run-waits-comparison", &[("waits", waits.into())])),
            None => self,
        }
    }
}

/// What goes on; nothing if nothing does.
pub fn sentence(look: &Look<'_>, live: &Live) -> Option<Sentence> {
    let doing = |title| Sentence::new(Tone::Info, Icon::Hourglass, title);
    Some(match live.phase {
        Phase::Over => return None,
        _ if live.stopping == Stopping::Now => doing(look.say("run-state-stopping-now")),
        Phase::Surveying => {
            let blanks = [
                ("mailboxes", look.words.number(live.surveyed.mailboxes as u64).into()),
                ("groups", look.words.number(live.surveyed.groups as u64).into()),
                ("contacts", look.words.number(live.surveyed.contacts as u64).into()),
            ];
            let seen = doing(look.say("run-state-surveying")).detail(look.tell("run-state-seen", &blanks));
            seen.waits(look, live.waits)
        }
        Phase::Starting => doing(look.say("run-state-starting")),
        Phase::Comparing => doing(compared(look, live.compared, live.to_compare())).waits_in_part(look, live.waits),
        Phase::Running => match &live.snapshot {
            Some(snapshot) => running(look, live, snapshot),
            None => doing(look.say("run-state-starting")),
        },
    })
}

fn running(look: &Look<'_>, live: &Live, now: &Snapshot) -> Sentence {
    let doing = |title| Sentence::new(Tone::Info, Icon::Spinner, title);
    if let Some(waiting) = waiting(look, live, now) {
        return waiting;
    }
    if live.stopping == Stopping::AfterCurrent {
        let blanks = [("active", now.active().into())];
        return doing(look.say("run-state-stopping")).detail(look.tell("run-state-stopping-detail", &blanks));
    }
    let stage = match now.stage {
        Stage::Starting | Stage::Ended => doing(look.say("run-state-starting")),
        Stage::Mailboxes => copying(look, now),
        Stage::Contacts => doing(tally(look, "run-state-contacts", now.contacts)),
        Stage::Groups => doing(tally(look, "run-state-groups", now.groups)),
        Stage::Verifying => {
            return doing(compared(look, now.verified, now.books.arrived())).waits_in_part(look, now.waiting);
        }
    };
    // A part of it waits while the others go on.
    stage.waits(look, now.waiting)
}

fn copying(look: &Look<'_>, now: &Snapshot) -> Sentence {
    let blanks =
        [("active", now.active().into()), ("done", now.synced().into()), ("all", now.mailboxes.len().into())];
    let sentence = Sentence::new(Tone::Info, Icon::Spinner, look.tell("run-state-copying", &blanks));
    match is_counting(now) {
        true => sentence.detail(look.say("run-state-counting")),
        false => sentence,
    }
}

/// Some folders have not been listed yet, so that the number of items still grows.
pub fn is_counting(now: &Snapshot) -> bool {
    now.mailboxes.iter().any(|row| row.state.is_active() && !row.counted)
}

/// All that is in progress waits: nothing is wrong, and nothing to be done.
fn waiting(look: &Look<'_>, live: &Live, now: &Snapshot) -> Option<Sentence> {
    let since = time(look, live.waiting_since?);
    let waits = now.mailboxes.iter().filter_map(|row| row.waiting).chain(now.waiting);
    let ends = waits.filter_map(|waiting| Some((waiting, waiting.until()?)));
    let Some((waiting, until)) = ends.min_by_key(|(_, until)| *until) else {
        // Nobody knows until when: the service makes mailboxes when it likes.
        let title = look.tell("run-state-waiting-mailboxes", &[("since", since.into())]);
        let sentence = Sentence::new(Tone::Info, Icon::Clock, title);
        return Some(sentence.detail(look.say("run-state-waiting-mailboxes-detail")));
    };
    let (title, detail) = keys(waiting);
    let title = look.tell(title, &[("since", since.into())]);
    let detail = look.tell(detail, &[("until", time(look, until).into())]);
    // That what is new shows late is nothing out of the ordinary.
    let tone = if matches!(waiting, Waiting::Recipients { .. }) { Tone::Info } else { Tone::Warn };
    Some(Sentence::new(tone, Icon::Clock, title).detail(detail))
}

/// The words that say what is waited for, and what that means.
fn keys(waiting: Waiting) -> (&'static str, &'static str) {
    match waiting {
        Waiting::Pause { side: Side::Source, .. } => ("run-state-waiting-source", "run-state-waiting-detail"),
        Waiting::Pause { .. } | Waiting::Mailbox => ("run-state-waiting-target", "run-state-waiting-detail"),
        Waiting::Upload { .. } => ("run-state-waiting-target", "run-state-waiting-upload"),
        Waiting::Requests { .. } => ("run-state-waiting-target", "run-state-waiting-requests"),
        Waiting::UnderWay { .. } => ("run-state-waiting-sent", "run-state-waiting-under-way"),
        Waiting::Again { .. } => ("run-state-waiting-again", "run-state-waiting-again-detail"),
        Waiting::Recipients { .. } => ("run-state-waiting-recipients", "run-state-waiting-recipients-detail"),
    }
}

fn time(look: &Look<'_>, at: Timestamp) -> String {
    look.words.time(at, look.zone)
}

fn tally(look: &Look<'_>, key: &str, tally: Tally) -> String {
    look.tell(key, &[("done", tally.done.into()), ("all", tally.total.into())])
}

fn compared(look: &Look<'_>, compared: u64, all: u64) -> String {
    let blanks = [("compared", look.words.number(compared).into()), ("all", look.words.number(all).into())];
    look.tell("run-state-comparing", &blanks)
}

/// How long it still takes, or that this is not known yet. Nothing where nothing is copied.
pub fn time_left(look: &Look<'_>, live: &Live) -> Option<String> {
    let now = live.snapshot.as_ref().filter(|_| live.phase == Phase::Running && live.stopping == Stopping::No)?;
    if now.stage != Stage::Mailboxes {
        return None;
    }
    Some(match forecast::remaining(now, look.now) {
        Some(range) => look.tell("run-left", &[("range", look.words.range(range).into())]),
        None => look.say("run-left-unknown"),
    })
}

/// What stopping now would mean, kept up to date.
pub fn if_stopped(look: &Look<'_>, live: &Live) -> Option<String> {
    let now = live.snapshot.as_ref().filter(|_| live.phase == Phase::Running && live.stopping == Stopping::No)?;
    let blanks =
        [("done", now.synced().into()), ("active", now.active().into()), ("all", now.mailboxes.len().into())];
    Some(look.tell("run-if-stopped", &blanks))
}
