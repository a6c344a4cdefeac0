//! A drop-down list: a button that shows what is chosen, and the list over the page while it is open.

use iced::advanced::widget::operation::Operation;
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{column, container, row, space as gap};
use iced::{Background, Border, Center, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

use super::field::name;
use super::icon::{Icon, icon};
use super::press::{Status, has_keyboard, press};
use super::text::words;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Colours, Type, radius, space};
use list::List;

mod list;

/// A drop-down list with its name above it (which may be empty). `toggle` opens and closes it; choosing says the entry's
/// message and then `toggle`. Each entry: its name, whether it is chosen, its message.
pub fn menu<'a, M: Clone + 'a>(
    look: &Look<'a>,
    id: impl Into<Id>,
    label: impl Into<String>,
    shown_value: impl Into<String>,
    open: bool,
    toggle: M,
    entries: Vec<(String, bool, M)>,
) -> Element<'a, M> {
    let colours = look.colours;
    let sign = icon(look, if open { Icon::ChevronUp } else { Icon::ChevronDown }, 18.0, colours.text);
    let shown = words(Type::BODY, colours.text, shown_value).width(iced::Fill);
    let value = row![shown, sign].spacing(space::M).align_y(Center);
    let button = press(look, id, value)
        .width(iced::Fill)
        .on_press(toggle.clone())
        .on_key(Named::ArrowDown, Some(toggle.clone()))
        .on_key(Named::ArrowUp, Some(toggle.clone()))
        .padding([8.0, space::M])
        .style(move |status| {
            let over = matches!(status, Status::Hovered | Status::Pressed);
            container::Style {
                background: Some(Background::Color(if over { colours.hover } else { colours.surface })),
                border: Border { color: colours.outline, width: 1.0, radius: radius::S.into() },
                ..container::Style::default()
            }
        });
    let chosen = entries.iter().position(|(_, chosen, _)| *chosen);
    let messages = entries.iter().map(|(.., message)| message.clone()).collect();
    let rows = entries.into_iter().map(|(label, chosen, _)| entry(look, label, chosen));
    let list = iced::widget::Column::with_children(rows).into();
    let menu = Menu { button: button.into(), list, open, chosen, toggle, messages, colours };
    let label = Some(label.into()).filter(|label| !label.is_empty()).map(|label| name(look, label, false));
    column![label, Element::new(menu)].spacing(space::XS).into()
}

fn entry<'a, M: 'a>(look: &Look<'_>, label: String, chosen: bool) -> Element<'a, M> {
    let colours = look.colours;
    let sign = if chosen {
        icon(look, Icon::Check, 18.0, colours.accent_text)
    } else {
        gap().width(18.0).height(18.0).into()
    };
    let kind = if chosen { Type::STRONG } else { Type::BODY };
    row![sign, words(kind, colours.text, label)].spacing(space::S).padding([7.0, space::M]).align_y(Center).into()
}

struct Menu<'a, M> {
    button: Element<'a, M>,
    list: Element<'a, M>,
    open: bool,
    chosen: Option<usize>,
    toggle: M,
    messages: Vec<M>,
    colours: Colours,
}

#[derive(Default)]
struct State {
    open: bool,
    /// The entry that Enter would choose.
    cursor: usize,
}

impl<M: Clone> Menu<'_, M> {
    /// A key while the list is open; whether it was for the list.
    fn key(&self, state: &mut State, event: &Event, shell: &mut Shell<'_, M>) -> bool {
        let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(named), modifiers, repeat, .. }) = event
        else {
            return false;
        };
        let count = self.messages.len();
        match named {
            // The keyboard moves on; the list would stay open without it.
            Named::Tab => {
                shell.publish(self.toggle.clone());
                return false;
            }
            _ if !modifiers.is_empty() || count == 0 => return false,
            Named::ArrowDown => state.cursor = (state.cursor + 1) % count,
            Named::ArrowUp => state.cursor = (state.cursor + count - 1) % count,
            Named::Home => state.cursor = 0,
            Named::End => state.cursor = count - 1,
            Named::Enter | Named::Space if *repeat => {}
            Named::Enter | Named::Space => list::choose(&self.messages, state.cursor, &self.toggle, shell),
            Named::Escape => shell.publish(self.toggle.clone()),
            _ => return false,
        }
        shell.capture_event();
        shell.request_redraw();
        true
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Menu<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { open: self.open, cursor: self.chosen.unwrap_or(0) })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.button), Tree::new(&self.list)]
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if self.open && !state.open {
            state.cursor = self.chosen.unwrap_or(0);
        }
        state.open = self.open;
        state.cursor = state.cursor.min(self.messages.len().saturating_sub(1));
        tree.diff_children(&[&self.button, &self.list]);
    }

    fn size(&self) -> Size<Length> {
        self.button.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.button.as_widget_mut().layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.button.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let listens = self.open && has_keyboard(&tree.children[0]) && !shell.is_event_captured();
        if listens && self.key(tree.state.downcast_mut(), event, shell) {
            return;
        }
        let button = self.button.as_widget_mut();
        button.update(&mut tree.children[0], event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let button = self.button.as_widget();
        button.draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.button.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        if !self.open {
            return None;
        }
        let state = tree.state.downcast_mut::<State>();
        Some(overlay::Element::new(Box::new(List {
            content: &mut self.list,
            tree: &mut tree.children[1],
            cursor: &mut state.cursor,
            toggle: &self.toggle,
            messages: &self.messages,
            colours: self.colours,
            button: layout.bounds() + translation,
        })))
    }
}

#[cfg(test)]
mod tests;
