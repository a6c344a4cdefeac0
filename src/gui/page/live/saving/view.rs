//! How saving is drawn: the offer, how far it is, what came of it.

use iced::widget::column;

use super::{Live, Message, SAVE, STOP, Saved, Saver};
use crate::engine::problem::Guidance;
use crate::engine::save::Saving;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::theme::space;
use crate::gui::widget::button::button;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::notice::{self, Tone, notice};
use crate::gui::widget::text;

/// What stands under the problems of items; nothing, if there are none that could be saved.
pub fn view<'a>(look: &Look<'a>, saver: &'a Saver, live: &Live) -> Option<Element<'a, Message>> {
    if saver.is_busy() {
        return Some(going_on(look, saver));
    }
    let offer = Saver::is_of_use(live).then(|| offer(look));
    let came = saver.saved.as_ref().map(|saved| came(look, saver, saved));
    if offer.is_none() && came.is_none() {
        return None;
    }
    Some(column![came, offer].spacing(space::M).into())
}

fn offer<'a>(look: &Look<'a>) -> Element<'a, Message> {
    let save = button(look, SAVE, look.say("run-save")).icon(Icon::Folder).on_press(Message::Pick);
    column![Element::from(save), text::small_muted(look, look.say("run-save-hint"))].spacing(space::XS).into()
}

fn going_on<'a>(look: &Look<'a>, saver: &Saver) -> Element<'a, Message> {
    let blanks =
        [("done", look.words.number(saver.now.done()).into()), ("all", look.words.number(saver.now.all).into())];
    let title = match saver.now.all {
        0 => look.say("run-saving-begins"),
        _ => look.tell("run-saving", &blanks),
    };
    let stop = button(look, STOP, look.say("run-save-stop")).on_press(Message::Stop);
    let mut told = notice(look, Tone::Info, title);
    if let Some(waits) = saver.waits {
        told = told.body(look.words.waiting(waits, look.zone));
    }
    told.action(stop).into()
}

/// The result; then why it ended early, and why something could not be had.
fn came<'a>(look: &Look<'a>, saver: &'a Saver, saved: &'a Saved) -> Element<'a, Message> {
    let early = saved.problem.as_ref();
    // What ended before the first item says only why.
    let told = (saved.saving.all > 0 || early.is_none()).then(|| result(look, saver, saved));
    let refused = saver.refused.as_ref().map(|reason| {
        let told = notice(look, Tone::Warn, look.say("run-open-refused"));
        told.body(look.tell("run-open-refused-detail", &[("reason", reason.as_str().into())])).into()
    });
    let early = early.filter(|problem| problem.guidance != Guidance::Stopped);
    let early = early.map(|problem| notice::problem(look, problem).into());
    let reasons = saved.reasons.iter().map(|(problem, items)| {
        let blanks = [("count", (*items).into()), ("number", look.words.number(*items).into())];
        notice::problem(look, problem).body(look.tell("run-save-items", &blanks)).into()
    });
    column(told.into_iter().chain(refused).chain(early).chain(reasons)).spacing(space::M).into()
}

/// One sentence with the result, and the way to the files.
fn result<'a>(look: &Look<'a>, saver: &'a Saver, saved: &'a Saved) -> Element<'a, Message> {
    let Saving { all, saved: written, already, failed } = saved.saving;
    let there = written + already;
    let blanks = [
        ("count", all.into()),
        ("done", look.words.number(there).into()),
        ("all", look.words.number(all).into()),
        ("folder", Services::shown(&saver.folder).into()),
    ];
    let whole = failed == 0 && saved.problem.is_none();
    let mut told = notice(look, if whole { Tone::Good } else { Tone::Warn }, look.tell("run-saved", &blanks));
    if failed > 0 {
        let blanks = [("count", failed.into()), ("number", look.words.number(failed).into())];
        told = told.body(look.tell("run-saved-failed", &blanks));
    }
    if there > 0 {
        let open = button(look, "run-save-open", look.say("run-save-open")).icon(Icon::Folder);
        told = told.action(open.on_press(Message::Open));
    }
    told.into()
}
