//! The proof of the last comparison: where it is, and the fingerprint that must not lie beside it.

use iced::Center;
use iced::widget::{Row, column, row};

use super::Message;
use crate::engine::report::Proof;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::button;
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::{card, text};

/// The button that copies the fingerprint.
pub const COPY: &str = "live-proof-copy";

/// The proof that was written.
pub fn view<'a>(look: &Look<'a>, proof: &'a Proof) -> Element<'a, Message> {
    let title = row![icon(look, Icon::Shield, 20.0, look.colours.good), text::strong(look, look.say("run-proof"))];
    let file = proof.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let blanks =
        [("file", file.into()), ("count", proof.items.into()), ("number", look.words.number(proof.items).into())];
    let copy = button(look, COPY, look.say("window-copy")).icon(Icon::Copy);
    let copy = copy.on_press(Message::Copy(proof.fingerprint.clone()));
    let fingerprint: Vec<Element<'a, Message>> =
        vec![text::heading(look, proof.fingerprint.as_str()).into(), copy.into()];
    let fingerprint = Row::from_vec(fingerprint).spacing(space::M).align_y(Center);
    let fingerprint = column![
        text::small_muted(look, look.say("run-proof-fingerprint")),
        fingerprint.wrap().vertical_spacing(space::S)
    ];
    let lost = (!proof.key_kept).then(|| text::body(look, look.say("run-proof-not-kept")));
    let body = column![
        title.spacing(space::S).align_y(Center),
        text::body(look, look.tell("run-proof-detail", &blanks)),
        fingerprint.spacing(space::XS),
        text::body(look, look.say("run-proof-note")),
        lost
    ];
    card::card(look, body.spacing(space::M))
}
