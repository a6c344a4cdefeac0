//! What to do when the migration is completed: advice, in the order in which it is due.

use iced::widget::column;

use super::{Complete, Message};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::reports;
use crate::gui::theme::space;
use crate::gui::widget::{card, text};

/// The headed parts: what each is about, in `i18n/`.
const PARTS: [(&str, &str); 4] = [
    ("complete-licences", "complete-licences-detail"),
    ("complete-autodiscover", "complete-autodiscover-detail"),
    ("complete-letters", "complete-letters-detail"),
    ("complete-old-server", "complete-old-server-detail"),
];

/// The list.
pub fn view<'a>(look: &Look<'a>, page: &'a Complete) -> Element<'a, Message> {
    let mut parts: Vec<Element<'a, Message>> =
        PARTS.iter().map(|(heading, detail)| part(look, heading, detail)).collect();
    let passwords = column![
        part(look, "complete-hand-over", "complete-hand-over-detail"),
        reports::passwords(look, &page.reports).map(Message::Reports)
    ];
    parts.insert(0, passwords.spacing(space::M).into());
    card::section(look, look.say("complete-next"), card::card(look, column(parts).spacing(space::XL)))
}

fn part<'a>(look: &Look<'a>, heading: &str, detail: &str) -> Element<'a, Message> {
    column![text::strong(look, look.say(heading)), text::body(look, look.say(detail))].spacing(space::XS).into()
}
