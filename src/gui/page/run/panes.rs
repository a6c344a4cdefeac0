//! The two panes: this batch, and the migration over all batches.

use iced::Fill;
use iced::widget::{Row, column};

use super::{Message, Run};
use crate::engine::ledger::overview::Overview;
use crate::engine::progress::Tally;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::reports::{self, What};
use crate::gui::page::live::{Live, buttons};
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button, link};
use crate::gui::widget::icon::Icon;
use crate::gui::widget::{card, figures, text};

/// Both, side by side where there is room. That of the batch goes when the batch is over.
pub fn view<'a>(look: &Look<'a>, page: &'a Run) -> Element<'a, Message> {
    let active = page.live.is_shown_as_active().then(|| active(look, page));
    let overall = overall(look, &page.overview);
    let both: Vec<Element<'a, Message>> = active.into_iter().chain([overall]).collect();
    match look.compact {
        true => column(both).spacing(space::XL).into(),
        false => Row::from_vec(both).spacing(space::XL).into(),
    }
}

fn active<'a>(look: &Look<'a>, page: &'a Run) -> Element<'a, Message> {
    let live = &page.live;
    let mut facts: Vec<(String, Element<'a, Message>)> = Vec::new();
    let mut fact = |key: &str, value: String| facts.push((look.say(key), text::body(look, value).into()));
    for (key, value) in active_facts(look, live) {
        fact(key, value);
    }
    fact("run-active-by", if page.user.is_empty() { look.say("run-active-by-unknown") } else { page.user.clone() });
    let open = reports::Message::OpenFresh(What::Errors);
    let links = buttons(vec![
        link(look, "run-active-mailboxes", look.say("run-active-mailboxes"), Message::ShowMailboxes),
        link(look, "run-active-errors", look.say("run-active-errors"), Message::Reports(open)),
    ]);
    let refresh = button(look, "run-refresh", look.say("run-refresh")).kind(Kind::Quiet).icon(Icon::Refresh);
    let stop = live.may_stop().then(|| {
        let stop = button(look, "live-pane-stop", look.say("run-stop")).icon(Icon::Stop);
        Element::from(stop.on_press(Message::Stop))
    });
    let commands = stop.into_iter().chain([refresh.on_press(Message::Refresh).into()]).collect();
    let body = column![figures::facts(look, facts), links, buttons(commands)].spacing(space::L);
    pane(look, "run-active", body)
}

/// What the documents want to be seen of a batch, except who started it.
pub fn active_facts(look: &Look<'_>, live: &Live) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(now) = live.snapshot() {
        facts.push(("run-active-started", look.words.moment(now.started, look.zone)));
        let (mailboxes, groups, contacts) = (now.mailboxes.len(), now.groups.total, now.contacts.total);
        let blanks = [("mailboxes", mailboxes.into()), ("groups", groups.into()), ("contacts", contacts.into())];
        facts.push(("run-active-total", look.tell("run-active-total-value", &blanks)));
        let done = now.synced() + now.groups.done + now.contacts.done;
        let blanks = [
            ("done", look.words.number(done as u64).into()),
            ("all", look.words.number((mailboxes + groups + contacts) as u64).into()),
        ];
        facts.push(("run-active-done", look.tell("run-of", &blanks)));
        facts.push(("run-active-now", look.words.number(now.active() as u64)));
        facts.push(("run-active-failed", look.words.number(now.failed() as u64)));
    }
    facts
}

fn overall<'a>(look: &Look<'a>, overview: &'a Overview) -> Element<'a, Message> {
    let facts = overall_facts(look, overview);
    let facts = facts.into_iter().map(|(key, value)| (look.say(key), text::body(look, value).into())).collect();
    pane(look, "run-overall", figures::facts(look, facts))
}

/// What they want to be seen of the migration as a whole.
pub fn overall_facts(look: &Look<'_>, overview: &Overview) -> Vec<(&'static str, String)> {
    let of = |tally: Tally| {
        let number = |number: usize| look.words.number(number as u64);
        look.tell("run-of", &[("done", number(tally.done).into()), ("all", number(tally.total).into())])
    };
    let mut facts = vec![
        ("run-overall-mailboxes", of(overview.mailboxes)),
        ("run-overall-groups", of(overview.groups)),
        ("run-overall-contacts", of(overview.contacts)),
        ("run-overall-errors", look.words.number(overview.mailboxes_with_errors as u64)),
    ];
    let synced = overview.last_synced.map(|at| look.words.ago(at, look.now, look.zone));
    facts.push(("run-overall-synced", synced.unwrap_or_else(|| look.say("run-overall-never"))));
    facts
}

fn pane<'a>(look: &Look<'a>, heading: &str, body: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let body = column![text::heading(look, look.say(heading)), body.into()].spacing(space::L).width(Fill);
    card::card(look, body)
}
