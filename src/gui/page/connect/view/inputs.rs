//! Fields with their words, as both forms use them.

use iced::widget::text::LineHeight;
use iced::widget::{column, container, text_editor};
use iced::{Background, Border, Fill, Pixels};

use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::connect::{Connect, Field, Message, Typing};
use crate::gui::theme::{Type, radius, space};
use crate::gui::widget::button::button;
use crate::gui::widget::field::{self, field};
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::{font, text};

/// The height of a list of addresses, in logical pixels: three lines.
const LIST: f32 = 88.0;

/// A field of one line with its name, what is wrong with it, and what it is for.
pub(super) fn line<'a>(
    page: &'a Connect,
    look: &Look<'a>,
    which: Field,
    label: &str,
    hint: Option<&str>,
) -> field::Field<'a, Message> {
    let input = field(look, which.id(), look.say(label), page.form.get(which))
        .on_input(move |text| Message::Typed(which, Typing(text)))
        .error(fault(page, look, which));
    match hint {
        Some(hint) => input.hint(look.say(hint)),
        None => input,
    }
}

/// A field for a secret.
pub(super) fn secret<'a>(
    page: &'a Connect,
    look: &Look<'a>,
    which: Field,
    label: &str,
    hint: Option<&str>,
) -> Element<'a, Message> {
    let shown = page.revealed.contains(&which);
    line(page, look, which, label, hint).required(true).secure(true).reveal(shown, Message::Reveal(which)).into()
}

/// A field for the path of a file, with a button that looks for one.
pub(super) fn file<'a>(
    page: &'a Connect,
    look: &Look<'a>,
    which: Field,
    label: &str,
    hint: Option<&str>,
    required: bool,
) -> Element<'a, Message> {
    let browse = button(look, format!("{}-browse", which.id()), look.say("window-browse"))
        .on_press(Message::Browse(which, look.say(label)));
    line(page, look, which, label, hint).required(required).beside(browse).into()
}

/// Several addresses, one a line.
pub(super) fn list<'a>(
    page: &'a Connect,
    look: &Look<'a>,
    which: Field,
    label: &str,
) -> Option<Element<'a, Message>> {
    let content = page.form.list(which)?;
    let colours = look.colours;
    let wrong = fault(page, look, which);
    let outline = if wrong.is_some() { colours.bad } else { colours.outline };
    let editor = text_editor(content)
        .id(which.id())
        .on_action(move |action| Message::Edited(which, action))
        .font(font::REGULAR)
        .size(Type::BODY.size)
        .line_height(LineHeight::Absolute(Pixels(Type::BODY.line)))
        .padding(space::S)
        .height(LIST)
        .style(move |_, status| {
            let focused = matches!(status, text_editor::Status::Focused { .. });
            let (colour, width) = if focused { (colours.ring, 2.0) } else { (outline, 1.0) };
            text_editor::Style {
                background: Background::Color(colours.surface),
                border: Border { color: colour, width, radius: radius::S.into() },
                placeholder: colours.muted,
                value: colours.text,
                selection: colours.accent_soft,
            }
        });
    let told = wrong.map(|wrong| {
        let words = text::small(look, wrong).color(colours.bad);
        iced::widget::row![icon(look, Icon::Bad, 14.0, colours.bad), words].spacing(space::XS)
    });
    let name = text::strong(look, look.say(label));
    Some(column![name, container(editor).width(Fill), told].spacing(space::XS).into())
}

/// What is wrong with a field, as a sentence.
fn fault(page: &Connect, look: &Look<'_>, which: Field) -> Option<String> {
    let fault = page.faults.get(&which)?;
    Some(look.tell(fault.key, &[("given", fault.given.as_str().into())]))
}
