//! One item as other programs take it. Exchange makes it anew with each request: internet messages for mail and posts,
//! iCalendar for events, vCards for contacts from 2013 on, and nothing for the rest.

use super::client::Ews;
use super::fault::{self, Place};
use super::request::Operation;
use super::soap;
use crate::engine::item::{Form, Interchange, ItemId};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;

/// An item with all of its content, in the form that the server gives.
pub async fn mime(ews: &Ews, mailbox: &Address, item: &ItemId) -> Result<Interchange, Problem> {
    let response = ews.call(&Operation::GetMime { ids: &[&item.0], fields: &[] }, Some(mailbox)).await?;
    let place = Place { item: true, ..ews.place(Some(mailbox), "") };
    let items = soap::single(&response, &place)?.child("Items");
    let element = items
        .and_then(|items| items.children.first())
        .ok_or_else(|| fault::malformed("an answer without its item"))?;
    let Some(mime) = element.child("MimeContent") else {
        let class = element.text_of("ItemClass").unwrap_or("…");
        return Err(Problem::new(Kind::Item, Side::Source, Guidance::SourceKindNotExportable).with("class", class));
    };
    let data = mime.content().ok_or_else(|| fault::malformed("MIME cut off"))?;
    Ok(Interchange { form: Form::of(&data), data })
}
