//! What the welcome page shows.

use iced::widget::{Column, Row, column, container, row};
use iced::{Background, Border, Center, Fill, Padding};

use super::needs::{Need, Part};
use super::{CANCEL, METHOD, Message, Method, PRACTISE, Practice, Welcome, may_go_on};
use crate::engine::problem::Guidance;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{COLUMN, radius, space};
use crate::gui::widget::button::{Kind, button, link};
use crate::gui::widget::card::{card, disclosure, section};
use crate::gui::widget::check::choices;
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::notice::{Tone, notice, problem};
use crate::gui::widget::press::{Status, press};
use crate::gui::widget::text;
use crate::shelf::Kept;

pub(super) fn body<'a>(page: &'a Welcome, look: &Look<'a>) -> Element<'a, Message> {
    let kept = (!page.kept.is_empty()).then(|| kept(page, look));
    let parts = column![story(look), kept, way(page, look), practice(page, look), needs(page, look)];
    container(parts.spacing(space::XXL)).max_width(COLUMN).into()
}

/// What will happen, in three steps.
fn story<'a>(look: &Look<'a>) -> Element<'a, Message> {
    let step = |picture, name: &str, what: &str| -> Element<'a, Message> {
        let mark = container(icon(look, picture, 20.0, look.colours.accent_text)).padding([1.0, 0.0]);
        let words = column![text::strong(look, look.say(name)), text::muted(look, look.say(what))].spacing(2.0);
        row![mark, words.width(Fill)].spacing(space::L).into()
    };
    let steps = column![
        step(Icon::Mail, "welcome-copied", "welcome-copied-what"),
        step(Icon::Shield, "welcome-untouched", "welcome-untouched-what"),
        step(Icon::Refresh, "welcome-in-step", "welcome-in-step-what"),
    ];
    card(look, steps.spacing(space::L))
}

/// Autodiscover or typed settings.
fn way<'a>(page: &Welcome, look: &Look<'a>) -> Element<'a, Message> {
    let all = vec![
        (Method::Autodiscover, look.say("welcome-autodiscover"), look.say("welcome-autodiscover-what")),
        (Method::Typed, look.say("welcome-typed"), look.say("welcome-typed-what")),
    ];
    let missing =
        page.choice_missing.then(|| Element::from(notice(look, Tone::Bad, look.say("welcome-choose-first"))));
    let group = choices(look, METHOD, page.method, all, Message::Chose);
    let old = text::small_muted(look, look.say("welcome-2003"));
    section(look, look.say("welcome-way"), column![missing, group, old].spacing(space::M))
}

/// The rehearsal, which costs nothing and harms nobody.
fn practice<'a>(page: &'a Welcome, look: &Look<'a>) -> Element<'a, Message> {
    let starting = page.is_starting();
    let label = if starting { "welcome-practice-starting" } else { "welcome-practise" };
    let begin = button(look, PRACTISE, look.say(label)).icon(Icon::Practice).busy(starting);
    let cancel = starting.then(|| {
        let cancel = button(look, CANCEL, look.say("window-cancel")).kind(Kind::Quiet);
        Element::from(cancel.on_press(Message::CancelPractice))
    });
    let commands: Vec<Element<'a, Message>> =
        [Some(begin.on_press(Message::Practise).into()), cancel].into_iter().flatten().collect();
    let failed = match &page.practice {
        Practice::Failed(failed) => Some(Element::from(problem(look, failed))),
        Practice::Idle | Practice::Starting(_) => None,
    };
    let words = column![
        text::heading(look, look.say("welcome-practice")),
        text::body(look, look.say("welcome-practice-what")),
        failed,
        Row::with_children(commands).spacing(space::S).wrap(),
    ];
    card(look, words.spacing(space::M))
}

/// The migrations that are under way.
fn kept<'a>(page: &'a Welcome, look: &Look<'a>) -> Element<'a, Message> {
    let lines = page.kept.iter().enumerate().map(|(index, kept)| one_kept(index, kept, look));
    let lines = Column::with_children(lines).spacing(space::S);
    section(look, look.say("welcome-go-on"), lines)
}

