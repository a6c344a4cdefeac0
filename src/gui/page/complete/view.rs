//! How the page is drawn.

use iced::widget::column;

use super::{Complete, Message, before, next, queue};
use crate::engine::run::BatchState;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::reports::message::StatusMessage;
use crate::gui::page::live::reports::{self, What};
use crate::gui::page::live::state::Sentence;
use crate::gui::page::live::{self, finding, saving};
use crate::gui::theme::space;
use crate::gui::widget::button::button;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::notice;
use crate::gui::widget::tone::Tone;

/// Everything between title and footer.
pub fn body<'a>(look: Look<'a>, page: &'a Complete) -> Element<'a, Message> {
    let look = &look;
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    let resting = queue::sentence(look, page).unwrap_or_else(|| resting(look, page));
    parts.push(live::head(look, &page.live, resting));
    if let Some(problem) = &page.unreadable {
        let again = button(look, "live-read-again", look.say("run-refresh")).icon(Icon::Refresh);
        parts.push(notice::problem(look, problem).action(again.on_press(Message::Refresh)).into());
    }
    parts.extend(live::ending_view(look, &page.live, Message::Live, errors(look, page)));
    parts.extend(live::controls(look, &page.live).map(|controls| controls.map(Message::Live)));
    let tried = page.live.snapshot().is_some();
    if tried || page.is_completed() {
        parts.push(live::items(look, &page.live, &page.overview.books));
        parts.push(finding::offer(look).map(Message::Find));
    }
    // What was confirmed is not changed while it waits.
    if !page.is_busy() && !page.is_completed() && !page.is_queued() {
        parts.extend(before::view(look, page));
    }
    if page.is_completed() {
        parts.push(next::view(look, page));
    }
    // Once completed, the mailboxes' states of the run are of before.
    let mailboxes = live::mailboxes_view(look, &page.live).filter(|_| !page.is_completed());
    let files = saving::view(look, &page.saver, &page.live).map(|files| files.map(Message::Save));
    parts.extend(live::problems_view(look, &page.live, false, Message::Live, files));
    parts.extend(mailboxes.map(|part| part.map(Message::Live)));
    if !page.is_busy() && (tried || page.is_completed()) {
        let message = StatusMessage::of(look.words, &page.overview, &page.session.status_to, page.session.practice);
        let shown = reports::Shown { message: Some(message) };
        parts.push(reports::view(look, &page.reports, shown).map(Message::Reports));
    }
    column(parts).spacing(space::XL).into()
}

/// The error report, where a completion was refused.
fn errors<'a>(look: &Look<'a>, page: &'a Complete) -> Vec<Element<'a, Message>> {
    if page.is_completed() || page.live.snapshot().is_none() {
        return Vec::new();
    }
    let open = button(look, "live-open-errors", look.say("run-open-errors")).icon(Icon::File);
    let open = open.busy(page.reports.is_busy());
    vec![open.on_press(Message::Reports(reports::Message::Open(What::Errors))).into()]
}

/// What is said where nothing goes on.
fn resting(look: &Look<'_>, page: &Complete) -> Sentence {
    let synced = page.overview.last_synced.map(|at| look.words.moment(at, look.zone));
    let at = [("at", synced.clone().unwrap_or_default().into())];
    match page.overview.last_batch.as_ref().map(|(_, state)| *state) {
        Some(BatchState::Completed) => Sentence::new(Tone::Good, Icon::Good, look.say("complete-state-done"))
            .detail(look.tell("complete-state-at", &at)),
        Some(BatchState::CompletedWithErrors) => {
            Sentence::new(Tone::Warn, Icon::Warning, look.say("complete-state-done-with-errors"))
                .detail(look.tell("complete-state-at", &at))
        }
        _ => {
            let errors = page.overview.mailboxes_with_errors;
            let (tone, icon) = if errors > 0 { (Tone::Warn, Icon::Warning) } else { (Tone::Info, Icon::Clock) };
            let title = match synced {
                Some(_) => look.tell("complete-state-synced", &at),
                None => look.say("complete-state-never"),
            };
            Sentence::new(tone, icon, title).detail(look.tell("complete-state-errors", &[("count", errors.into())]))
        }
    }
}
