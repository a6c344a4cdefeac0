//! The form about Microsoft 365.

use iced::widget::column;

use super::super::{Connect, Field, Message, Part};
use super::inputs::{file, line, secret};
use crate::engine::problem::Side;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::widget::card::disclosure;
use crate::gui::widget::check::check;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::text;

/// How wide the field for two letters is, in logical pixels.
const LETTERS: f32 = 120.0;

pub(super) fn form<'a>(page: &'a Connect, look: &Look<'a>) -> Element<'a, Message> {
    let tenant = line(page, look, Field::Tenant, "connect-tenant", Some("connect-tenant-hint"));
    let client = line(page, look, Field::Client, "connect-client", Some("connect-client-hint"));
    let mut parts: Vec<Element<'a, Message>> = vec![
        text::muted(look, look.say("connect-target-what")).into(),
        tenant.required(true).placeholder(look.say("connect-tenant-example")).into(),
        client.required(true).into(),
    ];
    let by_certificate = page.form.by_certificate;
    if by_certificate {
        parts.push(file(page, look, Field::Certificate, "connect-certificate", None, true));
        parts.push(file(page, look, Field::Key, "connect-key", Some("connect-key-hint"), true));
    } else {
        parts.push(secret(page, look, Field::Secret, "connect-secret", Some("connect-secret-hint")));
    }
    let label = look.say("connect-by-certificate");
    parts.push(check(look, "target-by-certificate", label, by_certificate, Message::ByCertificate).into());
    let location = line(page, look, Field::Location, "connect-location", Some("connect-location-hint"));
    parts.push(location.required(true).width(LETTERS).into());
    let open = page.open.contains(&Part::TargetMore);
    let inside = open.then(|| Element::from(line(page, look, Field::Sku, "connect-sku", Some("connect-sku-hint"))));
    let label = look.say("connect-target-more");
    parts.push(disclosure(look, "target-more", label, open, Message::Toggle(Part::TargetMore), column![inside]));
    super::form(page, look, Icon::Cloud, "connect-target", Side::Target, parts)
}
