//! How the page is drawn.

use iced::widget::column;

use super::{Message, Run, brake, panes};
use crate::engine::run::BatchState;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::reports::message::StatusMessage;
use crate::gui::page::live::state::Sentence;
use crate::gui::page::live::{self, finding, reports, saving};
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::icon::Icon;
use crate::gui::widget::notice::{self, Tone, notice};

/// Everything between title and footer.
pub fn body<'a>(look: Look<'a>, run: &'a Run) -> Element<'a, Message> {
    let look = &look;
    let mut parts = vec![live::head(look, &run.live, resting(look, run))];
    parts.extend(told(look, run));
    let findings = run.has_obstacle().then(|| {
        let look_at = button(look, "run-findings", look.say("run-findings")).kind(Kind::Primary);
        look_at.on_press(Message::Findings).into()
    });
    parts.extend(live::ending_view(look, &run.live, Message::Live, findings.into_iter().collect()));
    if !run.is_busy() {
        parts.extend(brake::view(look, &run.brake).map(|part| part.map(Message::Brake)));
    }
    parts.extend(panes::view(look, run));
    if run.state().is_some() || run.is_busy() {
        parts.push(live::items(look, &run.live, &run.overview.books));
        parts.push(finding::offer(look).map(Message::Find));
    }
    let files = saving::view(look, &run.saver, &run.live).map(|files| files.map(Message::Save));
    parts.extend(live::problems_view(look, &run.live, !run.final_state(), Message::Live, files));
    parts.extend(live::mailboxes_view(look, &run.live).map(|part| part.map(Message::Live)));
    if !run.is_busy() && run.state().is_some() {
        let message = StatusMessage::of(look.words, &run.overview, &run.session.status_to, run.session.practice);
        let shown = reports::Shown { message: Some(message) };
        parts.push(reports::view(look, &run.reports, shown).map(Message::Reports));
    }
    column(parts).spacing(space::XL).into()
}

impl Run {
    fn final_state(&self) -> bool {
        self.state().is_some_and(BatchState::is_final)
    }
}

/// What is told before everything else: a ledger that cannot be read, why this batch began by itself, who comes next.
fn told<'a>(look: &Look<'a>, run: &'a Run) -> Vec<Element<'a, Message>> {
    let mut told: Vec<Element<'a, Message>> = Vec::new();
    if let Some(problem) = &run.unreadable {
        let again = button(look, "live-read-again", look.say("run-refresh")).icon(Icon::Refresh);
        told.push(notice::problem(look, problem).action(again.on_press(Message::Refresh)).into());
    }
    if let Some(due) = run.due.filter(|_| run.is_busy()) {
        let since = look.words.moment(due, look.zone);
        told.push(notice(look, Tone::Info, look.tell("run-due", &[("due", since.into())])).into());
    }
    if !run.retry.is_empty() {
        let forget = button(look, "run-forget-retry", look.say("run-forget-retry"));
        let title = look.tell("run-retry-waits", &[("count", run.retry.len().into())]);
        told.push(notice(look, Tone::Info, title).action(forget.on_press(Message::ForgetRetry)).into());
    }
    told
}

/// What is said where nothing goes on.
fn resting(look: &Look<'_>, run: &Run) -> Sentence {
    let (tone, icon, key) = match run.state() {
        Some(BatchState::Synced) => (Tone::Good, Icon::Good, "run-rest-synced"),
        Some(BatchState::SyncedWithErrors) => (Tone::Warn, Icon::Warning, "run-rest-synced-with-errors"),
        Some(BatchState::Completed | BatchState::CompletedWithErrors) => {
            (Tone::Good, Icon::Good, "run-rest-completed")
        }
        Some(BatchState::Failed) => (Tone::Bad, Icon::Bad, "run-rest-failed"),
        Some(BatchState::Stopped) => (Tone::Info, Icon::Stop, "run-rest-stopped"),
        _ => (Tone::Info, Icon::Info, "run-rest-nothing"),
    };
    let again = run.rest.is_again();
    let (tone, icon, key) = if again { (Tone::Warn, Icon::Warning, "run-rest-again") } else { (tone, icon, key) };
    let sentence = Sentence::new(tone, icon, look.say(key));
    match run.rest.due() {
        Some(due) => {
            let key = if again { "run-rest-again-detail" } else { "run-rest-next" };
            sentence.detail(look.tell(key, &[("due", look.words.moment(due.at(), look.zone).into())]))
        }
        None if run.is_synced() => sentence.detail(look.say("run-rest-not-kept")),
        None if run.state() == Some(BatchState::Stopped) && run.overview.last_synced.is_some() => {
            sentence.detail(look.say("run-rest-stopped-not-kept"))
        }
        None => sentence,
    }
}
