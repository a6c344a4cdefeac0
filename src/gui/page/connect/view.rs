//! What the connection settings show: both forms, or the test that is going on.

use iced::widget::{Column, column, container, grid, row};
use iced::{Center, Fill};

use super::{Connect, Failure, Message, Part};
use crate::engine::problem::{Guidance, Problem, Side};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::card::{card, disclosure};
use crate::gui::widget::check::check;
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::notice::problem;
use crate::gui::widget::{modal, text};

mod inputs;
mod source;
mod target;
mod trial;

/// The command that stops a test: the footer's first beside the primary one.
pub(super) const CANCEL: &str = "footer-other";
/// The harmless answer to the question about the host.
pub(super) const DENY: &str = "host-deny";
/// The widest both forms get, in logical pixels.
const BOTH: f32 = 1_080.0;
/// From this width on the forms stand beside each other, in logical pixels.
const BESIDE: f32 = 760.0;

pub(super) fn body<'a>(page: &'a Connect, look: &Look<'a>) -> Element<'a, Message> {
    let parts: Element<'a, Message> = match &page.trial {
        Some(trial) => trial::progress(trial, look),
        None => {
            let forms = [source::form(page, look), target::form(page, look)];
            let forms = grid(forms).fluid(BESIDE).height(iced::Shrink).spacing(space::XL);
            let here = page.failure_at(Side::Here).map(|failure| failed(look, failure));
            column![here, forms, passwords(page, look)].spacing(space::XL).into()
        }
    };
    container(parts).max_width(BOTH).into()
}

/// A form under its heading, with what went wrong in it on top.
fn form<'a>(
    page: &'a Connect,
    look: &Look<'a>,
    picture: Icon,
    heading: &str,
    side: Side,
    mut parts: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let mark = icon(look, picture, 22.0, look.colours.accent_text);
    let head = row![mark, text::heading(look, look.say(heading))].spacing(space::M).align_y(Center);
    let mut all: Vec<Element<'a, Message>> = vec![head.into()];
    if let Some(failure) = page.failure_at(side) {
        all.push(failed(look, failure));
        if !failure.asked.is_empty() {
            let open = page.open.contains(&Part::Asked);
            let lines = open.then(|| trial::asked(look, failure));
            let (name, toggle) = (look.say("connect-asked"), Message::Toggle(Part::Asked));
            all.push(disclosure(look, "source-asked", name, open, toggle, column![lines]));
        }
    }
    all.append(&mut parts);
    card(look, Column::with_children(all).spacing(space::L).width(Fill))
}

fn failed<'a>(look: &Look<'a>, failure: &'a Failure) -> Element<'a, Message> {
    let told = problem(look, &failure.problem);
    let told = match remedy_here(failure.problem.guidance) {
        Some(key) => {
            let values = failure.problem.values.iter().map(|(name, value)| (*name, value.as_str().into()));
            told.remedy(look.tell(key, &values.collect::<Vec<_>>()))
        }
        None => told,
    };
    match &failure.problem.cause {
        Some(cause) => told.details(failure.details, Message::Details, cause.as_str()).into(),
        None => told.into(),
    }
}

/// The remedies that elsewhere name settings of a file name fields here.
fn remedy_here(guidance: Guidance) -> Option<&'static str> {
    Some(match guidance {
        Guidance::SourceAutodiscoverFailed => "connect-remedy-autodiscover",
        Guidance::SourceAutodiscoverInCloud => "connect-remedy-server",
        Guidance::SourceHostNotConfirmed => "connect-remedy-host",
        Guidance::SourceCertificateNotTrusted => "connect-remedy-certificate",
        Guidance::SourceImpersonationDenied => "connect-remedy-impersonation",
        Guidance::TargetTenantUnknown => "connect-remedy-tenant",
        Guidance::TargetApplicationUnknown => "connect-remedy-client",
        Guidance::TargetPermissionMissing => "connect-remedy-permission",
        Guidance::SettingsUnreadable => "connect-remedy-unreadable",
        Guidance::CertificateUnreadable => "connect-remedy-file",
        _ => return None,
    })
}

/// What becomes of the passwords, and what the asterisks mean.
fn passwords<'a>(page: &'a Connect, look: &Look<'a>) -> Element<'a, Message> {
    let stars = text::small_muted(look, look.say("connect-required"));
    let kept: Option<Element<'a, Message>> = match (&page.practice, page.vault) {
        (Some(_), _) => None,
        (None, Some(false)) => {
            let mark = icon(look, Icon::Info, 16.0, look.colours.accent_text);
            let words = text::body(look, look.say("connect-no-keyring"));
            Some(row![mark, words].spacing(space::S).align_y(Center).into())
        }
        (None, _) => {
            let keep = check(look, "keep-passwords", look.say("connect-keep"), page.form.keep, Message::Keep);
            Some(keep.hint(look.say("connect-keep-hint")).into())
        }
    };
    column![kept, stars].spacing(space::L).into()
}

/// “Is this your Exchange server?”: nobody gets the password before somebody says so.
pub(super) fn host_question<'a>(look: &Look<'a>, asked: &Problem) -> Option<Element<'a, Message>> {
    let value = |name| asked.values.get(name).map_or("", String::as_str);
    let host = ("host", value("host").into());
    let body = look.tell("connect-host-body", &[host.clone(), ("domain", value("domain").into())]);
    let yes = button(look, "host-confirm", look.say("connect-host-yes")).on_press(Message::Confirm);
    let no = button(look, DENY, look.say("connect-host-no")).kind(Kind::Primary).on_press(Message::Deny);
    let title = look.tell("connect-host-title", &[host]);
    Some(modal::dialog(look, title, text::body(look, body), vec![yes.into(), no.into()]))
}
