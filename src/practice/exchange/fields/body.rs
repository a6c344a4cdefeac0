//! Bodies, as text or HTML, and the item as MIME.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::mapi::{Item, Type, Value};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::mime;
use crate::practice::exchange::shape::{BodyWish, Shape};
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::view::{Slot, View};
use crate::practice::exchange::xml::Xml;

/// The code page number of UTF-8.
const UTF_8: i32 = 65001;

/// The body in the wished form: `HTML` or `Text`, and the text.
fn body(view: &View, wish: BodyWish) -> (&'static str, String) {
    let (html, plain) = (view.html(), view.plain());
    match (wish, html, plain) {
        (BodyWish::Best | BodyWish::Html, Some(html), _) => ("HTML", html),
        (BodyWish::Html, None, plain) => ("HTML", to_html(&plain.unwrap_or_default())),
        (BodyWish::Best | BodyWish::Text, _, Some(plain)) => ("Text", plain),
        (BodyWish::Text, Some(html), None) => ("Text", to_text(&html)),
        (BodyWish::Best | BodyWish::Text, None, None) => ("Text", String::new()),
    }
}

/// Writes `t:Body`.
pub(super) fn read_body(view: &View, shape: &Shape, xml: &mut Xml) {
    if !shape.brief {
        write("t:Body", body(view, shape.body), xml);
    }
}

/// Writes `t:UniqueBody`; this server does not tell quoted text apart.
pub(super) fn read_unique_body(view: &View, shape: &Shape, xml: &mut Xml) {
    if !shape.brief {
        write("t:UniqueBody", body(view, shape.body), xml);
    }
}

/// Writes `t:TextBody`.
pub(super) fn read_text_body(view: &View, shape: &Shape, xml: &mut Xml) {
    if !shape.brief {
        write("t:TextBody", body(view, BodyWish::Text), xml);
    }
}

fn write(element: &'static str, (kind, text): (&str, String), xml: &mut Xml) {
    xml.open(element).attr("BodyType", kind).text(&text).close();
}

/// Sets the body, in one form: the other would contradict it.
pub(super) fn write_body(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    for id in [0x1000, 0x1009, 0x1013, 0x1016, 0x3FDE] {
        Slot::Id(id).remove(item);
    }
    let Some(element) = element else { return Ok(()) };
    if element.attribute("BodyType") == Some("HTML") {
        Slot::Id(0x1013).set(item, Type::BINARY, Value::Binary(element.text.clone().into_bytes().into()));
        Slot::Id(0x3FDE).set(item, Type::I32, Value::I32(UTF_8));
    } else {
        Slot::Id(0x1000).set(item, Type::UNICODE, Value::Unicode(element.text.clone()));
    }
    Ok(())
}

/// Writes `t:MimeContent`; whether the kind has a MIME form is decided before.
pub(super) fn read_mime(view: &View, shape: &Shape, xml: &mut Xml) {
    if !shape.brief && view.kind().has_mime() {
        xml.open("t:MimeContent").attr("CharacterSet", "UTF-8");
        xml.text(&STANDARD.encode(mime::write(view))).close();
    }
}

/// Writes `t:MimeContentUTF8`.
pub(super) fn read_mime_utf8(view: &View, shape: &Shape, xml: &mut Xml) {
    if !shape.brief && view.kind().has_mime() {
        xml.open("t:MimeContentUTF8").attr("CharacterSet", "UTF-8");
        xml.text(&STANDARD.encode(mime::write(view))).close();
    }
}

/// MIME is taken when an item is created, before its other properties; changing it later is not supported.
pub(super) fn refuse_mime(_: &mut Item, _: Option<&Element>) -> Result<(), Trouble> {
    Err(Trouble::new("ErrorInvalidPropertySet", "MimeContent can be set on creation only."))
}

/// Plain text as HTML.
pub(in crate::practice::exchange) fn to_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines = escaped.replace("\r\n", "\n").replace('\n', "<br>\r\n");
    format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>{lines}</body></html>"
    )
}

/// The text of HTML: tags and what style and script hold are left out, blocks become lines.
pub(in crate::practice::exchange) fn to_text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let name = name.to_ascii_lowercase();
        let mut end = tag.find('>').map_or(tag.len(), |end| end + 1);
        if matches!(name.as_str(), "style" | "script" | "head" | "title") {
            end = tag.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(tag.len());
        }
        if matches!(name.trim_matches('/'), "p" | "br" | "div" | "tr" | "li") && name != "p" && name != "div" {
            out.push_str("\r\n");
        }
        rest = &tag[end..];
    }
    out.push_str(rest);
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(out, |text, (entity, plain)| text.replace(entity, plain)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_text() {
        assert_eq!(to_text("<html><head><title>x</title></head><body><p>a &amp; b</p>c<br>d"), "a & b\r\nc\r\nd");
        assert!(to_html("1 < 2\nx").contains("1 &lt; 2<br>"));
        assert_eq!(to_text("<style>unclosed"), "");
    }
}
