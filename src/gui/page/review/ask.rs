//! The two questions of the review page: start over, and start.

use iced::widget::column;

use super::{Message, counted};
use crate::engine::plan::Plan;
use crate::engine::recipient::MailboxKind;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::{modal, text};

/// The safest answer of both, which has the keyboard first.
pub const STAY: &str = "review stay";
/// The answer that goes on.
pub const GO: &str = "review go";

/// The survey is lost, nothing on either side changes.
pub fn start_over(look: Look<'_>) -> Element<'_, Message> {
    let body = text::body(&look, look.say("review-start-over-body"));
    let words = ["review-start-over-title", "review-start-over-stay", "review-start-over-now"];
    question(look, words, body.into(), Message::StartOverNow)
}

/// What happens now, in a few sentences.
pub fn run<'a>(look: Look<'a>, plan: &Plan) -> Element<'a, Message> {
    let made = plan.mailboxes.iter().filter(|mailbox| !plan.arrived(&mailbox.identity.address));
    let people = made.filter(|mailbox| mailbox.kind == MailboxKind::User).count();
    let before = plan.mailboxes.len() + plan.groups.len() + plan.contacts.len()
        - (plan.new.mailboxes + plan.new.groups + plan.new.contacts);
    let new = (plan.new.mailboxes + plan.new.groups + plan.new.contacts > 0).then(|| {
        look.tell(
            "review-run-new",
            &[
                ("mailboxes", plan.new.mailboxes.into()),
                ("groups", plan.new.groups.into()),
                ("contacts", plan.new.contacts.into()),
            ],
        )
    });
    let people = (people > 0).then(|| counted(&look, "review-run-people", people));
    let before = (before > 0).then(|| counted(&look, "review-run-before", before));
    let new = new.map(|new| people.map_or(new.clone(), |people| format!("{new} {people}")));
    let lines = [new, before, Some(look.say("review-run-safe")), Some(look.say("review-run-stop"))];
    let lines = lines.into_iter().flatten().map(|line| text::body(&look, line).into());
    let body = column(lines).spacing(space::M);
    question(look, ["review-run-title", "review-run-stay", "review-run-now"], body.into(), Message::RunNow)
}

fn question<'a>(
    look: Look<'a>,
    [title, stay, go]: [&str; 3],
    body: Element<'a, Message>,
    message: Message,
) -> Element<'a, Message> {
    let stay = button(&look, STAY, look.say(stay)).kind(Kind::Primary).on_press(Message::Closed);
    let go = button(&look, GO, look.say(go)).on_press(message);
    modal::dialog(&look, look.say(title), body, vec![go.into(), stay.into()])
}
