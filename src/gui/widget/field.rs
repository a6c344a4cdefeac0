//! A field for text: its name, the input, what stands beside it, a hint, and what is wrong with it.

use iced::advanced::widget::Id;
use iced::widget::text::LineHeight;
use iced::widget::{column, row, text_input};
use iced::{Background, Border, Center, Fill, Length, Pixels};

use super::button::{Kind, button};
use super::font;
use super::icon::{Icon, icon};
use super::inert;
use super::text::{small_muted, words};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Colours, Type, radius, space};

/// A field; turn it into an element when it is complete. Without [`Field::on_input`] it is disabled.
pub struct Field<'a, M> {
    look: Look<'a>,
    id: Id,
    label: String,
    value: &'a str,
    on_input: Option<Box<dyn Fn(String) -> M + 'a>>,
    on_submit: Option<M>,
    secure: bool,
    reveal: Option<(bool, M)>,
    hint: Option<String>,
    error: Option<String>,
    required: bool,
    placeholder: String,
    beside: Option<Element<'a, M>>,
    width: Length,
    disabled: bool,
}

/// A field with its name above it.
pub fn field<'a, M>(look: &Look<'a>, id: impl Into<Id>, label: impl Into<String>, value: &'a str) -> Field<'a, M> {
    Field {
        look: *look,
        id: id.into(),
        label: label.into(),
        value,
        on_input: None,
        on_submit: None,
        secure: false,
        reveal: None,
        hint: None,
        error: None,
        required: false,
        placeholder: String::new(),
        beside: None,
        width: Fill,
        disabled: false,
    }
}

impl<'a, M> Field<'a, M> {
    /// What typing says.
    pub fn on_input(mut self, message: impl Fn(String) -> M + 'a) -> Self {
        self.on_input = Some(Box::new(message));
        self
    }

    /// What Enter says. Without it Enter goes on to the page.
    pub fn on_submit(mut self, message: M) -> Self {
        self.on_submit = Some(message);
        self
    }

    /// For passwords: dots instead of letters, and nothing can read them out of the window.
    pub fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// Adds the button that shows or hides a secure field's letters.
    pub fn reveal(mut self, shown: bool, toggle: M) -> Self {
        self.reveal = Some((shown, toggle));
        self
    }

    /// What belongs in it, in small letters below.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong with its value.
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// It cannot be left empty.
    pub fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// An example, shown while it is empty.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = placeholder.into();
        self
    }

    /// Something to its right, such as a button that opens a file.
    pub fn beside(mut self, beside: impl Into<Element<'a, M>>) -> Self {
        self.beside = Some(beside.into());
        self
    }

    /// How wide the input is, in logical pixels.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Length::Fixed(width);
        self
    }

    /// Shown, but out of reach.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

impl<'a, M: Clone + 'a> Field<'a, M> {
    fn input(&mut self) -> Element<'a, M> {
        let colours = self.look.colours;
        let wrong = self.error.is_some();
        let disabled = self.disabled || self.on_input.is_none();
        let hidden = self.secure && !self.reveal.as_ref().is_some_and(|(shown, _)| *shown);
        let input = text_input(&self.placeholder, self.value)
            .id(self.id.clone())
            .on_input_maybe(self.on_input.take().filter(|_| !disabled))
            .on_submit_maybe(self.on_submit.take())
            .secure(hidden)
            .font(font::REGULAR)
            .size(Type::BODY.size)
            .line_height(LineHeight::Absolute(Pixels(Type::BODY.line)))
            .padding([8.0, space::M])
            .width(self.width)
            .style(move |_, status| style(&colours, wrong, status));
        inert::input(input, disabled, self.secure)
    }

    fn reveal_button(&mut self) -> Option<Element<'a, M>> {
        let (shown, toggle) = self.reveal.take().filter(|_| self.secure)?;
        let label = self.look.say(if shown { "window-field-hide" } else { "window-field-show" });
        // Its own place in the tab order, named after the field.
        let id = Id::from(format!("{:?} reveal", self.id));
        let sign = if shown { Icon::EyeOff } else { Icon::Eye };
        Some(button(&self.look, id, label).kind(Kind::Quiet).icon(sign).on_press(toggle).into())
    }
}

fn style(colours: &Colours, wrong: bool, status: text_input::Status) -> text_input::Style {
    let focused = matches!(status, text_input::Status::Focused { .. });
    let disabled = status == text_input::Status::Disabled;
    let color = match (wrong, focused) {
        (true, _) => colours.bad,
        (false, true) => colours.ring,
        (false, false) if disabled => colours.line,
        (false, false) => colours.outline,
    };
    text_input::Style {
        background: Background::Color(if disabled { colours.hover } else { colours.surface }),
        border: Border { color, width: if focused || wrong { 2.0 } else { 1.0 }, radius: radius::S.into() },
        icon: colours.muted,
        placeholder: colours.muted,
        value: if disabled { colours.muted } else { colours.text },
        selection: colours.accent_soft,
    }
}

/// The name of a control above it, with a star if it cannot be left out.
pub(super) fn name<'a, M: 'a>(look: &Look<'_>, label: String, required: bool) -> Element<'a, M> {
    let star = required.then(|| words(Type::STRONG, look.colours.bad, "*"));
    row![words(Type::STRONG, look.colours.text, label), star].spacing(space::XS).into()
}

fn error<'a, M: 'a>(look: &Look<'_>, error: String) -> Element<'a, M> {
    let colour = look.colours.bad;
    let sign = icon(look, Icon::Bad, Type::SMALL.line, colour);
    row![sign, words(Type::SMALL, colour, error)].spacing(space::XS).into()
}

impl<'a, M: Clone + 'a> From<Field<'a, M>> for Element<'a, M> {
    fn from(mut field: Field<'a, M>) -> Self {
        let look = field.look;
        let input = field.input();
        let reveal = field.reveal_button();
        let hint = field.hint.map(|words| small_muted(&look, words));
        let error = field.error.map(|words| error(&look, words));
        column![
            name(&look, field.label, field.required),
            row![input, reveal, field.beside].spacing(space::S).align_y(Center),
            error,
            hint,
        ]
        .spacing(space::XS)
        .into()
    }
}

#[cfg(test)]
mod tests;
