//! What stands around every page: the rail with the five steps, the title, the footer with its commands.

use iced::widget::{Column, Row, column, container, row, space};
use iced::{Alignment, Border, Length, Padding, Task};

use super::Element;
use super::look::{Look, Platform};
use super::page::{Command, Footer};
use super::theme::{Type, radius, space as gap};
use super::widget::button::button;
use super::widget::icon::{Icon, icon};
use super::widget::press::{Status, press};
use super::widget::{page, text};
use super::wizard::{Message, Shown, Step, Wizard};

/// Width of the rail in logical pixels.
const RAIL: f32 = 240.0;
/// The page's own scroller.
pub const SCROLLER: &str = "page";

/// Scrolls the page to its beginning.
pub fn to_the_top<M: Send + 'static>() -> Task<M> {
    iced::widget::operation::scroll_to(SCROLLER, iced::widget::operation::AbsoluteOffset { x: 0.0, y: 0.0 })
}

/// The wizard as a whole: rail, page, footer. `corner` asks for the application's own controls (language,
/// appearance) where there is no room for them, `controls` are these.
pub fn frame<'a, M: Clone + 'a>(
    look: Look<'a>,
    wizard: &'a Wizard,
    corner: Option<Element<'a, M>>,
    controls: Option<Element<'a, M>>,
    wrap: fn(Message) -> M,
) -> Element<'a, M> {
    let sheet = sheet(look, wizard.shown().as_ref()).map(wrap);
    let sheet = column![practice(&look, wizard), sheet];
    if look.compact {
        let place = text::strong(&look, place(&look, wizard.step()));
        let head = row![container(place).width(Length::Fill), corner].align_y(Alignment::Center).spacing(gap::S);
        let head = column![head, controls].spacing(gap::S);
        return column![strip(&look, head.padding(Padding::from([gap::S, gap::L])).into()), sheet].into();
    }
    let rail = column![brand(&look), steps(&look, wizard).map(wrap), space::vertical(), controls].spacing(gap::XL);
    let panel = look.colours.panel;
    let rail = container(rail.padding(gap::L))
        .width(RAIL)
        .height(Length::Fill)
        .style(move |_| container::Style::default().background(panel));
    row![rail, sheet].into()
}

fn brand<'a, M: 'a>(look: &Look<'a>) -> Element<'a, M> {
    let mark = icon(look, Icon::Mail, 22.0, look.colours.accent_text);
    let name = text::heading(look, look.say("window-product"));
    row![mark, name].spacing(gap::S).align_y(Alignment::Center).padding(Padding::from([gap::S, gap::M])).into()
}

/// “Step 2 of 5: Connection settings”.
fn place(look: &Look<'_>, step: Step) -> String {
    let number = Step::ALL.iter().position(|other| *other == step).map_or(1, |index| index + 1);
    look.tell(
        "window-place",
        &[("number", number.into()), ("total", Step::ALL.len().into()), ("step", look.say(step.key()).into())],
    )
}

fn steps<'a>(look: &Look<'a>, wizard: &Wizard) -> Element<'a, Message> {
    let step = |(index, step): (usize, &Step)| -> Element<'a, Message> {
        let (here, done) = (*step == wizard.step(), *step < wizard.step());
        let back = wizard.may_go_to(*step);
        let colours = look.colours;
        let ink = if here || back { colours.text } else { colours.muted };
        let kind = if here { Type::STRONG } else { Type::BODY };
        let name = text::words(kind, ink, look.say(step.key())).width(Length::Fill);
        let line = row![mark(look, index, here, done), name].spacing(gap::M).align_y(Alignment::Center);
        press(look, format!("rail/{index}"), line)
            .on_press_maybe(back.then_some(Message::To(*step)))
            .padding([gap::S - 2.0, gap::S])
            .width(Length::Fill)
            .style(move |status| {
                let ground = match (here, status) {
                    (true, _) => Some(colours.accent_soft),
                    (_, Status::Hovered | Status::Pressed) => Some(colours.hover),
                    _ => None,
                };
                let border = Border::default().rounded(radius::S);
                container::Style { background: ground.map(Into::into), border, ..container::Style::default() }
            })
            .into()
    };
    Column::with_children(Step::ALL.iter().enumerate().map(step)).spacing(gap::XS).into()
}

/// A step's number in a ring, or a tick once it is behind.
fn mark<'a>(look: &Look<'a>, index: usize, here: bool, done: bool) -> Element<'a, Message> {
    let colours = look.colours;
    let colour = match (here, done) {
        (true, _) => colours.accent_text,
        (_, true) => colours.good,
        _ => colours.muted,
    };
    let sign: Element<'a, Message> = match done {
        true => icon(look, Icon::Check, 16.0, colour),
        false => text::label(look, (index + 1).to_string()).color(colour).into(),
    };
    let ring = move |_: &iced::Theme| container::Style {
        border: Border { color: colour, width: 1.5, radius: 12.0.into() },
        ..container::Style::default()
    };
    container(sign).center(24.0).style(ring).into()
}