fn one_kept<'a>(index: usize, kept: &'a Kept, look: &Look<'a>) -> Element<'a, Message> {
    let name = look
        .tell("welcome-from-to", &[("source", kept.source.as_str().into()), ("target", kept.target.as_str().into())]);
    if let Some(failed) = &kept.problem {
        let told = notice(look, Tone::Bad, name).body(look.words.message(failed));
        let remedy = match failed.guidance {
            // Elsewhere the file is to be corrected; here nobody wrote it.
            Guidance::SettingsUnreadable | Guidance::SettingsInvalid => look.say("welcome-unreadable"),
            _ => look.words.remedy(failed),
        };
        return told.remedy(remedy).into();
    }
    let state = if kept.busy {
        look.say("welcome-kept-busy")
    } else {
        let state = kept.state.map_or("", |state| state.name());
        look.tell("welcome-kept-state", &[("state", state.into())])
    };
    let when = match kept.last_synced {
        Some(at) => look.tell("welcome-last-synced", &[("moment", look.words.moment(at, look.zone).into())]),
        None => look.say("welcome-never-synced"),
    };
    let words = column![text::strong(look, name), text::muted(look, state), text::small_muted(look, when)];
    let mark = icon(look, Icon::Inbox, 20.0, look.colours.accent_text);
    let on = icon(look, Icon::ChevronRight, 18.0, look.colours.muted);
    let line = row![mark, words.spacing(2.0).width(Fill), on].spacing(space::L).align_y(Center);
    let colours = look.colours;
    press(look, format!("kept-{index}"), line)
        .on_press_maybe(may_go_on(kept).then(|| Message::GoOn(kept.settings.clone())))
        .padding(space::L)
        .width(Fill)
        .radius(radius::M)
        .style(move |status| {
            let over = matches!(status, Status::Hovered | Status::Pressed);
            container::Style {
                background: Some(Background::Color(if over { colours.hover } else { colours.surface })),
                border: Border::default().rounded(radius::M).width(1.0).color(colours.outline),
                ..container::Style::default()
            }
        })
        .into()
}

/// What you need before you begin, on both sides.
fn needs<'a>(page: &Welcome, look: &Look<'a>) -> Element<'a, Message> {
    let side = |name: &str, needs: &'static [Need]| -> Element<'a, Message> {
        let lines = needs.iter().map(|need| one_need(page, *need, look));
        let lines = Column::with_children(lines).spacing(space::XS);
        column![text::strong(look, look.say(name)), lines].spacing(space::S).into()
    };
    let sides = column![
        text::muted(look, look.say("welcome-needs-what")),
        side("welcome-needs-exchange", Need::EXCHANGE),
        side("welcome-needs-cloud", Need::CLOUD),
    ];
    section(look, look.say("welcome-needs"), sides.spacing(space::L))
}

fn one_need<'a>(page: &Welcome, need: Need, look: &Look<'a>) -> Element<'a, Message> {
    let open = page.open.contains(&need);
    // What is shut is not made: a page has seven of these.
    let parts: &[Part] = if open { need.parts() } else { &[] };
    let parts = parts.iter().enumerate().map(|(index, part)| match part {
        Part::Words(key) => text::body(look, look.say(key)).into(),
        Part::Command(command) => {
            let line = taken_along(page, look, format!("{}-{index}", need.id()), command);
            let colours = look.colours;
            container(line)
                .padding([space::XS, space::M])
                .width(Fill)
                .style(move |_| container::Style {
                    border: Border::default().rounded(radius::S).width(1.0).color(colours.line),
                    ..container::background(colours.panel)
                })
                .into()
        }
        Part::Page(name, url) => page_of(page, look, format!("{}-{index}", need.id()), name, url),
    });
    let parts = Column::with_children(parts).spacing(space::M).width(Fill);
    let parts = container(parts).padding(Padding::default().bottom(space::L));
    disclosure(look, need.id(), look.say(need.name()), open, Message::Toggle(need), parts)
}

/// Something to be taken to another window: a command, an address, names of permissions.
fn taken_along<'a>(page: &Welcome, look: &Look<'a>, id: String, what: &'static str) -> Element<'a, Message> {
    let copied = page.copied == Some(what);
    let (name, picture) = if copied { ("welcome-copied-now", Icon::Check) } else { ("window-copy", Icon::Copy) };
    let copy = button(look, format!("{id}-copy"), look.say(name)).kind(Kind::Quiet).icon(picture);
    let words = text::body(look, what).width(Fill);
    row![words, Element::from(copy.on_press(Message::Copy(what)))].spacing(space::M).align_y(Center).into()
}

/// A page of somebody else's: a link, and its address for another computer.
fn page_of<'a>(page: &Welcome, look: &Look<'a>, id: String, name: &str, url: &'static str) -> Element<'a, Message> {
    let unopened = (page.unopened == Some(url)).then(|| {
        let words = text::small(look, look.say("welcome-not-opened")).color(look.colours.warn);
        row![icon(look, Icon::Warning, 14.0, look.colours.warn), words].spacing(space::XS)
    });
    let address = taken_along(page, look, id.clone(), url);
    column![link(look, id, look.say(name), Message::Open(url)), address, unopened].spacing(space::XS).into()
}
