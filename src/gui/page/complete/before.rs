//! What is to be done before completing, and the question that is asked once.

use std::collections::BTreeSet;

use iced::widget::column;
use jiff::SignedDuration;

use super::{Complete, Message};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::check::{check, choices};
use crate::gui::widget::notice::{Tone, notice};
use crate::gui::widget::{card, modal, text};

/// The button that has the keyboard when the page asks.
pub const NOT_YET: &str = "complete-not-yet";
/// From the change of the MX records, at least: other mail servers keep the old ones for so long.
const FLOOR: SignedDuration = SignedDuration::from_hours(24);
/// From the change of the MX records, better.
const BETTER: SignedDuration = SignedDuration::from_hours(72);
/// Domains listed at most.
const DOMAINS_SHOWN: usize = 20;

/// What comes first, as steps of one's own, and how to deal with errors.
pub fn view<'a>(look: &Look<'a>, page: &'a Complete) -> Vec<Element<'a, Message>> {
    let steps = column![mx(look, page), arrives(look, page)].spacing(space::XL);
    let choices = choices(
        look,
        "complete-errors",
        Some(page.ignore),
        vec![
            (false, look.say("complete-errors-stop"), look.say("complete-errors-stop-detail")),
            (true, look.say("complete-errors-ignore"), look.say("complete-errors-ignore-detail")),
        ],
        Message::Ignore,
    );
    vec![
        card::section(look, look.say("complete-before"), card::card(look, steps)),
        card::section(look, look.say("complete-errors"), choices),
    ]
}

/// The domains whose mail moves.
pub fn domains(page: &Complete) -> Vec<String> {
    let plan = &page.session.plan;
    let mailboxes = plan.mailboxes.iter().map(|mailbox| &mailbox.identity);
    let identities = mailboxes.chain(plan.groups.iter().map(|group| &group.identity));
    let domains: BTreeSet<String> = identities.map(|identity| identity.address.domain()).collect();
    domains.into_iter().filter(|domain| !domain.is_empty()).collect()
}

fn mx<'a>(look: &Look<'a>, page: &'a Complete) -> Element<'a, Message> {
    let domains = domains(page);
    let more = domains.len().saturating_sub(DOMAINS_SHOWN);
    let names = domains.iter().take(DOMAINS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
    let blanks = [("count", domains.len().into()), ("names", names.into()), ("more", more.into())];
    let label = match page.switched {
        Some(at) => look.tell("complete-mx-changed-on", &[("at", look.words.moment(at, look.zone).into())]),
        None => look.say("complete-mx-changed"),
    };
    let tick = check(look, "complete-mx-changed", label, page.switched.is_some(), Message::Switched);
    let wait = page.switched.map(|_| Element::from(notice(look, Tone::Info, waiting(look, page))));
    column![
        text::strong(look, look.say("complete-mx")),
        text::body(look, look.tell("complete-mx-detail", &blanks)),
        text::muted(look, look.say("complete-mx-wait")),
        Element::from(tick),
        wait
    ]
    .spacing(space::S)
    .into()
}

/// From when on it is safe, as far as the page knows.
fn waiting(look: &Look<'_>, page: &Complete) -> String {
    let moment = |after: SignedDuration| {
        let at = page.switched.and_then(|at| at.checked_add(after).ok()).unwrap_or(look.now);
        look.words.moment(at, look.zone)
    };
    let blanks = [("floor", moment(FLOOR).into()), ("better", moment(BETTER).into())];
    look.tell("complete-mx-earliest", &blanks)
}

fn arrives<'a>(look: &Look<'a>, page: &'a Complete) -> Element<'a, Message> {
    let tick =
        check(look, "complete-arrives-seen", look.say("complete-arrives-seen"), page.arrives, Message::Arrives);
    column![
        text::strong(look, look.say("complete-arrives")),
        text::body(look, look.say("complete-arrives-detail")),
        Element::from(tick)
    ]
    .spacing(space::S)
    .into()
}

/// What speaks against completing now, one sentence each.
pub fn doubts(look: &Look<'_>, page: &Complete) -> Vec<String> {
    let mut doubts = Vec::new();
    match page.switched {
        None => doubts.push(look.say("complete-doubt-mx")),
        Some(at) if look.now.duration_since(at) < FLOOR => doubts.push(look.say("complete-doubt-early")),
        Some(_) => {}
    }
    if !page.arrives {
        doubts.push(look.say("complete-doubt-arrives"));
    }
    let left_out = page.left_out() as u64;
    if left_out > 0 {
        let blanks = [("count", left_out.into()), ("number", look.words.number(left_out).into())];
        doubts.push(look.tell("complete-doubt-left-out", &blanks));
    }
    if page.ignore {
        doubts.push(look.say("complete-doubt-ignore"));
    }
    doubts
}

/// The question, with the facts.
pub fn dialog<'a>(look: &Look<'a>, page: &'a Complete) -> Element<'a, Message> {
    let doubts = doubts(look, page);
    let warning = (!doubts.is_empty())
        .then(|| Element::from(notice(look, Tone::Warn, look.say("complete-doubts")).body(doubts.join("\n"))));
    let blanks = [("mailboxes", page.session.plan.surveyed().mailboxes.len().into())];
    let behind = page.queue.is_behind().then(|| text::body(look, look.say("complete-ask-behind")));
    let body = column![text::body(look, look.tell("complete-ask-body", &blanks)), behind, warning].spacing(space::L);
    let confirm = button(look, "live-confirm", look.say("complete-now")).kind(Kind::Danger);
    let not_yet = button(look, NOT_YET, look.say("complete-not-yet")).kind(Kind::Primary);
    let buttons = vec![confirm.on_press(Message::Confirm).into(), not_yet.on_press(Message::Cancel).into()];
    modal::dialog(look, look.say("complete-ask"), body, buttons)
}
