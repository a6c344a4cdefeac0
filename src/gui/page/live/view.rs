//! How a batch is drawn: its meter and its sentence, its books, its problems, its mailboxes, its ending.

use iced::widget::operation::{AbsoluteOffset, scroll_to};
use iced::widget::{Row, column, container, row};
use iced::{Center, Fill, Task};

use super::ending::{self, Ending};
use super::state::{self, Sentence};
use super::{Live, Message, Phase, Stopping, books, mailboxes};
use crate::engine::books::Books;
use crate::engine::plan::MOST_AT_A_TIME;
use crate::gui::Element;
use crate::gui::frame;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::meter::meter;
use crate::gui::widget::notice;
use crate::gui::widget::stepper::stepper;
use crate::gui::widget::tone::Tone;
use crate::gui::widget::{card, modal, text};

/// The button that has the keyboard when the page asks how to stop.
pub const KEEP_GOING: &str = "run-keep-going";

/// The sentence about what goes on, with the meter and the time left; `resting` where nothing does.
pub fn head<'a, M: Clone + 'a>(look: &Look<'a>, live: &'a Live, resting: Sentence) -> Element<'a, M> {
    let busy = state::sentence(look, live);
    let running = busy.is_some();
    let sentence = busy.unwrap_or(resting);
    let tone = if sentence.tone == Tone::Warn { Tone::Warn } else { Tone::Info };
    let meter: Option<Element<'a, M>> = (running && !live.is_survey()).then(|| {
        let percent = text::strong(look, look.words.percent(f64::from(live.progress())));
        let left = state::time_left(look, live).map(|left| text::muted(look, left));
        let under = row![percent, container(left).align_right(Fill)].spacing(space::L);
        column![meter(look, live.progress(), tone), under].spacing(space::S).into()
    });
    let stopping = state::if_stopped(look, live).map(|sentence| text::small_muted(look, sentence));
    card::card(look, column![line(look, sentence), meter, stopping].spacing(space::L))
}

/// A sentence with its picture.
pub fn line<'a, M: 'a>(look: &Look<'a>, sentence: Sentence) -> Element<'a, M> {
    let mark = icon(look, sentence.icon, 24.0, sentence.tone.colour(&look.colours));
    let detail = sentence.detail.map(|detail| text::muted(look, detail));
    let words = column![text::heading(look, sentence.title), detail].spacing(space::XS).width(Fill);
    row![container(mark).padding([1.0, 0.0]), words].spacing(space::M).into()
}

/// How many mailboxes at a time, while it runs; that the comparison need not be waited for.
pub fn controls<'a>(look: &Look<'a>, live: &'a Live) -> Option<Element<'a, Message>> {
    let stepper = (live.phase == Phase::Running).then(|| {
        let most = u32::try_from(MOST_AT_A_TIME).unwrap_or(1);
        stepper(look, "run-at-a-time", look.say("run-at-a-time"), live.at_a_time, 1..=most, Message::AtATime)
            .hint(look.say("run-at-a-time-hint"))
    });
    let give_up = (live.phase == Phase::Comparing && live.verdict.is_none())
        .then(|| button(look, "run-give-up", look.say("run-give-up")).on_press(Message::GiveUp));
    if stepper.is_none() && give_up.is_none() {
        return None;
    }
    Some(column![stepper.map(Element::from), give_up.map(Element::from)].spacing(space::L).into())
}

/// The books that close: of the batch, or else as the ledger keeps them.
pub fn items<'a, M: 'a>(look: &Look<'a>, live: &'a Live, kept: &Books) -> Element<'a, M> {
    let counted = live.outcome.as_ref().map(|outcome| outcome.books);
    let books = counted.or_else(|| live.snapshot.as_ref().map(|now| now.books));
    let note = text::small_muted(look, look.say("run-books-note"));
    let body = column![books::view(look, &books.unwrap_or(*kept)), note].spacing(space::M);
    card::section(look, look.say("run-books"), card::card(look, body))
}

/// How to stop, with what each way means; the harmless way has the keyboard.
pub fn stop_dialog<'a, M: Clone + 'a>(
    look: &Look<'a>,
    live: &'a Live,
    stop: fn(Stopping) -> M,
    keep: M,
) -> Element<'a, M> {
    let facts = state::if_stopped(look, live).map(|facts| text::body(look, facts));
    let way = |id: &'static str, detail: &str, kind, message| {
        let button = button(look, id, look.say(id)).kind(kind).wide(true).on_press(message);
        column![Element::from(button), text::small_muted(look, look.say(detail))].spacing(space::XS)
    };
    let ways = column![
        way("run-stop-after", "run-stop-after-detail", Kind::Normal, stop(Stopping::AfterCurrent)),
        way("run-stop-now", "run-stop-now-detail", Kind::Danger, stop(Stopping::Now)),
    ];
    let body = column![text::body(look, look.say("run-stop-body")), facts, ways.spacing(space::L)].spacing(space::L);
    let keep = button(look, KEEP_GOING, look.say(KEEP_GOING)).kind(Kind::Primary).on_press(keep);
    let buttons = vec![keep.into()];
    modal::dialog(look, look.say("run-stop-title"), body, buttons)
}

/// The mailboxes of the batch, once it has any.
pub fn mailboxes<'a>(look: &Look<'a>, live: &'a Live) -> Option<Element<'a, Message>> {
    let table = mailboxes::view(look, &live.mailboxes, live.snapshot()?, &live.folders).map(Message::Mailboxes);
    Some(card::section(look, look.say("run-mailboxes"), table))
}

/// To where the page says what goes on now.
pub fn to_the_top<M: Send + 'static>() -> Task<M> {
    scroll_to(frame::SCROLLER, AbsoluteOffset { x: 0.0, y: 0.0 })
}

/// What came of it; `more` are the page's own buttons for it.
pub fn ending<'a, M: Clone + 'a>(
    look: &Look<'a>,
    live: &'a Live,
    wrap: fn(Message) -> M,
    more: Vec<Element<'a, M>>,
) -> Option<Element<'a, M>> {
    let Ending { sentence, lines, problem, may_compare } = ending::of(look, live)?;
    let mut told = notice::notice(look, sentence.tone, sentence.title);
    let lines: Vec<String> = sentence.detail.into_iter().chain(lines).collect();
    if !lines.is_empty() {
        told = told.body(lines.join("\n"));
    }
    if may_compare {
        let label = look.say("run-compare");
        told =
            told.action(button(look, "run-compare", label).icon(Icon::Shield).on_press(wrap(Message::CompareAgain)));
    }
    for action in more {
        told = told.action(action);
    }
    let problem: Option<Element<'a, M>> = problem.as_ref().map(|problem| notice::problem(look, problem).into());
    Some(column![Element::from(told), problem].spacing(space::M).into())
}

/// Buttons beside each other, as many as fit.
pub fn buttons<'a, M: 'a>(buttons: Vec<Element<'a, M>>) -> Element<'a, M> {
    Row::from_vec(buttons).spacing(space::S).align_y(Center).wrap().vertical_spacing(space::S).into()
}
