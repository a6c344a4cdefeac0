//! The two panes: this batch, and the migration over all batches.

use iced::Fill;
use iced::widget::column;

use super::{Message, Run};
use crate::engine::ledger::overview::Overview;
use crate::engine::progress::{Snapshot, Tally};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::reports::{self, What};
use crate::gui::page::live::{self, buttons};
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::icon::Icon;
use crate::gui::widget::{card, figures, text};

/// Both, one under the other: the text may be large and the words of other languages long. That of the batch goes when
/// the batch is over.
pub fn view<'a>(look: &Look<'a>, page: &'a Run) -> Vec<Element<'a, Message>> {
    let active = page.live.snapshot().filter(|_| page.is_busy()).map(|now| active(look, page, now));
    active.into_iter().chain([overall(look, &page.overview)]).collect()
}

fn active<'a>(look: &Look<'a>, page: &'a Run, now: &'a Snapshot) -> Element<'a, Message> {
    let by = if page.user.is_empty() { look.say("run-active-by-unknown") } else { page.user.clone() };
    let (mailboxes, groups, contacts) = (now.mailboxes.len(), now.groups.total, now.contacts.total);
    let total = [("mailboxes", mailboxes.into()), ("groups", groups.into()), ("contacts", contacts.into())];
    let facts = [
        ("run-active-started", look.words.moment(now.started, look.zone)),
        ("run-active-by", by),
        ("run-active-total", look.tell("run-active-total-value", &total)),
    ];
    let facts = facts.into_iter().map(|(key, value)| (look.say(key), text::body(look, value).into())).collect();
    let open = reports::Message::OpenFresh(What::Errors);
    let quiet = |id: &'static str, icon, message| {
        Element::from(button(look, id, look.say(id)).kind(Kind::Quiet).icon(icon).on_press(message))
    };
    let mut commands = vec![
        quiet("run-active-mailboxes", Icon::List, Message::ShowMailboxes),
        quiet("run-active-errors", Icon::File, Message::Reports(open)),
        quiet("run-refresh", Icon::Refresh, Message::Refresh),
    ];
    if page.live.may_stop() {
        let stop = button(look, "live-pane-stop", look.say("run-stop")).icon(Icon::Stop);
        commands.insert(0, stop.on_press(Message::Stop).into());
    }
    let controls = live::controls(look, &page.live).map(|controls| controls.map(Message::Live));
    let figures = figures::tiles(look, named(look, active_figures(look, now)));
    let body = column![figures, figures::facts(look, facts), controls, buttons(commands)].spacing(space::L);
    pane(look, "run-active", body)
}

/// The figures that the documents want to be seen of a batch.
pub fn active_figures(look: &Look<'_>, now: &Snapshot) -> Vec<(&'static str, String)> {
    let done = now.synced() + now.groups.done + now.contacts.done;
    let all = now.mailboxes.len() + now.groups.total + now.contacts.total;
    vec![
        ("run-active-done", of(look, done, all)),
        ("run-active-now", look.words.number(now.active() as u64)),
        ("run-active-failed", look.words.number(now.failed() as u64)),
    ]
}

fn overall<'a>(look: &Look<'a>, overview: &Overview) -> Element<'a, Message> {
    let figures = figures::tiles(look, named(look, overall_figures(look, overview)));
    let synced = overview.last_synced.map(|at| look.words.ago(at, look.now, look.zone));
    let synced = synced.unwrap_or_else(|| look.say("run-overall-never"));
    let facts = figures::facts(look, vec![(look.say("run-overall-synced"), text::body(look, synced).into())]);
    pane(look, "run-overall", column![figures, facts].spacing(space::L))
}

/// The figures that they want to be seen of the migration as a whole.
pub fn overall_figures(look: &Look<'_>, overview: &Overview) -> Vec<(&'static str, String)> {
    let tally = |tally: Tally| of(look, tally.done, tally.total);
    vec![
        ("run-overall-mailboxes", tally(overview.mailboxes)),
        ("run-overall-groups", tally(overview.groups)),
        ("run-overall-contacts", tally(overview.contacts)),
        ("run-overall-errors", look.words.number(overview.mailboxes_with_errors as u64)),
    ]
}

fn of(look: &Look<'_>, done: usize, all: usize) -> String {
    let number = |number: usize| look.words.number(number as u64);
    look.tell("run-of", &[("done", number(done).into()), ("all", number(all).into())])
}

fn named(look: &Look<'_>, figures: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    figures.into_iter().map(|(key, figure)| (figure, look.say(key))).collect()
}

fn pane<'a>(look: &Look<'a>, heading: &str, body: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let body = column![text::heading(look, look.say(heading)), body.into()].spacing(space::L).width(Fill);
    card::card(look, body)
}
