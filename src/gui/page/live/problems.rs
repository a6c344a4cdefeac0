//! Problems by cause: what happened, what to do, whom it concerns; those chosen can be tried again alone.

use iced::Center;
use iced::widget::{Row, column};

use super::{Live, Message};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::monitor::troubles::{Cause, Troubles};
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::check::check;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::notice::{self, notice};
use crate::gui::widget::{card, text};

/// Causes on screen at most; further ones are in the error report.
const CAUSES_SHOWN: usize = 12;
/// Names told of each cause.
const NAMES_SHOWN: usize = 3;

/// The section, if there is anything to tell. `may_retry`: a batch can be begun for some alone.
///
/// `more` is what the page can do about those of items.
pub fn view<'a, M: 'a>(
    look: &Look<'a>,
    live: &'a Live,
    may_retry: bool,
    wrap: fn(Message) -> M,
    more: Option<Element<'a, M>>,
) -> Option<Element<'a, M>> {
    let Troubles { further, lost, .. } = live.troubles;
    if live.troubles.is_empty() && further + lost == 0 {
        return None;
    }
    let causes = live.troubles.causes().iter().take(CAUSES_SHOWN).enumerate();
    let mut parts: Vec<Element<'a, Message>> =
        causes.map(|(place, cause)| one(look, live, place, cause, may_retry)).collect();
    let hidden = live.troubles.causes().iter().skip(CAUSES_SHOWN).map(|cause| cause.items + cause.recipients);
    let unnamed = further + hidden.sum::<u64>();
    if unnamed > 0 {
        let blanks = [("count", unnamed.into()), ("number", look.words.number(unnamed).into())];
        parts.push(text::muted(look, look.tell("run-problems-more", &blanks)).into());
    }
    if lost > 0 {
        let blanks = [("count", lost.into()), ("number", look.words.number(lost).into())];
        parts.push(text::muted(look, look.tell("run-problems-lost", &blanks)).into());
    }
    if may_retry && live.troubles.causes().iter().any(|cause| cause.retryable) {
        parts.push(retry(look, live));
    }
    let parts = parts.into_iter().map(|part| part.map(wrap)).chain(more);
    Some(card::section(look, look.say("run-problems"), column(parts).spacing(space::M)))
}

fn one<'a>(look: &Look<'a>, live: &'a Live, place: usize, cause: &'a Cause, may_retry: bool) -> Element<'a, Message> {
    let tone = notice::tone_of(&cause.problem);
    let told = notice(look, tone, look.words.message(&cause.problem))
        .body(concerns(look, cause))
        .remedy(look.words.remedy(&cause.problem));
    if !(may_retry && cause.retryable) {
        return told.into();
    }
    let key = cause.key();
    let on = live.chosen.contains(&key);
    let choose = check(look, format!("live-choose-{place}"), look.say("run-problem-choose"), on, move |on| {
        Message::Choose(key.clone(), on)
    });
    told.action(choose).into()
}

/// How many of what, and the first names.
fn concerns(look: &Look<'_>, cause: &Cause) -> String {
    let names: Vec<&str> = cause.addresses.iter().take(NAMES_SHOWN).map(|address| address.as_str()).collect();
    let more = cause.addresses.len().saturating_sub(names.len());
    let blanks = [
        ("count", cause.addresses.len().into()),
        ("items", cause.items.into()),
        ("number", look.words.number(cause.items).into()),
        ("names", names.join(", ").into()),
        ("more", more.into()),
    ];
    look.tell(if cause.items > 0 { "run-problem-items" } else { "run-problem-recipients" }, &blanks)
}

fn retry<'a>(look: &Look<'a>, live: &'a Live) -> Element<'a, Message> {
    let concerned = live.troubles.concerns(&live.chosen);
    let label = look.tell("run-retry", &[("count", concerned.into())]);
    let button = button(look, "run-retry", label)
        .kind(Kind::Normal)
        .icon(Icon::Refresh)
        .on_press_maybe((concerned > 0).then_some(Message::Retry));
    let hint = match (concerned, live.is_busy()) {
        (0, _) => look.say("run-retry-none"),
        (_, true) => look.say("run-retry-later"),
        (_, false) => look.say("run-retry-now"),
    };
    let parts: Vec<Element<'a, Message>> = vec![button.into(), text::small_muted(look, hint).into()];
    Row::from_vec(parts).spacing(space::M).align_y(Center).wrap().vertical_spacing(space::S).into()
}
