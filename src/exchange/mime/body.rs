//! Body texts: plain as text, HTML as UTF-8 bytes with its code page said.

use mail_parser::{Message, PartType};

use super::property;
use crate::mapi::{Item, pid};

/// The code page number of UTF-8.
const UTF_8: i32 = 65_001;

/// Sets the bodies that the message really has: none is derived from the other. Answers the HTML, in which
/// attachments may be referenced.
pub fn set(item: &mut Item, message: &Message<'_>) -> String {
    let plain = joined(message, &message.text_body, |body| match body {
        PartType::Text(text) => Some(text),
        _ => None,
    });
    let html = joined(message, &message.html_body, |body| match body {
        PartType::Html(text) => Some(text),
        _ => None,
    });
    if let Some(plain) = plain {
        property::text(item, pid::BODY, plain.replace('\0', ""));
    }
    match html {
        Some(html) => {
            property::number(item, pid::INTERNET_CODEPAGE, UTF_8);
            property::bytes(item, pid::HTML, html.clone().into_bytes());
            html
        }
        None => String::new(),
    }
}

fn joined<'a>(
    message: &'a Message<'_>,
    parts: &[u32],
    wanted: impl Fn(&'a PartType<'_>) -> Option<&'a std::borrow::Cow<'a, str>>,
) -> Option<String> {
    let texts: Vec<&str> = parts
        .iter()
        .filter_map(|id| message.parts.get(*id as usize))
        .filter_map(|part| wanted(&part.body).map(|text| text.as_ref()))
        .collect();
    (!texts.is_empty()).then(|| texts.join("\r\n"))
}
