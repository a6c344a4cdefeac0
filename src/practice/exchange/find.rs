//! FindItem: the items of folders, searched, sorted and paged.

pub(super) mod restriction;

use std::cmp::Ordering;

use super::call::Call;
use super::element::Element;
use super::fields::{Codec, Plain, calendar, item, people, write_item};
use super::folder::Page;
use super::path::Path;
use super::shape::Shape;
use super::soap::Operation;
use super::trouble::{Answers, Trouble};
use super::version::Schema;
use super::view::{View, parse_date_time};
use super::xml::Xml;
use restriction::{Restriction, plain};

/// Most rows that one page has (exchange-source.md 3.4).
const LARGEST_PAGE: usize = 1000;

/// The operations that search items.
pub(super) static OPERATIONS: &[Operation] = &[Operation::new(
    "m:FindItem",
    Schema::E2007,
    &[
        "m:ItemShape",
        "m:IndexedPageItemView",
        "m:FractionalPageItemView",
        "m:SeekToConditionPageItemView",
        "m:CalendarView",
        "m:ContactsView",
        "m:GroupBy",
        "m:DistinguishedGroupBy",
        "m:Restriction",
        "m:SortOrder",
        "m:ParentFolderIds",
        "m:QueryString",
    ],
    find_item,
)];

fn find_item(call: &Call) -> Result<String, Trouble> {
    let shape = Shape::parse(call.required("m:ItemShape")?)?;
    if shape.mime || shape.asks("item:MimeContent") {
        return Err(Trouble::new("ErrorInvalidPropertyRequest", "FindItem does not give MIME content."));
    }
    for refused in ["m:GroupBy", "m:DistinguishedGroupBy", "m:QueryString", "m:SeekToConditionPageItemView"] {
        if call.request.child(refused).is_some_and(|element| refused != "m:QueryString" || !element.text.is_empty()) {
            return Err(Trouble::new("ErrorInvalidOperation", "This server neither groups nor searches by query."));
        }
    }
    let restriction = call.request.child("m:Restriction").map(Restriction::parse).transpose()?;
    let order = call.request.child("m:SortOrder").map(sort_order).transpose()?.unwrap_or_default();
    let search = Search { shape: shape.brief(), restriction, order };
    let mut answers = Answers::new("m:FindItemResponse", "m:FindItemResponseMessage", "");
    for parent in call.list("m:ParentFolderIds")? {
        answers.put(search.run(call, parent));
    }
    Ok(answers.finish())
}

fn sort_order(element: &Element) -> Result<Vec<(Path, bool)>, Trouble> {
    let fields = element.all("t:FieldOrder").map(|order| {
        let descending = order.attribute("Order") == Some("Descending");
        Ok((Path::first_in(order)?, descending))
    });
    fields.collect()
}

struct Search {
    shape: Shape,
    restriction: Option<Restriction>,
    order: Vec<(Path, bool)>,
}

impl Search {
    fn run(&self, call: &Call, parent: &Element) -> Result<Xml, Trouble> {
        let place = call.folder(parent)?;
        let mailbox = call.exchange.read(&place.address)?;
        let associated = call.request.attribute("Traversal") != Some("Shallow");
        let mut found = Vec::new();
        // Neither associated nor soft-deleted items are kept here.
        for stored in mailbox.items_in(place.key).filter(|_| !associated) {
            let view = View::stored(call, &place.address, stored);
            let matches = match &self.restriction {
                Some(restriction) => restriction.matches(&|path| item_plain(&view, path))?,
                None => true,
            };
            if matches && within_calendar_view(call.request, &view)? {
                let keys =
                    self.order.iter().map(|(path, _)| item_plain(&view, path)).collect::<Result<Vec<_>, _>>()?;
                found.push((keys, view));
            }
        }
        if self.order.is_empty() {
            found.reverse();
        }
        found.sort_by(|(a, _), (b, _)| self.compare(a, b));
        let mut page = Page::of(call.request.child("m:IndexedPageItemView"), found.len())?;
        if call.request.child("m:IndexedPageItemView").is_some() {
            page.to = page.to.min(page.from + LARGEST_PAGE);
        }
        let mut xml = Xml::new();
        xml.open("m:RootFolder");
        page.attributes(&mut xml);
        xml.open("t:Items");
        for (_, view) in &found[page.from..page.to] {
            write_item(view, &self.shape, &mut xml);
        }
        xml.close().close();
        Ok(xml)
    }

    fn compare(&self, a: &[Option<Plain>], b: &[Option<Plain>]) -> Ordering {
        let each = self.order.iter().zip(a.iter().zip(b)).map(|((_, descending), (a, b))| {
            let order = a.partial_cmp(b).unwrap_or(Ordering::Equal);
            if *descending { order.reverse() } else { order }
        });
        each.fold(Ordering::Equal, Ordering::then)
    }
}

/// A calendar view keeps what overlaps it. Series are not expanded: their master stands for them.
fn within_calendar_view(request: &Element, view: &View) -> Result<bool, Trouble> {
    let Some(limits) = request.child("m:CalendarView") else { return Ok(true) };
    let limit = |name: &str| {
        let text = limits.attribute(name).ok_or_else(|| Trouble::missing(limits, name))?;
        parse_date_time(text).ok_or_else(|| Trouble::schema(limits, format!("{name} is invalid.")))
    };
    let (from, to) = (limit("StartDate")?, limit("EndDate")?);
    Ok(calendar::start(view.item).is_some_and(|start| start < to)
        && calendar::end(view.item).is_some_and(|end| end > from))
}

/// The value of an item's field, to compare.
fn item_plain(view: &View, path: &Path) -> Result<Option<Plain>, Trouble> {
    let unsupported = || Trouble::new("ErrorUnsupportedPathForQuery", "The field cannot be searched or sorted by.");
    let person = |ids| people::Person::of(view.item, ids).map(|person| Plain::Text(person.name));
    match path {
        Path::Field(field) => Ok(match field.uri {
            "item:Subject" => item::subject(view.item).map(Plain::Text),
            "item:Size" => Some(Plain::Int(view.size())),
            "item:HasAttachments" => Some(Plain::Bool(view.visible_attachments().next().is_some())),
            "item:Body" => view.plain().map(Plain::Text),
            "item:DisplayTo" => Some(Plain::Text(people::display(view.item, 1))),
            "item:DisplayCc" => Some(Plain::Text(people::display(view.item, 2))),
            "item:Categories" => {
                let categories = item::CATEGORIES.texts(view.item);
                (!categories.is_empty()).then(|| Plain::Text(categories.join("\n")))
            }
            "message:From" => person(people::FROM),
            "message:Sender" => person(people::SENDER),
            "calendar:Start" => calendar::start(view.item).map(Plain::Time),
            "calendar:End" => calendar::end(view.item).map(Plain::Time),
            "calendar:UID" => calendar::meeting::uid(view.item).map(Plain::Text),
            _ => match &field.codec {
                Codec::Made(_) | Codec::Both(..) => return Err(unsupported()),
                _ => field.plain(view),
            },
        }),
        Path::Extended(extended) => Ok(extended.value(view).as_ref().and_then(plain)),
        Path::Uri(_) | Path::Indexed(..) => Err(unsupported()),
    }
}
