//! How the reports are drawn.

use iced::widget::column;

use super::message::StatusMessage;
use super::{FOLDER, Message, Reporting, What, proof};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::buttons;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::field::field;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::notice::{self, Tone, notice};
use crate::gui::widget::{card, text};

/// What there is to show besides the reports themselves.
#[derive(Default)]
pub struct Shown {
    /// The status message, if there is something to tell.
    pub message: Option<StatusMessage>,
}

/// The section about the reports: where they are, or why not; and the status message.
pub fn view<'a>(look: &Look<'a>, state: &'a Reporting, shown: Shown) -> Element<'a, Message> {
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    if let Some(problem) = &state.failed {
        parts.push(notice::problem(look, problem).into());
        parts.push(folder(look, state));
    } else {
        let key = match (state.writing, state.written.is_some()) {
            (true, _) => "run-reports-writing",
            (false, true) => "run-reports-written",
            (false, false) => "run-reports-none",
        };
        let blanks = [("folder", state.folder.display().to_string().into())];
        parts.push(text::body(look, look.tell(key, &blanks)).into());
        parts.push(open(look, state));
        let proof = state.written.as_ref().and_then(|reports| reports.proof.as_ref());
        parts.extend(proof.map(|proof| proof::view(look, proof)));
    }
    for finding in state.written.iter().flat_map(|reports| &reports.findings) {
        parts.push(notice::problem(look, &finding.problem).into());
    }
    if let Some(reason) = &state.refused {
        let told = notice(look, Tone::Warn, look.say("run-open-refused"));
        parts.push(told.body(look.tell("run-open-refused-detail", &[("reason", reason.as_str().into())])).into());
    }
    if let Some(message) = shown.message {
        parts.push(status(look, state, message));
    }
    card::section(look, look.say("run-reports"), column(parts).spacing(space::M))
}

fn open<'a>(look: &Look<'a>, state: &'a Reporting) -> Element<'a, Message> {
    let one = |id: &'static str, icon, what| {
        let button = button(look, id, look.say(id)).icon(icon).busy(state.writing);
        Element::from(button.on_press(Message::Open(what)))
    };
    let again = button(look, "run-write", look.say("run-write")).kind(Kind::Quiet).icon(Icon::Refresh);
    buttons(vec![
        one("run-open-folder", Icon::Folder, What::Folder),
        one("run-open-errors", Icon::File, What::Errors),
        one("run-open-statistics", Icon::File, What::Statistics),
        again.busy(state.writing).on_press(Message::Write).into(),
    ])
}

/// Another folder, and another try.
fn folder<'a>(look: &Look<'a>, state: &'a Reporting) -> Element<'a, Message> {
    let browse = button(look, "run-folder-browse", look.say("window-browse")).on_press(Message::Pick);
    let empty = state.typed.trim().is_empty().then(|| look.say("run-folder-empty"));
    let field = field(look, FOLDER, look.say("run-folder"), &state.typed)
        .on_input(Message::Typed)
        .on_submit(Message::Write)
        .error(empty)
        .beside(browse);
    let again = button(look, "run-write-again", look.say("run-write-again"))
        .kind(Kind::Normal)
        .icon(Icon::Refresh)
        .busy(state.writing)
        .on_press(Message::Write);
    column![Element::from(field), Element::from(again)].spacing(space::M).into()
}

/// The status message: for the mail program, and as text to be copied.
fn status<'a>(look: &Look<'a>, state: &'a Reporting, message: StatusMessage) -> Element<'a, Message> {
    let to: Vec<&str> = message.to.iter().map(|address| address.as_str()).collect();
    let hint = match to.is_empty() {
        true => look.say("run-mail-nobody"),
        false => look.tell("run-mail-to", &[("names", to.join(", ").into())]),
    };
    let send = button(look, "run-mail", look.say("run-mail")).icon(Icon::Mail);
    let key = if state.preview { "run-mail-hide" } else { "run-mail-show" };
    let show = button(look, "live-mail-preview", look.say(key)).kind(Kind::Quiet);
    let actions = buttons(vec![
        send.on_press(Message::Send(message.address())).into(),
        show.on_press(Message::Preview(!state.preview)).into(),
    ]);
    let shown = state.preview.then(|| {
        let copy = button(look, "live-mail-copy", look.say("window-copy")).icon(Icon::Copy);
        let copy = copy.on_press(Message::Copy(message.text()));
        card::card(look, column![text::body(look, message.text()), Element::from(copy)].spacing(space::M))
    });
    column![actions, text::small_muted(look, hint), shown].spacing(space::S).into()
}

/// The initial passwords: only on request, with what that means.
pub fn passwords<'a>(look: &Look<'a>, state: &'a Reporting) -> Element<'a, Message> {
    if state.has_passwords() {
        let told = notice(look, Tone::Warn, look.say("complete-passwords-written"));
        return told.body(look.say("complete-passwords-written-detail")).into();
    }
    let write = button(look, "complete-passwords", look.say("complete-passwords"))
        .icon(Icon::Key)
        .busy(state.writing)
        .on_press(Message::WritePasswords);
    notice(look, Tone::Warn, look.say("complete-passwords-warning"))
        .body(look.say("complete-passwords-detail"))
        .action(write)
        .into()
}