/// Says in every step that nothing here is real, while that is so.
fn practice<'a, M: 'a>(look: &Look<'a>, wizard: &Wizard) -> Option<Element<'a, M>> {
    if !wizard.is_practice() {
        return None;
    }
    let colours = look.colours;
    let words = text::small(look, look.say("window-practice")).color(colours.warn);
    let line = row![icon(look, Icon::Practice, 16.0, colours.warn), words].spacing(gap::S).align_y(Alignment::Center);
    let band = container(line.padding(Padding::from([gap::XS + 2.0, gap::XXL])))
        .width(Length::Fill)
        .style(move |_| container::Style::default().background(colours.warn_soft));
    Some(band.into())
}

/// Title, body and footer of a page.
fn sheet<'a>(look: Look<'a>, shown: &dyn Shown<'a>) -> Element<'a, Message> {
    let side = if look.compact { gap::L } else { gap::XXL };
    let mut head = column![text::title(&look, shown.title(&look))].spacing(gap::XS);
    if let Some(lead) = shown.lead(&look) {
        head = head.push(text::muted(&look, lead));
    }
    let body = shown.body(look);
    let footer = footer(&look, shown.footer());
    if look.low {
        let all = column![head, body].spacing(gap::XL).padding(Padding::from([gap::XL, side]));
        return page::scroll(&look, SCROLLER, column![all, footer]);
    }
    let whole: Element<'a, Message> = if shown.fills() && !look.compact {
        let head = head.padding(Padding { top: gap::XL, right: side, bottom: gap::L, left: side });
        let body = container(body).padding(Padding { top: 0.0, right: side, bottom: gap::L, left: side });
        column![head, body.height(Length::Fill)].height(Length::Fill).into()
    } else {
        let all = column![head, body].spacing(gap::XL);
        let all = all.padding(Padding { top: gap::XL, right: side, bottom: gap::XL, left: side });
        page::scroll(&look, SCROLLER, all)
    };
    column![container(whole).height(Length::Fill), footer].into()
}

/// The commands: back on the left, the others and the primary on the right, ordered as the platform does.
fn footer<'a>(look: &Look<'a>, footer: Footer<Message>) -> Option<Element<'a, Message>> {
    if footer.back.is_none() && footer.others.is_empty() && footer.primary.is_none() {
        return None;
    }
    let back = footer.back.map(|message| command(look, "footer-back", Command::normal("window-back", message)));
    let mut commands: Vec<Element<'a, Message>> = Vec::new();
    let others = footer.others.into_iter().enumerate();
    let ids = ["footer-other", "footer-other-2", "footer-other-3", "footer-other-4"];
    commands.extend(others.map(|(index, other)| command(look, ids[index.min(3)], other)));
    if let Some(primary) = footer.primary {
        let primary = command(look, "footer-primary", primary);
        match look.platform {
            Platform::Windows => commands.insert(0, primary),
            Platform::MacOs | Platform::Linux => commands.push(primary),
        }
    }
    let side = if look.compact { gap::L } else { gap::XXL };
    let commands = Row::with_children(commands).spacing(gap::M).wrap().align_x(Alignment::End);
    let line = row![back, space::horizontal(), commands].spacing(gap::M).align_y(Alignment::Center);
    Some(strip(look, line.padding(Padding::from([gap::M, side])).into()))
}

fn command<'a>(look: &Look<'a>, id: &'static str, command: Command<Message>) -> Element<'a, Message> {
    let mut label = look.say(command.label);
    let access = look.say(&format!("{}.access", command.label));
    if look.access_keys && !label.to_lowercase().contains(&format!("({})", access.to_lowercase())) {
        label = format!("{label} ({access})");
    }
    let mut made = button(look, id, label).kind(command.kind).on_press(command.message);
    if let Some(icon) = command.icon {
        made = made.icon(icon);
    }
    made.into()
}

/// A band across the window with a line that divides it from the page.
fn strip<'a, M: 'a>(look: &Look<'a>, content: Element<'a, M>) -> Element<'a, M> {
    let colours = look.colours;
    let band = container(content).width(Length::Fill);
    let band = band.style(move |_| container::Style::default().background(colours.panel));
    let line = container(space()).width(Length::Fill).height(1.0);
    column![line.style(move |_| container::Style::default().background(colours.line)), band].into()
}
