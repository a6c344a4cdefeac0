//! A draft from MIME.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{Address, MimeHeaders};
use serde_json::{Value, json};

use super::super::clock::Moment;
use super::super::reply::Fault;
use super::{attachment, message, set_text, set_time};
use crate::mapi::{Item, pid};
use crate::practice::deep;

fn people(address: Option<&Address>) -> Value {
    let all = address.into_iter().flat_map(|address| address.iter());
    let all = all.filter_map(|one| {
        Some(json!({"emailAddress": {"address": one.address()?, "name": one.name().or(one.address())}}))
    });
    Value::Array(all.collect())
}

/// A draft from a body in base64. Whatever dates it says, it was received now.
pub(in super::super) fn draft(body: &[u8], now: Moment) -> Result<Item, Fault> {
    let invalid = |code: &str, text: &str| Fault::new(400, code, text);
    let text: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(text);
    let bytes = bytes
        .map_err(|_| invalid("ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content."))?;
    let parsed = deep::parse(&bytes);
    let parsed = parsed.ok_or_else(|| invalid("ErrorMimeContentInvalid", "The MIME content is invalid."))?;
    let first = |list: Value| list[0].clone();
    let id = parsed.message_id().map(|id| format!("<{id}>"));
    let content = match parsed.body_html(0) {
        Some(html) if parsed.html_bodies().any(|part| part.is_text_html()) => {
            json!({"contentType": "html", "content": html})
        }
        _ => json!({"contentType": "text", "content": parsed.body_text(0)}),
    };
    let json = json!({
        "subject": parsed.subject(), "internetMessageId": id, "body": content, "from": first(people(parsed.from())),
        "sender": first(people(parsed.sender().or(parsed.from()))), "toRecipients": people(parsed.to()),
        "ccRecipients": people(parsed.cc()), "bccRecipients": people(parsed.bcc()),
    });
    let mut item = message::new(&json, now)?;
    if let Some(date) = parsed.date() {
        set_time(&mut item, pid::CLIENT_SUBMIT_TIME, Moment(date.to_timestamp() * 1000));
    }
    let headers = parsed.raw_message().get(..parsed.root_part().raw_body_offset() as usize).unwrap_or_default();
    set_text(&mut item, pid::TRANSPORT_MESSAGE_HEADERS, &String::from_utf8_lossy(headers));
    for part in parsed.attachments() {
        let kind =
            part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")));
        let inline = part.content_disposition().is_some_and(|how| how.is_inline());
        let name = part.attachment_name().unwrap_or("attachment");
        item.attachments.push(attachment(name, kind.as_deref(), part.content_id(), inline, part.contents().to_vec()));
    }
    Ok(item)
}
