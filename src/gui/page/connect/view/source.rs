//! The form about the Exchange server.

use iced::widget::{Column, column};

use super::super::{Connect, Field, Message, Part};
use super::inputs::{file, line, list, secret};
use crate::engine::problem::Side;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::welcome::Method;
use crate::gui::theme::space;
use crate::gui::widget::button::link;
use crate::gui::widget::card::disclosure;
use crate::gui::widget::check::choices;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::stepper::stepper;
use crate::gui::widget::text;
use crate::settings::Access;

pub(super) fn form<'a>(page: &'a Connect, look: &Look<'a>) -> Element<'a, Message> {
    let typed = page.form.method == Method::Typed;
    let (how, turn, other) = match page.form.method {
        Method::Autodiscover => ("connect-by-autodiscover", "connect-type-instead", Method::Typed),
        Method::Typed => ("connect-by-hand", "connect-autodiscover-instead", Method::Autodiscover),
    };
    let how = column![
        text::muted(look, look.say(how)),
        link(look, "source-method", look.say(turn), Message::Method(other)),
    ];
    let email_hint = if typed { "connect-email-typed-hint" } else { "connect-email-hint" };
    let email = line(page, look, Field::Email, "connect-email", Some(email_hint));
    let email = email.required(true).placeholder(look.say("connect-email-example"));
    let user = line(page, look, Field::User, "connect-user", Some("connect-user-hint"));
    let user = user.required(true).placeholder(look.say("connect-user-example"));
    let mut parts: Vec<Element<'a, Message>> = vec![how.spacing(space::XS).into()];
    if typed {
        let server = line(page, look, Field::Server, "connect-server", Some("connect-server-hint"));
        parts.push(server.required(true).placeholder(look.say("connect-server-example")).into());
    }
    parts.extend([email.into(), user.into(), secret(page, look, Field::Password, "connect-password", None)]);
    let sign_in = column![
        text::strong(look, look.say("connect-authentication")),
        text::muted(look, look.say("connect-authentication-basic")),
    ];
    parts.push(sign_in.spacing(2.0).into());
    parts.push(access(page, look));
    let number = page.form.at_a_time.clamp(1, 10);
    let at_a_time =
        stepper(look, "source-at-a-time", look.say("connect-at-a-time"), number, 1..=10, Message::AtATime);
    parts.push(at_a_time.hint(look.say("connect-at-a-time-hint")).into());
    parts.push(more(page, look, typed));
    parts.push(special(page, look));
    super::form(page, look, Icon::Server, "connect-source", Side::Source, parts)
}

/// How mailboxes are opened.
fn access<'a>(page: &Connect, look: &Look<'a>) -> Element<'a, Message> {
    let all = vec![
        (Access::Delegate, look.say("connect-delegate"), look.say("connect-delegate-what")),
        (Access::Impersonation, look.say("connect-impersonation"), look.say("connect-impersonation-what")),
    ];
    let group = choices(look, "source-access", Some(page.form.access), all, Message::Access);
    column![text::strong(look, look.say("connect-access")), group].spacing(space::S).into()
}

fn more<'a>(page: &'a Connect, look: &Look<'a>, typed: bool) -> Element<'a, Message> {
    let open = page.open.contains(&Part::SourceMore);
    let (which, label, hint) = match typed {
        true => (Field::Proxy, "connect-proxy", "connect-proxy-hint"),
        false => (Field::Autodiscover, "connect-autodiscover-url", "connect-autodiscover-url-hint"),
    };
    let inside = open.then(|| {
        let authority =
            file(page, look, Field::Authority, "connect-authority", Some("connect-authority-hint"), false);
        column![Element::from(line(page, look, which, label, Some(hint))), authority].spacing(space::L)
    });
    let label = look.say("connect-source-more");
    disclosure(look, "source-more", label, open, Message::Toggle(Part::SourceMore), column![inside])
}

/// What an address list cannot tell.
fn special<'a>(page: &'a Connect, look: &Look<'a>) -> Element<'a, Message> {
    let open = page.open.contains(&Part::Special);
    let inside = open.then(|| {
        let lists = [
            (Field::Also, "connect-also"),
            (Field::Shared, "connect-shared"),
            (Field::Rooms, "connect-rooms"),
            (Field::Equipment, "connect-equipment"),
            (Field::SecurityGroups, "connect-security-groups"),
        ];
        let lists = lists.into_iter().filter_map(|(which, label)| list(page, look, which, label));
        let dynamic = page.form.dynamic_groups();
        let dynamic = (dynamic > 0)
            .then(|| text::muted(look, look.tell("connect-dynamic-groups", &[("groups", dynamic.into())])));
        let what = text::muted(look, look.say("connect-special-what"));
        column![what, Column::with_children(lists).spacing(space::L), dynamic].spacing(space::L)
    });
    let label = look.say("connect-special");
    disclosure(look, "source-special", label, open, Message::Toggle(Part::Special), column![inside])
}
