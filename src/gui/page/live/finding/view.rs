//! How finding a message is drawn.

use iced::widget::{column, container, row};
use iced::{Fill, Top};

use super::{FIELD, Finder, Message, OPEN};
use crate::engine::ledger::{Found, Hit, Whereabouts};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::field::field;
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::tone::Tone;
use crate::gui::widget::{modal, notice, page, text};

/// So many messages need no scroller.
const FEW: usize = 2;
/// Height of what was found, in logical pixels: three messages and a bit, so that it is seen that there is more.
const HEIGHT: f32 = 300.0;
/// The same where the window is small.
const LOW: f32 = 148.0;
/// What scrolls.
const SCROLLER: &str = "find scroll";

/// The button that opens it.
pub fn offer<'a>(look: &Look<'a>) -> Element<'a, Message> {
    button(look, OPEN, look.say("run-find")).icon(Icon::Search).on_press(Message::Open).into()
}

/// The dialog, if it is open.
pub fn view<'a>(look: &Look<'a>, finder: &'a Finder) -> Option<Element<'a, Message>> {
    if !finder.open {
        return None;
    }
    let find = button(look, "run-find-now", look.say("run-find-now")).kind(Kind::Primary).busy(finder.searching);
    let field = field(look, FIELD, look.say("run-find-field"), &finder.typed)
        .on_input(Message::Typed)
        .on_submit(Message::Find)
        .hint(look.say("run-find-hint"));
    let came = finder.found.as_ref().map(|found| match found {
        Ok(found) => list(look, found),
        Err(problem) => notice::problem(look, problem).into(),
    });
    let body = column![Element::from(field), came].spacing(space::L);
    let close = button(look, "live-find-close", look.say("window-close")).on_press(Message::Close);
    let buttons = vec![find.on_press(Message::Find).into(), close.into()];
    Some(modal::dialog(look, look.say("run-find-title"), body, buttons))
}

fn list<'a>(look: &Look<'a>, found: &'a Found) -> Element<'a, Message> {
    let blanks = [
        ("found", found.total.into()),
        ("number", look.words.number(found.total).into()),
        ("shown", found.hits.len().into()),
    ];
    let key = if found.total > found.hits.len() as u64 { "run-found-more" } else { "run-found" };
    let told = text::strong(look, look.tell(key, &blanks));
    if found.hits.is_empty() {
        return told.into();
    }
    let hits = column(found.hits.iter().map(|hit| one(look, hit))).spacing(space::L).width(Fill);
    let hits: Element<'a, Message> = match found.hits.len() > FEW {
        true => {
            let hits = container(hits).padding(iced::Padding::ZERO.right(space::L));
            let height = if look.compact { LOW } else { HEIGHT };
            container(page::scroll(look, SCROLLER, hits)).height(height).into()
        }
        false => hits.into(),
    };
    column![told, hits].spacing(space::M).into()
}

/// A message: what it is, whose, where it was; and where it is now, or why it is not there.
fn one<'a>(look: &Look<'a>, hit: &'a Hit) -> Element<'a, Message> {
    let (tone, key, folder) = match &hit.now {
        Whereabouts::There(folder) => (Tone::Good, "run-find-there", folder.as_str()),
        Whereabouts::Differs(folder) => (Tone::Warn, "run-find-differs", folder.as_str()),
        Whereabouts::Missing => (Tone::Bad, "run-find-missing", ""),
        Whereabouts::Removed => (Tone::Warn, "run-find-removed", ""),
        Whereabouts::Waiting => (Tone::Info, "run-find-waiting", ""),
        Whereabouts::Skipped => (Tone::Warn, "run-find-skipped", ""),
        Whereabouts::Failed => (Tone::Bad, "run-find-failed", ""),
        Whereabouts::Kept(folder) => (Tone::Info, "run-find-kept", folder.as_str()),
        Whereabouts::Gone => (Tone::Quiet, "run-find-gone", ""),
    };
    let date = hit.date.map(|date| look.words.moment(date, look.zone));
    let facts = [hit.sender.clone().filter(|sender| !sender.is_empty()), date, Some(hit.mailbox.clone())];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let subject = match hit.subject.as_str() {
        "" => look.say("run-find-no-subject"),
        subject => subject.to_owned(),
    };
    let was = look.tell("run-find-was", &[("folder", hit.folder.as_str().into())]);
    let mark = container(icon(look, tone.icon(), 16.0, tone.colour(&look.colours))).padding([3.0, 0.0]);
    let now = text::body(look, look.tell(key, &[("folder", folder.into())])).width(Fill);
    let why = hit.problem.as_ref().map(|problem| text::small_muted(look, look.words.message(problem)));
    column![
        text::strong(look, subject),
        text::small_muted(look, facts),
        text::small_muted(look, was),
        row![mark, column![now, why].spacing(2.0)].spacing(space::S).align_y(Top),
    ]
    .spacing(2.0)
    .width(Fill)
    .into()
}
